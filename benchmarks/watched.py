"""Runs one command and prints how long it took and its peak memory: python -S watched.py COMMAND...

Standard library only, and little of it: it must be smaller than what it watches.
"""

import json
import os
import subprocess
import sys
import time

start = time.perf_counter()
child = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL)
_, status, used = os.wait4(child.pid, 0)
seconds = time.perf_counter() - start
kilobytes = used.ru_maxrss / 1024 if sys.platform == "darwin" else used.ru_maxrss  # there it is counted in bytes
print(json.dumps({"seconds": seconds, "megabytes": kilobytes / 1024, "code": os.waitstatus_to_exitcode(status)}))
