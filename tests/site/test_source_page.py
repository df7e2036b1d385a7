"""The page it all began from: every line of it is found here, in six languages."""

import re
from pathlib import Path
from typing import Any

import pytest

from tests.house import copied, demonstration

LANGUAGES = ("en", "fr", "de", "it", "ru", "es")
_ROW = re.compile(r"^\| (\d+) \| (.+) \| `([^`]+)` \|$", re.MULTILINE)


def rows(root: Path) -> list[tuple[int, str, str]]:
    text = (root / "docs" / "source-page.md").read_text(encoding="utf-8")
    return [(int(number), says, address) for number, says, address in _ROW.findall(text)]


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Any:
    with copied(demonstration, tmp_path_factory.mktemp("house")):
        from django.test import Client

        yield Client()


def test_no_line_of_the_page_was_left_out(root: Path, shared: Path) -> None:
    lines = (shared.parent / "source" / "corfu-page-fr.txt").read_text(encoding="utf-8").splitlines()
    said = {number: says.removesuffix(" …") for number, says, _ in rows(root)}
    for number, line in enumerate(lines, 1):
        words = line.removeprefix("-").strip()
        assert not words or words.startswith(said[number]), f"line {number}: {words}"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_line_has_a_page_in_every_language(client: Any, root: Path, lang: str) -> None:
    addresses = {address for _, _, address in rows(root)}
    pages = {path: client.get(f"/{lang}/{path}") for path in {address.partition("#")[0] for address in addresses}}
    assert {path: page.status_code for path, page in pages.items() if page.status_code != 200} == {}
    assert [address for address in addresses if not stands(pages, address)] == []
    assert len(pages) > 90


def stands(pages: dict[str, Any], address: str) -> bool:
    """Whether the place on the page that an address names is there."""
    path, _, place = address.partition("#")
    return not place or f'id="{place}"' in pages[path].content.decode()


def test_what_the_menu_names_stands_on_its_page(client: Any, root: Path) -> None:
    from django.utils.html import escape

    missing = []
    for _, says, address in rows(root):
        if address.startswith(("countries/", "structures/field-operations/", "meetings/kinds/", "about/leadership/")):
            name = says.removesuffix(" – OSCE Chairpersonship 2025").removesuffix(" …").removeprefix("The ")
            page = client.get(f"/en/{address}").content.decode()
            if says not in {"Countries", "All"} and escape(name) not in page:
                missing.append((says, address))
    assert missing == []
