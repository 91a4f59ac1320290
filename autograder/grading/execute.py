"""Runs a hand-in's cells: nbgrader's Execute in a sandbox, where one bad cell does not take the good ones with it."""

from __future__ import annotations

import hashlib
import json
import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any

from jupyter_client.manager import KernelManager
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat import NotebookNode, from_dict
from nbformat.v4 import new_code_cell, new_output
from nbgrader.preprocessors import Execute as NbgraderExecute
from traitlets import Bool, Integer, Unicode, default
from traitlets.config import Config

from autograder.course import (
    CHECKS,
    Course,
    exercise_of,
    grade_id,
    is_answer,
    is_graded,
    is_locked,
    is_one_line,
    is_solution,
    is_test,
)
from autograder.gradebook.result import STOPPED
from autograder.gradebook.seen import FOR_A_PERSON
from autograder.grading.hide_tests import hide_tests
from autograder.grading.names import definitions
from autograder.grading.version import ANSWERS
from autograder.kernels.ahead import modules_of
from autograder.kernels.limits import Limits
from autograder.kernels.messages import ASKED, JAVA_ENDED, KILLED, SPARK_AMISS, JudgeFailed, well_formed
from autograder.kernels.rungs import why_no_sandbox

if TYPE_CHECKING:
    from autograder.kernels.client import JudgeProcess

SKIP = "skip-grading"
SMALL = ("status", "execute_input", "clear_output")
"""Messages that leave nothing behind. Of all others the size counts."""
MOST_HELD = 600
"""MB by which the grader may grow while a hand-in runs: a message that has not arrived in full counts nowhere else."""
OF_THE_RUN = ("status", "execute_input")
"""Messages that say how a run goes."""


