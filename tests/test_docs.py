"""What stands in the code stands in the documentation: commands, exit codes, dependencies, targets, rules, links."""

import argparse
import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from corfu.cli import Exit, parser
from tools.lint import RULES, project_files

LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")
TARGET = re.compile(r"^([a-z]+):.*## ", re.MULTILINE)


def read(root: Path, path: str) -> str:
    return (root / path).read_text(encoding="utf-8")


def commands() -> dict[str, argparse.ArgumentParser]:
    """Every command with its parser, commands of commands too; `corfu` itself first."""
    found = {"corfu": parser()}
    waiting = ["corfu"]
    while waiting:
        name = waiting.pop()
        for action in found[name]._actions:
            if isinstance(action, argparse._SubParsersAction):
                below = {f"{name} {word}": command for word, command in action.choices.items()}
                found |= below
                waiting += below
    return found


def section(text: str, title: str) -> str:
    """What a document says under a heading, to the next heading of its level or a higher one."""
    heading = re.search(rf"^(#{{1,3}}) `?{re.escape(title)}`?\n", text, re.MULTILINE)
    if not heading:
        return ""
    rest = text[heading.end() :]
    after = re.search(rf"^#{{1,{len(heading[1])}}} ", rest, re.MULTILINE)
    return rest[: after.start()] if after else rest


@pytest.mark.parametrize("name", commands())
def test_a_command_and_its_options_are_documented(root: Path, name: str) -> None:
    told = section(read(root, "docs/cli.md"), name)
    assert told, f"docs/cli.md has no heading {name}"
    options = [option for action in commands()[name]._actions for option in action.option_strings]
    assert [option for option in options if not re.search(rf"`{option}\b", told)] == []


def test_every_exit_code_is_documented(root: Path) -> None:
    told = section(read(root, "docs/cli.md"), "Exit codes")
    assert [code for code in Exit if f"| {code.value} |" not in told] == []


def test_every_dependency_has_its_reason(root: Path) -> None:
    project = tomllib.loads(read(root, "pyproject.toml"))
    names = [Requirement(text).name for text in project["project"]["dependencies"]]
    told = section(read(root, "docs/dependencies.md"), "At run time")
    assert re.findall(r"^\| ([a-zA-Z0-9-]+) \|", told, re.MULTILINE) == ["Package", *names]


def test_every_extra_has_its_reason(root: Path) -> None:
    extras = tomllib.loads(read(root, "pyproject.toml"))["project"]["optional-dependencies"]
    names = {(Requirement(text).name, extra) for extra, group in extras.items() for text in group}
    told = section(read(root, "docs/dependencies.md"), "Extras")
    assert set(re.findall(r"^\| ([a-z0-9-]+) \| (\w+) \|", told, re.MULTILINE)) == names


def test_every_development_dependency_has_its_reason(root: Path) -> None:
    groups = tomllib.loads(read(root, "pyproject.toml"))["dependency-groups"]
    names = {Requirement(text).name for group in groups.values() for text in group}
    told = section(read(root, "docs/dependencies.md"), "For the project's own work")
    assert set(re.findall(r"^\| ([a-zA-Z0-9-]+) \|", told, re.MULTILINE)) == {"Package", *names}


def test_every_make_target_is_documented(root: Path) -> None:
    told = read(root, "README.md") + read(root, "docs/development.md")
    assert [target for target in TARGET.findall(read(root, "Makefile")) if f"`make {target}" not in told] == []


def test_every_house_rule_is_documented(root: Path) -> None:
    told = section(read(root, "docs/development.md"), "The house's own rules")
    assert [rule for rule in RULES if f"`{rule}`" not in told] == []


def test_every_decision_is_in_the_index(root: Path) -> None:
    index = read(root, "docs/decisions/README.md")
    files = sorted(path.name for path in (root / "docs" / "decisions").glob("[0-9]*.md"))
    assert [name for name in files if f"]({name})" not in index] == []


def test_every_link_between_our_pages_leads_somewhere(root: Path) -> None:
    pages = {path: text for path, text in project_files().items() if path.endswith(".md")}
    broken = [
        f"{path}: {link}"
        for path, text in pages.items()
        for link in LINK.findall(text)
        if not (root / path).parent.joinpath(link).exists()
    ]
    assert broken == []
