"""Pronouns -> the last fitting mention."""

from __future__ import annotations

from collections.abc import Set

from dragoman.model import Kind
from dragoman.reading.cast import ORGANISED, PARTIES
from dragoman.reading.memory import Heard, Memory, Past
from dragoman.reading.tree import Tree

_BLAMING = frozenset("accuse blame criticise criticize condemn denounce slam fault lambast attack".split())
_SAYING = frozenset("say claim argue allege add charge insist maintain".split())
_HE = frozenset({"he", "him", "his", "himself", "she", "her", "hers", "herself"})
_SHE = frozenset({"she", "her", "hers", "herself"})
_WOMEN = frozenset("ms ms. mrs mrs. queen princess spokeswoman chairwoman woman".split())
_MEN = frozenset("mr mr. king prince sir sheikh sheik ayatollah imam emir sultan pope spokesman chairman".split())
_THEY = frozenset({"they", "them", "their", "themselves"})
_IT = frozenset({"it", "its", "itself"})
_PAIRS = frozenset({"both", "two", "each", "neither", "either"})
_FAR = 4  # sentences: a pronoun means nobody who was mentioned further back
_NEAR = 1  # sentences: 'both' are told of in this or the one before
_DELEGATES = frozenset({"representative", "delegate", "ambassador", "diplomat", "spokesman", "spokeswoman", "speaker"})
_QUOTES = frozenset({'"', "''", "``", "”"})
_BODIES = frozenset({"delegation", "team", "side", "camp", "force", "government"})


