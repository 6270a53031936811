import pytest

from syntheses.analysis.quotes import Candidate, chosen, is_readable


@pytest.mark.parametrize(
    "text",
    [
        "ON NE VOIT PLUS PERSONNE LE SOIR",
        "C’est M. Delcroix qui fait tout cela dans la rue",
        "Rappelez-moi au 06 39 98 12 34 pour en parler",
        "Écrivez à marc.delcroix@exemple.invalid, je répondrai",
        "Cela se passe au 12 rue des Tilleuls à Laon",
        "Marre de ces connards qui font du bruit",
        "Plus de police !!!! Vite !!!!",
        "Trop court",
        "Un mot " * 80,
    ],
)
def test_what_is_personal_shouted_rude_or_unreadable_is_not_quoted(text):
    assert not is_readable(text)


def test_a_plain_sentence_is_quoted():
    assert is_readable("On ne voit plus de patrouille dans le quartier après 18 heures.")


def candidate(passage, text, contribution="", echo=""):
    return Candidate(passage, text, contribution or f"c{passage}", echo)


SAID = (
    "On ne voit plus de patrouille dans le quartier après 18 heures.",
    "Les gendarmes passent en voiture sans jamais s’arrêter parler.",
    "Ma voisine n’ose plus sortir son chien dès que la nuit tombe.",
)


def test_the_most_typical_comes_first_and_the_others_differ():
    same = "On ne voit plus de patrouilles dans le quartier après 18 heures"
    quotes = [candidate(0, SAID[0]), candidate(1, same), candidate(2, SAID[1]), candidate(3, SAID[2])]
    assert chosen(quotes) == [0, 2, 3]


def test_one_quote_a_contribution_and_an_echo():
    assert chosen([candidate(0, SAID[0], "a"), candidate(1, SAID[1], "a"), candidate(2, SAID[2], "b")]) == [0, 2]
    assert chosen([candidate(0, SAID[0], echo="e"), candidate(1, SAID[1], echo="e")]) == [0]


def test_no_more_than_five():
    texts = [*SAID, "Un banc manque devant la mairie, on reste debout.", "Le bus de nuit passe trop tôt pour rentrer."]
    texts += ["La piscine ferme avant la fin des cours du collège.", "Des vélos disparaissent du garage chaque été."]
    assert len(chosen([candidate(number, text) for number, text in enumerate(texts)])) == 5
