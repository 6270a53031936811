"""On 515 invented answers to 8 questions: a floor under what docs/analysis.md measures, and the same bytes always."""

import json
import os
import subprocess
import sys
from pathlib import Path

from syntheses.analysis.judging_themes import questions
from syntheses.analysis.themes import decide, prepared

ANSWERS = Path(__file__).parent / "answers.jsonl"
TOLD = """
import json, sys
from syntheses.analysis.judging_themes import questions
from syntheses.analysis.lexicon import by_roots
from syntheses.analysis.themes import read_themes
print(list(by_roots().items()))
lines = [json.loads(line) for line in open(sys.argv[1], encoding="utf-8")]
for one in questions(lines)[:2]:
    read = read_themes(one.texts, [""] * len(one.texts), one.themes, {5: one.labels[5], 9: ()})
    print(json.dumps([read.rows, read.memory]))
"""


def precision(question, corrections):
    campaign = prepared(question.texts, [""] * len(question.texts), question.themes)
    decided = {}
    for _ in range(corrections):
        rows = decide(campaign, decided).rows
        left = [row for row in range(len(rows)) if row not in decided]
        top = max(left, key=lambda row: (rows[row].teaches, question.texts[row]))
        decided[top] = question.labels[top]
    read = decide(campaign, decided).rows
    judged = [row for row in range(len(read)) if row not in decided]
    return sum(read[row].best in question.labels[row] for row in judged) / len(judged)


def mean(corrections):
    found = [precision(question, corrections) for question in questions(lines())]
    return sum(found) / len(found)


def lines():
    return [json.loads(line) for line in ANSWERS.read_text(encoding="utf-8").splitlines()]


def test_titles_alone_find_most_themes_and_ten_corrections_more():
    without_help = mean(0)
    assert without_help >= 0.75
    assert mean(10) >= without_help + 0.03


def test_the_same_texts_give_the_same_bytes_in_another_process_with_another_hash_seed():
    said = [
        subprocess.run(
            [sys.executable, "-c", TOLD, str(ANSWERS)],
            env={**os.environ, "PYTHONHASHSEED": seed, "OPENBLAS_NUM_THREADS": threads},
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for seed, threads in (("1", "1"), ("7", "2"))
    ]
    assert said[0].count("\n") == 3
    assert said[0] == said[1]
