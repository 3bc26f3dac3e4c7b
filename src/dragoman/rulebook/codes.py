"""Closed lists: roles of clauses, modes, contexts, sectors, office titles. A word outside them stops the load."""

from __future__ import annotations

from dragoman.model import EventType

PREPOSITIONS = frozenset(
    [
        "about",
        "above",
        "across",
        "after",
        "against",
        "ahead",
        "along",
        "alongside",
        "amid",
        "among",
        "around",
        "as",
        "at",
        "before",
        "behind",
        "beside",
        "besides",
        "between",
        "beyond",
        "by",
        "despite",
        "during",
        "except",
        "following",
        "for",
        "from",
        "in",
        "including",
        "inside",
        "into",
        "like",
        "near",
        "of",
        "off",
        "on",
        "out",
        "outside",
        "over",
        "past",
        "per",
        "since",
        "through",
        "throughout",
        "to",
        "toward",
        "under",
        "unlike",
        "until",
        "via",
        "with",
        "within",
        "without",
    ]
)
ROLES = PREPOSITIONS | {
    "subject", "object", "complement", "condition", "reason", "time", "speaker", "modifier", "predicate", "purpose", "owner", "beside",
    "or",
}  # fmt: skip

SECTORS = frozenset(
    [
        "GOV",
        "MIL",
        "REB",
        "COP",
        "JUD",
        "LEG",
        "PRM",
        "PTY",
        "OPP",
        "SPY",
        "UAF",
        "UNK",
        "BUS",
        "CRM",
        "CVL",
        "EDU",
        "ELI",
        "JRN",
        "LAB",
        "MED",
        "REF",
        "REL",
        "SOC",
        "AGR",
        "PRE",
    ]
)

CONTEXTS = frozenset(
    [
        "military",
        "intelligence",
        "executive",
        "legislative",
        "election",
        "political_institutions",
        "pro_democracy",
        "pro_autocracy",
        "economic",
        "legal",
        "reparations",
        "human_rights",
        "rights_freedoms",
        "repression",
        "human_security",
        "gender",
        "lgbt",
        "religion_ethnicity",
        "inequality",
        "diplomatic",
        "territory",
        "peacekeeping",
        "health",
        "asylum",
        "migration",
        "disasters",
        "natural_resource",
        "environment",
        "technology",
        "terrorism",
        "cbrn",
        "cyber",
        "misinformation",
        "crime",
        "corruption",
        "illegal_drugs",
        "trafficking",
    ]
)

MODES = {
    EventType.CONSULT: ("visit", "third-party", "multilateral", "phone"),
    EventType.RETREAT: ("withdraw", "release", "disarm", "ceasefire", "access", "resign"),
    EventType.CONCEDE: ("withdraw", "release", "disarm", "ceasefire", "access", "resign"),
    EventType.REQUEST: ("assist", "change", "yield", "meet"),
    EventType.REJECT: ("assist", "change", "yield", "meet"),
    EventType.ACCUSE: ("disapprove", "investigate", "allege"),
    EventType.THREATEN: ("restrict", "arrest", "relations", "expel", "territory", "violence"),
    EventType.PROTEST: ("demo", "riot", "strike", "hunger", "boycott", "obstruct", "vandalize"),
    EventType.SANCTION: ("convict", "expel", "withdraw", "discontinue"),
    EventType.MOBILIZE: ("troops", "weapons", "police", "militia"),
    EventType.COERCE: (
        "seize", "restrict", "censor", "curfew", "martial-law", "arrest", "deport", "withhold", "misinformation", "cyber",
    ),
    EventType.ASSAULT: (
        "abduct", "beat", "torture", "sexual", "targeted", "destroy", "primitive", "firearms", "explosives",
        "suicide-attack", "aerial", "drone", "heavy-weapons", "crowd-control", "unconventional",
    ),
}  # fmt: skip

# An act of these types takes in what it is about: 'demanded the withdrawal' is one claim, not two.
KEEPS = frozenset({
    EventType.REQUEST, EventType.THREATEN, EventType.REJECT, EventType.AGREE, EventType.ACCUSE, EventType.CONCEDE,
    EventType.SUPPORT, EventType.SANCTION,
})  # fmt: skip

OFFICE_TITLES = frozenset({
    "president", "prime minister", "vice president", "foreign minister", "defence minister", "interior minister",
    "king", "emir", "sultan", "crown prince", "supreme leader", "chancellor", "head of state", "head of government",
    "army chief", "leader", "commander", "spokesperson", "chairperson", "secretary-general", "special envoy",
    "national security adviser", "chief negotiator", "speaker of parliament",
})  # fmt: skip

