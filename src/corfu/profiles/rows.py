"""Rows as they stand in the files, before anything is understood: the same shape for TOML and CSV."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from corfu.profiles import folder as files
from corfu.profiles.problem import Code, Problem, excerpt
from corfu.profiles.schema import HISTORY, TABLES
from corfu.profiles.schema_negotiation import NEGOTIATION, TRANSLATIONS
from corfu.profiles.shape import Field, Holds, Table
from corfu.profiles.words import ENGLISH

MAX_ROWS: Final = 10_000


@dataclass(frozen=True, slots=True)
class RawRow:
    """A row as it was written. `place`: line or key, for people; `parent`: the id of the row it stands in, the
    language its file is for, or empty.

    Empty values are left out; in CSV every value is a text.
    """

    table: Table
    file: str
    place: str
    parent: str
    values: Mapping[str, object]

    @property
    def id(self) -> str:
        """Its id among the rows of its kind, as far as it was written."""
        parts = [self.parent, *(str(self.values.get(name, "")) for name in self.table.identity)]
        return "-".join(part for part in parts if part)

    def problem(self, code: Code, name: str, cause: str, remedy: str) -> Problem:
        """Something to put right in this row, under this column or key."""
        return Problem(code, self.file, f"{self.place}, {name}" if name else self.place, cause, remedy)


Found = RawRow | Problem


def raw_rows(folder: Path, languages: Sequence[str]) -> list[Found]:
    """Every row of every file in the folder, and what is wrong with the files. `languages`: the profile's."""
    there = files.files_of(folder)
    found: list[Found] = []
    if len(there) > files.MAX_FILES:
        cause = f"has more than {files.MAX_FILES} files"
        return [Problem(Code.TOO_LARGE, folder.name, "", cause, "leave out what does not belong to a profile")]
    names = {table.file: _files(table.file, there, languages) for table in TABLES}
    known = {name for each in names.values() for name, _ in each} | {f"words/{language}.toml" for language in languages}
    found += files.strays(there, known.union(*(_named(pattern, there) for pattern in _ONCE)))
    found += _seconds(there)
    for pattern, each in names.items():
        tables = [table for table in TABLES if table.file == pattern]
        for name, language in each:
            found += _read(folder, name, tables, languages, language)
    return found


_ONCE: Final = {HISTORY: "process", NEGOTIATION: "negotiation"}


def _files(pattern: str, there: Sequence[str], languages: Sequence[str]) -> list[tuple[str, str]]:
    """The files of a table, each with the language it is for, if any; of the history, the first that is there."""
    if pattern == TRANSLATIONS:
        stems = [name.removesuffix(".toml") for name in _named(NEGOTIATION, there)[:1]]
        named = [(f"{stem}.{language}.toml", language) for stem in stems for language in languages]
        return [(name, language) for name, language in named if name in there and language != ENGLISH]
    return [(name, "") for name in _named(pattern, there)[:1]] if pattern in _ONCE else [(pattern, "")]


def _named(pattern: str, there: Sequence[str]) -> list[str]:
    return [name for name in there if Path(name).match(pattern) and name.count("/") == name.count(".") == 1]


def _seconds(there: Sequence[str]) -> list[Problem]:
    return [
        Problem(Code.NOT_OURS, name, "", f"is a second {what}", f"bring one {what} in a profile")
        for pattern, what in _ONCE.items()
        for name in _named(pattern, there)[1:]
    ]


def _read(folder: Path, name: str, tables: Sequence[Table], languages: Sequence[str], parent: str) -> list[Found]:
    data = files.read_bytes(folder, name)
    if isinstance(data, Problem):
        optional = data.code == Code.NO_FILE and not any(table.required for table in tables)
        return [] if optional else [data]
    text = files.as_text(data, name)
    if isinstance(text, Problem):
        return [text]
    if tables[0].is_csv:
        lines = files.as_csv(text, name)
        return [lines] if isinstance(lines, Problem) else _from_csv(tables[0], name, lines, languages)
    whole = files.as_toml(text, name)
    return [whole] if isinstance(whole, Problem) else list(_from_toml(tables, name, whole, parent))


