"""The home page."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from corfu.acts import queries as record
from corfu.acts import telling
from corfu.acts.actor import Actor
from corfu.acts.asking import actor_of, now_of
from corfu.community import queries as community
from corfu.decisions import queries as decided
from corfu.decisions.models import Decision
from corfu.formats.svg import NARROW, WIDE, Mark, Term
from corfu.meetings import queries as held
from corfu.meetings.models import Meeting
from corfu.negotiation import queries as negotiation
from corfu.negotiation import told as negotiated
from corfu.negotiation.models import Process, Step
from corfu.negotiation.texts import queries as texts
from corfu.negotiation.texts.asking import lines
from corfu.negotiation.told import label, look
from corfu.profiles.profile import Profile
from corfu.public.told import Row

_MEETINGS = _DECISIONS = 5
_STORIES = _PROCESSES = _TEXTS = 3


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What this is, the latest process with its line, what is next, what was decided, stories, the way in."""
    actor = actor_of(request)
    processes = _processes(actor)
    context = {
        "section": "",
        "counts": _counts(actor),
        "process": _process(processes[0], actor) if processes else None,
        "processes": [_card(one) for one in processes[1:_PROCESSES]],
        "texts": lines(texts.register(actor=actor)[:_TEXTS], processes),
        "meetings": _meetings(request, actor),
        "decisions": _decisions(actor),
        "stories": _stories(telling.house()),
        "acting": actor.code,
        "delegations": _delegations(actor) if settings.CORFU_EXERCISE else [],
    }
    return render(request, "public/home.html", context)


def _processes(actor: Actor) -> list[Process]:
    """The latest ones, those of the house's own organization first: one of them is told in full."""
    found = negotiation.processes(actor=actor)[: 4 * _PROCESSES]
    return sorted(found, key=lambda one: one.organisation != telling.house().id)


def _counts(actor: Actor) -> list[Row]:
    return [
        {
            "name": gettext("participating States"),
            "value": len(telling.house().states),
            "url": reverse("public:countries"),
        },
        {
            "name": gettext("decisions and declarations"),
            "value": decided.decisions(actor=actor).count(),
            "url": telling.address("decisions/"),
        },
        {"name": gettext("acts in the record"), "value": (record.brief() or (0,))[0], "url": reverse("acts:log")},
    ]


def _card(one: Process) -> Row:
    title, text = telling.words(one), telling.words(one, "summary")
    return {
        "title": title.text,
        "lang": title.lang,
        "text": text.text,
        "text_lang": text.lang,
        "url": reverse("negotiation:process", args=[one.slug]),
        "when": telling.when(negotiated.whole(one)),
        "first": telling.machine(one.dated),
        "stage": negotiated.stage(one),
        **telling.act_of(one.place),
        "standing": one.standing,
        "source": one.source,
    }


def _process(one: Process, actor: Actor) -> Row:
    card = _card(one)
    steps = [step for step in negotiation.steps(one.slug, actor=actor) if step.main]
    marks = tuple(_mark(step, card["url"]) for step in steps)
    last = max((step.last for step in steps), default=one.last)
    terms = tuple(
        Term(named.name, term.first, term.last, named.url)
        for term in community.terms(actor=actor, organisation=one.organisation, body=one.body)
        if one.first <= term.last and term.first <= last
        for named in [telling.participant(term.participant)]
    )
    words = gettext("The steps as far apart as they were, and who held the chair.")
    return card | {
        "line": negotiated.line_drawn(marks, terms, card["title"], words, WIDE),
        "line_narrow": negotiated.line_drawn(marks, terms, card["title"], words, NARROW),
        "caption": words,
        "heads": [gettext("When"), gettext("What"), gettext("What happened")],
        "rows": [[telling.when(step.dated), label(step), telling.words(step, "line").text] for step in steps],
    }


def _mark(step: Step, url: str) -> Mark:
    return Mark(label(step), telling.when(step.dated), step.first, look(step), f"{url}#{step.slug}")


def _meetings(request: HttpRequest, actor: Actor) -> list[Row]:
    return [
        _line(one, f"meetings/{one.slug}/") | {"place": telling.words(one, "place").text}
        for one in held.next_ones(actor=actor, on=now_of(request).date())[:_MEETINGS]
    ]


def _decisions(actor: Actor) -> list[Row]:
    return [
        _line(one, f"decisions/{one.slug}/") | {"symbol": one.symbol}
        for one in decided.decisions(actor=actor)[:_DECISIONS]
    ]


def _line(one: Meeting | Decision, path_: str) -> Row:
    return {
        "title": telling.words(one),
        "url": telling.address(path_),
        "when": telling.when(one.dated),
        "first": telling.machine(one.dated),
        "standing": one.standing,
        "source": one.source,
    }


def _stories(house: Profile) -> list[Row]:
    return [
        {
            "title": telling.text(one.title),
            "text": telling.text(one.summary),
            "url": telling.address(f"stories/{one.id}/"),
            "when": telling.when(str(one.date)),
            "first": telling.machine(str(one.date)),
            "tags": [telling.text(house.label("category", tag)).text for tag in one.categories],
        }
        for one in house.stories[:_STORIES]
    ]


def _delegations(actor: Actor) -> list[Row]:
    """Those of the exercise that one click signs in as, by kind, in the order of the page's language."""
    known = set(community.participants(actor=actor).values_list("code", flat=True))
    groups = []
    for profile in telling.all_profiles():
        named = (
            (gettext("States"), profile.states),
            (gettext("Partners"), profile.partners),
            (gettext("Organizations"), profile.organisations),
        )
        for name, chosen in named if profile.exercise else ():
            ordered = profile.in_order(telling.language(), [one for one in chosen if one.code in known])
            choices = [{"code": one.code, "name": telling.text(one.name).text} for one in ordered if not one.until]
            groups.append({"name": name, "choices": choices})
    return groups


urls: list[URLPattern] = [path("", home, name="home")]
