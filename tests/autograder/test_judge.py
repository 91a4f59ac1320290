"""The judge: it asks, it decides, and whatever the other side sends, it is not fooled and does not fall over."""

import ast
import contextlib
import linecache
import socket
import sys
import threading
import types
from collections import Counter
from pathlib import Path

import pytest

from autograder.grading.execute import _show
from autograder.grading.score import score
from autograder.kernels import judge as judge_module
from autograder.kernels import stand_in
from autograder.kernels.judge import GONE, TOO_LONG, Judge, Verdict
from autograder.kernels.respond import respond
from autograder.kernels.stand_in import beside_half
from autograder.kernels.wire import HEAD, Channel, WireError
from course_lib import syntax
from course_lib.check.checks import CheckFailed
from course_lib.check.lesson import LessonChecks, _bound, check

ROOT = Path(__file__).resolve().parents[2]
linux = pytest.mark.skipif(sys.platform != "linux", reason="there is a judge on Linux alone")

CHECKS = """
import numpy as np
from course_lib.check import Exercise, Unjudged, beside, raises, when
from course_lib import syntax

SECRET = 42


class Double(Exercise):
    name = "double"

    def examples(self):
        yield (1.0,), 2.0
        yield (2.0,), 4.0

    def hidden(self, rng):
        yield (-3.0,), -6.0
        for x in rng.normal(size=4):
            yield (float(x),), 2 * float(x)

    mistakes = {
        "squared": (lambda x: x * x, "You square it."),
        "of text": (raises("TypeError", "multiply|unsupported"), "Numbers go in."),
        "a hundred": (when(lambda got: got == 100), "Not a hundred."),
    }
    hidden_mistakes = {"below zero": (lambda x: 2 * abs(x), "Look at numbers below 0.")}


class Slow(Exercise):
    name = "slow"
    costly = True

    def examples(self):
        yield (1.0,), 1.0
        yield (2.0,), 2.0

    def hidden(self, rng):
        for x in (3.0, 4.0, 5.0):
            yield (x,), x


class Twice(Exercise):
    name = "twice"

    def examples(self):
        yield (lambda x: x + 1, 1), 3
        yield (fails, 1), "ValueError: no"


def fails(x):
    raise ValueError("no")


class Both(Exercise):
    name = "both"
    asks = ("first", "second")

    def look(self, answer, x):
        return [answer.first(x), answer.second(x), together(answer, x)]

    def examples(self):
        yield (1,), [1, 2, [1, 2]]


@beside
def together(answer, x):
    return [answer.first(x), answer.second(x)]


@beside
def seen_from_beside(answer, x):
    return [type(answer).__name__, helper(answer, x), "SECRET" in globals()]


@beside
def helper(answer, x):
    return np.sum(answer(x))


class There(Exercise):
    name = "there"

    def look(self, answer, x):
        return seen_from_beside(answer, x)

    def examples(self):
        yield (np.ones(3),), ["function", 6.0, False]


class Sum(Exercise):
    name = "total"
    in_place = "costs"

    def examples(self):
        yield ([3, 1, 2],), 6


class Told(Sum):
    name = "told"
    in_place = "noted"


class ForAPerson(Exercise):
    name = "essay"

    def look(self, answer, x):
        answer(x)
        raise Unjudged("it is an essay.")

    def examples(self):
        yield (1,), 1
"""
FILE = "<answer of a test>"
VISIBLE, HIDDEN = 'check.answer("double")', 'check.answer("double", hidden=True)'


def namespace(answer):
    names: dict = {"__name__": "__main__"}
    linecache.cache[FILE] = (len(answer), None, answer.splitlines(True), FILE)
    exec(compile(answer, FILE, "exec"), names)
    return names


@contextlib.contextmanager
def other_side(work):
    """A connection whose other end is in the hands of ``work``, in a thread, until both are done."""
    ours, theirs = socket.socketpair()
    gone = threading.Event()

    def run():
        with contextlib.suppress(WireError, OSError):
            while not gone.is_set():
                work(theirs)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    try:
        yield ours
    finally:
        gone.set()
        ours.close()
        thread.join(20)
        theirs.close()
        assert not thread.is_alive()


@contextlib.contextmanager
def judging(answer, checks=CHECKS, seed=1, definitions=()):
    """A judge, and a student's process that holds this answer."""
    names = answer if isinstance(answer, dict) else namespace(answer)
    loaded: dict = {}
    with other_side(lambda theirs: respond(Channel(theirs), lambda: names, loaded)) as ours:
        yield Judge(Channel(ours), checks, seed, list(definitions))


