"""The lead's forms about an exercise as a whole: its facts and dates, its copy for next year, where it is launched."""

from datetime import date
from typing import Any

from django import forms
from django.utils.text import capfirst

from assises.look.widgets import DateInput
from consultations.forms.fields import Lines, SeenForm
from consultations.models import Audience, Campaign
from consultations.steering.duplicate import unused_slug
from consultations.steering.launch import unused_key
from consultations.steering.planning import proposed_closing

DATES = ("opens_on", "closes_on", "synthesis_due_on")
ERRORS = {
    "title": {"required": "Donnez un titre à l’exercice."},
    "purpose": {"required": "Dites pourquoi l’on consulte."},
    "opens_on": {"required": "Indiquez la première date d’ouverture possible."},
    "closes_on": {"required": "Indiquez la dernière date de clôture possible."},
    "synthesis_due_on": {"required": "Indiquez la date à laquelle les synthèses sont attendues."},
}
DATE_WIDGETS = {"opens_on": DateInput(), "closes_on": DateInput(), "synthesis_due_on": DateInput()}


def audiences_asked() -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label="Publics",
        choices=[(value, capfirst(label)) for value, label in Audience.choices],
        widget=forms.CheckboxSelectMultiple,
        help_text="Chacun dira au début de sa réponse à quel titre il parle.",
        error_messages={"required": "Cochez au moins un public."},
    )


class CampaignForm(forms.ModelForm):
    """Two dates are enough: the closing is proposed from them."""

    audiences = audiences_asked()
    themes = Lines(
        label="Thèmes nationaux",
        longest=120,
        help_text="Un par ligne, dans l’ordre où les gens les verront. Vous les décrirez ensuite.",
        error_messages={"required": "Donnez au moins un thème."},
    )
    field_order = ["title", "purpose", "opens_on", "synthesis_due_on", "closes_on", "audiences", "themes"]

    class Meta:
        model = Campaign
        fields = ["title", "purpose", *DATES, "audiences"]
        widgets = DATE_WIDGETS
        error_messages = ERRORS

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("audiences", list(Audience.values))
        self.fields["closes_on"].required = False
        self.fields["closes_on"].help_text = "Laissez vide, et le portail propose la date qui laisse le temps d’écrire."

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        opens_on, due = cleaned.get("opens_on"), cleaned.get("synthesis_due_on")
        if opens_on and due and opens_on >= due:
            self.add_error("synthesis_due_on", "Les synthèses sont attendues après l’ouverture.")
        elif opens_on and due and not cleaned.get("closes_on") and "closes_on" not in self.errors:
            cleaned["closes_on"] = proposed_closing(opens_on, due)
        return cleaned

    def dates_typed(self) -> dict[str, date] | None:
        """What a calendar is made of, however incomplete the rest is."""
        found = {}
        for name in DATES:
            try:
                found[name] = self.fields[name].clean(self[name].data)
            except forms.ValidationError:
                return None
        opens_on, due = found["opens_on"], found["synthesis_due_on"]
        if not opens_on or not due or opens_on >= due:
            return None
        found["closes_on"] = found["closes_on"] or proposed_closing(opens_on, due)
        return found

    def save(self, commit: bool = True) -> Campaign:  # noqa: FBT001, FBT002 (Django's signature)
        self.instance.slug = unused_slug(self.instance.title)
        campaign = super().save(commit)
        keys: list[str] = []
        for position, title in enumerate(self.cleaned_data["themes"], 1):
            keys.append(unused_key(title, keys, longest=40))
            campaign.themes.create(key=keys[-1], position=position, title=title)
        return campaign


class CampaignEditForm(SeenForm):
    """Before the launch everything; after it the words, since dates then move for everybody in one public act."""

    audiences = audiences_asked()

    class Meta:
        model = Campaign
        fields = ["title", "purpose", *DATES, "audiences"]
        widgets = DATE_WIDGETS
        error_messages = ERRORS

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.launched_at:
            for name in (*DATES, "audiences"):
                del self.fields[name]


class DuplicateForm(forms.Form):
    title = forms.CharField(label="Titre", max_length=120, error_messages=ERRORS["title"])
    opens_on = forms.DateField(label="Ouverture au plus tôt", widget=DateInput(), error_messages=ERRORS["opens_on"])
    closes_on = forms.DateField(label="Clôture au plus tard", widget=DateInput(), error_messages=ERRORS["closes_on"])
    synthesis_due_on = forms.DateField(
        label="Synthèses attendues le", widget=DateInput(), error_messages=ERRORS["synthesis_due_on"]
    )
    with_kit = forms.BooleanField(label="Reprendre aussi les documents du kit", required=False, initial=True)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        opens_on, closes_on, due = (cleaned.get(name) for name in DATES)
        if opens_on and closes_on and closes_on < opens_on:
            self.add_error("closes_on", "La clôture doit suivre l’ouverture.")
        if closes_on and due and due <= closes_on:
            self.add_error("synthesis_due_on", "Les synthèses sont attendues après la clôture.")
        return cleaned


class LaunchForm(forms.Form):
    """Everybody in one gesture, or a few pilots first."""

    ALL, SOME = "all", "some"
    reach = forms.ChoiceField(
        label="Où lancer",
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez\u00a0: partout, ou seulement dans quelques préfectures."},
    )
    prefectures = forms.MultipleChoiceField(label="Préfectures", widget=forms.CheckboxSelectMultiple, required=False)

    def __init__(self, *args: Any, choices: list[tuple[str, str]], is_first: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        everywhere = f"Dans les {len(choices)} préfectures ci-dessous" if len(choices) > 1 else "Dans la dernière"
        some = (
            "D’abord dans des préfectures pilotes, que je coche" if is_first else "Seulement dans celles que je coche"
        )
        self.fields["reach"].choices = [(self.ALL, everywhere), (self.SOME, some)]
        self.fields["prefectures"].choices = choices

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("reach") == self.ALL:
            cleaned["prefectures"] = [code for code, _ in self.fields["prefectures"].choices]
        elif cleaned.get("reach") == self.SOME and not cleaned.get("prefectures"):
            self.add_error("prefectures", "Cochez au moins une préfecture, ou choisissez de lancer partout.")
        return cleaned
