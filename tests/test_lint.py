"""The house's rules: each one finds its bad sample and leaves the good one alone."""

import pytest

from tools.lint import FILE_LINES, FUNCTION_LINES, RULES, check_file, mean_length

HOME = "src/corfu/wording/diff.py"
MACHINE = "+tmp+x".replace("+", "/")  # in disguise, or the rule would find it in this file too


def long_function(lines: int) -> str:
    return "def f() -> None:\n" + '    """Do."""\n' + "    pass\n" * (lines - 2)


BAD = [
    ("clock", HOME, "from datetime import datetime\nx = datetime.now()\n"),
    ("clock", HOME, "import datetime as dt\nx = dt.datetime.now(dt.UTC)\n"),
    ("clock", "src/corfu/formats/ics.py", "import time\nx = time.time()\n"),
    ("clock", "src/corfu/record/note.py", "from time import time\n"),
    ("docstring", HOME, "def compare() -> None: ...\n"),
    ("docstring", HOME, "class Edit: ...\n"),
    ("file-length", "tests/test_long.py", "x = 1\n" * (FILE_LINES + 1)),
    ("file-length", "src/corfu/site/page.css", "a {}\n" * (FILE_LINES + 1)),
    ("function-length", "tests/test_long.py", long_function(FUNCTION_LINES + 1)),
    ("gathered", "src/corfu/site/context.py", "x = f'<i>{escape(gettext(\"delete\"))}</i>'\n"),
    ("machine-path", "docs/guide.md", f"Open {MACHINE} first.\n"),
    ("machine-path", "Makefile", f"DIR = {MACHINE}\n"),
    ("manager", "src/corfu/meetings/views.py", "found = Meeting.objects.all()\n"),
    ("manager", "src/corfu/site/context.py", "found = Meeting._default_manager.count()\n"),
    ("manager", "src/corfu/cli/site.py", "from corfu.acts import models\nx = models.Entry.objects.count()\n"),
    ("module-name", "src/corfu/site/utils.py", "x = 1\n"),
    ("network", "src/corfu/site/views.py", "from urllib import request\n"),
    ("network", "src/corfu/site/views.py", "import http.client\n"),
    ("network", HOME, "import socket\n"),
    ("network", "src/corfu/acts/log.py", "import urllib.request\n"),
    ("print", "src/corfu/formats/ics.py", "print('done')\n"),
    ("standard-library", HOME, "import lxml.etree\n"),
    ("standard-library", HOME, "from corfu.formats import word\n"),
]

GOOD = [
    (HOME, "from datetime import datetime\n\ndef due(now: datetime) -> bool:\n    'Say.'\n    return now.year > 1\n"),
    (HOME, "from corfu.wording.model import Edit\nimport unicodedata\n"),
    (HOME, "class _Inner: ...\ndef _inner() -> None: ...\n"),
    (HOME, long_function(FUNCTION_LINES)),
    ("src/corfu/acts/clock.py", "from datetime import UTC, datetime\nx = datetime.now(UTC)\n"),
    ("src/corfu/cli/texts.py", "print('done')\n"),
    ("src/corfu/meetings/queries.py", "found = Meeting.objects.all()\n"),
    ("src/corfu/meetings/acts.py", "made = Meeting.objects.create()\n"),
    ("src/corfu/acts/rebuild.py", "rows = model._default_manager.all()\n"),
    ("src/corfu/meetings/views.py", "found = queries.meetings(actor=actor)\n"),
    ("tests/site/test_pages.py", "found = Meeting.objects.get()\n"),
    ("src/corfu/acts/witness.py", "import urllib.request\n"),
    ("src/corfu/site/views.py", "from urllib.parse import quote\nfrom http import HTTPStatus\n"),
    ("src/corfu/site/words.txt", "line\n" * (FILE_LINES + 1)),
    ("docs/guide.md", "See ../shared/data, https://example.org/work/x and /en/root/.\n"),
    ("tests/test_x.py", "print('a test may')\n"),
    ("src/corfu/site/context.py", "said = gettext('delete')\nx = f'<i>{said}</i>'\n"),
]


@pytest.mark.parametrize(("rule", "path", "text"), BAD, ids=[f"{rule}-{n}" for n, (rule, _, _) in enumerate(BAD)])
def test_a_bad_sample_breaks_its_rule_and_no_other(rule: str, path: str, text: str) -> None:
    assert {breach.rule for breach in check_file(path, text)} == {rule}


@pytest.mark.parametrize(("path", "text"), GOOD)
def test_a_good_sample_breaks_no_rule(path: str, text: str) -> None:
    assert list(check_file(path, text)) == []


def test_a_breach_says_where_which_rule_and_the_way_out() -> None:
    (breach,) = check_file("src/corfu/site/utils.py", "x = 1\n")
    assert str(breach) == f"src/corfu/site/utils.py:1: module-name: utils\n    {RULES['module-name']}"


def test_the_mean_counts_methods_and_inner_functions() -> None:
    assert mean_length(["class A:\n    def f(self) -> None:\n        pass\n", long_function(4)]) == 3
    assert mean_length([]) == 0


def test_every_rule_has_a_bad_sample_but_the_mean() -> None:
    assert {rule for rule, _, _ in BAD} == set(RULES) - {"mean-length"}