class Execute(NbgraderExecute):
    """Executes a notebook for grading.

    * The kernel is forked from one that has the lesson's modules loaded, into a sandbox (:mod:`autograder.kernels`).
    * Cells tagged ``skip-grading`` only demonstrate: of them only what they define is run (imports, functions, other
      names), unless they are a solution or give points.
    * Tests run in another process, the judge (:mod:`autograder.kernels.judge`), which asks the kernel questions.
    * When the kernel dies or answers no more, the cells already run keep what they earned. The cell at fault and
      those after it get an error that says why.
    * Where the kernel was killed, or Spark failed, all is run once more: on a full machine that is nobody's fault.
    * A hand-in has ``limit`` seconds for all its cells together, and may print ``output_limit`` MB.
    """

    limit = Integer(600, help="Seconds for all cells of a hand-in together").tag(config=True)
    memory = Integer(3000, help="MB of memory for a hand-in, Java and its other processes included").tag(config=True)
    disk = Integer(512, help="MB of files that a hand-in may write").tag(config=True)
    processes = Integer(512, help="Processes and threads of a hand-in").tag(config=True)
    output_limit = Integer(5, help="MB of output that are kept; ten times that end the run").tag(config=True)
    sandbox = Bool(True, help="Run hand-ins in a sandbox; where there is none, refuse to run them").tag(config=True)
    checks = Unicode(help="Text of the lesson's checks.py; by default the one in the course's own folder")
    fork_server = Unicode(help="Address of the fork server; by default this process starts one")

    @default("error_on_timeout")
    def _error_on_timeout(self) -> dict[str, Any]:
        text = f"This cell ran for more than {self.timeout} seconds and was stopped. Is there an endless loop?"
        return {"ename": "CellTimeoutError", "evalue": text, "traceback": [text]}

    @default("shutdown_kernel")
    def _shutdown_kernel(self) -> str:
        return "immediate"

    def create_kernel_manager(self) -> KernelManager:
        """The manager of a forked kernel, with a judge beside it; where the system cannot fork, of an ordinary one.

        Raises:
            RuntimeError: where a sandbox is wanted and this system has none.
        """
        modules: list[str] = []
        if not self.fork_server:  # else who started it has them, and has asked the same
            # what the lesson itself imports; a student's answer decides nothing
            modules = modules_of([cell for cell in self.nb.cells if is_locked(cell)], self._given[0])
        if self.sandbox and (reason := why_no_sandbox(modules)):
            advice = "for students you trust: c.Execute.sandbox = False in nbgrader_config.py"
            raise RuntimeError(f"there is no sandbox for it on this machine ({reason}); {advice}")
        if sys.platform != "linux":
            self.km = super().create_kernel_manager()
            return self.km
        from autograder.kernels.client import JudgeProcess, SandboxedKernelManager, own_server

        limits = Limits(self.memory, self.disk, self.processes, 2 * self.limit)
        address = self.fork_server or own_server(modules).address
        folder = Path(self.resources["metadata"]["path"])
        to_judge, to_student = socket.socketpair()
        self._judge: JudgeProcess | None = JudgeProcess(address, to_student, limits, self.sandbox)
        self.km = SandboxedKernelManager(address, folder, limits, self.sandbox, to_judge)
        return self.km

    def preprocess(
        self, nb: NotebookNode, resources: Any = None, km: KernelManager | None = None
    ) -> tuple[NotebookNode, Any]:
        """Run all cells of ``nb`` in a fresh kernel; where the machine may have failed it, once more in another one."""
        self._deadline = monotonic() + self.limit
        fresh = json.dumps(nb)  # four times as fast as a copy
        ran = self._run(nb, resources, km)
        return self._run(from_dict(json.loads(fresh)), resources, km) if self._may_be_the_machine else ran

    def _run(self, nb: NotebookNode, resources: Any, km: KernelManager | None) -> tuple[NotebookNode, Any]:
        self._stopped = ""
        self._printed = 0
        self._judge = None
        self._may_be_the_machine = False
        self._is_ready, self._is_asked, self._judge_failed = False, False, ""
        checks = self.checks or _checks_of(self.config, resources)
        if checks and sys.platform != "linux":  # no judge here: for students that are trusted
            Path(resources["metadata"]["path"], CHECKS).write_text(checks, encoding="utf-8")
        self._given = checks, seed_of(nb), _own_cells(nb)
        nb.metadata["seed_of_hidden_examples"] = self._given[1]  # for who wants to see them again
        if name := resources["metadata"].get("name"):  # there is none where no file is
            hide_tests(nb, Path(resources["metadata"]["path"], f"{name}.ipynb"), self.config)
        try:
            with self._watching_itself():
                ran: tuple[NotebookNode, Any] = super().preprocess(nb, resources, km)
        finally:
            if self._judge is not None:
                self._judge.close()
        return ran

    def preprocess_cell(self, cell: NotebookNode, resources: Any, index: int) -> tuple[NotebookNode, Any]:
        """Run one cell, or what it defines, unless the kernel is gone."""
        if cell.cell_type != "code":
            return cell, resources
        left_out = _left_out(cell)
        if not self._stopped and monotonic() > self._deadline:
            self._stopped = f"The whole notebook ran for more than {self.limit} seconds."
        if not self._stopped:
            try:
                if left_out:
                    self._bring_into_scope(cell, index)
                elif is_test(cell):
                    self._test(cell, index)
                else:
                    ran: tuple[NotebookNode, Any] = super().preprocess_cell(cell, resources, index)
                    return ran
                return cell, resources
            except DeadKernelError:
                self._may_be_the_machine |= not self._stopped and self._why_dead() == KILLED
                self._stopped = self._stopped or self._why_dead()
            except CellTimeoutError:
                self._stopped = "Python did not answer any more in this cell, or in one before it."
            except (LookupError, TypeError, ValueError, AttributeError, RecursionError) as error:
                self._stopped = f"What its kernel said is no message of Jupyter ({type(error).__name__})."
                self._end_kernel()
        if not left_out:
            cell.outputs.append(
                new_output("error", ename=STOPPED, evalue=self._stopped, traceback=[f"{STOPPED}: {self._stopped}"])
            )
        return cell, resources

    def _bring_into_scope(self, cell: NotebookNode, index: int) -> None:
        """Define what a cell that only demonstrates defines: an honest answer may use it."""
        if source := definitions(cell.source):
            self.execute_cell(new_code_cell(source), index)
            self.nb.cells[index] = cell  # nbclient puts what it ran in the cell's place

    def _test(self, cell: NotebookNode, index: int) -> None:
        """Have the judge run a test, while the student's kernel answers its questions; no trace is left in its history.

        Whatever the answer shows meanwhile is dropped: it has seen hidden examples.
        """
        if self._judge is None:
            self.execute_cell(cell, index, store_history=False)
            return
        answer = self._answer_of(cell)
        asked_for = sorted(answer.metadata.get(ANSWERS, [])) if answer is not None else []
        cell.outputs = []
        try:
            if self._judge_failed:
                raise JudgeFailed(self._judge_failed)
            if not self._is_ready:
                self._judge.start(*self._given, seconds=self.timeout or 120)
                self._is_ready = True
            verdict = self._judge.ask(cell.source, asked_for, seconds=self.timeout or 120)
            if verdict is None:
                with self._telling(ASKED):
                    asking = self.execute_cell(new_code_cell("0"), index, store_history=False)
                cell.metadata["execution"] = asking.metadata.get("execution", {})  # when it ran
                verdict = self._judge.verdict(seconds=20)
        except JudgeFailed as failed:
            self._judge_failed = str(failed)
            text = f"The judge gave no verdict, which is not the student's fault: {failed}."
            verdict = {"printed": "", "error": None, "score": None, "stopped": text, "for_a_person": [text]}
        finally:
            self.nb.cells[index] = cell  # nbclient puts what it ran in the cell's place
        self._may_be_the_machine |= not {JAVA_ENDED, SPARK_AMISS}.isdisjoint(verdict["for_a_person"])
        _show(cell, verdict)

    def _answer_of(self, test: NotebookNode) -> NotebookNode | None:
        """The answer that a test asks for; None where there is none."""
        answers = {grade_id(other): other for other in self.nb.cells if is_answer(other)}
        return answers.get(exercise_of(grade_id(test), answers) or "")

    @contextmanager
    def _telling(self, role: dict[str, Any]) -> Iterator[None]:
        """Tell the kernel, in the metadata of each message, what is asked of it; what it shows meanwhile is dropped.

        It must leave no trace: what an answer has shown in a test, it could change when the verdict stands there.
        """
        self.kc.session.metadata, self._is_asked = role, True
        try:
            yield
        finally:
            self.kc.session.metadata, self._is_asked = {}, False

    @contextmanager
    def _watching_itself(self) -> Iterator[None]:
        """End the kernel where its messages fill this process's memory."""
        if sys.platform != "linux":
            yield
            return
        from autograder.kernels.memory import of_this_process

        before, over = of_this_process(), threading.Event()

        def watch() -> None:
            while not over.wait(0.05):
                if of_this_process() - before > MOST_HELD:
                    self._stopped = f"Its messages filled more than {MOST_HELD} MB."
                    self._end_kernel()
                    return

        watching = threading.Thread(target=watch, daemon=True)
        watching.start()
        try:
            yield
        finally:
            over.set()
            watching.join()

    def process_message(self, msg: dict[str, Any], cell: NotebookNode, cell_index: int) -> Any:
        """Take one message of the kernel, but none that is malformed, and no more of them all than is allowed.

        What is printed, raised, shown, or kept for widgets: all of it ends up in the graded notebook.
        """
        if not well_formed(msg):
            return None
        if msg["msg_type"] not in SMALL:
            before, limit = self._printed, self.output_limit * 1_000_000
            self._printed += len(str(msg["content"])) + len(msg.get("buffers") or []) * 1000
            if self._printed > 10 * limit:
                self._stopped = f"It printed more than {10 * self.output_limit} MB."
                self._end_kernel()
            if self._printed > limit:
                if before <= limit:
                    text = f"\n[More than {self.output_limit} MB of output: the rest is left out.]\n"
                    cell.outputs.append(new_output("stream", name="stdout", text=text))
                if msg["msg_type"] != "error":
                    return None
                text = "This cell ended in an error; its text is left out: there was too much output."
                msg = {**msg, "content": {"ename": "Error", "evalue": text, "traceback": [text]}}
        if self._is_asked and msg["msg_type"] not in OF_THE_RUN:
            return None
        return super().process_message(msg, cell, cell_index)

    def _why_dead(self) -> str:
        reason = getattr(getattr(self.km, "provisioner", None), "ended", "")
        return reason or "Python stopped while this cell ran (the kernel died), or had stopped before it."

    def _end_kernel(self) -> None:
        if (end := getattr(getattr(self.km, "provisioner", None), "end", None)) is not None:
            end()


