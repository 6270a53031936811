"""Starts one program that cannot outlive its parent.

Run by path, with nothing but the standard library: `python -I -S child.py PARENT SIGNAL IDENTITY program …`.
IDENTITY is `self`, `namespace:UID:GID` (root looks like UID to the program, and like root to everybody else) or
`account:UID:GID` (root becomes UID).
"""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1
CLONE_NEWUSER = 0x10000000
IDENTITY_REFUSED = 96
libc = ctypes.CDLL(None, use_errno=True)


def die_with_parent(death_signal: int, parent: int) -> None:
    """Have the kernel send `death_signal` when the parent dies; leave at once if it is dead already.

    Comes after any change of identity, which would undo it. It follows the parent's *thread* that forked.
    """
    if libc.prctl(PR_SET_PDEATHSIG, ctypes.c_ulong(death_signal), 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "prctl")
    if os.getppid() != parent:
        os._exit(1)


def enter_namespace(uid: int, gid: int) -> None:
    """Look like `uid` inside a user namespace, and stay who we are for files: works below a folder closed to others."""
    outer_uid, outer_gid = os.geteuid(), os.getegid()
    if libc.unshare(CLONE_NEWUSER) != 0:
        raise OSError(ctypes.get_errno(), "unshare")
    for name, line in (
        ("setgroups", "deny"),
        ("uid_map", f"{uid} {outer_uid} 1"),
        ("gid_map", f"{gid} {outer_gid} 1"),
    ):
        with open(f"/proc/self/{name}", "w", encoding="ascii") as stream:  # noqa: PTH123 (one import fewer)
            stream.write(line)


def become_account(uid: int, gid: int) -> None:
    os.setgroups([])
    os.setresgid(gid, gid, gid)
    os.setresuid(uid, uid, uid)


def take_identity(identity: str) -> None:
    kind, *numbers = identity.split(":")
    if kind == "namespace":
        enter_namespace(int(numbers[0]), int(numbers[1]))
    elif kind == "account":
        become_account(int(numbers[0]), int(numbers[1]))


def main(arguments: list[str]) -> None:
    parent, death_signal, identity, *program = arguments
    # A shell that runs us in the background has SIGINT and SIGQUIT ignored, which would pass through exec.
    for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)
    try:
        take_identity(identity)
    except OSError as error:
        sys.stderr.write(f"{identity}: {error}\n")
        sys.exit(IDENTITY_REFUSED)
    if int(death_signal):
        die_with_parent(int(death_signal), int(parent))
    try:
        os.execv(program[0], program)  # noqa: S606
    except OSError as error:
        sys.stderr.write(f"{program[0]}: {error}\n")
        sys.exit(127)


if __name__ == "__main__":
    main(sys.argv[1:])
