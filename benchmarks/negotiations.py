"""Rows of many negotiations for measuring their pages: texts with all their versions and amendments.

They are put into the tables directly, since only reading is measured: twenty thousand acts would take minutes. One
text, "big", has 200 paragraphs and the brackets of a hard week; the others are short, and as old as it is.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import count
from typing import Any, Final

from benchmarks.generate import Negotiation, negotiation
from corfu.wording import plain
from corfu.wording.compile import compile
from corfu.wording.model import Amendment, Paragraph
from corfu.wording.rolling import counts

BIG: Final = "big"
BRACKETS: Final = 500
_AT: Final = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
_PLACES: Final = count(1_000_000)


def fill(texts: int, versions: int, amendments: int) -> dict[str, int]:
    """Fill the installation that Django was started on, which holds the demonstration; gives what there is then."""
    from corfu.negotiation.texts import models

    big = negotiation(11, paragraphs=200, words=10_000, delegations=57, amendments=3_400, language="en")
    _enter(BIG, big, versions)
    each = max((amendments - len(big.amendments)) // max(texts - 1, 1), 1)
    small = [negotiation(n, paragraphs=20, words=800, delegations=57, amendments=each) for n in range(4)]
    for n in range(1, texts):
        _enter(f"text-{n}", small[n % len(small)], versions)
    brackets = sum(1 for _ in compile(big.version()).spans())
    return {
        "texts": models.Text.objects.count(),
        "versions": models.Revision.objects.count(),
        "amendments": models.Amendment.objects.count(),
        "paragraphs": len(big.paragraphs),
        "brackets": brackets,
    }


def _enter(slug: str, made: Negotiation, versions: int) -> None:
    from corfu.negotiation.texts import models

    text = models.Text.objects.create(
        slug=slug, process="incidents", organisation="exercise", body="council", symbol=slug.upper(), number=versions,
        kind="draft-decision", lang="en", touched=next(_PLACES), place=next(_PLACES), layer="states", dated="2026",
        words={"en": {"title": f"Draft decision {slug}"}}, first=date(2026, 1, 1), last=date(2026, 12, 31),
    )  # fmt: skip
    paragraphs = [replace(one, id=f"p{n}") for n, one in enumerate(made.paragraphs)]
    renamed = {one.id: f"p{n}" for n, one in enumerate(made.paragraphs)}
    models.Revision.objects.bulk_create(_revisions(text, paragraphs, made, versions))
    wishes = [(f"{slug}-{n}", one) for n, one in enumerate(made.amendments)]
    rows = [
        models.Amendment(id=id_, text=text, author=one.by[0], number=versions, place=next(_PLACES), at=_AT)
        for id_, one in wishes
    ]
    models.Amendment.objects.bulk_create(rows)
    behind = [(id_, code) for id_, one in wishes for code in one.by]
    models.Supporter.objects.bulk_create(
        models.Supporter(amendment_id=id_, participant=code, place=next(_PLACES)) for id_, code in behind
    )
    models.Standing.objects.bulk_create(
        models.Standing(amendment_id=id_, text=text, number=versions, acts=list(_acts(one, renamed, id_)))
        for id_, one in wishes
    )
    models.Translation.objects.bulk_create(
        models.Translation(
            text=text, lang="ru", paragraph=one.id, words=one.text, standing="official", follows=versions - n % 3,
            author="SEC", place=next(_PLACES),
        )
        for n, one in enumerate(paragraphs)
    )  # fmt: skip


def _revisions(text: Any, paragraphs: list[Paragraph], made: Negotiation, versions: int) -> Iterator[Any]:
    """Every paragraph becomes another one in every tenth version."""
    from corfu.negotiation.texts import models

    open_ = counts(compile(made.version()))
    counted = {name: getattr(open_, name) for name in open_.__slots__}
    for number in range(1, versions + 1):
        since = {one.id: [1, *range(2 + n % 10, number + 1, 10)] for n, one in enumerate(paragraphs)}
        told = [replace(one, text=_as_of(one, since[one.id][-1], versions)) for one in paragraphs]
        stands = number == versions
        yield models.Revision(
            text=text, number=number, place=next(_PLACES), closed=None if stands else next(_PLACES), at=_AT,
            author="LUM", sha256="0" * 64, paragraphs=list(map(plain.paragraph_to, paragraphs if stands else told)),
            since=since, counts={} if stands else counted,
        )  # fmt: skip


def _as_of(paragraph: Paragraph, number: int, versions: int) -> str:
    return paragraph.text if number > versions - 10 else paragraph.text.replace(" the ", f" the Rev.{number} ", 1)


def _acts(one: Amendment, renamed: dict[str, str], id_: str) -> Iterator[dict[str, Any]]:
    """An amendment's acts, its paragraphs named as the text's are; new ones by their amendment."""
    for n, act in enumerate(one.acts):
        told = plain.act_to(act)
        for name in {"paragraph", "after"} & told.keys():
            if isinstance(told[name], str):
                told[name] = renamed[told[name]]
        if told["act"] == "insert":
            told["paragraph"]["id"] = f"n{id_}-{n}"
        yield told
