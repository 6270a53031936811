"""Builders for tests: each makes one thing, told what matters, and says nothing about the rest."""

import itertools
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext

from assises import clock
from assises.accounts.models import Membership, Prefecture, User
from assises.tenancy.context import as_ministry, as_prefecture
from consultations.asking.choices import keyed
from consultations.asking.content import content_of
from consultations.models import Campaign, Consultation, Question, Theme
from consultations.publish import freeze

PASSWORD = "phrase-de-passe-d-essai"
numbers = itertools.count(1)
# Who is at work, told to the triggers of django-pghistory in front of other statements.
HISTORY = re.compile(
    r"^SELECT set_config\('pghistory\.context_id'.*?set_config\('pghistory\.\w+', .*?, true\); ", re.DOTALL
)


def make_prefecture(code: str = "02") -> Prefecture:
    """The prefectures are there, loaded by a migration: Aisne unless told otherwise."""
    return Prefecture.objects.get(code=code)


def make_person(name: str = "Claire Aubrac") -> User:
    email = f"{name.lower().replace(' ', '.')}.{next(numbers)}@essai.invalid"
    person = User(email=email, full_name=name)
    person.password = cached_password()
    person.save()
    return person


def make_member(prefecture: Prefecture | None, role: str, name: str = "Claire Aubrac") -> User:
    """A person with a role in a prefecture, or in the ministry's team when there is none."""
    person = make_person(name)
    with as_prefecture(prefecture) if prefecture else as_ministry():
        Membership.objects.create(prefecture=prefecture, user=person, role=role)
    return person


@dataclass
class Cast:
    """Two who work together and one who does not."""

    here: Prefecture
    elsewhere: Prefecture
    insider: User
    colleague: User
    outsider: User


def make_cast(role: str = "editor") -> Cast:
    here, elsewhere = make_prefecture("02"), make_prefecture("03")
    return Cast(
        here=here,
        elsewhere=elsewhere,
        insider=make_member(here, role, "Inès Dedans"),
        colleague=make_member(here, "agent", "Colin Collègue"),
        outsider=make_member(elsewhere, role, "Odile Dehors"),
    )


def make_campaign(*, themes: int = 1, questions: int = 1, **facts: str) -> Campaign:
    """A national exercise that has not been launched: so many themes, so many choices in each."""
    number = next(numbers)
    dates = {"opens_on": "2020-01-08", "closes_on": "2035-01-19", "synthesis_due_on": "2035-01-27"}
    campaign = Campaign.objects.create(
        slug=f"essai-{number}", title=f"Essai {number}", purpose="Dire ce que l’on attend.", **{**dates, **facts}
    )
    campaign.refresh_from_db()
    for t in range(1, themes + 1):
        theme = campaign.themes.create(key=f"theme-{t}", position=t, title=f"Thème {t}")
        for q in range(1, questions + 1):
            theme.questions.create(
                key=f"question-{q}",
                position=q,
                kind="choice",
                label=f"Question {t}.{q}",
                choices=keyed(["Oui", "Non", "Parfois"]),
            )
    return campaign


# Each kind of question once; (kind, key, label, choices), the first one required.
ASKED = (
    (
        "presence",
        "La présence près de chez vous",
        (
            ("scale", "jugement", "Comment jugez-vous cette présence ?", ["Mauvaise", "Moyenne", "Bonne"]),
            ("choices", "lieux", "Où manque-t-elle le plus ?", ["Devant les écoles", "Sur les marchés", "Ailleurs"]),
            ("finding", "constat", "Ce que vous constatez", []),
            ("proposal", "proposition", "Ce que vous proposez", []),
        ),
    ),
    (
        "accueil",
        "L’accueil et le service rendu",
        (
            ("choice", "moyen", "Comment joignez-vous la police ou la gendarmerie ?", ["Au guichet", "Par téléphone"]),
            ("yes_no", "plainte", "Avez-vous déposé une plainte cette année ?", []),
            ("text", "delai", "Combien de temps avez-vous attendu ?", []),
        ),
    ),
)


def make_open_consultation(
    prefecture: Prefecture | None = None,
    *,
    opens_at: datetime | None = None,
    closes_at: datetime | None = None,
    campaign: Campaign | None = None,
) -> Consultation:
    """Published with a small questionnaire (`ASKED`); open from an hour ago to in an hour unless told otherwise."""
    prefecture = prefecture or make_prefecture()
    campaign = campaign or make_campaign(themes=0)
    with as_prefecture(prefecture):
        moment = clock.now()
        consultation = Consultation.objects.create(
            prefecture=prefecture,
            campaign=campaign,
            introduction="Dites ce que vous vivez et ce que vous proposez.",
            state=Consultation.State.PUBLISHED,
            opens_at=opens_at or moment - timedelta(hours=1),
            closes_at=closes_at or moment + timedelta(hours=1),
            published_at=moment,
        )
        for t, (theme_key, title, questions) in enumerate(ASKED, 1):
            theme = Theme.objects.create(
                prefecture=prefecture, consultation=consultation, key=theme_key, position=t, title=title
            )
            for q, (kind, key, label, choices) in enumerate(questions, 1):
                Question.objects.create(
                    prefecture=prefecture,
                    theme=theme,
                    key=key,
                    position=q,
                    kind=kind,
                    label=label,
                    choices=keyed(choices),
                    required=(t, q) == (1, 1),
                )
        freeze(consultation, content_of(consultation))
    return consultation


def cached_password() -> str:
    """Hashing is slow on purpose; tests need one hash."""
    if not hasattr(cached_password, "hash"):
        from django.contrib.auth.hashers import make_password

        cached_password.hash = make_password(PASSWORD)  # type: ignore[attr-defined]
    return cached_password.hash  # type: ignore[attr-defined]


@contextmanager
def statements() -> Iterator[list[str]]:
    """What the database was asked, besides opening and closing transactions and naming the tenant."""
    asked: list[str] = []
    with CaptureQueriesContext(connection) as captured:
        yield asked
    asked += [query["sql"] for query in captured if not is_bookkeeping(query["sql"])]


def is_bookkeeping(sql: str) -> bool:
    return HISTORY.sub("", sql).startswith(
        ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE", "SELECT set_config('assises.")
    )
