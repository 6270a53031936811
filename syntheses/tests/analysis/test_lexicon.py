from syntheses.analysis.lexicon import by_roots, concepts
from syntheses.analysis.words import roots


def test_it_has_many_entries_in_many_concepts():
    assert len({entry for concept in concepts() for entry in concept.entries}) >= 2_000
    assert len(concepts()) >= 150


def test_each_concept_has_one_name_and_several_entries():
    names = [concept.name for concept in concepts()]
    assert len(names) == len(set(names))
    assert not [concept.name for concept in concepts() if len(concept.entries) < 4]


def test_a_wider_concept_exists_and_none_is_wider_than_itself():
    names = {concept.name for concept in concepts()}
    for concept in concepts():
        assert set(concept.wider) <= names - {concept.name}, concept.name


def test_an_entry_stands_once_in_its_concept_and_says_something():
    for concept in concepts():
        assert len(concept.entries) == len(set(concept.entries)), concept.name
        assert all(roots(entry) for entry in concept.entries), concept.name


def test_small_words_name_a_stance_and_nothing_else():
    named = {concepts()[number].room for number in by_roots()["contre",]}
    assert named == {"stances"}


def test_several_words_are_one_entry():
    names = {concepts()[number].name for number in by_roots()[tuple(roots("bat sa femme"))]}
    assert names == {"violences intrafamiliales"}
