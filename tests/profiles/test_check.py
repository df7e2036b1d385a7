"""What the check finds in a profile that someone wrote: every kind of problem, in its place, with a way out."""

import os
from pathlib import Path

import pytest

from corfu.profiles import BadProfile, Problem, check, load
from corfu.profiles.folder import MAX_FILE
from corfu.profiles.problem import Code
from tests.profiles.conftest import Spoil

CHAIR = "presidency,2026,2026-01-01,2026-12-31,BRI,invented\n"
BODY = '[[body]]\nid = "commission"\n'


def only(found: list[Problem], code: Code) -> Problem:
    """The one problem that stops the profile; missing words are left aside."""
    stops = [problem for problem in found if problem.stops]
    assert [problem.code for problem in stops] == [code], [str(problem) for problem in found]
    return stops[0]


def test_the_example_has_nothing_to_put_right(lakes: Path) -> None:
    assert check(lakes) == []


@pytest.mark.parametrize(
    ("name", "old", "new", "code", "place"),
    [
        ("states.csv", "code,name_en", "kode,name_en", Code.NO_COLUMN, "line 1"),
        ("states.csv", ",admitted,standing", ",joined,standing", Code.NO_COLUMN, "line 1"),
        ("states.csv", "2004,invented", "2004-13-01,invented", Code.BAD_DATE, "line 4, admitted"),
        ("states.csv", "1998-06-01", "1.6.1998", Code.BAD_DATE, "line 2, admitted"),
        ("states.csv", "1998-06-01", "2026-02-30", Code.BAD_DATE, "line 2, admitted"),
        ("states.csv", "1998-06-01", "", Code.NO_VALUE, "line 2, admitted"),
        ("states.csv", "AUR,Aurel", "AUR,", Code.NO_VALUE, "line 2, name"),
        ("states.csv", "CAS,", "AUR,", Code.TWICE, "line 4, code"),
        ("states.csv", "CAS,", "cas,", Code.BAD_CODE, "line 4, code"),
        ("states.csv", "CAS,", "CASTREL-AND-ITS-ISLES,", Code.BAD_CODE, "line 4, code"),
        ("states.csv", "CAS,", "С,", Code.BAD_CODE, "line 4, code"),  # a Cyrillic letter that looks like C
        ("states.csv", "2004,invented", "2004,sure", Code.BAD_STANDING, "line 4, standing"),
        ("states.csv", "Castrel,Castrel,2004", "Castrel, The,Castrel,2004", Code.NOT_CSV, "line 4"),
        ("states.csv", "Castrel,Castrel,2004", 'Castrel,"Castrel,2004', Code.NOT_CSV, "line 4"),
        ("states.csv", "name_fr", "name_en", Code.TWICE, "line 1"),
        ("states.csv", "Castrel,Castrel", "Cas\u202etrel,Castrel", Code.BAD_VALUE, "line 4, name"),
        ("chairs.csv", "BRI", "BRA", Code.UNKNOWN_REFERENCE, "line 2, state"),
        ("chairs.csv", "2026-01-01", "2027-01-01", Code.BAD_ORDER, "line 2, last"),
        ("chairs.csv", "2026-01-01", "2026-01", Code.BAD_DATE, "line 2, first"),
        ("chairs.csv", ",2026,", ",this year,", Code.BAD_VALUE, "line 2, year"),
        ("chairs.csv", ",2026,", f",{'9' * 5000},", Code.BAD_VALUE, "line 2, year"),
        ("chairs.csv", CHAIR, CHAIR + CHAIR.replace("2026-01-01", "2026-07-01"), Code.BAD_ORDER, "line 3, first"),
        ("places.csv", "Lakehead,,", "Lakehead,north,", Code.BAD_VALUE, "line 2, lat"),
        ("places.csv", "lakehead", "Lake Head", Code.BAD_ID, "line 2, id"),
        ("bodies.toml", 'name = "Commission"', 'nmae = "Commission"', Code.NO_VALUE, "[[body]] commission, name"),
        ("bodies.toml", '["presidency"]', '["presidium"]', Code.UNKNOWN_REFERENCE, "[[body]] commission, offices"),
        ("bodies.toml", '["presidency"]', '["presidency", "presidency"]', Code.TWICE, "[[body]] commission, offices"),
        ("bodies.toml", '["presidency"]', "[3]", Code.BAD_VALUE, "[[body]] commission, offices"),
        ("bodies.toml", '["presidency"]', "3", Code.BAD_VALUE, "[[body]] commission, offices"),
        ("bodies.toml", "decides = true", 'decides = "perhaps"', Code.BAD_VALUE, "[[body]] commission, decides"),
        ("bodies.toml", "decides = true", 'decides = true\nparent = "commission"', Code.BAD_ORDER, "parent"),
        ("bodies.toml", "decides = true", 'decides = true\ndimension = "sea"', Code.UNKNOWN_REFERENCE, "dimension"),
        ("bodies.toml", "[[body]]", "[body]", Code.NOT_TOML, "[[body]]"),
        ("bodies.toml", 'level = "ministers"', "level = 5", Code.BAD_VALUE, "[[body]] commission, level"),
        ("rules.toml", "[[rule]]", "[[rule]", Code.NOT_TOML, ""),
        ("rules.toml", "[[rule]]", f"[[rule]]\nnumber = {'9' * 5000}", Code.NOT_TOML, ""),
        ("rules.toml", "[[rule]]", "[[rule]]\nnumber = -1", Code.BAD_VALUE, "[[rule]] consensus, number"),
        ("rules.toml", "[[rule]]", "[[rule]]\nnumber = inf", Code.BAD_VALUE, "[[rule]] consensus, number"),
        ("rules.toml", "no State objects", "x" * 10_001, Code.TOO_LARGE, "[[rule]] consensus, text"),
        ("profile.toml", '"Europe/Vienna"', '"Europe/Lakehead"', Code.BAD_VALUE, "timezone"),
        ("profile.toml", '"Europe/Vienna"', '"../../../etc/passwd"', Code.BAD_VALUE, "timezone"),
        ("profile.toml", '["en", "fr"]', '["fr"]', Code.BAD_VALUE, "languages"),
        ("profile.toml", '["en", "fr"]', '["en", "../fr"]', Code.BAD_VALUE, "languages"),
        ("profile.toml", '["en", "fr"]', '["en", "en"]', Code.TWICE, "languages"),
        ("profile.toml", 'host_city = "lakehead"', 'host_city = "lake"', Code.UNKNOWN_REFERENCE, "host_city"),
        ("profile.toml", "exercise = true", 'exercise = true\ncolour = "blue"', Code.UNKNOWN_COLUMN, ""),
        ("words/fr.toml", '"Présidence"', "3", Code.BAD_VALUE, "[same]"),
        ("words/fr.toml", '"Lacs"', '" "', Code.BAD_VALUE, "[profile.three-lakes] short"),
    ],
)
def test_a_slip_is_found_in_its_place(spoil: Spoil, name: str, old: str, new: str, code: Code, place: str) -> None:
    found = spoil(name, old, new)
    problem = next(problem for problem in found if problem.code == code)
    assert problem.file == name
    assert place in problem.place
    assert len(problem.cause) < 200
    assert problem.remedy


