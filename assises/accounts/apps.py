from django.apps import AppConfig

from assises.navigation import add_entry
from assises.tenancy.context import MINISTRY, PREFECTURE
from assises.today import add_tasks


class AccountsConfig(AppConfig):
    name = "assises.accounts"
    label = "accounts"
    verbose_name = "Personnes et préfectures"

    def ready(self) -> None:
        from assises.accounts import demo_people, known_browser, today  # noqa: F401 (the demo's first step, receivers)

        add_tasks(MINISTRY, today.ministry_tasks)
        add_tasks(PREFECTURE, today.prefecture_tasks)
        add_entry(MINISTRY, "À faire aujourd’hui", "ministry_home", rank=0)
        add_entry(MINISTRY, "Préfectures", "prefectures")
        add_entry(MINISTRY, "Équipe", "ministry_team")
        add_entry(MINISTRY, "Courriels", "ministry_mails")
        add_entry(MINISTRY, "Historique", "ministry_history")
        add_entry(PREFECTURE, "À faire aujourd’hui", "prefecture_home", rank=0)
        add_entry(PREFECTURE, "Équipe", "team")
        add_entry(PREFECTURE, "Préfecture", "facts")
        add_entry(PREFECTURE, "Délégation", "delegations")
        add_entry(PREFECTURE, "Courriels", "prefecture_mails")
        add_entry(PREFECTURE, "Historique", "history")
