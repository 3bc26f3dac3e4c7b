"""Break the code in small ways and count how often the tests notice: mutants of a group of modules, a sample of them by lot.

python tools/mutants.py when context --size 150 --seed 7    a sample of the mutants of each group, with those that survive
python tools/mutants.py when --only FILE                    the mutants that a file names, one a line, as they were printed

One process loads model, rulebook and tests, finds which test comes to which line, and forks a child for each mutant, which runs the
tests that come to the changed line, quickest first, until one fails (docs/mutants.md). tests/mutants.toml has the survivors that are
accepted, and why.
"""

from __future__ import annotations

import argparse
import importlib
import math
import os
import pickle
import random
import resource
import signal
import sys
import time
import tomllib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

import pytest
from mutations import Mutant, mutants_of, put_in, runs_at_import, watch

if TYPE_CHECKING:
    from dragoman.reading.parses import Table

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "dragoman"
ACCEPTED = ROOT / "tests" / "mutants.toml"
GROUPS = {
    "clauses": "reading.clauses reading.tree reading.roles reading.verbs reading.nouns "
    "reading.linking reading.sharing reading.inflection",
    "context": "reading.context reading.denials reading.mending.past",
    "when": "reading.when reading.time_cores reading.time_phrases reading.time_words",
    "matching": "reading.scenes reading.unmet reading.events reading.relate ledger.matching",
    "process": " ".join(f"process.{path.stem}" for path in sorted(SOURCE.glob("process/[!_]*.py"))),
}
TESTS = """
    test_cases test_clauses test_events test_context test_when test_relate test_mends test_headlines test_same
    test_process test_process_cues test_process_papers test_process_reading test_process_reading_told
    test_process_reports test_process_told test_process_ways test_process_whole test_records_kept test_relations_kept
    test_proofs test_process_rows_truces test_process_rows_talks test_process_rows_papers test_process_rows_stands
    test_process_rows_claims test_process_rows_claims_more test_process_parts
    test_ledger_matching test_ledger_contradictions
""".split()
UNWATCHED = (
    "linear",
    "postgres",
    "on_a_machine",
)  # tests whose outcome hangs on how busy the machine is, or that need a server
_LONGEST = 20.0  # seconds of processor time beyond which a test is left out
_MOST = 30.0  # and that the tests of a mutant may take together
_CAUGHT, _ALIVE = 1, 0
_MEMORY = 4 << 30


@dataclass(slots=True)
class Baseline:
    """What each test does where nothing is changed: the lines that it comes to, its seconds; and every parse that was made."""

    hits: dict[str, set[tuple[str, int]]] = field(default_factory=dict)
    took: dict[str, float] = field(default_factory=dict)
    made: set[tuple[str, int]] = field(default_factory=set)
    parses: dict[Any, Table] = field(default_factory=dict)


class Campaign:
    """A run of pytest that runs no test itself: it forks children that do."""

    def __init__(self, chosen: dict[str, list[Mutant]], shelf: Path, tell: Callable[[str], str]) -> None:
        names = [f"dragoman.{name}" for group in chosen for name in GROUPS[group].split()]
        self.modules = {name: importlib.import_module(name) for name in names}
        self.chosen, self.shelf, self.tell = chosen, shelf, tell
        self.outcomes: dict[str, dict[Mutant, str]] = {group: {} for group in chosen}

    def pytest_sessionstart(self) -> None:
        _settle_hypothesis()

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        items = [item for item in session.items if not any(word in item.nodeid for word in UNWATCHED)]
        parses = pickle.loads(self.shelf.read_bytes()) if self.shelf.exists() else {}
        keep_parses(parses)
        from dragoman.reading.reader import default_reader

        default_reader()
        known = len(parses)
        base = self._baseline(items, parses)
        if len(base.parses) > known:  # and once more, with every parse at hand, so that times are those of our own code
            parses.update(base.parses)
            self.shelf.write_bytes(pickle.dumps(parses))
            base = self._baseline(items, parses)
        tests = [item for item in items if base.took.get(item.nodeid, _LONGEST) < _LONGEST]
        print(f"{len(tests)} of {len(session.items)} tests, {sum(base.took.values()):.0f} s in all", file=sys.stderr)
        for group, some in self.chosen.items():
            for number, mutant in enumerate(some, 1):
                began = time.monotonic()
                self.outcomes[group][mutant] = outcome = self._tried(mutant, tests, base)
                took = f"{time.monotonic() - began:5.1f} s"
                print(f"{group} {number:4} {outcome:9} {took}  {mutant.name}", file=sys.stderr, flush=True)
            print(self.tell(group), flush=True)
        return True

    def _baseline(self, items: Sequence[pytest.Item], parses: dict[Any, Table]) -> Baseline:
        """Return what the tests do in a child that notes where they come to."""
        out, into = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(out)
            _hush(items[0].config)
            base = _observed(items, self.modules, parses)
            with os.fdopen(into, "wb") as pipe:
                pickle.dump(base, pipe)
            os._exit(0)
        os.close(into)
        with os.fdopen(out, "rb") as pipe:
            found = pickle.load(pipe)
        os.waitpid(child, 0)
        assert isinstance(found, Baseline)
        return found

    def _tried(self, mutant: Mutant, tests: Sequence[pytest.Item], base: Baseline) -> str:
        """Return what became of a mutant: killed, slow (a test took far longer), survived, or unseen (no test comes to it)."""
        place, source = (mutant.module, mutant.line), _source(mutant.module)
        early = runs_at_import(source, mutant.function)  # before any test, so that all that use the module may tell

        def comes(item: pytest.Item) -> bool:
            hits = base.hits[item.nodeid]
            return place in hits or (early and any(module == mutant.module for module, _ in hits))

        quickest = sorted(filter(comes, tests), key=lambda item: base.took[item.nodeid])
        sums = accumulate(base.took[item.nodeid] for item in quickest)
        those = [item for item, so_far in zip(quickest, sums, strict=True) if so_far <= _MOST]
        if not those:
            return "unseen"
        child = os.fork()
        if child == 0:
            try:
                _hush(tests[0].config)
                resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
                put_in(self.modules[mutant.module], source, mutant)
                if place in base.made:
                    _forget_reader()
                os._exit(_run(those, base))
            except BaseException:  # noqa: BLE001  whatever a mutant breaks, it is noticed
                os._exit(_CAUGHT)
        _, status = os.waitpid(child, 0)
        if os.WIFSIGNALED(status):
            return "slow" if os.WTERMSIG(status) == signal.SIGVTALRM else "killed"
        return "survived" if os.WEXITSTATUS(status) == _ALIVE else "killed"


