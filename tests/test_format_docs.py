"""The pages of event formats name every column that is written."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dragoman.export.formats import acled, cameo, ceasefires, papers
from dragoman.export.formats.plover import PloverEvent

PAGES = Path(__file__).parent.parent / "docs" / "formats"
COLUMNS = {
    "plover": PloverEvent.__struct_encode_fields__,
    "cameo": cameo.COLUMNS,
    "acled": acled.COLUMNS,
    "ceasefires": ceasefires.COLUMNS,
    "agreements": (*papers.AGREEMENTS, *papers.SIGNATORIES),
}


@pytest.mark.parametrize("name", COLUMNS)
def test_the_page_of_a_format_names_its_columns(name: str) -> None:
    """A column may stand on its page by its ending alone, after one that has the same beginning: `cf_dec_yr`, `_month`."""
    said = set(re.findall(r"[\w…]+", (PAGES / f"{name}.md").read_text(encoding="utf-8")))
    endings = {word for word in said if word.startswith("_")}
    spans = [re.compile(re.escape(word).replace("…", r"\w*")) for word in said if "…" in word]

    def is_said(column: str) -> bool:
        if column in said or any(column.endswith(ending) for ending in endings):
            return True
        return any(span.fullmatch(column) for span in spans) or column.startswith("Actor2")

    assert [column for column in COLUMNS[name] if not is_said(column)] == []
