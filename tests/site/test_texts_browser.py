"""The pages on which delegations and the chair work, in a real browser: no barrier, by keyboard, without a script."""

import re
from collections.abc import Iterator
from typing import Final

import pytest
from playwright.sync_api import Browser, BrowserContext

from tests.site.served import LANGUAGES, served
from tests.site.test_browser import AXE, PHONE, WIDE, faults, on_a_phone_at_night, reader

pytestmark = [pytest.mark.browser, pytest.mark.slow]

_DD7: Final = "texts/dd7/"
OF_A_DELEGATION: Final = (
    "texts/", "brief/", "exercise/",
    *(_DD7 + below for below in (
        "", "?view=brackets", "?view=VEL", "?only=open", "versions/", "versions/3/", "versions/4/concordance/",
        "compare/?from=3&to=4", "paragraphs/p11/", "paragraphs/p11/edit/", "paragraphs/p6/", "add/", "upload/", "mine/",
        "amendments/", "languages/", "languages/de/", "languages/de/?todo=1",
    )),
)  # fmt: skip
OF_THE_CHAIR: Final = ("texts/open/", f"{_DD7}desk/", f"{_DD7}languages/de/deliver/")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(tmp_path_factory.mktemp("served") / "house") as address:
        yield address


def act_for(context: BrowserContext, code: str) -> None:
    """One click signs in, without a script."""
    page = context.new_page()
    page.goto("/en/")
    page.locator("#delegation").select_option(code)
    page.get_by_role("button", name="Act for this delegation").click()
    assert "You act as" in page.content()
    page.close()


def amendment() -> str:
    """The address of an amendment that is on the table."""
    from corfu.negotiation.texts.models import Amendment

    return f"{_DD7}amendments/{Amendment.objects.filter(author='VEL', number=4, withdrawn=None)[0].pk}/"


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_no_barrier_light_and_wide_nor_dark_and_narrow(browser: Browser, site: str, lang: str) -> None:
    with reader(browser, site, viewport=WIDE, color_scheme="light") as context:
        context.add_init_script(path=AXE)
        for code, addresses in (("VEL", (*OF_A_DELEGATION, amendment())), ("LUM", OF_THE_CHAIR)):
            act_for(context, code)
            every = [f"/{lang}/{address}" for address in addresses]
            assert faults(context, every, more=on_a_phone_at_night) == {}


@pytest.mark.parametrize("lang", [lang for lang in LANGUAGES if lang not in {"en", "ru"}])
def test_no_barrier_at_320_pixels(browser: Browser, site: str, lang: str) -> None:
    with reader(browser, site, viewport=PHONE) as context:
        context.add_init_script(path=AXE)
        for code, addresses in (("VEL", (*OF_A_DELEGATION, amendment())), ("LUM", OF_THE_CHAIR)):
            act_for(context, code)
            assert faults(context, [f"/{lang}/{address}" for address in addresses], "rules") == {}


def test_an_amendment_is_filed_and_a_version_issued_by_keyboard_and_without_a_script(
    browser: Browser, site: str
) -> None:
    with reader(browser, site, java_script_enabled=False) as context:
        act_for(context, "SAR")
        page = context.new_page()
        page.goto(f"/en/{_DD7}paragraphs/p22/edit/")
        page.locator("textarea").first.focus()
        page.keyboard.press("Control+End")
        page.keyboard.press("ArrowLeft")
        page.keyboard.type(" in all languages")
        page.get_by_role("button", name="Preview").focus()
        page.keyboard.press("Enter")
        page.get_by_role("button", name="File it").focus()
        page.keyboard.press("Enter")
        page.get_by_text("it is act").wait_for()
        act_for(context, "LUM")
        page.goto(f"/en/{_DD7}desk/")
        point = page.locator("fieldset", has_text="in all languages").first
        point.get_by_role("radio").first.focus()
        while not point.get_by_role("radio", name=re.compile("in all languages")).is_checked():
            page.keyboard.press("ArrowDown")
        page.get_by_role("button", name=re.compile("Rev.5")).first.focus()
        page.keyboard.press("Enter")
        page.get_by_role("button", name="Issue Rev.5").focus()
        page.keyboard.press("Enter")
        page.get_by_text("it is act").wait_for()
        page.goto(f"/en/{_DD7}")
        assert "Rev.5 stands" in page.content()
