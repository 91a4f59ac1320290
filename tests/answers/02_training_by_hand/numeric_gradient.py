"""Exercise `numeric_gradient`: what students hand in."""

# %% right: ndindex
def numeric_gradient(f, w, h=1e-5):
    gradient = np.zeros_like(w)
    for index in np.ndindex(w.shape):
        step = np.zeros_like(w)
        step[index] = h
        gradient[index] = (f(w + step) - f(w - step)) / (2 * h)
    return gradient

# %% right: flat copy, reshaped
def numeric_gradient(f, w, h=1e-5):
    flat, slopes = w.flatten(), []
    for i in range(flat.size):
        up, down = flat.copy(), flat.copy()
        up[i] += h
        down[i] -= h
        slopes.append((f(up.reshape(w.shape)) - f(down.reshape(w.shape))) / (2 * h))
    return np.array(slopes).reshape(w.shape)

# %% right: in place and set back
def numeric_gradient(f, w, h=1e-5):
    gradient = np.empty(w.shape)
    iterator = np.nditer(w, flags=["multi_index"])
    for _ in iterator:
        index = iterator.multi_index
        kept = w[index]
        w[index] = kept + h
        up = f(w)
        w[index] = kept - h
        down = f(w)
        w[index] = kept
        gradient[index] = (up - down) / (2 * h)
    return gradient

# %% right: there and back in w itself
def numeric_gradient(f, w, h=1e-5):
    slopes = np.zeros_like(w)
    for place in np.ndindex(w.shape):
        w[place] += h
        above = f(w)
        w[place] -= 2 * h
        below = f(w)
        w[place] += h
        slopes[place] = (above - below) / (2 * h)
    return slopes


# %% wrong [one-sided]: one call less
def numeric_gradient(f, w, h=1e-5):
    gradient = np.zeros_like(w)
    for index in np.ndindex(w.shape):
        step = np.zeros_like(w)
        step[index] = h
        gradient[index] = (f(w + step) - f(w)) / h
    return gradient

# %% repair: f(w)) → f(w - step))

# %% repair: / h → / (2 * h)

# %% wrong [h for 2h]: the distance
def numeric_gradient(f, w, h=1e-5):
    gradient = np.zeros_like(w)
    for index in np.ndindex(w.shape):
        step = np.zeros_like(w)
        step[index] = h
        gradient[index] = (f(w + step) - f(w - step)) / h
    return gradient

# %% repair: / h → / (2 * h)

# %% wrong [multiplied by 2h]: times for over
def numeric_gradient(f, w, h=1e-5):
    gradient = np.zeros_like(w)
    for index in np.ndindex(w.shape):
        step = np.zeros_like(w)
        step[index] = h
        gradient[index] = (f(w + step) - f(w - step)) * (2 * h)
    return gradient

# %% repair: * (2 * h) → / (2 * h)

# %% wrong [2 plus h]: plus for times
def numeric_gradient(f, w, h=1e-5):
    gradient = np.zeros_like(w)
    for index in np.ndindex(w.shape):
        step = np.zeros_like(w)
        step[index] = h
        gradient[index] = (f(w + step) - f(w - step)) / (2 + h)
    return gradient

# %% repair: / (2 + h) → / (2 * h)

# %% wrong [all at once]: the whole array moved
def numeric_gradient(f, w, h=1e-5):
    return np.full_like(w, (f(w + h) - f(w - h)) / (2 * h))

# %% repair: a loop over the entries
def numeric_gradient(f, w, h=1e-5):
    gradient = np.zeros_like(w)
    for index in np.ndindex(w.shape):
        step = np.zeros_like(w)
        step[index] = h
        gradient[index] = (f(w + step) - f(w - step)) / (2 * h)
    return gradient

# %% wrong [flat]: a list of slopes
def numeric_gradient(f, w, h=1e-5):
    slopes = []
    for index in np.ndindex(w.shape):
        step = np.zeros_like(w)
        step[index] = h
        slopes.append((f(w + step) - f(w - step)) / (2 * h))
    return np.array(slopes)

# %% repair: np.array(slopes) → np.array(slopes).reshape(w.shape)

# %% wrong [w is changed]: not set back
def numeric_gradient(f, w, h=1e-5):
    gradient = np.zeros_like(w)
    for index in np.ndindex(w.shape):
        w[index] += h
        up = f(w)
        w[index] -= 2 * h
        gradient[index] = (up - f(w)) / (2 * h)
    return gradient

# %% repair: put back
def numeric_gradient(f, w, h=1e-5):
    gradient = np.zeros_like(w)
    for index in np.ndindex(w.shape):
        old = w[index]
        w[index] += h
        up = f(w)
        w[index] -= 2 * h
        gradient[index] = (up - f(w)) / (2 * h)
        w[index] = old
    return gradient