def verdict_on(answer, test, answers=(), **more) -> Verdict:
    with judging(answer, **more) as judge:
        return judge.test(test, list(answers))


def points(verdict):
    """What the grader makes of a verdict, of two points; and whether a person should look."""
    from nbformat.v4 import new_code_cell

    grading = {"grade": True, "solution": False, "points": 2, "grade_id": "t", "schema_version": 3}
    cell = new_code_cell("", metadata={"nbgrader": {**grading, "cell_type": "code"}})
    _show(cell, verdict.plain())
    return score(cell)


RIGHT = "def double(x):\n    return 2 * x\n"

# ------------------------------------------------------------------------------------------ exercises of checks.py


def test_a_right_answer_passes_both_parts():
    with judging(RIGHT) as judge:
        visible, hidden = judge.test(VISIBLE, ["double"]), judge.test(HIDDEN, ["double"])
    assert visible == Verdict(printed="✓ double: 2 examples\n")
    assert hidden == Verdict(printed="✓ double: 5 examples\n")
    assert points(visible) == points(hidden) == (2, False)


def test_a_wrong_answer_gets_its_hint_and_no_point():
    verdict = verdict_on("def double(x):\n    return x * x\n", VISIBLE)
    assert verdict.error and verdict.error[0] == "CheckFailed"
    assert verdict.error[1].startswith("✗ double · squared\nYou square it.")
    assert points(verdict) == (0, False)


def test_a_hidden_mistake_is_named_in_the_hidden_part_alone():
    with judging("def double(x):\n    return 2 * abs(x)\n") as judge:
        assert judge.test(VISIBLE, []).error is None
        error = judge.test(HIDDEN, []).error
    assert error and error[1].startswith("✗ double · below zero\nLook at numbers below 0.")


ANSWERS = {
    "right": "return 2 * x",
    "as an array": "import numpy\n    return numpy.array([2 * x])",
    "squared": "return x * x",
    "a hundred": "return 100",
    "below zero": "return 2 * abs(x)",
    "nothing": "print(2 * x)",
    "text": "return 'two'",
    "not finite": "return float('nan')",
    "not written": "raise NotImplementedError('your answer')",
    "a foreseen error": "return x + 'a'",
    "an error": "return {}[x]",
    "an error of its own": "class Own(ValueError): pass\n    raise Own('no\\nway')",
    "an exit": "raise SystemExit(3)",
    "an object": "return object()",
    "an object inside": "return [1, {'a': object()}]",
    "a function": "return double",
    "a date": "import numpy\n    return numpy.datetime64('2024-01-01')",
    "a strange key": "return {(1, b'a'): 2}",
    "a list": "return [2, 3]",
}


@pytest.mark.parametrize("part", ["visible", "hidden"])
@pytest.mark.parametrize("body", ANSWERS.values(), ids=ANSWERS)
def test_an_exercise_says_the_same_in_a_notebook_and_in_the_judge(body, part):
    names = namespace(f"def double(x):\n    {body}\n")
    exercise = LessonChecks(CHECKS).exercises["double"]()
    try:
        here = check(exercise, part, _bound(exercise, names), seed=5)
    except CheckFailed as failed:
        here = str(failed)
    verdict = verdict_on(names, VISIBLE if part == "visible" else HIDDEN, seed=5)
    there = verdict.error[1] if verdict.error else verdict.printed.strip()
    assert there == here
    assert not verdict.stopped and not verdict.for_a_person


@pytest.mark.parametrize(("answer", "mistake"), [("x = 1", "not defined"), ("double = 2", "not a function")])
def test_an_answer_without_the_function_says_so(answer, mistake):
    exercise = LessonChecks(CHECKS).exercises["double"]()
    with pytest.raises(CheckFailed) as failed:
        _bound(exercise, namespace(answer))
    assert failed.value.mistake == mistake
    verdict = verdict_on(answer, VISIBLE)
    assert verdict.error and verdict.error[1].startswith(f"✗ double · {mistake}\n")


@pytest.mark.parametrize("otherwise", [0.0, -6.0])
def test_an_answer_made_for_the_visible_examples_is_for_a_person_and_earns_nothing(otherwise):
    """Also where it is right once by chance: twice -3 is -6."""
    with judging(f"def double(x):\n    return {{1.0: 2.0, 2.0: 4.0}}.get(x, {otherwise})\n") as judge:
        visible, hidden = judge.test(VISIBLE, []), judge.test(HIDDEN, [])
    assert "for no other" in visible.for_a_person[0]
    assert points(visible) == (0, True)
    assert points(hidden)[0] == 0


