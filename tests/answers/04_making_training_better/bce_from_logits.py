"""Exercise `bce_from_logits`: what students hand in."""

# %% right: the formula of the lesson, both signs
def bce_from_logits(y, logits):
    z = np.where(y == 1, -logits, logits)
    return np.mean(np.maximum(z, 0) + np.log(1 + np.exp(-np.abs(z))))

# %% right: logaddexp
def bce_from_logits(y, logits):
    return np.logaddexp(0, (1 - 2 * y) * logits).mean()

# %% right: Keras, from logits
def bce_from_logits(y, logits):
    return keras.losses.binary_crossentropy(y, logits, from_logits=True)

# %% right: a loop
def bce_from_logits(y, logits):
    import math

    total = 0.0
    for label, z in zip(y, logits):
        z = -z if label == 1 else z
        total += max(z, 0) + math.log1p(math.exp(-abs(z)))
    return total / len(y)

# %% right: softplus of Keras
def bce_from_logits(y, logits):
    return float(keras.ops.mean(keras.ops.softplus(logits) - y * logits))

# %% right: in float32
def bce_from_logits(y, logits):
    z = ((1 - 2 * y) * logits).astype("float32")
    return np.mean(np.maximum(z, 0) + np.log1p(np.exp(-abs(z))))


# %% right: logaddexp, in 32 bits
def bce_from_logits(y, logits):
    z = logits.astype("float32")
    return np.mean(np.logaddexp(0, z) - y * z)


# %% wrong [overflow]: through the probability
def bce_from_logits(y, logits):
    p = 1 / (1 + np.exp(-logits))
    return np.mean(-y * np.log(p) - (1 - y) * np.log(1 - p))

# %% repair
def bce_from_logits(y, logits):
    return np.mean(np.maximum(logits, 0) + np.log(1 + np.exp(-np.abs(logits))))

# %% repair
def bce_from_logits(y, logits):
    z = np.where(y == 1, -logits, logits)
    return np.mean(np.maximum(z, 0) + np.log(1 + np.exp(-np.abs(z))))

# %% wrong [overflow]: the logarithm of a large power
def bce_from_logits(y, logits):
    return np.mean(np.log(1 + np.exp((1 - 2 * y) * logits)))

# %% repair
def bce_from_logits(y, logits):
    z = (1 - 2 * y) * logits
    return np.mean(np.maximum(z, 0) + np.log(1 + np.exp(-np.abs(z))))

# %% wrong [clipped]: off by a little
def bce_from_logits(y, logits):
    p = np.clip(1 / (1 + np.exp(-logits)), 1e-7, 1 - 1e-7)
    return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))

# %% repair
def bce_from_logits(y, logits):
    return np.mean(np.maximum(logits, 0) + np.log(1 + np.exp(-np.abs(logits))))

# %% repair
def bce_from_logits(y, logits):
    z = np.where(y == 1, -logits, logits)
    return np.mean(np.maximum(z, 0) + np.log(1 + np.exp(-np.abs(z))))

# %% wrong [clipped]: a small number inside the logarithm
def bce_from_logits(y, logits):
    p = 1 / (1 + np.exp(-logits))
    return -np.mean(y * np.log(p + 1e-12) + (1 - y) * np.log(1 - p + 1e-12))

# %% repair
def bce_from_logits(y, logits):
    z = np.where(y == 1, -logits, logits)
    return np.mean(np.maximum(z, 0) + np.log(1 + np.exp(-np.abs(z))))

# %% wrong [clipped]: Keras, from probabilities
def bce_from_logits(y, logits):
    return float(keras.losses.binary_crossentropy(y, 1 / (1 + np.exp(-logits))))

# %% repair
def bce_from_logits(y, logits):
    z = np.where(y == 1, -logits, logits)
    return np.mean(np.maximum(z, 0) + np.log(1 + np.exp(-np.abs(z))))

# %% wrong [clipped]: the logits cut to 30
def bce_from_logits(y, logits):
    z = np.clip(logits, -30, 30)
    return np.mean(np.logaddexp(0, z) - y * z)

# %% repair: np.clip(logits, -30, 30) → logits

# %% wrong [summed]: not divided
def bce_from_logits(y, logits):
    return np.sum(np.logaddexp(0, logits) - y * logits)

# %% repair: np.sum → np.mean

# %% wrong [one for each row]: no mean
def bce_from_logits(y, logits):
    return np.logaddexp(0, logits) - y * logits

# %% repair: return np.logaddexp(0, logits) - y * logits → return np.mean(np.logaddexp(0, logits) - y * logits)

# %% wrong [labels turned round]: sign of z for the wrong label
def bce_from_logits(y, logits):
    z = np.where(y == 0, -logits, logits)
    return np.mean(np.maximum(z, 0) + np.log1p(np.exp(-np.abs(z))))

# %% repair: y == 0 → y == 1

# %% wrong [only the ones]: half of the formula
def bce_from_logits(y, logits):
    return np.mean(y * np.logaddexp(0, -logits))

# %% repair: np.logaddexp(0, -logits) → np.logaddexp(0, -logits) + (1 - y) * np.logaddexp(0, logits)

# %% wrong [only the zeros]: copied from the text
def bce_from_logits(y, logits):
    return np.mean(np.maximum(logits, 0) + np.log1p(np.exp(-np.abs(logits))))

