"""What the fuzzer feeds to intake, reading and rulebook: made from choices, so that two ways of choosing share one grammar.

A made input is bytes that say all that is needed to try it again: fuzz_checks.py takes them, and a finding is kept as them.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol, TypeVar

from fuzz_words import BASES, FORMS, KEYS, MARKS, PIECES, SENTENCES, SLOTS, VALUES

_Item = TypeVar("_Item")
_LONGEST = 4000


class Choices(Protocol):
    """Who chooses: the bytes of libFuzzer, or Hypothesis."""

    def below(self, number: int) -> int:
        """Return a number from 0 to ``number`` excluded."""

    def text(self, most: int) -> str:
        """Return any text of at most so many characters."""

    def data(self, most: int) -> bytes:
        """Return any bytes, at most so many."""


def intake_made(choices: Choices) -> bytes:
    """Return a line that names a form, and bytes to be taken in by it: a whole file with changes, or pieces of several."""
    form = one_of(choices, FORMS)
    if choices.below(8) == 0:
        data = choices.data(400)
    elif choices.below(2):
        data = _changed(choices, one_of(choices, PIECES[form] or PIECES["stream"]))
    else:
        every = [piece for pieces in PIECES.values() for piece in pieces]
        data = b"".join(_piece(choices, every) for _ in range(1 + choices.below(8)))
    return form.encode() + b"\n" + data


def reading_made(choices: Choices) -> bytes:
    """Return a report's text: news by a grammar, with noise."""
    return news(choices).encode("utf-8", "surrogatepass")


def trees_made(choices: Choices) -> bytes:
    """Return a report's text and numbers by which its parse is changed: any pipeline may be installed, and may err anywhere."""
    changes = [[choices.below(1 << 12) for _ in range(4)] for _ in range(1 + choices.below(12))]
    return json.dumps({"text": news(choices), "changes": changes}).encode()


def rulebook_made(choices: Choices) -> bytes:
    """Return the files of a small rulebook as JSON, by name: sound ones with changes, tables of any values, or any text."""
    texts = dict(one_of(choices, BASES))
    for _ in range(1 + choices.below(3)):
        name = one_of(choices, sorted(texts))
        texts[name] = _file_changed(choices, name, texts[name])
    return json.dumps(texts).encode()


MAKERS: Mapping[str, Callable[[Choices], bytes]] = {
    "intake": intake_made, "reading": reading_made, "trees": trees_made, "rulebook": rulebook_made,
}  # fmt: skip
"""What makes the inputs of each target."""


def one_of(choices: Choices, items: Sequence[_Item]) -> _Item:
    """Return one of the items."""
    return items[choices.below(len(items))]


def news(choices: Choices) -> str:
    """Return a report of a few paragraphs, with a headline, notices and a dateline where it is so chosen."""
    parts = [_paragraph(choices) for _ in range(1 + choices.below(4))]
    if choices.below(4) == 0:
        parts[0] = _filled(choices, one_of(choices, SLOTS["dateline"])) + parts[0]
    if choices.below(3) == 0:
        parts.insert(0, _filled(choices, one_of(choices, SLOTS["headline"])))
    if choices.below(6) == 0:
        parts.insert(choices.below(len(parts) + 1), _filled(choices, one_of(choices, SLOTS["notice"])))
    text = "\n\n".join(parts)
    for _ in range(choices.below(4)):
        text = _noisy(choices, text)
    return text[:_LONGEST]


def _paragraph(choices: Choices) -> str:
    return one_of(choices, (" ", " ", " ", "", "\n", "  ")).join(
        _sentence(choices) for _ in range(1 + choices.below(3))
    )


def _sentence(choices: Choices) -> str:
    if choices.below(16) == 0:
        return choices.text(80)
    return _filled(choices, one_of(choices, SENTENCES))


def _filled(choices: Choices, pattern: str, depth: int = 0) -> str:
    """Return a pattern with each '{slot}' filled by one of what the slot has, itself a pattern."""
    made, rest = [], pattern
    while "{" in rest:
        before, _, rest = rest.partition("{")
        slot, _, rest = rest.partition("}")
        made.append(before)
        if slot == "clause" and depth > 3:
            made.append("it rained")
        elif slot == "number":
            made.append(str(choices.below(one_of(choices, (3, 40, 3000, 10**9)))))
        elif slot == "any":
            made.append(choices.text(20))
        else:
            made.append(_filled(choices, one_of(choices, SLOTS[slot]), depth + 1))
    return "".join(made) + rest


