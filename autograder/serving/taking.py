"""Takes one hand-in from its door into ``submitted/``, as `autograder collect` does, and writes its page."""

from __future__ import annotations

from pathlib import Path

from autograder.collecting.arrivals import Arrival, NotTaken, copy
from autograder.collecting.lms import Packet
from autograder.collecting.placing import Collecting
from autograder.collecting.sources import read_source
from autograder.course import Course, CourseError, Lesson
from autograder.gradebook import record, team_work
from autograder.grading.grade_class import Submission, find_submissions
from autograder.reports.analysis import read_class
from autograder.reports.feedback import write_feedback


def take(course: Course, arrival: Arrival, lesson: Lesson, place: Path) -> tuple[list[Submission], list[str]]:
    """Put a hand-in into its place; that of a team under each member's name, too.

    Args:
        course: whose. Nobody else grades or collects in it meanwhile.
        arrival: the hand-in.
        lesson: which lesson it is for.
        place: a folder to work in, that does not exist yet.

    Returns:
        The student's submission first, then the same of other members of the team; what a person should know of it.

    Raises:
        NotTaken: where it is none that could be graded, or a newer one counts.
    """
    copy(arrival, place)
    files, _ = read_source(place)
    course.submitted.mkdir(exist_ok=True)
    collecting = Collecting(course, course.lessons(), lesson, record.students(course))
    own = [(file, 0) for file in files]
    packet = Packet(f"folder:{arrival.student}", arrival.student, lesson=lesson.name, files=own)
    collecting.know([packet])
    try:
        found = list(collecting.take(packet))
    finally:
        collecting.save()
        if collecting.renamed:
            record.enrol(course, collecting.renamed)
    placed = [one for one in found if one.status != "left out"]
    if not placed:
        raise NotTaken(" ".join(dict.fromkeys(remark for one in found for remark in one.remarks)))
    if placed[0].status == "earlier":
        raise NotTaken("A newer hand-in is there already, and it counts.")
    said = [remark for one in placed if one.needs_person for remark in one.remarks]
    said += team_work.share(course, [lesson])
    there = find_submissions(course, [lesson])
    (mine,) = (one for one in there if one.student == placed[0].who)
    others = [one for one in there if one is not mine and mine.team and one.team == mine.team]
    return [mine, *(one for one in others if one.digest == mine.digest)], said


def give_back(course: Course, arrival: Arrival, lesson: Lesson, submissions: list[Submission]) -> str:
    """Write the pages of submissions that are the same, and put the first one's where its student fetches it.

    Returns:
        Why a student has no page, in a sentence; empty where all is well.
    """
    students = [one.student for one in submissions]
    try:
        pages = {
            path.parts[-3]: path for path in write_feedback(read_class(course, [lesson], students), course, students)
        }
        arrival.door.give(arrival, lesson, pages[students[0]].read_text(encoding="utf-8"))
    except (CourseError, OSError) as error:
        return f"The student has no page: {error}."
    return ""
