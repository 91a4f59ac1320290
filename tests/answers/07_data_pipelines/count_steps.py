"""Exercise `count_steps`: what students hand in."""

# %% right: rounded up by negating twice
def count_steps(photographs, batch_size):
    steps = -(-photographs // batch_size)
    return steps, photographs - (steps - 1) * batch_size

# %% right: math.ceil, a list
def count_steps(photographs, batch_size):
    import math

    return [math.ceil(photographs / batch_size), (photographs - 1) % batch_size + 1]

# %% right: divmod
def count_steps(photographs, batch_size):
    whole, rest = divmod(photographs, batch_size)
    return (whole + 1, rest) if rest else (whole, batch_size)

# %% right: the batches themselves, as NumPy numbers
def count_steps(photographs, batch_size):
    starts = np.arange(0, photographs, batch_size)
    return np.int64(len(starts)), photographs - starts[-1]

# %% wrong [last batch lost]: rounded down
def count_steps(photographs, batch_size):
    return photographs // batch_size, photographs % batch_size

# %% repair: photographs // batch_size → -(-photographs // batch_size)

# %% repair: photographs % batch_size → photographs % batch_size or batch_size

# %% wrong [last batch called full]: every batch is full
def count_steps(photographs, batch_size):
    return -(-photographs // batch_size), batch_size

# %% repair: batch_size), batch_size → batch_size), photographs % batch_size

# %% repair: photographs % batch_size → photographs % batch_size or batch_size

# %% wrong [one step too many]: always one more
def count_steps(photographs, batch_size):
    return photographs // batch_size + 1, photographs % batch_size

# %% repair: photographs // batch_size + 1 → -(-photographs // batch_size)

# %% repair: photographs % batch_size → photographs % batch_size or batch_size

# %% wrong [empty last batch]: the remainder
def count_steps(photographs, batch_size):
    return int(np.ceil(photographs / batch_size)), photographs % batch_size

# %% repair: photographs % batch_size → photographs % batch_size or batch_size

# %% wrong [sometimes rounded down]: round
def count_steps(photographs, batch_size):
    return round(photographs / batch_size), (photographs - 1) % batch_size + 1

# %% repair: round(photographs / batch_size) → int(np.ceil(photographs / batch_size))

# %% wrong [not a whole number]: division
def count_steps(photographs, batch_size):
    return photographs / batch_size, (photographs - 1) % batch_size + 1

# %% repair: photographs / batch_size → int(np.ceil(photographs / batch_size))

# %% wrong [rounded to the nearest]: round, in both numbers
def count_steps(photographs, batch_size):
    steps = round(photographs / batch_size)
    return steps, photographs - (steps - 1) * batch_size

# %% repair: round(photographs / batch_size) → -(-photographs // batch_size)