# %% wrong [rows only]: the first axis only
def numeric_gradient(f, w, h=1e-5):
    gradient = []
    for i in range(len(w)):
        up, down = w.copy(), w.copy()
        up[i] += h
        down[i] -= h
        gradient.append((f(up) - f(down)) / (2 * h))
    return np.array(gradient)

# %% repair: range(len(w)) → np.ndindex(w.shape)

# %% repair: np.array(gradient) → np.array(gradient).reshape(w.shape)

# %% wrong [returns None]: no return
def numeric_gradient(f, w, h=1e-5):
    print((f(w + h) - f(w - h)) / (2 * h))

# %% repair: print((f(w + h) - f(w - h)) / (2 * h)) → return (f(w + h) - f(w - h)) / (2 * h)

# %% repair: a loop over the rows
def numeric_gradient(f, w, h=1e-5):
    gradient = np.zeros_like(w)
    for i in range(len(w)):
        step = np.zeros_like(w)
        step[i] = h
        gradient[i] = (f(w + step) - f(w - step)) / (2 * h)
    return gradient

# %% repair: range(len(w)) → np.ndindex(w.shape)

# %% wrong [backwards]: one call less, to the other side
def numeric_gradient(f, w, h=1e-5):
    gradient = np.zeros_like(w)
    for index in np.ndindex(w.shape):
        step = np.zeros_like(w)
        step[index] = h
        gradient[index] = (f(w) - f(w - step)) / h
    return gradient

# %% repair: (f(w) - → (f(w + step) -

# %% repair: / h → / (2 * h)

# %% wrong [one step over 2h]: half of it
def numeric_gradient(f, w, h=1e-5):
    gradient = np.zeros_like(w)
    for index in np.ndindex(w.shape):
        step = np.zeros_like(w)
        step[index] = h
        gradient[index] = (f(w + step) - f(w)) / (2 * h)
    return gradient

# %% repair: f(w)) → f(w - step))

# %% wrong [sign]: minus h first
def numeric_gradient(f, w, h=1e-5):
    gradient = np.zeros_like(w)
    for index in np.ndindex(w.shape):
        step = np.zeros_like(w)
        step[index] = h
        gradient[index] = (f(w - step) - f(w + step)) / (2 * h)
    return gradient

# %% repair: f(w - step) - f(w + step) → f(w + step) - f(w - step)

# %% wrong [h unused]: a step of its own
def numeric_gradient(f, w, h=1e-5):
    h = 1e-5
    gradient = np.zeros_like(w)
    for index in np.ndindex(w.shape):
        step = np.zeros_like(w)
        step[index] = h
        gradient[index] = (f(w + step) - f(w - step)) / (2 * h)
    return gradient

# %% repair: without that line
def numeric_gradient(f, w, h=1e-5):
    gradient = np.zeros_like(w)
    for index in np.ndindex(w.shape):
        step = np.zeros_like(w)
        step[index] = h
        gradient[index] = (f(w + step) - f(w - step)) / (2 * h)
    return gradient

# %% wrong [flat arrays for f]: flattened, reshaped at the end only
def numeric_gradient(f, w, h=1e-5):
    flat, slopes = w.flatten(), []
    for i in range(flat.size):
        up, down = flat.copy(), flat.copy()
        up[i] += h
        down[i] -= h
        slopes.append((f(up) - f(down)) / (2 * h))
    return np.array(slopes).reshape(w.shape)

# %% repair: f(up) - f(down) → f(up.reshape(w.shape)) - f(down.reshape(w.shape))

# %% wrong [step not set back]: the zeros outside the loop
def numeric_gradient(f, w, h=1e-5):
    gradient, step = np.zeros_like(w), np.zeros_like(w)
    for index in np.ndindex(w.shape):
        step[index] = h
        gradient[index] = (f(w + step) - f(w - step)) / (2 * h)
    return gradient

# %% repair: new zeros for each entry
def numeric_gradient(f, w, h=1e-5):
    gradient = np.zeros_like(w)
    for index in np.ndindex(w.shape):
        step = np.zeros_like(w)
        step[index] = h
        gradient[index] = (f(w + step) - f(w - step)) / (2 * h)
    return gradient

# %% wrong [left step over 2h]: the other half of it
def numeric_gradient(f, w, h=1e-5):
    gradient = np.zeros_like(w)
    for index in np.ndindex(w.shape):
        step = np.zeros_like(w)
        step[index] = h
        gradient[index] = (f(w) - f(w - step)) / (2 * h)
    return gradient

# %% repair: (f(w) - → (f(w + step) -

# %% wrong [added]: plus
def numeric_gradient(f, w, h=1e-5):
    gradient = np.zeros_like(w)
    for index in np.ndindex(w.shape):
        step = np.zeros_like(w)
        step[index] = h
        gradient[index] = (f(w + step) + f(w - step)) / (2 * h)
    return gradient

