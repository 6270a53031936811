"""Every number is counted from the rows, and equals what an independent count finds."""

from datetime import timedelta

import pytest
from django.db import connection

from assises import clock
from assises.tenancy.context import as_prefecture
from assises.testing import make_open_consultation, make_prefecture
from consultations.models import Question, QuestionnaireVersion, Theme
from contributions import codes
from contributions.correct import code_key
from contributions.intake.record import record
from contributions.models import Contribution, LogEntry, Statement
from contributions.tests.said import contribute
from contributions.tests.said import said as open_said
from contributions.withdraw import withdraw
from syntheses.compose import set_aside
from syntheses.figures import Participation, gather, spread
from syntheses.tests.building import closed_consultation, contribution, said, said_by

pytestmark = pytest.mark.django_db
JUDGEMENTS = ("mauvaise", "moyenne", "bonne", "bonne", None)


@pytest.fixture
def consultation():
    return closed_consultation()


def figures(consultation, moment=None):
    with as_prefecture(consultation.prefecture_id):
        return gather(consultation, moment or clock.now())


def question(gathered, key):
    return next(q for theme in gathered.themes for q in theme.questions if q.key == key)


def pile(gathered, kind="findings", theme="presence"):
    return next(getattr(one, kind) for one in gathered.themes if one.key == theme)


def seed(consultation, number=40):
    """So many contributions of every kind, in a pattern that no two counts share."""
    said_by(
        consultation,
        [
            contribution(
                consultation,
                {
                    name: value
                    for name, value in {
                        "presence.jugement": JUDGEMENTS[n % 5],
                        "presence.lieux": ["ailleurs", "sur-les-marches"][: n % 3],
                        "accueil.plainte": "oui" if n % 4 else None,
                    }.items()
                    if value
                },
                finding=f"Constat {n}" if n % 2 else "",
                proposal=f"Proposition {n}" if n % 7 == 0 or n % 5 == 4 else "",
                channel=("web", "mail", "letter")[n % 3],
                audience=("public", "elected")[n % 8 == 0],
                may_publish=n % 4 != 1,
            )
            for n in range(number)
        ],
    )


def ask(sql):
    """An independent count: SQL over the rows, as staff of the prefecture."""
    with as_prefecture("02"), connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()


def test_channels_and_audiences_equal_an_independent_count(consultation):
    seed(consultation)
    found = figures(consultation).participation
    channels = dict(ask("SELECT channel, count(*) FROM contributions_contribution GROUP BY 1"))
    assert found.received == sum(channels.values()) == 40
    assert dict(found.channels) == {
        "questionnaire en ligne": channels["web"],
        "courriel": channels["mail"],
        "lettre": channels["letter"],
    }
    assert dict(found.audiences) == {"habitant": 35, "élu": 5}


def test_answers_equal_an_independent_count_and_missing_ones_are_shown(consultation):
    seed(consultation)
    found = question(figures(consultation), "presence.jugement")
    counted = dict(
        ask("SELECT answers->>'presence.jugement', count(*) FROM contributions_contribution GROUP BY 1"),
    )
    assert found.choices == [
        ("Mauvaise", counted["mauvaise"]),
        ("Moyenne", counted["moyenne"]),
        ("Bonne", counted["bonne"]),
    ]
    assert (found.asked, found.answered, found.missing) == (40, 32, counted[None])


def test_several_choices_are_counted_one_by_one_and_answers_once(consultation):
    seed(consultation)
    found = question(figures(consultation), "presence.lieux")
    (each,) = ask(
        "SELECT count(*) FILTER (WHERE answers->'presence.lieux' ? 'ailleurs'),"
        " count(*) FILTER (WHERE answers->'presence.lieux' ? 'sur-les-marches'),"
        " count(*) FILTER (WHERE answers ? 'presence.lieux') FROM contributions_contribution"
    )
    assert found.choices == [("Devant les écoles", 0), ("Sur les marchés", each[1]), ("Ailleurs", each[0])]
    assert found.answered == each[2]


