"""The rolling text as one HTML file: nothing lost, nothing foreign in it, readable by everyone."""

import re
import time
from collections import Counter
from dataclasses import replace
from html.parser import HTMLParser
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from lxml import html
from playwright.sync_api import Browser, Page

from corfu.formats.brackets import clean
from corfu.formats.compilation import Compilation, Returned
from corfu.formats.rolling_html import rolling_html
from corfu.wording.compile import compile
from corfu.wording.model import Amendment, Edit, Paragraph, Version
from corfu.wording.rolling import project
from tests.formats.rounds import compilation, everything, exercise, large
from tests.wording.strategies import versions

VOID = {"br", "input", "meta"}
# What the reading view shows beside the words of the base.
NOT_BASE = "vh alts k x caret pil given".split()


class Strict(HTMLParser):
    """Fails at an element that is not closed, or closed in the wrong place; counts ids."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: Counter[str] = Counter()
        self.links: set[str] = set()
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        assert len(found) == len(attrs), (tag, attrs)
        self.ids[found.get("id") or ""] += 1
        self.links.add(found.get("href") or "")
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def parsed(text: str) -> html.HtmlElement:
    found = html.fromstring(text)
    assert isinstance(found, html.HtmlElement)
    return found


def returned(version: Version) -> Compilation:
    """A version as if each of its amendments had come in a file."""
    names = {"ZEN": "Zenobia", "NOR": "Norvale", "BEL": "Belloria"}
    files = tuple(Returned(a.by[0], f"{a.id}.docx", a) for a in version.amendments)
    return Compilation("A text", "base.docx", version, compile(version), files, names)


def base_lines(page: html.HtmlElement) -> list[str]:
    """The base's paragraphs as the reading view shows them."""
    lines = []
    for para in page.find_class("para"):
        if "new" in para.get("class", "").split():
            continue
        (words,) = para.find_class("words")
        for name in NOT_BASE:
            for element in words.find_class(name):
                element.drop_tree()
        for sup in words.findall(".//sup"):
            sup.drop_tree()
        for br in words.findall(".//br"):
            br.tail = "\u2028" + (br.tail or "")
        lines.append(words.text_content())
    return lines


@given(versions)
def test_the_reading_view_is_the_base_byte_for_byte(version: Version) -> None:
    page = parsed(rolling_html(returned(version)))
    assert base_lines(page) == [clean(p.text) for p in version.paragraphs]


@given(versions)
def test_every_wording_and_everyone_who_wants_it_is_there(version: Version) -> None:
    c = returned(version)
    page = parsed(rolling_html(c))
    for span in c.rolling.spans():
        shown = page.get_element_by_id(f"s{span.number}")
        wanted = [v.text_content() for v in shown.find_class("v")]
        assert len(wanted) == len(span.variants) - 1
        for variant in span.variants[1:]:
            names = ", ".join(c.in_order(variant.by))
            words = "".join(variant.text.split()) if variant.text else "delete"
            assert any(f"[{names}:" in w and _bare(words) in _bare(w) for w in wanted), (variant, wanted)


def _bare(text: str) -> str:
    """Letters and marks alone: the sign for a split and its explanation are no words of the variant."""
    return re.sub(r"\s|¶|\(new paragraph begins here\)", "", text)


@given(versions)
def test_the_page_is_well_formed_and_every_link_leads_somewhere(version: Version) -> None:
    found = Strict(rolling_html(returned(version), lang="ru"))
    assert [id for id, times in found.ids.items() if id and times > 1] == []
    assert {link[1:] for link in found.links if link} <= set(found.ids)


@pytest.mark.parametrize("lang", ["en", "ru", "zh"])
def test_the_samples_are_well_formed_too(dd7: Path, lang: str) -> None:
    for c in (exercise(dd7), everything(), returned(Version(0, ()))):
        Strict(rolling_html(c, lang))


def test_the_time_limit_reads_like_a_critical_edition(dd7: Path) -> None:
    page = parsed(rolling_html(exercise(dd7)))
    (who,) = (p.find_class("who")[0] for p in page.find_class("para") if "reply in writing" in p.text_content())
    entries = [" ".join(entry.text_content().split()) for entry in who.find_class("e")]
    assert entries == [
        "10should BEL",
        "1148 hours, and in any case within five days BEL",
        "24 hours ILV NOR SAR",
        "ten working days KAR VEL",
    ]
    assert who.xpath(".//abbr[text()='ILV']/@title") == ["Ilvesia"]


