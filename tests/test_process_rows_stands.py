"""Positions, threats, backing and contradictions in short reports of our own, a report a row (how: process_rows.py)."""

from __future__ import annotations

import pytest
from process_rows import misfit, table

from dragoman.reading.reader import Reader

ROWS = table("""
> Norway backs the Usk Valley Front.
alignments: backer=norway | backed=usk-valley-front | kind=political | status=stated
> Norway supplied the Usk Valley Front with drones.
alignments: backer=norway | backed=usk-valley-front | kind=arms | means=drones | status=stated
> Norway trains fighters of the Usk Valley Front.
alignments: backer=norway | backed=usk-valley-front | kind=training | status=stated
> The Norway-backed Usk Valley Front attacked Norvania.
alignments: backer=norway | backed=usk-valley-front | kind=political | status=stated
> The Usk Valley Front, armed by Norway, attacked Norvania.
alignments: backer=norway | backed=usk-valley-front | kind=arms | status=stated
> The Usk Valley Front, an ally of Norway, attacked Norvania.
alignments: backer=norway | backed=usk-valley-front | kind=political | status=stated
> Norvania accused Norway of arming the Usk Valley Front.
alignments: none
> Norway denied arming the Usk Valley Front.
alignments: none
> Norway will send weapons to Norvania.
alignments: backer=norway | backed=norvania | kind=arms | means=weapons | status=planned
> Norway sent rice to Norvania.
alignments: none
> Norway and Cuba back Norvania.
alignments: backer=norway | backed=norvania | kind=political | status=stated
alignments: backer=cuba | backed=norvania | kind=political | status=stated
> Norway has backed Norvania since 2019.
alignments: backer=norway | backed=norvania | kind=political | status=stated | since=2019-01-01..2019-12-31
> Norway praised Norvania.
alignments: none
> Norway gave military support to Norvania.
alignments: backer=norway | backed=norvania | kind=military | means=military support | status=stated
> Norway supports the Usk Valley Front with weapons and money.
alignments: backer=norway | backed=usk-valley-front | kind=arms | means=weapons and money | status=stated
> Norway supports the Usk Valley Front with weapons and instructors.
alignments: backer=norway | backed=usk-valley-front | kind=military | means=weapons and instructors | status=stated
> Norvania demanded that the Usk Valley Front release all prisoners.
positions: party=norvania | stance=demand | of=usk-valley-front | content=that the Usk Valley Front release all prisoners | status=held
> Norvania demands the withdrawal of the Usk Valley Front from Brenn.
positions: party=norvania | stance=demand | of=? | content=the withdrawal of the Usk Valley Front from Brenn | status=held
> Norvania refused to withdraw its troops from Brenn.
positions: party=norvania | stance=refusal | content=withdraw its troops from Brenn | status=held
> Norvania rejected the proposal of the Usk Valley Front.
positions: party=norvania | stance=refusal | of=usk-valley-front | content=the proposal of the Usk Valley Front | status=held
> Norvania offered to withdraw its troops from Brenn.
positions: party=norvania | stance=offer | of=? | content=to withdraw its troops from Brenn | status=held
> Norvania offered to withdraw its troops from Brenn if the Usk Valley Front released all prisoners.
positions: party=norvania | stance=offer | of=? | content=to withdraw its troops from Brenn if the Usk Valley Front released all prisoners | condition=if the Usk Valley Front released all prisoners | status=conditional
> Norvania accepted the proposal of the Usk Valley Front.
positions: party=norvania | stance=acceptance | of=usk-valley-front | content=the proposal of the Usk Valley Front | status=held
> Norvania agreed to withdraw its troops from Brenn.
positions: party=norvania | stance=acceptance | of=? | content=to withdraw its troops from Brenn | status=held
> Norvania dropped its demand that the Usk Valley Front disarm.
positions: party=norvania | stance=demand | content=? | status=dropped
> Norvania will never accept the partition of Brenn.
positions: party=norvania | stance=refusal | of=? | content=the partition of Brenn | status=held
> Norvania ordered its soldiers to retake Brenn.
positions: none
> Residents demanded the release of the prisoners.
positions: none
> Norvania called on the Usk Valley Front to release the prisoners.
positions: party=norvania | stance=demand | of=usk-valley-front | content=to release the prisoners | status=held
> The Usk Valley Front demanded that Norvania withdraw. Norvania refused to do so.
positions: party=usk-valley-front | stance=demand | of=norvania | content=that Norvania withdraw | status=held
positions: sentences=2 | party=norvania | stance=refusal | of=usk-valley-front | content=that Norvania withdraw | status=held
> The Usk Valley Front rejected a demand by Norvania that it hand over its weapons.
positions: party=usk-valley-front | stance=refusal | of=norvania | content=? | status=held
> Norvania rejected the accusations of the Usk Valley Front.
positions: none
> Norvania vowed to withdraw its troops from Brenn.
positions: none
> We will never give up Brenn, Norvania said.
positions: speakers=norvania | party=norvania | stance=refusal | of=? | content=give up Brenn | status=held
> Norvania would not accept the partition of Brenn, its leader Oran Test said.
positions: speakers=oran-test | party=norvania | stance=refusal | of=? | content=the partition of Brenn | status=held
> Norvania did not refuse to withdraw.
positions: none
> Norvania insists on the withdrawal of all foreign troops.
positions: party=norvania | stance=demand | of=? | content=the withdrawal of all foreign troops | status=held
> Norvania set the release of all prisoners as a condition for talks.
positions: party=norvania | stance=demand | content=the release of all prisoners | status=held
> Norvania said it was ready to withdraw its troops from Brenn.
positions: speakers=norvania | party=norvania | stance=offer | of=? | content=to withdraw its troops from Brenn | status=held
> Norvania and the Usk Valley Front pledged to withdraw their troops.
positions: party=usk-valley-front | stance=acceptance | content=to withdraw their troops | status=held
positions: party=norvania | stance=acceptance | content=to withdraw their troops | status=held
> Norvania proposed that the Usk Valley Front hand over its weapons.
positions: party=norvania | stance=offer | of=usk-valley-front | content=that the Usk Valley Front hand over its weapons | status=held
> Norvania threatened to attack the Usk Valley Front if it did not withdraw from Brenn.
threats: party=norvania | against=usk-valley-front | condition=if it did not withdraw from Brenn | consequence=?
> If the Usk Valley Front does not withdraw by Friday, Norvania will attack Brenn.
threats: party=norvania | against=? | condition=If the Usk Valley Front does not withdraw by Friday | consequence=Norvania will attack Brenn. | deadline=03-12
> Unless the Usk Valley Front withdraws, Norvania will bomb Brenn.
threats: party=norvania | against=usk-valley-front | condition=Unless the Usk Valley Front withdraws | consequence=will bomb Brenn
> Norvania warned that it would respond to any attack by the Usk Valley Front.
threats: speakers=norvania | party=norvania | against=usk-valley-front | condition=any attack by the Usk Valley Front | consequence=?
> Any attack on Brenn will be met with force, Norvania warned.
threats: speakers=norvania | party=norvania | against=? | condition=Any attack on Brenn | consequence=will be met with force
> Whoever breaks the truce will be punished, the general of Norvania, Oran Test, said.
threats: party=oran-test | condition=Whoever breaks the truce | consequence=?
> Should Norvania attack Brenn, the Usk Valley Front will strike its ports.
threats: party=usk-valley-front | against=norvania | condition=Should Norvania attack Brenn | consequence=will strike its ports
> The Usk Valley Front must leave Brenn, failing which Norvania will bomb it.
threats: party=norvania | against=usk-valley-front | condition=leave Brenn | consequence=will bomb it
> Norvania warned the Usk Valley Front that it would pay a price if it broke the truce.
threats: party=norvania | against=usk-valley-front | condition=if it broke the truce | consequence=?
> Norvania will free the prisoners if the Usk Valley Front withdraws.
threats: none
> Norvania threatened to withdraw from the truce unless the Usk Valley Front freed its prisoners.
threats: party=norvania | against=usk-valley-front | condition=unless the Usk Valley Front freed its prisoners | consequence=?
> Would Norvania attack if the Usk Valley Front withdrew?
threats: none
> Norvania will not hesitate to strike if the Usk Valley Front breaks the truce.
threats: party=norvania | against=usk-valley-front | condition=if the Usk Valley Front breaks the truce | consequence=will not hesitate to strike
> The Usk Valley Front signed the agreement with Norvania, its leader said. Norvania said that the Usk Valley Front had not signed the agreement.
contradictions: kind=status | about=usk-valley-front: agreement | versions=not_signed,signed | speakers=usk-valley-front-leader / norvania
> Norvania attacked Brenn on Monday, the Usk Valley Front said. Norvania denied attacking Brenn on Monday.
contradictions: kind=denial | about=norvania: assault | versions=denied,stated | speakers=usk-valley-front / norvania
> A bomb killed twelve people in Brenn on Monday, police said. A bomb killed 12 people in Brenn on Monday, the Usk Valley Front said.
contradictions: none
> A bomb killed 12 people in Brenn on Monday. A bomb killed 20 people in Dorn on Monday.
contradictions: none
> Norvania signed the accord on Monday, police said. Norvania signed the accord on Tuesday, the Usk Valley Front said.
contradictions: kind=date | about=norvania: signed, accord | versions=2021-03-08 (on Monday),2021-03-09 (on Tuesday) | speakers=police / usk-valley-front
> Norvania withdrew its troops from Brenn. Norvania did not withdraw its troops from Brenn, the Usk Valley Front said.
contradictions: kind=denial | about=norvania: its troops | versions=denied,stated | speakers=- / usk-valley-front
> Norvania supplied Norway with weapons, police said. Norvania denied supplying Norway with weapons.
contradictions: kind=denial | about=norvania: weapons | versions=denied,stated | speakers=police / norvania
> Norvania attacked Brenn. Norway denied attacking Brenn.
contradictions: none
> Norvania and the Usk Valley Front met in Oslo on Monday, Norway said. Norvania and the Usk Valley Front met in Oslo on Tuesday, Cuba said.
contradictions: kind=date | about=talks in Oslo | versions=2021-03-08 (on Monday),2021-03-09 (on Tuesday) | speakers=norway / cuba
> Norway, an ally of Norvania, closed the border.
alignments: backer=norway | backed=norvania | kind=political | status=stated
> Norway, which backs the Usk Valley Front, denied the accusation.
alignments: none
> The Usk Valley Front gets weapons from Norway.
alignments: backer=norway | backed=usk-valley-front | kind=arms | means=weapons | status=stated
> Drones supplied to Norvania by Norway hit Brenn.
alignments: backer=norway | backed=norvania | kind=arms | means=Drones | status=stated
> Norway provided Norvania with instructors.
alignments: backer=norway | backed=norvania | kind=training | means=instructors | status=stated
> Norway stands with Norvania.
alignments: backer=norway | backed=norvania | kind=political | status=stated
> Norway is the main backer of the Usk Valley Front.
alignments: backer=norway | backed=usk-valley-front | kind=political | status=stated
> Norway has a defence pact with Norvania.
alignments: backer=norway | backed=norvania | kind=military | status=stated
> Norway finances the Usk Valley Front.
alignments: backer=norway | backed=usk-valley-front | kind=funds | status=stated
> Norway has stopped backing the Usk Valley Front.
alignments: none
> Norway might arm the Usk Valley Front.
alignments: none
> Norway and Cuba arm and train the Usk Valley Front.
alignments: backer=cuba | backed=usk-valley-front | kind=military | status=stated
alignments: backer=norway | backed=usk-valley-front | kind=military | status=stated
> Cuba, whose officers train the army of Norvania, closed its embassy.
alignments: backer=cuba | backed=norvania | kind=training | status=stated
> Norway sent artillery to the Usk Valley Front.
alignments: backer=norway | backed=usk-valley-front | kind=arms | means=artillery | status=stated
> Norway sent blankets to the refugees in Norvania.
alignments: none
> The Usk Valley Front, which Norway arms, shelled Brenn.
alignments: backer=norway | backed=usk-valley-front | kind=arms | status=stated
> Norway supported Norvania in the war of 1999.
alignments: backer=norway | backed=norvania | kind=political | status=historical
> The Usk Valley Front demanded the release of its prisoners and the lifting of the blockade.
positions: party=usk-valley-front | stance=demand | content=the release of its prisoners and the lifting of the blockade | status=held
> Norvania no longer insists that the Usk Valley Front disarm before talks.
positions: party=norvania | stance=demand | content=the Usk Valley Front disarm before talks | status=dropped
> Norvania urged the Usk Valley Front to lift the blockade of Brenn.
positions: party=norvania | stance=demand | of=usk-valley-front | content=to lift the blockade of Brenn | status=held
> Norvania said there would be no talks with the Usk Valley Front before Friday.
positions: party=norvania | stance=refusal | content=talks with the Usk Valley Front before Friday | status=held
> Norvania is willing to release all prisoners.
positions: party=norvania | stance=offer | content=to release all prisoners | status=held
> Norvania has accepted the truce plan of the United Nations.
positions: party=norvania | stance=acceptance | content=the truce plan of the United Nations | status=held
> The plan was accepted by the Usk Valley Front.
positions: party=usk-valley-front | stance=acceptance | content=The plan | status=held
> The Usk Valley Front ruled out a withdrawal from Brenn.
positions: party=usk-valley-front | stance=refusal | content=a withdrawal from Brenn | status=held
> Norvania consented to the release of all prisoners.
positions: none
> Norvania said the Usk Valley Front must leave Brenn.
positions: party=norvania | stance=demand | of=usk-valley-front | content=leave Brenn | status=held
> Norvania gave up its demand for the withdrawal of the Usk Valley Front.
positions: party=norvania | stance=demand | content=its demand for the withdrawal of the Usk Valley Front | status=dropped
> Norvania may reject the plan of the United Nations.
positions: none
> Norvania will not sign the accord, its president Oran Test said.
positions: speakers=oran-test | party=norvania | stance=refusal | content=the accord | status=held
agreements: speakers=oran-test | name=accord | kind=comprehensive | status=not_signed | parties=norvania
signatures: speakers=oran-test | party=norvania | document=accord | status=refused
> Norvania turned down the plan of the United Nations for Brenn.
positions: party=norvania | stance=refusal | of=united-nations | content=the plan of the United Nations for Brenn | status=held
> Norvania appealed to the United Nations to send monitors to Brenn.
positions: party=norvania | stance=demand | of=united-nations | content=to send monitors to Brenn | status=held
> The Brenn Times demanded the release of its editor.
positions: none
> Norvania told the Usk Valley Front to leave Brenn.
positions: party=norvania | stance=demand | of=usk-valley-front | content=to leave Brenn | status=held
> Under the plan, Norvania will release all prisoners.
positions: none
> Norvania committed itself to the peace accord.
positions: party=norvania | stance=acceptance | content=the peace accord | status=held
> Norvania proposed to release all prisoners.
positions: party=norvania | stance=offer | content=to release all prisoners | status=held
> Norvania set one condition for talks: the withdrawal of the Usk Valley Front. The Usk Valley Front rejected the condition.
positions: party=norvania | stance=demand | content=one condition for talks: the withdrawal of the Usk Valley Front | status=held
positions: sentences=2 | party=usk-valley-front | stance=refusal | of=norvania | content=one condition for talks: the withdrawal of the Usk Valley Front | status=held
> Norvania did not accept the plan of the United Nations.
positions: party=norvania | stance=refusal | of=united-nations | content=the plan of the United Nations | status=held
> Norvania gave the Usk Valley Front until Friday to leave Brenn. It threatened to bomb the town if it did not do so.
threats: sentences=2 | party=norvania | against=usk-valley-front | condition=if it did not do so (leave Brenn) | consequence=to bomb the town | deadline=03-12
planned: what=deadline to leave Brenn | kind=deadline | window=03-12 | due=usk-valley-front
> Norvania said it would reconsider the talks unless the Usk Valley Front released the prisoners.
threats: speakers=norvania | party=norvania | against=usk-valley-front | condition=unless the Usk Valley Front released the prisoners | consequence=it would reconsider the talks
> The United Nations threatened to impose sanctions on whichever side breaks the truce between Norvania and the Usk Valley Front.
threats: party=united-nations | against=norvania,usk-valley-front | condition=whichever side breaks the truce between Norvania and the Usk Valley Front | consequence=threatened to impose sanctions on
> Norway would send troops if the Usk Valley Front entered Brenn.
threats: party=norway | against=usk-valley-front | condition=if the Usk Valley Front entered Brenn | consequence=would send troops
> The port will be bombed unless Norvania withdraws by Friday, the Usk Valley Front warned.
threats: party=usk-valley-front | against=norvania | condition=unless Norvania withdraws by Friday | consequence=? | deadline=03-12
> Norvania warned the Usk Valley Front not to enter Brenn.
threats: none
> Norvania will cut the water of Brenn unless the Usk Valley Front leaves by March 15.
threats: party=norvania | against=usk-valley-front | condition=unless the Usk Valley Front leaves by March 15 | consequence=? | deadline=03-15
> Norvania freed 40 prisoners on Monday. Norvania did not free any prisoners on Monday, the Usk Valley Front said.
contradictions: kind=denial | about=norvania: 40 prisoners | versions=denied,stated | speakers=- / usk-valley-front
> The Usk Valley Front killed 12 soldiers in Brenn on Monday, Norvania said. The Usk Valley Front killed nine soldiers in Brenn on Monday, Norway said.
contradictions: kind=casualties | about=The Usk Valley Front killed 12 soldiers in Brenn on Monday, Norvania said. | versions=12 soldiers,nine soldiers | speakers=norvania / norway
> The Usk Valley Front killed 12 soldiers in Vienna on Monday, Norvania said. The Usk Valley Front killed nine soldiers in Vienna on Monday, Norway said.
contradictions: kind=casualties | about=The Usk Valley Front killed 12 soldiers in Vienna on Monday, Norvania said. | versions=12 soldiers,nine soldiers | speakers=norvania / norway
> The Usk Valley Front killed 12 soldiers in Vienna on Monday, Norvania said. The Usk Valley Front killed twelve soldiers in Vienna on Monday, Norway said.
contradictions: none
> The Usk Valley Front killed 12 soldiers in Vienna on Monday, Norvania said. The Usk Valley Front killed nine soldiers in Geneva on Monday, Norway said.
contradictions: none
> The Usk Valley Front killed 12 soldiers in Vienna on Monday, Norvania said. The Usk Valley Front killed nine soldiers in Vienna on Tuesday, Norway said.
contradictions: none
> Norvania met the Usk Valley Front in Oslo. Norvania did not meet the Usk Valley Front in Oslo, its leader said.
contradictions: kind=denial | about=norvania, usk-valley-front: consult | versions=denied,stated | speakers=- / norvania-leader
> Norvania refused to sign the accord on Monday. Norvania signed the accord on Tuesday.
positions: party=norvania | stance=refusal | content=the accord | status=held | date=03-08
agreements: sentences=2 | name=accord | kind=comprehensive | status=partly_signed | parties=norvania | date=03-09
signatures: party=norvania | document=accord | status=refused | date=03-08
signatures: sentences=2 | party=norvania | document=accord | status=signed | date=03-09
contradictions: none
> Norvania moved tanks to Brenn on Monday, the Usk Valley Front said. Norvania denied moving tanks to Brenn on Tuesday.
contradictions: none
> Norway denied backing the Usk Valley Front. It backs Norvania.
alignments: sentences=2 | backer=norway | backed=norvania | kind=political | status=stated
> Norway, Norvania's main backer, closed the border.
alignments: backer=norway | backed=norvania | kind=political | status=stated
> Norway sent tanks to Norvania. Norway denied sending tanks to Norvania.
alignments: backer=norway | backed=norvania | kind=arms | means=tanks | status=stated
> The Norway-trained Usk Valley Front gets money from Cuba.
alignments: backer=cuba | backed=usk-valley-front | kind=funds | means=money | status=stated
alignments: backer=norway | backed=usk-valley-front | kind=training | status=stated
> Norway and Kenya sent weapons to Norvania on Monday.
alignments: backer=kenya | backed=norvania | kind=arms | means=weapons | status=stated
alignments: backer=norway | backed=norvania | kind=arms | means=weapons | status=stated
> Norway's instructors train the fighters of the Usk Valley Front.
alignments: backer=norway | backed=usk-valley-front | kind=training | status=stated
> Norway sided with Norvania in the war.
alignments: backer=norway | backed=norvania | kind=political | status=stated
> Cuba sent doctors to Norvania.
alignments: none
> Norway sheltered the leaders of the Usk Valley Front.
alignments: none
> The Usk Valley Front is supported by Norway and by Cuba.
alignments: backer=norway | backed=usk-valley-front | kind=political | status=stated
alignments: backer=cuba | backed=usk-valley-front | kind=political | status=stated
> The Usk Valley Front demanded the release of all prisoners. Norvania accepted that.
positions: party=usk-valley-front | stance=demand | content=the release of all prisoners | status=held
positions: sentences=2 | party=norvania | stance=acceptance | of=usk-valley-front | content=the release of all prisoners | status=held
> Norvania agreed.
positions: none
> Norvania pledged to free all prisoners if the truce holds.
positions: party=norvania | stance=offer | content=to free all prisoners if the truce holds | condition=if the truce holds | status=conditional
> Norvania pledged to fight on.
positions: none
> Norvania will never talk to the Usk Valley Front. The Usk Valley Front will not leave Brenn.
positions: party=norvania | stance=refusal | of=usk-valley-front | content=? | status=held
positions: sentences=2 | party=usk-valley-front | stance=refusal | of=? | content=? | status=held
> If the truce fails, Norvania will never sign.
positions: party=norvania | stance=refusal | content=? | status=held
> Norvania and the Usk Valley Front rejected the plan of the United Nations.
positions: party=usk-valley-front | stance=refusal | of=united-nations | content=the plan of the United Nations | status=held
positions: party=norvania | stance=refusal | of=united-nations | content=the plan of the United Nations | status=held
> Norvania refused to recognise the government of the Usk Valley Front.
positions: party=norvania | stance=refusal | of=usk-valley-front | content=to recognise the government of the Usk Valley Front | status=held
> Norvania reiterated its demand for the release of all prisoners. On Tuesday it demanded the release of all prisoners again.
positions: sentences=1,2 | party=norvania | stance=demand | content=the release of all prisoners | status=held | date=03-09
> Norvania demanded the release of all prisoners. It dropped the demand on Tuesday.
positions: sentences=1,2 | party=norvania | stance=demand | content=the release of all prisoners | status=dropped | date=03-09
> Norvania would accept the plan if the Usk Valley Front left Brenn.
positions: party=norvania | stance=acceptance | content=the plan | condition=if the Usk Valley Front left Brenn | status=conditional
> Norvania decided to take part in the peace talks.
positions: party=norvania | stance=acceptance | content=the peace talks | status=held
> Norvania is not ready to withdraw its troops.
positions: party=norvania | stance=refusal | content=to withdraw its troops | status=held
> Norvania sent its troops to retake the port.
positions: none
> If the Usk Valley Front attacks, Norvania will respond.
threats: party=norvania | against=usk-valley-front | condition=If the Usk Valley Front attacks | consequence=?
> Norvania threatened on Monday to expel the envoys of Norway unless Norway stops arming the Usk Valley Front.
threats: party=norvania | against=norway | condition=unless Norway stops arming the Usk Valley Front | consequence=? | date=03-08
> Norvania threatened to attack the Usk Valley Front unless it leaves Brenn. It again threatened to attack the Usk Valley Front unless it leaves Brenn.
threats: sentences=1,2 | party=norvania | against=usk-valley-front | condition=unless it leaves Brenn | consequence=?
> The Usk Valley Front warned Norvania that it would close the port if the shelling went on.
threats: party=usk-valley-front | against=norvania | condition=if the shelling went on | consequence=?
> Norvania's planes will be shot down if they cross the river, the Usk Valley Front warned.
threats: party=usk-valley-front | condition=if they cross the river | consequence=Norvania's planes will be shot down if they cross the river | against=?
> The United Nations will impose sanctions on Norvania if it breaks the truce.
threats: party=united-nations | against=norvania | condition=if it breaks the truce | consequence=?
> If Norway sends troops, Norvania, the president said, will declare war.
threats: speakers=president | party=norvania | against=norway | condition=If Norway sends troops | consequence=?
> The Usk Valley Front shelled Vienna on Monday. Norvania said that the Usk Valley Front did not shell Vienna.
contradictions: kind=denial | about=usk-valley-front: Vienna | versions=denied,stated | speakers=- / norvania
> Norvania sent 12 tanks to Norway, police said. Norvania denied sending 12 tanks to Norway.
contradictions: kind=denial | about=norvania: 12 tanks | versions=denied,stated | speakers=police / norvania
> An attack by Norvania killed 12 people in Vienna on Monday. The attack by Norvania killed 15 people in Vienna on Monday, Cuba said.
contradictions: kind=casualties | about=An attack by Norvania killed 12 people in Vienna on Monday. | versions=12 people,15 people | speakers=- / cuba
> The Usk Valley Front signed the accord with Norvania, Norway said. Cuba said the Usk Valley Front refused to sign the accord.
contradictions: kind=status | about=usk-valley-front: accord | versions=refused,signed | speakers=norway / cuba
> Norvania withdrew from Vienna on Monday. Norvania did not withdraw from Vienna on Tuesday.
contradictions: none
> The Negotiating Panel of the Usk Valley Front demanded that Norvania withdraw.
positions: party=usk-valley-front | stance=demand | of=norvania | content=that Norvania withdraw | status=held
> The Usk Valley Front (UVF) attacked Norvania. The UVF demanded that Norvania withdraw its troops.
positions: sentences=2 | party=usk-valley-front | stance=demand | of=norvania | content=that Norvania withdraw its troops | status=held
> The government of Norvania demanded that the Usk Valley Front disarm.
positions: party=norvania | stance=demand | of=usk-valley-front | content=that the Usk Valley Front disarm | status=held
> Oran Test, the leader of the Usk Valley Front, demanded that Norvania withdraw.
positions: party=oran-test | stance=demand | of=norvania | content=that Norvania withdraw | status=held
> The rebels demanded that Norvania withdraw. The Usk Valley Front fights Norvania.
positions: party=usk-valley-front | stance=demand | of=norvania | content=that Norvania withdraw | status=held
> The parliament of Norvania demanded that the Usk Valley Front disarm.
positions: party=norvania-parliament | stance=demand | of=usk-valley-front | content=that the Usk Valley Front disarm | status=held
> "We demand that Norvania withdraw," said Mira Dole, leader of the Usk Valley Front.
positions: speakers=mira-dole | party=usk-valley-front | stance=demand | of=norvania | content=that Norvania withdraw | status=held
> The spokesman of the Usk Valley Front, Pell Orne, rejected a withdrawal from Brenn.
positions: speakers=pell-orne | party=usk-valley-front | stance=refusal | of=? | content=a withdrawal from Brenn | status=held
> Norvania warned the Usk Valley Front that its troops would attack Brenn if the shelling went on.
threats: party=norvania | against=usk-valley-front | condition=if the shelling went on | consequence=?
> The president of Norvania told the Usk Valley Front that Norvania would attack unless it left Brenn.
threats: party=norvania | against=usk-valley-front | condition=unless it left Brenn | consequence=?
> Officers of Norway train the army of Norvania.
alignments: backer=norway | backed=norvania | kind=training | status=stated
> Norway backs the government of Norvania.
alignments: backer=norway | backed=norvania | kind=political | status=stated
> Norway armed the UVF. The Usk Valley Front (UVF) fights Norvania.
alignments: backer=norway | backed=usk-valley-front | kind=arms | status=stated
""")  # noqa: E501


@pytest.mark.parametrize("text", ROWS)
def test_a_report_and_its_record(reader: Reader, text: str) -> None:
    assert misfit(reader, text, ROWS[text]) == {}
