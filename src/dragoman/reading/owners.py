"""Whose a thing is that is nobody itself: what the words with it and the clause that hangs on it say."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from dragoman.model import Phrase, merged
from dragoman.reading.memory import Heard
from dragoman.reading.tree import Tree
from dragoman.rulebook.types import Rulebook

_FIRE = frozenset({"fire", "firing", "gunfire"})
_PARTS = frozenset({"wing", "branch", "arm", "affiliate", "offshoot", "faction", "successor"})
_SIGNING = frozenset(
    "sign ratify accept reject refuse initial approve endorse join".split()
)  # who does so made no text
_OWNING = frozenset(
    "belong use hold run own operate control occupy man garrison defend link tie affiliate launch fire drop throw lob plant "
    "detonate lay set place rig leave bury send shoot explode".split()
)
_HOSTING = frozenset({"host", "house", "accommodate", "shelter", "carry"})  # 'a base that hosts US troops' is theirs
_COUNTED = frozenset(
    "one some several many most dozen score hundred thousand number series string group cluster handful".split()
)
_WEAPONS = frozenset(
    "drone jet warplane plane aircraft helicopter artillery gunboat tank missile rocket gunship warship".split()
)


class Owners:
    """Asks who stands behind a noun; ``heard`` is what the noun phrases of the report were resolved to, as it grows."""

    def __init__(
        self,
        rulebook: Rulebook,
        heard: Mapping[tuple[int, int], Heard],
        qualified: Callable[[Tree, int], tuple[str, ...]],
        named: Callable[[Tree, int], tuple[str, ...] | None],
    ) -> None:
        self._words = rulebook.words
        self._heard = heard
        self._qualified = qualified
        self._named = named
        self._nobodies = (
            rulebook.words("person_words")
            | rulebook.words("kin_words")
            | rulebook.words("related_words")
            | {"aide", "ally"}
        ) - {"envoy"}

    def behind(self, tree: Tree, phrase: Phrase, *, acting: bool = False) -> tuple[str, ...]:
        """Return who stands behind a noun that is nobody itself: 'the decision of the court', 'LNA positions'."""
        number, head = tree.s.number, phrase.head
        if tree.s.lemmas[head] in self._nobodies or (acting and tree.s.lemmas[head] in self._words("owned_acts")):
            shot = self._qualified(tree, head) if tree.s.lemmas[head] in _FIRE else ()
            return (self._whose(tree, head) or shot) if tree.s.lemmas[head] in self._words("owned_acts") else ()
        if tree.s.lemmas[head] in _COUNTED or tree.s.tags[head] == "CD":
            inner = next((noun for prep, noun in tree.prepositional(head) if prep == "of"), None)
            if inner is not None:
                told = self._heard.get((number, inner))
                return told.ids if told is not None else self.behind(tree, tree.phrase(inner), acting=acting)
        owner = tree.possessor(head)
        if owner is not None and (heard := self._heard.get((number, owner))) is not None:
            return heard.ids
        if tree.s.lemmas[head] in _PARTS:
            whole = [self._heard.get((number, noun)) for prep, noun in tree.prepositional(head) if prep == "of"]
            return next((heard.ids for heard in whole if heard is not None), ())
        for modifier in tree.modifiers(head):
            heard = self._heard.get((number, modifier))
            if heard is not None and heard.how != "seat":
                return heard.ids
        sheltered = tree.s.lemmas[head] in self._words("shelter_words") and not acting
        for preposition, noun in tree.prepositional(head):
            heard = self._heard.get((number, noun))
            if (
                preposition
                in (("by", "of") if acting else ("of", "against", "by", "on", *(("for",) if sheltered else ())))
                and heard is not None
                and heard.how != "seat"
            ):
                return heard.ids
        return self.holders(tree, head, hosts=not acting) or self._qualified(tree, head)

    def holders(self, tree: Tree, head: int, *, hosts: bool = False) -> tuple[str, ...]:
        """Return who uses or owns a thing by the clause that hangs on it: 'a depot that X uses', 'targets belonging to X'."""
        for verb in tree.children(head, "relcl", "acl"):
            hosting = hosts and tree.s.lemmas[verb] in _HOSTING
            if tree.s.lemmas[verb] not in _OWNING and not hosting:
                continue
            hosted = tree.children(verb, "dobj") if hosting else []
            subjects = [t for t in tree.children(verb, "nsubj") if tree.s.tags[t] not in ("WDT", "WP")] + hosted
            by = [noun for preposition, noun in tree.prepositional(verb) if preposition in ("by", "to")]
            for token in (*subjects, *by):
                heard = self._heard.get((tree.s.number, token))
                if heard is not None:
                    return heard.ids
        return ()

    def authors(self, tree: Tree, head: int, depth: int = 0) -> tuple[str, ...]:
        """Return who made a thing by the clause that hangs on it or on its 'of': 'the result of the vote that X held'."""
        for verb in tree.children(head, "relcl", "acl"):
            relative = any(tree.s.tags[t] in ("WDT", "WP") for t in tree.children(verb, "nsubj"))
            if (
                tree.s.lemmas[verb] in _SIGNING
                or tree.s.tags[verb] == "VBG"
                or (relative and not tree.children(verb, "agent"))
            ):
                continue
            by = [noun for preposition, noun in tree.prepositional(verb) if preposition == "by"]
            found = [self._heard.get((tree.s.number, token)) for token in (*tree.children(verb, "nsubj"), *by)]
            ids = next((heard.ids for heard in found if heard is not None and heard.how != "seat"), ())
            if ids:
                return ids
        inner = [noun for preposition, noun in tree.prepositional(head) if preposition in ("of", "in", "on", "for")]
        return merged(self.authors(tree, noun, depth + 1) for noun in inner) if depth < 2 else ()

    def _whose(self, tree: Tree, head: int) -> tuple[str, ...]:
        """Return whose an act is by the words before it or a 'by' after it: never its target."""
        for token in (tree.possessor(head), *tree.modifiers(head)):
            heard = self._heard.get((tree.s.number, token)) if token is not None else None
            if heard is not None and heard.how != "seat":
                return heard.ids
        carried = [noun for verb in tree.children(head, "acl") for p, noun in tree.prepositional(verb) if p == "by"]
        nouns = [noun for preposition, noun in tree.prepositional(head) if preposition in ("by", "from")]
        for noun in (*nouns, *carried):
            heard = self._heard.get((tree.s.number, noun))
            if heard is not None and heard.how != "seat":
                return heard.ids
        armed = [n for p, n in tree.prepositional(head) if p == "of" and tree.s.lemmas[n] in _WEAPONS]
        sent = next((heard.ids for n in armed if (heard := self._heard.get((tree.s.number, n))) is not None), ())
        return sent or self._named(tree, head) or ()

    def issuers(self, tree: Tree, head: int) -> tuple[str, ...]:
        """Return whose a statement, letter or report is that 'says' something, by the words with it."""
        if tree.s.lemmas[head].lower() not in self._words("statement_words"):
            return ()
        nouns = [tree.possessor(head), *tree.modifiers(head)]
        nouns += [noun for preposition, noun in tree.prepositional(head) if preposition in ("by", "from", "of")]
        for verb in tree.children(head, "acl"):
            nouns += [noun for preposition, noun in tree.prepositional(verb) if preposition in ("by", "from")]
        heard = [self._heard.get((tree.s.number, noun)) for noun in nouns if noun is not None]
        return next((one.ids for one in heard if one is not None), ())
