"""The start page, and JupyterLab from start to Ctrl-C."""

import asyncio
import contextlib
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request

import psutil
import pytest
import tornado.websocket

from course_lib import lab
from course_lib.student import start_page
from tests.waiting import PATIENCE, until

ROOT = lab.ROOT


def write_lesson(release, name, *cells):
    folder = release / name
    folder.mkdir(parents=True)
    notebook = {"cells": [{"cell_type": kind, "source": [text]} for kind, text in cells]}
    (folder / "a lesson.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    return folder / "a lesson.ipynb"


def test_the_map_is_read_from_the_first_cells(tmp_path):
    first = "# Lesson 03 · The regression\n\nAfter this you can\n\n- **fit** a line,\n  twice,\n- **say** why."
    cells = [("markdown", first), ("markdown", "Time: 45 to 60 minutes."), ("code", "# Not a title\n- x")]
    path = write_lesson(tmp_path, "03_regression", *cells)
    lesson = start_page.read_lesson(path)
    assert (lesson.number, lesson.title, lesson.time) == (3, "The regression", "45 to 60 minutes")
    assert lesson.goals == ["**fit** a line, twice,", "**say** why."]
    page = start_page.start_page(tmp_path)
    assert "**[03 · The regression](03_regression/a%20lesson.ipynb)** · 45 to 60 minutes" in page
    assert "You will **fit** a line, twice; **say** why." in page


def test_a_bare_notebook_is_on_the_map_too(tmp_path):
    write_lesson(tmp_path, "09_bare", ("code", "1 + 1"))
    assert "**[09 · a lesson](09_bare/a%20lesson.ipynb)**\n" in start_page.start_page(tmp_path)


def test_a_broken_notebook_and_a_duplicate_do_not_spoil_the_map(tmp_path):
    path = write_lesson(tmp_path, "03_regression", ("markdown", "# The regression"))
    notebook = json.loads(path.read_text(encoding="utf-8"))
    notebook["metadata"] = {"course": {"lesson": "03_regression", "notebook": path.name, "cells": []}}
    for name in (path.name, "a lesson-Copy1.ipynb"):
        (path.parent / name).write_text(json.dumps(notebook), encoding="utf-8")
    broken = write_lesson(tmp_path, "04_broken")
    broken.write_text("half an uplo", encoding="utf-8")
    page = start_page.start_page(tmp_path)
    assert "Copy1" not in page and page.count("The regression") == 1
    assert "**[04 · a lesson](04_broken/a%20lesson.ipynb)**" in page


def test_parts_come_in_order_and_only_where_they_have_lessons(tmp_path):
    assert "There are no lessons yet." in start_page.start_page(tmp_path)
    write_lesson(tmp_path, "09_b", ("markdown", "# B"))
    assert "## Keras" not in start_page.start_page(tmp_path)
    write_lesson(tmp_path, "01_a", ("markdown", "# A"))
    page = start_page.start_page(tmp_path)
    assert page.index("## Keras") < page.index("01 · A") < page.index("## Apache Spark") < page.index("09 · B")


def test_every_lesson_says_title_time_and_goals():
    for path in sorted((ROOT / "notebooks").glob("[0-9][0-9]_*/*.ipynb")):
        lesson = start_page.read_lesson(path)
        assert lesson.time and 3 <= len(lesson.goals) <= 6, path.name


def test_settings_ask_nothing_of_the_network(tmp_path):
    lab.write_settings(tmp_path)
    (path,) = (tmp_path / "share/jupyter/lab/settings/overrides.d").iterdir()
    notification = json.loads(path.read_text())["@jupyterlab/apputils-extension:notification"]
    assert notification == {"fetchNews": "false", "checkForUpdates": False}


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="Ctrl-C is sent as a signal")
def test_students_see_no_tools_of_instructors(tmp_path, monkeypatch):
    from jupyterlab_server.config import get_page_config

    monkeypatch.setenv("JUPYTER_CONFIG_PATH", str(tmp_path / "own"))
    lab.show_students_menus(tmp_path)
    assert os.environ["JUPYTER_CONFIG_PATH"].endswith(f"{os.pathsep}{tmp_path / 'own'}")
    disabled = get_page_config([])["disabledExtensions"]
    assert {f"@jupyter/nbgrader:{name}" for name in ("formgrader", "create-assignment", "menu")} <= set(disabled)
    assert "@jupyter/nbgrader:assignment-list" not in disabled


