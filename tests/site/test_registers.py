"""What must agree with the code: migrations with models, the pages of docs/acts with the registry."""

from pathlib import Path

import pytest

from tests.house import installation, start


def test_no_migration_is_missing(tmp_path: Path) -> None:
    with installation(tmp_path / "house", record=False):
        from django.core.management import call_command

        call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_every_act_has_its_page(root: Path) -> None:
    start()
    from tools.acts import pages

    written = {path.name: path.read_text(encoding="utf-8") for path in (root / "docs" / "acts").glob("*.md")}
    assert written == pages(), "run python tools/acts.py"


def test_every_rule_that_an_act_cites_is_one_of_the_organisation_or_of_the_house() -> None:
    start()
    from corfu import profiles
    from corfu.acts import registry
    from corfu.acts.house_rules import HOUSE_RULES

    known = {rule.id for rule in profiles.load("osce").rules} | {rule.id for rule in HOUSE_RULES}
    cited = {(kind.name, rule) for kind in registry.kinds() for rule in kind.rules}
    assert {rule for _, rule in cited} <= known
    with pytest.raises(ValueError, match="twice"):
        registry.register(registry.kinds()[0])
