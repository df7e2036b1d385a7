"""The command for an organization's own data: corfu profile check."""

import argparse
import sys
from pathlib import Path

from corfu.cli.command import Exit, command
from corfu.profiles import Problem, check, load, words_to_write


def _check(options: argparse.Namespace) -> Exit:
    problems = check(options.folder)
    stops = [problem for problem in problems if problem.stops]
    if options.words and not stops:
        print(words_to_write(options.folder, options.words), end="")
        return Exit.DONE
    for problem in problems:
        print(problem)
    if not stops:
        print(_contents(options.folder))
    if problems:
        print(_sum(stops), file=sys.stderr)
    return Exit.COULD_NOT if problems else Exit.DONE


def _contents(folder: Path) -> str:
    """What the profile holds, in one line."""
    found = load(folder.resolve())
    return (
        f"{found.name}: {len(found.states)} States, {len(found.partners)} partners, "
        f"{len(found.organisations)} organizations, {len(found.bodies)} bodies, {len(found.rules)} rules, "
        f"in {', '.join(found.languages)}"
    )


def _sum(stops: list[Problem]) -> str:
    if not stops:
        return "The profile can be used: English stands where words are missing."
    points = "1 point is" if len(stops) == 1 else f"{len(stops)} points are"
    return f"The profile cannot be used before {points} put right."


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the commands for profiles."""
    made = command(commands, "profile", lambda _: Exit.DONE, "look after an organization's own data")
    profile = made.add_subparsers(title="commands", metavar="COMMAND", required=True)
    checked = command(profile, "check", _check, "check a folder that describes an organization")
    checked.add_argument("folder", metavar="DIR", type=Path, help="the folder that holds profile.toml")
    checked.add_argument(
        "--words", metavar="LANGUAGE", help="instead, print the words that this language lacks, to be filled in"
    )
    checked.epilog = """\
example:
  corfu profile check my-organization
  corfu profile check my-organization --words fr > fr-to-do.toml

One sentence for each point to put right. Exit code 0: nothing to put right; 2: there is.
docs/profiles.md describes every file."""
