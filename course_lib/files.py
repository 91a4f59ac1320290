"""Writing small files so that a reader sees the old file or the new one, never half of it."""

from __future__ import annotations

import json
import os
from pathlib import Path


def write_text(path: Path, text: str, mode: int | None = None) -> None:
    """Write a file in one step; the folders above it are made.

    Args:
        path: the file.
        text: what to write, as UTF-8. Lone surrogates, which stand in names of files that are not UTF-8, become
            escapes (``\\udc80``): in JSON they are read back as they were.
        mode: the file's permissions; by default those of any new file.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f"{path.name}.{os.getpid()}.new")  # two processes may write at once
    try:
        fresh.write_bytes(text.encode("utf-8", "backslashreplace"))
        if mode is not None:
            fresh.chmod(mode)
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)


def write_json(path: Path, value: object) -> None:
    """Write ``value`` as JSON that people can read, its keys in the order that they have, in one step."""
    write_text(path, json.dumps(value, indent=1, ensure_ascii=False) + "\n")
