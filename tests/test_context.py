"""What governs a clause changes what it means: the shipped cues on trees made by hand, always asked of 'attack'."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from trees import scene

import dragoman.rulebook
from dragoman.model import Status
from dragoman.reading.context import Context, Contexts
from dragoman.rulebook.loader import build_rulebook

LIKELY = ("occurred", "historical", "future", "hypothetical")

# what is shown | negated, hedged | status | tree
CASES = r"""
plain |  | occurred | Rohan|NNP|nsubj|1 attacked|VBD|ROOT|1|attack Gondor|NNP|dobj|1
not | negated | occurred | Rohan|NNP|nsubj|3 did|VBD|aux|3|do not|RB|neg|3 attack|VB|ROOT|3 Gondor|NNP|dobj|3
denied | negated | occurred | Rohan|NNP|nsubj|1 denied|VBD|ROOT|1|deny attacking|VBG|xcomp|1|attack Gondor|NNP|dobj|2
denied that | negated | occurred | Varn|NNP|nsubj|1 denied|VBD|ROOT|1|deny that|IN|mark|4 Rohan|NNP|nsubj|4 \
attacked|VBD|ccomp|1|attack
failed | negated | occurred | Rohan|NNP|nsubj|1 failed|VBD|ROOT|1|fail to|TO|aux|3 attack|VB|xcomp|1 Gondor|NNP|dobj|3
did not fail |  | occurred | Rohan|NNP|nsubj|3 did|VBD|aux|3|do not|RB|neg|3 fail|VB|ROOT|3 to|TO|aux|5 attack|VB|xcomp|3
without | negated | occurred | Rohan|NNP|nsubj|1 left|VBD|ROOT|1|leave without|IN|prep|1 attacking|VBG|pcomp|2|attack
plans |  | future | Rohan|NNP|nsubj|1 plans|VBZ|ROOT|1|plan to|TO|aux|3 attack|VB|xcomp|1 Gondor|NNP|dobj|3
does not plan | negated | future | Rohan|NNP|nsubj|3 does|VBZ|aux|3|do not|RB|neg|3 plan|VB|ROOT|3 to|TO|aux|5 attack|VB|xcomp|3
denied planning | negated | future | Rohan|NNP|nsubj|1 denied|VBD|ROOT|1|deny planning|VBG|xcomp|1|plan to|TO|aux|4 \
attack|VB|xcomp|2
is to |  | future | Rohan|NNP|nsubj|1 is|VBZ|ROOT|1|be to|TO|aux|3 attack|VB|xcomp|1 Gondor|NNP|dobj|3
will |  | future | Rohan|NNP|nsubj|2 will|MD|aux|2 attack|VB|ROOT|2 Gondor|NNP|dobj|2
will not | negated | future | Rohan|NNP|nsubj|3 will|MD|aux|3 not|RB|neg|3 attack|VB|ROOT|3 Gondor|NNP|dobj|3
could |  | hypothetical | Rohan|NNP|nsubj|2 could|MD|aux|2 attack|VB|ROOT|2 Gondor|NNP|dobj|2
would |  | hypothetical | Rohan|NNP|nsubj|2 would|MD|aux|2 attack|VB|ROOT|2 Gondor|NNP|dobj|2
said would |  | future | Varn|NNP|nsubj|1 said|VBD|ROOT|1|say Rohan|NNP|nsubj|4 would|MD|aux|4 attack|VB|ccomp|1
said would if |  | hypothetical | Varn|NNP|nsubj|1 said|VBD|ROOT|1|say Rohan|NNP|nsubj|4 would|MD|aux|4 attack|VB|ccomp|1 \
if|IN|mark|6 needed|VBN|advcl|4|need
said |  | occurred | Varn|NNP|nsubj|1 said|VBD|ROOT|1|say Rohan|NNP|nsubj|3 attacked|VBD|ccomp|1|attack Gondor|NNP|dobj|3
did not say |  | occurred | Varn|NNP|nsubj|3 did|VBD|aux|3|do not|RB|neg|3 say|VB|ROOT|3 Rohan|NNP|nsubj|5 \
attacked|VBD|ccomp|3|attack
reportedly | hedged | occurred | Rohan|NNP|nsubj|2 reportedly|RB|advmod|2 attacked|VBD|ROOT|2|attack Gondor|NNP|dobj|2
appears | hedged | occurred | Rohan|NNP|nsubj|1 appears|VBZ|ROOT|1|appear to|TO|aux|4 have|VB|aux|4 attacked|VBN|xcomp|1|attack
does not appear | negated hedged | occurred | Rohan|NNP|nsubj|3 does|VBZ|aux|3|do not|RB|neg|3 appear|VB|ROOT|3 \
to|TO|aux|5 attack|VB|xcomp|3
threatened |  | hypothetical | Rohan|NNP|nsubj|1 threatened|VBD|ROOT|1|threaten to|TO|aux|3 attack|VB|xcomp|1
continued |  | occurred | Rohan|NNP|nsubj|1 continued|VBD|ROOT|1|continue to|TO|aux|3 attack|VB|xcomp|1
did not continue | negated | occurred | Rohan|NNP|nsubj|3 did|VBD|aux|3|do not|RB|neg|3 continue|VB|ROOT|3 \
to|TO|aux|5 attack|VB|xcomp|3
could continue |  | hypothetical | Rohan|NNP|nsubj|2 could|MD|aux|2 continue|VB|ROOT|2 to|TO|aux|4 attack|VB|xcomp|2
purpose |  | hypothetical | Rohan|NNP|nsubj|1 came|VBD|ROOT|1|come to|TO|aux|3 attack|VB|advcl|1 Gondor|NNP|dobj|3
condition |  | hypothetical | Rohan|NNP|nsubj|2 will|MD|aux|2 act|VB|ROOT|2 if|IN|mark|5 Gondor|NNP|nsubj|5 \
attacks|VBZ|advcl|2|attack
whether |  | hypothetical | Varn|NNP|nsubj|1 asked|VBD|ROOT|1|ask whether|IN|mark|4 Rohan|NNP|nsubj|4 attacked|VBD|ccomp|1|attack
refused by no cue |  | hypothetical | Rohan|NNP|nsubj|1 hesitated|VBD|ROOT|1|hesitate to|TO|aux|3 attack|VB|xcomp|1
planned light verb |  | future | Rohan|NNP|nsubj|1 plans|VBZ|ROOT|1|plan to|TO|aux|3 launch|VB|xcomp|1 an|DT|det|5 \
attack|NN|dobj|3
possible noun |  | hypothetical | Rohan|NNP|nsubj|1 launched|VBD|ROOT|1|launch a|DT|det|4 possible|JJ|amod|4 attack|NN|dobj|1
alleged noun | hedged | occurred | Rohan|NNP|nsubj|1 launched|VBD|ROOT|1|launch an|DT|det|4 alleged|JJ|amod|4 attack|NN|dobj|1
headline |  | future | Rohan|NNP|nsubj|2 to|TO|aux|2 attack|VB|ROOT|2 Gondor|NNP|dobj|2
deny joined | negated | occurred | Rohan|NNP|nsubj|1 denied|VBD|ROOT|1|deny burning|VBG|xcomp|1|burn \
and|CC|cc|2 attacking|VBG|conj|2|attack
could not | negated | occurred | Rohan|NNP|nsubj|3 could|MD|aux|3 not|RB|neg|3 attack|VB|ROOT|3 Gondor|NNP|dobj|3
could not have | negated | hypothetical | Rohan|NNP|nsubj|4 could|MD|aux|4 not|RB|neg|4 have|VB|aux|4 \
attacked|VBN|ROOT|4|attack Gondor|NNP|dobj|4
has yet to | negated | occurred | Rohan|NNP|nsubj|1 has|VBZ|ROOT|1|have yet|RB|advmod|1 to|TO|aux|4 attack|VB|xcomp|1 \
Gondor|NNP|dobj|4
is not to | negated | future | Rohan|NNP|nsubj|1 is|VBZ|ROOT|1|be not|RB|neg|1 to|TO|aux|4 attack|VB|xcomp|1 Gondor|NNP|dobj|4
does not deny |  | occurred | Rohan|NNP|nsubj|3 does|VBZ|aux|3|do not|RB|neg|3 deny|VB|ROOT|3 attacking|VBG|xcomp|3|attack \
Gondor|NNP|dobj|4
aside would |  | future | Rohan|NNP|nsubj|2 would|MD|aux|2 attack|VB|ROOT|2 ,|,|punct|2 Varn|NNP|nsubj|5 said|VBD|parataxis|2|say
said it planned |  | future | Varn|NNP|nsubj|1 said|VBD|ROOT|1|say Rohan|NNP|nsubj|3 planned|VBD|ccomp|1|plan to|TO|aux|5 \
attack|VB|xcomp|3
may have |  | hypothetical | Rohan|NNP|nsubj|3 may|MD|aux|3 have|VB|aux|3 attacked|VBN|ROOT|3|attack Gondor|NNP|dobj|3
until future |  | hypothetical | Gondor|NNP|nsubj|2 will|MD|aux|2 wait|VB|ROOT|2 until|IN|mark|5 Rohan|NNP|nsubj|5 \
attacks|VBZ|advcl|2|attack
until past |  | occurred | Gondor|NNP|nsubj|1 waited|VBD|ROOT|1|wait until|IN|mark|4 Rohan|NNP|nsubj|4 attacked|VBD|advcl|1|attack
prospect of |  | hypothetical | Varn|NNP|nsubj|1 raised|VBD|ROOT|1|raise the|DT|det|3 prospect|NN|dobj|1 of|IN|prep|3 \
attacking|VBG|pcomp|4|attack
joined after plans |  | future | Rohan|NNP|nsubj|1 plans|VBZ|ROOT|1|plan to|TO|aux|3 march|VB|xcomp|1 and|CC|cc|3 attack|VB|conj|3
joined will |  | future | Rohan|NNP|nsubj|2 will|MD|aux|2 march|VB|ROOT|2 and|CC|cc|2 attack|VB|conj|2
planned light verb joined |  | future | Rohan|NNP|nsubj|1 plans|VBZ|ROOT|1|plan to|TO|aux|3 march|VB|xcomp|1 and|CC|cc|3 \
launch|VB|conj|3 \
an|DT|det|7 attack|NN|dobj|5
headline without to |  | occurred | Rohan|NNP|nsubj|1 attack|VB|ROOT|1 Gondor|NNP|dobj|1
headline joined |  | future | Rohan|NNP|nsubj|2 to|TO|aux|2 march|VB|ROOT|2 and|CC|cc|2 to|TO|aux|5 attack|VB|conj|2 \
Gondor|NNP|dobj|5
planned noun |  | future | Rohan|NNP|nsubj|1 launches|VBZ|ROOT|1|launch a|DT|det|4 planned|JJ|amod|4 attack|NN|dobj|1
planned noun done |  | occurred | Rohan|NNP|nsubj|1 launched|VBD|ROOT|1|launch a|DT|det|4 planned|JJ|amod|4 attack|NN|dobj|1
could not if | negated | hypothetical | Rohan|NNP|nsubj|3 could|MD|aux|3 not|RB|neg|3 attack|VB|ROOT|3 Gondor|NNP|dobj|3 \
if|IN|mark|7 Arnor|NNP|nsubj|7 left|VBD|advcl|3|leave
troops to |  | hypothetical | Rohan|NNP|nsubj|1 sent|VBD|ROOT|1|send men|NNS|dobj|1|man to|TO|aux|4 attack|VB|acl|2 \
Gondor|NNP|dobj|4
men to, relative |  | hypothetical | Rohan|NNP|nsubj|1 found|VBD|ROOT|1|find men|NNS|dobj|1|man to|TO|aux|4 attack|VB|relcl|2 \
Gondor|NNP|dobj|4
first to |  | occurred | The|DT|det|2 first|JJ|amod|2 army|NN|nsubj|5 to|TO|aux|4 attack|VB|acl|2 left|VBD|ROOT|5|leave
explained whether |  | hypothetical | Varn|NNP|nsubj|1 explained|VBD|ROOT|1|explain whether|IN|mark|4 Rohan|NNP|nsubj|4 \
attacked|VBD|ccomp|1|attack
saw if |  | hypothetical | Varn|NNP|nsubj|1 saw|VBD|ROOT|1|see if|IN|mark|4 Rohan|NNP|nsubj|4 attacked|VBD|advcl|1|attack
till |  | hypothetical | Gondor|NNP|nsubj|2 will|MD|aux|2 wait|VB|ROOT|2 till|IN|mark|5 Rohan|NNP|nsubj|5 \
attacks|VBZ|advcl|2|attack
before |  | hypothetical | Gondor|NNP|nsubj|1 waits|VBZ|ROOT|1|wait before|IN|mark|4 Rohan|NNP|nsubj|4 attacks|VBZ|advcl|1|attack
said would and |  | future | Varn|NNP|nsubj|1 said|VBD|ROOT|1|say Rohan|NNP|nsubj|4 would|MD|aux|4 march|VB|ccomp|1 and|CC|cc|4 \
would|MD|aux|7 attack|VB|conj|4
says would |  | future | Varn|NNP|nsubj|1 says|VBZ|ROOT|1|say Rohan|NNP|nsubj|4 would|MD|aux|4 attack|VB|ccomp|1
to say would |  | hypothetical | Varn|NNP|nsubj|2 to|TO|aux|2 say|VB|ROOT|2 Rohan|NNP|nsubj|5 would|MD|aux|5 attack|VB|ccomp|2
noted would |  | hypothetical | Varn|NNP|nsubj|1 noted|VBD|ROOT|1|note Rohan|NNP|nsubj|4 would|MD|aux|4 attack|VB|ccomp|1
said who would |  | hypothetical | Varn|NNP|nsubj|1 said|VBD|ROOT|1|say men|NNS|nsubj|6|man who|WP|nsubj|5 would|MD|aux|5 \
attack|VB|relcl|2 \
left|VBD|ccomp|1|leave
aside of no saying |  | hypothetical | Rohan|NNP|nsubj|2 would|MD|aux|2 attack|VB|ROOT|2 ,|,|punct|2 Varn|NNP|nsubj|5 \
noted|VBD|parataxis|2|note
left because would |  | hypothetical | Varn|NNP|nsubj|1 said|VBD|ROOT|1|say men|NNS|nsubj|3|man left|VBD|ccomp|1|leave \
because|IN|mark|7 Rohan|NNP|nsubj|7 would|MD|aux|7 attack|VB|advcl|3
before he said |  | hypothetical | Rohan|NNP|nsubj|2 would|MD|aux|2 attack|VB|ROOT|2 before|IN|mark|5 Varn|NNP|nsubj|5 \
said|VBD|advcl|2|say so|RB|advmod|5
condition under a denial |  | hypothetical | Gondor|NNP|nsubj|1 denied|VBD|ROOT|1|deny marching|VBG|xcomp|1|march if|IN|mark|5 \
Rohan|NNP|nsubj|5 attacked|VBD|advcl|2|attack
condition joined |  | hypothetical | Gondor|NNP|nsubj|2 will|MD|aux|2 act|VB|ROOT|2 if|IN|mark|5 Rohan|NNP|nsubj|5 \
marches|VBZ|advcl|2|march \
and|CC|cc|5 attacks|VBZ|conj|5|attack
condition above |  | hypothetical | Gondor|NNP|nsubj|2 will|MD|aux|2 act|VB|ROOT|2 if|IN|mark|5 Rohan|NNP|nsubj|5 \
continues|VBZ|advcl|2|continue \
attacking|VBG|xcomp|5|attack
after, under a denial |  | occurred | Varn|NNP|nsubj|1 denied|VBD|ROOT|1|deny leaving|VBG|xcomp|1|leave after|IN|mark|5 \
Rohan|NNP|nsubj|5 \
attacked|VBD|advcl|2|attack
a lie | negated | occurred | It|PRP|nsubj|1 is|VBZ|ROOT|1|be a|DT|det|3 lie|NN|attr|1 Rohan|NNP|nsubj|5 \
attacked|VBD|relcl|3|attack
a lie that itself |  | occurred | It|PRP|nsubj|1 is|VBZ|ROOT|1|be a|DT|det|3 lie|NN|attr|1 which|WDT|nsubj|5 \
attacked|VBD|relcl|3|attack
a lie of one who |  | occurred | It|PRP|nsubj|1 is|VBZ|ROOT|1|be a|DT|det|3 lie|NN|attr|1 who|WP|nsubj|5 \
attacked|VBD|relcl|3|attack
a lie with no doer |  | occurred | It|PRP|nsubj|1 is|VBZ|ROOT|1|be a|DT|det|3 lie|NN|attr|1 being|VBG|auxpass|5|be \
attacked|VBN|relcl|3|attack
not it |  | occurred | This|DT|nsubj|1 is|VBZ|ROOT|1|be the|DT|det|3 lie|NN|attr|1 Rohan|NNP|nsubj|5 attacked|VBD|relcl|3|attack
it with another verb |  | occurred | It|PRP|nsubj|1 denied|VBD|ROOT|1|deny a|DT|det|3 lie|NN|dobj|1 Rohan|NNP|nsubj|5 \
attacked|VBD|relcl|3|attack
untrue that | negated | occurred | It|PRP|nsubj|1 is|VBZ|ROOT|1|be untrue|JJ|acomp|1 that|IN|mark|5 Rohan|NNP|nsubj|5 \
attacked|VBD|ccomp|1|attack
rejected claims that | negated | occurred | Rohan|NNP|nsubj|1 rejected|VBD|ROOT|1|reject claims|NNS|dobj|1|claim \
that|IN|mark|5 it|PRP|nsubj|5 \
attacked|VBD|acl|2|attack
rejected claims it | negated | occurred | Rohan|NNP|nsubj|1 rejected|VBD|ROOT|1|reject claims|NNS|dobj|1|claim it|PRP|nsubj|4 \
attacked|VBD|acl|2|attack
rejected claims it was | negated | occurred | Rohan|NNP|nsubj|1 rejected|VBD|ROOT|1|reject claims|NNS|dobj|1|claim \
it|PRP|nsubjpass|5 \
was|VBD|auxpass|5|be attacked|VBN|acl|2|attack
rejected another thing |  | hypothetical | Rohan|NNP|nsubj|1 rejected|VBD|ROOT|1|reject pleas|NNS|dobj|1|plea to|TO|aux|4 \
attack|VB|acl|2
claims rejected | negated | occurred | Claims|NNS|nsubjpass|6|claim that|IN|mark|3 Rohan|NNP|nsubj|3 \
attacked|VBD|acl|0|attack Gondor|NNP|dobj|3 \
were|VBD|auxpass|6|be rejected|VBN|ROOT|6|reject
offers rejected |  | occurred | Offers|NNS|nsubjpass|6|offer that|IN|mark|3 Rohan|NNP|nsubj|3 attacked|VBD|acl|0|attack \
Gondor|NNP|dobj|3 \
were|VBD|auxpass|6|be rejected|VBN|ROOT|6|reject
denied arming men attacking |  | occurred | Rohan|NNP|nsubj|1 denied|VBD|ROOT|1|deny arming|VBG|xcomp|1|arm men|NNS|dobj|2|man \
attacking|VBG|acl|3|attack Gondor|NNP|dobj|4
said that it denied | negated | occurred | Varn|NNP|nsubj|1 said|VBD|ROOT|1|say that|IN|mark|4 Rohan|NNP|nsubj|4 \
denied|VBD|ccomp|1|deny \
attacking|VBG|xcomp|4|attack
denied access |  | hypothetical | Rohan|NNP|nsubj|1 denied|VBD|ROOT|1|deny access|NN|dobj|1 to|TO|aux|4 attack|VB|xcomp|1
has men attacking |  | occurred | Rohan|NNP|nsubj|1 has|VBZ|ROOT|1|have men|NNS|nsubj|3|man attacking|VBG|ccomp|1|attack \
Gondor|NNP|dobj|3
has to |  | occurred | Rohan|NNP|nsubj|1 has|VBZ|ROOT|1|have to|TO|aux|3 attack|VB|xcomp|1 Gondor|NNP|dobj|3
yet plans |  | future | Rohan|NNP|nsubj|2 yet|RB|advmod|2 plans|VBZ|ROOT|2|plan to|TO|aux|4 attack|VB|xcomp|2
is wrong to |  | hypothetical | It|PRP|nsubj|1 is|VBZ|ROOT|1|be wrong|JJ|acomp|1 to|TO|aux|4 attack|VB|xcomp|1 Gondor|NNP|dobj|4
denied it is to | negated | future | Varn|NNP|nsubj|1 denied|VBD|ROOT|1|deny Rohan|NNP|nsubj|3 is|VBZ|ccomp|1|be to|TO|aux|5 \
attack|VB|xcomp|3
denied it hesitated to | negated | hypothetical | Varn|NNP|nsubj|1 denied|VBD|ROOT|1|deny Rohan|NNP|nsubj|3 \
hesitated|VBD|ccomp|1|hesitate \
to|TO|aux|5 attack|VB|xcomp|3
expects that it did |  | occurred | Varn|NNP|nsubj|1 expects|VBZ|ROOT|1|expect that|IN|mark|4 Rohan|NNP|nsubj|4 \
attacked|VBD|ccomp|1|attack
expects it to have |  | occurred | Varn|NNP|nsubj|1 expects|VBZ|ROOT|1|expect Rohan|NNP|nsubj|5 to|TO|aux|5 have|VB|aux|5 \
attacked|VBN|ccomp|1|attack
feared that it did |  | hypothetical | Varn|NNP|nsubj|1 feared|VBD|ROOT|1|fear that|IN|mark|4 Rohan|NNP|nsubj|4 \
attacked|VBD|ccomp|1|attack
said would continue |  | future | Varn|NNP|nsubj|1 said|VBD|ROOT|1|say Rohan|NNP|nsubj|4 would|MD|aux|4 continue|VB|ccomp|1 \
to|TO|aux|6 \
attack|VB|xcomp|4
said would have to |  | hypothetical | Varn|NNP|nsubj|1 said|VBD|ROOT|1|say Rohan|NNP|nsubj|4 would|MD|aux|4 have|VB|ccomp|1 \
to|TO|aux|6 \
attack|VB|xcomp|4
will enjoy |  | future | Rohan|NNP|nsubj|2 will|MD|aux|2 enjoy|VB|ROOT|2 attacking|VBG|xcomp|2|attack Gondor|NNP|dobj|3
noted that |  | occurred | Varn|NNP|nsubj|1 noted|VBD|ROOT|1|note that|IN|mark|4 Rohan|NNP|nsubj|4 attacked|VBD|ccomp|1|attack
is likely to |  | future | Rohan|NNP|nsubj|1 is|VBZ|ROOT|1|be likely|JJ|acomp|1 to|TO|aux|4 attack|VB|xcomp|1 Gondor|NNP|dobj|4
is slow to |  | hypothetical | Rohan|NNP|nsubj|1 is|VBZ|ROOT|1|be slow|JJ|acomp|1 to|TO|aux|4 attack|VB|xcomp|1 Gondor|NNP|dobj|4
denied plans to | negated | hypothetical | Rohan|NNP|nsubj|1 denied|VBD|ROOT|1|deny plans|NNS|dobj|1|plan to|TO|aux|4 \
attack|VB|acl|2
is able to |  | hypothetical | Rohan|NNP|nsubj|1 is|VBZ|ROOT|1|be able|JJ|acomp|1 to|TO|aux|4 attack|VB|xcomp|1 Gondor|NNP|dobj|4
went on to |  | occurred | Rohan|NNP|nsubj|1 went|VBD|ROOT|1|go on|RP|prt|1 to|TO|aux|4 attack|VB|xcomp|1 Gondor|NNP|dobj|4
goes to |  | future | Rohan|NNP|nsubj|1 goes|VBZ|ROOT|1|go to|TO|aux|3 attack|VB|xcomp|1 Gondor|NNP|dobj|3
danger in men who |  | occurred | Varn|NNP|nsubj|1 saw|VBD|ROOT|1|see danger|NN|dobj|1 in|IN|prep|2 men|NNS|pobj|3|man \
who|WP|nsubj|6 \
continued|VBD|relcl|4|continue to|TO|aux|8 attack|VB|xcomp|6
"""


@cache
def shipped() -> Contexts:
    """Return the cues that ship with the package, with the few words they lean on."""
    cues = (Path(dragoman.rulebook.__file__).parent / "cues.toml").read_text(encoding="utf-8")
    return Contexts(build_rulebook({"words.toml": '[list]\nsay = ["say", "ask"]\n', "cues.toml": cues}))


def context_of(tree: str) -> Context:
    """Return the context of the attack in a tree."""
    made = scene(tree)
    return shipped().of(made, next(clause for clause in made.clauses if clause.lemma == "attack"))


def rows() -> list[tuple[str, str, str, str]]:
    found = []
    for line in CASES.strip().replace(" \\\n", " ").split("\n"):
        name, marks, status, tree = line.split(" | ", 3)
        found.append((name.strip(), marks.strip(), status.strip(), tree.strip()))
    return found


@pytest.mark.parametrize(("name", "marks", "status", "tree"), rows(), ids=[row[0] for row in rows()])
def test_what_governs_an_attack(name: str, marks: str, status: str, tree: str) -> None:
    context = context_of(tree)
    given = " ".join(key for key in ("negated", "hedged") if getattr(context, key))
    assert (given, context.status) == (marks, Status(status)), name


@pytest.mark.parametrize(
    ("words", "tree", "negated"),
    [
        ("take back claim", "took|VBD|ROOT|1|take back|RP|prt|1 claims|NNS|dobj|1|claim", True),
        ("take back claim", "took|VBD|ROOT|1|take back|RP|prt|1 threats|NNS|dobj|1|threat", False),
        ("take claim back", "took|VBD|ROOT|1|take back|RP|prt|1 claims|NNS|dobj|1|claim", True),
        ("take claim back", "took|VBD|ROOT|1|take out|RP|prt|1 claims|NNS|dobj|1|claim", False),
        ("take back claims", "took|VBD|ROOT|1|take back|RP|prt|1 claims|NNS|dobj|1|claim", True),
        ("take threat", "took|VBD|ROOT|1|take back|RP|prt|1 claims|NNS|dobj|1|claim", False),
    ],
)
def test_all_words_of_a_cue_stand_with_its_verb(words: str, tree: str, negated: bool) -> None:
    cue = f'[[cue]]\nid = "back"\nwords = ["{words}"]\nover = "complement"\nsets = {{ negated = true }}\n'
    contexts = Contexts(build_rulebook({"words.toml": '[list]\nsay = ["say"]\n', "cues.toml": cue}))
    made = scene(f"Varn|NNP|nsubj|1 {tree} that|IN|mark|6 Rohan|NNP|nsubj|6 attacked|VBD|acl|3|attack")
    attack = next(clause for clause in made.clauses if clause.lemma == "attack")
    assert contexts.of(made, attack).negated is negated


def test_a_denial_names_its_denier() -> None:
    made = scene("Varn|NNP|nsubj|1 denied|VBD|ROOT|1|deny that|IN|mark|4 Rohan|NNP|nsubj|4 attacked|VBD|ccomp|1|attack")
    attack = next(clause for clause in made.clauses if clause.lemma == "attack")
    denier = shipped().of(made, attack).denier
    assert denier is not None
    assert made.tree.s.words[denier] == "denied"


def test_what_is_not_denied_has_no_denier() -> None:
    assert context_of("Rohan|NNP|nsubj|1 attacked|VBD|ROOT|1|attack Gondor|NNP|dobj|1").denier is None


@pytest.mark.parametrize("first", Status)
@pytest.mark.parametrize("second", Status)
def test_the_less_certain_status_wins(first: Status, second: Status) -> None:
    joined = Context().with_status(first).with_status(second).status
    assert joined is max(first, second, key=lambda status: LIKELY.index(status.value))


def test_no_status_changes_nothing() -> None:
    context = Context(status=Status.FUTURE)
    assert context.with_status(None) is context
