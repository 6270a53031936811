"""Whatever people type for where they live leads to their department, or kindly nowhere."""

import pytest

from assises.accounts.models import Prefecture
from assises.accounts.places import of_department, search
from assises.testing import statements

pytestmark = pytest.mark.django_db


def straight(text):
    found = search(text).straight
    return found.code if found else None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("47000", "47"),
        ("47 000", "47"),
        (" 02200 ", "02"),
        ("1000", "01"),
        ("97400", "974"),
        ("97150", "978"),
        ("98714", "987"),
        ("75011", "75"),
        ("Paris 75011", "75"),
        ("75011 Paris", "75"),
        ("paris 11e", "75"),
        ("Marseille 8e arrondissement", "13"),
        ("Saint-Étienne", "42"),
        ("st etienne", "42"),
        ("ST-ETIENNE", "42"),
        ("L'Haÿ", "94"),
        ("L’Haÿ-les-Roses", "94"),
        ("hay les roses", "94"),
        ("ste foy les lyon", "69"),
        ("la baule", "44"),
        ("Le Havre", "76"),
        ("havre", "76"),
        ("chalons s/ saone", None),
        ("chalon s/ saone", "71"),
        ("Agen", "47"),
        ("2a", "2A"),
        ("47", "47"),
        ("974", "974"),
        ("Aisne", "02"),
        ("côtes d armor", "22"),
        ("\x00Laon\x07", "02"),
    ],
)
def test_one_answer_leads_straight_to_its_department(text, code):
    assert straight(text) == code


def test_communes_of_one_name_are_told_apart_by_department_and_postal_code():
    found = search("Saint-Denis")
    assert found.straight is None
    same = [(c.prefecture_id, c.postal_codes[0]) for c in found.named_communes]
    assert same == [("974", "97400"), ("93", "93200"), ("11", "11310"), ("30", "30500")]
    assert all(c.name != "Saint-Denis" for c in found.longer)


def test_a_postal_code_beside_a_name_decides_between_them():
    assert straight("Saint-Denis 93200") == "93"
    assert straight("Saint-Denis 97400") == "974"


def test_a_postal_code_on_a_border_asks_which_side():
    from assises.accounts.models import Commune

    codes = {}
    for commune in Commune.objects.all():
        for code in commune.postal_codes:
            codes.setdefault(code, set()).add(commune.prefecture_id)
    shared = next(code for code, places in sorted(codes.items()) if len(places) > 1)
    found = search(shared)
    assert found.straight is None
    assert {commune.prefecture_id for commune in found.communes} == codes[shared]


def test_a_department_and_a_commune_of_one_name_are_both_offered():
    found = search("Vienne")
    assert [place.code for place in found.departments if place.name == "Vienne"] == ["86"]
    assert found.named_communes[0].prefecture_id == "38"
    assert found.straight is None


@pytest.mark.parametrize(
    ("text", "code"), [("02010", "02"), ("20700", "2B"), ("20099 cedex 9", "2A"), ("97199", "971")]
)
def test_a_code_that_is_in_no_list_suggests_the_department_of_its_first_digits(text, code):
    found = search(text)
    assert (found.straight, found.is_guess) == (None, True)
    assert [place.code for place in found.departments] == [code]


def test_a_slip_of_the_finger_is_a_suggestion_and_never_a_decision():
    found = search("Marseile")
    assert found.communes[0].name == "Marseille"
    assert (found.straight, found.is_guess) == (None, True)


@pytest.mark.parametrize(
    "text", ["", "   ", "%", "_", "qzxqzx", "'; DROP TABLE accounts_commune; --", "0", "99", "🦆", "é" * 5000]
)
def test_what_is_nowhere_finds_nothing_and_breaks_nothing(text):
    found = search(text)
    assert found.straight is None
    assert not found.named


def test_half_a_word_finds_many_and_says_so():
    found = search("saint")
    assert found.has_more
    assert found.straight is None


@pytest.mark.parametrize(
    ("text", "most"), [("47000", 2), ("Saint-Denis", 3), ("Agen", 3), ("qzxqzx", 5), ("qzx qzx 3e", 6)]
)
def test_a_search_asks_the_database_little(text, most):
    with statements() as asked:
        search(text).straight  # noqa: B018
    assert len(asked) <= most


def test_a_name_is_looked_up_by_an_index():
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN SELECT 1 FROM accounts_commune WHERE place_key(name) LIKE 'saint denis%'")
        assert "commune_place_key" in "".join(row[0] for row in cursor.fetchall())


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("02", "de l’Aisne"),
        ("28", "d’Eure-et-Loir"),
        ("40", "des Landes"),
        ("75", "de Paris"),
        ("974", "de La Réunion"),
        ("987", "de la Polynésie française"),
        ("977", "de Saint-Barthélemy"),
        ("986", "de Wallis et Futuna"),
    ],
)
def test_a_department_is_named_with_its_article(code, words):
    assert of_department(Prefecture.objects.get(code=code)) == words


def test_no_department_is_named_after_a_service():
    names = [of_department(prefecture) for prefecture in Prefecture.objects.all()]
    assert [name for name in names if "olice" in name or "éfecture" in name or "ommissariat" in name] == []
