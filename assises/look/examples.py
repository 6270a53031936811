"""Invented content for /composants/: every component, in every state that it can take."""

from datetime import UTC, datetime
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest

from assises.look import tokens, widgets

CLOSING = datetime(2027, 2, 5, 17, 0, tzinfo=UTC)
COLOURS = (
    ("ink", "Texte, titres, boutons"),
    ("ink-soft", "Texte second"),
    ("ink-mid", "Carte et barres"),
    ("ink-pale", "Segments vides"),
    ("ink-tint", "Fond choisi"),
    ("accent", "Texte d’accent"),
    ("accent-line", "Soulignements, étape en cours"),
    ("accent-fill", "Surfaces ouvertes"),
    ("accent-tint", "Halo de l’étape en cours"),
    ("accent-wash", "Carte : ouverte"),
    ("good", "Réussite"),
    ("good-tint", "Fond de réussite"),
    ("warn", "Attention"),
    ("warn-tint", "Fond d’attention"),
    ("bad", "Erreur"),
    ("bad-tint", "Fond d’erreur"),
    ("field", "Bord d’un champ"),
    ("rule", "Filets"),
    ("paper", "Papier"),
    ("ground", "Fond"),
    ("sunken", "Bandeau, pied de page"),
    ("focus", "Halo du focus"),
)
STATES = (
    ("Concertation", [("open", "Ouverte"), ("", "À venir"), ("hatch", "Close, synthèse en cours"),
                      ("done", "Synthèse transmise"), ("none", "Sans concertation")]),
    ("Synthèse", [("open", "À relancer"), ("hatch", "En rédaction"), ("mid", "Validée, à transmettre"),
                  ("done", "Transmise"), ("bad", "Renvoyée")]),
    ("Contribution", [("", "À modérer"), ("done", "Comptabilisée"), ("bad", "Non publiée"),
                      ("bad", "Non comptabilisée")]),
    ("Suites données", [("done", "Fait"), ("mid", "Engagé"), ("hatch", "À l’étude"), ("open", "Expérimenté"),
                        ("bad", "Non retenu")]),
)  # fmt: skip
CHANNELS = (
    ("Questionnaire en ligne", 803),
    ("Courriel", 214),
    ("Formulaire papier", 128),
    ("Enquête de proximité", 71),
    ("Téléphone", 45),
)
SECTIONS = (
    "À faire aujourd’hui",
    "Concertation",
    "Contributions",
    "Réunions",
    "Ce qui a été dit",
    "Synthèse",
    "Équipe",
)
MAP = {
    "width": 1000,
    "height": 330,
    "lens": {"x": 90, "y": 110, "r": 80},
    "ring": {"x": 330, "y": 140, "r": 16},
    "labels": [{"text": "Loupe", "x": 190, "y": 60, "side": True}],
    "areas": [
        {"look": look, "name": name, "state": state, "url": "#c-chiffres", "path": f"M{240 + 140 * n} 90h140v160h-140z"}
        for n, (look, name, state) in enumerate((
            ("none", "Ain", "Sans concertation"), ("soon", "Aisne", "À venir"),
            ("done", "Allier", "Synthèse transmise"), ("hatch", "Gers", "Close, synthèse en cours"),
            ("open", "Lot", "Ouverte"),
        ))
    ],
    "legend": [
        {"kind": "open", "label": "Ouvertes", "number": 1},
        {"kind": "", "label": "À venir", "number": 1},
        {"kind": "hatch", "label": "Closes, synthèse en cours", "number": 1},
        {"kind": "done", "label": "Synthèses transmises", "number": 1},
        {"kind": "none", "label": "Sans concertation", "number": 1},
    ],
}  # fmt: skip
QR = (
    "M0 0.5h7m1 0h3m1 0h1m1 0h7m-21 1h1m5 0h1m1 0h2m2 0h1m1 0h1m5 0h1m-21 1h1m1 0h3m1 0h1m1 0h1m1 0h1m1 0"
    "h1m1 0h1m1 0h3m1 0h1m-21 1h1m1 0h3m1 0h1m7 0h1m1 0h3m1 0h1m-21 1h1m1 0h3m1 0h1m1 0h3m1 0h1m1 0h1m1 0"
    "h3m1 0h1m-21 1h1m5 0h1m2 0h4m1 0h1m5 0h1m-21 1h7m1 0h1m1 0h1m1 0h1m1 0h7m-12 1h1m1 0h2m-13 1h1m2 0h8"
    "m1 0h2m2 0h1m1 0h3m-20 1h1m2 0h1m2 0h1m4 0h1m2 0h1m1 0h1m-14 1h1m1 0h1m2 0h1m3 0h1m1 0h3m2 0h1m-18 1"
    "h1m1 0h1m3 0h3m1 0h1m1 0h2m1 0h1m-17 1h1m1 0h1m1 0h1m1 0h1m1 0h1m3 0h3m2 0h2m-13 1h1m3 0h1m3 0h1m2 0"
    "h2m-21 1h7m1 0h1m1 0h1m1 0h2m4 0h3m-21 1h1m5 0h1m1 0h2m3 0h1m1 0h1m1 0h1m2 0h1m-21 1h1m1 0h3m1 0h1m1"
    " 0h1m2 0h1m1 0h1m1 0h1m1 0h1m-18 1h1m1 0h3m1 0h1m1 0h2m4 0h1m3 0h1m-19 1h1m1 0h3m1 0h1m2 0h1m1 0h1m1"
    " 0h1m2 0h1m2 0h2m-21 1h1m5 0h1m2 0h2m1 0h1m1 0h1m1 0h1m2 0h1m-20 1h7m1 0h1m3 0h3m1 0h4"
)


class ExampleForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(label="Nom du service", help_text="Tel qu’il paraîtra sur l’attestation")
    mail = forms.EmailField(label="Adresse électronique", required=False)
    password = forms.CharField(label="Mot de passe", widget=forms.PasswordInput, help_text="Douze caractères au moins")
    finding = forms.CharField(
        label="Ce que vous constatez",
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Un fait, un lieu, un moment.",
    )
    standing = forms.ChoiceField(
        label="Vous répondez en tant que",
        choices=[("", "Choisissez"), ("a", "Habitant ou habitante"), ("b", "Élu ou élue")],
    )
    role = forms.ChoiceField(
        label="Rôle dans l’équipe",
        widget=forms.RadioSelect,
        choices=[("agent", "Agent : saisit et modère"), ("editor", "Rédacteur : prépare et rédige")],
    )
    places = forms.MultipleChoiceField(
        label="Où cette présence manque-t-elle ?",
        help_text="Deux réponses au plus.",
        widget=forms.CheckboxSelectMultiple,
        choices=[("a", "Devant les écoles"), ("b", "Dans les transports"), ("c", "La nuit, dans les villages")],
    )
    agreed = forms.BooleanField(label="J’ai relu le texte et j’autorise sa publication")
    day = forms.DateField(label="Jour de la réunion", widget=widgets.DateInput)
    closing = forms.SplitDateTimeField(
        label="Clôture", widget=widgets.DayAndTimeInput, help_text="L’heure est celle de votre département."
    )
    present = forms.IntegerField(label="Présents", min_value=0)
    minutes = forms.FileField(label="Compte rendu signé", help_text="PDF, 20 Mo au plus")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["finding"].look = "say"
        self.fields["finding"].warning = "N’écrivez ni nom, ni adresse, ni plaque, ni numéro de téléphone."


