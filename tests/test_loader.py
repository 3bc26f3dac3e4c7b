"""The rulebook's loader: every kind of mistake is told with its place, and all of them together."""

from __future__ import annotations

import pytest

from dragoman.errors import RulebookError
from dragoman.model import EventType, Kind, Status
from dragoman.rulebook.loader import build_rulebook
from dragoman.rulebook.types import Pattern

WORDS = '[list]\ntruces = ["truce", "ceasefire"]\n'
FRAME = """# one frame
[[frame]]
id = "sign-truce"
when = { verb = ["sign"], object = ["@truces"] }
gives = { event = "SUPPORT", contexts = ["diplomatic"], marks = ["signature.signed"] }
says = ["Gondor signed a truce."]
"""
CUE = """
[[cue]]
id = "plan"
words = ["plan", "be due"]
over = "complement"
sets = { status = "future" }
"""
ACTOR = """
[[actor]]
id = "gondor"
name = "Gondor"
kind = "state"
code = "GON"

[[actor]]
id = "tilda-varn"
name = "Tilda Varn"
kind = "person"
code = "GON"
sectors = ["GOV"]
offices = [{ title = "president", of = "gondor", from = 2019-05-01 }]
"""
GOOD = {"words.toml": WORDS, "cues.toml": CUE, "frames/a.toml": FRAME, "roster/a.toml": ACTOR}


def mistakes(name: str, old: str, new: str) -> tuple[str, ...]:
    """Return the mistakes of the good rulebook with one text of one file changed."""
    assert old in GOOD[name]
    with pytest.raises(RulebookError) as caught:
        build_rulebook(GOOD | {name: GOOD[name].replace(old, new)})
    return caught.value.mistakes


def test_a_good_rulebook_is_read_as_it_stands() -> None:
    rulebook = build_rulebook(GOOD)
    frame = rulebook.frames[0]
    assert (frame.id, frame.place, frame.gives.event) == ("sign-truce", "frames/a.toml:2", EventType.SUPPORT)
    assert frame.tests[0].words == {"truce", "ceasefire"}
    assert rulebook.cues[0].words == (Pattern(lemma="plan"), Pattern(lemma="be", rest=("due",)))
    assert rulebook.cues[0].status is Status.FUTURE
    assert rulebook.roster["tilda-varn"].kind is Kind.PERSON
    assert [holder for holder, _ in rulebook.offices["gondor", "president"]] == ["tilda-varn"]
    assert rulebook.states == {"GON": "gondor"}


