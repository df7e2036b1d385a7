"""From the parts of a Word file to its story: the body, its notes, its comments, and what stands beside the text."""

from collections.abc import Iterator
from typing import Final

from lxml import etree

from corfu.formats.word import markup
from corfu.formats.word.findings import Findings
from corfu.formats.word.names import ID, W, local
from corfu.formats.word.package import Package
from corfu.formats.word.story import Comment, Place, Story
from corfu.formats.word.walk import REVISIONS, Walker, author

# Changes in parts that are not compared are named all the same.
NAMED_ELSEWHERE: Final = (*REVISIONS, f"{W}rPrChange", f"{W}pPrChange", f"{W}tblPrChange", f"{W}sectPrChange")
BESIDE: Final = (("header", "a header"), ("footer", "a footer"))


def read_story(package: Package) -> Story:
    """Everything that the file says, with all its changes still open. Raises BadInput."""
    root = package.tree(package.main)
    body = next(root.iterchildren(f"{W}body"), None)
    if body is None:
        raise markup.without_body(package.name)
    findings, walker = _walk(body)
    for kind in ("footnote", "endnote"):
        _notes(walker, package.related_tree(f"{kind}s"), kind, findings)
    for kind, where in BESIDE:
        for part in package.related(kind):
            _name_changes(package.tree(part), where, findings)
    paragraphs = tuple(walker.paragraphs)
    return Story(
        paragraphs,
        {paragraph.place: paragraph.key for paragraph in paragraphs},
        tuple(dict.fromkeys(change.author for change in walker.changes.values())),
        findings.found(),
        tuple(_comments(package.related_tree("comments"), walker.remarks)),
    )


def _walk(body: etree._Element) -> tuple[Findings, Walker]:
    findings = Findings()
    walker = Walker(findings)
    walker.read(body, Place("body"))
    if not any(tag == "field" for tag, *_ in findings.met):
        return findings, walker
    # A field that begins and never ends would swallow the rest of the text: read again and take fields as text.
    again = Findings()
    walker = Walker(again, with_fields=False)
    walker.read(body, Place("body"))
    again.met |= {key: met for key, met in findings.met.items() if key[0] == "field"}
    return again, walker


def _notes(walker: Walker, root: etree._Element | None, kind: str, findings: Findings) -> None:
    if root is None:
        return
    notes = {note.get(ID, ""): note for note in root.iterchildren(f"{W}{kind}")}
    for of, number, changes in walker.references:
        if of == kind and number in notes:
            walker.read(notes[number], Place(of, changes))
    met = {number for of, number, _ in walker.references if of == kind}
    kind_said = {"footnote": "a footnote", "endnote": "an endnote"}[kind]
    for number, note in notes.items():
        if number not in met:
            _name_changes(note, f"{kind_said} that nothing refers to", findings)


def _name_changes(root: etree._Element, where: str, findings: Findings) -> None:
    for node in root.iter(*NAMED_ELSEWHERE):
        findings.add(local(node.tag), author(node), where)


def _comments(root: etree._Element | None, places: dict[str, int]) -> Iterator[Comment]:
    for comment in () if root is None else root.iterchildren(f"{W}comment"):
        lines = ("".join(text.text or "" for text in line.iter(f"{W}t")) for line in comment.iter(f"{W}p"))
        yield Comment(author(comment), "\n".join(lines), places.get(comment.get(ID, ""), -1))
