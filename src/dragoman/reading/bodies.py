"""Bodies that a common word takes up again: 'the group', 'the bloc', 'the coalition', 'the kingdom'."""

from __future__ import annotations

from dragoman.model import Kind
from dragoman.reading.memory import Memory, Past
from dragoman.reading.tree import Tree

_CROWNED = ("king", "emir", "sultan", "crown prince")
_OWN_NAMED = frozenset(
    "coalition alliance party network agency monitor watchdog charity".split()
)  # these mean only who is called so
PAPERS = frozenset("accord agreement treaty convention protocol declaration conference campaign initiative".split())
_ALLIED = frozenset({"coalition", "alliance"})
_TRADING = frozenset({Kind.OTHER, Kind.GROUP, Kind.NGO})
_FREE = frozenset({Kind.ARMED_GROUP, Kind.NGO, Kind.GROUP})


class Bodies:
    """Who is meant by a word for a body with 'the': the last one told of that fits."""

    def __init__(self, memory: Memory) -> None:
        self.memory = memory
        self.cast = memory.cast
        self._words = memory.cast.rulebook.words

    def back_reference(self, tree: Tree, token: int, lemma: str) -> tuple[str, ...]:
        """'the group', 'the movement', 'the country': the last one that fits."""
        words = self._words
        tag = tree.s.tags[token]
        if tree.determiner(token) not in ("the", "this", "that") or tag not in ("NN", "NNP"):
            return ()
        own = self.memory.called(lemma) if lemma in words("organisation_words") else None
        if tag == "NNP":
            return (own,) if own is not None and lemma not in PAPERS else ()
        league = self._last_league() if own is None and lemma in self._words("league_words") else None
        if own is not None or league is not None:
            return tuple(i for i in (own or league,) if i is not None)
        if lemma in words("group_words"):
            last = self.memory.called(lemma)
            if last is None and lemma not in _OWN_NAMED:
                last = self._last_group(tree, token)
            if last is None and lemma in ("charity", "agency", "watchdog"):
                last = self._last_charity()
            if last is None and lemma in _ALLIED:
                last = self.memory.headed(lemma)
            if last is None and lemma in _ALLIED and tree.subject_of(token):
                last = self.cast.body(None, lemma, Kind.GROUP, ("MIL",))
            return (last,) if last else ()
        if lemma in self._words("lands_apart") and self._words("apart_words") & {
            tree.s.words[m].lower() for m in tree.modifiers(token)
        }:
            apart = self._last_apart()
            return (apart,) if apart is not None else ()
        if lemma in words("country_words"):
            reigned = self._kingdom() if lemma == "kingdom" else None
            main = reigned or self.cast.home or self.memory.last(frozenset({Kind.STATE}))
            return (main,) if main else ()
        return ()

    def _last_apart(self) -> str | None:
        """'the breakaway region': the last land told of that rules itself though no state owns it one."""
        for identity in (i for past in reversed(self.memory.past) for i in past.ids):
            if self.cast.kind(identity) is Kind.GOVERNMENT:
                return identity
            if (
                self.cast.kind(identity) is Kind.STATE
                and self.cast.actor(identity) is None
                and identity != self.cast.home
            ):
                return identity
        return None

    def _last_charity(self) -> str | None:
        """'the charity': the last body told of that gives relief, by its kind or by its name."""
        told = (i for past in reversed(self.memory.past) for i in past.ids if i not in self.cast.nameless)
        free = (i for i in told if self.cast.kind(i) in (Kind.NGO, Kind.OTHER, Kind.GROUP))
        return next(
            (
                i
                for i in free
                if self.cast.kind(i) is Kind.NGO or self._words("relief_names") & set(self.cast.name(i).lower().split())
            ),
            None,
        )

    def _last_firm(self) -> str | None:
        """'the firm': the last one with a name that is called so by the words beside it, or by its own name."""
        for past in reversed(self.memory.past):
            tree = self.memory.trees.get(past.sentence)
            if tree is None or past.ids[0] in self.cast.nameless or self.cast.kind(past.ids[0]) not in _TRADING:
                continue
            beside = {tree.s.lemmas[t].lower() for t in (*tree.appositives(past.token), *tree.modifiers(past.token))}
            if beside & self._words("firm_words") or self._words("firm_names") & set(
                self.cast.name(past.ids[0]).lower().split()
            ):
                return past.ids[0]
        return None

    def firm(self, tree: Tree, token: int, lemma: str) -> tuple[str, ...]:
        """'the firm', 'the company', 'the paper': the last one told of, if any has a name."""
        one = tree.s.tags[token] == "NN" and tree.determiner(token) == "the" and not tree.modifiers(token)
        if one and lemma in self._words("press_words"):
            last = self._last(Kind.MEDIA)
            return (last,) if last is not None else ()
        found = self._last_firm() if one and lemma in self._words("firm_words") else None
        return (found,) if found is not None else ()

    def _last_group(self, tree: Tree, token: int) -> str | None:
        """'the group': the civic body where it is called so, else who acted in the sentence before, else the last armed one."""
        if self._words("civic_words") & {tree.s.words[m].lower() for m in tree.modifiers(token)} and (
            civic := self._last(Kind.NGO)
        ):
            return civic
        before = [p for p in self.memory.past if tree.s.number - p.sentence == 1 and p.main and len(p.ids) == 1]
        crowds = [p.ids[0] for p in before if self._is_crowd(p)]
        plain = not tree.modifiers(token)  # 'the group' after 'protesters met' is theirs, 'the rebel group' is not
        acting = [p.ids[0] for p in before if self._is_group(p)] or (crowds if plain else [])
        if len(set(acting)) == 1:
            return acting[0]
        named = self._last(Kind.ARMED_GROUP, Kind.GOVERNMENT)
        named = named or self.memory.last(frozenset({Kind.ARMED_GROUP, Kind.GOVERNMENT})) or self._last(Kind.NGO)
        told = (i for past in reversed(self.memory.past) for i in past.ids if self.cast.kind(i) is Kind.GROUP)
        return named or next((i for i in told if not {"CVL", "MIL"} & set(self.cast.sectors(i))), None)

    def _is_crowd(self, past: Past) -> bool:
        """Return whether a mention is of people without a name who did more than say something."""
        tree = self.memory.trees.get(past.sentence)
        told = tree is None or tree.governor(past.token) in self._words("say")
        return not told and past.ids[0] in self.cast.nameless and "CVL" in self.cast.sectors(past.ids[0])

    def _is_group(self, past: Past) -> bool:
        """Return whether a mention is of a group with a name that is no force of a state."""
        identity = past.ids[0]
        free = self.cast.kind(identity) in _FREE and identity not in self.cast.nameless
        return free and self.cast.part_of(identity) is None and not {"MIL", "GOV"} & set(self.cast.sectors(identity))

    def _last(self, *kinds: Kind) -> str | None:
        """Return the last body of some kinds with a name of its own."""
        told = (i for past in reversed(self.memory.past) for i in past.ids if i not in self.cast.nameless)
        return next((i for i in told if self.cast.kind(i) in kinds), None)

    def _last_league(self) -> str | None:
        """'the bloc': the last body of states."""
        told = (i for past in reversed(self.memory.past) for i in past.ids if i not in self.cast.nameless)
        return next((i for i in told if self.cast.kind(i) is Kind.IGO or self._is_league(i)), None)

    def _is_league(self, identity: str) -> bool:
        group = self.cast.kind(identity) is Kind.GROUP and self.cast.part_of(identity) is None
        return group and bool(self._words("league_names") & set(self.cast.name(identity).lower().split()))

    def _kingdom(self) -> str | None:
        """Return the state last told of that has a king or an emir."""
        offices = self.cast.rulebook.offices
        states = (i for past in reversed(self.memory.past) for i in past.ids if self.cast.kind(i) is Kind.STATE)
        return next((i for i in states if any((i, title) in offices for title in _CROWNED)), None)