def everything(request: HttpRequest) -> dict[str, Any]:
    """The context of /composants/."""
    return {
        "swatches": [_swatch(name, use) for name, use in COLOURS],
        "states": STATES,
        "empty_form": ExampleForm(auto_id="vide_%s"),
        "wrong_form": ExampleForm({"mail": "jeanne.exemple", "present": "-1"}, auto_id="faux_%s"),
        "errors": [
            {"target": "faux_name", "text": "Nom du service : écrivez-le"},
            {"target": "faux_mail", "text": "Adresse électronique : il manque le signe @ et ce qui le suit"},
        ],
        "closing": CLOSING,
        "sections": [{"label": label, "url": "#c-navigation", "current": label == "Réunions"} for label in SECTIONS],
        "views": [
            {"label": "Constats", "url": "#c-navigation", "current": False},
            {"label": "Propositions", "url": "#c-navigation", "current": True},
            {"label": "Sans thème (37)", "url": "#c-navigation", "current": False},
        ],
        "pages": Paginator(range(1284), 50).page(2),
        "query": request.GET,
        "qr": QR,
        "map": MAP,
        **_lists(),
        **_numbers(),
    }


def _swatch(name: str, use: str) -> dict[str, str]:
    ratio = f"{tokens.contrast(name, 'ground'):.1f}".replace(".", ",")
    return {"name": name, "use": use, "value": tokens.colours()[name], "ratio": ratio}


def _lists() -> dict[str, Any]:
    return {
        "tasks": [
            {"number": 1, "title": "contribution signale un danger immédiat", "late": True, "url": "#c-listes",
             "note": "Reçue à 11 h 52 par courriel. La personne a été orientée vers le 17 et le 114.",
             "action": "Lire maintenant", "state": "open", "state_label": "Urgent"},
            {"number": 18, "title": "contributions à modérer", "url": "#c-listes", "action": "Modérer",
             "note": "La plus ancienne attend depuis hier, 16 h 20. Il faut environ 25 minutes."},
        ],
        "stages": [
            {"title": "Ouverture", "text": "Lundi 11 janvier 2027", "state": "done"},
            {"title": "Concertation en cours", "text": "742 contributions reçues", "state": "now"},
            {"title": "Clôture", "text": "Vendredi 5 février 2027 à 18 h", "state": ""},
        ],
        "steps": [
            {"title": "Vous recevez une attestation", "text": "Elle porte un code de suivi."},
            {"title": "Tout est lu et regroupé", "text": "Une personne relit chaque regroupement."},
            {"title": "La synthèse est publiée", "text": "Elle est signée et mise en ligne."},
        ],
        "facts": [
            ("Déposée", "mardi 19 janvier 2027 à 14 h 41 (heure de Paris)"),
            ("Canal", "Questionnaire en ligne"),
            ("Reçue par", "Préfecture de l’Aisne, direction du cabinet"),
        ],
        "departments": [
            {"name": "Allier", "kind": "open", "state": "À relancer", "count": 412, "fact": "Aucun projet de synthèse",
             "late": True},
            {"name": "Gers", "kind": "hatch", "state": "En rédaction", "count": None, "fact": "Projet à moitié relu"},
            {"name": "Aisne", "kind": "done", "state": "Transmise", "count": 1261, "fact": "Transmise le 10 février"},
        ],
    }  # fmt: skip


def _numbers() -> dict[str, Any]:
    return {
        "channels": CHANNELS,
        "figures": [
            {"number": 1284, "label": "contributions reçues"},
            {"number": 1261, "label": "comptabilisées"},
            {"number": 23, "label": "mises de côté, avec la raison", "url": "#c-chiffres"},
            {"number": 312, "label": "présents dans 5 réunions, comptés à part"},
        ],
        "legend": [
            {"kind": "open", "label": "Ouvertes", "number": 58},
            {"kind": "", "label": "À venir", "number": 16},
            {"kind": "hatch", "label": "Closes, synthèse en cours", "number": 15},
            {"kind": "done", "label": "Synthèses publiées", "number": 12},
        ],
        "idea_quotes": [
            {"text": "Un après-midi par mois, toujours le même, affiché à la mairie.",
             "source": "Formulaire papier, arrondissement de Vervins"},
        ],
        "idea_channels": [("En ligne", 40), ("Papier", 14), ("Courriel", 9)],
        "idea_links": [
            {"label": "Tout lire", "url": "#c-paroles"},
            {"label": "Renommer", "url": "#c-paroles"},
            {"label": "Regrouper autrement", "url": "#c-paroles"},
        ],
        "nothing": [],
    }  # fmt: skip
