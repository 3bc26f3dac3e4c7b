"""Which document a claim speaks of: 'the deal', 'the truce' and 'it' are the one document that the report knows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dragoman.model import Claim, EventType, Status
from dragoman.process.facts import Facts, clause_text, known, marked, own_text, verb_of

_KINDS = ("renewal", "implementation", "framework", "partial", "comprehensive", "ceasefire")
_APART = frozenset({"ceasefire", "framework", "partial", "implementation"})
_TEXTS = ("object", "subject", "without", "complement", "to", "on", "by")
_ASIDE = re.compile(r",?\s(?:which|that was|that were|who|whose|in breach|in violation)\b")
_TO_HALT = re.compile(
    r"\b(?:deal|agreement|accord|pact)\b[^.;]{0,40}\b(?:to|that would) (?:suspend|halt|end|stop|cease) (?:the |all )?(?:hostilities|fighting|attacks)\b",  # noqa: E501
    re.IGNORECASE,
)
_SIGNING = frozenset({EventType.SUPPORT, EventType.REJECT, EventType.AGREE, EventType.CONCEDE, EventType.RETREAT})


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A document as one claim names it; ``name`` is None for 'it'. ``act``: signed, reached, failed and so on."""

    claim: Claim
    act: str
    name: str | None
    head: str | None
    kind: str | None
    era: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One document of the report and the claims that speak of it."""

    name: str
    kind: str | None
    era: str
    mentions: tuple[Mention, ...]


def documents(claims: Iterable[Claim], facts: Facts) -> tuple[Document, ...]:
    """Return the documents that are signed, reached, refused or failed in the report, in text order."""
    mentions = [mention for claim in claims if (mention := _mention(claim, facts)) is not None]
    strands = _strands(mentions)
    groups: dict[tuple[str, str], list[Mention]] = {}
    for mention, strand in zip(mentions, strands, strict=True):
        groups.setdefault((_home(mention, mentions), strand), []).append(mention)
    return tuple(
        Document(
            name=name,
            kind=_kind_of(group) or _kind_by_head(name, facts) or _kind_told(name, era, facts),
            era=era,
            mentions=tuple(group),
        )
        for (era, _), group in groups.items()
        if (name := _name_of(group)) is not None
    )


def _strands(mentions: Sequence[Mention]) -> list[str]:
    """Return for each mention which of several documents it is: a truce and a framework deal are two.

    What has no kind of its own ('the deal', 'it') is the document named last, or the first.
    """
    kinds = [mention.kind for mention in mentions]
    named = [kind if kind in _APART else None for kind in kinds]
    if "ceasefire" not in named or len(set(named) - {None}) < 2:
        return [""] * len(mentions)
    last = next(kind for kind in named if kind)
    found = []
    for kind in named:
        last = kind or last
        found.append(last)
    return found


def _home(mention: Mention, mentions: Sequence[Mention]) -> str:
    """Return the era that a mention belongs to; one that rejects an earlier document joins the one signed before."""
    if mention.era == "now" or mention.act in ("signed", "reached"):
        return mention.era
    made = [other for other in mentions if other.era != "now" and other.act in ("signed", "reached")]
    placed = [m for m in made if m.claim.place and m.claim.place.name in (mention.name or "")]
    eras = dict.fromkeys(other.era for other in placed or made)
    return next(iter(eras)) if len(eras) == 1 else mention.era


def named_in(text: str | None, facts: Facts) -> tuple[str, str] | None:
    """Return the name of the first document in a text without its article, and its head word.

    A name is the head with the words of the list ``document_modifiers`` and one proper name before it.
    """
    if not text:
        return None
    found = facts.where(text, "document_heads")
    if found is None:
        return None
    last = found
    while (after := facts.pattern("document_heads").match(text, _next(text, last.end()))) is not None:
        last = after
    start = _left_of(text, found.start(), facts)
    return text[start : last.end()], last.group()


def act_of(claim: Claim, facts: Facts) -> str | None:
    """Return what a claim does with a document: a signature.* or agreement.* mark, or by event and words."""
    mark = marked(claim, "signature.") or marked(claim, "agreement.")
    if mark is None and claim.event in _SIGNING:
        mark = _act_by_words(claim, facts)
    if mark in ("signed", "accepted"):
        if claim.negated:
            return "not_signed"
        if claim.status is Status.HYPOTHETICAL:
            return None
        return "will_sign" if claim.status is Status.FUTURE and mark == "signed" else mark
    if mark == "reached":
        return "failed" if claim.negated else None if claim.status is Status.HYPOTHETICAL else mark
    return None if claim.negated and mark in ("refused", "will_sign") else mark


def _act_by_words(claim: Claim, facts: Facts) -> str | None:
    text, verb = own_text(claim), verb_of(claim)
    if named_in(text, facts) is None or ("ceasefire.rejected" in claim.marks and not facts.has(text, "signing")):
        return None
    if claim.event is EventType.REJECT:
        named = named_in(_ASIDE.split(claim.content or "")[0], facts) is not None
        if not named and named_in(_ASIDE.split(text)[0], facts) is None:
            return None
        if facts.has(text, "signing"):
            return "not_signed" if "without" in claim.words or facts.has(verb, "leaving") else "refused"
        return "refused" if facts.has(verb, "refusing") and named else None
    if facts.has(verb, "signing"):
        return "signed"
    if facts.has(verb, "reaching") and claim.event is EventType.AGREE:
        return "reached"
    return "accepted" if facts.has(verb, "accepting") and _is_object(claim, facts) else None


def _is_object(claim: Claim, facts: Facts) -> bool:
    return any(named_in(claim.words.get(role), facts) for role in ("object", "to", "on"))


def _mention(claim: Claim, facts: Facts) -> Mention | None:
    act = act_of(claim, facts)
    if act is None:
        return None
    text = next((t for t in _texts(claim) if named_in(t, facts)), None)
    if facts.has(text or own_text(claim), "not_documents"):
        return None
    named = named_in(text, facts)
    if named is None and not _points_back(claim, facts):
        return None
    name, head = named or (None, None)
    if text and name and act in ("reached", "signed") and facts.has(text[: text.find(name)], "about_truces"):
        return None  # 'steps to carry out the truce' are no truce
    around = f"{text or ''} {clause_text(claim)}"
    return Mention(
        claim=claim,
        act=act,
        name=name,
        head=head,
        kind=_kind(name, around, facts),
        era=_era(claim, text, facts),
    )


def _texts(claim: Claim) -> list[str]:
    found = [claim.content or "", *(claim.words.get(role, "") for role in _TEXTS)]
    told = marked(claim, "signature.") or marked(claim, "agreement.")
    return [text for text in (*found, own_text(claim) if told else "") if text]


def _points_back(claim: Claim, facts: Facts) -> bool:
    """Return whether the claim signs 'it', or signs without saying what ('has not signed')."""
    return marked(claim, "signature.") is not None or marked(claim, "agreement.") is not None or (
        facts.has(verb_of(claim), "signing") and (claim.content or "").lower() in ("it", "them", "")
    )  # fmt: skip


def _era(claim: Claim, text: str | None, facts: Facts) -> str:
    """Return 'now', or for an earlier document its year and month, or 'earlier'."""
    named = named_in(text, facts)
    before = text[: text.find(named[0]) + len(named[0])] if text and named else claim.content
    earlier = facts.has(before, "earlier")
    if not earlier and claim.status is not Status.HISTORICAL:
        return "now"
    day = claim.date.earliest or claim.date.latest if known(claim.date) else None
    return f"{day:%Y-%m}" if day else "earlier"


def is_term(claim: Claim, facts: Facts) -> bool:
    """Return whether a claim tells what a document holds: 'the deal requires both sides to …', 'it provides for …'."""
    subject = claim.words.get("subject", "")
    if not facts.has(claim.words.get("verb"), "requiring"):
        return False
    return subject.lower() in ("it", "that", "which") or named_in(subject, facts) is not None


def _kind(name: str | None, around: str, facts: Facts) -> str | None:
    found = next((kind for kind in _KINDS if name and facts.has(name, f"kind_{kind}")), None)
    if found is not None or name is None:
        return found
    told = next((kind for kind in _KINDS[:3] if facts.has(around, f"kind_{kind}")), None)
    if told is None and _TO_HALT.search(around):
        return "ceasefire"
    return told or _kind_by_topic(name, around, facts)


def _kind_by_topic(name: str, around: str, facts: Facts) -> str | None:
    """Return that a document on one thing is partial: 'an accord on sharing water', 'a deal to reopen the port'."""
    topic = re.search(rf"{re.escape(name)} (?:on|to|over|for) (?:the |a |an )?(?P<on>[^,;.]{{4,60}})", around)
    whole = topic is not None and facts.has(topic.group("on"), "topics_of_all")
    if topic is None or facts.has(name, "kind_comprehensive", "kind_ceasefire", "kind_framework"):
        return None
    return "comprehensive" if whole else "partial" if facts.has(topic.group("on"), "topics_of_some") else None


def kind_by_name(name: str, facts: Facts) -> str | None:
    """Return the kind of a document by its name, else by what the report calls its peace or truce."""
    return _kind(name, "", facts) or _kind_by_head(name, facts) or _kind_told(name, "now", facts)


def _kind_of(mentions: Sequence[Mention]) -> str | None:
    kinds = [mention.kind for mention in mentions if mention.kind]
    return min(kinds, key=_KINDS.index, default=None)


def _kind_by_head(name: str, facts: Facts) -> str | None:
    """Return that an accord, protocol or treaty by name settles the whole war."""
    return "comprehensive" if facts.has(name, "accords") else None


def _kind_told(name: str, era: str, facts: Facts) -> str | None:
    """Return the kind of 'the deal' from what the report calls its peace or truce most; an earlier one's is not told so."""
    if era != "now":
        return None
    counts = {
        kind: facts.counted(f"kind_{kind}", f"kind_{kind}_told") for kind in ("ceasefire", "comprehensive", "partial")
    }
    most = max(counts, key=lambda kind: counts[kind])
    return most if counts[most] > 1 else "partial"


