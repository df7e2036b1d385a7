"""What a view says beside the text: keys, marks, ids, styles, moves; and what the file says beside its views."""

from typing import Final

import pytest

from corfu.formats.word.story import Change
from corfu.formats.word.views import ViewParagraph, WordFile, read
from tests.formats.word.build import DATE, cell, change, docx, field, gone, ins, par, row, run, table, text_box
from tests.formats.word.cases import CASES, DEL, INS, move


def opened(body: str, **parts: str) -> WordFile:
    return read(docx(body, **parts), "NOR.docx")


def ids(view: tuple[ViewParagraph, ...]) -> list[str | None]:
    return [paragraph.id for paragraph in view]


def bookmark(name: str, inside: str = "", number: int = 1) -> str:
    return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{inside}<w:bookmarkEnd w:id="{number}"/>'


# --- keys and marks


@pytest.mark.parametrize("name", CASES)
def test_keys_follow_the_text(name: str) -> None:
    file = read(CASES[name].file(), name)
    pieces = {piece.key: piece.text for paragraph in file.physical for piece in paragraph.pieces}
    assert len(pieces) == sum(len(paragraph.pieces) for paragraph in file.physical)
    for view in (file.accept(), file.reject()):
        for paragraph in view:
            assert "".join(pieces[key] for key, _ in paragraph.keys) == paragraph.text
            assert [length for _, length in paragraph.keys] == [len(pieces[key]) for key, _ in paragraph.keys]
            assert file.physical[paragraph.mark].key == paragraph.mark


def test_shared_keys_are_the_text_that_stands_in_both_views() -> None:
    file = opened(par(run("within ") + gone("48") + ins("24") + run(" hours")))
    (accepted,), (rejected,) = file.accept(), file.reject()
    assert accepted.keys == ((0, 7), (2, 2), (3, 6))
    assert rejected.keys == ((0, 7), (1, 2), (3, 6))


def test_runs_with_the_same_changes_make_one_piece() -> None:
    file = opened(
        par(run("a") + run("b", properties="<w:b/>") + "<w:proofErr/>" + ins("c") + ins("d") + ins("e", "Sarn"))
    )
    assert [piece.text for piece in file.physical[0].pieces] == ["ab", "cd", "e"]


def test_a_joined_paragraph_has_the_last_ones_mark_and_style() -> None:
    file = opened(
        par(run("a"), mark=DEL, properties='<w:pStyle w:val="H1"/>')
        + par(run("b"), properties='<w:pStyle w:val="H2"/>')
    )
    assert [(paragraph.mark, paragraph.heading) for paragraph in file.accept()] == [(1, 2)]
    assert [(paragraph.mark, paragraph.heading) for paragraph in file.reject()] == [(0, 1), (1, 2)]


# --- ids


def test_ids_come_from_bookmarks() -> None:
    body = (
        par(bookmark("_corfu_p1", run("a")))
        + par(bookmark("_GoBack", run("b")))
        + bookmark("_corfu_p3")
        + par(run("c"))
    )
    assert ids(opened(body).accept()) == ["p1", None, "p3"]


def test_id_stays_with_the_first_half_of_a_split() -> None:
    file = opened(par(bookmark("_corfu_p1") + run("a"), mark=INS) + par(run("b")))
    assert (ids(file.accept()), ids(file.reject())) == (["p1", None], ["p1"])


def test_id_of_the_first_part_names_a_joined_paragraph() -> None:
    file = opened(par(bookmark("_corfu_p1") + run("a"), mark=DEL) + par(bookmark("_corfu_p2", "", 2) + run("b")))
    assert (ids(file.accept()), ids(file.reject())) == (["p1"], ["p1", "p2"])


def test_id_of_a_deleted_paragraph_goes_with_it() -> None:
    file = opened(par(bookmark("_corfu_p1") + gone("a"), mark=DEL) + par(bookmark("_corfu_p2", "", 2) + run("b")))
    assert (ids(file.accept()), ids(file.reject())) == (["p2"], ["p1", "p2"])


def test_a_paragraph_written_inside_the_bookmark_of_the_next_leaves_it_its_id() -> None:
    start, end = '<w:bookmarkStart w:id="1" w:name="_corfu_p1"/>', '<w:bookmarkEnd w:id="1"/>'
    file = opened(par(start + ins("new"), mark=INS) + par(run("old") + end) + par(run("next")))
    assert (ids(file.accept()), ids(file.reject())) == ([None, "p1", None], ["p1", None])
    file = opened(par(start + ins("new"), mark=INS) + par(run("old")) + par(end + run("next")))
    assert (ids(file.accept()), ids(file.reject())) == ([None, "p1", None], ["p1", None])