def test_an_answer_that_changes_its_mind_is_for_a_person_and_earns_nothing():
    answer = (
        "seen = set()\ndef double(x):\n    known = x in seen\n    seen.add(x)\n    return 7.0 if known else 2 * x\n"
    )
    with judging(answer) as judge:
        for verdict in (judge.test(VISIBLE, []), judge.test(HIDDEN, [])):
            assert verdict.for_a_person == ["the same question got different answers"]
            assert points(verdict) == (0, True)


@pytest.mark.parametrize("result", ["float('nan')", "[float('nan'), 1]", "object()", "1 / 0", "'a'", "{1, 2}"])
def test_an_answer_that_is_wrong_in_the_same_way_does_not_change_its_mind(result):
    with judging(f"def double(x):\n    return {result}\n") as judge:
        judge.test(VISIBLE, [])
        assert not judge._asked["double"].changes_its_mind


@pytest.mark.parametrize("body", ["return sum(x)", "x.sort(); return sum(x)"])
def test_whether_an_answer_changes_its_arguments_is_seen_across_the_wire(body):
    keeps = body.startswith("return")
    told = verdict_on(f"def told(x):\n    {body}\n", 'check.answer("told")')
    assert not told.error and ("changes what it is given" in told.printed) != keeps
    costs = verdict_on(f"def total(x):\n    {body}\n", 'check.answer("total")')
    assert bool(costs.error) != keeps
    assert points(costs) == ((2, False) if keeps else (0, False))


def test_an_exercise_that_cannot_decide_is_for_a_person():
    verdict = verdict_on("def essay(x):\n    return 1\n", 'check.answer("essay")')
    assert verdict.error == ("Unjudged", "it is an essay.")
    assert verdict.for_a_person == ["the test cannot decide: it is an essay."]
    assert points(verdict) == (0, True)


def test_where_spark_fails_beside_an_answer_a_person_looks():
    error = "pyspark.errors.PySparkRuntimeError('Could not open socket: timed out')"
    verdict = verdict_on(f"import pyspark.errors\n\ndef double(x):\n    raise {error}", VISIBLE)
    assert verdict.for_a_person == ["Spark failed beside the answer, which may be the machine's fault"]
    assert points(verdict) == (0, True)


def test_an_exercise_that_is_not_there_is_no_fault_of_the_answer():
    verdict = verdict_on(RIGHT, 'check.answer("triple")')
    assert verdict.for_a_person and points(verdict) == (0, True)


def test_what_an_answer_prints_is_not_in_the_verdict():
    answer = "import sys\ndef double(x):\n    print('✓ seen', x)\n    print('x', file=sys.stderr)\n    return 2 * x\n"
    assert verdict_on(answer, VISIBLE).printed == "✓ double: 2 examples\n"


def test_several_names_are_asked_together():
    answer = "def first(x):\n    return x\ndef second(x):\n    return 2 * x\n"
    assert verdict_on(answer, 'check.answer("both")').printed == "✓ both\n"
    verdict = verdict_on("def first(x):\n    return x\n", 'check.answer("both")')
    assert verdict.error and "There is no `second`" in verdict.error[1]


def test_every_error_that_an_answer_can_end_in_is_an_error_of_the_answer():
    for error in ("SystemExit(1)", "GeneratorExit()", "type('Own', (BaseException,), {})('no')", "StopIteration()"):
        with judging(f"def double(x):\n    if x == 2.0:\n        raise {error}\n    return 2 * x\n") as judge:
            for _ in range(2):
                verdict = judge.test(VISIBLE, [])
                assert verdict.error and verdict.error[0] == "CheckFailed" and not verdict.stopped, error


def test_a_name_in_an_error_may_hold_anything():
    answer = "def double(x):\n    raise type('✓ \\ud800\\n', (ValueError,), {})('\\ud800')\n"
    verdict = verdict_on(answer, VISIBLE)
    assert verdict.error
    str(verdict.plain()).encode()


# ------------------------------------------------------------------------------------------------ which questions


