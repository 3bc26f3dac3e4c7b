"""Conflicts are files: who fights whom, where, since when, and over which issues (docs/conflicts.md)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from dragoman.errors import NO_TOML, ConflictError, SettingsError
from dragoman.model import Kind, content_id
from dragoman.rulebook import keys
from dragoman.rulebook.countries import COUNTRIES
from dragoman.rulebook.loader import load_rulebook
from dragoman.rulebook.types import Actor

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_TITLES = frozenset({"part_of", "wing_of", "leads"})  # ties that make the one the other's; a proxy stands for itself
_DEEP = 2  # a commander of the armed forces of a state is the state's


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """What a conflict is over: ``words`` tell of it ('*' ends a stem, '-' may be a hyphen, a space or nothing)."""

    id: str
    name: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """Whose somebody is by the roster, from and to days inclusive (None: unknown or still)."""

    party: str
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """One conflict. ``parties`` and ``backers`` give the side of each; ``members`` whose somebody is, ``ties`` by the roster.

    A backer is whom reports name with a side from outside; that it is listed helps to file reports, and finds nothing.

    ``own`` are the parties that are in no other war: an armed group, a rival government; a state is not.
    """

    id: str
    name: str
    countries: tuple[str, ...]
    parties: Mapping[str, str]
    start: date | None = None
    end: date | None = None
    places: tuple[str, ...] = ()
    members: Mapping[str, str] = field(default_factory=dict)
    backers: Mapping[str, str] = field(default_factory=dict)
    issues: tuple[Issue, ...] = ()
    own: frozenset[str] = frozenset()
    ties: Mapping[str, tuple[Tie, ...]] = field(default_factory=dict)
    digest: str = ""

    @property
    def sides(self) -> tuple[str, ...]:
        """Return the sides, as the file has them first."""
        return tuple(dict.fromkeys(self.parties.values()))

    def party_of(self, identity: str, day: date | None = None) -> str | None:
        """Return the party that somebody is or belongs to on a day; the file's word before the roster's."""
        if identity in self.parties:
            return identity
        if identity in self.members:
            return self.members[identity]
        held = [tie for tie in self.ties.get(identity, ()) if _held(tie, day)]
        return min(held, key=lambda tie: tie.party not in self.own).party if held else None

    def side_of(self, identity: str, day: date | None = None) -> str | None:
        """Return the side of somebody on a day: a party's or its people's; None for all others, backers too."""
        party = self.party_of(identity, day)
        return self.parties[party] if party is not None else None

    def covers(self, day: date | None) -> bool:
        """Return whether a day is within the conflict's time; one that is not known may be."""
        return day is None or (self.start or date.min) <= day <= (self.end or date.max)


def load_conflicts(folder: str | None = None, roster: str | None = None) -> Mapping[str, Conflict]:
    """Return all conflicts by id: ours, and a user's own from a folder, which replace ours of the same id.

    ``roster`` is the folder of a user's own roster. Raises ConflictError with all mistakes of all files.
    """
    return _load(folder, roster)


@lru_cache(maxsize=4)
def _load(folder: str | None, roster: str | None) -> Mapping[str, Conflict]:
    return build_conflicts(_texts(folder), load_rulebook(roster).roster)


def conflict_of(identity: str, conflicts: Mapping[str, Conflict]) -> Conflict:
    """Return a conflict by its id; ConflictError names those that there are."""
    if identity not in conflicts:
        raise ConflictError((f"{identity}: there is no such conflict; there are: {', '.join(sorted(conflicts))}",))
    return conflicts[identity]


def _texts(folder: str | None) -> dict[str, str]:
    root = files("dragoman.board") / "conflicts"
    shipped = sorted(item.name for item in root.iterdir() if item.name.endswith(".toml"))
    texts = {name: (root / name).read_text(encoding="utf-8") for name in shipped}
    if folder is None:
        return texts
    if not Path(folder).is_dir():
        raise SettingsError(where="conflicts", found=f"{folder} is no folder", remedy="name a folder of TOML files")
    for path in sorted(Path(folder).glob("*.toml")):
        try:
            texts[str(path)] = path.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeError) as mistake:
            raise SettingsError(
                where=str(path), found=str(mistake), remedy="give a readable file in UTF-8"
            ) from mistake
    return texts


