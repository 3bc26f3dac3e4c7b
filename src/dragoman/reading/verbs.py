"""A verb -> its clause in plain roles: what hangs on it, what its nouns lend it, what it stands in a relative clause to."""

from __future__ import annotations

from dragoman.model import Clause, Phrase
from dragoman.reading.inflection import Inflected
from dragoman.reading.linking import Linking
from dragoman.reading.sharing import Sharing
from dragoman.rulebook.codes import PREPOSITIONS

_RELATIVE = frozenset({"who", "which", "that", "whom", "whose"})
_CHILD_ROLES = {
    "nsubj": "subject", "csubj": "subject", "nsubjpass": "object", "csubjpass": "object", "dobj": "object",
    "obj": "object", "dative": "to", "iobj": "to", "attr": "predicate", "acomp": "predicate", "oprd": "predicate",
    "npadvmod": "time", "tmod": "time", "source": "speaker",
}  # fmt: skip
_ADVERB_PARTICLES = frozenset(
    ["back", "out", "off", "away", "up", "down", "together", "apart", "forward", "aside", "over", "ahead", "home"]
)
_RECEIVING = frozenset("have enjoy win gain get receive secure earn command obtain retain lose".split())
_RECEIVED = frozenset("support backing endorsement help assistance protection blessing recognition".split())
_LENT = frozenset({"between", "with", "among", "over", "on", "against"})
_HARMING = frozenset({"kill", "wound", "injure", "maim", "claim", "leave", "destroy", "damage"})
_INNER = frozenset({"pobj", "compound", "appos", "conj", "prep", "dobj", "acl", "agent"})
_DEADLY = frozenset(
    "attack strike airstrike raid shelling bombing bombardment assault ambush explosion blast shooting bomb offensive "
    "operation massacre barrage incursion crackdown".split()
)


