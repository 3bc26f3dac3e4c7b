"""Draw how sentences are read, as docs/how-it-reads.md shows it: a row for each clause, a box for each role, in real output.

``python tools/clause_pictures.py`` writes docs/pictures/clauses-NAME.svg, ``--check`` only says whether they are current.
The drawings hold text as text, with a title and a description in words, and take light or dark from the reader's system.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from html import escape
from pathlib import Path

from pages import refreshed

from dragoman.model import Clause, Phrase, Report
from dragoman.reading.explain import Explained, explained_text
from dragoman.reading.reader import Reader, default_reader
from dragoman.reading.scenes import Scene

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "pictures"
DAY = date(2026, 5, 14)
SENTENCES = {
    "said": "Gondor's foreign minister said on Tuesday that the Orlen Front had left the talks in Bree without signing the truce.",
    "if": "The Orlen Front threatened to shell the port of Bree if Gondor did not free 40 prisoners by June 1.",
    "denied": "Mordor denied on Tuesday that its troops had shelled the town of Bree.",
}
_WIDE = 8.0  # of a letter of the sentence
_LEFT, _TOP, _ROW = 24, 62, 68
_KINDS = {
    "subject": "who", "object": "whom", "complement": "what", "condition": "if", "on": "when", "by": "when", "in": "where",
}  # fmt: skip
STYLE = """
.back{fill:#ffffff;stroke:#d0d7de}.text{fill:#1f2328;font:13.33px ui-monospace,Menlo,Consolas,monospace}
.name{fill:#57606a;font:11px system-ui,sans-serif}.verb{fill:#1f2328}.onverb{fill:#ffffff}.line{stroke:#8c959f;fill:none}
.who{fill:#cfe3ff}.whom{fill:#ffe1c7}.when{fill:#d7f0d2}.where{fill:#eadcff}.if{fill:#ffd6e0}.what,.other{fill:#e6e9ed}
@media(prefers-color-scheme:dark){
.back{fill:#0d1117;stroke:#30363d}.text{fill:#e6edf3}.name{fill:#9da7b3}.verb{fill:#e6edf3}.onverb{fill:#0d1117}.line{stroke:#6e7681}
.who{fill:#173a68}.whom{fill:#643511}.when{fill:#1d4a1a}.where{fill:#47297a}.if{fill:#6b1d35}.what,.other{fill:#30363d}}
""".strip()


@dataclass(frozen=True, slots=True)
class Box:
    """A stretch of the sentence with its role; ``start`` and ``end`` count letters."""

    role: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Row:
    """A clause: where its predicate stands, what it is, how it hangs on the row above it, and its roles."""

    verb: Box
    words: str
    above: int | None
    boxes: tuple[Box, ...]


def picture(reader: Reader, sentence: str) -> str:
    """Return the drawing of a sentence as SVG."""
    report = Report(id="example", headline=None, text=sentence, body_start=0, published=DAY)
    scenes, _ = reader.scenes(report, reader.parser.sentences(report.text, None))
    rows = _rows(scenes[0])
    width = round(_LEFT * 2 + len(sentence) * _WIDE)
    height = _TOP + _ROW * len(rows) + 6
    drawn = "\n".join(
        [_letters(sentence, 0, 34, "text"), *(part for row in rows for part in _drawn(sentence, rows, row))]
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" viewBox="0 0 {width} {height}" '
        f'role="img" aria-labelledby="title what">\n'
        f'<title id="title">Clauses of: {escape(sentence)}</title>\n'
        f'<desc id="what">{escape(in_words(explained_text(reader, sentence, DAY)))}</desc>\n'
        f"<style>{STYLE}</style>\n"
        f'<rect class="back" x="0.5" y="0.5" width="{width - 1}" height="{height - 1}" rx="6"/>\n{drawn}\n</svg>\n'
    )


def in_words(found: Explained) -> str:
    """Return the clauses of a text in words, for those who do not see the drawing."""
    return " ".join(
        f"Clause '{clause.verb}' ({clause.words}): "
        + "; ".join(f"{role}: {filler}" for role, filler in clause.roles)
        + "."
        for sentence in found.sentences
        for clause in sentence.clauses
    )


def _rows(scene: Scene) -> tuple[Row, ...]:
    clauses = [clause for clause in scene.clauses if clause.roles]  # one without roles says nothing to look at
    order = [clause.index for clause in clauses]
    return tuple(
        Row(
            verb=_box(scene, "", Phrase(head=clause.index, start=clause.index, end=clause.index + 1)),
            words=_words(clause),
            above=order.index(clause.parent) if clause.parent in order else None,
            boxes=tuple(_boxes(scene, clause)),
        )
        for clause in clauses
    )


def _boxes(scene: Scene, clause: Clause) -> Iterator[Box]:
    for role, phrases in sorted(clause.roles.items()):
        yield from (_box(scene, role, phrase) for phrase in phrases if not phrase.start <= clause.index < phrase.end)


def _box(scene: Scene, role: str, phrase: Phrase) -> Box:
    s = scene.tree.s
    return Box(role, s.starts[phrase.start] - s.start, s.ends[phrase.end - 1] - s.start)


def _words(clause: Clause) -> str:
    parts = [
        clause.link if clause.link != "root" else "",
        "noun" if clause.form == "noun" else "",
        f"mood: {clause.modal}" if clause.modal else "",
        "negated" if clause.negated else "",
    ]
    return ", ".join(part for part in parts if part)


def _drawn(sentence: str, rows: tuple[Row, ...], row: Row) -> Iterator[str]:
    top = _TOP + _ROW * rows.index(row)
    for box in row.boxes:
        yield _frame(box, top, _KINDS.get(box.role, "other"))
        yield _letters(sentence[box.start : box.end], box.start, top + 18, "text")
        yield _label(box, top + 39, box.role)
    yield _frame(row.verb, top, "verb")
    yield _letters(sentence[row.verb.start : row.verb.end], row.verb.start, top + 18, "text onverb")
    yield _label(row.verb, top - 5, row.words, aside=10 if row.above is not None else 0, width=len(sentence))
    if row.above is not None:
        yield _link(rows[row.above].verb, _TOP + _ROW * row.above + 26, row.verb, top)


def _frame(box: Box, top: int, kind: str) -> str:
    return (
        f'<rect class="{kind}" x="{_x(box.start) - 3:.0f}" y="{top}" '
        f'width="{(box.end - box.start) * _WIDE + 6:.0f}" height="26" rx="4"/>'
    )


def _letters(words: str, start: int, y: int, kind: str) -> str:
    return (
        f'<text class="{kind}" x="{_x(start):.0f}" y="{y}" textLength="{len(words) * _WIDE:.0f}">{escape(words)}</text>'
    )


def _label(box: Box, y: int, words: str, aside: int = 0, width: int = 0) -> str:
    """Return small words at a box; they end with the drawing where they would run out of it."""
    if not words:
        return ""
    x = _x(box.start) + aside
    if width and x + len(words) * 6 > _x(width):
        return f'<text class="name" x="{_x(width):.0f}" y="{y}" text-anchor="end">{escape(words)}</text>'
    return f'<text class="name" x="{x:.0f}" y="{y}">{escape(words)}</text>'


def _link(above: Box, y: int, below: Box, top: int) -> str:
    start, end = _x(above.start) + 4, _x(below.start) + 4
    middle = top - 18
    return f'<path class="line" d="M{start:.0f} {y}V{middle}H{end:.0f}V{top}"/>'


def _x(letter: int) -> float:
    return _LEFT + letter * _WIDE


def main() -> int:
    """Write the drawings, or with ``--check`` return 1 where one is not current."""
    reader = default_reader()
    fresh = ((FOLDER / f"clauses-{name}.svg", picture(reader, sentence)) for name, sentence in SENTENCES.items())
    return refreshed(fresh, "python tools/clause_pictures.py")


if __name__ == "__main__":
    sys.exit(main())