def test_texts_equal_an_independent_count_whether_or_not_they_may_be_quoted(consultation):
    seed(consultation)
    gathered = figures(consultation)
    counted = {
        kind: (all_of_them, permitted)
        for kind, all_of_them, permitted in ask(
            "SELECT kind, count(*), count(*) FILTER (WHERE may_publish) FROM contributions_statement s"
            " JOIN contributions_contribution c ON c.id = s.contribution_id GROUP BY 1"
        )
    }
    for name, kind in (("findings", "finding"), ("proposals", "proposal")):
        found = pile(gathered, name)
        assert (found.number, found.quotable) == counted[kind]
    assert gathered.participation.passages == sum(number for number, _ in counted.values())


def test_only_texts_whose_author_permits_it_are_quoted(consultation):
    said(consultation, finding="À citer", may_publish=True)
    said(consultation, finding="À taire", may_publish=False)
    found = pile(figures(consultation))
    assert (found.number, [text for text, _ in found.quotes]) == (2, ["À citer"])


def test_words_set_aside_count_and_are_quoted_only_once_somebody_has_looked(consultation):
    said(consultation, finding="Appelez M. Dupont", may_publish=True)
    with as_prefecture("02"):
        Statement.objects.update(withheld="personal")
    assert (pile(figures(consultation)).number, pile(figures(consultation)).quotes) == (1, [])
    with as_prefecture("02"):
        Statement.objects.update(withheld="")
    assert [text for text, _ in pile(figures(consultation)).quotes] == ["Appelez M. Dupont"]


def test_the_source_of_a_quote_names_a_channel_and_nobody(consultation):
    said(consultation, finding="Nous manquons de moyens", audience="forces", channel="mail")
    assert pile(figures(consultation)).quotes == [("Nous manquons de moyens", "courriel")]


def test_what_is_recorded_after_the_moment_does_not_count_even_under_an_earlier_date(consultation):
    """All of a test happens in one transaction, at one moment: figures stopped a second before it see nothing."""
    said(consultation, finding="Lettre postée avant la clôture, saisie depuis", channel="letter")
    with as_prefecture("02"):
        now = clock.now()
        entry = LogEntry.objects.get(event="received")
        assert entry.acted_at < consultation.closes_at < entry.recorded_at
    assert figures(consultation, now - timedelta(seconds=1)).participation.received == 0
    assert figures(consultation, now).participation.received == 1


def test_an_answer_that_is_no_longer_proposed_is_still_counted(consultation):
    said(consultation, answers={"presence.jugement": "excellente"})
    assert question(figures(consultation), "presence.jugement").choices[-1] == ("Autre réponse", 1)


def test_a_question_is_only_asked_of_those_who_saw_it(consultation):
    said(consultation, answers={"presence.jugement": "bonne"})
    said(consultation, finding="Une lettre, sans questionnaire", channel="letter", version=None)
    found = question(figures(consultation), "presence.jugement")
    assert (found.asked, found.answered, found.missing) == (1, 1, 0)


def test_a_letter_without_a_theme_has_its_own_place(consultation):
    said(consultation, finding="Tout va bien", theme="", channel="letter", version=None)
    gathered = figures(consultation)
    assert [theme.title for theme in gathered.themes][-1] == "Sans thème"
    assert pile(gathered, theme="").number == 1


def test_ties_keep_the_order_in_which_channels_are_declared(consultation):
    for channel in ("survey", "mail", "web"):
        said(consultation, channel=channel)
    assert [number for _, number in figures(consultation).participation.channels] == [1, 1, 1]
    assert [label for label, _ in figures(consultation).participation.channels] == [
        "questionnaire en ligne",
        "courriel",
        "enquête de proximité",
    ]


def test_nothing_received_is_nothing_counted(consultation):
    gathered = figures(consultation)
    assert (gathered.participation.received, gathered.participation.channels) == (0, [])
    assert question(gathered, "presence.jugement").asked == 0


def test_another_consultation_counts_for_itself(consultation):
    elsewhere = closed_consultation("03", campaign=consultation.campaign)
    said(elsewhere, finding="Ailleurs")
    assert figures(consultation).participation.received == 0


def test_two_versions_of_a_questionnaire_are_counted_together(consultation):
    said(consultation, answers={"presence.jugement": "bonne"})
    with as_prefecture("02"):
        content = QuestionnaireVersion.objects.get(consultation=consultation).content
        content["steps"][0]["questions"][0]["label"] = "Comment la jugez-vous désormais ?"
        again = QuestionnaireVersion.objects.create(
            prefecture=make_prefecture("02"), consultation=consultation, number=2, content=content
        )
    said(consultation, answers={"presence.jugement": "mauvaise"}, version=again.pk)
    found = question(figures(consultation), "presence.jugement")
    assert (found.label, found.asked, found.answered) == ("Comment la jugez-vous désormais ?", 2, 2)


