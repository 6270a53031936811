"""What has to be done inside the portal, each in a process of its own: `python -m bench.portal prepare`.

prepare: a consultation whose one step asks the fifteen questions; prints where it is
statements: how many statements its page and a submission take
seal: give every entry of the log its place
"""

import json
import os
import sys
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "assises.settings")
django.setup()

from django.conf import settings  # noqa: E402 (Django has to be ready)
from django.test import Client  # noqa: E402

from assises import clock  # noqa: E402
from assises.accounts.models import Prefecture  # noqa: E402
from assises.tenancy.context import as_prefecture  # noqa: E402
from assises.testing import statements  # noqa: E402
from bench.questions import answers, facts  # noqa: E402
from consultations.asking.choices import YES_OR_NO, keyed  # noqa: E402
from consultations.asking.content import content_of  # noqa: E402
from consultations.models import Campaign, Consultation, Question, Theme  # noqa: E402
from consultations.publish import freeze  # noqa: E402
from contributions import drafts  # noqa: E402
from contributions.log.seal import seal_prefecture  # noqa: E402

CODE = "02"
CAMPAIGN = "banc-d-essai"
THEME = "questions"


def prepare() -> dict[str, Any]:
    day = timedelta(days=1)
    now = clock.now()
    campaign = Campaign.objects.create(
        slug=CAMPAIGN,
        title="Banc d’essai",
        purpose="Mesurer.",
        opens_on=now - day,
        closes_on=now + day,
        synthesis_due_on=now + 9 * day,
    )
    prefecture = Prefecture.objects.get(code=CODE)
    with as_prefecture(prefecture):
        consultation = Consultation.objects.create(
            prefecture=prefecture,
            campaign=campaign,
            introduction="Mesurer.",
            state=Consultation.State.PUBLISHED,
            opens_at=now - day,
            closes_at=now + day,
            published_at=now - day,
        )
        theme = Theme.objects.create(
            prefecture=prefecture, consultation=consultation, key=THEME, position=1, title="Quinze questions"
        )
        for position, fact in enumerate(facts(), 1):
            choices = YES_OR_NO if fact["kind"] == "yes_no" else keyed(fact.pop("choices"))
            Question.objects.create(
                **{"prefecture": prefecture, "theme": theme, "position": position, **fact, "choices": choices}
            )
        version = freeze(consultation, content_of(consultation))
    asked = version.content["steps"][0]["questions"]
    keys = {f"{THEME}.{q['key']}": [choice["key"] for choice in q["choices"]] for q in asked}
    return {"start": f"/{prefecture.slug}/{CAMPAIGN}/", "consultation": f"{CODE}/{CAMPAIGN}", "keys": keys}


def count_statements() -> dict[str, int]:
    settings.ALLOWED_HOSTS = ["*"]
    start = f"/{Prefecture.objects.get(code=CODE).slug}/{CAMPAIGN}/"
    with as_prefecture(CODE):
        version = Consultation.objects.get(campaign__slug=CAMPAIGN).versions.latest("number")
    asked = version.content["steps"][0]["questions"]
    said = answers({q["key"]: [choice["key"] for choice in q["choices"]] for q in asked}, _chance())
    client, key = Client(), drafts.new_key()
    draft = f"{start}reponse/{key}/"
    client.post(start, {"brouillon": key, "public": "public"})
    form: dict[str, list[str]] = {}
    for name, value in said:
        form.setdefault(f"{THEME}.{name}", []).append(value)
    acts: dict[str, Callable[[], Any]] = {
        "page": lambda: client.get(f"{draft}etape/1/"),
        "step": lambda: client.post(f"{draft}etape/1/", form),
        "send": lambda: client.post(f"{draft}relire/"),
    }
    acts["page"]()  # what is kept in memory is counted as kept
    found = {}
    for name, act in acts.items():
        with statements() as executed:
            status = act().status_code
        if status not in {200, 302}:
            raise RuntimeError(f"{name}: {status}")
        found[name] = len(executed)
    return found


def seal() -> dict[str, int]:
    with as_prefecture(CODE):
        seal_prefecture(CODE)
    return {}


def _chance() -> Any:
    import random

    return random.Random(1)  # noqa: S311 (the same each time)


ACTS = {"prepare": prepare, "statements": count_statements, "seal": seal}

if __name__ == "__main__":
    print(json.dumps(ACTS[sys.argv[1]]()))  # noqa: T201 (read by the bench)
