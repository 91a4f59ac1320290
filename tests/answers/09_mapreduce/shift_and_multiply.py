"""Exercise `shift_and_multiply`: what students hand in."""

# %% right: map and reduce
def shift_and_multiply(numbers, shift):
    return reduce(lambda a, b: a * b, map(lambda x: x + shift, numbers), 1)

# %% right: a loop
def shift_and_multiply(numbers, shift):
    product = 1
    for number in numbers:
        product *= number + shift
    return product

# %% right: math.prod of a generator
def shift_and_multiply(numbers, shift):
    import math

    return math.prod(n + shift for n in numbers)

# %% right: NumPy
def shift_and_multiply(numbers, shift):
    return np.prod(np.array(numbers, dtype=int) + shift)

# %% right: operator.mul, a comprehension and an early return
def shift_and_multiply(numbers, shift):
    from operator import mul

    shifted = [number + shift for number in numbers]
    if not shifted:
        return 1
    return reduce(mul, shifted)

# %% right: recursion
def shift_and_multiply(numbers, shift):
    return 1 if not numbers else (numbers[0] + shift) * shift_and_multiply(numbers[1:], shift)

# %% wrong [empty list]: no start value
def shift_and_multiply(numbers, shift):
    return reduce(lambda a, b: a * b, map(lambda x: x + shift, numbers))

# %% repair: numbers)) → numbers), 1)

# %% wrong [map after reduce]: the shift is added once, at the end
def shift_and_multiply(numbers, shift):
    return reduce(lambda a, b: a * b, numbers, 1) + shift

# %% repair: numbers, 1) + shift → [number + shift for number in numbers], 1)

# %% wrong [sum]: adds the results
def shift_and_multiply(numbers, shift):
    return sum(number + shift for number in numbers)

# %% repair: sum(number + shift for number in numbers) → reduce(lambda a, b: a * b, [number + shift for number in numbers])

# %% repair: in numbers]) → in numbers], 1)

# %% wrong [starts at zero]: the product starts at 0
def shift_and_multiply(numbers, shift):
    product = 0
    for number in numbers:
        product *= number + shift
    return product

# %% repair: product = 0 → product = 1

# %% wrong [no shift]: forgets the map
def shift_and_multiply(numbers, shift):
    return reduce(lambda a, b: a * b, numbers, 1)

# %% repair: numbers, 1) → map(lambda x: x + shift, numbers), 1)

# %% wrong [always 2]: the example's shift
def shift_and_multiply(numbers, shift):
    return reduce(lambda a, b: a * b, map(lambda x: x + 2, numbers), 1)

# %% repair: x + 2 → x + shift

# %% wrong [returns None]: prints
def shift_and_multiply(numbers, shift):
    print(reduce(lambda a, b: a * b, map(lambda x: x + shift, numbers), 1))

# %% repair: print(reduce(lambda a, b: a * b, map(lambda x: x + shift, numbers), 1)) → return reduce(lambda a, b: a * b, map(lambda x: x + shift, numbers), 1)

# %% wrong [multiplied by the shift]: times instead of plus
def shift_and_multiply(numbers, shift):
    return reduce(lambda a, b: a * b, map(lambda x: x * shift, numbers), 1)

# %% repair: x * shift → x + shift

# %% wrong [last result only]: keeps nothing
def shift_and_multiply(numbers, shift):
    product = 1
    for number in numbers:
        product = number + shift
    return product

# %% repair: product = number → product *= number

# %% wrong [some inputs]: leaves zeros out
def shift_and_multiply(numbers, shift):
    product = 1
    for number in numbers:
        if number + shift != 0:
            product *= number + shift
    return product

# %% repair
def shift_and_multiply(numbers, shift):
    product = 1
    for number in numbers:
        product *= number + shift
    return product
