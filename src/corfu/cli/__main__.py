"""`python -m corfu.cli` is `corfu`."""

import sys

from corfu.cli import main

sys.exit(main())