def test_an_unknown_column_is_named_with_those_there_are(spoil: Spoil) -> None:
    table = "code,name_en,name_fr,admitted,standing,capital\nBRI,A,A,1998,invented,x\n"
    problem = only(spoil("states.csv", table), Code.UNKNOWN_COLUMN)
    assert "'capital'" in problem.cause
    assert "name_fr, sort_en" in problem.remedy


def test_what_a_broken_file_might_have_held_is_not_looked_for(spoil: Spoil) -> None:
    assert only(spoil("states.csv", b"\xff"), Code.NOT_UTF8).file == "states.csv"  # and no unknown State in chairs.csv


def test_a_name_in_a_language_the_profile_does_not_have_is_an_unknown_column(spoil: Spoil) -> None:
    found = spoil("states.csv", "name_fr", "name_de")
    assert [problem.code for problem in found] == [Code.UNKNOWN_COLUMN, Code.NO_WORDS]
    assert "states.csv, line 2, name_fr" in found[1].cause


@pytest.mark.parametrize("name", ["profile.toml", "states.csv", "places.csv", "bodies.toml", "rules.toml"])
def test_a_file_that_every_profile_has_is_missed(lakes: Path, name: str) -> None:
    (lakes / name).unlink()
    assert (Code.NO_FILE, name) in [(problem.code, problem.file) for problem in check(lakes)]


