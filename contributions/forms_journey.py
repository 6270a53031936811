"""Small forms on the way: where to send a draft's address, in whose name somebody speaks, whether it was easy."""

from typing import Any

from django import forms

from consultations.around.files import CheckedFileField
from contributions.forms import MailForm
from contributions.models import Feedback
from contributions.models.around import LONGEST_FEEDBACK
from contributions.models.body import LONGEST_NAME

MOST_REPRESENTED = 70_000_000


class DraftMailForm(MailForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["mail"].error_messages["required"] = "Écrivez l’adresse à laquelle envoyer le lien."


class BodyForm(forms.Form):
    name = forms.CharField(
        label="Nom de l’organisme",
        max_length=LONGEST_NAME,
        error_messages={
            "required": "Écrivez le nom de l’organisme.",
            "max_length": f"Écrivez {LONGEST_NAME} caractères au plus.",
        },
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    represented = forms.IntegerField(
        label="Nombre de personnes représentées",
        help_text="Adhérents, salariés, habitants\u00a0: un ordre de grandeur suffit.",
        required=False,
        min_value=1,
        max_value=MOST_REPRESENTED,
        error_messages={
            "invalid": "Écrivez un nombre, en chiffres.",
            "min_value": "Écrivez un nombre d’au moins 1, ou laissez vide.",
            "max_value": "Ce nombre est trop grand. Vérifiez-le, ou laissez vide.",
        },
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    wants_attribution = forms.BooleanField(
        label="Si la synthèse cite cette contribution, elle peut nommer l’organisme",
        required=False,
    )
    file = CheckedFileField(
        label="Document à joindre",
        help_text="PDF, ODT, DOCX, ODS, XLSX, PNG ou JPEG, 20\u00a0Mo au plus.",
        required=False,
    )

    def body(self, *, has_file: bool) -> dict[str, Any]:
        """What the draft keeps of it."""
        kept = {name: self.cleaned_data[name] for name in ("name", "represented", "wants_attribution")}
        return kept | {"has_file": has_file}


class FeedbackForm(forms.Form):
    ease = forms.ChoiceField(
        label="Était-ce facile\u202f?",
        choices=Feedback.Ease.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez une des trois réponses.", "invalid_choice": "Choisissez une réponse."},
    )
    text = forms.CharField(
        label="Ce qui vous a aidé, ou gêné",
        help_text=f"{LONGEST_FEEDBACK} caractères au plus. N’y écrivez rien qui dise qui vous êtes.",
        required=False,
        max_length=LONGEST_FEEDBACK,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"max_length": f"Écrivez {LONGEST_FEEDBACK} caractères au plus. Votre texte est toujours là."},
    )
