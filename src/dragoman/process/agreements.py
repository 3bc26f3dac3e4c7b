"""Signed, reached, refused -> the agreements of a report and who signed them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dragoman.model import Claim, When
from dragoman.process.documents import Document, Mention, documents, is_term, named_in
from dragoman.process.facts import Facts, own_text, verb_of
from dragoman.process.records import Agreement, Signature
from dragoman.process.standing import (
    best_place,
    best_time,
    in_order,
    leading,
    merged,
    sorted_records,
    standing,
)

SIGNATURES = ("signed", "accepted", "refused", "not_signed", "will_sign")
_FOR = frozenset({"signed", "reached", "accepted", "will_sign"})


def agreements(claims: Iterable[Claim], facts: Facts) -> tuple[Agreement, ...]:
    """Return one entry for each document that was reached, signed, refused or not reached."""
    listed = list(claims)
    found = (document for document in documents(listed, facts) if any(m.act != "failed" for m in document.mentions))
    return sorted_records(_agreement(document, listed, facts) for document in found)


def signatures(claims: Iterable[Claim], facts: Facts) -> tuple[Signature, ...]:
    """Return one entry for each party, document and what it did: two that cannot both be true stand side by side."""
    found: dict[tuple[str, str, str, str], list[Claim]] = {}
    for document in documents(claims, facts):
        for mention in document.mentions:
            if mention.act in SIGNATURES:
                for party in _for_sides(signers(mention.claim, facts), document, facts):
                    found.setdefault((party, document.name, document.era, mention.act), []).append(mention.claim)
    return sorted_records(
        Signature(
            party=party,
            document=document,
            status=act,
            place=best_place(claim.place for claim in group),
            date=_first_date(group),
            **standing(("signature", party, document, act), group),
        )
        for (party, document, _, act), group in found.items()
    )


def signers(claim: Claim, facts: Facts) -> tuple[str, ...]:
    """Return who signs, accepts or refuses in a claim; voters and parliaments do not sign."""
    names = {i: facts.entities[i].name for i in claim.actor if i in facts.entities}
    if facts.has(verb_of(claim), "brokering"):
        return ()
    return facts.parties(i for i in claim.actor if not facts.has(names.get(i, i), "not_signers"))


def _for_sides(people: Iterable[str], document: Document, facts: Facts) -> tuple[str, ...]:
    """Return who signs, a negotiator's own side in his place where it is said to sign too."""
    sides = {i for mention in document.mentions for i in mention.claim.actor}
    return tuple(dict.fromkeys(facts.sides[i] if facts.sides.get(i) in sides else i for i in people))


def _first_date(claims: list[Claim]) -> When:
    lead = leading(claims)
    return best_time([lead.date, *(claim.date for claim in claims)])


def _agreement(document: Document, claims: list[Claim], facts: Facts) -> Agreement:
    mine = [mention.claim for mention in document.mentions]
    against = [m.claim for m in document.mentions if m.act not in _FOR]
    held = [m.claim for m in document.mentions if m.act in _FOR] or mine
    return Agreement(
        name=document.name,
        kind=document.kind,
        terms=_terms(document, claims, facts),
        status=_status([m for m in document.mentions if _counts(m, facts)]),
        parties=_for_sides(merged(signers(c, facts) for c in in_order(_concerned(document))), document, facts),
        place=best_place(claim.place for claim in held),
        date=best_time(claim.date for claim in in_order(held)),
        **standing(("agreement", document.name, document.era), held, against),
    )


def _counts(mention: Mention, facts: Facts) -> bool:
    """Return whether an act counts for the state of a document: a refusal by who does not sign anyhow does not."""
    refusal = mention.act in ("refused", "not_signed")
    return not refusal or not mention.claim.actor or bool(signers(mention.claim, facts))


def _status(mentions: Sequence[Mention]) -> str:
    """Return the state of a document from all that is done with it."""
    acts = {mention.act for mention in mentions}
    if "signed" in acts:
        return "partly_signed" if acts & {"refused", "not_signed"} else "signed"
    if acts & {"reached", "accepted"}:
        return "reached"
    if "will_sign" in acts:
        return "planned"
    return "not_signed" if acts & {"refused", "not_signed"} else "not_reached"


def _terms(document: Document, claims: list[Claim], facts: Facts) -> tuple[str, ...]:
    """Return what the report says the document holds: what is done 'under the deal', what it 'provides for'."""
    known = documents(claims, facts)
    found = []
    for claim in claims:
        if not _is_home(document, claim, known):
            continue
        if named_in(claim.words.get("under"), facts):
            found.append(claim.words.get("clause") or claim.content or own_text(claim))
        elif is_term(claim, facts) or (
            named_in(claim.words.get("subject"), facts) and facts.has(claim.words.get("verb"), "providing")
        ):
            found.append(claim.content or claim.words.get("for") or "")
    return tuple(dict.fromkeys(text for text in found if text))


def _is_home(document: Document, claim: Claim, known: Sequence[Document]) -> bool:
    """Return whether a claim without a name would speak of this document: the one of its sentence, else that of now."""
    number = claim.evidence.sentence
    here = [d for d in known for mention in d.mentions if mention.claim.evidence.sentence == number]
    return (document in here) if here else document.era == "now"


def _concerned(document: Document) -> list[Claim]:
    """Return the claims of who signs or reaches a document; of who fails to only where nobody does."""
    return [m.claim for m in document.mentions if m.act != "failed"] or [m.claim for m in document.mentions]
