"""Texts by acts alone: opened, amended, joined, answered, issued; refused with a rule; made anew from the record."""

from pathlib import Path
from typing import Any

import pytest

from corfu.wording import plain
from corfu.wording.model import Delete, Insert, Move, Paragraph, Reserve, ReserveKind
from corfu.wording.points import BASE, take, word
from tests import cast
from tests.negotiation.texts import table

NOR, SAR, VEL, CHAIR = cast.SPONSOR, cast.SECOND, cast.OBJECTOR, cast.CHAIR


@pytest.fixture
def opened(house: Path) -> Path:
    table.open_text()
    return house


def key(kind: str, paragraph: str) -> str:
    found = [one.key for one in table.state().points if one.kind == kind and one.paragraph == paragraph]
    assert len(found) == 1, found
    return str(found[0])


def test_a_text_is_read_by_those_it_is_for(opened: Path) -> None:
    from corfu.acts.actor import ANONYMOUS
    from corfu.community.queries import actor_of
    from corfu.negotiation.texts import queries
    from tests.house import NOW

    seen = {}
    for code in (NOR, CHAIR, cast.PARTNER, cast.ORGANISATION, "SEC"):
        actor = actor_of(code, on=NOW.date())
        assert actor
        seen[code] = queries.text(table.SLUG, actor=actor) is not None
    assert seen == {NOR: True, CHAIR: True, cast.PARTNER: False, cast.ORGANISATION: False, "SEC": True}
    assert queries.text(table.SLUG, actor=ANONYMOUS) is None
    (line,) = queries.register(actor=ANONYMOUS)
    assert (line.symbol, line.layer, line.reason, line.text) == ("DD/harbour-text", "states", "Under negotiation", None)


def test_no_word_of_a_text_is_in_the_record_itself(opened: Path) -> None:
    from corfu.acts import writer

    table.file(table.rewritten("p2", "48 hours", "24 hours"), by=NOR)
    notes = b"".join(entry.note for entry in writer.store().entries(0))
    assert b"48 hours" not in notes and b"24 hours" not in notes and b"Safety of harbours" in notes  # of the process
    assert b"Draft decision on the safety" not in notes


def test_amendments_compile_into_the_rolling_text(opened: Path) -> None:
    table.file(table.rewritten("p2", "48 hours", "24 hours"), by=NOR)
    velmara = table.file(table.rewritten("p2", "48 hours", "ten working days"), by=VEL)
    table.done("amendment.join", None, by=SAR, amendment=velmara)
    (span,) = table.state().rolling.spans()
    assert [(variant.text, variant.by) for variant in span.variants] == [
        ("48 hours", ()), ("24 hours", (NOR,)), ("ten working days", (SAR, VEL)),
    ]  # fmt: skip
    table.done("amendment.leave", None, by=VEL, amendment=velmara)
    table.done("amendment.withdraw", None, by=SAR, amendment=velmara)
    (span,) = table.state().rolling.spans()
    assert [variant.by for variant in span.variants] == [(), (NOR,)]


def refused(result: Any) -> tuple[str, str]:
    from corfu.acts.refusals import Refusal

    assert isinstance(result, Refusal), result
    assert str(result)
    return result.code, result.rule


def test_what_the_rules_refuse(opened: Path) -> None:
    acts = table.rewritten("p2", "48 hours", "24 hours")
    first = table.file(acts, by=NOR)
    file, take_it = table.asked(acts), "position.take"
    place = {"paragraph": "p2", "kind": "span", "base": "48", "wording": "24", "stance": "supports", "note": ""}
    tried = {
        "twice": table.attempt("amendment.file", file, by=NOR, version=1),
        "old version": table.attempt("amendment.file", file, by=SAR, version=7),
        "a partner": table.attempt("amendment.file", file, by=cast.PARTNER, version=1),
        "the secretariat": table.attempt("amendment.file", file, by="SEC", version=1),
        "no document": table.attempt("amendment.file", None, by=SAR, version=1),
        "another document": table.attempt("amendment.file", file, by=SAR, version=1, document="text"),
        "no acts": table.attempt("amendment.file", {"acts": [], "note": ""}, by=SAR, version=1),
        "joined by its author": table.attempt("amendment.join", None, by=NOR, amendment=first),
        "left by a stranger": table.attempt("amendment.leave", None, by=SAR, amendment=first),
        "left by the last": table.attempt("amendment.leave", None, by=NOR, amendment=first),
        "unknown": table.attempt("amendment.join", None, by=SAR, amendment="nothing"),
        "nothing to confirm": table.attempt("amendment.confirm", file, by=NOR, amendment=first, version=1),
        "no such wording": table.attempt(take_it, {**place, "wording": "25"}, by=SAR, version=1, document="position"),
        "no such place": table.attempt(take_it, {**place, "base": "of"}, by=SAR, version=1, document="position"),
        "issued by a delegation": table.attempt("version.issue", {}, by=NOR, number=2, document="dispositions"),
        "version jumped": table.attempt("version.issue", {}, by=CHAIR, number=3, document="dispositions"),
    }
    assert {name: refused(result)[0] for name, result in tried.items()} == {
        "twice": "amendment.filed",
        "old version": "text.version",
        "a partner": "text.unknown",
        "the secretariat": "text.state",
        "no document": "act.document",
        "another document": "act.document",
        "no acts": "text.form",
        "joined by its author": "amendment.joined",
        "left by a stranger": "amendment.not_joined",
        "left by the last": "amendment.last",
        "unknown": "amendment.unknown",
        "nothing to confirm": "amendment.confirmed",
        "no such wording": "position.wording",
        "no such place": "text.point",
        "issued by a delegation": "chair.only",
        "version jumped": "text.version",
    }


