"""A contribution from the first page to its withdrawal, on a small phone: with a script, without, by keyboard alone."""

import re
from collections.abc import Callable, Iterator
from unittest import mock

import pytest
from django.db import OperationalError
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from assises.tests.browser.looking import PHONE, browser_of, sideways, take, violations

START = "/aisne/securite-du-quotidien/"
WORDS = "Depuis la fermeture du poste, on ne voit plus personne après 18 heures."
MENDED = "Le poste a rouvert\u00a0: c’est mieux, même le samedi. 👩‍🚒 «\u00a0شكرا\u00a0»"
MOST_TABS = 120
PATIENCE = 20_000
SCRIPTS = re.compile(r"<script.*?</script>", re.DOTALL)


class Phone:
    """One window, at whose every page somebody looks for barriers."""

    def __init__(self, window: BrowserContext, reader: Page | None = None) -> None:
        self.page, self.reader = window.new_page(), reader
        self.page.set_default_timeout(PATIENCE)
        self.seen: list[str] = []

    def look(self, name: str) -> None:
        expect(self.page.locator("h1")).to_be_visible()
        label = f"story-contribution-{name}-{'plain' if self.reader else 'script'}"
        assert self.barriers() == [], label
        assert sideways(self.page) <= 0, label
        take(self.page, label)
        self.seen.append(name)

    def barriers(self) -> list[str]:
        """Without scripts axe cannot run in the page itself: it reads the same page in another window."""
        if self.reader is None:
            return violations(self.page)
        page = SCRIPTS.sub("", self.page.content())
        self.reader.route(
            "**/*",
            lambda route: (
                route.fulfill(body=page, content_type="text/html; charset=utf-8")
                if route.request.is_navigation_request()
                else route.continue_()
            ),
        )
        self.reader.goto(self.page.url)
        self.reader.unroute("**/*")
        return violations(self.reader)

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).click()

    def says(self, text: str | re.Pattern[str]) -> None:
        expect(self.page.locator("main")).to_contain_text(text)

    def title(self, text: str) -> None:
        expect(self.page.locator("h1")).to_have_text(text)


@pytest.fixture
def phone(browser: Browser, site: str) -> Iterator[Callable[..., Phone]]:
    windows = []

    def open_window(*, javascript: bool = True) -> Phone:
        windows.append(browser_of(browser, site, width=PHONE, javascript=javascript))
        if javascript:
            return Phone(windows[-1])
        windows.append(browser_of(browser, site, width=PHONE))
        return Phone(windows[-2], windows[-1].new_page())

    yield open_window
    for window in windows:
        window.close()


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "plain"])
def test_finish_correct_and_withdraw_on_a_small_phone(phone, javascript):
    visitor = phone(javascript=javascript)
    begin(visitor)
    answer_everything(visitor)
    go_back_and_forth(visitor)
    code = send(visitor)
    give_feedback(visitor, code)
    correct(visitor, code)
    withdraw(visitor, code)
    assert len(visitor.seen) >= 12


def begin(visitor):
    page = visitor.page
    page.goto(START)
    visitor.look("start")
    visitor.press("Commencer")
    visitor.says("Choisissez la ligne qui vous convient le mieux")
    visitor.look("start-error")
    page.get_by_label("Un habitant ou une habitante").check()
    visitor.press("Commencer")


