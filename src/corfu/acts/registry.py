"""The kinds of acts: each topic registers its own when its app is loaded, and nothing else can be done.

A kind has a form (`fields`), a rule (may it be done now?) and an effect (`apply`). The rule sees the actor and the
instant; the effect sees nothing but the act, the documents it commits to and the rows so far: so replaying the record
gives the same rows.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from corfu.acts.actor import Actor
from corfu.acts.fields import Field
from corfu.acts.refusals import Refusal
from corfu.record.act import RESERVED

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

Payload = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Applied:
    """An act that is in the record, as effects see it. `index`: its place. `documents`: what they say, by commitment;
    those that were erased are absent."""

    index: int
    kind: str
    at: str
    author: str
    id: str
    payload: Payload
    documents: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Document:
    """Words that an act commits to and that lie outside of the record. `kind`: what it is, such as "credential"."""

    kind: str
    layer: str
    lang: str
    content: bytes


Rule = Callable[[Actor, Payload, datetime], Refusal | None]
Reading = Callable[[Actor, Payload, Sequence[Document]], Refusal | None]
Effect = Callable[[Applied], None]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of act. `who`, `rules`: for its page in the documentation. `about`: the address of what it concerns.

    `reads`: the rule for the documents that the act commits to, asked after `check` has said yes; a kind without it
    takes none but those that its own room gives it.
    """

    name: str
    summary: "StrOrPromise"
    who: "StrOrPromise"
    rules: tuple[str, ...]
    fields: Mapping[str, Field]
    check: Rule
    apply: Effect
    about: Callable[[Payload], str] = lambda _: ""
    reads: Reading | None = None


_KINDS: Final[dict[str, Kind]] = {}


def register(kind: Kind) -> Kind:
    """Add a kind; a name is given once."""
    if kind.name in _KINDS:
        raise ValueError(f"{kind.name} is registered twice")
    if taken := RESERVED & kind.fields.keys():
        raise ValueError(f"{kind.name} has a member that every act has: {min(taken)}")
    _KINDS[kind.name] = kind
    return kind


def kind_of(name: str) -> Kind | None:
    """The kind of this name."""
    return _KINDS.get(name)


def kinds() -> list[Kind]:
    """All kinds by name."""
    return [_KINDS[name] for name in sorted(_KINDS)]
