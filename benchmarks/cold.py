"""One piece of work, once, in this process: `python -m benchmarks.cold TASK ARGUMENTS`. Prints seconds as JSON.

Each task makes its input, empties what that has cached, and times nothing but the work.
"""

import json
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Final

from benchmarks.generate import Negotiation, negotiation
from corfu.formats.word.returned import base_of, returned
from corfu.formats.word.round import compile_round
from corfu.formats.word.views import read
from corfu.wording.compile import compile
from corfu.wording.model import Edit, Insert
from corfu.wording.rebase import rebase
from corfu.wording.tokens import fold, tokenize

SEED: Final = 1
Figures = dict[str, float]


def timed(work: Callable[[], object]) -> float:
    """The seconds that a piece of work takes with nothing folded beforehand."""
    fold.cache_clear()
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def compiling(*, amendments: int, joined: bool = False) -> Figures:
    """compile(), and tokenising what it is given: as the full paragraphs that are sent, and as nothing but the base
    and the words of the amendments."""
    asked = negotiation(SEED, delegations=200, amendments=amendments)
    version = asked.version(joined=joined)
    found = {"compile": timed(lambda: compile(version))}
    base = [p.text for p in asked.paragraphs]
    sent = [*base, *(text for _, text in asked.sent()), *_new(asked)]
    bare = [*base, *(act.text for a in asked.amendments for act in a.acts if isinstance(act, Edit)), *_new(asked)]
    return found | {"sent": timed(lambda: _tokenized(sent)), "bare": timed(lambda: _tokenized(bare))}


def _new(asked: Negotiation) -> list[str]:
    return [act.paragraph.text for a in asked.amendments for act in a.acts if isinstance(act, Insert)]


def _tokenized(texts: Sequence[str]) -> None:
    for text in texts:
        tokenize(text)


def rebasing(*, amendments: int) -> Figures:
    """rebase() to a next version in which a tenth of the paragraphs changed."""
    asked = negotiation(SEED, delegations=200, amendments=amendments)
    old, new = asked.version(), asked.next_version()
    return {"rebase": timed(lambda: rebase(old, new, asked.amendments))}


def reading(*, base: str, returned_file: str) -> Figures:
    """One returned Word file: read alone, and with finding out what it asks for."""
    paragraphs = base_of(read(Path(base).read_bytes(), "base.docx"))
    path = Path(returned_file)
    data = path.read_bytes()
    found = {"read": timed(lambda: read(data, path.name).accept())}
    return found | {"asks": timed(lambda: returned(read(data, path.name), paragraphs, path.stem))}


def rendering(*, base: str, files: Sequence[str], how: str) -> Figures:
    """The rolling text of a round as one of html, docx, json."""
    source = [(Path(p).name, partial(Path.read_bytes, Path(p))) for p in files]
    done = compile_round((Path(base).name, partial(Path.read_bytes, Path(base))), source, {})
    render = _rendered(how)
    return {how: timed(lambda: render(done))}


def _rendered(how: str) -> Callable[[Any], object]:
    match how:  # imported here, so that each is measured apart from the others
        case "html":
            from corfu.formats.rolling_html import rolling_html

            return rolling_html
        case "docx":
            from corfu.formats.word.rolling import rolling_docx

            return rolling_docx
        case _:
            from corfu.formats.rolling_json import rolling_json

            return rolling_json


TASKS: Final[dict[str, Callable[..., Figures]]] = {
    "compiling": compiling,
    "rebasing": rebasing,
    "reading": reading,
    "rendering": rendering,
}


if __name__ == "__main__":
    task, arguments = sys.argv[1:]
    print(json.dumps(TASKS[task](**json.loads(arguments))))
