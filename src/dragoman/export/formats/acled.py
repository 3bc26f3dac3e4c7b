"""ACLED-like: violence, protests and strategic developments in ACLED's columns. It is no data of ACLED's (docs/formats/acled.md)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, BinaryIO

from dragoman.export.content import Content, Event, Telling
from dragoman.export.formats.acled_types import (
    CIVILIANS,
    PROTESTERS,
    RIOTERS,
    Encounter,
    Typed,
    Types,
    acled_types,
    unarmed_in,
)
from dragoman.export.formats.cameo_codes import cameo_codes
from dragoman.export.formats.common import (
    TRACE,
    Days,
    days_of,
    first_known,
    happened,
    iso,
    trace,
    when_of,
    where_of,
    who_all,
    write_csv,
)
from dragoman.export.formats.killed import killed
from dragoman.export.formats.nations import nation_of
from dragoman.export.formats.places import feature_of
from dragoman.model import Claim, EventType, Status, Where

ACLED = (
    "event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type", "sub_event_type", "actor1",
    "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2", "interaction", "civilian_targeting", "iso", "region",
    "country", "admin1", "admin2", "admin3", "location", "latitude", "longitude", "geo_precision", "source",
    "source_scale", "notes", "fatalities", "tags", "timestamp",
)  # fmt: skip
"""ACLED's columns in its order."""

COLUMNS = (*ACLED, *TRACE)

_PRECISION = {"day": 1, "week": 2, "month": 3}
_REMOTE = "Explosions/Remote violence"
_VIOLENCE = "Violence against civilians"
_IN_WORDS = (EventType.AGREE, EventType.SUPPORT, EventType.CONSULT)
_GEO = {"city": 1, "region": 3}

Row = dict[str, Any]


def write(content: Content, out: BinaryIO) -> None:
    """Write the events that ACLED would hold; unknown is empty."""
    write_csv(out, COLUMNS, acled_rows(content))


def acled_rows(content: Content) -> Iterator[Row]:
    """Yield the rows by name of column, event by event."""
    types = acled_types()
    for event in content.events:
        told = tuple(each for each in happened(event) if not _is_vague(each))
        row = _row(event, told, types, content) if told else None
        if row is not None:
            yield row


def _is_vague(telling: Telling) -> bool:
    """Return whether a claim tells of more days than a month has, or is background of which no day is known."""
    days = days_of(telling.claim.date)
    if days is None:
        return telling.claim.status is Status.HISTORICAL
    return days.grain not in _PRECISION


def _row(event: Event, told: tuple[Telling, ...], types: Types, content: Content) -> Row | None:
    lead, where = told[0], where_of(told)
    encounter = _encounter(lead, where, types, content)
    sub = types.sub_of(lead.claim, encounter)
    if sub is None:
        return None
    dead = killed(told)
    if sub == "Protest with intervention" and dead:
        sub = "Excessive force against protesters"
    kind, disorder = types.sub.get(sub, ("", "Political violence"))
    return {
        "event_id_cnty": f"{(where.code if where else None) or ''}{event.id}",
        **_day(days_of(when_of(told))),
        "disorder_type": disorder,
        "event_type": kind,
        "sub_event_type": sub,
        **_actors(lead.claim, sub, kind, encounter, types, where),
        "civilian_targeting": "Civilians targeted" if _meets_civilians(kind, sub, encounter) else None,
        **_place(where),
        "source": "; ".join(dict.fromkeys(each.coded.report.outlet for each in told if each.coded.report.outlet)),
        "notes": lead.claim.evidence.text,
        "fatalities": dead,
        "tags": "; ".join(_tags(event, told)),
        **trace(told),
    }


# -- who


def _encounter(lead: Telling, where: Where | None, types: Types, content: Content) -> Encounter:
    claim = lead.claim
    acting, met = claim.actor, claim.recipient
    if claim.event is EventType.ASSAULT and cameo_codes().is_mutual(claim):
        acting, met = claim.actor[:1], claim.actor[1:]
    violent = claim.event in (EventType.ASSAULT, EventType.COERCE)
    # who signs a paper abroad is no force from outside there
    nation = where.code if where and where.code and claim.event not in _IN_WORDS else None
    return Encounter(
        actors=tuple(Typed(who=w, type=types.type_of(w, nation)) for w in who_all(acting, lead, content)),
        targets=tuple(Typed(who=w, type=types.type_of(w, nation, target=violent)) for w in who_all(met, lead, content)),
        unarmed=unarmed_in(claim.casualties),
    )