def test_a_file_that_may_be_left_out_is_not_missed(lakes: Path) -> None:
    (lakes / "chairs.csv").unlink()
    assert check(lakes) == []


def test_a_file_with_a_slip_in_its_name_is_found(spoil: Spoil) -> None:
    problem = only(spoil("statse.csv", "code\n"), Code.NOT_OURS)
    assert problem.file == "statse.csv"
    assert "states.csv" in problem.remedy


def test_files_of_other_kinds_are_left_alone(spoil: Spoil) -> None:
    assert spoil("README.md", "# Ours") == []
    assert spoil(".lock.csv", "x") == []


def test_a_second_process_is_refused(spoil: Spoil) -> None:
    spoil("history/one.toml", "")
    assert only(spoil("history/two.toml", ""), Code.NOT_OURS).file == "history/two.toml"


def test_a_kind_without_a_name_for_people_is_found(spoil: Spoil) -> None:
    table = "id,name,kind,standing\nregistry,Registry,executive,invented\n"
    problem = only(spoil("institutions.csv", table), Code.NO_LABEL)
    assert problem.remedy == "add the row institution.executive to labels.csv"
    assert [one.stops for one in spoil("labels.csv", "id,name\ninstitution.executive,Executive\n")] == [False]


def test_one_code_does_not_sign_for_two_participants(spoil: Spoil) -> None:
    table = "code,name_en,name_fr,standing\nAUR,Aurora League,Ligue Aurore,invented\n"
    problem = only(spoil("organisations.csv", table), Code.TWICE)
    assert "states.csv, line 2" in problem.cause


def test_a_partner_that_became_a_state_keeps_its_code(spoil: Spoil) -> None:
    labels = "id,name\ngroup.near,Neighbours\n"
    spoil("labels.csv", labels)
    spoil("words/fr.toml", "[same]\n", '[same]\n"Neighbours" = "Voisins"\n')
    partner = "code,name_en,name_fr,group,admitted,until,standing\nCAS,Castrel,Castrel,near,2001,{},invented\n"
    assert spoil("partners.csv", partner.format("2004")) == []
    assert only(spoil("partners.csv", partner.format("2005")), Code.TWICE).file == "partners.csv"
    assert only(spoil("partners.csv", partner.format("")), Code.TWICE).file == "partners.csv"


def test_missing_words_are_listed_and_do_not_stop_the_profile(lakes: Path, spoil: Spoil) -> None:
    (problem,) = spoil("words/fr.toml", 'level = "ministres"\n', "")
    assert (problem.code, problem.file) == (Code.NO_WORDS, "words/fr.toml")
    assert "[body.commission] level" in problem.cause
    assert load(lakes).body("commission").level.behind("fr")


def test_words_of_a_language_without_a_file_are_missing(lakes: Path) -> None:
    (lakes / "words/fr.toml").unlink()
    (problem,) = check(lakes)
    assert problem.cause.startswith("10 texts have no words")


def test_words_that_belong_to_nothing_are_found(spoil: Spoil) -> None:
    (problem,) = spoil("words/fr.toml", "[rule.consensus]", '[rule.unanimity]\ntext = "…"\n\n[rule.consensus]')
    assert (problem.code, problem.stops) == (Code.STRAY_WORDS, False)
    assert "[rule.unanimity] text" in problem.cause


def test_words_under_same_are_not_used_when_the_english_has_changed(spoil: Spoil) -> None:
    found = spoil("bodies.toml", 'chair = "Presidency"', 'chair = "the Presidency"')
    assert [problem.code for problem in found] == [Code.NO_WORDS]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", Code.NOT_CSV),
        (b"code,name_en\n\xff\xfe,x\n", Code.NOT_UTF8),
        ("code;name_en;admitted;standing\nAUR;Aurel;1998;invented\n".encode("utf-16"), Code.NOT_UTF8),
        (b"code;name_en;admitted;standing\nAUR;Aurel;1998;invented\n", Code.NOT_CSV),
        (b"code,name_en\n" + b"A" * 200_000 + b",x\n", Code.NOT_CSV),
        (b"x" * (MAX_FILE + 1), Code.TOO_LARGE),
        (b"code,name_en,name_fr,admitted,standing\n" + b"AUR,A,A,1998,invented\n" * 10_001, Code.TOO_LARGE),
    ],
    ids=["empty", "not-utf8", "utf16", "semicolons", "huge-cell", "huge-file", "many-rows"],
)
def test_a_table_that_cannot_be_read_is_said_to_be_so(spoil: Spoil, data: bytes, code: Code) -> None:
    found = [problem for problem in spoil("states.csv", data) if problem.file == "states.csv"]
    assert [problem.code for problem in found] == [code]


