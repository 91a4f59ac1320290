"""Limits of containers, hubs and labs are seen, wherever they stand in the tree of control groups; arrays go back."""

import subprocess
import sys

import pytest

from course_lib import machine

GB = 10**9


@pytest.fixture
def grouped(monkeypatch, tmp_path):
    """Put this process into control groups: what ``/proc/self/cgroup`` says, and the files of each group."""

    def grouped(own: str, groups: dict[str, dict[str, object]]) -> None:
        monkeypatch.setattr(machine, "OWN_CGROUPS", tmp_path / "own")
        monkeypatch.setattr(machine, "CGROUPS", tmp_path / "tree")
        (tmp_path / "own").write_text(own, encoding="utf-8")
        for folder, files in groups.items():
            (tmp_path / "tree" / folder).mkdir(parents=True, exist_ok=True)
            for name, value in files.items():
                (tmp_path / "tree" / folder / name).write_text(f"{value}\n", encoding="utf-8")

    return grouped


NEW = {"memory.max": 2 * GB, "memory.current": 1_500_000_000}
OLD = {"memory.limit_in_bytes": 2 * GB, "memory.usage_in_bytes": 1_500_000_000}
NO_LIMIT = {"memory.limit_in_bytes": 9223372036854771712, "memory.usage_in_bytes": GB}


@pytest.mark.parametrize(
    "own, groups",
    [
        ("0::/", {"": NEW}),
        ("0::/user.slice/jupyter-ada.service", {"user.slice/jupyter-ada.service": NEW}),
        ("0::/lab/ada/kernel", {"lab": NEW, "lab/ada": {"memory.max": "max", "memory.current": GB}}),
        ("0::/../../kubepods/pod1", {"": NEW}),
        ("5:memory:/\n0::/", {"memory": OLD}),
        ("9:cpu,cpuacct:/a\n5:memory:/lab/ada", {"memory/lab/ada": OLD, "memory": NO_LIMIT}),
        ("5:memory:/docker/of-the-host\n", {"memory": OLD}),
    ],
)
def test_the_smallest_limit_above_this_process_counts(grouped, own, groups):
    grouped(own, groups)
    assert machine.memory_gb() == 0.5


@pytest.mark.parametrize("limits, stale", [(NEW, "inactive_file"), (OLD, "total_inactive_file")])
def test_files_that_were_read_can_be_dropped(grouped, limits, stale):
    """Else a hub that has unpacked a zip would look full."""
    name = "" if limits is NEW else "memory"
    grouped(f"1:{name}:/", {name: limits | {"memory.stat": f"anon 5\n{stale} {GB // 4}"}})
    assert machine.memory_gb() == 0.75


def test_a_group_over_its_limit_has_nothing(grouped):
    grouped("0::/", {"": {"memory.max": GB, "memory.current": 2 * GB}})
    assert machine.memory_gb() == 0


@pytest.mark.parametrize(
    "own, groups, most",
    [
        ("0::/pod", {"pod": {"cpu.max": "100000 100000"}}, 1),
        ("0::/pod/inner", {"pod": {"cpu.max": "50000 100000"}, "pod/inner": {"cpu.max": "max 100000"}}, 1),
        ("4:cpu,cpuacct:/", {"cpu": {"cpu.cfs_quota_us": "100000", "cpu.cfs_period_us": "100000"}}, 1),
    ],
)
def test_a_share_of_the_cores_counts(grouped, own, groups, most):
    grouped(own, groups)
    assert machine.cores() == most


@pytest.mark.parametrize(
    "own, groups",
    [
        ("", {}),
        ("0::/", {"": {"cpu.max": "max 100000"}}),
        ("4:cpu:/", {"cpu": {"cpu.cfs_quota_us": "-1", "cpu.cfs_period_us": "100000"}}),
    ],
)
def test_without_a_share_all_cores_count(grouped, own, groups):
    here = machine.cores()
    grouped(own, groups)
    assert machine.cores() >= here


@pytest.mark.skipif(sys.platform != "linux", reason="glibc keeps them, and nobody else")
def test_arrays_that_were_freed_go_back_to_the_system():
    """Small things lie between them, and a larger one was freed before: glibc by itself keeps them all."""
    code = """
import numpy as np, psutil
from course_lib.machine import give_arrays_back
{call}
np.ones(30 << 20, "uint8")
pairs = [(np.ones(4 << 20, "uint8"), np.ones(100_000, "uint8")) for _ in range(50)]
small = [one for _, one in pairs]
del pairs
print(psutil.Process().memory_info().rss)
"""

    def left(call: str) -> int:
        command = [sys.executable, "-c", code.format(call=call)]
        return int(subprocess.run(command, capture_output=True, text=True, check=True).stdout)

    assert left("give_arrays_back()") < left("") - 100_000_000
