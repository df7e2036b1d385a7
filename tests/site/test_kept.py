"""Pages kept in memory: the same until something that they tell of changes."""

from pathlib import Path
from typing import Any

import pytest

from tests import cast


@pytest.fixture
def client(house: Path) -> Any:
    from django.test import Client

    return Client()


def change_a_row(name: str) -> None:
    """Behind the record's back: what a page shows of it was made after this."""
    from corfu.acts.models import Entry

    Entry.objects.filter(place=1).update(author=name)


def shows(client: Any, name: str) -> bool:
    page: str = client.get("/en/record/").content.decode()
    return name in page


def test_a_page_is_made_once_until_the_next_act(client: Any) -> None:
    assert not shows(client, "ZZZ")
    change_a_row("ZZZ")
    assert not shows(client, "ZZZ")
    cast.process()
    assert shows(client, "ZZZ")


def test_a_page_is_made_anew_after_a_cosignature_though_no_act_was_done(client: Any) -> None:
    from corfu.acts import writer
    from corfu.acts.home import write_durably

    assert not shows(client, "ZZZ")
    change_a_row("ZZZ")
    write_durably(writer.home().head_of("witness.example/ost"), b"what a witness cosigned\n")
    assert shows(client, "ZZZ")


def test_what_one_delegation_reads_is_not_kept(client: Any) -> None:
    client.post("/en/act-for/", {"code": cast.SPONSOR})
    assert not shows(client, "ZZZ")
    change_a_row("ZZZ")
    assert shows(client, "ZZZ")
