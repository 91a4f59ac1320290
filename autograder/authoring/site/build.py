"""Builds the site: student versions and outputs into pages, these through Sphinx, then a last look for leaks."""

from __future__ import annotations

import html
import io
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from autograder.authoring.links import Links, links
from autograder.authoring.outputs import Outputs, kept, outputs_of
from autograder.authoring.release import leaks, student_versions
from autograder.authoring.site import formulas, look, page_checks
from autograder.authoring.site.figures import Figures, thumbnail
from autograder.authoring.site.lesson_page import Page, markdown
from autograder.authoring.site.start_page import DESCRIPTION, TITLE, Card, card, leads_to, read_drawing, start_page
from autograder.course import Cell, Course, CourseError, Lesson, read_notebook
from autograder.processes.scratch import scratch
from course_lib.check.hints import read_hints
from course_lib.files import write_text
from course_lib.student.start_page import PARTS, read_lesson


@dataclass(frozen=True)
class _Made:
    """A lesson on its way to a page."""

    lesson: Lesson
    version: Path
    """Folder of the student's version."""
    cells: list[Cell]
    """Of the student's version."""
    card: Card
    figures: Figures
    here: frozenset[str] = frozenset()
    """The exercises that are answered in its page."""


def build(course: Course, site: Path, tell: Callable[[str], None], names: list[str] | None = None) -> Path:
    """Build the site; an old one stays until the new one is complete. Returns its folder.

    Args:
        course: the course.
        site: the folder to make.
        tell: takes a line that says what is being done.
        names: the lessons to show, by default all.

    Raises:
        CourseError: where a lesson does not run or is not released, Sphinx warns, or a page would give something away.
    """
    where, lessons = links(course.root), course.lessons(names)
    shown = {lesson: _outputs(course, lesson, tell) for lesson in lessons}
    with scratch() as place:
        sources, pages = place / "sources", place / "pages"
        tell("the student's versions")
        versions = dict(student_versions(course, lessons, place / "versions"))
        tell("the pages")
        made = [_read(lesson, versions[lesson], sources) for lesson in lessons]
        here = page_checks.add([(one.lesson, one.cells) for one in made], sources / "_static", tell)
        made = [replace(one, here=here.get(one.lesson, frozenset())) for one in made]
        _write_sources(course, made, shown, where, sources)
        _sphinx(course, made, where, sources, pages)
        _finish(course, made, where, pages)
        found = [f"{one.lesson.name}: {fault}" for one in made for fault in gives_away(one.lesson, one.version, pages)]
        if found:
            raise CourseError(f"The site is not built, it would give away: {'; '.join(found)}.")
        return _install(pages, site)


def _outputs(course: Course, lesson: Lesson, tell: Callable[[str], None]) -> Outputs:
    if not kept(course.root, lesson.notebook).exists():
        tell(f"running {lesson.name} once, to see what it shows (a minute or two)")
    return outputs_of(course.root, lesson.notebook)


def _read(lesson: Lesson, version: Path, sources: Path) -> _Made:
    notebook = version / lesson.notebook.name
    cells = read_notebook(notebook)["cells"]
    about = card(lesson.name, read_lesson(notebook), cells[0]["source"])
    return _Made(lesson, version, cells, about, Figures(sources))


def _write_sources(
    course: Course, made: list[_Made], shown: dict[Lesson, Outputs], where: Links, sources: Path
) -> None:
    """Write a page of Markdown for each lesson, and the first page."""
    cards = [one.card for one in made]
    for one in made:
        hints = one.version / "hints.md"
        texts = read_hints(hints.read_text(encoding="utf-8")) if hints.is_file() else {}
        head, name = _head(one, cards, where), one.lesson.name
        page = Page(one.cells, shown[one.lesson], texts, one.figures, head, name, one.here)
        write_text(sources / f"{one.card.page}.md", markdown(page))
    pictures = {one.card.number: one.figures.found[0] for one in made if one.figures.found}
    small = {number: thumbnail(sources, path) for number, path in pictures.items()}
    begin = start_page(cards, where, read_drawing(course.root), pictures, small)
    write_text(sources / "index.md", begin + _contents(cards))


def _head(one: _Made, cards: list[Card], where: Links) -> str:
    """What stands below a lesson's title: its place in the course, and where it runs."""
    pages, after = {other.number: other for other in cards}, leads_to(cards)

    def linked(numbers: list[int] | tuple[int, ...]) -> str:
        found = [f'<a href="{pages[n].page}.html">{n:02}</a>' for n in numbers if n in pages]
        return ", ".join(found)

    facts = [f"Lesson {one.card.number:02}", one.card.part, one.card.summary.time]
    facts += [f"builds on {linked(one.card.builds_on)}"] * bool(one.card.builds_on)
    facts += [f"leads to {linked(after[one.card.number])}"] * bool(after[one.card.number])
    path = f"release/{one.lesson.name}/{one.lesson.notebook.name}"
    doors = [
        ("Binder", where.binder(path), "no account needed"),
        ("Colab", where.colab(path), "with a Google account"),
        ("Codespaces", where.codespaces, "with a GitHub account"),
        ("Notebook file", f"{one.lesson.name}.ipynb", "to run where the course is installed"),
    ]
    opened = " ".join(f'<a class="door" href="{html.escape(to)}" title="{said}">{name}</a>' for name, to, said in doors)
    if one.here:
        facts.append(f"{len(one.here)} of {len(one.lesson.exercises)} exercises can be answered in this page")
    return (
        f'<p class="facts">{" · ".join(filter(None, facts))}</p>\n'
        f'<p class="doors" id="run-it"><span>Run it yourself:</span> {opened}</p>'
    )


