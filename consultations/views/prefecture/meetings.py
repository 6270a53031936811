"""The team's meetings: prepared, announced, changed, cancelled."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from assises import clock
from assises.access import prefecture
from assises.accounts.models.rights import PREFECTURE_ROLES
from assises.workflow import IllegalMoveError, changes_of
from consultations.forms.meetings import CancelMeetingForm, MeetingForm
from consultations.meetings import announce
from consultations.meetings.read import lines_of, theme_titles
from consultations.meetings.standing import counted
from consultations.meetings.words import access_of, present_in_words, titles_of, when_of, where_of
from consultations.models import Consultation, Draw, Meeting
from consultations.touch import touch
from consultations.views.prefecture.consultation import GET_AND_POST, own_consultation


def meetings_of(consultation: Consultation) -> QuerySet[Meeting]:
    facts = ("consultation__prefecture", "consultation__campaign", "commune", "arrondissement")
    rows = Meeting.objects.for_prefecture(consultation.prefecture_id).filter(consultation=consultation)
    return rows.select_related(*facts).in_order()


def own_meeting(request: HttpRequest, campaign: str, number: int, *, lock: bool = False) -> Meeting:
    """The tenant's row, or nothing; locked when it is going to be changed."""
    rows = meetings_of(own_consultation(request, campaign))
    if lock:
        rows = rows.select_for_update(of=("self",), no_key=True)
    return get_object_or_404(rows, pk=number)


def own_address(meeting: Meeting, name: str = "prefecture_meeting") -> str:
    consultation = meeting.consultation
    return reverse(name, args=[consultation.prefecture.slug, consultation.campaign.slug, meeting.pk])


def to_meeting(meeting: Meeting, name: str = "prefecture_meeting") -> HttpResponse:
    return redirect(own_address(meeting, name))


def show(request: HttpRequest, template: str, meeting: Meeting, **more: Any) -> HttpResponse:
    """A page about one meeting: when and where it is stand on each."""
    context = {
        "meeting": meeting,
        "consultation": meeting.consultation,
        "when": when_of(meeting, request.prefecture.time_zone),
        "where": where_of(meeting),
        "is_editor": "editor" in request.roles,
        **more,
    }
    return render(request, f"consultations/prefecture/{template}.html", context)


@prefecture(*PREFECTURE_ROLES)
@require_safe
def prefecture_meetings(request: HttpRequest, campaign: str) -> HttpResponse:
    found = own_consultation(request, campaign)
    context = {
        "consultation": found,
        "lines": [line | {"url": own_address(line["meeting"])} for line in lines_of(meetings_of(found), clock.now())],
        "is_editor": "editor" in request.roles,
        "may_change": "editor" in request.roles and found.state != Consultation.State.WITHDRAWN,
    }
    return render(request, "consultations/prefecture/meetings.html", context)


@prefecture(*PREFECTURE_ROLES)
@require_safe
def prefecture_meeting(request: HttpRequest, campaign: str, number: int) -> HttpResponse:
    """Where it stands, and what can be done now."""
    found = own_meeting(request, campaign, number)
    now = clock.now()
    is_draft = found.state == Meeting.State.DRAFT
    made = Draw.objects.for_prefecture(request.prefecture).filter(meeting=found).first()
    return show(
        request,
        "meeting",
        found,
        is_draft=is_draft,
        missing=announce.missing(found) if is_draft else [],
        warnings=announce.warnings(found) if not found.is_over_at(now) else [],
        access=access_of(found),
        themes=titles_of(found.theme_keys, theme_titles(found.consultation)),
        standing=counted(found),
        draw=made,
        is_draw_due=made is not None and made.state == Draw.State.READY and found.registration_ends_at <= now,
        is_over=found.is_over_at(now),
        present=present_in_words(found.present_number),
        history=changes_of(found).select_related("actor"),
    )


