"""The pages of docs/acts, one for each kind of act, from the registry: `python tools/acts.py`."""

import os
import tempfile
from pathlib import Path
from typing import Final

import django

FOLDER: Final = Path(__file__).resolve().parent.parent / "docs" / "acts"
HEAD: Final = """# The acts

Everything that is done here is done by one of these. Each page is made from the code: `python tools/acts.py`.

| Act | What it is | Who does it |
|---|---|---|
"""


def pages() -> dict[str, str]:
    """Every page by its file name. Django must have been started."""
    from corfu.acts import registry

    found = {f"{kind.name}.md": _page(kind) for kind in registry.kinds()}
    rows = (f"| [{kind.name}]({kind.name}.md) | {kind.summary} | {kind.who} |" for kind in registry.kinds())
    return found | {"README.md": HEAD + "\n".join(rows) + "\n"}


def _page(kind: "object") -> str:
    from corfu.acts.registry import Kind

    assert isinstance(kind, Kind)
    members = [
        f"| `{name}` | {one.what} | {'yes' if one.needed else 'no'} |" for name, one in sorted(kind.fields.items())
    ]
    rules = ", ".join(f"`{rule}`" for rule in kind.rules)
    return "\n".join(
        [
            f"# {kind.name}",
            "",
            str(kind.summary),
            "",
            f"**Who**: {kind.who}. **Rules it cites**: {rules}.",
            "",
            "| Member | What it holds | Needed |",
            "|---|---|---|",
            *members,
            "",
            "Every act has besides: `act`, `at`, `author`, `id`, `log`, `prev`, `seen` ([the record](../record.md)).",
            "",
        ]
    )


def main() -> None:
    """Write all pages anew."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "corfu.site.settings")
    os.environ.setdefault("CORFU_DATA", tempfile.mkdtemp())
    django.setup()
    FOLDER.mkdir(exist_ok=True)
    for path in FOLDER.glob("*.md"):
        path.unlink()
    for name, text in pages().items():
        (FOLDER / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