def build_conflicts(texts: Mapping[str, str], roster: Mapping[str, Actor]) -> dict[str, Conflict]:
    """Return the conflicts of file texts by name, the later of two with one id; raise ConflictError with all mistakes."""
    mistakes: list[str] = []
    found = {}
    belonging = _belonging(roster)
    for name, text in texts.items():
        table = _table(name, text, mistakes)
        conflict = _conflict(_File(name=name, text=text, table=table), roster, belonging, mistakes) if table else None
        if conflict is not None:
            found[conflict.id] = conflict
    if mistakes:
        raise ConflictError(tuple(mistakes))
    return dict(sorted(found.items()))


@dataclass(frozen=True, slots=True, kw_only=True)
class _File:
    name: str
    text: str
    table: Mapping[str, Any]

    def at(self, words: str) -> str:
        """Return 'file:line' of the first line with the words, or the file alone."""
        for number, line in enumerate(self.text.splitlines(), start=1):
            if words in line:
                return f"{self.name}:{number}"
        return self.name


def _table(name: str, text: str, mistakes: list[str]) -> dict[str, Any] | None:
    try:
        return tomllib.loads(text)
    except NO_TOML as mistake:
        mistakes.append(f"{name}: no valid TOML ({mistake}); see docs/conflicts.md")
        return None


def _conflict(
    file: _File, roster: Mapping[str, Actor], belonging: Mapping[str, list[tuple[str, Tie]]], mistakes: list[str]
) -> Conflict | None:
    found = [*_strange(file), *_shapes(file)]
    if not found:
        found = [*_unknown(file, roster), *_issues_wrong(file)]
    mistakes += found
    if found:
        return None
    table = file.table
    parties = table["parties"]
    return Conflict(
        id=table["id"], name=table["name"], countries=tuple(table["countries"]),
        start=table.get("from"), end=table.get("to"), places=tuple(table.get("places", ())),
        parties=parties, members=table.get("members", {}), backers=table.get("backers", {}),
        issues=tuple(Issue(id=i["id"], name=i["name"], words=tuple(i["words"])) for i in table.get("issue", ())),
        own=frozenset(p for p in parties if p not in roster or roster[p].kind is not Kind.STATE),
        ties=_ties(parties, belonging), digest=content_id(file.text),
    )  # fmt: skip


def _strange(file: _File) -> Iterator[str]:
    for key in sorted(set(file.table) - keys.CONFLICT.keys()):
        yield f"{file.at(key)}: unknown key {key!r}; allowed: {', '.join(sorted(keys.CONFLICT))}"


def _shapes(file: _File) -> Iterator[str]:
    """Yield what is not of the type of its key, so that the rest can rely on them."""
    table = file.table
    if not isinstance(table.get("id"), str) or not _ID.fullmatch(table["id"]):
        yield f"{file.at('id')}: id {table.get('id')!r}; give lower-case ASCII words joined by hyphens"
    if not isinstance(table.get("name"), str) or not table["name"].strip():
        yield f"{file.at('name')}: name {table.get('name')!r}; give a text in quotes"
    for key in ("countries", "places", "unlisted"):
        if not _texts_in(table.get(key, [])):
            yield f'{file.at(key)}: {key} is no list of texts; write {key} = ["…", "…"]'
    for key in ("parties", "members", "backers"):
        value = table.get(key, {})
        if not isinstance(value, dict) or not _texts_in(list(value.values())):
            yield f'{file.at(key)}: {key} is no table of sides; write [{key}] and lines like some-id = "side"'
    for key in ("from", "to"):
        if key in table and (type(table[key]) is not date):
            yield f"{file.at(key + ' ')}: {key} {table[key]!r} is no day; write {key} = 2014-05-16 without quotes"
    issues = table.get("issue", [])
    if not isinstance(issues, list) or not all(isinstance(issue, dict) for issue in issues):
        yield f"{file.at('issue')}: issue is no list of tables; write [[issue]] for each"


def _texts_in(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) and item.strip() for item in value)


