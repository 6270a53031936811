"""Writes the register of a consultation, for whoever wants to keep it elsewhere."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from assises.tenancy.context import as_prefecture
from consultations.models import Consultation
from contributions.log.export import register_of


class Command(BaseCommand):
    help = "Écrit le registre d’une concertation dans un dossier, pour le garder ou le vérifier ailleurs."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--consultation", required=True, help="département et exercice : 02/assises-2020")
        parser.add_argument("--since", type=int, help="ajouter la preuve qu’il prolonge celui de tant de lignes")
        parser.add_argument("folder", type=Path)

    def handle(self, *, consultation: str, folder: Path, since: int | None, **options: Any) -> None:
        code, _, slug = consultation.partition("/")
        with as_prefecture(code):
            rows = Consultation.objects.for_prefecture(code).select_related("campaign")
            found = rows.filter(campaign__slug=slug, published_at__isnull=False).first()
            if found is None:
                raise CommandError(
                    f"Aucune concertation publiée ne s’appelle {consultation}. Exemple : 02/assises-2020"
                )
            register = register_of(found, since)
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"registre-{code.lower()}-{slug}-{len(register['leaves'])}.json"
        path.write_text(json.dumps(register, ensure_ascii=False, indent=1), encoding="utf-8")
        self.stdout.write(f"{path} : {len(register['leaves'])} lignes, {len(register['checkpoints'])} signatures.")
