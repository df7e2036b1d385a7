"""The demonstration: the Corfu Process as its record has it, and the States of the exercise, entered by acts."""

from datetime import datetime
from typing import Final

from corfu import profiles
from corfu.acts import queries
from corfu.acts.actor import ANONYMOUS
from corfu.site import exercise
from corfu.site.entering import enter

WHO: Final = "One click there signs you in as any delegation of the exercise."


def fill(now: datetime) -> int:
    """Enter everything; gives how many acts the record then has."""
    for name in ("osce", "exercise"):
        profile = profiles.load(name)
        enter(profile, now)
        exercise.enter(profile, now)
    return queries.log(actor=ANONYMOUS).count()
