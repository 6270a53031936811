"""The lead builds the national questions of an exercise."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assises.access import ministry
from assises.accounts.models.rights import MINISTRY_ROLES
from consultations.asking.sheet import sheet_of
from consultations.models import Campaign
from consultations.views import building
from consultations.views.desk import Desk

GET_AND_POST = ["GET", "HEAD", "POST"]


def desk_of(request: HttpRequest, campaign: str) -> Desk:
    """An act locks the exercise: two people never change it at once."""
    rows = Campaign.objects.all()
    if request.method == "POST":
        rows = rows.select_for_update(no_key=True)
    found = get_object_or_404(rows, slug=campaign)
    return Desk(
        request=request,
        owner=found,
        sheet=sheet_of(found),
        base=reverse("core_builder", args=[found.slug]),
        trail=[("Exercices nationaux", reverse("campaigns")), (found.title, reverse("campaign", args=[found.slug]))],
    )


@ministry("lead")
@require_safe
def core_builder(request: HttpRequest, campaign: str) -> HttpResponse:
    return desk_of(request, campaign).page()


@ministry("lead")
@require_http_methods(GET_AND_POST)
def core_question_new(request: HttpRequest, campaign: str) -> HttpResponse:
    return building.new_question(desk_of(request, campaign))


@ministry("lead")
@require_http_methods(GET_AND_POST)
def core_question_edit(request: HttpRequest, campaign: str, number: int) -> HttpResponse:
    return building.edit_question(desk_of(request, campaign), number)


@ministry("lead")
@require_POST
def core_question_move(request: HttpRequest, campaign: str, number: int) -> HttpResponse:
    return building.move_question(desk_of(request, campaign), number)


@ministry("lead")
@require_POST
def core_question_copy(request: HttpRequest, campaign: str, number: int) -> HttpResponse:
    return building.copy_question(desk_of(request, campaign), number)


@ministry("lead")
@require_http_methods(GET_AND_POST)
def core_question_remove(request: HttpRequest, campaign: str, number: int) -> HttpResponse:
    return building.remove_question(desk_of(request, campaign), number)


@ministry("lead")
@require_http_methods(GET_AND_POST)
def core_theme_new(request: HttpRequest, campaign: str) -> HttpResponse:
    return building.new_theme(desk_of(request, campaign))


@ministry("lead")
@require_http_methods(GET_AND_POST)
def core_theme_edit(request: HttpRequest, campaign: str, number: int) -> HttpResponse:
    return building.edit_theme(desk_of(request, campaign), number)


@ministry("lead")
@require_POST
def core_theme_move(request: HttpRequest, campaign: str, number: int) -> HttpResponse:
    return building.move_theme(desk_of(request, campaign), number)


@ministry("lead")
@require_http_methods(GET_AND_POST)
def core_theme_remove(request: HttpRequest, campaign: str, number: int) -> HttpResponse:
    return building.remove_theme(desk_of(request, campaign), number)


@ministry("lead")
@require_http_methods(GET_AND_POST)
def core_questions_pick(request: HttpRequest, campaign: str) -> HttpResponse:
    return building.pick_questions(desk_of(request, campaign))


@ministry(*MINISTRY_ROLES)
@require_safe
def core_preview(request: HttpRequest, campaign: str) -> HttpResponse:
    return building.show_preview(desk_of(request, campaign))
