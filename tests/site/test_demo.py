"""The demonstration: everything in it comes from acts, can be made anew from them, and is told with its source."""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from corfu.record import verify
from corfu.record.report import VERIFIED
from tests.house import copied, demonstration


@pytest.fixture
def filled(tmp_path: Path, address: str | None) -> Iterator[int]:
    with copied(demonstration, tmp_path / "house", address):
        from corfu.acts.models import Entry

        yield Entry.objects.count()


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


def test_a_third_organisation_is_brought_as_a_folder(root: Path, tmp_path: Path) -> None:
    """As its own process: what corfu init writes, and pages that show it."""
    folder, data = root / "src" / "corfu" / "profiles" / "exercise", tmp_path / "house"
    copied = tmp_path / "third"
    shutil.copytree(folder, copied)
    init = ["init", "--data", str(data), "--origin", "third.example/record", "--profile", str(copied)]
    done = subprocess.run([sys.executable, "-m", "corfu.cli", *init], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    look = (
        "from pathlib import Path; from corfu.site import setup; setup.django_for(Path('house'));"
        "from django.conf import settings; settings.ALLOWED_HOSTS = ['*'];"
        "settings.STORAGES['staticfiles'] = {'BACKEND': 'django.contrib.staticfiles.storage.StaticFilesStorage'};"
        "settings.MIDDLEWARE.remove('whitenoise.middleware.WhiteNoiseMiddleware');"
        "from django.test import Client; c = Client();"
        "print([c.get(f'/en/{p}').status_code for p in ('', 'countries/', 'countries/nor/', 'structures/', 'record/')])"
    )
    seen = subprocess.run([sys.executable, "-c", look], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert seen.stdout.strip() == "[200, 200, 200, 200, 200]", seen.stderr
    (copied / "profile.toml").write_text("id = [")
    bad = subprocess.run(
        [sys.executable, "-m", "corfu.cli", "init", "--data", str(tmp_path / "x"), *init[3:]],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (bad.returncode, (tmp_path / "x").exists(), len(bad.stderr.splitlines())) == (2, False, 1), bad.stderr
