"""The demonstration: everything in it comes from acts, can be made anew from them, and is told with its source."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from corfu.record import verify
from corfu.record.report import VERIFIED
from tests.acts.conftest import address, postgresql
from tests.house import NOW, installation

__all__ = ["address", "postgresql"]


@pytest.fixture
def filled(tmp_path: Path, address: str | None) -> Iterator[int]:
    with installation(tmp_path / "house", address):
        from corfu.site import demo

        yield demo.fill(NOW)


def test_rows_made_anew_from_the_record_are_the_same_table_by_table(filled: int) -> None:
    from corfu.acts import rebuild

    before = rebuild.contents()
    assert rebuild.again() == filled > 400
    assert {table: len(rows) for table, rows in rebuild.contents().items()} == {
        table: len(rows) for table, rows in before.items()
    }
    assert rebuild.contents() == before


def test_the_bundle_of_the_demonstration_verifies(filled: int) -> None:
    from corfu.acts import writer
    from corfu.acts.export import make_bundle

    made = make_bundle(writer.home(), ["public"], writer.store())
    assert isinstance(made, bytes)
    report = verify.verify(made)
    assert (report.verdict, report.size) == (VERIFIED, filled)


def test_what_acts_say_of_the_history_is_what_the_profile_says(filled: int) -> None:
    from corfu import profiles
    from corfu.negotiation.models import Proposal, Step

    history = profiles.load("osce").history
    assert history is not None
    steps: dict[str, Any] = {step.slug: step for step in Step.objects.all()}
    for step in history.steps:
        row = steps[step.id]
        assert (row.source, row.standing) == (step.source, str(step.standing))
        assert {lang: row.words[lang]["title"] for lang in step.title} == dict(step.title)
    assert Proposal.objects.count() == len(history.proposals)


def test_every_fact_of_the_process_leads_to_an_act(filled: int) -> None:
    """Each step and each proposal on the page links to its act, and says its source or how sure it is."""
    from django.test import Client

    page = Client().get("/en/processes/corfu/").content.decode()
    parts = re.findall(r'<li class="event .*?</li>', page, re.DOTALL)
    parts += re.findall(r'<ul class="proposals">(.*?)</ul>', page, re.DOTALL)[0].split("<li")[1:]
    assert len(parts) > 55
    for part in parts:
        assert "/en/record/acts/" in part, part
        assert 'class="source"' in part or 'class="tag' in part, part
