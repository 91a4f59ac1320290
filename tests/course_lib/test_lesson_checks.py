"""A lesson's checks: what students receive of them, where a notebook finds them, and models that come back."""

import ast
import json
import sys
import types
from pathlib import Path

import numpy as np
import pytest

from course_lib import check as checks
from course_lib import syntax
from course_lib.check import CheckFailed, Unjudged, lesson, models
from course_lib.check.exercise import Exercise
from course_lib.check.lesson import LessonChecks, pack, unpack, visible_half
from course_lib.student.copy import CHECKS as PACKED

ROOT = Path(__file__).resolve().parents[2]
each_lesson = pytest.mark.parametrize(
    "file", sorted((ROOT / "notebooks").glob("*/checks.py")), ids=lambda file: file.parent.name
)

SOURCE = '''"""The exercises."""
from __future__ import annotations
import math
import random
import string
from typing import ClassVar
from course_lib.check import Exercise, beside

FACTOR = 2
SECRET_TABLE = {"only": "hidden"}
WORDS = list(string.ascii_letters)
KEYS = [word for word in WORDS]


def doubled(x):
    return FACTOR * x


def secret_formula(x):  # a comment
    return secret_helper(x) + len(SECRET_TABLE)


def secret_helper(x):
    return secret_formula(x) if x > 5 else random.random()


def never_used():
    return KEYS


class Base(Exercise):
    def shared(self, answer, x):
        return answer(x)

    def hidden(self, rng):
        yield (7,), 14


class Double(Base):
    name = "double"

    def look(self, answer, x):
        return self.shared(answer, x)

    def examples(self):
        yield (1,), doubled(1)
        yield (math.inf,), math.inf, self.other

    def other(self, answer, x):
        return answer(x)

    def secret_look(self, answer, x):
        return self.secret_part + secret_formula(x)

    secret_part = 12345

    def hidden(self, rng):
        yield (3,), 6, self.secret_look

    mistakes = {"tripled": (lambda x: 3 * x, "You triple it.")}
    hidden_mistakes = {"secret mistake": (lambda x: -2 * x, "A secret hint.")}


class Annotated(Exercise):
    name: ClassVar[str] = "annotated"

    def examples(self):
        yield (1,), 1


class OnlyHidden(Exercise):
    name = "only_hidden"
    hidden_mistakes = {}


Double.hidden_mistakes["later"] = ("secret too", "A later hint.")
'''
SECRETS = ["secret", "hidden", "random", "string", "KEYS", "WORDS", "never_used", "12345", "14", "later", "comment"]


def answer_of(text):
    names: dict = {}
    exec(text, names)
    return names


# ------------------------------------------------------------------------------------------------ the visible half


def test_nothing_of_the_visible_half_tells_what_is_hidden():
    half = visible_half(SOURCE).replace("only_hidden", "").replace("OnlyHidden", "")
    assert [secret for secret in SECRETS if secret.lower() in half.lower()] == []


def test_the_visible_half_holds_all_that_a_visible_check_needs():
    half = LessonChecks(visible_half(SOURCE))
    assert set(half.exercises) == {"double", "annotated", "only_hidden"}
    whole = LessonChecks(SOURCE).exercises["double"]()
    for answer in (lambda x: 2 * x, lambda x: 3 * x, lambda x: x):
        said = []
        for exercise in (half.exercises["double"](), whole):
            try:
                said.append(lesson.check(exercise, "visible", answer))
            except CheckFailed as failed:
                said.append(str(failed))
        assert said[0] == said[1]
    assert "✓" in lesson.check(half.exercises["double"](), "visible", lambda x: 2 * x)
    assert list(half.exercises["double"]().hidden(None)) == []


def test_halving_twice_changes_nothing():
    half = visible_half(SOURCE)
    assert visible_half(half) == half


