"""Passages as the team reads them: their words, who said them, how they are read and by whom."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from consultations.models import Consultation
from contributions.models import Statement
from syntheses.models import Idea, Reading
from syntheses.reading.agree import stamp
from syntheses.showing.words import KIND_WORDS, OFF, THEME_WORDS, level, source_of

LONGEST_NUMBER = 19
AROUND = 240  # letters of what surrounds a passage
# What a page does not need of a contribution, and may be long.
HEAVY = ("statement__contribution__answers", "statement__contribution__salt", "statement__contribution__receipt_hash")


@dataclass(frozen=True)
class PassageShown:
    reading: Reading
    text: str
    source: str
    theme: str
    also: list[str]
    idea: Idea | None = None

    @property
    def choice(self) -> str:
        """What a checkbox sends: which passage, and what people had decided about it when it was seen."""
        return f"{self.reading.pk}.{stamp(self.reading)}"

    @property
    def kind(self) -> str:
        return str(Statement.Kind(self.reading.kind).label)

    @property
    def level(self) -> str:
        return level(self.reading.sure)

    @property
    def sure_words(self) -> str:
        return THEME_WORDS[self.level]

    @property
    def kind_words(self) -> str:
        return KIND_WORDS[level(self.reading.kind_sure)]

    @property
    def is_part(self) -> bool:
        """The statement says something else besides."""
        return self.reading.start > 0 or self.reading.end < len(self.reading.statement.text)

    @property
    def before(self) -> str:
        """The end of what stands before it."""
        text = self.reading.statement.text[: self.reading.start].strip()
        return text if len(text) <= AROUND else f"… {text[-AROUND:].partition(' ')[2]}"

    @property
    def after(self) -> str:
        """The beginning of what comes after it."""
        text = self.reading.statement.text[self.reading.end :].strip()
        return text if len(text) <= AROUND else f"{text[:AROUND].rpartition(' ')[0]} …"


def readings_of(consultation: Consultation) -> Any:
    rows = Reading.objects.of(consultation).select_related("statement__contribution")
    return rows.defer(*HEAVY)


def shown(consultation: Consultation, readings: Iterable[Reading], titles: Mapping[str, str]) -> list[PassageShown]:
    """Ready for a page: one more statement, for the labels of their ideas."""
    rows = list(readings)
    keys = {one.idea_key for one in rows if one.idea_key}
    ideas = {idea.key: idea for idea in Idea.objects.of(consultation).filter(key__in=keys)} if keys else {}
    zone = consultation.prefecture.zone
    return [
        PassageShown(
            reading=one,
            text=one.statement.text[one.start : one.end].strip(),
            source=source_of(one.statement.contribution, zone),
            theme=titles.get(one.theme_key, OFF if one.theme_key == "" else one.theme_key),
            also=[titles.get(key, key) for key in one.also],
            idea=ideas.get(one.idea_key),
        )
        for one in rows
    ]


def may_be_quoted(reading: Reading) -> bool:
    """As of now: somebody may have objected since the last run."""
    contribution = reading.statement.contribution
    return contribution.may_publish and contribution.unquoted_at is None and not reading.statement.withheld


def chosen(values: Sequence[str]) -> dict[int, str]:
    """What checkboxes sent: the passages, each with its stamp; what is not one of them is left out."""
    pairs = (value.partition(".") for value in values)
    return {int(pk): seen for pk, _, seen in pairs if pk.isdecimal() and len(pk) < LONGEST_NUMBER}
