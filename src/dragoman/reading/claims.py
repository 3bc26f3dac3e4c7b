"""Matches -> claims: who is in which role, when, where, with what words."""

from __future__ import annotations

from dataclasses import dataclass, replace

from dragoman.model import (
    Attribution,
    Claim,
    Clause,
    EventType,
    Evidence,
    Phrase,
    Report,
    Status,
    When,
    content_id,
    merged,
)
from dragoman.reading.actors import Actors
from dragoman.reading.attribution import Speaking, Speech
from dragoman.reading.context import Context, Contexts
from dragoman.reading.parties import Parties
from dragoman.reading.scenes import Match, Scene
from dragoman.reading.settle import Placing, Timing, is_background
from dragoman.reading.sharing import DAY_NAMES
from dragoman.rulebook.types import Rulebook

_CONTENTS = ("complement", "object", "for", "over", "about", "of", "on", "to", "from", "in", "purpose")
_PLANS = frozenset(
    "plan decision intention agreement commitment offer pledge vow promise announcement deal move".split()
)
_GOOD = frozenset({EventType.SUPPORT, EventType.AID, EventType.COOPERATE})
_ENDINGS = frozenset("withdrawal end suspension loss lack absence halt termination revocation cancellation cut".split())
_DRILLS = frozenset("drill exercise manoeuvre maneuver wargame game patrol training".split())
_SPEECH = frozenset({
    EventType.REQUEST, EventType.ACCUSE, EventType.REJECT, EventType.THREATEN, EventType.AGREE, EventType.CONCEDE, EventType.SUPPORT,
})  # fmt: skip
_TURNS = frozenset({EventType.CONSULT, EventType.SUPPORT, EventType.COOPERATE, EventType.AID})
_SUFFERED_BY_SOMEBODY = frozenset(
    {EventType.ASSAULT, EventType.COERCE, EventType.SANCTION, EventType.PROTEST, EventType.ACCUSE}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """Everything about one report that claims are made from."""

    report: Report
    rulebook: Rulebook
    actors: Actors
    speech: Speech
    contexts: Contexts
    timing: Timing
    placing: Placing


def claim_of(stage: Stage, scene: Scene, match: Match) -> Claim | None:
    """Return the claim that a match states, or None where nobody acts or is acted upon."""
    clause, gives = match.clause, match.frame.gives
    if _only_told_in_passing(scene, clause) and not _goes_on(stage, scene, clause):
        return None
    if gives.event is EventType.ASSAULT and _told_with_result(scene, clause):
        return None
    if _only_supposed(scene, clause) or _asked(scene, clause):
        return None
    if "speaker" in gives.actor and clause.link in ("relative", "modifier", "time", "reason"):
        return None
    chain = stage.speech.chain(scene, clause)
    parties = Parties(stage.actors, scene, match, chain)
    actor, speakers = parties.for_whom(parties.actors())
    if gives.event is EventType.THREATEN and gives.actor[-1:] == ("speaker",) and parties.own_harm(actor):
        return None
    recipient = parties.recipients(actor)
    if not actor and not _stands_alone(scene, match, recipient):
        return None
    if _bare_noun(stage, scene, match, len(actor) if gives.mutual else bool(actor) + bool(recipient)):
        return None
    context = _context(stage, scene, match, chain, actor)
    if gives.negated and not (gives.event is EventType.THREATEN and clause.modal is not None):
        context = replace(context, negated=not context.negated)
    date = _date(stage, scene, clause, chain, gives.event)
    told = EventType.COOPERATE if _drill_together(stage, scene, match, actor) else gives.event
    event, status = _turned(told, _to_come(stage, clause, _status(stage, match, context, date), date))
    date = _of_the_act(stage, event, status, date)
    condition = _words(scene, _conditions(scene, clause))
    if status is Status.HYPOTHETICAL and condition is None and not _may_be_supposed(event, gives.marks):
        return None
    evidence = evidence_of(scene)
    content = _content(scene, match, parties)
    return Claim(
        id=content_id(stage.report.id, match.frame.id, evidence.sentence, clause.index, event, *actor, *recipient),
        event=event,
        modes=() if event is EventType.AGREE and event is not gives.event else gives.modes,
        contexts=gives.contexts,
        actor=actor,
        recipient=recipient,
        negated=context.negated,
        status=status,
        hedged=context.hedged,
        quoted=stage.speech.quoted(scene.tree.s.number, clause.index),
        attribution=_links((*speakers, *chain), scene, context, stage),
        date=date,
        place=stage.placing.of(scene, clause),
        content=content,
        condition=condition,
        means=_words(scene, _means(scene, match, parties)),
        casualties=_casualties(stage, scene, clause, event),
        evidence=evidence,
        rule=match.frame.id,
        marks=gives.marks,
        others={key: parties.ids(roles) for key, roles in gives.others.items()},
        words=_role_words(scene, clause),
        times=stage.timing.all_of(scene, clause),
    )


def _drill_together(stage: Stage, scene: Scene, match: Match, actor: tuple[str, ...]) -> bool:
    """'Gondor and Rohan began their annual drills': an exercise of two countries is done together."""
    if match.frame.gives.event is not EventType.MOBILIZE or len(actor) < 2:
        return False
    done = [match.clause.index, *(phrase.head for phrase in match.clause.roles.get("object", ()))]
    if not any(scene.tree.s.lemmas[token].lower() in _DRILLS for token in done):
        return False
    return len({stage.actors.cast.code(i) or i for i in actor}) > 1


def _only_told_in_passing(scene: Scene, clause: Clause) -> bool:
    """Return whether an act is but an idea: a purpose ('to monitor', 'efforts to stop'), what was not done ('instead of leaving'),
    a participle without a doer ('hostages held') or a gerund that something is said of ('bombing villages is a crime')."""
    if clause.form == "noun":
        return False
    parties = any(clause.roles.get(role) for role in ("subject", "between", "with"))
    if clause.link == "modifier" and clause.passive and not parties:
        return True
    if clause.tense == "participle" and (clause.link == "subject" or _stood_in_for(scene, clause)):
        return True
    if clause.tense == "infinitive" and clause.link == "conjunct" and clause.mark == "for":
        return True  # 'posters calling for the base to be shut and for the senate to act'
    if clause.tense != "infinitive" or clause.link not in ("purpose", "modifier", "relative"):
        return False
    return scene.tree.governor(clause.index) not in _PLANS and not scene.tree.tells_a_deed(clause.index)


def _goes_on(stage: Stage, scene: Scene, clause: Clause) -> bool:
    """Return whether a verb says that a gerund's act happens: 'fighting between X and Y has intensified'."""
    above = scene.by_index.get(clause.parent) if clause.parent is not None else None
    told = above is not None and above.lemma in stage.rulebook.words("happenings")
    return told and clause.link == "subject" and "between" in clause.roles


def _told_with_result(scene: Scene, clause: Clause) -> bool:
    """Return whether an attack's doer stands by its result: 'shells fired by X killed two', 'killed by raids carried out by X'."""
    above = (scene.fired or {}).get(clause.parent) if clause.parent is not None else None
    if (
        above is None
        or not clause.passive
        or clause.link != "modifier"
        or above.frame.gives.event is not EventType.ASSAULT
    ):
        return False
    doing = {phrase.head for phrase in above.clause.roles.get("subject", ())}
    return any(phrase.head in doing for phrase in clause.roles.get("object", ()))


def _stood_in_for(scene: Scene, clause: Clause) -> bool:
    """Return whether an act was left for another: 'instead of retreating', 'rather than signing'."""
    s = scene.tree.s
    up = s.heads[clause.index]
    return s.words[up].lower() == "than" or s.words[s.heads[up]].lower() in ("instead", "rather")


def _asked(scene: Scene, clause: Clause) -> bool:
    """Return whether an act is only asked about: 'Has the truce collapsed?'; what a question takes for granted stays."""
    return scene.tree.s.text.rstrip("\"'”’").endswith("?") and clause.link not in ("relative", "time", "reason")


def _only_supposed(scene: Scene, clause: Clause) -> bool:
    """Return whether a clause is but a condition or a term: 'if they attack', 'until they withdraw'."""
    below: Clause | None = clause
    for _ in range(len(scene.clauses)):
        if below is None or below.link == "aside":
            return False
        if below.link == "complement" and below.mark in ("if", "whether"):
            return True
        if below.link == "condition" or (below.mark in ("until", "till") and below.link in ("time", "adverbial")):
            return True
        if below.link not in ("conjunct", "complement", "object", "purpose", "within object"):
            return False
        below = scene.by_index.get(below.parent) if below.parent is not None else None
    return False


def _of_an_ending(scene: Scene, clause: Clause) -> bool:
    """Return whether a noun tells what is ended: 'the withdrawal of its recognition of X' is no recognition."""
    s = scene.tree.s
    of = clause.form == "noun" and s.deps[clause.index] == "pobj" and s.words[s.heads[clause.index]].lower() == "of"
    return of and s.lemmas[s.heads[s.heads[clause.index]]].lower() in _ENDINGS


def _bare_noun(stage: Stage, scene: Scene, match: Match, parties: int) -> bool:
    """Return whether an act is only named in passing ('after the talks'): no verb carries it, and it has no two parties or day."""
    clause = match.clause
    if match.frame.gives.event in _GOOD and _of_an_ending(scene, clause):
        return True
    passing = clause.form == "noun" and clause.light is None
    if passing and parties and clause.parent is None and match.frame.gives.event is EventType.ASSAULT:
        return False  # 'Massive Russian strike on Kyiv': all that a heading tells
    return passing and parties < 2 and stage.timing.own(scene, clause) is None


def _may_be_supposed(event: EventType, marks: tuple[str, ...]) -> bool:
    """Return whether an act that is only possible is worth a claim without a condition: words, talks, truces; no forecasts."""
    return event in _SPEECH or any(mark.partition(".")[0] in ("talks", "ceasefire", "mechanism") for mark in marks)


def _stands_alone(scene: Scene, match: Match, recipient: tuple[str, ...]) -> bool:
    """Return whether a claim may name no actor: violence by somebody unknown, a truce that holds, talks that ended."""
    clause, gives = match.clause, match.frame.gives
    if gives.actor == ("speaker",):
        return False  # nobody says so: an editorial
    suffered = gives.event in _SUFFERED_BY_SOMEBODY or "release" in gives.modes
    if recipient and (suffered or (gives.event is EventType.REQUEST and clause.passive)):
        return True
    if suffered and clause.passive and any(scene.tree.s.tags[p.head] == "PRP" for p in clause.roles.get("object", ())):
        return True  # 'she was killed', whoever she is
    told = clause.form != "noun" or clause.light is not None
    return told and any(
        mark.partition(".")[0] in ("ceasefire", "talks", "agreement", "mechanism") for mark in gives.marks
    )


def _context(stage: Stage, scene: Scene, match: Match, chain: tuple[Speaking, ...], actor: tuple[str, ...]) -> Context:
    """How the act is meant; a threat or demand made by speaking is made, whatever its own verb's mood."""
    gives = match.frame.gives
    voices = {i for item in chain[:1] for one in item.ids for i in (one, stage.actors.cast.camp_of(one))}
    own_threat = gives.event is EventType.THREATEN and bool(set(actor) & voices)
    if not ("speaker" in gives.actor or own_threat):
        return stage.contexts.of(scene, match.clause)
    plain = stage.contexts.of(scene, match.clause)
    if plain.denier is not None:
        return plain  # 'X denied that it threatened to …': what is spoken is a denial, and no threat
    said = next((item.clause for item in chain if item.clause is not None), None)
    return stage.contexts.of(scene, said) if said is not None else Context()


def _status(stage: Stage, match: Match, context: Context, date: When) -> Status:
    if match.frame.gives.status is not None:
        return match.frame.gives.status
    if context.status is Status.OCCURRED and is_background(date, stage.report.published):
        return Status.HISTORICAL
    return context.status


def _to_come(stage: Stage, clause: Clause, status: Status, date: When) -> Status:
    """'The negotiators meet in Minsk on Wednesday': the present tense with a day to come is a plan."""
    day = stage.report.published
    ahead = day is not None and date.earliest is not None and date.earliest > day
    plain = clause.tense == "present" and not clause.perfect and clause.modal is None
    return Status.FUTURE if ahead and plain and status is Status.OCCURRED else status


def _of_the_act(stage: Stage, event: EventType, status: Status, date: When) -> When:
    """'demanded a session next week': a day to come is of what is asked for, and not of an act that occurred.

    Only an arrangement has the day of what is arranged: 'invited both sides to talks on Sunday'.
    """
    if event is EventType.AGREE:
        return date
    day = stage.report.published
    ahead = day is not None and date.earliest is not None and date.earliest > day
    return When() if ahead and status in (Status.OCCURRED, Status.HISTORICAL) else date


def _turned(event: EventType, status: Status) -> tuple[EventType, Status]:
    """What is planned of these types is an agreement to do it (CODEBOOK, borderlines)."""
    if status is Status.FUTURE and event in _TURNS:
        return EventType.AGREE, status
    if status is Status.FUTURE and event is EventType.RETREAT:
        return EventType.CONCEDE, status
    return event, status


def evidence_of(scene: Scene) -> Evidence:
    """Return the sentence of a scene as evidence."""
    s = scene.tree.s
    return Evidence(sentence=s.number, start=s.start, end=s.end, text=s.text)


def _date(stage: Stage, scene: Scene, clause: Clause, chain: tuple[Speaking, ...], event: EventType) -> When:
    own = stage.timing.of(scene, clause)
    if own is not None and not (event in _SPEECH and stage.timing.is_deadline(scene, own)):
        return own
    if event in _SPEECH:
        for item in chain:
            if item.clause is not None and (said := stage.timing.own(scene, item.clause)) is not None:
                return said
    return When()


def _links(chain: tuple[Speaking, ...], scene: Scene, context: Context, stage: Stage) -> tuple[Attribution, ...]:
    links = [link for item in chain for link in item.link()]
    if context.denier is not None and all(item.clause is None or item.clause.index != context.denier for item in chain):
        clause = scene.by_index[context.denier]
        phrases = clause.roles.get("subject", ())
        ids = merged(stage.actors.resolve(scene.tree.s.number, p) for p in phrases)
        text = (
            scene.tree.s.quote(phrases[0].start, clause.index + 1)
            if phrases and phrases[0].start < clause.index
            else clause.lemma
        )
        links = [Attribution(speaker=i, text=text) for i in ids] + links
    return tuple(dict.fromkeys(links))


def _content(scene: Scene, match: Match, parties: Parties) -> str | None:
    roles = match.frame.gives.content or tuple(r for r in _CONTENTS if r != parties.recipient_role)
    for role in roles:
        phrases = tuple(p for p in scene.fill(match.clause, role) if not _is_day(scene, p))
        if phrases:
            return _words(scene, phrases)
    if match.frame.gives.event in _SPEECH and match.clause.form != "noun":
        return scene.tree.s.quote(match.clause.index + 1, match.clause.end).strip(" ,;.").removeprefix("for ") or None
    return None


def _is_day(scene: Scene, phrase: Phrase) -> bool:
    """Return whether a phrase is but a day, a month or a year."""
    s = scene.tree.s
    return s.words[phrase.head].lower() in DAY_NAMES or (s.tags[phrase.head] == "CD" and phrase.end - phrase.start == 1)


def _role_words(scene: Scene, clause: Clause) -> dict[str, str]:
    """Return the text of each role, the clause's verb (or noun) with its particles, and the whole clause."""
    found = {role: text for role in clause.roles if (text := _words(scene, clause.roles[role]))}
    found["verb"] = " ".join((clause.lemma, *sorted(clause.particles)))
    found["form"] = clause.form
    found["at"] = str(clause.index)
    found["link"] = clause.link
    beside = (c.start for c in scene.below(clause) if c.link in ("adverbial", "conjunct") and c.start > clause.index)
    found["clause"] = scene.tree.s.quote(clause.start, min([clause.end, *beside])).rstrip(" ,;")
    return found


def _conditions(scene: Scene, clause: Clause) -> tuple[Phrase, ...]:
    """Return the condition on a clause or on what governs it."""
    below: Clause | None = clause
    for _ in range(len(scene.clauses)):
        if below is None:
            break
        found = scene.fill(below, "condition") or scene.fill(below, "complement.condition")
        found = found or next(
            (c for a in scene.below(below) if a.link == "aside" and (c := scene.fill(a, "condition"))), ()
        )
        if found:
            return found
        below = (
            scene.by_index.get(below.parent)
            if below.parent is not None and below.link in ("complement", "object", "conjunct", "from")
            else None
        )
    return ()


def _means(scene: Scene, match: Match, parties: Parties) -> tuple[Phrase, ...]:
    for role in match.frame.gives.means:
        phrases = scene.fill(match.clause, role)
        if phrases:
            return phrases
    if (
        match.frame.gives.event in (EventType.AID, EventType.ASSAULT, EventType.THREATEN, EventType.SUPPORT)
        and not match.frame.gives.mutual
    ):
        return tuple(p for p in match.clause.roles.get("with", ()) if not parties.phrase("with", p))
    return ()


def _casualties(stage: Stage, scene: Scene, clause: Clause, event: EventType) -> str | None:
    """Return the words for the dead or hurt: 'at least 12 civilians'."""
    if event is not EventType.ASSAULT:
        return None
    s = scene.tree.s
    for phrase in clause.roles.get("object", ()):
        counted = any(s.tags[t] == "CD" for t in range(phrase.start, phrase.head + 1))
        if counted and (s.lemmas[phrase.head] in stage.rulebook.words("casualty_words") or s.tags[phrase.head] == "CD"):
            return s.quote(phrase.start, phrase.head + 1)
    return None


def _words(scene: Scene, phrases: tuple[Phrase, ...]) -> str | None:
    if not phrases:
        return None
    quote = scene.tree.s.quote(min(p.start for p in phrases), max(p.end for p in phrases))
    return quote.rstrip(" ,;:") or None
