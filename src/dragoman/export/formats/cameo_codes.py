"""CAMEO codes: which one an act has, its value on the Goldstein scale, and who is called how (data/cameo.toml)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

import tomli

from dragoman.model import Claim, EventType, Status


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeRule:
    """A rule: the code of a claim that has one of each of these; what is empty is not asked for."""

    code: str
    modes: frozenset[str] = frozenset()
    contexts: frozenset[str] = frozenset()
    marks: frozenset[str] = frozenset()
    rules: frozenset[str] = frozenset()

    def fits(self, claim: Claim) -> bool:
        """Return whether a claim is one of those that the rule is for."""
        if self.rules and claim.rule not in self.rules:
            return False
        asked = ((self.modes, claim.modes), (self.contexts, claim.contexts), (self.marks, claim.marks))
        return all(not wanted or not wanted.isdisjoint(given) for wanted, given in asked)


@dataclass(frozen=True, slots=True, kw_only=True)
class Codes:
    """All of the file: rules by type for what has taken place and for what is to come, the scale, and who is called how."""

    occurred: Mapping[EventType, tuple[CodeRule, ...]]
    future: Mapping[EventType, tuple[CodeRule, ...]]
    goldstein: Mapping[str, float]
    mutual: frozenset[EventType]
    mutual_marks: frozenset[str]
    mutual_rules: frozenset[str]
    countries: Mapping[str, str]
    sectors: Mapping[str, str]
    bodies: Mapping[str, tuple[str, str, str]]

    def code_of(self, claim: Claim) -> str | None:
        """Return the CAMEO code of what a claim tells; None of what is only supposed, or to come without a code of intent."""
        if claim.status is Status.HYPOTHETICAL:
            return None
        rules = self.future if claim.status is Status.FUTURE else self.occurred
        return next((rule.code for rule in rules.get(claim.event, ()) if rule.fits(claim)), None)

    def is_mutual(self, claim: Claim) -> bool:
        """Return whether those who act do it to each other: several, and nobody is acted upon."""
        if claim.recipient or len(claim.actor) < 2:
            return False
        marked = not self.mutual_marks.isdisjoint(claim.marks)
        return claim.event in self.mutual or marked or claim.rule in self.mutual_rules


@lru_cache(maxsize=1)
def cameo_codes() -> Codes:
    """Return what the file of CAMEO codes says."""
    text = (files("dragoman.export.formats") / "data" / "cameo.toml").read_text(encoding="utf-8")
    told = tomli.loads(text)
    who = told["actors"]
    return Codes(
        occurred=_rules(told["occurred"]),
        future=_rules(told["future"]),
        goldstein=dict(_scale(told["goldstein"])),
        mutual=frozenset(map(EventType, who["mutual"])),
        mutual_marks=frozenset(who["mutual_marks"]),
        mutual_rules=frozenset(who["mutual_rules"]),
        countries=who["countries"],
        sectors=who["sectors"],
        bodies={code: (country, group, kind) for code, (country, group, kind) in who["bodies"].items()},
    )


def root_of(code: str) -> str:
    """Return the first two digits of a code: its cue category."""
    return code[:2]


def base_of(code: str) -> str:
    """Return the first three digits of a code.

    >>> base_of("0871"), base_of("036")
    ('087', '036')
    """
    return code[:3]


def quad_of(code: str) -> int:
    """Return GDELT's class of a code: 1 verbal and 2 material cooperation, 3 verbal and 4 material conflict.

    >>> [quad_of(code) for code in ("057", "0871", "112", "190")]
    [1, 2, 3, 4]
    """
    root = int(root_of(code))
    return next(number for number, last in ((1, 5), (2, 8), (3, 13), (4, 20)) if root <= last)


def _rules(listed: Iterable[Mapping[str, Any]]) -> dict[EventType, tuple[CodeRule, ...]]:
    return {EventType(each["event"]): tuple(_rule(rule) for rule in each["rules"]) for each in listed}


def _rule(told: Mapping[str, Any]) -> CodeRule:
    sets = {name: frozenset(words) for name, words in told.items() if name != "code"}
    return CodeRule(code=told["code"], **sets)


def _scale(told: Mapping[str, Mapping[str, list[str]]]) -> Iterable[tuple[str, float]]:
    for values in told.values():
        for value, codes in values.items():
            yield from ((code, float(value)) for code in codes)
