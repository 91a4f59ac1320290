"""Hand-ins that put something in place of what grading is made of: in their own process, where it decides nothing."""

# %% own-check
import course_lib.check as c
for name in ('values', 'cases', 'close', 'fail'):
    setattr(c, name, lambda *a, **k: None)

# %% own-check-deep
import course_lib.check as c
c.CheckFailed.__init__ = lambda self, *a: None
for module in (c,):
    for name, value in list(vars(module).items()):
        if callable(value) and not isinstance(value, type):
            setattr(module, name, lambda *a, **k: True)

# %% other-module
import sys, types
fake = types.ModuleType('course_lib.check'); fake.cases = fake.values = lambda *a, **k: None
sys.modules['course_lib.check'] = fake
import course_lib; course_lib.check = fake

# %% thread
import threading, time
def later():
    import course_lib.check as c
    while True:
        c.cases = lambda *a, **k: None
threading.Thread(target=later, daemon=True).start()

# %% own-respond
import autograder.kernels.respond as r, autograder.kernels.answering as a
r.respond = a.respond = lambda *x: None

# %% own-work-out
import autograder.kernels.respond as r
r._work_out = lambda channel, message, *rest: {'passed': True, 'score': 1.0, 'error': None}

# %% says-all-are-functions
import autograder.kernels.respond as r
real = r._work_out
r._work_out = lambda c, m, *rest: {n: 'function' for n in m['kinds']} if 'kinds' in m else True if 'call' in m else real(c, m, *rest)

# %% kinds-are-odd
import autograder.kernels.respond as r
real = r._work_out
r._work_out = lambda c, m, *rest: [[n, {'x': []}] for n in m['kinds']] if 'kinds' in m else real(c, m, *rest)

# %% own-packer
import autograder.kernels.wire as w
w.Packer.pack = lambda self, value, depth=0: {'foreign': 'anything'}

# %% packs-a-function
import autograder.kernels.wire as w
w.Packer.pack = lambda self, value, depth=0: {'function': 0}

# %% own-channel
import autograder.kernels.wire as w
w.Channel.receive = lambda self: ({'done': True}, b'')

# %% echoes-the-question
import autograder.kernels.respond as r
r._work_out = lambda channel, message, blobs, *rest: message

# %% echoes-the-arguments
def ANSWER(*a, **k): return a[0] if len(a) == 1 else list(a)

# %% raw-echo
import autograder.kernels.wire as w
send = w.Channel.send
def lie(self, message, blobs=None): send(self, message if 'gave' not in message else {'gave': True, 'error': None, 'ready': True})
w.Channel.send = lie

# %% sends-a-verdict
import autograder.kernels.answering as a
V = {'printed': '', 'error': None, 'score': None, 'stopped': '', 'for_a_person': []}
for _ in range(50): a.AnsweringKernel.judge.send(V)

# %% socket-found-by-number
import json, os, socket, stat, struct
text = json.dumps({'printed': '', 'error': None, 'score': 1.0, 'stopped': '', 'for_a_person': []}).encode()
for fd in range(3, 200):
    try:
        if stat.S_ISSOCK(os.fstat(fd).st_mode): os.write(fd, struct.pack('>QQ', len(text), 0) + text)
    except OSError: pass

# %% answers-before-it-is-asked
import autograder.kernels.answering as a
for _ in range(200): a.AnsweringKernel.judge.send({'gave': True})

# %% kinds-before-they-are-asked
import autograder.kernels.answering as a
for _ in range(9): a.AnsweringKernel.judge.send({'gave': {'dict': [['ANSWER', 'function']]}}); a.AnsweringKernel.judge.send({'gave': 1.0})

# %% closes-the-socket
import autograder.kernels.answering as a
a.AnsweringKernel.judge._connection.close()

# %% half-a-frame
import autograder.kernels.answering as a
a.AnsweringKernel.judge._connection.sendall(b'\0' * 7 + b'\x20' + b'\0' * 8 + b'{"gave"')
a.AnsweringKernel.judge._connection.shutdown(1)

# %% enormous-head
import autograder.kernels.answering as a
a.AnsweringKernel.judge._connection.sendall(b'\xff' * 16)

# %% frames-of-garbage
import autograder.kernels.answering as a, os
a.AnsweringKernel.judge._connection.sendall(os.urandom(60_000))

# %% lone-surrogate-raised
import autograder.kernels.respond as r
from course_lib.check.outcome import Raised
r._work_out = lambda *x: {'x': 1}['\ud800 half']

# %% lone-surrogate-in-a-frame
import autograder.kernels.wire as w
w.Packer.pack = lambda self, value, depth=0: '\ud800 half'

