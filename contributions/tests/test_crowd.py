"""Invented crowds: the same each time, plausible, and with the truth beside."""

import json
import tracemalloc
from datetime import UTC, datetime

import pytest
from django.core.management import CommandError, call_command

from assises.tenancy.context import as_prefecture
from assises.testing import make_open_consultation
from consultations.asking.conditions import applies
from contributions.demo import grammar, noise
from contributions.demo.crowd import Crowd
from contributions.demo.vocabulary import SUBJECTS
from contributions.intake.answers import name_of, read_all
from contributions.models import Contribution, LogEntry, Statement
from contributions.tests.asking import question, step

STEPS = (
    step(
        question("scale", "Mauvaise", "Moyenne", "Bonne", key="jugement", required=True),
        question("choices", "Écoles", "Marchés", "Ailleurs", key="lieux", most=2),
        question("text", key="delai", shown_on="t.jugement", shown_if=["mauvaise"]),
        question("finding", key="constat", label="Ce que vous constatez sur les routes"),
        question("proposal", key="idee", label="Ce que vous proposez", audiences=["elected"]),
        question("commune", key="lieu"),
    ),
)


def crowd(seed=1, steps=STEPS):
    return Crowd(
        consultation=1,
        prefecture="02",
        version=1,
        name="02/essai",
        seed=seed,
        begins=datetime(2027, 1, 8, tzinfo=UTC),
        ends=datetime(2027, 1, 19, tzinfo=UTC),
        steps=steps,
    )


def people(number=400, **facts):
    lines = []
    found = list(crowd(**facts).people(range(number), lines.append))
    return found, [json.loads(line) for line in lines]


def texts_of(submission):
    return [passage.text for passage in submission.passages]


def of_kind(kind, number=3_000):
    """Those whom a noise befell, with what is known of them."""
    return [(s, known) for s, known in zip(*people(number), strict=True) if known["noise"] == kind]


def test_the_same_seed_says_the_same_under_the_same_keys():
    assert people() == people()


def test_another_seed_says_something_else():
    ours, others = people(50)[0], people(50, seed=2)[0]
    assert not {s.submission_key for s in ours} & {s.submission_key for s in others}
    assert sum(a.passages == b.passages != () for a, b in zip(ours, others, strict=True)) < 3


def test_one_person_can_be_made_without_the_others():
    assert crowd().person(321)[1] == people(400)[0][321]


def test_every_answer_is_one_that_the_questionnaire_takes():
    for number in range(400):
        said = crowd().said(number)
        answers, problems = read_all(STEPS, said.answers, said.audience)
        assert problems == []
        assert sorted(answers) == sorted(said.answers)


def test_nobody_answers_what_they_are_not_asked():
    for number in range(400):
        said = crowd().said(number)
        for asked in STEPS[0]["questions"]:
            if not applies(asked, said.audience, said.answers):
                assert name_of(STEPS[0], asked) not in said.answers