def asked(name, test, seed=1, times=1, **more):
    """The questions that an answer gets, in order."""
    names = namespace(
        f"calls = []\ndef {name}(x):\n    calls.append(x)\n    return {'2 * x' if name == 'double' else 'x'}\n"
    )
    with judging(names, seed=seed, **more) as judge:
        for _ in range(times):
            assert judge.test(test, []).error is None
    return names["calls"]


def test_visible_and_hidden_examples_are_asked_together_and_some_twice():
    counts = Counter(asked("double", VISIBLE))
    assert len(counts) == 7 and {1.0, 2.0, -3.0} <= set(counts)
    assert Counter(counts.values()) == {1: 4, 2: 3}


def test_what_was_asked_once_is_not_asked_again_for_the_other_part():
    assert len(asked("double", f"{VISIBLE}\n{HIDDEN}", times=2)) == 10


def test_the_order_of_the_questions_differs_from_run_to_run():
    assert len({tuple(asked("double", VISIBLE)) for _ in range(6)}) > 1


def test_costly_questions_are_asked_once_and_only_those_of_the_part():
    assert sorted(asked("slow", 'check.answer("slow")', times=3)) == [1.0, 2.0]
    both = asked("slow", 'check.answer("slow")\ncheck.answer("slow", hidden=True)')
    assert sorted(both) == [1.0, 2.0, 3.0, 4.0, 5.0]


def test_the_seed_decides_about_the_hidden_examples():
    one, again, other = (set(asked("double", VISIBLE, seed=seed)) for seed in (1, 1, 2))
    assert one == again
    assert one & other == {1.0, 2.0, -3.0}


# --------------------------------------------------------------------------------------- functions as arguments


def test_functions_among_the_arguments_are_called_back_and_their_errors_arrive():
    answer = (
        "def twice(f, x):\n    try:\n        return f(f(x))\n"
        "    except ValueError as error:\n        return f'{type(error).__name__}: {error}'\n"
    )
    assert verdict_on(answer, 'check.answer("twice")').printed == "✓ twice: 2 examples\n"


def test_an_error_of_a_function_that_the_answer_does_not_catch_is_the_answers():
    verdict = verdict_on("def twice(f, x):\n    return f(f(x))\n", 'check.answer("twice")')
    assert verdict.error and verdict.error[1].startswith("✗ twice · ValueError\nYour code stops with ValueError: no")


def test_a_function_that_is_called_wrongly_says_so_to_the_answer():
    verdict = verdict_on("def twice(f, x):\n    return f()\n", 'check.answer("twice")')
    assert verdict.error and verdict.error[1].startswith("✗ twice · TypeError\n")


# ------------------------------------------------------------------------------------------- beside the answer


def test_beside_functions_run_where_the_answer_is_and_see_no_secret():
    verdict = verdict_on("def there(x):\n    return 2 * x\n", 'check.answer("there")')
    assert verdict.printed == "✓ there\n"


def test_only_imports_and_marked_functions_travel():
    half = beside_half(CHECKS)
    names: dict = {}
    exec(half, names)
    defined = {"together", "seen_from_beside", "helper"}
    assert defined <= set(names) and not {"Double", "SECRET", "fails"} & set(names)
    for secret in ("class", "42", "yield", "lambda", "You square it", "@beside"):
        assert secret not in half


@pytest.mark.parametrize("file", sorted((ROOT / "notebooks").glob("*/checks.py")), ids=lambda file: file.parent.name)
def test_what_travels_of_a_lesson_holds_no_exercise(file):
    half = beside_half(file.read_text(encoding="utf-8"))
    assert all(isinstance(node, (ast.Import, ast.ImportFrom, ast.FunctionDef)) for node in syntax.parse(half).body)
    assert not any(mistake in half for mistake in (" hidden", "mistakes = ", "lambda"))


def test_a_library_that_is_missing_beside_the_answer_is_told(monkeypatch):
    monkeypatch.setitem(sys.modules, "not_there_at_all", types.ModuleType("not_there_at_all"))
    with judging("def there(x):\n    return 2 * x\n", checks=f"import not_there_at_all\n{CHECKS}") as judge:
        monkeypatch.delitem(sys.modules, "not_there_at_all")
        for _ in range(2):
            verdict = judge.test('check.answer("there")', [])
            assert verdict.error and "not_there_at_all" in verdict.error[1] and not verdict.stopped


# --------------------------------------------------------------------------------- tests that stand in the notebook


