"""Sentences that tell of talks by name: called off, over, under way, ahead, asked for; where, when and between whom."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import lru_cache

from dragoman.model import Evidence, Kind, When, Where
from dragoman.process.facts import Facts, known, overlapping
from dragoman.reading.when import find_times, resolve_named
from dragoman.reading.where import default_gazetteer, to_where

_W = r"(?:[\w’'-]+ )"
_NO = re.compile(r"\b(?:not|never|n't|no)\b[^.;]{0,25}\Z")
_MEETERS = (
    r"(?<!whose )\b(?:parties|sides|delegations|negotiators|delegates|rivals|envoys|ministers|teams|pair|camps|commanders|generals"
    r"|presidents|leaders|representatives|governments|two countries|neighbours)"
)
_MEET = re.compile(
    rf"{_MEETERS} (?P<tense>(?:are|were|is|was) (?:still |now |also )?(?:due |expected |set |scheduled )?to (?:meet|reconvene|sit down)"  # noqa: E501
    r"|(?:are|were) (?:due |expected |set |scheduled )?to (?:start|begin|resume) (?:discussing|talking|negotiating)"
    r"|(?:(?:have|had) )?agreed to (?:meet|reconvene|sit down)|will (?:meet|reconvene|sit down|start discussing)|would meet"
    r"|(?:first |last |had )?met)\b"
)
_EXPECTED = re.compile(
    r"\b(?:delegates|delegations|negotiators|representatives|teams|envoys) [^.;]{0,80}?(?:are|were) (?:still |now |both )?"
    r"(?:expected|due|awaited) (?=(?:at|in) )",
    re.IGNORECASE,
)
_TRIP = re.compile(
    r"\b(?:flew|travelled|traveled|went|drove|came|journeyed) to (?P<trip>[^.;]{3,60}?) for (?:[\w’'-]+ ){0,4}\Z"
)
_WISH = re.compile(
    r"\b(?:want(?:s|ed)?|urged|invited|asked|proposed that|suggested that) (?:the (?:two|pair|sides|parties|rivals)|both|them)"
    r"[^.;,]{0,30}? (?:meet|sit down|reconvene)\b"
)
_PHONE = re.compile(
    r"\b(?:phone call|telephone call|by (?:tele)?phone|on the (?:tele)?phone|over the (?:tele)?phone|telephone conversation)\b"
)
_DUE_FOR = re.compile(rf"\b(?:due|expected|scheduled)\b[^.;]{{0,40}} for {_W}{{0,4}}\Z")
_TRAVEL = re.compile(
    r"\b(?:will|would|is (?:due |set |expected |scheduled )?to|are (?:due |set |expected |scheduled )?to|due to) "
    r"(?:travel|fly|go|head|return|come) to (?P<trip>[^.;]{3,90}?) for (?:[\w’'-]+ ){0,4}\Z"
)
_JUST_HELD = re.compile(r"\bafter (?:hosting|holding|leading|chairing|mediating) (?:[\w’'-]+ ){0,3}\Z")
_TALKED = re.compile(r"\bhad (?:talked|negotiated|been talking|been negotiating) (?=for\b|in\b|since\b)")
_SHUTTLE = re.compile(r"\b(?:going back and forth|shuttl(?:ed|ing)) (?=between)")
_COME = re.compile(
    r"\b(?:call(?:ed|s)? on|urged?|invit(?:ed|es)|asked|directed|ordered|told) [^.;,]{2,40}? to (?:come|return|go back) (?=to [A-Z])"
)
_ARRIVED = re.compile(
    r"\b(?:delegation|delegates|negotiators|team)s?\b[^.;]{0,40}?\b(?:arrived|gathered|flown|waiting|staying|unpacked) (?:in|at|to) "
    r"(?:the (?:[\w-]+ ){0,3}(?:city|town|resort|port|capital) of )?(?P<place>(?:[A-Z])[\w’-]+(?: [A-Z][\w’-]+)?)"
)
_ORDER = ("cancelled", "ended", "planned", "proposed", "held")
_REACH = {"cancelled": 90, "ended": 100, "planned": 60, "held": 60}
_RANK = ("cancelled", "ended", "held", "planned", "proposed")
_AHEAD = frozenset({"planned", "proposed", "cancelled"})
_SIDES = frozenset({Kind.PERSON, Kind.ARMED_GROUP, Kind.IGO, Kind.MEDIA, Kind.GOVERNMENT})
_MONTH = re.compile(r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)")
_ORDINAL = re.compile(
    r"\b(first|second|third|fourth|fifth|sixth|next|last|another|further|new|fresh|rounds)\b", re.IGNORECASE
)
_NAME = r"((?:[A-Z]|al-)[\w’-]+(?:[ -](?:[A-Z]|al-|es |de )[\w’-]+){0,2})"
_IN = re.compile(
    r"(?:\b(?:in|at|near|from)|\Ato) (?:the |a )?"
    r"(?:(?:[\w-]+ ){0,4}(?:city|town|resort|village|port|shore|capital)(?:,| of| on)? )?"
    rf"(?:the )?{_NAME}(?![\w’-])(?! (?:capital|city|resort|town|port))"
)
_TO = re.compile(rf"to (?:the (?:[\w-]+ ){{0,4}}(?:of )?)?{_NAME}")
_SHORE = re.compile(rf"\bon the shores? of {_NAME}")
_OFF = re.compile(r";|\.(?=\s+[A-Z\"“])|\.\Z|\b(?:said|told|where|when|who|whose|whom)\b")
_ASIDE = re.compile(r"\b(?:that|which) (?!(?:is|are|was|were|has|had) )")
_TO_OPEN = re.compile(
    r"\b(?:(?:were|was|are|is) (?:due |set |scheduled |planned |to )|planned|scheduled|due|proposed)\b.*"
)
_OPENED = re.compile(r"\A (?:that|which) [^.;,]{0,40}\b(?:opened|began|started|held)\b")
_WHERE = re.compile(rf"\b(?:in|at) (?:the [\w -]{{0,30}}? of )?{_NAME}, where [^,;.]{{0,20}}\Z")
_SIGNED_IN = re.compile(
    rf"\b(?:sign(?:ed|s)?|names?|initialled|announced|concluded) [^.;]{{0,70}}?"
    rf"\bin (?:the [\w-]+ (?:city|town|resort|port) of )?{_NAME}"
)
_HERE = re.compile(r"\bthe (?:[\w-]+ ){0,3}(?:capital|resort|city|town|palace|hotel)\b")
_PUT_TO = re.compile(
    r"\b(?:put back|moved back|moved|shifted|brought forward|rescheduled) (?:[a-z]+ )?(?P<new>(?:to|until|till|for) [A-Z][^.;]{2,40})"
)
_DAY_OF = re.compile(r"\b(?:the|a) (?:first|second|third|fourth|fifth|sixth|final|last) day of (?:[\w-]+ ){0,3}\Z")
_CLOSE_OF = re.compile(
    r"\bat the (?:close|end) of (?:(?P<days>two|three|four|five|six|seven) days of )?(?:[\w-]+ ){0,3}\Z"
)
_DAYS = ("two", "three", "four", "five", "six", "seven")
_ELSEWHERE = re.compile(r"\b(?:war|wars|conflict|fighting|crisis|violence|peace|bloodshed) \Z")
_BETWEEN = re.compile(r"\A(?:(?! on )[^.;,]){0,40} between ([^.;]{3,90})")
_WITH = re.compile(r"\A(?: [\w-]+){0,2} with ([^.;,]{3,60})")


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldTalks:
    """Talks as one or more sentences tell of them; ``named``: whether the text itself says between whom."""

    status: str
    name: str
    ordinal: str | None
    place: Where | None
    date: When
    parties: tuple[str, ...]
    named: bool
    evidence: Evidence
    sentences: tuple[int, ...]


def told_talks(facts: Facts) -> tuple[ToldTalks, ...]:
    """Return the talks that sentences tell of, each once."""
    return facts.once(_told_in_all)


def _told_in_all(facts: Facts) -> tuple[ToldTalks, ...]:
    groups: list[ToldTalks] = []
    for sentence in facts.sentences:
        told = _told(sentence, facts)
        if told is None:
            continue
        home = next((at for at in reversed(range(len(groups))) if _same(groups[at], told)), None)
        if home is None:
            groups.append(told)
        else:
            groups[home] = _joined(groups[home], told)
    found = [_placed(told, facts) for told in groups]
    first = next((told.place for told in found if told.place), None)
    return tuple(
        replace(told, place=first) if not told.place and facts.has(told.evidence.text, "same_place") else told
        for told in found
    )


def _placed(told: ToldTalks, facts: Facts) -> ToldTalks:
    """Return talks that are over with the dateline's place, where the report opens with them or points at where it is."""
    if told.place is not None or told.status != "ended" or not facts.filed or (known(told.date) and told.ordinal):
        return told
    here = min(told.sentences) <= 3 or any(
        _HERE.search(s.text) for number in told.sentences for s in facts.near(number)
    )
    return replace(told, place=_where(facts.filed.split(",")[0])) if here else told


