"""What reports tell in two ways that cannot both be right: so or not so, the day, the place, the number, who signed, who did it.

Both ways are kept, each with the claims that tell it. One text speaks once: of the prints and versions of one origin only the last
version counts, so that what was corrected is no side.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, groupby

from dragoman.ledger.acts import Act, Party, acts_of, number_in, stems
from dragoman.ledger.agreement import ARMY, Fields, Seen, agreement, kin, points, seen
from dragoman.ledger.store import Told
from dragoman.model import Claim

_DEEDS = frozenset({"ASSAULT", "COERCE"})
_ONCE = ("signature.", "ceasefire.declared", "ceasefire.agreed", "agreement.reached", "talks.left")
_SIGNED, _UNSIGNED = frozenset({"signature.signed"}), frozenset({"signature.not_signed", "signature.refused"})
_DENIED_WITHIN = 14  # days between the reports of a charge and of its denial
_DAYS_APART, _PRINTED_APART = 2, 7
_ALIKE = 4.5  # points that one act told in two ways agrees in, what it is told differently in left out
_AMOUNT = re.compile(r"\b(?=((\d[\d,.]*|[a-z]+(?:-[a-z]+)?)\s+(?:[a-z]+\s)?([a-z]{4,})))", re.IGNORECASE)
_TIMES = stems("days weeks months years hours minutes times percent")


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One telling of an act: its report, the claim that leads it, and what it is compared by."""

    told: Told
    claim: Claim
    seen: Seen

    @property
    def act(self) -> Act:
        """Return what it is compared by."""
        return self.seen.act

    @property
    def day(self) -> int:
        """Return the day of its report as an ordinal; 0 where that has none."""
        published = self.told.kept.report.published
        return published.toordinal() if published else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """One act that is told in two ways or more. ``kind``: polarity, day, place, number (``of`` what), signer, perpetrator."""

    kind: str
    of: str
    about: str
    versions: tuple[tuple[str, tuple[Side, ...]], ...]

    @property
    def first(self) -> str:
        """Return the event that was told of first."""
        return self.versions[0][1][0].claim.event_id


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pair:
    """Two tellings and what each says; ``of`` is what is counted."""

    kind: str
    of: str = ""
    first: tuple[str, Side]
    second: tuple[str, Side]


def clashes(told: Sequence[Told]) -> tuple[Clash, ...]:
    """Return what these reports tell in two ways, in the order in which it was first told; they are in the order of publication."""
    sides = [side for each in last_versions(told) for side in _sides(each)]
    finders = (_numbers, _perpetrators, _denials, _charges, _signers, _days_and_places)
    pairs = [pair for find in finders for pair in find(sides)]
    place = {id(side): at for at, side in enumerate(sides)}
    found = [_clash(group, place) for group in _grouped(pairs)]
    return tuple(sorted(found, key=lambda clash: (place[id(clash.versions[0][1][0])], clash.kind, clash.about)))


def last_versions(told: Sequence[Told]) -> list[Told]:
    """Return one report for each origin: the last version of its text where that was revised, else its first print."""
    revised = {each.kept.revises for each in told if each.kept.revises}
    of: dict[str, Told] = {}
    for each in told:
        former = of.get(each.kept.origin)
        if each.kept.report.id not in revised and (former is None or _is_later(each, former)):
            of[each.kept.origin] = each
    chosen = {each.kept.report.id for each in of.values()}
    return [each for each in told if each.kept.report.id in chosen]


def _is_later(each: Told, former: Told) -> bool:
    return each.kept.revises is not None or (
        former.kept.revises is None and each.kept.sentences > former.kept.sentences
    )


def _sides(told: Told) -> list[Side]:
    report = told.kept.report
    stated = {kept.claim.id: kept.claim for kept in told.claims if _matters(kept.claim)}
    acts = acts_of(report, stated.values(), (entity for entity, _ in told.entities))
    return [Side(told=told, claim=stated[act.id], seen=seen(act, report.id, report.published)) for act in acts]


def _matters(claim: Claim) -> bool:
    """Return whether a claim may be told in another way elsewhere: most that is said of words and wishes cannot be wrong."""
    return (
        claim.negated or claim.event.value in _DEEDS or claim.event.value in ("ACCUSE", "AID", "RETREAT")
        or bool(claim.casualties) or any(mark.startswith(_ONCE) for mark in claim.marks) or bool(amounts(claim.content))
    )  # fmt: skip


# -- the kinds


