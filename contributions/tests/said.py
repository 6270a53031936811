"""Builders for contributions."""

from uuid import uuid4

from contributions.intake.record import Passage, Submission, record
from contributions.models import Channel


def said(consultation, text="On ne voit plus personne.", **facts):
    """One submission, as a channel would hand it over."""
    return Submission(
        **{
            "prefecture": consultation.prefecture_id,
            "consultation": consultation.pk,
            "channel": Channel.WEB,
            "submission_key": uuid4(),
            "answers": {"presence.jugement": "moyenne"},
            "passages": (Passage("finding", text, "presence", "constat"),),
            **facts,
        }
    )


def contribute(consultation, text="On ne voit plus personne.", **facts):
    """Recorded as a visitor; gives the code."""
    return record(said(consultation, text, **facts)).code
