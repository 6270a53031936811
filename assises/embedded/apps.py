from django.apps import AppConfig


class EmbeddedConfig(AppConfig):
    name = "assises.embedded"
    label = "embedded"
