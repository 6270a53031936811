"""Passages by what they say and by how they are read: a search in French, and filters that also work alone."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Q
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from rapidfuzz import fuzz, process

from consultations.models import Audience, Consultation, Theme
from contributions import words_sought
from contributions.models import Channel, Statement
from contributions.words_sought import BEGINS, CONFIGURATION, ENDS
from syntheses.analysis.words import folded
from syntheses.models import Idea, Reading
from syntheses.models.reading import PLAIN
from syntheses.showing.passages import PassageShown, readings_of, shown

MOST = 300  # beyond that nobody reads on: the page says so and asks for another word
NO_THEME = "-"
SEARCH = "search_readings"
HEADLINES = f"""
SELECT ts_headline('{CONFIGURATION}', text, sought, %s)
FROM websearch_to_tsquery('{CONFIGURATION}', {words_sought.plain("%s")}) AS sought,
  unnest(%s::text[]) WITH ORDINALITY AS one (text, place)
ORDER BY place
"""  # noqa: S608 (the name is ours)
WORD = re.compile(r"[^\W\d_]+")
ARTICLES = re.compile(r"\bles\b", re.IGNORECASE)
SHORTEST_MENDED = 5
ALIKE_ENOUGH = 78
IDEAS_READ = 2_000
STATES = {
    "decides": ("Décidés par une personne", Q(by_theme=True) | Q(by_kind=True) | Q(by_group=True)),
    "a-relire": ("À relire", Q(teaches__gt=0, sure__lt=PLAIN)),
    "seuls": ("Dans aucune idée", Q(idea_key="")),
    "repris": ("Textes repris", ~Q(echo_key="")),
}


@dataclass(frozen=True)
class Asked:
    words: str = ""
    theme: str = ""
    kind: str = ""
    channel: str = ""
    audience: str = ""
    state: str = ""

    @property
    def filters(self) -> bool:
        return bool(self.theme or self.kind or self.channel or self.audience or self.state)


def asked_in(query: Mapping[str, Any]) -> Asked:
    """What is not one of the proposed values is left out."""

    def one_of(name: str, values: Any) -> str:
        value = str(query.get(name, ""))
        return value if value in values else ""

    return Asked(
        words=str(query.get("mots", "")).replace("\0", " ").strip()[: words_sought.LONGEST],
        theme=str(query.get("theme", "")).replace("\0", "")[:40],
        kind=one_of("nature", Statement.Kind.values),
        channel=one_of("canal", Channel.values),
        audience=one_of("public", Audience.values),
        state=one_of("etat", STATES),
    )


def found(consultation: Consultation, asked: Asked) -> list[int]:
    """Numbers of readings, the best first, one more than is shown at most."""
    if asked.words:
        return words_sought_in(consultation, asked)
    rows = filtered(Reading.objects.of(consultation), asked)
    return list(rows.order_by("pk").values_list("pk", flat=True)[: MOST + 1])


def filtered(rows: Any, asked: Asked) -> Any:
    if asked.theme:
        rows = rows.filter(theme_key="" if asked.theme == NO_THEME else asked.theme)
    if asked.kind:
        rows = rows.filter(kind=asked.kind)
    if asked.state:
        rows = rows.filter(STATES[asked.state][1])
    if asked.audience:
        rows = rows.filter(statement__contribution__audience=asked.audience)
    if asked.channel:
        # By which channel somebody of the forces wrote is not shown: it can be enough to know who it is.
        rows = rows.filter(statement__contribution__channel=asked.channel)
        rows = rows.exclude(statement__contribution__audience=Audience.FORCES)
    return rows


def words_sought_in(consultation: Consultation, asked: Asked) -> list[int]:
    """Through one function of the owner: full-text indexes are not used under row-level security."""
    theme = "" if asked.theme == NO_THEME else asked.theme or None
    values = [
        consultation.pk,
        without_articles(asked.words),
        theme,
        asked.kind,
        asked.channel,
        asked.audience,
        asked.state,
        MOST + 1,
    ]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT reading FROM {SEARCH}(%s, %s, %s, %s, %s, %s, %s, %s)", values)  # noqa: S608 (ours)
        return [number for (number,) in cursor.fetchall()]


def without_articles(words: str) -> str:
    """PostgreSQL takes « les » for a word that matters; between quotes it is one of a phrase."""
    parts = words.split('"')
    parts[::2] = [ARTICLES.sub(" ", part) for part in parts[::2]]
    return '"'.join(parts)


def passages_found(
    consultation: Consultation, numbers: list[int], asked: Asked, titles: Mapping[str, str]
) -> list[tuple[PassageShown, SafeString]]:
    """In the order of the numbers, with the words that were sought marked."""
    rows = {
        one.reading.pk: one for one in shown(consultation, readings_of(consultation).filter(pk__in=numbers), titles)
    }
    passages = [rows[number] for number in numbers if number in rows]
    texts = with_marks([one.text for one in passages], asked.words)
    return [(one, marked(text)) for one, text in zip(passages, texts, strict=True)]


def with_marks(texts: Sequence[str], words: str) -> list[str]:
    """Marks around each match, made by the same dictionary that found it."""
    if not texts or not words:
        return list(texts)
    bare = [text.replace(words_sought.BEGINS, "").replace(words_sought.ENDS, "") for text in texts]
    with connection.cursor() as cursor:
        cursor.execute(HEADLINES, [f"HighlightAll=true,StartSel={BEGINS},StopSel={ENDS}", words, bare])
        return [text for (text,) in cursor.fetchall()]


def marked(text: str) -> SafeString:
    """Escaped first; then what was found is marked."""
    safe = str(escape(text))
    return mark_safe(safe.replace(BEGINS, "<mark>").replace(ENDS, "</mark>"))  # noqa: S308 (escaped above)


def near_word(consultation: Consultation, asked: Asked) -> str:
    """What may have been meant, when nothing was found: each word replaced by the nearest of those that ideas use."""
    known = vocabulary(consultation)
    better = [nearest(word, known) for word in asked.words.split()]
    return " ".join(better) if better != asked.words.split() else ""


def nearest(word: str, known: Mapping[str, str]) -> str:
    if len(word) < SHORTEST_MENDED or folded(word) in known:
        return word
    match = process.extractOne(folded(word), known.keys(), scorer=fuzz.ratio, score_cutoff=ALIKE_ENOUGH)
    return known[match[0]] if match else word


def vocabulary(consultation: Consultation) -> dict[str, str]:
    """Words of themes and ideas, as they are written, by their folded form: no other word of anybody is kept for it."""
    labels = Idea.objects.of(consultation).order_by("-contributions").values_list("label", flat=True)[:IDEAS_READ]
    themes = Theme.objects.for_prefecture(consultation.prefecture_id).filter(consultation=consultation)
    texts = [*labels, *(f"{one.title} {one.description} {' '.join(one.keywords)}" for one in themes)]
    found: dict[str, str] = {}
    for text in texts:
        for word in WORD.findall(text):
            if len(word) >= SHORTEST_MENDED:
                found.setdefault(folded(word), word.lower())
    return found
