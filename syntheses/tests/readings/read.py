"""Consultations whose contributions were read."""

from django.db.models.functions import Now

from assises.jobs.run import run_due, run_routine
from assises.tenancy.context import as_prefecture
from syntheses.models import Analysis, Idea, Reading, Tally
from syntheses.reading.run import READ, UNREAD
from syntheses.tests.building import closed_consultation, said


def heard(code="02", findings=("On ne voit plus personne le soir.", "L’accueil est fermé le samedi.")):
    """A closed consultation with these findings, not read yet."""
    consultation = closed_consultation(code)
    for text in findings:
        said(consultation, finding=text)
    return consultation


def read(consultation):
    """Do what is owed, as the sweep and a worker would."""
    run_routine(UNREAD, consultation.prefecture_id)
    run_due(READ, consultation.prefecture_id)
    return consultation


def read_again(consultation):
    """What waits for a later moment is due now."""
    with as_prefecture(consultation.prefecture_id):
        Analysis.objects.owed().update(due_at=Now())
    return read(consultation)


def readings(consultation):
    with as_prefecture(consultation.prefecture_id):
        return list(Reading.objects.of(consultation).select_related("statement__contribution"))


def reading_of(consultation, words):
    return next(one for one in readings(consultation) if words in one.statement.text)


def ideas(consultation):
    with as_prefecture(consultation.prefecture_id):
        return list(Idea.objects.of(consultation))


def analyses(consultation):
    with as_prefecture(consultation.prefecture_id):
        return list(Analysis.objects.filter(consultation=consultation))


def tallies(consultation, about):
    with as_prefecture(consultation.prefecture_id):
        rows = Tally.objects.of(consultation).filter(about=about)
        return {(row.key, row.other) if row.other else row.key: row.number for row in rows}
