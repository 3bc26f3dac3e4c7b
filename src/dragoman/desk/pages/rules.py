"""Rules: the frames with what they gave in this ledger, each as it is written; cues and word lists; a sentence tried on them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from dragoman.desk.asked import Asked, AskedOf, day_in
from dragoman.desk.faults import bad, form_of, not_found, status_of
from dragoman.desk.guard import guard
from dragoman.desk.kept import Desk, Picture
from dragoman.desk.pages.search import items_of
from dragoman.desk.pages.sources import wrong_claims
from dragoman.desk.paper import desk_of, page
from dragoman.desk.search.finding import Found, Sought
from dragoman.desk.search.indexes import claims_of
from dragoman.desk.who import who
from dragoman.errors import DragomanError
from dragoman.model import EventType
from dragoman.reading.explain import Explained, explained_text
from dragoman.rulebook.loader import load_rulebook
from dragoman.rulebook.types import Cue, Frame, Pattern, Rulebook
from dragoman.rulebook.written import written_at

router = APIRouter()

_LINES = 50
_LONGEST = 1_000  # characters of a sentence that is tried
_WORDS = 300
_SHOWN = ("frames", "cues", "words")

Cursor = Annotated[str | None, Query(max_length=2000)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A frame with the number of claims that it gave, and of those of them that were decided wrong."""

    frame: Frame
    hits: int
    wrong: int

    @property
    def event(self) -> str:
        """Return what it gives in one word; a frame that is silent or a sign gives no claim."""
        return "nothing" if self.frame.silent else self.frame.gives.event.value

    @property
    def examples(self) -> int:
        """Return how many sentences test it."""
        return len(self.frame.says) + len(self.frame.never)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """A sentence that was tried, as it is read."""

    found: Explained
    claims: int


@router.get("/rules")
def rules_page(  # noqa: PLR0913  a parameter of the address is a parameter here
    request: Request,
    asked: AskedOf,
    show: Annotated[str, Query(max_length=20)] = "frames",
    q: Annotated[str, Query(max_length=200)] = "",
    event: Annotated[str, Query(max_length=20)] = "",
    cursor: Cursor = None,
) -> Response:  # fmt: skip
    """Show the frames that have given most first, or the cues, or the word lists."""
    desk = desk_of(request)
    if show not in _SHOWN:
        raise bad("show", f"{show!r} is none", f"use one of: {', '.join(_SHOWN)}")
    book = load_rulebook(desk.settings.roster, desk.settings.rules)
    context = {"show": show, "q": q, "event": event, "events": list(EventType), "book": book}
    if show == "cues":
        return page(request, "rules.html", {**context, "cues": [_cue(each) for each in book.cues]}, asked)
    if show == "words":
        listed = {name: sorted(words) for name, words in sorted(book.lists.items()) if _in_list(q, name, words)}
        return page(request, "rules.html", {**context, "lists": listed, "most": _WORDS}, asked)
    rules = [each for each in rules_of(desk, book, asked).values() if _is_wanted(each, q, event)]
    found = Found(rows=rules, key=lambda each: (-each.hits, each.frame.id)).part(cursor, _LINES)
    return page(request, "rules.html", {**context, "part": found}, asked)


@router.get("/rules/try")
def try_page(
    request: Request,
    asked: AskedOf,
    sentence: Annotated[str, Query()] = "",
    published: Annotated[str, Query(max_length=40)] = "",
) -> Response:
    """Show how a sentence is read, or say in the page why it is not."""
    tried, fault = None, None
    try:
        if sentence.strip():
            user = who(request)
            guard(request).counter.reading(f"user {user.name}", alone=user.alone)
            tried = tried_on(desk_of(request), sentence, published)
    except DragomanError as mistake:
        fault = mistake
    shown = {
        "tried": tried, "fault": form_of(fault) if fault else None, "sentence": sentence[:_LONGEST], "longest": _LONGEST,
        "published": published,
    }  # fmt: skip
    status = status_of(fault) if fault and not request.headers.get("HX-Request") else HTTPStatus.OK
    return page(request, "rules_try.html", shown, asked, status=int(status))


