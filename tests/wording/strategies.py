"""Hypothesis strategies: texts in the six languages, and amendments as people and as careless programs make them."""

from collections.abc import Sequence
from dataclasses import replace
from random import Random

from hypothesis import strategies as st

from corfu.wording.apply import edited
from corfu.wording.diff import edits
from corfu.wording.model import (
    SPLIT,
    Act,
    Amendment,
    Delete,
    Edit,
    Insert,
    Kind,
    Move,
    Paragraph,
    Reserve,
    ReserveKind,
    Version,
)
from corfu.wording.tokens import tokenize

CODES = ("BEL", "DOR", "ILV", "KAR", "LUM", "NOR", "OST", "SAR", "VEL", "ZEN")

WORDS = {
    "en": "the channel shall be open to all participating States within 48 hours or 9,000 co-operative it's".split(),
    "fr": "le dispositif est ouvert à tous les États dans l’année 140\u00a0000 hommes « dès » aujourd’hui".split(" "),
    "ru": "канал открыт для всех государств-участников в течение 48 часов не позднее 1 марта её и".split(),
    "de": "der Kanal steht allen Teilnehmerstaaten offen über 48,5 Stunden Maßnahmen e\u0301 für die".split(),
    "ar": "القناة مفتوحة لجميع الدول المشاركة في غضون ٤٨ ساعة مُفَتَّحَة أو ٩٬٠٠٠ و".split(),
    "zh": ["理事会", "决定", "设立", "常设", "渠道", "48", "小时", "内", "所有", "与会国", "9,000", "人"],
}  # fmt: skip
MARKS = [",", ";", ".", " – ", "“", "”", "(", ")", "، ", "。", "、", " "]


randoms = st.one_of(st.randoms(use_true_random=False), st.integers(0, 2**64).map(Random))
"""Sources of choices: the first kind shrinks to the smallest case, the second is fast and goes wide."""


def phrase(random: Random, language: str, most: int = 10) -> str:
    """Some words and marks of a language, now and then with a space at the end."""
    space = "" if language == "zh" else " "
    some = [random.choice(MARKS if random.random() < 0.2 else WORDS[language]) for _ in range(random.randint(0, most))]
    text = "".join(w if w in MARKS else w + space for w in some)
    return text.rstrip() if random.random() < 0.7 else text


def base(random: Random, language: str, most: int = 5) -> tuple[Paragraph, ...]:
    """One to `most` paragraphs of a text."""
    kinds = list(Kind)
    return tuple(
        Paragraph(f"p{n}", phrase(random, language), random.choice(kinds)) for n in range(random.randint(1, most))
    )


def token_edits(random: Random, paragraph: Paragraph, language: str) -> list[Edit]:
    """Edits by token range, not trimmed, touching or without effect as it happens, never overlapping."""
    size = len(tokenize(paragraph.text))
    cuts = sorted(random.randint(0, size) for _ in range(2 * random.randint(1, 3)))
    found = []
    for start, end in zip(cuts[::2], cuts[1::2], strict=True):
        split = SPLIT + phrase(random, language, 2) if random.random() < 0.15 else ""
        found.append(Edit(paragraph.id, start, end, phrase(random, language, 3) + split))
    return found


def typed_edits(random: Random, paragraph: Paragraph, language: str) -> list[Edit]:
    """Edits derived from a changed text, as from a plain field or a Word file."""
    changed = edited(paragraph, token_edits(random, paragraph, language))
    return edits(paragraph.id, paragraph.text, changed.text)


def acts(random: Random, id: str, paragraphs: Sequence[Paragraph], language: str) -> list[Act]:
    """Acts of every kind on some of the paragraphs."""
    found: list[Act] = []
    places = [None, *(p.id for p in paragraphs)]
    for n, paragraph in enumerate(paragraphs):
        match random.randint(0, 9):
            case 0 | 1 | 2:
                found += typed_edits(random, paragraph, language)
            case 3 | 4:
                found += token_edits(random, paragraph, language)
            case 5:
                text = random.choice(["a new paragraph", "a new  paragraph", "другой", phrase(random, language, 3)])
                found.append(Insert(random.choice(places), Paragraph(f"{id}-{n}", text)))
            case 6:
                found.append(Delete(paragraph.id))
            case 7:
                found.append(Move(paragraph.id, random.choice(places)))
                found += typed_edits(random, paragraph, language) if random.random() < 0.5 else []
            case 8:
                found.append(Reserve(paragraph.id, random.choice(list(ReserveKind))))
    return found


def amendment(random: Random, id: str, version: Version, language: str) -> Amendment:
    """An amendment by one or two delegations."""
    by = random.sample(CODES, random.randint(1, 2))
    return Amendment(id, tuple(by), version.number, tuple(acts(random, id, version.paragraphs, language)))


def version(random: Random, most: int = 5) -> Version:
    """A version with live amendments, some of them alike: equal proposals are common."""
    language = random.choice(sorted(WORDS))
    bare = Version(0, base(random, language))
    found = [amendment(random, f"a{n}", bare, language) for n in range(random.randint(0, most))]
    for n, twin in enumerate(random.sample(found, min(len(found), random.randint(0, 2)))):
        found.append(Amendment(f"t{n}", (random.choice(CODES),), 0, _own(twin.acts, f"t{n}")))
    return replace(bare, amendments=tuple(found))


versions = randoms.map(version)


def _own(acts: Sequence[Act], id: str) -> tuple[Act, ...]:
    """The same acts; a new paragraph gets an id of its own."""
    return tuple(
        replace(act, paragraph=replace(act.paragraph, id=f"{id}-{n}")) if isinstance(act, Insert) else act
        for n, act in enumerate(acts)
    )