def _from_csv(table: Table, name: str, lines: Sequence[files.Line], languages: Sequence[str]) -> list[Found]:
    header = lines[0][1]
    found: list[Found] = [
        Problem(Code.TWICE, name, "line 1", f"the column {excerpt(column)} stands twice", "keep one of them")
        for column in {column for column in header if header.count(column) > 1}
    ]
    if len(lines) > MAX_ROWS:
        cause = f"has {len(lines):,} rows, {MAX_ROWS:,} are allowed"
        return [Problem(Code.TOO_LARGE, name, "", cause, "leave out what does not belong to a profile")]
    for line, cells in lines[1:]:
        if len(cells) == len(header):
            values = {column: cell for column, cell in zip(header, cells, strict=True) if cell}
            found.append(RawRow(table, name, f"line {line}", "", values))
        else:
            cause = f"has {len(cells)} values for {len(header)} columns"
            found.append(Problem(Code.NOT_CSV, name, f"line {line}", cause, "put texts with commas in quotes"))
    return [*found, *_columns(table, name, header, languages)]


def _columns(table: Table, name: str, header: Sequence[str], languages: Sequence[str]) -> Iterator[Problem]:
    """Columns that are missing or unknown. A language's column that is missing is told with the words that are."""
    known = [column for field in table.fields for column in columns(field, languages)]
    for field in table.fields:
        column = columns(field, languages)[0]
        if field.required and column not in header:
            yield Problem(Code.NO_COLUMN, name, "line 1", f"the column {column} is missing", "add it")
    for column in header:
        if column not in known:
            cause = f"there is no column {excerpt(column)}"
            yield Problem(Code.UNKNOWN_COLUMN, name, "line 1", cause, f"use {', '.join(known)}, or remove it")


def columns(field: Field, languages: Sequence[str]) -> list[str]:
    """The columns a field stands in: one, or one for each language, English first."""
    if field.holds not in {Holds.NAMES, Holds.SORTS}:
        return [field.name]
    return [f"{field.name}_{language}" for language in sorted(languages, key=lambda each: each != ENGLISH)]


def _from_toml(tables: Sequence[Table], name: str, whole: dict[str, Any], parent: str) -> Iterator[Found]:
    top = next((table for table in tables if not table.path), None)
    tops = {table.path[0] for table in tables if table.path}
    if top:
        rest = {key: value for key, value in whole.items() if key not in tops}
        yield from _row(top, name, "", rest, {})
    else:
        for key in sorted(set(whole) - tops):
            cause, remedy = f"there is no table {excerpt(key)}", f"use {', '.join(sorted(tops))}, or remove it"
            yield Problem(Code.UNKNOWN_COLUMN, name, "", cause, remedy)
    for table in tables:
        if len(table.path) == 1 and table.path[0] in whole:
            below = {
                other.path[1]: other for other in tables if len(other.path) == 2 and other.path[0] == table.path[0]
            }
            for value in _listed(table, whole[table.path[0]]):
                yield from _row(table, name, parent, value, below)


def _listed(table: Table, value: object) -> list[object]:
    """The rows under a key: one table, or a list of them; anything else is one row that is none."""
    if isinstance(value, list) and not table.single:
        return list(value)
    return [value if table.single else [value]]


def _row(table: Table, name: str, parent: str, value: object, below: Mapping[str, Table]) -> Iterator[Found]:
    where = table.name.removeprefix(table.file).strip()
    if not isinstance(value, dict):
        cause, remedy = f"{excerpt(value)} is no row", f"write each row under a line {where}"
        yield Problem(Code.NOT_TOML, name, where, cause, remedy)
        return
    own = {key: _plain(item) for key, item in value.items() if key not in below}
    row = RawRow(table, name, where, parent, {key: item for key, item in own.items() if item not in ("", [])})
    row = RawRow(table, name, f"{where} {row.id}"[:120].strip(), parent, row.values)
    yield row
    yield from _keys(row)
    for key, lower in below.items():
        for item in _listed(lower, value.get(key, [])):
            yield from _row(lower, name, row.id, item, {})


def _plain(value: object) -> object:
    """A date that was written without quotes is read as one that has them."""
    return value.isoformat() if isinstance(value, date) and not isinstance(value, datetime) else value


def _keys(row: RawRow) -> Iterator[Problem]:
    known = {field.name for field in row.table.fields}
    for key in sorted(set(row.values) - known):
        remedy = f"use {', '.join(sorted(known))}, or remove it"
        yield row.problem(Code.UNKNOWN_COLUMN, "", f"there is no key {excerpt(key)}", remedy)
