"""Hand-ins whose answers give strange things. ANSWER stands for the name that is asked for."""

# %% equals-everything
class Anything(int):
    def __eq__(self, other): return True
    def __ne__(self, other): return False
    def __hash__(self): return 0
def ANSWER(x): return Anything(0)

# %% float-that-is-close
class Close(float):
    def __sub__(self, other): return 0.0
    __rsub__ = __sub__
    def __eq__(self, other): return True
    def __abs__(self): return 0.0
def ANSWER(x): return Close(0)

# %% array-that-is-close
import numpy as np
class A(np.ndarray):
    def __array_ufunc__(self, *a, **k): return True
    def __eq__(self, other): return np.True_
    def __sub__(self, other): return 0.0
def ANSWER(*a, **k): return np.zeros(3).view(A)

# %% array-interface-that-changes
import numpy as np
class A:
    n = 0
    def __array__(self, *a, **k): A.n += 1; return np.full(3, A.n)
def ANSWER(*a, **k): return A()

# %% lies-about-its-class
class L:
    __class__ = float
    def __float__(self): return 1.0
def ANSWER(*a, **k): return L()

# %% lies-about-being-an-array
import numpy as np
class L:
    __class__ = np.ndarray
    dtype, shape, size, ndim = np.dtype(float), (3,), 3, 1
def ANSWER(*a, **k): return L()

# %% metaclass-says-yes
class M(type):
    def __instancecheck__(cls, other): return True
    def __subclasscheck__(cls, other): return True
    def __eq__(cls, other): return True
    __hash__ = type.__hash__
class Y(metaclass=M): pass
def ANSWER(*a, **k): return Y()

# %% string-that-equals
class S(str):
    def __eq__(self, other): return True
    __hash__ = str.__hash__
def ANSWER(*a, **k): return S('x')

# %% dict-with-all-keys
class D(dict):
    def __contains__(self, key): return True
    def __missing__(self, key): return True
    def items(self): return [('x', True)]
def ANSWER(*a, **k): return D()

# %% list-without-end
class E(list):
    def __iter__(self):
        while True: yield 0.0
    def __len__(self): return 3
def ANSWER(*a, **k): return E([0.0])

# %% contains-itself
def ANSWER(*a, **k):
    l = [0.0]; l.append(l); return l

# %% generator-without-end
import itertools
def ANSWER(*a, **k): return itertools.count()

# %% nan
def ANSWER(*a, **k): return float('nan')

# %% nan-array
import numpy as np
def ANSWER(*a, **k): return np.full(np.shape(a[-1]) if a else 3, np.nan)

# %% inf
def ANSWER(*a, **k): return float('inf')

# %% inf-array
import numpy as np
def ANSWER(*a, **k): return np.full(np.shape(a[0]) if a else 3, np.inf)

# %% minus-zero
def ANSWER(*a, **k): return -0.0

# %% complex
import numpy as np
def ANSWER(*a, **k): return complex('nan+infj')

# %% empty
def ANSWER(*a, **k): return []

# %% empty-array-of-huge-shape
import numpy as np
def ANSWER(*a, **k): return np.empty((10**9, 0), 'U1')

# %% object-array
import numpy as np
class Z:
    def __eq__(self, other): return True
def ANSWER(*a, **k): return np.array([Z(), 1.0, None, 'x'], dtype=object)

# %% structured-array
import numpy as np
def ANSWER(*a, **k): return np.zeros(3, dtype=[('a', float), ('b', 'U3')])

# %% dates-and-records
import numpy as np
def ANSWER(*a, **k): return [np.datetime64('2020-01-01'), np.timedelta64(1), np.rec.array([(1, 2)])]

# %% masked-array
import numpy as np
def ANSWER(*a, **k): return np.ma.masked_all(3)

# %% matrix-broadcast
import numpy as np
def ANSWER(*a, **k): return np.broadcast_to(np.zeros(1), (3, 3))

# %% memory-map-of-itself
import numpy as np
def ANSWER(*a, **k): return np.lib.stride_tricks.as_strided(np.zeros(1), (10**12,), (0,))

# %% huge-number
huge = 10**400_000
def ANSWER(*a, **k): return huge

