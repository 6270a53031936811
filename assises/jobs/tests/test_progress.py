"""A page that waits sees how far a job is while the job's own transaction is still open."""

import pytest
from django.test import override_settings

from assises.jobs import heartbeat
from assises.jobs.models import Progress
from assises.jobs.progress import Reporter, progress_of
from assises.tenancy.context import as_prefecture

BESIDE = {"databases": ["default", "progress"], "transaction": True}


@pytest.mark.django_db(**BESIDE)
@override_settings(PROGRESS_DATABASE="progress")
def test_progress_is_seen_before_the_job_ends():
    with pytest.raises(ZeroDivisionError), as_prefecture("02"):
        Reporter("essai", "7").report(3, 10, "lecture")
        raise ZeroDivisionError
    with as_prefecture("02"):
        seen = progress_of("essai", "7")
    assert (seen.done, seen.total, seen.step) == (3, 10, "lecture")


@pytest.mark.django_db(**BESIDE)
@override_settings(PROGRESS_DATABASE="default")
def test_written_in_the_jobs_transaction_it_would_go_with_it():
    """The negative control."""
    with pytest.raises(ZeroDivisionError), as_prefecture("02"):
        Reporter("essai", "7").report(3, 10)
        raise ZeroDivisionError
    with as_prefecture("02"):
        assert progress_of("essai", "7") is None


@pytest.mark.django_db
def test_reports_that_follow_each_other_closely_are_skipped_but_never_the_last(django_assert_max_num_queries):
    with as_prefecture("02"):
        reporter = Reporter("essai", "7")
        with django_assert_max_num_queries(12):
            for done in range(101):
                reporter.report(done, 100)
        assert (Progress.objects.get().done, Progress.objects.count()) == (100, 1)


@pytest.mark.django_db
def test_progress_belongs_to_its_tenant():
    with as_prefecture("02"):
        Reporter("essai", "7").report(1, 1)
    with as_prefecture("03"):
        assert progress_of("essai", "7") is None


@pytest.mark.django_db
def test_a_heart_that_never_beat_is_silent_and_one_that_beat_is_young():
    assert heartbeat.silence("sweep") is None
    heartbeat.beat("sweep")
    heartbeat.beat("sweep")
    assert heartbeat.silence("sweep").total_seconds() < 60