@pytest.mark.slow
@each_lesson
def test_of_a_real_lesson_students_receive_the_visible_half_alone(file):
    source = file.read_text(encoding="utf-8")
    half, packed = visible_half(source), pack(source)
    assert "def hidden" not in half and "hidden_mistakes" not in half
    assert unpack(packed) == half
    whole, students = LessonChecks(source), LessonChecks(half)
    assert set(students.exercises) == set(whole.exercises)
    for exercise in students.exercises.values():
        assert exercise.hidden is Exercise.hidden and exercise.hidden_mistakes is Exercise.hidden_mistakes
        assert exercise.hidden_inputs is Exercise.hidden_inputs
    visible = {ast.unparse(node) for node in ast.walk(syntax.parse(half)) if isinstance(node, ast.stmt)}
    used = {part.attr for part in ast.walk(syntax.parse(half)) if isinstance(part, ast.Attribute)}
    used |= {part.id for part in ast.walk(syntax.parse(half)) if isinstance(part, ast.Name)}
    for node in ast.walk(syntax.parse(source)):
        if isinstance(node, ast.FunctionDef) and not hasattr(Exercise, node.name):
            assert (ast.unparse(node) in visible) == (node.name in used), f"{node.name}: in the half, or used, not both"


@pytest.mark.slow
@each_lesson
def test_a_packed_file_shows_nothing_at_a_glance(file):
    source = file.read_text(encoding="utf-8")
    packed = pack(source)
    assert "lambda" not in packed
    hints = [hint for exercise in LessonChecks(source).exercises.values() for _, hint in exercise.foreseen().values()]
    assert hints and not any(hint in packed for hint in hints)
    assert set(json.loads(packed)) == {"form", "checks"}


def test_a_packed_lesson_is_the_same_each_time():
    assert pack(SOURCE) == pack(SOURCE)


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "5", "{}", '{"checks": 5}', '{"checks": "é"}', '{"checks": "AAAA"}', '{"checks": null}']
)
def test_a_damaged_file_ends_in_a_sentence(text):
    with pytest.raises(FileNotFoundError, match=r"damaged. Each lesson's folder holds .* Copy it from the folder"):
        unpack(text)


# ---------------------------------------------------------------------------------- where a notebook finds them


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """The folder of a lesson as a student has it, the kernel's folder elsewhere, and a notebook's names."""
    place = tmp_path / "a lesson"
    place.mkdir()
    (place / PACKED).write_text(pack(SOURCE), encoding="utf-8")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    monkeypatch.delenv("JPY_SESSION_NAME", raising=False)
    monkeypatch.setitem(sys.modules, "__main__", types.ModuleType("__main__"))
    vars(sys.modules["__main__"])["double"] = lambda x: 2 * x
    return place


def passes(capsys):
    checks.answer("double")
    return capsys.readouterr().out == "✓ double: 2 examples\n"


def test_they_are_found_in_the_kernels_folder(folder, monkeypatch, capsys):
    monkeypatch.chdir(folder)
    assert passes(capsys)


def test_they_are_found_where_vs_code_says_the_notebook_is(folder, capsys):
    vars(sys.modules["__main__"])["__vsc_ipynb_file__"] = str(folder / "lesson.ipynb")
    assert passes(capsys)


def test_they_are_found_where_jupyter_says_the_notebook_is(folder, monkeypatch, capsys):
    monkeypatch.setenv("JPY_SESSION_NAME", str(folder / "lesson.ipynb"))
    assert passes(capsys)


def test_they_are_found_in_a_folder_of_another_name(folder, monkeypatch, capsys):
    renamed = folder.rename(folder.parent / "lesson 1 (copy) ü")
    monkeypatch.chdir(renamed)
    assert passes(capsys)


def test_the_instructors_file_comes_first_and_has_hidden_examples(folder, monkeypatch, capsys):
    source = SOURCE.replace("self.secret_part + secret_formula(x)", "answer(x)")
    (folder / lesson.SOURCE).write_text(source, encoding="utf-8")
    monkeypatch.chdir(folder)
    checks.answer("double", hidden=True)
    assert capsys.readouterr().out == "✓ double\n"


