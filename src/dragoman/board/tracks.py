"""Talks over many reports: rounds by place and days, and tracks of rounds between the same parties."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from dragoman.board.citing import Conflict, cited_claim, together
from dragoman.board.folding import Fold, Kept, Now, folded
from dragoman.board.rounds import AHEAD, DONE, Thread, Word, place_of, shelves_of, words_of
from dragoman.board.types import Cited, Round, Track
from dragoman.ledger.store import Told
from dragoman.model import EventType, Status, When, content_id, merged

_MEETING = frozenset({EventType.CONSULT, EventType.AGREE})
_PLAIN = ("talks", "negotiations", "meeting")


def tracks(told: Sequence[Told], conflict: Conflict, day: date) -> tuple[Track, ...]:
    """Return the talks that reports up to a day tell of: rounds by day, in tracks by who talks; the longest tracks first."""
    return folded(Tracks(conflict), told, day)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Meeting:
    """A claim that somebody met or agreed on these days; ``number`` is its place among all, ``printed`` when it was told."""

    number: int
    printed: date
    first: date
    last: date
    cited: Cited


@dataclass(slots=True, kw_only=True)
class _State:
    """``meetings`` by place and month, in each month that their days touch, in the order of print; ``met`` is how many."""

    threads: list[Thread] = field(default_factory=list)
    meetings: dict[str, tuple[_Meeting, ...]] = field(default_factory=dict)
    met: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Made:
    """A round with what is asked of it for each board: by whom its track is known, and its place in it."""

    round: Round
    who: frozenset[str]
    order: tuple[date, date, str]


class Tracks(Fold[_State, Track]):
    """The talks that reports tell of: rounds by day, in tracks by who talks; the longest tracks first."""

    def __init__(self, conflict: Conflict) -> None:
        super().__init__(conflict)
        self._rounds, self._tracks = Kept(), Kept()

    def begin(self) -> _State:
        """Return the state before any report."""
        return _State()

    def take(self, told: Told, day: date) -> None:
        """Take in what a report says of talks, and who met or agreed where."""
        threads = self.state.threads
        for word in words_of(told, self.conflict, day):
            place = place_of(word, threads, self.conflict)
            if place is None:
                threads.append(Thread(words=(word,)))
            else:
                threads[place] = Thread(words=(*threads[place].words, word))
        for where, meeting in _meetings(told, self.state.met):
            self.state.met += 1
            for shelf in shelves_of(where, meeting.first, meeting.last):
                self.state.meetings[shelf] = (*self.state.meetings.get(shelf, ()), meeting)

    def entries(self, now: Now) -> tuple[Track, ...]:
        """Return the talks as they stand on a day."""
        self._rounds.turn()
        self._tracks.turn()
        by_who: dict[frozenset[str], list[_Made]] = {}
        for thread in self.state.threads:
            made = self._made(thread, now.day)
            by_who.setdefault(made.who, []).append(made)
        found = [self._track(rounds) for rounds in by_who.values()]
        return tuple(track for _, track in sorted(found, key=lambda each: each[0]))

    def _made(self, thread: Thread, day: date) -> _Made:
        near = self._near(thread, day)
        over = thread.span is not None and thread.span[1] < day
        return self._rounds.get((thread, *near), lambda: _made(thread, near, self.conflict, over=over), over)

    def _near(self, thread: Thread, day: date) -> tuple[tuple[_Meeting, ...], ...]:
        """Return the meetings in the months of a round that was planned and begins by a day, by its places."""
        if not thread.shelves or thread.span is None or thread.span[0] > day:
            return ()
        return tuple([self.state.meetings.get(shelf, ()) for shelf in thread.shelves])

    def _track(self, rounds: Sequence[_Made]) -> tuple[tuple[int, tuple[date, date, str]], Track]:
        def make() -> tuple[tuple[int, tuple[date, date, str]], Track]:
            ordered = sorted(rounds, key=lambda each: each.order)
            return (-len(ordered), ordered[0].order), _track([each.round for each in ordered], self.conflict)

        return self._tracks.get(tuple(rounds), make)


def _meetings(told: Told, number: int) -> Iterator[tuple[str, _Meeting]]:
    """Yield who met or agreed, with the name of the place, where it and the days are told; ``number`` is that of the first."""
    printed = told.kept.report.published
    for kept in told.claims if printed is not None else ():
        claim = kept.claim
        first, last = claim.date.earliest or claim.date.latest, claim.date.latest or claim.date.earliest
        acts = claim.event in _MEETING and claim.status is Status.OCCURRED and not claim.negated
        if printed is not None and acts and claim.place is not None and first is not None and last is not None:
            sentence = cited_claim(told, claim)
            yield claim.place.name, _Meeting(number=number, printed=printed, first=first, last=last, cited=sentence)
            number += 1


def _made(thread: Thread, near: Iterable[Iterable[_Meeting]], conflict: Conflict, *, over: bool) -> _Made:
    made = _round(thread, conflict, _shown(thread, near), over=over)
    return _Made(round=made, who=_who(made, conflict), order=_order(made))


def _who(made: Round, conflict: Conflict) -> frozenset[str]:
    """Return by whom a track is known: the sides of the conflict that talk, else all who do."""
    sides = frozenset(side for who in made.parties if (side := conflict.side_of(who)))
    return sides if len(sides) > 1 else frozenset(conflict.side_of(who) or who for who in made.parties)


def _track(ordered: Sequence[Round], conflict: Conflict) -> Track:
    named = Counter(who for each in ordered for who in each.parties)
    sided = [who for who in named if conflict.side_of(who) is not None]
    return Track(
        id=content_id("track", min(each.id for each in ordered)),
        parties=tuple(sided if len({conflict.side_of(who) for who in sided}) > 1 else named),
        rounds=tuple(ordered),
        cited=together(each.cited for each in ordered),
        against=together(each.against for each in ordered),
    )


def _order(made: Round) -> tuple[date, date, str]:
    first = made.date.earliest or made.date.latest or made.first or date.min
    return first, made.first or date.min, made.id


# -- a round


def _round(thread: Thread, conflict: Conflict, shown: Sequence[Cited], *, over: bool) -> Round:
    words = thread.words
    when = _when(thread)
    status, contrary = _status(thread, shown=bool(shown), over=over)
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


def _status(thread: Thread, *, shown: bool, over: bool) -> tuple[str, list[Word]]:
    """Return how a round stands whose days may be ``over``, and the words that say otherwise."""
    span = thread.span
    begun = [w for w in thread.words if w.status in DONE and not w.is_early and (span is None or w.printed >= span[0])]
    off = [word for word in thread.words if word.status in ("cancelled", "postponed")]
    if begun or (shown and not off):
        ended = any(word.status == "ended" for word in begun) or any(w.status == "cancelled" for w in off)
        return ("ended" if ended else "held"), [w for w in off if begun and w.status != "cancelled"]
    last = max(thread.words, key=lambda word: word.printed)
    if last in off:
        return last.status, [word for word in thread.words if word.status in DONE]
    if over:
        return "passed", []
    return ("planned" if any(w.status != "proposed" for w in thread.words) else "proposed"), off


def _shown(thread: Thread, near: Iterable[Iterable[_Meeting]]) -> list[Cited]:
    """Return the sentences that show that planned talks were held: who met or agreed there on those days."""
    span = thread.span
    if span is None:
        return []
    met = {meeting.number: meeting for group in near for meeting in group}
    return [
        met[number].cited
        for number in sorted(met)
        if met[number].printed >= span[0] and met[number].first <= span[1] and span[0] <= met[number].last
    ]
