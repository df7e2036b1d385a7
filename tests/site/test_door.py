"""The one door for writing: rule, record, rows; all of it or nothing."""

import json
import os
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError

from corfu.record import act as acts
from corfu.record import keys, verify
from corfu.record.refusal import Refused
from corfu.record.report import VERIFIED
from tests import cast
from tests.house import NOW


def entries() -> list[Any]:
    from corfu.acts.models import Entry

    return list(Entry.objects.order_by("place"))


def accredit(email: str) -> None:
    from corfu.acts.registry import Document

    person = json.dumps({"email": email, "name": "Ada"}).encode()
    credential = {"for": cast.SPONSOR, "administrator": True, "since": "2026-01-01T00:00:00Z"}
    document = Document("credential", f"group:{cast.SPONSOR}", "en", person)
    cast.done("delegation.accredit", credential, documents=[document])


def test_an_act_is_in_the_record_and_in_the_rows(house: Path) -> None:
    from corfu.acts import writer
    from corfu.negotiation.models import Proposal

    cast.process()
    before = writer.log().size
    result = cast.done("proposal.table", cast.proposal(), by=cast.SPONSOR)
    assert result.index == before
    row = Proposal.objects.get()
    assert (row.place, row.slug, row.words["en"]["title"]) == (before, "channel", "A channel for incidents")
    assert [one.participant for one in row.sponsors.all()] == [cast.SPONSOR]
    (entry,) = writer.store().entries(before)
    signed = acts.parse(entry.note)
    assert isinstance(signed, acts.Act)
    assert (signed.author, signed.signature.name) == (cast.SPONSOR, f"delegation/{cast.SPONSOR}")
    assert verify.check_receipt(result.receipt, entry.note, writer.log().signer.verifier) is None


BODY = {"organisation": "exercise", "body": "council"}
TITLE = {"words": {"en": {"title": "X"}}}
STATE = {"organisation": "exercise", "kind": "state", "dated": "2026"}
STEP = {"slug": "s", "process": "harbours", "kind": "x"}
REFUSED = [
    ("proposal.table", {**cast.proposal(), "sponsors": [cast.SECOND]}, cast.SPONSOR, "proposal.sponsors"),
    ("proposal.table", {**cast.proposal(), "process": "nothing"}, cast.SPONSOR, "process.unknown"),
    ("proposal.table", cast.proposal(by=cast.PARTNER), cast.PARTNER, "proposal.who"),
    ("proposal.table", {**cast.proposal(), "slug": "Not A Name"}, cast.SPONSOR, "act.payload"),
    ("proposal.table", {**cast.proposal(), "extra": 1}, cast.SPONSOR, "act.payload"),
    ("proposal.table", {"slug": "channel"}, cast.SPONSOR, "act.payload"),
    ("proposal.join", {"slug": "nothing"}, cast.SECOND, "proposal.unknown"),
    ("process.open", {"slug": "x", "dated": "2026", **BODY, **TITLE}, cast.OBJECTOR, "chair.only"),
    ("participant.admit", {"code": "ZZZ", **STATE}, cast.CHAIR, "act.secretariat"),
    ("participant.admit", {"code": "NOR", **STATE}, "SEC", "participant.there"),
    ("step.note", {**STEP, **TITLE, "dated": "2026", "symbol": "x" * 81}, "SEC", "act.payload"),
    ("participant.admit", {"code": "ZZZ", **STATE, "organisation": "x" * 41}, "SEC", "act.payload"),
    ("nothing.such", {}, cast.CHAIR, "act.kind"),
    ("log.open", {"key": "x", "log_key": "y"}, "SEC", "log.opened"),
    ("step.note", {**STEP, **TITLE, "dated": "2026-02-30"}, "SEC", "act.payload"),
    ("step.note", {**STEP, "dated": "2026", "words": {"xx": {"title": "X"}}}, "SEC", "act.payload"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "payload", "by", "code"), REFUSED, ids=[f"{one[0]} {one[3]}" for one in REFUSED])
def test_what_is_refused_changes_nothing(
    house: Path, kind: str, payload: dict[str, Any], by: str, code: str
) -> None:  # fmt: skip
    from corfu.acts import rebuild, writer

    cast.process()
    before, size = rebuild.contents(), writer.log().size
    refusal = cast.attempt(kind, payload, by=by)
    assert refusal.code == code
    assert str(refusal).endswith((".", ":")) and "%(" not in str(refusal)
    assert (rebuild.contents(), writer.log().size) == (before, size)


def test_nobody_acts_without_a_delegation(house: Path) -> None:
    from corfu.acts.actor import ANONYMOUS
    from corfu.acts.door import perform
    from corfu.acts.refusals import Refusal

    refusal = perform(ANONYMOUS, "proposal.join", {"slug": "channel"}, now=NOW)
    assert isinstance(refusal, Refusal)
    assert (refusal.code, refusal.status) == ("act.actor", 403)


