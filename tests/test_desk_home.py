"""The first page of the desk, in a browser."""

from __future__ import annotations

import pytest
from desking import Browsed, overflows, violations


def test_the_first_page_shows_the_conflicts_that_reports_tell_of(browsed: Browsed) -> None:
    page = browsed("/")
    assert [each.inner_text() for each in page.locator("article h2").all()] == ["Sorvia and Karva", "Libya"]


@pytest.mark.parametrize(("narrow", "dark"), [(False, False), (True, True)])
@pytest.mark.parametrize("path", ["/", "/?as_of=2020-01-13", "/nowhere"])
def test_pages_are_fit_for_all(browsed: Browsed, path: str, narrow: bool, dark: bool) -> None:
    page = browsed(path, narrow=narrow, dark=dark)
    assert (violations(page), overflows(page)) == ([], [])
