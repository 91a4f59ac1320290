"""How large the Binder image gets: the packages of the lock, as installed here, largest first.

    python -m tests.benchmarks.image

The image has these and what repo2docker itself puts below them (Ubuntu and a Python); that is not counted here.
"""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from rich.console import Console
from rich.table import Table

LOCK = Path(__file__).resolve().parents[2] / "requirements.txt"
SHOWN = 12


def main() -> None:
    """Print the largest packages and the sum of all."""
    sizes = sorted(((megabytes(name), name) for name in locked()), reverse=True)
    table = Table(title=f"{len(sizes)} packages of the lock, as installed")
    table.add_column("package")
    table.add_column("MB", justify="right")
    for size, name in sizes[:SHOWN]:
        table.add_row(name, f"{size:,.0f}")
    table.add_row(f"the other {len(sizes) - SHOWN}", f"{sum(size for size, _ in sizes[SHOWN:]):,.0f}")
    table.add_row("all", f"{sum(size for size, _ in sizes):,.0f}")
    Console().print(table)


def locked() -> list[str]:
    """Names of the packages that the lock wants on this machine."""
    lines = LOCK.read_text(encoding="utf-8").replace("\\\n", " ").splitlines()
    wanted = [Requirement(line.split(" --hash")[0]) for line in lines if line.strip() and not line.startswith("#")]
    return [canonicalize_name(one.name) for one in wanted if one.marker is None or one.marker.evaluate()]


def megabytes(name: str) -> float:
    """Size of a package's files; 0 where it is not installed."""
    try:
        files = distribution(name).files or []
    except PackageNotFoundError:
        return 0.0
    paths = (Path(str(file.locate())) for file in files)
    return sum(path.stat().st_size for path in paths if path.is_file()) / 1e6


if __name__ == "__main__":
    main()
