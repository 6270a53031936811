from django.apps import AppConfig

from assises.navigation import add_entry
from assises.tenancy.context import PUBLIC


class ContributionsConfig(AppConfig):
    name = "contributions"
    verbose_name = "Contributions"

    def ready(self) -> None:
        from contributions import demo  # noqa: F401 (adds its step)
        from contributions.log import seal  # noqa: F401 (registers the routine)

        add_entry(PUBLIC, "Ma contribution", "find_contribution", rank=10)
