"""Exercise `sgd_step`: what students hand in."""

# %% right: a comprehension
def sgd_step(weights, gradients, rate):
    return [w - rate * g for w, g in zip(weights, gradients)]

# %% right: a loop over numbers
def sgd_step(weights, gradients, rate):
    new = []
    for i in range(len(weights)):
        new.append(weights[i] - rate * gradients[i])
    return new

# %% right: copies, then in place
def sgd_step(weights, gradients, rate):
    new = [w.copy() for w in weights]
    for w, g in zip(new, gradients):
        w -= rate * g
    return tuple(new)

# %% right: Keras
def sgd_step(weights, gradients, rate):
    variables = [keras.Variable(w) for w in weights]
    keras.optimizers.SGD(rate).apply([keras.ops.convert_to_tensor(g, "float32") for g in gradients], variables)
    return [keras.ops.convert_to_numpy(v) for v in variables]

# %% wrong [arrays changed]: in place
def sgd_step(weights, gradients, rate):
    for w, g in zip(weights, gradients):
        w -= rate * g
    return weights

# %% repair: a new list
def sgd_step(weights, gradients, rate):
    new = []
    for w, g in zip(weights, gradients):
        new.append(w - rate * g)
    return new

# %% wrong [uphill]: plus
def sgd_step(weights, gradients, rate):
    return [w + rate * g for w, g in zip(weights, gradients)]

# %% repair: w + rate → w - rate

# %% wrong [without rate]: the whole slope
def sgd_step(weights, gradients, rate):
    return [w - g for w, g in zip(weights, gradients)]

# %% repair: - g → - rate * g

# %% wrong [the step alone]: not added
def sgd_step(weights, gradients, rate):
    return [-rate * g for g in gradients]

# %% repair: the weights, and this step
def sgd_step(weights, gradients, rate):
    return [w + -rate * g for w, g in zip(weights, gradients)]

# %% wrong [sign only]: equal steps
def sgd_step(weights, gradients, rate):
    return [w - rate * np.sign(g) for w, g in zip(weights, gradients)]

# %% repair: np.sign(g) → g

# %% wrong [the first array only]: return inside the loop
def sgd_step(weights, gradients, rate):
    for w, g in zip(weights, gradients):
        return w - rate * g

# %% repair: a list, returned after the loop
def sgd_step(weights, gradients, rate):
    new = []
    for w, g in zip(weights, gradients):
        new.append(w - rate * g)
    return new

# %% wrong [list minus list]: all at once
def sgd_step(weights, gradients, rate):
    return weights - rate * gradients

# %% repair: through both lists
def sgd_step(weights, gradients, rate):
    return [w - rate * g for w, g in zip(weights, gradients)]

# %% right: map
def sgd_step(weights, gradients, rate):
    return list(map(lambda w, g: w - rate * g, weights, gradients))

# %% wrong [one array of all]: np.array around lists
def sgd_step(weights, gradients, rate):
    return list(np.array(weights) - rate * np.array(gradients))

# %% repair: one by one
def sgd_step(weights, gradients, rate):
    return [w - rate * g for w, g in zip(weights, gradients)]

# %% wrong [divided by the rate]: a slash
def sgd_step(weights, gradients, rate):
    return [w - g / rate for w, g in zip(weights, gradients)]

# %% repair: g / rate → rate * g

# %% wrong [weights shrunk]: parentheses
def sgd_step(weights, gradients, rate):
    return [w - rate * (w + g) for w, g in zip(weights, gradients)]

# %% repair: (w + g) → g

# %% wrong [matched by shape]: the first that fits
def sgd_step(weights, gradients, rate):
    new = []
    for w in weights:
        g = next(g for g in gradients if g.shape == w.shape)
        new.append(w - rate * g)
    return new

# %% repair: the gradients in their order
def sgd_step(weights, gradients, rate):
    return [w - rate * g for w, g in zip(weights, gradients)]

# %% wrong [not moved]: copies, and no more
def sgd_step(weights, gradients, rate):
    return [w.copy() for w in weights]

# %% repair: the step
def sgd_step(weights, gradients, rate):
    return [w - rate * g for w, g in zip(weights, gradients)]

# %% wrong [rate times gradient alone]: the step, its sign forgotten
def sgd_step(weights, gradients, rate):
    return [rate * g for g in gradients]

# %% repair: subtracted
def sgd_step(weights, gradients, rate):
    return [w - rate * g for w, g in zip(weights, gradients)]

# %% wrong [gradient forgotten]: the rate alone
def sgd_step(weights, gradients, rate):
    return [w - rate for w in weights]

# %% repair: the gradient as well
def sgd_step(weights, gradients, rate):
    return [w - rate * g for w, g in zip(weights, gradients)]

# %% wrong [rate and gradient added]: plus for times
def sgd_step(weights, gradients, rate):
    return [w - (rate + g) for w, g in zip(weights, gradients)]

# %% repair: (rate + g) → rate * g

# %% wrong [weights and gradients swapped]: the pair the other way round
def sgd_step(weights, gradients, rate):
    return [w - rate * g for g, w in zip(weights, gradients)]

# %% repair: for g, w in → for w, g in

# %% wrong [turned round]: the step minus the weights
def sgd_step(weights, gradients, rate):
    return [rate * g - w for w, g in zip(weights, gradients)]

# %% repair: rate * g - w → w - rate * g

# %% wrong [divided by the gradient]: a slash before g
def sgd_step(weights, gradients, rate):
    return [w - rate / g for w, g in zip(weights, gradients)]

# %% repair: rate / g → rate * g
