"""What looks like personal data, and what calls for help: seen when it is there, and not where it is not."""

import pytest

from contributions.safety.personal import seen_in
from contributions.safety.urgent import urgent_in
from contributions.safety.withhold import reason

PERSONAL = {
    "Écrivez-moi : jean.dupont@exemple.fr": "une adresse électronique",
    "Mon numéro est le 06 12 34 56 78.": "un numéro de téléphone",
    "Appelez le +33 6.12.34.56.78": "un numéro de téléphone",
    "0262 41 41 41 ou 0262414141": "un numéro de téléphone",
    "Mon numéro de sécu : 2 55 08 14 168 025 38": "un numéro de sécurité sociale",
    "FR76 3000 6000 0112 3456 7890 189 pour le don": "un compte bancaire",
    "La voiture AB-123-CD se gare là.": "une plaque d’immatriculation",
    "la voiture ab-123-cd": "une plaque d’immatriculation",
    "Une 205 immatriculée 1234 AB 47": "une plaque d’immatriculation",
    "Cela se passe au 12 bis rue de la République.": "une adresse",
    "J’habite 3, avenue Foch": "une adresse",
    "M. Dupont vend de tout.": "le nom d’une personne",
    "C’est Madame Lefèvre qui crie.": "le nom d’une personne",
}
NOT_PERSONAL = [
    "Composez le 17 ou le 112.",
    "47000 Agen",
    "2 rue",
    "Il y a 20 places de parking et 3 rues mal éclairées.",
    "Il faudrait 12 place de parking devant la mairie.",
    "On attend 45 minutes, de 18 h à 19 h 30, depuis 2019.",
    "En 2019 : 1 250,50 euros pour 300 habitants.",
    "Monsieur le Maire ne répond pas. Madame la Préfète non plus.",
    "Madame Présidente a dit oui. Monsieur Préfet non.",
    "de 300 ha à 400 ha",
    "La RD 1113 et l’A62, sortie 7.",
    "Le numéro 1 55 08 14 168 025 99 n’est celui de personne.",
    "FR76 3000 6000 0112 3456 7890 188 est faux.",
    "La police municipale, 3 agents pour 12 000 habitants",
    "SIRET 552 100 554 00013",
    "Le prix est de 1500 EUR 20 fois trop cher.",
]
URGENT = {
    "Il me frappe quand il a bu.": "3919",
    "Mon ex me menace tous les jours": "3919",
    "mon mari m’a frappée hier": "3919",
    "On va me tuer si je parle.": "17 ou 112",
    "Je veux mourir.": "3114",
    "j’ai envie de me suicider": "3114",
    "Ma fille a été violée par un voisin.": "119",
    "Mon père me frappe": "119",
    "J'ai été agressée en sortant du bus.": "17 ou 112",
    "Mon voisin a menacé de me tuer, il a un fusil.": "17 ou 112",
    "AU SECOURS": "17 ou 112",
    "Victime d’un viol, je n’ai pas été entendue.": "17 ou 112",
}
NOT_URGENT = [
    "Il faut mieux lutter contre les violences faites aux femmes et le harcèlement.",
    "Trop d’armes circulent, et l’armée n’y peut rien.",
    "Les violences conjugales doivent être prises au sérieux.",
    "Le 17 ne répond pas la nuit.",
    "Je suis en danger de rater mon bus.",
    "Cela me tue de voir le quartier ainsi.",
    "Le bruit des motos m’agresse tous les soirs, les gens meurent d’ennui.",
    "On ne voit plus personne après 18 heures.",
    "Les agressions dans les transports sont trop nombreuses.",
    "C’est un viol de la loi.",
    "Le commerce va mourir, je veux que le centre vive.",
    "Mon fils est inquiet le soir, ma fille aussi.",
]


@pytest.mark.parametrize(("text", "label"), PERSONAL.items())
def test_personal_data_is_seen_and_named(text, label):
    assert label in [seen.label for seen in seen_in(text)]


@pytest.mark.parametrize("text", NOT_PERSONAL)
def test_what_is_nobodys_is_left_alone(text):
    assert seen_in(text) == []


@pytest.mark.parametrize(("text", "number"), URGENT.items())
def test_whoever_is_in_danger_is_told_whom_to_call(text, number):
    urgent = urgent_in(text)
    assert urgent is not None
    assert number in [called for called, _ in urgent.numbers]


@pytest.mark.parametrize("text", NOT_URGENT)
def test_what_is_said_of_security_in_general_rings_no_bell(text):
    assert urgent_in(text) is None


def test_the_same_number_is_not_said_twice():
    numbers = urgent_in("Il me frappe et on va me tuer.").numbers
    assert len(numbers) == len(set(numbers))


def test_danger_weighs_more_than_a_name():
    assert reason("Mme Durand dit : il me frappe.") == "urgent"
    assert reason("Mme Durand") == "personal"
    assert reason("Rouvrir le poste.") == ""


def test_a_long_text_of_hostile_characters_is_read_in_no_time():
    from time import perf_counter

    for text in ("1 " * 2000, "a" * 4000, "FR76" + "0 " * 1990, "mon mari " * 440, "1 rue " * 660, "a.b+" * 1000):
        begun = perf_counter()
        reason(text)
        assert perf_counter() - begun < 0.5
