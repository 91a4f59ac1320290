"""JupyterLab in a real, headless browser: start the server, open a notebook, act on its cells as a user would."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Locator, Page, sync_playwright

from course_lib import lab
from tests.waiting import until_answers

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = [
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@contextlib.contextmanager
def server(root: Path, *options: str) -> Iterator[str]:
    """JupyterLab on 127.0.0.1 with ``root`` as its folder; yields its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--ip=127.0.0.1", f"--port={port}"]
    command += [f"--ServerApp.root_dir={root}", "--IdentityProvider.token=", "--LabApp.expose_app_in_browser=True"]
    # as on a new machine after `make lab`: the course's settings, none of whoever runs the tests, no open tabs
    lab.write_settings(root.parent)
    command.append(f"--LabApp.app_settings_dir={root.parent / 'share' / 'jupyter' / 'lab' / 'settings'}")
    command += [f"--LabApp.user_settings_dir={root.parent / 'settings'}"]
    command += [f"--LabApp.workspaces_dir={root.parent / 'workspaces'}"]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        command.append("--allow-root")
    log = root.parent / "jupyterlab.log"
    with log.open("w") as stream:
        process = subprocess.Popen([*command, *options], stdout=stream, stderr=stream, cwd=root)
        try:
            address = f"http://127.0.0.1:{port}"
            until_answers("JupyterLab", address + "/api", process, log)
            yield address
        finally:
            process.terminate()
            process.wait(30)


@contextlib.contextmanager
def browser_page(width: int = 1280, height: int = 900) -> Iterator[Page]:
    """A page of headless Chromium."""
    flags = FLAGS + (["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else [])
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=flags)
        try:
            yield browser.new_page(viewport={"width": width, "height": height})
        finally:
            browser.close()


class Notebook:
    """A notebook that is open in JupyterLab."""

    def __init__(self, page: Page, address: str, path: str):
        self.page = page
        page.goto(f"{address}/lab/tree/{path}?reset")
        page.wait_for_selector(".jp-Notebook", timeout=90_000)
        page.wait_for_function(
            "() => window.jupyterapp?.shell?.currentWidget?.sessionContext?.session?.kernel?.status === 'idle'",
            timeout=90_000,
        )

    def _index(self, cell_id: str) -> int:
        index = self.page.evaluate(
            "id => window.jupyterapp.shell.currentWidget.content.widgets.findIndex(w => w.model.id === id)", cell_id
        )
        assert index >= 0, f"no cell {cell_id} in the notebook"
        return index

    def cell(self, cell_id: str) -> Locator:
        """Scroll to a cell, make it the active one, and return it."""
        self.page.evaluate(
            """async index => {
                const notebook = window.jupyterapp.shell.currentWidget.content;
                notebook.activeCellIndex = index;
                notebook.mode = 'command';
                await notebook.scrollToItem(index, 'start');
                notebook.activate();  // the keyboard now speaks to the notebook
            }""",
            self._index(cell_id),
        )
        active = self.page.locator(".jp-Notebook .jp-Cell.jp-mod-active")
        active.wait_for(timeout=20_000)
        return active

    def run(self, cell_id: str, timeout: float = 120) -> Locator:
        """Run one cell from the keyboard and wait for its end; returns the cell."""
        self.cell(cell_id)
        before = self._execution_count(cell_id)
        self.page.keyboard.press("Control+Enter")
        self._wait_until_run(cell_id, before, timeout)
        return self.cell(cell_id)

    def run_up_to(self, cell_id: str, timeout: float = 120) -> None:
        """Run all cells above a cell, going on after errors as a student does."""
        self.cell(cell_id)
        self.page.evaluate("() => window.jupyterapp.commands.execute('notebook:run-all-above')")
        self._wait_until_idle(timeout)

    def type(self, cell_id: str, source: str) -> None:
        """Replace a code cell's text from the keyboard."""
        editor = self.cell(cell_id).locator(".cm-content")
        editor.click()
        self.page.keyboard.press("Control+a")
        self.page.keyboard.press("Delete")
        self.page.keyboard.insert_text(source)
        self.page.keyboard.press("Escape")

    def output(self, cell_id: str) -> str:
        """The text that a reader sees below a cell."""
        return self.cell(cell_id).locator(".jp-Cell-outputArea").inner_text()

    def _execution_count(self, cell_id: str) -> int | None:
        return self.page.evaluate(
            "index => window.jupyterapp.shell.currentWidget.content.widgets[index].model.executionCount ?? null",
            self._index(cell_id),
        )

    def _wait_until_run(self, cell_id: str, before: int | None, timeout: float) -> None:
        self.page.wait_for_function(
            """([index, before]) => {
                const model = window.jupyterapp.shell.currentWidget.content.widgets[index].model;
                return model.executionCount !== null && model.executionCount !== before;
            }""",
            arg=[self._index(cell_id), before],
            timeout=timeout * 1000,
        )

    def _wait_until_idle(self, timeout: float) -> None:
        self.page.wait_for_timeout(500)
        self.page.wait_for_function(
            """() => {
                const panel = window.jupyterapp.shell.currentWidget;
                const code = panel.content.widgets.map(w => w.model).filter(m => m.type === 'code');
                const waiting = code.some(m => m.executionState === 'running');
                return panel.sessionContext.session.kernel.status === 'idle' && !waiting;
            }""",
            timeout=timeout * 1000,
        )
