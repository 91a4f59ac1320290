"""Hand-ins that break what they can reach."""

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
