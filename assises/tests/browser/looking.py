"""What a page must be for everyone, checked in the browser: no barrier, no sideways scroll, all reached by keyboard."""

import json
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from playwright.sync_api import Browser, BrowserContext, Page

SCREENSHOTS = Path(settings.VAR_DIR) / "screenshots"
PHONE, DESK = 320, 1280
HEIGHT = 800
PARTS_OF_A_DATE = 6  # Tab stops at the day, the month, the year … and the calendar
WHAT_AXE_CHECKS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

# Everything that Tab should reach; of a group of radio buttons, the arrow keys reach the others.
REACHABLE = """
() => {
  const seen = new Set();
  return [...document.querySelectorAll(
    'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]')]
    .filter(e => !e.disabled && e.tabIndex >= 0 && e.checkVisibility({visibilityProperty: true}))
    .filter(e => !(e.closest('[inert]')))
    .filter(e => {
      if (e.type !== 'radio') return true;
      const first = !seen.has(e.name); seen.add(e.name); return first;
    })
    .map(e => e.type === 'radio' ? 'radio ' + e.name : e.outerHTML.slice(0, 90));
}
"""
FOCUSED = """
() => {
  const e = document.activeElement;
  return e === document.body ? '' : e.type === 'radio' ? 'radio ' + e.name : e.outerHTML.slice(0, 90);
}
"""


def browser_of(
    browser: Browser, site: str, person: Any = None, *, width: int = DESK, javascript: bool = True
) -> BrowserContext:
    """A browser window of its own, already logged in as `person`."""
    window = browser.new_context(
        viewport={"width": width, "height": HEIGHT}, java_script_enabled=javascript, locale="fr-FR", base_url=site
    )
    if person is not None:
        window.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session_of(person), "url": site}])
    return window


def session_of(person: Any) -> str:
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.save()
    return session.session_key or ""


def violations(page: Page) -> list[str]:
    """What axe finds; it is handed to the page by the browser, since the page itself may load no other script."""
    folder = Path(find_spec("axe_playwright_python").origin or "").parent
    page.evaluate(next(folder.rglob("axe.min.js")).read_text(encoding="utf-8"))
    options = json.dumps({"runOnly": WHAT_AXE_CHECKS, "resultTypes": ["violations"]})
    found = page.evaluate(f"async () => (await axe.run(document, {options})).violations")
    return [f"{v['id']}: {node['html'][:160]}" for v in found for node in v["nodes"]]


def sideways(page: Page) -> int:
    """How many pixels wider than the window the page is."""
    return page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")


def sideways_in_large_letters(page: Page) -> int:
    """The same, with letters twice as large, for somebody who has set them so in the browser."""
    page.evaluate("() => { document.documentElement.style.fontSize = '200%'; }")
    return sideways(page)


def unreached(page: Page) -> list[str]:
    """What can be seen and used but not reached with the Tab key."""
    wanted = page.evaluate(REACHABLE)
    page.evaluate("() => { document.activeElement.blur(); window.scrollTo(0, 0); }")
    reached = set()
    inside_dates = (
        page.locator("input[type=date], input[type=time], input[type=datetime-local]").count() * PARTS_OF_A_DATE
    )
    for _ in range(len(wanted) + inside_dates + 5):
        page.keyboard.press("Tab")
        reached.add(page.evaluate(FOCUSED))
    return [element for element in wanted if element not in reached]


def take(page: Page, name: str) -> Path:
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    path = SCREENSHOTS / f"{name}.png"
    page.screenshot(path=path, full_page=True)
    return path
