"""The journey of somebody who answers: nothing typed is lost, errors say what to mend, pages cost little."""

import pytest
from django.test import Client

from assises.tenancy.context import as_prefecture
from assises.testing import make_open_consultation, make_prefecture, statements
from contributions.models import Contribution, Draft, LogEntry, Statement
from contributions.tests.journey import MORE, SAID, Visitor, code_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def consultation():
    return make_open_consultation()


@pytest.fixture
def visitor(consultation):
    return Visitor(consultation)


def text_of(response):
    return response.content.decode()


def stored(model, code="02"):
    with as_prefecture(code):
        return list(model.objects.for_prefecture(code))


def test_the_whole_way_without_script_or_cookie(visitor):
    first = visitor.begin()
    assert first.url == visitor.step(1)
    assert visitor.answer(1, SAID).url == visitor.step(2)
    assert visitor.answer(2, MORE).url == visitor.review
    page = text_of(visitor.client.get(visitor.review))
    assert "Rouvrir le poste le samedi." in page
    assert "Devant les écoles" in page
    code = code_in(visitor.send(citation="on"))
    receipt = text_of(visitor.client.get(f"/aisne/contribution/{code}/"))
    assert "Attestation de dépôt" in receipt
    assert "heure de Paris" in receipt
    assert visitor.client.cookies == {}


def test_what_was_said_is_stored_once_and_the_draft_is_gone(visitor):
    visitor.write_all().send(citation="on")
    (contribution,) = stored(Contribution)
    assert contribution.may_publish
    assert contribution.answers == {
        "presence.jugement": "moyenne",
        "presence.lieux": ["devant-les-ecoles", "ailleurs"],
        **MORE,
    }
    assert [(s.theme_key, s.question_key, s.kind, s.text) for s in stored(Statement)] == [
        ("presence", "constat", "finding", SAID["presence.constat"]),
        ("presence", "proposition", "proposal", SAID["presence.proposition"]),
    ]
    assert len(stored(LogEntry)) == 1
    assert stored(Draft) == []


def test_permission_to_quote_is_not_given_by_default(visitor):
    assert "checked" not in text_of(visitor.write_all().client.get(visitor.review))
    visitor.send()
    assert not stored(Contribution)[0].may_publish


def test_who_speaks_has_to_be_said(visitor):
    page = text_of(visitor.begin(speaker="préfet"))
    assert "Vous répondez en tant que\u00a0: Choisissez la ligne" in page
    assert stored(Draft) == []


def test_going_back_keeps_every_word(visitor):
    visitor.begin()
    visitor.answer(1, SAID)
    back = visitor.answer(2, MORE, action="revenir")
    assert back.url == visitor.step(1)
    assert SAID["presence.constat"] in text_of(visitor.client.get(back.url))
    assert "Une heure" in text_of(visitor.client.get(visitor.step(2)))


def test_going_back_is_possible_before_a_required_answer_is_given(visitor):
    visitor.begin()
    back = visitor.answer(1, {"presence.constat": "Un mot."}, action="revenir")
    assert back.url == f"{visitor.start}?brouillon={visitor.key}"
    assert visitor.key in text_of(visitor.client.get(back.url))
    assert "Un mot." in text_of(visitor.client.get(visitor.step(1)))


def test_beginning_again_with_the_same_key_keeps_the_words_and_changes_the_speaker(visitor):
    visitor.write_all()
    visitor.begin("elected")
    (draft,) = stored(Draft)
    assert draft.audience == "elected"
    assert draft.answers["presence.constat"] == SAID["presence.constat"]


def test_an_answer_can_be_taken_back(visitor):
    visitor.write_all()
    visitor.answer(2, {"accueil.plainte": "", "accueil.delai": ""})
    assert "accueil.plainte" not in stored(Draft)[0].answers


def test_what_is_missing_is_named_and_the_rest_is_kept(visitor):
    visitor.begin()
    page = text_of(visitor.answer(1, {"presence.constat": "Un mot."}))
    assert "Comment jugez-vous cette présence\u202f? Choisissez une réponse." in page
    assert 'href="#q-presence-jugement"' in page
    assert 'id="q-presence-jugement"' in page
    assert "Un mot." in page
    assert stored(Draft)[0].answers == {"presence.constat": "Un mot."}


def test_a_required_answer_is_asked_again_before_sending(visitor):
    visitor.begin()
    visitor.answer(2, MORE)
    page = text_of(visitor.send())
    assert f'href="{visitor.step(1)}#q-presence-jugement"' in page
    assert stored(Contribution) == []
    assert len(stored(Draft)) == 1


def test_a_text_too_long_is_refused_with_the_limit_and_stays_in_the_page(visitor):
    visitor.begin()
    long = "a" * 4001
    page = text_of(visitor.answer(1, {**SAID, "presence.constat": long}))
    assert "Votre texte compte 4\u202f001 caractères. Ramenez-le à 4\u202f000 au plus." in page
    assert long in page
    assert stored(Draft)[0].answers["presence.proposition"] == SAID["presence.proposition"]
    assert visitor.answer(1, {**SAID, "presence.constat": "a" * 4000}).status_code == 302


@pytest.mark.parametrize("name", ["presence.jugement", "presence.lieux"])
def test_an_answer_that_was_not_proposed_is_refused(visitor, name):
    visitor.begin()
    assert "réponses proposées." in text_of(visitor.answer(1, {**SAID, name: "autre"}))