class Pronouns:
    """Who 'he', 'they', 'it' and 'both' are, by what was said before."""

    def _accused(self, tree: Tree, token: int) -> tuple[str, ...]:
        """'X blamed Y, saying it had …': who is blamed is spoken of, not who blames."""
        s = tree.s
        said = s.heads[s.heads[token]]
        if s.deps[s.heads[token]] != "ccomp" or s.tags[said] != "VBG" or s.lemmas[said] not in _SAYING:
            return ()
        above = s.heads[said]
        if s.lemmas[above] not in _BLAMING or s.deps[said] != "advcl":
            return ()
        plural = s.words[token].lower() in _THEY
        kinds = frozenset({Kind.PERSON}) if s.words[token].lower() in _HE else ORGANISED
        objects = [p for p in self.memory.here(s.number) if s.heads[p.token] == above]
        told = [p for p in objects if tree.object_of(p.token) and (plural or len(p.ids) == 1)]
        return next((p.ids for p in reversed(told) if self.cast.kind(p.ids[0]) in kinds), ())

    def __init__(self, memory: Memory) -> None:
        self.memory = memory
        self.cast = memory.cast
        self._genders: dict[str, str] = {}
        self._barred: frozenset[str] = frozenset()

    def otherwise(self, tree: Tree, token: int, barred: frozenset[str]) -> tuple[str, ...]:
        """Return whom a pronoun means if it is none of these: 'the pair urged him' means neither of the pair."""
        self._barred = barred
        heard = self.resolve(tree, token, tree.s.words[token].lower())
        self._barred = frozenset()
        return heard.ids if heard is not None else ()

    def resolve(self, tree: Tree, token: int, word: str) -> Heard | None:
        ahead = tree.owner_ahead(token) if word in _IT | _THEY else None
        if ahead is not None:
            told = next((p.ids for p in self.memory.here(tree.s.number) if p.token == ahead), None)
            return Heard(ids=told, how="pronoun") if told else None
        accused = self._accused(tree, token) if tree.subject_of(token) else ()
        if accused:
            found = accused
        elif word in _HE:
            found = self._person(tree, token, "she" if word in _SHE else "he")
        elif word in _THEY:
            found = self._plural(tree, token)
        elif word in _IT and tree.subject_of(token) and tree.is_expletive(token):
            return None
        elif word in _IT:
            found = self._antecedent(tree, token, ORGANISED, single=True) if self._means_somebody(tree, token) else ()
        elif word in _PAIRS and (tree.subject_of(token) or self._is_pair(tree, token, word)):
            found = self._both(tree, self._acting(tree, token))
        else:
            return None
        return Heard(ids=found, how="pronoun") if found else None

    def _is_pair(self, tree: Tree, token: int, word: str) -> bool:
        """Return whether 'the two' or 'both' stands where somebody is acted upon: 'urged the two to talk', 'called on both'."""
        alone = not tree.s.children[token] or (word == "two" and tree.determiner(token) == "the")
        told = tree.object_of(token) or tree.governing_preposition(token) in (
            "on",
            "with",
            "between",
            "to",
            "from",
            "of",
        )
        plain = word == "both" or (
            word == "two" and tree.determiner(token) == "the" and len(tree.s.children[token]) == 1
        )
        return alone and told and plain

    def _acting(self, tree: Tree, token: int) -> frozenset[str]:
        """Return who acts in the clause in which a pair is acted upon, and so is none of the two."""
        if tree.subject_of(token):
            return frozenset()
        verb = tree.s.heads[token] if tree.object_of(token) else tree.s.heads[tree.s.heads[token]]
        here = [p for p in self.memory.here(tree.s.number) if p.subject and tree.s.heads[p.token] == verb]
        acting = {i for p in here for i in p.ids}
        return frozenset(acting | {i for i in self.cast.people if i in self.cast and self.cast.camp_of(i) in acting})

    def _means_somebody(self, tree: Tree, token: int) -> bool:
        """Return whether 'it' stands where somebody acts, owns or is acted upon."""
        return tree.subject_of(token) or tree.s.tags[token] == "PRP$" or tree.object_of(token)

    def _person(self, tree: Tree, token: int, gender: str) -> tuple[str, ...]:
        """Return the last person who may be called so, and keep what this tells of a person who stands alone."""
        people = frozenset({Kind.PERSON})
        other = {i for i, known in self._genders.items() if known != gender}
        other |= {i for i, known in self.cast.people.items() if self._titled(known.titles) not in (None, gender)}
        found = self._antecedent(tree, token, people, single=True, but=other)
        known = {i for i, person in self.cast.people.items() if self._titled(person.titles) == gender}
        if known and not known & set(found):
            sure = self._antecedent(tree, token, people, single=True, but=set(self.cast.people) - known)
            last = next((p for p in reversed(self.memory.past) if p.ids == sure), None)
            found = sure if last is not None and tree.s.number - last.sentence <= _NEAR else found
        near = {p.ids[0] for p in self.memory.near(tree.s.number, 1) if self.cast.kind(p.ids[0]) in people}
        if len(found) == 1 and near == set(found):
            self._genders.setdefault(found[0], gender)
        return found

    def _titled(self, titles: set[str]) -> str | None:
        """Return whether a person's titles say 'he' or 'she', or nothing."""
        if titles & _WOMEN:
            return "she"
        return "he" if titles & _MEN else None

    def _antecedent(
        self, tree: Tree, token: int, kinds: frozenset[Kind], *, single: bool, but: Set[str] = frozenset()
    ) -> tuple[str, ...]:
        """Return the last fitting mention: subjects of this sentence, then of the one before, then any."""
        collective = self.cast.rulebook.words("collectives") if kinds is ORGANISED else frozenset()
        here = (tree.s.number, token)
        thing = kinds is ORGANISED
        fitting = [
            p
            for p in self.memory.near(tree.s.number, _FAR)
            if (p.sentence, p.token) < here
            and (len(p.ids) == 1 or not single)
            and p.ids[0] not in but
            and self._barred.isdisjoint(p.ids)
            and not (thing and p.lemma and self._is_crowd(p))
            and (
                (self.cast.kind(p.ids[0]) in kinds and not (kinds is not ORGANISED and p.lemma in _BODIES))
                or (not thing and p.lemma in _DELEGATES and self._is_one(p))
                or (p.lemma in collective and self.cast.kind(p.ids[0]) is not Kind.PERSON)
            )
        ]
        if self._after_a_quote(tree, token):
            fitting = [p for p in fitting if p.sentence < tree.s.number]
        doing = self._doing(tree, token)
        fitting = [p for p in fitting if doing.isdisjoint(p.ids)]
        near = [
            p
            for p in fitting
            if p.sentence == tree.s.number and p.token < token and not self._same_clause_object(tree, p, token)
        ]
        if tree.is_main_subject(token):  # 'With X abstaining, it demanded': it is not X
            near = [p for p in near if not self._aside(tree, p)]
        subjects = [p for p in near if p.subject]
        if subjects and self._speaks_after(tree, token):
            return subjects[0].ids
        for group in (
            subjects,
            near,
            [p for p in fitting if p.main and tree.s.number - p.sentence == 1],
            [p for p in fitting if p.subject and 0 < tree.s.number - p.sentence <= 2],
            [p for p in fitting if 0 < tree.s.number - p.sentence <= _FAR],
        ):
            if group:
                one = [p for p in group if not self._is_plural(p)] if thing else []
                return (one or group)[-1].ids
        return ()

    def _doing(self, tree: Tree, token: int) -> frozenset[str]:
        """Return who is the subject of the verb whose object a pronoun is, and so is not meant by it, here or before."""
        here = [p for p in self.memory.here(tree.s.number) if p.subject and p.token < token]
        return frozenset(i for p in here if self._same_clause_object(tree, p, token) for i in p.ids)

    def _speaks_after(self, tree: Tree, token: int) -> bool:
        """Return whether a possessive opens the speech verb's clause at the end: 'X will strike if Y moves, its minister said'."""
        s = tree.s
        verb = s.heads[s.heads[token]]
        told = s.lemmas[verb] in self.cast.rulebook.words("say") and verb > token
        return s.tags[token] == "PRP$" and told and token > 0 and s.words[token - 1] == ","

    def _aside(self, tree: Tree, past: Past) -> bool:
        """Return whether a mention is the subject of a participle that stands beside the sentence: 'with Kenya abstaining'."""
        s = tree.s
        beside = s.tags[s.heads[past.token]] == "VBG" and past.subject
        first = min([past.token, *s.children[past.token]])
        return beside and first > 0 and s.words[first - 1].lower() == "with"

    def _after_a_quote(self, tree: Tree, token: int) -> bool:
        """Return whether a possessive is of the speaker after his words: '"Jets bombed us," said its secretary' is not the jets'."""
        s = tree.s
        owned = s.heads[token]
        told = s.tags[token] == "PRP$" and s.lemmas[s.heads[owned]] in self.cast.rulebook.words("say")
        return told and tree.subject_of(owned) and any(word in _QUOTES for word in s.words[max(0, token - 4) : token])

    def _is_one(self, past: Past) -> bool:
        """Return whether a mention is of one delegate, who is heard as his state or body."""
        tree = self.memory.trees.get(past.sentence)
        return tree is not None and tree.s.tags[past.token] in ("NN", "NNP")

    def _is_crowd(self, past: Past) -> bool:
        """Return whether a mention is of people without a name, whom 'it' never means: 'the children said', 'gunmen stormed'."""
        nobody = past.ids[0] in self.cast.nameless and self._is_plural(past)
        return nobody and ("CVL" in self.cast.sectors(past.ids[0]) or self.cast.part_of(past.ids[0]) is None)

    def _is_plural(self, past: Past) -> bool:
        tree = self.memory.trees.get(past.sentence)
        return tree is not None and tree.s.tags[past.token] in ("NNS", "NNPS")

    def _same_clause_object(self, tree: Tree, past: Past, token: int) -> bool:
        """Return whether the mention is the subject of the very verb whose object the pronoun is ('X told him')."""
        if tree.s.tags[token] != "PRP" or tree.subject_of(token):
            return False
        up = tree.s.heads[token]
        own = tree.s.words[token].lower() not in _IT and self._has_subject(tree, up)  # 'X said that Y had barred them'
        near = (up,) if own else (up, tree.s.heads[up])
        over = tree.s.heads[past.token]
        verbs = self._verbs_over(tree, token)
        reached = over in near and (past.subject or over == up or tree.s.tags[up][:2] != "VB")
        return reached or (past.subject and (over in verbs or self._goes_on(tree, past, token)))

    def _goes_on(self, tree: Tree, past: Past, token: int) -> bool:
        """Return whether the pronoun's verb goes on from the mention's: 'said that X had met Y and urged him'."""
        s, verb = tree.s, tree.s.heads[token]
        between = range(past.token + 1, verb)
        joined = verb > past.token and s.words[verb - 1].lower() in ("and", "or", "then") and s.deps[verb] == "conj"
        return joined and not any(tree.subject_of(t) for t in between)

    def _verbs_over(self, tree: Tree, token: int) -> set[int]:
        """Return the verb that governs a pronoun, with the verbs that it shares its subject with ('came and took them')."""
        heads, tags = tree.s.heads, tree.s.tags
        up = heads[token]
        over: set[int] = set()
        while tags[up][:2] != "VB" and heads[up] != up:
            up = heads[up]
        over.add(up)
        while tree.s.deps[up] == "conj" and heads[up] != up and not self._has_subject(tree, up):
            up = heads[up]
            over.add(up)
        return over

    def _joined_verbs(self, tree: Tree, verb: int) -> set[int]:
        """Return a verb with those that it shares its subject with."""
        over = {verb}
        while tree.s.deps[verb] == "conj" and tree.s.heads[verb] != verb and not self._has_subject(tree, verb):
            verb = tree.s.heads[verb]
            over.add(verb)
        return over

    def _has_subject(self, tree: Tree, verb: int) -> bool:
        return any(tree.subject_of(child) for child in tree.s.children[verb])

    def _plural(self, tree: Tree, token: int) -> tuple[str, ...]:
        recent = [
            p
            for p in self.memory.near(tree.s.number, 2)
            if (p.sentence, p.token) < (tree.s.number, token)
            and not (p.sentence == tree.s.number and self._same_clause_object(tree, p, token))
            and self._barred.isdisjoint(p.ids)
        ]
        subjects = [p for p in recent if p.subject]
        met = self._met_before(tree, token, recent)
        if met:
            return met
        here = [p for p in subjects if p.sentence == tree.s.number and (len(p.ids) > 1 or self._is_plural(p))]
        inside = self._owners_inside(tree, token, recent) if not here else ()
        if inside:
            return inside
        told = [] if here else self._main_before(tree, token, recent)
        if len(told) > 1 or (told and self.cast.kind(told[0].ids[0]) in ORGANISED):
            return tuple(dict.fromkeys(i for p in told for i in p.ids))
        for group in (subjects, recent):
            for past in reversed(group):
                joined = self._joined(past, group)
                if len(joined) > 1:
                    return joined
                kind = self.cast.kind(past.ids[0])
                officials = kind in ORGANISED and past.lemma and self._is_plural(past)
                if kind in (Kind.ARMED_GROUP, Kind.GROUP, Kind.GOVERNMENT) or officials:
                    return past.ids
        return ()

    def _owners_inside(self, tree: Tree, token: int, recent: list[Past]) -> tuple[str, ...]:
        """Return the people counted before a 'their' below them: 'the death of two soldiers after a bomb hit their car'."""
        if tree.s.tags[token] != "PRP$" or not tree.object_of(tree.s.heads[token]):
            return ()
        here = [p for p in recent if p.sentence == tree.s.number and p.lemma and self._is_plural(p)]
        counted = [p for p in here if any(tree.s.tags[c] == "CD" for c in tree.s.children[p.token])]
        return counted[-1].ids if counted else ()

    def _met_before(self, tree: Tree, token: int, recent: list[Past]) -> tuple[str, ...]:
        """Return whom the verb before has as its object: the members of 'arrested four members and deported two of them',
        the two of 'welcomed talks between X and Y and urged them'."""
        bidden = (
            tree.s.heads[tree.s.heads[token]] if tree.subject_of(token) else None
        )  # 'met rebels and urged them to go'
        verbs = self._joined_verbs(tree, bidden) if bidden is not None else self._verbs_over(tree, token)
        if tree.s.words[token].lower() != "them" or len(verbs) < 2:
            return ()
        here = [p for p in recent if p.sentence == tree.s.number]
        objects = [p for p in here if tree.object_of(p.token) and tree.s.heads[p.token] in verbs and self._is_plural(p)]
        if objects:
            return objects[-1].ids
        nouns = [t for t in range(token) if tree.object_of(t) and tree.s.heads[t] in verbs]
        between = [n for t in nouns for preposition, n in tree.prepositional(t) if preposition == "between"]
        pair = {t for n in between for t in tree.conjuncts(n)}
        return tuple(dict.fromkeys(i for p in here if p.token in pair for i in p.ids))

    def _main_before(self, tree: Tree, token: int, recent: list[Past]) -> list[Past]:
        """Return the main subjects of the sentence before, with all joined to them, for a 'they' that opens a sentence."""
        opens = token <= 1 and tree.s.tags[token] == "PRP$" and tree.subject_of(tree.s.heads[token])  # 'Their march'
        if not (tree.subject_of(token) or opens) or token > 3:
            return []
        before = [p for p in recent if tree.s.number - p.sentence == 1]
        main = [p for p in before if self._told_first(p, before) or p.main]
        told = [p for p in main if not p.main]
        main = told or main
        return [p for p in before if p in main or any(self.memory.beside(p, m) for m in main)]

    def _told_first(self, past: Past, before: list[Past]) -> bool:
        """Return whether a mention is the subject of what was told before '…, officials said': 'they' go on with it."""
        tree = self.memory.trees.get(past.sentence)
        if tree is None or not past.subject:
            return False
        verb = tree.s.heads[past.token]
        root = tree.s.heads[verb]
        speakers = [p for p in before if p.main and self.cast.kind(p.ids[0]) is not Kind.PERSON]
        return tree.s.deps[verb] == "ccomp" and tree.s.deps[root] == "ROOT" and any(p.token > verb for p in speakers)

    def _joined(self, past: Past, group: list[Past]) -> tuple[str, ...]:
        """Return all subjects that stand beside a mention in its sentence, joined by 'and'."""
        beside = [p for p in group if p.sentence == past.sentence and abs(p.token - past.token) <= 6]
        ids = tuple(dict.fromkeys(i for p in beside for i in p.ids))
        return ids if past.subject or len(past.ids) > 1 else past.ids

    def _both(self, tree: Tree, acting: frozenset[str] = frozenset()) -> tuple[str, ...]:
        """Return the two last told of as a pair, side by side, else the two sides last named, else any two; none who acts."""
        near = [p for p in self.memory.near(tree.s.number, _NEAR) if acting.isdisjoint(p.ids)]
        for past in reversed(near):
            beside = [p for p in near if p is not past and p.sentence == past.sentence and self.memory.beside(past, p)]
            ids = tuple(dict.fromkeys(i for p in (*beside, past) for i in p.ids))
            if len(ids) == 2 and all(self._may_be_one(i) for i in ids):
                return tuple(sorted(ids))
        sides = [
            i for p in reversed(near) for i in p.ids if self._may_be_one(i) and self.cast.kind(i) is not Kind.PERSON
        ]
        free = tuple(dict.fromkeys(i for i in sides if i not in self.cast.third and i not in self.cast.nameless))
        if len(free) == 2:
            return tuple(sorted(free))
        people = (
            tuple(dict.fromkeys(i for p in near for i in p.ids if self.cast.kind(i) is Kind.PERSON)) if acting else ()
        )
        if len(people) == 2:
            return tuple(sorted(people))
        found = [i for p in reversed(self.memory.past) for i in p.ids if self._may_be_one(i) and i not in acting]
        both = tuple(dict.fromkeys(found))[:2]
        return tuple(sorted(both)) if len(both) == 2 else ()

    def _may_be_one(self, identity: str) -> bool:
        return self.cast.kind(identity) in PARTIES | {Kind.PERSON, Kind.OTHER}
