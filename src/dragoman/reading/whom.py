"""Whom an act is meant for, or who did it, by the words around it: an ally, whose helicopter, a crowd, who is to be freed."""

from __future__ import annotations

from dragoman.model import Clause, EventType, Kind, Phrase, merged
from dragoman.reading.actors import Actors
from dragoman.reading.scenes import Match, Scene

_BACKING = frozenset("ally backer patron supporter sponsor protector benefactor".split())
_GIVING = frozenset({EventType.AGREE, EventType.AID})
_HELPING = frozenset("help assist let allow enable aid".split())
_REGRET = frozenset("apologise apologize regret express sorry atone".split())
_ATTACKS = frozenset("attack raid assault strike onslaught offensive incursion ambush".split())
_FREEING = frozenset({"release", "free", "hand", "extradite", "repatriate", "return", "liberate"})
_RELEASES = frozenset({"release", "return", "repatriation", "handover", "liberation", "freeing", "extradition"})
_RALLIES = frozenset("march rally demonstration protest procession sit-in vigil".split())
_OF_WAR = frozenset(
    "base barracks garrison outpost camp headquarters checkpoint position post stronghold depot armoury armory airbase hideout trench "
    "bunker convoy patrol fort fortress bastion facility installation emplacement warship vessel tanker".split()
)  # what is taken or hit with those who hold it
_REASONS = ("for", "over", "about", "object.for", "object.over")
_ENDS = frozenset("end halt stop cessation suspension termination ending lifting".split())
_SWAPPED = frozenset({"return", "exchange"})


def meant_beside(known: Actors, scene: Scene, match: Match, actor: tuple[str, ...]) -> tuple[str, ...]:
    """Return whom an act is meant for by the words with it that fill no role of the frame, or nobody."""
    event, clause = match.frame.gives.event, match.clause
    found: tuple[str, ...] = ()
    if event is EventType.CONCEDE and clause.lemma in _REGRET:
        found = _harmed(known, scene, clause)
    elif event in _GIVING:
        found = _helped(known, scene, clause) or _people(known, scene, clause) or _in_return(known, scene, clause)
    if not found and event is EventType.ASSAULT:
        found = _in_attack_on(known, scene, clause) or _who_held_it(known, scene, clause)
    if not found and event in _GIVING:
        found = _given_to(known, scene, clause)
    if not found and event is EventType.REQUEST:
        found = _whose_deed(known, scene, clause)
    if not found and event in _GIVING and len(actor) == 1:
        found = _backed(known, scene, clause)
    return tuple(i for i in found if i not in actor and known.cast.kind(i) is not Kind.PLACE)


def _heard(known: Actors, scene: Scene, token: int) -> tuple[str, ...]:
    heard = known.heard(scene.tree.s.number, token)
    return heard.ids if heard is not None else ()


def _harmed(known: Actors, scene: Scene, clause: Clause) -> tuple[str, ...]:
    """'apologised for shooting down a Rohan helicopter', 'regretted an attack that killed two of its soldiers': whose they were."""
    for_what = [p for role in _REASONS for p in scene.fill(clause, role)]
    inside = [c for c in scene.clauses if c.form == "verb" and any(p.start <= c.index < p.end for p in for_what)]
    phrases = (p for c in inside for p in c.roles.get("object", ()))
    return merged(_whose(known, scene, phrase) for phrase in phrases)


def _whose(known: Actors, scene: Scene, phrase: Phrase) -> tuple[str, ...]:
    ids = _heard(known, scene, phrase.head) or known.owners.behind(scene.tree, phrase)
    return tuple(known.cast.part_of(i) or i for i in ids)


def _helped(known: Actors, scene: Scene, clause: Clause) -> tuple[str, ...]:
    """'offered to help Rohan drive them out', 'promised to let the rebels leave': who is helped."""
    for below in scene.below(clause):
        if below.link in ("complement", "purpose") and below.lemma in _HELPING:
            whom = scene.fill(below, "complement.subject") or below.roles.get("object", ())
            doing = set(below.roles.get("subject", ()))
            return merged(_heard(known, scene, p.head) for p in whom if p not in doing)
    return ()


def _in_attack_on(known: Actors, scene: Scene, clause: Clause) -> tuple[str, ...]:
    """'killed 1,200 people in the attack on Gondor': whom the attack was on."""
    tree = scene.tree
    joined = [clause, *(c for c in scene.below(clause) if c.link == "conjunct")]
    phrases = (p for c in joined for role in ("in", "during") for p in c.roles.get(role, ()))
    attacks = [p.head for p in phrases if tree.s.lemmas[p.head] in _ATTACKS]
    nouns = [n for head in attacks for preposition, n in tree.prepositional(head) if preposition in ("on", "against")]
    heard = (known.heard(tree.s.number, noun) for noun in nouns)
    return merged(one.ids for one in heard if one is not None and one.how != "seat")


def _who_held_it(known: Actors, scene: Scene, clause: Clause) -> tuple[str, ...]:
    """'overran an army base', 'took control of the headquarters of the Sixth Brigade': whose it is that is taken."""
    phrases = [p for role in ("object", "on", "at") for p in clause.roles.get(role, ())]
    phrases += [p for p in scene.fill(clause, "object.of")]
    held = [p for p in phrases if scene.tree.s.lemmas[p.head] in _OF_WAR and not _heard(known, scene, p.head)]
    return merged(known.owners.behind(scene.tree, p) for p in held)


