"""One entry of a board with all that it stands on: its sentences by origin, for and against, its facts and its history."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from dragoman.board.grades import GRADES
from dragoman.board.types import Board, Cited, Dispute, Due, Entry, Menace, Paper, Stance, Truce, Turn
from dragoman.desk.charts.truce_strip import Axis, Strip, axis_of, state_words, strip_of
from dragoman.desk.conflict.called import Called, Name, Standing, standing_of
from dragoman.desk.conflict.matrix import Sign, sign_of
from dragoman.desk.conflict.rows import Rows, Which, made, taken
from dragoman.desk.kept import Picture
from dragoman.desk.parts.lines import claim_words
from dragoman.export.ledger_page import Quote
from dragoman.export.ledger_words import KINDS, Fact, Said, dispute_words, entries_of, spaced


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimLine:
    """A claim of a sentence in brief: who does what to whom."""

    id: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence with its report. ``speakers``: who says so, empty where the report itself does."""

    cited: Cited
    text: str
    speakers: tuple[Name, ...]
    grade: str
    grade_words: str
    claims: tuple[ClaimLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Print:
    """Another print of a text."""

    cited: Cited
    grade: str
    grade_words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """An independent text: its first sentence for an entry, then the first prints, cuts and versions of the same, of how many."""

    first: Sentence
    more: tuple[Sentence, ...]
    copies: tuple[Print, ...]
    prints: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """Sentences that speak for an entry, against it, or for one of several versions, by origin from the first."""

    title: str
    place: str
    origins: Rows[Origin]
    against: Rows[Origin] | None = None
    sign: Sign | None = None
    party: Name | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A turn of an entry's history."""

    state: str
    day: date | None
    sentence: Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryPage:
    """An entry: what it is (``kind``), its title and facts, sides with sentences, steps; a truce's strip with its axis."""

    kind: str
    section: str
    title: str
    facts: tuple[Fact, ...]
    standing: Standing
    sides: tuple[Side, ...]
    steps: tuple[Step, ...]
    strip: Strip | None = None
    axis: Axis | None = None
    status: str = ""


_FEW, _PRINTS = 40, 20  # origins, and other prints of each, that stand on the page at first
_SECTIONS = {
    "truces": "truces", "turnings": "turnings", "papers": "signatures", "rounds": "talks", "stances": "positions",
    "menaces": "threats", "backings": "backers", "breaches": "violations", "bodies": "mechanisms",
    "calendar": "calendar", "disputes": "contradictions",
}  # fmt: skip


def found_in(board: Board, identity: str) -> tuple[str, Entry] | None:
    """Return the entry of an id, or the only one whose id begins so, with its kind; None where there is none."""
    listed = [(kind, entry) for kind, _ in KINDS for entry in entries_of(board, kind)]
    same = [pair for pair in listed if pair[1].id == identity]
    like = [pair for pair in listed if pair[1].id.startswith(identity)] if len(identity) >= 4 else []
    return same[0] if same else like[0] if len({entry.id for _, entry in like}) == 1 else None


class Setter:
    """Sets sentences: ``quote`` gives their text, ``picture`` their claims; ``which`` are wanted whole."""

    def __init__(self, called: Called, board: Board, quote: Quote, picture: Picture, which: Which) -> None:
        self.called = called
        self._which = which
        self._board = board
        self._quote = quote
        self._picture = picture

    def sentence(self, cited: Cited) -> Sentence:
        """Return a sentence with who says so and what was read in it."""
        grade = self._board.reliability.get(cited.outlet or "", "")
        return Sentence(
            cited=cited,
            text=self._quote(cited),
            speakers=self.called.all(cited.speakers),
            grade=grade,
            grade_words=GRADES.get(grade, ""),
            claims=tuple(self._claims(cited.claims)),
        )

    def origins(self, place: str, cited: Sequence[Cited]) -> Rows[Origin]:
        """Return sentences by the text that they are of, the first print first, for a place on the page."""
        groups: dict[str, list[Cited]] = {}
        for each in sorted(cited, key=lambda each: (each.published or date.max, each.report, each.sentence)):
            groups.setdefault(each.origin, []).append(each)
        rows = taken(place, list(groups.items()), self._which, _FEW)
        return made(rows, (self._origin(origin, group) for origin, group in rows.shown))

    def _origin(self, origin: str, group: Sequence[Cited]) -> Origin:
        lead = origin if any(each.report == origin for each in group) else group[0].report
        own = [self.sentence(each) for each in group if each.report == lead]
        copies = {each.report: each for each in reversed(group) if each.report != lead}
        first = list(reversed(copies.values()))[:_PRINTS]
        return Origin(
            first=own[0], more=tuple(own[1:]), copies=tuple(map(self._print, first)), prints=len(copies)
        )  # fmt: skip

    def _print(self, cited: Cited) -> Print:
        grade = self._board.reliability.get(cited.outlet or "", "")
        return Print(cited=cited, grade=grade, grade_words=GRADES.get(grade, ""))

    def _claims(self, ids: Iterable[str]) -> Iterator[ClaimLine]:
        for identity in ids:
            found = self._picture.claims.get(identity)
            words = claim_words(found[1].claim, self.called.names) if found else "claim"
            yield ClaimLine(id=identity, words=words)


def entry_page(kind: str, entry: Entry, board: Board, setter: Setter, stale: int) -> EntryPage:
    """Return the page of an entry of a board."""
    words = dict(KINDS)[kind]
    said: Said = words(entry, setter.called.tongue)
    day = board.until or board.last
    axis = axis_of([entry], day) if isinstance(entry, Truce) and day else None
    strip = strip_of(entry, axis, stale) if isinstance(entry, Truce) and axis else None
    parties = (
        {setter.called.of(signing.party).short for signing in entry.signings} if isinstance(entry, Paper) else set()
    )
    return EntryPage(
        kind=said.kind,
        section=_SECTIONS[kind],
        title=said.title,
        facts=tuple(fact for fact in said.facts if fact.name not in parties) if kind != "disputes" else (),
        standing=standing_of(entry.id, said.cited, entry.against),
        sides=tuple(_sides(entry, setter)),
        steps=tuple(_steps(entry, setter)),
        strip=strip,
        axis=axis,
        status=entry.status if isinstance(entry, Truce) else "",
    )


def _sides(entry: Entry, setter: Setter) -> Iterator[Side]:
    """Yield the sentences of an entry side by side: versions of a dispute; for and against; a paper's signatures; what settled it."""
    if isinstance(entry, Dispute):
        yield from _versions(entry, setter)
        return
    yield Side(title="What speaks for it", place="for", origins=setter.origins("for", entry.cited))
    if isinstance(entry, Paper):
        for at, signing in enumerate(entry.signings):
            sign, party = sign_of(signing, at), setter.called.of(signing.party)
            yield Side(
                title=f"{party.short}: {sign.status}", place=sign.place, origins=setter.origins(sign.place, signing.cited),
                against=setter.origins(f"{sign.place}-against", signing.against), sign=sign, party=party,
            )  # fmt: skip
    yield Side(title="What speaks against it", place="against", origins=setter.origins("against", entry.against))
    if isinstance(entry, Menace | Due) and entry.settled_by:
        title = f"What settled it: {spaced(entry.outcome)}"
        yield Side(title=title, place="settled", origins=setter.origins("settled", entry.settled_by))


def _versions(dispute: Dispute, setter: Setter) -> Iterator[Side]:
    said = dispute_words(dispute, setter.called.tongue)
    for at, (fact, (_, cited)) in enumerate(zip(said.facts, dispute.versions, strict=True), 1):
        yield Side(title=fact.value, place=f"version-{at}", origins=setter.origins(f"version-{at}", cited))


def _steps(entry: Entry, setter: Setter) -> Iterator[Step]:
    history: tuple[Turn, ...] = entry.history if isinstance(entry, Truce | Stance) else ()
    for turn in history:
        words = state_words(turn.state) if isinstance(entry, Truce) else spaced(turn.state)
        yield Step(state=words, day=turn.day, sentence=setter.sentence(turn.cited))
