"""What the course uses of other libraries beyond their documentation is there, and does what it is used for.

Each of these libraries has one module that touches its private parts; where a test fails after an upgrade, that is the
module to change.
"""

import ast
from pathlib import Path

import pytest

from course_lib import jupyter_private, keras_private, spark
from course_lib.spark import private

PACKAGE = Path(keras_private.__file__).parent
DOORS = {"keras_private.py", "jupyter_private.py", "spark/private.py"}
OURS = {
    "setup/inventory.py": {"_key"},  # of another version: classes of one kind know each other's
}
"""Private names of the course's own that another module or process uses, with the reason."""


def test_nothing_else_in_the_course_touches_private_parts():
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        name = path.relative_to(PACKAGE).as_posix()
        if name in DOORS:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and node.attr.startswith("_") and not node.attr.startswith("__"):
                own = isinstance(node.value, ast.Name) and node.value.id in ("self", "cls")
                known = isinstance(node.value, ast.Name) and node.value.id == "os" and node.attr == "_exit"
                if not own and not known and node.attr not in OURS.get(name, set()):
                    found.append(f"{name}:{node.lineno} {ast.unparse(node)}")
    assert found == []


def test_keras_says_where_a_tensor_comes_from_and_what_goes_into_a_layer():
    keras = pytest.importorskip("keras")
    entrance = keras.Input((3,))
    twice = keras.layers.Dense(2)
    model = keras.Model(entrance, keras.layers.Add()([twice(entrance), twice(entrance)]))
    assert keras_private.maker_of(model.output) is model.layers[-1]
    assert [keras_private.maker_of(tensor) for tensor in keras_private.inputs_of(twice)] == [model.layers[0]] * 2


def test_ipython_tells_of_every_cell_once_and_keeps_the_text_of_the_last(tmp_path, monkeypatch):
    from IPython.core.interactiveshell import InteractiveShell

    shell, seen = InteractiveShell(), []
    jupyter_private.after_every_cell(shell, seen.append)
    jupyter_private.after_every_cell(shell, seen.append)
    shell.run_cell("1 + 1", store_history=True, cell_id="two")
    assert [(cell.source, cell.cell_id, cell.success) for cell in seen] == [("1 + 1", "two", True)]
    shell.run_cell("said = In[-1]", store_history=True)
    assert jupyter_private.last_cell(shell) == shell.user_ns["said"] == "said = In[-1]"
    notebook = tmp_path / "lesson.ipynb"
    notebook.touch()
    monkeypatch.setenv("JPY_SESSION_NAME", str(notebook))
    assert jupyter_private.notebook_of(shell) == notebook


def test_a_widget_gives_its_bundle():
    import ipywidgets

    assert "application/vnd.jupyter.widget-view+json" in jupyter_private.mimebundle(ipywidgets.IntSlider())


@pytest.fixture(scope="module")
def session():
    yield spark.start()
    spark.stop()


@pytest.mark.slow
def test_spark_says_what_its_java_did(session):
    context = session.sparkContext
    assert private.running_context() is context and not private.is_stopped(context) and private.has_java()
    before = private.count_jobs(context)
    context.parallelize(range(4), 2).map(lambda number: (number % 2, 1)).reduceByKey(lambda a, b: a + b).collect()
    session.range(10).groupBy().sum("id").collect()
    jobs = private.jobs(context)
    assert private.count_jobs(context) == len(jobs) > before
    newest = max(jobs, key=lambda job: job.jobId())
    stages = {stage.stageId(): stage for stage in private.stages(context)}
    ran = [stages[number] for number in private.numbers_of_stages(newest) if number in stages]
    assert ran and private.tasks(context, ran[-1].stageId(), ran[-1].attemptId(), 5)
    assert [executor.id() for executor in private.executors(context)] == ["driver"]
    assert newest.jobId() in set().union(*private.jobs_of_queries(session))
    assert private.temporary_folder(context).is_dir() and private.py4j_jar().is_file()
    assert private.jvm(context).java.lang.Math.max(2, 3) == 3 and private.java_session(session) is not None