def _noisy(choices: Choices, text: str) -> str:
    """Return a text with one change: a mark put in, a word gone, doubled, shouted or joined to the next, a cut."""
    place = choices.below(len(text) + 1)
    mark = one_of(choices, MARKS)
    words = text.split(" ")
    word = choices.below(len(words))
    changes: Sequence[Callable[[], str]] = (
        lambda: text[:place] + mark + text[place:],
        lambda: text[:place] + mark * (1 + choices.below(60)) + text[place:],
        lambda: " ".join(words[:word] + words[word + 1 :]),
        lambda: " ".join([*words[:word], words[word], *words[word:]]),
        lambda: " ".join([*words[:word], words[word].upper(), *words[word + 1 :]]),
        lambda: " ".join(words[:word]) + " ".join(words[word:]),
        lambda: text[:place],
        lambda: text[place:] + " " + text[:place],
        text.upper,
        text.lower,
        text.title,
        lambda: text[:place] + choices.text(12) + text[place:],
        lambda: text.replace(one_of(choices, (".", ",", "”", "“", " ")), mark),
    )
    return one_of(choices, changes)()


def _piece(choices: Choices, every: Sequence[bytes]) -> bytes:
    kind = choices.below(4)
    if kind == 0:
        return one_of(choices, MARKS).encode("utf-8", "surrogatepass")
    if kind == 1:
        return choices.data(12)
    whole = one_of(choices, every)
    start = choices.below(len(whole) + 1)
    return whole[start : start + choices.below(len(whole) + 1)]


def _changed(choices: Choices, data: bytes) -> bytes:
    """Return bytes with a few changes: something put in, taken out, doubled."""
    for _ in range(choices.below(6)):
        start = choices.below(len(data) + 1)
        size = choices.below(min(len(data) - start, 60) + 1)
        kind = choices.below(5)
        if kind == 0:
            data = data[:start] + data[start + size :]
        elif kind == 1:
            data = data[: start + size] + data[start:]
        elif kind == 2:
            data = data[:start] + one_of(choices, MARKS).encode("utf-8", "surrogatepass") + data[start:]
        elif kind == 3:
            data = data[:start] + data[start : start + size] * (1 + choices.below(200)) + data[start + size :]
        else:
            data = data[:start] + choices.data(12) + data[start + size :]
    return data


def _file_changed(choices: Choices, name: str, text: str) -> str:
    """Return a file of a rulebook with one change."""
    kind = choices.below(8)
    if kind == 0:
        return _changed(choices, text.encode()).decode("utf-8", "replace")
    if kind == 1:
        return text + "\n" + "\n".join(_toml_line(choices) for _ in range(1 + choices.below(3))) + "\n"
    if kind == 2:
        return "\n".join(_toml_line(choices) for _ in range(1 + choices.below(5))) + "\n"
    if kind == 3:
        head = one_of(choices, KEYS["tables"])
        return f"{text}\n{head}\n" + "\n".join(_toml_line(choices) for _ in range(1 + choices.below(8))) + "\n"
    lines = text.split("\n")
    places = [number for number, line in enumerate(lines) if "=" in line]
    if not places:
        return text
    place = one_of(choices, places)
    key = lines[place].partition("=")[0].strip()
    if kind == 4:
        lines[place] = f"{key} = {_toml_value(choices)}"
    elif kind == 5:
        lines.pop(place)
    elif kind == 6:
        lines[place] = f"{_toml_key(choices)} ={lines[place].partition('=')[2]}"
    else:
        lines[place] = _value_swapped(choices, lines[place])
    return "\n".join(lines)


def _value_swapped(choices: Choices, line: str) -> str:
    """Return a line with one of its texts in quotes, lists or tables replaced by any value."""
    parts = line.split('"')
    if len(parts) < 3:
        return line
    place = 1 + 2 * choices.below(len(parts) // 2)
    before, after = '"'.join(parts[:place]), '"'.join(parts[place + 1 :])
    return before + _toml_value(choices) + after


def _toml_line(choices: Choices) -> str:
    return f"{_toml_key(choices)} = {_toml_value(choices)}"


def _toml_key(choices: Choices) -> str:
    return json.dumps(choices.text(6)) if choices.below(12) == 0 else one_of(choices, KEYS["keys"])


def _toml_value(choices: Choices, depth: int = 0) -> str:
    """Return any value as TOML writes it, often one that has a meaning somewhere."""
    kind = choices.below(9 if depth < 3 else 5)
    if kind < 3:
        return json.dumps(one_of(choices, VALUES["texts"]))
    if kind == 3:
        return one_of(choices, VALUES["others"])
    if kind == 4:
        return _quoted(choices.text(12))
    if kind < 7:
        return "[" + ", ".join(_toml_value(choices, depth + 1) for _ in range(choices.below(4))) + "]"
    pairs = {_toml_key(choices): _toml_value(choices, depth + 1) for _ in range(choices.below(4))}
    return "{" + ", ".join(f"{key} = {value}" for key, value in pairs.items()) + "}"


def _quoted(text: Any) -> str:
    """Return a text in quotes as TOML reads it: what JSON has as pairs of surrogates stands as it is."""
    return json.dumps(text.encode("utf-8", "ignore").decode(), ensure_ascii=False).replace("\x7f", "\\u007F")
