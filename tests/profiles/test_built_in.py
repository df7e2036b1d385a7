"""The two profiles that come with Corfu: their facts, their sources, their words."""

import csv
import tomllib
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from corfu.profiles import BUILT_IN, Profile, Standing, check, load

if TYPE_CHECKING:
    from corfu.profiles.standing import Sourced


@pytest.fixture(params=BUILT_IN)
def either(request: pytest.FixtureRequest) -> Profile:
    return load(str(request.param))


UNSEEN = "symbols of declaration and decision not yet seen in a source"
RENAMED = {
    "see document-symbols.csv": "see the list of document symbols",
    "State confirmed; person may be recalled": "State confirmed; person to be confirmed",
    "as above": "order of the three States confirmed, months derived",
    "the seed gives the month": "the page this project began from gives the month only",
    "taken between ministerial meetings; symbol from the project brief": "taken between ministerial meetings; "
    "symbol not yet seen in a source",
    "three principles and eight topics; symbols of declaration and decision from the project brief; other outcomes: "
    "https://www.oreanda.ru/en/gosudarstvo/politic1/article437532/": f"three principles and eight topics; {UNSEEN}; "
    "other outcomes: https://www.oreanda.ru/en/gosudarstvo/politic1/article437532/",
}
"""Notes in the words of those who made the data, which a reader of pages would not know."""


@pytest.fixture
def osce() -> Profile:
    return load("osce")


@pytest.fixture
def exercise() -> Profile:
    return load("exercise")


