"""A stream is killed twenty times at random moments; what is lost? By hand::

    python -m tests.benchmarks.streaming_restart [seed]

The same code as ``tests/course_lib/test_streaming_restart.py``, with more tries.
"""

from __future__ import annotations

import random
import sys
import tempfile
from pathlib import Path

from tests.course_lib.streaming_restart import kill_and_restart

STREAMS, KILLS = 5, 4


def main() -> int:
    seed = int(sys.argv[1]) if len(sys.argv) > 1 else random.randrange(10**6)
    lost = doubled = 0
    for stream in range(STREAMS):
        with tempfile.TemporaryDirectory() as folder:
            outcome = kill_and_restart(Path(folder), KILLS, seed + stream)
        lost += outcome.sent - outcome.different
        doubled += outcome.rows - outcome.different
        print(
            f"seed {seed + stream}: killed after batches {outcome.killed_at}, {outcome.rows:,} of {outcome.sent:,} rows"
        )
    print(f"{STREAMS * KILLS} kills: {lost} rows lost, {doubled} doubled")
    return 1 if lost or doubled else 0


if __name__ == "__main__":
    sys.exit(main())
