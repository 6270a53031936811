"""What is owed is done once, whatever happens to whoever does it."""

import threading
from datetime import timedelta

import pytest
from django.db import connection, connections
from django.db.models import F
from django.db.models.functions import Now

from assises.jobs import nudge, run
from assises.jobs.registry import JOBS, Job
from assises.jobs.tasks import run_owed, sweep
from assises.tenancy.context import as_ministry, as_prefecture
from assises.tests.sample.models import Chore, Effect


def do(chore):
    if chore.text == "échoue":
        raise ValueError("plus de papier")
    if chore.prefecture_id:
        Effect.objects.create(prefecture_id=chore.prefecture_id, chore=chore)


@pytest.fixture
def job(monkeypatch):
    made = Job(name="essai", model=Chore, perform=do, label="Essai", attempts=3)
    monkeypatch.setitem(JOBS, "essai", made)
    return made


def owe(text="balayer", prefecture="02"):
    with run.scope_of(prefecture):
        return Chore.objects.create(prefecture_id=prefecture or None, text=text)


def effects():
    with as_prefecture("02"):
        return Effect.objects.count()


def again(chore, prefecture="02"):
    with run.scope_of(prefecture):
        return Chore.objects.get(pk=chore.pk)


def make_due(chore):
    with as_prefecture("02"):
        Chore.objects.filter(pk=chore.pk).update(due_at=Now())


@pytest.mark.django_db
def test_a_row_is_done_and_marked_in_one_go(job):
    chore = owe()
    run.run_due(job, "02")
    assert effects() == 1
    assert again(chore).done_at


@pytest.mark.django_db
def test_a_task_delivered_five_times_has_one_effect(job):
    chore = owe()
    for _ in range(5):
        run_owed("essai", "02", chore.pk)
        make_due(chore)
    assert effects() == 1


@pytest.mark.django_db
def test_each_tenant_does_its_own(job):
    owe(prefecture="02")
    elsewhere = owe(prefecture="03")
    run.run_due(job, "02")
    assert again(elsewhere, "03").done_at is None


@pytest.mark.django_db
def test_the_ministrys_rows_are_done_in_its_name(job):
    chore = owe(prefecture="")
    run.run_due(job, "")
    assert again(chore, "").done_at
    with as_prefecture("02"):
        assert not Chore.objects.exists()


@pytest.mark.django_db
def test_a_failure_keeps_the_row_the_reason_and_a_later_date(job):
    chore = owe("échoue")
    run.run_due(job, "02")
    chore = again(chore)
    assert (chore.attempts, chore.done_at, chore.given_up_at) == (1, None, None)
    assert "plus de papier" in chore.last_error
    with as_prefecture("02"):
        assert not Chore.objects.due().exists()
        assert Chore.objects.filter(due_at__gt=Now() + timedelta(seconds=20)).exists()


def test_each_wait_is_twice_the_last_up_to_an_hour():
    job = Job(name="essai", model=Chore, perform=do, label="Essai")
    waits = [job.wait_after(attempts).total_seconds() for attempts in (1, 2, 3, 20)]
    assert waits == [30, 60, 120, 3600]


@pytest.mark.django_db
def test_after_the_last_attempt_it_is_given_up_where_staff_can_see_it(job):
    chore = owe("échoue")
    for _ in range(4):
        run.run_due(job, "02")
        make_due(chore)
    chore = again(chore)
    assert chore.attempts == 3
    with as_prefecture("02"):
        assert list(Chore.objects.given_up()) == [chore]


@pytest.mark.django_db
def test_a_person_can_have_it_tried_again(job):
    chore = owe("échoue")
    for _ in range(3):
        run.run_due(job, "02")
        make_due(chore)
    with as_prefecture("02"):
        Chore.objects.update(text="balayer")
        run.retry(job, chore)
    run.run_due(job, "02")
    assert again(chore).done_at
    assert effects() == 1


@pytest.mark.django_db
def test_a_worker_that_dies_each_time_uses_up_the_attempts(job):
    """Claimed and never heard of again, as when the machine runs out of memory."""
    chore = owe()
    for _ in range(3):
        assert run.claim(job, "02") == chore.pk
        make_due(chore)
    assert again(chore).attempts == 3


@pytest.mark.django_db
def test_the_sweep_finds_who_is_owed_and_learns_nothing_else(job):
    owe(prefecture="02")
    owe(prefecture="02")
    owe(prefecture="03")
    assert sorted((prefecture, rows) for prefecture, _, rows in run.owing(job)) == [("02", 2), ("03", 1)]
    assert not Chore.objects.exists()


