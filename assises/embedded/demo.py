"""What a demo does once the portal answers: fill itself on the first start, then say who can log in as what."""

import hashlib
from pathlib import Path

from assises.embedded.pieces import Portal
from assises.embedded.servers import Servers
from assises.embedded.watcher import Running, Watcher


class Demo:
    """`commands` are those that manage.py knows: what is not there is skipped."""

    def __init__(self, *, is_wanted: bool, commands: frozenset[str]) -> None:
        self.steps = [name for name in ("seed_demo", "demo_logins") if is_wanted and name in commands]
        self.current: Running | None = None

    def begin(self, watcher: Watcher, portal: Portal, servers: Servers) -> None:
        self.watcher, self.portal = watcher, portal
        if servers.postgres:
            self.marker = servers.postgres.home / "demo-seeded"
        else:
            name = hashlib.sha256(servers.app_url.encode()).hexdigest()[:16]
            self.marker = Path(portal.environment["VAR_DIR"]) / f"demo-seeded-{name}"
        if self.marker.exists():
            self.steps = [name for name in self.steps if name != "seed_demo"]
        self._next()

    def look(self) -> None:
        """Called now and then: go on to the next step when one has ended."""
        if self.current and not self.current.is_alive:
            self.watcher.forget(self.current)
            self._conclude(self.current)
            self._next()

    def _next(self) -> None:
        self.current = None
        if self.steps:
            name = self.steps.pop(0)
            if name == "seed_demo":
                self.watcher.console.say(
                    "Premier démarrage : les données de démonstration se chargent en arrière-plan."
                )
            command = self.portal.manage("démo", name, is_quiet=name == "demo_logins")
            self.current = self.watcher.start(command)

    def _conclude(self, ended: Running) -> None:
        name = ended.command.argv[2]
        if not ended.has_succeeded:
            self.watcher.show_last_lines(ended)
            self.watcher.console.say(
                f"La commande {name} a échoué (message au-dessus) ; le portail fonctionne sans elle."
            )
        elif name == "seed_demo":
            self.marker.touch()
        else:
            for line in ended.last_lines:
                self.watcher.console.say(line)
