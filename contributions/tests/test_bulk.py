"""Rows that come many at a time are the same as those that come one by one."""

import json
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.conf import settings

from assises import clock
from assises.tenancy.context import as_prefecture
from assises.testing import make_open_consultation
from contributions.intake import bulk
from contributions.intake.record import Passage, record, record_many
from contributions.models import Contribution, LogEntry, Statement
from contributions.tests.said import said
from contributions.tests.serving import address

DIFFERENT = {"id", "salt", "submission_key", "receipt_hash", "leaf_hash", "contribution_id", "about"}
TEXTS = ["Deux\nlignes", "\\x41 \\u0041 %s", '« O\'Brien » "citait" {a,b}', "\u202eارabe 👩‍🚒", "<b>&amp;</b>", "null"]


def everything_but_keys(model):
    with as_prefecture("02"):
        rows = list(model.objects.for_prefecture("02").order_by("pk").values())
    return [{name: value for name, value in row.items() if name not in DIFFERENT} for row in rows]


def hostile(consultation, **facts):
    passages = tuple(Passage("finding", text, "presence", "constat") for text in [*TEXTS, "Il me frappe."])
    answers = {"presence.lieux": ["a", "b"], "presence.delai": 'Une "heure" \\ ½', "presence.jugement": "moyenne"}
    return said(consultation, passages=passages, answers=answers, may_publish=True, flags=("fast",), **facts)


@pytest.mark.django_db
def test_many_rows_hold_what_one_row_would():
    consultation = make_open_consultation()
    moment = clock.now() - timedelta(minutes=1)
    found = []
    for make in (record, lambda submission: record_many([submission])):
        with as_prefecture("02"):
            make(hostile(consultation, acted_at=moment))
        found.append([everything_but_keys(model) for model in (Contribution, Statement, LogEntry)])
        with as_prefecture("02"):
            Statement.objects.all().delete()
            Contribution.objects.all().delete()
    one, many = found
    assert many[0] == one[0] != []
    assert many[1] == one[1]
    assert [row["text"] for row in many[1]][:-1] == TEXTS
    assert many[2][1:] == one[2]


def test_each_kind_of_value_is_spelt_as_the_database_reads_it():
    assert bulk.in_json(b"\x00\xff") == "\\x00ff"
    assert bulk.in_json(key := uuid4()) == str(key)
    assert bulk.in_json(datetime(2027, 2, 5, 18, tzinfo=UTC)) == "2027-02-05T18:00:00+00:00"


def test_what_is_not_given_is_left_to_the_database():
    assert not bulk.is_given(None)
    assert not bulk.is_given(LogEntry().recorded_at)
    assert bulk.is_given("")


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_two_processes_make_the_same_crowd_as_one(tmp_path):
    consultation = make_open_consultation(opens_at=clock.now() - timedelta(days=9))
    name = f"02/{consultation.campaign.slug}"

    def seed(processes, count):
        truth = tmp_path / f"{processes}.jsonl"
        done = subprocess.run(
            [sys.executable, "manage.py", "seed_contributions", "--consultation", name, "--count", str(count)]
            + ["--processes", str(processes), "--truth", str(truth)],
            cwd=settings.BASE_DIR,
            env={**os.environ, "DATABASE_URL": address()},
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout, [json.loads(line) for line in truth.read_text(encoding="utf-8").splitlines()]

    said_by_two, truth_of_two = seed(2, 60)
    said_by_one, truth_of_one = seed(1, 60)
    assert truth_of_two == truth_of_one
    assert said_by_two.startswith("60 contributions")
    assert said_by_one.startswith("0 contributions")
    with as_prefecture("02"):
        assert Contribution.objects.count() == 60
