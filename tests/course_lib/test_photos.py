"""The folder of photos: two kinds, two splits that share no pixel, the same on every call."""

import os

import numpy as np
import pytest
from PIL import Image

from course_lib import photos


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield photos.textures()


def test_counts_and_labels(folder):
    for split, count in photos.COUNTS.items():
        paths, labels = photos.listing(folder / split)
        assert len(paths) == len(labels) == 2 * count
        assert {path.parent.name for path in paths} == set(photos.CLASSES)
        assert all(photos.CLASSES[label] == path.parent.name for path, label in zip(paths, labels, strict=True))


def test_a_photo_is_decoded_as_it_is_or_scaled(folder):
    path = photos.listing(folder / "train")[0][0]
    image, small = photos.load(path), photos.load(str(path), size=40)
    assert image.shape == (112, 112, 3) and small.shape == (40, 40, 3)
    assert image.dtype == small.dtype == np.float32
    assert 0 <= image.min() < image.max() <= 255
    assert abs(image.mean() - small.mean()) < 3


def test_a_file_that_is_no_photo(tmp_path):
    (tmp_path / "x.jpg").write_bytes(b"no photo")
    with pytest.raises(OSError):
        photos.load(tmp_path / "x.jpg")


def test_listing_takes_photos_of_any_spelling_and_nothing_else(tmp_path):
    for name in ("b/2.JPG", "b/1.jpeg", "a/1.png", "a/notes.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        Image.new("RGB", (4, 4)).save(tmp_path / name, format="PNG")
    (tmp_path / "readme").write_text("not a class")
    paths, labels = photos.listing(tmp_path)
    assert [str(path.relative_to(tmp_path)) for path in paths] == ["a/1.png", "b/1.jpeg", "b/2.JPG"]
    assert labels.tolist() == [0, 1, 1]


def test_an_empty_folder_has_no_photos(tmp_path):
    paths, labels = photos.listing(tmp_path)
    assert paths == [] and labels.shape == (0,)


def test_the_two_splits_come_from_columns_that_do_not_touch():
    (_, end), (start, _) = photos.COLUMNS["train"], photos.COLUMNS["validation"]
    assert end <= start


@pytest.mark.skipif(os.name == "nt", reason="Windows has other rights")
def test_other_users_of_this_machine_may_read_them(folder):
    """A hand-in is graded as a user of its own, where the grader is root."""
    assert all(path.stat().st_mode & 0o055 == 0o055 for path in (folder, folder / "train", folder / "train" / "grass"))


def test_made_once_and_whole(folder, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder.parents[1]))
    first = folder / "train" / "grass" / "0000.jpg"
    made = first.stat().st_mtime_ns
    assert photos.textures() == folder and first.stat().st_mtime_ns == made
    assert not [path for path in folder.parent.iterdir() if path.name.startswith("textures-") and path != folder]


def test_the_same_photos_in_another_cache(folder, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    other = photos.textures()
    assert other != folder
    for name in ("train/grass/0007.jpg", "validation/gravel/0399.jpg"):
        assert (other / name).read_bytes() == (folder / name).read_bytes()
