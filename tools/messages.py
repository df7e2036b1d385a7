"""The interface's texts: `python tools/messages.py` gathers them from code and templates and compiles the catalogues.

    python tools/messages.py            write locale/<language>/LC_MESSAGES/django.po (new texts untranslated) and .mo
    python tools/messages.py --check    change nothing; 1 where a text is missing, stale or not translated

English is the source; Django's and allauth's own texts come with them. Part of `make check`.
"""

import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any, Final

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

ROOT: Final = Path(__file__).resolve().parent.parent
SOURCE: Final = ROOT / "src" / "corfu"
LOCALE: Final = SOURCE / "site" / "locale"
LANGUAGES: Final = ("fr", "de", "it", "ru", "es")
_PASSING: Final = (
    "POT-Creation-Date", "PO-Revision-Date", "Last-Translator", "Generated-By", "Language-Team", "Report-Msgid",
)  # fmt: skip
KEYWORDS: Final = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "BadFile": None,  # corfu.formats knows no framework: it marks what it says by these
    "Said": None,
    "says": None,
}


def texts() -> Iterator[tuple[str, Any, str | None]]:
    """Every text of the interface: where, what (one, or singular and plural), in which context."""
    for path in sorted(SOURCE.rglob("*")):
        if path.suffix == ".py" or (path.suffix in {".html", ".txt"} and "templates" in path.parts):
            source = path.read_text(encoding="utf-8")
            code = source if path.suffix == ".py" else templatize(source, origin=str(path))
            for _, message, _, context in extract("python", BytesIO(code.encode()), keywords=KEYWORDS):
                yield path.relative_to(ROOT).as_posix(), message, context


def gathered() -> Catalog:
    """The catalogue of all texts, without translations. Places are files, not lines: lines change too often."""
    made = Catalog(charset="utf-8", fuzzy=False)
    for place, message, context in texts():
        made.add(message, locations=[(place, 0)], context=context, flags=_flags(message))
    return made


def _flags(message: object) -> tuple[str, ...]:
    return ("python-format",) if "%(" in str(message) else ()


def path_of(language: str) -> Path:
    """A language's catalogue."""
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def catalogue(language: str) -> Catalog:
    """What is translated."""
    path = path_of(language)
    if not path.exists():
        return Catalog(locale=language, charset="utf-8", fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=language, charset="utf-8")


def merged(language: str, source: Catalog) -> Catalog:
    """A language's catalogue with exactly the texts that there are; nothing is guessed from similar ones."""
    found = catalogue(language)
    found.update(source, no_fuzzy_matching=True)
    found.obsolete.clear()
    return found


def as_po(made: Catalog) -> bytes:
    """A catalogue as it is kept: sorted, without times, so that it changes only where texts do."""
    out = BytesIO()
    write_po(out, made, width=120, sort_output=True, omit_header=False, include_lineno=False, no_location=False)
    lines = out.getvalue().decode().split("\n")
    dropped = tuple(f'"{name}' for name in _PASSING)
    kept = [line for line in lines if not line.startswith(dropped) and line[:2] != "# "]
    return "\n".join(line for line in kept if line != "#").encode()


def as_mo(made: Catalog) -> bytes:
    """A catalogue as Django reads it; its dates are fixed, so that the same texts give the same bytes."""
    made.creation_date = made.revision_date = datetime(2000, 1, 1, tzinfo=UTC)
    out = BytesIO()
    write_mo(out, made)
    return out.getvalue()


def problems() -> Iterator[str]:
    """What is missing, stale or wrong in the catalogues."""
    source = gathered()
    for language in LANGUAGES:
        made = merged(language, source)
        path = path_of(language).relative_to(ROOT)
        if not path_of(language).exists() or path_of(language).read_bytes() != as_po(made):
            yield f"{path}: not as the code has it: run python tools/messages.py"
        compiled = path_of(language).with_suffix(".mo")
        if not compiled.exists() or compiled.read_bytes() != as_mo(made):
            yield f"{compiled.relative_to(ROOT)}: not as the catalogue: run python tools/messages.py"
        yield from (f"{path}: not translated: {_shown(message)}" for message in made if message.id and _lacks(message))
        for message in made:
            for error in message.check(made) if message.id and message.string else ():
                yield f"{path}: {_shown(message)}: {error}"


def _lacks(message: Message) -> bool:
    said = message.string if isinstance(message.string, tuple | list) else (message.string,)
    return not all(said)


def _shown(message: Message) -> str:
    return repr(message.id if isinstance(message.id, str) else message.id[0])[:90]


def write() -> None:
    """Bring all catalogues up to date and compile them."""
    source = gathered()
    for language in LANGUAGES:
        made = merged(language, source)
        path = path_of(language)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(as_po(made))
        path.with_suffix(".mo").write_bytes(as_mo(made))


def main() -> int:
    """Write, or check."""
    settings.configure()
    if "--check" not in sys.argv[1:]:
        write()
        return 0
    found = list(problems())
    print("\n".join(found[:40]))
    print(f"Translations: {len(found)} problems in {len(LANGUAGES)} languages.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
