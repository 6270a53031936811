"""The numbers of a reading, as its run counted them: no page counts rows again."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from consultations.models import Consultation, Theme
from contributions.models import Channel, Statement
from syntheses.models import Tally
from syntheses.showing.words import OFF

About = Tally.About
FINDING, PROPOSAL = str(Statement.Kind.FINDING), str(Statement.Kind.PROPOSAL)
Counts = Mapping[str, int]


@dataclass(frozen=True)
class ThemeNumbers:
    """`key` is empty for what is off the subject or has no theme."""

    key: str
    title: str
    findings: int
    proposals: int
    contributions: int

    @property
    def passages(self) -> int:
        return self.findings + self.proposals


@dataclass(frozen=True)
class Numbers:
    """`of[about][key][other]`, as `Tally` holds them."""

    of: Mapping[str, Mapping[str, Counts]] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)

    def one(self, about: str, key: str) -> int:
        return self.of.get(about, {}).get(key, {}).get("", 0)

    def line(self, about: str) -> dict[str, int]:
        return {key: sum(others.values()) for key, others in self.of.get(about, {}).items()}

    def table(self, about: str) -> Mapping[str, Counts]:
        return self.of.get(about, {})

    @property
    def passages(self) -> int:
        return self.one(About.READING, "passages")

    @property
    def channels(self) -> list[tuple[str, int]]:
        """The most used first."""
        found = [(str(label), self.one(About.CHANNEL, value)) for value, label in Channel.choices]
        return sorted((pair for pair in found if pair[1]), key=lambda pair: -pair[1])

    @property
    def themes(self) -> list[ThemeNumbers]:
        """In the order of the consultation; what has no theme comes last, and is never left out."""
        return [self.theme(key) for key in self.titles] + [self.theme("")]

    def theme(self, key: str) -> ThemeNumbers:
        natures = self.of.get(About.THEME, {}).get(key, {})
        spoken = self.of.get(About.THEME_CHANNEL, {}).get(key, {})
        return ThemeNumbers(
            key=key,
            title=self.titles.get(key, OFF if key == "" else key),
            findings=natures.get(FINDING, 0),
            proposals=natures.get(PROPOSAL, 0),
            contributions=sum(spoken.values()),
        )


def numbers_of(consultation: Consultation) -> Numbers:
    """Two statements, whatever was received. What happened each day is left where it is."""
    of: dict[str, dict[str, dict[str, int]]] = defaultdict(lambda: defaultdict(dict))
    rows = Tally.objects.of(consultation).exclude(about=About.DAY).order_by()
    for about, key, other, number in rows.values_list("about", "key", "other", "number"):
        of[about][key][other] = number
    return Numbers(of, titles_of(consultation))


def titles_of(consultation: Consultation) -> dict[str, str]:
    rows = Theme.objects.for_prefecture(consultation.prefecture_id).filter(consultation=consultation)
    return dict(rows.order_by("position", "key").values_list("key", "title"))
