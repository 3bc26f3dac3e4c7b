"""Clauses in plain roles, from trees made by hand: each construct that the engine knows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from trees import VOCABULARY, heads, read, sentence

from dragoman.model import Clause
from dragoman.reading.clauses import clauses_of
from dragoman.reading.tree import Tree

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


# -- whole readings: each tree of clauses.txt with all that is read from it

WIDE = replace(
    VOCABULARY,
    lights=VOCABULARY.lights | {"put", "resort", "report", "carry", "lead", "step"},
    happenings=VOCABULARY.happenings | {"kill", "be"},
)


def _readings() -> Iterator[tuple[str, str]]:
    text = Path(__file__).with_name("clauses.txt").read_text(encoding="utf-8")
    for block in text.strip().split("\n\n"):
        tree, *lines = block.split("\n")
        yield tree, "\n".join(line.strip() for line in lines)


def _told(tree: Tree, clause: Clause) -> str:
    """Return a clause as 'lemma: how it is inflected | how it hangs | role=phrase,phrase | …'."""
    s = tree.s
    how = (
        clause.form,
        "passive" if clause.passive else "",
        clause.tense,
        clause.modal or "",
        "perfect" if clause.perfect else "",
        "not" if clause.negated else "",
        *sorted(clause.particles),
        f"light={s.lemmas[clause.light]}" if clause.light is not None else "",
    )
    above = s.lemmas[clause.parent] if clause.parent is not None else ""
    hangs = (clause.link, above, f"({clause.mark})" if clause.mark else "")
    roles = (f"{role}={','.join(s.quote(p.start, p.end) for p in ps)}" for role, ps in clause.roles.items())
    return f"{clause.lemma}: " + " | ".join((*(" ".join(filter(None, part)) for part in (how, hangs)), *roles))


READINGS = list(_readings())


@pytest.mark.parametrize(
    ("rows", "wanted"), READINGS, ids=[" ".join(item.split("|")[0] for item in rows.split()) for rows, _ in READINGS]
)
def test_all_that_a_sentence_is_read_as(rows: str, wanted: str) -> None:
    tree, found = clauses_of(sentence(rows), WIDE)
    assert "\n".join(_told(tree, clause) for clause in found) == wanted


ASKED = {
    "owned": "Gondor|NNP|poss|3 's|POS|case|0 main|JJ|amod|3 backer|NN|nsubj|9 ,|,|punct|3 Rohan|NNP|appos|3 ,|,|punct|3 "
    "has|VBZ|aux|9|have not|RB|neg|9 fled|VBD|ROOT|9|flee Bree|NNP|dobj|9",
    "counted": "All|PDT|predet|3 the|DT|det|3 ten|CD|nummod|3 rebels|NNS|nsubj|8|rebel of|IN|prep|3 Gondor|NNP|pobj|4 "
    "and|CC|cc|5 Rohan|NNP|conj|5 left|VBD|ROOT|8|leave Bree|NNP|dobj|8 quickly|RB|advmod|8 Monday|NNP|npadvmod|8",
    "given": "Rohan|NNP|nsubj|1 gave|VBD|ROOT|1|give Gondor|NNP|dative|1 58|CD|dobj|1 that|DT|dobj|5 left|VBD|relcl|3|leave",
    "passive": "Both|DT|nsubjpass|2 were|VBD|auxpass|2|be rescued|VBN|ROOT|2|rescue by|IN|agent|2 ten|CD|nummod|5 "
    "rebels|NNS|pobj|3|rebel he|PRP|nsubj|7 met|VBD|relcl|5|meet",
    "armed": "The|DT|det|5 heavily|RB|advmod|2 armed|VBN|amod|5|arm Gondor|NNP|compound|4 army|NN|compound|5 "
    "men|NNS|nsubj|6|man left|VBD|ROOT|6|leave",
    "joined": "Gondor|NNP|nsubj|5 ,|,|punct|0 Rohan|NNP|conj|0 and|CC|cc|0 Bree|NNP|conj|0 met|VBD|ROOT|5|meet or|CC|cc|5 "
    "talked|VBD|conj|5|talk",
    "clear": "Gondor|NNP|nsubj|1 made|VBD|ROOT|1|make it|PRP|nsubj|3 clear|JJ|ccomp|1 that|IN|mark|6 Rohan|NNP|nsubj|6 "
    "left|VBD|ccomp|3|leave",
    "learnt": "It|PRP|nsubjpass|2 was|VBD|auxpass|2|be learnt|VBN|ROOT|2|learn that|IN|mark|5 Rohan|NNP|nsubj|5 "
    "left|VBD|ccomp|2|leave",
    "seems": "It|PRP|nsubj|1 seems|VBZ|ROOT|1|seem to|TO|aux|3 leave|VB|xcomp|1",
    "good": "It|PRP|nsubj|1 is|VBZ|ROOT|1|be good|JJ|acomp|1",
    "before": "When|WRB|advmod|2 Rohan|NNP|nsubj|2 left|VBD|advcl|4|leave it|PRP|nsubj|4 appeared|VBD|ROOT|4|appear",
    "clause": "It|PRP|nsubj|1 was|VBD|ROOT|1|be good|JJ|acomp|1 Rohan|NNP|nsubj|4 left|VBD|csubj|1|leave",
    "numbers": "Ten|CD|poss|1 men|NNS|nsubj|6|man ,|,|punct|1 five|CD|appos|1 and|CC|cc|1 six|CD|conj|1 met|VBD|ROOT|6|meet "
    "with|IN|prep|6 most|JJS|pobj|7 poorest|JJS|amod|1",
    "says": "It|PRP|nsubj|1 says|VBZ|ROOT|1|say Rohan|NNP|nsubj|3 left|VBD|ccomp|1|leave",
    "since": "Since|IN|prep|6 launching|VBG|pcomp|0|launch its|PRP$|poss|3 raid|NN|dobj|1 ,|,|punct|6 Gondor|NNP|nsubj|6 "
    "fled|VBD|ROOT|6|flee",
    "launching": "Launching|VBG|advcl|5|launch its|PRP$|poss|2 raid|NN|dobj|0 he|PRP|nsubj|5 Gondor|NNP|nsubjpass|5 "
    "fled|VBD|ROOT|5|flee",
    "fled": "Gondor|NNP|nsubj|1 fled|VBD|ROOT|1|flee after|IN|prep|1 launching|VBG|pcomp|2|launch its|PRP$|poss|5 "
    "raid|NN|dobj|3",
    "own doer": "Bree|NNP|nsubj|1 launching|VBG|advcl|5|launch its|PRP$|poss|3 raid|NN|dobj|1 Gondor|NNP|nsubj|5 "
    "fled|VBD|ROOT|5|flee",
    "seen": "Launching|VBG|csubj|4|launch its|PRP$|poss|2 raid|NN|dobj|0 Gondor|NNP|nsubj|4 fled|VBD|ROOT|4|flee",
    "whose": "Gondor|NNP|nsubj|5 ,|,|punct|0 whose|WP$|poss|3 men|NNS|nsubj|4|man left|VBD|relcl|0|leave met|VBD|ROOT|5|meet",
    "house": "Gondor|NNP|nsubj|1 put|VBD|ROOT|1 Varn|NNP|dobj|1 under|IN|prep|1 strict|JJ|amod|5 arrest|NN|pobj|3 "
    "of|IN|prep|5 house|NN|compound|8 guards|NNS|pobj|6|guard in|IN|prep|5 Bree|NNP|pobj|9",
    "hyphen": "Gondor|NNP|nsubj|1 signed|VBD|ROOT|1|sign power|NN|npadvmod|4 -|HYPH|punct|4 sharing|VBG|amod|5|share "
    "deals|NNS|dobj|1|deal",
    "pull": "Pull|NN|compound|2 -|HYPH|punct|2 out|NN|nsubj|3 ended|VBD|ROOT|3|end hostilities|NNS|dobj|3|hostility",
    "gerund": "Gondor|NNP|nsubj|1 risked|VBD|ROOT|1|risk shelling|VBG|xcomp|1|shell Bree|NNP|compound|4 towns|NNS|dobj|2|town "
    "of|IN|prep|2 Rohan|NNP|pobj|5",
    "levels": "An|DT|det|1 end|NN|ROOT|1 of|IN|prep|1 talks|NNS|pobj|2|talk of|IN|prep|3 heads|NNS|pobj|4|head of|IN|prep|5 "
    "states|NNS|pobj|6|state of|IN|prep|7 war|NN|pobj|8",
}  # fmt: skip

# tree | what is asked of the tree | of which words = the answer, words by their numbers read as words; '-' for none
ANSWERS = """
owned | possessor | backer = Gondor
owned | possessor | Rohan = -
owned | appositives | backer = Rohan
owned | modifiers | backer = main
owned | subject_of | backer = yes
owned | subject_of | Bree = no
owned | is_main_subject | backer = yes
owned | is_main_subject | Bree = no
owned | governor | backer = flee
owned | counted | backer = main
owned | determiner | backer = -
counted | determiner | rebels = all
counted | counted | rebels = all the ten
counted | subject_of | rebels = yes
counted | adverbs | left = monday quickly
counted | adverbs | rebels = -
counted | governing_preposition | Gondor = of
counted | governing_preposition | Rohan = of
counted | governing_preposition | rebels = -
counted | governing_preposition | Bree = -
counted | is_noun_head | rebels = yes
counted | is_noun_head | ten = no
counted | is_noun_head | the = no
counted | is_noun_head | Monday = no
counted | is_noun_head | left = no
counted | first_joined | Rohan = Gondor
counted | first_joined | Gondor = Gondor
counted | done_to | Bree = leave
counted | done_to | rebels = -
given | object_of | Gondor = yes
given | object_of | 58 = yes
given | object_of | Rohan = no
given | is_noun_head | 58 = yes
given | is_noun_head | that = yes
given | done_to | 58 = -
given | done_to | that = leave
given | done_to | Rohan = -
given | antecedent | that = 58
given | antecedent | left = 58
given | antecedent | Rohan = -
passive | subject_of | Both = yes
passive | is_noun_head | Both = yes
passive | is_noun_head | he = yes
passive | done_to | Both = rescue
passive | is_main_subject | Both = yes
passive | is_main_subject | he = no
passive | subject_of | he = yes
passive | determiner | rebels = ten
armed | modifiers | men = army Gondor armed
armed | modifiers | Gondor = -
armed | counted | men = the armed army
armed | determiner | men = the
joined | conjuncts | Gondor = Gondor Rohan Bree
joined | first_joined | Bree = Gondor
joined | first_joined | talked = talked
joined | joined_by | Bree = and
joined | joined_by | Rohan = -
joined | joined_by | talked = or
clear | is_expletive | it = yes
learnt | is_expletive | It = yes
seems | is_expletive | It = yes
good | is_expletive | It = no
before | is_expletive | it = no
clause | is_expletive | It = yes
says | is_expletive | It = no
numbers | is_noun_head | Ten = yes
numbers | is_noun_head | five = yes
numbers | is_noun_head | six = yes
numbers | is_noun_head | most = yes
numbers | is_noun_head | poorest = no
since | owner_ahead | its = Gondor
since | owner_ahead | raid = -
launching | owner_ahead | its = Gondor
fled | owner_ahead | its = -
own doer | owner_ahead | its = -
seen | owner_ahead | its = -
whose | owner_ahead | whose = -
whose | antecedent | whose = Gondor
whose | antecedent | Gondor = -
whose | is_main_subject | men = no
"""


@pytest.mark.parametrize(("name", "asked", "word", "wanted"), _rows(ANSWERS))
def test_what_a_tree_answers(name: str, asked: str, word: str, wanted: str) -> None:
    tree = Tree(sentence(ASKED[name]))
    answer = getattr(tree, asked)(tree.s.words.index(word))
    if isinstance(answer, bool):
        answer = ["yes" if answer else "no"]
    elif answer is None or isinstance(answer, int | str):
        answer = [] if answer is None else [answer]
    elif isinstance(answer, frozenset):
        answer = sorted(answer)
    assert " ".join(tree.s.words[item] if isinstance(item, int) else item for item in answer) == wanted


# tree | head of a phrase = the words that a test on the phrase looks at
CONTENT = """
house | arrest | of = arrest,strict,strict arrest,arrest of guard,guard,house,house guard
hyphen | deals | of = deal,share,share deal,power-sharing
pull | out | of = out,pull,pull out,pull-out
gerund | shelling | of = shell,town,bree,bree town,shell of rohan,rohan
levels | end | of = end,end of talk,talk,talk of head,head,head of state,state
"""


@pytest.mark.parametrize(("name", "word", "_", "wanted"), _rows(CONTENT))
def test_the_words_that_a_test_on_a_role_looks_at(name: str, word: str, _: str, wanted: str) -> None:
    tree = Tree(sentence(ASKED[name]))
    assert tree.words_of(tree.phrase(tree.s.words.index(word))) == frozenset(wanted.split(","))