def test_a_screen_reader_hears_who_proposes_what(dd7: Path) -> None:
    page = parsed(rolling_html(exercise(dd7)))
    span = page.get_element_by_id("s11")
    for hidden in [*span.find_class("k"), *span.find_class("x"), *span.xpath(".//*[@aria-hidden]")]:
        hidden.drop_tree()
    assert " ".join(span.text_content().split()) == (
        "contested 11, base: 48 hours; Belloria proposes 48 hours, and in any case within five days; "
        "Ilvesia, Norvale and Sarn propose 24 hours; Karsia and Velmara propose ten working days, end of bracket"
    )


def test_acts_on_whole_paragraphs_are_said_in_words() -> None:
    page = parsed(rolling_html(everything()))
    notes = [re.sub(r"[\[\]]", "", li.text_content()) for ul in page.find_class("acts") for li in ul]
    assert notes == [
        "Moved here from 6: SAR",
        "Reservation: ILV",
        "! Changed without tracking by VEL: “48 hours” → “ten working days”",
        "New paragraph: NOR SAR",
        "Moved here from 6: LUM",
        '5 Same words, other spaces, quotes or dashes: “"complete"”: ILV',
        "6 Same words, other spaces, quotes or dashes: “140 000”: ILV",
        "New paragraph: BEL",
        "Delete the paragraph: LUM",
        "Delete the paragraph: VEL KAR",
        "Move the paragraph to the beginning: SAR",
        "Move the paragraph to after 1: LUM",
        "Reservation, linked to paragraph 1: VEL",
        "Scrutiny reservation: NOR",
    ]


def test_the_summary_has_everyone_in_the_order_of_the_profile(dd7: Path) -> None:
    c = exercise(dd7)
    backwards = replace(c, names=dict(reversed(list(c.names.items()))))
    for each in (c, backwards):
        page = parsed(rolling_html(each))
        asked = page.get_element_by_id("asked")
        assert [b.text_content() for b in asked.xpath(".//tbody//th/b")] == list(each.names.values())
        rows = {tuple(td.text_content() for td in tr) for tr in asked.xpath(".//tbody[.//b='Norvale']//tr[td]")}
        assert (
            "4",
            "“48 hours” → “24 hours”",
            ", ".join(each.in_order(["ILV", "SAR"])),
            "in bracket 11, 4 wordings",
        ) in rows


def test_what_was_hidden_lost_or_said_stands_at_the_end() -> None:
    page = parsed(rolling_html(everything()))
    assert "! 2 changes made without tracking" in " ".join(page.find_class("figures")[0].text_content().split())
    text = {id: " ".join(page.get_element_by_id(id).text_content().split()) for id in ("untracked", "lost", "comments")}
    assert "VEL1“48 hours” → “ten working days”" in text["untracked"]
    assert "KARadd “words without a place”" in text["untracked"]
    assert "NOR a picture in paragraph 2" in text["lost"]
    assert "VEL Not before the summit.NOR Our capital insists on 24." in text["comments"]


HOSTILE = "<script>alert('x')</script> \"q\" & </style></title> \x00\x07\ud800\ufffe --> {{x}}"


def test_hostile_words_stay_words() -> None:
    base = (Paragraph("a b\"'<", f"Base {HOSTILE}"), Paragraph("é", "second"))
    wanted = Amendment(HOSTILE, (HOSTILE,), 0, (Edit("é", 0, 1, HOSTILE),))
    version = Version(0, base, (wanted,))
    file = Returned(HOSTILE, HOSTILE, wanted, (), (HOSTILE,), (HOSTILE,))
    c = Compilation(HOSTILE, HOSTILE, version, compile(version), (file,), {HOSTILE: HOSTILE})
    text = rolling_html(c, lang=HOSTILE)
    found = Strict(text)
    assert "<script" not in text
    assert text.count("</style>") == text.count("</title>") == 1
    assert {link[1:] for link in found.links if link} <= set(found.ids)
    text.encode()


def test_nothing_is_fetched_and_nothing_runs() -> None:
    text = rolling_html(everything())
    assert re.findall(r"https?:|//[a-z]|url\(|@import|@font-face|<script|<link|\ssrc=|\son\w+=", text) == []


