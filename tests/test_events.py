"""Frames on clauses, made by hand: who says a clause, what fills a role, which frame fires, and which act another takes in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pytest
from trees import sentence

from dragoman.model import Clause, EventType, Phrase
from dragoman.reading.events import Matcher
from dragoman.reading.scenes import Scene
from dragoman.reading.tree import Tree
from dragoman.rulebook.types import Frame, Gives, Manner, Pattern, Rulebook
from dragoman.rulebook.types import Test as Condition

ACTORS = frozenset({"gondor", "rohan", "mordor"})
LISTS = {"lights": frozenset[str](), "happenings": frozenset[str](), "patients": frozenset[str]()}
TO, ING = {"tense": "infinitive"}, {"tense": "participle"}


@dataclass(frozen=True, kw_only=True)
class Said:
    """A clause as a test writes it: its word, the word that it hangs on, and words in roles ('gondor rohan' are two fillers)."""

    word: str
    up: str | None
    link: str
    light: str | None
    fields: dict[str, Any]
    roles: dict[str, str]


def said(word: str, up: str | None = None, link: str = "complement", *, light: str | None = None, **rest: Any) -> Said:
    fields = {key: rest.pop(key) for key in list(rest) if key in Clause.__dataclass_fields__}
    roles = {name.strip("_"): words for name, words in rest.items()}
    return Said(word=word, up=up, link=link if up else "root", light=light, fields=fields, roles=roles)


def noun(word: str, up: str | None = None, link: str = "complement", **rest: Any) -> Said:
    return said(word, up, link, form="noun", **rest)


def scene(words: str, *clauses: Said) -> Scene:
    """Return a scene of these words and clauses; of a word written 'word/label/head' the tree knows more."""
    plain = [word.split("/")[0] for word in words.split()]
    rows = []
    for row in words.split():
        word, label, head = [*row.split("/"), "dep", plain[0]][:3] if "/" not in row else row.split("/")
        rows.append(f"{word}|NN|{label}|{plain.index(head)}")
    tree = Tree(sentence(" ".join(rows)))
    made = [
        Clause(
            index=plain.index(each.word), lemma=each.word, form=each.fields.get("form", "verb"),
            roles={role: tuple(_phrase(plain.index(w)) for w in some.split()) for role, some in each.roles.items()},
            parent=None if each.up is None else plain.index(each.up), link=each.link,
            light=None if each.light is None else plain.index(each.light),
            start=0 if each.up is None else plain.index(each.word), end=len(plain),
            **{name: value for name, value in each.fields.items() if name != "form"},
        )
        for each in clauses
    ]  # fmt: skip
    return Scene(tree, made, lambda phrase: frozenset({"#actor"} if plain[phrase.head] in ACTORS else ()))


def _phrase(token: int) -> Phrase:
    return Phrase(head=token, start=token, end=token + 1)


def fills(made: Scene, word: str, role: str) -> str:
    """Return the words that fill a role of a word's clause."""
    (clause,) = (c for c in made.clauses if c.lemma == word)
    return " ".join(made.tree.s.words[phrase.head] for phrase in made.fill(clause, role))


