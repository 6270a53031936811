"""Our trees against RFC 6962's own recursive definitions, word for word."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contributions.log import tree


def k_of(n):
    """The largest power of two smaller than n."""
    k = 1
    while k * 2 < n:
        k *= 2
    return k


def mth(d):
    """Section 2.1, Merkle Tree Hash."""
    if not d:
        return sha256(b"").digest()
    if len(d) == 1:
        return sha256(b"\x00" + d[0]).digest()
    k = k_of(len(d))
    return sha256(b"\x01" + mth(d[:k]) + mth(d[k:])).digest()


def path(m, d):
    """Section 2.1.1, Merkle Audit Path."""
    if len(d) == 1:
        return []
    k = k_of(len(d))
    return [*path(m, d[:k]), mth(d[k:])] if m < k else [*path(m - k, d[k:]), mth(d[:k])]


def subproof(m, d, b):
    """Section 2.1.2, Merkle Consistency Proof."""
    if m == len(d):
        return [] if b else [mth(d)]
    k = k_of(len(d))
    return [*subproof(m, d[:k], b), mth(d[k:])] if m <= k else [*subproof(m - k, d[k:], b=False), mth(d[:k])]


texts = st.lists(st.binary(max_size=8), min_size=1, max_size=70)


@st.composite
def tree_and_number(draw):
    data = draw(texts)
    return data, draw(st.integers(0, len(data) - 1))


def hashes(data):
    return [tree.leaf_hash(one) for one in data]


def test_the_empty_tree():
    assert tree.root([]) == mth([])


@given(texts)
def test_roots_are_the_rfcs(data):
    assert tree.root(hashes(data)) == mth(data)


@given(texts, st.sets(st.integers(0, 80)))
def test_roots_at_every_size_are_the_rfcs(data, sizes):
    found = tree.roots_at(hashes(data), sizes)
    assert found == {size: mth(data[:size]) for size in sizes if size <= len(data)}


@given(texts, st.integers(1, 70), st.integers(1, 70))
def test_any_two_sizes_are_proved_to_be_one_history(data, one, other):
    old, new = sorted((min(one, len(data)), min(other, len(data))))
    proof = tree.consistency_proof(hashes(data[:new]), old)
    assert proof == subproof(old, data[:new], b=True)
    facts = {"old_size": old, "old_root": mth(data[:old]), "size": new, "new_root": mth(data[:new])}
    assert tree.grew(**facts, proof=proof)


@given(tree_and_number())
def test_inclusion_proofs_are_the_rfcs_and_hold(made):
    data, number = made
    proof = tree.inclusion_proof(hashes(data), number)
    assert proof == path(number, data)
    facts = {"number": number, "size": len(data), "proof": proof, "expected": mth(data)}
    assert tree.includes(tree.leaf_hash(data[number]), **facts)


@given(tree_and_number(), st.data())
def test_nothing_else_holds(made, pick):
    data, number = made
    leaf, proof, root = tree.leaf_hash(data[number]), path(number, data), mth(data)
    good = {"number": number, "size": len(data), "proof": proof, "expected": root}
    assert not tree.includes(tree.leaf_hash(data[number] + b"x"), **good)
    assert not tree.includes(leaf, **{**good, "expected": mth([*data, b""])})
    assert not tree.includes(leaf, **{**good, "proof": [*proof, root]})
    assert not tree.includes(leaf, **{**good, "number": len(data)})
    if proof:
        assert not tree.includes(leaf, **{**good, "proof": proof[:-1]})
        broken = pick.draw(st.integers(0, len(proof) - 1))
        changed = [sha256(one).digest() if n == broken else one for n, one in enumerate(proof)]
        assert not tree.includes(leaf, **{**good, "proof": changed})


@given(tree_and_number())
def test_consistency_proofs_are_the_rfcs_and_hold(made):
    data, number = made
    old = number + 1
    proof = tree.consistency_proof(hashes(data), old)
    assert proof == subproof(old, data, b=True)
    facts = {"old_size": old, "old_root": mth(data[:old]), "size": len(data), "new_root": mth(data), "proof": proof}
    assert tree.grew(**facts)
    assert not tree.grew(**{**facts, "old_root": mth([*data[:old], b""])})
    assert not tree.grew(**{**facts, "new_root": mth([*data, b""])})
    assert not tree.grew(**{**facts, "proof": [*proof, mth(data)]})


@given(texts, st.integers(0, 68))
def test_a_history_that_was_rewritten_has_no_proof(data, number):
    """One early leaf is changed: whatever honest proof the new tree gives, it does not lead back to the old root."""
    old = min(number, len(data) - 1) + 1
    rewritten = [b"other" + data[0], *data[1:], b"more"]
    proof = tree.consistency_proof(hashes(rewritten), old)
    facts = {"old_size": old, "old_root": mth(data[:old]), "size": len(rewritten), "new_root": mth(rewritten)}
    assert not tree.grew(**facts, proof=proof)


@pytest.mark.parametrize("number", [-1, 3])
def test_what_is_not_there_has_no_proof(number):
    with pytest.raises(IndexError):
        tree.inclusion_proof(hashes([b"a", b"b", b"c"]), number)


@pytest.mark.parametrize("size", [0, 4])
def test_what_was_no_tree_has_no_proof(size):
    with pytest.raises(IndexError):
        tree.consistency_proof(hashes([b"a", b"b", b"c"]), size)
    assert not tree.grew(old_size=0, old_root=b"", size=3, new_root=b"", proof=[])
