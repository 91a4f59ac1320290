"""Exercise `adam_step`: what students hand in."""

# %% right: as in the paper
def adam_step(w, g, m, v, t, rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-7):
    m = beta_1 * m + (1 - beta_1) * g
    v = beta_2 * v + (1 - beta_2) * g**2
    m_hat = m / (1 - beta_1**t)
    v_hat = v / (1 - beta_2**t)
    return w - rate * m_hat / (np.sqrt(v_hat) + epsilon), m, v

# %% right: as in Keras, epsilon before the correction
def adam_step(w, g, m, v, t, rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-7):
    alpha = rate * (1 - beta_2**t) ** 0.5 / (1 - beta_1**t)
    m = m + (g - m) * (1 - beta_1)
    v = v + (g * g - v) * (1 - beta_2)
    return [w - m * alpha / (v**0.5 + epsilon), m, v]

# %% right: in a loop over entries
def adam_step(w, g, m, v, t, rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-7):
    w, m, v = w.copy(), m.copy(), v.copy()
    for i in np.ndindex(w.shape):
        m[i] = beta_1 * m[i] + (1 - beta_1) * g[i]
        v[i] = beta_2 * v[i] + (1 - beta_2) * g[i] ** 2
        w[i] -= rate * (m[i] / (1 - beta_1**t)) / ((v[i] / (1 - beta_2**t)) ** 0.5 + epsilon)
    return w, m, v

# %% wrong [changes what it is given]: means in place
def adam_step(w, g, m, v, t, rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-7):
    m *= beta_1
    m += (1 - beta_1) * g
    v *= beta_2
    v += (1 - beta_2) * g**2
    return w - rate * (m / (1 - beta_1**t)) / (np.sqrt(v / (1 - beta_2**t)) + epsilon), m, v

# %% repair: new arrays
def adam_step(w, g, m, v, t, rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-7):
    m = beta_1 * m + (1 - beta_1) * g
    v = beta_2 * v + (1 - beta_2) * g**2
    return w - rate * (m / (1 - beta_1**t)) / (np.sqrt(v / (1 - beta_2**t)) + epsilon), m, v

# %% wrong [means not corrected]: straight on
def adam_step(w, g, m, v, t, rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-7):
    m = beta_1 * m + (1 - beta_1) * g
    v = beta_2 * v + (1 - beta_2) * g**2
    return w - rate * m / (np.sqrt(v) + epsilon), m, v

# %% repair: rate * m / (np.sqrt(v) + epsilon) → rate * (m / (1 - beta_1**t)) / (np.sqrt(v / (1 - beta_2**t)) + epsilon)

# %% wrong [corrected means kept]: overwritten
def adam_step(w, g, m, v, t, rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-7):
    m = (beta_1 * m + (1 - beta_1) * g) / (1 - beta_1**t)
    v = (beta_2 * v + (1 - beta_2) * g**2) / (1 - beta_2**t)
    return w - rate * m / (np.sqrt(v) + epsilon), m, v

# %% repair: names of their own
def adam_step(w, g, m, v, t, rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-7):
    m = beta_1 * m + (1 - beta_1) * g
    v = beta_2 * v + (1 - beta_2) * g**2
    m_hat = m / (1 - beta_1**t)
    v_hat = v / (1 - beta_2**t)
    return w - rate * m_hat / (np.sqrt(v_hat) + epsilon), m, v

# %% wrong [no root]: divided by v
def adam_step(w, g, m, v, t, rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-7):
    m = beta_1 * m + (1 - beta_1) * g
    v = beta_2 * v + (1 - beta_2) * g**2
    return w - rate * (m / (1 - beta_1**t)) / (v / (1 - beta_2**t) + epsilon), m, v

# %% repair: (v / (1 - beta_2**t) + epsilon) → (np.sqrt(v / (1 - beta_2**t)) + epsilon)

# %% wrong [slope for its mean]: that is nearly RMSprop
def adam_step(w, g, m, v, t, rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-7):
    m = beta_1 * m + (1 - beta_1) * g
    v = beta_2 * v + (1 - beta_2) * g**2
    return w - rate * g / (np.sqrt(v / (1 - beta_2**t)) + epsilon), m, v

# %% repair: rate * g → rate * m

# %% repair: rate * m → rate * (m / (1 - beta_1**t))

# %% wrong [times instead of power]: t times beta
def adam_step(w, g, m, v, t, rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-7):
    m = beta_1 * m + (1 - beta_1) * g
    v = beta_2 * v + (1 - beta_2) * g**2
    return w - rate * (m / (1 - beta_1 * t)) / (np.sqrt(v / (1 - beta_2 * t)) + epsilon), m, v

# %% repair: powers
def adam_step(w, g, m, v, t, rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-7):
    m = beta_1 * m + (1 - beta_1) * g
    v = beta_2 * v + (1 - beta_2) * g**2
    return w - rate * (m / (1 - beta_1**t)) / (np.sqrt(v / (1 - beta_2**t)) + epsilon), m, v

