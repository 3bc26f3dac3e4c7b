"""The names of the roster in a report: where they stand, and who is meant by a name that several bear."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from dragoman.model import Kind
from dragoman.reading.cast import Cast
from dragoman.reading.named import Named, lower_start, note_acronyms, tokens_of
from dragoman.reading.names import Hit, NameIndex
from dragoman.reading.parse import Sentence
from dragoman.reading.tree import Tree

_SHARED = "shared"
_MONTH_DAY = re.compile(
    r"(January|February|March|April|May|June|July|August|September|October|November|December)[ -]\d+"
)
_BEFORE_NAMES = frozenset({"the", "mr", "mr.", "mrs", "ms"})


class RosterNames:
    """Finds the names of the roster sentence by sentence, then settles them by what the whole report names."""

    def __init__(self, cast: Cast, index: NameIndex) -> None:
        self.cast = cast
        self.rulebook = cast.rulebook
        self.index = index

    def find(self, s: Sentence) -> Named:
        """Return the names of the roster in a sentence; one that several bear has all their ids until it is settled."""
        named = Named()
        for hit in self.index.find(s.read_text):
            span = tokens_of(s, hit.start + s.start, hit.end + s.start)
            if (
                span
                and (not lower_start(s, span[0]) or self._plain_body(hit) or not s.text[hit.start : hit.end].islower())
                and not _MONTH_DAY.fullmatch(s.text[hit.start : hit.end])
                and not self._swallowed(s, span, hit)
            ):
                named.spans.append((*span, hit.ids, hit.how))
        if not self.index.shared.keys().isdisjoint(s.words):
            taken = {t for start, end, _, _ in named.spans for t in range(start, end)}
            shared = ((t, self.index.shared.get(word)) for t, word in enumerate(s.words) if t not in taken)
            named.spans += [(t, t + 1, ids, _SHARED) for t, ids in shared if ids is not None]
        named.spans.sort()
        return named

    def _plain_body(self, hit: Hit) -> bool:
        """Return whether a name without a capital is one that papers write so: 'the security council'."""
        return all(self.rulebook.roster[i].kind is Kind.IGO for i in hit.ids)

    def _swallowed(self, s: Sentence, span: tuple[int, int], hit: Hit) -> bool:
        """Return whether a one-word name is only a part of an unknown longer one ('Michelle Obama', 'Abdel Fatah al-Sisi')."""
        start, end = span
        if end - start > 1 or start < 1 or hit.how in ("demonym", "acronym") or not self._part_of_name(s, start - 1):
            return False
        if all(self.rulebook.roster[i].kind is Kind.PERSON for i in hit.ids):
            return True
        after = s.words[end].lower() if end < len(s.words) else ""
        return after in ("al", "el", "bin", "ibn") or (after != "" and self._part_of_name(s, end))

    def _part_of_name(self, s: Sentence, token: int) -> bool:
        """Return whether a token is a capitalised name word that the roster does not know, and no title."""
        word = s.words[token]
        if s.tags[token] != "NNP" or not word[:1].isupper() or word.lower() in _BEFORE_NAMES:
            return False
        known = word.lower() in self.rulebook.words("honorifics") or word.lower() in self.rulebook.words("not_names")
        return not known and word.lower() not in self.rulebook.words("organisation_words") and not self.index.find(word)

    def settle(self, named: list[Named], trees: Sequence[Tree]) -> None:
        """Choose one id for names with several, by the countries that the report names."""
        codes: dict[str | None, int] = {}
        for names in named:
            for _, _, ids, _ in names.spans:
                if len(ids) == 1:
                    code = self.rulebook.roster[ids[0]].code
                    codes[code] = codes.get(code, 0) + 1
        for names, tree in zip(named, trees, strict=True):
            settled: list[tuple[int, int, tuple[str, ...], str]] = []
            for start, end, ids, how in names.spans:
                if how == _SHARED:
                    settled.append((start, end, tuple(self.cast.admit(i) for i in ids), "name"))
                    continue
                best = max(sorted(ids), key=lambda i, how=how: self._fitness(i, how, codes))  # type: ignore[misc]
                settled.append((start, end, (self.cast.admit(best),), how))
            names.spans = settled
            note_acronyms(self.cast, tree.s, names)

    def _fitness(self, identity: str, how: str, codes: Mapping[str | None, int]) -> tuple[bool, bool, int, bool]:
        """How well one of several bearers of a name fits: alive, in its seat on the day, its country told, a rival government."""
        actor, day = self.rulebook.roster[identity], self.cast.day
        seated = how != "seat" or any(
            (seat.start is None or (day is not None and seat.start <= day))
            and (seat.end is None or day is None or day <= seat.end)
            for seat in actor.seats
        )
        rival = how == "seat" and actor.kind is Kind.GOVERNMENT and day is not None and bool(actor.seats[0].start)
        return self.alive(identity), seated, codes.get(actor.code, 0), rival

    def alive(self, identity: str) -> bool:
        """Return whether somebody of the roster was there on the day of the report."""
        actor, day = self.rulebook.roster[identity], self.cast.day
        if day is None:
            return True
        return not ((actor.start and day < actor.start) or (actor.end and day > actor.end))