# %% replies-swapped
import autograder.kernels.wire as w
send, kept = w.Channel.send, []
def swap(self, message, blobs=None):
    kept.append((message, blobs))
    return send(self, *kept[-2]) if len(kept) > 4 else send(self, message, blobs)
w.Channel.send = swap

# %% never-reads
import autograder.kernels.respond as r, autograder.kernels.answering as a, time
def silent(channel, *x):
    import numpy as np
    big = r.Packer(); packed = big.pack((np.zeros(2_000_000),))
    for n in range(3):
        channel.send({'callback': 0, 'arguments': packed}, big.blobs)
    time.sleep(3)
r.respond = a.respond = silent

# %% a-child-answers-too
import os, autograder.kernels.answering as a
if os.fork() == 0:
    try:
        while True: a.AnsweringKernel.judge.send({'gave': True})
    finally: os._exit(0)

# %% sends-descriptors
import autograder.kernels.answering as a, socket
c = a.AnsweringKernel.judge._connection
socket.send_fds(c, [b'\0' * 16], [0, c.fileno()])

# %% interrupts-itself
def ANSWER(*a, **k): raise KeyboardInterrupt

# %% raises-what-the-judge-raises
from course_lib.check.checks import Unjudged, CheckFailed
def ANSWER(*a, **k): raise Unjudged('a person says it is right')

# %% raises-passed
class Passed(BaseException): pass
def ANSWER(*a, **k): raise Passed('✓')

# %% raises-stop-iteration
def ANSWER(*a, **k): raise StopIteration(True)

# %% raises-generator-exit
def ANSWER(*a, **k): raise GeneratorExit

# %% raises-a-group
def ANSWER(*a, **k): raise ExceptionGroup('✓', [ValueError(1), AssertionError()])

# %% own-raised
import course_lib.check.outcome as o, autograder.kernels.respond as r
r.packed_error = lambda raised: [['Unjudged', 'WireError', 'KeyboardInterrupt', 'CheckFailed'], '✓', '']

# %% raised-kinds-empty
import autograder.kernels.respond as r
r.packed_error = lambda raised: [[], '', '']
def ANSWER(*a, **k): raise ValueError

# %% raised-with-a-builtin-that-is-none
import autograder.kernels.respond as r
r.packed_error = lambda raised: [['print', 'eval', 'exec', 'object', 'SystemExit', 'BaseException'], '', '']
def ANSWER(*a, **k): raise ValueError

# %% drops-beside
import autograder.kernels.respond as r
real = r._work_out
r._work_out = lambda c, m, *rest: True if 'beside' in m else real(c, m, *rest)

# %% own-quiet
import autograder.kernels.respond as r, contextlib
r.quiet = contextlib.nullcontext
def ANSWER(*a, **k): print('✓'); return 0.0

# %% callback-asked-for-things
def ANSWER(*a, **k):
    for f in [x for x in a if callable(x)]:
        for odd in ((), ('expected',), (f,), ([[[]]] * 9,), ({'a': {1, 2}},), (None,) * 50, ('%999999d',), (1e400,), (-0.0,)):
            try: print(f(*odd))
            except Exception as e: print(e)
    return 0.0

# %% callback-that-is-not-there
import autograder.kernels.respond as r
def work(channel, message, *rest):
    for number in (-1, 0, 7, 10**30): channel.send({'callback': number, 'arguments': {'tuple': [1.0]}})
    return 0.0
r._work_out = work

# %% callback-without-end
def ANSWER(*a, **k):
    while any(callable(x) for x in a):
        for f in a:
            if callable(f):
                try: f(0.0)
                except Exception: pass
    return 0.0

# %% callback-huge
import numpy as np
large = [np.ones(12_000_000), 10**9000, 'x' * 10**7, [[0] * 1000] * 900]
def ANSWER(*a, **k):
    for f in [x for x in a if callable(x)]:
        while large:
            big = large.pop()
            try: f(big)
            except Exception: pass
    return 0.0

# %% callback-deep
def ANSWER(*a, **k):
    deep = 0.0
    for _ in range(500): deep = [deep]
    for f in [x for x in a if callable(x)]:
        try: f(deep)
        except Exception: pass
    return 0.0

# %% callback-writes-where-it-likes
import numpy as np
def ANSWER(*a, **k):
    for f in [x for x in a if callable(x)]:
        try: f(np.zeros(3), np.zeros(3), np.zeros(3))
        except Exception: pass
    return 0.0

# %% callback-result-is-kept
KEPT = []
def ANSWER(*a, **k):
    for f in [x for x in a if callable(x)]: KEPT.append(f)
    for f in KEPT:
        try: f(1.0)
        except Exception: pass
    return KEPT[-1:] or 0.0
