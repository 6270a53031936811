"""The commune somebody lives in, as they type it."""

import pytest

from contributions.intake.communes import finder, in_words

pytestmark = pytest.mark.django_db


find = finder("47")


def values(places):
    return [place.value for place in places]


@pytest.mark.parametrize("typed", ["Agen", "agen", "Agen (47)", "47001 Agen"])
def test_one_commune_of_that_name(typed):
    assert values(find(typed).found) == ["47001 Agen"]


def test_what_is_shown_again_can_be_sent_again():
    stored = finder("02")("Château-Thierry").found[0].value
    assert values(find(in_words(stored)).found) == [stored]


def test_a_postal_code_offers_its_communes():
    found = finder("02")("02200").found
    assert len(found) > 1
    assert "Soissons (02, 02200)" in [place.label for place in found]


def test_a_commune_of_the_department_is_taken_before_others_of_that_name():
    assert values(finder("93")("saint denis").found) == ["93066 Saint-Denis"]


def test_a_commune_elsewhere_has_to_be_confirmed():
    places = find("saint denis")
    assert not places.found
    assert {"93066 Saint-Denis", "97411 Saint-Denis"} <= set(values(places.alike))
    assert values(find("97411 Saint-Denis").found) == ["97411 Saint-Denis"]


def test_a_slip_of_the_finger_is_a_suggestion_not_an_answer():
    places = find("Marseile")
    assert not places.found
    assert "13055 Marseille" in values(places.alike)


@pytest.mark.parametrize("typed", ["qzxqzx", "99999 Nulle-Part", "Agen (02)", "()"])
def test_what_is_no_commune_finds_nothing(typed):
    places = find(typed)
    assert not places.found


@pytest.mark.parametrize(
    ("stored", "shown"), [("47001 Agen", "Agen (47)"), ("97411 Saint-Denis", "Saint-Denis (974)"), ("Agenn", "Agenn")]
)
def test_it_is_shown_by_name_and_department(stored, shown):
    assert in_words(stored) == shown
