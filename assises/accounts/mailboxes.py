"""Reads the ministry's list of functional mailboxes: a code and an address a line, however the file was saved."""

import csv
import io
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

LARGEST_BYTES = 200_000
MOST_LINES = 500
SEPARATORS = ";,\t"
CODE_HEADINGS = {"code", "departement", "département", "dep", "prefecture", "préfecture", "numero", "numéro"}
ADDRESS_HEADINGS = {"adresse", "adresses", "courriel", "email", "e-mail", "mail", "boite", "boîte", "bal"}


class UnreadableFileError(Exception):
    """The file as a whole cannot be read; the message says what to do."""


@dataclass(frozen=True)
class Mailbox:
    line: int
    code: str
    address: str


@dataclass
class MailboxList:
    """What a file holds: its mailboxes, and what has to be mended before any of them is written."""

    mailboxes: list[Mailbox] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def as_text(self) -> str:
        """The same list in the simplest spelling, to be read again when it is confirmed."""
        return "\n".join(f"{mailbox.code};{mailbox.address}" for mailbox in self.mailboxes)


def read(content: bytes, *, known: dict[str, str]) -> MailboxList:
    """Check every line against the `known` prefectures (code → name); nothing is written here."""
    rows = _rows(_text(content))
    if len(rows) > MOST_LINES:
        raise UnreadableFileError(f"Le fichier a plus de {MOST_LINES} lignes. Gardez une seule ligne par préfecture.")
    columns = _columns(rows[0][1])
    found = MailboxList()
    seen: dict[str, int] = {}
    for line, cells in rows if columns is None else rows[1:]:
        code, address = (_cell(cells, column) for column in columns or (0, 1))
        code, address = _code(code, known), address.lower()
        problem = _problem(line, code, address, known, seen)
        if problem:
            found.problems.append(problem)
        else:
            seen[code] = line
            found.mailboxes.append(Mailbox(line, code, address))
    if not found.mailboxes and not found.problems:
        raise UnreadableFileError("Il n’y a que des titres. Ajoutez une ligne par préfecture : son code, son adresse.")
    return found


def _text(content: bytes) -> str:
    if len(content) > LARGEST_BYTES:
        raise UnreadableFileError("Le fichier dépasse 200 ko. Une liste de boîtes est bien plus petite : vérifiez-la.")
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise UnreadableFileError("C’est un classeur. Dans le tableur, enregistrez-le au format CSV, puis envoyez-le.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    if "\0" in text:
        raise UnreadableFileError("Ce n’est pas un fichier CSV. Dans le tableur, choisissez « CSV », puis envoyez-le.")
    return text


def _rows(text: str) -> list[tuple[int, list[str]]]:
    """(line number, cells) of each line that holds something."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    separator = max(SEPARATORS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        rows = [(reader.line_num, [cell.strip() for cell in cells]) for cells in reader if any(map(str.strip, cells))]
    except csv.Error as error:
        raise UnreadableFileError(
            "Une cellule est trop longue. Enregistrez de nouveau le fichier au format CSV."
        ) from error
    if not rows:
        raise UnreadableFileError("Le fichier est vide. Il faut une ligne par préfecture : son code, son adresse.")
    return rows


def _columns(first: list[str]) -> tuple[int, int] | None:
    """Where the first line says that code and address stand; None when it is already a mailbox."""
    if any("@" in cell for cell in first):
        return None
    words = [cell.lower() for cell in first]
    code = next((n for n, word in enumerate(words) if set(word.split()) & CODE_HEADINGS), None)
    address = next((n for n, word in enumerate(words) if set(word.split()) & ADDRESS_HEADINGS), None)
    if code is None or address is None:
        return None
    return code, address


def _cell(cells: list[str], column: int) -> str:
    return cells[column] if column < len(cells) else ""


def _code(text: str, known: dict[str, str]) -> str:
    """Spreadsheets write 1 for 01, and people 2a for 2A."""
    code = text.strip().strip('="').upper()
    padded = code.zfill(2)
    return padded if padded in known else code


def _problem(line: int, code: str, address: str, known: dict[str, str], seen: dict[str, int]) -> str:
    if not code:
        return f"Ligne {line} : il manque le code du département. Ajoutez-le, par exemple 02 pour l’Aisne."
    if code not in known:
        return f"Ligne {line} : « {code[:20]} » n’est pas un code de département. Corrigez-le, par exemple 2A ou 974."
    if not address:
        return f"Ligne {line} : il manque l’adresse pour {known[code]}. Ajoutez-la, ou retirez la ligne."
    if code in seen:
        return f"Ligne {line} : {known[code]} est déjà à la ligne {seen[code]}. Gardez une seule ligne par préfecture."
    try:
        validate_email(address)
    except ValidationError:
        return f"Ligne {line} : « {address[:60]} » n’est pas une adresse électronique. Corrigez-la."
    return ""
