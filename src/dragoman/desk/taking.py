"""Reports that people give at the desk: pasted, as files, or by an address; each is added, is there already, or says why not.

The page ``/add`` and the API ask here. What comes in is bounded: files in size and number, addresses to public hosts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice

from dragoman.desk.kept import Desk
from dragoman.errors import DragomanError, FetchError, IntakeError, RefusedError
from dragoman.export.brief import clean, shorten
from dragoman.feeds.fetch import LATER, Answer
from dragoman.feeds.items import in_utf8
from dragoman.ledger.adding import Added, Outcome, add_with
from dragoman.model import Report
from dragoman.reading.formats import FORMS
from dragoman.reading.intake import IntakeOptions, Taken, from_text, read_stream, read_upload

LARGEST = 5_000_000  # bytes of a file
FILES = 20  # at a time
REPORTS = 200  # at a time; a file of JSON lines may hold many
ENDINGS = tuple(FORMS)
_LONGEST_URL = 2_000
_PAGES = ("text/html", "application/xhtml+xml", "text/plain", "application/json", "application/ld+json")
PASTED = "pasted text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file as it came."""

    name: str
    data: bytes

    @property
    def source(self) -> str:
        """Return the file's name without folders, fit to be kept and shown."""
        return shorten(clean(self.name.replace("\\", "/").rpartition("/")[2]), 120) or "file without a name"


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What somebody gives: a text with its headline, files, an address; outlet and day are of those that state none."""

    text: str = ""
    headline: str = ""
    files: tuple[Upload, ...] = ()
    address: str = ""
    outlet: str = ""
    published: date | None = None

    def __bool__(self) -> bool:
        return bool(self.text.strip() or self.headline.strip() or self.files or self.address)


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What became of one report: its id where the ledger has it, and else what was found and what to do."""

    outcome: Outcome
    source: str
    report: str | None = None
    headline: str | None = None
    outlet: str | None = None
    published: date | None = None
    claims: int | None = None
    found: str | None = None
    remedy: str | None = None


def take(desk: Desk, given: Given) -> list[Done]:
    """Add what is given, and return what became of each report, in order; none costs the others.

    What cannot be read of files and addresses is kept in the ledger with the reason, like that of ``dragoman add``; a pasted
    text that cannot be read is only told, for who gave it has it still. A fault of the ledger itself is raised.
    """
    options = IntakeOptions(
        published=given.published,
        outlet=" ".join(clean(given.outlet).split()) or None,
        fetched=datetime.fromisoformat(desk.ledger.now()),
        max_chars=desk.settings.max_chars,
    )
    found = [_done(each) for each in _pasted(desk, given, options)]
    taken = iter(_files(given.files, options))
    found += [_done(each) for each in _added(desk, islice(taken, REPORTS))]
    found += [_left(each) for each in taken]
    if given.address:
        found += [_done(each) for each in _added(desk, [page_at(desk, given.address, options)])]
    return found


def page_at(desk: Desk, url: str, options: IntakeOptions) -> Taken:
    """Return the report on a page of the web, or why there is none. Only what its host allows and everybody can reach is asked."""
    try:
        if len(url) > _LONGEST_URL:
            raise RefusedError(where=url[:80], found="the address is too long", remedy="give the address of one report")
        answer = _there(desk.fetching(url))
    except RefusedError as fault:
        remedy = "save the page and give it as a file, or paste its text" if "FEEDS" in fault.remedy else fault.remedy
        return IntakeError(where=url, found=fault.found, remedy=remedy)
    except FetchError as fault:
        remedy = "try it again later, or paste its text" if fault.remedy == LATER else fault.remedy
        return IntakeError(where=url, found=fault.found, remedy=remedy)
    known = IntakeOptions(
        published=options.published,
        outlet=options.outlet,
        url=url,
        fetched=options.fetched,
        max_chars=options.max_chars,
    )
    nothing = IntakeError(where=url, found="there is no report", remedy="paste its text")
    return next(iter(read_stream(in_utf8(answer), url, known)), nothing)


def _there(answer: Answer) -> Answer:
    """Return an answer that is a page; RefusedError where there is none, or something else than a page."""
    if not 200 <= answer.status < 300:
        raise RefusedError(
            where=answer.url, found=f"the host answered {answer.status}", remedy="check the address, or paste its text"
        )
    kind = answer.headers.get("content-type", "text/html").partition(";")[0].strip().lower()
    if kind not in _PAGES:
        found = f"this is {clean(kind)[:60] or 'of no type'}, and no page"
        remedy = "give the address of one report; a feed is followed by dragoman watch"
        raise RefusedError(where=answer.url, found=found, remedy=remedy)
    return answer


def _pasted(desk: Desk, given: Given, options: IntakeOptions) -> Iterator[Added]:
    if not (given.text.strip() or given.headline.strip()):
        return
    try:
        report = from_text(given.text, options, headline=given.headline.strip() or None, name=PASTED)
    except IntakeError as fault:
        yield Added(outcome=Outcome.FAILED, source=PASTED, fault=fault)
        return
    yield from _added(desk, [report])


def _files(files: Iterable[Upload], options: IntakeOptions) -> Iterator[Taken]:
    for number, each in enumerate(files):
        if number >= FILES:
            yield IntakeError(where=each.source, found=f"more than {FILES} files at a time", remedy="give it once more")
        elif len(each.data) > LARGEST:
            found = f"the file has more than {LARGEST // 1_000_000} MB"
            yield IntakeError(where=each.source, found=found, remedy="divide it, or add it with dragoman add")
        else:
            yield from read_upload(each.data, each.source, options)


def _added(desk: Desk, taken: Iterable[Taken]) -> Iterator[Added]:
    """Add reports one by one: whoever waits for the reader gets it between two of them."""

    def one(each: Taken) -> list[Added]:
        return desk.reading(lambda reader: list(add_with(desk.ledger, lambda: reader, [each])))

    for each in taken:
        yield from one(each)


def _done(added: Added) -> Done:
    report, fault = added.report, added.fault
    return Done(
        outcome=added.outcome, source=added.source, report=report.id if report else None,
        headline=report.headline if report else None, outlet=report.outlet if report else None,
        published=report.published if report else None,
        claims=added.claims if added.outcome is Outcome.ADDED else None,
        found=fault.found if fault else None, remedy=fault.remedy if fault else None,
    )  # fmt: skip


def _left(taken: Taken) -> Done:
    """Return that a report was not looked at, for there were too many."""
    source = taken.where if isinstance(taken, DragomanError) else taken.source
    headline = taken.headline if isinstance(taken, Report) else None
    found, remedy = f"more than {REPORTS} reports at a time", "give the rest once more, or use dragoman add"
    return Done(outcome=Outcome.FAILED, source=source, headline=headline, found=found, remedy=remedy)