@pytest.mark.django_db
def test_a_row_due_later_is_not_owed_now(job):
    chore = owe()
    with as_prefecture("02"):
        Chore.objects.filter(pk=chore.pk).update(due_at=F("due_at") + timedelta(hours=1))
    assert run.owing(job) == []
    assert run.run_due(job, "02") == 0


@pytest.mark.django_db(transaction=True)
def test_a_lost_nudge_is_made_good_by_the_sweep(job, monkeypatch):
    monkeypatch.setattr(nudge.sender, "submit", lambda *_: None)
    with as_prefecture("02"):
        run.nudge(job, Chore.objects.create(prefecture_id="02", text="balayer"))
    assert effects() == 0
    monkeypatch.setattr(run_owed, "apply_async", lambda args: run_owed(*args))
    sweep()
    assert effects() == 1


@pytest.mark.django_db(transaction=True)
def test_without_the_sweep_a_lost_nudge_would_stay_lost(job, monkeypatch):
    """The negative control of the test above."""
    monkeypatch.setattr(nudge.sender, "submit", lambda *_: None)
    with as_prefecture("02"):
        run.nudge(job, Chore.objects.create(prefecture_id="02", text="balayer"))
    monkeypatch.setattr(run_owed, "apply_async", lambda args: run_owed(*args))
    monkeypatch.setattr(run, "owing", lambda _: [])
    sweep()
    assert effects() == 0


@pytest.mark.django_db(transaction=True)
def test_a_nudge_is_sent_after_commit_and_only_then(job, monkeypatch):
    sent = []
    monkeypatch.setattr(nudge.sender, "submit", lambda *facts: sent.append(facts))
    with as_prefecture("02"):
        chore = Chore.objects.create(prefecture_id="02", text="balayer")
        run.nudge(job, chore)
        assert sent == []
    assert sent == [("essai", "02", chore.pk)]
    with pytest.raises(ZeroDivisionError), as_prefecture("02"):
        run.nudge(job, chore)
        raise ZeroDivisionError
    assert len(sent) == 1


def test_after_a_failure_nudges_are_dropped_for_a_while(monkeypatch):
    tried = []

    def refuse(*args):
        tried.append(args)
        raise ConnectionError("broker")

    monkeypatch.setattr(nudge.app, "send_task", refuse)
    sender = nudge.Sender()
    for _ in range(3):
        sender.send("essai", "02", 1)
    assert len(tried) == 1


@pytest.mark.django_db(transaction=True)
def test_two_workers_never_do_the_same_row(job, monkeypatch):
    together = threading.Barrier(2, timeout=10)
    owe()
    assert race(job, monkeypatch, together) == 1


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_two_workers_would(job, monkeypatch):
    """The negative control: both read the row before either marks it."""
    together = threading.Barrier(2, timeout=10)
    monkeypatch.setattr(run, "_lock", lambda job, row_id: job.model.objects.owed().filter(pk=row_id).first())
    owe()
    assert race(job, monkeypatch, together) == 2


@pytest.mark.django_db(transaction=True)
def test_a_claim_leaves_alone_what_another_worker_holds(job):
    owe()
    with as_prefecture("02"):
        Chore.objects.select_for_update().get()
        answer = in_thread(lambda: run.claim(job, "02"))
    assert answer == [None]


def race(job, monkeypatch, together):
    """Two workers that both claimed the row perform it at the same moment; returns the number of effects."""

    def slowly(chore):
        together.wait() if run._lock.__name__ == "<lambda>" else None
        do(chore)

    patched = Job(name="essai", model=Chore, perform=slowly, label="Essai")
    with as_prefecture("02"):
        row_id = Chore.objects.get().pk
    threads = [threading.Thread(target=closing(lambda: run.perform_one(patched, "02", row_id))) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    return effects()


def in_thread(work):
    answers = []
    thread = threading.Thread(target=closing(lambda: answers.append(work())))
    thread.start()
    thread.join(20)
    return answers


def closing(work):
    def run_and_close():
        try:
            work()
        finally:
            connections.close_all()

    return run_and_close


@pytest.mark.django_db
def test_the_list_of_who_is_owed_is_the_owners_word(job):
    """The app role may call the function; it may not change it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT prosecdef, pg_get_userbyid(proowner) <> current_user"
            " FROM pg_proc WHERE proname = 'due_sample_chore'"
        )
        assert cursor.fetchone() == (True, True)


@pytest.mark.django_db
def test_ministry_rows_stay_out_of_a_prefectures_sight():
    owe(prefecture="")
    with as_prefecture("02"):
        assert Chore.objects.count() == 0
    with as_ministry():
        assert Chore.objects.count() == 1