@pytest.mark.parametrize(
    ("test", "answer", "earns"),
    [
        ("assert double(2) == 4", RIGHT, (2, False)),
        ("assert double(2) == 5, 'look again'", RIGHT, (0, False)),
        ("check.cases(double, [((1,), 2)])", RIGHT, (2, False)),
        ("check.cases(double, [((1,), 3)])", RIGHT, (0, False)),
        ("check.values(double, [1.0, 2.0], [2.0, 4.0])", RIGHT, (2, False)),
        ("check.that(double(1) == 2, 'no', name='double')", RIGHT, (2, False)),
        ("import numpy as np\nassert np.all(double(np.ones(3)) == 2)", RIGHT, (2, False)),
        ("(double(1) == 2) * 0.5 + (double(2) == 5) * 1.5", RIGHT, (0.5, False)),
        ("import numpy as np\nnp.float32(1.5)", RIGHT, (1.5, False)),
        ("1", RIGHT, (1, False)),
        ("None", RIGHT, (2, False)),
        ("-1", RIGHT, (0, True)),
        ("3", RIGHT, (0, True)),
        ("float('nan')", RIGHT, (0, True)),
        ("10 ** 400", RIGHT, (0, True)),
        ("double(1) == 2", RIGHT, (0, True)),
        ("'2.0'", RIGHT, (0, True)),
        ("[1]", RIGHT, (0, True)),
        ("double", RIGHT, (0, True)),
        ("{}['a']", RIGHT, (0, True)),
        ("assert double(2) == 4", "x = 1", (0, False)),
        ("assert double(2) == 4", "double = 3", (0, True)),
        ("assert triple(2) == 4", RIGHT, (0, True)),
        ("assert double(2) == 4", "def double(x):\n    return {}[x]\n", (0, False)),
        ("assert double == [1, (2.5, 'a')]", "double = [1, (2.5, 'a')]", (2, False)),
        ("check.equal(double, 7, name='double')", "double = 7", (2, False)),
        ("check.equal(double, 7, name='double')", "double = object()", (0, False)),
        ("def twice(x):\n    return double(double(x))\nassert twice(1) == 4", RIGHT, (2, False)),
        ("def broken(", RIGHT, (0, True)),
    ],
)  # fmt: skip
def test_a_test_in_the_notebook_earns(test, answer, earns):
    assert points(verdict_on(answer, test, ["double"])) == earns


def test_a_test_may_use_what_the_lesson_defines_and_other_answers():
    answer = RIGHT + "def other(x):\n    return x + 1\nRATE = 7\n"
    definitions = [
        "import math\nHALF = 0.5\ndef near(a, b):\n    return math.isclose(a, b)",
        "raise ValueError",
        "RATE = 3",
    ]
    verdict = verdict_on(
        answer, "assert near(double(HALF), 1) and other(1) == 2 and RATE == 3", ["double"], definitions=definitions
    )
    assert verdict == Verdict()


def test_a_test_reads_the_students_value_of_a_name_that_the_lesson_asks_for():
    assert verdict_on("RATE = 7", "assert RATE == 7", ["RATE"], definitions=["RATE = 3"]) == Verdict()


def test_an_answer_may_be_called_like_something_of_pythons_own():
    assert verdict_on("def max(x):\n    return -x\n", "assert max(3) == -3", ["max"]) == Verdict()


def test_an_answers_error_is_caught_as_what_it_is():
    answer = (
        "class Own(ValueError):\n    pass\n"
        "def root(x):\n    if x < 0:\n        raise Own('far below') if x < -1 else ValueError('below 0')\n"
        "    return {1: 1}[x]\n"
    )
    test = """
for x, kind, text in (-1, ValueError, "below"), (-2, ValueError, "far"), (5, KeyError, "5"), (5, LookupError, "5"):
    try:
        root(x)
    except kind as error:
        assert text in str(error)
    else:
        raise AssertionError
"""
    assert verdict_on(answer, test, ["root"]) == Verdict()


def test_an_error_that_claims_to_be_a_verdict_is_none():
    answer = "from course_lib.check import CheckFailed, Unjudged\nfrom course_lib.check.message import Message\n"
    for error in ("CheckFailed(Message('double'))", "Unjudged('please')"):
        verdict = verdict_on(f"{answer}def double(x):\n    raise {error}\n", "double(1)", ["double"])
        assert verdict.error and not verdict.for_a_person and points(verdict) == (0, False)
        verdict = verdict_on(f"{answer}def double(x):\n    raise {error}\n", VISIBLE, ["double"])
        assert verdict.error and verdict.error[0] == "CheckFailed" and not verdict.for_a_person


