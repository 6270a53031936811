"""The builder's forms: what is asked."""

from typing import Any

from django import forms

from consultations.choices import keyed
from consultations.forms.fields import Lines
from consultations.launch import unused_key
from consultations.models import Campaign, CoreQuestion, CoreTheme, Kind
from consultations.models.facts import WITH_CHOICES


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
        else:
            cleaned["choices"] = keyed(cleaned.get("choices", []))
        return cleaned

    def save(self, commit: bool = True) -> CoreQuestion:  # noqa: FBT001, FBT002
        siblings = self.cleaned_data["theme"].questions.all()
        self.instance.key = unused_key(self.instance.label, (other.key for other in siblings), longest=60)
        self.instance.position = len(siblings) + 1
        return super().save(commit)
