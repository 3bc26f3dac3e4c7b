"""Names that the roster does not know: found by their capitals and tags, kept as they stand, typed by how the text uses them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from dragoman.model import Kind
from dragoman.reading.names import fold
from dragoman.reading.parse import Sentence
from dragoman.reading.tree import Tree
from dragoman.rulebook.types import Rulebook

_SITES = frozenset(
    "oilfield airbase airport base camp refinery terminal dam crossing checkpoint prison hospital mosque".split()
)
_DOCUMENTS = frozenset("treaty accord agreement protocol pact convention declaration".split())
_PAPERS = frozenset("framework roadmap memorandum communique communiqué".split())
_BANDS = frozenset(
    "sons lions guardians defenders brothers sisters soldiers daughters knights wolves eagles hawks servants warriors protectors "
    "martyrs partisans companions".split()
)
_INSIDE = frozenset(
    {
        "of",
        "the",
        "for",
        "al",
        "el",
        "-",
        "de",
        "bin",
        "ibn",
        "ul",
        "von",
        "van",
        "da",
        "and",
        "&",
        "del",
        "la",
    }
)
_STRICT_LOCATIVE = frozenset({"in", "near", "outside", "around"})
_STATE_OWNED = frozenset(
    [
        "government",
        "prosecutor",
        "army",
        "president",
        "minister",
        "ministry",
        "parliament",
        "capital",
        "military",
        "police",
        "forces",
        "foreign",
        "prime",
        "border",
        "opposition",
        "territory",
        "soil",
        "economy",
        "neighbour",
        "neighbor",
        "leader",
        "ambassador",
        "troops",
        "king",
        "embassy",
        "representative",
        "delegate",
        "republic",
        "kingdom",
        "emirate",
        "sultanate",
        "authorities",
        "warplanes",
        "warships",
        "airspace",
        "navy",
    ]
)
_DEMONYM_ENDINGS = ("n", "an", "ian", "ean", "ese", "ish", "i", "ic", "nian", "ite", "ish")
_GEOGRAPHIC = frozenset(
    "sea ocean gulf river lake strait mountain mountains island islands valley street square airport hospital hotel "
    "camp province district county city bridge highway peninsula desert zone crossing".split()
)
_TOWNS = frozenset(
    "town village city port district suburb province region island town hamlet neighbourhood towns villages cities districts "
    "suburbs settlements neighbourhoods".split()
)
_TOWN_OWNED = frozenset("capital border leader neighbour neighbor territory soil economy".split())
_REIGNING = frozenset(
    "president king emir sultan ambassador representative delegate republic kingdom sultanate emirate principality "
    "confederation".split()
)
_PEOPLED = frozenset("people peoples rulers army government rebels authorities parliament republic kingdom".split())
_TROUBLED = frozenset("war wars peace conflict rebellion insurgency uprising coup elections unrest fighting".split())
_FLAGGED = frozenset(
    "government junta regime authorities army navy parliament rebels ambassador embassy war conflict crisis truce".split()
)
_UPSET = frozenset("junta regime rebels war conflict crisis truce".split())
_LEFT = frozenset({"secede", "seceded", "independence", "secession", "breakaway"})
_PARTS = frozenset("northern southern eastern western central north-eastern north-western".split())  # 'eastern X'
_ALSO_TOWNS = frozenset({"lashkar", "bank", "church", "states", "house", "court", "centre", "center"})  # 'Lashkar Gah'
_DIVIDED = frozenset("upper lower north south east west new greater northern southern eastern western".split())
_OWNERS = frozenset(
    [
        "people",
        "peoples",
        "worker",
        "workers",
        "women",
        "farmer",
        "farmers",
        "student",
        "students",
        "youth",
        "citizens",
        "children",
        "teachers",
        "lawyers",
        "party",
    ]
)
_FIGHTERS = frozenset(
    ["militia", "rebels", "insurgents", "militants", "guerrillas", "fighters", "separatists", "jihadists"]
)
_FOLLOWING = _FIGHTERS | frozenset(
    [
        "agency",
        "party",
        "group",
        "movement",
        "militants",
        "faction",
        "coalition",
        "network",
        "tribe",
        "clan",
        "alliance",
        "organisation",
        "organization",
    ]
)
_MILITANT = _FIGHTERS | frozenset(
    [
        "islamist",
        "rebel",
        "armed",
        "militant",
        "insurgent",
        "separatist",
        "jihadist",
        "jihadi",
        "guerrilla",
        "extremist",
        "terrorist",
        "paramilitary",
    ]
)
_TITLE_WORDS = frozenset(
    "special deputy acting permanent high executive under representative coordinator - and".split()
)
_DATE = re.compile(r"^\d")
Covered = Callable[[int], bool]


@dataclass(slots=True)
class Uses:
    """How the report uses one unknown name, counted over all its occurrences."""

    text: str
    spans: list[tuple[Tree, int, int]] = field(default_factory=list)
    titled: int = 0
    placed: int = 0
    acting: int = 0
    owning: int = 0
    reigning: int = 0
    beside_person: int = 0
    articled: int = 0
    town: int = 0
    in_middle: int = 0
    country: int = 0


class UnknownNames:
    """Collects the unknown names of a report and says what each most likely is."""

    def __init__(self, rulebook: Rulebook, is_place: Callable[[str], bool]) -> None:
        self._rulebook = rulebook
        self._is_place = is_place
        self.uses: dict[str, Uses] = {}
        self._common = rulebook.agent_of.keys()

    def collect(self, tree: Tree, covered: Covered) -> None:
        """Note each run of name tokens of a sentence that no roster name covers."""
        for start, end in self._runs(tree.s, covered):
            text = tree.s.quote(start, end)
            uses = self.uses.setdefault(fold(text), Uses(text=text))
            uses.spans.append((tree, start, end))
            self._count(uses, tree, start, end)

    def _runs(self, s: Sentence, covered: Covered) -> Iterator[tuple[int, int]]:
        token = 0
        while token < len(s.words):
            end = self._end(s, token, covered)
            if end > token:
                yield from self._trim(s, token, end)
                token = end
            else:
                token += 1

    def _end(self, s: Sentence, start: int, covered: Covered) -> int:
        end = start
        while end < len(s.words) and not covered(end) and self._is_name(s, end, start):
            end += 1
        while end > start and (s.words[end - 1].lower() in _INSIDE or s.words[end - 1] == "'s"):
            end -= 1
        return end

    def _is_name(self, s: Sentence, token: int, start: int) -> bool:
        word = s.words[token]
        if token == start == 0 and word.lower() in self._common:
            return False
        if s.tags[token] in ("NNP", "NNPS") and (word[:1].isupper() or word[:1].isdigit()):
            return True
        if token == start:
            return False
        if word.lower() in _INSIDE or s.tags[token] == "POS":
            return self._joins(s, token, start)
        if s.words[token - 1] == "-" and s.tags[token] == "NNP":
            return True  # 'Sang-min'
        return (
            s.tags[token] == "CD"
            and word[:1].isdigit()
            and s.words[token - 1].lower() not in self._months()
            and token + 1 < len(s.words)
            and s.words[token + 1][:1].isupper()
            and s.words[token + 1].lower() not in self._months()
            and s.tags[token + 1] in ("NNP", "NNPS")
        )

    def _months(self) -> frozenset[str]:
        return self._rulebook.words("not_names")

    def _joins(self, s: Sentence, token: int, start: int) -> bool:
        """Return whether a small word stands inside a name: 'Front for the Liberation of X', 'al-X'."""
        lower, after = s.words[token].lower(), token + 1
        if after >= len(s.words):
            return False
        before = s.lemmas[token - 1].lower()
        if s.tags[token] == "POS":
            return before in _OWNERS and s.words[after][:1].isupper()
        run = {w.lower() for w in s.words[start:token]}
        for_what = lower == "of" and "for" in run and bool(run & self._rulebook.words("organisation_words"))
        if for_what and s.words[after][:1].isupper():
            return True  # 'the Movement for the Freedom of X'
        if lower == "of" and s.words[token - 1].lower() in _BANDS and s.words[after][:1].isupper():
            return True  # 'the Sons of Ostra'
        if lower in ("of", "for", "and", "&") and before not in self._rulebook.words("organisation_words"):
            return lower == "&"
        if lower == "and":
            return False
        if lower == "-" and s.tags[after] == "NNP":
            return True
        if lower == "the":
            return s.words[token - 1].lower() in ("of", "for") and s.words[after][:1].isupper()
        return s.words[after][:1].isupper() or s.words[after].lower() in ("the", "-")

    def _trim(self, s: Sentence, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Cut titles and day names off a run; keep them where the whole is an organisation ('Eastern March Army')."""
        words = self._rulebook.words
        if self._is_institution(s, start, end):
            owner = next((t + 1 for t in range(start, end - 1) if s.words[t] == "of"), end)
            if owner < end and s.words[owner].lower() in _DIVIDED:
                yield owner, end
            return
        last = {s.lemmas[end - 1].lower(), s.words[end - 1].lower()}
        if end - start > 1 and last & _PAPERS:
            return  # 'the Long Lakes Framework' is nobody
        opens = s.words[start].lower() in words("organisation_words") - (_DOCUMENTS - {"pact"})
        if end - start > 2 and (opens or s.words[start].lower() in _BANDS) and s.words[start + 1] == "of":
            yield start, end  # 'the Pact of Northern Tribes'
            return
        if end - start > 1 and last & (_GEOGRAPHIC | words("organisation_words") | words("media_words")):
            yield start, end
            return
        piece = start
        for token in range(start, end + 1):
            cut = token == end or s.words[token].lower() in words("not_names")
            if cut:
                first = piece
                titles = [t for t in range(first, token - 1) if s.words[t].lower() in words("honorifics")]
                if titles and titles[-1] - first <= 3:
                    first = titles[-1] + 1
                while first < token and s.words[first].lower() in words("honorifics"):
                    first += 1
                named_for = token < end and s.words[token].lower() in _DOCUMENTS and token - first > 1
                if named_for:
                    first = token  # 'the Long Lakes Treaty' is nobody
                if (first < token and s.words[first][:1].isupper()) or (
                    first < token and s.words[first].lower() in ("al", "el")
                ):
                    yield first, token
                piece = token + 1

    def _is_institution(self, s: Sentence, start: int, end: int) -> bool:
        """Return whether a run is a capitalised common noun ('Foreign Ministry', 'Government') or one letter."""
        run = [s.words[t].lower() for t in range(start, end)]
        if end - start == 1:
            return run[0] in self._common or len(run[0]) == 1
        words = self._rulebook.words
        titles = words("person_words") | words("honorifics") | _TITLE_WORDS
        if all(word in titles for word in run):
            return True
        return "ministry" in run or " ".join(run[-2:]) in self._common

    def _count(self, uses: Uses, tree: Tree, start: int, end: int) -> None:
        s = tree.s
        before = s.words[start - 1].lower() if start else ""
        head = next((t for t in range(end - 1, start - 1, -1) if not start <= s.heads[t] < end), end - 1)
        uses.in_middle += start > 0
        uses.titled += before in self._rulebook.words("honorifics") or before in self._rulebook.words("person_words")
        uses.placed += before in _STRICT_LOCATIVE
        uses.articled += before == "the"
        uses.acting += tree.subject_of(head) or before in ("by", "with", "against", "between")
        after = [w.lower() for w in s.words[end : end + 5]]
        uses.acting += start == 0 and after[:2] == [",", "which"]
        uses.owning += bool(after[:1] == ["'s"] and set(after[1:]) & _STATE_OWNED)
        uses.owning += after[:2] == [",", "whose"] and bool(set(after[2:]) & _STATE_OWNED)
        uses.owning += before == "of" and start > 1 and s.words[start - 2].lower() in _STATE_OWNED - _TOWN_OWNED
        uses.reigning += before == "of" and start > 1 and s.words[start - 2].lower() in _REIGNING
        uses.town += before == "," and start > 1 and s.words[start - 2].lower() in _TOWNS | {"capital"}
        uses.town += before == "of" and start > 1 and s.words[start - 2].lower() in _TOWNS
        uses.town += bool(_SITES & set(after[:1]))
        uses.town += bool(_TOWNS & set(after[:1])) and before in ("the", "in", "of", "at", "from", "near")
        uses.country += country_sign(s, start, end)
        apposed = {s.lemmas[t].lower() for t in tree.appositives(head)}
        of_a_land = before in ("of", "from", "in", "the")  # 'General X of Ostra, who leads them', 'the Lions, who fled'
        uses.beside_person += bool(apposed & self._rulebook.words("person_words")) or (
            not of_a_land and (after[:2] == [",", "who"] or after[:1] == ["who"])
        )

    def kind(self, uses: Uses) -> Kind | None:
        """Return what an unknown name most likely is; None: it is too weak to be kept."""
        words = self._rulebook.words
        tree, start, end = uses.spans[0]
        inside = {form for t in range(start, end) for form in (tree.s.lemmas[t].lower(), tree.s.words[t].lower())}
        before = tree.s.words[start - 1].lower() if start else ""
        group = self._group_kind(tree.s, start, end, inside)
        if group is not None and not (end - start > 1 and inside & _ALSO_TOWNS and self._is_place(uses.text)):
            return group
        if _is_realm(uses):
            return Kind.STATE
        if inside & words("media_words") or (before in words("media_words") and not uses.owning):
            return Kind.MEDIA
        if uses.titled or uses.beside_person:
            return Kind.PERSON
        if uses.town or self._is_place(uses.text) or inside & _GEOGRAPHIC:
            return Kind.PLACE
        if uses.text.isupper() and end - start == 1 and len(uses.text) > 1:
            return Kind.GROUP
        if end - start == 1:
            return self._single(uses)
        if uses.placed and not uses.acting:
            return Kind.PLACE
        if uses.articled:
            return Kind.GROUP
        return Kind.PERSON if end - start < 5 and not any(map(_DATE.match, uses.text.split())) else Kind.OTHER

    def _group_kind(self, s: Sentence, start: int, end: int, inside: set[str]) -> Kind | None:
        """Return what kind of group a name is by its own words or those beside it ('the rebel group X'), or None."""
        words = self._rulebook.words
        before = s.words[start - 1].lower() if start else ""
        if inside & words("organisation_words"):
            return Kind.ARMED_GROUP if inside & words("armed_words") else Kind.GROUP
        if before in words("group_words") or before in _FIGHTERS:
            near = {w.lower() for w in s.words[max(0, start - 4) : start]}
            return Kind.ARMED_GROUP if near & _MILITANT or before in _FIGHTERS else Kind.GROUP
        if end < len(s.words) and s.words[end].lower() in _FOLLOWING:
            return Kind.ARMED_GROUP if s.words[end].lower() in _FIGHTERS else Kind.GROUP
        return None

    def _single(self, uses: Uses) -> Kind | None:
        if uses.owning:
            return Kind.STATE
        if uses.placed and not uses.acting:
            return Kind.PLACE
        if not uses.in_middle and len(uses.spans) < 2 and not uses.acting and not uses.country:
            return None
        return Kind.OTHER


