"""The class report: one page that works offline and prints well, and the same numbers for spreadsheets."""

from __future__ import annotations

import contextlib
from datetime import datetime
from pathlib import Path
from statistics import mean, median
from typing import Any

from autograder.course import Course
from autograder.gradebook.late_days import LATE
from autograder.reading.sanitize import plain, write_csv
from autograder.reports.analysis import Classroom, GradedSubmission
from autograder.reports.lesson_items import title_of
from autograder.reports.pages import page

FORMGRADER = "http://localhost:8888/formgrader"
"""Where Formgrader answers, by JupyterLab's defaults, when it runs on the instructor's machine."""

ITEM_COLUMNS = "lesson,exercise,title,hand-ins,mean,full points,discrimination,seconds,not written,remark"


def write_report(classroom: Classroom, folder: Path, formgrader: str = FORMGRADER) -> list[Path]:
    """Write ``class.html`` and four tables into a folder; return their paths.

    Args:
        classroom: the class.
        folder: is made where it is not there.
        formgrader: address of Formgrader, for the links to answers that wait for a person.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "class.html"
    path.write_text(html(classroom, formgrader), encoding="utf-8")
    return [path, *_write_tables(classroom, folder)]


def html(classroom: Classroom, formgrader: str = FORMGRADER) -> str:
    """The report as a page."""
    everything = list(classroom.submissions.values())
    graded = [one for one in everything if one.graded]
    titles = {lesson.name: title_of(lesson) for lesson in classroom.lessons}
    found = {lesson: classroom.handed_in(lesson) for lesson in titles}
    to_mark = [
        {"lesson": lesson, "title": item.title, "links": links}
        for lesson, submissions in found.items()
        for item in classroom.items[lesson]
        if item.written
        and (
            links := [
                (one.student, _link(one, formgrader), one.team)
                for one in submissions
                if one.of(item).waits and not one.marked_with
            ]
        )
    ]
    flags = [
        {"student": one.student, "lesson": one.lesson, "reason": reason, "graded": one.graded}
        | {"link": _link(one, formgrader)}
        for one in sorted(everything, key=lambda one: one.graded)
        if not one.marked_with  # a team's work is looked at once
        for reason in one.problems or ([] if one.graded else ["The grader could not run it."])
    ]
    shares = [one.points / one.maximum for one in graded if one.maximum]
    return page(
        "report.html",
        now=f"{datetime.now():%d %B %Y, %H:%M}",
        names={student: person.name for student, person in classroom.people.items()},
        titles=titles,
        numbers={lesson: head if (head := lesson.partition("_")[0]).isdigit() else lesson for lesson in titles},
        items=classroom.items,
        handed_in=classroom.handed_in,
        tiles=[
            ("students", len(classroom.people)),
            ("hand-ins graded", f"{len(graded)} of {len(everything)}"),
            ("mean of the points", percent(mean(shares) if shares else None)),
            ("median", percent(median(shares) if shares else None)),
            ("written answers to mark", sum(len(row["links"]) for row in to_mark)),
            ("hand-ins to look at", len({(flag["student"], flag["lesson"]) for flag in flags})),
        ],
        to_mark=to_mark,
        flags=flags,
        notes=[
            {"student": one.student, "lesson": one.lesson, "reason": note} for one in everything for note in one.notes
        ],
        plots=[_plot(titles[lesson], submissions) for lesson, submissions in found.items()],
        maxima={lesson: sum(item.maximum for item in classroom.items[lesson]) for lesson in titles},
        rows=[_row(student, classroom) for student in classroom.people],
        statistics=classroom.statistics(),
        misconceptions=classroom.misconceptions(),
        late=[one for one in everything if one.seconds_late > 0],
        rules=classroom.rules,
        teams={lesson: teams for lesson in titles if (teams := _teams(found[lesson]))},
        missing={lesson: students for lesson in titles if (students := classroom.missing(lesson))},
        shade=_shade,
        percent=percent,
        late_by=late_by,
        short=lambda title: title.removeprefix("Exercise "),
    )


def formgrader_of(course: Course) -> str:
    """The address of Formgrader in the JupyterLab that runs in this course now; where none does, the usual one."""
    from jupyter_server.serverapp import list_running_servers

    with contextlib.suppress(OSError, KeyError, TypeError, ValueError):  # what others wrote, while it changes
        for server in list_running_servers():
            if course.root == Path(server["root_dir"]).resolve():
                return f"{server['url']}formgrader"
    return FORMGRADER


def percent(share: float | None) -> str:
    """A share, for instance 0.25, as `25 %`."""
    return "–" if share is None else f"{100 * share:.0f} %"


def duration(seconds: float) -> str:
    """A length of time in its two largest units."""
    minutes = max(1, round(seconds / 60))
    days, hours, minutes = minutes // 1440, minutes // 60 % 24, minutes % 60
    if days:
        return f"{days} d {hours} h"
    return f"{hours} h {minutes} min" if hours else f"{minutes} min"


def late_by(seconds: float) -> str:
    """How late a hand-in is: `2 h 5 min`, `late` where only that is known, empty where it is not."""
    return ("late" if seconds <= LATE.total_seconds() else duration(seconds)) if seconds > 0 else ""


def _link(one: GradedSubmission, formgrader: str) -> str:
    return f"{formgrader.rstrip('/')}/submissions/{one.notebook_id}/"


def _row(student: str, classroom: Classroom) -> dict[str, Any]:
    submissions = [classroom.submissions.get((student, lesson.name)) for lesson in classroom.lessons]
    return {
        "student": student,
        "submissions": submissions,
        "sum": sum(one.points for one in submissions if one and one.graded),
    }


def _teams(submissions: list[GradedSubmission]) -> dict[str, list[str]]:
    """Team → its members, of those who handed in together."""
    found: dict[str, list[str]] = {}
    for one in submissions:
        if one.team:
            found.setdefault(one.team, []).append(one.student)
    return found


def _shade(points: float, maximum: float) -> int:
    """0 to 4: how dark a cell is."""
    return round(4 * min(1.0, max(0.0, points / maximum))) if maximum else 0


def _plot(title: str, submissions: list[GradedSubmission]) -> dict[str, Any]:
    """A histogram of ten bars, and the same in words."""
    shares = [min(1.0, one.points / one.maximum) for one in submissions if one.maximum]
    counts = [0] * 10
    for share in shares:
        counts[min(9, int(10 * share + 1e-9))] += 1
    caption = f"{title}: {len(shares)} hand-ins"
    if shares:
        caption += f", mean {percent(mean(shares))}, median {percent(median(shares))}"
    bars = ", ".join(f"{10 * k} to {10 * k + 10} %: {count}" for k, count in enumerate(counts) if count)
    alt = f"Histogram of the shares of points. {caption}. {bars}."
    return {
        "alt": alt,
        "caption": caption,
        "counts": counts,
        "highest": max(1, *counts),
        "mean": mean(shares) if shares else None,
    }


# ------------------------------------------------------------------------------------------------- tables


def _write_tables(classroom: Classroom, folder: Path) -> list[Path]:
    by_student, by_exercise = [], []
    for lesson in classroom.lessons:
        for student in classroom.people:
            one = classroom.submissions.get((student, lesson.name))
            if one is None:
                by_student.append([student, lesson.name, "", "", "", "missing", "", "", "", "", ""])
                continue
            state = "not graded" if not one.graded else "waits for a person" if one.waits else "graded"
            remarks = plain("; ".join([*one.problems, *one.notes]))
            values: list[Any] = [one.points if one.graded else "", one.maximum, one.penalty]
            late = late_by(one.seconds_late)
            days = [one.late.days, one.late.free] if one.late else ["", ""]
            by_student.append([student, lesson.name, *values, state, late, remarks, *days, plain(one.team)])
            for item in classroom.items[lesson.name] if one.graded else ():
                grade, message = one.of(item), one.message(item)
                mistake = plain(message.mistake or "none recognised") if message else ""
                seconds = round(one.seconds(item), 3)
                by_exercise.append([student, lesson.name, item.name, grade.points, grade.maximum, mistake, seconds])
    statistics: list[list[Any]] = [
        [one.lesson, one.item.name, one.item.title, one.count]
        + ["" if value is None else round(value, 4) for value in (one.difficulty, one.solved, one.discrimination)]
        + ["" if one.seconds is None else round(one.seconds, 3), one.not_written, one.remark]
        for one in classroom.statistics()
    ]
    mistakes = [
        [one.lesson, one.item.name, plain(one.mistake), one.students, one.of, plain(one.hint)]
        for one in classroom.misconceptions()
    ]
    return [
        write_csv(folder / f"{name}.csv", header.split(","), rows)
        for name, header, rows in (
            ("class", "student,lesson,points,maximum,penalty,state,late,remarks,late days,free days,team", by_student),
            ("exercises", "student,lesson,exercise,points,maximum,mistake,seconds", by_exercise),
            ("items", ITEM_COLUMNS, statistics),
            ("mistakes", "lesson,exercise,mistake,students,of,hint", mistakes),
        )
    ]  # fmt: skip
