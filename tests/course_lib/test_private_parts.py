"""What other libraries keep to themselves: that it is there and does what we use it for, and who may touch it.

Each test asks the real library. Where one fails after an update, the module that it names is the only one to mend.
"""

import ast
import os
import subprocess
from pathlib import Path

import numpy as np
import pytest

import course_lib
from course_lib import check, jupyter_private, keras_private, spark, syntax
from course_lib.check.message import Message
from course_lib.spark import java, launch, private, systemds

LIBRARY = Path(course_lib.__file__).parent
MODULES = {"keras_private.py", "jupyter_private.py", "spark/private.py"}
ALLOWED = {
    "_key": "setup/inventory.py: two versions of our own class are compared",
    "_base_executable": "setup/pythons.py: the Python below a virtual environment; venv itself reads it, too",
}


# ------------------------------------------------------------------------------------------------- nobody else


def foreign(source: str) -> list[str]:
    """Attributes with one underscore of something other than self or cls, and imports of such names."""
    found = []
    for node in ast.walk(syntax.parse(source)):
        if isinstance(node, ast.Attribute) and not (
            isinstance(node.value, ast.Name) and node.value.id in ("self", "cls")
        ):
            found.append(node.attr)
        elif isinstance(node, ast.Call) and ast.unparse(node.func) in ("getattr", "setattr", "hasattr", "delattr"):
            found += [ast.literal_eval(node.args[1])] if isinstance(node.args[1], ast.Constant) else []
        elif isinstance(node, ast.ImportFrom):
            found += [*(node.module or "").split("."), *(alias.name for alias in node.names)]
    return [name for name in found if name.startswith("_") and not name.startswith("__")]


def test_only_these_modules_touch_private_parts():
    modules = {path.relative_to(LIBRARY).as_posix(): path for path in LIBRARY.rglob("*.py")}
    touched = {name: set(foreign(path.read_text(encoding="utf-8"))) for name, path in modules.items()}
    beside = {name: found - set(ALLOWED) for name, found in touched.items() if name not in MODULES}
    assert {name: found for name, found in beside.items() if found} == {}
    assert all(touched[name] for name in MODULES)
    assert {reason.split(":")[0] for reason in ALLOWED.values()} <= {n for n in touched if touched[n]}


@pytest.mark.parametrize("source", ["x._y", "x().z._y", "getattr(x, '_y')", "from a import _y", "from a._y import b"])
def test_the_test_sees(source):
    assert foreign(source) == ["_y"]
    assert foreign("self._y; cls._y; x.__class__; getattr(x, name)") == []


# ------------------------------------------------------------------------------------------------------- Keras


def test_keras_tells_where_a_tensor_comes_from_and_goes():
    import keras

    image = keras.Input((3,), name="image")
    shared = keras.layers.Dense(3, name="shared")
    once = shared(image)
    twice = shared(once)
    both = keras.layers.Add(name="both")([once, twice])
    model = keras.Model(image, both)
    assert [keras_private.maker_of(tensor).name for tensor in (image, once, both)] == ["image", "shared", "both"]
    inputs = {
        layer.name: [keras_private.maker_of(t).name for t in keras_private.inputs_of(layer)] for layer in model.layers
    }
    inputs_of_twice, rest = keras_private.call_of(twice)
    assert [keras_private.maker_of(tensor).name for tensor in inputs_of_twice] == ["shared"] and rest == {}
    masked = keras.layers.Softmax()(image, mask=np.ones((1, 3), bool))
    assert list(keras_private.call_of(masked)[1]) == ["mask"] and keras_private.call_of(image) == ([], {})
    assert inputs == {"image": [], "shared": ["image", "shared"], "both": ["shared", "shared"]}
    with pytest.raises(AttributeError):
        keras_private.maker_of(np.zeros(3))


# --------------------------------------------------------------------------------------------- IPython and widgets


@pytest.fixture
def shell():
    from IPython.core.interactiveshell import InteractiveShell

    shell = InteractiveShell()
    yield shell
    shell.history_manager.end_session()


def test_ipython_tells_what_ran(shell):
    ran = []
    jupyter_private.after_every_cell(shell, ran.append)
    jupyter_private.after_every_cell(shell, lambda cell: ran.append("twice"))
    shell.run_cell("1 + 1", cell_id="double", store_history=True)
    shell.run_cell("1 / 0")
    assert ran == [jupyter_private.RanCell("1 + 1", "double", True), jupyter_private.RanCell("1 / 0", "", False)]
    assert jupyter_private.last_cell(shell) == "1 + 1"


def test_what_is_done_after_a_cell_disturbs_nobody(shell, capsys):
    jupyter_private.after_every_cell(shell, lambda cell: cell.nonsense)
    shell.run_cell("pass")
    assert "Error" not in "".join(capsys.readouterr())


def test_the_front_ends_say_which_notebook_it_is(shell, tmp_path, monkeypatch):
    notebook = tmp_path / "a.ipynb"
    notebook.touch()
    monkeypatch.delenv("JPY_SESSION_NAME", raising=False)
    assert jupyter_private.notebook_of(shell) is None
    shell.user_ns["__vsc_ipynb_file__"] = str(notebook)
    assert jupyter_private.notebook_of(shell) == notebook
    monkeypatch.setenv("JPY_SESSION_NAME", str(tmp_path / "gone.ipynb"))
    assert jupyter_private.notebook_of(shell) is None


