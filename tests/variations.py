"""A report in other spelling, other quotation marks, other transliterations, other paragraphs: what must not change its reading."""

from __future__ import annotations

import re
from collections.abc import Callable

from dragoman.reading.parse import Parser

# British stem, American stem; each is a beginning of words or stands inside one
ATLANTIC = (
    ("organis", "organiz"), ("recognis", "recogniz"), ("mobilis", "mobiliz"), ("apologis", "apologiz"), ("criticis", "criticiz"),
    ("stabilis", "stabiliz"), ("normalis", "normaliz"), ("authoris", "authoriz"), ("paralys", "paralyz"),
    ("defence", "defense"), ("centre", "center"), ("theatre", "theater"), ("neighbour", "neighbor"), ("labour", "labor"),
    ("favour", "favor"), ("honoured", "honored"), ("harbour", "harbor"), ("rumour", "rumor"), ("armoured", "armored"),
    ("colour", "color"),
    ("programme", "program"), ("travelled", "traveled"), ("cancelled", "canceled"), ("signalled", "signaled"),
    ("ceasefire", "cease-fire"),
)  # fmt: skip
# two usual spellings of one name
SPELLINGS = (
    ("Zelenskiy", "Zelensky"), ("Hezbollah", "Hizbullah"), ("Houthi", "Huthi"), ("Haftar", "Hifter"), ("Erdogan", "Erdoğan"),
    ("al-Sarraj", "al-Serraj"), ("Kyiv", "Kiev"), ("Taliban", "Taleban"), ("Salame", "Salamé"), ("Gaddafi", "Qaddafi"),
    ("Sergei", "Sergey"), ("Shabaab", "Shabab"), ("Tshisekedi", "Tshisékédi"), ("Vucic", "Vučić"), ("Akinci", "Akıncı"),
)  # fmt: skip
_OPENING = re.compile(r'(?<![\w.,?!])"')


def american(text: str) -> str:
    """Return the text in American spelling."""
    return _replaced(text, ATLANTIC)


def british(text: str) -> str:
    """Return the text in British spelling."""
    return _replaced(text, tuple((there, here) for here, there in ATLANTIC))


def curly(text: str) -> str:
    """Return the text with typographic quotation marks and apostrophes."""
    return _OPENING.sub("“", text).replace('"', "”").replace("'", "’")


def respelled(text: str) -> str:
    """Return the text with names in another usual spelling."""
    return _replaced(text, SPELLINGS)


def split(text: str, parser: Parser) -> str:
    """Return the text with each sentence as its own paragraph, but for those that a quotation holds together."""
    cuts = [s.start for s in parser.sentences(text) if _may_cut(text, s.start)]
    for cut in reversed(cuts):
        text = f"{text[: cut - 1]}\n\n{text[cut:]}"
    return text


def _may_cut(text: str, start: int) -> bool:
    paragraph = text[:start].rsplit("\n", 1)[-1] + text[start:].split("\n", 1)[0]
    return start > 0 and text[start - 1] == " " and not set('"“”') & set(paragraph)


def _replaced(text: str, pairs: tuple[tuple[str, str], ...]) -> str:
    for one, other in pairs:
        for here, there in ((one, other), (one.capitalize(), other.capitalize())):
            text = text.replace(here, there)
    return text


def plain(name: str) -> str:
    """Return a name in one form for all spellings, so that readings can be compared."""
    return american(respelled(name)).lower()


VARIATIONS: dict[str, Callable[[str, Parser], str]] = {
    "american": lambda text, _: american(text),
    "british": lambda text, _: british(text),
    "curly": lambda text, _: curly(text),
    "respelled": lambda text, _: respelled(text),
    "split": split,
}