def _told(sentence: Evidence, facts: Facts) -> ToldTalks | None:
    """Return the talks of a sentence by the first of their names of which it tells a state."""
    text = sentence.text
    for named in facts.every(text, "told_talks"):
        before, after = text[: named.start()], text[named.end() :]
        status = _status(before, after, facts)
        loose = named.group().lower() == "meeting" or named.group().lower().endswith("summit")
        if loose and status not in ("proposed", "cancelled"):
            continue
        if status is None or facts.has(text[max(0, named.start() - 20) : named.end()], "not_talks"):
            continue
        word = _word(sentence, named, status, facts)
        if named.group().lower() != "meeting" or status == "cancelled" or known(word.date) or word.place:
            return word
    for words, status in (
        (_COME, "proposed"), (_WISH, "proposed"), (_MEET, "held"), (_EXPECTED, "planned"), (_TALKED, "ended"), (_SHUTTLE, "held"),
    ):  # fmt: skip
        match = words.search(text)
        if match is not None:
            ahead = words is _MEET and "met" not in match.group("tense").split()
            return _word(sentence, match, "planned" if ahead else status, facts)
    return _by_phone(sentence, facts)


def _by_phone(sentence: Evidence, facts: Facts) -> ToldTalks | None:
    """Return the call in which two people of different sides spoke: 'the president and the premier agreed by telephone'."""
    match = _PHONE.search(sentence.text)
    if match is None or len(facts.pair) != 2 or re.search(r"\btold\b", sentence.text):
        return None
    named = facts.ids_between(sentence.start, sentence.start + match.start())
    people = tuple(i for i in named if facts.kind(i) is Kind.PERSON)[:2]
    if set(facts.sided(people)) != set(facts.pair) or not re.search(r"\band\b", sentence.text[: match.start()]):
        return None
    return replace(
        _word(sentence, match, "held", facts),
        parties=people,
        named=True,
        date=facts.time_in(sentence.text, "at", ahead=False) or When(),
    )


