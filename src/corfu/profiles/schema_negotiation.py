"""The files of a negotiation under way: a text from its first revision on, who wants what, translations, a guide."""

from typing import Final

from corfu.profiles.shape import Field, Holds, Table, may, must

NEGOTIATION: Final = "negotiation/*.toml"  # one file, named after its text
TRANSLATIONS: Final = "negotiation/*.*.toml"  # beside it, one for each other language: dd7.fr.toml

_PARAGRAPH_KINDS: Final = ("title", "heading", "preambular", "operative", "item", "plain")
_RESERVE_KINDS: Final = ("general", "scrutiny", "linked")
_STANCES: Final = ("supports", "can-live-with", "reserves", "objects")
_ROUND: Final = must("round", Holds.WHOLE)
_BY: Final = must("by", Holds.REFERENCE, "state")
_STANCE: Final = must("stance", Holds.CHOICE, *_STANCES)


def _process() -> tuple[Field, ...]:
    return (
        must("id", Holds.ID),
        must("title", Holds.WORDS),
        must("summary", Holds.WORDS),
        must("mandate", Holds.WORDS),
        must("first", Holds.DAY),
        must("body", Holds.REFERENCE, "body"),
        may("principles", Holds.REFERENCES, "principle"),
        may("topics", Holds.REFERENCES, "topic"),
    )


def _act() -> tuple[Field, ...]:
    return (
        may("paragraph", Holds.ID),
        may("becomes", Holds.PLAIN),
        may("insert", Holds.PLAIN),
        may("after", Holds.ID),
        may("id", Holds.ID),
        may("level", Holds.WHOLE),
        may("delete", Holds.ID),
        may("move", Holds.ID),
        may("reserve", Holds.ID),
        may("kind", Holds.CHOICE, *_PARAGRAPH_KINDS, *_RESERVE_KINDS),
        may("on", Holds.PLAIN),
    )


NEGOTIATION_TABLES: Final = (
    Table("negotiation", NEGOTIATION, _process(), path=("process",), single=True),
    Table(
        "text",
        NEGOTIATION,
        (
            must("id", Holds.ID),
            must("symbol", Holds.PLAIN),
            must("kind", Holds.ID),
            must("layer", Holds.CHOICE, "public", "participants", "states"),
            must("chair", Holds.REFERENCE, "state"),
            must("title", Holds.WORDS),
        ),
        path=("text",),
        single=True,
    ),
    Table(
        "text-paragraph",
        NEGOTIATION,
        (
            must("id", Holds.ID),
            must("kind", Holds.CHOICE, *_PARAGRAPH_KINDS),
            may("level", Holds.WHOLE),
            must("text", Holds.PLAIN),
        ),
        path=("paragraph",),
    ),
    Table(
        "round",
        NEGOTIATION,
        (
            must("number", Holds.WHOLE),
            must("issued", Holds.INSTANT),
            must("closes", Holds.INSTANT),
            may("take", Holds.REFERENCES, "amendment"),
            may("keep_open", Holds.REFERENCES, "amendment"),
        ),
        path=("round",),
        identity=("number",),
    ),
    Table(
        "reword",
        NEGOTIATION,
        (
            must("paragraph", Holds.ID),
            may("find", Holds.PLAIN),
            must("text", Holds.PLAIN),
            must("draws_on", Holds.REFERENCES, "amendment"),
        ),
        path=("round", "reword"),
        identity=("paragraph", "find"),
    ),
    Table(
        "amendment",
        NEGOTIATION,
        (
            must("id", Holds.ID),
            _ROUND,
            _BY,
            may("joined", Holds.REFERENCES, "state"),
            may("explanation", Holds.PLAIN),
        ),
        path=("amendment",),
    ),
    Table("amendment-act", NEGOTIATION, _act(), path=("amendment", "act"), identity=()),
    Table(
        "position",
        NEGOTIATION,
        (
            _ROUND,
            _BY,
            _STANCE,
            must("paragraph", Holds.ID),
            may("amendment", Holds.REFERENCE, "amendment"),
            may("find", Holds.PLAIN),
            may("reason", Holds.PLAIN),
        ),
        path=("position",),
        identity=("round", "by", "paragraph", "amendment", "find"),
    ),
    Table(
        "suggestion",
        NEGOTIATION,
        (
            must("id", Holds.ID),
            _ROUND,
            _BY,
            must("paragraph", Holds.ID),
            may("find", Holds.PLAIN),
            must("text", Holds.PLAIN),
            must("draws_on", Holds.REFERENCES, "amendment"),
            may("explanation", Holds.PLAIN),
        ),
        path=("suggestion",),
    ),
    Table(
        "answer",
        NEGOTIATION,
        (_BY, _STANCE, may("reason", Holds.PLAIN)),
        path=("suggestion", "answer"),
        identity=("by",),
    ),
    Table(
        "guide",
        NEGOTIATION,
        (must("id", Holds.ID), must("title", Holds.WORDS), must("summary", Holds.WORDS)),
        path=("guide",),
        single=True,
    ),
    Table(
        "guide-step",
        NEGOTIATION,
        (
            must("nr", Holds.WHOLE),
            may("as", Holds.REFERENCE, "state"),
            must("path", Holds.PLAIN),
            must("title", Holds.WORDS),
            must("text", Holds.WORDS),
            may("paragraph", Holds.ID),
            may("becomes", Holds.PLAIN),
            may("file", Holds.PLAIN),
        ),
        path=("guide", "step"),
        identity=("nr",),
    ),
    Table(
        "translation",
        TRANSLATIONS,
        (
            must("id", Holds.ID),
            must("follows", Holds.WHOLE),
            must("status", Holds.CHOICE, "official", "courtesy"),
            must("text", Holds.PLAIN),
        ),
        path=("paragraph",),
        identity=("id", "follows"),
    ),
)
