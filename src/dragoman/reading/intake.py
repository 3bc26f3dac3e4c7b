"""Files and streams to reports: the first step of reading.

What is wrong with a report is an IntakeError in its place; the other reports of the file still come.
"""

from __future__ import annotations

import codecs
import stat
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from io import BytesIO
from pathlib import Path

from dragoman.errors import IntakeError
from dragoman.model import Report, content_id
from dragoman.reading.datelines import dateline_of, is_byline, stated_day
from dragoman.reading.formats import FORMS, Draft, Form, draft_of_page, draft_of_record, form_of, records_of
from dragoman.reading.language import require_english
from dragoman.reading.notices import revision_of, take_notices, take_prefix
from dragoman.reading.plain import (
    Blocks,
    binary_kind,
    blocks_of,
    decode,
    ends_sentence,
    normalise,
    not_text,
    paragraphs_of,
)

_LONGEST_HEADLINE = 200
BYTES_PER_CHAR = 20
_WIDE_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)


@dataclass(frozen=True, slots=True, kw_only=True)
class IntakeOptions:
    """What the user knows of the reports fills what they do not state; ``max_chars`` bounds one report."""

    published: date | None = None
    outlet: str | None = None
    url: str | None = None
    fetched: datetime | None = None
    max_chars: int = 1_000_000


Taken = Report | IntakeError
_DEFAULT = IntakeOptions()


def read_path(path: Path, options: IntakeOptions = _DEFAULT) -> Iterator[Taken]:
    """Yield the reports of a file, or of the files of a directory that have a known ending, by name.

    What cannot be read is yielded as IntakeError, with 'file' or 'file:line'; nothing is raised.
    """
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            inside = sorted(each for each in path.iterdir() if _is_known(each))
        else:
            yield from _read_file(path, mode, options)
            return
    except (OSError, ValueError) as mistake:
        yield _unreadable(path, mistake)
        return
    if not inside:
        found, remedy = "the directory holds no report", f"give files that end in {', '.join(FORMS)}"
        yield IntakeError(where=str(path), found=found, remedy=remedy)
    for each in inside:
        yield from read_path(each, options)


def read_stream(data: bytes, name: str = "-", options: IntakeOptions = _DEFAULT) -> Iterator[Taken]:
    """Yield the reports of bytes whose form (HTML, JSON, JSON lines, plain) is found from how they begin."""
    yield from _read_bytes(data, name, None, options)


def read_upload(data: bytes, name: str, options: IntakeOptions = _DEFAULT) -> Iterator[Taken]:
    """Yield the reports of a file that is given as its name and bytes, like ``read_path``: its ending says which form it has."""
    ending = Path(name).suffix.lower()
    if ending not in FORMS:
        found = f"a file that ends in {ending!r} is not read" if ending else "the file's name has no ending"
        yield IntakeError(where=name, found=found, remedy=f"give files that end in {', '.join(FORMS)}")
    elif FORMS[ending] is Form.LINES:
        yield from _read_lines(BytesIO(data), name, options)
    else:
        yield from _read_bytes(data, name, FORMS[ending], options)


def from_text(text: str, options: IntakeOptions = _DEFAULT, *, headline: str | None = None, name: str = "-") -> Report:
    """Return the report in a plain text; raise IntakeError where it is none.

    Without ``headline``, a short first paragraph that does not end in a full stop is the headline.

    >>> from_text("Talks end\\n\\nGondor left the talks on Monday.").headline
    'Talks end'
    """
    return report_of(Draft(where=name, text=text, headline=headline, titled=headline is not None), options)


def _is_known(path: Path) -> bool:
    return path.suffix.lower() in FORMS and not path.name.startswith(".") and not path.is_dir()


def _unreadable(path: Path, mistake: OSError | ValueError) -> IntakeError:
    if isinstance(mistake, FileNotFoundError):
        return IntakeError(where=str(path), found="there is no such file", remedy="check the path")
    reason = (mistake.strerror if isinstance(mistake, OSError) else None) or str(mistake)
    found = f"the file cannot be read ({reason})"
    return IntakeError(where=str(path), found=found, remedy="check path and permissions")


def _read_file(path: Path, mode: int, options: IntakeOptions) -> Iterator[Taken]:
    if not (stat.S_ISREG(mode) or stat.S_ISFIFO(mode)):
        found = "this is no file with text"
        yield IntakeError(where=str(path), found=found, remedy="give a file or a directory")
        return
    form = FORMS.get(path.suffix.lower())
    with path.open("rb") as handle:
        if form is Form.LINES:
            yield from _read_lines(handle, str(path), options)
            return
        # only a list of reports may be longer than one report can be
        limit = -1 if form is Form.JSON else options.max_chars * BYTES_PER_CHAR + 1
        data = handle.read(limit)
    yield from _read_bytes(data, str(path), form, options)