def _word(sentence: Evidence, named: re.Match[str], status: str, facts: Facts) -> ToldTalks:
    before, after = sentence.text[: named.start()], sentence.text[named.end() :]
    parties, explicit = _parties(sentence, named, facts)
    clause = before[max(before.rfind(", "), before.rfind("; "), 0) :]
    ordinal = _ORDINAL.search(clause[-14:] + named.group())
    told = _before_it(sentence, before, facts) if status == "cancelled" else None
    return ToldTalks(
        status=status,
        name=named.group() if facts.has(named.group(), "told_talks") else "talks",
        ordinal=ordinal.group(1).lower() if ordinal else None,
        place=_place(before, after, facts) or _place_told_near(sentence, status, before, facts),
        date=_date(before, after, status, facts) if told is None else _day_in(told.text, facts),
        parties=parties,
        named=explicit,
        evidence=sentence,
        sentences=(sentence.sentence,),
    )


def _status(before: str, after: str, facts: Facts) -> str | None:
    """Return the state of talks by the words before and after their name, or None where none is told."""
    if facts.has(before[-40:], "talks_refused"):
        return None
    if _DAY_OF.search(before):
        return "held"
    if _JUST_HELD.search(before) or _TRIP.search(before):
        return "held"
    found = set()
    for status in _ORDER:
        match = _leading(before, status, facts)
        if match is not None and status == "cancelled" and _NO.search(before[: match.start()]):
            return "held"
        if match is not None and not _NO.search(before[: match.start()]):
            found.add(status)
    if _DUE_FOR.search(before):
        found.add("planned")
    if _OPENED.match(after):
        return "held"
    rest = _OFF.split(after)[0]
    found |= {status for status, reach in _REACH.items() if _follows(rest, f"talks_after_{status}", reach, facts)}
    if _PUT_TO.search(rest):
        return "planned"
    if re.search(r"\A[^.;]{0,110},? (?:is|are) (?:now )?(?:off|cancelled)\b", after):
        found.add("cancelled")
    if "proposed" in found and re.search(r"\bpropos\w+ for\b", after):
        return "proposed"
    return next((status for status in _ORDER if status in found), None)


