from django.apps import AppConfig

from assises.navigation import add_entry
from assises.tenancy.context import MINISTRY, PREFECTURE
from assises.today import add_tasks


class ConsultationsConfig(AppConfig):
    name = "consultations"
    verbose_name = "Concertations"

    def ready(self) -> None:
        from consultations import demo, today  # noqa: F401 (the demo adds its steps)
        from consultations.around import announce, forget, passings  # noqa: F401 (they register their jobs)
        from consultations.meetings import forget as forget_people  # noqa: F401
        from consultations.meetings import remind  # noqa: F401
        from consultations.meetings import today as meetings_today

        add_tasks(MINISTRY, today.ministry_tasks)
        add_tasks(MINISTRY, today.untouched_tasks)
        add_tasks(PREFECTURE, today.prefecture_tasks)
        add_tasks(PREFECTURE, today.core_tasks)
        add_tasks(PREFECTURE, meetings_today.meeting_tasks)
        add_entry(MINISTRY, "Exercices nationaux", "campaigns", rank=10)
        add_entry(PREFECTURE, "Concertations", "consultations", rank=10)
