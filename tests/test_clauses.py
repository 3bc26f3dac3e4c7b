"""Clauses in plain roles, from trees made by hand: each construct that the engine knows."""

from __future__ import annotations

import pytest
from trees import heads, read

TREES = {
    "active": "Gondor|NNP|nsubj|1 accused|VBD|ROOT|1|accuse Rohan|NNP|dobj|1 of|IN|prep|1 lies|NNS|pobj|3|lie .|.|punct|1",
    "passive": "Rohan|NNP|nsubjpass|2 was|VBD|auxpass|2|be urged|VBN|ROOT|2|urge by|IN|agent|2 Gondor|NNP|pobj|3 "
    "to|TO|aux|6 leave|VB|xcomp|2 .|.|punct|2",
    "passives": "Soldiers|NNS|nsubjpass|2 were|VBD|auxpass|2|be shot|VBN|ROOT|2|shoot and|CC|cc|2 beaten|VBN|conj|2|beat "
    "by|IN|agent|4 rebels|NNS|pobj|5 .|.|punct|2",
    "who": "Dremmel|NNP|nsubj|6 ,|,|punct|0 who|WP|nsubj|3 met|VBD|relcl|0|meet Varn|NNP|dobj|3 ,|,|punct|0 "
    "condemned|VBD|ROOT|6|condemn Gondor|NNP|dobj|6 .|.|punct|6",
    "that": "Rohan|NNP|nsubj|1 rejected|VBD|ROOT|1|reject the|DT|det|3 plan|NN|dobj|1 that|WDT|dobj|6 Gondor|NNP|nsubj|6 "
    "drafted|VBD|relcl|3|draft .|.|punct|1",
    "zero": "Rohan|NNP|nsubj|1 rejected|VBD|ROOT|1|reject the|DT|det|3 plan|NN|dobj|1 Gondor|NNP|nsubj|5 "
    "drafted|VBD|relcl|3|draft .|.|punct|1",
    "reduced": "The|DT|det|1 bridge|NN|nsubj|5 destroyed|VBN|acl|1|destroy by|IN|agent|2 rebels|NNS|pobj|3 "
    "fell|VBD|ROOT|5|fall .|.|punct|5",
    "which was": "The|DT|det|1 bridge|NN|nsubj|6 ,|,|punct|1 which|WDT|nsubj|5 was|VBD|auxpass|5|be burned|VBN|relcl|1|burn "
    "fell|VBD|ROOT|6|fall .|.|punct|6",
    "which was by": "The|DT|det|1 bridge|NN|nsubj|8 ,|,|punct|1 which|WDT|nsubjpass|5 was|VBD|auxpass|5|be "
    "burned|VBN|relcl|1|burn by|IN|agent|5 rebels|NNS|pobj|6 fell|VBD|ROOT|8|fall .|.|punct|8",
    "participle": "Troops|NNS|nsubj|3 guarding|VBG|acl|0|guard Gondor|NNP|dobj|1 left|VBD|ROOT|3|leave .|.|punct|3",
    "plural": "Gondor|NNP|nsubj|6 and|CC|cc|0 Rohan|NNP|conj|0 who|WP|nsubj|4 back|VBP|relcl|2 Varn|NNP|dobj|4 "
    "left|VBD|ROOT|6|leave .|.|punct|6",
    "backed": "The|DT|det|4 Rohan|NN|npadvmod|3 -|HYPH|punct|3 backed|VBN|amod|4|back front|NN|nsubj|5 "
    "attacked|VBD|ROOT|5|attack .|.|punct|5",
    "refused": "Gondor|NNP|nsubj|1 refused|VBD|ROOT|1|refuse to|TO|aux|3 sign|VB|xcomp|1 .|.|punct|1",
    "urged": "Gondor|NNP|nsubj|1 urged|VBD|ROOT|1|urge Rohan|NNP|dobj|1 to|TO|aux|4 leave|VB|xcomp|1 .|.|punct|1",
    "called on": "Gondor|NNP|nsubj|1 called|VBD|ROOT|1|call on|IN|prep|1 Rohan|NNP|pobj|2 to|TO|aux|5 leave|VB|xcomp|1 "
    ".|.|punct|1",
    "called for": "Gondor|NNP|nsubj|1 called|VBD|ROOT|1|call for|IN|mark|5 Rohan|NNP|nsubj|5 to|TO|aux|5 leave|VB|advcl|1 "
    ".|.|punct|1",
    "promised": "Gondor|NNP|nsubj|1 promised|VBD|ROOT|1|promise Rohan|NNP|dobj|1 to|TO|aux|4 leave|VB|xcomp|1 .|.|punct|1",
    "gave": "Gondor|NNP|nsubj|1 gave|VBD|ROOT|1|give Rohan|NNP|dative|1 two|CD|nummod|4 days|NNS|dobj|1|day to|TO|aux|6 "
    "leave|VB|advcl|1 .|.|punct|1",
    "without": "Gondor|NNP|nsubj|1 left|VBD|ROOT|1|leave without|IN|prep|1 signing|VBG|pcomp|2|sign .|.|punct|1",
    "joined": "Gondor|NNP|nsubj|1 left|VBD|ROOT|1|leave and|CC|cc|1 accused|VBD|conj|1|accuse Rohan|NNP|dobj|3 .|.|punct|1",
    "neither": "Neither|CC|preconj|1 Gondor|NNP|nsubj|4 nor|CC|cc|1 Rohan|NNP|conj|1 signed|VBD|ROOT|4|sign .|.|punct|4",
    "or": "Gondor|NNP|nsubj|3 did|VBD|aux|3|do not|RB|neg|3 arrest|VB|ROOT|3 or|CC|cc|3 deport|VB|conj|3 Varn|NNP|dobj|5 "
    ".|.|punct|3",
    "nobody": "Gondor|NNP|nsubj|1 arrested|VBD|ROOT|1|arrest nobody|NN|dobj|1 .|.|punct|1",
    "longer": "Gondor|NNP|nsubj|3 no|RB|neg|2 longer|RBR|advmod|3 backs|VBZ|ROOT|3|back Rohan|NNP|dobj|3 .|.|punct|3",
    "light": "Gondor|NNP|nsubj|1 launched|VBD|ROOT|1|launch an|DT|det|3 attack|NN|dobj|1 on|IN|prep|3 Rohan|NNP|pobj|4 "
    ".|.|punct|1",
    "not light": "Gondor|NNP|nsubj|1 condemned|VBD|ROOT|1|condemn an|DT|det|3 attack|NN|dobj|1 on|IN|prep|3 "
    "Rohan|NNP|pobj|4 .|.|punct|1",
    "happening": "Talks|NNS|nsubj|5|talk between|IN|prep|0 Gondor|NNP|pobj|1 and|CC|cc|2 Rohan|NNP|conj|2 "
    "began|VBD|ROOT|5|begin .|.|punct|5",
    "lent": "Gondor|NNP|nsubj|1 walked|VBD|ROOT|1|walk out|IN|prep|1 of|IN|prep|2 talks|NNS|pobj|3|talk with|IN|prep|4 "
    "Rohan|NNP|pobj|5 .|.|punct|1",
    "round": "Gondor|NNP|nsubj|1 opened|VBD|ROOT|1|open a|DT|det|3 round|NN|dobj|1 of|IN|prep|3 talks|NNS|pobj|4|talk "
    "with|IN|prep|5 Rohan|NNP|pobj|6 .|.|punct|1",
    "not lent": "Gondor|NNP|nsubj|1 left|VBD|ROOT|1|leave by|IN|prep|1 roads|NNS|pobj|2|road with|IN|prep|3 "
    "mines|NNS|pobj|4|mine .|.|punct|1",
    "withdrawal": "The|DT|det|1 withdrawal|NN|nsubj|4 of|IN|prep|1 Gondor|NNP|pobj|2 pleased|VBD|ROOT|4|please "
    "Rohan|NNP|dobj|4 .|.|punct|4",
    "release": "Rebels|NNS|nsubj|1 demanded|VBD|ROOT|1|demand Varn|NNP|poss|4 's|POS|case|2 release|NN|dobj|1 .|.|punct|1",
    "visit": "Rebels|NNS|nsubj|1 condemned|VBD|ROOT|1|condemn Varn|NNP|poss|4 's|POS|case|2 visit|NN|dobj|1 .|.|punct|1",
    "killing": "The|DT|det|1 killing|VBG|nsubj|4|kill of|IN|prep|1 Varn|NNP|pobj|2 shocked|VBD|ROOT|4|shock "
    "Gondor|NNP|dobj|4 .|.|punct|4",
    "shelling": "Five|CD|nsubj|1 died|VBD|ROOT|1|die in|IN|prep|1 heavy|JJ|amod|4 shelling|VBG|pcomp|2|shell .|.|punct|1",
    "attacking": "Gondor|NNP|nsubj|1 left|VBD|ROOT|1|leave after|IN|prep|1 attacking|VBG|pcomp|2|attack Rohan|NNP|dobj|3 "
    ".|.|punct|1",
    "if": "Gondor|NNP|nsubj|2 will|MD|aux|2 act|VB|ROOT|2 if|IN|mark|5 Rohan|NNP|nsubj|5 attacks|VBZ|advcl|2|attack "
    ".|.|punct|2",
    "should, main verb lost": "Rohan|NNP|nsubj|2 will|MD|aux|2 pay|VB|ccomp|5 should|MD|aux|5 Gondor|NNP|nsubj|5 "
    "attack|VB|ROOT|5 .|.|punct|5",
    "should, verb a noun": "Rohan|NNP|nsubj|2 will|MD|aux|2 pay|VB|ROOT|2 should|MD|aux|5 Gondor|NNP|compound|5 "
    "attack|VB|dobj|2 .|.|punct|2",
    "should first": "Should|MD|aux|2 Gondor|NNP|nsubj|2 attack|VB|ccomp|6 ,|,|punct|6 Rohan|NNP|nsubj|6 will|MD|aux|6 "
    "pay|VB|ROOT|6 .|.|punct|6",
    "should plain": "Rohan|NNP|nsubj|2 should|MD|aux|2 pay|VB|ROOT|2 .|.|punct|2",
    "asked if": "Varn|NNP|nsubj|1 asked|VBD|ROOT|1|ask if|IN|mark|5 Gondor|NNP|nsubj|5 would|MD|aux|5 leave|VB|advcl|1 "
    ".|.|punct|1",
    "said after": "Gondor|NNP|nsubj|1 attacked|VBD|ccomp|5|attack Rohan|NNP|dobj|1 ,|,|punct|5 Varn|NNP|nsubj|5 "
    "said|VBD|ROOT|5|say .|.|punct|5",
    "speakers read as victims": "Gondor|NNP|nsubj|1 attacked|VBD|ccomp|12|attack Rohan|NNP|dobj|1 ,|,|punct|1 "
    "killing|VBG|advcl|1|kill 35|CD|nummod|6 soldiers|NNS|dobj|4 ,|,|punct|6 residents|NNS|conj|6 and|CC|cc|8 an|DT|det|11 "
    "official|NN|conj|8 said|VBD|ROOT|12|say .|.|punct|12",
    "according": "According|VBG|prep|5|accord to|IN|prep|0 Varn|NNP|pobj|1 ,|,|punct|5 Gondor|NNP|nsubj|5 "
    "left|VBD|ROOT|5|leave .|.|punct|5",
    "said must": "Gondor|NNP|nsubj|1 said|VBD|ROOT|1|say that|IN|mark|5 Rohan|NNP|nsubj|5 must|MD|aux|5 leave|VB|ccomp|1 "
    ".|.|punct|1",
    "there": "Varn|NNP|nsubj|1 said|VBD|ROOT|1|say there|EX|expl|4 would|MD|aux|4 be|VB|ccomp|1 "
    "consequences|NNS|attr|4|consequence .|.|punct|1",
    "talks a verb": "After|IN|mark|2 ceasefire|NN|nsubj|2 talks|VBZ|advcl|6|talk ended|VBD|ccomp|2|end ,|,|punct|6 "
    "Gondor|NNP|nsubj|6 left|VBD|ROOT|6|leave .|.|punct|6",
    "pulled out": "Gondor|NNP|nsubj|1 pulled|VBD|ROOT|1|pull out|IN|prep|1 of|IN|prep|2 Rohan|NNP|pobj|3 .|.|punct|1",
    "upon": "Gondor|NNP|nsubj|1 attacked|VBD|ROOT|1|attack upon|IN|prep|1 arrival|NN|pobj|2 .|.|punct|1",
    "perfect": "Gondor|NNP|nsubj|2 has|VBZ|aux|2|have attacked|VBN|ROOT|2|attack Rohan|NNP|dobj|2 .|.|punct|2",
}  # fmt: skip

