"""The roster: its files are sound; own files lie over ours; look-up, check and import of other projects' lists."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from conftest import ROOT

from dragoman.cli import run
from dragoman.errors import IntakeError, RulebookError, SettingsError
from dragoman.model import Kind
from dragoman.reading.names import NameIndex
from dragoman.rulebook.audit import audit
from dragoman.rulebook.imports import Imported, import_file
from dragoman.rulebook.loader import forget, load_rulebook
from dragoman.rulebook.lookup import described, find
from dragoman.rulebook.types import Actor, Office, Rulebook, Seat

SHARED = ROOT.parent / "shared" / "data" / "petrarch"
DICTIONARY = """\
# a note

SHIRE_ [SHR]
GONDOR_ARMY_ [LBYMIL]
+ARMY_OF_GONDOR_
+GONDORIAN_ARMY_(GAX)_
ARAGORN_ELESSAR_ # the king
+KING_ELESSAR_
\t[LBYGOVMIL 100401-120630]
\t[LBYELI >20120701]
\t[LBYGOV 129999-130101]
RANGERS_OF_THE_NORTH_ [LBYREB
RANGERS_OF_THE_SOUTH_ [LBYREB] # kkl
NOBODY_
PEASANT [~AGR]
KHALIFA_HAFTAR_ [LBYREB]
RANGERS_OF_THE_SOUTH_ [LBYREB]
GONDOR_COMFORT_FUND_ [NGOHLH]
WHO_IS_WHO_COUNCIL_ [IGOUNO]
"""


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return load_rulebook(None)


@pytest.fixture(autouse=True)
def _away(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DRAGOMAN_ROSTER", raising=False)
    yield
    forget()


def _own(folder: Path, text: str) -> Rulebook:
    folder.mkdir(exist_ok=True)
    (folder / "own.toml").write_text(text, encoding="utf-8")
    return load_rulebook(str(folder))


def _person(identity: str, offices: tuple[Office, ...] = (), **more: object) -> Actor:
    return Actor(id=identity, name=identity.title(), kind=Kind.PERSON, code="LBY", offices=offices, **more)  # type: ignore[arg-type]


def _office(start: date | None, end: date | None) -> Office:
    return Office(title="president", of="libya", start=start, end=end)


# -- our own files


def test_our_roster_has_no_mistakes(rulebook: Rulebook) -> None:
    assert [str(finding) for finding in audit(rulebook.roster) if finding.mistake] == []


@pytest.mark.parametrize(
    ("name", "identity", "day", "office"),
    [
        ("Khalifa Hifter", "khalifa-haftar", date(2019, 5, 1), "commander of Libyan National Army"),
        ("Fayez Serraj", "fayez-al-sarraj", date(2019, 5, 1), "prime minister of Government of National Accord"),
        ("Abu Mazen", "mahmoud-abbas", date(2010, 1, 1), "leader of Fatah"),
        ("Mahmoud Abbas", "mahmoud-abbas", date(2006, 1, 1), "chairperson of Palestine Liberation Organization"),
        ("RIEK MACHAR", "riek-machar", date(2015, 1, 1), "leader of SPLM-IO"),
        ("Riek Machar", "riek-machar", date(2021, 1, 1), "vice president of South Sudan"),
        ("michel djotodia", "michel-djotodia", date(2013, 1, 1), "leader of Séléka"),
        ("Prachanda", "prachanda", date(2017, 1, 1), "prime minister of Nepal"),
        ("Bakir Izetbegovic", "bakir-izetbegovic", date(2015, 1, 1), "president of Bosnia and Herzegovina"),
        ("Rashad al-Alimi", "rashad-al-alimi", date(2023, 1, 1), "chairperson of Presidential Leadership Council"),
    ],
)
def test_who_held_what(rulebook: Rulebook, name: str, identity: str, day: date, office: str) -> None:
    found = find(rulebook.roster, name)
    assert found.exact
    assert [actor.id for actor in found.actors] == [identity]
    assert office in "\n".join(described(found.actors[0], rulebook.roster, day))


def test_an_office_of_another_day_is_left_out(rulebook: Rulebook) -> None:
    actor = rulebook.roster["michel-djotodia"]
    assert "Séléka" not in "\n".join(described(actor, rulebook.roster, date(2016, 1, 1)))
    assert "Séléka" in "\n".join(described(actor, rulebook.roster, None))


def test_what_did_not_exist_yet_is_said(rulebook: Rulebook) -> None:
    lines = list(described(rulebook.roster["libya-gnu"], rulebook.roster, date(2018, 1, 1)))
    assert "  did not exist on 2018-01-01" in lines


def test_a_surname_finds_its_bearers_without_being_a_name(rulebook: Rulebook) -> None:
    found = find(rulebook.roster, "bisimwa")
    assert not found.exact
    assert [actor.id for actor in found.actors] == ["bertrand-bisimwa"]
    assert find(rulebook.roster, "Sauron of Mordor").actors == ()
    assert find(rulebook.roster, "").actors == ()


# -- a user's own files


def test_an_own_entry_replaces_ours_and_a_new_one_is_added(rulebook: Rulebook, tmp_path: Path) -> None:
    text = """
        [[actor]]
        id = "hamas"
        name = "Hamas (ours)"
        kind = "group"
        code = "PSE"
        [[actor]]
        id = "gondor"
        name = "Gondor"
        kind = "armed_group"
        aliases = ["South Kingdom"]
        affiliations = [{ kind = "proxy_of", of = "hamas" }]
    """
    own = _own(tmp_path / "own", text)
    assert own.roster["hamas"].name == "Hamas (ours)"
    assert own.roster["hamas"].aliases == ()
    assert set(own.roster) - set(rulebook.roster) == {"gondor"}
    assert rulebook.roster["hamas"].name == "Hamas"
    assert own.digest != rulebook.digest
    hits = NameIndex(own.roster).find("The South Kingdom attacked")
    assert [hit.ids for hit in hits] == [("gondor",)]


def test_a_folder_that_is_not_there_is_a_mistake_of_the_settings(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="is no folder"):
        load_rulebook(str(tmp_path / "nowhere"))


WRONG = [
    ('[actor]\nid = "x"\n', "[[actor]] tables only"),
    ("actor = [3]\n", "[[actor]] tables only"),
    ('[[frame]]\nid = "x"\n', "[[actor]] tables only"),
    ('  [[ actor ]]\nid = "x"\nname = 3\nkind = "group"\n', "~wrong3.toml:1: x: name must be a text"),
    ('[[actor]]\nid = "x"\nname = "X"\nkind = ["group"]\n', "kind must be a text"),
    ('[[actor]]\nid = "x"\nname = "X"\nkind = "group"\naliases = "abc"\n', "aliases must be a list of texts"),
    ('[[actor]]\nid = "x"\nname = "X"\nkind = "group"\nfrom = "2010"\n', "from must be a day"),
    ('[[actor]]\nid = "x"\nname = "X"\nkind = "group"\nseats = [3]\n', "each of seats has name, from, to"),
    ('[[actor]]\nid = "x"\nname = "X"\nkind = "group"\noffices = [{ title = "leader" }]\n', "each of offices has"),
    ("= 3", "no valid TOML"),
]


def test_each_mistake_of_own_files_is_said_and_none_is_a_crash(tmp_path: Path) -> None:
    for number, (text, _) in enumerate(WRONG):
        (tmp_path / f"wrong{number}.toml").write_text(text, encoding="utf-8")
    with pytest.raises(RulebookError) as caught:
        load_rulebook(str(tmp_path))
    told = [[each for each in caught.value.mistakes if f"wrong{number}.toml" in each] for number in range(len(WRONG))]
    assert [
        (text, found) for (text, said), found in zip(WRONG, told, strict=True) if said not in "\n".join(found)
    ] == []


# -- check


def test_dates_that_run_backwards_are_mistakes() -> None:
    late, early = date(2011, 1, 1), date(2010, 1, 1)
    bad = _person("a", (_office(late, early),), seats=(Seat(name="X", start=late, end=early),), start=late, end=early)
    found = audit({"a": bad})
    assert [finding.mistake for finding in found] == [True, True, True]


def test_two_holders_at_a_time_are_a_note_and_one_twice_a_mistake() -> None:
    first = _office(date(2010, 1, 1), date(2012, 1, 1))
    second = _office(date(2011, 1, 1), None)
    next_month = _office(date(2012, 1, 1), None)
    assert [f.mistake for f in audit({"a": _person("a", (first,)), "b": _person("b", (second,))})] == [False]
    assert [f.mistake for f in audit({"a": _person("a", (first, second))})] == [True]
    assert audit({"a": _person("a", (first,)), "b": _person("b", (next_month,))}) == []


def test_a_name_of_two_entries_is_a_mistake_where_nothing_tells_them_apart() -> None:
    one, two = _person("a", aliases=("al-Nur",)), _person("b", aliases=("Al Nur",))
    abroad = Actor(id="c", name="al-Nur", kind=Kind.PERSON, code="SDN")
    later = _person("d", aliases=("al-Nur",), start=date(2020, 1, 1))
    earlier = _person("e", aliases=("al-Nur",), end=date(2010, 1, 1))
    assert [f.mistake for f in audit({"a": one, "b": two})] == [True]
    assert [f.mistake for f in audit({"a": one, "c": abroad})] == [False]
    assert [f.mistake for f in audit({"d": later, "e": earlier})] == [False]


# -- import


def _imported(tmp_path: Path, rulebook: Rulebook, name: str, text: str) -> Imported:
    source = tmp_path / name
    source.write_text(text, encoding="utf-8")
    return import_file(source, tmp_path / "own", rulebook)


def test_a_dictionary_becomes_entries_that_load(tmp_path: Path, rulebook: Rulebook) -> None:
    done = _imported(tmp_path, rulebook, "Gondor.actors.txt", DICTIONARY)
    assert done.path.name == "gondor-actors.toml"
    own = load_rulebook(str(tmp_path / "own")).roster
    new = {key: actor for key, actor in own.items() if key not in rulebook.roster}
    assert len(new) == done.entries == 6
    army = new["gondor-army"]
    assert (army.name, army.kind, army.code, army.sectors) == ("Gondor Army", Kind.GROUP, "LBY", ("MIL",))
    assert army.aliases == ("Army of Gondor", "Gondorian Army", "GAX")
    king = new["aragorn-elessar"]
    assert (king.kind, king.aliases, king.code) == (Kind.PERSON, ("King Elessar",), "LBY")
    tie = Office(title="part_of", of="libya", start=date(2010, 4, 1), end=date(2012, 6, 30))
    assert king.affiliations == (tie,)
    assert new["rangers-of-the-south"].kind is Kind.ARMED_GROUP
    assert new["gondor-comfort-fund"].kind is Kind.NGO
    assert (new["who-is-who-council"].kind, new["who-is-who-council"].code) == (Kind.IGO, "UNO")
    assert new["shire"].code is None


def test_what_a_dictionary_cannot_say_is_listed_with_its_line(tmp_path: Path, rulebook: Rulebook) -> None:
    done = _imported(tmp_path, rulebook, "a.txt", DICTIONARY)
    said = {fault.line: fault.what for fault in done.faults}
    assert sorted(said) == [3, 11, 12, 14, 15, 16, 17]
    assert "no country" in said[3]
    assert "days" in said[11]
    assert "not closed" in said[12]
    assert "no [CODE]" in said[14]
    assert "agent" in said[15]
    assert "khalifa-haftar" in said[16]
    assert "line 13" in said[17]


def test_follow_the_money_becomes_entries_that_load(tmp_path: Path, rulebook: Rulebook) -> None:
    lines = [
        {"id": "p", "schema": "Person", "properties": {"name": ["Boromir Denethorson"], "nationality": ["ly"]}},
        {
            "id": "o",
            "schema": "Organization",
            "caption": 'Host "of"\u0000 the Mark',
            "properties": {"alias": ["Rohirrim"], "country": ["ly"], "topics": ["crime.terror"]},
        },
        {"id": "b", "schema": "PublicBody", "properties": {"name": ["Steward's Office"], "country": "xx"}},
        {
            "id": "m",
            "schema": "Membership",
            "properties": {"member": ["p"], "organization": ["o"], "startDate": ["2011"], "endDate": ["2011-03-17"]},
        },
        {"id": "n", "schema": "Directorship", "properties": {"director": ["p"], "organization": ["gone"]}},
        {"id": "x", "schema": "Address", "properties": {"full": ["Minas Tirith"]}},
        {"id": "q", "schema": "Person", "properties": {}},
    ]
    text = "\n".join([json.dumps(line) for line in lines] + ["{broken", "[]", ""])
    done = _imported(tmp_path, rulebook, "people.ftm.json", text)
    own = load_rulebook(str(tmp_path / "own")).roster
    assert done.entries == 3
    host = own["host-of-the-mark"]
    assert (host.name, host.kind, host.code, host.aliases) == (
        'Host "of" the Mark', Kind.ARMED_GROUP, "LBY", ("Rohirrim",),
    )  # fmt: skip
    assert own["boromir-denethorson"].affiliations == (
        Office(title="part_of", of="host-of-the-mark", start=date(2011, 1, 1), end=date(2011, 3, 17)),
    )
    assert own["steward-s-office"].sectors == ("GOV",)
    assert [fault.line for fault in done.faults] == [3, 5, 6, 7, 8, 9]


def test_an_import_may_be_made_again_but_never_over_a_file_made_by_hand(tmp_path: Path, rulebook: Rulebook) -> None:
    first = _imported(tmp_path, rulebook, "a.txt", DICTIONARY)
    assert _imported(tmp_path, rulebook, "a.txt", DICTIONARY).entries == first.entries
    first.path.write_text("# mine\n", encoding="utf-8")
    with pytest.raises(IntakeError, match="no import made"):
        _imported(tmp_path, rulebook, "a.txt", DICTIONARY)
    assert first.path.read_text(encoding="utf-8") == "# mine\n"


@pytest.mark.parametrize("data", [b"\x00\x01", None])
def test_a_file_that_is_no_text_is_a_mistake(tmp_path: Path, rulebook: Rulebook, data: bytes | None) -> None:
    source = tmp_path / "a.bin"
    if data is not None:
        source.write_bytes(data)
    with pytest.raises(IntakeError):
        import_file(source, tmp_path / "own", rulebook)


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared dictionaries are not here")
@pytest.mark.parametrize("name", ["Phoenix.MilNonState.actors.txt", "Phoenix.International.actors.txt"])
def test_the_phoenix_dictionaries_can_be_read(tmp_path: Path, rulebook: Rulebook, name: str) -> None:
    done = import_file(SHARED / name, tmp_path / "own", rulebook)
    assert done.entries > 500
    assert len(load_rulebook(str(tmp_path / "own")).roster) == len(rulebook.roster) + done.entries


# -- the commands


def test_check_prints_its_findings_and_a_sum(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert run(["roster", "check"]) == 0
    assert " entries (person " in capsys.readouterr().out.splitlines()[-1]
    own = tmp_path / "own"
    own.mkdir()
    (own / "a.toml").write_text(
        '[[actor]]\nid = "x"\nname = "Xan"\nkind = "group"\nfrom = 2012-01-01\nto = 2010-01-01\n', encoding="utf-8"
    )
    Path("dragoman.toml").write_text(f"roster = {json.dumps(str(own))}\n", encoding="utf-8")
    assert run(["roster", "check"]) == 1
    assert "mistake: x: from 2012-01-01 is after to 2010-01-01" in capsys.readouterr().out
    (own / "a.toml").write_text('[[actor]]\nid = "x"\nnme = 3\n', encoding="utf-8")
    forget()
    assert run(["roster", "check"]) == 1
    assert "~a.toml:1: unknown key 'nme'" in capsys.readouterr().err


def test_find_prints_who_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["roster", "find", "hizbullah", "--day", "2015-01-01"]) == 0
    assert capsys.readouterr().out.startswith("hezbollah: Hezbollah, armed group, LBN")
    assert run(["roster", "find", "bisimwa"]) == 1
    done = capsys.readouterr()
    assert done.out.startswith("bertrand-bisimwa: ")
    assert "nobody in the roster is called 'bisimwa'" in done.err
    assert run(["roster", "find", "Sauron\x1b[31m"]) == 1
    assert "\x1b" not in capsys.readouterr().err


def test_import_prints_what_it_left_out(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    source = tmp_path / "a.txt"
    source.write_text(DICTIONARY, encoding="utf-8")
    assert run(["roster", "import", str(source), "--out", str(tmp_path / "own")]) == 0
    done = capsys.readouterr()
    assert f"{source}:12: a bracket is not closed" in done.err
    assert done.out.startswith("6 entries written to ")
    source.write_text("NOBODY_\n", encoding="utf-8")
    assert run(["roster", "import", str(source), "--out", str(tmp_path / "own2")]) == 1
    assert not (tmp_path / "own2").exists()
    assert run(["roster", "import", str(tmp_path / "gone"), "--out", str(tmp_path)]) == 1
