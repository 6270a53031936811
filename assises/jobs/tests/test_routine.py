"""Work that is not one row: each tenant's is done as that tenant, in one transaction, and stays owed when it fails."""

from datetime import UTC, datetime

import pytest

from assises.jobs import run, tasks
from assises.jobs.registry import JOBS, ROUTINES, Routine
from assises.tenancy.context import as_ministry, as_prefecture, current
from assises.tests.sample.models import Note

pytestmark = pytest.mark.django_db
SINCE = datetime(2027, 1, 1, tzinfo=UTC)


def write(prefecture):
    Note.objects.create(prefecture_id=prefecture, text=current().prefecture)


@pytest.fixture
def routine(monkeypatch):
    made = Routine(name="essai", owing=lambda: [("02", SINCE, 3), ("974", SINCE, 1)], perform=write, label="Essai")
    for holder in (run, tasks):
        monkeypatch.setattr(holder, "ROUTINES", {"essai": made})
        monkeypatch.setattr(holder, "JOBS", {})
    return made


def notes(prefecture):
    with as_prefecture(prefecture):
        return list(Note.objects.values_list("text", flat=True))


def test_it_is_done_as_the_tenant(routine):
    run.run_routine(routine, "02")
    assert (notes("02"), notes("974")) == (["02"], [])


def test_the_sweep_asks_for_each_tenant_that_owes_it(routine, monkeypatch):
    asked = []
    monkeypatch.setattr(tasks.run_routine, "apply_async", asked.append)
    tasks.sweep()
    assert asked == [("essai", "02"), ("essai", "974")]


def test_the_task_does_it(routine):
    tasks.run_routine("essai", "974")
    assert notes("974") == ["974"]


def test_the_ministrys_part_is_done_in_its_name(routine):
    seen = []
    made = Routine(name="essai", owing=list, perform=lambda prefecture: seen.append(current().audience), label="Essai")
    run.run_routine(made, "")
    with as_ministry():
        assert seen == [current().audience]


def test_a_failure_leaves_nothing_behind_and_is_not_hidden(routine):
    def fail(prefecture):
        write(prefecture)
        raise ValueError("plus de papier")

    with pytest.raises(ValueError, match="papier"):
        run.run_routine(Routine(name="essai", owing=list, perform=fail, label="Essai"), "02")
    assert notes("02") == []


def test_what_waits_counts_for_the_health_page(routine):
    assert run.oldest_due() == SINCE
    assert run.all_owing()["essai"][0] == ("02", SINCE, 3)


def test_jobs_and_routines_have_names_of_their_own():
    assert not set(JOBS) & set(ROUTINES)
