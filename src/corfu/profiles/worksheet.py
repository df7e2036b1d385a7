"""The words that a language lacks, written as TOML for a translator to fill in."""

import json
from collections import Counter
from collections.abc import Iterable
from typing import Final

from corfu.profiles.dictionary import SAME, Key

_HEAD: Final = """\
# Put the translation in place of the English, and add the lines to words/{language}.toml.
# Under [same] the key stays in English: these texts stand at several places. A table of its own wins over [same].
"""


def worksheet(missing: Iterable[tuple[Key, str]], language: str) -> str:
    """TOML with the English of every missing text, each that stands more than once only once; empty if none is."""
    found = list(missing)
    times = Counter(english for _, english in found)
    tables: dict[str, list[str]] = {}
    for (kind, id_, name), english in found:
        if times[english] > 1:
            line, table = f"{_quoted(english)} = {_quoted(english)}", f"[{SAME}]"
        else:
            line, table = f"{name} = {_quoted(english)}", f"[{kind}.{_quoted(id_)}]"
        lines = tables.setdefault(table, [])
        if line not in lines:
            lines.append(line)
    first = sorted(tables, key=lambda table: table != f"[{SAME}]")
    texts = ["\n".join([table, *tables[table], ""]) for table in first]
    return "\n".join([_HEAD.format(language=language), *texts]) if texts else ""


def _quoted(text: str) -> str:
    """In TOML's quotes, which are JSON's but for one control character that no text of a profile has."""
    return json.dumps(text, ensure_ascii=False)
