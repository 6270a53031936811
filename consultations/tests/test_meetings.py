"""A seat: asked for, waited for, given back, remembered the day before, forgotten afterwards."""

import re
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client

from assises import clock
from assises.jobs.run import run_due, run_routine
from assises.outbox.models import OutboundMail
from assises.outbox.post import SEND
from assises.tenancy.context import Scope, as_prefecture, as_public, scoped
from assises.testing import make_member, make_open_consultation, make_prefecture
from consultations.meetings import announce, forget, remind
from consultations.meetings.leave import leave
from consultations.meetings.register import Given, NotRegisteringError, register_caller
from consultations.models import Announcement, Draw, Meeting, MeetingInvitation, Registration
from consultations.tests.meeting import DAY, come, make_announced, make_meeting, move_meeting, people, states
from consultations.withdraw import withdraw

pytestmark = pytest.mark.django_db
FORM = {"name": "Léa Martin", "mail": "lea@essai.invalid", "envoi": "formulaire-de-lea-0001"}


@pytest.fixture
def consultation():
    return make_open_consultation()


def mails(kind=""):
    with as_prefecture("02"):
        rows = OutboundMail.objects.order_by("pk")
        return list(rows.filter(kind=kind) if kind else rows)


def link_in(mail):
    return re.search(r"https?://[^/]+(/\S*inscription/\S+)", mail.text)[1]


def send(meeting, **changed):
    return Client().post(f"{meeting.get_absolute_url()}inscription/", {**FORM, **changed})


def test_a_visitor_gets_a_seat_and_a_mail_with_the_way_out(consultation):
    meeting = make_announced(consultation)
    page = send(meeting).content.decode()
    assert "Vous avez une place" in page
    (mail,) = mails("meeting_registered")
    assert mail.to == FORM["mail"]
    own = Client().get(link_in(mail)).content.decode()
    assert "Léa Martin" in own
    assert "Annuler mon inscription" in own


def test_the_same_form_sent_twice_is_one_seat_and_one_mail(consultation):
    meeting = make_announced(consultation, capacity=1)
    first, second = send(meeting), send(meeting)
    assert first.content == second.content
    assert states(meeting) == ["confirmed"]
    assert len(mails("meeting_registered")) == 1


def test_whoever_registers_somebody_again_learns_nothing_that_a_newcomer_would_not(consultation):
    meeting = make_announced(consultation, capacity=1)
    send(meeting)
    again = send(meeting, envoi="un-autre-formulaire-01").content.decode()
    newcomer = send(meeting, name="Autre", mail="autre@essai.invalid", envoi="encore-un-autre-0001").content.decode()
    assert again.replace(FORM["mail"], "autre@essai.invalid") == newcomer
    assert states(meeting) == ["confirmed", "waiting"]


def test_the_waiting_list_moves_up_by_itself_in_order(consultation):
    meeting = make_announced(consultation, capacity=2)
    for n in range(1, 6):
        come(meeting, n)
    assert states(meeting) == ["confirmed", "confirmed", "waiting", "waiting", "waiting"]
    leave(meeting, people(meeting)[0])
    assert states(meeting) == ["cancelled", "confirmed", "confirmed", "waiting", "waiting"]
    assert [mail.to for mail in mails("meeting_seat")] == ["p3@essai.invalid"]


def test_nobody_passes_before_those_who_wait(consultation):
    meeting = make_announced(consultation, capacity=1)
    come(meeting, 1)
    come(meeting, 2)
    with as_prefecture("02"):
        Meeting.objects.filter(pk=meeting.pk).update(capacity=2)
    assert come(meeting, 3) == "waiting"


def test_more_seats_go_to_those_who_wait(consultation):
    meeting = make_announced(consultation, capacity=1)
    for n in range(1, 4):
        come(meeting, n)
    move_meeting(meeting, capacity=2)
    with as_prefecture("02"):
        announce.change(meeting, ["capacity"])
    assert states(meeting) == ["confirmed", "confirmed", "waiting"]


def test_a_button_cancels_and_the_name_is_gone_at_once(consultation):
    meeting = make_announced(consultation)
    send(meeting)
    where = link_in(mails("meeting_registered")[0])
    client = Client()
    client.get(where)
    assert states(meeting) == ["confirmed"]
    assert "annulée" in client.post(where).content.decode()
    (row,) = people(meeting)
    assert (row.state, row.name, row.mail) == ("cancelled", "", "")
    assert client.post(where).status_code == 200


def test_a_wrong_key_opens_nothing(consultation):
    meeting = make_announced(consultation)
    send(meeting)
    where = link_in(mails("meeting_registered")[0])
    assert Client().post(where[:-4] + "xxx/").status_code == 410
    assert states(meeting) == ["confirmed"]


