"""Exercise `dense_rows`: what students hand in."""

# %% right: numbers of the rows
def dense_rows(matrix, height, width, channels):
    order = np.arange(len(matrix)).reshape(height, width, channels).transpose(2, 0, 1).ravel()
    return matrix[order]

# %% right: every channels-th row
def dense_rows(matrix, height, width, channels):
    return np.concatenate([matrix[c::channels] for c in range(channels)])

# %% right: loops, a list
def dense_rows(matrix, height, width, channels):
    rows = []
    for c in range(channels):
        for h in range(height):
            for w in range(width):
                rows.append(list(matrix[(h * width + w) * channels + c]))
    return rows

# %% right: moveaxis
def dense_rows(matrix, height, width, channels):
    units = matrix.shape[1]
    return np.moveaxis(matrix.reshape(height, width, channels, units), 2, 0).reshape(-1, units)

# %% wrong [unchanged]: as it was
def dense_rows(matrix, height, width, channels):
    return matrix

# %% repair: return matrix → return matrix.reshape(height, width, channels, -1).transpose(2, 0, 1, 3)

# %% repair: (2, 0, 1, 3) → (2, 0, 1, 3).reshape(len(matrix), -1)

# %% wrong [the way back]: the other direction
def dense_rows(matrix, height, width, channels):
    return matrix.reshape(channels, height, width, -1).transpose(1, 2, 0, 3).reshape(len(matrix), -1)

# %% repair
def dense_rows(matrix, height, width, channels):
    return matrix.reshape(height, width, channels, -1).transpose(2, 0, 1, 3).reshape(len(matrix), -1)

# %% wrong [units moved]: units before height and width
def dense_rows(matrix, height, width, channels):
    return matrix.reshape(height, width, channels, -1).transpose(3, 2, 0, 1).reshape(len(matrix), -1)

# %% repair: (3, 2, 0, 1) → (2, 0, 1, 3)

# %% wrong [width before height]: swapped
def dense_rows(matrix, height, width, channels):
    return matrix.reshape(height, width, channels, -1).transpose(2, 1, 0, 3).reshape(len(matrix), -1)

# %% repair: (2, 1, 0, 3) → (2, 0, 1, 3)

# %% wrong [not flat again]: four axes
def dense_rows(matrix, height, width, channels):
    return matrix.reshape(height, width, channels, -1).transpose(2, 0, 1, 3)

# %% repair: (2, 0, 1, 3) → (2, 0, 1, 3).reshape(len(matrix), -1)

# %% wrong [unchanged]: reshape alone
def dense_rows(matrix, height, width, channels):
    return matrix.reshape(channels, height, width, -1).reshape(len(matrix), -1)

# %% repair: reshape(channels, height, width, -1) → reshape(height, width, channels, -1).transpose(2, 0, 1, 3)
