"""Whose troops and weapons are meant that the text gives no owner: the speaker's, the sender's, those last called so."""

from __future__ import annotations

from dragoman.model import Kind
from dragoman.reading.memory import Memory
from dragoman.reading.tree import Tree

_SENDING = frozenset("send deploy scramble dispatch launch use fly order employ".split())


class Forces:
    """Asks what the report told before of forces, for a noun that names no owner."""

    def __init__(self, memory: Memory) -> None:
        self.memory = memory
        self.cast = memory.cast

    def told_force(self, word: str) -> str | None:
        """'the military' after 'the Israeli military': the forces that the report last called by that word with their owner."""
        last = self.memory.headed(word.split()[-1])
        forces = last is not None and last not in self.cast.nameless and "MIL" in self.cast.sectors(last)
        return last if forces else None

    def attacker(self, tree: Tree) -> str | None:
        """Return the armed group that did something in this sentence or the one before: it is 'the attackers'."""
        near = [p for p in self.memory.near(tree.s.number, 1) if p.subject and len(p.ids) == 1]
        armed = [p.ids[0] for p in near if self.cast.kind(p.ids[0]) is Kind.ARMED_GROUP]
        return armed[-1] if len(set(armed)) == 1 else None

    def speakers_own(self, tree: Tree, token: int) -> str | None:
        """'The army said that troops had fired', 'The junta denied that jets had bombed it': the speaker's own forces."""
        s, verb = tree.s, tree.s.heads[token]
        told = s.heads[verb]
        some = s.tags[token] == "NNS" or s.lemmas[token] == "aircraft"
        if (
            not some
            or tree.determiner(token) not in (None, "any", "no")
            or s.deps[verb] != "ccomp"
            or tree.modifiers(token)
        ):
            return None
        denied = s.lemmas[told] == "deny"
        if not (denied or (s.lemmas[told] in self.cast.rulebook.words("say") and tree.subject_of(token))):
            return None
        here = [p for p in self.memory.here(s.number) if p.subject and s.heads[p.token] == told]
        if not here or len(here[-1].ids) != 1:
            return None
        speaker = self.cast.speaks_for(here[-1].ids[0]) or here[-1].ids[0]
        if "MIL" in self.cast.sectors(speaker) and self.cast.part_of(speaker) is not None:
            return speaker
        rules = denied and self.cast.kind(speaker) in (Kind.STATE, Kind.GOVERNMENT)
        return self.cast.force(speaker) if rules else None

    def sender(self, tree: Tree, token: int) -> str | None:
        """'The army sent helicopters, which fired on them': whose weapons they are that strike."""
        s, verb = tree.s, tree.s.heads[token]
        strikes = any(s.deps[t] == "relcl" for t in s.children[token])
        if not strikes or not tree.object_of(token) or s.lemmas[verb] not in _SENDING:
            return None
        here = [p for p in self.memory.here(s.number) if p.subject and s.heads[p.token] == verb]
        if not here or len(here[-1].ids) != 1:
            return None
        sender = here[-1].ids[0]
        return self.cast.force(sender) if self.cast.kind(sender) is Kind.STATE else sender

    def acting_on(self, tree: Tree, token: int) -> frozenset[str]:
        """Return who does what is done to a noun, and so is not meant by it: 'the Front denied having sheltered the gunmen'."""
        s, verb = tree.s, tree.s.heads[token]
        if not tree.object_of(token):
            return frozenset()
        verbs = {verb}
        while s.deps[verb] in ("xcomp", "conj", "advcl") and s.heads[verb] != verb:
            verb = s.heads[verb]
            verbs.add(verb)
        here = [p for p in self.memory.here(s.number) if p.subject and s.heads[p.token] in verbs]
        return frozenset(i for p in here for i in p.ids)
