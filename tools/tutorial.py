"""Run docs/tutorial.ipynb and keep its outputs in it: `python tools/tutorial.py` after a change of the package or of its cells."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import nbformat
from nbclient import NotebookClient
from traitlets.config import Config

ROOT = Path(__file__).resolve().parent.parent
NOTEBOOK = ROOT / "docs" / "tutorial.ipynb"
_SECONDS = 240  # for one cell, on a slow machine


def executed(folder: Path) -> Any:
    """Return the tutorial as it comes out of a run in a folder, with a copy of the sample corpus; no port is opened for it."""
    notebook = nbformat.read(NOTEBOOK, as_version=4)  # type: ignore[no-untyped-call]
    shutil.copytree(ROOT / "samples" / "corpus", folder / "samples" / "corpus")
    (folder / "docs").mkdir()
    place = {"metadata": {"path": str(folder / "docs")}}
    with TemporaryDirectory(prefix="nb-") as own:  # a short path: names of sockets may be no longer than 107 letters
        settings = Config()
        settings.KernelManager.transport = "ipc"
        settings.KernelManager.connection_file = f"{own}/kernel.json"
        client = NotebookClient(
            notebook, config=settings, kernel_name="python3", timeout=_SECONDS, resources=place, record_timing=False
        )
        client.execute(env={**os.environ, "IPYTHONDIR": f"{own}/ipython", "MPLCONFIGDIR": f"{own}/matplotlib"})
    return notebook


def said(notebook: Any) -> list[list[dict[str, str]]]:
    """Return what each cell printed and showed as text or HTML; of a picture only that there is one.

    A kernel sends what a cell prints in as many pieces as time makes of it: here they are one.
    """
    return [_joined([_text_of(output) for output in cell.get("outputs", ())]) for cell in notebook.cells]


def _joined(outputs: list[dict[str, str]]) -> list[dict[str, str]]:
    joined: list[dict[str, str]] = []
    for output in outputs:
        if joined and output.keys() == joined[-1].keys() <= {"stdout", "stderr"}:
            joined[-1] = {name: joined[-1][name] + text for name, text in output.items()}
        else:
            joined.append(output)
    return joined


def _text_of(output: Any) -> dict[str, str]:
    if output["output_type"] == "stream":
        return {output["name"]: output["text"]}
    data = output.get("data", {})
    return {kind: "a picture" if kind.startswith("image/") else text for kind, text in data.items()}


def main() -> None:
    """Run the tutorial and write it back."""
    with TemporaryDirectory() as folder:
        nbformat.write(executed(Path(folder)), NOTEBOOK)  # type: ignore[no-untyped-call]


if __name__ == "__main__":
    main()