def _people(known: Actors, scene: Scene, clause: Clause) -> tuple[str, ...]:
    """'sent food to the people of Rohan': a country's people are helped as the country."""
    phrases = (p for role in ("to", "for", "object") for p in clause.roles.get(role, ()))
    ids = merged(_heard(known, scene, p.head) for p in phrases if scene.tree.s.lemmas[p.head] == "people")
    return tuple(owner for i in ids if (owner := known.cast.part_of(i)) is not None)


def _given_to(known: Actors, scene: Scene, clause: Clause) -> tuple[str, ...]:
    """'offered Gondor and Rohan its help': who stands before what is given."""
    objects = clause.roles.get("object", ())
    if len(objects) < 2 or _heard(known, scene, objects[-1].head):
        return ()
    return merged(_heard(known, scene, p.head) for p in objects[:-1])


def _whose_deed(known: Actors, scene: Scene, clause: Clause) -> tuple[str, ...]:
    """'called for an end to Rohan's blockade', 'demanded a halt to attacks by the Front': whose it is that is to end."""
    tree = scene.tree
    asked = [p.head for role in ("for", "object") for p in clause.roles.get(role, ()) if tree.s.lemmas[p.head] in _ENDS]
    deeds = [
        noun for head in asked for preposition, noun in tree.prepositional(head) if preposition in ("to", "of", "in")
    ]
    for deed in deeds:
        nouns = [tree.possessor(deed), *(noun for preposition, noun in tree.prepositional(deed) if preposition == "by")]
        found = merged(_heard(known, scene, noun) for noun in nouns if noun is not None)
        if found:
            return found
    return ()


def _in_return(known: Actors, scene: Scene, clause: Clause) -> tuple[str, ...]:
    """'agreed to free them in return for the rebels' withdrawal': who gives something for it."""
    tree = scene.tree
    for swap in (t for t in range(clause.index, clause.end) if tree.s.lemmas[t] in _SWAPPED):
        if tree.governing_preposition(swap) != "in":
            continue
        given = [noun for preposition, noun in tree.prepositional(swap) if preposition == "for"]
        owners = [owner for noun in given if (owner := tree.possessor(noun)) is not None]
        return merged(_heard(known, scene, owner) for owner in owners)
    return ()


def _backed(known: Actors, scene: Scene, clause: Clause) -> tuple[str, ...]:
    """'Gondor, Rohan's ally, promised to send guns': whose ally the actor is called."""
    tree = scene.tree
    for phrase in clause.roles.get("subject", ()):
        beside = [phrase.head, *tree.appositives(phrase.head)]
        for noun in (t for t in beside if tree.s.lemmas[t] in _BACKING):
            owner = tree.possessor(noun)
            ids = _heard(known, scene, owner) if owner is not None else ()
            if ids:
                return ids
    return ()


def done_by(known: Actors, scene: Scene, head: int) -> tuple[str, ...]:
    """'condemned the killing of a student by police': who did it, not who suffered it."""
    tree = scene.tree
    nouns = [noun for preposition, noun in tree.prepositional(head) if preposition == "by"]
    nouns += [n for p, noun in tree.prepositional(head) if p == "of" for q, n in tree.prepositional(noun) if q == "by"]
    heard = (known.heard(tree.s.number, noun) for noun in nouns)
    return merged(one.ids for one in heard if one is not None)


def crowd_of(known: Actors, scene: Scene, match: Match, head: int) -> tuple[str, ...]:
    """'fired on a march against the governor': those who march are hit, not whom they march against."""
    tree = scene.tree
    if match.frame.gives.event not in (EventType.ASSAULT, EventType.COERCE) or tree.s.lemmas[head] not in _RALLIES:
        return ()
    if tree.s.tags[head].startswith("NNP"):
        return ()  # 'was hit by an air strike on 16 March'
    nouns = [noun for preposition, noun in tree.prepositional(head) if preposition in ("by", "of")]
    nouns += [t for t in (tree.possessor(head), *tree.modifiers(head)) if t is not None]
    heard = (known.heard(tree.s.number, noun) for noun in nouns)
    found = next((one.ids for one in heard if one is not None and one.how != "seat"), ())
    agent = known.describer.groups.agents.get("protesters")
    if found or agent is None:
        return found
    return (known.cast.body(None, "protesters", agent.kind, agent.sectors),)


def made_between(known: Actors, scene: Scene, phrase: Phrase) -> tuple[str, ...]:
    """Return who made a deal that is condemned or hailed: 'condemned the military pact between X and Y'."""
    tree, number = scene.tree, scene.tree.s.number
    made = [noun for preposition, noun in tree.prepositional(phrase.head) if preposition == "between"]
    found = (known.heard(number, noun) for first in made for noun in tree.conjuncts(first))
    return merged(one.ids for one in found if one is not None)


def to_be_freed(known: Actors, scene: Scene, head: int) -> bool:
    """Return whether somebody is a captive whose release is asked for or refused, not who is to free him."""
    s = scene.tree.s
    if s.lemmas[head] in _RELEASES:
        before = (scene.tree.possessor(head), *scene.tree.modifiers(head))
        return all(t is None or known.heard(s.number, t) is None for t in before)
    for _ in range(3):
        up = s.heads[head]
        if s.deps[head] == "dobj":
            return s.lemmas[up] in _FREEING
        if s.deps[head] != "pobj" or s.words[up].lower() != "of":
            return False
        head = s.heads[up]
        if s.lemmas[head] in _RELEASES:
            return True
    return False
