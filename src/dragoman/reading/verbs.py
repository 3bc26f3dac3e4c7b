"""A verb -> its clause in plain roles: voice, tense, negation, shared and moved subjects."""

from __future__ import annotations

from dataclasses import replace

from dragoman.model import Clause, Phrase
from dragoman.reading.roles import Roles
from dragoman.reading.tree import SAME
from dragoman.rulebook.codes import PREPOSITIONS, ROLES

_CONDITIONAL = frozenset({"if", "unless", "should", "had", "were", "provided", "providing", "once", "lest"})
_TEMPORAL = frozenset({"after", "before", "when", "while", "until", "till", "whenever", "as", "since"})
_RELATIVE = frozenset({"who", "which", "that", "whom", "whose"})
_NEGATORS = frozenset({"not", "n't", "never", "nor", "neither"})
_CALL_ON = frozenset({"on", "upon", "to", "for", "with"})
_SUBJECT_CONTROL = frozenset({"promise", "vow", "threaten", "pledge", "swear", "use", "employ"})
_SPEECH_ASIDE = frozenset({"say", "report", "add", "tell", "claim", "quote", "write", "announce", "warn", "note"})
_CHILD_ROLES = {
    "nsubj": "subject", "csubj": "subject", "nsubjpass": "object", "csubjpass": "object", "dobj": "object",
    "obj": "object", "dative": "to", "iobj": "to", "attr": "predicate", "acomp": "predicate", "oprd": "predicate",
    "npadvmod": "time", "tmod": "time", "source": "speaker",
}  # fmt: skip
_LINKS = {
    "ccomp": "complement", "xcomp": "complement", "conj": "conjunct", "relcl": "relative", "acl": "modifier",
    "amod": "modifier", "csubj": "subject", "csubjpass": "subject", "dobj": "object", "nsubj": "subject",
    "pobj": "adverbial", "intj": "root", "oprd": "complement", "acomp": "complement", "attr": "complement",
    "bid": "complement",
}  # fmt: skip
_TENSES = {
    "VBD": "past",
    "VBZ": "present",
    "VBP": "present",
    "VB": "infinitive",
    "VBG": "participle",
    "VBN": "past",
}
_ADVERB_PARTICLES = frozenset(
    ["back", "out", "off", "away", "up", "down", "together", "apart", "forward", "aside", "over", "ahead", "home"]
)
_RECEIVING = frozenset("have enjoy win gain get receive secure earn command obtain retain lose".split())
_RECEIVED = frozenset("support backing endorsement help assistance protection blessing recognition".split())
_SIGNING = frozenset(
    "sign ratify initial accept reject refuse approve draft propose broker mediate negotiate violate break breach".split()
)
_SIGNED = frozenset(
    "text agreement deal accord treaty pact document truce ceasefire plan proposal draft roadmap resolution".split()
)
_CALL_LEMMAS = frozenset(["call", "appeal", "press", "prevail", "plead", "demand", "ask", "urge", "lean"])
_ASKING = frozenset(
    {"ask", "know", "wonder", "see", "clear", "unclear", "sure", "certain", "uncertain", "doubt", "unknown"}
)
_LENT = frozenset({"between", "with", "among", "over", "on", "against"})
_INTRANSITIVE = frozenset(
    "resign leave go come arrive return meet talk speak agree march rally protest withdraw retreat flee die fall rise "
    "begin start end collapse continue say wait refuse walk fly travel surrender".split()
)
_TREATING = frozenset(  # 'accused X of doing', 'barred X from doing': the object does it
    "accuse blame suspect charge criticise criticize condemn thank praise convict acquit stop prevent keep bar ban discourage "
    "dissuade fault denounce commend hail applaud indict sue punish arrest detain jail prohibit block".split()
)
_DAY_NAMES = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september "
    "october november december today tomorrow yesterday".split()
)
_HARMING = frozenset({"kill", "wound", "injure", "maim", "claim", "leave", "destroy", "damage"})
_INNER = frozenset({"pobj", "compound", "appos", "conj", "prep", "dobj", "acl", "agent"})
_DEADLY = frozenset(
    "attack strike airstrike raid shelling bombing bombardment assault ambush explosion blast shooting bomb offensive "
    "operation massacre barrage incursion crackdown".split()
)
_STATIVE = frozenset({"oppose"})  # 'is opposed to' says what its subject thinks
_COMMENTING = frozenset("call describe condemn denounce accuse blame urge add warn brand label".split())
_GIVING = frozenset({"give", "grant", "allow", "offer"})


