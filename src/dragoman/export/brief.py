"""The brief for people: state first, then talks, demands, threats, backers, what is planned, then events by day.

What comes from a report is data: control and direction characters are taken out, nothing in it is read as markup.
"""

from __future__ import annotations

import re
import textwrap
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from dragoman.export.days import day_words, interval_words
from dragoman.export.form import ClaimForm, ReadingForm, Record
from dragoman.export.records import SECTIONS, Names, Words, led
from dragoman.model import Status

WIDTH = 80
_LONGEST = 220
_INDENT = "  "
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_STATUS = {Status.FUTURE: "planned", Status.HYPOTHETICAL: "possible"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One printed line and what it is: title, head, day, item, note or quote."""

    text: str
    style: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefOptions:
    """``width`` in columns; ``evidence`` adds the sentences that the numbers stand for."""

    width: int = WIDTH
    evidence: bool = False


def brief(form: ReadingForm, names: Mapping[str, str], options: BriefOptions | None = None) -> list[Line]:
    """Return the brief of a reading as lines; ``names`` maps entity ids to names."""
    return list(_Brief(form, names, options or BriefOptions()).lines())


def clean(text: str) -> str:
    """Return text without control, format and surrogate characters, its spaces single.

    >>> clean("Gon\\x1b[31mdor \\u202e left")
    'Gon[31mdor left'
    """
    if text.isprintable():  # nothing of category C in it, and no space but the plain one
        return " ".join(text.split())
    kept = "".join(" " if c.isspace() else c for c in text if c.isspace() or unicodedata.category(c)[0] != "C")
    return " ".join(kept.split())


def fit(words: str) -> str:
    """Return words without what XML cannot hold.

    >>> fit("a\\x00b\\ud800c")
    'abc'
    """
    return _NO_XML.sub("", words)


def shorten(text: str, longest: int = _LONGEST) -> str:
    """Return text cut at a word, with an ellipsis, where it is longer."""
    return text if len(text) <= longest else text[:longest].rpartition(" ")[0].rstrip(",;: ") + " …"


class _Brief:
    def __init__(self, form: ReadingForm, names: Mapping[str, str], options: BriefOptions) -> None:
        self._form = form
        self._names = Names(names)
        self._options = options
        self._claims = {claim.id: claim for claim in form.claims}
        self._told: dict[str, list[int]] = defaultdict(list)  # by event, the sentences that tell of it
        for claim in form.claims:
            self._told[claim.event_id].append(claim.evidence.sentence)
        self._cited: set[int] = set()

    def lines(self) -> Iterator[Line]:
        yield from self._head()
        for title, kinds in SECTIONS:
            found = [pair for kind, words in kinds for pair in self._records(kind, words)]
            if found:
                yield from self._section(title)
            for words, numbers in found:
                yield from self._item(words, numbers)
        yield from self._events()
        yield from self._close()

    def _head(self) -> Iterator[Line]:
        report = self._form.report
        yield from self._wrapped(clean(report.headline or "(no headline)"), "title", "")
        day = date.fromisoformat(report.published) if report.published else None
        parts = [report.outlet or "outlet unknown", day_words(day, weekday=True) if day else "day unknown"]
        yield from self._wrapped(" · ".join(clean(p) for p in [*parts, f"{report.sentences} sentences"]), "note", "")
        if report.revision:
            yield from self._wrapped(f"Updated: {clean(report.revision.notice)}", "note", "")

    def _section(self, title: str) -> Iterator[Line]:
        yield Line(text="", style="note")
        yield Line(text=title.upper(), style="head")

    def _records(self, kind: str, words: Words) -> Iterator[tuple[str, tuple[int, ...]]]:
        for record in self._form.process.get(kind, ()):
            notes = ["hedged"] if record.get("hedged") else []
            notes += [self._said_of_record(record), self._contrary(record)]
            yield _joined(words(record, self._names), "; ".join(filter(None, notes))), self._numbers(record)

    def _contrary(self, record: Record) -> str:
        numbers = sorted({self._claims[i].evidence.sentence for i in record.get("contrary", ()) if i in self._claims})
        self._cited.update(numbers)
        return f"against it: {', '.join(map(str, numbers))}" if numbers else ""

    def _numbers(self, record: Record) -> tuple[int, ...]:
        """Return the sentences that a record stands on, the leading one first."""
        lead = record.get("evidence") or {}
        found = [lead["sentence"]] if "sentence" in lead else []
        found += sorted(self._claims[i].evidence.sentence for i in record.get("claims", ()) if i in self._claims)
        return tuple(dict.fromkeys(found))

    def _said_of_record(self, record: Record) -> str:
        claims = [self._claims[i] for i in record.get("claims", ()) if i in self._claims]
        if not claims or any(not _said(claim, self._names) for claim in claims):
            return ""
        return _said(claims[0], self._names)

    def _item(self, words: str, numbers: tuple[int, ...], indent: str = _INDENT) -> Iterator[Line]:
        self._cited.update(numbers)
        mark = f" [{', '.join(map(str, numbers))}]" if numbers else ""
        yield from self._wrapped(shorten(clean(words)) + mark, "item", indent)

    def _wrapped(self, text: str, style: str, indent: str) -> Iterator[Line]:
        later = indent + _INDENT if style == "item" else indent
        for line in textwrap.wrap(
            text, self._options.width, initial_indent=indent, subsequent_indent=later, break_on_hyphens=False
        ):
            yield Line(text=line, style=style)

    def _events(self) -> Iterator[Line]:
        leading = [claim for claim in self._form.claims if claim.event_id in ("", claim.id)]
        if not leading:
            return
        yield from self._section("Events")
        for title, claims in _by_day(leading):
            yield Line(text=_INDENT + title, style="day")
            for claim in claims:
                yield from self._item(act_words(claim, self._names), self._tellings(claim), _INDENT * 2)

    def _tellings(self, claim: ClaimForm) -> tuple[int, ...]:
        return tuple(dict.fromkeys([claim.evidence.sentence, *sorted(self._told[claim.id])]))

    def _close(self) -> Iterator[Line]:
        if not self._form.claims:
            yield from self._section("No claim was read in this report")
        elif self._form.unread:
            yield Line(text="", style="note")
            numbers = ", ".join(str(item.sentence) for item in self._form.unread)
            yield from self._wrapped(f"Sentences that gave no claim: {numbers}", "note", "")
        if self._options.evidence and self._cited:
            yield from self._section("Sentences")
            texts = {claim.evidence.sentence: claim.evidence.text for claim in self._form.claims}
            for record in (r for records in self._form.process.values() for r in records):
                lead = record.get("evidence") or {}
                if "sentence" in lead:
                    texts.setdefault(lead["sentence"], lead["text"])
            for number in sorted(self._cited & texts.keys()):
                yield from self._wrapped(f"[{number}] {clean(texts[number])}", "item", _INDENT)


def act_words(claim: ClaimForm, names: Names) -> str:
    """Return a claim in words: type, what qualifies it, who to whom, about what, who says so."""
    who = names.all(claim.actor) or "(unnamed)"
    whom = f" → {names.all(claim.recipient)}" if claim.recipient else ""
    marks = [
        word for word, on in (("NOT", claim.negated), (_STATUS.get(claim.status, ""), claim.status in _STATUS)) if on
    ]
    marks += ["hedged"] if claim.hedged else []
    noted = f"({', '.join(marks)}) " if marks else ""
    return _joined(f"{claim.event.value} {noted}{who}{whom}{_about(claim)}", _said(claim, names))


def _said(claim: ClaimForm, names: Names) -> str:
    """Return who says it, innermost first, where it is neither the report nor the actor alone."""
    links = dict.fromkeys(link for link in claim.attribution if (link.speaker,) != claim.actor)
    words: list[str] = []
    for link in links:
        verb = "told by" if words else "said by"
        words.append(f"{verb} {names.of(link.speaker)}" if link.speaker else f"“{link.text}”")
    return ", ".join(dict.fromkeys(words))


def _joined(words: str, said: str) -> str:
    return f"{words} ({said})" if said else words


def _about(claim: ClaimForm) -> str:
    parts = [
        shorten(claim.content, 120) if claim.content else "",
        shorten(led("if", claim.condition), 100),
        shorten(led("with", claim.means), 100) if claim.means != claim.content else "",
        claim.casualties or "",
        f"in {claim.place.name}" if claim.place and claim.place.name not in (claim.content or "") else "",
    ]
    about = "; ".join(part for part in parts if part)
    return f": {about}" if about else ""


def _by_day(claims: Iterable[ClaimForm]) -> Iterator[tuple[str, list[ClaimForm]]]:
    """Yield the days with their claims: background first, then by day, then those of unknown day."""
    groups: dict[tuple[int, str, str, str], list[ClaimForm]] = {}
    for claim in claims:
        start, end = claim.date.start, claim.date.end
        words = interval_words({"start": start, "end": end}, weekday=True)
        day = (start or end or "", end or "")
        if claim.status is Status.HISTORICAL:
            key = (0, *day, f"background, {words}" if words else "background")
        else:
            key = (1, *day, words) if words else (2, "", "", "day not stated")
        groups.setdefault(key, []).append(claim)
    for key in sorted(groups):
        yield key[-1], groups[key]
