"""`autograder similar`: finds planted copies, accuses nobody of a short right answer, shows hostile text as text.

What independent answers are, the bank alone can say. Of single answers longer than ten lines it has four pairs, so
these are tested all, and with them every pair of right answers whatever its length; a thousand pairs longer than ten
lines are whole hand-ins, put together from its answers.
"""

import json
import random
import re
from itertools import combinations, cycle

import pytest

from autograder.authoring.answers import read_bank
from autograder.course import Course, grade_id, is_written
from autograder.reports.similar import ENOUGH, LONG, Comparison, Known, _alike, compare, compare_texts, shapes
from autograder.reports.similar_page import html, labels
from autograder.reports.statements import MOST_CHARACTERS, statements
from course_lib import data
from tests.autograder.disguise import disguise
from tests.autograder.hostile_class import Tags
from tests.autograder.tiny_course import LESSON, NOTEBOOK, REPOSITORY, cell, named, write_notebook
from tests.browser.jupyterlab import CHROMIUM, browser_page

COURSE = Course(REPOSITORY)
LESSONS = COURSE.lessons()
BANK = {
    lesson.name: {
        name: [(answer.kind, answer.source) for answer in answers]
        for name, answers in read_bank(COURSE.answers / lesson.name).items()
    }
    for lesson in LESSONS
}


def right(lesson: str, exercise: str) -> list[str]:
    return [source for kind, source in BANK[lesson][exercise] if kind == "right"]


def lines(source: str) -> int:
    return sum(bool(line.strip()) for line in source.split("\n"))


def compared(lesson, texts: dict[str, dict[str, str]], own: dict[str, list[str]]) -> set[tuple[str, str]]:
    """The pairs that a person is told to look at, where these students' ``own`` answers are not in the bank.

    Their exercises' wrong answers are not, either: most are right ones with a fault in them.
    """
    others = {
        name: [(kind, text) for kind, text in answers if name not in own or (kind == "right" and text not in own[name])]
        for name, answers in BANK[lesson.name].items()
    }
    known = Known.of(lesson, LESSONS, BANK | {lesson.name: others})
    return {pair.students for pair in compare_texts(Comparison(lesson, texts, known, {})).pairs}


# ------------------------------------------------------------------------------------------ what is found


@pytest.mark.slow
@pytest.mark.seconds(120)
def test_copied_hand_ins_are_found_and_independent_ones_are_not():
    """Three students with no answer in common, and one who has renamed, re-commented and reordered another's."""
    dice = random.Random(5)
    copies = found = 0
    independent = set()
    for lesson in LESSONS:
        for _ in range(27):
            picked = {name: dice.sample(right(lesson.name, name), 3) for name in BANK[lesson.name]}
            texts = {who: {name: picked[name][place] for name in picked} for place, who in enumerate("abc")}
            texts["copy"] = {name: disguise(text, name, dice) for name, text in texts["a"].items()}
            pairs = compared(lesson, texts, picked)
            copies += 1
            found += ("a", "copy") in pairs
            assert pairs <= {("a", "copy")}
            long = [who for who in "abc" if lines("\n".join(texts[who].values())) > 10]
            independent |= {
                (lesson.name, frozenset((*texts[one].values(), *texts[other].values())))
                for one, other in combinations(long, 2)
            }
    assert copies > 300 and found >= 0.95 * copies
    assert len(independent) >= 1000, "distinct pairs, both longer than ten lines"


@pytest.mark.slow
def test_one_copied_answer_is_found_where_it_is_long():
    """Six statements of one's own or more; what the lesson gives does not count."""
    dice = random.Random(6)
    copies = found = 0
    for lesson in LESSONS:
        given = Known.of(lesson, [lesson], {}).given
        for name in BANK[lesson.name]:
            for text in right(lesson.name, name):
                if len(shapes(text) - given) >= LONG:
                    for _ in range(3):
                        texts = {"a": {name: text}, "copy": {name: disguise(text, name, dice)}}
                        copies += 1
                        found += bool(compared(lesson, texts, {name: [text]}))
    assert copies >= 100 and found >= 0.95 * copies


@pytest.mark.slow
def test_no_two_right_answers_of_the_bank_are_pointed_at():
    pairs = long = 0
    for lesson in LESSONS:
        known = Known.of(lesson, LESSONS, BANK)
        for name in BANK[lesson.name]:
            assert max(known.shared_by_chance(name)) <= ENOUGH / 2, "what the page calls the base rate"
            for one, other in combinations(right(lesson.name, name), 2):
                pairs += 1
                long += min(lines(one), lines(other)) > 10
                texts = {"a": {name: one}, "b": {name: other}}
                assert not compared(lesson, texts, {name: [one, other]}), (lesson.name, name, one, other)
    assert pairs >= 660 and long >= 4


