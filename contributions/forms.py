"""Small forms: what is asked with a code, and what staff answer."""

from typing import Any

from django import forms

from contributions.models import Request

LONGEST = 2000
KINDS = (
    (Request.Kind.OBJECTION, "Que mes mots ne soient plus cités"),
    (Request.Kind.ERASURE, "Que ce que j’ai écrit soit effacé"),
    (Request.Kind.APPEAL, "Que soit défait ce qui a été décidé"),
)
KEPT = f"Écrivez {LONGEST} caractères au plus. Votre texte est toujours là."


class MailForm(forms.Form):
    mail = forms.EmailField(
        label="Votre adresse électronique",
        help_text="Elle sert à ce seul envoi, puis elle est effacée.",
        error_messages={
            "required": "Écrivez l’adresse à laquelle envoyer l’attestation.",
            "invalid": "Écrivez une adresse comme nom@exemple.fr.",
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class RequestForm(forms.Form):
    kind = forms.ChoiceField(
        label="Ce que vous demandez",
        choices=KINDS,
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez ce que vous demandez.", "invalid_choice": "Choisissez une des lignes."},
    )
    text = forms.CharField(
        label="Pourquoi",
        help_text="La personne qui décide lira ces lignes et ce que vous aviez écrit.",
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"max_length": KEPT},
    )

    def __init__(self, *args: Any, may_contest: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_contest:
            self.fields["kind"].choices = [choice for choice in KINDS if choice[0] != Request.Kind.APPEAL]


class DecisionForm(forms.Form):
    accepts = forms.ChoiceField(
        label="Votre décision",
        choices=(("oui", "Accepter"), ("non", "Refuser")),
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez d’accepter ou de refuser."},
    )
    answer = forms.CharField(
        label="Votre réponse",
        help_text="La personne la lira avec son code. Dites ce qui est fait, ou pourquoi ce n’est pas possible.",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": "Écrivez la réponse que la personne lira.", "max_length": KEPT},
    )

    def decision(self) -> dict[str, Any]:
        return {"accepts": self.cleaned_data["accepts"] == "oui", "answer": self.cleaned_data["answer"]}
