"""Hand-ins that never answer."""

# %% endless-within-a-question
def ANSWER(*a, **k):
    while True: pass

# %% sleeps-within-a-question
import time
def ANSWER(*a, **k): time.sleep(10_000)

# %% endless-and-deaf
import signal
def ANSWER(*a, **k):
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    while True: pass
