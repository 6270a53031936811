"""A document for every team."""

from typing import Any

from django import forms

from consultations.around.files import CheckedFileField
from consultations.models import KitDocument


class KitForm(forms.ModelForm):
    file = CheckedFileField(label="Fichier")
    field_order = ["title", "file"]

    class Meta:
        model = KitDocument
        fields = ["title"]
        help_texts = {"title": "Ce que les équipes liront dans la liste, par exemple\u00a0: modèle de communiqué."}
        error_messages = {"title": {"required": "Donnez un titre à ce document."}}

    def save(self, commit: bool = True) -> Any:  # noqa: FBT001, FBT002 (Django's signature)
        self.instance.name, self.instance.media_type, self.instance.content = self.cleaned_data["file"]
        return super().save(commit)
