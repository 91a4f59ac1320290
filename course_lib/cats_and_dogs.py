"""Photos of cats and dogs, 3,000 of them, in folders: ``cats_and_dogs.load()``.

The archive ``cats_and_dogs_filtered.zip`` (68.6 MB) is fetched once and kept. Where there is no network, name an
archive or a folder of your own, in the call or in the environment variable ``COURSE_DATA_DIR``.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import stat
import tempfile
import zipfile
import zlib
from pathlib import Path

import requests

from course_lib import cache

URL = "https://storage.googleapis.com/mledu-datasets/cats_and_dogs_filtered.zip"
"""A part of Microsoft's and Petfinder's *Dogs vs. Cats*, as Google's machine learning courses use it."""

SIZE = 68_606_236
"""Bytes of the archive."""

FOLDERS = [f"{part}/{animal}" for part in ("train", "validation") for animal in ("cats", "dogs")]
PHOTO = re.compile(r"(?:[^/]+/)?(train|validation)/(cats|dogs)/([^/]+\.(?:jpe?g|png))", re.IGNORECASE)
"""A photo's place in the archive, whatever folder all of it lies in."""
MAX_BYTES, MAX_FILES = 2_000_000_000, 50_000  # of an unpacked archive; the real one has 69 MB in 3,000 files
TIMEOUT = 5  # seconds to connect, and to wait for the next bytes


class PhotosUnavailable(RuntimeError):
    """The photos cannot be had here; the message says why and what to do."""


def load(path: str | Path | None = None) -> Path:
    """The folder of photos: ``train/cats``, ``train/dogs``, ``validation/cats``, ``validation/dogs``.

    Args:
        path: an archive (.zip) or a folder with that layout; by default what the environment variable
            ``COURSE_DATA_DIR`` names, else the archive fetched from its public address (68.6 MB, once).

    Returns:
        The folder that holds ``train`` and ``validation``.

    Raises:
        PhotosUnavailable: with no network and no path, or where what is there is not that archive or folder.
    """
    path = path or os.environ.get("COURSE_DATA_DIR")
    if path is None:
        folder = cache.folder() / "cats_and_dogs"
        return _complete(folder) or unpack(download(URL, SIZE, cache.folder()), folder)
    path = Path(path)
    if path.is_file():
        return unpack(path, cache.folder() / f"photos-{_digest(path)}")
    if not path.exists():
        raise PhotosUnavailable(f"There is no {path}.")
    candidates = [path, *sorted(child for child in path.iterdir() if child.is_dir())]
    for folder in candidates:
        if _complete(folder):
            return folder
    raise PhotosUnavailable(f"{path} does not hold photos in the four folders {', '.join(FOLDERS)}.")


def download(url: str, size: int, folder: Path) -> Path:
    """Fetch a file, with a progress bar; what was fetched before an interruption is kept and continued.

    Args:
        url: its address.
        size: bytes that it must have.
        folder: where to put it.

    Raises:
        PhotosUnavailable: where the server cannot be reached or sends something else.
    """
    from rich.progress import Progress

    done = folder / Path(url).name
    part = done.with_suffix(".part")
    if done.exists() and done.stat().st_size == size:
        return done
    have = part.stat().st_size if part.exists() else 0
    if have > size:
        have = 0
    try:
        if have < size:
            headers = {"Range": f"bytes={have}-"} if have else {}
            with requests.get(url, headers=headers, stream=True, timeout=TIMEOUT) as answer:
                answer.raise_for_status()
                continued = answer.status_code == requests.codes.partial_content
                with part.open("ab" if continued else "wb") as file, Progress(transient=True) as progress:
                    bar = progress.add_task(done.name, total=size, completed=file.tell())
                    for chunk in answer.iter_content(1 << 16):
                        file.write(chunk)
                        progress.advance(bar, len(chunk))
                        if file.tell() > size:
                            break
    except requests.RequestException as error:
        kept = f" {part.stat().st_size:,} bytes are kept; the next call continues." if part.exists() else ""
        raise PhotosUnavailable(
            f"The photos could not be fetched from {url} ({type(error).__name__}).{kept} "
            "Name an archive or a folder of your own in the environment variable COURSE_DATA_DIR."
        ) from error
    if part.stat().st_size < size:
        raise PhotosUnavailable(f"The download ended early; {part.stat().st_size:,} bytes are kept. Call again.")
    if part.stat().st_size > size:
        part.unlink()
        raise PhotosUnavailable(f"{url} sent a larger file than the {size:,} bytes that it should.")
    part.replace(done)
    return done


def unpack(archive: Path, folder: Path) -> Path:
    """Unpack the photos of an archive into ``folder``: all of them or none.

    Files that are no photos of the layout are left out. An archive that reaches outside its folder, holds links, or
    would grow beyond 2 GB is refused.

    Raises:
        PhotosUnavailable: where the archive is damaged, hostile, or of another layout; a damaged one of our own cache
            is deleted, so that the next call fetches it anew.
    """
    if ready := _complete(folder):
        return ready
    temporary = Path(tempfile.mkdtemp(dir=folder.parent, prefix="unpacking-"))
    try:
        with zipfile.ZipFile(archive) as opened:
            _extract(opened, temporary)
        if not _complete(temporary):
            raise PhotosUnavailable(f"{archive} does not hold photos in the four folders {', '.join(FOLDERS)}.")
        temporary.chmod(0o755)
        temporary.rename(folder)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        if archive.parent == cache.folder():
            archive.unlink(missing_ok=True)
        raise PhotosUnavailable(f"{archive} is damaged ({error}).") from error
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
    return folder


def _extract(archive: zipfile.ZipFile, folder: Path) -> None:
    members = archive.infolist()
    if len(members) > MAX_FILES or sum(member.file_size for member in members) > MAX_BYTES:
        raise PhotosUnavailable(f"{archive.filename} would unpack to far more than photos; it is refused.")
    for member in members:
        name = member.filename.replace("\\", "/")
        if name.startswith("/") or ".." in name.split("/") or ":" in name or stat.S_ISLNK(member.external_attr >> 16):
            raise PhotosUnavailable(f"{archive.filename} reaches outside its folder ({name!r}); it is refused.")
        if photo := PHOTO.fullmatch(name):
            target = folder / photo[1].lower() / photo[2].lower() / photo[3]
            target.parent.mkdir(parents=True, exist_ok=True)
            with archive.open(member) as source, target.open("wb") as copy:
                shutil.copyfileobj(source, copy)  # reads no more than file_size says, and checks the sum


def _complete(folder: Path) -> Path | None:
    """``folder`` where each of the four folders has a file in it, else None."""
    filled = all((folder / name).is_dir() and any((folder / name).iterdir()) for name in FOLDERS)
    return folder if filled else None


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()[:16]
