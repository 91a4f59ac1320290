"""A student's copy of the tiny lesson, as released."""

import shutil
from pathlib import Path

import pytest

from autograder.authoring.release import release
from tests.autograder.conftest import make_course


@pytest.fixture(scope="session")
def tiny_release(tmp_path_factory) -> Path:
    """The released tiny course. Only to be read from."""
    course = make_course(tmp_path_factory.mktemp("released") / "course")
    assert [made.status for made in release(course, course.lessons())] == ["made"]
    return course.release


@pytest.fixture
def own_copy(tiny_release, tmp_path) -> Path:
    """The notebook of a student's own copy of the tiny lesson."""
    shutil.copytree(tiny_release, tmp_path / "lessons")
    return tmp_path / "lessons" / "01_small_numbers" / "small_numbers.ipynb"
