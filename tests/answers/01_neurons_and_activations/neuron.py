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

# %% repair: w @ x → w @ x + b

# %% wrong [bias after the activation]: the bias is added to the output
def neuron(x, w, b, activation):
    return activation(np.dot(w, x)) + b

# %% repair: (np.dot(w, x)) + b → (np.dot(w, x) + b)

# %% wrong [no activation]: the weighted sum only
def neuron(x, w, b, activation):
    return np.dot(w, x) + b

# %% repair: np.dot(w, x) + b → activation(np.dot(w, x) + b)

# %% wrong [average]: as the slide says
def neuron(x, w, b, activation):
    return activation(np.mean(w * x) + b)

# %% repair: mean → sum

# %% wrong [not summed]: products, never added up
def neuron(x, w, b, activation):
    return activation(w * x + b)

# %% repair: w * x + b → np.sum(w * x + b)

# %% repair: np.sum(w * x + b) → np.sum(w * x) + b

# %% wrong [returns None]: prints the answer
def neuron(x, w, b, activation):
    print(activation(np.dot(w, x) + b))

# %% repair: print → return 

# %% wrong [NameError]: a slip of the pen
def neuron(x, w, b, activation):
    return activation(np.dot(W, x) + b)

# %% repair: W → w

# %% wrong [bias subtracted]: the threshold of an older book
def neuron(x, w, b, activation):
    return activation(w @ x - b)

# %% repair: - b → + b

# %% wrong [always tanh]: the example's activation for good
def neuron(x, w, b, activation):
    return np.tanh(w @ x + b)

# %% repair: np.tanh → activation

# %% wrong [sum subtracted]: turned round
def neuron(x, w, b, activation):
    return activation(b - w @ x)

# %% repair: b - w → b + w

# %% wrong [inputs unused]: the sum computed and forgotten
def neuron(x, w, b, activation):
    total = w @ x
    return activation(b)

# %% repair: activation(b) → activation(total + b)

# %% wrong [weights added up]: no products
def neuron(x, w, b, activation):
    return activation(np.sum(w) + b)

# %% repair: np.sum(w) → np.sum(w * x)

# %% wrong [inputs added up]: the loop over one array only
def neuron(x, w, b, activation):
    z = b
    for x_i in x:
        z += x_i
    return activation(z)

# %% repair
def neuron(x, w, b, activation):
    z = b
    for x_i, w_i in zip(x, w):
        z += w_i * x_i
    return activation(z)

# %% wrong [added, not multiplied]: plus in the loop
def neuron(x, w, b, activation):
    z = b
    for x_i, w_i in zip(x, w):
        z += w_i + x_i
    return activation(z)

# %% repair: w_i + x_i → w_i * x_i

# %% wrong [divided, not multiplied]: a slash
def neuron(x, w, b, activation):
    return activation((w / x).sum() + b)

# %% repair: w / x → w * x

# %% wrong [last product only]: the loop overwrites
def neuron(x, w, b, activation):
    z = b
    for x_i, w_i in zip(x, w):
        z = w_i * x_i
    return activation(z)

# %% repair: z = w_i → z += w_i

# %% wrong [last product and bias]: the bias in the loop
def neuron(x, w, b, activation):
    for x_i, w_i in zip(x, w):
        z = w_i * x_i + b
    return activation(z)

# %% repair: z = → z +=

# %% repair: a start for z
def neuron(x, w, b, activation):
    z = 0
    for x_i, w_i in zip(x, w):
        z += w_i * x_i + b
    return activation(z)

# %% repair: the bias once
def neuron(x, w, b, activation):
    z = 0
    for x_i, w_i in zip(x, w):
        z += w_i * x_i
    return activation(z + b)

# %% wrong [first product only]: return inside the loop
def neuron(x, w, b, activation):
    z = b
    for x_i, w_i in zip(x, w):
        z += w_i * x_i
        return activation(z)

# %% repair: return after the loop
def neuron(x, w, b, activation):
    z = b
    for x_i, w_i in zip(x, w):
        z += w_i * x_i
    return activation(z)

# %% wrong [two inputs only]: written for the example
def neuron(x, w, b, activation):
    return activation(w[0] * x[0] + w[1] * x[1] + b)

# %% repair: w[0] * x[0] + w[1] * x[1] → w @ x

# %% right: in float32
def neuron(x, w, b, activation):
    return activation(np.dot(w.astype('float32'), x.astype('float32')) + np.float32(b))

# %% wrong [bias with each product]: the sum around all of it
def neuron(x, w, b, activation):
    return activation(np.sum(w * x + b))

# %% repair: (w * x + b) → (w * x) + b