def test_ten_megabytes_are_refused_kindly(visitor):
    visitor.begin()
    response = visitor.answer(1, {**SAID, "presence.constat": "é" * 5_000_000})
    assert response.status_code == 200
    assert "Ramenez-le à 4\u202f000" in text_of(response)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("un\x00deux\x07", "undeux"),
        ("ligne\r\nligne", "ligne\nligne"),
        ("\u202eارabe\u200b 👩‍🚒", "\u202eارabe\u200b 👩‍🚒"),
        ("  au milieu  ", "au milieu"),
    ],
)
def test_words_are_kept_as_written_without_what_breaks_files(visitor, typed, kept):
    visitor.begin()
    visitor.answer(1, {**SAID, "presence.constat": typed})
    visitor.send()
    assert stored(Statement)[0].text == kept


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"presence.jugement=moyenne&presence.constat=%ff%fe%80x", "application/x-www-form-urlencoded"),
        (b"presence.jugement=moyenne&presence.constat=\xff\xfex", "application/x-www-form-urlencoded"),
        (b"presence.jugement=moyenne&presence.constat=%ED%A0%80", "application/x-www-form-urlencoded"),
        (b"\xff\x00", "application/x-www-form-urlencoded; charset=utf-7"),
        (b"--x\r\nrien", "multipart/form-data; boundary=x"),
        (b"{", "application/json"),
    ],
)
def test_bytes_that_are_no_text_never_break_the_page(visitor, body, kind):
    visitor.begin()
    response = visitor.client.generic("POST", visitor.step(1), body, content_type=kind)
    assert response.status_code < 500
    if response.status_code == 302:
        assert visitor.client.get(visitor.step(1)).status_code == 200
        code_in(visitor.send())


@pytest.mark.parametrize("payload", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{ 7|add:7 }}"])
def test_what_looks_like_code_is_shown_as_text(visitor, payload):
    visitor.begin()
    visitor.answer(1, {**SAID, "presence.constat": payload})
    pages = [visitor.client.get(visitor.step(1)), visitor.client.get(visitor.review)]
    pages.append(visitor.answer(1, {"presence.constat": payload}))
    pages.append(visitor.client.get(f"/aisne/contribution/{code_in(visitor.send())}/"))
    for page in pages:
        text = text_of(page)
        assert "<script>alert" not in text
        assert "<img src=x" not in text
        assert "&lt;" in text or "{{ 7|add:7 }}" in text


def test_an_empty_contribution_is_not_sent():
    consultation = make_open_consultation()
    visitor = Visitor(consultation)
    visitor.begin()
    with as_prefecture("02"):
        version = consultation.versions.get()
        content = version.content
        content["steps"][0]["questions"][0]["required"] = False
        consultation.versions.create(prefecture_id="02", number=2, content=content)
    assert "Répondez à au moins une question." in text_of(visitor.send())
    assert stored(Contribution) == []


def test_a_draft_of_nobody_is_gone(visitor):
    assert visitor.client.get(visitor.step(1)).status_code == 410
    response = visitor.answer(1, SAID)
    assert response.status_code == 410
    assert SAID["presence.constat"] in text_of(response)


@pytest.mark.parametrize("tail", ["reponse/court/etape/1/", "reponse/{key}/etape/9/", "reponse/court/relire/"])
def test_addresses_that_lead_nowhere(visitor, tail):
    assert visitor.client.get(visitor.start + tail.format(key=visitor.key)).status_code == 404


def test_a_draft_is_not_found_in_another_consultation(visitor):
    visitor.write_all()
    other = Visitor(make_open_consultation())
    other.key = visitor.key
    elsewhere = Visitor(make_open_consultation(make_prefecture("03")))
    elsewhere.key = visitor.key
    for stranger in (other, elsewhere):
        assert stranger.client.get(stranger.step(1)).status_code == 410
        assert stranger.send().status_code == 410


def test_back_after_sending_leads_to_the_receipt(visitor):
    code = visitor.contribute()
    for address in (visitor.step(1), visitor.review):
        assert visitor.client.get(address).url == f"/aisne/contribution/{code}/"


def test_what_is_typed_after_sending_is_shown_and_not_silently_dropped(visitor):
    code = visitor.contribute()
    late = visitor.answer(1, {**SAID, "presence.constat": "J’oubliais ceci."})
    assert late.status_code == 410
    assert "J’oubliais ceci." in text_of(late)
    assert f"/aisne/contribution/{code}/" in text_of(late)


def test_a_second_contribution_can_be_begun_from_the_same_page(visitor):
    visitor.contribute()
    again = visitor.begin()
    assert visitor.key not in again.url
    assert again.url.endswith("/etape/1/")


def test_a_consultation_that_is_not_published_does_not_exist(consultation):
    with as_prefecture("02"):
        type(consultation).objects.update(state="draft", published_at=None)
    assert Client().get(Visitor(consultation).start).status_code == 404


def test_a_page_costs_three_statements_and_sending_eight(visitor):
    visitor.client.get(visitor.start)
    with statements() as asked:
        visitor.client.get(visitor.start)
    assert len(asked) <= 6, asked
    visitor.write_all()
    for address in (visitor.step(1), visitor.step(2), visitor.review):
        with statements() as asked:
            visitor.client.get(address)
        assert len(asked) <= 3, asked
    with statements() as asked:
        visitor.answer(1, SAID)
    assert len(asked) <= 4, asked
    with statements() as asked:
        code_in(visitor.send())
    assert len(asked) <= 8, asked
