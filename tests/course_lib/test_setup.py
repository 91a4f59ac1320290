"""The parts of the set-up: which Python, what is installed, where packages come from, why a program stopped."""

import os
import re
import sys
from pathlib import Path

import pytest

from course_lib import install
from course_lib.setup import inventory, pythons, reasons, sources, venv

LINUX = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the rule is one for Linux")
LOCKS = [install.ROOT / name for name in ("requirements.txt", "requirements-dev.txt")]


# ---------------------------------------------------------------------------------------------- which Python


@pytest.mark.parametrize("version", [(3, 11), (3, 12), (3, 13)])
@LINUX
def test_pythons_that_suit(version):
    assert not pythons.problem(version, 64, "x86_64")


@pytest.mark.parametrize("version", [(2, 7), (3, 8), (3, 10), (3, 14), (0, 0)])
def test_pythons_that_do_not_suit(version):
    text = pythons.problem(version, 64, "x86_64")
    assert "3.11, 3.12 or 3.13" in text and "Install one: " in text


@LINUX
def test_machines_that_do_not_suit():
    assert "32-bit" in pythons.problem((3, 12), 32, "i686")
    assert "riscv64" in pythons.problem((3, 12), 64, "riscv64")


def test_another_python_on_the_path_is_used(monkeypatch):
    def describe(command):
        return (3, 12) if "python3.12" in command[0] else (3, 14), 64, "x86_64"

    monkeypatch.setattr(pythons, "describe", describe)
    monkeypatch.setattr(pythons.shutil, "which", lambda name: f"/bin/{name}")
    monkeypatch.setattr(pythons, "output", lambda command: command[0])
    monkeypatch.setattr(pythons.sys, "platform", "linux")
    assert pythons.find_python() == "python3.12"


def test_a_python_without_ensurepip_is_told_the_package(monkeypatch, tmp_path):
    (tmp_path / "python").write_text("#!/bin/sh\necho No module named ensurepip >&2; exit 1\n", encoding="utf-8")
    (tmp_path / "python").chmod(0o755)
    monkeypatch.setattr(venv, "python_in", lambda folder: tmp_path / "python")
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(pythons.SetupError, match=r"sudo apt install python\d+\.\d+-venv"):
        venv.bring_pip(tmp_path)


# ------------------------------------------------------------------------------------------ what is installed


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_every_line_of_the_lock_is_read(lock):
    text = lock.read_text(encoding="utf-8")
    assert len(inventory.pins(lock)) == len(re.findall(r"^[a-z].*==", text, flags=re.M)) > 100


@pytest.mark.parametrize("version", ["3.11.7", "3.12.0", "3.13.1"])
def test_markers_mean_what_packaging_says(version):
    from packaging.markers import Marker

    markers = {pin.marker for lock in LOCKS for pin in inventory.pins(lock) if pin.marker}
    assert markers
    here = {"python_full_version": version, "python_version": version.rpartition(".")[0]}
    for marker in markers:
        assert inventory.applies(marker, version) == Marker(marker).evaluate(here), marker


def test_versions_are_compared_as_numbers():
    assert inventory.applies("python_full_version < '3.12'", "3.9.1")
    assert not inventory.applies("python_version >= '3.12'", "3.9.1")


def test_the_installer_finds_its_uv_in_the_lock():
    lines = venv.requirement(LOCKS[1], "uv").splitlines()
    assert re.fullmatch(r"uv==[\d.]+ \\", lines[0])
    assert len(lines) > 5 and all(re.fullmatch(r"    --hash=sha256:[0-9a-f]{64}( \\)?", line) for line in lines[1:])
    assert not venv.requirement(LOCKS[0], "uv"), "the lessons do not need it, so Binder's image does without"


def package(site: Path, record: str) -> None:
    info = site / "six-1.0.dist-info"
    info.mkdir(parents=True)
    (site / "six.py").write_text("1234", encoding="utf-8")
    (site.parent / "settings.json").write_text("edited", encoding="utf-8")
    (info / "RECORD").write_text(record, encoding="utf-8")


