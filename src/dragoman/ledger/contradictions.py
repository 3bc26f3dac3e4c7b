"""What reports tell in two ways that cannot both be right: so or not so, the day, the place, the number, who signed, who did it.

Both ways are kept, each with the claims that tell it. What one report tells is compared with what others of about the same weeks tell
of the same: an index finds those, so that one report more costs little however many there are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

import msgspec

from dragoman.ledger.acts import Act, Party, acts_of, number_in, stems
from dragoman.ledger.agreement import ARMY, Fields, Seen, agreement, kin, points, seen
from dragoman.ledger.store import Told
from dragoman.model import Claim

_DEEDS = frozenset({"ASSAULT", "COERCE"})
_DONE_ONCE = ("signature.", "ceasefire.declared", "ceasefire.agreed", "agreement.reached", "talks.left")
_SIGNED, _UNSIGNED = frozenset({"signature.signed"}), frozenset({"signature.not_signed", "signature.refused"})
_DENIED_WITHIN = 14  # days between the reports of a charge and of its denial
_DAYS_APART, _PRINTED_APART = 2, 7
_ALIKE = 4.5  # points that one act told in two ways agrees in, what it is told differently in left out
_AMOUNT = re.compile(r"\b(?=((\d[\d,.]*|[a-z]+(?:-[a-z]+)?)\s+(?:[a-z]+\s)?([a-z]{4,})))", re.IGNORECASE)
_TIMES = stems("days weeks months years hours minutes times percent")


Place = tuple[str, int]
"""A telling by its report and its number there."""
_Key = tuple[object, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One telling of an act by a report: the claim that leads it, the event that this is of, and what it is compared by.

    ``day`` is that of its report as an ordinal, 0 where it has none.
    """

    report: str
    at: int
    claim: str
    event: str
    day: int
    content: str | None
    text: str
    where: str | None
    casualties: str | None
    seen: Seen

    @property
    def act(self) -> Act:
        """Return what it is compared by."""
        return self.seen.act

    @property
    def place(self) -> Place:
        """Return which telling it is."""
        return self.report, self.at

    @property
    def week(self) -> int:
        """Return the two weeks of its report: what is further apart than the next ones is not compared."""
        return self.day // _DENIED_WITHIN


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """One act that is told in two ways or more. ``kind``: polarity, day, place, number (``of`` what), signer, perpetrator."""

    kind: str
    of: str
    about: str
    versions: tuple[tuple[str, tuple[Side, ...]], ...]

    @property
    def first(self) -> Side:
        """Return the side that was told first."""
        return self.versions[0][1][0]


