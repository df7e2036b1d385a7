"""Countries and organisations as the templates take them."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final, NamedTuple

from django.urls import reverse
from django.utils.translation import get_language_info, gettext

from corfu.acts import telling
from corfu.acts.once import once
from corfu.acts.telling import fact
from corfu.formats.svg import NARROW, Tile, tile_map
from corfu.formats.svg.places import place
from corfu.profiles.participants import Kind, Participant
from corfu.profiles.profile import Profile
from corfu.public import told
from corfu.public.told import Row

_map = once(tile_map)
_BESIDE: Final = 768
"""Width of the map beside its legend."""


class Found(NamedTuple):
    """A participant and the organisation it takes part in."""

    profile: Profile
    one: Participant


def find(slug: str) -> Found | None:
    """A participant by its name in addresses, of the house first, else of an exercise."""
    for profile in telling.all_profiles():
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


def groups(profile: Profile, on: date) -> tuple[Group, ...]:
    """States, then each group of partners, the organisations, and the States that no longer take part."""
    return _groups(profile.id, on)


@once  # sorting names takes longer than anything else on these pages
def _groups(organisation: str, on: date) -> tuple[Group, ...]:
    profile, lang = telling.profile(organisation), telling.language()
    found = [Group("states", gettext("Participating States"), profile.in_order(lang))]
    now = [one for one in profile.partners if not one.until or on <= one.until.last]
    for chosen in (now, profile.organisations):
        for id_ in dict.fromkeys(one.group for one in chosen):
            members = profile.in_order(lang, [one for one in chosen if one.group == id_])
            found.append(Group(id_, group_name(profile, id_), members))
    if profile.former:
        found.append(Group("former", gettext("No longer participating"), profile.in_order(lang, profile.former)))
    return tuple(found)


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
    note = _years(one) if one.until else years_in_chair(one, profile)
    return {
        "code": one.code.replace("-", "\N{NON-BREAKING HYPHEN}"),
        "name": telling.text(one.name),
        "url": reverse("public:country", args=[one.slug]),
        "note": note,
    }


def _years(one: Participant) -> str:
    return "–".join(str(each.first.year) for each in (one.admitted, one.until) if each)


def years_in_chair(one: Participant, profile: Profile) -> str:
    """The years of a State in the main office: "chair 2008, 2025"."""
    years = main_years(one, profile)
    return gettext("chair %(years)s") % {"years": ", ".join(map(str, years))} if years else ""


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
    tiles = tuple(_tile(one, profile, on) for group in groups(profile, on) for one in group.members if not one.until)
    return {"map": _map(tiles, title, words, _BESIDE), "map_narrow": _map(tiles, title, words, NARROW)}


def _tile(one: Participant, profile: Profile, on: date) -> Tile:
    chairs = on.year in main_years(one, profile)
    kind = "chair" if chairs else "state" if one.kind == Kind.STATE else "partner"
    note = gettext("in the chair this year") if chairs else ""
    return Tile(one.code, one.name.get(telling.language()), _url(one), kind, "", note)


def map_of_one(found: Found) -> str:
    """Where one participant stands among the States; nothing where the map has no tile for it."""
    return _map_of_one(found.profile.id, found.one.code)


@once
def _map_of_one(organisation: str, code: str) -> str:
    if place(code, narrow=True) is None:
        return ""
    profile, lang = telling.profile(organisation), telling.language()
    pale = [Tile(one.code, one.name.get(lang), _url(one), "pale") for one in profile.states if one.code != code]
    here = Tile(code, profile.participant(code).name.get(lang), "", "chair")
    return tile_map([*pale, here], gettext("Where it is on the map"), "", NARROW)


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
    if one.until:
        parts.append(gettext("Took part %(span)s.") % {"span": told.stretch(one.admitted, one.until)})
    elif one.admitted:
        state, partner = gettext("Takes part since %(date)s."), gettext("A partner since %(date)s.")
        parts.append((state if one.kind == Kind.STATE else partner) % {"date": telling.when(str(one.admitted))})
    if years := main_years(one, profile):
        parts.append(gettext("In the chair in %(years)s.") % {"years": ", ".join(map(str, years))})
    return " ".join(parts).replace("..", ".")  # a Russian date ends in a full stop of its own


def facts(found: Found) -> list[dict[str, str]]:
    """What is known of a participant in a line each."""
    profile, one = found
    known = {"standing": str(one.standing), "source": one.url}
    rows = []
    if one.admitted:
        since, first = telling.when(str(one.admitted)), telling.machine(str(one.admitted))
        rows.append(fact(gettext("Takes part since"), since, first=first, **known))
    if one.until:
        until, first = telling.when(str(one.until)), telling.machine(str(one.until))
        rows.append(fact(gettext("Took part until"), until, first=first, **known))
    if one.group:
        group = f"{reverse('public:countries')}#{one.group}"
        rows.append(fact(gettext("Group"), group_name(profile, one.group), url=group, **({} if rows else known)))
    rows.append(fact(gettext("Code"), " · ".join(filter(None, [one.code, one.iso3]))))
    rows += _as_partner(found)
    note = telling.text(one.note)
    return [*rows, *([fact(gettext("Worth knowing"), note.text, lang=note.lang)] if note.text else [])]


def _as_partner(found: Found) -> list[dict[str, str]]:
    """A State that was a partner before."""
    profile, one = found
    return [
        fact(
            gettext("Before that, a partner"),
            told.stretch(before.admitted, before.until),
            standing=str(before.standing),
            source=before.url,
        )
        for before in profile.partners
        if before.code == one.code and before is not one
    ]


def names(one: Participant, languages: Iterable[str]) -> list[Row]:
    """Its name in each language, under that language's own name."""
    return [
        {"lang": lang, "language": get_language_info(lang)["name_local"].capitalize(), "name": one.name.get(lang)}
        for lang in languages
        if lang in one.name
    ]


def neighbours(found: Found, on: date) -> dict[str, Row | None]:
    """The participants before and after it in its group, in the alphabet of the page."""
    for group in groups(found.profile, on):
        if found.one in group.members:
            at = group.members.index(found.one)
            before, after = group.members[:at][-1:], group.members[at + 1 :][:1]
            return {"previous": _neighbour(before), "next": _neighbour(after)}
    return {"previous": None, "next": None}


def _neighbour(one: Sequence[Participant]) -> Row | None:
    return {"name": telling.text(one[0].name), "url": _url(one[0])} if one else None