def edit(request: HttpRequest, meeting: Meeting, *, title: str, said: str) -> HttpResponse:
    with timezone.override(request.prefecture.zone):
        form = MeetingForm(request.POST or None, instance=meeting)
        if request.method == "POST" and form.is_valid():
            stored = form.save()
            touch(meeting.consultation)
            told = announce.change(stored, form.changed_data)
            messages.success(request, f"{said} Courriels envoyés aux inscrits\u00a0: {told}." if told else said)
            return to_meeting(stored)
        # Not through `show`: what was typed, and may not hold, stands in the row now.
        context = {"meeting": meeting, "consultation": meeting.consultation, "form": form, "title": title}
        context["reserves"] = announce.reserves_ahead(meeting)
        return render(request, "consultations/prefecture/meeting_edit.html", context)


def is_settled(request: HttpRequest, consultation: Consultation) -> bool:
    """Nothing is added to a concertation that was taken back."""
    if consultation.state == Consultation.State.WITHDRAWN:
        messages.warning(request, "La concertation est retirée\u00a0: elle ne change plus.")
        return True
    return False


@prefecture("editor")
@require_http_methods(GET_AND_POST)
def meeting_new(request: HttpRequest, campaign: str) -> HttpResponse:
    found = own_consultation(request, campaign)
    if is_settled(request, found):
        return redirect("prefecture_meetings", request.prefecture.slug, campaign)
    meeting = Meeting(prefecture_id=found.prefecture_id, consultation=found)
    return edit(
        request, meeting, title="Nouvelle réunion", said="La réunion est enregistrée. Personne ne la voit encore."
    )


@prefecture("editor")
@require_http_methods(GET_AND_POST)
def meeting_edit(request: HttpRequest, campaign: str, number: int) -> HttpResponse:
    found = own_meeting(request, campaign, number, lock=request.method == "POST")
    if found.state == Meeting.State.CANCELLED:
        messages.warning(request, "La réunion est annulée\u00a0: elle ne change plus.")
        return to_meeting(found)
    return edit(request, found, title="Modifier la réunion", said="La réunion est enregistrée.")


@prefecture("editor")
@require_http_methods(GET_AND_POST)
def meeting_publish(request: HttpRequest, campaign: str, number: int) -> HttpResponse:
    """A page that says what will happen and what speaks against that day, then does it."""
    found = own_meeting(request, campaign, number)
    lacking = announce.missing(found)
    if request.method == "POST":
        try:
            announce.publish(found, actor=request.user)
        except announce.NotReadyError as error:
            lacking = error.missing
        except IllegalMoveError:
            messages.warning(request, "La réunion a déjà été annoncée.")
            return to_meeting(found)
        else:
            touch(found.consultation)
            messages.success(request, "La réunion est annoncée.")
            return to_meeting(found)
    if found.state != Meeting.State.DRAFT:
        messages.warning(request, "La réunion a déjà été annoncée.")
        return to_meeting(found)
    return show(request, "meeting_publish", found, missing=lacking, warnings=announce.warnings(found))


@prefecture("editor")
@require_http_methods(GET_AND_POST)
def meeting_cancel(request: HttpRequest, campaign: str, number: int) -> HttpResponse:
    """For good; the public and whoever is registered read why."""
    found = own_meeting(request, campaign, number)
    form = CancelMeetingForm(request.POST or None)
    if found.state != Meeting.State.PUBLISHED:
        messages.warning(request, "Seule une réunion annoncée s’annule.")
        return to_meeting(found)
    if request.method == "POST" and form.is_valid():
        try:
            told = announce.cancel(found, form.cleaned_data["reason"], actor=request.user)
        except IllegalMoveError:
            messages.warning(request, "La réunion est déjà annulée.")
            return to_meeting(found)
        touch(found.consultation)
        messages.success(request, f"La réunion est annulée. Courriels envoyés aux inscrits\u00a0: {told}.")
        return to_meeting(found)
    return show(request, "meeting_cancel", found, form=form, standing=counted(found))
