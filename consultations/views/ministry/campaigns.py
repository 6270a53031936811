"""National exercises, and the page of one: what the ministry asks, of whom, and how far they are."""

from datetime import date
from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from assises import clock
from assises.access import ministry
from assises.accounts.models.rights import MINISTRY_ROLES
from consultations.models import Campaign, Consultation, CoreTheme, ReservePeriod
from consultations.steering.planning import Step, calendar, overall_warnings
from consultations.steering.teams import UNTOUCHED, reached

LATEST = 3


@ministry(*MINISTRY_ROLES)
@require_safe
def campaigns(request: HttpRequest) -> HttpResponse:
    """Several at once: what is prepared, what goes on, what is over."""
    today = clock.now().date()
    rows = Campaign.objects.annotate(drafts=Count("consultations"))
    context = {
        "preparing": [one for one in rows if one.launched_at is None],
        "going_on": [one for one in rows if one.launched_at and one.synthesis_due_on >= today],
        "over": [one for one in rows if one.launched_at and one.synthesis_due_on < today],
        "may_change": "lead" in request.roles,
    }
    return render(request, "consultations/ministry/campaigns.html", context)


@ministry(*MINISTRY_ROLES)
@require_safe
def campaign(request: HttpRequest, campaign: str) -> HttpResponse:
    found = get_object_or_404(Campaign.objects.select_related("made_from"), slug=campaign)
    moment = clock.now()
    steps, warnings = calendar_of(found, moment.date())
    context = {
        "campaign": found,
        "steps": steps,
        "warnings": warnings if found.synthesis_due_on >= moment.date() else [],
        "themes": CoreTheme.objects.filter(campaign=found).annotate(
            asked=Count("questions", filter=Q(questions__retired_at=None))
        ),
        "audiences": audiences_in_words(found),
        "kit": found.kit.defer("content"),
        "counts": counts_of(found, moment),
        "untouched": reached(found, UNTOUCHED, moment) if found.closes_on >= moment.date() else [],
        "letters": found.messages.select_related("by")[:LATEST],
        "corrections": found.corrections.select_related("by")[:LATEST],
        "extensions": found.extensions.select_related("by"),
        "may_change": "lead" in request.roles,
        "may_extend": found.launched_at and found.synthesis_due_on >= moment.date(),
    }
    return render(request, "consultations/ministry/campaign.html", context)


def calendar_of(campaign: Campaign, today: date) -> tuple[list[Step], list[str]]:
    reserves = list(ReservePeriod.objects.all())
    steps = calendar(
        campaign.opens_on,
        campaign.synthesis_due_on,
        closes_on=campaign.closes_on,
        launched_on=timezone.localdate(campaign.launched_at) if campaign.launched_at else None,
        reserves=reserves,
    )
    warnings = overall_warnings(steps, reserves, today=today)
    return steps, warnings if campaign.launched_at is None else []


def audiences_in_words(campaign: Campaign) -> list[str]:
    labels = dict(Campaign._meta.get_field("audiences").base_field.choices)
    return [labels[each] for each in campaign.audiences]


def counts_of(campaign: Campaign, moment: Any) -> dict[str, int]:
    """How many consultations are where, in one statement."""
    published = Q(state=Consultation.State.PUBLISHED)
    return Consultation.objects.filter(campaign=campaign).aggregate(
        drafts=Count("pk", filter=Q(state=Consultation.State.DRAFT)),
        to_come=Count("pk", filter=published & Q(opens_at__gt=moment)),
        open=Count("pk", filter=published & Q(opens_at__lte=moment, closes_at__gt=moment)),
        closed=Count("pk", filter=published & Q(closes_at__lte=moment)),
        withdrawn=Count("pk", filter=Q(state=Consultation.State.WITHDRAWN)),
        total=Count("pk"),
        pilots=Count("pk", filter=Q(is_pilot=True)),
    )
