"""A seccomp filter: system calls that no lesson needs and that attacks begin with are refused (EPERM).

Source: seccomp(2); the numbers are those of asm/unistd.h.
"""

from __future__ import annotations

import ctypes
import errno
import os
import struct

# name: (number on x86_64, number on aarch64)
REFUSED: dict[str, tuple[int, int]] = {
    "ptrace": (101, 117),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "pidfd_getfd": (438, 438),
    "kcmp": (312, 272),
    "mount": (165, 40),
    "umount2": (166, 39),
    "pivot_root": (155, 41),
    "chroot": (161, 51),
    "move_mount": (429, 429),
    "open_tree": (428, 428),
    "fsopen": (430, 430),
    "fsmount": (432, 432),
    "fsconfig": (431, 431),
    "fspick": (433, 433),
    "mount_setattr": (442, 442),
    "unshare": (272, 97),
    "setns": (308, 268),
    "keyctl": (250, 219),
    "add_key": (248, 217),
    "request_key": (249, 218),
    "bpf": (321, 280),
    "perf_event_open": (298, 241),
    "userfaultfd": (323, 282),
    "io_uring_setup": (425, 425),
    "io_uring_enter": (426, 426),
    "io_uring_register": (427, 427),
    "init_module": (175, 105),
    "finit_module": (313, 273),
    "delete_module": (176, 106),
    "kexec_load": (246, 104),
    "kexec_file_load": (320, 294),
    "reboot": (169, 142),
    "swapon": (167, 224),
    "swapoff": (168, 225),
    "acct": (163, 89),
    "settimeofday": (164, 170),
    "clock_settime": (227, 112),
    "sethostname": (170, 161),
    "setdomainname": (171, 162),
    "open_by_handle_at": (304, 265),
    "quotactl": (179, 60),
    "personality": (135, 92),
    "vhangup": (153, 58),
    # memory that belongs to no process, so that nobody counts it
    "shmget": (29, 194),
    "shmat": (30, 196),
    "memfd_create": (319, 279),
    "memfd_secret": (447, 447),
    "msgget": (68, 186),
    "semget": (64, 190),
    "mq_open": (240, 180),
}
KNOWN: dict[str, tuple[tuple[int, int], ...]] = {
    "x86_64": ((0, 334), (424, 462)),
    "aarch64": ((0, 294), (424, 462)),
}
"""The numbers that this table was made for. What the system learns to do later is refused as if it did not exist."""
# The same, but honest programs do it too (copying a file copies its rights): it seems to succeed and does nothing.
PRETENDED: dict[str, tuple[int, int]] = {
    "chmod": (90, -1),
    "fchmod": (91, 52),
    "fchmodat": (268, 53),
    "fchmodat2": (452, 452),
    "chown": (92, -1),
    "fchown": (93, 55),
    "lchown": (94, -1),
    "fchownat": (260, 54),
    "utime": (132, -1),
    "utimes": (235, -1),
    "futimesat": (261, -1),
    "utimensat": (280, 88),
    "setxattr": (188, 5),
    "lsetxattr": (189, 6),
    "fsetxattr": (190, 7),
    "removexattr": (197, 14),
    "lremovexattr": (198, 15),
    "fremovexattr": (199, 16),
    "setpriority": (141, 140),
    "ioprio_set": (251, 30),
    "sched_setscheduler": (144, 119),
}
SOCKETS: dict[str, tuple[int, int]] = {"socket": (41, 198), "connect": (42, 203)}
FAMILIES = (1, 2, 10, 16)
"""AF_UNIX, AF_INET, AF_INET6: what Python, Java and Spark talk with. AF_NETLINK: by it ZeroMQ asks for the network's
interfaces, and it aborts where it may not. Pairs are AF_UNIX alone."""
SOCKETPAIR, PRLIMIT, SECCOMP = (53, 199), (302, 261), (317, 277)
MACHINES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}
CLONE, CLONE3 = (56, 220), (435, 435)
NEW_NAMESPACES = 0x7E020000
"""The flags of clone(2) that make namespaces."""

_LOAD, _EQUAL, _AT_LEAST, _SET, _AND, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x54, 0x06
_ALLOW, _KILL, _ERRNO = 0x7FFF0000, 0x80000000, 0x00050000


