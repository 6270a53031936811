"""The demo's syntheses, one in each state. Imported by the app's `ready()`."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db.models.functions import Now

from assises.accounts.demo import add_step
from assises.accounts.models import Membership, Role
from assises.jobs.progress import Reporter
from assises.jobs.run import run_due, run_routine
from assises.tenancy.context import as_ministry, as_prefecture
from syntheses.answer import acknowledge, send_back
from syntheses.build import BUILD, FIRST, STEPS, owing_first
from syntheses.models import Build, Synthesis
from syntheses.transmit import transmit
from syntheses.validate import validate

NOW = "securite-du-quotidien"
REASON = (
    "La synthèse arrive avant les lettres annoncées dans votre introduction. Saisissez-les, puis demandez une nouvelle"
    " version."
)


def validated(synthesis: Synthesis) -> None:
    with as_prefecture(synthesis.prefecture_id):
        validate(synthesis, 1, actor=somebody(Role.PREFECT, synthesis.prefecture_id))


def transmitted(synthesis: Synthesis) -> None:
    validated(synthesis)
    with as_prefecture(synthesis.prefecture_id):
        transmit(synthesis, actor=somebody(Role.PREFECT, synthesis.prefecture_id))


def returned(synthesis: Synthesis) -> None:
    transmitted(synthesis)
    with as_ministry():
        send_back(synthesis, actor=somebody(Role.LEAD, None), reason=REASON)


def acknowledged(synthesis: Synthesis) -> None:
    transmitted(synthesis)
    with as_ministry():
        acknowledge(synthesis, actor=somebody(Role.LEAD, None))


# How far the closed ones of the current exercise are; those of the past are acknowledged where somebody can sign.
STATES: dict[tuple[str, str], Callable[[Synthesis], None]] = {
    (NOW, "75"): transmitted,
    (NOW, "47"): validated,
    (NOW, "987"): returned,
}
LEFT_IN_WRITING = {(NOW, "32")}
# Held while its first version is built, so that the wait can be visited; a build really takes a second.
HELD = "14"
FOR_A_YEAR = timedelta(days=365)


def hold(code: str) -> None:
    """As if a worker were in the middle of it."""
    with as_prefecture(code):
        builds = Build.objects.for_prefecture(code).owed()
        for build in builds:
            Reporter(BUILD.name, str(build.synthesis_id)).report(1, len(STEPS), STEPS[1])
        builds.update(attempts=1, due_at=Now() + FOR_A_YEAR)


def somebody(role: str, prefecture: str | None) -> Any:
    rows = Membership.objects.for_prefecture(prefecture).filter(role=role).select_related("user")
    return rows.earliest("pk").user


def can_sign(prefecture: str) -> bool:
    return Membership.objects.for_prefecture(prefecture).filter(role=Role.PREFECT).exists()


@add_step("Synthèses")
def fill_syntheses() -> None:
    """What has closed and has none gets one, and goes as far as its state: once."""
    for code, _, _ in owing_first():
        with as_prefecture(code):
            begun = set(Synthesis.objects.for_prefecture(code).values_list("pk", flat=True))
        run_routine(FIRST, code)
        if code == HELD:
            hold(code)
        run_due(BUILD, code)
        with as_prefecture(code):
            rows = Synthesis.objects.for_prefecture(code).exclude(pk__in=begun)
            made = list(rows.select_related("consultation__campaign", "consultation__prefecture"))
            if code == HELD or not can_sign(code):
                continue
        for synthesis in made:
            place = (synthesis.consultation.campaign.slug, code)
            if place not in LEFT_IN_WRITING:
                STATES.get(place, acknowledged)(synthesis)
