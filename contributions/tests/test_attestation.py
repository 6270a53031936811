"""The attestation: page, PDF, mail, code to scan; what each promises and what none of them keeps."""

import io
import re

import pytest
from django.test import Client
from pypdf import PdfReader

from assises.jobs.run import run_due
from assises.outbox.models import DemoMail, OutboundMail
from assises.outbox.post import SEND
from assises.tenancy.context import as_prefecture
from assises.testing import make_open_consultation
from contributions import attestation
from contributions.models import Contribution
from contributions.tests.changing import address, ask, close, correct, rows
from contributions.tests.journey import Visitor
from contributions.tests.said import contribute


@pytest.fixture
def consultation(db):
    return make_open_consultation()


@pytest.fixture
def code(consultation):
    return Visitor(consultation).contribute()


def file(code):
    return Client().get(f"{address(code)}attestation.pdf")


def text_of(code, *rest):
    return Client().get(address(code, *rest)).content.decode()


def test_the_document_is_tagged_french_and_says_what_the_page_says(code):
    response = file(code)
    assert response["Content-Type"] == "application/pdf"
    reader = PdfReader(io.BytesIO(response.content))
    words = " ".join(page.extract_text() for page in reader.pages)
    for said in (
        code[:-9],
        code[-9:],
        "Préfecture de l’Aisne",
        "5 réponses, 1 constat, 1 proposition",
        "heure de Paris",
    ):
        assert said in words, said
    assert "Données fictives" in words
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert reader.trailer["/Root"]["/Lang"] == "fr-FR"
    assert len(reader.pages) == 1


def test_the_document_is_the_same_each_time(code):
    assert file(code).content == file(code).content


def test_the_code_to_scan_leads_to_the_attestation(code):
    page = text_of(code)
    path = re.search(r'<path d="([^"]+)"', page.split('class="qr"')[1])[1]
    (row,) = rows(Contribution)
    with as_prefecture("02"):
        found = Contribution.objects.select_related("prefecture").get(pk=row.pk)
        assert path == attestation.qr_path(attestation.address_of(found, code))[0]
    assert attestation.address_of(found, code).endswith(f"/aisne/contribution/{code}/")
    assert "style=" not in page.split('class="qr"')[1].split("</svg>")[0]


def test_what_can_be_done_is_offered_until_the_closing_and_then_what_can_be_asked(consultation, code):
    page = text_of(code)
    assert "Corriger ma contribution" in page
    assert "Faire une demande" not in page
    close(consultation)
    page = text_of(code)
    assert "Corriger ma contribution" not in page
    assert "Faire une demande" in page


def test_a_corrected_one_says_so(code):
    correct(code)
    assert "Version corrigée reçue" in text_of(code)


def test_a_lost_code_is_explained(db):
    page = Client().get("/ma-contribution/").content.decode()
    assert "J’ai perdu mon code" in page
    assert "Personne ne peut le retrouver" in page


# By mail ---------------------------------------------------------------------


def test_the_mail_says_the_code_and_where_it_leads(code):
    assert "part par courriel" in ask(code, "courriel", mail="moi@essai.invalid").content.decode()
    run_due(SEND, "02")
    mail = DemoMail.objects.get()
    assert mail.to == "moi@essai.invalid"
    assert code in mail.text
    assert address(code) in mail.text


def test_neither_address_nor_code_is_kept_once_it_has_left(code):
    ask(code, "courriel", mail="moi@essai.invalid")
    with as_prefecture("02"):
        assert OutboundMail.objects.get().to == "moi@essai.invalid", "the negative control"
    run_due(SEND, "02")
    with as_prefecture("02"):
        kept = str(OutboundMail.objects.values().get())
        assert "moi@essai.invalid" not in kept
        assert code not in kept
        assert "moi@essai.invalid" not in str(list(Contribution.objects.values()))


def test_an_address_that_is_none_is_named(code):
    page = ask(code, "courriel", mail="moi").content.decode()
    assert "Écrivez une adresse comme nom@exemple.fr." in page
    assert 'value="moi"' in page


def test_a_code_is_no_way_to_flood_mailboxes(code):
    answers = [ask(code, "courriel", mail=f"{n}@essai.invalid").status_code for n in range(5)]
    assert answers == [200, 200, 200, 429, 429]
    with as_prefecture("02"):
        assert OutboundMail.objects.count() == 3


def test_a_letter_has_an_attestation_too(consultation):
    assert file(contribute(consultation, version=None)).status_code == 200
