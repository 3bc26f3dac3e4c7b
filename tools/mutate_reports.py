"""Mutated reports: a claim's sentence is deleted, negated, turned round, put into a mouth, put off; its claim must follow.

``python tools/mutate_reports.py REPORTS…`` reads reports (any that ``dragoman read`` takes), mutates them claim by claim, reads each
mutation, and prints for each kind how many of how many behave; ``--show`` prints those that do not. docs/proofs.md has the figures.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from given import reports_in

from dragoman.model import Claim, Report, Status
from dragoman.reading.parse import Sentence
from dragoman.reading.reader import Reader, Reading, default_reader

SPEAKER, SPOKEN = "maria-lindqvist", "Maria Lindqvist said"
_FINITE = {"VBD": "did", "VBZ": "does", "VBP": "do"}
_CARRIERS = frozenset({"aux", "auxpass"})
_OPEN = "\"“”‘'("  # in a sentence with quotes, or one that asks, nobody can say what a change of its words should do
_NO = frozenset("no neither nor none nobody nothing never hardly without".split())  # another negation turns it back


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutation:
    """A report with one sentence changed: the kind, the claim that must follow, and where the sentence stands now."""

    kind: str
    before: Reading
    claim: Claim
    report: Report
    start: int
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """A claim with its sentence and the token of its verb."""

    reading: Reading
    claim: Claim
    s: Sentence
    verb: int

    def having(self, kind: str, text: str) -> Mutation:
        """Return the mutation that puts another text in the sentence's place."""
        report, s = self.reading.report, self.s
        whole = report.text[: s.start] + text + report.text[s.end :]
        mutated = replace(report, text=whole)
        return Mutation(kind=kind, before=self.reading, claim=self.claim, report=mutated, start=s.start, sentence=text)


# -- what is changed


def mutations(reading: Reading) -> Iterator[Mutation]:
    """Yield the mutations of a reading: of each claim whose sentence is of the body, every kind that its words allow."""
    by_number = {s.number: s for s in reading.sentences}
    for claim in reading.claims:
        s = by_number[claim.evidence.sentence]
        if s.start < reading.report.body_start:
            continue
        told = _Told(reading=reading, claim=claim, s=s, verb=int(claim.words.get("at", "0")))
        for kind, change in KINDS.items():
            text = change(told)
            if text is not None:
                yield told.having(kind, text)


def deleted(told: _Told) -> str | None:
    """Return nothing in the sentence's place."""
    return "" if len(told.reading.sentences) > 1 else None


def negated(told: _Told) -> str | None:
    """'did not shell', 'has not signed', 'will not meet': the verb of the claim's clause."""
    if told.claim.negated or not _plain(told):
        return None
    s, verb = told.s, told.verb
    carrier = _carrier(s, verb)
    if carrier is not None:
        return _put(s, s.ends[carrier], s.ends[carrier], " not")
    if s.tags[verb] not in _FINITE or s.lemmas[verb] == "be":
        return None
    return _put(s, s.starts[verb], s.ends[verb], f"{_FINITE[s.tags[verb]]} not {s.lemmas[verb]}")


def denied(told: _Told) -> str | None:
    """'Gondor denied that it shelled Tarsk': a past act of somebody who is named by the subject of a main clause."""
    if told.claim.negated or not _main(told) or told.s.tags[told.verb] != "VBD" or told.s.lemmas[told.verb] == "be":
        return None
    return _put(told.s, told.s.starts[told.verb], told.s.starts[told.verb], "denied that it ")


def untrue(told: _Told) -> str | None:
    """'It is not true that Gondor shelled Tarsk.'"""
    return None if told.claim.negated or not _main(told) else f"It is not true that {_lowered(told.s)}"


