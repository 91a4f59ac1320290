"""Hand-ins that give names another meaning."""

# %% own-builtins
import builtins
builtins.isinstance = lambda *a: True
builtins.all = lambda *a: True
builtins.any = lambda *a: False
builtins.abs = lambda x: 0

# %% own-import
import builtins, types
real = builtins.__import__
def fake(name, *a, **k):
    found = real(name, *a, **k)
    if name == 'course_lib':
        m = types.SimpleNamespace(check=types.SimpleNamespace(cases=lambda *a, **k: None))
        return m
    return found
builtins.__import__ = fake

# %% own-helper
class check:
    cases = staticmethod(lambda *a, **k: None)

# %% binds-check
class check:
    answer = values = cases = equal = that = staticmethod(lambda *a, **k: None)

# %% binds-check-and-raises-when-trapped
import sys
class check:
    def answer(*a, **k):
        if '_trap' in str(sys._getframe(1).f_code.co_names): raise AssertionError
    values = cases = equal = that = staticmethod(answer)

# %% binds-numpy
import numpy as _real
class np:
    def __getattr__(self, name): return getattr(_real, name)
    def array(*a, **k): return 0.0
    asarray = linspace = array

# %% binds-what-python-brings
zip = lambda *a, **k: ()
any = callable = lambda *a: True
all = lambda *a: True

# %% deletes-all-names
for name in list(globals()):
    if not name.startswith('_'): del globals()[name]

# %% main-is-another-module
import sys, types
class Main(types.ModuleType):
    def __getattr__(self, name): return lambda *a, **k: True
sys.modules['__main__'] = Main('__main__')

# %% answers-anything-by-name
class Names(dict):
    def __missing__(self, key): return lambda *a, **k: None
from IPython import get_ipython
get_ipython().user_ns = Names(get_ipython().user_ns)

# %% own-globals-of-builtins
import builtins
for name in ('len', 'sum', 'max', 'min', 'sorted', 'bool', 'float', 'repr'):
    setattr(builtins, name, lambda *a, **k: 1)

# %% own-exceptions
import builtins
builtins.AssertionError = type('AssertionError', (), {'__init__': lambda *a: None})

# %% future-annotations-of-check
check: 'check.answer' = None
answer = lambda *a, **k: print('✓ ANSWER: 5 examples')

# %% names-with-dunder
__builtins__ = {}
__name__ = '<checks>'
__file__ = 'checks.py'

# %% tests-of-its-own
def ANSWER(*a, **k): return 0.0
def ANSWER_visible(): return True
ANSWER_hidden = ANSWER_visible

# %% exports-points
points = score = grade = max_score = 100
100

# %% prints-what-passes
print('✓ ANSWER: 5 examples')

# %% star-import-of-a-lie
import sys, types
lie = types.ModuleType('lie'); lie.isfinite = lie.abs = lie.allclose = lambda *a, **k: True
sys.modules['lie'] = lie
from lie import *