def _unknown(file: _File, roster: Mapping[str, Actor]) -> Iterator[str]:
    """Yield ids, codes and days that cannot be."""
    table = file.table
    parties, backers = table.get("parties", {}), table.get("backers", {})
    unlisted = set(table.get("unlisted", ()))
    for identity in (*parties, *backers):
        if identity not in roster and identity not in unlisted:
            yield (
                f"{file.at(identity)}: {identity!r} is not in the roster; look it up: dragoman roster find NAME, "
                "or put it under unlisted where it is an id of your reports"
            )
    yield from _members_wrong(file, roster, unlisted)
    if len(set(parties.values())) < 2:
        yield f"{file.at('parties')}: {len(set(parties.values()))} sides; name parties of at least two sides"
    for identity, side in backers.items():
        if side not in parties.values():
            yield f"{file.at(identity)}: side {side!r} has no party; use one of: {', '.join(sorted(set(parties.values())))}"
        if identity in parties:
            yield f"{file.at(identity)}: {identity!r} is a party and a backer; leave it in one of them"
    for code in table.get("countries", ["nothing"]):
        if code not in COUNTRIES:
            yield f'{file.at(code)}: country {code!r}; give ISO 3166 codes of three letters: countries = ["LBY"]'
    start, end = table.get("from"), table.get("to")
    if start and end and start > end:
        yield f"{file.at('to ')}: to {end} is before from {start}; give days in order"


def _members_wrong(file: _File, roster: Mapping[str, Actor], unlisted: set[str]) -> Iterator[str]:
    """Yield members of no party, and those whom the roster does not know though it knows the party."""
    parties = file.table.get("parties", {})
    for identity, party in file.table.get("members", {}).items():
        if party not in parties:
            yield f"{file.at(identity)}: {party!r} is no party; use one of: {', '.join(sorted(parties))}"
        elif party in roster and identity not in roster and identity not in unlisted:
            yield f"{file.at(identity)}: {identity!r} is not in the roster; look it up: dragoman roster find NAME"


def _issues_wrong(file: _File) -> Iterator[str]:
    seen: set[str] = set()
    for issue in file.table.get("issue", ()):
        identity = issue.get("id")
        place = file.at(f'"{identity}"')
        if set(issue) != keys.ISSUE.keys() or not isinstance(identity, str) or not _ID.fullmatch(identity):
            yield f"{place}: issue {identity!r} has {', '.join(sorted(issue))}; give id, name and words"
        elif not isinstance(issue["name"], str) or not _texts_in(issue["words"]) or not issue["words"]:
            yield f'{place}: issue {identity!r}; give a name in quotes and words = ["…", "…"]'
        elif identity in seen:
            yield f"{place}: issue {identity!r} stands twice; give each an id of its own"
        seen.add(str(identity))


def _belonging(roster: Mapping[str, Actor]) -> dict[str, list[tuple[str, Tie]]]:
    """Return for each entry of the roster who holds an office of it or is part of it, and when."""
    found: dict[str, list[tuple[str, Tie]]] = {}
    for actor in roster.values():
        parts = [link for link in actor.affiliations if link.title in _TITLES]
        for link in (*actor.offices, *parts):
            tie = Tie(party=link.of, start=link.start, end=link.end)
            if actor.id != link.of:
                found.setdefault(link.of, []).append((actor.id, tie))
    return found


def _ties(parties: Iterable[str], belonging: Mapping[str, list[tuple[str, Tie]]]) -> dict[str, tuple[Tie, ...]]:
    """Return to whom of the parties others belong, directly or through what is a party's."""
    found: dict[str, dict[Tie, None]] = {}
    listed = frozenset(parties)
    for party in parties:
        near = {party}
        for _ in range(_DEEP):
            reached = [
                (who, tie) for owner in sorted(near) for who, tie in belonging.get(owner, ()) if who not in listed
            ]
            for who, tie in reached:
                found.setdefault(who, {})[Tie(party=party, start=tie.start, end=tie.end)] = None
            near = {who for who, _ in reached}
    return {who: tuple(ties) for who, ties in found.items()}


def _held(tie: Tie, day: date | None) -> bool:
    return day is None or (tie.start or date.min) <= day <= (tie.end or date.max)
