"""Common nouns -> groups, forces, states: agents with their owner, pairs of sides, back references."""

from __future__ import annotations

from collections.abc import Iterable

from dragoman.model import Kind
from dragoman.reading.memory import Memory, Past
from dragoman.reading.tree import Tree
from dragoman.rulebook.types import Agent

DEFINITE = frozenset({"the", "this", "that", "these", "those", "both", "all", "its", "their", "his", "her"})
_FIGHTING = frozenset({"REB", "MIL", "UAF", "PTY", "OPP"})
_PAIRING = frozenset(
    {"two", "both", "warring", "rival", "opposing", "fighting", "conflicting", "feuding", "belligerent"}
)
_RULING_WORDS = frozenset(
    "government authorities regime junta administration state cabinet presidency officials".split()
)
_RULES = frozenset({"government", "regime", "administration", "cabinet", "junta"})
_SENT = frozenset(
    "diplomats envoys negotiators officials ministers representatives delegates delegation ministry".split()
)
_FOLLOWERS = frozenset("supporters followers guards bodyguards aides loyalists".split())
_RULING = frozenset({"president", "prime minister", "king", "supreme leader", "emir", "chancellor", "head of state"})
_BODIED = frozenset({Kind.STATE, Kind.GOVERNMENT, Kind.ARMED_GROUP, Kind.GROUP})
_OPPOSED = {Kind.PERSON: frozenset({Kind.PERSON}), Kind.STATE: _BODIED}
_LEAD = 2  # sentences: heading and lead say 'rebels' of those whom the report names below
_FAR = 8  # sentences: 'the three countries' are still those of a list so far back
_CROWNED = ("king", "emir", "sultan", "crown prince")
_COUNTS = {"three": 3, "four": 4, "five": 5}
_FORCES = frozenset({"army", "military", "force", "navy"})
_OWN_NAMED = frozenset(
    "coalition alliance party network agency monitor watchdog charity".split()
)  # these mean only who is called so
_RULERS = frozenset({"government", "regime", "state", "junta"})
_ASSAILANTS = frozenset("attackers assailants raiders intruders kidnappers captors hijackers".split())
_SIDES = frozenset({"pro", "anti", "counter", "non"})


def sided(tree: Tree, token: int) -> bool:
    """Return whether a word stands after 'pro-' or 'anti-', which says whose side somebody is on, not whose he is."""
    return token > 1 and tree.s.words[token - 1] == "-" and tree.s.words[token - 2].lower() in _SIDES


