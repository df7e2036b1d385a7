"""The house's own rules: `python tools/lint.py`, part of `make check`.

Each rule has a reason and a way out, printed with every breach. No comment switches a rule off: whoever needs an
exception changes the lists below, where a reviewer sees it.
"""

import ast
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from statistics import mean
from typing import Final, NamedTuple

ROOT: Final = Path(__file__).resolve().parent.parent

PURE: Final = {"wording", "record", "formats", "profiles"}
MAY_PRINT: Final = "src/corfu/cli/"
# One file by its nature: it is handed on by itself, and may load nothing.
MAY_BE_LONG: Final = {"src/corfu/record/standalone/verify.html"}
# A witness is asked, and looks at logs, over HTTP: at addresses that its operator names, and nowhere else.
MAY_USE_NETWORK: Final = {"src/corfu/acts/witness.py"}

# Rows are read in queries and written by acts (`queries.py`, `group_acts.py`); besides by what applies these, makes all
# anew, or backs up accounts.
MAY_TOUCH_ROWS: Final = {"acts", "queries", "rules"}
MAY_TOUCH_ROWS_TOO: Final = {"src/corfu/acts/effect.py", "src/corfu/acts/rebuild.py", "src/corfu/site/keep.py"}

FILE_LINES, FUNCTION_LINES, MEAN_WISHED, MEAN_ALLOWED = 500, 60, 12, 14

RULES: Final = {
    "clock": "the pure rooms have no clock: take the instant as an argument",
    "docstring": "others call this: say shapes, units, errors and the rule's source, or make it private",
    "file-length": f"nobody reads a file over {FILE_LINES} lines: split it by subject",
    "function-length": f"a function over {FUNCTION_LINES} lines hides its steps: give each step a name",
    "gathered": "what is translated inside an f-string is never gathered into the catalogues: give it a name before",
    "machine-path": "this path exists on one machine only: make it relative, or ask the environment",
    "manager": "pages, forms and commands never ask a table themselves: ask queries.py, which knows who may see what",
    "mean-length": f"functions in src have {MEAN_ALLOWED} lines on average at most: split the longest",
    "module-name": "a module named after nothing collects everything: name it after its subject",
    "network": "nothing but a witness calls outside the installation: take the bytes as an argument",
    "print": "only the command line speaks to people: return a value and let corfu.cli print it",
    "standard-library": "corfu.wording stands on the standard library alone: do this in another room",
}

NAMELESS: Final = {"common", "helper", "helpers", "misc", "util", "utils"}
MANAGERS: Final = {"objects", "_default_manager", "_base_manager"}
CLOCKS: Final = {"date.today", "datetime.now", "datetime.today", "datetime.utcnow", "time.time", "time.time_ns"}
TRANSLATING: Final = {"gettext", "ngettext", "pgettext", "npgettext", "_"}
NETWORK: Final = {"aiohttp", "http.client", "httpx", "requests", "smtplib", "socket", "urllib.request", "urllib3"}
CODE: Final = {".css", ".html", ".js", ".py"}
MACHINE_PATH: Final = re.compile(r"(?<![\w.})/-])/(?:mnt|opt|root|tmp|work|home/\w+|Users/\w+)/")

Function = ast.FunctionDef | ast.AsyncFunctionDef


class Breach(NamedTuple):
    """One rule broken at one place."""

    path: str
    line: int
    rule: str
    what: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.rule}: {self.what}\n    {RULES[self.rule]}"


def check_file(path: str, text: str) -> Iterator[Breach]:
    """Find the breaches in one file. `path` is relative to the project, with slashes."""
    lines = text.splitlines()
    if Path(path).suffix in CODE and len(lines) > FILE_LINES and path not in MAY_BE_LONG:
        yield Breach(path, FILE_LINES, "file-length", f"{len(lines)} lines")
    for number, line in enumerate(lines, 1):
        if found := MACHINE_PATH.search(line):
            yield Breach(path, number, "machine-path", found[0])
    if path.endswith(".py"):
        yield from check_python(path, ast.parse(text))


