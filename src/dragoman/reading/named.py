"""The names found in one sentence: where they stand, their heads, and what the text says beside them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from dragoman.model import Kind
from dragoman.reading.cast import Cast
from dragoman.reading.names import fold, surname
from dragoman.reading.parse import Sentence
from dragoman.reading.tree import Tree
from dragoman.rulebook.types import Actor

BRACKET = re.compile(r"\s*\(([A-Z][\w&/’'-]{1,20})\)")  # an acronym behind its name
_GO_BETWEENS = frozenset("mediator broker guarantor facilitator peacemaker intermediary go-between".split())
_IN_A_LAND = re.compile(r"( in (?:the )?[A-Z]\w+(?: [A-Z]\w+)?) ?\(([A-Z]{2,8})\)")
_IN_LAND = re.compile(r" in (?:the )?[A-Z]\w+(?: [A-Z]\w+)?")
_SENT_BY_MANY = re.compile(r"(United Nations|African Union|European Union|Arab League) $")
_SENT_OUT = frozenset({"Mission", "Force", "Operation", "Office"})

REBELS = frozenset("rebels insurgents guerrillas guerillas militants separatists fighters jihadists islamists".split())
_ANYBODYS = frozenset(  # what is everybody's, or nobody
    (
        "government state states nation nations parliament assembly senate congress president ministry "
        "accord agreement treaty pact protocol conference"
    ).split()
)
_LOCATIVE = frozenset("in at to from near outside inside around into toward towards via through across over".split())
MOVING = frozenset("leave reach enter visit flee depart quit approach tour".split())


@dataclass(slots=True)
class Named:
    """The names found in one sentence: token -> the hit that covers it."""

    spans: list[tuple[int, int, tuple[str, ...], str]] = field(default_factory=list)

    def at(self, token: int) -> tuple[tuple[str, ...], str] | None:
        for start, end, ids, how in self.spans:
            if start <= token < end:
                return ids, how
        return None

    def by_token(self) -> dict[int, tuple[tuple[str, ...], str]]:
        """Return what ``at`` gives for each token as the names now are."""
        return {token: (ids, how) for start, end, ids, how in reversed(self.spans) for token in range(start, end)}


def note_callings(cast: Cast, s: Sentence, names: Named) -> None:
    """Note which armed groups the text calls rebels, militants and so on: 'X rebels', 'the rebel group X', 'X, a militia'."""
    for start, end, ids, _ in names.spans:
        if cast.kind(ids[0]) is not Kind.ARMED_GROUP:
            continue
        for word in (*s.words[max(0, start - 3) : start], *s.words[end : end + 4]):
            stem = word.lower().rstrip("s")
            if f"{stem}s" in REBELS:
                cast.called.setdefault(stem, set()).update(ids)


def called_here(cast: Cast, s: Sentence, names: Named) -> None:
    """Give a short form that the report itself explains ('the Movement for Ostra (MFO)') to whom it stands for here."""
    for place, (start, end, ids, how) in enumerate(names.spans):
        short = s.quote(start, end)
        meant = cast.aliases.get(fold(short)) if how == "acronym" or short.isupper() else None
        if meant is not None and (meant,) != ids and meant in cast and has_letters(cast.name(meant), short):
            names.spans[place] = (start, end, (meant,), "acronym")


def note_acronyms(cast: Cast, s: Sentence, names: Named) -> None:
    """'the Libyan National Army (LNA)', 'the Kenyan government (GOK)': what stands in the bracket names the same from here on."""
    for start, last, ids, how in names.spans:
        governs = how == "demonym" and last < len(s.words) and s.words[last].lower() == "government"
        end = last + 1 if governs else last
        short = BRACKET.match(s.text, s.ends[end - 1] - s.start)
        if short is not None:
            whole = shortened(s, names, start, short.group(1)) or ids[0]
            cast.aliases.setdefault(fold(short.group(1)), whole)


def shortened(s: Sentence, names: Named, start: int, short: str) -> str | None:
    """'the Movement for Justice in Ostra (MJO)': the name before 'in' whose first letter the short form has."""
    if s.words[start][:1] == short[:1] or not start or s.words[start - 1].lower() not in ("in", "of", "for"):
        return None
    before = next((span for span in names.spans if span[1] == start - 1), None)
    return before[2][0] if before is not None and s.words[before[0]][:1] == short[:1] else None


def named_shortly(cast: Cast, s: Sentence, names: Named) -> None:
    """Give a common noun with a capital to the one organisation whose name it is a word of: 'the Union', 'Brigades go'."""
    for token, word in enumerate(s.words):
        people = cast.organised_as(word[:-3].capitalize()) if word.endswith("ers") and s.tags[token] == "NNS" else None
        if people is not None and names.at(token) is None:
            names.spans.append((token, token + 1, (people,), "description"))  # 'the hillers' of the Hill Union
            continue
        noun = word[:1].isupper() and not word.isupper() and word.lower() not in _ANYBODYS
        if not noun or names.at(token) is not None or not _stands_alone(s, token):
            continue
        bearer = cast.organised_as(word)
        if bearer is not None and _is_its_noun(word, cast.name(bearer), cast.rulebook.words("organisation_words")):
            names.spans.append((token, token + 1, (bearer,), "name"))
    names.spans.sort()


def _is_its_noun(word: str, name: str, organisations: frozenset[str]) -> bool:
    """Return whether a word is what a name says that its bearer is: 'Union' of the Hill Union, 'Council' of a Council of Elders."""
    within = word.lower() in organisations and name.endswith(f" {word}")  # 'the Union' of a Council of the Hill Union
    return within or re.split(r" (?:of|for|in)\b", name)[0].split()[-1] == word


def _stands_alone(s: Sentence, token: int) -> bool:
    """Return whether a noun is by itself after its article, or opens a sentence as a plural."""
    after = s.words[token + 1] if token + 1 < len(s.words) else ""
    if s.tags[token][:2] != "NN" or after[:1].isupper() or after == "of":
        return False
    plural = token == 0 and s.words[token].endswith("s") and len(s.words[token]) > _WEIGHTY + 1
    return plural or (token > 0 and s.words[token - 1].lower() == "the")


def named_as(tree: Tree, token: int) -> int:
    """Return the noun that a name stands beside ('its neighbour Ostra'), else the name itself."""
    return tree.s.heads[token] if token in tree.appositives(tree.s.heads[token]) else token


def is_place_word(tree: Tree, token: int) -> bool:
    """Return whether a capital's name stands for the town: under a preposition of place, or left, reached, entered."""
    return tree.governing_preposition(token) in _LOCATIVE or (tree.object_of(token) and tree.governor(token) in MOVING)


