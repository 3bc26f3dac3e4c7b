"""Committees, missions, monitors -> the bodies that watch over a peace, their mandate, who is to be in or out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from dragoman.model import Claim, EventType, Status, merged
from dragoman.process.bodies_told import KINDS, ToldBody, told_bodies
from dragoman.process.facts import Facts, alike, clause_text, is_ahead, marked, own_text, stems, verb_of
from dragoman.process.records import Mechanism
from dragoman.process.standing import longest, sorted_records, standing, standing_on

_STATES = ("working", "established", "planned", "proposed", "demanded")
_TASK = re.compile(
    r"\s+(?:(?:that|which|who)\s+(?:is|are|will|would|was|were)?\s*)?(?:due\s+|set\s+|tasked\s+with\s+)?(?:to\s+)?(\w+.*)"
)
_CUT = re.compile(r"[,;:.|\"”]\s|[,;:.|\"”]\Z|\s(?:but|said|and (?:said|demanded|that))\s")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Body:
    """A body or role as one claim names it."""

    claim: Claim
    name: str
    head: str
    kind: str
    mandate: str | None
    definite: bool
    status: str | None
    members: tuple[str, ...] = ()
    asked_in: tuple[str, ...] = ()
    asked_out: tuple[str, ...] = ()


def mechanisms(claims: Iterable[Claim], facts: Facts) -> tuple[Mechanism, ...]:
    """Return the bodies of the report; 'the committee' is the one named before."""
    listed = list(claims)
    groups: list[list[_Body]] = []
    rest = []
    for claim in listed:
        body = _body(claim, facts, groups)
        if body is None:
            rest.append(claim)
        else:
            _join(groups, body)
    for claim in rest:
        body = _pointed_at(claim, facts, groups)
        if body is not None:
            _join(groups, body)
    made = [_mechanism(group) for group in groups if any(_is_body(body, facts) for body in group)]
    for told in told_bodies(facts):
        _add_told(made, told)
    return sorted_records(_with_mission(made))


def _with_mission(made: list[Mechanism]) -> list[Mechanism]:
    """Return the bodies, the one mission that monitors being that of the one group of monitors that is told of."""
    people = [body for body in made if _last(body.name) in ("monitor", "observer") and body.kind == "monitoring"]
    missions = [body for body in made if _last(body.name) == "mission" and body.kind == "monitoring"]
    if len(people) != 1 or len(missions) != 1:
        return made
    (one,), (other,) = people, missions
    whole = replace(
        one, name=one.name if len(one.name.split()) > 1 else other.name, mandate=one.mandate or other.mandate,
        status=one.status or other.status, members=merged((one.members, other.members)),
        asked_in=merged((one.asked_in, other.asked_in)), asked_out=merged((one.asked_out, other.asked_out)),
        asked_by=merged((one.asked_by, other.asked_by)), claims=merged((one.claims, other.claims)),
        sentences=tuple(sorted({*one.sentences, *other.sentences})),
    )  # fmt: skip
    return [whole if body is one else body for body in made if body is not other]


def _add_told(made: list[Mechanism], told: ToldBody) -> None:
    """Add a body that a sentence tells of: to the entry of its sentence or name, else as its own."""
    number = told.evidence.sentence
    for at, entry in enumerate(made):
        if _last(entry.name) == _last(told.name) and (number in entry.sentences or _is_bare_or_same(entry, told)):
            longer = len(told.name.split()) > len(entry.name.split())
            made[at] = replace(
                entry,
                name=told.name if longer else entry.name,
                mandate=told.mandate or entry.mandate,
                members=entry.members or told.members,
                status=entry.status or told.status,
                sentences=tuple(sorted({*entry.sentences, number})),
            )
            return
    made.append(
        Mechanism(
            name=told.name, kind=told.kind, mandate=told.mandate, members=told.members, asked_in=(), asked_out=(),
            asked_by=(), status=told.status, **standing_on(("mechanism", told.name), told.evidence),
        )
    )  # fmt: skip


def _is_bare_or_same(entry: Mechanism, told: ToldBody) -> bool:
    one, other = stems(entry.name), stems(told.name)
    return one <= other or other <= one


def _last(name: str) -> str:
    return name.split()[-1].lower().removesuffix("s")


def _is_body(body: _Body, facts: Facts) -> bool:
    """Return whether a body is one: bare 'monitors' or 'a mediator' only with a task, or somebody to be in or out."""
    bare = len(body.name.split()) == 1 or facts.has(body.name.split()[-1], "roles", "people_bodies")
    roles = facts.has(body.name, "roles") and len(body.name.split()) == 1
    return not bare or bool((body.mandate and not roles) or body.asked_in or body.asked_out)


def _join(groups: list[list[_Body]], body: _Body) -> None:
    home = next((group for group in groups if any(_same(member, body) for member in group)), None)
    if home is None:
        groups.append([body])
    else:
        home.append(body)


def _mechanism(group: list[_Body]) -> Mechanism:
    first = max(group, key=lambda body: (not body.definite, len(body.name.split())))
    statuses = [body.status for body in group if body.status]
    asking = [body.claim for body in group if body.claim.event is EventType.REQUEST]
    asked_out = merged(body.asked_out for body in group)
    return Mechanism(
        name=first.name,
        kind=next((body.kind for body in group if body.kind != "mediation"), first.kind),
        mandate=longest(body.mandate for body in group),
        members=merged(body.members for body in group),
        asked_in=tuple(i for i in merged(body.asked_in for body in group) if i not in asked_out),
        asked_out=asked_out,
        asked_by=merged(claim.actor for claim in asking),
        status=min(statuses, key=_STATES.index, default=None),
        **standing(("mechanism", first.name), [body.claim for body in group]),
    )


def _body(claim: Claim, facts: Facts, known_before: list[list[_Body]]) -> _Body | None:
    """Return the body that a claim's words name: by name and task, or by its name alone where it is known already."""
    asked = clause_text(claim) if claim.event is EventType.REQUEST else None
    texts = dict.fromkeys(text for text in (claim.content, own_text(claim), asked) if text)
    for text in texts:
        for found in facts.every(text, "bodies", "roles"):
            if re.search(r"\b(?:to|will|would|could|should|must)\s\Z", text[: found.start()]):
                continue  # 'to monitor the truce' is a task, no body
            if facts.has(found.group(), "roles") and facts.pattern("bodies").match(text, found.end() + 1):
                continue  # 'monitoring mission'
            kind, mandate = _task(text, found, facts)
            name, definite = _name(text, found, facts)
            before = [body for group in known_before for body in group if body.head == _head(found)]
            if kind is None and before and definite:
                kind = before[0].kind
            if kind is not None and name:
                made = _Body(
                    claim=claim, name=name, head=_head(found), kind=kind, mandate=mandate, definite=definite,
                    status=_status(claim, facts, name),
                )  # fmt: skip
                return _with_members(made, facts)
    return None


