"""How the record says no: a value that names the rule, never an exception.

One pattern everywhere in this room. A parser or maker returns `T | Refused`; a checker that has nothing to hand back
returns `Refused | None`, where None says that nothing is wrong.
"""

from dataclasses import dataclass
from typing import Final

_SHOWN: Final = 48


@dataclass(frozen=True, slots=True)
class Refused:
    """Why something is not accepted.

    `code`: for programs, such as "note.signature", stable. `rule`: the rule and its source, such as
    "RFC 8785 §3.2.3: members are sorted". `detail`: the cause and the way out, a clause in English without a full stop.
    """

    code: str
    rule: str
    detail: str

    def __str__(self) -> str:
        """One sentence for a person: the cause, the way out and the rule."""
        return f"{self.detail[:1].upper()}{self.detail[1:]} (rule: {self.rule})."


def excerpt(value: object) -> str:
    """What a refusal quotes of a hostile input: in quotes, in ASCII, on one line, cut after 48 characters."""
    if isinstance(value, bytes):
        value = value[: _SHOWN * 4].decode(errors="backslashreplace")
    try:
        whole = str(value)
    except ValueError:  # Python does not write out a number of thousands of digits
        whole = type(value).__name__
    text = ascii(whole[:_SHOWN])
    return text if len(whole) <= _SHOWN and len(text) <= _SHOWN else text[:_SHOWN] + "…"
