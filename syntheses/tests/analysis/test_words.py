import pytest
from hypothesis import given
from hypothesis import strategies as st

from syntheses.analysis.words import BETWEEN, bag, root, roots


@pytest.mark.parametrize(
    "family",
    [
        "éclairage éclairer éclairées eclairage ÉCLAIRE",
        "sécurité securite sécuriser",
        "cambriolages cambrioleur cambriolée",
        "roulent rouler roule roulaient",
        "gendarme gendarmerie gendarmes",
        "policier police policières",
        "bat battre battue battent",
        "voyou voyous",
        "écoute écoutée écouter",
    ],
)
def test_a_family_shares_one_root(family):
    assert len({root(word) for text in family.split() for word in roots(text)}) == 1


@pytest.mark.parametrize(
    "pair", ["culte culture", "transit transition", "viol violence", "mer mère", "public publicité", "élève élevage"]
)
def test_what_only_looks_alike_is_kept_apart(pair):
    first, second = pair.split()
    assert roots(first) != roots(second)


def test_greetings_and_what_everybody_begins_with_say_nothing():
    assert roots("Bonjour, je pense qu’il faudrait que vous") == []


@given(st.lists(st.text(alphabet=st.characters(codec="utf-8"), max_size=60), max_size=8))
def test_many_texts_are_read_as_each_by_itself(texts):
    read = bag(texts)
    assert len(read) == len(texts)
    for number, text in enumerate(texts):
        of_text = read.flat[read.starts[number] : read.starts[number + 1]]
        alone = bag([text])
        assert [read.vocabulary[root] for root in of_text] == [alone.vocabulary[root] for root in alone.flat]


def test_the_sign_between_texts_cannot_be_smuggled_in():
    read = bag([f"une alarme{BETWEEN}une sirène", "un radar"])
    assert len(read) == 2
    assert read.vocabulary == ["alarm", "radar", "siren"]


@given(st.permutations(["Un radar", "deux alarmes", "la sirène hurle", ""]))
def test_the_vocabulary_does_not_depend_on_the_order(texts):
    assert bag(texts).vocabulary == bag(sorted(texts)).vocabulary
