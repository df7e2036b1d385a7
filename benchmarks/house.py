"""A large house for measuring pages: the demonstration, thirty years of meetings, five thousand decisions.

Everything is entered by acts, in batches: the same form, rules of the log and effects as by `perform`.
"""

import secrets
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from typing import Any, Final

NOW: Final = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
YEARS: Final = range(1996, 2026)
DECISIONS: Final = 5_000
BATCH: Final = 250
LANGUAGES: Final = ("en", "fr", "de", "it", "ru", "es")

Act = tuple[str, dict[str, Any]]


def fill(decisions: int = DECISIONS) -> int:
    """Fill the installation that Django was started on; gives the number of acts."""
    from corfu.acts.models import Entry
    from corfu.site import demo

    demo.fill(NOW)
    enter([*meetings(), *adopted(decisions)])
    return Entry.objects.count()


def enter(acts: Iterable[Act]) -> None:
    """Append acts of the secretariat, many at a time."""
    left = iter(acts)
    while batch := list(islice(left, BATCH)):
        _append(batch)


def _append(batch: list[Act]) -> None:
    from corfu.acts import effect, writer
    from corfu.acts.log import Accepted, Submission
    from corfu.record import act

    with writer.DOOR:
        log, key = writer.log(), writer.signer("SEC")
        assert key is not None
        prev, notes = log.prev("SEC"), []
        for kind, payload in batch:
            members = {
                **payload, "act": kind, "at": "2026-11-23T09:00:00Z", "author": "SEC", "id": secrets.token_hex(8),
                "log": log.origin, "prev": prev, "seen": log.seen(),
            }  # fmt: skip
            note = act.build(members, key)
            assert isinstance(note, bytes), str(note)
            parsed = act.parse(note)
            assert isinstance(parsed, act.Act)
            prev = parsed.hash
            notes.append(Submission(note))
        results = log.append(notes, within=lambda one, place: effect.apply(one, place, {}))
        assert all(isinstance(one, Accepted) for one in results), str(results[0])


def meetings() -> Iterator[Act]:
    """A Permanent Council and a Forum each week, and the yearly conferences."""
    kinds = [("pc-plenary", "permanent-council", 7), ("fsc-plenary", "forum-security-cooperation", 7)]
    kinds += [("asrc", "permanent-council", 365), ("eef", "economic-environmental-forum", 365)]
    for kind, body, every in kinds:
        day, number = date(YEARS[0], 1, 4), 1
        while day.year <= YEARS[-1]:
            yield "meeting.call", {
                "slug": f"{kind}-{number}", "organisation": "osce", "body": body, "kind": kind, "number": number,
                "dated": str(day), "words": words(f"Meeting {number}"), "fact": FACT,
            }  # fmt: skip
            day, number = day + timedelta(days=every), number + 1


def adopted(count: int) -> Iterator[Act]:
    """Decisions of the Permanent Council, evenly over the years."""
    step = timedelta(days=365 * len(YEARS) / max(count, 1))
    for number in range(1, count + 1):
        day = date(YEARS[0], 1, 4) + step * number
        yield "decision.adopt", {
            "slug": f"pc-dec-{number}", "organisation": "osce", "kind": "decision", "body": "permanent-council",
            "symbol": f"PC.DEC/{number}", "dated": str(day), "words": words(f"Decision No. {number}"), "fact": FACT,
        }  # fmt: skip


FACT: Final = {"source": "", "standing": "uncertain"}


def words(title: str) -> dict[str, dict[str, str]]:
    """A title in six languages."""
    return {lang: {"title": f"{title} ({lang})"} for lang in LANGUAGES}
