"""One sentence and two phrases in it -> the one relation from source to target that the sentence states."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from dragoman.errors import IntakeError
from dragoman.model import Clause, EventType, Phrase, Report, Status
from dragoman.reading.context import Context
from dragoman.reading.parse import Sentence
from dragoman.reading.reader import Reader
from dragoman.reading.scenes import Match, Scene

_TOGETHER = 256  # rows read together
_SPACES = re.compile(r"\s+")
_MUTUAL = ("subject", "with", "between", "among", "object")
_RECIPIENTS = (
    "object",
    "against",
    "on",
    "to",
    "at",
    "with",
    "of",
    "from",
    "for",
    "toward",
    "into",
    "over",
    "in",
    "about",
    "by",
    "under",
)
# In the rows that ``relate`` answers, force that is announced is a threat, as cooperation that is announced is an agreement.
_MENACES = frozenset({EventType.ASSAULT, EventType.COERCE, EventType.SANCTION, EventType.MOBILIZE, EventType.PROTEST})
_GOVERNS = 1.25  # the score of an act that is the source's own
_TURNS = frozenset({EventType.CONSULT, EventType.SUPPORT, EventType.COOPERATE, EventType.AID})
_THIRDS = frozenset({"he", "she", "it", "they"})
_ASIDE = frozenset({"modifier", "relative", "purpose", "condition"})
_UNTIL = frozenset({"until", "unless", "before", "till"})
_PLAINLY = 0.6  # a role's head is marked, or stands right beside what is
_WORDS = frozenset({EventType.REQUEST, EventType.THREATEN, EventType.REJECT, EventType.ACCUSE, EventType.SUPPORT})
_DUTIES = frozenset({"must", "should", "ought"})
_FRIENDLY = _TURNS | {EventType.AGREE, EventType.CONCEDE, EventType.RETREAT}
_WEIGHING = frozenset(
    "consider weigh mull contemplate plan prepare ponder study eye intend want hope seek draft".split()
)
_YIELDS = frozenset({EventType.CONCEDE, EventType.RETREAT})


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row to relate: a sentence and the words of its source and target."""

    id: str
    sentence: str
    source: str
    target: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """The relation found; ``event`` is None where the sentence states none that the rules know."""

    id: str
    event: EventType | None = None
    modes: tuple[str, ...] = ()
    status: Status | None = None
    negated: bool = False
    rule: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """A row as it is read: its sentence with plain spaces, and source and target where the sentence has them."""

    id: str
    text: str
    pair: tuple[str, str]

    @classmethod
    def of(cls, row: Row) -> _Asked:
        text = _plain(row.sentence)
        source, target = (phrase if phrase in text else "" for phrase in (_plain(row.source), _plain(row.target)))
        return cls(id=row.id, text=text, pair=(source, target))

    @property
    def usable(self) -> bool:
        return bool(self.text) and any(self.pair)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Marked:
    """The tokens of source and target in a sentence."""

    source: frozenset[int]
    target: frozenset[int]


def relate(reader: Reader, rows: Iterable[Row]) -> Iterator[Relation]:
    """Yield the relation of each row, in order; a phrase that is not in the sentence counts as not marked (``fault_of``)."""
    waiting = iter(rows)
    while some := [_Asked.of(row) for row in islice(waiting, _TOGETHER)]:
        parsed = reader.parser.sentences_of([(asked.text, None) for asked in some if asked.usable])
        for asked in some:
            yield _relate(reader, asked, next(parsed)) if asked.usable else Relation(id=asked.id)


def fault_of(row: Row) -> IntakeError | None:
    """Return what is wrong with a row: a source that is not there, or a phrase that is not in its sentence; else None."""
    text = _plain(row.sentence)
    for name, phrase in (("source", _plain(row.source)), ("target", _plain(row.target))):
        if (not phrase and name == "source") or phrase not in text:
            return IntakeError(
                where=f"row {row.id}",
                found=f"{name} {phrase!r} is not in the sentence",
                remedy="mark words of the sentence",
            )
    return None


def _plain(text: str) -> str:
    return _SPACES.sub(" ", text).strip()


def _relate(reader: Reader, asked: _Asked, sentences: tuple[Sentence, ...]) -> Relation:
    identity = asked.id
    report = Report(id=identity, headline=None, text=asked.text, body_start=0)
    scenes, _ = reader.scenes(report, sentences)
    spans = _nearest(asked.text, asked.pair)
    found = [item for scene in scenes for item in _scored(reader, scene, _marked(scene.tree.s, spans))]
    found = found or [item for scene in scenes for item in _nearly(reader, scene, _marked(scene.tree.s, spans))]
    if not found:
        return Relation(id=identity)
    _, scene, match = _governing(max(found, key=lambda item: item[0]), found)
    context = reader.contexts.of(scene, match.clause)
    if context.status is not Status.FUTURE and _is_weighed(scene, match.clause):
        context = replace(context, status=Status.FUTURE)
    relation = _relation(identity, match, context)
    return _as_asked(relation, scene, match, _marked(scene.tree.s, spans))


