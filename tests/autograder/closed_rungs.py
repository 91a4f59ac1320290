"""Run a command in a world where the sandbox's first rung, or both, are closed.

python -m tests.autograder.closed_rungs {1|2} {pytest|autograder} ARGUMENTS
"""

import ctypes
import sys


def main(closed: str, command: str, *arguments: str) -> None:
    from autograder.kernels import seccomp

    ctypes.CDLL(None).prctl(38, 1, 0, 0, 0)  # PR_SET_NO_NEW_PRIVS
    if closed == "2":
        del seccomp.ALLOWED["landlock_create_ruleset"]
    seccomp.restrict()  # refuses unshare, in this process and all that it starts
    if command == "pytest":
        import pytest

        sys.exit(pytest.main(list(arguments)))
    from autograder import cli

    sys.argv = [command, *arguments]
    cli.main()


if __name__ == "__main__":
    main(*sys.argv[1:])
