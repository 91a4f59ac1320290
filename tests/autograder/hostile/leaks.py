"""Hand-ins that carry hidden examples out: each marks what it carries with `L3AK`."""

# %% prints-what-it-is-asked
import sys
def ANSWER(*a, **k):
    print('L3AK', a); print('L3AK', a, file=sys.stderr); sys.__stdout__.write(f'L3AK {a}'); return 0.0

# %% raises-what-it-is-asked
def ANSWER(*a, **k): raise ValueError(f'L3AK {a}')

# %% class-made-of-the-data
def ANSWER(*a, **k): raise type(f'L3AK {a}', (Exception,), {})

# %% class-named-like-a-mistake-made-of-the-data
def ANSWER(*a, **k): raise type('ValueError', (type(f'L3AK_{len(a)}', (Exception,), {}),), {'__str__': lambda s: f'✗ ANSWER · L3AK\nL3AK {a}'})

# %% returns-what-it-is-asked
def ANSWER(*a, **k): return f'L3AK {a}'

# %% dict-of-what-it-is-asked
def ANSWER(*a, **k): return {f'L3AK {a}': 1, 'L3AK': a}

# %% foreign-of-what-it-is-asked
def ANSWER(*a, **k): return type(f'L3AK {a}'[:60], (), {})()

# %% message-of-its-own
class CheckFailed(AssertionError):
    def _render_traceback_(self): return ['✗ ANSWER · L3AK']
def ANSWER(*a, **k): raise CheckFailed(f'✗ ANSWER · L3AK {a}\nL3AK\n  expected  L3AK')

# %% kept-for-later-cells
from IPython import get_ipython
KEPT = globals().setdefault('KEPT', [])
def ANSWER(*a, **k): KEPT.append(f'L3AK {a}'); return 0.0
if KEPT: raise AssertionError(f'✗ ANSWER · L3AK {KEPT}\nL3AK')

# %% written-to-files
import os, pathlib
def ANSWER(*a, **k):
    for place in ('.', '..', '/tmp', os.path.expanduser('~'), '/dev/shm', '/var/tmp'):
        for name in ('feedback.html', 'L3AK.txt', 'hints.md'):
            try: pathlib.Path(place, name).write_text(f'L3AK {a}')
            except OSError: pass
    return 0.0

# %% written-into-the-notebook
import glob
def ANSWER(*a, **k):
    for name in glob.glob('*.ipynb'): open(name, 'a').write(f'L3AK {a}')
    return 0.0

# %% shown-while-asked
from IPython.display import display, HTML
def ANSWER(*a, **k): display(HTML(f'L3AK {a}'), display_id='L3AK'); return 0.0

# %% shown-by-an-update-of-an-earlier-display
from IPython.display import display
H = display('before', display_id=True)
def ANSWER(*a, **k): H.update(f'L3AK {a}'); return 0.0

# %% logged
import logging, warnings
logging.basicConfig(filename='/tmp/hand-in/L3AK.log', level=0)
def ANSWER(*a, **k): logging.error(f'L3AK {a}'); warnings.warn(f'L3AK {a}'); return 0.0

# %% mistake-of-the-course-made-of-the-data
def ANSWER(*a, **k): raise type('not written yet L3AK', (NotImplementedError,), {})(f'L3AK {a}')

# %% forged-raised-with-a-line
import autograder.kernels.respond as r
r.packed_error = lambda raised: [['L3AK ' + raised.text[:40]], 'L3AK', 'L3AK ' + raised.line]
def ANSWER(*a, **k): raise ValueError(str(a))

# %% forged-foreign
import autograder.kernels.wire as w
w.Packer.pack = lambda self, value, depth=0: {'foreign': f'L3AK {value}'}

# %% keeps-tests-in-history
from IPython import get_ipython
def ANSWER(*a, **k):
    get_ipython().history_manager.store_inputs(1, f'L3AK {a}'); return 0.0

# %% names-in-tracebacks
def ANSWER(*a, **k): exec(compile('raise KeyError(a)', f'L3AK {a}', 'exec'), {'a': a})
