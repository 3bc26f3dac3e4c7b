"""The same report in other spelling, quotation marks, transliteration and paragraphs; parties that change places."""

from __future__ import annotations

import tomllib
from collections import Counter
from datetime import date
from itertools import product

import pytest
from conftest import ROOT
from variations import VARIATIONS, plain

from dragoman.model import Report
from dragoman.reading.intake import IntakeOptions, from_text
from dragoman.reading.reader import Reader, Reading

DAY = date(2024, 5, 15)
REPORTS = sorted((ROOT / "gate" / "reports").glob("*.txt"))[::3]
SAME = 0.97  # share of claims that a variation must leave as they are: a neural parser is not wholly indifferent to a letter

# Pairs of one kind; each member must be read as the other would be in its place.
PAIRS = (
    ("Armenia", "Azerbaijan"), ("India", "Pakistan"), ("Israel", "Iran"), ("Ukraine", "Russia"), ("Kenya", "Somalia"),
    ("Ethiopia", "Eritrea"), ("Sudan", "Chad"), ("Serbia", "Kosovo"), ("Thailand", "Cambodia"), ("Colombia", "Venezuela"),
    ("Hamas", "Hezbollah"), ("M23", "Boko Haram"), ("al-Shabaab", "Islamic State"), ("the Taliban", "the Houthis"),
    ("the ELN", "the FARC"), ("the PKK", "the SDF"), ("Renamo", "Frelimo"), ("France", "Rwanda"), ("Turkey", "Greece"),
    ("Mali", "Niger"),
)  # fmt: skip
TELLINGS = (
    "{x} accused {y} on Monday of breaking the truce and threatened to respond.",
    "{x} and {y} agreed on Tuesday to hold talks in Geneva next week.",
    "{y} rejected the proposal of {x}, a spokesman said.",
    "{x} shelled positions of {y} near the border on Monday, killing nine soldiers.",
    "The United Nations urged {x} and {y} to observe the ceasefire.",
    "{x} released 20 prisoners and called on {y} to do the same.",
    '"We will not talk to {y} while it holds our men," a spokesman for {x} told reporters.',
    "{y} denied that it had attacked {x}.",
)


def _claims(reading: Reading) -> Counter[tuple[object, ...]]:
    """Return the claims of a reading as a count, by what they say and the names of whom they are about."""
    names = reading.names
    return Counter(
        (
            claim.event,
            tuple(sorted(plain(names[i]) for i in claim.actor)),
            tuple(sorted(plain(names[i]) for i in claim.recipient)),
            claim.status,
            claim.negated,
            tuple(plain(names.get(link.speaker or "", "")) for link in claim.attribution),
        )
        for claim in reading.claims
    )


def _report(text: str, day: date) -> Report:
    return from_text(text, IntakeOptions(published=day))


@pytest.mark.parametrize("variation", VARIATIONS)
def test_a_variation_leaves_the_claims_of_forty_reports_as_they_are(reader: Reader, variation: str) -> None:
    assert len(REPORTS) == 40
    same = told = changed = 0
    for path in REPORTS:
        text = path.read_text(encoding="utf-8")
        judged = tomllib.loads((ROOT / "gate" / "judged" / f"{path.stem}.toml").read_text(encoding="utf-8"))
        varied = VARIATIONS[variation](text, reader.parser)
        if varied == text:
            continue
        changed += 1
        first, second = (_claims(reader.read(_report(t, judged["published"]))) for t in (text, varied))
        same += 2 * (first & second).total()
        told += first.total() + second.total()
    assert changed > 4
    assert same / told >= SAME


def test_parties_that_change_places_change_places_in_the_claims(reader: Reader) -> None:
    agreed = total = 0
    shown = {party: _name(reader, party) for pair in PAIRS for party in pair}
    for (one, other), telling in product(PAIRS, TELLINGS):
        plainly, exchanged = (
            _claims(reader.read(_report(_opened(telling.format(x=x, y=y)), DAY)))
            for x, y in ((one, other), (other, one))
        )
        names = {shown[one]: shown[other], shown[other]: shown[one]}
        expected = Counter({_swapped(claim, names): count for claim, count in plainly.items()})
        agreed += 2 * (expected & exchanged).total()
        total += expected.total() + exchanged.total()
    assert total > 2 * len(PAIRS) * len(TELLINGS)
    assert agreed / total >= SAME


def _opened(sentence: str) -> str:
    return sentence[0].upper() + sentence[1:]


def _name(reader: Reader, party: str) -> str:
    """Return the name under which the reading shows a party."""
    reading = reader.read(_report(f"{_opened(party)} attacked a village on Monday.", DAY))
    return plain(reading.names[reading.claims[0].actor[0]])


def _swapped(claim: tuple[object, ...], names: dict[str, str]) -> tuple[object, ...]:
    event, actor, recipient, status, negated, speakers = claim
    sides = [tuple(sorted(names.get(n, n) for n in side)) for side in (actor, recipient)]  # type: ignore[attr-defined]
    told = tuple(names.get(n, n) for n in speakers)  # type: ignore[attr-defined]
    return (event, *sides, status, negated, told)
