"""Exercise `mend_layer`: what students hand in."""

# %% right: both mended
def mend_layer(image, kernels, bias):
    k, _, channels, filters = kernels.shape
    rows, columns = image.shape[0] - k + 1, image.shape[1] - k + 1
    out = np.zeros((rows, columns, filters))
    for i in range(rows):
        for j in range(columns):
            window = image[i : i + k, j : j + k]
            for f in range(filters):
                for c in range(channels):
                    out[i, j, f] += (window[:, :, c] * kernels[:, :, c, f]).sum()
                out[i, j, f] += bias[f]
    return out

# %% right: tensordot for each window
def mend_layer(image, kernels, bias):
    k = len(kernels)
    rows, columns = image.shape[0] - k + 1, image.shape[1] - k + 1
    return np.array(
        [[np.tensordot(image[i : i + k, j : j + k], kernels, 3) + bias for j in range(columns)] for i in range(rows)]
    )

# %% right: Keras
def mend_layer(image, kernels, bias):
    return np.asarray(keras.ops.conv(image[None], kernels))[0] + bias

# %% wrong [as it was]: copied
def mend_layer(image, kernels, bias):
    k, _, channels, filters = kernels.shape
    rows, columns = image.shape[0] - k, image.shape[1] - k
    out = np.zeros((rows + 1, columns + 1, filters))
    for i, j, f, c in np.ndindex(rows, columns, filters, channels):
        window = image[i : i + k, j : j + k, c]
        out[i, j, f] += (window * kernels[:, :, c, f]).sum() + bias[f]
    return out

# %% repair: image.shape[0] - k, image.shape[1] - k → image.shape[0] - k + 1, image.shape[1] - k + 1

# %% repair: (rows + 1, columns + 1, filters) → (rows, columns, filters)

# %% repair: the bias behind the loop
def mend_layer(image, kernels, bias):
    k, _, channels, filters = kernels.shape
    rows, columns = image.shape[0] - k + 1, image.shape[1] - k + 1
    out = np.zeros((rows, columns, filters))
    for i, j, f, c in np.ndindex(rows, columns, filters, channels):
        window = image[i : i + k, j : j + k, c]
        out[i, j, f] += (window * kernels[:, :, c, f]).sum()
    return out + bias

# %% wrong [last row and column]: the bias mended
def mend_layer(image, kernels, bias):
    k, _, channels, filters = kernels.shape
    rows, columns = image.shape[0] - k, image.shape[1] - k
    out = np.zeros((rows + 1, columns + 1, filters))
    for i in range(rows):
        for j in range(columns):
            window = image[i : i + k, j : j + k]
            for f in range(filters):
                out[i, j, f] = (window * kernels[:, :, :, f]).sum() + bias[f]
    return out

# %% repair: image.shape[0] - k, image.shape[1] - k → image.shape[0] - k + 1, image.shape[1] - k + 1

# %% repair: (rows + 1, columns + 1, filters) → (rows, columns, filters)

# %% wrong [bias for each channel]: the loops mended
def mend_layer(image, kernels, bias):
    k, _, channels, filters = kernels.shape
    rows, columns = image.shape[0] - k + 1, image.shape[1] - k + 1
    out = np.zeros((rows, columns, filters))
    for i in range(rows):
        for j in range(columns):
            window = image[i : i + k, j : j + k]
            for f in range(filters):
                for c in range(channels):
                    out[i, j, f] += (window[:, :, c] * kernels[:, :, c, f]).sum() + bias[f]
    return out

# %% repair: the bias behind the loop
def mend_layer(image, kernels, bias):
    k, _, channels, filters = kernels.shape
    rows, columns = image.shape[0] - k + 1, image.shape[1] - k + 1
    out = np.zeros((rows, columns, filters))
    for i in range(rows):
        for j in range(columns):
            window = image[i : i + k, j : j + k]
            for f in range(filters):
                for c in range(channels):
                    out[i, j, f] += (window[:, :, c] * kernels[:, :, c, f]).sum()
                out[i, j, f] += bias[f]
    return out

# %% wrong [no bias]: thrown out
def mend_layer(image, kernels, bias):
    return np.asarray(keras.ops.conv(image[None], kernels))[0]

# %% repair: kernels))[0] → kernels))[0] + bias

# %% wrong [first channel only]: index 0
def mend_layer(image, kernels, bias):
    return np.asarray(keras.ops.conv(image[None, :, :, :1], kernels[:, :, :1]))[0] + bias

# %% repair: image[None, :, :, :1], kernels[:, :, :1] → image[None], kernels

# %% wrong [last channel only]: written over
def mend_layer(image, kernels, bias):
    k, _, channels, filters = kernels.shape
    rows, columns = image.shape[0] - k + 1, image.shape[1] - k + 1
    out = np.zeros((rows, columns, filters))
    for i in range(rows):
        for j in range(columns):
            window = image[i : i + k, j : j + k]
            for f in range(filters):
                for c in range(channels):
                    out[i, j, f] = (window[:, :, c] * kernels[:, :, c, f]).sum() + bias[f]
    return out

# %% repair: out[i, j, f] = → out[i, j, f] +=

# %% repair: the bias behind the loop
def mend_layer(image, kernels, bias):
    k, _, channels, filters = kernels.shape
    rows, columns = image.shape[0] - k + 1, image.shape[1] - k + 1
    out = np.zeros((rows, columns, filters))
    for i in range(rows):
        for j in range(columns):
            window = image[i : i + k, j : j + k]
            for f in range(filters):
                for c in range(channels):
                    out[i, j, f] += (window[:, :, c] * kernels[:, :, c, f]).sum()
                out[i, j, f] += bias[f]
    return out

# %% wrong [kernel turned round]: as in mathematics
def mend_layer(image, kernels, bias):
    return np.asarray(keras.ops.conv(image[None], np.ascontiguousarray(kernels[::-1, ::-1])))[0] + bias

# %% repair: np.ascontiguousarray(kernels[::-1, ::-1]) → kernels

# %% wrong [last row and column, bias alone]: one fault left, the bias added at the end
def mend_layer(image, kernels, bias):
    k, _, channels, filters = kernels.shape
    rows, columns = image.shape[0] - k, image.shape[1] - k
    out = np.zeros((rows + 1, columns + 1, filters))
    for i, j, f, c in np.ndindex(rows, columns, filters, channels):
        window = image[i : i + k, j : j + k, c]
        out[i, j, f] += (window * kernels[:, :, c, f]).sum()
    return out + bias

# %% repair: np.ndindex(rows, columns, → np.ndindex(rows + 1, columns + 1,

# %% wrong [no bias where there is one channel]: the bias with the second channel
def mend_layer(image, kernels, bias):
    k, _, channels, filters = kernels.shape
    rows, columns = image.shape[0] - k + 1, image.shape[1] - k + 1
    out = np.zeros((rows, columns, filters))
    for i, j, f, c in np.ndindex(rows, columns, filters, channels):
        window = image[i : i + k, j : j + k, c]
        out[i, j, f] += (window * kernels[:, :, c, f]).sum() + (bias[f] if c == 1 else 0)
    return out

# %% repair: c == 1 → c == 0