# file | text | in its place | the place told | words of the mistake
WRONG = [
    ("frames/a.toml", 'says = ["', 'sais = ["', "frames/a.toml:2", "unknown key 'sais'"),
    ("frames/a.toml", "contexts", "context", "frames/a.toml:2", "unknown key of gives 'context'"),
    ("frames/a.toml", '"@truces"', '"@truce"', "frames/a.toml:2", "unknown list '@truce'"),
    ("frames/a.toml", "object =", "objekt =", "frames/a.toml:2", "unknown role 'objekt'"),
    ("frames/a.toml", '"SUPPORT",', '"SUPPORT", actor = "doer",', "frames/a.toml:2", "unknown role 'doer'"),
    ("frames/a.toml", '"SUPPORT",', '"SUPORT",', "frames/a.toml:2", "unknown event 'SUPORT'"),
    (
        "frames/a.toml",
        '"SUPPORT",',
        '"SUPPORT", modes = ["visit"],',
        "frames/a.toml:2",
        "unknown mode of SUPPORT 'visit'",
    ),
    ("frames/a.toml", '"diplomatic"', '"diplomacy"', "frames/a.toml:2", "unknown context 'diplomacy'"),
    ("frames/a.toml", '"signature.signed"', '"signed"', "frames/a.toml:2", "unknown mark 'signed'"),
    ("frames/a.toml", '["@truces"]', '["@truces", "#king"]', "frames/a.toml:2", "unknown kind test '#king'"),
    ("frames/a.toml", "when = {", 'unless = { verb = ["hail"] }\nwhen = {', "frames/a.toml:2", "unknown role 'verb'"),
    ("frames/a.toml", "when = {", 'unless = { modal = ["woud"] }\nwhen = {', "frames/a.toml:2", "unknown modal 'woud'"),
    (
        "frames/a.toml",
        "when = {",
        'unless = { negated = "*" }\nwhen = {',
        "frames/a.toml",
        "negated is '*'; it must be true or false",
    ),
    (
        "frames/a.toml",
        'verb = ["sign"], ',
        'verb = ["sign"], tense = ["passed"], ',
        "frames/a.toml:2",
        "unknown tense 'passed'",
    ),
    ("frames/a.toml", 'verb = ["sign"], ', "", "frames/a.toml:2", "needs verb or noun"),
    ("frames/a.toml", 'id = "sign-truce"\n', "", "frames/a.toml:2", "needs id, when and gives.event"),
    ("frames/a.toml", 'says = ["', 'relate = "SIGN"\nsays = ["', "frames/a.toml:2", "unknown event 'SIGN'"),
    ("frames/a.toml", 'id = "sign-truce"', 'id = "sign-truce', "frames/a.toml", "no valid TOML"),
    ("cues.toml", 'over = "complement"', 'over = "verb"', "cues.toml:2", "unknown over 'verb'"),
    ("cues.toml", "status =", "state =", "cues.toml:2", "unknown key of sets 'state'"),
    ("cues.toml", "words =", "verbs =", "cues.toml:2", "unknown key 'verbs'"),
    ("words.toml", '"ceasefire"]', '"ceasefire"]\nspare = ["x"]', "words.toml", "list 'spare' is used by no frame"),
    ("words.toml", '"ceasefire"', '"@spare"', "words.toml", "names unknown list '@spare'"),
    (
        "roster/a.toml",
        'title = "president"',
        'title = "boss"',
        "roster/a.toml:8: tilda-varn",
        "unknown title of an office 'boss'",
    ),
    ("roster/a.toml", "2019-05-01", '"2019-05-01"', "roster/a.toml:8: tilda-varn", "from must be a day"),
    ("roster/a.toml", 'of = "gondor"', 'of = "gondar"', "roster tilda-varn", "unknown id 'gondar'"),
    ("roster/a.toml", '["GOV"]', '["GOVT"]', "roster/a.toml:8: tilda-varn", "unknown sector 'GOVT'"),
    ("roster/a.toml", 'code = "GON"', 'code = "gon"', "roster/a.toml:2: gondor", "code 'gon'"),
    ("roster/a.toml", 'kind = "person"', 'kind = "human"', "roster/a.toml:8", "tilda-varn needs a name and a kind"),
    ("roster/a.toml", 'id = "tilda-varn"', 'id = "Tilda Varn"', "roster/a.toml:8", "must be lower-case ASCII"),
    ("roster/a.toml", "sectors =", "sector =", "roster/a.toml:8", "unknown key 'sector'"),
    ("roster/a.toml", 'id = "tilda-varn"', 'id = "gondor"', "roster/a.toml:8", "id 'gondor' is used twice"),
]


@pytest.mark.parametrize(("name", "old", "new", "place", "told"), WRONG, ids=[row[4] for row in WRONG])
def test_a_mistake_is_told_with_its_place(name: str, old: str, new: str, place: str, told: str) -> None:
    assert any(line.startswith(f"{place}:") and told in line for line in mistakes(name, old, new))


def test_an_id_used_twice_is_told_at_both_places() -> None:
    texts = GOOD | {"frames/b.toml": FRAME.replace("# one frame\n", "")}
    with pytest.raises(RulebookError) as caught:
        build_rulebook(texts)
    assert [line.split(": ")[0] for line in caught.value.mistakes] == ["frames/a.toml:2", "frames/b.toml:1"]


def test_a_list_that_stands_twice_is_told() -> None:
    with pytest.raises(RulebookError, match="list 'truces' is there twice"):
        build_rulebook(GOOD | {"frames/a.toml": WORDS + FRAME})


def test_the_line_of_the_second_frame_is_told() -> None:
    second = FRAME.replace("sign-truce", "sign-more").replace("SUPPORT", "SUPORT")
    with pytest.raises(RulebookError) as caught:
        build_rulebook(GOOD | {"frames/a.toml": FRAME + second})
    assert [line.split(": ")[0] for line in caught.value.mistakes] == ["frames/a.toml:8"]


