"""Clauses whose subject or object stands late or apart, made by hand."""

from __future__ import annotations

from trees import heads, read


def test_a_subject_read_as_another_name_comes_back() -> None:
    tree, found = read(
        "In|IN|prep|10 a|DT|det|2 move|NN|pobj|0 in|IN|prep|2 Ostra|NNP|pobj|3 ,|,|punct|4 the|DT|det|8 Hill|NNP|compound|8 "
        "Front|NNP|appos|4 has|VBZ|aux|10|have agreed|VBN|ROOT|10|agree .|.|punct|10"
    )
    assert heads(tree, found["agree"], "subject") == "Front"


def test_another_name_that_is_no_subject_stays() -> None:
    tree, found = read(
        "In|IN|prep|7 Ostra|NNP|pobj|0 ,|,|punct|1 the|DT|det|4 port|NN|appos|1 ,|,|punct|7 troops|NNS|nsubj|7|troop "
        "fled|VBD|ROOT|7|flee .|.|punct|7"
    )
    assert heads(tree, found["flee"], "subject") == "troops"


def test_a_noun_with_a_participle_is_the_subject() -> None:
    tree, found = read(
        "Troops|NNS|nsubj|1|troop taking|VBG|csubj|5|take cover|NN|dobj|1 ,|,|punct|1 also|RB|advmod|5 shelled|VBD|ROOT|5|shell "
        "Ostra|NNP|dobj|5 .|.|punct|5"
    )
    assert heads(tree, found["shell"], "subject") == "Troops"


def test_an_object_after_an_aside_belongs_to_the_clause_said() -> None:
    tree, found = read(
        "Varn|NNP|nsubj|1 announced|VBD|ROOT|1|announce that|IN|mark|4 Ostra|NNP|nsubj|4 hosted|VBD|ccomp|1|host ,|,|punct|4 "
        "on|IN|prep|4 Sunday|NNP|pobj|6 ,|,|punct|4 the|DT|det|10 parley|NN|dobj|1 .|.|punct|1"
    )
    assert heads(tree, found["host"], "object") == "parley"
    assert heads(tree, found["announce"], "object") == ""


def test_what_it_called_something_is_that_thing() -> None:
    tree, found = read(
        "Ostra|NNP|nsubj|1 held|VBD|ROOT|1|hold what|WP|dobj|4 it|PRP|nsubj|4 called|VBD|ccomp|1|call a|DT|det|6 "
        "drill|NN|oprd|4 .|.|punct|1"
    )
    assert heads(tree, found["hold"], "object") == "drill"
    assert heads(tree, found["call"], "predicate") == ""


def test_members_that_are_listed_are_no_further_subjects() -> None:
    tree, found = read(
        "Alliance|NNP|nsubj|7 ,|,|punct|0 comprising|VBG|acl|0|comprise Front|NNP|dobj|2 ,|,|punct|0 and|CC|cc|0 "
        "Guard|NNP|conj|0 met|VBD|ROOT|7|meet .|.|punct|7"
    )
    assert heads(tree, found["meet"], "subject") == "Alliance"
    assert heads(tree, found["comprise"], "object") == "Front Guard"


def test_a_perfect_after_has_is_a_verb() -> None:
    tree, found = read(
        "It|PRP|nsubj|2 has|VBZ|aux|2|have overrun|NN|ROOT|2 bases|NNS|dobj|2|base .|.|punct|2",
    )
    assert heads(tree, found["overrun"], "object") == "bases"


def test_an_urging_with_so_after_it_is_said_outright() -> None:
    _, found = read(
        "We|PRP|nsubj|1 urge|VBP|ccomp|7 them|PRP|dobj|1 ,|,|punct|7 so|IN|mark|7 we|PRP|nsubj|7 can|MD|aux|7 "
        "return|VB|ROOT|7 .|.|punct|7"
    )
    assert found["urge"].link == "root"
    assert found["return"].parent == found["urge"].index
