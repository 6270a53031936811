"""The lead's forms around an exercise: a message, a later closing for all, a period of reserve, a document."""

from datetime import date, timedelta
from typing import Any

from django import forms

from assises.look.templatetags.french import day as in_words
from assises.look.widgets import DateInput
from consultations.forms.fields import SeenForm
from consultations.models import Campaign, CampaignMessage, ReservePeriod
from consultations.steering.teams import REACHES


class MessageForm(forms.ModelForm):
    reach = forms.ChoiceField(
        label="À qui",
        choices=REACHES,
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez à qui vous écrivez."},
    )
    field_order = ["reach", "subject", "text"]

    class Meta:
        model = CampaignMessage
        fields = ["subject", "text", "reach"]
        error_messages = {
            "subject": {"required": "Donnez un objet à votre message."},
            "text": {"required": "Écrivez votre message."},
        }

    def __init__(self, *args: Any, numbers: dict[str, int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reach"].choices = [(key, f"{label} ({numbers[key]})") for key, label in REACHES]


class NationalExtensionForm(forms.Form):
    closes_on = forms.DateField(
        label="Nouvelle clôture",
        widget=DateInput(),
        help_text="Chaque concertation se terminera ce jour-là, à l’heure à laquelle elle devait se terminer.",
        error_messages={"required": "Indiquez la nouvelle date de clôture."},
    )
    synthesis_due_on = forms.DateField(
        label="Synthèses attendues le",
        widget=DateInput(),
        error_messages={"required": "Indiquez la date à laquelle les synthèses sont attendues."},
    )
    note = forms.CharField(
        label="Note publique",
        widget=forms.Textarea,
        max_length=2000,
        help_text="Dites pourquoi. Elle sera lue sur la page de chaque concertation et envoyée à ceux qui la suivent.",
        error_messages={"required": "Écrivez ce qui sera dit au public."},
    )

    def __init__(self, *args: Any, campaign: Campaign, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        two_weeks = timedelta(weeks=2)
        self.initial = {
            "closes_on": campaign.closes_on + two_weeks,
            "synthesis_due_on": campaign.synthesis_due_on + two_weeks,
            **self.initial,
        }
        due: date = campaign.synthesis_due_on
        self.fields["synthesis_due_on"].help_text = f"Jusqu’ici le {in_words(due)}. Repoussez-la ou gardez-la."


class ReserveForm(SeenForm):
    class Meta:
        model = ReservePeriod
        fields = ["title", "starts_on", "ends_on"]
        widgets = {"starts_on": DateInput(), "ends_on": DateInput()}
        help_texts = {"title": "Par exemple\u00a0: élections municipales."}
        error_messages = {
            "title": {"required": "Nommez l’élection."},
            "starts_on": {"required": "Indiquez le premier jour de la réserve."},
            "ends_on": {"required": "Indiquez le dernier jour de la réserve."},
        }
