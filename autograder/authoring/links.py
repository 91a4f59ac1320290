"""The course's address on GitHub, in one place, and every link that is made from it.

The place is ``pyproject.toml``: ``[project.urls]``, ``Repository``. Links lead to the branch that
:mod:`autograder.authoring.publish` makes, where there are no solutions. Sources of the forms: Binder's and Colab's own
pages ("Open in Colab": github/OWNER/REPO/blob/BRANCH/PATH); "Facilitating quick creation and resumption of codespaces"
in GitHub's documentation.
"""

from __future__ import annotations

import re
import subprocess
import tomllib
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from autograder.course import CourseError

BRANCH = "students"
HOSTS = ("github.com", "mybinder.org/v2/gh", "codespaces.new", "colab.research.google.com/github")
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]*/[\w.-]+", re.ASCII)
PLACE = "pyproject.toml"


@dataclass(frozen=True)
class Links:
    """Where a repository's lessons are opened. Paths are relative to the branch's root."""

    repository: str
    """``OWNER/REPO``."""

    @property
    def home(self) -> str:
        return f"https://github.com/{self.repository}"

    @property
    def site(self) -> str:
        """The course on the web, as GitHub Pages serves it (https://docs.github.com/pages)."""
        owner, _, name = self.repository.partition("/")
        return f"https://{owner.lower()}.github.io/{name}/"

    @property
    def branch(self) -> str:
        """The branch as GitHub shows it."""
        return f"{self.home}/tree/{BRANCH}"

    @property
    def zip(self) -> str:
        """The branch in one file."""
        return f"{self.home}/archive/refs/heads/{BRANCH}.zip"

    @property
    def codespaces(self) -> str:
        return f"https://codespaces.new/{self.repository}/tree/{BRANCH}?quickstart=1"

    def read(self, path: str) -> str:
        """A file as GitHub shows it."""
        return f"{self.home}/blob/{BRANCH}/{path}"

    def binder(self, path: str) -> str:
        return f"https://mybinder.org/v2/gh/{self.repository}/{BRANCH}?urlpath={quote(f'lab/tree/{path}')}"

    def colab(self, path: str) -> str:
        return f"https://colab.research.google.com/github/{self.repository}/blob/{BRANCH}/{path}"


def links(root: Path) -> Links:
    """The links of the course in ``root``.

    Raises:
        CourseError: where its settings name no repository.
    """
    try:
        project = tomllib.loads((root / PLACE).read_text(encoding="utf-8"))["project"]
        return Links(_name(project["urls"]["Repository"]))
    except (OSError, ValueError, KeyError, TypeError) as error:
        form = '[project.urls]\nRepository = "https://github.com/OWNER/REPO"'
        raise CourseError(
            f"{PLACE} does not say where the course is on GitHub ({error}). Write into it:\n{form}"
        ) from None


def remote(root: Path) -> str:
    """``OWNER/REPO`` of git's remote ``origin``.

    Raises:
        CourseError: where there is none on GitHub.
    """
    command = ["git", "-C", str(root), "remote", "get-url", "origin"]
    try:
        return _name(subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip())
    except (OSError, subprocess.CalledProcessError, ValueError):
        raise CourseError(
            "git's remote `origin` is not on GitHub, or there is none. Say the name: autograder links OWNER/REPO"
        ) from None


def rewrite(root: Path, repository: str) -> list[Path]:
    """Write another repository into every link of the course; returns the files that have changed.

    Raises:
        CourseError: where this is no name of a repository.
    """
    try:
        new = _name(repository)
    except ValueError as error:
        raise CourseError(f"{error}. It looks like this: autograder links OWNER/REPO") from None
    old, here = links(root).repository, links(root).site
    hosts = "|".join(map(re.escape, HOSTS))
    known = re.compile(rf"(?P<before>https://(?:{hosts})/){re.escape(old)}(?![\w.-])")
    changed = []
    for path in pages(root):
        text = path.read_text(encoding="utf-8")
        written = known.sub(lambda match: match["before"] + new, text).replace(here, Links(new).site)
        if written != text:
            path.write_text(written, encoding="utf-8")
            changed.append(path)
    return changed


def pages(root: Path) -> list[Path]:
    """The files that hold such links, the place where the repository is named among them."""
    found = [root / PLACE, root / "README.md", root / "CONTRIBUTING.md", root / "notebooks" / "README.md"]
    return [path for path in [*found, *sorted((root / "docs").rglob("*.md"))] if path.is_file()]


def _name(said: str) -> str:
    """``OWNER/REPO`` in an address, or as it was said.

    Raises:
        ValueError: where it is neither.
    """
    name = re.sub(r"^(?:https://(?:[^/@]+@)?github\.com/|(?:ssh://)?git@github\.com[:/])", "", said.strip())
    name = name.rstrip("/").removesuffix(".git")
    if not NAME.fullmatch(name):
        raise ValueError(f"{said!r} is no repository on GitHub")
    return name
