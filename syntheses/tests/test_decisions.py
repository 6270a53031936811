"""Validate, transmit, acknowledge, return: declared moves, with the database's date and the exact document."""

import pytest
from django.db import IntegrityError, transaction

from assises import clock
from assises.jobs.run import run_due
from assises.outbox.models import OutboundMail
from assises.tenancy.context import as_ministry, as_prefecture
from assises.testing import make_member, make_prefecture
from assises.workflow import IllegalMoveError, changes_of
from contributions.models import Contribution, Statement
from syntheses.answer import acknowledge, send_back
from syntheses.build import BUILD, ask_for_version
from syntheses.models import Document, Synthesis, Transmission
from syntheses.tests.building import answered, built, documents, said, stored, transmitted, validated
from syntheses.transmit import transmit
from syntheses.validate import StaleVersionError, take_back, validate, version_to_validate

pytestmark = pytest.mark.django_db


@pytest.fixture
def prefect():
    return make_member(make_prefecture("02"), "prefect")


@pytest.fixture
def synthesis():
    return built()


def one_more(synthesis, actor):
    with as_prefecture(synthesis.prefecture_id):
        ask_for_version(synthesis, actor=actor)
    run_due(BUILD, synthesis.prefecture_id)


def set_mailbox(synthesis, address="pref-synthese@essai.invalid"):
    office = synthesis.consultation.prefecture
    office.functional_email = address
    with as_prefecture(office):
        office.save(update_fields=["functional_email"])


def mails():
    with as_ministry():
        return list(OutboundMail.objects.filter(kind__startswith="synthesis").order_by("pk"))


def test_validation_names_the_version_and_the_databases_moment(synthesis, prefect):
    with as_prefecture("02"):
        validate(synthesis, 1, actor=prefect)
        now = clock.now()
    kept = stored(synthesis.consultation)
    assert (kept.state, kept.validated_at, kept.document_id) == ("validated", now, documents(synthesis)[0].pk)
    with as_prefecture("02"):
        change = changes_of(kept).get()
        assert (change.actor, change.comment) == (prefect, "version 1")


def test_one_validates_the_version_that_one_has_read(synthesis, prefect):
    one_more(synthesis, prefect)
    with as_prefecture("02"), pytest.raises(StaleVersionError):
        validate(synthesis, 1, actor=prefect)
    assert stored(synthesis.consultation).state == "draft"


def test_a_synthesis_without_a_document_is_not_validated(prefect, monkeypatch):
    monkeypatch.setattr("syntheses.documents.pdf.pdf", lambda _: 1 / 0)
    synthesis = built()
    with as_prefecture("02"), pytest.raises(StaleVersionError):
        validate(synthesis, 1, actor=prefect)


def test_what_is_transmitted_is_what_was_validated(synthesis, prefect):
    transmitted(synthesis, prefect)
    with as_prefecture("02"):
        sent = Transmission.objects.get()
        assert (sent.document, sent.by) == (documents(synthesis)[0], prefect)
        assert sent.at == stored(synthesis.consultation).transmitted_at


def test_a_validation_can_be_taken_back_before_it_is_transmitted(synthesis, prefect):
    validated(synthesis, prefect)
    with as_prefecture("02"):
        take_back(synthesis, actor=prefect)
    kept = stored(synthesis.consultation)
    assert (kept.state, kept.document, kept.validated_at) == ("draft", None, None)


def moves(synthesis, actor):
    return {
        "validate": lambda: validate(synthesis, 1, actor=actor),
        "take back": lambda: take_back(synthesis, actor=actor),
        "transmit": lambda: transmit(synthesis, actor=actor),
        "acknowledge": lambda: acknowledge(synthesis, actor=actor),
        "return": lambda: send_back(synthesis, actor=actor, reason="Non."),
    }


LEGAL = {
    "draft": {"validate"},
    "validated": {"take back", "transmit"},
    "transmitted": {"acknowledge", "return"},
    "returned": set(),  # the version that was returned is not validated again
    "acknowledged": set(),
}
REACHED = {
    "draft": lambda s: s,
    "validated": validated,
    "transmitted": transmitted,
    "returned": lambda s: answered(transmitted(s), reason="Revoir."),
    "acknowledged": lambda s: answered(transmitted(s)),
}


