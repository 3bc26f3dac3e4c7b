"""What a notebook has of a reading: rows for a data frame, a table in HTML that no report can break out of."""

from __future__ import annotations

from datetime import date
from html.parser import HTMLParser

import dragoman

RAID = "Raid on Isengard\n\nRohan's army shelled the port of Isengard on Monday, killing four sailors, a witness said."


def test_rows_are_flat() -> None:
    reading = dragoman.read(RAID, published="2024-05-15", outlet="Edoras Post")
    rows = reading.rows()
    assert len(rows) == len(reading.claims) > 0
    row = rows[0]
    assert row["event"] == "ASSAULT"
    assert (row["earliest"], row["latest"], row["published"]) == (
        date(2024, 5, 13),
        date(2024, 5, 13),
        date(2024, 5, 15),
    )
    assert row["outlet"] == "Edoras Post"
    assert reading.report.text[row["start"] : row["end"]] == row["sentence"]
    assert all(isinstance(value, str | bool | int | float | date | None) for row in rows for value in row.values())
    assert {tuple(row) for row in rows} == {tuple(rows[0])}


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def test_the_table_escapes_all_that_a_report_says() -> None:
    hostile = "<script>alert('x')</script> Raid <img src=x>\n\nRohan attacked the \"Isengard\" <b onclick=x>camp</b> on Monday & won."
    reading = dragoman.read(hostile, published="2024-05-15", outlet="<i>Post</i>")
    assert reading.claims
    page = _Tags()
    page.feed(reading._repr_html_())
    assert set(page.tags) <= {"div", "p", "b", "table", "thead", "tbody", "tr", "th", "td"}
    assert page.tags.count("b") == 1
    assert "<i>Post</i>" in "".join(page.text)
    assert page.tags.count("tr") == len(reading.claims) + 1


def test_a_reading_without_claims_says_so() -> None:
    reading = dragoman.read("The orchestra of Edoras gave a concert.", published="2024-05-15")
    assert not reading.claims
    assert "no claims" in reading._repr_html_()
    assert reading.rows() == []
