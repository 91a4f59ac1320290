"""Exercise `neuron`: what students hand in."""

# %% right: matrix product
def neuron(x, w, b, activation):
    return activation(w @ x + b)

# %% right: a loop
def neuron(x, w, b, activation):
    z = b
    for x_i, w_i in zip(x, w):
        z += w_i * x_i
    return activation(z)

# %% right: sum of products, bias first
def neuron(x, w, b, activation):
    weighted_sum = b + (w * x).sum()
    return activation(weighted_sum)

# %% right: bias as one more weight, result as an array of one
def neuron(x, w, b, activation):
    z = np.append(w, b) @ np.append(x, 1.0)
    return activation(np.array([z])[0])

# %% right: a lambda
neuron = lambda x, w, b, activation: activation(np.inner(x, w) + b)

# %% wrong [bias forgotten]: the bias is left out
def neuron(x, w, b, activation):
    return activation(w @ x)

# %% wrong [bias after the activation]: the bias is added to the output
def neuron(x, w, b, activation):
    return activation(np.dot(w, x)) + b

# %% wrong [no activation]: the weighted sum only
def neuron(x, w, b, activation):
    return np.dot(w, x) + b

# %% wrong [average]: as the slide says
def neuron(x, w, b, activation):
    return activation(np.mean(w * x) + b)

# %% wrong [not summed]: products, never added up
def neuron(x, w, b, activation):
    return activation(w * x + b)

# %% wrong [returns None]: prints the answer
def neuron(x, w, b, activation):
    print(activation(np.dot(w, x) + b))

# %% wrong [NameError]: a slip of the pen
def neuron(x, w, b, activation):
    return activation(np.dot(W, x) + b)

# %% wrong [bias subtracted]: the threshold of an older book
def neuron(x, w, b, activation):
    return activation(w @ x - b)

# %% wrong [always tanh]: the example's activation for good
def neuron(x, w, b, activation):
    return np.tanh(w @ x + b)

# %% wrong [sum subtracted]: turned round
def neuron(x, w, b, activation):
    return activation(b - w @ x)

# %% wrong [inputs unused]: the sum computed and forgotten
def neuron(x, w, b, activation):
    total = w @ x
    return activation(b)

# %% wrong [weights added up]: no products
def neuron(x, w, b, activation):
    return activation(np.sum(w) + b)

# %% wrong [inputs added up]: the loop over one array only
def neuron(x, w, b, activation):
    z = b
    for x_i in x:
        z += x_i
    return activation(z)

# %% wrong [added, not multiplied]: plus in the loop
def neuron(x, w, b, activation):
    z = b
    for x_i, w_i in zip(x, w):
        z += w_i + x_i
    return activation(z)

# %% wrong [divided, not multiplied]: a slash
def neuron(x, w, b, activation):
    return activation((w / x).sum() + b)

# %% wrong [last product only]: the loop overwrites
def neuron(x, w, b, activation):
    z = b
    for x_i, w_i in zip(x, w):
        z = w_i * x_i
    return activation(z)

# %% wrong [last product and bias]: the bias in the loop
def neuron(x, w, b, activation):
    for x_i, w_i in zip(x, w):
        z = w_i * x_i + b
    return activation(z)

# %% wrong [first product only]: return inside the loop
def neuron(x, w, b, activation):
    z = b
    for x_i, w_i in zip(x, w):
        z += w_i * x_i
        return activation(z)

# %% wrong [two inputs only]: written for the example
def neuron(x, w, b, activation):
    return activation(w[0] * x[0] + w[1] * x[1] + b)

# %% right: in float32
def neuron(x, w, b, activation):
    return activation(np.dot(w.astype('float32'), x.astype('float32')) + np.float32(b))
