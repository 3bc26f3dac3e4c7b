"""Claims of one report that say the same thing are linked to one event; the fullest leads."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from dragoman.model import Claim, EventType, When
from dragoman.reading.cast import Cast


def link_events(claims: Sequence[Claim], cast: Cast) -> tuple[Claim, ...]:
    """Return the claims with event ids, doubles within a sentence taken out, in text order."""
    kept: list[Claim] = []
    for claim in claims:
        _keep(kept, claim)
    kept = _with_sides(kept)
    groups: dict[tuple[object, ...], list[_Group]] = {}
    for claim in kept:
        alike = groups.setdefault((claim.event, claim.negated, claim.status), [])
        group = next((g for g in alike[-_LOOK_BACK:] if g.fits(claim, cast)), None)
        if group is None:
            alike.append(_Group(claim))
        else:
            group.add(claim)
    leader = {c.id: g.leader.id for alike in groups.values() for g in alike for c in g.claims}
    return tuple(replace(claim, event_id=leader[claim.id]) for claim in kept)


class _Group:
    """Claims of one event: those that differ in what they are compared by, and the fullest of all."""

    def __init__(self, claim: Claim) -> None:
        self.claims, self.leader = [claim], claim
        self._told = {_compared(claim): claim}

    def fits(self, claim: Claim, cast: Cast) -> bool:
        """Return whether a claim tells the same as all that are here, of very many as the last."""
        if _compared(claim) in self._told:
            return True
        others = list(self._told.values()) if len(self._told) <= _LOOK_BACK else [*self._told.values()][-_LOOK_BACK:]
        return all(_same(claim, other, cast) for other in others)

    def add(self, claim: Claim) -> None:
        """Put a claim to those that tell the same."""
        self.claims.append(claim)
        self._told.setdefault(_compared(claim), claim)
        self.leader = max(self.leader, claim, key=_rank)


def _compared(claim: Claim) -> tuple[object, ...]:
    """Return what ``_same`` looks at beside event, negation and status."""
    return claim.actor, claim.recipient, claim.date, claim.content


def _keep(kept: list[Claim], claim: Claim) -> None:
    """Add a claim, unless it is the outcome or the double of one of its sentence."""
    here = [k for k in kept[-_LOOK_BACK:] if k.evidence.sentence == claim.evidence.sentence]
    act = next((k for k in here if _outcome(k, claim)), None)
    if act is not None:
        kept[kept.index(act)] = _with_outcome(act, claim)
        return
    double = next((k for k in here if _double(k, claim)), None)
    if double is None:
        kept.append(claim)
    elif _fullness(claim) > _fullness(double):
        kept[kept.index(double)] = claim


def _with_sides(claims: Sequence[Claim]) -> list[Claim]:
    """Return the claims, those of a truce that name no party ('the ceasefire took effect') with the parties told nearest to it."""
    telling: dict[int, tuple[str, tuple[str, ...]]] = {}
    for claim in claims:
        if len(sides := _sides(claim)) == 2:
            here = claim.evidence.sentence
            telling[here] = min(telling.get(here, (claim.id, sides)), (claim.id, sides))
    told = sorted(telling)
    return [_with_nearest(claim, told, telling) for claim in claims]


def _with_nearest(claim: Claim, told: Sequence[int], telling: Mapping[int, tuple[str, tuple[str, ...]]]) -> Claim:
    """Return a claim with the parties that the last sentence up to it names, else the next one."""
    if claim.actor or not told or not _marked(claim, ("ceasefire",)):
        return claim
    place = bisect_right(told, claim.evidence.sentence)
    return replace(claim, actor=telling[told[max(0, place - 1)]][1])


def _sides(claim: Claim) -> tuple[str, ...]:
    """Return whose truce a claim is about: who agrees or keeps it, or of whom it is demanded."""
    if not _marked(claim, ("ceasefire", "agreement", "signature")):
        return claim.recipient if claim.event is EventType.REQUEST and "ceasefire" in (claim.content or "") else ()
    if claim.event in (EventType.AGREE, EventType.SUPPORT, EventType.CONCEDE, EventType.RETREAT):
        return claim.actor
    return claim.recipient if claim.event is EventType.REQUEST else ()


def _marked(claim: Claim, kinds: tuple[str, ...]) -> bool:
    return any(mark.partition(".")[0] in kinds for mark in claim.marks)


def _outcome(act: Claim, claim: Claim) -> bool:
    """Return whether a claim tells what an act of the same sentence did: 'shelled the town, killing 12 people'."""
    return (
        act.evidence.sentence == claim.evidence.sentence
        and act.event is claim.event is EventType.ASSAULT
        and set(claim.actor) <= set(act.actor)
        and bool(claim.actor) == bool(act.actor)
        and (act.negated, act.status) == (claim.negated, claim.status)
        and claim.words.get("link") in ("adverbial", "conjunct")
        and claim.words.get("verb") in _OUTCOMES
        and act.words.get("verb") not in _OUTCOMES
        and act.words.get("form") != "noun"
        and _compatible(act.date, claim.date)
    )


def _with_outcome(act: Claim, claim: Claim) -> Claim:
    """Return the act with the victims that its outcome names."""
    recipient = tuple(dict.fromkeys((*act.recipient, *claim.recipient)))
    return replace(act, recipient=recipient, casualties=act.casualties or claim.casualties)


_LOOK_BACK = 300  # claims: a report of ordinary length is looked through whole
_SPOKEN = frozenset({EventType.REQUEST, EventType.REJECT, EventType.ACCUSE, EventType.THREATEN, EventType.AGREE})
_OUTCOMES = frozenset({"kill", "wound", "injure", "hurt", "maim", "destroy", "damage", "slay", "cut down", "leave"})


def _double(one: Claim, other: Claim) -> bool:
    """Return whether two claims of a sentence are one act told twice ('launched an attack that killed')."""
    if one.event is not other.event or one.negated != other.negated:
        return False
    if "noun" not in (one.words.get("form"), other.words.get("form")) and one.rule != other.rule:
        return False
    return set(one.actor) == set(other.actor) and (
        set(one.recipient) == set(other.recipient) or not one.recipient or not other.recipient
    ) and (one.status is other.status) and _compatible(one.date, other.date) and _shared_words(one, other)  # fmt: skip


def _shared_words(one: Claim, other: Claim) -> bool:
    told_of = one.event is EventType.SUPPORT and bool(one.recipient) and set(one.recipient) == set(other.recipient)
    return told_of or one.event.value in ("ASSAULT", "CONSULT", "PROTEST", "COERCE") or one.content == other.content


def _same(one: Claim, other: Claim, cast: Cast) -> bool:
    if one.event is not other.event or one.negated != other.negated or one.status is not other.status:
        return False
    return (
        _overlap(one.actor, other.actor, cast)
        and _overlap(one.recipient, other.recipient, cast)
        and _compatible(one.date, other.date)
        and not _different_content(one, other)
    )


def _overlap(one: Iterable[str], other: Iterable[str], cast: Cast) -> bool:
    first, second = set(one), set(other)
    if not first or not second:
        return not first and not second
    return first <= second or second <= first


def _compatible(one: When, other: When) -> bool:
    if one.earliest is None or other.earliest is None:
        return True
    return (one.latest is None or other.earliest <= one.latest) and (
        other.latest is None or one.earliest <= other.latest
    )


def _different_content(one: Claim, other: Claim) -> bool:
    if one.content is None or other.content is None:
        return one.event in _SPOKEN and one.content != other.content
    first, second = _stems(one.content), _stems(other.content)
    return bool(first) and bool(second) and len(first & second) / min(len(first), len(second)) < 0.34


def _stems(text: str) -> set[str]:
    return {word.strip(".,'\"")[:5].lower() for word in text.split() if len(word) > 3}


def _fullness(claim: Claim) -> int:
    return (
        2 * len(claim.actor) + 2 * len(claim.recipient) + (claim.date.earliest is not None) + (claim.place is not None)
        + bool(claim.content) + bool(claim.condition) + bool(claim.means) + bool(claim.casualties)
    )  # fmt: skip


def _rank(claim: Claim) -> tuple[int, int, str]:
    return _fullness(claim), -claim.evidence.sentence, claim.id
