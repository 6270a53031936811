"""What one page of answers made one think of, to be said before going on. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from consultations.asking.choices import DECLINED
from consultations.models import Kind
from consultations.models.facts import FREE_TEXT
from contributions.intake.answers import Step, detail_of, name_of
from contributions.safety.personal import Seen, seen_in
from contributions.safety.urgent import Urgent, urgent_in

WRITTEN = {*FREE_TEXT, Kind.TEXT, Kind.LONG_TEXT}


@dataclass(frozen=True)
class Concern:
    """What a page of answers made one think of."""

    seen: list[Seen]
    urgent: Urgent | None

    def __bool__(self) -> bool:
        return bool(self.seen or self.urgent)


def concern_of(texts: Iterable[str]) -> Concern:
    said = "\n".join(texts)
    return Concern(seen_in(said), urgent_in(said))


def texts_in(step: Step, answers: Mapping[str, Any]) -> list[str]:
    """What was written in somebody's own words on one page."""
    names = [name_of(step, question) for question in step["questions"] if question["kind"] in WRITTEN]
    names += [detail_of(name_of(step, question)) for question in step["questions"]]
    found = [answers.get(name) for name in names]
    return [text for text in found if isinstance(text, str) and text and text != DECLINED]