def answer_everything(visitor):
    page = visitor.page
    visitor.title("La présence près de chez vous")
    visitor.look("step-1")
    group = page.get_by_role("group", name=re.compile("Comment jugez-vous"))
    group.get_by_label("Je ne souhaite pas répondre").check()
    page.get_by_label("Qu’avez-vous constaté").fill(WORDS)
    page.get_by_label(re.compile("Dans quelle commune")).fill("Nulle-Part-les-Bains")
    visitor.press("Continuer")
    visitor.says("est à revoir")
    expect(page.get_by_label("Qu’avez-vous constaté")).to_have_value(WORDS)
    visitor.look("step-1-error")
    page.get_by_label(re.compile("Dans quelle commune")).fill("")
    visitor.press("Continuer")
    visitor.title("L’accueil et le service rendu")
    visitor.look("step-2")
    no_opinion(page, "Comment préférez-vous déposer plainte")
    visitor.press("Continuer")
    visitor.title("Se parler")
    visitor.look("step-3")
    visitor.press("Continuer")
    visitor.title("Sur nos routes")
    visitor.look("step-4")
    page.get_by_text(re.compile("^Combien de temps ")).first.click()
    expect(page.get_by_text("jusqu’à l’envoi, si vous répondez à tout")).to_be_visible()
    visitor.press("Continuer")
    visitor.title("Relire et envoyer")
    visitor.says(WORDS)
    visitor.look("review")


def no_opinion(page, question):
    """Takes an answer back, as nobody can with a plain group of radio buttons."""
    group = page.get_by_role("group", name=re.compile(question))
    group.get_by_label("En ligne").check()
    group.get_by_label("Je n’ai pas d’avis").check()
    expect(group.get_by_label("En ligne")).not_to_be_checked()


def go_back_and_forth(visitor):
    """By the buttons, the browser's arrows and a reload: no word is lost."""
    page = visitor.page
    page.get_by_label(re.compile("J’autorise à citer")).check()
    visitor.press("Étape précédente")
    visitor.title("Sur nos routes")
    proposal = page.get_by_label("Où et comment rendre la route plus sûre")
    proposal.fill("Un passage piéton devant l’école.")
    visitor.press("Étape précédente")
    visitor.title("Se parler")
    page.go_back()
    visitor.title("Sur nos routes")
    expect(proposal).to_have_value("Un passage piéton devant l’école.")
    page.reload()
    expect(proposal).to_have_value("Un passage piéton devant l’école.")
    visitor.press("Continuer")
    visitor.title("Relire et envoyer")
    visitor.says("Un passage piéton devant l’école.")
    expect(page.get_by_label(re.compile("J’autorise à citer"))).to_be_checked()


def send(visitor):
    """Twice: the second press finds the same attestation."""
    page = visitor.page
    review = page.url
    visitor.press("Envoyer ma contribution")
    visitor.says("Votre contribution est enregistrée")
    visitor.look("receipt")
    receipt = page.url
    page.goto(review)
    expect(page).to_have_url(receipt)
    return receipt.rstrip("/").rpartition("/")[2]


def give_feedback(visitor, code):
    page = visitor.page
    page.get_by_role("link", name="Dire si ce questionnaire était facile").click()
    visitor.look("feedback")
    page.get_by_label("Pas tout à fait").check()
    page.get_by_role("main").get_by_role("button").click()
    visitor.look("feedback-given")
    page.goto("/ma-contribution/")
    visitor.look("find")
    page.get_by_role("main").get_by_role("textbox").fill(code.lower().replace("-", " "))
    page.get_by_role("main").get_by_role("button").first.click()
    expect(page).to_have_url(re.compile(f"/contribution/{code}/$"))


def correct(visitor, code):
    page = visitor.page
    visitor.press("Corriger ma contribution")
    visitor.says("remplacera votre contribution précédente")
    page.get_by_role("link", name=re.compile("Modifier mes réponses.*La présence")).click()
    expect(page.get_by_label("Qu’avez-vous constaté")).to_have_value(WORDS)
    page.get_by_label("Qu’avez-vous constaté").fill(MENDED)
    while page.get_by_role("button", name="Continuer", exact=True).count():
        visitor.press("Continuer")
    visitor.says(MENDED)
    visitor.look("review-correction")
    visitor.press("Envoyer ma contribution")
    visitor.says(code[-9:])
    assert page.url.endswith(f"/{code}/"), "the code stays the same"
    page.get_by_text("Relire ce que j’ai envoyé").click()
    expect(page.get_by_text(MENDED)).to_be_visible()
    expect(page.get_by_text(WORDS)).to_have_count(0)


