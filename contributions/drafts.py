"""What somebody has begun to write, kept until it is sent. Its address is the only key to it."""

import hashlib
import json
import re
import secrets
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import F, Func, Value

from assises.tenancy.context import PUBLIC, Scope, current, set_scope
from consultations.models import Consultation
from contributions import codes
from contributions.models import Draft

KEY_BYTES = 16
KEY = re.compile(r"[A-Za-z0-9_-]{22}")
TAKE = "SELECT taken_at, sendings, (draft).* FROM take_draft(%s, %s, %s, %s)"
FIELDS = sorted(Draft._meta.concrete_fields, key=lambda field: not field.primary_key)
COLUMNS, NAMES = [field.column for field in FIELDS], [field.attname for field in FIELDS]
CONVERTED = [(place, f.from_db_value) for place, f in enumerate(FIELDS) if hasattr(f, "from_db_value")]
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
    facts = [codes.hash_of(key), consultation.prefecture_id, consultation.pk, audience]
    with connection.cursor() as cursor:
        cursor.execute("SELECT begin_draft(%s, %s, %s, %s)", facts)
        return cursor.fetchone()[0]


def save(
    consultation: Consultation, key: str, *, names: Iterable[str], answers: Mapping[str, Any], reached: int = 0
) -> bool:
    """Put the answers to the questions `names` in place of what they were; false when there is no draft to save in.

    `reached` is the step that is done with this; the first time it is counted as a passing.
    """
    hold(consultation, key)
    facts = [codes.hash_of(key), consultation.prefecture_id, consultation.pk, list(names), json.dumps(answers)]
    day = consultation.moment.astimezone(consultation.prefecture.zone).date() if reached else None
    with connection.cursor() as cursor:
        cursor.execute("SELECT keep_answers(%s, %s, %s, %s, %s, %s, %s)", [*facts, reached, day])
        return cursor.fetchone()[0]


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
    hold(consultation, key)
    found = read(TAKE, [codes.hash_of(key), consultation.prefecture_id, consultation.pk, sender])
    draft, beside = found or (None, {})
    if draft is None:
        return None
    draft.taken_at, draft.sendings = beside["taken_at"], beside["sendings"]
    return draft


def read(statement: str, values: list[Any]) -> tuple[Draft | None, dict[str, Any]] | None:
    """The draft in the one row that a statement finds, and what stands beside it in that row, by name.

    What Django's own `raw` does, in a fifth of the time.
    """
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        row = cursor.fetchone()
        if row is None:
            return None
        told = dict(zip((column.name for column in cursor.description), row, strict=True))
    facts = [told.pop(column) for column in COLUMNS]
    if facts[0] is None:
        return None, told
    for place, convert in CONVERTED:
        facts[place] = convert(facts[place], None, connection)
    return Draft.from_db(DEFAULT_DB_ALIAS, NAMES, facts), told


def _rows(consultation: Consultation, key: str) -> Any:
    rows = Draft.objects.for_prefecture(consultation.prefecture_id)
    return rows.filter(consultation=consultation, key_hash=codes.hash_of(key))