def program(machine: str, alone: bool = False) -> bytes:
    """The filter as the kernel reads it.

    Args:
        machine: as ``uname -m`` has it.
        alone: whether no namespaces stand behind the filter, so that it must refuse more.

    Raises:
        OSError: on a machine whose numbers are not in the table.
    """
    column, steps = _begin(machine)
    refuse, pretend = _step(_RETURN, _ERRNO | errno.EPERM), _step(_RETURN, _ERRNO)
    unknown = _step(_RETURN, _ERRNO | errno.ENOSYS)
    (_, low), (high, last) = KNOWN[machine]
    steps += [_step(_AT_LEAST, last + 1, 0, 1), unknown, _step(_AT_LEAST, high, 2, 0), _step(_AT_LEAST, low + 1, 0, 1)]
    steps += [unknown, *_families(SOCKETS["socket"][column], FAMILIES), *_families(SOCKETPAIR[column], FAMILIES[:1])]
    for numbers in REFUSED.values():
        steps += [_step(_EQUAL, numbers[column], 0, 1), refuse]
    if alone:
        for numbers in PRETENDED.values():
            if numbers[column] >= 0:
                steps += [_step(_EQUAL, numbers[column], 0, 1), pretend]
        # other processes' limits: the first argument must be 0, this process
        steps += [_step(_EQUAL, PRLIMIT[column], 0, 4), _step(_LOAD, 16), _step(_EQUAL, 0, 1, 0), refuse, _ALLOWED]
    # clone3 hides its flags behind a pointer: glibc falls back on clone where it does not exist
    steps += [_step(_EQUAL, CLONE3[column], 0, 1), _step(_RETURN, _ERRNO | errno.ENOSYS)]
    steps += [_step(_EQUAL, CLONE[column], 0, 3), _step(_LOAD, 16), _step(_SET, NEW_NAMESPACES, 0, 1), refuse]
    return b"".join([*steps, _ALLOWED])


def no_sockets(machine: str) -> bytes:
    """A second filter: no new sockets but connected pairs."""
    column, steps = _begin(machine)
    refuse = _step(_RETURN, _ERRNO | errno.EPERM)
    for numbers in SOCKETS.values():
        steps += [_step(_EQUAL, numbers[column], 0, 1), refuse]
    # socketpair's second argument: SOCK_STREAM; other kinds could be sent to somebody else
    steps += [_step(_EQUAL, SOCKETPAIR[column], 0, 4), _step(_LOAD, 24), _step(_AND, 0xF), _step(_EQUAL, 1, 1, 0)]
    return b"".join([*steps, refuse, _ALLOWED])


def _families(number: int, families: tuple[int, ...]) -> list[bytes]:
    """Of the call with this number only these families, its first argument, are allowed."""
    steps = [_step(_EQUAL, number, 0, len(families) + 3), _step(_LOAD, 16)]
    steps += [_step(_EQUAL, family, len(families) - place, 0) for place, family in enumerate(families)]
    return [*steps, _step(_RETURN, _ERRNO | errno.EAFNOSUPPORT), _ALLOWED]


def _begin(machine: str) -> tuple[int, list[bytes]]:
    """Which column of the tables is this machine's, and the first steps: other machines' numbers are refused."""
    if machine not in MACHINES:
        raise OSError(errno.ENOSYS, f"no seccomp filter for {machine}")
    column, architecture = MACHINES[machine]
    steps = [_step(_LOAD, 4), _step(_EQUAL, architecture, 1, 0), _step(_RETURN, _KILL), _step(_LOAD, 0)]
    if machine == "x86_64":  # the x32 numbers
        steps += [_step(_AT_LEAST, 0x40000000, 0, 1), _step(_RETURN, _ERRNO | errno.EPERM)]
    return column, steps


def _step(code: int, value: int, yes: int = 0, no: int = 0) -> bytes:
    return struct.pack("=HBBI", code, yes, no, value)


_ALLOWED = _step(_RETURN, _ALLOW)


def restrict(alone: bool = False) -> None:
    """Put this process, and all that it will start, under the filter. It needs ``no_new_privs``.

    Raises:
        OSError: where the system has no seccomp.
    """
    _install(program(os.uname().machine, alone))


def refuse_sockets() -> None:
    """Put this process, with the threads that it has, under the second filter, too."""
    _install(no_sockets(os.uname().machine))


def _install(filter_: bytes) -> None:
    code = ctypes.create_string_buffer(filter_, len(filter_))
    head = struct.pack("@HP", len(filter_) // 8, ctypes.addressof(code))
    libc = ctypes.CDLL(None, use_errno=True)
    number = SECCOMP[MACHINES[os.uname().machine][0]]
    if libc.syscall(number, 1, 1, head) != 0:  # SECCOMP_SET_MODE_FILTER, for all threads
        raise OSError(ctypes.get_errno(), "seccomp")
