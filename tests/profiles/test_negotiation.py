"""The negotiation of the exercise: its rounds lead to the text of the example, and all of it fits."""

import shutil
import tomllib
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import pytest

from corfu.formats.word.returned import returned
from corfu.formats.word.round import read_base
from corfu.formats.word.views import read
from corfu.profiles import Problem, check, load
from corfu.profiles.negotiation import Draft, Negotiation, Place, Rewrite
from corfu.profiles.problem import Code
from corfu.profiles.rounds import Played, amendment, play, point_of, variant_of
from corfu.wording.advance import Disposition, advance
from corfu.wording.audit import without_authority
from corfu.wording.compile import compile
from corfu.wording.model import Delete, Insert, Kind, Move, Paragraph, Reserve, ReserveKind, Version
from corfu.wording.points import points, take
from corfu.wording.rolling import RollingText, counts, project

NOT_YET: Final = {"NOR", "SAR"}
"""Who files on Rev.4 only in the guided steps."""
LEFT_TO_WORD: Final = {("LUM", "p17"), ("MAR", "p14"), ("DOR", "p15"), ("TIR", "p18")}
"""Wishes of the Word files that nobody has filed yet: their paragraphs are clean."""


@pytest.fixture
def negotiation() -> Negotiation:
    found = load("exercise").negotiation
    assert found
    return found


@pytest.fixture
def played(negotiation: Negotiation) -> tuple[Played, ...]:
    return play(negotiation)


@pytest.fixture
def rev4(played: tuple[Played, ...]) -> Version:
    return played[-1].version


@pytest.fixture
def rolling(rev4: Version) -> RollingText:
    return compile(rev4)


def test_a_profile_without_one_has_none() -> None:
    assert load("osce").negotiation is None


def test_the_rounds_lead_to_the_text_of_the_example(rev4: Version, dd7: Path) -> None:
    base = dd7 / "base.docx"
    assert (rev4.number, list(rev4.paragraphs)) == (4, read_base((base.name, base.read_bytes)))


def test_no_change_is_without_authority(played: tuple[Played, ...]) -> None:
    for before, after in pairwise(played):
        assert before.advanced
        assert before.advanced.changes
        assert without_authority(before.version, after.version, before.advanced.changes) == []


def test_every_fate_of_an_amendment_is_met_on_the_way(played: tuple[Played, ...]) -> None:
    fates = {outcome.disposition for each in played if each.advanced for outcome in each.advanced.outcomes}
    assert fates == set(Disposition) - {Disposition.WITHDRAWN}


def test_forty_delegations_want_changes_of_rev_4(rev4: Version) -> None:
    codes = {code for filed in rev4.amendments for code in filed.by}
    assert len(codes) == 40
    assert codes.isdisjoint(NOT_YET)
    assert 45 <= sum(len(filed.acts) for filed in rev4.amendments) <= 60


def test_every_kind_of_act_is_among_them(negotiation: Negotiation) -> None:
    acts = [act for draft in negotiation.round(4).drafts for act in draft.acts]
    assert {type(act) for act in acts} == {Rewrite, Insert, Delete, Move, Reserve}
    assert {act.kind for act in acts if isinstance(act, Reserve)} == set(ReserveKind)


def test_some_paragraphs_are_open_and_some_clean(rolling: RollingText) -> None:
    found = counts(rolling)
    assert (found.paragraphs, found.open) == (21, 13)
    assert [p.delete.by for p in rolling.paragraphs if p.paragraph.id == "p19"] == [("NYS", "VEL")]


def test_the_wishes_of_the_word_files_are_filed(rev4: Version, rolling: RollingText, dd7: Path) -> None:
    for each in tomllib.loads((dd7 / "dd7.toml").read_text(encoding="utf-8"))["delegation"]:
        if each["code"] in NOT_YET:
            continue
        mine = {filed.id for filed in rev4.amendments if each["code"] in filed.by}
        texts = project(rolling, mine)
        for paragraph, wanted in wishes(each, rev4).items():
            assert (wanted in texts) != ((each["code"], paragraph) in LEFT_TO_WORD), (each["code"], wanted)


