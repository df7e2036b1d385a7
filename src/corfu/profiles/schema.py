"""The files of a profile: which there are, which columns or keys each has, and what may stand in them.

One declaration serves the reader, the check, the list of words to translate and the test of docs/profiles.md.
"""

from typing import Final

from corfu.profiles.schema_negotiation import NEGOTIATION_TABLES
from corfu.profiles.shape import Holds, Table
from corfu.profiles.shape import may as _may
from corfu.profiles.shape import must as _must

HISTORY: Final = "history/*.toml"  # one file, named after its process

_ID: Final = _must("id", Holds.ID)
_CODE: Final = _must("code", Holds.CODE)
_NAME: Final = _must("name", Holds.WORDS)
_TITLE: Final = _must("title", Holds.WORDS)
_TEXT: Final = _must("text", Holds.WORDS)
_NR: Final = _must("nr", Holds.WHOLE)
_DIMENSION: Final = _may("dimension", Holds.REFERENCE, "dimension")
_SOURCED: Final = (_must("standing", Holds.STANDING), _may("source", Holds.PLAIN), _may("note", Holds.WORDS))
_PARTICIPANT: Final = (_CODE, _may("iso3", Holds.PLAIN), _must("name", Holds.NAMES), _may("sort", Holds.SORTS))
_UNTIL: Final = _may("until", Holds.DATE)

PROFILE: Final = Table(
    "profile",
    "profile.toml",
    (
        _ID,
        _NAME,
        _must("short", Holds.WORDS),
        _may("tagline", Holds.WORDS),
        _may("exercise", Holds.TRUTH),
        _may("second_factor", Holds.TRUTH),
        _must("host_city", Holds.REFERENCE, "place"),
        _must("timezone", Holds.TIMEZONE),
        _must("languages", Holds.LANGUAGES),
        *_SOURCED,
    ),
    single=True,
    required=True,
)

_COMMUNITY: Final = (
    Table(
        "state",
        "states.csv",
        (*_PARTICIPANT, _must("admitted", Holds.DATE), _UNTIL, *_SOURCED),
        identity=("code",),
        required=True,
    ),
    Table(
        "former-state",
        "former-states.csv",
        (*_PARTICIPANT, _must("admitted", Holds.DATE), _must("until", Holds.DATE), *_SOURCED),
        identity=("code",),
    ),
    Table(
        "partner",
        "partners.csv",
        (*_PARTICIPANT, _must("group", Holds.KIND, "group"), _may("admitted", Holds.DATE), _UNTIL, *_SOURCED),
        identity=("code",),
    ),
    Table(
        "organisation",
        "organisations.csv",
        (*_PARTICIPANT, _may("group", Holds.KIND, "group"), _may("admitted", Holds.DATE), _UNTIL, *_SOURCED),
        identity=("code",),
    ),
    Table(
        "office",
        "profile.toml",
        (_ID, _NAME, _may("term", Holds.WORDS), _may("troika", Holds.TRUTH), *_SOURCED),
        path=("office",),
    ),
    Table(
        "chair",
        "chairs.csv",
        (
            _must("office", Holds.REFERENCE, "office"),
            _must("year", Holds.WHOLE),
            _must("first", Holds.DAY),
            _must("last", Holds.DAY),
            _must("state", Holds.REFERENCE, "state", "former-state"),
            _may("person", Holds.NAME),
            *_SOURCED,
        ),
        identity=("office", "first"),
    ),
)

_STRUCTURES: Final = (
    Table(
        "place",
        "places.csv",
        (_ID, _NAME, _may("lat", Holds.NUMBER), _may("lon", Holds.NUMBER)),
        required=True,
    ),
    Table("label", "labels.csv", (_must("id", Holds.PLAIN), _NAME)),
    Table("dimension", "dimensions.toml", (_ID, _NR, _NAME, _TEXT, *_SOURCED), path=("dimension",)),
    Table(
        "institution",
        "institutions.csv",
        (
            _ID,
            _NAME,
            _must("kind", Holds.KIND, "institution"),
            _may("seat", Holds.REFERENCE, "place"),
            _may("established", Holds.DATE),
            *_SOURCED,
        ),
    ),
    Table(
        "field-operation",
        "field-operations.csv",
        (
            _ID,
            _NAME,
            _may("host", Holds.REFERENCE, "state", "former-state"),
            _may("seat", Holds.REFERENCE, "place"),
            _must("stage", Holds.CHOICE, "open", "closed"),
            _may("established", Holds.DATE),
            _may("ended", Holds.DATE),
            _may("decision", Holds.NAME),
            *_SOURCED,
        ),
    ),
    Table(
        "post",
        "posts.csv",
        (
            _ID,
            _NR,
            _TITLE,
            _must("kind", Holds.KIND, "post"),
            _may("unit", Holds.REFERENCE, "institution", "field-operation"),
            *_SOURCED,
        ),
    ),
    Table(
        "page",
        "about.toml",
        (_ID, _TITLE),
        path=("page",),
    ),
    Table("sentence", "about.toml", (_ID, _TEXT, *_SOURCED), path=("page", "sentence")),
)

