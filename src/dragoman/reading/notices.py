"""Notices that a report was updated: taken out of the text, with the paragraphs that they name."""

from __future__ import annotations

import re

from dragoman.model import Revision
from dragoman.reading.plain import Blocks, join

_VERBS = (
    r"(?:updat(?:es?|ed|ing)|adds?|added|adding|recasts?|rewrites?|correct(?:s|ed|ing)|correction|refiles?|removes?"
    r"|removed|releads?|clarif(?:ies|ied)|fixes|inserts?|repeats?|amends?|amended|deletes?|drops?|changes|restores?"
    r"|writes\sthrough|writethr(?:u|ough)|(?:an?\s)?(?:earlier|previous)\sversion)"
)
_BRACKETED = re.compile(
    rf"[(\[](?P<notice>{_VERBS}\b[^()\[\]]{{0,600}}(?:\([^()]{{0,100}}\)[^()\[\]]{{0,300}}){{0,5}})[)\]]\s*",
    re.IGNORECASE,
)
_PIECE = r"(?:story|article|report|post|page|piece|copy|item|dispatch|headline|version)"
_CHANGED = r"(?:updated|corrected|amended|edited|changed|revised|clarified|modified|refiled|rewritten)"
_CLOCK = (
    r"(?:on|at|\d[\d:./-]*(?:st|nd|rd|th|[ap]m)?|[ap]\.?m|gmt|utc|bst|cet|e[sd]?t|hours?|minutes?|ago|(?:mon|tues|wednes"
    r"|thurs|fri|satur|sun)day|(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)(?:[a-z]{2,6})?)\b"
)
_SENTENCES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?:please note:? )?(?:this|the) {_PIECE} (?:was|has been|is|is being|will be) (?:\w+ly |last )?"
        rf"{_CHANGED}\b",
        rf"(?:an?|the) (?:earlier|previous|original|prior) version of th(?:is|e) {_PIECE}\b",
        rf"(?:editor|publisher|author)(?:['’]?s|s['’])? note\b.{{0,400}}"
        rf"\b(?:{_CHANGED}|(?:earlier|previous) version)\b",
        rf"(?:correction|clarification)\b[^.!?]{{0,40}}[:.–—-](?=.*\bth(?:is|e) {_PIECE}\b)"
        rf".*\b(?:{_CHANGED}|incorrectly|wrongly|misstated|misidentified|(?:earlier|previous) version)\b",
        rf"update\b[^.!?]{{0,40}}[:.–—-](?=.*\bthis {_PIECE}\b).*\b{_CHANGED}\b",
        rf"(?=.*\d)(?:last )?{_CHANGED}:?(?:[ ,|]+{_CLOCK}\.?)+$",
    )
)
_LONGEST = 700
_WRAP = "*_()[] "
_PREFIX = re.compile(
    r"(?:(?P<wire>(?:UPDATE|CORRECTED|CORRECTION|WRAPUP|REFILE|REFILED|RECAST|REPEAT|RPT|CLARIFIED|CLARIFICATION"
    r"|UPDATED|AMENDED)(?: ?\d{1,2})?)\s?[-–—:]\s?(?!day\b|year\b|hour\b)"
    r"|(?P<word>(?:Updated?|Corrected|Correction|Clarification)(?: ?\d{1,2})?) ?: "
    r"|[(\[](?P<mark>[Uu]pdated?|[Cc]orrected|[Cc]orrection|UPDATED?|CORRECTED)(?: ?\d{1,2})?[)\]]:? ?)",
)
_SUFFIX = re.compile(
    r" ?[(\[–—-] ?(?P<mark>(?:updated?|corrected|corrects|recasts)(?: ?\d{1,2})?)[)\]]?$", re.IGNORECASE
)

_ORDINALS = list(
    re.findall(
        r"\S+",
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth"
        " fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth",
    )
)
_CARDINALS = list(
    re.findall(
        r"\S+",
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
        " seventeen eighteen nineteen twenty",
    )
)
_VALUES = {word: place for words in (_ORDINALS, _CARDINALS) for place, word in enumerate(words, 1)}
_ORDINAL = r"(?a:\d{1,3}(?:st|nd|rd|th)|" + "|".join(sorted(_ORDINALS, key=len, reverse=True)) + ")"
_CARDINAL = r"(?a:\d{1,3}(?!\d)|" + "|".join(sorted(_CARDINALS, key=len, reverse=True)) + r")\b"
_TO = r"\s?(?:-|–|—|to|through|until)\s?"
_AND = r"(?:,\s?(?:and\s)?|\s?(?:and|&)\s)"
_ONLY_AND = r"\s?(?:and|&)\s"
_PARA = r"(?:paragraph|paras?|pars?|grafs?|graphs?|pgh|paragraphs)\b\.?"


def _list_of(item: str, joint: str) -> str:
    return rf"{item}(?:(?:{_TO}|{joint}){item})*"


