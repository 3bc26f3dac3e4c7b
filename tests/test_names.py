"""Roster names in a text: folding, al- and el-, the longest name, whole words."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dragoman.model import Kind
from dragoman.reading.names import NameIndex, bare, fold, surname
from dragoman.rulebook.types import Actor, Seat

ROSTER = {
    actor.id: actor
    for actor in (
        Actor(
            id="gondor",
            name="Gondor",
            kind=Kind.STATE,
            demonyms=("Gondorian", "Gondorians"),
            seats=(Seat(name="Minas"),),
        ),
        Actor(id="ndoria", name="Ndoria", kind=Kind.STATE),
        Actor(id="hill-front", name="Hill Front", kind=Kind.ARMED_GROUP, aliases=("HF", "Front of the Hills")),
        Actor(id="gondor-front", name="Gondor Hill Front", kind=Kind.ARMED_GROUP, aliases=("HF",)),
        Actor(id="al-varn", name="Fayad al-Varn", kind=Kind.PERSON),
        Actor(id="erdan", name="Tâyip Erdoğan-Şahin", kind=Kind.PERSON, aliases=("Erdoğan-Şahin",)),
        Actor(id="other-varn", name="Tilda Varn", kind=Kind.PERSON),
    )
}
INDEX = NameIndex(ROSTER)


def found(text: str) -> list[str]:
    """Return 'words=ids' of each hit."""
    return [f"{text[hit.start : hit.end]}={','.join(hit.ids)}" for hit in INDEX.find(text)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Gondor left.", ["Gondor=gondor"]),
        ("The Gondorian army", ["Gondorian=gondor"]),
        ("In Minas they met", ["Minas=gondor"]),
        ("Gondor's army", ["Gondor=gondor"]),
        ("gondor left", []),
        ("Gondorland left", []),
        ("MyGondor left", []),
        ("Gondor Hill Front fighters", ["Gondor Hill Front=gondor-front"]),
        ("the Hill Front and Gondor", ["Hill Front=hill-front", "Gondor=gondor"]),
        ("HF men", ["HF=gondor-front,hill-front"]),
        ("Fayad al-Varn spoke", ["Fayad al-Varn=al-varn"]),
        ("Fayad Al-Varn spoke", ["Fayad Al-Varn=al-varn"]),
        ("Fayad el-Varn spoke", ["Fayad el-Varn=al-varn"]),
        ("Fayad al Varn spoke", ["Fayad al Varn=al-varn"]),
        ("Fayad Varn spoke", []),
        ("Tayip Erdogan-Sahin spoke", ["Tayip Erdogan-Sahin=erdan"]),
        ("Erdogan Sahin spoke", ["Erdogan Sahin=erdan"]),
        ("", []),
    ],
)
def test_names_in_a_text(text: str, wanted: list[str]) -> None:
    assert found(text) == wanted


def test_how_a_name_was_found() -> None:
    hits = INDEX.find("Gondor, Gondorians, Minas and HF")
    assert [hit.how for hit in hits] == ["name", "demonym", "seat", "acronym"]


def test_typographic_apostrophes_do_not_hide_a_name() -> None:
    assert found("Gondor’s army") == ["Gondor=gondor"]


def test_a_roster_in_another_order_gives_the_same_hits() -> None:
    other = NameIndex(dict(reversed(ROSTER.items())))
    text = "HF, Gondor Hill Front, Minas, Fayad el-Varn"
    assert [(h.start, h.ids) for h in other.find(text)] == [(h.start, h.ids) for h in INDEX.find(text)]


def test_a_surname_leads_to_all_who_bear_it() -> None:
    assert set(INDEX.by_surname["varn"]) == {"al-varn", "other-varn"}
    assert "front" not in INDEX.by_surname


@pytest.mark.parametrize(
    ("name", "alone", "plain"),
    [
        ("Tilda Varn", "Varn", "varn"),
        ("Fayad al-Varn", "al-Varn", "varn"),
        ("Abd Fayad el Varn", "el Varn", "varn"),
        ("Jan van Holm", "van Holm", "van holm"),
        ("Varn", "Varn", "varn"),
        ("Tâyip Şahin", "Şahin", "sahin"),
    ],
)
def test_the_part_that_the_press_uses_alone(name: str, alone: str, plain: str) -> None:
    assert surname(name) == alone
    assert bare(alone) == plain


@given(st.text(max_size=60))
@example("İstanbul ŉ ǰ ﬁ ΐ")
@settings(max_examples=150, deadline=None)
def test_folding_keeps_each_place(text: str) -> None:
    assert len(fold(text)) == len(text)


@given(st.text(max_size=40))
@settings(max_examples=100, deadline=None)
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet="abcdefgABCDEFG äöüéèçñşğ", max_size=30))
@settings(max_examples=60, deadline=None)
def test_folding_takes_accents_off_and_nothing_else(text: str) -> None:
    composed = unicodedata.normalize("NFC", text)
    plain = "".join(c for c in unicodedata.normalize("NFD", composed) if not unicodedata.combining(c))
    assert fold(composed) == plain


@given(st.text(max_size=20), st.text(max_size=20))
@settings(max_examples=100, deadline=None)
def test_a_name_between_spaces_is_found_at_its_place(before: str, after: str) -> None:
    text = f"{before} | Ndoria | {after}"
    start = len(before) + 3
    assert any(hit.start == start and hit.ids == ("ndoria",) for hit in INDEX.find(text))
