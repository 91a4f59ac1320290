"""Why pip or uv stopped, read from what they said, and what to do next."""

from __future__ import annotations

import re
import shutil
import tempfile
from pathlib import Path

# What the two say, and what Linux, macOS and Windows say through them. The first that fits counts, so what is told
# beside another fault ("error sending request ... invalid peer certificate") comes before what is told with every one.
SAID = {
    "disk": r"No space left|os error 28\b|Errno 28\b|not enough space|(os|Win)?Error 112\b|Disk quota exceeded"
    r"|os error 122\b|Errno 122\b",
    "memory": r"MemoryError|Cannot allocate memory|os error 12\b|Errno 12\b|paging file is too small|^Killed$",
    "length": r"Long Path support|os error 206\b|WinError 206\b|name or extension is too long|File name too long",
    "hash": r"Hash mismatch|DO NOT MATCH THE HASHES|hashes? (mis|do not )match",
    "certificate": r"CERTIFICATE_VERIFY_FAILED|invalid peer certificate|UnknownIssuer|certificate verify failed"
    r"|SSLCertVerificationError|self[- ]signed certificate",
    "proxy": r"ProxyError|Cannot connect to proxy|Tunnel connection failed|\bproxy\b.*(error|fail|refus|unsuccessful)"
    r"|407 Proxy|tunnel error|(error|fail|unsuccessful).*\b(proxy|tunnel)\b",
    "password": r"\b(401|403)\b|Unauthorized|Forbidden|authentication failed",
    "name": r"dns error|failed to lookup address|Name or service not known|Temporary failure in name resolution"
    r"|nodename nor servname|getaddrinfo failed|NameResolutionError|No address associated",
    "ssl": r"ssl module in Python is not available|SSL module is not available|No module named '?_?ssl\b",
    "crowd": r"\b429\b|Too Many Requests|\b50[234]\b (Bad Gateway|Service|Gateway)|Service Unavailable",
    "way": r"Connection refused|Network is unreachable|No route to host|timed? ?out\b|Connection reset|ConnectTimeout"
    r"|NewConnectionError|tcp connect error|error sending request|Connection broken|IncompleteRead",
    "lacks": r"No matching distribution|Could not find a version|no version of|was not found in the|No solution found"
    r"|not found in the package registry|\b404\b|no wheels? with a matching|has no usable wheels"
    r"|not found in the provided package locations",
    "permission": r"Permission denied|os error 13\b|Errno 13\b|Access is denied|WinError 5\b|os error 5\b"
    r"|Read-only file|os error 30\b|Errno 30\b|not permitted|WinError 32\b|os error 32\b|used by another process",
}
AGAIN = "Then run the same command again: it goes on from here."
SHOWN = 12  # lines of what the program said


def kind(text: str) -> str:
    """Which of ``SAID`` stands in a program's words; nothing where none does."""
    return next((name for name, words in SAID.items() if re.search(words, text, flags=re.I | re.M)), "")


def why(text: str, root: Path, env: dict[str, str]) -> str:
    """Say in one sentence why a program stopped, and in the next what helps.

    Args:
        text: what the program said.
        env: its environment: index and proxy are named, for they are what one can change.
    """
    index, proxy = _index(text, env), _bare(env.get("HTTPS_PROXY") or env.get("https_proxy") or "")
    package = re.search(r"([A-Za-z0-9_.-]+==[A-Za-z0-9.]+)", text)
    found = kind(text)
    if found == "disk":
        return full_disk(root)
    if found == "memory":
        return (
            "There was too little memory, and the system ended it. Close other programs, or ask whoever runs this "
            f"container or hub for more. {AGAIN}"
        )
    if found == "length":
        return (
            "The path of a file became longer than this system allows. Move the course into a folder with a short path "
            "(C:\\course), or let Windows take long ones: https://pip.pypa.io/warnings/enable-long-paths\n"
            f"{AGAIN.replace('here', 'there')}"
        )
    if found == "ssl":
        return f"This Python was built without ssl, and nothing can be fetched with it. Take another Python. {AGAIN}"
    if found == "permission":
        return (
            f"A file may not be written (see above). Close JupyterLab and Python where they use {root / '.venv'}, "
            f"or ask whoever owns that folder. {AGAIN}"
        )
    if found == "hash":
        return (
            f"What {index} sent for {package[1] if package else 'a package'} is not the file that the course was "
            "tested with, so it was not installed. Run the same command again; if it stops here once more, take "
            "another network or package index: something on the way changes files."
        )
    if found == "certificate":
        return (
            f"The certificate of {index} is not trusted here. Look at the computer's date first. In a company or "
            "school that reads along, save its certificate to a file and type: "
            f"python3 -m pip config set global.cert /path/to/that.pem\n{AGAIN}"
        )
    if found == "proxy":
        name = f"The proxy {proxy}" if proxy else "The proxy"
        return f"{name} did not let the download through. Correct HTTPS_PROXY, or unset it where you need none. {AGAIN}"
    if found == "password":
        return (
            f"{index} wants a name and a password, or refuses these. They belong to its address in pip's settings: "
            f"python3 -m pip config list shows them. {AGAIN}"
        )
    if found == "crowd":
        return f"{index} has too much to do just now: wait some minutes. {AGAIN}"
    if found in ("name", "way"):
        fault = "The address of {} is not found" if found == "name" else "{} does not answer"
        through = f" through the proxy {proxy}" if proxy else " (behind a proxy, set HTTPS_PROXY)"
        return f"{fault.format(index)}: connect to the internet{through}. {AGAIN}"
    if found == "lacks":
        advice = "wait until it has it, or take another one"
        if "PIP_INDEX_URL" in env or "PIP_EXTRA_INDEX_URL" in env or "PIP_NO_INDEX" in env:
            advice += (
                " (python3 -m pip config list shows where pip was told to look, and so do variables PIP_... and UV_...)"
            )
        return f"{index} does not have {package[1] if package else 'a package'}: {advice}. {AGAIN}"
    anew = f"delete the folder {root / '.venv'} and run it once more"
    return f"Run the same command again: it goes on from here. If it stops at the same place, {anew}."


def full_disk(root: Path) -> str:
    """Say which disk is full."""
    free = {str(place): shutil.disk_usage(place).free / 1e9 for place in (root, Path(tempfile.gettempdir()))}
    places = ", ".join(f"{gigabytes:.1f} GB free in {place}" for place, gigabytes in free.items())
    return f"The disk ran full, or your share of it ({places}). Make room: the set-up needs 6 GB for a moment. {AGAIN}"


def last_words(text: str) -> str:
    """The last lines of what a program said, without passwords in addresses."""
    lines = [line for line in text.splitlines() if line.strip()]
    return _bare("\n".join(f"  | {line}" for line in lines[-SHOWN:]))


def _index(text: str, env: dict[str, str]) -> str:
    """The host that was asked: the one in the text, else the one in the settings."""
    for words in (text, env.get("PIP_INDEX_URL", "")):
        address = re.search(r"https?://(?:[^\s/@]*@)?([^\s/:'\"`)]+)", words)
        if address:
            return address[1]
    return re.sub(r"^file://", "", env.get("PIP_INDEX_URL", "")) or "The package index"


def _bare(text: str) -> str:
    """Text without the names and passwords of addresses."""
    return re.sub(r"(://)[^\s/@]+@", r"\1", text)