def wishes(delegation: dict[str, Any], version: Version) -> dict[str, str]:
    """What a delegation wants paragraphs to say, by their ids; a new one by its own words."""
    found: dict[str, str] = {}
    for edit in delegation["edit"]:
        if "insert" in edit:
            found[edit["insert"]] = edit["insert"]
        for paragraph in version.paragraphs:
            text = found.get(paragraph.id, paragraph.text)
            if "find" in edit and edit["find"] in text and belongs(paragraph, edit["find"], version):
                found[paragraph.id] = text.replace(edit["find"], edit["replace"], 1)
    return found


def belongs(paragraph: Paragraph, find: str, version: Version) -> bool:
    """Whether it is the first paragraph below the title with these words."""
    below = (each for each in version.paragraphs if each.kind is not Kind.TITLE)
    return next((each.id for each in below if find in each.text), paragraph.id) == paragraph.id


def test_norvales_word_file_fits_rev_4(rev4: Version, dd7: Path) -> None:
    file = dd7 / "NOR.docx"
    found = returned(read(file.read_bytes(), file.name), list(rev4.paragraphs), "NOR")
    assert found.amendment
    assert not found.not_understood
    compile(Version(4, rev4.paragraphs, (*rev4.amendments, found.amendment)))


def test_sarn_finds_its_words_contested_in_7_b(negotiation: Negotiation, rev4: Version) -> None:
    assert negotiation.guide
    step = next(step for step in negotiation.guide.steps if step.becomes)
    standing = {paragraph.id: paragraph.text for paragraph in rev4.paragraphs}
    assert (step.acting, standing[step.paragraph][:3]) == ("SAR", "(b)")
    assert step.becomes != standing[step.paragraph]
    assert {code for a in rev4.amendments for act in a.acts if touches(act, step.paragraph) for code in a.by} >= {
        "BEL",
        "VEL",
    }


def touches(act: object, paragraph: str) -> bool:
    return getattr(act, "paragraph", None) == paragraph


def test_the_guide_leads_to_pages_and_files_there_are(negotiation: Negotiation, dd7: Path) -> None:
    assert negotiation.guide
    steps = negotiation.guide.steps
    assert [step.nr for step in steps] == list(range(1, 9))
    assert [step.acting for step in steps] == ["SAR", "SAR", "NOR", "LUM", "SAR", "VEL", "VEL", ""]
    assert all(step.path.startswith(("texts/dd7/", "record/")) for step in steps)
    assert all((dd7 / step.file).exists() for step in steps if step.file)


def test_taking_sarns_words_changes_one_paragraph_and_leaves_the_rest_open(
    negotiation: Negotiation, rev4: Version
) -> None:
    assert negotiation.guide
    step = next(step for step in negotiation.guide.steps if step.becomes)
    draft = Draft(key="sar", by="SAR", joined=(), explanation="", acts=(Rewrite(step.paragraph, step.becomes),))
    filed = Version(4, rev4.paragraphs, (*rev4.amendments, amendment(draft, rev4.paragraphs, 4)))
    place = Place(paragraph=step.paragraph, key="sar", find="")
    point, number = variant_of(place, points(compile(filed)), ("amendment", "sar"))
    after = advance(filed, {point.key: take(number)}, "Rev.5")
    assert {change.paragraph for change in after.changes} == {step.paragraph}
    assert without_authority(filed, after.version, after.changes) == []
    closed = {outcome.amendment for outcome in after.outcomes if outcome.disposition != Disposition.STILL_BRACKETED}
    assert closed == {"sar", "vel-concerned"}


def test_the_words_are_there_in_every_language(negotiation: Negotiation) -> None:
    assert negotiation.guide
    texts = [negotiation.title, negotiation.summary, negotiation.mandate, negotiation.text.title]
    texts += [negotiation.guide.title, negotiation.guide.summary]
    texts += [words for step in negotiation.guide.steps for words in (step.title, step.text)]
    assert [str(words) for words in texts if len(words) != 6] == []


def test_the_words_to_type_stand_in_the_step_in_every_language(negotiation: Negotiation) -> None:
    assert negotiation.guide
    step = next(step for step in negotiation.guide.steps if step.becomes)
    assert all("without delay" in step.text[language] for language in step.text)