def _name_of(mentions: Sequence[Mention]) -> str | None:
    """Return the fullest name; a bare truce and a bare agreement that are one thing make 'truce agreement'."""
    names = [mention.name for mention in mentions if mention.name]
    if not names:
        return None
    best = max(names, key=lambda name: len(name.split()))
    bare = [m.head.lower() for m in mentions if m.head and m.kind is None]
    truce = next((m.head.lower() for m in mentions if m.head and m.kind == "ceasefire" and m.name == m.head), None)
    if truce and bare and len(best.split()) == 1:
        return f"{truce} {'agreement' if 'agreement' in bare else bare[0]}"
    return best


def _left_of(text: str, start: int, facts: Facts) -> int:
    """Return where a name begins: before its modifiers and one proper name."""
    word = re.compile(r"[\w.’'-]+\s+\Z")
    proper = 0
    while (before := word.search(text[:start])) is not None:
        token = before.group().strip()
        if facts.pattern("document_modifiers").fullmatch(token) is None:
            if (
                proper
                or not token[0].isupper()
                or token.lower() in facts.words["articles"]
                or token.endswith(("'s", "’s"))
            ):
                break
            proper += 1
        start = before.start()
    return start


def _next(text: str, at: int) -> int:
    while at < len(text) and text[at] == " ":
        at += 1
    return at
