"""A part of a file to its reports."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from importlib import import_module

from dragoman.corpus.sources.source import Source
from dragoman.corpus.sources.unpacked import unreadable
from dragoman.corpus.types import Part, Taking
from dragoman.errors import CorpusError, IntakeError
from dragoman.model import Report

SOURCES: Mapping[str, str] = {
    "text": "single:text_file",
    "html": "single:page_file",
    "json": "single:object_file",
    "jsonl": "rows:Rows",
    "csv": "tables:Table",
    "parquet": "parquets:Parquet",
    "warc": "warcs:Archive",
    "list": "lists:Listed",
    "feed": "saved_feeds:Saved",
    "lexisnexis": "lexisnexis:export",
    "factiva": "factiva:export",
}
"""The forms that are read, with what opens a file in each."""


def source_of(path: str, form: str, taking: Taking) -> Source:
    """Return a file opened in a form; IntakeError where it cannot be, CorpusError where there is no such form."""
    if form not in SOURCES:
        raise CorpusError(where="--from", found=f"no form {form!r}", remedy=f"use one of: {', '.join(SOURCES)}")
    module, _, name = SOURCES[form].partition(":")
    opens: Callable[[str, Taking], Source] = getattr(import_module(f"dragoman.corpus.sources.{module}"), name)
    try:
        return opens(path, taking)
    except OSError as mistake:
        raise unreadable(path, mistake) from mistake


def read_part(part: Part, taking: Taking) -> Iterator[Report | IntakeError]:
    """Yield the reports of a part in their order, and in its place each mistake; nothing of the file is raised."""
    end = None if part.count is None else part.first + part.count
    try:
        source = source_of(part.path, part.form, taking)
        for record in source.records(part.first, part.offset):
            if end is not None and record.number >= end:
                return
            if (taken := source.take(record.number, record.held)) is not None:
                yield taken
            if record.number + 1 == end:  # what comes next may be broken: that is another part's to say
                return
    except IntakeError as mistake:
        yield mistake
    except OSError as mistake:
        yield unreadable(part.path, mistake)
