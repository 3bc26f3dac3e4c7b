"""Descriptions and pronouns -> entities: 'the LNA leader', 'Turkish troops', 'the two sides', 'he', 'it', 'they'."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from dragoman.model import Entity, Kind
from dragoman.reading.cast import ORGANISED, PARTIES, Cast, Person, slug
from dragoman.reading.clauses import Tree
from dragoman.rulebook.types import Agent

Names = Callable[[int], tuple[tuple[str, ...], str] | None]
_HE = frozenset({"he", "him", "his", "himself", "she", "her", "hers", "herself"})
_THEY = frozenset({"they", "them", "their", "themselves"})
_IT = frozenset({"it", "its", "itself"})
FIRST = frozenset({"i", "we", "us", "our", "ours", "my", "me", "ourselves"})
_LEADING = ("president", "prime minister", "king", "supreme leader", "emir", "sultan", "chancellor", "leader", "head of state", "commander", "chairperson", "head of government")  # fmt: skip
_DEFINITE = frozenset({"the", "this", "that", "these", "those", "both", "all", "its", "their", "his", "her"})
_FIGHTING = frozenset({"REB", "MIL", "UAF", "PTY", "OPP"})
_HEADCOUNTS = frozenset({"thousand", "hundred", "dozen", "score", "million"})
_QUANTITIES = frozenset(
    "thousand hundred dozen score ten million majority member number group crowd part handful team series most some many all one none several convoy wave".split()
)
_GROUPS = frozenset({Kind.ARMED_GROUP, Kind.GROUP, Kind.GOVERNMENT, Kind.NGO, Kind.OTHER})
_ONCE = frozenset({"former", "ex", "late", "ousted", "deposed", "then", "ex-president"})
_BODIES = frozenset({"delegation", "team", "side", "camp", "force", "government"})
_PAIRING = frozenset(
    {"two", "both", "warring", "rival", "opposing", "fighting", "conflicting", "feuding", "belligerent"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What a noun phrase was resolved to: ids and how (name, surname, description, pronoun, demonym, seat)."""

    ids: tuple[str, ...]
    how: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """One earlier mention, for what comes after it to refer to."""

    sentence: int
    token: int
    ids: tuple[str, ...]
    subject: bool
    lemma: str = ""