# tree | clause | role = head words; '-' where the role stays empty
ROLES = """
active | accuse | subject = Gondor
active | accuse | object = Rohan
active | accuse | of = lies
passive | urge | subject = Gondor
passive | urge | object = Rohan
passive | leave | subject = Rohan
passives | shoot | subject = rebels
passives | shoot | object = Soldiers
passives | beat | object = Soldiers
who | meet | subject = Dremmel
who | meet | object = Varn
that | draft | subject = Gondor
that | draft | object = plan
zero | draft | object = plan
reduced | destroy | subject = rebels
reduced | destroy | object = bridge
which was | burn | object = bridge
which was | burn | subject = -
which was by | burn | subject = rebels
which was by | burn | object = bridge
participle | guard | subject = Troops
plural | back | subject = Gondor Rohan
backed | back | subject = Rohan
backed | back | object = front
refused | sign | subject = Gondor
urged | leave | subject = Rohan
called on | leave | subject = Rohan
called for | leave | subject = Rohan
called for | call | for = -
promised | leave | subject = Gondor
gave | leave | subject = Rohan
gave | give | to = Rohan
gave | give | object = days
without | sign | subject = Gondor
joined | accuse | subject = Gondor
or | deport | subject = Gondor
or | arrest | object = Varn
light | attack | subject = Gondor
light | attack | on = Rohan
not light | attack | subject = -
happening | talk | between = Gondor Rohan
happening | begin | between = Gondor Rohan
lent | walk | with = Rohan
lent | walk | of = talks
round | open | with = Rohan
not lent | leave | with = -
withdrawal | withdrawal | subject = Gondor
release | release | object = Varn
release | release | subject = -
visit | visit | subject = Varn
killing | killing | object = Varn
shelling | die | in = shelling
attacking | attack | subject = Gondor
should, main verb lost | attack | subject = Gondor
should, main verb lost | pay | subject = Rohan
should, verb a noun | attack | subject = Gondor
should, verb a noun | pay | object = -
should first | attack | subject = Gondor
said after | say | subject = Varn
speakers read as victims | say | subject = residents official
speakers read as victims | kill | object = soldiers
according | leave | speaker = Varn
there | be | subject = -
talks a verb | end | subject = talks
pulled out | pull | of = Rohan
upon | attack | on = arrival
"""

