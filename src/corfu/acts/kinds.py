"""The acts that carry the record itself: its opening, and erasure."""

from datetime import datetime
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from corfu.acts.actor import Actor
from corfu.acts.fields import Field
from corfu.acts.refusals import Refusal
from corfu.acts.registry import Applied, Kind, Payload, register

_HASHES: Final = Field(lambda value: isinstance(value, list) and bool(value), _("a list of commitments"))
_ANY: Final = Field(lambda value: isinstance(value, str), _("a key"))


def only_secretariat(actor: Actor, _payload: Payload, _now: datetime) -> Refusal | None:
    """The rule of acts by which the secretariat keeps the registers."""
    if actor.is_secretariat:
        return None
    return Refusal("act.secretariat", "house.registrar", _("Only the secretariat does this."), status=403)


def _never(_actor: Actor, _payload: Payload, _now: datetime) -> Refusal | None:
    return Refusal("log.opened", "house.record", _("A record is opened once, when it is made."))


def nothing(_applied: Applied) -> None:
    """The effect of acts that change the record and no row."""


def _no_address(_payload: Any) -> str:
    return "record/"


register(
    Kind(
        "log.open",
        _("The record begins: it names the registrar's key and its own."),
        _("secretariat"),
        ("house.record",),
        {"key": _ANY, "log_key": _ANY},
        _never,
        nothing,
        _no_address,
    )
)
register(
    Kind(
        "erasure.record",
        _("Documents and their salts were destroyed; what remains is that they existed."),
        _("secretariat, or who committed to them"),
        ("house.erasure",),
        {"commitments": _HASHES},
        only_secretariat,
        nothing,
        _no_address,
    )
)
