"""The ministry's list, however it was saved; what is wrong is named with its line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assises.accounts.mailboxes import LARGEST_BYTES, UnreadableFileError, read

KNOWN = {"01": "Ain", "02": "Aisne", "2A": "Corse-du-Sud", "974": "La Réunion"}


def pairs(content):
    found = read(content, known=KNOWN)
    assert found.problems == []
    return [(mailbox.code, mailbox.address) for mailbox in found.mailboxes]


@pytest.mark.parametrize(
    "content",
    [
        b"02;a@essai.invalid\n974;b@essai.invalid",
        b"02,a@essai.invalid\r\n974,b@essai.invalid\r\n",
        b"02\ta@essai.invalid\n974\tb@essai.invalid",
        "\ufeffcode;adresse\n02;a@essai.invalid\n\n974;b@essai.invalid".encode(),
        "Code département;Nom;Adresse électronique\n02;Aisne;a@essai.invalid\n974;Réunion;b@essai.invalid".encode(
            "cp1252"
        ),
        'Courriel;Département\n" A@essai.invalid ";"02"\nb@essai.invalid;974'.encode(),
        b"2;a@essai.invalid\n974;b@essai.invalid",
        b"02;a@essai.invalid\r974;b@essai.invalid",
    ],
    ids=["semicolon", "comma", "tab", "bom and headings", "cp1252", "columns swapped", "lost zero", "old line ends"],
)
def test_each_way_of_saving_the_list_is_read(content):
    assert pairs(content) == [("02", "a@essai.invalid"), ("974", "b@essai.invalid")]


def test_corsica_is_read_in_either_case():
    assert pairs(b"2a;a@essai.invalid") == [("2A", "a@essai.invalid")]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("99;a@essai.invalid", "« 99 » n’est pas un code"),
        (";a@essai.invalid", "il manque le code"),
        ("02;", "il manque l’adresse pour Aisne"),
        ("02;pas une adresse", "« pas une adresse » n’est pas une adresse électronique"),
        ("01;b@essai.invalid", "Ain est déjà à la ligne 2"),
    ],
)
def test_a_wrong_line_is_named_with_its_mend(line, words):
    found = read(f"code;adresse\n01;a@essai.invalid\n{line}\n".encode(), known=KNOWN)
    (problem,) = found.problems
    assert problem.replace("\u00a0", " ").startswith("Ligne 3 : ")
    assert words in problem.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "vide"),
        (b"\n \n;;\n", "vide"),
        (b"code;adresse\n", "titres"),
        (b"PK\x03\x04reste", "classeur"),
        (b"02;a@essai.invalid\x00", "CSV"),
        (b"x" * (LARGEST_BYTES + 1), "200 ko"),
        (b"02;a@essai.invalid\n" * 600, "lignes"),
        (b'02;"' + b"a" * 150_000, "trop longue"),
    ],
)
def test_a_file_that_is_no_list_is_refused_with_what_to_do(content, words):
    with pytest.raises(UnreadableFileError, match=words):
        read(content, known=KNOWN)


def test_what_is_confirmed_reads_back_as_it_was_shown():
    found = read(b"code;adresse\n2;A@essai.invalid\n2a;b@essai.invalid", known=KNOWN)
    again = read(found.as_text().encode(), known=KNOWN)
    assert [(m.code, m.address) for m in again.mailboxes] == [(m.code, m.address) for m in found.mailboxes]


@given(st.binary(max_size=2000))
def test_no_bytes_break_it(content):
    try:
        found = read(content, known=KNOWN)
    except UnreadableFileError:
        return
    assert found.problems or found.mailboxes
