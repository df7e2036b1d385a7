"""Checks a log with aics-tlog (PyPI): `python check_aics.py FOLDER`; FOLDER is as for check.go."""

import json
import sys
from base64 import b64decode
from pathlib import Path

from aics_tlog import (  # type: ignore[import-not-found]
    FileSystemTileReader,
    audit_tiles,
    parse_checkpoint,
    parse_note,
    parse_vkey,
    read_entry,
    verify_checkpoint,
    verify_consistency,
    verify_leaf_inclusion,
    verify_note,
)


def main(folder: Path) -> None:
    """Print how many of each were right; an assertion fails at the first that is not."""
    known, proofs = (json.loads((folder / name).read_text()) for name in ("known.json", "proofs.json"))
    witnesses = [parse_vkey(vkey) for vkey in known["witnesses"]]
    note = parse_note((folder / "bundle" / "checkpoint").read_bytes())
    found = verify_checkpoint(note, parse_vkey(known["log"]), witnesses, quorum=len(witnesses))
    assert found.ok, found.error
    head = parse_checkpoint(note.text)
    reader = FileSystemTileReader(folder / "bundle")
    audited = audit_tiles(reader, head.size, head.root)
    acts = [parse_vkey(vkey) for vkey in known["acts"]]
    for index, proof in enumerate(proofs["records"]):
        entry = read_entry(reader, index, head.size)
        assert verify_note(parse_note(entry), acts), index
        assert verify_leaf_inclusion(entry, index, head.size, [b64decode(one) for one in proof], head.root), index
    for older in proofs["trees"]:
        proof = [b64decode(one) for one in older["proof"]]
        assert verify_consistency(older["old"], head.size, b64decode(older["root"]), head.root, proof), older["old"]
    counts = {
        "checkpoint": 1,
        "cosignatures": found.cosignature_count,
        "tiles": audited.tiles,
        "entry bundles": audited.bundles,
        "acts": len(proofs["records"]),
        "inclusion proofs": len(proofs["records"]),
        "consistency proofs": len(proofs["trees"]),
    }
    sys.stdout.write(json.dumps(counts) + "\n")


main(Path(sys.argv[1]))
