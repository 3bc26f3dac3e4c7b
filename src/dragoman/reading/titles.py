"""What a report says of a person beside his name: his titles, and the body or the master whom he serves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dragoman.model import Kind
from dragoman.reading.callings import Names, spoken_for
from dragoman.reading.cast import ORGANISED, Cast, Person
from dragoman.reading.memory import Heard
from dragoman.reading.tree import Tree

_CIVIL_GENERALS = frozenset(
    {"secretary", "attorney", "governor", "director", "consul", "inspector", "solicitor", "auditor"}
)
_LADIES = frozenset({"mrs", "mrs.", "ms", "ms."})
_ONCE = frozenset({"former", "ex", "late", "ousted", "deposed", "then", "ex-president"})


class Titles:
    """Keeps in the cast what the words around the name of a person tell of him."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.agents = cast.rulebook.agent_of

    def note_titles(self, tree: Tree, span: tuple[int, int], person: str, names: Names) -> None:
        """Note the titles beside a person's name, and whom they serve."""
        start, end = span
        s = tree.s
        known = self.cast.people.setdefault(person, Person())
        token, once = start - 1, False
        while token >= 0 and (s.tags[token][:1] in "NJ" or s.words[token] in ("'s", "-", "'")) and start - token < 7:
            once = once or s.words[token].lower() in _ONCE
            self._note_body(s.words[token].lower(), known)
            if s.words[token].lower() == "minister" and s.words[token - 1].lower() == "prime":
                known.titles.add("premier")
            if not _civil(s.words, token):
                word = s.words[token].lower()  # 'Mrs' has the lemma 'mr'
                self._note_title(word if word in _LADIES else s.lemmas[token].lower(), known)
            self._note_owner(names(token), known)
            if s.words[token] in ("'s", "'"):
                self._note_master(names(token - 1), person, known)
            token -= 1
        if once:
            known.titles.clear()
        head = next((t for t in range(end - 1, start - 1, -1) if not start <= s.heads[t] < end), end - 1)
        titled = self._titled_by(tree, head) if s.deps[head] == "appos" else []
        for apposed in (*tree.appositives(head), *titled):
            self._note_title(s.lemmas[apposed].lower(), known)
            owner = tree.possessor(apposed)
            if owner is not None:
                self._note_body(s.words[owner].lower(), known)
                self._note_master(names(owner), person, known)
            for name in (
                *((owner,) if owner is not None else ()),
                *tree.modifiers(apposed),
                *[noun for prep, noun in tree.prepositional(apposed) if prep in ("of", "for", "from", "with")],
            ):
                self._note_title(s.lemmas[name].lower(), known)
                self._note_body(s.words[name].lower(), known)
                self._note_owner(names(name), known)
        code = next((self.cast.code(owner) for owner in sorted(known.owners) if self.cast.code(owner)), None)
        self.cast.learn(person, code=code)

    def _titled_by(self, tree: Tree, head: int) -> list[int]:
        """Return the noun that a name stands beside, and the title over it: 'a spokesman for Kenya's ruling party, X'."""
        noun = tree.s.heads[head]
        found = [noun]
        for _ in range(2):
            if tree.s.deps[noun] != "pobj" or tree.s.lemmas[noun].lower() in self.cast.rulebook.words("person_words"):
                break
            noun = tree.s.heads[tree.s.heads[noun]]
            if tree.s.lemmas[noun].lower() in self.cast.rulebook.words("person_words") and tree.s.tags[noun] == "NN":
                found.append(noun)
                break
        return found

    def note_served(self, tree: Tree, head: int, person: str, heard: Mapping[tuple[int, int], Heard]) -> None:
        """Note whom a person serves by the words beside his name that are no name: 'X, an official of the group'."""
        known = self.cast.people.get(person)
        served = self.cast.actor(person) is not None and self.cast.side_of(person) is not None
        if known is None:
            return
        for ids in spoken_for(tree, head, heard):
            if len(ids) == 1 and self.cast.kind(ids[0]) in ORGANISED:
                known.owners.add(ids[0])
                known.titles.add("spokesperson")
        if known.owners or served:
            return
        beside = [tree.s.heads[head]] if tree.s.deps[head] == "appos" else []  # 'its chief negotiator, X'
        for apposed in (*tree.appositives(head), *beside):
            if tree.s.lemmas[apposed].lower() not in self.cast.rulebook.words("person_words"):
                continue
            nouns = [noun for preposition, noun in tree.prepositional(apposed) if preposition in ("of", "for", "from")]
            owner = tree.possessor(apposed)
            for noun in (*nouns, *((owner,) if owner is not None else ())):
                told = heard.get((tree.s.number, noun))
                if told is not None and len(told.ids) == 1 and self.cast.kind(told.ids[0]) in ORGANISED:
                    known.owners.update(told.ids)

    def _note_title(self, word: str, known: Person) -> None:
        if word in self.cast.rulebook.words("person_words") or word in self.cast.rulebook.words("honorifics"):
            known.titles.add(word)

    def _note_body(self, word: str, known: Person) -> None:
        if word in self.agents:
            known.bodies.add(word)

    def _note_owner(self, hit: tuple[tuple[str, ...], str] | None, known: Person) -> None:
        if hit is not None and self.cast.kind(hit[0][0]) in ORGANISED:
            known.owners.update(hit[0])

    def _note_master(self, hit: tuple[tuple[str, ...], str] | None, person: str, known: Person) -> None:
        """'Doru's spokesman': whom a person speaks for may be a person."""
        if hit is not None and hit[0][0] != person and self.cast.kind(hit[0][0]) is Kind.PERSON:
            known.masters.update(hit[0])


def _civil(words: Sequence[str], token: int) -> bool:
    """Say whether a 'general' is an office's and no soldier: 'Secretary-General', 'attorney general'."""
    before = next((words[t].lower() for t in (token - 1, token - 2) if t >= 0 and words[t] != "-"), "")
    return words[token].lower() == "general" and before in _CIVIL_GENERALS
