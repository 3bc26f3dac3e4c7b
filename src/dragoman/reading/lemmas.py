"""Words -> dictionary forms, by the tables that the pipeline's own lemmatizer brings, each word looked up once."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.lookups import Lookups

Tables = dict[str, tuple[dict[str, list[str]], dict[str, object], list[list[str]]]]


def tables_in(lookups: Lookups) -> Tables:
    """Return the tables of a lemmatizer by kind of word: exceptions, known words, rules."""
    rules, exceptions, index = (
        lookups.get_table(f"lemma_{name}") if lookups.has_table(f"lemma_{name}") else {}
        for name in ("rules", "exc", "index")
    )
    return {
        kind: (exceptions.get(kind, {}), dict.fromkeys(index.get(kind, ())), rules.get(kind, []))
        for kind in ("verb", "noun", "adj")
    }


class Lemmas:
    """Dictionary forms by the pipeline's own tables (spaCy's rule lemmatizer), each word looked up once."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._known: dict[tuple[str, str], str] = {}

    def of(self, word: str, tag: str) -> str:
        if tag[:2] == "NN" and len(word) > 2 and word.isupper():
            return word.lower()  # 'ECOWAS' is no plural
        key = (word, tag)
        lemma = self._known.get(key)
        if lemma is None:
            if len(self._known) > 200_000:
                self._known.clear()
            lemma = self._known[key] = self._look_up(word.lower(), tag)
        return lemma

    def _look_up(self, word: str, tag: str) -> str:
        kind = {"V": "verb", "N": "noun", "J": "adj", "M": "verb"}.get(tag[:1])
        if word in _FIXED and tag[:1] in "VM":
            return _FIXED[word]
        if kind is None or kind not in self._tables or tag in ("NN", "JJ", "MD"):
            return word
        if kind == "noun" and word in _PLURALS:
            return _PLURALS[word]
        exceptions, index, rules = self._tables[kind]
        if (tag in ("VB", "VBP") and word in index) or (tag == "VB" and word not in exceptions):
            return word
        if word in exceptions:
            return exceptions[word][0]
        forms = (word[: len(word) - len(old)] + new for old, new in rules if word.endswith(old))
        good = next((form for form in _preferred(forms, word, index)), None)
        return good or word


def _preferred(forms: Iterable[str], word: str, index: dict[str, object]) -> Iterator[str]:
    candidates = [form for form in forms if form]
    if word.endswith("ied"):
        candidates.insert(0, word[:-3] + "y")
    elif word.endswith("ed") and len(word) > 5 and word[-3] not in "aeiou" and word[-4] not in "aeiou":
        candidates.insert(len(candidates) if word[-3] in "csv" else 0, word[:-2])
    yield from (form for form in candidates if form in index and form != word)
    if word.endswith(("ed", "ing")) and not word.endswith("ied"):
        yield _stem(word.removesuffix("ed").removesuffix("ing"), index)
    yield from (form for form in candidates if form != word and len(form) > 2)


def _stem(stem: str, index: Container[str] = ()) -> str:
    """Return the dictionary form of a verb that the tables do not know, from what stands before its 'ed' or 'ing'.

    >>> _stem("cordon"), _stem("gutt"), _stem("rearrest"), _stem("demin", {"mine"})
    ('cordon', 'gut', 'rearrest', 'demine')
    """
    if stem[-1:] == stem[-2:-1] and stem[-1:] in "bdglmnprt":
        return stem[:-1]
    for form in (stem, f"{stem}e"):
        if any(form[start:] in index for start in range(1, len(form) - 3)):
            return form  # 're-arrest', 'dis-invite'
    silent = stem.endswith(
        ("c", "s", "v", "z", "u", "ng", "rg", "dg", "if", "iat", "uat", "tl", "bl", "pl", "gl", "dl", "fl")
    )
    short = len(stem) < 4 and stem[-1:] not in "wxy"
    return f"{stem}e" if (silent or short) and not stem.endswith(("ss", "gang")) else stem


_FIXED = {
    "'s": "be", "’s": "be", "'re": "be", "'m": "be", "is": "be", "are": "be", "was": "be", "were": "be",
    "been": "be", "being": "be", "am": "be", "has": "have", "had": "have", "'ve": "have", "'d": "would",
    "'ll": "will", "wo": "will", "ca": "can", "did": "do", "does": "do", "done": "do", "n't": "not",
    "left": "leave", "found": "find", "shot": "shoot", "held": "hold", "fled": "flee", "met": "meet",
    "installed": "install", "installing": "install", "singing": "sing", "swinging": "swing",
    "led": "lead", "routed": "rout", "fell": "fall", "felt": "feel", "sent": "send", "lay": "lay", "laid": "lay",
}  # fmt: skip
_PLURALS = {  # of which the tables make what no list of words looks for: 'marche', 'medium', 'good'
    "marches": "march",
    **{
        word: word
        for word in "media data barracks headquarters premises goods outskirts series customs crossroads".split()
    },
}


_TAILS = {"in": "-in", "out": "out", "off": "off", "up": "up", "back": "back", "down": "down", "over": "over"}


def joined_up(lemmas: Sequence[str], tags: Sequence[str]) -> tuple[str, ...]:
    """Return the lemmas with those of 'cease-fire', 'cease fire', 'pull-out', 'sit-in' and 're-open' where they are one word.

    >>> joined_up(["a", "cease", "-", "fire"], ["DT", "NN", "HYPH", "NN"])
    ('a', 'cease', '-', 'ceasefire')
    >>> joined_up(["the", "pull", "-", "out"], ["DT", "NN", "HYPH", "NN"])
    ('the', 'pull', '-', 'pullout')
    >>> joined_up(["re", "-", "open"], ["VB", "HYPH", "VB"])
    ('re', '-', 'reopen')
    """
    found = list(lemmas)
    for token in range(1, len(found)):
        if token > 1 and lemmas[token - 1] == "-" and lemmas[token - 2].isalpha():
            before, word = lemmas[token - 2].lower(), lemmas[token].lower().removesuffix("s")
            if word in _TAILS and tags[token][:2] == "NN":
                found[token] = before + _TAILS[word]
            elif before in ("re", "co") and tags[token][:2] in ("NN", "VB"):
                found[token] = before + lemmas[token].lower()
        apart = token > 1 and lemmas[token - 1] == "-" and lemmas[token - 2].lower() == "cease"
        whole = lemmas[token - 1].lower() == "cease" and tags[token - 1][:2] in ("NN", "JJ")
        if lemmas[token].lower() == "fire" and tags[token][:2] == "NN" and (apart or whole):
            found[token] = "ceasefire"
    return tuple(found)
