"""Common nouns -> groups, forces, states: agents with their owner, agents alone, whose camp and country."""

from __future__ import annotations

from dragoman.model import Entity, Kind
from dragoman.reading.cast import slug
from dragoman.reading.forces import Forces
from dragoman.reading.memory import Memory
from dragoman.reading.tree import Tree
from dragoman.rulebook.types import Agent

DEFINITE = frozenset({"the", "this", "that", "these", "those", "both", "all", "its", "their", "his", "her"})
_RULING_WORDS = frozenset(
    "government authorities regime junta administration state cabinet presidency officials".split()
) | frozenset(
    {"military council", "ruling council", "military regime", "military junta", "military government", "ruling junta"}
)
_WARLIKE = frozenset(  # what is 'military' and yet nobody's: 'military operations'
    "operation action campaign offensive exercise intervention aid assistance cooperation support solution option "
    "pact treaty alliance accord".split()
)
_OWN_FORCES = frozenset(
    {
        "army",
        "military",
        "navy",
        "air force",
        "security forces",
        "air defences",
        "air defenses",
        "air defence",
        "air defense",
    }
)
_RULES = frozenset({"government", "regime", "administration", "cabinet", "junta"})
_SENT = frozenset(
    "diplomats envoys negotiators officials ministers representatives delegates delegation ministry".split()
)
_FOLLOWERS = frozenset("supporters followers guards bodyguards aides loyalists tribesmen tribes clansmen".split())
_UNITS = frozenset({"battalion", "brigade", "regiment", "division", "brigades", "battalions"})
SENT_ABROAD = frozenset("delegation delegations negotiators envoys representatives delegates team mediators".split())
_RULING = frozenset({"president", "prime minister", "king", "supreme leader", "emir", "chancellor", "head of state"})
_PILOTLESS = frozenset({"drone", "drones"})  # 'a drone launched by X' is nobody
_LEAD = 2  # sentences: heading and lead say 'rebels' of those whom the report names below
_GROUPS = frozenset({"group", "movement", "organisation", "organization", "outfit", "faction", "militia"})
_BODIES = frozenset({"coalition", "alliance", "bloc", "union"})
_COMMANDING = frozenset({"order", "tell", "instruct", "command", "direct"})
_RULERS = frozenset({"government", "regime", "state", "junta"})
_DOUBTFUL = frozenset("suspected unidentified unknown masked alleged".split())
_OF_THE_WHOLE = frozenset({"federal", "central", "national"})
_ASSAILANTS = frozenset("attackers assailants raiders intruders kidnappers captors hijackers".split())
_SIDES = frozenset({"pro", "anti", "counter", "non"})


def sided(tree: Tree, token: int) -> bool:
    """Return whether a word stands after 'pro-' or 'anti-', which says whose side somebody is on, not whose he is."""
    return token > 1 and tree.s.words[token - 1] == "-" and tree.s.words[token - 2].lower() in _SIDES


