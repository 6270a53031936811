"""A barrier somebody met, in their words."""

from django import forms


class ReportForm(forms.Form):
    page = forms.CharField(
        label="Page ou étape concernée",
        help_text="L’adresse de la page, ou ce que vous cherchiez à faire.",
        max_length=200,
        required=False,
    )
    problem = forms.CharField(
        label="Ce qui s’est passé",
        max_length=4_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": "Dites en quelques mots ce qui vous a gêné."},
    )
    tools = forms.CharField(
        label="Vos outils",
        help_text="Navigateur, téléphone, lecteur d’écran, loupe… Cela nous aide à retrouver le problème.",
        max_length=200,
        required=False,
    )
    email = forms.EmailField(
        label="Votre adresse électronique",
        help_text="Seulement si vous souhaitez une réponse.",
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"invalid": "Écrivez une adresse complète, comme nom@exemple.fr."},
    )
    # Seen by nobody, filled by robots.
    website = forms.CharField(required=False)

    @property
    def was_filled_by_a_robot(self) -> bool:
        return bool(self.cleaned_data.get("website"))

    @property
    def asked(self):
        """The fields that people see."""
        return [self[name] for name in ("page", "problem", "tools", "email")]