def test_the_figures_follow_what_was_frozen_not_what_was_changed_since(consultation):
    with as_prefecture("02"):
        Question.objects.update(label="Autre chose")
        Theme.objects.update(title="Autre thème")
    assert figures(consultation).themes[0].title == "La présence près de chez vous"


def test_quotes_are_spread_over_time():
    assert spread(list(range(100))) == [0, 20, 40, 60, 80]
    assert spread([4, 5]) == [4, 5]


# What was received and does not count ------------------------------------------


def open_with(number):
    """Open, with so many contributions; gives it and their codes."""
    consultation = make_open_consultation()
    return consultation, [contribute(consultation, f"Constat {n}") for n in range(number)]


def correct_one(consultation, code):
    """The same person says something else under the same code."""
    with as_prefecture("02"):
        former = Contribution.objects.get(receipt_hash=codes.hash_of(code), replaced_at=None)
    key = code_key("02", former.pk)
    record(open_said(consultation, "Constat corrigé", replaces=former.pk, code_key=key))


def withdraw_one(code):
    with as_prefecture("02"):
        found = Contribution.objects.select_related("consultation").get(
            receipt_hash=codes.hash_of(code), replaced_at=None
        )
    withdraw(found)


def test_received_is_counted_and_set_aside_and_equals_an_independent_count():
    consultation, given = open_with(7)
    correct_one(consultation, given[0])
    correct_one(consultation, given[0])
    correct_one(consultation, given[1])
    withdraw_one(given[1])
    withdraw_one(given[2])
    found = figures(consultation).participation
    ((received, current, replaced, withdrawn),) = ask(
        "SELECT (SELECT count(*) FROM contributions_logentry WHERE event = 'received'),"
        " count(*) FILTER (WHERE replaced_at IS NULL AND withdrawn_at IS NULL),"
        " (SELECT count(*) FROM contributions_logentry WHERE event = 'replaced'),"
        " (SELECT count(*) FROM contributions_logentry WHERE event = 'withdrawn') FROM contributions_contribution"
    )
    assert (found.received, found.counted, found.replaced, found.withdrawn) == (received, current, replaced, withdrawn)
    assert (received, current, replaced, withdrawn) == (10, 5, 3, 2)
    assert found.received == found.counted + found.replaced + found.withdrawn
    assert sum(number for _, number in found.channels) == found.counted
    assert (found.passages,) == ask(
        "SELECT count(*) FROM contributions_statement s JOIN contributions_contribution c ON c.id = s.contribution_id"
        " WHERE c.replaced_at IS NULL AND c.withdrawn_at IS NULL"
    )[0]


def test_only_the_last_words_count():
    consultation, (code,) = open_with(1)
    correct_one(consultation, code)
    with as_prefecture("02"):
        Contribution.objects.update(may_publish=True)
    assert [text for text, _ in pile(figures(consultation)).quotes] == ["Constat corrigé"]


def test_what_was_corrected_after_the_moment_still_counts_as_it_was():
    consultation, (code,) = open_with(1)
    correct_one(consultation, code)
    with as_prefecture("02"):
        later = clock.now() + timedelta(hours=1)
        Contribution.objects.filter(replaced_at__isnull=False).update(replaced_at=later)
    found = figures(consultation).participation
    assert (found.received, found.counted, found.replaced) == (2, 2, 0)


def test_whoever_objected_is_counted_and_no_longer_quoted(consultation):
    said(consultation, finding="À taire désormais", may_publish=True)
    assert pile(figures(consultation)).quotes
    with as_prefecture("02"):
        Contribution.objects.update(unquoted_at=clock.now())
    found = pile(figures(consultation))
    assert (found.number, found.quotes) == (1, [])


def test_the_sentences_say_what_was_set_aside_and_why():
    facts = Participation(received=1200, channels=[], audiences=[], passages=0, replaced=1, withdrawn=3)
    assert set_aside(facts) == (
        "Sur 1\u202f200 contributions reçues, 1 a été corrigée depuis et 3 ont été retirées par leur auteur\u00a0:"
        " 1\u202f196 contributions sont comptées."
    )
