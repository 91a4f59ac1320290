"""Exercise `prepare`: what students hand in."""

# %% right: floats first
def prepare(images):
    return (images.astype("float32") - 127) / 128

# %% right: a float 127 makes floats of them
def prepare(images):
    return (images - np.float64(127.0)) / 128.0

# %% right: as one multiplication and one shift
def prepare(images):
    return np.asarray(images, dtype=float) / 128 - 127 / 128

# %% right: signed integers, wide enough
def prepare(images):
    return (images.astype(int) - 127) / 128

# %% right: Keras's own layer
def prepare(images):
    return np.asarray(keras.layers.Rescaling(1 / 128, offset=-127 / 128, dtype="float64")(images.astype("float64")))

# %% wrong [wraps around]: as the formula stands
def prepare(images):
    return (images - 127) / 128

# %% repair: images - 127 → images.astype("float32") - 127

# %% wrong [wraps around]: floats too late
def prepare(images):
    shifted = images - 127
    return shifted.astype("float32") / 128

# %% repair: images - 127 → images.astype("float32") - 127

# %% wrong [0 to 1]: the habit
def prepare(images):
    return images / 255

# %% repair: images / 255 → (images - 127) / 128

# %% repair: images - 127 → images.astype("float32") - 127

# %% wrong [another network's scale]: MobileNet's
def prepare(images):
    return images / 127.5 - 1

# %% repair: images / 127.5 - 1 → (images - 127) / 128

# %% repair: images - 127 → images.astype("float32") - 127

# %% wrong [division first]: no parentheses
def prepare(images):
    return images.astype("float32") / 128 - 127

# %% repair: images.astype("float32") / 128 - 127 → (images.astype("float32") - 127) / 128

# %% wrong [not shifted]: divided only
def prepare(images):
    return images.astype("float32") / 128

# %% repair: images.astype("float32") / 128 → (images.astype("float32") - 127) / 128
