"""What is done beside the server: it only announces what already holds. With it dead, no page shows a wrong state."""

import logging
import time
from collections.abc import Iterator
from typing import Final

from django.core.management import call_command

from corfu.acts import cosigned, witness, writer
from corfu.acts.snapshot import snapshot
from corfu.record.refusal import Refused

logger: Final = logging.getLogger("corfu.worker")


def work(every: int, *, once: bool = False) -> None:
    """Work, every so many seconds, until interrupted."""
    while True:
        call_command("clearsessions", verbosity=0)
        for said in announce():
            logger.info("%s", said)
        if once:
            return
        time.sleep(every)


def announce() -> Iterator[str]:
    """Show the last checkpoint to the witnesses that can be asked; says what each answered."""
    witnesses = cosigned.trusted(writer.home())
    asked = [] if isinstance(witnesses, Refused) else [one for one in witnesses if one.address]
    if isinstance(witnesses, Refused) or not asked:
        yield str(witnesses) if isinstance(witnesses, Refused) else "there is no witness to ask"
        return
    log = snapshot(writer.home(), writer.store())
    for one in asked:
        answer = log if isinstance(log, Refused) else cosigned.ask(log, one, witness.post)
        yield str(answer) if isinstance(answer, Refused) else f"{one.key.name}: {answer} new cosignatures"
