"""Fills a consultation of the demo with invented contributions, and writes beside what is true of each."""

import time
from argparse import ArgumentParser
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from assises import clock
from assises.tenancy.context import as_prefecture
from consultations.models import Consultation, QuestionnaireVersion
from contributions.demo.crowd import Crowd, crowd_of
from contributions.intake.record import record_many

AT_ONCE = 5_000  # a transaction


class Command(BaseCommand):
    help = "Invented contributions for a published consultation: --consultation 02/assises-2020 --count 100000"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--consultation", required=True, help="département/exercice, par exemple 02/assises-2020")
        parser.add_argument("--count", type=int, required=True, help="combien")
        parser.add_argument("--seed", type=int, default=1, help="la même graine donne les mêmes textes (1)")
        parser.add_argument("--truth", type=Path, help="fichier JSONL où écrire ce qui est vrai de chaque contribution")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("Ces contributions sont inventées : la commande ne marche que dans la démonstration.")
        if options["count"] < 0:
            raise CommandError("--count doit être un nombre positif.")
        crowd = find_crowd(options["consultation"], options["seed"])
        began_at = time.monotonic()
        new = 0
        with ExitStack() as open_files:
            truth = open_files.enter_context(options["truth"].open("w", encoding="utf-8")) if options["truth"] else None
            for first in range(0, options["count"], AT_ONCE):
                numbers = range(first, min(first + AT_ONCE, options["count"]))
                people = crowd.people(numbers, truth.write if truth else None)
                with as_prefecture(crowd.prefecture):
                    new += sum(receipt.is_new for receipt in record_many(people))
        seconds = time.monotonic() - began_at
        self.stdout.write(f"{new} contributions nouvelles en {seconds:.1f} s, graine {options['seed']}.")


def find_crowd(name: str, seed: int) -> Crowd:
    """`02/assises-2020`, open or closed."""
    code, _, campaign = name.partition("/")
    with as_prefecture(code):
        mine = Consultation.objects.for_prefecture(code).filter(campaign__slug=campaign).select_related("campaign")
        consultation = mine.published().first()
        if consultation is None:
            raise CommandError(f"Il n’y a pas de consultation publiée « {name} ». Attendu : département/exercice.")
        if consultation.opens_at >= clock.now():
            raise CommandError(f"La consultation « {name} » n’est pas encore ouverte.")
        version = QuestionnaireVersion.objects.filter(consultation=consultation).order_by("number").last()
    return crowd_of(consultation, version, seed)