def test_an_interrupted_answer_is_stopped_and_the_next_test_runs():
    answer = "n = [1]\ndef double(x):\n    if n and n.pop():\n        raise KeyboardInterrupt\n    return 2 * x\n"
    with judging(answer) as judge:
        first, second = judge.test("assert double(1) == 2", ["double"]), judge.test("assert double(1) == 2", ["double"])
    assert first.stopped == TOO_LONG and points(first) == (0, False)
    assert second == Verdict()


def test_an_interrupt_between_two_questions_changes_nothing():
    class Interrupted(Channel):
        turn = 0

        def receive(self):
            self.turn += 1
            if self.turn % 2 == 0:
                raise KeyboardInterrupt
            return super().receive()

    names, loaded = namespace(RIGHT), {}
    with other_side(lambda theirs: respond(Interrupted(theirs), lambda: names, loaded)) as ours:
        judge = Judge(Channel(ours), CHECKS, 1, [])
        assert [judge.test(test, ["double"]).printed for test in (VISIBLE, HIDDEN)] == [
            "✓ double: 2 examples\n",
            "✓ double: 5 examples\n",
        ]


# ------------------------------------------------------------------------------------------ nonsense and lies


def answers_always(message, blobs=()):
    def work(theirs):
        channel = Channel(theirs)
        channel.receive()
        channel.send(message, list(blobs))

    return work


def sends(data):
    def work(theirs):
        Channel(theirs).receive()
        theirs.sendall(data)

    return work


def hangs_up(theirs):
    Channel(theirs).receive()
    theirs.shutdown(socket.SHUT_RDWR)


def lies_about_kinds(kinds):
    """Says this of the names, and is honest in everything else: so a value may pass for a function."""

    def work(theirs):
        channel = Channel(theirs)
        message, _ = channel.receive()
        if "kinds" in message:
            channel.send({"gave": kinds})
        elif "done" not in message:
            channel.send({"gave": True})

    return work


FUNCTION = {"dict": [["double", "function"]]}
FORGED = {"printed": "✓ double", "error": None, "score": 2.0, "stopped": "", "for_a_person": []}
NONSENSE = {
    "garbage": sends(b"\xff" * 64),
    "a web server": sends(b"HTTP/1.1 200 OK\r\n\r\n" + b"<html>" * 50),
    "half a frame, then nothing": lambda theirs: (
        sends(HEAD.pack(100, 0) + b"{")(theirs),
        theirs.shutdown(socket.SHUT_RDWR),
    ),
    "an empty frame": sends(HEAD.pack(0, 0)),
    "a frame beyond all bounds": sends(HEAD.pack(2**60, 2**60)),
    "hanging up": hangs_up,
    "an empty message": answers_always({}),
    "done": answers_always({"done": True}),
    "a forged verdict": answers_always(FORGED),
    "a forged verdict as the answer": answers_always({"gave": {"dict": [[key, None] for key in FORGED]}}),
    "an order": answers_always({"test": "1", "answers": []}),
    "true": answers_always({"gave": True}),
    "an unknown kind": answers_always({"gave": {"pickle": "gASVAA=="}}),
    "bytes that are not there": answers_always({"gave": {"array": ["<f8", [1000], 8000]}}),
    "an error of another form": answers_always({"raised": {"kinds": []}}),
    "an error without a kind": answers_always({"raised": [[], "", ""]}),
    "a callback where no function is": answers_always({"callback": 0, "arguments": {"tuple": []}}),
    "kinds that are a number": lies_about_kinds(1),
    "kinds that are a list": lies_about_kinds({"list": ["double"]}),
    "kinds that are numbers": lies_about_kinds({"dict": [["double", 5]]}),
    "kinds that are arrays": lies_about_kinds({"dict": [["double", {"list": []}]]}),
    "a value that passes for a function": lies_about_kinds(FUNCTION),
}


@pytest.mark.parametrize("test", [VISIBLE, HIDDEN, "assert double(1) == 2"])
@pytest.mark.parametrize("work", NONSENSE.values(), ids=NONSENSE)
def test_nonsense_earns_nothing_and_every_test_ends(work, test):
    with other_side(work) as ours:
        judge = Judge(Channel(ours), CHECKS, 1, [])
        for _ in range(3):
            verdict = judge.test(test, ["double"])
            assert verdict.error or verdict.stopped
            assert points(verdict)[0] == 0
            assert verdict.score is None and "✓" not in verdict.printed


