"""Drives LibreOffice as a secretariat would by hand: merge, or compare, a base with returned files one by one.

    python3 office_merge.py session|restart|compare SOFFICE PROFILE SECONDS BASE RETURNED...

session: all files into one document in one run of LibreOffice. restart: the same, LibreOffice started anew for each
file and the document saved in between, for versions that survive one merge only. compare: the base against each file,
one result each. After SECONDS LibreOffice is ended, whatever it does.

Run by `benchmarks.office` with a Python that has LibreOffice's `uno` (the system's, as a rule); so it stands alone.
For each file one line of JSON comes out at once, so that a crash loses nothing: {"file": …, "seconds": …, "opening":
how much of that was starting LibreOffice, "changes": the tracked changes in the document now}; last {"end": why}.
"""

import contextlib
import importlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

MERGE = ".uno:MergeDocuments"
COMPARE = ".uno:CompareDocuments"
WORD = "MS Word 2007 XML"


def tell(**what: Any) -> None:
    """One line of JSON."""
    print(json.dumps(what), flush=True)


class Office:
    """A LibreOffice without a window, with a profile of its own."""

    def __init__(self, soffice: str, profile: str) -> None:
        self.uno = importlib.import_module("uno")
        pipe = f"corfu{os.getpid()}"
        options = ["--headless", "--norestore", "--nologo", "--nofirststartwizard", f"--accept=pipe,name={pipe};urp;"]
        where = f"-env:UserInstallation={self.uno.systemPathToFileUrl(profile)}"
        # A session of its own: soffice is a script that starts the office, and both are to end.
        self.process = subprocess.Popen([soffice, where, *options], stderr=subprocess.DEVNULL, start_new_session=True)
        self.context = self._connect(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        self.desktop = self._service("com.sun.star.frame.Desktop")
        self.dispatcher = self._service("com.sun.star.frame.DispatchHelper")

    def _connect(self, url: str) -> Any:
        local = self.uno.getComponentContext()
        resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
        for _ in range(300):
            with contextlib.suppress(Exception):  # uno's own exceptions are made at run time
                return resolver.resolve(url)
            time.sleep(0.1)
        self.stop()
        raise TimeoutError

    def _service(self, name: str) -> Any:
        return self.context.ServiceManager.createInstanceWithContext(name, self.context)

    def _value(self, name: str, value: object) -> Any:
        made = self.uno.createUnoStruct("com.sun.star.beans.PropertyValue")
        made.Name, made.Value = name, value
        return made

    def open(self, path: str) -> Any:
        """Open a document without a window."""
        url = self.uno.systemPathToFileUrl(path)
        return self.desktop.loadComponentFromURL(url, "_blank", 0, (self._value("Hidden", True),))

    def run(self, command: str, document: Any, path: str) -> None:
        """Merge the file at `path` into the open document, or compare the document with it."""
        url = self._value("URL", self.uno.systemPathToFileUrl(path))
        options = (url, self._value("NoAcceptDialog", True), self._value("SynchronMode", True))
        self.dispatcher.executeDispatch(document.CurrentController.Frame, command, "", 0, options)

    def save(self, document: Any, path: str) -> None:
        """Save as a Word file."""
        document.storeToURL(self.uno.systemPathToFileUrl(path), (self._value("FilterName", WORD),))

    def stop(self) -> None:
        """End what we started."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


def changes(document: Any) -> int:
    """How many tracked changes a document holds."""
    found, count = document.Redlines.createEnumeration(), 0
    while found.hasMoreElements():
        found.nextElement()
        count += 1
    return count


class Work:
    """One of the three ways through all files."""

    def __init__(self, soffice: str, profile: str, seconds: float) -> None:
        self.soffice, self.profile = soffice, profile
        self.made = f"{profile}/made.docx"
        self.office: Any = None
        self.late = False
        self.clock = threading.Timer(seconds, self._too_late)
        self.clock.daemon = True

    def _too_late(self) -> None:
        self.late = True
        self.stop()

    def start(self) -> float:
        """Start LibreOffice; the seconds it took."""
        begun = time.perf_counter()
        if self.late:
            raise TimeoutError
        self.office = Office(self.soffice, self.profile)
        return time.perf_counter() - begun

    def stop(self) -> None:
        """End LibreOffice, if it runs."""
        if self.office is not None:
            self.office.stop()

    def session(self, base: str, files: Sequence[str]) -> None:
        """Merge all files into one document."""
        begun = time.perf_counter()
        opening = self.start()
        document = self.office.open(base)
        for path in files:
            self.office.run(MERGE, document, path)
            self._tell(path, begun, opening, document)
            begun, opening = time.perf_counter(), 0.0
        self.office.save(document, self.made)

    def restart(self, base: str, files: Sequence[str]) -> None:
        """Merge all files into one document, with a new LibreOffice for each; a crash is tried again twice."""
        now = base
        for n, path in enumerate(files):
            begun = time.perf_counter()
            for last in (False, False, True):
                try:
                    now = self._merged(now, path, f"{self.made}.{n}.docx", begun)
                    break
                except Exception:
                    self.stop()
                    if self.late or last:
                        raise
                    tell(crash=Path(path).name)

    def _merged(self, now: str, path: str, made: str, begun: float) -> str:
        opening = self.start()
        document = self.office.open(now)
        self.office.run(MERGE, document, path)
        self.office.save(document, made)
        self._tell(path, begun, opening, document)
        self.stop()
        return made

    def compare(self, base: str, files: Sequence[str]) -> None:
        """Compare the base with each file."""
        begun = time.perf_counter()
        opening = self.start()
        for path in files:
            document = self.office.open(base)
            self.office.run(COMPARE, document, path)
            self.office.save(document, self.made)
            self._tell(path, begun, opening, document)
            document.close(True)
            begun, opening = time.perf_counter(), 0.0

    def _tell(self, path: str, begun: float, opening: float, document: Any) -> None:
        seconds = time.perf_counter() - begun
        tell(file=Path(path).name, seconds=seconds, opening=opening, changes=changes(document))


def main(way: str, soffice: str, profile: str, seconds: str, base: str, *files: str) -> None:
    """Go one way until it is done, LibreOffice is gone or time is up."""
    work = Work(soffice, profile, float(seconds))
    work.clock.start()
    try:  # uno's own exceptions are made at run time: there is no other name to catch them by
        {"session": work.session, "restart": work.restart, "compare": work.compare}[way](base, files)
        tell(end="done")
    except Exception as error:  # noqa: BLE001
        crashed = "Disposed" in type(error).__name__ and not work.late
        if crashed:
            tell(crash="last")
        tell(end="stopped" if work.late else "crashed" if crashed else type(error).__name__)
    finally:
        work.clock.cancel()
        work.stop()


if __name__ == "__main__":
    main(*sys.argv[1:])