# --- styles


def test_styles_headings_and_title() -> None:
    styles = ("", "Titre", "H1", "H1a", "H2", "Absent")
    body = "".join(par(run("x"), properties=f'<w:pStyle w:val="{style}"/>' if style else "") for style in styles)
    body += par(run("x"), properties='<w:outlineLvl w:val="2"/>')
    body += par(run("x"), properties='<w:pStyle w:val="H1"/><w:outlineLvl w:val="9"/>')
    view = opened(body).accept()
    assert [paragraph.style for paragraph in view] == [
        "Normal", "Title", "heading 1", "Chapter", "heading 2", "Absent", "Normal", "heading 1",
    ]  # fmt: skip
    assert [paragraph.heading for paragraph in view] == [0, 0, 1, 1, 2, 0, 3, 0]
    assert [paragraph.is_title for paragraph in view] == [False, True] + [False] * 6


def test_a_rejected_change_of_style_gives_the_old_heading() -> None:
    old = '<w:pPr><w:pStyle w:val="H2"/></w:pPr>'
    file = opened(par(run("x"), properties='<w:pStyle w:val="H1"/>' + change("pPrChange", old, "Sarn")))
    assert (file.accept()[0].heading, file.reject()[0].heading) == (1, 2)
    assert (file.authors, file.has_changes) == (("Sarn",), True)


def test_places() -> None:
    body = par(run("a") + text_box(par(run("b"))) + '<w:r><w:endnoteReference w:id="1"/></w:r>') + table(
        row(cell(par()))
    )
    file = opened(body, endnotes=f'<w:endnote w:id="1">{par(run("n"))}</w:endnote>')
    assert [paragraph.place for paragraph in file.accept()] == ["body", "box", "cell", "endnote"]


# --- changes


def test_judged_one_author_at_a_time() -> None:
    file = opened(par(run("a ") + ins("b ") + gone("c ", "Sarn") + ins("d", "Sarn")))
    assert file.authors == ("Norvale", "Sarn")
    assert [paragraph.text for paragraph in file.view(lambda change: change.author == "Sarn")] == ["a d"]
    assert [paragraph.text for paragraph in file.view(lambda change: change.author == "Norvale")] == ["a b c "]


def test_equal_changes_are_asked_for_once() -> None:
    asked: list[Change] = []

    def decide(change: Change) -> bool:
        asked.append(change)
        return False

    opened(par(ins("b") + run("a") + ins("b")) + par(ins("c", "Sarn"))).view(decide)
    assert asked == [Change("ins", "Norvale", DATE), Change("ins", "Sarn", DATE)]


def test_scrubbed_authors_are_empty() -> None:
    file = opened(
        par(change("ins", run("a"), "Author", "") + "<w:del w:id='9'>" + run("b", tag="delText") + "</w:del>")
    )
    assert file.authors == ("",)
    assert {change.author for piece in file.physical[0].pieces for change in piece.changes} == {""}


def test_names_of_moves() -> None:
    file = read(CASES["moved paragraph"].file(), "x")
    assert [set(paragraph.moved) for paragraph in file.accept()] == [set(), set(), {"m1"}, set()]
    assert [set(paragraph.moved) for paragraph in file.reject()] == [set(), {"m1"}, set(), set()]
    assert {change.move for paragraph in file.physical for change in paragraph.mark} == {"m1"}
    words = read(CASES["moved words"].file(), "x")
    assert [set(paragraph.moved) for paragraph in words.accept()] == [{"m2"}]


def test_places_stand_and_fall_with_rows_cells_notes_and_drawings() -> None:
    file = read(CASES["row inserted and row deleted"].file(), "x")
    kinds = [[change.kind for change in paragraph.place.changes] for paragraph in file.physical]
    assert kinds == [[], [], [], ["ins"], ["ins"], ["del"], ["del"], []]


# --- what the file says beside its text

FORMAT: Final = "<w:rPrChange w:id='1' w:author='Norvale' w:date='2026-01-05T10:00:00Z'><w:rPr/></w:rPrChange>"


def test_formatting_is_named_and_counted() -> None:
    bold = run("x", properties="<w:b/>" + FORMAT)
    assert opened(par(run("a")) * 3 + par(bold)).not_understood == (
        "formatting change (w:rPrChange) by Norvale in paragraph 4",
    )
    assert opened(par(bold) * 300).not_understood == (
        "300 formatting changes (w:rPrChange) by Norvale in 300 paragraphs from 1 to 300",
    )
    assert not opened(par(bold)).has_changes
    mark = f"<w:p><w:pPr><w:rPr>{FORMAT}</w:rPr></w:pPr></w:p>"
    assert opened(mark).not_understood == ("formatting change (w:rPrChange) by Norvale in paragraph 1",)