def test_a_student_side_that_goes_away_is_not_called_an_error_of_the_answer():
    def work(theirs):
        channel = Channel(theirs)
        if "kinds" in channel.receive()[0]:
            channel.send({"gave": FUNCTION})
        else:
            theirs.shutdown(socket.SHUT_RDWR)

    with other_side(work) as ours:
        verdict = Judge(Channel(ours), CHECKS, 1, []).test(VISIBLE, ["double"])
    assert verdict.stopped.startswith(GONE) and verdict.error is None


def test_one_answer_that_is_nonsense_costs_its_own_test_alone():
    names, loaded, first = namespace(RIGHT), {}, [True]

    def work(theirs):
        channel = Channel(theirs)
        if first:
            channel.receive()
            channel.send({"gave": {"pickle": "x"}})
            first.clear()
        respond(channel, lambda: names, loaded)

    with other_side(work) as ours:
        judge = Judge(Channel(ours), CHECKS, 1, [])
        assert judge.test(VISIBLE, ["double"]).stopped
        assert judge.test(VISIBLE, ["double"]) == Verdict(printed="✓ double: 2 examples\n")


def test_callbacks_without_end_are_stopped(monkeypatch):
    monkeypatch.setattr(stand_in, "MOST_CALLBACKS", 50)
    for answer in ("while True:\n        f(x)", "return f(f)"):
        verdict = verdict_on(f"def twice(f, x):\n    {answer}\n", 'check.answer("twice")')
        assert (verdict.stopped or verdict.error) and points(verdict)[0] == 0


def test_an_answer_that_comes_late_is_not_taken_for_that_of_the_next_question(monkeypatch):
    """The judge is interrupted while it waits; then the answer comes after all."""
    names, loaded = namespace(RIGHT), {}
    with other_side(lambda theirs: respond(Channel(theirs), lambda: names, loaded)) as ours:
        channel = Channel(ours)
        judge = Judge(channel, CHECKS, 1, [])
        receive = channel.receive

        def interrupted():
            monkeypatch.setattr(channel, "receive", receive)
            raise KeyboardInterrupt

        monkeypatch.setattr(channel, "receive", interrupted)
        assert judge.test("assert double(1) == 2", ["double"]).stopped == TOO_LONG
        verdict = judge.test("assert double(2) == 4", ["double"])
        assert verdict.stopped.startswith(GONE)


def test_a_comparison_that_agrees_with_everything_is_seen(monkeypatch):
    monkeypatch.setattr(judge_module.Outcome, "difference", lambda *_, **__: None)
    verdict = verdict_on("def double(x):\n    return 'anything'\n", VISIBLE)
    assert any("wrong on purpose" in why for why in verdict.for_a_person)


def test_an_endless_text_is_cut_in_the_verdict():
    verdict = Verdict("x" * 10**6, ("E" * 10**6, "y" * 10**6), None, "z" * 10**6, ["w" * 10**6] * 50)
    assert len(str(verdict.plain())) < 100_000


# ------------------------------------------------------------------------------------ between grader and judge


@contextlib.contextmanager
def judge_running(answer):
    """A judge as its process runs it; gives the grader's line to it."""
    names, loaded = namespace(answer), {}
    with other_side(lambda theirs: respond(Channel(theirs), lambda: names, loaded)) as ours:
        grader, its = socket.socketpair()
        thread = threading.Thread(target=judge_module.run, args=(its, ours), daemon=True)
        thread.start()
        yield Channel(grader)
        grader.close()
        thread.join(20)
        its.close()
        assert not thread.is_alive()


def test_the_judge_takes_orders_until_the_grader_hangs_up():
    from autograder.kernels.client import _is_verdict

    with judge_running(RIGHT) as orders:
        orders.send({"checks": CHECKS, "seed": 1, "definitions": []})
        assert orders.receive()[0] == {"ready": True}
        for test in (VISIBLE, "assert double(1) == 3", "1 / 0", "0.5"):
            orders.send({"test": test, "answers": ["double"]})
            said = orders.receive()[0]
            said = orders.receive()[0] if said == {"asks": True} else said
            assert _is_verdict(said)


def test_checks_that_cannot_be_read_are_told():
    with judge_running(RIGHT) as orders:
        orders.send({"checks": "1 / 0", "seed": 1, "definitions": []})
        assert orders.receive()[0] == {"failed": "ZeroDivisionError: division by zero"}


