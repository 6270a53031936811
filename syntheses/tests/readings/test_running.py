"""The page shows how far the machine is, says why it failed, and lets somebody ask again."""

from datetime import timedelta

import pytest
from django.db.models.functions import Now

from assises import clock
from assises.accounts.models import Prefecture
from assises.jobs.models import Progress
from assises.jobs.progress import Reporter
from assises.tenancy.context import as_prefecture
from assises.testing import statements
from syntheses.models import Analysis, Tally
from syntheses.reading.owe import WHOLE, owe
from syntheses.reading.run import READ
from syntheses.showing.running import running_of, time_left
from syntheses.tests.building import staff
from syntheses.tests.readings.read import heard, read
from syntheses.tests.readings.test_corrections import post
from syntheses.tests.readings.test_pages import address, page, sought

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture
def agent():
    return staff("02", "agent")


@pytest.fixture
def consultation():
    return read(heard())


def begun(consultation, done=40, total=100, step="Les idées sont regroupées"):
    """A run that a worker has claimed, and how far it is."""
    with as_prefecture("02"):
        owe(consultation, WHOLE, clock.now())
        Analysis.objects.owed().update(attempts=1)
        Reporter(READ.name, str(consultation.pk)).report(0, total, step)
        Progress.objects.update(done=done, step=step, updated_at=Now(), started_at=clock.now() - MINUTE)


def state(consultation):
    with as_prefecture("02"):
        return running_of(consultation)


@pytest.mark.parametrize(
    ("done", "since", "words"),
    [
        (0, 60, ""),
        (4, 60, ""),  # too early to tell
        (50, 20, "moins d’une minute"),
        (50, 60, "environ une minute"),
        (20, 60, "environ 4\u00a0minutes"),
    ],
)
def test_the_time_left_is_told_in_words(done, since, words):
    with as_prefecture("02"):
        now = clock.now()
    progress = Progress(done=done, total=100, started_at=now - timedelta(seconds=since))
    assert time_left(progress, now) == words


def test_while_a_worker_reads_the_page_says_what_and_for_how_long(agent, consultation):
    begun(consultation)
    for told in (page(agent, consultation), page(agent, consultation, "avancement")):
        assert "Les idées sont regroupées" in told
        assert 'value="40"' in told
        assert "Il reste environ" in told
        assert f'data-live="{address(consultation, "avancement")}"' in told
        assert "aria-live" not in told
        assert "Lire maintenant" not in told


def test_the_block_alone_is_no_page(agent, consultation):
    assert "<html" not in page(agent, consultation, "avancement")
    assert "data-live" not in page(agent, consultation, "avancement")


def test_a_run_that_waits_says_so_and_an_old_progress_is_not_its_own(agent, consultation):
    begun(consultation, done=100)
    assert not state(consultation).is_going
    assert "En attente d’un instant libre" in page(agent, consultation)


def test_a_new_run_counts_its_time_from_its_own_beginning(consultation):
    begun(consultation, done=90)
    with as_prefecture("02"):
        Reporter(READ.name, str(consultation.pk)).report(0, 100)
        assert Progress.objects.get().started_at >= clock.now()


def test_what_failed_says_why_and_is_tried_again_when_somebody_asks(agent, consultation):
    with as_prefecture("02"):
        owe(consultation, WHOLE, clock.now())
        Analysis.objects.owed().update(attempts=6, given_up_at=Now(), last_error="MemoryError : trop de textes")
    told = page(agent, consultation)
    assert "La dernière lecture n’a pas abouti" in told
    assert "MemoryError : trop de textes" in told
    assert "Réessayer" in told
    post(agent, consultation, "lire")
    assert state(consultation).is_pending
    assert state(consultation).failed is None


def test_asked_now_what_was_due_later_is_due_now(agent, consultation):
    with as_prefecture("02"):
        owe(consultation, WHOLE, clock.now() + MINUTE)
    post(agent, consultation, "lire")
    with as_prefecture("02"):
        assert Analysis.objects.due().count() == Analysis.objects.owed().count() == 1


def test_the_manifest_is_there_for_the_curious(agent, consultation):
    told = page(agent, consultation, "compte-rendu")
    with as_prefecture("02"):
        run = Analysis.objects.get()
    assert run.manifest["code"] in told
    assert run.manifest["input"] in told


def test_who_may_not_code_is_not_asked_to(consultation):
    prefect = staff("02", "prefect")
    assert "Lire maintenant" not in page(prefect, consultation)
    assert prefect.post(address(consultation, "lire")).status_code == 403


def today(role):
    return staff("02", role).get("/aisne/prefecture/").content.decode()


def test_today_names_the_passages_to_look_at_to_those_who_code(consultation):
    with as_prefecture("02"):
        Tally.objects.filter(about="reading", key="unsure").delete()
        facts = {"prefecture": Prefecture.objects.get(pk="02"), "consultation": consultation, "about": "reading"}
        Tally.objects.create(**facts, key="unsure", number=3)
    assert "passages à relire" in today("agent")
    assert "passages à relire" in today("editor")
    assert "passages à relire" not in today("prefect")
    with as_prefecture("02"):
        Tally.objects.filter(key="unsure").update(number=0)
    assert "à relire" not in today("agent")


def test_today_tells_editors_of_a_reading_that_failed(consultation):
    with as_prefecture("02"):
        owe(consultation, WHOLE, clock.now())
        Analysis.objects.owed().update(given_up_at=Now(), last_error="MemoryError")
    assert "lecture qui n’a pas abouti" in today("editor")
    assert "lecture qui n’a pas abouti" not in today("agent")
    read(consultation)
    with as_prefecture("02"):
        owe(consultation, WHOLE, clock.now())
    assert "lecture qui n’a pas abouti" not in today("editor")


PAGES = ((), ("themes", "presence"), ("recherche",), ("a-relire",), ("textes-repris",), ("decisions",), ("avancement",))


@pytest.mark.parametrize("rest", PAGES, ids=lambda rest: "/".join(rest) or "all")
def test_a_page_asks_the_database_as_often_for_many_as_for_few(agent, rest):
    def asked(consultation):
        with statements() as made:
            page(agent, consultation, *rest)
        return len(made)

    few = asked(sought(read(heard(findings=("On ne voit plus personne.", "Les motos roulent trop vite.")))))
    many = heard(findings=tuple(f"Les motos roulent trop vite rue {n}, le soir." for n in range(30)))
    assert asked(sought(read(many))) <= few + 2  # pages of few have neither quotes nor ideas to name
    assert few <= 22


def test_a_run_that_gathers_decisions_can_be_hurried(agent, consultation):
    with as_prefecture("02"):
        owe(consultation, WHOLE, clock.now() + MINUTE)
    told = page(agent, consultation)
    assert "réunit d’abord vos décisions" in told
    assert "Lire maintenant" in told
    post(agent, consultation, "lire")
    assert "Lire maintenant" not in page(agent, consultation)
