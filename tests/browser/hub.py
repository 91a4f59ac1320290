"""A JupyterHub on a machine of its own: real users, real servers, the settings of docs/instructors.md word for word.

The machine is a mount namespace: its ``/etc`` is a copy, its ``/srv`` is empty, and both are gone with the hub. So the
commands of the page run as they stand there, and the machine below learns of no user.
"""

from __future__ import annotations

import contextlib
import importlib.util
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from course_lib.lab import ROOT
from tests.waiting import until_answers

SECTION = "## JupyterHub, with nbgrader's exchange"
PROXY = "configurable-http-proxy"

START = r"""
set -euo pipefail
mount --make-rprivate /
cp -a /etc "$PLACE/etc"
printf '%s' "$USERS" >> "$PLACE/etc/passwd"
rm -rf "$PLACE/etc/jupyter"
mkdir -p "$PLACE/etc/jupyter" "$PLACE/srv"
mount --bind "$PLACE/etc" /etc
mount --bind "$PLACE/srv" /srv
mount -t tmpfs -o mode=755 hidden "$COURSE/notebooks"
mount -t tmpfs -o mode=755 hidden "$COURSE/tests"
# Python may lie in a home that others may not enter; here they may pass through it to Python
while read -r -a paths; do
  closed=${paths[0]}
  for number in "${!paths[@]}"; do
    [ "$number" -gt 0 ] || continue
    mkdir -p "$PLACE/held$number"; mount --bind "${paths[number]}" "$PLACE/held$number"
  done
  mount -t tmpfs -o mode=755 passable "$closed"
  for number in "${!paths[@]}"; do
    [ "$number" -gt 0 ] || continue
    mkdir -p "${paths[number]}"; mount --move "$PLACE/held$number" "${paths[number]}"
  done
done <<< "$CLOSED"
umask 022
bash -euo pipefail "$PLACE/page.sh"
for name in etc/jupyter/nbgrader_config.py; do cp "$PLACE/$(basename "$name")" "/$name"; done
cd "$PLACE/hub"
exec "$PYTHON" -m jupyterhub -f "$PLACE/jupyterhub_config.py"
"""

REST = """
import os
c.JupyterHub.bind_url = "http://127.0.0.1:{ports[0]}"
c.JupyterHub.hub_bind_url = "http://127.0.0.1:{ports[1]}"
c.ConfigurableHTTPProxy.api_url = "http://127.0.0.1:{ports[2]}"
c.ConfigurableHTTPProxy.command = ["{proxy}"]
c.JupyterHub.authenticator_class = "shared-password"
c.Authenticator.allowed_users = {users}
c.SharedPasswordAuthenticator.user_password = "of the test"
c.Spawner.cmd = ["{python}", "-m", "jupyterhub.singleuser"]
c.Spawner.args = ["--LabApp.expose_app_in_browser=True"]
c.Spawner.http_timeout = c.Spawner.start_timeout = 120
"""


def lacks() -> str:
    """What this machine lacks for a hub, and what to do; nothing where it can run."""
    if sys.platform != "linux" or os.geteuid() != 0:
        return "a hub with users of its own runs as root under Linux: sudo"
    if subprocess.run(["unshare", "--mount", "true"], capture_output=True).returncode:
        return "no mount namespaces here: in a container, give it --privileged"
    if importlib.util.find_spec("jupyterhub") is None:
        return "JupyterHub is missing: make setup-dev"
    if not shutil.which("node"):
        return "node is missing, for JupyterHub's proxy (Debian: apt-get install nodejs npm)"
    if not (shutil.which(PROXY) or shutil.which("npm")):
        return "npm is missing, for JupyterHub's proxy (Debian: apt-get install npm)"
    return ""


def blocks() -> list[tuple[str, str]]:
    """(language, text) of each block of code in the page's section, as it stands there."""
    page = (ROOT / "docs" / "instructors.md").read_text(encoding="utf-8")
    section = page.partition(SECTION)[2].partition("\n## ")[0]
    return re.findall(r"^```(\w*)\n(.*?)^```$", section, flags=re.M | re.S)


