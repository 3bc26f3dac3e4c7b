"""Who is meant in a report, sentence by sentence: its names first, those that no list knows too, then each noun phrase."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Protocol

from dragoman.model import Entity, Kind, Mention, Phrase
from dragoman.reading.cast import Cast, slug
from dragoman.reading.describe import Describer
from dragoman.reading.groups import sided
from dragoman.reading.memory import Heard
from dragoman.reading.named import (
    BRACKET,
    REBELS,
    Named,
    also_theirs,
    called_here,
    full_name,
    has_letters,
    head_of,
    is_go_between,
    is_place_word,
    joined_force,
    named_as,
    named_shortly,
    note_acronyms,
    note_callings,
    shares_word,
    spoken_from,
)
from dragoman.reading.names import NameIndex, bare, fold
from dragoman.reading.owners import Owners
from dragoman.reading.parse import Sentence
from dragoman.reading.roster_names import RosterNames
from dragoman.reading.surnames import Surnames
from dragoman.reading.titles import Titles
from dragoman.reading.tree import Tree
from dragoman.reading.unknown import Demonyms, Found, UnknownNames, Uses, trouble_sign
from dragoman.rulebook.types import Rulebook

Kinds = Callable[[Phrase], frozenset[str]]


class PlaceLookUp(Protocol):
    """What actors needs of a gazetteer: is a name a place?"""

    def is_place(self, name: str) -> bool: ...


class Actors:
    """Resolves the noun phrases of one report to entities; built once a report, sentences in text order."""

    def __init__(self, rulebook: Rulebook, index: NameIndex, day: date | None, places: PlaceLookUp) -> None:
        self.rulebook = rulebook
        self.index = index
        self.places = places
        self.cast = Cast(rulebook, day)
        self.cast.is_place = places.is_place
        self.roster = RosterNames(self.cast, index)
        self.surnames = Surnames(self.cast, index)
        self.titles = Titles(self.cast)
        self.describer = Describer(self.cast)
        self._heard: dict[tuple[int, int], Heard] = {}
        groups = self.describer.groups
        self.owners = Owners(rulebook, self._heard, self._qualified, groups.so_named)
        self._trees: dict[int, Tree] = {}
        self._names: dict[int, Named] = {}
        self._hints: dict[str, int] = {}

    def read(self, trees: Sequence[Tree]) -> None:
        """Find the names of the whole report first, then resolve each noun phrase in text order."""
        named = [self.roster.find(tree.s) for tree in trees]
        self.roster.settle(named, trees)
        self._unknown_names(trees, named)
        for tree, names in zip(trees, named, strict=True):
            called_here(self.cast, tree.s, names)
            named_shortly(self.cast, tree.s, names)
        for tree, names in zip(trees, named, strict=True):
            self.surnames.find(tree, names)
        for tree, names in zip(trees, named, strict=True):
            self._titles(tree, names)
        for tree, names in zip(trees, named, strict=True):
            self._third_parties(tree, names)
        for tree, names in zip(trees, named, strict=True):
            note_callings(self.cast, tree.s, names)
        told = (
            ids[0]
            for tree, names in zip(trees, named, strict=True)
            for start, _, ids, how in names.spans
            if not sided(tree, start) and not (how == "seat" and spoken_from(tree, start))
        )
        self._note_troubles(trees, named)
        self.cast.settle_home(told, self._hints)
        for tree, names in zip(trees, named, strict=True):
            self._trees[tree.s.number], self._names[tree.s.number] = tree, names
            self._resolve_sentence(tree, names)
        self._settle_rebels()

    def _note_troubles(self, trees: Sequence[Tree], named: Sequence[Named]) -> None:
        """Keep how often a known state is spoken of as of the country of a war or a coup: 'seized power in a coup in X'."""
        for tree, names in zip(trees, named, strict=True):
            for start, end, ids, how in names.spans:
                if how == "name" and self.cast.actor(ids[0]) is not None and self.cast.kind(ids[0]) is Kind.STATE:
                    self._hints[ids[0]] = self._hints.get(ids[0], 0) + trouble_sign(tree.s, start, end)

    def _settle_rebels(self) -> None:
        """'Rebels freed a bishop' are, in a report that names one armed group below, that group."""
        self._settle_called_rebels()
        only = self.cast.only_rebels()
        if only is None:
            return
        doubtful = {i for place, heard in self._heard.items() if self._is_suspected(place) for i in heard.ids}
        meant = {i for i in self.cast.nameless - doubtful if self.cast.name(i) in REBELS and i in self.cast}
        for place, heard in self._heard.items():
            if not meant.isdisjoint(heard.ids):
                ids = tuple(dict.fromkeys(only if i in meant else i for i in heard.ids))
                self._heard[place] = Heard(ids=ids, how=heard.how)
        self.describer.memory.merge(meant, only)
        self.cast.merge(sorted(meant), only)

    def _settle_called_rebels(self) -> None:
        """'Hill rebels' are the one organisation whose name has the word: the Ostran Hill Union."""
        for (sentence, token), heard in list(self._heard.items()):
            tree = self._trees[sentence]
            if tree.s.words[token].lower() not in REBELS or not any(i in self.cast.nameless for i in heard.ids):
                continue
            called = (
                tree.s.words[t] for t in tree.modifiers(token) if t < token and self._names[sentence].at(t) is None
            )
            meant = next((i for word in called if (i := self.cast.organised_as(word.capitalize()))), None)
            if meant is not None:
                self._heard[(sentence, token)] = Heard(ids=(meant,), how=heard.how)
                self.cast.move_mention(heard.ids, meant, tree.s.ends[token])

    def _is_suspected(self, place: tuple[int, int]) -> bool:
        tree = self._trees[place[0]]
        return any(tree.s.words[t].lower() in _UNKNOWN for t in tree.s.children[place[1]])

    def _third_parties(self, tree: Tree, names: Named) -> None:
        """Note who mediates or hosts: they are none of 'the two sides'."""
        for start, end, ids, _ in names.spans:
            head = tree.first_joined(named_as(tree, head_of(tree, start, end)))
            governor = tree.s.heads[head]
            by = tree.governing_preposition(head) == "by"
            verb = tree.s.heads[governor] if by else governor
            if start > 1 and tree.s.words[start - 1] == "by" and tree.s.lemmas[start - 2] in _MEDIATING:
                verb, by = start - 2, True
            if ((by or tree.subject_of(head)) and tree.s.lemmas[verb] in _MEDIATING) or is_go_between(tree, head):
                self.cast.third.update(ids)
            sent = (
                tree.governing_preposition(head) in ("from", "of")
                and tree.s.lemmas[tree.s.heads[governor]] == "mediator"
            )
            if sent:
                self.cast.third.update(ids)

    def heard(self, sentence: int, token: int) -> Heard | None:
        """Return what the noun phrase headed by a token was resolved to, or None."""
        return self._heard.get((sentence, token))

    def resolve(self, sentence: int, phrase: Phrase) -> tuple[str, ...]:
        """Return the entity ids of a phrase (empty where nobody is meant)."""
        heard = self._heard.get((sentence, phrase.head))
        return heard.ids if heard else ()

    def source(self, tree: Tree, phrase: Phrase) -> tuple[str, ...]:
        """Return who a speaker is; one without a name goes by the words for him: 'diplomatic source', 'local officials'."""
        found = self.resolve(tree.s.number, phrase) or self.owners.issuers(tree, phrase.head)
        if found or tree.s.lemmas[phrase.head].lower() not in self.rulebook.words("source_words"):
            return tuple(dict.fromkeys(self.cast.stands_for(i) for i in found))
        start = phrase.head
        while (
            start > phrase.start
            and tree.s.tags[start - 1][:2] in ("JJ", "NN", "VB")
            and start - 1 in tree.s.children[phrase.head]
        ):
            start -= 1
        label = tree.s.quote(start, phrase.head + 1)
        plural = tree.s.tags[phrase.head] == "NNS"
        ids = (self.cast.body(None, label, Kind.GROUP if plural else Kind.PERSON, ()),)
        self._hear(tree, phrase.head, Heard(ids=ids, how="description"))
        return ids

    def kinds_in(self, tree: Tree) -> Kinds:
        """Return the look-up that frames use to ask what stands in a role of this sentence."""

        def kinds(phrase: Phrase) -> frozenset[str]:
            heard = self._heard.get((tree.s.number, phrase.head))
            if heard is None or not heard.ids:
                shot = tree.s.lemmas[phrase.head] in _FIRE and self.owners.behind(tree, phrase, acting=True)
                return frozenset({"#gunfire"} if shot else ())
            town = ("#place",) if heard.how == "seat" else ()
            return frozenset((*town, *(label for i in heard.ids for label in _LABELS.get(self.cast.kind(i), ()))))

        return kinds

    def set_first_person(self, sentence: int, token: int, ids: tuple[str, ...]) -> None:
        """Say who 'we' or 'I' is, once the speaker is known, and so who 'our forces' are."""
        if not ids:
            return
        tree, names = self._trees[sentence], self._names[sentence]
        self._hear(tree, token, Heard(ids=ids, how="pronoun"))
        owned = tree.s.heads[token]
        if tree.s.tags[token] == "PRP$" and names.at(owned) is None and tree.is_noun_head(owned):
            heard = self.describer.describe(tree, owned, names.at, self._heard)
            if heard is not None:
                self._hear(tree, owned, heard)

    # -- names

    def _unknown_names(self, trees: Sequence[Tree], named: list[Named]) -> None:
        """Keep the names that the roster does not know, typed by how the whole report uses them."""
        unknown = UnknownNames(self.rulebook, self.places.is_place)
        by_tree = {id(tree): names for tree, names in zip(trees, named, strict=True)}
        for tree, names in zip(trees, named, strict=True):
            unknown.collect(tree, lambda token, names=names: names.at(token) is not None)  # type: ignore[misc]
        fresh = Found()
        single = Demonyms(uses.text for uses in unknown.uses.values() if " " not in uses.text)
        for key, uses in sorted(unknown.uses.items(), key=lambda item: -len(item[0].split())):
            kind = unknown.kind(uses)
            if kind is None or (kind is Kind.PERSON and " " not in uses.text) or self._is_surname(uses.text):
                continue
            if " " not in uses.text and single.of(uses.text) is not None:
                continue
            identity = (
                self.cast.aliases.get(key)
                or self._short_form(uses, fresh)
                or self._bracketed(uses)
                or self.cast.make(Entity(id=slug(uses.text), name=full_name(uses.text, uses.spans)[0], kind=kind))
            )
            self.cast.aliases.setdefault(key, identity)
            if short := full_name(uses.text, uses.spans)[1]:
                self.cast.aliases.setdefault(fold(short), identity)
            self._note_country(identity, uses)
            if uses.acting or uses.owning:
                self.cast.acting.add(identity)
            fresh.add(uses.text)
            for tree, start, end in uses.spans:
                by_tree[id(tree)].spans.append((start, end, (identity,), "name"))
                note_acronyms(
                    self.cast, tree.s, Named(spans=[*by_tree[id(tree)].spans[:-1], (start, end, (identity,), "name")])
                )
        demonyms = Demonyms(fresh.names)
        for tree, names in zip(trees, named, strict=True):
            self._unknown_demonyms(tree.s, names, demonyms)
            names.spans.sort()

    def _bracketed(self, uses: Uses) -> str | None:
        """'the Popular Front for the Freedom of Ostra (OPFF)': whom the roster knows by an acronym of the name's letters."""
        tree, _, end = uses.spans[0]
        short = BRACKET.match(tree.s.text, tree.s.ends[end - 1] - tree.s.start)
        if short is None or not has_letters(uses.text, short.group(1)):
            return None
        known = [i for hit in self.index.find(short.group(1)) for i in hit.ids if self.roster.alive(i)]
        bodies = [i for i in known if self.rulebook.roster[i].kind not in (Kind.PERSON, Kind.STATE, Kind.PLACE)]
        alike = len(bodies) == 1 and shares_word(uses.text, self.rulebook.roster[bodies[0]])
        return self.cast.admit(bodies[0]) if alike else None

    def _note_country(self, identity: str, uses: Uses) -> None:
        """Keep how often a name of no known place is spoken of as of a country."""
        countrylike = self.cast.kind(identity) in (Kind.STATE, Kind.OTHER, Kind.PLACE)
        known = self.cast.kind(identity) is not Kind.STATE and self.places.is_place(uses.text)
        if uses.country and countrylike and not known:
            self._hints[identity] = uses.country

    def _short_form(self, uses: Uses, fresh: Found) -> str | None:
        """'the League' after 'the Hill Peoples' League', 'the Lions' after 'Lions of Ostra': the longer name with this word."""
        text = uses.text
        whole = fresh.by_ending.get(text) if " " in text else None
        if whole is not None and text.split()[-1].lower() in self.rulebook.words("organisation_words"):
            return self.cast.aliases[fold(whole)]  # 'the Hill Union' of 'the Ostran Hill Union'
        if text.lower() not in self.rulebook.words("organisation_words"):
            plural = uses.articled and text.endswith("s") and len(text) > 4
            return self.cast.organised_as(text) if plural else None
        longer = fresh.by_last.get(text)
        if longer is not None:
            return self.cast.aliases[fold(longer)]
        return self.cast.organised_as(text)

    def _is_surname(self, text: str) -> bool:
        return " " not in text and bare(text) in self.cast.surnames

    def _unknown_demonyms(self, s: Sentence, names: Named, demonyms: Demonyms) -> None:
        """'Sarenian' belongs to the unknown 'Sarenia', which is then a state."""
        for token, word in enumerate(s.words):
            if not word[:1].isupper() or s.tags[token][:1] not in "JN":
                continue
            hit = names.at(token)
            if hit is not None and (self.cast.actor(hit[0][0]) is not None or fold(word) in self.cast.aliases):
                continue
            name = demonyms.of(word)
            if name is None:
                continue
            identity = self.cast.aliases[fold(name)]
            if self.cast.kind(identity) in (Kind.OTHER, Kind.PLACE):
                self.cast.learn(identity, kind=Kind.STATE, sectors=("GOV",))
            if word[-1] not in "s":
                self.cast.adjectives.setdefault(identity, word)
            if hit is None:
                names.spans.append((token, token + 1, (identity,), "demonym"))

    def _titles(self, tree: Tree, names: Named) -> None:
        """Note what the text says of each named person: 'rebel commander X', 'X, the leader of Y'."""
        for start, end, ids, _ in names.spans:
            if self.cast.kind(ids[0]) is Kind.PERSON:
                self.titles.note_titles(tree, (start, end), ids[0], names.at)

    # -- noun phrases

    def _resolve_sentence(self, tree: Tree, names: Named) -> None:
        at = names.by_token().get
        heads = [token for token in range(len(tree.s.words)) if at(token) is None and tree.is_noun_head(token)]
        described = frozenset(heads)
        for token in range(len(tree.s.words)):
            if token in described:
                heard = self.describer.describe(tree, token, at, self._heard)
                if heard is not None:
                    self._hear(tree, token, heard)
            elif at(token) is not None:
                self._hear_name(tree, token, names)
        for token in heads:
            if (tree.s.number, token) not in self._heard:
                heard = self.describer.describe(tree, token, at, self._heard)
                if heard is not None:
                    self._hear(tree, token, heard)
        for start, end, ids, _ in names.spans:
            if self.cast.kind(ids[0]) is Kind.PERSON:
                self.titles.note_served(tree, head_of(tree, start, end), ids[0], self._heard)

    def _hear_name(self, tree: Tree, token: int, names: Named) -> None:
        start, end, ids, how = next(span for span in names.spans if span[0] <= token < span[1])
        if token != head_of(tree, start, end):
            return
        s = tree.s
        ids = (*joined_force(self.cast, tree, token, start, names), *ids)
        self._note(ids, Mention(start=s.starts[start], end=s.ends[end - 1], text=s.quote(start, end), how=how))
        heard = Heard(ids=(*also_theirs(self.cast, tree, token, start, names), *ids), how=how)
        if tree.is_noun_head(token):
            heard = self.describer.refine(tree, token, heard)
            if not (how == "seat" and is_place_word(tree, token)):
                self.describer.memory.remember(tree, token, heard)
        self._heard[(s.number, token)] = heard

    def _hear(self, tree: Tree, token: int, heard: Heard) -> None:
        s = tree.s
        self._heard[(s.number, token)] = heard
        start = token
        if heard.how == "description":
            modifiers = [m for m in tree.modifiers(token) if m < token]
            start = min([token, *modifiers])
        self._note(
            heard.ids,
            Mention(start=s.starts[start], end=s.ends[token], text=s.quote(start, token + 1), how=heard.how),
        )
        self.describer.memory.remember(tree, token, heard)

    def _qualified(self, tree: Tree, head: int) -> tuple[str, ...]:
        """Return who is meant by the word before a noun, 'army' in 'army base', and keep that he is mentioned there."""
        found = self.describer.groups.qualified(tree, head)
        before = head - 1
        if found and before in tree.modifiers(head):
            s = tree.s
            self._note(
                found,
                Mention(start=s.starts[before], end=s.ends[before], text=s.quote(before, head), how="description"),
            )
        return found

    def _note(self, ids: Iterable[str], mention: Mention) -> None:
        for identity in ids:
            self.cast.mention(identity, mention)


_UNKNOWN = frozenset("suspected unidentified unknown masked other rival alleged foreign".split())
_LABELS = {
    Kind.PERSON: ("#actor", "#person"),
    Kind.STATE: ("#actor", "#state", "#org"),
    Kind.GOVERNMENT: ("#actor", "#state", "#org", "#armed"),
    Kind.ARMED_GROUP: ("#actor", "#armed", "#org"),
    Kind.IGO: ("#actor", "#org"),
    Kind.NGO: ("#actor", "#org", "#civil"),
    Kind.MEDIA: ("#media",),
    Kind.GROUP: ("#actor", "#org"),
    Kind.PLACE: ("#place",),
    Kind.OTHER: ("#actor", "#org"),
}
_FIRE = frozenset({"fire", "firing", "gunfire"})
_MEDIATING = frozenset("mediate broker host facilitate sponsor convene chair moderate oversee guarantee".split())
