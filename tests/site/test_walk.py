"""Who sees what: every address, as everyone, against the tables of docs/who-sees-what.md."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import pytest

from tests import cast
from tests.site import filled
from tests.site.accounts import with_app

ROLES: Final = {
    "anonymous": None,
    "observer": cast.ORGANISATION,
    "partner": cast.PARTNER,
    "delegate": cast.SPONSOR,
    "other group": cast.OBJECTOR,
    "chair": cast.CHAIR,
    "secretariat": "SEC",
}
EXAMPLES: Final = {
    "record/acts/<place>/": "record/acts/3/",
    "record/acts/<place>.tlog-proof": "record/acts/3.tlog-proof",
    "meetings/kinds/<id_>/": "meetings/kinds/summit/",
    "meetings/<slug>/": "meetings/meeting-public/",
    "processes/<slug>/": "processes/harbours/",
    "processes/<slug>/topics/<topic>/": "processes/process-public/topics/incidents/",
    "proposals/<slug>/": "proposals/proposal-public/",
    "decisions/<slug>/": "decisions/decision-public/",
    "countries/<slug>/": "countries/nor/",
    "exercise/<name>": "exercise/NOR.docx",
    "structures/institutions/<slug>/": "structures/institutions/odihr/",
    "structures/field-operations/<slug>/": "structures/field-operations/mission-kosovo/",
    "about/<id_>/": "about/finance/",
    "stories/<id_>/": "stories/corfu-process/",
    "account/password/reset/key/<uidb36>-<key>/": "account/password/reset/key/1-bad/",
    "account/2fa/webauthn/keys/<pk>/remove/": "account/2fa/webauthn/keys/1/remove/",
    "account/2fa/webauthn/keys/<pk>/edit/": "account/2fa/webauthn/keys/1/edit/",
}
IN_A_TEXT: Final = {"<slug>": "text-states", "<number>": "2", "<paragraph>": "p2", "<lang>": "fr", "<code>": "NOR"}
PLACES: Final = {"process": "processes", "proposal": "proposals", "meeting": "meetings", "decision": "decisions"}
LAST: Final = ("/<language>/account/2fa/totp/deactivate/", "/<language>/account/logout/")
"""Sent last: whoever sends these is no longer who they were."""

Answers = dict[str, tuple[str, ...]]


def patterns() -> list[str]:
    """Every address that the resolver knows, as the documentation writes it; each once, without its language."""
    from django.urls import get_resolver

    found = dict.fromkeys(_told(whole) for whole in _below(get_resolver()))
    return list(found)


def _below(resolver: Any, before: str = "") -> Iterator[str]:
    for one in resolver.url_patterns:
        here = before + str(one.pattern)
        if hasattr(one, "url_patterns"):
            yield from _below(one, here)
        else:
            yield here


def _told(pattern: str) -> str:
    named = re.sub(r"\(\?P(<\w+>)[^)]*\)|<\w+:(\w+)>", lambda found: found[1] or f"<{found[2]}>", pattern)
    plain = named.replace("^", "").replace("$", "")
    return f"/<language>/{plain.removeprefix('en/')}" if plain.startswith("en/") else f"/{plain}"


def address(pattern: str) -> str:
    """An address of this pattern that is there."""
    before, within, rest = pattern.partition("/<language>/")
    if rest.startswith("texts/"):
        return f"/en/{in_a_text(rest)}"
    return f"/en/{EXAMPLES.get(rest, rest)}" if within else before


def in_a_text(rest: str, slug: str = "text-states") -> str:
    """An address below a text that is there, from its pattern."""
    from corfu.negotiation.texts.models import Amendment

    filed = Amendment.objects.filter(text__slug=slug).first()
    for name, value in {**IN_A_TEXT, "<slug>": slug, "<id_>": str(filed and filed.pk)}.items():
        rest = rest.replace(name, value)
    return rest


def tables(root: Path) -> tuple[Answers, Answers, Answers]:
    """From the documentation: answers to GET, answers to POST, and what is seen of restricted rows."""
    text = (root / "docs" / "who-sees-what.md").read_text()
    parts = re.split(r"^## ", text, flags=re.MULTILINE)
    found = [_rows(part) for part in parts if re.search(r"^\| (Address|Row) \|", part, re.MULTILINE)]
    assert len(found) == 3
    return found[0], found[1], found[2]


def _rows(part: str) -> Answers:
    lines = [line.strip("| ").split(" | ") for line in part.splitlines() if line.startswith("|")][2:]
    rows = {cells[0].strip("`"): tuple(cell.strip() for cell in cells[1:]) for cells in lines}
    assert len(rows) == len(lines) and {len(row) for row in rows.values()} == {len(ROLES)}
    return rows


@pytest.fixture
def walkers(house: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, Any]]:
    """A client for each role, in a filled house that is served in earnest: no exercise, accounts with two factors."""
    from django.conf import settings
    from django.core.cache import cache
    from django.test import Client

    monkeypatch.setattr(settings, "CORFU_EXERCISE", False)
    filled.fill()
    persons = {role: f"{role.replace(' ', '-')}@example.org" for role in ROLES}
    yield {role: with_app(code, persons[role]) if code else Client() for role, code in ROLES.items()}
    cache.clear()


def test_every_page_answers_as_the_table_says(walkers: dict[str, Any], root: Path) -> None:
    get, _, _ = tables(root)
    answers = {pattern: _asked("get", walkers, pattern) for pattern in patterns()}
    assert answers == get


def test_whatever_is_sent_without_a_right_is_refused_and_changes_nothing(walkers: dict[str, Any], root: Path) -> None:
    _, post, _ = tables(root)
    with unchanged():
        ordinary = [pattern for pattern in patterns() if pattern not in LAST]
        answers = {pattern: _asked("post", walkers, pattern) for pattern in (*ordinary, *LAST)}
    refused = {"403", "404", "405"}
    assert {pattern: row for pattern, row in answers.items() if not set(row) <= refused} == post


@contextmanager
def unchanged() -> Iterator[None]:
    """No row and no act more or less afterwards."""
    from corfu.acts import rebuild, writer

    before, size = rebuild.contents(), writer.log().size
    yield
    assert (rebuild.contents(), writer.log().size) == (before, size)


def _asked(method: str, walkers: dict[str, Any], pattern: str) -> tuple[str, ...]:
    from django.core.cache import cache

    cache.clear()
    where = address(pattern)
    return tuple(str(getattr(walker, method)(where).status_code) for walker in walkers.values())


def test_restricted_rows_are_seen_by_whom_the_table_says_on_every_page(walkers: dict[str, Any], root: Path) -> None:
    """Each has its own page, or stands on its process's; nobody else finds a word of it anywhere."""
    _, _, seen = tables(root)
    marks = {f"{kind}, {layer}": filled.mark(kind, layer) for kind in filled.KINDS for layer in filled.LAYERS}
    marks["name of a person of Norvale's delegation"] = filled.CREDENTIAL
    everything = {role: _everything(walker) for role, walker in walkers.items()}
    found = {
        name: tuple("yes" if word in text else "no" for text in everything.values()) for name, word in marks.items()
    }
    assert found == seen


