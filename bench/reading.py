"""What has to be done inside the portal for `bin/bench analysis`: `python -m bench.reading prepare banc-161 02`.

prepare CAMPAIGN CODE…: a published consultation in each prefecture, with two open questions
ask CODE…: what the sweep does for these prefectures, and no more
"""

import os
import sys
from collections.abc import Callable
from datetime import timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "assises.settings")
django.setup()

from assises import clock  # noqa: E402 (Django has to be ready)
from assises.accounts.models import Prefecture  # noqa: E402
from assises.jobs.run import run_routine  # noqa: E402
from assises.jobs.tasks import run_owed  # noqa: E402
from assises.tenancy.context import as_prefecture  # noqa: E402
from consultations.asking.content import content_of  # noqa: E402
from consultations.models import Campaign, Consultation, Question, Theme  # noqa: E402
from consultations.publish import freeze  # noqa: E402
from syntheses.reading.run import READ, UNREAD  # noqa: E402

THEMES = (
    ("presence", "La présence des forces de l’ordre", ["patrouille", "gendarme", "police", "brigade"]),
    ("accueil", "L’accueil et l’accompagnement des victimes", ["plainte", "accueil", "victime"]),
    ("route", "La sécurité routière", ["vitesse", "route", "circulation", "stationnement"]),
    ("cambriolages", "Les vols, les cambriolages et les escroqueries", ["vol", "cambriolage", "arnaque"]),
    ("tranquillite", "La tranquillité publique", ["bruit", "rodéo", "incivilité", "dépôt sauvage"]),
    ("prevention", "La prévention et le lien avec la population", ["prévention", "jeunes", "école", "réunion"]),
    ("moyens", "Les moyens, la vidéoprotection et l’éclairage", ["caméra", "éclairage", "effectif"]),
)
# Two questions that nobody has to answer: somewhat more than one text a contribution, of two sentences or three.
ASKED = {"presence": "finding", "prevention": "proposal"}


def prepare(slug: str, *codes: str) -> None:
    day, now = timedelta(days=1), clock.now()
    campaign = Campaign.objects.create(
        slug=slug,
        title=slug,
        purpose="Mesurer.",
        opens_on=now - 9 * day,
        closes_on=now + day,
        synthesis_due_on=now + 9 * day,
    )
    for prefecture in Prefecture.objects.filter(pk__in=codes):
        with as_prefecture(prefecture):
            publish(campaign, prefecture)


def publish(campaign: Campaign, prefecture: Prefecture) -> None:
    day, now = timedelta(days=1), clock.now()
    consultation = Consultation.objects.create(
        prefecture=prefecture,
        campaign=campaign,
        introduction="Mesurer.",
        state=Consultation.State.PUBLISHED,
        opens_at=now - 9 * day,
        closes_at=now + day,
        published_at=now - 9 * day,
    )
    for position, (key, title, keywords) in enumerate(THEMES, 1):
        theme = Theme.objects.create(
            prefecture=prefecture,
            consultation=consultation,
            key=key,
            position=position,
            title=title,
            keywords=keywords,
        )
        if key in ASKED:
            Question.objects.create(
                prefecture=prefecture, theme=theme, key="libre", kind=ASKED[key], label=f"Sur {title.lower()}"
            )
    freeze(consultation, content_of(consultation))


def ask(*codes: str) -> None:
    for code in codes:
        run_routine(UNREAD, code)
        run_owed.apply_async((READ.name, code))


ACTS: dict[str, Callable[..., None]] = {"prepare": prepare, "ask": ask}


if __name__ == "__main__":
    ACTS[sys.argv[1]](*sys.argv[2:])
