"""Take the pictures of docs/images/ anew, from a fresh demonstration: `python -m tools.pictures`.

Pages in three languages, light and dark, as WebP: small enough to be kept beside the text.
"""

import base64
import shutil
import tempfile
from pathlib import Path
from typing import Any, Final, Literal

from playwright.sync_api import Browser, sync_playwright

from benchmarks.weight import serving, signed_in
from tests.setup_browser import launch

Scheme = Literal["dark", "light"]
IMAGES: Final = Path(__file__).resolve().parents[1] / "docs" / "images"
LANGUAGES: Final = ("en", "fr", "ru")
SCHEMES: Final = ("light", "dark")
QUALITY: Final = 70
LONGEST: Final = {1280: 1250, 360: 2400}
"""How much of a long page a picture shows, by the width of the window."""

SHOWN: Final = (
    ("home", "", 1280),
    ("process", "processes/corfu/", 1280),
    ("process", "processes/corfu/", 360),
    ("country", "countries/kz/", 1280),
    ("story", "stories/corfu-process/", 1280),
    ("text", "texts/dd7/", 1280),
    ("text", "texts/dd7/", 360),
)
DELEGATION: Final = "VEL"
"""Who reads the text: a delegation that asks for changes to it."""


def main() -> None:
    """Serve a fresh demonstration, and take every picture."""
    folder = Path(tempfile.mkdtemp(prefix="corfu-pictures-"))
    try:
        with (
            serving(folder / "demo", command="demo") as base,
            sync_playwright() as playwright,
            launch(playwright) as browser,
        ):
            reader = signed_in(browser, base, DELEGATION)
            size = sum(_take(browser, base, scheme, lang, reader) for scheme in SCHEMES for lang in LANGUAGES)
    finally:
        shutil.rmtree(folder)
    print(f"{len(SCHEMES) * len(LANGUAGES) * len(SHOWN)} pictures, {size / 1e6:.1f} MB, in {IMAGES}")


def _take(browser: Browser, base: str, scheme: str, lang: str, reader: Any) -> int:
    size = 0
    for name, path, width in SHOWN:
        state = reader if path.startswith("texts/") else None
        picture = _picture(browser, f"{base}/{lang}/{path}", scheme, width, state)
        narrow = "" if width == 1280 else f"-{width}"
        (IMAGES / f"{name}{narrow}-{lang}-{scheme}.webp").write_bytes(picture)
        size += len(picture)
    return size


def _picture(browser: Browser, address: str, scheme: str, width: int, state: Any) -> bytes:
    """The page from its top, in letters that have come."""
    chosen: Scheme = "dark" if scheme == "dark" else "light"
    window: Any = {"width": width, "height": 900}
    with browser.new_context(viewport=window, color_scheme=chosen, storage_state=state) as context:
        page = context.new_page()
        page.goto(address, wait_until="networkidle")
        page.evaluate("document.fonts.ready.then(() => 0)")
        height = min(LONGEST[width], page.evaluate("document.documentElement.scrollHeight"))
        clip = {"x": 0, "y": 0, "width": width, "height": height, "scale": 1}
        asked = {"format": "webp", "quality": QUALITY, "clip": clip, "captureBeyondViewport": True}
        return base64.b64decode(context.new_cdp_session(page).send("Page.captureScreenshot", asked)["data"])


if __name__ == "__main__":
    main()
