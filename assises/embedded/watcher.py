"""Starts programs, passes their lines on, notices their deaths, stops them. One thread, which all of them hang on."""

import contextlib
import os
import selectors
import signal
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from assises.embedded import child
from assises.embedded.console import Console

SIGNALS_THAT_STOP = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
LAST_LINES = 60


class StopRequestedError(Exception):
    """Somebody typed Ctrl-C or sent SIGTERM."""


@dataclass(frozen=True)
class Command:
    """What to start, and how it likes to be stopped."""

    name: str
    argv: tuple[str, ...]
    environment: Mapping[str, str]
    folder: Path
    identity: str = "self"
    stop_signal: signal.Signals = signal.SIGTERM
    death_signal: signal.Signals = signal.SIGKILL  # what the kernel sends when we die
    grace: float = 10.0
    given: bytes = b""  # on standard input
    kept_fds: tuple[int, ...] = ()
    is_quiet: bool = False  # lines are shown only if it fails


class Running:
    """A started command: its process and its latest lines."""

    def __init__(self, command: Command, process: subprocess.Popen[bytes]) -> None:
        self.command = command
        self.process = process
        assert process.stdout is not None  # noqa: S101 (always piped)
        self.stream = process.stdout
        self.started_at = time.monotonic()
        self.is_hushed = command.is_quiet
        self.last_lines: deque[str] = deque(maxlen=LAST_LINES)
        self.partial = b""

    @property
    def is_alive(self) -> bool:
        return self.process.poll() is None

    @property
    def has_succeeded(self) -> bool:
        return self.process.poll() == 0

    def signal(self, number: signal.Signals, *, whole_group: bool = False) -> None:
        if self.is_alive:
            with contextlib.suppress(ProcessLookupError):
                (os.killpg if whole_group else os.kill)(self.process.pid, number)


class Watcher:
    def __init__(self, console: Console) -> None:
        self.console = console
        self.running: list[Running] = []
        self.stop_requests = 0
        self.stopped_by = 0
        self.selector = selectors.DefaultSelector()
        self._wake_reader, self._wake_writer = os.pipe()
        for end in (self._wake_reader, self._wake_writer):
            os.set_blocking(end, False)
        self.selector.register(self._wake_reader, selectors.EVENT_READ)

    def listen_to_signals(self) -> None:
        signal.set_wakeup_fd(self._wake_writer, warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        for number in SIGNALS_THAT_STOP:
            signal.signal(number, lambda number, _: self._note_stop(number))

    def start(self, command: Command) -> Running:
        process = subprocess.Popen(
            self._launcher(command),
            stdin=subprocess.PIPE if command.given else subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            cwd=command.folder,
            env=dict(command.environment),
            pass_fds=command.kept_fds,
            start_new_session=True,  # the terminal's Ctrl-C is for us alone
        )
        if process.stdin:
            process.stdin.write(command.given)
            process.stdin.close()
        running = Running(command, process)
        self.running.append(running)
        os.set_blocking(running.stream.fileno(), False)
        self.selector.register(running.stream, selectors.EVENT_READ, running)
        return running

    def call_when_readable(self, handle: int, action: Callable[[], None]) -> None:
        self.selector.register(handle, selectors.EVENT_READ, action)

    def pump(self, timeout: float = 1.0, *, while_stopping: bool = False) -> None:
        """Wait for something to happen, at most `timeout` seconds, and pass on what was said."""
        for key, _ in self.selector.select(timeout):
            if isinstance(key.data, Running):
                self._read(key.data)
            elif callable(key.data):
                key.data()
            else:
                self._drain_wake()
        if self.stop_requests and not while_stopping:
            raise StopRequestedError

    def wait_until(self, is_reached: Callable[[], bool], *, timeout: float, step: float = 0.02) -> bool:
        limit = time.monotonic() + timeout
        while not is_reached():
            if time.monotonic() > limit:
                return False
            self.pump(step)
        return True

    def finish(self, running: Running, *, timeout: float = 3600.0) -> bool:
        """Wait for the end of a command that ends by itself; say whether it went well."""
        self.wait_until(lambda: not running.is_alive, timeout=timeout, step=0.5)
        self.forget(running)
        return running.has_succeeded

    def stop(self, *those: Running) -> None:
        """Ask politely, wait, then insist on the whole group."""
        for running in those:
            running.is_hushed = True
            running.signal(running.command.stop_signal)
        limits = {id(running): time.monotonic() + running.command.grace for running in those}
        requests = self.stop_requests
        while left := [running for running in those if running.is_alive]:
            self.pump(0.05, while_stopping=True)
            for running in left:
                is_impatient = self.stop_requests > requests and running.command.grace <= Command.grace
                if is_impatient or time.monotonic() > limits[id(running)]:
                    running.signal(signal.SIGKILL, whole_group=True)
        for running in those:
            self.forget(running)

    def forget(self, running: Running) -> None:
        """Read what is left and close the pipe."""
        if running in self.running:
            self._read(running)
            self.running.remove(running)
        if not running.stream.closed:
            self.selector.unregister(running.stream)
            running.stream.close()

    def show_last_lines(self, running: Running) -> None:
        """What a quiet command had said, now that it matters."""
        if running.is_hushed:
            for line in running.last_lines:
                self.console.line(running.command.name, line)

    def _read(self, running: Running) -> None:
        stream = running.stream
        while not stream.closed:
            try:
                data = os.read(stream.fileno(), 65536)
            except BlockingIOError:
                return
            if not data:
                self.selector.unregister(stream)
                stream.close()
                if running.partial:
                    self._say(running, running.partial)
                return
            *lines, running.partial = (running.partial + data).split(b"\n")
            for line in lines:
                self._say(running, line)

    def _say(self, running: Running, line: bytes) -> None:
        text = line.decode(errors="replace").rstrip()
        running.last_lines.append(text)
        if not running.is_hushed:
            self.console.line(running.command.name, text)

    def _note_stop(self, number: int) -> None:
        self.stop_requests += 1
        self.stopped_by = number

    def _drain_wake(self) -> None:
        try:
            while os.read(self._wake_reader, 4096):
                pass
        except BlockingIOError:
            pass
        for running in self.running:
            running.process.poll()  # no zombies

    @staticmethod
    def _launcher(command: Command) -> list[str]:
        launcher = [sys.executable, "-I", "-S", child.__file__]
        return [*launcher, str(os.getpid()), str(int(command.death_signal)), command.identity, *command.argv]
