"""A text on screen: an edition for its readers, a line in the register for everybody, versions and what differs."""

from pathlib import Path
from typing import Any

import pytest

from corfu.wording.model import Delete, Move, Reserve, ReserveKind
from corfu.wording.points import take
from tests import cast
from tests.negotiation.texts import table

NOR, SAR, VEL, CHAIR = cast.SPONSOR, cast.SECOND, cast.OBJECTOR, cast.CHAIR
HERE = f"/en/texts/{table.SLUG}/"


@pytest.fixture
def negotiated(house: Path) -> Path:
    """Rev.2 stands; on it three States want what cannot all be."""
    table.open_text()
    table.file(table.rewritten("p3", "a record", "a register"), by=SAR)
    (point,) = table.state().points
    table.issue({point.key: take(1)})
    table.file(table.rewritten("p2", "48 hours", "24 <b>hours</b>"), by=NOR)
    table.file([*table.rewritten("p2", "48 hours", "ten days"), Reserve("p1", ReserveKind.SCRUTINY)], by=VEL)
    table.file(table.added("p3", "2 bis. Invites the partners to take part;"), by=SAR)
    table.file([Delete("p4")], by=VEL)
    return house


def client(code: str = "") -> Any:
    """A reader, or who acts for a delegation of the exercise by one click."""
    from django.core.cache import cache
    from django.test import Client

    cache.clear()
    made = Client()
    if code:
        made.post("/en/act-for/", {"code": code})
    return made


def read(address: str, code: str = NOR, status: int = 200) -> str:
    response = client(code).get(address)
    assert response.status_code == status, (address, response.status_code)
    page: str = response.content.decode()
    return page


def test_contested_words_stand_marked_beside_who_wants_what(negotiated: Path) -> None:
    page = read(HERE)
    assert 'class="span" id="s1"><span class="unseen">contested: </span>48 hours<sup>' in page
    assert "24 &lt;b&gt;hours&lt;/b&gt;" in page and "<b>hours</b>" not in page
    assert '<abbr class="code" title="Norvale">NOR</abbr>' in page
    assert "New paragraph" in page and "Delete the paragraph" in page and "Reserved, to study it" in page
    assert f'href="{HERE}paragraphs/p2/edit/"' in page
    assert "<b>3</b> of 4 paragraphs open" in page


def test_brackets_and_one_delegations_text_are_views_of_the_same_address(negotiated: Path) -> None:
    brackets = read(f"{HERE}?view=brackets")
    assert '<span class="mark-open">[</span>48 hours<span class="mark-open">]</span>' in brackets
    own = read(f"{HERE}?view={VEL}")
    assert "<del>48 hours</del> <ins>ten days</ins>" in own and "24 &lt;b&gt;" not in own
    assert "2 bis. Invites" not in own and "as Velmara wants it" in own
    assert read(f"{HERE}?view=nobody").count('class="span"') == 1


def test_readers_may_look_at_what_is_open_or_at_what_one_asks_for(negotiated: Path) -> None:
    open_only = read(f"{HERE}?only=open")
    assert "48 hours" in open_only and "keep a register" not in open_only
    sarn = read(f"{HERE}?by={SAR}")
    assert "Invites the partners" in sarn and "48 hours" not in sarn


@pytest.mark.parametrize("code", ["", cast.PARTNER, cast.ORGANISATION])
def test_whoever_may_not_read_it_learns_that_it_exists(negotiated: Path, code: str) -> None:
    for address in (HERE, "/en/texts/", "/en/processes/harbours/", "/en/"):
        page = read(address, code)
        assert "DD/harbour-text" in page and "participating States" in page
        assert "48 hours" not in page and "Draft decision on the safety" not in page
    for below in ("versions/", "compare/", "versions/2/", "versions/2/concordance/"):
        assert "48 hours" not in read(HERE + below, code, 403)
    read("/en/texts/nothing/", code, 404)


def test_versions_say_how_much_was_open(negotiated: Path) -> None:
    page = read(f"{HERE}versions/")
    assert "Rev.1" in page and "Rev.2" in page and "1 of 4 paragraphs open" in page
    assert '<span class="span"' in read(f"{HERE}versions/1/") and "keep a record" not in read(HERE)
    read(f"{HERE}versions/3/", status=404)


def test_every_difference_between_two_versions_has_a_source_and_an_authority(negotiated: Path) -> None:
    from corfu.acts.models import Entry

    issued = Entry.objects.get(kind="version.issue").place
    page = read(f"{HERE}compare/?from=1&to=2")
    assert "<del>record </del><ins>register </ins>" in page and "Changes without authority: 0." in page
    assert '<abbr class="code" title="Sarn">SAR</abbr>' in page and f"/en/record/acts/{issued}/" in page
    assert "1 paragraph differs" in page
    for wrong in ("from=0&to=2", "from=1&to=99999999999", "from=x&to=2"):
        read(f"{HERE}compare/?{wrong}", status=404)


def test_a_difference_that_nobody_answers_for_is_shown(negotiated: Path) -> None:
    from corfu.negotiation.texts.models import Revision

    row = Revision.objects.get(number=2)
    row.paragraphs[1]["text"] = "Recalling the incidents of last July,"
    row.save()
    assert "Changes without authority:</strong>" in read(f"{HERE}compare/?from=1&to=2").replace(
        " 1</strong>", "</strong>"
    )


def test_the_concordance_table_says_what_became_of_every_act(negotiated: Path) -> None:
    page = read(f"{HERE}versions/2/concordance/")
    assert '<span class="tag tag-done">taken</span>' in page and "paragraph 2" in page
    read(f"{HERE}versions/1/concordance/", status=404)


def test_the_number_of_queries_does_not_grow_with_the_rows(negotiated: Path) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from corfu.negotiation.texts import queries as texts

    pages = ("/en/texts/", HERE, f"/ru/texts/{table.SLUG}/", f"{HERE}versions/", f"{HERE}compare/", "/en/")

    def asked() -> list[int]:
        """The most that a page takes: nothing of the texts is in memory."""
        reader, found = client(NOR), []
        for page in pages:
            reader.get(page)
            texts.STATES.clear()
            with CaptureQueriesContext(connection) as made:
                reader.get(page)
                found.append(len(made))
        return found

    before = asked()
    for number in range(5):
        table.file(table.rewritten("p1", "last August", f"August of year {number}"), by=(NOR, SAR, VEL)[number % 3])
        table.open_text(slug=f"text-{number}")
    assert asked() == before and max(before) <= 12


def test_a_move_is_shown_with_its_source_and_what_is_deleted_where_it_stood(house: Path) -> None:
    table.open_text()
    table.file([Move("p4", "p1")], by=VEL)
    table.file([Delete("p3")], by=NOR)
    points = {one.kind: one.key for one in table.state().points}
    table.issue({points["move"]: take(1), points["delete"]: take(1)})
    page = read(f"{HERE}compare/?from=1&to=2")
    assert page.count("Paragraph moved") == 1 and page.count("Paragraph deleted") == 1 and "2 paragraphs differ" in page
    assert page.index("Decides to review") < page.index("Decides that States") < page.index("Tasks the Secretariat")
    assert "2. Tasks" not in page