def _pointed_at(claim: Claim, facts: Facts, groups: list[list[_Body]]) -> _Body | None:
    """'demanded that Rohan be excluded from it': the body named in this sentence or the two before."""
    text = claim.content or ""
    asks = claim.event is EventType.REQUEST and facts.has(text, "excluding", "including")
    if not asks or re.search(r"\b(?:in|from|on|of) (?:it|them)\b", text) is None:
        return None
    near = [b for group in groups for b in group if 0 <= claim.evidence.sentence - b.claim.evidence.sentence <= 2]
    if not near:
        return None
    last = max(near, key=lambda body: body.claim.evidence.sentence)
    return _with_members(replace(last, claim=claim, mandate=None, definite=True, status=None), facts)


def _task(text: str, found: re.Match[str], facts: Facts) -> tuple[str | None, str | None]:
    """Return the kind of a body and its mandate, from its own name or the task that follows it."""
    word, after = found.group(), text[found.end() :]
    named = next(
        (kind for kind in KINDS if facts.has(f"{_left(text, found.start(), 3)} {word}", f"task_{kind}")),
        None,
    )
    own = re.match(r"\s+(?:of|for|over)\s+(.+)", after)
    if named and own and facts.has(word, "roles"):
        return named, _cut(own.group(1))
    later = _TASK.match(after)
    if later is not None:
        task = later.group(1)
        begin = re.match(r"(?:\w+\s+){0,2}", task)
        window = task[: (begin.end() if begin else 0) + 14]
        kind = next((kind for kind in KINDS if facts.has(window, f"verbs_{kind}")), None)
        verb = facts.where(window, *(f"verbs_{k}" for k in KINDS)) if kind else None
        if kind and verb:
            return kind, _cut(task[verb.start() :])
    return named, None


