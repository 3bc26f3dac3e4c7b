"""Update notices and datelines: what is taken out, what is noted, what stays."""

from __future__ import annotations

from datetime import date

import pytest

from dragoman.model import Report
from dragoman.reading.datelines import dateline_of
from dragoman.reading.intake import IntakeOptions, from_text
from dragoman.reading.notices import paragraphs_named, take_notices, take_prefix

HEADLINE = "Gondor leaves the Osgiliath talks"
FIRST = "The Gondor delegation left the talks with Mordor on Monday without signing the deal."
SECOND = "Mordor's envoy said that his side would not return to the talks before the spring."
BODY = f"{FIRST}\n\n{SECOND}"
TEXT = f"{HEADLINE}\n\n{BODY}"


def report(text: str, options: IntakeOptions | None = None) -> Report:
    return from_text(text, options or IntakeOptions())


def test_a_notice_becomes_the_revision() -> None:
    notice = "(Updates in second to fifth paragraphs with Denethor's demands)"
    one = report(f"UPDATE 2-{HEADLINE}\n\n{notice}\n\n{BODY}\n\nThis story was updated on Jan 15.")
    assert one.text == TEXT
    assert one.revision is not None
    assert one.revision.notice == f"UPDATE 2; {notice[1:-1]}; This story was updated on Jan 15."
    assert one.revision.paragraphs == (2, 3, 4, 5)


@pytest.mark.parametrize(
    ("notice", "paragraphs"),
    [
        ("Adds quote, background", ()),
        ("Recasts lead", (1,)),
        ("Corrects spelling in para 3", (3,)),
        ("Corrects day in headline", ()),
        ("Adds paragraphs 3-5", (3, 4, 5)),
        ("Adds quotes in paras 2, 4 and 6", (2, 4, 6)),
        ("Adds details in para 3, 20 dead", (3,)),
        ("Updates 2nd and 3rd paragraphs, paras 9 to 11", (2, 3, 9, 10, 11)),
        ("Adds detail in the twentieth paragraph", (20,)),
        ("Adds detail in the twenty-first paragraph", ()),
        ("Corrects to say talks lead to deal", ()),
    ],
)
def test_paragraphs_named(notice: str, paragraphs: tuple[int, ...]) -> None:
    assert paragraphs_named(notice) == paragraphs


@pytest.mark.parametrize(
    ("headline", "rest", "marks"),
    [
        ("WRAPUP 1-Gondor signs", "Gondor signs", ["WRAPUP 1"]),
        ("UPDATE: Gondor signs", "Gondor signs", ["UPDATE"]),
        ("Correction: Gondor story", "Gondor story", ["Correction"]),
        ("Gondor signs (Updated)", "Gondor signs", ["Updated"]),
        ("UPDATE 2-day talks end", "UPDATE 2-day talks end", []),
        ("Update on the war", "Update on the war", []),
        ("UPDATE 1-", "UPDATE 1-", []),
    ],
)
def test_headline_marks(headline: str, rest: str, marks: list[str]) -> None:
    assert take_prefix(headline) == (rest, marks)


@pytest.mark.parametrize(
    "line",
    [
        "(Adds quote (in English), background)",
        "[Corrects name]",
        "Editor's note: this article has been updated to add a reply.",
        "This article was amended on 5 May 2020. An earlier version said that 12 died.",
        "Correction: An earlier version of this story misstated the day.",
        "Updated: Jan 14, 2020 10:00 GMT",
    ],
)
def test_notice_lines_are_taken_out(line: str) -> None:
    blocks, notices = take_notices([[line]])
    assert not blocks
    assert notices == [line.strip("()[]") if line[0] in "([" else line]