def _numbers(sides: Sequence[Side]) -> Iterator[_Pair]:
    """Two counts in the claims of one event: of the dead, or of the same things."""
    events: dict[str, list[Side]] = {}
    for side in sides:
        if not side.act.negated:
            events.setdefault(side.claim.event_id, []).append(side)
    for mine in events.values():
        for one, other in combinations(mine, 2):
            yield from _counted(one, other)


def _counted(one: Side, other: Side) -> Iterator[_Pair]:
    counts = one.act.count, other.act.count
    if None not in counts and counts[0] != counts[1]:
        yield _Pair(kind="number", first=(_casualties(one), one), second=(_casualties(other), other))
    first, second = amounts(one.claim.content), amounts(other.claim.content)
    for thing in sorted(first.keys() & second.keys()):
        if first[thing][0] != second[thing][0]:
            yield _Pair(kind="number", of=thing, first=(first[thing][1], one), second=(second[thing][1], other))


def _casualties(side: Side) -> str:
    return side.claim.casualties or str(side.act.count)


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


def _perpetrators(sides: Sequence[Side]) -> Iterator[_Pair]:
    """One deed of two: same day, and the same place or things, by actors of whom neither is the other."""
    deeds = [
        side
        for side in sides
        if side.act.event in _DEEDS and not side.act.negated and side.act.first and side.act.actors
    ]
    for one, other in _by(
        deeds, lambda side: ((side.act.event, side.act.first, word) for word in side.act.words | side.act.targets)
    ):
        fields = agreement(one.seen, other.seen)
        told = fields["content"] == "same" or (fields["content"] == "near" and fields["place"] == "same")
        if one.claim.event_id == other.claim.event_id:
            continue
        fought = _any_kin(one.act.actors, other.act.recipients) or _any_kin(other.act.actors, one.act.recipients)
        if (
            told
            and fields["day"] == "same"
            and _parted(fields) <= {"actor"}
            and not fought
            and _others(one.act, other.act)
        ):
            yield _Pair(kind="perpetrator", first=(_who(one), one), second=(_who(other), other))


def _others(one: Act, other: Act) -> bool:
    """Return whether others did the one than the other: by name, or as 'the army'."""
    acting = (*one.actors, *other.actors)
    return all(p.named or ARMY.match(p.id) for p in acting) and not _any_kin(one.actors, other.actors)


def _denials(sides: Sequence[Side]) -> Iterator[_Pair]:
    """An act that one tells and another says was not done."""
    by_actor = _by(sides, lambda s: ((s.act.event, *name) for name in _names(s.act.actors)), lambda s: s.act.negated)
    for yes, no in by_actor:
        if not _may_answer(yes, no):
            continue
        fields = agreement(yes.seen, no.seen)
        undated = not (yes.act.first and no.act.first)
        parted = _parted(fields) - ({"polarity", "day"} if undated else {"polarity"})
        alike = fields["content"] in ("same", "near") or (
            yes.act.event not in _DEEDS and fields["recipient"] in ("same", "near")
        )
        if not parted and alike and _of_one_thing(yes.act, no.act) and points(fields) >= _ALIKE:
            values = ("stated", "denied") if no.act.negated else ("denied", "stated")
            yield _Pair(kind="polarity", first=(values[0], yes), second=(values[1], no))


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


def _charges(sides: Sequence[Side]) -> Iterator[_Pair]:
    """A charge, and what the accused says was not done."""
    told = [side for side in sides if side.act.negated != (side.act.event == "ACCUSE")]
    for one, other in _by(told, lambda s: _names(s.act.recipients if _is_charge(s) else s.act.actors), _is_charge):
        charge, denial = (one, other) if _is_charge(one) else (other, one)
        if abs(charge.day - denial.day) > _DENIED_WITHIN:
            continue
        accused, its = charge.act.recipients, denial.act.actors
        shared = (charge.act.words - charge.act.targets) & _denied(denial.act)
        if shared and _any_kin(accused, its) and not _any_kin(charge.act.actors, its):
            values = {id(charge): "alleged", id(denial): "denied"}
            yield _Pair(kind="polarity", first=(values[id(one)], one), second=(values[id(other)], other))


def _denied(act: Act) -> frozenset[str]:
    """Return the words of what is denied; a denial that says no more than 'we did not attack' answers a charge of an attack."""
    words = act.words | act.targets
    return words or (stems("attack") if act.event == "ASSAULT" else words)


def _is_charge(side: Side) -> bool:
    return side.act.event == "ACCUSE"