_PROCEDURE: Final = (
    Table(
        "body",
        "bodies.toml",
        (
            _ID,
            _NAME,
            _may("symbol", Holds.PLAIN),
            _must("decides", Holds.TRUTH),
            _may("parent", Holds.REFERENCE, "body"),
            _DIMENSION,
            _must("level", Holds.WORDS),
            _must("meets", Holds.WORDS),
            _must("chair", Holds.WORDS),
            _may("offices", Holds.REFERENCES, "office"),
            _must("decides_on", Holds.WORDS),
            *_SOURCED,
        ),
        path=("body",),
        required=True,
    ),
    Table(
        "meeting-kind",
        "meeting-kinds.csv",
        (
            _ID,
            _NAME,
            _must("body", Holds.REFERENCE, "body"),
            _must("dimension", Holds.REFERENCE, "dimension"),
            _may("frequency", Holds.WORDS),
            *_SOURCED,
        ),
    ),
    Table(
        "rule",
        "rules.toml",
        (_ID, _TEXT, _may("paragraph", Holds.PLAIN), _may("number", Holds.WHOLE), *_SOURCED),
        path=("rule",),
        required=True,
    ),
    Table(
        "mechanism",
        "mechanisms.toml",
        (
            _ID,
            _NAME,
            _must("dimension", Holds.REFERENCE, "dimension"),
            _must("document", Holds.WORDS),
            _must("trigger", Holds.WORDS),
            _must("invoker", Holds.WORDS),
            _must("needs_consensus", Holds.TRUTH),
            _may("states_needed", Holds.WHOLE),
            _may("states_seconding", Holds.WHOLE),
            _may("experts_max", Holds.WHOLE),
            _may("quota_passive_per_year", Holds.WHOLE),
            _may("quota_rule", Holds.WORDS),
            _may("decision_rule", Holds.WORDS),
            _may("excluded_from_consensus", Holds.WHOLE),
            *_SOURCED,
        ),
        path=("mechanism",),
    ),
    Table(
        "mechanism-step",
        "mechanisms.toml",
        (
            _NR,
            _must("action", Holds.WORDS),
            _must("by", Holds.WORDS),
            _may("limit_value", Holds.WHOLE),
            _may("limit_unit", Holds.CHOICE, "hours", "days", "experts"),
            _may("kind", Holds.WORDS),
            _may("month_day", Holds.MONTH_DAY),
            *_SOURCED,
        ),
        path=("mechanism", "step"),
        identity=("nr",),
    ),
    Table(
        "symbol",
        "symbols.csv",
        (
            _must("series", Holds.PLAIN),
            _must("pattern", Holds.PLAIN),
            _may("example", Holds.PLAIN),
            _must("unit", Holds.REFERENCE, "body", "institution"),
            _must("kind", Holds.WORDS),
            _must("numbering", Holds.WORDS),
            _must("counter", Holds.CHOICE, "running", "year", "meeting", "day", "summit"),
            *_SOURCED,
        ),
        identity=("series",),
    ),
    Table(
        "principle",
        "principles.toml",
        (_ID, _NR, _TITLE, _may("document", Holds.PLAIN), *_SOURCED),
        path=("principle",),
    ),
    Table(
        "topic",
        "topics.toml",
        (
            _ID,
            _NR,
            _TITLE,
            _must("short", Holds.WORDS),
            _must("dimensions", Holds.REFERENCES, "dimension"),
            _may("document", Holds.PLAIN),
            *_SOURCED,
        ),
        path=("topic",),
    ),
)

