"""Checks exported registers and personal proofs, with the public key and nothing else: no database, no portal."""

import json
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from contributions.log import audit, verify

REGISTER, PROOF = "assises-log-1", "assises-proof-1"
KEY_BYTES = 32
BROKEN = (KeyError, TypeError, ValueError, AttributeError)


class Command(BaseCommand):
    help = "Vérifie des registres exportés et des preuves, avec la clé publique et sans base de données."
    requires_system_checks: list[str] = []
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "paths", nargs="*", type=Path, help="registres (registre.json), ou dossiers qui en contiennent"
        )
        parser.add_argument("--public-key", required=True, help="la clé publique du portail, 64 chiffres et lettres")
        parser.add_argument(
            "--proof", action="append", default=[], type=Path, help="une preuve personnelle (preuve.json)"
        )

    def handle(self, *, paths: list[Path], public_key: str, proof: list[Path], **options: Any) -> None:
        key = key_of(public_key)
        documents = [read(path) for path in [*files_in(paths), *proof]]
        registers = [document for document in documents if document.get("format") == REGISTER]
        proofs = [document for document in documents if document.get("format") == PROOF]
        if not documents or len(registers) + len(proofs) < len(documents):
            raise CommandError("Il faut au moins un fichier, et rien que des registres ou des preuves du portail.")
        try:
            faults = list(self.check(registers, proofs, key))
        except BROKEN as error:
            raise CommandError(f"Un fichier est incomplet ou abîmé ({type(error).__name__} : {error}).") from error
        for fault in faults:
            self.stdout.write(f"FAUX  {fault}")
        if faults:
            raise CommandError("La vérification a échoué.")
        self.stdout.write("Tout est juste.")

    def check(self, registers: list[dict], proofs: list[dict], key: bytes) -> Iterator[str]:
        """Consultation by consultation."""
        known = set()
        for about, group in groupby(sorted(registers, key=about_register), key=about_register):
            known.add(about)
            mine = list(group)
            title = mine[0]["consultation"]["title"]
            numbers = audit.summary(mine)
            self.stdout.write(
                f"{about[0]}, {title} : {numbers['lines']} lignes, {numbers['signatures']} signatures."
                f" Reçues {numbers['received']}, corrigées {numbers['replaced']}, retirées {numbers['withdrawn']},"
                f" saisies après la clôture {numbers['late']}."
                f" {'Clôture signée.' if numbers['closings'] else 'Clôture pas encore signée.'}"
            )
            yield from audit.faults(mine, key, [proof for proof in proofs if about_proof(proof) == about])
        for proof in proofs:
            if about_proof(proof) not in known:
                yield from verify.faults(proof, key)


def about_register(register: dict) -> tuple[str, int]:
    return register["consultation"]["prefecture"], register["consultation"]["consultation"]


def about_proof(proof: dict) -> tuple[str, int]:
    return proof["event"]["prefecture"], proof["event"]["consultation"]


def key_of(text: str) -> bytes:
    try:
        key = bytes.fromhex(text.strip())
    except ValueError:
        key = b""
    if len(key) != KEY_BYTES:
        raise CommandError("La clé publique s’écrit en 64 chiffres et lettres de a à f.")
    return key


def files_in(paths: list[Path]) -> Iterator[Path]:
    for path in paths:
        yield from sorted(path.glob("*.json")) if path.is_dir() else [path]


def read(path: Path) -> dict[str, Any]:
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise CommandError(f"{path} ne se lit pas : {error}") from error
    if not isinstance(document, dict):
        raise CommandError(f"{path} n’est ni un registre ni une preuve du portail.")
    return document
