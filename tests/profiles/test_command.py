"""corfu profile check, as it is used."""

import argparse
from pathlib import Path

import pytest

from corfu.cli import profile
from corfu.cli.command import Exit
from tests.profiles.conftest import Spoil


def run(*words: str | Path) -> Exit:
    parser = argparse.ArgumentParser()
    profile.add_commands(parser.add_subparsers())
    options = parser.parse_args(["profile", "check", *map(str, words)])
    done: Exit = options.run(options)
    return done


def test_a_good_profile_says_what_it_holds(lakes: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(lakes) == Exit.DONE
    expected = "Commission of the Three Lakes: 3 States, 0 partners, 0 organizations, 1 bodies, 1 rules, in en, fr\n"
    assert capsys.readouterr() == (expected, "")


def test_a_bad_profile_says_each_point_in_one_line(
    lakes: Path, spoil: Spoil, capsys: pytest.CaptureFixture[str]
) -> None:
    spoil("states.csv", "2004", "soon")
    spoil("places.csv", "Lakehead,,", "Lakehead,north,")
    assert run(lakes) == Exit.COULD_NOT
    out, err = capsys.readouterr()
    assert out.splitlines() == [
        "states.csv, line 4, admitted: 'soon' is no date; write 2008, 2008-08 or 2008-08-08.",
        "places.csv, line 2, lat: 'north' is no number; write it as 48.21.",
    ]
    assert err == "The profile cannot be used before 2 points are put right.\n"


def test_missing_words_are_points_to_put_right(lakes: Path, spoil: Spoil, capsys: pytest.CaptureFixture[str]) -> None:
    spoil("words/fr.toml", 'short = "Lacs"\n', "")
    assert run(lakes) == Exit.COULD_NOT
    assert "can be used" in capsys.readouterr().err


def test_the_words_that_are_missing_are_printed_to_be_filled_in(
    lakes: Path, spoil: Spoil, capsys: pytest.CaptureFixture[str]
) -> None:
    spoil("words/fr.toml", 'short = "Lacs"\n', "")
    assert run(lakes, "--words", "fr") == Exit.DONE
    assert '[profile."three-lakes"]\nshort = "Lakes"\n' in capsys.readouterr().out


def test_no_folder_has_no_words_either(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(tmp_path / "none", "--words", "fr") == Exit.COULD_NOT
    assert "is no folder" in capsys.readouterr().out
