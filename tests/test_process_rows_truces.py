"""Truces and breaches in short reports of our own, a report a row (how: process_rows.py)."""

from __future__ import annotations

import pytest
from process_rows import misfit, table

from dragoman.reading.reader import Reader

ROWS = table("""
> Norvania and the Usk Valley Front agreed on a ceasefire on Tuesday.
ceasefires: parties=norvania,usk-valley-front | status=agreed
> Norvania proposed a ceasefire to the Usk Valley Front.
ceasefires: parties=norvania,usk-valley-front | status=proposed
> Norvania rejected a ceasefire with the Usk Valley Front.
ceasefires: parties=norvania,usk-valley-front | status=rejected
> A ceasefire between Norvania and the Usk Valley Front took effect on Monday.
ceasefires: parties=norvania,usk-valley-front | status=in_force | from=03-08
> A ceasefire between Norvania and the Usk Valley Front will take effect on Friday.
ceasefires: parties=norvania,usk-valley-front | status=agreed | from=03-12
> The ceasefire between Norvania and the Usk Valley Front is holding.
ceasefires: parties=norvania,usk-valley-front | status=holding
> The ceasefire between Norvania and the Usk Valley Front is not holding.
ceasefires: parties=norvania,usk-valley-front | status=violated
> The ceasefire between Norvania and the Usk Valley Front collapsed on Tuesday.
ceasefires: parties=norvania,usk-valley-front | status=ended
> The ceasefire between Norvania and the Usk Valley Front was extended until March 20.
ceasefires: parties=norvania,usk-valley-front | status=extended | until=03-20
> The ceasefire between Norvania and the Usk Valley Front expired on Monday.
ceasefires: parties=norvania,usk-valley-front | status=ended | until=03-08
> The Usk Valley Front declared a unilateral ceasefire on Monday.
ceasefires: parties=usk-valley-front | status=agreed | scope=unilateral | declared=03-08
> The Usk Valley Front ordered its fighters to cease fire from Friday.
ceasefires: parties=usk-valley-front | status=agreed | from=03-12
> The Usk Valley Front withdrew from the ceasefire with Norvania on Tuesday.
ceasefires: parties=norvania,usk-valley-front | status=ended
> Norvania called off its truce with the Usk Valley Front.
ceasefires: parties=norvania,usk-valley-front | status=ended
> Norvania broke the truce with the Usk Valley Front on Tuesday.
ceasefires: parties=norvania,usk-valley-front | status=violated
> Norvania shelled the Usk Valley Front on Tuesday despite a truce.
ceasefires: parties=norvania,usk-valley-front | status=violated
> Norvania shelled a base of the Usk Valley Front hours after a truce took effect.
ceasefires: parties=norvania,usk-valley-front | status=violated
> The United Nations called for a truce between Norvania and the Usk Valley Front.
ceasefires: parties=norvania,usk-valley-front | status=proposed
> Norvania and the Usk Valley Front agreed on a humanitarian truce in the town of Brenn.
ceasefires: parties=norvania,usk-valley-front | status=agreed | scope=humanitarian
> Norvania and the Usk Valley Front signed a ceasefire in Geneva on Tuesday.
ceasefires: parties=norvania,usk-valley-front | status=agreed | declared=03-09
> Norvania signed the ceasefire in Geneva on Tuesday, but the Usk Valley Front refused to sign it.
ceasefires: parties=norvania,usk-valley-front | status=rejected | declared=03-09
> The truce between Norvania and the Usk Valley Front may collapse.
ceasefires: none
> The truce between Norvania and the Usk Valley Front was strained on Tuesday as shells hit the town of Brenn.
ceasefires: parties=norvania,usk-valley-front | status=violated
> Quiet returned to the front on Tuesday, a day after the truce between Norvania and the Usk Valley Front took effect.
ceasefires: parties=? | status=in_force
> Will the truce between Norvania and the Usk Valley Front hold?
ceasefires: none
> A truce that Norvania and the Usk Valley Front signed in May 2019 collapsed after four days.
ceasefires: parties=norvania,usk-valley-front | status=ended | declared=2019-05-01..2019-05-31
> Norvania and the Usk Valley Front accused each other of breaking the truce.
ceasefires: parties=norvania,usk-valley-front | status=violated
> Norvania and the Usk Valley Front traded accusations of breaking the truce.
ceasefires: parties=norvania,usk-valley-front | status=violated
> Norvania said it would stop its attacks on the Usk Valley Front.
ceasefires: speakers=norvania | parties=norvania,usk-valley-front | status=proposed
> Norvania and the Usk Valley Front did not agree on a truce.
ceasefires: none
> Norvania tore up the truce with the Usk Valley Front. But it said on Tuesday that it would talk.
ceasefires: parties=norvania,usk-valley-front | status=ended
> A truce between Norvania and the Usk Valley Front is in force. Norvania accused the Usk Valley Front of breaking the truce on Tuesday.
violations: sentences=2 | accuser=norvania | accused=usk-valley-front | act=breaking the truce on Tuesday | date=?
> A truce between Norvania and the Usk Valley Front is in force. Norvania accused the Usk Valley Front of shelling the town of Brenn on Tuesday.
violations: sentences=2 | accuser=norvania | accused=usk-valley-front | act=shelling the town of Brenn on Tuesday | date=?
> The United Nations said that the Usk Valley Front violated the truce with Norvania on Monday.
violations: speakers=united-nations | accuser=united-nations | accused=usk-valley-front | act=? | date=03-08
> Norvania accused the Usk Valley Front of breaking the truce. The Usk Valley Front denied it.
violations: accuser=norvania | accused=usk-valley-front | act=breaking the truce | denied_by=usk-valley-front
> Norvania and the Usk Valley Front blamed each other for breaking the truce.
violations: accuser=norvania | accused=usk-valley-front | act=breaking the truce
violations: accuser=usk-valley-front | accused=norvania | act=breaking the truce
> The Usk Valley Front shelled Brenn on Tuesday in breach of the truce with Norvania.
violations: accused=usk-valley-front | act=The Usk Valley Front shelled Brenn on Tuesday in breach of the truce with Norvania. | date=03-09
> The Usk Valley Front attacked the town of Brenn on Monday. Norvania called it a violation of the truce.
violations: accuser=norvania | accused=usk-valley-front | act=The Usk Valley Front attacked the town of Brenn on Monday. | date=03-08
> The Usk Valley Front did not observe the truce with Norvania.
violations: accused=usk-valley-front | act=The Usk Valley Front did not observe the truce with Norvania.
> Norvania will accuse the Usk Valley Front of breaking the truce.
violations: none
> Whoever breaks the truce between Norvania and the Usk Valley Front will be punished.
violations: none
> The Usk Valley Front shelled a mill in Brenn on Monday. Norvania accused the Usk Valley Front of the shelling, in violation of the truce.
violations: sentences=2 | accuser=norvania | accused=usk-valley-front | act=? | date=03-08
> Norvania accused the Usk Valley Front of using the truce to rearm.
violations: accuser=norvania | accused=usk-valley-front | act=using the truce to rearm
> Norvania accused the Usk Valley Front of lying.
violations: none
> The truce between Norvania and the Usk Valley Front took hold on Monday. It was broken on Tuesday, when the Usk Valley Front shelled Brenn.
ceasefires: sentences=1,2 | parties=norvania,usk-valley-front | status=violated | from=03-08
> The truce between Norvania and the Usk Valley Front took hold on Monday. It is still holding.
ceasefires: sentences=1,2 | parties=norvania,usk-valley-front | status=holding | from=03-08
> Shells hit Brenn on Tuesday despite the truce between Norvania and the Usk Valley Front.
ceasefires: parties=norvania,usk-valley-front | status=violated
> Norvania put forward a truce with the Usk Valley Front.
ceasefires: parties=norvania,usk-valley-front | status=proposed
> The Usk Valley Front spurned a truce with Norvania.
positions: party=usk-valley-front | stance=refusal | of=norvania | content=a truce | status=held
ceasefires: parties=norvania,usk-valley-front | status=rejected
> The Usk Valley Front ruled out a ceasefire with Norvania.
positions: party=usk-valley-front | stance=refusal | of=norvania | content=a ceasefire with Norvania | status=held
ceasefires: parties=norvania,usk-valley-front | status=rejected
> Norvania is no longer bound by its truce with the Usk Valley Front.
ceasefires: parties=norvania,usk-valley-front | status=ended
> Norvania announced an end to its truce with the Usk Valley Front.
ceasefires: parties=norvania,usk-valley-front | status=ended
> Norvania and the Usk Valley Front settled on a truce.
agreements: name=truce | kind=ceasefire | status=reached | parties=norvania,usk-valley-front
ceasefires: parties=norvania,usk-valley-front | status=agreed
> The guns fell silent on Monday under the truce between Norvania and the Usk Valley Front.
ceasefires: parties=norvania,usk-valley-front | status=holding
> The truce between Norvania and the Usk Valley Front was prolonged for another week.
ceasefires: parties=norvania,usk-valley-front | status=extended
> Norvania extended its truce with the Usk Valley Front until March 20.
ceasefires: parties=norvania,usk-valley-front | status=extended | until=03-20
> Norvania refused to extend the truce with the Usk Valley Front.
positions: party=norvania | stance=refusal | of=usk-valley-front | content=to extend the truce with the Usk Valley Front | status=held
ceasefires: parties=norvania,usk-valley-front | status=ended
> The truce between Norvania and the Usk Valley Front entered into force at midnight on Monday.
ceasefires: parties=norvania,usk-valley-front | status=in_force | from=03-08
> The entry into force of the truce between Norvania and the Usk Valley Front was welcomed by Norway.
ceasefires: parties=norvania,usk-valley-front | status=in_force
> The truce between Norvania and the Usk Valley Front has been violated.
ceasefires: parties=norvania,usk-valley-front | status=violated
> The truce between Norvania and the Usk Valley Front has not been violated.
ceasefires: parties=norvania,usk-valley-front | status=holding
> The truce between Norvania and the Usk Valley Front remains in force.
ceasefires: parties=norvania,usk-valley-front | status=holding
> The truce between Norvania and the Usk Valley Front is to start on March 15.
ceasefires: parties=norvania,usk-valley-front | status=agreed | from=03-15
planned: what=The truce between Norvania and the Usk Valley Front | kind=act | window=03-15 | due=norvania,usk-valley-front
> The earlier truce between Norvania and the Usk Valley Front collapsed. Norvania and the Usk Valley Front agreed on a new truce on Tuesday.
agreements: sentences=2 | name=new truce | kind=ceasefire | status=reached | parties=norvania,usk-valley-front | date=03-09
ceasefires: parties=norvania,usk-valley-front | status=ended
ceasefires: sentences=2 | parties=norvania,usk-valley-front | status=agreed | declared=03-09
> In January, Norvania and the Usk Valley Front agreed on a truce, which collapsed. On Tuesday they signed a new ceasefire.
agreements: name=truce | kind=ceasefire | status=reached | parties=norvania,usk-valley-front | date=01-01..01-31
agreements: sentences=2 | name=new ceasefire | kind=ceasefire | status=signed | parties=norvania,usk-valley-front | date=03-09
signatures: sentences=2 | party=usk-valley-front | document=new ceasefire | status=signed | date=03-09
signatures: sentences=2 | party=norvania | document=new ceasefire | status=signed | date=03-09
ceasefires: parties=norvania,usk-valley-front | status=ended | declared=01-01..01-31
ceasefires: sentences=2 | parties=norvania,usk-valley-front | status=agreed | declared=03-09
> Norvania and the Usk Valley Front signed a truce in 2015. Norvania and the Usk Valley Front signed a truce on Tuesday.
agreements: name=truce | kind=ceasefire | status=signed | parties=norvania,usk-valley-front | date=2015-01-01..2015-12-31
agreements: sentences=2 | name=truce | kind=ceasefire | status=signed | parties=norvania,usk-valley-front | date=03-09
signatures: party=usk-valley-front | document=truce | status=signed | date=2015-01-01..2015-12-31
signatures: party=norvania | document=truce | status=signed | date=2015-01-01..2015-12-31
signatures: sentences=2 | party=usk-valley-front | document=truce | status=signed | date=03-09
signatures: sentences=2 | party=norvania | document=truce | status=signed | date=03-09
ceasefires: parties=norvania,usk-valley-front | status=ended | declared=2015-01-01..2015-12-31
ceasefires: sentences=2 | parties=norvania,usk-valley-front | status=agreed | declared=03-09
> The Usk Valley Front declared a truce on March 1.
ceasefires: parties=usk-valley-front | status=in_force | declared=03-01
> The Usk Valley Front agreed to a ceasefire if Norvania withdraws from Brenn.
ceasefires: parties=norvania,usk-valley-front | status=proposed
> The Usk Valley Front rejected a truce. On Tuesday Norvania proposed a new truce with other terms to the Usk Valley Front.
ceasefires: sentences=1,2 | parties=norvania,usk-valley-front | status=proposed
> Norvania observed the truce with the Usk Valley Front.
ceasefires: parties=norvania,usk-valley-front | status=in_force
> Norvania and the Usk Valley Front are observing the truce.
ceasefires: parties=norvania,usk-valley-front | status=holding
> Norvania and the Usk Valley Front kept to the truce on Tuesday.
ceasefires: parties=norvania,usk-valley-front | status=holding
> Norvania said it would keep to the truce with the Usk Valley Front.
ceasefires: speakers=norvania | parties=norvania,usk-valley-front | status=agreed
> Norvania offered to suspend its attacks on the Usk Valley Front.
positions: party=norvania | stance=offer | of=usk-valley-front | content=to suspend its attacks on the Usk Valley Front | status=held
> Norvania quit the truce with the Usk Valley Front.
ceasefires: parties=norvania,usk-valley-front | status=ended
> Norvania accused the Usk Valley Front of breaking the truce. The truce holds, the United Nations said.
ceasefires: speakers=united-nations | sentences=1,2 | parties=norvania,usk-valley-front | status=holding
violations: accuser=norvania | accused=usk-valley-front | act=breaking the truce
> Norvania and the Usk Valley Front agreed on a truce on Tuesday. Norvania shelled Brenn on Wednesday in breach of the truce.
agreements: name=truce | kind=ceasefire | status=reached | parties=norvania,usk-valley-front | date=03-09
ceasefires: sentences=1,2 | parties=norvania,usk-valley-front | status=violated | declared=03-09
violations: sentences=2 | accused=norvania | act=Norvania shelled Brenn on Wednesday in breach of the truce. | date=03-10
> The truce between Norvania and the Usk Valley Front was declared on Monday and took effect on Tuesday.
ceasefires: parties=norvania,usk-valley-front | status=in_force | declared=03-08 | from=03-09
> The two sides agreed to hold their fire from Friday, Norvania and the Usk Valley Front said.
ceasefires: speakers=norvania,usk-valley-front | parties=norvania,usk-valley-front | status=agreed | from=03-12
planned: what=hold their fire | kind=act | window=03-12 | due=norvania,usk-valley-front
> Norvania and the Usk Valley Front agreed to extend the truce until March 31.
ceasefires: parties=norvania,usk-valley-front | status=extended | until=03-31
> The peace process between Norvania and the Usk Valley Front goes on. The ceasefire line was quiet.
ceasefires: none
> Norvania called for a truce with the Usk Valley Front if the shelling stops.
positions: party=norvania | stance=demand | content=a truce with the Usk Valley Front | condition=if the shelling stops | status=held
ceasefires: parties=norvania,usk-valley-front | status=proposed
> The truce between Norvania and the Usk Valley Front would collapse if Norway left.
ceasefires: none
> Norvania urged the Usk Valley Front to agree to a truce.
positions: party=norvania | stance=demand | of=usk-valley-front | content=to agree to a truce | status=held
ceasefires: parties=norvania,usk-valley-front | status=proposed
> Norvania demanded a truce from the Usk Valley Front.
positions: party=norvania | stance=demand | of=usk-valley-front | content=a truce from the Usk Valley Front | status=held
ceasefires: parties=norvania,usk-valley-front | status=proposed
> Norway proposed a truce to Norvania and the Usk Valley Front.
positions: party=norway | stance=offer | of=norvania,usk-valley-front | content=a truce | status=held
ceasefires: parties=norvania,usk-valley-front | status=proposed
> Sporadic shelling strained the truce between Norvania and the Usk Valley Front on Tuesday.
ceasefires: parties=norvania,usk-valley-front | status=violated
> The truce did little to stop the shelling between Norvania and the Usk Valley Front.
ceasefires: parties=norvania,usk-valley-front | status=violated
> A truce between Norvania and the Usk Valley Front is in force. The Usk Valley Front shelled Brenn on Monday. Norvania accused it of breaking the truce.
ceasefires: sentences=1,3 | parties=norvania,usk-valley-front | status=violated
violations: sentences=3 | accuser=norvania | accused=usk-valley-front | act=breaking the truce | date=03-08
> The truce between Norvania and the Usk Valley Front took effect on Monday. The United Nations recorded 12 violations by the Usk Valley Front.
ceasefires: sentences=1,2 | parties=norvania,usk-valley-front | status=violated | from=03-08
violations: sentences=2 | accuser=united-nations | accused=usk-valley-front | act=12 violations by the Usk Valley Front | verified_by=united-nations
> The Monitoring Mission confirmed that the Usk Valley Front had shelled Brenn on Monday. A truce with Norvania is in force.
violations: accused=usk-valley-front | act=had shelled Brenn on Monday | verified_by=monitoring-mission | date=03-08
mechanisms: name=Monitoring Mission | kind=monitoring | status=working
> Norvania said the Usk Valley Front had violated the truce on Monday.
ceasefires: speakers=norvania | parties=norvania,usk-valley-front | status=violated
violations: speakers=norvania | accuser=norvania | accused=usk-valley-front | act=the truce | date=03-08
> Norvania denounced the shelling of Brenn by the Usk Valley Front as a violation of the truce.
ceasefires: parties=norvania,usk-valley-front | status=violated
violations: accuser=norvania | accused=usk-valley-front | act=the shelling of Brenn
> Norvania condemned the Usk Valley Front's raid on Brenn as a breach of the truce.
ceasefires: parties=norvania,usk-valley-front | status=violated
violations: accuser=norvania | accused=usk-valley-front | act=?
> Norvania accused the Usk Valley Front of repeatedly violating the ceasefire. The Usk Valley Front rejected the accusation.
ceasefires: sentences=1,2 | parties=norvania,usk-valley-front | status=violated
violations: accuser=norvania | accused=usk-valley-front | act=repeatedly violating the ceasefire | denied_by=usk-valley-front
> The Usk Valley Front denied that it had broken the truce with Norvania.
violations: none
> The truce between Norvania and the Usk Valley Front took effect on Monday. The two sides accused each other of breaking it.
ceasefires: sentences=1,2 | parties=norvania,usk-valley-front | status=violated | from=03-08
violations: sentences=2 | accuser=usk-valley-front | accused=norvania | act=breaking it
violations: sentences=2 | accuser=norvania | accused=usk-valley-front | act=breaking it
> Norvania and the Usk Valley Front traded blame for breaking the truce.
ceasefires: parties=norvania,usk-valley-front | status=violated
violations: accuser=norvania | accused=usk-valley-front | act=blame for breaking the truce
violations: accuser=usk-valley-front | accused=norvania | act=blame for breaking the truce
> Norvania said that the Usk Valley Front broke the truce on Monday. The Usk Valley Front said Norvania had fired first.
ceasefires: speakers=norvania | parties=norvania,usk-valley-front | status=violated
violations: speakers=norvania | accuser=norvania | accused=usk-valley-front | act=the truce | date=03-08
> A truce is in force. Norvania accuses the Usk Valley Front of mining the road to Brenn, in breach of the truce.
ceasefires: sentences=1,2 | parties=norvania,usk-valley-front | status=violated
violations: sentences=2 | accuser=norvania | accused=usk-valley-front | act=mining the road to Brenn
> Norvania accused the Usk Valley Front of attacking Brenn on Monday. There was no truce.
violations: none
> Norvania has not broken the truce with the Usk Valley Front.
ceasefires: parties=norvania,usk-valley-front | status=in_force
violations: none
> The United Nations found that Norvania had violated the ceasefire with the Usk Valley Front on Monday.
ceasefires: parties=norvania,usk-valley-front | status=violated
violations: accuser=united-nations | accused=norvania | act=that Norvania had violated the ceasefire with the Usk Valley Front on Monday | verified_by=united-nations
> Shells that hit Brenn came from the Usk Valley Front, Norvania said. A truce is in force.
violations: accuser=norvania | accused=usk-valley-front | act=Shells that hit Brenn came from the Usk Valley Front
> The general staff of Norvania said that the Usk Valley Front fired rockets at Brenn on Tuesday in violation of the truce.
ceasefires: parties=norvania,usk-valley-front | status=violated
violations: accuser=norvania | accused=usk-valley-front | act=fired rockets at Brenn on Tuesday in violation of the truce | date=03-09
> The truce collapsed on Monday. Norvania and the Usk Valley Front had agreed on it in January.
ceasefires: parties=norvania,usk-valley-front | status=ended
> Norvania rejected a truce with the Usk Valley Front. The Usk Valley Front had accepted it.
ceasefires: parties=norvania,usk-valley-front | status=rejected
> Norvania and the Usk Valley Front agreed on a truce brokered by Norway on Monday.
ceasefires: parties=norvania,usk-valley-front | status=agreed
> A truce proposed by Norway was accepted by Norvania and the Usk Valley Front.
ceasefires: parties=norvania,usk-valley-front | status=agreed
> Norvania ordered its troops to cease fire until Friday.
ceasefires: parties=norvania | status=agreed | until=03-12
> The truce between Norvania and the Usk Valley Front ended on Monday without an extension.
ceasefires: parties=norvania,usk-valley-front | status=ended | until=03-08
> The truce between Norvania and the Usk Valley Front took effect on Monday and is holding.
ceasefires: parties=norvania,usk-valley-front | status=holding | from=03-08
> The truce between Norvania and the Usk Valley Front took effect on Monday but was violated within hours.
ceasefires: parties=norvania,usk-valley-front | status=violated | from=03-08
> The truce that Norvania and the Usk Valley Front declared on March 1 was violated by Norvania.
ceasefires: parties=norvania,usk-valley-front | status=violated | declared=03-01
> Norway and Cuba called for a truce between Norvania and the Usk Valley Front.
ceasefires: parties=norvania,usk-valley-front | status=proposed
> Kenya called for a truce. Norvania fought the Usk Valley Front for a year and accused the Usk Valley Front of war crimes.
ceasefires: none
> Norvania supports the principle of a truce with the Usk Valley Front.
ceasefires: parties=norvania,usk-valley-front | status=proposed
> The pause took effect on Monday. Norvania and the Usk Valley Front agreed on the truce on Sunday.
ceasefires: sentences=1,2 | parties=norvania,usk-valley-front | status=in_force | declared=03-07 | from=03-08
> The truce between Norvania and the Usk Valley Front took effect on Monday. Norvania accused the Usk Valley Front of breaking it. On Tuesday the Usk Valley Front shelled Brenn, Norvania said.
violations: sentences=2,3 | accuser=norvania | accused=usk-valley-front | act=On Tuesday the Usk Valley Front shelled Brenn | date=03-09
> Norvania accused the Usk Valley Front of breaking the truce. It said the Usk Valley Front shelled Brenn on Tuesday.
violations: speakers=norvania | sentences=2 | accuser=norvania | accused=usk-valley-front | act=the Usk Valley Front shelled Brenn on Tuesday | date=03-09
> A truce is in force. Norvania and the Usk Valley Front accused each other of shelling Brenn.
violations: sentences=2 | accuser=usk-valley-front | accused=norvania | act=shelling Brenn
violations: sentences=2 | accuser=norvania | accused=usk-valley-front | act=shelling Brenn
> Norvania said the Usk Valley Front broke the truce. Norvania accused the Usk Valley Front of breaking the truce again on Tuesday.
violations: sentences=2 | accuser=norvania | accused=usk-valley-front | act=breaking the truce again on Tuesday
> Norvania breaks truce. The Usk Valley Front accused Norvania of breaking the truce by shelling Brenn on Tuesday.
violations: sentences=2 | accuser=usk-valley-front | accused=norvania | act=breaking the truce by shelling Brenn on Tuesday
> Norvania and the Usk Valley Front each accused the other of breaking the truce.
violations: accuser=usk-valley-front | accused=norvania | act=breaking the truce
violations: accuser=norvania | accused=usk-valley-front | act=breaking the truce
> A truce between Norvania and the Usk Valley Front took effect on Monday. Each side said the other had fired first at Brenn.
violations: sentences=2 | accuser=norvania | accused=usk-valley-front | act=the other had fired first at Brenn
violations: sentences=2 | accuser=usk-valley-front | accused=norvania | act=the other had fired first at Brenn
> The government of Norvania accused the Usk Valley Front of breaking the truce on Monday.
violations: accuser=norvania | accused=usk-valley-front | act=breaking the truce on Monday
> The Negotiating Panel of the Usk Valley Front accused Norvania of breaking the truce.
violations: accuser=usk-valley-front | accused=norvania | act=breaking the truce
> The Usk Valley Front (UVF) signed a truce with Norvania. The UVF accused Norvania of breaking the truce.
violations: sentences=2 | accuser=usk-valley-front | accused=norvania | act=breaking the truce
> Norvania's general Oran Test accused the Usk Valley Front of breaking the truce.
violations: accuser=oran-test | accused=usk-valley-front | act=breaking the truce
> The Usk Valley Front and Norvania said the truce would be extended until March 20.
ceasefires: parties=norvania,usk-valley-front | status=extended | until=03-20
> Norvania and the Usk Valley Front accused one another of violating the ceasefire.
ceasefires: parties=norvania,usk-valley-front | status=violated
> The truce between Norvania and the Usk Valley Front came into force at dawn on Tuesday.
ceasefires: parties=norvania,usk-valley-front | status=in_force | from=03-09
> The Council of Elders called for a truce between Norvania and the Usk Valley Front.
ceasefires: parties=norvania,usk-valley-front | status=proposed
""")  # noqa: E501


@pytest.mark.parametrize("text", ROWS)
def test_a_report_and_its_record(reader: Reader, text: str) -> None:
    assert misfit(reader, text, ROWS[text]) == {}