class Groups:
    """Who stands behind a common noun: 'Turkish troops', 'the two sides', 'the rebels', 'the group'."""

    def __init__(self, memory: Memory) -> None:
        self.memory = memory
        self.cast = memory.cast
        self.agents = {word: agent for agent in self.cast.rulebook.agents for word in agent.words}

    def pair(self, tree: Tree, token: int, lemma: str, owners: tuple[str, ...]) -> tuple[str, ...]:
        """'the two sides', 'both leaders', 'Libya's warring parties': the last two that fit."""
        if lemma not in self.cast.rulebook.words("pair_words"):
            return ()
        counted = set(tree.counted(token))
        each = lemma in ("side", "party") and counted & {"each", "either", "neither"}
        if tree.s.tags[token] not in ("NNS", "NNPS") and not each:
            return ()
        rivals = self.cast.rulebook.words("rival_words")
        definite = bool(counted & {"the", "both", "these"}) and (lemma in ("side", "party") or lemma in rivals)
        several = next((_COUNTS[word] for word in counted & set(_COUNTS)), 0)
        if not counted & _PAIRING and not definite and not each and not several:
            return ()
        wanted = self._pair_kinds(lemma)
        if several:
            wanted = wanted if wanted == frozenset({Kind.PERSON}) else wanted | {Kind.OTHER}
            listed = [p for p in self.memory.past if len(p.ids) == 1 and self.cast.kind(p.ids[0]) in wanted]
            return self._listed_lately(tree, listed, several) if "the" in counted else ()
        within = (
            {self.cast.code(owner) for owner in owners} if lemma in ("party", "side", "faction", "group") else set()
        )
        fitting = [p for p in self.memory.past if all(self._may_pair(i, wanted, within) for i in p.ids)]
        joined = self._joined_lately(tree, fitting)
        if joined:
            return self._forces(joined) if lemma in _FORCES else joined
        likely = [i for i in self.cast.counts if self._may_pair(i, wanted, within)]
        likely += [i for p in fitting for i in p.ids if i not in likely]
        told = [i for i in likely if self.memory.told(i)]
        likely = told if len(told) > 1 else likely
        groups = [i for i in likely if self.cast.kind(i) is not Kind.PERSON]
        likely = groups if len(groups) > 1 else likely
        others = [i for i in likely if i not in owners]
        likely = others if len(others) > 1 else likely
        found: list[str] = []
        for identity in sorted(likely, key=lambda i: (-self._weight(i), i)):
            if not self._inside(identity, found):
                found.append(identity)
        if len(found) < 2:
            return ()
        return self._forces(sorted(found[:2])) if lemma in _FORCES else tuple(sorted(found[:2]))

    def _forces(self, sides: Iterable[str]) -> tuple[str, ...]:
        """'both armies' are the forces of the two sides."""
        return tuple(dict.fromkeys(self.cast.force(side) for side in sides))

    def _weight(self, identity: str) -> float:
        """How likely an entity is a side: by how often the report names it, groups and home before persons and others."""
        kind, count = self.cast.kind(identity), self.cast.counts.get(identity, 0)
        if kind in (Kind.ARMED_GROUP, Kind.GOVERNMENT) or identity == self.cast.home:
            return 1.6 * count
        return (0.5 if kind is Kind.PERSON else 1.0) * count

    def _may_pair(self, identity: str, wanted: frozenset[Kind], within: set[str | None]) -> bool:
        if identity in self.cast.third:
            return False
        if self.cast.kind(identity) not in wanted or (within and self.cast.code(identity) not in within):
            return False
        if self.cast.actor(identity) is not None:
            return self.cast.kind(identity) is not Kind.GROUP or bool(_FIGHTING & set(self.cast.sectors(identity)))
        return self.cast.part_of(identity) is None and self.cast.name(identity) not in self.agents

    def of_those(self, tree: Tree, token: int, lemma: str) -> tuple[str, ...]:
        """'the latter', 'the former', 'the pair', 'the trio': of those that were last named side by side."""
        listed = self._listed_lately(
            tree, [p for p in self.memory.past if len(p.ids) == 1], 3 if lemma == "trio" else 2
        )
        if lemma in ("pair", "duo", "trio"):
            return listed
        return listed[-1:] if lemma == "latter" else listed[:1]

    def _listed_lately(self, tree: Tree, fitting: list[Past], count: int) -> tuple[str, ...]:
        """Return the so many that stood in one list ('Russia, Iran and Turkey') in this or the sentences before."""
        for number in range(tree.s.number, max(0, tree.s.number - _FAR), -1):
            here = [p for p in fitting if p.sentence == number]
            for first in here:
                beside = [p for p in here if p is first or self.memory.beside(p, first)]
                ids = tuple(dict.fromkeys(i for p in beside for i in p.ids))
                if len(ids) == count:
                    return ids
        return ()

    def _joined_lately(self, tree: Tree, fitting: list[Past]) -> tuple[str, ...]:
        """Return the last two that stood side by side ('Israel and Hamas') in this or the three sentences before."""
        for later in range(len(fitting) - 1, 0, -1):
            one, other = fitting[later - 1], fitting[later]
            if tree.s.number - one.sentence > 3:
                break
            near = one.sentence == other.sentence and other.token - one.token <= 5
            ids = tuple(dict.fromkeys((*one.ids, *other.ids)))
            if near and len(ids) == 2 and self.memory.beside(other, one):
                return ids
        return ()

    def _pair_kinds(self, lemma: str) -> frozenset[Kind]:
        if lemma in ("leader", "president", "minister", "man", "commander", "general"):
            return frozenset({Kind.PERSON})
        if lemma in ("country", "nation", "neighbour", "neighbor", "state", "government", "capital"):
            return frozenset({Kind.STATE, Kind.GOVERNMENT})
        return frozenset({Kind.STATE, Kind.GOVERNMENT, Kind.ARMED_GROUP, Kind.PERSON, Kind.GROUP, Kind.OTHER})

    def _inside(self, identity: str, found: Iterable[str]) -> bool:
        """Return whether an entity is a part of one already found (or the other way round)."""
        return any(self.cast.part_of(identity) == other or self.cast.part_of(other) == identity for other in found)

    def own_camp(self, lemma: str, owners: tuple[str, ...]) -> tuple[str, ...]:
        """'his group', 'her party': the side of the person."""
        if lemma not in self.cast.rulebook.words("group_words") or len(owners) != 1:
            return ()
        camp = self.cast.camp_of(owners[0])
        return (camp,) if camp is not None and self.cast.kind(camp) is not Kind.STATE else ()

    def own_country(self, lemma: str, owners: tuple[str, ...]) -> tuple[str, ...]:
        """'his country', 'whose country': the state of the person."""
        if lemma not in ("country", "nation", "homeland") or len(owners) != 1:
            return ()
        if self.cast.kind(owners[0]) is not Kind.PERSON:
            return ()
        state = self.cast.rulebook.states.get(self.cast.code(owners[0]) or "") or self.cast.side_of(owners[0])
        if state is None:
            return ()
        return (self.cast.admit(state) if state in self.cast.rulebook.roster else state,)

    def agent(self, tree: Tree, token: int, owners: tuple[str, ...]) -> tuple[str, ...]:
        word, agent = self._agent_word(tree, token)
        if agent is None:
            return ()
        inner = self._inner_agent(tree, token)
        if inner is not None and not owners:
            return inner
        if owners:
            return tuple(dict.fromkeys(made for owner in owners[:4] if (made := self.made(owner, agent, word))))
        return self._generic(tree, token, word, agent)

    def _agent_word(self, tree: Tree, token: int) -> tuple[str, Agent | None]:
        word = tree.s.words[token].lower()
        if token:
            two = f"{tree.s.words[token - 1].lower()} {word}"
            if two in self.agents:
                return two, self.agents[two]
        noun = tree.s.tags[token][:2] == "NN"  # 'suspected rebels' are no suspects
        return word, self.agents.get(word) or (self.agents.get(tree.s.lemmas[token].lower()) if noun else None)

    def qualified(self, tree: Tree, token: int) -> tuple[str, ...]:
        """Return who is meant by the word before a noun that is nobody itself: 'army base', 'rebel positions'."""
        return self._inner_agent(tree, token) or ()

    def _inner_agent(self, tree: Tree, token: int) -> tuple[str, ...] | None:
        """'government forces', 'rebel fighters', 'army helicopters': the word before names whose they are."""
        for modifier in tree.modifiers(token):
            word, agent = self._agent_word(tree, modifier)
            if sided(tree, modifier):
                continue
            if agent is None or (
                modifier == token - 1 and self._agent_word(tree, token)[0] != tree.s.words[token].lower()
            ):
                continue
            if agent.makes == "owner":
                if tree.s.words[modifier].lower() in _RULERS:
                    return self._of_government(tree, token)
                continue
            return self._generic(tree, modifier, word, agent)
        return None

    def _of_government(self, tree: Tree, token: int) -> tuple[str, ...]:
        """'government forces' are the home state's forces, 'government envoys' the state itself."""
        fights = (agent := self._agent_word(tree, token)[1]) is not None and agent.makes == "force"
        home = self.cast.home
        if home is None:
            return (self.cast.body(None, "government forces" if fights else "government", Kind.GROUP, ("GOV",)),)
        return (self.cast.force(home) if fights else home,)

    def made(self, owner: str, agent: Agent, word: str) -> str | None:
        """Return what a name and an agent noun make together: 'Turkish troops', 'Houthi officials'."""
        kind = self.cast.kind(owner)
        if kind is Kind.PERSON:
            fights = agent.makes == "force" or agent.kind is Kind.ARMED_GROUP
            led = self.cast.camp_of(owner) if fights or word in _RULES | _SENT else None
            if agent.makes == "body" and word in _FOLLOWERS:
                return self.cast.following(owner, word)
            served = self._served(owner) if word in _RULES or agent.makes == "force" else led
            served = led if agent.makes == "force" and led is not None else served or led
            if served is not None and agent.makes == "force":
                return self.cast.force(served)
            return served or (owner if agent.makes != "body" else None)
        if kind is Kind.OTHER and agent.makes == "force":
            self.cast.learn(owner, kind=Kind.STATE, sectors=("GOV",))
        if kind in (Kind.PLACE, Kind.MEDIA):
            return None
        if agent.makes == "owner":
            return owner
        if agent.makes == "force" and not (kind is Kind.STATE and agent.label == "men"):
            return self.cast.force(owner)
        armed = agent.kind is Kind.ARMED_GROUP
        if armed and kind is Kind.OTHER and self.cast.is_place(self.cast.name(owner)):
            return self.cast.body(owner, agent.label or word, agent.kind, agent.sectors)  # 'Darfur rebels'
        if armed and kind in (Kind.GROUP, Kind.OTHER):
            self.cast.learn(owner, kind=Kind.ARMED_GROUP, sectors=("REB",))
        if armed and kind in (Kind.ARMED_GROUP, Kind.GROUP, Kind.GOVERNMENT):
            return owner
        return self.cast.body(owner, agent.label or word, agent.kind, agent.sectors)

    def _served(self, person: str) -> str | None:
        """Return the state that a person rules: 'the Assad regime', 'the Obama administration' are the state."""
        actor = self.cast.actor(person)
        held = (o.of for o in actor.offices if o.title in _RULING) if actor is not None else ()
        states = (of for of in held if self.cast.rulebook.roster[of].kind is Kind.STATE)
        state = next(states, None)
        return self.cast.admit(state) if state is not None else None

    def _generic(self, tree: Tree, token: int, word: str, agent: Agent) -> tuple[str, ...]:
        """An agent noun without a name: whoever it meant before, else the report's own country's."""
        definite = tree.determiner(token) in (*DEFINITE, None)
        if word == "force" and tree.determiner(token) is None:
            return ()
        if agent.label == "munitions":
            return ()
        if agent.makes == "owner" and agent.label is not None:
            return (self.cast.body(None, word, Kind.GROUP, agent.sectors),)
        if agent.makes == "owner":
            if not definite or not (word in _RULING_WORDS or "ministry" in word):
                return ()
            return (self._ruling(word),)
        qualifies = not tree.is_noun_head(token)
        if (
            agent.kind is Kind.ARMED_GROUP
            and "REB" in agent.sectors
            and (qualifies or tree.determiner(token) in DEFINITE or self._counted(tree, token))
        ):
            named = self.memory.last(frozenset({Kind.ARMED_GROUP, Kind.GROUP}), sector="REB")
            named = self._so_called(word, named)
            called = self.memory.labelled(agent.label) if agent.label else None
            last = max((i for i in (named, called) if i is not None), key=self.memory.told, default=None)
            if last:
                return (last,)
        if word in _ASSAILANTS and tree.determiner(token) == "the" and (named := self._attacker(tree)) is not None:
            return (named,)
        ahead = self.cast.only_rebels() if agent.label == "rebels" and tree.s.number <= _LEAD else None
        if ahead is not None:
            return (ahead,)
        if agent.makes == "force":
            if not definite or word not in ("army", "military", "navy", "air force", "security forces"):
                return (self.cast.body(None, self._plural(word), agent.kind, agent.sectors),)
            return (
                self.cast.force(self.cast.home)
                if self.cast.home
                else self.cast.body(None, word, agent.kind, agent.sectors),
            )
        label = agent.label if agent.label in ("protesters", "police", "opposition", "parliament", "court") else word
        if agent.label is not None and (qualifies or " " in word):
            label = agent.label
        return (self.cast.body(None, self._plural(label or word), agent.kind, agent.sectors),)

    def _last_named(self) -> str | None:
        """Return the last armed group or government with a name of its own."""
        told = (i for past in reversed(self.memory.past) for i in past.ids if i not in self.cast.nameless)
        return next((i for i in told if self.cast.kind(i) in (Kind.ARMED_GROUP, Kind.GOVERNMENT)), None)

    def _attacker(self, tree: Tree) -> str | None:
        """Return the armed group that did something in this sentence or the one before: it is 'the attackers'."""
        near = [p for p in self.memory.past if tree.s.number - p.sentence <= 1 and p.subject and len(p.ids) == 1]
        armed = [p.ids[0] for p in near if self.cast.kind(p.ids[0]) is Kind.ARMED_GROUP]
        return armed[-1] if len(set(armed)) == 1 and armed[-1] not in self.cast.nameless else None

    def _kingdom(self) -> str | None:
        """Return the state last told of that has a king or an emir."""
        offices = self.cast.rulebook.offices
        states = (i for past in reversed(self.memory.past) for i in past.ids if self.cast.kind(i) is Kind.STATE)
        return next((i for i in states if any((i, title) in offices for title in _CROWNED)), None)

    def _so_called(self, word: str, last: str | None) -> str | None:
        """Return the armed group that the report calls so; 'the rebels' are no other where it names several groups."""
        called = self.cast.called.get(word.split()[0].rstrip("s"), set())
        if last is None or last in called or not called:
            return last
        near = (i for past in reversed(self.memory.past) for i in past.ids if i in called)
        return next(near, last)

    def _counted(self, tree: Tree, token: int) -> bool:
        """Return whether a number stands before a noun: '15 rebels' are of the rebels told of, 'rebels' may be others."""
        return any(tree.s.tags[c] == "CD" for c in tree.s.children[token])

    def _ruling(self, word: str) -> str:
        """'the ministry', 'the government': whoever was so called before, else a rival government, else the report's own state."""
        named = self.memory.headed("ministry") if "ministry" in word else None
        if named is not None:
            return named
        rival = self.memory.last(frozenset({Kind.GOVERNMENT}))
        if rival and word != "authorities":
            return rival
        return self.cast.home or self.cast.body(None, word, Kind.GOVERNMENT, ("GOV",))

    def _plural(self, word: str) -> str:
        """Return a nameless body's word in the plural where the lists have it, so that 'soldier' and 'soldiers' are one."""
        return next((form for form in (f"{word}s", word) if form in self.agents), word)

    def counterpart(self, tree: Tree, token: int, lemma: str, owners: tuple[str, ...]) -> tuple[str, ...]:
        """'its neighbour', 'his rival': the last other side that the report told of."""
        if lemma not in self.cast.rulebook.words("rival_words") or len(owners) != 1 or tree.possessor(token) is None:
            return ()
        several = tree.s.tags[token] == "NNS"
        if tree.s.tags[token] != "NN" and not (several and lemma not in ("neighbour", "neighbor")):
            return ()
        mine = (self.cast.camp_of(owners[0]) or owners[0]) if several else owners[0]
        kinds = frozenset({Kind.STATE}) if lemma.startswith("neighbo") else _OPPOSED.get(self.cast.kind(mine), _BODIED)
        for past in reversed(self.memory.past):
            for identity in past.ids:
                known = self.cast.kind(identity) in kinds and identity not in self.cast.third
                if known and identity != mine and not self._inside(identity, (mine,)):
                    return (identity,)
        return ()

    def back_reference(self, tree: Tree, token: int, lemma: str) -> tuple[str, ...]:
        """'the group', 'the movement', 'the country': the last one that fits."""
        words = self.cast.rulebook.words
        if tree.determiner(token) not in ("the", "this", "that"):
            return ()
        own = self.memory.called(lemma) if lemma in words("organisation_words") and tree.s.tags[token] == "NN" else None
        if own is not None:
            return (own,)
        if lemma in words("group_words") and tree.s.tags[token] == "NN":
            last = self.memory.called(lemma)
            if last is None and lemma not in _OWN_NAMED:
                last = self._last_named() or self.memory.last(frozenset({Kind.ARMED_GROUP, Kind.GOVERNMENT}))
                last = last or self.memory.last(frozenset({Kind.GROUP}))
            return (last,) if last else ()
        if lemma in words("country_words") and tree.s.tags[token] == "NN":
            reigned = self._kingdom() if lemma == "kingdom" else None
            main = reigned or self.cast.home or self.memory.last(frozenset({Kind.STATE}))
            return (main,) if main else ()
        return ()
