"""Exercise `rows_that_pay`: what students hand in."""

# %% right: floor and one more
def rows_that_pay(startup, move, compute, workers):
    import math

    saved = compute - compute / workers - move
    if saved <= 0:
        return None
    return math.floor(startup / saved) + 1

# %% right: cases by fractions
def rows_that_pay(startup, move, compute, workers):
    from fractions import Fraction

    saved = Fraction(compute) - Fraction(move) - Fraction(compute) / workers
    return startup // saved + 1 if saved > 0 else None

# %% right: try one number after another
def rows_that_pay(startup, move, compute, workers):
    if move + compute / workers >= compute:
        return None
    n = 1
    while startup + n * (move + compute / workers) >= n * compute:
        n += 1
    return n

# %% wrong [travel forgotten]: no move
def rows_that_pay(startup, move, compute, workers):
    saved = compute - compute / workers
    return int(startup // saved) + 1 if saved > 0 else None

# %% repair: compute / workers → compute / workers - move

# %% wrong [as fast, not faster]: ceil
def rows_that_pay(startup, move, compute, workers):
    saved = compute - move - compute / workers
    return int(np.ceil(startup / saved)) if saved > 0 else None

# %% repair: int(np.ceil(startup / saved)) → int(startup // saved) + 1

# %% wrong [travel is shared]: move divided too
def rows_that_pay(startup, move, compute, workers):
    saved = compute - (move + compute) / workers
    return int(startup // saved) + 1 if saved > 0 else None

# %% repair: (move + compute) / workers → move - compute / workers

# %% wrong [no look at the sign]: no look at the sign
def rows_that_pay(startup, move, compute, workers):
    return int(startup // (compute - move - compute / workers)) + 1

# %% repair
def rows_that_pay(startup, move, compute, workers):
    if move + compute / workers >= compute:
        return None
    return int(startup // (compute - move - compute / workers)) + 1

# %% wrong [not a whole number]: no rounding
def rows_that_pay(startup, move, compute, workers):
    saved = compute - move - compute / workers
    return startup / saved if saved > 0 else None

# %% repair: startup / saved if → int(startup / saved) + 1 if

# %% wrong [no look at the sign]: absolute value
def rows_that_pay(startup, move, compute, workers):
    return int(startup // abs(compute - move - compute / workers)) + 1

# %% repair
def rows_that_pay(startup, move, compute, workers):
    if move + compute / workers >= compute:
        return None
    return int(startup // abs(compute - move - compute / workers)) + 1

# %% wrong [zero for never]: 0 in place of None
def rows_that_pay(startup, move, compute, workers):
    saved = compute - move - compute / workers
    if saved <= 0:
        return 0
    return int(startup // saved) + 1

# %% repair: return 0 → return None

# %% wrong [no look at the sign]: a row that saves nothing is forgotten
def rows_that_pay(startup, move, compute, workers):
    saved = compute - move - compute / workers
    return None if saved < 0 else int(startup / saved) + 1

# %% repair: saved < 0 → saved <= 0

# %% wrong [no number found]: a loop that ends
def rows_that_pay(startup, move, compute, workers):
    for n in range(1, 1001):
        if startup + n * (move + compute / workers) < n * compute:
            return n
    return None

# %% repair: 1001 → 10**6

# %% wrong [rounded to the nearest]: round
def rows_that_pay(startup, move, compute, workers):
    saved = compute - move - compute / workers
    return round(startup / saved) + 1 if saved > 0 else None

# %% repair: round(startup / saved) → int(startup // saved)

# %% wrong [below one]: what a row costs more
def rows_that_pay(startup, move, compute, workers):
    saved = move + compute / workers - compute
    if saved >= 0:
        return None
    return int(startup // saved) + 1

# %% repair: startup // saved → startup // -saved

# %% wrong [turned round]: the comparison turned
def rows_that_pay(startup, move, compute, workers):
    saved = compute - move - compute / workers
    if saved >= 0:
        return None
    return int(startup // saved) + 1

# %% repair: saved >= 0 → saved <= 0

# %% wrong [turned round]: both turned
def rows_that_pay(startup, move, compute, workers):
    costs_more = move + compute / workers - compute
    if costs_more <= 0:
        return None
    return int(startup // costs_more) + 1

# %% repair: costs_more <= 0 → costs_more >= 0

# %% repair: startup // costs_more → startup // -costs_more
