"""Factiva exports as text: with two-letter codes at the head of each field, or as documents are displayed."""

from __future__ import annotations

import re

from dragoman.corpus.sources.days import day_of
from dragoman.corpus.sources.exports import Export, Marks, no_head
from dragoman.corpus.types import Taking
from dragoman.reading.formats import Draft

_NUMBER = rb"[A-Z][A-Z0-9]{4,11}(?:19|20)\d{6}[A-Za-z0-9]*"
_ENDS = re.compile(rb"\s*(?:AN\s+)?(?:Document\s+" + _NUMBER + rb"|AN\s+" + _NUMBER + rb")\s*$")
_KNOWN = re.compile(rb"\s*(?:WC\s|[\d,.]+ words\s*$|PD\s)")
_ACCESSION = re.compile(rf"(?:Document|AN)\s+({_NUMBER.decode()})\s*$")

_HEAD_CODES = "SE HD BY CR WC PD ET SN SC ED PG VOL LA CY CX DLN"
_END_CODES = "CT RF CO IN NS RE IPC IPD PUB AN ART CLM"
_CODE = re.compile(rf"({'|'.join(_HEAD_CODES.split())}|LP|TD)(?:[ \t]+(.*))?")
_END_CODE = re.compile(rf"({'|'.join(_END_CODES.split())})(?:[ \t]+(\S.*))?$")
_WORDLIKE = ("CO", "IN", "RE", "NS", "ART", "AN")
_ODD = re.compile(r"\s*(?:Page \d+ of \d+.*|©\s*\d{4} Factiva.*|Factiva\s*)$")
_WORDS = re.compile(r"[\d,.]+ words$")
_TIME = re.compile(r"\d{1,2}:\d\d(?:\s*[AP]M)?(?:\s*GMT)?$", re.IGNORECASE)
_RIGHTS = re.compile(r"(?:\(c\)|©|copyright\b)", re.IGNORECASE)
_BYLINE = re.compile(r"by\s", re.IGNORECASE)
_REMEDY = "export it anew as text, with the full articles"


def is_export(beginning: bytes) -> bool:
    """Return whether a text begins as such an export does.

    >>> is_export(b"HD Talks end\\nWC 40 words\\n\\nLP\\nGondor left.\\n\\nDocument PALA000020200114eg1e0008x\\n")
    True
    """
    lines = beginning.split(b"\n")
    return any(map(_KNOWN.match, lines)) and any(map(_ENDS.match, lines))


def export(path: str, taking: Taking) -> Export:
    """Return a file of Factiva documents."""
    return Export(path, taking, Marks(begins=None, ends=_ENDS, known=_KNOWN, last=True), draft_of_document)


def draft_of_document(text: str, where: str) -> Draft:
    """Return the draft of one document; IntakeError where its head or its end cannot be found."""
    lines = [line.strip() for line in text.lstrip("\ufeff").split("\n") if not _ODD.match(line)]
    while lines and not lines[-1]:
        lines.pop()
    accession = _ACCESSION.search(lines[-1]) if lines else None
    if accession is None:
        raise no_head(where, "no line 'Document …' at its end: the file is cut off", _REMEDY)
    lines.pop()
    while lines and lines[-1] in ("AN", ""):
        lines.pop()
    coded = any(line.split(maxsplit=1)[:1] == ["HD"] for line in lines) and any(
        line[:2] in ("LP", "TD") for line in lines
    )
    return _coded(lines, accession[1], where) if coded else _displayed(lines, accession[1], where)


def _coded(lines: list[str], accession: str, where: str) -> Draft:
    """Return the draft of a document with codes. Those at its end are looked for from the end: a sentence may begin with 'IN'."""
    fields: dict[str, list[str]] = {}
    code, read = "", 0
    for line in lines:
        read += 1
        if match := _CODE.fullmatch(line):
            code = match[1]
            fields.setdefault(code, []).append(match[2] or "")
            if code in ("LP", "TD"):
                break
        elif code:
            fields[code].append(line)
    body = _body([fields.pop(code)[0] if code in ("LP", "TD") else "", *lines[read:]])
    known = {name: " ".join(part for part in parts if part) for name, parts in fields.items()}
    return _draft(body, known, accession, where)


def _body(lines: list[str]) -> list[str]:
    """Return the lines of lead and text without the codes between and after them."""
    blocks = re.split(r"\n\n+", "\n".join(lines).strip("\n"))
    while len(blocks) > 1 and _is_end(blocks[-1]):
        blocks.pop()
    text = "\n\n".join(blocks).split("\n")
    cut = next((n for n, line in enumerate(text) if n and re.fullmatch(r"TD(?:[ \t]+.*)?", line)), None)
    return text if cut is None else [*text[:cut], "", text[cut][2:].strip(), *text[cut + 1 :]]


def _is_end(block: str) -> bool:
    """Return whether a block is a field of codes: what begins with 'IN' or 'RE' and has no 'code : word' is a sentence."""
    match = _END_CODE.match(block.partition("\n")[0])
    return match is not None and (match[1] not in _WORDLIKE or not match[2] or " : " in block)


def _displayed(lines: list[str], accession: str, where: str) -> Draft:
    """Return the draft of a document as it is displayed: headline, byline, 'N words', day, time, outlet, code, language, rights."""
    words = next((number for number, line in enumerate(lines) if _WORDS.match(line)), None)
    if words is None:
        raise no_head(where, "no line such as '400 words' at its head", _REMEDY)
    above = [line for line in lines[:words] if line and not _BYLINE.match(line)]
    below = [number for number in range(words + 1, len(lines)) if lines[number]]
    days = next((place for place, number in enumerate(below[:3]) if day_of(lines[number])), None)
    known = {"HD": max(above, key=len, default=""), "PD": lines[below[days]] if days is not None else ""}
    rest = below[(days + 1) if days is not None else 0 :]
    if rest and _TIME.match(lines[rest[0]]):
        rest = rest[1:]
    known["SN"] = lines[rest[0]] if rest else ""
    return _draft(lines[_body_start(lines, rest) :], known, accession, where)


def _body_start(lines: list[str], rest: list[int]) -> int:
    """Return where the body begins: after the line of rights, else after the head's first blank line."""
    rights = next((number for number in rest[:8] if _RIGHTS.match(lines[number])), None)
    if rights is not None:
        return rights + 1
    start = rest[0] if rest else len(lines)
    return next((number for number in range(start, len(lines)) if not lines[number]), start)


def _draft(body: list[str], known: dict[str, str], accession: str, where: str) -> Draft:
    return Draft(
        where=where,
        text="\n".join(body),
        headline=known.get("HD") or None,
        id=accession,
        outlet=known.get("SN") or None,
        published=day_of(known.get("PD", "")),
    )
