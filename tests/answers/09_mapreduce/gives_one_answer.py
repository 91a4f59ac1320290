"""Exercise `gives_one_answer`: what students hand in."""

# %% right: a list of answers
def gives_one_answer(reducer, values):
    answers = []
    for order in permutations(values):
        for cut in range(1, len(order)):
            answers.append(reducer(reduce(reducer, order[:cut]), reduce(reducer, order[cut:])))
    return all(answer == answers[0] for answer in answers)

# %% right: stops at the first difference
def gives_one_answer(reducer, values):
    expected = reduce(reducer, values)
    for order in permutations(values):
        for cut in range(1, len(order)):
            if reducer(reduce(reducer, order[:cut]), reduce(reducer, order[cut:])) != expected:
                return False
    return True

# %% right: one comprehension
def gives_one_answer(reducer, values):
    first = reduce(reducer, values)
    return all(
        in_parts(reducer, [order[:cut], order[cut:]]) == first
        for order in permutations(values)
        for cut in range(1, len(values))
    )

# %% right: a set of printed answers
def gives_one_answer(reducer, values):
    seen = set()
    for order in permutations(values):
        for cut in range(1, len(values)):
            left, right = list(order[:cut]), list(order[cut:])
            seen.add(repr(reducer(reduce(reducer, left), reduce(reducer, right))))
    return len(seen) <= 1

# %% right: itertools.product, and an early return
def gives_one_answer(reducer, values):
    from itertools import product

    if len(values) < 2:
        return True
    combine = lambda part: reduce(reducer, part)
    answers = [
        reducer(combine(order[:cut]), combine(order[cut:]))
        for order, cut in product(permutations(values), range(1, len(values)))
    ]
    return answers.count(answers[0]) == len(answers)

# %% right: returns NumPy's True
def gives_one_answer(reducer, values):
    answers = [
        reducer(reduce(reducer, o[:i]), reduce(reducer, o[i:])) for o in permutations(values) for i in range(1, len(o))
    ]
    return np.all([a == answers[0] for a in answers])

# %% wrong [one order]: cuts the given order only
def gives_one_answer(reducer, values):
    answers = [
        reducer(reduce(reducer, values[:cut]), reduce(reducer, values[cut:])) for cut in range(1, len(values))
    ]
    return all(answer == answers[0] for answer in answers)

# %% repair
def gives_one_answer(reducer, values):
    answers = [
        reducer(reduce(reducer, order[:cut]), reduce(reducer, order[cut:]))
        for order in permutations(values)
        for cut in range(1, len(order))
    ]
    return all(answer == answers[0] for answer in answers)

# %% wrong [no cuts]: left to right only
def gives_one_answer(reducer, values):
    answers = [reduce(reducer, order) for order in permutations(values)]
    return all(answer == answers[0] for answer in answers)

# %% repair
def gives_one_answer(reducer, values):
    answers = [
        reducer(reduce(reducer, order[:cut]), reduce(reducer, order[cut:]))
        for order in permutations(values)
        for cut in range(1, len(order))
    ]
    return all(answer == answers[0] for answer in answers)

# %% wrong [swaps two only]: tests two values
def gives_one_answer(reducer, values):
    return reducer(values[0], values[1]) == reducer(values[1], values[0])

# %% repair
def gives_one_answer(reducer, values):
    answers = []
    for order in permutations(values):
        for cut in range(1, len(order)):
            answers.append(reducer(reduce(reducer, order[:cut]), reduce(reducer, order[cut:])))
    return all(answer == answers[0] for answer in answers)

# %% wrong [True instead of False]: says yes to all
def gives_one_answer(reducer, values):
    return True

# %% repair (hint)
def gives_one_answer(reducer, values):
    answers = []
    for order in permutations(values):
        for cut in range(1, len(order)):
            answers.append(reducer(reduce(reducer, order[:cut]), reduce(reducer, order[cut:])))
    return all(answer == answers[0] for answer in answers)

# %% wrong [False instead of True]: compares a result with a list
def gives_one_answer(reducer, values):
    return reduce(reducer, values) == [reduce(reducer, order) for order in permutations(values)]