def _leading(before: str, status: str, facts: Facts) -> re.Match[str] | None:
    """Return the words that lead up to the name of talks and tell that state: 'called off a round of'."""
    if status == "planned":
        return _ends_in(facts.pattern("talks_setting"), facts.pattern("talks_joining")).search(
            before
        ) or _TRAVEL.search(before)
    return _ends_in(facts.pattern(f"talks_before_{status}")).search(before)


@lru_cache(maxsize=64)
def _ends_in(first: re.Pattern[str], second: re.Pattern[str] | None = None) -> re.Pattern[str]:
    """Return a pattern for a text that ends in words of one list, or of two, and up to five more."""
    both = f"{first.pattern} (?:also )?{second.pattern}" if second else first.pattern
    return re.compile(rf"{both} {_W}{{0,5}}\Z", re.IGNORECASE)


def _follows(after: str, name: str, reach: int, facts: Facts) -> bool:
    """Return whether words of a list follow the name of talks within reach, in the same sentence."""
    found = facts.where(after, name)
    return (
        found is not None
        and found.start() <= reach
        and not re.search(r"\b(?:nearly|almost) \Z", after[: found.start()])
    )


def place_in(text: str, facts: Facts) -> Where | None:
    """Return the place that a text names after 'in', 'at' or 'to': one of the gazetteer, or one that is nobody's name."""
    for found in re.finditer(rf"\b(?:in|at|to|into) (?:the (?:[\w-]+ ){{0,4}}(?:of )?)?{_NAME}", text):
        place = default_gazetteer().look_up(found.group(1))
        if place is not None or not _is_time_or_side(found.group(1), facts):
            return _where(found.group(1))
    return None


def _place(before: str, after: str, facts: Facts) -> Where | None:
    """Return where talks are: 'talks in Sochi', 'the Sochi talks', 'on the shore of Lake Ohrid'."""
    near = _OFF.split(after)[0][:90]
    trip = _TRAVEL.search(before) or _TRIP.search(before)
    if trip is not None and (going := _TO.match(f"to {trip.group('trip')}")):
        near = f"in {going.group(1)}"
    within = (m for m in _IN.finditer(near) if not _ELSEWHERE.search(near[: m.start()]))
    match = _SHORE.search(near) or next(within, None) or _WHERE.search(before)
    if match is None and (
        due := re.search(
            rf"\b(?:due|expected|scheduled)[^.;,]{{0,15}} in {_NAME}[^.;,]{{0,20}} for {_W}{{0,3}}\Z", before
        )
    ):
        match = due
    own = re.search(rf"{_NAME} (?:peace |ceasefire )?\Z", before)
    for found in (match, own):
        if found is None:
            continue
        name = re.sub(r"^(?:The|Late|Early) ", "", found.group(1))
        place = default_gazetteer().look_up(name)
        fits = found is match or (
            place.feature != "country" if place else f"in {name}" in facts.text and not _is_state(name, facts)
        )
        if fits and (place is not None or not _is_time_or_side(name, facts)):
            return _where(name)
    return None


