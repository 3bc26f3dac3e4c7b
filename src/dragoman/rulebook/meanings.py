"""What the words of a claim mean: event types, modes, statuses, bases of days, kinds. For people; the manual prints them."""

from __future__ import annotations

from collections.abc import Mapping

from dragoman.model import Basis, EventType, Kind, Status

EVENTS: Mapping[EventType, str] = {
    EventType.AGREE: "to agree, offer or promise; to reach a deal; cooperation that is announced",
    EventType.CONSULT: "to meet, talk, negotiate, visit or telephone",
    EventType.SUPPORT: "to back in words, praise, recognise or mediate; to sign or ratify an agreement",
    EventType.CONCEDE: "to yield in words: to declare a truce, a withdrawal or a release, to ease or lift, to apologise",
    EventType.COOPERATE: "to work together in deed: trade, joint exercises, shared intelligence, extradition",
    EventType.AID: "to help in deed: money, arms, troops for an ally, relief, peacekeepers, asylum",
    EventType.RETREAT: "to yield in deed: to withdraw, keep a truce, release, disarm, let in, resign",
    EventType.REQUEST: "to demand, ask, urge, call for or order",
    EventType.ACCUSE: "to accuse, blame, criticise, condemn, charge or investigate",
    EventType.REJECT: "to refuse, veto, break off or boycott; to leave without signing",
    EventType.THREATEN: "to threaten, set an ultimatum or announce force on a condition",
    EventType.PROTEST: "to demonstrate, riot, strike, or block a road in protest",
    EventType.SANCTION: "to reduce relations: sanctions, expulsions, cutting ties or aid, a conviction",
    EventType.MOBILIZE: "to move or ready forces without using them",
    EventType.COERCE: "to use force short of violence: arrest, seizure, ban, blockade, curfew, cyber attack",
    EventType.ASSAULT: "to use violence: to attack, kill, shell, bomb, clash, abduct, torture or destroy",
}

_YIELDING: Mapping[str, str] = {
    "withdraw": "leaves a place or pulls back forces",
    "release": "lets captives or property go",
    "disarm": "lays down or gives up arms",
    "ceasefire": "stops firing",
    "access": "lets observers, relief or people in or through",
    "resign": "leaves an office",
}
_ASKED: Mapping[str, str] = {
    "assist": "help or support",
    "change": "a change of policy, of leaders or of rights",
    "yield": "a truce, a withdrawal, a release or another giving in",
    "meet": "talks or a meeting",
}

MODES: Mapping[EventType, Mapping[str, str]] = {
    EventType.CONSULT: {
        "visit": "one goes to the other",
        "third-party": "somebody between them leads or carries the talks",
        "multilateral": "three or more meet",
        "phone": "by telephone or video",
    },
    EventType.RETREAT: _YIELDING,
    EventType.CONCEDE: _YIELDING,
    EventType.REQUEST: _ASKED,
    EventType.REJECT: _ASKED,
    EventType.ACCUSE: {
        "disapprove": "criticises or condemns",
        "investigate": "looks into what was done",
        "allege": "says that a wrong or a crime was done",
    },
    EventType.THREATEN: {
        "restrict": "with restrictions or sanctions",
        "arrest": "with arrest or a charge",
        "relations": "with breaking off or reducing relations",
        "expel": "with expulsion",
        "territory": "with taking or holding land",
        "violence": "with force",
    },
    EventType.PROTEST: {
        "demo": "a march or rally",
        "riot": "a protest with violence",
        "strike": "work is laid down",
        "hunger": "a hunger strike",
        "boycott": "something is not bought, used or attended",
        "obstruct": "a road or a building is blocked",
        "vandalize": "property is damaged",
    },
    EventType.SANCTION: {
        "convict": "a court finds guilty or sentences",
        "expel": "somebody is sent out or shut out",
        "withdraw": "envoys, staff or members are called back",
        "discontinue": "aid, trade, a treaty or ties are ended or suspended",
    },
    EventType.MOBILIZE: {
        "troops": "soldiers",
        "weapons": "arms, vehicles, ships or aircraft",
        "police": "police",
        "militia": "militias or volunteers",
    },
    EventType.COERCE: {
        "seize": "property or a building is taken",
        "restrict": "a ban, a blockade or a closed border",
        "censor": "media or speech are shut off",
        "curfew": "people must stay indoors",
        "martial-law": "the army rules, or a state of emergency",
        "arrest": "somebody is held",
        "deport": "somebody is sent out of the country",
        "withhold": "what is due is held back",
        "misinformation": "falsehoods are spread on purpose",
        "cyber": "an attack on computers",
    },
    EventType.ASSAULT: {
        "abduct": "somebody is carried off or taken captive",
        "beat": "with bare hands or sticks",
        "torture": "somebody held is made to suffer",
        "sexual": "sexual violence",
        "targeted": "a chosen person is killed or to be killed",
        "destroy": "property is destroyed",
        "primitive": "with knives, stones or fire",
        "firearms": "with small arms",
        "explosives": "with bombs or mines",
        "suicide-attack": "the attacker dies by the attack",
        "aerial": "from aircraft",
        "drone": "from or by drones",
        "heavy-weapons": "with artillery, rockets, missiles or tanks",
        "crowd-control": "against a crowd, with gas, water or rubber bullets",
        "unconventional": "with chemical, biological or nuclear weapons",
    },
}

STATUSES: Mapping[Status, str] = {
    Status.OCCURRED: "it has happened, or is going on",
    Status.FUTURE: "it is planned or announced",
    Status.HYPOTHETICAL: "it is possible, wished for, or hangs on a condition",
    Status.HISTORICAL: "it lies more than 31 days before the report, or is told as background",
}

BASES: Mapping[Basis, str] = {
    Basis.STATED: "the text names the day",
    Basis.RELATIVE: "the text counts from the report's day: 'on Monday', 'last week'",
    Basis.MISSING: "the text counts from the report's day, which is not known: there is no date",
    Basis.UNKNOWN: "the text says no time: there is no date, and the day of publication is not put in its place",
}

KINDS: Mapping[Kind, str] = {
    Kind.PERSON: "a person",
    Kind.STATE: "a state, its government and its capital where that acts",
    Kind.GOVERNMENT: "a rival or de facto government",
    Kind.ARMED_GROUP: "an armed group that is no state's forces",
    Kind.IGO: "an organisation of states",
    Kind.NGO: "an organisation of citizens",
    Kind.MEDIA: "a news outlet or an agency",
    Kind.GROUP: "any other group: armed forces, a party, a people",
    Kind.PLACE: "a place",
    Kind.OTHER: "something else that acts or is acted upon",
}
