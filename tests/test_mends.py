"""Clauses whose subject or object stands late or apart, made by hand."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from trees import heads, read, sentence

from dragoman.reading.mending import speech
from dragoman.reading.mending.draft import Draft
from dragoman.reading.mending.past import parted_objects, tell


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


# a sentence in each of the forms that mending.past knows; the tables below change a word of it
STRIKE = (
    "Young|JJ|amod|1 teachers|NNS|ROOT|1|teacher in|IN|prep|1 Rohan|NNP|nmod|5 downed|VBN|amod|5|down tools|NNS|pobj|2|tool "
    "on|IN|prep|1 Monday|NNP|pobj|6 .|.|punct|1"
)
MARCH = (
    "Some|DT|det|1 hundreds|NNS|ROOT|1|hundred of|IN|prep|1 migrants|NNS|pobj|2|migrant protested|VBN|acl|3|protest "
    "in|IN|prep|4 Ostra|NNP|pobj|5 ,|,|punct|1 demanding|VBG|advcl|4|demand papers|NNS|dobj|8 .|.|punct|1"
)
TRIP = (
    "Angry|JJ|amod|1 farmers|NNS|ROOT|1|farmer from|IN|prep|1 hills|NNS|pobj|2|hill converged|VBN|acl|3|converge on|IN|prep|4 "
    "Ostra|NNP|pobj|5 .|.|punct|1"
)
KILLING = "Men|NNS|ROOT|0|man near|IN|prep|0 Ostra|NNP|pobj|1 killed|VBN|acl|0|kill elders|NNS|dobj|3|elder .|.|punct|0"
HALT = (
    "Rohan|NNP|poss|3 's|POS|case|0 army|NN|compound|3 chief|NN|nmod|5 dissolved|VBN|amod|5|dissolve parliament|NN|ROOT|5 "
    "of|IN|prep|5 elders|NNS|pobj|6|elder on|IN|prep|5 Monday|NNP|pobj|8 .|.|punct|5"
)
BAN = "The|DT|det|3 Front|JJ|amod|3 barred|VBD|amod|3|bar girls|NNS|ROOT|3|girl from|IN|prep|3 schools|NNS|pobj|4|school .|.|punct|3"
LOOT = "Men|NNS|nsubj|4|man near|IN|prep|0 Ostra|NNP|pobj|1 looted|VBN|amod|4|loot shops|NNS|ROOT|4|shop .|.|punct|4"
CORDON = "Police|NNS|nsubj|1|police cordoned|VBD|ROOT|1|cordon off|IN|prep|1 the|DT|det|4 area|NN|pobj|2 .|.|punct|1"
STRUCK = "teachers/NNS/nsubj/downed Rohan/NNP/pobj/in downed/VBD/ROOT/downed tools/NNS/dobj/downed on/IN/prep/downed ././punct/downed"
MARCHED = "hundreds/NNS/nsubj/protested protested/VBD/ROOT/protested ,/,/punct/protested ././punct/protested"
WENT = "farmers/NNS/nsubj/converged converged/VBD/ROOT/converged ././punct/converged"
KILLED = "Men/NNS/nsubj/killed killed/VBD/ROOT/killed ././punct/killed"
HALTED = "chief/NN/nsubj/dissolved dissolved/VBD/ROOT/dissolved parliament/NN/dobj/dissolved on/IN/prep/dissolved ././punct/dissolved"
BANNED = "The/DT/det/Front Front/NNP/nsubj/barred barred/VBD/ROOT/barred girls/NNS/dobj/barred from/IN/prep/barred ././punct/barred"
LOOTED = "Men/NNS/nsubj/looted looted/VBD/ROOT/looted shops/NNS/dobj/looted ././punct/looted"
PARTED = "off/RP/prt/cordoned area/NN/dobj/cordoned"


def mended(mend: Callable[[Draft], None], tree: str, changes: str) -> str:
    """Return each word that a mend gives another tag, label or head ('word/tag/label/head …') in a tree changed by 'old => new; …'."""
    for change in filter(None, changes.split("; ")):
        old, new = change.split(" => ")
        assert tree.count(old) == 1, old
        tree = tree.replace(old, new)
    draft = Draft(sentence(tree))
    before = list(zip(draft.tags, draft.deps, draft.heads, strict=True))
    mend(draft)
    words = draft.source.words
    after = zip(words, before, zip(draft.tags, draft.deps, draft.heads, strict=True), strict=True)
    return " ".join("/".join((word, *now[:2], words[now[2]])) for word, was, now in after if now != was)


@pytest.mark.parametrize(
    ("tree", "changes", "wanted"),
    [
        (STRIKE, "", STRUCK),
        (STRIKE, "downed|VBN => downed|VBD", STRUCK),
        (STRIKE, "NNS|ROOT => NNPS|ROOT", STRUCK.replace("teachers/NNS", "teachers/NNPS")),
        (STRIKE, "in|IN => of|IN", STRUCK.replace("pobj/in", "pobj/of")),
        (STRIKE, "Rohan|NNP|nmod|5 => Rohan|NNP|pobj|2", STRUCK.replace("Rohan/NNP/pobj/in ", "")),
        (STRIKE, "Rohan|NNP|nmod|5 => Rohan|RB|advmod|5", STRUCK.replace("Rohan/NNP/pobj/in ", "")),
        (STRIKE, "tools|NNS|pobj|2 => tools|NNS|dep|2", STRUCK.replace("Rohan/NNP/pobj/in ", "")),
        (MARCH, "", MARCHED),
        (MARCH, "Some|DT|det|1 => ,|,|punct|1", MARCHED),  # a comma before the root parts nothing
        (MARCH, "1|hundred => 1|crew; Ostra|NNP|pobj|5 => Ostra|NNP|dobj|4", MARCHED),  # no count, but an object
        (
            MARCH,
            "3|protest => 3|seize; Ostra|NNP|pobj|5 => Ostra|NNP|dobj|4",
            MARCHED,
        ),  # what befalls, but with an object
        (TRIP, "", WENT),
        (TRIP, "ROOT => conj", ""),  # cut off from its root, it is not the first word
        (TRIP, "Angry|JJ|amod|1 => Angry|VBN|amod|1", ""),
        (KILLING, "", KILLED),
        (KILLING, "ROOT => conj", KILLED),  # cut off from what it was joined to
    ],
)
def test_a_past_form_after_a_place_is_what_the_root_did(tree: str, changes: str, wanted: str) -> None:
    assert mended(tell, tree, changes) == wanted


@pytest.mark.parametrize(
    ("tree", "changes"),
    [
        (STRIKE, "teachers|NNS => teachers|NN"),  # no plural: 'the teacher in Rohan hurt'
        (STRIKE, ".|. => !|."),  # a heading
        (STRIKE, "in|IN => as|IN"),  # no place
        (STRIKE, "Young|JJ => Striking|VBG"),  # a verb before them
        (STRIKE, "Rohan|NNP|nmod|5 => ,|,|punct|1"),
        (STRIKE, "downed|VBN => downing|VBG"),
        (STRIKE, "downed|VBN => downed|JJ"),  # no verb at all
        (STRIKE, "Rohan|NNP|nmod|5 => would|MD|aux|4"),
        (STRIKE, "Monday|NNP => strikes|VBZ"),  # another verb tells
        (STRIKE, "tools|NNS|pobj|2 => tools|NNS|pobj|5"),  # hangs on nothing of theirs: two pieces
        (STRIKE, "downed|VBN|amod => downed|VBN|nmod"),
        (STRIKE, "downed|VBN|amod => downed|VBN|acl"),  # told of the tools, which stand behind it
        (MARCH, "protested|VBN|acl => protested|VBN|advcl"),
        (MARCH, "1|hundred => 1|crew"),
        (MARCH, "3|protest => 3|strand"),
        (TRIP, "on|IN|prep => by|IN|agent"),
        (TRIP, "3|converge => 3|wound"),
        (KILLING, "elders|NNS|dobj => here|RB|advmod"),
        (KILLING, "elders|NNS|dobj|3|elder => by|IN|agent|3; .|. => elders|NNS|dobj|3 .|."),
        ("Teachers|NNS|ROOT|0|teacher", ""),
        (".|NNS|ROOT|0", ""),
    ],
)
def test_a_past_form_after_a_place_that_may_be_a_quality_stays(tree: str, changes: str) -> None:
    assert mended(tell, tree, changes) == ""


def test_all_of_a_place_goes_back_to_its_preposition() -> None:
    assert (
        mended(
            tell,
            "Nurses|NNS|ROOT|0|nurse in|IN|prep|0 Rohan|NNP|poss|6 's|POS|case|2 north|NN|npadvmod|5 downed|VBN|amod|6|down "
            "tools|NNS|pobj|1|tool .|.|punct|0",
            "",
        )
        == "Nurses/NNS/nsubj/downed Rohan/NNP/poss/north north/NN/pobj/in downed/VBD/ROOT/downed tools/NNS/dobj/downed "
        "././punct/downed"
    )


@pytest.mark.parametrize(
    ("tree", "changes", "wanted"),
    [
        (HALT, "", HALTED),
        (HALT, "dissolved|VBN => dissolved|VBD", HALTED),
        (HALT, "chief|NN|nmod => chiefs|NNS|nmod", HALTED.replace("chief/NN", "chiefs/NNS")),
        (HALT, "chief|NN|nmod => Aldor|NNP|nmod", HALTED.replace("chief/NN", "Aldor/NNP")),
        (HALT, "chief|NN|nmod => Elders|NNPS|nmod", HALTED.replace("chief/NN", "Elders/NNPS")),
        (
            HALT,
            "army|NN|compound|3 => army|NN|compound|5",
            HALTED.replace("chief/NN", "army/NN/compound/chief chief/NN"),
        ),
        (HALT, "army|NN|compound|3 => new|JJ|amod|5", HALTED.replace("chief/NN", "new/JJ/amod/chief chief/NN")),
        (HALT, "army|NN|compound|3 => two|CD|nummod|5", HALTED.replace("chief/NN", "two/CD/nummod/chief chief/NN")),
        (
            HALT,
            "army|NN|compound|3 => again|RB|advmod|5",
            HALTED.replace("chief/NN", "again/RB/advmod/dissolved chief/NN"),
        ),
        (HALT, "army|NN|compound|3 => of|IN|prep|5", HALTED.replace("chief/NN", "of/IN/prep/dissolved chief/NN")),
        (HALT, "Rohan|NNP|poss|3 => Rohan|NNP|poss|5", "Rohan/NNP/poss/chief " + HALTED),
        (HALT, "on|IN|prep|5 => in|IN|det|5", HALTED.replace("on/IN/prep", "in/IN/det")),
        (HALT, "Monday|NNP => ,|,", HALTED),
        (HALT, "chief|NN|nmod|5 => chief|NN|nmod|4", HALTED),
        (BAN, "", BANNED),
        (LOOT, "", LOOTED),
        (LOOT, "nsubj|4 => nsubj|3", LOOTED.replace("Men/NNS/nsubj/looted ", "")),
        (LOOT, "Ostra|NNP => here|RB", LOOTED),
        (
            "Rohan|NNP|nmod|2 shelled|VBN|amod|2 Ostra|NNP|ROOT|2 .|.|punct|2",
            "",
            "Rohan/NNP/nsubj/shelled shelled/VBD/ROOT/shelled Ostra/NNP/dobj/shelled ././punct/shelled",
        ),
    ],
)
def test_a_past_form_before_the_root_is_the_verb(tree: str, changes: str, wanted: str) -> None:
    assert mended(tell, tree, changes) == wanted


@pytest.mark.parametrize(
    ("tree", "changes"),
    [
        (HALT, ".|. => !|."),
        (HALT, "parliament|NN => them|PRP"),
        (HALT, "dissolved|VBN => dissolved|JJ"),
        (HALT, "dissolved|VBN|amod => dissolved|VBN|nmod"),
        (HALT, "dissolved|VBN|amod|5 => dissolved|VBN|amod|7"),
        (HALT, "chief|NN|nmod => newly|RB|advmod"),
        (HALT, "army|NN|compound => ,|,|punct"),
        (HALT, "Monday|NNP => says|VBZ"),
        (HALT, "Monday|NNP => may|MD"),
        (HALT, "ROOT => conj"),
        (BAN, "The|DT => A|DT"),  # 'A Kenyan barred girls' tells of girls
        (BAN, "Front|JJ => front|JJ"),
        (BAN, "Front|JJ => Front|RB"),
        (LOOT, "Men|NNS => Then|RB"),
        ("Shelled|VBN|amod|1|shell Ostra|NNP|ROOT|1 burned|JJ|amod|1 .|.|punct|1", ""),
    ],
)
def test_a_past_form_before_the_root_that_may_be_a_quality_stays(tree: str, changes: str) -> None:
    assert mended(tell, tree, changes) == ""


@pytest.mark.parametrize(
    ("changes", "wanted"),
    [
        ("", PARTED),
        ("cordoned|VBD => cordoned|VB", PARTED),
        ("1|cordon => 1|leave; off|IN => off|RP", PARTED),
        ("1|cordon => 1|take; off|IN => over|RP", PARTED.replace("off/", "over/")),
        ("1|cordon => 1|walk", ""),  # 'walked off the field'
        ("off|IN => across|IN", ""),  # 'cut across the field'
        ("area|NN|pobj => area|NN|pcomp", ""),
        ("cordoned|VBD => cordon|NN", ""),
        ("the|DT|det|4 => them|PRP|dobj|1", ""),  # it has its object
        ("off|IN|prep|1 => off|IN|prep|0", ""),
        ("Police|NNS|nsubj => In|IN|prep", PARTED),  # what stands before a verb is no part of it
    ],
)
def test_what_follows_a_parted_verb_is_its_object(changes: str, wanted: str) -> None:
    assert mended(parted_objects, CORDON, changes) == wanted


def test_a_verb_that_takes_nothing_hinders_no_parted_one() -> None:
    came = (
        "Men|NNS|nsubj|1|man came|VBD|ROOT|1|come by|RB|advmod|1 and|CC|cc|1 cordoned|VBD|conj|1|cordon off|IN|prep|4 "
        "roads|NNS|pobj|5|road .|.|punct|1"
    )
    assert mended(parted_objects, came, "") == "off/RP/prt/cordoned roads/NNS/dobj/cordoned"


def test_who_says_it_becomes_the_root_where_the_object_s_verb_was_it() -> None:
    """'Gondor left, Rohan and Harad added': what is said hangs on who says it, and not each on the other."""
    source = sentence(
        "Gondor|NNP|nsubj|1 left|VBD|ROOT|1|leave Rohan|NNP|nsubj|7 ,|,|punct|2 Harad|NNP|conj|2 and|CC|cc|4 Dale|NNP|conj|4 "
        "added|VBD|ccomp|1|add .|.|punct|1"
    )
    draft = Draft(source)
    speech._speak(draft, (4, 7), 2)
    mended = draft.sentence()
    assert draft.changed
    assert [mended.words[mended.heads[token]] for token in (1, 7)] == ["added", "added"]


def test_mendings_that_tie_words_in_a_ring_are_left_out() -> None:
    source = sentence("Gondor|NNP|nsubj|1 left|VBD|ROOT|1|leave Harad|NNP|dobj|1")
    draft = Draft(source)
    draft.hang(1, 2, "ccomp")
    assert draft.sentence() is source
    draft.hang(2, 2, "ROOT")
    assert draft.sentence().heads == (1, 2, 2)
