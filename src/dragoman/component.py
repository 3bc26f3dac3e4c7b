"""A step of a spaCy pipeline: `nlp.add_pipe("dragoman")` puts what a text claims into `doc._.claims`.

spaCy finds it by the entry point in pyproject.toml; nobody needs to import it. What is read is `doc.text`, by our own parser:
the steps before it in the pipeline do not matter, and `spacy.blank("en")` is enough. All offsets count in `doc.text`.

What was read is kept in `doc.user_data` as bytes, so that it goes with a doc through processes, `Doc.to_bytes` and `DocBin`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any

import msgspec
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import raise_error

from dragoman.errors import DragomanError, IntakeError, SettingsError
from dragoman.model import Claim, Report
from dragoman.process.board import record_of
from dragoman.process.records import ProcessRecord
from dragoman.reading.intake import IntakeOptions, from_text
from dragoman.reading.offsets import Places, moved, places_in
from dragoman.reading.parse import Sentence
from dragoman.reading.reader import Reader, Reading, default_reader
from dragoman.settings import load_settings

Handler = Callable[[str, "Component", list[Doc], Exception], Any]
"""spaCy's: the step's name, the step, the docs at fault and what went wrong."""

_READING, _RECORD, _WHY, _DAY = "dragoman.reading", "dragoman.record", "dragoman.not_read", "dragoman.published"
_TOGETHER = 64  # docs read together: more gain nothing, and are held in memory


class Config(msgspec.Struct, frozen=True, kw_only=True):
    """What a pipeline's config may say: the day and outlet of texts that state none, a settings file, whether records are made."""

    published: str | None = None
    outlet: str | None = None
    settings: str | None = None
    record: bool = True


class Component:
    """The step. A text that is no report (no words, another language) gets no claims, and `doc._.not_read` says why.

    With an error handler of yours (`nlp.set_error_handler`) such a text goes to it instead, and leaves the stream as spaCy does it.
    """

    def __init__(self, name: str, config: Config) -> None:
        _day(config.published)
        self.name = name
        self.config = config
        self._handler: Handler | None = None
        self._reader: Reader | None = None
        _extend()

    @property
    def reader(self) -> Reader:
        """The reader: one a process for all pipelines of the same settings, loaded when first used."""
        if self._reader is None:
            path = self.config.settings
            self._reader = default_reader(load_settings(Path(path) if path else None))
        return self._reader

    def __getstate__(self) -> dict[str, Any]:
        """Return what goes to another process, which loads its own reader."""
        return {**self.__dict__, "_reader": None}

    def __call__(self, doc: Doc) -> Doc:
        """Return the doc with what its text says; with an error handler, raise what is wrong with the text."""
        for each, fault in self._read([doc]):
            if fault is not None and self._handler is not None:
                raise fault
            return each
        return doc

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = _TOGETHER) -> Iterator[Doc]:
        """Yield each doc with what its text says, in order; what is wrong with one text costs no other."""
        docs = iter(stream)
        while some := list(islice(docs, min(batch_size, _TOGETHER))):
            for doc, fault in self._read(some):
                if fault is not None and self._handler is not None:
                    self._handler(self.name, self, [doc], fault)
                else:
                    yield doc

    def set_error_handler(self, error_handler: Handler) -> None:
        """Let a function have the texts that cannot be read; spaCy calls this from `nlp.set_error_handler`."""
        self._handler = error_handler

    def get_error_handler(self) -> Handler:
        """Return what spaCy is to do with an exception of this step."""
        return self._handler or raise_error

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        """Return the config as bytes; rulebook and model are part of the installation."""
        return msgspec.json.encode(self.config)

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> Component:
        """Take the config from bytes."""
        self.config, self._reader = msgspec.json.decode(data, type=Config), None
        return self

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:
        """Write the config into a folder of this name."""
        folder = Path(path)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "config.json").write_bytes(self.to_bytes())

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> Component:
        """Take the config from a folder of this name."""
        return self.from_bytes((Path(path) / "config.json").read_bytes())

    def _read(self, docs: Iterable[Doc]) -> Iterator[tuple[Doc, DragomanError | None]]:
        """Yield each doc with what was wrong with its text, if anything; the texts are parsed together."""
        taken = [(doc, self._report(doc)) for doc in docs]
        readings = self.reader.read_all(report for _, report in taken if isinstance(report, Report))
        for doc, report in taken:
            found = next(readings) if isinstance(report, Report) else report
            fault = self._keep(doc, found) if isinstance(found, Reading) else found
            if fault is not None:
                doc.user_data[_WHY] = str(fault)
            yield doc, fault

    def _report(self, doc: Doc) -> Report | DragomanError:
        """Return the report in a doc; its day and outlet are the doc's own, else the context's, else the config's."""
        context = doc._context if isinstance(doc._context, Mapping) else {}
        for key in (_READING, _RECORD, _WHY):
            doc.user_data.pop(key, None)
        try:
            day = _day(doc.user_data.get(_DAY) or context.get("published") or self.config.published)
            options = IntakeOptions(published=day, outlet=context.get("outlet") or self.config.outlet)
            return from_text(doc.text, options, name="doc")
        except DragomanError as mistake:
            return mistake

    def _keep(self, doc: Doc, reading: Reading) -> IntakeError | None:
        """Put a reading and its record into a doc; return what is wrong where they cannot be laid over its text."""
        try:
            places = places_in(doc.text, reading.report.text)
        except IntakeError as mistake:
            return mistake
        record = record_of(reading, self.reader.rulebook) if self.config.record else None
        if reading.report.text != doc.text:
            reading = _moved(reading, places, doc.text)
            record = moved(record, places, doc.text)
        bare = tuple(_without_tree(sentence) for sentence in reading.sentences)
        doc.user_data[_READING] = msgspec.msgpack.encode(replace(reading, sentences=bare))
        if record is not None:
            doc.user_data[_RECORD] = msgspec.msgpack.encode(record)
        return None


