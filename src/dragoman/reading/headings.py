"""Headlines -> parses: the reading among several in which the heading is most like a sentence.

A heading is parsed as it stands, with its plain verbs in the past form or after a 'will' ('Rebels fire missile'), with 'and'
for the comma between two who act ('Israel, Hamas agree'), with 'will' for the 'to' of a plan ('Envoy to visit camp'), with a verb
for the 'in' that stands for one ('Envoy in Nairobi for talks'), with the 'were' that headlines leave out ('Two monks
abducted'), and with 'said' or 'told' for the marks that stand for them ('Envoy: Rebels must go', 'Kenya to Chad: open border',
'Rebels broke truce - army'); the best parse is kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from dragoman.reading.headlines import verbs_of

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Token

_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_NAMING = frozenset({"NNP", "NNPS", "NN", "NNS", "JJ", "POS", "HYPH", "CD"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_CLAUSAL = frozenset({"ROOT", "ccomp", "advcl", "relcl", "conj", "acl", "parataxis", "aux", "auxpass"})
_LINKS = frozenset({",", "and", "but", ";"})
_BEST = 5.5  # the score of a plain sentence
_JOINED = 0.6  # what two who act together are worth over one
_WHILE = frozenset({"as", "while", "after", "before", "when", "between"})
_TALKS = frozenset("talks negotiations discussions consultations dialogue".split())
_ACTORS = frozenset(
    "rebels forces troops rivals allies leaders powers militias fighters sides foes neighbours neighbors".split()
)
_NOUNS = frozenset({"NN", "NNS", "NNP", "NNPS", "JJ", "CD", "DT", "PRP$"})
_PLAN = 0.4  # a plan read as such is worth more than as what hangs on a noun, less than a better sentence
_SPOKEN = 1.2  # a heading that tells who speaks is worth more read as speech than as names in a row
_TOPICS = frozenset(
    "war conflict crisis live analysis update updates explainer watch video exclusive breaking opinion profile timeline clashes "
    "attack attacks talks peace election elections vote news latest factbox explained report question answer key facts comment "
    "editorial letters briefing strike strikes violence unrest protests coup massacre siege fighting truce ceasefire deal summit "
    "q&a podcast interview feature gallery pictures photos map in on at amid after over".split()
)
_LONGEST_NAME = 6
_TRIED = 5  # candidates: a heading has few words that may be its verb


_PUT_IN = frozenset("said told will visited held were and that to".split())  # the words that variants put in


class Steps(Protocol):
    """What headings need of a pipeline: its steps, once they are asked for."""

    @property
    def nlp(self) -> Language: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class _Variant:
    """A heading with some words in other forms, and the token before which a word ('were', 'will') is put in."""

    forms: Mapping[int, str] = field(default_factory=dict)
    before: int | None = None
    inserted: str = "were"
    worth: float = 0.0


class Headings:
    """Reads headings with a pipeline; ``past`` maps each verb that may be meant to its past form."""

    def __init__(self, pipeline: Steps, past: Mapping[str, str], passives: frozenset[str]) -> None:
        self._pipeline = pipeline
        self._past = past
        self._thirds = {_third(verb): form for verb, form in past.items()}
        self._done = {past[verb] for verb in passives if verb in past}
        self._known = frozenset(past) | frozenset(past.values()) | frozenset(self._thirds)
        self._in_order = tuple(sorted(self._known))

    def rests_on(self, text: str) -> str:
        """Return what the reading of a heading rests on besides its words: what is known of verbs that may be among them."""
        small = text.lower()
        verbs = (word for word in self._in_order if word in small or word in _PUT_IN)
        return " ".join(
            f"{word}:{self._past.get(word, '')}:{self._thirds.get(word, '')}:{word in self._done}" for word in verbs
        )

    def read(self, doc: Doc) -> Doc:
        """Return the heading in its most likely parse; the words stay as many, some in another form."""
        best, score = doc, self._score(doc)
        for variant in self._variants(doc):
            joined = _JOINED * ("and" in variant.forms.values())
            if score >= _BEST + joined + variant.worth:
                continue
            told = self._parsed(doc, variant)
            if variant.worth == _SPOKEN and _acts(doc, max(variant.forms)) and not _acts(told, max(variant.forms)):
                continue  # what was said has lost its verb
            worth = self._score(told) + joined + variant.worth
            if worth > score:
                best, score = told, worth
        return best

    def _variants(self, doc: Doc) -> Iterator[_Variant]:
        words, tags = [token.text for token in doc], [token.tag_ for token in doc]
        yield from self._spoken(words, tags)
        joined = self._joined(words, tags)
        if joined:
            yield _Variant(forms=joined)
        plain = verbs_of(words, tags, self._past)
        if plain:
            yield _Variant(forms=joined | plain)
        candidates = self._candidates(words, tags)
        for token in candidates:
            yield _Variant(forms=joined | self._from(token, words))
        for token in candidates:
            if self._acts_plainly(token, words, tags):
                yield _Variant(forms=joined, before=token, inserted="will")
        yield from self._planned(words, tags, joined)
        yield from self._verbless(words, tags, joined)
        for token in range(1, len(words)):
            if words[token] in self._done and not any(tag in ("VBZ", "VBP", "MD") for tag in tags[:token]):
                yield _Variant(forms=joined, before=token)
                return

    def _acts_plainly(self, token: int, words: Sequence[str], tags: Sequence[str]) -> bool:
        """Return whether a word may be the plain verb between who acts and what is acted upon: 'Ostrans fire missile'."""
        several = tags[token - 1] in ("NNS", "NNPS") or words[token - 1][:1].isupper()
        return several and words[token] in self._past and tags[token + 1] in _NOUNS

    def _spoken(self, words: Sequence[str], tags: Sequence[str]) -> Iterator[_Variant]:
        """'Envoy: Rebels must go' as 'Envoy said …', 'Kenya to Chad: open border' as 'Kenya told Chad to open border'."""
        colon = next((t for t in range(1, len(words) - 2) if words[t] == ":"), 0)
        if colon and _names_somebody(words[:colon], tags[:colon]):
            to = next((t for t in range(1, colon - 1) if words[t] == "to"), 0)
            first = words[colon + 1]
            small = {colon + 1: first.lower()} if first.lower() in self._past and first[1:].islower() else {}
            if to and small:
                yield _Variant(forms={to: "told", colon: "to", **small}, worth=_SPOKEN)
            elif to:
                yield _Variant(forms={to: "told", colon: "that"}, worth=_SPOKEN)
            else:
                yield _Variant(forms={colon: "said", **small}, worth=_SPOKEN)

    def _planned(self, words: Sequence[str], tags: Sequence[str], joined: Mapping[int, str]) -> Iterator[_Variant]:
        """'Kenya to host talks': the 'to' of a plan as 'will'."""
        to = next((t for t in range(1, len(words) - 1) if words[t] == "to" and words[t + 1] in self._past), None)
        if to is not None and tags[to - 1] in _NAMING and words[to - 2] not in ("in", "at"):
            free = not any(tag in _FINITE or tag == "MD" for tag in tags[:to])
            free = free and not any(word in self._past and word.islower() for word in words[1 : to - 1])
            yield _Variant(forms={**joined, to: "will"}, worth=_PLAN if free else 0.0)

    def _verbless(self, words: Sequence[str], tags: Sequence[str], joined: Mapping[int, str]) -> Iterator[_Variant]:
        """'Envoy in Nairobi for talks' as 'visited Nairobi', 'Kenya and Chad in new talks' as 'held new talks'."""
        place = next((t for t in range(1, len(words) - 1) if words[t] == "in"), 0)
        if not place or any(tag not in _NAMING and tag != "CC" for tag in tags[:place]):
            return
        rest = words[place + 1 :]
        talks = next((n for n, word in enumerate(rest) if word in _TALKS), None)
        if talks is None:
            return
        if "for" in rest[:talks] and rest[0][:1].isupper():
            yield _Variant(forms={**joined, place: "visited"})
        elif all(tag in ("JJ", "NN", "VBN", "DT", "CD") for tag in tags[place + 1 : place + 1 + talks]):
            yield _Variant(forms={**joined, place: "held"})

    def _joined(self, words: Sequence[str], tags: Sequence[str]) -> dict[int, str]:
        """Return commas as 'and' that stand between two who do the one thing: 'Kenya, Chad sign pact', 'as Kenya, Chad meet'."""
        starts = [0, *(t + 1 for t, word in enumerate(words) if word in _WHILE)]
        found: dict[int, str] = {}
        for start, end in zip(starts, [*starts[1:], len(words)], strict=True):
            found |= self._joined_from(start, words[:end], tags)
        return found

    def _joined_from(self, start: int, words: Sequence[str], tags: Sequence[str]) -> dict[int, str]:
        comma = next((t for t in range(start, len(words)) if words[t] == ","), 0)
        if not start < comma < len(words) - 1 or any(tag not in _NAMING for tag in tags[start:comma]):
            return {}
        if start and words[start - 1] == "between":
            return {comma: "and"} if "and" not in words[start:] else {}
        if any(word in self._known and word.islower() and word not in _ACTORS for word in words[start + 1 : comma]):
            return {}
        for token in range(comma + 1, min(comma + 7, len(words))):
            if words[token] == ",":
                return {}
            if words[token] in self._past and words[token].islower() and token > comma + 1:
                return {comma: "and"}
            if tags[token] in ("VBD", "VBP", "MD"):
                return {comma: "and"} if token > comma + 1 else {}
        return {}

    def _candidates(self, words: Sequence[str], tags: Sequence[str]) -> list[int]:
        found = [
            token
            for token in range(1, len(words) - 1)
            if words[token].islower() and (words[token] in self._thirds or words[token] in self._past)
            if tags[token] != "MD" and words[token - 1].lower() not in ("to", "the", "a", "an", "of", "will")
        ]
        return found[:_TRIED]

    def _from(self, token: int, words: Sequence[str]) -> dict[int, str]:
        """Return a verb in the past form, with the verbs that follow it after a comma or 'and'."""
        after = (t for t in range(token + 2, len(words)) if words[t - 1] in _LINKS and words[t].islower())
        verbs = (t for t in after if words[t] in self._thirds or words[t] in self._past)
        return {t: self._told(words[t]) for t in (token, *verbs)}

    def _told(self, word: str) -> str:
        return self._thirds.get(word) or self._past[word]

    def _parsed(self, doc: Doc, variant: _Variant) -> Doc:
        """Return a variant's parse, with as many tokens as the heading has."""
        words = [variant.forms.get(token.i, token.text) for token in doc]
        spaces = [bool(token.whitespace_) for token in doc]
        at = variant.before
        if at is None:
            return self._run(type(doc)(doc.vocab, words=words, spaces=spaces))
        told = self._run(
            type(doc)(
                doc.vocab, words=[*words[:at], variant.inserted, *words[at:]], spaces=[*spaces[:at], True, *spaces[at:]]
            )
        )
        kept = [token for token in told if token.i != at]
        modal = variant.inserted == "will" and told[at].dep_ == "aux"
        return type(doc)(
            doc.vocab,
            words=words,
            spaces=spaces,
            tags=["VBP" if modal and token.i == told[at].head.i else token.tag_ for token in kept],
            deps=[token.dep_ for token in kept],
            heads=[_place(token, at) for token in kept],
        )

    def _run(self, doc: Doc) -> Doc:
        for _, component in self._pipeline.nlp.pipeline:
            doc = component(doc)
        return doc

    def _score(self, doc: Doc) -> float:
        """How much like a sentence a parse is: a finite verb that is known, with a subject before it, and nothing else."""
        roots = [token for token in doc if token.head.i == token.i]
        root = roots[0]
        told = root.tag_ in _FINITE or any(child.tag_ == "MD" for child in root.children)
        passive = any(child.dep_ == "nsubjpass" for child in root.children)
        if not (told or passive):
            return 0.0
        score = 2.0 + (root.text.lower() in self._known) - 0.5 * (len(roots) - 1)
        score += 2.0 * any(child.dep_ in _SUBJECTS and child.i < root.i for child in root.children)
        score -= any(t.tag_ in _FINITE and t.dep_ not in _CLAUSAL for t in doc)
        score -= 0.25 * any(t.dep_ == "dep" for t in doc)
        score += 0.5 * (passive or any(child.dep_ in ("dobj", "prep", "xcomp", "ccomp") for child in root.children))
        return score