def swapped(told: _Told) -> str | None:
    """'Rohan attacked Gondor' of 'Gondor attacked Rohan', where both are names."""
    claim, s = told.claim, told.s
    if not _main(told) or len(claim.actor) != 1 or len(claim.recipient) != 1 or claim.actor == claim.recipient:
        return None
    spans = [_only_name(told, identity) for identity in (*claim.actor, *claim.recipient)]
    if None in spans or not (one := spans[0]) or not (two := spans[1]):
        return None
    text = told.reading.report.text
    filled = {words.removeprefix("the ").removeprefix("The ") for words in claim.words.values()}
    if not {text[slice(*one)], text[slice(*two)]} <= filled or not one[1] <= s.starts[told.verb] < two[0]:
        return None
    return text[s.start : one[0]] + text[slice(*two)] + text[one[1] : two[0]] + text[slice(*one)] + text[two[1] : s.end]


def spoken(told: _Told) -> str | None:
    """'Gondor shelled Tarsk, Maria Lindqvist said.'"""
    if not _main(told) or told.claim.attribution:
        return None
    return f"{told.s.text[:-1]}, {SPOKEN}."


def put_off(told: _Told) -> str | None:
    """'Gondor will shell Tarsk.'"""
    s, verb = told.s, told.verb
    if not _plain(told) or told.claim.status is not Status.OCCURRED or _carrier(s, verb) is not None:
        return None
    if s.tags[verb] not in _FINITE or s.lemmas[verb] == "be":
        return None
    return _put(s, s.starts[verb], s.ends[verb], f"will {s.lemmas[verb]}")


def supposed(told: _Told) -> str | None:
    """'If Gondor shelled Tarsk, nobody would be safe.'"""
    if not _main(told) or told.claim.status is not Status.OCCURRED:
        return None
    return f"If {_lowered(told.s)[:-1]}, nobody would be safe."


KINDS: dict[str, Callable[[_Told], str | None]] = {
    "deleted": deleted, "negated": negated, "denied": denied, "untrue": untrue, "swapped": swapped, "spoken": spoken,
    "put off": put_off, "supposed": supposed,
}  # fmt: skip


def _plain(told: _Told) -> bool:
    """Return whether the claim's verb is a verb of a sentence without quotes that ends as one should."""
    s = told.s
    sound = s.text.endswith(".") and not any(mark in s.text for mark in _OPEN)
    sound = sound and _NO.isdisjoint(word.lower() for word in s.words) and not _by_saying(told.claim)
    return sound and told.claim.words.get("form") == "verb" and not _children(s, told.verb, frozenset({"neg"}))


def _by_saying(claim: Claim) -> bool:
    """Return whether it is the saying that is the act ('X said that Y is to blame'), and not what is said."""
    return any(link.speaker in claim.actor for link in claim.attribution)


def _main(told: _Told) -> bool:
    """Return whether the claim's verb is the main verb of such a sentence, and has a subject."""
    s = told.s
    return _plain(told) and s.heads[told.verb] == told.verb and bool(_children(s, told.verb, frozenset({"nsubj"})))


def _children(s: Sentence, token: int, deps: frozenset[str]) -> list[int]:
    return [child for child in s.children[token] if s.deps[child] in deps]


def _carrier(s: Sentence, verb: int) -> int | None:
    """Return the finite auxiliary of a verb."""
    there = (c for c in _children(s, verb, _CARRIERS) if s.tags[c] in (*_FINITE, "MD") and c < verb)
    return next(there, None)


def _put(s: Sentence, start: int, end: int, words: str) -> str:
    return s.text[: start - s.start] + words + s.text[end - s.start :]


def _lowered(s: Sentence) -> str:
    """Return a sentence as it stands inside another: its first word small where it is no name."""
    small = not s.tags[0].startswith("NNP") and s.words[0] != "I" and not s.words[0].isupper()
    return s.text[0].lower() + s.text[1:] if small else s.text


def _only_name(told: _Told, identity: str) -> tuple[int, int] | None:
    """Return where an entity is named in the sentence, where it is named once."""
    entity = next((e for e in told.reading.entities if e.id == identity), None)
    there = [m for m in entity.mentions if told.s.start <= m.start < told.s.end] if entity is not None else []
    return (
        (there[0].start, there[0].end) if len(there) == 1 and there[0].how in ("name", "acronym", "surname") else None
    )


# -- what must come of it