@pytest.mark.parametrize(
    "record, lost",
    [
        ("six.py,sha256=x,4\n", ""),
        ("six.py,sha256=x,4\nsix-1.0.dist-info/RECORD,,1\n", ""),
        ("six.py,sha256=x,5\n", "six.py"),
        ("six.py,,\nsix/half.py,sha256=x,5\n", "six/half.py"),
        ("six.py,,\n__pycache__/six.cpython-311.pyc,,\n", ""),  # compiled files come and go
        ("six.py,,\n../settings.json,sha256=x,2\n", ""),  # settings outside may be edited
        ("six.py,,\n../no_settings.json,sha256=x,2\n", "../no_settings.json"),
        ("six.py,sha256=x,many\n", "RECORD"),
    ],
)
def test_a_package_is_whole_if_all_its_files_are(tmp_path, record, lost):
    site = tmp_path / "site-packages"
    package(site, record)
    faults = list(inventory.faults(inventory.installed(site), [inventory.Pin("six", "1.0", "")]))
    assert [fault.text for fault in faults] == ([f"six is damaged ({lost})"] if lost else [])
    assert all(fault.damaged for fault in faults)


# ---------------------------------------------------------------------------------- where packages come from


@pytest.fixture
def no_settings(monkeypatch, tmp_path):
    for name in list(os.environ):
        if name.startswith(("PIP_", "UV_")) or name.lower().endswith("proxy") or name.endswith("CA_BUNDLE"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    return tmp_path


def test_pips_settings_reach_uv_and_pip(no_settings, monkeypatch):
    conf = no_settings / "pip.conf"
    conf.write_text(
        "[global]\nindex-url = https://first.invalid/simple\ntarget = /elsewhere\ntimeout = 7\n"
        "[install]\nindex-url = https://me:secret@second.invalid/simple\n"
        "extra-index-url =\n    https://third.invalid/simple\n    https://fourth.invalid/simple\n"
        "trusted-host = second.invalid\nproxy = http://proxy.invalid:3128\ncert = /certs/ca.pem\nprefix = /elsewhere\n",
        encoding="utf-8",
    )
    monkeypatch.setenv("PIP_CONFIG_FILE", str(conf))
    monkeypatch.setenv("PIP_TIMEOUT", "9")
    env = sources.environment([sys.executable])
    assert env["UV_DEFAULT_INDEX"] == env["PIP_INDEX_URL"] == "https://me:secret@second.invalid/simple"
    assert env["UV_INDEX"] == "https://third.invalid/simple https://fourth.invalid/simple"
    assert env["UV_INSECURE_HOST"] == "second.invalid"
    assert env["HTTPS_PROXY"] == env["ALL_PROXY"] == env["PIP_PROXY"] == "http://proxy.invalid:3128"
    assert env["SSL_CERT_FILE"] == env["PIP_CERT"] == "/certs/ca.pem"
    assert env["UV_HTTP_TIMEOUT"] == env["PIP_TIMEOUT"] == "9", "a variable counts before a file"
    assert env["PIP_CONFIG_FILE"] == os.devnull and env["UV_NO_CONFIG"] == "1"
    assert "/elsewhere" not in env.values()


def test_uvs_settings_reach_pip_and_uv(no_settings, monkeypatch):
    (no_settings / "config" / "uv").mkdir(parents=True)
    (no_settings / "config" / "uv" / "uv.toml").write_text(
        'allow-insecure-host = ["a.invalid"]\n'
        '[[index]]\nname = "ours"\nurl = "https://a.invalid/simple"\ndefault = true\n'
        '[[index]]\nurl = "https://b.invalid/simple"\n[pip]\nprefix = "/elsewhere"\n',
        encoding="utf-8",
    )
    env = sources.environment([])
    assert env["UV_DEFAULT_INDEX"] == env["PIP_INDEX_URL"] == "https://a.invalid/simple"
    assert env["UV_INDEX"] == env["PIP_EXTRA_INDEX_URL"] == "https://b.invalid/simple"
    assert env["PIP_TRUSTED_HOST"] == "a.invalid"
    monkeypatch.setenv("UV_DEFAULT_INDEX", "https://c.invalid/simple")
    assert sources.environment([])["UV_DEFAULT_INDEX"] == "https://c.invalid/simple", "a variable counts before a file"


def test_what_sends_packages_elsewhere_is_left_out(monkeypatch):
    names = [
        "PIP_TARGET",
        "PIP_PREFIX",
        "PIP_USER",
        "PIP_ROOT",
        "PIP_PYTHON",
        "PIP_CONSTRAINT",
        "UV_PYTHON",
        "UV_TARGET",
    ]
    names += ["UV_SYSTEM_PYTHON", "UV_PROJECT_ENVIRONMENT", "UV_OVERRIDE", "PYTHONHOME", "PYTHONPATH", "VIRTUAL_ENV"]
    for name in names:
        monkeypatch.setenv(name, "/elsewhere")
    env = sources.environment([])
    assert not [name for name in names if name in env]


def test_a_user_without_a_home_gets_no_folder_called_tilde(monkeypatch):
    monkeypatch.setattr(os.path, "expanduser", lambda path: path)  # HOME unset, no entry in passwd
    assert Path(sources.neutral()["HOME"]).is_absolute()


# ----------------------------------------------------------------------------------- why a program stopped

# As uv 0.13, pip 23 to 26, Python and the three systems say it.
SAID = {
    "disk": [
        "error: failed to write to file `/x/.venv/lib/a.py`: No space left on device (os error 28)",
        "ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device",
        "There is not enough space on the disk. (os error 112)",
        "OSError: [Errno 122] Disk quota exceeded",
    ],
    "memory": [
        "memory allocation of 536870912 bytes failed: Cannot allocate memory (os error 12)",
        "The paging file is too small for this operation to complete. (os error 1455)",
        "  | Collecting tensorflow-cpu==2.21.0\nKilled",
    ],
    "length": [
        "ERROR: Could not install packages due to an OSError: [Errno 2] No such file or directory: 'C:\\x.py'\n"
        "HINT: This error might have occurred since this system does not have Windows Long Path support enabled.",
        "error: failed to open file\n  Caused by: The filename or extension is too long. (os error 206)",
    ],
    "ssl": [
        "WARNING: pip is configured with locations that require TLS/SSL, however the ssl module in Python is not "
        "available.\nERROR: No matching distribution found for six==1.17.0",
    ],
    "crowd": [
        "  Caused by: HTTP status server error (503 Service Unavailable) for url (https://host/simple/six/)",
        "ERROR: HTTP error 429 while getting https://host/six",
    ],
    "hash": [
        "error: Failed to download `six==1.17.0`\n  Caused by: Hash mismatch for `six==1.17.0`\n\nExpected:\n  sha:0",
        "ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.",
    ],
    "certificate": [
        "error: Failed to fetch: `https://host/simple/six/`\n  Caused by: error sending request for url\n"
        "  Caused by: client error (Connect)\n  Caused by: invalid peer certificate: UnknownIssuer",
        "WARNING: Retrying ... SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED] certificate "
        "verify failed: self-signed certificate'))\nERROR: No matching distribution found for six==1.17.0",
    ],
    "proxy": [
        "  Caused by: client error (Connect)\n  Caused by: tunnel error: unsuccessful",
        "WARNING: Retrying ... ProxyError('Cannot connect to proxy.', NewConnectionError(': Connection refused'))\n"
        "ERROR: No matching distribution found for six==1.17.0",
    ],
    "password": [
        "HTTP status client error (401 Unauthorized) for url",
        "ERROR: HTTP error 403 while getting https://h/six",
    ],
    "name": [
        "  Caused by: dns error\n  Caused by: failed to lookup address information: Name or service not known",
        "NameResolutionError(\"Failed to resolve 'host'\")\nERROR: No matching distribution found for six==1.17.0",
        "NewConnectionError: [Errno 11001] getaddrinfo failed",
    ],
    "way": [
        "  Caused by: tcp connect error\n  Caused by: Connection refused (os error 111)",
        "ReadTimeoutError: Read timed out.\nERROR: No matching distribution found for six==1.17.0",
    ],
    "lacks": [
        "  × No solution found when resolving dependencies:\n  ╰─▶ Because there is no version of six==1.17.0",
        "ERROR: Could not find a version that satisfies the requirement six==1.17.0 (from versions: 1.16.0)",
    ],
    "permission": [
        "error: The process cannot access the file because it is being used by another process. (os error 32)",
        "error: failed to remove file `x`: Access is denied. (os error 5)",
        "[Errno 13] Permission denied: '/x'",
    ],
    "": ["thread 'main' panicked at somewhere", ""],
}


@pytest.mark.parametrize("kind, text", [(kind, text) for kind, texts in SAID.items() for text in texts])
def test_the_reason_is_read_from_what_was_said(kind, text, tmp_path):
    assert reasons.kind(text) == kind
    sentence = reasons.why(text, tmp_path, {"PIP_INDEX_URL": "https://me:secret@mirror.invalid/simple"})
    assert "secret" not in sentence
    assert "run the same command" in sentence.lower()


def test_the_package_index_and_the_proxy_are_named(tmp_path):
    lacks = reasons.why(SAID["lacks"][0], tmp_path, {"PIP_INDEX_URL": "https://mirror.invalid/simple"})
    assert "mirror.invalid does not have six==1.17.0" in lacks
    proxy = reasons.why(SAID["proxy"][0], tmp_path, {"HTTPS_PROXY": "http://me:secret@proxy.invalid:3128"})
    assert "The proxy http://proxy.invalid:3128 did not" in proxy
