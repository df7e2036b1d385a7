"""Names of elements and attributes, spelt as lxml spells them: {namespace}local."""

from typing import Final

WORD: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
MATH: Final = "http://schemas.openxmlformats.org/officeDocument/2006/math"
COMPATIBILITY: Final = "http://schemas.openxmlformats.org/markup-compatibility/2006"
RELATIONSHIPS: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
CONTENT_TYPES: Final = "http://schemas.openxmlformats.org/package/2006/content-types"
W: Final = f"{{{WORD}}}"
M: Final = f"{{{MATH}}}"
MC: Final = f"{{{COMPATIBILITY}}}"

VAL: Final = f"{W}val"
ID: Final = f"{W}id"
NAME: Final = f"{W}name"
AUTHOR: Final = f"{W}author"
DATE: Final = f"{W}date"
SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"


def local(tag: str) -> str:
    """The name without its namespace: '{…}ins' is 'ins'."""
    return tag.rpartition("}")[2]
