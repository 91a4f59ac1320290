"""Exercise `new_head`: what students hand in."""

# %% right: sequential
def new_head(feature_size, classes):
    return keras.Sequential([
        keras.Input((feature_size,)),
        keras.layers.Dropout(0.2),
        keras.layers.Dense(classes, activation="softmax"),
    ])

# %% right: functional
def new_head(feature_size, classes):
    features = keras.Input(shape=(feature_size,))
    x = keras.layers.Dropout(rate=0.2)(features)
    return keras.Model(features, keras.layers.Dense(classes, "softmax")(x))

# %% right: softmax as a layer of its own
def new_head(feature_size, classes):
    model = keras.Sequential()
    model.add(keras.Input((feature_size,)))
    model.add(keras.layers.Dropout(0.2, seed=1))
    model.add(keras.layers.Dense(classes))
    model.add(keras.layers.Softmax())
    return model

# %% right: a head that begins with zeros, softmax as an operation
def new_head(feature_size, classes):
    features = keras.Input((feature_size,))
    logits = keras.layers.Dense(classes, kernel_initializer="zeros")(keras.layers.Dropout(0.2)(features))
    return keras.Model(features, keras.ops.softmax(logits))

# %% wrong [compiled]: compiled as well
def new_head(feature_size, classes):
    layers = [keras.Input((feature_size,)), keras.layers.Dropout(1 / 5)]
    model = keras.Sequential([*layers, keras.layers.Dense(classes, activation=keras.activations.softmax)])
    model.compile(loss="sparse_categorical_crossentropy")
    return model

# %% repair
def new_head(feature_size, classes):
    layers = [keras.Input((feature_size,)), keras.layers.Dropout(1 / 5)]
    return keras.Sequential([*layers, keras.layers.Dense(classes, activation=keras.activations.softmax)])

# %% wrong [no softmax]: logits
def new_head(feature_size, classes):
    return keras.Sequential([keras.Input((feature_size,)), keras.layers.Dropout(0.2), keras.layers.Dense(classes)])

# %% repair: Dense(classes) → Dense(classes, activation="softmax")

# %% wrong [sigmoid]: each class for itself
def new_head(feature_size, classes):
    inputs = keras.Input((feature_size,))
    x = keras.layers.Dropout(0.2)(inputs)
    return keras.Model(inputs, keras.layers.Dense(classes, activation="sigmoid")(x))

# %% repair: sigmoid → softmax

# %% wrong [no dropout]: forgotten
def new_head(feature_size, classes):
    return keras.Sequential([keras.Input((feature_size,)), keras.layers.Dense(classes, activation="softmax")])

# %% repair: keras.layers.Dense → keras.layers.Dropout(0.2), keras.layers.Dense

# %% wrong [dropout after the softmax]: the wrong order
def new_head(feature_size, classes):
    model = keras.Sequential([keras.Input((feature_size,))])
    model.add(keras.layers.Dense(classes, activation="softmax"))
    model.add(keras.layers.Dropout(0.2))
    return model

# %% repair
def new_head(feature_size, classes):
    model = keras.Sequential([keras.Input((feature_size,))])
    model.add(keras.layers.Dropout(0.2))
    model.add(keras.layers.Dense(classes, activation="softmax"))
    return model

# %% wrong [keeps a fifth]: the rate as share that is kept
def new_head(feature_size, classes):
    dense = keras.layers.Dense(classes, activation="softmax")
    return keras.Sequential([keras.Input((feature_size,)), keras.layers.Dropout(0.8), dense])

# %% repair: 0.8 → 0.2

# %% wrong [too many weights]: more than asked
def new_head(feature_size, classes):
    return keras.Sequential([
        keras.Input((feature_size,)),
        keras.layers.Dense(64, activation="relu"),
        keras.layers.Dropout(0.2),
        keras.layers.Dense(classes, activation="softmax"),
    ])

# %% repair
def new_head(feature_size, classes):
    return keras.Sequential([
        keras.Input((feature_size,)),
        keras.layers.Dropout(0.2),
        keras.layers.Dense(classes, activation="softmax"),
    ])

# %% wrong [one output]: softmax of one
def new_head(feature_size, classes):
    layers = [keras.Input((feature_size,)), keras.layers.Dropout(0.2)]
    return keras.Sequential([*layers, keras.layers.Dense(1, activation="softmax")])

# %% repair: Dense(1, → Dense(classes,

# %% wrong [one sigmoid]: a head for two classes only
def new_head(feature_size, classes):
    layers = [keras.Input((feature_size,)), keras.layers.Dropout(0.2)]
    return keras.Sequential([*layers, keras.layers.Dense(1, activation="sigmoid")])

# %% repair: Dense(1, activation="sigmoid") → Dense(classes, activation="softmax")

# %% right: a model in a model
def new_head(feature_size, classes):
    inner = keras.Sequential([keras.layers.Dropout(0.2), keras.layers.Dense(classes, activation="softmax")])
    return keras.Sequential([keras.Input((feature_size,)), inner])

# %% wrong [softmax twice]: as activation and as a layer
def new_head(feature_size, classes):
    layers = [keras.Input((feature_size,)), keras.layers.Dropout(0.2)]
    return keras.Sequential([*layers, keras.layers.Dense(classes, activation="softmax"), keras.layers.Softmax()])

# %% repair: , keras.layers.Softmax() →

# %% wrong [dropout on the logits]: between Dense and softmax
def new_head(feature_size, classes):
    layers = [keras.Input((feature_size,)), keras.layers.Dense(classes), keras.layers.Dropout(0.2)]
    return keras.Sequential([*layers, keras.layers.Softmax()])

# %% repair: keras.layers.Dense(classes), keras.layers.Dropout(0.2) → keras.layers.Dropout(0.2), keras.layers.Dense(classes)

# %% wrong [dropout always on]: training=True
def new_head(feature_size, classes):
    features = keras.Input((feature_size,))
    x = keras.layers.Dropout(0.2)(features, training=True)
    return keras.Model(features, keras.layers.Dense(classes, activation="softmax")(x))

# %% repair: , training=True →

# %% wrong [another rate]: one half
def new_head(feature_size, classes):
    dense = keras.layers.Dense(classes, activation="softmax")
    return keras.Sequential([keras.Input((feature_size,)), keras.layers.Dropout(0.5), dense])

# %% repair: 0.5 → 0.2

# %% wrong [returns None]: return forgotten
def new_head(feature_size, classes):
    dense = keras.layers.Dense(classes, activation="softmax")
    keras.Sequential([keras.Input((feature_size,)), keras.layers.Dropout(0.2), dense])

# %% repair: keras.Sequential → return keras.Sequential
