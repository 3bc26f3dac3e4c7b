"""Signed, reached, refused -> the agreements of a report and who signed them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dragoman.model import Claim, Kind, When, merged
from dragoman.process.documents import Document, Mention, documents, is_term, kind_by_name, named_in
from dragoman.process.documents_told import ToldDocument, told_documents
from dragoman.process.facts import Facts, known, marked, overlapping, own_text, verb_of
from dragoman.process.records import Agreement, Signature
from dragoman.process.signatures_told import ToldSignature, told_signatures
from dragoman.process.standing import (
    best_place,
    best_time,
    in_order,
    leading,
    sorted_records,
    standing,
    standing_on,
)

SIGNATURES = ("signed", "accepted", "refused", "not_signed", "will_sign")
_FOR = frozenset({"signed", "reached", "accepted", "will_sign"})


def agreements(claims: Iterable[Claim], facts: Facts) -> tuple[Agreement, ...]:
    """Return one entry for each document that was reached, signed, refused or not reached."""
    listed = list(claims)
    found = [document for document in documents(listed, facts) if any(m.act != "failed" for m in document.mentions)]
    made = [_agreement(document, listed, facts) for document in found]
    for told in told_documents(facts):
        if not any(_is_told(told, entry) for entry in made):
            made.append(
                Agreement(
                    name=told.name, kind=told.kind, terms=(), status=told.status, parties=facts.pair, place=None,
                    date=told.date, **standing_on(("agreement", told.name), told.evidence),
                )
            )  # fmt: skip
    made += _papers(made, facts)
    return sorted_records(made)


def _papers(made: Sequence[Agreement], facts: Facts) -> list[Agreement]:
    """Return the papers that sentences say to be signed or not, and of which no entry's sentence tells."""
    found: dict[str, ToldSignature] = {}
    for told in told_signatures(facts):
        number = told.evidence.sentence
        named = told.paper or ("truce" if facts.has(told.evidence.text, "truce_names") else None)
        if named and not any(number in entry.sentences for entry in made):
            found.setdefault(named.lower(), told)
    return [
        Agreement(
            name=name, kind=kind_by_name(name, facts), terms=(), parties=facts.pair, place=None, date=told.date,
            status=told.status, **standing_on(("agreement", name), told.evidence),
        )
        for name, told in found.items()
    ]  # fmt: skip


def _is_told(told: ToldDocument, entry: Agreement) -> bool:
    """Return whether a document that a sentence tells of is among those of the claims: its sentence, or its kind and time."""
    if told.evidence.sentence in entry.sentences:
        return True
    apart = known(told.date) and known(entry.date) and not overlapping(told.date, entry.date)
    return told.kind == (entry.kind or told.kind) and not apart


def signatures(claims: Iterable[Claim], facts: Facts) -> tuple[Signature, ...]:
    """Return one entry for each party, document and what it did: two that cannot both be true stand side by side."""
    listed = list(claims)
    found: dict[tuple[str, str, str, str], list[Claim]] = {}
    for document in documents(listed, facts):
        for mention in document.mentions:
            if mention.act in SIGNATURES and _is_signing(mention, facts):
                for party in _for_sides(signers(mention.claim, facts), document, facts):
                    found.setdefault((party, document.name, document.era, mention.act), []).append(mention.claim)
    made = [
        Signature(
            party=party,
            document=document,
            status=act,
            place=best_place(claim.place for claim in group),
            date=_first_date(group),
            **standing(("signature", party, document, act), group),
        )
        for (party, document, _, act), group in found.items()
    ]
    made = _without_sent(made, facts)
    signed = {number for entry in made for number in entry.sentences}
    for told in told_documents(facts):
        if told.status == "signed" and told.both and not signed:
            made += [
                Signature(
                    party=party, document=told.name, status="signed", place=None, date=told.date,
                    **standing_on(("signature", party, told.name), told.evidence),
                )
                for party in facts.pair
            ]  # fmt: skip
            break
    for told_one in told_signatures(facts):
        if not any(_is_signature_of(entry, told_one, facts) for entry in made):
            made.append(
                Signature(
                    party=told_one.party, document=told_one.paper or "agreement", status=told_one.status, place=None,
                    date=told_one.date, **standing_on(("signature", told_one.party, told_one.status), told_one.evidence),
                )
            )  # fmt: skip
    return sorted_records(made)


def _is_signature_of(entry: Signature, told: ToldSignature, facts: Facts) -> bool:
    """Return whether an entry is the signature that a sentence tells of: of the same side in that sentence or at that time."""
    if facts.sided((entry.party,)) != facts.sided((told.party,)):
        return False
    apart = known(entry.date) and known(told.date) and not overlapping(entry.date, told.date)
    here = told.evidence.sentence in entry.sentences
    return here or (
        not apart and entry.status in (told.status, "refused" if told.status == "not_signed" else told.status)
    )


def _without_sent(made: list[Signature], facts: Facts) -> list[Signature]:
    """Return the signatures, without those of negotiators where both sides of the report are said to sign."""
    whole = {entry.party for entry in made if entry.status == "signed"} >= set(facts.pair) and len(facts.pair) == 2
    return [entry for entry in made if not (whole and _is_envoy(entry.party, facts))]


def _is_envoy(identity: str, facts: Facts) -> bool:
    """Return whether a person is called a negotiator, delegate or envoy, whosever."""
    spans = (facts.text[max(0, start - 30) : start] for start, _ in facts.spans(identity))
    return facts.kind(identity) is Kind.PERSON and any(facts.has(text, "sent_people") for text in spans)


def _is_signing(mention: Mention, facts: Facts) -> bool:
    """Return whether an act is about putting one's name to a paper: not a mere yes or no to a truce or deal."""
    if mention.act not in ("accepted", "refused"):
        return True
    text = f"{verb_of(mention.claim)} {own_text(mention.claim)}"
    marked_so = marked(mention.claim, "signature.") is not None
    return facts.has(text, "signing") or (marked_so and mention.kind != "ceasefire")


def signers(claim: Claim, facts: Facts) -> tuple[str, ...]:
    """Return who signs, accepts or refuses in a claim; voters and parliaments do not sign."""
    names = {i: facts.entities[i].name for i in claim.actor if i in facts.entities}
    if facts.has(verb_of(claim), "brokering"):
        return ()
    return facts.parties(i for i in claim.actor if not facts.has(names.get(i, i).split()[-1], "not_signers"))


def _for_sides(people: Iterable[str], document: Document, facts: Facts) -> tuple[str, ...]:
    """Return who signs, a negotiator's own side in his place where it is said to sign too."""
    sides = {i for mention in document.mentions if mention.act in SIGNATURES for i in mention.claim.actor}
    return tuple(dict.fromkeys(_signing(i, sides, facts) for i in people))


def _signing(identity: str, sides: set[str], facts: Facts) -> str:
    """Return for whom somebody signs: leaders and commanders for themselves, envoys and negotiators for their side."""
    side = facts.sides.get(identity, identity)
    if facts.kind(identity) is not Kind.PERSON:
        return side if side in sides else identity
    return side if (side in sides and not facts.is_head(identity)) or facts.is_sent(identity) else identity


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
