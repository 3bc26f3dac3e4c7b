"""Report -> Reading: parse, clauses, actors, speech, frames, claims, records. A newcomer starts here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from dragoman.errors import DragomanError, fault_in
from dragoman.model import Claim, Entity, Report, Span, Status, Unread
from dragoman.reading.actors import Actors
from dragoman.reading.answers import addressed
from dragoman.reading.attribution import Speech
from dragoman.reading.claims import Stage, claim_of
from dragoman.reading.clauses import clauses_of
from dragoman.reading.context import Contexts
from dragoman.reading.denials import with_denials
from dragoman.reading.echoes import with_echoes
from dragoman.reading.events import Matcher
from dragoman.reading.names import NameIndex
from dragoman.reading.parse import Parser, Sentence, paragraphs_of
from dragoman.reading.parses import Parses
from dragoman.reading.recase import Recaser
from dragoman.reading.same import link_events
from dragoman.reading.scenes import Scene
from dragoman.reading.settle import Placing, Timing
from dragoman.reading.shown import rows_of_claims, table_of_claims
from dragoman.reading.skim import Skim, skipped_sentences
from dragoman.reading.where import Gazetteer, default_gazetteer
from dragoman.rulebook.loader import load_rulebook
from dragoman.rulebook.types import Rulebook
from dragoman.settings import Settings

_TOGETHER = 32  # reports parsed together
_CHARACTERS = 150_000  # and no more text than this, so that memory stays flat
_UNPARSED = 0.1  # of a report that is only looked at: it waits for those that are parsed
_Looked = tuple[Report, frozenset[int]]  # a report, and the paragraphs of it that are not parsed


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Reading:
    """What one report says: its entities and claims, and the sentences that gave none, with why.

    ``signs`` are in the form of claims but state nobody's act ('the talks collapsed'); the process records read them too.
    """

    report: Report
    sentences: tuple[Sentence, ...]
    entities: tuple[Entity, ...]
    claims: tuple[Claim, ...]
    unread: tuple[Unread, ...]
    names: Mapping[str, str] = field(default_factory=dict)
    signs: tuple[Claim, ...] = ()

    def __repr__(self) -> str:
        """Return the reading in a line: all of it has no end on a screen."""
        title = self.report.headline or self.report.text[:60]
        return f"Reading({title!r}, {len(self.claims)} claims in {len(self.sentences)} sentences)"

    def rows(self) -> list[dict[str, Any]]:
        """Return a flat row for each claim: ``pandas.DataFrame(reading.rows())`` (docs/python.md)."""
        return rows_of_claims(self.report, self.claims, self.names)

    def _repr_html_(self) -> str:
        """Return what a notebook shows: a table of the claims, all text escaped."""
        return table_of_claims(self.report, self.claims, self.names)


class Reader:
    """A loaded model, rulebook and gazetteer; ``read`` is the way of a report."""

    def __init__(self, settings: Settings | None = None, *, skim: bool = False) -> None:
        """Load all; with ``skim``, what tells of no conflict is not parsed (docs/decisions/0010-skim.md)."""
        settings = settings or Settings()
        self.rulebook: Rulebook = load_rulebook(settings.roster, settings.rules)
        self._index = NameIndex(self.rulebook.roster)
        recaser = Recaser(self._index.names)
        self.matcher = Matcher(self.rulebook)
        self._signs = frozenset(frame.id for frame in self.rulebook.frames if frame.gives.sign)
        passives = self.rulebook.words("headline_passives")
        self.parser = Parser(settings.model, settings.batch, recaser, self.matcher.verbs, passives)
        self.skim = Skim(self.rulebook, self._index, self.parser.forms_of) if skim else None
        self.contexts = Contexts(self.rulebook)
        self._gazetteer = default_gazetteer()
        self._places = _Places(self._gazetteer)

    def read(self, report: Report) -> Reading:
        """Return the reading of one report; the same report always gives the same reading."""
        return self._read_one(report, self._left_out(report))

    def _read_one(self, report: Report, gone: frozenset[int]) -> Reading:
        sentences = next(self.parser.sentences_of([(report.text, _dateline(report))], [gone]))
        return self._without(self.read_parsed(report, sentences), gone)

    def read_all(self, reports: Iterable[Report], kept: Parses | None = None) -> Iterator[Reading | DragomanError]:
        """Yield what ``read`` gives for each report, in order, in less time: their paragraphs are parsed together.

        What is ``kept`` (``parser.new_parses``) is not parsed again, and what is parsed is added to it. Where our code fails
        on a report, its fault stands in its place. Only a few reports are held at a time.
        """
        looked = ((report, self._left_out(report)) for report in reports)
        for some in _in_batches(looked):
            for (report, gone), sentences in zip(some, self._parsed(some, kept), strict=True):
                yield self._tried(report, sentences, gone)

    def _left_out(self, report: Report) -> frozenset[int]:
        """Return which paragraphs of a report are not parsed."""
        if self.skim is None:
            return frozenset()
        try:
            return self.skim.left_out(paragraphs_of(report.text, _dateline(report)), report.text)
        except Exception:  # noqa: BLE001  what cannot be looked at is read
            return frozenset()

    def _without(self, reading: Reading, gone: frozenset[int]) -> Reading:
        """Return a reading that tells of its sentences which were not parsed."""
        if not gone:
            return reading
        paragraphs = paragraphs_of(reading.report.text, _dateline(reading.report))
        skipped = skipped_sentences(paragraphs, gone, [s.paragraph for s in reading.sentences])
        return replace(reading, unread=tuple(sorted((*reading.unread, *skipped), key=lambda one: one.sentence)))

    def _parsed(self, some: Sequence[_Looked], kept: Parses | None) -> Sequence[tuple[Sentence, ...] | None]:
        """Return the sentences of each report; None where they could not be parsed together."""
        texts = [(report.text, _dateline(report)) for report, _ in some]
        try:
            return list(self.parser.sentences_of(texts, [gone for _, gone in some], kept))
        except Exception:  # noqa: BLE001  one of them is at fault: each is then parsed alone
            return [None] * len(some)

    def _tried(
        self, report: Report, sentences: tuple[Sentence, ...] | None, gone: frozenset[int]
    ) -> Reading | DragomanError:
        try:
            if sentences is None:
                return self._read_one(report, gone)
            return self._without(self.read_parsed(report, sentences), gone)
        except Exception as fault:  # noqa: BLE001  a fault of ours in one report must not cost the others
            return fault_in(report.source, fault)

    def read_parsed(self, report: Report, sentences: tuple[Sentence, ...]) -> Reading:
        """Return the reading of a report whose sentences are at hand."""
        if not sentences:
            return Reading(report=report, sentences=(), entities=(), claims=(), unread=())
        scenes, actors = self.scenes(report, sentences)
        speech = Speech(self.rulebook, actors, scenes)
        stage = Stage(
            report=report,
            rulebook=self.rulebook,
            actors=actors,
            speech=speech,
            contexts=self.contexts,
            timing=Timing(scenes, report.published),
            placing=Placing(self._gazetteer, actors),
        )
        found = [
            claim
            for scene in scenes
            for match in self.matcher.matches(scene)
            if (claim := claim_of(stage, scene, match)) is not None
        ]
        told = with_echoes(stage, scenes, with_denials(stage, self.matcher, scenes, found))
        linked = link_events(addressed(told, actors.cast), actors.cast)
        claims = tuple(claim for claim in linked if not _is_sign(claim, self._signs))
        entities = actors.cast.entities()
        return Reading(
            report=report,
            sentences=sentences,
            entities=tuple(entity for entity in entities if entity.mentions or _used(entity.id, claims)),
            claims=claims,
            unread=_unread(sentences, claims),
            names={entity.id: entity.name for entity in entities},
            signs=tuple(claim for claim in linked if _is_sign(claim, self._signs)),
        )

    def scenes(self, report: Report, sentences: tuple[Sentence, ...]) -> tuple[list[Scene], Actors]:
        """Return each sentence's clauses in roles, and who is named in them."""
        parsed = [clauses_of(sentence, self.matcher.vocabulary) for sentence in sentences]
        actors = Actors(self.rulebook, self._index, report.published, self._places)
        actors.read([tree for tree, _ in parsed])
        return [Scene(tree, clauses, actors.kinds_in(tree)) for tree, clauses in parsed], actors


