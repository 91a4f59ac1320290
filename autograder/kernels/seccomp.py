"""A seccomp filter: system calls that programs need are allowed, all others are refused (EPERM).

Source: seccomp(2); the numbers are those of asm/unistd.h.
"""

from __future__ import annotations

import ctypes
import errno
import os
import struct

TABLE = {
    "files": """
        read:0:63 write:1:64 readv:19:65 writev:20:66 pread64:17:67 pwrite64:18:68 preadv:295:69 pwritev:296:70
        preadv2:327:286 pwritev2:328:287 open:2:- openat:257:56 openat2:437:437 creat:85:- close:3:57
        close_range:436:436 dup:32:23 dup2:33:- dup3:292:24 lseek:8:62 stat:4:- fstat:5:80 lstat:6:-
        newfstatat:262:79 statx:332:291 statfs:137:43 fstatfs:138:44 access:21:- faccessat:269:48 faccessat2:439:439
        getdents:78:- getdents64:217:61 getcwd:79:17 chdir:80:49 fchdir:81:50 rename:82:- renameat:264:38
        renameat2:316:276 mkdir:83:- mkdirat:258:34 rmdir:84:- link:86:- linkat:265:37 symlink:88:- symlinkat:266:36
        readlink:89:- readlinkat:267:78 unlink:87:- unlinkat:263:35 mknod:133:- mknodat:259:33 umask:95:166
        truncate:76:45 ftruncate:77:46 fallocate:285:47 fsync:74:82 fdatasync:75:83 sync_file_range:277:84
        fadvise64:221:223 readahead:187:213 flock:73:32 fcntl:72:25 ioctl:16:29 sendfile:40:71 splice:275:76
        copy_file_range:326:285 getxattr:191:8 lgetxattr:192:9 fgetxattr:193:10 listxattr:194:11 llistxattr:195:12
        flistxattr:196:13 inotify_init:253:- inotify_init1:294:26 inotify_add_watch:254:27 inotify_rm_watch:255:28
    """,
    "rights": """
        chmod:90:- fchmod:91:52 fchmodat:268:53 fchmodat2:452:452 chown:92:- fchown:93:55 lchown:94:-
        fchownat:260:54 utime:132:- utimes:235:- futimesat:261:- utimensat:280:88 setxattr:188:5 lsetxattr:189:6
        fsetxattr:190:7 removexattr:197:14 lremovexattr:198:15 fremovexattr:199:16
    """,
    "waiting": """
        poll:7:- ppoll:271:73 select:23:- pselect6:270:72 epoll_create:213:- epoll_create1:291:20 epoll_ctl:233:21
        epoll_wait:232:- epoll_pwait:281:22 epoll_pwait2:441:441 eventfd:284:- eventfd2:290:19 pipe:22:-
        pipe2:293:59 nanosleep:35:101 clock_nanosleep:230:115 pause:34:- alarm:37:- getitimer:36:102
        setitimer:38:103 timer_create:222:107 timer_settime:223:110 timer_gettime:224:108 timer_getoverrun:225:109
        timer_delete:226:111 timerfd_create:283:85 timerfd_settime:286:86 timerfd_gettime:287:87
        restart_syscall:219:128
    """,
    "time": """
        time:201:- gettimeofday:96:169 clock_gettime:228:113 clock_getres:229:114 times:100:153
    """,
    "sockets": """
        socket:41:198 socketpair:53:199 connect:42:203 bind:49:200 listen:50:201 accept:43:202 accept4:288:242
        shutdown:48:210 sendto:44:206 recvfrom:45:207 sendmsg:46:211 recvmsg:47:212 sendmmsg:307:269
        recvmmsg:299:243 getsockname:51:204 getpeername:52:205 setsockopt:54:208 getsockopt:55:209
    """,
    "memory": """
        brk:12:214 mmap:9:222 munmap:11:215 mprotect:10:226 mremap:25:216 msync:26:227 mincore:27:232 madvise:28:233
        mlock:149:228 mlock2:325:284 munlock:150:229 membarrier:324:283 mbind:237:235 get_mempolicy:239:236
        set_mempolicy:238:237 mseal:462:462
    """,
    "signals": """
        rt_sigaction:13:134 rt_sigprocmask:14:135 rt_sigreturn:15:139 rt_sigpending:127:136 rt_sigtimedwait:128:137
        rt_sigqueueinfo:129:138 rt_tgsigqueueinfo:297:240 rt_sigsuspend:130:133 sigaltstack:131:132 signalfd:282:-
        signalfd4:289:74 kill:62:129 tkill:200:130 tgkill:234:131 pidfd_open:434:434 pidfd_send_signal:424:424
    """,
    "processes": """
        clone:56:220 fork:57:- vfork:58:- execve:59:221 execveat:322:281 exit:60:93 exit_group:231:94 wait4:61:260
        waitid:247:95 getpid:39:172 getppid:110:173 gettid:186:178 getpgid:121:155 setpgid:109:154 getpgrp:111:-
        getsid:124:156 setsid:112:157 getuid:102:174 geteuid:107:175 getgid:104:176 getegid:108:177
        getgroups:115:158 setuid:105:146 setgid:106:144 setreuid:113:145 setregid:114:143 setresuid:117:147
        setresgid:119:149 getresuid:118:148 getresgid:120:150 setfsuid:122:151 setfsgid:123:152 setgroups:116:159
        capget:125:90 capset:126:91 prctl:157:167 arch_prctl:158:- seccomp:317:277 landlock_create_ruleset:444:444
        landlock_add_rule:445:445 landlock_restrict_self:446:446
    """,
    "threads": """
        futex:202:98 futex_waitv:449:449 futex_wake:454:454 futex_wait:455:455 futex_requeue:456:456
        set_tid_address:218:96 set_robust_list:273:99 get_robust_list:274:100 rseq:334:293 sched_yield:24:124
        sched_getaffinity:204:123 sched_setaffinity:203:122 sched_getscheduler:145:120 sched_setscheduler:144:119
        sched_getparam:143:121 sched_setparam:142:118 sched_getattr:315:275 sched_setattr:314:274
        sched_get_priority_max:146:125 sched_get_priority_min:147:126 sched_rr_get_interval:148:127
        getpriority:140:141 setpriority:141:140 ioprio_get:252:31 ioprio_set:251:30 getcpu:309:168
    """,
    "the machine": """
        uname:63:160 sysinfo:99:179 getrandom:318:278 getrlimit:97:163 setrlimit:160:164 prlimit64:302:261
        getrusage:98:165
    """,
}
"""What programs need, by purpose: name, number on x86_64, number on aarch64 (`-` where that machine does without).

It holds what lessons, NumPy, TensorFlow, Java and a shell's commands were seen to call (``strace -f -c``), and their
relatives. All else is refused, for instance what traces or reads other processes (`ptrace`), mounts, namespaces
(`unshare`), keys, kernel modules, `bpf`, `io_uring`, setting clocks, and memory that belongs to no process, so that
nobody counts it (`memfd_create`, `shmget`).
"""


