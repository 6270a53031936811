"""The outline of the synthesis: numbered sections on one page, moved and removed before they are saved."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from consultations.forms.fields import SeenForm
from consultations.models import Campaign

Section = dict[str, str]
MOST_SECTIONS = 30
LONGEST_TITLE, LONGEST_INSTRUCTION = 120, 1000


def typed_sections(data: Mapping[str, str]) -> list[Section]:
    """What stands in the boxes, in their order."""
    number = 0
    found = []
    while f"title_{number}" in data and number < MOST_SECTIONS:
        found.append({part: data.get(f"{part}_{number}", "").strip() for part in ("title", "instruction")})
        number += 1
    return found


def rearranged(sections: Sequence[Section], act: str) -> list[Section]:
    """After a button: "add", "up-2", "down-2", "remove-2". An unknown one changes nothing."""
    found = list(sections)
    verb, _, place = act.partition("-")
    number = int(place) if place.isdecimal() else -1
    if verb == "add" and len(found) < MOST_SECTIONS:
        found.append({"title": "", "instruction": ""})
    elif verb == "remove" and 0 <= number < len(found):
        del found[number]
    elif verb in {"up", "down"} and 0 <= number < len(found):
        other = number + (1 if verb == "down" else -1)
        if 0 <= other < len(found):
            found[number], found[other] = found[other], found[number]
    return found


class OutlineForm(SeenForm):
    outline = forms.CharField(widget=forms.HiddenInput, required=False, label="Sections")

    class Meta:
        model = Campaign
        fields = ["synthesis_pages", "ranked_proposals", "outline"]

    def __init__(self, *args: Any, sections: Sequence[Section], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.stored["outline"] = [
            f"{section['title']}\u00a0: {section['instruction']}" for section in self.instance.outline
        ]
        self.initial["seen"] = self.digests()
        self.sections = list(sections)
        self.fields["synthesis_pages"].help_text = "Laissez vide s’il n’y a pas de limite."
        self.fields[
            "ranked_proposals"
        ].help_text = "Combien chaque préfecture en retient, de la première à la dernière."
        for number, section in enumerate(self.sections):
            self.fields[f"title_{number}"] = forms.CharField(
                label="Titre",
                max_length=LONGEST_TITLE,
                initial=section["title"],
                error_messages={"required": "Donnez un titre à cette section, ou retirez-la."},
            )
            self.fields[f"instruction_{number}"] = forms.CharField(
                label="Consigne",
                widget=forms.Textarea(attrs={"rows": 2}),
                max_length=LONGEST_INSTRUCTION,
                required=False,
                initial=section["instruction"],
            )

    def boxes(self) -> list[tuple[BoundField, BoundField]]:
        return [(self[f"title_{n}"], self[f"instruction_{n}"]) for n in range(len(self.sections))]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        kept = []
        for number in range(len(self.sections)):
            title, instruction = cleaned.get(f"title_{number}"), cleaned.get(f"instruction_{number}")
            if title:
                kept.append({"title": title, "instruction": instruction or ""})
            elif not instruction:  # left empty: as if it had not been added
                self.errors.pop(f"title_{number}", None)
        cleaned["outline"] = kept
        return cleaned