def _name(text: str, found: re.Match[str], facts: Facts) -> tuple[str, bool]:
    """Return the name of a body without its article, and whether it was 'the' body."""
    start = found.start()
    for _ in range(5):
        before = re.search(r"([\w.’'-]+)\s+\Z", text[:start])
        if before is None:
            break
        token = before.group(1)
        if token.lower() in facts.words["articles"]:
            return text[start : found.end()], token.lower() in ("the", "its", "their", "this", "that")
        if not (token[0].isupper() or facts.pattern("body_modifiers").fullmatch(token)) or token.endswith(("'s", "’s")):
            break
        start = before.start()
    return text[start : found.end()], False


def _head(found: re.Match[str]) -> str:
    return found.group().lower().removesuffix("s")


def _status(claim: Claim, facts: Facts, name: str) -> str | None:
    mark = marked(claim, "mechanism.")
    if mark in ("demanded", "established", "working"):
        return mark if not is_ahead(claim) or mark == "demanded" else "proposed"
    if claim.event is EventType.REQUEST:
        asks = facts.has(claim.content, "forming") or not facts.has(clause_text(claim), "excluding", "including")
        return "demanded" if asks else None
    if is_ahead(claim):
        return "proposed"
    if claim.negated or claim.event is EventType.REJECT or mark in ("asked_in", "asked_out"):
        return None
    if facts.has(f"{verb_of(claim)} {own_text(claim)}", "forming"):
        return "established"
    acting = facts.has(claim.words.get("subject"), "bodies") and name in claim.words.get("subject", "")
    serving = claim.event is EventType.SUPPORT and facts.has(name, "roles")
    return "working" if serving or acting or mark == "member" or claim.event is EventType.CONSULT else None


def _with_members(body: _Body, facts: Facts) -> _Body:
    """Return the body with who is asked in or out of it, by marks or by the words of a demand or refusal."""
    claim = body.claim
    mark = marked(claim, "mechanism.")
    text = clause_text(claim) if claim.words.get("clause") else f"{own_text(claim)} {claim.content or ''}"
    named = facts.ids_in(claim, claim.content) or facts.ids_in(claim, claim.words.get("clause"))
    people = tuple(i for i in merged([claim.recipient, named]) if i not in claim.actor)
    people = tuple(i for i in people if not alike(facts.entities[i].name if i in facts.entities else i, body.name))
    asked = claim.event in (EventType.REQUEST, EventType.REJECT)
    out = mark == "asked_out" or (mark is None and asked and _shuts_out(claim, text, facts))
    into = mark == "asked_in" or (claim.event is EventType.REQUEST and not out and facts.has(text, "including"))
    serving = claim.event is EventType.SUPPORT and facts.has(body.head, "roles")
    sending = claim.event in (EventType.AGREE, EventType.AID) and facts.has(verb_of(claim), "sending")
    members = claim.actor if mark == "member" or serving or sending else ()
    chosen = claim.recipient or people
    first = tuple(i for i in chosen if facts.may_be_party(i)) or chosen
    asked_people = {"asked_out": first if out else (), "asked_in": people if into else ()}
    return _Body(
        claim=claim, name=body.name, head=body.head, kind=body.kind, mandate=body.mandate, definite=body.definite,
        status=body.status if claim.status is not Status.HISTORICAL else None, members=members, **asked_people,
    )  # fmt: skip


def _shuts_out(claim: Claim, text: str, facts: Facts) -> bool:
    if claim.event is EventType.REJECT:
        return facts.has(claim.content, "roles") and facts.has(claim.content, "playing")
    return facts.has(text, "excluding")


def _same(one: _Body, other: _Body) -> bool:
    """Return whether two names mean one body: the same head, and one is 'the …' or their names and tasks agree."""
    if one.head != other.head:
        return False
    if other.definite or one.definite or one.name.lower() == other.name.lower():
        return True
    return bool(stems(one.name) & stems(other.name)) and one.kind == other.kind


def _left(text: str, start: int, count: int) -> str:
    return " ".join(text[:start].split()[-count:])


def _cut(text: str) -> str:
    found = _CUT.search(text)
    return (text[: found.start()] if found else text).strip()
