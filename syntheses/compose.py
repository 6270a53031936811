"""The first synthesis, in plain sentences: what was counted becomes parts and blocks. No judgement, no adjective."""

from statistics import median, quantiles

from django.conf import settings

from assises.accounts.models import Prefecture
from assises.look.templatetags.french import FIXED, count, moment, typo
from consultations.models import Kind
from syntheses.documents.blocks import (
    Bars,
    Block,
    Content,
    Figure,
    Figures,
    Heading,
    Notice,
    Paragraph,
    Part,
    Quote,
    Quotes,
    bars,
)
from syntheses.figures import Gathered, Participation, Pile, QuestionCount, ThemeCount
from syntheses.models import Build

LONGEST_QUOTE = 900
ENOUGH_FOR_QUARTERS = 4
SEVERAL = {Kind.CHOICES, Kind.RANKING}
NOT_A_POLL = typo(
    "Ce n’est pas un sondage : celles et ceux qui ont répondu ont choisi de le faire et ne forment pas un échantillon"
    " représentatif de la population."
)
COUNTED = typo(
    "Chaque nombre de ce document est calculé par le portail à partir des contributions enregistrées ; aucun n’a été"
    " saisi. Les pourcentages sont arrondis à l’unité et indiquent sur quoi ils portent."
)
QUOTED = typo(
    "Les textes libres sont rangés sous le thème où ils ont été écrits. Ils sont tous comptés ; ne sont cités que ceux"
    " dont l’auteur l’a permis, sans rien qui le désigne."
)
NOT_PEOPLE = typo("On compte ici des contributions, non des personnes : une même personne a pu en envoyer plusieurs.")


def compose(build: Build, gathered: Gathered) -> Content:
    consultation = build.synthesis.consultation
    prefecture = consultation.prefecture
    spoken = [theme for theme in gathered.themes if not theme.is_silent]
    return Content(
        title=title_for(prefecture),
        office=prefecture.office_name,
        exercise=consultation.campaign.title,
        version=f"Version {build.number}",
        frozen=f"Chiffres arrêtés le {moment(build.figures_at, prefecture.time_zone)}",
        lead=lead(gathered),
        date=build.figures_at.astimezone(prefecture.zone).date(),
        is_fictional=settings.DEMO,
        parts=[received(gathered.participation), *(theme_part(theme) for theme in spoken), method(), standing(build)],
    )


def title_for(prefecture: Prefecture) -> str:
    """« de l’Aisne » stands in the office's name; other offices name their place after a colon."""
    place = prefecture.office_name.removeprefix("Préfecture ")
    if not place.startswith(("d’", "de ", "du ", "des ")) or prefecture.name not in place:
        place = f": {prefecture.name}"
    return typo(f"Synthèse de la concertation {place}").replace(" La ", f" La{FIXED}")


def lead(gathered: Gathered) -> str:
    number = gathered.participation.received
    if number == 0:
        return "Aucune contribution n’a été reçue."
    sentence = f"{count(number)} {plural(number, 'contribution a été reçue', 'contributions ont été reçues')}"
    passages = gathered.participation.passages
    if passages == 0:
        return f"{sentence}. Aucune ne comporte de texte libre."
    held = plural(passages, "passage de texte libre, compté", "passages de texte libre, tous comptés")
    return f"{sentence}, avec {count(passages)} {held}."


def received(facts: Participation) -> Part:
    blocks: list[Block] = [
        Figures(
            [
                Figure(facts.received, plural(facts.received, "contribution reçue", "contributions reçues")),
                Figure(facts.passages, plural(facts.passages, "passage de texte libre", "passages de texte libre")),
            ]
        )
    ]
    if facts.received != facts.counted:
        blocks.append(Paragraph(set_aside(facts)))
    if facts.counted:
        blocks += [
            Heading("Par quel canal"),
            share_table("Contributions par canal", "Canal", facts.channels, facts.counted),
            Heading("De la part de qui"),
            share_table("Contributions par public", "Public", facts.audiences, facts.counted),
        ]
    blocks.append(Paragraph(NOT_PEOPLE))
    return Part("Ce qui a été reçu", blocks, aside=NOT_A_POLL)


def set_aside(facts: Participation) -> str:
    """What was received and does not count, and why."""
    reasons = []
    if facts.replaced:
        reasons.append(
            f"{count(facts.replaced)} {plural(facts.replaced, 'a été corrigée', 'ont été corrigées')} depuis"
        )
    if facts.withdrawn:
        gone = plural(facts.withdrawn, "a été retirée par son auteur", "ont été retirées par leur auteur")
        reasons.append(f"{count(facts.withdrawn)} {gone}")
    rest = plural(facts.counted, "contribution est comptée", "contributions sont comptées")
    whole = f"Sur {count(facts.received)} {plural(facts.received, 'contribution reçue', 'contributions reçues')}"
    return typo(f"{whole}, {' et '.join(reasons)} : {count(facts.counted)} {rest}.")


def share_table(caption: str, head: str, rows: list[tuple[str, int]], base: int) -> Bars:
    labelled = [(label[:1].upper() + label[1:], number) for label, number in rows]
    return Bars(caption, head, "Contributions", bars(labelled, base=base), total=Figure(base, "Comptées"))


