"""What docs/cluster.md shows can be read by what it is for: scripts by bash and Python, YAML as YAML, options by the command."""

from __future__ import annotations

import re
import shutil
import subprocess

import pytest
import typer
import yaml
from conftest import ROOT

from dragoman.cli import app

PAGE = (ROOT / "docs" / "cluster.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w*)[^\n]*\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


def blocks(*kinds: str) -> list[str]:
    found = [text for kind, text in BLOCKS if kind in kinds]
    assert found
    return found


@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash here")
@pytest.mark.parametrize("script", blocks("", "bash"))
def test_commands_are_bash(script: str) -> None:
    said = subprocess.run(["bash", "-n"], input=script, text=True, capture_output=True)
    assert said.stderr == ""


def test_scripts_are_python() -> None:
    for script in blocks("python"):
        compile(script, "run.py", "exec")


def test_clusters_of_kubernetes_are_yaml() -> None:
    kinds = [part["kind"] for text in blocks("yaml") for part in yaml.safe_load_all(text)]
    assert kinds == ["DaskCluster", "Job"]


def test_options_are_those_of_the_command() -> None:
    command = typer.main.get_command(app).commands["code"]  # type: ignore[attr-defined]
    known = {name for parameter in command.params for name in parameter.opts}
    lines = [line for text in blocks("", "bash", "python", "yaml") for line in text.splitlines()]
    asked = [line for line in lines if re.search(r"\bdragoman[\", ]+code\b", line)]
    assert len(asked) >= 6
    used = {option for line in asked for option in re.findall(r"--[a-z][a-z-]*", line)}
    assert {"--out", "--dask", "--resume"} <= used <= known
