from django.apps import AppConfig


class LookConfig(AppConfig):
    name = "assises.look"
    label = "look"
    verbose_name = "Présentation"
