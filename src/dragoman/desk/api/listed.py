"""Lists in a fixed order with indexes, made once for a picture of the reports: a part of one costs what is in it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Generic, TypeVar

from dragoman.desk.api.paging import Key

Item = TypeVar("Item")
Values = Mapping[str, Iterable[str]]
"""By which names and values an item is found: {"type": ("REJECT",), "party": ("haftar", "turkey")}."""


class Listed(Generic[Item]):
    """Items in the order of their keys. ``values`` gives by what an item is found."""

    def __init__(self, items: Iterable[Item], key: Callable[[Item], Key], values: Callable[[Item], Values]) -> None:
        keyed = sorted(((key(item), item) for item in items), key=lambda pair: pair[0])
        self._keys = [each for each, _ in keyed]
        self.items: Sequence[Item] = [item for _, item in keyed]
        self._places: dict[tuple[str, str], list[int]] = {}
        for place, item in enumerate(self.items):
            for name, found in values(item).items():
                for value in dict.fromkeys(found):
                    self._places.setdefault((name, value), []).append(place)

    def find(
        self,
        wanted: Mapping[str, Iterable[str]],
        fits: Callable[[Item], bool] | None = None,
        after: Key | None = None,
        *,
        backwards: bool = False,
    ) -> Iterator[Item]:
        """Yield the items that have one of the values wanted of each name, and fit; those behind a key, in order or against it."""
        places = self._found(wanted)
        if after is not None:
            places = self._behind(places, after, backwards=backwards)
        for place in reversed(places) if backwards else places:
            if fits is None or fits(self.items[place]):
                yield self.items[place]

    def _found(self, wanted: Mapping[str, Iterable[str]]) -> Sequence[int]:
        """Return the places of the items that have one of the values of each name."""
        groups = [[self._places.get((name, value), []) for value in set(values)] for name, values in wanted.items()]
        if not groups:
            return range(len(self.items))
        groups.sort(key=lambda lists: sum(map(len, lists)))
        first, *others = groups
        found = first[0] if len(first) == 1 else sorted(set().union(*first)) if first else []
        for lists in others:
            held = set().union(*lists)
            found = [place for place in found if place in held]
        return found

    def _behind(self, places: Sequence[int], after: Key, *, backwards: bool) -> Sequence[int]:
        try:
            end = bisect_left(self._keys, after) if backwards else bisect_right(self._keys, after)
        except TypeError:  # a key of another list has other types: nothing is behind it
            return ()
        at = bisect_left(places, end)
        return places[:at] if backwards else places[at:]
