"""What the record reads straight from sentences, in reports of our own, through the whole reader."""

from __future__ import annotations

from datetime import date
from functools import partial

from conftest import record_told

from dragoman.reading.reader import Reader

DAY = date(2021, 3, 10)  # a Wednesday
told = partial(record_told, day=DAY)


def test_an_old_truce_and_a_new_one_are_two(reader: Reader) -> None:
    found = told(
        reader,
        "Armenia and Azerbaijan agreed on Tuesday on a ceasefire. "
        "A truce that the two sides signed in May 2016 collapsed after four days.",
    ).ceasefires
    assert [(c.status, c.parties) for c in found] == [
        ("agreed", ("armenia", "azerbaijan")),
        ("ended", ("armenia", "azerbaijan")),
    ]


def test_a_breach_makes_a_truce_violated(reader: Reader) -> None:
    text = "The ceasefire between Armenia and Azerbaijan has been in force since May 9. Armenia accused Azerbaijan of breaking it."
    assert [c.status for c in told(reader, text).ceasefires] == ["violated"]
    text = "Norway said it would freeze its aid to whichever side broke the truce between Armenia and Azerbaijan."
    assert "violated" not in [c.status for c in told(reader, text).ceasefires]


def test_what_is_called_after_a_truce_is_none(reader: Reader) -> None:
    assert told(reader, "The envoys of Armenia and Azerbaijan met in the truce village on Monday.").ceasefires == ()


def test_talks_called_off_over_and_ahead(reader: Reader) -> None:
    cases = [
        ("Armenia has called off talks with Azerbaijan that were to open in Geneva on Friday.", "cancelled", "Geneva"),
        ("Talks between Armenia and Azerbaijan in Vienna ended without an agreement.", "ended", "Vienna"),
        ("Peace talks between Armenia and Azerbaijan are due to resume in Oslo on Monday.", "planned", "Oslo"),
        ("Armenia and Azerbaijan signed a ceasefire on Tuesday after five days of talks in Minsk.", "ended", "Minsk"),
    ]
    for text, status, place in cases:
        found = told(reader, text).talks
        assert [(t.status, t.place.name if t.place else None) for t in found] == [(status, place)], text
        assert set(found[0].parties) == {"armenia", "azerbaijan"}, text


def test_the_sides_urged_to_a_truce_are_those_of_the_talks(reader: Reader) -> None:
    text = (
        "Iran threatened Azerbaijan with war. Azerbaijan accused Iran of lying. Iran rejected the demand of Azerbaijan. "
        "Armenia buried its dead. Armenia closed its schools. Norway and Russia urged Armenia and Azerbaijan to accept a ceasefire. "
        "Germany is planning to host peace talks in Berlin later this month."
    )
    (entry,) = told(reader, text).talks
    assert set(entry.parties) == {"armenia", "azerbaijan"}


def test_talks_not_broken_off_go_on(reader: Reader) -> None:
    (entry,) = told(
        reader, "Armenia has not broken off the talks with Azerbaijan that Norway is hosting in Oslo."
    ).talks
    assert entry.status == "held"


def test_harm_on_a_condition_is_a_threat(reader: Reader) -> None:
    (entry,) = told(
        reader, "Should Azerbaijan attack again, Armenia will respond with all means at its disposal."
    ).threats
    assert (entry.party, entry.against) == ("armenia", ("azerbaijan",))
    assert told(reader, "If the prisoners are released, Armenia will return to the talks.").threats == ()


def test_the_harm_is_to_its_subject_and_the_speaker_threatens(reader: Reader) -> None:
    (entry,) = told(reader, "Norway warned that Armenia would pay a price if it broke its commitments.").threats
    assert (entry.party, entry.against) == ("norway", ("armenia",))


def test_each_accuses_the_other(reader: Reader) -> None:
    found = told(
        reader,
        "The truce between Armenia and Azerbaijan took effect on Monday. Each side accused the other of breaking it.",
    ).violations
    assert {(v.accuser, v.accused) for v in found} == {
        ("armenia", ("azerbaijan",)),
        ("azerbaijan", ("armenia",)),
    }


def test_watchers_of_a_truce(reader: Reader) -> None:
    cases = [
        ("The United Nations will monitor the truce.", "United Nations"),
        ("The truce was monitored by 40 retired officers from Norway.", "40 retired officers from Norway"),
        ("The Dovra Monitoring Mission said that it had counted no shots.", "Dovra Monitoring Mission"),
        ("They agreed to set up a joint disarmament committee.", "joint disarmament committee"),
    ]
    for text, name in cases:
        assert [m.name for m in told(reader, text).mechanisms] == [name], text


def test_bare_guarantors_are_no_body(reader: Reader) -> None:
    assert told(reader, "Norway and Cuba, which were guarantors of the peace, offered their help.").mechanisms == ()


def test_what_lies_ahead(reader: Reader) -> None:
    found = told(reader, "Norway's envoy will report to the Security Council later this month.").planned
    assert [(p.due, p.window.latest) for p in found] == [(("norway-envoy",), date(2021, 3, 31))]
    found = told(reader, "Armenia demanded that Azerbaijan withdraw its troops by Friday.").planned
    assert [(p.kind, p.window.latest) for p in found] == [("deadline", date(2021, 3, 12))]
    assert told(reader, "Armenia has called off a strike that was to begin on Friday.").planned == ()


def test_will_never_is_a_refusal_and_ruling_nothing_out_is_none(reader: Reader) -> None:
    found = told(reader, "Armenia will never recognise the result of the vote.").positions
    assert [(p.party, p.stance) for p in found] == [("armenia", "refusal")]
    assert told(reader, "Armenia did not rule out sanctions.").positions == ()


def test_a_promise_of_a_deed_is_an_offer(reader: Reader) -> None:
    found = told(reader, "Armenia promised to let the convoys pass.").positions
    assert [(p.party, p.stance) for p in found] == [("armenia", "offer")]


def test_a_truce_told_as_brokered_is_an_agreement(reader: Reader) -> None:
    found = told(
        reader, "A truce brokered by Norway ended two years of war between Armenia and Azerbaijan last November."
    ).agreements
    assert [(a.kind, set(a.parties)) for a in found] == [("ceasefire", {"armenia", "azerbaijan"})]


def test_backing_in_a_clause_without_a_claim(reader: Reader) -> None:
    found = told(reader, "Turkey, widely believed to arm Azerbaijan, closed its border on Monday.").alignments
    assert [(a.backer, a.backed, a.kind) for a in found] == [("turkey", "azerbaijan", "arms")]


def test_a_capital_where_one_talks_is_no_party(reader: Reader) -> None:
    assert told(reader, "Gondor agreed to hold talks in Oslo.").talks[0].parties == ()
    assert "egypt" not in told(reader, "Gondor offered to move the talks to Cairo.").positions[0].of
    assert told(reader, "Gondor agreed to hold talks with Moscow in Oslo.").talks[0].parties == ("gondor", "russia")