def keep_parses(known: dict[Any, Table]) -> None:
    """Have every parser of the process look into ``known`` before it parses, and add to it: mutants stand behind the parse."""
    from dragoman.reading.parse import Parser

    parsed = Parser._tables

    def tables(self: Any, pieces: Sequence[Any], kept: Any) -> Iterator[Table]:
        if kept is not None:
            yield from parsed(self, pieces, kept)
            return
        for piece in pieces:
            key = (piece.parsed, piece.headed)
            if key not in known:
                known[key] = next(iter(parsed(self, [piece], None)))
            yield known[key]

    Parser._tables = tables  # type: ignore[method-assign]


def _observed(items: Sequence[pytest.Item], modules: dict[str, ModuleType], parses: dict[Any, Table]) -> Baseline:
    """Run each test once with the modules watched; fixtures that several tests share count for each of them."""
    from dragoman.reading.reader import Reader

    hits: set[tuple[str, int]] = set()
    for name, module in modules.items():
        watch(module, _source(name), hits)
    base = Baseline(parses=parses)
    Reader()
    base.made = set(hits)
    shared = _Shared(hits, defaultdict(set, {"reader": set(hits)}))
    plugins = items[0].config.pluginmanager
    plugins.register(shared)
    for number, item in enumerate(items):
        _clear_caches()
        hits.clear()
        shared.failed, began = False, time.process_time()
        following = items[number + 1] if number + 1 < len(items) else None
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        if not shared.failed:
            names: list[str] = getattr(item, "fixturenames", [])
            base.took[item.nodeid] = time.process_time() - began
            base.hits[item.nodeid] = hits.union(*(shared.fixtures[name] for name in names if name in shared.fixtures))
    return base


class _Shared:
    """Notes which lines the making of each shared fixture comes to, and whether a test failed or was skipped."""

    def __init__(self, hits: set[tuple[str, int]], fixtures: dict[str, set[tuple[str, int]]]) -> None:
        self.hits, self.fixtures, self.failed = hits, fixtures, False

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef: Any) -> Any:
        before = set(self.hits)
        self.hits.clear()
        try:
            return (yield)
        finally:
            if fixturedef.scope != "function":
                self.fixtures[fixturedef.argname] |= self.hits
            self.hits |= before

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.failed = self.failed or not report.passed


class _Stop:
    """Ends the process at the first test that fails."""

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            os._exit(_CAUGHT)


def _run(items: Sequence[pytest.Item], base: Baseline) -> int:
    """Run tests until one fails, each with a limit of processor time; never returns where one does."""
    items[0].config.pluginmanager.register(_Stop())
    for number, item in enumerate(items):
        signal.setitimer(signal.ITIMER_VIRTUAL, 10 + 5 * base.took[item.nodeid])
        following = items[number + 1] if number + 1 < len(items) else None
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
    return _ALIVE


def _hush(config: pytest.Config) -> None:
    config.pluginmanager.unregister(name="terminalreporter")
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, 1)
    os.dup2(nothing, 2)


def _forget_reader() -> None:
    from dragoman.reading.reader import default_reader

    default_reader.cache_clear()


def _clear_caches() -> None:
    """Empty what the product and the tests remember, but for what is loaded: model, gazetteer, reader."""
    kept = {"load", "default_reader", "default_gazetteer"}
    for name, module in list(sys.modules.items()):
        path = getattr(module, "__file__", None) or ""
        if name.startswith("dragoman.") or path.startswith(str(ROOT / "tests")):
            for each in list(vars(module).values()):
                if hasattr(each, "cache_clear") and getattr(each, "__name__", "") not in kept:
                    each.cache_clear()


