"""Exercise `steps_in_all`: what students hand in."""

# %% right: math.ceil
def steps_in_all(samples, batch_size, epochs):
    import math

    return epochs * math.ceil(samples / batch_size)

# %% right: divmod
def steps_in_all(samples, batch_size, epochs):
    full, rest = divmod(samples, batch_size)
    return epochs * (full + bool(rest))

# %% right: count them
def steps_in_all(samples, batch_size, epochs):
    return sum(1 for _ in range(epochs) for _ in range(0, samples, batch_size))

# %% right: NumPy
def steps_in_all(samples, batch_size, epochs):
    return int(epochs * np.ceil(samples / batch_size))

# %% wrong [last batch lost]: floor division
def steps_in_all(samples, batch_size, epochs):
    return epochs * (samples // batch_size)

# %% repair: samples // batch_size → int(np.ceil(samples / batch_size))

# %% wrong [rounded at the end]: all rows together
def steps_in_all(samples, batch_size, epochs):
    return int(np.ceil(epochs * samples / batch_size))

# %% repair: int(np.ceil(epochs * samples / batch_size)) → int(np.ceil(samples / batch_size)) * epochs

# %% wrong [not a whole number]: no rounding
def steps_in_all(samples, batch_size, epochs):
    return samples / batch_size * epochs

# %% repair: samples / batch_size → int(np.ceil(samples / batch_size))

# %% wrong [one too many]: plus one
def steps_in_all(samples, batch_size, epochs):
    return epochs * (samples // batch_size + 1)

# %% repair: + 1 → + (samples % batch_size > 0)

# %% wrong [one epoch]: epochs forgotten
def steps_in_all(samples, batch_size, epochs):
    return int(np.ceil(samples / batch_size))

# %% repair: batch_size)) → batch_size)) * epochs

# %% wrong [one step in all]: one step added at the end
def steps_in_all(samples, batch_size, epochs):
    return samples // batch_size * epochs + (1 if samples % batch_size else 0)

# %% repair: (1 if → (epochs if

# %% wrong [rounded to the nearest]: round
def steps_in_all(samples, batch_size, epochs):
    return epochs * round(samples / batch_size)

# %% repair: round(samples / batch_size) → int(np.ceil(samples / batch_size))

# %% wrong [the small batch alone]: the rest
def steps_in_all(samples, batch_size, epochs):
    return samples % batch_size * epochs

# %% repair: % → //

# %% repair: samples // batch_size → int(np.ceil(samples / batch_size))
