"""Who is in the roles of a frame: who acts, for whom a spokesman acts, whom the act is meant for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dragoman.model import EventType, Kind, Phrase, merged
from dragoman.reading.actors import Actors
from dragoman.reading.attribution import Speaking
from dragoman.reading.named import MOVING
from dragoman.reading.scenes import Match, Scene
from dragoman.reading.whom import crowd_of, done_by, made_between, meant_beside, to_be_freed

_RECIPIENTS = (
    *("object", "against", "on", "to", "at", "with", "of", "from", "for", "toward", "into", "over"),
    *("complement.subject", "complement.object"),
)
_MEANT: Mapping[EventType, tuple[str, ...]] = {
    EventType.THREATEN: (
        *("complement.object", "complement.complement.object", "condition.subject", "complement.condition.subject"),
        *("condition.by", "complement.complement.condition.subject", "complement.against"),
    ),
    EventType.REQUEST: ("complement.subject",),
}
_OBJECTING = frozenset(
    "demand denounce condemn accuse criticise criticize oppose protest decry urge press call chant shout blame reject "
    "pressure force insist".split()
)
_OBJECTED_TO = ("against", "complement.subject", "object", "at", "with", "on", "for", "to")
_LOCATIVE = frozenset("in at near outside inside around across into from toward along through within".split())
_SENDING = frozenset("send deploy dispatch provide supply contribute commit transfer ship mass move lend".split())
_SENT_ALONG = _SENDING | {"admit", "withdraw"}
_TRAVELLING = frozenset("send travel fly come go return head arrive move bring dispatch".split())
_MOVED = frozenset({"move", "shift", "relocate"})
_FORCEFUL = frozenset({EventType.ASSAULT, EventType.COERCE, EventType.MOBILIZE, EventType.RETREAT})
_AIMED = frozenset(set(EventType) - {EventType.AGREE, EventType.REJECT, EventType.CONCEDE, EventType.CONSULT})
_ANSWERING = frozenset(
    {EventType.REJECT, EventType.SUPPORT, EventType.ACCUSE}
)  # meant for whoever made what they are about
_SPOKEN = frozenset({EventType.ACCUSE, EventType.REQUEST, EventType.REJECT, EventType.SUPPORT, EventType.THREATEN})
_SPOKEN_OR_GIVEN = (_SPOKEN - {EventType.ACCUSE, EventType.SUPPORT}) | {EventType.AGREE, EventType.CONCEDE}
_AGAINST_STATES = frozenset({EventType.SANCTION, EventType.ACCUSE})
_ENVOYS = frozenset({"ambassador", "envoy", "diplomat", "consul", "attaché", "commissioner"})
_CALLED_IN = frozenset({"summon", "expel", "recall", "convoke", "deport"})
_SUFFERED = frozenset({EventType.ASSAULT, EventType.COERCE, EventType.SANCTION})
_AIDS = frozenset("help aid assistance support mediation participation backing involvement cooperation consent".split())
_TAKING = frozenset("storm capture overrun seize retake take burn loot ambush overtake enter leave".split())
_TOLD = frozenset({EventType.REJECT, EventType.THREATEN, EventType.AGREE})
_TOLD_KINDS = frozenset({Kind.PERSON, Kind.STATE, Kind.GOVERNMENT, Kind.ARMED_GROUP})
_GIVEN = frozenset({EventType.AGREE, EventType.AID, EventType.MOBILIZE, EventType.SUPPORT, EventType.CONSULT})
_ATTACKS = frozenset("attack ambush raid explosion blast bombing assault shooting shelling strike airstrike".split())
_SENT = frozenset({"MIL", "REB", "UAF"})
_MUTUAL_ROLES = ("subject", "with", "between", "among", "and")
_OF_TWO = frozenset({"ceasefire", "agreement", "talks"})
_OWN_MOVES = frozenset({EventType.RETREAT, EventType.CONCEDE, EventType.MOBILIZE, EventType.AID})
_UNMANNED = frozenset({"drone", "drones", "missile", "missiles", "rocket", "rockets", "shells"})
_ASKING = frozenset({EventType.REQUEST, EventType.REJECT})
_THINGS = frozenset({"it", "this", "that", "these", "those", "which", "both"})
_ORDERING = frozenset({"order", "instruct", "command", "direct"})
_CARRIED = frozenset({"on", "against", "to", "at", "into", "with", "over"})  # 'a ban on X', 'a threat to X'
_LANDS = frozenset(
    "mountain hill village town outskirt suburb countryside border area road highway bridge valley coast plain frontier".split()
)  # who bombs them bombs nobody by that
_REFLEXIVE = ("self", "selves")
_ADDRESSING = frozenset({"promise", "assure", "tell", "guarantee", "inform"})


class Parties:
    """Finds the entities in the roles that a frame names."""

    def __init__(self, known: Actors, scene: Scene, match: Match, chain: tuple[Speaking, ...]) -> None:
        self.known = known
        self.scene = scene
        self.clause = match.clause
        self.gives = match.frame.gives
        self.match = match
        self.chain = chain
        self.recipient_role: str | None = None
        self.warners: tuple[str, ...] = ()

    def actors(self) -> tuple[str, ...]:
        """Return who acts."""
        if self._of_an_attack_named():
            return ()
        found = tuple(i for i in self._found_actors() if not self._is_bare_weapon(i))
        if self.gives.event is EventType.THREATEN:
            found = self._threatening_side(found)
        return found

    def _of_an_attack_named(self) -> bool:
        """Return whether an attack stands between a peaceful verb and its result: 'cut ties after an ambush, killing one'."""
        clause, scene = self.clause, self.scene
        if self.gives.event is not EventType.ASSAULT or clause.tense != "participle" or clause.parent is None:
            return False
        fired = scene.fired or {}
        above = fired.get(clause.parent) or next((m for m in fired.values() if m.clause.light == clause.parent), None)
        if clause.link != "adverbial" or (above is not None and above.frame.gives.event in _FORCEFUL):
            return False
        lemmas, carrier = scene.tree.s.lemmas, scene.by_index[clause.parent]
        if any(lemmas[phrase.head] in _ATTACKS for phrase in carrier.roles.get("object", ())):
            return False  # 'kept up its strikes, killing one'
        return not _ATTACKS.isdisjoint(lemmas[clause.parent + 1 : clause.index])

    def _is_bare_weapon(self, identity: str) -> bool:
        """Return whether an actor is but a thing without an owner: 'wounded by a drone'."""
        cast = self.known.cast
        return identity in cast.nameless and cast.name(identity) in _UNMANNED

    def _threatening_side(self, actor: tuple[str, ...]) -> tuple[str, ...]:
        """'Esper warned that the United States would quit': the side that will act threatens, where the speaker is of it."""
        acting = self.ids(("complement.subject",)) if actor else ()
        if not acting or not set(acting) <= self._own_side(actor):
            return actor
        cast = self.known.cast
        self.warners = tuple(i for i in actor if i not in acting and cast.speaks_for(i) in acting)
        return acting

    def _found_actors(self) -> tuple[str, ...]:
        roles = self.gives.actor
        if self.gives.mutual:
            roles = (*roles, *_MUTUAL_ROLES)
            return merged(self.ids((role,)) for role in dict.fromkeys(roles)) or self._own()
        for role in roles:
            found = self.ids((role,))
            if found:
                return merged((found, self._helpers()))
        if self.clause.form == "noun" and "subject" in roles:
            return self._own()
        return self._between() if any(mark.partition(".")[0] in _OF_TWO for mark in self.gives.marks) else ()

    def _helpers(self) -> tuple[str, ...]:
        """Return who acts with the actor: 'which Kenya brokered together with Chad', 'along with its ally'."""
        with_them = self._along()
        return () if self._suffering(with_them) else with_them

    def _along(self) -> tuple[str, ...]:
        """Return who stands after 'along with' or 'together with'."""
        words = self.scene.tree.s.words
        for phrase in self.clause.roles.get("with", ()):
            opener = next(
                (t for t in range(phrase.start, max(1, phrase.start - 4), -1) if words[t].lower() == "with"), 0
            )
            if opener and words[opener - 1].lower() in ("together", "along", "jointly"):
                return merged(self.phrase("with", p) for p in self.clause.roles["with"])
        return ()

    def _suffering(self, along: tuple[str, ...]) -> bool:
        """Return whether those after 'along with' are civilians who suffer the act, too: 'abducted X along with passengers'."""
        cast = self.known.cast
        done_to = self.gives.event in _SUFFERED and bool(self.clause.roles.get("object"))
        return done_to and all("CVL" in cast.sectors(i) or cast.kind(i) is Kind.PERSON for i in along)

    def _between(self) -> tuple[str, ...]:
        """Return whose a truce, deal or round of talks is by the words with it: 'the ceasefire between X and Y held'."""
        tree, number = self.scene.tree, self.scene.tree.s.number
        for role in ("subject", "object"):
            for phrase in self.clause.roles.get(role, ()):
                told = [
                    (noun, heard.ids)
                    for preposition, first in tree.prepositional(phrase.head)
                    if preposition in ("between", "among")
                    for noun in tree.conjuncts(first)
                    if (heard := self.known.heard(number, noun)) is not None
                ]
                found = tuple(dict.fromkeys(i for _, ids in told for i in ids if self._acts(i)))
                if len(found) > 1:
                    return found
        return ()

    def for_whom(self, actor: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[Speaking, ...]]:
        """A named spokesperson acts for the institution: it is the actor, the person goes into the attribution."""
        cast = self.known.cast
        acting: list[str] = []
        speaking = [Speaking(clause=None, ids=(i,), text=self._called(i)) for i in self.warners]
        for identity in actor:
            owner = cast.speaks_for(identity)
            acting.append(cast.stands_for(owner) if owner is not None else identity)
            if owner is not None and all(identity not in item.ids for item in self.chain):
                speaking.append(Speaking(clause=None, ids=(identity,), text=self._called(identity)))
        return tuple(dict.fromkeys(acting)), tuple(speaking)

    def _called(self, identity: str) -> str:
        """Return what the text calls somebody, here or where it does so last before; his name where it never does."""
        return self.known.cast.called_before(identity, self.scene.tree.s.end) or self.known.cast.name(identity)

    def _own(self) -> tuple[str, ...]:
        """For a nominal act: whose it is by the words before it ('Israeli air strikes')."""
        return self.ids(("modifier", "from"))

    def recipients(self, actor: tuple[str, ...]) -> tuple[str, ...]:
        if self.gives.mutual:
            return ()
        roles = self.gives.recipient or _RECIPIENTS
        for role in dict.fromkeys((*roles, *_MEANT.get(self.gives.event, ()))):
            told = role.startswith(("complement", "condition")) and not self._commands()
            own = self._own_side(actor) if told else frozenset()
            meant = role.rpartition(".")[2] not in ("to", "with", "for", "against")
            ours = self.gives.event is EventType.THREATEN or role.startswith(
                "condition"
            )  # nobody threatens his own army
            met = (i for i in self.ids((role,)) if i not in actor and i not in own)
            met = (i for i in met if not (ours and self.known.cast.part_of(i) in {*own, *actor}))
            met = (i for i in met if not self._only_listens(i, role))
            found = tuple(i for i in met if not (meant and self._mere_means(i)))
            found = tuple(self._sender(i) for i in found if not self._own_men(i, actor))
            found = tuple(i for i in found if not self._unknown_town(i, role) and not self._spoken_for(i, actor))
            found = found or self._somebody_else(role, actor)
            if found:
                self.recipient_role = role
                along = self._along() if role == "object" else ()
                return merged((found, along if self._suffering(along) else ()))
        carried = self._of_the_object(roles, actor)
        if carried:
            return carried
        if self.gives.event is EventType.PROTEST:
            return self._protested_against(actor)
        made = self._makers(actor) if self.gives.event in _ANSWERING else ()
        made = tuple(i for i in made if not self._spoken_for(i, actor))
        told = self.gives.event in _TOLD or (self.gives.event is EventType.REQUEST and "speaker" in self.gives.actor)
        made = made or (self._told(actor) if told else ())
        return made or meant_beside(self.known, self.scene, self.match, actor)

    def _of_the_object(self, roles: Sequence[str], actor: tuple[str, ...]) -> tuple[str, ...]:
        """'imposed a ban on the Front': what a frame asks of the verb may hang on the noun that the verb carries."""
        for role in (r for r in roles if r in _CARRIED):
            found = (i for i in self.ids((f"object.{role}",)) if i not in actor and not self._mere_means(i))
            ids = tuple(i for i in found if not self._own_men(i, actor) and not self._unknown_town(i, role))
            if ids:
                return ids
        return ()

    def _protested_against(self, actor: tuple[str, ...]) -> tuple[str, ...]:
        """Return of whom protesters want something: 'marched to demand that X go', 'rallied, chanting slogans against X'."""
        for below in self.scene.below(self.clause):
            if below.link not in ("purpose", "adverbial", "modifier") or below.lemma not in _OBJECTING:
                continue
            for role in _OBJECTED_TO:
                found = merged(self.phrase(role, p) for p in self.scene.fill(below, role))
                found = tuple(i for i in found if i not in actor and not self._is_bare_weapon(i))
                if found:
                    return found
        return ()

    def _only_listens(self, identity: str, role: str) -> bool:
        """Return whether somebody is the press that is told: 'told reporters that Gondor would respond'."""
        cast = self.known.cast
        press = cast.kind(identity) is Kind.MEDIA or (identity in cast.nameless and "JRN" in cast.sectors(identity))
        told = self.clause.lemma in self.known.rulebook.words("say") and role in ("object", "to")
        return press and self.gives.event in _SPOKEN_OR_GIVEN and (told or cast.kind(identity) is Kind.MEDIA)

    def _commands(self) -> bool:
        """Return whether an act is an order, which goes to one's own: 'ordered his men to withdraw'."""
        return self.gives.event is EventType.REQUEST and self.clause.lemma in _ORDERING

    def _somebody_else(self, role: str, actor: tuple[str, ...]) -> tuple[str, ...]:
        """Return whom a pronoun means that would else mean who acts himself: 'the group abducted them'."""
        if not actor or role == "subject" or ("." in role and self.gives.event is not EventType.REQUEST):
            return ()
        tree, number = self.scene.tree, self.scene.tree.s.number
        for phrase in self.scene.fill(self.clause, role):
            owner = self._owner_of(phrase.head) if self.gives.event is EventType.ASSAULT else None
            token = owner if owner is not None else phrase.head
            heard = self.known.heard(number, token)
            plain = tree.s.tags[token][:3] == "PRP" and not tree.s.words[token].lower().endswith(_REFLEXIVE)
            if plain and heard is not None and heard.how == "pronoun" and set(heard.ids) & set(actor):
                barred = frozenset({*actor, *heard.ids} if len(actor) > 1 else actor)
                other = self.known.describer.pronouns.otherwise(tree, token, barred)
                return tuple(i for i in other if self._acts(i))
        return ()

    def _owner_of(self, head: int) -> int | None:
        """Return the possessive with a noun or with those that it counts: 'its' of 'its camps' and of 'one of its tankers'."""
        tree = self.scene.tree
        if head in self.scene.by_index:
            return None  # 'renewed their bombardment'
        inner = [noun for preposition, noun in tree.prepositional(head) if preposition == "of"]
        owners = (tree.possessor(noun) for noun in (head, *inner))
        return next((t for t in owners if t is not None and tree.s.tags[t] == "PRP$"), None)

    def _told(self, actor: tuple[str, ...]) -> tuple[str, ...]:
        """Return whom the speaker tells, where he tells a party of the act: 'told the envoy that it would not come'."""
        said = (
            self.chain[0].clause
            if self.chain and set(actor) & self._own_side(self.chain[0].ids) | set(self.chain[0].ids)
            else None
        )
        if said is None or said.lemma not in _ADDRESSING:
            return ()
        cast = self.known.cast
        phrases = (*said.roles.get("object", ()), *said.roles.get("to", ()))
        heard = merged(self.known.resolve(self.scene.tree.s.number, p) for p in phrases)
        threatened = self.gives.event is EventType.THREATEN
        party = (i for i in heard if cast.kind(i) in _TOLD_KINDS and (i not in cast.nameless or threatened))
        return tuple(i for i in party if i not in actor and "JRN" not in cast.sectors(i))

    def own_harm(self, actor: tuple[str, ...]) -> bool:
        """Return whether who is to be harmed is of the side of him who says so: a warning of what the other side may do."""
        harmed: tuple[str, ...] = next((found for role in self.gives.recipient if (found := self.ids((role,)))), ())
        cast = self.known.cast
        sides = {*actor, *self._own_side(actor), *(cast.camp_of(i) for i in actor), *map(cast.part_of, actor)} - {None}
        return bool(harmed) and all(i in sides or cast.part_of(i) in sides for i in harmed)

    def _unknown_town(self, identity: str, role: str) -> bool:
        """Return whether a name of which the report tells nothing else is a place that is shelled or taken."""
        cast = self.known.cast
        unknown = cast.actor(identity) is None and cast.kind(identity) is Kind.OTHER and not cast.acted(identity)
        hit = role == "at" and self.gives.event is EventType.ASSAULT
        taken = self.clause.lemma in _TAKING and self.gives.event in _FORCEFUL
        return unknown and (hit or (role in ("object", "on", "of") and taken))

    def _sender(self, identity: str) -> str:
        """Return the state of an ambassador who is expelled, called home or summoned, else whom it is."""
        sending = self._sending_state(identity)
        if sending is not None:
            return sending
        owner = self.known.cast.part_of(identity)
        known = self.known.cast.actor(identity) is not None
        named = identity in self.known.cast.people and bool(self.known.cast.people[identity].titles)
        sent = self.known.cast.name(identity).split()[-1] in _ENVOYS
        return owner if owner and sent and not known and not named and self.gives.event in _AGAINST_STATES else identity

    def _sending_state(self, identity: str) -> str | None:
        """Return whose envoy a person is by the text, where he is called in or sent home."""
        cast = self.known.cast
        known = cast.people.get(identity) if cast.actor(identity) is None else None
        if known is None or self.clause.lemma not in _CALLED_IN or not known.titles & (_ENVOYS | {"commissioner"}):
            return None
        return next((i for i in sorted(known.owners) if cast.kind(i) is Kind.STATE), None)

    def _makers(self, actor: tuple[str, ...]) -> tuple[str, ...]:
        """Return whose an act is that is condemned, welcomed or refused: 'denounced Ostra's air strikes', 'the Ostran raid'."""
        lemmas, patients = self.scene.tree.s.lemmas, self.known.rulebook.words("patients")
        acts = [p for p in self.clause.roles.get("object", ()) if lemmas[p.head] not in patients]
        found = merged(self.known.owners.behind(self.scene.tree, p, acting=True) for p in acts)
        return tuple(i for i in found if self._acts(i) and i not in actor)

    def _spoken_for(self, identity: str, actor: tuple[str, ...]) -> bool:
        """Return whether somebody is of the actor's own side, whom he refuses or threatens nothing: 'X rejected that Ostra leave'."""
        if self.gives.event not in _TOLD or len(actor) != 1 or self.known.cast.kind(actor[0]) is not Kind.PERSON:
            return False
        cast = self.known.cast
        side = cast.camp_of(actor[0])
        own_army = side is not None and cast.part_of(identity) == side and "MIL" in cast.sectors(identity)
        return own_army or (identity == side and self.gives.event is not EventType.THREATEN)

    def _own_men(self, identity: str, actor: tuple[str, ...]) -> bool:
        """Return whether somebody is what the actor moves, not whom he meets: 'Kenya withdrew its troops'."""
        cast = self.known.cast
        moved = "withdraw" in self.gives.modes and identity in cast.nameless and "MIL" in cast.sectors(identity)
        return self.gives.event in _OWN_MOVES and (moved or cast.part_of(identity) in actor)

    def _own_side(self, actor: tuple[str, ...]) -> frozenset[str]:
        """Return whom the actors speak for: the state of a president, the group of a leader."""
        cast = self.known.cast
        served = {office.of for i in actor if (known := cast.actor(i)) for office in known.offices}
        return frozenset(served | {owner for i in actor if i in cast.people for owner in cast.people[i].owners})

    def _mere_means(self, identity: str) -> bool:
        """Return whether a nameless body is what is given, sent or promised, not whom it is given to."""
        cast = self.known.cast
        if identity in cast.nameless and cast.is_weapon(identity):
            return True
        if cast.actor(identity) is not None or self.gives.event not in _GIVEN:
            return False
        sectors = set(cast.sectors(identity))
        nameless = identity in cast.nameless and (self.gives.event is EventType.AGREE or self.clause.lemma in _SENDING)
        if nameless and any(c.link == "complement" and c.lemma in _SENT_ALONG for c in self.scene.below(self.clause)):
            return True  # 'promised to send more observers'
        addressed = self.clause.lemma in _ADDRESSING
        sent = bool(sectors & _SENT) or "peacekeeper" in identity
        return nameless and not addressed and (self.gives.event is EventType.AGREE or sent)

    def ids(self, roles: Sequence[str]) -> tuple[str, ...]:
        """Return the ids in the first of the roles that has any."""
        for role in roles:
            if role == "speaker":
                found = self.chain[0].ids if self.chain else ()
            else:
                found = merged(self.phrase(role, phrase) for phrase in self.scene.fill(self.clause, role))
            if found:
                return tuple(dict.fromkeys(self.known.cast.stands_for(i) for i in found))
        return ()

    def phrase(self, role: str, phrase: Phrase) -> tuple[str, ...]:
        number = self.scene.tree.s.number
        last = role.rpartition(".")[2]
        patient = self.scene.tree.s.lemmas[phrase.head] in self.known.rulebook.words("patients")
        if patient and self.gives.event is EventType.PROTEST:
            return ()  # 'protested against the killing of a woman'
        if (
            last in ("object", "of")
            and self.gives.event in _ASKING
            and to_be_freed(self.known, self.scene, phrase.head)
        ):
            return ()
        heard = self.known.heard(number, phrase.head)
        owner = self.scene.tree.possessor(phrase.head)
        if owner is not None and self.scene.tree.s.words[max(0, owner - 1) : owner + 1] == ("each", "other"):
            return ()
        if heard is not None and heard.how == "seat" and self._is_town(last, phrase.head):
            return ()
        thing = self.scene.tree.s.words[phrase.head].lower() in _THINGS
        if (
            heard is not None
            and heard.how == "pronoun"
            and last == "object"
            and thing
            and self.gives.event not in _AIMED
        ):
            return ()
        if heard is not None and last == "object" and all(self._is_bare_weapon(i) for i in heard.ids):
            senders = self.known.owners.holders(self.scene.tree, phrase.head)  # 'shot down three drones launched by X'
            if senders:
                return tuple(i for i in senders if self._acts(i))
        if heard is not None:
            return tuple(i for i in heard.ids if self._acts(i)) or self._among(phrase)
        return self._behind(last, phrase)

    def _among(self, phrase: Phrase) -> tuple[str, ...]:
        """Return who is named among people without a name: 'killed three people, including a police officer'."""
        tree, number = self.scene.tree, self.scene.tree.s.number
        named = [noun for preposition, noun in tree.prepositional(phrase.head) if preposition == "including"]
        found = (self.known.heard(number, noun) for first in named for noun in tree.conjuncts(first))
        return merged(tuple(i for i in one.ids if self._acts(i)) for one in found if one is not None)

    def _behind(self, last: str, phrase: Phrase) -> tuple[str, ...]:
        """Return who stands behind a noun that is nobody itself, in a role."""
        if last == "with" and self.scene.tree.s.lemmas[phrase.head] in _AIDS:
            return ()
        if last in ("object", "at", "on", "of") and (
            crowd := crowd_of(self.known, self.scene, self.match, phrase.head)
        ):
            return crowd
        acting = last in ("subject", "by", "modifier", "from")
        patient = self.scene.tree.s.lemmas[phrase.head] in self.known.rulebook.words("patients")
        if (
            patient
            and not acting
            and self.gives.event is EventType.ACCUSE
            and (doer := tuple(i for i in done_by(self.known, self.scene, phrase.head) if self._acts(i)))
        ):
            return doer
        behind = self.known.owners.behind(self.scene.tree, phrase, acting=acting)
        if behind and not acting and self._mere_land(phrase.head):
            return ()
        if not behind and not acting and self.gives.event in _ANSWERING:
            behind = self.known.owners.authors(self.scene.tree, phrase.head) or made_between(
                self.known, self.scene, phrase
            )
        return tuple(i for i in behind if self._acts(i))

    def _mere_land(self, head: int) -> bool:
        """Return whether a target is but a place with a state behind it: 'bombed the mountains of northern Gondor'."""
        tree = self.scene.tree
        land = self.gives.event is EventType.ASSAULT and tree.s.lemmas[head] in _LANDS
        return land and tree.possessor(head) is None and not any(tree.s.tags[m] == "JJ" for m in tree.modifiers(head))

    def _is_town(self, role: str, token: int) -> bool:
        """Return whether a capital in a role is the town itself, not its government."""
        lemma, lemmas, heads = self.clause.lemma, self.scene.tree.s.lemmas, self.scene.tree.s.heads
        if role == "from" and self.clause.form == "noun" and self.gives.event in _SPOKEN:
            return False  # 'criticism from Moscow'
        return (
            (role in _LOCATIVE and self.gives.event is not EventType.SANCTION)
            or (role == "object" and lemma in MOVING)
            or (role == "to" and (lemma in _TRAVELLING or lemmas[heads[heads[token]]] in _MOVED))
            or (self.gives.event in _FORCEFUL and role in ("object", "of", "on", "to"))
        )

    def _acts(self, identity: str) -> bool:
        people = identity == "people" or (identity.endswith("-people") and identity in self.known.cast.nameless)
        unnamed = people and self.gives.event is not EventType.PROTEST
        return not unnamed and self.known.cast.kind(identity) is not Kind.PLACE
