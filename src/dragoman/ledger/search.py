"""Full-text search in the reports of a ledger: one query language of our own on SQLite (FTS5) and PostgreSQL (tsvector).

A query is data: words, "phrases" and -words are taken out of it, all else is nothing; no syntax error can come of it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, column, func, literal_column, not_, select, table, true

from dragoman.errors import LedgerError
from dragoman.ledger.schema import reports
from dragoman.ledger.store import Ledger, View, viewed

_TERM = re.compile(r'(?P<no>-?)(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))')
_WORD = re.compile(r"[^\W_]+")
_OWNERS = re.compile(r"(?<=\w)['’]s\b")
_ENDINGS = re.compile(r"(?:ations?|ments?|ings?|ers?|ed|es|ly|s|e)$")
_MOST = 32  # so many words a query may have
_STEM = 3  # letters that a stem has at least
_BEFORE, _LONG = 70, 200  # code points before the first hit, and of a snippet
_DIGITS = 6
_SHOWN = select(reports.c.outlet, reports.c.headline, reports.c.text)
_INDEX = table("words", column("rowid"), column("words"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What must be in a report and what must not: each a word, or words that follow one another."""

    wanted: tuple[tuple[str, ...], ...]
    unwanted: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Which reports are looked at: of an outlet (its case does not matter), published from day to day."""

    outlet: str | None = None
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A report that was found; ``snippet`` is its text[start:end], around the first hit. A higher score is a better hit."""

    report: str
    outlet: str | None
    published: date | None
    headline: str | None
    score: float
    start: int
    end: int
    snippet: str


def query_of(words: str) -> Query:
    """Return what a user's words ask for; LedgerError where there is nothing to be found by.

    >>> query_of('Haftar "left Moscow" -sanctions')
    Query(wanted=(('haftar',), ('left', 'moscow')), unwanted=(('sanctions',),))
    """
    found: dict[bool, list[tuple[str, ...]]] = {True: [], False: []}
    for term in _TERM.finditer(unicodedata.normalize("NFC", words)):
        parts = tuple(_WORD.findall(_OWNERS.sub("", term["phrase"] or term["word"] or "").lower()))
        if parts:
            found[not term["no"]].append(parts)
    if not found[True]:
        raise LedgerError(where="search", found="no word to be found", remedy='give WORDS, "A PHRASE", and -WITHOUT')
    if sum(len(parts) for parts in (*found[True], *found[False])) > _MOST:
        raise LedgerError(where="search", found=f"more than {_MOST} words", remedy="give the few that matter")
    return Query(wanted=tuple(dict.fromkeys(found[True])), unwanted=tuple(dict.fromkeys(found[False])))


def search(
    ledger: Ledger, query: Query, only: Filter | None = None, view: View | None = None, limit: int | None = 20
) -> list[Hit]:
    """Return the reports that have what a query wants and nothing that it does not, the best first, then the newest."""
    chosen, seen = only or Filter(), view or View()
    is_sqlite = ledger.engine.dialect.name == "sqlite"
    ranked = (_in_sqlite if is_sqlite else _in_postgres)(query)
    narrowed = _narrowed(viewed(ranked, View(until=seen.until, known=seen.known)), chosen)
    with ledger.reading() as connection:
        rows = connection.execute(narrowed).all()
        kept = [row for row in rows if seen.ids is None or row.id in seen.ids]
        kept.sort(key=lambda row: (-_score(row), -(row.published or date.min).toordinal(), row.id))
        return [_hit(connection, row, query) for row in kept[:limit]]


def scores(ledger: Ledger, query: Query) -> dict[str, float]:
    """Return how well each report that a query finds answers it, by its id: what ``search`` sorts by. No text is read."""
    is_sqlite = ledger.engine.dialect.name == "sqlite"
    with ledger.reading() as connection:
        found = connection.execute((_in_sqlite if is_sqlite else _in_postgres)(query))
        return {row.id: _score(row) for row in found}


_COLUMNS = (reports.c.no, reports.c.id, reports.c.published)


def _in_sqlite(query: Query) -> Select[Any]:
    """Return the query for FTS5: each term is quoted, so that it is words and no operator."""
    wanted = " AND ".join(map(_quoted, query.wanted))
    match = f"({wanted}) NOT ({' OR '.join(map(_quoted, query.unwanted))})" if query.unwanted else wanted
    score: ColumnElement[float] = (-literal_column("bm25(words)")).label("score")
    found = select(*_COLUMNS, score).join_from(reports, _INDEX, reports.c.no == _INDEX.c.rowid)
    return found.where(_INDEX.c.words.bool_op("MATCH")(match))


def _in_postgres(query: Query) -> Select[Any]:
    """Return the query for tsvector: each term is a phrase that PostgreSQL makes of plain words."""
    english: ColumnElement[str] = literal_column("'english'")
    text = func.to_tsvector(english, reports.c.text)

    def has(term: tuple[str, ...]) -> ColumnElement[bool]:
        return text.bool_op("@@")(func.phraseto_tsquery(english, " ".join(term)))

    words = func.plainto_tsquery(english, " ".join(word for term in query.wanted for word in term))
    score = func.ts_rank_cd(text, words, 1).label("score")
    return select(*_COLUMNS, score).where(and_(*map(has, query.wanted)), *(not_(has(term)) for term in query.unwanted))