def _before_it(sentence: Evidence, before: str, facts: Facts) -> Evidence | None:
    """Return the sentence that tells of 'that meeting' or 'those talks', the one before."""
    if not re.fullmatch(r"(?:But |And )?(?:That|This|Those|These) (?:[a-z-]+ )?", before):
        return None
    return next(iter(facts.near(sentence.sentence - 1)), None)


def _place_told_near(sentence: Evidence, status: str, before: str, facts: Facts) -> Where | None:
    """Return the place of 'those talks' by the sentence before; that of a signing near talks that are over."""
    near = facts.near(sentence.sentence, 2)
    if (told := _before_it(sentence, before, facts)) and (place := place_in(told.text, facts)):
        return place
    if re.search(r"\b[Tt]hose \Z", before):
        last = next((s.text for s in near if s.sentence == sentence.sentence - 1), "")
        for named in facts.every(last, "told_talks"):
            return _place(last[: named.start()], last[named.end() :], facts)
    for text in (s.text for s in near):
        match = _ARRIVED.search(text)
        if match is not None and not _is_time_or_side(match.group("place"), facts):
            return _where(match.group("place"))
    if status != "ended":
        return None
    for text in (s.text for s in near):
        match = _SIGNED_IN.search(text)
        if match is not None and not _is_time_or_side(match.group(1), facts):
            return _where(match.group(1))
    return None


def _where(name: str) -> Where:
    """Return the place of that name as the gazetteer has it, else by its name alone."""
    place = default_gazetteer().look_up(name)
    return to_where(place, name) if place else Where(name=name, code=None, lat=None, lon=None, text=name)


def _is_time_or_side(name: str, facts: Facts) -> bool:
    """Return whether a name is a day or month, or that of a person, group or body."""
    if find_times(f"in {name}") or find_times(f"on {name}") or _MONTH.fullmatch(name):
        return True
    return not facts.kinds_of(name).isdisjoint(_SIDES)


def _is_state(name: str, facts: Facts) -> bool:
    """Return whether a name that no gazetteer has is that of a country: 'the Ostra talks' are not held in it."""
    return Kind.STATE in facts.kinds_of(name, alone=True)


def _date(before: str, after: str, status: str, facts: Facts) -> When:
    """Return the day of talks that stands behind their name: 'talks in Sochi on Thursday', 'planned for Feb. 22'."""
    near = _OFF.split(after)[0][:90]
    put_to = _PUT_TO.search(_OFF.split(after)[0])
    if put_to is not None:
        return _day_in(re.sub(r"\A\w+", "on", put_to.group("new")), facts)
    if (during := _DAY_OF.search(before) or _CLOSE_OF.search(before)) is not None:
        return _last_days(before[: during.start()], during, facts)
    ahead = _TO_OPEN.search(near)
    if status == "cancelled":
        near = ahead.group() if ahead else ""
    elif ahead is None:
        near = _ASIDE.split(near)[0]
    if due := re.search(r"\b(?:due|expected|scheduled) [^.;,]{3,40} for (?:[\w-]+ ){0,3}\Z", before):
        near = due.group()
    if trip := _TRAVEL.search(before) or _TRIP.search(before):
        near = trip.group("trip")
    for phrase in find_times(near):
        if phrase.role != "at" or phrase.word == "after":
            continue
        when = resolve_named(phrase, facts.day, past=status not in _AHEAD)
        if known(when):
            return when
    return When()


