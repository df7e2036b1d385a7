"""Rounds of returned files made without Word: the example DD/7, one with everything that can happen, a large one."""

import tomllib
from dataclasses import replace
from pathlib import Path
from random import Random

from corfu.formats.compilation import Compilation, Returned, Untracked
from corfu.wording.compile import compile
from corfu.wording.diff import edits
from corfu.wording.labels import kinds, typed_label
from corfu.wording.model import (
    SOFT_BREAK,
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


def typed(texts: list[str], title: str = "") -> tuple[Paragraph, ...]:
    """Paragraphs with their kinds, as a reader finds them."""
    lines = [title, *texts] if title else texts
    found = kinds([(t, typed_label(t)[0], bool(title) and n == 0, False, 0) for n, t in enumerate(lines)])
    return tuple(Paragraph(f"p{n}", t, k) for n, (t, k) in enumerate(zip(lines, found, strict=True)))


def compilation(
    title: str, paragraphs: tuple[Paragraph, ...], acts: dict[str, list[Act]], names: dict[str, str], **files: Returned
) -> Compilation:
    """One amendment by each delegation, compiled."""
    amendments = {code: Amendment(code, (code,), 0, tuple(own)) for code, own in acts.items()}
    version = Version(0, paragraphs, tuple(a for a in amendments.values() if a.acts))
    returned = [replace(files.get(c, Returned(c, f"{c}.docx", None)), amendment=a) for c, a in amendments.items()]
    return Compilation(title, "base.docx", version, compile(version), tuple(returned), names)


def exercise(folder: Path) -> Compilation:
    """The example, as if its files had been read."""
    data = tomllib.loads((folder / "dd7.toml").read_text(encoding="utf-8"))
    paragraphs = typed(data["base"]["paragraphs"], data["base"]["title"])
    names = {d["code"]: d["name"] for d in sorted(data["delegation"], key=lambda d: str(d["name"]))}
    acts = {d["code"]: _acts(d["code"], d["edit"], paragraphs) for d in data["delegation"]}
    return compilation(data["base"]["title"], paragraphs, acts, names)


def _acts(code: str, wishes: list[dict[str, str]], paragraphs: tuple[Paragraph, ...]) -> list[Act]:
    acts: list[Act] = []
    new = {p.id: p.text for p in paragraphs}
    for n, wish in enumerate(wishes):
        if "find" in wish:
            (at,) = (id for id, text in new.items() if wish["find"] in text)
            new[at] = new[at].replace(wish["find"], wish["replace"])
        elif "after" in wish:
            (at,) = (p.id for p in paragraphs if p.text.startswith(wish["after"]))
            (one,) = typed([wish["insert"]])
            acts.append(Insert(at, replace(one, id=f"{code}-{n}")))
        else:
            acts.append(Delete(next(p.id for p in paragraphs if p.text.startswith(wish["drop"]))))
    for p in paragraphs:
        acts += edits(p.id, p.text, new[p.id])
    return acts


NAMES = {
    "VEL": "Velmara", "NOR": "Norvale", "SAR": "Sarn", "KAR": "Karsia", "ILV": "Ilvesia", "BEL": "Belloria",
    "DOR": "Dorland", "ZEN": "Zenobia", "LUM": "Lumera",
}  # fmt: skip

EVERYTHING = (
    Paragraph("t", "Everything that can happen to a text", Kind.TITLE),
    Paragraph("h", "I. The channel", Kind.HEADING),
    Paragraph("a", f"Recalling the Lumera Declaration,{SOFT_BREAK}and all that followed from it,", Kind.PREAMBULAR),
    Paragraph("b", "1. Decides that the channel shall be open to all States within 48 hours;", Kind.OPERATIVE),
    Paragraph("c", "2. Tasks the Secretariat:", Kind.OPERATIVE),
    Paragraph("d", "to keep a “complete” record of 140\u00a0000 requests;", Kind.ITEM, 1, "(a)"),
    Paragraph("e", "to report to the Council; to train points of contact;", Kind.ITEM, 1, "(b)"),
    Paragraph("f", "which it may delegate, in writing;", Kind.ITEM, 2, "(i)"),
    Paragraph("g", "3. Постановляет, что канал открыт для всех государств в течение 48 часов;", Kind.OPERATIVE),
    Paragraph("i", "4. يقرر المجلس أن تكون القناة مفتوحة لجميع الدول المشاركة في غضون 48 ساعة؛", Kind.OPERATIVE),
    Paragraph("j", "五、理事会决定设立常设渠道，在48小时内对所有与会国开放；", Kind.OPERATIVE),
    Paragraph("k", "6. Agrees that nothing in this Decision affects international law;", Kind.OPERATIVE),
    Paragraph("l", "7. Décide que l’État répond : « dès que possible » ;", Kind.OPERATIVE),
    Paragraph("m", "8. Takes effect on the day of its adoption.", Kind.OPERATIVE),
)


def everything() -> Compilation:
    """Every act there is, in four scripts, with untracked changes, comments, and words that could be code."""
    by_id = {p.id: p.text for p in EVERYTHING}

    def to(id: str, old: str, new: str) -> list[Act]:
        assert old in by_id[id]
        return [*edits(id, by_id[id], by_id[id].replace(old, new))]

    acts: dict[str, list[Act]] = {
        "NOR": [
            *to("b", "48 hours", "24 hours"),
            *to("g", "48 часов", "24 часов"),
            *to("i", "48 ساعة", "24 ساعة"),
            *to("j", "48小时", "24小时"),
            *to("e", "Council; to", "Council;\nto"),
            Reserve("k", ReserveKind.SCRUTINY),
            Insert("b", Paragraph("n1", "Decides that every request is answered;", Kind.OPERATIVE)),
        ],
        "SAR": [
            *to("b", "48 hours", "24 hours"),
            Move("k", None),
            Insert("b", Paragraph("n2", "Decides that every request is answered;", Kind.OPERATIVE)),
        ],
        "VEL": [
            *to("b", "48 hours", "ten working days"),
            *to("i", "مفتوحة لجميع الدول", "مفتوحة لبعض الدول"),
            *to("j", "所有", ""),
            Delete("k"),
            Reserve("k", ReserveKind.LINKED, "paragraph 1"),
            *to("l", "dès que possible", "dans les 48 heures"),
        ],
        "KAR": [Delete("k"), *to("b", " to all States", ""), *to("g", " для всех", "")],
        "ILV": [Reserve("b"), *to("d", "140\u00a0000", "140 000"), *to("d", "“complete”", "\"complete\"")],
        "BEL": [
            *to("e", "; to train points of contact", ""),
            *to("f", "delegate, in writing", "delegate"),
            Insert("e", Paragraph("n3", "to publish <script>alert(\"x\")</script> & 'quotes' \x07;", Kind.ITEM, 1)),
        ],
        "DOR": [*to("h", "channel", "channel of prevention"), *to("a", "Declaration,", "Declaration of 1 March,")],
        "ZEN": [*to("m", "8. Takes", "9. Takes"), *to("b", "States", "States, and to others,")],
        "LUM": [
            Move("k", "b"),
            *to("k", "nothing", "no part"),
            Delete("f"),
            *to("d", "requests", "requests and replies"),
        ],
    }  # fmt: skip
    silent = Untracked("b", "1", "48 hours", "ten working days")
    lost = Untracked("gone", "", "", "words without a place")
    files = {
        "VEL": Returned("VEL", "VEL.docx", None, (silent,), comments=("Not before the summit.",)),
        "KAR": Returned("KAR", "KAR (final) v2.docx", None, (lost,)),
        "NOR": Returned("NOR", "NOR.docx", None, (), ("a picture in paragraph 2",), ("Our capital insists on 24.",)),
    }
    acts["NON"] = []
    return compilation(EVERYTHING[0].text, EVERYTHING, acts, NAMES, **files)


WORDS = (
    "the channel shall be open to all participating States on an equal basis and any of them may at any time address "
    "through it a request for clarification about an unusual activity near its borders which is answered in writing"
).split()


def large(delegations: int = 57, paragraphs: int = 200, spans: int = 500, seed: int = 7) -> Compilation:
    """About 10,000 words; every contested place is contested by one to six delegations in up to four wordings."""
    random = Random(seed)
    texts = [f"{n}. Decides that {' '.join(random.choices(WORDS, k=47))};" for n in range(1, paragraphs + 1)]
    base = typed(texts, "A large text")
    names = {f"{chr(65 + n // 26)}{chr(65 + n % 26)}X": f"Exland {n}" for n in range(delegations)}
    acts: dict[str, list[Act]] = {code: [] for code in names}
    places = random.sample([(p, n) for p in base[1:] for n in range(4, len(tokenize(p.text)) - 4, 4)], spans)
    for p, start in places:
        for n in range(random.randint(1, 4)):
            text = " ".join(random.choices(WORDS, k=random.randint(1, 4))) + " "
            for code in random.sample(sorted(acts), random.randint(1, 3 if n else 6)):
                if not any(isinstance(a, Edit) and (a.paragraph, a.start) == (p.id, start) for a in acts[code]):
                    acts[code].append(Edit(p.id, start, start + random.randint(0, 2), text))
    return compilation("A large text", base, acts, names)