@lru_cache(maxsize=2)
def default_reader(settings: Settings | None = None, *, skim: bool = False) -> Reader:
    """Return one Reader for the process, made on first use; with ``skim``, one that parses only what may tell of conflict."""
    return Reader(settings, skim=skim)


def _dateline(report: Report) -> Span | None:
    return report.dateline.span if report.dateline else None


def _in_batches(looked: Iterable[_Looked]) -> Iterator[list[_Looked]]:
    """Yield the reports some at a time, up to a number of them and of characters; what is not parsed counts for little."""
    some: list[_Looked] = []
    count, size = 0.0, 0.0
    for report, gone in looked:
        share = _UNPARSED if 0 in gone and len(gone) == len(paragraphs_of(report.text, _dateline(report))) else 1.0
        if some and (count + share > _TOGETHER or size + share * len(report.text) > _CHARACTERS):
            yield some
            some, count, size = [], 0.0, 0.0
        some.append((report, gone))
        count, size = count + share, size + share * len(report.text)
    if some:
        yield some


class _Places:
    """The gazetteer as the actors see it."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer

    def is_place(self, name: str) -> bool:
        return self._gazetteer.look_up(name) is not None


def _is_sign(claim: Claim, signs: frozenset[str]) -> bool:
    """Return whether a claim only tells of the process: by its frame, or because what it tells is but possible."""
    return claim.rule in signs or (claim.status is Status.HYPOTHETICAL and claim.condition is None)


def _used(identity: str, claims: tuple[Claim, ...]) -> bool:
    return any(identity in claim.actor or identity in claim.recipient for claim in claims)


def _unread(sentences: tuple[Sentence, ...], claims: tuple[Claim, ...]) -> tuple[Unread, ...]:
    read = {claim.evidence.sentence for claim in claims}
    return tuple(Unread(sentence=s.number, why=f"no rule: '{s.text[:80]}'") for s in sentences if s.number not in read)
