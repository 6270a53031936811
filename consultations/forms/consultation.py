"""The editor's forms: one prefecture's part."""

from typing import Any

from django import forms

from assises.look.templatetags.french import day
from consultations.forms.fields import LocalMomentField, SeenForm
from consultations.models import Consultation


class ConsultationForm(SeenForm):
    """Dates are those of the prefecture's clocks: the view puts its time zone in force."""

    opens_at = LocalMomentField(label="Ouverture", required=False)
    closes_at = LocalMomentField(label="Clôture", required=False)

    class Meta:
        model = Consultation
        fields = ["introduction", "opens_at", "closes_at"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        campaign = self.instance.campaign
        self.fields["introduction"].help_text = "Dites aux habitants ce qu’on leur demande et ce qui en sera fait."
        self.fields["opens_at"].help_text = f"Au plus tôt le {day(campaign.opens_on)}."
        self.fields["closes_at"].help_text = f"Au plus tard le {day(campaign.closes_on)}. À cette heure, c’est fini."

    def clean_opens_at(self) -> Any:
        moment = self.cleaned_data["opens_at"]
        earliest = self.instance.campaign.opens_on
        if moment and moment.date() < earliest:
            raise forms.ValidationError(f"L’exercice n’ouvre pas avant le {day(earliest)}.")
        return moment

    def clean_closes_at(self) -> Any:
        moment = self.cleaned_data["closes_at"]
        latest = self.instance.campaign.closes_on
        if moment and moment.date() > latest:
            raise forms.ValidationError(f"L’exercice se termine le {day(latest)}.")
        return moment
