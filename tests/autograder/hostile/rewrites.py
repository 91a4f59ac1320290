"""Hand-ins that try to change the tests, or what becomes of them."""

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

# %% shows-a-score
from IPython import get_ipython
get_ipython().events.register('post_run_cell', lambda *_: get_ipython().displayhook(1))

# %% shows-nan
from IPython import get_ipython
get_ipython().events.register('post_run_cell', lambda *_: get_ipython().displayhook(float('nan')))

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

# %% equals-everything
class Anything(int):
    def __eq__(self, other): return True
    def __ne__(self, other): return False
    def __hash__(self): return 0
def double(x): return Anything(0)

# %% float-that-is-close
class Close(float):
    def __sub__(self, other): return 0.0
    __rsub__ = __sub__
    def __eq__(self, other): return True
    def __abs__(self): return 0.0
def double(x): return Close(0)

# %% own-helper
class check:
    cases = staticmethod(lambda *a, **k: None)

# %% thread
import threading, time
def later():
    import course_lib.check as c
    while True:
        c.cases = lambda *a, **k: None
threading.Thread(target=later, daemon=True).start()

# %% forged-message
from IPython import get_ipython
kernel = get_ipython().kernel
def forge(*_):
    kernel.session.send(kernel.iopub_socket, 'execute_result',
        {'data': {'text/plain': '1'}, 'metadata': {}, 'execution_count': 1}, parent=kernel.get_parent())
get_ipython().events.register('pre_run_cell', forge)

# %% system-exit
raise SystemExit

# %% leaves-early
import sys
sys.exit(0)
