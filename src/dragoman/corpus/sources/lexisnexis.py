"""LexisNexis exports as text: 'Document 1 of 50' or '1 of 50 DOCUMENTS' before each document, or 'End of Document' after it."""

from __future__ import annotations

import re

from dragoman.corpus.sources.days import day_of
from dragoman.corpus.sources.exports import Export, Marks, no_head
from dragoman.corpus.sources.tables import head_in_utf8
from dragoman.corpus.types import Taking
from dragoman.reading.formats import Draft

_COUNT = rb"(?:\xef\xbb\xbf)?\s*"
_BEGINS = re.compile(
    _COUNT + rb"(?:Document\s+\d[\d,.]*\s+of\s+\d[\d,.]*|\d[\d,.]*\s+of\s+\d[\d,.]*\s+DOCUMENTS?)\s*$", re.IGNORECASE
)
_ENDS = re.compile(rb"\s*End of Document\s*$", re.IGNORECASE)
_KNOWN = re.compile(rb"\s*(?:LENGTH:|Body\s*$|BODY:|LOAD-DATE:)", re.IGNORECASE)

_HEADS = "HEADLINE BYLINE SECTION LENGTH DATELINE HIGHLIGHT EDITION SERIES TITLE GUESTS ANCHORS REPORTERS SHOW"
_HEAD = re.compile(rf"({'|'.join(_HEADS.split())}):\s*(.*)", re.IGNORECASE | re.DOTALL)
_BODY = re.compile(r"^[ \t]*(?:Body|BODY|BODY:|Full Text)[ \t]*$", re.MULTILINE)
_TRAILER = re.compile(
    r"(?:(?:LOAD-DATE|LANGUAGE|PUBLICATION-TYPE|DOCUMENT-TYPE|JOURNAL-CODE|SUBJECT|GRAPHIC|URL|NOTES?|CORRECTION(?:-DATE)?"
    r"|DISTRIBUTION|TYPE|PERSON|ORGANI[SZ]ATION|COMPANY|GEOGRAPHIC|COUNTRY|STATE|CITY|INDUSTRY|TICKER|ACC-NO|UPDATE|CATEGORIES"
    r"|KEYWORDS?|TRANSCRIPT|COPYRIGHT|PUB-TYPE|CATEGORY|TERMS)\s*:"
    r"|(?:Classification|Graphic|Notes?|Correction|Load-Date:.*|Language:.*)\s*$"
    r"|Copyright\s+(?:\(c\)\s+|©\s*)?\d{4}\b.*(?:\n.*Rights Reserved.*)?\s*$)",
)
_MONTHS = (
    "Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    "|Nov(?:ember)?|Dec(?:ember)?"
)
_WEEKDAY = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?\s+)?"
_DATE = re.compile(
    rf"{_WEEKDAY}(?:(?:{_MONTHS})\.?\s+\d{{1,2}},?|\d{{1,2}}\.?\s+(?:{_MONTHS})\.?,?)\s+\d{{4}}\b(?!\w)", re.IGNORECASE
)
_LONGEST_DATE = 80
_COVER = "About LexisNexis"
_REMEDY = "export it anew as text, with the heads of the documents"


def is_export(beginning: bytes) -> bool:
    """Return whether a text begins as such an export does.

    >>> is_export(b"   1 of 50 DOCUMENTS\\n\\n  The Palantir\\n"), is_export(b"Gondor left the talks.\\n")
    (True, False)
    """
    lines = beginning.split(b"\n")
    return any(map(_BEGINS.match, lines)) or (any(map(_ENDS.match, lines)) and any(map(_KNOWN.match, lines)))


def export(path: str, taking: Taking) -> Export:
    """Return a file of LexisNexis documents."""
    numbered = any(map(_BEGINS.match, head_in_utf8(path).split(b"\n")))
    marks = Marks(begins=_BEGINS if numbered else None, ends=_ENDS, known=_KNOWN)
    return Export(path, taking, marks, draft_of_document)


def draft_of_document(text: str, where: str) -> Draft:
    """Return the draft of one document; IntakeError where its head or body cannot be found."""
    text = _without_cover(text.lstrip("\ufeff"))
    split = _BODY.search(text)
    head = _blocks(text[: split.start()] if split else text)
    fields, first, after = _fields(head)
    if first is None:
        raise no_head(where, "no lines such as 'LENGTH: 400 words' at its head", _REMEDY)
    outlet, published, title = _top(head[:first], named_first=bool(split and not split.group().strip().isupper()))
    body = _blocks(text[split.end() :]) if split else head[after:]
    return Draft(
        where=where,
        text="\n\n".join(_without_trailer(body)),
        headline=fields.get("headline") or fields.get("title") or title,
        outlet=outlet,
        published=day_of(published) if published else None,
    )


def _without_cover(text: str) -> str:
    """Return a document without the page before the first one that lists them all."""
    cover, found, rest = text.partition(_COVER)
    if not found or "Job Number" not in cover:
        return text
    rights, _, after = rest.partition("\n")[2].partition("\n")
    return after if "copyright" in rights.lower() and "LexisNexis" in rights else rest.partition("\n")[2]


def _blocks(text: str) -> list[str]:
    """Return the blocks of lines that blank lines part, without the spaces that centre them."""
    lines = [line.strip() for line in text.split("\n")]
    return [block.strip("\n") for block in re.split(r"\n\n+", "\n".join(lines)) if block.strip()]


def _fields(blocks: list[str]) -> tuple[dict[str, str], int | None, int]:
    """Return the fields of the head by their names, the block in which they begin, and the one after them."""
    found: dict[str, str] = {}
    first, after = None, 0
    for number, block in enumerate(blocks):
        matches = _in_block(block)
        if matches:
            first = number if first is None else first
            after = number + 1
            found.update(matches)
        elif first is not None:
            break
    return found, first, after


def _in_block(block: str) -> dict[str, str]:
    """Return the fields of a block that begins with one: each goes on until another begins."""
    if not _HEAD.match(block):
        return {}
    found: dict[str, list[str]] = {}
    name = ""
    for line in block.split("\n"):
        if match := _HEAD.match(line):
            name = match[1].lower()
            found[name] = [match[2].strip()]
        else:
            found[name].append(line)
    return {name: " ".join(lines).strip() for name, lines in found.items()}


def _top(blocks: list[str], *, named_first: bool) -> tuple[str | None, str | None, str | None]:
    """Return outlet, day and headline of the blocks before the fields: the outlet stands above the day, the headline first or last."""
    lines = [(number, line) for number, block in enumerate(blocks) for line in block.split("\n")]
    day = next((place for place, (_, line) in enumerate(lines) if _is_day(line)), None)
    if day is None:
        return None, None, " ".join(line for number, line in lines if number == len(blocks) - 1) or None
    above = [line for _, line in lines[:day] if not line.lower().startswith(("copyright", "all rights"))]
    outlet = above[-1] if above else None
    if named_first:
        title = " ".join(above[:-1])
    else:
        last = len(blocks) - 1
        title = " ".join(line for number, line in lines[day + 1 :] if number == last and number > lines[day][0])
    return outlet, lines[day][1], title or None


def _is_day(line: str) -> bool:
    return len(line) <= _LONGEST_DATE and bool(_DATE.match(line))


def _without_trailer(blocks: list[str]) -> list[str]:
    end = next((number for number, block in enumerate(blocks) if number and _TRAILER.match(block)), len(blocks))
    return blocks[:end]
