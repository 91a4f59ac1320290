"""Exercise `derivative`: what students hand in."""

# %% right: rise over run
def derivative(f, x, h=1e-5):
    return (f(x + h) - f(x - h)) / (2 * h)

# %% right: step by step
def derivative(f, x, h=1e-5):
    right = x + h
    left = x - h
    return (f(right) - f(left)) / (right - left)

# %% right: the mean of both one-sided slopes
def derivative(f, x, h=1e-5):
    forward = (f(x + h) - f(x)) / h
    backward = (f(x) - f(x - h)) / h
    return (forward + backward) / 2

# %% right: element by element
def derivative(f, x, h=1e-5):
    out = np.empty(x.shape)
    for i in np.ndindex(x.shape):
        out[i] = (f(x[i] + h) - f(x[i] - h)) / 2 / h
    return out

# %% wrong [one-sided]: only to the right
def derivative(f, x, h=1e-5):
    return (f(x + h) - f(x)) / h

# %% repair: f(x)) → f(x - h))

# %% repair: / h → / (2 * h)

# %% wrong [divided by h]: half the run
def derivative(f, x, h=1e-5):
    return (f(x + h) - f(x - h)) / h

# %% repair: / h → / (2 * h)

# %% wrong [parentheses]: only the second term is divided
def derivative(f, x, h=1e-5):
    return f(x + h) - f(x - h) / (2 * h)

# %% repair: f(x + h) - f(x - h) → (f(x + h) - f(x - h))

# %% wrong [divided, then multiplied]: the run without parentheses
def derivative(f, x, h=1e-5):
    return (f(x + h) - f(x - h)) / 2 * h

# %% repair: 2 * h → (2 * h)

# %% wrong [sign]: left minus right
def derivative(f, x, h=1e-5):
    return (f(x - h) - f(x + h)) / (2 * h)

# %% repair: f(x - h) - f(x + h) → f(x + h) - f(x - h)

# %% wrong [returns None]: computes and forgets
def derivative(f, x, h=1e-5):
    slope = (f(x + h) - f(x - h)) / (2 * h)

# %% repair: slope = → return

# %% right: in float32
def derivative(f, x, h=1e-5):
    x, h = np.float32(x), np.float32(max(h, 1e-3))
    return (f(x + h) - f(x - h)) / (2 * h)

# %% wrong [backwards]: only to the left
def derivative(f, x, h=1e-5):
    return (f(x) - f(x - h)) / h

# %% repair: (f(x) → (f(x + h)

# %% repair: / h → / (2 * h)

# %% wrong [divided by 2]: the mean of two, remembered wrongly
def derivative(f, x, h=1e-5):
    return (f(x + h) - f(x - h)) / 2

# %% repair: / 2 → / 2 * h

# %% repair: 2 * h → (2 * h)

# %% wrong [added]: plus
def derivative(f, x, h=1e-5):
    return (f(x + h) + f(x - h)) / (2 * h)

# %% repair: ) + f → ) - f

# %% wrong [not divided]: the rise
def derivative(f, x, h=1e-5):
    return f(x + h) - f(x - h)

# %% repair: f(x - h) → f(x - h) / (2 * h)

# %% repair: f(x + h) - f(x - h) → (f(x + h) - f(x - h))

# %% wrong [one step over 2h]: from the middle to the right
def derivative(f, x, h=1e-5):
    return (f(x + h) - f(x)) / (2 * h)

# %% repair: f(x)) → f(x - h))

# %% wrong [left step over 2h]: from the left to the middle
def derivative(f, x, h=1e-5):
    return (f(x) - f(x - h)) / (2 * h)

# %% repair: (f(x) → (f(x + h)

# %% wrong [right point only]: no difference
def derivative(f, x, h=1e-5):
    return f(x + h) / (2 * h)

# %% repair: f(x + h) / → (f(x + h) - f(x - h)) /

# %% wrong [h unused]: h of its own
def derivative(f, x, h=1e-5):
    h = 1e-5
    return (f(x + h) - f(x - h)) / (2 * h)

# %% repair: without that line
def derivative(f, x, h=1e-5):
    return (f(x + h) - f(x - h)) / (2 * h)

# %% wrong [half a step]: h as the whole run
def derivative(f, x, h=1e-5):
    return (f(x + h / 2) - f(x - h / 2)) / h

# %% repair: (f(x + h / 2) - f(x - h / 2)) / h → (f(x + h) - f(x - h)) / (2 * h)

# %% wrong [left point only]: the left height alone
def derivative(f, x, h=1e-5):
    return f(x - h) / (2 * h)

# %% repair: f(x - h) / → (f(x + h) - f(x - h)) /

# %% wrong [right of 0]: the right point forgets x
def derivative(f, x, h=1e-5):
    return (f(h) - f(x - h)) / (2 * h)

# %% repair: f(h) → f(x + h)

# %% wrong [left of 0]: the left point forgets x
def derivative(f, x, h=1e-5):
    return (f(x + h) - f(h)) / (2 * h)

# %% repair: f(h) → f(x - h)

# %% wrong [left point mirrored]: h minus x on the left
def derivative(f, x, h=1e-5):
    left, right = h - x, x + h
    return (f(right) - f(left)) / (2 * h)

# %% repair: h - x → x - h