# %% repair: each of the list
def gives_one_answer(reducer, values):
    return all(reduce(reducer, values) == reduce(reducer, order) for order in permutations(values))

# %% repair
def gives_one_answer(reducer, values):
    return all(
        reduce(reducer, values) == reducer(reduce(reducer, order[:cut]), reduce(reducer, order[cut:]))
        for order in permutations(values)
        for cut in range(1, len(order))
    )

# %% wrong [upside down]: says whether answers differ
def gives_one_answer(reducer, values):
    answers = []
    for order in permutations(values):
        for cut in range(1, len(order)):
            answers.append(reducer(reduce(reducer, order[:cut]), reduce(reducer, order[cut:])))
    return any(answer != answers[0] for answer in answers)

# %% repair: return any( → return not any(

# %% wrong [sets of lists]: a set of answers
def gives_one_answer(reducer, values):
    answers = set()
    for order in permutations(values):
        for cut in range(1, len(order)):
            answers.add(reducer(reduce(reducer, order[:cut]), reduce(reducer, order[cut:])))
    return len(answers) <= 1

# %% repair
def gives_one_answer(reducer, values):
    answers = []
    for order in permutations(values):
        for cut in range(1, len(order)):
            answers.append(reducer(reduce(reducer, order[:cut]), reduce(reducer, order[cut:])))
    return all(answer == answers[0] for answer in answers)

# %% wrong [one value]: forgets the single value
def gives_one_answer(reducer, values):
    answers = []
    for order in permutations(values):
        for cut in range(1, len(order)):
            answers.append(reducer(reduce(reducer, order[:cut]), reduce(reducer, order[cut:])))
    return answers.count(answers[0]) == len(answers)

# %% repair: return answers → return len(values) == 1 or answers

# %% wrong [first cut missing]: cuts from 2
def gives_one_answer(reducer, values):
    answers = []
    for order in permutations(values):
        for cut in range(2, len(order)):
            answers.append(reducer(reduce(reducer, order[:cut]), reduce(reducer, order[cut:])))
    return all(answer == answers[0] for answer in answers)

# %% repair: range(2, → range(1,

# %% wrong [last cut missing]: one cut too few
def gives_one_answer(reducer, values):
    answers = []
    for order in permutations(values):
        for cut in range(1, len(order) - 1):
            answers.append(reducer(reduce(reducer, order[:cut]), reduce(reducer, order[cut:])))
    return all(answer == answers[0] for answer in answers)

# %% repair: len(order) - 1 → len(order)

# %% wrong [an empty part]: cuts from 0
def gives_one_answer(reducer, values):
    answers = []
    for order in permutations(values):
        for cut in range(len(order)):
            answers.append(reducer(reduce(reducer, order[:cut]), reduce(reducer, order[cut:])))
    return all(answer == answers[0] for answer in answers)

# %% repair: range(len(order)) → range(1, len(order))

# %% wrong [one cut]: cuts in the middle
def gives_one_answer(reducer, values):
    if len(values) == 1:
        return True
    middle = len(values) // 2
    answers = [
        reducer(reduce(reducer, order[:middle]), reduce(reducer, order[middle:]))
        for order in permutations(values)
    ]
    return all(answer == answers[0] for answer in answers)

# %% repair
def gives_one_answer(reducer, values):
    answers = [
        reducer(reduce(reducer, order[:cut]), reduce(reducer, order[cut:]))
        for order in permutations(values)
        for cut in range(1, len(values))
    ]
    return all(answer == answers[0] for answer in answers)

# %% wrong [first comparison]: returns in the loop
def gives_one_answer(reducer, values):
    first = reduce(reducer, values)
    for order in permutations(values):
        for cut in range(1, len(values)):
            if reducer(reduce(reducer, order[:cut]), reduce(reducer, order[cut:])) == first:
                return True
            else:
                return False
    return True

