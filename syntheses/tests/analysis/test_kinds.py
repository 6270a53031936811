import pytest

from syntheses.analysis.corpus import corpus_of
from syntheses.analysis.kinds import kind_of, kinds_of
from syntheses.analysis.shape import FINDING, PROPOSAL

WISHES = [
    "Il faudrait plus de patrouilles le soir",
    "Je propose que la brigade ouvre le samedi",
    "Rouvrir le poste du centre",
    "Pourquoi ne pas fermer la rue aux heures d’école ?",
    "Plus de moyens pour la brigade",
    "La police devrait passer à pied",
]
SIGHTS = [
    "On ne voit plus de patrouille",
    "Manque de personnel à l’accueil",
    "Depuis la fermeture du poste, les jeunes traînent tous les soirs",
    "Il n’y a jamais personne au guichet",
    "J’ai peur de rentrer seule",
]


@pytest.mark.parametrize("text", WISHES)
def test_words_say_what_is_wished(text):
    assert kind_of(text, "")[0] == PROPOSAL


@pytest.mark.parametrize("text", SIGHTS)
def test_words_say_what_is_seen(text):
    assert kind_of(text, "")[0] == FINDING


def test_where_it_was_written_decides_when_words_do_not():
    assert kind_of("La place du marché", FINDING)[0] == FINDING
    assert kind_of("La place du marché", PROPOSAL)[0] == PROPOSAL


def test_clear_words_outweigh_where_it_was_written():
    assert kind_of("Il faudrait que l’on rouvre le poste, je propose le samedi", FINDING)[0] == PROPOSAL


def test_words_that_agree_with_the_place_make_it_surer():
    assert (
        kind_of("Il faudrait des bancs", PROPOSAL)[1] > kind_of("Des bancs", PROPOSAL)[1] > kind_of("Des bancs", "")[1]
    )


def test_texts_read_together_are_read_as_when_alone():
    texts = [*WISHES, "", *SIGHTS, "?"]
    assert kinds_of(corpus_of(texts), [""] * len(texts)) == [kind_of(text, "") for text in texts]
