"""Any folder of class names is read; what cannot be used is said, with what to do about it."""

import shutil

import numpy as np
import pytest
from PIL import Image

from course_lib import own_photos, photos


def fill(folder, counts, suffix=".jpg"):
    """Small pictures, each of one colour of its own."""
    for name, count in counts.items():
        (folder / name).mkdir(parents=True)
        for i in range(count):
            Image.new("RGB", (40 + i, 30), (10 * i, 0, 0)).save(folder / name / f"{i:02}{suffix}")
    return folder


def test_the_names_of_the_folders_are_the_classes(tmp_path):
    fill(tmp_path, {"mugs": 6, "glasses": 5, "Übriges & mehr": 7}, ".PNG")
    (tmp_path / ".hidden").mkdir()
    (tmp_path / "__MACOSX").mkdir()
    (tmp_path / "notes.txt").write_text("not a class")
    (tmp_path / "mugs" / "notes.txt").write_text("not a photo")
    (tmp_path / "mugs" / "._00.PNG").write_bytes(b"what macOS leaves")
    mine = own_photos.read(tmp_path, size=16)
    assert mine.names == ["glasses", "mugs", "Übriges & mehr"]
    assert np.bincount(mine.labels).tolist() == [5, 6, 7] and sorted(mine.labels) == mine.labels.tolist()
    assert mine.images.shape == (18, 16, 16, 3) and mine.images.dtype == np.uint8
    assert mine.files[5] == tmp_path / "mugs" / "00.PNG"


def test_home_may_be_written_short(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    fill(tmp_path / "photos", {"a": 5, "b": 5})
    assert len(own_photos.read("~/photos", size=8).images) == 10


def test_of_many_photos_each_class_gives_its_share(tmp_path, capsys):
    fill(tmp_path, {"a": 30, "b": 10, "c": 5})
    mine = own_photos.read(tmp_path, size=8, most=24)
    assert np.bincount(mine.labels).tolist() == [16, 5, 5], "evenly, but no class falls below what five folds need"
    assert mine.files[0].name == "00.jpg" and mine.files[15].name == "29.jpg"
    assert capsys.readouterr().out == "45 photos are there. 26 of them are taken, of each class its share.\n"


def broken(folder):
    fill(folder, {"a": 5, "b": 6})
    (folder / "a" / "02.jpg").write_bytes((folder / "a" / "02.jpg").read_bytes()[:200])
    (folder / "b" / "new.heic").write_bytes(b"no photo")


def nested(folder):
    fill(folder / "train", {"a": 5, "b": 5})
    fill(folder / "validation", {"a": 5, "b": 5})


FAULTS = {
    "nothing there": (shutil.rmtree, "There is no folder .*photos.* whole path"),
    "an archive": (
        lambda folder: (folder.rmdir(), folder.write_bytes(b"PK")),
        "is a file. Unpack it, if it is an archive",
    ),
    "no folders in it": (
        lambda folder: Image.new("L", (9, 9)).save(folder / "1.png"),
        "holds photos and no folders.* name the folder above it",
    ),
    "empty": (lambda folder: None, "holds no folders. Make a folder for each class"),
    "one class": (lambda folder: fill(folder, {"mugs": 9}), "one class only, mugs. .* Make a folder for each class"),
    "too few": (lambda folder: fill(folder, {"a": 4, "b": 9, "c": 0}), r"Too few photos: a \(4\), c \(0\).* needs 5"),
    "split already": (nested, "train in .* holds folders and no photos.* name .*train"),
    "broken": (broken, r"No photo that can be read: a/02.jpg, b/new.heic\. Open it .* save it as JPEG"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_what_is_wrong_is_said_and_what_to_do(tmp_path, fault):
    make, words = FAULTS[fault]
    folder = tmp_path / "photos"
    folder.mkdir()
    make(folder)
    with pytest.raises(own_photos.PhotosUnusable, match=words):
        own_photos.read(folder, size=8)


def test_features_are_kept_under_a_name_of_their_own(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    images = np.zeros((2, 4, 4, 3), dtype="uint8")
    brighter = images.copy()
    brighter[1, 2, 3, 0] = 1
    cases = [
        ("lite0", lambda x: x / 255, images),
        ("resnet", lambda x: x / 255, images),
        ("lite0", lambda x: x / 128, images),
        ("lite0", lambda x: x / 255, brighter),
        ("lite0", lambda x: x / 255, images[:1]),
    ]
    files = [own_photos.features_file(*case) for case in cases]
    assert len(set(files)) == 5 and files[0] == own_photos.features_file(*cases[0])
    assert files[0].suffix == ".npy" and tmp_path in files[0].parents and not files[0].exists()


def test_the_examples_are_a_folder_as_one_has_it_at_home(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    folder = photos.examples()
    mine = own_photos.read(folder, size=32)
    assert mine.names == list(photos.EXAMPLES) and len(mine.files) == 3 * 24
    told = {file.name: file.parent.name for file in mine.files}
    assert {name: place for name, place in told.items() if not name.startswith(place)} == photos.MISLAID
    assert photos.examples() == folder
