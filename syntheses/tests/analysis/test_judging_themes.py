import json

import pytest
from django.core.management import CommandError, call_command

from syntheses.analysis.judging_themes import BadLineError, judge, judge_themes, questions

ROAD, HOME = "Sécurité routière", "Violences intrafamiliales"
SAID = {
    ROAD: [
        "un radar",
        "des ralentisseurs",
        "ils roulent trop vite",
        "la vitesse devant l’école",
        "accidents de voiture",
    ],
    HOME: ["femme battue", "mon voisin bat sa femme", "un mari violent", "violences conjugales", "conjoint violent"],
}
LINES = [{"question": "Q1", "text": text, "labels": [label]} for label, texts in SAID.items() for text in texts]


def only(lines):
    (question,) = questions(lines)
    return question


def test_without_help_it_counts_the_texts_whose_nearest_theme_is_among_their_labels():
    verdict = judge(only(LINES), [])
    assert (verdict.right[0], verdict.out_of[0], verdict.majority) == (10, 10, 5)
    turned = [{**line, "labels": [HOME if line["labels"] == [ROAD] else ROAD]} for line in LINES]
    assert judge(only(turned), []).right[0] == 0


def test_after_corrections_only_the_texts_that_were_not_corrected_are_judged():
    turned = [{**line, "labels": [HOME if line["labels"] == [ROAD] else ROAD]} for line in LINES]
    verdict = judge(only(turned), [4])
    assert verdict.out_of[4] == 6
    assert verdict.right[4] > 0


def test_ideas_are_compared_with_first_labels():
    assert judge(only(LINES), []).mutual > 0
    turned = [{**line, "labels": [str(number % 2)]} for number, line in enumerate(LINES)]
    assert judge(only(turned), []).mutual < judge(only(LINES), []).mutual


@pytest.mark.parametrize(
    "lines",
    [
        [],
        [{"question": "Q", "text": "un radar", "labels": []}],
        [{"question": "Q", "text": "", "labels": [ROAD]}],
        [{"question": "Q", "text": None, "labels": [ROAD, HOME]}, {"question": "Q", "labels": [HOME]}],
        [{"question": "Q", "text": "un radar", "labels": [ROAD]}] * 3,
        [*LINES, {"question": "Q2", "text": "…", "labels": ["Autre"]}],
    ],
)
def test_odd_files_are_read_to_the_end(lines):
    assert "Ensemble" in judge_themes(lines, [2, 50])


def test_when_all_are_corrected_there_is_no_figure():
    report = judge_themes(LINES, [10])
    assert "—" in report.splitlines()[3]


def test_a_text_may_have_several_labels():
    both = [{**line, "labels": [HOME, ROAD]} for line in LINES]
    assert judge(only(both), []).right[0] == 10


def test_the_order_of_lines_does_not_matter():
    assert judge_themes(LINES, [3]) == judge_themes(LINES[::-1], [3])


@pytest.mark.parametrize("line", [{"text": "x"}, {"question": "Q", "text": 3}, {"question": "Q", "labels": "x"}])
def test_a_wrong_line_is_named(line):
    with pytest.raises(BadLineError, match="Ligne 1"):
        questions([line])


def test_the_command_reads_a_file(tmp_path, capsys):
    path = tmp_path / "said.jsonl"
    path.write_text("\n".join(json.dumps(line) for line in LINES) + "\n\n", encoding="utf-8")
    call_command("evaluate", "themes", path, "--corrections", 2)
    assert "1,000" in capsys.readouterr().out


@pytest.mark.parametrize("content", ["pas du JSON", "[]", '{"question": 1}'])
def test_the_command_says_what_is_wrong_with_a_file(tmp_path, content):
    path = tmp_path / "said.jsonl"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(CommandError):
        call_command("evaluate", "themes", path)
    with pytest.raises(CommandError, match="illisible"):
        call_command("evaluate", "themes", tmp_path / "absent.jsonl")
