"""Each entry gets one place, for ever; whatever is changed afterwards is found."""

import copy
import threading

import pytest
from django.db import IntegrityError, ProgrammingError, connection, connections

from assises.jobs import run
from assises.jobs.registry import ROUTINES
from assises.jobs.tasks import run_routine
from assises.tenancy.context import Scope, as_ministry, as_prefecture, as_public, scoped
from assises.testing import make_open_consultation, make_prefecture
from contributions.log import keys, seal, tree, verify
from contributions.log.leaf import canonical, instant
from contributions.log.prove import proof
from contributions.models import Checkpoint, Contribution, Leaf, LogEntry
from contributions.tests.said import contribute


def sealed(code="02"):
    with as_prefecture(code):
        seal.seal_prefecture(code)


def places(code="02"):
    with as_prefecture(code):
        return list(Leaf.objects.order_by("consultation", "number").values_list("consultation", "number", "entry"))


def checkpoints(code="02"):
    with as_prefecture(code):
        return list(Checkpoint.objects.order_by("consultation", "size"))


@pytest.mark.django_db
def test_new_entries_get_the_next_places_in_their_order():
    consultation = make_open_consultation()
    for n in range(3):
        contribute(consultation, f"Texte {n}")
    sealed()
    contribute(consultation, "Texte 3")
    sealed()
    with as_prefecture("02"):
        entries = list(LogEntry.objects.order_by("pk").values_list("pk", flat=True))
    assert places() == [(consultation.pk, number, entry) for number, entry in enumerate(entries)]
    assert [checkpoint.size for checkpoint in checkpoints()] == [3, 4]


@pytest.mark.django_db
def test_each_consultation_has_a_tree_of_its_own():
    for _ in range(2):
        consultation = make_open_consultation()
        contribute(consultation)
        contribute(consultation)
    sealed()
    assert [number for _, number, _ in places()] == [0, 1, 0, 1]


@pytest.mark.django_db
def test_sealing_again_changes_nothing():
    contribute(make_open_consultation())
    sealed()
    before = places(), [c.pk for c in checkpoints()]
    sealed()
    assert (places(), [c.pk for c in checkpoints()]) == before


@pytest.mark.django_db
def test_a_checkpoint_is_signed_and_describes_the_tree():
    consultation = make_open_consultation()
    for n in range(5):
        contribute(consultation, f"Texte {n}")
    sealed()
    (checkpoint,) = checkpoints()
    with as_prefecture("02"):
        hashes = seal.leaf_hashes(consultation)
    facts = seal.signed_facts(checkpoint)
    assert bytes(checkpoint.root) == tree.root(hashes)
    assert facts["size"] == 5
    assert keys.is_signed(facts, bytes(checkpoint.signature), keys.public_key())
    assert not keys.is_signed({**facts, "size": 4}, bytes(checkpoint.signature), keys.public_key())


@pytest.mark.django_db
def test_a_later_tree_only_grew():
    consultation = make_open_consultation()
    for n in range(6):
        contribute(consultation, f"Texte {n}")
        sealed()
    with as_prefecture("02"):
        hashes = seal.leaf_hashes(consultation)
    old, new = checkpoints()[2], checkpoints()[5]
    facts = {"old_size": old.size, "old_root": bytes(old.root), "size": new.size, "new_root": bytes(new.root)}
    assert tree.grew(**facts, proof=tree.consistency_proof(hashes, old.size))


# At the same time ------------------------------------------------------------


def seal_at_once(number=6):
    gate, problems = threading.Barrier(number), []

    def work():
        try:
            gate.wait(20)
            run_routine("contributions.seal", "02")
        except Exception as error:  # noqa: BLE001 (told to the test)
            problems.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work) for _ in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return problems


def contribute_many(number=40):
    consultation = make_open_consultation()
    for n in range(number):
        contribute(consultation, f"Texte {n}")


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_sealing_in_parallel_gives_each_entry_one_place():
    contribute_many()
    assert seal_at_once() == []
    assert [number for _, number, _ in places()] == list(range(40))
    assert [checkpoint.size for checkpoint in checkpoints()] == [40]


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_without_the_lock_sealers_collide(monkeypatch):
    """The negative control: the constraint still keeps the tree whole, but sealers fail."""
    contribute_many()
    together = threading.Barrier(2)
    monkeypatch.setattr(seal, "hold_the_pen", lambda consultation: None)
    honest = seal.leaf_hashes

    def together_hashes(consultation, size=None):
        together.wait(20)
        return honest(consultation, size)

    monkeypatch.setattr(seal, "leaf_hashes", together_hashes)
    problems = seal_at_once(2)
    assert [type(problem) for problem in problems] == [IntegrityError]


# Who is owed -----------------------------------------------------------------


@pytest.mark.django_db
def test_the_sweep_learns_whose_log_is_to_be_sealed_and_nothing_else():
    contribute(make_open_consultation())
    contribute(make_open_consultation(make_prefecture("974")))
    assert [(prefecture, rows) for prefecture, _, rows in sorted(seal.owing())] == [("02", 1), ("974", 1)]
    run.run_routine(ROUTINES["contributions.seal"], "02")
    assert [prefecture for prefecture, _, _ in seal.owing()] == ["974"]
    assert run.oldest_due() is not None
    run_routine("contributions.seal", "974")
    assert seal.owing() == []


