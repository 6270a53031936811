"""What one does with a code, in tests."""

from datetime import timedelta

from django.test import Client

from assises import clock
from assises.tenancy.context import as_prefecture
from contributions.log.seal import seal_prefecture

WORDS = {"presence.jugement": "bonne", "presence.constat": "Finalement, tout va mieux."}


def address(code, *rest, slug="aisne"):
    return "/".join([f"/{slug}/contribution/{code}", *rest, ""])


def ask(code, act, slug="aisne", **typed):
    return Client(enforce_csrf_checks=True).post(address(code, act, slug=slug), typed)


def begin_correction(code, slug="aisne"):
    """The address of the draft that is read again."""
    return ask(code, "corriger", slug).url


def correct(code, slug="aisne", **words):
    """Change the first theme's answers and send again."""
    review = begin_correction(code, slug)
    step = review.replace("relire/", "etape/1/")
    client = Client(enforce_csrf_checks=True)
    assert client.post(step, words or WORDS).status_code == 302
    return client.post(review)


def close(consultation, code="02"):
    """From now on; the transaction of a test has one moment."""
    with as_prefecture(code):
        moment = clock.now()
        type(consultation).objects.filter(pk=consultation.pk).update(
            closes_at=moment, opens_at=moment - timedelta(days=9)
        )


def sealed(code="02"):
    with as_prefecture(code):
        seal_prefecture(code)


def rows(model, code="02"):
    with as_prefecture(code):
        return list(model.objects.for_prefecture(code).order_by("pk"))
