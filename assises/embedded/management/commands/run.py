"""`bin/run`: the whole portal on one machine, in one terminal."""

import os
import sys
from typing import Any

from django.conf import settings
from django.core.management import get_commands
from django.core.management.base import BaseCommand, CommandParser

from assises.embedded.pieces import PIECES
from assises.embedded.supervisor import Supervisor


class Command(BaseCommand):
    help = "Lance le portail : base de données, file d’attente, site, tâches et horloge."
    requires_system_checks: list[str] = []  # `migrate` makes them a moment later

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--only",
            metavar="PARTIES",
            help=f"seulement ces parties, séparées par des virgules : {', '.join(PIECES)}",
        )

    def handle(self, *args: Any, only: str | None, **options: Any) -> None:
        wanted = frozenset(name.strip() for name in only.split(",")) if only else frozenset(PIECES)
        if unknown := wanted - set(PIECES):
            print(f"Partie inconnue : {', '.join(sorted(unknown))}. Parties possibles : {', '.join(PIECES)}.")
            sys.exit(2)
        supervisor = Supervisor(
            root=settings.BASE_DIR, environment=os.environ, wanted=wanted, commands=frozenset(get_commands())
        )
        sys.exit(supervisor.run())
