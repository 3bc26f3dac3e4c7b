"""The brief of a conflict: one page of a board, the state first; with an earlier board, what changed since then before it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date
from typing import Any

from dragoman.board.types import (
    Backing,
    Board,
    Cited,
    Dispute,
    Due,
    Entry,
    Menace,
    Paper,
    Round,
    Stance,
    Track,
    Truce,
    Turn,
)
from dragoman.export.brief import WIDTH, Line
from dragoman.export.days import day_words
from dragoman.export.ledger_page import Grid, Item, Page, Part, Quote, Section, markdown, text_lines
from dragoman.export.ledger_since import AGAINST, Change, changes
from dragoman.export.ledger_words import (
    Said,
    Tongue,
    backing_words,
    body_words,
    breach_words,
    days_of,
    dispute_words,
    due_words,
    menace_words,
    paper_words,
    round_words,
    signings_by_party,
    spaced,
    stance_words,
    tame,
    track_title,
    truce_words,
    turning_words,
)

LINES = 60
_CHANGES = 22  # lines that what changed may add to the page
_ONE_WITH = {"new": "before one with", "gone": "now one with"}
_COLUMNS = 3  # so many papers stand in the table
_BACKERS = 5  # so many backers of one kind are in one paragraph
_TURNINGS = 3  # so many turnings stand before other truces
AHEAD = ("planned", "proposed")
TRUCE_ORDER = ("violated", "holding", "in_force", "extended", "agreed", "unknown", "proposed", "rejected", "ended")
DUE_ORDER = ("ahead", "postponed", "cancelled", "passed", "held")


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefOptions:
    """``width`` in columns; ``lines`` that the page has before its sources (None: all); ``issues`` are names of issues.

    ``parties`` are those of the conflict, whose entries come first; ``ids``: each line says its entry's id.
    ``short``: names by id that stand for longer ones, which the page spells out.
    """

    width: int = WIDTH
    lines: int | None = LINES
    issues: Mapping[str, str] = field(default_factory=dict)
    parties: frozenset[str] = frozenset()
    ids: bool = False
    short: Mapping[str, str] = field(default_factory=dict)


def brief(board: Board, quote: Quote, before: Board | None = None, options: BriefOptions | None = None) -> list[Line]:
    """Return the brief as lines; ``quote`` gives a sentence's text, ``before`` is the board of the day since which."""
    chosen = options or BriefOptions()
    return text_lines(page_of(board, before, chosen), quote, chosen.width, chosen.lines)


def brief_markdown(board: Board, quote: Quote, before: Board | None = None, options: BriefOptions | None = None) -> str:
    """Return the brief as Markdown: the same page."""
    chosen = options or BriefOptions()
    return markdown(page_of(board, before, chosen), quote, chosen.lines)


def page_of(board: Board, before: Board | None, options: BriefOptions) -> Page:
    """Return the page of a board: changes where an earlier board is given, then the state, then the rest."""
    names = _names(board, before)
    tongue = Tongue({**names, **options.short}, options.issues, options.parties, ids=options.ids)
    sections = [_state(board, tongue)]
    if before is not None:
        sections.insert(0, _changed(before, board, tongue))
    makers: tuple[Callable[[Board, Tongue], Section], ...] = (
        _papers, _talks, _stances, _menaces, _backings, _breaches, _bodies, _calendar, _disputes,
    )  # fmt: skip
    sections += [section for section in (make(board, tongue) for make in makers) if section.blocks]
    return Page(
        title=f"{tame(board.name)}: the peace process{_as_of(board)}",
        notes=tuple(_notes(board)),
        sections=tuple(sections),
        legend={tame(short): tame(names.get(i, i)) for i, short in options.short.items()},
        more=f"What did not fit on the page: dragoman board {tame(board.conflict)}",
        reliability=board.reliability,
    )


def _names(board: Board, before: Board | None) -> dict[str, str]:
    return {**(before.names if before else {}), **board.names}


def _as_of(board: Board) -> str:
    return f" as of {day_words(board.until, weekday=True)}" if board.until else ""


