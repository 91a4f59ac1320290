"""Exercise `freeze`: what students hand in."""

# %% right: open the model, then layer by layer
def freeze(model, names):
    model.trainable = True
    for layer in model.layers:
        layer.trainable = layer.name in names and not isinstance(layer, keras.layers.BatchNormalization)

# %% right: two loops, returns the model
def freeze(model, names):
    model.trainable = True
    for layer in model.layers:
        layer.trainable = False
    for name in names:
        layer = model.get_layer(name)
        if not isinstance(layer, keras.layers.BatchNormalization):
            layer.trainable = True
    return model

# %% right: by cases, class looked up by name
def freeze(model, names):
    model.trainable = True
    for layer in model.layers:
        if type(layer).__name__ == "BatchNormalization":
            layer.trainable = False
        elif layer.name in set(names):
            layer.trainable = True
        else:
            layer.trainable = False

# %% right: names first
def freeze(model, names):
    norms = {layer.name for layer in model.layers if isinstance(layer, keras.layers.BatchNormalization)}
    opened = set(names) - norms
    model.trainable = True
    for layer in model.layers:
        layer.trainable = layer.name in opened

# %% wrong [both faults are left]: unchanged
def freeze(model, names):
    for layer in model.layers:
        layer.trainable = layer.name in names

# %% repair: in names → in names and not isinstance(layer, keras.layers.BatchNormalization)

# %% repair
def freeze(model, names):
    model.trainable = True
    for layer in model.layers:
        layer.trainable = layer.name in names and not isinstance(layer, keras.layers.BatchNormalization)

# %% wrong [BatchNorm is open]: only the closed model is mended
def freeze(model, names):
    model.trainable = True
    for layer in model.layers:
        layer.trainable = layer.name in names

# %% repair: in names → in names and not isinstance(layer, keras.layers.BatchNormalization)

# %% wrong [the model itself is closed]: only BatchNorm is mended
def freeze(model, names):
    for layer in model.layers:
        layer.trainable = layer.name in names and not isinstance(layer, keras.layers.BatchNormalization)

# %% repair
def freeze(model, names):
    model.trainable = True
    for layer in model.layers:
        layer.trainable = layer.name in names and not isinstance(layer, keras.layers.BatchNormalization)

# %% wrong [nothing is trainable]: closes the model first
def freeze(model, names):
    model.trainable = False
    for layer in model.layers:
        if layer.name in names and not isinstance(layer, keras.layers.BatchNormalization):
            layer.trainable = True

# %% repair: model.trainable = False → model.trainable = True

# %% repair
def freeze(model, names):
    model.trainable = True
    for layer in model.layers:
        layer.trainable = layer.name in names and not isinstance(layer, keras.layers.BatchNormalization)

# %% wrong [nothing is trainable]: closes it last
def freeze(model, names):
    for layer in model.layers:
        layer.trainable = layer.name in names
    model.trainable = False

# %% repair
def freeze(model, names):
    model.trainable = True
    for layer in model.layers:
        layer.trainable = layer.name in names

# %% repair: in names → in names and not isinstance(layer, keras.layers.BatchNormalization)

# %% wrong [the other way round]: freezes those named
def freeze(model, names):
    model.trainable = True
    for layer in model.layers:
        norm = isinstance(layer, keras.layers.BatchNormalization)
        layer.trainable = layer.name not in names and not norm

# %% repair: layer.name not in names → layer.name in names

# %% wrong [everything is open]: opens and forgets to close
def freeze(model, names):
    model.trainable = True
    for layer in model.layers:
        if layer.name in names:
            layer.trainable = True

# %% repair
def freeze(model, names):
    model.trainable = True
    for layer in model.layers:
        layer.trainable = layer.name in names

# %% repair: in names → in names and not isinstance(layer, keras.layers.BatchNormalization)

# %% wrong [layers that were not named]: BatchNorm alone
def freeze(model, names):
    model.trainable = True
    for layer in model.layers:
        if isinstance(layer, keras.layers.BatchNormalization):
            layer.trainable = False

# %% repair: if isinstance(layer, keras.layers.BatchNormalization): → if isinstance(layer, keras.layers.BatchNormalization) or layer.name not in names:

# %% wrong [BatchNorm told by its name]: bn in the name
def freeze(model, names):
    model.trainable = True
    for layer in model.layers:
        layer.trainable = layer.name in names and "bn" not in layer.name

# %% repair: "bn" not in layer.name → not isinstance(layer, keras.layers.BatchNormalization)

# %% wrong [BatchNorm alone]: not forgotten
def freeze(model, names):
    model.trainable = True
    for layer in model.layers:
        layer.trainable = layer.name in names and isinstance(layer, keras.layers.BatchNormalization)

# %% repair: and isinstance → and not isinstance

# %% wrong [names that hold one of them]: looks for each name in the layer's
def freeze(model, names):
    model.trainable = True
    for layer in model.layers:
        named = any(name in layer.name for name in names)
        layer.trainable = named and not isinstance(layer, keras.layers.BatchNormalization)

# %% repair: named = any(name in layer.name for name in names) → named = layer.name in names

# %% wrong [parts of names]: looks for the layer's name in one text
def freeze(model, names):
    model.trainable = True
    for layer in model.layers:
        named = layer.name in ", ".join(names)
        layer.trainable = named and not isinstance(layer, keras.layers.BatchNormalization)

# %% repair: named = layer.name in ", ".join(names) → named = layer.name in names
