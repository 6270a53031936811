"""The staff's forms about people and prefectures."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password

from assises.accounts.models import Delegation, Membership, Prefecture, Role, User
from assises.accounts.models.rights import MINISTRY_ROLES, PREFECTURE_ROLES
from assises.look.widgets import DateInput

WHAT_ROLES_DO = {
    Role.AGENT: "Agent : saisit et modère les contributions",
    Role.EDITOR: "Rédacteur : prépare la concertation et rédige la synthèse",
    Role.ADMINISTRATOR: "Administrateur local : invite et retire les membres de l’équipe",
    Role.PREFECT: "Préfet : valide et transmet",
    Role.READER: "Lecteur : lit et télécharge ce qui a été transmis",
    Role.LEAD: "Pilote national : conduit les exercices et invite les préfectures",
}
FIRST_ADDRESS = "prenom.nom@exemple.gouv.fr"


def role_choices(roles: tuple[Role, ...]) -> list[tuple[str, str]]:
    return [(role.value, WHAT_ROLES_DO[role]) for role in roles]


class InviteForm(forms.Form):
    """Somebody for this team."""

    email = forms.EmailField(
        label="Adresse électronique",
        help_text=f"Celle que cette personne lit au travail, par exemple {FIRST_ADDRESS}",
        max_length=254,
    )
    role = forms.ChoiceField(label="Rôle", widget=forms.RadioSelect)

    def __init__(self, *args: Any, of_ministry: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = role_choices(MINISTRY_ROLES if of_ministry else PREFECTURE_ROLES)


class MemberForm(forms.ModelForm):
    """What a member may do, and how their office is written."""

    class Meta:
        model = Membership
        fields = ["role", "title"]
        widgets = {"role": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = role_choices(PREFECTURE_ROLES if self.instance.prefecture_id else MINISTRY_ROLES)
        self.fields["title"].help_text = "Telle qu’elle doit être écrite : préfète, sous-préfet…"


class FactsForm(forms.ModelForm):
    """What everybody may know of a prefecture."""

    class Meta:
        model = Prefecture
        fields = ["address", "postal_code", "city", "telephone", "functional_email", "dpo_email"]
        help_texts = {
            "telephone": "Celui du service qui répond au public",
            "functional_email": "Lue par le service, et non par une seule personne",
            "dpo_email": "À qui le public écrit au sujet de ses données personnelles",
        }


class DelegationForm(forms.ModelForm):
    """From one day to another, both included, in the prefecture's own time."""

    class Meta:
        model = Delegation
        fields = ["given_to", "starts_on", "ends_on"]
        widgets = {"starts_on": DateInput, "ends_on": DateInput}
        labels = {"given_to": "À qui", "starts_on": "Premier jour", "ends_on": "Dernier jour"}

    def __init__(self, *args: Any, prefecture: Prefecture, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = prefecture.today()
        members = Membership.objects.for_prefecture(prefecture).exclude(role=Role.PREFECT)
        self.fields["given_to"].queryset = members.select_related("user").order_by("user__full_name")
        self.fields["given_to"].empty_label = "Choisissez"
        self.fields["starts_on"].initial = self.today

    def clean_ends_on(self) -> Any:
        """A delegation that is over before it is given would do nothing."""
        day = self.cleaned_data["ends_on"]
        if day < self.today:
            raise forms.ValidationError("Ce jour est passé. Choisissez aujourd’hui ou un jour à venir.")
        return day


class NewPersonForm(forms.Form):
    """Somebody who takes up an invitation and has no account yet."""

    full_name = forms.CharField(
        label="Prénom et nom",
        max_length=120,
        help_text="Vos collègues les verront",
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    password = forms.CharField(
        label="Mot de passe",
        strip=False,
        max_length=128,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.email = email
        self.fields["password"].help_text = "Douze caractères au moins. Une phrase convient bien."

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        if "password" in facts:
            person = User(email=self.email, full_name=facts.get("full_name", ""))
            try:
                validate_password(facts["password"], person)
            except forms.ValidationError as error:
                self.add_error("password", error)
        return facts


class MailboxFileForm(forms.Form):
    """The list of functional mailboxes, from a spreadsheet."""

    file = forms.FileField(
        label="Fichier CSV",
        help_text="Deux colonnes : le code du département, l’adresse. 200 ko au plus.",
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv,text/plain"}),
    )


class FirstAdministratorForm(forms.Form):
    """One prefecture, by hand."""

    prefecture = forms.ModelChoiceField(label="Préfecture", queryset=Prefecture.objects.all(), empty_label="Choisissez")
    email = forms.EmailField(
        label="Adresse électronique", help_text="Une boîte fonctionnelle, ou celle d’une personne", max_length=254
    )