def withdraw(visitor, code):
    page = visitor.page
    page.get_by_role("link", name="La retirer").click()
    visitor.look("withdraw")
    page.get_by_role("main").get_by_role("button").first.click()
    visitor.title("Cette contribution est retirée")
    visitor.look("withdrawn")
    assert MENDED not in page.content()


# By keyboard alone ---------------------------------------------------------


def tab_to(page: Page, wanted: Locator) -> None:
    """With the Tab key, as far as it takes; forwards only, as one does who does not see the page."""
    for _ in range(MOST_TABS):
        if wanted.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab does not reach {wanted}")


def hit(page: Page, name: str) -> None:
    tab_to(page, page.get_by_role("button", name=name, exact=True))
    page.keyboard.press("Enter")


def test_from_the_first_page_to_the_attestation_by_keyboard_alone(phone):
    page = phone().page
    page.goto(START)
    tab_to(page, page.locator("input[name=public]").first)
    page.keyboard.press("Space")
    hit(page, "Commencer")
    expect(page.locator("h1")).to_have_text("La présence près de chez vous")
    tab_to(page, page.locator("input[type=radio]").first)
    page.keyboard.press("Space")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    tab_to(page, page.get_by_label("Qu’avez-vous constaté"))
    page.keyboard.type(WORDS)
    for title in ("L’accueil et le service rendu", "Se parler", "Sur nos routes", "Relire et envoyer"):
        hit(page, "Continuer")
        expect(page.locator("h1")).to_have_text(title)
    expect(page.locator("main")).to_contain_text("Moyenne")
    tab_to(page, page.get_by_label(re.compile("J’autorise à citer")))
    page.keyboard.press("Space")
    hit(page, "Envoyer ma contribution")
    expect(page.locator("main")).to_contain_text("Votre contribution est enregistrée")
    tab_to(page, page.get_by_role("link", name="La retirer"))


def test_what_the_keyboard_cannot_reach_is_found_out(phone):
    """The negative control."""
    page = phone().page
    page.goto(START)
    page.evaluate("document.querySelectorAll('button').forEach(button => { button.tabIndex = -1; })")
    with pytest.raises(AssertionError, match="does not reach"):
        hit(page, "Commencer")


# A tab that was left open --------------------------------------------------


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "plain"])
def test_a_tab_restored_days_later_still_sends_what_was_typed(phone, javascript):
    """No cookie and no session: there is nothing that could have expired."""
    visitor = phone(javascript=javascript)
    page = visitor.page
    page.goto(START)
    page.get_by_label("Un habitant ou une habitante").check()
    visitor.press("Commencer")
    page.get_by_label("Qu’avez-vous constaté").fill(WORDS)
    page.context.clear_cookies()
    visitor.press("Continuer")
    visitor.title("L’accueil et le service rendu")
    page.go_back()
    expect(page.get_by_label("Qu’avez-vous constaté")).to_have_value(WORDS)
    assert page.context.cookies() == []


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "plain"])
def test_words_sent_while_the_database_is_down_go_out_again_with_one_press(phone, javascript):
    visitor = phone(javascript=javascript)
    page = visitor.page
    page.goto(START)
    page.get_by_label("Un habitant ou une habitante").check()
    visitor.press("Commencer")
    page.get_by_label("Qu’avez-vous constaté").fill(WORDS)
    with mock.patch("assises.tenancy.middleware.scoped", side_effect=OperationalError("down")):
        visitor.press("Continuer")
        visitor.title("Le site est momentanément indisponible")
        visitor.says(WORDS)
        visitor.look("down")
    visitor.press("Envoyer de nouveau")
    visitor.title("L’accueil et le service rendu")
    visitor.press("Étape précédente")
    expect(page.get_by_label("Qu’avez-vous constaté")).to_have_value(WORDS)
