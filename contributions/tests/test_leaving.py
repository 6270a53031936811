"""Leave, come back, be saved while writing, and be erased in the end."""

from datetime import timedelta

import pytest
from django.test import Client

from assises import clock
from assises.jobs.run import run_due, run_routine
from assises.outbox.models import DemoMail, OutboundMail
from assises.outbox.post import SEND
from assises.tenancy.context import as_prefecture
from assises.testing import make_open_consultation
from consultations.models import Consultation
from contributions.expire import EXPIRE, owing
from contributions.models import Contact, Contribution, Draft, Enclosure, Sending
from contributions.tests.journey import SAID, Visitor

pytestmark = pytest.mark.django_db
KEEP = {"action": "garder"}


@pytest.fixture
def visitor():
    made = Visitor(make_open_consultation())
    made.begin()
    return made


def later(visitor):
    return f"{visitor.start}reponse/{visitor.key}/plus-tard/"


def resume(visitor):
    return f"{visitor.start}reponse/{visitor.key}/"


def kept():
    with as_prefecture("02"):
        return Draft.objects.get().answers


def close(ago=timedelta(0)):
    with as_prefecture("02"):
        now = clock.now()
        Consultation.objects.update(opens_at=now - ago - timedelta(days=9), closes_at=now - ago)


def test_finishing_later_saves_the_page_and_shows_the_address_to_come_back_to(visitor):
    answer = visitor.answer(1, SAID, action="plus-tard")
    assert answer.url == later(visitor)
    assert kept()["presence.constat"] == SAID["presence.constat"]
    page = visitor.client.get(later(visitor)).content.decode()
    assert resume(visitor) in page
    assert "jusqu’au" in page


def test_what_cannot_be_kept_is_not_left_behind(visitor):
    answer = visitor.answer(1, SAID | {"presence.constat": "a" * 4001}, action="plus-tard")
    assert answer.status_code == 200
    assert "a" * 4001 in answer.content.decode()


def test_on_another_device_one_goes_on_where_one_was(visitor):
    assert Client().get(resume(visitor)).url == visitor.step(1)
    visitor.answer(1, SAID)
    assert Client().get(resume(visitor)).url == visitor.step(2)
    visitor.answer(2, {"accueil.plainte": "non"})
    assert Client().get(resume(visitor)).url == visitor.review


def test_the_address_is_mailed_once_and_kept_nowhere(visitor):
    answer = visitor.client.post(later(visitor), {"mail": "anne@exemple.fr"})
    assert answer.status_code == 302
    with as_prefecture("02"):
        owed = OutboundMail.objects.get(kind="draft_address")
        assert resume(visitor) in owed.text
    run_due(SEND, "02")
    with as_prefecture("02"):
        assert not OutboundMail.objects.filter(to="anne@exemple.fr").exists()
        assert not OutboundMail.objects.filter(text__contains=visitor.key).exists()
    assert DemoMail.objects.filter(to="anne@exemple.fr").exists()


def test_an_address_that_is_none_is_refused_and_stays_in_the_page(visitor):
    answer = visitor.client.post(later(visitor), {"mail": "anne"})
    assert answer.status_code == 200
    assert "nom@exemple.fr" in answer.content.decode()


def test_what_is_being_typed_is_saved_and_the_hour_is_told(visitor):
    answer = visitor.answer(1, SAID, **KEEP)
    assert answer.status_code == 200
    assert answer.json()["text"].startswith("Enregistré à ")
    assert answer.json()["is_whole"]
    assert kept()["presence.constat"] == SAID["presence.constat"]


def test_saving_while_typing_takes_no_step_and_asks_for_nothing(visitor):
    visitor.answer(1, {"presence.constat": "Écrivez à a@b.fr"}, **KEEP)
    with as_prefecture("02"):
        draft = Draft.objects.get()
        assert (draft.furthest, draft.warned_on) == (0, [])


def test_a_text_that_is_too_long_is_said_not_to_be_saved(visitor):
    answer = visitor.answer(1, {"presence.constat": "a" * 4001}, **KEEP).json()
    assert not answer["is_whole"]
    assert "à revoir" in answer["text"]


def test_whoever_writes_of_danger_is_told_whom_to_call_while_typing(visitor):
    answer = visitor.answer(1, {"presence.constat": "Il me frappe."}, **KEEP).json()
    assert "3919" in answer["urgent"]


def test_after_the_closing_the_page_is_told_that_nothing_is_saved_any_more(visitor):
    close()
    answer = visitor.answer(1, SAID, **KEEP)
    assert answer.status_code == 409
    assert "n’est plus ouverte" in answer.json()["text"]


def test_a_draft_that_was_sent_is_not_saved_any_more(visitor):
    visitor.write_all().send()
    answer = visitor.answer(1, SAID, **KEEP)
    assert answer.status_code == 410
    assert "Copiez-le" in answer.json()["text"]


def test_drafts_are_erased_a_week_after_the_closing_and_the_log_says_so(visitor, caplog):
    caplog.set_level("INFO")
    close(timedelta(days=7, seconds=1))
    assert [row[0] for row in owing()] == ["02"]
    run_routine(EXPIRE, "02")
    with as_prefecture("02"):
        assert not Draft.objects.exists()
    assert "1 brouillons" in caplog.text
    assert owing() == []


def test_before_that_week_is_over_a_draft_stays(visitor):
    close(timedelta(days=6, hours=23))
    assert owing() == []
    run_routine(EXPIRE, "02")
    with as_prefecture("02"):
        assert Draft.objects.count() == 1


def test_names_of_bodies_and_counters_of_addresses_are_erased_on_their_own_dates(visitor):
    visitor.write_all().send()
    with as_prefecture("02"):
        sent = Contribution.objects.get()
        facts = {"prefecture_id": "02", "receipt_hash": "x", "purge_on": clock.now().date()}
        made = Contact.objects.create(contribution=sent, body="CCI", **facts)
        Enclosure.objects.create(
            prefecture_id="02", consultation_id=sent.consultation_id, contact=made, key_hash="k", name="a.pdf",
            media_type="application/pdf", content=b"%PDF-",
        )  # fmt: skip
        Sending.objects.update(hour=clock.now() - timedelta(days=3))
    assert len(owing()) == 1
    run_routine(EXPIRE, "02")
    with as_prefecture("02"):
        assert not Contact.objects.exists()
        assert not Enclosure.objects.exists()
        assert not Sending.objects.exists()
        assert Contribution.objects.count() == 1
