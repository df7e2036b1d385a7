"""How the house says no: a value with a code, the facts and the rule cited; the sentence is translated at the edge."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from corfu.record.refusal import Refused

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why an act is not done. Nothing was changed.

    `code`: for programs, stable. `rule`: the id of the rule in the profile, or a rule of the house. `sentence`: cause
    and way out, lazily translated, with `%(name)s` for the facts. `status`: the HTTP status it is answered with.
    """

    code: str
    rule: str
    sentence: "StrOrPromise"
    facts: Mapping[str, str] = field(default_factory=dict)
    status: int = 409

    def __str__(self) -> str:
        """The sentence in the language of now, its facts in it."""
        return str(self.sentence) % self.facts


def from_record(refused: Refused) -> Refusal:
    """What the record refuses, as the house says it; the record speaks English."""
    return Refusal(refused.code, refused.rule, str(refused).replace("%", "%%"), status=400)
