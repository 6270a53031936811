"""What a code opens, and what nobody opens without it."""

import hashlib
import json
import math
import re
from uuid import uuid4

import pytest
from django.conf import settings
from django.test import Client, override_settings

from assises.logs import scrub
from assises.tenancy.context import as_prefecture
from assises.testing import make_open_consultation, make_prefecture, statements
from contributions import codes
from contributions.log import keys, verify
from contributions.log.seal import seal_prefecture
from contributions.models import Contribution
from contributions.tests.journey import SAID, Visitor
from contributions.tests.said import contribute

# Codes -----------------------------------------------------------------------


def test_guessing_is_hopeless():
    """Ten million contributions, a thousand guesses a second for a year: a chance in ten million."""
    bits = codes.LETTERS * math.log2(len(codes.ALPHABET))
    assert bits >= 80
    assert 10_000_000 * 1_000 * 86_400 * 365 / 2**bits < 1e-6
    assert len(set(codes.ALPHABET)) == 32
    assert not set("ILOU") & set(codes.ALPHABET)


def test_every_letter_is_as_likely_as_another():
    letters = "".join(codes.code_for("02", 1, uuid4())[3:].replace("-", "") for _ in range(2_000))
    counts = [letters.count(letter) for letter in codes.ALPHABET]
    assert min(counts) > 800
    assert max(counts) < 1_200


def test_the_code_follows_from_the_submission_and_from_nothing_an_outsider_knows():
    key = uuid4()
    code = codes.code_for("02", 1, key)
    assert code == codes.code_for("02", 1, key)
    assert code != codes.code_for("02", 2, key) != codes.code_for("03", 1, key)
    with override_settings(SECRET_KEY="autre"):
        assert codes.code_for("02", 1, key) != code


@pytest.mark.parametrize("prefecture", ["02", "2A", "974"])
def test_a_code_begins_with_its_department_and_never_reaches_a_log(prefecture):
    code = codes.code_for(prefecture, 1, uuid4())
    assert re.fullmatch(rf"{prefecture}(-[0-9A-Z]{{4}}){{4}}", code)
    assert scrub(f"GET /x/{code}/") == "GET /x/[code]/"
    assert codes.read(code) == code
    assert codes.department_of(code) == prefecture


@pytest.mark.parametrize(
    "typed",
    ["02-7KQ0-M3XD-9R2T-1WHN", "02 7kqo m3xd 9r2t lwhn", "O27KQ0M3XD9R2T1WHN", " 02–7KQO–M3XD–9R2T–IWHN "],
)
def test_a_code_is_understood_as_it_was_meant(typed):
    assert codes.read(typed) == "02-7KQ0-M3XD-9R2T-1WHN"


@pytest.mark.parametrize(
    "typed", ["", "02", "02-7KQF", "02-7KQU-M3XD-9R2T-4WHN", "2-7KQF-M3XD-9R2T-4WHN", "é" * 18, "0" * 5_000, "\ud800"]
)
def test_what_is_no_code_is_no_code(typed):
    assert codes.read(typed) is None


# Pages -----------------------------------------------------------------------


@pytest.fixture
def consultation(db):
    return make_open_consultation()


@pytest.fixture
def code(consultation):
    return Visitor(consultation).contribute()


def get(address):
    return Client().get(address)


def text_of(address):
    response = get(address)
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def seal():
    with as_prefecture("02"):
        seal_prefecture("02")


def test_only_the_hash_is_stored(code):
    with as_prefecture("02"):
        (stored,) = Contribution.objects.values()
    assert stored["receipt_hash"] == hashlib.sha256(code.encode()).hexdigest()
    assert code not in str(stored)


def test_the_attestation_says_what_was_received_when_and_by_whom(code):
    with as_prefecture("02"):
        prefecture = make_prefecture()
        type(prefecture).objects.filter(pk="02").update(telephone="01 99 00 02 02", address="1, place de l’Exemple")
    page = text_of(f"/aisne/contribution/{code}/")
    for said in (
        f"<span>{code[:-9]}</span><span>{code[-9:]}</span>",
        "heure de Paris",
        prefecture.office_name,
        "1, place de l’Exemple",
        "01 99 00 02 02",
        "5 réponses, 1 constat, 1 proposition",
        "Non autorisée",
        "Questionnaire en ligne",
        SAID["presence.constat"],
        "Vérifier que ma contribution a été comptée",
    ):
        assert said in page, said