@pytest.mark.parametrize("error", [ZeroDivisionError, IntegrityError])
def test_an_effect_that_fails_leaves_nothing_and_the_next_act_goes_on(
    house: Path, error: type[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    from corfu.acts import rebuild, registry, writer
    from corfu.acts.log import Stopped

    cast.process()
    before, size = rebuild.contents(), writer.log().size
    kind = registry.kind_of("proposal.table")
    assert kind is not None

    def fail(_applied: Any) -> None:
        kind.apply(_applied)
        raise error

    from dataclasses import replace

    with monkeypatch.context() as patched:
        patched.setitem(registry._KINDS, kind.name, replace(kind, apply=fail))
        with pytest.raises(Stopped):
            cast.attempt(kind.name, cast.proposal(), by=cast.SPONSOR)
    assert (rebuild.contents(), writer.log().size) == (before, size)
    assert cast.done(kind.name, cast.proposal(), by=cast.SPONSOR).index == size


def test_a_delegation_that_holds_its_key_signs_elsewhere_and_hands_in(house: Path) -> None:
    from corfu.acts.door import Done, ToSign, submit, to_sign
    from corfu.acts.refusals import Refusal
    from corfu.community.queries import actor_of

    cast.process()
    cast.done("participant.admit", {"code": "OST", "organisation": "exercise", "kind": "state", "dated": "2001"})
    key = keys.generate("delegation/OST")
    assert not isinstance(key, Refused)
    cast.done("key.enrol", {"key": key.verifier.vkey, "for": "OST", "custody": "delegation"})
    assert cast.attempt("proposal.table", cast.proposal(by="OST"), by="OST").code == "key.elsewhere"
    ost, sar = actor_of("OST", on=NOW.date()), actor_of(cast.SECOND, on=NOW.date())
    assert ost and sar
    asked = to_sign(ost, "proposal.table", cast.proposal(by="OST"), now=NOW)
    assert isinstance(asked, ToSign)
    note = acts.build(json.loads(asked.text.splitlines()[1]), key)
    assert isinstance(note, bytes)
    other = submit(sar, note, now=NOW)
    assert isinstance(other, Refusal) and other.code == "act.author"
    assert isinstance(submit(ost, note, now=NOW), Done)
    again = submit(ost, note, now=NOW)
    assert isinstance(again, Refusal)


def test_an_act_within_another_transaction_is_not_signed(house: Path) -> None:
    """Its commit would come after the signature."""
    from django.db import transaction

    from corfu.acts import writer
    from corfu.acts.log import Stopped

    size = writer.log().size
    with pytest.raises(Stopped, match="durable"), transaction.atomic():
        cast.process()
    assert writer.log().size == size
    cast.process()


def test_rows_are_not_made_anew_while_another_process_writes(house: Path) -> None:
    from corfu.acts import rebuild, writer
    from corfu.acts.home import hold

    before = rebuild.contents()
    writer.close()
    lock = hold(writer.home().lock)
    assert lock is not None
    with pytest.raises(writer.Closed):
        rebuild.again()
    os.close(lock)
    assert rebuild.contents() == before


def test_rows_can_be_made_anew_from_the_record_alone(house: Path) -> None:
    from corfu.acts import rebuild
    from corfu.negotiation.models import Proposal

    cast.process()
    cast.done("proposal.table", cast.proposal(), by=cast.SPONSOR)
    cast.done("proposal.join", {"slug": "channel"}, by=cast.SECOND)
    cast.done("proposal.leave", {"slug": "channel"}, by=cast.SPONSOR)
    accredit("ada@norvale.example")
    before = rebuild.contents()
    assert before["community_credential"]
    Proposal.objects.update(topic="changed behind the record's back")
    assert rebuild.contents() != before
    assert rebuild.again() == len(entries())
    assert rebuild.contents() == before


def test_a_backup_restored_into_an_empty_installation_is_the_same_and_verifies(
    house: Path, tmp_path: Path, address: str | None, request: pytest.FixtureRequest
) -> None:
    from corfu.acts import rebuild, writer
    from corfu.acts.export import make_bundle
    from corfu.site import keep
    from tests.acts import cluster
    from tests.house import installation

    cast.process()
    cast.done("proposal.table", cast.proposal(), by=cast.SPONSOR)
    accredit("ada@norvale.example")
    before, head = rebuild.contents(), writer.log().head
    (tmp_path / "backup").write_bytes(keep.back_up(house))
    fresh = cluster.fresh_schema(request.getfixturevalue("postgresql")) if address else None
    with installation(tmp_path / "second", fresh, record=False):
        count = keep.restore(keep.opened(tmp_path / "backup"))
        assert (count, rebuild.contents(), writer.log().head) == (len(before["acts_entry"]), before, head)
        cast.done("proposal.join", {"slug": "channel"}, by=cast.SECOND)
        accredit("bo@norvale.example")
        made = make_bundle(writer.home(), ["public"], writer.store())
        assert isinstance(made, bytes) and verify.verify(made).verdict == VERIFIED


def test_a_form_filled_in_for_another_delegation_is_refused(house: Path) -> None:
    from django.test import Client

    def token(page: Any) -> str:
        return str(page.content.decode().split('name="csrfmiddlewaretoken" value="')[1].split('"')[0])

    client = Client(enforce_csrf_checks=True)
    client.post("/en/act-for/", {"code": cast.SPONSOR})
    mine = token(client.get("/en/delegation/"))
    assert client.post("/en/delegation/end/", {"csrfmiddlewaretoken": mine, "credential": "-"}).status_code != 403
    client.post("/en/act-for/", {"code": cast.SECOND})  # in another tab
    assert client.post("/en/delegation/end/", {"csrfmiddlewaretoken": mine, "credential": "-"}).status_code == 403