def test_the_public_reads_neither_registrations_nor_seeds_nor_invitations(consultation):
    meeting = make_announced(consultation, entry="lot")
    come(meeting)
    (row,) = people(meeting)
    with as_public():
        assert not Registration.objects.exists()
        assert not MeetingInvitation.objects.exists()
        assert not Draw.objects.exists()
    with scoped(Scope("public", "02", holder=row.key_hash)):
        assert Registration.objects.get() == row
    with as_prefecture("02"):
        assert Draw.objects.exists()  # the control: there is one to read
    with as_prefecture("03"):
        assert not Meeting.objects.exists()
        assert not Registration.objects.exists()


def test_a_meeting_that_was_not_announced_is_not_there(consultation):
    meeting = make_meeting(consultation)
    assert Client().get(meeting.get_absolute_url()).status_code == 404
    assert meeting.title not in Client().get("/aisne/reunions/").content.decode()
    with as_public():
        assert not Meeting.objects.exists()


@pytest.mark.parametrize(
    "facts",
    [
        {"registration_opens_at": DAY},
        {"registration_closes_at": -DAY},
        {"starts_at": -DAY, "ends_at": DAY},
        {"state": "cancelled", "cancelled_reason": "Neige"},
    ],
)
def test_registration_is_open_between_its_dates_only(consultation, facts):
    meeting = make_announced(consultation)
    now = clock.now()
    move_meeting(meeting, **{k: now + v if isinstance(v, timedelta) else v for k, v in facts.items()})
    assert send(meeting).status_code == 409
    assert states(meeting) == []


def test_by_invitation_only_the_team_writes_people_in(consultation):
    meeting = make_announced(consultation, is_by_invitation=True)
    assert send(meeting).status_code == 409
    with as_prefecture("02"):
        register_caller(meeting, Given(name="Maire de Vervins", telephone="03 53 01 00 00"))
    assert states(meeting) == ["confirmed"]
    assert mails("meeting_registered") == []


def test_a_caller_waits_like_the_others(consultation):
    meeting = make_announced(consultation, capacity=1)
    come(meeting)
    with as_prefecture("02"):
        register_caller(meeting, Given(name="Appel", telephone="03 53 01 00 00"))
        move_meeting(meeting, starts_at=clock.now() - DAY)
        with pytest.raises(NotRegisteringError):
            register_caller(meeting, Given(name="Trop tard", telephone="03 53 01 00 00"))
    assert states(meeting) == ["confirmed", "waiting"]


def test_the_reminder_leaves_once_the_day_before_to_those_who_have_a_seat(consultation):
    meeting = make_announced(consultation, capacity=1)
    come(meeting, 1)
    come(meeting, 2)
    assert remind.owing() == []
    starts_at = clock.now() + timedelta(hours=20)
    move_meeting(meeting, starts_at=starts_at, ends_at=starts_at + DAY)
    assert [prefecture for prefecture, _, _ in remind.owing()] == ["02"]
    for _ in range(3):
        run_routine(remind.REMINDING, "02")
    assert [mail.to for mail in mails("meeting_reminder")] == ["p1@essai.invalid"]
    assert remind.owing() == []


def test_a_change_of_place_is_told_to_those_who_come_and_to_followers(consultation):
    meeting = make_announced(consultation)
    come(meeting)
    move_meeting(meeting, place="Gymnase")
    with as_prefecture("02"):
        assert announce.change(meeting, ["place", "purpose"]) == 1
        assert announce.change(meeting, ["purpose"]) == 0
        titles = list(Announcement.objects.values_list("title", flat=True))
    assert titles[0].startswith("Réunion modifiée")
    assert "Gymnase" in mails("meeting_changed")[0].text


def test_a_cancellation_is_told_with_its_reason_and_says_so_everywhere(consultation):
    meeting = make_announced(consultation)
    come(meeting)
    with as_prefecture("02"):
        announce.cancel(meeting, "La route est coupée.", actor=make_member(make_prefecture(), "editor"))
    assert "La route est coupée." in mails("meeting_cancelled")[0].text
    assert "La route est coupée." in Client().get(meeting.get_absolute_url()).content.decode()
    assert "Réunion annulée" in Client().get(f"/aisne/{consultation.campaign.slug}/fil.xml").content.decode()
    assert b"STATUS:CANCELLED" in Client().get("/aisne/reunions.ics").content


