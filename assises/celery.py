"""The Celery application. Settings that begin with CELERY_ are its own."""

import os

from celery import Celery
from celery.signals import beat_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "assises.settings")

app = Celery("assises")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@beat_init.connect
def sweep_at_start(**_: object) -> None:
    """What was owed while the portal was down need not wait another minute."""
    app.send_task("assises.jobs.tasks.sweep", retry=True, retry_policy={"max_retries": 10, "interval_max": 1})