_Scored = tuple[float, Scene, Match]


def _scored(reader: Reader, scene: Scene, marked: _Marked) -> Iterator[_Scored]:
    """Yield the frames that fired in a sentence with how well the marked words stand in their roles."""
    plain = {match.clause.index for match in reader.matcher.matches(scene)}
    for match in reader.matcher.all_matches(scene):
        score = _score(scene, match, marked) + (0.4 if match.clause.index in plain else 0.0)
        score -= 0.25 * (match.clause.link in _ASIDE or match.clause.mark in _UNTIL)
        score -= 0.3 * match.frame.gives.sign + 0.05 * (match.clause.form == "noun")
        if score > 0:
            yield score, scene, match


def _governing(best: _Scored, found: Sequence[_Scored]) -> _Scored:
    """Return the act whose content the best one is, where the source does it: 'refused to meet' is a refusal."""
    for other in found:
        scored, scene, match = other
        if (
            scene is best[1]
            and match.frame.gives.keeps
            and scored >= _GOVERNS
            and _is_content(scene, best[2].clause, match.clause)
        ):
            return _governing(other, [item for item in found if item is not other])
    return best


def _is_content(scene: Scene, clause: Clause, above: Clause) -> bool:
    """Return whether a clause stands in what another tells as asked, promised, refused: 'to' and 'that' clauses and their nouns."""
    for _ in range(len(scene.clauses)):
        parent = scene.by_index.get(clause.parent) if clause.parent is not None else None
        infinitive = clause.tense == "infinitive" and clause.link in ("complement", "purpose", "modifier")
        if parent is None or not (infinitive or clause.form == "noun" or clause.link == "complement"):
            return False
        if parent.index == above.index:
            return True
        clause = parent
    return False


def _nearly(reader: Reader, scene: Scene, marked: _Marked) -> Iterator[_Scored]:
    """Yield the frames whose word is there but whose conditions fail: who marks a pair says that something relates it."""
    for near in reader.matcher.near(scene):
        only_who = "#" in near.failed or "(unless)" in near.failed  # the words fit; somebody unknown stands in a role
        if only_who and not near.frame.silent:
            match = Match(clause=near.clause, frame=near.frame)
            score = _score(scene, match, marked)
            if score > 0.8:
                yield score, scene, match


def _relation(identity: str, match: Match, context: Context) -> Relation:
    gives = match.frame.gives
    status = gives.status or context.status
    event = match.frame.relate or gives.event
    truce = any(mark.startswith("ceasefire.") for mark in gives.marks)
    if status is Status.FUTURE and (event in _TURNS or (event in _YIELDS and not truce)):
        event = EventType.AGREE
    elif status is Status.FUTURE and event in _MENACES and not _under_way(match.clause):
        event = EventType.THREATEN
    negated = context.negated != gives.negated
    if negated and event in _FRIENDLY:
        event, negated = EventType.REJECT, False
    turned = event not in (match.frame.relate, gives.event)
    return Relation(
        id=identity,
        event=event,
        modes=() if turned else gives.modes,
        status=status,
        negated=negated,
        rule=match.frame.id,
    )


def _as_asked(relation: Relation, scene: Scene, match: Match, marked: _Marked) -> Relation:
    """Return as a demand what the source says that the target must do."""
    clause = match.clause
    put = clause.modal in _DUTIES and _reach(scene, clause, ("subject", "object"), marked.target) > _PLAINLY
    if not put or relation.event in _WORDS or _speaks(scene, clause, marked.source) < _PLAINLY:
        return relation
    return replace(relation, event=EventType.REQUEST, modes=())


def _is_weighed(scene: Scene, clause: Clause) -> bool:
    """Return whether an act is what somebody plans or thinks of: 'is considering a ban', 'plans a strike', 'wants to buy'."""
    above = scene.by_index.get(clause.parent) if clause.parent is not None else None
    if above is None or above.lemma not in _WEIGHING:
        return False
    planned = clause.link in ("complement", "modifier") and clause.tense in ("infinitive", "participle")
    return planned or (clause.form == "noun" and clause.link in ("object", "for"))


def _under_way(clause: Clause) -> bool:
    """Return whether an announced act goes on: 'announced they are boycotting the vote'."""
    return clause.form == "verb" and clause.tense == "present" and clause.modal is None


