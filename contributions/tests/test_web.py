"""What a hostile visitor sends: inert on every page that shows it, the team's and the mail's included."""

from datetime import timedelta

import pytest
from django.test import Client

from assises import clock
from assises.outbox.models import OutboundMail
from assises.tenancy.context import as_prefecture
from assises.testing import make_member, make_open_consultation, make_prefecture
from contributions.models import Contribution, Draft, Feedback, Request
from contributions.tests.changing import ask, close
from contributions.tests.journey import Visitor, code_in

pytestmark = pytest.mark.django_db
TAG = "<script>alert(1)</script>"
PAYLOADS = (
    TAG,
    "\"'><img src=x onerror=alert(1)>",
    "{% debug %}{{ 7|add:7 }}",
    "javascript:alert(1)//",
    "</textarea><svg/onload=alert(1)>",
)
ALIVE = ("<script>alert", "<img src=x", "<svg/onload", "{'7': 14", ">14<", 'href="javascript:')
PERSONAL = "Appelez M. Dupont au 06 12 34 56 78."


def is_alive(page):
    return [mark for mark in ALIVE if mark in page]


@pytest.fixture
def consultation():
    return make_open_consultation()


def staff(role="editor", **options):
    client = Client(**options)
    client.force_login(make_member(make_prefecture("02"), role))
    return client


def everywhere(consultation, payload):
    """The same words as a passage, a short answer, the name of a body, a remark, a reason; what was shown for it."""
    visitor, client = Visitor(consultation), staff()
    pages = [visitor.begin()]
    said = {"presence.jugement": "moyenne", "presence.constat": f"{payload} {PERSONAL}"}
    pages += [visitor.answer(1, said), visitor.answer(1, said)]
    visitor.answer(2, {"accueil.delai": payload})
    pages.append(
        visitor.client.post(
            f"{visitor.start}reponse/{visitor.key}/organisme/", {"name": payload, "represented": payload}
        )
    )
    visitor.client.post(f"{visitor.start}reponse/{visitor.key}/organisme/", {"name": payload})
    pages += [visitor.client.get(address) for address in (visitor.step(1), visitor.step(2), visitor.review)]
    visitor.client.post(f"{visitor.start}avis/", {"ease": "no", "text": payload})
    code = code_in(visitor.send(citation="on"))
    receipt = f"/aisne/contribution/{code}/"
    visitor.client.post(f"{receipt}courriel/", {"mail": "anne@exemple.fr"})
    close(consultation)
    ask(code, "demande", kind="erasure", text=payload)
    desk = f"/aisne/prefecture/concertations/{consultation.campaign.slug}"
    with as_prefecture("02"):
        number = Request.objects.get().pk
    addresses = [receipt, f"{receipt}verifier/", f"{receipt}demande/", f"{visitor.start}registre/"]
    staff_pages = [f"{desk}/a-regarder/", f"{desk}/affluence/", f"{desk}/organismes/", "/aisne/prefecture/demandes/"]
    pages += [visitor.client.get(address) for address in addresses]
    pages += [client.get(address) for address in [*staff_pages, f"/aisne/prefecture/demandes/{number}/"]]
    return pages


@pytest.mark.parametrize("payload", PAYLOADS)
def test_words_are_shown_as_text_on_every_page_that_shows_them(consultation, payload):
    pages = everywhere(consultation, payload)
    assert {page.status_code for page in pages} <= {200, 302}
    shown = [page.content.decode() for page in pages if page.status_code == 200]
    assert len(shown) >= 12
    assert [is_alive(page) for page in shown] == [[]] * len(shown)
    with as_prefecture("02"):
        mail = OutboundMail.objects.get(kind="attestation")
        assert Feedback.objects.get().text == payload
    assert is_alive(mail.html) == []


def test_a_page_that_does_not_escape_is_found_out():
    """The negative control."""
    assert all(is_alive(f'<a href="{payload}">{payload}</a>') or "{%" in payload for payload in PAYLOADS)


