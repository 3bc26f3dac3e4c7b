"""Write the SBOM of what `pip install .` brings (CycloneDX, JSON, the same each time), and check that it is whole.

The list is made by cyclonedx-py from an environment that has nothing else in it; `make sbom` runs this.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tomllib
import venv
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
VERSION = "1.6"  # of CycloneDX
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_APART = re.compile(r"[-_.]+")


def base_dependencies(pyproject: Path = ROOT / "pyproject.toml") -> list[str]:
    """Return the names of what the package itself asks for."""
    listed: list[str] = tomllib.loads(pyproject.read_text(encoding="utf-8"))["project"]["dependencies"]
    return [_plain(found[0]) for each in listed if (found := _NAME.match(each))]


def faults(sbom: dict[str, Any], dependencies: list[str]) -> Iterator[str]:
    """Yield what is wrong with an SBOM: what it does not name, names without a version or address, or ties to this machine."""
    components = {_plain(each["name"]): each for each in sbom.get("components", ())}
    yield from (f"{name} is not in it" for name in dependencies if name not in components)
    for name, each in components.items():
        if not each.get("version") or not each.get("purl", "").startswith("pkg:pypi/"):
            yield f"{name} has no version, or no address of a package"
    if sbom.get("metadata", {}).get("component", {}).get("name") != "dragoman":
        yield "it does not say what it is of"
    if "file://" in json.dumps(sbom) or sbom.get("serialNumber") or sbom.get("metadata", {}).get("timestamp"):
        yield "a place of this machine, a time or a number is in it: another run gives another file"


def _plain(name: str) -> str:
    """Return a name as package indexes compare it.

    >>> _plain("lxml_html_clean")
    'lxml-html-clean'
    """
    return _APART.sub("-", name).lower()


def without_places(sbom: dict[str, Any]) -> dict[str, Any]:
    """Return an SBOM without references to files of this machine, from which a package was installed."""
    if isinstance(sbom, dict):
        cleaned = {name: without_places(each) for name, each in sbom.items()}
        references = cleaned.get("externalReferences")
        if references is not None:
            cleaned["externalReferences"] = [each for each in references if not each["url"].startswith("file:")]
        return cleaned
    return [without_places(each) for each in sbom] if isinstance(sbom, list) else sbom


def made(folder: Path, tool: str) -> dict[str, Any]:
    """Return the SBOM of an environment that is made in a folder, and has what `pip install .` brings."""
    environment = folder / "sbom-env"
    venv.create(environment, clear=True, with_pip=False)
    python = environment / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    pip = [sys.executable, "-m", "pip", "--python", str(python), "--disable-pip-version-check", "install", "--quiet"]
    subprocess.run([*pip, str(ROOT)], check=True)
    order = [
        tool, "environment", "--pyproject", str(ROOT / "pyproject.toml"), "--mc-type", "application", "--output-reproducible",
        "--spec-version", VERSION, "--output-format", "JSON", "--validate", str(python),
    ]  # fmt: skip
    done = subprocess.run(order, check=True, capture_output=True, text=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return without_places(found)


def main(write: Callable[[str], object] = print) -> int:
    """Run the tool."""
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--out", type=Path, default=ROOT / "dist" / "dragoman.cdx.json")
    options.add_argument("--tool", default=str(Path(sys.executable).with_name("cyclonedx-py")))
    asked = options.parse_args()
    build = ROOT / "build"
    build.mkdir(exist_ok=True)
    sbom = made(build, asked.tool)
    wrong = list(faults(sbom, base_dependencies()))
    for each in wrong:
        write(f"{asked.out.name}: {each}")
    if not wrong:
        asked.out.parent.mkdir(parents=True, exist_ok=True)
        asked.out.write_text(json.dumps(sbom, indent=2, sort_keys=True, ensure_ascii=False) + "\n", encoding="utf-8")
        write(f"{asked.out}: {len(sbom['components'])} packages")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
