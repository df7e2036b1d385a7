"""The file with the last signed checkpoint: what a torn write, a swap of files and an overlong name do to it."""

from pathlib import Path

import pytest

from corfu.acts.lock import SLOT, create, open_lock, read_head
from corfu.record import checkpoint
from corfu.record.checkpoint import Checkpoint
from tests.record.logs import LOG, STRANGER
from tests.record.vectors import ORIGIN, got

KEY = LOG.verifier


def signed(size: int) -> bytes:
    return got(checkpoint.sign(Checkpoint(ORIGIN, size, bytes([size]) * 32), LOG))


def test_the_last_checkpoint_is_read_back_whichever_slot_it_is_in(tmp_path: Path) -> None:
    path = tmp_path / "checkpoint"
    create(path, signed(1)).close()
    for size in range(2, 8):
        lock = got(open_lock(path, KEY))
        lock.write(signed(size))
        lock.close()
        assert read_head(path, KEY) == signed(size)
    assert path.stat().st_size == 2 * SLOT


def test_a_write_that_a_crash_tore_leaves_the_one_before(tmp_path: Path) -> None:
    path = tmp_path / "checkpoint"
    lock = create(path, signed(1))
    lock.write(signed(2))
    lock.close()
    whole = path.read_bytes()
    later = signed(3).ljust(SLOT, b"\n")
    for torn in range(len(signed(3))):
        path.write_bytes(later[:torn] + whole[torn:])  # the third goes where the first was
        if path.read_bytes()[:SLOT] == later:
            break  # only bytes that are the same in both were left
        assert read_head(path, KEY) == signed(2)
        lock = got(open_lock(path, KEY))
        lock.write(signed(4))
        lock.close()
        assert read_head(path, KEY) == signed(4)
        assert signed(2) in path.read_bytes()


def test_what_the_logs_key_has_not_signed_is_no_head(tmp_path: Path) -> None:
    path = tmp_path / "checkpoint"
    create(path, signed(1)).close()
    assert "has signed" in str(read_head(path, STRANGER.verifier))
    path.write_bytes(b"")
    assert "has signed" in str(open_lock(path, KEY))
    path.unlink()
    assert "is missing" in str(open_lock(path, KEY))


def test_a_file_that_was_replaced_under_the_writer_is_noticed(tmp_path: Path) -> None:
    path = tmp_path / "checkpoint"
    lock = create(path, signed(1))
    (tmp_path / "other").write_bytes(path.read_bytes())
    (tmp_path / "other").rename(path)
    with pytest.raises(OSError, match="replaced"):
        lock.write(signed(2))
    lock.close()


def test_a_checkpoint_that_has_no_room_is_not_cut(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="shorter name"):
        create(tmp_path / "checkpoint", b"x" * (SLOT + 1))
