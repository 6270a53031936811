"""One stream for everybody's lines, each with the name of who says it."""

import os
import sys
from typing import TextIO

WIDTH = 5
COLOURS = {"web": 32, "jobs": 35, "beat": 34, "base": 36, "file": 33, "démo": 95}


class Console:
    def __init__(self, stream: TextIO | None = None) -> None:
        self.stream = stream or sys.stdout
        self.coloured = self.stream.isatty() and "NO_COLOR" not in os.environ
        if hasattr(self.stream, "reconfigure"):
            self.stream.reconfigure(errors="replace")

    def line(self, name: str, text: str) -> None:
        label = f"{name:<{WIDTH}} |"
        if self.coloured:
            label = f"\033[{COLOURS.get(name, 37)}m{label}\033[0m"
        self._write(f"{label} {text}")

    def say(self, text: str = "") -> None:
        """Words of our own to the person at the terminal."""
        self._write(f"\033[1m{text}\033[0m" if self.coloured and text else text)

    def _write(self, text: str) -> None:
        try:
            self.stream.write(text + "\n")
            self.stream.flush()
        except (OSError, ValueError):
            pass  # the terminal or the reader of the pipe is gone: no reason to stop serving
