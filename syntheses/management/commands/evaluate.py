"""Measures the analysis on texts about which the truth is known: no database, nothing kept."""

import json
from argparse import ArgumentTypeError
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from syntheses.analysis import judging_echoes
from syntheses.analysis.judging_themes import BadLineError, judge_themes


class Command(BaseCommand):
    help = "Mesure la qualité de l’analyse sur des textes dont on connaît la vérité. Sans base de données."
    requires_system_checks: list[str] = []
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        kinds = parser.add_subparsers(dest="kind", required=True, title="ce qui est mesuré")
        themes = kinds.add_parser("themes", help='lignes {"question", "text", "labels": [...]}')
        themes.add_argument("path", type=Path, metavar="FICHIER.jsonl")
        themes.add_argument(
            "--corrections",
            type=count,
            nargs="+",
            default=[],
            metavar="N",
            help="mesurer aussi après N corrections par question, prises en haut de la pile",
        )
        echoes = kinds.add_parser("echoes", help='lignes {"a", "b", "same": true|false}')
        echoes.add_argument("path", type=Path, metavar="FICHIER.jsonl")

    def handle(self, *, kind: str, path: Path, corrections: tuple[int, ...] = (), **options: Any) -> None:
        try:
            lines = list(lines_of(path))
            report = (
                judge_themes(lines, corrections)
                if kind == "themes"
                else "\n".join(judging_echoes.told(judging_echoes.judge(lines)))
            )
        except BadLineError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(report)


def count(written: str) -> int:
    if not written.isdigit():
        raise ArgumentTypeError("un nombre entier, à partir de 0")
    return int(written)


def lines_of(path: Path) -> Iterator[dict[str, Any]]:
    """Each line of the file that is not blank."""
    try:
        with path.open(encoding="utf-8-sig") as opened:
            for number, line in enumerate(opened, start=1):
                if line.strip():
                    read = json.loads(line)
                    if not isinstance(read, dict):
                        raise BadLineError(f"Ligne {number} : il faut un objet JSON.")
                    yield read
    except OSError as error:
        raise CommandError(f"Fichier illisible : {path}") from error
    except ValueError as error:
        raise CommandError(f"Ce fichier n’est pas en JSON, une ligne par texte : {error}") from error
