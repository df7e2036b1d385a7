"""What a file holds that the views do not carry out: collected while reading, told in plain phrases."""

from dataclasses import dataclass, field
from typing import Final

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
    "altChunk": ("imported document whose text is not read", "imported documents whose text is not read"),
    "subDoc": ("linked document whose text is not read", "linked documents whose text is not read"),
}
UNNAMED: Final = "an unnamed author"


@dataclass(slots=True)
class Findings:
    """Phrases in the order of first appearance; hundreds of one kind by one author make one phrase."""

    met: dict[tuple[str, str, str, str], list[int]] = field(default_factory=dict)

    def add(self, tag: str, author: str | None, place: str, paragraph: int = -1, *, inside: str = "") -> None:
        """One more of element `tag`. author: None where the format names none. place: 'paragraph' with its index
        (from 0), or a part such as 'a header'. inside: how the phrase goes on, such as ' inside an insertion'."""
        by = "" if author is None else f" by {author or UNNAMED}"
        self.met.setdefault((tag, inside, by, place), []).append(paragraph)

    def phrases(self) -> tuple[str, ...]:
        return tuple(_phrase(*key, paragraphs) for key, paragraphs in self.met.items())


def _phrase(tag: str, inside: str, by: str, place: str, paragraphs: list[int]) -> str:
    one, many = CALLED.get(tag, ("change", "changes"))
    if tag in ("drawing", "object", "pict"):
        one, many = "picture or object", "pictures or objects"
    elif tag == "field":
        return f"field that never ends (w:fldChar), by paragraph {paragraphs[0] + 1}; its text is taken as it stands"
    elif tag == "text":
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
