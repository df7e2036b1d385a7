"""Changes made in the database behind the triggers' back are found and named. All 10,000: tests/acts/tamper.py."""

from collections.abc import Iterator

import pytest

from corfu.acts import start
from tests.acts.tamper import SIZE, Tampered, changes, wrong


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tampered]:
    """A good log of 1,000 acts."""
    made = Tampered(tmp_path_factory.mktemp("tampered"))
    yield made
    made.connection.close()


@pytest.mark.slow
@pytest.mark.parametrize("seed", [101, 102, 103])
def test_every_random_change_is_found_and_named(log: Tampered, seed: int) -> None:
    assert log.found() is None
    bad = {change.what: problem for change in changes(log, 100, seed) if (problem := wrong(change, log.after(change)))}
    assert bad == {}
    assert log.found() is None


def test_a_signature_is_checked_even_where_all_hashes_were_made_to_fit(log: Tampered) -> None:
    """Whoever holds the log's key can change an act and sign a checkpoint anew, but not sign for its author."""
    from corfu.acts.audit import audit
    from corfu.acts.home import read_key
    from corfu.acts.store import link_of
    from corfu.record import checkpoint, tree
    from corfu.record.checkpoint import Checkpoint
    from corfu.record.report import Fault
    from tests.record.vectors import got

    key = got(read_key(log.home.key))
    place = SIZE - 1
    ((note, before),) = log.rows(
        "SELECT note, (SELECT link FROM entries WHERE place = ?) FROM entries WHERE place = ?", (place - 1, place)
    )
    at = note.rindex(b" ") + 20
    forged = note[:at] + (b"A" if note[at : at + 1] != b"A" else b"B") + note[at + 1 :]
    leaves = [tree.leaf_hash(row[0]) for row in log.rows("SELECT note FROM entries ORDER BY place")]
    leaves[place] = tree.leaf_hash(forged)
    head = got(checkpoint.sign(Checkpoint(key.verifier.name, SIZE, tree.root(leaves)), key))
    log.connection.execute("BEGIN")
    try:
        for trigger in ("entries_update", "checkpoints_update"):
            ((text,),) = log.rows("SELECT sql FROM sqlite_master WHERE name = ?", (trigger,))
            log.connection.execute(f"DROP TRIGGER {trigger}")
            if trigger.startswith("entries"):
                link = link_of(before, SIZE, leaves[place])
                log.rows("UPDATE entries SET note = ?, link = ? WHERE place = ?", (forged, link, place))
            else:
                log.rows("UPDATE checkpoints SET note = ? WHERE size = ?", (head, SIZE))
            log.connection.execute(text)
        assert not isinstance(audit(log.store, log.log, head, {}, quick=True), Fault), "hashes alone do not show it"
        found = audit(log.store, log.log, head, {})
    finally:
        log.connection.execute("ROLLBACK")
    assert isinstance(found, Fault)
    assert (found.what, found.index) == ("signature", place)


def test_a_log_that_was_changed_is_not_opened_for_writing(log: Tampered) -> None:
    log.connection.execute("DROP TRIGGER entries_delete")
    try:
        refused = start.open_log(log.home.folder)
        assert "entries_delete is missing (database); put the newest good copy of the database back" in str(refused)
    finally:
        from corfu.acts.sqlite import SCHEMA

        log.connection.execute(SCHEMA["entries_delete"])