def _signers(sides: Sequence[Side]) -> Iterator[_Pair]:
    """One party signed a paper and did not, at the same time."""
    signing = [side for side in sides if _has_signed(side) is not None]
    for one, other in _by(signing, lambda side: _names(side.act.actors), _has_signed):
        if not _apart(one, other):
            continue
        fields = agreement(one.seen, other.seen)
        if _close(one, other) and fields["actor"] in ("same", "near") and fields["content"] != "differs":
            yield _Pair(kind="signer", first=(_signing(one), one), second=(_signing(other), other))


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


def _days_and_places(sides: Sequence[Side]) -> Iterator[_Pair]:
    """What is done once, told of two days or of two places."""
    once = [side for side in sides if any(mark.startswith(_ONCE) for mark in side.act.marks) and side.act.first]
    for one, other in _by(
        once, lambda side: ((side.act.event, mark, p.id) for mark in side.act.marks for p in side.act.actors)
    ):
        fields = agreement(one.seen, other.seen)
        same = fields["actor"] == "same" and fields["kind"] == "same" and abs(one.day - other.day) <= _PRINTED_APART
        if not same or not _apart(one, other):
            continue
        parted, days = _parted(fields), abs(one.seen.start - other.seen.start)
        if parted == {"day"} and _is_day(one.act) and _is_day(other.act) and days <= _DAYS_APART:
            yield _Pair(kind="day", first=(str(one.act.first), one), second=(str(other.act.first), other))
        elif parted == {"place"} and fields["day"] == "same":
            yield _Pair(kind="place", first=(one.act.place or "", one), second=(other.act.place or "", other))


def _is_day(act: Act) -> bool:
    return act.sharp and act.first == act.last


def _parted(fields: Fields) -> set[str]:
    return {name for name, agrees in fields.items() if agrees == "differs"}


def _apart(one: Side, other: Side) -> bool:
    return one.told.kept.origin != other.told.kept.origin


def _any_kin(parties: Iterable[Party], others: Sequence[Party]) -> bool:
    return any(kin(one, other) for one in parties for other in others)


def _names(parties: Iterable[Party]) -> Iterator[tuple[object, ...]]:
    for party in parties:
        first, *rest = party.id.split("-")
        army = ["the army"] if ARMY.search(party.id) else []
        yield from ((name,) for name in {party.id, first, *rest[-1:], *party.sides, *army})


def _who(side: Side) -> str:
    return ", ".join(party.id for party in side.act.actors)


# -- putting together


def _by(
    sides: Iterable[Side],
    keys: Callable[[Side], Iterable[tuple[object, ...]]],
    differ: Callable[[Side], object] | None = None,
) -> Iterator[tuple[Side, Side]]:
    """Yield each two sides that share a key, once: told within some weeks, and unlike in what ``differ`` gives."""
    blocks: dict[tuple[object, ...], dict[object, list[Side]]] = {}
    for side in sides:
        kind, week = differ(side) if differ else None, side.day // _DENIED_WITHIN
        mine = {(*key, at) for key in keys(side) for at in (week, week - 1)}
        found = [
            each
            for key in mine
            for other, listed in blocks.get(key, {}).items()
            if not differ or other != kind
            for each in listed
        ]
        yield from ((other, side) for other in {id(other): other for other in found}.values())
        for key in mine:
            if key[-1] == week:
                blocks.setdefault(key, {}).setdefault(kind, []).append(side)


def _grouped(pairs: Iterable[_Pair]) -> list[list[_Pair]]:
    """Return pairs of one kind that have a telling or an event in common together."""
    groups: list[tuple[set[str], list[_Pair]]] = []
    for pair in pairs:
        ids = {f"{pair.kind} {pair.of} {side.claim.event_id}" for _, side in (pair.first, pair.second)}
        mine = [group for group in groups if group[0] & ids]
        groups = [group for group in groups if not group[0] & ids]
        groups.append((ids.union(*(g[0] for g in mine)), [p for g in mine for p in g[1]] + [pair]))
    return [group for _, group in groups]


def _clash(pairs: Sequence[_Pair], place: dict[int, int]) -> Clash:
    told = {(value, place[id(side)]): side for pair in pairs for value, side in (pair.first, pair.second)}
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
    fullest = max(telling, key=lambda side: (len(side.act.words), -place[id(side)]))
    return Clash(kind=kind, of=of, about=_about(fullest), versions=versions)


def _about(side: Side) -> str:
    what = side.claim.content or side.claim.evidence.text
    where = side.claim.place.name if side.claim.place else None
    return f"{side.act.actors[0].id if side.act.actors else 'unknown'}: {what}" + (
        f" in {where}" if where and where not in what else ""
    )
