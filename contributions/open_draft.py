"""What is asked at an address, and what was answered there: one statement, since most of it is known already.

A version never changes. The rows around it hardly do: they are kept in memory for as long as the database says that
they are the same (`xmin` names the transaction that last wrote a row). Dates and states are compared each time.
"""

from copy import copy
from typing import Any

from django.http import Http404, HttpRequest

from assises.accounts.kept import refreshed
from assises.clock import TransactionNow
from consultations.models import QuestionnaireVersion
from contributions import codes
from contributions.models import Draft

MOST_KEPT = 512
NOW = """
SELECT d.*, v.id AS version_number, transaction_timestamp() AS moment, p.xmin::text AS prefecture_stamp,
       concat_ws(' ', v.xmin, c.xmin, g.xmin) AS stamp
FROM consultations_questionnaireversion v
JOIN consultations_consultation c ON c.id = v.consultation_id AND c.prefecture_id = v.prefecture_id
JOIN consultations_campaign g ON g.id = c.campaign_id
JOIN accounts_prefecture p ON p.code = v.prefecture_id
LEFT JOIN contributions_draft d
       ON d.prefecture_id = v.prefecture_id AND d.consultation_id = c.id AND d.key_hash = %s
WHERE v.prefecture_id = %s AND g.slug = %s AND c.published_at IS NOT NULL
ORDER BY v.number DESC LIMIT 1
"""
KEPT: dict[int, tuple[str, QuestionnaireVersion]] = {}


def asked_now(request: HttpRequest, campaign: str, key: str) -> tuple[QuestionnaireVersion, Draft | None]:
    """The version that is asked, with `moment`, and the draft under this key; to be asked by whoever holds the key."""
    row: Any = next(iter(Draft.objects.raw(NOW, [codes.hash_of(key), request.prefecture.pk, campaign])), None)
    if row is None:
        raise Http404
    if request.prefecture.stamp != row.prefecture_stamp:
        request.prefecture = refreshed(request.prefecture.slug)
    version = copy(known(row.version_number, row.stamp, request.prefecture.pk))
    version.consultation = copy(version.consultation)
    version.consultation.prefecture = request.prefecture
    version.moment = version.consultation.moment = row.moment
    return version, row if row.pk is not None else None


def known(number: int, stamp: str, prefecture: str) -> QuestionnaireVersion:
    kept_stamp, version = KEPT.get(number, ("", None))
    if version is None or kept_stamp != stamp:
        rows = QuestionnaireVersion.objects.for_prefecture(prefecture).select_related("consultation__campaign")
        version = rows.annotate(moment=TransactionNow()).get(pk=number)
        if len(KEPT) >= MOST_KEPT:
            KEPT.clear()
        KEPT[number] = (stamp, version)
    return version
