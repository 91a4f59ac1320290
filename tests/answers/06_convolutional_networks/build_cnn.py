"""Exercise `build_cnn`: what students hand in."""

# %% right: the network of the lesson
def build_cnn():
    L = keras.layers
    model = keras.Sequential([keras.Input((28, 28, 1)), L.Conv2D(8, 3, activation="relu"), L.MaxPooling2D(), L.Conv2D(16, 3, activation="relu"), L.MaxPooling2D(), L.Flatten(), L.Dense(10, activation="softmax")])
    model.compile(keras.optimizers.Adam(0.003), "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model

# %% right: functional, strides for pooling, logits
def build_cnn():
    image = keras.Input((28, 28, 1))
    h = keras.layers.Conv2D(12, 5, strides=2, activation="relu")(image)
    h = keras.layers.Conv2D(12, 3, strides=2, activation="relu")(h)
    model = keras.Model(image, keras.layers.Dense(10)(keras.layers.Flatten()(h)))
    model.compile(keras.optimizers.Adam(0.004), keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    return model

# %% right: no Input line
def build_cnn():
    model = keras.Sequential()
    model.add(keras.layers.Conv2D(8, (3, 3), activation="relu", padding="same"))
    model.add(keras.layers.MaxPooling2D((4, 4)))
    model.add(keras.layers.Conv2D(16, 3, activation="relu"))
    model.add(keras.layers.Flatten())
    model.add(keras.layers.Dense(10, activation="softmax"))
    model.compile(optimizer=keras.optimizers.Adam(0.005), loss="sparse_categorical_crossentropy")
    return model

# %% wrong [not compiled]: returned at once
def build_cnn():
    return keras.Sequential([keras.Input((28, 28, 1)), keras.layers.Conv2D(8, 3), keras.layers.Flatten(), keras.layers.Dense(10)])

# %% repair: compiled as in section 4
def build_cnn():
    model = keras.Sequential([keras.Input((28, 28, 1)), keras.layers.Conv2D(8, 3), keras.layers.Flatten(), keras.layers.Dense(10)])
    model.compile(keras.optimizers.Adam(0.003), keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    return model

# %% repair: keras.layers.Conv2D(8, 3), → keras.layers.Conv2D(8, 3), keras.layers.MaxPooling2D(4),

# %% wrong [ten outputs]: Flatten forgotten
def build_cnn():
    model = keras.Sequential([keras.Input((28, 28, 1)), keras.layers.Conv2D(8, 3), keras.layers.Dense(10)])
    model.compile("adam", "sparse_categorical_crossentropy")
    return model

# %% repair: keras.layers.Dense(10) → keras.layers.Flatten(), keras.layers.Dense(10)

# %% repair: keras.layers.Flatten() → keras.layers.MaxPooling2D(4), keras.layers.Flatten()

# %% repair: a last layer that fits the loss, and the rate of section 4
def build_cnn():
    model = keras.Sequential([keras.Input((28, 28, 1)), keras.layers.Conv2D(8, 3), keras.layers.MaxPooling2D(4), keras.layers.Flatten(), keras.layers.Dense(10, activation="softmax")])
    model.compile(keras.optimizers.Adam(0.003), "sparse_categorical_crossentropy")
    return model

# %% wrong [no convolution]: a dense net
def build_cnn():
    model = keras.Sequential([keras.Input((28, 28, 1)), keras.layers.Flatten(), keras.layers.Dense(7, activation="relu"), keras.layers.Dense(10, activation="softmax")])
    model.compile(keras.optimizers.Adam(0.003), "sparse_categorical_crossentropy")
    return model

# %% repair: keras.layers.Flatten() → keras.layers.Conv2D(8, 3, activation="relu"), keras.layers.Flatten()

# %% repair: keras.layers.Flatten() → keras.layers.MaxPooling2D(4), keras.layers.Flatten()

# %% repair (nudge): as in section 4
def build_cnn():
    L = keras.layers
    model = keras.Sequential([keras.Input((28, 28, 1)), L.Conv2D(8, 3, activation="relu"), L.MaxPooling2D(2), L.Conv2D(16, 3, activation="relu"), L.MaxPooling2D(2), L.Flatten(), L.Dense(10, activation="softmax")])
    model.compile(keras.optimizers.Adam(0.003), "sparse_categorical_crossentropy")
    return model

# %% wrong [too many parameters]: no pooling
def build_cnn():
    model = keras.Sequential([keras.Input((28, 28, 1)), keras.layers.Conv2D(8, 3, activation="relu"), keras.layers.Flatten(), keras.layers.Dense(10, activation="softmax")])
    model.compile(keras.optimizers.Adam(0.003), "sparse_categorical_crossentropy")
    return model

# %% repair: keras.layers.Flatten() → keras.layers.MaxPooling2D(4), keras.layers.Flatten()

# %% wrong [guessing]: a rate far too large
def build_cnn():
    L = keras.layers
    model = keras.Sequential([keras.Input((28, 28, 1)), L.Conv2D(8, 3, activation="relu"), L.MaxPooling2D(4), L.Flatten(), L.Dense(10, activation="softmax")])
    model.compile(keras.optimizers.SGD(100.0), "sparse_categorical_crossentropy")
    return model

# %% repair: SGD(100.0) → SGD(0.1)

# %% repair: SGD(0.1) → Adam(0.003)

# %% wrong [not accurate enough]: one filter, a low rate
def build_cnn():
    L = keras.layers
    model = keras.Sequential([keras.Input((28, 28, 1)), L.Conv2D(1, 3, activation="relu"), L.MaxPooling2D(4), L.Flatten(), L.Dense(10, activation="softmax")])
    model.compile(keras.optimizers.Adam(0.001), "sparse_categorical_crossentropy")
    return model

# %% repair: more filters, a second convolution, a higher rate
def build_cnn():
    L = keras.layers
    model = keras.Sequential([keras.Input((28, 28, 1)), L.Conv2D(8, 3, activation="relu"), L.MaxPooling2D(2), L.Conv2D(16, 3, activation="relu"), L.MaxPooling2D(2), L.Flatten(), L.Dense(10, activation="softmax")])
    model.compile(keras.optimizers.Adam(0.003), "sparse_categorical_crossentropy")
    return model

# %% wrong [loss for vectors]: not sparse
def build_cnn():
    L = keras.layers
    model = keras.Sequential([keras.Input((28, 28, 1)), L.Conv2D(8, 3, activation="relu"), L.MaxPooling2D(4), L.Flatten(), L.Dense(10, activation="softmax")])
    model.compile("adam", "categorical_crossentropy")
    return model

# %% repair: "categorical_crossentropy" → "sparse_categorical_crossentropy"

# %% repair: "adam" → keras.optimizers.Adam(0.003)

# %% wrong [channel missing]: the channel is missing
def build_cnn():
    L = keras.layers
    model = keras.Sequential([keras.Input((28, 28)), L.Conv2D(8, 3, activation="relu"), L.Flatten(), L.Dense(10, activation="softmax")])
    model.compile("adam", "sparse_categorical_crossentropy")
    return model

# %% repair: (28, 28) → (28, 28, 1)

# %% repair: L.Flatten() → L.MaxPooling2D(4), L.Flatten()

# %% repair: "adam" → keras.optimizers.Adam(0.003)

# %% wrong [nothing left]: pooled too often
def build_cnn():
    L = keras.layers
    model = keras.Sequential([keras.Input((28, 28, 1)), L.Conv2D(8, 3), L.MaxPooling2D(4), L.MaxPooling2D(4), L.Conv2D(8, 3), L.Flatten(), L.Dense(10, activation="softmax")])
    model.compile("adam", "sparse_categorical_crossentropy")
    return model

# %% repair: L.MaxPooling2D(4), L.MaxPooling2D(4) → L.MaxPooling2D(4)

# %% repair: "adam" → keras.optimizers.Adam(0.003)

# %% wrong [no probabilities]: no softmax, and the loss is not told so
def build_cnn():
    L = keras.layers
    model = keras.Sequential([keras.Input((28, 28, 1)), L.Conv2D(8, 3, activation="relu"), L.MaxPooling2D(4), L.Flatten(), L.Dense(10)])
    model.compile(keras.optimizers.Adam(0.003), "sparse_categorical_crossentropy")
    return model

# %% repair: L.Dense(10) → L.Dense(10, activation="softmax")

# %% wrong [another loss]: squared errors of class numbers
def build_cnn():
    L = keras.layers
    model = keras.Sequential([keras.Input((28, 28, 1)), L.Conv2D(8, 3, activation="relu"), L.MaxPooling2D(4), L.Flatten(), L.Dense(10, activation="softmax")])
    model.compile(keras.optimizers.Adam(0.003), "mse")
    return model

# %% repair: "mse" → "sparse_categorical_crossentropy"
