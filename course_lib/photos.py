"""A folder of real photographs for lessons that read images from disk. No download is needed."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from course_lib import cache

if TYPE_CHECKING:
    from PIL import Image

CLASSES = ("grass", "gravel")
"""The two photographs of scikit-image that the patches are cut from."""

SIZE = 112
"""Height and width of a patch in pixels."""

COUNTS = {"train": 1000, "validation": 400}
"""Patches of each class."""

COLUMNS = {"train": (0, 320), "validation": (320, 512)}
"""The part of the photograph, from column to column, that a patch may come from. The two do not touch."""

EXAMPLES = ("brick", "grass", "gravel")
"""The three kinds of photographs in :func:`examples`."""

MISLAID = {"brick-07.jpg": "gravel", "gravel-15.jpg": "brick"}
"""Files of :func:`examples` that lie in the wrong folder, and in which."""

SUFFIXES = (".jpg", ".jpeg", ".png")


def textures() -> Path:
    """A folder with 2,800 photographs of grass and gravel: JPEG files of 112 × 112 pixels in three equal channels.

    Patches cut at random places from two photographs of 512 × 512 pixels, at random brightness. Training patches come
    from the left 320 columns, validation patches from the other 192: no pixel is in both. Patches of one part overlap.

    Returns:
        Path of a folder, the same photographs on every call::

            train/grass/0000.jpg ... 0999.jpg    validation/grass/0000.jpg ... 0399.jpg
            train/gravel/...                     validation/gravel/...

        It is made at the first call (a few seconds) and kept in the user's cache folder, or in the temporary folder
        where that cannot be written.

    Source:
        "Grass" (Linolafett, DeviantArt) and "gravel" (CC0Textures), both CC0, through the package scikit-image.
    """
    return _once("textures-3", _cut)


def examples() -> Path:
    """A folder as somebody at home would make one: brick, grass and gravel, 24 photos each, and no split.

    **Two photos lie in the wrong folder** (:data:`MISLAID`), as it happens at home.

    Returns:
        Path of a folder with the folders ``brick``, ``grass`` and ``gravel``, made at the first call and kept.

    Source:
        Patches of "brick", "gravel" (CC0Textures) and "grass" (Linolafett, DeviantArt), all CC0, through scikit-image.
    """
    return _once("example-photos-1", _lay_out)


def listing(folder: Path) -> tuple[list[Path], np.ndarray]:
    """The photos in ``folder/<class>/`` and their labels.

    Returns:
        Paths, class by class, sorted; and an array of the same length: 0 for the first class in alphabetical order,
        1 for the next.
    """
    classes = sorted(path.name for path in folder.iterdir() if path.is_dir())
    paths = [path for name in classes for path in sorted((folder / name).iterdir()) if path.suffix.lower() in SUFFIXES]
    return paths, np.array([classes.index(path.parent.name) for path in paths], dtype=int)


def load(path: str | Path, size: int | None = None) -> np.ndarray:
    """Decode one photo: float32, shape (height, width, 3), values 0 to 255; scaled to a square of ``size`` if given.

    Raises:
        OSError: where it is no photo.
    """
    from PIL import Image

    with Image.open(path) as image:
        rgb = image.convert("RGB")
        return np.asarray(rgb.resize((size, size)) if size else rgb, dtype="float32")


def _once(name: str, fill: Callable[[Path], None]) -> Path:
    """The folder ``name`` in the course's cache; where it is not there yet, ``fill`` makes it."""
    folder = cache.folder() / name
    if not folder.is_dir():
        making = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f"{name}-"))
        try:
            fill(making)
            making.chmod(0o755)  # as other folders are: a hand-in is graded as a user of its own
            making.rename(folder)  # all or nothing: a second process never sees half a folder
        except OSError:
            if not folder.is_dir():
                raise
        finally:
            shutil.rmtree(making, ignore_errors=True)
    return folder


def _cut(folder: Path) -> None:
    rng = np.random.default_rng(7)
    for name in CLASSES:
        photo = _photo(name)
        for split, columns in COLUMNS.items():
            target = folder / split / name
            target.mkdir(parents=True)
            for number in range(COUNTS[split]):
                _patch(photo, columns, rng).save(target / f"{number:04}.jpg", quality=90)


def _lay_out(folder: Path) -> None:
    rng = np.random.default_rng(8)
    for name in EXAMPLES:
        (folder / name).mkdir()
    for name in EXAMPLES:
        photo = _photo(name)
        for number in range(24):
            file = f"{name}-{number:02}.jpg"  # says what it is; no network reads names
            place = MISLAID.get(file, name)
            _patch(photo, (0, photo.shape[1]), rng).save(folder / place / file, quality=90)


def _patch(photo: np.ndarray, columns: tuple[int, int], rng: np.random.Generator) -> Image.Image:
    """A patch of a photograph, cut at a random place between two columns, at random brightness."""
    from PIL import Image

    row = rng.integers(0, photo.shape[0] - SIZE + 1)
    column = rng.integers(columns[0], columns[1] - SIZE + 1)
    patch = photo[row : row + SIZE, column : column + SIZE] * rng.uniform(0.6, 1.2)
    return Image.fromarray(patch.clip(0, 255).astype("uint8")).convert("RGB")


def _photo(name: str) -> np.ndarray:
    """One of scikit-image's photographs: shape (512, 512), values 0 to 255."""
    import skimage

    photo: np.ndarray = getattr(skimage.data, name)()
    return photo.astype("float32")
