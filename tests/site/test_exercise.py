"""The exercise from Rev.4 to Rev.5 in a real browser, as its first steps tell it; and what must hold afterwards."""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from corfu.record import verify
from corfu.record.report import VERIFIED
from tests.site.served import served

pytestmark = [pytest.mark.browser, pytest.mark.slow]

TEXT: Final = "/en/texts/dd7/"
DELAY: Final = " without delay"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(tmp_path_factory.mktemp("exercise") / "house") as address:
        yield address


@pytest.fixture
def context(browser: Browser, site: str) -> Iterator[BrowserContext]:
    with browser.new_context(base_url=site, viewport={"width": 1280, "height": 900}) as made:
        made.set_default_timeout(20_000)
        yield made


def begin(context: BrowserContext, step: str) -> Page:
    """A step of the guide: from the home page two clicks lead into the exercise."""
    page = context.new_page()
    page.goto("/en/")
    page.get_by_role("link", name="First steps").click()
    page.locator("li", has=page.get_by_role("heading", name=step)).get_by_role("button").click()
    return page


def said(page: Page) -> str:
    """The page's words, its spaces single."""
    return re.sub(r"\s+", " ", page.locator("main").inner_text())


def test_from_rev_4_to_rev_5(context: BrowserContext, tmp_path: Path, root: Path) -> None:
    sarn_edits(context)
    norvale_uploads(context, root)
    chair_issues(context)
    sarn_finds_its_words(context)
    velmara_compares(context)
    russian_is_behind(context)
    bundle_verifies(context, tmp_path)
    nothing_changed_without_authority()


def sarn_edits(context: BrowserContext) -> None:
    page = begin(context, "Read Rev.4 as Sarn")
    assert page.url.endswith(TEXT) and "You act as Sarn." in page.content()
    page.locator("#p-p16").get_by_role("link", name="Edit").click()
    field = page.locator("textarea").first
    field.fill(field.input_value().replace("participating States;", f"participating States{DELAY};"))
    page.get_by_role("button", name="Preview").click()
    assert page.locator("ins", has_text="without delay").first.is_visible()
    page.get_by_role("button", name="File it").click()
    assert "it is act" in said(page)
    page.goto(TEXT)
    assert "without delay" in page.locator("#p-p16 .who").inner_text()


def norvale_uploads(context: BrowserContext, root: Path) -> None:
    page = begin(context, "Upload Norvale’s Word file")
    page.locator("input[type=file]").set_input_files(root / "examples" / "dd7" / "NOR.docx")
    page.locator("main form button").first.click()
    assert "24 hours" in said(page) and "5,000" in said(page)
    page.get_by_role("button", name="File all of it").click()
    assert "they are acts" in said(page)
    page.goto(f"{TEXT}?by=NOR")
    assert "national points of contact" in said(page)


def chair_issues(context: BrowserContext) -> None:
    page = begin(context, "Try a compromise and issue Rev.5")
    point = page.locator("fieldset", has_text="without delay").first
    point.get_by_role("radio", name=re.compile("without delay")).check()
    page.get_by_role("button", name="Try").first.click()
    assert "without delay" in said(page)
    page.get_by_role("button", name=re.compile("Rev.5")).first.click()
    page.get_by_role("button", name="Issue Rev.5").first.click()
    assert "it is act" in said(page)
    page.goto(TEXT)
    assert "Rev.5 stands" in said(page)


def sarn_finds_its_words(context: BrowserContext) -> None:
    """Two clicks from the text: the tab, and the paragraph."""
    page = begin(context, "Where did my words go?")
    assert "without delay" in said(page) and "taken in Rev.5" in said(page).lower().replace("rev", "Rev")


def velmara_compares(context: BrowserContext) -> None:
    page = begin(context, "Compare Rev.4 and Rev.5 as Velmara")
    assert "Changes without authority: 0." in said(page)
    assert page.locator("ins", has_text="without delay").count() == 1
    assert "1 paragraph differs" in said(page)


def russian_is_behind(context: BrowserContext) -> None:
    page = begin(context, "See the Russian one paragraph behind")
    assert page.get_by_text(re.compile(r"[Bb]ehind by 1")).count() == 1
    page.goto("/ru/texts/dd7/")
    assert page.locator(".behind-here").count() == 1


def bundle_verifies(context: BrowserContext, tmp_path: Path) -> None:
    """Taken from the site, it verifies without it; with a byte changed it does not."""
    page = context.new_page()
    page.goto("/en/record/")
    with page.expect_download() as waiting:
        page.locator("a[href*='bundle.zip']").first.click()
    taken = tmp_path / "bundle.zip"
    waiting.value.save_as(taken)
    report = verify.verify(taken.read_bytes())
    assert report.verdict == VERIFIED and (report.size or 0) > 700
    assert verify.verify(damaged(taken)).verdict != VERIFIED


def damaged(bundle: Path) -> bytes:
    """The bundle with one byte of its entries changed."""
    changed = bundle.with_name("damaged.zip")
    with zipfile.ZipFile(bundle) as old, zipfile.ZipFile(changed, "w") as new:
        hit = False
        for info in old.infolist():
            data = bytearray(old.read(info))
            if not hit and "entries/" in info.filename:
                data[len(data) // 2] ^= 1
                hit = True
            new.writestr(info, bytes(data))
    assert hit
    return changed.read_bytes()


def nothing_changed_without_authority() -> None:
    """By the check that reads the record itself and not what the effects of acts made of it."""
    from corfu.negotiation.texts import audit
    from corfu.negotiation.texts.models import Revision, Text

    assert list(Revision.objects.values_list("number", flat=True)) == [1, 2, 3, 4, 5]
    assert audit.changes_without_authority(Text.objects.all()) == []
