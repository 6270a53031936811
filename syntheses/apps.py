from django.apps import AppConfig

from assises.navigation import add_entry
from assises.tenancy.context import MINISTRY, PREFECTURE, PUBLIC
from assises.today import add_tasks


class SynthesesConfig(AppConfig):
    name = "syntheses"
    verbose_name = "Synthèses"

    def ready(self) -> None:
        from syntheses import build, demo, today, today_reading  # noqa: F401 (registers the job and the routine; adds its step)
        from syntheses.reading import run  # noqa: F401 (registers the job and the routine)

        add_tasks(PREFECTURE, today.prefecture_tasks)
        add_tasks(PREFECTURE, today_reading.reading_tasks)
        add_tasks(MINISTRY, today.ministry_tasks)
        add_entry(PUBLIC, "Les départements", "departements", rank=0)
        add_entry(PREFECTURE, "Ce qui a été dit", "readings", rank=18)
        add_entry(PREFECTURE, "Synthèses", "syntheses", rank=20)
        add_entry(MINISTRY, "Synthèses", "ministry_syntheses", rank=20)
