"""The whole site in Chromium: every kind of page, in six languages, as people with and without everything meet it.

One installation, one server and one browser for the file; one visit to a page and language for all that is asked of it.
"""

import re
from collections import defaultdict, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import axe_playwright_python  # type: ignore[import-untyped]
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect

from corfu.record import verify
from corfu.record.report import VERIFIED
from tests.site.served import LANGUAGES, kinds, served

pytestmark = [pytest.mark.browser, pytest.mark.slow]

AXE: Final = Path(axe_playwright_python.__file__).with_name("axe.min.js")
WIDE: Final[ViewportSize] = {"width": 1280, "height": 900}
PHONE: Final[ViewportSize] = {"width": 320, "height": 700}
SHEET: Final[ViewportSize] = {"width": 673, "height": 950}  # A4 between the margins of paper.css
# The Corfu meeting, as each language writes its days.
DAYS: Final = {
    "en": "27–28 June 2009",
    "fr": "27–28 juin 2009",
    "de": "27.–28. Juni 2009",
    "it": "27–28 giugno 2009",
    "ru": "27–28 июня 2009 г.",
    "es": "27–28 de junio de 2009",
}
# What django-allauth brings, and a person who is signed in with a password may reach.
OF_AN_ACCOUNT: Final = (
    "password/change/",
    "password/reset/done/",
    "password/reset/key/0-unknown/",
    "2fa/",
    "2fa/totp/activate/",
    "2fa/webauthn/",
    "2fa/webauthn/add/",
    "reauthenticate/",
    "inactive/",
    "logout/",
)
# With every fold and menu open: all rules of WCAG 2.2 AA and axe's best practice, colours apart. These take most of
# the time, and the ninth row of a list has those of the first eight.
START_AXE: Final = """(asked) => {
  document.querySelectorAll("details").forEach((one) => { one.open = true });
  const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
  const all = { runOnly: tags, rules: { "color-contrast": { enabled: false } } };
  const some = { exclude: [":is(li, tr):nth-child(n + 9)"] };
  const run = (where, what) => axe.run(where, { resultTypes: ["violations"], preload: false, ...what });
  window.found = (async () => [
    ...(asked.includes("rules") ? (await run(document, all)).violations : []),
    ...(asked.includes("colours") ? (await run(some, { runOnly: ["color-contrast"] })).violations : []),
  ].flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`)))();
}"""
# What stands out at the side; what scrolls in a box of its own may.
TOO_WIDE: Final = """() => document.documentElement.scrollWidth <= innerWidth ? [] :
  [...document.querySelectorAll("body *")].filter((one) => one.getBoundingClientRect().right > innerWidth + 1)
    .map((one) => `wider than ${innerWidth} px: ${one.outerHTML.slice(0, 200)}`).slice(-3)"""
# On paper nothing scrolls: whatever has more in it than it shows is cut.
CUT: Final = """() => [...document.querySelectorAll("body *")].filter((one) => one.checkVisibility()
    && !one.closest(".unseen, svg") && getComputedStyle(one).overflowX !== "visible"
    && (one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1))
  .map((one) => one.outerHTML.slice(0, 200))"""
HIDDEN_ON_PAPER: Final = ".skip, .nav, .langs, .account, .menu, .crumbs, .pager, .filter, .foot ul"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The demonstration's address, without a slash at its end."""
    with served(tmp_path_factory.mktemp("served") / "house") as address:
        yield address


@pytest.fixture(scope="module")
def pages(site: str) -> dict[str, list[str]]:
    """By view: addresses without their language."""
    found = kinds()
    assert {"public:home", "public:country", "negotiation:process", "acts:act", "acts:verifier"} <= set(found)
    assert len(found) >= 38
    return found


@contextmanager
def reader(browser: Browser, site: str, **options: Any) -> Iterator[BrowserContext]:
    """A reader's window. Nothing may go wrong in it, and nothing may be fetched from elsewhere.

    Chromium writes what the Content-Security-Policy stopped to the console.
    """
    heard: list[str] = []
    with browser.new_context(base_url=site, reduced_motion="reduce", **options) as context:
        context.on("console", lambda said: heard.append(said.text) if said.type in {"error", "warning"} else None)
        context.on("weberror", lambda error: heard.append(str(error.error)))
        context.on("request", lambda asked: heard.append(asked.url) if _elsewhere(asked.url, site) else None)
        context.on("response", lambda got: heard.append(f"{got.status} {got.url}") if got.status >= 400 else None)
        yield context
    assert heard == []


