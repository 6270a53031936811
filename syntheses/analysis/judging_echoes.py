"""How well echoes are found, against pairs of texts that somebody judged to be the same prewritten text or not."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from syntheses.analysis import echoes
from syntheses.analysis.corpus import corpus_of
from syntheses.analysis.passages import divided
from syntheses.analysis.shape import Said

SHOWN = 10
EXCERPT = 160


@dataclass(frozen=True, slots=True)
class Pair:
    a: str
    b: str
    same: bool
    found: bool = False


@dataclass(frozen=True)
class Judgement:
    pairs: Sequence[Pair]

    def those(self, *, same: bool, found: bool) -> list[Pair]:
        return [pair for pair in self.pairs if pair.same is same and pair.found is found]

    @property
    def precision(self) -> float:
        return _share(len(self.those(same=True, found=True)), len(self.those(same=False, found=True)))

    @property
    def recall(self) -> float:
        return _share(len(self.those(same=True, found=True)), len(self.those(same=True, found=False)))


def _share(right: int, wrong: int) -> float:
    return right / (right + wrong) if right + wrong else 1.0


def judge(lines: Iterable[Mapping[str, Any]]) -> Judgement:
    """All texts are read as one consultation: pairs are found as the product finds them, not one by one."""
    pairs = [Pair(str(line["a"]), str(line["b"]), bool(line["same"])) for line in lines]
    texts = [text for pair in pairs for text in (pair.a, pair.b)]
    said = [Said(row, f"{row:09}", 0, text) for row, text in enumerate(texts)]
    parts = divided(said)
    found = echoes.by_row(echoes.found_in(parts, corpus_of(part.text for part in parts)))
    echo_of = {part.said.row: echo for row, part in enumerate(parts) if (echo := found.get(row))}
    return Judgement(
        [
            Pair(pair.a, pair.b, pair.same, echo_of.get(2 * row, "a") == echo_of.get(2 * row + 1, "b"))
            for row, pair in enumerate(pairs)
        ]
    )


def told(judgement: Judgement) -> Iterator[str]:
    """Lines to read."""
    same = sum(pair.same for pair in judgement.pairs)
    yield f"{len(judgement.pairs)} paires, dont {same} identiques ou presque"
    yield f"précision {figure(judgement.precision)}   rappel {figure(judgement.recall)}"
    for title, pairs in (
        ("Manquées", judgement.those(same=True, found=False)),
        ("Trouvées à tort", judgement.those(same=False, found=True)),
    ):
        if pairs:
            yield f"{title} : {len(pairs)}"
        for pair in pairs[:SHOWN]:
            yield f"  A {excerpt(pair.a)}"
            yield f"  B {excerpt(pair.b)}"
            yield ""


def figure(share: float) -> str:
    return f"{share:.3f}".replace(".", ",")


def excerpt(text: str) -> str:
    said = " ".join(text.split())
    return said if len(said) <= EXCERPT else said[: EXCERPT - 1] + "…"
