"""Exercise `output_size`: what students hand in."""

# %% right: floor and ceiling
def output_size(n, kernel, stride, padding):
    return -(-n // stride) if padding == "same" else (n - kernel) // stride + 1

# %% right: counted
def output_size(n, kernel, stride, padding):
    if padding == "valid":
        return len(range(0, n - kernel + 1, stride))
    return len(range(0, n, stride))

# %% right: math, as NumPy integer
def output_size(n, kernel, stride, padding):
    import math

    return np.int64(math.ceil(n / stride) if padding == "same" else math.floor((n - kernel) / stride) + 1)

# %% right: Keras computes it
def output_size(n, kernel, stride, padding):
    layer = keras.layers.Conv1D(1, kernel, strides=stride, padding=padding)
    return layer.compute_output_shape((1, n, 1))[1]

# %% wrong [plus one forgotten]: off by one
def output_size(n, kernel, stride, padding):
    return -(-n // stride) if padding == "same" else (n - kernel) // stride

# %% repair: (n - kernel) // stride → (n - kernel) // stride + 1

# %% wrong [rounded up]: both
def output_size(n, kernel, stride, padding):
    return int(np.ceil(n / stride)) if padding == "same" else int(np.ceil((n - kernel) / stride)) + 1

# %% repair: int(np.ceil((n - kernel) / stride)) → int((n - kernel) / stride)

# %% wrong [rounded down]: same, too
def output_size(n, kernel, stride, padding):
    return n // stride if padding == "same" else (n - kernel) // stride + 1

# %% repair: n // stride → int(np.ceil(n / stride))

# %% wrong [not a whole number]: not rounded
def output_size(n, kernel, stride, padding):
    return np.ceil(n / stride) if padding == "same" else (n - kernel) / stride + 1

# %% repair: (n - kernel) / stride → (n - kernel) // stride

# %% wrong [padding ignored]: valid only
def output_size(n, kernel, stride, padding):
    return (n - kernel) // stride + 1

# %% repair: return ( → return n if padding == "same" else (

# %% repair: return n if → return n // stride if

# %% repair: n // stride if → int(np.ceil(n / stride)) if

# %% wrong [same keeps the size]: whatever the stride
def output_size(n, kernel, stride, padding):
    return n if padding == "same" else (n - kernel) // stride + 1

# %% repair: return n if → return n // stride if

# %% repair: n // stride if → int(np.ceil(n / stride)) if

# %% wrong [stride ignored]: always 1
def output_size(n, kernel, stride, padding):
    return n if padding == "same" else n - kernel + 1

# %% repair: n if padding == "same" else n - kernel + 1 → n // stride if padding == "same" else (n - kernel + 1) // stride

# %% repair: (n - kernel + 1) // stride → (n - kernel) // stride + 1

# %% repair: n // stride if → int(np.ceil(n / stride)) if

# %% wrong [odd kernels only]: the textbook's padding
def output_size(n, kernel, stride, padding):
    p = (kernel - 1) // 2 if padding == "same" else 0
    return (n + 2 * p - kernel) // stride + 1

# %% repair: the formula above
def output_size(n, kernel, stride, padding):
    if padding == "same":
        return int(np.ceil(n / stride))
    return (n - kernel) // stride + 1

# %% wrong [half the kernel on both sides]: rounded the other way
def output_size(n, kernel, stride, padding):
    p = kernel // 2 if padding == "same" else 0
    return (n + 2 * p - kernel) // stride + 1

# %% repair: the formula above
def output_size(n, kernel, stride, padding):
    if padding == "same":
        return int(np.ceil(n / stride))
    return (n - kernel) // stride + 1

# %% wrong [not a whole number]: same, not rounded
def output_size(n, kernel, stride, padding):
    return n / stride if padding == "same" else (n - kernel) // stride + 1

# %% repair: n / stride → n // stride

# %% repair: n // stride if → int(np.ceil(n / stride)) if

# %% wrong [rounded to nearest]: round
def output_size(n, kernel, stride, padding):
    return round(n / stride) if padding == "same" else round((n - kernel) / stride) + 1

# %% repair: round(n / stride) if padding == "same" else round((n - kernel) / stride) → int(np.ceil(n / stride)) if padding == "same" else int((n - kernel) / stride)

# %% wrong [valid and same swapped]: the wrong branch
def output_size(n, kernel, stride, padding):
    return -(-n // stride) if padding == "valid" else (n - kernel) // stride + 1

# %% repair: padding == "valid" → padding == "same"