def tokens_of(s: Sentence, start: int, end: int) -> tuple[int, int] | None:
    """Return the token range that offsets cover; a hyphenated or possessive token may reach beyond them."""
    inside = [t for t in range(len(s.words)) if s.starts[t] < end and s.ends[t] > start]
    if not inside:
        return None
    first, last = inside[0], inside[-1]
    if s.starts[first] > start or s.starts[first] < start:
        return None
    return first, last + 1


def lower_start(s: Sentence, token: int) -> bool:
    return s.words[token][:1].islower() and s.words[token][:2] not in ("al", "el", "an")


def with_article(s: Sentence, token: int) -> tuple[int, str]:
    """Return where a surname with its article starts: 'al - Sarraj' is three tokens."""
    if token >= 2 and s.words[token - 1] == "-" and s.words[token - 2].lower() in ("al", "el", "ad", "as", "ar", "az"):
        return token - 2, surname(s.words[token - 2] + "-" + s.words[token])
    if token >= 1 and s.words[token - 1].lower() in ("al", "el"):
        return token - 1, s.words[token]
    return token, s.words[token]


def head_of(tree: Tree, start: int, end: int) -> int:
    """Return the token of a span whose head lies outside it; the last such one."""
    heads = tree.s.heads
    outside = [t for t in range(start, end) if not start <= heads[t] < end or heads[t] == t]
    return outside[-1] if outside else end - 1


