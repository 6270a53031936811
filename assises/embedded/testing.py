"""`bin/test`: pytest, on servers of its own or on those that the environment names."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from assises.embedded import child
from assises.embedded.console import Console
from assises.embedded.locks import AlreadyRunningError, take_lock
from assises.embedded.problems import CannotRunError
from assises.embedded.servers import Servers, servers_for
from assises.embedded.watcher import StopRequestedError, Watcher

ROOT = Path(__file__).resolve().parents[2]
MOST_RUNS_AT_ONCE = 16
MOST_WORKERS = 8
ALONE = {"--numprocesses", "--dist", "--pdb", "--trace", "--collect-only", "--co", "--help", "-h", "--version"}
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def main(arguments: Sequence[str]) -> int:
    watcher = Watcher(Console())
    watcher.listen_to_signals()
    try:
        folder, lock = free_folder(Path(os.environ.get("VAR_DIR") or ROOT / "var") / "test")
        servers = servers_for(os.environ, folder, is_throwaway=True, kept_fds=(lock,))
        servers.start(watcher)
        return run_pytest(watcher, [*spread(arguments), *arguments], test_environment(servers))
    except CannotRunError as error:
        watcher.console.say(str(error))
        return 1
    except StopRequestedError:
        return 130
    finally:
        watcher.stop(*watcher.running)


def free_folder(folder: Path) -> tuple[Path, int]:
    """One that no other run uses: several can go on side by side, and each finds its cluster made the next time."""
    for number in range(1, MOST_RUNS_AT_ONCE + 1):
        try:
            return folder / str(number), take_lock(folder / f"{number}.lock")
        except AlreadyRunningError:
            continue
    raise CannotRunError(f"{MOST_RUNS_AT_ONCE} suites de tests tournent déjà dans ce dossier.")


def test_environment(servers: Servers) -> dict[str, str]:
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    browser = {"CHROMIUM": found} if found and "CHROMIUM" not in os.environ else {}
    owner = {"DATABASE_OWNER_URL": servers.owner_url or ""}
    return {**os.environ, **servers.environment(), **owner, **browser, "DEMO": "1", "TESTING": "1"}


def spread(arguments: Sequence[str]) -> list[str]:
    """Several processes for a suite or several files; one for a single file or test, where starting them costs more."""
    options = {argument.split("=")[0] for argument in arguments}
    if options & (ALONE | {"no:xdist"}) or any(argument.startswith("-n") for argument in arguments):
        return []
    named = [argument for argument in arguments if "::" in argument or argument.endswith(".py")]
    if any("::" in argument for argument in named) or len(named) == 1:
        return []
    return ["-n", str(min(len(os.sched_getaffinity(0)), MOST_WORKERS))]


def run_pytest(watcher: Watcher, arguments: Sequence[str], environment: Mapping[str, str]) -> int:
    """In the terminal itself, so that Ctrl-C and the debugger work; it dies with us all the same."""
    launcher = [sys.executable, "-I", "-S", child.__file__, str(os.getpid()), str(int(signal.SIGKILL)), "self"]
    pytest = [sys.executable, "-m", "pytest", "-p", "assises.embedded.parallel_workers"]
    process = subprocess.Popen([*launcher, *pytest, *arguments], cwd=ROOT, env=environment)
    stopped_at = None
    while process.poll() is None:
        watcher.pump(1.0, while_stopping=True)
        if watcher.stop_requests and stopped_at is None:
            stopped_at = time.monotonic()
            if watcher.stopped_by != signal.SIGINT or not sys.stdin.isatty():
                process.send_signal(signal.SIGINT)  # otherwise the terminal has sent it to both
        if stopped_at and (watcher.stop_requests > 1 or time.monotonic() - stopped_at > 20):  # noqa: PLR2004
            process.kill()
    return process.returncode if process.returncode >= 0 else 128 - process.returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
