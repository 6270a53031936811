"""What people write of themselves or of danger: asked about once, told whom to call, set aside, shown to the team."""

import pytest
from django.test import Client

from assises.accounts.models import Prefecture
from assises.outbox.models import OutboundMail
from assises.tenancy.context import as_prefecture
from assises.testing import make_member, make_open_consultation, make_prefecture, statements
from contributions.models import Contribution, Draft, Feedback, Statement
from contributions.tests.journey import MORE, SAID, Visitor
from contributions.tests.said import contribute

pytestmark = pytest.mark.django_db
PERSONAL = SAID | {"presence.constat": "Appelez M. Dupont au 06 12 34 56 78."}
URGENT = SAID | {"presence.constat": "Il me frappe."}


@pytest.fixture
def consultation():
    return make_open_consultation()


@pytest.fixture
def visitor(consultation):
    made = Visitor(consultation)
    made.begin()
    return made


def staff(role="agent"):
    client = Client()
    client.force_login(make_member(make_prefecture("02"), role))
    return client


def page_of(consultation, name="a-regarder"):
    return f"/aisne/prefecture/concertations/{consultation.campaign.slug}/{name}/"


def passages():
    with as_prefecture("02"):
        return list(Statement.objects.order_by("pk"))


def test_somebody_who_writes_a_number_is_asked_once_whether_it_is_needed(visitor):
    answer = visitor.answer(1, PERSONAL)
    said = answer.content.decode()
    assert answer.status_code == 200
    assert "Est-ce nécessaire" in said
    assert "06 12 34 56 78" in said
    assert "un numéro de téléphone" in said
    assert visitor.answer(1, PERSONAL).url == visitor.step(2)


def test_the_text_is_kept_before_the_question_is_asked(visitor):
    visitor.answer(1, PERSONAL)
    with as_prefecture("02"):
        assert Draft.objects.get().answers["presence.constat"] == PERSONAL["presence.constat"]


def test_going_back_asks_nothing(visitor):
    assert visitor.answer(1, PERSONAL, action="revenir").status_code == 302


def test_an_ordinary_text_goes_straight_on(visitor):
    """The negative control."""
    assert visitor.answer(1, SAID).url == visitor.step(2)


def test_somebody_in_danger_is_told_at_once_whom_to_call(visitor):
    said = visitor.answer(1, URGENT).content.decode()
    assert "3919" in said
    assert "17 ou 112" in said
    assert "n’est pas surveillée" in said
    assert visitor.answer(1, URGENT).url == visitor.step(2)


def send(visitor, answers):
    visitor.answer(1, answers)
    visitor.answer(1, answers)
    visitor.answer(2, MORE)
    return visitor.send()


def test_words_of_danger_alert_the_team_without_repeating_them(visitor):
    with as_prefecture("02"):
        Prefecture.objects.filter(pk="02").update(functional_email="concertation@aisne.invalid")
    send(visitor, URGENT)
    with as_prefecture("02"):
        assert "urgent" in Contribution.objects.get().flags
        mail = OutboundMail.objects.get(kind="urgent_words")
    assert mail.to == "concertation@aisne.invalid"
    assert "frappe" not in mail.text
    assert [p.withheld for p in passages()] == ["urgent", ""]


def test_an_ordinary_contribution_alerts_nobody(visitor):
    send(visitor, SAID)
    with as_prefecture("02"):
        assert not OutboundMail.objects.filter(kind="urgent_words").exists()
    assert [p.withheld for p in passages()] == ["", ""]


def test_the_team_finds_danger_first_among_its_tasks(consultation):
    contribute(consultation, "Appelez M. Dupont.")
    contribute(consultation, "Il me frappe.")
    said = staff().get("/aisne/prefecture/").content.decode()
    assert "à lire d’urgence" in said
    listed = staff().get(page_of(consultation)).content.decode()
    assert listed.index("Il me frappe") < listed.index("M. Dupont")


def decide(client, consultation, decision):
    passage = passages()[0]
    return client.post(f"{page_of(consultation)}{passage.pk}/", {"decision": decision})


def test_an_agent_says_that_a_passage_may_be_quoted(consultation):
    contribute(consultation, "Appelez M. Dupont.")
    decide(staff(), consultation, "citer")
    passage = passages()[0]
    assert passage.withheld == ""
    assert passage.looked_by.full_name


def test_what_is_not_to_be_quoted_stays_aside_and_waits_no_more(consultation):
    contribute(consultation, "Appelez M. Dupont.")
    client = staff()
    decide(client, consultation, "ecarter")
    assert passages()[0].withheld == "personal"
    assert "Rien à regarder" in client.get(page_of(consultation)).content.decode()


def test_words_of_danger_are_never_released(consultation):
    contribute(consultation, "Il me frappe.")
    decide(staff(), consultation, "citer")
    assert passages()[0].withheld == "urgent"


def test_the_list_costs_the_same_however_long_it_is(consultation):
    client = staff()
    contribute(consultation, "Appelez M. Dupont.")
    with statements() as few:
        client.get(page_of(consultation))
    for _ in range(5):
        contribute(consultation, "Appelez Mme Durand.")
    with statements() as many:
        client.get(page_of(consultation))
    assert len(many) == len(few)


def test_the_surge_page_counts_hours_flags_and_texts_that_came_again(consultation):
    contribute(consultation, "Rouvrir le poste !")
    contribute(consultation, "rouvrir  le poste")
    contribute(consultation, "Autre chose.", flags=("surge",))
    said = staff().get(page_of(consultation, "affluence")).content.decode()
    assert "2 contributions" in said.replace("\u202f", " ")
    assert "33\u202f%" in said
    assert "Autre chose" not in said
    with as_prefecture("02"):
        assert Contribution.objects.count() == 3


def test_whoever_sent_may_say_whether_it_was_easy_and_nothing_ties_it_to_them(consultation):
    address = f"{consultation.get_absolute_url()}avis/"
    assert Client().post(address, {"ease": "no", "text": "Trop long."}).status_code == 302
    with as_prefecture("02"):
        given = Feedback.objects.get()
    assert (given.ease, given.text) == ("no", "Trop long.")
    assert {field.name for field in Feedback._meta.fields} == {
        "id", "prefecture", "consultation", "ease", "text", "given_on",
    }  # fmt: skip
    assert "Trop long." in staff().get(page_of(consultation, "affluence")).content.decode()


def test_feedback_that_is_too_long_stays_in_the_page(consultation):
    answer = Client().post(f"{consultation.get_absolute_url()}avis/", {"ease": "no", "text": "a" * 501})
    assert "a" * 501 in answer.content.decode()
    with as_prefecture("02"):
        assert not Feedback.objects.exists()
