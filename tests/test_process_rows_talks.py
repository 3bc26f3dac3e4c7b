"""Talks and plans in short reports of our own, a report a row (how: process_rows.py)."""

from __future__ import annotations

import pytest
from process_rows import misfit, table

from dragoman.reading.reader import Reader

ROWS = table("""
> Norvania called off its talks with the Usk Valley Front in Geneva on Tuesday.
talks: name=talks | place=Geneva | status=cancelled | parties=norvania,usk-valley-front
> The Usk Valley Front broke off peace talks with Norvania in Oslo on Monday.
talks: name=peace talks | place=Oslo | status=cancelled | parties=norvania,usk-valley-front
> Peace talks between Norvania and the Usk Valley Front collapsed in Vienna on Tuesday.
talks: name=Peace talks | place=Vienna | date=03-09 | status=ended | parties=norvania,usk-valley-front
> Peace talks between Norvania and the Usk Valley Front opened in Vienna on Tuesday.
talks: name=Peace talks | place=Vienna | date=03-09 | format=? | status=held | parties=norvania,usk-valley-front
> A second round of talks between Norvania and the Usk Valley Front will begin in Geneva on Friday.
talks: name=second round | place=Geneva | date=03-12 | status=planned | parties=norvania,usk-valley-front
> Indirect talks between Norvania and the Usk Valley Front were held in Cairo on Monday.
talks: name=Indirect talks | place=Cairo | date=03-08 | format=indirect | status=held | parties=norvania,usk-valley-front
> Norvania and the Usk Valley Front held direct talks in Cairo on Monday.
talks: name=direct talks | place=Cairo | date=03-08 | format=direct | status=held | parties=norvania,usk-valley-front
> Norway will host talks between Norvania and the Usk Valley Front in Oslo on Friday.
talks: name=talks | place=Oslo | date=03-12 | status=planned | host=norway | parties=norvania,usk-valley-front
> Norway mediated talks between Norvania and the Usk Valley Front in Oslo on Monday.
talks: name=talks | place=Oslo | date=03-08 | status=held | mediators=norway | parties=norvania,usk-valley-front
> The Usk Valley Front will not attend the talks with Norvania in Geneva on Friday.
talks: name=talks | place=Geneva | status=planned | parties=norvania | declined=usk-valley-front
> The negotiators of Norvania and the Usk Valley Front met in Oslo on Monday.
talks: name=talks | place=Oslo | date=03-08 | format=direct | status=held | parties=norvania,usk-valley-front
> The delegations of Norvania and the Usk Valley Front are due to meet in Oslo on Friday.
talks: name=talks | place=Oslo | date=03-12 | status=planned | parties=norvania,usk-valley-front
> The two sides, Norvania and the Usk Valley Front, agreed to meet in Geneva on Friday.
talks: name=talks | place=Geneva | date=03-12 | status=planned | parties=norvania,usk-valley-front
> Norvania and the Usk Valley Front had negotiated for six days in Doha.
talks: name=talks | place=Doha | format=? | status=ended | parties=norvania,usk-valley-front
> The envoys flew to Geneva for peace talks between Norvania and the Usk Valley Front on Monday.
talks: name=peace talks | place=Geneva | date=03-08 | status=held | parties=norvania,usk-valley-front
> On Tuesday, the second day of talks between Norvania and the Usk Valley Front in Doha, no deal was in sight.
talks: name=talks | place=Doha | date=03-09 | format=? | status=held | parties=norvania,usk-valley-front
> The talks between Norvania and the Usk Valley Front in Oslo were moved to Tuesday, March 16.
talks: name=talks | place=Oslo | date=03-16 | status=planned | parties=norvania,usk-valley-front
> Norvania proposed talks with the Usk Valley Front in Cairo.
talks: name=talks | place=Cairo | status=proposed | parties=norvania,usk-valley-front
> Norvania called for talks with the Usk Valley Front.
talks: name=talks | status=proposed | parties=norvania,usk-valley-front
> Norvania invited the Usk Valley Front to talks in Cairo on Friday.
talks: name=talks | place=Cairo | date=03-12 | status=proposed | parties=norvania,usk-valley-front
> The Usk Valley Front left the talks with Norvania in Geneva on Tuesday without signing a deal.
talks: name=talks | place=Geneva | date=03-09 | status=ended | parties=norvania,usk-valley-front
> Talks between Norvania and the Usk Valley Front in Geneva ended on Tuesday without a deal. New talks are planned in Oslo on Friday.
talks: name=Talks | place=Geneva | date=03-09 | status=ended | parties=norvania,usk-valley-front
talks: sentences=2 | name=New talks | place=Oslo | date=03-12 | status=planned | parties=norvania,usk-valley-front
> The talks between Norvania and the Usk Valley Front in Geneva are off.
talks: name=talks | place=Geneva | format=? | status=cancelled | parties=norvania,usk-valley-front
> Norvania and the Usk Valley Front resumed their talks in Doha on Monday after a break of two weeks.
talks: name=talks | place=Doha | date=03-08 | status=held | parties=norvania,usk-valley-front
> Norvania suspended talks with the Usk Valley Front on Monday.
talks: name=talks | status=cancelled | parties=norvania,usk-valley-front
> Norvania agreed to hold talks with the Usk Valley Front in Cairo on Friday.
talks: name=talks | place=Cairo | date=03-12 | status=planned | parties=norvania,usk-valley-front
> Norvania refused to hold talks with the Usk Valley Front.
talks: none
> The Usk Valley Front gave Norvania until Friday to withdraw from Brenn.
planned: what=deadline to withdraw from Brenn | kind=deadline | window=03-12 | due=norvania
> The Usk Valley Front gave Norvania three days to withdraw from Brenn.
planned: what=deadline to withdraw from Brenn | kind=deadline | window=03-10..03-13 | due=norvania
> Norvania will withdraw its troops from Brenn on Friday.
planned: what=? | kind=act | window=03-12 | due=norvania
> Norvania promised to release all prisoners by Friday.
planned: what=to release all prisoners by Friday | kind=deadline | window=03-12 | due=norvania
> The truce between Norvania and the Usk Valley Front ends on Friday.
planned: what=truce between Norvania and the Usk Valley Front ends | kind=deadline | window=03-12 | due=norvania,usk-valley-front
> The mandate of the monitoring mission in Norvania was extended until March 31.
planned: what=mandate of the monitoring mission in Norvania was extended | kind=deadline | window=03-31
> The parliament of Norvania is due to vote on the deal on Friday.
planned: what=The parliament of Norvania is due to vote on the deal | kind=act | window=03-12 | due=?
> The leaders of Norvania and the Usk Valley Front are due to meet in Oslo on Friday.
planned: what=talks | kind=meeting | place=Oslo | window=03-12 | due=norvania,usk-valley-front
> Norvania called off a parade that was due on Friday.
planned: none
> If the truce holds, Norvania will withdraw on Friday.
planned: none
> Norvania ordered its soldiers to leave Brenn by Friday.
planned: none
> The general told Norvania to leave Brenn within three days.
planned: what=to leave Brenn within three days | kind=deadline | window=03-10..03-13 | due=norvania
> Norvania withdrew its troops from Brenn on Monday.
planned: none
> The three days are up on Friday, the Usk Valley Front said.
planned: what=? | kind=deadline | window=03-12
> Norvania was told to hold its fire from Friday.
planned: what=hold its fire | kind=act | window=03-12 | due=norvania
> Elections in Norvania are scheduled for March 21.
planned: what=? | kind=act | window=03-21 | due=norvania
> Norvania and the Usk Valley Front signed a truce at a second round of talks in Geneva on Tuesday.
talks: name=second round | place=Geneva | date=03-09 | status=held | parties=norvania,usk-valley-front
ceasefires: parties=norvania,usk-valley-front | status=agreed | declared=03-09
> Norvania and the Usk Valley Front agreed on a prisoner exchange after talks in Oslo on Monday.
talks: name=talks | place=Oslo | date=03-08 | status=ended | parties=norvania,usk-valley-front
agreements: name=prisoner exchange | kind=partial | status=reached | parties=norvania,usk-valley-front
> Norvania and the Usk Valley Front held talks in Geneva on Monday. The Usk Valley Front boycotted the talks.
talks: sentences=1,2 | name=talks | place=Geneva | date=03-08 | format=direct | status=held | parties=norvania | declined=usk-valley-front
> Talks between Norvania and the Usk Valley Front opened in Geneva on Monday. A second round will be held in the same city on Friday.
talks: name=Talks | place=Geneva | date=03-08 | format=? | status=held | parties=norvania,usk-valley-front
talks: sentences=2 | name=second round | place=Geneva | date=03-12 | status=planned | parties=norvania,usk-valley-front | format=?
planned: sentences=2 | what=second round | kind=meeting | place=Geneva | window=03-12 | due=norvania,usk-valley-front
> Talks between Norvania and the Usk Valley Front were held in Oslo on Monday. Norway chaired the talks.
talks: sentences=1,2 | name=Talks | place=Oslo | date=03-08 | format=? | status=held | mediators=norway | parties=norvania,usk-valley-front
> Norway hosted talks between Norvania and the Usk Valley Front on Monday.
talks: name=talks | date=03-08 | status=held | host=norway | parties=norvania,usk-valley-front
> Talks between Norvania and the Usk Valley Front in Geneva ended inconclusively on Tuesday.
talks: name=Talks | place=Geneva | date=03-09 | status=ended | parties=norvania,usk-valley-front | outcome=inconclusively
> Talks between Norvania and the Usk Valley Front in Geneva broke down on Tuesday in deadlock.
talks: name=Talks | place=Geneva | date=03-09 | status=ended | parties=norvania,usk-valley-front | outcome=?
> Norvania and the Usk Valley Front met face to face in Oslo on Monday for talks.
talks: name=talks | place=Oslo | date=03-08 | format=direct | status=held | parties=norvania,usk-valley-front
> The United Nations, Norvania and the Usk Valley Front held talks in Geneva on Monday.
talks: name=talks | place=Geneva | date=03-08 | format=multilateral | status=held | mediators=united-nations | parties=norvania,usk-valley-front
> Norvania cancelled talks with the Usk Valley Front that were to open in Cairo on Friday.
talks: name=talks | place=Cairo | date=03-12 | status=cancelled | parties=norvania,usk-valley-front
> Norvania and the Usk Valley Front will resume talks in Geneva on March 15.
talks: name=talks | place=Geneva | date=03-15 | status=planned | parties=norvania,usk-valley-front
planned: what=talks | kind=meeting | place=Geneva | window=03-15 | due=norvania,usk-valley-front
> Norvania and the Usk Valley Front are to begin talks in Geneva next week.
talks: name=talks | place=Geneva | date=03-15..03-21 | status=planned | parties=norvania,usk-valley-front
planned: what=talks | kind=meeting | place=Geneva | window=03-15..03-21 | due=norvania,usk-valley-front
> Norvania said it was ready to resume talks with the Usk Valley Front in Geneva.
positions: speakers=norvania | party=norvania | stance=offer | of=usk-valley-front | content=to resume talks with the Usk Valley Front in Geneva | status=held
talks: speakers=norvania | name=talks | place=Geneva | status=proposed | parties=norvania,usk-valley-front
> Norway urged the two sides, Norvania and the Usk Valley Front, to sit down for talks in Oslo.
positions: party=norway | stance=demand | of=norvania,usk-valley-front | content=to sit down for talks in Oslo | status=held
talks: name=talks | place=Oslo | status=proposed | parties=norvania,usk-valley-front
> Talks between Norvania and the Usk Valley Front are under way in Doha.
talks: name=Talks | place=Doha | format=? | status=held | parties=norvania,usk-valley-front
> Talks between Norvania and the Usk Valley Front scheduled for Friday in Doha will not take place.
talks: name=Talks | place=Doha | date=03-12 | status=cancelled | parties=norvania,usk-valley-front
> Talks between Norvania and the Usk Valley Front did not take place in Doha on Monday.
talks: name=Talks | place=Doha | status=cancelled | parties=norvania,usk-valley-front
> The third round of talks between Norvania and the Usk Valley Front stalled in Doha on Monday.
talks: name=third round | place=Doha | date=03-08 | status=ended | parties=norvania,usk-valley-front
> Norvania walked out of talks with the Usk Valley Front in Doha.
talks: name=talks | place=Doha | status=cancelled | parties=norvania,usk-valley-front
> The Geneva talks between Norvania and the Usk Valley Front ended on Monday.
talks: name=talks | place=Geneva | date=03-08 | status=ended | parties=norvania,usk-valley-front
> Norvania and the Usk Valley Front emerged from three days of talks in Cairo on Tuesday.
talks: name=talks | place=Cairo | date=03-09 | status=ended | parties=norvania,usk-valley-front
> Norvania opposed talks with the Usk Valley Front in Cairo.
positions: party=norvania | stance=refusal | of=usk-valley-front | content=talks with the Usk Valley Front in Cairo | status=held
talks: none
> Norway held coalition talks in Oslo on Monday.
talks: none
> The Usk Valley Front and Norvania, due in Oslo on Friday for peace talks, sent their delegates.
talks: name=talks | place=Oslo | date=03-12 | status=planned | parties=norvania,usk-valley-front
> The negotiators arrived in the port of Larnaca on Monday. Talks between Norvania and the Usk Valley Front will begin on Friday.
talks: sentences=2 | name=Talks | place=Larnaca | date=03-12 | status=planned | parties=norvania,usk-valley-front
planned: sentences=2 | what=Talks | kind=meeting | place=Larnaca | window=03-12 | due=norvania,usk-valley-front
> Norvania wanted the two sides to meet in Oslo, and the Usk Valley Front agreed.
talks: name=talks | place=Oslo | status=proposed | parties=norvania,usk-valley-front
> The peace conference between Norvania and the Usk Valley Front opened in Paris on Monday and will close on Friday.
talks: name=peace conference | place=Paris | date=03-08 | status=held | parties=norvania,usk-valley-front
> Those talks with the Usk Valley Front collapsed. Norvania had met the Usk Valley Front in Cairo on Monday for talks.
talks: sentences=1,2 | name=talks | place=Cairo | date=03-08 | format=direct | status=ended | parties=norvania,usk-valley-front
> That meeting was cancelled. Norvania and the Usk Valley Front were to hold talks in Cairo on Friday.
talks: sentences=1,2 | name=meeting | place=Cairo | date=03-12 | status=cancelled | parties=norvania,usk-valley-front
> Norvania and the Usk Valley Front were to hold talks in Cairo on Friday. That meeting was called off.
talks: sentences=1,2 | name=meeting | place=Cairo | date=03-12 | status=cancelled | parties=norvania,usk-valley-front
> The Usk Valley Front declined to attend the talks with Norvania in Oslo on Friday.
talks: name=talks | place=Oslo | date=03-12 | status=planned | parties=norvania | declined=usk-valley-front
planned: what=talks | kind=meeting | place=Oslo | window=03-12 | due=norvania | declined=usk-valley-front
> Norvania and the Usk Valley Front met twice in February. The two sides will meet again in Oslo on Friday.
talks: name=talks | date=02-01..02-28 | format=direct | status=held | parties=norvania,usk-valley-front
talks: sentences=2 | name=talks | place=Oslo | date=03-12 | status=planned | parties=norvania,usk-valley-front
planned: sentences=2 | what=talks | kind=meeting | place=Oslo | window=03-12 | due=norvania,usk-valley-front
> The two sides met in Oslo on Monday. Norvania fought the Usk Valley Front for two years.
talks: name=talks | place=Oslo | date=03-08 | format=direct | status=held | parties=norvania,usk-valley-front
> Norvania and the Usk Valley Front held two rounds of talks in Oslo in February.
talks: name=talks | place=Oslo | date=02-01..02-28 | format=direct | status=held | parties=norvania,usk-valley-front
> The talks between Norvania and the Usk Valley Front were brought forward to Thursday, March 11.
talks: name=talks | date=03-11 | format=? | status=planned | parties=norvania,usk-valley-front
> Norvania and the Usk Valley Front will hold talks in Geneva on Friday.
talks: name=talks | place=Geneva | date=03-12 | status=planned | parties=norvania,usk-valley-front
planned: what=talks | kind=meeting | place=Geneva | window=03-12 | due=norvania,usk-valley-front
> The Usk Valley Front will hand over its weapons by March 20.
planned: what=The Usk Valley Front will hand over its weapons | kind=act | window=03-20 | due=usk-valley-front
> Norvania demanded that the Usk Valley Front hand over its weapons by March 20.
positions: party=norvania | stance=demand | of=usk-valley-front | content=that the Usk Valley Front hand over its weapons by March 20 | status=held
planned: what=that the Usk Valley Front hand over its weapons by March 20 | kind=deadline | window=03-20 | due=usk-valley-front
> The monitors are expected to arrive in Brenn on Thursday.
planned: what=The monitors are expected to arrive in Brenn | kind=act | place=Brenn | window=03-11 | due=monitors
> The two-week truce between Norvania and the Usk Valley Front runs out on Saturday.
planned: what=truce between Norvania and the Usk Valley Front runs out | kind=deadline | window=03-13 | due=norvania,usk-valley-front
> The delegates of the Usk Valley Front are due in Geneva on Friday.
planned: what=The delegates of the Usk Valley Front are due in Geneva | kind=act | place=Geneva | window=03-12 | due=usk-valley-front
> Norvania plans to reopen the border on Friday, officials said.
planned: speakers=officials | what=to reopen the border on Friday | kind=act | window=03-12 | due=norvania
> Norvania will not reopen the border on Friday.
planned: none
> The commander ordered the Usk Valley Front to leave Brenn by Friday.
positions: party=commander | stance=demand | of=usk-valley-front | content=to leave Brenn by Friday | status=held
planned: what=to leave Brenn by Friday | kind=deadline | window=03-12 | due=usk-valley-front
> Norvania had ordered the Usk Valley Front to leave Brenn by Friday.
planned: none
> Norvania will reopen the border once the truce holds.
planned: none
> The Usk Valley Front asked Norvania to open the road to Brenn before Friday.
positions: party=usk-valley-front | stance=demand | of=norvania | content=to open the road to Brenn before Friday | status=held
> The agreement between Norvania and the Usk Valley Front is to be signed in Geneva on Friday.
agreements: name=agreement | kind=partial | status=planned | parties=norvania,usk-valley-front | place=Geneva | date=03-12
signatures: party=norvania | document=agreement | status=will_sign | place=Geneva | date=03-12
signatures: party=usk-valley-front | document=agreement | status=will_sign | place=Geneva | date=03-12
planned: what=signing of the agreement | kind=signing | place=Geneva | window=03-12 | due=norvania,usk-valley-front
> The United Nations will vote on a resolution on Norvania on Thursday.
planned: what=The United Nations will vote on a resolution on Norvania | kind=act | window=03-11 | due=united-nations
> A court in Norvania will hear the case in 2025.
planned: none
> Norvania expects an answer from the Usk Valley Front by Friday.
planned: none
> Norway has been invited to send observers to Brenn on Friday.
planned: what=Norway has been invited to send observers to Brenn | kind=act | place=Brenn | window=03-12 | due=norway
> The talks between Norvania and the Usk Valley Front are scheduled for Friday.
talks: name=talks | date=03-12 | status=planned | parties=norvania,usk-valley-front
planned: what=talks | kind=meeting | window=03-12 | due=norvania,usk-valley-front
> Talks between Norvania and the Usk Valley Front were held in Oslo on Monday. Two days later the Usk Valley Front, which fought Norvania in Brenn, left.
talks: name=Talks | place=Oslo | date=03-08 | format=? | status=held | parties=norvania,usk-valley-front
> Norvania and the Usk Valley Front will hold talks in Geneva on Friday. The United Nations will chair the talks.
talks: sentences=1,2 | name=talks | place=Geneva | date=03-12 | format=multilateral | status=planned | mediators=united-nations | parties=norvania,usk-valley-front
> Norway offered to mediate in talks between Norvania and the Usk Valley Front in Oslo.
talks: name=talks | place=Oslo | status=proposed | mediators=norway | parties=norvania,usk-valley-front
> Norvania called on the Usk Valley Front to come to Geneva on Friday for talks.
talks: name=talks | place=Geneva | date=03-12 | status=proposed | parties=norvania,usk-valley-front
> Norvania left the talks with the Usk Valley Front in Geneva on Monday.
talks: name=talks | place=Geneva | date=03-08 | status=ended | parties=norvania,usk-valley-front
> Norvania withdrew from the talks with the Usk Valley Front in Geneva.
talks: name=talks | place=Geneva | status=cancelled | parties=norvania,usk-valley-front
> Norvania postponed its talks with the Usk Valley Front from Thursday to Friday.
talks: name=talks | status=cancelled | parties=norvania,usk-valley-front
> The truce was signed by Norvania and the Usk Valley Front at the close of the talks in Geneva on Monday.
talks: name=talks | place=Geneva | status=ended | parties=norvania,usk-valley-front
> Norvania and the Usk Valley Front met in Geneva for the final session of the talks on Monday.
talks: name=talks | place=Geneva | date=03-08 | format=direct | status=ended | parties=norvania,usk-valley-front
> The Usk Valley Front cancelled the emergency summit with Norvania in Oslo.
talks: name=emergency summit | place=Oslo | status=cancelled | parties=norvania,usk-valley-front
> After a long delay, a third round of talks between Norvania and the Usk Valley Front opened in Geneva on Monday.
talks: name=third round | place=Geneva | date=03-08 | format=? | status=held | parties=norvania,usk-valley-front
> Talks with the Usk Valley Front will open in Geneva on Friday, Norvania said.
talks: name=Talks | place=Geneva | date=03-12 | status=planned | parties=norvania,usk-valley-front
> A first round of talks between Norvania and the Usk Valley Front ended in Geneva on Monday. A second round ended in Geneva on Tuesday.
talks: name=first round | place=Geneva | date=03-08 | status=ended | parties=norvania,usk-valley-front
talks: sentences=2 | name=second round | place=Geneva | date=03-09 | status=ended | parties=norvania,usk-valley-front
> Talks between Norvania and the Usk Valley Front ended in Geneva on Monday. Talks between Norway and Cuba opened in Oslo on Tuesday.
talks: name=Talks | place=Geneva | date=03-08 | status=ended | parties=norvania,usk-valley-front | format=?
talks: sentences=2 | name=Talks | place=Oslo | date=03-09 | format=? | status=held | parties=cuba,norway
> The Usk Valley Front gave Norvania a week to leave Brenn.
planned: what=deadline to leave Brenn | kind=deadline | window=03-10..03-17 | due=norvania
> The Usk Valley Front gave Norvania 48 hours to leave Brenn.
planned: what=deadline to leave Brenn | kind=deadline | window=03-10..03-12 | due=norvania
> Norvania asked the Usk Valley Front to leave Brenn by Friday. It said it would reopen the road on Saturday.
planned: what=to leave Brenn by Friday | kind=deadline | window=03-12 | due=usk-valley-front
planned: speakers=norvania | sentences=2 | what=the road | kind=act | window=03-13 | due=norvania
> Norvania threatened to close the border on Friday.
planned: none
> Norvania will hold a vote on March 14 on the accord with the Usk Valley Front.
planned: what=Norvania will hold a vote on the accord with the Usk Valley Front | kind=act | window=03-14 | due=norvania
> Norvania agreed to free the prisoners by Friday.
planned: what=to free the prisoners by Friday | kind=deadline | window=03-12 | due=norvania
> Talks between Norvania and the Usk Valley Front in Doha are now off.
talks: name=Talks | place=Doha | format=? | status=cancelled | parties=norvania,usk-valley-front
> Norvania and the Usk Valley Front signed a truce in Cairo on Monday. The talks ended after a week.
talks: sentences=2 | name=talks | place=Cairo | status=ended | parties=norvania,usk-valley-front
> Norvania and the Usk Valley Front held talks in Doha on Monday. Those talks ended without a deal.
talks: sentences=1,2 | name=talks | place=Doha | date=03-08 | format=direct | status=ended | parties=norvania,usk-valley-front
> Norvania and the Usk Valley Front held talks in Brenn on Monday.
talks: name=talks | place=Brenn | date=03-08 | format=direct | status=held | parties=norvania,usk-valley-front
> Norvania and the Usk Valley Front agreed on a prisoner exchange at talks in Oslo on Monday.
talks: name=talks | place=Oslo | date=03-08 | status=held | parties=norvania,usk-valley-front
> Norvania and the Usk Valley Front signed an accord after six days of talks in Oslo.
talks: name=talks | place=Oslo | status=ended | parties=norvania,usk-valley-front
> Talks between Norvania and the Usk Valley Front opened in the town of Velm on Monday.
talks: name=Talks | place=Velm | date=03-08 | format=? | status=held | parties=norvania,usk-valley-front
> Talks between Norvania and the Usk Valley Front are planned for March 15 in the resort of Velm.
talks: name=Talks | place=Velm | date=03-15 | status=planned | parties=norvania,usk-valley-front
> Talks between Norvania and the Usk Valley Front were to resume in Velm on Friday.
talks: name=Talks | place=Velm | date=03-12 | format=? | status=planned | parties=norvania,usk-valley-front
> Norvania called off the talks with the Usk Valley Front in Velm. The talks were to open on Friday.
talks: sentences=1,2 | name=talks | place=Velm | date=03-12 | status=cancelled | parties=norvania,usk-valley-front
> Talks between Norvania and the Usk Valley Front in Oslo ended on Monday. Norvania will return to talks with the Usk Valley Front in Oslo on Friday.
talks: name=Talks | place=Oslo | date=03-08 | status=ended | parties=norvania,usk-valley-front
talks: sentences=2 | name=talks | place=Oslo | date=03-12 | status=planned | parties=norvania,usk-valley-front
> The fourth round of talks between Norvania and the Usk Valley Front is due in Geneva on Friday. The third round ended in Cairo on Monday.
talks: name=fourth round | place=Geneva | date=03-12 | status=planned | parties=norvania,usk-valley-front
talks: sentences=2 | name=third round | place=Cairo | date=03-08 | status=ended | parties=norvania,usk-valley-front
""")  # noqa: E501


@pytest.mark.parametrize("text", ROWS)
def test_a_report_and_its_record(reader: Reader, text: str) -> None:
    assert misfit(reader, text, ROWS[text]) == {}
