"""What is typed is saved while it is typed, survives a server that fails, and finds its way without a script."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from assises.tests.browser.looking import PHONE, browser_of, sideways, take, violations

START = "/aisne/securite-du-quotidien/"
WORDS = "Depuis la fermeture du poste, on ne voit plus personne après 18 heures."


@pytest.fixture
def phone(browser: Browser, site: str) -> Iterator[Callable[..., Page]]:
    windows = []

    def open_window(*, javascript: bool = True) -> Page:
        windows.append(browser_of(browser, site, width=PHONE, javascript=javascript))
        return windows[-1].new_page()

    yield open_window
    for window in windows:
        window.close()


def begin(page):
    page.goto(START)
    page.get_by_label("Un habitant ou une habitante").check()
    page.get_by_role("button", name="Commencer").click()
    expect(page.get_by_role("button", name="Continuer")).to_be_visible()
    while page.locator("textarea").count() == 0:
        page.get_by_role("button", name="Continuer").click()
    return page.locator("textarea").first


def sound(page, name):
    assert violations(page) == []
    assert sideways(page) <= 0
    take(page, f"story-saving-{name}")


def test_what_is_typed_is_saved_and_found_on_another_device(phone):
    page = phone()
    field = begin(page)
    field.fill(WORDS)
    expect(page.locator("[data-saved]")).to_contain_text(re.compile(r"Enregistré à \d"), timeout=10_000)
    expect(page.locator("[data-trouble]")).to_be_empty()
    sound(page, "saved")
    elsewhere = phone()
    elsewhere.goto(page.url)
    expect(elsewhere.locator("textarea").first).to_have_value(WORDS)
    elsewhere.get_by_role("button", name="Finir plus tard").click()
    sound(elsewhere, "later")
    elsewhere.get_by_role("link", name="Reprendre maintenant").click()
    expect(elsewhere.get_by_role("button", name="Continuer")).to_be_visible()


def test_when_saving_fails_the_page_says_so_keeps_trying_and_loses_nothing(phone):
    page = phone()
    field = begin(page)
    page.route("**/etape/*/", lambda route: route.fulfill(status=503, body="indisponible"))
    field.fill(WORDS)
    expect(page.locator("[data-saved]")).to_contain_text("Pas encore enregistré", timeout=10_000)
    expect(page.locator("[data-trouble]")).to_contain_text("nous réessayons")
    sound(page, "failed")
    expect(field).to_have_value(WORDS)
    page.unroute("**/etape/*/")
    expect(page.locator("[data-saved]")).to_contain_text("Enregistré à", timeout=45_000)
    expect(page.locator("[data-trouble]")).to_be_empty()


def test_a_page_sent_to_a_server_that_fails_is_found_again_with_its_words(phone):
    page = phone()
    field = begin(page)
    address = page.url
    page.route("**/etape/*/", lambda route: route.fulfill(status=503, body="indisponible"))
    field.fill(WORDS)
    page.get_by_role("button", name="Continuer").click()
    expect(page.locator("body")).to_have_text("indisponible")
    page.unroute("**/etape/*/")
    page.goto(address)
    expect(page.locator("textarea").first).to_have_value(WORDS)
    expect(page.locator("[data-trouble]")).to_contain_text("retrouvé")
    expect(page.locator("[data-saved]")).to_contain_text("Enregistré à", timeout=10_000)
    assert page.evaluate("Object.keys(sessionStorage).filter(k => k.startsWith('brouillon:')).length") == 0


def test_nothing_is_left_in_the_window_once_it_is_sent(phone):
    page = phone()
    begin(page).fill(WORDS)
    page.get_by_role("button", name="Continuer").click()
    page.wait_for_url(lambda url: "/etape/" in url or "/relire/" in url)
    expect(page.locator("h1")).to_be_visible()
    page.wait_for_function("Object.keys(sessionStorage).filter(k => k.startsWith('brouillon:')).length === 0")


def test_somebody_in_danger_is_told_whom_to_call_while_writing(phone):
    page = phone()
    begin(page).fill("Il me frappe tous les soirs.")
    expect(page.get_by_role("alert")).to_contain_text("3919", timeout=10_000)
    sound(page, "danger")


def test_without_a_script_one_is_asked_once_and_may_finish_later(phone):
    page = phone(javascript=False)
    field = begin(page)
    field.fill("Appelez M. Dupont au 06 12 34 56 78.")
    page.get_by_role("button", name="Continuer").click()
    expect(page.locator("main")).to_contain_text("Est-ce nécessaire")
    expect(page.locator("textarea").first).to_have_value("Appelez M. Dupont au 06 12 34 56 78.")
    take(page, "story-saving-concern")
    page.get_by_role("button", name="Finir plus tard").click()
    expect(page.locator("#adresse")).to_have_value(re.compile("/reponse/"))
