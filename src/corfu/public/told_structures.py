"""The chair, institutions, field operations and bodies as the templates take them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from corfu.acts import telling
from corfu.acts.once import once
from corfu.acts.telling import fact
from corfu.formats.svg import (
    NARROW,
    WIDE,
    Node,
    Tile,
    YearTile,
    chairs_by_year,
    organisation_chart,
    tile_map,
)
from corfu.formats.svg.places import KOSOVO
from corfu.profiles.participants import Troika
from corfu.profiles.procedure import Body
from corfu.profiles.profile import Profile
from corfu.profiles.structures import FieldOperation, Institution
from corfu.public import told
from corfu.public.told import Row

_map, _strip = once(tile_map), once(chairs_by_year)
_OWN_PAGES: Final = {
    "parliamentary": "public:parliamentary-assembly",
    "treaty": "public:court",
    "chair": "public:chairpersonship",
}
"""Kinds of institutions that have a page of their own."""

_TILES: Final = {"pristina": KOSOVO}
"""Seats in places that the map draws no State for."""


def troika(found: Troika) -> list[Row]:
    """Last year's chair, this year's and next year's; `state` is None where the profile does not know it yet."""
    roles = (
        (gettext("Outgoing chair"), found.previous),
        (gettext("Chair"), found.current),
        (gettext("Incoming chair"), found.next),
    )
    return [
        {"role": role, "known": chair is not None}
        | ({"state": telling.participant(chair.state), "year": str(chair.year), **told.sure(chair)} if chair else {})
        for role, chair in roles
    ]


def strip(rows: Sequence[Row], now: Troika) -> Row:
    """The terms drawn as tiles, ten to a row."""
    roles = {now.previous: "previous", now.current: "current", now.next: "next"}
    years = {chair.year: role for chair, role in roles.items() if chair}
    tiles = tuple(
        YearTile(row["year"], row["state"].code, row["state"].name, f"#{row['id']}", years.get(row["year"], ""))
        for row in rows
    )
    title, words = gettext("The chair, year by year"), gettext("One tile for each year; the table below says the same.")
    return {
        "strip": _strip(tiles, title, words, WIDE),
        "strip_narrow": _strip(tiles, title, words, NARROW),
    }


def institution_url(one: Institution) -> str:
    """Where an institution is told of."""
    view = _OWN_PAGES.get(one.kind)
    return reverse(view) if view else reverse("public:institution", args=[one.id])


def institution(one: Institution, profile: Profile) -> Row:
    """An institution in a list."""
    return {
        "name": telling.text(one.name),
        "url": institution_url(one),
        "kind": telling.text(profile.label("institution", one.kind)).text or one.kind,
        "seat": telling.text(one.seat.name) if one.seat else "",
        "since": told.stretch(one.established, None) if one.established else "",
        **told.sure(one),
    }


def institution_facts(one: Institution) -> list[dict[str, str]]:
    """What is known of an institution in a line each."""
    rows = []
    if one.seat:
        rows.append(fact(gettext("Seat"), telling.text(one.seat.name)))
    if one.established:
        rows.append(_date(gettext("Established"), str(one.established)))
    return [*rows, *told.known(one)]


def _date(name: str, known: str) -> dict[str, str]:
    return fact(name, telling.when(known), first=telling.machine(known))


def posts(unit: str, profile: Profile) -> list[Row]:
    """The leading posts of an institution or field operation: posts, not people."""
    return [
        {
            "title": telling.text(one.title),
            "url": telling.address(f"about/leadership/#{one.id}"),
            "kind": telling.text(profile.label("post", one.kind)).text,
            **told.sure(one),
        }
        for one in profile.posts
        if one.unit == unit
    ]


def series(unit: str, profile: Profile) -> list[Row]:
    """The documents that an institution issues, by their symbols."""
    return [
        {"series": one.series, "example": one.example, "kind": telling.text(one.kind), **told.sure(one)}
        for one in profile.symbols
        if one.unit == unit
    ]


def operation(one: FieldOperation) -> Row:
    """A field operation in a list."""
    return {
        "name": telling.text(one.name),
        "url": reverse("public:field-operation", args=[one.id]),
        "host": telling.participant(one.host) if one.host else None,
        "seat": telling.text(one.seat.name) if one.seat else "",
        "open": one.open,
        "when": _span(one),
        "first": str(one.established or one.ended or ""),
        "decision": str(one.decision),
        **told.sure(one),
    }


