"""docs/reference/rulebook.md: each key of the files that people write, from the loader's own tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from dragoman.rulebook import codes, keys
from dragoman.rulebook.over_time import KINDS
from reference_pages.words import MADE, code, needed, table

TABLES: Mapping[str, tuple[str, keys.Keys]] = {
    "A frame: `[[frame]]`": ("How to write one: [Writing a frame](../frames.md).", keys.FRAME),
    "`when` of a frame": ("Any other key is a role, with words, lists (`@name`), kind tests or `*`.", keys.WHEN),
    "`unless` of a frame": ("Any other key is a role, as in `when`.", keys.MANNER),
    "`gives` of a frame": ("", keys.GIVES),
    "A cue: `[[cue]]`": ("A cue changes what a clause means, once, for all frames.", keys.CUE),
    "`sets` of a cue": ("", keys.SETS),
    "Words that act for somebody: `[[agent]]`": ("In `words.toml`, which ships with the package.", keys.AGENT),
    "A rule over time: `[[over_time]]`": ("In `process.toml`, which ships with the package.", keys.OVER_TIME),
    "A step of a rule over time": ("", keys.STEP),
    "A roster entry: `[[actor]]`": ("How to write one: [The roster](../roster.md).", keys.ACTOR),
    "A conflict file": ("How to write one: [Conflicts](../conflicts.md).", keys.CONFLICT),
    "An issue of a conflict: `[[issue]]`": ("", keys.ISSUE),
}


def page() -> str:
    """Return the page."""
    parts = [
        MADE,
        "# Keys of rules, roster and conflict files\n",
        "The loader takes these keys and no others; a key that is not here, or a word that is not in a "
        "closed list, stops the load and is",
        "told with file and line. The files are TOML.\n",
    ]
    for title, (words, listed) in TABLES.items():
        rows = [
            (code(name), needed(key.words, f"key {name!r} of {title}"), code(needed(key.example, f"key {name!r}")))
            for name, key in listed.items()
        ]
        parts += [f"## {title}\n", *([f"{words}\n"] if words else []), table(("key", "meaning", "example"), rows)]
    return "\n".join([*parts, *_closed()])


def _closed() -> Iterable[str]:
    """Yield the closed lists."""
    yield "## Closed lists\n"
    yield "**Kind tests** of a role:\n"
    yield table(("test", "holds of"), [(code(name), needed(words, name)) for name, words in keys.KIND_TESTS.items()])
    yield "**Where a cue's clause stands** (`over`):\n"
    yield table(("word", "the clause"), [(code(name), needed(words, name)) for name, words in keys.OVER.items()])
    yield "**What an agent makes of a name** (`makes`):\n"
    yield table(("word", "meaning"), [(code(name), needed(words, name)) for name, words in keys.MAKES.items()])
    plain_roles = codes.ROLES - codes.PREPOSITIONS
    yield f"**Roles**: {_listed(plain_roles)}, and each preposition by its own name: {_listed(codes.PREPOSITIONS)}.\n"
    yield f"**Modals**: {_listed(codes.MODALS)}.\n"
    yield f"**Tenses**: {_listed(codes.TENSES)}.\n"
    yield f"**Marks**: {_listed(codes.MARKS)}.\n"
    yield f"**Sectors**: {_listed(codes.SECTORS)}.\n"
    yield f"**Office titles**: {_listed(codes.OFFICE_TITLES)}.\n"
    yield f"**Affiliations**: {_listed(codes.AFFILIATIONS)}.\n"
    yield "**Kinds of entry that a step may ask for**:\n"
    yield table(("of", "states"), [(code(name), _listed(states)) for name, states in KINDS.items() if name != "marks"])
    yield "`marks.` and a mark, `rules.` and the id of another rule over time, may be asked for, too.\n"


def _listed(words: Iterable[str]) -> str:
    return ", ".join(code(word) for word in sorted(words))
