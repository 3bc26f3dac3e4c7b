"""FollowTheMoney JSON lines: entities with a schema and properties; memberships and posts tie them together."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from dragoman.model import Kind
from dragoman.rulebook.countries import ALPHA3, COUNTRIES
from dragoman.rulebook.drafts import Draft, Taken, clean

_KINDS = {
    "Person": Kind.PERSON, "Organization": Kind.GROUP, "PublicBody": Kind.GROUP, "Company": Kind.GROUP,
    "LegalEntity": Kind.GROUP,
}  # fmt: skip
_TIES = {
    "Membership": ("member", "organization", "part_of"),
    "Employment": ("employee", "employer", "part_of"),
    "Directorship": ("director", "organization", "leads"),
}
_TOPICS = {
    "crime.terror": "REB", "crime.war": "REB", "gov": "GOV", "role.pep": "GOV", "gov.national": "GOV", "gov.igo": "GOV",
    "mil": "MIL", "role.judge": "JUD", "pol.party": "PTY", "pol.union": "LAB", "rel": "REL", "crime": "CRM",
    "role.journo": "JRN", "gov.security": "MIL",
}  # fmt: skip
_ARMED = frozenset({"crime.terror", "crime.war"})


def read_ftm(text: str, states: Mapping[str, str]) -> Taken:
    """Return the entries of FollowTheMoney JSON lines; ``states`` is not needed here."""
    del states
    taken = Taken()
    drafts: dict[str, Draft] = {}
    ties: list[tuple[int, str, Mapping[str, Any]]] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        item = _item(number, line, taken)
        if item is None:
            continue
        schema = str(item["schema"])
        if schema in _TIES:
            ties.append((number, schema, item["properties"]))
        elif schema not in _KINDS:
            taken.fault(number, f"schema {schema!r} is no actor; left out")
        elif (draft := _draft(number, schema, item, taken)) is not None:
            drafts[str(item.get("id", number))] = draft
    for number, schema, properties in ties:
        _tie(number, schema, properties, drafts, taken)
    taken.drafts = list(drafts.values())
    taken.faults.sort(key=lambda fault: fault.line)
    return taken


def _item(number: int, line: str, taken: Taken) -> dict[str, Any] | None:
    try:
        item = json.loads(line)
    except (ValueError, RecursionError):
        taken.fault(number, "no JSON; left out")
        return None
    if not isinstance(item, dict) or not isinstance(item.get("properties"), dict) or not item.get("schema"):
        taken.fault(number, "no FollowTheMoney entity (schema and properties); left out")
        return None
    return item


def _texts(properties: Mapping[str, Any], *keys: str) -> list[str]:
    found: list[str] = []
    for key in keys:
        value = properties.get(key, [])
        found += [clean(item) for item in (value if isinstance(value, list) else [value]) if isinstance(item, str)]
    return [item for item in dict.fromkeys(found) if item]


def _draft(number: int, schema: str, item: Mapping[str, Any], taken: Taken) -> Draft | None:
    properties = item["properties"]
    caption = [clean(item["caption"])] if isinstance(item.get("caption"), str) else []
    names = [name for name in (*caption, *_texts(properties, "name", "alias")) if len(name) > 1]
    if not names:
        taken.fault(number, f"the {schema} has no name; left out")
        return None
    topics = _texts(properties, "topics")
    sectors = list(dict.fromkeys(_TOPICS[topic] for topic in topics if topic in _TOPICS))
    sectors += [sector for name, sector in (("PublicBody", "GOV"), ("Company", "BUS")) if schema == name]
    kind = _KINDS[schema]
    if kind is Kind.GROUP and _ARMED & set(topics):
        kind = Kind.ARMED_GROUP
    elif kind is Kind.GROUP and "gov.igo" in topics:
        kind = Kind.IGO
    return Draft(
        line=number,
        name=names[0],
        kind=kind,
        code=_code(number, _texts(properties, "country", "nationality", "jurisdiction", "citizenship"), taken),
        sectors=list(dict.fromkeys(sectors)),
        aliases=[name for name in dict.fromkeys(names) if name != names[0]],
    )


def _code(number: int, countries: list[str], taken: Taken) -> str | None:
    for country in countries:
        code = ALPHA3.get(country.upper(), country.upper())
        if code in COUNTRIES:
            return code
    if countries:
        taken.fault(number, f"country {countries[0]!r} is none that we know; taken without")
    return None


def _tie(number: int, schema: str, properties: Mapping[str, Any], drafts: Mapping[str, Draft], taken: Taken) -> None:
    whose, of, kind = _TIES[schema]
    owners = [drafts[key] for key in _texts(properties, whose) if key in drafts]
    bodies = [drafts[key] for key in _texts(properties, of) if key in drafts]
    if not owners or not bodies:
        taken.fault(number, f"the {schema} ties entities that the file does not have; left out")
    start, end = (_day((_texts(properties, key) or [""])[0]) for key in ("startDate", "endDate"))
    for owner in owners:
        owner.ties += [(kind, body.id, start, end) for body in bodies if body is not owner]


def _day(text: str) -> date | None:
    """Return the day of 2011, 2011-03 or 2011-03-17, or None.

    >>> _day("2011-03"), _day("soon")
    (datetime.date(2011, 3, 1), None)
    """
    parts = text[:10].split("-")
    try:
        return date.fromisoformat("-".join([*parts, *["01"] * (3 - len(parts))]))
    except ValueError:
        return None
