"""Draw the layers of the house from the order that tests/test_layers.py holds, for docs/architecture.md.

``python tools/layer_picture.py`` writes docs/pictures/layers.svg, ``--check`` only says whether it is current. Only the sentence
that says what a layer does is written here; a layer without one is a mistake.
"""

from __future__ import annotations

import importlib.util
import sys
import textwrap
from collections.abc import Iterator, Mapping
from html import escape
from pathlib import Path

from pages import refreshed

ROOT = Path(__file__).resolve().parent.parent
PICTURE = ROOT / "docs" / "pictures" / "layers.svg"
SAYS = {
    "errors": "one class for each kind of mistake: place, finding, remedy",
    "durable": "a file and its name, on the disk for good",
    "model": "the frozen types that travel",
    "settings": "one frozen Settings: file, environment, options",
    "rulebook": "TOML → Rulebook: frames, cues, word lists, roster",
    "reading": "file → Report → Sentence → Clause → Match → Claim: a Reading",
    "process": "claims → ProcessRecord: what one report says of the peace process",
    "ledger": "reports, claims, decisions kept; events, origins, revisions worked out",
    "feeds": "RSS and Atom → reports for the ledger",
    "board": "all reports' records → Board: the state of a conflict as of a day",
    "export": "readings, boards, ledgers → JSON, pages, the field's formats",
    "views": "what a screen or the API shows of a ledger, as types",
    "desk": "views → pages and API in a browser; decisions in",
    "backup": "a ledger and its accounts → one file, and back",
    "corpus": "archives → shards → files of any format; resumable",
    "component": "a step of a spaCy pipeline",
    "analysis": "acts, networks and tension for notebooks",
    "gate": "scores on judged cases",
    "floors": "the scores that must not sink",
    "commands": "one module for each group of commands",
    "cli": "parse arguments, call one function, print",
    "__main__": "python -m dragoman",
}
_WIDTH, _LINES, _LETTERS = 860, 3, 92
STYLE = """
.back{fill:#ffffff;stroke:#d0d7de}.box{fill:#eef3fb;stroke:#9db8e0}.name{fill:#1f2328;font:600 14px system-ui,sans-serif}
.says{fill:#1f2328;font:13px system-ui,sans-serif}.small{fill:#57606a;font:11px ui-monospace,Menlo,Consolas,monospace}
.line{stroke:#8c959f}
@media(prefers-color-scheme:dark){.back{fill:#0d1117;stroke:#30363d}.box{fill:#13233f;stroke:#34558b}.name,.says{fill:#e6edf3}
.small{fill:#9da7b3}.line{stroke:#6e7681}}
""".strip()


def order() -> tuple[tuple[str, ...], Mapping[str, tuple[str, ...]]]:
    """Return the layers, and the modules inside each, as the test has them."""
    spec = importlib.util.spec_from_file_location("layers_of_the_house", ROOT / "tests" / "test_layers.py")
    assert spec is not None
    assert spec.loader is not None
    test = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(test)
    return test.LAYERS, test.INSIDE


def picture(layers: tuple[str, ...], inside: Mapping[str, tuple[str, ...]]) -> str:
    """Return the drawing as SVG: a box for each layer, below those that it may import."""
    unsaid = [layer for layer in layers if layer not in SAYS]
    if unsaid:
        raise SystemExit(f"tools/layer_picture.py: nothing says what {', '.join(unsaid)} does; add it to SAYS")
    drawn: list[str] = []
    y = 16
    for number, layer in enumerate(layers):
        lines = _modules(inside.get(layer, ()))
        height = 34 + 15 * len(lines)
        drawn += list(_box(layer, lines, y, height))
        if number + 1 < len(layers):
            drawn.append(f'<path class="line" d="M40 {y + height}v8"/>')
        y += height + 8
    told = " ".join(f"{layer}: {SAYS[layer]}." for layer in layers)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDTH}" viewBox="0 0 {_WIDTH} {y + 8}" '
        'role="img" aria-labelledby="title what">\n'
        '<title id="title">The layers of Dragoman: each imports only what stands above it</title>\n'
        f'<desc id="what">{escape(told)}</desc>\n<style>{STYLE}</style>\n'
        f'<rect class="back" x="0.5" y="0.5" width="{_WIDTH - 1}" height="{y + 7}" rx="6"/>\n'
        + "\n".join(drawn)
        + "\n</svg>\n"
    )


def _modules(names: tuple[str, ...]) -> list[str]:
    """Return the modules of a layer in lines, in order; of a large one the first."""
    shown = [name for name in names if not name.endswith("__init__") and "migrations" not in name]
    lines = textwrap.wrap(" · ".join(shown), _LETTERS, break_on_hyphens=False)
    if len(lines) <= _LINES:
        return lines
    kept = lines[:_LINES]
    left = len(shown) - sum(line.strip(" ·").count(" · ") + 1 for line in kept)
    return [*kept[:-1], f"{kept[-1].rstrip(' ·')} and {left} more"]


def _box(layer: str, lines: list[str], y: int, height: int) -> Iterator[str]:
    yield f'<rect class="box" x="16" y="{y}" width="{_WIDTH - 32}" height="{height}" rx="5"/>'
    yield f'<text class="name" x="28" y="{y + 22}">{escape(layer)}</text>'
    yield f'<text class="says" x="132" y="{y + 22}">{escape(SAYS[layer])}</text>'
    for number, line in enumerate(lines):
        yield f'<text class="small" x="132" y="{y + 39 + 15 * number}">{escape(line)}</text>'


def main() -> int:
    """Write the drawing, or with ``--check`` return 1 where it is not current."""
    return refreshed([(PICTURE, picture(*order()))], "python tools/layer_picture.py")


if __name__ == "__main__":
    sys.exit(main())