@pytest.mark.parametrize("state", LEGAL)
def test_only_declared_moves_are_made(state, synthesis, prefect):
    REACHED[state](synthesis)
    made = set()
    for name in moves(synthesis, prefect):
        with as_prefecture("02"), transaction.atomic():
            again = stored(synthesis.consultation)
            try:
                moves(again, prefect)[name]()
            except (IllegalMoveError, StaleVersionError):
                pass
            else:
                made.add(name)
            transaction.set_rollback(True)
    assert made == LEGAL[state]


def test_a_returned_synthesis_is_validated_again_with_a_newer_document(synthesis, prefect):
    answered(transmitted(synthesis, prefect), reason="Le thème 2 manque.")
    with as_prefecture("02"):
        assert version_to_validate(synthesis) is None
    said(synthesis.consultation, finding="Ce qui manquait")
    one_more(synthesis, prefect)
    transmitted(stored(synthesis.consultation), prefect)
    with as_prefecture("02"):
        assert list(Transmission.objects.values_list("document__number", flat=True)) == [1, 2]
    kept = stored(synthesis.consultation)
    assert (kept.state, kept.answered_at) == ("transmitted", None)


def test_what_was_transmitted_stays_after_a_return(synthesis, prefect):
    before = bytes(documents(synthesis)[0].content)
    answered(transmitted(synthesis, prefect), reason="Revoir.")
    one_more(synthesis, prefect)
    with as_ministry():
        sent = Document.objects.get()
        assert (sent.number, bytes(sent.content)) == (1, before)


def test_the_prefecture_is_told_in_its_functional_mailbox(synthesis):
    set_mailbox(synthesis)
    answered(transmitted(synthesis), reason="Le thème 2 manque : « l’accueil »\nMerci.")
    (mail,) = mails()
    assert (mail.to, mail.kind) == ("pref-synthese@essai.invalid", "synthesis_returned")
    assert "Le thème 2 manque : « l’accueil »\nMerci." in mail.text
    assert mail.subject.startswith("Préfecture de l’Aisne")


def test_the_acknowledgement_is_told_too(synthesis):
    set_mailbox(synthesis)
    answered(transmitted(synthesis))
    assert [mail.kind for mail in mails()] == ["synthesis_acknowledged"]


def test_without_a_functional_mailbox_no_mail_is_owed(synthesis):
    set_mailbox(synthesis, "")
    answered(transmitted(synthesis))
    assert mails() == []


def test_the_ministry_reads_no_document_before_it_is_transmitted(synthesis, prefect):
    validated(synthesis, prefect)
    with as_ministry():
        assert not Document.objects.exists()
        assert not Transmission.objects.exists()
        assert Synthesis.objects.get().state == "validated"
    with as_prefecture("02"):
        transmit(stored(synthesis.consultation), actor=prefect)
    with as_ministry():
        assert Document.objects.count() == 1


def test_the_ministry_reads_no_contribution_whatever_the_state(prefect):
    synthesis = built()
    said(synthesis.consultation, finding="Pour la préfecture seulement")
    transmitted(synthesis, prefect)
    with as_ministry():
        assert not Contribution.objects.exists()
        assert not Statement.objects.exists()
        assert not synthesis.builds.exists()


def test_the_ministry_moves_nothing_before_it_is_transmitted(synthesis):
    with as_ministry():
        assert Synthesis.objects.update(state="acknowledged") == 0


def test_another_prefecture_sees_nothing_of_it(synthesis):
    transmitted(synthesis)
    with as_prefecture("03"):
        assert not Synthesis.objects.exists()
        assert not Document.objects.exists()
        assert not Transmission.objects.exists()


def test_a_synthesis_is_never_validated_without_its_version(synthesis):
    with as_prefecture("02"), pytest.raises(IntegrityError, match="synthesis_validated_names_its_version"):
        Synthesis.objects.update(state="validated")
