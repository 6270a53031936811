"""Fields and a base that the staff's forms share."""

import hashlib
from datetime import UTC, datetime
from typing import Any

from django import forms
from django.utils import timezone

from assises.look.widgets import DayAndTimeInput

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


class SeenForm(forms.ModelForm):
    """Remembers what the person saw when the page was made: what somebody else has changed since is shown first.

    The view locks the row it edits. Nothing typed is lost: sending the page again puts it in place of the other's.
    """

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Before validation writes into the instance.
        self.stored = {name: self.fields[name].prepare_value(self.initial.get(name)) for name in self.watched}
        self.initial["seen"] = self.digests()

    @property
    def watched(self) -> list[str]:
        return [name for name in self._meta.fields if name in self.fields]

    def digests(self) -> str:
        """One short digest a field, so that the fields that changed can be named."""
        return " ".join(f"{name}:{_digest(value)}" for name, value in self.stored.items())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        seen = dict(part.split(":", 1) for part in self.data.get(self.add_prefix("seen"), "").split() if ":" in part)
        if changed := [n for n, v in self.stored.items() if n in seen and seen[n] != _digest(v)]:
            # The page that is shown again has seen it.
            self.data = self.data.copy()
            self.data[self.add_prefix("seen")] = self.digests()
            named = ", ".join(f"« {self.fields[name].label} »" for name in changed)
            self.add_error(
                None,
                f"Quelqu’un de votre équipe a changé {named} pendant que vous écriviez. Votre texte est toujours "
                "là\u00a0; enregistrez de nouveau pour le mettre à la place du sien.",
            )
            for name in changed:
                self.add_error(name, f"Enregistré entre-temps\u00a0: {self.said(name)}")
        return cleaned

    def said(self, name: str) -> str:
        """What the other person stored, in words."""
        return _in_words(self.stored[name])


def _digest(value: Any) -> str:
    return hashlib.sha256(repr(value).encode()).hexdigest()[:12]


def _in_words(value: Any) -> str:
    if isinstance(value, datetime):
        return f"{timezone.localtime(value):%d/%m/%Y %H:%M}"
    if isinstance(value, list):
        return ", ".join(str(each) for each in value) or "rien"
    if isinstance(value, bool):
        return "oui" if value else "non"
    return str(value or "rien")