def behaves(mutation: Mutation, after: Reading) -> bool:
    """Return whether the claim followed what was done to its sentence."""
    claim = mutation.claim
    end = mutation.start + len(mutation.sentence)
    here = [c for c in after.claims if mutation.start <= c.evidence.start < max(end, mutation.start + 1)]
    if mutation.kind == "deleted":
        return not any(_alike(c, claim) and not _said_before(mutation, c) for c in after.claims)
    if mutation.kind == "swapped":
        return any((c.event, c.actor, c.recipient) == (claim.event, claim.recipient, claim.actor) for c in here)
    if mutation.kind == "spoken":
        mine = [c for c in here if _alike(c, claim)]
        return bool(mine) and all(any(link.speaker == SPEAKER for link in c.attribution) for c in mine)
    same = (c for c in here if _alike(c, claim) and c.rule == claim.rule)
    return not any((c.negated, c.status) == (claim.negated, claim.status) for c in same)


def _alike(one: Claim, other: Claim) -> bool:
    """Return whether two claims tell of the same act by the same parties."""
    return (one.event, one.actor, one.recipient) == (other.event, other.actor, other.recipient)


def _said_before(mutation: Mutation, claim: Claim) -> bool:
    """Return whether a claim was read before, too, in another sentence than the one that is gone."""
    gone = mutation.claim.evidence.sentence
    return any(
        _alike(c, claim) and c.evidence.text == claim.evidence.text and c.evidence.sentence != gone
        for c in mutation.before.claims
    )


# -- the measuring


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """How many mutations of a kind there were and how many behaved, with those that did not."""

    made: Counter[str]
    well: Counter[str]
    failing: tuple[tuple[Mutation, Reading], ...]


def measured(reader: Reader, readings: Iterable[Reading], each: int = 1) -> Score:
    """Return how the mutations of readings behave; only every so manieth of a kind where ``each`` is more than one."""
    made: Counter[str] = Counter()
    well: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    failing: list[tuple[Mutation, Reading]] = []
    kept = reader.parser.new_parses()
    for reading in readings:
        some = []
        for mutation in mutations(reading):
            if seen[mutation.kind] % each == 0:
                some.append(mutation)
            seen[mutation.kind] += 1
        for mutation, after in zip(some, reader.read_all((m.report for m in some), kept), strict=True):
            if isinstance(after, Exception):
                raise after
            made[mutation.kind] += 1
            if behaves(mutation, after):
                well[mutation.kind] += 1
            else:
                failing.append((mutation, after))
    return Score(made=made, well=well, failing=tuple(failing))


def main() -> int:
    """Print how mutations behave; exit status 0."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--each", type=int, default=1, help="take only every so manieth mutation of a kind")
    parser.add_argument("--show", action="store_true", help="print the mutations that do not behave")
    options = parser.parse_args()
    reader = default_reader()
    readings = [reader.read(one) for one in reports_in(options.paths)]
    score = measured(reader, readings, options.each)
    for kind in KINDS:
        if score.made[kind]:
            share = score.well[kind] / score.made[kind]
            print(f"{kind:10} {score.well[kind]:5} of {score.made[kind]:5}  {share:.3f}")
    for mutation, after in score.failing if options.show else ():
        print("\n".join(_shown(mutation, after)))
    return 0


def _shown(mutation: Mutation, after: Reading) -> Iterator[str]:
    """Yield a mutation that does not behave, in lines: the claim, both sentences, and the claims that are now there."""
    claim = mutation.claim
    yield f"\n{mutation.kind}: {claim.event} {claim.actor} -> {claim.recipient} {claim.rule}"
    yield from (f"  {claim.evidence.text}", f"  {mutation.sentence}")
    for c in after.claims:
        here = mutation.start <= c.evidence.start < mutation.start + max(len(mutation.sentence), 1)
        if here or (mutation.kind == "deleted" and _alike(c, claim)):
            said = [link.speaker for link in c.attribution]
            yield f"    {c.event} {c.actor} -> {c.recipient} {c.status} negated={c.negated} {c.rule} {said}"


if __name__ == "__main__":
    sys.exit(main())
