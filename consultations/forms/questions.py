"""The builder's forms: a question with the fields of its kind, and a theme."""

import re
from typing import Any

from django import forms

from assises.accounts.models import User
from consultations.asking import build
from consultations.asking.choices import keyed, labels_of
from consultations.asking.conditions import Fault
from consultations.asking.content import frozen, offered
from consultations.asking.differences import changes_of
from consultations.asking.kinds import EVERYWHERE, FACTS_OF
from consultations.asking.sheet import ALL, AnyQuestion, Sheet
from consultations.forms.fields import Lines, SeenForm
from consultations.models import Audience, CoreQuestion, CoreTheme, Kind, Question, Theme
from consultations.models.facts import CAN_DECIDE, WITH_CHOICES

FIELDS = (
    "label",
    "help",
    "choices",
    "most",
    "lowest",
    "highest",
    "unit",
    "accepts_other",
    "may_decline",
    "required",
    "audiences",
)
WORDS_ONLY = {"label", "help", "choices"}
LINE_BREAKS = re.compile(r"[\r\n]+")
BETWEEN = "="  # « theme.question=answer »: neither a slug nor a key holds it


class QuestionForm(SeenForm):
    """Only what this kind of question needs; only words once people have answered."""

    label = forms.CharField(
        label="Question",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2, "class": "textarea-short"}),
        error_messages={"required": "Écrivez la question."},
    )
    help = forms.CharField(
        label="Précision", max_length=300, required=False, help_text="Sous la question, en une phrase."
    )
    choices = Lines(
        label="Réponses proposées",
        longest=200,
        help_text="Une par ligne, dans l’ordre où les gens les verront.",
        error_messages={"required": "Proposez au moins deux réponses, une par ligne."},
    )
    audiences = forms.MultipleChoiceField(
        label="Posée à",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Sans rien cocher\u00a0: à tous les publics.",
    )
    condition = forms.MultipleChoiceField(
        label="Posée selon une réponse précédente", required=False, widget=forms.CheckboxSelectMultiple
    )
    theme = forms.ChoiceField(label="Thème")

    class Meta:
        fields = FIELDS
        labels = {
            "most": "Nombre maximal de réponses",
            "lowest": "Nombre le plus petit",
            "highest": "Nombre le plus grand",
            "unit": "Unité",
            "accepts_other": "Ajouter « Autre, précisez »",
            "may_decline": "Ajouter « Je ne souhaite pas répondre »",
            "required": "La réponse est obligatoire",
        }
        help_texts = {
            "most": "Laissez vide s’il n’y a pas de limite.",
            "unit": "Par exemple\u00a0: minutes, ans, fois par semaine.",
        }

    def __init__(self, *args: Any, sheet: Sheet, instance: AnyQuestion, **kwargs: Any) -> None:
        self.sheet, self.before = sheet, list(instance.choices)
        self.is_new = instance.pk is None
        self.faults_before = sheet.faults()
        self.frozen_before = frozen(instance)
        initial = {
            "choices": "\n".join(labels_of(instance.choices)),
            "condition": [f"{instance.shown_on}{BETWEEN}{key}" for key in instance.shown_if],
            "theme": str(instance.theme_id or ""),
            **(kwargs.pop("initial", None) or {}),
        }
        super().__init__(*args, instance=instance, initial=initial, **kwargs)
        self.offer(instance)
        self.keep_those_of(instance.kind)

    @property
    def watched(self) -> list[str]:
        return [*super().watched, *(name for name in ("condition", "theme") if name in self.fields)]

    def keep_those_of(self, kind: str) -> None:
        common = {*EVERYWHERE, "required", "audiences", "condition", "theme", "seen"}
        kept = {*common, *FACTS_OF[kind].fields} if self.sheet.freedom == ALL else WORDS_ONLY | {"seen"}
        if kind not in WITH_CHOICES:
            kept = kept - {"choices"}
        for name in set(self.fields) - kept:
            del self.fields[name]
        # What is watched was gathered before: a field that is not shown is not compared.
        self.stored = {name: value for name, value in self.stored.items() if name in self.fields}
        self.initial["seen"] = self.digests()
        if kind == Kind.RANKING and "most" in self.fields:
            self.fields["most"].label = "Combien de réponses à classer"
            self.fields["most"].help_text = "Trois se classent sans effort. Laissez vide pour les classer toutes."

    def offer(self, instance: AnyQuestion) -> None:
        asked = {*self.sheet.campaign.audiences, *instance.audiences}
        self.fields["audiences"].choices = [
            (each.value, each.label[0].upper() + each.label[1:]) for each in Audience if each in asked
        ]
        self.fields["theme"].choices = [(str(theme.pk), theme.title) for theme in self.sheet.themes]
        self.deciders = self.earlier(instance)
        self.fields["condition"].choices = [(decider["label"], decider["answers"]) for decider in self.deciders]

    def earlier(self, instance: AnyQuestion) -> list[dict[str, Any]]:
        """The questions that can decide: those before this one, and the one that decides now."""
        found = []
        passed = False
        for name, question in self.sheet.questions():
            passed = passed or (question.pk is not None and question.pk == instance.pk)
            can = question.kind in CAN_DECIDE and not passed
            if can or name == instance.shown_on:
                answers = [(f"{name}{BETWEEN}{choice['key']}", choice["label"]) for choice in offered(question)]
                found.append({"name": name, "label": question.label, "answers": answers})
        return found

    def answers_by_decider(self) -> list[dict[str, Any]]:
        """For the page: unfolded where something is ticked."""
        ticked = set(self["condition"].value() or [])
        return [
            {
                "label": decider["label"],
                "is_open": any(value in ticked for value, _ in decider["answers"]),
                "answers": [
                    {"value": value, "label": label, "is_ticked": value in ticked}
                    for value, label in decider["answers"]
                ],
            }
            for decider in self.deciders
        ]

    def clean_label(self) -> str:
        return LINE_BREAKS.sub(" ", self.cleaned_data["label"])

    def clean_choices(self) -> list[dict[str, str]]:
        labels = self.cleaned_data["choices"]
        if len(labels) < 2:  # noqa: PLR2004
            raise forms.ValidationError("Proposez au moins deux réponses, une par ligne.")
        choices = keyed(labels, self.before)
        if self.sheet.freedom != ALL and [c["key"] for c in choices] != [c["key"] for c in self.before]:
            raise forms.ValidationError(
                f"La consultation est ouverte\u00a0: gardez les {len(self.before)} réponses, dans le même ordre, "
                "et corrigez seulement leurs mots."
            )
        return choices

    def clean_theme(self) -> str:
        """A question's name holds its theme: once departments have it, it stays, or years could not be compared."""
        theme = self.cleaned_data["theme"]
        is_launched = self.sheet.is_core and self.sheet.campaign.launched_at
        if is_launched and self.instance.pk and theme != str(self.instance.theme_id):
            raise forms.ValidationError(
                "L’exercice est lancé\u00a0: cette question garde son thème, pour que les réponses se comparent. "
                "Au besoin, retirez-la et ajoutez-en une autre."
            )
        return theme

    def clean_condition(self) -> list[str]:
        ticked = self.cleaned_data["condition"]
        if len({each.split(BETWEEN)[0] for each in ticked}) > 1:
            raise forms.ValidationError(
                "Vous avez coché des réponses à plusieurs questions. Gardez celles d’une seule question."
            )
        return ticked

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        ticked = cleaned.get("condition")
        if ticked is not None:
            self.instance.shown_on = ticked[0].split(BETWEEN)[0] if ticked else ""
            self.instance.shown_if = [each.split(BETWEEN)[1] for each in ticked]
        lowest, highest = cleaned.get("lowest"), cleaned.get("highest")
        if lowest is not None and highest is not None and highest <= lowest:
            self.add_error("highest", f"Indiquez un nombre plus grand que {lowest}, le plus petit accepté.")
        self.check_most(cleaned)
        return cleaned

    def check_most(self, cleaned: dict[str, Any]) -> None:
        most, choices = cleaned.get("most"), cleaned.get("choices")
        if most is None or choices is None:
            return
        number = len(choices) + bool(cleaned.get("accepts_other"))
        least = 1 if self.instance.kind == Kind.RANKING else 2
        if not least <= most <= number:
            self.add_error("most", f"Indiquez un nombre entre {least} et {number}, ou laissez vide.")

    def is_sound(self) -> bool:
        """The questionnaire still holds together with it. What does not is said at the field that mends it."""
        theme = self.sheet.theme(int(self.cleaned_data["theme"])) if "theme" in self.fields else None
        self.is_carried = not self.is_new and theme is not None and theme.pk != self.instance.theme_id
        if self.is_new:
            build.insert(self.sheet, self.instance, theme)
        elif self.is_carried:
            build.carry(self.sheet, self.instance, theme)
        found = build.new_faults(self.sheet, self.faults_before)
        for fault in found:
            self.add_error(self.mended_by(fault), fault.text)
        return not found

    def mended_by(self, fault: Fault) -> str | None:
        """A fault of another question comes from the answers that it waits for, or from the place."""
        if fault.name == self.sheet.name(self.instance) and not self.is_carried:
            return "condition" if "condition" in self.fields else None
        name = "theme" if self.is_carried else "choices"
        return name if name in self.fields else None

    def keep(self, *, by: User) -> AnyQuestion:
        """Store it, with a trace of what changed."""
        if self.is_new:
            build.store(self.sheet, self.instance.theme)
            changes = [{"what": "question ajoutée", "before": "", "after": self.instance.label}]
        else:
            super().save()
            if self.is_carried:
                build.store_carried(self.sheet, self.instance)
            steps = self.sheet.steps()
            changes = [change for change, _ in changes_of(self.frozen_before, frozen(self.instance), steps, steps)]
        is_typo = self.sheet.freedom != ALL
        build.changed(self.sheet, by, self.instance.label, *changes, is_typo=is_typo)
        return self.instance

    def said(self, name: str) -> str:
        if name == "audiences":
            labels = dict(self.fields["audiences"].choices)
            return ", ".join(str(labels[key]) for key in self.stored[name]) or "tous les publics"
        if name == "condition":
            labels = {value: label for decider in self.deciders for value, label in decider["answers"]}
            return ", ".join(labels.get(key, key) for key in self.stored[name]) or "aucune condition"
        if name == "theme":
            return dict(self.fields["theme"].choices)[self.stored[name]]
        return super().said(name)