def _names_somebody(words: Sequence[str], tags: Sequence[str]) -> bool:
    """Return whether words may be who speaks, and for whose ears: 'Rebel chief', 'Kenya to Chad'; no topic, no place."""
    named = all(tag in _NAMING or tag in ("CC", "TO", "IN", "VBG", "DT") for tag in tags)
    topic = any(word.lower() in _TOPICS or word.isdigit() for word in words)
    return named and not topic and len(words) <= _LONGEST_NAME


def _third(verb: str) -> str:
    """Return the form with -s.

    >>> [_third(verb) for verb in ("sign", "clash", "deny", "say", "go")]
    ['signs', 'clashes', 'denies', 'says', 'goes']
    """
    if verb.endswith(("s", "sh", "ch", "x", "z", "o")):
        return verb + "es"
    if verb.endswith("y") and verb[-2:-1] not in "aeiou":
        return verb[:-1] + "ies"
    return verb + "s"


def _place(token: Token, cut: int) -> int:
    """Return the place of a token's head where the token at ``cut`` is taken out; what hung on it hangs above it."""
    head = token.head if token.head.i != cut else token.head.head
    if head.i == cut:
        head = token
    return head.i - (head.i > cut)


def _acts(doc: Doc, after: int) -> bool:
    """Return whether a finite verb that is no part of a name stands behind a word."""
    return any(t.i > after and t.tag_ in _FINITE and t.dep_ not in ("compound", "amod", "nmod") for t in doc)