def _is_realm(uses: Uses) -> bool:
    """Return whether a name is a country's by its king or republic, or as one half of a divided one: 'Upper X's army'."""
    tree, start, end = uses.spans[0]
    half = uses.owning > 0 and end - start == 2 and tree.s.words[start].lower() in _DIVIDED
    return half or (uses.reigning > 0 and end - start <= 3 and not uses.titled)


def trouble_sign(s: Sentence, start: int, end: int) -> int:
    """Return whether a country is told of as that of a war, a coup or a part of its own: 'the war in X', 'eastern X'."""
    after = {w.lower() for w in s.words[end : end + 1]}
    return country_sign(s, start, end) if not after & _FLAGGED - _UPSET else 0


def country_sign(s: Sentence, start: int, end: int) -> int:
    """Return how strongly the words around a name speak of it as of a country: 'the people of X', 'the war in X', 'X junta'."""
    before = [w.lower() for w in s.words[max(0, start - 6) : start]]
    after = [w.lower() for w in s.words[end : end + 4]]
    if after and (after[0] in _FLAGGED or (after[0] == "'s" and _TROUBLED & set(after[1:]))):
        return 1
    part = bool(before) and before[-1] in _PARTS
    before = before[:-1] if part else before
    if len(before) < 2:
        return int(part)
    if before[-1] == "from" and _LEFT & set(before[-4:-1]):
        return 2
    peopled = before[-1] == "of" and before[-2] in _PEOPLED
    troubled = before[-1] == "in" and bool(_TROUBLED & set(before[-5:-1]))
    return int(part or peopled or troubled)


