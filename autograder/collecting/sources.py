"""Reads a zip or a folder that strangers filled: plain files with harmless names, within limits. Writes nothing."""

from __future__ import annotations

import contextlib
import io
import re
import stat
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from autograder.course import everything_in

MEGABYTE = 1_000_000
MOST_FILES = 50_000
"""Files in one source."""
MOST_BYTES = 500 * MEGABYTE
"""Size of one file, and of what one zip of a student unpacks to."""
MOST_RATIO = 200
"""A file of more than 10 MB that was packed more tightly than this is a bomb: notebooks reach about 20."""
LONGEST = 200
"""Bytes of a file's name: every file system takes them."""
LITTER = {"__MACOSX", ".DS_Store", "Thumbs.db", "desktop.ini", "__pycache__", ".git", ".ipynb_checkpoints"}
OLD_SCREENS = ("cp437", "cp850", "cp866")
"""Code pages in which Windows writes names into zips."""
RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)
"""Names that Windows keeps for devices."""

TURNS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
"""Characters that turn the direction of writing, so that a name looks like another one."""


class Broken(Exception):
    """A source, or a file in it, that cannot be read; the text says why."""


@dataclass(frozen=True)
class File:
    """One file of a source; nothing is read before ``read`` is called."""

    parts: tuple[str, ...]
    """Folders and name, each in Unicode's form NFC."""
    when: datetime
    """When it was last changed, in our own zone. It puts copies in order; when one was handed in only an LMS knows."""
    size: int
    read: Callable[[], bytes]
    """Gives the content. Raises Broken."""

    @property
    def name(self) -> str:
        return self.parts[-1]

    @property
    def path(self) -> str:
        return "/".join(self.parts)


@dataclass(frozen=True)
class LeftOut:
    """Something in a source that is not taken, and why."""

    path: str
    why: str


def read_source(source: Path) -> tuple[list[File], list[LeftOut]]:
    """The files of a zip or a folder, and what was left out.

    Raises:
        Broken: where the source is neither, or cannot be opened, or is far too large.
    """
    if source.is_dir():
        return _read_folder(source)
    if not source.is_file():
        raise Broken("there is no such file or folder")
    return read_zip(source)