SAYS = said("say", subject="gondor")
SPEAKERS = [
    ("who says it", "gondor say attack", [SAYS, said("attack", "say")], "gondor"),
    ("what hangs otherwise is not said", "gondor say attack", [SAYS, said("attack", "say", "time")], ""),
    ("seeing is no saying", "gondor see attack", [said("see", subject="gondor"), said("attack", "see")], ""),
    ("according to", "attack rohan", [said("attack", speaker="rohan")], "rohan"),
    ("its own before that above", "gondor say attack rohan", [SAYS, said("attack", "say", speaker="rohan")], "rohan"),
    ("an aside", "attack gondor say", [said("attack"), said("say", "attack", "aside", subject="gondor")], "gondor"),
    ("an aside of nobody", "attack say", [said("attack"), said("say", "attack", "aside")], ""),
    ("an adverbial is no aside", "attack gondor say", [said("attack"), said("say", "attack", "adverbial", subject="gondor")], ""),
    ("content of content", "gondor say want attack", [SAYS, said("want", "say"), said("attack", "want")], "gondor"),
    ("what goes on", "gondor say flee attack", [SAYS, said("flee", "say"), said("attack", "flee", "conjunct")], "gondor"),
    ("a reason", "gondor say flee attack", [SAYS, said("flee", "say"), said("attack", "flee", "reason")], "gondor"),
    ("a time in it is the paper's", "gondor say flee attack", [SAYS, said("flee", "say"), said("attack", "flee", "time")], ""),
    ("according to, further up", "flee attack rohan", [said("flee", speaker="rohan"), said("attack", "flee", "conjunct")], "rohan"),
]  # fmt: skip


@pytest.mark.parametrize(("title", "words", "clauses", "who"), SPEAKERS, ids=[row[0] for row in SPEAKERS])
def test_who_says_a_clause(title: str, words: str, clauses: Sequence[Said], who: str) -> None:
    assert fills(scene(words, *clauses), "attack", "speaker") == who


ROLES = [
    ("a noun", "urge gondor", [said("urge", object="gondor")], "urge.object", "gondor"),
    ("a clause", "urge leave", [said("urge"), said("leave", "urge", **TO)], "urge.complement", "leave"),
    ("and what goes on with it", "urge leave flee", [said("urge"), said("leave", "urge"), said("flee", "leave", "conjunct")],
     "urge.complement", "leave flee"),
    ("but not its time", "urge leave flee", [said("urge"), said("leave", "urge"), said("flee", "leave", "time")],
     "urge.complement", "leave"),
    ("a nominal act is no filler by its clause", "urge talk", [said("urge"), noun("talk", "urge")], "urge.complement", ""),
    ("within a clause", "urge rohan leave", [said("urge"), said("leave", "urge", subject="rohan")],
     "urge.complement.subject", "rohan"),
    ("within a clause within", "urge end gondor war", [said("urge"), said("end", "urge"), said("war", "end", object="gondor")],
     "urge.complement.complement.object", "gondor"),
    ("a noun that is asked to do", "offer leave", [noun("offer"), said("leave", "offer", "modifier", **TO)],
     "offer.complement", "leave"),
    ("a noun whose doing is told", "offer leave", [noun("offer"), said("leave", "offer", "modifier", **ING)],
     "offer.complement", "leave"),
    ("a verb with 'to'", "have leave", [said("have"), said("leave", "have", "modifier", **TO)], "have.complement", "leave"),
    ("a verb with a participle", "have leave", [said("have"), said("leave", "have", "modifier", **ING)], "have.complement", ""),
    ("nothing to discuss", "have discuss", [said("have"), said("discuss", "have", "relative", **TO)],
     "have.complement", "discuss"),
    ("a relative clause of what is done", "free discuss", [said("free"), said("discuss", "free", "relative", **TO)],
     "free.complement", ""),
    ("or else", "leave or/cc/leave face/conj/leave", [said("leave"), said("face", "leave", "conjunct")], "leave.or", "face"),
    ("and is not or", "leave and/cc/leave face/conj/leave", [said("leave"), said("face", "leave", "conjunct")], "leave.or", ""),
    ("or of a time", "leave or/cc/leave face/conj/leave", [said("leave"), said("face", "leave", "time")], "leave.or", ""),
    ("a condition", "leave if come", [said("leave"), said("come", "leave", "condition")], "leave.condition", "come"),
    ("what the light verb carries asks", "make appeal leave", [said("make"), noun("appeal", light="make"), said("leave", "make")],
     "appeal.complement", "leave"),
    ("but no reason of the light verb", "make appeal leave",
     [said("make"), noun("appeal", light="make"), said("leave", "make", "reason")], "appeal.reason", ""),
    ("who stands in the act of a light verb", "come fire gondor",
     [said("come", under="fire"), noun("fire", light="come", from_="gondor")],
     "come.under.from", "gondor"),
    ("the owner of a thing", "reject gondor/poss/plan plan", [said("reject", object="plan")], "reject.object.owner", "gondor"),
    ("the owner as who did it", "reject gondor/poss/plan plan", [said("reject", object="plan")], "reject.object.subject", "gondor"),
    ("who a thing is by", "reject plan by/prep/plan gondor/pobj/by", [said("reject", object="plan")],
     "reject.object.subject", "gondor"),
    ("whom a thing is for", "reject plan for/prep/plan gondor/pobj/for", [said("reject", object="plan")],
     "reject.object.for", "gondor"),
    ("whom a thing is for did not do it", "reject plan for/prep/plan gondor/pobj/for", [said("reject", object="plan")],
     "reject.object.subject", ""),
    ("what kind a thing is", "reject peace/compound/plan plan", [said("reject", object="plan")], "reject.object.modifier", "peace"),
    ("a kind is no owner", "reject peace/compound/plan plan", [said("reject", object="plan")], "reject.object.owner", ""),
]  # fmt: skip


