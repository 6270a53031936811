"""The real servers go away while people send: what was promised is there, once, and nobody's words are lost."""

import re
import signal
import threading
import time
from html import unescape

import pytest

from assises.accounts.models import Prefecture
from assises.embedded.tests.running import eventually
from assises.jobs.tasks import sweep
from assises.jobs.tests.running import wait_for
from assises.jobs.tests.test_broker import broker, start_worker  # noqa: F401 (fixtures)
from assises.outbox.models import DemoMail, OutboundMail
from assises.tenancy.context import as_prefecture
from assises.testing import make_open_consultation
from contributions.models import Contribution, Draft, Leaf, LogEntry
from contributions.tests.journey import SAID, Visitor
from contributions.tests.own_servers import OwnDatabase
from contributions.tests.serving import Journal, asked, rows, served, write_on

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
AT_ONCE_SECONDS = 2
HIDDEN = re.compile(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', re.DOTALL)
IN_DANGER = SAID | {"presence.constat": "Il me frappe."}


@pytest.fixture
def journal(tmp_path):
    made = Journal(tmp_path / "receipts.txt")
    made.path.touch()
    return made


# Redis ---------------------------------------------------------------------


def in_danger(port, consultation):
    """A draft whose sending owes a mail to the team."""
    visitor = Visitor(consultation)
    write_on(port, visitor)
    for _ in range(2):
        assert asked(port, "POST", visitor.step(1), IN_DANGER).status in {200, 302}
    return visitor


def sent(port, visitor, journal):
    answer = asked(port, "POST", visitor.review, {})
    assert answer.status == 302
    assert answer.seconds < AT_ONCE_SECONDS
    journal.note(answer)


def owed():
    with as_prefecture("02"):
        return OutboundMail.objects.filter(kind="urgent_words", done_at=None).count()


def is_sealed():
    with as_prefecture("02"):
        return Leaf.objects.count() == LogEntry.objects.count()


def test_redis_emptied_stopped_and_started_again_while_people_send(broker, start_worker, journal):  # noqa: F811
    with as_prefecture("02"):
        Prefecture.objects.filter(pk="02").update(functional_email="concertation@aisne.invalid")
    consultation = make_open_consultation()
    with served(REDIS_URL=broker.url) as port:
        visitors = [in_danger(port, consultation) for _ in range(5)]
        sent(port, visitors[0], journal)
        wait_for(broker.holds_something)
        broker.flush()
        sent(port, visitors[1], journal)
        broker.stop()
        sent(port, visitors[2], journal)
        sent(port, visitors[3], journal)
        broker.start()
        sent(port, visitors[4], journal)
        assert sorted(rows()) == sorted(journal.promised())
        start_worker()
        time.sleep(1)
        assert owed() >= 1, "the negative control: without the sweep some nudges are lost for good"
        for _ in range(2):  # a second sweep finds nothing more to do
            sweep.apply_async()
            wait_for(lambda: owed() == 0 and is_sealed())
    with as_prefecture("02"):
        mails = OutboundMail.objects.filter(kind="urgent_words")
        assert mails.count() == len(visitors)
        assert set(mails.values_list("attempts", flat=True)) == {1}
        assert Leaf.objects.count() == len(visitors)
        ours = list(mails.values_list("message_id", flat=True))
    assert DemoMail.objects.filter(message_id__in=ours).count() == len(visitors)


# PostgreSQL ----------------------------------------------------------------


@pytest.fixture(scope="module")
def own(tmp_path_factory):
    made = OwnDatabase(tmp_path_factory.mktemp("base"))
    yield made
    made.end()


@pytest.fixture
def database(own):
    with own.under_django():
        yield own


class Crowd:
    """People who send until they have a receipt, each on a thread; their journal is the oracle."""

    def __init__(self, port, visitors, journal):
        self.port, self.waiting, self.journal = port, list(visitors), journal
        self.statuses, self.lock = [], threading.Lock()
        self.threads = [threading.Thread(target=self.send_all) for _ in range(3)]
        for thread in self.threads:
            thread.start()

    def send_all(self):
        while True:
            with self.lock:
                if not self.waiting:
                    return
                visitor = self.waiting.pop()
            self.send(visitor)

    def send(self, visitor):
        for _ in range(200):
            answer = asked(self.port, "POST", visitor.review, {"citation": "on"})
            with self.lock:
                self.statuses.append(answer.status)
                if answer.status == 302:
                    self.journal.note(answer)
                    return
            time.sleep(0.1)

    def has(self, status):
        return status in self.statuses

    def join(self):
        for thread in self.threads:
            thread.join(60)


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL], ids=["stopped", "killed"])
def test_postgresql_restarted_while_people_send(database, journal, how):
    consultation = make_open_consultation()
    with served(**database.environment) as port:
        visitors = [Visitor(consultation) for _ in range(24)]
        for visitor in visitors:
            write_on(port, visitor)
        before = len(rows())
        crowd = Crowd(port, visitors, journal)
        assert eventually(lambda: crowd.has(302))
        database.stop(how)
        assert eventually(lambda: crowd.has(503)), "the negative control: the fault bites"
        promised = journal.promised()
        database.start()
        crowd.join()
    assert set(crowd.statuses) == {302, 503}
    assert promised < journal.promised()
    assert len(journal.promised()) == len(visitors)
    stored = rows()
    assert len(stored) == before + len(visitors)
    assert journal.promised() <= set(stored)
    with as_prefecture("02"):
        assert Contribution.objects.filter(consultation=consultation).count() == len(visitors)
        assert LogEntry.objects.filter(consultation=consultation).count() == len(visitors)
        assert not Draft.objects.filter(consultation=consultation).exists()


def test_words_sent_to_a_portal_without_its_database_are_in_the_page_and_go_out_with_one_press(database):
    visitor = Visitor(make_open_consultation())
    with served(**database.environment) as port:
        write_on(port, visitor)
        database.stop()
        answer = asked(port, "POST", visitor.step(1), SAID | {"presence.constat": "Dit & « redit »\npendant la panne."})
        database.start()
        page = answer.body.decode()
        assert answer.status == 503
        assert "Envoyer de nouveau" in page
        assert "pendant la panne." in page
        kept = {}
        for name, value in HIDDEN.findall(page):
            kept.setdefault(unescape(name), []).append(unescape(value))
        assert kept.pop("presence.constat") == ["Dit & « redit »\npendant la panne."]
        again = asked(port, "POST", visitor.step(1), kept | {"presence.constat": "Dit & « redit »\npendant la panne."})
        assert again.status == 302
    with as_prefecture("02"):
        kept = Draft.objects.get(consultation__campaign__slug=visitor.start.split("/")[2])
    assert kept.answers["presence.lieux"] == SAID["presence.lieux"]
    assert kept.answers["presence.constat"].endswith("pendant la panne.")
