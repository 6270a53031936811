"""In whose name: kept apart, seen on every page, erased with the rest."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from assises.tenancy.context import as_prefecture
from assises.testing import make_open_consultation, statements
from contributions.models import Contact, Contribution, Draft, Enclosure
from contributions.tests.journey import Visitor, code_in

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n%%EOF"


@pytest.fixture
def visitor():
    return Visitor(make_open_consultation())


def page(visitor):
    return f"{visitor.start}reponse/{visitor.key}/organisme/"


def speak(visitor, **facts):
    return visitor.client.post(page(visitor), {"name": "CCI de l’Aisne", **facts})


def start(visitor):
    return visitor.client.post(visitor.start, {"brouillon": visitor.key, "public": "business", "nom": "organisme"})


def contact():
    with as_prefecture("02"):
        return Contact.objects.get()


def test_whoever_speaks_for_a_body_is_asked_its_name_first(visitor):
    assert start(visitor).url == page(visitor)
    assert speak(visitor).url == visitor.step(1)


def test_in_ones_own_name_nothing_more_is_asked(visitor):
    assert visitor.begin().url == visitor.step(1)
    with as_prefecture("02"):
        assert Draft.objects.get().body == {}


def test_the_name_is_seen_on_every_page(visitor):
    visitor.write_all()
    speak(visitor)
    for address in (visitor.step(1), visitor.step(2), visitor.review):
        assert "CCI de l’Aisne" in visitor.client.get(address).content.decode()


def test_without_a_name_the_page_says_what_is_missing(visitor):
    visitor.begin()
    answer = speak(visitor, name="", represented="beaucoup")
    said = answer.content.decode()
    assert "Écrivez le nom de l’organisme." in said
    assert "Écrivez un nombre, en chiffres." in said
    assert "beaucoup" in said


def test_the_name_is_kept_apart_and_with_its_date(visitor):
    visitor.write_all()
    speak(visitor, represented="1200", wants_attribution="on")
    visitor.send()
    made = contact()
    assert (made.body, made.represented, made.wants_attribution) == ("CCI de l’Aisne", 1200, True)
    with as_prefecture("02"):
        sent = Contribution.objects.select_related("consultation").get()
        assert made.purge_on == (sent.consultation.closes_at + timedelta(days=365)).date()
        assert "CCI" not in str(Contribution.objects.values().get())


def test_the_attestation_says_in_whose_name(visitor):
    visitor.write_all()
    speak(visitor)
    sent = visitor.send()
    assert "CCI de l’Aisne" in visitor.client.get(sent.url).content.decode()


def test_sending_for_a_body_with_a_document_costs_ten_statements_at_most(visitor):
    visitor.write_all()
    speak(visitor, file=SimpleUploadedFile("avis.pdf", PDF))
    with statements() as sent:
        visitor.send()
    assert len(sent) <= 10, sent


def test_a_document_goes_with_it_and_no_stranger_reads_it(visitor):
    visitor.write_all()
    speak(visitor, file=SimpleUploadedFile("../avis.pdf", PDF))
    assert "avis.pdf" in visitor.client.get(page(visitor)).content.decode()
    visitor.send()
    with as_prefecture("02"):
        joined = Enclosure.objects.get()
        assert joined.contact == Contact.objects.get()
        assert (joined.name, bytes(joined.content)) == ("avis.pdf", PDF)


def test_a_program_is_no_document(visitor):
    visitor.begin()
    answer = speak(visitor, file=SimpleUploadedFile("avis.pdf", b"MZ\x90"))
    assert "n’est pas d’un type accepté" in answer.content.decode()
    with as_prefecture("02"):
        assert not Enclosure.objects.exists()


def test_one_may_go_back_to_ones_own_name(visitor):
    visitor.begin()
    speak(visitor, file=SimpleUploadedFile("avis.pdf", PDF))
    visitor.client.post(page(visitor), {"action": "en-mon-nom"})
    with as_prefecture("02"):
        assert Draft.objects.get().body == {}
        assert not Enclosure.objects.exists()


def test_a_correction_keeps_the_name(visitor):
    visitor.write_all()
    speak(visitor)
    code = code_in(visitor.send())
    client = Client()
    begun = client.post(f"/aisne/contribution/{code}/corriger/")
    key = begun.url.split("/reponse/")[1].split("/")[0]
    client.post(f"{visitor.start}reponse/{key}/relire/")
    with as_prefecture("02"):
        assert Contribution.objects.count() == 2
        assert Contact.objects.get().contribution.replaces_id


def test_whoever_is_of_the_forces_is_told_how_they_stay_anonymous(visitor):
    said = visitor.client.get(visitor.start).content.decode()
    assert "On ne vous demandera ni votre service ni votre commune" in said
