"""Fills a consultation of the demo with invented contributions, and writes beside what is true of each."""

import multiprocessing
import os
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from assises import clock
from assises.tenancy.context import as_prefecture
from consultations.models import Consultation, QuestionnaireVersion
from contributions.demo.crowd import Crowd, crowd_of
from contributions.intake.record import record_many

AT_ONCE = 5_000  # a transaction
MOST_PROCESSES = 8
Filled = tuple[int, list[str]]


class Command(BaseCommand):
    help = "Invented contributions for a published consultation: --consultation 02/assises-2020 --count 100000"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--consultation", required=True, help="département/exercice, par exemple 02/assises-2020")
        parser.add_argument("--count", type=int, required=True, help="combien")
        parser.add_argument("--seed", type=int, default=1, help="la même graine donne les mêmes textes (1)")
        parser.add_argument("--processes", type=int, help="combien à la fois (autant que de cœurs, à partir de 5000)")
        parser.add_argument("--truth", type=Path, help="fichier JSONL où écrire ce qui est vrai de chaque contribution")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("Ces contributions sont inventées : la commande ne marche que dans la démonstration.")
        if options["count"] < 0:
            raise CommandError("--count doit être un nombre positif.")
        crowd = find_crowd(options["consultation"], options["seed"])
        processes = options["processes"] or processes_for(options["count"])
        began_at = time.monotonic()
        new = 0
        with ExitStack() as open_files:
            truth = open_files.enter_context(options["truth"].open("w", encoding="utf-8")) if options["truth"] else None
            for number, lines in filled(crowd, options["count"], processes, is_told=truth is not None):
                new += number
                if truth:
                    truth.writelines(lines)
        seconds = time.monotonic() - began_at
        pace = f"{new / seconds:.0f} par seconde" if new else "rien à ajouter"
        self.stdout.write(f"{new} contributions nouvelles en {seconds:.1f} s ({pace}), graine {options['seed']}.")


def processes_for(count: int) -> int:
    """Starting one costs more than a few thousand contributions."""
    return min(len(os.sched_getaffinity(0)), MOST_PROCESSES) if count > AT_ONCE else 1


def filled(crowd: Crowd, count: int, processes: int, *, is_told: bool) -> Iterator[Filled]:
    """Each transaction's share, in the order of their numbers whoever makes them."""
    at_once = min(AT_ONCE, -(-count // processes) or 1)
    parts = [range(first, min(first + at_once, count)) for first in range(0, count, at_once)]
    fill_part = partial(fill, crowd, is_told=is_told)
    if processes == 1:
        yield from map(fill_part, parts)
        return
    fresh = multiprocessing.get_context("spawn")  # a connection cannot be shared with a fork
    with ProcessPoolExecutor(processes, mp_context=fresh, initializer=django.setup) as pool:
        yield from pool.map(fill_part, parts)


def fill(crowd: Crowd, numbers: range, *, is_told: bool) -> Filled:
    """One transaction: how many are new, and the truth about each."""
    lines: list[str] = []
    people = crowd.people(numbers, lines.append if is_told else None)
    with as_prefecture(crowd.prefecture):
        return sum(receipt.is_new for receipt in record_many(people)), lines


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
