"""What people decide on the pages: it holds, it can be undone, and two at once lose nothing."""

import re

import pytest

from assises.tenancy.context import as_prefecture
from syntheses.models import Decision, Idea, Reading
from syntheses.showing.passages import PassageShown
from syntheses.tests.building import staff
from syntheses.tests.readings.read import heard, read, read_again, reading_of, readings
from syntheses.tests.readings.test_pages import address, page

pytestmark = pytest.mark.django_db
EVENING, SATURDAY = "On ne voit plus personne le soir.", "L’accueil est fermé le samedi."


@pytest.fixture
def agent():
    return staff("02", "agent")


@pytest.fixture
def consultation():
    return read(heard())


def choice(reading):
    return PassageShown(reading, "", "", "", []).choice


def post(client, consultation, *rest, **data):
    response = client.post(address(consultation, *rest), data, follow=True)
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def decisions(consultation):
    with as_prefecture(consultation.prefecture_id):
        return list(Decision.objects.of(consultation).order_by("pk"))


def make_unsure(consultation):
    with as_prefecture("02"):
        Reading.objects.of(consultation).update(teaches=10, sure=40)


def test_one_decides_from_the_pile_and_the_next_one_comes(agent, consultation):
    make_unsure(consultation)
    first = reading_of(consultation, EVENING)
    assert EVENING in page(agent, consultation, "a-relire")
    told = post(agent, consultation, "a-relire", p=choice(first), theme="accueil", aussi="presence", nature="proposal")
    after = reading_of(consultation, EVENING)
    assert (after.theme_key, after.also, after.kind, after.by_theme, after.by_kind) == (
        "accueil", ["presence"], "proposal", True, True,
    )  # fmt: skip
    assert SATURDAY in told
    assert "Votre dernière décision" in told


def test_off_the_subject_is_a_decision_too(agent, consultation):
    post(agent, consultation, "a-relire", p=choice(reading_of(consultation, EVENING)), theme="-")
    after = reading_of(consultation, EVENING)
    assert (after.theme_key, after.by_theme) == ("", True)
    assert EVENING in page(agent, consultation, "recherche", theme="-")


def test_what_is_passed_over_does_not_come_back_at_once(agent, consultation):
    make_unsure(consultation)
    first = page(agent, consultation, "a-relire")
    skip = re.search(r'href="(\?apres=[\d-]+)"', first)[1]
    second = agent.get(address(consultation, "a-relire") + skip).content.decode()
    assert (EVENING in first, EVENING in second, SATURDAY in second) == (True, False, True)


def test_the_last_decision_is_undone_and_the_machine_proposes_again(agent, consultation):
    before = reading_of(consultation, EVENING)
    post(agent, consultation, "a-relire", p=choice(before), theme="accueil", nature="proposal")
    post(agent, consultation, "a-relire", "defaire")
    after = reading_of(consultation, EVENING)
    assert (after.theme_key, after.kind, after.by_theme) == (before.theme_key, before.kind, False)
    assert decisions(consultation) == []


def test_passages_are_moved_together_and_the_decision_outlives_a_rerun(agent, consultation):
    ticked = [choice(one) for one in readings(consultation)]
    told = post(agent, consultation, "corriger", p=ticked, acte="theme", theme="accueil")
    assert "2 passages" in told
    read_again(consultation)
    assert {one.theme_key for one in readings(consultation)} == {"accueil"}
    listed = page(agent, consultation, "decisions")
    assert agent.person.full_name in listed
    assert "La machine proposait" in listed


def test_kinds_and_ideas_are_corrected_from_a_list(agent, consultation):
    one = reading_of(consultation, EVENING)
    post(agent, consultation, "corriger", p=choice(one), acte="proposal")
    assert reading_of(consultation, EVENING).kind == "proposal"
    one = reading_of(consultation, EVENING)
    assert "Mettre dans une idée" in post(agent, consultation, "corriger", p=choice(one), acte="regrouper")
    post(agent, consultation, "regrouper", p=choice(one), intitule="Revenir le soir")
    one = reading_of(consultation, EVENING)
    assert "Revenir le soir" in page(agent, consultation, "idees", one.idea_key)
    post(agent, consultation, "corriger", p=choice(one), acte="sortir")
    assert reading_of(consultation, EVENING).idea_key == ""


def test_an_idea_that_was_just_made_can_be_read_while_a_run_forgets_it(agent, consultation):
    post(agent, consultation, "regrouper", p=choice(reading_of(consultation, EVENING)), intitule="Revenir le soir")
    key = reading_of(consultation, EVENING).idea_key
    with as_prefecture("02"):
        Idea.objects.of(consultation).filter(key=key).delete()
    told = page(agent, consultation, "idees", key)
    assert "Revenir le soir" in told
    assert EVENING in told