def test_a_document_of_the_attestation_reads_them_as_data(consultation):
    visitor = Visitor(consultation).write_all()
    visitor.client.post(f"{visitor.start}reponse/{visitor.key}/organisme/", {"name": "#panic() $ * _ CCI"})
    code = code_in(visitor.send())
    answer = visitor.client.get(f"/aisne/contribution/{code}/attestation.pdf")
    assert answer.status_code == 200
    assert answer.content.startswith(b"%PDF")


def test_fields_that_nobody_was_asked_for_change_nothing(consultation):
    visitor = Visitor(consultation).write_all()
    stolen = {"flags": "urgent", "channel": "letter", "partner": "1", "audience": "forces", "received_at": "2001-01-01"}
    stolen |= {"receipt_hash": "0" * 64, "replaces": "1", "may_publish": "on", "furthest": "9", "prefecture": "03"}
    visitor.answer(2, {"accueil.plainte": "non", **stolen})
    visitor.client.post(
        f"{visitor.start}reponse/{visitor.key}/organisme/", {"name": "CCI", "purge_on": "2999-01-01", **stolen}
    )
    code_in(visitor.send(**stolen))
    with as_prefecture("02"):
        (row,) = Contribution.objects.select_related("consultation")
        assert (row.channel, row.audience, row.partner_id, row.may_publish) == ("web", "public", None, False)
        assert "urgent" not in row.flags
        assert row.received_at > clock.now() - timedelta(hours=1)
        assert set(row.answers) <= {"presence.jugement", "presence.lieux", "accueil.plainte"}
        body = row.contacts.get()
        assert body.purge_on == (row.consultation.closes_at + timedelta(days=365)).date()


@pytest.mark.parametrize("host", ["evil.invalid", "localhost:8000.evil.invalid"])
def test_another_hosts_name_reaches_no_link(consultation, host):
    visitor = Visitor(consultation)
    code = visitor.contribute()
    visitor.client.post(f"/aisne/contribution/{code}/courriel/", {"mail": "anne@exemple.fr"}, headers={"host": host})
    page = visitor.client.get(f"/aisne/contribution/{code}/", headers={"host": host})
    assert b"evil" not in page.content
    with as_prefecture("02"):
        assert not any("evil" in mail.text + mail.html for mail in OutboundMail.objects.all())


@pytest.mark.parametrize("name", ["next", "suite", "retour", "url"])
def test_nobody_is_sent_to_another_site(consultation, name):
    visitor = Visitor(consultation)
    elsewhere = {name: "https://evil.invalid/"}
    answers = [
        visitor.client.post(
            f"{visitor.start}?{name}=//evil.invalid", {"brouillon": visitor.key, "public": "public", **elsewhere}
        ),
        visitor.answer(1, {"presence.jugement": "moyenne", **elsewhere}),
        visitor.send(**elsewhere),
    ]
    assert [answer.status_code for answer in answers] == [302] * 3
    assert all(answer.url.startswith("/aisne/") for answer in answers)


def test_a_forged_form_of_the_team_is_refused(consultation):
    code = Visitor(consultation).contribute()
    close(consultation)
    ask(code, "demande", kind="erasure", text="Effacez.")
    with as_prefecture("02"):
        address = f"/aisne/prefecture/demandes/{Request.objects.get().pk}/"
    decision = {"accepts": "oui", "answer": "Oui."}
    assert staff(enforce_csrf_checks=True).post(address, decision).status_code == 403
    with as_prefecture("02"):
        assert Request.objects.get().state == "open"
    assert staff().post(address, decision).status_code == 302, "the negative control"


def test_a_public_form_needs_a_key_that_nobody_can_guess(consultation):
    """They take no token: whoever does not know the key of a draft forges nothing."""
    visitor = Visitor(consultation).write_all()
    stranger = Visitor(consultation)
    assert stranger.answer(1, {"presence.constat": "Forgé."}).status_code == 410
    with as_prefecture("02"):
        assert "Forgé." not in str(Draft.objects.get().answers)
    assert len(visitor.key) == 22
