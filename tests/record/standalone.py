"""corfu-verify.py, loaded as a module: what a stranger would run, run here."""

import importlib.util
import sys
from functools import cache
from pathlib import Path
from typing import Any

from corfu.record import standalone

PATH = Path(standalone.__file__).with_name("corfu-verify.py")


@cache
def load() -> Any:
    """The module, without running its command line."""
    spec = importlib.util.spec_from_file_location("corfu_verify", PATH)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["corfu_verify"] = module
    spec.loader.exec_module(module)
    return module


def judged(data: bytes, since: bytes | None = None, key: str | None = None) -> tuple[int, str | None, int | None]:
    """Verdict, word and entry of the first false thing in a bundle."""
    module = load()
    try:
        module.audit(data, since, module.read_key(key, 1), {}, module.Counter())
    except module.Wrong as wrong:
        what, _, index, _ = wrong.args
        return (2 if what == "bundle" else 1), what, index
    return 0, None, None
