"""The progress line: tasks done of those known, and nothing where there is nothing to watch."""

from types import SimpleNamespace

import pytest
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook

from course_lib import spark
from course_lib.spark.job_progress import Tasks


class Tracker:
    """What Spark's status tracker would say at three moments."""

    moments = iter(({0: (1, 4)}, {0: (4, 4), 1: (0, 2)}, {1: (1, 2)}))

    def getActiveStageIds(self):
        self.now = next(self.moments)
        return list(self.now)

    def getStageInfo(self, number):
        return SimpleNamespace(numCompletedTasks=self.now[number][0], numTasks=self.now[number][1])


def test_stages_that_run_no_more_are_done_and_later_ones_are_added():
    tasks, tracker, seen = Tasks(), Tracker(), []
    for _ in range(3):
        tasks.look(tracker)
        seen.append((tasks.done, tasks.known))
    assert seen == [(1, 4), (4, 6), (5, 6)]
    assert tasks.line("rows", 3.2) == "rows: " + "█" * 16 + "░" * 4 + " 5 of 6 tasks, 3 s"
    assert Tasks().line("rows", 0.4) == "rows: 0 s"


def test_outside_a_notebook_nothing_is_shown(capsys):
    with spark.progress("rows"):
        pass
    assert capsys.readouterr().out == ""


@pytest.mark.slow
def test_in_a_notebook_one_line_stays_also_after_an_error():
    cells = [
        "from course_lib import spark\nimport time\nsession = spark.start()",
        "with spark.progress('sleeping'):\n"
        "    session.sparkContext.parallelize(range(6), 6).foreach(lambda _: time.sleep(0.5))",
        "with spark.progress('failing'):\n    1 / 0",
        "spark.stop()",
    ]
    notebook = new_notebook(cells=[new_code_cell(source) for source in cells])
    NotebookClient(notebook, timeout=120, allow_errors=True).execute()
    (line,) = notebook.cells[1].outputs
    assert line["data"]["text/plain"].startswith("sleeping: done in ")
    failing, error = notebook.cells[2].outputs
    assert failing["data"]["text/plain"].startswith("failing: done in") and error.ename == "ZeroDivisionError"
