"""A plugin that `bin/test` gives to pytest: its parallel workers, and what they started, do not outlive it."""

import os
import signal

import pytest

from assises.embedded.child import die_with_parent


def pytest_configure(config: pytest.Config) -> None:
    if hasattr(config, "workerinput"):
        die_with_parent(signal.SIGKILL, os.getppid())
