"""Reads a table that a spreadsheet or a platform wrote."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from autograder.reading.notebook import Unreadable


def read_rows(path: Path) -> list[tuple[int, dict[str, str]]]:
    """The rows below the heading, each with its line in the file; headings as they stand, values without spaces around.

    Commas, semicolons (spreadsheets in half of Europe write them) or tabs stand between columns.

    Raises:
        Unreadable: where it is no such table.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise Unreadable("is not UTF-8: save it again as 'CSV UTF-8'.") from None
    except OSError as error:
        raise Unreadable(f"cannot be read: {error}") from None
    table = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter(text.partition("\n")[0]))
    try:
        rows = [(table.line_num, row) for row in table]
    except csv.Error as error:
        raise Unreadable(f"cannot be read: {error}") from None
    return [
        (line, {key: str(value or "").strip() for key, value in row.items() if key is not None}) for line, row in rows
    ]


def delimiter(heading: str) -> str:
    """What stands between the columns of a table with this heading."""
    return max(",;\t", key=heading.count)
