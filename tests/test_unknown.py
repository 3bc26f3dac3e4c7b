"""Names that the roster does not know: where they begin and end, and what they are by how the report uses them."""

from __future__ import annotations

import pytest
from trees import sentence

from dragoman.model import Kind
from dragoman.reading.mending.repair import repair
from dragoman.reading.tree import Tree
from dragoman.reading.unknown import Demonyms, UnknownNames
from dragoman.rulebook.loader import load_rulebook

PLACES = frozenset({"Drussen"})


def names(*trees: str, covered: frozenset[int] = frozenset()) -> dict[str, Kind | None]:
    """Return each unknown name of a report with its kind."""
    unknown = UnknownNames(load_rulebook(None), lambda name: name in PLACES)
    for number, tree in enumerate(trees, 1):
        unknown.collect(Tree(repair(sentence(tree, number))), lambda token: token in covered)
    return {uses.text: unknown.kind(uses) for uses in unknown.uses.values()}


KINDS = [
    ("Tilda|NNP|compound|1 Varn|NNP|nsubj|2 left|VBD|ROOT|2|leave", {"Tilda Varn": Kind.PERSON}),
    ("General|NNP|compound|1 Varn|NNP|nsubj|2 left|VBD|ROOT|2|leave", {"Varn": Kind.PERSON}),
    (
        "The|DT|det|2 Hill|NNP|compound|2 Front|NNP|nsubj|3 left|VBD|ROOT|3|leave",
        {"Hill Front": Kind.ARMED_GROUP},
    ),
    (
        "The|DT|det|2 Farmers|NNPS|compound|2 Union|NNP|nsubj|3 left|VBD|ROOT|3|leave",
        {"Farmers Union": Kind.GROUP},
    ),
    ("The|DT|det|2 Morning|NNP|compound|2 Herald|NNP|nsubj|3 left|VBD|ROOT|3|leave", {"Morning Herald": Kind.MEDIA}),
    ("Envoys|NNS|nsubj|1 met|VBD|ROOT|1|meet in|IN|prep|1 Drussen|NNP|pobj|2", {"Drussen": Kind.PLACE}),
    ("Envoys|NNS|nsubj|1 met|VBD|ROOT|1|meet in|IN|prep|1 Orlen|NNP|pobj|2", {"Orlen": Kind.PLACE}),
    (
        "Sarenia|NNP|poss|2 's|POS|case|0 army|NN|nsubj|3 left|VBD|ROOT|3|leave",
        {"Sarenia": Kind.STATE},
    ),
    ("The|DT|det|1 VLF|NNP|nsubj|2 left|VBD|ROOT|2|leave", {"VLF": Kind.GROUP}),
    (
        "the|DT|det|2 rebel|NN|compound|2 group|NN|nsubj|4 Zarad|NNP|appos|2 left|VBD|ROOT|4|leave",
        {"Zarad": Kind.ARMED_GROUP},
    ),
    ("Sarenia|NNP|nsubj|1 left|VBD|ROOT|1|leave", {"Sarenia": Kind.OTHER}),
    ("Yesterday|NNP|npadvmod|2 it|PRP|nsubj|2 rained|VBD|ROOT|2|rain", {"Yesterday": None}),
    ("On|IN|prep|3 Monday|NNP|pobj|0 they|PRP|nsubj|3 left|VBD|ROOT|3|leave", {}),
    ("they|PRP|nsubj|1 left|VBD|ROOT|1|leave", {}),
]


@pytest.mark.parametrize(("tree", "wanted"), KINDS)
def test_what_a_name_is(tree: str, wanted: dict[str, Kind | None]) -> None:
    assert names(tree) == wanted


def test_a_name_may_hold_small_words() -> None:
    tree = (
        "The|DT|det|1 Front|NNP|nsubj|7 for|IN|prep|1 the|DT|det|4 Liberation|NNP|pobj|2 of|IN|prep|4 "
        "Sarenia|NNP|pobj|5 left|VBD|ROOT|7|leave"
    )
    assert names(tree) == {"Front for the Liberation of Sarenia": Kind.ARMED_GROUP}


def test_two_names_joined_by_and_stay_two() -> None:
    tree = "Tilda|NNP|compound|1 Varn|NNP|nsubj|5 and|CC|cc|1 Bram|NNP|compound|4 Holm|NNP|conj|1 left|VBD|ROOT|5|leave"
    assert names(tree) == {"Tilda Varn": Kind.PERSON, "Bram Holm": Kind.PERSON}


def test_what_the_roster_covers_is_not_unknown() -> None:
    tree = "Gondor|NNP|nsubj|1 met|VBD|ROOT|1|meet Sarenia|NNP|dobj|1"
    assert set(names(tree, covered=frozenset({0}))) == {"Sarenia"}


def test_a_later_use_tells_what_an_earlier_one_does_not() -> None:
    plain = "Gondor|NNP|nsubj|1 left|VBD|ROOT|1|leave"
    owning = "Gondor|NNP|poss|2 's|POS|case|0 army|NN|nsubj|3 left|VBD|ROOT|3|leave"
    assert names(plain) == {"Gondor": Kind.OTHER}
    assert names(plain, owning) == {"Gondor": Kind.STATE}


def test_spellings_that_differ_in_accents_are_one_name() -> None:
    trees = ["Tilda|NNP|compound|1 Värn|NNP|nsubj|2 left|VBD|ROOT|2|leave", KINDS[0][0]]
    assert len(names(*trees)) == 1


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("Sarenian", "Sarenia"),
        ("Sarenians", "Sarenia"),
        ("Ostran", "Ostra"),
        ("Gondorian", "Gondor"),
        ("Gondorese", "Gondor"),
        ("Sarenia", None),
        ("Gondola", None),
        ("Rohirrim", None),
    ],
)
def test_the_name_behind_a_demonym(word: str, name: str | None) -> None:
    assert Demonyms(("Sarenia", "Ostra", "Gondor")).of(word) == name
