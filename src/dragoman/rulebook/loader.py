"""TOML files -> a frozen Rulebook, or all mistakes at once, each with file and line."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import tomli

from dragoman.errors import NO_TOML, RulebookError, SettingsError
from dragoman.model import EventType, Kind, Status
from dragoman.rulebook import codes, keys
from dragoman.rulebook.codes import ROLES
from dragoman.rulebook.over_time import over_time_of, unknown_in
from dragoman.rulebook.roster import actors_of
from dragoman.rulebook.shapes import misshapen
from dragoman.rulebook.types import Actor, Agent, Cue, Frame, Gives, Manner, Office, Pattern, Rulebook, Test

_ENTRY = re.compile(r"^[ \t]*\[\[[ \t]*(\w+)[ \t]*\]\]", re.MULTILINE)
_KINDS = frozenset(kind.value for kind in Kind)
_EVENTS = frozenset(EventType.__members__)
Table = Mapping[str, Any]
OWN_RULES = "rules/~"
"""How the name of a file of a user's own rules begins."""


@dataclass(slots=True)
class Mistakes:
    """Collects mistakes while loading; nothing stops at the first."""

    found: list[str] = field(default_factory=list)

    def add(self, place: str, what: str) -> None:
        self.found.append(f"{place}: {what}")

    def unknown(self, place: str, given: Iterable[str], allowed: Collection[str], what: str) -> None:
        strange = {item for item in given if item not in allowed}
        for item in sorted(strange):
            self.add(place, f"unknown {what} {item!r}; allowed: {', '.join(sorted(allowed))}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One file of a rulebook: its name, text and tables."""

    name: str
    text: str
    tables: Table

    def entries(self, key: str) -> Iterator[tuple[str, Table]]:
        """Yield each [[key]] table with 'file:line' of its header."""
        if key not in self.tables:
            return
        lines, line, last = [], 1, 0
        for match in _ENTRY.finditer(self.text):
            line += self.text.count("\n", last, match.start())
            last = match.start()
            if match.group(1) == key:
                lines.append(line)
        for number, table in enumerate(self.tables.get(key, ())):
            yield f"{self.name}:{lines[number]}" if number < len(lines) else self.name, table


def load_rulebook(own_roster: str | None, own_rules: str | None = None) -> Rulebook:
    """Return the rulebook that ships with the package, loaded once; ``own_roster`` and ``own_rules`` are folders layered over it.

    A frame of one's own with the id of one that ships takes its place.
    """
    return _loaded(own_roster, own_rules)


def forget() -> None:
    """Let go of the rulebooks that were loaded: files of a user that changed meanwhile are read at the next call."""
    _loaded.cache_clear()


@lru_cache(maxsize=4)
def _loaded(own_roster: str | None, own_rules: str | None) -> Rulebook:
    root = files("dragoman.rulebook")
    names = ["words.toml", "cues.toml", "process.toml"]
    for folder in ("frames", "roster"):
        names += sorted(f"{folder}/{item.name}" for item in (root / folder).iterdir() if item.name.endswith(".toml"))
    texts = {name: (root / name).read_text(encoding="utf-8") for name in names}
    if own_roster is not None:
        texts |= _own_texts(Path(own_roster), "roster")
    if own_rules is not None:
        texts |= _own_texts(Path(own_rules), "rules")
    return build_rulebook(texts)


def _own_texts(folder: Path, what: str) -> dict[str, str]:
    if not folder.is_dir():
        raise SettingsError(where=what, found=f"{folder} is no folder", remedy="name a folder of TOML files")
    try:
        return {f"{what}/~{path.name}": path.read_text(encoding="utf-8-sig") for path in sorted(folder.glob("*.toml"))}
    except (OSError, UnicodeError) as mistake:
        raise SettingsError(
            where=f"{what} {folder}", found=str(mistake), remedy="give readable files in UTF-8"
        ) from mistake


def build_rulebook(texts: Mapping[str, str]) -> Rulebook:
    """Return the rulebook made from file texts by name; raise RulebookError with all mistakes."""
    mistakes = Mistakes()
    sources = [source for name, text in texts.items() if (source := _read(name, text, mistakes)) is not None]
    words = [source for source in sources if source.name.startswith("words")]
    lists, agents, titles = _lists(sources, mistakes), _agents(words, mistakes), _titles(words)
    used: set[str] = set()
    context = Context(lists=lists, used=used, mistakes=mistakes)
    frames = _frames(sources, context)
    cues = [_cue(place, table, mistakes) for source in sources for place, table in source.entries("cue")]
    roster = _roster(sources, mistakes)
    process = {key: tuple(value) for source in sources for key, value in source.tables.get("process", {}).items()}
    over_time = [
        rule
        for source in sources
        for place, table in source.entries("over_time")
        if (rule := over_time_of(place, table, mistakes.found)) is not None
    ]
    mistakes.found += unknown_in(over_time, process)
    _used_twice(frames, mistakes)
    _unused(lists, used, mistakes)
    if mistakes.found:
        raise RulebookError(tuple(mistakes.found))
    return Rulebook(
        digest="sha256:" + _digest(texts),
        lists=lists,
        frames=tuple(frame for frame in frames if frame is not None),
        cues=tuple(cue for cue in cues if cue is not None),
        agents=tuple(agents),
        agent_of={word: agent for agent in agents for word in agent.words},
        roster=roster,
        titles=titles,
        process=process,
        over_time=tuple(over_time),
        offices=_offices(roster),
        states={a.code: a.id for a in roster.values() if a.kind is Kind.STATE and a.code is not None},
    )


def _digest(texts: Mapping[str, str]) -> str:
    joined = "\x1e".join(f"{name}\x1f{texts[name]}" for name in sorted(texts))
    return hashlib.sha256(joined.encode()).hexdigest()[:16]


def _read(name: str, text: str, mistakes: Mistakes) -> Source | None:
    try:
        tables = tomli.loads(text)
    except NO_TOML as error:
        mistakes.add(name, f"no valid TOML: {error}")
        return None
    strange = _strange(name, tables)
    misshaped = [f"{name}: {strange}"] if strange else list(misshapen(name, tables))
    if misshaped:
        mistakes.found += misshaped
        return None
    return Source(name=name, text=text, tables=tables)


def _strange(name: str, tables: Table) -> str | None:
    """Return what a user's file has that has no place in it, in words."""
    if name.startswith("roster/"):
        found = sorted(key for key, value in tables.items() if key != "actor" or not _are_tables(value))
        return f"a roster has [[actor]] tables only; found {', '.join(found)}" if found else None
    if name.startswith("rules/"):
        found = sorted(key for key, value in tables.items() if not _is_rule(key, value))
        return f"own rules have [[frame]], [[cue]] and [list] only; found {', '.join(found)}" if found else None
    return None


def _is_rule(key: str, value: Any) -> bool:
    return (key in ("frame", "cue") and _are_tables(value)) or (key == "list" and isinstance(value, dict))


def _frames(sources: Iterable[Source], context: Context) -> list[Frame | None]:
    """Return all frames; one of a user's own stands where the one that ships with its id would."""
    ours: list[Frame | None] = []
    own: list[Frame] = []
    for source in sources:
        for place, table in source.entries("frame"):
            frame = _frame(place, table, context)
            if frame is not None and source.name.startswith("rules/"):
                own.append(frame)
            else:
                ours.append(frame)
    instead = {frame.id: frame for frame in own}
    shipped = {frame.id for frame in ours if frame is not None}
    placed = [instead.get(frame.id, frame) if frame is not None else None for frame in ours]
    return [*placed, *(frame for frame in own if frame.id not in shipped or frame is not instead[frame.id])]


def _are_tables(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, dict) for item in value)