def test_the_chair_decides_on_what_it_has_looked_at(opened: Path) -> None:
    table.file(table.rewritten("p2", "48 hours", "24 hours"), by=NOR)
    looked_at = table.state().version.sha256()
    choices = plain.choices_to({key("span", "p2"): take(1)})
    table.file(table.rewritten("p2", "48 hours", "ten days"), by=VEL)
    value = {"choices": choices, "on": looked_at}
    result = table.attempt("version.issue", value, by=CHAIR, number=2, document="dispositions")
    assert refused(result) == ("text.changed", "house.text")
    assert table.text().number == 1


def test_a_position_is_for_exact_words(opened: Path) -> None:
    table.file(table.rewritten("p2", "48 hours", "24 hours"), by=NOR)
    value = {"paragraph": "p2", "kind": "span", "base": "48", "wording": "24", "stance": "can-live-with", "note": ""}
    (span,) = table.state().rolling.spans()
    value |= {"base": span.variants[0].text, "wording": span.variants[1].text}
    table.done("position.take", value, by=VEL, version=1, document="position")
    (position,) = table.state().latest_positions()
    assert table.state().on_the_table(position)
    table.file(table.rewritten("p2", "within 48 hours", "in due time"), by=SAR)
    assert not table.state().on_the_table(position)  # the contested words are others now


def test_a_position_on_one_of_two_equal_words_is_on_that_one_alone(house: Path) -> None:
    """“shall … shall” in one paragraph: two contested places with the same words."""
    table.open_text()
    table.file(table.rewritten("p2", "shall reply in writing", "shall reply in writing, and shall say why,"), by=NOR)
    there = table.state()
    table.issue({there.points[0].key: take(1)})
    table.file(table.rewritten("p2", "States shall", "States should"), by=VEL)
    table.file(table.rewritten("p2", "and shall", "and should"), by=VEL)
    first, second = table.state().points
    assert first.variants[0].text == second.variants[0].text == "shall"
    value = {**table.state().spot(second)._asdict(), "wording": "should", "stance": "objects", "note": ""}
    table.done("position.take", value, by=SAR, version=2, document="position")
    (position,) = table.state().latest_positions()
    assert position.spot == table.state().spot(second) != table.state().spot(first)
    drawn = {"wording": "may", "draws_on": list(second.variants[1].support.amendments), "note": ""}
    suggested = {**table.state().spot(second)._asdict(), **drawn}
    table.done("wording.suggest", suggested, by=CHAIR, version=2, document="suggestion")
    assert [len(table.state().suggestions_on(one)) for one in (first, second)] == [0, 1]


def test_new_paragraphs_have_ids_that_word_can_carry_and_nothing_else_has(opened: Path) -> None:
    def tried(id_: str) -> str:
        acts = [Insert("p3", Paragraph(id_, "2 bis. Invites all;"))]
        return refused(table.attempt("amendment.file", table.asked(acts), by=NOR, version=1))[0]

    assert [tried("P3"), tried("x" * 60)] == ["text.form", "text.form"]
    table.file([Insert("p3", Paragraph("new", "2 bis. Invites all;"))], by=NOR)
    acts = [Insert("p3", Paragraph("NEW", "2 bis. Invites some;"))]
    assert refused(table.attempt("amendment.file", table.asked(acts), by=VEL, version=1))[0] == "text.form"


