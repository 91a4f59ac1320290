"""Hand-ins that look for the judge's values in frames, in memory, and beside the process."""

# %% walks-frames
import sys
def ANSWER(*a, **k):
    frame = sys._getframe()
    while frame:
        for name in ('expected', 'examples', 'questions', 'outcomes', 'differences'):
            if name in frame.f_locals: print('FOUND', name); return frame.f_locals[name]
        frame = frame.f_back

# %% asks-the-collector
import gc
def ANSWER(*a, **k):
    for thing in gc.get_objects():
        if type(thing).__name__ in ('Example', 'Asked', 'Judge', 'Verdict', 'LessonChecks'): print('FOUND', type(thing))
    return 0.0

# %% changes-callers-locals
import ctypes, sys
def ANSWER(*a, **k):
    frame = sys._getframe(1)
    for name in list(frame.f_locals):
        frame.f_locals[name] = None
        ctypes.pythonapi.PyFrame_LocalsToFast(ctypes.py_object(frame), ctypes.c_int(0))
    return 0.0

# %% traces-all
import sys
def trace(frame, event, arg):
    if 'expected' in frame.f_locals: print('FOUND')
    return trace
sys.settrace(trace); sys.setprofile(trace)
import threading; threading.settrace(trace)

# %% reads-own-memory
import re
found = set()
for line in open('/proc/self/maps'):
    start, end = (int(part, 16) for part in line.split()[0].split('-'))
    if 'rw' in line and end - start < 50_000_000:
        try:
            with open('/proc/self/mem', 'rb') as f: f.seek(start); found |= set(re.findall(rb'class [A-Z]\w+\(Exerc' + rb'ise\)', f.read(end - start)))
        except (OSError, ValueError): pass
print('FOUND' if found else 'nothing', found)

# %% reads-others-memory
import os
for p in os.listdir('/proc'):
    if p.isdigit() and int(p) != os.getpid():
        try: open(f'/proc/{p}/mem', 'rb').read(1); print('FOUND', p)
        except OSError: pass

# %% process-vm-readv
import ctypes, os
libc = ctypes.CDLL(None, use_errno=True)
print('FOUND' if libc.syscall(310, 1, 0, 0, 0, 0, 0) == 0 else 'refused')

# %% reads-checks-of-the-course
import glob, os
hits = []
for start in ['/', *(place for link in ('cwd', 'root') for place in glob.glob(f'/proc/[0-9]*/{link}/'))]:
    for folder, inner, files in os.walk(start):
        inner[:] = [name for name in inner if name not in ('usr', 'sys', 'course_lib', 'site-packages')]
        hits += [os.path.join(folder, name) for name in files if name == 'checks.py']
print('FOUND' if hits else 'nothing', hits)

# %% changes-constants-of-code
import course_lib.check.outcome as o, ctypes
code = o.Outcome.difference.__code__
o.Outcome.difference.__code__ = (lambda self, expected, rtol, atol, equal_nan=False: None).__code__

# %% changes-small-ints
import ctypes
ctypes.memmove(id(1) + 24, (ctypes.c_uint32 * 1)(0), 4)
ctypes.memmove(id(True) + 24, (ctypes.c_uint32 * 1)(0), 4)

# %% changes-none
import ctypes
ctypes.c_ssize_t.from_address(id(None)).value = 1 << 40
def ANSWER(*a, **k): return type(None)()

# %% changes-the-arguments
def ANSWER(*a, **k):
    for thing in a:
        if hasattr(thing, 'fill'): thing.fill(0)
        if hasattr(thing, 'clear'): thing.clear()
    return 0.0

# %% weak-references
import weakref, course_lib.check.exercise as e
seen = [s for s in e.Exercise.__subclasses__()]
print('FOUND' if seen else 'nothing', seen)

# %% other-interpreters-modules
import sys
print(*['FOUND ' + name for name, module in sys.modules.items() if getattr(module, 'exercises', None)])

# %% linecache
import linecache
def ANSWER(*a, **k):
    print(*['FOUND' for name in linecache.cache if name.startswith('<checks') and 'hidden' in str(linecache.cache[name])])
    return 0.0

# %% breakpoints
import bdb, sys
sys.breakpointhook = lambda *a, **k: None
class B(bdb.Bdb):
    def user_line(self, frame): frame.f_lineno += 1
B().set_trace()