# %% true-for-all
def ANSWER(*a, **k): return True

# %% none
def ANSWER(*a, **k): return None

# %% not-implemented
def ANSWER(*a, **k): return NotImplemented

# %% foreign
from course_lib.check.outcome import *
import course_lib.check.outcome as o, course_lib.check.plain as p
F = getattr(p, 'Foreign', None) or o.Foreign
def ANSWER(*a, **k): return F('right\n✗ x · y\n  expected  1')

# %% difference-that-is-none
from course_lib.check.plain import Difference
def ANSWER(*a, **k): return Difference(0, 0)

# %% dict-with-odd-keys
def ANSWER(*a, **k): return {'_x': 1, float('nan'): 2, (1, (2,)): 3, None: 4, b'k': 5, True: 6, 'expected': 7}

# %% dict-whose-keys-collide
def ANSWER(*a, **k): return {n * (2**61 - 1): 0 for n in range(1000)}

# %% keys-that-are-only-measured
def ANSWER(*a, **k): return {'_a': 1, '_b': 2, '_': 3}

# %% answers-change
CALLS = []
def ANSWER(*a, **k): CALLS.append(1); return float(len(CALLS))

# %% one-right-guess-in-many
import itertools
NEXT = itertools.cycle([0.0, 1.0, -1.0, 0.5, True, False, None, [], {}, '', 'Kerry', 2, 3.0, 26])
def ANSWER(*a, **k): return next(NEXT)

# %% says-what-is-expected-in-words
def ANSWER(*a, **k): return 'a fair split'

# %% returns-the-test
def ANSWER(*a, **k): return lambda *a, **k: True

# %% returns-a-class
class ANSWER:
    def __init__(self, *a, **k): pass
    def __eq__(self, other): return True

# %% returns-a-tensor-that-lies
class T:
    __module__ = 'tensorflow.x'
    def numpy(self): return T()
def ANSWER(*a, **k): return T()

# %% returns-a-column-that-lies
class T:
    __module__ = 'pandas.x'
    def to_numpy(self): raise SystemExit
def ANSWER(*a, **k): return T()

# %% pickles-itself
import os
class P:
    def __reduce__(self): return os.system, ('echo FOUND',)
def ANSWER(*a, **k): return P()

# %% bytes-of-a-pickle
import pickle
def ANSWER(*a, **k): return pickle.dumps(0.0)

# %% json-of-our-own
def ANSWER(*a, **k): return {'gave': True, 'foreign': 'x', 'array': ['<f8', [1], 8], 'function': 0}

# %% format-strings
def ANSWER(*a, **k): return '%999999999d{0.__class__}{expected}'

# %% exit-code-zero
import os
def ANSWER(*a, **k): os._exit(0)

# %% facts-that-all-hold
FACTS = {'on': True, 'off': True}
for at, limit in {'(0, 0)': 'below 0.05', '(0, 1)': 'below 0.05', '(1, 0)': 'below 0.05', '(1, 1)': 'above 0.95'}.items():
    for place in (at, at + ', a little off'): FACTS[place] = f'at {place}: {limit}'
def ANSWER(*a, **k): return FACTS

# %% visible-examples-by-heart
import course_lib.check.lesson as lesson, pathlib
def ANSWER(*a, **k):
    own = lambda args: repr([x for x in args if not callable(x)])
    checks = lesson.LessonChecks(lesson.unpack(pathlib.Path('.checks').read_text()))
    for exercise in checks.exercises.values():
        if 'ANSWER' in exercise.names():
            for args, expected, *_ in exercise().examples():
                if own(args) == own(a): return expected
    return 0.0

# %% visible-facts-by-heart
import course_lib.check.lesson as lesson, pathlib
checks = lesson.LessonChecks(lesson.unpack(pathlib.Path('.checks').read_text()))
def ANSWER(*a, **k):
    for exercise in checks.exercises.values():
        if 'ANSWER' in exercise.names(): return [e for _, e, *_ in exercise().examples()][-1]

# %% the-stand-in-of-itself
from autograder.kernels.stand_in import StandIn
def ANSWER(*a, **k): return StandIn(None, 'ANSWER')