_HISTORY: Final = (
    Table(
        "process",
        HISTORY,
        (
            _ID,
            _TITLE,
            _must("summary", Holds.WORDS),
            _must("mandate", Holds.WORDS),
            _must("first", Holds.DATE),
            _may("last", Holds.DATE),
            _may("principles", Holds.REFERENCES, "principle"),
            _may("topics", Holds.REFERENCES, "topic"),
            _may("symbols", Holds.PLAINS),
            *_SOURCED,
        ),
        path=("process",),
        single=True,
    ),
    Table(
        "part",
        HISTORY,
        (
            _must("state", Holds.REFERENCE, "state", "former-state"),
            _must("first", Holds.DAY),
            _must("last", Holds.DAY),
            _TEXT,
            *_SOURCED,
        ),
        path=("part",),
        identity=("state", "first"),
    ),
    Table(
        "concern",
        HISTORY,
        (
            _ID,
            _must("kind", Holds.KIND, "concern"),
            _TITLE,
            _TEXT,
            _may("date", Holds.DATE),
            _may("place", Holds.REFERENCE, "place"),
            _may("step", Holds.REFERENCE, "step"),
            *_SOURCED,
        ),
        path=("concern",),
    ),
    Table(
        "step",
        HISTORY,
        (
            _ID,
            _must("date", Holds.DATE),
            _may("end", Holds.DATE),
            _may("place", Holds.REFERENCE, "place"),
            _must("kind", Holds.KIND, "step"),
            _TITLE,
            _may("main", Holds.TRUTH),
            _may("label", Holds.WORDS),
            _may("line", Holds.WORDS),
            _may("participants", Holds.REFERENCES, "state", "former-state", "partner", "organisation"),
            _may("attendance", Holds.WORDS),
            _must("outcome", Holds.WORDS),
            _may("symbols", Holds.PLAINS),
            _may("topics", Holds.REFERENCES, "topic"),
            *_SOURCED,
        ),
        path=("step",),
    ),
    Table(
        "decision",
        HISTORY,
        (
            _ID,
            _must("symbol", Holds.PLAIN),
            _must("date", Holds.DATE),
            _must("body", Holds.REFERENCE, "body"),
            _must("kind", Holds.KIND, "decision"),
            _may("step", Holds.REFERENCE, "step"),
            _TITLE,
            _TEXT,
            *_SOURCED,
        ),
        path=("decision",),
    ),
    Table(
        "proposal",
        "history/proposals.csv",
        (
            _ID,
            _must("date", Holds.DATE),
            _must("kind", Holds.KIND, "proposal"),
            _must("sponsors", Holds.REFERENCES, "state", "former-state", "partner", "organisation"),
            _must("topic", Holds.REFERENCE, "topic"),
            _may("step", Holds.REFERENCE, "step"),
            _TITLE,
            _must("summary", Holds.WORDS),
            _may("symbol", Holds.PLAIN),
            *_SOURCED,
        ),
    ),
)

_RECORDS: Final = (
    Table(
        "meeting",
        "meetings.csv",
        (
            _ID,
            _may("kind", Holds.REFERENCE, "meeting-kind"),
            _may("body", Holds.REFERENCE, "body"),
            _may("number", Holds.WHOLE),
            _TITLE,
            _must("date", Holds.DATE),
            _may("end", Holds.DATE),
            _may("place", Holds.REFERENCE, "place"),
            _may("step", Holds.REFERENCE, "step"),
            _may("symbol", Holds.PLAIN),
            *_SOURCED,
        ),
    ),
    Table(
        "story",
        "stories.toml",
        (
            _ID,
            _TITLE,
            _must("summary", Holds.WORDS),
            _must("date", Holds.DATE),
            _may("categories", Holds.KINDS, "category"),
            _may("steps", Holds.REFERENCES, "step"),
            _may("related", Holds.REFERENCES, "story"),
            _must("paragraphs", Holds.PARAGRAPHS),
            _may("box_title", Holds.WORDS),
            _may("box", Holds.PARAGRAPHS),
            *_SOURCED,
        ),
        path=("story",),
    ),
)

TABLES: Final = (PROFILE, *_COMMUNITY, *_STRUCTURES, *_PROCEDURE, *_RECORDS, *_HISTORY, *NEGOTIATION_TABLES)
