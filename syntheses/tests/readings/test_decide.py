"""What people decide holds, is shown apart from what the machine proposed, and teaches."""

import pytest

from assises.tenancy.context import as_prefecture
from assises.testing import make_member, make_prefecture
from syntheses.models import Decision, Grouping, Reading
from syntheses.reading import decide, regroup
from syntheses.tests.building import said
from syntheses.tests.readings.read import heard, ideas, read, read_again, reading_of, readings, tallies

pytestmark = pytest.mark.django_db
NOBODY = "On ne voit plus personne le soir."
CLOSED = "L’accueil est fermé le samedi."


@pytest.fixture
def agent():
    return make_member(make_prefecture("02"), "agent")


@pytest.fixture
def consultation():
    return read(heard(findings=(NOBODY, CLOSED, "Les motos font la course devant l’école.")))


def act(verb, consultation, *args, **facts):
    with as_prefecture("02"):
        return verb(consultation, *args, **facts)


def test_a_theme_that_a_person_chose_shows_at_once_and_outlives_every_run(consultation, agent):
    one = reading_of(consultation, "fermé")
    proposed = one.theme_key
    act(decide.decide_theme, consultation, [one], ["accueil"], actor=agent)
    for _ in range(2):
        found = reading_of(consultation, "fermé")
        assert (found.theme_key, found.by_theme, found.sure) == ("accueil", True, 100)
        read_again(consultation)
    with as_prefecture("02"):
        decision = Decision.objects.get()
    assert (decision.themes, decision.by, decision.proposed["themes"][:1]) == (
        ["accueil"],
        agent,
        [proposed] if proposed else [],
    )


def test_without_the_decision_the_next_run_proposes_what_it_did(consultation, agent):
    """The negative control."""
    one = reading_of(consultation, "motos")
    proposed = one.theme_key
    other = "accueil" if proposed != "accueil" else "presence"
    act(decide.decide_theme, consultation, [one], [other], actor=agent)
    act(decide.undo, consultation, one, "theme")
    read_again(consultation)
    found = reading_of(consultation, "motos")
    assert (found.theme_key, found.by_theme) == (proposed, False)


def test_off_the_subject_is_a_decision_too(consultation, agent):
    act(decide.decide_theme, consultation, [reading_of(consultation, "motos")], [], actor=agent)
    read_again(consultation)
    assert reading_of(consultation, "motos").theme_key == ""
    assert tallies(consultation, "reading")["decided"] == 1


def test_a_theme_of_another_consultation_is_refused(consultation, agent):
    with pytest.raises(decide.UndecidableError, match="parmi ceux de la concertation"):
        act(decide.decide_theme, consultation, [reading_of(consultation, "motos")], ["inconnu"], actor=agent)


def test_a_nature_that_a_person_chose_outlives_every_run(consultation, agent):
    act(decide.decide_kind, consultation, [reading_of(consultation, "motos")], "proposal", actor=agent)
    read_again(consultation)
    found = reading_of(consultation, "motos")
    assert (found.kind, found.by_kind) == ("proposal", True)


def test_a_second_decision_takes_the_place_of_the_first_and_still_says_what_was_proposed(consultation, agent):
    one = reading_of(consultation, "motos")
    act(decide.decide_kind, consultation, [one], "proposal", actor=agent)
    act(decide.decide_kind, consultation, [one], "finding", actor=agent)
    with as_prefecture("02"):
        decision = Decision.objects.get()
    assert (decision.kind, decision.proposed["kind"]) == ("finding", "finding")


def test_an_idea_that_a_person_made_keeps_its_name_and_its_passages(consultation, agent):
    chosen = [reading_of(consultation, "personne"), reading_of(consultation, "motos")]
    act(regroup.make, consultation, chosen, "Le soir,  on ne se sent pas en sécurité", actor=agent)
    read_again(consultation)
    (idea,) = [one for one in ideas(consultation) if one.by_person]
    assert idea.label == "Le soir, on ne se sent pas en sécurité"
    held = {one.statement.text for one in readings(consultation) if one.idea_key == idea.key}
    assert held >= {NOBODY, "Les motos font la course devant l’école."}


def test_merging_two_ideas_leaves_one_with_the_passages_of_both(consultation, agent):
    first = act(regroup.make, consultation, [reading_of(consultation, "personne")], "Personne", actor=agent)
    second = act(regroup.make, consultation, [reading_of(consultation, "motos")], "Motos", actor=agent)
    act(regroup.merge, consultation, first, second, actor=agent)
    read_again(consultation)
    assert [one.label for one in ideas(consultation) if one.by_person] == ["Personne"]
    assert {one.idea_key for one in readings(consultation) if one.by_group} == {first.key}


def test_what_was_taken_out_of_an_idea_is_in_none_after_the_next_run(consultation, agent):
    one = reading_of(consultation, "motos")
    act(regroup.take_out, consultation, [one], actor=agent)
    read_again(consultation)
    found = reading_of(consultation, "motos")
    assert (found.idea_key, found.by_group) == ("", True)


def test_a_passage_that_changes_its_theme_leaves_the_idea_of_the_other_theme(consultation, agent):
    one = reading_of(consultation, "motos")
    act(regroup.make, consultation, [one], "Motos", actor=agent)
    other = "accueil" if one.theme_key != "accueil" else "presence"
    act(decide.decide_theme, consultation, [one], [other], actor=agent)
    assert reading_of(consultation, "motos").idea_key == ""
    with as_prefecture("02"):
        assert not Decision.objects.filter(about="group").exists()


def test_an_idea_taken_over_from_the_machine_holds_no_words_of_people(consultation, agent):
    for _ in range(3):
        said(consultation, finding="Les motos font la course devant l’école.")
    read(consultation)
    one = reading_of(consultation, "motos")
    (idea,) = [idea for idea in ideas(consultation) if idea.key == one.idea_key]
    act(regroup.put, consultation, [reading_of(consultation, "personne")], idea, actor=agent)
    with as_prefecture("02"):
        assert Grouping.objects.get().label == ""
    read_again(consultation)
    (idea,) = [idea for idea in ideas(consultation) if idea.by_person]
    assert idea.passages == 5


def test_what_is_said_later_follows_the_correction(consultation, agent):
    act(decide.decide_theme, consultation, [reading_of(consultation, "motos")], ["accueil"], actor=agent)
    read_again(consultation)
    said(consultation, finding="Des motos font la course devant notre école.", channel="letter")
    read(consultation)
    assert reading_of(consultation, "notre école").theme_key == "accueil"


def test_decisions_of_one_prefecture_are_unseen_elsewhere(consultation, agent):
    act(decide.decide_theme, consultation, [reading_of(consultation, "motos")], ["accueil"], actor=agent)
    with as_prefecture("03"):
        assert not Decision.objects.exists()
        assert not Reading.objects.exists()
