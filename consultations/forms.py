"""The staff's forms about what is asked."""

from datetime import UTC, datetime
from typing import Any

from django import forms
from django.utils import timezone

from assises.look.widgets import DateInput, DayAndTimeInput
from consultations.launch import unused_key
from consultations.models import Campaign, Consultation, CoreQuestion, CoreTheme, Kind
from consultations.models.facts import WITH_CHOICES

RESERVED = {"prefecture", "contribution", "donnees-personnelles"}  # addresses below a department that are pages
SKIPPED = "Cette heure n’existe pas : cette nuit-là, les horloges avancent. Choisissez une autre heure."
REPEATED = "Cette heure existe deux fois : cette nuit-là, les horloges reculent. Choisissez une autre heure."


class Lines(forms.CharField):
    """Several short texts, one a line; empty lines do not count."""

    widget = forms.Textarea

    def __init__(self, *, longest: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.longest = longest

    def clean(self, value: Any) -> list[str]:
        lines = [line.strip() for line in super().clean(value).splitlines() if line.strip()]
        too_long = [line for line in lines if len(line) > self.longest]
        if too_long:
            raise forms.ValidationError(
                f"« {too_long[0][:40]}… » est trop long : {self.longest} caractères au plus par ligne."
            )
        if len({line.casefold() for line in lines}) < len(lines):
            raise forms.ValidationError("Deux lignes disent la même chose.")
        return lines


class LocalMomentField(forms.SplitDateTimeField):
    """A day and an hour on the clocks of the time zone in force; twice a year some hours are refused, and why."""

    widget = DayAndTimeInput

    def compress(self, data_list: list[Any]) -> datetime | None:
        try:
            return super().compress(data_list)
        except forms.ValidationError as error:
            if error.code != "ambiguous_timezone":
                raise
            naive = datetime.combine(*data_list)
            raise forms.ValidationError(SKIPPED if is_skipped(naive) else REPEATED) from None


def is_skipped(naive: datetime) -> bool:
    """The clocks jump over it in spring."""
    there = naive.replace(tzinfo=timezone.get_current_timezone())
    return there.astimezone(UTC).astimezone(there.tzinfo).replace(tzinfo=None) != naive


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


class CoreQuestionForm(forms.ModelForm):
    choices = Lines(label="Réponses proposées", longest=200, required=False, help_text="Une par ligne, deux au moins.")

    class Meta:
        model = CoreQuestion
        fields = ["theme", "kind", "label", "help", "choices", "required"]
        error_messages = {
            "theme": {"required": "Choisissez le thème."},
            "kind": {"required": "Choisissez le type de réponse."},
            "label": {"required": "Écrivez la question."},
        }

    def __init__(self, *args: Any, campaign: Campaign, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["theme"].queryset = CoreTheme.objects.filter(campaign=campaign)
        self.fields["theme"].empty_label = "Choisissez"
        self.fields["kind"].choices = [("", "Choisissez"), *Kind.choices]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("kind") not in WITH_CHOICES:
            cleaned["choices"] = []
        elif "choices" in cleaned and len(cleaned["choices"]) < 2:  # noqa: PLR2004
            self.add_error("choices", "Proposez au moins deux réponses, une par ligne.")
        return cleaned

    def save(self, commit: bool = True) -> CoreQuestion:  # noqa: FBT001, FBT002
        siblings = self.cleaned_data["theme"].questions.all()
        self.instance.key = unused_key(self.instance.label, (other.key for other in siblings), longest=60)
        self.instance.position = len(siblings) + 1
        return super().save(commit)


class ConsultationForm(forms.ModelForm):
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
        self.fields["opens_at"].help_text = f"Au plus tôt le {campaign.opens_on:%d/%m/%Y}."
        self.fields[
            "closes_at"
        ].help_text = f"Au plus tard le {campaign.closes_on:%d/%m/%Y}. À cette heure, c’est fini."

    def clean_opens_at(self) -> Any:
        moment = self.cleaned_data["opens_at"]
        earliest = self.instance.campaign.opens_on
        if moment and moment.date() < earliest:
            raise forms.ValidationError(f"L’exercice n’ouvre pas avant le {earliest:%d/%m/%Y}.")
        return moment

    def clean_closes_at(self) -> Any:
        moment = self.cleaned_data["closes_at"]
        latest = self.instance.campaign.closes_on
        if moment and moment.date() > latest:
            raise forms.ValidationError(f"L’exercice se termine le {latest:%d/%m/%Y}.")
        return moment


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
