"""Papers, signatures and bodies in short reports of our own, a report a row (how: process_rows.py)."""

from __future__ import annotations

import pytest
from process_rows import misfit, table

from dragoman.reading.reader import Reader

ROWS = table("""
> Norvania and the Usk Valley Front signed a peace agreement in Geneva on Tuesday.
agreements: name=peace agreement | kind=comprehensive | status=signed | parties=norvania,usk-valley-front | place=Geneva | date=03-09
signatures: party=usk-valley-front | document=peace agreement | status=signed | place=Geneva | date=03-09
signatures: party=norvania | document=peace agreement | status=signed | place=Geneva | date=03-09
> Norvania and the Usk Valley Front signed a framework agreement in Oslo on Monday.
agreements: name=framework agreement | kind=framework | status=signed | parties=norvania,usk-valley-front | place=Oslo | date=03-08
> Norvania and the Usk Valley Front reached a partial agreement on Tuesday.
agreements: name=partial agreement | kind=partial | status=reached | parties=norvania,usk-valley-front | date=03-09
> Norvania signed the accord, but the Usk Valley Front refused to sign it.
agreements: name=accord | kind=comprehensive | status=partly_signed | parties=norvania,usk-valley-front
signatures: party=usk-valley-front | document=accord | status=refused
signatures: party=norvania | document=accord | status=signed
> Norvania and the Usk Valley Front failed to reach an agreement in Geneva.
agreements: none
> Norvania and the Usk Valley Front will sign a peace deal in Geneva on Friday.
agreements: name=peace deal | kind=comprehensive | status=planned | parties=norvania,usk-valley-front | place=Geneva | date=03-12
signatures: party=usk-valley-front | document=peace deal | status=will_sign | place=Geneva | date=03-12
signatures: party=norvania | document=peace deal | status=will_sign | place=Geneva | date=03-12
planned: what=signing of the peace deal | kind=signing | place=Geneva | window=03-12 | due=norvania,usk-valley-front
> Norvania and the Usk Valley Front agreed on a comprehensive peace deal. Under the deal, Norvania will free all prisoners.
agreements: name=comprehensive peace deal | kind=comprehensive | terms=Under the deal, Norvania will free all prisoners. | status=reached | parties=norvania,usk-valley-front
> Norvania and the Usk Valley Front renewed their agreement on Monday.
agreements: name=agreement | kind=renewal | status=reached | parties=norvania,usk-valley-front | date=03-08
> The Usk Valley Front left Geneva without signing the agreement with Norvania.
agreements: name=agreement | kind=? | status=not_signed | parties=usk-valley-front
signatures: party=usk-valley-front | document=agreement | status=not_signed
> Norvania and the Usk Valley Front initialled a draft agreement in Cairo.
agreements: name=draft agreement | kind=partial | status=signed | parties=norvania,usk-valley-front | place=Cairo
> The Usk Valley Front accepted the agreement with Norvania on Monday.
agreements: name=agreement | kind=? | status=reached | parties=usk-valley-front | date=03-08
> The agreement that Norvania and the Usk Valley Front signed in 2015 provides for elections.
agreements: name=agreement | status=signed | parties=norvania,usk-valley-front | date=2015-01-01..2015-12-31
> The Usk Valley Front has not signed the agreement with Norvania.
signatures: party=usk-valley-front | document=agreement | status=not_signed
> The Usk Valley Front initialled the agreement with Norvania in Cairo on Monday.
signatures: party=norvania | document=agreement | status=signed | place=Cairo | date=03-08
signatures: party=usk-valley-front | document=agreement | status=signed | place=Cairo | date=03-08
> The Usk Valley Front said it would not sign the agreement with Norvania.
signatures: speakers=usk-valley-front | party=usk-valley-front | document=agreement | status=refused
> The United Nations will monitor the ceasefire.
mechanisms: name=United Nations | kind=monitoring | mandate=monitor the ceasefire | status=planned
> Norvania and the Usk Valley Front agreed to form a joint committee to oversee the withdrawal.
mechanisms: name=joint committee | kind=oversight | mandate=oversee the withdrawal | status=?
> The Usk Valley Front demanded the formation of a committee to verify the withdrawal.
mechanisms: name=committee | kind=verification | mandate=verify the withdrawal | asked_by=usk-valley-front | status=demanded
> Norway proposed a commission that would supervise the ceasefire.
mechanisms: name=commission | kind=oversight | mandate=supervise the ceasefire | status=proposed
> A joint military committee chaired by the United Nations oversees the truce.
mechanisms: name=joint military committee | kind=oversight | members=united-nations | status=working
> The Usk Valley Front demanded that Norvania be excluded from the monitoring committee.
mechanisms: name=monitoring committee | kind=monitoring | asked_out=norvania | asked_by=usk-valley-front
> The Usk Valley Front asked that Cuba be included in the monitoring committee.
mechanisms: name=monitoring committee | kind=monitoring | asked_in=cuba | asked_by=usk-valley-front
> The ceasefire is monitored by the Hill Observers.
mechanisms: name=Hill Observers | kind=monitoring | mandate=ceasefire is monitored | status=working
> The truce was verified by officers from Norway.
mechanisms: name=officers from Norway | kind=verification | mandate=truce was verified | status=working
> The Joint Verification Commission was established on Monday.
mechanisms: name=Joint Verification Commission | kind=verification | status=established
> The committee could oversee the withdrawal, Norvania said.
mechanisms: name=committee | kind=oversight | mandate=oversee the withdrawal | status=proposed
> Norvania should set up a commission to monitor the truce, the Usk Valley Front said.
mechanisms: speakers=usk-valley-front | name=commission | kind=monitoring | mandate=monitor the truce | asked_by=usk-valley-front | status=demanded
> The peacekeeping force was deployed in Brenn.
mechanisms: name=peacekeeping force | kind=peacekeeping | status=?
> The sports committee of Norvania met on Monday.
mechanisms: none
> Norvania and the Usk Valley Front signed a prisoner exchange deal in Geneva on Monday.
agreements: name=prisoner exchange deal | kind=partial | status=signed | parties=norvania,usk-valley-front | place=Geneva | date=03-08
signatures: party=norvania | document=prisoner exchange deal | status=signed | place=Geneva | date=03-08
signatures: party=usk-valley-front | document=prisoner exchange deal | status=signed | place=Geneva | date=03-08
> Norvania and the Usk Valley Front agreed on a roadmap in Oslo on Monday.
agreements: name=roadmap | kind=framework | status=reached | parties=norvania,usk-valley-front | place=Oslo | date=03-08
> Norvania and the Usk Valley Front signed a protocol on the implementation of the peace accord on Monday.
agreements: name=protocol | kind=implementation | status=signed | parties=norvania,usk-valley-front | date=03-08
signatures: party=usk-valley-front | document=protocol | status=signed | date=03-08
signatures: party=norvania | document=protocol | status=signed | date=03-08
> Under the peace agreement of 2016, Norvania and the Usk Valley Front share the port.
agreements: name=peace agreement | kind=comprehensive | status=reached | parties=norvania,usk-valley-front | date=2016-01-01..2016-12-31
> Norvania refused to sign the peace accord with the Usk Valley Front.
positions: party=norvania | stance=refusal | of=usk-valley-front | content=the peace accord with the Usk Valley Front | status=held
agreements: name=peace accord | kind=comprehensive | status=not_signed | parties=norvania
signatures: party=norvania | document=peace accord | status=refused
> Norvania and the Usk Valley Front have yet to sign the peace accord.
agreements: name=peace accord | kind=comprehensive | status=not_signed | parties=norvania,usk-valley-front
signatures: party=usk-valley-front | document=peace accord | status=not_signed
signatures: party=norvania | document=peace accord | status=not_signed
> Neither Norvania nor the Usk Valley Front has signed the accord.
agreements: name=accord | kind=comprehensive | status=not_signed | parties=norvania,usk-valley-front
signatures: party=norvania | document=accord | status=not_signed
signatures: party=usk-valley-front | document=accord | status=not_signed
> Norvania and the Usk Valley Front reached a ceasefire deal on Monday. The deal provides for the release of prisoners.
agreements: name=ceasefire deal | kind=ceasefire | status=reached | parties=norvania,usk-valley-front | date=03-08
ceasefires: parties=norvania,usk-valley-front | status=agreed | declared=03-08
> The peace deal that ended the war between Norvania and the Usk Valley Front was signed in May 2016.
agreements: name=peace deal | kind=comprehensive | status=signed | parties=norvania,usk-valley-front | date=2016-05-01..2016-05-31
signatures: party=usk-valley-front | document=peace deal | status=signed | date=2016-05-01..2016-05-31
signatures: party=norvania | document=peace deal | status=signed | date=2016-05-01..2016-05-31
> Norvania and the Usk Valley Front concluded a security pact on Monday.
agreements: name=security pact | kind=partial | status=reached | parties=norvania,usk-valley-front | date=03-08
> Norvania and the Usk Valley Front reached no agreement on Monday.
agreements: none
> Norvania tore up the peace accord with the Usk Valley Front.
agreements: none
> The Usk Valley Front has yet to sign the peace accord with Norvania.
agreements: name=peace accord | kind=comprehensive | status=not_signed | parties=usk-valley-front
signatures: party=usk-valley-front | document=peace accord | status=not_signed
> The signing of the peace accord by Norvania and the Usk Valley Front took place in Oslo on Monday.
agreements: name=peace accord | kind=comprehensive | status=signed | parties=norvania,usk-valley-front | place=Oslo | date=03-08
signatures: party=usk-valley-front | document=peace accord | status=signed | place=Oslo | date=03-08
signatures: party=norvania | document=peace accord | status=signed | place=Oslo | date=03-08
> The president of Norvania, Oran Test, signed the peace accord in Geneva on Monday. The leader of the Usk Valley Front, Mira Dole, refused to sign it.
positions: sentences=2 | party=mira-dole | stance=refusal | content=The leader of the Usk Valley Front, Mira Dole, refused to sign it. | status=held
agreements: name=peace accord | kind=comprehensive | status=partly_signed | parties=mira-dole,oran-test | place=Geneva | date=03-08
signatures: party=oran-test | document=peace accord | status=signed | place=Geneva | date=03-08
signatures: sentences=2 | party=mira-dole | document=peace accord | status=refused
> Norvania boycotted the signing of the accord with the Usk Valley Front.
agreements: name=accord | kind=comprehensive | status=not_signed | parties=norvania
signatures: party=norvania | document=accord | status=refused
> Norvania and the Usk Valley Front put their names to a truce on Monday.
agreements: name=truce | kind=ceasefire | status=signed | parties=norvania,usk-valley-front | date=03-08
signatures: party=norvania | document=truce | status=signed | date=03-08
signatures: party=usk-valley-front | document=truce | status=signed | date=03-08
ceasefires: parties=norvania,usk-valley-front | status=agreed | declared=03-08
> The Usk Truce Monitoring Mission will verify the ceasefire, Norway said.
mechanisms: name=Usk Truce Monitoring Mission | kind=monitoring | mandate=verify the ceasefire | status=planned
> Norvania and the Usk Valley Front set up a joint commission to investigate violations of the truce.
mechanisms: name=joint commission | kind=verification | mandate=investigate violations of the truce | status=established
> A joint committee was formed on Monday to oversee the truce between Norvania and the Usk Valley Front.
mechanisms: name=joint committee | kind=oversight | mandate=oversee the truce between Norvania and the Usk Valley Front | status=established
> A commission composed of Norway and Cuba will oversee the elections.
mechanisms: name=commission | kind=oversight | mandate=oversee the elections | members=cuba,norway | status=planned
> The Usk Valley Front demanded that Norway join the monitoring mission.
positions: party=usk-valley-front | stance=demand | of=norway | content=that Norway join the monitoring mission | status=held
mechanisms: name=monitoring mission | kind=monitoring | asked_in=norway | asked_by=usk-valley-front
> Norvania and the Usk Valley Front agreed on a monitoring mission. The Usk Valley Front demanded that Norway be excluded from it.
positions: sentences=2 | party=usk-valley-front | stance=demand | of=norway | content=that Norway be excluded from it | status=held
mechanisms: sentences=1,2 | name=monitoring mission | kind=monitoring | asked_out=norway | asked_by=usk-valley-front
> Norway offered to lead a peacekeeping force in Brenn.
mechanisms: name=peacekeeping force | kind=peacekeeping
> Observers from the United Nations were deployed in Brenn to watch the ceasefire.
mechanisms: name=Observers | kind=monitoring | mandate=watch the ceasefire | status=established
> The Security Council met on Monday.
mechanisms: none
> The peace accord is to be verified by the Hill Forum.
mechanisms: name=Hill Forum | kind=verification | mandate=accord is to be verified | status=planned
> Norvania wants the United Nations to supervise the withdrawal.
mechanisms: none
> A contact group was set up in Oslo to mediate between Norvania and the Usk Valley Front.
mechanisms: name=contact group | kind=mediation | mandate=mediate between Norvania and the Usk Valley Front | status=established
> A buffer force will separate the armies of Norvania and the Usk Valley Front.
mechanisms: name=buffer force | kind=peacekeeping | mandate=separate the armies of Norvania and the Usk Valley Front | status=planned
> The Usk Valley Front withheld its signature from the accord with Norvania.
agreements: name=accord | kind=comprehensive | status=not_signed | parties=usk-valley-front
signatures: party=usk-valley-front | document=accord | status=refused
> Norvania and the Usk Valley Front have put pen to a partial accord.
agreements: name=partial accord | kind=partial | status=signed | parties=norvania,usk-valley-front
> Norvania signed a treaty with Norway on Monday.
agreements: name=treaty | kind=comprehensive | status=signed | parties=norvania,norway | date=03-08
signatures: party=norvania | document=treaty | status=signed | date=03-08
signatures: party=norway | document=treaty | status=signed | date=03-08
> The envoys of Norvania and the Usk Valley Front initialled the accord on Monday.
agreements: name=accord | kind=comprehensive | status=signed | parties=norvania,usk-valley-front | date=03-08
> Norvania and the Usk Valley Front signed the Geneva Accord on Monday.
agreements: name=Geneva Accord | kind=comprehensive | status=signed | parties=norvania,usk-valley-front | date=03-08
> Norvania accepted the accord, the Usk Valley Front said.
agreements: speakers=usk-valley-front | name=accord | kind=comprehensive | status=reached | parties=norvania
> A truce between Norvania and the Usk Valley Front was signed in Geneva on Monday.
agreements: name=truce | kind=ceasefire | status=signed | parties=norvania,usk-valley-front | place=Geneva | date=03-08
> Norvania agreed to sign the peace accord with the Usk Valley Front.
signatures: party=norvania | document=peace accord | status=will_sign
> Norvania refused to let Norway play a role as a mediator.
mechanisms: name=mediator | kind=mediation | asked_out=norway
> Norway provides observers to monitor the truce between Norvania and the Usk Valley Front.
mechanisms: name=observers | kind=monitoring | mandate=monitor the truce between Norvania and the Usk Valley Front | status=working
> Norway sits on the joint truce commission that oversees the accord.
mechanisms: name=joint truce commission | kind=monitoring | mandate=oversees the accord | status=working
> Monitors sent by Norway will watch over the truce.
mechanisms: name=Monitors | kind=monitoring | mandate=watch over the truce | status=planned
> The new joint military monitoring committee of Norvania and the Usk Valley Front will oversee the pullout.
mechanisms: name=joint military monitoring committee | kind=oversight | mandate=oversee the pullout | status=planned
> Norvania asked the United Nations to send observers to monitor the ceasefire.
mechanisms: name=observers | kind=monitoring | mandate=monitor the ceasefire | asked_by=norvania | status=demanded
> An international commission was created to investigate the attack on Brenn.
mechanisms: name=international commission | kind=verification | mandate=investigate the attack on Brenn | status=established
> A joint committee, chaired by Norway, will monitor the truce.
mechanisms: name=joint committee | kind=monitoring | mandate=monitor the truce | members=norway | status=planned
> Norway will supervise the ceasefire.
mechanisms: name=Norway | kind=oversight | mandate=supervise the ceasefire | status=planned
> A new independent joint international military monitoring committee will oversee the truce.
mechanisms: name=independent joint international military monitoring committee | kind=oversight | mandate=oversee the truce | status=planned
> The committee to monitor the truce met. Norvania demanded that Norway be excluded from it.
mechanisms: sentences=1,2 | name=committee | kind=monitoring | mandate=? | asked_out=norway | asked_by=norvania | status=working
> The truce will be watched by a mission of the United Nations.
mechanisms: name=mission of the United Nations | kind=monitoring | mandate=truce will be watched | status=planned
> An armed monitoring mission could be deployed in Brenn, Norway said.
mechanisms: name=armed monitoring mission | kind=monitoring | status=proposed
> Norvania must accept a verification commission, the Usk Valley Front said.
mechanisms: speakers=usk-valley-front | name=verification commission | kind=verification | asked_by=usk-valley-front | status=demanded
""")  # noqa: E501


@pytest.mark.parametrize("text", ROWS)
def test_a_report_and_its_record(reader: Reader, text: str) -> None:
    assert misfit(reader, text, ROWS[text]) == {}