def _span(one: FieldOperation) -> str:
    if one.open or one.ended or not one.established:
        return told.stretch(one.established, one.ended)
    return gettext("from %(date)s, end not known") % {"date": telling.when(str(one.established))}


def operation_facts(one: FieldOperation) -> list[dict[str, str]]:
    """What is known of a field operation in a line each."""
    rows = []
    if one.host:
        host = telling.participant(one.host)
        rows.append(fact(gettext("Host"), host.name, url=host.url))
    if one.seat:
        rows.append(fact(gettext("Seat"), telling.text(one.seat.name)))
    if one.established:
        rows.append(_date(gettext("Established"), str(one.established)))
    if one.ended:
        rows.append(_date(gettext("Ended"), str(one.ended)))
    if one.decision:
        rows.append(fact(gettext("Set up by"), str(one.decision)))
    return [*rows, *told.known(one)]


def map_of(operations: Iterable[FieldOperation], profile: Profile, *, wide: int = WIDE) -> Row:
    """Where field operations work, or worked: each tile leads to the first of them."""
    at: dict[str, list[FieldOperation]] = {}
    for one in sorted(operations, key=lambda one: not one.open):
        at.setdefault(one.host or _TILES.get(one.seat.id if one.seat else "", ""), []).append(one)
    tiles = [_tile(state.code, telling.text(state.name).text, at.get(state.code, [])) for state in profile.states]
    if KOSOVO in at:
        tiles.append(_tile(KOSOVO, telling.text(at[KOSOVO][0].name).text, at[KOSOVO][:1]))
    drawn = tuple(tiles), gettext("Where field operations work"), gettext("The table below says the same in words.")
    return {"map": _map(*drawn, wide), "map_narrow": _map(*drawn, NARROW)}


def _tile(code: str, name: str, there: Sequence[FieldOperation]) -> Tile:
    if not there:
        return Tile(code, name, "", "pale")
    note = ", ".join(dict.fromkeys(telling.text(one.name).text for one in there))
    kind = "strong" if there[0].open else "state"
    return Tile(code, name, reverse("public:field-operation", args=[there[0].id]), kind, "", note)


@once
def chart(organisation: str) -> Mapping[str, str]:
    """The organisation drawn from its bodies, institutions and field operations."""
    profile = telling.profile(organisation)
    roots = [_bodies(profile), *_units(profile)]
    title, words = gettext("How it hangs together"), gettext("The table below says the same in words.")
    return {
        "chart": organisation_chart(roots, title, words, WIDE),
        "chart_narrow": organisation_chart(roots, title, words, NARROW),
    }


def _bodies(profile: Profile) -> Node:
    number = len(profile.states)
    name = ngettext("%(number)d participating State", "%(number)d participating States", number) % {"number": number}
    tops = [_body(one, profile) for one in profile.bodies if not one.parent]
    return Node(name, gettext("decide by consensus"), reverse("public:countries"), "decides", tops)


def _body(one: Body, profile: Profile) -> Node:
    below = [_body(each, profile) for each in profile.bodies if each.parent == one.id]
    kind = "decides" if one.decides else ""
    return Node(telling.text(one.name).text, telling.text(one.level).text, body_url(one), kind, below)


def _units(profile: Profile) -> list[Node]:
    houses = [
        Node(
            telling.text(one.name).text,
            telling.text(one.seat.name).text if one.seat else "",
            institution_url(one),
        )
        for one in sorted(profile.institutions, key=lambda one: one.kind != "chair")
    ]
    fields = [
        Node(telling.text(one.name).text, "", reverse("public:field-operation", args=[one.id]))
        for one in profile.field_operations
        if one.open
    ]
    named = (
        (gettext("Chair and institutions"), "public:institutions", houses),
        (gettext("Field operations"), "public:field-operations", fields),
    )
    return [Node(name, "", reverse(view), "", below) for name, view, below in named if below]


def body_url(one: Body) -> str:
    """Where a body is told of: how it decides."""
    return telling.address(f"about/bodies/#{one.id}")


def bodies(profile: Profile) -> list[Row]:
    """The bodies, for the table behind the chart."""
    names = {one.id: telling.text(one.name) for one in profile.bodies}
    return [
        {
            "name": names[one.id],
            "url": body_url(one),
            "under": names.get(one.parent, ""),
            "level": telling.text(one.level),
            "decides": one.decides,
            **told.sure(one),
        }
        for one in profile.bodies
    ]