@pytest.mark.django_db
def test_the_answer_is_the_owners_word():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT prosecdef, pg_get_userbyid(proowner) <> current_user FROM pg_proc WHERE proname = %s",
            ["unsealed_log_entries"],
        )
        assert cursor.fetchone() == (True, True)


# What is changed afterwards ---------------------------------------------------


@pytest.fixture
def evidence(db):
    """A sound proof of the third contribution of seven, as the file that people download."""
    consultation = make_open_consultation()
    codes = [contribute(consultation, f"Texte {n}") for n in range(7)]
    assert len(set(codes)) == 7
    sealed()
    with as_prefecture("02"):
        place = Leaf.objects.select_related("entry").get(number=2)
        found = Contribution.objects.select_related("consultation").get(pk=place.entry.contribution_id)
        return proof(found, list(found.statements.all()), place.entry, place)


def faults(evidence):
    return verify.faults(evidence, keys.public_key())


def test_a_sound_proof_has_no_fault(evidence):
    assert faults(evidence) == []


@pytest.mark.parametrize(
    ("tamper", "fault"),
    [
        (lambda e: e["event"]["statements"][0].update(text="autre chose"), "n’est pas ce que l’attestation décrit"),
        (lambda e: e["event"].update(recorded_at="2020-01-01T00:00:00.000000Z"), "n’est pas ce que l’attestation"),
        (lambda e: e.update(salt="00" * 32), "n’est pas ce que l’attestation décrit"),
        (lambda e: e["attestation"]["facts"].update(answers=9), "L’attestation n’est pas signée"),
        (lambda e: e["inclusion"].update(number=3), "n’est pas dans le registre"),
        (lambda e: e["inclusion"]["path"].reverse(), "n’est pas dans le registre"),
        (lambda e: e["inclusion"]["checkpoint"]["facts"].update(size=6), "point de contrôle n’est pas signé"),
        (lambda e: e["inclusion"]["checkpoint"]["facts"].update(root="00" * 32), "point de contrôle n’est pas signé"),
        (lambda e: e["event"].update(consultation=-1), "celui d’une autre concertation"),
        (lambda e: e.update(inclusion=None), "pas encore inscrite"),
    ],
)
def test_whatever_is_tampered_with_is_found(evidence, tamper, fault):
    changed = copy.deepcopy(evidence)
    tamper(changed)
    assert any(fault in found for found in faults(changed)), faults(changed)


def test_another_key_signs_nothing_here(evidence, settings):
    settings.RECEIPT_SIGNING_KEY = "c2l4dGVlbi1ieXRlcy0xNnNpeHRlZW4tYnl0ZXMtMTY="
    assert len(faults(evidence)) == 2


@pytest.mark.django_db
@pytest.mark.parametrize(
    "change",
    [
        lambda leaves: leaves[:3] + leaves[4:],
        lambda leaves: [leaves[1], leaves[0], *leaves[2:]],
        lambda leaves: [tree.leaf_hash(b"x"), *leaves[1:]],
        lambda leaves: [*leaves, tree.leaf_hash(b"x")],
    ],
    ids=["removed", "reordered", "changed", "added"],
)
def test_a_log_that_was_changed_no_longer_fits_its_checkpoint(change):
    consultation = make_open_consultation()
    for n in range(7):
        contribute(consultation, f"Texte {n}")
    sealed()
    with as_prefecture("02"):
        leaves = seal.leaf_hashes(consultation)
    root = bytes(checkpoints()[0].root)
    assert tree.root(leaves) == root
    assert tree.root(change(leaves)) != root


@pytest.mark.django_db
@pytest.mark.parametrize("table", ["contributions_logentry", "contributions_leaf", "contributions_checkpoint"])
@pytest.mark.parametrize("change", ["UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {}"])
def test_the_log_is_append_only_for_everyone_who_uses_the_portal(table, change):
    contribute(make_open_consultation())
    sealed()
    with pytest.raises(ProgrammingError, match="permission denied"), as_prefecture("02"), connection.cursor() as cursor:
        cursor.execute(change.format(table))


@pytest.mark.django_db
@pytest.mark.parametrize("scope", [Scope("public", "02"), Scope("ministry")])
def test_the_log_is_public_and_says_nothing_of_what_was_said(scope):
    contribute(make_open_consultation(), "Mot secret")
    sealed()
    with scoped(scope):
        assert "Mot secret" not in str(list(LogEntry.objects.values()))
        assert Leaf.objects.count() == Checkpoint.objects.count() == 1


@pytest.mark.django_db
def test_a_visitor_gives_no_entry_its_place():
    contribute(make_open_consultation())
    with as_prefecture("02"):
        entry = LogEntry.objects.get()
    place = {"prefecture_id": "02", "consultation_id": entry.consultation_id, "entry": entry, "number": 0}
    for outsider in (as_public, as_ministry):
        with pytest.raises(ProgrammingError, match="row-level security"), outsider():
            Leaf.objects.bulk_create([Leaf(**place)])


# One spelling ------------------------------------------------------------------


def test_facts_have_one_spelling():
    assert canonical({"b": [1, "é"], "a": True}) == '{"a":true,"b":[1,"é"]}'.encode()


@pytest.mark.django_db
def test_moments_are_told_in_utc_with_six_decimals():
    consultation = make_open_consultation()
    assert instant(consultation.closes_at).endswith("Z")
    assert len(instant(consultation.closes_at.replace(microsecond=0))) == len("2027-02-05T17:00:00.000000Z")
