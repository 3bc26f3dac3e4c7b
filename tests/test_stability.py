"""What must change nothing: a second run, the order of files, quotation marks, spelling; and names trade places as they are traded."""

from __future__ import annotations

import json
import re
from datetime import date

import pytest
from conftest import SAMPLES, load_samples
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dragoman.cli import run
from dragoman.model import Claim
from dragoman.reading.intake import IntakeOptions, from_text
from dragoman.reading.reader import Reading, default_reader

DAY = date(2020, 1, 14)
FILES = [str(sample.path) for sample in load_samples()[:3]]
NAMES = ("Gondor", "Rohan", "Arnor", "Velmora", "Sarenia", "Tavria")

# X and Y trade places; each sentence is neutral as to who they are
PATTERNS = (
    "{x} accused {y} of lies.",
    "{y} was attacked by {x} on Monday.",
    "Tilda Varn said that {x} must leave {y}.",
    "{x} and {y} signed a truce in Geneva.",
    "{x} refused to sign the truce. It condemned {y}.",
    "{x} imposed sanctions on {y}, while {y} expelled the ambassador of {x}.",
    "{x} called on {y} to free the prisoners.",
    "{x} will send food to {y} next week.",
    "{x} denied attacking {y}.",
    "Talks between {x} and {y} began in Geneva on Sunday.",
    "{x}'s army attacked {y}'s army.",
)


def read(text: str) -> Reading:
    return default_reader().read(from_text(text, IntakeOptions(published=DAY)))


def told(reading: Reading) -> list[tuple[object, ...]]:
    """Return what the claims of a reading say, without ids that hang on the letters of the text."""
    return sorted((_said(claim, reading) for claim in reading.claims), key=repr)


def _said(claim: Claim, reading: Reading) -> tuple[object, ...]:
    names = [sorted(reading.names[i] for i in ids) for ids in (claim.actor, claim.recipient)]
    speakers = [reading.names.get(link.speaker or "", link.text) for link in claim.attribution]
    days = (claim.date.earliest, claim.date.latest)
    return (claim.event, claim.modes, *names, claim.negated, claim.status, claim.quoted, speakers, days, claim.rule)


def printed(capsysbinary: pytest.CaptureFixture[bytes], *arguments: str) -> list[bytes]:
    """Return the lines that the command prints."""
    assert run(["read", "--json", "--published", "2020-01-14", *arguments]) == 0
    return capsysbinary.readouterr().out.splitlines()


def test_two_runs_print_the_same_bytes(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    first = printed(capsysbinary, *FILES)
    assert len(first) == len(FILES)
    assert all(json.loads(line)["claims"] for line in first)
    assert printed(capsysbinary, *FILES) == first


def test_the_order_of_files_changes_no_reading(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    forward = printed(capsysbinary, *FILES)
    assert printed(capsysbinary, *reversed(FILES)) == forward[::-1]


def test_a_file_reads_the_same_alone_and_among_others(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert printed(capsysbinary, FILES[1]) == printed(capsysbinary, *FILES)[1:2]


@given(st.sampled_from(PATTERNS), st.permutations(NAMES))
@example(PATTERNS[5], list(NAMES))
@settings(max_examples=40, deadline=None, derandomize=True)
def test_names_trade_places_in_claims_as_in_the_text(pattern: str, names: list[str]) -> None:
    x, y = names[:2]
    straight, swapped = read(pattern.format(x=x, y=y)), read(pattern.format(x=y, y=x))
    assert straight.claims
    assert _traded(told(straight), x, y) == sorted(told(swapped), key=repr)


def _traded(claims: list[tuple[object, ...]], x: str, y: str) -> list[tuple[object, ...]]:
    other = {x: y, y: x}

    def trade(item: object) -> object:
        if not isinstance(item, list):
            return item
        return sorted(" ".join(other.get(word, word) for word in str(name).split()) for name in item)

    return sorted((tuple(trade(item) for item in claim) for claim in claims), key=repr)


QUOTED = (
    'Tilda Varn said: "Gondor attacked Rohan. Gondor arrested Oskar Dremmel."',
    '"Gondor\'s army attacked Rohan," Tilda Varn said. "We condemn Gondor."',
    'Gondor accused Rohan of "lies" and expelled Rohan\'s ambassador.',
)


@pytest.mark.parametrize("text", QUOTED)
def test_straight_and_curly_quotes_say_the_same(text: str) -> None:
    curly = re.sub(r'"([^"]*)"', "“\\1”", text).replace("'", "’")
    assert curly != text
    assert read(text).claims
    assert told(read(curly)) == told(read(text))


SPELLINGS = (
    ("Gondor criticised Rohan.", "Gondor criticized Rohan."),
    ("Gondor recognised the Hill Front.", "Gondor recognized the Hill Front."),
    ("Gondor apologised to Rohan.", "Gondor apologized to Rohan."),
    ("The defence minister of Gondor visited Rohan.", "The defense minister of Gondor visited Rohan."),
    ("Gondor mobilised troops near Rohan.", "Gondor mobilized troops near Rohan."),
    ("Gondor penalised Rohan with sanctions.", "Gondor penalized Rohan with sanctions."),
    ("Gondor cancelled the visit of Tilda Varn.", "Gondor canceled the visit of Tilda Varn."),
    ("Gondor and Rohan signed a ceasefire.", "Gondor and Rohan signed a cease-fire."),
)


@pytest.mark.parametrize(("british", "american"), SPELLINGS)
def test_british_and_american_spelling_say_the_same(british: str, american: str) -> None:
    assert read(british).claims
    assert [claim[:-1] for claim in told(read(american))] == [claim[:-1] for claim in told(read(british))]


def test_blank_lines_and_line_ends_change_no_claim() -> None:
    text = (SAMPLES / "01-unsigned-truce.txt").read_text(encoding="utf-8")
    plain = read(text)
    assert plain.claims
    assert told(read(text.replace("\n", "\r\n"))) == told(plain)
    assert told(read(text.replace("\n\n", "\n\n\n"))) == told(plain)