@dataclass(frozen=True, slots=True, kw_only=True)
class End:
    """What one telling says of what is told in two ways."""

    value: str
    report: str
    at: int

    @property
    def place(self) -> Place:
        """Return which telling it is."""
        return self.report, self.at


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two tellings and what each says, the earlier first; ``of`` is what is counted."""

    kind: str
    of: str = ""
    first: End
    second: End


@dataclass(frozen=True, slots=True, kw_only=True)
class _Way:
    """A way in which two tellings can be apart: both have a key in common, and are unlike in what ``differ`` gives."""

    keys: Callable[[Side], Iterable[_Key]]
    judged: Callable[[Side, Side], Iterator[Pair]]
    differ: Callable[[Side], object] | None = None


def sides_of(told: Told) -> tuple[Side, ...]:
    """Return what a report tells that may be told in another way elsewhere."""
    report = told.kept.report
    stated = {kept.claim.id: kept.claim for kept in told.claims if _matters(kept.claim)}
    acts = acts_of(report, stated.values(), (entity for entity, _ in told.entities))
    return tuple(_side(told, at, stated[act.id], act) for at, act in enumerate(acts))


def _side(told: Told, at: int, claim: Claim, act: Act) -> Side:
    published = told.kept.report.published
    return Side(
        report=told.kept.report.id,
        at=at,
        claim=claim.id,
        event=claim.event_id,
        day=published.toordinal() if published else 0,
        content=claim.content,
        text=claim.content or claim.evidence.text,
        where=claim.place.name if claim.place else None,
        casualties=claim.casualties,
        seen=seen(msgspec.structs.replace(act, claims=(), said=()), published=published),
    )


def _matters(claim: Claim) -> bool:
    """Return whether a claim may be told in another way elsewhere: most that is said of words and wishes cannot be wrong."""
    return (
        claim.negated or claim.event.value in _DEEDS or claim.event.value in ("ACCUSE", "AID", "RETREAT")
        or bool(claim.casualties) or any(mark.startswith(_DONE_ONCE) for mark in claim.marks) or bool(amounts(claim.content))
    )  # fmt: skip


# -- which tellings are compared


class Index:
    """Tellings by what they are compared by: those of a week are found by others of it and of the weeks next to it."""

    def __init__(self) -> None:
        self._weeks: dict[int, dict[_Key, dict[object, dict[Place, Side]]]] = {}

    def __contains__(self, week: int) -> bool:
        return week in self._weeks

    def put(self, week: int, sides: Iterable[Side]) -> None:
        """Put tellings of a week to those that are there."""
        blocks = self._weeks.setdefault(week, {})
        for side in sides:
            for way, key in _keys(side):
                blocks.setdefault(key, {}).setdefault(_differing(way, side), {})[side.place] = side

    def drop(self, week: int, sides: Iterable[Side]) -> None:
        """Take tellings of a week out again."""
        blocks = self._weeks.get(week, {})
        for side in sides:
            for way, key in _keys(side):
                blocks.get(key, {}).get(_differing(way, side), {}).pop(side.place, None)

    def pairs(self, side: Side, is_before: Callable[[Side, Side], bool]) -> list[Pair]:
        """Return what a telling and others tell in two ways, numbers left out."""
        found: dict[tuple[int, Place], Side] = {}
        for way, key in _keys(side):
            mine = _differing(way, side)
            for week in (side.week - 1, side.week, side.week + 1):
                for other, sides in self._weeks.get(week, {}).get(key, {}).items():
                    if not _WAYS[way].differ or other != mine:
                        found |= {(way, place): each for place, each in sides.items()}
        return [
            pair
            for (way, _), other in found.items()
            for pair in _WAYS[way].judged(*((side, other) if is_before(side, other) else (other, side)))
        ]


def _keys(side: Side) -> set[tuple[int, _Key]]:
    return {(number, (number, *key)) for number, way in enumerate(_WAYS) for key in way.keys(side)}


def _differing(way: int, side: Side) -> object:
    differ = _WAYS[way].differ
    return differ(side) if differ else None


# -- the kinds


def is_count(side: Side) -> bool:
    """Return whether a telling has a number that another one of the same event may have otherwise, whenever it is told."""
    return not side.act.negated and (side.act.count is not None or bool(amounts(side.content)))


def counted(one: Side, other: Side) -> Iterator[Pair]:
    """Yield two counts in two tellings of one event: of the dead, or of the same things; the earlier is given first."""
    counts = one.act.count, other.act.count
    if None not in counts and counts[0] != counts[1]:
        yield _pair("number", one, _casualties(one), other, _casualties(other))
    first, second = amounts(one.content), amounts(other.content)
    for thing in sorted(first.keys() & second.keys()):
        if first[thing][0] != second[thing][0]:
            yield _pair("number", one, first[thing][1], other, second[thing][1], of=thing)


def _pair(kind: str, one: Side, value: str, other: Side, its: str, *, of: str = "") -> Pair:  # noqa: PLR0913  two sides
    first, second = End(value=value, report=one.report, at=one.at), End(value=its, report=other.report, at=other.at)
    return Pair(kind=kind, of=of, first=first, second=second)


def _casualties(side: Side) -> str:
    return side.casualties or str(side.act.count)


@lru_cache(maxsize=4096)
def amounts(text: str | None) -> dict[str, tuple[int, str]]:
    """Return what is counted in a text: the stem of each thing -> its number, and the words.

    >>> amounts("210 observers and twelve howitzers for two weeks")
    {'observers': (210, '210 observers'), 'howitz': (12, 'twelve howitzers')}
    """
    found: dict[str, tuple[int, str]] = {}
    for match in _AMOUNT.finditer(text or ""):
        number = number_in(match[2])
        thing = stems(match[3])
        if number is not None and match[2].lower() not in ("a", "an", "one") and thing and not thing & _TIMES:
            found.setdefault(min(thing), (number, match[1]))
    return found


def _deed(side: Side) -> Iterator[_Key]:
    if side.act.event in _DEEDS and not side.act.negated and side.act.first and side.act.actors:
        yield from ((side.act.event, side.act.first, word) for word in side.act.words | side.act.targets)


def _perpetrators(one: Side, other: Side) -> Iterator[Pair]:
    """One deed of two: same day, and the same place or things, by actors of whom neither is the other."""
    if one.event == other.event:
        return
    fields = agreement(one.seen, other.seen)
    told = fields["content"] == "same" or (fields["content"] == "near" and fields["place"] == "same")
    fought = _any_kin(one.act.actors, other.act.recipients) or _any_kin(other.act.actors, one.act.recipients)
    if told and fields["day"] == "same" and _parted(fields) <= {"actor"} and not fought and _others(one.act, other.act):
        yield _pair("perpetrator", one, _who(one), other, _who(other))


def _others(one: Act, other: Act) -> bool:
    """Return whether others did the one than the other: by name, or as 'the army'."""
    acting = (*one.actors, *other.actors)
    return all(p.named or ARMY.match(p.id) for p in acting) and not _any_kin(one.actors, other.actors)


def _told_of(side: Side) -> Iterator[_Key]:
    return ((side.act.event, *name) for name in _names(side.act.actors))


def _is_negated(side: Side) -> bool:
    return side.act.negated


def _denials(yes: Side, no: Side) -> Iterator[Pair]:
    """An act that one tells and another says was not done."""
    if not _may_answer(yes, no):
        return
    fields = agreement(yes.seen, no.seen)
    undated = not (yes.act.first and no.act.first)
    parted = _parted(fields) - ({"polarity", "day"} if undated else {"polarity"})
    alike = fields["content"] in ("same", "near") or (
        yes.act.event not in _DEEDS and fields["recipient"] in ("same", "near")
    )
    if not parted and alike and _of_one_thing(yes.act, no.act) and points(fields) >= _ALIKE:
        values = ("stated", "denied") if no.act.negated else ("denied", "stated")
        yield _pair("polarity", yes, values[0], no, values[1])


def _of_one_thing(one: Act, other: Act) -> bool:
    """Return whether what is done has a word in common, names left out, where both say it."""
    names = one.targets | other.targets
    first, second = one.words - names, other.words - names
    return not first or not second or bool(first & second)


def _may_answer(one: Side, other: Side) -> bool:
    """Return whether a denial can be of an act: a deed's was some days before, anything else was told in the last two weeks."""
    if one.act.event in _DEEDS:
        return max(other.seen.start - one.seen.end, one.seen.start - other.seen.end) <= 1
    return abs(one.day - other.day) <= _DENIED_WITHIN