def test_from_start_to_ctrl_c(tmp_path):
    for name in ("course_lib", "autograder", "nbgrader_config.py", "notebooks/01_neurons_and_activations"):
        source, target = ROOT / name, tmp_path / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copytree(source, target) if source.is_dir() else shutil.copy(source, target)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "course_lib.lab", "--no-browser", f"--port={port}"],
        cwd=tmp_path, env=os.environ | {"PYTHONPATH": str(tmp_path)}, text=True,
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )  # fmt: skip
    try:
        shown = ""
        while not (address := re.search(rf"http://127\.0\.0\.1:{port}/lab/tree/start\.md\?token=\w+", shown)):
            line = process.stdout.readline()
            assert line, shown
            shown += line
        for _ in range(60):  # it prints the address a moment before it answers
            try:
                page = urllib.request.urlopen(address[0], timeout=10).read().decode()
                break
            except OSError:
                time.sleep(0.5)
        assert "JupyterLab" in page
        assert "Neurons and activations" in (tmp_path / "release" / "start.md").read_text(encoding="utf-8")
        assert run_in_a_lesson(*address[0].split("/lab/tree/start.md?token="), "print(6 * 7)") == "42\n"
        process.send_signal(signal.SIGINT)
        shown += process.communicate(timeout=60)[0]
        assert process.returncode == 0
        # what the course and the server's last words say, and no log beside it
        assert not re.findall(r"\[[DIW] .*|.*(?:[Ww]arning|encryption|not trusted).*", shown), shown
    finally:
        process.kill()
        process.wait()


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="a cache elsewhere")
def test_beside_the_lessons_spark_is_made_to_start_quicker_and_ends_with_them(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    with lab.keeping_sparks_classes() as maker:
        here = psutil.Process(maker.pid)
        until(lambda: [one for one in here.children(recursive=True) if makes_classes(one)])
        making = [here, *here.children(recursive=True)]
    assert not psutil.wait_procs(making, timeout=PATIENCE)[1]


def makes_classes(process: psutil.Process) -> bool:
    """Whether this is the Java that writes the classes it has loaded into a file."""
    with contextlib.suppress(psutil.Error):
        return any("ArchiveClassesAtExit" in word for word in process.cmdline())
    return False


def run_in_a_lesson(server, token, source):
    """Open a lesson as JupyterLab does, run a cell in its kernel, and save; return what it prints."""
    headers = {"Authorization": f"token {token}", "Content-Type": "application/json"}

    def ask(method, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        asked = urllib.request.Request(f"{server}/api/{path}", method=method, headers=headers, data=data)
        return json.loads(urllib.request.urlopen(asked, timeout=60).read())

    lesson = "01_neurons_and_activations/neurons_and_activations.ipynb"
    content = ask("GET", f"contents/{lesson}")["content"]
    session = ask("POST", "sessions", {"path": lesson, "name": "", "type": "notebook", "kernel": {"name": "python3"}})
    ask("PUT", f"contents/{lesson}", {"type": "notebook", "format": "json", "content": content})
    for form in set(ask("GET", "nbconvert")) - {"custom"}:  # what the menu offers works
        with urllib.request.urlopen(f"{server}/nbconvert/{form}/{lesson}?token={token}", timeout=60) as exported:
            assert len(exported.read()) > 1000, form
    header = {"msg_id": "1", "msg_type": "execute_request", "session": "s", "username": "", "version": "5.3"}
    message = {"header": header, "parent_header": {}, "metadata": {}, "channel": "shell", "buffers": []}
    message["content"] = {"code": source, "silent": False, "store_history": True, "user_expressions": {}}

    async def run():
        channels = f"{server}/api/kernels/{session['kernel']['id']}/channels?token={token}"
        socket = await tornado.websocket.websocket_connect(channels.replace("http", "ws", 1))
        await socket.write_message(json.dumps(message))
        while True:
            said = json.loads(await socket.read_message())
            if said["msg_type"] == "stream":
                socket.close()
                return said["content"]["text"]

    return asyncio.run(asyncio.wait_for(run(), 120))


# ------------------------------------------------------------------------------------------- other people's machines


def refuse(error):
    def temporary_file(dir):
        raise error

    return temporary_file


def test_a_folder_that_somebody_else_installed_is_told_with_the_way_to_ones_own(monkeypatch, capsys, tmp_path):
    monkeypatch.setattr(lab, "ROOT", tmp_path)
    monkeypatch.setattr(lab.tempfile, "TemporaryFile", refuse(PermissionError(13, "Permission denied")))
    assert lab.main([]) == 1
    said = capsys.readouterr().err
    assert f"You may not write to {tmp_path}" in said and "make lab" in said and "Traceback" not in said


@pytest.mark.skipif(sys.platform == "win32", reason="a shell")
def test_the_way_to_ones_own_copy_works_as_typed(monkeypatch, tmp_path):
    course = tmp_path / "the course"
    (course / ".venv").mkdir(parents=True)
    (course / "release").mkdir()
    (course / "Makefile").write_text("lab:\n\t@echo here it is\n", encoding="utf-8")
    monkeypatch.setattr(lab.tempfile, "TemporaryFile", refuse(PermissionError(13, "Permission denied")))
    lines = lab.cannot_write(course / "release").split("\n", 1)[1]
    home = {**os.environ, "HOME": str(tmp_path / "home")}
    result = subprocess.run(["sh", "-ec", lines], env=home, capture_output=True, text=True)
    assert "here it is" in result.stdout, result.stderr
    assert [path.name for path in next((tmp_path / "home").iterdir()).iterdir()] == ["Makefile"]


def test_a_full_disk_is_called_by_its_name(monkeypatch, tmp_path):
    monkeypatch.setattr(lab.tempfile, "TemporaryFile", refuse(OSError(28, "No space left on device")))
    assert "No space left on device" in lab.cannot_write(tmp_path / "release")


def test_settings_in_an_environment_that_may_not_be_written(monkeypatch, tmp_path):
    (tmp_path / "share").write_text("no folder", encoding="utf-8")
    lab.write_settings(tmp_path)  # a comfort, not a need


@pytest.mark.skipif(sys.platform == "win32", reason="HOME")
def test_a_user_without_a_home_gets_one(monkeypatch, tmp_path):
    for name, value in {"HOME": "/no/such/folder", "USER": ""}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("USER")
    lab.give_a_home(tmp_path)
    assert os.access(os.environ["HOME"], os.W_OK) and os.environ["USER"]
    monkeypatch.setenv("HOME", str(tmp_path))
    lab.give_a_home(tmp_path)
    assert os.environ["HOME"] == str(tmp_path), "a home that is there is kept"