def _notes(board: Board) -> Iterator[str]:
    if not board.reports:
        yield "No report of this conflict."
        return
    last = f", the last of {day_words(board.last)}" if board.last else ""
    yield f"{board.reports} report{'s' if board.reports != 1 else ''}{last}"
    if board.known:
        yield f"As the ledger had it at {board.known.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


# -- the sections


def _state(board: Board, tongue: Tongue) -> Section:
    ranked = sorted(
        board.truces, key=lambda t: (TRUCE_ORDER.index(t.status) if t.status in TRUCE_ORDER else 9, newest(t))
    )
    strips = [_strip(truce, tongue) for truce in ranked]
    turnings = sorted(board.turnings, key=lambda t: (-(t.day or date.min).toordinal(), t.id))
    found = [_item(turning_words(turning, tongue), tongue) for turning in turnings]
    blocks = [*(strips[:1] or [_bare("No report tells of a ceasefire.")]), *found[:_TURNINGS], *strips[1:]]
    return Section(title="State", blocks=(*blocks, *found[_TURNINGS:]), share=3)


def _strip(truce: Truce, tongue: Tongue) -> Item:
    """Return a truce's status and parties, and below them its days."""
    said = truce_words(truce, tongue)
    status, *days = said.facts
    state = status.value[:1].upper() + status.value[1:]
    part = replace(_part(said.title, truce, tongue), lead=_turned(truce.history, truce.status))
    return Item(lead=state, parts=(part,), below=(" · ".join(fact.words for fact in days),))


def _changed(before: Board, board: Board, tongue: Tongue) -> Section:
    """Return what changed as a section of the page."""
    day = f" since {day_words(before.until)}" if before.until else ""
    blocks = tuple(_change(change, tongue) for change in ranked_changes(before, board, tongue))
    return Section(title=f"Changed{day}", blocks=blocks or (_bare("Nothing changed."),), share=8, room=_CHANGES)


def ranked_changes(before: Board, board: Board, tongue: Tongue) -> list[Change]:
    """Return what changed, kind by kind, the conflict's own parties first; where only more speaks against it, at the end."""
    kinds: dict[str, int] = {}

    def rank(change: Change) -> tuple[bool, int, bool, int, str]:
        said = change.entry
        kind = kinds.setdefault(said.kind, len(kinds))
        latest = -(said.last or date.min).toordinal()
        return _is_minor(change), kind, bool(said.who) and not tongue.has(*said.who), latest, said.id

    return sorted(changes(before, board, tongue), key=rank)


def _is_minor(change: Change) -> bool:
    """Return whether no more changed than how much speaks against an entry."""
    return change.how == "changed" and {name for name, _, _ in change.facts} == {AGAINST}


def _change(change: Change, tongue: Tongue) -> Item:
    said = change.entry
    if change.how == "changed":
        words = "; ".join(f"{name} {was} → {now}" for name, was, now in change.facts)
        words = f"{said.title}: {words}"
    else:
        words = ": ".join([said.title, *(fact.words for fact in said.facts[:1])])
        words += f"; {_ONE_WITH[change.how]} {change.one_with.title}" if change.one_with else ""
    part = Part(words=words, cited=change.cited, against=said.against, notes=notes_of(words, change.cited, tongue))
    return Item(lead=f"{change.how.upper()} {said.kind}", parts=(part,))


def _papers(board: Board, tongue: Tongue) -> Section:
    ranked = sorted(board.papers, key=newest)
    table = [paper for paper in ranked if paper.signings][:_COLUMNS]
    blocks: list[Item | Grid] = [_grid(table, tongue)] if table else []
    for paper in ranked:
        said = paper_words(paper, tongue)
        names = {tongue.of(signing.party) for signing in paper.signings} if paper in table else set()
        item = _item(said, tongue, [fact.words for fact in said.facts if fact.name not in names])
        blocks.append(replace(item, counts=paper not in table))
    return Section(title="Who signed what", blocks=tuple(blocks))