class Found:
    """The unknown names that a report was found to have: by an ending the first that has it, by a last word the last."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self.by_ending: dict[str, str] = {}
        self.by_last: dict[str, str] = {}

    def add(self, name: str) -> None:
        """Put a name to those that there are."""
        self.names.append(name)
        for place, letter in enumerate(name):
            if letter == " ":
                self.by_ending.setdefault(name[place + 1 :], name)
        self.by_last[name.split()[-1]] = name


class Demonyms:
    """The adjectives that unknown names may have; looked up by what is before their ending, so that long reports stay quick."""

    def __init__(self, names: Iterable[str]) -> None:
        self._by_base: dict[str, dict[str, str]] = {}
        for name in names:
            stem = fold(name).lower()
            land = stem.removesuffix("land")
            for base in (stem, stem.rstrip("aeiouy"), land, land.rstrip("aeiouy")):
                if len(base) >= 3:
                    self._by_base.setdefault(base, {})[name] = stem

    def of(self, word: str) -> str | None:
        """Return the name that a capitalised adjective is made from, the longest that fits, or None.

        >>> Demonyms(("Sarenia", "Ostra")).of("Sarenian"), Demonyms(("Sarenia", "Ostra")).of("Ostran")
        ('Sarenia', 'Ostra')
        >>> Demonyms(("Quenland",)).of("Quenish")
        'Quenland'
        """
        lower = fold(word).lower()
        for size in range(len(lower), max(2, len(lower) - _LONGEST_ENDING - 1), -1):
            if lower[size:] not in _ADJECTIVES:
                continue
            names = self._by_base.get(lower[:size], {})
            fitting = [name for name, stem in names.items() if stem != lower]
            if fitting:
                return max(fitting)
        return None


_ADJECTIVES = frozenset(_DEMONYM_ENDINGS) | {ending + "s" for ending in _DEMONYM_ENDINGS} | {"ians", "ans"}
_LONGEST_ENDING = max(map(len, _ADJECTIVES))
