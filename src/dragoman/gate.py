"""Scores against judged reports and rows: precision, recall and F1 by field, with floors that refuse to sink.

A judged report is a text and a TOML file beside it (docs/coding-conventions.md); a judged row is a sentence with two marked
phrases and its event type. A claim counts as found where its sentence and event type agree; its actors are right where the
names on each side agree by at least half (Jaccard).
"""

from __future__ import annotations

import csv
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from dragoman.errors import DragomanError
from dragoman.model import Claim, EventType
from dragoman.reading.intake import IntakeOptions, read_path
from dragoman.reading.names import fold
from dragoman.reading.reader import Reader, Reading
from dragoman.reading.relate import Row, relate
from dragoman.rulebook.loader import load_rulebook

_FOLDED = {EventType.CONCEDE: "YIELD", EventType.RETREAT: "YIELD"}
# what makes a judged entry and ours the same: (judged field, our field, how they are compared)
_RECORD_KEYS: Mapping[str, tuple[tuple[str, str, str], ...]] = {
    "alignment": (("backer", "backer", "who"), ("backed", "backed", "who"), ("type", "kind", "word")),
    "position": (("party", "party", "who"), ("stance", "stance", "word"), ("content", "content", "text")),
    "threat": (("party", "party", "who"), ("against", "against", "who"), ("condition", "condition", "text")),
    "talks": (
        ("status", "status", "word"),
        ("place", "place", "place"),
        ("parties", "parties", "who"),
        ("date", "date", "not another day"),
    ),
    "agreement": (("type", "kind", "word"), ("name", "name", "text or sentence")),
    "signature": (("party", "party", "who"), ("status", "status", "word"), ("date", "date", "not another day")),
    "ceasefire": (
        ("status", "status", "word"),
        ("parties", "parties", "who"),
        ("from", "from_", "not another day"),
        ("until", "until", "not another day"),
    ),
    "violation": (("accuser", "accuser", "who"), ("accused", "accused", "who"), ("act", "act", "text")),
    "mechanism": (("name", "name", "text"),),
    "planned": (
        ("window", "window", "day"),
        ("place", "place", "place"),
        ("what", "what", "what, who or where"),
    ),
}
_PLURALS = {"talks": "talks", "planned": "planned"}


