"""What a page is told that saves what is typed while it is typed: short, for a script."""

from collections.abc import Sequence

from django.http import JsonResponse
from django.template.loader import render_to_string

from assises.look.templatetags.french import clock
from consultations.models import QuestionnaireVersion
from contributions.intake.answers import Problem
from contributions.safety.urgent import Urgent

CONFLICT, GONE = 409, 410


def kept(version: QuestionnaireVersion, problems: Sequence[Problem], urgent: Urgent | None) -> JsonResponse:
    """When it was saved, whether something was not, and whom to call."""
    zone = version.consultation.prefecture.zone
    hour = clock(version.moment.astimezone(zone), zone)
    text = f"Enregistré à {hour}"
    if problems:
        text = f"Enregistré à {hour}, sauf une réponse à revoir"
    html = render_to_string("contributions/public/urgent.html", {"urgent": urgent}) if urgent else ""
    return JsonResponse({"text": text, "is_whole": not problems, "urgent": html})


def closed() -> JsonResponse:
    text = "La consultation n’est plus ouverte\u00a0: ce que vous écrivez n’est plus enregistré. Copiez-le."
    return JsonResponse({"text": text}, status=CONFLICT)


def gone() -> JsonResponse:
    text = "Ce brouillon est déjà envoyé ou n’existe plus\u00a0: ce que vous écrivez n’est plus enregistré. Copiez-le."
    return JsonResponse({"text": text}, status=GONE)