def _charged(side: Side) -> Iterator[_Key]:
    if side.act.negated != _is_charge(side):
        yield from _names(side.act.recipients if _is_charge(side) else side.act.actors)


def _charges(one: Side, other: Side) -> Iterator[Pair]:
    """A charge, and what the accused says was not done."""
    charge, denial = (one, other) if _is_charge(one) else (other, one)
    if abs(charge.day - denial.day) > _DENIED_WITHIN:
        return
    accused, its = charge.act.recipients, denial.act.actors
    shared = (charge.act.words - charge.act.targets) & _denied(denial.act)
    if shared and _any_kin(accused, its) and not _any_kin(charge.act.actors, its):
        values = ("alleged", "denied") if charge is one else ("denied", "alleged")
        yield _pair("polarity", one, values[0], other, values[1])


def _denied(act: Act) -> frozenset[str]:
    """Return the words of what is denied; a denial that says no more than 'we did not attack' answers a charge of an attack."""
    words = act.words | act.targets
    return words or (stems("attack") if act.event == "ASSAULT" else words)


def _is_charge(side: Side) -> bool:
    return side.act.event == "ACCUSE"


def _signed(side: Side) -> Iterator[_Key]:
    if _has_signed(side) is not None:
        yield from _names(side.act.actors)


def _signers(one: Side, other: Side) -> Iterator[Pair]:
    """One party signed a paper and did not, at the same time."""
    if one.report == other.report:
        return
    fields = agreement(one.seen, other.seen)
    if _close(one, other) and fields["actor"] in ("same", "near") and fields["content"] != "differs":
        yield _pair("signer", one, _signing(one), other, _signing(other))


def _close(one: Side, other: Side) -> bool:
    """Return whether two acts are of one day or the next; one of unknown day is of its report's or the day before."""
    (start, end), (begin, stop) = (
        (side.seen.start if side.act.first else max(side.seen.start, side.day - 1), side.seen.end)
        for side in (one, other)
    )
    return max(begin - end, start - stop) <= 1


def _has_signed(side: Side) -> bool | None:
    marks = frozenset(side.act.marks)
    if marks & _UNSIGNED:
        return False
    return not side.act.negated if marks & _SIGNED else None


