"""Copies, near-copies and cuts of one text are one origin; what is told in other words is not."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import combinations

import pytest
from conftest import load_samples

from dragoman.ledger.origins import Likeness, Origins, credits_of, is_copy, print_of, runs_of
from dragoman.model import Report
from dragoman.reading.intake import IntakeOptions, from_text

DAY = date(2024, 5, 15)
WIRE = tuple(
    f"{who} {did} {what} {when}."
    for who, did, what, when in zip(
        ("The steward of Gondor", "An envoy of Rohan", "Captains from Pelargir", "The lord of Harlond", "Traders in Dale") * 4,
        ("promised", "carried", "refused", "counted", "mourned", "burned", "forgave", "sold", "hid", "praised") * 2,
        ("grain to the besieged", "letters over the pass", "a tax on salt", "wounded men at the ford", "the fallen of the wall",
         "boats near the quay", "debts of the harbour", "horses to the riders") * 3,
        ("before the bells rang", "on a wet morning", "while the council sat", "after three days of rain", "in sight of the tower",
         "without a word", "for the second time") * 3,
        strict=False,
    )
)  # fmt: skip


def report(sentences: tuple[str, ...], *, outlet: str = "Bree Post", after: int = 0, end: str = "") -> Report:
    body = " ".join(sentences) + (f"\n\n{end}" if end else "")
    options = IntakeOptions(published=DAY + timedelta(days=after), outlet=outlet)
    return from_text(body, options, headline=f"News for {outlet}")


def origin_of(later: Report, *earlier: Report, few: bool = False) -> str:
    runs = {each.id: runs_of(each) for each in (*earlier, later)}
    origins = Origins(runs=runs.__getitem__, few=few)
    for each in earlier:
        origins.place(each.id, print_of(each))
    return origins.place(later.id, print_of(later))


def changed(sentences: tuple[str, ...], every: int) -> tuple[str, ...]:
    """Return sentences with one word in so many another."""
    words = " ".join(sentences).split()
    return (" ".join("indeed" if at % every == every - 1 else word for at, word in enumerate(words)),)


@pytest.mark.parametrize("few", [True, False])
def test_a_copy_a_near_copy_and_a_cut_have_the_origin_of_the_wire(few: bool) -> None:
    wire = report(WIRE, outlet="Reuters")
    assert len(WIRE) == 20
    for copy in (
        report(WIRE, after=1),
        report(changed(WIRE, 20), after=1),
        report(WIRE[:5], after=1),
        report(WIRE[7:12], after=2, end="(Reuters)"),
        report((*WIRE[10:], "The Bree Post adds that the inn was full."), after=1),
    ):
        assert origin_of(copy, wire, few=few) == wire.id


def test_a_wire_that_comes_after_its_cut_has_the_cut_for_origin() -> None:
    cut = report(WIRE[:5])
    assert origin_of(report(WIRE, outlet="Reuters", after=1), cut) == cut.id


def test_two_cuts_are_one_origin_by_the_wire_between_them() -> None:
    first, wire, last = (
        report(WIRE[:6]),
        report(WIRE, outlet="Reuters", after=1),
        report(WIRE[14:], outlet="Dale Mail", after=2),
    )
    assert origin_of(last, first, wire) == first.id
    assert origin_of(last, first) == last.id


def test_a_long_piece_that_takes_in_a_line_of_a_wire_is_its_own() -> None:
    brief = report(WIRE[:2], outlet="Reuters")
    assert origin_of(report(WIRE, after=1), brief) != brief.id


def test_credit_lines_decide_near_the_threshold_and_alone_make_no_copy() -> None:
    near = Likeness(shared=40, of_earlier=0.45, of_later=0.4)
    assert is_copy(near, credited=True)
    assert not is_copy(near, credited=False)
    first = report(WIRE[:8], outlet="Reuters")
    assert origin_of(report(WIRE[8:16], after=1, end="(Reuters)"), first) != first.id


def test_who_is_credited() -> None:
    lines = {
        "(Reuters)": "reuters", "— Reuters": "reuters", "AFP contributed to this report.": "afp",
        "Additional reporting by Associated Press": "associated press", "Source: TASS": "tass",
    }  # fmt: skip
    for line, name in lines.items():
        assert credits_of(report(WIRE[:1], end=line)) == {"bree post", name}
    dated = from_text("MOSCOW, Jan 14 (Reuters) - Troops left the town on Tuesday.", IntakeOptions(published=DAY))
    assert credits_of(dated) == {"reuters"}


def test_what_is_compared_is_the_body_without_dateline_credits_and_boilerplate() -> None:
    plain = runs_of(report(WIRE[:3]))
    ends = (
        "(Reuters)",
        "Reporting by A. Took; Editing by B. Brandybuck",
        "AFP contributed to this report.",
        "© 2024 Bree Post",
        "Read more: elsewhere",
    )
    for end in ends:
        assert runs_of(report(WIRE[:3], end=end)) == plain
    dated = from_text(f"BREE, May 15 (Reuters) - {' '.join(WIRE[:3])}", IntakeOptions(published=DAY))
    assert runs_of(dated) == plain


def test_short_texts_are_copies_only_of_the_very_same_words() -> None:
    first = report(("Gondor signed the truce on Monday.",))
    assert origin_of(report(("Gondor signed the truce on Monday.",), outlet="Dale Mail", after=1), first) == first.id
    assert origin_of(report(("Gondor signed the truce on Tuesday.",), outlet="Dale Mail", after=1), first) != first.id
    empty = Report(id="e", headline=None, text="(Reuters)", body_start=0)
    assert origin_of(Report(id="f", headline=None, text="(Reuters)", body_start=0), empty) == "f"


def test_reports_of_one_conflict_in_other_words_are_no_copies() -> None:
    samples = [sample.report() for sample in load_samples()]
    assert all(origin_of(second, first) == second.id for first, second in combinations(samples, 2))
