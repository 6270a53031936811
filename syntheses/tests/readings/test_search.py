"""Search in French over what was said: accents and inflections do not count, nobody finds what is another's."""

import pytest
from django.db import connection

from assises.jobs.run import run_routine
from assises.tenancy.context import as_ministry, as_prefecture, as_public
from contributions import words_sought
from contributions.erase import erase
from contributions.models import Contribution, Sought, Statement
from syntheses.models import Reading
from syntheses.showing.look_up import Asked, found, marked, near_word
from syntheses.tests.building import closed_consultation, said, staff
from syntheses.tests.readings.read import heard, read
from syntheses.tests.readings.test_pages import page, sought

pytestmark = pytest.mark.django_db
BURGLARY = "Trois cambriolages dans notre rue depuis l’été, et aucune réponse de la gendarmerie."
WELCOME = "L’accueil est fermé le samedi."
LONG = (
    "Les motos font la course devant l’école chaque soir, et personne ne vient. "
    "Il faudrait ouvrir l’accueil du commissariat le dimanche matin pour déposer plainte."
)


@pytest.fixture
def consultation():
    made = heard(findings=(BURGLARY, WELCOME))
    said(made, proposal="Une patrouille équestre au marché", channel="mail", audience="elected")
    said(made, finding="Nos gilets sont usés, dit une brigade", channel="letter", audience="forces")
    return sought(read(made))


def texts(consultation, words="", **filters):
    with as_prefecture(consultation.prefecture_id):
        numbers = found(consultation, Asked(words=words, **filters))
        rows = Reading.objects.select_related("statement").in_bulk(numbers)
        return [rows[number].statement.text for number in numbers]


@pytest.mark.parametrize(
    "words",
    ["cambriolage", "CAMBRIOLAGES", "ete gendarmerie", "été", "réponses", '"aucune réponse"'],
)
def test_accents_capitals_and_inflections_do_not_count(consultation, words):
    assert texts(consultation, words) == [BURGLARY]


@pytest.mark.parametrize("words", ["fermer", "fermées", "les samedis"])
def test_neither_do_conjugation_and_number(consultation, words):
    assert texts(consultation, words) == [WELCOME]


@pytest.mark.parametrize("words", ["tramway", '"réponse aucune"', "cambriolage -gendarmerie", "le la les"])
def test_what_was_not_said_is_not_found(consultation, words):
    assert texts(consultation, words) == []


@pytest.mark.parametrize("words", ["'", "!!! & |", ":*", "\\", "consultation:1", "a" * 300, "(((", '"'])
def test_whatever_is_typed_is_only_words(consultation, words):
    assert texts(consultation, words) == []


def test_filters_go_with_words_and_work_alone(consultation):
    assert texts(consultation, "patrouille", channel="mail") == ["Une patrouille équestre au marché"]
    assert texts(consultation, "patrouille", channel="web") == []
    assert texts(consultation, audience="elected") == ["Une patrouille équestre au marché"]
    assert texts(consultation, "patrouille", kind="finding") == []
    assert len(texts(consultation)) == 4
    assert texts(consultation, "patrouille", state="decides") == []


def test_by_which_channel_somebody_of_the_forces_wrote_is_not_told(consultation):
    gilets = "Nos gilets sont usés, dit une brigade"
    assert texts(consultation, "gilets") == texts(consultation, audience="forces") == [gilets]
    assert texts(consultation, "gilets", channel="letter") == texts(consultation, channel="letter") == []
    listed = page(staff("02", "agent"), consultation, "recherche", mots="gilets")
    assert "Membre des forces de sécurité" in listed
    assert "Lettre, " not in listed


def test_of_a_long_text_only_the_passage_that_says_it(consultation):
    said(consultation, finding=LONG)
    sought(read(consultation))
    with as_prefecture("02"):
        row = Statement.objects.get(text=LONG)
        Reading.objects.filter(statement=row).delete()
        half = LONG.index("Il faudrait")
        facts = {"prefecture_id": "02", "consultation": consultation, "statement": row, "kind": "finding"}
        Reading.objects.create(**facts, start=0, end=half)
        Reading.objects.create(**facts, start=half, end=len(LONG))
        numbers = found(consultation, Asked(words="commissariat"))
        assert [one.start for one in Reading.objects.filter(pk__in=numbers)] == [half]


def test_matches_are_marked_and_everything_else_escaped(consultation):
    said(consultation, finding="<b>Cambriolage</b> & rien d’autre")
    sought(read(consultation))
    told = page(staff("02", "agent"), consultation, "recherche", mots="cambriolages")
    assert "&lt;b&gt;<mark>Cambriolage</mark>&lt;/b&gt; &amp; rien d’autre" in told
    assert marked("<i>\ue000x\ue001</i>") == "&lt;i&gt;<mark>x</mark>&lt;/i&gt;"


def test_a_slip_leads_to_the_word_that_was_meant(consultation):
    with as_prefecture("02"):
        assert near_word(consultation, Asked(words="présense")) == "présence"
        assert near_word(consultation, Asked(words="xylophone")) == ""
    told = page(staff("02", "agent"), consultation, "recherche", mots="présense")
    assert "Vouliez-vous dire" in told


def test_nobody_finds_what_is_anothers(consultation):
    with as_prefecture("02"):
        assert len(search(consultation)) == 1
    for scope in (as_prefecture("03"), as_ministry(), as_public()):
        with scope:
            assert search(consultation) == []
            assert not Sought.objects.exists()


def search(consultation):
    with connection.cursor() as cursor:
        call = "SELECT reading FROM search_readings(%s, 'cambriolage', NULL, '', '', '', '', 10)"
        cursor.execute(call, [consultation.pk])
        return cursor.fetchall()


def test_another_consultation_of_the_same_prefecture_is_left_out(consultation):
    other = closed_consultation("02")
    said(other, finding="Un cambriolage ailleurs")
    sought(read(other))
    assert texts(consultation, "cambriolage") == [BURGLARY]
    assert texts(other, "cambriolage") == ["Un cambriolage ailleurs"]


def test_roots_are_owed_once_and_come_with_the_sweep():
    consultation = heard()
    assert [(prefecture, number) for prefecture, _, number in words_sought.owing()] == [("02", 2)]
    run_routine(words_sought.SEEK, "02")
    assert words_sought.owing() == []
    read(consultation)
    assert texts(consultation, "samedi") == [WELCOME]


def test_words_that_are_taken_back_can_no_longer_be_found(consultation):
    with as_prefecture("02"):
        row = Contribution.objects.get(statements__text=BURGLARY)
        assert Sought.objects.filter(statement__contribution=row).count() == 1
        erase(row, row.received_at)
        assert not Sought.objects.filter(roots__isnull=False, statement__contribution=row).exists()
        assert Sought.objects.count() == 3
    assert texts(consultation, "cambriolage") == []
