"""The one thing that is written about a synthesis: why it is returned."""

from django import forms


class ReturnForm(forms.Form):
    reason = forms.CharField(
        label="Ce qui doit être revu",
        widget=forms.Textarea,
        max_length=4000,
        help_text="La préfecture lira ces mots tels quels, sur sa page et par courriel.",
        error_messages={
            "required": "Écrivez ce que la préfecture doit revoir.",
            "max_length": "Restez sous 4 000 caractères.",
        },
    )
