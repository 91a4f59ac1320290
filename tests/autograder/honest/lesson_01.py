"""Unusual but honest hand-ins of lesson 1. What stands before a line `## exercise` goes into the first answer's cell,
before its answer; what follows such a line is that answer. All others are right and usual."""

# %% names-of-python
max = 3; sum = 0; list = [1]; id = 'me'; input = None; type = 'x'
## maxout
def maxout(x, w1, b1, w2, b2):
    return np.maximum(w1 @ x + b1, w2 @ x + b2)

# %% a-variable-called-check
check = 0.5; answer = 1; np_ = np; passed = True

# %% numpy-under-another-name
import numpy as N
np = None
## neuron
import numpy
def neuron(x, w, b, activation):
    return activation(numpy.dot(w, x) + b)
np = numpy

# %% strict-numpy
np.seterr(all='raise')

# %% strict-warnings
import warnings
warnings.simplefilter('error')

# %% stars
from numpy import *
from math import *
import numpy as np
## maxout
def maxout(x, w1, b1, w2, b2): return maximum(w1 @ x + b1, w2 @ x + b2)

# %% shell-and-magics
!ls
%matplotlib inline
%precision 3
%pwd
%timeit -n 1 -r 1 1 + 1
%time x = 3
%load_ext autoreload
%autoreload 2

# %% cell-magic
## leaky_relu
%%time
def leaky_relu(x):
    return np.maximum(x, x / 10)

# %% classes-that-are-called
## neuron
class Neuron:
    def __call__(self, x, w, b, activation):
        return activation(w @ x + b)
neuron = Neuron()
## maxout
class maxout:
    def __new__(cls, x, w1, b1, w2, b2):
        return max(w1 @ x + b1, w2 @ x + b2)

# %% methods-and-class-attributes
class Activations:
    factor = 1.0
    @staticmethod
    def elu(x, alpha=1.0): return np.where(x >= 0, x, alpha * np.expm1(np.minimum(x, 0)) * Activations.factor)
    @classmethod
    def sigmoid(cls, x): return 1 / (1 + np.exp(-np.clip(x, -709, 709)))
## elu
elu = Activations.elu
## sigmoid
sigmoid = Activations.sigmoid

# %% partial-and-lambda
## leaky_relu
from functools import partial
def leaky(slope, x): return np.where(x > 0, x, slope * x)
leaky_relu = partial(leaky, 0.1)
## and_weights
and_weights = lambda: (20, 20, -30)

# %% vectorized
## leaky_relu
leaky_relu = np.vectorize(lambda x: x if x > 0 else 0.1 * x)
## elu
@np.vectorize
def elu(x, alpha=1.0):
    return x if x >= 0 else alpha * (np.exp(x) - 1)

# %% decorators
## sigmoid
import functools, time
def timed(f):
    @functools.wraps(f)
    def inner(*a, **k):
        start = time.perf_counter()
        try: return f(*a, **k)
        finally: print(f.__name__, time.perf_counter() - start)
    return inner
@timed
@timed
def sigmoid(x):
    e = np.exp(-np.abs(x))
    return np.where(x >= 0, 1, e) / (1 + e)

# %% caches
from functools import cache, lru_cache
## and_weights
@lru_cache(maxsize=None)
def and_weights():
    return 20, 20, -30
## leaky_relu
@cache
def slope(): return 0.1
STORE = {}
def leaky_relu(x):
    key = x.tobytes()
    if key not in STORE: STORE[key] = np.maximum(x, slope() * x)
    return STORE[key]

# %% recursion
## leaky_relu
def leaky_relu(x):
    if np.ndim(x): return np.array([leaky_relu(part) for part in x])
    return x if x > 0 else 0.1 * x

# %% generators-converted
## maxout
def sums(x, w1, b1, w2, b2):
    yield sum(a * b for a, b in zip(w1, x)) + b1
    yield sum(a * b for a, b in zip(w2, x)) + b2
def maxout(*everything):
    return max(*list(sums(*everything)))

# %% type-hints
from __future__ import annotations
from typing import Callable
import numpy.typing as npt
## neuron
def neuron(x: npt.NDArray[np.float64], w: np.ndarray, b: float, activation: Callable[[float], float], /) -> Nothing:
    z: float = w @ x + b
    return activation(z)

# %% helpers-of-other-cells
## neuron
def dot(a, b): return float(np.sum(a * b))
def neuron(x, w, b, activation): return activation(dot(w, x) + b)
## maxout
def maxout(x, w1, b1, w2, b2): return max(dot(w1, x) + b1, dot(w2, x) + b2)

# %% prints-a-lot
## leaky_relu
def leaky_relu(x):
    for n in range(2000): print('working', n, x.shape, 'x' * 100)
    return np.maximum(x, x / 10)

# %% draws-a-plot
## leaky_relu
def leaky_relu(x):
    plt.figure(); plt.plot(np.ravel(x)); plt.title('my curve'); plt.show()
    return np.maximum(x, x / 10)
leaky_relu(np.linspace(-1, 1, 9))

# %% figures-left-open
for _ in range(25): plt.figure()
plt.ioff()

# %% float32
## derivative
def derivative(f, x, h=1e-5):
    return ((f(x + h) - f(x - h)) / (2 * h)).astype(np.float32)

# %% scalars-of-numpy-and-0d-arrays
## neuron
def neuron(x, w, b, activation): return np.array(activation(w @ x + b))
## maxout
def maxout(x, w1, b1, w2, b2): return np.float64(max(w1 @ x + b1, w2 @ x + b2))
## and_weights
def and_weights(): return np.array([20, 20, -30])