class LocalQuestionForm(QuestionForm):
    class Meta(QuestionForm.Meta):
        model = Question


class CoreQuestionForm(QuestionForm):
    class Meta(QuestionForm.Meta):
        model = CoreQuestion


class ThemeForm(SeenForm):
    title = forms.CharField(label="Titre", max_length=120, error_messages={"required": "Donnez un titre au thème."})
    description = forms.CharField(
        label="Description",
        required=False,
        widget=forms.Textarea,
        help_text="Sous le titre, en une ou deux phrases.",
    )
    keywords = Lines(
        label="Mots-clés",
        longest=60,
        required=False,
        help_text="Un par ligne. Ils aident à ranger les courriels et les textes libres.",
    )

    class Meta:
        fields = ("title", "description", "keywords")

    def __init__(self, *args: Any, sheet: Sheet, instance: Theme | CoreTheme, **kwargs: Any) -> None:
        initial = {"keywords": "\n".join(instance.keywords)}
        super().__init__(*args, instance=instance, initial=initial, **kwargs)
        if sheet.freedom != ALL:
            del self.fields["keywords"]
            del self.stored["keywords"]


class LocalThemeForm(ThemeForm):
    class Meta(ThemeForm.Meta):
        model = Theme


class CoreThemeForm(ThemeForm):
    class Meta(ThemeForm.Meta):
        model = CoreTheme


def question_form(sheet: Sheet) -> type[QuestionForm]:
    return CoreQuestionForm if sheet.is_core else LocalQuestionForm


def theme_form(sheet: Sheet) -> type[ThemeForm]:
    return CoreThemeForm if sheet.is_core else LocalThemeForm
