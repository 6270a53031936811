import json
import os
import random
import subprocess
import sys
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from contributions.demo import grammar
from syntheses.analysis.run import analyse, read_more
from syntheses.analysis.shape import FINDING, PROPOSAL, Decisions, Group, Name
from syntheses.tests.analysis.saying import SIGHTS, THEMES, WISHES, analysed, companions, crowd, statement

WEIRD = (
    "<script>alert(1)</script>",
    "=SOMME(A1:A9)",
    "🚓🚓🚓",
    "\u202eécrit à l’envers",
    "e\u0301cole",
    "{{ 7*7 }}",
    "\ud800",
)
AT_WORK = (
    "from syntheses.tests.analysis.saying import analysed, crowd; import random; said = crowd();"
    "random.Random(5).shuffle(said); print(repr(analysed(said)))"
)


def as_bytes(result):
    return repr(replace(result, memory=json.dumps(result.memory, sort_keys=True)))


def test_the_order_of_arrival_changes_nothing():
    said = crowd()
    expected = as_bytes(analysed(said))
    for seed in range(3):
        random.Random(seed).shuffle(said)
        assert as_bytes(analysed(said)) == expected


@pytest.mark.slow
def test_neither_hash_seed_nor_number_of_threads_changes_anything():
    found = set()
    for seed, threads in (("1", "1"), ("2", "2")):
        around = {**os.environ, "PYTHONHASHSEED": seed, "OMP_NUM_THREADS": threads, "OPENBLAS_NUM_THREADS": threads}
        found.add(subprocess.run([sys.executable, "-c", AT_WORK], env=around, check=True, capture_output=True).stdout)
    assert len(found) == 1


@settings(max_examples=40, deadline=None)
@given(st.lists(st.one_of(st.text(max_size=300), st.sampled_from([*WISHES, *SIGHTS, *WEIRD])), max_size=25))
@example([])
@example(["RAS", "?", "", "\n", "plus de police"])
def test_every_statement_is_read_whatever_it_is(texts):
    said = [statement(text, number) for number, text in enumerate(texts)]
    result = analysed(said)
    whole = {one.row: "" for one in said}
    for reading in result.readings:
        whole[reading.row] += said[reading.row].text[reading.name.start : reading.end]
    assert whole == {one.row: one.text for one in said}
    json.dumps(result.memory)


def test_what_says_nothing_is_read_and_is_in_no_idea():
    result = analysed([*crowd(), statement("RAS", 900), statement("?", 901), statement("voir plus haut", 902)])
    empty = [reading for reading in result.readings if reading.row >= 900]
    assert [(reading.themes, reading.idea) for reading in empty] == [((), "")] * 3


def test_ideas_and_readings_tell_the_same():
    result = analysed(crowd())
    by_idea = {idea.key: set(idea.names) for idea in result.ideas}
    assert len(by_idea) == len(result.ideas)
    for key, names in by_idea.items():
        assert {reading.name for reading in result.readings if reading.idea == key} == names
    assert all(reading.idea for reading in result.readings if reading.themes)


def test_the_same_thing_said_twice_is_one_idea_and_another_is_another():
    together = companions(analysed(crowd()))
    slow, slower, open_, rodeo = (
        Name(f"c{WISHES.index(text):04}", 0) for text in (WISHES[12], WISHES[13], WISHES[7], WISHES[17])
    )
    assert slower in together[slow]
    assert open_ not in together[slow]
    assert rodeo not in together[open_]


def test_a_minority_keeps_its_idea():
    said = [
        *crowd(),
        statement("Créer un refuge pour les chevaux maltraités", 500, asked_kind=PROPOSAL, asked_theme="presence"),
    ]
    idea = next(idea for idea in analysed(said).ideas if any(name.contribution == "c0500" for name in idea.names))
    assert "chevaux" in idea.label
    assert idea.counts.contributions == 1


def test_one_more_text_moves_few_others():
    chance = random.Random(11)
    said = [
        statement(grammar.proposal("", chance).text, number, asked_kind=PROPOSAL, asked_theme=chance.choice(THEMES).key)
        for number in range(150)
    ]
    before = analysed(said)
    for extra in (
        "Des bancs devant la mairie",
        "Il faudrait des patrouilles à cheval",
        "Poser des caméras aux entrées",
    ):
        after = analysed([*said, statement(extra, 700, asked_kind=PROPOSAL)])
        assert moved(before, after) <= 0.1
        labels = {idea.label for idea in before.ideas}
        assert len(labels & {idea.label for idea in after.ideas}) >= 0.9 * len(labels)


def moved(before, after):
    """The share of passages that did not stay with most of their former idea."""
    now = {name: idea.key for idea in after.ideas for name in idea.names}
    stayed = sum(max(Counter(now.get(name) for name in idea.names).values()) for idea in before.ideas)
    return 1 - stayed / sum(len(idea.names) for idea in before.ideas)


