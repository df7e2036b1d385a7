"""The JSON holds everything: the base and each delegation's text come back from it alone."""

from typing import Any

from hypothesis import given

from corfu.formats.compilation import Compilation, Returned
from corfu.formats.rolling_json import rolling_json
from corfu.wording.apply import apply
from corfu.wording.compile import compile
from corfu.wording.model import Version
from tests.wording.strategies import versions


def text_of(data: dict[str, Any], code: str | None = None) -> list[str]:
    """A delegation's paragraphs (the base's without one), from the JSON alone and in the way the docs tell."""
    lines: list[str] = []
    for p in data["paragraphs"]:
        if "inserted_by" in p:
            if code in p["inserted_by"]:
                lines += p.get("as_written", {}).get(code, "".join(p["parts"])).split("\n")
        elif code not in p["delete_by"]:
            lines += "".join(part if isinstance(part, str) else chosen(part, code) for part in p["parts"]).split("\n")
    return lines


def chosen(span: dict[str, Any], code: str | None) -> str:
    (base,) = [v for v in span["variants"] if v.get("base")]
    wanted = next((v for v in span["variants"] if code in v["by"]), base)
    return str(wanted.get("as_written", {}).get(code, wanted["text"]))


def compiled(version: Version) -> Compilation:
    files = tuple(Returned(a.by[0], f"{a.by[0]}.docx", a) for a in version.amendments)
    return Compilation("A text", "base.docx", version, compile(version), files)


@given(versions)
def test_base_and_delegations_come_back_byte_for_byte(version: Version) -> None:
    seen: set[str] = set()  # one amendment by each delegation, as one file by each
    amendments = [a for a in version.amendments if not (seen & set(a.by)) and not seen.update(a.by)]  # type: ignore[func-returns-value]
    data = rolling_json(compiled(Version(0, version.paragraphs, tuple(amendments))))
    assert text_of(data) == [p.text for p in version.paragraphs]
    for a in amendments:
        expected = [line for p in apply(version.paragraphs, a) for line in p.text.split("\n")]
        for code in a.by:
            assert text_of(data, code) == expected


@given(versions)
def test_names_are_sorted_and_spans_numbered(version: Version) -> None:
    data = rolling_json(compiled(version))
    spans = [part for p in data["paragraphs"] for part in p["parts"] if not isinstance(part, str)]
    assert [s["span"] for s in spans] == list(range(1, len(spans) + 1))
    assert all(v["by"] == sorted(v["by"]) for s in spans for v in s["variants"])
    assert data["counts"]["spans"] == len(spans) and data["corfu"] == 1
    ids = [p["id"] for p in data["paragraphs"]]
    assert len(set(ids)) == len(ids)