def test_meetings_to_come_are_cancelled_with_their_concertation(consultation):
    meeting, past = make_announced(consultation), make_announced(consultation, title="Passée")
    come(meeting)
    now = clock.now()
    move_meeting(past, starts_at=now - DAY, ends_at=now - timedelta(hours=20))
    with as_prefecture("02"):
        withdraw(consultation, "Un recours est examiné.", actor=make_member(make_prefecture(), "editor"))
        stored = dict(Meeting.objects.values_list("pk", "state"))
    assert stored == {meeting.pk: "cancelled", past.pk: "published"}
    assert "Un recours est examiné." in mails("meeting_cancelled")[0].text


def test_a_cancellation_without_a_reason_is_refused(consultation):
    meeting = make_announced(consultation)
    with as_prefecture("02"), pytest.raises(announce.NoReasonError):
        announce.cancel(meeting, "  ", actor=make_member(make_prefecture(), "editor"))


SENTINEL = "Sentinelle-quarante-deux"


def everything_written():
    """Every text of every table that a name could reach, as the owner of the rows reads it."""
    with as_prefecture("02"), connection.cursor() as cursor:
        found = ""
        for table in (
            "consultations_registration",
            "consultations_meeting",
            "consultations_draw",
            "outbox_outboundmail",
        ):
            cursor.execute(f"SELECT coalesce(string_agg(t::text, ' '), '') FROM {table} t")
            found += cursor.fetchone()[0]
    return found


def registered_with_sentinels(consultation):
    meeting = make_announced(consultation, asks_identity=True)
    words = dict.fromkeys(("name", "organisation", "needs", "identity"), SENTINEL)
    come(meeting, 1, mail=f"{SENTINEL}@essai.invalid", **words)
    run_due(SEND, "02")
    return meeting


def test_identities_go_the_next_day_and_leave_a_line(consultation, caplog):
    meeting = registered_with_sentinels(consultation)
    now = clock.now()
    move_meeting(meeting, starts_at=now - timedelta(hours=50), ends_at=now - timedelta(hours=48))
    assert [prefecture for prefecture, _, _ in forget.owing()] == ["02"]
    with caplog.at_level("INFO"):
        run_routine(forget.FORGETTING, "02")
    (row,) = people(meeting)
    assert (row.identity, row.name) == ("", SENTINEL)
    assert "1 identités effacées" in caplog.text
    with as_prefecture("02"):
        assert Meeting.objects.get().identity_erased_at is not None
    assert forget.owing() == []


def test_identities_stay_until_the_day_is_over(consultation):
    meeting = registered_with_sentinels(consultation)
    run_routine(forget.FORGETTING, "02")
    assert people(meeting)[0].identity == SENTINEL
    assert forget.owing() == []


def test_nothing_of_anybody_is_left_after_three_months(consultation):
    meeting = registered_with_sentinels(consultation)
    assert SENTINEL in everything_written()  # the control: it was there
    long_ago = clock.now() - timedelta(days=91)
    move_meeting(meeting, starts_at=long_ago - timedelta(hours=2), ends_at=long_ago)
    run_routine(forget.FORGETTING, "02")
    assert people(meeting) == []
    assert SENTINEL not in everything_written()
    assert forget.owing() == []


def test_nothing_of_anybody_is_left_after_a_cancellation(consultation):
    meeting = registered_with_sentinels(consultation)
    leave(meeting, people(meeting)[0])
    assert SENTINEL not in everything_written()


def test_the_database_keeps_no_name_in_a_cancelled_row(consultation):
    meeting = make_announced(consultation)
    come(meeting)
    with as_prefecture("02"), pytest.raises(IntegrityError), transaction.atomic():
        Registration.objects.update(state="cancelled")


def test_a_flood_is_slowed_and_keeps_what_was_typed(consultation, monkeypatch):
    from consultations.views import public_registering

    monkeypatch.setattr(public_registering, "REGISTERS", {"register": "2/10m/key"})
    meeting = make_announced(consultation)
    answers = [send(meeting, name=f"P{n}", mail=f"p{n}@essai.invalid", envoi=f"formulaire-00000{n}") for n in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert "p2@essai.invalid" in answers[-1].content.decode()
    assert len(people(meeting)) == 2


def test_one_address_registers_a_family_not_a_room(consultation):
    meeting = make_announced(consultation, capacity=None)
    for n in range(8):
        send(meeting, name=f"P{n}", envoi=f"formulaire-00000{n}")
    assert len(people(meeting)) == 6


def test_identity_is_asked_only_where_the_door_asks_it(consultation):
    meeting = make_announced(consultation)
    send(meeting, identity="1er mai 1980 à Laon")
    assert people(meeting)[0].identity == ""
    strict = make_announced(consultation, asks_identity=True)
    assert "laisser entrer" in send(strict).content.decode()
    assert people(strict) == []