# %% repair
def bce_from_logits(y, logits):
    z = np.where(y == 1, -logits, logits)
    return np.mean(np.maximum(z, 0) + np.log1p(np.exp(-np.abs(z))))

# %% wrong [sign]: minus twice
def bce_from_logits(y, logits):
    return -np.mean(np.logaddexp(0, logits) - y * logits)

# %% repair: return -np → return np

# %% wrong [logarithm to base 2]: bits
def bce_from_logits(y, logits):
    return np.mean(np.maximum(logits, 0) - y * logits + np.log2(1 + np.exp(-np.abs(logits))))

# %% repair: np.log2 → np.log

# %% wrong [logit taken for a probability]: no sigmoid at all
def bce_from_logits(y, logits):
    return -np.mean(y * np.log(logits) + (1 - y) * np.log(1 - logits))

# %% repair
def bce_from_logits(y, logits):
    p = 1 / (1 + np.exp(-logits))
    return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))

# %% repair
def bce_from_logits(y, logits):
    z = np.where(y == 1, -logits, logits)
    return np.mean(np.maximum(z, 0) + np.log(1 + np.exp(-np.abs(z))))

# %% wrong [too large for math]: a loop with math
def bce_from_logits(y, z):
    import math

    total = 0.0
    for label, logit in zip(y, z):
        total += math.log(1 + math.exp(logit)) - label * logit
    return total / len(y)

# %% repair: math.log(1 + math.exp(logit)) → max(logit, 0) + math.log(1 + math.exp(-abs(logit)))

# %% wrong [logarithm of 0]: a loop with math, through the probability
def bce_from_logits(y, z):
    import math

    total = 0.0
    for label, logit in zip(y, z):
        p = 1 / (1 + math.exp(-logit)) if logit > 0 else math.exp(logit) / (1 + math.exp(logit))
        total -= math.log(p) if label else math.log(1 - p)
    return total / len(y)

# %% repair
def bce_from_logits(y, z):
    import math

    total = 0.0
    for label, logit in zip(y, z):
        z = -logit if label else logit
        total += max(z, 0) + math.log(1 + math.exp(-abs(z)))
    return total / len(y)

# %% wrong [without the large part]: the logarithm alone
def bce_from_logits(y, logits):
    return np.mean(np.log1p(np.exp(-np.abs(logits))))

# %% repair: np.log1p(np.exp(-np.abs(logits))) → np.maximum(logits, 0) + np.log1p(np.exp(-np.abs(logits)))

# %% repair
def bce_from_logits(y, logits):
    z = np.where(y == 1, -logits, logits)
    return np.mean(np.maximum(z, 0) + np.log1p(np.exp(-np.abs(z))))

# %% wrong [without the small part]: a hinge
def bce_from_logits(y, logits):
    return np.mean(np.maximum((1 - 2 * y) * logits, 0))

# %% repair: np.maximum((1 - 2 * y) * logits, 0) → np.maximum((1 - 2 * y) * logits, 0) + np.log(1 + np.exp(-np.abs(logits)))

# %% wrong [logarithm of 0]: math, and the logit for a probability
def bce_from_logits(y, logits):
    import math

    return np.mean([-math.log(z) if label else -math.log(1 - z) for label, z in zip(y, logits)])

# %% repair
def bce_from_logits(y, logits):
    import math

    turned = [-z if label else z for label, z in zip(y, logits)]
    return np.mean([max(z, 0) + math.log(1 + math.exp(-abs(z))) for z in turned])

# %% wrong [each row as if y were 1]: y not asked
def bce_from_logits(y, logits):
    return np.mean(np.logaddexp(0, -logits))

# %% repair: -logits → np.where(y == 0, logits, -logits)

# %% wrong [logits cut to 0…1]: Keras, without its switch
def bce_from_logits(y, logits):
    return keras.losses.binary_crossentropy(y, logits)

# %% repair: crossentropy(y, logits) → crossentropy(y, logits, from_logits=True)

# %% wrong [targets and logits swapped]: Keras, the wrong way round
def bce_from_logits(y, logits):
    return keras.losses.binary_crossentropy(logits, y, from_logits=True)

# %% repair: logits, y, from → y, logits, from

# %% wrong [plus |z|]: a sign in the power
def bce_from_logits(y, logits):
    z = (1 - 2 * y) * logits
    return np.mean(np.maximum(z, 0) + np.log1p(np.exp(np.abs(z))))

# %% repair: np.exp(np.abs → np.exp(-np.abs

# %% wrong [minus the small part]: a sign between the two
def bce_from_logits(y, logits):
    z = (1 - 2 * y) * logits
    return np.mean(np.maximum(z, 0) - np.log1p(np.exp(-np.abs(z))))

# %% repair: 0) - np → 0) + np

# %% wrong [only the last row]: not added up
def bce_from_logits(y, logits):
    for label, z in zip(y, logits):
        total = np.logaddexp(0, z) - label * z
    return total / len(y)

# %% repair
def bce_from_logits(y, logits):
    total = 0
    for label, z in zip(y, logits):
        total += np.logaddexp(0, z) - label * z
    return total / len(y)

# %% wrong [wrong shape]: Keras's layer, one cost in an array
def bce_from_logits(y, logits):
    return keras.losses.binary_crossentropy(y[None], logits[None], from_logits=True)

# %% repair: from_logits=True) → from_logits=True)[0]
