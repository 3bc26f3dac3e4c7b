"""A text's parse, to the last bit, does not hang on the texts that are parsed with it, whatever kernels the processor has."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import numpy
import pytest

from dragoman.reading.pipeline import load, parses
from dragoman.reading.steady import SteadyOps, rows_stand_alone
from dragoman.settings import Settings

KERNELS = ("", "Haswell", "SkylakeX", "Nehalem")  # OPENBLAS_CORETYPE; the processor's own where it is empty
TEXTS = (
    "Rebels left.",
    "The envoy of Arnor said on Monday that both sides had agreed to halt fire along the northern road.",
    "No.",
    "Talks between the two governments, which broke down in March, are to be resumed in Ostra next week, her office said. "
    "It gave no day. The army denied that it had shelled the port, where nine people died, and called for an inquiry.",
    "Arnor's president and the rebel chief signed the accord in the presence of the mediators, who had waited all night.",
) * 7


def differing() -> list[str]:
    """Return the texts whose numbers or parse are others alone than among all, by any batch."""
    nlp = load(Settings().model)
    alone = [bits(next(parses(nlp, [text], 1))) for text in TEXTS]
    return [
        f"{batch}: {text}"
        for batch in (1, 3, 1000)
        for text, doc, own in zip(TEXTS, parses(nlp, TEXTS, batch), alone, strict=True)
        if bits(doc) != own
    ]


def bits(doc: object) -> bytes:
    return doc.tensor.tobytes() + doc.to_array(["TAG", "DEP", "HEAD"]).tobytes()  # type: ignore[attr-defined,no-any-return]


@pytest.mark.parametrize("kernel", KERNELS)
def test_a_parse_does_not_hang_on_its_neighbours(kernel: str) -> None:
    program = (
        "import test_steady; found = test_steady.differing(); print(*found, sep='\\n'); raise SystemExit(bool(found))"
    )
    folders = os.pathsep.join([os.path.dirname(__file__), *sys.path])
    environment = os.environ | {"PYTHONPATH": folders} | ({"OPENBLAS_CORETYPE": kernel} if kernel else {})
    done = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=False)
    if kernel and done.returncode == -signal.SIGILL:
        pytest.skip(f"this processor has not the instructions of {kernel}")
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("apart", [True, False])
def test_products_are_those_of_the_rows(apart: bool) -> None:
    ops = SteadyOps()
    ops.apart = apart
    numbers = numpy.random.default_rng(3)
    texts = [numbers.standard_normal((size, 96), dtype="f") for size in (1, 7, 0, 40)]
    right = numbers.standard_normal((50, 96), dtype="f")
    rows = ops.flatten(texts, pad=2)
    found = ops.unflatten(ops.gemm(rows, right, trans2=True), numpy.array([1, 7, 0, 40]), pad=2)
    assert [len(each) for each in found] == [1, 7, 0, 40]
    for text, each in zip(texts, found, strict=True):
        assert numpy.allclose(text @ right.T, each, atol=1e-4)


def test_rows_that_hang_on_their_place_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    plain = numpy.dot

    def placed(rows: numpy.ndarray, right: numpy.ndarray, out: numpy.ndarray | None = None) -> numpy.ndarray:
        found = plain(rows, right, out=out)
        found[6:] += numpy.float32(1e-3)
        return found

    monkeypatch.setattr(numpy, "dot", placed)
    assert not rows_stand_alone(96, 50)


def test_other_models_of_the_process_keep_their_operations() -> None:
    from thinc.api import get_current_ops

    load.cache_clear()
    before = get_current_ops()
    load(Settings().model)
    assert get_current_ops() is before
