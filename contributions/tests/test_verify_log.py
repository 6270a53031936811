"""`verify_log` needs the files and the key, and nothing else; whatever was changed is found."""

import copy
import json
import os
import subprocess
import sys
from datetime import timedelta
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.test import Client

from assises import clock
from assises.tenancy.context import as_prefecture
from assises.testing import make_open_consultation
from contributions.intake.record import record
from contributions.log import keys, tree
from contributions.log.export import register_of
from contributions.tests.changing import address, ask, correct, sealed
from contributions.tests.journey import Visitor
from contributions.tests.said import said

KEY = keys.public_key().hex()
HOUR = timedelta(hours=1)


def exported(consultation):
    with as_prefecture("02"):
        consultation = type(consultation).objects.select_related("campaign").get(pk=consultation.pk)
        return register_of(consultation)


def signed(facts):
    facts = {**facts, "key": keys.key_id()}
    return {"facts": facts, "signature": keys.sign(facts).hex()}


@pytest.fixture
def story(db, at):
    """The closing covers what came in time: four received, one of them corrected, one withdrawn; then a late letter."""
    moment = clock.now()
    consultation = make_open_consultation(opens_at=moment - 3 * HOUR, closes_at=moment + HOUR)
    at(moment)
    kept = Visitor(consultation).contribute()
    sealed()
    other = Visitor(consultation).contribute()
    correct(Visitor(consultation).contribute())
    sealed()
    early = exported(consultation)
    proof = Client().get(f"{address(kept)}preuve.json").json()
    ask(other, "retirer")
    at(consultation.closes_at + HOUR)
    facts = {"channel": "letter", "version": None, "acted_at": moment, "reason": "Arrivée le lendemain"}
    with as_prefecture("02"):
        record(said(consultation, **facts))
    sealed()
    return {"early": early, "late": exported(consultation), "proof": proof, "consultation": consultation}


@pytest.fixture
def verify(tmp_path):
    """Runs the command over these documents; gives what it said."""

    def run(*registers, proofs=(), key=KEY):
        paths = []
        for n, document in enumerate([*registers, *proofs]):
            paths.append(tmp_path / f"{n}.json")
            paths[-1].write_text(json.dumps(document), encoding="utf-8")
        out = StringIO()
        logs, others = paths[: len(registers)], paths[len(registers) :]
        try:
            call_command("verify_log", *map(str, logs), public_key=key, proof=others, stdout=out)
        except CommandError as error:
            return f"{out.getvalue()}{error}"
        return out.getvalue()

    return run


def test_a_sound_register_is_sound_and_says_what_it_holds(story, verify):
    said = verify(story["late"])
    assert "Tout est juste." in said
    assert "Reçues 5, corrigées 1, retirées 1, saisies après la clôture 1. Clôture signée." in said


def test_files_kept_on_different_days_and_a_proof_agree(story, verify):
    assert "Tout est juste." in verify(story["early"], story["late"], proofs=[story["proof"]])
    assert "Tout est juste." in verify(proofs=[story["proof"]])


def test_another_key_is_told(story, verify):
    assert "n’a pas été faite avec cette clé" in verify(story["late"], key="00" * 32)


def changed(register, change):
    register = copy.deepcopy(register)
    change(register)
    return register


def sign_again(register, *, from_size=0):
    """As a portal that lies would: every signature made anew over the changed lines."""
    leaves = [bytes.fromhex(leaf) for leaf in register["leaves"]]
    again = []
    for checkpoint in register["checkpoints"]:
        facts = dict(checkpoint["facts"])
        if facts["size"] >= from_size:
            facts["size"] = min(facts["size"], len(leaves))
            facts["root"] = tree.root(leaves[: facts["size"]]).hex()
        again.append(signed(facts))
    register["checkpoints"] = again


FORGED = tree.leaf_hash(b"x").hex()
TAMPERED = {
    "a line that was changed": (lambda r: r["leaves"].__setitem__(1, FORGED), "une ligne a été changée"),
    "a line that was removed": (lambda r: r["leaves"].pop(1), "Il manque 1 lignes"),
    "the last line removed": (lambda r: r["leaves"].pop(), "Il manque 1 lignes"),
    "two lines in another order": (lambda r: r["leaves"].insert(0, r["leaves"].pop(2)), "déplacée"),
    "a line that nobody signed": (lambda r: r["leaves"].append(FORGED), "couvertes par aucune signature"),
    "an event that says something else": (
        lambda r: next(iter(r["open"].values())).update(reason="autre"),
        "ne dit pas ce que le fichier prétend",
    ),
    "a reason that was changed": (
        lambda r: [e.update(reason="Oubli") for e in r["open"].values() if e["event"] == "late"],
        "ne dit pas ce que le fichier prétend",
    ),
    "a size that was changed": (lambda r: r["checkpoints"][0]["facts"].update(size=2), "pas été faite avec cette clé"),
    "the mark of the closing removed": (
        lambda r: [c["facts"].pop("closing_at", None) for c in r["checkpoints"]],
        "pas été faite avec cette clé",
    ),
    "the signature of the closing removed": (
        lambda r: r.update(checkpoints=[c for c in r["checkpoints"] if "closing_at" not in c["facts"]]),
        "n’a pas de signature",
    ),
    "another consultation": (lambda r: r["consultation"].update(consultation=-1), "celle d’une autre concertation"),
}


