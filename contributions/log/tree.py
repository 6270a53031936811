"""Merkle trees as RFC 6962 defines them (section 2.1): root, proof that a leaf is in, proof that a tree only grew.

Pure: bytes in, bytes out. A list of leaves is a list of their hashes.
"""

from collections.abc import Iterable, Sequence
from functools import reduce
from hashlib import sha256

LEAF, NODE = b"\x00", b"\x01"
HASH_BYTES = 32
Hashes = Sequence[bytes]


def leaf_hash(data: bytes) -> bytes:
    return sha256(LEAF + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return sha256(NODE + left + right).digest()


def root(leaves: Hashes) -> bytes:
    """The tree's hash. Pairs level by level; an odd one out moves up as it is: the same tree as the RFC's."""
    if not leaves:
        return sha256(b"").digest()
    level = list(leaves)
    while len(level) > 1:
        odd = [level.pop()] if len(level) % 2 else []
        level = [node_hash(level[n], level[n + 1]) for n in range(0, len(level), 2)] + odd
    return level[0]


def roots_at(leaves: Hashes, sizes: Iterable[int]) -> dict[int, bytes]:
    """The roots of the tree as it was at these sizes, in one walk over the leaves."""
    wanted = {size for size in sizes if 0 <= size <= len(leaves)}
    found = {0: root([])} if 0 in wanted else {}
    whole: list[tuple[int, bytes]] = []  # complete subtrees from left to right: how many leaves, and their root
    for size, leaf in enumerate(leaves, 1):
        whole.append((1, leaf))
        while len(whole) > 1 and whole[-1][0] == whole[-2][0]:
            (number, right), (_, left) = whole.pop(), whole.pop()
            whole.append((2 * number, node_hash(left, right)))
        if size in wanted:
            found[size] = reduce(lambda right, part: node_hash(part[1], right), reversed(whole[:-1]), whole[-1][1])
    return found


def split(size: int) -> int:
    """The largest power of two smaller than `size`: how many leaves hang on the left."""
    return 1 << (size - 1).bit_length() - 1


def inclusion_proof(leaves: Hashes, number: int) -> list[bytes]:
    """The hashes that lead from leaf `number` up to the root."""
    if not 0 <= number < len(leaves):
        raise IndexError("no such leaf")
    proof: list[bytes] = []
    part, place = list(leaves), number
    while len(part) > 1:
        middle = split(len(part))
        if place < middle:
            proof.append(root(part[middle:]))
            part = part[:middle]
        else:
            proof.append(root(part[:middle]))
            part, place = part[middle:], place - middle
    return proof[::-1]


def includes(leaf: bytes, *, number: int, size: int, proof: Hashes, expected: bytes) -> bool:
    """Whether the proof leads from this leaf to the expected root of a tree of `size` leaves."""
    if not 0 <= number < size:
        return False
    place, last, found = number, size - 1, leaf
    for sibling in proof:
        if last == 0:
            return False
        if place & 1 or place == last:
            found = node_hash(sibling, found)
            while place and not place & 1:
                place, last = place >> 1, last >> 1
        else:
            found = node_hash(found, sibling)
        place, last = place >> 1, last >> 1
    return last == 0 and found == expected


def consistency_proof(leaves: Hashes, old_size: int) -> list[bytes]:
    """The hashes that show that the first `old_size` leaves are still there, unchanged and in order."""
    if not 0 < old_size <= len(leaves):
        raise IndexError("no such tree")
    proof: list[bytes] = []
    part, size, is_whole = list(leaves), old_size, True
    while size != len(part):
        middle = split(len(part))
        if size <= middle:
            proof.append(root(part[middle:]))
            part = part[:middle]
        else:
            proof.append(root(part[:middle]))
            part, size, is_whole = part[middle:], size - middle, False
    if not is_whole:
        proof.append(root(part))
    return proof[::-1]


def grew(*, old_size: int, old_root: bytes, size: int, new_root: bytes, proof: Hashes) -> bool:
    """Whether the proof shows that the second tree begins with the first."""
    if not 0 < old_size <= size:
        return False
    if old_size == size:
        return not proof and old_root == new_root
    place, last = old_size - 1, size - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    hashes = list(proof) if place else [old_root, *proof]
    if not hashes:
        return False
    old = new = hashes[0]
    for sibling in hashes[1:]:
        if last == 0:
            return False
        if place & 1 or place == last:
            old, new = node_hash(sibling, old), node_hash(sibling, new)
            while place and not place & 1:
                place, last = place >> 1, last >> 1
        else:
            new = node_hash(new, sibling)
        place, last = place >> 1, last >> 1
    return last == 0 and old == old_root and new == new_root