def _last_days(before: str, during: re.Match[str], facts: Facts) -> When:
    """Return the day named before 'the second day of talks'; of 'the close of three days of talks' all three."""
    days = [facts.time_in(before[p.start : p.end], "at", ahead=False) for p in find_times(before) if p.role == "at"]
    last = next((day for day in reversed(days) if day is not None), None)
    length = during.groupdict().get("days")
    if last is None or last.latest is None or length is None:
        return last or When()
    return replace(last, earliest=last.latest - timedelta(days=_DAYS.index(length) + 1))


def _day_in(text: str, facts: Facts) -> When:
    """Return the first day or days that a text sets for a meeting that was to come."""
    phrases = [p for p in find_times(text) if p.role in ("at", "range", "from") and p.word not in ("after", "since")]
    return next((when for p in phrases if known(when := resolve_named(p, facts.day, past=False))), When())


def _parties(sentence: Evidence, named: re.Match[str], facts: Facts) -> tuple[tuple[str, ...], bool]:
    """Return between whom the text says that talks are: 'between A and B', 'with B' and who has them."""
    after = sentence.text[named.end() :]
    base = sentence.start + named.end()
    between = _BETWEEN.match(after)
    if between is not None:
        named_here = facts.ids_between(base + between.start(1), base + between.end(1))
        people = tuple(i for i in named_here if facts.kind(i) is Kind.PERSON)
        if len(people) == 2:
            return people, True
        ids = _sides(named_here, facts)
        return ids[:2] if len(ids) > 1 else ids, len(ids) > 1
    with_whom = _WITH.match(after)
    if with_whom is not None:
        met = facts.ids_between(base + with_whom.start(1), base + with_whom.end(1))
        mine = facts.ids_between(sentence.start, sentence.start + named.start())
        if met and facts.kind(met[0]) is Kind.PERSON and mine and facts.kind(mine[0]) is Kind.PERSON:
            return (mine[0], met[0]), True
        others, own = _sides(met, facts), _sides(mine, facts)
        if len(facts.pair) == 2 and set(facts.pair) <= set(own):
            return facts.pair, True
        ids = tuple(dict.fromkeys([*own[:1], *others[:1]]))
        return ids, len(ids) > 1
    return (), False


def _sides(identities: tuple[str, ...], facts: Facts) -> tuple[str, ...]:
    found = facts.parties(facts.sided(identities))
    return tuple(i for i in found if not facts.is_nobody(i) and facts.kind(i) is not Kind.IGO)


def _same(one: ToldTalks, other: ToldTalks) -> bool:
    """Return whether two sentences tell of the same talks: nothing sets them apart, and they are near or at one place."""
    if one.place and other.place and one.place.name != other.place.name:
        return False
    if known(one.date) and known(other.date) and not overlapping(one.date, other.date):
        return False
    if one.ordinal and other.ordinal and one.ordinal != other.ordinal:
        return False
    if "rounds" in (one.ordinal, other.ordinal) and one.ordinal != other.ordinal:
        return False
    if one.named and other.named and set(one.parties).isdisjoint(other.parties):
        return False
    if {one.status, other.status} == {"cancelled", "ended"}:
        return bool(one.place and other.place)
    return (one.status in _AHEAD) == (other.status in _AHEAD) or "cancelled" in (one.status, other.status)


def _joined(one: ToldTalks, other: ToldTalks) -> ToldTalks:
    status = min((one.status, other.status), key=_RANK.index)
    lead = one if one.place or not other.place else other
    return replace(
        one,
        status=status,
        ordinal=one.ordinal or other.ordinal,
        place=one.place or other.place,
        date=one.date if known(one.date) else other.date,
        parties=one.parties if one.named else other.parties or one.parties,
        named=one.named or other.named,
        evidence=lead.evidence,
        sentences=(*one.sentences, *other.sentences),
    )
