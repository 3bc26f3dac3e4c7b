"""Talks from claims and talks from sentences -> the talks of the record, each once."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.model import Kind
from dragoman.process.facts import Facts, known, overlapping
from dragoman.process.records import Talks
from dragoman.process.standing import sorted_records, standing_on
from dragoman.process.talks_told import ToldTalks, told_talks

_NEAR = 3
_AHEAD = frozenset({"planned", "proposed", "cancelled", "postponed"})


def joined_talks(met: Sequence[Talks], facts: Facts) -> tuple[Talks, ...]:
    """Return the talks that claims tell of (``met``), set right by the sentences that name talks, and those only named."""
    told = told_talks(facts)
    if not facts.sentences:
        return tuple(met)
    rest = list(met)
    found = []
    for talks in told:
        mine = [entry for entry in rest if _is_same(entry, talks)]
        rest = [entry for entry in rest if entry not in mine]
        entry = _joined(talks, mine, facts)
        if entry.parties or entry.place or known(entry.date):
            found.append(entry)
    found += [entry for entry in rest if _stands_alone(entry, facts)]
    return sorted_records(found)


def _is_same(entry: Talks, told: ToldTalks) -> bool:
    """Return whether claims and sentences tell of the same talks: in a common sentence, or at one place and time."""
    if set(entry.sentences) & set(told.sentences):
        return True
    both = entry.place is not None and told.place is not None and entry.place.name == told.place.name
    apart = known(entry.date) and known(told.date) and not overlapping(entry.date, told.date)
    if both and not apart and (entry.status in _AHEAD) == (told.status in _AHEAD):
        return True
    near = min(abs(n - m) for n in entry.sentences for m in told.sentences) <= _NEAR
    half = (entry.place is None) != (told.place is None)
    return near and half and not apart and entry.status == told.status


def _joined(told: ToldTalks, mine: Sequence[Talks], facts: Facts) -> Talks:
    """Return the talks of a sentence with what claims add: day, hosts, mediators, who takes part."""
    aside = {i for e in mine for i in (*e.mediators, *e.declined, *([e.host] if e.host else []))}
    met = [e.parties for e in mine if len(e.parties) > 1]
    people = next((ids for ids in met if all(facts.kind(i) is Kind.PERSON for i in ids)), met[0] if met else ())
    parties = told.parties if told.named else _between(people, aside, facts)
    key = ("talks", told.place.name if told.place else None, *parties)
    base = standing_on(key, told.evidence)
    first = mine[0] if mine else None
    if first is not None:
        base["claims"] = tuple(dict.fromkeys(i for e in mine for i in e.claims))
        base["contrary"], base["speakers"], base["hedged"] = first.contrary, first.speakers, first.hedged
    base["sentences"] = tuple(sorted({*told.sentences, *(n for e in mine for n in e.sentences)}))
    dates = [e.date for e in mine if known(e.date) and _over(e.status) == _over(told.status)]
    return Talks(
        name=max([told.name, *(e.name for e in mine)], key=len),
        place=told.place or next((e.place for e in mine if e.place and _over(told.status) == _over(e.status)), None),
        date=told.date if known(told.date) or not dates or told.status == "cancelled" else dates[0],
        format=next((e.format for e in mine if e.format), None),
        status=told.status,
        host=next((e.host for e in mine if e.host), None),
        mediators=tuple(dict.fromkeys(i for e in mine for i in e.mediators)),
        parties=parties,
        declined=tuple(dict.fromkeys(i for e in mine for i in e.declined)),
        outcome=next((e.outcome for e in mine if e.outcome), None),
        **base,
    )


def _over(status: str) -> str:
    """Return a state of talks, those that ended being of those that were held."""
    return "held" if status == "ended" else status


def _between(people: tuple[str, ...], aside: set[str], facts: Facts) -> tuple[str, ...]:
    """Return between whom talks are: heads of state for themselves, else the two sides of the war, else who met."""
    heads = tuple(i for i in people if facts.kind(i) is Kind.PERSON and facts.is_head(i))
    if len(heads) > 1 and len(heads) == len(people):
        return heads
    return tuple(i for i in facts.pair if i not in aside) or people


def _stands_alone(entry: Talks, facts: Facts) -> bool:
    """Return whether a meeting that no sentence calls talks is one: it is told of as talking, and by whom, where or when."""
    people = {*entry.parties, *entry.declined}
    told = facts.has(entry.evidence.text, "talking") and (entry.place is not None or known(entry.date))
    return told and len(people) > 1
