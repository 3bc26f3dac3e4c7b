"""Who says 'we' and 'I' in a statement that quotes nobody: its issuer, by its heading, its opening or its signature."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from dragoman.model import Kind
from dragoman.reading.actors import Actors
from dragoman.reading.cast import ORGANISED
from dragoman.reading.scenes import Scene

_TEXTS = frozenset(
    "statement communique communiqué declaration remark remarks address message letter release briefing speech appeal "
    "announcement proclamation manifesto reply answer".split()
)
_OPENING = 3  # sentences
_ISSUING = frozenset({"of", "by", "from"})
_SIGNED = 14  # words: a signature is no longer
_Fits = Callable[[str], bool]


class Authors:
    """The issuer of a report that is itself a statement, found once a report."""

    def __init__(self, actors: Actors, scenes: Sequence[Scene]) -> None:
        self._actors = actors
        self._scenes = scenes
        self._found: dict[bool, tuple[str, ...]] = {}

    def of(self, *, single: bool) -> tuple[str, ...]:
        """Return whom 'I' (``single``: a person) or 'we' (an organised group) stands for, or nobody."""
        if single not in self._found:
            fits = self._is_person if single else self._is_organised
            signs = (self._issued, self._signed) if single else (self._acting, self._issued, self._signed, self._headed)
            self._found[single] = next((ids for sign in signs for ids in sign(fits)), ())
        return self._found[single]

    def _is_person(self, identity: str) -> bool:
        return self._actors.cast.kind(identity) is Kind.PERSON

    def _is_organised(self, identity: str) -> bool:
        return self._actors.cast.kind(identity) in ORGANISED and identity not in self._actors.cast.nameless

    def _at(self, scene: Scene, token: int, fits: _Fits) -> tuple[str, ...]:
        heard = self._actors.heard(scene.tree.s.number, token)
        one = heard is not None and len(heard.ids) == 1 and heard.how != "pronoun" and fits(heard.ids[0])
        return heard.ids if heard is not None and one else ()

    def _acting(self, fits: _Fits) -> Iterator[tuple[str, ...]]:
        """'The Front, meeting in San Telmo, has decided': who acts in the opening sentences."""
        for scene in self._scenes[:_OPENING]:
            for clause in scene.clauses:
                for phrase in clause.roles.get("subject", ()):
                    if ids := self._at(scene, phrase.head, fits):
                        yield ids

    def _issued(self, fits: _Fits) -> Iterator[tuple[str, ...]]:
        """'Statement of the Front', 'the Special Envoy's remarks': whose the text is called."""
        for scene in self._scenes[:_OPENING]:
            tree = scene.tree
            for token, lemma in enumerate(tree.s.lemmas):
                if lemma.lower() not in _TEXTS:
                    continue
                after = [noun for preposition, noun in tree.prepositional(token) if preposition in _ISSUING]
                owner = tree.possessor(token)
                for noun in (*after, *((owner,) if owner is not None else ()), *tree.modifiers(token)):
                    if ids := self._at(scene, noun, fits):
                        yield ids

    def _signed(self, fits: _Fits) -> Iterator[tuple[str, ...]]:
        """'For the national committee: A. Pastrano': the names in a closing line without a verb."""
        for scene in reversed(self._scenes[-_OPENING:]):
            s = scene.tree.s
            if len(s.words) > _SIGNED or any(tag in ("VBD", "VBZ", "VBP", "MD") for tag in s.tags):
                continue
            names = [ids for token in range(len(s.words)) if (ids := self._at(scene, token, fits))]
            yield from sorted(names, key=lambda ids: self._actors.cast.kind(ids[0]) is not Kind.ARMED_GROUP)

    def _headed(self, fits: _Fits) -> Iterator[tuple[str, ...]]:
        """The first group that the heading names."""
        for scene in self._scenes[:1]:
            for token in range(len(scene.tree.s.words)):
                if ids := self._at(scene, token, fits):
                    yield ids
