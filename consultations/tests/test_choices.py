from consultations.asking.choices import keyed


def test_choices_are_known_by_what_they_say():
    assert keyed(["Oui, souvent", "Oui, souvent !", "…"]) == [
        {"key": "oui-souvent", "label": "Oui, souvent"},
        {"key": "oui-souvent-2", "label": "Oui, souvent !"},
        {"key": "choix", "label": "…"},
    ]


def test_a_mended_word_keeps_its_key():
    before = keyed(["Toujour", "Jamais"])
    assert [choice["key"] for choice in keyed(["Toujours", "Jamais"], before)] == ["toujour", "jamais"]


def test_choices_that_change_places_keep_their_keys():
    before = keyed(["Toujours", "Parfois", "Jamais"])
    assert [choice["key"] for choice in keyed(["Jamais", "Toujours", "Parfois"], before)] == [
        "jamais", "toujours", "parfois",
    ]  # fmt: skip


def test_a_new_choice_never_takes_the_key_of_one_that_left():
    before = keyed(["Oui", "Non", "Parfois"])
    assert [choice["key"] for choice in keyed(["Non", "Oui !"], before)] == ["non", "oui-2"]