@pytest.mark.slow
def test_what_everybody_writes_accuses_nobody():
    """A class whose every hand-in is the same: short answers that the bank has, or the lesson's own ones."""
    for lesson in LESSONS:
        same = {name: right(lesson.name, name)[0] for name in BANK[lesson.name]}
        texts = {student: same for student in ("ada", "bo", "zoe")}
        known = Known.of(lesson, LESSONS, BANK)
        assert not compare_texts(Comparison(lesson, texts, known, {})).pairs
        own = {grade_id(one): one["source"] for one in lesson.cells if grade_id(one) in same}
        assert not compare_texts(Comparison(lesson, {"ada": own, "bo": own}, Known.of(lesson, LESSONS, {}), {})).pairs


def test_a_two_line_function_accuses_nobody():
    (lesson,) = [lesson for lesson in LESSONS if lesson.name.startswith("01_")]
    text = "def sigmoid(x):\n    return np.reciprocal(1 + np.exp(np.negative(x))) + 0 * x"
    texts = {student: {"sigmoid": text} for student in ("ada", "bo")}
    assert not compare_texts(Comparison(lesson, texts, Known.of(lesson, [lesson], {}), {})).pairs


def test_what_more_than_a_quarter_of_the_class_has_does_not_count():
    lesson = LESSONS[0]
    text = "def neuron(x, w, b):\n" + "".join(f"    b = b * {k} - w[{k}]\n" for k in range(4)) + "    return b + 77"
    for students, pairs in ((2, 1), (5, 10), (9, 0)):
        texts = {f"s{number}": {"neuron": text} for number in range(students)}
        found = compare_texts(Comparison(lesson, texts, Known.of(lesson, [lesson], {}), {}))
        assert len(found.pairs) == pairs and f"{students} of {students}" in html(found, labels(found))


# ------------------------------------------------------------------------------------------ written answers


@pytest.mark.slow
def test_written_answers_of_different_people_are_not_alike():
    """Speeches, each to the same audience on the same occasion: of each president some 150 words, and other 150."""
    texts: dict[str, list[str]] = {}
    for record in data.speeches():
        texts.setdefault(record["president"], []).extend(record["text"].split())
    pairs = 0
    for start in (500, 1500):
        excerpts = {who: " ".join(words[start : start + 150]) for who, words in texts.items() if len(words) > 2000}
        assert not _alike(excerpts)
        pairs += len(excerpts) * (len(excerpts) - 1) // 2
    assert pairs >= 1000


def test_a_copied_written_answer_is_found():
    """The samples of the rubrics: another order of sentences, one word in seven another one or left out."""
    dice = random.Random(7)
    copied = 0
    for lesson in LESSONS:
        for one in filter(is_written, lesson.cells):
            samples = re.findall(r"\*\*Sample for \d\.\*\* (.*)", one["source"])
            long = [text for text in samples if len(text.split()) >= 30]
            texts = {str(number): text for number, text in enumerate(long)}
            assert not _alike(texts)
            for original in long:
                sentences = re.split(r"(?<=[.;:]) ", original)
                dice.shuffle(sentences)
                words = [dice.choice(["so", ""]) if dice.random() < 1 / 7 else w for w in " ".join(sentences).split()]
                copied += 1
                assert _alike({"original": original, "copy": " ".join(words)})
    assert copied >= 20


# ------------------------------------------------------------------------------------------ statements


@pytest.mark.parametrize(
    "one, other",
    [
        ("total = 0\nfor x in xs:\n    total += x", "# mine\ns: int = 0\nfor item in xs: s = s + item"),
        ("def f(a, b):\n    return a > b", "def f(first, second):\n    '''Mine.'''\n    return (second < first)"),
        ("y = g(x, k=1, m=2)", "z = g(x,\n      m=2, k=1)"),
        ("a = 1\nb = np.sum(c)", "import numpy as np\n\nu = np.sum(c)\nv = 1"),
        ("%matplotlib inline\nx = 3", "!ls\ny = 3"),
    ],
)
def test_a_disguise_does_not_change_the_shape(one, other):
    assert shapes(one) == shapes(other)


