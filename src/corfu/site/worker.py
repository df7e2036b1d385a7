"""What is done beside the server: it only announces what already holds. With it dead, no page shows a wrong state."""

import logging
import time
from typing import Final

from django.core.management import call_command

logger: Final = logging.getLogger("corfu.worker")


def work(every: int, *, once: bool = False) -> None:
    """Work, every so many seconds, until interrupted."""
    while True:
        call_command("clearsessions", verbosity=0)
        logger.info("sessions that have ended are cleared")
        if once:
            return
        time.sleep(every)