def read_zip(source: Path | bytes) -> tuple[list[File], list[LeftOut]]:
    """The files of a zip, and what was left out.

    Raises:
        Broken: where it is no zip, or holds too much.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(source) if isinstance(source, bytes) else source)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise Broken(f"it is no zip that can be opened ({error})") from None
    entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    if len(entries) > MOST_FILES:
        raise Broken(f"it holds {len(entries)} files, more than {MOST_FILES}")
    if isinstance(source, bytes) and sum(entry.file_size for entry in entries) > MOST_BYTES:
        raise Broken(f"it would unpack to more than {MOST_BYTES // MEGABYTE} MB")
    files, left_out = [], []
    for entry in entries:
        name = _name(entry)
        parts, why = safe_path(name)
        why = why or _why_not(entry)
        if why:
            left_out.append(LeftOut(name, why))
        elif parts:
            files.append(File(parts, _date(entry), entry.file_size, _reader(archive, entry)))
    return files, left_out


def _name(entry: zipfile.ZipInfo) -> str:
    """An entry's name, where the zip does not say how it is encoded.

    Many programs (a Mac's among them) write UTF-8 without the mark that says so; some keep it in an extra field.
    Windows takes the code page of the PC's old screen: 437 in America, 850 in Western Europe, 866 in Russia. In the
    right one all signs outside ASCII are letters.
    """
    name = entry.orig_filename
    if entry.flag_bits & 0x800:  # it is UTF-8, and says so
        return name
    raw = name.encode("cp437")  # Python has taken it for this one, as the format says
    if (found := _unicode_path(entry.extra)) is not None and found[0] == zlib.crc32(raw):
        return found[1]
    for encoding in ("utf-8", *OLD_SCREENS):
        with contextlib.suppress(UnicodeError):
            read = raw.decode(encoding)
            if encoding == "utf-8" or all(char.isascii() or char.isalpha() for char in read):
                return read
    return name


def _unicode_path(extra: bytes) -> tuple[int, str] | None:
    """The checksum of the name that it stands for, and the name, in the field *Info-ZIP Unicode Path*.

    (PKWARE's APPNOTE.TXT, 4.6.9: version 1, checksum, UTF-8.)
    """
    with contextlib.suppress(struct.error, UnicodeError):
        while len(extra) >= 4:
            kind, length = struct.unpack_from("<HH", extra)
            if kind == 0x7075 and extra[4:5] == b"\1":
                return struct.unpack_from("<L", extra, 5)[0], extra[9 : 4 + length].decode("utf-8")
            extra = extra[4 + length :]
    return None


def safe_path(name: str) -> tuple[tuple[str, ...], str]:
    """The parts of a path in a zip, and why it is refused; no parts and no reason: nobody misses it."""
    name = unicodedata.normalize("NFC", name).replace("\\", "/")
    parts = tuple(part for part in name.split("/") if part not in ("", "."))
    if name.startswith("/") or re.match(r"[A-Za-z]:", name):
        return (), "its name is an absolute path"
    if ".." in parts:
        return (), "its name leads out of the folder (..)"
    if any(unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp") or char in TURNS for char in name):
        return (), "its name has control characters"
    if any(len(part.encode()) > LONGEST for part in parts) or len(parts) > 20:
        return (), "its name is too long"
    if LITTER & set(parts):
        return (), ""
    return parts, "" if parts else "it has no name"


def _why_not(entry: zipfile.ZipInfo) -> str:
    kind = stat.S_IFMT(entry.external_attr >> 16)  # programs on Unix keep a file's mode in the upper half
    if kind == stat.S_IFLNK:
        return "it is a link"
    if kind not in (0, stat.S_IFREG):
        return "it is no plain file"
    if entry.flag_bits & 1:
        return "it is encrypted. Ask for a zip without a password"
    if entry.file_size > MOST_BYTES:
        return f"it has more than {MOST_BYTES // MEGABYTE} MB"
    if entry.file_size > 10 * MEGABYTE and entry.file_size > MOST_RATIO * max(entry.compress_size, 1):
        return f"it is a zip bomb: {entry.file_size:,} bytes out of {entry.compress_size:,}"
    return ""


def _date(entry: zipfile.ZipInfo) -> datetime:
    """A zip's dates are local times of who packed it (an LMS: of the download); taken for our own time zone."""
    try:
        return datetime(*entry.date_time).astimezone()
    except ValueError:  # a zip may say month 0
        return datetime(1980, 1, 1).astimezone()


def _reader(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Callable[[], bytes]:
    def read() -> bytes:
        try:
            return archive.read(entry)
        except Exception as error:  # zlib, bz2, lzma, CRC, end of file: each its own
            raise Broken(f"it is damaged in the zip ({error})") from None

    return read


def _read_folder(source: Path) -> tuple[list[File], list[LeftOut]]:
    """Plain files below a folder. Links are not followed; a hard link's content is copied, which unties it."""
    files, left_out = [], []
    for path in sorted(everything_in(source)):
        status = path.lstat()
        if stat.S_ISDIR(status.st_mode):
            continue
        name = path.relative_to(source).as_posix()
        parts, why = safe_path(name)
        if stat.S_ISLNK(status.st_mode):
            why = "it is a link"
        elif not stat.S_ISREG(status.st_mode):
            why = "it is no plain file"
        elif status.st_size > MOST_BYTES:
            why = f"it has more than {MOST_BYTES // MEGABYTE} MB"
        if why:
            left_out.append(LeftOut(name, why))
        elif parts:
            files.append(
                File(parts, datetime.fromtimestamp(status.st_mtime).astimezone(), status.st_size, _opener(path))
            )
        if len(files) > MOST_FILES:
            raise Broken(f"it holds more than {MOST_FILES} files")
    return files, left_out


def _opener(path: Path) -> Callable[[], bytes]:
    def read() -> bytes:
        try:
            return path.read_bytes()
        except OSError as error:
            raise Broken(f"it cannot be read ({error.strerror})") from None

    return read
