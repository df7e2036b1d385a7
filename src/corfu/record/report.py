"""What an audit says: a value, as JSON, and as text for people. Other verifiers of our bundles say the same."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

from corfu.record.wire import base64

VERIFIED: Final = 0
FALSE: Final = 1
UNREADABLE: Final = 2

BUNDLE: Final = "bundle"
WORDS: Final = (
    BUNDLE, "checkpoint", "cosignature", "tree", "act", "key", "signature", "chain", "seen", "since", "document",
)  # fmt: skip
"""What can be false, in the order in which an audit looks."""

CHECKS: Final = (
    "files", "checkpoint", "cosignatures", "entries", "tiles", "acts", "signatures", "chain", "seen", "since",
    "documents",
)  # fmt: skip
"""What is counted, in its order: files read; the checkpoint; cosignatures; entries that hash to their leaves; tiles;
acts in their form by keys that could then sign; signatures of acts; acts that name their author's previous act, and
that name a true head; the older checkpoint; documents that are what was committed to."""

_HEADLINES: Final = {VERIFIED: "VERIFIED", FALSE: "FALSE", UNREADABLE: "CANNOT BE READ"}


class Fault(NamedTuple):
    """The first false thing. `what`: one of WORDS. `index`, `act`: the entry and its kind, where it has them."""

    what: str
    why: str
    index: int | None = None  # type: ignore[assignment]  # hides tuple.index, which nobody asks of a fault
    act: str | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """The result of an audit. `counts`: how many of each of CHECKS were found true before the first false thing."""

    verdict: int
    counts: Mapping[str, int]
    fault: Fault | None = None
    origin: str | None = None
    size: int | None = None
    root: bytes | None = None
    not_checked: tuple[str, ...] = ()

    def as_json(self) -> str:
        """The report for programs, in version 1 of its form; a newline ends it."""
        fault = self.fault
        value = {
            "corfu_verify": 1,
            "verdict": self.verdict,
            "origin": self.origin,
            "size": self.size,
            "root": None if self.root is None else base64(self.root),
            "checks": [{"what": what, "count": self.counts[what]} for what in CHECKS if what in self.counts],
            "false": fault and {"what": fault.what, "index": fault.index, "act": fault.act, "why": fault.why},
            "not_checked": list(self.not_checked),
        }
        return json.dumps(value, indent=1) + "\n"

    def as_text(self) -> str:
        """The report for people."""
        lines = [_HEADLINES[self.verdict]]
        if self.fault:
            lines.append(f"first false: {_place(self.fault)}{self.fault.what}. {self.fault.why}")
        if self.root is not None:
            lines += [f"origin: {json.dumps(self.origin)}", f"size: {self.size}", f'root: "{base64(self.root)}"']
        lines += [f"{self.counts[what]:>12} {what}" for what in CHECKS if what in self.counts]
        lines += [f"not checked: {one}" for one in self.not_checked]
        return "\n".join(lines) + "\n"


def _place(fault: Fault) -> str:
    """Where the false thing is: "entry 512 (amendment.file), "."""
    return "" if fault.index is None else f"entry {fault.index} ({str(fault.act)[:48]}), "