@pytest.mark.parametrize("said", ["", "untitled", "/not/there/at/all.ipynb", "\0"])
def test_where_there_are_none_one_sentence_says_what_to_do(folder, monkeypatch, said):
    vars(sys.modules["__main__"])["__vsc_ipynb_file__"] = said
    with pytest.raises(FileNotFoundError) as missing:
        checks.answer("double")
    said_there = str(missing.value)
    assert "no checks beside this notebook" in said_there and str(Path.cwd()) in said_there
    assert "Copy it from the folder" in said_there and "make lab" in said_there and "\n" not in said_there


def test_checks_of_another_lesson_are_told_apart(folder, monkeypatch):
    monkeypatch.chdir(folder)
    with pytest.raises(FileNotFoundError, match="belong to another lesson: double, annotated"):
        checks.answer("triple")


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"{", b"", b'{"checks": ""}'])
def test_a_damaged_file_beside_a_notebook_ends_in_a_sentence(folder, monkeypatch, content):
    (folder / PACKED).write_bytes(content)
    monkeypatch.chdir(folder)
    with pytest.raises(FileNotFoundError, match="is damaged"):
        checks.answer("double")


def test_a_new_file_is_read_in_the_same_session(folder, monkeypatch, capsys):
    """A student who copies the right file over a damaged one need not start again."""
    monkeypatch.chdir(folder)
    (folder / PACKED).write_text(pack("x = 1"), encoding="utf-8")
    with pytest.raises(FileNotFoundError):
        checks.answer("double")
    (folder / PACKED).write_text(pack(SOURCE), encoding="utf-8")
    assert passes(capsys)


@pytest.mark.parametrize(
    ("names", "mistake", "sentence"),
    [
        ({}, "not defined", "There is no `double` yet. Run the cell with your answer, then this one."),
        ({"double": 5}, "not a function", "`double` should be a function, but it is an object of type int."),
        ({"double": None}, "not a function", "`double` should be a function, but it is None."),
        ({"double": lambda x: 3 * x}, "tripled", "You triple it."),
    ],
)
def test_a_name_that_is_missing_or_no_function_is_told(folder, monkeypatch, names, mistake, sentence):
    monkeypatch.chdir(folder)
    vars(sys.modules["__main__"]).pop("double")
    vars(sys.modules["__main__"]).update(names)
    with pytest.raises(CheckFailed) as failed:
        checks.answer("double")
    assert (failed.value.exercise, failed.value.mistake) == ("double", mistake)
    assert str(failed.value).split("\n")[1] == sentence


def test_a_check_that_cannot_tell_says_so_in_a_notebook():
    class Essay(Exercise):
        name = "essay"

        def look(self, answer):
            raise Unjudged("it is long.")

        def examples(self):
            yield (), 1

    with pytest.raises(CheckFailed, match="cannot tell: it is long"):
        lesson.check(Essay(), "visible", len)


def test_where_nothing_comes_back_no_facts_of_the_check_are_shown():
    class Pair(Exercise):
        name = "pair"

        def look(self, answer):
            return {"sum": sum(answer())} if answer() else None

        def examples(self):
            yield (), {"sum": 3}

    with pytest.raises(CheckFailed) as failed:
        lesson.check(Pair(), "visible", lambda: None)
    assert failed.value.mistake == "returns None" and "sum" not in str(failed.value)


def test_of_a_table_the_row_that_differs_is_shown():
    class Join(Exercise):
        name = "join"

        def look(self, answer):
            return [["amount", "shop"], answer(), "broadcast"]

        def examples(self):
            yield (), [["amount", "shop"], [[3, 9], [4, 1]], "broadcast"]

    with pytest.raises(CheckFailed) as failed:
        lesson.check(Join(), "visible", lambda: [[3, 9], [5, 1]])
    assert "  expected  [4, 1]\n  got       [5, 1]" in str(failed.value)