def test_a_deadline_that_is_over_is_refused(opened: Path) -> None:
    there = table.state()
    value = {"choices": {}, "on": there.version.sha256()}
    given: dict[str, Any] = {"number": 2, "document": "dispositions", "until": "2020-01-01T00:00:00Z"}
    assert refused(table.attempt("version.issue", value, by=CHAIR, **given)) == ("text.until", "house.form")


def test_the_next_version_accounts_for_every_act(opened: Path) -> None:
    from corfu.negotiation.texts import audit

    taken = table.file(table.rewritten("p2", "48 hours", "24 hours"), by=NOR)
    lapsed = table.file(table.rewritten("p3", "record", "register"), by=VEL)
    touched = table.file([*table.rewritten("p4", "two years", "one year"), Reserve("p1", ReserveKind.SCRUTINY)], by=SAR)
    table.done("amendment.join", None, by=VEL, amendment=touched)
    table.file(table.rewritten("p4", "review this Decision after two years", "review it at every meeting"), by=NOR)
    added = table.file(table.added("p3", "2 bis. Invites the partners to take part;"), by=NOR)
    there = table.state()
    (four,) = [one for one in there.points if one.paragraph == "p4"]
    choices = {
        key("span", "p2"): take(1), key("span", "p3"): BASE, four.key: word("this Decision each spring", (2,)),
        next(one.key for one in there.points if one.kind == "insert"): take(1),
    }  # fmt: skip
    done = table.issue(choices)
    after = table.state()
    assert after.number == 2 and [one.text for one in after.paragraphs][2].endswith("within 24 hours;")
    assert [one.text for one in after.paragraphs][-1] == "3. Decides to review this Decision each spring."
    fates = {
        id_: [act["disposition"] for act in one.standing.outcomes] for id_, one in table.state(number=1).filed.items()
    }
    assert fates[taken] == ["taken"] and fates[lapsed] == ["lapsed"] and fates[added] == ["taken"]
    assert fates[touched] == ["taken with changes", "still bracketed"]
    assert set(after.filed) == {touched}  # its reservation stays; the rest is decided
    assert lapsed not in after.filed and added not in after.filed
    assert audit.changes_without_authority([table.text()]) == []
    assert table.text().touched == done.index
    assert after.revision.since["p2"] == [1, 2] and after.revision.since["p1"] == [1]


def test_words_taken_in_a_paragraph_that_is_deleted_lapse_and_no_change_is_without_authority(opened: Path) -> None:
    from corfu.negotiation.texts import audit

    words = table.file(table.rewritten("p2", "48 hours", "24 hours"), by=NOR)
    gone = table.file([Delete("p2")], by=VEL)
    table.issue({key("span", "p2"): take(1), "p2:delete": take(1)})
    said = {id_: one.standing.outcomes[0] for id_, one in table.state(number=1).filed.items()}
    assert (said[words]["disposition"], said[words]["rebased"]) == ("lapsed", "orphaned")
    assert said[gone]["disposition"] == "taken"
    assert [(one["kind"], one["source"]) for one in table.state().revision.changes] == [("delete", [gone])]
    assert audit.changes_without_authority([table.text()]) == []


def test_a_change_that_no_act_made_is_found(opened: Path) -> None:
    from corfu.negotiation.texts import audit
    from corfu.negotiation.texts.models import Revision

    table.file(table.rewritten("p2", "48 hours", "24 hours"), by=NOR)
    table.issue({key("span", "p2"): take(1)})
    row = Revision.objects.get(number=2)
    row.paragraphs[3]["text"] = row.paragraphs[3]["text"].replace("every", "any")
    row.save()
    assert any("no change says so" in fault for fault in audit.changes_without_authority([table.text()]))


def test_a_sponsor_confirms_what_was_touched_and_others_renew(opened: Path) -> None:
    """Its deletion was of other words than those that stand now: it waits until Norvale says so again."""
    mine = table.file([Delete("p3")], by=NOR)
    table.done("amendment.join", None, by=SAR, amendment=mine)
    table.file(table.rewritten("p3", "a record", "a register"), by=VEL)
    table.issue({key("span", "p3"): take(1)})
    filed = table.state().filed[mine]
    assert filed.acts == () and [one["acts"] for one in filed.standing.asked] == [[plain.act_to(Delete("p3"))]]
    assert not any(one.delete for one in table.state().rolling.paragraphs)
    other = table.attempt("amendment.confirm", table.asked([Delete("p3")]), by=SAR, amendment=mine, version=2)
    assert refused(other)[0] == "amendment.sponsor"
    table.done("amendment.confirm", table.asked([Delete("p3")]), by=NOR, amendment=mine, version=2)
    filed = table.state().filed[mine]
    assert (filed.current, filed.to_renew) == ((NOR,), (SAR,))
    table.done("amendment.join", None, by=SAR, amendment=mine)
    assert table.state().filed[mine].current == (NOR, SAR)
    assert [one.delete.by for one in table.state().rolling.paragraphs if one.delete] == [(NOR, SAR)]
    assert [one.delete.by for one in table.state(number=1).rolling.paragraphs if one.delete] == [(NOR, SAR)]