def test_an_echo_counts_once_without_echoes():
    letter = "Nous demandons des patrouilles à pied dans le centre-ville chaque soir de la semaine, sans exception."
    said = [statement(letter, number, asked_kind=PROPOSAL, channel="mail") for number in range(40, 45)]
    said += [
        statement(
            "Des patrouilles à pied dans le centre-ville le soir", 50, asked_kind=PROPOSAL, meeting="m1", place="Laon"
        )
    ]
    idea = max(analysed(said).ideas, key=lambda one: one.counts.contributions)
    counts = idea.counts
    assert (counts.contributions, counts.passages, counts.without_echoes, counts.meetings) == (6, 6, 2, 1)
    assert counts.of["channel"] == {"mail": 5, "web": 1}
    assert counts.of["place"] == {"": 5, "Laon": 1}


def test_only_what_may_be_quoted_is_quoted():
    said = [replace(one, may_quote=one.row % 2 == 0) for one in crowd()]
    quoted = {int(name.contribution[1:]) for idea in analysed(said).ideas for name in idea.quotes}
    assert quoted
    assert all(row % 2 == 0 for row in quoted)


def test_what_people_decided_holds_whatever_comes_after():
    odd, moved = Name("c0012", 0), Name("c0013", 0)
    made = {"mine": Group("mine", "presence", FINDING, "Le groupe de Claire")}
    decisions = Decisions(themes={odd: ("accueil",)}, kinds={odd: FINDING}, groups={moved: "mine"}, made=made)
    for more in ([], [statement("Des ralentisseurs partout", 600, asked_kind=PROPOSAL)]):
        result = analysed([*crowd(), *more], decisions)
        read = {reading.name: reading for reading in result.readings}
        assert (read[odd].themes, read[odd].kind, read[odd].by_theme, read[odd].by_kind) == (
            ("accueil",),
            FINDING,
            True,
            True,
        )
        assert (read[moved].idea, read[moved].by_group) == ("mine", True)
        mine = next(idea for idea in result.ideas if idea.key == "mine")
        assert (mine.label, mine.by_person, mine.theme) == ("Le groupe de Claire", True, "presence")


def test_a_group_that_people_made_attracts_what_says_the_same():
    made = {"mine": Group("mine", "route", PROPOSAL)}
    decisions = Decisions(groups={Name("c0012", 0): "mine"}, made=made)
    said = [replace(one, asked_theme="route") for one in crowd() if one.row in (12, 13, 14, 15)]
    mine = next(idea for idea in analysed(said, decisions).ideas if idea.key == "mine")
    assert Name("c0013", 0) in mine.names
    assert Name("c0015", 0) not in mine.names
    assert mine.label


def test_what_people_took_out_of_every_group_stays_out():
    result = analysed(crowd(), Decisions(groups={Name("c0013", 0): ""}))
    assert next(reading for reading in result.readings if reading.row == 13).idea == ""


def test_a_decision_on_a_passage_holds_for_the_one_that_contains_its_place():
    said = [statement("Je suis contre. " * 3 + "Il faudrait ouvrir la brigade le samedi.", 1)]
    result = analysed(said, Decisions(themes={Name("c0001", 0, 20): ("route",)}))
    holding = next(one for one in result.readings if one.name.start <= 20 < one.end)
    assert (holding.themes, holding.by_theme) == (("route",), True)


def test_later_texts_are_read_by_what_is_remembered():
    result = analysed(crowd())
    memory = json.loads(json.dumps(result.memory))
    (reading,) = read_more(
        [statement("des ralentisseurs devant l’école", 800, asked_kind=PROPOSAL)], THEMES, Decisions(), memory
    )
    idea = next(idea for idea in result.ideas if Name("c0012", 0) in idea.names)
    assert (reading.themes[0], reading.kind, reading.idea) == (idea.theme, PROPOSAL, idea.key)


def test_a_later_copy_is_recognised_as_an_echo():
    letter = (
        "La brigade de notre canton doit fermer au printemps et nous demandons que la décision soit suspendue à Laon."
    )
    result = analysed([statement(letter, 1), statement(letter.replace("Laon", "Hirson"), 2), *crowd()[5:]])
    memory = json.loads(json.dumps(result.memory))
    later = [
        statement(letter.replace("Laon", "Vervins"), 800),
        statement("La brigade du canton ouvre peu le samedi.", 801),
    ]
    copy, other = read_more(later, THEMES, Decisions(), memory)
    assert (copy.echo, other.echo) == (result.echoes[0].key, "")


def test_progress_is_told_step_by_step():
    told = []
    analyse(crowd(), THEMES, Decisions(), lambda done, total, step: told.append((done, total, step)))
    assert [done for done, _, _ in told] == list(range(len(told)))
    assert told[-1][0] == told[-1][1]
