"""Reads a table that a spreadsheet or a platform wrote."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from pathlib import Path

from autograder.reading.notebook import Unreadable

SPREADSHEETS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How .xlsx and .ods begin, and .xls."""
SEPARATOR = re.compile(r"\ufeff?\"?sep=(.)\"?\s*", re.IGNORECASE)
"""A first line that tells Excel what stands between columns: `sep=;`."""
ROUNDED = re.compile(r"\d([.,]\d+)?E\+\d+|\d+[.,]0", re.IGNORECASE)
"""What spreadsheets and programs make of a long number that they take for an amount: `1.23E+11`, `4711.0`."""


def read_rows(path: Path) -> list[tuple[int, dict[str, str]]]:
    """The rows below the heading, each with its line in the file; headings as they stand, values without spaces around.

    Raises:
        Unreadable: where it is no such table.
    """
    (_, heading), *rows = read_lines(path)
    return [
        (line, {name: value.strip() for name, value in zip(heading, filled(row, heading), strict=False)})
        for line, row in rows
    ]


def read_lines(path: Path) -> list[tuple[int, list[str]]]:
    """The heading and all rows below it as they stand, each with its line in the file.

    Commas, semicolons (spreadsheets in half of Europe write them) or tabs stand between columns; before the heading
    there may be empty lines, and Excel's `sep=;`. UTF-16 is what Excel calls Unicode text.

    Raises:
        Unreadable: where it is no such table; there is at least a heading.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise Unreadable(f"cannot be read: {error}") from None
    if content.startswith(SPREADSHEETS):
        raise Unreadable("is a spreadsheet's own file: save it as 'CSV UTF-8'.")
    encoding = "utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        raise Unreadable("is not UTF-8: save it again as 'CSV UTF-8'.") from None
    first = next((line for line in text.splitlines() if line.strip(" ,;\t")), "")
    said = SEPARATOR.fullmatch(first)
    between = said[1] if said else delimiter(first)
    table = csv.reader(io.StringIO(text, newline=""), strict=True, delimiter=between)
    try:
        rows = [(table.line_num, row) for row in table if row]
    except csv.Error as error:
        why = "a quotation mark is opened and never closed" if "end of data" in str(error) else f"{error}"
        raise Unreadable(f"cannot be read (line {table.line_num}: {why}).") from None
    while rows and not any(value.strip(" ,;\t") for value in rows[0][1]):
        del rows[0]
    rows = rows[bool(said) :]
    if not rows:
        raise Unreadable("is empty.")
    return rows


def filled(row: list[str], heading: list[str]) -> list[str]:
    """A row with a value for each column."""
    return row + [""] * (len(heading) - len(row))


def delimiter(heading: str) -> str:
    """What stands between the columns of a table with this heading."""
    return max(",;\t", key=heading.count)


def rounded(numbers: Iterable[str]) -> str:
    """What is wrong with numbers of students that a spreadsheet has changed, in a sentence; empty where none has."""
    found = next((number for number in numbers if ROUNDED.fullmatch(number)), "")
    if not found:
        return ""
    return (
        f"has {found} as a student's number: a spreadsheet took it for an amount, and what it was is lost. Export the "
        "table once more and take it as it comes, or let the spreadsheet read that column as text."
    )