def _lists(sources: Iterable[Source], mistakes: Mistakes) -> dict[str, frozenset[str]]:
    raw: dict[str, list[str]] = {}
    for source in sources:
        for name, items in source.tables.get("list", {}).items():
            if name in raw:
                mistakes.add(source.name, f"list {name!r} is there twice; choose another name")
            raw[name] = items
    lists: dict[str, frozenset[str]] = {}
    for name, items in raw.items():
        grown: set[str] = set()
        for item in items:
            if item.startswith("@") and item[1:] not in raw:
                mistakes.add("words.toml", f"list {name!r} names unknown list {item!r}")
            grown |= set(raw.get(item[1:], ())) if item.startswith("@") else {item}
        lists[name] = frozenset(item for item in grown if not item.startswith("@"))
    return lists


def _agents(sources: Iterable[Source], mistakes: Mistakes) -> list[Agent]:
    agents = []
    for source in sources:
        for place, table in source.entries("agent"):
            mistakes.unknown(place, table, keys.AGENT, "key")
            mistakes.unknown(place, [table.get("makes", "")], keys.MAKES, "makes")
            mistakes.unknown(place, table.get("sectors", ()), codes.SECTORS, "sector")
            mistakes.unknown(place, [table.get("kind", "group")], _KINDS, "kind")
            agents.append(
                Agent(
                    words=tuple(table.get("words", ())),
                    makes=table.get("makes", "body"),
                    kind=Kind(table.get("kind", "group")),
                    sectors=tuple(table.get("sectors", ())),
                    label=table.get("label"),
                )
            )
    return agents


