"""What goes over the wire for a page with all that it names: scripts, styles, pictures; and what a browser keeps for the next one."""

from __future__ import annotations

import re

import httpx
import pytest

MOST = 300_000  # bytes
_NAMED = re.compile(r"""(?:href|src)="(/static/[^"#]+)""")


def _weight(client: httpx.Client, address: str) -> dict[str, int]:
    """Return how many bytes go over the wire for a page and for each thing that it names."""
    assets = dict.fromkeys(_NAMED.findall(client.get(address).text))
    found = {}
    for each in (address, *assets):
        with client.stream("GET", each) as answer:
            assert answer.status_code == 200, each
            found[each] = sum(len(part) for part in answer.iter_raw())
    return found


@pytest.mark.parametrize(
    "address", ["/", "/conflicts/libya", "/conflicts/libya/map", "/conflicts/libya/timeline", "/reports"]
)
def test_a_page_with_all_that_it_loads_is_light(served: str, address: str) -> None:
    with httpx.Client(base_url=served, timeout=60) as client:
        weight = _weight(client, address)
    assert len(weight) > 3  # page, style, scripts
    assert sum(weight.values()) <= MOST, weight


def test_what_a_page_names_is_kept_by_the_browser(served: str) -> None:
    with httpx.Client(base_url=served, timeout=60) as client:
        for asset in dict.fromkeys(_NAMED.findall(client.get("/").text)):
            assert "immutable" in client.get(asset).headers["Cache-Control"], asset
            assert "?v=" in asset
