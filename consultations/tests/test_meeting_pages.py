"""Meetings as the team and the public work with them: prepared, announced, read in a calendar, ticked, counted."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from assises import clock
from assises.outbox.models import OutboundMail
from assises.tenancy.context import as_prefecture
from assises.testing import make_campaign, make_member, make_open_consultation, make_prefecture
from consultations.around.partners import make as make_partner
from consultations.asking.content import content_of
from consultations.meetings import attend, ics, invite, words
from consultations.models import Announcement, Meeting, MeetingInvitation, ReservePeriod
from consultations.publish import missing_ways
from consultations.tests.meeting import DAY, come, make_announced, make_meeting, move_meeting, people

pytestmark = pytest.mark.django_db
TYPED = {
    "kind": "district",
    "title": "Réunion de Soissons",
    "starts_at_0": "2034-05-04",
    "starts_at_1": "18:00",
    "ends_at_0": "2034-05-04",
    "ends_at_1": "20:00",
    "place": "Hôtel de ville",
    "commune": "02722",
    "is_by_invitation": "False",
    "entry": "first",
    "capacity": "50",
}


@pytest.fixture
def consultation():
    return make_open_consultation()


@pytest.fixture
def editor():
    return staff("editor")


def staff(role):
    client = Client()
    client.force_login(make_member(make_prefecture(), role))
    return client


def base(consultation, rest=""):
    return f"/aisne/prefecture/concertations/{consultation.campaign.slug}/reunions/{rest}"


def stored():
    with as_prefecture("02"):
        return Meeting.objects.select_related("consultation__prefecture", "consultation__campaign").get()


def test_an_editor_prepares_and_announces_a_meeting(consultation, editor):
    assert editor.post(base(consultation, "nouvelle/"), TYPED).status_code == 302
    made = stored()
    assert (made.state, made.arrondissement.name, made.starts_at.hour) == ("draft", "Soissons", 16)
    assert Client().get(made.get_absolute_url()).status_code == 404
    editor.post(base(consultation, f"{made.pk}/annoncer/"))
    page = Client().get(made.get_absolute_url()).content.decode()
    assert "Réunion de Soissons" in page
    assert "heure de Paris" in page
    with as_prefecture("02"):
        assert "Réunion de Soissons" in Announcement.objects.latest("pk").title


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"ends_at_1": "17:00"}, "La fin doit suivre le début"),
        ({"entry": "lot", "capacity": ""}, "Pour tirer au sort"),
        ({"starts_at_0": "", "starts_at_1": ""}, "Dites aussi à quelle heure elle commence"),
        ({"commune": "03185"}, "commune"),
        ({"registration_closes_at_0": "2034-05-05", "registration_closes_at_1": "10:00"}, "au plus tard au début"),
        ({"capacity": "0"}, "au moins 1"),
    ],
)
def test_what_does_not_hold_is_refused_with_words(consultation, editor, changed, said):
    page = editor.post(base(consultation, "nouvelle/"), {**TYPED, **changed})
    assert page.status_code == 200
    assert said in page.content.decode()
    with as_prefecture("02"):
        assert not Meeting.objects.exists()


def test_the_electoral_reserve_is_said_before_a_day_is_chosen_and_again_before_the_announcement(consultation, editor):
    ReservePeriod.objects.create(title="Élections municipales", starts_on="2034-05-01", ends_on="2034-05-20")
    assert "Élections municipales" in editor.get(base(consultation, "nouvelle/")).content.decode()
    editor.post(base(consultation, "nouvelle/"), TYPED)
    page = editor.get(base(consultation, f"{stored().pk}/annoncer/")).content.decode()
    assert "Élections municipales" in page
    assert "ni réunion" in page


def test_how_one_gets_a_seat_does_not_change_once_announced(consultation, editor):
    made = make_announced(consultation)
    editor.post(base(consultation, f"{made.pk}/modifier/"), {**TYPED, "entry": "free", "asks_identity": "on"})
    assert (stored().title, stored().entry, stored().asks_identity) == ("Réunion de Soissons", "first", False)


def test_seats_that_are_taken_are_not_taken_away(consultation, editor):
    made = make_announced(consultation)
    come(made, 1)
    come(made, 2)
    page = editor.post(base(consultation, f"{made.pk}/modifier/"), {**TYPED, "capacity": "1"})
    assert "ont déjà une place" in page.content.decode()


def test_a_caller_is_registered_by_an_agent(consultation):
    made = make_announced(consultation)
    agent = staff("agent")
    where = base(consultation, f"{made.pk}/inscrits/")
    assert "il faut pouvoir prévenir" in agent.post(where, {"name": "Jean"}).content.decode()
    agent.post(where, {"name": "Jean", "telephone": "03 53 01 00 00"})
    (row,) = people(made)
    assert (row.name, row.is_by_staff, row.state) == ("Jean", True, "confirmed")
    agent.post(base(consultation, f"{made.pk}/inscrits/1/annuler/"))
    assert people(made)[0].name == ""


def test_ticks_say_what_is_and_are_the_first_answer_to_how_many(consultation):
    made = make_announced(consultation)
    come(made, 1, audience="elected")
    come(made, 2)
    agent, where = staff("agent"), base(consultation, f"{made.pk}/liste/")
    for _ in range(2):
        agent.post(f"{where}cocher/", {"numero": "1", "la": "1"})
    agent.post(f"{where}cocher/", {"numero": "rien", "la": "1"})
    assert [row.is_here for row in people(made)] == [True, False]
    assert "1 présent" in agent.get(where).content.decode()
    with as_prefecture("02"):
        assert attend.ticked(made) == {"elected": 1}


def test_numbers_present_are_shown_but_small_ones_point_at_nobody(consultation):
    made = make_announced(consultation)
    past = clock.now() - DAY
    move_meeting(made, starts_at=past, ends_at=past + timedelta(hours=2))
    staff("agent").post(base(consultation, f"{made.pk}/presents/"), {"public": "31", "elected": "9", "forces": "2"})
    assert stored().present == {"public": 31, "elected": 9, "forces": 2}
    page = Client().get(made.get_absolute_url()).content.decode()
    assert "42 présents" in page
    assert "9 élus" in page
    assert "forces de sécurité" not in page
    assert "2 autres, ou non précisé" in page


def test_nobody_present_is_an_answer(consultation):
    made = make_announced(consultation)
    with as_prefecture("02"):
        assert made.present_number is None
        attend.say_present(made, {"public": None})
    assert stored().present_number == 0


def test_a_partner_answers_by_its_own_link_and_may_change_its_mind(consultation, editor):
    made = make_announced(consultation, is_by_invitation=True, entry="free", capacity=None)
    with as_prefecture("02"):
        body = make_partner(consultation, name="Chambre de commerce", mail="cci@essai.invalid", audience="business")
        body.save()
    where = base(consultation, f"{made.pk}/partenaires/")
    editor.post(where, {"partenaires": [body.pk]})
    editor.post(where, {"acte": "ecrire"})
    editor.post(where, {"acte": "ecrire"})
    with as_prefecture("02"):
        (mail,) = OutboundMail.objects.filter(kind="meeting_partner")
        link = invite.link_of(made, body)
    assert link in mail.text
    path = f"{made.get_absolute_url()}reponse/{body.key}/"
    Client().post(path, {"answer": "represented", "note": "Mme Petit"})
    assert "Mme Petit" in editor.get(where).content.decode()
    Client().post(path, {"answer": "excused"})
    with as_prefecture("02"):
        assert MeetingInvitation.objects.get().answer == "excused"
    assert Client().get(path.replace(body.key, "x" * 22)).status_code == 410


def test_a_meeting_alone_is_a_way_to_take_part():
    with as_prefecture("02"):
        made = make_open_consultation(campaign=make_campaign(themes=0))
        made.is_online = False
        assert missing_ways(made, content_of(made))
        make_meeting(made)
        assert missing_ways(made, content_of(made)) == []


def test_meetings_stand_on_the_pages_of_the_department_and_of_the_consultation(consultation):
    made = make_announced(consultation)
    for where in ("/aisne/", "/aisne/reunions/", consultation.get_absolute_url()):
        assert made.title in Client().get(where).content.decode()
    assert made.title not in Client().get("/allier/reunions/").content.decode()


def test_the_home_says_what_a_meeting_asks_for(consultation):
    tomorrow = make_announced(consultation, starts_at=clock.now() + DAY)
    lot = make_announced(consultation, title="Tirage", entry="lot")
    over = make_announced(consultation, title="Passée")
    now = clock.now()
    move_meeting(lot, registration_closes_at=now)
    move_meeting(over, starts_at=now - DAY, ends_at=now - timedelta(hours=20))
    page = staff("editor").get("/aisne/prefecture/").content.decode()
    for said in ("liste de présence à préparer", "tirage au sort à faire", "présents à compter"):
        assert said in page
    assert "tirage au sort à faire" not in staff("agent").get("/aisne/prefecture/").content.decode()
    staff("agent").post(base(consultation, f"{tomorrow.pk}/liste/"))
    assert "liste de présence" not in staff("agent").get("/aisne/prefecture/").content.decode()


def test_hours_are_those_of_the_department():
    here = make_open_consultation(make_prefecture("974"))
    starts_at = datetime(2034, 7, 4, 18, tzinfo=ZoneInfo("Indian/Reunion"))
    made = make_announced(here, starts_at=starts_at)
    page = Client().get(made.get_absolute_url()).content.decode()
    assert "de 18\u00a0h à 20\u00a0h (heure de La Réunion)" in page
    assert b"DTSTART:20340704T140000Z" in Client().get(f"{made.get_absolute_url()}reunion.ics").content


def test_a_calendar_folds_and_escapes(consultation):
    made = make_announced(consultation, title="Réunion : la paix, « ici » ; et après" + " é" * 40)
    content = ics.calendar("Réunions", [made], clock.now())
    lines = content.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    unfolded = content.replace(b"\r\n ", b"").decode()
    assert "SUMMARY:Réunion : la paix\\, « ici » \\; et après" in unfolded
    assert unfolded.count("BEGIN:VEVENT") == unfolded.count("END:VEVENT") == 1


def test_a_day_that_is_not_known_is_said_in_words_and_stays_out_of_calendars(consultation):
    made = make_announced(consultation, starts_at=None, when_said="courant janvier", entry="free", capacity=None)
    assert "Courant janvier" in Client().get(made.get_absolute_url()).content.decode()
    assert b"VEVENT" not in Client().get("/aisne/reunions.ics").content
    assert Client().get(f"{made.get_absolute_url()}reunion.ics").status_code == 404


@pytest.mark.parametrize(
    ("present", "said"),
    [
        ({"public": 31, "forces": 4}, [("habitants", 31), ("autres, ou non précisé", 4)]),
        ({"forces": 5}, [("membres des forces de sécurité", 5)]),
        ({}, []),
    ],
)
def test_cells_below_five_stand_together(present, said):
    assert words.present_by(present) == said
