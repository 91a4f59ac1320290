"""Exercise `dense_backward`: what students hand in."""

# %% right: matrix products
def dense_backward(H, W, dP):
    return dP @ W.T, H.T @ dP, dP.sum(axis=0)

# %% right: einsum
def dense_backward(H, W, dP):
    dH = np.einsum("nk,mk->nm", dP, W)
    dW = np.einsum("nm,nk->mk", H, dP)
    return [dH, dW, np.ones(len(dP)) @ dP]

# %% right: loops
def dense_backward(H, W, dP):
    dH, dW, db = np.zeros(H.shape), np.zeros(W.shape), np.zeros(W.shape[1])
    for i in range(len(H)):
        for j in range(W.shape[0]):
            for l in range(W.shape[1]):
                dH[i, j] += dP[i, l] * W[j, l]
                dW[j, l] += dP[i, l] * H[i, j]
        db += dP[i]
    return dH, dW, db

# %% right: TensorFlow's tape
def dense_backward(H, W, dP):
    import tensorflow as tf

    H, W, b = tf.Variable(H), tf.Variable(W), tf.Variable(np.zeros(W.shape[1]))
    with tf.GradientTape() as tape:
        P = H @ W + b
    return tuple(g.numpy() for g in tape.gradient(target=P, sources=[H, W, b], output_gradients=tf.constant(dP)))

# %% wrong [mean over rows]: divided once more
def dense_backward(H, W, dP):
    return dP @ W.T, H.T @ dP / len(H), dP.mean(axis=0)

# %% repair: H.T @ dP / len(H), dP.mean → H.T @ dP, dP.sum

# %% wrong [mean for the bias]: only there
def dense_backward(H, W, dP):
    return dP @ W.T, H.T @ dP, dP.mean(axis=0)

# %% repair: mean → sum

# %% wrong [bias for each row]: not added up
def dense_backward(H, W, dP):
    return dP @ W.T, H.T @ dP, dP

# %% repair: H.T @ dP, dP → H.T @ dP, dP.sum(axis=0)

# %% wrong [bias over outputs]: the other axis
def dense_backward(H, W, dP):
    return dP @ W.T, H.T @ dP, dP.sum(axis=1)

# %% repair: axis=1 → axis=0

# %% wrong [bias in a row]: keepdims
def dense_backward(H, W, dP):
    return dP @ W.T, H.T @ dP, dP.sum(axis=0, keepdims=True)

# %% repair: , keepdims=True →

# %% wrong [bias all ones]: without what comes from above
def dense_backward(H, W, dP):
    return dP @ W.T, H.T @ dP, np.ones(W.shape[1])

# %% repair: np.ones(W.shape[1]) → np.ones(W.shape[1]) * dP

# %% repair: np.ones(W.shape[1]) * dP → dP.sum(axis=0)

# %% wrong [another order]: weights first
def dense_backward(H, W, dP):
    return H.T @ dP, dP @ W.T, dP.sum(axis=0)

# %% repair: H.T @ dP, dP @ W.T → dP @ W.T, H.T @ dP

# %% wrong [transposed]: dW
def dense_backward(H, W, dP):
    return dP @ W.T, dP.T @ H, dP.sum(axis=0)

# %% repair: dP.T @ H → (dP.T @ H).T

# %% wrong [shapes do not fit]: not transposed
def dense_backward(H, W, dP):
    return dP @ W, H @ dP, dP.sum(axis=0)

# %% repair: dP @ W, H @ dP → dP @ W.T, H.T @ dP

# %% wrong [one bias for all]: no axis
def dense_backward(H, W, dP):
    return dP @ W.T, H.T @ dP, dP.sum()

# %% repair: sum() → sum(axis=0)

# %% wrong [entry by entry]: elementwise
def dense_backward(H, W, dP):
    return dP * W, H * dP, dP.sum(axis=0)

# %% repair: dP * W, H * dP → dP @ W, H @ dP

# %% repair: dP @ W, H @ dP → dP @ W.T, H.T @ dP