@pytest.mark.parametrize(("change", "fault"), TAMPERED.values(), ids=TAMPERED)
def test_whatever_was_changed_is_found(story, verify, change, fault):
    said = verify(changed(story["late"], change))
    assert fault in said
    assert "La vérification a échoué." in said


def add_after_closing(register):
    """A contribution in nobody's name, under valid signatures, and not said to be late."""
    register["leaves"].append(FORGED)
    leaves = [bytes.fromhex(leaf) for leaf in register["leaves"]]
    last = dict(register["checkpoints"][-1]["facts"])
    last.pop("closing_at", None)
    register["checkpoints"].append(signed({**last, "size": len(leaves), "root": tree.root(leaves).hex()}))


def test_a_line_added_after_the_closing_is_found_even_under_a_valid_signature(story, verify):
    said = verify(changed(story["late"], add_after_closing))
    assert "a été ajoutée après la clôture sans être déclarée tardive" in said
    assert said.count("FAUX") == 1


def test_a_history_that_was_signed_again_contradicts_what_somebody_kept(story, verify):
    """Alone, a register that its owner rewrote and signed anew is sound: that is why copies are kept."""

    def rewrite(register):
        register["leaves"][0] = FORGED
        sign_again(register)

    rewritten = changed(story["late"], rewrite)
    assert "Tout est juste." in verify(rewritten), "the negative control"
    assert "ne disent pas la même chose à partir de la ligne 1" in verify(rewritten, story["early"])
    assert "n’est pas à la ligne 1 du registre" in verify(rewritten, proofs=[story["proof"]])


def test_a_register_that_was_cut_short_contradicts_a_proof(story, verify):
    def cut(register):
        register["leaves"] = []
        register["open"] = {}
        register["checkpoints"] = []

    assert "Il manque" in verify(changed(story["early"], cut), proofs=[story["proof"]])


def test_a_signature_moved_after_the_closing_is_found(story, verify):
    def postpone(register):
        closing = next(c for c in register["checkpoints"] if "closing_at" in c["facts"])
        early = closing["facts"]["closing_at"].replace("Z", "1Z")
        facts = {**register["checkpoints"][0]["facts"], "signed_at": early}
        register["checkpoints"][0] = signed(facts)

    said = verify(changed(story["late"], postpone))
    assert "postérieure à la clôture" in said or "plus ancienne" in said


@pytest.mark.parametrize("change", [lambda p: p["event"].update(channel="mail"), lambda p: p.update(salt="00" * 32)])
def test_a_proof_that_was_changed_is_found(story, verify, change):
    assert "n’est pas ce que l’attestation décrit" in verify(story["late"], proofs=[changed(story["proof"], change)])


@pytest.mark.parametrize(
    ("document", "said"),
    [([], "ni un registre ni une preuve"), ({}, "rien que des registres"), ({"format": "assises-log-1"}, "abîmé")],
)
def test_what_is_no_register_is_said(verify, document, said):
    assert said in verify(document)


def test_a_key_that_is_none_is_said(verify):
    assert "64 chiffres et lettres" in verify({}, key="abc")


def test_neither_a_file_nor_a_proof_is_said():
    with pytest.raises(CommandError, match="au moins un fichier"):
        call_command("verify_log", public_key=KEY)


@pytest.mark.slow
def test_it_runs_without_a_database_and_says_how_it_ended(story, tmp_path):
    """In a process of its own, whose database does not exist."""

    def run(document):
        (tmp_path / "registre.json").write_text(json.dumps(document), encoding="utf-8")
        command = [sys.executable, "manage.py", "verify_log", str(tmp_path), "--public-key", KEY]
        nowhere = {"DATABASE_URL": "postgresql://x:y@localhost:1/z", "REDIS_URL": "redis://localhost:1", "DEMO": "1"}
        known = {name: value for name, value in os.environ.items() if name in {"PATH", "VAR_DIR", "HOME"}}
        environment = {**known, **nowhere, "SECRET_KEY": "x" * 50, "DATABASE_OWNER_URL": nowhere["DATABASE_URL"]}
        return subprocess.run(
            command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, timeout=60, check=False
        )

    sound, broken = run(story["late"]), run(changed(story["late"], lambda r: r["leaves"].pop()))
    assert (sound.returncode, "Tout est juste." in sound.stdout) == (0, True), sound.stderr
    assert broken.returncode == 1
    assert "Il manque 1 lignes" in broken.stdout