@pytest.mark.parametrize(
    ("body", "phrase"),
    [
        (table(row(cell(par(), properties=change("cellMerge")))), "merging of table cells (w:cellMerge) by Norvale"),
        (
            table(row(cell(par()), properties=change("trPrChange"))),
            "table row formatting change (w:trPrChange) by Norvale",
        ),
        (par(change("ins", "<w:r><w:drawing/></w:r>")), "picture or object (w:drawing) inside an insertion by Norvale"),
        (par(change("del", "<w:r><w:object/></w:r>")), "picture or object (w:object) inside a deletion by Norvale"),
        ('<w:altChunk r:id="rId9"/>', "imported document whose text is not read (w:altChunk)"),
        (par(change("conflictIns", run("a"))), "change (w:conflictIns) by Norvale"),
        (
            par("<m:oMath><m:f><m:fPr><m:ctrlPr><w:rPr>" + INS + "</w:rPr></m:ctrlPr></m:fPr></m:f></m:oMath>"),
            "tracked insertion (w:ins) of a formula's structure by Norvale",
        ),
        (run("lost"), "text outside any paragraph (w:t), before paragraph 1; it is left out"),
    ],
)
def test_what_the_views_cannot_show_is_named(body: str, phrase: str) -> None:
    (said,) = opened(body).not_understood
    assert said in (phrase, f"{phrase} in paragraph 1")


def test_changes_in_headers_footers_and_lost_notes_are_named() -> None:
    file = opened(
        par(run("a")),
        header1=par(ins("b") + ins("c")),
        footer1=par(gone("d", "Author")),
        footnotes=f'<w:footnote w:id="5">{par(ins("e"))}</w:footnote>',
    )
    assert [paragraph.text for paragraph in file.accept()] == ["a"]
    assert file.not_understood == (
        "tracked insertion (w:ins) by Norvale in a footnote that nothing refers to",
        "2 tracked insertions (w:ins) by Norvale in a header",
        "tracked deletion (w:del) by an unnamed author in a footer",
    )


def test_a_field_that_never_ends_hides_nothing() -> None:
    file = opened(par(run("a ") + '<w:r><w:fldChar w:fldCharType="begin"/></w:r>' + run("b ")) + par(run("c")))
    assert [paragraph.text for paragraph in file.accept()] == ["a b ", "c"]
    assert file.not_understood == ("field that never ends (w:fldChar), by paragraph 2; its text is taken as it stands",)
    assert opened(par(field(" X ", "y"))).not_understood == ()


def test_only_one_alternative_is_read() -> None:
    both = '<mc:Choice Requires="{}">{}</mc:Choice><mc:Fallback>{}</mc:Fallback>'
    both = f"<mc:AlternateContent>{both}</mc:AlternateContent>"
    known, unknown = both.format("w14", run("new"), run("old")), both.format("future", run("new"), run("old"))
    assert [paragraph.text for paragraph in opened(par(known) + par(unknown)).accept()] == ["new", "old"]


def test_symbols() -> None:
    signs = (("F061", "Symbol"), ("F0FC", "Wingdings"), ("2022", "Arial"), ("F0B3", "Symbol"), ("zz", "Symbol"))
    body = par("".join(f'<w:r><w:sym w:char="{code}" w:font="{font}"/></w:r>' for code, font in signs))
    assert opened(body).accept()[0].text == "α✓•≥"


def test_comments() -> None:
    body = par(run("a")) + par('<w:commentRangeStart w:id="3"/>' + run("b") + '<w:commentRangeEnd w:id="3"/>')
    words = par(run("Why ") + run("so?")) + par(run("Norvale asks."))
    file = opened(body, comments=f'<w:comment w:id="3" w:author="Norvale">{words}</w:comment>')
    (comment,) = file.comments
    assert (comment.author, comment.text, comment.paragraph) == ("Norvale", "Why so?\nNorvale asks.", 1)


def test_move_ranges_may_stand_between_paragraphs() -> None:
    moved = par(change("moveTo", run("two")), mark=change("moveTo"))
    file = opened(par(run("one")) + move("moveTo", "name", moved) + par(run("three")))
    assert [set(paragraph.moved) for paragraph in file.accept()] == [set(), {"name"}, set()]
    assert [paragraph.text for paragraph in file.reject()] == ["one", "three"]
