"""Hand-ins that break what they can reach, or use up what there is."""

# %% exits
import os
os._exit(0)

# %% kills-parent
import os, signal
os.kill(os.getppid(), signal.SIGKILL)

# %% kills-all
import os, signal
os.kill(-1, signal.SIGKILL)

# %% fork-bomb
import os, time
for _ in range(5000):
    try:
        if os.fork() == 0:
            time.sleep(100)
            os._exit(0)
    except OSError: break

# %% thread-bomb
import threading, time
try:
    for _ in range(5000): threading.Thread(target=time.sleep, args=(100,), daemon=True).start()
except RuntimeError: pass

# %% memory-bomb
hog = []
while True: hog.append(bytearray(50_000_000))

# %% full-disk
try:
    with open('/tmp/big', 'wb') as f:
        while True: f.write(bytes(10_000_000))
except OSError as e: print(e)

# %% many-files
try:
    for n in range(10**6): open(f'/tmp/{n}', 'w').close()
except OSError as e: print(e)

# %% huge-line
print('x' * 60_000_000)

# %% endless-stream
while True: print('y' * 100_000)

# %% removes-all
import shutil
shutil.rmtree('/', ignore_errors=True)
shutil.rmtree('.', ignore_errors=True)

# %% stays
import subprocess
subprocess.Popen(['sleep', 'NAP'], start_new_session=True)

# %% ptrace
import ctypes
libc = ctypes.CDLL(None, use_errno=True)
print('FOUND' if libc.ptrace(16, 1, 0, 0) == 0 else 'refused', 'FOUND' if libc.unshare(0x10000000) == 0 else 'refused')

# %% memfd
import ctypes
libc = ctypes.CDLL(None, use_errno=True)
print('FOUND' if libc.memfd_create(b'x', 0) >= 0 else 'refused')

# %% system-v-memory
import ctypes
libc = ctypes.CDLL(None, use_errno=True)
print('FOUND' if libc.shmget(0, 1 << 20, 0o1600) >= 0 else 'refused')

# %% page-tables
import mmap
held = []
try:
    for n in range(2000):
        m = mmap.mmap(-1, 1 << 30, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS | 0x4000); held.append(m)
        for at in range(0, 1 << 30, 1 << 21): m[at]
except (OSError, ValueError, MemoryError) as e: print(e)

# %% shared-anonymous-memory
import mmap
held = []
while True: held.append(mmap.mmap(-1, 50_000_000)); held[-1].write(bytes(50_000_000))

# %% pipes-full
import os, fcntl
held = []
try:
    while True:
        r, w = os.pipe(); held += [r, w]; fcntl.fcntl(w, 1031, 1 << 20); os.set_blocking(w, False); os.write(w, bytes(1 << 20))
except OSError as e: print(e)

# %% sockets-full
import os, socket, time
for _ in range(8):
    if os.fork() == 0: break
held = []
try:
    while True:
        a, b = socket.socketpair(); a.setblocking(False); held += [a, b]
        try:
            while True: a.send(bytes(100_000))
        except BlockingIOError: pass
except OSError as e: print(e)
time.sleep(20)

# %% shm-full
try:
    with open('/dev/shm/x', 'wb') as f:
        while True: f.write(bytes(10_000_000))
except OSError as e: print(e)

# %% output-by-errors
from IPython import get_ipython
for _ in range(40): get_ipython().kernel.send_response(get_ipython().kernel.iopub_socket, 'error', {'ename': 'E', 'evalue': 'e' * 2_000_000, 'traceback': []})

# %% output-by-widgets
from IPython import get_ipython
k = get_ipython().kernel
for n in range(60): k.session.send(k.iopub_socket, 'comm_open', {'comm_id': f'c{n}', 'target_name': 'x', 'data': {'state': {'v': 'w' * 2_000_000}}}, parent=k.get_parent())

# %% output-by-buffers
from IPython import get_ipython
k = get_ipython().kernel
b = bytes(30_000_000)
for n in range(40): k.session.send(k.iopub_socket, 'comm_open', {'comm_id': f'c{n}', 'target_name': 'x', 'data': {'state': {}, 'buffer_paths': [['v']]}}, parent=k.get_parent(), buffers=[b])
import time; time.sleep(8)

# %% output-by-small-messages
from IPython import get_ipython
k = get_ipython().kernel
for _ in range(30): k.session.send(k.iopub_socket, 'execute_input', {'code': 'x' * 3_000_000, 'execution_count': 1}, parent=k.get_parent())

# %% memory-within-a-question
def ANSWER(*a, **k):
    hog = []
    while True: hog.append(bytearray(50_000_000))

# %% answer-of-a-hundred-megabytes
import numpy as np
def ANSWER(*a, **k): return np.zeros(40_000_000)

# %% answer-of-millions-of-parts
def ANSWER(*a, **k): return [[0.0]] * 3_000_000

# %% memory-of-the-judge
import autograder.kernels.wire as w
def fat(self, value, depth=0): return {'list': [{'dict': []}] * 900_000}
w.Packer.pack = fat

# %% forks-while-asked
import os, time
def ANSWER(*a, **k):
    for _ in range(200):
        try:
            if os.fork() == 0: time.sleep(100); os._exit(0)
        except OSError: break
    return 0.0

# %% output-by-one-message-of-many-parts
from IPython import get_ipython
k = get_ipython().kernel
b = bytes(60_000_000)
k.session.send(k.iopub_socket, 'display_data', {'data': {}, 'metadata': {}}, parent=k.get_parent(), buffers=[b] * 40)
import time; time.sleep(8)
