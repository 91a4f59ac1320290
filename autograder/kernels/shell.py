"""The shell of a graded notebook: `!ls` runs without a terminal."""

from __future__ import annotations

import subprocess

from ipykernel.zmqshell import ZMQInteractiveShell


class GradingShell(ZMQInteractiveShell):
    """IPython's shell, whose `!` gives programs a pipe to write to and nothing to read.

    IPython gives them a terminal. A sandbox has none; and one that asks (`!pip uninstall numpy`), or shows its pages
    one by one (`!git log`), would wait there for a person until the cell's time is up.
    """

    def system_piped(self, cmd: str) -> None:
        """Run a command line, print what it says, and leave its exit code in `_exit_code`, as IPython does."""
        if cmd.rstrip().endswith("&"):
            raise OSError("Background processes not supported.")
        command = self.var_expand(cmd, depth=1)
        with subprocess.Popen(
            command,
            shell=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
        ) as running:
            try:
                for line in running.stdout or ():
                    print(line, end="")
            except BaseException:  # an interrupt, above all
                running.kill()
                raise
        self.user_ns["_exit_code"] = running.returncode

    system = system_piped
