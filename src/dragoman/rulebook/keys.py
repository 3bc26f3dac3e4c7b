"""The keys of the files that people write (rules, roster, conflicts): what each means, with an example.

The loaders allow these keys and no others; the manual prints them (tools/reference.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Key(NamedTuple):
    """What a key means, and an example of it as it stands in a file."""

    words: str
    example: str


Keys = Mapping[str, Key]

FRAME: Keys = {
    "id": Key("The frame's name, unique: lower-case words joined by hyphens.", 'id = "leave-unsigned"'),
    "when": Key("What the clause must look like: a verb or a noun, and what must stand in its roles.",
                'when = { verb = ["leave"], without = ["sign"] }'),
    "unless": Key(
        "The frame does not fire where one of these holds: keys as in when, without verb and noun.",
        'unless = { object = ["hotel"], modal = ["*"] }',
    ),
    "gives": Key("What the claim says. Needed, unless the frame is silent.", 'gives = { event = "REJECT", content = "without" }'),
    "says": Key("Sentences on which it must fire; they are tests.", 'says = ["Gondor left the talks without signing the deal."]'),
    "never": Key("Sentences on which it must not fire.", 'never = ["The delegation left the hotel without paying."]'),
    "rank": Key("It wins over frames with up to so many more conditions (a condition counts 2).", "rank = 4"),
    "silent": Key("Such a clause is nothing, though other frames would take it; it has no gives.", "silent = true"),
    "relate": Key("The type that `dragoman relate` answers where it is another than that of gives.", 'relate = "ACCUSE"'),
}  # fmt: skip

MANNER: Keys = {
    "modal": Key(
        "The auxiliary that governs the verb; `bid` for what is bidden in a quotation, `*` is any.", 'modal = ["must"]'
    ),
    "tense": Key("The tense of the verb, no perfect.", 'tense = ["present"]'),
    "negated": Key("Whether the clause is negated.", "negated = true"),
    "passive": Key("Whether the clause is passive.", "passive = false"),
}

WHEN: Keys = {
    "verb": Key(
        "Verbs by dictionary form, with words that must stand with them; `*` is any.",
        'verb = ["walk out", "@say"]',
    ),
    "noun": Key("Nouns that tell of an act.", 'noun = ["attack", "prisoner swap"]'),
    **MANNER,
}

GIVES: Keys = {
    "event": Key("The event type.", 'event = "ASSAULT"'),
    "modes": Key("Modes of that type.", 'modes = ["heavy-weapons"]'),
    "contexts": Key("What the act is about.", 'contexts = ["military"]'),
    "actor": Key(
        "The roles in which who acts is looked for, in order; `subject` where it is left out.",
        'actor = ["subject", "by"]',
    ),
    "recipient": Key("The roles in which who is acted upon is looked for.", 'recipient = ["against", "on"]'),
    "content": Key("The roles whose words are kept as what the act is about.", 'content = "complement"'),
    "means": Key("The roles whose words are kept as what it was done with.", 'means = "with"'),
    "mutual": Key("All of them act, and nobody is acted upon.", "mutual = true"),
    "status": Key("The status, where the words of the frame themselves say it.", 'status = "future"'),
    "negated": Key("The act did not happen, where the words of the frame themselves say so.", "negated = true"),
    "marks": Key("Hints for the record of the process.", 'marks = ["signature.not_signed"]'),
    "others": Key("Further parts that the record needs, each with its roles.", 'others = { mediators = ["by"] }'),
    "keeps": Key("Whether what the act is about makes no claim of its own.", "keeps = false"),
    "sign": Key("It tells of the process without anybody's act, and makes no claim.", "sign = true"),
}

CUE: Keys = {
    "id": Key("The cue's name.", 'id = "deny"'),
    "words": Key("The words that govern a clause, by their dictionary forms.", 'words = ["deny", "reject claim"]'),
    "over": Key("Where the clause stands: `complement`, `clause` or `modal`.", 'over = "complement"'),
    "sets": Key("What becomes of the claim.", "sets = { negated = true, speaker = true }"),
    "except": Key("Words that are no cue though they have its words in them.", 'except = ["deny access"]'),
}

OVER: Mapping[str, str] = {
    "complement": "the clause under a governing verb or noun: 'denied that …'",
    "clause": "the clause in which the word stands: 'reportedly'",
    "modal": "the clause whose auxiliary it is: 'would'",
}

SETS: Keys = {
    "negated": Key("The act did not happen.", "negated = true"),
    "hedged": Key("It is said with doubt.", "hedged = true"),
    "status": Key("It is to come, only possible, or past.", 'status = "hypothetical"'),
    "speaker": Key("The subject of the cue is who says so.", "speaker = true"),
    "transparent": Key(
        "The cue stands between a governing word and the clause and changes nothing.", "transparent = true"
    ),
}

AGENT: Keys = {
    "words": Key("Common nouns that act for somebody.", 'words = ["army", "troops"]'),
    "makes": Key("What they make of the name before them: `owner`, `force` or `body`.", 'makes = "force"'),
    "kind": Key("The kind of entity.", 'kind = "group"'),
    "sectors": Key("Its sectors.", 'sectors = ["MIL"]'),
    "label": Key("The word by which it is named, where it is not the noun itself.", 'label = "armed forces"'),
}

MAKES: Mapping[str, str] = {
    "owner": "they stand for the state or group itself",
    "force": "its armed forces",
    "body": "a part of its own",
}

KIND_TESTS: Mapping[str, str] = {
    "#actor": "somebody who can act: a person, a state, a group, an organisation",
    "#person": "a person",
    "#state": "a state or a government",
    "#armed": "an armed group or a rival government; not a state's army: ask for its words, 'army', 'troop', '@forces_moved'",
    "#org": "anybody who is no person and no medium",
    "#media": "a news outlet or an agency",
    "#civil": "civilians, or an organisation of theirs",
    "#gunfire": "fire that is somebody's: 'army fire'",
    "#place": "a place",
    "#infinitive": "a clause with 'to': 'refused to sign'",
    "#that": "a finite clause: 'said that it would'",
    "#gerund": "a clause with '-ing': 'without signing'",
    "#negated": "a clause that is negated",
    "#past": "a clause told in the past or as done",
    "#own": "a clause with a subject of its own before its verb",
}

OVER_TIME: Keys = {
    "id": Key("The rule's name; rules of one name are ways to the same.", 'id = "truce-broken"'),
    "words": Key("What it comes to, for people.", 'words = "truce broken"'),
    "when": Key("Steps that follow one another.", 'when = [{ any = ["talks.ended"] }]'),
    "fresh": Key("Steps within so many days after it tell of the same.", "fresh = 14"),
}

STEP: Keys = {
    "any": Key("Kinds of entry, any of which makes the step.", 'any = ["talks.ended", "marks.talks.left"]'),
    "has": Key("Lists of [process], a word of which its sentence must have.", 'has = ["talks_to_nothing"]'),
    "after": Key("At least so many days after the step before.", "after = 1"),
    "within": Key("At most so many days after it; needed by all steps but the first.", "within = 90"),
}

ACTOR: Keys = {
    "id": Key("Lower-case ASCII words joined by hyphens, unique.", 'id = "indonesia-gam"'),
    "name": Key("The usual English name, with its accents.", 'name = "Free Aceh Movement"'),
    "kind": Key("What it is.", 'kind = "armed_group"'),
    "code": Key("ISO 3166 code of three letters, or IGO, UNO, EUR, NGO, ISM, IMG, MNC.", 'code = "IDN"'),
    "sectors": Key("Its sectors.", 'sectors = ["REB"]'),
    "aliases": Key("Other full names, acronyms and spellings; case matters.", 'aliases = ["GAM", "Gerakan Aceh Merdeka"]'),
    "demonyms": Key("Adjectives and words for its people (states, groups).", 'demonyms = ["Acehnese"]'),
    "seats": Key("Capitals and seats whose name means it, with `from` and `to` where it moved.", 'seats = ["Ankara"]'),
    "offices": Key("Offices held: `title`, `of` (an id), `from`, `to`.",
                   'offices = [{ title = "president", of = "turkey", from = 2014-08-28 }]'),
    "affiliations": Key("Whose part, wing, proxy or leader it is: `kind`, `of`, `from`, `to`.",
                        'affiliations = [{ kind = "part_of", of = "turkey" }]'),
    "from": Key("The first day on which the group or government existed.", "from = 1976-12-04"),
    "to": Key("The last day.", "to = 2005-12-27"),
    "nationality": Key("Of a person, where it differs from `code`; a note for readers, the program does not use it.",
                       'nationality = "DEU"'),
}  # fmt: skip

CONFLICT: Keys = {
    "id": Key("Lower-case ASCII words joined by hyphens.", 'id = "aceh"'),
    "name": Key("What the board is headed with.", 'name = "Aceh"'),
    "countries": Key("Where it is fought, by ISO 3166 codes of three letters; may be empty.", 'countries = ["IDN"]'),
    "from": Key("The first day of publication of reports that are filed.", "from = 1976-12-04"),
    "to": Key("The last day.", "to = 2005-12-31"),
    "places": Key("Towns and regions that, with a party that is a state, make a report one of this conflict.",
                  'places = ["Banda Aceh", "Helsinki"]'),
    "parties": Key("Each party by its id, with the word for its side; at least two sides.",
                   'parties = { indonesia = "government", indonesia-gam = "movement" }'),
    "members": Key("Whose somebody is, where the roster does not say.", 'members = { some-person = "indonesia-gam" }'),
    "backers": Key("Who stands behind a side from outside.", 'backers = { some-state = "movement" }'),
    "unlisted": Key("Ids that no roster has: those that the reader makes of names.", 'unlisted = ["eastern-march-army"]'),
    "issue": Key("What the parties' positions are about, a table for each.",
                 'issue = [{ id = "arms", name = "Arms", words = ["disarm*"] }]'),
}  # fmt: skip

ISSUE: Keys = {
    "id": Key("The issue's name, for programs.", 'id = "arms"'),
    "name": Key("The issue's name, for people.", 'name = "Laying down arms"'),
    "words": Key(
        "Words that tell of it: `*` ends a stem, `-` may be a hyphen, a space or nothing.",
        'words = ["disarm*", "weapons"]',
    ),
}