def test_moves_deletions_and_reservations_are_points_or_stand(opened: Path) -> None:
    table.file([Move("p4", "p1"), Reserve("p2", ReserveKind.GENERAL)], by=VEL)
    table.file([Delete("p3")], by=NOR)
    assert sorted(one.kind for one in table.state().points) == ["delete", "move"]
    assert [one.reserved[0].support.by for one in table.state().rolling.paragraphs if one.reserved] == [(VEL,)]


def test_the_chair_suggests_and_delegations_answer(opened: Path) -> None:
    mine = table.file(table.rewritten("p2", "48 hours", "24 hours"), by=NOR)
    (span,) = table.state().rolling.spans()
    place = {"paragraph": "p2", "kind": "span", "base": span.variants[0].text, "note": ""}
    value = {**place, "wording": "36 hours", "draws_on": [mine]}
    table.done("wording.suggest", value, by=CHAIR, version=1, document="suggestion")
    assert refused(table.attempt("wording.suggest", value, by=NOR, version=1, document="suggestion"))[0] == "chair.only"
    again = table.attempt("wording.suggest", value, by=CHAIR, version=1, document="suggestion")
    assert refused(again)[0] == "suggestion.there"
    (suggested,) = table.state().suggestions
    answer = {**place, "wording": "36 hours", "stance": "supports"}
    table.done("position.take", answer, by=VEL, version=1, document="position", suggestion=suggested.pk)
    (position,) = table.state().latest_positions()
    assert (position.participant, position.suggestion_id) == (VEL, suggested.pk) and table.state().on_the_table(
        position
    )
    table.done("wording.withdraw", None, by=CHAIR, suggestion=suggested.pk)
    assert not table.state().on_the_table(position)


def test_a_translation_follows_a_version(opened: Path) -> None:
    from corfu.negotiation.texts import queries

    given = {"paragraphs": {"p2": "1. Décide que les États répondent par écrit dans les 48 heures ;"}}
    more: dict[str, Any] = {"lang": "fr", "standing": "official", "follows": 1, "document": "translation"}
    assert refused(table.attempt("language.deliver", given, by=NOR, **more))[0] == "translation.who"
    table.done("language.deliver", given, by="SEC", **more)
    translation = queries.translations(table.text(), "fr")["fr"]["p2"]
    assert queries.behind(table.state().revision, translation) == 0
    table.file(table.rewritten("p2", "48 hours", "24 hours"), by=NOR)
    table.issue({key("span", "p2"): take(1)})
    assert queries.behind(table.state().revision, translation) == 1


def test_rows_made_anew_are_the_same(opened: Path) -> None:
    from corfu.acts import rebuild

    test_the_next_version_accounts_for_every_act(opened)
    given = {"paragraphs": {"p2": "Слова"}}
    table.done("language.deliver", given, by="SEC", lang="ru", standing="official", follows=2, document="translation")
    before = rebuild.contents()
    rebuild.again()
    assert rebuild.contents() == before
    assert before["negotiation_standing"] and before["negotiation_translation"]


def test_what_is_for_a_group_is_read_by_its_members(house: Path) -> None:
    from corfu.community.queries import actor_of
    from corfu.negotiation.texts import queries
    from tests.house import NOW

    form = {
        "slug": "friends",
        "organisation": "exercise",
        "members": [CHAIR, NOR],
        "words": {"en": {"title": "Friends"}},
    }
    cast.done("group.form", form, by=CHAIR)
    table.open_text("group:friends")

    def readers() -> list[str]:
        found = [actor_of(code, on=NOW.date()) for code in (NOR, SAR, CHAIR, "SEC")]
        return [one.code or "" for one in found if one and queries.text(table.SLUG, actor=one)]

    assert readers() == [NOR, CHAIR]
    cast.done("group.align", {"slug": "friends", "members": [SAR]}, by=NOR)
    assert readers() == [NOR, SAR, CHAIR]
    cast.done("group.part", {"slug": "friends"}, by=NOR)
    assert readers() == [SAR, CHAIR]
