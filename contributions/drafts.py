"""What somebody has begun to write, kept until it is sent. Its address is the only key to it."""

import hashlib
import json
import re
import secrets
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import F, Func, Value

from assises.tenancy.context import PUBLIC, Scope, current, set_scope
from consultations.models import Consultation
from contributions import codes
from contributions.models import Draft

KEY_BYTES = 16
KEY = re.compile(r"[A-Za-z0-9_-]{22}")
CORRECTS = "_"  # how the key of a correction begins: only then is it looked for among corrections


def new_key(*, corrects: bool = False) -> str:
    key = secrets.token_urlsafe(KEY_BYTES)
    return CORRECTS + key[1:] if corrects else key


def may_correct(key: str) -> bool:
    """Every correction's key, and one in 64 of the others."""
    return key.startswith(CORRECTS)


def is_key(text: str) -> bool:
    return KEY.fullmatch(text) is not None


def submission_key_of(key: str) -> UUID:
    """Whatever is sent from one draft is one submission: from two windows, after a reload, after it is gone."""
    return UUID(bytes=hashlib.sha256(f"submission:{key}".encode()).digest()[:16], version=4)


def hold(consultation: Consultation, key: str) -> None:
    """Show the rest of the request to the visitor who has the draft's address."""
    scope = Scope(PUBLIC, consultation.prefecture_id, holder=codes.hash_of(key))
    if current() != scope:
        set_scope(scope)


def lay_open(consultation: Consultation, key: str, draft: Draft | None) -> None:
    """What was read with the consultation, for the first who looks for it; whatever is changed is read again."""
    consultation.laid_open = (key, draft)


def find(consultation: Consultation, key: str) -> Draft | None:
    hold(consultation, key)
    found_key, draft = consultation.__dict__.pop("laid_open", ("", None))
    if found_key == key:
        return draft
    return _rows(consultation, key).first()


def begin(consultation: Consultation, key: str, audience: str) -> bool:
    """Make the draft, or change who speaks in it; false when the key serves elsewhere."""
    hold(consultation, key)
    if _rows(consultation, key).update(audience=audience):
        return True
    made = Draft(
        prefecture_id=consultation.prefecture_id,
        consultation=consultation,
        key_hash=codes.hash_of(key),
        audience=audience,
    )
    Draft.objects.bulk_create([made], ignore_conflicts=True)
    return _rows(consultation, key).exists()


def save(consultation: Consultation, key: str, *, names: Iterable[str], answers: Mapping[str, Any]) -> bool:
    """Put the answers to the questions `names` in place of what they were; false when there is no draft to save in."""
    hold(consultation, key)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE contributions_draft SET answers = (answers - %s::text[]) || %s::jsonb,"
            " saved_at = transaction_timestamp()"
            " WHERE prefecture_id = %s AND consultation_id = %s AND key_hash = %s",
            [list(names), json.dumps(answers), consultation.prefecture_id, consultation.pk, codes.hash_of(key)],
        )
        return cursor.rowcount == 1


def reach(consultation: Consultation, key: str, number: int) -> bool:
    """Note that this step is done; true the first time."""
    hold(consultation, key)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE contributions_draft SET furthest = %s"
            " WHERE prefecture_id = %s AND consultation_id = %s AND key_hash = %s AND furthest < %s",
            [number, consultation.prefecture_id, consultation.pk, codes.hash_of(key), number],
        )
        return cursor.rowcount == 1


def warn(consultation: Consultation, key: str, number: int) -> bool:
    """Note that somebody was asked about what they wrote on this step; true the first time."""
    hold(consultation, key)
    rows = _rows(consultation, key).exclude(warned_on__contains=[number])
    return bool(rows.update(warned_on=Func(F("warned_on"), Value(number), function="array_append")))


def allow_quoting(consultation: Consultation, key: str, *, may_publish: bool) -> None:
    hold(consultation, key)
    _rows(consultation, key).update(may_publish=may_publish)


def take(consultation: Consultation, key: str, sender: str = "") -> Draft | None:
    """Take the draft away to send it. A second sender waits here until the first is done, and then finds nothing.

    It comes with `taken_at` and, if there is a name for where it comes from, `sendings`: how many came this hour.
    """
    taking = (
        "DELETE FROM contributions_draft"
        " WHERE prefecture_id = %s AND consultation_id = %s AND key_hash = %s"
        " RETURNING *, transaction_timestamp() AS taken_at,"
        " CASE WHEN %s = '' THEN 0 ELSE count_sending(%s, %s) END AS sendings"
    )
    hold(consultation, key)
    values = [consultation.prefecture_id, consultation.pk, codes.hash_of(key)]
    values += [sender, consultation.prefecture_id, sender]
    return next(iter(Draft.objects.raw(taking, values)), None)


def _rows(consultation: Consultation, key: str) -> Any:
    rows = Draft.objects.for_prefecture(consultation.prefecture_id)
    return rows.filter(consultation=consultation, key_hash=codes.hash_of(key))
