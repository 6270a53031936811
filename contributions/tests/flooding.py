"""Many people, or one machine that pretends to be many, at the last button at the same time."""

from datetime import timedelta
from unittest import mock

from django.test import Client

from assises import clock
from assises.tenancy.context import as_prefecture, as_public
from contributions import codes, drafts
from contributions.intake import web
from contributions.limits import Sender, sender_of
from contributions.models import Contribution, Draft, Sending

GONE_THROUGH, ASKED_TO_WAIT = 302, 429
client = Client()


def ready(consultation, number, text="", *, minutes=5):
    """The keys of so many drafts that lack nothing; begun some minutes ago."""
    keys = [drafts.new_key() for _ in range(number)]
    answers = {"presence.jugement": "moyenne", **({"presence.constat": text} if text else {})}
    with as_prefecture(consultation.prefecture_id):
        begun_at = clock.now() - timedelta(minutes=minutes)
        facts = {"prefecture_id": consultation.prefecture_id, "consultation": consultation, "begun_at": begun_at}
        Draft.objects.bulk_create(Draft(key_hash=codes.hash_of(key), answers=answers, **facts) for key in keys)
    return keys


def send(consultation, key, address, **more):
    """The status of the answer."""
    page = f"/{consultation.prefecture.slug}/{consultation.campaign.slug}/reponse/{key}/relire/"
    return client.post(page, more, REMOTE_ADDR=address).status_code


def sent_by_machine(version, key, number, *, is_trapped=False):
    """Without a browser: what a form sent from its address does, and a tenth of the time."""
    sender = sender_of(mock.Mock(META={"REMOTE_ADDR": machine(number)}, headers={}, POST={}))
    with as_public():
        web.send(version, key, may_publish=False, sender=Sender(sender.name, is_trapped=is_trapped))


def sent_already(number, address):
    """So many this hour from there."""
    request = mock.Mock(META={"REMOTE_ADDR": address}, headers={}, POST={})
    with as_prefecture("02"):
        hour = clock.now().replace(minute=0, second=0, microsecond=0)
        Sending.objects.create(prefecture_id="02", sender=sender_of(request).name, hour=hour, slot=99, number=number)


def share_through(statuses):
    return statuses.count(GONE_THROUGH) / len(statuses)


def flags():
    """Of each contribution, in the order in which they came."""
    with as_prefecture("02"):
        rows = Contribution.objects.order_by("received_at")
        return [set(flags) for flags in rows.values_list("flags", flat=True)]


def machine(number):
    """One of a thousand addresses."""
    return f"10.0.{number // 250}.{number % 250 + 1}"