class VerbClause(Linking, Sharing, Inflected):
    """Builds the clause of one verb; ``found`` holds the clauses above it."""

    def clause(self) -> Clause:
        s, token = self.s, self.token
        link, parent, mark = self._link()
        aux = self.tree.children(token, "aux", "auxpass")
        passive = self._is_passive(aux)
        self._collect(passive)
        self._antecedent(link, parent, passive)
        self._share(link, parent, passive)
        base = self.found.get(parent) if parent is not None and link == "conjunct" else None
        modal = self._modal(aux)
        tense = self._tense(aux)
        return Clause(
            index=token,
            lemma=s.lemmas[token],
            form="verb" if s.tags[token].startswith("VB") else "adjective",
            roles={role: tuple(phrases) for role, phrases in self.roles.items()},
            parent=parent,
            link=link,
            mark=mark,
            particles=self._particles(),
            negated=self._negated(aux) or (base is not None and base.negated and not aux and self._joined_by_or()),
            tense=base.tense if base is not None and not aux and tense in ("infinitive", "none") else tense,
            modal=modal or (base.modal if base is not None and not aux and s.tags[token] == "VB" else self._modal_above(link, parent)),
            perfect=any(s.lemmas[t] == "have" for t in aux),
            passive=passive,
            start=self.tree.left[token],
            end=self.tree.right[token],
        )  # fmt: skip

    def _particles(self) -> frozenset[str]:
        """Return the small words that belong to the verb: particles, adverbs of direction, prepositions without object."""
        s, tree = self.s, self.tree
        found = {s.words[t].lower() for t in tree.children(self.token, "prt")}
        found |= {w for t in tree.children(self.token, "advmod") if (w := s.words[t].lower()) in _ADVERB_PARTICLES}
        bare = (t for t in tree.children(self.token, "prep") if not tree.children(t, "pobj", "pcomp"))
        return frozenset(found | {s.words[t].lower() for t in bare})

    # -- roles that hang on the verb itself

    def _collect(self, passive: bool) -> None:
        """Fill the roles that hang on the verb, then those that its nouns and adjectives lend it."""
        for child in self.s.children[self.token]:
            self._take_child(child, passive)
        for carrier in self.tree.children(self.token, "aux", "auxpass"):
            for child in self.tree.children(carrier, "nsubj"):
                self._take_child(child, passive)
        for name, noun in self.tree.prepositional(self.token):
            by_agent = name == "by" and passive
            self._add("subject" if by_agent else name, self.tree.phrases(noun))
        for noun in [phrase.head for phrase in self.roles.get("object", ())]:
            self._take_over(noun, but="of")
            self._take_giver(noun)
        for role in ("subject", "object", *sorted(PREPOSITIONS & set(self.roles))):
            for noun in [phrase.head for phrase in self.roles.get(role, ())]:
                self._lend(noun)
        for adjective in self.tree.children(self.token, "acomp", "attr", "oprd"):
            self._take_over(adjective)
        if "as" not in self.roles and (named := self._named_as()):
            self._add("as", [self.tree.phrase(word) for word in named])
        for adverb in self.tree.children(self.token, "advmod"):
            if self.s.words[adverb].lower() in _ADVERB_PARTICLES:
                self._take_over(adverb)

    def _named_as(self) -> list[int]:
        """Return the adjectives after 'as' ('described the attack as barbaric'), which the parser hangs on verb or object."""
        over = [self.token, *(phrase.head for phrase in self.roles.get("object", ()))]
        marks = [t for head in over for t in self.tree.children(head, "prep") if self.s.words[t].lower() == "as"]
        return [
            t for mark in marks for t in self.tree.children(mark, "amod", "acomp", "pcomp") if self.s.tags[t] == "JJ"
        ]

    def _take_child(self, child: int, passive: bool) -> None:
        s = self.s
        if s.deps[child] == "dative" and s.tags[child] == "IN":
            return  # the 'to' of 'sent troops to X': X is taken with the prepositions
        role = _CHILD_ROLES.get(s.deps[child])
        if role == "subject" and passive and s.deps[child] == "nsubj" and s.tags[child] not in ("WDT", "WP"):
            role = "object"
        if role is not None and not (s.tags[child].startswith("VB") and role == "object"):
            self._add(role, self.tree.phrases(child))
        elif s.deps[child] == "advmod" and s.words[child].lower() == "home":
            self._add("to", (self.tree.phrase(child),))

    def _take_over(self, word: int, but: str = "") -> None:
        """Take the prepositional roles of a word that the verb does not have itself."""
        for name, inner in self.tree.prepositional(word):
            if (name not in self.roles or self._fronted(name)) and name != but:
                self.roles.pop(name, None)
                self._add(name, self.tree.phrases(inner))

    def _take_giver(self, noun: int) -> None:
        """Read 'has the support of Arnor' as 'has support from Arnor'."""
        if self.s.lemmas[self.token] in _RECEIVING and self.s.lemmas[noun] in _RECEIVED and "from" not in self.roles:
            givers = [
                phrase
                for name, inner in self.tree.prepositional(noun)
                if name == "of"
                for phrase in self.tree.phrases(inner)
            ]
            if givers:
                self._add("from", givers)

    def _lend(self, noun: int, depth: int = 0) -> None:
        """Take over what hangs on a nominal act: the 'with' of 'walked out of talks with', 'a round of talks with'."""
        acts = self.s.lemmas[noun] in self.words.nouns
        for name, inner in self.tree.prepositional(noun):
            if acts and name in _LENT and (name not in self.roles or self._fronted(name)):
                self.roles.pop(name, None)
                self._add(name, self.tree.phrases(inner))
            if name == "of" and depth == 0:
                self._lend(inner, depth + 1)

    def _fronted(self, name: str) -> bool:
        """Return whether a role is filled only from before the verb: 'With broad support, X began talks with Y'."""
        return name == "with" and all(phrase.head < self.token for phrase in self.roles[name])

    def _antecedent(self, link: str, parent: int | None, passive: bool) -> None:
        """Put the noun that a relative or participle clause hangs on into the role that it fills."""
        s, token = self.s, self.token
        if link == "complement" and parent is not None and s.deps[parent] == "relcl":
            self._fill_relative(self._filler(s.heads[parent]), passive)
            return
        if link not in ("relative", "modifier"):
            return
        filler = self._filler(s.heads[token])
        for role, phrases in self.roles.items():
            if role in PREPOSITIONS and any(s.words[p.head].lower() in _RELATIVE for p in phrases):
                self.roles[role] = list(filler)
                return
        if self._fill_relative(filler, passive):
            return
        if s.deps[token] == "amod":
            self._hyphenated(filler)
        elif s.tags[token] == "VBN" or passive:
            self._add("object", filler if "object" not in self.roles else ())
            if "by" in self.roles:
                self._add("subject", self.roles["by"])
        elif s.tags[token] == "VBG" or self.tree.tells_a_deed(token):
            self._add("subject", filler if "subject" not in self.roles else ())
        elif "subject" in self.roles and "object" not in self.roles and not self._placed():
            self._add("object", filler)

    def _act_over(self, noun: int) -> int:
        """Return the attack that kills in 'an attack on a base in Arnor that killed two': the parser makes the place kill."""
        s = self.s
        ends = s.lemmas[self.token] == "result" and bool(self.tree.children(self.token, "prep"))
        if not ends and (s.lemmas[self.token] not in _HARMING or not self.tree.children(self.token, "dobj")):
            return noun
        up = noun
        while s.lemmas[up] not in _DEADLY and s.deps[up] in _INNER and s.heads[up] != up:
            up = s.heads[up]
        if s.lemmas[up] in _DEADLY and s.tags[up][:1] == "N":
            return up
        objects = self.tree.children(up, "dobj") if ends else []
        return next((t for t in objects if s.lemmas[t] in _DEADLY and t < noun), noun)

    def _filler(self, noun: int) -> tuple[Phrase, ...]:
        """Return the noun before a relative clause; all that are joined to it where the verb is plural."""
        noun = self._act_over(noun)
        s, before = self.s, self.tree.left[self.token]
        first = noun
        while s.deps[first] == "conj" and (up := s.heads[first]) != first and not self.tree.is_predicate(up):
            first = up
        plural = any(s.tags[t] == "VBP" for t in (self.token, *self.tree.children(self.token, "aux", "auxpass")))
        nouns = [t for t in self.tree.conjuncts(first) if t <= noun] if plural and first != noun else [noun]
        return tuple(self.tree.phrase(t, before=before) for t in nouns)

    def _placed(self) -> bool:
        """Return whether 'where' or 'when' opens the clause: the noun before it is its place or time, not its object."""
        openers = ("where", "when", "why", "whereby")
        return any(self.s.words[c].lower() in openers for c in self.s.children[self.token])

    def _fill_relative(self, filler: tuple[Phrase, ...], passive: bool) -> bool:
        """Put the noun that 'who' or 'which' stands for into its role; return whether there was such a pronoun."""
        words = self.s.words
        for role in ("subject", "object"):
            phrases = self.roles.get(role, [])
            if not any(words[p.head].lower() in _RELATIVE for p in phrases):
                continue
            others = [p for p in phrases if words[p.head].lower() not in _RELATIVE]
            self.roles.pop(role)
            if passive and role == "subject":
                self._add("subject", others)
                self._add("object", filler)
            else:
                self._add(role, filler)
            return True
        return False

    def _hyphenated(self, filler: tuple[Phrase, ...]) -> None:
        """'the Iran-backed rebels': the word before the hyphen acts on the noun."""
        self._add("object", filler)
        for child in self.tree.children(self.token, "npadvmod", "compound", "amod", "nmod", "nsubj"):
            if child < self.token:
                self._add("subject", (self.tree.phrase(child),))