# tree | clause | link = parent's lemma
LINKS = """
passive | leave | complement = urge
who | meet | relative = condemn
reduced | destroy | modifier = fall
called for | leave | complement = call
gave | leave | purpose = give
without | sign | without = leave
joined | accuse | conjunct = leave
light | attack | root = -
not light | attack | object = condemn
if | attack | condition = act
should, main verb lost | attack | condition = pay
should, main verb lost | pay | root = -
should, verb a noun | attack | condition = pay
should first | attack | condition = pay
asked if | leave | complement = ask
said after | attack | complement = say
said must | leave | complement = say
talks a verb | end | time = leave
attacking | attack | after = leave
"""


def _rows(table: str) -> list[tuple[str, str, str, str]]:
    rows = []
    for line in table.strip().split("\n"):
        name, lemma, rest = (part.strip() for part in line.split("|"))
        key, value = (part.strip() for part in rest.split("="))
        rows.append((name, lemma, key, "" if value == "-" else value))
    return rows


@pytest.mark.parametrize(("name", "lemma", "role", "wanted"), _rows(ROLES))
def test_who_fills_a_role(name: str, lemma: str, role: str, wanted: str) -> None:
    tree, found = read(TREES[name])
    assert heads(tree, found[lemma], role) == wanted


@pytest.mark.parametrize(("name", "lemma", "link", "parent"), _rows(LINKS))
def test_how_a_clause_hangs(name: str, lemma: str, link: str, parent: str) -> None:
    tree, found = read(TREES[name])
    clause = found[lemma]
    above = tree.s.lemmas[clause.parent] if clause.parent is not None else ""
    assert (clause.link, above) == (link, parent)


