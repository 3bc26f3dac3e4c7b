"""The brief of a board made by hand: its page word for word, its width and length, what changed, and text that means harm."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from boards import EARLY, ISSUES, LATE, NAMES, PAPER, ROUND, STANCE, TRUCE, cite, quote
from markdown_it import MarkdownIt

from dragoman.board.types import Board, Cited, Signing, Stance, Track, Turn
from dragoman.export.ledger_brief import BriefOptions, brief, brief_markdown
from dragoman.export.ledger_page import Sources, escaped, leading, origins_words
from dragoman.export.ledger_since import changes
from dragoman.export.ledger_words import Tongue, since_when, tame, truce_state
from dragoman.model import When

GOLDEN = Path(__file__).parent / "golden"
OPTIONS = BriefOptions(issues=ISSUES, short={"libya-gna": "GNA", "libya-lna": "LNA", "united-arab-emirates": "UAE"})
HOSTILE = "\x1b[2J[bold]# <script>|[9](http://evil.example) `x` *y* \u202eend"


def text(board: Board, before: Board | None = None, options: BriefOptions = OPTIONS) -> list[str]:
    return [line.text for line in brief(board, quote, before, options)]


def page(board: Board, before: Board | None = None, options: BriefOptions = OPTIONS) -> list[str]:
    """Return the lines before the sources."""
    lines = text(board, before, options)
    return lines[: lines.index("SOURCES")] if "SOURCES" in lines else lines


@pytest.mark.parametrize("name", ["brief.txt", "brief-since.txt", "brief.md", "brief-since.md"])
def test_the_page_is_this_word_for_word(name: str, request: pytest.FixtureRequest) -> None:
    before = EARLY if "since" in name else None
    made = brief_markdown(LATE, quote, before, OPTIONS) if name.endswith("md") else "\n".join(text(LATE, before)) + "\n"
    path = GOLDEN / name
    if request.config.getoption("--update"):
        path.write_text(made, encoding="utf-8")
    assert made == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("width", [40, 80, 100])
def test_no_line_is_wider_than_asked(width: int) -> None:
    for board in (LATE, replace(LATE, name="x" * 300)):
        assert max(map(len, text(board, EARLY, replace(OPTIONS, width=width)))) <= width


def crowd(number: int) -> Board:
    """Return a board with so many positions, each of its own party."""
    parties = [f"party-{at}" for at in range(number)]
    return replace(LATE, stances=tuple(replace(STANCE, id=f"s-{party}", party=party) for party in parties))


def test_a_full_board_fits_on_a_page_and_says_what_is_left_out() -> None:
    lines = page(crowd(200))
    assert 50 <= len(lines) <= 62
    assert 70 <= len(page(crowd(200), EARLY)) <= 84  # what changed has room of its own
    assert "What did not fit on the page: dragoman board libya" in lines
    title = next(line for line in lines if line.startswith("POSITIONS"))
    shown = sum("on Turkey's role" in line for line in lines[lines.index(title) :])
    assert title == f"POSITIONS ({shown} OF 200)"
    assert shown < 200


def test_a_long_section_leaves_room_for_the_others() -> None:
    titles = {line.partition(" (")[0] for line in page(crowd(200))}
    assert {"STATE", "WHO SIGNED WHAT", "TALKS", "THREATS", "BACKERS", "MECHANISMS", "CALENDAR"} <= titles


def test_all_is_shown_where_no_length_is_asked_for() -> None:
    lines = page(crowd(200), None, replace(OPTIONS, lines=None, ids=True))
    assert sum("on Turkey's role" in line for line in lines) == 200
    joined = " ".join(" ".join(lines).split())
    assert all(f"id s-party-{at}" in joined for at in range(200))


def test_each_number_is_a_source_and_each_source_is_named() -> None:
    lines = text(LATE, EARLY)
    at = lines.index("SOURCES")
    named = {int(n) for line in lines[:at] for n in numbers(line)}
    listed = [int(line.split("]")[0].strip(" [")) for line in lines[at + 1 :] if line.startswith("  [")]
    assert listed == sorted(named) == list(range(1, len(listed) + 1))


def numbers(line: str) -> list[str]:
    inside = [part.partition("]")[0] for part in line.split("[")[1:]]
    return [number.strip() for part in inside for number in part.split(",")]


def test_origins_are_counted_not_reports() -> None:
    assert origins_words([cite("r2"), cite("r3")]) == "1 origin in 2 reports"
    assert origins_words([cite("r1"), cite("r2"), cite("r3")]) == "2 origins in 3 reports"
    assert origins_words([cite("r1"), cite("r4")]) == "2 origins"
    assert origins_words([cite("r5"), cite("r5", 2)]) == ""


def test_one_sentence_of_each_origin_is_shown_the_first_and_the_latest() -> None:
    def of(report: str, origin: str, day: int) -> Cited:
        return replace(cite("r1"), report=report, origin=origin, published=date(2020, 1, day))

    many = [of(f"r{day}", f"o{day}", day) for day in range(9, 0, -1)] + [of("copy", "o1", 30)]
    assert [each.report for each in leading(many)] == ["r1", "r8", "r9"]
    assert Sources().marks(many, [many[3]]).count(",") == 2


def test_a_truce_of_which_nothing_is_said_is_unknown_since_the_last_word() -> None:
    silent = replace(TRUCE, status="unknown", since=date(2020, 1, 13))
    assert truce_state(silent) == "unknown since 13 Jan 2020 (last word: in force)"
    lines = page(replace(EARLY, truces=(silent,)))
    assert any("Unknown since 13 Jan 2020 (last word: in force): Ceasefire of GNA and LNA" in line for line in lines)


def test_since_when_looks_back_over_the_same_state_only() -> None:
    def turn(state: str, day: int | None) -> Turn:
        return Turn(state=state, day=date(2020, 1, day) if day else None, cited=cite("r1"))

    turns = [turn("violated", 1), turn("holding", 2), turn("violated", 3), turn("violated", 4)]
    assert since_when(turns, "violated") == date(2020, 1, 3)
    assert since_when(turns, "holding") is None


def test_what_changed_is_new_changed_or_gone() -> None:
    without = replace(LATE, stances=())
    found = changes(EARLY, without, Tongue(NAMES, ISSUES))
    how = {(change.how, change.entry.kind) for change in found}
    assert {("changed", "truce"), ("new", "threat"), ("gone", "position"), ("changed", "calendar")} <= how
    due = next(change for change in found if change.entry.kind == "calendar" and change.how == "changed")
    assert due.facts == (("outcome", "ahead", "passed, no report tells of it"),)


def test_an_entry_with_another_id_is_the_one_that_is_called_the_same() -> None:
    renamed = replace(EARLY, papers=(replace(PAPER, id="other", status="signed"),))
    (found,) = changes(EARLY, renamed, Tongue(NAMES))
    assert (found.how, found.facts) == ("changed", (("status", "partly signed", "signed"),))
    twice = replace(EARLY, papers=(replace(PAPER, id="one"), replace(PAPER, id="two")))
    assert [(each.how, each.entry.id) for each in changes(EARLY, twice, Tongue(NAMES))] == [("new", "two")]


def test_nothing_changed_is_said() -> None:
    assert changes(LATE, LATE, Tongue(NAMES)) == ()
    assert "  Nothing changed." in page(LATE, LATE)


def test_more_prints_of_the_same_are_no_change() -> None:
    printed = replace(EARLY, papers=(replace(PAPER, cited=(*PAPER.cited, cite("r1"))),))
    assert changes(EARLY, printed, Tongue(NAMES)) == ()


def test_a_new_sentence_against_an_entry_is_a_change() -> None:
    doubted = replace(EARLY, papers=(replace(PAPER, against=(cite("r4"),)),))
    (found,) = changes(EARLY, doubted, Tongue(NAMES))
    assert found.facts == (("sentences against it", "0", "1"),)


def test_where_reports_differ_on_a_signature_both_are_in_the_table() -> None:
    paper = replace(
        PAPER,
        signings=(
            *PAPER.signings,
            Signing(party="fayez-al-sarraj", status="refused", date=When(), cited=(cite("r4"),)),
        ),
    )
    lines = page(replace(EARLY, papers=(paper,)))
    assert any("signed / refused" in line for line in lines)


def test_days_that_differ_are_told_in_words_side_by_side() -> None:
    versions = (("2020-01-13", (cite("r2"), cite("r3"))), ("2020-01-14", (cite("r4"),)))
    dispute = replace(LATE.disputes[0], kind="day", versions=versions)
    joined = " ".join(" ".join(page(replace(EARLY, disputes=(dispute,)))).split())
    assert "Which day, Khalifa Haftar: the truce: 13 Jan 2020 [2] (1 origin in 2 reports); 14 Jan 2020 [" in joined


def test_a_board_without_reports_says_so() -> None:
    lines = page(Board(conflict="libya", name="Libya", until=None, known=None, reports=0, last=None))
    assert lines[:2] == ["Libya: the peace process", "No report of this conflict."]
    assert "  No report tells of a ceasefire." in lines


def test_a_track_without_parties_or_days_is_shown() -> None:
    bare = replace(ROUND, parties=(), mediators=(), host=None, place=None, date=When())
    lines = page(replace(EARLY, tracks=(Track(id="t", cited=bare.cited, parties=(), rounds=(bare,)),)))
    assert "  Parties not said: 1 round" in lines


def hostile() -> Board:
    cited = replace(cite("r1"), outlet=HOSTILE, speakers=(HOSTILE,))
    stance = Stance(
        id="h", cited=(cited,), party="h", issue=HOSTILE, of=("h",), state="demand", content=HOSTILE, condition=HOSTILE,
        history=(),
    )  # fmt: skip
    paper = replace(PAPER, name=HOSTILE, terms=(HOSTILE,), signings=(replace(PAPER.signings[0], party="h"),))
    return replace(LATE, name=HOSTILE, names={"h": HOSTILE}, stances=(stance,), papers=(paper,))


def test_text_of_reports_is_data_in_plain_text() -> None:
    lines = [line.text for line in brief(hostile(), lambda _: HOSTILE, LATE, OPTIONS)]
    joined = "\n".join(lines)
    assert not any(sign in joined for sign in ("\x1b", "\u202e", "\u2028"))
    body = joined.partition("\nSOURCES\n")[0]
    assert "[9]" not in body
    assert "[bold]" not in body
    assert "(bold)" in body


def kinds_of(made: str) -> set[str]:
    """Return the kinds of tokens that a Markdown text is made of, without those of the page itself."""
    tokens = MarkdownIt("commonmark", {"html": True}).enable("table").parse(made)
    found = {token.type for token in tokens} | {child.type for token in tokens for child in token.children or ()}
    return {kind.removesuffix("_open").removesuffix("_close") for kind in found}


def test_text_of_reports_is_data_in_markdown() -> None:
    made = brief_markdown(hostile(), lambda _: HOSTILE, LATE, OPTIONS)
    own = kinds_of(brief_markdown(LATE, quote, EARLY, OPTIONS))
    assert kinds_of(made) <= own
    assert own.isdisjoint({"link", "image", "code_inline", "em", "strong", "html_inline", "html_block", "fence"})
    assert "http\\://" in made
    assert not any(sign in made for sign in ("\x1b", "\u202e"))


@pytest.mark.parametrize("start", ["- x", "1. x", "1) x", "+ x", "# x", "> x", "=== x"])
def test_a_line_of_markdown_starts_nothing(start: str) -> None:
    made = escaped(start)
    assert "\\" in made
    assert made.replace("\\", "") == start


def test_tame_text_cites_nothing_and_is_short() -> None:
    assert tame("a [1]\n\x00b") == "a (1) b"
    assert len(tame("word " * 100)) <= 112


def test_the_same_board_gives_the_same_bytes() -> None:
    turned = replace(LATE, stances=LATE.stances[::-1], backings=LATE.backings[::-1], calendar=LATE.calendar[::-1])
    assert text(turned, EARLY) == text(LATE, EARLY)