def theme_part(theme: ThemeCount) -> Part:
    blocks: list[Block] = []
    for question in theme.questions:
        blocks += [Heading(question.label), *question_blocks(question)]
    blocks += pile_blocks("Ce qui est constaté", "constat", theme.findings)
    blocks += pile_blocks("Ce qui est proposé", "proposition", theme.proposals)
    return Part(theme.title, blocks)


def question_blocks(question: QuestionCount) -> list[Block]:
    base = f"{answers(question.answered)} sur {contributions(question.asked)} où la question était posée"
    blank = f"{count(question.missing)} sans réponse"
    if question.numbers:
        return [Paragraph(f"{base}, {blank}."), Paragraph(typo(spread_of(question.numbers, question.unit)))]
    if not question.choices:
        return [Paragraph(f"Question à réponse écrite{FIXED}: {base}, {blank}. Les réponses se lisent sur le portail.")]
    notes = [f"{base}, {blank}.", shares_of(question.answered, "réponse", "réponses")]
    if question.kind in SEVERAL and question.answered:
        notes.append("Plusieurs choix étaient possibles\u00a0: le total peut dépasser le nombre de réponses.")
    note = " ".join(note for note in notes if note)
    rows = bars(question.choices, base=question.answered or None)
    found: list[Block] = []
    if question.firsts:
        firsts = bars(question.firsts, base=question.answered or None)
        found += [
            Paragraph(typo("Nombre de fois où chaque réponse est placée en premier :")),
            Bars(f"{question.label} En premier", "Réponse", "Placée en premier", firsts),
            Paragraph(typo("Nombre de fois où elle est citée dans le classement :")),
        ]
    head = "Citée dans le classement" if question.firsts else "Réponses"
    return [*found, Bars(question.label, "Réponse", head, rows, note=note)]


def spread_of(numbers: list[float], unit: str) -> str:
    """The middle and the ends: an average would say less, and one slip of the finger would move it."""
    middle = in_words(median(numbers), unit)
    if len(numbers) < ENOUGH_FOR_QUARTERS:
        return f"Valeur du milieu : {middle} (autant de réponses au-dessous qu’au-dessus)."
    low, _, high = quantiles(numbers, n=4, method="inclusive")
    return (
        f"Valeur du milieu : {middle} (autant de réponses au-dessous qu’au-dessus). La moitié des réponses se tient"
        f" entre {in_words(low, unit)} et {in_words(high, unit)} ; elles vont de {in_words(numbers[0], unit)} à"
        f" {in_words(numbers[-1], unit)}."
    )


def in_words(number: float, unit: str) -> str:
    written = f"{number:.1f}".removesuffix(".0").replace(".", ",")
    return f"{written}{FIXED}{unit}" if unit else written


def pile_blocks(title: str, name: str, pile: Pile) -> list[Block]:
    if pile.number == 0:
        return []
    heading = Heading(f"{title}{FIXED}: {count(pile.number)} {plural(pile.number, name, name + 's')}")
    quotes = [Quote(shortened(text), source[:1].upper() + source[1:]) for text, source in pile.quotes]
    return [heading, Quotes(quotes, note=quoted_note(pile))]


def quoted_note(pile: Pile) -> str:
    """Which ones were chosen, and how many may not be quoted."""
    silent = pile.number - pile.quotable
    if pile.quotable == 0:
        return typo("Ils sont tous comptés. Aucun n’est cité : leurs auteurs ne l’ont pas permis.")
    sentences = []
    if pile.quotable > len(pile.quotes):
        shown = f"{len(pile.quotes)} passages cités sur les {count(pile.quotable)} qui peuvent l’être"
        sentences.append(f"{shown}, pris à intervalles réguliers dans l’ordre d’arrivée.")
    if silent:
        who = plural(silent, "passage n’est pas cité", "passages ne sont pas cités")
        sentences.append(f"{count(silent)} {who}, faute de permission.")
    return " ".join(sentences)


def shortened(text: str) -> str:
    """Long texts are cut between two words, and it shows."""
    text = " ".join(text.split())
    if len(text) <= LONGEST_QUOTE:
        return text
    return f"{text[:LONGEST_QUOTE].rsplit(' ', 1)[0]} […]"


def method() -> Part:
    return Part("Comment cette synthèse a été faite", [Paragraph(COUNTED), Paragraph(QUOTED)])


def standing(build: Build) -> Part:
    office = build.synthesis.consultation.prefecture
    address = ", ".join(part for part in (office.address, f"{office.postal_code} {office.city}".strip()) if part)
    telephone = office.telephone.replace(" ", "\u00a0")
    contact = ", ".join(part for part in (office.office_name, address, telephone) if part)
    return Part(
        "Validation",
        [
            Notice(
                f"Version {build.number}, établie par le portail",
                "Elle engage la préfecture une fois validée par le préfet. La date de validation et celle de la"
                " transmission au ministère sont conservées avec ce fichier sur le portail.",
            ),
            Paragraph(contact),
        ],
    )


def plural(number: int, one: str, many: str) -> str:
    """French: zero and one are singular."""
    return one if number < 2 else many  # noqa: PLR2004


def contributions(number: int) -> str:
    return f"{count(number)} {plural(number, 'contribution', 'contributions')}"


def answers(number: int) -> str:
    return f"{count(number)} {plural(number, 'réponse', 'réponses')}"


def shares_of(base: int, one: str = "contribution", many: str = "contributions") -> str:
    """What a percentage is a percentage of."""
    return f"Pourcentages calculés sur {count(base)} {plural(base, one, many)}." if base else ""