class VerbClause(Roles):
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

    def _share(self, link: str, parent: int | None, passive: bool) -> None:
        """Take over the subject (or object) that the grammar leaves unsaid."""
        above = self.found.get(parent) if parent is not None else None
        if above is None or self.tree.children(self.token, "expl"):
            return
        if above.lemma in _GIVING and link in ("purpose", "modifier") and "to" in above.roles:
            self._give(above.roles["to"], passive)
        elif link == "conjunct":
            self._share_joined(above, passive)
        elif self._is_controlled(link, above, passive):
            self._give(self._controller(above), passive)
        elif (
            link in ("adverbial", "purpose", "time", "reason", "condition", *PREPOSITIONS)
            and "subject" not in self.roles
        ):
            if not (passive and "object" in self.roles) and self.s.tags[self.token] in ("VBG", "VBN", "VB"):
                treated = (
                    above.roles.get("object", ()) if above.lemma in _TREATING and link in ("of", "for", "from") else ()
                )
                told = self._teller(above) if link == "adverbial" else ()
                self._give(treated or told or above.roles.get("subject", ()), passive)
        elif link == "modifier" and self.s.tags[self.token] == "VB" and "subject" not in self.roles:
            self._give(above.roles.get("subject", ()), passive)

    def _teller(self, above: Clause) -> tuple[Phrase, ...]:
        """'X said that Y had shot Z, calling it a crime': who says so calls it that."""
        said = self.found.get(above.parent) if above.parent is not None and above.link == "complement" else None
        calling = self.s.tags[self.token] == "VBG" and self.s.lemmas[self.token] in _COMMENTING
        return said.roles.get("subject", ()) if calling and said is not None and said.lemma in _SPEECH_ASIDE else ()

    def _is_controlled(self, link: str, above: Clause, passive: bool) -> bool:
        """Return whether the clause above says who does this one: 'refused to sign', 'called on X to stop'."""
        called = link == "purpose" and above.lemma in _CALL_LEMMAS and bool({"on", "to"} & set(above.roles))
        open_subject = ("object" if passive else "subject") not in self.roles
        return (link == "complement" and open_subject) or called

    def _share_joined(self, above: Clause, passive: bool) -> None:
        if ("object" if passive else "subject") not in self.roles:
            source = above.roles.get("object" if above.passive else "subject", ())
            self._give(source, passive)
        if passive and above.passive and "object" not in self.roles:
            self._add("object", above.roles.get("object", ()))
        first = above.roles.get("object", ())
        mine = self.roles.get("object", ())
        transitive = above.lemma not in _INTRANSITIVE and not (set(above.roles) & PREPOSITIONS)
        if mine and not first and transitive and not (passive or above.passive) and self._follows_closely(above):
            self.found[above.index] = replace(above, roles={**above.roles, "object": tuple(mine)})
        doer = self.roles.get("subject", ())
        own = self.tree.children(self.token, "nsubjpass")
        if passive and above.passive and doer and not own and not above.roles.get("subject"):
            self.found[above.index] = replace(above, roles={**above.roles, "subject": tuple(doer)})

    def _follows_closely(self, above: Clause) -> bool:
        """Return whether nothing but 'and' or 'or' stands between two verbs ('arrest or deport X')."""
        between = self.s.words[above.index + 1 : self.token]
        return 0 < len(between) <= 2 and all(w.lower() in ("and", "or", "then", "nor", ",") for w in between)

    def _give(self, phrases: tuple[Phrase, ...], passive: bool) -> None:
        role = "object" if passive else "subject"
        if phrases and role not in self.roles:
            self._add(role, phrases)

    def _controller(self, above: Clause) -> tuple[Phrase, ...]:
        """Who does the infinitive: 'urged X to leave', 'called on X to leave', 'vowed to leave', 'said to X: Leave'."""
        if self.s.deps[self.token] == "bid":
            return next((found for role in ("object", "to", "at") if (found := tuple(above.roles.get(role, ())))), ())
        if above.lemma in _SUBJECT_CONTROL:
            return above.roles.get("subject", ())
        for role in ("object", *sorted(_CALL_ON & set(above.roles))):
            phrases = above.roles.get(role, ())
            if (
                phrases
                and self.s.words[phrases[0].head].lower() not in _DAY_NAMES
                and phrases[0].head < self.token
                and (role == "object" or role == "on" or above.lemma in _CALL_LEMMAS)
            ):
                return phrases
        return above.roles.get("subject", ())

    # -- how the clause hangs in the sentence

    def _link(self) -> tuple[str, int | None, str | None]:
        s, token = self.s, self.token
        dep = s.deps[token]
        mark = self._mark()
        parent = self._parent()
        if dep in ("prep", "pcomp"):
            prep = s.heads[token] if dep == "pcomp" else token
            word = s.words[prep].lower()
            return SAME.get(word, word) if word in ROLES or word in SAME else "adverbial", parent, mark
        if mark == "for" and dep in ("advcl", "relcl", "acl") and parent is not None:
            return "complement", parent, mark
        if dep == "ccomp" and parent is not None and token < parent and ";" in s.words[token:parent]:
            return "conjunct", parent, mark
        if mark == "that" and dep in ("acl", "relcl") and parent is not None and not self._lacks_object():
            return "complement", parent, mark
        if dep == "advcl":
            return self._adverbial(mark), parent, mark
        if dep == "parataxis" and parent is not None and token < parent and s.lemmas[parent] in _SPEECH_ASIDE:
            return "complement", parent, mark
        if dep in ("ROOT", "dep", "parataxis") or parent is None:
            aside = dep != "ROOT" and s.lemmas[token] in _SPEECH_ASIDE and parent is not None
            return ("aside" if aside else "conjunct" if parent is not None else "root"), parent, mark
        return _LINKS.get(dep, "adverbial"), parent, mark

    def _lacks_object(self) -> bool:
        """Say whether the clause is 'a text that Torvek had signed', and not 'a proposal that the rebels sign the text'."""
        s = self.s
        on_a_document = s.lemmas[self.token] in _SIGNING and s.lemmas[s.heads[self.token]] in _SIGNED
        return on_a_document and not self.tree.children(self.token, "dobj", "nsubjpass", "csubjpass", "ccomp", "xcomp")

    def _adverbial(self, mark: str | None) -> str:
        s, token = self.s, self.token
        if mark == "if" and self._asks():
            return "complement"
        if mark in _CONDITIONAL or (mark == "as" and s.words[s.heads[token]].lower() == "long"):
            return "condition"
        if (
            mark is None
            and s.lemmas[token] in _SPEECH_ASIDE
            and not self.tree.children(token, "ccomp")
            and s.tags[token] in ("VBD", "VBZ", "VBP")
        ):
            return "aside"
        if mark == "because":
            return "reason"
        if mark in _TEMPORAL:
            return "time"
        if any(s.words[t].lower() == "to" for t in self.tree.children(token, "aux")):
            return "purpose"
        return "adverbial"

    def _asks(self) -> bool:
        """Return whether an if-clause is a question told ('asked if', 'it is not clear if'), not a condition."""
        head = self.s.heads[self.token]
        predicates = [self.s.lemmas[t] for t in self.tree.children(head, "acomp", "attr")]
        return self.s.lemmas[head] in _ASKING or any(word in _ASKING for word in predicates)

    def _mark(self) -> str | None:
        for child in self.s.children[self.token]:
            word = self.s.words[child].lower()
            if self.s.deps[child] == "mark":
                return word
            if self.s.deps[child] == "advmod" and word in (
                "when",
                "once",
                "whenever",
                "long",
                "after",
                "before",
            ):
                return word
        return None

    def _parent(self) -> int | None:
        up = self.token
        for _ in range(len(self.s.words)):
            if self.s.heads[up] == up:
                return None
            up = self.s.heads[up]
            if up in self.found:
                return up
        return None

    # -- negation, tense, voice

    def _negated(self, aux: list[int]) -> bool:
        s = self.s
        negators = [c for c in s.children[self.token] if s.words[c].lower() in _NEGATORS]
        if any(s.words[c].lower() in ("neither", "nor") for c in negators) or len(negators) % 2:
            return True
        if any(s.words[c].lower() == "longer" and s.words[c - 1].lower() == "no" for c in s.children[self.token] if c):
            return True
        return any(
            self._denies(c)
            for role in ("subject", "object")
            for phrase in self.roles.get(role, ())
            if s.heads[phrase.head] == self.token
            for c in (
                *s.children[phrase.head],
                *(g for d in s.children[phrase.head] for g in s.children[d]),
                phrase.head,
            )
            if c == phrase.head
            or s.heads[c] == phrase.head
            or s.words[s.heads[c]].lower() in ("more", "single", "longer")
        )

    def _denies(self, word: int) -> bool:
        """Return whether a word says that there is nobody or nothing; 'no fewer than 41' says that there are many."""
        words = self.s.words
        after = words[word + 1].lower() if word + 1 < len(words) else ""
        many = after in ("fewer", "less") and words[word].lower() == "no"
        return words[word].lower() in ("no", "neither", "nobody", "none", "nothing") and not many

    def _joined_by_or(self) -> bool:
        return any(self.s.words[c].lower() in ("or", "nor") for c in self.s.children[self.s.heads[self.token]])

    def _is_passive(self, aux: list[int]) -> bool:
        s, token = self.s, self.token
        if s.lemmas[token] in _STATIVE and not self.tree.children(token, "agent"):
            return False
        if any(s.deps[t] == "auxpass" for t in aux) or self.tree.children(token, "nsubjpass", "agent"):
            return True
        bare = s.tags[token] == "VBD" and s.deps[token] == "acl" and not self.tree.children(token, "nsubj", "dobj")
        if bare:
            return True  # 'a truce agreed between X and Y'
        if s.tags[token] != "VBN" or aux:
            return False
        return s.deps[token] in ("acl", "advcl", "amod") or self._joins_passive()

    def _joins_passive(self) -> bool:
        """Return whether a participle shares the 'was' of the verb before it: 'was identified and arrested'."""
        s, up = self.s, self.token
        while s.deps[up] == "conj" and s.heads[up] != up:
            up = s.heads[up]
            if any(s.deps[t] == "auxpass" for t in s.children[up]):
                return True
        return False

    def _modal(self, aux: list[int]) -> str | None:
        s = self.s
        if s.deps[self.token] == "bid":
            return "bid"
        modal = next((s.lemmas[t] for t in aux if s.tags[t] == "MD"), None)
        return {"'ll": "will", "wo": "will", "ca": "can", "'d": "would"}.get(modal or "", modal)

    def _tense(self, aux: list[int]) -> str:
        s = self.s
        if any(s.lemmas[t].lower() == "to" for t in aux):  # the 'to' of a heading's plan is read as 'will'
            return "infinitive"
        tags = [s.tags[t] for t in aux if s.tags[t] != "MD"] + [s.tags[self.token]]
        if self._modal(aux) in ("will", "shall"):
            return "future"
        return next((_TENSES[tag] for tag in tags if tag in _TENSES), "none")
