"""Reports that grow in one thing: length, names, quotes, brackets, … each made by number and of any size. Our own words."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from itertools import count, takewhile

_STARTS = ("Ar", "Bel", "Cor", "Dun", "Er", "Fal", "Gar", "Hal", "Ist", "Jor", "Kel", "Lor", "Mar", "Nor", "Os", "Per")
_MIDDLES = ("a", "e", "i", "o", "u", "ai", "ea", "ou", "an", "en", "in", "on", "ar", "er", "ir", "or")
_ENDS = (
    "dor",
    "mir",
    "gath",
    "lin",
    "ras",
    "wen",
    "zan",
    "bek",
    "tov",
    "nik",
    "rad",
    "sul",
    "tan",
    "vic",
    "yar",
    "dis",
)
_STATES = (
    "Armenia", "Azerbaijan", "Kenya", "Somalia", "Chad", "Sudan", "Egypt", "Turkey", "Mali", "Niger", "Serbia", "Kosovo",
    "India", "Pakistan", "Thailand", "Cambodia", "Colombia", "Venezuela", "Rwanda", "Burundi",
)  # fmt: skip
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = ("January", "March", "May", "July", "August", "October", "December")


def name(number: int) -> str:
    """Return an invented name; numbers up to 4,096 give different ones, and higher ones two words.

    >>> name(0), name(4096 + 17)
    ('Arador', 'Belemir Belador')
    """
    one = _STARTS[number % 16] + _MIDDLES[number // 16 % 16] + _ENDS[number // 256 % 16]
    return one if number < 4096 else f"{_STARTS[number % 16]}{_MIDDLES[number // 16 % 16]}mir {name(number // 4096)}"


def state(number: int) -> str:
    """Return the name of a state."""
    return _STATES[number % len(_STATES)]


def _plain(n: int) -> str:
    acts = (
        "{a} accused {b} on {d} of shelling the town of {p}.",
        "Officials from {a} and {b} agreed to hold talks in {p} next week.",
        "The rebels rejected the truce that {a} had offered, a spokesman said.",
        "Rain fell on the hills around {p}, and the market stayed closed.",
        "{b} released {n} prisoners near {p} and urged {a} to do the same.",
    )
    return acts[n % 5].format(a=state(n), b=state(n + 7), d=_DAYS[n % 7], p=name(n % 50), n=n % 90 + 2)


def _names(n: int) -> str:
    return f"General {name(2 * n)} {name(2 * n + 1)} met {name(n // 2)} on {_DAYS[n % 7]}."


def _groups(n: int) -> str:
    return f"The {name(n)} Liberation Front ({name(n)[:2].upper()}LF) attacked the {name(n + 1)} Army."


def _pronouns(n: int) -> str:
    return "He said that they had attacked them, and she told him that it would reject their demand."


def _quotes(n: int) -> str:
    return f"“We will not leave {name(n % 60)},” he said. “They broke the truce.”"


def _says(n: int) -> str:
    return f"{state(n)} said {state(n + 3)} had said that {state(n + 5)} denied that it attacked {state(n + 8)}."


def _dates(n: int) -> str:
    return f"{state(n)} shelled {state(n + 1)} on {n % 28 + 1} {_MONTHS[n % 7]} {1990 + n % 30}, two days after {_DAYS[n % 7]}."


def _parentheses(n: int) -> str:
    return f"{state(n)} (which ({name(n)}) left) met ({state(n + 1)}) [sic] on {_DAYS[n % 7]} (see {n})."


def _datelines(n: int) -> str:
    return f"\n\n{name(n).upper()}, {_MONTHS[n % 7][:3]} {n % 28 + 1} (AFP) - {state(n)} attacked {state(n + 1)}.\n\n"


def _notices(n: int) -> str:
    return f"\n\n(Updates with comment of {name(n)} in paragraph {n})\n\n{state(n)} attacked {state(n + 1)}.\n\n"


def _truces(n: int) -> str:
    return (
        f"{state(n)} and {state(n + 1)} signed a ceasefire in {name(n)} on {_DAYS[n % 7]}. {state(n)} broke the truce, {state(n + 1)} said. "
        f"{state(n + 2)} will send arms to {state(n)}. {state(n + 3)} demanded that {state(n + 1)} withdraw."
    )


def _series(opening: str, item: Callable[[int], str], closing: str) -> Callable[[int], str]:
    """Return what makes one sentence of as many items as have room."""

    def made(size: int) -> str:
        return opening + "".join(_filled(item, size - len(opening) - len(closing))) + closing

    return made


def _filled(item: Callable[[int], str], size: int) -> Iterator[str]:
    used = 0

    def fits(piece: str) -> bool:
        nonlocal used
        used += len(piece)
        return used <= size

    return takewhile(fits, map(item, count()))


def _sentences(sentence: Callable[[int], str], each: int = 4) -> Callable[[int], str]:
    """Return what makes paragraphs of ``each`` sentences."""

    def item(n: int) -> str:
        return sentence(n) + ("\n\n" if n % each == each - 1 else " ")

    return lambda size: "".join(_filled(item, size))


TEXTS: Mapping[str, Callable[[int], str]] = {
    "length": _sentences(_plain),
    "names": _sentences(_names),
    "entities": _sentences(_groups),
    "pronouns": _sentences(_pronouns),
    "quotes": _sentences(_quotes),
    "said": _sentences(_says),
    "dates": _sentences(_dates),
    "parentheses": _sentences(_parentheses),
    "datelines": _sentences(_datelines, 1),
    "notices": _sentences(_notices, 1),
    "truces": _sentences(_truces, 2),
    "one paragraph": lambda size: "".join(_filled(lambda n: _plain(n) + " ", size)),
    "one line of commas": _series("", lambda n: f"{state(n)}, {name(n)}, ", "met on Monday."),
    "one sentence": _series(
        "Kenya ", lambda n: f"attacked {state(n)} and shelled {name(n)} and ", "met Chad on Monday."
    ),
    "one list": _series(
        "Kenya attacked Chad; ", lambda n: f"{state(n)} accused {state(n + 1)} of it; ", "and that was all."
    ),
    "one nest of said": _series("", lambda n: f"{state(n)} said that ", "Chad attacked Kenya."),
    "one nest of brackets": lambda size: f"Kenya met {'(' * (size // 2)}Chad{')' * (size // 2)} on Monday.",
    "one open quote": _series("“", lambda n: _plain(n) + " ", ""),
    "marks of quotes": lambda size: f"Kenya attacked Chad on Monday. {'“”' * (size // 2)} It rained.",
    "one word": lambda size: f"Kenya attacked {'x' * size} on Monday.",
    "one word of hyphens": lambda size: f"Kenya attacked {'ab-' * (size // 3)}c on Monday.",
    "one number": lambda size: f"Kenya attacked Chad on {'1,' * (size // 2)}000 Monday.",
    "capitals": _series("KENYA ", lambda n: f"ATTACKED {state(n).upper()} AND ", "MET CHAD ON MONDAY."),
    "full stops": lambda size: f"Kenya attacked Chad. {'. ' * (size // 2)}It rained.",
    "short lines": lambda size: "Kenya attacked Chad.\n\n" * (size // 22),
}
"""What makes a body of about so many characters, by what grows in it."""


def _page(body: str) -> bytes:
    return f"<html><head><title>Kenya attacks</title></head><body><article>{body}</article></body></html>".encode()


_SENTENCE = "<p>Kenya attacked the town of Arador on Monday, officials of the army said.</p>"


def _lines(size: int) -> bytes:
    return b"".join(json.dumps({"text": _plain(n), "id": str(n)}).encode() + b"\n" for n in range(size // 90))


FILES: Mapping[str, tuple[str, Callable[[int], bytes]]] = {
    "plain lines": ("text", lambda size: ("Kenya attacked Chad on Monday.\n" * (size // 31)).encode()),
    "blank lines": ("text", lambda size: b"Kenya attacked Chad on Monday." + b"\n \n" * (size // 3) + b"It rained."),
    "tags": ("html", lambda size: _page(_SENTENCE * (size // len(_SENTENCE)))),
    "inline tags": ("html", lambda size: _page(f"<p>Kenya attacked Chad {'<b>x</b> ' * (size // 9)} on Monday.</p>" + _SENTENCE)),
    "depth of tags": ("html", lambda size: _page("<div>" * (size // 11) + _SENTENCE + "</div>" * (size // 11))),
    "tags not closed": ("html", lambda size: _page("<div><p>Kenya left. <b>" * (size // 22) + _SENTENCE)),
    "attributes": ("html", lambda size: _page(f"<p {' '.join(f'a{n}=1' for n in range(size // 8))}>x</p>" + _SENTENCE)),
    "entities of HTML": ("html", lambda size: _page(f"<p>Kenya attacked Chad {'&amp; ' * (size // 6)}.</p>" + _SENTENCE)),
    "comments of HTML": ("html", lambda size: _page("<!-- x -->" * (size // 10) + _SENTENCE)),
    "links": ("html", lambda size: _page(_SENTENCE + "<p><a href='/a'>Kenya</a></p>" * (size // 30))),
    "depth of JSON": ("json", lambda size: b'{"text": "Kenya left.", "a": ' + b"[" * (size // 2) + b"]" * (size // 2) + b"}"),
    "list of JSON": ("json", lambda size: b"[" + b",".join(_lines(size).splitlines()) + b"]"),
    "keys of JSON": ("json", lambda size: json.dumps({"text": "Kenya left.", **{f"k{n}": n for n in range(size // 13)}}).encode()),
    "JSON lines": ("jsonl", _lines),
    "lines of CSV": ("csv", lambda size: b"text,published\n" + b'"Kenya attacked Chad.",2020-01-02\n' * (size // 33)),
    "columns of CSV": ("csv", lambda size: b"text" + b",c" * (size // 4) + b"\nKenya left." + b",1" * (size // 4) + b"\n"),
    "one field of CSV": ("csv", lambda size: b'text\n"' + b'Kenya left. ""x"" \n' * (size // 19) + b'"\n'),
    "items of a feed": ("feed", lambda size: b"<rss version='2.0'><channel>" + b"<item><title>Kenya left</title><description>Kenya left Chad on Monday.</description></item>" * (size // 90) + b"</channel></rss>"),
    "depth of a feed": ("feed", lambda size: b"<rss version='2.0'><channel><item><title>A</title>" + b"<a>" * (size // 7) + b"</a>" * (size // 7) + b"</item></channel></rss>"),
    "LexisNexis": ("lexisnexis", lambda size: b"".join(b"%d of 9 DOCUMENTS\n\nThe Paper\n\nMay 5, 2020 Monday\n\nKenya leaves\n\nLENGTH: 4 words\n\nKenya left Chad on Monday.\n\n" % n for n in range(size // 110))),
    "LexisNexis, one": ("lexisnexis", lambda size: b"1 of 9 DOCUMENTS\n\nThe Paper\n\nLENGTH: 4 words\n\n" + b"Kenya left Chad.\n\n" * (size // 18)),
    "LexisNexis, head": ("lexisnexis", lambda size: b"1 of 9 DOCUMENTS\n\nThe Paper\n\nLENGTH: 4 words\n" + b"and more\n" * (size // 9) + b"\nKenya left.\n"),
    "Factiva": ("factiva", lambda size: b"".join(b"HD Kenya leaves\nWC 5 words\nPD 5 May 2020\nSN The Paper\nLP\nKenya left Chad on Monday.\n\nAN Document X%06d\n\n" % n for n in range(size // 100))),
    "Factiva, one": ("factiva", lambda size: b"HD Kenya leaves\nWC 5 words\nPD 5 May 2020\nSN The Paper\nLP\n" + b"Kenya left Chad.\n\n" * (size // 18) + b"AN Document X1\n"),
}  # fmt: skip
"""What makes a file of about so many bytes, by what grows in it, with the form in which it is read."""
