"""Exercise `kernel_to_rows`: what students hand in."""

# %% right: moveaxis
def kernel_to_rows(kernel):
    return np.moveaxis(kernel, (3, 2), (0, 1)).reshape(kernel.shape[-1], -1)

# %% right: einsum
def kernel_to_rows(kernel):
    height, width, channels, filters = kernel.shape
    return np.einsum("hwcf->fchw", kernel).reshape(filters, channels * height * width)

# %% right: one filter after another
def kernel_to_rows(kernel):
    rows = []
    for f in range(kernel.shape[3]):
        rows.append(np.concatenate([kernel[:, :, c, f].ravel() for c in range(kernel.shape[2])]))
    return rows

# %% right: four loops
def kernel_to_rows(kernel):
    height, width, channels, filters = kernel.shape
    out = np.zeros((filters, channels * height * width), dtype=np.float64)
    for h in range(height):
        for w in range(width):
            for c in range(channels):
                for f in range(filters):
                    out[f, (c * height + h) * width + w] = kernel[h, w, c, f]
    return out

# %% wrong [reshape only]: no transpose
def kernel_to_rows(kernel):
    return kernel.reshape(kernel.shape[3], -1)

# %% repair: kernel.reshape → kernel.transpose(3, 2, 0, 1).reshape

# %% wrong [channels last]: filters first, channels where they were
def kernel_to_rows(kernel):
    return kernel.transpose(3, 0, 1, 2).reshape(kernel.shape[3], -1)

# %% repair: (3, 0, 1, 2) → (3, 2, 0, 1)

# %% wrong [width before height]: .T
def kernel_to_rows(kernel):
    return kernel.T.reshape(kernel.shape[3], -1)

# %% repair: .T → .transpose(3, 2, 0, 1)

# %% wrong [not flattened]: four axes
def kernel_to_rows(kernel):
    return kernel.transpose(3, 2, 0, 1)

# %% repair: (3, 2, 0, 1) → (3, 2, 0, 1).reshape(kernel.shape[3], -1)

# %% wrong [filters in columns]: columns
def kernel_to_rows(kernel):
    return kernel.transpose(2, 0, 1, 3).reshape(-1, kernel.shape[3])

# %% repair: kernel.shape[3]) → kernel.shape[3]).T