@pytest.mark.parametrize(
    ("lang", "behind", "missing"),
    [
        ("fr", {}, set()),
        ("ru", {}, set()),
        ("de", {"p10": 1, "p11": 2, "p16": 1}, {"p17", "p19"}),
        ("it", {"p8": 1, "p12": 2, "p15": 1}, {"p6", "p19"}),
        ("es", {"p11": 1, "p13": 1, "p21": 2}, {"p17", "p19"}),
    ],
)
def test_some_translations_are_behind(
    negotiation: Negotiation, played: tuple[Played, ...], lang: str, behind: dict[str, int], missing: set[str]
) -> None:
    found = {each.paragraph: each.follows for each in negotiation.translations if each.lang == lang}
    assert {paragraph.id for paragraph in played[-1].version.paragraphs} - found.keys() == missing
    late = {id_: changed_since(played, id_, follows) for id_, follows in found.items()}
    assert {id_: times for id_, times in late.items() if times} == behind


def changed_since(played: tuple[Played, ...], paragraph: str, number: int) -> int:
    """How often the original was changed after a revision."""
    texts = [one.text for each in played[number - 1 :] for one in each.version.paragraphs if one.id == paragraph]
    return sum(before != after for before, after in pairwise(texts))


def test_the_chair_suggests_words_for_the_time_limit(negotiation: Negotiation, played: tuple[Played, ...]) -> None:
    (suggestion,) = negotiation.round(4).suggestions
    point = point_of(suggestion.words, played[-1].points, ("suggestion", suggestion.id))
    assert (suggestion.by, point.paragraph, point.variants[0].text) == ("LUM", "p11", "48 hours")
    assert len(suggestion.answers) == 4


def test_a_position_stands_on_an_exact_wording(played: tuple[Played, ...]) -> None:
    place = Place(paragraph="p11", key="ilv-day", find="")
    point, number = variant_of(place, played[-1].points, ("position", ""))
    assert point.variants[number].text == "24 hours"
    base = Place(paragraph="p11", key="", find="48 hours")
    assert variant_of(base, played[-1].points, ("position", ""))[1] == 0


SpoilDD7 = Callable[[str, str, str], list[Problem]]


@pytest.fixture
def spoil_dd7(root: Path, tmp_path: Path) -> SpoilDD7:
    """Replace a text in a file of the negotiation, in a copy of the exercise, and say what stops it then."""
    folder = tmp_path / "exercise"
    shutil.copytree(root / "src/corfu/profiles/exercise", folder)

    def _spoil(name: str, old: str, new: str) -> list[Problem]:
        path = folder / "negotiation" / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return [problem for problem in check(folder) if problem.stops]

    return _spoil


DAY: Final = 'id = "ilv-day"\nround = 4\n'
STUDY: Final = '{ reserve = "p10", kind = "scrutiny" }'