@dataclass(slots=True)
class Score:
    """Counts of what was found, of what there was to find, and of what was right."""

    right: int = 0
    given: int = 0
    wanted: int = 0

    @property
    def precision(self) -> float:
        """Return the share of what was given that is right (1 where nothing was given)."""
        return self.right / self.given if self.given else 1.0

    @property
    def recall(self) -> float:
        """Return the share of what was wanted that was found (1 where nothing was wanted)."""
        return self.right / self.wanted if self.wanted else 1.0

    @property
    def f1(self) -> float:
        """Return the harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


@dataclass(slots=True)
class Table:
    """Scores by name, and the faults found, for people to read."""

    scores: dict[str, Score] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    def score(self, name: str) -> Score:
        """Return the score of a name, made on first use."""
        return self.scores.setdefault(name, Score())

    def lines(self) -> list[str]:
        """Return the table as lines of text: name, precision, recall, F1, counts."""
        head = f"{'what':<24}{'P':>7}{'R':>7}{'F1':>7}{'right':>8}{'given':>8}{'wanted':>8}"
        rows = [
            f"{name:<24}{s.precision:>7.3f}{s.recall:>7.3f}{s.f1:>7.3f}{s.right:>8}{s.given:>8}{s.wanted:>8}"
            for name, s in self.scores.items()
        ]
        return [head, *rows]


def gate_rows(reader: Reader, path: Path, half: int | None = None) -> Table:
    """Score ``relate`` on a TSV of judged rows (sentence, source, target, gold_root); accuracy stands in 'all'."""
    table = Table()
    with path.open(encoding="utf-8", newline="") as file:
        rows = [row for number, row in enumerate(csv.DictReader(file, delimiter="\t")) if half in (None, number % 2)]
    for number, row in enumerate(rows):
        gold = row["gold_root"]
        marked = Row(id=str(number), sentence=row["sentence"], source=row["source"], target=row["target"])
        try:
            event = next(iter(relate(reader, [marked]))).event
        except DragomanError as error:
            table.faults.append(str(error))
            event = None
        got = _FOLDED.get(event, event.value) if event is not None else None
        for name in ("all", gold):
            table.score(name).wanted += 1
            table.score(name).right += got == gold
        if got is not None:
            table.score("all").given += 1
            table.score(got).given += 1
        if got != gold:
            table.faults.append(f"{gold} read as {got}: {row['sentence']}")
    return table


def gate_reports(reader: Reader, folder: Path, which: str | None = None) -> Table:
    """Score claims and records on the judged reports of a folder (reports/*.txt, judged/*.toml); ``which``: look or count."""
    from dragoman.process.board import record_of

    table = Table()
    for judged_path in sorted((folder / "judged").glob("*.toml")):
        judged = tomllib.loads(judged_path.read_text(encoding="utf-8"))
        if which is not None and judged.get("set") != which:
            continue
        options = IntakeOptions(published=_day(judged.get("published")), outlet=judged.get("outlet"))
        report = next(iter(read_path(folder / "reports" / f"{judged_path.stem}.txt", options)))
        if isinstance(report, DragomanError):
            raise report
        reading = reader.read(report)
        _score_claims(table, judged_path.stem, reading, judged.get("claim", ()))
        record = record_of(reading, reader.rulebook)
        _score_records(table, judged_path.stem, Shown(reading=reading, record=record), judged.get("record", ()))
    return table


def judged_sets(folder: Path) -> tuple[str, ...]:
    """Return the sets of a folder's judged reports, by name: those only counted, and those studied while rules are written."""
    files = sorted((folder / "judged").glob("*.toml"))
    return tuple(sorted({str(tomllib.loads(file.read_text(encoding="utf-8")).get("set", "look")) for file in files}))


def _day(value: object) -> date | None:
    return value if isinstance(value, date) else date.fromisoformat(str(value)) if value else None


# -- claims


def _score_claims(table: Table, name: str, reading: Reading, judged: Sequence[Mapping[str, Any]]) -> None:
    given = list(reading.claims)
    for gold in judged:
        number = _sentence(reading, gold["sentence"])
        table.score("type").wanted += 1
        table.score("type+actors").wanted += 1
        fitting = [c for c in given if c.evidence.sentence == number and c.event.value == gold["event"]]
        if not fitting:
            table.faults.append(f"{name} MISS {_shown(gold)}")
            continue
        best = max(fitting, key=lambda c: _closeness(reading, c, gold))
        given.remove(best)
        table.score("type").right += 1
        _score_fields(table, name, reading, (best, gold))
    for claim in given:
        who = f"{_display(reading, claim.actor)} -> {_display(reading, claim.recipient)}"
        table.faults.append(f"{name} EXTRA {claim.event} {who} [{claim.rule}] {claim.evidence.text[:110]}")
    for key in ("type", "type+actors"):
        table.score(key).given += len(reading.claims)


def _score_fields(table: Table, name: str, reading: Reading, pair: tuple[Claim, Mapping[str, Any]]) -> None:
    claim, gold = pair
    actors = _agree(_names(reading, claim.actor), gold.get("actor", ()))
    recipients = _agree(_names(reading, claim.recipient), gold.get("recipient", ()))
    table.score("type+actors").right += actors and recipients
    table.score("actor").right += actors
    table.score("recipient").right += recipients
    checks = {
        "status": claim.status.value == gold.get("status", "occurred"),
        "negated": claim.negated == gold.get("negated", False),
        "hedged": claim.hedged == gold.get("hedged", False),
        "date": _same_day(claim, gold.get("date")),
        "speaker": _agree(_names(reading, _speakers(claim)), gold.get("speaker", ())),
    }
    for key, right in checks.items():
        table.score(key).right += right
        if not right:
            table.faults.append(f"{name} {key.upper()} {_shown(gold)} <- {_field(reading, claim, key)}")
    for key in ("actor", "recipient", *checks):
        table.score(key).given += 1
        table.score(key).wanted += 1
    if not (actors and recipients):
        got = f"{_display(reading, claim.actor)} -> {_display(reading, claim.recipient)}"
        table.faults.append(f"{name} WHO {_shown(gold)} <- {got} [{claim.rule}]")


def _speakers(claim: Claim) -> tuple[str, ...]:
    return tuple(link.speaker for link in claim.attribution if link.speaker is not None)


def _field(reading: Reading, claim: Claim, key: str) -> str:
    if key == "date":
        return f"{claim.date.phrase} {claim.date.earliest}..{claim.date.latest}"
    if key == "speaker":
        return str([(link.speaker, link.text) for link in claim.attribution])
    return str(getattr(claim, key))


def _shown(gold: Mapping[str, Any]) -> str:
    who = f"{list(gold.get('actor', ()))} -> {list(gold.get('recipient', ()))}"
    extra = {k: gold[k] for k in ("status", "negated", "date", "speaker") if k in gold}
    return f"{gold['event']} {who} {extra} '{gold['sentence']}'"


def _closeness(reading: Reading, claim: Claim, gold: Mapping[str, Any]) -> tuple[int, int]:
    actors = _agree(_names(reading, claim.actor), gold.get("actor", ()))
    recipients = _agree(_names(reading, claim.recipient), gold.get("recipient", ()))
    return actors + recipients, claim.negated == gold.get("negated", False)


def _sentence(reading: Reading, start: str) -> int:
    """Return the number of the sentence that a judged entry quotes; a dateline or notice before it may be gone."""
    wanted = _plain(start)
    for part in (wanted, wanted[-24:]):
        found = next((s.number for s in reading.sentences if part in _plain(s.text)), None)
        if found is not None:
            return found
    place = reading.report.text.find(start.split(" - ")[0])
    after = next((s.number for s in reading.sentences if place >= 0 and s.start >= place), None)
    if after is not None:
        return after
    raise DragomanError(where="judged report", found=f"no sentence has {start!r}", remedy="mend the judged file")


def _plain(text: str) -> str:
    return "".join(c for c in fold(text).lower() if c.isalnum())


def _same_day(claim: Claim, gold: object) -> bool:
    if gold is None:
        return True
    days = [day for item in (gold if isinstance(gold, list) else [gold]) if (day := _day(item)) is not None]
    if claim.date.earliest is None and claim.date.latest is None:
        return False
    return (claim.date.earliest or days[0]) <= days[-1] and (claim.date.latest or days[-1]) >= days[0]


def _names(reading: Reading, ids: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    """Return for each entity the names it goes by: its own, its aliases, and the words of its named mentions."""
    known = {entity.id: entity for entity in reading.entities}
    roster = load_rulebook(None).roster
    return tuple(
        (
            reading.names.get(i, i),
            *(roster[i].aliases if i in roster else ()),
            *(m.text for m in known[i].mentions if m.how in ("name", "description")),
        )
        if i in known
        else (reading.names.get(i, i),)
        for i in ids
    )


def _display(reading: Reading, ids: Iterable[str]) -> str:
    return ", ".join(reading.names.get(i, i) for i in ids)


def _agree(given: Iterable[tuple[str, ...]], wanted: Iterable[str]) -> bool:
    """Return whether entities (each by all the names it goes by) and wanted names mean the same by at least half."""
    one, other = [{_key(n) for n in names} for names in given], [_key(n) for n in wanted]
    if not one or not other:
        return not one and not other
    hits = sum(any(_alike(a, b) for b in other for a in names) for names in one)
    back = sum(any(_alike(a, b) for names in one for a in names) for b in other)
    return min(hits / len(one), back / len(other)) >= 0.5


def _key(name: str) -> str:
    plain = " ".join(fold(name).lower().removeprefix("the ").replace("-", " ").replace(".", "").split())
    return _SAME.get(plain, plain)


_SAME = {"un": "united nations", "us": "united states", "uk": "united kingdom", "eu": "european union"}


def _alike(one: str, other: str) -> bool:
    if one == other:
        return True
    first, second = set(one.split()), set(other.split())
    common = first & second
    return bool(common) and len(common) >= min(len(first), len(second)) and max(len(first), len(second)) <= 4


# -- records


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A reading and the record made of it."""

    reading: Reading
    record: Any


def _score_records(table: Table, name: str, shown: Shown, judged: Sequence[Mapping[str, Any]]) -> None:
    """Score the entries of each kind: one of ours is right where it is the judged one (``_RECORD_KEYS``)."""
    wanted = Counter(gold["kind"] for gold in judged)
    for kind, keys in _RECORD_KEYS.items():
        given = list(getattr(shown.record, _PLURALS.get(kind, f"{kind}s")))
        score = table.score(f"record {kind}")
        score.given += len(given)
        score.wanted += wanted[kind]
        for gold in (g for g in judged if g["kind"] == kind):
            found = next((r for r in given if _record_agrees(shown.reading, r, gold, keys)), None)
            if found is None:
                table.faults.append(f"{name} RECORD MISS {kind} { {k: v for k, v in gold.items() if k != 'kind'} }")
            else:
                given.remove(found)
                score.right += 1
        table.faults += [f"{name} RECORD EXTRA {kind} {_record_shown(shown.reading, r)}" for r in given]


def _record_agrees(
    reading: Reading, record: Any, gold: Mapping[str, Any], keys: Iterable[tuple[str, str, str]]
) -> bool:
    """Return whether an entry of ours is the judged one: in every field that says which it is, where the judge has it."""
    return all(_value_agrees(reading, record, gold, key) for key in keys if gold.get(key[0]))


def _value_agrees(reading: Reading, record: Any, gold: Mapping[str, Any], key: tuple[str, str, str]) -> bool:
    wanted, given = gold[key[0]], getattr(record, key[1])
    match key[2]:
        case "who":
            ids = [given] if isinstance(given, str) else list(given or ())
            return _agree(_names(reading, ids), [wanted] if isinstance(wanted, str) else wanted)
        case "place":
            return given is not None and _agree([(given.name, given.text)], [wanted])
        case "text":
            return _texts_agree(given, wanted)
        case "text or sentence":
            return _texts_agree(given, wanted) or _sentence(reading, gold["sentence"]) in record.sentences
        case "what, who or where":  # beside its days: by whom, where or in what words
            due = bool(gold.get("due")) and _agree(_names(reading, record.due), gold["due"])
            return due or bool(gold.get("place")) or _texts_agree(given, wanted)
        case "day" | "not another day":
            return _days_agree(given, wanted, unknown=key[2] != "day")
    return bool(given == wanted)


def _texts_agree(given: str | None, wanted: str) -> bool:
    """Return whether at least half of the content words of the shorter text stand in the other."""
    one, other = _content_words(given or ""), _content_words(wanted)
    return bool(one and other) and len(one & other) >= 0.5 * min(len(one), len(other))


def _content_words(text: str) -> frozenset[str]:
    words = "".join(c if c.isalnum() else " " for c in fold(text).lower()).split()
    return frozenset(word[:5] for word in words if (len(word) > 2 or word.isdigit()) and word not in _SMALL)


_SMALL = frozenset({
    "the", "and", "that", "for", "with", "from", "his", "her", "its", "their", "they", "them", "this", "will", "would", "shall",
    "should", "has", "have", "had", "not", "but", "was", "were", "are", "been", "who", "which", "what", "when", "into", "any",
    "all", "our", "out", "over", "than", "then", "there", "these", "those", "about", "after", "before", "upon",
})  # fmt: skip


def _days_agree(given: Any, wanted: object, *, unknown: bool) -> bool:
    """Return whether two times overlap; ``unknown``: whether a time of ours that is not known will do."""
    first, last = (given.earliest, given.latest) if given is not None else (None, None)
    if first is None and last is None:
        return unknown
    days = [_day(item) for item in (wanted if isinstance(wanted, list) else [wanted])]
    return (first or date.min) <= (days[-1] or date.max) and (last or date.max) >= (days[0] or date.min)


def _record_shown(reading: Reading, record: Any) -> str:
    aside = ("id", "claims", "evidence", "speakers", "contrary", "hedged")
    shown = []
    for slot in record.__dataclass_fields__:
        value = getattr(record, slot)
        if slot in aside or value in (None, ()):
            continue
        if hasattr(value, "earliest"):
            value = f"{value.earliest}..{value.latest}" if value.earliest or value.latest else None
        elif hasattr(value, "lat"):
            value = value.name
        elif isinstance(value, tuple) and all(isinstance(i, str) for i in value):
            value = _display(reading, value)
        elif isinstance(value, str):
            value = reading.names.get(value, value)
        shown += [f"{slot}={value}"] if value is not None else []
    return " · ".join(shown) + f" | {record.evidence.text[:160]}"
