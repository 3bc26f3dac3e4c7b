"""Which report an update revises: the latest earlier one with its address, or with its headline and outlet within three days."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from urllib.parse import parse_qsl, urlencode, urlsplit

from dragoman.model import Report
from dragoman.reading.notices import take_prefix

WINDOW = 3  # days between two reports that a headline and an outlet may join
_NEVER = datetime.min.replace(tzinfo=UTC)
_LEAST_WORDS = (
    4  # a shorter headline ('News in brief') comes again and again: alone it joins nothing but a marked update
)
_LEAD = r"(?:\d{1,2}(?:st|nd|rd|th) )?(?:lead|ld)(?:-writethr(?:u|ough))?(?: ?\d{1,2})?"
_MARKED = r"(?:urgent|alert|breaking(?: news)?|roundup|update[ds]?|corrected|correction|wrapup)(?: ?\d{1,2})?"
_FIRST = re.compile(rf"(?:[(\[](?:{_LEAD}|{_MARKED})[)\]][:,]?|(?:{_LEAD}|{_MARKED})(?: ?[:–—]| -))\s*", re.IGNORECASE)
_LAST = re.compile(rf"\s*[(\[](?:{_LEAD}|{_MARKED})[)\]]$", re.IGNORECASE)
_NUMBERED = re.compile(
    r"\b(?:update[ds]?|wrapup|roundup|lead|ld)(?:-writethr\w+)? ?(\d{1,2})\b|\b(\d{1,2})(?:st|nd|rd|th) (?:lead|ld)\b",
    re.IGNORECASE,
)
_MENDED = re.compile(r"\b(?:correct|refile|clarif|repeat|rpt\b|amend)", re.IGNORECASE)
_EARLY = re.compile(r"\b(?:urgent|alert|breaking)\b", re.IGNORECASE)
_TRACKING = re.compile(r"utm_|(?:fbclid|gclid|mc_cid|mc_eid|cmpid|ocid|ref|smid|at_\w+)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What tells whether a report revises another. ``turn`` orders the versions of one day: number, and whether it mends that one.

    ``fetched`` orders those of one turn where it is known: a page that was fetched again and says something else is later.
    ``address`` is the bare url; ``piece`` is outlet and headline stem, None where one of them is unknown or the stem says too little.
    """

    id: str
    day: date | None
    turn: tuple[int, int]
    fetched: datetime | None
    address: str | None
    piece: str | None

    @property
    def order(self) -> tuple[date, tuple[int, int], datetime, str]:
        """Return what orders reports: no day first, then by day, by turn, by when it was fetched, by id."""
        return self.day or date.min, self.turn, self.fetched or _NEVER, self.id


def head_of(report: Report) -> Head:
    """Return what tells whether a report revises another; an outlet that is not stated is the dateline's agency."""
    stem, marks = stem_of(report.headline or "")
    if report.revision:
        marks = (*marks, *report.revision.notice.split("; "))
    outlet = report.outlet or (report.dateline.agency if report.dateline else None)
    return Head(
        id=report.id,
        day=report.published,
        turn=turn_of(marks),
        fetched=report.fetched,
        address=address_of(report.url) if report.url else None,
        piece=f"{folded(outlet)}\n{stem}" if outlet and stem and report.published else None,
    )


def revised(report: Head, before: Sequence[Head]) -> str | None:
    """Return the id of the report that this one revises, or None.

    ``before`` are the reports published on the same day or earlier, in any order; of the same day all of them (UPDATE 1 may
    have a greater id than UPDATE 2: their turns tell which is first), so that any days cut off at the end change nothing.
    For many reports at once call ``revisions``, which gives the same in one pass.
    """
    earlier = [each for each in before if each.order < report.order and _joined(report, each)]
    return max(earlier, key=lambda each: each.order).id if earlier else None


def revisions(heads: Iterable[Head]) -> dict[str, str]:
    """Return each report that revises another, with the one that it revises: its id -> the other's.

    The reports are all that the ledger has (up to some day); values of a day do not depend on later days.
    """
    found: dict[str, str] = {}
    by_address: dict[str, Head] = {}
    by_piece: dict[str, Head] = {}
    for head in sorted(heads, key=lambda each: each.order):
        near = [by_address.get(head.address or ""), by_piece.get(head.piece or "")]
        former = revised(head, [each for each in near if each is not None])
        if former is not None:
            found[head.id] = former
        if head.address:
            by_address[head.address] = head
        if head.piece:
            by_piece[head.piece] = head
    return found


def _joined(report: Head, earlier: Head) -> bool:
    if report.address is not None and report.address == earlier.address:
        return True
    if report.piece is None or report.piece != earlier.piece or report.day is None or earlier.day is None:
        return False
    telling = report.turn > (0, 0) or len(report.piece.partition("\n")[2].split()) >= _LEAST_WORDS
    return telling and abs((report.day - earlier.day).days) <= WINDOW


def stem_of(headline: str) -> tuple[str, tuple[str, ...]]:
    """Return a headline folded and without the marks of a version, and these marks.

    >>> stem_of("UPDATE 2-Gondor's king leaves talks (2nd lead)")
    ('gondor s king leaves talks', ('UPDATE 2', '2nd lead'))
    """
    marks: list[str] = []
    for bare, mark in _stripped(headline.strip()):
        headline = bare
        marks += mark
    return folded(headline), tuple(marks)


def _stripped(headline: str) -> Iterator[tuple[str, list[str]]]:
    """Yield the headline with one more mark taken off, and the mark, until none is left or nothing but marks."""
    while True:
        bare, found = take_prefix(headline)
        for pattern in (_FIRST.match, _LAST.search):
            match = pattern(bare)
            if match and match.group() != bare:
                found = [*found, match.group().strip(" ()[]:,–—-")]
                bare = (bare[: match.start()] + bare[match.end() :]).strip()
        yield bare, found
        if bare == headline:
            return
        headline = bare


def turn_of(marks: Sequence[str]) -> tuple[int, int]:
    """Return the number of a version, and 1 where it mends the version of that number: (0, 0) is the first.

    >>> turn_of(["CORRECTED", "UPDATE 2"]), turn_of(["Adds quote"]), turn_of([]), turn_of(["URGENT"])
    ((2, 1), (1, 0), (0, 0), (-1, 0))
    """
    numbers = [int(one or other) for mark in marks for one, other in _NUMBERED.findall(mark)]
    mended = [mark for mark in marks if _MENDED.search(mark)]
    early = [mark for mark in marks if _EARLY.search(mark)]
    plain = len(marks) > len(mended) + len(early)
    number = max(numbers, default=1 if plain else -1 if early else 0)
    return number, int(bool(mended))


def address_of(url: str) -> str | None:
    """Return an address without what does not name the page; None where it names none (a site's front page).

    >>> address_of("https://www.Palantir.example/a/?utm_source=x#top"), address_of("http://palantir.example/")
    ('palantir.example/a', None)
    """
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return url.strip()
    if not parts.netloc:
        return url.strip() or None
    query = urlencode(sorted(pair for pair in parse_qsl(parts.query) if not _TRACKING.match(pair[0].lower())))
    path = parts.path.rstrip("/")
    if not path and not query:
        return None
    return parts.netloc.lower().removeprefix("www.") + path + (f"?{query}" if query else "")


def folded(words: str) -> str:
    """Return words without case, accents and marks, single-spaced.

    >>> folded("Gondor’s  KING: “Élan!”")
    'gondor s king elan'
    """
    spread = unicodedata.normalize("NFKD", words.casefold())
    return " ".join("".join(c if c.isalnum() else " " for c in spread if not unicodedata.combining(c)).split())