def test_texts_are_short_and_long_and_hardly_ever_the_same():
    texts = [text for submission in people(2_000)[0] for text in texts_of(submission)]
    lengths = sorted(map(len, texts))
    assert lengths[len(lengths) // 10] < 60
    assert 80 < lengths[len(lengths) // 2] < 250
    assert lengths[-len(lengths) // 50] > 600
    assert len(set(texts)) > 0.93 * len(texts)


def test_a_question_calls_for_its_subject():
    asked = "Ce que vous constatez sur les routes"
    known = [known for _, known in zip(*people(), strict=True) if not known["noise"]]
    first = [text["subjects"][0] for k in known for name, text in k["texts"].items() if name == "t.constat"]
    assert [subject.key for subject in grammar.called_for(asked)] == ["routes"]
    assert first.count("routes") > len(first) / 2


def test_a_duplicate_says_what_another_said():
    for submission, known in of_kind(noise.DUPLICATE):
        said = crowd().said(known["number"])
        assert str(submission.submission_key) != known["of"]
        original = next(crowd().original(n) for n in range(3_000) if str(crowd().key(n)) == known["of"])
        assert said.texts == original.texts


def test_letters_of_one_template_differ_in_their_blanks():
    found = [(texts_of(s), known["template"]) for s, known in of_kind(noise.MAIL_MERGE)]
    texts = [text for texts, template in found if template == "1" for text in texts]
    assert len(texts) > 5
    assert all("Je soutiens le manifeste du collectif" in text for text in texts)
    assert len(set(texts)) > 0.9 * len(texts)


def test_each_noise_occurs_at_about_its_rate():
    kinds = [known["noise"] for known in people(4_000)[1]]
    for kind, rate in noise.RATES:
        assert 0.6 * rate < kinds.count(kind) / len(kinds) < 1.4 * rate, kind


def test_shouting_is_in_capitals_and_the_empty_say_nothing():
    assert all(text == text.upper() and "!" in text for s, _ in of_kind(noise.SHOUTING) for text in texts_of(s))
    assert all(text in noise.NOTHING for s, _ in of_kind(noise.EMPTY) for text in texts_of(s))


def test_personal_data_is_invented_and_said():
    found = [(text, known["holds"]) for s, known in of_kind(noise.PERSONAL) for text in texts_of(s)]
    assert {holds for _, holds in found} == set(noise.PERSONAL_DATA)
    assert all("exemple.invalid" in text for text, holds in found if holds == "mail")
    for text, holds in found:
        if holds == "nir":
            body, key = text.rstrip(".").split()[-2:]
            assert (97 - int(body) % 97, body[5:7]) == (int(key), "00")
        if holds == "telephone":
            assert any(known in text for known in noise.FICTIONAL_RANGES)


def test_the_vocabulary_has_several_hundred_clauses():
    assert sum(len(s.facts) + len(s.places) + len(s.effects) + len(s.wishes) + len(s.reasons) for s in SUBJECTS) > 300


def test_without_a_questionnaire_people_write_letters():
    found = people(steps=())[0]
    assert all(submission.passages and not submission.answers for submission in found)


def test_a_crowd_is_made_as_it_is_read():
    def peak(number):
        tracemalloc.start()
        for _ in crowd().people(range(number)):
            pass
        try:
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    peak(10)
    assert peak(600) < peak(100) + 200_000


@pytest.mark.django_db
class TestCommand:
    @pytest.fixture(autouse=True)
    def in_the_demo(self, settings):
        settings.DEMO = True
        self.consultation = make_open_consultation()
        self.name = f"02/{self.consultation.campaign.slug}"

    def seed(self, count=60, **options):
        call_command("seed_contributions", consultation=self.name, count=count, verbosity=0, **options)

    def test_it_fills_the_consultation_and_its_log(self):
        self.seed()
        with as_prefecture("02"):
            assert Contribution.objects.count() == LogEntry.objects.count() == 60
            assert Statement.objects.exists()
            assert len(set(Contribution.objects.values_list("channel", flat=True))) > 3

    def test_the_truth_names_every_contribution(self, tmp_path):
        self.seed(truth=tmp_path / "truth.jsonl")
        lines = [json.loads(line) for line in (tmp_path / "truth.jsonl").read_text("utf-8").splitlines()]
        with as_prefecture("02"):
            stored = {str(key) for key in Contribution.objects.values_list("submission_key", flat=True)}
        assert {line["key"] for line in lines} == stored

    def test_more_of_the_same_seed_adds_to_those_that_are_there(self):
        self.seed(40)
        self.seed(60)
        with as_prefecture("02"):
            assert Contribution.objects.count() == 60

    def test_an_unknown_consultation_is_named(self):
        with pytest.raises(CommandError, match="02/nulle-part"):
            call_command("seed_contributions", consultation="02/nulle-part", count=1)

    def test_it_is_refused_outside_the_demo(self, settings):
        settings.DEMO = False
        with pytest.raises(CommandError, match="démonstration"):
            self.seed()
        with as_prefecture("02"):
            assert not Contribution.objects.exists()


def test_examples_can_be_read_aloud():
    """No hole, no elision forgotten."""
    for submission in crowd().people(range(2_000)):
        for text in texts_of(submission):
            assert not set(text) & set("{}")
            assert " de a" not in text.lower()