def test_only_what_has_the_form_of_a_verdict_is_one():
    from autograder.kernels.client import _is_verdict

    good = Verdict("printed", ("E", "text"), 1.0, "", ["why"]).plain()
    assert _is_verdict(good) and _is_verdict(Verdict().plain())
    for name, bad in [
        ("printed", None), ("printed", ["a"]), ("error", "text"), ("error", ["E"]), ("error", ["E", 1]),
        ("error", ["E", "text", "more"]), ("score", "2"), ("score", 1), ("score", True), ("score", [2.0]),
        ("stopped", None), ("stopped", 0), ("for_a_person", None), ("for_a_person", "why"), ("for_a_person", [1]),
        ("more", 1),
    ]:  # fmt: skip
        assert not _is_verdict({**good, name: bad}), (name, bad)
    for name in good:
        assert not _is_verdict({key: value for key, value in good.items() if key != name})
    assert not _is_verdict({})


@contextlib.contextmanager
def judge_process(tmp_path, work):
    """The grader's end of a judge whose process is ``work``, given the line to the grader."""
    from autograder.kernels.client import JudgeProcess
    from autograder.kernels.limits import Limits

    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(tmp_path / "server"))
        listener.listen(1)

        def serve():
            caller, _ = listener.accept()
            _, (line, student), _, _ = socket.recv_fds(caller, 1 << 20, 2)
            grader, its_student = socket.socket(fileno=line), socket.socket(fileno=student)
            with caller, grader, its_student, contextlib.suppress(WireError):
                work(Channel(grader))

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        ours, theirs = socket.socketpair()
        process = JudgeProcess(str(tmp_path / "server"), theirs, Limits(), False)
        try:
            yield process
        finally:
            process.close()
            ours.close()
            thread.join(20)


@linux
def test_a_verdict_that_comes_too_late_is_not_taken_for_that_of_the_next_test(tmp_path, monkeypatch):
    from autograder.kernels import client

    monkeypatch.setattr(client, "GRACE", 0.01)
    asked_again = threading.Event()

    def work(grader):
        grader.receive()
        grader.send({"ready": True})
        grader.receive()
        asked_again.wait(20)
        grader.send(Verdict("✓ of the first test").plain())

    with judge_process(tmp_path, work) as process:
        process.start("", 1, [], 20)
        with pytest.raises(client.JudgeFailed, match="does not answer"):
            process.ask("first", [], 0.01)
        with pytest.raises(client.JudgeFailed):
            process.ask("second", [], 0.01)
        asked_again.set()


@linux
@pytest.mark.parametrize("said", [{"ready": False}, {"failed": "no"}, {}, None])
def test_a_judge_that_does_not_start_is_told(tmp_path, said):
    from autograder.kernels.client import JudgeFailed

    def work(grader):
        grader.receive()
        if said is not None:
            grader.send(said)
            grader.receive()

    with judge_process(tmp_path, work) as process, pytest.raises(JudgeFailed):
        process.start("", 1, [], 20)


@linux
def test_a_judge_that_is_silent_has_failed(tmp_path):
    from autograder.kernels.client import JudgeFailed

    def work(grader):
        grader.receive()
        grader.receive()

    with judge_process(tmp_path, work) as process, pytest.raises(JudgeFailed, match="in time"):
        process.start("", 1, [], 0.01)


@linux
@pytest.mark.parametrize("said", [{"printed": "✓"}, {"ready": True}, {}])
def test_what_is_no_verdict_is_not_believed(tmp_path, said):
    from autograder.kernels.client import JudgeFailed

    def work(grader):
        grader.receive()
        grader.send({"ready": True})
        grader.receive()
        grader.send(said)
        grader.receive()

    with judge_process(tmp_path, work) as process:
        process.start("", 1, [], 20)
        with pytest.raises(JudgeFailed, match="no verdict"):
            process.ask("test", [], 20)


@linux
def test_a_second_test_of_an_exercise_asks_nothing_anew():
    with judge_running(RIGHT) as orders:
        orders.send({"checks": CHECKS, "seed": 1, "definitions": []})
        orders.receive()
        said = []
        for test in (VISIBLE, HIDDEN):
            orders.send({"test": test, "answers": ["double"]})
            said.append(orders.receive()[0])
            if said[-1] == {"asks": True}:
                orders.receive()
        assert said[0] == {"asks": True} and said[1]["error"] is None and said[1]["printed"]
