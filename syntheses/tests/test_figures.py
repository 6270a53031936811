"""Every number is counted from the rows, and equals what an independent count finds."""

from datetime import timedelta

import pytest
from django.db import connection

from assises import clock
from assises.tenancy.context import as_prefecture
from assises.testing import make_prefecture
from consultations.models import Question, QuestionnaireVersion, Theme
from contributions.models import LogEntry
from syntheses.figures import gather, spread
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


def test_the_source_of_a_quote_names_a_channel_and_nobody(consultation):
    said(consultation, finding="Nous manquons de moyens", audience="forces", channel="mail")
    assert pile(figures(consultation)).quotes == [("Nous manquons de moyens", "courriel")]


def test_what_is_recorded_after_the_moment_does_not_count_even_under_an_earlier_date(consultation):
    """All of a test happens in one transaction, at one moment: figures stopped a second before it see nothing."""
    said(consultation, finding="Lettre postée avant la clôture, saisie depuis", channel="letter")
    with as_prefecture("02"):
        now = clock.now()
        assert LogEntry.objects.get().acted_at < consultation.closes_at < LogEntry.objects.get().recorded_at
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
