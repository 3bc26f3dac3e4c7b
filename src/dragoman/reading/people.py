"""Titles and offices -> persons, by the roster on the report's day and by the text."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.model import Entity, Kind
from dragoman.reading.cast import slug
from dragoman.reading.groups import DEFINITE, Groups
from dragoman.reading.memory import Memory
from dragoman.reading.tree import Tree

_LEADING = (
    *("president", "prime minister", "king", "supreme leader", "emir", "sultan", "chancellor", "leader"),
    *("head of state", "commander", "chairperson", "head of government"),
)
_VAGUE = frozenset(
    {"head", "chief", "official", "leader", "man", "woman", "suspect", "member", "founder", "officer", "soldier"}
)
_LEADERS = frozenset({"leader", "chief", "commander", "official", "head", "negotiator", "representative", "diplomat"})

_ONE_OF = frozenset({"a", "an", "another"})  # 'a Kenyan general' is not who commands
_OFFICIALS = (_LEADERS | {"minister"}) - {"chief", "commander", "head"}
_SENT = frozenset({"envoy", "diplomat", "representative", "negotiator", "delegate", "official"})
_UNITED_NATIONS = "united-nations"  # whose 'the Secretary-General' is where no other body is named
_HEADED_PARTS = frozenset({"leader", "chief", "head", "commander", "founder", "officer"})
_HEADED = frozenset({"leader", "commander", "chairperson"})  # offices that 'chief' or 'head' alone may mean
_WHOLE = frozenset(
    "rebel opposition party government state guerrilla militia coup army military faction group movement junta".split()
)
_MANY = frozenset(
    "general colonel commander officer warlord minister lawmaker senator diplomat".split()
)  # 'a Turkish general'
_OF_BODIES = frozenset(
    {
        "director",
        "chairman",
        "chairwoman",
        "mayor",
        "governor",
        "commissioner",
        "speaker",
        "founder",
        "adviser",
        "advisor",
        "senator",
    }
)
_OF_MEMBERS = frozenset({"minister", "leader", "president", "chief", "ambassador", "premier", "head"})
_RULERS = frozenset({"ruler", "general", "colonel"})
_HEADS = frozenset({"leader", "chief", "head", "commander", "strongman", "ruler"})
_RANKS = frozenset({"general", "colonel", "marshal", "admiral", "brigadier", "warlord"})
_COMMON = frozenset({"president", "king", "minister", "secretary"})  # others may be called so too
_ARMED = frozenset({"MIL", "REB"})
_NO_OFFICE = frozenset({"man", "woman", "member", "official", "suspect"})
_ONCE = frozenset({"former", "ousted", "deposed", "toppled", "overthrown", "late"})  # titles that somebody bore


class People:
    """Who holds an office or bears a title: 'the Turkish president', 'the LNA leader', 'the general'."""

    def __init__(self, memory: Memory, groups: Groups) -> None:
        self.memory = memory
        self.cast = memory.cast
        self._words = memory.cast.rulebook.words
        self.groups = groups

    def person(self, tree: Tree, token: int, lemma: str, owners: tuple[str, ...]) -> tuple[str, ...]:
        words = self._words
        if lemma in words("spokesperson_words"):
            return owners[:1] or self._spoken_for(tree, token)
        if (
            lemma in self._words("kin_words")
            and len(owners) == 1
            and tree.s.tags[token] == "NN"
            and self._is_person(owners)
        ):
            return (self._kin(owners[0], lemma),)
        consular = lemma == "general" and token and tree.s.words[token - 1].lower() == "consul"
        if lemma not in words("person_words") or consular:
            return ()
        owners = tuple(dict.fromkeys(self.cast.stands_for(owner) for owner in owners))
        if lemma == "general" and tree.s.words[max(0, token - 2) : token] == ("Secretary", "-"):
            body = owners[0] if owners and not self._is_person(owners) else self.cast.admit(_UNITED_NATIONS)
            return self._named_or(body, "secretary-general")
        plural = tree.s.tags[token] in ("NNS", "NNPS")
        title = self._title(tree, token, lemma)
        if plural and owners and not self._is_person(owners) and self._stand_for(owners, lemma):
            return owners
        envoy = title == "special envoy" and bool(owners)
        some = self._envoy(owners[0], lemma) if envoy else self._some(tree, token, lemma, owners)
        if not plural and (envoy or some):
            return some
        if lemma == "chief" and tree.s.words[token + 1 : token + 3] == ("of", "staff") and self._is_person(owners):
            return ()
        lesser = None if plural or not owners else self._lesser(tree, token, lemma, title, owners[0])
        if lesser is not None:
            return (self._described(owners[0], lesser),)
        return self._bearer(tree, token, lemma, title, owners)

    def _bearer(
        self, tree: Tree, token: int, lemma: str, title: str | None, owners: tuple[str, ...]
    ) -> tuple[str, ...]:
        """Return who bears a title: by his office, else by the words of the text."""
        if tree.s.tags[token] == "NNS" and owners and lemma in _OF_MEMBERS and self.cast.kind(owners[0]) is Kind.IGO:
            return owners[:1]  # 'EU foreign ministers' are those of its members
        if tree.s.tags[token] == "NN" and lemma not in _NO_OFFICE and (once := self._once(tree, token)) is not None:
            return self._bore_once(tree, lemma, (once, title), owners)
        found = [person for owner in owners if (person := self._holder(owner, title, lemma))]
        if found:
            return tuple(dict.fromkeys(found))
        if tree.s.tags[token] in ("NNS", "NNPS"):
            return ()
        if owners and title is not None and self.cast.kind(owners[0]) is not Kind.PERSON:
            return (self._described(owners[0], title),)
        if owners and lemma in _OF_BODIES and self.cast.kind(owners[0]) is not Kind.PERSON:
            return (self._described(owners[0], lemma),)  # 'the CIA director'
        heading = tree.s.number == 1 and tree.subject_of(token)
        if not owners and (heading or tree.determiner(token) in DEFINITE):
            camp = any(tree.s.words[m].lower() in self._words("camp_words") for m in tree.modifiers(token)[:1])
            told = self._titled_before(lemma, tree) or self._titled_only(lemma) or self._just_told(tree, token, lemma)
            known = told or (() if camp else self._of_home(lemma, title))
            return known or self._part_headed(tree, token, lemma)
        if owners and lemma == "minister" and title is not None and self._is_person(owners):
            served = self.cast.camp_of(owners[0])  # 'his defence minister'
            return (self._described(served, title),) if served is not None else ()
        return ()

    def _part_headed(self, tree: Tree, token: int, lemma: str) -> tuple[str, ...]:
        """'the rebel leader', 'the police chief' whom nobody named before: a person, called by these words."""
        before = token - 1
        word = tree.s.words[before].lower() if before >= 0 and before in tree.modifiers(token) else ""
        if lemma not in _HEADED_PARTS or word not in self.groups.agents or self.groups.agents[word].makes == "owner":
            return ()
        name = f"{word} {lemma}"
        return (self.cast.make(Entity(id=slug(name), name=name, kind=Kind.PERSON, code=self.cast.main_code())),)

    def _once(self, tree: Tree, token: int) -> str | None:
        """Return the word that says that somebody bears a title no more: 'the former president'."""
        words = (tree.s.words[m].lower() for m in tree.modifiers(token) if m < token)
        return next((word for word in words if word in _ONCE), None)

    def _bore_once(
        self, tree: Tree, lemma: str, once: tuple[str, str | None], owners: tuple[str, ...]
    ) -> tuple[str, ...]:
        """'the ousted president' is who was called so before, never who holds the office now."""
        word, title = once
        before = self._titled_before(lemma, tree) or self._titled_only(lemma)
        seat = owners[0] if owners else self.cast.home
        holder = self._holder(seat, title, lemma) if seat is not None and title is not None else None
        if before and before != (holder,):
            return before
        name = f"{word} {title or lemma}"
        if owners and self.cast.kind(owners[0]) is not Kind.PERSON:
            return (self._described(owners[0], title or lemma, once=f"{word} "),)
        code = self.cast.main_code()
        return (self.cast.make(Entity(id=slug(name), name=name, kind=Kind.PERSON, code=code)),)

    def _just_told(self, tree: Tree, token: int, lemma: str) -> tuple[str, ...]:
        """'the junta leader', 'the rebel chief': the one person who acted in the sentence before."""
        kind = {tree.s.words[m].lower() for m in tree.modifiers(token)}
        if lemma not in _HEADS or not kind & _WHOLE or tree.determiner(token) != "the":
            return ()
        before = [
            p for p in self.memory.past if tree.s.number - p.sentence == 1 and self.cast.kind(p.ids[0]) is Kind.PERSON
        ]
        people = {i for p in before for i in p.ids if self.cast.speaks_for(i) is None}
        acting = [p for p in before if p.subject]
        return tuple(people) if len(people) == 1 and acting else ()

    def _lesser(self, tree: Tree, token: int, lemma: str, title: str | None, owner: str) -> str | None:
        """Return what somebody is called who is not the head of the whole: 'the Egyptian spy chief', 'a Turkish general'."""
        branch = self._branch(tree, token) if title in _HEADED else None
        if branch is not None:
            return f"{branch} {lemma}"
        one = tree.determiner(token) in ("a", "an", "another") and lemma in _MANY
        return lemma if one and self.cast.kind(owner) is not Kind.PERSON else None

    def _branch(self, tree: Tree, token: int) -> str | None:
        """Return what a chief is chief of, if only of a part: 'spy' in 'the Egyptian spy chief'."""
        before = token - 1
        plain = before >= 0 and tree.s.tags[before] == "NN" and before in tree.modifiers(token)
        word = tree.s.words[before].lower() if plain else ""
        return word if plain and word not in _WHOLE else None

    def _some(self, tree: Tree, token: int, lemma: str, owners: tuple[str, ...]) -> tuple[str, ...]:
        """'a Kenyan general', whoever he is: nobody who holds the office; an official is his state or body."""
        one = tree.determiner(token) in _ONE_OF and lemma not in self.groups.agents
        if not owners or not one or self._is_person(owners):
            return ()
        return owners[:1] if lemma in _OFFICIALS else (self._described(owners[0], lemma),)

    def _named_or(self, owner: str, title: str) -> tuple[str, ...]:
        """Return who holds an office of a body, else the body itself."""
        return (self._holder(owner, title, title) or owner,)

    def _stand_for(self, owners: tuple[str, ...], lemma: str) -> bool:
        """Return whether people of that word are but their owners: 'envoys of Kenya and Chad', 'Mali's military rulers'."""
        return (
            lemma in _SENT
            or lemma in ("mediator", "commander")
            or lemma in _RULERS
            or (len(owners) == 1 and lemma in _LEADERS)
        )

    def _kin(self, person: str, lemma: str) -> str:
        """'her daughter', 'the brother of X': somebody of a named person, named so."""
        name = f"{self.cast.name(person)}'s {lemma}"
        return self.cast.make(Entity(id=slug(name), name=name, kind=Kind.PERSON, code=self.cast.code(person)))

    def counterpart(self, owners: tuple[str, ...], states: Sequence[str]) -> tuple[str, ...]:
        """'his Turkish counterpart': who holds in the named state the office that the person holds in his."""
        person = next((i for i in owners if self.cast.kind(i) is Kind.PERSON), None)
        if person is None or not states:
            return ()
        actor = self.cast.actor(person)
        held = [o.title for o in actor.offices if o.held_on(self.cast.day)] if actor else []
        titles = self.cast.rulebook.titles
        named = [titles[t] for t in sorted(self.cast.people[person].titles) if t in titles]
        for title in (*held, *named):
            if (holder := self._holder(states[0], title, title.split()[-1])) is not None:
                return (holder,)
        return (self._described(states[0], (*held, *named, "counterpart")[0]),)

    def _envoy(self, owner: str, lemma: str) -> tuple[str, ...]:
        """Return the envoy whom the text names for a body, else a nameless one: the roster does not say for which conflict."""
        for person, known in self.cast.people.items():
            if owner in known.owners and lemma in known.titles:
                return (person,)
        return (self._described(owner, "envoy"),) if self.cast.kind(owner) is not Kind.PERSON else ()

    def _is_person(self, owners: tuple[str, ...]) -> bool:
        return bool(owners) and self.cast.kind(owners[0]) is Kind.PERSON

    def _of_home(self, lemma: str, title: str | None) -> tuple[str, ...]:
        """'the president' with nobody named so before: the holder in the report's own country, else a bare title."""
        if lemma in _VAGUE:
            return ()
        if title is None:
            code = self.cast.main_code()
            return (self.cast.make(Entity(id=slug(lemma), name=lemma, kind=Kind.PERSON, code=code)),)
        if (
            lemma not in _RANKS
            and self.cast.home is not None
            and (holder := self._holder(self.cast.home, title, lemma))
        ):
            return (holder,)
        name = title if lemma in title.split() else lemma
        return (self.cast.make(Entity(id=slug(name), name=name, kind=Kind.PERSON, code=self.cast.main_code())),)

    def _spoken_for(self, tree: Tree, token: int) -> tuple[str, ...]:
        for preposition, noun in tree.prepositional(token):
            if preposition in ("for", "of"):
                agent = self.groups.agents.get(tree.s.words[noun].lower())
                if agent is not None:
                    return self.groups.agent(tree, noun, ())
        return ()

    def _title(self, tree: Tree, token: int, lemma: str) -> str | None:
        """Return the office that the words before a title and itself name: 'foreign minister'."""
        before = " ".join(tree.s.words[t].lower() for t in sorted(tree.modifiers(token)))
        titles = self.cast.rulebook.titles
        for length in (4, 3):  # 'the US secretary of state'
            after = " ".join(word.lower() for word in tree.s.words[token : token + length])
            if after in titles and len(after.split()) == length:
                return titles[after]
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
        if served in self.cast and self.cast.kind(served) is Kind.IGO:
            return ("secretary-general", "chairperson", *_LEADING)
        if code in self._words("premiers_lead"):
            return ("prime minister", "chancellor", *_LEADING)
        return _LEADING

    def _described(self, owner: str, title: str, once: str = "") -> str:
        whole = self.cast.part_of(owner)
        if whole is not None and title.split()[0] in ("army", "military", "navy", "police"):
            owner = whole  # 'Iraqi army chief', not 'Iraqi armed forces army chief'
        actor = self.cast.actor(owner)
        adjective = actor.demonyms[0] if actor and actor.demonyms else self.cast.name(owner)
        return self.cast.make(
            Entity(
                id=slug(f"{once}{owner}-{title}"),
                name=f"{once}{adjective} {title}",
                kind=Kind.PERSON,
                code=self.cast.code(owner),
                sectors=self.cast.sectors(owner),
                part_of=owner,
            )
        )

    def _titled_only(self, lemma: str) -> tuple[str, ...]:
        """'governor' in a heading: the one person whom the report calls so further down."""
        if lemma in _VAGUE or lemma in _COMMON:
            return ()
        called = [person for person, known in self.cast.people.items() if lemma in known.titles]
        return tuple(called) if len(called) == 1 else ()

    def _titled_before(self, lemma: str, tree: Tree) -> tuple[str, ...]:
        """'the general', 'the president': the last person whom the text or the roster calls so."""
        for past in reversed(self.memory.past):
            if len(past.ids) == 1 and self.cast.kind(past.ids[0]) is Kind.PERSON:
                known = self.cast.people.get(past.ids[0])
                actor = self.cast.actor(past.ids[0])
                held = {o.title for o in actor.offices if o.held_on(self.cast.day)} if actor else set()
                if known and (lemma in known.titles or any(lemma in title.split() for title in held)):
                    return past.ids
                if lemma in _RANKS and _ARMED & set(self.cast.sectors(past.ids[0])):
                    return past.ids
        return ()
