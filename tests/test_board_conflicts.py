"""Conflict files: those that ship, a user's own over ours, whose somebody is on a day, and all mistakes at once."""

from __future__ import annotations

from datetime import date
from importlib.resources import files
from pathlib import Path

import pytest

from dragoman.board.conflicts import Conflict, build_conflicts, conflict_of, load_conflicts
from dragoman.errors import ConflictError, SettingsError
from dragoman.process.lists import pattern_of
from dragoman.rulebook.loader import load_rulebook

ROOT = Path(__file__).resolve().parent.parent
ACEH = """
id = "aceh"
name = "Aceh"
countries = ["IDN"]
from = 1976-12-04
to = 2005-12-31
places = ["Aceh"]

[parties]
indonesia = "government"
indonesia-gam = "movement"

[[issue]]
id = "arms"
name = "Laying down arms"
words = ["disarm*", "lay down"]
"""


def built(text: str, name: str = "own.toml") -> dict[str, Conflict]:
    """Return the conflicts of one file."""
    return build_conflicts({name: text}, load_rulebook(None).roster)


def mistakes_of(text: str) -> tuple[str, ...]:
    """Return what is wrong with one file."""
    with pytest.raises(ConflictError) as caught:
        built(text)
    return caught.value.mistakes


def test_fifteen_conflicts_ship_and_each_file_bears_its_id() -> None:
    conflicts = load_conflicts()
    shipped = sorted(item.name for item in (files("dragoman.board") / "conflicts").iterdir())
    assert shipped == [f"{identity}.toml" for identity in conflicts]
    assert len(conflicts) == 15
    for conflict in conflicts.values():
        assert len(conflict.sides) > 1
        assert conflict.start is not None
        assert conflict.places
        assert len(conflict.issues) >= 8
        assert all(pattern_of(issue.words) for issue in conflict.issues)


@pytest.mark.parametrize(
    ("conflict", "who", "day", "side"),
    [
        ("libya", "khalifa-haftar", date(2020, 1, 13), "east"),
        ("libya", "fayez-al-sarraj", date(2020, 1, 13), "west"),
        ("libya", "fayez-al-sarraj", date(2014, 6, 1), None),
        ("libya", "turkey", date(2020, 1, 13), None),
        ("sudan", "sudan-armed-forces", date(2023, 5, 1), "army"),
        ("sudan", "abdel-fattah-al-burhan", date(2023, 5, 1), "army"),
        ("south-sudan", "riek-machar", date(2021, 1, 1), "opposition"),
        ("south-sudan", "salva-kiir", date(2021, 1, 1), "government"),
        ("ukraine", "ukraine-armed-forces", None, "ukraine"),
    ],
)
def test_the_roster_says_whose_somebody_is_on_a_day(
    conflict: str, who: str, day: date | None, side: str | None
) -> None:
    assert load_conflicts()[conflict].side_of(who, day) == side


def test_a_file_of_the_user_lies_over_ours_and_adds(tmp_path: Path) -> None:
    (tmp_path / "aceh.toml").write_text(ACEH, encoding="utf-8")
    mine = ACEH.replace('id = "aceh"', 'id = "libya"').replace('name = "Aceh"', 'name = "Mine"')
    (tmp_path / "libya.toml").write_text(mine, encoding="utf-8")
    conflicts = load_conflicts(str(tmp_path))
    assert conflicts["libya"].name == "Mine"
    assert conflicts["aceh"].side_of("susilo-bambang-yudhoyono", date(2005, 8, 15)) == "government"
    assert len(conflicts) == 16


def test_a_folder_that_is_none_is_said(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="is no folder"):
        load_conflicts(str(tmp_path / "nowhere"))


def test_the_page_shows_a_file_that_loads() -> None:
    page = (ROOT / "docs" / "conflicts.md").read_text(encoding="utf-8")
    text = page.partition("```toml\n")[2].partition("```")[0]
    assert built(text)["aceh"].sides == ("government", "movement")
    assert all(f"`{identity}`" in page for identity in load_conflicts())


