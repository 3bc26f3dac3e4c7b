"""Look through a built site: ``python tools/check_site.py build/manual [--external]``.

Every link inside must lead to a file that is there, and to an anchor that is on its page; every picture must be there and have words;
nothing may be loaded from another host; what was meant as a list or a table must have become one. With ``--external`` the links to
other hosts are listed; nobody is asked for them. Exit status 1 where something is wrong.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from lxml import html

_LOADED = {
    "script": "src",
    "img": "src",
    "iframe": "src",
    "source": "src",
    "video": "src",
    "link": "href",
    "object": "data",
}
_PLAIN_LINKS = frozenset({"canonical", "next", "prev", "alternate"})  # of <link>: nothing is loaded by them
_NO_LIST = re.compile(r"(?:^|\n)(?:[-*] |\d+\. |\|.*\|)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One page: its anchors, where it leads and what it loads, and what looks wrong in its text."""

    anchors: frozenset[str]
    links: tuple[str, ...]
    loads: tuple[str, ...]
    wrong: tuple[str, ...]


def look(text: bytes) -> Seen:
    """Return what a page has.

    >>> look(b'<main><p id="a">x</p><a href="b.html#c">y</a></main>').links
    ('b.html#c',)
    """
    tree = html.document_fromstring(text)
    elements = [each for each in tree.iter() if isinstance(each.tag, str)]
    loads = [
        each.get(_LOADED[each.tag]) or ""
        for each in elements
        if each.tag in _LOADED and each.get(_LOADED[each.tag]) and each.get("rel") not in _PLAIN_LINKS
    ]
    return Seen(
        anchors=frozenset(name for each in elements for name in (each.get("id"), each.get("name")) if name),
        links=tuple(each.get("href") or "" for each in elements if each.tag == "a" and each.get("href") is not None),
        loads=tuple(loads),
        wrong=tuple(_wrong(elements)),
    )


def faults(site: Path) -> list[str]:
    """Return what is wrong on a site, each with its page."""
    pages = {path.relative_to(site).as_posix(): look(path.read_bytes()) for path in sorted(site.rglob("*.html"))}
    return [f"{name}: {fault}" for name, seen in pages.items() for fault in _faults_of(site, name, seen, pages)]


def external(site: Path) -> list[str]:
    """Return the links to other hosts, each once."""
    links = {link for path in site.rglob("*.html") for link in look(path.read_bytes()).links}
    return sorted(link for link in links if urlsplit(link).netloc)


def _wrong(elements: list[html.HtmlElement]) -> Iterator[str]:
    for each in elements:
        if each.tag == "img" and not (each.get("alt") or "").strip():
            yield f"picture {each.get('src')} has no words"
        if each.tag == "p" and (found := _NO_LIST.search(_own_text(each))):
            yield f"{found[0].strip()!r} became no list or table (is there an empty line before it?): {each.text_content()[:60]!r}"


def _own_text(element: html.HtmlElement) -> str:
    """Return the text of an element; what stands in others in it ('<b>1. Look.</b>') is a dot."""
    return (element.text or "") + "".join("." + (inner.tail or "") for inner in element)


def _faults_of(site: Path, name: str, seen: Seen, pages: Mapping[str, Seen]) -> Iterator[str]:
    yield from seen.wrong
    for link in seen.loads:
        if urlsplit(link).netloc:
            yield f"loads {link} from another host"
    for link in (*seen.links, *seen.loads):
        parts = urlsplit(link)
        if parts.netloc or parts.scheme:
            continue
        target = _target(site, name, unquote(parts.path))
        if target is None:
            yield f"{link} leads nowhere"
        elif parts.fragment and target in pages and unquote(parts.fragment) not in pages[target].anchors:
            yield f"{link}: there is no such anchor on {target}"


def _target(site: Path, name: str, path: str) -> str | None:
    """Return the file of the site that a path of a page means; None where there is none."""
    if not path:
        return name
    start = site if path.startswith("/") else (site / name).parent
    found = (start / path.lstrip("/")).resolve()
    if found.is_dir():
        found /= "index.html"
    return (
        found.relative_to(site.resolve()).as_posix()
        if found.is_file() and found.is_relative_to(site.resolve())
        else None
    )


def main() -> int:
    """Print what is wrong; return the exit status."""
    site = Path(next((each for each in sys.argv[1:] if not each.startswith("-")), "build/manual"))
    if not (site / "index.html").exists():
        print(f"{site}: there is no site; run make manual", file=sys.stderr)
        return 1
    found = faults(site)
    for fault in found:
        print(fault, file=sys.stderr)
    others = external(site)
    if "--external" in sys.argv[1:]:
        print("\n".join(others))
    pages = len(list(site.rglob("*.html")))
    print(f"{pages} pages, {len(found)} faults; {len(others)} links to other hosts, not asked")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
