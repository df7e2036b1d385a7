"""Reading a profile: `load` for those who use it, `check` for whoever writes it."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from corfu.profiles import folder as files
from corfu.profiles.building.whole import build
from corfu.profiles.dictionary import Dictionary
from corfu.profiles.fitting import fits
from corfu.profiles.problem import BadProfile, Code, Problem, excerpt
from corfu.profiles.profile import Profile
from corfu.profiles.references import check_rows
from corfu.profiles.row import Row, understand
from corfu.profiles.rows import raw_rows
from corfu.profiles.schema import PROFILE
from corfu.profiles.values import NotThat, languages
from corfu.profiles.worksheet import worksheet

BUILT_IN: Final = ("osce", "exercise")
_HERE: Final = Path(__file__).parent


def load(name_or_path: str | Path) -> Profile:
    """The profile of a built-in name ("osce", "exercise"), or of a folder. Built-in ones are read once.

    Missing words do not stop it: the text is in English there, and says so. Raises BadProfile for anything else.
    """
    if isinstance(name_or_path, str) and name_or_path in BUILT_IN:
        return _built_in(name_or_path)
    return _load(Path(name_or_path))


def check(folder: str | Path) -> list[Problem]:
    """Everything to put right in a folder, words that are missing included; empty for a good profile."""
    return _read(Path(folder)).problems


def words_to_write(folder: str | Path, language: str) -> str:
    """The words a language of the profile lacks, as TOML to fill in; empty if it lacks none."""
    return worksheet(_read(Path(folder)).dictionary.unwritten(language), language)


@lru_cache(maxsize=len(BUILT_IN))
def _built_in(name: str) -> Profile:
    return _load(_HERE / name)


def _load(folder: Path) -> Profile:
    read = _read(folder)
    stops = tuple(problem for problem in read.problems if problem.stops)
    if stops:
        raise BadProfile(str(folder), stops)
    return build(read.rows)


@dataclass(frozen=True, slots=True)
class _Read:
    rows: list[Row]
    problems: list[Problem]
    dictionary: Dictionary


def _read(folder: Path) -> _Read:
    try:
        if not folder.is_dir():
            return _nothing(_no_folder(folder, "is no folder"))
        spoken = _languages(folder)
        if isinstance(spoken, Problem):
            return _nothing(spoken)
        return _read_rows(folder, spoken)
    except OSError as error:
        return _nothing(_no_folder(folder, f"cannot be read ({error.strerror})"))


def _nothing(problem: Problem) -> _Read:
    return _Read([], [problem], Dictionary(_HERE, ()))


def _no_folder(folder: Path, cause: str) -> Problem:
    name = str(folder) if str(folder).isprintable() else excerpt(str(folder))
    return Problem(Code.NO_FOLDER, name, "", cause, "name the folder that holds profile.toml")


def _languages(folder: Path) -> tuple[str, ...] | Problem:
    """The profile's languages, without which no other file can be understood."""
    name = PROFILE.file
    data = files.read_bytes(folder, name)
    text = data if isinstance(data, Problem) else files.as_text(data, name)
    whole = text if isinstance(text, Problem) else files.as_toml(text, name)
    if isinstance(whole, Problem):
        return whole
    try:
        return languages(whole.get("languages", ""))
    except NotThat as reason:
        return Problem(reason.code, name, "languages", reason.cause, reason.remedy)


def _read_rows(folder: Path, spoken: tuple[str, ...]) -> _Read:
    rows: list[Row] = []
    problems: list[Problem] = []
    dictionary = Dictionary(folder, spoken)
    found = raw_rows(folder, spoken)
    unread = {problem.file for problem in found if isinstance(problem, Problem)}
    for raw in found:
        if isinstance(raw, Problem):
            problems.append(raw)
        else:
            row, wrong = understand(raw, dictionary, spoken)
            rows.append(row)
            problems += wrong
    problems += check_rows(rows, unread)
    if not any(problem.stops for problem in problems):
        problems += fits(rows)
    return _Read(rows, problems + dictionary.findings(), dictionary)
