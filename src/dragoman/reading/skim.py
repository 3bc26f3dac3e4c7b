"""A look at a text's words before it is parsed: which paragraphs can give a claim or a record, which reports none at all.

Words are looked up with the lemma tables of the parser, so that a word is every dictionary form that the parse may give it.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from dragoman.reading.triggers import QUOTED, STEM, Triggers, bits
from dragoman.rulebook.spelling import fold

_WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")
_QUOTE = re.compile(r"[\"“”„«»:]")
_MOST = 200_000  # words remembered
_KIN = {  # prepositions that stand for one another in the roles of clauses
    "upon": "on", "round": "around", "onto": "on", "towards": "toward", "till": "until", "amongst": "among", "amidst": "amid",
}  # fmt: skip
# what the parser reads in a word for which its tables have nothing: contractions, and the answers that refuse
_READ_AS = {
    "s": ("be", "have"), "re": ("be",), "m": ("be",), "ve": ("have",), "d": ("would", "have"), "ll": ("will",), "wo": ("will",),
    "won": ("will",), "shan": ("shall",), "ca": ("can",), "cannot": ("can", "not"), "t": ("not",), "nt": ("not",),
    "don": ("do",), "didn": ("do",), "doesn": ("do",), "isn": ("be",), "aren": ("be",), "wasn": ("be",), "weren": ("be",),
    "hasn": ("have",), "haven": ("have",), "hadn": ("have",), "wouldn": ("would",), "couldn": ("could",), "mustn": ("must",),
    "shouldn": ("should",), "needn": ("need",), "mightn": ("might",), "no": ("reject",), "not": ("reject",), "never": ("reject",),
    "hands": ("keep",),
}  # fmt: skip
_HEADING = {"in": ("visit", "hold")}  # 'Envoy in Nairobi for talks'


class Lexicon:
    """The dictionary forms of a text's words, of those that a rulebook looks at; each word is looked up once."""

    def __init__(self, triggers: Triggers, forms: Callable[[str], frozenset[str]]) -> None:
        self._looked = triggers.words
        self._stems = tuple(stem.removesuffix(STEM) for stem in triggers.stems)
        self._forms = forms
        self._known: dict[str, frozenset[str]] = {}

    def of(self, text: str, *, heading: bool = False) -> frozenset[str]:
        """Return every form that is looked at of every word in a text.

        'pull-out' has those of pull, out and pullout; a quotation mark or a colon is one of its words (``QUOTED``).
        """
        words = set(_WORD.findall(fold(text).lower()))
        found = frozenset[str]().union(*map(self._word, words))
        found |= {QUOTED} if _QUOTE.search(text) else set()
        if "cease" in found and "fire" in found:
            found |= {"ceasefire"}
        if heading:
            found = found.union(*(added for word, added in _HEADING.items() if word in words))
        return found

    def _word(self, word: str) -> frozenset[str]:
        found = self._known.get(word)
        if found is None:
            if len(self._known) > _MOST:
                self._known.clear()
            found = self._known[word] = frozenset(self._read(word)) & self._looked
        return found

    def _read(self, word: str) -> set[str]:
        parts = bits(word)
        found = {form for part in {*parts, "".join(parts)} for form in self._part(part)}
        return found | {stem + STEM for stem in self._stems if any(part.startswith(stem) for part in parts)}

    def _part(self, part: str) -> set[str]:
        found = {part, part.removesuffix("s"), *self._forms(part), *_READ_AS.get(part, ())}
        return found | {_KIN[part]} if part in _KIN else found
