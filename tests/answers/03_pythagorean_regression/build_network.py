"""Exercise `build_network`: what students hand in."""

# %% right: one wide layer
def build_network():
    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(64, activation="relu"), keras.layers.Dense(1)])
    model.compile(optimizer=keras.optimizers.Adam(0.01), loss="mse")
    return model

# %% right: two layers, functional, SGD
def build_network():
    point = keras.Input((2,))
    h = keras.layers.Dense(16, activation="relu")(point)
    h = keras.layers.Dense(16, activation="relu")(h)
    model = keras.Model(point, keras.layers.Dense(1)(h))
    model.compile(optimizer=keras.optimizers.SGD(0.005), loss="mean_squared_error", metrics=["mae"])
    return model

# %% right: no Input line, other loss
def build_network():
    model = keras.Sequential()
    model.add(keras.layers.Dense(100, activation="leaky_relu"))
    model.add(keras.layers.Dense(1))
    model.compile("adam", keras.losses.Huber())
    model.optimizer.learning_rate = 0.005
    return model

# %% wrong [not compiled]: returned at once
def build_network():
    return keras.Sequential([keras.Input((2,)), keras.layers.Dense(64, activation="relu"), keras.layers.Dense(1)])

# %% repair
def build_network():
    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(64, activation="relu"), keras.layers.Dense(1)])
    model.compile(optimizer="adam", loss="mse")
    return model

# %% wrong [one output]: two of them
def build_network():
    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(64, activation="relu"), keras.layers.Dense(2)])
    model.compile(optimizer="adam", loss="mse")
    return model

# %% repair: Dense(2) → Dense(1)

# %% wrong [too many parameters]: the lesson's wide one
def build_network():
    model = keras.Sequential([keras.Input((2,))] + [keras.layers.Dense(32, activation="relu") for _ in range(2)] + [keras.layers.Dense(1)])
    model.compile(optimizer="adam", loss="mse")
    return model

# %% repair
def build_network():
    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(64, activation="relu"), keras.layers.Dense(1)])
    model.compile(optimizer="adam", loss="mse")
    return model

# %% wrong [no activations]: linear layers
def build_network():
    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(20), keras.layers.Dense(20), keras.layers.Dense(1)])
    model.compile(optimizer=keras.optimizers.Adam(0.01), loss="mse")
    return model

# %% repair: keras.layers.Dense(20), keras.layers.Dense(20) → keras.layers.Dense(20, activation="relu"), keras.layers.Dense(20, activation="relu")

# %% wrong [cannot reach]: a sigmoid at the end
def build_network():
    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(64, activation="relu"), keras.layers.Dense(1, activation="sigmoid")])
    model.compile(optimizer=keras.optimizers.Adam(0.01), loss="mse")
    return model

# %% repair: , activation="sigmoid" →

# %% wrong [another loss]: one for classes
def build_network():
    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(64, activation="relu"), keras.layers.Dense(1)])
    model.compile(optimizer=keras.optimizers.Adam(0.01), loss="binary_crossentropy")
    return model

# %% repair: "binary_crossentropy" → "mse"

# %% wrong [diverged]: a rate far too large
def build_network():
    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(64, activation="relu"), keras.layers.Dense(1)])
    model.compile(optimizer=keras.optimizers.SGD(1.0), loss="mse")
    return model

# %% repair: SGD(1.0) → SGD(0.01)

# %% wrong [not good enough]: the deck's, as it is, with a low rate
def build_network():
    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(4, activation="relu"), keras.layers.Dense(10, activation="relu"), keras.layers.Dense(5, activation="tanh"), keras.layers.Dense(1)])
    model.compile(optimizer=keras.optimizers.Adam(0.001), loss="mse")
    return model

# %% repair
def build_network():
    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(64, activation="relu"), keras.layers.Dense(10, activation="relu"), keras.layers.Dense(5, activation="tanh"), keras.layers.Dense(1)])
    model.compile(optimizer=keras.optimizers.Adam(0.01), loss="mse")
    return model

# %% wrong [the distance itself]: computed, not learned
def build_network():
    point = keras.Input((2,))
    distance = keras.ops.sqrt(keras.ops.sum(point**2, axis=1, keepdims=True) + 1e-12)
    layer = keras.layers.Dense(1, kernel_initializer="ones")
    model = keras.Model(point, layer(distance))
    model.compile(optimizer=keras.optimizers.SGD(1e-9), loss="mse")
    return model

# %% repair
def build_network():
    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(32, activation="relu"), keras.layers.Dense(1)])
    model.compile(optimizer=keras.optimizers.SGD(1e-9), loss="mse")
    return model

# %% repair
def build_network():
    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(64, activation="relu"), keras.layers.Dense(1)])
    model.compile(optimizer=keras.optimizers.Adam(0.01), loss="mse")
    return model

# %% wrong [returns None]: no return
def build_network():
    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(1)])
    model.compile(optimizer="adam", loss="mse")

