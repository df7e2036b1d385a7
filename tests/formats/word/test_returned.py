"""A returned file against its base: what is tracked, what is not, and whose it is."""

import pytest

from corfu.formats.compilation import Returned, Untracked
from corfu.formats.errors import BadInput
from corfu.formats.word.returned import base_of, returned, returned_by_author, shown
from corfu.formats.word.views import read
from corfu.wording.apply import apply
from corfu.wording.model import Delete, Edit, Insert, Kind, Move, Paragraph
from tests.formats.word.build import change, docx, gone, ins, par, run

BASE = (
    "The Council,",
    "1. Decides to establish a channel, which shall be open to all States;",
    "2. Requests the Chairperson to appoint a co-ordinator;",
    "3. Decides that States shall reply within 48 hours.",
)


def plain(*texts: str) -> list[str]:
    return [par(run(text)) for text in texts]


def base() -> list[Paragraph]:
    return base_of(read(docx("".join(plain(*BASE))), "base.docx"))


def sent(*paragraphs: str) -> Returned:
    """The file read, and checked: what it asks for makes exactly its accepted text."""
    file = read(docx("".join(paragraphs)), "NOR.docx")
    found = returned(file, base(), "NOR")
    made = apply(base(), found.amendment) if found.amendment else base()
    assert [line for p in made for line in p.text.split("\n")] == [p.text for p in shown(file.accept())]
    return found


def test_the_base_is_read_with_its_kinds_and_permanent_ids() -> None:
    found = base()
    assert [p.kind for p in found] == [Kind.PREAMBULAR, Kind.OPERATIVE, Kind.OPERATIVE, Kind.OPERATIVE]
    assert [p.id for p in found] == ["p1", "p2", "p3", "p4"]


def test_a_file_without_changes_asks_for_nothing() -> None:
    found = sent(*plain(*BASE))
    assert found.asks == 0 and found.amendment is None and not found.untracked


def test_a_tracked_edit() -> None:
    found = sent(
        *plain(*BASE[:3]),
        par(run("3. Decides that States shall reply within ") + gone("48") + ins("24") + run(" hours.")),
    )
    assert found.amendment and found.amendment.acts == (Edit("p4", 8, 9, "24 "),)
    assert not found.untracked


def test_an_untracked_edit_is_flagged_with_its_words_and_counted() -> None:
    found = sent(*plain(*BASE[:3], BASE[3].replace("48", "36")))
    assert found.untracked == (Untracked("p4", "3", "48 ", "36 "),)
    assert found.amendment and found.amendment.acts == (Edit("p4", 8, 9, "36 "),)


def test_untracked_paragraphs_that_came_and_went() -> None:
    found = sent(*plain(BASE[0], BASE[1], BASE[3], "4. Thanks the host."))
    assert [(u.label, u.old[:11], u.new) for u in found.untracked] == [
        ("2", "2. Requests", ""),
        ("3", "", "4. Thanks the host."),
    ]
    assert found.amendment and [type(a) for a in found.amendment.acts] == [Delete, Insert]


def test_a_split_and_a_join() -> None:
    split = sent(
        *plain(BASE[0]),
        par(run("1. Decides to establish a channel, "), mark=change("ins")),
        par(run("which shall be open to all States;")),
        *plain(*BASE[2:]),
    )
    assert split.amendment and split.amendment.acts == (Edit("p2", 8, 8, "\n"),)
    join = sent(*plain(*BASE[:2]), par(run(BASE[2]), mark=change("del")), par(run(BASE[3])))
    assert join.amendment and [type(a) for a in join.amendment.acts] == [Edit, Delete]
    assert join.amendment.acts[1] == Delete("p4")


def test_a_split_that_was_not_tracked_is_one_silent_change() -> None:
    halves = BASE[1].partition(" which")
    found = sent(*plain(BASE[0], halves[0] + " ", "which" + halves[2], *BASE[2:]))
    (silent,) = found.untracked
    assert (silent.paragraph, silent.old, silent.new) == ("p2", "", "\n")


def test_a_paragraph_whose_words_were_all_replaced_is_still_that_paragraph() -> None:
    found = sent(*plain(*BASE[:2]), par(gone(BASE[2]) + ins("2. Does nothing of the kind;")), *plain(BASE[3]))
    assert found.amendment and all(isinstance(a, Edit) and a.paragraph == "p3" for a in found.amendment.acts)


