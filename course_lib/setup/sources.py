"""Where packages come from: the user's own settings of pip and uv, read once and handed to both.

Taken over is what says *where from* and *by which way* (index, proxy, certificates). All else that a ``pip.conf``, a
``uv.toml`` or the environment may hold (``target``, ``prefix``, ``user``, ``no-deps``, constraints ...) would put the
packages elsewhere or make them others than the lock says, so it is left out.
"""

from __future__ import annotations

import ast
import contextlib
import os
import re
import ssl
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

# pip's option → what uv calls it. pip gets all of these back as PIP_OPTION.
TAKEN = {
    "index-url": "UV_DEFAULT_INDEX",
    "extra-index-url": "UV_INDEX",
    "find-links": "UV_FIND_LINKS",
    "no-index": "",
    "trusted-host": "UV_INSECURE_HOST",
    "proxy": "ALL_PROXY",
    "cert": "SSL_CERT_FILE",
    "client-cert": "SSL_CLIENT_CERT",
    "timeout": "UV_HTTP_TIMEOUT",
    "keyring-provider": "UV_KEYRING_PROVIDER",
    "cache-dir": "",
    "no-cache-dir": "",
}

# What the environment may say to uv. The older names stand beside the newer.
UV_TAKEN = re.compile(
    r"UV_((DEFAULT_|EXTRA_)?INDEX(_URL)?|INDEX_\w+_(USERNAME|PASSWORD)|FIND_LINKS|INSECURE_HOST|NATIVE_TLS|SYSTEM_CERTS"
    r"|(HTTP|REQUEST)_\w+|CONCURRENT_\w+|KEYRING_PROVIDER|OFFLINE|CACHE_DIR)"
)

# Each of these sends a Python, or its packages, elsewhere.
ELSEWHERE = ("PYTHONPATH", "PYTHONHOME", "PYTHONUSERBASE", "PYTHONSAFEPATH", "VIRTUAL_ENV", "__PYVENV_LAUNCHER__")


