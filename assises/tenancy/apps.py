from django.apps import AppConfig


class TenancyConfig(AppConfig):
    name = "assises.tenancy"
    label = "tenancy"
    verbose_name = "Étanchéité"
