"""Say who can log in to the demo, and as what."""

from itertools import groupby
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from assises.accounts.demo import NotADemoError, check_is_demo
from assises.accounts.demo_people import PASSWORD, people


class Command(BaseCommand):
    help = "Écrit les comptes de la démonstration."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            check_is_demo()
        except NotADemoError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Mot de passe de tous les comptes : {PASSWORD}")
        for place, group in groupby(people(), key=lambda person: person.place):
            self.stdout.write(place)
            for person in group:
                self.stdout.write(f"  {person.role:<20} {person.email}")
