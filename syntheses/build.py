"""Versions of the synthesis: the first is owed when a consultation closes, others when somebody asks; a job makes them.

What a version counts stops at `figures_at`, written with the row: a worker that dies leaves nothing, and the one that
starts again counts the same contributions and makes the same bytes.
"""

import hashlib
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, F, Max, OuterRef
from django.utils.text import slugify

from assises import clock
from assises.jobs.progress import Reporter
from assises.jobs.registry import Job, Routine, register, register_routine
from assises.jobs.run import nudge
from assises.tenancy.context import as_ministry
from consultations.models import Consultation
from syntheses.compose import compose
from syntheses.documents import pdf
from syntheses.figures import gather
from syntheses.models import Build, Document, Synthesis

# What was sent before the hour may still be on its way into the database: no request lives longer.
LAST_ARRIVALS = timedelta(seconds=30)
STEPS = ("Les contributions sont comptées", "Le document est composé", "La version est prête")


class NotNowError(Exception):
    """No new version can be asked for; the message says why, in French."""


def without_synthesis(moment: datetime) -> Any:
    """Published consultations that are closed, and whose synthesis nobody has begun."""
    begun = Synthesis.objects.filter(prefecture=OuterRef("prefecture"), consultation=OuterRef("pk"))
    return Consultation.objects.closed_at(moment - LAST_ARRIVALS).exclude(Exists(begun))


def owing_first() -> list[tuple[str, datetime, int]]:
    """Which prefectures owe a first version, since when: the ministry may see who is closed and how far they are."""
    with as_ministry():
        rows = without_synthesis(clock.now()).order_by("closes_at").values_list("prefecture", "closes_at")
        oldest: dict[str, list[datetime]] = {}
        for prefecture, closed_at in rows:
            oldest.setdefault(prefecture, []).append(closed_at + LAST_ARRIVALS)
    return [(prefecture, moments[0], len(moments)) for prefecture, moments in oldest.items()]


def begin(prefecture: str) -> None:
    """Make the synthesis of each consultation that has closed there, with a first version to build."""
    now = clock.now()
    for consultation in without_synthesis(now).filter(prefecture=prefecture).order_by("pk"):
        made, is_new = Synthesis.objects.get_or_create(prefecture_id=prefecture, consultation=consultation)
        if is_new:
            owe(made, now)


def owe(synthesis: Synthesis, moment: datetime, *, asked_by: Any = None) -> Build:
    """One more version, with the figures of that moment; a worker is told after commit."""
    last = Build.objects.for_prefecture(synthesis.prefecture_id).filter(synthesis=synthesis)
    build = Build.objects.create(
        prefecture_id=synthesis.prefecture_id,
        synthesis=synthesis,
        number=(last.aggregate(last=Max("number"))["last"] or 0) + 1,
        figures_at=moment,
        asked_by=asked_by,
    )
    nudge(BUILD, build)
    return build


def ask_for_version(synthesis: Synthesis, *, actor: Any) -> Build:
    """Somebody wants the figures of now: late letters have come in, or the ministry returned the last version."""
    rows = Synthesis.objects.for_prefecture(synthesis.prefecture_id)
    locked = rows.select_for_update(of=("self",)).get(pk=synthesis.pk)
    if not locked.takes_new_versions:
        raise NotNowError("Une version est validée ou transmise\u00a0: elle ne peut plus être remplacée.")
    if Build.objects.for_prefecture(locked.prefecture_id).filter(synthesis=locked).owed().exists():
        raise NotNowError("Une version est déjà en préparation.")
    return owe(locked, clock.now(), asked_by=actor)


def build(row: Build) -> None:
    """Count, compose, keep: in the transaction that marks the row as done."""
    reporter = Reporter(BUILD.name, str(row.synthesis_id))
    reporter.report(0, len(STEPS), STEPS[0])
    synthesis = Synthesis.objects.select_related("consultation__campaign", "consultation__prefecture").get(
        pk=row.synthesis_id
    )
    row.synthesis = synthesis
    gathered = gather(synthesis.consultation, row.figures_at)
    reporter.report(1, len(STEPS), STEPS[1])
    source = compose(row, gathered).as_data()
    content = pdf.pdf(source)
    Document.objects.create(
        prefecture_id=row.prefecture_id,
        synthesis=synthesis,
        build=row,
        name=file_name(synthesis.consultation, row.number),
        media_type=pdf.MEDIA_TYPE,
        number=row.number,
        content=content,
        source=source,
        contributions=gathered.participation.received,
        figures_at=row.figures_at,
        sha256=hashlib.sha256(content).hexdigest(),
    )
    reporter.report(len(STEPS), len(STEPS), STEPS[2])


def file_name(consultation: Consultation, number: int) -> str:
    """`synthese-02-aisne-assises-2027-v1.pdf`: it sorts by department."""
    place = f"{consultation.prefecture_id.lower()}-{consultation.prefecture.slug}"
    return f"synthese-{place}-{slugify(consultation.campaign.slug)[:60]}-v{number}.pdf"


def latest_documents(synthesis: Synthesis) -> Any:
    """Newest version first, without the bytes."""
    rows = Document.objects.for_prefecture(synthesis.prefecture_id).filter(synthesis=synthesis)
    return rows.without_content().order_by(F("number").desc())


BUILD = register(
    Job(name="syntheses.build", model=Build, perform=build, label="Construction d’une synthèse", attempts=6)
)
FIRST = register_routine(
    Routine(name="syntheses.begin", owing=owing_first, perform=begin, label="Premières synthèses après la clôture")
)
