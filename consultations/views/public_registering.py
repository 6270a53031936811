"""A seat at a meeting, for anyone: ask for it, look at it, give it back; a partner's answer. The key is the proof."""

from allauth.core.internal import ratelimit
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from assises import clock
from assises.access import public
from assises.kept_words import keeps_words
from consultations.around.keys import is_key, new_key
from consultations.forms.meetings import AnswerForm, RegistrationForm
from consultations.meetings import invite, leave
from consultations.meetings.register import NotRegisteringError, TooManyByMailError, register
from consultations.meetings.standing import standing_of
from consultations.models import MeetingInvitation, Registration
from consultations.views.public import GET_AND_POST, GONE, TOO_MANY, sender
from consultations.views.public_meetings import facts, shown

REGISTERS = {"register": "30/10m/key,300/d/key"}  # a whole town hall may stand behind one address
CONFLICT = 409


@keeps_words
@public
@csrf_exempt  # no session to abuse; without a token the page can stay open for days and still be sent
@require_http_methods(GET_AND_POST)
def meeting_register(request: HttpRequest, campaign: str, number: int) -> HttpResponse:
    found = shown(request, campaign, number)
    template = "consultations/public/meeting_register.html"
    context = facts(found)
    if not (found.takes_registrations and found.is_registering_at(clock.now())):
        return render(request, template, context | {"is_closed": True}, status=CONFLICT)
    form = RegistrationForm(request.POST or None, meeting=found)
    typed = request.POST.get("envoi", "")
    key = typed if is_key(typed) else new_key()
    context |= {"form": form, "key": key, "standing": standing_of(found)}
    if request.method != "POST" or not form.is_valid():
        return render(request, template, context)
    if not ratelimit.consume(request, app="assises", action="register", key=sender(request), config=REGISTERS):
        return render(request, template, context | {"too_many": True}, status=TOO_MANY)
    try:
        state = register(found, form.given(), form_key=key)
    except NotRegisteringError:
        return render(request, template, context | {"is_closed": True}, status=CONFLICT)
    except TooManyByMailError:
        form.add_error("mail", "Cette adresse a déjà inscrit six personnes. Prenez-en une autre, ou appelez-nous.")
        return render(request, template, context)
    mail = form.cleaned_data["mail"]
    return render(request, template, context | {"state": state, "label": Registration.State(state).label, "mail": mail})


@public
@csrf_exempt  # the key in the address is the proof
@require_http_methods(GET_AND_POST)
def meeting_registration(request: HttpRequest, campaign: str, number: int, key: str) -> HttpResponse:
    """What somebody has; a button gives it back, since mail servers open links on their own."""
    found = shown(request, campaign, number)
    mine = leave.held(found, key)
    if mine is None:
        return render(
            request, "consultations/public/meeting_registration.html", facts(found) | {"is_gone": True}, status=GONE
        )
    may_leave = mine.state != Registration.State.CANCELLED and not found.is_over_at(clock.now())
    if request.method == "POST" and may_leave:
        leave.leave(found, mine)
        mine = leave.held(found, key)
    context = facts(found) | {
        "registration": mine,
        "is_cancelled": mine.state == Registration.State.CANCELLED,
        "may_leave": may_leave and found.is_announced,
    }
    return render(request, "consultations/public/meeting_registration.html", context)


@public
@csrf_exempt  # the partner's key in the address is the proof
@require_http_methods(GET_AND_POST)
def meeting_answer(request: HttpRequest, campaign: str, number: int, key: str) -> HttpResponse:
    """Present, represented, excused; may be changed until the meeting."""
    found = shown(request, campaign, number)
    invitation = invite.held(found, key)
    template = "consultations/public/meeting_answer.html"
    if invitation is None:
        return render(request, template, facts(found) | {"is_gone": True}, status=GONE)
    answered = invitation.answer != MeetingInvitation.Answer.NONE
    initial = {"answer": invitation.answer, "note": invitation.note} if answered else {}
    form = AnswerForm(request.POST or None, initial=initial)
    may_answer = found.is_announced and not found.is_over_at(clock.now())
    is_done = request.method == "POST" and may_answer and form.is_valid()
    if is_done:
        invite.answer(invitation, form.cleaned_data["answer"], form.cleaned_data["note"])
        invitation = invite.held(found, key)
    context = {"form": form, "invitation": invitation, "is_done": is_done, "may_answer": may_answer}
    return render(request, template, facts(found) | context)
