"""LibreOffice as an independent reader: what it makes of Word files when all changes are accepted or rejected.

One soffice run for all files. A Basic macro does the work, since Python's bridge to LibreOffice is not everywhere.
"""

import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Final
from xml.sax.saxutils import escape

MACRO: Final = """
Sub Main
  Dim files, args(0) As New com.sun.star.beans.PropertyValue, out(1) As New com.sun.star.beans.PropertyValue
  Dim doc, helper, n, line, parts
  args(0).Name = "Hidden" : args(0).Value = True
  out(0).Name = "FilterName" : out(0).Value = "Text (encoded)"
  out(1).Name = "FilterOptions" : out(1).Value = "UTF8,LF,,,"
  helper = createUnoService("com.sun.star.frame.DispatchHelper")
  n = FreeFile
  Open "{orders}" For Input As #n
  Do While Not EOF(n)
    Line Input #n, line
    parts = Split(line, "|")
    doc = StarDesktop.loadComponentFromURL(parts(0), "_blank", 0, args())
    helper.executeDispatch(doc.CurrentController.Frame, ".uno:" & parts(2) & "AllTrackedChanges", "", 0, Array())
    doc.storeToURL(parts(1), out())
    doc.close(True)
  Loop
  Close #n
  StarDesktop.terminate()
End Sub
"""
MODULE: Final = """<?xml version="1.0" encoding="UTF-8"?>
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Views" script:language="StarBasic">{}
</script:module>"""
LIBRARY: Final = """<?xml version="1.0" encoding="UTF-8"?>
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" library:readonly="false"
 library:passwordprotected="false"><library:element library:name="Views"/></library:library>"""
LIBRARIES: Final = """<?xml version="1.0" encoding="UTF-8"?>
<library:libraries xmlns:library="http://openoffice.org/2000/library" xmlns:xlink="http://www.w3.org/1999/xlink">
<library:library library:name="Standard" xlink:href="$(USER)/basic/Standard/script.xlb/" xlink:type="simple"
 library:link="false"/></library:libraries>"""


def present() -> bool:
    return shutil.which("soffice") is not None


def views(files: Mapping[str, bytes], folder: Path) -> dict[str, tuple[list[str], list[str]]]:
    """For each file its paragraphs when all is accepted, and when all is rejected, with list labels; no empty ones."""
    orders = []
    for name, data in files.items():
        (folder / f"{name}.docx").write_bytes(data)
        for verdict in ("Accept", "Reject"):
            source, target = folder / f"{name}.docx", folder / f"{name}.{verdict}.txt"
            orders.append(f"{source.as_uri()}|{target.as_uri()}|{verdict}")
    (folder / "orders").write_text("\n".join(orders), encoding="ascii")
    _run(folder)
    return {name: (_lines(folder / f"{name}.Accept.txt"), _lines(folder / f"{name}.Reject.txt")) for name in files}


def _run(folder: Path) -> None:
    profile = folder / "profile"
    basic = profile / "user" / "basic" / "Standard"
    command = ["soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", "--nologo"]
    # A first start fills the profile, and would write over a macro that is already there.
    subprocess.run([*command, "--terminate_after_init"], timeout=120, capture_output=True, check=False)
    (basic / "Views.xba").write_text(MODULE.format(escape(MACRO.format(orders=folder / "orders"))))
    (basic / "script.xlb").write_text(LIBRARY)
    (basic.parent / "script.xlc").write_text(LIBRARIES)
    subprocess.run([*command, "macro:///Standard.Views.Main"], timeout=240, capture_output=True, check=False)


def _lines(path: Path) -> list[str]:
    text = path.read_text(encoding="utf-8-sig")
    return [line for line in text.split("\n") if line.strip()]
