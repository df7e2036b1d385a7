"""The rules that this house keeps besides an organisation's own: what refusals and acts cite as `house.…`.

They belong to the system, whatever organisation it serves, so they stand here and not in a profile.
"""

from typing import TYPE_CHECKING, Final, NamedTuple

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class HouseRule(NamedTuple):
    """A rule as refusals cite it by `id`; `name` where there is little room; `text`: in whole sentences."""

    id: str
    name: "StrOrPromise"
    text: "StrOrPromise"


HOUSE_RULES: Final = (
    HouseRule(
        "house.chair",
        _("Chair"),
        _(
            "Only the participant that chairs a body opens a process in it, calls and closes its meetings, and gives"
            " effect to its procedure. The chair passes on with its term."
        ),
    ),
    HouseRule(
        "house.form",
        _("Form"),
        _(
            "An act says what its kind asks for, in the form that is laid down for it: no more and no less."
            " What does not fit is refused, and the part that does not fit is named."
        ),
    ),
    HouseRule(
        "house.credential",
        _("Credentials"),
        _(
            "Whoever acts does so for a participant, by a credential with dates. A delegation’s own administrator,"
            " or the secretariat, gives it and ends it."
        ),
    ),
    HouseRule(
        "house.key",
        _("Keys"),
        _(
            "Every act is signed with a key that is enrolled for its author. The record says who holds the key: the"
            " delegation, or the server for it. A key that was revoked signs nothing from then on."
        ),
    ),
    HouseRule(
        "house.once",
        _("Once"),
        _(
            "A name is given once, and what is done is not done a second time: what stands already is not entered"
            " again, what is closed is not closed again."
        ),
    ),
    HouseRule(
        "house.register",
        _("Register"),
        _(
            "An act names only what stands in the register: a participant, a process, a meeting or a proposal that"
            " is there."
        ),
    ),
    HouseRule(
        "house.registrar",
        _("Registrar"),
        _(
            "The secretariat keeps the registers: it admits participants, enrols keys and enters history. It takes no"
            " position, and each of its acts stands in the record like any other."
        ),
    ),
    HouseRule(
        "house.text",
        _("Texts"),
        _(
            "A text changes only when the chair of its body issues the next version. Every difference between two"
            " versions has a source, which is who asked for it, and an authority, which is the act that made it so."
        ),
    ),
    HouseRule(
        "house.amendment",
        _("Amendments"),
        _(
            "Every participating State may ask for changes to the version that stands, join what another asks for,"
            " and leave or withdraw it again. Support is for exact wording: where the wording changes, it is given"
            " anew."
        ),
    ),
    HouseRule(
        "house.translation",
        _("Languages of a text"),
        _(
            "A text is negotiated in one language. Every paragraph in another one says what standing it has and which"
            " version of the original it follows."
        ),
    ),
    HouseRule(
        "house.layer",
        _("Layers"),
        _(
            "What is meant for some is read by them alone. That it exists stands in the register, where everybody"
            " sees for whom it is and why."
        ),
    ),
    HouseRule(
        "house.record",
        _("Record"),
        _(
            "A record is opened once and names the keys that sign it. Acts are only ever added to it; none is changed"
            " or taken out."
        ),
    ),
    HouseRule(
        "house.erasure",
        _("Erasure"),
        _(
            "A document may be destroyed where that is owed to somebody. The act that committed to it stays, and a"
            " further act says that the document is gone."
        ),
    ),
    HouseRule(
        "house.history",
        _("History"),
        _(
            "What happened before this record began, or outside it, is entered by the secretariat as history: with the"
            " date of the event, its source and how well it is known. It is never passed off as an act of those it"
            " tells of."
        ),
    ),
)
