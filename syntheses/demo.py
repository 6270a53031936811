"""The demo's syntheses, one in each state. Imported by the app's `ready()`."""

from collections.abc import Callable
from datetime import timedelta
from time import sleep
from typing import Any

from django.db.models.functions import Now

from assises import clock
from assises.accounts.demo import add_step
from assises.accounts.models import Membership, Role
from assises.jobs.progress import Reporter
from assises.jobs.run import run_due, run_routine
from assises.tenancy.context import as_ministry, as_prefecture
from consultations.models import Consultation
from syntheses.answer import acknowledge, send_back
from syntheses.build import BUILD, FIRST, STEPS
from syntheses.models import Build, Synthesis
from syntheses.transmit import transmit
from syntheses.validate import validate

NOW = "securite-du-quotidien"
SLUGS = (NOW, "assises-2020", "police-de-securite-du-quotidien-2017")
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
LONGEST_WAIT_SECONDS = 120
FOR_A_YEAR = timedelta(days=365)


def build_all(code: str) -> None:
    """A worker may have taken the first version before us: then we wait for it."""
    for _ in range(LONGEST_WAIT_SECONDS):
        run_due(BUILD, code)
        with as_prefecture(code):
            if not Build.objects.for_prefecture(code).owed().exists():
                return
        sleep(1)


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
    """Each closed concertation of the demo goes as far as its state; what has gone further is left alone."""
    for code in closed_in_demo():
        begin(code)
        with as_prefecture(code):
            drafts = Synthesis.objects.for_prefecture(code).filter(state=Synthesis.State.DRAFT)
            waiting = list(drafts.select_related("consultation__campaign", "consultation__prefecture"))
            if code == HELD or not can_sign(code):
                continue
        for synthesis in waiting:
            place = (synthesis.consultation.campaign.slug, code)
            if place[0] in SLUGS and place not in LEFT_IN_WRITING:
                STATES.get(place, acknowledged)(synthesis)


def closed_in_demo() -> list[str]:
    with as_ministry():
        closed = Consultation.objects.closed_at(clock.now()).filter(campaign__slug__in=SLUGS)
        return sorted(set(closed.values_list("prefecture", flat=True)))


def begin(code: str) -> None:
    """The first versions, as the jobs make them, which may be doing so at this very moment."""
    if code == HELD:
        with as_prefecture(code):
            FIRST.perform(code)
            hold(code)
    else:
        run_routine(FIRST, code)
        build_all(code)