def seed_of(notebook: NotebookNode) -> int:
    """The seed of a hand-in's hidden examples: another text, another seed; the same text graded again, the same."""
    text = "\n".join(cell.source for cell in notebook.cells)
    return int.from_bytes(hashlib.sha256(text.encode("utf-8", "replace")).digest()[:6], "big")


def _checks_of(config: Config, resources: Any) -> str:
    """The lesson's ``checks.py``, where nbgrader itself grades."""
    names = resources.get("nbgrader") or {}
    if not names.get("assignment") or "CourseDirectory" not in config:
        return ""
    course = Course.find(Path(config.CourseDirectory.root))
    (lesson,) = course.lessons([names["assignment"]])
    return lesson.checks


def _own_cells(notebook: NotebookNode) -> list[str]:
    """The lesson's own code, for the judge: only where tests stand in the notebook and may need it."""
    tests = [cell for cell in notebook.cells if is_test(cell)]
    if all(is_one_line(cell.source) for cell in tests):
        return []
    cells = [cell for cell in notebook.cells if cell.cell_type == "code" and is_locked(cell) and not is_test(cell)]
    return [cell.source for cell in cells]


def _show(cell: NotebookNode, verdict: dict[str, Any]) -> None:
    """Write a verdict into the cell of its test, as the outputs that it would have had there."""
    if verdict["printed"]:
        cell.outputs.append(new_output("stream", name="stdout", text=verdict["printed"]))
    if verdict["score"] is not None:
        score = {"text/plain": repr(float(verdict["score"]))}
        cell.outputs.append(new_output("execute_result", data=score, execution_count=None))
    if verdict["error"] is not None:
        name, text = verdict["error"]
        cell.outputs.append(new_output("error", ename=name, evalue=text, traceback=text.split("\n")))
    if verdict["stopped"]:
        text = verdict["stopped"]
        cell.outputs.append(new_output("error", ename=STOPPED, evalue=text, traceback=[f"{STOPPED}: {text}"]))
    if verdict["for_a_person"]:
        cell.metadata[FOR_A_PERSON] = list(verdict["for_a_person"])


def _left_out(cell: NotebookNode) -> bool:
    """Whether grading skips this cell. The tags of cells that are graded are the student's to change: ignored."""
    tags = cell.metadata.get("tags", [])
    if is_graded(cell) or is_solution(cell):
        cell.metadata["tags"] = [tag for tag in tags if tag not in (SKIP, "skip-execution", "raises-exception")]
        return False
    return SKIP in tags
