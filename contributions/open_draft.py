"""What is asked at an address, and what was answered there: one statement, since most of it is known already.

A version never changes. The rows around it hardly do: they are kept in memory for as long as the database says that
they are the same (`xmin` names the transaction that last wrote a row). Dates and states are compared each time.
"""

from contextlib import nullcontext
from copy import copy

from django.db import connection
from django.http import Http404, HttpRequest

from assises.accounts.kept import refreshed
from assises.clock import TransactionNow
from consultations.asking import conditions
from consultations.models import QuestionnaireVersion
from contributions import codes, drafts
from contributions.models import Draft

MOST_KEPT = 512
READS = {"GET", "HEAD"}
NOW = "SELECT version, moment, prefecture_stamp, stamp, (draft).* FROM asked_now(%s, %s, %s)"
KEPT: dict[int, tuple[str, QuestionnaireVersion]] = {}


def asked_now(request: HttpRequest, campaign: str, key: str) -> tuple[QuestionnaireVersion, Draft | None]:
    """The version that is asked, with `moment`, and the draft under this key; to be asked by whoever holds the key."""
    version, draft = looked_up(request, campaign, key)
    if version is None:
        raise Http404
    return version, draft


def looked_up(request: HttpRequest, campaign: str, key: str = "") -> tuple[QuestionnaireVersion | None, Draft | None]:
    """The same; no version when there is none, and then nothing is said of the prefecture either."""
    # Whoever only reads needs no transaction around it; what is written is checked by the moment of its own.
    with connection.apart() if request.method in READS else nullcontext():
        found = drafts.read(NOW, [codes.hash_of(key), request.prefecture.pk, campaign])
    if found is None:
        return None, None
    draft, beside = found
    if request.prefecture.stamp != beside["prefecture_stamp"]:
        request.prefecture = refreshed(request.prefecture.slug)
    version = copy(known(beside["version"], beside["stamp"], request.prefecture.pk))
    version.consultation = copy(version.consultation)
    version.consultation.prefecture = request.prefecture
    version.moment = version.consultation.moment = beside["moment"]
    version.stamps = (beside["version"], beside["stamp"], beside["prefecture_stamp"])
    return version, draft


def known(number: int, stamp: str, prefecture: str) -> QuestionnaireVersion:
    kept_stamp, version = KEPT.get(number, ("", None))
    if version is None or kept_stamp != stamp:
        rows = QuestionnaireVersion.objects.for_prefecture(prefecture).select_related("consultation__campaign")
        version = rows.annotate(moment=TransactionNow()).get(pk=number)
        version.paths = None if conditions.has_conditions(version.content["steps"]) else {}
        if len(KEPT) >= MOST_KEPT:
            KEPT.clear()
        KEPT[number] = (stamp, version)
    return version