# %% repair
def build_network():
    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(1)])
    model.compile(optimizer="adam", loss="mse")
    return model

# %% repair: keras.layers.Dense(1)] → keras.layers.Dense(64, activation="relu"), keras.layers.Dense(1)]

# %% right: dropout, batch normalization, activation layers, a network in a network
def build_network():
    inner = keras.Sequential([keras.layers.Dense(100), keras.layers.ReLU()])
    model = keras.Sequential([keras.Input((2,)), keras.layers.Rescaling(0.1), inner, keras.layers.Dense(1)])
    model.compile(optimizer=keras.optimizers.Adam(0.02), loss="mse")
    return model

# %% right: activation given as a function
def build_network():
    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(80, activation=keras.ops.relu), keras.layers.Dense(1)])
    model.compile(optimizer=keras.optimizers.Adam(0.01), loss="mse")
    return model

# %% wrong [code of its own]: a Lambda layer
def build_network():
    norm = keras.layers.Lambda(lambda p: keras.ops.norm(p, axis=1, keepdims=True), output_shape=(1,))
    model = keras.Sequential([keras.Input((2,)), norm, keras.layers.Dense(1)])
    model.compile(optimizer=keras.optimizers.Adam(0.05), loss="mse")
    return model

# %% repair
def build_network():
    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(64, activation="relu"), keras.layers.Dense(1)])
    model.compile(optimizer=keras.optimizers.Adam(0.05), loss="mse")
    return model

# %% wrong [a dead layer]: a ReLU at the end that never speaks
def build_network():
    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(32, activation="relu"), keras.layers.Dense(1, activation="relu", bias_initializer=keras.initializers.Constant(-200))])
    model.compile(optimizer=keras.optimizers.Adam(0.001), loss="mse")
    return model

# %% repair: , activation="relu", bias_initializer=keras.initializers.Constant(-200) →

# %% right: TensorFlow's own function as activation
def build_network():
    import tensorflow as tf

    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(90, activation=tf.nn.relu), keras.layers.Dense(1)])
    model.compile(optimizer=keras.optimizers.Adam(0.01), loss="mse")
    return model

# %% right: maxout
def build_network():
    point = keras.Input((2,))
    h = keras.layers.Maximum()([keras.layers.Dense(60)(point) for _ in range(3)])
    model = keras.Model(point, keras.layers.Dense(1)(h))
    model.compile(optimizer=keras.optimizers.Adam(0.01), loss="mse")
    return model

# %% wrong [code of its own]: an activation of one's own
def build_network():
    def leaky(x):
        return keras.ops.maximum(0.1 * x, x)

    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(64, activation=leaky), keras.layers.Dense(1)])
    model.compile(optimizer=keras.optimizers.Adam(0.01), loss="mse")
    return model

# %% repair
def build_network():
    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(64, activation="leaky_relu"), keras.layers.Dense(1)])
    model.compile(optimizer=keras.optimizers.Adam(0.01), loss="mse")
    return model

# %% wrong [the distance itself]: beside x and y
def build_network():
    point = keras.Input((2,))
    distance = keras.ops.norm(point, axis=1, keepdims=True)
    h = keras.layers.Dense(16, activation="relu")(keras.layers.Concatenate()([point, distance]))
    model = keras.Model(point, keras.layers.Dense(1)(h))
    model.compile(optimizer=keras.optimizers.Adam(0.01), loss="mse")
    return model

# %% repair
def build_network():
    point = keras.Input((2,))
    h = keras.layers.Dense(16, activation="relu")(point)
    model = keras.Model(point, keras.layers.Dense(1)(h))
    model.compile(optimizer=keras.optimizers.Adam(0.01), loss="mse")
    return model

# %% wrong [the distance itself]: its square, in a network inside
def build_network():
    point = keras.Input((2,))
    square = keras.Model(point, keras.ops.sum(keras.ops.square(point), axis=1, keepdims=True))
    model = keras.Sequential([keras.Input((2,)), square, keras.layers.Dense(32, activation="relu"), keras.layers.Dense(1)])
    model.compile(optimizer=keras.optimizers.Adam(0.01), loss="mse")
    return model

# %% repair
def build_network():
    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(32, activation="relu"), keras.layers.Dense(1)])
    model.compile(optimizer=keras.optimizers.Adam(0.01), loss="mse")
    return model

# %% wrong [no loss]: compiled with an optimizer alone
def build_network():
    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(64, activation="relu"), keras.layers.Dense(1)])
    model.compile(optimizer=keras.optimizers.Adam(0.01))
    return model

# %% repair: Adam(0.01)) → Adam(0.01), loss="mse")

# %% wrong [not two inputs]: one number for a point
def build_network():
    model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(64, activation="relu"), keras.layers.Dense(1)])
    model.compile(optimizer=keras.optimizers.Adam(0.01), loss="mse")
    return model

# %% repair: (1,) → (2,)
