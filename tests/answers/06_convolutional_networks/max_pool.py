"""Exercise `max_pool`: what students hand in."""

# %% right: reshape
def max_pool(feature_map, size):
    rows, columns = feature_map.shape[0] // size, feature_map.shape[1] // size
    blocks = feature_map[: rows * size, : columns * size].reshape(rows, size, columns, size)
    return blocks.max(axis=(1, 3))

# %% right: loops
def max_pool(feature_map, size):
    rows, columns = feature_map.shape[0] // size, feature_map.shape[1] // size
    out = np.empty((rows, columns))
    for i in range(rows):
        for j in range(columns):
            out[i, j] = feature_map[i * size : (i + 1) * size, j * size : (j + 1) * size].max()
    return out

# %% right: Keras
def max_pool(feature_map, size):
    return np.asarray(keras.ops.max_pool(feature_map[None, ..., None], size))[0, ..., 0]

# %% right: lists
def max_pool(feature_map, size):
    height, width = feature_map.shape
    return [
        [max(feature_map[i + a, j + b] for a in range(size) for b in range(size)) for j in range(0, width - size + 1, size)]
        for i in range(0, height - size + 1, size)
    ]

# %% wrong [mean]: average pooling
def max_pool(feature_map, size):
    rows, columns = feature_map.shape[0] // size, feature_map.shape[1] // size
    return feature_map[: rows * size, : columns * size].reshape(rows, size, columns, size).mean(axis=(1, 3))

# %% repair: mean( → max(

# %% wrong [starts at zero]: the largest so far is 0
def max_pool(feature_map, size):
    rows, columns = feature_map.shape[0] // size, feature_map.shape[1] // size
    out = np.zeros((rows, columns))
    for i in range(rows * size):
        for j in range(columns * size):
            out[i // size, j // size] = max(out[i // size, j // size], feature_map[i, j])
    return out

# %% repair: np.zeros((rows, columns)) → np.full((rows, columns), feature_map.min())

# %% wrong [overlapping]: stride 1
def max_pool(feature_map, size):
    return np.lib.stride_tricks.sliding_window_view(feature_map, (size, size)).max(axis=(2, 3))

# %% repair: (size, size)). → (size, size))[::size, ::size].

# %% wrong [leftovers kept]: blocks that are not whole
def max_pool(feature_map, size):
    height, width = feature_map.shape
    return np.array(
        [[feature_map[i : i + size, j : j + size].max() for j in range(0, width, size)] for i in range(0, height, size)]
    )

# %% repair: range(0, width, size)] for i in range(0, height, size)] → range(0, width // size * size, size)] for i in range(0, height // size * size, size)]

# %% wrong [largest size]: without the sign
def max_pool(feature_map, size):
    rows, columns = feature_map.shape[0] // size, feature_map.shape[1] // size
    out = np.empty((rows, columns))
    for i in range(rows):
        for j in range(columns):
            block = feature_map[i * size : (i + 1) * size, j * size : (j + 1) * size].ravel()
            out[i, j] = block[np.abs(block).argmax()]
    return out

# %% repair: np.abs(block).argmax() → block.argmax()

# %% wrong [upper left pixel]: a slice
def max_pool(feature_map, size):
    rows, columns = feature_map.shape[0] // size, feature_map.shape[1] // size
    return feature_map[: rows * size : size, : columns * size : size]

# %% repair
def max_pool(feature_map, size):
    rows, columns = feature_map.shape[0] // size, feature_map.shape[1] // size
    out = np.empty((rows, columns))
    for i in range(rows):
        for j in range(columns):
            out[i, j] = feature_map[i * size : (i + 1) * size, j * size : (j + 1) * size].max()
    return out

# %% wrong [blocks do not fit]: nothing cut off
def max_pool(feature_map, size):
    height, width = feature_map.shape
    return feature_map.reshape(height // size, size, width // size, size).max(axis=(1, 3))

# %% repair
def max_pool(feature_map, size):
    rows, columns = feature_map.shape[0] // size, feature_map.shape[1] // size
    feature_map = feature_map[: rows * size, : columns * size]
    return feature_map.reshape(rows, size, columns, size).max(axis=(1, 3))

# %% wrong [smallest]: min
def max_pool(feature_map, size):
    rows, columns = feature_map.shape[0] // size, feature_map.shape[1] // size
    return feature_map[: rows * size, : columns * size].reshape(rows, size, columns, size).min(axis=(1, 3))

# %% repair: min( → max(

# %% wrong [blocks begin at i, j]: the size is forgotten where a block begins
def max_pool(feature_map, size):
    rows, columns = feature_map.shape[0] // size, feature_map.shape[1] // size
    out = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            out[i, j] = feature_map[i : i + size, j : j + size].max()
    return out

# %% repair: feature_map[i : i + size, j : j + size] → feature_map[i * size : (i + 1) * size, j * size : (j + 1) * size]

# %% wrong [axes of the blocks]: the two sizes last
def max_pool(feature_map, size):
    rows, columns = feature_map.shape[0] // size, feature_map.shape[1] // size
    blocks = feature_map[: rows * size, : columns * size].reshape(rows, columns, size, size)
    return blocks.max(axis=(2, 3))

# %% repair: the sizes beside their axes
def max_pool(feature_map, size):
    rows, columns = feature_map.shape[0] // size, feature_map.shape[1] // size
    blocks = feature_map[: rows * size, : columns * size].reshape(rows, size, columns, size)
    return blocks.max(axis=(1, 3))