@Language.factory(
    "dragoman",
    assigns=["doc._.claims", "doc._.reading", "doc._.record", "doc._.not_read"],
    default_config=msgspec.to_builtins(Config()),
)
def make(  # noqa: PLR0913  spaCy gives each key of the config as a parameter
    nlp: Language, name: str, published: str | None, outlet: str | None, settings: str | None, record: bool
) -> Component:
    """Return the step for a pipeline's config."""
    return Component(name, Config(published=published, outlet=outlet, settings=settings, record=record))


def _moved(reading: Reading, places: Places, text: str) -> Reading:
    """Return a reading whose offsets count in the doc's text."""
    report = moved(reading.report, places, text)
    start, _ = places.span(report.body_start, report.body_start)
    return replace(
        reading,
        report=replace(report, text=text, body_start=start),
        sentences=tuple(_moved_sentence(each, places, text) for each in reading.sentences),
        entities=moved(reading.entities, places, text),
        claims=moved(reading.claims, places, text),
        signs=moved(reading.signs, places, text),
    )


def _moved_sentence(sentence: Sentence, places: Places, text: str) -> Sentence:
    start, end = places.span(sentence.start, sentence.end)
    return replace(sentence, start=start, end=end, text=text[start:end])


def _without_tree(sentence: Sentence) -> Sentence:
    """Return a sentence without our tokens and tree: the doc has its own."""
    none: tuple[Any, ...] = ()
    return replace(
        sentence, words=none, lemmas=none, tags=none, deps=none, heads=none, starts=none, ends=none, children=none
    )


def _day(given: object) -> date | None:
    """Return a day that is given as a date or as '2024-05-15'."""
    if given is None or isinstance(given, date):
        return given
    try:
        return date.fromisoformat(str(given))
    except ValueError as mistake:
        found = f"{given!r} is no day"
        raise SettingsError(where="published", found=found, remedy="give a day as in 2024-05-15") from mistake


_reading_of = lru_cache(maxsize=256)(msgspec.msgpack.Decoder(Reading).decode)
_record_of = lru_cache(maxsize=256)(msgspec.msgpack.Decoder(ProcessRecord).decode)


def _get_reading(doc: Doc) -> Reading | None:
    kept = doc.user_data.get(_READING)
    return None if kept is None else _reading_of(kept)


def _get_claims(doc: Doc) -> tuple[Claim, ...]:
    reading = _get_reading(doc)
    return reading.claims if reading else ()


def _get_record(doc: Doc) -> ProcessRecord | None:
    kept = doc.user_data.get(_RECORD)
    return None if kept is None else _record_of(kept)


def _get_why(doc: Doc) -> str | None:
    return doc.user_data.get(_WHY)


def _get_published(doc: Doc) -> date | None:
    return _day(doc.user_data.get(_DAY))


def _set_published(doc: Doc, given: date | str | None) -> None:
    day = _day(given)
    doc.user_data[_DAY] = day.isoformat() if day else None


_EXTENSIONS: Mapping[str, tuple[Callable[[Doc], Any], Callable[[Doc, Any], None] | None]] = {
    "claims": (_get_claims, None),
    "reading": (_get_reading, None),
    "record": (_get_record, None),
    "not_read": (_get_why, None),
    "published": (_get_published, _set_published),
}


def _extend() -> None:
    """Give `doc._` our names; raise SettingsError where another package has one of them."""
    for name, (getter, setter) in _EXTENSIONS.items():
        if not Doc.has_extension(name):
            Doc.set_extension(name, getter=getter, setter=setter)
        elif Doc.get_extension(name)[2] is not getter:
            found = "another package has this name"
            remedy = f"take it off with Doc.remove_extension({name!r}) before the step is added"
            raise SettingsError(where=f"doc._.{name}", found=found, remedy=remedy)
