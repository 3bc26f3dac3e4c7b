"""What ACLED would call an event and who is in it (data/acled.toml)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import tomli

from dragoman.export.formats.common import Who
from dragoman.model import Claim, EventType, Kind

STATE, REBELS, MILITIA, RIOTERS, PROTESTERS, CIVILIANS, EXTERNAL = (
    "State forces", "Rebel group", "Political militia", "Rioters", "Protesters", "Civilians", "External/Other forces",
)  # fmt: skip
_NONSTATE = frozenset({REBELS, MILITIA})
_ARMED = frozenset({STATE, REBELS, MILITIA, EXTERNAL})
_ABDUCTION = "Abduction/forced disappearance"
_OF_CIVILIANS = frozenset({_ABDUCTION, "Attack"})
_FIGHTING = frozenset({"MIL", "COP", "REB", "UAF", "PRM", "CRM", "SPY"})
_NOTED = frozenset({"REB", "UAF", "PRM", "OPP", "PTY", "GOV", "LEG", "MIL", "JRN"})
_UNARMED = re.compile(
    r"\b(?:civilian|child|woman|girl|boy|resident|villager|journalist|reporter|worker|student|teacher|passenger|worshipper"
    r"|patient|farmer|bystander|refugee|shopper)s?\b|\b(?:children|women|families)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class TypeRule:
    """A rule: the sub-event type of a claim that has one of each of these; ``needs`` says who must be in it."""

    sub: str
    modes: frozenset[str] = frozenset()
    contexts: frozenset[str] = frozenset()
    marks: frozenset[str] = frozenset()
    needs: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """Somebody in an event with the type that ACLED would give them; None where it cannot be told."""

    who: Who
    type: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Encounter:
    """Who acts and who is acted upon. ``unarmed``: those who were hit are civilians by the claim's own words."""

    actors: tuple[Typed, ...]
    targets: tuple[Typed, ...]
    unarmed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Types:
    """All of the file."""

    rules: Mapping[EventType, tuple[TypeRule, ...]]
    sub: Mapping[str, tuple[str, str]]
    actors: Mapping[str, str]
    order: tuple[str, ...]

    def sub_of(self, claim: Claim, encounter: Encounter) -> str | None:
        """Return the sub-event type of what a claim tells; '' where it is violence of a type that cannot be told; None: none."""
        rule = next((rule for rule in self.rules.get(claim.event, ()) if _fits(rule, claim, encounter)), None)
        if rule is None or rule.sub == "none":
            return None
        if rule.sub in ("clash", "territory"):
            return _violence(rule.sub, encounter)
        sub = _ABDUCTION if rule.sub == "Arrests" and any(map(_is_nonstate, encounter.actors)) else rule.sub
        captured = sub in _OF_CIVILIANS and encounter.targets and all(map(is_armed, encounter.targets))
        return "" if captured else sub  # those who bear arms are no civilians when they are taken

    def type_of(self, who: Who, nation: str | None, *, target: bool = False) -> str | None:
        """Return the type of somebody in an event in a country; a state's forces elsewhere are external forces."""
        if who.kind is Kind.IGO:
            return EXTERNAL
        if target and who.kind is Kind.PERSON and who.sectors and _FIGHTING.isdisjoint(who.sectors):
            return CIVILIANS
        found = next((self.actors[sector] for sector in who.sectors if sector in self.actors), _KINDS.get(who.kind))
        abroad = nation is not None and who.nation is not None and nation != who.nation
        return EXTERNAL if found == STATE and abroad else found

    def interaction(self, one: str | None, other: str | None) -> str | None:
        """Return the types of both actors in ACLED's words; None where one of them is there and its type is not known."""
        if one is None or other is None:
            return f"{one or other} only" if one or other else None
        if {one, other} == {CIVILIANS, EXTERNAL}:
            return f"{EXTERNAL}-{CIVILIANS}"  # ACLED writes this pair the other way round
        first, second = sorted((one, other), key=self.order.index)
        return f"{first}-{second}"


_KINDS = {
    Kind.STATE: STATE,
    Kind.GOVERNMENT: STATE,
    Kind.MEDIA: CIVILIANS,
    Kind.NGO: CIVILIANS,
}


@lru_cache(maxsize=1)
def acled_types() -> Types:
    """Return what the file says."""
    told = tomli.loads((files("dragoman.export.formats") / "data" / "acled.toml").read_text(encoding="utf-8"))
    return Types(
        rules={EventType(each["event"]): tuple(map(_rule, each["rules"])) for each in told["type"]},
        sub={name: (event, disorder) for name, (event, disorder) in told["sub"].items()},
        actors={sector: name for name, sectors in told["actors"].items() for sector in sectors},
        order=tuple(told["actors"]),
    )


def unarmed_in(words: str | None) -> bool:
    """Return whether words name those who bear no arms.

    >>> unarmed_in("at least 12 civilians"), unarmed_in("five people"), unarmed_in(None)
    (True, False, False)
    """
    return _UNARMED.search(words or "") is not None


def is_armed(each: Typed) -> bool:
    """Return whether somebody is of a type that bears arms, or an armed group of whatever type."""
    return each.type in _ARMED or each.who.kind is Kind.ARMED_GROUP


def _is_nonstate(each: Typed) -> bool:
    return each.type in _NONSTATE or (each.type is None and each.who.kind is Kind.ARMED_GROUP)


def _rule(told: Mapping[str, object]) -> TypeRule:
    sets = {name: frozenset(told.get(name, ())) for name in ("modes", "contexts", "marks")}  # type: ignore[call-overload]
    return TypeRule(sub=str(told["sub"]), needs=str(told.get("needs", "")), **sets)


def _fits(rule: TypeRule, claim: Claim, encounter: Encounter) -> bool:
    asked = ((rule.modes, claim.modes), (rule.contexts, claim.contexts), (rule.marks, claim.marks))
    if any(wanted and wanted.isdisjoint(given) for wanted, given in asked):
        return False
    if rule.needs == "armed":
        return any(is_armed(each) for each in encounter.actors)
    if rule.needs == "nonstate":
        return any(map(_is_nonstate, (*encounter.actors, *encounter.targets)))
    return rule.needs != "noted" or any(_is_noted(each.who) for each in encounter.targets)


def _is_noted(who: Who) -> bool:
    return who.kind in (Kind.ARMED_GROUP, Kind.MEDIA) or not _NOTED.isdisjoint(who.sectors)


def _violence(sub: str, encounter: Encounter) -> str:
    """Return what violence without a telling weapon is: a battle where armed meet armed, an attack where they meet civilians."""
    types = _types(encounter.targets)
    if CIVILIANS in types or (not encounter.targets and encounter.unarmed):
        return "Attack"
    both = bool(encounter.targets) and all(is_armed(each) for each in (*encounter.actors, *encounter.targets))
    if sub == "territory" and encounter.actors and all(is_armed(each) for each in encounter.actors):
        return (
            "Government regains territory"
            if encounter.actors[0].type == STATE
            else "Non-state actor overtakes territory"
        )
    return "Armed clash" if both and encounter.actors else ""


def _types(those: Iterable[Typed]) -> frozenset[str | None]:
    return frozenset(each.type for each in those)
