import pytest
from hypothesis import given
from hypothesis import strategies as st

from syntheses.analysis.labels import LONGEST, label_of


@pytest.mark.parametrize(
    ("said", "label"),
    [
        ("il faudrait rouvrir l'accueil de la gendarmerie le samedi.", "Rouvrir l’accueil de la gendarmerie le samedi"),
        ("Je propose de poser des ralentisseurs, pour que chacun ralentisse !", "Poser des ralentisseurs"),
        ("2) Pourquoi ne pas former les agents à l’écoute ?", "Former les agents à l’écoute"),
        (
            "Bonjour. Depuis un an, on ne voit plus de patrouille dans le quartier.",
            "On ne voit plus de patrouille dans le quartier",
        ),
        ("Je constate que les voitures roulent trop vite", "Les voitures roulent trop vite"),
        ("LES VOITURES ROULENT TROP VITE !!!", "Les voitures roulent trop vite"),
        ("Une idée serait d’éclairer la rue ; merci", "Éclairer la rue"),
    ],
)
def test_a_label_reads_like_a_title(said, label):
    assert label_of([said], {}) == label


def test_the_clause_that_names_the_idea_is_taken():
    said = "Je suis infirmière et je rentre tard. Il faudrait éclairer le chemin de la gare. Merci à vous."
    assert label_of([said], {"eclair": 0.6, "chemin": 0.3, "gar": 0.3}) == "Éclairer le chemin de la gare"


def test_a_label_without_names_and_figures_is_preferred():
    texts = ["Rouvrir le poste de Saint-Clair avant le 12 mars 2020", "Rouvrir le poste le samedi"]
    assert label_of(texts, {"rouvr": 0.5, "post": 0.5}) == "Rouvrir le poste le samedi"


@given(st.lists(st.text(max_size=400), max_size=4))
def test_a_label_is_short_one_line_and_ends_with_a_word(texts):
    label = label_of(texts, {})
    assert len(label) <= LONGEST
    assert "\n" not in label
    assert label == label.strip()


LONG_WORDS = ("sécurité", "patrouille", "dans", "quartier", "ouvrir", "nous")


@given(st.lists(st.sampled_from(LONG_WORDS), min_size=20))
def test_a_long_sentence_is_never_cut_within_a_word(words):
    label = label_of([" ".join(words)], {}).rstrip("…")
    assert {word.lower() for word in label.split()} <= set(words)
