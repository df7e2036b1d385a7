"""The small parts: words, dates, the order of names, the worksheet of words, the documentation."""

import re
import tomllib
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corfu.profiles import Words, dated, load, words_to_write
from corfu.profiles.problem import excerpt
from corfu.profiles.schema import TABLES
from corfu.profiles.shape import Holds
from corfu.profiles.sorting import sort_key
from tests.profiles.conftest import Spoil


def test_words_fall_back_to_english_and_say_so() -> None:
    words = Words({"en": "Chair", "fr": "Présidence", "de": ""})
    assert (words["fr"], words.get("fr"), words.behind("fr")) == ("Présidence", "Présidence", False)
    assert (words.get("de"), words.behind("de")) == ("Chair", True)
    assert (dict(words), str(words), len(words)) == ({"en": "Chair", "fr": "Présidence"}, "Chair", 2)
    with pytest.raises(KeyError):
        words["de"]


def test_no_words_are_false_and_never_behind() -> None:
    assert not Words()
    assert (Words().get("fr"), Words().behind("fr")) == ("", False)


def test_words_cannot_be_changed() -> None:
    given_ = {"en": "Chair"}
    words = Words(given_)
    given_["en"] = "Table"
    assert words["en"] == "Chair"
    assert words == Words("Chair")
    assert hash(words) == hash(Words("Chair"))


@pytest.mark.parametrize(
    ("text", "first", "last", "precision"),
    [
        ("2008", "2008-01-01", "2008-12-31", "year"),
        ("2008-02", "2008-02-01", "2008-02-29", "month"),
        ("2008-08-08", "2008-08-08", "2008-08-08", "day"),
    ],
)
def test_a_date_is_kept_as_it_is_known(text: str, first: str, last: str, precision: str) -> None:
    found = dated(text)
    assert found
    assert (str(found), found.first, found.last) == (text, date.fromisoformat(first), date.fromisoformat(last))
    assert found.precision == precision


@pytest.mark.parametrize(
    "text", ["", "08", "2008-13", "2009-02-29", "2008-8-8", "0000", "2008-08-08T10:00", "２００８", " 2008"]
)
def test_what_is_no_date_is_none(text: str) -> None:
    assert dated(text) is None


@given(st.text(max_size=12))
def test_any_text_is_a_date_or_none(text: str) -> None:
    found = dated(text)
    assert found is None or found.text == text


@pytest.mark.parametrize(
    ("language", "names"),
    [
        ("en", ["Montenegro", "The Netherlands", "North Macedonia", "Türkiye", "Turkmenistan"]),
        ("fr", ["Bélarus", "Belgique", "Édrisie", "Eldorie", "Îles Fenrick", "Ilvésie"]),
        ("fr", ["cote", "coté", "Cote d’Ivoire", "Côte-Nord"]),
        ("de", ["Norwegen", "Österreich", "Polen", "Straße", "Strassen"]),
        ("it", ["L’Alta", "Altra", "Città", "Cittadella"]),
        ("es", ["Nuez", "Nzara", "Ñandú", "Oslo"]),
        ("ru", ["Ева", "Ёж", "Ель", "Ия", "Йорвания", "Кадесса"]),
        ("ru", ["все", "всё"]),
        ("da", ["Aarhus", "Ostende", "Øster"]),
    ],
)
def test_each_language_has_its_own_order(language: str, names: list[str]) -> None:
    backwards = names[::-1]  # so that equal keys would show
    assert sorted(backwards, key=lambda name: sort_key(name, language)) == names


@given(st.lists(st.text(max_size=8), unique=True), st.sampled_from(["en", "fr", "de", "it", "ru", "es", "xx"]))
def test_any_names_have_one_order(names: list[str], language: str) -> None:
    keys = [sort_key(name, language) for name in names]
    assert len(set(keys)) == len(names)


@given(st.recursive(st.text() | st.integers() | st.none(), lambda inner: st.lists(inner, max_size=3)))
def test_an_excerpt_is_short_and_on_one_line(value: object) -> None:
    shown = excerpt(value)
    assert len(shown) <= 49
    assert shown.isprintable()


def test_the_worksheet_filled_in_leaves_nothing_to_do(lakes: Path) -> None:
    (lakes / "words/fr.toml").write_text(words_to_write(_emptied(lakes), "fr"), encoding="utf-8")
    assert words_to_write(lakes, "fr") == ""


def _emptied(lakes: Path) -> Path:
    (lakes / "words/fr.toml").unlink()
    return lakes


def test_the_worksheet_names_what_stands_at_several_places_once(lakes: Path) -> None:
    sheet = tomllib.loads(words_to_write(_emptied(lakes), "fr"))
    assert sheet["same"] == {"Presidency": "Presidency"}
    assert sheet["rule"] == {"consensus": {"text": "A decision is adopted when no State objects"}}


def test_the_worksheet_of_a_language_the_profile_does_not_have_is_empty(lakes: Path) -> None:
    assert words_to_write(lakes, "de") == ""


def test_a_name_needs_no_words(lakes: Path, spoil: Spoil) -> None:
    found = spoil(
        "chairs.csv", "office,year,first,last,state,person,standing\np,1,2026-01-01,2026-12-31,BRI,Ada Bri,invented\n"
    )
    assert [problem.code for problem in found] == ["unknown-reference"]
    assert spoil("chairs.csv", "\np,", "\npresidency,") == []
    person = load(lakes).chairs[0].person
    assert (person.get("fr"), person.behind("fr")) == ("Ada Bri", False)


def test_every_file_and_column_is_documented(root: Path) -> None:
    told = (root / "docs/profiles.md").read_text(encoding="utf-8")
    for table in TABLES:
        section = re.search(rf"^### `{re.escape(table.name)}`\n(.*?)(?=^###|\Z)", told, re.MULTILINE | re.DOTALL)
        assert section, table.name
        for field in table.fields:
            shown = f"{field.name}_en" if field.holds in {Holds.NAMES, Holds.SORTS} else field.name
            row = re.search(rf"^\| .*`{shown}`.*", section[1], re.MULTILINE)
            assert row, (table.name, shown)
            assert (f"**`{shown}`" in row[0]) == field.required, (table.name, shown)
