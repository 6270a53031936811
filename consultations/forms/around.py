"""The editor's forms around the questionnaire: how one contributes, who is asked, who helps, what can be read."""

from typing import Any

from django import forms
from django.utils.text import capfirst

from consultations.around.files import CheckedFileField
from consultations.around.partners import Pasted, UnreadableLineError, read_lines
from consultations.forms.fields import LocalMomentField, SeenForm
from consultations.models import Attachment, Audience, Consultation, Partner, Place

AUDIENCES = [(value, capfirst(label)) for value, label in Audience.choices]
MAIL = {"invalid": "Écrivez une adresse comme nom@exemple.fr."}


class ChannelsForm(SeenForm):
    """Once the public has read that one may answer online, that stays."""

    class Meta:
        model = Consultation
        fields = ["is_online", "mail_address", "postal_address", "telephone", "telephone_hours", "meetings"]
        labels = {
            "is_online": "Un questionnaire en ligne",
            "mail_address": "Une adresse électronique",
            "postal_address": "Une adresse postale",
            "telephone": "Un numéro de téléphone",
            "telephone_hours": "Jours et heures d’appel",
            "meetings": "Un mot sur les réunions",
        }
        help_texts = {
            "is_online": "Sans compte, sur ce site.",
            "mail_address": "Les contributions écrites y sont envoyées.",
            "postal_address": "Sur plusieurs lignes, comme sur l’enveloppe.",
            "telephone": "Quelqu’un y note ce qui est dit.",
            "meetings": "Ce que la liste des réunions ne dit pas, ou pas encore.",
        }
        widgets = {"postal_address": forms.Textarea(attrs={"rows": 4})}
        error_messages = {"mail_address": MAIL}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.state != Consultation.State.DRAFT:
            del self.fields["is_online"]
            del self.stored["is_online"]
            self.initial["seen"] = self.digests()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("telephone_hours") and not cleaned.get("telephone"):
            self.add_error(
                "telephone", "Ces heures sont celles de quel numéro\u202f? Écrivez-le, ou effacez les heures."
            )
        return cleaned


