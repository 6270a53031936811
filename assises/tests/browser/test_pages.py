"""Every page in its states, on a desk and on a small phone: no barrier, no sideways scroll, keyboard, no error."""

import pytest

from assises.tests.browser.looking import (
    DESK,
    PHONE,
    browser_of,
    sideways,
    sideways_in_large_letters,
    take,
    unreached,
    violations,
)
from assises.tests.browser.pages import NOT_PAGES, VISITS
from assises.tests.browser.visits import person_of
from assises.tests.routes import routes

ROUTES = {route.name: route for route in routes()}


def test_every_address_is_looked_at_or_excused():
    seen = {visit.name for visit in VISITS}
    assert sorted(set(ROUTES) - seen - set(NOT_PAGES)) == []


def test_nothing_is_looked_at_that_is_not_there_any_more():
    assert sorted(({visit.name for visit in VISITS} | set(NOT_PAGES)) - set(ROUTES)) == []


@pytest.mark.parametrize("visit", VISITS, ids=lambda visit: visit.label)
def test_a_page_can_be_used_by_everyone(visit, browser, site):
    given = visit.given()
    route = ROUTES[visit.name]
    found = {}
    for width in (DESK, PHONE):
        window = browser_of(browser, site, person_of(visit), width=width)
        page = window.new_page()
        said = errors_of(page, visit.status)
        answer = page.goto(route.path(**given) + visit.query)
        take(page, f"{visit.label}-{width}")
        found |= {
            f"{width} px": {
                "status": answer.status,
                "barriers": violations(page),
                "sideways": sideways(page),
                "out of the keyboard's reach": unreached(page),
                # On a desk the browser that has such letters asks for the page of a phone; a style cannot make it ask.
                "sideways in large letters": sideways_in_large_letters(page) if width == PHONE else 0,
                "errors": said,
            }
        }
        window.close()
    clean = {
        "status": visit.status,
        "barriers": [],
        "sideways": 0,
        "out of the keyboard's reach": [],
        "sideways in large letters": 0,
        "errors": [],
    }
    assert found == {f"{DESK} px": clean, f"{PHONE} px": clean}


def errors_of(page, status):
    """What the browser complains of, but for the status that was expected."""
    said = []

    def note(message):
        if message.type == "error" and f"status of {status}" not in message.text:
            said.append(message.text)

    page.on("console", note)
    return said


def test_a_page_with_faults_is_found_out(browser, site, tmp_path):
    """The negative control: what is looked for is seen when it is there."""
    faulty = tmp_path / "faulty.html"
    faulty.write_text(
        "<html><body><img src='x'><p style='width: 900px'>large</p>"
        "<a href='#a' onfocus='this.blur()'>fuyant</a></body></html>"
    )
    window = browser.new_context(viewport={"width": PHONE, "height": 600})
    page = window.new_page()
    page.goto(faulty.as_uri())
    assert any(problem.startswith("image-alt") for problem in violations(page))
    assert sideways(page) > 0
    assert unreached(page) != []
    window.close()


def test_a_page_that_is_too_wide_in_large_letters_only_is_found_out(browser, tmp_path):
    faulty = tmp_path / "faulty.html"
    faulty.write_text("<html><body><p style='width: 15rem'>large</p></body></html>")
    window = browser.new_context(viewport={"width": PHONE, "height": 600})
    page = window.new_page()
    page.goto(faulty.as_uri())
    assert sideways(page) == 0
    assert sideways_in_large_letters(page) > 0
    window.close()
