"""Changes made in the database behind the triggers' back are found and named. All 10,000: tests/acts/tamper.py."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from corfu.acts import start
from corfu.acts.audit import audit
from corfu.acts.home import read_key
from corfu.acts.sqlite import SCHEMA
from corfu.acts.store import link_of
from corfu.record import checkpoint, tree
from corfu.record.checkpoint import Checkpoint
from corfu.record.report import Fault
from tests.acts import cluster
from tests.acts.tamper import SIZE, Change, Tampered, changes, wrong
from tests.record.vectors import got


def problems(log: Tampered, count: int, seed: int) -> dict[str, str]:
    """What was not found, or named wrongly."""
    return {one.what: problem for one in changes(log, count, seed) if (problem := wrong(one, log.after(one)))}


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tampered]:
    """A good log of 1,000 acts."""
    made = Tampered(tmp_path_factory.mktemp("tampered"))
    yield made
    made.store.database.close()


@pytest.mark.slow
@pytest.mark.parametrize("seed", [101, 102, 103])
def test_every_random_change_is_found_and_named(log: Tampered, seed: int) -> None:
    assert log.found() is None
    assert problems(log, 100, seed) == {}
    assert log.found() is None


def test_a_signature_is_checked_even_where_all_hashes_were_made_to_fit(log: Tampered) -> None:
    """Whoever holds the log's key can change an act and sign a checkpoint anew, but not sign for its author."""
    key = got(read_key(log.home.key))
    place = SIZE - 1
    ((link,), (_,)) = log.rows("SELECT link FROM entries WHERE place >= ? ORDER BY place", (place - 1,))
    ((note,),) = log.rows("SELECT note FROM entries WHERE place = ?", (place,))
    at = note.rindex(b" ") + 20
    forged = note[:at] + (b"A" if note[at : at + 1] != b"A" else b"B") + note[at + 1 :]
    leaves = [tree.leaf_hash(row[0]) for row in log.rows("SELECT note FROM entries ORDER BY place")]
    leaves[place] = tree.leaf_hash(forged)
    head = got(checkpoint.sign(Checkpoint(key.verifier.name, SIZE, tree.root(leaves)), key))
    anew = "UPDATE entries SET note = ?, link = ? WHERE place = ?"
    changes = (
        (anew, (forged, link_of(link, SIZE, leaves[place]), place)),
        ("UPDATE checkpoints SET note = ? WHERE size = ?", (head, SIZE)),
        ("DELETE FROM cosignatures", ()),
    )
    with log.changed(Change("all but a signature", (place,), changes)):
        assert not isinstance(audit(log.store, log.log, head, {}, quick=True), Fault), "hashes alone do not show it"
        found = audit(log.store, log.log, head, {})
    assert isinstance(found, Fault)
    assert (found.what, found.index) == ("signature", place)


def test_an_erased_document_whose_salt_came_back_is_found(log: Tampered) -> None:
    """The salt alone would let anyone who guesses the words prove that they guessed right."""
    ((name, place),) = log.rows("SELECT commitment, place FROM documents WHERE erased IS NOT NULL")
    for column in ("salt", "document"):
        back = (f"UPDATE documents SET {column} = ? WHERE commitment = ?", (bytes(32), name))
        found = log.after(Change("", (place,), (back,)))
        assert found is not None
        assert (found.what, found.index) == ("document", place)


def test_a_log_that_was_changed_is_not_opened_for_writing(log: Tampered) -> None:
    log.rows("DROP TRIGGER entries_delete")
    try:
        refused = start.open_log(log.home.folder)
        assert "entries_delete is missing (database); put the newest good copy of the database back" in str(refused)
    finally:
        log.rows(SCHEMA["entries_delete"])


def test_changes_are_found_in_postgresql_too(postgresql: str, tmp_path: Path) -> None:
    """A part of them: 2,000 by `python -m tests.acts.tamper 2000 --postgresql`."""
    log = Tampered(tmp_path, cluster.fresh_schema(postgresql))
    try:
        assert log.found() is None
        assert problems(log, 60, 104) == {}
        assert log.found() is None
    finally:
        log.store.database.close()