class PlaceForm(SeenForm):
    class Meta:
        model = Place
        fields = ["kind", "name", "address", "hours"]
        widgets = {"kind": forms.RadioSelect}
        help_texts = {
            "name": "Comme les gens l’appellent.",
            "address": "Rue et commune.",
            "hours": "Par exemple\u00a0: du lundi au vendredi, de 9 h à 12 h.",
        }
        error_messages = {
            "name": {"required": "Nommez le lieu."},
            "address": {"required": "Écrivez son adresse\u00a0: rue et commune."},
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [
            (Place.Kind.PAPER, "Des questionnaires papier, à prendre et à déposer"),
            (Place.Kind.COUNTER, "Un guichet, où quelqu’un note ce qui est dit"),
        ]


class ReachForm(SeenForm):
    """Decided before publication, and kept: people answer on the strength of it."""

    is_by_invitation = forms.TypedChoiceField(
        label="Qui peut répondre",
        choices=[(False, "Tout le monde"), (True, "Les seuls partenaires invités, chacun par son lien")],
        coerce=lambda value: value in {True, "True"},
        widget=forms.RadioSelect,
    )
    is_readable_by_all = forms.TypedChoiceField(
        label="Qui peut lire les contributions",
        choices=[
            (False, "Les agents chargés de la synthèse, et eux seuls"),
            (True, "Tout le monde, sans nom, après relecture"),
        ],
        coerce=lambda value: value in {True, "True"},
        widget=forms.RadioSelect,
        help_text="La page publique l’annonce avant que l’on écrive. Ce choix ne change plus après la publication.",
    )

    class Meta:
        model = Consultation
        fields = ["is_by_invitation", "is_readable_by_all"]


class ContactForm(SeenForm):
    class Meta:
        model = Consultation
        fields = ["contact_name", "contact_mail", "contact_telephone"]
        error_messages = {"contact_mail": MAIL}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        office = self.instance.prefecture
        own = {
            "contact_name": office.office_name,
            "contact_mail": office.functional_email,
            "contact_telephone": office.telephone,
        }
        for name, value in own.items():
            default = f"Si vous laissez vide\u00a0: {value}." if value else "Si vous laissez vide, rien n’est indiqué."
            self.fields[name].help_text = default


class PartnerForm(forms.ModelForm):
    class Meta:
        model = Partner
        fields = ["name", "audience", "mail"]
        help_texts = {"mail": "Son lien personnel y est envoyé. Sans adresse, vous le remettez vous-même."}
        error_messages = {"name": {"required": "Nommez l’organisme."}, "mail": MAIL}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["audience"].choices = AUDIENCES
        self.fields["audience"].label = "Il répond en tant que"

    def clean_name(self) -> str:
        name = self.cleaned_data["name"]
        mine = Partner.objects.for_prefecture(self.instance.prefecture_id)
        if mine.filter(consultation=self.instance.consultation, name__iexact=name).exists():
            raise forms.ValidationError("Ce partenaire est déjà dans la liste.")
        return name


class PasteForm(forms.Form):
    lines = forms.CharField(
        label="Organismes",
        widget=forms.Textarea,
        help_text="Un par ligne\u00a0: nom\u202f; courriel. Vous pouvez coller deux colonnes d’un tableur.",
        error_messages={"required": "Collez au moins une ligne."},
    )
    audience = forms.ChoiceField(label="Ils répondent en tant que", choices=AUDIENCES, initial=Audience.ASSOCIATION)

    def clean_lines(self) -> list[Pasted]:
        try:
            return read_lines(self.cleaned_data["lines"])
        except UnreadableLineError as error:
            raise forms.ValidationError(str(error)) from error


class AttachmentForm(forms.ModelForm):
    file = CheckedFileField(label="Fichier")

    class Meta:
        model = Attachment
        fields = ["title"]
        labels = {"title": "Titre"}
        help_texts = {
            "title": "Ce que le public lira\u00a0: dossier de présentation, affiche, questionnaire à imprimer."
        }
        error_messages = {"title": {"required": "Donnez un titre au document."}}

    def save(self, commit: bool = True) -> Attachment:  # noqa: FBT001, FBT002 (Django's signature)
        self.instance.name, self.instance.media_type, self.instance.content = self.cleaned_data["file"]
        return super().save(commit)


class ExtendForm(forms.Form):
    """The view puts the prefecture's time zone in force."""

    closes_at = LocalMomentField(
        label="Nouvelle clôture", error_messages={"required": "Indiquez le jour et l’heure de la nouvelle clôture."}
    )
    note = forms.CharField(
        label="Ce qui est dit au public",
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Pourquoi la concertation dure plus longtemps. Publié avec la nouvelle date.",
        error_messages={"required": "Écrivez ce qui sera dit au public."},
    )


class WithdrawForm(forms.Form):
    reason = forms.CharField(
        label="Pourquoi elle est retirée",
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Publié sur sa page, et envoyé à ceux qui la suivent.",
        error_messages={"required": "Dites au public pourquoi la concertation est retirée."},
    )


class LinkForm(forms.Form):
    label = forms.CharField(
        label="Où ce lien sera affiché",
        max_length=80,
        help_text="Pour vous seuls\u00a0: affiche des mairies, bulletin municipal, lettre aux commerçants.",
        error_messages={"required": "Dites où ce lien sera affiché\u00a0: c’est ce qui le distingue des autres."},
    )
    audience = forms.ChoiceField(label="Public visé", required=False)
    partner = forms.ModelChoiceField(
        label="Partenaire",
        queryset=Partner.objects.none(),
        required=False,
        empty_label="Aucun",
        help_text="Qui ouvre ce lien répond pour cet organisme\u00a0: donnez-le à lui seul.",
    )

    def __init__(self, *args: Any, partners: Any, audiences: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["partner"].queryset = partners
        self.fields["audience"].choices = [("", "Tous"), *(each for each in AUDIENCES if each[0] in audiences)]
        if not partners:
            del self.fields["partner"]


class FollowForm(forms.Form):
    mail = forms.EmailField(
        label="Votre adresse électronique",
        max_length=254,
        help_text="Elle ne sert qu’à ces annonces.",
        error_messages={"required": "Écrivez votre adresse électronique.", **MAIL},
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