def _actors(claim: Claim, sub: str, kind: str, encounter: Encounter, types: Types, where: Where | None) -> Row:  # noqa: PLR0913
    """Return the columns of actors. Protesters, rioters and civilians go by the name of their type, their own beside it."""
    one, other = _sides(claim, sub, kind, encounter)
    first, second = _side(one, where), _side(other, where)
    known = (not one or first[2]) and (not other or second[2])
    return {
        "actor1": first[0],
        "assoc_actor_1": first[1],
        "inter1": first[2],
        "actor2": second[0],
        "assoc_actor_2": second[1],
        "inter2": second[2],
        "interaction": types.interaction(first[2], second[2]) if known else None,
    }


def _sides(claim: Claim, sub: str, kind: str, encounter: Encounter) -> tuple[tuple[Typed, ...], tuple[Typed, ...]]:
    """Return who stands on either side, with the type that the event gives them."""
    if claim.event is EventType.PROTEST:
        return _as(RIOTERS if kind == "Riots" else PROTESTERS, encounter.actors), encounter.targets
    if sub in ("Protest with intervention", "Excessive force against protesters"):
        return encounter.actors, _as(PROTESTERS, encounter.targets)
    if claim.event in (EventType.ASSAULT, EventType.COERCE):
        return encounter.actors, _as(CIVILIANS, encounter.targets) if kind == _VIOLENCE else encounter.targets
    everybody = (*encounter.actors, *encounter.targets)
    return everybody[:1], everybody[1:]


def _as(kind: str, side: Iterable[Typed]) -> tuple[Typed, ...]:
    return tuple(Typed(who=each.who, type=kind) for each in side)


def _side(side: Sequence[Typed], where: Where | None) -> tuple[str | None, str | None, str | None]:
    """Return the name, the names beside it, and the type of a side."""
    if not side:
        return None, None, None
    names, kind = [each.who.name for each in side], side[0].type
    if kind in (RIOTERS, PROTESTERS, CIVILIANS):
        nation = nation_of(where.code if where and where.code else side[0].who.nation)
        return f"{kind} ({nation.name})" if nation else kind, "; ".join(names), kind
    return names[0], "; ".join(names[1:]) or None, kind


def _meets_civilians(kind: str, sub: str, encounter: Encounter) -> bool:
    if kind == _VIOLENCE or sub == "Excessive force against protesters":
        return True
    return kind == _REMOTE and (any(each.type == CIVILIANS for each in encounter.targets) or encounter.unarmed)


# -- when and where


def _day(days: Days | None) -> Row:
    """Return the columns of the day: of a week or a month the day in the middle, as ACLED has it."""
    if days is None:
        return {}
    return {
        "event_date": iso(days.middle),
        "year": days.middle.year,
        "time_precision": _PRECISION.get(days.grain),
    }


def _place(where: Where | None) -> Row:
    if where is None:
        return {}
    nation, feature = nation_of(where.code), feature_of(where)
    row: Row = {"iso": nation.numeric, "region": nation.region, "country": nation.name} if nation else {}
    if feature == "country":
        return row
    name = "admin1" if feature == "region" else "location"
    return {
        **row,
        name: where.name,
        "latitude": where.lat,
        "longitude": where.lon,
        "geo_precision": _GEO.get(feature or ""),
    }


def _tags(event: Event, told: Sequence[Telling]) -> Iterator[str]:
    denials = sum(each.claim.negated for each in event.tellings)
    if denials:
        yield f"denied in {denials} of {len(event.tellings)} claims"
    if all(each.claim.hedged for each in told):
        yield "hedged"
    if first_known(told, lambda claim: claim.date.earliest) is None:
        yield f"day not stated, reported {iso(told[0].coded.report.published) or 'on an unknown day'}"
