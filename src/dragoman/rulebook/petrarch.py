"""Actor dictionaries of PETRARCH and TABARI: a name line, +aliases, [CODE days] roles, # notes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from dragoman.model import Kind
from dragoman.rulebook import codes
from dragoman.rulebook.countries import COUNTRIES, OTHER_CODES
from dragoman.rulebook.drafts import Draft, Taken, clean

_ROLE = re.compile(r"\[([^\[\]]*)\]")
_BRACKET = re.compile(r"\s*\(([^()]*)\)")
_DAYS = re.compile(r"(?:(\d+)-(\d+)|([<>]) ?(\d+))")
_SMALL = frozenset("of the and for in on at to de la el du des del et a an und van von bin ibn".split())
_ORDINARY = frozenset("who is us as it un in on an at he we so am be do go no or up".split())
_CENTURY = 30


@dataclass(slots=True)
class _Entry:
    """A name and what follows it until the next name."""

    line: int
    names: list[str]
    roles: list[tuple[int, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Role:
    """What a bracket says: code, sectors, days."""

    code: str | None
    sectors: tuple[str, ...]
    dated: bool
    start: date | None
    end: date | None


def read_petrarch(text: str, states: Mapping[str, str]) -> Taken:
    """Return the entries of an actor dictionary; ``states`` are ids of states by country code."""
    taken = Taken()
    for entry in _entries(text, taken):
        roles = [role for line, words in entry.roles if (role := _role(line, words, taken)) is not None]
        if not roles:
            if not entry.roles:
                taken.fault(entry.line, f"{entry.names[0]!r} has no [CODE]; left out")
            continue
        taken.drafts.append(_draft(entry, roles, states))
    return taken


def _entries(text: str, taken: Taken) -> list[_Entry]:
    entries: list[_Entry] = []
    for number, line in enumerate(text.splitlines(), 1):
        body = line.split("#", 1)[0].rstrip()
        if not body.strip():
            continue
        name, roles = body.split("[", 1)[0].strip(), _ROLE.findall(body)
        if body.count("[") != len(roles):
            taken.fault(number, "a bracket is not closed; the line is left out")
            continue
        if "!" in name:
            taken.fault(number, "a substitution set of an agents file, no actor; left out")
            continue
        own = name and not name.startswith("+")
        names = _names(name.lstrip("+"))
        if name and not names:
            taken.fault(number, "there is no name; left out")
        elif own:
            entries.append(_Entry(number, names))
        elif not entries:
            taken.fault(number, "an alias or a role before any name; left out")
            continue
        else:
            entries[-1].names += names
        if entries:
            entries[-1].roles += [(number, role) for role in roles]
    return entries


def _names(raw: str) -> list[str]:
    """Return the names that a line gives: the spaced form, and what stands in brackets as a name of its own."""
    spaced = clean(raw.replace("_", " "))
    inside = [part.strip() for part in _BRACKET.findall(spaced)]
    whole = clean(_BRACKET.sub("", spaced))
    found = [form for part in (whole, *inside) if len(part) > 1 for form in _cased(part)]
    return [name for name in dict.fromkeys(found) if any(char.isalpha() for char in name)]


def _cased(name: str) -> list[str]:
    """Return a name of capitals as the press writes it; a short single word may be an acronym, so it is kept, too.

    >>> _cased("LEAGUE OF ARAB STATES"), _cased("IRAN"), _cased("UNHCR"), _cased("WHO")
    (['League of Arab States'], ['Iran', 'IRAN'], ['UNHCR'], ['WHO'])
    """
    if not name.isupper():
        return [name]
    words = name.split()
    if len(words) == 1 and len(name) <= 5:
        spoken = any(vowel in name for vowel in "AEIOUY") and name.isalpha() and name.lower() not in _ORDINARY
        return [_word(name), name] if spoken and len(name) > 3 and not name.startswith("UN") else [name]
    shown = [word.lower() if word.lower() in _SMALL and at else _word(word) for at, word in enumerate(words)]
    return [" ".join(shown)]


def _word(word: str) -> str:
    if word.count(".") > 1 or (len(word) <= 4 and not any(vowel in word for vowel in "AEIOUY")):
        return word
    parts = re.split(r"([-'’./])", word.lower())
    return "".join(part if part == "s" and at else part.capitalize() for at, part in enumerate(parts))


def _role(line: int, words: str, taken: Taken) -> _Role | None:
    code, _, days = words.strip().partition(" ")
    if code.startswith("~"):
        taken.fault(line, f"[{words}] is an agent, no actor; left out")
        return None
    if not code or code.startswith("---"):
        return _Role(code=None, sectors=(), dated=False, start=None, end=None) if code else None
    head = OTHER_CODES.get(code[:3], code[:3])
    parts = [code[at : at + 3] for at in range(3, len(code), 3)]
    sectors = tuple(part for part in parts if part in codes.SECTORS)
    if head in codes.SECTORS and head not in COUNTRIES:
        sectors, head = (head, *sectors), ""
    if head and head not in COUNTRIES and head not in codes.WORLD_CODES:
        taken.fault(line, f"[{words}]: code {code[:3]!r} is no country nor kind of body that we know; taken without")
        head = ""
    if head == "IGO" and parts[:1] in (["UNO"], ["EUR"]):
        head = parts[0]
    start, end = _span(line, days.strip(), taken)
    dated = bool(days.strip()) or "ELI" in parts or (head == "" and "ELI" in code)
    return _Role(code=head or None, sectors=sectors, dated=dated, start=start, end=end)


def _span(line: int, days: str, taken: Taken) -> tuple[date | None, date | None]:
    if not days:
        return None, None
    match = _DAYS.fullmatch(days)
    try:
        if match is None:
            raise ValueError(days)
        first, last, sign, one = match.groups()
        start = _day(first or one) if first or sign == ">" else None
        end = _day(last or one) if last or sign == "<" else None
        if start and end and end < start:
            raise ValueError(days)
    except ValueError:
        taken.fault(line, f"days {days!r} are none that we can read; taken without")
        return None, None
    return start, end


def _day(digits: str) -> date:
    """Return the day of YYMMDD or YYYYMMDD.

    >>> _day("970101").isoformat(), _day("20061201").isoformat(), _day("061231").isoformat()
    ('1997-01-01', '2006-12-01', '2006-12-31')
    """
    if len(digits) == 6:
        digits = ("19" if int(digits[:2]) >= _CENTURY else "20") + digits
    if len(digits) != 8:
        raise ValueError(digits)
    return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))


def _draft(entry: _Entry, roles: list[_Role], states: Mapping[str, str]) -> Draft:
    latest = max(roles, key=lambda role: (role.code is not None, role.end or date.max, role.start or date.min))
    sectors = list(dict.fromkeys(sector for role in roles for sector in role.sectors))
    person = any(role.dated for role in roles)
    ties = [
        ("part_of", states[role.code], role.start, role.end)
        for role in roles
        if person
        and role.code is not None
        and role.code in states
        and (role.start or role.end)
        and "GOV" in role.sectors
    ]
    return Draft(
        line=entry.line,
        name=entry.names[0],
        kind=Kind.PERSON if person else _kind(latest.code, sectors),
        code=latest.code,
        sectors=sectors,
        aliases=list(dict.fromkeys(name for name in entry.names[1:] if name != entry.names[0])),
        ties=ties,
    )


def _kind(code: str | None, sectors: list[str]) -> Kind:
    if code in ("IGO", "UNO", "EUR"):
        return Kind.IGO
    if code == "NGO":
        return Kind.NGO
    if "MED" in sectors or "JRN" in sectors:
        return Kind.MEDIA
    return Kind.ARMED_GROUP if {"REB", "UAF", "PRM"} & set(sectors) else Kind.GROUP
