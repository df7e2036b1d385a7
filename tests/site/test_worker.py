"""The worker: witnesses cosign what a server that runs meanwhile has signed."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from corfu.acts import cosigned, witness
from corfu.record.refusal import Refused
from tests import cast


@pytest.fixture
def watching(tmp_path: Path, house: Path) -> witness.Witness:
    from corfu.acts import writer

    folder = tmp_path / "witness"
    made = witness.new_witness(folder, "witness.example/ost", [writer.log().verifier.vkey])
    assert not isinstance(made, Refused)
    opened = witness.open_witness(folder)
    assert not isinstance(opened, Refused)
    return opened


def test_a_witness_is_asked_while_the_server_writes(
    house: Path, watching: witness.Witness, monkeypatch: pytest.MonkeyPatch
) -> None:
    from corfu.acts import queries, writer
    from corfu.site import worker

    assert list(worker.announce()) == ["there is no witness to ask"]
    assert cosigned.trust(writer.home(), watching.signer.verifier.vkey, "http://witness.example/") is None
    now = int(datetime(2026, 11, 23, tzinfo=UTC).timestamp())

    def post(address: str, body: bytes) -> tuple[int, bytes]:
        answer = watching.answer(body, now)
        return answer.status, answer.body

    monkeypatch.setattr(witness, "post", post)
    cast.process()
    size = writer.log().size
    assert list(worker.announce()) == ["witness.example/ost: 1 new cosignatures"]
    head = queries.head()
    assert head is not None and head.size == size
    assert head.cosigned == [("witness.example/ost", now)]
    cast.done("proposal.table", cast.proposal(), by=cast.SPONSOR)
    assert list(worker.announce()) == ["witness.example/ost: 1 new cosignatures"]
    assert writer.log().size == size + 1
    writer.close()
    assert writer.log().size == size + 1, "and the log opens with its witnesses' heads"
