"""What the autograder uses of other libraries beyond their documentation is there, and does what it is used for.

Where one of these fails after an upgrade, the module named in it is what has to change.
"""

import inspect
import os
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.kernels import client
from tests.course_lib.test_private_parts import foreign


def test_the_autograder_touches_no_private_parts_but_what_it_replaces():
    root = Path(client.__file__).parents[1]
    modules = {path.relative_to(root).as_posix(): path.read_text(encoding="utf-8") for path in root.rglob("*.py")}
    touched = {name: set(foreign(source)) - {"_exit"} for name, source in modules.items()}  # os._exit is public
    assert {name: found for name, found in touched.items() if found} == {"plugins/scores.py": {"_add_comment"}}


def test_nbgrader_writes_points_and_comments_through_the_methods_that_plugins_scores_replaces():
    from nbgrader.preprocessors import SaveAutoGrades

    from autograder.plugins import SaveScores

    for name in ("_add_score", "_add_comment"):
        assert list(inspect.signature(getattr(SaveAutoGrades, name)).parameters) == ["self", "cell", "resources"]
        assert name in vars(SaveScores)
    source = inspect.getsource(SaveAutoGrades.preprocess_cell)
    assert "self._add_score(cell, resources)" in source and "self._add_comment(cell, resources)" in source


def test_nbgraders_grade_and_gradebook_have_what_gradebook_record_writes():
    from nbgrader.api import Comment, Grade, SubmittedNotebook

    assert {"auto_score", "manual_score", "needs_manual_grade"} <= set(dir(Grade))
    assert "auto_comment" in dir(Comment)
    assert {"grades", "comments", "late_submission_penalty"} <= set(dir(SubmittedNotebook))


@pytest.mark.slow
def test_nbgrader_looks_up_the_version_of_its_tables_where_processes_no_alembic_puts_its_own():
    from nbgrader import api

    from autograder.processes import no_alembic

    assert "= get_alembic_version()" in inspect.getsource(api.Gradebook.__init__)
    theirs = "from nbgrader.api import get_alembic_version; print(get_alembic_version())"
    done = subprocess.run([sys.executable, "-c", theirs], capture_output=True, text=True, check=True)
    assert done.stdout.split() == [no_alembic.newest_version()] != [""]


def test_jupyters_kernel_manager_asks_for_the_end_through_the_method_that_kernels_client_replaces():
    from jupyter_client.manager import KernelManager

    assert "_async_request_shutdown" in inspect.getsource(KernelManager._async_shutdown_kernel)
    parameters = inspect.signature(KernelManager._async_request_shutdown).parameters
    assert list(parameters) == ["self", "restart"]
    assert "_async_request_shutdown" in vars(client.SandboxedKernelManager)


def test_a_kernel_lists_all_modules_through_the_name_that_kernels_no_debugger_replaces():
    from ipykernel import ipkernel

    from autograder.kernels import no_debugger

    assert "in sys.modules.copy()" in inspect.getsource(ipkernel.IPythonKernel.__init__)
    with no_debugger.unlisted():
        assert ipkernel.sys.modules == {} and ipkernel.sys.platform == sys.platform
    assert ipkernel.sys is sys


def test_jupyters_messages_carry_the_metadata_by_which_the_kernel_knows_a_test():
    from ipykernel.kernelbase import Kernel
    from jupyter_client.session import Session

    session = Session(key=b"")
    session.metadata = {"is": "test"}
    assert session.msg("execute_request")["metadata"]["is"] == "test"
    assert "cell_meta" in inspect.getsource(Kernel.execute_request)


def test_ipythons_shell_has_what_kernels_shell_replaces():
    from IPython.core.interactiveshell import InteractiveShell

    assert "system_piped" in vars(InteractiveShell) and "var_expand" in vars(InteractiveShell)


def test_nbclient_puts_what_it_ran_in_the_cells_place():
    """`Execute` puts the cell back where it runs something in its stead."""
    from nbclient import NotebookClient

    assert 'self.nb["cells"][cell_index] = cell' in inspect.getsource(NotebookClient.async_execute_cell)


def test_nbconverts_markdown_is_drawn_by_the_class_that_reports_safe_html_extends():
    from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

    assert "renderer" in inspect.signature(MarkdownWithMath.__init__).parameters
    assert inspect.isclass(IPythonRenderer)


@pytest.mark.skipif(not hasattr(os, "fork") or os.uname().sysname != "Linux", reason="only Linux forks kernels")
def test_a_process_that_lives_long_keeps_few_fork_servers(monkeypatch):
    monkeypatch.setattr(client, "_own", {})
    first, second = client.own_server(["json"]), client.own_server(["csv"])
    assert client.own_server(["json"]) is first
    client.own_server(["ast"])  # one too many: the one unused for longest ends
    assert second._process.poll() is not None and first._process.poll() is None
    client._close_own_servers()
    assert first._process.poll() is not None
