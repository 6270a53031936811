from django.apps import AppConfig


class OutboxConfig(AppConfig):
    name = "assises.outbox"
    label = "outbox"
    verbose_name = "Courriels envoyés"

    def ready(self) -> None:
        from assises.outbox import post  # noqa: F401 (registers the job)