def test_a_new_paragraph_in_the_middle_stands_after_the_one_before_it() -> None:
    found = sent(*plain(*BASE[:3]), par(ins("2 bis. Thanks the host;"), mark=change("ins")), *plain(BASE[3]))
    assert found.amendment
    (act,) = found.amendment.acts
    assert isinstance(act, Insert) and act.after == "p3" and act.paragraph.kind is Kind.OPERATIVE


def test_a_tracked_move_is_a_move() -> None:
    def end(kind: str, name: str, inside: str) -> str:
        start = f'<w:{kind}RangeStart w:id="{name}1" w:name="{name}" w:author="Norvale" w:date="2026-01-05T10:00:00Z"/>'
        return start + change(kind, inside) + f'<w:{kind}RangeEnd w:id="{name}1"/>'

    moved = BASE[2]
    found = sent(
        *plain(*BASE[:2]),
        par(end("moveFrom", "9", run(moved)), mark=change("moveFrom")),
        *plain(BASE[3]),
        par(end("moveTo", "9", run(moved)), mark=change("moveTo")),
    )
    assert found.amendment and found.amendment.acts == (Move("p3", "p4"),)


def test_permanent_ids_survive_a_file_of_our_own() -> None:
    mark = '<w:bookmarkStart w:id="{0}" w:name="_corfu_op{0}"/><w:bookmarkEnd w:id="{0}"/>'
    paragraphs = [par(mark.format(n) + run(text)) for n, text in enumerate(BASE)]
    kept = base_of(read(docx("".join(paragraphs)), "base.docx"))
    assert [p.id for p in kept] == ["op0", "op1", "op2", "op3"]
    other = [paragraphs[0], par(mark.format(1) + run("Something else entirely.")), *paragraphs[2:]]
    found = returned(read(docx("".join(other)), "NOR.docx"), kept, "NOR")
    assert found.amendment and {a.paragraph for a in found.amendment.acts if isinstance(a, Edit)} == {"op1"}


def test_another_document_is_refused() -> None:
    with pytest.raises(BadInput, match=r"^NOR\.docx is another document than the base: 0 of the base's 4 paragraphs"):
        sent(*plain("Minutes of the meeting", "Those present", "Any other business", "Closing"))


def test_a_file_without_text_is_refused_as_base() -> None:
    with pytest.raises(BadInput, match="has no text"):
        base_of(read(docx(par()), "base.docx"))


def test_authors_inside_one_file_are_told_apart() -> None:
    reply = run("3. Decides that States shall reply within ") + gone("48", "Sarn") + ins("24", "Sarn")
    last = par(reply + run(" hours") + ins(" or less", "Velmara") + run("."))
    file = read(docx("".join([*plain(*BASE[:2], BASE[2].replace("appoint", "name")), last])), "common.docx")
    found = returned_by_author(file, base(), {"Sarn": "SAR"})
    assert [(f.by, f.asks, len(f.untracked)) for f in found] == [("SAR", 1, 0), ("Velmara", 1, 0), ("common", 1, 1)]


def test_changes_inside_anothers_change_are_named() -> None:
    nested = change("ins", run("or ") + change("del", run("never ", tag="delText"), "Velmara"), "Sarn")
    file = read(
        docx(
            "".join(plain(*BASE[:3]))
            + par(run("3. Decides that States shall reply within 48 hours ") + nested + run("."))
        ),
        "c.docx",
    )
    found = returned_by_author(file, base(), {})
    assert any("Velmara changes words of Sarn's own change" in note for f in found for note in f.not_understood)


def test_quotes_that_a_word_processor_changed_are_one_note_and_no_list() -> None:
    found = sent(*plain(*[text.replace(" ", "\u00a0", 1) for text in BASE]))
    assert found.untracked == ()
    assert found.not_understood == (
        "quotes, dashes or spaces changed without tracking in 4 paragraphs, the words being the same",
    )


def test_equal_words_elsewhere_do_not_swallow_an_authors_new_paragraph() -> None:
    idem = base_of(read(docx("".join(plain("The Council,", "Idem,", "Idem,"))), "base.docx"))
    new = par(ins("Idem,", "Anna"), mark=change("ins", by="Anna"))
    file = read(docx("".join([*plain("The Council,"), new, *plain("Idem,", "Idem,")])), "one.docx")
    (found,) = returned_by_author(file, idem, {})
    assert found.by == "Anna" and found.asks == 1