# %% repair
def gives_one_answer(reducer, values):
    first = reduce(reducer, values)
    for order in permutations(values):
        for cut in range(1, len(values)):
            if reducer(reduce(reducer, order[:cut]), reduce(reducer, order[cut:])) != first:
                return False
    return True

# %% wrong [pairs and triples]: tests both rules on the values
def gives_one_answer(reducer, values):
    commutative = all(reducer(a, b) == reducer(b, a) for a, b in permutations(values, 2))
    return commutative and all(
        reducer(reducer(a, b), c) == reducer(a, reducer(b, c)) for a, b, c in permutations(values, 3)
    )

# %% repair
def gives_one_answer(reducer, values):
    answers = [
        reducer(reduce(reducer, order[:cut]), reduce(reducer, order[cut:]))
        for order in permutations(values)
        for cut in range(1, len(values))
    ]
    return all(answer == answers[0] for answer in answers)

# %% wrong [triples]: tests one rule
def gives_one_answer(reducer, values):
    return all(reducer(reducer(a, b), c) == reducer(a, reducer(b, c)) for a, b, c in permutations(values, 3))

# %% repair
def gives_one_answer(reducer, values):
    answers = [
        reducer(reduce(reducer, order[:cut]), reduce(reducer, order[cut:]))
        for order in permutations(values)
        for cut in range(1, len(values))
    ]
    return all(answer == answers[0] for answer in answers)

# %% wrong [swaps each two]: tests the other rule
def gives_one_answer(reducer, values):
    return all(reducer(a, b) == reducer(b, a) for a, b in permutations(values, 2))

# %% repair
def gives_one_answer(reducer, values):
    answers = [
        reducer(reduce(reducer, order[:cut]), reduce(reducer, order[cut:]))
        for order in permutations(values)
        for cut in range(1, len(values))
    ]
    return all(answer == answers[0] for answer in answers)

# %% wrong [one value]: False for the single value
def gives_one_answer(reducer, values):
    answers = [
        reducer(reduce(reducer, order[:cut]), reduce(reducer, order[cut:]))
        for order in permutations(values)
        for cut in range(1, len(values))
    ]
    return len(values) > 1 and all(answer == answers[0] for answer in answers)

# %% repair: len(values) > 1 and all → len(values) == 1 or all

# %% wrong [within an order]: a new list for each order
def gives_one_answer(reducer, values):
    for order in permutations(values):
        answers = []
        for cut in range(1, len(order)):
            answers.append(reducer(reduce(reducer, order[:cut]), reduce(reducer, order[cut:])))
        if any(answer != answers[0] for answer in answers):
            return False
    return True

# %% repair
def gives_one_answer(reducer, values):
    answers = []
    for order in permutations(values):
        for cut in range(1, len(order)):
            answers.append(reducer(reduce(reducer, order[:cut]), reduce(reducer, order[cut:])))
    return all(answer == answers[0] for answer in answers)

# %% wrong [forwards and backwards]: the given order, and backwards
def gives_one_answer(reducer, values):
    values = list(values)
    answers = [
        reducer(reduce(reducer, order[:cut]), reduce(reducer, order[cut:]))
        for order in (values, values[::-1])
        for cut in range(1, len(order))
    ]
    return all(answer == answers[0] for answer in answers)

# %% repair: (values, values[::-1]) → permutations(values)

# %% wrong [parts are sorted]: sorts each part
def gives_one_answer(reducer, values):
    answers = []
    for order in permutations(values):
        for cut in range(1, len(order)):
            left, right = sorted(order[:cut]), sorted(order[cut:])
            answers.append(reducer(reduce(reducer, left), reduce(reducer, right)))
    return all(answer == answers[0] for answer in answers)

# %% repair: sorted(order[:cut]), sorted(order[cut:]) → order[:cut], order[cut:]

# %% wrong [the same object]: compares with is
def gives_one_answer(reducer, values):
    answers = [
        reducer(reduce(reducer, order[:cut]), reduce(reducer, order[cut:]))
        for order in permutations(values)
        for cut in range(1, len(order))
    ]
    return all(answer is answers[0] for answer in answers)

# %% repair: is answers[0] → == answers[0]
