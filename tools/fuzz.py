"""Feed made-up inputs to intake, reading and rulebook for so many minutes, and keep each on which something fails (docs/fuzzing.md).

    python tools/fuzz.py reading --minutes 30 --corpus FOLDER              libFuzzer, by atheris, led by what code an input reaches
    python tools/fuzz.py reading --minutes 30 --corpus FOLDER --way hypothesis
    python tools/fuzz.py reading --repeat FOLDER/found/FILE                one input again, with its fault in full

Exit status 1 where something failed. The API has its own: tools/fuzz_api.py.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import random
import signal
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType, TracebackType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from hypothesis import strategies

WAYS = ("atheris", "hypothesis")
NAMES = ("intake", "reading", "trees", "rulebook")
_SECONDS = 20.0  # of CPU time that one small input may take
_LONGEST = 2048  # bytes that libFuzzer chooses by
_SEEDS = 200
_BLOCK = 200  # examples of Hypothesis between two looks at the clock


class TooSlowError(BaseException):
    """An input took more time than any small input may; no ``except Exception`` of the product swallows it."""


@dataclass(slots=True, kw_only=True)
class Campaign:
    """What a run has tried and found: a finding is named by the kind of fault and the line that raised it."""

    target: str
    check: Callable[[bytes], None]
    folder: Path
    until: float
    tried: int = 0
    slowest: float = 0.0
    found: Counter[str] = field(default_factory=Counter)

    def run(self, made: bytes) -> None:
        """Check one input; keep it where it is the first on which this fails."""
        self.tried += 1
        began = time.process_time()
        fault = fault_of(self.check, made)
        self.slowest = max(self.slowest, time.process_time() - began)
        if fault is None:
            return
        name = named(fault)
        self.found[name] += 1
        if self.found[name] == 1:
            path = self.folder / "found" / f"{self.target}-{hashlib.sha256(made).hexdigest()[:12]}"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(made)
            sys.stderr.write(f"{name}: {str(fault)[:200]}\n    python tools/fuzz.py {self.target} --repeat {path}\n")

    @property
    def over(self) -> bool:
        """Return whether the time is up."""
        return time.monotonic() > self.until

    def told(self) -> str:
        """Return what came of the run, in lines."""
        kinds = [f"{number} × {name}" for name, number in self.found.most_common()]
        head = f"{self.target}: {self.tried:,} inputs, {len(kinds)} kinds of failure; the slowest took {self.slowest:.2f} s of CPU"
        return "\n    ".join([head, *kinds])


def fault_of(check: Callable[[bytes], None], made: bytes, seconds: float = _SECONDS) -> BaseException | None:
    """Return what a check raises on an input, or that it was too slow; None where all is well."""
    previous = signal.signal(signal.SIGVTALRM, _too_slow)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        check(made)
    except (Exception, TooSlowError) as fault:  # noqa: BLE001  whatever it is, it is a finding
        return fault
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, previous)
    return None


def _too_slow(number: int, frame: FrameType | None) -> None:
    raise TooSlowError(f"over {_SECONDS:.0f} s")


def named(fault: BaseException) -> str:
    """Return the kind of a fault and the innermost line of ours that it came through."""
    steps = _ours(fault.__traceback__)
    place = f"{Path(steps[-1].tb_frame.f_code.co_filename).name}:{steps[-1].tb_lineno}" if steps else "?"
    return f"{type(fault).__name__} at {place}"


def _ours(step: TracebackType | None) -> list[TracebackType]:
    steps = []
    while step is not None:
        name = step.tb_frame.f_code.co_filename
        if "dragoman" in name or "fuzz_" in name:
            steps.append(step)
        step = step.tb_next
    return steps


class Bytes:
    """Choices taken from the bytes that libFuzzer makes."""

    def __init__(self, provider: Any) -> None:
        self._provider = provider

    def below(self, number: int) -> int:
        return int(self._provider.ConsumeIntInRange(0, number - 1))

    def text(self, most: int) -> str:
        return str(self._provider.ConsumeUnicode(self.below(most + 1)))

    def data(self, most: int) -> bytes:
        return bytes(self._provider.ConsumeBytes(self.below(most + 1)))


class Drawn:
    """Choices drawn by Hypothesis."""

    def __init__(self, data: strategies.DataObject) -> None:
        self._draw = data.draw

    def below(self, number: int) -> int:
        from hypothesis import strategies as st

        return self._draw(st.integers(0, number - 1))

    def text(self, most: int) -> str:
        from hypothesis import strategies as st

        return self._draw(st.text(st.characters(codec=None), max_size=most))

    def data(self, most: int) -> bytes:
        from hypothesis import strategies as st

        return self._draw(st.binary(max_size=most))


def by_hypothesis(campaign: Campaign, make: Callable[[Any], bytes], start: int) -> None:
    """Try inputs that Hypothesis draws, some at a time, until the time is up."""
    from hypothesis import HealthCheck, Phase, given, seed, settings
    from hypothesis import strategies as st

    while not campaign.over:

        @seed(start)
        @settings(
            max_examples=_BLOCK,
            database=None,
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(st.data())
        def some(data: st.DataObject) -> None:
            campaign.run(make(Drawn(data)))
            if campaign.over:
                raise TooSlowError

        with suppress(TooSlowError):  # the time of the whole run is up
            some()
        start += 1


def by_atheris(campaign: Campaign, make: Callable[[Any], bytes], minutes: float, start: int) -> None:
    """Try inputs that libFuzzer makes from what reached new code before; it ends the process itself."""
    import atheris

    def one(data: bytes) -> None:
        campaign.run(make(Bytes(atheris.FuzzedDataProvider(data))))
        if campaign.over:
            _end(campaign)

    corpus = campaign.folder / campaign.target
    _seeded(corpus, start)
    options = [
        f"-max_total_time={int(minutes * 60) + 60}",
        f"-max_len={_LONGEST}",
        "-timeout=600",
        "-rss_limit_mb=4096",
    ]
    options += [f"-artifact_prefix={campaign.folder}/", "-print_final_stats=0", "-len_control=0"]
    atheris.Setup([sys.argv[0], *options, *([f"-seed={start}"] if start else []), str(corpus)], one)
    atheris.Fuzz()


def _seeded(folder: Path, start: int) -> None:
    """Fill an empty folder with bytes by chance: long enough to make whole reports of, where a few bytes make nothing."""
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        return
    chance = random.Random(start)
    for number in range(_SEEDS):
        (folder / f"seed-{number:03}").write_bytes(chance.randbytes(chance.randrange(64, _LONGEST)))


def _end(campaign: Campaign) -> None:
    """Leave at once with what came of the run: libFuzzer would not give the process back."""
    import os

    sys.stdout.write(campaign.told() + "\n")
    sys.stdout.flush()
    os._exit(1 if campaign.found else 0)


def loaded(target: str, *, followed: bool) -> tuple[Callable[[Any], bytes], Callable[[bytes], None]]:
    """Return what makes the inputs of a target and what checks them; ``followed``: libFuzzer sees which of our code they reach."""
    if followed:
        import atheris

        with atheris.instrument_imports(include=["dragoman"], enable_loader_override=False):
            from fuzz_checks import CHECKS
    else:
        from fuzz_checks import CHECKS
    from fuzz_made import MAKERS

    return MAKERS[target], CHECKS[target]


def main() -> int:
    """Run the tool."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("target", choices=NAMES)
    options.add_argument("--minutes", type=float, default=4.0)
    options.add_argument("--corpus", type=Path, default=Path("fuzz-corpus"), help="where inputs and findings are kept")
    options.add_argument("--way", choices=WAYS, help="default: atheris where it is installed")
    options.add_argument("--seed", type=int, default=0)
    options.add_argument("--repeat", type=Path, nargs="+", help="inputs to check once, with their faults in full")
    asked = options.parse_args()
    way = asked.way or WAYS[importlib.util.find_spec("atheris") is None]
    make, check = loaded(asked.target, followed=way == "atheris" and not asked.repeat)
    if asked.repeat:
        return _repeated(check, asked.repeat)
    campaign = Campaign(
        target=asked.target, check=check, folder=asked.corpus, until=time.monotonic() + 60 * asked.minutes
    )
    if way == "atheris":
        by_atheris(campaign, make, asked.minutes, asked.seed)
    else:
        by_hypothesis(campaign, make, asked.seed)
    print(campaign.told())
    return 1 if campaign.found else 0


def _repeated(check: Callable[[bytes], None], paths: list[Path]) -> int:
    faults = [(path, fault) for path in paths if (fault := fault_of(check, path.read_bytes())) is not None]
    for path, fault in faults:
        print(f"{path}: {named(fault)}")
        traceback.print_exception(fault)
    print(f"{len(paths)} inputs, {len(faults)} failed")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