# Codes of those who are of no country.
WORLD_CODES = frozenset({"IGO", "UNO", "EUR", "NGO", "ISM", "IMG", "MNC"})

AFFILIATIONS = frozenset({"leads", "part_of", "wing_of", "proxy_of", "led_by"})

# Word lists that the engine itself reads; the others must be used by a frame.
ENGINE_LISTS = frozenset({
    "lights", "happenings", "premiers_lead", "rival_words", "denying_words", "dismissing_words", "told_back", "blame_words",
    "patients", "source_words", "statement_words", "headline_passives",
    "say", "say_nouns", "honorifics", "organisation_words", "person_words",
    "pair_words", "group_words", "media_words", "not_names", "unnamed_bodies", "country_words", "act_nouns", "weapon_nouns",
    "spokesperson_words", "institutions", "casualty_words", "collectives", "armed_words", "person_suffixes",
    "conflict_signs", "public_signs",
    "kin_words", "related_words", "camp_words", "local_words", "person_endings", "not_persons", "kinds_of_people",
    "land_words", "cause_groups", "cause_words", "civil_bodies", "civic_words", "firm_words", "firm_names",
    "press_words", "relief_names", "league_words", "league_names", "lands_apart", "apart_words", "follower_words",
    "unit_words", "assailant_words", "site_words", "band_names", "geographic_names", "town_words", "owned_acts",
    "shelter_words",
})  # fmt: skip

# How a frame may ask that a clause stands.
MODALS = frozenset("will would shall should can could may might must ought need dare bid *".split())
TENSES = frozenset({"past", "present", "future", "infinitive", "participle", "none"})

# Hints that a frame gives to the record (docs/frames.md).
MARKS = frozenset(
    [
        "threat",
        "position.demand",
        "position.offer",
        "position.acceptance",
        "position.refusal",
        "position.red_line",
        "alignment.political",
        "alignment.military",
        "alignment.troops",
        "alignment.arms",
        "alignment.funds",
        "alignment.training",
        "alignment.mercenaries",
        "talks.held",
        "talks.planned",
        "talks.ended",
        "talks.cancelled",
        "talks.proposed",
        "talks.host",
        "talks.mediate",
        "talks.attend",
        "talks.postponed",
        "talks.left",
        "talks.boycott",
        "agreement.reached",
        "agreement.failed",
        "signature.signed",
        "signature.accepted",
        "signature.refused",
        "signature.not_signed",
        "signature.will_sign",
        "ceasefire.proposed",
        "ceasefire.agreed",
        "ceasefire.declared",
        "ceasefire.in_force",
        "ceasefire.holding",
        "ceasefire.violated",
        "ceasefire.extended",
        "ceasefire.rejected",
        "ceasefire.ended",
        "violation.alleged",
        "violation.denied",
        "violation.verified",
        "mechanism.demanded",
        "mechanism.established",
        "mechanism.member",
        "mechanism.asked_in",
        "mechanism.asked_out",
        "mechanism.working",
    ]
)

# The four classes that PLOVER puts its types into, in order from the friendliest.
QUADS = {
    EventType.AGREE: "verbal cooperation",
    EventType.CONSULT: "verbal cooperation",
    EventType.SUPPORT: "verbal cooperation",
    EventType.CONCEDE: "verbal cooperation",
    EventType.COOPERATE: "material cooperation",
    EventType.AID: "material cooperation",
    EventType.RETREAT: "material cooperation",
    EventType.REQUEST: "verbal conflict",
    EventType.ACCUSE: "verbal conflict",
    EventType.REJECT: "verbal conflict",
    EventType.THREATEN: "verbal conflict",
    EventType.PROTEST: "material conflict",
    EventType.SANCTION: "material conflict",
    EventType.MOBILIZE: "material conflict",
    EventType.COERCE: "material conflict",
    EventType.ASSAULT: "material conflict",
}

SCALE = {
    EventType.ASSAULT: -9.3,
    EventType.COERCE: -7.2,
    EventType.PROTEST: -6.6,
    EventType.MOBILIZE: -5.3,
    EventType.SANCTION: -5.2,
    EventType.THREATEN: -5.1,
    EventType.REQUEST: -5.0,
    EventType.REJECT: -4.2,
    EventType.ACCUSE: -2.0,
    EventType.CONSULT: 2.1,
    EventType.AGREE: 4.2,
    EventType.SUPPORT: 4.6,
    EventType.CONCEDE: 5.0,
    EventType.COOPERATE: 6.8,
    EventType.AID: 7.4,
    EventType.RETREAT: 7.6,
}
"""The PLOVER manual's scale of conflict (-10) and cooperation (10), by type, after Goldstein's; its DEMAND is today's REQUEST."""
