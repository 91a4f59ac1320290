"""How much one hand-in may hold: asked before anything of it is read or copied, and answered in bounded time."""

from __future__ import annotations

import os
from pathlib import Path

MEGABYTE = 1_000_000
MOST_FILES = 1_000
MOST_BYTES = 200 * MEGABYTE
MOST_DEPTH = 20
"""Folders in each other."""

ASK = "Ask for the notebook alone."


def too_large(folder: Path) -> str:
    """Why a hand-in is not graded, in a sentence; empty where it is as small as it should be.

    A file counts as what it would be as a copy: one that takes no room here (sparse) may fill the disk there.
    """
    files, folders, size = 0, 0, 0
    waiting = [(str(folder), 1)]
    while waiting:
        place, depth = waiting.pop()
        if depth > MOST_DEPTH:
            return f"It has folders in folders, more than {MOST_DEPTH} deep. {ASK}"
        try:
            with os.scandir(place) as entries:
                for entry in entries:
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append((entry.path, depth + 1))
                        folders += 1
                    else:
                        size += entry.stat(follow_symlinks=False).st_size
                        files += 1
                    if max(files, folders) > MOST_FILES:
                        return f"It has more than {MOST_FILES:,} files. {ASK}"
                    if size > MOST_BYTES:
                        return f"It has more than {MOST_BYTES // MEGABYTE} MB. {ASK}"
        except OSError as error:
            return f"A folder of it cannot be read ({error.strerror}). {ASK}"
    return ""
