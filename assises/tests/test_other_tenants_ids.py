"""Every page of a prefecture, asked for what belongs to another: the same answer as for what does not exist."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from assises.accounts.models import Delegation, Invitation, Membership
from assises.outbox.post import enqueue
from assises.tenancy.context import PREFECTURE, as_prefecture
from assises.testing import make_campaign, make_member, make_open_consultation, make_prefecture
from assises.tests.routes import routes
from consultations.around.partners import make as make_partner
from consultations.around.short import make_link
from consultations.meetings.invite import invite
from consultations.models import Attachment, Place
from consultations.tests.meeting import come, make_announced, make_meeting
from consultations.tests.visiting import questionnaire
from contributions.models import Contact, Contribution, Enclosure, Request, Statement
from contributions.tests.said import contribute
from syntheses.models import Echo, Idea
from syntheses.tests.building import built
from syntheses.tests.readings.read import heard, read

REPEATED = "Nous demandons le retour d’une patrouille à pied chaque soir sur la place du marché."
OWN_PAGES = [route for route in routes() if route.access.audience == PREFECTURE and route.needs_ids]


def member(prefecture):
    person = make_member(prefecture, "agent")
    with as_prefecture(prefecture):
        return {"number": Membership.objects.get(user=person).pk}


def invitation(prefecture):
    person = make_member(prefecture, "administrator")
    with as_prefecture(prefecture):
        made = Invitation.objects.create(
            prefecture=prefecture,
            email=f"quelquun.{person.pk}@essai.invalid",
            role="agent",
            invited_by=person,
            expires_at=timezone.now() + timedelta(days=1),
        )
    return {"number": made.pk}


def delegation(prefecture):
    prefect = make_member(prefecture, "prefect")
    number = member(prefecture)["number"]
    with as_prefecture(prefecture):
        made = Delegation.objects.create(
            prefecture=prefecture,
            given_by=prefect,
            given_to_id=number,
            starts_on=prefecture.today(),
            ends_on=prefecture.today(),
        )
    return {"number": made.pk}


def mail(prefecture):
    with as_prefecture(prefecture):
        made = enqueue(kind="essai", to="a@essai.invalid", prefecture=prefecture, subject="Essai", text="…")
        type(made).objects.filter(pk=made.pk).update(given_up_at=timezone.now())
    return {"number": made.pk}


def consultation(prefecture):
    return {"campaign": make_open_consultation(prefecture, campaign=make_campaign()).campaign.slug}


def kit_document(prefecture):
    campaign = make_open_consultation(prefecture, campaign=make_campaign()).campaign
    facts = {"title": "Guide", "name": "guide.pdf", "media_type": "application/pdf", "content": b"%PDF-1.7"}
    return {"campaign": campaign.slug, "number": campaign.kit.create(**facts).pk}


def around(prefecture, make):
    """Something that stands around a consultation."""
    made = make_open_consultation(prefecture, campaign=make_campaign())
    with as_prefecture(prefecture):
        return {"campaign": made.campaign.slug, "number": make(made).pk}


def place(prefecture):
    return around(
        prefecture,
        lambda made: Place.objects.create(prefecture=prefecture, consultation=made, name="Mairie", address="Là"),
    )


def partner(prefecture):
    def make(made):
        row = make_partner(made, name="CCI", mail="cci@essai.invalid", audience="business")
        row.save()
        return row

    return around(prefecture, make)


def attachment(prefecture):
    facts = {"title": "Dossier", "name": "dossier.pdf", "media_type": "application/pdf", "content": b"%PDF-"}
    return around(prefecture, lambda made: Attachment.objects.create(prefecture=prefecture, consultation=made, **facts))


def link(prefecture):
    return around(prefecture, lambda made: make_link(made, label="Affiche"))


def link_file(prefecture):
    return {**link(prefecture), "kind": "svg"}


def meeting(prefecture, **facts):
    made = make_announced(make_open_consultation(prefecture, campaign=make_campaign()), **facts)
    return {"campaign": made.consultation.campaign.slug, "number": made.pk}


def meeting_in_preparation(prefecture):
    made = make_meeting(make_open_consultation(prefecture, campaign=make_campaign()))
    return {"campaign": made.consultation.campaign.slug, "number": made.pk}


def registration(prefecture):
    made = make_announced(make_open_consultation(prefecture, campaign=make_campaign()))
    come(made)
    return {"campaign": made.consultation.campaign.slug, "number": made.pk, "ticket": 1}


def meeting_invitation(prefecture):
    made = make_announced(make_open_consultation(prefecture, campaign=make_campaign()))
    with as_prefecture(prefecture):
        body = make_partner(made.consultation, name="CCI", mail="", audience="business")
        body.save()
        invite(made, [body])
        number = made.invitations.get().pk
    return {"campaign": made.consultation.campaign.slug, "number": made.pk, "invitation": number}


def passage(prefecture):
    opened = make_open_consultation(prefecture)
    contribute(opened, "Appelez M. Dupont au 06 12 34 56 78.")
    with as_prefecture(prefecture):
        number = Statement.objects.for_prefecture(prefecture).latest("pk").pk
    return {"campaign": opened.campaign.slug, "number": number}


def enclosure(prefecture):
    """A document that came with a contribution."""
    made = make_open_consultation(prefecture, campaign=make_campaign())
    contribute(made)
    with as_prefecture(prefecture):
        row = Contribution.objects.filter(consultation=made).get()
        facts = {"prefecture": prefecture, "receipt_hash": row.receipt_hash, "purge_on": prefecture.today()}
        body = Contact.objects.create(contribution=row, body="CCI", **facts)
        file = {"name": "avis.pdf", "media_type": "application/pdf", "content": b"%PDF-", "key_hash": "k"}
        joined = Enclosure.objects.create(prefecture=prefecture, consultation=made, contact=body, **file)
        return {"campaign": made.campaign.slug, "number": joined.pk}


def request(prefecture):
    made = make_open_consultation(prefecture, campaign=make_campaign())
    contribute(made)
    with as_prefecture(prefecture):
        row = Contribution.objects.latest("received_at", "pk")
        facts = {"contribution": row, "kind": "erasure", "receipt_hash": row.receipt_hash}
        return {"number": Request.objects.create(prefecture=prefecture, **facts).pk}


def synthesis(prefecture):
    return {"campaign": built(prefecture.pk).consultation.campaign.slug}


def version(prefecture):
    return {**synthesis(prefecture), "number": 1}


def reading(prefecture):
    return {"campaign": read(heard(prefecture.pk)).campaign.slug}


def reading_of_theme(prefecture):
    return {**reading(prefecture), "theme": "presence"}


def read_statement(prefecture):
    where = reading(prefecture)
    with as_prefecture(prefecture):
        return {**where, "number": Statement.objects.for_prefecture(prefecture).latest("pk").pk}


def read_idea(prefecture):
    where = reading(prefecture)
    with as_prefecture(prefecture):
        return {**where, "key": Idea.objects.for_prefecture(prefecture).latest("pk").key}


def read_echo(prefecture):
    consultation = read(heard(prefecture.pk, findings=(REPEATED, REPEATED)))
    with as_prefecture(prefecture):
        return {"campaign": consultation.campaign.slug, "key": Echo.objects.for_prefecture(prefecture).latest("pk").key}


def local_question(prefecture):
    where, question, _ = questionnaire(prefecture.pk)
    return {**where, "number": question}


def local_theme(prefecture):
    where, _, theme = questionnaire(prefecture.pk)
    return {**where, "number": theme}


# What the rest of an address names; a page that comes later must say it here.
OWNED = {
    "edit_member": member,
    "remove_member": member,
    "cancel_invitation": invitation,
    "send_invitation_again": invitation,
    "revoke_delegation": delegation,
    "retry_prefecture_mail": mail,
    "consultation_draft": consultation,
    "consultation_edit": consultation,
    "consultation_publish": consultation,
    "consultation_channels": consultation,
    "consultation_reach": consultation,
    "consultation_contact": consultation,
    "consultation_extend": consultation,
    "consultation_withdraw": consultation,
    "prefecture_meetings": consultation,
    "prefecture_meeting": meeting,
    "meeting_new": consultation,
    "meeting_edit": meeting,
    "meeting_publish": meeting_in_preparation,
    "meeting_cancel": meeting,
    "meeting_registrations": meeting,
    "registration_cancel": registration,
    "meeting_draw": meeting,
    "meeting_attendance": meeting,
    "meeting_tick": meeting,
    "meeting_presents": meeting,
    "meeting_partners": meeting,
    "meeting_partner_answer": meeting_invitation,
    "places": consultation,
    "place_new": consultation,
    "place_edit": place,
    "place_move": place,
    "place_remove": place,
    "partners": consultation,
    "partners_paste": consultation,
    "partners_invite": consultation,
    "partner_invite": partner,
    "partner_remove": partner,
    "attachments": consultation,
    "attachment_read": attachment,
    "attachment_remove": attachment,
    "links": consultation,
    "link_qr": link_file,
    "link_remove": link,
    "visits": consultation,
    "bodies": consultation,
    "enclosure_read": enclosure,
    "withheld": consultation,
    "look_at": passage,
    "surge": consultation,
    "core_changes": consultation,
    "core_changes_accept": consultation,
    "kit": consultation,
    "kit_download": kit_document,
    "builder": consultation,
    "question_new": consultation,
    "question_edit": local_question,
    "question_move": local_question,
    "question_copy": local_question,
    "question_remove": local_question,
    "theme_new": consultation,
    "theme_edit": local_theme,
    "theme_move": local_theme,
    "theme_remove": local_theme,
    "questions_pick": consultation,
    "questionnaire_publish": consultation,
    "questionnaire_preview": consultation,
    "reading": reading,
    "reading_correct": reading,
    "reading_crosstabs": reading,
    "reading_decisions": reading,
    "reading_echo": read_echo,
    "reading_echoes": reading,
    "reading_group": reading,
    "reading_idea": read_idea,
    "reading_idea_merge": read_idea,
    "reading_idea_rename": read_idea,
    "reading_now": reading,
    "reading_off": reading,
    "reading_pile": reading,
    "reading_pile_undo": reading,
    "reading_progress": reading,
    "reading_run": reading,
    "reading_search": reading,
    "reading_statement": read_statement,
    "reading_theme": reading_of_theme,
    "reading_undo": read_statement,
    "request_decide": request,
    "synthesis": synthesis,
    "synthesis_download": version,
    "synthesis_new_version": synthesis,
    "synthesis_read": version,
    "synthesis_take_back": synthesis,
    "synthesis_transmit": synthesis,
    "synthesis_validate": synthesis,
}


def test_every_page_with_an_id_says_what_it_names():
    assert sorted({route.name for route in OWN_PAGES} - set(OWNED)) == []


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("route", OWN_PAGES, ids=lambda route: route.name)
def test_what_is_anothers_is_as_unknown_as_what_does_not_exist(route, method):
    here, elsewhere = make_prefecture("02"), make_prefecture("03")
    client = Client()
    client.force_login(make_member(here, min(route.access.roles)))
    theirs = client.generic(method, route.path("aisne", **OWNED[route.name](elsewhere)))
    nowhere = route.path("aisne", **dict.fromkeys(OWNED[route.name](here), 987654321))
    unknown = client.generic(method, nowhere)
    assert theirs.status_code == unknown.status_code
    assert theirs.status_code in {404, 405}
    assert theirs.content == unknown.content


@pytest.mark.django_db
@pytest.mark.parametrize("route", OWN_PAGES, ids=lambda route: route.name)
def test_what_is_ones_own_is_known(route):
    """The negative control: with the right id the same page answers otherwise."""
    here = make_prefecture("02")
    client = Client()
    client.force_login(make_member(here, min(route.access.roles)))
    own = route.path("aisne", **OWNED[route.name](here))
    assert {client.get(own).status_code, client.post(own).status_code} - {404, 405} != set()
