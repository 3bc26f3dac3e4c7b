"""Sentences that name a truce or accord as made: signed, brokered, agreed, announced -> documents, where no claim tells so."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from dragoman.model import Evidence, When
from dragoman.process.documents import kind_by_name, named_in
from dragoman.process.facts import Facts, known
from dragoman.process.truces_told import made_on

_MADE = re.compile(
    r"(?:,? (?:which|that) (?:the two sides|both sides|they|the parties|[A-Z][\w’'-]+)?\s?(?:had |has |have )?|,? )"
    r"(?P<verb>signed|brokered|mediated|negotiated|concluded|reached|agreed)\b"
)
_WAS = re.compile(r" (?:was|were|had been|has been) (?P<verb>signed|brokered|agreed|concluded|reached)\b")
_OF_DAY = re.compile(r" of (?:\d{1,2} [A-Z]|[A-Z][a-z]+\.? \d)")
_HEADS = re.compile(
    r"\b(?:truce|cease-?fire|armistice|cessation of hostilities|deal|accord|agreement)\b", re.IGNORECASE
)
_PAUSE = r"(?:truce|cease-?fire|armistice|pause in (?:the )?fighting|cessation of hostilities)"
_RENEWED = re.compile(
    rf"\b(?:extended|renewed|prolonged|(?:agreed?|decided)(?: on [A-Z]\w+)? to (?:extend|renew|prolong)) (?:[\w’'-]+ ){{0,3}}{_PAUSE}"
    rf"|\b{_PAUSE},? (?:(?:was|has|had) (?:[a-z]+ )?(?:been )?)?(?:extended|renewed|prolonged)\b"
    rf"|\b{_PAUSE}(?:, [^.;,]{{2,60}},)? [^.;,]{{0,60}}?(?:was|has|had) (?:[a-z]+ )?(?:been )?(?:extended|renewed|prolonged)\b",
    re.IGNORECASE,
)
_UNSURE = re.compile(
    r"\b(?:if|whether|until|not|refus\w+|reject\w+|fail\w*|urg\w+|could|may|hop\w+)\b[^,;.]{0,50}\Z", re.IGNORECASE
)
_LEAD = re.compile(r"\b[Uu]nder an? (?:[\w’'-]+ ){0,4}\Z")
_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_YEAR_BEFORE = re.compile(rf"\b(?P<day>(?:{_MONTH} )?(?:19|20)\d\d) (?:[\w’'-]+ ){{0,4}}\Z")

_YEAR_AFTER = re.compile(r" of (?P<day>(?:[A-Z][a-z]+ )?(?:19|20)\d\d)\b")
_DOUBT = re.compile(r"\b(?:no|any|a new|another|if|unless|hope\w*|for a|fail\w+) (?:[\w-]+ )?\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldDocument:
    """A document as a sentence tells of it. ``both``: signed by the two sides, not by one that is named."""

    name: str
    kind: str | None
    status: str
    both: bool
    date: When
    evidence: Evidence


def told_documents(facts: Facts) -> tuple[ToldDocument, ...]:
    """Return the truces that the report's sentences tell of as made, each once."""
    return facts.once(_told_in_all)


def _told_in_all(facts: Facts) -> tuple[ToldDocument, ...]:
    found: list[ToldDocument] = []
    for sentence in facts.sentences:
        for named in _HEADS.finditer(sentence.text):
            after = sentence.text[named.end() :]
            dated = _OF_DAY.match(after) if facts.has(named.group(), "truce_names") else None
            made = _MADE.match(after) or _WAS.match(after) or dated
            if made is None or _DOUBT.search(sentence.text[: named.start()]):
                continue
            verb = made.groupdict().get("verb")
            truce = facts.has(named.group(), "truce_names")
            if not truce and (verb not in ("brokered", "mediated") or not facts.tells("truce_names")):
                continue
            by_one = re.match(r" (?:by|which [A-Z]|that [A-Z])", after[: made.end()][-30:]) is not None
            told = ToldDocument(
                name=named.group().lower(),
                kind="ceasefire",
                status="signed" if verb == "signed" else "reached",
                both=not by_one and not re.match(r" by\b", after[made.end() :]),
                date=made_on(sentence.text, named, facts) or When(),
                evidence=sentence,
            )
            if not any(_is_same(told, other) for other in found):
                found.append(told)
        found += [told for told in _others(sentence, facts) if not any(_is_same_paper(told, other) for other in found)]
        renewed = _renewed(sentence)
        if renewed is not None and not any(told.kind == "renewal" for told in found):
            found.append(renewed)
    return tuple(found)


def _others(sentence: Evidence, facts: Facts) -> list[ToldDocument]:
    """Return the papers that are no truces and of which a sentence says that they were made, when, or that they bind."""
    found = []
    for named in facts.every(sentence.text, "document_heads"):
        before, after = sentence.text[: named.start()], sentence.text[named.end() :]
        if facts.has(named.group(), "truce_names", "vague_papers") or _UNSURE.search(before) or _DOUBT.search(before):
            continue
        made = _MADE.match(after) or _WAS.match(after)
        dated = _YEAR_BEFORE.search(before) or _YEAR_AFTER.match(after)
        if made is None and dated is None and _LEAD.search(before) is None:
            continue
        paper = named_in(sentence.text[max(0, named.start() - 60) : named.end()], facts)
        if paper is None or facts.has(sentence.text, "not_documents"):
            continue
        found.append(
            ToldDocument(
                name=paper[0],
                kind=kind_by_name(paper[0], facts),
                status="signed" if made is not None and made.group("verb") == "signed" else "reached",
                both=False,
                date=_made(sentence.text, named, dated, facts) or When(),
                evidence=sentence,
            )
        )
    return found


def _made(text: str, named: re.Match[str], dated: re.Match[str] | None, facts: Facts) -> When | None:
    """Return when a paper was made: in the year that stands beside its name, else by the words after it."""
    if dated is not None:
        told = dated.group("day")
        when = facts.time_in(f"in {told}", "at", ahead=False)
        return replace(when, phrase=told) if when is not None else None
    return made_on(text, named, facts)


def _is_same_paper(one: ToldDocument, other: ToldDocument) -> bool:
    return one.kind == other.kind and _is_same(one, other)


def _renewed(sentence: Evidence) -> ToldDocument | None:
    """Return the prolongation of a truce that a sentence tells of: 'agreed to extend the ceasefire', 'the truce, renewed for'."""
    named = _RENEWED.search(sentence.text)
    if named is None or _UNSURE.search(sentence.text[: named.start()]):
        return None
    return ToldDocument(
        name="truce extension", kind="renewal", status="reached", both=False, date=When(), evidence=sentence
    )


def _is_same(one: ToldDocument, other: ToldDocument) -> bool:
    return not (known(one.date) and known(other.date)) or one.date == other.date
