"""Talks over many reports: rounds by place and days, and tracks of rounds between the same parties."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from dragoman.board.citing import cited_claim, counted, together
from dragoman.board.conflicts import Conflict
from dragoman.board.rounds import AHEAD, DONE, Thread, Word, place_of, words_of
from dragoman.board.types import Cited, Round, Track
from dragoman.ledger.store import Told
from dragoman.model import EventType, Status, When, content_id, merged

_MEETING = frozenset({EventType.CONSULT, EventType.AGREE})
_PLAIN = ("talks", "negotiations", "meeting")


def tracks(told: Sequence[Told], conflict: Conflict, day: date) -> tuple[Track, ...]:
    """Return the talks that reports up to a day tell of: rounds by day, in tracks by who talks; the longest tracks first."""
    listed = counted(told, day)
    threads: list[Thread] = []
    for each in listed:
        for word in words_of(each, conflict, day):
            place = place_of(word, threads, conflict)
            if place is None:
                threads.append(Thread(words=(word,)))
            else:
                threads[place] = Thread(words=(*threads[place].words, word))
    by_who: dict[frozenset[str], list[Round]] = {}
    for thread in threads:
        made = _round(thread, conflict, day, _shown(thread, listed, day))
        by_who.setdefault(_who(made, conflict), []).append(made)
    found = [_track(rounds, conflict) for rounds in by_who.values()]
    return tuple(sorted(found, key=lambda track: (-len(track.rounds), _order(track.rounds[0]))))


def _who(made: Round, conflict: Conflict) -> frozenset[str]:
    """Return by whom a track is known: the sides of the conflict that talk, else all who do."""
    sides = frozenset(side for who in made.parties if (side := conflict.side_of(who)))
    return sides if len(sides) > 1 else frozenset(conflict.side_of(who) or who for who in made.parties)


def _track(rounds: Sequence[Round], conflict: Conflict) -> Track:
    ordered = tuple(sorted(rounds, key=_order))
    named = Counter(who for each in ordered for who in each.parties)
    sided = [who for who in named if conflict.side_of(who) is not None]
    return Track(
        id=content_id("track", *sorted(each.id for each in ordered)[:1]),
        parties=tuple(sided if len({conflict.side_of(who) for who in sided}) > 1 else named),
        rounds=ordered,
        cited=together(each.cited for each in ordered),
        against=together(each.against for each in ordered),
    )


def _order(made: Round) -> tuple[date, date, str]:
    first = made.date.earliest or made.date.latest or made.first or date.min
    return first, made.first or date.min, made.id


# -- a round


def _round(thread: Thread, conflict: Conflict, day: date, shown: Sequence[Cited]) -> Round:
    words = thread.words
    when = _when(thread)
    status, contrary = _status(thread, day, shown=bool(shown))
    mediators = merged(word.mediators for word in words)
    who = _taking_part(words, mediators, conflict)
    declined = [party for party in merged(word.declined for word in words) if status in AHEAD or party not in who]
    return Round(
        id=content_id("round", words[0].id),
        name=_name(words),
        place=next((word.place for word in words if word.place is not None), None),
        date=when,
        format=_most(word.format for word in words),
        host=_most(word.host for word in words),
        mediators=mediators,
        parties=who,
        declined=tuple(declined),
        status=status,
        outcome=next((word.outcome for word in reversed(words) if word.outcome), None),
        cited=together([*(word.cited for word in words if word not in contrary), tuple(shown)]),
        against=together([*(word.against for word in words), *(word.cited for word in contrary)]),
    )


def _taking_part(words: Sequence[Word], mediators: Iterable[str], conflict: Conflict) -> tuple[str, ...]:
    """Return who talks: the parties of the conflict where two sides do, and who else is named by two origins; no mediators."""
    told: dict[str, set[str]] = {}
    for word in words:
        for who in word.parties:
            told.setdefault(who, set()).add(word.origin)
    aside = frozenset(mediators)
    sides = {side for who in told if (side := conflict.side_of(who))}
    if len(sides) < 2:
        return tuple(who for who in told if who not in aside)
    return tuple(w for w in told if w not in aside and (conflict.side_of(w) or len(told[w]) > 1))


def _name(words: Sequence[Word]) -> str:
    """Return what the talks are called most often, a name that says more than 'talks' before one that does not."""
    names = Counter(word.name for word in words if word.name.lower() not in _PLAIN)
    return names.most_common(1)[0][0] if names else words[0].name


def _most(told: Iterable[str | None]) -> str | None:
    counts = Counter(value for value in told if value is not None)
    return counts.most_common(1)[0][0] if counts else None


def _when(thread: Thread) -> When:
    """Return the days of a round, with the words of the first report that tells the day on which it begins."""
    span = thread.span
    if span is None:
        return When()
    told = next((word.when for word in thread.words if word.first == span[0]), When())
    return When(earliest=span[0], latest=span[1], phrase=told.phrase, basis=told.basis)


def _status(thread: Thread, day: date, *, shown: bool) -> tuple[str, list[Word]]:
    """Return how a round stands as of a day, and the words that say otherwise."""
    span = thread.span
    begun = [w for w in thread.words if w.status in DONE and not w.is_early and (span is None or w.printed >= span[0])]
    off = [word for word in thread.words if word.status in ("cancelled", "postponed")]
    if begun or (shown and not off):
        over = any(word.status == "ended" for word in begun) or any(w.status == "cancelled" for w in off)
        return ("ended" if over else "held"), [w for w in off if begun and w.status != "cancelled"]
    last = max(thread.words, key=lambda word: word.printed)
    if last in off:
        return last.status, [word for word in thread.words if word.status in DONE]
    if span is not None and span[1] < day:
        return "passed", []
    return ("planned" if any(w.status != "proposed" for w in thread.words) else "proposed"), off


def _shown(thread: Thread, told: Sequence[Told], day: date) -> list[Cited]:
    """Return the sentences that show that planned talks were held: who met or agreed there on those days."""
    span, places = thread.span, {place.name for place in thread.places}
    if span is None or not places or span[0] > day or any(word.status in DONE for word in thread.words):
        return []
    found = []
    for each in told:
        printed = each.kept.report.published
        if printed is None or printed < span[0]:
            continue
        for kept in each.claims:
            claim = kept.claim
            acts = claim.event in _MEETING and claim.status is Status.OCCURRED and not claim.negated
            if acts and claim.place is not None and claim.place.name in places and _on(claim.date, span):
                found.append(cited_claim(each, claim))
    return found


def _on(when: When, span: tuple[date, date]) -> bool:
    first, last = when.earliest or when.latest, when.latest or when.earliest
    return first is not None and last is not None and first <= span[1] and span[0] <= last
