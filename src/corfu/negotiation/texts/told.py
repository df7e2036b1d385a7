"""How much of a text is open, its versions, what differs between two of them: as templates take it."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext, pgettext

from corfu.acts import telling
from corfu.formats.svg import NARROW, WIDE, Bar, bar_chart
from corfu.negotiation.texts import told_acts
from corfu.negotiation.texts.models import Revision
from corfu.negotiation.texts.state import State
from corfu.wording import plain
from corfu.wording.advance import Change, Disposition
from corfu.wording.labels import addresses, label_of, typed_label
from corfu.wording.points import PointKind

Row = dict[str, Any]


def share(counted: dict[str, int]) -> float:
    """How much of a text is in brackets, from 0 to 1, by `Revision.counts`."""
    return counted["words_contested"] / counted["words"] if counted.get("words") else 0.0


def openness(now: dict[str, int], before: float | None) -> Row:
    """The line at the head of a text."""
    return {
        "open": now["open"],
        "paragraphs": now["paragraphs"],
        "brackets": now["spans"],
        "share": round(100 * share(now)),
        "was": None if before is None else round(100 * before),
    }


def versions(revisions: Sequence[Revision], now: dict[str, int], slug: str) -> list[Row]:
    """Every version, the latest first: when, by which act, how much was open at its end."""
    rows = [_version(one, one.counts or now, slug) for one in revisions]
    return rows[::-1]


def _version(one: Revision, open_: dict[str, int], slug: str) -> Row:
    return {
        "number": one.number,
        "url": reverse("texts:version", args=[slug, one.number]),
        "at": telling.instant(one.at.timestamp()),
        "first": one.at.isoformat(),
        "by": telling.participant(one.author).name,
        "open": openness(open_, None),
        "stands": one.closed is None,
        "compare": f"{reverse('texts:compare', args=[slug])}?from={one.number - 1}&to={one.number}",
        "concordance": reverse("texts:concordance", args=[slug, one.number]),
        **telling.act_of(one.place),
    }


def chart(revisions: Iterable[Revision], now: dict[str, int]) -> dict[str, Any]:
    """How much was open at the end of each version, drawn."""
    bars = [Bar(f"Rev.{one.number}", round(100 * share(one.counts or now))) for one in revisions]
    title = gettext("Share of words in brackets")
    said = gettext("In per cent, at the end of each version; for the last one, now.")
    return {
        "svg": bar_chart(bars, title, said, WIDE),
        "narrow": bar_chart(bars, title, said, NARROW),
        "caption": f"{title}. {said}",
        "heads": [gettext("Version"), gettext("Per cent")],
        "rows": [[bar.name, str(bar.count)] for bar in bars],
    }


# What differs


def compared(old: Revision, new: Revision, between: Sequence[Revision], slug: str) -> list[Row]:
    """Every paragraph of two versions beside each other; where they differ, by whose proposal and by which act."""
    before, after = plain.paragraphs_from(old.paragraphs), plain.paragraphs_from(new.paragraphs)
    made = _by_paragraph(between)
    texts, ids = {one.id: one.text for one in before}, {one.id for one in after}
    names = addresses((label_of(one), one.kind) for one in after)
    rows: list[Row] = []
    for one, name in zip(after, names, strict=True):
        row = _row(one.id, name, texts.get(one.id, ""), one.text, made.get(one.id, ()), slug)
        rows.append(row | {"new": one.id not in texts})
    above = ""
    for one in before:
        if one.id not in ids:
            row = _row(one.id, label_of(one), one.text, "", made.get(one.id, ()), slug) | {"gone": True}
            rows.insert(next((n for n, each in enumerate(rows, start=1) if each["id"] == above), 0), row)
        above = one.id
    return rows


def _by_paragraph(revisions: Iterable[Revision]) -> dict[str, list[Change]]:
    """The changes by which these versions came to be. What a broken paragraph left behind is its first part's."""
    found: dict[str, list[Change]] = {}
    for revision in revisions:
        for one in map(plain.change_from, revision.changes):
            for id_ in revision.heirs.get(one.paragraph, [one.paragraph]):
                found.setdefault(id_, []).append(one)
    return found


def _row(id_: str, name: str, old: str, new: str, changes: Iterable[Change], slug: str) -> Row:
    differs = old != new or any(one.kind is PointKind.MOVE for one in changes)
    return {
        "id": id_,
        "name": name,
        "url": reverse("texts:paragraph", args=[slug, id_]),
        "pieces": _numberless(
            told_acts.marks(old, new) if old != new else [{"text": told_acts.shown(new), "mark": ""}]
        ),
        "differs": differs,
        "changes": [change(one, slug) for one in changes] if differs else [],
    }