@pytest.mark.parametrize("given", [1, ((1,),), ((1,), 2, len, 3), ([1], 2), (1, 2)])
def test_an_example_of_another_form_is_the_authors_error(given):
    class Wrong(Exercise):
        name = "wrong"

        def examples(self):
            yield given

    with pytest.raises(TypeError, match="wrong: an example is"):
        lesson.check(Wrong(), "visible", len)


# ---------------------------------------------------------------------------------------------- models, and back


@pytest.fixture(scope="module")
def keras():
    return pytest.importorskip("keras")


def across(data):
    """As it comes over the judge's wire."""
    from autograder.kernels.wire import Packer, Unpacker

    packer = Packer()
    packed = packer.pack(data)
    return Unpacker(b"".join(packer.blobs)).unpack(json.loads(json.dumps(packed)))


def small(keras, functional=False):
    layers = keras.layers
    if functional:
        given = keras.Input((4,))
        joined = layers.Concatenate()([layers.Dense(3, activation="relu")(given), given])
        return keras.Model(given, layers.Dense(2)(layers.BatchNormalization()(joined)))
    return keras.Sequential(
        [keras.Input((4,)), layers.Dense(3, activation="tanh"), layers.Dropout(0.5), layers.Dense(2)]
    )


@pytest.mark.slow
@pytest.mark.parametrize("functional", [False, True])
def test_a_compiled_model_comes_back_with_all_that_counts(keras, functional):
    model = small(keras, functional)
    model.compile(
        keras.optimizers.Adam(0.0125),
        keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        metrics=["accuracy"],
    )
    data = models.to_data(model)
    assert models.is_model(data)
    back = models.rebuild(across(data))
    x = np.random.default_rng(0).normal(size=(5, 4)).astype("float32")
    assert np.array_equal(np.asarray(model(x)), np.asarray(back(x)))
    assert type(back) is type(model)
    assert type(back.optimizer).__name__ == "Adam" and float(back.optimizer.learning_rate) == pytest.approx(0.0125)
    assert type(back.loss).__name__ == "SparseCategoricalCrossentropy" and back.loss.from_logits
    y = np.array([0, 1, 1, 0, 1])
    assert back.evaluate(x, y, verbose=0) == pytest.approx(model.evaluate(x, y, verbose=0))
    back.fit(x, y, verbose=0)


@pytest.mark.slow
def test_a_model_that_is_not_compiled_comes_back_without(keras):
    back = models.rebuild(across(models.to_data(small(keras))))
    assert back.built and not back.compiled
    compiled = small(keras)
    compiled.compile("sgd", "mse")
    assert not models.rebuild(across(models.to_data(compiled)), compiled=False).compiled


@pytest.mark.slow
def test_a_model_that_is_not_built_comes_back_not_built(keras):
    model = keras.Sequential([keras.layers.Dense(3), keras.layers.Dense(2)])
    data = models.to_data(model)
    assert data["weights"] == []
    back = models.rebuild(across(data))
    assert not back.built and len(back.layers) == 2
    assert back(np.ones((1, 4))).shape == (1, 2)


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore:The object being serialized includes a `lambda`")
def test_what_brings_code_of_its_own_is_for_a_person(keras):
    import tensorflow as tf

    class Own(keras.layers.Layer):
        def call(self, x):
            return x

    @keras.saving.register_keras_serializable("own")
    class Registered(keras.layers.Dense):
        pass

    class Whole(keras.Model):
        def call(self, x):
            return x

    def own_loss(y, p):
        return tf.reduce_mean(y - p)

    layers = keras.layers
    given = keras.Input((4,))
    found = {
        "a Lambda": keras.Sequential([given, layers.Lambda(lambda x: 2 * x)]),
        "an own layer": keras.Sequential([given, Own()]),
        "an own layer within": keras.Sequential([given, keras.Sequential([Own(), layers.Dense(1)])]),
        "a registered layer": keras.Sequential([given, Registered(2)]),
        "an own activation": keras.Sequential([given, layers.Dense(2, activation=lambda x: x)]),
        "an own model": Whole(),
    }
    for name, loss in {"an own loss": own_loss, "a lambda as loss": lambda y, p: y - p}.items():
        found[name] = small(keras)
        found[name].compile("sgd", loss)
    found["an own optimizer"] = small(keras)
    found["an own optimizer"].compile(type("Mine", (keras.optimizers.SGD,), {})(), "mse")
    for name, model in found.items():
        data = across(models.to_data(model))
        with pytest.raises(Unjudged):
            models.rebuild(data)
            pytest.fail(f"{name} came back")


