"""How well themes are found, on texts of which people told the themes: as the product would, from titles only."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sklearn.metrics import adjusted_mutual_info_score

from syntheses.analysis.run import analyse
from syntheses.analysis.shape import PROPOSAL, Decisions, Said, ThemeFacts
from syntheses.analysis.themes import ThemeReadings, decide, prepared


class BadLineError(Exception):
    """A line that is not what is asked for; the message says which and why, in French."""


@dataclass(frozen=True)
class Question:
    """One corpus, and its labels as themes."""

    name: str
    texts: Sequence[str]
    labels: Sequence[tuple[str, ...]]  # of each text, the first one first; none: it is read and not judged

    @property
    def themes(self) -> list[ThemeFacts]:
        return [ThemeFacts(key=label, title=label) for label in sorted({one for of in self.labels for one in of})]

    @property
    def judged(self) -> list[int]:
        return [row for row, labels in enumerate(self.labels) if labels]


@dataclass(frozen=True)
class Verdict:
    """`right[n]` of `out_of[n]` texts, after `n` corrections."""

    question: str
    texts: int
    themes: int
    majority: int
    right: Mapping[int, int]
    out_of: Mapping[int, int]
    sure: Sequence[tuple[int, bool]]  # of each text read without help: how sure, and whether rightly
    mutual: float


def questions(lines: Iterable[Mapping[str, Any]]) -> list[Question]:
    """By question, in the order of their first lines."""
    texts: dict[str, list[str]] = {}
    labels: dict[str, list[tuple[str, ...]]] = {}
    for number, line in enumerate(lines, start=1):
        said, given = line.get("text") or "", line.get("labels") or []
        if not isinstance(line.get("question"), str) or not isinstance(said, str) or not isinstance(given, list):
            raise BadLineError(
                f"Ligne {number} : il faut « question » (texte), « text » (texte) et « labels » (liste)."
            )
        name = line["question"]
        texts.setdefault(name, []).append(said)
        labels.setdefault(name, []).append(tuple(dict.fromkeys(str(label) for label in given if str(label).strip())))
    return [Question(name, texts[name], labels[name]) for name in texts]


def judge(question: Question, corrections: Sequence[int]) -> Verdict:
    """Reads without help, then lets a person correct what stands on top of the pile, one after the other."""
    campaign = prepared(question.texts, [""] * len(question.texts), question.themes)
    decided: dict[int, tuple[str, ...]] = {}
    right, out_of = {}, {}
    sure: list[tuple[int, bool]] = []
    for done in range(max(corrections, default=0) + 1):
        left = [row for row in question.judged if row not in decided]
        read = decide(campaign, decided) if campaign.keys else None
        if read is None or not left:
            break
        if done in (0, *corrections):
            is_right = [read.rows[row].best in question.labels[row] for row in left]
            right[done], out_of[done] = sum(is_right), len(left)
        if done == 0:
            sure = [(read.rows[row].sure, good) for row, good in zip(left, is_right, strict=True)]
        top = next_on_pile(read, left, question.texts)
        decided[top] = question.labels[top]
    firsts = Counter(question.labels[row][0] for row in question.judged)
    return Verdict(
        question=question.name,
        texts=len(question.judged),
        themes=len(question.themes),
        majority=max(firsts.values(), default=0),
        right=right,
        out_of=out_of,
        sure=sure,
        mutual=mutual_information(question),
    )


def next_on_pile(read: ThemeReadings, left: Sequence[int], texts: Sequence[str]) -> int:
    return min(left, key=lambda row: (-read.rows[row].teaches, texts[row], row))


def mutual_information(question: Question) -> float:
    """Between the ideas found in the texts and their first labels; a text in no idea is one by itself."""
    # A question asks for one nature, as in the portal; which one does not matter here.
    said = [
        Said(row=row, contribution=f"{row:08}", position=0, text=text, asked_kind=PROPOSAL)
        for row, text in enumerate(question.texts)
    ]
    result = analyse(said, question.themes, Decisions(), lambda _done, _total, _step: None)
    ideas: dict[int, str] = {}
    for reading in sorted(result.readings, key=lambda one: one.name):
        ideas.setdefault(reading.row, reading.idea or f"alone {reading.row}")
    judged = question.judged
    firsts = [question.labels[row][0] for row in judged]
    return float(adjusted_mutual_info_score(firsts, [ideas.get(row, f"alone {row}") for row in judged]))


def judge_themes(lines: Iterable[Mapping[str, Any]], corrections: Sequence[int]) -> str:
    """The whole report, in French."""
    asked = sorted({count for count in corrections if count > 0})
    verdicts = [judge(question, asked) for question in questions(lines)]
    return "\n".join([*table(verdicts, asked), "", *reliability(verdicts)])


def table(verdicts: Sequence[Verdict], asked: Sequence[int]) -> list[str]:
    heads = ["textes", "thèmes", "majorité", "sans aide", *(f"après {count}" for count in asked), "IMA"]
    found = ["Précision au premier thème, et information mutuelle ajustée des idées (IMA)", ""]
    found.append("  ".join([*(head.rjust(9) for head in heads), "question"]))
    found += [row_of(verdict, asked) for verdict in verdicts]
    whole = Verdict(
        question="Ensemble",
        texts=sum(one.texts for one in verdicts),
        themes=sum(one.themes for one in verdicts),
        majority=sum(one.majority for one in verdicts),
        right={count: sum(one.right.get(count, 0) for one in verdicts) for count in (0, *asked)},
        out_of={count: sum(one.out_of.get(count, 0) for one in verdicts) for count in (0, *asked)},
        sure=(),
        mutual=sum(one.mutual * one.texts for one in verdicts) / max(1, sum(one.texts for one in verdicts)),
    )
    return [*found, row_of(whole, asked)]


def row_of(verdict: Verdict, asked: Sequence[int]) -> str:
    cells = [str(verdict.texts), str(verdict.themes), share(verdict.majority, verdict.texts)]
    cells += [share(verdict.right.get(count, 0), verdict.out_of.get(count, 0)) for count in (0, *asked)]
    cells.append(f"{verdict.mutual:.3f}".replace(".", ","))
    return "  ".join([*(cell.rjust(9) for cell in cells), verdict.question])


def share(part: int, whole: int) -> str:
    """Nothing left to judge by is a dash, never a figure."""
    return f"{part / whole:.3f}".replace(".", ",") if whole else "—"


def reliability(verdicts: Sequence[Verdict]) -> list[str]:
    """What « sûr à 80 % » is worth: of the texts so read, how many were right."""
    found = ["Ce que vaut la certitude annoncée, sans aide", "", "  annoncée     textes      juste"]
    pairs = [pair for verdict in verdicts for pair in verdict.sure]
    for low in range(0, 100, 10):
        within = [good for sure, good in pairs if low <= sure < low + 10]
        if within:
            found.append(f"{low:4}-{low + 9} %  {len(within):9}  {share(sum(within), len(within)):>9}")
    return found