_NAMED = (
    rf"(?P<list>{_list_of(_ORDINAL, _AND)})\s{_PARA}",
    rf"(?:paragraphs|paras|pars|grafs|graphs)\.?\s?(?P<list>{_list_of(_CARDINAL, _AND)})",
    # 'para 3, 20 dead': after the singular a comma ends the list
    rf"(?:paragraph|para|par|graf|pgh)\.?\s?(?P<list>{_list_of(_CARDINAL, _ONLY_AND)})",
)
_LISTS = tuple(re.compile(rf"(?<![\w-]){pattern}", re.IGNORECASE) for pattern in _NAMED)
_NUMBER = rf"(?:{_ORDINAL}|{_CARDINAL})"
_RANGE = re.compile(rf"(?P<low>{_NUMBER})(?:{_TO}(?P<high>{_NUMBER}))?", re.IGNORECASE)
_LEAD = re.compile(
    r"(?<!\bto )\b(?:lead|lede|intro)\b"
    r"(?=\s?(?:$|[,;.):]|and\b|with\b|para|graf|to\s(?:say|show|add)\b))"
    r"|\b(?:opening|lead|lede|top)\s(?:paragraph|para|graf)\b",
    re.IGNORECASE,
)


def take_notices(blocks: Blocks) -> tuple[Blocks, list[str]]:
    """Return the blocks without the notices of updates, and these notices without their brackets.

    >>> take_notices([["Talks end"], ["(Adds quote in para 3)"], ["Gondor left."]])
    ([['Talks end'], ['Gondor left.']], ['Adds quote in para 3'])
    """
    kept: Blocks = []
    notices: list[str] = []
    for block in blocks:
        rest, found = _take_from(block)
        notices += found
        if rest:
            kept.append(rest)
    return kept, notices


def take_prefix(headline: str) -> tuple[str, list[str]]:
    """Return the headline without 'UPDATE 2-' and the like, and these marks.

    >>> take_prefix("CORRECTED-UPDATE 2-Gondor leaves talks")
    ('Gondor leaves talks', ['CORRECTED', 'UPDATE 2'])
    """
    marks: list[str] = []
    start = 0
    while (match := _PREFIX.match(headline, start)) and match.end() < len(headline):
        marks.append(match["wire"] or match["word"] or match["mark"])
        start = match.end()
    headline = headline[start:].strip()
    match = _SUFFIX.search(headline)
    if match and match.start():
        marks.append(match["mark"])
        headline = headline[: match.start()].strip()
    return headline, marks


def revision_of(notices: list[str]) -> Revision | None:
    """Return the notices as one, joined by '; ', or None without any."""
    if not notices:
        return None
    notice = "; ".join(dict.fromkeys(notices))
    return Revision(notice=notice, paragraphs=paragraphs_named(notice))


def paragraphs_named(notice: str) -> tuple[int, ...]:
    """Return the body paragraphs that a notice names, counted from 1, in order; the lead is 1.

    >>> paragraphs_named("Updates in second to fifth paragraphs with demands")
    (2, 3, 4, 5)
    >>> paragraphs_named("Recasts lead, adds quotes in paras 4 and 6")
    (1, 4, 6)
    """
    numbers = {1} if _LEAD.search(notice) else set()
    for pattern in _LISTS:
        for match in pattern.finditer(notice):
            numbers |= _numbers_in(match["list"])
    return tuple(sorted(numbers - {0}))


def _numbers_in(text: str) -> set[int]:
    numbers: set[int] = set()
    for match in _RANGE.finditer(text):
        low = _value(match["low"])
        high = _value(match["high"]) if match["high"] else low
        numbers |= set(range(min(low, high), max(low, high) + 1))
    return numbers


def _value(word: str) -> int:
    digits = re.match(r"\d+", word)
    return int(digits.group()) if digits else _VALUES[word.lower()]


def _take_from(block: list[str]) -> tuple[list[str], list[str]]:
    """Return the lines that stay, and the notices: the block, its bracketed beginning, or single lines."""
    notice = _notice(join(block))
    if notice:
        return [], [notice]
    notices: list[str] = []
    text = "\n".join(block)
    start = 0
    while match := _BRACKETED.match(text, start):
        notices.append(match["notice"].replace("\n", " ").strip())
        start = match.end()
    text = text[start:]
    kept = []
    for line in text.split("\n") if text else []:
        notice = _notice(line) if "\n" in text else None
        if notice:
            notices.append(notice)
        else:
            kept.append(line)
    return kept, notices


def _notice(paragraph: str) -> str | None:
    """Return the notice if the whole paragraph is one."""
    if len(paragraph) > _LONGEST:
        return None
    match = _BRACKETED.fullmatch(paragraph)
    if match:
        return match["notice"].strip()
    bare = paragraph.strip(_WRAP)
    return bare if any(pattern.match(bare) for pattern in _SENTENCES) else None
