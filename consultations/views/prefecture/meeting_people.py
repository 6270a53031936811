"""Who comes to a meeting: registered, drawn, invited, ticked at the door, counted."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from assises import clock
from assises.access import prefecture
from assises.accounts.models.rights import PREFECTURE_ROLES
from consultations.around.partners import partners_of
from consultations.forms.meetings import AnswerForm, CallerForm, PresentForm
from consultations.meetings import attend, invite
from consultations.meetings.draw import CannotDrawError, draw, refusal
from consultations.meetings.leave import leave
from consultations.meetings.register import NotRegisteringError, register_caller
from consultations.meetings.standing import counted
from consultations.models import Meeting, Registration
from consultations.views.prefecture.consultation import GET_AND_POST
from consultations.views.prefecture.meetings import own_meeting, show, to_meeting

AT_THE_DOOR = ("agent", "editor")


def people_of(meeting: Meeting) -> QuerySet[Registration]:
    return Registration.objects.for_prefecture(meeting.prefecture_id).filter(meeting=meeting)


def may_add(meeting: Meeting) -> bool:
    is_listed = meeting.is_announced and meeting.entry != Meeting.Entry.FREE
    return is_listed and meeting.starts_at is not None and meeting.starts_at > clock.now()


@prefecture(*AT_THE_DOOR)
@require_http_methods(GET_AND_POST)
def meeting_registrations(request: HttpRequest, campaign: str, number: int) -> HttpResponse:
    """The list in the order of seats, and the form for somebody who calls."""
    found = own_meeting(request, campaign, number)
    form = CallerForm(request.POST or None, meeting=found)
    if request.method == "POST" and form.is_valid():
        try:
            row = register_caller(found, form.given())
        except NotRegisteringError:
            messages.warning(request, "On ne peut plus s’inscrire à cette réunion.")
        else:
            messages.success(request, f"{row.name}, n°\u00a0{row.ticket}\u00a0: {row.get_state_display()}.")
        return to_meeting(found, "meeting_registrations")
    rows = people_of(found)
    return show(
        request,
        "meeting_registrations",
        found,
        form=form,
        may_add=may_add(found),
        standing=counted(found),
        groups=[
            ("Ont une place", list(rows.seated().order_by("ticket"))),
            ("Inscrits au tirage au sort", list(rows.filter(state=Registration.State.ENTERED).order_by("ticket"))),
            ("Sur la liste d’attente, dans l’ordre", list(rows.queueing())),
        ],
        cancelled=rows.filter(state=Registration.State.CANCELLED).count(),
    )


@prefecture(*AT_THE_DOOR)
@require_http_methods(GET_AND_POST)
def registration_cancel(request: HttpRequest, campaign: str, number: int, ticket: int) -> HttpResponse:
    """Somebody calls to say that they will not come."""
    found = own_meeting(request, campaign, number)
    row = get_object_or_404(people_of(found).living(), ticket=ticket)
    if request.method == "POST":
        leave(found, row, actor=request.user)
        messages.success(
            request, "L’inscription est annulée, et son nom effacé. La liste d’attente a avancé s’il le fallait."
        )
        return to_meeting(found, "meeting_registrations")
    return show(request, "registration_cancel", found, registration=row)


@prefecture(*PREFECTURE_ROLES)
@require_http_methods(GET_AND_POST)
def meeting_attendance(request: HttpRequest, campaign: str, number: int) -> HttpResponse:
    """The list to print, or to tick on a phone: each name has its own button."""
    found = own_meeting(request, campaign, number)
    if request.method == "POST" and set(AT_THE_DOOR) & set(request.roles):
        attend.list_is_ready(found)
        messages.success(request, "C’est noté\u00a0: la liste est prête.")
        return to_meeting(found, "meeting_attendance")
    rows = list(people_of(found).seated().order_by("name", "ticket"))
    return show(
        request,
        "meeting_attendance",
        found,
        rows=rows,
        here=sum(row.is_here for row in rows),
        may_tick=bool(set(AT_THE_DOOR) & set(request.roles)),
    )


@prefecture(*AT_THE_DOOR)
@require_POST
def meeting_tick(request: HttpRequest, campaign: str, number: int) -> HttpResponse:
    """Says what the person is, not the contrary of what they were: twice is harmless."""
    found = own_meeting(request, campaign, number)
    ticket = request.POST.get("numero", "")
    if (
        ticket.isascii()
        and ticket.isdigit()
        and attend.tick(found, int(ticket[:9]), is_here=request.POST.get("la") == "1")
    ):
        attend.list_is_ready(found)
    where = reverse("meeting_attendance", args=[request.prefecture.slug, campaign, number])
    return redirect(f"{where}#n{ticket}" if ticket.isdigit() else where)


@prefecture(*AT_THE_DOOR)
@require_http_methods(GET_AND_POST)
def meeting_presents(request: HttpRequest, campaign: str, number: int) -> HttpResponse:
    """How many were there; before that, what the ticks say stands in the form."""
    found = own_meeting(request, campaign, number, lock=request.method == "POST")
    if found.ends_at is not None and found.starts_at > clock.now():
        messages.warning(request, "La réunion n’a pas commencé\u00a0: les présents se comptent ensuite.")
        return to_meeting(found)
    initial = found.present if found.present is not None else attend.ticked(found)
    form = PresentForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        attend.say_present(found, form.cleaned_data)
        messages.success(request, f"Présents\u00a0: {found.present_number}.")
        return to_meeting(found)
    return show(request, "meeting_presents", found, form=form, was_ticked=found.present is None and bool(initial))


@prefecture("editor")
@require_http_methods(GET_AND_POST)
def meeting_draw(request: HttpRequest, campaign: str, number: int) -> HttpResponse:
    """A page that says what the draw will do, then does it once."""
    found = own_meeting(request, campaign, number)
    if request.method == "POST":
        try:
            made = draw(found, actor=request.user)
        except CannotDrawError as error:
            messages.warning(request, str(error))
        else:
            messages.success(request, f"Le tirage est fait\u00a0: {len(made.order)} inscrits, {made.seats} places.")
        return to_meeting(found)
    if why := refusal(found):
        messages.warning(request, why)
        return to_meeting(found)
    return show(request, "meeting_draw", found, standing=counted(found))


@prefecture(*AT_THE_DOOR)
@require_http_methods(GET_AND_POST)
def meeting_partners(request: HttpRequest, campaign: str, number: int) -> HttpResponse:
    """Who is invited among the partners of the concertation, and what each answered. Inviting is the editor's."""
    found = own_meeting(request, campaign, number)
    invitations = invite.invitations_of(found)
    if request.method == "POST" and "editor" in request.roles:
        if request.POST.get("acte") == "ecrire" and found.is_announced:
            sent = invite.write_to_all(found, actor=request.user)
            messages.success(request, f"Courriels envoyés\u00a0: {sent}.")
        else:
            chosen = [pk for pk in request.POST.getlist("partenaires") if pk.isascii() and pk.isdigit()]
            added = invite.invite(found, partners_of(found.consultation).filter(pk__in=[int(pk[:18]) for pk in chosen]))
            messages.success(request, f"Partenaires ajoutés\u00a0: {added}.")
        return to_meeting(found, "meeting_partners")
    invited = list(invitations)
    others = partners_of(found.consultation).exclude(pk__in=[each.partner_id for each in invited])
    waiting = sum(1 for each in invited if each.partner.mail and not each.written_at)
    return show(request, "meeting_partners", found, invitations=invited, others=list(others), waiting=waiting)


@prefecture(*AT_THE_DOOR)
@require_http_methods(GET_AND_POST)
def meeting_partner_answer(request: HttpRequest, campaign: str, number: int, invitation: int) -> HttpResponse:
    """A partner answered by telephone, or was seen at the door."""
    found = own_meeting(request, campaign, number)
    row = get_object_or_404(invite.invitations_of(found), pk=invitation)
    form = AnswerForm(request.POST or None, initial={"answer": row.answer, "note": row.note})
    form.fields["answer"].label = "Sa réponse"
    if request.method == "POST" and form.is_valid():
        invite.answer(row, form.cleaned_data["answer"], form.cleaned_data["note"])
        messages.success(request, f"La réponse de {row.partner.name} est notée.")
        return to_meeting(found, "meeting_partners")
    return show(request, "meeting_partner_answer", found, form=form, invitation=row)