def table(shared: Path, name: str) -> list[dict[str, str]]:
    with (shared / "osce" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def listed(shared: Path, name: str, key: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = tomllib.loads((shared / "osce" / name).read_text(encoding="utf-8"))[key]
    return rows


def same(given: list[dict[str, Any]], found: list[Any]) -> None:
    """Source, status and note of every row were kept, in their order."""
    kept = [(row.source, str(row.standing), str(row.note)) for row in found]
    notes = [RENAMED.get(row.get("note", ""), row.get("note", "")) for row in given]
    assert kept == [(row.get("source", ""), row["status"], note) for row, note in zip(given, notes, strict=True)]


@pytest.mark.parametrize("name", BUILT_IN)
def test_nothing_but_words_may_be_missing(root: Path, name: str) -> None:
    assert [str(problem) for problem in check(root / "src/corfu/profiles" / name) if problem.stops] == []


def test_a_built_in_profile_is_read_once() -> None:
    assert load("osce") is load("osce")


def test_a_folder_is_read_anew(root: Path) -> None:
    folder = root / "src/corfu/profiles/exercise"
    assert load(folder) is not load(folder)
    assert load(folder) == load("exercise")


@pytest.mark.parametrize(
    ("day", "count"),
    [
        ("1973-07-01", 35),
        ("1991-06-18", 34),
        ("1993-01-01", 52),
        ("2009-06-27", 56),
        ("2012-11-20", 56),
        ("2012-11-21", 57),
    ],
)
def test_states_take_part_from_their_admission(osce: Profile, day: str, count: int) -> None:
    assert len(osce.participating(date.fromisoformat(day))) == count


def test_mongolia_was_a_partner_before_it_was_a_state(osce: Profile) -> None:
    assert "MN" in {each.code for each in osce.partners_on(date(2009, 6, 27))}
    assert "MN" not in {each.code for each in osce.partners_on(date(2013, 1, 1))}
    assert osce.participant("mn").kind == "state"


def test_corfu_had_four_guests(osce: Profile) -> None:
    assert [each.code for each in osce.organisations if each.group == "invited"] == ["NATO", "EU", "CSTO", "CIS"]


def test_three_chairs_carried_the_process(osce: Profile) -> None:
    for year, state in ((2008, "FI"), (2009, "GR"), (2010, "KZ")):
        chair = osce.chair_at("permanent-council", date(year, 6, 1))
        assert chair
        assert chair.state == state
    troika = osce.troika(2009)
    assert [each and each.state for each in (troika.previous, troika.current, troika.next)] == ["FI", "GR", "KZ"]


def test_a_joint_meeting_has_two_chairs_and_a_committee_none(osce: Profile) -> None:
    assert [each.state for each in osce.chairs_at("joint-pc-fsc", date(2010, 3, 2))] == ["KZ", "GR"]
    assert osce.chair_at("hdc", date(2010, 3, 2)) is None
    assert osce.chair_at("forum-security-cooperation", date(2011, 3, 2)) is None  # a term the profile does not know


def test_the_troika_at_the_edge_of_what_is_known(osce: Profile) -> None:
    assert osce.troika(1991).previous is None
    assert osce.troika(2026).next is None
    assert osce.troika(1900).current is None


def test_look_ups_of_nothing_raise(osce: Profile) -> None:
    for look in (osce.state, osce.participant, osce.body, osce.rule, osce.topic, osce.page, osce.series, osce.story):
        with pytest.raises(KeyError):
            look("nothing")


def test_the_picture_of_the_process_has_eight_steps(osce: Profile) -> None:
    assert osce.history
    main = osce.history.main
    assert [step.label["en"] for step in main][3:] == ["Helsinki", "Corfu", "Athens", "Almaty", "Astana"]
    assert len(main) == 8
    assert all(step.line for step in main)


def test_the_history_is_whole(osce: Profile) -> None:
    assert osce.history
    dates = [step.date for step in osce.history.steps]
    assert dates == sorted(dates, key=lambda each: each.first)
    assert (len(osce.history.steps), len(osce.history.proposals), len(osce.topics)) == (33, 26, 8)
    assert {meeting.id for meeting in osce.history.meetings} >= {"2009-corfu", "2009-mc-athens", "2010-summit-astana"}
    assert {"MC.DEC/1/09", "MC.DOC/1/09", "PC.DEC/952", "SUM.DOC/1/10/Corr.1"} <= {
        decision.symbol for decision in osce.history.decisions
    }


def test_every_given_fact_was_kept(osce: Profile, shared: Path) -> None:
    assert osce.history
    same(table(shared, "states.csv"), list(osce.states))
    same(table(shared, "partners.csv"), list(osce.partners))
    same(table(shared, "chairs.csv"), list(osce.chairs))
    same(table(shared, "institutions.csv"), list(osce.institutions))
    same(table(shared, "field-operations.csv"), list(osce.field_operations))
    same(table(shared, "leadership-posts.csv"), list(osce.posts))
    same(table(shared, "meeting-types.csv"), list(osce.meeting_kinds))
    same(table(shared, "document-symbols.csv"), list(osce.symbols))
    same(table(shared, "corfu-proposals.csv"), list(osce.history.proposals))
    same(listed(shared, "corfu-timeline.toml", "event"), list(osce.history.steps))
    same(listed(shared, "bodies.toml", "body"), list(osce.bodies))
    same(listed(shared, "rules.toml", "rule"), list(osce.rules))
    same(listed(shared, "mechanisms.toml", "mechanism"), list(osce.mechanisms))
    same(listed(shared, "topics.toml", "topic"), list(osce.topics))
    same(listed(shared, "principles.toml", "principle"), list(osce.principles))


def test_texts_and_dates_were_kept(osce: Profile, shared: Path) -> None:
    assert osce.history
    events = listed(shared, "corfu-timeline.toml", "event")
    assert [(step.date.text, step.title["en"], step.outcome["en"]) for step in osce.history.steps] == [
        (event["date"], event["title"], event["outcome"]) for event in events
    ]
    states = table(shared, "states.csv")
    assert [(each.code, each.admitted and each.admitted.text) for each in osce.states] == [
        (row["iso2"], row["admitted"]) for row in states
    ]
    assert [dict(each.name) for each in osce.states] == [
        {language: row[f"name_{language}"] for language in osce.languages} for row in states
    ]
    assert [each.takes_part(date(2009, 6, 27)) for each in osce.states] == [
        row["participating_in_2009"] == "yes" for row in states
    ]
    assert [rule.text["en"] for rule in osce.rules] == [row["text"] for row in listed(shared, "rules.toml", "rule")]


def test_the_french_order_is_the_organizations(osce: Profile, shared: Path) -> None:
    given = sorted(table(shared, "states.csv"), key=lambda row: int(row["fr_order_derived"]))
    assert [each.code for each in osce.in_order("fr")] == [row["iso2"] for row in given]


def test_what_is_confirmed_has_its_source(osce: Profile) -> None:
    """No source, no confirmation."""
    assert osce.history
    rows: list[Sourced] = [
        *osce.states, *osce.partners, *osce.organisations, *osce.chairs, *osce.institutions, *osce.field_operations,
        *osce.bodies, *osce.meeting_kinds, *osce.meetings, *osce.rules, *osce.mechanisms, *osce.symbols,
        *osce.history.steps, *osce.history.decisions, *osce.history.proposals, *osce.history.parts,
        *(sentence for page in osce.about for sentence in page.sentences),
    ]  # fmt: skip
    assert [row for row in rows if row.standing == Standing.CONFIRMED and not row.source] == []
    assert [row for row in rows if row.standing == Standing.INVENTED] == []


def test_everything_in_the_exercise_is_invented(exercise: Profile) -> None:
    rows: list[Sourced] = [*exercise.states, *exercise.partners, *exercise.organisations, *exercise.chairs]
    rows += [*exercise.bodies, *exercise.rules, *exercise.symbols, *exercise.meeting_kinds]
    assert {row.standing for row in rows} == {Standing.INVENTED}
    assert exercise.exercise
    assert not load("osce").exercise


def test_no_real_state_is_in_the_exercise(exercise: Profile, osce: Profile) -> None:
    invented = (*exercise.states, *exercise.partners, *exercise.organisations)
    real = (*osce.states, *osce.former, *osce.partners, *osce.organisations)
    for language in osce.languages:
        assert {each.name[language] for each in invented}.isdisjoint(each.name[language] for each in real)
        assert len({each.name[language] for each in exercise.states}) == 57


def test_the_exercise_has_the_delegations_of_the_example(exercise: Profile, dd7: Path) -> None:
    with (dd7 / "delegations.csv").open(encoding="utf-8", newline="") as file:
        given = {row["code"]: row["name"] for row in csv.DictReader(file)}
    assert {code: exercise.state(code).name["en"] for code in given} == given


def test_both_have_the_same_rules_by_id(exercise: Profile, osce: Profile) -> None:
    assert [rule.id for rule in exercise.rules] == [rule.id for rule in osce.rules]


def test_every_name_of_a_participant_is_there_in_every_language(either: Profile) -> None:
    for each in (*either.states, *either.former, *either.partners, *either.organisations):
        assert set(each.name) == set(either.languages), each.code


def test_no_code_differs_from_another_only_in_its_address(either: Profile) -> None:
    slugs = [each.slug for each in (*either.states, *either.former, *either.organisations)]
    assert len(set(slugs)) == len(slugs)