@pytest.mark.parametrize(("title", "words", "clauses", "asked", "found"), ROLES, ids=[row[0] for row in ROLES])
def test_what_fills_a_role(title: str, words: str, clauses: Sequence[Said], asked: str, found: str) -> None:
    word, _, role = asked.partition(".")
    assert fills(scene(words, *clauses), word, role) == found


LABELS: list[tuple[dict[str, Any], str]] = [
    ({}, "#that"),
    (TO, "#infinitive"),
    (ING, "#gerund"),
    ({"tense": "past"}, "#that #past"),
    ({"tense": "past", "modal": "would"}, "#that"),
    ({"tense": "present", "perfect": True}, "#that #past"),
    ({"tense": "infinitive", "modal": "bid"}, "#infinitive"),
    ({"tense": "infinitive", "modal": "must"}, "#that"),
    ({"tense": "infinitive", "negated": True}, "#infinitive #negated"),
    ({"subject": "rohan"}, "#that #own"),
    ({"object": "rohan"}, "#that"),
    ({"passive": True, "object": "rohan"}, "#that #own"),
    ({"passive": True, "subject": "rohan"}, "#that"),
]


@pytest.mark.parametrize(("fields", "labels"), LABELS)
def test_the_shape_of_a_clause_that_fills_a_role(fields: dict[str, Any], labels: str) -> None:
    made = scene("say rohan leave", said("say"), said("leave", "say", **fields))
    clause = made.by_index[2]
    object.__setattr__(clause, "start", 1)
    assert made.labels(_phrase(2)) == frozenset(labels.split())


def test_a_name_and_a_nominal_act_have_the_kinds_of_who_is_meant() -> None:
    made = scene("say gondor rohan", said("say"), noun("rohan", "say"))
    assert made.labels(_phrase(1)) == made.labels(_phrase(2)) == {"#actor"}


BESIDE = [
    ("an object", "lay siege", [said("lay", object="siege")], "siege"),
    ("no subject of a verb", "gondor lay", [said("lay", subject="gondor")], ""),
    ("a preposition and its noun", "go to war", [said("go", to="war")], "to war"),
    ("no 'on' that only says when", "fire sunday", [said("fire", on="sunday")], "sunday"),
    ("'on' somebody", "fire sunday gondor", [said("fire", on="sunday gondor")], "on sunday gondor"),
    ("a particle", "call off", [said("call", particles=frozenset({"off"}))], "off"),
    ("a preposition before a clause", "accuse arm", [said("accuse"), said("arm", "accuse", "of")], "of"),
    ("a link that is no preposition", "accuse arm", [said("accuse"), said("arm", "accuse", "time")], ""),
    ("a complement", "help flee", [said("help"), said("flee", "help")], "flee"),
    ("a predicate", "be ready", [said("be", predicate="ready")], "ready"),
    ("an adverb", "go home/advmod/go", [said("go")], "home"),
    ("what kind a nominal act is", "swap prisoner", [noun("swap", modifier="prisoner")], "prisoner"),
    ("what a nominal act is done to", "attack gondor", [noun("attack", object="gondor")], "gondor"),
    ("who does a nominal act", "attack gondor", [noun("attack", subject="gondor")], "gondor"),
    ("what a nominal act is of", "exchange fire", [noun("exchange", of="fire")], "fire of"),
    ("its light verb", "come fire", [noun("fire", light="come"), said("come")], "come"),
    ("no noun under a nominal act's other prepositions", "talk rohan", [noun("talk", with_="rohan")], "with"),
]