def test_the_mark_before_utf8_is_passed_over(lakes: Path) -> None:
    path = lakes / "states.csv"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert check(lakes) == []


@pytest.mark.parametrize("text", ["rule = " + "[" * 100_000, "rule = 5", "[rule]\na.b.c = 1", "\x00"])
def test_hostile_toml_is_a_problem_and_no_crash(spoil: Spoil, text: str) -> None:
    assert {problem.file for problem in spoil("rules.toml", text) if problem.stops} == {"rules.toml"}


@pytest.mark.parametrize(
    "text", ["same = 1", "[same]\na = 1", "state = 3", "[state]\nAUR = 3", "[state.AUR]\nname = []"]
)
def test_hostile_words_are_a_problem_and_no_crash(spoil: Spoil, text: str) -> None:
    assert Code.BAD_VALUE in {problem.code for problem in spoil("words/fr.toml", text)}


def test_a_link_out_of_the_folder_is_not_followed(lakes: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.csv"
    (lakes / "states.csv").rename(secret)
    (lakes / "states.csv").symlink_to(secret)
    found = [problem for problem in check(lakes) if problem.file == "states.csv"]
    assert [problem.code for problem in found] == [Code.OUTSIDE]


def test_a_folder_of_words_that_is_a_link_out_is_not_followed(lakes: Path, tmp_path: Path) -> None:
    (lakes / "words").rename(tmp_path / "words")
    (lakes / "words").symlink_to(tmp_path / "words")
    assert Code.OUTSIDE in {problem.code for problem in check(lakes)}


def test_a_link_inside_the_folder_is_an_ordinary_file(lakes: Path) -> None:
    (lakes / "states.csv").rename(lakes / "states.txt")
    (lakes / "states.csv").symlink_to("states.txt")
    assert check(lakes) == []


def test_a_link_to_itself_is_no_endless_way(lakes: Path) -> None:
    (lakes / "states.csv").unlink()
    (lakes / "states.csv").symlink_to("states.csv")
    assert {problem.file for problem in check(lakes) if problem.code in {Code.UNREADABLE, Code.NO_FILE}} == {
        "states.csv"
    }


def test_a_pipe_does_not_keep_us_waiting(lakes: Path) -> None:
    (lakes / "chairs.csv").unlink()
    os.mkfifo(lakes / "chairs.csv")
    assert only(check(lakes), Code.UNREADABLE).file == "chairs.csv"


def test_a_folder_in_place_of_a_file_is_no_file(lakes: Path) -> None:
    (lakes / "chairs.csv").unlink()
    (lakes / "chairs.csv").mkdir()
    assert only(check(lakes), Code.UNREADABLE).file == "chairs.csv"


def test_a_crowd_of_files_is_too_many(lakes: Path) -> None:
    for number in range(501):
        (lakes / f"x{number}.csv").touch()
    assert Code.TOO_LARGE in {problem.code for problem in check(lakes)}


def test_no_folder_is_one_problem(tmp_path: Path) -> None:
    for folder in (tmp_path / "none", tmp_path / "two\nlines"):
        (problem,) = check(folder)
        assert (problem.code, "\n" in str(problem)) == (Code.NO_FOLDER, False)


def test_a_problem_is_one_sentence_with_place_cause_and_way_out(spoil: Spoil) -> None:
    problem = only(spoil("states.csv", "2004", "soon\x1b[31m"), Code.BAD_VALUE)
    assert str(problem).startswith("states.csv, line 4, admitted: 'soon\\x1b[31m' ")
    assert str(problem).endswith("; write it anew.")


def test_a_profile_that_cannot_be_used_is_not_loaded(lakes: Path, spoil: Spoil) -> None:
    spoil("states.csv", "2004", "soon")
    with pytest.raises(BadProfile) as stopped:
        load(lakes)
    assert [problem.code for problem in stopped.value.problems] == [Code.BAD_DATE]
    assert "states.csv, line 4, admitted" in str(stopped.value)
