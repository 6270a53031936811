"""Partners: one by one or from a list, invited by mail, each with a link that can be stopped."""

import pytest
from django.test import Client

from assises.outbox.models import OutboundMail
from assises.tenancy.context import as_prefecture
from assises.testing import make_member, make_open_consultation, make_prefecture
from consultations.around.partners import UnreadableLineError, make, read_lines
from consultations.models import Consultation, Partner

pytestmark = pytest.mark.django_db


@pytest.fixture
def consultation():
    made = make_open_consultation()
    with as_prefecture("02"):
        Consultation.objects.update(is_by_invitation=True)
    return made


@pytest.fixture
def editor():
    client = Client()
    client.force_login(make_member(make_prefecture("02"), "editor"))
    return client


def base(consultation, rest=""):
    return f"/aisne/prefecture/concertations/{consultation.campaign.slug}/partenaires/{rest}"


def partners():
    with as_prefecture("02"):
        return list(Partner.objects.all())


def mails():
    with as_prefecture("02"):
        return list(OutboundMail.objects.order_by("pk"))


def make_partner(consultation, name="CCI de l’Aisne", mail="cci@essai.invalid"):
    with as_prefecture("02"):
        partner = make(consultation, name=name, mail=mail, audience="business")
        partner.save()
    return partner


def test_a_partner_is_added_with_a_link_of_its_own(consultation, editor):
    given = {"name": "CCI de l’Aisne", "audience": "business", "mail": "cci@essai.invalid"}
    editor.post(base(consultation), given)
    (partner,) = partners()
    assert f"?invitation={partner.key}" in editor.get(base(consultation)).content.decode()
    assert mails() == []


def test_the_same_partner_twice_is_refused_in_words(consultation, editor):
    make_partner(consultation)
    page = editor.post(base(consultation), {"name": "cci de l’Aisne", "audience": "business"}).content.decode()
    assert "déjà dans la liste" in page
    assert len(partners()) == 1


def test_a_pasted_list_adds_those_that_are_missing(consultation, editor):
    make_partner(consultation)
    lines = (
        "CCI de l’Aisne ; autre@essai.invalid\nBailleur social; bailleur@essai.invalid\n\nLycée Claudel\nLycée Claudel"
    )
    editor.post(base(consultation, "liste/"), {"lines": lines, "audience": "association"})
    assert [(each.name, each.mail) for each in partners()] == [
        ("Bailleur social", "bailleur@essai.invalid"),
        ("CCI de l’Aisne", "cci@essai.invalid"),
        ("Lycée Claudel", ""),
    ]


def test_one_wrong_line_keeps_the_whole_list_out_and_in_the_page(consultation, editor):
    given = {"lines": "Bon ; bon@essai.invalid\nFaux ; faux@", "audience": "association"}
    page = editor.post(base(consultation, "liste/"), given).content.decode()
    assert "Ligne 2" in page
    assert "Bon ; bon@essai.invalid" in page
    assert partners() == []


@pytest.mark.parametrize(
    ("line", "why"), [("; a@b.fr", "nom de l’organisme"), ("x" * 151, "150"), ("A ; b", "adresse")]
)
def test_a_line_that_is_no_partner_says_why(line, why):
    with pytest.raises(UnreadableLineError, match=why):
        read_lines(line)


def test_two_columns_of_a_spreadsheet_are_read():
    assert [(each.name, each.mail) for each in read_lines("CCI\tcci@essai.invalid")] == [("CCI", "cci@essai.invalid")]


def test_invitations_go_once_to_those_who_have_an_address(consultation, editor):
    partner = make_partner(consultation)
    make_partner(consultation, "Sans adresse", "")
    editor.post(base(consultation, "inviter/"))
    editor.post(base(consultation, "inviter/"))
    (mail,) = mails()
    assert mail.to == "cci@essai.invalid"
    assert f"?invitation={partner.key}" in mail.text
    assert {each.name: bool(each.invited_at) for each in partners()} == {"CCI de l’Aisne": True, "Sans adresse": False}


def test_an_invitation_is_sent_again_with_the_same_link(consultation, editor):
    partner = make_partner(consultation)
    editor.post(base(consultation, "inviter/"))
    editor.post(base(consultation, f"{partner.pk}/inviter/"))
    assert [partner.key in mail.text for mail in mails()] == [True, True]


def test_nothing_is_sent_before_publication(consultation, editor):
    make_partner(consultation)
    with as_prefecture("02"):
        Consultation.objects.update(state="draft")
    page = editor.post(base(consultation, "inviter/"), follow=True).content.decode()
    assert "Publiez d’abord" in page
    assert mails() == []


def test_a_removed_partner_cannot_start_any_more(consultation, editor):
    partner = make_partner(consultation)
    link = f"{consultation.get_absolute_url()}?invitation={partner.key}"
    assert "Vous répondez pour" in Client().get(link).content.decode()
    editor.post(base(consultation, f"{partner.pk}/retirer/"))
    assert "Vous répondez pour" not in Client().get(link).content.decode()


def test_a_colleague_next_door_cannot_touch_the_list(consultation):
    partner = make_partner(consultation)
    client = Client()
    client.force_login(make_member(make_prefecture("03"), "editor"))
    where = f"/allier/prefecture/concertations/{consultation.campaign.slug}/partenaires/{partner.pk}/retirer/"
    assert client.post(where).status_code == 404
    assert len(partners()) == 1