def _elsewhere(address: str, site: str) -> bool:
    return not address.startswith((f"{site}/", "data:"))


def faults(
    context: BrowserContext,
    addresses: list[str],
    asked: str = "rules colours",
    more: Callable[[Page], list[str]] | None = None,
) -> dict[str, list[str]]:
    """What is wrong, and where: while axe reads two pages in their tabs, the next is fetched in a third."""
    tabs, found = deque(context.new_page() for _ in range(3)), defaultdict[str, list[str]](list)

    def settle() -> None:
        tab = tabs[0]
        for fault in [*tab.evaluate("() => window.found"), *(more or too_wide)(tab)]:
            found[fault].append(tab.url)

    for place, address in enumerate(addresses):
        if place >= len(tabs):
            settle()
        tabs[0].goto(address)
        tabs[0].evaluate(START_AXE, asked)
        tabs.rotate(-1)
    for _ in tabs.copy():
        settle()
        tabs.rotate(-1)
    return dict(found)


def too_wide(tab: Page) -> list[str]:
    """What stands out at the side."""
    found: list[str] = tab.evaluate(TOO_WIDE)
    return found


def on_a_phone_at_night(tab: Page) -> list[str]:
    """The same page once more, narrow and dark: its colours, its width. The tab is as it was afterwards."""
    tab.set_viewport_size(PHONE)
    tab.emulate_media(color_scheme="dark")
    tab.evaluate(START_AXE, "colours")
    said = [*tab.evaluate("() => window.found"), *too_wide(tab)]
    tab.set_viewport_size(WIDE)
    tab.emulate_media(color_scheme="light")
    return said


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_no_barrier_light_and_wide_nor_dark_and_narrow(
    browser: Browser, site: str, pages: dict[str, list[str]], lang: str
) -> None:
    every = [f"/{lang}/{address}" for found in pages.values() for address in (found if lang == "en" else found[:1])]
    with reader(browser, site, viewport=WIDE, color_scheme="light") as context:
        context.add_init_script(path=AXE)
        assert faults(context, every, more=on_a_phone_at_night) == {}


@pytest.mark.parametrize("lang", [lang for lang in LANGUAGES if lang not in {"en", "ru"}])
def test_no_barrier_at_320_pixels(browser: Browser, site: str, pages: dict[str, list[str]], lang: str) -> None:
    with reader(browser, site, viewport=PHONE) as context:
        context.add_init_script(path=AXE)
        assert faults(context, [f"/{lang}/{found[0]}" for found in pages.values()], "rules") == {}


@pytest.mark.parametrize("lang", ["en", "de"])
def test_no_barrier_on_the_pages_of_an_account(browser: Browser, site: str, lang: str) -> None:
    from django.contrib.auth.models import User

    address, words = f"ada-{lang}@norvale.example", "a long enough pass phrase"
    User.objects.create_user(address, address, words)
    with reader(browser, site, viewport=PHONE) as context:
        context.add_init_script(path=AXE)
        page = context.new_page()
        page.goto(f"/{lang}/account/login/")
        page.locator("input[name=login]").fill(address)
        page.locator("input[name=password]").fill(words)
        page.locator("main form button").first.click()
        page.wait_for_url(re.compile("/../$"))
        assert faults(context, [f"/{lang}/account/{one}" for one in OF_AN_ACCOUNT]) == {}


@pytest.fixture
def page(browser: Browser, site: str) -> Iterator[Page]:
    """One page in English at a desk."""
    with reader(browser, site, viewport=WIDE) as context:
        yield context.new_page()


@pytest.fixture
def plain(browser: Browser, site: str) -> Iterator[Page]:
    """A telephone whose browser runs no scripts."""
    with reader(browser, site, viewport=PHONE, java_script_enabled=False) as context:
        yield context.new_page()


def test_without_scripts_menus_open_links_lead_and_forms_post(plain: Page) -> None:
    plain.goto("/fr/countries/")
    expect(plain.locator(".menu nav a").first).to_be_hidden()
    plain.locator(".menu > summary").click()
    plain.locator(".menu nav").get_by_role("link", name="Registre").click()
    expect(plain).to_have_url(re.compile("/fr/record/$"))
    plain.locator("select[name=kind]").select_option("process.close")
    plain.locator("form.filter button").click()
    expect(plain.locator("main tbody tr")).to_have_count(1)
    plain.goto("/fr/processes/corfu/")
    fold = plain.locator("main details").first
    fold.locator("summary").first.click()
    expect(fold).to_have_attribute("open", "")
    plain.goto("/fr/")
    plain.locator("select[name=code]").select_option("NOR")
    plain.locator("main form").first.get_by_role("button").click()
    expect(plain.locator(".banner")).to_contain_text("Norvale")