# %% wrong [one step late]: t plus one
def adam_step(w, g, m, v, t, rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-7):
    m = beta_1 * m + (1 - beta_1) * g
    v = beta_2 * v + (1 - beta_2) * g**2
    return w - rate * (m / (1 - beta_1 ** (t + 1))) / (np.sqrt(v / (1 - beta_2 ** (t + 1))) + epsilon), m, v

# %% repair: t as it is
def adam_step(w, g, m, v, t, rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-7):
    m = beta_1 * m + (1 - beta_1) * g
    v = beta_2 * v + (1 - beta_2) * g**2
    return w - rate * (m / (1 - beta_1**t)) / (np.sqrt(v / (1 - beta_2**t)) + epsilon), m, v

# %% wrong [uphill]: plus
def adam_step(w, g, m, v, t, rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-7):
    m = beta_1 * m + (1 - beta_1) * g
    v = beta_2 * v + (1 - beta_2) * g**2
    return w + rate * (m / (1 - beta_1**t)) / (np.sqrt(v / (1 - beta_2**t)) + epsilon), m, v

# %% repair: w + rate → w - rate

# %% wrong [weights only]: means forgotten
def adam_step(w, g, m, v, t, rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-7):
    m = beta_1 * m + (1 - beta_1) * g
    v = beta_2 * v + (1 - beta_2) * g**2
    return w - rate * (m / (1 - beta_1**t)) / (np.sqrt(v / (1 - beta_2**t)) + epsilon)

# %% repair: + epsilon) → + epsilon), m, v

# %% wrong [fixed betas]: the numbers of the text
def adam_step(w, g, m, v, t, rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-7):
    m = beta_1 * m + (1 - beta_1) * g
    v = beta_2 * v + (1 - beta_2) * g**2
    return w - rate * (m / (1 - 0.9**t)) / (np.sqrt(v / (1 - 0.999**t)) + epsilon), m, v

# %% repair: the arguments
def adam_step(w, g, m, v, t, rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-7):
    m = beta_1 * m + (1 - beta_1) * g
    v = beta_2 * v + (1 - beta_2) * g**2
    return w - rate * (m / (1 - beta_1**t)) / (np.sqrt(v / (1 - beta_2**t)) + epsilon), m, v

# %% wrong [betas unused]: the numbers of the text everywhere
def adam_step(w, g, m, v, t, rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-7):
    beta_1, beta_2 = 0.9, 0.999
    m = beta_1 * m + (1 - beta_1) * g
    v = beta_2 * v + (1 - beta_2) * g**2
    return w - rate * (m / (1 - beta_1**t)) / (np.sqrt(v / (1 - beta_2**t)) + epsilon), m, v

# %% repair: without that line
def adam_step(w, g, m, v, t, rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-7):
    m = beta_1 * m + (1 - beta_1) * g
    v = beta_2 * v + (1 - beta_2) * g**2
    return w - rate * (m / (1 - beta_1**t)) / (np.sqrt(v / (1 - beta_2**t)) + epsilon), m, v

# %% wrong [epsilon unused]: the number of the text
def adam_step(w, g, m, v, t, rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-7):
    m = beta_1 * m + (1 - beta_1) * g
    v = beta_2 * v + (1 - beta_2) * g**2
    return w - rate * (m / (1 - beta_1**t)) / (np.sqrt(v / (1 - beta_2**t)) + 1e-7), m, v

# %% repair: ) + 1e-7) → ) + epsilon)

# %% wrong [no epsilon]: as in the first line of the formula
def adam_step(w, g, m, v, t, rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-7):
    m = beta_1 * m + (1 - beta_1) * g
    v = beta_2 * v + (1 - beta_2) * g**2
    return w - rate * (m / (1 - beta_1**t)) / np.sqrt(v / (1 - beta_2**t)), m, v

# %% repair: np.sqrt(v / (1 - beta_2**t)) → np.sqrt(v / (1 - beta_2**t)) + epsilon

# %% repair: np.sqrt(v / (1 - beta_2**t)) + epsilon → (np.sqrt(v / (1 - beta_2**t)) + epsilon)

# %% wrong [epsilon under the root]: one parenthesis too late
def adam_step(w, g, m, v, t, rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-7):
    m = beta_1 * m + (1 - beta_1) * g
    v = beta_2 * v + (1 - beta_2) * g**2
    return w - rate * (m / (1 - beta_1**t)) / np.sqrt(v / (1 - beta_2**t) + epsilon), m, v

# %% repair: np.sqrt(v / (1 - beta_2**t) + epsilon) → (np.sqrt(v / (1 - beta_2**t)) + epsilon)