def _titles(sources: Iterable[Source]) -> dict[str, str]:
    return {
        word: title for source in sources for title, words in source.tables.get("title", {}).items() for word in words
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sorted:
    """What an item of a role's list stands for."""

    words: frozenset[str]
    kinds: frozenset[str]
    anything: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What is needed beside the table to read a frame."""

    lists: Mapping[str, frozenset[str]]
    used: set[str]
    mistakes: Mistakes
    patterns: dict[str, Pattern] = field(default_factory=dict)
    sorts: dict[str, _Sorted] = field(default_factory=dict)

    def pattern(self, words: str) -> Pattern:
        """Return the pattern of some words; who names them again shares it."""
        found = self.patterns.get(words)
        if found is None:
            found = self.patterns[words] = pattern(words)
        return found

    def sorted_out(self, place: str, item: str) -> _Sorted:
        """Return the words, the kind tests and the '*' that one item of a role stands for; a sound item is sorted out once."""
        found = self.sorts.get(item)
        if found is None:
            before = len(self.mistakes.found)
            items = self.expand(place, [item])
            found = _Sorted(
                words=frozenset(item for item in items if item[0] not in "#*"),
                kinds=frozenset(item for item in items if item[0] == "#"),
                anything="*" in items,
            )
            self.mistakes.unknown(place, found.kinds, keys.KIND_TESTS, "kind test")
            if len(self.mistakes.found) == before:
                self.sorts[item] = found
        return found

    def expand(self, place: str, items: Iterable[str]) -> list[str]:
        """Return the words with each '@list' replaced by its words, in a settled order."""
        grown: list[str] = []
        for item in items:
            if not item.startswith("@"):
                grown.append(item)
            elif item[1:] in self.lists:
                self.used.add(item[1:])
                grown += sorted(self.lists[item[1:]])
            else:
                self.mistakes.add(place, f"unknown list {item!r}; allowed: {', '.join(sorted(self.lists))}")
        return grown


def _frame(place: str, table: Table, context: Context) -> Frame | None:
    mistakes = context.mistakes
    mistakes.unknown(place, table, keys.FRAME, "key")
    silent = bool(table.get("silent", False))
    when, unless = table.get("when", {}), table.get("unless", {})
    gives = {"event": "CONSULT", "keeps": False} if silent else table.get("gives", {})
    if not table.get("id") or not when or "event" not in gives:
        mistakes.add(place, "a frame needs id, when and gives.event")
        return None
    mistakes.unknown(place, gives, keys.GIVES, "key of gives")
    verbs = context.expand(place, _many(when.get("verb")))
    nouns = context.expand(place, _many(when.get("noun")))
    if not verbs and not nouns:
        mistakes.add(place, "a frame needs verb or noun in when")
    made = _gives(place, gives, mistakes)
    if made is None:
        return None
    return Frame(
        id=table["id"],
        verbs=tuple(context.pattern(verb) for verb in verbs if verb != "*"),
        nouns=tuple(context.pattern(noun) for noun in nouns),
        any_verb="*" in verbs,
        tests=_tests(place, when, keys.WHEN, context),
        unless=_tests(place, unless, keys.MANNER, context),
        manner=_manner(place, when, mistakes),
        barred=_manner(place, unless, mistakes),
        gives=made,
        says=tuple(table.get("says", ())),
        never=tuple(table.get("never", ())),
        place=place,
        rank=int(table.get("rank", 0)),
        silent=silent,
        relate=_event(place, table.get("relate"), mistakes),
    )


def _manner(place: str, table: Table, mistakes: Mistakes) -> Manner | None:
    """Return what a table asks of how the clause stands, or None where it asks nothing of that."""
    if keys.MANNER.keys().isdisjoint(table):
        return None
    modal, tense = _many(table.get("modal")), _many(table.get("tense"))
    mistakes.unknown(place, modal, codes.MODALS, "modal")
    mistakes.unknown(place, tense, codes.TENSES, "tense")
    return Manner(
        modal=frozenset(modal), tense=frozenset(tense), negated=table.get("negated"), passive=table.get("passive")
    )


def _event(place: str, name: Any, mistakes: Mistakes) -> EventType | None:
    if name is not None:
        mistakes.unknown(place, [name], _EVENTS, "event")
    return EventType(name) if name in _EVENTS else None


def _tests(place: str, table: Table, others: Iterable[str], context: Context) -> tuple[Test, ...]:
    """Return the tests of the roles of a table; ``others`` are keys that are no role."""
    tests = []
    for role, value in table.items():
        if role in others:
            continue
        context.mistakes.unknown(place, role.split("."), ROLES, "role")
        parts = [context.sorted_out(place, item) for item in _many(value)]
        tests.append(
            Test(
                role=role,
                words=frozenset[str]().union(*(part.words for part in parts)),
                kinds=frozenset[str]().union(*(part.kinds for part in parts)),
                anything=any(part.anything for part in parts),
            )
        )
    return tuple(tests)


def _gives(place: str, table: Table, mistakes: Mistakes) -> Gives | None:
    mistakes.unknown(place, [table["event"]], _EVENTS, "event")
    mistakes.unknown(place, table.get("contexts", ()), codes.CONTEXTS, "context")
    if table["event"] not in _EVENTS:
        return None
    event = EventType(table["event"])
    mistakes.unknown(place, table.get("modes", ()), codes.MODES.get(event, ()), f"mode of {event}")
    mistakes.unknown(place, table.get("marks", ()), codes.MARKS, "mark")
    roles = [role for key in ("actor", "recipient", "content", "means") for role in _many(table.get(key))]
    roles += [role for value in table.get("others", {}).values() for role in _many(value)]
    mistakes.unknown(place, [part for role in roles for part in role.split(".")], ROLES, "role")
    return Gives(
        event=event,
        modes=tuple(table.get("modes", ())),
        contexts=tuple(table.get("contexts", ())),
        actor=tuple(_many(table.get("actor", "subject"))),
        recipient=tuple(_many(table.get("recipient"))),
        content=tuple(_many(table.get("content"))),
        means=tuple(_many(table.get("means"))),
        mutual=bool(table.get("mutual", False)),
        status=Status(table["status"]) if "status" in table else None,
        negated=bool(table.get("negated", False)),
        marks=tuple(table.get("marks", ())),
        others={key: tuple(_many(value)) for key, value in table.get("others", {}).items()},
        keeps=bool(table.get("keeps", event in codes.KEEPS)),
        sign=bool(table.get("sign", False)),
    )


def _cue(place: str, table: Table, mistakes: Mistakes) -> Cue | None:
    sets = table.get("sets", {})
    mistakes.unknown(place, table, keys.CUE, "key")
    mistakes.unknown(place, sets, keys.SETS, "key of sets")
    mistakes.unknown(place, [table.get("over", "")], keys.OVER, "over")
    if "id" not in table or not sets or table.get("over") not in keys.OVER:
        mistakes.add(place, "a cue needs id, words, over and sets")
        return None
    return Cue(
        id=table["id"],
        words=tuple(pattern(word) for word in table.get("words", ())),
        over=table["over"],
        negated=bool(sets.get("negated")),
        hedged=bool(sets.get("hedged")),
        status=Status(sets["status"]) if "status" in sets else None,
        speaker=bool(sets.get("speaker")),
        transparent=bool(sets.get("transparent")),
        exceptions=tuple(pattern(word) for word in table.get("except", ())),
    )


def _roster(sources: Iterable[Source], mistakes: Mistakes) -> dict[str, Actor]:
    roster: dict[str, Actor] = {}
    for source in sources:
        own = source.name.startswith("roster/~")
        for place, table in source.entries("actor"):
            actor = actors_of(place, table, mistakes.found)
            if actor is None:
                continue
            if actor.id in roster and not own:
                mistakes.add(place, f"id {actor.id!r} is used twice; choose another")
            roster[actor.id] = actor
    for actor in roster.values():
        for link in (*actor.offices, *actor.affiliations):
            if link.of not in roster:
                mistakes.add(f"roster {actor.id}", f"names unknown id {link.of!r}; add it or mend the id")
    return roster


def _offices(roster: Mapping[str, Actor]) -> dict[tuple[str, str], tuple[tuple[str, Office], ...]]:
    """Return who held each office (of, title), in the order of the roster."""
    found: dict[tuple[str, str], list[tuple[str, Office]]] = {}
    for actor in roster.values():
        for office in actor.offices:
            found.setdefault((office.of, office.title), []).append((actor.id, office))
    return {key: tuple(holders) for key, holders in found.items()}


def _used_twice(frames: Iterable[Frame | None], mistakes: Mistakes) -> None:
    listed = [(frame.id, frame.place) for frame in frames if frame is not None]
    counts = Counter(identity for identity, _ in listed)
    for identity, place in listed:
        if counts[identity] > 1:
            mistakes.add(place, f"id {identity!r} is used {counts[identity]} times; choose another")


def _unused(lists: Mapping[str, frozenset[str]], used: set[str], mistakes: Mistakes) -> None:
    for name in sorted(set(lists) - used - codes.ENGINE_LISTS):
        mistakes.add("words.toml", f"list {name!r} is used by no frame; use it or take it out")


def pattern(words: str) -> Pattern:
    """Return the pattern of 'lay siege to': its lemma and the words that must stand with it.

    >>> pattern("lay siege to")
    Pattern(lemma='lay', rest=('siege', 'to'))
    """
    lemma, *rest = words.split()
    return Pattern(lemma=lemma, rest=tuple(rest))


def _many(value: Any) -> list[str]:
    if value is None:
        return []
    return [value] if isinstance(value, str) else list(value)