def _contents(cards: list[Card]) -> str:
    """Sphinx's table of contents, which the bar at the side shows."""
    text = ""
    for part in PARTS:
        lines = [f"{one.number:02} · {one.summary.title} <{one.page}>" for one in cards if one.part == part]
        if lines:
            text += "\n".join(["", "```{toctree}", ":hidden:", f":caption: {part}", "", *lines, "```", ""])
    return text


def _sphinx(course: Course, made: list[_Made], where: Links, sources: Path, pages: Path) -> None:
    """Let Sphinx make HTML of the sources.

    Raises:
        CourseError: where it is not installed, or has something to say.
    """
    try:
        from sphinx.application import Sphinx
        from sphinx.util.docutils import docutils_namespace, patch_docutils
    except ImportError as error:
        raise CourseError(f"{error.name} is not installed, and the site is built with it: make site") from None
    playground, static = course.root / "course_lib" / "playground" / "web", sources / "_static"
    if playground.is_dir():
        shutil.copytree(playground, static / "playground")
    shutil.copy(course.root / "docs" / "hint.png", static)
    about = {
        one.card.page: {
            "title": f"{one.card.summary.title} · lesson {one.card.number:02}",
            "description": one.card.hook,
            "picture": one.figures.found[0] if one.figures.found else "",
        }
        for one in made
    }
    about["index"] = {"title": TITLE, "description": DESCRIPTION, "picture": made[0].figures.found[0]}
    options: dict[str, Any] = look.settings([str(static)], where.site, where.home) | {"course_cards": about}
    said, doctrees = io.StringIO(), pages.with_name("doctrees")
    with patch_docutils(), docutils_namespace():
        app = Sphinx(sources, None, pages, doctrees, "html", options, status=None, warning=said, freshenv=True)
        app.build(force_all=True)
    if said.getvalue().strip():
        raise CourseError(f"Sphinx has something to say:\n{said.getvalue().strip()[-4000:]}")


def _finish(course: Course, made: list[_Made], where: Links, pages: Path) -> None:
    """Add what Sphinx does not make: the notebooks, the formulas' font, a map for search engines."""
    for one in made:
        shutil.copy(one.version / one.lesson.notebook.name, pages / f"{one.lesson.name}.ipynb")
    written = {path.name: path.read_text(encoding="utf-8") for path in sorted(pages.glob("*.html"))}
    (pages / "_static" / "formulas.woff").write_bytes(formulas.font(written.values()))
    addresses = [where.site + name.replace("index.html", "") for name in written if name != "search.html"]
    listed = "".join(f"<url><loc>{html.escape(address)}</loc></url>" for address in addresses)
    sitemap = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{listed}</urlset>'
    write_text(pages / "sitemap.xml", f'<?xml version="1.0" encoding="UTF-8"?>\n{sitemap}\n')
    write_text(pages / "robots.txt", f"User-agent: *\nAllow: /\nSitemap: {where.site}sitemap.xml\n")
    write_text(pages / ".nojekyll", "")
    for needless in ("objects.inv", ".buildinfo"):
        (pages / needless).unlink(missing_ok=True)


def gives_away(lesson: Lesson, version: Path, pages: Path) -> list[str]:
    """What of a lesson the site gives away: the test of `autograder release`, on the words of its pages.

    Args:
        lesson: the instructors' version.
        version: folder of the student's version.
        pages: the built site.
    """
    own = "what the student's version itself says"  # a demonstration may do what an exercise asks
    with scratch() as place:
        folder = place / "words"
        shutil.copytree(version, folder)
        cells = read_notebook(version / lesson.notebook.name)["cells"]
        write_text(folder / own, "\n".join(cell["source"] for cell in cells))
        for name, text in page_checks.texts(pages / "_static", lesson):
            write_text(folder / name, text)
        for path in [pages / f"{lesson.name}.html", pages / "index.html", pages / "searchindex.js"]:
            text = path.read_text(encoding="utf-8")
            write_text(folder / path.name, words(text) if path.suffix == ".html" else text)
        faults = [fault.partition(" in ") for fault in leaks(lesson, folder)]
    known = {what for what, _, where in faults if where == own}
    return ["".join(fault) for fault in faults if fault[0] not in known]


def words(page: str) -> str:
    """What a page says, without its markup, line by line."""
    return html.unescape(re.sub(r"<[^>]*>", "", page))


def _install(pages: Path, site: Path) -> Path:
    """Put the new site into the place of the old one."""
    fresh = site.with_name(f".{site.name}.new")
    shutil.rmtree(fresh, ignore_errors=True)
    shutil.copytree(pages, fresh)
    shutil.rmtree(site, ignore_errors=True)
    fresh.rename(site)
    return site
