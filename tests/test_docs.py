"""What README, CONTRIBUTING and the pages of docs/ name exists: commands, settings, files, pictures with words."""

import importlib.util
import re
from pathlib import Path

import pytest
from typer.main import get_command

from autograder.cli import app

ROOT = Path(__file__).resolve().parents[1]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
each_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))


def code(page) -> str:
    """All that the page shows as code, in blocks and in lines."""
    text = page.read_text(encoding="utf-8")
    return "\n".join(re.findall(r"```.*?```|`[^`\n]+`", text, flags=re.S))


@each_page
def test_every_command_of_the_autograder_exists_with_its_options(page):
    commands = get_command(app).commands
    for name, rest in re.findall(r"(?:^|[`$ ])autograder ([a-z-]+)([^`\n|]*)", code(page), flags=re.M):
        assert name in commands, name
        known = {option for parameter in commands[name].params for option in parameter.opts} | {"--help"}
        assert set(re.findall(r"--[a-z-]+", rest)) <= known, f"autograder {name}{rest}"


@each_page
def test_every_make_target_exists(page):
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), flags=re.M))
    assert set(re.findall(r"\bmake ([a-z-]+)", code(page))) <= targets


@each_page
def test_links_lead_somewhere_and_pictures_have_words(page):
    text = page.read_text(encoding="utf-8")
    for words, target in re.findall(r"!\[([^\]]*)\]\(([^)]+)\)", text):
        assert len(words.split()) >= 4, f"{target} wants a text for those who cannot see it"
    for target in re.findall(r"\]\(([^)#]+)", text):
        assert target.startswith("http") or (page.parent / target).exists(), target


@each_page
def test_every_command_of_nbgrader_exists(page):
    from nbgrader.apps import NbGraderApp

    for words in re.findall(r"\bnbgrader (db \w+ \w+|[a-z_]+)", code(page)):
        known = NbGraderApp.subcommands
        for word in words.split():
            assert word in known, words
            known = known[word][0].subcommands


def test_every_setting_is_one_of_nbgrader_or_ours():
    import nbgrader.auth
    from nbgrader.apps import NbGraderApp
    from nbgrader.coursedir import CourseDirectory
    from nbgrader.exchange.default.exchange import Exchange

    from autograder.plugins import Execute, LateDays

    known = {one.__name__: set(one.class_trait_names(config=True)) for one in NbGraderApp().all_configurable_classes()}
    for one in (CourseDirectory, Exchange, nbgrader.auth.Authenticator, Execute, LateDays):
        known[one.__name__] = set(one.class_trait_names(config=True))
    hub = {"JupyterHub", "Spawner"}
    if importlib.util.find_spec(
        "jupyterhub"
    ):  # one of the tests' tools; tests/browser/test_hub.py says where it is missing
        from jupyterhub.app import JupyterHub
        from jupyterhub.spawner import Spawner

        hub = set()
        known |= {one.__name__: set(one.class_trait_names(config=True)) for one in (JupyterHub, Spawner)}
    for owner, name in re.findall(r"\bc\.([A-Z]\w+)\.(\w+)", "\n".join(map(code, PAGES))):
        if owner in hub:
            continue
        assert name in known[owner], f"c.{owner}.{name}"


def test_every_lesson_is_on_the_map():
    picture = (ROOT / "docs" / "lessons.svg").read_text(encoding="utf-8")
    assert "<title" in picture and "<desc" in picture
    shown = set(re.findall(r">(\d\d)</text>", picture))
    assert {folder.name[:2] for folder in (ROOT / "notebooks").glob("[0-9][0-9]_*")} <= shown