def also_theirs(cast: Cast, tree: Tree, token: int, start: int, names: Named) -> tuple[str, ...]:
    """'British and French troops', where the roster has 'French troops' as a name: the forces of those named before it.

    'Kenya, M23 rebels' are two, and no troops of Kenya.
    """
    hit = names.at(token)
    whole = cast.part_of(hit[0][0]) if hit is not None else None
    if hit is None or start < 2 or whole is None or tree.s.words[start - 1] not in ("and", ","):
        return ()
    found: list[str] = []
    forces = "MIL" in cast.sectors(hit[0][0])
    for before in sorted(t for t in tree.modifiers(token) if t < start):
        other = names.at(before)
        kind = cast.kind(other[0][0]) if other is not None else None
        if other is None or other[0][0] == whole or kind not in (Kind.STATE, Kind.IGO):
            continue
        if forces:
            found.append(cast.force(other[0][0]))
        elif other[1] != "demonym":
            found.append(other[0][0])
    return tuple(dict.fromkeys(found))


def joined_force(cast: Cast, tree: Tree, token: int, start: int, names: Named) -> tuple[str, ...]:
    """Return the other force of 'Thai and Cambodian troops', where the roster knows but the second by that name."""
    s, own = tree.s, names.at(token)
    if (
        own is None
        or start < 2
        or start == token
        or cast.part_of(own[0][0]) is None
        or "MIL" not in cast.sectors(own[0][0])
    ):
        return ()
    hit = names.at(start - 2) if s.words[start - 1].lower() in ("and", ",", "or") else None
    if hit is None or hit[1] != "demonym" or s.heads[start - 2] != token:
        return ()
    return (cast.force(hit[0][0]),) if cast.kind(hit[0][0]) is Kind.STATE else ()


def full_name(text: str, spans: Sequence[tuple[Tree, int, int]]) -> tuple[str, str]:
    """Return a name with the land that its acronym counts in, and the acronym: 'the Movement for Justice in Lekoba (MJL)'."""
    for tree, start, end in spans[:1]:
        before, after = (
            tree.s.text[: tree.s.starts[start] - tree.s.start],
            tree.s.text[tree.s.ends[end - 1] - tree.s.start :],
        )
        sent = _SENT_BY_MANY.search(before) if text.split()[-1] in _SENT_OUT else None
        if sent is not None:
            land = _IN_LAND.match(after)
            return f"{sent.group(1)} {text}{land.group(0) if land else ''}", ""
        found = _IN_A_LAND.match(tree.s.text, tree.s.ends[end - 1] - tree.s.start)
        if found is not None and has_letters(text + found.group(1), found.group(2)):
            return text + found.group(1), found.group(2)
    return text, ""


def spoken_from(tree: Tree, token: int) -> bool:
    """Return whether a capital is but where somebody speaks from: 'the exile said by telephone from Madrid'."""
    before = tree.s.heads[token]
    verb = tree.s.heads[before]
    return tree.s.words[before].lower() == "from" and tree.s.lemmas[verb] in (
        "say",
        "speak",
        "tell",
        "write",
        "call",
        "telephone",
    )


def is_go_between(tree: Tree, token: int) -> bool:
    """Return whether a name's role is that of one who stands between others: 'Rohan's role as a mediator'."""
    role = tree.s.heads[token]
    if tree.possessor(role) != token:
        return False
    return any(name == "as" and tree.s.lemmas[noun] in _GO_BETWEENS for name, noun in tree.prepositional(role))


def has_letters(name: str, short: str) -> bool:
    """Return whether an acronym has the letters that the words of a name begin with, in any order.

    >>> has_letters("Popular Front for the Freedom of Ostra", "OPFF"), has_letters("Popular Front", "OPFF")
    (True, False)
    """
    letters = sorted(word[0] for word in re.split(r"[ -]", name) if word[:1].isupper())
    return " " in name and letters == sorted(letter for letter in short if letter.isupper())


def shares_word(name: str, actor: Actor) -> bool:
    """Return whether a name has a word of weight in common with a roster actor's names: 'Popular Front' and 'Front of the People'."""
    theirs = {word.lower() for known in (actor.name, *actor.aliases) for word in re.split(r"[ -]", known)}
    return any(len(word) > _WEIGHTY and word.lower() in theirs for word in re.split(r"[ -]", name))


_WEIGHTY = 3  # letters
