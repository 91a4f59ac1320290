"""Exercise `conv2d`: what students hand in."""

# %% right: two loops
def conv2d(image, kernel, stride=1):
    k, m = kernel.shape
    rows = (image.shape[0] - k) // stride + 1
    columns = (image.shape[1] - m) // stride + 1
    out = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            out[i, j] = (image[stride * i : stride * i + k, stride * j : stride * j + m] * kernel).sum()
    return out

# %% right: windows of NumPy
def conv2d(image, kernel, stride=1):
    windows = np.lib.stride_tricks.sliding_window_view(image, kernel.shape)[::stride, ::stride]
    return (windows * kernel).sum(axis=(2, 3))

# %% right: four loops, lists
def conv2d(image, kernel, stride=1):
    out = []
    for top in range(0, len(image) - len(kernel) + 1, stride):
        row = []
        for left in range(0, len(image[0]) - len(kernel[0]) + 1, stride):
            total = 0.0
            for a in range(len(kernel)):
                for b in range(len(kernel[0])):
                    total += image[top + a][left + b] * kernel[a][b]
            row.append(total)
        out.append(row)
    return out

# %% right: Keras
def conv2d(image, kernel, stride=1):
    found = keras.ops.conv(image[None, ..., None], kernel[..., None, None], strides=stride)
    return np.asarray(found)[0, ..., 0]

# %% right: adding shifted images
def conv2d(image, kernel, stride=1):
    k, m = kernel.shape
    height, width = image.shape[0] - k + 1, image.shape[1] - m + 1
    out = sum(kernel[a, b] * image[a : a + height, b : b + width] for a in range(k) for b in range(m))
    return out[::stride, ::stride]

# %% wrong [kernel turned round]: true convolution
def conv2d(image, kernel, stride=1):
    windows = np.lib.stride_tricks.sliding_window_view(image, kernel.shape)[::stride, ::stride]
    return (windows * kernel[::-1, ::-1]).sum(axis=(2, 3))

# %% repair: kernel[::-1, ::-1] → kernel

# %% wrong [stride ignored]: every place
def conv2d(image, kernel, stride=1):
    return (np.lib.stride_tricks.sliding_window_view(image, kernel.shape) * kernel).sum(axis=(2, 3))

# %% repair: kernel.shape) * → kernel.shape)[::stride, ::stride] *

# %% wrong [window without stride]: right size, wrong place
def conv2d(image, kernel, stride=1):
    k, m = kernel.shape
    out = np.zeros(((image.shape[0] - k) // stride + 1, (image.shape[1] - m) // stride + 1))
    for i in range(out.shape[0]):
        for j in range(out.shape[1]):
            out[i, j] = (image[i : i + k, j : j + m] * kernel).sum()
    return out

# %% repair: image[i : i + k, j : j + m] → image[stride * i : stride * i + k, stride * j : stride * j + m]

# %% wrong [rows and columns swapped]: transposed
def conv2d(image, kernel, stride=1):
    windows = np.lib.stride_tricks.sliding_window_view(image, kernel.shape)[::stride, ::stride]
    return (windows * kernel).sum(axis=(2, 3)).T

# %% repair: .T →

# %% wrong [mean of the products]: mean
def conv2d(image, kernel, stride=1):
    windows = np.lib.stride_tricks.sliding_window_view(image, kernel.shape)[::stride, ::stride]
    return (windows * kernel).mean(axis=(2, 3))

# %% repair: mean( → sum(

# %% wrong [last product]: = for +=
def conv2d(image, kernel, stride=1):
    out = np.zeros([(n - k) // stride + 1 for n, k in zip(image.shape, kernel.shape)])
    for i, j in np.ndindex(out.shape):
        for a, b in np.ndindex(kernel.shape):
            out[i, j] = image[i * stride + a, j * stride + b] * kernel[a, b]
    return out

# %% repair: out[i, j] = → out[i, j] +=

# %% wrong [kernel added]: plus for times
def conv2d(image, kernel, stride=1):
    out = np.zeros([(n - k) // stride + 1 for n, k in zip(image.shape, kernel.shape)])
    for i, j in np.ndindex(out.shape):
        for a, b in np.ndindex(kernel.shape):
            out[i, j] += image[i * stride + a, j * stride + b] + kernel[a, b]
    return out

# %% repair: + kernel[a, b] → * kernel[a, b]

# %% wrong [largest product]: max
def conv2d(image, kernel, stride=1):
    windows = np.lib.stride_tricks.sliding_window_view(image, kernel.shape)[::stride, ::stride]
    return (windows * kernel).max(axis=(2, 3))

# %% repair: max( → sum(

# %% wrong [wrong shape]: one side for both
def conv2d(image, kernel, stride=1):
    k = kernel.shape[0]
    rows, columns = (image.shape[0] - k) // stride + 1, (image.shape[1] - k) // stride + 1
    out = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            out[i, j] = (image[stride * i : stride * i + k, stride * j : stride * j + k] * kernel).sum()
    return out

# %% repair: a kernel need not be square
def conv2d(image, kernel, stride=1):
    k, m = kernel.shape
    rows, columns = (image.shape[0] - k) // stride + 1, (image.shape[1] - m) // stride + 1
    out = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            out[i, j] = (image[stride * i : stride * i + k, stride * j : stride * j + m] * kernel).sum()
    return out

# %% wrong [ends too early]: one window too few
def conv2d(image, kernel, stride=1):
    k, m = kernel.shape
    rows, columns = (image.shape[0] - k - 1) // stride + 1, (image.shape[1] - m - 1) // stride + 1
    out = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            out[i, j] = (image[stride * i : stride * i + k, stride * j : stride * j + m] * kernel).sum()
    return out

# %% repair: (image.shape[0] - k - 1) // stride + 1, (image.shape[1] - m - 1) // stride + 1 → (image.shape[0] - k) // stride + 1, (image.shape[1] - m) // stride + 1

# %% wrong [another stride by default]: every second place where nothing is said
def conv2d(image, kernel, stride=2):
    windows = np.lib.stride_tricks.sliding_window_view(image, kernel.shape)[::stride, ::stride]
    return (windows * kernel).sum(axis=(2, 3))

# %% repair: stride=2 → stride=1
