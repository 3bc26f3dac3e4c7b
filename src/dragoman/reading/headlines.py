"""The grammar of headlines: which words are verbs though the parser, trained on sentences, takes them for nouns.

'Rebels free bishop, shun truce' is parsed as if it said 'Rebels freed bishop, shunned truce': the past form of a verb is hard
to mistake. Titles With Capitals are given small letters, but for the names that the report writes with capitals elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence

_PLURALS = frozenset("police men women people troops children militiamen gunmen policemen forces".split())
_LINKS = frozenset({",", "but", "and", ";", ":"})
_MIDDLE = re.compile(r"(?<=[a-z,] )(?:the )?([A-Z][\w'’-]+)")
_LONG = 3  # letters: shorter words are small in titles as well
_TITLED = 0.75
_MOST_WORDS = 25
_ENDS = (".", "!", "?", '."', ".”")


def is_heading(text: str, pieces: int) -> bool:
    """Return whether the first of several paragraphs is a heading: short, and no sentence with a full stop."""
    return pieces > 1 and len(text.split()) <= _MOST_WORDS and not text.rstrip().endswith(_ENDS)


def is_titled(text: str) -> bool:
    """Return whether nearly all longer words of a heading begin with a capital.

    >>> is_titled("Envoy Urges Both Sides to Halt Fighting"), is_titled("Envoy urges both sides to halt fighting")
    (True, False)
    """
    words = [w for w in re.findall(r"[A-Za-z][\w'’-]*", text) if len(w) > _LONG]
    return len(words) > 3 and sum(w[0].isupper() for w in words) > _TITLED * len(words)


def untitled(title: str, body: str, recase: Callable[[str], str]) -> str:
    """Return a title in ordinary case (same length); what the body writes with a capital inside sentences keeps it."""
    known = set(_MIDDLE.findall(body))
    small = recase(title)

    def restored(match: re.Match[str]) -> str:
        word = title[match.start() : match.end()]
        return word if word in known or word.isupper() else match.group(0)

    return re.sub(r"[^\W\d_][\w'’-]*", restored, small)


def verbs_of(words: Sequence[str], tags: Sequence[str], past: Mapping[str, str]) -> dict[int, str]:
    """Return token -> past form for the words of a heading that stand where its verbs stand and were tagged otherwise.

    ``past`` has the past form of each verb that may be meant.

    >>> words, tags = "Rebels free bishop , shun truce".split(), ["NNPS", "JJ", "NNP", ",", "NN", "NN"]
    >>> verbs_of(words, tags, {"free": "freed", "shun": "shunned"})
    {1: 'freed', 4: 'shunned'}
    """
    found: dict[int, str] = {}
    for token in range(1, len(words) - 1):
        word = words[token]
        if not word.islower() or tags[token][:2] in ("VB", "MD") or word not in past:
            continue
        first = not found and _is_plural(words, tags, token - 1) and not _told(tags, token)
        joined = bool(found) and words[token - 1] in _LINKS
        if first or joined:
            found[token] = past[word]
    return found | _third_persons(words, tags, past)


def _told(tags: Sequence[str], token: int) -> bool:
    """Return whether a finite verb stands before a word in its part of the heading."""
    return any(tag in ("VBZ", "VBP", "VBD", "MD") for tag in tags[:token])


def _is_plural(words: Sequence[str], tags: Sequence[str], token: int) -> bool:
    """Return whether a word ends a plural subject: a plural noun, or the last of several names."""
    if tags[token] in ("NNS", "NNPS") or words[token].lower() in _PLURALS:
        return True
    listed = any(word in ("and", ",") for word in words[max(0, token - 4) : token])
    return tags[token] in ("NNP", "NN") and listed and words[token][:1].isupper()


def _third_persons(words: Sequence[str], tags: Sequence[str], past: Mapping[str, str]) -> dict[int, str]:
    """', calls for talks': a verb in -s after a comma, where a verb stands before it."""
    return {
        token: past[words[token][:-1]]
        for token in range(2, len(words) - 1)
        if tags[token] == "NNS" and words[token - 1] in _LINKS and words[token][:-1] in past and _told(tags, token)
    }


def past_forms(verbs: Iterable[str], exceptions: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Return the past form of each verb: from a table of irregular forms (form -> lemmas), else by rule.

    >>> past_forms(["free", "sign", "deny"], {}), past_forms(["shun"], {"shunned": ["shun"]})
    ({'free': 'freed', 'sign': 'signed', 'deny': 'denied'}, {'shun': 'shunned'})
    """
    irregular: dict[str, str] = {}
    for form, lemmas in sorted(exceptions.items()):
        if not form.endswith(("ing", "s")):
            for lemma in lemmas:
                irregular.setdefault(lemma, form)
    return {verb: irregular.get(verb) or _regular(verb) for verb in verbs if verb.isalpha()}


def _regular(verb: str) -> str:
    if verb.endswith("e"):
        return verb + "d"
    if verb.endswith("y") and verb[-2:-1] not in "aeiou":
        return verb[:-1] + "ied"
    return verb + "ed"
