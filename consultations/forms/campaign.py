"""The lead's forms: an exercise, and where it is launched."""

from typing import Any

from django import forms

from assises.look.widgets import DateInput
from consultations.forms.fields import Lines
from consultations.launch import unused_key
from consultations.models import Campaign

RESERVED = {"prefecture", "contribution", "donnees-personnelles"}  # addresses below a department that are pages


class CampaignForm(forms.ModelForm):
    themes = Lines(
        label="Thèmes nationaux",
        longest=120,
        help_text="Un par ligne, dans l’ordre où les gens les verront.",
        error_messages={"required": "Donnez au moins un thème."},
    )

    class Meta:
        model = Campaign
        fields = ["title", "purpose", "opens_on", "closes_on", "synthesis_due_on"]
        widgets = {"opens_on": DateInput(), "closes_on": DateInput(), "synthesis_due_on": DateInput()}
        error_messages = {
            "title": {"required": "Donnez un titre à l’exercice."},
            "purpose": {"required": "Dites pourquoi l’on consulte."},
            "opens_on": {"required": "Indiquez la première date d’ouverture possible."},
            "closes_on": {"required": "Indiquez la dernière date de clôture possible."},
            "synthesis_due_on": {"required": "Indiquez la date à laquelle les synthèses sont attendues."},
        }

    def save(self, commit: bool = True) -> Campaign:  # noqa: FBT001, FBT002 (Django's signature)
        slugs = Campaign.objects.values_list("slug", flat=True)
        self.instance.slug = unused_key(self.instance.title, {*slugs, *RESERVED}, longest=60)
        campaign = super().save(commit)
        for position, title in enumerate(self.cleaned_data["themes"], 1):
            keys = campaign.themes.values_list("key", flat=True)
            campaign.themes.create(key=unused_key(title, keys, longest=40), position=position, title=title)
        return campaign


class LaunchForm(forms.Form):
    """Everybody in one gesture, or a few first."""

    ALL, SOME = "all", "some"
    reach = forms.ChoiceField(
        label="Où lancer",
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez : partout, ou seulement dans quelques préfectures."},
    )
    prefectures = forms.MultipleChoiceField(label="Préfectures", widget=forms.CheckboxSelectMultiple, required=False)

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        everywhere = f"Dans les {len(choices)} préfectures ci-dessous" if len(choices) > 1 else "Dans la dernière"
        self.fields["reach"].choices = [
            (self.ALL, everywhere),
            (self.SOME, "Seulement dans celles que je coche, par exemple pour un essai"),
        ]
        self.fields["prefectures"].choices = choices

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("reach") == self.ALL:
            cleaned["prefectures"] = [code for code, _ in self.fields["prefectures"].choices]
        elif cleaned.get("reach") == self.SOME and not cleaned.get("prefectures"):
            self.add_error("prefectures", "Cochez au moins une préfecture, ou choisissez de lancer partout.")
        return cleaned