def _numbers(text: str) -> dict[str, tuple[int, ...]]:
    """name → number on x86_64, number on aarch64; -1 stands for none."""
    entries = [entry.split(":") for entry in text.split()]
    return {name: tuple(-1 if number == "-" else int(number) for number in numbers) for name, *numbers in entries}


ALLOWED = {name: numbers for group in TABLE.values() for name, numbers in _numbers(group).items()}
"""name → its numbers."""
PRETENDED = (*_numbers(TABLE["rights"]), "setpriority", "ioprio_set", "sched_setscheduler")
PRETENDED += ("sched_setparam", "sched_setattr", "sched_setaffinity")
"""Where no namespaces stand behind the filter, these reach others' files and processes. Honest programs call them, too
(copying a file copies its rights): they seem to succeed and do nothing."""
KNOWN = {"x86_64": ((0, 334), (424, 462)), "aarch64": ((0, 294), (424, 462))}
"""The numbers that this table was made for. What the system learns to do later does not exist in here (ENOSYS)."""
FAMILIES = (1, 2, 10, 16)
"""AF_UNIX, AF_INET, AF_INET6: what Python, Java and Spark talk with. AF_NETLINK: by it ZeroMQ asks for the network's
interfaces, and it aborts where it may not. Pairs are AF_UNIX alone."""
CLONE3 = 435  # on every machine
NEW_NAMESPACES = 0x7E020000
"""The flags of clone(2) that make namespaces."""
MACHINES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}
"""The column of a machine in the table, and how the kernel names it to a filter (AUDIT_ARCH, linux/audit.h)."""

# One instruction of the filter: load a word of the call, compare it and jump, cut it, return (linux/bpf_common.h).
_LOAD, _EQUAL, _AT_LEAST, _SET, _AND, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x54, 0x06
_ALLOW, _KILL, _ERRNO = 0x7FFF0000, 0x80000000, 0x00050000  # what a filter returns (linux/seccomp.h)
_NUMBER, _MACHINE, _FIRST, _SECOND = 0, 4, 16, 24
"""Where the words of a call lie (struct seccomp_data): its number, the machine, the low halves of two arguments."""


