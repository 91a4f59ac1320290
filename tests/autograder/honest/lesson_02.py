"""Unusual but honest hand-ins of lesson 2; see `lesson_01.py`."""

# %% float32
## mse_gradient
def mse_gradient(p, y):
    p, y = p.astype('float32'), y.astype('float32')
    return np.mean((p - y) ** 2), 2 * (p - y) / len(p)
## dense_backward
def dense_backward(H, W, dP):
    H, W, dP = (part.astype(np.float32) for part in (H, W, dP))
    return dP @ W.T, H.T @ dP, dP.sum(axis=0)

# %% lists-and-tuples
## mse_gradient
def mse_gradient(p, y): return [float(np.mean((p - y) ** 2)), (2 * (p - y) / len(p)).tolist()]
## sgd_step
def sgd_step(weights, gradients, rate): return tuple(w - rate * g for w, g in zip(weights, gradients))

# %% a-generator-of-arrays
## sgd_step
def steps(weights, gradients, rate):
    for w, g in zip(weights, gradients): yield w - rate * g
def sgd_step(*args, **kwargs): return list(steps(*args, **kwargs))

# %% named-tuples-and-dataclasses
## adam_step
from typing import NamedTuple
class Step(NamedTuple):
    w: np.ndarray
    m: np.ndarray
    v: np.ndarray
def adam_step(w, g, m, v, t, rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-7):
    m = beta_1 * m + (1 - beta_1) * g
    v = beta_2 * v + (1 - beta_2) * g**2
    return Step(w - rate * m / (1 - beta_1**t) / (np.sqrt(v / (1 - beta_2**t)) + epsilon), m, v)

# %% works-on-a-changed-w
## numeric_gradient
def numeric_gradient(f, w, h=1e-5):
    gradient = np.zeros_like(w)
    it = np.nditer(w, flags=['multi_index'], op_flags=['readwrite'])
    while not it.finished:
        i, old = it.multi_index, w[it.multi_index]
        w[i] = old + h; up = f(w)
        w[i] = old - h; down = f(w)
        w[i] = old
        gradient[i] = (up - down) / (2 * h)
        it.iternext()
    return gradient

# %% a-network-class
## mend_backward
class Net:
    cache = {}
    def __init__(self, weights): self.W1, self.b1, self.W2, self.b2 = weights
    def forward(self, X): self.cache['H'] = np.tanh(X @ self.W1 + self.b1); return self.cache['H'] @ self.W2 + self.b2
    def backward(self, X, y):
        dP = 2 * (self.forward(X) - y) / len(y); H = self.cache['H']
        dZ = (dP @ self.W2.T) * (1 - H**2)
        return [X.T @ dZ, dZ.sum(axis=0), H.T @ dP, dP.sum(axis=0)]
def mend_backward(weights, X, y): return Net(weights).backward(X, y)

# %% gradient-tape
## mend_backward
import tensorflow as tf
def mend_backward(weights, X, y):
    W1, b1, W2, b2 = variables = [tf.Variable(w) for w in weights]
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean((tf.tanh(X @ W1 + b1) @ W2 + b2 - y) ** 2)
    return [g.numpy() for g in tape.gradient(loss, variables)]

# %% tensors
## mse_gradient
import tensorflow as tf
def mse_gradient(p, y): return tf.reduce_mean((p - y) ** 2), tf.constant(2 * (p - y) / len(p))

# %% strict-everything
np.seterr(all='raise')
import warnings
warnings.simplefilter('error')

# %% prints-shapes
## dense_backward
def dense_backward(H, W, dP):
    print(f'{H.shape=} {W.shape=} {dP.shape=}'); display(H)
    return dP @ W.T, H.T @ dP, dP.sum(axis=0)

# %% callbacks-counted
## numeric_gradient
from functools import lru_cache
def numeric_gradient(f, w, h=1e-5):
    count = 0
    def counted(v):
        nonlocal count; count += 1
        return f(v)
    unit = np.eye(w.size).reshape(w.size, *w.shape) * h
    return np.array([(counted(w + e) - counted(w - e)) / (2 * h) for e in unit]).reshape(w.shape)

# %% answers-over-two-functions-and-globals
## adam_step
STATE = {'steps': 0}
def corrected(mean, beta, t): return mean / (1 - beta**t)
def adam_step(w, g, m, v, t, rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-7):
    STATE['steps'] += 1
    m, v = m * beta_1 + g * (1 - beta_1), v * beta_2 + g * g * (1 - beta_2)
    return w - rate * corrected(m, beta_1, t) / (corrected(v, beta_2, t) ** 0.5 + epsilon), m, v