def _nearest(text: str, pair: tuple[str, str]) -> tuple[tuple[int, int], tuple[int, int]]:
    """Return the occurrences of source and target that do not overlap and stand nearest to each other."""
    sources, targets = (_occurrences(text, phrase) for phrase in pair)
    apart = [(s, t) for s in sources for t in targets if s[1] <= t[0] or t[1] <= s[0]] or [(sources[0], targets[0])]
    return min(apart, key=lambda st: max(st[1][0] - st[0][1], st[0][0] - st[1][1]))


def _occurrences(text: str, phrase: str) -> list[tuple[int, int]]:
    if not phrase:
        return [(0, 0)]
    found, start = [], text.find(phrase)
    while start >= 0:
        found.append((start, start + len(phrase)))
        start = text.find(phrase, start + len(phrase))
    return found


def _marked(s: Sentence, spans: Sequence[tuple[int, int]]) -> _Marked:
    source, target = (
        frozenset(t for t in range(len(s.words)) if s.starts[t] < end and s.ends[t] > start) for start, end in spans
    )
    return _Marked(source=source, target=target)


def _score(scene: Scene, match: Match, marked: _Marked) -> float:
    gives, clause = match.frame.gives, match.clause
    if gives.mutual:
        source = _reach(scene, clause, _MUTUAL, marked.source)
        target = _reach(scene, clause, _MUTUAL, marked.target)
        if target == 0:
            target = 0.7 * _reach(scene, clause, _RECIPIENTS, marked.target)
    else:
        actor = tuple(role for role in gives.actor if role != "speaker")
        source = _reach(scene, clause, actor, marked.source) if actor else _speaks(scene, clause, marked.source)
        if source == 0 and actor:
            source = 0.9 * _meant(scene, clause, actor, marked.source)
        if source == 0:
            source = 0.5 * _reach(scene, clause, ("modifier", "from", "by", "speaker"), marked.source)
        target = _reach(scene, clause, gives.recipient or _RECIPIENTS, marked.target)
        if target == 0:
            target = 0.6 * _reach(
                scene,
                clause,
                (
                    *_RECIPIENTS,
                    "complement",
                    "complement.subject",
                    "complement.object",
                    "purpose",
                    "modifier",
                ),
                marked.target,
            )
    if target == 0 and any(clause.start <= t < clause.end for t in marked.target):
        target = 0.3
    if source == 0:
        source = _near_source(scene, clause, marked.source)
    return (
        source * 1.2 + target - 0.02 * len(scene.clauses) * (clause.parent is not None) * 0.1
        if source or target
        else 0.0
    )


def _near_source(scene: Scene, clause: Clause, tokens: frozenset[int]) -> float:
    """A source that governs the clause from further up, or stands inside it."""
    above: Clause | None = scene.by_index.get(clause.parent) if clause.parent is not None else None
    worth = 0.6
    for _ in range(4):
        if above is None:
            break
        if _reach(scene, above, ("subject",), tokens) > 0.4:
            return worth
        worth *= 0.7
        above = scene.by_index.get(above.parent) if above.parent is not None else None
    return 0.15 if any(clause.start <= t < clause.end for t in tokens) else 0.0


def _meant(scene: Scene, clause: Clause, roles: Sequence[str], tokens: frozenset[int]) -> float:
    """Return how well the marked words are who a pronoun of the clause means: 'Gondor said it would free them'."""
    s = scene.tree.s
    if not any(s.words[phrase.head].lower() in _THIRDS for role in roles for phrase in scene.fill(clause, role)):
        return 0.0
    above = scene.by_index.get(clause.parent) if clause.parent is not None else None
    return _reach(scene, above, ("subject",), tokens) if above is not None else 0.0


def _speaks(scene: Scene, clause: Clause, tokens: frozenset[int]) -> float:
    above = scene.by_index.get(clause.parent) if clause.parent is not None else None
    return _reach(scene, above, ("subject",), tokens) if above is not None else 0.0


def _reach(scene: Scene, clause: Clause, roles: Sequence[str], tokens: frozenset[int]) -> float:
    """Return 1 where a role's head is marked, less where the marked words only stand inside its phrase."""
    best = 0.0
    for number, role in enumerate(roles):
        for phrase in scene.fill(clause, role):
            best = max(best, _cover(scene, phrase, tokens) - 0.01 * number)
    return best


def _cover(scene: Scene, phrase: Phrase, tokens: frozenset[int]) -> float:
    if phrase.head in tokens:
        return 1.0
    inside = [t for t in tokens if phrase.start <= t < phrase.end]
    if not inside:
        return 0.0
    heads = scene.tree.s.heads
    near = any(heads[t] == phrase.head or heads[heads[t]] == phrase.head for t in inside)
    return 0.7 if near else 0.45
