"""Contributions in the states that their code shows, for pages to be looked at. They are of Gers."""

from datetime import timedelta

from assises import clock
from assises.accounts.models import Membership
from assises.tenancy.context import as_prefecture
from assises.testing import make_open_consultation, make_prefecture
from contributions import codes
from contributions.intake.record import record
from contributions.log.seal import seal_prefecture
from contributions.look_at import look_at
from contributions.models import Request, Statement
from contributions.requests import decide
from contributions.tests.changing import ask, close
from contributions.tests.changing import correct as send_again
from contributions.tests.journey import Visitor
from contributions.tests.said import said

CODE, SLUG = "32", "gers"


def here(**more):
    return {"departement": SLUG, **more}


def sent():
    consultation = make_open_consultation(make_prefecture(CODE))
    return consultation, Visitor(consultation).contribute()


def sealed():
    with as_prefecture(CODE):
        seal_prefecture(CODE)


def closed_one():
    consultation, code = sent()
    close(consultation, CODE)
    sealed()
    return consultation, code


def closed():
    return here(code=closed_one()[1])


def asked():
    code = closed_one()[1]
    ask(code, "demande", slug=SLUG, kind="erasure", text="J’y nommais mon voisin.")
    return here(code=code)


def asked_here():
    asked()
    return here()


def to_decide():
    asked()
    with as_prefecture(CODE):
        return here(number=Request.objects.latest("pk").pk)


def kept_aside():
    """Somebody of the team has kept a passage from being quoted."""
    _, code = closed_one()
    with as_prefecture(CODE):
        agent = Membership.objects.filter(prefecture=CODE, role="agent").earliest("pk").user
        found = Statement.objects.filter(receipt_hash=codes.hash_of(code))
        found.filter(position=1).update(withheld="personal")
        look_at(found.get(position=1), actor=agent, may_be_quoted=False)
    return here(code=code)


def contested():
    given = kept_aside()
    ask(given["code"], "demande", slug=SLUG, kind="appeal", text="Je ne nomme personne.")
    with as_prefecture(CODE):
        return here(number=Request.objects.latest("pk").pk)


def answered():
    given = asked()
    with as_prefecture(CODE):
        editor = Membership.objects.filter(prefecture=CODE, role="editor").earliest("pk").user
        answer = "Ce texte ne nomme personne : nous le gardons."
        decide(Request.objects.latest("pk"), accepts=False, answer=answer, actor=editor)
    return given


def corrected():
    code = sent()[1]
    send_again(code, SLUG)
    return here(code=code)


def withdrawn():
    code = sent()[1]
    ask(code, "retirer", slug=SLUG)
    return here(code=code)


def registered():
    consultation, code = sent()
    send_again(code, SLUG)
    sealed()
    return here(campaign=consultation.campaign.slug)


def closed_register():
    consultation, _ = closed_one()
    with as_prefecture(CODE):
        moment = clock.now() - timedelta(hours=1)
        record(said(consultation, channel="letter", version=None, acted_at=moment, reason="Arrivée le lendemain"))
    sealed()
    return here(campaign=consultation.campaign.slug)


def empty_register():
    return here(campaign=make_open_consultation(make_prefecture(CODE)).campaign.slug)
