"""Subjects and objects that the grammar leaves unsaid: shared with the verb before, or given by the one above."""

from __future__ import annotations

from dataclasses import replace

from dragoman.model import Clause, Phrase
from dragoman.reading.roles import SPEECH_ASIDE, Roles
from dragoman.rulebook.codes import PREPOSITIONS

_CALL_ON = frozenset({"on", "upon", "to", "for", "with"})
_SUBJECT_CONTROL = frozenset({"promise", "vow", "threaten", "pledge", "swear", "use", "employ"})
_CALL_LEMMAS = frozenset(["call", "appeal", "press", "prevail", "plead", "demand", "ask", "urge", "lean"])
_INTRANSITIVE = frozenset(
    "resign leave go come arrive return meet talk speak agree march rally protest withdraw retreat flee die fall rise "
    "begin start end collapse continue say wait refuse walk fly travel surrender".split()
)
_TREATING = frozenset(  # 'accused X of doing', 'barred X from doing': the object does it
    "accuse blame suspect charge criticise criticize condemn thank praise convict acquit stop prevent keep bar ban discourage "
    "dissuade fault denounce commend hail applaud indict sue punish arrest detain jail prohibit block".split()
)
DAY_NAMES = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september "
    "october november december today tomorrow yesterday".split()
)
_COMMENTING = frozenset("call describe condemn denounce accuse blame urge add warn brand label".split())
_GIVING = frozenset({"give", "grant", "allow", "offer"})


class Sharing(Roles):
    """Takes over what a verb has from others: 'urged X to leave', 'was arrested and deported'."""

    def _share(self, link: str, parent: int | None, passive: bool) -> None:
        """Take over the subject (or object) that the grammar leaves unsaid."""
        above = self.found.get(parent) if parent is not None else None
        if above is None or self.tree.children(self.token, "expl"):
            return
        if above.lemma in _GIVING and link in ("purpose", "modifier") and "to" in above.roles:
            self._give(above.roles["to"], passive)
        elif link == "conjunct":
            self._share_joined(above, passive)
        elif self._is_controlled(link, above, passive):
            self._give(self._controller(above), passive)
        elif (
            link in ("adverbial", "purpose", "time", "reason", "condition", *PREPOSITIONS)
            and "subject" not in self.roles
        ):
            if self.s.tags[self.token] in ("VBG", "VBN", "VB"):
                treated = (
                    above.roles.get("object", ()) if above.lemma in _TREATING and link in ("of", "for", "from") else ()
                )
                told = self._teller(above) if link == "adverbial" else ()
                self._give(treated or told or above.roles.get("subject", ()), passive)
        elif link == "modifier" and self.s.tags[self.token] == "VB" and "subject" not in self.roles:
            self._give(above.roles.get("subject", ()), passive)

    def _teller(self, above: Clause) -> tuple[Phrase, ...]:
        """'X said that Y had shot Z, calling it a crime': who says so calls it that."""
        said = self.found.get(above.parent) if above.parent is not None and above.link == "complement" else None
        calling = self.s.tags[self.token] == "VBG" and self.s.lemmas[self.token] in _COMMENTING
        return said.roles.get("subject", ()) if calling and said is not None and said.lemma in SPEECH_ASIDE else ()

    def _is_controlled(self, link: str, above: Clause, passive: bool) -> bool:
        """Return whether the clause above says who does this one: 'refused to sign', 'called on X to stop'."""
        called = link == "purpose" and above.lemma in _CALL_LEMMAS and bool({"on", "to"} & set(above.roles))
        open_subject = ("object" if passive else "subject") not in self.roles
        return (link == "complement" and open_subject) or called

    def _share_joined(self, above: Clause, passive: bool) -> None:
        if ("object" if passive else "subject") not in self.roles:
            source = above.roles.get("object" if above.passive else "subject", ())
            self._give(source, passive)
        if passive and above.passive and "object" not in self.roles:
            self._add("object", above.roles.get("object", ()))
        first = above.roles.get("object", ())
        mine = self.roles.get("object", ())
        transitive = above.lemma not in _INTRANSITIVE and not (set(above.roles) & PREPOSITIONS)
        if mine and not first and transitive and not (passive or above.passive) and self._follows_closely(above):
            self.found[above.index] = replace(above, roles={**above.roles, "object": tuple(mine)})
        doer = self.roles.get("subject", ())
        own = self.tree.children(self.token, "nsubjpass")
        if passive and above.passive and doer and not own and not above.roles.get("subject"):
            self.found[above.index] = replace(above, roles={**above.roles, "subject": tuple(doer)})

    def _follows_closely(self, above: Clause) -> bool:
        """Return whether nothing but 'and' or 'or' stands between two verbs ('arrest or deport X')."""
        between = self.s.words[above.index + 1 : self.token]
        return 0 < len(between) <= 2 and all(w.lower() in ("and", "or", "then", "nor", ",") for w in between)

    def _give(self, phrases: tuple[Phrase, ...], passive: bool) -> None:
        role = "object" if passive else "subject"
        if phrases and role not in self.roles:
            self._add(role, phrases)

    def _controller(self, above: Clause) -> tuple[Phrase, ...]:
        """Who does the infinitive: 'urged X to leave', 'called on X to leave', 'vowed to leave', 'said to X: Leave'."""
        if self.s.deps[self.token] == "bid":
            return next((found for role in ("object", "to", "at") if (found := tuple(above.roles.get(role, ())))), ())
        if above.lemma in _SUBJECT_CONTROL:
            return above.roles.get("subject", ())
        for role in ("object", *sorted(_CALL_ON & set(above.roles))):
            phrases = above.roles.get(role, ())
            if (
                phrases
                and self.s.words[phrases[0].head].lower() not in DAY_NAMES
                and phrases[0].head < self.token
                and (role == "object" or role == "on" or above.lemma in _CALL_LEMMAS)
            ):
                return phrases
        return above.roles.get("subject", ())