def neutral() -> dict[str, str]:
    """The environment without what would put packages elsewhere; messages of the system in English, to be read."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in (*ELSEWHERE, "LC_ALL") and not name.startswith(("PIP_", "UV_"))
    }
    if "LC_ALL" in os.environ:
        kept["LC_CTYPE"] = os.environ["LC_ALL"]  # LC_ALL would outdo the next line
    if not os.path.isabs(os.path.expanduser("~")):  # noqa: PTH111, PTH117 (neither raises)
        kept["HOME"] = tempfile.gettempdir()  # no home and no entry in passwd: pip would make a folder named "~"
    return {**kept, "LC_MESSAGES": "C", "LANGUAGE": "", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}


def environment(pythons: Sequence[str | Path]) -> dict[str, str]:
    """The environment for pip and uv, with the user's sources in the words of each.

    Args:
        pythons: asked for pip's settings, one after the other, until one has pip.
    """
    options = pip_options(pythons)
    for name, value in uv_file().items():
        options.setdefault(name, value)
    # pip says why a connection failed only when it tries again
    env = {**neutral(), "PIP_CONFIG_FILE": os.devnull, "PIP_RETRIES": "2", "UV_NO_CONFIG": "1"}
    for name, value in options.items():
        env["PIP_" + name.upper().replace("-", "_")] = value
        if TAKEN[name]:
            env[TAKEN[name]] = value
    if "proxy" in options:
        env["HTTPS_PROXY"] = env["HTTP_PROXY"] = options["proxy"]
        env["https_proxy"] = env["http_proxy"] = env["all_proxy"] = options["proxy"]
    if "find-links" in options:
        env["UV_FIND_LINKS"] = ",".join(options["find-links"].split())
    if options.get("keyring-provider") not in (None, "subprocess", "disabled"):
        del env["UV_KEYRING_PROVIDER"]  # uv knows these two
    # pip reads these, uv does not; both are files
    bundle = os.environ.get("REQUESTS_CA_BUNDLE") or os.environ.get("CURL_CA_BUNDLE")
    if bundle and Path(bundle).is_file():
        env.setdefault("SSL_CERT_FILE", bundle)
    if has_system_certificates():
        env.update(UV_SYSTEM_CERTS="1", UV_NATIVE_TLS="1")  # as pip does: those of a company's proxy are among them
    env.update({name: value for name, value in os.environ.items() if UV_TAKEN.fullmatch(name)})
    if "UV_INDEX" in env or "UV_EXTRA_INDEX_URL" in env:
        # as pip does: look at every index for a version, which the hashes make safe. (With one index, uv then would
        # not say that it wants a password.)
        env["UV_INDEX_STRATEGY"] = "unsafe-best-match"
    return env


def pip_options(pythons: Sequence[str | Path]) -> dict[str, str]:
    """What pip's files and variables say, of the options that are taken over; a list's items with spaces between."""
    found = {}
    variables = {name: value for name, value in os.environ.items() if name.startswith("PIP_")}
    lines = _pip_config(pythons)
    for level in ("global", "install"):  # as in pip: the later ones count, and variables count most
        for line in lines:
            key, _, value = line.partition("=")
            name = key.rpartition(".")[2]
            if key.startswith(level + ".") and name in TAKEN:
                with contextlib.suppress(ValueError, SyntaxError):
                    found[name] = " ".join(str(ast.literal_eval(value)).split())
    for name, value in variables.items():
        option = name[len("PIP_") :].lower().replace("_", "-")
        if option in TAKEN:
            found[option] = " ".join(value.split())
    return {name: value for name, value in found.items() if value and not _says_no(name, value)}


def _says_no(name: str, value: str) -> bool:
    return name in ("no-index", "no-cache-dir") and value.lower() in ("0", "no", "false", "off")


def _pip_config(pythons: Sequence[str | Path]) -> list[str]:
    """The lines of ``pip config list``: level.option='value'."""
    env = {**neutral(), **{name: value for name, value in os.environ.items() if name == "PIP_CONFIG_FILE"}}
    for python in pythons:
        command = [str(python), "-m", "pip", "config", "list"]
        with contextlib.suppress(OSError):
            result = subprocess.run(command, capture_output=True, text=True, env=env)
            if result.returncode == 0:
                return result.stdout.splitlines()
    return []


def uv_file() -> dict[str, str]:
    """What the user's own ``uv.toml`` says of sources, in pip's names."""
    try:
        import tomllib
    except ImportError:  # a Python older than 3.11 only looks for a younger one
        return {}
    for path in _uv_files():
        with contextlib.suppress(OSError, ValueError):
            return _sources_of(tomllib.loads(path.read_text(encoding="utf-8")))
    return {}


def _uv_files() -> list[Path]:
    if os.environ.get("UV_CONFIG_FILE"):
        return [Path(os.environ["UV_CONFIG_FILE"])]
    if sys.platform == "win32":
        folders = [Path(os.environ[name]) for name in ("APPDATA", "PROGRAMDATA") if name in os.environ]
    else:
        own = os.environ.get("XDG_CONFIG_HOME") or os.path.expanduser("~/.config")  # noqa: PTH111 (never raises)
        folders = [Path(own), Path("/etc")]
    return [folder / "uv" / "uv.toml" for folder in folders]


def _sources_of(settings: dict[str, Any]) -> dict[str, str]:
    """Read the tables of a ``uv.toml`` (https://docs.astral.sh/uv/reference/settings/)."""
    settings = {**settings, **settings.get("pip", {})}
    indexes = [index for index in settings.get("index", []) if not index.get("explicit")]
    found = {
        "index-url": next((index["url"] for index in indexes if index.get("default")), settings.get("index-url", "")),
        "extra-index-url": [index["url"] for index in indexes if not index.get("default")]
        + settings.get("extra-index-url", []),
        "find-links": settings.get("find-links", []),
        "trusted-host": settings.get("allow-insecure-host", []),
        "proxy": settings.get("https-proxy", ""),
        "no-index": "1" if settings.get("no-index") else "",
    }
    joined = {name: " ".join(value) if isinstance(value, list) else value for name, value in found.items()}
    return {name: value for name, value in joined.items() if value}


def has_system_certificates() -> bool:
    """Whether the system keeps certificates where programs look for them."""
    if sys.platform != "linux":
        return True
    places = ssl.get_default_verify_paths()
    return bool(places.cafile or (places.capath and any(Path(places.capath).iterdir())))
