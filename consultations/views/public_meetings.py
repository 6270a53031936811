"""Meetings for anyone: what is announced, each one's page, calendars, the replay of a draw. No account, no cookie."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from assises import clock
from assises.access import public
from assises.accounts import places
from assises.look.templatetags.french import moment
from consultations.around.contact import contact_of
from consultations.meetings.ics import calendar
from consultations.meetings.read import line_of, lines_of, shown_in, theme_titles
from consultations.meetings.standing import standing_of
from consultations.meetings.words import access_of, present_by, seats_in_words, titles_of, when_of, where_of
from consultations.models import Draw, Meeting

CALENDAR = "text/calendar; charset=utf-8"


def shown(request: HttpRequest, campaign: str, number: int) -> Meeting:
    """An announced meeting of this department and campaign, cancelled or not."""
    return get_object_or_404(shown_in(request.prefecture), consultation__campaign__slug=campaign, pk=number)


def facts(meeting: Meeting) -> dict[str, Any]:
    consultation = meeting.consultation
    return {
        "meeting": meeting,
        "consultation": consultation,
        "campaign": consultation.campaign,
        "exercise": consultation.campaign.title,
        "when": when_of(meeting, consultation.prefecture.time_zone),
        "where": where_of(meeting),
        "contact": contact_of(consultation),
    }


@public
@require_safe
def meetings(request: HttpRequest) -> HttpResponse:
    """To come first, then those that took place, the latest first."""
    now = clock.now()
    lines = lines_of(shown_in(request.prefecture), now)
    feed = settings.BASE_URL + request.path.rstrip("/") + ".ics"
    context = {
        "to_come": [line for line in lines if not line["is_over"]],
        "past": sorted((line for line in lines if line["is_over"]), key=lambda line: line["at"], reverse=True),
        "of_department": places.of_department(request.prefecture),
        "calendar_url": "webcal:" + feed.partition(":")[2],
    }
    return render(request, "consultations/public/meetings.html", context)


@public
@require_safe
def meeting(request: HttpRequest, campaign: str, number: int) -> HttpResponse:
    found = shown(request, campaign, number)
    now = clock.now()
    is_registering = found.takes_registrations and found.is_registering_at(now)
    context = facts(found) | {
        "access": access_of(found),
        "themes": titles_of(found.theme_keys, theme_titles(found.consultation)) if found.theme_keys else [],
        "is_over": line_of(found, now)["is_over"],
        "is_registering": is_registering,
        "is_too_early": found.takes_registrations and not is_registering and found.registration_ends_at > now,
        "standing": standing_of(found) if found.takes_registrations else None,
        "present": present_by(found.present) if found.present else [],
        "draw": drawn(found),
    }
    return render(request, "consultations/public/meeting.html", context | entry_in_words(context))


def entry_in_words(context: dict[str, Any]) -> dict[str, str]:
    """Until when one registers and how many seats are left, for the box at the top."""
    found, standing = context["meeting"], context["standing"]
    if standing is None:
        return {}
    zone = found.consultation.prefecture.time_zone
    opens = found.registration_opens_at
    return {
        "closes": f"jusqu’au {moment(found.registration_ends_at, zone)}",
        "opens": f"à partir du {moment(opens, zone)}" if opens else "",
        "left": f"Il reste {seats_in_words(standing.left)}." if standing.left else "",
        "lot": f"{seats_in_words(found.capacity)} tirées au sort entre tous les inscrits." if found.capacity else "",
    }


def drawn(found: Meeting) -> Draw | None:
    """What was drawn; before that nobody but the prefecture can read it."""
    rows = Draw.objects.for_prefecture(found.prefecture_id).filter(meeting=found, state=Draw.State.DRAWN)
    return rows.first() if found.is_drawn_by_lot else None


@public
@require_safe
def meeting_replay(request: HttpRequest, campaign: str, number: int) -> HttpResponse:
    """Everything that it takes to find the same order again, in plain words."""
    found = shown(request, campaign, number)
    if not found.draw_commitment:
        raise Http404
    made = drawn(found)
    rows = [
        {"rank": rank, "ticket": ticket, "is_drawn": rank <= made.seats}
        for rank, ticket in enumerate(made.order if made else [], 1)
    ]
    context = facts(found) | {"draw": made, "rows": rows, **(commands(made) if made else {})}
    return render(request, "consultations/public/meeting_replay.html", context)


def commands(made: Draw) -> dict[str, str]:
    """For any shell: that the seed is the one that was announced, and the order that it gives."""
    numbers = " ".join(map(str, sorted(made.order)))
    return {
        "check": f"printf %s {made.seed} | sha256sum",
        "replay": f'for n in {numbers}; do echo "$(printf %s {made.seed}:$n | sha256sum) $n"; done | sort',
    }


@public
@require_safe
def meeting_calendar(request: HttpRequest, campaign: str, number: int) -> HttpResponse:
    found = shown(request, campaign, number)
    if found.starts_at is None:
        raise Http404
    return as_calendar(calendar(found.title, [found], clock.now()), slugify(found.title) or "reunion")


@public
@require_safe
def meetings_calendar(request: HttpRequest) -> HttpResponse:
    """Everything that is announced in a department, to subscribe to."""
    name = f"Réunions {places.of_department(request.prefecture)}"
    return as_calendar(calendar(name, shown_in(request.prefecture), clock.now()), "reunions")


def as_calendar(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=CALENDAR)
    response["Content-Disposition"] = f'attachment; filename="{name}.ics"'
    return response
