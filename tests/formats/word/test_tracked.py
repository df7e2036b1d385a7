"""Tracked changes that we write: all rejected they are the base, all accepted the new text, for three readers."""

from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings

from corfu.formats.word.names import W, local
from corfu.formats.word.returned import base_of, returned, shown
from corfu.formats.word.views import read
from corfu.wording.apply import apply
from tests.formats.word import office, pandoc
from tests.formats.word.checked import check, document, folded, lines_of, random_case
from tests.wording import strategies

CODES = ("BEL", "DOR", "ILV", "KAR", "LUM", "MAR", "NOR", "OST", "SAR", "TIR", "VEL", "ZEN")


@given(strategies.randoms)
@settings(max_examples=300)
def test_any_amendment_on_any_layout(random: Random) -> None:
    check(*random_case(random))


def test_pandoc_reads_any_amendment_on_any_layout(tmp_path: Path) -> None:
    path = tmp_path / "out.docx"
    for seed in range(40):
        base, paragraphs, amendment = random_case(Random(seed), fields=False)
        path.write_bytes(check(base, paragraphs, amendment))
        # pandoc puts a space where two halves of a paragraph are joined again.
        assert tight(pandoc.view(path, "reject")) == tight([p.text for p in paragraphs]), seed
        assert tight(pandoc.view(path, "accept")) == tight(lines_of(apply(paragraphs, amendment))), seed


def tight(lines: list[str]) -> list[str]:
    return ["".join(line.split()) for line in lines]


# --- the example


def exported(dd7: Path, code: str) -> bytes:
    data = (dd7 / "base.docx").read_bytes()
    paragraphs = base_of(read(data, "base.docx"))
    theirs = returned(read((dd7 / f"{code}.docx").read_bytes(), code), paragraphs, code)
    assert theirs.amendment
    out = check(data, paragraphs, theirs.amendment)
    again = read(out, code)
    assert [p.id for p in shown(again.reject())] == [p.id for p in paragraphs]
    assert again.authors == ("Norvale",)
    assert returned(again, paragraphs, code) == theirs
    return out


@pytest.mark.parametrize("code", CODES)
def test_a_delegations_export_is_its_text_for_us_and_for_pandoc(code: str, dd7: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.docx"
    out.write_bytes(exported(dd7, code))
    assert pandoc.view(out, "accept") == pandoc.view(dd7 / f"{code}.docx", "accept")
    assert pandoc.view(out, "reject") == pandoc.view(dd7 / "base.docx", "accept")


@pytest.mark.office
def test_libreoffice_reads_every_export_as_its_text(dd7: Path, tmp_path: Path) -> None:
    random = {f"random{n}": random_case(Random(n), fields=False) for n in range(120)}
    exports = {name: check(*case) for name, case in random.items()}
    exports = {name: out for name, out in exports.items() if not libreoffice_misreads(out)}
    assert len(exports) > 100
    exports |= {code: exported(dd7, code) for code in CODES}
    sent = {f"{code}-sent": (dd7 / f"{code}.docx").read_bytes() for code in CODES}
    seen = office.views({**exports, **sent}, tmp_path)
    for code in CODES:
        assert seen[code] == seen[f"{code}-sent"]
    for name in exports.keys() - set(CODES):
        _, paragraphs, amendment = random[name]
        accepted, rejected = (folded(lines) for lines in seen[name])
        assert rejected == folded(lines_of_office([p.text for p in paragraphs])), name
        assert accepted == folded(lines_of_office(lines_of(apply(paragraphs, amendment)))), name


def lines_of_office(lines: list[str]) -> list[str]:
    """LibreOffice writes a line break inside a paragraph as it writes the end of one."""
    return [part for line in lines for part in line.split("\u2028")]


def libreoffice_misreads(data: bytes) -> bool:
    """What LibreOffice 7.4 gets wrong in any file: it makes one of an insertion at the end of a paragraph and one at
    the head of the next, with the mark between; and it forgets a line break at the end of a deletion."""
    root = document(data)
    joined = open = new = False
    for paragraph in root.iter(f"{W}p"):
        runs = [r for r in paragraph.iter(f"{W}r") if "".join(map(str, r.itertext())) or r.find(f"{W}br") is not None]
        holders = [local(parent.tag) for r in runs if (parent := r.getparent()) is not None]
        joined = joined or (open and holders[:1] == ["ins"])
        last = holders[-1] == "ins" if holders else new
        new = paragraph.find(f"{W}pPr/{W}rPr/{W}ins") is not None
        open = last and not new
    ends = [run[-1].tag for deletion in root.iter(f"{W}del") for run in list(deletion)[-1:] if len(run)]
    return joined or f"{W}br" in ends