@pytest.mark.slow
def test_a_description_that_is_no_model_is_for_a_person(keras):
    good = models.to_data(small(keras))
    for change in (
        {"model": "{"},
        {"model": "[]"},
        {"model": "5"},
        {"model": ""},
        {"model": json.dumps({"class_name": "Sequential", "config": {"layers": [{"class_name": "os.system"}]}})},
        {"model": json.dumps({"class_name": "__lambda__", "config": {"value": "x"}})},
        {"model": json.dumps({"module": "os", "class_name": "system", "config": {}, "registered_name": None})},
        {"weights": good["weights"][:-1]},
        {"weights": [1, 2, 3, 4]},
        {"weights": "abc"},
        {"weights": [weight[..., None] for weight in good["weights"]]},
        {"compiled": "own"},
        {"compiled": "{"},
        {"compiled": "[1]"},
        {"compiled": 5},
        {"compiled": json.dumps({"optimizer": "nothing", "loss": "mse"})},
    ):
        with pytest.raises(Unjudged):
            models.rebuild({**good, **change})
            pytest.fail(f"{change} came back")


@pytest.mark.slow
def test_what_is_no_model_comes_back_as_it_is(keras):
    for thing in (None, 5, [keras.layers.Dense(2)], "model"):
        assert models.to_data(thing) is thing
        assert not models.is_model(thing)


@pytest.mark.slow
def test_only_what_computes_is_built_again(keras):
    def network(**dense):
        layers = [("InputLayer", {"batch_shape": [None, 2]}), ("Dense", {"units": 1, **dense})]
        described = [{"module": "keras.layers", "class_name": name, "config": config} for name, config in layers]
        whole = {"module": "keras", "class_name": "Sequential", "config": {"name": "s", "layers": described}}
        return {"model": json.dumps(whole), "weights": [], "compiled": None}

    assert models.rebuild(network(activation="relu")).count_params() == 3
    unsafe = {"module": "keras.config", "class_name": "function", "config": "enable_unsafe_deserialization"}
    for part in (
        unsafe,
        {"class_name": "__lambda__", "config": {"value": ["", None, None]}},
        {"class_name": "__typespec__", "spec_name": "TensorSpec", "config": [], "module": None},
        {"module": "os", "class_name": "function", "config": "system"},
        {"module": "keras.layers", "class_name": ["Lambda"], "config": {}},
        {"module": "keras.layers", "class_name": "TFSMLayer", "config": {"filepath": "/tmp"}},
        {"module": "keras.utils", "class_name": "FeatureSpace", "config": {}},
    ):
        for place in ("activation", "kernel_initializer", "kernel_constraint"):
            with pytest.raises(Unjudged, match="not Keras's own"):
                models.rebuild(network(**{place: part}))
    compiled = {"optimizer": {"module": "keras.optimizers", "class_name": "Adam", "config": {"learning_rate": unsafe}}}
    with pytest.raises(Unjudged, match="not Keras's own"):
        models.rebuild(network() | {"compiled": json.dumps(compiled)})
