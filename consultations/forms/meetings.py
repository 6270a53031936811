"""Forms of meetings: the team's and the public's."""

from typing import Any

from django import forms
from django.utils.text import capfirst

from assises.accounts.models import Arrondissement, Commune
from consultations.forms.fields import LocalMomentField, SeenForm
from consultations.meetings.register import Given
from consultations.meetings.standing import counted
from consultations.meetings.words import OTHER, plural
from consultations.models import Audience, Meeting, MeetingInvitation, Theme

MAIL = {"invalid": "Écrivez une adresse comme nom@exemple.fr.", "required": "Écrivez une adresse comme nom@exemple.fr."}
AUDIENCES = [(value, capfirst(label)) for value, label in Audience.choices]
MOST_PRESENT = 10_000


class MeetingForm(SeenForm):
    """All that is said of a meeting. Once announced, how one gets a seat stays: people rely on it."""

    starts_at = LocalMomentField(label="Début", required=False)
    ends_at = LocalMomentField(label="Fin", required=False)
    registration_opens_at = LocalMomentField(
        label="Ouverture des inscriptions", required=False, help_text="Si vous laissez vide, dès l’annonce."
    )
    registration_closes_at = LocalMomentField(
        label="Clôture des inscriptions", required=False, help_text="Si vous laissez vide, au début de la réunion."
    )
    theme_keys = forms.MultipleChoiceField(label="Thèmes abordés", required=False, widget=forms.CheckboxSelectMultiple)
    is_by_invitation = forms.TypedChoiceField(
        label="Qui peut venir",
        choices=[(False, "Tout le monde"), (True, "Les seules personnes invitées par la préfecture")],
        coerce=lambda value: value in {True, "True"},
        widget=forms.RadioSelect,
    )

    class Meta:
        model = Meeting
        fields = [
            "kind",
            "title",
            "purpose",
            "theme_keys",
            "starts_at",
            "ends_at",
            "when_said",
            "place",
            "address",
            "commune",
            "arrondissement",
            "has_wheelchair_access",
            "has_hearing_loop",
            "has_sign_language",
            "access_note",
            "is_by_invitation",
            "entry",
            "capacity",
            "registration_opens_at",
            "registration_closes_at",
            "asks_identity",
        ]
        widgets = {"entry": forms.RadioSelect, "purpose": forms.Textarea(attrs={"rows": 4})}
        labels = {"purpose": "À quoi elle sert", "when_said": "Quand, en mots", "capacity": "Nombre de places"}
        help_texts = {
            "title": "Comme sur une affiche.",
            "purpose": "Ce dont on parlera, et ce que deviendra ce qui y sera dit.",
            "when_said": "Seulement si le jour n’est pas fixé. Par exemple\u00a0: courant janvier.",
            "place": "Comme les gens l’appellent.",
            "address": "Numéro et rue.",
            "arrondissement": "Inutile si vous avez choisi la commune.",
            "access_note": "Par exemple\u00a0: parking derrière la mairie, entrée par la cour.",
            "capacity": "Si vous laissez vide, il y a de la place pour tous.",
            "asks_identity": "La date et le lieu de naissance sont demandés à l’inscription, et effacés le lendemain.",
        }
        error_messages = {"title": {"required": "Donnez un titre à la réunion."}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        office = self.instance.prefecture_id
        self.fields["commune"].queryset = Commune.objects.filter(prefecture=office)
        self.fields["arrondissement"].queryset = Arrondissement.objects.filter(prefecture=office)
        for name in ("commune", "arrondissement"):
            self.fields[name].empty_label = "Choisissez"
            self.fields[name].required = False
        themes = Theme.objects.for_prefecture(office).filter(consultation=self.instance.consultation_id)
        self.fields["theme_keys"].choices = list(themes.values_list("key", "title"))
        self.fields["kind"].choices = [(value, capfirst(label)) for value, label in Meeting.Kind.choices]
        self.fields["entry"].choices = [(value, capfirst(label)) for value, label in Meeting.Entry.choices]
        if self.instance.state != Meeting.State.DRAFT:
            for name in ("is_by_invitation", "entry", "asks_identity"):
                del self.fields[name]
                del self.stored[name]
            self.initial["seen"] = self.digests()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        starts, ends = cleaned.get("starts_at"), cleaned.get("ends_at")
        entry = cleaned.get("entry", self.instance.entry)
        if starts and not ends and "ends_at" not in self.errors:
            self.add_error("ends_at", "Dites aussi à quelle heure elle finit.")
        if ends and not starts and "starts_at" not in self.errors:
            self.add_error("starts_at", "Dites aussi à quelle heure elle commence.")
        if starts and ends and ends <= starts:
            self.add_error("ends_at", "La fin doit suivre le début.")
        if entry != Meeting.Entry.FREE and not starts and not {"starts_at", "ends_at"} & set(self.errors):
            self.add_error("starts_at", "On ne s’inscrit qu’à une réunion dont l’heure est fixée.")
        if entry == Meeting.Entry.LOT and not cleaned.get("capacity"):
            self.add_error("capacity", "Pour tirer au sort, dites combien de places il y a.")
        self.check_registration(cleaned)
        if commune := cleaned.get("commune"):
            cleaned["arrondissement"] = commune.arrondissement
        return cleaned

    def check_registration(self, cleaned: dict[str, Any]) -> None:
        opens, closes = cleaned.get("registration_opens_at"), cleaned.get("registration_closes_at")
        starts, capacity = cleaned.get("starts_at"), cleaned.get("capacity")
        if opens and closes and closes <= opens:
            self.add_error("registration_closes_at", "La clôture des inscriptions doit suivre leur ouverture.")
        if closes and starts and closes > starts:
            self.add_error("registration_closes_at", "Les inscriptions se closent au plus tard au début de la réunion.")
        if capacity is not None and self.instance.pk:
            seated = counted(self.instance).seated
            if capacity < max(seated, 1):
                self.add_error("capacity", f"{seated} personnes ont déjà une place\u00a0: il en faut au moins autant.")
        elif capacity == 0:
            self.add_error("capacity", "Écrivez au moins 1, ou laissez vide.")


class CancelMeetingForm(forms.Form):
    reason = forms.CharField(
        label="Pourquoi elle est annulée",
        help_text="Lu par le public, et envoyé aux personnes inscrites.",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=1000,
        error_messages={"required": "Écrivez pourquoi la réunion est annulée."},
    )


class RegistrationForm(forms.Form):
    """What is asked of whoever wants to come: a name and an address, the rest as they wish."""

    name = forms.CharField(
        label="Votre nom", max_length=120, error_messages={"required": "Écrivez votre nom, comme il sera sur la liste."}
    )
    mail = forms.EmailField(
        label="Votre adresse électronique",
        help_text="Pour vous confirmer votre inscription, et vous prévenir si la réunion change.",
        error_messages=MAIL,
    )
    organisation = forms.CharField(
        label="Organisme", help_text="Si vous venez pour lui.", max_length=150, required=False
    )
    audience = forms.ChoiceField(
        label="À quel titre", choices=[("", "Je préfère ne pas le dire"), *AUDIENCES], required=False
    )
    needs = forms.CharField(
        label="Ce qu’il faut prévoir pour vous",
        help_text="Fauteuil roulant, langue des signes, place au premier rang… Rien d’autre sur votre santé.",
        max_length=300,
        required=False,
    )
    identity = forms.CharField(
        label="Date et lieu de naissance",
        help_text="L’accueil les demande pour laisser entrer. Effacés le lendemain de la réunion.",
        max_length=120,
        error_messages={"required": "Sans eux, l’accueil ne pourra pas vous laisser entrer."},
    )

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not meeting.asks_identity:
            del self.fields["identity"]
        autocomplete = {"name": "name", "mail": "email", "organisation": "organization"}
        for name, value in autocomplete.items():
            self.fields[name].widget.attrs["autocomplete"] = value

    def given(self) -> Given:
        return Given(**self.cleaned_data)


class CallerForm(RegistrationForm):
    """Somebody who called: a mail or a number, so that they can be told."""

    telephone = forms.CharField(label="Son téléphone", max_length=20, required=False)
    field_order = ["name", "telephone", "mail", "organisation", "audience", "needs", "identity"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = "Son nom"
        self.fields["mail"].label = "Son adresse électronique"
        self.fields["mail"].required = False
        self.fields["mail"].help_text = "Sans adresse, c’est vous qui préviendrez cette personne."
        self.fields["organisation"].help_text = "S’il vient pour lui."
        self.fields["needs"].label = "Ce qu’il faut prévoir"
        self.fields["needs"].help_text = "Fauteuil roulant, langue des signes… Rien d’autre sur sa santé."
        self.fields["audience"].choices = [("", "Non précisé"), *AUDIENCES]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not cleaned.get("mail") and not cleaned.get("telephone") and "mail" not in self.errors:
            self.add_error(
                "telephone", "Écrivez un numéro ou une adresse\u00a0: il faut pouvoir prévenir cette personne."
            )
        return cleaned


class AnswerForm(forms.Form):
    """A partner's answer; by whom it is represented, if it wishes to say so."""

    answer = forms.ChoiceField(
        label="Votre réponse",
        choices=[
            (MeetingInvitation.Answer.PRESENT, "Présent"),
            (MeetingInvitation.Answer.REPRESENTED, "Représenté par quelqu’un d’autre"),
            (MeetingInvitation.Answer.EXCUSED, "Excusé"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez une réponse."},
    )
    note = forms.CharField(
        label="Par qui", help_text="Nom et fonction de la personne qui viendra.", max_length=150, required=False
    )


class PresentForm(forms.Form):
    """How many were there, audience by audience; what is left empty counts for nought."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = {
            **{value: capfirst(plural(label)) for value, label in Audience.choices},
            OTHER: "Autres, ou non précisé",
        }
        for key, label in labels.items():
            self.fields[key] = forms.IntegerField(
                label=label, min_value=0, max_value=MOST_PRESENT, required=False, widget=forms.NumberInput
            )
