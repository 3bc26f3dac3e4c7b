"""docs/reference/settings.md: each setting, from the docstring and the fields of ``Settings``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import MISSING, fields

from dragoman.settings import PREFIX, Settings
from reference_pages.commands import with_option
from reference_pages.words import MADE, code, needed, plain, table

_NAMED = re.compile(r"((?:``\w+``(?:, )?)+): (.*)", re.DOTALL)
_MANY = 5
_TYPES = {"str": "text", "int": "whole number above 0", "str | None": "text"}


def meanings() -> dict[str, str]:
    """Return what each setting does, by its name."""
    listed = (Settings.__doc__ or "").split("\n\n", 1)[1]
    found: dict[str, str] = {}
    for part in re.split(r" ·\s", " ".join(listed.split())):
        named = _NAMED.match(part.strip())
        if named is not None:
            words = plain(named[2]).rstrip(".")
            found |= dict.fromkeys(re.findall(r"``(\w+)``", named[1]), words)
    return found


def _of(names: Sequence[str]) -> str:
    return ", ".join(code(name) for name in names) if len(names) <= _MANY else f"{len(names)} commands"


def page() -> str:
    """Return the page."""
    said = meanings()
    rows = []
    for each in fields(Settings):
        default = "nothing" if each.default in (None, MISSING) else code(str(each.default))
        option = f"--{each.name.replace('_', '-')}"
        also = f"; {code(option)} of {_of(with_option(option))}" if with_option(option) else ""
        where = f"{code(PREFIX + each.name.upper())}{also}"
        rows.append(
            (
                code(each.name),
                _TYPES[str(each.type)],
                default,
                where,
                needed(said.get(each.name), f"setting {each.name!r}"),
            )
        )
    return "\n".join(
        [
            MADE,
            "# Settings\n",
            "A setting is given in a file, in the environment, or, where a command has an option for it, by "
            "that option. The option goes before",
            "the environment, the environment before the file, the file before the default. A name that is "
            "none of these is an error.\n",
            f"The file is TOML: {code('dragoman.toml')} in the folder in which a command is run, or what "
            f"{code('--settings FILE')} names:\n",
            '```toml\nledger = "record.ledger"\nstale = 21\n```\n',
            f"A variable of the environment is {code(PREFIX)} and the name in capitals: {code('DRAGOMAN_LEDGER=record.ledger')}.\n",
            table(("setting", "type", "default", "also given by", "what it does"), rows),
        ]
    )