class Groups:
    """Who stands behind a common noun: 'Turkish troops', 'the rebels', 'the ministry', 'his party'."""

    def __init__(self, memory: Memory) -> None:
        self.memory = memory
        self.cast = memory.cast
        self.forces = Forces(memory)
        self.agents = self.cast.rulebook.agent_of

    def own_camp(self, lemma: str, owners: tuple[str, ...]) -> tuple[str, ...]:
        """'his group', 'her party': the side of the person."""
        if lemma not in self.cast.rulebook.words("group_words") or len(owners) != 1:
            return ()
        camp = self.cast.camp_of(owners[0])
        if camp is not None and self.cast.kind(camp) is not Kind.STATE:
            return (camp,)
        party = lemma == "party" and self.cast.kind(owners[0]) is Kind.PERSON
        return (self.cast.following(owners[0], lemma),) if party else ()

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
        if owners and "own" in tree.counted(token) and self.cast.kind(owners[0]) is Kind.PERSON:
            return (
                self.cast.body(None, self._plural(word), agent.kind, agent.sectors),
            )  # 'killed by his own soldiers'
        if owners:
            group = self._told_group(tree, token, owners, agent)
            if group is not None:
                return (group,)
            return tuple(dict.fromkeys(made for owner in owners[:4] if (made := self.made(owner, agent, word))))
        owner = tree.possessor(token)
        weapon = tree.s.lemmas[token].lower() in self.cast.rulebook.words("weapon_nouns")
        if weapon and owner is not None and tree.s.tags[owner] in ("NNP", "NNPS"):
            return ()  # "X's jets" of an X that nobody knows: X's, and not those of the country that the report is about
        return self._generic(tree, token, word, agent)

    def _told_group(self, tree: Tree, token: int, owners: tuple[str, ...], agent: Agent) -> str | None:
        """'the Kenyan rebel group' after one that the report named: the last armed group of that country."""
        one = tree.s.tags[token] == "NN" and tree.determiner(token) == "the" and tree.s.lemmas[token].lower() in _GROUPS
        if not one or agent.kind is not Kind.ARMED_GROUP or len(owners) != 1:
            return None
        code = self.cast.code(owners[0])
        told = (i for past in reversed(self.memory.past) for i in past.ids if i not in self.cast.nameless)
        return next((i for i in told if self.cast.kind(i) is Kind.ARMED_GROUP and self.cast.code(i) == code), None)

    def _agent_word(self, tree: Tree, token: int) -> tuple[str, Agent | None]:
        word = tree.s.words[token].lower()
        if token:
            two = f"{tree.s.words[token - 1].lower()} {word}"
            if two in self.agents:
                return two, self.agents[two]
        single = tree.s.tags[token] == "NN" and tree.determiner(token) in ("a", "an", "one", "another")
        several = self.agents.get(f"{word}s") if single else None
        one = several if several is not None and several.sectors == ("CVL",) else None  # 'a Kenyan farmer'
        noun = tree.s.tags[token][:2] != "VB"  # 'suspected separatists' are no suspects
        return word, self.agents.get(word) or (self.agents.get(tree.s.lemmas[token].lower()) if noun else None) or one

    def qualified(self, tree: Tree, token: int) -> tuple[str, ...]:
        """Return who is meant by the word before a noun that is nobody itself: 'army base', 'rebel positions'."""
        near = tree.modifiers(token)[:1]
        kind = [m for m in near if tree.s.tags[m] == "JJ" and tree.s.words[m].lower() == "military"]
        return () if kind and tree.s.lemmas[token] in _WARLIKE else self._inner_agent(tree, token) or ()

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
        return self.so_named(tree, token)

    def so_named(self, tree: Tree, token: int) -> tuple[str, ...] | None:
        """'coalition air strikes', 'alliance troops': the body of that name which the report told of."""
        words = (tree.s.lemmas[m].lower() for m in tree.modifiers(token) if m < token)
        found = (self.memory.called(word) for word in words if word in _BODIES)
        return next(((identity,) for identity in found if identity is not None), None)

    def _of_government(self, tree: Tree, token: int) -> tuple[str, ...]:
        """'government forces' are the home state's forces, 'government envoys' the state itself."""
        fights = (agent := self._agent_word(tree, token)[1]) is not None and agent.makes == "force"
        home = self.cast.home
        if home is None:
            return (self.cast.body(None, "government forces" if fights else "government", Kind.GROUP, ("GOV",)),)
        return (self.cast.force(home) if fights else home,)

    def made(self, owner: str, agent: Agent, word: str) -> str | None:  # noqa: C901
        """Return what a name and an agent noun make together: 'Turkish troops', 'Houthi officials'."""
        kind = self.cast.kind(owner)
        if (
            kind is Kind.PERSON
            and word in _UNITS
            and self.cast.camp_of(owner) is None
            and self.cast.actor(owner) is None
        ):
            return self._unit(owner, word)
        if kind is Kind.PERSON:
            fights = agent.makes == "force" or agent.kind is Kind.ARMED_GROUP
            led = self.cast.camp_of(owner) if fights or word in _RULES | _SENT else None
            if agent.makes == "body" and word in _FOLLOWERS:
                return self.cast.following(owner, word)
            served = self._served(owner) if word in _RULES or agent.makes == "force" else led
            served = led if agent.makes == "force" and led is not None else served or led
            if served is not None and agent.makes == "force":
                return self.cast.force(served)
            return served or (owner if agent.makes != "body" else self.cast.following(owner, word) if fights else None)
        if word in _UNITS and kind in (Kind.OTHER, Kind.GROUP) and self.cast.actor(owner) is None:
            return self._unit(owner, word)
        if kind is Kind.OTHER and agent.makes == "force":
            self.cast.learn(owner, kind=Kind.STATE, sectors=("GOV",))
        if kind in (Kind.PLACE, Kind.MEDIA):
            return None
        if agent.makes == "owner":
            return owner
        if agent.makes == "force" and not (kind is Kind.STATE and agent.label == "men"):
            return self.cast.force(owner)
        if agent.label == "police" and "COP" in self.cast.sectors(owner):
            return owner
        armed = agent.kind is Kind.ARMED_GROUP
        if armed and kind is Kind.OTHER and self.cast.is_place(self.cast.name(owner)):
            return self.cast.body(owner, agent.label or word, agent.kind, agent.sectors)  # 'Darfur rebels'
        if armed and kind in (Kind.GROUP, Kind.OTHER):
            self.cast.learn(owner, kind=Kind.ARMED_GROUP, sectors=("REB",))
        if armed and kind in (Kind.ARMED_GROUP, Kind.GROUP, Kind.GOVERNMENT):
            return owner
        return self.cast.body(owner, agent.label or self._plural(word), agent.kind, agent.sectors)

    def _unit(self, owner: str, word: str) -> str:
        """Return the armed group that bears a name the roster does not know: 'the Abu Saleh battalion'."""
        name = f"{self.cast.name(owner)} {word}"
        return self.cast.make(Entity(id=slug(name), name=name, kind=Kind.ARMED_GROUP, sectors=("UAF",)))

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
        if agent.label == "munitions" or word in _PILOTLESS:
            return ()
        if agent.makes == "owner":
            whole = word in _RULERS and any(tree.s.words[m].lower() in _OF_THE_WHOLE for m in tree.modifiers(token))
            if whole and definite and self.cast.home is not None:
                return (self.cast.home,)  # 'the federal government' is no rival government
            return self._owning(word, agent, definite)
        qualifies = not tree.is_noun_head(token)
        told = self._told_fighters(tree, token, word, agent)
        if told is not None:
            return (told,)
        if agent.makes == "force":
            return (self._generic_force(tree, token, word, agent),)
        label = agent.label if agent.label in ("protesters", "police", "opposition", "parliament", "court") else word
        if agent.label is not None and (qualifies or " " in word):
            label = agent.label
        return (self.cast.body(None, self._plural(label or word), agent.kind, agent.sectors),)

    def _told_fighters(self, tree: Tree, token: int, word: str, agent: Agent) -> str | None:
        """'the rebels', 'the attackers': the armed group that was told of, or that a heading's report names below."""
        taken_up = not tree.is_noun_head(token) or tree.determiner(token) in DEFINITE or self._counted(tree, token)
        if agent.kind is Kind.ARMED_GROUP and "REB" in agent.sectors and taken_up:
            named = self.memory.last(frozenset({Kind.ARMED_GROUP, Kind.GROUP}), sector="REB")
            named = self._so_called(word, named)
            called = self.memory.labelled(agent.label) if agent.label else None
            acting = self.forces.acting_on(tree, token)
            told = (i for i in (named, called) if i is not None and i not in acting)
            last = max(told, key=self.memory.told, default=None)
            if last:
                return last
        if (
            word in _ASSAILANTS
            and tree.determiner(token) == "the"
            and (named := self.forces.attacker(tree)) is not None
        ):
            return named
        doubtful = any(tree.s.words[c].lower() in _DOUBTFUL for c in tree.s.children[token])
        heading = agent.label == "rebels" and tree.s.number <= _LEAD and not doubtful
        return self.cast.only_rebels() if heading else None

    def _generic_force(self, tree: Tree, token: int, word: str, agent: Agent) -> str:
        """Troops and weapons without an owner: the speaker's, the sender's, the state's own, else nobody's in particular."""
        spoken = self.forces.speakers_own(tree, token)
        sender = self.forces.sender(tree, token) if agent.label == "weapons" else None
        if spoken is not None or sender is not None:
            return spoken or sender or ""
        home = self.cast.force(self.cast.home) if self.cast.home is not None else None
        bare = tree.s.tags[token] == "NNS" and tree.determiner(token) is None and not tree.modifiers(token)
        if agent.label == "weapons" and bare and tree.subject_of(token) and home is not None:
            return home  # 'jets bombed the hills': only the state has them
        if tree.determiner(token) not in (*DEFINITE, None) or word not in _OWN_FORCES:
            return self.cast.body(None, self._plural(word), agent.kind, agent.sectors)
        told = self.forces.told_force(word) if tree.determiner(token) is not None else None
        return self._ordered(tree, token) or told or home or self.cast.body(None, word, agent.kind, agent.sectors)

    def _owning(self, word: str, agent: Agent, definite: bool) -> tuple[str, ...]:
        """'the government', 'the mission', 'drones': a word for who owns, without a name."""
        if agent.label is not None:
            return (self.cast.body(None, word, Kind.GROUP, agent.sectors),)
        if word == "mission" and definite:
            return self._mission()
        if word.endswith((" service", " agency", " services")):
            return (self.cast.body(None, word, Kind.GROUP, agent.sectors),) if definite else ()
        ruling = word in _RULING_WORDS or "ministry" in word
        return (self._ruling(word),) if definite and ruling else ()

    def _ordered(self, tree: Tree, token: int) -> str | None:
        """'Kenya's president ordered the army to withdraw': his own army, whatever country the report is about."""
        verb = tree.s.heads[token]
        if tree.s.lemmas[verb] not in _COMMANDING or not tree.object_of(token) or tree.modifiers(token):
            return None
        here = [p for p in self.memory.here(tree.s.number) if p.subject and p.token < verb]
        code = self.cast.code(here[-1].ids[0]) if here and tree.s.heads[here[-1].token] == verb else None
        state = self.cast.rulebook.states.get(code or "")
        return self.cast.force(self.cast.admit(state)) if state is not None else None

    def _mission(self) -> tuple[str, ...]:
        """'the mission': the one last named so, else the world body last told of."""
        told = [i for past in reversed(self.memory.past) for i in past.ids]
        named = next((i for i in told if "Mission" in self.cast.name(i)), None)
        sent = named or next((i for i in told if self.cast.kind(i) is Kind.IGO), None)
        return (sent,) if sent is not None else ()

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