# %% repair: ) + f → ) - f

# %% wrong [not divided]: the difference
def numeric_gradient(f, w, h=1e-5):
    gradient = np.zeros_like(w)
    for index in np.ndindex(w.shape):
        step = np.zeros_like(w)
        step[index] = h
        gradient[index] = f(w + step) - f(w - step)
    return gradient

# %% repair: f(w - step) → f(w - step) / (2 * h)

# %% repair: f(w + step) - f(w - step) → (f(w + step) - f(w - step))

# %% wrong [divided by 2 alone]: without h
def numeric_gradient(f, w, h=1e-5):
    gradient = np.zeros_like(w)
    for index in np.ndindex(w.shape):
        step = np.zeros_like(w)
        step[index] = h
        gradient[index] = (f(w + step) - f(w - step)) / 2
    return gradient

# %% repair: / 2 → / 2 * h

# %% repair: 2 * h → (2 * h)

# %% wrong [multiplied by h]: without parentheses
def numeric_gradient(f, w, h=1e-5):
    gradient = np.zeros_like(w)
    for index in np.ndindex(w.shape):
        step = np.zeros_like(w)
        step[index] = h
        gradient[index] = (f(w + step) - f(w - step)) / 2 * h
    return gradient

# %% repair: 2 * h → (2 * h)

# %% wrong [all at once, one number]: the formula for one weight
def numeric_gradient(f, w, h=1e-5):
    return (f(w + h) - f(w - h)) / (2 * h)

# %% repair: a loop over the entries
def numeric_gradient(f, w, h=1e-5):
    gradient = np.zeros_like(w)
    for index in np.ndindex(w.shape):
        step = np.zeros_like(w)
        step[index] = h
        gradient[index] = (f(w + step) - f(w - step)) / (2 * h)
    return gradient

# %% wrong [entry not put back]: one copy for all
def numeric_gradient(f, w, h=1e-5):
    w = w.copy()
    gradient = np.zeros_like(w)
    for index in np.ndindex(w.shape):
        w[index] += h
        up = f(w)
        w[index] -= 2 * h
        gradient[index] = (up - f(w)) / (2 * h)
    return gradient

# %% repair: the copy inside the loop
def numeric_gradient(f, w, h=1e-5):
    gradient = np.zeros_like(w)
    for index in np.ndindex(w.shape):
        moved = w.copy()
        moved[index] += h
        up = f(moved)
        moved[index] -= 2 * h
        gradient[index] = (up - f(moved)) / (2 * h)
    return gradient

# %% wrong [rows only, filled]: the first axis only, in an array of the right shape
def numeric_gradient(f, w, h=1e-5):
    gradient = np.zeros_like(w)
    for i in range(len(w)):
        step = np.zeros_like(w)
        step[i] = h
        gradient[i] = (f(w + step) - f(w - step)) / (2 * h)
    return gradient

# %% repair: range(len(w)) → np.ndindex(w.shape)

# %% wrong [parentheses]: only the second term is divided
def numeric_gradient(f, w, h=1e-5):
    gradient = np.zeros_like(w)
    for index in np.ndindex(w.shape):
        step = np.zeros_like(w)
        step[index] = h
        gradient[index] = f(w + step) - f(w - step) / (2 * h)
    return gradient

# %% repair: f(w + step) - f(w - step) → (f(w + step) - f(w - step))

# %% wrong [the same array twice]: two names for one array
def numeric_gradient(f, w, h=1e-5):
    gradient = np.zeros(w.shape)
    for i in np.ndindex(w.shape):
        up = w
        up[i] += h
        down = w
        down[i] -= h
        gradient[i] = (f(up) - f(down)) / (2 * h)
    return gradient

# %% repair
def numeric_gradient(f, w, h=1e-5):
    gradient = np.zeros(w.shape)
    for i in np.ndindex(w.shape):
        up = w.copy()
        up[i] += h
        down = w.copy()
        down[i] -= h
        gradient[i] = (f(up) - f(down)) / (2 * h)
    return gradient

# %% wrong [the first entry alone]: return in the loop
def numeric_gradient(f, w, h=1e-5):
    gradient = np.zeros(w.shape)
    for i in np.ndindex(w.shape):
        step = np.zeros(w.shape)
        step[i] = h
        gradient[i] = (f(w + step) - f(w - step)) / (2 * h)
        return gradient

# %% repair
def numeric_gradient(f, w, h=1e-5):
    gradient = np.zeros(w.shape)
    for i in np.ndindex(w.shape):
        step = np.zeros(w.shape)
        step[i] = h
        gradient[i] = (f(w + step) - f(w - step)) / (2 * h)
    return gradient
