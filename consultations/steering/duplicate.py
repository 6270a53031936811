"""Last year's exercise, prepared again: the same themes and questions under the same keys, with other dates."""

from datetime import date

from django.db import connection, transaction

from consultations.models import Campaign, CoreQuestion, CoreTheme, KitDocument
from consultations.models.facts import QUESTION_FACTS, THEME_FACTS
from consultations.steering.launch import unused_key
from consultations.steering.planning import shifted

COPIED = ("purpose", "audiences", "outline", "synthesis_pages", "ranked_proposals")
# Pages at these addresses.
RESERVED = {"prefecture", "contribution", "donnees-personnelles", "nouveau", "reserve-electorale"}


def proposed_dates(source: Campaign, *, today: date) -> dict[str, date]:
    """Whole weeks later, so that a Monday stays a Monday."""
    names = ("opens_on", "closes_on", "synthesis_due_on")
    return dict(zip(names, shifted([getattr(source, name) for name in names], after=today), strict=True))


def duplicate(
    source: Campaign, *, title: str, opens_on: date, closes_on: date, synthesis_due_on: date, with_kit: bool = True
) -> Campaign:
    """A new exercise in preparation. What was retired since, and what was said of the former one, stays behind."""
    with transaction.atomic():
        made = Campaign.objects.create(
            slug=unused_slug(title),
            title=title,
            opens_on=opens_on,
            closes_on=closes_on,
            synthesis_due_on=synthesis_due_on,
            made_from=source,
            **{name: getattr(source, name) for name in COPIED},
        )
        copy_core(source, made)
        if with_kit:
            copy_kit(source, made)
    return made


def unused_slug(title: str) -> str:
    return unused_key(title, {*Campaign.objects.values_list("slug", flat=True), *RESERVED}, longest=60)


def copy_core(source: Campaign, made: Campaign) -> None:
    themes = list(CoreTheme.objects.filter(campaign=source))
    copies = CoreTheme.objects.bulk_create(
        CoreTheme(campaign=made, **{name: getattr(theme, name) for name in THEME_FACTS}) for theme in themes
    )
    theirs = {theme.pk: copy for theme, copy in zip(themes, copies, strict=True)}
    CoreQuestion.objects.bulk_create(
        CoreQuestion(theme=theirs[question.theme_id], **{name: getattr(question, name) for name in QUESTION_FACTS})
        for question in CoreQuestion.objects.filter(theme__in=themes, retired_at=None)
    )


def copy_kit(source: Campaign, made: Campaign) -> None:
    """By the database: files of 20 MB have no need to travel."""
    table = KitDocument._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} (campaign_id, title, name, media_type, content)"  # noqa: S608 (our own table)
            f" SELECT %s, title, name, media_type, content FROM {table} WHERE campaign_id = %s ORDER BY id",
            [made.pk, source.pk],
        )
