"""Countries and organisations as the templates take them."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final, NamedTuple

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from corfu.acts import telling
from corfu.acts.telling import fact
from corfu.formats.svg import NARROW, Tile, tile_map
from corfu.profiles.participants import Kind, Participant
from corfu.profiles.profile import Profile
from corfu.public import told
from corfu.public.told import Row
from corfu.site_languages import OWN_NAMES

_SHORT: Final = 3
_BESIDE: Final = 768
"""Width of the map beside its legend."""


class Found(NamedTuple):
    """A participant and the organisation it takes part in."""

    profile: Profile
    one: Participant


def find(slug: str) -> Found | None:
    """A participant by its name in addresses, of the house first, else of an exercise."""
    for organisation in settings.CORFU_PROFILES:
        profile = telling.profile(organisation)
        try:
            return Found(profile, profile.participant(slug))
        except KeyError:
            continue
    return None


class Group(NamedTuple):
    """Participants that are listed together, in the order of the page's language."""

    id: str
    name: str
    members: tuple[Participant, ...]


def groups(profile: Profile, on: date) -> list[Group]:
    """States, then each group of partners, the organisations, and the States that no longer take part."""
    lang = telling.language()
    found = [Group("states", gettext("Participating States"), profile.in_order(lang))]
    now = [one for one in profile.partners if not one.until or on <= one.until.last]
    for chosen in (now, profile.organisations):
        for id_ in dict.fromkeys(one.group for one in chosen):
            members = profile.in_order(lang, [one for one in chosen if one.group == id_])
            found.append(Group(id_, group_name(profile, id_), members))
    if profile.former:
        found.append(Group("former", gettext("No longer participating"), profile.in_order(lang, profile.former)))
    return found


def group_name(profile: Profile, id_: str) -> str:
    """How a group of partners or organisations is called."""
    return telling.text(profile.label("group", id_)).text or id_


def listed(profile: Profile, on: date) -> list[Row]:
    """The groups, for the page that lists them all."""
    return [
        {
            "id": group.id,
            "name": group.name,
            "count": len(group.members),
            "countries": [_line(one, profile) for one in group.members],
        }
        for group in groups(profile, on)
    ]


def _line(one: Participant, profile: Profile) -> Row:
    short = len(one.code) <= _SHORT
    note = told.stretch(one.admitted, one.until) if one.until else years_in_chair(one, profile)
    return {
        "code": one.code if short else "",
        "name": telling.text(one.name),
        "url": reverse("public:country", args=[one.slug]),
        "note": note if short else one.code,
    }


def years_in_chair(one: Participant, profile: Profile) -> str:
    """The years of a State in the office that has a troika: "chair 2008, 2025"."""
    years = [str(chair.year) for chair in profile.chairs_of(one.code) if profile.office(chair.office).troika][:6]
    main = main_years(one, profile)
    return gettext("chair %(years)s") % {"years": ", ".join(map(str, main))} if main and years else ""


def main_years(one: Participant, profile: Profile) -> list[int]:
    """The years of a State in the first office of the organisation."""
    office = main_office(profile)
    return [chair.year for chair in profile.chairs_of(one.code) if chair.office == office]


def main_office(profile: Profile) -> str:
    """The office that stands for the organisation: the first with a troika."""
    return next((office.id for office in profile.offices if office.troika), "")


def map_of_all(profile: Profile, on: date) -> Row:
    """The map of States and partners, wide and for phones."""
    title = gettext("Map of participating States and partners")
    words = gettext("One tile for each; the list below says the same in words.")
    tiles = [_tile(one, profile, on) for group in groups(profile, on) for one in group.members if not one.until]
    return {
        "map": tile_map(tiles, title, words, _BESIDE),
        "map_narrow": tile_map(tiles, title, words, NARROW),
    }


def _tile(one: Participant, profile: Profile, on: date) -> Tile:
    chairs = on.year in main_years(one, profile)
    kind = "chair" if chairs else "state" if one.kind == Kind.STATE else "partner"
    note = gettext("in the chair this year") if chairs else ""
    return Tile(one.code, one.name.get(telling.language()), _url(one), kind, "", note)


def map_of_one(found: Found) -> str:
    """Where one participant stands among the States; nothing where the map has no tile for it."""
    title = gettext("Where it is on the map")
    everyone = [one for one in found.profile.states if one.code != found.one.code]
    lang = telling.language()
    pale = [Tile(one.code, one.name.get(lang), _url(one), "pale") for one in everyone]
    own = Tile(found.one.code, found.one.name.get(lang), "", "chair")
    alone = tile_map([own], "", "", NARROW)
    return tile_map([*pale, own], title, "", NARROW) if found.one.code in alone else ""


def _url(one: Participant) -> str:
    return reverse("public:country", args=[one.slug])


def standing_of(found: Found) -> str:
    """What a participant is: "Participating State", the name of its group."""
    profile, one = found
    if one in profile.former:
        return gettext("Former participating State")
    if one.kind == Kind.STATE:
        return gettext("Participating State")
    return group_name(profile, one.group) if one.group else gettext("Organization")


def lede(found: Found) -> str:
    """A participant in a sentence or two."""
    profile, one = found
    parts = []
    if one.admitted and one.until:
        parts.append(gettext("Took part %(span)s.") % {"span": told.stretch(one.admitted, one.until)})
    elif one.admitted:
        since = {"date": telling.when(str(one.admitted))}
        parts.append((_since_state() if one.kind == Kind.STATE else gettext("A partner since %(date)s.")) % since)
    if years := main_years(one, profile):
        named = " · ".join(map(str, years))
        parts.append(ngettext("In the chair in %(years)s.", "In the chair in %(years)s.", len(years)) % {"years": named})
    return " ".join(parts)


def _since_state() -> str:
    return gettext("A participating State since %(date)s.")