def _read_lines(lines: Iterable[bytes], name: str, options: IntakeOptions) -> Iterator[Taken]:
    """Yield the reports of JSON lines, one at a time, so that a file may be larger than memory."""
    some = False
    for number, line in enumerate(lines, 1):
        if number == 1 and line.startswith(_WIDE_MARKS):
            # a line end of UTF-16 is two bytes: such a file is read whole
            yield from _read_bytes(b"".join([line, *lines]), name, Form.LINES, options)
            return
        if number == 1 and (binary := binary_kind(line)):
            yield not_text(name, binary)
            return
        if line.strip():
            some = True
            yield _read_record(line, f"{name}:{number}", options)
    if not some:
        yield _empty(name)


def _read_record(line: bytes, where: str, options: IntakeOptions) -> Taken:
    if len(line) > options.max_chars * BYTES_PER_CHAR:
        return too_long(where, options)
    return taken(lambda: draft_of_record(decode(line, where).strip().encode(), where), options)


def _read_bytes(data: bytes, name: str, form: Form | None, options: IntakeOptions) -> Iterator[Taken]:
    try:
        text = decode(data, name)
        if not text.strip("\ufeff \t\r\n"):
            raise _empty(name)
    except IntakeError as mistake:
        yield mistake
        return
    # what is called .json may hold JSON lines
    found = form_of(text) if form in (None, Form.JSON) else form
    if form is Form.JSON and found is not Form.LINES:
        found = Form.JSON
    if found is Form.LINES:
        yield from _read_lines((line.encode() for line in text.split("\n")), name, options)
    elif found is Form.JSON:
        yield from _read_json(text, name, options)
    elif len(data) > options.max_chars * BYTES_PER_CHAR:
        yield too_long(name, options)
    elif found is Form.HTML:
        yield taken(lambda: draft_of_page(text, name), options)
    else:
        yield taken(lambda: Draft(where=name, text=text, titled=False), options)


def _read_json(text: str, name: str, options: IntakeOptions) -> Iterator[Taken]:
    try:
        for where, record in records_of(text, name):
            yield taken(partial(draft_of_record, record, where), options)
    except IntakeError as mistake:
        yield mistake


def taken(draft: Callable[[], Draft], options: IntakeOptions) -> Taken:
    """Return the report of a draft, or why there is none."""
    try:
        return report_of(draft(), options)
    except IntakeError as mistake:
        return mistake


def _empty(where: str) -> IntakeError:
    return IntakeError(where=where, found="the file is empty", remedy="give a report with text")


def too_long(where: str, options: IntakeOptions) -> IntakeError:
    """Return the error for a report that is longer than is allowed."""
    found = f"the report has more than {options.max_chars:,} characters"
    return IntakeError(where=where, found=found, remedy="split it or raise max_chars in the settings")


def report_of(draft: Draft, options: IntakeOptions) -> Report:
    """Return the finished report of a draft; IntakeError where it is none. The order of these steps fixes what the offsets count."""
    if len(draft.text) > options.max_chars:
        raise too_long(draft.where, options)
    blocks, notices = take_notices(blocks_of(normalise(draft.text)))
    headline = normalise(draft.headline).replace("\n", " ").replace("  ", " ") if draft.headline else None
    if not draft.titled:
        headline, blocks = _split_headline(blocks)
    paragraphs = paragraphs_of(blocks)
    if headline:
        bare, marks = take_prefix(headline)
        notices = marks + notices
        if paragraphs and paragraphs[0] in (headline, bare):
            del paragraphs[0]
        headline = bare
    body = "\n\n".join(paragraphs)
    _require_body(body, headline, draft.where)
    published = draft.published or options.published or stated_day(body)
    outlet, url = draft.outlet or options.outlet, draft.url or options.url
    start = len(headline) + 2 if headline else 0
    return Report(
        id=draft.id or content_id(headline, body, outlet, published, url),
        headline=headline or None,
        text=f"{headline}\n\n{body}" if headline else body,
        body_start=start,
        outlet=outlet,
        url=url,
        published=published,
        language=require_english(body, draft.where),
        revision=revision_of(notices),
        dateline=dateline_of(body, published, start),
        source=draft.where,
        fetched=draft.fetched or options.fetched,
    )


def _split_headline(blocks: Blocks) -> tuple[str | None, Blocks]:
    """Return the headline (a short first line, alone or with a byline, without a full stop) and the rest."""
    if not blocks or not _is_headline(blocks[0][0]):
        return None, blocks
    first, *rest = blocks[0]
    if rest and not all(is_byline(line) for line in rest):
        return None, blocks
    return first, [rest, *blocks[1:]] if rest else blocks[1:]


def _is_headline(line: str) -> bool:
    abbreviated = line[-2:-1].isupper() and line[-4:-3].isupper() and line[-3:-2] == "."
    return len(line) <= _LONGEST_HEADLINE and (line.endswith(("!", "?")) or abbreviated or not ends_sentence(line))


def _require_body(body: str, headline: str | None, where: str) -> None:
    if any(character.isalpha() for character in body):
        return
    if headline:
        found, remedy = "the report has a headline and no body", "give its text below the headline"
    else:
        found, remedy = "the report has no words", "give a report with text"
    raise IntakeError(where=where, found=found, remedy=remedy)


__all__ = [
    "IntakeOptions", "Taken", "from_text", "read_path", "read_stream", "read_upload", "report_of", "taken", "too_long",
]  # fmt: skip