class Describer:
    """Resolves what has no name of its own, from the cast and from what was said before in the report."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.past: list[Past] = []
        self._trees: dict[int, Tree] = {}
        self._agents = {word: agent for agent in cast.rulebook.agents for word in agent.words}

    # -- what is remembered

    def remember(self, tree: Tree, token: int, heard: Heard) -> None:
        """Keep a resolved mention for later reference."""
        self._trees[tree.s.number] = tree
        if heard.ids:
            self.past.append(
                Past(
                    sentence=tree.s.number,
                    token=token,
                    ids=heard.ids,
                    subject=tree.subject_of(token),
                    lemma=tree.s.lemmas[token].lower() if heard.how == "description" else "",
                )
            )

    def note_titles(self, tree: Tree, span: tuple[int, int], person: str, names: Names) -> None:
        """Note the titles beside a person's name, and whom they serve."""
        start, end = span
        s = tree.s
        known = self.cast.people.setdefault(person, Person())
        token, once = start - 1, False
        while (
            token >= 0
            and (s.tags[token][:1] in "NJ" or s.words[token] in ("'s", "-", "'"))
            and start - token < 7
        ):
            once = once or s.words[token].lower() in _ONCE
            self._note_title(s.lemmas[token].lower(), known)
            self._note_owner(names(token), known)
            token -= 1
        if once:
            known.titles.clear()
        head = next((t for t in range(end - 1, start - 1, -1) if not start <= s.heads[t] < end), end - 1)
        for apposed in tree.appositives(head):
            self._note_title(s.lemmas[apposed].lower(), known)
            for name in (
                *tree.modifiers(apposed),
                *[noun for prep, noun in tree.prepositional(apposed) if prep == "of"],
            ):
                self._note_title(s.lemmas[name].lower(), known)
                self._note_owner(names(name), known)
        code = next((self.cast.code(owner) for owner in sorted(known.owners) if self.cast.code(owner)), None)
        self.cast.learn(person, code=code)

    def _note_title(self, word: str, known: Person) -> None:
        if word in self.cast.rulebook.words("person_words") or word in self.cast.rulebook.words("honorifics"):
            known.titles.add(word)

    def _note_owner(self, hit: tuple[tuple[str, ...], str] | None, known: Person) -> None:
        if hit is not None and self.cast.kind(hit[0][0]) in ORGANISED:
            known.owners.update(hit[0])

    # -- one noun phrase

    def refine(self, tree: Tree, token: int, heard: Heard) -> Heard:
        """Turn a people word into the people: 'thousands of Israelis', 'the Houthis'."""
        if heard.how == "demonym" and tree.s.tags[token] in ("NNPS", "NNS") and len(heard.ids) == 1:
            counted = set(tree.counted(token))
            many = counted - {"the", "both"} or tree.governing_preposition(token) == "of"
            if self.cast.kind(heard.ids[0]) is Kind.STATE and many:
                return Heard(
                    ids=(self.cast.body(heard.ids[0], "civilians", Kind.GROUP, ("CVL",)),), how="description"
                )
        return heard

    def describe(
        self, tree: Tree, token: int, names: Names, heard: Mapping[tuple[int, int], Heard]
    ) -> Heard | None:
        """Return what a noun phrase without a name of its own means, or None."""
        word = tree.s.words[token].lower()
        if tree.s.tags[token] in ("PRP", "PRP$", "DT", "CD"):
            return self._pronoun(tree, token, word)
        lemma = tree.s.lemmas[token].lower()
        if lemma in _QUANTITIES and (counted := self._quantity(tree, token, names, heard)) is not None:
            return counted
        owners = self._owners(tree, token, names, heard)
        found = (
            self._apposed(tree, token, names)
            or self._person(tree, token, lemma, owners)
            or self._pair(tree, token, lemma, owners)
            or self._agent(tree, token, owners)
            or self._back_reference(tree, token, lemma)
        )
        return Heard(ids=found, how="description") if found else None

    def _quantity(
        self, tree: Tree, token: int, names: Names, heard: Mapping[tuple[int, int], Heard]
    ) -> Heard | None:
        """'thousands of protesters', 'members of the Front': those that the words after 'of' mean."""
        for preposition, noun in tree.prepositional(token):
            if preposition == "of":
                hit = names(noun)
                return Heard(ids=hit[0], how="description") if hit else self.describe(tree, noun, names, heard)
        if tree.s.lemmas[token].lower() in _HEADCOUNTS and tree.s.tags[token] in ("NNS", "CD"):
            return Heard(ids=(self.cast.body(None, "people", Kind.GROUP, ("CVL",)),), how="description")
        return None

    def _apposed(self, tree: Tree, token: int, names: Names) -> tuple[str, ...]:
        """'the rebel commander, X', 'the group X', 'the governor of Y, X': the name beside it says who it is."""
        s = tree.s
        following = [token + 1] if s.tags[token][:2] == "NN" and token + 1 < len(s.words) else []
        for beside in (*following, *tree.appositives(token)):
            hit = names(beside)
            if hit is not None and hit[1] != "demonym":
                return hit[0]
        if s.tags[token] == "NN" or s.lemmas[token].lower() in self.cast.rulebook.words("person_words"):
            comma = next((t for t in range(token + 1, min(token + 9, len(s.words) - 1)) if s.words[t] == ","), None)
            plain = comma is not None and all(s.tags[t][:2] not in ("VB", "MD") for t in range(token + 1, comma))
            hit = names(comma + 1) if comma is not None and plain else None
            if hit is not None and self.cast.kind(hit[0][0]) is Kind.PERSON:
                return hit[0]
        return ()

    def _owners(
        self, tree: Tree, token: int, names: Names, heard: Mapping[tuple[int, int], Heard]
    ) -> tuple[str, ...]:
        """Return whose the noun is: possessor, name before it, or name after 'of' or 'for'."""
        owner = tree.possessor(token)
        if owner is not None and tree.s.words[owner].lower() == "whose":
            owner = tree.antecedent(owner)
        if owner is not None:
            known = heard.get((tree.s.number, owner))
            hit = names(owner)
            if known is None and hit is None and tree.s.words[owner].lower() not in FIRST:
                known = self.describe(tree, owner, names, heard)
            return known.ids if known else (hit[0] if hit else ())
        before = tree.modifiers(token)
        for modifier in before:
            hit = names(modifier)
            if hit is not None and self.cast.kind(hit[0][0]) is not Kind.MEDIA:
                return self._part_named(tree, token, before, hit[0])
        for preposition, noun in tree.prepositional(token):
            hit = names(noun)
            if (
                preposition in ("of", "for", "from", "in")
                and hit is not None
                and (preposition != "in" or hit[1] == "seat" or self.cast.kind(hit[0][0]) is Kind.STATE)
            ):
                return tuple(dict.fromkeys(i for n in tree.conjuncts(noun) if (h := names(n)) for i in h[0]))
            if hit is None and preposition in ("of", "for"):
                inside = self._apposed(tree, noun, names) or self._agent_of(tree, noun, names, heard)
                if inside:
                    return inside
            if hit is None and preposition in ("of", "in", "to", "from", "for"):
                inner = [h for m in tree.modifiers(noun) if (h := names(m)) is not None]
                group = tree.s.lemmas[noun].lower() in self.cast.rulebook.words("group_words")
                if inner and (group or self.cast.kind(inner[0][0][0]) is Kind.STATE):
                    return inner[0][0]
        return ()

    def _agent_of(
        self, tree: Tree, noun: int, names: Names, heard: Mapping[tuple[int, int], Heard]
    ) -> tuple[str, ...]:
        if tree.s.words[noun].lower() not in self._agents:
            return ()
        inside = self.describe(tree, noun, names, heard)
        return inside.ids if inside is not None else ()

    def _part_named(
        self, tree: Tree, token: int, before: list[int], owners: tuple[str, ...]
    ) -> tuple[str, ...]:
        """'the Sudanese rebel leader', 'Turkish army chief': the part of the owner that the title belongs to."""
        if tree.s.lemmas[token].lower() not in self.cast.rulebook.words("person_words"):
            return owners
        for modifier in before:
            agent = self._agents.get(tree.s.words[modifier].lower())
            if agent is not None and agent.makes == "body" and (made := self._made(owners[0], agent, tree.s.words[modifier].lower())):
                return (made,)
        return owners

    # -- persons

    def _person(self, tree: Tree, token: int, lemma: str, owners: tuple[str, ...]) -> tuple[str, ...]:
        words = self.cast.rulebook.words
        if lemma in words("spokesperson_words"):
            return owners[:1] or self._spoken_for(tree, token)
        if lemma not in words("person_words"):
            return ()
        plural = tree.s.tags[token] in ("NNS", "NNPS")
        title = self._title(tree, token, lemma)
        found = [person for owner in owners if (person := self._holder(owner, title, lemma))]
        if found:
            return tuple(dict.fromkeys(found))
        if plural:
            return ()
        if owners and title is not None and self.cast.kind(owners[0]) is not Kind.PERSON:
            return (self._described(owners[0], title),)
        if not owners and tree.determiner(token) in _DEFINITE:
            return self._titled_before(lemma, tree) or self._of_home(lemma, title)
        return ()

    def _of_home(self, lemma: str, title: str | None) -> tuple[str, ...]:
        """'the president' with nobody named so before: the holder in the report's own country, else a bare title."""
        if title is None or lemma in ("head", "chief", "official", "leader"):
            return ()
        if self.cast.home is not None and (holder := self._holder(self.cast.home, title, lemma)):
            return (holder,)
        name = title if lemma in title.split() else lemma
        return (self.cast.make(Entity(id=slug(name), name=name, kind=Kind.PERSON, code=self.cast.main_code())),)

    def _spoken_for(self, tree: Tree, token: int) -> tuple[str, ...]:
        for preposition, noun in tree.prepositional(token):
            if preposition in ("for", "of"):
                agent = self._agents.get(tree.s.words[noun].lower())
                if agent is not None:
                    return self._agent(tree, noun, ())
        return ()

    def _title(self, tree: Tree, token: int, lemma: str) -> str | None:
        """Return the office that the words before a title and itself name: 'foreign minister'."""
        before = " ".join(tree.s.words[t].lower() for t in sorted(tree.modifiers(token)))
        titles = self.cast.rulebook.titles
        for phrase in (
            f"{' '.join(before.split()[-2:])} {lemma}",
            f"{' '.join(before.split()[-1:])} {lemma}",
            lemma,
        ):
            if phrase.strip() in titles:
                return titles[phrase.strip()]
        return None

    def _holder(self, owner: str, title: str | None, lemma: str) -> str | None:
        """Return who holds an office of an owner, by the roster on the report's day or by the text."""
        if title is None:
            return None
        served = owner
        if self.cast.kind(owner) is Kind.PERSON:
            actor = self.cast.actor(owner)
            offices = [o.of for o in actor.offices if o.held_on(self.cast.day)] if actor else []
            served = offices[0] if offices else next(iter(sorted(self.cast.people[owner].owners)), owner)
        for person, known in self.cast.people.items():
            if owner in known.owners and lemma in known.titles:
                return person
        for wanted in self._ranked(served) if title == "leader" else (title,):
            for person, office in self.cast.rulebook.offices.get((served, wanted), ()):
                if office.held_on(self.cast.day):
                    return self.cast.admit(person)
        return None

    def _ranked(self, served: str) -> tuple[str, ...]:
        """Return the offices that 'leader' may mean, first the head of government where the president only represents."""
        code = self.cast.code(served) if served in self.cast else None
        if code in self.cast.rulebook.words("premiers_lead"):
            return ("prime minister", "chancellor", *_LEADING)
        return _LEADING

    def _described(self, owner: str, title: str) -> str:
        actor = self.cast.actor(owner)
        adjective = actor.demonyms[0] if actor and actor.demonyms else self.cast.name(owner)
        return self.cast.make(
            Entity(
                id=slug(f"{owner}-{title}"),
                name=f"{adjective} {title}",
                kind=Kind.PERSON,
                code=self.cast.code(owner),
                sectors=self.cast.sectors(owner),
                part_of=owner,
            )
        )

    def _titled_before(self, lemma: str, tree: Tree) -> tuple[str, ...]:
        """'the general', 'the president': the last person whom the text or the roster calls so."""
        for past in reversed(self.past):
            if len(past.ids) == 1 and self.cast.kind(past.ids[0]) is Kind.PERSON:
                known = self.cast.people.get(past.ids[0])
                actor = self.cast.actor(past.ids[0])
                held = {o.title for o in actor.offices if o.held_on(self.cast.day)} if actor else set()
                if known and (lemma in known.titles or any(lemma in title.split() for title in held)):
                    return past.ids
        return ()

    # -- groups

    def _pair(self, tree: Tree, token: int, lemma: str, owners: tuple[str, ...]) -> tuple[str, ...]:
        """'the two sides', 'both leaders', 'Libya's warring parties': the last two that fit."""
        if lemma not in self.cast.rulebook.words("pair_words"):
            return ()
        counted = set(tree.counted(token))
        each = lemma in ("side", "party") and counted & {"each", "either", "neither"}
        if tree.s.tags[token] not in ("NNS", "NNPS") and not each:
            return ()
        definite = bool(counted & {"the", "both", "these"}) and lemma in ("side", "party")
        if not counted & _PAIRING and not definite and not each:
            return ()
        wanted = self._pair_kinds(lemma)
        within = (
            {self.cast.code(owner) for owner in owners}
            if lemma in ("party", "side", "faction", "group")
            else set()
        )
        fitting = [p for p in self.past if all(self._may_pair(i, wanted, within) for i in p.ids)]
        joined = self._joined_lately(tree, fitting)
        if joined:
            return joined
        likely = [i for i in self.cast.counts if self._may_pair(i, wanted, within)]
        likely += [i for p in fitting for i in p.ids if i not in likely]
        groups = [i for i in likely if self.cast.kind(i) is not Kind.PERSON]
        likely = groups if len(groups) > 1 else likely
        others = [i for i in likely if i not in owners]
        likely = others if len(others) > 1 else likely
        found: list[str] = []
        for identity in sorted(likely, key=lambda i: (-self._weight(i), i)):
            if not self._inside(identity, found):
                found.append(identity)
        return tuple(sorted(found[:2])) if len(found) >= 2 else ()

    def _weight(self, identity: str) -> float:
        """How likely an entity is a side: by how often the report names it, groups and home before persons and others."""
        kind, count = self.cast.kind(identity), self.cast.counts.get(identity, 0)
        if kind in (Kind.ARMED_GROUP, Kind.GOVERNMENT) or identity == self.cast.home:
            return 1.6 * count
        return (0.5 if kind is Kind.PERSON else 1.0) * count

    def _may_pair(self, identity: str, wanted: frozenset[Kind], within: set[str | None]) -> bool:
        if self.cast.kind(identity) not in wanted or (within and self.cast.code(identity) not in within):
            return False
        if self.cast.actor(identity) is not None:
            return self.cast.kind(identity) is not Kind.GROUP or bool(
                _FIGHTING & set(self.cast.sectors(identity))
            )
        return self.cast.part_of(identity) is None and self.cast.name(identity) not in self._agents

    def _joined_lately(self, tree: Tree, fitting: list[Past]) -> tuple[str, ...]:
        """Return the last two that stood side by side ('Israel and Hamas') in this or the three sentences before."""
        for later in range(len(fitting) - 1, 0, -1):
            one, other = fitting[later - 1], fitting[later]
            if tree.s.number - one.sentence > 3:
                break
            near = one.sentence == other.sentence and other.token - one.token <= 5
            ids = tuple(dict.fromkeys((*one.ids, *other.ids)))
            if near and len(ids) == 2 and self.beside(other, one):
                return ids
        return ()

    def beside(self, other: Past, one: Past) -> bool:
        """Return whether two mentions are joined by 'and' or a comma."""
        tree = self._trees.get(one.sentence)
        return tree is not None and other.token in tree.conjuncts(one.token)

    def _pair_kinds(self, lemma: str) -> frozenset[Kind]:
        if lemma in ("leader", "president", "minister", "man"):
            return frozenset({Kind.PERSON})
        if lemma in ("country", "nation", "neighbour", "neighbor", "state", "government", "capital"):
            return frozenset({Kind.STATE, Kind.GOVERNMENT})
        return frozenset({Kind.STATE, Kind.GOVERNMENT, Kind.ARMED_GROUP, Kind.PERSON, Kind.GROUP, Kind.OTHER})

    def _inside(self, identity: str, found: Iterable[str]) -> bool:
        """Return whether an entity is a part of one already found (or the other way round)."""
        return any(
            self.cast.part_of(identity) == other or self.cast.part_of(other) == identity for other in found
        )

    def _agent(self, tree: Tree, token: int, owners: tuple[str, ...]) -> tuple[str, ...]:
        word, agent = self._agent_word(tree, token)
        if agent is None:
            return ()
        inner = self._inner_agent(tree, token)
        if inner is not None and not owners:
            return inner
        if owners:
            return tuple(dict.fromkeys(made for owner in owners[:4] if (made := self._made(owner, agent, word))))
        return self._generic(tree, token, word, agent)

    def _agent_word(self, tree: Tree, token: int) -> tuple[str, Agent | None]:
        word = tree.s.words[token].lower()
        if token:
            two = f"{tree.s.words[token - 1].lower()} {word}"
            if two in self._agents:
                return two, self._agents[two]
        return word, self._agents.get(word) or self._agents.get(tree.s.lemmas[token].lower())

    def qualified(self, tree: Tree, token: int) -> tuple[str, ...]:
        """Return who is meant by the word before a noun that is nobody itself: 'army base', 'rebel positions'."""
        return self._inner_agent(tree, token) or ()

    def _inner_agent(self, tree: Tree, token: int) -> tuple[str, ...] | None:
        """'government forces', 'rebel fighters', 'army helicopters': the word before names whose they are."""
        for modifier in tree.modifiers(token):
            agent = self._agents.get(tree.s.words[modifier].lower())
            if (
                agent is None
                or modifier == token - 1
                and self._agent_word(tree, token)[0] != tree.s.words[token].lower()
            ):
                continue
            if agent.makes == "owner":
                state = self.cast.home
                return (
                    (self.cast.force(state),) if state else self._generic(tree, modifier, "government", agent)
                )
            return self._generic(tree, modifier, tree.s.words[modifier].lower(), agent)
        return None

    def _made(self, owner: str, agent: Agent, word: str) -> str | None:
        """Return what a name and an agent noun make together: 'Turkish troops', 'Houthi officials'."""
        kind = self.cast.kind(owner)
        if kind is Kind.PERSON:
            return owner if agent.makes != "body" else None
        if kind in (Kind.PLACE, Kind.MEDIA, Kind.OTHER):
            return None
        if agent.makes == "owner":
            return owner
        if agent.makes == "force" and not (kind is Kind.STATE and agent.label is not None):
            return self.cast.force(owner)
        armed = agent.kind is Kind.ARMED_GROUP
        if armed and kind in (Kind.GROUP, Kind.OTHER):
            self.cast.learn(owner, kind=Kind.ARMED_GROUP, sectors=("REB",))
        if armed and kind in (Kind.ARMED_GROUP, Kind.GROUP, Kind.GOVERNMENT):
            return owner
        return self.cast.body(owner, agent.label or word, agent.kind, agent.sectors)

    def _generic(self, tree: Tree, token: int, word: str, agent: Agent) -> tuple[str, ...]:
        """An agent noun without a name: whoever it meant before, else the report's own country's."""
        definite = tree.determiner(token) in (*_DEFINITE, None)
        if word == "force" and tree.determiner(token) is None:
            return ()
        if agent.makes == "owner" and agent.label is not None:
            return (self.cast.body(None, word, Kind.GROUP, agent.sectors),)
        if agent.makes == "owner":
            if (
                word
                not in (
                    "government",
                    "authorities",
                    "regime",
                    "junta",
                    "administration",
                    "state",
                    "cabinet",
                    "presidency",
                )
                or not definite
            ):
                return ()
            rival = self._last(frozenset({Kind.GOVERNMENT}))
            if rival and word != "authorities":
                return (rival,)
            return (self.cast.home or self.cast.body(None, word, Kind.GOVERNMENT, ("GOV",)),)
        qualifies = not tree.is_noun_head(token)
        if (
            agent.kind is Kind.ARMED_GROUP
            and "REB" in agent.sectors
            and (qualifies or tree.determiner(token) in _DEFINITE)
        ):
            last = self._last(frozenset({Kind.ARMED_GROUP}), sector="REB")
            if last:
                return (last,)
        if agent.makes == "force":
            if not definite or word not in ("army", "military", "navy", "air force", "security forces"):
                return (self.cast.body(None, word, agent.kind, agent.sectors),)
            return (self.cast.force(self.cast.home) if self.cast.home else self.cast.body(None, word, agent.kind, agent.sectors),)
        label = (
            agent.label
            if agent.label in ("protesters", "police", "opposition", "parliament", "court")
            else word
        )
        if qualifies and agent.label is not None:
            label = agent.label
        return (self.cast.body(None, label or word, agent.kind, agent.sectors),)

    def _back_reference(self, tree: Tree, token: int, lemma: str) -> tuple[str, ...]:
        """'the group', 'the movement', 'the country': the last one that fits."""
        words = self.cast.rulebook.words
        if tree.determiner(token) not in ("the", "this", "that"):
            return ()
        if lemma in words("group_words") and tree.s.tags[token] == "NN":
            last = (
                self._called(lemma)
                or self._last(frozenset({Kind.ARMED_GROUP, Kind.GOVERNMENT}))
                or self._last(frozenset({Kind.GROUP}))
            )
            return (last,) if last else ()
        if lemma in words("country_words") and tree.s.tags[token] == "NN":
            main = self.cast.home or self._last(frozenset({Kind.STATE}))
            return (main,) if main else ()
        return ()

    def _called(self, lemma: str) -> str | None:
        """Return the last group whose own name has the word ('the movement' for a Movement)."""
        for past in reversed(self.past):
            for identity in past.ids:
                if self.cast.kind(identity) in _GROUPS and lemma in self.cast.name(identity).lower().split():
                    return identity
        return None

    def _last(self, kinds: frozenset[Kind], sector: str | None = None) -> str | None:
        for past in reversed(self.past):
            for identity in past.ids:
                if self.cast.kind(identity) in kinds and (
                    sector is None or sector in self.cast.sectors(identity)
                ):
                    return identity
        return None

    # -- pronouns

    def _pronoun(self, tree: Tree, token: int, word: str) -> Heard | None:
        if word in _HE:
            found = self._antecedent(tree, token, frozenset({Kind.PERSON}), single=True)
        elif word in _THEY:
            found = self._plural(tree, token)
        elif word in _IT:
            found = (
                self._antecedent(tree, token, ORGANISED, single=True)
                if self._means_somebody(tree, token)
                else ()
            )
        elif word in ("both", "two") and tree.subject_of(token):
            found = self._both()
        else:
            return None
        return Heard(ids=found, how="pronoun") if found else None

    def _means_somebody(self, tree: Tree, token: int) -> bool:
        """Return whether 'it' stands where somebody acts, owns or is acted upon."""
        return tree.subject_of(token) or tree.s.tags[token] == "PRP$" or tree.object_of(token)

    def _antecedent(self, tree: Tree, token: int, kinds: frozenset[Kind], *, single: bool) -> tuple[str, ...]:
        """Return the last fitting mention: subjects of this sentence, then of the one before, then any."""
        collective = self.cast.rulebook.words("collectives") if kinds is ORGANISED else frozenset()
        fitting = [
            p
            for p in self.past
            if (len(p.ids) == 1 or not single)
            and (
                (self.cast.kind(p.ids[0]) in kinds and not (kinds is not ORGANISED and p.lemma in _BODIES))
                or p.lemma in collective
            )
        ]
        near = [
            p
            for p in fitting
            if p.sentence == tree.s.number
            and p.token < token
            and not self._same_clause_object(tree, p, token)
        ]
        for group in (
            [p for p in near if p.subject],
            near,
            [p for p in fitting if p.subject and 0 < tree.s.number - p.sentence <= 2],
            [p for p in fitting if 0 < tree.s.number - p.sentence <= 4],
        ):
            if group:
                return group[-1].ids
        return ()

    def _same_clause_object(self, tree: Tree, past: Past, token: int) -> bool:
        """Return whether the mention is the subject of the very verb whose object the pronoun is ('X told him')."""
        heads = tree.s.heads
        return (
            tree.s.tags[token] == "PRP" and not tree.subject_of(token)
            and heads[past.token] in (heads[token], heads[heads[token]])
        )  # fmt: skip

    def _plural(self, tree: Tree, token: int) -> tuple[str, ...]:
        recent = [
            p
            for p in self.past
            if tree.s.number - p.sentence <= 2 and (p.sentence, p.token) < (tree.s.number, token)
        ]
        subjects = [p for p in recent if p.subject]
        for group in (subjects, recent):
            for past in reversed(group):
                joined = self._joined(past, group)
                if len(joined) > 1:
                    return joined
                if self.cast.kind(past.ids[0]) in (Kind.ARMED_GROUP, Kind.GROUP, Kind.GOVERNMENT):
                    return past.ids
        return ()

    def _joined(self, past: Past, group: list[Past]) -> tuple[str, ...]:
        """Return all subjects that stand beside a mention in its sentence, joined by 'and'."""
        beside = [p for p in group if p.sentence == past.sentence and abs(p.token - past.token) <= 6]
        ids = tuple(dict.fromkeys(i for p in beside for i in p.ids))
        return ids if past.subject or len(past.ids) > 1 else past.ids

    def _both(self) -> tuple[str, ...]:
        found: list[str] = []
        for past in reversed(self.past):
            found.extend(
                i for i in past.ids if self.cast.kind(i) in PARTIES | {Kind.PERSON} and i not in found
            )
            if len(found) >= 2:
                return tuple(sorted(found[:2]))
        return ()
