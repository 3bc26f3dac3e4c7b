"""A noun -> the clause of a nominal act: its own roles and what a light verb lends it."""

from __future__ import annotations

from dataclasses import replace

from dragoman.model import Clause
from dragoman.reading.roles import Roles
from dragoman.rulebook.codes import PREPOSITIONS

_AGENT_OF = frozenset(
    [
        "withdrawal",
        "retreat",
        "pullout",
        "pullback",
        "departure",
        "exit",
        "return",
        "refusal",
        "visit",
        "arrival",
        "resignation",
        "deployment",
        "participation",
        "offer",
        "decision",
        "advance",
    ]
)
_TOLD = frozenset({"report", "see", "face", "witness", "follow"})  # 'reported an attack on its men': not its own

_TURNED = frozenset({"hold", "keep", "put", "give", "set"})
_TURNING = frozenset({"back", "off", "up", "down"})


_STAGES = frozenset(
    {"phase", "stage", "round", "series", "wave", "string", "spate", "batch", "barrage", "leg", "spree"}
)


class NounClause(Roles):
    """Builds the clause of a nominal act: 'the attack on X by Y', 'launched an offensive', 'talks between A and B'."""

    def clause(self) -> Clause:
        s, token = self.s, self.token
        self._own_roles()
        parent = self._governor()
        above = self.found[parent] if parent is not None else None
        link = self._role_in(above) if above is not None else "root"
        carrier = self._carrier(above, link)
        if carrier is not None:
            self._borrow(carrier, link)
        negated = any(s.words[c].lower() == "no" and s.deps[c] == "det" for c in s.children[token])
        clause = Clause(
            index=token,
            lemma=s.lemmas[token],
            form="noun",
            roles={role: tuple(phrases) for role, phrases in self.roles.items()},
            parent=parent,
            link=link,
            negated=negated,
            tense="nominal",
            start=self.tree.left[token],
            end=self.tree.right[token],
        )
        if carrier is None:
            return clause
        return replace(
            clause,
            light=carrier.index,
            parent=carrier.parent,
            link=carrier.link,
            mark=carrier.mark,
            negated=negated or carrier.negated,
            tense=carrier.tense,
            modal=carrier.modal or ("will" if self._due(carrier) else None),
            perfect=carrier.perfect,
        )

    def _due(self, carrier: Clause) -> bool:
        """Return whether the verb that carries the noun says that it is to come: 'the withdrawal is due to begin'."""
        due = any(self.s.lemmas[p.head] in ("due", "set") for p in carrier.roles.get("predicate", ()))
        return carrier.lemma == "be" and carrier.tense == "present" and due

    def _own_roles(self) -> None:
        tree, s, token = self.tree, self.s, self.token
        patient = s.lemmas[token] in self.words.patients
        for child in s.children[token]:
            dep = s.deps[child]
            if dep == "poss" and s.words[child].lower() != "whose":
                self._add("object" if patient else "subject", tree.phrases(child))
                self._add("owner", tree.phrases(child))
            elif dep in ("compound", "amod", "nmod", "npadvmod"):
                self._add("modifier", (tree.phrase(child),))
        if s.deps[token] == "appos" and "subject" not in self.roles:
            self._add("subject", (tree.phrase(s.heads[token], before=tree.left[token]),))
        if beside := self._beside():
            self._add("beside", [tree.phrase(noun, before=tree.left[token]) for noun in beside])
        for name, noun in tree.prepositional(token):
            self._add("subject" if name == "by" else name, tree.phrases(noun))
        if "of" in self.roles:
            agent = self.roles["of"] if "subject" not in self.roles and s.lemmas[token] in _AGENT_OF else None
            self._add("subject" if agent else "object", self.roles["of"])

    def _beside(self) -> list[int]:
        """Return the nouns in apposition: 'Rohan, Gondor's main backer', 'Gondor's backer, Rohan'."""
        deps, heads = self.s.deps, self.s.heads
        up = self.token
        while deps[up] == "conj" and heads[up] != up and self.tree.is_noun_head(heads[up]):
            up = heads[up]
        over = [heads[up]] if deps[up] == "appos" else []
        return [*over, *self.tree.appositives(self.token)]

    def _governor(self) -> int | None:
        up = self.token
        for _ in range(len(self.s.words)):
            if self.s.heads[up] == up:
                return None
            up = self.s.heads[up]
            if up in self.found and self.found[up].form != "noun":
                return up
        return None

    def _role_in(self, above: Clause) -> str:
        whole = self._staged()
        for role, phrases in above.roles.items():
            if any(phrase.head in (self.token, whole) for phrase in phrases):
                return role
        inside = next((role for role, ps in above.roles.items() for p in ps if p.start <= self.token < p.end), None)
        return f"within {inside}" if inside else "adverbial"

    def _staged(self) -> int:
        """Return the noun that counts an act or names a part of it: 'carried out the first phase of a swap'."""
        s = self.s
        up = s.heads[self.token]
        of = s.deps[self.token] == "pobj" and s.words[up].lower() == "of"
        return s.heads[up] if of and s.lemmas[s.heads[up]].lower() in _STAGES else self.token

    def _carrier(self, above: Clause | None, link: str) -> Clause | None:
        """The verb that lends its subject and tense to the act: light, or one of happening."""
        if above is None:
            return None
        light = above.lemma in self.words.lights and link in ("object", "in", "into", "to", "under", "on")
        light = light and not (above.lemma in _TURNED and _TURNING & above.particles)  # 'hold back an offensive'
        if (
            light
            and link in ("object", "to", "into", "in", "under", "on")
            and (link == "object" or "object" not in above.roles or above.lemma == "resort")
        ):
            return above
        happens = above.lemma in self.words.happenings and link in ("subject", "object")
        named = above.lemma == "be" and link == "predicate"
        return above if happens or named else None

    def _borrow(self, carrier: Clause, link: str) -> None:
        told = carrier.lemma in _TOLD and link == "object"
        if link != "subject" and "subject" not in self.roles and not told:
            self._add("subject", carrier.roles.get("subject", ()))
        suffered = link == "subject" and "object" in carrier.roles  # 'the attack killed a soldier from X'
        for role, phrases in carrier.roles.items():
            if role in PREPOSITIONS and role != link and role not in self.roles and not (suffered and role == "from"):
                self._add(role, phrases)