# %% wrong [only m corrected]: v forgotten
def adam_step(w, g, m, v, t, rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-7):
    m = beta_1 * m + (1 - beta_1) * g
    v = beta_2 * v + (1 - beta_2) * g**2
    return w - rate * (m / (1 - beta_1**t)) / (np.sqrt(v) + epsilon), m, v

# %% repair: np.sqrt(v) → np.sqrt(v / (1 - beta_2**t))

# %% wrong [only v corrected]: m forgotten
def adam_step(w, g, m, v, t, rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-7):
    m = beta_1 * m + (1 - beta_1) * g
    v = beta_2 * v + (1 - beta_2) * g**2
    return w - rate * m / (np.sqrt(v / (1 - beta_2**t)) + epsilon), m, v

# %% repair: rate * m → rate * (m / (1 - beta_1**t))

# %% wrong [g not squared]: one mean twice
def adam_step(w, g, m, v, t, rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-7):
    m = beta_1 * m + (1 - beta_1) * g
    v = beta_2 * v + (1 - beta_2) * g
    return w - rate * (m / (1 - beta_1**t)) / (np.sqrt(v / (1 - beta_2**t)) + epsilon), m, v

# %% repair: (1 - beta_2) * g → (1 - beta_2) * g**2

# %% wrong [weights of the mean swapped]: beta for the new
def adam_step(w, g, m, v, t, rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-7):
    m = (1 - beta_1) * m + beta_1 * g
    v = (1 - beta_2) * v + beta_2 * g**2
    return w - rate * (m / (1 - beta_1**t)) / (np.sqrt(v / (1 - beta_2**t)) + epsilon), m, v

# %% repair: the other way round
def adam_step(w, g, m, v, t, rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-7):
    m = beta_1 * m + (1 - beta_1) * g
    v = beta_2 * v + (1 - beta_2) * g**2
    return w - rate * (m / (1 - beta_1**t)) / (np.sqrt(v / (1 - beta_2**t)) + epsilon), m, v

# %% wrong [1 − β lost]: momentum as in SGD
def adam_step(w, g, m, v, t, rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-7):
    m = beta_1 * m + g
    v = beta_2 * v + g**2
    return w - rate * (m / (1 - beta_1**t)) / (np.sqrt(v / (1 - beta_2**t)) + epsilon), m, v

# %% repair: times 1 − β
def adam_step(w, g, m, v, t, rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-7):
    m = beta_1 * m + (1 - beta_1) * g
    v = beta_2 * v + (1 - beta_2) * g**2
    return w - rate * (m / (1 - beta_1**t)) / (np.sqrt(v / (1 - beta_2**t)) + epsilon), m, v

# %% wrong [epsilon after the division]: no parentheses
def adam_step(w, g, m, v, t, rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-7):
    m = beta_1 * m + (1 - beta_1) * g
    v = beta_2 * v + (1 - beta_2) * g**2
    return w - rate * (m / (1 - beta_1**t)) / np.sqrt(v / (1 - beta_2**t)) + epsilon, m, v

# %% repair: np.sqrt(v / (1 - beta_2**t)) + epsilon → (np.sqrt(v / (1 - beta_2**t)) + epsilon)

# %% wrong [the means as they were]: the step first
def adam_step(w, g, m, v, t, rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-7):
    step = rate * (m / (1 - beta_1**t)) / (np.sqrt(v / (1 - beta_2**t)) + epsilon)
    m = beta_1 * m + (1 - beta_1) * g
    v = beta_2 * v + (1 - beta_2) * g**2
    return w - step, m, v

# %% repair: the step last
def adam_step(w, g, m, v, t, rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-7):
    m = beta_1 * m + (1 - beta_1) * g
    v = beta_2 * v + (1 - beta_2) * g**2
    step = rate * (m / (1 - beta_1**t)) / (np.sqrt(v / (1 - beta_2**t)) + epsilon)
    return w - step, m, v

# %% wrong [mean of the mean]: m for g
def adam_step(w, g, m, v, t, rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-7):
    m = beta_1 * m + (1 - beta_1) * g
    v = beta_2 * v + (1 - beta_2) * m**2
    return w - rate * (m / (1 - beta_1**t)) / (np.sqrt(v / (1 - beta_2**t)) + epsilon), m, v

# %% repair: m**2 → g**2

# %% wrong [the power lost]: without t
def adam_step(w, g, m, v, t, rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-7):
    m = beta_1 * m + (1 - beta_1) * g
    v = beta_2 * v + (1 - beta_2) * g**2
    return w - rate * (m / (1 - beta_1)) / (np.sqrt(v / (1 - beta_2)) + epsilon), m, v

# %% repair: powers
def adam_step(w, g, m, v, t, rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-7):
    m = beta_1 * m + (1 - beta_1) * g
    v = beta_2 * v + (1 - beta_2) * g**2
    return w - rate * (m / (1 - beta_1**t)) / (np.sqrt(v / (1 - beta_2**t)) + epsilon), m, v
