"""An editor builds the questionnaire: the national questions stand locked among the local ones."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assises.access import prefecture
from assises.accounts.models.rights import PREFECTURE_ROLES
from consultations.asking.sheet import sheet_of
from consultations.models import Consultation
from consultations.views import building
from consultations.views.desk import Desk

GET_AND_POST = ["GET", "HEAD", "POST"]


def desk_of(request: HttpRequest, campaign: str) -> Desk:
    """An act locks the consultation, but not against what refers to it: contributions keep coming in."""
    rows = Consultation.objects.for_prefecture(request.prefecture).select_related("campaign", "prefecture")
    if request.method == "POST":
        rows = rows.select_for_update(of=("self",), no_key=True)
    found = get_object_or_404(rows, campaign__slug=campaign)
    here = [request.prefecture.slug, campaign]
    return Desk(
        request=request,
        owner=found,
        sheet=sheet_of(found),
        base=reverse("builder", args=here),
        trail=[
            ("Concertations", reverse("consultations", args=here[:1])),
            (found.campaign.title, reverse("consultation_draft", args=here)),
        ],
        may_edit="editor" in request.roles,
    )


@prefecture(*PREFECTURE_ROLES)
@require_safe
def builder(request: HttpRequest, campaign: str) -> HttpResponse:
    return desk_of(request, campaign).page()


@prefecture("editor")
@require_http_methods(GET_AND_POST)
def question_new(request: HttpRequest, campaign: str) -> HttpResponse:
    return building.new_question(desk_of(request, campaign))


@prefecture("editor")
@require_http_methods(GET_AND_POST)
def question_edit(request: HttpRequest, campaign: str, number: int) -> HttpResponse:
    return building.edit_question(desk_of(request, campaign), number)


@prefecture("editor")
@require_POST
def question_move(request: HttpRequest, campaign: str, number: int) -> HttpResponse:
    return building.move_question(desk_of(request, campaign), number)


@prefecture("editor")
@require_POST
def question_copy(request: HttpRequest, campaign: str, number: int) -> HttpResponse:
    return building.copy_question(desk_of(request, campaign), number)


@prefecture("editor")
@require_http_methods(GET_AND_POST)
def question_remove(request: HttpRequest, campaign: str, number: int) -> HttpResponse:
    return building.remove_question(desk_of(request, campaign), number)


@prefecture("editor")
@require_http_methods(GET_AND_POST)
def theme_new(request: HttpRequest, campaign: str) -> HttpResponse:
    return building.new_theme(desk_of(request, campaign))


@prefecture("editor")
@require_http_methods(GET_AND_POST)
def theme_edit(request: HttpRequest, campaign: str, number: int) -> HttpResponse:
    return building.edit_theme(desk_of(request, campaign), number)


@prefecture("editor")
@require_POST
def theme_move(request: HttpRequest, campaign: str, number: int) -> HttpResponse:
    return building.move_theme(desk_of(request, campaign), number)


@prefecture("editor")
@require_http_methods(GET_AND_POST)
def theme_remove(request: HttpRequest, campaign: str, number: int) -> HttpResponse:
    return building.remove_theme(desk_of(request, campaign), number)


@prefecture("editor")
@require_http_methods(GET_AND_POST)
def questions_pick(request: HttpRequest, campaign: str) -> HttpResponse:
    return building.pick_questions(desk_of(request, campaign))


@prefecture("editor")
@require_http_methods(GET_AND_POST)
def questionnaire_publish(request: HttpRequest, campaign: str) -> HttpResponse:
    return building.publish_version(desk_of(request, campaign))


@prefecture(*PREFECTURE_ROLES)
@require_safe
def questionnaire_preview(request: HttpRequest, campaign: str) -> HttpResponse:
    return building.show_preview(desk_of(request, campaign))
