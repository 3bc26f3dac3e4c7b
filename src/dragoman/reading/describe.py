"""Descriptions and pronouns -> entities: 'the LNA leader', 'Turkish troops', 'the two sides', 'he', 'it', 'they'."""

from __future__ import annotations

from collections.abc import Mapping

from dragoman.model import Kind, merged
from dragoman.reading.bodies import Bodies
from dragoman.reading.callings import self_named
from dragoman.reading.cast import Cast
from dragoman.reading.earlier import TAKEN_UP, Earlier
from dragoman.reading.groups import SENT_ABROAD, Groups, sided
from dragoman.reading.memory import Heard, Memory
from dragoman.reading.nameless import Nameless, Names
from dragoman.reading.people import People
from dragoman.reading.pronouns import Pronouns
from dragoman.reading.sides import Sides
from dragoman.reading.tree import Tree

_HEADCOUNTS = frozenset({"thousand", "hundred", "dozen", "score", "million"})
_QUANTITIES = frozenset(
    (
        "thousand hundred dozen score ten million majority member number group crowd part handful team series "
        "most some many all one none several convoy wave band gang mob column coalition alliance"
    ).split()
)
_FAR_NAME = 24  # tokens: how far behind a title its bearer's name may stand
_SENT_BY = frozenset({"envoy", "mission", "representative", "mediator", "ambassador", "negotiator", "peacekeeper"})
_RULING_THERE = frozenset({"authorities", "government", "administration", "rulers"})
_UNLAWFUL = frozenset({"facto", "separatist", "breakaway", "rebel", "self-declared", "self-proclaimed", "secessionist"})
_OF_MEMBERS = frozenset({"union", "church", "guild", "syndicate", "employer"})  # 'her union' is not she
_TOWNS = frozenset({"capital", "city", "town", "resort", "port", "village"})

_PATRONISED = frozenset("backed aligned allied supported sponsored armed funded trained led dominated run".split())

FIRST = frozenset({"i", "we", "us", "our", "ours", "my", "me", "ourselves"})
_BODIES = frozenset({Kind.ARMED_GROUP, Kind.GROUP, Kind.NGO, Kind.IGO, Kind.MEDIA})
_CALLED = frozenset({"know", "call", "name", "dub", "style", "nickname"})
_LOYAL = frozenset({"loyal", "allied", "aligned", "faithful", "linked", "affiliated"})


