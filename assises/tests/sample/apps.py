from django.apps import AppConfig


class SampleConfig(AppConfig):
    """Tables that exist in tests only: one of each policy, so that the ground is tested before the house stands."""

    name = "assises.tests.sample"
    label = "sample"

    def ready(self) -> None:
        from assises.tests.sample import chores  # noqa: F401 (registers the job)