def _signing(side: Side) -> str:
    return "signed" if _has_signed(side) else "did not sign"


def _once(side: Side) -> Iterator[_Key]:
    if side.act.first and any(mark.startswith(_DONE_ONCE) for mark in side.act.marks):
        yield from ((side.act.event, mark, party.id) for mark in side.act.marks for party in side.act.actors)


def _days_and_places(one: Side, other: Side) -> Iterator[Pair]:
    """What is done once, told of two days or of two places."""
    if one.report == other.report or abs(one.day - other.day) > _PRINTED_APART:
        return
    fields = agreement(one.seen, other.seen)
    if fields["actor"] != "same" or fields["kind"] != "same":
        return
    parted, days = _parted(fields), abs(one.seen.start - other.seen.start)
    if parted == {"day"} and _is_day(one.act) and _is_day(other.act) and days <= _DAYS_APART:
        yield _pair("day", one, str(one.act.first), other, str(other.act.first))
    elif parted == {"place"} and fields["day"] == "same":
        yield _pair("place", one, one.act.place or "", other, other.act.place or "")


def _is_day(act: Act) -> bool:
    return act.sharp and act.first == act.last


def _parted(fields: Fields) -> set[str]:
    return {name for name, agrees in fields.items() if agrees == "differs"}


def _any_kin(parties: Iterable[Party], others: Sequence[Party]) -> bool:
    return any(kin(one, other) for one in parties for other in others)


def _names(parties: Iterable[Party]) -> Iterator[_Key]:
    for party in parties:
        first, *rest = party.id.split("-")
        army = ["the army"] if ARMY.search(party.id) else []
        yield from ((name,) for name in {party.id, first, *rest[-1:], *party.sides, *army})


def _who(side: Side) -> str:
    return ", ".join(party.id for party in side.act.actors)


_WAYS = (
    _Way(keys=_deed, judged=_perpetrators),
    _Way(keys=_told_of, judged=_denials, differ=_is_negated),
    _Way(keys=_charged, judged=_charges, differ=_is_charge),
    _Way(keys=_signed, judged=_signers, differ=_has_signed),
    _Way(keys=_once, judged=_days_and_places),
)


# -- putting together


def grouped(pairs: Iterable[Pair], event_of: Callable[[End], str]) -> list[list[Pair]]:
    """Return pairs of one kind that have a telling or an event in common together."""
    homes: dict[tuple[str, str, str], tuple[list[Pair], list[tuple[str, str, str]]]] = {}
    for pair in pairs:
        keys = [(pair.kind, pair.of, event_of(end)) for end in (pair.first, pair.second)]
        found = list({id(homes[key][0]): homes[key] for key in keys if key in homes}.values())
        home = max(found, key=lambda each: len(each[1]), default=([], []))
        for other in found:
            if other is not home:
                home[0].extend(other[0])
                home[1].extend(other[1])
                homes |= dict.fromkeys(other[1], home)
        home[0].append(pair)
        home[1].extend(key for key in dict.fromkeys(keys) if key not in homes)
        homes |= dict.fromkeys(keys, home)
    return [group for group, _ in {id(home[0]): home for home in homes.values()}.values()]


def clash_of(pairs: Sequence[Pair], sides: Mapping[Place, Side]) -> Clash:
    """Return what pairs that belong together tell in two ways; the sides are given in the order of print."""
    order = {place: at for at, place in enumerate(sides)}
    told = {(end.value, order[end.place]): sides[end.place] for pair in pairs for end in (pair.first, pair.second)}
    listed = sorted(told, key=lambda key: (key[1], key[0]))
    first: dict[str, int] = {}
    for value, at in listed:
        first.setdefault(value, at)
    ordered = sorted(listed, key=lambda key: (first[key[0]], key[0], key[1]))
    versions = tuple(
        (value, tuple(told[key] for key in group)) for value, group in groupby(ordered, key=lambda key: key[0])
    )
    kind, of = pairs[0].kind, pairs[0].of
    telling = (
        [side for (value, _), side in told.items() if value == "denied"] if kind == "polarity" else [*told.values()]
    )
    fullest = max(telling, key=lambda side: (len(side.act.words), -order[side.place]))
    return Clash(kind=kind, of=of, about=_about(fullest), versions=versions)


def _about(side: Side) -> str:
    where = side.where
    return f"{side.act.actors[0].id if side.act.actors else 'unknown'}: {side.text}" + (
        f" in {where}" if where and where not in side.text else ""
    )
