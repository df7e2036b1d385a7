"""The tree in memory gives what the pure tree gives."""

import hashlib

from corfu.acts.hashes import Hashes
from corfu.record import tree
from tests.record.vectors import got


def test_roots_and_proofs_of_every_size_are_those_of_the_pure_tree() -> None:
    hashes, leaves = Hashes(), []
    assert hashes.root_at(0) == tree.EMPTY_ROOT
    for size in range(1, 140):
        leaves.append(hashlib.sha256(b"%d" % size).digest())
        hashes.append(leaves[-1])
        assert hashes.root_at(size) == tree.root(leaves)
        proofs = [hashes.proof(index, size) for index in range(size)]
        assert proofs == [got(tree.inclusion_proof(index, size, hashes.read)) for index in range(size)]
    assert hashes.proof(5, 9) == got(tree.inclusion_proof(5, 9, hashes.read)), "of an earlier tree too"
    assert [hashes.root_at(size) for size in range(140)] == [tree.root(leaves[:size]) for size in range(140)]
    assert hashes.leaves == leaves