def test_of_two_people_the_second_is_told_and_nothing_is_lost(agent, consultation):
    colleague = staff("02", "editor")
    seen = choice(reading_of(consultation, EVENING))
    post(agent, consultation, "corriger", p=seen, acte="theme", theme="accueil")
    told = post(colleague, consultation, "corriger", p=seen, acte="theme", theme="presence")
    assert f"{agent.person.full_name} a décidé de ce passage entre-temps" in told
    assert reading_of(consultation, EVENING).theme_key == "accueil"
    # Having seen it, the second may decide otherwise.
    seen = choice(reading_of(consultation, EVENING))
    post(colleague, consultation, "corriger", p=seen, acte="theme", theme="presence")
    assert reading_of(consultation, EVENING).theme_key == "presence"


def test_another_run_of_the_machine_does_not_stop_a_decision(agent, consultation):
    seen = choice(reading_of(consultation, EVENING))
    with as_prefecture("02"):
        Reading.objects.of(consultation).update(theme_key="accueil", sure=70)
    post(agent, consultation, "corriger", p=seen, acte="theme", theme="presence")
    assert reading_of(consultation, EVENING).theme_key == "presence"


def ideas_of(consultation):
    with as_prefecture("02"):
        return list(Idea.objects.of(consultation).order_by("pk"))


def two_ideas(agent, consultation):
    for words, label in ((EVENING, "Revenir le soir"), (SATURDAY, "Ouvrir le samedi")):
        one = reading_of(consultation, words)
        post(agent, consultation, "corriger", p=choice(one), acte="theme", theme="presence")
        one = reading_of(consultation, words)
        post(agent, consultation, "regrouper", p=choice(one), intitule=label)
    return [one for one in ideas_of(consultation) if one.label in {"Revenir le soir", "Ouvrir le samedi"}]


def test_an_idea_is_renamed_unless_somebody_was_first(agent, consultation):
    idea, _ = two_ideas(agent, consultation)
    where = ("idees", idea.key, "renommer")
    post(agent, consultation, *where, vu=idea.label, intitule="Une patrouille le soir")
    told = post(agent, consultation, *where, vu=idea.label, intitule="Autre chose")
    assert "Quelqu’un a changé cette idée entre-temps" in told
    assert 'value="Autre chose"' in told  # what was typed is kept
    assert "Une patrouille le soir" in {one.label for one in ideas_of(consultation)}
    assert "Écrivez un intitulé" in post(agent, consultation, *where, vu="Une patrouille le soir", intitule=" ")


def test_two_ideas_become_one(agent, consultation):
    idea, other = two_ideas(agent, consultation)
    post(agent, consultation, "idees", idea.key, "reunir", vu=idea.label, autre=f"{other.key}|{other.label}")
    assert {one.idea_key for one in readings(consultation)} == {idea.key}
    assert other.key not in {one.key for one in ideas_of(consultation)}


def test_a_decision_is_undone_from_the_page_of_its_text(agent, consultation):
    one = reading_of(consultation, EVENING)
    post(agent, consultation, "corriger", p=choice(one), acte="theme", theme="accueil")
    told = post(agent, consultation, "textes", one.statement_id, "defaire", passage="0", sur="theme")
    assert decisions(consultation) == []
    assert "Décision défaite" in told  # the history keeps both
    assert "L’accueil et le service rendu" in told


def test_nothing_ticked_is_said_and_changes_nothing(agent, consultation):
    assert "Cochez d’abord" in post(agent, consultation, "corriger", acte="theme", theme="accueil")
    assert "Choisissez d’abord un thème" in post(
        agent, consultation, "corriger", p=choice(reading_of(consultation, EVENING)), acte="theme"
    )
    assert decisions(consultation) == []


def test_who_only_reads_is_offered_no_correction(consultation):
    prefect = staff("02", "prefect")
    told = page(prefect, consultation, "recherche")
    assert EVENING in told
    assert "Avec les passages cochés" not in told
    assert prefect.post(address(consultation, "corriger")).status_code == 403
    assert prefect.get(address(consultation, "a-relire")).status_code == 403


def test_the_way_back_leads_nowhere_else(agent, consultation):
    for away in ("https://ailleurs.invalid/", "//ailleurs.invalid", "/aisne/prefecture/equipe/"):
        answer = agent.post(address(consultation, "corriger"), {"retour": away})
        assert answer.url == address(consultation)
