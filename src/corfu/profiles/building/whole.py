"""The whole organization."""

from collections.abc import Iterable
from types import MappingProxyType

from corfu.profiles.building import community, procedure, structures
from corfu.profiles.building.history import history
from corfu.profiles.building.known import Rows, known
from corfu.profiles.building.negotiation import negotiation
from corfu.profiles.participants import Kind
from corfu.profiles.profile import Profile
from corfu.profiles.row import Row


def build(found: Iterable[Row]) -> Profile:
    """The organization that these rows describe: they are right by themselves and between each other."""
    rows = Rows(found)
    where = structures.places(rows.of("place"))
    meetings = procedure.meetings(rows.of("meeting"), where)
    own = rows.of("profile")[0]
    return Profile(
        id=own.id,
        name=own.words("name"),
        short=own.words("short"),
        tagline=own.words("tagline"),
        exercise=own.truth("exercise"),
        second_factor=own.truth("second_factor"),
        host_city=where[own.text("host_city")].name,
        timezone=own.text("timezone"),
        languages=own.texts("languages"),
        states=community.participants(rows.of("state"), Kind.STATE),
        former=community.participants(rows.of("former-state"), Kind.STATE),
        partners=community.participants(rows.of("partner"), Kind.PARTNER),
        organisations=community.participants(rows.of("organisation"), Kind.ORGANISATION),
        offices=community.offices(rows.of("office")),
        chairs=community.chairs(rows.of("chair")),
        places=tuple(where.values()),
        labels=MappingProxyType(structures.labels(rows.of("label"))),
        dimensions=structures.dimensions(rows.of("dimension")),
        institutions=structures.institutions(rows.of("institution"), where),
        field_operations=structures.field_operations(rows.of("field-operation"), where),
        posts=structures.posts(rows.of("post")),
        about=structures.pages(rows),
        bodies=procedure.bodies(rows.of("body")),
        meeting_kinds=procedure.meeting_kinds(rows.of("meeting-kind")),
        meetings=meetings,
        rules=procedure.rules(rows.of("rule")),
        mechanisms=procedure.mechanisms(rows),
        symbols=procedure.symbols(rows.of("symbol")),
        principles=procedure.principles(rows.of("principle")),
        topics=procedure.topics(rows.of("topic")),
        stories=structures.stories(rows.of("story")),
        history=history(rows, where, meetings),
        negotiation=negotiation(rows),
        **known(own),
    )