def _grid(papers: Sequence[Paper], tongue: Tongue) -> Grid:
    """Return the table of parties and papers; where reports differ on a party, all that it is said to have done."""
    parties = dict.fromkeys(signing.party for paper in papers for signing in paper.signings)
    listed = [signings_by_party(paper) for paper in papers]
    head = ["Party", *(_column(paper) for paper in papers)]
    rows = [(Part(words=tongue.of(party)), *(_cell(signed.get(party, ())) for signed in listed)) for party in parties]
    return Grid(head=tuple(head), rows=tuple(rows))


def _column(paper: Paper) -> str:
    day = days_of(paper.date)
    return tame(paper.name, 40) + (f", {day}" if day else "")


def _cell(signings: Iterable[Any]) -> Part:
    found = list(signings)
    words = " / ".join(dict.fromkeys(spaced(signing.status) for signing in found)) or "-"
    return Part(
        words=words, cited=tuple(c for s in found for c in s.cited), against=tuple(c for s in found for c in s.against)
    )


def _talks(board: Board, tongue: Tongue) -> Section:
    blocks = []
    for track in sorted(board.tracks, key=lambda track: (not tongue.has(*track.parties), newest(track))):
        ahead = [talks for talks in track.rounds if talks.status in AHEAD]
        behind = [talks for talks in track.rounds if talks.status not in AHEAD]
        blocks.append(Item(parts=(Part(words=track_title(track, tongue)),), heads=True))
        blocks += [_round(talks, track, tongue, "next: ") for talks in sorted(ahead, key=by_day)]
        blocks += [_round(talks, track, tongue) for talks in sorted(behind, key=by_day, reverse=True)]
    return Section(title="Talks", blocks=tuple(blocks), share=2)


def _round(talks: Round, track: Track, tongue: Tongue, lead: str = "") -> Item:
    """Return a round under its track, whose parties it does not repeat."""
    said = round_words(talks if set(talks.parties) != set(track.parties) else replace(talks, parties=()), tongue)
    return Item(parts=(_part(lead + said.words, talks, tongue),), depth=2)


def _stances(board: Board, tongue: Tongue) -> Section:
    ranked = sorted(board.stances, key=lambda stance: (not tongue.has(stance.party), newest(stance)))
    blocks = [_stance(each, tongue) for each in ranked]
    return Section(title="Positions", blocks=tuple(blocks), share=2)


def _stance(stance: Stance, tongue: Tongue) -> Item:
    part = _part(stance_words(stance, tongue).words, stance, tongue)
    return Item(parts=(replace(part, lead=_turned(stance.history, stance.state)),))


def _turned(history: Sequence[Turn], state: str) -> tuple[Cited, ...]:
    """Return the sentence with which the state came to be what it is."""
    steps = [turn for turn in history if turn.state != "unknown"]
    while len(steps) > 1 and steps[-1].state == steps[-2].state == state:
        steps.pop()
    return (steps[-1].cited,) if steps else ()


def _menaces(board: Board, tongue: Tongue) -> Section:
    """Return the threats: open ones first, those that were settled in so many words after them."""

    def place(menace: Menace) -> tuple[bool, bool, tuple[int, str]]:
        return menace.outcome != "open", not tongue.has(menace.party, *menace.whom), newest(menace)

    blocks = []
    for menace in sorted(board.menaces, key=place):
        said = menace_words(menace, tongue)
        parts = [_part(said.words, menace, tongue)]
        parts += [Part(words="settled by", cited=menace.settled_by, counted=False)] if menace.settled_by else []
        blocks.append(Item(parts=tuple(parts)))
    return Section(title="Threats", blocks=tuple(blocks))


def _backings(board: Board, tongue: Tongue) -> Section:
    """Return the backers, one line for each kind of support and whom it is given."""
    kinds: dict[str, list[Backing]] = {}
    for backing in sorted(board.backings, key=newest):
        kinds.setdefault(backing.kind, []).append(backing)
    blocks = []
    for kind, listed in sorted(kinds.items(), key=lambda pair: (-len(pair[1]), pair[0])):
        parts = [_backer(backing, tongue) for backing in listed]
        blocks += [
            Item(lead=spaced(kind).capitalize(), parts=tuple(parts[at : at + _BACKERS]))
            for at in range(0, len(parts), _BACKERS)
        ]
    return Section(title="Backers", blocks=tuple(blocks), share=2)