@pytest.mark.parametrize(
    ("name", "lemma", "negated"),
    [
        ("active", "accuse", False),
        ("neither", "sign", True),
        ("or", "arrest", True),
        ("or", "deport", True),
        ("nobody", "arrest", True),
        ("longer", "back", True),
        ("without", "sign", False),
    ],
)
def test_negation_of_the_clause_itself(name: str, lemma: str, negated: bool) -> None:
    assert read(TREES[name])[1][lemma].negated is negated


# tree | clause | voice and tense = modal, and whether 'have' stands with it
VOICES = """
active | accuse | active past = -
passive | urge | passive past = -
passives | beat | passive past = -
reduced | destroy | passive past = -
refused | sign | active infinitive = -
without | sign | active participle = -
said must | leave | active infinitive = must
if | act | active future = will
if | attack | active present = -
perfect | attack | active present = have
light | attack | active past = -
not light | attack | active nominal = -
"""


@pytest.mark.parametrize(("name", "lemma", "voice", "helper"), _rows(VOICES))
def test_voice_and_tense(name: str, lemma: str, voice: str, helper: str) -> None:
    clause = read(TREES[name])[1][lemma]
    assert f"{'passive' if clause.passive else 'active'} {clause.tense}" == voice
    assert (clause.modal or ("have" if clause.perfect else "")) == helper


