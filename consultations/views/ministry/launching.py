"""The lead launches an exercise, follows the prefectures, and writes to their teams."""

from typing import Any

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assises import clock
from assises.access import ministry
from assises.accounts.models import Prefecture
from assises.accounts.models.rights import MINISTRY_ROLES
from assises.look.templatetags.french import count
from consultations.forms.around_campaign import MessageForm
from consultations.forms.campaign import LaunchForm
from consultations.models import Campaign, Consultation
from consultations.steering.launch import BrokenConditionsError, Launched, NothingToAskError, launch
from consultations.steering.teams import ALL, PATIENCE, REACHES, UNTOUCHED, reached, remind_untouched, send_message

GET_AND_POST = ["GET", "HEAD", "POST"]
MOST_NAMED = 8
# By what stands in the address: what it is called, and what it keeps.
VIEWS = {"": "Toutes", "brouillons": "En préparation", "intacts": "Brouillon intact", "publiees": "Publiées"}


@ministry("lead")
@require_http_methods(GET_AND_POST)
def campaign_launch(request: HttpRequest, campaign: str) -> HttpResponse:
    """Choose prefectures, then a draft in each; those that have one are not offered again."""
    found = get_object_or_404(Campaign, slug=campaign)
    consultations = Consultation.objects.filter(campaign=found)
    waiting = Prefecture.objects.exclude(code__in=consultations.values("prefecture"))
    is_first = not consultations.filter(is_pilot=False).exists()
    choices = [(other.code, str(other)) for other in waiting]
    form = LaunchForm(request.POST or None, choices=choices, is_first=is_first)
    if request.method == "POST" and form.is_valid():
        chosen = waiting.filter(code__in=form.cleaned_data["prefectures"])
        is_pilot = is_first and form.cleaned_data["reach"] == LaunchForm.SOME
        try:
            done = launch(found, chosen, actor=request.user, pilots=is_pilot)
        except NothingToAskError:
            form.add_error(None, "Cet exercice n’a encore aucun thème\u00a0: ajoutez-en un avant de le lancer.")
        except BrokenConditionsError as error:
            for reason in error.reasons:
                form.add_error(None, reason)
        else:
            say_launched(request, done)
            return redirect("campaign", found.slug)
    pilots = consultations.filter(is_pilot=True).select_related("prefecture").order_by("prefecture")
    context = {"form": form, "campaign": found, "pilots": pilots}
    return render(request, "consultations/ministry/campaign_launch.html", context)


def say_launched(request: HttpRequest, done: Launched) -> None:
    ready = "un brouillon est prêt" if done.drafts == 1 else f"{done.drafts} brouillons sont prêts"
    told = "son équipe reçoit" if done.drafts == 1 else "leurs équipes reçoivent"
    messages.success(request, f"L’exercice est lancé\u00a0: {ready}, {told} {mails(done.mails)}.")
    if silent := done.without_team:
        who = ", ".join(each.name for each in silent[:MOST_NAMED])
        more = f" et {count(len(silent) - MOST_NAMED)} autres" if len(silent) > MOST_NAMED else ""
        messages.warning(request, f"Il n’y a encore personne à prévenir, invitez leurs équipes\u00a0: {who}{more}.")


def mails(number: int) -> str:
    return f"{count(number)} courriel{'s' if number > 1 else ''}" if number else "zéro courriel"


@ministry(*MINISTRY_ROLES)
@require_safe
def campaign_prefectures(request: HttpRequest, campaign: str) -> HttpResponse:
    """All departments of an exercise, or those in one state."""
    found = get_object_or_404(Campaign, slug=campaign)
    wanted = request.GET.get("etat", "")
    moment = clock.now()
    rows = chosen(found, wanted, moment)
    own = reverse("campaign_prefectures", args=[found.slug])
    context = {
        "campaign": found,
        "consultations": rows,
        "tabs": [
            {"label": label, "url": f"{own}?etat={key}" if key else own, "current": key == wanted}
            for key, label in VIEWS.items()
        ],
        "is_untouched": wanted == "intacts",
        "may_change": "lead" in request.roles,
        "now": moment,
    }
    return render(request, "consultations/ministry/campaign_prefectures.html", context)


def chosen(campaign: Campaign, wanted: str, moment: Any) -> QuerySet[Consultation]:
    if wanted == "intacts":
        return reached(campaign, UNTOUCHED, moment)
    states = {"brouillons": Q(state=Consultation.State.DRAFT), "publiees": Q(state=Consultation.State.PUBLISHED)}
    return reached(campaign, ALL, moment).filter(states.get(wanted, Q()))


@ministry("lead")
@require_POST
def campaign_remind(request: HttpRequest, campaign: str) -> HttpResponse:
    """One click: a reminder to each team that has not touched its draft for five days."""
    found = get_object_or_404(Campaign, slug=campaign)
    # Two clicks, or two leads: the second waits, and finds the first one's reminder.
    Campaign.objects.select_for_update().get(pk=found.pk)
    if found.messages.filter(reach=UNTOUCHED, at__gt=clock.now() - PATIENCE).exists():
        messages.warning(request, "Ces équipes ont déjà reçu un message il y a moins de cinq jours. Rien n’est parti.")
    elif sent := remind_untouched(found, actor=request.user):
        messages.success(request, f"Le rappel part\u00a0: {mails(sent.mails)}.")
    else:
        messages.info(request, "Toutes les équipes ont travaillé à leur brouillon\u00a0: il n’y a personne à relancer.")
    return redirect("campaign", found.slug)


@ministry(*MINISTRY_ROLES)
@require_safe
def campaign_messages(request: HttpRequest, campaign: str) -> HttpResponse:
    found = get_object_or_404(Campaign, slug=campaign)
    labels = dict(REACHES)
    letters = [{"letter": each, "reach": labels.get(each.reach, "")} for each in found.messages.select_related("by")]
    context = {"campaign": found, "letters": letters, "may_change": "lead" in request.roles}
    return render(request, "consultations/ministry/campaign_messages.html", context)


@ministry("lead")
@require_http_methods(GET_AND_POST)
def campaign_message_new(request: HttpRequest, campaign: str) -> HttpResponse:
    found = get_object_or_404(Campaign.objects.launched(), slug=campaign)
    moment = clock.now()
    numbers = {reach: reached(found, reach, moment).count() for reach, _ in REACHES}
    wanted = {"reach": request.GET.get("a", ALL)}
    form = MessageForm(request.POST or None, numbers=numbers, initial=wanted)
    if request.method == "POST" and form.is_valid():
        facts = {name: form.cleaned_data[name] for name in ("subject", "text", "reach")}
        if numbers[facts["reach"]]:
            sent = send_message(found, **facts, actor=request.user)
            messages.success(request, f"Votre message part\u00a0: {mails(sent.mails)}.")
            return redirect("campaign_messages", found.slug)
        form.add_error("reach", "Aucune équipe n’est dans ce cas. Choisissez d’autres destinataires.")
    return render(request, "consultations/ministry/campaign_message_new.html", {"form": form, "campaign": found})