def _backer(backing: Backing, tongue: Tongue) -> Part:
    said = backing_words(backing, tongue)
    facts = [fact.words for fact in said.facts if fact.name != "kind"]
    return _part(": ".join(filter(None, [said.title, ", ".join(facts)])), backing, tongue)


def _breaches(board: Board, tongue: Tongue) -> Section:
    ranked = sorted(board.breaches, key=lambda breach: (not tongue.has(*breach.accused), newest(breach)))
    blocks = [_item(breach_words(each, tongue), tongue) for each in ranked]
    return Section(title="Violations alleged", blocks=tuple(blocks))


def _bodies(board: Board, tongue: Tongue) -> Section:
    blocks = [_item(body_words(each, tongue), tongue) for each in sorted(board.bodies, key=newest)]
    return Section(title="Mechanisms", blocks=tuple(blocks))


def _calendar(board: Board, tongue: Tongue) -> Section:
    """Return what lies ahead by day, then what was put off, called off or passed without a word."""

    def place(due: Due) -> tuple[int, date, str]:
        rank = DUE_ORDER.index(due.outcome) if due.outcome in DUE_ORDER else len(DUE_ORDER)
        return rank, due.window.earliest or due.window.latest or date.max, due.id

    blocks = []
    for due in sorted(board.calendar, key=place):
        said = due_words(due, tongue)
        days, *facts = said.facts
        words = "; ".join([said.title, *(fact.words for fact in facts)])
        parts = [_part(words, due, tongue)]
        parts += [Part(words="told by", cited=due.settled_by, counted=False)] if due.settled_by else []
        blocks.append(Item(lead=days.value, parts=tuple(parts)))
    return Section(title="Calendar", blocks=tuple(blocks))


def _disputes(board: Board, tongue: Tongue) -> Section:
    blocks = [_sides(each, tongue) for each in sorted(board.disputes, key=newest)]
    return Section(title="Told in several ways", blocks=tuple(blocks), share=2)


def _sides(dispute: Dispute, tongue: Tongue) -> Item:
    said = dispute_words(dispute, tongue)
    parts = [
        Part(words=fact.value, cited=cited, notes=notes_of(fact.value, cited, tongue))
        for fact, (_, cited) in zip(said.facts, dispute.versions, strict=True)
    ]
    return Item(lead=said.title, parts=tuple(parts))


# -- their lines


def _item(said: Said, tongue: Tongue, facts: Sequence[str] | None = None) -> Item:
    tail = "; ".join([fact.words for fact in said.facts] if facts is None else facts)
    words = f"{said.title}: {tail}" if tail else said.title
    notes = (*notes_of(words, said.cited, tongue), *tongue.mark(said.id))
    return Item(parts=(Part(words=words, cited=said.cited, against=said.against, notes=notes),))


def _part(words: str, entry: Entry, tongue: Tongue) -> Part:
    notes = (*notes_of(words, entry.cited, tongue), *tongue.mark(entry.id))
    return Part(words=words, cited=entry.cited, against=entry.against, notes=notes)


def notes_of(words: str, cited: Sequence[Cited], tongue: Tongue) -> tuple[str, ...]:
    """Return who says so where no report does itself and the words do not tell it, and 'in doubt' where all hedge."""
    if not cited:
        return ()
    said = dict.fromkeys(tongue.of(speaker) for each in cited for speaker in each.speakers)
    others = [name for name in said if name.lower() not in words.lower()]
    found = []
    if others and all(each.speakers for each in cited):
        more = f" and {len(others) - 2} more" if len(others) > 2 else ""
        found.append(f"said by {', '.join(others[:2])}{more}")
    if all(each.hedged for each in cited):
        found.append("in doubt")
    return tuple(found)


def _bare(words: str) -> Item:
    return Item(parts=(Part(words=words),))


def newest(entry: Entry) -> tuple[int, str]:
    """Return what sorts entries from the newest word to the oldest."""
    return -(entry.last or date.min).toordinal(), entry.id


def by_day(talks: Round) -> tuple[date, str]:
    return talks.date.earliest or talks.date.latest or talks.first or date.min, talks.id