def test_ipython_shows_a_failed_check_as_it_wants_to_be_shown(shell, capsys):
    shell.user_ns["check"] = check
    shell.run_cell("check.that(False, 'Think again.', name='relu')")
    assert "".join(capsys.readouterr()).strip() == str(check.CheckFailed(Message("relu", "", "Think again.")))


def test_widgets_give_their_forms():
    import anywidget
    import ipywidgets

    for widget in (ipywidgets.HTML("text"), anywidget.AnyWidget()):
        assert "application/vnd.jupyter.widget-view+json" in jupyter_private.mimebundle(widget)


# ------------------------------------------------------------------------------------------------ PySpark, SystemDS


@pytest.fixture(scope="module")
def session():
    reason = systemds.what_is_missing()
    yield spark.start(systemds=not reason)
    spark.stop()


@pytest.mark.slow
def test_java_is_started_as_by_sparks_launcher(monkeypatch):
    settings = {
        "spark.master": "local[2]",
        "spark.driver.memory": "700m",
        "spark.driver.extraJavaOptions": '-XX:+UseSerialGC -Duser.home="a place" -Dx=$y',
    }
    monkeypatch.setenv("JAVA_HOME", str(java.home()))
    monkeypatch.setenv("SPARK_SUBMIT_OPTS", "-Dz=1")
    with launch.own_variables():
        ours = private.java_command(settings)
        assert private.java_command({**settings, "spark.master": "spark://host:7077"}) is None
        assert private.java_command({**settings, "spark.driver.extraClassPath": "a.jar"}) is None
        main = ["org.apache.spark.launcher.Main", "org.apache.spark.deploy.SparkSubmit"]
        conf = [word for setting in settings.items() for word in ("--conf", "=".join(setting))]
        program, jars = Path(java.home(), "bin", "java"), Path(os.environ["SPARK_HOME"], "jars", "*")
        (version,) = {path.name.split("_")[1].rsplit("-")[0] for path in jars.parent.glob("spark-core_*.jar")}
        said = subprocess.run(
            [program, "-cp", jars, *main, *conf, "pyspark-shell"],
            env=os.environ | {"SPARK_SCALA_VERSION": version},
            capture_output=True,
            check=True,
        ).stdout.decode()
    theirs = said.strip("\0\n").split("\0")
    until = ours.index(main[1]) + 1
    assert theirs[:until] == ours[:until]
    assert sorted(theirs[until:]) == sorted(ours[until:]) and theirs[-1] == ours[-1]


@pytest.mark.slow
def test_pyspark_before_and_after_a_session(session):
    context = session.sparkContext
    assert private.running_context() is context and private.has_java() and not private.is_stopped(context)
    assert private.jvm(context).java.lang.Math.abs(-3) == 3
    assert private.java_session(session).sparkContext().isLocal()
    assert private.java_context(context).isLocal() and not private.java_context(context).isStopped()
    assert private.temporary_folder(context).is_dir()
    assert private.py4j_jar().is_file()


@pytest.mark.slow
def test_the_status_store_tells_jobs_stages_tasks_and_executors(session):
    context = session.sparkContext
    before = private.count_jobs(context)
    frame = session.range(100, numPartitions=3).selectExpr("id % 2 AS key")
    assert len(frame.groupBy("key").count().collect()) == 2
    jobs = private.jobs(context)
    assert len(jobs) == private.count_jobs(context) > before
    first = min(number for job in jobs for number in private.numbers_of_stages(job))
    stage = next(stage for stage in private.stages(context) if stage.stageId() == first)
    tasks = private.tasks(context, first, stage.attemptId(), 100)
    assert len(tasks) == stage.numTasks() == 3
    assert len(private.tasks(context, first, stage.attemptId(), 2)) == 2
    assert sum(task.taskMetrics().get().inputMetrics().recordsRead() for task in tasks) == 100
    assert [executor.id() for executor in private.executors(context)] == ["driver"]
    assert private.kept(context) == []
    assert frame.cache().count() == 100
    (info,) = private.kept(context)
    assert info.numCachedPartitions() == 3 and info.memSize() > 0 == info.diskSize()
    frame.unpersist(blocking=True)


@pytest.mark.slow
def test_systemds_takes_matrices_and_runs_scripts(session):
    if reason := systemds.what_is_missing():
        pytest.skip(reason)
    jvm = private.jvm(session.sparkContext)
    matrix = np.arange(6.0).reshape(2, 3)
    assert np.array_equal(systemds.to_numpy(jvm, systemds.to_block(jvm, matrix)), matrix)
    ml = systemds.mlcontext(jvm)
    context = ml.MLContext(private.java_session(session))
    script = ml.Script("out = 2 * X")
    getattr(script, "in")("X", systemds.to_block(jvm, matrix), ml.MatrixMetadata(2, 3, 1000))
    script.out("out")
    assert np.array_equal(systemds.to_numpy(jvm, systemds.results_of(context.execute(script), "out")), 2 * matrix)
    context.close()
    connection = systemds.jmlc_connection(jvm)
    assert connection.getClass().getSimpleName() == "Connection"
    connection.close()


@pytest.mark.slow
def test_pyspark_brings_the_daemon_that_ours_stands_for():
    import pyspark.daemon
    import pyspark.worker

    assert callable(pyspark.daemon.manager) and callable(pyspark.worker.main)


@pytest.mark.slow
def test_java_ends_when_asked_to(session):
    java = session.sparkContext._gateway.proc
    session.stop()
    assert private.running_context() is None and private.has_java() and java.poll() is None
    private.end_java(60)
    assert not private.has_java() and java.poll() is not None
    private.end_java(60)  # once more harms nothing
