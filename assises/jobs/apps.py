from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "assises.jobs"
    label = "jobs"
    verbose_name = "Travaux"

    def ready(self) -> None:
        from assises import celery  # noqa: F401 (tasks are sent through our Celery application)
