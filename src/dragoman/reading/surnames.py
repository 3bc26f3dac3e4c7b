"""Names of one word: a surname alone, an acronym met before, a name after a title, a half of a divided country."""

from __future__ import annotations

from dragoman.model import Entity, Kind
from dragoman.reading.cast import Cast, slug
from dragoman.reading.named import Named, with_article
from dragoman.reading.names import NameIndex, bare, fold
from dragoman.reading.parse import Sentence
from dragoman.reading.tree import Tree

_COMPASS = frozenset({"north", "south", "east", "west"})


class Surnames:
    """Finds who is meant by one word with a capital that is no whole name of the roster."""

    def __init__(self, cast: Cast, index: NameIndex) -> None:
        self.cast = cast
        self.rulebook = cast.rulebook
        self.index = index

    def find(self, tree: Tree, names: Named) -> None:
        """A surname alone, an acronym met before, or a titled roster name: 'Turkish President Erdogan'."""
        s = tree.s
        for token, word in enumerate(s.words):
            if (
                not word[:1].isupper()
                or names.at(token) is not None
                or s.tags[token] not in ("NNP", "NNPS", "NN", "JJ", "NNS")
                or (s.tags[token] == "NNS" and bare(word) not in self.cast.surnames)  # 'Griffiths said'
            ):
                continue
            side = self._compass(tree, token)
            if side is not None:
                names.spans.append((token, token + 1, (side,), "name"))
                continue
            start, form = with_article(s, token)
            identity = self.cast.aliases.get(fold(word)) or self.cast.surnames.get(bare(form))
            identity = identity or self._by_office(s, start, bare(form), names) or self._titled(s, start, (token, word))
            if identity is not None:
                names.spans.append((start, token + 1, (identity,), "surname"))
        names.spans.sort()

    def _compass(self, tree: Tree, token: int) -> str | None:
        """'the South': the one country of the report that is so called."""
        word = tree.s.words[token]
        if word.lower() not in _COMPASS or tree.determiner(token) != "the" or not tree.is_noun_head(token):
            return None
        so_called = [i for i in self.cast.states() if self.cast.name(i).split()[0] == word]
        return so_called[0] if len(so_called) == 1 else None

    def _by_office(self, s: Sentence, start: int, form: str, names: Named) -> str | None:
        """A roster surname that the report never gives in full, after a title or with its country in the sentence."""
        ids = self.index.by_surname.get(form, ())
        if not ids:
            return None
        titled = start > 0 and s.words[start - 1].lower() in self.rulebook.words("honorifics")
        codes = {self.cast.code(i) for _, _, found, _ in names.spans for i in found} | set(self.cast.codes)
        fitting = [i for i in ids if self.rulebook.roster[i].code in codes and self._in_office(i)]
        if len(fitting) != 1 or not (titled or len(form) > 4):
            return None
        return self.cast.admit(fitting[0])

    def _in_office(self, identity: str) -> bool:
        offices = self.rulebook.roster[identity].offices
        return not offices or any(office.held_on(self.cast.day) for office in offices)

    def _titled(self, s: Sentence, start: int, last: tuple[int, str]) -> str | None:
        """'General Doe', 'President Doe': a one-word unknown name after a title is a person."""
        token, word = last
        if not start or s.words[start - 1].lower() not in self.rulebook.words("honorifics") or s.tags[token] != "NNP":
            return None
        if token + 1 < len(s.words) and s.words[token + 1].lower() in self.rulebook.words("honorifics"):
            return None  # 'Deputy High Commissioner'
        if word.lower() in self.rulebook.words("not_names") or word.lower() in self.rulebook.words("honorifics"):
            return None
        if word.lower() in self.rulebook.words("organisation_words"):
            return None
        identity = self.cast.make(Entity(id=slug(word), name=word, kind=Kind.PERSON))
        self.cast.surnames.setdefault(bare(word), identity)
        return identity
