"""`make bench`, or `python -m benchmarks [--only NAME] [--quick] [--markdown]`."""

import argparse
import os
import platform
import sys
from pathlib import Path
from typing import Final

from benchmarks import append_rows, diff_rows, office, page_rows, record_rows, text_rows, word_rows, wording_rows
from benchmarks.rows import Measure, Row, Setting, markdown

SUBJECTS: Final[dict[str, Measure]] = {
    "compile": wording_rows.compiling,
    "growth": wording_rows.growth,
    "rebase": wording_rows.rebasing,
    "diff": diff_rows.diffing,
    "read": word_rows.reading,
    "write": word_rows.rendering,
    "round": word_rows.compiling,
    "office": word_rows.merging,
    "dd7": word_rows.example,
    "audit": record_rows.auditing,
    "receipt": record_rows.receipts,
    "append": append_rows.appending,
    "durable": append_rows.durable,
    "pages": page_rows.pages,
    "texts": text_rows.texts,
}


def machine() -> str:
    """What this was measured on, in a line."""
    text = Path("/proc/cpuinfo").read_text() if Path("/proc/cpuinfo").exists() else ""
    models = [line.partition(":")[2].strip() for line in text.splitlines() if line.startswith("model name")]
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{os.cpu_count()} cores ({models[0] if models else platform.processor() or 'unknown'}), {memory:.0f} GB, "
        f"{platform.system()}, Python {platform.python_version()}, {office.version() or 'no LibreOffice'}"
    )


def main() -> int:
    """Measure and print the table; 1 when a bar is not met."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Measure what Corfu claims about speed.")
    parser.add_argument(
        "--only", metavar="NAME", choices=SUBJECTS, action="append", help=f"one of {', '.join(SUBJECTS)}"
    )
    parser.add_argument("--quick", action="store_true", help="each thing once, alternatives for 20 seconds at most")
    parser.add_argument("--markdown", action="store_true", help="print nothing but the table, for benchmarks/README.md")
    options = parser.parse_args()
    setting = Setting(1, 20.0) if options.quick else Setting()
    rows: list[Row] = []
    for name in options.only or SUBJECTS:
        print(f"measuring {name} ...", file=sys.stderr, flush=True)
        rows += SUBJECTS[name](setting)
    if not options.markdown:
        print(f"{machine()}. Medians of {setting.times}.\n")
    print("\n".join(markdown(rows)))
    return 1 if any(row.met is False for row in rows) else 0


if __name__ == "__main__":
    sys.exit(main())
