"""A job for the tests: leaves one effect a chore; a long one dawdles at its first attempt."""

import time

from assises.jobs.registry import Job, register
from assises.tests.sample.models import Chore, Effect

LONG_SECONDS = 30


def do_chore(chore: Chore) -> None:
    Effect.objects.create(prefecture_id=chore.prefecture_id, chore=chore)
    if chore.text == "long" and chore.attempts == 1:
        time.sleep(LONG_SECONDS)


CHORE = register(Job(name="sample.chore", model=Chore, perform=do_chore, label="Corvée"))
