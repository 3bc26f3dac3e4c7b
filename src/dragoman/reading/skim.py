"""A look at a text's words before it is parsed: which paragraphs can give a claim or a record, and which reports tell of none.

A paragraph is left out where no frame's necessary condition is met (triggers.py) and nobody is named whom another paragraph may
mean. A whole report is left out where too few of its words and names are those of war, rule and envoys: nine of ten stories of
sport, trade or weather meet some frame's condition, and give claims that nobody asks for (docs/decisions/0010-skim.md).
Words are looked up with the lemma tables of the parser, so that a word is every dictionary form that the parse may give it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from dragoman.model import Kind, Unread
from dragoman.reading.names import NameIndex
from dragoman.reading.parse import rough_count
from dragoman.reading.tree import SAME
from dragoman.reading.triggers import QUOTED, STEM, Triggers, bits, triggers
from dragoman.rulebook.spelling import fold
from dragoman.rulebook.types import Rulebook

WHY = "skipped: too few words of a rule, of war or of rule to be parsed"
_WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")
_QUOTE = re.compile(r"[\"“”„«»:]")
_MOST = 200_000  # words remembered
# what the parser reads in a word for which its tables have nothing: contractions, and the answers that refuse
_READ_AS = {
    "s": ("be", "have"), "re": ("be",), "m": ("be",), "ve": ("have",), "d": ("would", "have"), "ll": ("will",), "wo": ("will",),
    "won": ("will",), "shan": ("shall",), "ca": ("can",), "cannot": ("can", "not"), "t": ("not",), "nt": ("not",),
    "don": ("do",), "didn": ("do",), "doesn": ("do",), "isn": ("be",), "aren": ("be",), "wasn": ("be",), "weren": ("be",),
    "hasn": ("have",), "haven": ("have",), "hadn": ("have",), "wouldn": ("would",), "couldn": ("could",), "mustn": ("must",),
    "shouldn": ("should",), "needn": ("need",), "mightn": ("might",), "no": ("reject",), "not": ("reject",), "never": ("reject",),
    "hands": ("keep",),
}  # fmt: skip
_NAMED = re.compile(r"(?<=[\w,;] )[^\W\d_a-z]")  # a capital inside a sentence
# what a name of the roster tells of a report, by what bears it
_WEIGHTS = {kind: 0 for kind in Kind} | {
    Kind.ARMED_GROUP: 3, Kind.GOVERNMENT: 3, Kind.PERSON: 2, Kind.GROUP: 2, Kind.IGO: 2, Kind.STATE: 1, Kind.PLACE: 1, Kind.NGO: 1,
}  # fmt: skip
_DENSE, _THIN = 5.5, 3.5  # points for a hundred words: of a report that is read, of one that needs further signs
_STRONG = 3  # words or names that count more than once
_LONG = 600  # code points: a paragraph in which some condition is met as good as always
_BRIEF = 80  # words: a report of a few sentences, which may tell of nobody whom we know ('Rohan sued Gondor.')
_SHORT = 200  # words: a report in which chance signs weigh little against the cost of reading it
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
        return found | {SAME[part]} if part in SAME else found


@dataclass(frozen=True, slots=True, kw_only=True)
class Signs:
    """What tells whether a report is of war or rule: how many ``words`` it has, their ``points``, and how many are ``strong``."""

    words: int
    points: int
    strong: int

    @property
    def per_hundred(self) -> float:
        """Return the points for a hundred words."""
        return 100 * self.points / max(self.words, 1)

    @property
    def enough(self) -> bool:
        """Return whether the report is to be read: a brief one, dense signs, a few strong ones, or a few in a short report."""
        if self.words < _BRIEF or self.per_hundred >= _DENSE:
            return True
        return self.per_hundred >= _THIN and (self.strong >= _STRONG or self.words < _SHORT)


def skipped_sentences(paragraphs: Sequence[str], left_out: frozenset[int], parsed: Sequence[int]) -> Iterator[Unread]:
    """Yield the sentences of paragraphs that were left out, numbered as if parsed; ``parsed`` has the paragraph of each other."""
    number = 0
    counts = Counter(parsed)
    for place, paragraph in enumerate(paragraphs):
        if place in left_out:
            count = rough_count(paragraph)
            yield from (Unread(sentence=number + one, why=WHY) for one in range(1, count + 1))
            number += count
        else:
            number += counts[place]


class Skim:
    """Decides by words alone what of a report is parsed; ``forms`` gives the dictionary forms that a word may have."""

    def __init__(self, rulebook: Rulebook, index: NameIndex, forms: Callable[[str], frozenset[str]]) -> None:
        self._rulebook = rulebook
        self._words: tuple[Triggers, Lexicon] | None = (
            None  # made when a paragraph is first asked about: it takes a while
        )
        self._forms = forms
        self._index = index
        self._kinds = {identity: actor.kind for identity, actor in rulebook.roster.items()}
        self._lists = ((rulebook.words("conflict_signs"), 2), (rulebook.words("public_signs"), 1))
        self._points: dict[str, int] = {}
        self._nouns = frozenset(word for agent in rulebook.agents for word in agent.words if " " not in word)

    def wanted(self, text: str, *, heading: bool = False) -> bool:
        """Return whether a paragraph has the words that a frame or a record needs; where it has not, it gives no claim."""
        if self._words is None:
            found = triggers(self._rulebook)
            self._words = found, Lexicon(found, self._forms)
        conditions, lexicon = self._words
        return conditions.met(lexicon.of(text, heading=heading))

    def report_wanted(self, text: str) -> bool:
        """Return whether a report has enough words and names of war, rule and envoys to be parsed at all."""
        return self.signs(text).enough

    def signs(self, text: str) -> Signs:
        """Return the signs of a text: its words by two lists of words.toml, and the names that the roster knows."""
        words = _WORD.findall(fold(text).lower())
        known = self._points
        told = [known[word] if word in known else self._look_up(word) for word in words]
        named = [max(_WEIGHTS[self._kinds[i]] for i in hit.ids) for hit in self._index.find(text)]
        strong = sum(point > 1 for point in told) + sum(point > 1 for point in named)
        return Signs(words=len(words), points=sum(told) + sum(named), strong=strong)

    def names_somebody(self, text: str) -> bool:
        """Return whether a paragraph may say of whom another speaks: a name (by its capital or the roster) or a noun of agents."""
        if _NAMED.search(text) or self._index.find(text):
            return True
        return not self._nouns.isdisjoint(_WORD.findall(text.lower()))

    def left_out(self, paragraphs: Sequence[str], text: str) -> frozenset[int]:
        """Return which paragraphs (from 0) of a report need no parse: all of them where the report tells of no conflict.

        Who is named is asked first: in news nearly every paragraph names somebody, and is then parsed.
        """
        if not self.report_wanted(text):
            return frozenset(range(len(paragraphs)))
        nameless = (number for number, each in enumerate(paragraphs) if not self.names_somebody(each))
        return frozenset(number for number in nameless if not self.wanted(paragraphs[number], heading=number == 0))

    def _look_up(self, word: str) -> int:
        if len(self._points) > _MOST:
            self._points.clear()
        forms = {form for part in bits(word) for form in (part, *self._forms(part))}
        found = self._points[word] = next((points for words, points in self._lists if not words.isdisjoint(forms)), 0)
        return found
