"""What the tests of the builder share: a browser’s way with a form, and the rows that it left."""

from django.test import Client

from assises.tenancy.context import as_prefecture
from consultations.models import Question, Theme


def signed_in(person):
    client = Client()
    client.force_login(person)
    return client


def address(slug, rest=""):
    return f"/aisne/prefecture/concertations/{slug}/questionnaire/{rest}"


def themes(aisne, slug):
    with as_prefecture(aisne):
        return list(Theme.objects.for_prefecture(aisne).filter(consultation__campaign__slug=slug))


def stored(aisne, slug, **facts):
    with as_prefecture(aisne):
        return list(
            Question.objects.for_prefecture(aisne)
            .filter(theme__consultation__campaign__slug=slug, **facts)
            .select_related("theme")
            .order_by("theme__position", "position")
        )


def labels(aisne, slug, **facts):
    return [question.label for question in stored(aisne, slug, **facts)]


def local(aisne, slug, kind="yes_no", label="Vous déplacez-vous à vélo ?", theme=0, **facts):
    """A local question, in the first theme unless told otherwise."""
    where = themes(aisne, slug)[theme]
    with as_prefecture(aisne):
        number = Question.objects.for_prefecture(aisne).filter(theme=where).count() + 1
        return Question.objects.create(
            prefecture=aisne, theme=where, key=f"locale-{number}", position=number, kind=kind, label=label, **facts
        )


def typed(page):
    """What a browser would send back from the page's form, besides what the person changes."""
    form = page.context["form"]
    sent = {}
    for field in form:
        value = field.value()
        if value not in (None, False, ""):
            sent[field.html_name] = value
    return sent


def change(client, slug, question, **facts):
    url = address(slug, f"{question.pk}/")
    sent = {**typed(client.get(url)), **facts}
    return client.post(url, {name: value for name, value in sent.items() if value is not None})


def text_of(response):
    return response.content.decode().replace("\u00a0", " ").replace("\u202f", " ")


def said(client, response):
    """The page one lands on."""
    return text_of(client.get(response.url)) if response.status_code == 302 else text_of(response)