@pytest.mark.parametrize(("title", "words", "clauses", "beside"), BESIDE, ids=[row[0] for row in BESIDE])
def test_which_words_stand_beside_a_verb_or_noun(
    title: str, words: str, clauses: Sequence[Said], beside: str
) -> None:  # fmt: skip
    made = scene(words, *clauses)
    assert made.beside(made.clauses[0]) == frozenset(beside.split())


# -- which frame fires


def frame(name: str, *verbs: str, event: EventType = EventType.ASSAULT, **fields: Any) -> Frame:
    """Return a frame of these verbs ('lay siege': with that word); what ``Gives`` knows goes there, words of a role to its tests."""
    gives = {key: fields.pop(key) for key in list(fields) if key in ("keeps", "marks", "actor")}
    nouns = tuple(Pattern(lemma=word) for word in fields.pop("nouns", "").split())
    patterns = tuple(Pattern(lemma=first, rest=tuple(rest)) for first, *rest in (verb.split() for verb in verbs))
    return Frame(id=name, verbs=patterns, nouns=nouns, gives=Gives(event=event, **gives), **fields)


def where(role: str, words: str = "", **more: Any) -> Condition:
    return Condition(role=role, words=frozenset(words.split()), **more)


def matcher(*frames: Frame) -> Matcher:
    return Matcher(
        Rulebook(
            digest="", lists=LISTS, frames=frames, cues=(), agents=(), agent_of={}, roster={}, titles={}, process={}
        )
    )


def fired(frames: Sequence[Frame], words: str, *clauses: Said) -> dict[str, str]:
    """Return the frame that makes a claim of each word."""
    return {match.clause.lemma: match.frame.id for match in matcher(*frames).matches(scene(words, *clauses))}


