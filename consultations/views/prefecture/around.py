"""Around the questionnaire: ways to contribute, who answers and reads, who helps."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from assises.access import prefecture
from consultations.forms.around import ChannelsForm, ContactForm, ReachForm
from consultations.views.prefecture.consultation import GET_AND_POST, edit_part


@prefecture("editor")
@require_http_methods(GET_AND_POST)
def consultation_channels(request: HttpRequest, campaign: str) -> HttpResponse:
    """The questionnaire, mail, letter, telephone, meetings."""
    said = "Les façons de contribuer sont enregistrées."
    return edit_part(request, campaign, ChannelsForm, "consultation_channels", said=said)


@prefecture("editor")
@require_http_methods(GET_AND_POST)
def consultation_reach(request: HttpRequest, campaign: str) -> HttpResponse:
    return edit_part(request, campaign, ReachForm, "consultation_reach", said="C’est enregistré.", only_draft=True)


@prefecture("editor")
@require_http_methods(GET_AND_POST)
def consultation_contact(request: HttpRequest, campaign: str) -> HttpResponse:
    return edit_part(request, campaign, ContactForm, "consultation_contact", said="L’aide est enregistrée.")
