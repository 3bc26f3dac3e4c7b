"""A run: the shards of a plan go to an executor, are tried again where they fail, and what they came to is put together.

What is written depends on the corpus and the rules alone, not on workers, order, kills or restarts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field

from dragoman.corpus.asked import PLAN, Asked, begin, read_asked
from dragoman.corpus.coding import making_of
from dragoman.corpus.duplicates import duplicates
from dragoman.corpus.executing import Executor, Failure
from dragoman.corpus.hashed import seen
from dragoman.corpus.kept import keep_rules
from dragoman.corpus.manifest import (
    DUPLICATES,
    FAULTS,
    MANIFEST,
    Aside,
    Manifest,
    Sums,
    clear_manifest,
    done_before,
    write_json,
    write_lines,
)
from dragoman.corpus.places import joined, removed, swept
from dragoman.corpus.types import Done, Job, Shard
from dragoman.errors import CorpusError
from dragoman.export.formats.table import format_of
from dragoman.rulebook.loader import load_rulebook
from dragoman.settings import Settings

TRIES = 3
_AHEAD = 2  # jobs that an executor holds for each worker, so that none waits for us
_READING = ("model", "max_chars", "batch", "roster", "rules")  # the settings that reading depends on
Told = Callable[["Progress"], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a run is: shards done and set aside, of how many, and reports in those that this run has done."""

    done: int
    aside: int
    shards: int
    reports: int


@dataclass(slots=True, kw_only=True)
class Run:
    """Where a run writes, what it was asked for, and how it goes on."""

    out: str
    asked: Asked
    settings: Settings = field(default_factory=Settings)
    tell: Told = lambda _: None
    _mark: str = field(init=False)

    def __post_init__(self) -> None:
        self._mark = self.asked.mark()

    def code(self, executor: Executor, *, resume: bool = False, again: bool = False) -> Manifest:
        """Code all shards that are not yet done and return the manifest; ``again``: what was done for something else is not.

        Raise CorpusError where the folder holds another run, or results cannot be written: then what is done stays.
        """
        with closing(executor):
            if again:
                self._begin_again()
            else:
                begin(self.out, self.asked, resume)
            clear_manifest(self.out)
            if self.asked.wanted.keep_parses:
                keep_rules(self.out, load_rulebook(self.settings.roster, self.settings.rules))
            swept(self.out)
            aside = self._code(executor)
        swept(self.out)
        return self._finish(aside)

    def _begin_again(self) -> None:
        """Take away what was written in formats that are not asked for any more, and keep what is asked for now."""
        for name in set(read_asked(self.out).wanted.formats) - set(self.asked.wanted.formats):
            for shard in self.asked.plan.shards:
                removed(joined(self.out, name, f"{shard.id}{format_of(name).ending}"))
        write_json(self.out, PLAN, self.asked)

    def _code(self, executor: Executor) -> dict[str, str]:
        """Send the shards that are left to the executor; return those that were set aside, with why."""
        left = self._left()
        tally = _Tally(shards=len(self.asked.plan.shards), tell=self.tell)
        open_jobs = 0
        for job in left:
            if isinstance(job, Done):
                tally.skip()
                continue
            executor.send(job)
            open_jobs += 1
            while open_jobs >= executor.slots * _AHEAD:
                open_jobs -= self._settle(executor, tally)
        while open_jobs:
            open_jobs -= self._settle(executor, tally)
        return tally.aside

    def _left(self) -> Iterator[Job | Done]:
        """Yield a job for each shard that has no valid marker, the marker of those that have."""
        for job in map(self._job, self.asked.plan.shards):
            yield done_before(job) or job

    def _job(self, shard: Shard) -> Job:
        return Job(
            shard=shard,
            out=self.out,
            formats=self.asked.wanted.formats,
            taking=self.asked.wanted.taking,
            settings={name: getattr(self.settings, name) for name in _READING},
            keep_parses=self.asked.wanted.keep_parses,
            skim=self.asked.wanted.skim,
            rulebook=self.asked.rulebook,
            model=self.asked.model,
            run=self._mark,
        )

    def _settle(self, executor: Executor, tally: _Tally) -> int:
        """Wait for an outcome; return 1 where its shard is over, 0 where it is tried again."""
        outcome = executor.outcome()
        shard, came = outcome.job.shard.id, outcome.came
        if isinstance(came, Done):
            tally.done(came)
            return 1
        if came.final:
            raise CorpusError(
                where=self.out,
                found=f"the run stopped in shard {shard}: {came.why}",
                remedy="what is done stays: mend it (make room), and go on with --resume",
            )
        if tally.failed(shard, came):
            return 1
        executor.send(outcome.job)
        return 0

    def _finish(self, aside: dict[str, str]) -> Manifest:
        """Write what the shards sum up to, and return it."""
        plan = self.asked.plan
        sums = Sums()
        faults, number = write_lines(self.out, FAULTS, sums.faults(self.out, plan, aside))
        coded = [shard.id for shard in plan.shards if shard.id not in aside]
        alike, copies = write_lines(self.out, DUPLICATES, duplicates(self.out, coded))
        manifest = Manifest(
            version=self.asked.version,
            rulebook=self.asked.rulebook,
            model=self.asked.model,
            formats=self.asked.wanted.formats,
            shards=len(plan.shards),
            counts={**sums.total(records=_makes_records(self.asked)), "faults": number, "duplicates": copies},
            languages=dict(sorted(sums.languages.items())),
            files=tuple(sorted([*sums.files, faults, alike, seen(self.out, PLAN)], key=lambda each: each.name)),
            aside=tuple(_aside(shard, aside[shard.id]) for shard in plan.shards if shard.id in aside),
            guesses=plan.guesses,
        )
        write_json(self.out, MANIFEST, manifest)
        return manifest


@dataclass(slots=True, kw_only=True)
class _Tally:
    """How often each shard failed, which are set aside, and how far the run is."""

    shards: int
    tell: Told
    aside: dict[str, str] = field(default_factory=dict)
    _failures: dict[str, int] = field(default_factory=dict)
    _done: int = 0
    _reports: int = 0

    def skip(self) -> None:
        """Count a shard that was done before."""
        self._done += 1
        self._say()

    def done(self, came: Done) -> None:
        """Count a shard that is done."""
        self._done += 1
        self._reports += came.reports
        self._failures.pop(came.shard, None)
        self._say()

    def failed(self, shard: str, came: Failure) -> bool:
        """Count a failure; return whether it was the last one, so that the shard is set aside."""
        self._failures[shard] = self._failures.get(shard, 0) + 1
        if self._failures[shard] < TRIES:
            return False
        self.aside[shard] = came.why
        self._say()
        return True

    def _say(self) -> None:
        self.tell(Progress(done=self._done, aside=len(self.aside), shards=self.shards, reports=self._reports))


def _makes_records(asked: Asked) -> bool:
    return making_of(asked.wanted.formats, asked.wanted.keep_parses).records


def _aside(shard: Shard, why: str) -> Aside:
    return Aside(shard=shard.id, why=why, reads=tuple(dict.fromkeys(part.path for part in shard.parts)))
