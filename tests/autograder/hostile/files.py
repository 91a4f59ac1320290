"""Hand-ins with files beside the notebook. Each block runs here, with `folder`, to put them there."""

# %% shadows-numpy
(folder / 'numpy.py').write_text('def __getattr__(name): return lambda *a, **k: True\n')

# %% shadows-the-course
(folder / 'course_lib' / 'check').mkdir(parents=True)
(folder / 'course_lib' / '__init__.py').write_text('')
(folder / 'course_lib' / 'check' / '__init__.py').write_text('answer = cases = values = lambda *a, **k: None\n')

# %% shadows-the-grader
(folder / 'autograder' / 'kernels').mkdir(parents=True)
(folder / 'autograder' / '__init__.py').write_text('')
(folder / 'autograder' / 'kernels' / 'judge.py').write_text('run = lambda *a: None\n')

# %% shadows-the-standard-library
for name in ('json', 'socket', 'struct', 'random', 'ast', 'types', 'base64', 're'):
    (folder / f'{name}.py').write_text('raise SystemExit\n')

# %% own-checks-py
(folder / 'checks.py').write_text('from course_lib.check import Exercise\nclass Any(Exercise):\n    name = "ANSWER"\n    def examples(self): return ()\n')

# %% own-packed-checks
(folder / '.checks').write_text('{"form": "checks of a lesson, visible half, 1", "checks": "eJwDAAAAAAE="}')

# %% damaged-packed-checks
(folder / '.checks').write_bytes(b'\xff' * 1000)

# %% packed-bomb
import base64, json, zlib
(folder / '.checks').write_text(json.dumps({'form': 'x', 'checks': base64.b64encode(zlib.compress(bytes(50_000_000), 9)).decode()}))

# %% hints-of-its-own
(folder / 'hints.md').write_text('## ANSWER\n\n**Nudge.** <script>alert(1)</script>\n')

# %% sitecustomize
for name in ('sitecustomize.py', 'usercustomize.py', 'nbgrader_config.py', 'jupyter_config.py', 'ipython_config.py', 'conftest.py'):
    (folder / name).write_text('raise SystemExit\n')

# %% pth-and-startup
(folder / 'x.pth').write_text('import os; os._exit(0)\n')
(folder / '.ipython' / 'profile_default' / 'startup').mkdir(parents=True)
(folder / '.ipython' / 'profile_default' / 'startup' / '0.py').write_text('raise SystemExit\n')

# %% links-out
(folder / 'link').symlink_to('/etc/passwd')
(folder / 'up').symlink_to('..')
(folder / 'checks.py').symlink_to(checks)

# %% folder-called-like-a-file-of-the-lesson
(folder / 'hints.md').mkdir()
(folder / 'checks.py').mkdir()

# %% pycache-of-lies
(folder / '__pycache__').mkdir()
(folder / '__pycache__' / 'numpy.cpython-311.pyc').write_bytes(b'\0' * 100)

# %% fifo
import os
os.mkfifo(folder / 'pipe')

# %% another-notebook
(folder / 'other.ipynb').write_text((next(folder.glob('*.ipynb'))).read_text())

# %% names-of-bytes
import os
open(os.fsencode(folder) + b'/\xff\xfe.txt', 'w').close()

# %% feedback-of-its-own
(folder / 'submission_secret.txt').write_text('x' * 999)
(folder / 'timestamp.txt').write_text('2000-01-01 00:00:00 UTC <script>')