ON_ROHAN = said("fire", subject="gondor", object="rohan", on="mordor dale")
PLAIN, ANY = frame("plain", "fire"), frame("any", any_verb=True)
CHOSEN = [
    ("none of that word", [frame("other", "shoot")], ""),
    ("a noun's frame on a verb", [frame("noun", nouns="fire")], ""),
    ("the first of two", [PLAIN, frame("second", "fire")], "plain"),
    ("the one with a condition", [PLAIN, frame("tested", "fire", tests=(where("object", "rohan"),))], "tested"),
    ("a condition that fails", [PLAIN, frame("tested", "fire", tests=(where("object", "arnor"),))], "plain"),
    ("a role that is not there", [PLAIN, frame("tested", "fire", tests=(where("to", anything=True),))], "plain"),
    ("any filler of a role", [PLAIN, frame("tested", "fire", tests=(where("on", anything=True),))], "tested"),
    ("a word of the second filler", [PLAIN, frame("tested", "fire", tests=(where("on", "dale"),))], "tested"),
    ("a kind of filler", [PLAIN, frame("tested", "fire", tests=(where("object", kinds=frozenset({"#actor"})),))], "tested"),
    ("another kind of filler", [PLAIN, frame("tested", "fire", tests=(where("object", kinds=frozenset({"#that"})),))], "plain"),
    ("words or kinds", [PLAIN, frame("t", "fire", tests=(where("object", "arnor", kinds=frozenset({"#actor"})),))], "t"),
    ("two conditions of which one fails",
     [PLAIN, frame("t", "fire", tests=(where("object", "rohan"), where("on", "arnor")))], "plain"),
    ("two words", [PLAIN, frame("two", "fire on")], "two"),
    ("two words and a condition, each two", [frame("two", "fire on"), frame("t", "fire", tests=(where("object", "rohan"),))], "two"),
    ("a condition before two words", [frame("t", "fire", tests=(where("object", "rohan"),)), frame("two", "fire on")], "t"),
    ("three words before two", [frame("two", "fire on"), frame("three", "fire on mordor")], "three"),
    ("a second word that is not there", [PLAIN, frame("three", "fire on arnor")], "plain"),
    ("rank", [PLAIN, frame("ranked", "fire", rank=1)], "ranked"),
    ("an exception that holds", [PLAIN, frame("but", "fire", unless=(where("object", "rohan"),))], "plain"),
    ("an exception that does not hold", [PLAIN, frame("but", "fire", unless=(where("object", "arnor"),))], "but"),
    ("any verb", [ANY], "any"),
    ("its own word before any", [ANY, PLAIN], "plain"),
    ("any verb of more conditions", [PLAIN, frame("any", any_verb=True, tests=(where("object", "rohan"),))], "any"),
    ("its own word before any of the same weight",
     [frame("any", any_verb=True, rank=1), frame("x", "fire", manner=Manner(passive=True)), PLAIN], "plain"),
    ("a tense that it is not in", [PLAIN, frame("t", "fire", manner=Manner(tense=frozenset({"past"})))], "plain"),
    ("its tense", [PLAIN, frame("t", "fire", manner=Manner(tense=frozenset({"none"})))], "t"),
    ("a modal that it has not", [PLAIN, frame("t", "fire", manner=Manner(modal=frozenset({"must"})))], "plain"),
    ("polarity", [PLAIN, frame("t", "fire", manner=Manner(negated=True)), frame("u", "fire", manner=Manner(negated=False))], "u"),
    ("voice", [frame("t", "fire", manner=Manner(passive=True)), frame("u", "fire", manner=Manner(passive=False))], "u"),
    ("a frame that makes no claim", [PLAIN, frame("silent", "fire", silent=True, rank=1)], ""),
]  # fmt: skip


@pytest.mark.parametrize(("title", "frames", "name"), CHOSEN, ids=[row[0] for row in CHOSEN])
def test_the_frame_with_the_most_conditions_fires_and_the_first_of_equals(
    title: str, frames: Sequence[Frame], name: str
) -> None:  # fmt: skip
    assert fired(frames, "fire gondor rohan mordor dale", ON_ROHAN).get("fire", "") == name


PAST, DUTY, ANY_MODAL = (
    Manner(tense=frozenset({"past"})),
    Manner(modal=frozenset({"must", "should"})),
    Manner(modal=frozenset("*")),
)
SHAPES: list[tuple[Manner, dict[str, Any], bool]] = [
    (PAST, {"tense": "past"}, True),
    (PAST, {"tense": "past", "perfect": True}, False),
    (PAST, {"tense": "present"}, False),
    (DUTY, {"modal": "must"}, True),
    (DUTY, {"modal": "may"}, False),
    (DUTY, {}, False),
    (ANY_MODAL, {"modal": "may"}, True),
    (ANY_MODAL, {}, False),
    (Manner(negated=True), {"negated": True}, True),
    (Manner(negated=True), {}, False),
    (Manner(negated=False), {}, True),
    (Manner(passive=True), {"passive": True}, True),
    (Manner(passive=False), {"passive": True}, False),
]  # fmt: skip


