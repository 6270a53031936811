"""What the ministry gives every team is read by the teams of that exercise, and by nobody else."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from assises.tenancy.context import as_ministry
from assises.testing import make_campaign, make_member, make_prefecture, statements
from consultations.models import KitDocument
from consultations.steering.launch import launch

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n1 0 obj\n"


def client_of(person):
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def lead():
    return make_member(None, "lead")


@pytest.fixture
def campaign(lead):
    made = make_campaign()
    with as_ministry():
        launch(made, [make_prefecture("02")], actor=lead)
    return made


@pytest.fixture
def guide(campaign):
    return campaign.kit.create(title="Guide", name="guide d’été.pdf", media_type="application/pdf", content=PDF)


def upload(lead, campaign, name, content, title="Guide"):
    sent = {"title": title, "file": SimpleUploadedFile(name, content)}
    return client_of(lead).post(f"/ministere/exercices/{campaign.slug}/kit/nouveau/", sent, follow=True)


def test_a_document_is_added_listed_and_downloaded_as_it_was(lead, campaign):
    assert "«\u00a0Guide\u00a0» est dans le kit." in upload(lead, campaign, "guide.pdf", PDF).content.decode()
    kept = KitDocument.objects.get()
    answer = client_of(lead).get(f"/ministere/exercices/{campaign.slug}/kit/{kept.pk}/")
    assert (answer.content, answer["Content-Type"]) == (PDF, "application/pdf")
    assert answer["Content-Disposition"] == 'attachment; filename="guide.pdf"'


def test_a_programme_that_calls_itself_a_pdf_is_refused(lead, campaign):
    page = upload(lead, campaign, "guide.pdf", b"MZ\x90\x00 a program").content.decode()
    assert "n’est pas d’un type accepté" in page
    assert not KitDocument.objects.exists()


def test_a_file_of_more_than_20_mb_is_refused(lead, campaign):
    page = upload(lead, campaign, "guide.pdf", PDF + b"0" * 20 * 1024 * 1024).content.decode()
    assert "20\u00a0Mo" in page
    assert not KitDocument.objects.exists()


def test_a_document_is_removed(lead, campaign, guide):
    client_of(lead).post(f"/ministere/exercices/{campaign.slug}/kit/{guide.pk}/retirer/")
    assert not KitDocument.objects.exists()


def test_a_reader_of_the_ministry_adds_and_removes_nothing(campaign, guide):
    reader = client_of(make_member(None, "reader"))
    assert reader.get(f"/ministere/exercices/{campaign.slug}/kit/").status_code == 200
    assert reader.post(f"/ministere/exercices/{campaign.slug}/kit/nouveau/").status_code == 403
    assert reader.post(f"/ministere/exercices/{campaign.slug}/kit/{guide.pk}/retirer/").status_code == 403


def test_the_team_of_a_launched_exercise_downloads_it(campaign, guide):
    agent = client_of(make_member(make_prefecture("02"), "agent"))
    address = f"/aisne/prefecture/concertations/{campaign.slug}/kit/"
    assert "Guide" in agent.get(address).content.decode()
    answer = agent.get(f"{address}{guide.pk}/")
    assert answer.content == PDF
    assert "guide%20d%E2%80%99%C3%A9t%C3%A9.pdf" in answer["Content-Disposition"]


def test_a_prefecture_that_is_not_launched_finds_nothing(campaign, guide):
    agent = client_of(make_member(make_prefecture("03"), "agent"))
    address = f"/allier/prefecture/concertations/{campaign.slug}/kit/"
    assert agent.get(address).status_code == 404
    assert agent.get(f"{address}{guide.pk}/").status_code == 404


def test_the_kit_of_another_exercise_is_not_reached_through_ones_own(campaign):
    other = make_campaign()
    theirs = other.kit.create(title="Secret", name="s.pdf", media_type="application/pdf", content=PDF)
    agent = client_of(make_member(make_prefecture("02"), "agent"))
    assert agent.get(f"/aisne/prefecture/concertations/{campaign.slug}/kit/{theirs.pk}/").status_code == 404


def test_the_list_weighs_nothing_whatever_the_files_weigh(lead, campaign, guide):
    client = client_of(lead)
    client.get(f"/ministere/exercices/{campaign.slug}/kit/")
    with statements() as asked:
        client.get(f"/ministere/exercices/{campaign.slug}/kit/")
    read = [sql for sql in asked if "kitdocument" in sql]
    assert len(read) == 1
    assert 'octet_length("consultations_kitdocument"."content")' in read[0]
    assert 'SELECT "consultations_kitdocument"."content"' not in read[0]