def check_python(path: str, tree: ast.Module) -> Iterator[Breach]:
    """Find the breaches that take reading the code."""
    if Path(path).stem in NAMELESS:
        yield Breach(path, 1, "module-name", Path(path).stem)
    for function in functions(tree):
        if (lines := length(function)) > FUNCTION_LINES:
            yield Breach(path, function.lineno, "function-length", f"{function.name} has {lines} lines")
    if path.startswith("src/corfu/"):
        room = path.split("/")[2]
        yield from check_imports(path, room, tree)
        yield from check_calls(path, room, tree)
        if room in PURE:
            yield from check_docstrings(path, tree)


def check_imports(path: str, room: str, tree: ast.Module) -> Iterator[Breach]:
    """Nothing from the network; in `wording`, nothing but the standard library."""
    for name, line in imports(tree):
        if path not in MAY_USE_NETWORK and any(f"{name}.".startswith(f"{module}.") for module in NETWORK):
            yield Breach(path, line, "network", name)
        at_home = name.startswith("corfu.wording.") or name.split(".")[0] in sys.stdlib_module_names
        if room == "wording" and not at_home:
            yield Breach(path, line, "standard-library", name)
        if room in PURE and name in CLOCKS:
            yield Breach(path, line, "clock", name)


def check_calls(path: str, room: str, tree: ast.Module) -> Iterator[Breach]:
    """No clock in the pure rooms, no print outside the command line, no table outside queries and acts."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and room in PURE:
            name = ".".join(ast.unparse(node).split(".")[-2:])
            if name in CLOCKS:
                yield Breach(path, node.lineno, "clock", name)
        if isinstance(node, ast.Attribute) and node.attr in MANAGERS and not may_touch_rows(path):
            yield Breach(path, node.lineno, "manager", ast.unparse(node))
        if isinstance(node, ast.Name) and node.id == "print" and not path.startswith(MAY_PRINT):
            yield Breach(path, node.lineno, "print", "print")
        if isinstance(node, ast.JoinedStr):
            called = [ast.unparse(one.func) for one in ast.walk(node) if isinstance(one, ast.Call)]
            yield from (Breach(path, node.lineno, "gathered", name) for name in called if name in TRANSLATING)


def may_touch_rows(path: str) -> bool:
    """Whether this file reads or writes rows by its nature."""
    return Path(path).stem.rpartition("_")[2] in MAY_TOUCH_ROWS or path in MAY_TOUCH_ROWS_TOO or "/migrations/" in path


def check_docstrings(path: str, tree: ast.Module) -> Iterator[Breach]:
    """What a pure room offers, it explains."""
    for node in tree.body:
        if isinstance(node, Function | ast.ClassDef) and not node.name.startswith("_") and not ast.get_docstring(node):
            yield Breach(path, node.lineno, "docstring", node.name)


def imports(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """Every imported name in full, `package.module.thing`, with its line."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((f"{node.module}.{alias.name}", node.lineno) for alias in node.names)


def functions(tree: ast.Module) -> Iterator[Function]:
    """Every function of a file, methods and inner functions too."""
    return (node for node in ast.walk(tree) if isinstance(node, Function))


def length(function: Function) -> int:
    """Lines from `def` to the end."""
    return (function.end_lineno or function.lineno) - function.lineno + 1


def mean_length(sources: Iterable[str]) -> float:
    """The average length of all functions in these sources, 0 when there is none."""
    lengths = [length(function) for source in sources for function in functions(ast.parse(source))]
    return mean(lengths) if lengths else 0.0


def project_files() -> dict[str, str]:
    """Every text file that is in version control, or would be: path to text."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=True, text=True).stdout.split("\0")
    texts = {}
    for path in sorted(filter(None, listed)):
        data = (ROOT / path).read_bytes() if (ROOT / path).is_file() else b"\0"
        if b"\0" not in data:
            texts[path] = data.decode()
    return texts


def main() -> int:
    """Print every breach; 1 when there is one."""
    files = project_files()
    breaches = [breach for path, text in files.items() for breach in check_file(path, text)]
    average = mean_length(text for path, text in files.items() if path.startswith("src/") and path.endswith(".py"))
    if average > MEAN_ALLOWED:
        breaches.append(Breach("src", 1, "mean-length", f"{average:.1f} lines"))
    for breach in breaches:
        print(breach)
    print(f"House rules: {len(files)} files, {len(breaches)} breaches;", end=" ")
    print(f"functions in src have {average:.1f} lines on average, {MEAN_WISHED} wished.")
    return 1 if breaches else 0


if __name__ == "__main__":
    sys.exit(main())
