"""A small consultation, written as people write."""

from dataclasses import replace

from syntheses.analysis.run import analyse
from syntheses.analysis.shape import FINDING, PROPOSAL, Decisions, Result, Said, ThemeFacts

THEMES = (
    ThemeFacts("presence", "Présence sur le terrain", "Patrouilles, proximité, contact avec les habitants"),
    ThemeFacts("accueil", "Accueil et plaintes", "Dépôt de plainte, écoute des victimes, horaires"),
    ThemeFacts("route", "Sécurité routière", "Vitesse, rodéos, contrôles"),
)
WISHES = (
    "Plus de patrouilles à pied dans le centre-ville",
    "Il faudrait des patrouilles à pied, surtout le soir",
    "Je propose de remettre des patrouilles à pied dans les quartiers",
    "des rondes de nuit dans les lotissements",
    "Faire des rondes la nuit autour des lotissements",
    "Un gendarme référent connu dans chaque commune",
    "Nommer un référent de la gendarmerie par commune",
    "Rouvrir l’accueil de la gendarmerie le samedi",
    "Ouvrir la brigade le samedi matin pour ceux qui travaillent",
    "Il faut que la gendarmerie soit ouverte le samedi",
    "Pouvoir déposer plainte en ligne",
    "Permettre le dépôt de plainte par internet",
    "Poser des ralentisseurs devant l’école",
    "Des ralentisseurs devant les écoles",
    "Installer des ralentisseurs à l’entrée du village",
    "Contrôler la vitesse des camions dans la traversée du bourg",
    "Des contrôles de vitesse pour les poids lourds dans le bourg",
    "Confisquer les motos des rodéos",
    "saisir les quads et motos après un rodéo",
)
SIGHTS = (
    "On ne voit plus de patrouille après 18 heures",
    "Les gendarmes ne passent jamais dans notre hameau",
    "Nous ne voyons plus aucun policier à pied",
    "On attend trois heures pour déposer une plainte",
    "L’attente est interminable quand on porte plainte au commissariat",
    "L’accueil est fermé un jour sur deux",
    "Les voitures roulent trop vite devant l’école",
    "Trop de vitesse devant le collège à la sortie des classes",
    "Des rodéos de motos tous les dimanches sur le parking",
    "Chaque week-end des motos font des rodéos",
)


def statement(text: str, number: int = 0, **facts: object) -> Said:
    return replace(Said(number, f"c{number:04}", 0, text, channel="web", audience="citizen", may_quote=True), **facts)  # type: ignore[arg-type]


def crowd() -> list[Said]:
    wishes = [statement(text, number, asked_kind=PROPOSAL) for number, text in enumerate(WISHES)]
    return wishes + [statement(text, 100 + number, asked_kind=FINDING) for number, text in enumerate(SIGHTS)]


def analysed(said: list[Said], decisions: Decisions | None = None) -> Result:
    return analyse(said, THEMES, decisions or Decisions(), lambda done, total, step: None)


def companions(result: Result) -> dict[tuple[str, int, int], frozenset]:
    """Of each passage, all that are in one idea with it."""
    return {name: frozenset(idea.names) for idea in result.ideas for name in idea.names}
