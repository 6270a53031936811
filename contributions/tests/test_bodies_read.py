"""What the team sees of the bodies that took part, and how a stranger's document is handed over."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from assises.tenancy.context import as_ministry, as_prefecture, as_public
from assises.testing import make_member, make_open_consultation, make_prefecture, statements
from contributions.models import Contact, Contribution, Enclosure
from contributions.tests.journey import Visitor, code_in

pytestmark = pytest.mark.django_db
# A PDF by its first bytes, a page with a script by the rest: what a polyglot looks like.
POLYGLOT = b"%PDF-1.7\n<html><script>alert(document.cookie)</script></html>\n%%EOF"


@pytest.fixture
def consultation():
    return make_open_consultation()


def body_answers(consultation, name="CCI de l’Aisne", *, file=None, **facts):
    visitor = Visitor(consultation)
    visitor.write_all()
    given = {"name": name, "represented": "1200", **facts}
    if file:
        given["file"] = SimpleUploadedFile(*file)
    visitor.client.post(f"{visitor.start}reponse/{visitor.key}/organisme/", given)
    return code_in(visitor.send(citation="on"))


def staff(role="agent", code="02"):
    client = Client()
    client.force_login(make_member(make_prefecture(code), role))
    return client


def address(consultation, *rest):
    return "/".join([f"/aisne/prefecture/concertations/{consultation.campaign.slug}/organismes", *map(str, rest), ""])


def read(consultation, client=None):
    return (client or staff()).get(address(consultation)).content.decode()


def joined():
    with as_prefecture("02"):
        return Enclosure.objects.get().pk


def test_the_team_reads_what_a_body_said_of_itself(consultation):
    body_answers(consultation, wants_attribution="on", file=("avis.pdf", POLYGLOT))
    page = read(consultation)
    for said in ("CCI de l’Aisne", "1\u202f200 personnes", "Peut être cité et nommé", "avis.pdf", "effacés le"):
        assert said in page


def test_who_does_not_want_to_be_named_is_shown_so(consultation):
    body_answers(consultation)
    assert "sans être nommé" in read(consultation)


def test_until_a_body_answers_the_page_says_what_will_come(consultation):
    Visitor(consultation).contribute()
    assert "Aucun organisme" in read(consultation)


def test_a_name_is_shown_as_text(consultation):
    body_answers(consultation, "<script>alert(1)</script>")
    page = read(consultation)
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


def test_a_document_is_handed_over_to_be_kept_and_never_shown_by_the_portal(consultation):
    body_answers(consultation, file=("avis <b>\r\nX: y.pdf", POLYGLOT))
    answer = staff().get(address(consultation, joined()))
    assert answer.content == POLYGLOT
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("attachment;")
    assert "\n" not in answer["Content-Disposition"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "private, no-store"
    assert "default-src 'none'" in answer["Content-Security-Policy"]


def test_a_document_of_a_draft_is_nobodys_yet(consultation):
    visitor = Visitor(consultation)
    visitor.write_all()
    visitor.client.post(
        f"{visitor.start}reponse/{visitor.key}/organisme/",
        {"name": "CCI", "file": SimpleUploadedFile("avis.pdf", POLYGLOT)},
    )
    assert staff().get(address(consultation, joined())).status_code == 404
    visitor.send()
    assert staff().get(address(consultation, joined())).status_code == 200, "the negative control"


def test_a_withdrawal_takes_the_name_and_the_document(consultation):
    code = body_answers(consultation, file=("avis.pdf", POLYGLOT))
    number = joined()
    Client().post(f"/aisne/contribution/{code}/retirer/")
    assert "CCI" not in read(consultation)
    assert staff().get(address(consultation, number)).status_code == 404


def test_nobody_but_the_team_reads_bodies_or_their_documents(consultation):
    body_answers(consultation, file=("avis.pdf", POLYGLOT))
    number = joined()
    neighbour = staff(code="03")
    for client in (Client(), neighbour):
        assert client.get(address(consultation)).status_code in {302, 404}
        assert client.get(address(consultation, number)).status_code in {302, 404}
    for scope in (as_public, as_ministry, lambda: as_prefecture("03")):
        with scope():
            assert Contact.objects.count() == Enclosure.objects.count() == 0


def test_a_document_is_found_only_under_its_own_consultation(consultation):
    body_answers(consultation, file=("avis.pdf", POLYGLOT))
    other = make_open_consultation()
    assert staff().get(address(other, joined())).status_code == 404


def test_the_list_costs_the_same_for_many_and_reads_no_document(consultation):
    client = staff()
    body_answers(consultation, file=("avis.pdf", POLYGLOT))
    client.get(address(consultation))
    with statements() as few:
        client.get(address(consultation))
    for number in range(4):
        body_answers(consultation, f"Association {number}", file=("avis.pdf", POLYGLOT))
    with statements() as many:
        client.get(address(consultation))
    assert len(many) == len(few)
    assert not any('"contributions_enclosure"."content",' in sql for sql in many)
    with as_prefecture("02"):
        assert Contribution.objects.count() == 5
