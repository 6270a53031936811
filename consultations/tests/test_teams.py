"""The lead writes to the teams: to all, or to those who are waited for."""

from datetime import timedelta

import pytest
from django.test import Client

from assises import clock
from assises.outbox.models import OutboundMail
from assises.tenancy.context import as_ministry, as_prefecture
from assises.testing import make_campaign, make_member, make_prefecture, statements
from consultations.models import CampaignMessage, Consultation
from consultations.steering.launch import launch
from consultations.steering.teams import ALL, UNPUBLISHED, UNTOUCHED, reached, remind_untouched, send_message

pytestmark = pytest.mark.django_db
CODES = ("02", "03", "974")


@pytest.fixture
def lead():
    return make_member(None, "lead")


@pytest.fixture
def campaign(lead):
    """In Aisne nobody has begun for a week, in Allier somebody has, in La Réunion it is published."""
    made = make_campaign()
    for code in CODES:
        make_member(make_prefecture(code), "editor")
    with as_ministry():
        launch(made, [make_prefecture(code) for code in CODES], actor=lead, tells=False)
    now = clock.now()
    facts = {
        "02": {"launched_at": now - timedelta(days=7)},
        "03": {"launched_at": now - timedelta(days=7), "touched_at": now},
        "974": {
            "state": "published",
            "published_at": now,
            "opens_at": now,
            "closes_at": now + timedelta(days=1),
            "launched_at": now - timedelta(days=7),
        },
    }
    for code, changes in facts.items():
        with as_prefecture(code):
            Consultation.objects.filter(campaign=made).update(**changes)
    made.refresh_from_db()
    return made


def written_to():
    found = []
    for code in CODES:
        with as_prefecture(code):
            found += OutboundMail.objects.for_prefecture(code).values_list("prefecture", flat=True)
    return found


@pytest.mark.parametrize(
    ("reach", "codes"), [(ALL, ["02", "03", "974"]), (UNPUBLISHED, ["02", "03"]), (UNTOUCHED, ["02"])]
)
def test_a_message_goes_to_those_it_is_for_and_is_kept(campaign, lead, reach, codes):
    with as_ministry():
        sent = send_message(campaign, subject="Bon à savoir", text="Merci à tous.", reach=reach, actor=lead)
    assert written_to() == codes
    assert (sent.mails, sent.reach, sent.by) == (len(codes), reach, lead)


def test_the_reminder_goes_only_to_drafts_that_nobody_touched(campaign, lead):
    with as_ministry():
        kept = remind_untouched(campaign, actor=lead)
    assert written_to() == ["02"]
    assert "Aisne" in kept.text


def test_nobody_to_remind_writes_nothing(campaign, lead):
    with as_prefecture("02"):
        Consultation.objects.update(touched_at=clock.now())
    with as_ministry():
        assert remind_untouched(campaign, actor=lead) is None
    assert not CampaignMessage.objects.exists()


def test_another_exercise_is_not_mixed_in(campaign):
    with as_ministry():
        assert not reached(make_campaign(), ALL, clock.now()).exists()


@pytest.fixture
def client(lead):
    client = Client()
    client.force_login(lead)
    return client


def test_the_lead_sees_who_has_not_begun_and_reminds_them_in_one_click(client, campaign):
    page = client.get(f"/ministere/exercices/{campaign.slug}/").content.decode()
    assert "Relancer cette équipe" in page
    answer = client.post(f"/ministere/exercices/{campaign.slug}/relancer/", follow=True).content.decode()
    assert "Le rappel part" in answer
    assert written_to() == ["02"]


def test_a_second_click_does_not_remind_twice(client, campaign):
    for _ in range(2):
        answer = client.post(f"/ministere/exercices/{campaign.slug}/relancer/", follow=True)
    assert "déjà reçu un message" in answer.content.decode()
    assert written_to() == ["02"]


def test_a_message_is_written_on_a_page_and_found_again(client, campaign):
    letter = {"reach": "unpublished", "subject": "Une question ?", "text": "Appelez-nous."}
    page = client.post(f"/ministere/exercices/{campaign.slug}/messages/nouveau/", letter, follow=True).content.decode()
    assert "Une question\u202f?" in page
    assert "2 courriels" in page
    assert written_to() == ["02", "03"]


def test_a_message_for_nobody_says_so_and_keeps_the_text(client, lead):
    empty = make_campaign()
    with as_ministry():
        launch(empty, [], actor=lead)
    letter = {"reach": "all", "subject": "Bonjour", "text": "Un texte à garder."}
    page = client.post(f"/ministere/exercices/{empty.slug}/messages/nouveau/", letter).content.decode()
    assert "Aucune équipe n’est dans ce cas" in page
    assert "Un texte à garder." in page


def test_each_page_of_an_exercise_asks_a_bounded_number_of_statements(client, campaign, lead):
    counts = []
    for codes in ((), ("19", "23", "32", "47", "75", "971")):
        with as_ministry():
            launch(campaign, [make_prefecture(code) for code in codes], actor=lead, tells=False)
        for path in ("", "prefectures/"):
            with statements() as asked:
                client.get(f"/ministere/exercices/{campaign.slug}/{path}")
            counts.append(len(asked))
    assert counts[:2] == counts[2:]
    assert max(counts) <= 22