@pytest.mark.parametrize("name", ["should, main verb lost", "should, verb a noun"])
def test_an_inverted_should_is_no_modal(name: str) -> None:
    found = read(TREES[name])[1]
    assert (found["attack"].modal, found["attack"].mark) == (None, "should")
    assert found["pay"].modal == "will"


def test_a_plain_should_stays_a_modal() -> None:
    clause = read(TREES["should plain"])[1]["pay"]
    assert (clause.modal, clause.link) == ("should", "root")


def test_a_light_verb_lends_its_place_to_the_act() -> None:
    found = read(TREES["light"])[1]
    assert found["attack"].light == found["launch"].index
    assert found["attack"].form == "noun"


def test_a_verb_that_is_not_light_carries_nothing() -> None:
    assert read(TREES["not light"])[1]["attack"].light is None


def test_a_gerund_with_article_and_of_is_a_noun() -> None:
    assert {lemma: clause.form for lemma, clause in read(TREES["killing"])[1].items()} == {
        "killing": "noun",
        "shock": "verb",
    }


def test_a_gerund_with_an_object_stays_a_verb() -> None:
    assert read(TREES["attacking"])[1]["attack"].form == "verb"


def test_out_is_a_particle_where_of_follows() -> None:
    assert read(TREES["pulled out"])[1]["pull"].particles == {"out"}


def test_speakers_are_no_victims_any_more() -> None:
    tree, found = read(TREES["speakers read as victims"])
    phrase = found["kill"].roles["object"][0]
    assert tree.s.quote(phrase.start, phrase.end) == "35 soldiers"
    assert found["attack"].parent == found["say"].index


def test_a_phrase_stops_before_what_is_joined_to_it() -> None:
    tree, found = read(TREES["happening"])
    first, second = found["talk"].roles["between"]
    assert (tree.s.quote(first.start, first.end), tree.s.quote(second.start, second.end)) == ("Gondor", "Rohan")


def test_a_whole_tree_is_left_alone() -> None:
    tree, _ = read(TREES["active"])
    assert tree.s.deps == ("nsubj", "ROOT", "dobj", "prep", "pobj", "punct")