@pytest.mark.parametrize(("manner", "fields", "holds"), SHAPES)
def test_a_frame_may_ask_for_tense_modal_polarity_and_voice_or_bar_them(
    manner: Manner, fields: dict[str, Any], holds: bool
) -> None:
    assert bool(fired([frame("f", "fire", manner=manner)], "fire", said("fire", **fields))) is holds
    assert bool(fired([frame("f", "fire", barred=manner)], "fire", said("fire", **fields))) is not holds


def test_all_that_is_asked_must_hold_and_nothing_that_is_barred() -> None:
    both = Manner(modal=frozenset({"must"}), passive=True)
    assert not fired([frame("f", "fire", manner=both)], "fire", said("fire", passive=True))
    assert not fired([frame("f", "fire", barred=both)], "fire", said("fire", passive=True))


NEAR = [
    ({}, frame("f", "fire on"), "no 'on' with 'fire'"),
    ({"modal": "may"}, frame("f", "fire", manner=DUTY), "modal is may, not one of must, should"),
    ({"tense": "past"}, frame("f", "fire", manner=Manner(tense=frozenset({"present"}))), "tense is past, not present"),
    ({"tense": "past"}, frame("f", "fire", manner=Manner(tense=frozenset({"present", "none"}))), "tense is past, not none, present"),
    ({}, frame("f", "fire", tests=(where("object", "g f e d c b a"),)), "object is none of a, b, c, d, e, f"),
    ({"negated": True}, frame("f", "fire", manner=Manner(negated=False)), "negated is True"),
    ({"passive": True}, frame("f", "fire", manner=Manner(passive=False)), "passive is True"),
    ({}, frame("f", "fire", tests=(where("object", "b a", kinds=frozenset({"#actor"})),)), "object is none of #actor, a, b"),
    ({}, frame("f", "fire", tests=(where("object", anything=True),)), "object is none of anything"),
    ({"object": "rohan"}, frame("f", "fire", unless=(where("object", "rohan"),)), "object is one of rohan (unless)"),
    ({"modal": "may"}, frame("f", "fire", barred=ANY_MODAL), "modal is may (unless)"),
    ({"tense": "past"}, frame("f", "fire", barred=PAST), "tense is past (unless)"),
    ({"negated": True}, frame("f", "fire", barred=Manner(negated=True)), "negated is True (unless)"),
    ({"passive": True}, frame("f", "fire", barred=Manner(passive=True)), "passive is True (unless)"),
    ({}, frame("f", any_verb=True, tests=(where("object", "rohan"),)), "object is none of rohan"),
]  # fmt: skip


@pytest.mark.parametrize(("fields", "one", "why"), NEAR, ids=[row[2] for row in NEAR])
def test_a_frame_that_does_not_fire_says_which_condition_failed(
    fields: dict[str, Any], one: Frame, why: str
) -> None:  # fmt: skip
    near = matcher(one).near(scene("fire rohan", said("fire", **fields)))
    assert [(each.frame.id, each.clause.lemma, each.failed) for each in near] == [(one.id, "fire", why)]


def test_a_frame_that_fires_is_not_near() -> None:
    assert matcher(PLAIN).near(scene("fire", said("fire"))) == ()


def test_verbs_and_nouns_of_one_word_have_their_own_frames() -> None:
    frames = [frame("verb", "attack"), frame("noun", nouns="attack"), ANY]
    assert fired(frames, "attack", said("attack")) == {"attack": "verb"}
    assert fired(frames, "attack", noun("attack")) == {"attack": "noun"}
    assert fired(frames, "raid", noun("raid")) == {}  # 'any verb' is no noun
    both = matcher(*frames)
    assert [m.frame.id for m in both.matches(scene("attack", noun("attack")))] == ["noun"]
    assert [m.frame.id for m in both.matches(scene("attack", said("attack")))] == ["verb"]
    assert [
        n.frame.id
        for n in matcher(frame("n", nouns="raid", manner=Manner(passive=True))).near(scene("raid", noun("raid")))
    ] == ["n"]


