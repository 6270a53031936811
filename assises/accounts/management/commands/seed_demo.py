"""Fill the demo with invented people and data. Safe to run again: it makes only what is missing."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from assises.accounts.demo import STEPS, NotADemoError, check_is_demo


class Command(BaseCommand):
    help = "Remplit la démonstration de données inventées."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            check_is_demo()
        except NotADemoError as error:
            raise CommandError(str(error)) from error
        for step in STEPS:
            step.fill()
            if options["verbosity"]:
                self.stdout.write(f"{step.label} : fait.")