def test_all_mistakes_are_told_at_once() -> None:
    texts = GOOD | {
        "frames/a.toml": FRAME.replace("object", "objekt").replace('"diplomatic"', '"diplomacy"'),
        "cues.toml": CUE.replace("complement", "verb"),
        "roster/a.toml": ACTOR.replace('"president"', '"boss"'),
        "broken.toml": "= 1",
    }
    with pytest.raises(RulebookError) as caught:
        build_rulebook(texts)
    told = "\n".join(caught.value.mistakes)
    assert all(word in told for word in ("objekt", "diplomacy", "'verb'", "boss", "broken.toml: no valid TOML"))
    assert all(word in str(caught.value) for word in ("objekt", "boss"))


def test_own_roster_files_may_replace_an_actor() -> None:
    own = ACTOR.replace('name = "Gondor"', 'name = "Kingdom of Gondor"')
    rulebook = build_rulebook(GOOD | {"roster/~own.toml": own})
    assert rulebook.roster["gondor"].name == "Kingdom of Gondor"


def test_the_digest_tells_any_change() -> None:
    first = build_rulebook(GOOD).digest
    assert first == build_rulebook(dict(reversed(GOOD.items()))).digest
    assert first != build_rulebook(GOOD | {"words.toml": WORDS + "# more\n"}).digest


OVER_TIME = """
[process]
nothing = ["without a deal"]

[[over_time]]
id = "failed"
words = "talks failed"
when = [{ any = ["talks.held"] }, { any = ["talks.ended", "marks.talks.left"], has = ["nothing"], within = 3 }]
"""


def test_rules_over_time_are_read_with_their_steps() -> None:
    (rule,) = build_rulebook(GOOD | {"process.toml": OVER_TIME}).over_time
    assert (rule.id, rule.words, rule.fresh) == ("failed", "talks failed", 0)
    assert [(step.any, step.has, step.after, step.within) for step in rule.when] == [
        (("talks.held",), (), 0, 0),
        (("talks.ended", "marks.talks.left"), ("nothing",), 0, 3),
    ]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("words =", "word =", "unknown key 'word'"),
        ('"talks.held"', '"talks.hold"', "unknown kind 'talks.hold'"),
        ('"talks.held"', '"rules.other"', "unknown rule 'other'"),
        ('["nothing"]', '["nobody"]', "unknown list 'nobody'"),
        (", within = 3", "", "a step after another needs within"),
        ('any = ["talks.held"]', "any = []", "a step needs any"),
        ("within = 3", "inside = 3", "unknown key 'inside'"),
    ],
)
def test_a_mistake_in_a_rule_over_time_is_told(old: str, new: str, told: str) -> None:
    assert old in OVER_TIME
    with pytest.raises(RulebookError) as caught:
        build_rulebook(GOOD | {"process.toml": OVER_TIME.replace(old, new)})
    assert any(told in line and line.startswith("process.toml") for line in caught.value.mistakes)


def test_own_rules_are_layered_over_ours_and_may_replace_a_frame() -> None:
    texts = {"words.toml": WORDS, "frames/a.toml": FRAME}
    own = FRAME.replace("SUPPORT", "AGREE") + FRAME.replace('"sign-truce"', '"own"').replace('"sign"', '"initial"')
    book = build_rulebook(
        {**texts, "rules/~mine.toml": '[list]\npens = ["pen"]\n' + own.replace("@truces", "@pens", 1) + CUE}
    )
    assert [(frame.id, frame.gives.event) for frame in book.frames] == [
        ("sign-truce", EventType.AGREE),
        ("own", EventType.SUPPORT),
    ]
    assert [cue.id for cue in book.cues] == ["plan"]
    assert book.lists["pens"] == {"pen"}


def test_own_rules_hold_no_other_tables() -> None:
    with pytest.raises(RulebookError, match=r"rules/~mine.toml: own rules have .* only; found actor, process"):
        build_rulebook(
            {"words.toml": WORDS, "frames/a.toml": FRAME, "rules/~mine.toml": ACTOR + "[process]\nx = ['y']\n"}
        )


def test_an_own_id_used_twice_is_told() -> None:
    with pytest.raises(RulebookError, match="is used 2 times"):
        build_rulebook({"words.toml": WORDS, "rules/~mine.toml": FRAME + FRAME})
