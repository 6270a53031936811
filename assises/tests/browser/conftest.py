"""Real Chromium on the real portal, filled with the demo's data."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from playwright.sync_api import Browser, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from assises.jobs.tasks import run_owed, run_routine, sweep
from assises.tests.browser.acting import somebody
from assises.tests.browser.looking import browser_of
from assises.tests.database import fresh_copy

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or ""
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("browser")
            if not CHROMIUM:
                item.add_marker(pytest.mark.skip(reason=f"no chromium found: {item.name} was not run"))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # playwright's loop runs in this thread; the server has its own
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def site(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """The portal's address, served from a database of this module's own."""
    with django_db_blocker.unblock():
        call_command("seed_demo", verbosity=0)
        server = LiveServer("127.0.0.1:0")
        yield server.url
        server.stop()
        fresh_copy()


@pytest.fixture
def jobs_at_once(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """What beat and workers do each minute, done when the story says so."""
    monkeypatch.setattr(run_owed, "apply_async", lambda args: run_owed(*args))
    monkeypatch.setattr(run_routine, "apply_async", lambda args: run_routine(*args))
    return sweep


@pytest.fixture
def open_as(browser: Browser, site: str) -> Iterator[Callable[..., Page]]:
    """A window of somebody of the demo; the public needs no login."""
    windows = []

    def open_window(role: str = "", code: str = "02", width: int = 1280) -> Page:
        window = browser_of(browser, site, somebody(role, code) if role else None, width=width)
        windows.append(window)
        return window.new_page()

    yield open_window
    for window in windows:
        window.close()