def test_silent_frames_and_acts_taken_in_are_told_apart() -> None:
    words, urged = "urge attack", (said("urge"), said("attack", "urge", **TO))
    both = matcher(*FRAMES)
    assert [m.clause.lemma for m in both.matches(scene(words, *urged))] == ["urge"]
    assert [m.clause.lemma for m in both.all_matches(scene(words, *urged))] == ["urge", "attack"]
    assert matcher(frame("s", "urge", silent=True)).all_matches(scene(words, *urged)) == ()


# -- what another act takes in

FRAMES = [
    frame("f0", "urge", event=EventType.REQUEST, keeps=True, nouns="appeal"),
    frame("f1", "attack", nouns="raid"),
    frame("f2", "leave", event=EventType.RETREAT, nouns="talk"),
    frame("f3", "warn", event=EventType.THREATEN, keeps=True),
    frame("f4", "sign", event=EventType.SUPPORT),
    frame("f5", "establish", event=EventType.AGREE),
    frame("f6", "should", event=EventType.REQUEST, actor=("speaker",)),
    frame("f7", event=EventType.SUPPORT, nouns="backer", marks=("alignment.backs",)),
    frame("f8", event=EventType.SUPPORT, nouns="envoy", marks=("talks.met",)),
]
URGE, ATTACK, SIGN = said("urge"), said("attack"), said("sign")
TAKEN = [
    ("what is urged", "urge leave", [URGE, said("leave", "urge", **TO)], "urge"),
    ("what is urged on", "urge begin leave", [URGE, said("begin", "urge", **TO), said("leave", "begin", **TO)], "urge"),
    ("its object, a nominal act", "urge talk", [URGE, noun("talk", "urge", "object")], "urge"),
    ("what goes on with what is urged", "urge end leave", [URGE, said("end", "urge"), said("leave", "end", "conjunct")], "urge"),
    ("what goes on with the urging", "urge leave", [URGE, said("leave", "urge", "conjunct")], "urge leave"),
    *[
        (f"a fact: {link}", "urge leave", [URGE, said("leave", "urge", link)], "urge leave")
        for link in ("adverbial", "relative", "time", "reason", "aside", "after", "while")
    ],
    *[
        (f"a nominal fact: {link}", "urge talk", [URGE, noun("talk", "urge", link)], "urge talk")
        for link in ("after", "during", "amid", "despite")
    ],
    ("'relative' is for verbs", "urge talk", [URGE, noun("talk", "urge", "relative")], "urge"),
    ("'amid' is for nouns", "urge leave", [URGE, said("leave", "urge", "amid")], "urge"),
    ("the content of an act that keeps none", "attack leave", [ATTACK, said("leave", "attack")], "attack leave"),
    ("the purpose of an act", "attack leave", [ATTACK, said("leave", "attack", "purpose", **TO)], "attack"),
    ("the nominal object of an act", "attack talk", [ATTACK, noun("talk", "attack", "object")], "attack"),
    ("what nobody urges", "begin leave", [said("begin"), said("leave", "begin", **TO)], "leave"),
    ("a finite clause of a noun", "appeal leave", [noun("appeal"), said("leave", "appeal", "modifier", tense="past")], "appeal leave"),
    ("an infinitive of a noun", "appeal leave", [noun("appeal"), said("leave", "appeal", "modifier", **TO)], "appeal"),
    ("a participle of a noun", "appeal leave", [noun("appeal"), said("leave", "appeal", "modifier", **ING)], "appeal"),
    ("what a light verb that is an act carries", "sign raid", [SIGN, noun("raid", light="sign")], "sign"),
    ("what a light verb that is no act carries", "stage raid", [said("stage"), noun("raid", light="stage")], "raid"),
    ("what a carried appeal asks", "make appeal leave",
     [said("make"), noun("appeal", light="make"), said("leave", "make", **TO)], "appeal"),
    *[
        (f"a carried act of its own: {link}", "urge stage raid gondor",
         [URGE, said("stage"), noun("raid", "urge", link, light="stage", subject="gondor")], "urge raid")
        for link in ("time", "reason", "relative")
    ],
    ("a carried act of nobody", "urge stage raid", [URGE, said("stage"), noun("raid", "urge", "time", light="stage")], "urge"),
    ("a carried object of its own", "urge stage raid gondor",
     [URGE, said("stage"), noun("raid", "urge", "object", light="stage", subject="gondor")], "urge"),
    ("a time told by a noun that nothing carries", "urge raid gondor", [URGE, noun("raid", "urge", "time", subject="gondor")], "urge"),
    *[
        (f"what somebody is accused of: {link}", "accuse attack", [said("accuse"), said("attack", "accuse", link, **ING)], "")
        for link in ("of", "for", "with")
    ],
    ("what somebody is accused by", "accuse attack", [said("accuse"), said("attack", "accuse", "by", **ING)], "attack"),
    ("accused, and it was", "accuse attack", [said("accuse"), said("attack", "accuse", "of", tense="past")], "attack"),
    ("thanked for it, by no frame", "thank attack", [said("thank"), said("attack", "thank", "for", **ING)], "attack"),
    ("what an act is about", "sign leave", [SIGN, said("leave", "sign", "on", **ING)], "sign"),
    ("what an act is done by", "sign leave", [SIGN, said("leave", "sign", "by", **ING)], "sign leave"),
    ("what one says should be goes on", "should attack", [said("should"), said("attack", "should", "conjunct", **TO)], "should"),
    ("also where it is bid", "should attack", [said("should"), said("attack", "should", "conjunct", modal="bid", **TO)], "should"),
    ("what one says may be", "should attack",
     [said("should"), said("attack", "should", "conjunct", modal="may", **TO)], "should attack"),
    ("what then was", "should attack", [said("should"), said("attack", "should", "conjunct", tense="past")], "should attack"),
    ("an infinitive after an act of the subject", "sign attack", [SIGN, said("attack", "sign", "conjunct", **TO)], "sign attack"),
    ("or face attack", "warn or/cc/warn attack/conj/warn", [said("warn"), said("attack", "warn", "conjunct")], "warn"),
    ("and attacked", "warn and/cc/warn attack/conj/warn", [said("warn"), said("attack", "warn", "conjunct")], "warn attack"),
    ("or of no threat", "sign or/cc/sign attack/conj/sign", [SIGN, said("attack", "sign", "conjunct")], "sign attack"),
    ("whose backer somebody is", "urge backer", [URGE, noun("backer", "urge", "subject")], "urge backer"),
    ("whose envoy somebody is", "urge envoy", [URGE, noun("envoy", "urge", "subject")], "urge"),
    ("what a deal ends", "sign leave", [SIGN, said("leave", "sign", "adverbial", **ING)], "sign"),
    ("what a deal lays down", "sign establish", [SIGN, said("establish", "sign", "adverbial", **ING)], "sign"),
    ("what was done beside a deal", "sign attack", [SIGN, said("attack", "sign", "adverbial", **ING)], "sign attack"),
    ("left when it was signed", "sign leave", [SIGN, said("leave", "sign", "adverbial", tense="past")], "sign leave"),
    ("left in another way", "sign leave", [SIGN, said("leave", "sign", "aside", **ING)], "sign leave"),
    ("what an attack ends", "attack leave", [ATTACK, said("leave", "attack", "adverbial", **ING)], "attack leave"),
    ("what no act ends", "begin leave", [said("begin"), said("leave", "begin", "adverbial", **ING)], "leave"),
]  # fmt: skip


@pytest.mark.parametrize(("title", "words", "clauses", "acts"), TAKEN, ids=[row[0] for row in TAKEN])
def test_an_act_that_another_is_about_is_no_second_act(
    title: str, words: str, clauses: Sequence[Said], acts: str
) -> None:  # fmt: skip
    assert " ".join(fired(FRAMES, words, *clauses)) == acts