def test_a_receipt_is_not_kept_by_browsers_nor_told_to_others(code):
    response = get(f"/aisne/contribution/{code}/")
    assert "no-store" in response.headers["Cache-Control"]
    assert response.headers["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize("page", ["", "verifier/", "preuve.json"])
def test_a_code_opens_nothing_in_another_department(code, page):
    unknown = get(f"/allier/contribution/03-0000-0000-0000-0000/{page}")
    for address in (
        f"/allier/contribution/{code}/{page}",
        f"/allier/contribution/03{code[2:]}/{page}",
        f"/aisne/contribution/02-0000-0000-0000-0000/{page}",
        f"/aisne/contribution/inconnu/{page}",
    ):
        response = get(address)
        assert (response.status_code, response.content) == (404, unknown.content)
    assert get(f"/aisne/contribution/{code}/{page}").status_code == 200, "the negative control"


def test_one_code_opens_one_contribution(consultation, code):
    contribute(consultation, "Les mots d’un autre.")
    assert "Les mots d’un autre." not in text_of(f"/aisne/contribution/{code}/")


@pytest.mark.parametrize("page", ["", "verifier/"])
def test_a_code_in_small_letters_leads_to_the_address_in_full(code, page):
    assert get(f"/aisne/contribution/{code.lower()}/{page}").url == f"/aisne/contribution/{code}/{page}"


def test_states_say_when_it_is_in_the_log(code):
    assert "Bientôt inscrite au registre public" in text_of(f"/aisne/contribution/{code}/")
    assert "dans la minute" in text_of(f"/aisne/contribution/{code}/verifier/")
    seal()
    assert "Numéro 1" in text_of(f"/aisne/contribution/{code}/")
    assert "Votre contribution a été comptée" in text_of(f"/aisne/contribution/{code}/verifier/")


def test_no_word_of_cryptography_before_one_asks(code):
    seal()
    page = text_of(f"/aisne/contribution/{code}/").lower()
    for word in ("empreinte", "signature", "merkle", "sha", "ed25519", "clé", "hachage"):
        assert not re.search(rf"\b{word}", re.sub(r"<[^>]*>", "", page)), word


def test_the_proof_is_checked_without_the_portal(consultation, code):
    for n in range(4):
        contribute(consultation, f"Texte {n}")
    seal()
    evidence = json.loads(get(f"/aisne/contribution/{code}/preuve.json").content)
    assert verify.faults(evidence, keys.public_key()) == []
    assert evidence["event"]["statements"][0]["text"] == SAID["presence.constat"]


def test_the_receipt_is_signed_with_the_same_bytes_each_time(code):
    first, second = (get(f"/aisne/contribution/{code}/preuve.json").content for _ in range(2))
    assert first == second
    receipt = json.loads(first)["attestation"]
    signature = bytes.fromhex(receipt["signature"])
    assert keys.is_signed(receipt["facts"], signature, keys.public_key())
    assert not keys.is_signed({**receipt["facts"], "answers": 6}, signature, keys.public_key())


def test_a_stored_word_that_was_changed_is_told_on_the_page(code):
    seal()
    with as_prefecture("02"):
        Contribution.objects.update(may_publish=True)
    page = text_of(f"/aisne/contribution/{code}/verifier/")
    assert "Cette contribution ne se vérifie pas" in page
    assert "Ce qui est enregistré n’est pas ce que l’attestation décrit." in page


def test_a_receipt_costs_few_statements(code):
    seal()
    with statements() as asked:
        get(f"/aisne/contribution/{code}/")
    assert len(asked) <= 7, asked


# From a code alone -----------------------------------------------------------


def find(typed):
    return Client(enforce_csrf_checks=True).post("/ma-contribution/", {"suivi": typed})


def test_a_code_is_found_from_anywhere(code):
    assert find(code.lower().replace("-", " ")).url == f"/aisne/contribution/{code}/"


@pytest.mark.parametrize("typed", ["", "bonjour", "02-7KQF", "\x00", "é" * 100_000])
def test_what_is_no_code_is_answered_with_what_one_looks_like(db, typed):
    assert "Écrivez le code en entier" in find(typed).content.decode()


@pytest.mark.parametrize("typed", ["02-7KQF-M3XD-9R2T-4WHN", "999-7KQF-M3XD-9R2T-4WHN"])
def test_a_code_of_nothing_is_said_to_be_unknown_and_kept(code, typed):
    page = find(typed).content.decode()
    assert "Aucune contribution ne porte ce code" in page
    assert typed in page


def test_many_guesses_find_nothing(code):
    guesses = {codes.code_for("02", n, uuid4()) for n in range(300)}
    assert {find(guess).status_code for guess in guesses} == {200, 429}


def test_the_demo_has_a_signing_key():
    assert settings.RECEIPT_SIGNING_KEY
    assert len(keys.key_id()) == 16
