import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from assises.embedded import child
from assises.embedded.identity import choose_identity
from assises.embedded.tests.running import eventually, is_dead

PARENT = """
import os, subprocess, sys
launcher, death_signal = sys.argv[1:]
command = [sys.executable, "-I", "-S", launcher, str(os.getpid()), death_signal, "self", "/bin/sleep", "60"]
print(subprocess.Popen(command).pid, flush=True)
sys.stdin.read()
"""


def pid_of_child_whose_parent_is_killed(death_signal: int) -> int:
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT, child.__file__, str(death_signal)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with parent:
        assert parent.stdout
        pid = int(parent.stdout.readline())
        assert eventually(lambda: Path(f"/proc/{pid}/cmdline").read_text().startswith("/bin/sleep"))
        parent.kill()
    return pid


def test_child_dies_with_its_parent() -> None:
    pid = pid_of_child_whose_parent_is_killed(signal.SIGKILL)
    assert eventually(lambda: is_dead(pid), seconds=5)


def test_child_without_death_signal_survives_its_parent() -> None:
    pid = pid_of_child_whose_parent_is_killed(0)
    time.sleep(0.5)
    survives = not is_dead(pid)
    os.kill(pid, signal.SIGKILL)
    assert survives


def test_child_does_not_start_for_a_parent_that_is_dead() -> None:
    command = [sys.executable, "-I", "-S", child.__file__, "1", str(int(signal.SIGKILL)), "self", "/bin/echo", "here"]
    assert subprocess.run(command, capture_output=True, check=False).stdout == b""


def test_child_takes_signals_that_its_parent_ignores() -> None:
    ignoring = (
        "import os, signal, sys; signal.signal(signal.SIGINT, signal.SIG_IGN); os.execv(sys.argv[1], sys.argv[1:])"
    )
    show = "import signal; print(signal.getsignal(signal.SIGINT) is signal.SIG_IGN)"
    launcher = [sys.executable, "-I", "-S", child.__file__, str(os.getpid()), "9", "self", sys.executable, "-c", show]
    told = subprocess.run([sys.executable, "-c", ignoring, *launcher], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "False"


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has to become somebody else")
def test_root_is_not_root_for_the_program(tmp_path: Path) -> None:
    identity = choose_identity()
    command = [sys.executable, "-I", "-S", child.__file__, str(os.getpid()), "9", identity.inner, "/usr/bin/id", "-u"]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip() != "0"
