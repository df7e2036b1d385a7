"""What a file holds that the views do not carry out: collected while reading, told in plain phrases."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final, Self

# Element name → what it is called, in the singular and the plural.
CALLED: Final = {
    "rPrChange": ("formatting change", "formatting changes"),
    "pPrChange": ("paragraph formatting change", "paragraph formatting changes"),
    "sectPrChange": ("section formatting change", "section formatting changes"),
    "tblPrChange": ("table formatting change", "table formatting changes"),
    "tblPrExChange": ("table row formatting change", "table row formatting changes"),
    "tblGridChange": ("table column change", "table column changes"),
    "tcPrChange": ("table cell formatting change", "table cell formatting changes"),
    "trPrChange": ("table row formatting change", "table row formatting changes"),
    "numberingChange": ("numbering change", "numbering changes"),
    "cellMerge": ("merging of table cells", "mergings of table cells"),
    "customXmlInsRangeStart": ("inserted content control", "inserted content controls"),
    "customXmlDelRangeStart": ("deleted content control", "deleted content controls"),
    "customXmlMoveFromRangeStart": ("content control moved away", "content controls moved away"),
    "customXmlMoveToRangeStart": ("content control moved here", "content controls moved here"),
    "ins": ("tracked insertion", "tracked insertions"),
    "del": ("tracked deletion", "tracked deletions"),
    "moveFrom": ("text moved away", "texts moved away"),
    "moveTo": ("text moved here", "texts moved here"),
    "drawing": ("picture or object", "pictures or objects"),
    "object": ("picture or object", "pictures or objects"),
    "pict": ("picture or object", "pictures or objects"),
    "altChunk": ("imported document whose text is not read", "imported documents whose text is not read"),
    "subDoc": ("linked document whose text is not read", "linked documents whose text is not read"),
}
UNNAMED: Final = "an unnamed author"


class Finding(str):
    """A phrase in English, with what it is made of for whoever says it in another language.

    `tag`: the element's name. `inside`: how the phrase goes on, such as ' inside an insertion'. `author`: None where
    the format names none. `place`: 'paragraph', or a part such as 'a header'. `paragraphs`: from 0, one an element.
    """

    __slots__ = ("author", "inside", "paragraphs", "place", "tag")

    tag: str
    inside: str
    author: str | None
    place: str
    paragraphs: tuple[int, ...]

    def __new__(cls, tag: str, inside: str, author: str | None, place: str, paragraphs: Iterable[int]) -> Self:
        """The phrase."""
        there = tuple(paragraphs)
        made = super().__new__(cls, _phrase(tag, inside, author, place, there))
        made.tag, made.inside, made.author, made.place, made.paragraphs = tag, inside, author, place, there
        return made


@dataclass(slots=True)
class Findings:
    """Findings in the order of first appearance; hundreds of one kind by one author make one phrase."""

    met: dict[tuple[str, str, str | None, str], list[int]] = field(default_factory=dict)

    def add(self, tag: str, author: str | None, place: str, paragraph: int = -1, *, inside: str = "") -> None:
        """One more of element `tag`: see `Finding`."""
        self.met.setdefault((tag, inside, author, place), []).append(paragraph)

    def found(self) -> tuple[Finding, ...]:
        """All of them."""
        return tuple(Finding(*key, paragraphs) for key, paragraphs in self.met.items())


def _phrase(tag: str, inside: str, author: str | None, place: str, paragraphs: tuple[int, ...]) -> str:
    by = "" if author is None else f" by {author or UNNAMED}"
    one, many = CALLED.get(tag, ("change", "changes"))
    if tag == "field":
        return f"field that never ends (w:fldChar), by paragraph {paragraphs[0] + 1}; its text is taken as it stands"
    if tag == "text":
        return f"text outside any paragraph (w:t), before paragraph {paragraphs[0] + 1}; it is left out"
    count = len(paragraphs)
    what = f"{one if count == 1 else f'{count} {many}'} (w:{tag}){inside}{by} in "
    if place != "paragraph":
        return what + place
    numbers = sorted({paragraph + 1 for paragraph in paragraphs})
    if len(numbers) == 1:
        return f"{what}paragraph {numbers[0]}"
    if len(numbers) <= 4:
        return f"{what}paragraphs {', '.join(map(str, numbers[:-1]))} and {numbers[-1]}"
    return f"{what}{len(numbers)} paragraphs from {numbers[0]} to {numbers[-1]}"
