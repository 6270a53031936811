"""After closing a synthesis is owed; a job makes its versions, each once, each whole or not at all."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.db.models.functions import Now
from django.db.utils import ProgrammingError

from assises import clock
from assises.jobs.run import run_due, run_routine
from assises.jobs.tasks import run_owed
from assises.tenancy.context import as_ministry, as_prefecture
from assises.testing import make_member, make_open_consultation, make_prefecture
from consultations.models import Consultation
from syntheses import build as module
from syntheses.build import BUILD, FIRST, NotNowError, ask_for_version, owing_first
from syntheses.documents import pdf
from syntheses.models import Build, Document, Synthesis
from syntheses.tests.building import (
    ANSWERS,
    answered,
    built,
    closed_consultation,
    contribution,
    documents,
    said,
    said_by,
    stored,
    transmitted,
    validated,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    return make_member(make_prefecture("02"), "editor")


def ask(synthesis, actor):
    with as_prefecture(synthesis.prefecture_id):
        ask_for_version(synthesis, actor=actor)
    run_due(BUILD, synthesis.prefecture_id)


def only_build():
    with as_prefecture("02"):
        return Build.objects.get()


def test_a_closed_consultation_owes_a_synthesis_and_only_its_prefecture_is_named():
    closed_consultation("02")
    make_open_consultation(make_prefecture("03"))
    assert [(prefecture, number) for prefecture, _, number in owing_first()] == [("02", 1)]


def test_the_first_version_is_owed_once():
    closed_consultation()
    for _ in range(3):
        run_routine(FIRST, "02")
    assert only_build().number == 1
    assert owing_first() == []


def test_what_is_not_published_or_not_closed_owes_nothing():
    closed = closed_consultation()
    with as_prefecture("02"):
        Consultation.objects.filter(pk=closed.pk).update(state="withdrawn")
    make_open_consultation(make_prefecture("03"))
    assert owing_first() == []


def test_the_last_arrivals_are_waited_for():
    with as_ministry():
        now = clock.now()
    make_open_consultation(make_prefecture("02"), closes_at=now - timedelta(seconds=5))
    assert owing_first() == []
    make_open_consultation(make_prefecture("03"), closes_at=now - timedelta(seconds=31))
    assert [prefecture for prefecture, _, _ in owing_first()] == ["03"]


def test_the_job_keeps_the_document_with_its_figures_and_its_print():
    consultation = closed_consultation()
    said(consultation, finding="On ne voit plus personne")
    synthesis = built(consultation=consultation)
    (document,) = documents(synthesis)
    assert bytes(document.content).startswith(b"%PDF-")
    assert (document.number, document.contributions) == (1, 1)
    assert document.figures_at == only_build().figures_at
    assert document.name == f"synthese-02-aisne-{consultation.campaign.slug}-v1.pdf"
    assert only_build().done_at
    assert synthesis.state == "draft"


def test_a_task_delivered_five_times_makes_one_version():
    closed_consultation()
    run_routine(FIRST, "02")
    build = only_build()
    for _ in range(5):
        run_owed(BUILD.name, "02", build.pk)
        with as_prefecture("02"):
            Build.objects.filter(pk=build.pk).update(due_at=Now())
    with as_prefecture("02"):
        assert Document.objects.count() == 1


def test_a_consultation_without_any_contribution_has_a_synthesis_too():
    (document,) = documents(built())
    assert document.contributions == 0
    assert "Aucune contribution" in document.source["lead"]


def test_staff_ask_for_a_version_with_the_figures_of_now(editor):
    consultation = closed_consultation()
    synthesis = built(consultation=consultation)
    said(consultation, finding="Une lettre en retard", channel="letter")
    ask(synthesis, editor)
    assert [(one.number, one.contributions) for one in documents(synthesis)] == [(1, 0), (2, 1)]
    with as_prefecture("02"):
        assert Build.objects.get(number=2).asked_by == editor


def test_one_version_at_a_time(editor):
    closed_consultation()
    run_routine(FIRST, "02")
    with as_prefecture("02"), pytest.raises(NotNowError, match="déjà en préparation"):
        ask_for_version(Synthesis.objects.get(), actor=editor)


@pytest.mark.parametrize("advance", [validated, transmitted, lambda s: answered(transmitted(s))])
def test_what_is_validated_or_with_the_ministry_takes_no_new_version(editor, advance):
    synthesis = advance(built())
    with as_prefecture("02"), pytest.raises(NotNowError, match="ne peut plus être remplacée"):
        ask_for_version(synthesis, actor=editor)


def test_a_returned_synthesis_takes_a_new_version(editor):
    synthesis = built()
    answered(transmitted(synthesis), reason="Revoir le thème 2.")
    ask(synthesis, editor)
    assert [one.number for one in documents(synthesis)] == [1, 2]


@pytest.mark.parametrize("error", [pdf.DocumentError("Typst n’a pas pu"), OSError(28, "No space left on device")])
def test_a_document_that_cannot_be_made_says_why_and_leaves_no_file(monkeypatch, error):
    def fail(_):
        raise error

    consultation = closed_consultation()
    with monkeypatch.context() as broken:
        broken.setattr(module.pdf, "pdf", fail)
        synthesis = built(consultation=consultation)
    build = only_build()
    assert (build.done_at, documents(synthesis)) == (None, [])
    assert str(error) in build.last_error
    said(consultation, finding="Les contributions arrivent toujours")
    with as_prefecture("02"):
        Build.objects.update(due_at=Now())
    run_due(BUILD, "02")
    assert len(documents(synthesis)) == 1
    assert only_build().last_error == ""


def test_a_file_that_is_too_large_is_refused_whole(monkeypatch):
    monkeypatch.setattr(module.pdf, "pdf", lambda _: b"%PDF-" + bytes(20 * 1024 * 1024))
    synthesis = built()
    assert documents(synthesis) == []
    assert "document_is_at_most_20_mb" in only_build().last_error


def test_after_the_last_attempt_a_new_version_can_be_asked_for(monkeypatch, editor):
    with monkeypatch.context() as broken:
        broken.setattr(module.pdf, "pdf", lambda _: 1 / 0)
        synthesis = built()
        for _ in range(BUILD.attempts):
            with as_prefecture("02"):
                Build.objects.update(due_at=Now())
            run_due(BUILD, "02")
    assert only_build().given_up_at
    ask(synthesis, editor)
    assert [one.number for one in documents(synthesis)] == [2]


@pytest.mark.parametrize(
    "sql", ["UPDATE syntheses_document SET name = 'x'", "DELETE FROM syntheses_document", "TRUNCATE syntheses_document"]
)
def test_documents_and_transmissions_are_append_only_in_the_database(sql):
    transmitted(built())
    for table in ("syntheses_document", "syntheses_transmission"):
        statement = sql.replace("syntheses_document", table).replace("name = 'x'", "id = 0")
        with as_prefecture("02"), pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_two_thousand_contributions_are_in_one_document():
    consultation = closed_consultation()
    said_by(
        consultation,
        [
            contribution(consultation, ANSWERS, finding=f"Constat {n} " * 20, proposal=f"Proposition {n}")
            for n in range(2000)
        ],
    )
    run_routine(FIRST, "02")
    run_due(BUILD, "02")
    assert documents(stored(consultation))[0].contributions == 2000
