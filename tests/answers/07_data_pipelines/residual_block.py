"""Exercise `residual_block`: what students hand in."""

# %% right: layers.Add
def residual_block(x, filters):
    h = layers.Conv2D(filters, 3, padding="same", activation="relu")(x)
    h = layers.Conv2D(filters, 3, padding="same")(h)
    return layers.Add()([x, h])

# %% right: a plus sign, and ReLU as a layer of its own
def residual_block(x, filters):
    h = layers.Conv2D(filters, (3, 3), padding="same")(x)
    h = layers.ReLU()(h)
    return x + layers.Conv2D(filters, (3, 3), padding="same")(h)

# %% right: the branch as a Sequential model
def residual_block(x, filters):
    branch = keras.Sequential(
        [
            layers.Conv2D(filters, 3, padding="same"),
            layers.Activation("relu"),
            layers.Conv2D(filters, 3, padding="same", activation="linear"),
        ]
    )
    return keras.layers.add([branch(x), x])

# %% wrong [concatenated]: beside each other
def residual_block(x, filters):
    h = layers.Conv2D(filters, 3, padding="same", activation="relu")(x)
    h = layers.Conv2D(filters, 3, padding="same")(h)
    return layers.Concatenate()([x, h])

# %% repair: Concatenate → Add

# %% wrong [sizes do not fit]: no padding
def residual_block(x, filters):
    h = layers.Conv2D(filters, 3, activation="relu")(x)
    h = layers.Conv2D(filters, 3)(h)
    return layers.Add()([x, h])

# %% repair
def residual_block(x, filters):
    h = layers.Conv2D(filters, 3, padding="same", activation="relu")(x)
    h = layers.Conv2D(filters, 3, padding="same")(h)
    return layers.Add()([x, h])

# %% wrong [shape lost]: no padding, no sum
def residual_block(x, filters):
    h = layers.Conv2D(filters, 3, activation="relu")(x)
    return layers.Conv2D(filters, 3)(h)

# %% repair
def residual_block(x, filters):
    h = layers.Conv2D(filters, 3, padding="same", activation="relu")(x)
    return layers.Conv2D(filters, 3, padding="same")(h)

# %% repair: return layers.Conv2D(filters, 3, padding="same")(h) → return layers.Add()([x, layers.Conv2D(filters, 3, padding="same")(h)])

# %% wrong [no skip]: the sum forgotten
def residual_block(x, filters):
    h = layers.Conv2D(filters, 3, padding="same", activation="relu")(x)
    return layers.Conv2D(filters, 3, padding="same")(h)

# %% repair: return layers.Conv2D(filters, 3, padding="same")(h) → return layers.Add()([x, layers.Conv2D(filters, 3, padding="same")(h)])

# %% wrong [negative numbers cut off]: as in the paper of 2015
def residual_block(x, filters):
    h = layers.Conv2D(filters, 3, padding="same", activation="relu")(x)
    h = layers.Conv2D(filters, 3, padding="same")(h)
    return layers.ReLU()(layers.Add()([x, h]))

# %% repair: layers.ReLU()(layers.Add()([x, h])) → layers.Add()([x, h])

# %% wrong [too few weights]: too short
def residual_block(x, filters):
    return layers.Add()([x, layers.Conv2D(filters, 3, padding="same", activation="relu")(x)])

# %% repair: layers.Conv2D(filters, 3, padding="same", activation="relu")(x) → layers.Conv2D(filters, 3, padding="same")(layers.Conv2D(filters, 3, padding="same", activation="relu")(x))

# %% wrong [other weights]: 1 × 1
def residual_block(x, filters):
    h = layers.Conv2D(filters, 1, activation="relu")(x)
    h = layers.Conv2D(filters, 1)(h)
    return layers.Add()([x, h])

# %% repair: 3 for 1
def residual_block(x, filters):
    h = layers.Conv2D(filters, 3, activation="relu")(x)
    h = layers.Conv2D(filters, 3)(h)
    return layers.Add()([x, h])

# %% repair: padding, too
def residual_block(x, filters):
    h = layers.Conv2D(filters, 3, padding="same", activation="relu")(x)
    h = layers.Conv2D(filters, 3, padding="same")(h)
    return layers.Add()([x, h])

# %% wrong [other weights]: batch normalisation
def residual_block(x, filters):
    h = layers.Conv2D(filters, 3, padding="same")(x)
    h = layers.ReLU()(layers.BatchNormalization()(h))
    h = layers.Conv2D(filters, 3, padding="same")(h)
    return layers.Add()([x, h])

# %% repair: layers.BatchNormalization()(h) → h

# %% wrong [no activation between]: linear
def residual_block(x, filters):
    h = layers.Conv2D(filters, 3, padding="same")(x)
    h = layers.Conv2D(filters, 3, padding="same")(h)
    return layers.Add()([x, h])

# %% repair: padding="same")(x) → padding="same", activation="relu")(x)

# %% wrong [skip from inside]: x overwritten
def residual_block(x, filters):
    x = layers.Conv2D(filters, 3, padding="same", activation="relu")(x)
    h = layers.Conv2D(filters, 3, padding="same")(x)
    return layers.Add()([x, h])

# %% repair
def residual_block(x, filters):
    h = layers.Conv2D(filters, 3, padding="same", activation="relu")(x)
    h = layers.Conv2D(filters, 3, padding="same")(h)
    return layers.Add()([x, h])

# %% wrong [activation behind the second]: ReLU twice
def residual_block(x, filters):
    h = layers.Conv2D(filters, 3, padding="same", activation="relu")(x)
    h = layers.Conv2D(filters, 3, padding="same", activation="relu")(h)
    return layers.Add()([x, h])

# %% repair: , activation="relu")(h) → )(h)

# %% wrong [activation before the first]: before each convolution
def residual_block(x, filters):
    h = layers.Conv2D(filters, 3, padding="same")(layers.ReLU()(x))
    h = layers.Conv2D(filters, 3, padding="same")(layers.ReLU()(h))
    return layers.Add()([x, h])

# %% repair: (layers.ReLU()(x)) → (x)

# %% wrong [subtracted]: the sign turned round
def residual_block(x, filters):
    h = layers.Conv2D(filters, 3, padding="same", activation="relu")(x)
    h = layers.Conv2D(filters, 3, padding="same")(h)
    return x - h

# %% repair: x - h → x + h

# %% wrong [another function]: tanh between
def residual_block(x, filters):
    h = layers.Conv2D(filters, 3, padding="same", activation="tanh")(x)
    h = layers.Conv2D(filters, 3, padding="same")(h)
    return layers.Add()([x, h])

# %% repair: tanh → relu

# %% wrong [channels do not fit]: the number of the task's example
def residual_block(x, filters):
    h = layers.Conv2D(filters, 3, padding="same", activation="relu")(x)
    h = layers.Conv2D(16, 3, padding="same")(h)
    return layers.Add()([x, h])

# %% repair: 16 → filters

# %% wrong [returns None]: return forgotten
def residual_block(x, filters):
    h = layers.Conv2D(filters, 3, padding="same", activation="relu")(x)
    h = layers.Conv2D(filters, 3, padding="same")(h)
    layers.Add()([x, h])

# %% repair: layers.Add() → return layers.Add()
