"""The whole way once, with six people: from the ministry's exercise to the synthesis it downloads."""

import re
from datetime import timedelta

from playwright.sync_api import expect

from assises import clock
from assises.accounts.demo_people import PASSWORD
from assises.tenancy.context import as_prefecture
from assises.tests.browser.acting import press
from assises.tests.browser.looking import PHONE, take
from consultations.models import Campaign, Consultation
from contributions.models import Leaf

TITLE = "Assises d’essai"
WORDS = "Depuis la fermeture du poste, on ne voit plus personne après 18 heures."


def test_from_the_ministrys_exercise_to_the_synthesis_it_downloads(open_as, jobs_at_once):
    lead_prepares_and_launches(open_as("lead"))
    editor_dates_and_publishes(open_as("editor"))
    code = citizen_answers(open_as(width=PHONE))
    jobs_at_once()
    citizen_checks(open_as(width=PHONE), code)
    time_passes()
    jobs_at_once()  # the synthesis is owed
    jobs_at_once()  # its first version is built
    agent_reads(open_as("agent"))
    prefect_validates_and_transmits(open_as("prefect"))
    reader_reads(open_as("reader"))
    lead_downloads_and_acknowledges(open_as("lead"))
    page = open_as("editor")
    page.goto(f"/aisne/prefecture/syntheses/{slug()}/")
    expect(page.locator("main")).to_contain_text("Accusé de réception")
    take(page, "story-way-acknowledged")


def slug():
    return Campaign.objects.get(title=TITLE).slug


def lead_prepares_and_launches(page):
    page.goto("/ministere/exercices/nouveau/")
    page.get_by_label("Titre").fill(TITLE)
    page.get_by_label("Objet").fill("Dire ce que l’on constate et ce que l’on propose.")
    today = clock.now().date()
    for label, days in (("Ouverture au plus tôt", -2), ("Clôture au plus tard", 20), ("Synthèses attendues le", 30)):
        page.get_by_label(label).fill((today + timedelta(days=days)).isoformat())
    page.get_by_label("Thèmes nationaux").fill("La présence près de chez vous\nL’accueil")
    press(page, "Créer l’exercice")
    press(page, "Thèmes et questions")
    for theme, kind, label, choices in (
        ("La présence près de chez vous", "Échelle", "Comment jugez-vous cette présence ?", "Mauvaise\nBonne"),
        ("La présence près de chez vous", "Constat", "Que constatez-vous ?", ""),
        ("L’accueil", "Proposition", "Que proposez-vous ?", ""),
    ):
        page.get_by_role("link", name="Ajouter une question", exact=True).click()
        page.get_by_role("link", name=kind, exact=True).click()
        page.get_by_label("Question", exact=True).fill(label)
        if choices:
            page.get_by_label("Réponses proposées").fill(choices)
        page.get_by_label("Thème").select_option(label=theme)
        press(page, "Ajouter la question")
    page.get_by_role("link", name=TITLE, exact=True).click()
    page.get_by_role("link", name="Lancer l’exercice").click()
    page.get_by_label(re.compile("que je coche")).check()
    page.get_by_label("02 Aisne").check()
    press(page, "Lancer l’exercice")
    expect(page.locator("main")).to_contain_text("un brouillon est prêt")


def editor_dates_and_publishes(page):
    page.goto("/aisne/prefecture/")
    page.get_by_role("link", name=re.compile(f"Continuer.*{TITLE}")).click()
    press(page, "Modifier les dates")
    here = clock.now().date()
    opens, closes = here - timedelta(days=1), here + timedelta(days=10)
    for name, day in (("opens_at", opens), ("closes_at", closes)):
        page.locator(f"[name={name}_0]").fill(day.isoformat())
        page.locator(f"[name={name}_1]").fill("18:00")
    press(page, "Enregistrer")
    press(page, "Publier")
    press(page, "Publier")
    expect(page.locator("main")).to_contain_text("La concertation est publiée")


def citizen_answers(page):
    page.goto("/")
    page.get_by_label(re.compile("Où habitez-vous")).fill("02200")
    page.get_by_role("button", name="Trouver mon département").click()
    page.goto(f"/aisne/{slug()}/")
    page.get_by_text("Habitant", exact=False).first.click()
    press(page, "Commencer")
    page.get_by_label("Bonne").check()
    page.get_by_label("Que constatez-vous").fill(WORDS)
    press(page, "Continuer")
    page.get_by_label("Que proposez-vous").fill("Des patrouilles à pied, à heures variées.")
    press(page, "Continuer")
    expect(page.locator("main")).to_contain_text("à heures variées")
    page.get_by_label(re.compile("J’autorise")).check()
    press(page, "Envoyer ma contribution")
    expect(page.locator("main")).to_contain_text("Votre contribution est enregistrée")
    take(page, "story-way-receipt")
    return page.url.rstrip("/").rpartition("/")[2]


def citizen_checks(page, code):
    """With the code alone, from the national form."""
    page.goto("/ma-contribution/")
    page.get_by_role("textbox").first.fill(code)
    page.get_by_role("main").get_by_role("button").first.click()
    page.get_by_role("link", name="Vérifier que ma contribution a été comptée").click()
    take(page, "story-way-checked")
    with as_prefecture("02"):
        assert Leaf.objects.filter(consultation__campaign__title=TITLE).count() == 1


def time_passes():
    """The closing comes: the database's clock decides, so its dates are moved."""
    with as_prefecture("02"):
        rows = Consultation.objects.filter(prefecture="02", campaign__title=TITLE)
        rows.update(closes_at=clock.now() - timedelta(minutes=1))


def agent_reads(page):
    page.goto(f"/aisne/prefecture/syntheses/{slug()}/")
    expect(page.locator("main")).to_contain_text("Version 1")
    take(page, "story-way-built")


def prefect_validates_and_transmits(page):
    page.goto("/aisne/prefecture/")
    page.get_by_role("link", name=re.compile(TITLE)).first.click()
    page.get_by_role("link", name="Valider la version 1").click()
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button").first.click()
    press(page, "Valider la version 1")
    press(page, "Transmettre au ministère")
    press(page, "Transmettre au ministère")
    expect(page.locator("main")).to_contain_text("ransmise")


def reader_reads(page):
    page.goto(f"/ministere/syntheses/{slug()}/02/")
    expect(page.locator("main")).to_contain_text("Préfecture de l’Aisne")
    expect(page.get_by_role("link", name="Accuser réception")).to_have_count(0)


def lead_downloads_and_acknowledges(page):
    page.goto("/ministere/syntheses/")
    page.goto(f"/ministere/syntheses/{slug()}/02/")
    with page.expect_download() as download:
        page.get_by_role("link", name=re.compile("Télécharger")).click()
    assert download.value.path().read_bytes().startswith(b"%PDF")
    page.get_by_role("link", name="Accuser réception").click()
    press(page, "Accuser réception")
    expect(page.locator("main")).to_contain_text("ccusé")
