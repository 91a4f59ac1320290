"""Hand-ins that change their kernel: shell, hooks, traps."""

# %% drops-asserts
import ast
from IPython import get_ipython
class Drop(ast.NodeTransformer):
    def visit_Expr(self, node): return ast.Pass()
    def visit_Assert(self, node): return ast.Pass()
get_ipython().ast_transformers.append(Drop())

# %% drops-lines
from IPython import get_ipython
get_ipython().input_transformers_cleanup.append(lambda lines: ['pass\n'] if any('check' in l for l in lines) else lines)

# %% own-pre-run
from IPython import get_ipython
def pre(info): info.raw_cell = 'pass'
get_ipython().events.register('pre_run_cell', pre)

# %% own-run-cell
from IPython import get_ipython
shell = get_ipython()
def run_cell(*a, **k):
    from IPython.core.interactiveshell import ExecutionResult, ExecutionInfo
    return ExecutionResult(ExecutionInfo('', False, False, False, None))
shell.run_cell = run_cell
type(shell).run_cell = run_cell
async def run_cell_async(*a, **k): return run_cell()
type(shell).run_cell_async = run_cell_async

# %% own-do-execute
from IPython import get_ipython
kernel = get_ipython().kernel
async def do_execute(*a, **k):
    return {'status': 'ok', 'execution_count': 1, 'user_expressions': {}, 'payload': []}
type(kernel).do_execute = do_execute

# %% silent-errors
from IPython import get_ipython
shell = get_ipython()
shell.showtraceback = shell._showtraceback = lambda *a, **k: None
type(shell).showtraceback = type(shell)._showtraceback = lambda *a, **k: None

# %% system-exit
raise SystemExit

# %% leaves-early
import sys
sys.exit(0)

# %% user-ns-of-lies
from IPython import get_ipython
shell = get_ipython()
type(shell).user_ns = property(lambda self: {}, lambda self, value: None)

# %% no-shell
from IPython import get_ipython
kernel = get_ipython().kernel
kernel.shell = None

# %% answering-kernel-turned-off
import autograder.kernels.answering as a
a.AnsweringKernel.judge = None

# %% runs-the-test-itself
import autograder.kernels.answering as a
a.ASKED.clear(); a.ASKED['is'] = 'nothing'

# %% custom-exceptions-trapped
from IPython import get_ipython
get_ipython().set_custom_exc((Exception,), lambda *a, **k: None)

# %% traps-interrupts
import signal
signal.signal(signal.SIGINT, signal.SIG_IGN)

# %% stops-itself-later
import signal, os, threading
threading.Timer(0.5, os.kill, (os.getpid(), signal.SIGKILL)).start()

# %% at-exit
import atexit
atexit.register(print, '✓ ANSWER')

# %% display-hook-of-its-own
import sys
sys.displayhook = lambda value: print(1.0)

# %% replaces-the-process
import os
os.execv('/bin/sh', ['sh', '-c', 'echo 1'])

# %% another-loop
import asyncio
asyncio.get_event_loop().stop()

# %% cell-magic-of-its-own
from IPython.core.magic import register_line_magic
@register_line_magic
def answer(line): return 1
%answer

# %% set-next-input
from IPython import get_ipython
get_ipython().set_next_input('pass', replace=True)

# %% recursion
import sys
sys.setrecursionlimit(10**9)
def ANSWER(*a, **k): return ANSWER(*a, **k)

# %% breaks-the-streams
import os, sys
sys.stdout = sys.stderr = None
for fd in (0, 1, 2): os.close(fd)

# %% closes-all-descriptors
import os
os.closerange(3, 4096)
