"""The record's first act, in an installation's own database."""

from datetime import datetime

from django.db import transaction

from corfu.acts import writer
from corfu.acts.effect import apply
from corfu.record import act as acts
from corfu.record.act import Act


def open_record(origin: str, now: datetime) -> None:
    """Make the log and list its first act. Raises `corfu.acts.writer.Closed` where there is one."""
    with writer.DOOR:
        log = writer.make(origin, now)
        (first,) = log.store.entries(0, 1)
        parsed = acts.parse(first.note)
        assert isinstance(parsed, Act)  # the log has just taken it in
        with transaction.atomic():
            apply(parsed, 0, {})
