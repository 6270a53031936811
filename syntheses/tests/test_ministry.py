"""The ministry's pages: who has transmitted, what was transmitted, and the answer."""

import pytest

from assises.outbox.models import OutboundMail
from assises.tenancy.context import as_ministry
from assises.testing import make_campaign, make_open_consultation, make_prefecture, statements
from consultations.models import Campaign
from syntheses.tests.building import (
    answered,
    built,
    campaign_for,
    closed_consultation,
    documents,
    ministry_address,
    said,
    staff,
    stored,
    transmitted,
    validated,
)

pytestmark = pytest.mark.django_db
LIST = "/ministere/syntheses/"


@pytest.fixture
def synthesis():
    consultation = closed_consultation()
    said(consultation, finding="Une parole que seule la préfecture lit", may_publish=False)
    return built(consultation=consultation)


def text(answer):
    return " ".join(answer.content.decode().split())


def row(page, name):
    """The words of one department's line."""
    return page.partition(f'role="rowheader">{name}<')[2].partition("</tr>")[0]


@pytest.mark.parametrize("role", ["lead", "reader"])
def test_each_department_is_one_line_with_its_state(role):
    campaign, (aisne, allier, ain, _) = campaign_for("02", "03", "01", "04")
    transmitted(built(consultation=aisne))
    validated(built(consultation=allier))
    built(consultation=ain)
    page = text(staff("", role).get(LIST))
    assert "1 synthèse reçue sur 4" in page
    assert "Reçue, à lire" in row(page, "Aisne")
    assert "Validée, à transmettre" in row(page, "Allier")
    assert "En rédaction" in row(page, "Ain")
    assert "En rédaction" in row(page, "Alpes-de-Haute-Provence")
    assert page.index(">Aisne<") < page.index(">Ain<")
    assert campaign.title in page


def test_the_number_of_contributions_shows_once_transmitted(synthesis):
    reader = staff("", "reader")
    assert 'class="num is-blank"> –' in row(text(reader.get(LIST)), "Aisne").replace(">–", "> –")
    transmitted(synthesis)
    assert ">1<" in row(text(reader.get(LIST)), "Aisne")


def test_what_was_expected_and_did_not_come_is_late():
    campaign = make_campaign(themes=0, opens_on="2020-01-08", closes_on="2020-01-19", synthesis_due_on="2020-01-27")
    built(consultation=closed_consultation(campaign=campaign))
    transmitted(built(consultation=closed_consultation("03", campaign=campaign)))
    page = text(staff("", "lead").get(LIST))
    assert "Une synthèse est en retard" in page
    assert "Attendue le 27" in row(page, "Aisne")
    assert "Attendue" not in row(page, "Allier")


def test_a_consultation_that_is_open_is_not_in_writing():
    campaign, _ = campaign_for("02")
    make_open_consultation(make_prefecture("03"), campaign=campaign)
    assert "Concertation non close" in row(text(staff("", "lead").get(LIST)), "Allier")


def test_another_exercise_can_be_chosen_and_an_unknown_one_is_unknown():
    old, _ = campaign_for("02")
    campaign_for("03")
    lead = staff("", "lead")
    page = text(lead.get(f"{LIST}?exercice={old.slug}"))
    assert row(page, "Aisne")
    assert not row(page, "Allier")
    assert lead.get(f"{LIST}?exercice=inconnu").status_code == 404


def test_without_any_exercise_the_page_says_what_will_come():
    Campaign.objects.update(launched_at=None)
    assert "Aucun exercice lancé" in text(staff("", "reader").get(LIST))


@pytest.mark.parametrize("rest", [(), ("versions", "1"), ("versions", "1", "pdf"), ("accuser-reception",)])
@pytest.mark.parametrize("advance", [lambda s: s, validated])
def test_what_is_not_transmitted_is_unknown_to_the_ministry(synthesis, advance, rest):
    advance(synthesis)
    assert staff("", "lead").get(ministry_address(synthesis, *rest)).status_code == 404


@pytest.mark.parametrize("role", ["lead", "reader"])
def test_what_is_transmitted_is_read_and_downloaded(synthesis, role):
    transmitted(synthesis)
    reader = staff("", role)
    assert "Paule Préfète" in text(reader.get(ministry_address(synthesis)))
    assert "Ce n’est pas un sondage" in text(reader.get(ministry_address(synthesis, "versions", "1")))
    file = reader.get(ministry_address(synthesis, "versions", "1", "pdf"))
    assert file.content == bytes(documents(synthesis)[0].content)
    assert file["Content-Type"] == "application/pdf"


def test_no_word_that_may_not_be_quoted_reaches_the_ministry(synthesis):
    transmitted(synthesis)
    reader = staff("", "reader")
    for rest in ((), ("versions", "1")):
        assert "Une parole que seule" not in text(reader.get(ministry_address(synthesis, *rest)))


def test_a_reader_does_not_answer(synthesis):
    transmitted(synthesis)
    reader = staff("", "reader")
    assert "Accuser réception" not in text(reader.get(ministry_address(synthesis)))
    for act in ("accuser-reception", "renvoyer"):
        assert reader.post(ministry_address(synthesis, act)).status_code == 403


def test_the_lead_acknowledges_after_a_page_that_says_so(synthesis):
    transmitted(synthesis)
    lead = staff("", "lead")
    assert "ne pourra plus être renvoyée" in text(lead.get(ministry_address(synthesis, "accuser-reception")))
    assert stored(synthesis.consultation).state == "transmitted"
    page = text(lead.post(ministry_address(synthesis, "accuser-reception"), follow=True))
    assert "L’accusé de réception est donné" in page
    assert stored(synthesis.consultation).state == "acknowledged"


def test_a_return_needs_its_reason(synthesis):
    transmitted(synthesis)
    lead = staff("", "lead")
    page = text(lead.post(ministry_address(synthesis, "renvoyer"), {"reason": "  "}))
    assert "Écrivez ce que la préfecture doit revoir." in page
    assert stored(synthesis.consultation).state == "transmitted"
    lead.post(ministry_address(synthesis, "renvoyer"), {"reason": "Le thème 2 manque."})
    assert stored(synthesis.consultation).state == "returned"


def test_a_second_answer_is_refused_kindly(synthesis):
    answered(transmitted(synthesis))
    lead = staff("", "lead")
    for act in ("accuser-reception", "renvoyer"):
        page = text(lead.post(ministry_address(synthesis, act), {"reason": "Trop tard."}, follow=True))
        assert "a déjà reçu une réponse" in page
    assert stored(synthesis.consultation).state == "acknowledged"
    with as_ministry():
        assert OutboundMail.objects.filter(kind="synthesis_returned").count() == 0


def test_the_list_asks_the_same_number_of_questions_for_many_departments():
    campaign, _ = campaign_for("02", "03")
    lead = staff("", "lead")
    lead.get(LIST)
    with statements() as few:
        lead.get(LIST)
    for code in ("04", "05", "06", "07"):
        transmitted(built(consultation=closed_consultation(code, campaign=campaign)))
    with statements() as many:
        lead.get(LIST)
    assert len(many) == len(few)