class Describer:
    """Resolves what has no name of its own, from the cast and from what was said before in the report."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.memory = Memory(cast)
        self.sides = Sides(self.memory)
        self.groups = Groups(self.memory)
        self.bodies = Bodies(self.memory)
        self.nameless = Nameless(self.groups)
        self.people = People(self.memory, self.groups)
        self.pronouns = Pronouns(self.memory)
        self.earlier = Earlier(self.memory, self.pronouns)

    def refine(self, tree: Tree, token: int, heard: Heard) -> Heard:
        """Turn a people word into the people: 'thousands of Israelis', 'the Houthis'."""
        one = tree.determiner(token) in ("a", "an", "one", "another") and (
            tree.s.tags[token] != "JJ"
            or tree.subject_of(token)
            or tree.object_of(token)
            or tree.governing_preposition(token) is not None
        )
        if heard.how == "demonym" and (one or tree.s.tags[token] in ("NNPS", "NNS")) and len(heard.ids) == 1:
            counted = set(tree.counted(token))
            living = tree.determiner(token) is None and any(p == "in" for p, _ in tree.prepositional(token))
            many = counted - {"the", "both"} or tree.governing_preposition(token) == "of" or living
            if self.cast.kind(heard.ids[0]) is Kind.STATE and many:
                return Heard(ids=(self.cast.body(heard.ids[0], "civilians", Kind.GROUP, ("CVL",)),), how="description")
        return heard

    def describe(self, tree: Tree, token: int, names: Names, heard: Mapping[tuple[int, int], Heard]) -> Heard | None:
        """Return what a noun phrase without a name of its own means, or None."""
        if tree.s.tags[token] in ("PRP", "PRP$", "DT", "CD"):
            return self.earlier.counted_or_pronoun(tree, token)
        lemma = tree.s.lemmas[token].lower()
        if lemma in ("north", "south") and (half := self._half(tree, token)) is not None:
            return Heard(ids=(half,), how="seat")
        if lemma in _QUANTITIES and (counted := self._quantity(tree, token, names, heard)) is not None:
            return counted
        if lemma == "public" and tree.governing_preposition(token) == "in":
            return None
        if lemma in TAKEN_UP and (taken_up := self.earlier.taken_up(tree, token, lemma)):
            return Heard(ids=taken_up, how="description")
        if lemma in ("latter", "former", "pair", "duo", "trio") and tree.determiner(token) == "the":
            found = self.sides.of_those(tree, token, lemma)
            return Heard(ids=found, how="description") if found else None
        owners = self._owners(tree, token, names, heard)
        if (called := self._part_of_a_name(tree, token, lemma, names, owners)) is not None:
            return Heard(ids=(called,), how="description")
        beside = [*tree.modifiers(token), *(n for p, n in tree.prepositional(token) if p in ("from", "of"))]
        states = [hit[0][0] for m in beside if (hit := names(m)) is not None]
        if lemma == "counterpart" and tree.s.tags[token] == "NNS" and states:
            return Heard(ids=tuple(states), how="description")
        if lemma == "counterpart" and tree.s.tags[token] == "NN":
            met = self.people.counterpart(owners, states)
            return Heard(ids=met, how="description") if met else None
        found = (
            self._named_group(tree, token, lemma, names)
            or self._called(tree, token, names)
            or self._apposed(tree, token, names)
            or self.people.person(tree, token, lemma, owners)
            or self.sides.pair(tree, token, lemma, owners)
            or self.sides.counterpart(tree, token, lemma, owners)
            or self.groups.own_country(lemma, owners)
            or self.groups.own_camp(lemma, owners)
            or self.bodies.firm(tree, token, lemma)
            or self.groups.agent(tree, token, owners)
            or self.bodies.back_reference(tree, token, lemma)
            or self.nameless.found(
                tree, token, lemma, names, owned=bool(owners) and not (lemma in _OF_MEMBERS and self._is_person(owners))
            )
        )
        return Heard(ids=found, how="description") if found else None

    def _part_of_a_name(self, tree: Tree, token: int, lemma: str, names: Names, owners: tuple[str, ...]) -> str | None:
        """'the Brigade', 'the Dinari people', 'Ironfoot Front members': a body by a part of its name, or by those who are it."""
        if lemma == "member" and len(owners) == 1 and self.cast.kind(owners[0]) in _BODIES:
            return owners[0]
        return self.earlier.by_its_last_word(tree, token, lemma) or self.earlier.named_people(tree, token, lemma, names)

    def _is_person(self, owners: tuple[str, ...]) -> bool:
        return self.cast.kind(owners[0]) is Kind.PERSON

    def _half(self, tree: Tree, token: int) -> str | None:
        """'the North', 'the South' in a report that names North or South Korea: that state."""
        s = tree.s
        if not s.words[token][:1].isupper() or s.tags[token][:3] != "NNP" or tree.determiner(token) != "the":
            return None
        known = (self.cast.name(i) for i in self.cast.counts if self.cast.kind(i) is Kind.STATE)
        lands = [name.split()[1] for name in known if name.startswith(("North ", "South ")) and name.count(" ") == 1]
        wanted = {f"{s.words[token].capitalize()} {land}" for land in lands}
        states = (i for i in self.cast.rulebook.states.values() if self.cast.rulebook.roster[i].name in wanted)
        found = next(states, None)
        return self.cast.admit(found) if found is not None else None

    def _quantity(self, tree: Tree, token: int, names: Names, heard: Mapping[tuple[int, int], Heard]) -> Heard | None:
        """'thousands of protesters', 'members of the Front': those that the words after 'of' mean."""
        for preposition, noun in tree.prepositional(token):
            if preposition == "of":
                hit = names(noun)
                if hit is not None:
                    return self.refine(
                        tree, noun, Heard(ids=hit[0], how="demonym" if hit[1] == "demonym" else "description")
                    )
                return self.describe(tree, noun, names, heard)
        if tree.s.lemmas[token].lower() in _HEADCOUNTS and tree.s.tags[token] in ("NNS", "CD"):
            return Heard(ids=(self.cast.body(None, "people", Kind.GROUP, ("CVL",)),), how="description")
        return None

    def _apposed(self, tree: Tree, token: int, names: Names) -> tuple[str, ...]:
        """'the rebel commander, X', 'the group X', 'the governor of Y, X': the name beside it says who it is."""
        s = tree.s
        after = token + 3 if s.words[token + 1 : token + 3] == ("of", "staff") else token + 1
        following = [after] if s.tags[token][:2] == "NN" and after < len(s.words) else []
        for beside in (*following, *tree.appositives(token)):
            hit = names(beside)
            if hit is not None and hit[1] != "demonym":
                listed = tree.conjuncts(beside) if s.tags[token] in ("NNS", "NNPS") else [beside]
                return merged(h[0] for t in listed if (h := names(t)) is not None)
        lemma = s.lemmas[token].lower()
        titled = lemma in self.cast.rulebook.words("person_words")
        if not titled and (s.tags[token] != "NN" or s.words[token].lower() in self.groups.agents):
            return ()
        run_in = self._run_in(tree, token, names) if titled else ()
        if run_in:
            return run_in
        if s.deps[token] == "appos" and (hit := names(s.heads[token])) is not None and hit[1] != "demonym":
            return hit[0]
        for comma in range(token + 1, min(token + (_FAR_NAME if titled else 9), len(s.words) - 1)):
            if s.tags[comma][:2] in ("VB", "MD") or s.words[comma].lower() in ("and", "or"):
                return ()
            hit = self._person_after(tree, comma, names) if s.words[comma] == "," else None
            if hit is not None:
                after = next((t for t in range(comma + 1, len(s.words)) if names(t) == hit), comma)
                after = next((t for t in range(after + 1, len(s.words)) if names(t) != hit), len(s.words))
                if self._says_so(tree, after):
                    return ()  # 'troops killed the leader of it, President Doe said'
                return hit[0] if titled or (after < len(s.words) and s.words[after] == ",") else ()
            if s.words[comma] == "," and not titled:
                return ()
        return ()

    def _person_after(self, tree: Tree, comma: int, names: Names) -> tuple[tuple[str, ...], str] | None:
        """Return the person's name that follows a comma, titles apart: 'the dean of arts at Ostra, Professor X'."""
        honorifics = self.cast.rulebook.words("honorifics")
        words = tree.s.words
        first = next((t for t in range(comma + 1, len(words)) if words[t].lower() not in honorifics), comma)
        hit = names(first)
        return hit if hit is not None and self.cast.kind(hit[0][0]) is Kind.PERSON else None

    def _says_so(self, tree: Tree, token: int) -> bool:
        """Return whether a speech verb stands at a place."""
        s = tree.s
        told = token < len(s.words) and s.tags[token] in ("VBD", "VBZ")
        return told and s.lemmas[token] in self.cast.rulebook.words("say")

    def _run_in(self, tree: Tree, token: int, names: Names) -> tuple[str, ...]:
        """'the envoy to Kenya Mira Doe': the name that follows the place without a comma."""
        for _, noun in tree.prepositional(token):
            hit = names(noun)
            if hit is None or self.cast.kind(hit[0][0]) is not Kind.PERSON:
                continue
            inner = [other for m in tree.modifiers(noun) if (other := names(m)) is not None and other != hit]
            if any(self.cast.kind(other[0][0]) is not Kind.PERSON for other in inner):
                listed = (h[0] for t in tree.conjuncts(noun) if (h := names(t)) is not None)
                return merged(ids for ids in listed if self.cast.kind(ids[0]) is Kind.PERSON)
        return ()

    def _named_group(self, tree: Tree, token: int, lemma: str, names: Names) -> tuple[str, ...]:
        """'the Renamo opposition party', 'the M23 rebel group': the name before the noun is the group's own."""
        if lemma not in self.cast.rulebook.words("group_words"):
            return ()
        if tree.s.tags[token] == "NNS":
            return self._several_named(tree, token, names)
        if tree.s.tags[token] != "NN":
            return ()
        hits = [names(m) for m in tree.modifiers(token) if m < token]
        own = (hit[0] for hit in hits if hit is not None and hit[1] != "demonym")
        return next((ids for ids in own if self.cast.kind(ids[0]) in _BODIES), ())

    def _several_named(self, tree: Tree, token: int, names: Names) -> tuple[str, ...]:
        """'the Fatah and Hamas movements': the two names before the noun."""
        joined = [t for m in tree.modifiers(token) for t in tree.conjuncts(m) if t < token]
        hits = [hit for t in sorted(set(joined)) if (hit := names(t)) is not None and hit[1] != "demonym"]
        found = merged(hit[0] for hit in hits)
        return found if len(found) > 1 and all(self.cast.kind(i) in _BODIES for i in found) else ()

    def _owners(self, tree: Tree, token: int, names: Names, heard: Mapping[tuple[int, int], Heard]) -> tuple[str, ...]:
        """Return whose the noun is: possessor, name before it, or name after 'of' or 'for'."""
        owner = tree.possessor(token)
        if owner is not None and tree.s.words[owner].lower() == "whose":
            owner = tree.antecedent(owner)
        if owner is not None:
            known = heard.get((tree.s.number, owner))
            hit = names(owner)
            if known is None and hit is None and tree.s.words[owner].lower() not in FIRST:
                known = self.describe(tree, owner, names, heard)
            ids = known.ids if known else (hit[0] if hit else ())
            return self._part_named(tree, token, [m for m in tree.modifiers(token) if m > owner], ids) if ids else ()
        loyal = self._loyal_to(tree, token, names) or self._men_from(tree, token, names)
        if loyal:
            return loyal
        if self._has_patron(tree, token, names):
            return self._of_name(tree, token, names)
        both = self._both_sides(tree, token)
        if both:
            return both
        before = [m for m in tree.modifiers(token) if not sided(tree, m)]
        if tree.s.lemmas[token].lower() in _SENT_BY:
            before.sort()  # 'the UN Kenya envoy' is the UN's
        for modifier in before:
            hit = names(modifier)
            if hit is not None and self.cast.kind(hit[0][0]) is not Kind.MEDIA:
                joined = [m for m in tree.conjuncts(modifier) if m != modifier and m < token]
                others = merged(other[0] if (other := names(m)) else self.groups.agent(tree, m, ()) for m in joined)
                both = merged((hit[0], others))
                return self._part_named(tree, token, [m for m in before if names(m) is None], both)
        return self._after(tree, token, names, heard)

    def _after(self, tree: Tree, token: int, names: Names, heard: Mapping[tuple[int, int], Heard]) -> tuple[str, ...]:
        """Return whose the noun is by the words after 'of', 'for', 'from' or 'in'."""
        met = tree.governing_preposition(token) == "with"  # 'talks with rebels in Oslo' are of no rebels of Norway
        for preposition, noun in tree.prepositional(token):
            hit = names(noun)
            if met and preposition == "in":
                continue
            if (
                preposition in ("of", "for", "from", "in")
                and hit is not None
                and (preposition != "in" or hit[1] == "seat" or self.cast.kind(hit[0][0]) is Kind.STATE)
                and not (preposition == "in" and tree.s.words[token].lower() in SENT_ABROAD)
                and not (preposition == "in" and self._merely_there(tree, token, hit))
            ):
                return tuple(dict.fromkeys(i for n in tree.conjuncts(noun) if (h := names(n)) for i in h[0]))
            called = self._called(tree, noun, names) if hit is None and preposition in ("of", "from") else ()
            if called:
                return called
            if hit is not None and preposition == "in" and self._rules_there(tree, token, hit):
                return hit[0]
            if hit is None and preposition in ("of", "for"):
                inside = self._apposed(tree, noun, names) or self._agent_of(tree, noun, names, heard)
                if inside:
                    return inside
            if hit is None and preposition in ("of", "in", "to", "from", "for") and tree.s.lemmas[noun] not in _TOWNS:
                inner = [h for m in tree.modifiers(noun) if (h := names(m)) is not None]
                group = tree.s.lemmas[noun].lower() in self.cast.rulebook.words("group_words")
                if inner and (group or self.cast.kind(inner[0][0][0]) is Kind.STATE):
                    return inner[0][0]
        return ()

    def _rules_there(self, tree: Tree, token: int, hit: tuple[tuple[str, ...], str]) -> bool:
        """Return whether who is in a land that no list knows rules it: 'the de facto authorities in Ostra'."""
        if self.cast.actor(hit[0][0]) is not None or tree.s.words[token].lower() not in _RULING_THERE:
            return False
        unlawful = any(tree.s.words[t].lower() in _UNLAWFUL for t in range(max(0, token - 3), token))
        if self.cast.kind(hit[0][0]) is Kind.PLACE and unlawful:
            self.cast.learn(hit[0][0], kind=Kind.STATE, sectors=("GOV",))
        return self.cast.kind(hit[0][0]) in (Kind.OTHER, Kind.STATE)

    def _merely_there(self, tree: Tree, token: int, hit: tuple[tuple[str, ...], str]) -> bool:
        """Return whether people are only in the town where a rival government sits: 'protesters in Tobruk' are not its own."""
        agent = self.groups.agents.get(tree.s.words[token].lower())
        return (
            hit[1] == "seat"
            and self.cast.kind(hit[0][0]) is not Kind.STATE
            and agent is not None
            and agent.makes in ("body", "force")
        )

    def _of_name(self, tree: Tree, token: int, names: Names) -> tuple[str, ...]:
        """'the Arnor-backed troops of President Doru': whose they are by 'of' alone."""
        nouns = (noun for preposition, noun in tree.prepositional(token) if preposition == "of")
        return next((hit[0] for noun in nouns if (hit := names(noun)) is not None), ())

    def _called(self, tree: Tree, token: int, names: Names) -> tuple[str, ...]:
        """'a faction known as the Iron Front', 'a militia called X': the name is the group's own."""
        own = self_named(tree, token, names)
        lemma, words = tree.s.lemmas[token].lower(), self.cast.rulebook.words
        if own or lemma not in words("group_words") | words("person_words"):
            return own
        verbs = tree.children(token, "acl")
        if lemma in words("person_words") and tree.s.tags[token] == "NN":  # 'the commander of the gang, known as X'
            nouns = [noun for preposition, noun in tree.prepositional(token) if preposition in ("of", "for")]
            verbs = [*verbs, *(v for n in nouns for v in tree.children(n, "acl") if tree.s.words[v - 1] == ",")]
        for verb in verbs:
            if tree.s.lemmas[verb] not in _CALLED:
                continue
            nouns = [noun for preposition, noun in tree.prepositional(verb) if preposition == "as"]
            for noun in (*nouns, *tree.children(verb, "oprd", "dobj", "attr")):
                hit = names(noun)
                if hit is not None and hit[1] != "demonym":
                    return hit[0]
        return ()

    def _agent_of(self, tree: Tree, noun: int, names: Names, heard: Mapping[tuple[int, int], Heard]) -> tuple[str, ...]:
        if tree.s.words[noun].lower() not in self.groups.agents:
            return ()
        inside = self.describe(tree, noun, names, heard)
        return inside.ids if inside is not None else ()

    def _loyal_to(self, tree: Tree, token: int, names: Names) -> tuple[str, ...]:
        """Return whose 'forces loyal to X' and 'troops allied with X' are."""
        words = [w.lower() for w in tree.s.words[token + 1 : token + 3]]
        if len(words) < 2 or words[0] not in _LOYAL or words[1] not in ("to", "with"):
            return ()
        hits = (names(t) for t in range(token + 3, min(token + 8, len(tree.s.words))))
        return next((hit[0] for hit in hits if hit is not None and hit[1] != "demonym"), ())

    def _men_from(self, tree: Tree, token: int, names: Names) -> tuple[str, ...]:
        """Return the armed group whose men 'troops from the Hill Army' are, whatever 'from' hangs on."""
        words = [w.lower() for w in tree.s.words[token + 1 : token + 3]]
        if tree.s.tags[token] != "NNS" or words[:1] != ["from"]:
            return ()
        hit = names(token + 3 if words[1:] == ["the"] else token + 2)
        return hit[0] if hit is not None and self.cast.kind(hit[0][0]) is Kind.ARMED_GROUP else ()

    def _both_sides(self, tree: Tree, token: int) -> tuple[str, ...]:
        """Return the sides in 'negotiators for the two sides', 'generals from both armies'."""
        if tree.s.tags[token] not in ("NNS", "NNPS"):
            return ()
        nouns = [noun for preposition, noun in tree.prepositional(token) if preposition in ("of", "for", "from", "on")]
        return next((found for n in nouns if (found := self.sides.pair(tree, n, tree.s.lemmas[n].lower(), ()))), ())

    def _has_patron(self, tree: Tree, token: int, names: Names) -> bool:
        """Return whether somebody is but 'X-backed' or 'Y-aligned': neither X's nor of the country where he is."""
        s = tree.s
        patrons = [
            t for t in range(max(2, token - 4), token) if s.words[t].lower() in _PATRONISED and s.words[t - 1] == "-"
        ]
        return any(all(names(u) is None and s.tags[u][:2] != "NN" for u in range(t + 1, token)) for t in patrons)

    def _part_named(self, tree: Tree, token: int, before: list[int], owners: tuple[str, ...]) -> tuple[str, ...]:
        """'the Sudanese rebel leader', 'Turkish army chief': the part of the owner that the title belongs to."""
        if tree.s.lemmas[token].lower() not in self.cast.rulebook.words("person_words"):
            return owners
        for modifier in before:
            agent = self.groups.agents.get(tree.s.words[modifier].lower())
            if (
                agent is not None
                and agent.makes == "body"
                and (made := self.groups.made(owners[0], agent, tree.s.words[modifier].lower()))
            ):
                return (made,)
        return owners