@lru_cache
def _source(module: str) -> str:
    return SOURCE.parent.joinpath(*module.split(".")).with_suffix(".py").read_text(encoding="utf-8")


def accepted() -> dict[str, str]:
    """Return why each accepted survivor is one, by its name."""
    entries = tomllib.loads(ACCEPTED.read_text(encoding="utf-8")) if ACCEPTED.exists() else {}
    return {entry["mutant"]: entry["why"] for entry in entries.get("accepted", [])}


def interval(part: int, size: int) -> tuple[float, float]:
    """Return the 95 % interval (Wilson) of a share that was found in a sample.

    >>> [round(bound, 2) for bound in interval(120, 150)]
    [0.73, 0.86]
    """
    z, share = 1.96, part / max(1, size)
    middle, wide = share + z * z / (2 * size), z * math.sqrt(share * (1 - share) / size + z * z / (4 * size * size))
    return (middle - wide) / (1 + z * z / size), (middle + wide) / (1 + z * z / size)


def told(group: str, outcomes: dict[Mutant, str], total: int) -> str:
    """Return the survivors among the mutants of a group, and its figure in a line."""
    kinds = Counter(outcomes.values())
    left = sorted(
        (mutant.name, mutant.line, what) for mutant, what in outcomes.items() if what in ("survived", "unseen")
    )
    lines = [f"{what:8}  {line:4}  {name}" for name, line, what in left]
    low, high = interval(caught_in(outcomes), len(outcomes))
    lines.append(
        f"{group}: {caught_in(outcomes)} of {len(outcomes)} killed ({kinds['slow']} by time), {100 * share_of(outcomes):.1f} % "
        f"(95 %: {100 * low:.1f} to {100 * high:.1f}); {kinds['unseen']} where no test comes; drawn from {total}"
    )
    return "\n".join(lines)


def caught_in(outcomes: dict[Mutant, str]) -> int:
    """Return how many mutants the tests noticed."""
    return sum(what in ("killed", "slow") for what in outcomes.values())


def share_of(outcomes: dict[Mutant, str]) -> float:
    """Return the share of mutants that the tests noticed."""
    return caught_in(outcomes) / max(1, len(outcomes))


def main() -> int:
    """Run a campaign; return 1 where fewer are killed in a group than asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("groups", nargs="+", choices=GROUPS)
    parser.add_argument("--size", type=int, default=150, help="how many mutants of a group are drawn (150)")
    parser.add_argument("--seed", type=int, default=7, help="by which lot (7)")
    parser.add_argument("--only", type=Path, help="no lot, but the mutants that a file names, one a line")
    parser.add_argument(
        "--tests", nargs="+", default=TESTS, help="which files of tests/ are run (all that read or keep records)"
    )
    parser.add_argument("--least", type=float, default=0.8, help="share of killed ones that is asked for (0.8)")
    parser.add_argument(
        "--shelf", type=Path, default=Path("/tmp/dragoman-mutants.parses"), help="where parses are kept"
    )
    options = parser.parse_args()
    equal = accepted()
    every = {group: [m for m in every_mutant(group) if m.name not in equal] for group in options.groups}
    if options.only:
        names = {line.strip() for line in options.only.read_text(encoding="utf-8").splitlines()}
        chosen = {group: [mutant for mutant in some if mutant.name in names] for group, some in every.items()}
        if empty := [group for group, some in chosen.items() if not some]:
            parser.error(
                f"{options.only} names no mutant of {', '.join(empty)}; give lines as a run printed them, from the module on"
            )
    else:
        chosen = {group: _drawn(some, options.size, options.seed) for group, some in every.items()}
    campaign = Campaign(chosen, options.shelf, lambda group: told(group, campaign.outcomes[group], len(every[group])))
    files = [str(ROOT / "tests" / f"{name}.py") for name in options.tests] + [
        str(SOURCE / each) for each in ("reading", "process")
    ]
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    pytest.main(["-q", "-p", "no:cacheprovider", "-p", "no:xdist", f"--rootdir={ROOT}", *files], plugins=[campaign])
    return 0 if all(share_of(campaign.outcomes[group]) >= options.least for group in every) else 1


def every_mutant(group: str) -> list[Mutant]:
    """Return every mutant of the modules of a group."""
    modules = [f"dragoman.{name}" for name in GROUPS[group].split()]
    return [mutant for name in modules for mutant in mutants_of(name, _source(name))]


def _drawn(every: Sequence[Mutant], size: int, seed: int) -> list[Mutant]:
    return random.Random(seed).sample(every, min(size, len(every)))


def _settle_hypothesis() -> None:
    from hypothesis import Phase, settings

    phases = (Phase.explicit, Phase.generate)
    settings.register_profile("mutants", database=None, derandomize=True, deadline=None, phases=phases)
    settings.load_profile("mutants")


if __name__ == "__main__":
    sys.exit(main())
