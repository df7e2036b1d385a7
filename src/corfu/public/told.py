"""What every public page says the same way: standing with source and note, the way back."""

from collections.abc import Iterable
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext

from corfu.acts import telling
from corfu.acts.telling import fact
from corfu.profiles.dated import Dated
from corfu.profiles.participants import Chair
from corfu.profiles.profile import Profile
from corfu.profiles.standing import Sourced, Standing

Row = dict[str, Any]

UNKNOWN: Final = "–"


def sure(one: Sourced) -> Row:
    """How well a row is known, and from where: `named` is a source that has no address."""
    return {
        "standing": str(one.standing),
        "source": one.url,
        "named": "" if one.url else one.source,
        "note": telling.text(one.note),
    }


def known(one: Sourced) -> list[dict[str, str]]:
    """The last lines of a table of facts: what a careful reader should know, and how well the row is known."""
    said, row = telling.text(one.note), sure(one)
    how = {
        Standing.CONFIRMED: gettext("Seen in the source."),
        Standing.RECALLED: gettext("From memory: not yet seen in a source."),
        Standing.UNCERTAIN: gettext("Sources leave it open."),
        Standing.SEED: gettext("It stands on the page that this project began from."),
        Standing.NOT_FOUND: gettext("Looked for, not yet read."),
        Standing.INVENTED: gettext("Invented, for the exercise."),
    }[one.standing]
    named = f"{how} {row['named']}".strip()
    marked = row["standing"] if one.standing in {Standing.RECALLED, Standing.UNCERTAIN} else ""
    last = fact(gettext("How it is known"), named, standing=marked, source=one.url)
    return [*([fact(gettext("Worth knowing"), said.text, lang=said.lang)] if said.text else []), last]


def stretch(first: Dated | None, last: Dated | None) -> str:
    """From when to when, as far as both are known."""
    if first and last:
        return telling.when(f"{first}/{last}")
    if first:
        return gettext("since %(date)s") % {"date": telling.when(str(first))}
    return gettext("until %(date)s") % {"date": telling.when(str(last))} if last else UNKNOWN


def crumbs(*above: tuple[str, str], here: str) -> list[Row]:
    """The way back: name and view of each page above, then this one."""
    return [*({"name": name, "url": reverse(view)} for name, view in above), {"name": here, "url": ""}]


def person(chair: Chair) -> str:
    """Who chaired, as the page's language writes the name; several with a comma between."""
    return telling.text(chair.person).text.replace("; ", ", ")


def term(chair: Chair, profile: Profile, places: dict[tuple[str, str], int]) -> Row:
    """A term in the chair. `places`: the acts that began terms, by office and first day."""
    office = profile.office(chair.office)
    return {
        "id": f"{chair.office}-{chair.first}",
        "year": chair.year,
        "when": telling.when(f"{chair.first}/{chair.last}"),
        "first": str(chair.first),
        "office": telling.text(office.name),
        "url": f"{reverse('public:chairpersonship')}#{chair.office}-{chair.first}",
        "state": telling.participant(chair.state),
        "person": person(chair),
        **telling.act_of(places.get((chair.office, str(chair.first)))),
        **sure(chair),
    }


def numbered(rows: Iterable[Row]) -> list[Row]:
    """The notes of rows, each once; gives the rows the number of theirs as `remark`."""
    notes: dict[str, Row] = {}
    for row in rows:
        if (note := row["note"]).text:
            found = notes.setdefault(note.text, {"number": len(notes) + 1, "note": note})
            row["remark"] = found["number"]
    return list(notes.values())