# %% lists-for-arrays
## elu
def elu(x, alpha=1.0): return np.where(x >= 0, x, alpha * (np.exp(x) - 1)).tolist()
## and_weights
def and_weights(): return [[20, 20], -30]

# %% seeds
import random
np.random.seed(0); random.seed(0)
rng = np.random.default_rng(0)

# %% threads
## sigmoid
from concurrent.futures import ThreadPoolExecutor
def one(v): return 1 / (1 + np.exp(-v)) if v > 0 else np.exp(v) / (1 + np.exp(v))
def sigmoid(x):
    with ThreadPoolExecutor(4) as pool: return np.array(list(pool.map(one, x.ravel()))).reshape(x.shape)

# %% context-managers
## sigmoid
from contextlib import contextmanager, suppress
@contextmanager
def calm():
    with np.errstate(over='ignore'), suppress(ZeroDivisionError): yield
def sigmoid(x):
    with calm(): return 1 / (1 + np.exp(-x))

# %% async-run
## leaky_relu
import asyncio
async def slowly(x):
    await asyncio.sleep(0)
    return np.maximum(x, x / 10)
def leaky_relu(x):
    coroutine = slowly(x)
    try:
        while True: coroutine.send(None)
    except StopIteration as done: return done.value
await slowly(np.zeros(1))

# %% async-in-a-loop-of-its-own
## leaky_relu
import asyncio, threading
def leaky_relu(x):
    async def work(): return np.maximum(x, x / 10)
    found = []
    t = threading.Thread(target=lambda: found.append(asyncio.run(work()))); t.start(); t.join()
    return found[0]

# %% unicode-names
## elu
def elu(x, alpha=1.0):
    α, größe, 名 = alpha, x, np.exp(x) - 1
    return np.where(größe >= 0, größe, α * 名)

# %% try-around-everything
## neuron
def neuron(x, w, b, activation):
    try:
        return activation(w @ x + b)
    except:
        print('something went wrong')
        return None

# %% asserts-inside
## maxout
def maxout(x, w1, b1, w2, b2):
    assert x.shape == w1.shape == w2.shape, 'shapes'
    result = max(w1 @ x + b1, w2 @ x + b2)
    assert np.isfinite(result)
    return result
assert maxout(np.array([3.0]), np.array([1.0]), 0, np.array([-1.0]), 0) == 3

# %% deletes-helpers
## leaky_relu
slope = 0.1
def leaky_relu(x, slope=slope): return np.maximum(x, slope * x)
del slope

# %% mutable-state
## neuron
calls, history = 0, []
def neuron(x, w, b, activation):
    global calls
    calls += 1
    history.append((x, w, b))
    return activation(w @ x + b)

# %% asks-for-its-shell
from IPython import get_ipython
shell = get_ipython()
print(shell.user_ns['np'] is np, len(In), _ih[-1][:10])
shell.run_line_magic('who', '')

# %% logs
import logging
logging.basicConfig(level=logging.DEBUG, force=True)
## sigmoid
def sigmoid(x):
    logging.getLogger('mine').warning('sigmoid of %s', x.shape)
    e = np.exp(-np.abs(x))
    return np.where(x >= 0, 1, e) / (1 + e)

# %% changes-its-input
## leaky_relu
def leaky_relu(x):
    x[x < 0] *= 0.1
    return x

# %% recursion-limit-and-environment
import os, sys
sys.setrecursionlimit(5000)
os.environ['TF_CPP_MIN_LOG_LEVEL'] = '3'; os.environ['OMP_NUM_THREADS'] = '1'; os.environ.pop('PATH', None)

# %% module-beside
## neuron
from own_helper import weighted_sum
import own_helper
def neuron(x, w, b, activation): return activation(own_helper.weighted_sum(x, w, b))

# %% writes-a-module
from pathlib import Path
Path('mine.py').write_text('import numpy\ndef leaky_relu(x): return numpy.maximum(x, x / 10)\n')
## leaky_relu
from mine import leaky_relu

# %% defines-twice
## maxout
def maxout(x, w1, b1, w2, b2): return min(w1 @ x + b1, w2 @ x + b2)
def maxout(x, w1, b1, w2, b2): return max(w1 @ x + b1, w2 @ x + b2)

# %% keyword-arguments-and-defaults
## elu
def elu(x, alpha=1.0, *more, verbose=False, **options): return np.where(x >= 0, x, alpha * (np.exp(x) - 1))
## derivative
def derivative(f, x, h=1e-5, order=2): return (f(x + h) - f(x - h)) / (2 * h)

# %% tensors
## leaky_relu
import keras
def leaky_relu(x): return keras.ops.leaky_relu(keras.ops.convert_to_tensor(x, 'float64'), 0.1)

# %% courses-own-code
## sigmoid
from course_lib.activations import ACTIVATIONS
sigmoid = ACTIVATIONS['sigmoid'].function

# %% tests-of-its-own
## leaky_relu
def leaky_relu(x): return np.maximum(x, x / 10)
import doctest, unittest
class Tests(unittest.TestCase):
    def test_it(self): self.assertEqual(leaky_relu(np.array([1.0]))[0], 1)
unittest.main(argv=['x'], exit=False)
doctest.testmod()

# %% an-error-after-the-answer
## leaky_relu
def leaky_relu(x): return np.maximum(x, x / 10)
print(undefined_name)

# %% garbage-and-signals
import gc, signal, faulthandler, atexit
gc.disable(); gc.collect(); atexit.register(print, 'bye'); signal.signal(signal.SIGALRM, signal.SIG_IGN)