def _quoted(term: Iterable[str]) -> str:
    return f'"{" ".join(term)}"'


def _narrowed(found: Select[Any], only: Filter) -> Select[Any]:
    """Return a query for the reports that a filter lets through; one from or to a day leaves out those without one."""
    outlet = func.lower(reports.c.outlet) == only.outlet.lower() if only.outlet is not None else true()
    start = reports.c.published >= only.start if only.start is not None else true()
    end = reports.c.published <= only.end if only.end is not None else true()
    return found.where(outlet, start, end)


def _score(row: Any) -> float:
    return round(float(row.score), _DIGITS)


def _hit(connection: Connection, row: Any, query: Query) -> Hit:
    whole = connection.execute(_SHOWN.where(reports.c.no == row.no)).one()
    start, end = around(whole.text, first_hit(whole.text, query))
    return Hit(
        report=row.id, outlet=whole.outlet, published=row.published, headline=whole.headline, score=_score(row),
        start=start, end=end, snippet=whole.text[start:end],
    )  # fmt: skip


# -- the snippet


def first_hit(text: str, query: Query) -> int:
    """Return where the first of the wanted terms stands in a text, in any form of its words, phrases before words; or 0.

    >>> first_hit("The sides were signing it.", Query(wanted=(("signed",),)))
    15
    """
    words = [(found.start(), _stem(found[0])) for found in _WORD.finditer(text)]
    stems = [stem for _, stem in words]
    hits = [(-len(term), at) for term in query.wanted for at in _places(stems, [_stem(word) for word in term])]
    return words[min(hits)[1]][0] if hits else 0


def _places(stems: list[str], term: list[str]) -> Iterator[int]:
    """Yield the first place at which words of these stems follow one another."""
    for at in range(len(stems) - len(term) + 1):
        if stems[at : at + len(term)] == term:
            yield at
            return


def has(text: str, query: Query) -> bool:
    """Return whether a text has all that a query wants, in any form of its words, and nothing that it does not.

    >>> has("The sides signed it.", query_of("signing -truce"))
    True
    """
    stems = _stems_in(text)
    return all(_in(term, stems) for term in _stemmed(query.wanted)) and not any(
        _in(term, stems) for term in _stemmed(query.unwanted)
    )


def hits_in(text: str, query: Query) -> list[tuple[int, int]]:
    """Return from where to where the words stand in a text that a query wants, those of a phrase together.

    >>> hits_in("They left Moscow, as he had left it.", query_of('"left Moscow"'))
    [(5, 16)]
    """
    words = [found.span() for found in _WORD.finditer(text)]
    stems = [_stem(text[start:end]) for start, end in words]
    found: list[tuple[int, int]] = []
    for term in map(list, _stemmed(query.wanted)):
        places = (at for at in range(len(stems) - len(term) + 1) if stems[at : at + len(term)] == term)
        found += [(words[at][0], words[at + len(term) - 1][1]) for at in places]
    return _apart(sorted(found))


def _apart(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return spans in their order, those that meet as one."""
    found: list[tuple[int, int]] = []
    for start, end in spans:
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


@lru_cache(maxsize=200_000)
def stems_of(text: str) -> frozenset[str]:
    """Return the stems of a text's words; kept, for the sentences of a ledger are asked for again and again."""
    return frozenset(_stems_in(text))


def stems_wanted(query: Query) -> frozenset[str]:
    """Return the stems that a text has to have: without one of them ``has`` is false, whatever their order."""
    return frozenset(stem for term in _stemmed(query.wanted) for stem in term)


def _stems_in(text: str) -> tuple[str, ...]:
    return tuple(map(_stem, _WORD.findall(text)))


@lru_cache(maxsize=256)
def _stemmed(terms: tuple[tuple[str, ...], ...]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(map(_stem, term)) for term in terms)


def _in(term: tuple[str, ...], stems: tuple[str, ...]) -> bool:
    if len(term) == 1:
        return term[0] in stems
    return any(stems[at : at + len(term)] == term for at in range(len(stems) - len(term) + 1))


@lru_cache(maxsize=100_000)
def _stem(word: str) -> str:
    """Return a word without marks on its letters and without its ending: near to what both databases index."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", word.lower()) if not unicodedata.combining(c))
    stem = _ENDINGS.sub("", plain)
    return stem if len(stem) >= _STEM else plain


def around(text: str, hit: int) -> tuple[int, int]:
    """Return start and end of a stretch of text around a hit, cut between words."""
    start = 0 if hit <= _BEFORE else text.rfind(" ", 0, hit - _BEFORE + 1) + 1
    start = start if hit - start < _LONG else hit
    if len(text) - start <= _LONG:
        return start, len(text)
    end = text.rfind(" ", hit + 1, start + _LONG)
    return start, end if end > hit else start + _LONG
