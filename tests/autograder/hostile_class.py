"""A class whose names, answers and comments would do harm where they are not taken for text."""

from datetime import datetime
from html.parser import HTMLParser

from autograder.authoring.answers import fill
from autograder.authoring.release import release
from autograder.course import Course
from autograder.gradebook.record import open_gradebook, reckon_penalties
from autograder.grading.grade_class import Grading, find_submissions
from autograder.kernels.rungs import why_no_sandbox
from tests.autograder.tiny_course import LESSON, NOTEBOOK, RIGHT

FORMULA, SCRIPT, COLOURED, TURNED = "=cmd|' c calc'!A1,B", "<script>alert(1)<script>", "\x1b[31mred", "ann\u202egpj.exe"
SVG = "<svg onload=alert(2)><img src=x onerror=alert(3)>"
SAY = """
class CheckFailed(AssertionError):
    def _render_traceback_(self):
        return str(self).split("\\n")
"""

ONE_POINT = """
from nbgrader.plugins import LateSubmissionPlugin

class OnePoint(LateSubmissionPlugin):
    def late_submission_penalty(self, student_id, score, total_seconds_late):
        return 1.0

c.AssignLatePenalties.plugin_class = OnePoint
"""

ANSWERS = {
    "ada": RIGHT | {"why": "Because."},
    "bo": {"double": "def double(x):\n    return x * x", "greet": RIGHT["greet"], "why": "\x1b[31m" + SVG},
    "cy": {"double": RIGHT["double"], "greet": "def greet(name):\n    return 'Hello!'"},
    FORMULA: {"double": "def double(x):\n    return x + 2", "greet": "def greet(name):\n    print(name)"},
    SCRIPT: {"double": f"def double(x):\n    raise ValueError('{SVG}')  # </script>{SVG}", "greet": RIGHT["greet"]},
    # the test passes where it is seen, and fails on hidden numbers
    TURNED: {"double": "def double(x):\n    return {3: 6, -1: -2}.get(x, x - 1)", "greet": RIGHT["greet"]},
    # a message in the form of the checks' own, with words of the student's
    COLOURED: {
        "double": SAY + f"def double(x):\n    return 0\nraise CheckFailed('✗ double · {SVG}\\n{SVG}')",
        "greet": SAY + f"\nclass greet:\n    def __init__(self, name):\n        raise CheckFailed('✗ greet · {SVG}')",
    },
    # what hidden tests ask is kept, and told in a later test
    "spy": {
        "double": "KEPT = []\n\ndef double(x):\n    KEPT.append(x)\n    return 2 * x",
        "greet": "def greet(name):\n    raise KeyError(f'KEPT {KEPT} {name}')",
    },
}


def graded_hostile_class(course: Course) -> Course:
    """Release the tiny course, hand these answers in, grade them, mark one by hand, and let one be late."""
    list(release(course, course.lessons()))
    for student, sources in ANSWERS.items():
        fill(course.release / LESSON / NOTEBOOK, course.submitted / student / LESSON / NOTEBOOK, sources)
    (course.submitted / "ada" / LESSON / "submission_secret.txt").write_text("5ec3e7")
    (course.submitted / "ada" / LESSON / "timestamp.txt").write_text("2026-03-02 12:00:00 UTC")
    (course.submitted / "zoe" / LESSON).mkdir(parents=True)  # handed in an empty folder
    grading = Grading(course, find_submissions(course, course.lessons()))
    for _ in grading.run(sandboxed=not why_no_sandbox()):
        pass
    with open_gradebook(course) as gradebook:
        gradebook.add_student("missing-mia", first_name="Mia", last_name="O'Neil, Jr.", email="@mia")
        gradebook.update_or_create_assignment(LESSON, duedate=datetime(2026, 3, 1))
        grade = gradebook.find_grade("why", "small_numbers", LESSON, "ada")
        grade.manual_score, grade.needs_manual_grade = 1.5, False
        comment = gradebook.find_comment("why", "small_numbers", LESSON, "ada")
        comment.manual_comment = f"Good reason.\n{SVG}"
        gradebook.db.commit()
    with (course.root / "nbgrader_config.py").open("a", encoding="utf-8") as config:
        config.write(ONE_POINT)
    reckon_penalties(course)
    return course


class Tags(HTMLParser):
    """The names of tags and attributes that a browser finds in a page."""

    def __init__(self, text: str):
        super().__init__()
        self.names: set[str] = set()
        self.attributes: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.names.add(tag)
        self.attributes |= {name for name, _ in attrs}