def _numberless(pieces: list[Row]) -> list[Row]:
    """The words without the number typed before them, which stands beside them; one that changed stays in its mark."""
    if not pieces or (pieces[0]["mark"] and len(pieces) > 1):
        return pieces
    first = pieces[0]["text"]
    return [pieces[0] | {"text": first[typed_label(first)[1] :]}, *pieces[1:]]


def change(one: Change, slug: str) -> Row:
    """One change: whose proposal it is, whether the chair worded it, the act that made it so."""
    return {
        "old": one.old.strip(),
        "new": one.new.strip(),
        "what": _KINDS[one.kind](),
        "by": [{"code": code, "name": telling.participant(code).name} for code in one.by],
        "amendments": [reverse("texts:amendment", args=[slug, id_]) for id_ in one.source],
        "chair": one.chair,
        **telling.act_of(int(one.authority)),
    }


_KINDS = {
    PointKind.SPAN: lambda: gettext("Words"),
    PointKind.DELETE: lambda: gettext("Paragraph deleted"),
    PointKind.INSERT: lambda: gettext("New paragraph"),
    PointKind.MOVE: lambda: gettext("Paragraph moved"),
}


def unaccounted(rows: Iterable[Row]) -> list[Row]:
    """Paragraphs that differ and of which no change says why: there must be none."""
    return [row for row in rows if row["differs"] and not row["changes"]]


# What became of it

_FATES = {
    Disposition.TAKEN: lambda: pgettext("an amendment", "taken"),
    Disposition.TAKEN_WITH_CHANGES: lambda: pgettext("an amendment", "taken with changes"),
    Disposition.STILL_BRACKETED: lambda: pgettext("an amendment", "still in brackets"),
    Disposition.LAPSED: lambda: pgettext("an amendment", "lapsed"),
    Disposition.WITHDRAWN: lambda: pgettext("an amendment", "withdrawn"),
}
TAGS = {
    Disposition.TAKEN: "tag-done",
    Disposition.TAKEN_WITH_CHANGES: "tag-done",
    Disposition.STILL_BRACKETED: "tag-open",
    Disposition.LAPSED: "tag-gone",
    Disposition.WITHDRAWN: "tag-gone",
}


def fate(outcome: dict[str, str]) -> Row:
    """What became of an act, by `Standing.outcomes`: in words, and with the mark of its kind."""
    disposition = Disposition(outcome["disposition"])
    waits = outcome.get("rebased") == "contested"
    name = pgettext("an amendment", "waits for its sponsor") if waits else _FATES[disposition]()
    return {"name": name, "tag": "tag-open" if waits else TAGS[disposition]}


def concordance(new: Revision, before: State) -> list[Row]:
    """Old paragraph to new paragraph, with what became of every act on it."""
    slug = before.text.slug
    fates: dict[str, list[Row]] = {}
    for filed in before.filed.values():
        for act, outcome in zip(filed.acts, filed.standing.outcomes, strict=False):
            told = {
                "by": told_acts.parties(before.text, filed.by),
                "url": reverse("texts:amendment", args=[slug, filed.row.pk]),
                "act": told_acts.act(act, before),
                "fate": fate(outcome),
            }
            fates.setdefault(outcome["paragraph"], []).append(told)
    called = dict(zip((one["id"] for one in new.paragraphs), _names(new), strict=True))
    rows = [_pair(row, before, called, fates) for row in new.concordance if row[0] or row[2]]
    return [*rows, *({"old": "", "new": [], "outcomes": rest} for rest in fates.values())]


def _names(revision: Revision) -> list[str]:
    return addresses((label_of(one), one.kind) for one in plain.paragraphs_from(revision.paragraphs))


def _pair(row: list[Any], before: State, called: dict[str, str], fates: dict[str, list[Row]]) -> Row:
    old, _old_label, new, _new_labels = row
    slug = before.text.slug
    key = old or new[0]
    return {
        "old": told_acts.named(before, old) if old else "",
        "url": reverse("texts:paragraph", args=[slug, key]),
        "new": [called.get(id_) or "¶" for id_ in new],
        "outcomes": fates.pop(key, []),
        "open": bool(old and not new),
    }