def program(machine: str, alone: bool = False) -> bytes:
    """The filter as the kernel reads it.

    Args:
        machine: as ``uname -m`` has it.
        alone: whether no namespaces stand behind the filter, so that it must refuse more.

    Raises:
        OSError: on a machine whose numbers are not in the table.
    """
    column, steps = _begin(machine)
    (_, low), (high, last) = KNOWN[machine]
    # above `last`, or between `low` and `high`: not known (so are x32's numbers, which have bit 30)
    steps += [_step(_AT_LEAST, last + 1, 0, 1), _UNKNOWN, _step(_AT_LEAST, high, 2, 0)]
    steps += [_step(_AT_LEAST, low + 1, 0, 1), _UNKNOWN]
    # clone3 hides its flags behind a pointer: glibc falls back on clone where it does not exist
    steps += [_step(_EQUAL, CLONE3, 0, 1), _UNKNOWN]
    steps += _families(_number("socket", column), FAMILIES) + _families(_number("socketpair", column), FAMILIES[:1])
    # clone, but not into new namespaces: no bit of its first argument may be among these
    steps += [_step(_EQUAL, _number("clone", column), 0, 4), _step(_LOAD, _FIRST), _step(_SET, NEW_NAMESPACES, 0, 1)]
    steps += [_REFUSED, _ALLOWED]
    if alone:
        for name in PRETENDED:
            if (number := _number(name, column)) >= 0:
                steps += [_step(_EQUAL, number, 0, 1), _step(_RETURN, _ERRNO)]  # error 0: success
        # other processes' limits: the first argument must be 0, this process
        steps += [_step(_EQUAL, _number("prlimit64", column), 0, 4), _step(_LOAD, _FIRST), _step(_EQUAL, 0, 1, 0)]
        steps += [_REFUSED, _ALLOWED]
    for first, end in _ranges([numbers[column] for numbers in ALLOWED.values() if numbers[column] >= 0]):
        steps += [_step(_AT_LEAST, end, 2, 0), _step(_AT_LEAST, first, 0, 1), _ALLOWED]
    return b"".join([*steps, _REFUSED])


def no_sockets(machine: str) -> bytes:
    """A second filter: no new sockets but connected pairs."""
    column, steps = _begin(machine)
    for name in ("socket", "connect"):
        steps += [_step(_EQUAL, _number(name, column), 0, 1), _REFUSED]
    # socketpair's second argument, without its flags: SOCK_STREAM; other kinds could be sent to somebody else
    steps += [_step(_EQUAL, _number("socketpair", column), 0, 4), _step(_LOAD, _SECOND), _step(_AND, 0xF)]
    steps += [_step(_EQUAL, 1, 1, 0), _REFUSED]
    return b"".join([*steps, _ALLOWED])


def _families(number: int, families: tuple[int, ...]) -> list[bytes]:
    """Of the call with this number only these families, its first argument, are allowed."""
    steps = [_step(_EQUAL, number, 0, len(families) + 3), _step(_LOAD, _FIRST)]
    steps += [_step(_EQUAL, family, len(families) - place, 0) for place, family in enumerate(families)]
    return [*steps, _step(_RETURN, _ERRNO | errno.EAFNOSUPPORT), _ALLOWED]


def _ranges(numbers: list[int]) -> list[tuple[int, int]]:
    """Sorted numbers as ranges: the first of each, and the one behind its last."""
    ranges: list[tuple[int, int]] = []
    for number in sorted(numbers):
        if ranges and ranges[-1][1] == number:
            ranges[-1] = (ranges[-1][0], number + 1)
        else:
            ranges.append((number, number + 1))
    return ranges


def _begin(machine: str) -> tuple[int, list[bytes]]:
    """Which column of the table is this machine's, and the first steps: calls by another machine's numbers kill."""
    if machine not in MACHINES:
        raise OSError(errno.ENOSYS, f"no seccomp filter for {machine}")
    column, architecture = MACHINES[machine]
    same = _step(_EQUAL, architecture, 1, 0)
    return column, [_step(_LOAD, _MACHINE), same, _step(_RETURN, _KILL), _step(_LOAD, _NUMBER)]


def _number(name: str, column: int) -> int:
    return ALLOWED[name][column]


def _step(code: int, value: int, yes: int = 0, no: int = 0) -> bytes:
    """An instruction (struct sock_filter); ``yes`` and ``no``: how many of the next ones a comparison jumps over."""
    return struct.pack("=HBBI", code, yes, no, value)


_ALLOWED, _REFUSED = _step(_RETURN, _ALLOW), _step(_RETURN, _ERRNO | errno.EPERM)
_UNKNOWN = _step(_RETURN, _ERRNO | errno.ENOSYS)


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
    number = _number("seccomp", MACHINES[os.uname().machine][0])
    if libc.syscall(number, 1, 1, head) != 0:  # SECCOMP_SET_MODE_FILTER, for all threads
        raise OSError(ctypes.get_errno(), "seccomp")
