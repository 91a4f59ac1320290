"""Exercise `edge_kernel`: what students hand in."""

# %% right: Sobel
def edge_kernel():
    return np.array([[1.0, 0, -1], [2, 0, -2], [1, 0, -1]])

# %% right: Prewitt, a list of whole numbers
def edge_kernel():
    return [[1, 0, -1]] * 3

# %% right: small numbers, one row
def edge_kernel():
    return np.array([[0, 0, 0], [0.01, 0, -0.01], [0, 0, 0]], dtype="float32")

# %% right: Scharr
def edge_kernel():
    return np.outer([3, 10, 3], [1, 0, -1])

# %% right: neighbours only
def edge_kernel():
    return np.array([[0.0, 0, 0], [0, 1, -1], [0, 0, 0]])

# %% wrong [even image]: not balanced
def edge_kernel():
    return np.array([[2, 0, -1], [2, 0, -1], [2, 0, -1]])

# %% repair: [[2, 0, -1], [2, 0, -1], [2, 0, -1]] → [[2, 0, -2], [2, 0, -2], [2, 0, -2]]

# %% wrong [even image]: all ones
def edge_kernel():
    return np.ones((3, 3))

# %% repair: np.ones((3, 3)) → np.array([[1, 1, 1], [1, -8, 1], [1, 1, 1]])

# %% repair: [[1, 1, 1], [1, -8, 1], [1, 1, 1]] → [[1, -2, 1], [1, -2, 1], [1, -2, 1]]

# %% repair: [[1, -2, 1], [1, -2, 1], [1, -2, 1]] → [[1, 0, -1], [1, 0, -1], [1, 0, -1]]

# %% wrong [the other direction]: signs turned round
def edge_kernel():
    return np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]])

# %% repair: [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]] → [[1, 0, -1], [2, 0, -2], [1, 0, -1]]

# %% wrong [the other direction]: the kernel of the opening picture
def edge_kernel():
    return KERNELS["left-right edge"]

# %% repair: KERNELS → -KERNELS

# %% wrong [upwards and downwards]: transposed
def edge_kernel():
    return np.array([[1, 2, 1], [0, 0, 0], [-1, -2, -1]])

# %% repair: [-1, -2, -1]]) → [-1, -2, -1]]).T

# %% wrong [upwards and downwards]: nothing at all
def edge_kernel():
    return np.zeros((3, 3))

# %% repair: np.zeros((3, 3)) → np.array([[1, 0, -1], [1, 0, -1], [1, 0, -1]])

# %% wrong [both directions]: on the slant
def edge_kernel():
    return np.array([[2, 1, 0], [1, 0, -1], [0, -1, -2]])

# %% repair: [[2, 1, 0], [1, 0, -1], [0, -1, -2]] → [[2, 0, -2], [1, 0, -1], [2, 0, -2]]

# %% wrong [no sign]: a line, no edge
def edge_kernel():
    return np.array([[-1, 2, -1], [-1, 2, -1], [-1, 2, -1]])

# %% repair: [[-1, 2, -1], [-1, 2, -1], [-1, 2, -1]] → [[1, 2, -1], [1, 2, -1], [1, 2, -1]]

# %% repair: [[1, 2, -1], [1, 2, -1], [1, 2, -1]] → [[1, 0, -1], [1, 0, -1], [1, 0, -1]]

# %% wrong [no sign]: not the same sign on one side
def edge_kernel():
    return np.array([[1, -3, 2]] * 3)

# %% repair: [1, -3, 2] → [1, 2, -3]

# %% wrong [not 3 × 3]: one row
def edge_kernel():
    return np.array([1, 0, -1])

# %% repair: [1, 0, -1] → [[1, 0, -1]] * 3
