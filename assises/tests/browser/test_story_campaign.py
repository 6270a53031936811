"""What is asked, where and until when: from last year's exercise to a citizen of Agen."""

import re
from datetime import timedelta

from playwright.sync_api import expect

from assises import clock
from assises.tests.browser.acting import press
from assises.tests.browser.looking import PHONE, take
from consultations.models import Campaign

LAST_YEAR = "securite-du-quotidien"
TITLE = "Assises de l’an prochain"
WITH_TYPO = "Que proposez-vous pour mieux se parler ?"
MENDED = "Que proposez-vous pour mieux se parler, entre habitants et forces de l’ordre ?"
HERE = "47"


def test_from_last_years_exercise_to_a_citizen_of_agen(open_as):
    lead_duplicates_and_launches(open_as("lead"))
    editor = open_as("editor", HERE)
    editor_adds_a_theme_and_two_questions(editor)
    editor_previews_as_an_elected_official(editor)
    editor_publishes(editor)
    lead_mends_a_typo(open_as("lead"))
    editor_sees_the_difference(editor)
    citizen_arrives(open_as(width=PHONE))


def slug():
    return Campaign.objects.get(title=TITLE).slug


def desk():
    return f"/lot-et-garonne/prefecture/concertations/{slug()}/"


def lead_duplicates_and_launches(page):
    page.goto(f"/ministere/exercices/{LAST_YEAR}/")
    press(page, "Refaire à d’autres dates")
    page.get_by_label("Titre").fill(TITLE)
    today = clock.now().date()
    for label, days in (("Ouverture au plus tôt", -2), ("Clôture au plus tard", 20), ("Synthèses attendues le", 40)):
        page.get_by_label(label).fill((today + timedelta(days=days)).isoformat())
    press(page, "Créer l’exercice")
    expect(page.locator("main")).to_contain_text("Le territoire en une page")
    page.get_by_role("link", name="Lancer l’exercice").first.click()
    page.get_by_label(re.compile("Dans les .* préfectures")).check()
    press(page, "Lancer l’exercice")
    expect(page.locator("main")).to_contain_text("109 brouillons sont prêts")
    take(page, "story-campaign-launched")


def editor_adds_a_theme_and_two_questions(page):
    page.goto("/lot-et-garonne/prefecture/")
    page.get_by_role("link", name=re.compile(f"Continuer.*{TITLE}")).click()
    page.goto(f"{desk()}questionnaire/")
    press(page, "Ajouter un thème")
    page.get_by_label("Titre").fill("Les marchés et les foires")
    press(page, "Ajouter le thème")
    add_question(page, "Oui ou non", "Allez-vous au marché de votre commune ?")
    page.get_by_role("link", name="Ajouter une question", exact=True).click()
    page.get_by_role("link", name="Réponse courte", exact=True).click()
    page.get_by_label("Question", exact=True).fill("Lequel ?")
    decides = page.locator("main details", has_text="Allez-vous au marché").last
    decides.locator("summary").click()
    decides.get_by_label("Oui").check()
    page.get_by_label("Thème", exact=True).select_option(label="Les marchés et les foires")
    press(page, "Ajouter la question")
    expect(page.locator("main")).to_contain_text(re.compile("Posée si.*Allez-vous au marché.*Oui"))
    take(page, "story-campaign-builder")


def add_question(page, kind, label):
    page.get_by_role("link", name="Ajouter une question", exact=True).click()
    page.get_by_role("link", name=kind, exact=True).click()
    page.get_by_label("Question", exact=True).fill(label)
    page.get_by_label("Thème", exact=True).select_option(label="Les marchés et les foires")
    press(page, "Ajouter la question")


def editor_previews_as_an_elected_official(page):
    page.goto(f"{desk()}questionnaire/apercu/?public=elected")
    expect(page.locator("main")).to_contain_text("Comment travaillez-vous avec la police et la gendarmerie")
    expect(page.locator("main")).to_contain_text("Les marchés et les foires")
    page.goto(f"{desk()}questionnaire/apercu/?public=public")
    expect(page.locator("main")).not_to_contain_text("Comment travaillez-vous avec la police")


def editor_publishes(page):
    page.goto(desk())
    press(page, "Modifier les dates")
    here = clock.now().date()
    for name, days in (("opens_at", -1), ("closes_at", 12)):
        page.locator(f"[name={name}_0]").fill((here + timedelta(days=days)).isoformat())
        page.locator(f"[name={name}_1]").fill("18:00")
    press(page, "Enregistrer")
    press(page, "Publier")
    press(page, "Publier")
    expect(page.locator("main")).to_contain_text("La concertation est publiée")


def lead_mends_a_typo(page):
    page.goto(f"/ministere/exercices/{slug()}/questions/")
    page.get_by_role("link", name=re.compile("Modifier.*Que proposez-vous pour mieux se parler")).click()
    page.get_by_label("Question", exact=True).fill(MENDED)
    press(page, "Enregistrer")
    expect(page.locator("main")).to_contain_text("entre habitants et forces de l’ordre")


def editor_sees_the_difference(page):
    page.goto("/lot-et-garonne/prefecture/")
    page.goto(f"{desk()}changements/")
    expect(page.locator("main ins")).to_contain_text("entre habitants et forces de l’ordre")
    take(page, "story-campaign-difference")
    press(page, re.compile("accepter|Accepter"))
    expect(page.locator("main")).not_to_contain_text("Que proposez-vous pour mieux se parler\u202f?")


def citizen_arrives(page):
    page.goto("/")
    page.get_by_label(re.compile("Où habitez-vous")).fill("47000")
    page.get_by_role("button", name="Trouver mon département").click()
    expect(page).to_have_url(re.compile("/lot-et-garonne/$"))
    page.get_by_role("link", name=re.compile("Répondre en ligne|Commencer")).first.click()
    page.get_by_text("Un habitant ou une habitante").click()
    press(page, "Commencer")
    for _ in range(2):
        press(page, "Continuer")
    expect(page.locator("main")).to_contain_text("entre habitants et forces de l’ordre")
    press(page, "Continuer")
    expect(page.get_by_role("heading", level=1)).to_have_text("Les marchés et les foires")
    expect(page.get_by_label("Lequel")).not_to_be_visible()
    page.get_by_label("Oui").check()
    page.get_by_label("Lequel").fill("Celui de la place des Laitiers.")
    take(page, "story-campaign-citizen")
    press(page, "Continuer")
    expect(page.locator("main")).to_contain_text("place des Laitiers")
