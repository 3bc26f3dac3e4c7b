"""Sentences that tell of backing by the words around two names: 'A-backed B', 'B, armed by A', 'B's ally, A'."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product

from dragoman.model import Evidence, Kind
from dragoman.process.facts import Facts
from dragoman.process.slots import Slotted, matches, slotted

_DOUBT = re.compile(
    r"\b(?:accus\w+|deny|denies|denied|denying|alleg\w+|never|not|stop\w*|if|would|could|to stop|charg\w+|suspect\w*|urg\w+"
    r"|call\w* on|demand\w*)\b",
    re.IGNORECASE,
)
_SIDES = frozenset({Kind.STATE, Kind.GOVERNMENT, Kind.ARMED_GROUP, Kind.GROUP, Kind.PERSON, Kind.OTHER})
_FIGHTERS = frozenset({Kind.ARMED_GROUP, Kind.GROUP})
_STATES = frozenset({Kind.STATE, Kind.GOVERNMENT})
_HELP = ("arms", "funds", "training", "mercenaries", "troops")
_BEFORE = 60
_DENIED = re.compile(r"\bden(?:y|ies|ied) (?:it|this|that|the (?:accusation|charge|allegation|claim)s?)\b")
_OWN = re.compile(r" [a-z-]+(?: [a-z-]+)?(?=[,.;]| and\b| to\b|\Z)")
_JOINED = re.compile(r"([\ue000-\uf8ff]),? (?:and|as well as) (?:the )?\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldBacking:
    """Who backs whom, with what kind of help, by a sentence."""

    backer: str
    backed: str
    kind: str
    means: str | None
    evidence: Evidence


def told_backings(facts: Facts) -> tuple[ToldBacking, ...]:
    """Return the backing that the report's sentences tell of as their own."""
    found: list[ToldBacking] = []
    for sentence in facts.sentences:
        text = slotted(sentence, facts)
        ends: set[int] = set()  # of two patterns that end alike the first one reads further back
        for name in ("backing_told", "ally_told"):
            for match, who in matches(text, facts.words[name]):
                if match.end() not in ends and not _is_doubted(match, text):
                    found += _backings(match, who, text, name == "ally_told", facts)
                    ends.add(match.end())
    return tuple(found)


def _is_doubted(match: re.Match[str], text: Slotted) -> bool:
    start = min(match.start("A"), match.start("B"))
    before = text.text[max(0, start - _BEFORE) : match.end() if "means" in match.groupdict() else match.start("A")]
    return _DOUBT.search(before) is not None or is_denied(text.text[match.end() :])


def is_denied(text: str) -> bool:
    """Return whether a sentence ends with a denial of what it tells ('which denies the accusation')."""
    return _DENIED.search(text) is not None


def _backings(
    match: re.Match[str], who: Mapping[str, tuple[str, ...]], text: Slotted, ally: bool, facts: Facts
) -> list[ToldBacking]:
    """Return who backs whom by a match, with those who are joined to the backer ('A and B back C')."""
    kind, means = _help(match, text, facts)
    if means is not None and kind == "political":
        return []  # a book, a week, rice
    joined = _JOINED.search(text.text[: match.start("A")]) if match.start("A") < match.start("B") else None
    backers = (*who["A"], *(text.meant(joined.group(1)) if joined else ()))
    found = []
    for backer, backed in product(backers, who["B"]):
        pair = _turned(backer, backed, facts) if ally else (backer, backed)
        if _may_tie(*pair, facts):
            found.append(ToldBacking(backer=pair[0], backed=pair[1], kind=kind, means=means, evidence=text.sentence))
    return found


def _turned(ally: str, other: str, facts: Facts) -> tuple[str, str]:
    """Return who backs whom of two allies: a state the group that fights, else the ally whose ally it is."""
    first, second = (facts.kind(facts.sides.get(i, i)) for i in (ally, other))
    return (other, ally) if first in _FIGHTERS and second in _STATES else (ally, other)


def _help(match: re.Match[str], text: Slotted, facts: Facts) -> tuple[str, str | None]:
    """Return the kind of help and its means, by what is given, by what of the backer's helps, or by the word for it."""
    means = text.plain(match.start("means"), match.end("means"), facts) if match.groupdict().get("means") else None
    own = _OWN.match(text.text, match.end("A")) if match.end("A") == match.end() else None
    helping = ["arms" if w.startswith("arm") else w for w in facts.pattern("helping_words").findall(match.group())]
    words = means or " ".join([*helping, own.group() if own else ""])
    hits = {name for name in _HELP if facts.has(words, f"support_{name}")}
    if not hits:
        return ("military" if facts.has(words, "support_military") else "political"), means
    return one_kind(hits), means


def one_kind(kinds: set[str]) -> str:
    """Several kinds of help to a war are military support.

    >>> one_kind({"troops", "arms"}), one_kind({"funds"})
    ('military', 'funds')
    >>> one_kind({"arms", "funds"})
    'arms'
    """
    if "arms" in kinds and kinds <= {"arms", "funds", "mercenaries"}:
        return "arms"
    return next(iter(kinds)) if len(kinds) == 1 else "military"


def _may_tie(backer: str, backed: str, facts: Facts) -> bool:
    if facts.sided((backer,)) == facts.sided((backed,)):
        return False
    return all(facts.kind(i) in _SIDES and not facts.is_nobody(i) for i in (backer, backed))