@pytest.mark.parametrize("text", ["a - b", "a - a", "b - a - a", "a + b", "max(a, b)", "a.b", "a[b]", "[a, b]"])
def test_another_computation_has_another_shape(text):
    assert shapes(f"a = b = 1\ny = {text}") != shapes("a = b = 1\ny = a * b")


HOSTILE = {
    "no Python": "def f(:\n    x",
    "parentheses": "(" * 5000,
    "signs": "-" * 19_000 + "1",
    "a number that cannot be shown": "x = 0x" + "f" * 9000,
    "digits": "9" * 9000,
    "a zero": "a\0b",
    "no escape": "x = '\\d'",
    "half a character": "\ud800 = 1",
    "lists": "[" * 90 + "]" * 90,
    "dots": "x" + ".y" * 9000,
    "steps": "".join(" " * k + "if x:\n" for k in range(99)) + " " * 99 + "x",
    "ends of lines": "\f\r\r\n",
    "nothing": "",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_no_text_breaks_it(text):
    assert all(0 < one.first <= one.last for one in statements(text))


def test_a_long_text_is_cut():
    assert len(statements("x = 1\n" * 100_000)) <= MOST_CHARACTERS / 6 + 1


# ------------------------------------------------------------------------------------------ the command

TAG = "<script>alert(1)</script><img src=http://evil.example/x onerror=alert(2)>"
CODE = (
    "def double(x):\n    '''" + TAG + "'''\n    kept = [x, x, 0, 7]\n    kept[2] = kept[0] * 3 - kept[1]\n"
    "    while kept[3] > 5:\n        kept[3] -= 3 / 2\n    return sum(kept[1:3]) - x * (kept[3] > 9)  # " + TAG
)
PROSE = TAG + " It convinces because " + " ".join(f"reason{k} follows from reason{k + 1}" for k in range(20))


@pytest.fixture
def hand_in(course):
    def write(student: str, **answers: str) -> None:
        cells = [cell("code", name, answers[name], solution=True) for name in ("double", "greet") if name in answers]
        if "why" in answers:
            cells.append(cell("markdown", "why", answers["why"], solution=True, grade=True, points=2))
        write_notebook(course.submitted / student / LESSON / NOTEBOOK, cells)

    return write


@pytest.fixture
def class_of_copies(course, hand_in):
    """Ada's code has come to a student with a strange name in disguise, her text as it is; bo wrote on his own."""
    hand_in("ada", double=CODE, greet="def greet(name):\n    return 'Hello, ' + name + '!'", why=PROSE)
    hand_in(f"{TAG[:8]}\x1b[31m", double=disguise(CODE, "double", random.Random(1)), why=f"Well. {PROSE}")
    hand_in("bo", double="def double(x):\n    return 2 * x", why="Because I say so.")
    return course


def page_of(course) -> str:
    return (course.reports / f"similar-{LESSON}.html").read_text(encoding="utf-8")


def test_the_command_writes_a_page_of_pairs(class_of_copies, autograder):
    code, printed = autograder("similar", "01")
    assert code == 0, printed
    assert "1 pair to look at, of 3 hand-ins" in printed and f"similar-{LESSON}.html" in printed.replace("\n", "")
    assert "\x1b[31m" not in printed
    text = page_of(class_of_copies)
    assert "default-src 'none'" in text and "style=" not in text and "script-src" not in text
    assert not re.findall(r'(?:src|href)="(?!#)', text)
    tags = Tags(text)
    assert not tags.names & {"script", "img", "iframe", "link"} and "onerror" not in tags.attributes
    assert "&lt;img src=http://evil.example" in text and "\x1b" not in text
    assert (
        text.count("<mark>") >= 12
        and "Base rate: 0 of 1 pairs" in text
        and "exercises: 1; too few" in text
        and "in this class 1 of 3" in text
    )
    assert "proves nothing and takes no points" in text


def test_names_can_be_hidden(class_of_copies, autograder):
    own = class_of_copies.submitted / "bo" / LESSON / "bo.ipynb"
    own.write_bytes(b"")
    (class_of_copies.submitted / "bo" / LESSON / NOTEBOOK).unlink()
    code, printed = autograder("similar", "01", "--hide-names")
    assert code == 1 and "hand-in" in printed and "is an empty file" in printed
    for text in (printed, page_of(class_of_copies)):
        assert not re.search(r"\b(ada|bo)\b", text)


def test_a_class_of_two_who_wrote_nothing(course, autograder, hand_in):
    stub = 'def double(x):\n    raise NotImplementedError("Write your answer here, then delete this line.")'
    for student in ("ada", "bo"):
        hand_in(student, double=stub, greet="", why="*Write your answer here.*")
    code, printed = autograder("similar")
    assert code == 0 and "0 pairs to look at" in printed and "None." in page_of(course)


def test_nobody_handed_in(course, autograder):
    code, printed = autograder("similar")
    assert code == 0 and "Nothing to compare" in printed


def test_broken_hand_ins_are_named_and_the_others_compared(class_of_copies, autograder):
    course = class_of_copies
    broken = {
        "cut": b'{"cells": [{"cell_',
        "zip": b"PK\x03\x04",
        "deep": b'{"cells": ' + b"[" * 100_000 + b"]" * 100_000 + b', "nbformat": 4}',
        "wrong": b'{"cells": [{"cell_type": "code", "source": 7, "metadata": 8}], "nbformat": 4, "nbformat_minor": 5}',
        "large": b" " * 20_000_001,
    }
    for student, content in broken.items():
        path = course.submitted / student / LESSON / NOTEBOOK
        path.parent.mkdir(parents=True)
        path.write_bytes(content)
    (course.submitted / "none" / LESSON).mkdir(parents=True)
    (course.submitted / "linked" / LESSON).mkdir(parents=True)
    (course.submitted / "linked" / LESSON / NOTEBOOK).symlink_to(course.submitted / "ada" / LESSON / NOTEBOOK)
    code, printed = autograder("similar", "01")
    assert code == 1 and "1 pair to look at, of 3 hand-ins" in printed, printed
    assert all(f"! {student}: " in printed for student in (*broken, "none", "linked"))


def test_an_answer_that_lost_its_place_is_taken_from_what_was_graded(class_of_copies, autograder):
    course = class_of_copies
    path = course.submitted / "ada" / LESSON / NOTEBOOK
    graded = course.autograded / "ada" / LESSON / NOTEBOOK
    graded.parent.mkdir(parents=True)
    graded.write_bytes(path.read_bytes())
    content = json.loads(path.read_text())
    named(content["cells"], "double")["metadata"] = {}
    path.write_text(json.dumps(content))
    code, printed = autograder("similar", "01")
    assert code == 0 and "double" in printed


def test_a_page_stays_small_where_many_copied(course, hand_in):
    """Forty hand-ins, each like another: the page shows the first pairs and says how many it leaves out."""
    dice = random.Random(3)
    texts = []
    for number in range(20):
        body = "".join(f"    x = x * {number} - {k} + {dice.random()}\n" for k in range(300))
        texts.append(f"def double(x):\n{body}    return x")
    for number, text in zip(range(140), cycle(texts), strict=False):
        hand_in(f"s{number}", double=text)
    comparison = compare(course, course.lessons()[0], course.lessons(), {})
    assert len(comparison.pairs) == 20 * 21
    text = html(comparison, labels(comparison))
    assert "360 more pairs are not shown" in text and "lines more" in text and len(text) < 3_000_000


@pytest.mark.slow
@pytest.mark.skipif(not CHROMIUM, reason="install Chromium for the browser tests (Debian: apt-get install chromium)")
def test_in_a_browser_light_dark_and_narrow(class_of_copies, autograder):
    autograder("similar", "01")
    with browser_page() as page:
        said = []
        page.on("console", lambda message: said.append(message.text))
        page.on("dialog", lambda dialog: (said.append(dialog.message), dialog.dismiss()))
        page.on("request", lambda request: said.append(request.url) if request.url.startswith("http") else None)
        page.goto((class_of_copies.reports / f"similar-{LESSON}.html").as_uri())
        left, right_side = (page.locator(".sides").first.locator("> div").nth(k).bounding_box() for k in (0, 1))
        assert left["y"] == right_side["y"] and left["x"] + left["width"] < right_side["x"], "side by side"
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            colour, back = page.locator("mark").first.evaluate(
                "mark => [getComputedStyle(mark).color, getComputedStyle(mark).backgroundColor]"
            )
            assert contrast(colour, back) > 7
        page.set_viewport_size({"width": 400, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= 400
        assert said == []


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, as the Web Content Accessibility Guidelines reckon it."""

    def light(colour: str) -> float:
        parts = [int(part) / 255 for part in re.findall(r"\d+", colour)[:3]]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    dark, bright = sorted((light(one), light(other)))
    return (bright + 0.05) / (dark + 0.05)