def test_a_large_round_is_quick_and_not_heavy() -> None:
    c = large()
    start = time.process_time()
    text = rolling_html(c)
    assert time.process_time() - start < 0.5
    assert len(text.encode()) < 2_000_000


# In a browser


def _open(browser: Browser, c: Compilation, width: int = 1280, scheme: str = "light") -> Page:
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    page.set_content(rolling_html(c))
    return page


@pytest.mark.browser
@pytest.mark.parametrize(("width", "scheme"), [*product((1280, 360, 320), ("light", "dark"))])
def test_no_one_is_shut_out(browser: Browser, dd7: Path, width: int, scheme: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    for c in (exercise(dd7), everything()):
        page = _open(browser, c, width, scheme)
        for view in ("#v1", "#v2", "#v3"):
            page.check(view)
            broken = [(rule["id"], rule["nodes"][0]["html"]) for rule in axe.run(page).response["violations"]]
            assert broken == [], view
            assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.context.close()


@pytest.mark.browser
def test_the_keyboard_reaches_every_view(browser: Browser, dd7: Path) -> None:
    page = _open(browser, exercise(dd7))
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    assert "[48 hours]" in page.locator("#p-p10 .words").inner_text()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "whose"
    page.context.close()


@pytest.mark.browser
def test_the_brackets_can_be_read_and_copied(browser: Browser, dd7: Path) -> None:
    page = _open(browser, exercise(dd7))
    page.check("#v2")
    shown = re.sub(r"(?<=[\]])\d+|\b\d+ ?(?=\[)", "", " ".join(page.locator("#p-p10 .words").inner_text().split()))
    assert shown == (
        "4. Also decides that the State which receives such a request [shall] [BEL: should] reply in writing within "
        "[48 hours] [BEL: 48 hours, and in any case within five days] [ILV, NOR, SAR: 24 hours] "
        "[KAR, VEL: ten working days];"
    )
    assert page.locator("#p-p17 .acts, #p-p18 .acts").all_inner_texts() == ["[Delete the paragraph: VEL]"]
    page.context.close()


@pytest.mark.browser
def test_one_delegation_reads_its_own_text(browser: Browser, dd7: Path) -> None:
    c = exercise(dd7)
    page = _open(browser, c)
    page.check("#v3")
    for code in c.in_order(c.names):
        page.select_option("#whose", label=f"{c.names[code]} ({code})")
        # What it wants deleted is struck, and so left out here.
        own = page.evaluate(
            """() => [...document.querySelectorAll('.para')].filter(p => p.offsetParent).map(p => {
                const copy = p.querySelector('.words');
                const struck = e => getComputedStyle(e).textDecorationLine == 'line-through';
                if (struck(copy.querySelector('.t'))) return null;
                const gone = [...copy.querySelectorAll('.b')].filter(struck);
                gone.forEach(e => e.style.display = 'none');
                const text = copy.innerText;
                gone.forEach(e => e.style.display = '');
                return text }).filter(t => t !== null)"""
        )
        expected = project(c.rolling, [code])[1:]
        assert [" ".join(line.split()) for line in own] == [" ".join(line.split()) for line in expected]
    page.context.close()


@pytest.mark.browser
def test_open_paragraphs_alone(browser: Browser, dd7: Path) -> None:
    page = _open(browser, exercise(dd7))
    page.check("#open")
    shown = page.locator(".para:visible").count()
    assert shown == 17 + 3
    page.context.close()


@pytest.mark.browser
def test_it_prints_on_a_few_pages_without_its_buttons(browser: Browser, dd7: Path) -> None:
    page = _open(browser, exercise(dd7), scheme="dark")
    pdf = page.pdf(prefer_css_page_size=True)
    assert 3 <= len(re.findall(rb"/Type\s*/Page\b", pdf)) <= 6
    page.emulate_media(media="print")
    assert page.locator(".bar").is_hidden()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    first = page.locator("#p-p10")
    words, who = first.locator(".words").bounding_box(), first.locator(".who").bounding_box()
    assert words and who and who["x"] > words["x"] + words["width"] - 1
    page.context.close()


def test_a_round_in_which_nobody_asks_for_anything_says_so() -> None:
    c = compilation("Agreed", (Paragraph("p", "1. All is well."),), {"NOR": []}, {"NOR": "Norvale"})
    text = rolling_html(c)
    assert "Nothing is open: no delegation asks for a change." in text
    assert "asks for no change" in text
    assert "None: every change in the returned files was tracked." in text
