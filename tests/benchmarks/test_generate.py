"""The generator: what it says of its negotiations holds, and its Word files say what they should."""

from collections import Counter
from pathlib import Path

import pytest

from benchmarks.generate import CONTESTED, REPEATS, Negotiation, negotiation
from benchmarks.phrases import LANGUAGES
from benchmarks.word_files import as_word
from corfu.formats.word.returned import base_of, returned, shown
from corfu.formats.word.views import read
from corfu.wording.apply import apply
from corfu.wording.compile import compile
from corfu.wording.model import Edit, Insert, Kind, Reserve
from corfu.wording.rebase import Rebasing, rebase
from corfu.wording.rolling import project
from corfu.wording.tokens import words


@pytest.fixture(scope="module")
def asked() -> Negotiation:
    return negotiation(7, delegations=57, amendments=2_000)


def small(seed: int, language: str = "en") -> Negotiation:
    return negotiation(seed, paragraphs=30, words=1_200, delegations=6, amendments=60, language=language)


def test_the_same_seed_gives_the_same_negotiation() -> None:
    assert small(3) == small(3)
    assert small(3) != small(4)


def test_the_same_seed_gives_the_same_files(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        as_word(small(3), tmp_path / name, untracked=2)
    one, two = ({p.name: p.read_bytes() for p in (tmp_path / name).iterdir()} for name in ("one", "two"))
    assert len(one) == 7
    assert one == two


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_amendments_fit_in_every_language(language: str) -> None:
    asked = small(5, language)
    version = asked.version(joined=True)
    rolling = compile(version)
    assert compile(asked.version()).version == 0
    for amendment in version.amendments:
        assert project(rolling, [amendment.id]) == asked.text_of(amendment.id)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_text_is_as_long_as_asked(language: str) -> None:
    asked = negotiation(11, amendments=57, language=language)
    assert len(asked.paragraphs) == 200
    assert sum(words(p.text) for p in asked.paragraphs) == pytest.approx(10_000, rel=0.02)
    assert {p.kind for p in asked.paragraphs} == set(Kind) - {Kind.PLAIN}
    assert not [p.text for p in asked.paragraphs if "  " in p.text or p.text != p.text.strip()]


def test_shares_are_as_said(asked: Negotiation) -> None:
    acts = [act for a in asked.amendments for act in a.acts]
    assert len(acts) == len(asked.amendments) == 2_000
    assert asked.repeats / len(acts) == pytest.approx(REPEATS, abs=0.05)
    assert len(asked.contested) == CONTESTED * len(asked.paragraphs)
    edits = [act for act in acts if isinstance(act, Edit)]
    assert sum(e.paragraph in asked.contested for e in edits) / len(edits) == pytest.approx(0.8, abs=0.08)
    assert len({type(act) for act in acts}) == 4
    assert sum(isinstance(act, Insert) for act in acts) > sum(isinstance(act, Reserve) for act in acts)


def test_some_proposals_have_many_supporters_and_most_have_few(asked: Negotiation) -> None:
    support = Counter(act for a in asked.amendments for act in a.acts if isinstance(act, Edit))
    assert support.most_common(1)[0][1] > 10
    assert sum(count == 1 for count in support.values()) > len(support) / 2


def test_every_delegation_files_as_many(asked: Negotiation) -> None:
    filed = Counter(a.by[0] for a in asked.amendments)
    assert set(filed) == set(asked.names)
    assert max(filed.values()) - min(filed.values()) <= 1


def test_the_next_version_gives_every_fate_and_loses_nothing(asked: Negotiation) -> None:
    after = asked.next_version()
    before = {p.id: p.text for p in asked.paragraphs}
    assert sum(before.get(p.id) != p.text for p in after.paragraphs) / 200 == pytest.approx(0.1, abs=0.03)
    moved = rebase(asked.version(), after, asked.amendments)
    assert sum(len(m.acts) for m in moved) == 2_000
    assert {fate.how for m in moved for fate in m.acts} == set(Rebasing)


@pytest.mark.parametrize("bookmarks", [False, True])
@pytest.mark.parametrize("language", LANGUAGES)
def test_word_files_read_back_as_they_were_meant(tmp_path: Path, language: str, bookmarks: bool) -> None:
    asked = small(9, language)
    files = as_word(asked, tmp_path, untracked=2, bookmarks=bookmarks)
    base = base_of(read(files.base.read_bytes(), "base.docx"))
    assert base == list(asked.paragraphs)
    assert len(files.silent) == 2
    for path in files.returned:
        file = read(path.read_bytes(), path.name)
        found = returned(file, base, path.stem)
        assert found.amendment is not None
        assert [p.text for p in apply(base, found.amendment)] == asked.text_of(path.stem)
        assert [p.text for p in shown(file.accept())] == asked.text_of(path.stem)
        assert bool(found.untracked) == (path.stem in files.silent)
        assert file.authors == (asked.names[path.stem],)
        assert found.not_understood == ()
