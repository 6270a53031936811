"""Long answers are divided where somebody begins to say something else; every character stays in one passage.

Two steps: a text is cut into sentences and items of lists (`_pieces`), each with a reason to begin a passage, then
pieces are put together again (`_gathered`) as long as they go on with the same thing. What is short stays whole.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from syntheses.analysis.corpus import level

WHOLE = 100  # characters up to which nothing is divided, unless it is a list
SHORT = 280  # up to here only somebody's own signs divide: lists, « par ailleurs », a second wish
LEAST = 60  # a passage without a sign of its own is at least that long
LONGEST = 420  # a passage ends at the next sentence after that
LEAST_ITEM = 12  # « 1) oui 2) non » is one answer

BULLET = r"(?:[-–—•*·▪►>✓→]|\(?\d{1,2}\s?[.)°/]-?|\(?[a-hA-H]\)|[IVX]{1,4}[.)])"
ITEM = re.compile(rf"\s*{BULLET}(?=\s|[A-Za-zÀ-ÿ«])(?!\d)")
# « 1) … 2) … » in one line, and « - … - … ».
INLINE_NUMBER = re.compile(r"(?:(?<=\s)|(?<=[;,.:]))\(?(\d{1,2})\s?[)°](?=\s?\D)")
INLINE_DASH = re.compile(r"(?<=\s)[-–—•](?=\s)")
LINES = re.compile(r"[ \t]*\r?\n\s*")
STOP = re.compile(r"[.!?…]+\s?[\"»”)\]]*\s+(?=[A-ZÀ-ÝŒ«\"“(\d])")
# What is written before a full stop that ends nothing.
ABBREVIATION = re.compile(
    r"(?:^|[\s(’'«])(?:[A-ZÀ-Ý]|M|MM|Mr|Mme|Mlle|Mgr|Me|Dr|Pr|St|Ste|art|al|av|bd|bld|ch|cf|ex|env|etc|fig|max|min|n|no|nb"
    r"|p|pp|pb|qq|qqn|rdv|réf|ref|resp|rte|suppl|tél|tel|vol|vs|c\.-à-d|p\. ?ex|i\.e|e\.g)\.$",
    re.IGNORECASE,
)
ON_ONE_LINE = 64  # a line that long without a stop was broken by the mail program

ANOTHER = re.compile(
    r"(?:d'abord|tout d'abord|premierement|deuxiemement|troisiemement|quatriemement|ensuite|enfin|par ailleurs|de plus"
    r"|en outre|d'autre part|d'une part|autre (?:point|probleme|chose|sujet|proposition|constat)"
    r"|deuxieme (?:point|chose)"
    r"|second point|premier point|dernier point|pour finir|sinon|en ce qui concerne|concernant|s'agissant|quant a"
    r"|au sujet|pour ce qui (?:est|concerne)|cote |egalement,|a cote de cela|une autre|mais aussi|il y a aussi)\b"
)
WISH = re.compile(
    r"(?:(?:il|on|nous|l'etat|la mairie|vous) (?:faut|faudrait|doit|devr(?:ait|ions|iez)|pourr(?:ait|ions|iez))"
    r"|je (?:propose|souhaite|souhaiterais|voudrais|demande|suggere|preconise)|nous (?:demandons|proposons|souhaitons)"
    r"|pourquoi (?:ne pas|pas)|une idee serait|priorite :|ma proposition|mes propositions"
    r"|[a-z]{2,}(?:er|ir|oir|ettre|endre|aire|uire)\b(?<!hier)(?<!cher)(?<!premier)(?<!dernier)(?<!quartier))"
)
GOES_ON = re.compile(
    r"(?:cela|ca|c'est|ce (?:n'|serait|sont|qui|que)|cette|ces|ceci|celui|celle|ceux|il (?!y a|faut|faudrait)|ils"
    r"|elles?|resultat|donc|alors|car|parce|mais|et|or|pourtant|cependant|en effet|ainsi|du coup|d'ou|au contraire"
    r"|meme|surtout|notamment|par exemple|exemple|ex\b|a savoir|bref|autrement dit|voila|en consequence|sans cela"
    r"|y compris|oui|non)\b"
)
OPENING = re.compile(
    r"(?:bonjour|bonsoir|madame|monsieur|mesdames|messieurs|mme|m\.|chere?s?|a l'attention|objet|ref|lettre|"
    r"(?:mes |nos |voici |quelques |deux |trois )*(?:remarques|propositions|constats|idees|suggestions|observations))\b"
)
CLOSING = re.compile(
    r"(?:cordialement|bien cordialement|bien a vous|salutations|respectueusement|sinceres|veuillez|je vous prie"
    r"|nous vous prions|dans l'attente|en vous remerciant|je vous remercie|nous vous remercions|merci|avec mes|avec nos"
    r"|je reste a|nous restons a|recevez|bonne (?:journee|continuation|reception|soiree)|ps\b|p\.s|signe|fait a"
    r"|vous remerciant|a vous lire|au plaisir)"
)


SIGNED = re.compile(r"(?:[A-ZÀ-Ý][\w’'.-]*[\s,]*){1,4}(?:\([^)]*\)|\d{0,2})")


class Piece(NamedTuple):
    start: int
    end: int
    begins: bool  # whether the writer shows that something else begins


def passages(text: str) -> list[tuple[int, int]]:
    """Where each passage of a text begins and ends; together they are the whole text."""
    if len(text) <= WHOLE and "\n" not in text and not _may_count(text):
        return [(0, len(text))]
    pieces = _pieces(text)
    if len(pieces) < 2:  # noqa: PLR2004 (nothing to divide)
        return [(0, len(text))]
    starts = _gathered(text, pieces)
    return list(zip(starts, [*starts[1:], len(text)], strict=True))


def _may_count(text: str) -> bool:
    return ")" in text or "°" in text


def _pieces(text: str) -> list[Piece]:
    """Sentences and items of lists, in their order, without a gap."""
    marks = _line_breaks(text)
    marks.update(dict.fromkeys(_inline_items(text), True))
    for stop in STOP.finditer(text):
        if not ABBREVIATION.search(text, max(0, stop.start() - 12), stop.start() + 1):
            marks.setdefault(stop.end(), False)
    marks.pop(len(text), None)
    starts = sorted({0, *marks})
    ends = [*starts[1:], len(text)]
    return [Piece(start, end, marks.get(start, False)) for start, end in zip(starts, ends, strict=True)]


def _line_breaks(text: str) -> dict[int, bool]:
    """Where a line that begins something begins: after a blank line, as an item, or after a finished line."""
    marks: dict[int, bool] = {}
    if "\n" not in text:
        return marks
    lines = [len(line) for line in text.split("\n") if line.strip()]
    is_list = max(lines, default=0) < ON_ONE_LINE
    before = 0
    for gap in LINES.finditer(text):
        written = text[before : gap.start()]
        is_item = ITEM.match(text, gap.end()) is not None
        is_finished = written.rstrip()[-1:] in tuple(".!?…:;»")
        is_wrapped = len(written) >= ON_ONE_LINE and not is_finished
        if is_item or gap[0].count("\n") > 1:
            marks[gap.end()] = True
        elif is_finished or is_list or (not is_wrapped and text[gap.end() : gap.end() + 1].isupper()):
            marks[gap.end()] = is_list or is_finished
        before = gap.end()
    return marks


def _inline_items(text: str) -> list[int]:
    """« 1) … 2) … » counts from one; « - … - … » begins with a dash."""
    numbers = (
        [(int(found[1]), found.start()) for found in INLINE_NUMBER.finditer(" " + text)] if _may_count(text) else []
    )
    if len(numbers) > 1 and [number for number, _ in numbers] == list(range(1, len(numbers) + 1)):
        return [max(0, start - 1) for _, start in numbers]
    if text.lstrip()[:2] in ("- ", "– ", "— ", "• "):
        return [found.start() for found in INLINE_DASH.finditer(text)]
    return []


def _gathered(text: str, pieces: Sequence[Piece]) -> list[int]:
    """Where passages begin, once pieces that belong together are put together."""
    is_short = len(text) <= SHORT
    starts = [0]
    says = False  # whether the passage under way says anything yet, beyond a greeting
    wished = False
    for piece, said in _read(text, pieces):
        length = piece.start - starts[-1]
        wishes = WISH.match(said) is not None
        goes_with_before = not says or _is_closing(said, text[piece.start : piece.end])
        is_sign = wishes and (wished or not is_short)
        if not goes_with_before and _begins(piece, said, length, is_sign=is_sign, is_short=is_short):
            starts.append(piece.start)
            says = wished = False
        says = says or not _is_opening(said)
        wished = wished or wishes
    return starts


def _read(text: str, pieces: Sequence[Piece]) -> Iterator[tuple[Piece, str]]:
    leveled = level(text)
    for piece in pieces:
        said = leveled[piece.start : piece.end].strip()
        yield piece, ITEM.sub("", said, count=1).strip() if ITEM.match(said) else said


def _begins(piece: Piece, said: str, length: int, *, is_sign: bool, is_short: bool) -> bool:
    """Whether a piece begins a passage after one of that length; `is_sign`: it begins as a wish of its own."""
    if len(said) < LEAST_ITEM:
        return False
    if piece.begins:
        return length >= LEAST_ITEM
    if is_sign or ANOTHER.match(said):
        return length >= LEAST // 2
    if is_short or GOES_ON.match(said):
        return length >= LONGEST
    return length >= LONGEST or (length >= LEAST and len(said) >= LEAST)


def _is_opening(said: str) -> bool:
    """A greeting, a title, « Mes propositions : »: it says nothing without what follows."""
    return len(said) < LEAST_ITEM or (len(said) < LEAST and (said.endswith((":", ",")) or bool(OPENING.match(said))))


def _is_closing(said: str, written: str) -> bool:
    """Formulas of politeness, and a name at the end."""
    return CLOSING.match(said) is not None or SIGNED.fullmatch(written.strip()) is not None
