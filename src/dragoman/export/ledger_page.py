"""A page of lines that stand on sources: paragraphs, tables and sections, numbered, fitted and set as plain text or Markdown.

What comes from a report is data: it is cleaned before it gets here, and escaped in Markdown.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from dragoman.board.types import Cited
from dragoman.export.brief import WIDTH, Line, clean, shorten
from dragoman.export.days import day_words

Quote = Callable[[Cited], str]
_SHOWN = 3  # so many sources of one line are numbered
_QUOTED = 300
_FIXED = "\u00a0"  # a space at which no line is broken; text of reports has none, it was cleaned
_INDENT = "  "
_MARKUP = re.compile(r"[\\`*_\[\]<>|~&#@$]|(?<=[a-z]):(?=//)|(?<=www)\.", re.IGNORECASE)
_STARTS = re.compile(r"\A(?:[-+=]|\d+(?=[.)]))")


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Words with the sentences that they stand on; ``notes`` are said in brackets after the numbers.

    ``lead``: those of them that must be among the numbers.
    """

    words: str
    cited: tuple[Cited, ...] = ()
    lead: tuple[Cited, ...] = ()
    against: tuple[Cited, ...] = ()
    notes: tuple[str, ...] = ()
    counted: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One paragraph: a lead, then parts with semicolons; ``below`` are lines under it that stand on nothing of their own.

    ``heads``: it only heads those that follow; ``counts``: it is one of the section's entries.
    """

    parts: tuple[Part, ...]
    lead: str = ""
    below: tuple[str, ...] = ()
    depth: int = 1
    heads: bool = False
    counts: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A table: a head for each column, and rows of cells that have their sources."""

    head: tuple[str, ...]
    rows: tuple[tuple[Part, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Blocks under a title, the most important first.

    ``share`` is how many of them it may show for one of another section; ``room``: so many lines it may add to the page.
    """

    title: str
    blocks: tuple[Item | Grid, ...]
    share: int = 1
    room: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Title lines and sections. ``more`` says where the rest is to be had; ``legend``: short names and what they stand for.

    ``reliability``: the grades of outlets, shown where there are any.
    """

    title: str
    notes: tuple[str, ...]
    sections: tuple[Section, ...]
    more: str
    legend: Mapping[str, str] = field(default_factory=dict)
    reliability: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Sources:
    """The sentences that lines stand on, numbered from 1 as they are first named."""

    numbers: dict[tuple[str, int], int] = field(default_factory=dict)
    listed: list[Cited] = field(default_factory=list)

    def number(self, cited: Cited) -> int:
        """Return the number of a sentence."""
        key = (cited.report, cited.sentence)
        if key not in self.numbers:
            self.listed.append(cited)
            self.numbers[key] = len(self.listed)
        return self.numbers[key]

    def marks(self, cited: Sequence[Cited], lead: Sequence[Cited] = ()) -> str:
        """Return '[1, 4]' for the sentences to be shown, or nothing; a line is not broken in it."""
        others = [each for each in cited if each.origin not in {one.origin for one in lead}]
        room = max(_SHOWN - len(lead), 0) if lead else _SHOWN
        numbers = sorted({self.number(each) for each in (*lead, *(leading(others, room) if room else ()))})
        return f"[{f',{_FIXED}'.join(map(str, numbers))}]" if numbers else ""


def leading(cited: Iterable[Cited], most: int = _SHOWN) -> list[Cited]:
    """Return the sentences to be shown, one of each origin: the earliest, and the latest that there is room for."""
    first: dict[str, Cited] = {}
    for each in sorted(cited, key=lambda c: (c.published or date.min, c.report, c.sentence)):
        first.setdefault(each.origin, each)
    found = list(first.values())
    return found if len(found) <= most else [found[0], *found[len(found) - most + 1 :]]


def origins_words(cited: Sequence[Cited]) -> str:
    """Return '3 origins in 7 reports'; nothing where one report tells of it."""
    origins, reports = len({each.origin for each in cited}), len({each.report for each in cited})
    if reports < 2:
        return ""
    word = f"{origins} origin{'s' if origins != 1 else ''}"
    return word if origins == reports else f"{word} in {reports} reports"


def part_words(part: Part, sources: Sources, escape: Callable[[str], str] = str) -> str:
    """Return a part's words with numbers, who says so, origins, and what speaks against it."""
    notes = [escape(note) for note in part.notes]
    marks, against = sources.marks(part.cited, part.lead), sources.marks(part.against)
    notes += [origins_words(part.cited)] if part.counted else []
    notes += [f"against it: {against}"] if against else []
    tail = "; ".join(filter(None, notes))
    return " ".join(filter(None, [escape(part.words), marks, f"({tail})" if tail else ""]))


def item_words(item: Item, sources: Sources, escape: Callable[[str], str] = str) -> str:
    """Return a paragraph in one line."""
    words = "; ".join(part_words(part, sources, escape) for part in item.parts)
    return f"{escape(item.lead)}: {words}" if item.lead else words


# -- plain text


def text_lines(page: Page, quote: Quote, width: int = WIDTH, lines: int | None = None) -> list[Line]:
    """Return a page as lines of so many columns, its sections fitted into so many lines, and the list of its sources."""
    fitted = fit(page, width, lines)
    sources = Sources()
    found = list(_wrapped(page.title, width, "title"))
    found += [line for note in page.notes for line in _wrapped(note, width, "note")]
    for section, left in fitted:
        found += [Line(text="", style="note"), Line(text=_head(section, left).upper(), style="head")]
        found += [line for block in section.blocks for line in block_lines(block, sources, width)]
    for note in _ending(page, fitted, " ".join(line.text for line in found)):
        found += [Line(text="", style="note"), *_wrapped(note, width, "note")]
    if sources.listed:
        found += [Line(text="", style="note"), Line(text="SOURCES", style="head")]
    for number, each in enumerate(sources.listed, start=1):
        found += _wrapped(
            f"{_INDENT}[{number}] {source_words(each, quote, page.reliability)}", width, "quote", _INDENT * 3
        )
    return found


def _ending(page: Page, fitted: Sequence[tuple[Section, int]], text: str) -> Iterator[str]:
    """Yield the short names that are on the page with what they stand for, and where the rest is to be had."""
    words = set(re.findall(r"\w+", text))
    used = [f"{short}: {name}" for short, name in sorted(page.legend.items()) if short in words]
    if used:
        yield " · ".join(used)
    if any(left for _, left in fitted):
        yield page.more


def _head(section: Section, left: int) -> str:
    """Return a section's title, with how much of it is shown where that is not all."""
    shown = sum(map(_counts, section.blocks))
    return f"{section.title} ({shown} of {shown + left})" if left else section.title


def source_words(cited: Cited, quote: Quote, reliability: Mapping[str, str]) -> str:
    """Return outlet with its grade, day, the sentence's number and the sentence."""
    outlet = clean(cited.outlet or "") or "outlet unknown"
    if cited.outlet is not None and cited.outlet in reliability:
        outlet = f"{outlet} (reliability {reliability[cited.outlet]})"
    day = day_words(cited.published) if cited.published else "day unknown"
    return f"{outlet}, {day}, sentence {cited.sentence}: “{shorten(clean(quote(cited)), _QUOTED)}”"


def block_lines(block: Item | Grid, sources: Sources, width: int) -> list[Line]:
    """Return a paragraph or a table as lines."""
    if isinstance(block, Grid):
        return list(_grid_lines(block, sources, width))
    indent = _INDENT * block.depth
    found = list(_wrapped(indent + item_words(block, sources), width, "item", indent + _INDENT))
    for below in block.below:
        found += _wrapped(indent + _INDENT + below, width, "item", indent + _INDENT * 2)
    return found


def _wrapped(text: str, width: int, style: str, later: str = "") -> Iterator[Line]:
    first = text[: len(text) - len(text.lstrip(" "))]
    for line in textwrap.wrap(
        text.strip(" "), width, initial_indent=first, subsequent_indent=later, break_on_hyphens=False
    ):
        yield Line(text=line.replace(_FIXED, " "), style=style)


def _grid_lines(grid: Grid, sources: Sources, width: int) -> Iterator[Line]:
    room = width - len(_INDENT)
    widths = _widths(grid, room)
    yield from _row_lines(grid.head, widths, "day")
    for row in grid.rows:
        yield from _row_lines([part_words(part, sources) for part in row], widths, "item")


def _widths(grid: Grid, room: int) -> list[int]:
    """Return the columns' widths: the first as wide as its cells within two fifths, the others share the rest."""
    first = max([len(grid.head[0]), *(len(row[0].words) for row in grid.rows)])
    first = min(first, room * 2 // 5)
    others = len(grid.head) - 1
    each = (room - first) // others - 2 if others else 0
    return [first, *[each] * others]


def _row_lines(cells: Sequence[str], widths: Sequence[int], style: str) -> Iterator[Line]:
    columns = [
        textwrap.wrap(cell, width, break_on_hyphens=False) or [""] for cell, width in zip(cells, widths, strict=True)
    ]
    for at in range(max(map(len, columns))):
        found = [
            (column[at] if at < len(column) else "").ljust(width) for column, width in zip(columns, widths, strict=True)
        ]
        yield Line(text=(_INDENT + _INDENT.join(found)).rstrip().replace(_FIXED, " "), style=style)


# -- what fits on it


def fit(page: Page, width: int, lines: int | None) -> list[tuple[Section, int]]:
    """Return the sections with what fits of each into so many lines, and how many blocks are left out.

    Sections get blocks in turn, so that a long one leaves room for the rest; each has at least its first.
    """
    if lines is None:
        return [(section, 0) for section in page.sections]
    heights = [_Heights(section.blocks, width) for section in page.sections]
    shown = [_least(section) for section in page.sections]
    room = lines - (6 if page.legend else 3) - len(page.notes) - 2 * len(page.sections)
    room += sum(high.within(section.room) for section, high in zip(page.sections, heights, strict=True) if section.room)
    room -= sum(high.first(least) for high, least in zip(heights, shown, strict=True))
    for at in _turns(page.sections):
        if room <= 0:
            break
        if shown[at] < len(page.sections[at].blocks) and heights[at].of(shown[at]) <= room:
            room -= heights[at].of(shown[at])
            shown[at] += 1
    for at, section in enumerate(page.sections):
        while shown[at] and not _is_content(section.blocks[shown[at] - 1]):
            shown[at] -= 1
    return [
        (replace(section, blocks=section.blocks[:first]), sum(map(_counts, section.blocks[first:])))
        for section, first in zip(page.sections, shown, strict=True)
    ]


def _least(section: Section) -> int:
    """Return how many blocks a section has at least: the first that counts, with what heads it."""
    heads = next((at for at, block in enumerate(section.blocks) if _is_content(block)), 0)
    return min(heads + 1, len(section.blocks))


def _is_content(block: Item | Grid) -> bool:
    return isinstance(block, Grid) or not block.heads


def _counts(block: Item | Grid) -> int:
    """Return how many entries a block shows: a table those that its columns are."""
    return len(block.head) - 1 if isinstance(block, Grid) else int(block.counts and not block.heads)


class _Heights:
    """How many lines the blocks of a section take, measured as far as they are asked for."""

    def __init__(self, blocks: Sequence[Item | Grid], width: int) -> None:
        self._blocks = blocks
        self._width = width
        self._known: dict[int, int] = {}

    def of(self, at: int) -> int:
        """Return the lines of a block; numbers are counted from one, so that a few may take a line more."""
        if at not in self._known:
            self._known[at] = len(block_lines(self._blocks[at], Sources(), self._width))
        return self._known[at]

    def first(self, number: int) -> int:
        """Return the lines of the first so many blocks."""
        return sum(map(self.of, range(number)))

    def within(self, most: int) -> int:
        """Return the lines of all blocks and their head, or ``most`` where they are more."""
        found = 2
        for at in range(len(self._blocks)):
            if found >= most:
                return most
            found += self.of(at)
        return min(found, most)


def _turns(sections: Sequence[Section]) -> Iterator[int]:
    """Yield the places of sections in turn, each as often as its share, until all their blocks have had one."""
    for _ in range(max((len(section.blocks) for section in sections), default=0)):
        for at, section in enumerate(sections):
            yield from [at] * section.share


# -- Markdown


def markdown(page: Page, quote: Quote, lines: int | None = None) -> str:
    """Return a page as Markdown with the same content as the text of so many lines."""
    sources = Sources()
    found = [f"# {escaped(page.title)}", ""]
    found += [f"{escaped(note)}  " for note in page.notes]
    fitted = fit(page, WIDTH, lines)
    for section, left in fitted:
        found += ["", f"## {escaped(_head(section, left))}", ""]
        for block in section.blocks:
            found += _grid_rows(block, sources) if isinstance(block, Grid) else _bullets(block, sources)
    for note in _ending(page, fitted, "\n".join(found)):
        found += ["", escaped(note)]
    if sources.listed:
        found += ["", "## Sources", ""]
        found += [
            f"{number}. {escaped(source_words(each, quote, page.reliability))}"
            for number, each in enumerate(sources.listed, 1)
        ]
    return "\n".join(found).replace(_FIXED, " ") + "\n"


def _bullets(item: Item, sources: Sources) -> list[str]:
    indent = _INDENT * (item.depth - 1)
    return [
        f"{indent}- {item_words(item, sources, escaped)}",
        *(f"{indent}  - {escaped(below)}" for below in item.below),
    ]


def _grid_rows(grid: Grid, sources: Sources) -> list[str]:
    rows = [f"| {' | '.join(part_words(part, sources, escaped) for part in row)} |" for row in grid.rows]
    return [f"| {' | '.join(map(escaped, grid.head))} |", "|---" * len(grid.head) + "|", *rows, ""]


def escaped(text: str) -> str:
    """Return text that Markdown shows as it is: no emphasis, link, code, HTML, table or list comes of it.

    >>> escaped("- *see* [x](http://a.b) <i> | end")
    '\\\\- \\\\*see\\\\* \\\\[x\\\\](http\\\\://a.b) \\\\<i\\\\> \\\\| end'
    """
    return _STARTS.sub(lambda at: _led(at[0]), _MARKUP.sub(lambda at: f"\\{at[0]}", text))


def _led(start: str) -> str:
    return f"{start}\\" if start.isdigit() else f"\\{start}"