def test_the_keyboard_skips_the_head_and_switches_the_language_in_place(page: Page) -> None:
    page.goto("/en/countries/fr/")
    page.keyboard.press("Tab")
    skip = page.locator(".skip")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    for here, there in (("/en/countries/fr/", "/ru/countries/fr/"), ("/en/record/?kind=chair.assume", None)):
        page.goto(here)
        page.locator(".langs.wide a[lang=ru]").focus()
        page.keyboard.press("Enter")
        page.wait_for_url(there or here.replace("/en/", "/ru/"))
        expect(page.locator("html")).to_have_attribute("lang", "ru")


def test_the_keyboard_opens_the_menu_and_folds(page: Page) -> None:
    page.set_viewport_size(PHONE)
    page.goto("/en/processes/corfu/")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.locator(".menu > summary")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator(".menu nav a").first).to_be_focused()
    fold = page.locator("main details").first
    fold.locator("summary").first.focus()
    page.keyboard.press("Space")
    expect(fold).to_have_attribute("open", "")
    page.locator(".menu nav a").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("/en/processes/")


def test_the_keyboard_goes_from_tile_to_tile(page: Page) -> None:
    page.goto("/en/countries/")
    tiles = page.locator(".drawing.only-wide svg a")
    tiles.first.focus()
    page.keyboard.press("Tab")
    expect(tiles.nth(1)).to_be_focused()
    drawn = "(tile) => getComputedStyle(tile.querySelector('.d-tile')).strokeWidth"
    assert tiles.nth(1).evaluate(drawn) == "3px" != tiles.first.evaluate(drawn)
    leads_to = tiles.nth(1).get_attribute("href")
    assert leads_to
    page.keyboard.press("Enter")
    page.wait_for_url(leads_to)


@pytest.mark.parametrize("address", ["processes/corfu/", "countries/", "record/", "about/rules/", "structures/chart/"])
def test_on_paper_there_is_no_navigation_and_nothing_is_cut(page: Page, address: str) -> None:
    page.set_viewport_size(SHEET)
    page.emulate_media(media="print")
    page.goto(f"/en/{address}")
    assert [one for one in page.locator(HIDDEN_ON_PAPER).all() if one.is_visible()] == []
    expect(page.locator("h1")).to_be_visible()
    assert [*page.evaluate(TOO_WIDE), *page.evaluate(CUT)] == []
    folded = page.locator("main details:not([open]) > :not(summary)")
    assert all(one.is_visible() for one in folded.all())
    assert page.pdf(format="A4").startswith(b"%PDF-")


def test_every_language_has_its_own_forms_and_names_the_others(page: Page) -> None:
    for lang, day in DAYS.items():
        page.goto(f"/{lang}/processes/corfu/")
        expect(page.locator("html")).to_have_attribute("lang", lang)
        others = page.locator("head link[rel=alternate][hreflang]")
        found = {one.get_attribute("hreflang"): one.get_attribute("href") for one in others.all()}
        assert found == {other: f"/{other}/processes/corfu/" for other in LANGUAGES}
        assert day in page.locator("time[datetime='2009-06-27']").all_inner_texts(), lang


def test_a_delegation_accredits_a_colleague_and_the_bundle_proves_it(page: Page, tmp_path: Path) -> None:
    page.goto("/en/account/login/")
    page.get_by_role("button", name="Norvale").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".banner")).to_contain_text("You act as Norvale.")
    page.locator(".account.wide summary").click()
    page.locator(".account.wide").get_by_role("link", name="My delegation").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Norvale")
    page.get_by_label("E-mail address").fill("ada@norvale.example")
    page.get_by_label(re.compile("^Name")).fill("Ada Lund")
    page.get_by_role("button", name="Accredit").click()
    done = page.locator(".message")
    expect(done).to_contain_text("act ")
    number = re.search(r"\d+", done.inner_text())
    assert number
    expect(page.locator("#colleagues")).to_contain_text("Ada Lund")
    page.goto("/en/record/")
    page.locator("tbody a", has_text=re.compile(f"^{number[0]}$")).click()
    expect(page.locator("main")).to_contain_text("delegation.accredit")
    expect(page.locator("main")).not_to_contain_text("Ada")
    with page.expect_download() as download:
        page.locator("main a[href$='bundle.zip']").click()
    bundle = download.value.path().read_bytes()
    assert verify.verify(bundle).verdict == VERIFIED
    assert b"Ada Lund" not in bundle
