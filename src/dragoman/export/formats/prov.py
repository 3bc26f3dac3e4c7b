"""PROV-JSON (W3C): how each claim, event and record came to be, from which sentence of which report, by which rule, by whom.

A report is used by a reading, which Dragoman carries out by a plan, the rulebook. The reading generates claims; events and records
are derived from claims, or from the report where they stand on a sentence without a claim. Decisions are activities of people.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, BinaryIO

import msgspec

from dragoman import __version__
from dragoman.export.brief import clean, fit
from dragoman.export.content import Coded, Content, Entry, Event
from dragoman.export.formats.rows import made_with
from dragoman.export.formats.wording import entry_ids, entry_words, event_words, only_cited, safe, web_address
from dragoman.ledger.added import RULE, added_id
from dragoman.ledger.verdicts import Decision, DecisionKind
from dragoman.model import Claim, content_id

_KINDS = ("report", "reading", "claim", "event", "record", "rulebook", "agent", "decision")
PREFIXES = {"dragoman": "urn:dragoman:term:", **{kind: f"urn:dragoman:{kind}:" for kind in _KINDS}}

Attributes = dict[str, Any]


def write(content: Content, file: BinaryIO) -> None:
    """Write all as one PROV document."""
    file.write(msgspec.json.encode(_Document(content).made()) + b"\n")


class _Document:
    def __init__(self, content: Content) -> None:
        self._content = content
        self._sections: dict[str, dict[str, Attributes]] = {"prefix": dict(PREFIXES)}  # type: ignore[arg-type]
        self._made = made_with(content.origin)
        self._software = f"agent:dragoman-{content_id(*self._made.values())}"
        self._plan = f"rulebook:{safe(self._made['rulebook'].partition(':')[2])}"
        self._known: dict[str, str] = {}

    def made(self) -> dict[str, dict[str, Attributes]]:
        """Return the document: what there is, by kind, then how it hangs together."""
        self._makers()
        for coded in (*self._content.reports, *only_cited(self._content)):
            self._report(coded)
            for claim in coded.claims:
                self._claim(coded, claim)
        for event in self._content.events:
            self._event(event)
        for entry in self._content.entries:
            self._entry(entry)
        for decision in self._content.decisions:
            self._decision(decision)
        return self._sections

    def _add(self, section: str, identity: str, **attributes: Any) -> None:
        given = {name.replace("__", ":"): value for name, value in attributes.items() if value is not None}
        self._sections.setdefault(section, {})[identity] = given

    def _tie(self, section: str, **attributes: Any) -> None:
        """Put down a relation; it has no name of its own, but a number in its section."""
        self._add(section, f"_:{section}{len(self._sections.get(section, ())) + 1}", **attributes)

    def _makers(self) -> None:
        self._add(
            "agent", self._software, prov__type=_name("prov:SoftwareAgent"), prov__label=f"Dragoman {__version__}",
            dragoman__version=__version__, dragoman__model=fit(self._made["model"]),
        )  # fmt: skip
        self._add(
            "entity", self._plan, prov__type=_name("prov:Plan"), prov__label="rulebook",
            dragoman__digest=self._made["rulebook"],
        )  # fmt: skip

    def _report(self, coded: Coded) -> None:
        report, whole = coded.report, _id("report", coded.report.id)
        self._known[report.id] = whole
        self._add(
            "entity", whole, prov__type=_name("dragoman:Report"), prov__label=clean(report.headline or "") or None,
            dragoman__outlet=fit(report.outlet) if report.outlet else None, dragoman__published=_day(report.published),
            prov__location=_address(web_address(report)), dragoman__language=report.language, dragoman__id=fit(report.id),
        )  # fmt: skip
        reading = _id("reading", report.id)
        self._add("activity", reading, prov__type=_name("dragoman:Reading"))
        self._tie("used", prov__activity=reading, prov__entity=whole)
        self._tie("wasAssociatedWith", prov__activity=reading, prov__agent=self._software, prov__plan=self._plan)
        if coded.same_as:
            self._tie("alternateOf", prov__alternate1=whole, prov__alternate2=_id("report", coded.same_as))

    def _claim(self, coded: Coded, claim: Claim) -> None:
        whole, evidence = _id("claim", claim.id), claim.evidence
        self._known[claim.id] = whole
        made_by = self._made_by(coded, claim)
        self._add(
            "entity", whole, prov__type=_name("dragoman:Claim"), prov__label=claim.event.value,
            prov__value=fit(evidence.text), dragoman__status=claim.status.value, dragoman__negated=claim.negated,
        )  # fmt: skip
        if made_by:
            self._tie("wasGeneratedBy", prov__entity=whole, prov__activity=made_by)
        self._tie(
            "wasDerivedFrom", prov__generatedEntity=whole, prov__usedEntity=_id("report", coded.report.id),
            prov__activity=made_by, dragoman__rule=fit(claim.rule), dragoman__sentence=evidence.sentence,
            dragoman__start=evidence.start, dragoman__end=evidence.end,
        )  # fmt: skip

    def _made_by(self, coded: Coded, claim: Claim) -> str | None:
        """Return what generated a claim: the reading of its report, or the decision by which somebody added it."""
        if claim.rule != RULE:
            return _id("reading", coded.report.id)
        added = (each for each in self._content.decisions if each.kind is DecisionKind.ADDED_CLAIM)
        ours = (each for each in added if claim.id in (added_id(each.id), added_id(each.id, coded.report.id)))
        return next((_id("decision", each.id) for each in ours), None)

    def _event(self, event: Event) -> None:
        whole = _id("event", event.id)
        self._known.setdefault(event.id, whole)
        words = event_words(event, self._content.names)
        self._add("entity", whole, prov__type=_name("dragoman:Event"), prov__label=words)
        self._from_claims(whole, (each.claim.id for each in event.tellings))

    def _entry(self, entry: Entry) -> None:
        whole = _id("record", entry.kind, *entry_ids(entry))
        self._known.setdefault(entry.id, whole)
        words = entry_words(entry, self._content.names)
        self._add(
            "entity", whole, prov__type=_name("dragoman:Record"), prov__label=words, dragoman__kind=entry.kind,
            dragoman__conflict=entry.conflict,
        )  # fmt: skip
        claims = [[claim for claim in each.claims if claim in self._known] for each in entry.sentences]
        self._from_claims(whole, dict.fromkeys(claim for group in claims for claim in group))
        for each, group in zip(entry.sentences, claims, strict=True):
            if not group:
                self._tie(
                    "wasDerivedFrom", prov__generatedEntity=whole, prov__usedEntity=_id("report", each.report.id),
                    prov__activity=_id("reading", each.report.id), dragoman__start=each.start, dragoman__end=each.end,
                )  # fmt: skip

    def _from_claims(self, whole: str, claims: Iterable[str]) -> None:
        self._tie("wasAttributedTo", prov__entity=whole, prov__agent=self._software)
        for claim in claims:
            self._tie("wasDerivedFrom", prov__generatedEntity=whole, prov__usedEntity=_id("claim", claim))

    # -- what people decided

    def _decision(self, decision: Decision) -> None:
        whole = _id("decision", decision.id)
        about = [self._known[each] for each in decision.about if each in self._known]
        self._activity(whole, decision.user, decision.at)
        self._sections["activity"][whole] |= {
            "prov:type": _name("dragoman:Decision"),
            "prov:label": decision.kind.value,
            "dragoman:about": [fit(each) for each in decision.about],
            **({"dragoman:note": fit(decision.note)} if decision.note else {}),
        }
        for each in about:
            self._tie("used", prov__activity=whole, prov__entity=each)
            if decision.withdrawn_at is None:
                self._tie("wasInfluencedBy", prov__influencee=each, prov__influencer=whole)
        if decision.withdrawn_at is not None:
            withdrawal = _id("decision", decision.id, "withdrawn")
            self._activity(withdrawal, decision.withdrawn_by or decision.user, decision.withdrawn_at)
            self._sections["activity"][withdrawal]["prov:type"] = _name("dragoman:Withdrawal")
            self._tie("wasInformedBy", prov__informed=withdrawal, prov__informant=whole)

    def _activity(self, identity: str, user: str, at: datetime) -> None:
        person = f"agent:person-{content_id(user)}"
        self._add("agent", person, prov__type=_name("prov:Person"), prov__label=fit(user))
        self._add("activity", identity, prov__startTime=at.isoformat(), prov__endTime=at.isoformat())
        self._tie("wasAssociatedWith", prov__activity=identity, prov__agent=person)


def _id(kind: str, *ids: str) -> str:
    return f"{kind}:{'.'.join(map(safe, ids))}"


def _name(name: str) -> Attributes:
    return {"$": name, "type": "prov:QUALIFIED_NAME"}


def _address(url: str | None) -> Attributes | None:
    return {"$": url, "type": "xsd:anyURI"} if url else None


def _day(day: date | None) -> Attributes | None:
    return {"$": day.isoformat(), "type": "xsd:date"} if day else None
