"""How decisions change what is read: entities, wrong and corrected claims, added ones, events; over a recode and in time."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from decision_reports import claim_of, filled, helps_of

from dragoman.ledger.added import added_id
from dragoman.ledger.decided import Carried, carried, decided
from dragoman.ledger.decisions import decide, decisions, withdraw
from dragoman.ledger.parting import Groups
from dragoman.ledger.recode import recode
from dragoman.ledger.store import Ledger, Told, View
from dragoman.ledger.verdicts import Asked, Decision, DecisionKind, Source
from dragoman.model import EventType, Status
from dragoman.process.records import Alignment, Position, Signature
from dragoman.reading.events import Matcher
from dragoman.reading.reader import Reader
from dragoman.rulebook.types import Rulebook

Decide = Callable[..., Decision]


@pytest.fixture
def ledger(tmp_path: Path, reader: Reader) -> Iterator[Ledger]:
    made = filled(tmp_path / "ledger.sqlite", reader)
    yield made
    made.close()


@pytest.fixture
def rule(ledger: Ledger, reader: Reader) -> Decide:
    helps = helps_of(reader)

    def ruled(kind: str, *about: str, **more: Any) -> Decision:
        asked = Asked(kind=DecisionKind(kind), about=about, user=more.pop("user", "anna"), **more)
        return decide(ledger, asked, helps)

    return ruled


def now(ledger: Ledger) -> Carried:
    return carried(ledger.told(), decisions(ledger))


def claim(ledger: Ledger, report: int, event: str) -> str:
    return claim_of(list(ledger.told()), report, event).claim.id


def records(told: Told, kind: str) -> list[Any]:
    return list(told.records.get(kind, ()))


def events(told: Sequence[Told]) -> list[list[str]]:
    """Return the events as lists of claims, in order; the first claim gives its id to each."""
    found: dict[str, list[str]] = {}
    for each in told:
        for kept in each.claims:
            found.setdefault(kept.claim.event_id, []).append(kept.claim.id)
    assert all(members[0] == identity for identity, members in found.items())
    return sorted(found.values())


def test_nothing_decided_changes_nothing(ledger: Ledger, rule: Decide) -> None:
    before = list(ledger.told())
    made = rule("wrong_claim", claim(ledger, 0, "REJECT"))
    assert decided(before, decisions(ledger)) != before
    withdraw(ledger, made.id, "ben")
    assert decided(before, decisions(ledger)) == before
    assert now(ledger).states == {made.id: "withdrawn"}


# -- claims


def test_a_wrong_claim_is_out_with_what_rests_on_it_alone(ledger: Ledger, rule: Decide) -> None:
    before = list(ledger.told())
    wrong = claim(ledger, 0, "REJECT")
    assert [each.status for each in records(before[0], "signatures")] == ["not_signed"]
    rule("wrong_claim", wrong)
    after = now(ledger).told
    assert wrong not in [kept.claim.id for kept in after[0].claims]
    assert len(after[0].claims) == len(before[0].claims) - 1
    assert {kind for kind in before[0].records if kind not in after[0].records} == {
        "signatures",
        "agreements",
        "ceasefires",
    }
    assert after[0].records["alignments"] == before[0].records["alignments"]
    assert after[1:] == before[1:]


def test_the_later_of_two_stands_and_both_are_shown(ledger: Ledger, rule: Decide) -> None:
    before = list(ledger.told())
    target = claim(ledger, 0, "REJECT")
    first, second = rule("wrong_claim", target), rule("right_claim", target, user="ben")
    assert (now(ledger).told, now(ledger).states) == (before, {first.id: "overruled", second.id: "stands"})
    third = rule("wrong_claim", target)
    assert now(ledger).states == {first.id: "overruled", second.id: "overruled", third.id: "stands"}
    withdraw(ledger, third.id, "ben")
    assert now(ledger).states == {first.id: "overruled", second.id: "stands", third.id: "withdrawn"}
    withdraw(ledger, second.id, "ben")
    assert now(ledger).states[first.id] == "stands"


def test_a_record_on_two_claims_stays_on_the_other() -> None:
    """A record whose leading claim is wrong takes the sentence of the other."""
    from dragoman.ledger.amending import Amended, amended
    from dragoman.model import Claim, Evidence

    def told(identity: str, sentence: int, **more: Any) -> Claim:
        evidence = Evidence(sentence=sentence, start=10 * sentence, end=10 * sentence + 5, text="He did")
        return Claim(id=identity, event=EventType.REJECT, actor=("a",), evidence=evidence, rule="r", **more)

    one, other, third = told("1", 1), told("2", 2, hedged=True), told("3", 3)
    position = Position(
        id="p", claims=("1", "2", "sign"), contrary=("3",), speakers=(), hedged=False, sentences=(1, 2), evidence=one.evidence,
        party="a", stance="refusal", of=(), content="it", condition=None, status="held", date=one.date,
    )  # fmt: skip
    before = {each.id: each for each in (one, other, third)}
    (left,) = amended([position], Amended(before=before, now={"2": other, "3": third}))
    assert (left.claims, left.contrary, left.sentences) == (("2", "sign"), ("3",), (2,))
    assert (left.evidence, left.hedged) == (other.evidence, True)
    (right,) = amended([position], Amended(before=before, now={"1": one, "2": other}))
    assert (right.claims, right.contrary, right.evidence) == (position.claims, (), one.evidence)
    turned = {**before, "1": replace(one, negated=True)}
    (against,) = amended([position], Amended(before=before, now=turned))
    assert (against.claims, against.contrary) == (("2", "sign"), ("3", "1"))
    assert amended([replace(position, claims=("1",))], Amended(before=before, now=turned)) == ()
    assert amended([replace(position, claims=())], Amended(before=before, now={})) == (
        replace(position, claims=(), contrary=()),
    )


def test_a_corrected_field_is_in_the_claim_and_the_record(ledger: Ledger, rule: Decide) -> None:
    target = claim(ledger, 0, "SUPPORT")
    rule("corrected_field", target, field="actor", value="qatar")
    rule("corrected_field", target, field="hedged", value="yes")
    told = now(ledger).told[0]
    kept = claim_of([told], 0, "SUPPORT").claim
    assert (kept.id, kept.actor, kept.recipient, kept.hedged) == (target, ("qatar",), ("khalifa-haftar",), True)
    (backing,) = records(told, "alignments")
    assert isinstance(backing, Alignment)
    assert (backing.backer, backing.backed, backing.hedged) == ("qatar", "khalifa-haftar", True)
    assert ("qatar", "Qatar") in [(entity.id, entity.name) for entity, _ in told.entities]


def test_a_corrected_day_and_polarity(ledger: Ledger, rule: Decide) -> None:
    target = claim(ledger, 0, "REJECT")
    rule("corrected_field", target, field="date", value="2020-01-13")
    told = now(ledger).told[0]
    (paper,) = records(told, "signatures")
    assert isinstance(paper, Signature)
    assert paper.date.earliest == paper.date.latest == date(2020, 1, 13)
    rule("corrected_field", target, field="negated", value="true")
    told = now(ledger).told[0]
    assert claim_of([told], 0, "REJECT").claim.negated
    assert records(told, "signatures") == []


def test_another_type_is_another_act(ledger: Ledger, rule: Decide) -> None:
    attack = claim(ledger, 0, "ASSAULT")
    rule("same_event", attack, claim(ledger, 1, "ASSAULT"))
    one, two = rule("corrected_field", attack, field="event", value="MOBILIZE"), now(ledger)
    assert claim_of(two.told, 0, "MOBILIZE").claim.id == attack
    withdraw(ledger, one.id, "ben")
    rule("corrected_field", claim(ledger, 2, "AID"), field="status", value="future")
    assert claim_of(now(ledger).told, 2, "AID").claim.status is Status.FUTURE
    assert records(now(ledger).told[2], "alignments") == []


def test_the_last_value_of_a_field_stands(ledger: Ledger, rule: Decide) -> None:
    target = claim(ledger, 0, "SUPPORT")
    first = rule("corrected_field", target, field="content", value="the army")
    other = rule("corrected_field", target, field="means", value="money")
    second = rule("corrected_field", target, field="content", value="his army")
    found = now(ledger)
    kept = claim_of(found.told, 0, "SUPPORT").claim
    assert (kept.content, kept.means) == ("his army", "money")
    assert found.states == {first.id: "overruled", other.id: "stands", second.id: "stands"}


# -- added claims


def test_an_added_claim_stands_in_its_report_and_its_record(ledger: Ledger, rule: Decide) -> None:
    report = next(iter(ledger.told())).kept.report.id
    value = {
        "event": "AID",
        "actor": ["qatar"],
        "recipient": ["khalifa-haftar"],
        "marks": ["alignment.arms"],
        "means": "arms",
    }
    made = rule("added_claim", report, value=value, source=Source(quote="Egypt backed"), user="ben")
    told = now(ledger).told[0]
    kept = claim_of([told], 0, "AID")
    assert (kept.claim.rule, kept.claim.words["user"], kept.last_rulebook) == ("decided", "ben", "decided by ben")
    assert (kept.claim.id, kept.claim.event_id) == (added_id(made.id), added_id(made.id))
    assert kept.claim.evidence.text == "Egypt backed Haftar."
    assert [(each.backer, each.kind) for each in records(told, "alignments")] == [
        ("egypt", "political"),
        ("qatar", "arms"),
    ]
    spans = [each.claim.evidence.start for each in told.claims]
    assert spans == sorted(spans)
    rule("wrong_claim", added_id(made.id))
    assert now(ledger).told == list(ledger.told())
    other = rule("added_claim", value=value, source=Source(name="Memoirs", quote="Qatar sent him arms."))
    assert len(now(ledger).told) == 4
    rule("wrong_claim", added_id(other.id))
    assert now(ledger).told == list(ledger.told())


def test_an_outside_source_is_a_report_of_its_words(ledger: Ledger, rule: Decide) -> None:
    value = {"event": "SUPPORT", "actor": ["khalifa-haftar"], "marks": ["signature.signed"], "content": "the ceasefire"}
    source = Source(
        name="Memoirs", quote="That night Haftar signed.", published=date(2020, 1, 15), url="https://example.org/a"
    )
    made = rule("added_claim", value=value, source=source)
    told = now(ledger).told
    days = [each.kept.report.published for each in told]
    assert days == [date(2020, 1, 14), date(2020, 1, 15), date(2020, 1, 15), date(2020, 1, 16)]
    (own,) = [each for each in told if each.kept.report.id == f"decided-{made.id}"]
    assert (own.kept.report.outlet, own.kept.report.url, own.kept.origin) == ("Memoirs", source.url, own.kept.report.id)
    assert own.claims[0].claim.evidence.text == source.quote
    assert [(each.party, each.status) for each in records(own, "signatures")] == [("khalifa-haftar", "signed")]
    early = carried(ledger.told(View(until=date(2020, 1, 14))), decisions(ledger), date(2020, 1, 14))
    assert len(early.told) == 1
    assert early.states == {made.id: "without object"}


def test_an_outside_source_without_a_day_is_known_from_the_decision_on(ledger: Ledger, rule: Decide) -> None:
    value = {"event": "AID", "actor": ["qatar"]}
    made = rule("added_claim", value=value, source=Source(name="A diplomat", quote="Qatar sent money."))
    assert decided(ledger.told(), decisions(ledger), date(2020, 1, 19)) == list(ledger.told())
    last = decided(ledger.told(), decisions(ledger), made.at.date())[-1]
    assert last.kept.report.published == made.at.date() == date(2020, 1, 20)


# -- entities


def test_one_entity_has_one_id_and_name(ledger: Ledger, rule: Decide) -> None:
    rule("same_entity", "fezzan-shield", "libya-lna")
    told = now(ledger).told
    for report in (0, 1):
        assert claim_of(told, report, "ASSAULT").claim.actor == ("libya-lna",)
        names = {entity.id: entity.name for entity, _ in told[report].entities}
        assert "fezzan-shield" not in names
        assert names["libya-lna"] == "Libyan National Army"
    ids = [entity.id for entity, _ in told[0].entities]
    assert ids == sorted(set(ids))


def test_mentions_are_counted_together_and_records_follow(ledger: Ledger, rule: Decide) -> None:
    counts = {entity.id: count for entity, count in next(iter(ledger.told())).entities}
    rule("same_entity", "egypt", "khalifa-haftar")
    told = now(ledger).told[0]
    assert {entity.id: count for entity, count in told.entities}["khalifa-haftar"] == (
        counts["egypt"] + counts["khalifa-haftar"]
    )
    (backing,) = records(told, "alignments")
    assert (backing.backer, backing.backed) == ("khalifa-haftar", "khalifa-haftar")


def test_who_is_who_goes_on_and_the_later_stands(ledger: Ledger, rule: Decide) -> None:
    def actor() -> tuple[str, ...]:
        return claim_of(now(ledger).told, 1, "ASSAULT").claim.actor

    one = rule("same_entity", "fezzan-shield", "egypt")
    two = rule("same_entity", "egypt", "turkey")
    assert actor() == ("turkey",)
    apart = rule("other_entity", "fezzan-shield", "turkey")
    assert actor() == ("fezzan-shield",)
    assert now(ledger).states == {one.id: "overruled", two.id: "stands", apart.id: "stands"}
    rule("same_entity", "turkey", "fezzan-shield")
    assert actor() == ("fezzan-shield",)
    assert now(ledger).states[apart.id] == "overruled"
    assert claim_of(now(ledger).told, 1, "AID").claim.actor == ("fezzan-shield",)


def test_nobody_of_the_reports_is_without_object(ledger: Ledger, rule: Decide) -> None:
    made = rule("same_entity", "qatar", "bahrain")
    assert now(ledger) == Carried(told=list(ledger.told()), states={made.id: "without object"})


# -- events


def joined(told: list[Told], links: Mapping[str, str]) -> list[Told]:
    """Return the reports with events as matching would have joined them: claim -> the claim that tells first of it."""
    return [
        replace(
            each,
            claims=tuple(
                replace(kept, claim=replace(kept.claim, event_id=links.get(kept.claim.id, kept.claim.event_id)))
                for kept in each.claims
            ),
        )
        for each in told
    ]


def test_events_are_joined_and_parted(ledger: Ledger, rule: Decide) -> None:
    one, two, three = (claim(ledger, *each) for each in ((0, "ASSAULT"), (1, "ASSAULT"), (2, "REJECT")))
    first = rule("same_event", two, one)
    assert [one, two] in events(now(ledger).told)
    second = rule("same_event", two, three)
    assert [one, two, three] in events(now(ledger).told)
    third = rule("other_event", one, three)
    assert [one, two] not in events(now(ledger).told)
    assert [two, three] in events(now(ledger).told)
    assert now(ledger).states == {first.id: "overruled", second.id: "stands", third.id: "stands"}
    withdraw(ledger, third.id, "ben")
    assert [one, two, three] in events(now(ledger).told)


def test_what_matching_joined_is_parted(ledger: Ledger, rule: Decide) -> None:
    one, two, three = (claim(ledger, *each) for each in ((0, "ASSAULT"), (1, "ASSAULT"), (2, "REJECT")))
    told = joined(list(ledger.told()), {two: one, three: one})
    assert [one, two, three] in events(told)
    apart = rule("other_event", one, two)
    assert [one, three] in events(decided(told, decisions(ledger)))
    withdraw(ledger, apart.id, "ben")
    rule("other_event", two, one)  # the first of them leaves, the others stay together
    assert [two, three] in events(decided(told, decisions(ledger)))
    rule("wrong_claim", one)
    assert [two, three] in events(decided(told, decisions(ledger)))


def test_what_says_the_same_words_leaves_with_a_claim(ledger: Ledger, rule: Decide) -> None:
    attacks = [claim(ledger, 0, "ASSAULT"), claim(ledger, 1, "ASSAULT")]
    leads = claim(ledger, 0, "REJECT")
    told = joined(list(ledger.told()), dict.fromkeys(attacks, leads))
    rule("other_event", leads, attacks[1])
    assert attacks in events(decided(told, decisions(ledger)))


def test_an_event_whose_first_claim_is_wrong_goes_by_the_next(ledger: Ledger, rule: Decide) -> None:
    one, two = claim(ledger, 0, "ASSAULT"), claim(ledger, 1, "ASSAULT")
    told = joined(list(ledger.told()), {two: one})
    rule("wrong_claim", one)
    assert [two] in events(decided(told, decisions(ledger)))


def test_in_groups_the_first_word_counts() -> None:
    groups = Groups()
    assert groups.join("a", "b")
    assert groups.part("b", "c")
    assert not groups.join("c", "a")
    assert groups.join("c", "d")
    assert not groups.join("d", "b")
    assert not groups.part("a", "b")
    assert groups.join("e", "c")  # the enemies of c are those of e by now
    assert not groups.join("b", "e")
    assert groups.groups("edcba") == {"e": ["e", "d", "c"], "b": ["b", "a"]}


# -- a report against itself


def test_a_contradiction_ends_with_the_claim_of_one_side(tmp_path: Path, reader: Reader) -> None:
    from dragoman.ledger.adding import add
    from dragoman.reading.intake import IntakeOptions, from_text

    text = "Haftar signed the ceasefire in Moscow. Russia said Haftar did not sign the ceasefire in Moscow."
    ledger = Ledger(str(tmp_path / "two.sqlite"), create=True)
    list(add(ledger, reader, [from_text(text, IntakeOptions(published=date(2020, 1, 14)), headline="Signed or not")]))
    (told,) = ledger.told()
    (found,) = told.contradictions
    assert (found.kind, found.versions) == ("status", ("signed", "not_signed"))
    asked = Asked(kind=DecisionKind.SAME_ENTITY, about=("khalifa-haftar", "libya-lna"), user="anna")
    one = decide(ledger, asked, helps_of(reader))
    (other,) = now(ledger).told[0].contradictions
    assert (found.about, other.about) == ("khalifa-haftar: ceasefire", "libya-lna: ceasefire")
    withdraw(ledger, one.id, "anna")
    decide(ledger, Asked(kind=DecisionKind.WRONG_CLAIM, about=found.sides[1].claims, user="anna"))
    assert now(ledger).told[0].contradictions == ()
    ledger.close()


# -- in time, and over a change of rules


def test_a_prefix_of_the_reports_is_decided_alike(ledger: Ledger, rule: Decide) -> None:
    one, two, three = (claim(ledger, *each) for each in ((0, "ASSAULT"), (1, "ASSAULT"), (2, "REJECT")))
    rule("same_event", one, three)
    rule("same_event", two, three)
    rule("same_entity", "fezzan-shield", "libya-lna")
    rule("wrong_claim", claim(ledger, 0, "SUPPORT"))
    rule("corrected_field", claim(ledger, 1, "AID"), field="content", value="advisers")
    whole = list(ledger.told())
    for day, many in ((date(2020, 1, 14), 1), (date(2020, 1, 15), 2), (date(2020, 1, 16), 3)):
        seen = decided(ledger.told(View(until=day)), decisions(ledger), day)
        assert seen == decided(whole[:many], decisions(ledger))
        assert len(seen) == many
    assert [one, two, three] in events(seen)


def test_the_order_in_which_decisions_come_does_not_matter(ledger: Ledger, rule: Decide) -> None:
    target = claim(ledger, 0, "SUPPORT")
    rule("corrected_field", target, field="content", value="a")
    rule("corrected_field", target, field="content", value="b")
    rule("same_entity", "egypt", "turkey")
    rule("other_entity", "egypt", "turkey")
    told, made = list(ledger.told()), decisions(ledger)
    assert all(carried(told, order) == carried(told, made) for order in permutations(made))


@pytest.fixture(scope="module")
def other_rules(reader: Reader) -> Callable[[str, str | None], Reader]:
    """Return what makes a reader whose rulebook has a frame under another name, or none that gives support."""

    def made(frame: str, name: str | None) -> Reader:
        listed = [each if each.id != frame else replace(each, id=name or "") for each in reader.rulebook.frames]
        frames = tuple(each for each in listed if name or each.gives.event != "SUPPORT")
        rulebook: Rulebook = replace(reader.rulebook, frames=frames, digest=f"sha256:{name}")
        other = copy.copy(reader)
        other.rulebook, other.matcher = rulebook, Matcher(rulebook)
        return other

    return made


def test_decisions_survive_a_recode(
    ledger: Ledger, reader: Reader, rule: Decide, other_rules: Callable[[str, str | None], Reader]
) -> None:
    kept = claim_of(list(ledger.told()), 0, "SUPPORT").claim
    one = rule("corrected_field", kept.id, field="actor", value="qatar")
    two = rule("other_event", claim(ledger, 0, "ASSAULT"), kept.id)
    list(recode(ledger, other_rules(kept.rule, "backs-another-way")))
    after = claim_of(list(ledger.told()), 0, "SUPPORT").claim
    assert after.id != kept.id
    assert (after.rule, after.actor) == ("backs-another-way", ("egypt",))
    assert claim_of(now(ledger).told, 0, "SUPPORT").claim.actor == ("qatar",)
    assert set(now(ledger).states.values()) == {"stands"}

    list(recode(ledger, other_rules(kept.rule, None)))
    assert [each for each in now(ledger).told[0].claims if each.claim.event == "SUPPORT"] == []
    assert now(ledger).states == {one.id: "without object", two.id: "without object"}
    assert len(decisions(ledger)) == 2
    list(recode(ledger, reader))
    assert claim_of(now(ledger).told, 0, "SUPPORT").claim.actor == ("qatar",)
    assert set(now(ledger).states.values()) == {"stands"}


def test_what_stood_beside_a_claim_does_not_take_its_place(ledger: Ledger, rule: Decide) -> None:
    target = claim(ledger, 0, "SUPPORT")
    made = rule("wrong_claim", target)
    (anchor,) = made.verdict.anchors
    told = list(ledger.told())
    for beside, state in (((), "stands"), ((target,), "without object")):
        gone = replace(made, about=("0" * 16,), verdict=replace(
            made.verdict, anchors=(replace(anchor, claim="0" * 16, beside=beside),)
        ))  # fmt: skip
        assert carried(told, [gone]).states == {made.id: state}
