from django.apps import AppConfig

from assises.navigation import add_entry
from assises.tenancy.context import PREFECTURE, PUBLIC
from assises.today import add_tasks


class ContributionsConfig(AppConfig):
    name = "contributions"
    verbose_name = "Contributions"

    def ready(self) -> None:
        from contributions import (  # noqa: F401 (they add a step and routines)
            demo,
            expire,
            today,
            today_watch,
            words_sought,
        )
        from contributions.log import seal  # noqa: F401 (registers the routine)

        add_tasks(PREFECTURE, today.prefecture_tasks)
        add_tasks(PREFECTURE, today_watch.watching_tasks)
        add_entry(PREFECTURE, "Demandes", "requests", rank=15)
        add_entry(PUBLIC, "Ma contribution", "find_contribution", rank=10)
