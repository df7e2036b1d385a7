"""The negotiation of an exercise, entered by acts: a text from its first version on, as delegations and chairs do it.

The data tell of one year; the exercise takes place now. So chairs hold their terms in the year of now, and the rounds
took place on the same days of the last year in which all of them are over.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Final

from corfu.acts.actor import SECRETARIAT
from corfu.acts.door import perform
from corfu.acts.refusals import Refusal
from corfu.acts.registry import Document
from corfu.community.queries import actor_of, chair_of
from corfu.negotiation.texts import documents, queries
from corfu.negotiation.texts.models import Text
from corfu.negotiation.texts.state import State
from corfu.profiles.negotiation import Draft, Negotiation, Round, Suggestion, Translation
from corfu.profiles.profile import Profile
from corfu.profiles.rounds import Played, amendment, play, point_of, variant_of
from corfu.profiles.words import Words
from corfu.site.entering import NotDone, words
from corfu.wording import plain
from corfu.wording.points import Choice, Choosing, Point

_STEP: Final = timedelta(minutes=7)
REASON: Final = "Under negotiation among the States of the exercise"


def years_on(told: date, now: date) -> int:
    """How many years after those that the data tell of their last day `told` is the latest that is not after now."""
    years = now.year - told.year
    return years if told.replace(year=now.year) <= now else years - 1


def enter(profile: Profile, now: datetime) -> None:
    """Enter the negotiation of a profile, if it has one. Raises `corfu.site.entering.NotDone`."""
    negotiation = profile.negotiation
    if negotiation is not None:
        last = negotiation.rounds[-1].issued + timedelta(days=7)
        _Table(profile, negotiation, years_on(last.date(), now.date())).play()


@dataclass
class _Table:
    """A negotiation as it is entered: `at` is the instant of the next act; `ids` the amendments' ids by their keys."""

    profile: Profile
    negotiation: Negotiation
    years: int
    ids: dict[str, str] = field(default_factory=dict)
    at: datetime = field(init=False)

    def play(self) -> None:
        """Every act, in order."""
        self.at = self._then(self.negotiation.rounds[0].issued)
        self._open()
        for played in play(self.negotiation):
            self._round(played)

    def _then(self, told: datetime) -> datetime:
        return told.replace(year=told.year + self.years)

    def _next(self) -> datetime:
        self.at += _STEP
        return self.at

    def _done(self, code: str, kind: str, payload: Mapping[str, Any], given: Sequence[Document] = ()) -> int:
        actor = actor_of(code, on=self.at.date())
        assert actor is not None
        done = perform(actor, kind, payload, now=self._next(), documents=given)
        if isinstance(done, Refusal):
            raise NotDone(f"{kind} by {code}: {done}")
        return done.index

    @property
    def _chair(self) -> str:
        """Who chairs the body at this instant."""
        chair = chair_of(self.negotiation.body, organisation=self.profile.id, on=self.at.date())
        assert chair is not None
        return chair

    def _text(self) -> Text:
        secretariat = actor_of(SECRETARIAT, on=self.at.date())
        assert secretariat is not None
        found = queries.text(self.negotiation.text.id, actor=secretariat)
        assert found is not None
        return found

    def _state(self) -> State:
        found = queries.state(self._text())
        assert found is not None
        return found

    def _open(self) -> None:
        told, text = self.negotiation, self.negotiation.text
        process = {
            "slug": told.id,
            "organisation": self.profile.id,
            "body": told.body,
            "principles": list(told.principles),
            "topics": list(told.topics),
            "dated": str(told.first.replace(year=told.first.year + self.years)),
            "words": words(title=told.title, summary=told.summary, mandate=told.mandate),
        }
        self._done(self._chair, "process.open", process)
        payload = {
            "slug": text.id,
            "process": told.id,
            "organisation": self.profile.id,
            "body": told.body,
            "symbol": text.symbol,
            "kind": text.kind,
            "lang": text.lang,
            "layer": text.layer,
            "number": 1,
            "reason": REASON,
        }
        said = {"title": _by_language(text.title), "paragraphs": list(map(plain.paragraph_to, told.paragraphs))}
        self._done(self._chair, "text.open", payload, [documents.written("text", text.layer, text.lang, said)])

    def _round(self, played: Played) -> None:
        told = played.round
        self.at = max(self.at, self._then(told.issued))
        self._deliver([one for one in self.negotiation.translations if one.follows == told.number])
        for draft in told.drafts:
            self._file(draft, told)
        for suggestion in told.suggestions:
            self._suggest(suggestion, played)
        for position in told.positions:
            point, variant = variant_of(position.to, played.points, ("position", position.by))
            self._position(position.by, point, point.variants[variant].text, str(position.stance), position.reason)
        if played.advanced is not None:
            self.at = max(self.at, self._then(told.closes))
            self._issue(played)

    def _document(self, kind: str, said: Mapping[str, Any]) -> list[Document]:
        return [documents.document(self._text(), kind, said)]

    def _about(self, **more: Any) -> dict[str, Any]:
        return {"text": self.negotiation.text.id, **more}

    def _file(self, draft: Draft, told: Round) -> None:
        state = self._state()
        made = amendment(draft, state.paragraphs, told.number)
        said = {"acts": list(map(plain.act_to, made.acts)), "note": draft.explanation}
        document = self._document("amendment", said)
        place = self._done(draft.by, "amendment.file", self._about(version=told.number), document)
        filed = next(one for one in self._state().filed.values() if one.row.place == place)
        self.ids[draft.key] = filed.row.pk
        for code in draft.joined:
            self._done(code, "amendment.join", self._about(amendment=filed.row.pk))

    def _suggest(self, told: Suggestion, played: Played) -> None:
        point = point_of(told.words, played.points, ("suggestion", told.id))
        said = {
            **_place(self._state(), point, told.words.text),
            "draws_on": sorted(self.ids[key] for key in told.words.draws_on),
            "note": told.explanation,
        }
        version = played.version.number
        self._done(self._chair, "wording.suggest", self._about(version=version), self._document("suggestion", said))
        (suggested,) = [one for one in self._state().suggestions if one.wording == told.words.text]
        for answer in told.answers:
            self._position(
                answer.by, point, told.words.text, str(answer.stance), answer.reason, suggestion=suggested.pk
            )

    def _position(self, by: str, point: Point, wording: str, stance: str, note: str, **more: str) -> None:
        said = {**_place(self._state(), point, wording), "stance": stance, "note": note}
        about = self._about(version=self._text().number, **more)
        self._done(by, "position.take", about, self._document("position", said))

    def _issue(self, played: Played) -> None:
        state = self._state()
        choices = dict(_matched(played, state.points))
        said = {"choices": plain.choices_to(choices), "on": state.sha256}
        about = self._about(number=state.number + 1)
        self._done(self._chair, "version.issue", about, self._document("dispositions", said))

    def _deliver(self, translations: Sequence[Translation]) -> None:
        """Each language's paragraphs by one act for each standing."""
        parcels: dict[tuple[str, str], dict[str, str]] = {}
        for one in translations:
            parcels.setdefault((one.lang, one.status), {})[one.paragraph] = one.text
        for (lang, standing), paragraphs in parcels.items():
            about = self._about(lang=lang, standing=standing, follows=translations[0].follows)
            said = {"paragraphs": paragraphs}
            document = documents.document(self._text(), "translation", said, lang)
            self._done(SECRETARIAT, "language.deliver", about, [document])


def _by_language(text: Words) -> dict[str, str]:
    return {lang: text[lang] for lang in text}


def _place(state: State, told: Point, wording: str) -> dict[str, Any]:
    point = next(one for one in state.points if _words(one) == _words(told))
    return {**state.spot(point)._asdict(), "wording": wording}


def _matched(played: Played, points: Sequence[Point]) -> Iterator[tuple[str, Choice]]:
    """What the data's chair chose, for the points of the text as it was entered: the same words, other ids."""
    for told in played.points:
        choice = played.choices[told.key]
        if choice.how is not Choosing.OPEN:
            yield next(one.key for one in points if _words(one) == _words(told)), choice


def _words(point: Point) -> tuple[object, ...]:
    return point.paragraph, point.kind, tuple((one.text, one.by) for one in point.variants)
