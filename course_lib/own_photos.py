"""Photos of your own, in one folder for each class: ``own_photos.read(folder, size=224)`` (lesson 08).

Nothing has to be split, resized or renamed. What cannot be used is said, with what to do about it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from pathlib import Path

import numpy as np

from course_lib import cache, transfer

LEAST = 5
"""Photos of a class: with so few, each of five folds tests one."""

MOST = 600
"""Photos in all. Of more, so many are taken: 90 MB of pixels, some 15 seconds of a laptop."""

SUFFIXES = (*(".jpg", ".jpeg", ".png", ".webp", ".bmp", ".gif", ".tif", ".tiff"), *(".heic", ".heif", ".avif"))
"""What is taken for a photo. Phones write the last three; where they cannot be read, the error says so."""


class PhotosUnusable(ValueError):
    """The photos cannot be used as they are; the message says why, and what to do."""


def read(folder: str | Path, size: int, most: int = MOST) -> transfer.Photos:
    """Read the photos in ``folder/CLASS/``, middle square, scaled. The names of the folders are the classes.

    Other files, and those whose name begins with a dot, are left alone. The photos come sorted by class.

    Args:
        folder: holds one folder for each class; ``~`` is your home.
        size: side of the square in pixels.
        most: take so many photos in all, of each class its share, evenly spaced; says so where there are more.

    Raises:
        PhotosUnusable: where there is no such folder, where it holds fewer than two classes, a class fewer than
            :data:`LEAST` photos, or where a file is no photo that can be read.
    """
    files = _classes(Path(folder).expanduser())
    total = sum(map(len, files.values()))
    if total > most:
        files = {name: transfer.evenly(found, max(LEAST, len(found) * most // total)) for name, found in files.items()}
        taken = sum(map(len, files.values()))
        print(f"{total:,} photos are there. {taken:,} of them are taken, of each class its share.")
    labels = np.repeat(np.arange(len(files)), [len(found) for found in files.values()])
    chosen = [file for found in files.values() for file in found]
    return transfer.Photos(_squares(chosen, size), labels, list(files), chosen)


def features_file(network: str, prepare: Callable[[np.ndarray], np.ndarray], images: np.ndarray) -> Path:
    """Where the features of these photos are kept, in the course's cache: a name for each content.

    Another photo, another network, or another way to prepare pixels gives another name: no old file is taken for it.

    Args:
        network: its name.
        prepare: pixels 0 … 255 (uint8) → what the network expects.
        images: (n, height, width, 3) uint8.
    """
    every = np.arange(256, dtype="uint8")
    digest = hashlib.sha256(f"{network} {images.shape}".encode())
    digest.update(images.tobytes())
    digest.update(np.asarray(prepare(every), "float32").tobytes())
    return cache.folder() / f"features-{digest.hexdigest()[:16]}.npy"


def _classes(folder: Path) -> dict[str, list[Path]]:
    """The photos of each class."""
    if not folder.exists():
        raise PhotosUnusable(f"There is no folder {folder}. Write its whole path, as your file manager shows it.")
    if not folder.is_dir():
        raise PhotosUnusable(f"{folder} is a file. Unpack it, if it is an archive, and name the folder that comes out.")
    files = {
        child.name: _photos_in(child)
        for child in sorted(folder.iterdir())
        if child.is_dir() and not child.name.startswith((".", "__"))
    }
    form = (
        f"Make a folder for each class, such as {folder / 'mugs'} and {folder / 'glasses'}, and put your photos there."
    )
    if not files and _photos_in(folder):
        raise PhotosUnusable(
            f"{folder} holds photos and no folders. If it is one of your classes, name the folder above it. If not: "
            f"{form}"
        )
    if not files:
        raise PhotosUnusable(f"{folder} holds no folders. {form}")
    split = [name for name, found in files.items() if not found and any(p.is_dir() for p in (folder / name).iterdir())]
    if split:
        raise PhotosUnusable(
            f"{split[0]} in {folder} holds folders and no photos. If those are your classes, name {folder / split[0]}. "
            "Nothing has to be split."
        )
    if len(files) == 1:
        raise PhotosUnusable(f"There is one class only, {next(iter(files))}. It takes two to tell apart. {form}")
    few = [f"{name} ({len(found)})" for name, found in files.items() if len(found) < LEAST]
    if few:
        raise PhotosUnusable(
            f"Too few photos: {', '.join(few)}. Each class needs {LEAST}, one for each fold; 20 or more are better. "
            f"Add some to {folder}, or take the folder away."
        )
    return files


def _photos_in(folder: Path) -> list[Path]:
    """Its photos, by name; hidden files are none (macOS writes ``._photo.jpg`` beside ``photo.jpg``)."""
    found = [file for file in folder.iterdir() if file.suffix.lower() in SUFFIXES and not file.name.startswith(".")]
    return sorted(found)


def _squares(files: Iterable[Path], size: int) -> np.ndarray:
    images, broken = [], []
    for file in files:
        try:
            images.append(transfer.middle_square(file, size))
        except Exception:  # Pillow raises many kinds for a damaged file
            broken.append(f"{file.parent.name}/{file.name}")
    if broken:
        shown = ", ".join(broken[:5]) + (f" and {len(broken) - 5} more" if len(broken) > 5 else "")
        raise PhotosUnusable(
            f"No photo that can be read: {shown}. Open it in an image viewer and save it as JPEG, or take it "
            "out of its folder. Then run the cell again."
        )
    return np.stack(images)
