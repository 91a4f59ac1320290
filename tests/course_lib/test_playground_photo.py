"""The playground of lesson 08: any photo is looked at, a file that is none is refused kindly."""

import datetime
import io

import pytest
from PIL import Image
from skimage import data

from course_lib import backbones, playground
from course_lib.playground.photo import Look


@pytest.fixture(scope="module")
def lite0():
    return backbones.load("efficientnet_lite0")


def upload(image: Image.Image, form: str) -> io.BytesIO:
    buffer = io.BytesIO()
    image.save(buffer, form)
    return buffer


KINDS = [(form, mode) for form in ("JPEG", "PNG", "GIF", "WEBP") for mode in ("L", "RGB", "P")]


@pytest.mark.parametrize(("form", "mode"), [kind for kind in KINDS if kind != ("JPEG", "P")])  # it has no palettes
def test_photos_of_every_kind(lite0, form, mode):
    photo = Image.fromarray(data.chelsea()).resize((90, 60)).convert(mode)
    look = Look.at(lite0, upload(photo, form))
    assert look.image.shape == (224, 224, 3) and len(look.top) == 5


def test_the_picture_in_words_names_classes_and_place(lite0):
    look = Look.at(lite0, data.chelsea())
    words = look.describe("tabby")
    assert "Egyptian cat 3" in words and "what speaks for tabby" in words
    assert look.heat("tabby").shape == (7, 7)
    assert words.replace('"', "&quot;") in look.html("tabby")


def test_a_file_that_is_no_photo(lite0):
    with pytest.raises(OSError):
        Look.at(lite0, io.BytesIO(b"hello"))


def test_widget_loads_a_photo_changes_the_class_and_survives_a_wrong_file(lite0, monkeypatch):
    shown = []
    monkeypatch.setattr("course_lib.playground.view.show", lambda widget, fallback: shown.append((widget, fallback)))
    playground.photo(lite0, data.chelsea())
    ((panel, fallback),) = shown
    (chooser, names), message, picture = panel.children[0].children, *panel.children[1:]
    assert fallback.startswith("<img alt=") and picture.value == fallback
    names.value = names.options[1]
    assert f"what speaks for {names.options[1]}" in picture.value

    def choose(content):
        file = {"name": "x", "type": "image/png", "size": len(content), "content": memoryview(content)}
        file["last_modified"] = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
        chooser.set_trait("value", (file,))

    choose(upload(Image.fromarray(data.coffee()), "PNG").getvalue())
    assert names.value == "espresso" and "what speaks for espresso" in picture.value
    choose(b"no photo")
    assert "no photo" in message.value and "espresso" in picture.value
