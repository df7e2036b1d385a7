"""Rows from the record: every act is applied again, in order, with the documents it commits to."""

from typing import Any, Final

from django.apps import apps
from django.contrib.auth.models import User
from django.db import models, transaction

from corfu.acts import writer
from corfu.acts.chain import documents_of
from corfu.acts.effect import apply
from corfu.acts.store import Store
from corfu.record import act as acts
from corfu.record.act import Act

ROOMS: Final = ("acts", "community", "meetings", "negotiation", "decisions", "public")


def made_by_acts() -> list[type[models.Model]]:
    """All tables whose rows come from acts."""
    return [model for room in ROOMS for model in apps.get_app_config(room).get_models()]


def replay(store: Store) -> int:
    """Apply all acts of a log to this database, whose tables are empty; gives how many there were."""
    known = {row.commitment: row.document for row in store.documents() if row.document is not None}
    count = 0
    with transaction.atomic():
        for entry in store.entries(0):
            parsed = acts.parse(entry.note)
            if not isinstance(parsed, Act):
                raise writer.Closed(f"Entry {entry.place} is no act: run corfu verify on the record's bundle.")
            names = [one["commitment"] for one in documents_of(parsed) if one["commitment"] in known]
            apply(parsed, entry.place, {name: known[name] for name in names})
            count += 1
    return count


def again() -> int:
    """Throw away all rows that acts made, and make them anew from the record; in one transaction.

    Raises `corfu.acts.writer.Closed` while another process writes: its acts would be applied twice, or not at all.
    """
    with writer.DOOR:
        writer.log()
        with transaction.atomic():
            for model in reversed(made_by_acts()):
                model._default_manager.all().delete()
            return replay(writer.store())


def contents() -> dict[str, list[tuple[Any, ...]]]:
    """All rows that acts made, by table, in a fixed order: to compare two databases."""
    found: dict[str, list[tuple[Any, ...]]] = {}
    for model in made_by_acts():
        rows = model._default_manager.values_list(*_columns(model))
        found[model._meta.db_table] = sorted(map(tuple, rows), key=repr)
    return found


def _columns(model: type[models.Model]) -> list[str]:
    """All that a row says. The numbers that a database gives to rows by itself say nothing; an account is its name."""
    fields = [field for field in model._meta.concrete_fields if not isinstance(field, models.AutoField)]
    return [f"{field.name}__username" if field.related_model is User else field.attname for field in fields]
