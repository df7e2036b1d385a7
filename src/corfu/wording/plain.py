"""Values of the text under negotiation as plain ones (dictionaries, lists, text, numbers) and back: for documents.

`…_from` raise `UnreadableError`, whose message is one sentence, for whatever `…_to` did not make.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict
from enum import StrEnum
from typing import Any, Final, TypeVar

from corfu.wording.advance import Change
from corfu.wording.model import (
    Act,
    Delete,
    Edit,
    Insert,
    Kind,
    Move,
    Paragraph,
    Reserve,
    ReserveKind,
)
from corfu.wording.points import Choice, Choosing, PointKind

Plain = dict[str, Any]
_LONGEST: Final = 20_000
_Named = TypeVar("_Named", bound=StrEnum)


class UnreadableError(ValueError):
    """A value that is none of ours; the message says which part."""


def paragraph_to(paragraph: Paragraph) -> Plain:
    """id, text, kind, level, label."""
    return asdict(paragraph)


def paragraph_from(value: object) -> Paragraph:
    """The paragraph of `paragraph_to`."""
    given = _members(value, "a paragraph", {"id", "text", "kind", "level", "label"})
    kind = _one_of(Kind, given["kind"], "a paragraph’s kind")
    return Paragraph(
        _text(given["id"], 64),
        _text(given["text"]),
        kind,
        _count(given["level"]),
        _text(given["label"], 40, empty=True),
    )


def paragraphs_from(value: object) -> tuple[Paragraph, ...]:
    """A list of paragraphs."""
    return tuple(map(paragraph_from, _list(value, "paragraphs")))


def act_to(act: Act) -> Plain:
    """An act by its name ("edit", "insert", "delete", "move", "reserve") and members."""
    return {"act": type(act).__name__.lower(), **asdict(act)}


def acts_from(value: object) -> tuple[Act, ...]:
    """The acts of an amendment, in order; one at least."""
    return tuple(map(_act_from, _list(value, "acts")))


def _act_from(value: object) -> Act:
    name = value.get("act") if isinstance(value, Mapping) else None
    read = _ACTS.get(str(name))
    if read is None:
        raise UnreadableError(f"there is no act {str(name)[:40]!r} in an amendment")
    assert isinstance(value, Mapping)
    return read({key: one for key, one in value.items() if key != "act"})


def _edit_from(value: object) -> Edit:
    given = _members(value, "an edit", {"paragraph", "start", "end", "text"})
    words = _text(given["text"], empty=True)
    return Edit(_text(given["paragraph"], 64), _count(given["start"]), _count(given["end"]), words)


def _insert_from(value: object) -> Insert:
    given = _members(value, "a new paragraph", {"after", "paragraph"})
    return Insert(_place(given["after"]), paragraph_from(given["paragraph"]))


def _delete_from(value: object) -> Delete:
    return Delete(_text(_members(value, "a deletion", {"paragraph"})["paragraph"], 64))


def _move_from(value: object) -> Move:
    given = _members(value, "a move", {"paragraph", "after"})
    return Move(_text(given["paragraph"], 64), _place(given["after"]))


def _reserve_from(value: object) -> Reserve:
    given = _members(value, "a reservation", {"paragraph", "kind", "on"})
    kind = _one_of(ReserveKind, given["kind"], "a reservation’s kind")
    return Reserve(_text(given["paragraph"], 64), kind, _text(given["on"], 400, empty=True))


_ACTS: Final[Mapping[str, Callable[[object], Act]]] = {
    "edit": _edit_from,
    "insert": _insert_from,
    "delete": _delete_from,
    "move": _move_from,
    "reserve": _reserve_from,
}


def choices_to(choices: Mapping[str, Choice]) -> Plain:
    """Dispositions by the key of their point."""
    return {key: {**asdict(one), "draws_on": list(one.draws_on)} for key, one in choices.items()}


def choices_from(value: object) -> dict[str, Choice]:
    """The dispositions of `choices_to`."""
    if not isinstance(value, Mapping) or len(value) > 20_000:
        raise UnreadableError("dispositions are given by the keys of their points")
    return {_text(key, 200): _choice_from(one) for key, one in value.items()}


def _choice_from(value: object) -> Choice:
    given = _members(value, "a disposition", {"how", "variant", "text", "draws_on"})
    drawn = tuple(map(_count, _list(given["draws_on"], "variants", empty=True)))
    how = _one_of(Choosing, given["how"], "a disposition")
    return Choice(how, _count(given["variant"]), _text(given["text"], empty=True), drawn)


def change_to(change: Change) -> Plain:
    """A difference between two versions with its source and its authority."""
    return {**asdict(change), "source": list(change.source), "by": list(change.by)}


def change_from(value: Plain) -> Change:
    """The change of `change_to`; our own rows alone are read by it."""
    given = {**value, "kind": PointKind(value["kind"]), "source": tuple(value["source"]), "by": tuple(value["by"])}
    return Change(**given)


def _members(value: object, what: str, names: set[str]) -> Mapping[str, object]:
    if not isinstance(value, Mapping) or value.keys() != names:
        raise UnreadableError(f"{what} has the members {', '.join(sorted(names))}, and no other")
    return value


def _list(value: object, what: str, *, empty: bool = False) -> Iterable[object]:
    if not isinstance(value, list) or not (value or empty) or len(value) > 5_000:
        raise UnreadableError(f"{what} are a list, of 5,000 at most")
    return value


def _text(value: object, longest: int = _LONGEST, *, empty: bool = False) -> str:
    if not isinstance(value, str) or not (value.strip() or empty) or len(value) > longest:
        raise UnreadableError(f"a text is missing, or longer than {longest} characters")
    return value


def _place(value: object) -> str | None:
    return None if value is None else _text(value, 64)


def _count(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < 2**31:
        raise UnreadableError("a number is missing, or is no whole number")
    return value


def _one_of(names: type[_Named], value: object, what: str) -> _Named:
    try:
        return names(str(value))
    except ValueError:
        raise UnreadableError(f"{what} cannot be {str(value)[:40]!r}") from None
