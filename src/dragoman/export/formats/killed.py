"""How many were killed or hurt in an event, where its sentence states a number: never a guess."""

from __future__ import annotations

import re
from collections.abc import Iterable

from dragoman.export.content import Telling
from dragoman.model import Claim

_ONES = dict(
    zip(
        """one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
        eighteen nineteen""".split(),
        range(1, 20),
        strict=True,
    )
)
_TENS = dict(zip("twenty thirty forty fifty sixty seventy eighty ninety".split(), range(20, 100, 10), strict=True))
_DIGITS = re.compile(r"\d{1,3}(?:[,.]\d{3})+|\d+")
_WORD = re.compile(r"[a-z]+")
_KILL = (
    r"kill(?:s|ed|ing)?|shot(?: \w+)? dead|massacr\w+|slaughter\w*|execut\w+|murder\w*|behead\w*|assassinat\w+"
    r"|claim(?:ed|ing)? the li(?:fe|ves) of"
)
_HURT = r"wound(?:s|ed|ing)?|injur(?:e|es|ed|ing)|hurt(?:s|ing)?|maim\w*"
_BETWEEN = r"(?:\W+(?!and\b|or\b|but\b)\w+){0,4}?\W+"  # words between the verb and those whom it meets
_AFTER = r"(?:,? (?:including [\w ,]{3,40}|who )?)?\W*(?:were|was|have been|had been|are|lay|left)?\W*(?:\w+\W+){0,1}?"


def killed(tellings: Iterable[Telling]) -> int | None:
    """Return the least number of killed that a claim of an event states; None where none states one."""
    return min((number for each in tellings if (number := killed_by(each.claim)) is not None), default=None)


def hurt(tellings: Iterable[Telling]) -> int | None:
    """Return the least number of hurt that a claim of an event states; None where none states one."""
    return min((number for each in tellings if (number := hurt_by(each.claim)) is not None), default=None)


def killed_by(claim: Claim) -> int | None:
    """Return how many a claim's own words say were killed: its casualties, where its sentence has them killed."""
    return _met(claim, _KILL, "dead|killed|slain")


def hurt_by(claim: Claim) -> int | None:
    """Return how many a claim's own words say were hurt."""
    return _met(claim, _HURT, "wounded|injured|hurt|maimed")


def number_in(words: str) -> int | None:
    """Return the number that a phrase states; None where it states none, or but a range or a vague one.

    >>> number_in("at least 12 civilians"), number_in("twenty-three people"), number_in("1,200 fighters"), number_in("a child")
    (12, 23, 1200, 1)
    >>> number_in("dozens of people"), number_in("between 10 and 20 men"), number_in("hundreds")
    (None, None, None)
    """
    digits = _DIGITS.findall(words)
    if digits:
        return int(re.sub(r"\D", "", digits[0])) if len(digits) == 1 and not _is_vague(words) else None
    if _is_vague(words):
        return None
    found = [word for word in _WORD.findall(words.lower())]
    if found and found[0] in ("a", "an"):
        found[0] = "one"
    return _spelled(found)


def _is_vague(words: str) -> bool:
    vague = r"\b(?:dozens|scores|hundreds|thousands|several|many|few|some \w+s|between|million|up to|fewer than|less than)\b"
    return re.search(vague, words.lower()) is not None


def _spelled(words: list[str]) -> int | None:
    """Return a number that is written in words, up to 999 thousand."""
    whole, part, seen = 0, 0, False
    for word in words:
        if word in _ONES or word in _TENS:
            part, seen = part + _ONES.get(word, 0) + _TENS.get(word, 0), True
        elif word == "hundred" and seen:
            part *= 100
        elif word == "thousand" and seen:
            whole, part = whole + part * 1000, 0
        elif word == "dozen" and seen:
            part *= 12
        elif seen and word != "and":
            break
    return whole + part if seen else None


def _met(claim: Claim, verbs: str, states: str) -> int | None:
    words = (claim.casualties or "").strip()
    if not words:
        return None
    here, whom = claim.evidence.text, re.escape(words)
    before = re.search(rf"\b(?:{verbs}){_BETWEEN}{whom}", here, re.IGNORECASE)
    after = re.search(rf"{whom}{_AFTER}\b(?:{states})\b", here, re.IGNORECASE)
    itself = re.search(rf"\b(?:{states})\b", words, re.IGNORECASE)
    return number_in(words) if before or after or itself else None