@pytest.mark.parametrize(
    "line",
    [
        "(Reporting by Beregond; Editing by Ioreth)",
        "AFP contributed to this report",
        "© 2020 The Palantir",
        "Editor's note: the war began in 3018.",
        "Updated figures showed that 20 died on Monday.",
        "Correction: the army said 12 died.",
        "The story of the war was updated by nobody.",
    ],
)
def test_other_lines_stay(line: str) -> None:
    assert take_notices([[line]]) == ([[line]], [])


def test_a_notice_before_the_dateline_in_one_paragraph() -> None:
    one = report(f"{HEADLINE}\n\n(Adds\nquote) OSGILIATH (AFP) - {BODY}")
    assert one.text == f"{HEADLINE}\n\nOSGILIATH (AFP) - {BODY}"


# datelines

DAY = date(2020, 10, 15)


@pytest.mark.parametrize(
    ("line", "place", "day", "agency"),
    [
        ("MOSCOW, Jan 14 (Reuters) -", "MOSCOW", "2020-01-14", "Reuters"),
        ("JUBA (AFP) –", "JUBA", None, "AFP"),
        ("KYIV/MOSCOW, March 3 (Interfax) --", "KYIV/MOSCOW", "2020-03-03", "Interfax"),
        ("Geneva, 12 October 2020 —", "Geneva", "2020-10-12", None),
        ("NAIROBI, Kenya —", "NAIROBI, Kenya", None, None),
        ("ADDIS ABABA:", "ADDIS ABABA", None, None),
        ("MOSCOW, January 14. /TASS/.", "MOSCOW", "2020-01-14", "TASS"),
        ("PORT-AU-PRINCE, Haiti (AP) —", "PORT-AU-PRINCE, Haiti", None, "AP"),
        ("N'DJAMENA, Feb 29 (Reuters) -", "N'DJAMENA", "2020-02-29", "Reuters"),
        ("ISTANBUL, Dec. 31 (Xinhua) --", "ISTANBUL", "2019-12-31", "Xinhua"),
        ("ISTANBUL, Oct 16 (Xinhua) --", "ISTANBUL", "2020-10-16", "Xinhua"),
        ("Berlin (dpa) -", "Berlin", None, "dpa"),
        ("(Reuters) -", None, None, "Reuters"),
        ("GENEVA, Feb 31 (Reuters) -", "GENEVA", None, "Reuters"),
    ],
)
def test_datelines(line: str, place: str | None, day: str | None, agency: str | None) -> None:
    one = report(f"{HEADLINE}\n\n{line} {BODY}", IntakeOptions(published=DAY))
    assert one.dateline is not None
    span = one.dateline.span
    assert one.text[span.start : span.end] == line
    assert (one.dateline.place, one.dateline.agency) == (place, agency)
    assert one.dateline.day == (date.fromisoformat(day) if day else None)


@pytest.mark.parametrize(
    "body",
    [
        "NATO — which leads the mission — said that it would stay.",
        "Denethor (Gondor) - who left - said no.",
        "On Monday, 12 October 2020 — the day of the deal — Gondor signed.",
        "DENETHOR: We never signed.\n\nGRISHNAKH: They did.",
        "BREAKING: Gondor signs.",
        "Jan. 14 — Gondor leaves the talks.",
        "Gondor left - at last.",
        "OSGILIATH (AFP) -",
        "GONDOR - THE TALKS ARE OVER.",
    ],
)
def test_what_is_no_dateline(body: str) -> None:
    assert dateline_of(body, DAY) is None


def test_a_full_dateline_gives_the_day_of_publication() -> None:
    assert report(f"Geneva, 12 October 2020 — {BODY}").published == date(2020, 10, 12)
    assert report(f"Geneva, 12 October 2020 — {BODY}", IntakeOptions(published=DAY)).published == DAY


def test_the_ends_of_the_calendar() -> None:
    for day in (date.min, date.max):
        dateline_of("OSGILIATH, Jan 14 (AFP) - Gondor signed.", day)
    dateline_of("OSGILIATH, Jan 14, 0000 (AFP) - Gondor signed.", None)