@router.get("/rules/{frame}")
def rule_page(request: Request, asked: AskedOf, frame: str, cursor: Cursor = None) -> Response:
    """Show one frame: as it is written, its examples, and the claims that it gave, the newest first."""
    desk = desk_of(request)
    book = load_rulebook(desk.settings.roster, desk.settings.rules)
    rule = rules_of(desk, book, asked).get(frame)
    if rule is None:
        raise not_found(frame[:80], "rule", "see all of them at /rules")
    picture = desk.picture(view=asked.view)
    claims = claims_of(picture)
    rows = [claims.rows[number] for number in claims.rules.get(frame, ())]
    part = Found(rows=rows, key=lambda row: row.newest).part(cursor)
    shown = {
        "rule": rule, "written": written_at(rule.frame.place), "part": part,
        "items": items_of(part.rows, Sought(), picture), "wrong": _wrong_items(desk, picture, asked, frame),
    }  # fmt: skip
    return page(request, "rule.html", shown, asked)


def tried_on(desk: Desk, sentence: str, published: str = "") -> Tried:
    """Return how a sentence is read as of a day; RequestError where it is too long, or the day is none."""
    words = " ".join(sentence.replace("\x00", " ").split())
    if len(words) > _LONGEST:
        raise bad("sentence", f"it has {len(words):,} characters", f"give at most {_LONGEST:,}: one sentence, or a few")
    day = day_in(published, "published")
    found = desk.reading(lambda reader: explained_text(reader, words, day))
    return Tried(found=found, claims=sum(len(each.claims) for each in found.sentences))


# -- frames with what they gave


def rules_of(desk: Desk, book: Rulebook, asked: Asked) -> Mapping[str, Rule]:
    """Return the frames by id, those that gave most claims first."""

    def make(picture: Picture) -> dict[str, Rule]:
        hits = claims_of(picture).rules
        wrong = Counter(kept.claim.rule for _, kept in wrong_claims(desk, picture, asked))
        rules = [Rule(frame=f, hits=len(hits.get(f.id, ())), wrong=wrong[f.id]) for f in book.frames]
        return {each.frame.id: each for each in sorted(rules, key=lambda each: (-each.hits, each.frame.id))}

    return desk.picture(view=asked.view).once("rules", make)


def _wrong_items(desk: Desk, picture: Picture, asked: Asked, frame: str) -> list[tuple[str, str, str, int]]:
    """Return the claims of a frame that were decided wrong: id, sentence, report and the sentence's number."""
    found = ((told, kept.claim) for told, kept in wrong_claims(desk, picture, asked) if kept.claim.rule == frame)
    return [
        (claim.id, claim.evidence.text, told.kept.report.id, claim.evidence.sentence) for told, claim in found
    ]  # fmt: skip


def _is_wanted(rule: Rule, q: str, event: str) -> bool:
    """Return whether a frame is of a type and has some words in its id, verbs, nouns or examples."""
    if event and rule.event != event:
        return False
    asked = q.strip().casefold()
    frame = rule.frame
    return not asked or any(asked in each.casefold() for each in _words_of(frame))


def _words_of(frame: Frame) -> list[str]:
    return [frame.id, frame.place, *map(words_in, (*frame.verbs, *frame.nouns)), *frame.says, *frame.never]


def words_in(pattern: Pattern) -> str:
    """Return a pattern as it is written.

    >>> words_in(Pattern(lemma="lay", rest=("siege", "to")))
    'lay siege to'
    """
    return " ".join((pattern.lemma, *pattern.rest))


def _in_list(q: str, name: str, words: frozenset[str]) -> bool:
    asked = q.strip().casefold()
    return not asked or asked in name.casefold() or any(asked in each.casefold() for each in words)


def _cue(cue: Cue) -> dict[str, object]:
    """Return a cue in words."""
    marks = {
        "negated": cue.negated, "hedged": cue.hedged, "its subject says so": cue.speaker,
        "what it governs counts as it stands": cue.transparent,
    }  # fmt: skip
    sets = [*([cue.status.value] if cue.status else []), *(words for words, on in marks.items() if on)]
    return {
        "id": cue.id, "over": cue.over, "sets": sets, "words": [words_in(each) for each in cue.words],
        "except": [words_in(each) for each in cue.exceptions],
    }  # fmt: skip


__all__ = ["router", "rules_of", "tried_on"]