def test_the_conflict_of_the_sample_corpus_loads() -> None:
    conflicts = load_conflicts(str(ROOT / "samples" / "conflicts"))
    assert conflicts["sorvia"].side_of("joram-tash") == "front"
    assert conflicts["sorvia"].party_of("army") == "sorvia"


def test_all_mistakes_of_all_files_are_told_at_once_with_place_and_remedy() -> None:
    wrong = (
        ACEH.replace("indonesia-gam", "indonesia-gan")
        .replace("IDN", "IND0")
        .replace('"lay down"]', '"lay down"]\nword = 1')
    )
    with pytest.raises(ConflictError) as caught:
        build_conflicts({"a.toml": wrong, "b.toml": "id = ", "c.toml": ACEH + "colour = 1"}, load_rulebook(None).roster)
    assert [each.partition(": ")[0] for each in caught.value.mistakes] == [
        "a.toml:11",
        "a.toml:4",
        "a.toml:14",
        "b.toml",
        "c.toml:14",
    ]
    assert all("; " in each for each in caught.value.mistakes)
    assert str(caught.value).startswith("conflicts: 5 mistakes; mend them:\n")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('id = "aceh"', 'id = "Aceh 1"', "lower-case ASCII words"),
        ('name = "Aceh"', "name = 3", "give a text in quotes"),
        ('countries = ["IDN"]', "", "ISO 3166"),
        ("to = 2005-12-31", 'to = "2005"', "without quotes"),
        ("to = 2005-12-31", "to = 1950-01-01", "give days in order"),
        ('places = ["Aceh"]', 'places = "Aceh"', "no list of texts"),
        ('indonesia-gam = "movement"', 'indonesia-gam = "government"', "at least two sides"),
        ('indonesia-gam = "movement"', "indonesia-gam = 1", "no table of sides"),
        ("[[issue]]", '[backers]\nlibya = "north"\n\n[[issue]]', "use one of: government, movement"),
        ("[[issue]]", '[backers]\nindonesia = "movement"\n\n[[issue]]', "is a party and a backer"),
        ("[[issue]]", '[members]\nlibya = "libya-gna"\n\n[[issue]]', "is no party"),
        ("[[issue]]", '[members]\nnobody-known = "indonesia"\n\n[[issue]]', "dragoman roster find"),
        ('words = ["disarm*", "lay down"]', "words = []", "words ="),
        (
            'words = ["disarm*", "lay down"]',
            'words = ["x"]\n[[issue]]\nid = "arms"\nname = "x"\nwords = ["x"]',
            "stands twice",
        ),
    ],
)
def test_a_mistake_says_what_to_write_instead(old: str, new: str, said: str) -> None:
    assert old in ACEH
    found = mistakes_of(ACEH.replace(old, new))
    assert len(found) == 1
    assert said in found[0]
    assert found[0].startswith("own.toml")


def test_ids_of_no_roster_are_taken_where_the_file_says_so() -> None:
    text = ACEH.replace("indonesia-gam", "hill-league").replace("[parties]", 'unlisted = ["hill-league"]\n[parties]')
    text = text.replace("[[issue]]", '[members]\ntom-of-the-hill = "hill-league"\n\n[[issue]]')
    assert built(text)["aceh"].side_of("tom-of-the-hill") == "movement"


def test_a_conflict_that_is_not_there_names_those_that_are() -> None:
    with pytest.raises(ConflictError) as caught:
        conflict_of("libia", load_conflicts())
    assert "libya" in caught.value.mistakes[0]


def test_a_conflict_covers_its_days_and_what_has_no_day() -> None:
    conflict = built(ACEH)["aceh"]
    assert [conflict.covers(d) for d in (date(1976, 12, 3), date(1976, 12, 4), date(2005, 12, 31), date(2006, 1, 1), None)] == [
        False, True, True, False, True,
    ]  # fmt: skip