@pytest.mark.parametrize(
    ("old", "new", "code", "place", "cause"),
    [
        ('by = "LAV"', 'by = "LAX"', Code.UNKNOWN_REFERENCE, "[[amendment]] lav-study, by", "no state 'LAX'"),
        (DAY, DAY.replace("4", "9"), Code.UNKNOWN_REFERENCE, "[[amendment]] ilv-day, round", "no round 9"),
        ('id = "ald-general"', 'id = "lav-study"', Code.TWICE, "[[amendment]] lav-study, id", "stands already"),
        ('joined = ["ARV"', 'joined = ["CAL"', Code.TWICE, "[[amendment]] r3-cal-military, joined", "CAL joins"),
        (STUDY, '{ reserve = "p99" }', Code.BAD_VALUE, "[[amendment]] lav-study, act", "'p99'"),
        (STUDY, "{ }", Code.BAD_VALUE, "[[amendment.act]] lav-study", "nothing to be done"),
        (STUDY, '{ move = "p6", delete = "p6" }', Code.BAD_VALUE, "[[amendment.act]] lav-study", "delete, move"),
        (STUDY, '{ reserve = "p6", kind = "item" }', Code.BAD_VALUE, "[[amendment.act]] lav-study, kind", "'item'"),
        (STUDY, '{ delete = "p6", on = "x" }', Code.BAD_VALUE, "[[amendment.act]] lav-study, on", "no meaning"),
        (STUDY, '{ becomes = "x" }', Code.NO_VALUE, "[[amendment.act]] lav-study, paragraph", "beside becomes"),
        (STUDY, '{ paragraph = "p2", becomes = "The Council," }', Code.BAD_VALUE, "lav-study, act", "those of Rev.4"),
        ("2026-09-17T13:00:00Z", "2026-09-17", Code.BAD_DATE, "[[round]] 1, issued", "is no instant"),
        ("2026-10-02T15:00:00Z", "2026-09-02T15:00:00Z", Code.BAD_VALUE, "[[round]] 1, closes", "before"),
        ("2026-10-08T13:00:00Z", "2026-10-01T13:00:00Z", Code.BAD_VALUE, "[[round]] 2, issued", "Rev.1 closes"),
        ('take = ["r2-sar', 'take = ["r2-kar-tragic", "r2-sar', Code.BAD_VALUE, "[[round]] 2, take", "two wordings"),
        ('take = ["r2-sar', 'take = ["r1-hes-week", "r2-sar', Code.BAD_VALUE, "[[round]] 2, take", "not live"),
        ('find = "72 hours"', 'find = "two days"', Code.BAD_VALUE, "[[round.reword]] 3-p11-two days, find", "0 "),
        ('"bel-should", "cor', '"bel-any", "cor', Code.UNKNOWN_REFERENCE, "lum-reply, draws_on", "'bel-any'"),
        ('paragraph = "p11"\namendment = "ilv-day"', 'paragraph = "p12"\namendment = "ilv-day"', Code.BAD_VALUE,
         "[[position]] 4-COR-p12-ilv-day, find", "0 contested places"),
        ('  paragraph = "p16"\n  becomes', '  paragraph = "p99"\n  becomes', Code.BAD_VALUE,
         "[[guide.step]] dd7-2, paragraph", "'p99'"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_named(
    spoil_dd7: SpoilDD7, old: str, new: str, code: Code, place: str, cause: str
) -> None:
    (problem,) = spoil_dd7("dd7.toml", old, new)
    assert (problem.code, problem.file) == (code, "negotiation/dd7.toml")
    assert place in problem.place
    assert cause in problem.cause


def test_a_translation_of_what_was_not_there_is_named(spoil_dd7: SpoilDD7) -> None:
    (problem,) = spoil_dd7("dd7.fr.toml", 'id = "p17"\nfollows = 4', 'id = "p17"\nfollows = 1')
    assert (problem.file, problem.place) == ("negotiation/dd7.fr.toml", "[[paragraph]] fr-p17-1, follows")


def test_a_paragraph_translated_twice_is_named(spoil_dd7: SpoilDD7) -> None:
    (problem,) = spoil_dd7("dd7.ru.toml", 'id = "p17"', 'id = "p16"')
    assert (problem.code, problem.file) == (Code.TWICE, "negotiation/dd7.ru.toml")


def test_a_translation_into_no_language_of_the_profile_is_read_by_nobody(root: Path, tmp_path: Path) -> None:
    shutil.copytree(root / "src/corfu/profiles/exercise", tmp_path / "exercise")
    (tmp_path / "exercise/negotiation/dd7.nl.toml").write_text("", encoding="utf-8")
    (tmp_path / "exercise/negotiation/dd8.toml").write_text("", encoding="utf-8")
    found = [(problem.code, problem.file) for problem in check(tmp_path / "exercise")]
    assert found == [(Code.NOT_OURS, "negotiation/dd7.nl.toml"), (Code.NOT_OURS, "negotiation/dd8.toml")]


def test_half_a_negotiation_is_none(root: Path, spoil_dd7: SpoilDD7) -> None:
    whole = (root / "src/corfu/profiles/exercise/negotiation/dd7.toml").read_text(encoding="utf-8")
    text = whole[whole.index("[text]") : whole.index("# Rev.1")]
    (problem,) = spoil_dd7("dd7.toml", text, "")
    assert (problem.code, problem.cause) == (Code.NO_VALUE, "[text] is missing")
