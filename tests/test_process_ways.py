"""Records from sentences in other words than the plain ones: passive, nominalised, by a staff, by a body, no longer."""

from __future__ import annotations

from datetime import date
from functools import partial

from conftest import record_told

from dragoman.reading.reader import Reader

DAY = date(2021, 3, 10)  # a Wednesday
told = partial(record_told, day=DAY)
TRUCE = "A truce between Norvania and the Usk Valley Front took effect on Monday. "


def test_a_noun_with_a_capital_is_the_organisation_that_has_it(reader: Reader) -> None:
    text = "The Usk Valley Union attacked Norvania on Monday. The Union demanded that Norvania release its prisoners."
    assert [p.party for p in told(reader, text).positions] == ["usk-valley-union"]
    two = "The Usk Valley Union and the Hill Farmers' Union met on Monday. The Union demanded that all prisoners be released."
    assert "usk-valley-union" not in [p.party for p in told(reader, two).positions]


def test_a_threat_in_the_passive_has_its_speaker_and_its_day(reader: Reader) -> None:
    text = (
        "The pipeline to the coast will be cut unless the army leaves the town of Brenn by Friday, "
        "the leader of the Usk Valley Front, Oran Test, warned on Tuesday."
    )
    (threat,) = told(reader, text).threats
    assert threat.party in ("usk-valley-front", "oran-test")
    assert threat.consequence == "The pipeline to the coast will be cut"
    assert threat.deadline is not None
    assert threat.deadline.latest == date(2021, 3, 12)


def test_what_would_follow_is_threatened_and_a_wish_is_not(reader: Reader) -> None:
    text = "An attack on the harbour would follow if another shell fell on the town, Usk Valley Front leader Oran Test said."
    assert [t.consequence for t in told(reader, text).threats] == ["An attack on the harbour would follow"]
    text = "An exchange of prisoners would follow if the truce held, Usk Valley Front leader Oran Test said."
    assert told(reader, text).threats == ()


def test_who_will_not_come_unless_by_a_day_threatens(reader: Reader) -> None:
    text = (
        "Unless the shelling ends by Friday, the Usk Valley Front will not travel to Geneva, its leader Oran Test said."
    )
    assert [t.consequence for t in told(reader, text).threats] == ["will not travel to Geneva"]
    assert told(reader, text.replace(" by Friday", "")).threats == ()


def test_what_monitors_established_is_verified_and_what_they_could_not_is_not(reader: Reader) -> None:
    text = f"{TRUCE}The Monitoring Mission has established that mortar rounds were fired on March 9 by Norvania."
    (found,) = told(reader, text).violations
    assert (found.accused, found.verified_by) == (("norvania",), ("monitoring-mission",))
    assert found.date.latest == date(2021, 3, 9)
    text = f"{TRUCE}The Monitoring Mission has not established that mortar rounds were fired by Norvania."
    assert [v.verified_by for v in told(reader, text).violations if v.verified_by] == []


def test_a_claim_called_false_is_denied(reader: Reader) -> None:
    text = (
        f"{TRUCE}The assertion of Norvania that the Usk Valley Front fired first is false, Oran Test said on Tuesday."
    )
    (found,) = told(reader, text).violations
    assert (found.accuser, found.accused) == ("norvania", ("usk-valley-front",))
    assert found.denied_by == ("usk-valley-front",)


def test_an_accusation_has_the_day_of_the_attack_before_it(reader: Reader) -> None:
    text = (
        f"{TRUCE}Rockets hit the mill of Brenn on Tuesday. "
        "Norvania accused the Usk Valley Front of firing the rockets in breach of the truce."
    )
    (found,) = told(reader, text).violations
    assert found.date.latest == date(2021, 3, 9)


def test_a_demand_that_is_no_longer_made_is_dropped(reader: Reader) -> None:
    text = "Norvania no longer insists that the Usk Valley Front hand in its weapons, officials said."
    assert [(p.party, p.stance, p.status) for p in told(reader, text).positions] == [("norvania", "demand", "dropped")]
    text = "Norvania insists on the surrender of all weapons, officials said."
    assert [(p.party, p.stance, p.status) for p in told(reader, text).positions] == [("norvania", "demand", "held")]


def test_a_member_is_to_be_taken_out_of_a_mission(reader: Reader) -> None:
    text = "The Usk Valley Front asked that Norvania be taken out of the monitoring mission."
    (body,) = told(reader, text).mechanisms
    assert (body.name, body.asked_out, body.asked_by) == ("monitoring mission", ("norvania",), ("usk-valley-front",))


def test_a_truce_is_prolonged_to_a_day_and_a_call_for_one_is_not(reader: Reader) -> None:
    text = "The truce between Norvania and the Usk Valley Front has been prolonged, to midnight on Saturday, March 20."
    (truce,) = told(reader, text).ceasefires
    assert (truce.status, truce.until and truce.until.latest) == ("extended", date(2021, 3, 20))
    text = "An appeal for a humanitarian pause in Norvania was renewed by the envoys on Tuesday."
    assert "extended" not in [c.status for c in told(reader, text).ceasefires]


def test_a_truce_is_in_force_by_its_entry_into_force(reader: Reader) -> None:
    text = "The envoys welcomed the entry into force on Tuesday of the truce between Norvania and the Usk Valley Front."
    (truce,) = told(reader, text).ceasefires
    assert (truce.status, truce.from_ and truce.from_.latest) == ("in_force", date(2021, 3, 9))


def test_talks_put_back_are_ahead_on_the_new_day(reader: Reader) -> None:
    text = (
        "The peace talks between Norvania and the Usk Valley Front in Geneva have been put back to Tuesday, March 16."
    )
    (entry,) = told(reader, text).talks
    assert (entry.status, entry.date.latest) == ("planned", date(2021, 3, 16))
