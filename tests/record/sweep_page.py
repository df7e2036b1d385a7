"""Every single-byte change of a log of 1,000 acts, tried on verify.html in Chromium, network off, opened from disk:
`python -m tests.record.sweep_page [--once] [--whole COUNT]`.

Each bit of each byte is changed (`--once`: one bit of each), and judged by the page's own function for that part, as in
sweep.py: entries beside their leaf hashes, tiles above by the audit of the whole tree, the checkpoint with all its
signatures. The page reads bundles and no receipts, so these are not here. Then COUNT whole bundles with one byte of one
file changed are audited from zip to verdict, which must be that of `corfu verify`: 500 without the option.
"""

import argparse
import random
import sys
import time
from collections.abc import Iterator
from typing import Any, Final

from playwright.sync_api import Page, sync_playwright

from corfu.record import verify
from tests.record.logs import Log, make_log, pack
from tests.record.sweep import BITS, Count, level_0
from tests.record.test_verify_html import BYTES, PAGE, SWEEP, b64
from tests.setup_browser import launch

NAME: Final = "verify.html"
_EACH: Final = """
    const counts = { changes: 0, accepted: 0 };
    if (!await accepts()) throw new Error('unchanged it is accepted, or this would say nothing');
    for (let at = 0; at < part.length; at += 1) for (const mask of masks) {
        part[at] ^= mask;
        counts.accepted += await accepts();
        counts.changes += 1;
        part[at] ^= mask;
    }
    return counts"""
_HOLDS: Final = """
    const holds = async (check) => {
        try { await check(); return true }
        catch (error) { if (error instanceof Finding) return false; throw error } };"""
CHECKPOINT: Final = f"""async ([checkpoint, keys, masks]) => {{ {BYTES} {_HOLDS}
    const [[log, ...witnesses], part] = [await parseKeys(bytes(keys)), bytes(checkpoint)];
    const judge = async () => checkCosignatures(await checkHead(part, log, 'checkpoint'), log, witnesses);
    const accepts = () => holds(judge);
    {_EACH} }}"""
TREE: Final = f"""async ([files, checkpoint, keys, path, masks]) => {{ {BYTES} {_HOLDS}
    const all = new Map(Object.entries(files).map(([name, data]) => [name, bytes(data)]));
    const [[log], part] = [await parseKeys(bytes(keys)), all.get(path)];
    const audit = new Audit(new Blob([]));
    audit.head = await checkHead(bytes(checkpoint), log, 'checkpoint');
    const accepts = () => holds(() => audit.checkTree(all, audit.head.size));
    {_EACH} }}"""
WHOLE: Final = f"async (data) => {{ {BYTES} return new Audit(new Blob([bytes(data)])).run() }}"


def parts(page: Page, log: Log, masks: list[int]) -> Iterator[Count]:
    """Every byte of every part."""
    keys = b64(log.keys)
    found = page.evaluate(CHECKPOINT, [b64(log.checkpoint), keys, masks])
    yield Count("checkpoint", NAME, len(log.checkpoint), found["changes"], found["accepted"])
    files = {name: b64(data) for name, data in log.tiles.items()}
    for path in (path for path in log.tiles if path.startswith("tile/1/")):
        found = page.evaluate(TREE, [files, b64(log.checkpoint), keys, path, masks])
        yield Count(path, NAME, len(log.tiles[path]), found["changes"], found["accepted"])
    for tile in level_0(log):
        path = tile.path.replace("tile/0/", "tile/entries/")
        entries, hashes = log.tiles[path], log.tiles[tile.path]
        every = [page.evaluate(SWEEP, [b64(entries), b64(hashes), mask]) for mask in masks]
        changes, accepted = (sum(one[what] for one in every) for what in ("changes", "accepted"))
        yield Count(f"{path}, {tile.path}", NAME, len(entries) + len(hashes), changes, accepted)


def whole(page: Page, log: Log, number: int, seed: int = 1) -> Iterator[tuple[bool, bool, str, int]]:
    """Whole audits of changes drawn at random: whether it was accepted, whether the verdict differs, file and place."""
    draw = random.Random(seed)
    files = log.files()
    names, sizes = list(files), [len(data) for data in files.values()]
    for count in range(number):
        (path,) = draw.choices(names, None if count % 2 else sizes)  # else small files would hardly be tried
        data = bytearray(files[path])
        at = draw.randrange(len(data))
        data[at] ^= draw.randrange(1, 256)
        made = pack({**files, path: bytes(data)}.items(), 0)
        said, wanted = page.evaluate(WHOLE, b64(made)), verify.verify(made)
        fault: Any = said["false"] or {"what": None, "index": None}
        own = wanted.fault and (wanted.fault.what, wanted.fault.index)
        differs = (said["verdict"], fault["what"], fault["index"]) != (wanted.verdict, *(own or (None, None)))
        yield said["verdict"] == 0, differs, path, at


def main() -> int:
    """Sweep everything; 1 if anything was accepted, or judged otherwise than by `corfu verify`."""
    parser = argparse.ArgumentParser(prog="python -m tests.record.sweep_page")
    parser.add_argument("--once", action="store_true", help="one bit of each byte")
    parser.add_argument("--whole", metavar="COUNT", type=int, default=500, help="whole audits besides (default: 500)")
    options = parser.parse_args()
    masks, log, began = [1 << 3] if options.once else BITS, make_log(1000), time.monotonic()
    with sync_playwright() as playwright, launch(playwright) as browser:
        page = browser.new_context(offline=True).new_page()
        page.goto(PAGE.as_uri())
        found: list[Count] = []
        for count in parts(page, log, masks):
            found.append(count)
            print(count, f"{time.monotonic() - began:>7.0f} s", flush=True)
        rows = list(whole(page, log, options.whole))
        version = browser.version
    accepted, differ = sum(row[0] for row in rows), sum(row[1] for row in rows)
    print(f"whole audits: {len(rows):,} changes, {accepted} accepted, {differ} judged otherwise than by corfu verify")
    bad = sum(count.accepted for count in found) + accepted
    print(f"{sum(count.changes for count in found) + len(rows):,} changes, {bad} accepted. Chromium {version}.")
    return 1 if bad or differ else 0


if __name__ == "__main__":
    sys.exit(main())