def _everything(walker: Any) -> str:
    """All that a reader can get: every address, and the address of every restricted row."""
    own = [f"/en/{PLACES[kind]}/{filled.slug(kind, layer)}/" for kind in PLACES for layer in filled.LAYERS]
    own += [f"/en/record/acts/{place}/" for place in _places()]
    below = [one.partition("/<language>/")[2] for one in patterns() if "/texts/<slug>/" in one]
    own += [f"/en/{in_a_text(one, filled.slug('text', layer))}" for one in below for layer in filled.LAYERS]
    texts = []
    for where in (*own, *map(address, patterns()), "/en/countries/fr/", "/en/?page=2"):
        response = walker.get(where)
        if response.status_code == 200:
            texts.append(response.content.decode(errors="replace"))
    return "".join(texts)


def _places() -> list[int]:
    from corfu.acts.models import Entry

    return list(
        Entry.objects.filter(kind__in=("process.open", "step.note", "proposal.table")).values_list("pk", flat=True)
    )


def test_below_a_text_that_one_may_not_read_nothing_is_answered(walkers: dict[str, Any], root: Path) -> None:
    """Its own address answers everybody, as the register does; those below it answer its readers alone."""
    _, _, seen = tables(root)
    below = [one.partition("/<language>/")[2] for one in patterns() if "/texts/<slug>/" in one]
    for layer in filled.LAYERS:
        said = seen[f"text, {layer}"]
        for one in below:
            where = f"/en/{in_a_text(one, filled.slug('text', layer))}"
            outside = [walker.get(where) for walker, sees in zip(walkers.values(), said, strict=True) if sees == "no"]
            expected = {200} if one.endswith("<slug>/") else {403, 405}
            assert {answer.status_code for answer in outside} <= expected, where


def test_who_is_no_administrator_accredits_nobody_and_ends_nothing(walkers: dict[str, Any]) -> None:
    from corfu.community.models import Credential

    given = {"email": "bo@norvale.example", "person": "Bo"}
    credential = {"credential": Credential.objects.get(participant=cast.SPONSOR).pk}
    with unchanged():
        for role, walker in walkers.items():
            if role != "secretariat":
                assert walker.post("/en/delegation/accredit/", given).status_code == 403, role
                assert walker.post("/en/delegation/end/", credential).status_code == 403, role


def test_what_one_may_not_read_is_not_there(walkers: dict[str, Any], root: Path) -> None:
    """The page of a restricted row answers as if there were none."""
    _, _, seen = tables(root)
    for kind, within in PLACES.items():
        for layer in filled.LAYERS:
            where = f"/en/{within}/{filled.slug(kind, layer)}/"
            answers = [walker.get(where).status_code for walker in walkers.values()]
            assert answers == [200 if said == "yes" else 404 for said in seen[f"{kind}, {layer}"]], where