def block_for(name: str) -> str:
    """The block whose first line names this file."""
    (found,) = [text for _, text in blocks() if text.startswith(f"# {name}\n")]
    return found


@dataclass(frozen=True)
class Hub:
    """A running hub."""

    address: str
    place: Path
    log: Path

    def home(self, user: str) -> Path:
        return self.place / "home" / user

    def owner(self, user: str, *paths: Path) -> None:
        """Give files to a user."""
        number = 60001 + sorted(path.name for path in (self.place / "home").iterdir()).index(user)
        for top in paths:
            for path in [top, *top.rglob("*")]:
                os.chown(path, number, number)


@contextlib.contextmanager
def hub(proxy: str, users: list[str]) -> Iterator[Hub]:
    """A hub on 127.0.0.1 with these users, each with a home that nobody else may enter."""
    place = Path(tempfile.mkdtemp(prefix="course-hub-"))
    process = None
    try:
        place.chmod(0o755)
        (place / "hub").mkdir()
        made = Hub(f"http://127.0.0.1:{(ports := _free(3))[0]}", place, place / "hub.log")
        lines = []
        for number, user in enumerate(sorted(users), start=60001):
            made.home(user).mkdir(parents=True, mode=0o700)
            lines.append(f"{user}:x:{number}:{number}::{made.home(user)}:/bin/bash\n")
        for user in users:
            made.owner(user, made.home(user))
        shell = [text for language, text in blocks() if not language]
        (place / "page.sh").write_text("\n".join(shell), encoding="utf-8")
        (place / "nbgrader_config.py").write_text(block_for("/etc/jupyter/nbgrader_config.py"), encoding="utf-8")
        rest = REST.format(ports=ports, proxy=proxy, users=set(users), python=sys.executable)
        (place / "jupyterhub_config.py").write_text(block_for("jupyterhub_config.py") + rest, encoding="utf-8")
        own = os.environ | {
            "PLACE": str(place),
            "USERS": "".join(lines),
            "COURSE": str(ROOT),
            "CLOSED": "\n".join(_closed([sys.base_prefix, sys.prefix, str(ROOT), proxy])),
            "PYTHON": sys.executable,
            "PYTHONPATH": str(ROOT),
            "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]),
        }
        for name in [name for name in own if name.startswith(("JUPYTER", "JPY_", "COURSE_"))]:
            del own[name]
        with made.log.open("w") as stream:
            process = subprocess.Popen(
                ["unshare", "--mount", "bash", "-c", START], env=own, stdout=stream, stderr=stream,
                stdin=subprocess.DEVNULL, start_new_session=True,
            )  # fmt: skip
        until_answers("JupyterHub", f"{made.address}/hub/login", process, made.log)
        yield made
    finally:
        if process:
            process.send_signal(signal.SIGTERM)  # it ends the servers and the proxy, too
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(30)
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
        shutil.rmtree(place, ignore_errors=True)


def _free(count: int) -> list[int]:
    with contextlib.ExitStack() as stack:
        probes = [stack.enter_context(socket.create_server(("127.0.0.1", 0))) for _ in range(count)]
        return [probe.getsockname()[1] for probe in probes]


def _closed(needed: list[str]) -> list[str]:
    """For each folder that others may not enter: that folder, and what in it they need."""
    found: dict[Path, list[Path]] = {}
    for path in sorted(Path(each).resolve() for each in needed):
        if path.is_file():  # a program from npm: all packages around it
            path = next((folder for folder in path.parents if folder.name == "node_modules"), path.parent)
        for folder in reversed(path.parents):
            if not folder.stat().st_mode & 0o001:
                kept = found.setdefault(folder, [])
                if not any(path.is_relative_to(other) for other in kept):
                    kept.append(path)
                break
    return [" ".join(map(str, [folder, *paths])) for folder, paths in found.items()]
