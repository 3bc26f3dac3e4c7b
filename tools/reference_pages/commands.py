"""docs/reference/commands.md: each command with its options, from the command line's own tables, and an example of what it prints."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import typer

from dragoman.cli import app
from reference_pages.words import MADE, code, needed, plain, table

_OUTPUT = re.compile(r"^```text\n\$ (dragoman [^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_NOW = re.compile(
    r"20[2-9]\d-\d\d-\d\d[T ]\d\d:\d\d(?::[\d.]+)?(?:\+00:00|Z)?|[0-9a-f]{64}|\b\d+(?:\.\d+)? (?:s|seconds)\b"
)
_TYPE = re.compile(r"<([^>]+)>")
_TYPES = {"str": "TEXT", "path": "PATH", "int": "NUMBER", "%Y-%m-%d": "DAY", "list[str]": "TEXT", "list[path]": "PATH"}
_LINES = 14  # of an output that are shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A command line that is run for its output; those of one page are run in their order, in one folder."""

    command: str
    line: str


_LINES_RUN: Mapping[str, str] = {
    "read": "dragoman read aceh-helsinki.txt --published 2005-08-15",
    "explain": 'dragoman explain "The rebels shelled the port on Monday." --published 2024-05-15 --near 0',
    "relate": "dragoman relate rows.tsv",
    "schema": "dragoman schema claims",
    "add": "dragoman add libya-geneva.txt --published 2020-10-23 --outlet 'Northern Wire'",
    "status": "dragoman status",
    "events": "dragoman events",
    "claims": "dragoman claims",
    "entities": "dragoman entities",
    "board": "dragoman board libya",
    "why": "dragoman why a52ffeb080c750f2",
    "check": "dragoman check",
    "recode": "dragoman recode --all",
    "decide": "dragoman decide graded_source 'Northern Wire' --value B --note 'An agency with people on the spot.' --user jan",
    "export": "dragoman export --format claims-csv --out -",
    "backup": "dragoman backup --to record.backup",
    "restore": "dragoman restore record.backup --ledger tried.sqlite",
    "code": "dragoman code aceh-helsinki.txt --out coded --format plover",
    "roster find": "dragoman roster find Haftar --day 2020-01-13",
    "conflicts list": "dragoman conflicts list",
    "conflicts show": "dragoman conflicts show libya",
    "conflicts suggest": "dragoman conflicts suggest --least 1",
}
_WITHOUT: Mapping[str, str] = {
    "brief": "README", "search": "README", "gate": "it takes minutes", "rules check": "it takes minutes",
    "roster check": "its list is long", "roster import": "it reads files of other projects", "watch": "it asks the network",
    "diff": "it needs an update", "conflicts file": "it prints as decide does", "desk": "it goes on until it is stopped",
    "desk users add": "it asks for a password", "desk users list": "it needs users", "desk users role": "it needs users",
    "desk users disable": "it needs users", "desk users enable": "it needs users", "desk users password": "it asks for a password",
    "desk tokens add": "a token is a secret", "desk tokens list": "it needs users", "desk tokens revoke": "it needs users",
    "conflicts": "it is conflicts list",
}  # fmt: skip
"""Commands without an example here, and why."""


def examples() -> Iterator[Example]:
    """Yield the examples in the order in which they are run."""
    for command, line in _LINES_RUN.items():
        yield Example(command=command, line=line)


def steady(output: str) -> str:
    """Return an output without what is another at each run: clocks, hashes of files, how long it took.

    >>> steady("at 2026-01-31 12:00 UTC, in 3.2 s")
    'at … UTC, in …'
    """
    return _NOW.sub("…", output)


def outputs_in(text: str) -> dict[str, str]:
    """Return the outputs of the examples of a page by their lines."""
    return {found[1]: found[2].rstrip("\n") for found in _OUTPUT.finditer(text)}


@lru_cache(maxsize=1)
def commands() -> Mapping[str, Any]:
    """Return all commands by their names without 'dragoman'; a group that can be called stands among them."""
    found: dict[str, Any] = {}

    def walk(command: Any, name: str) -> None:
        inner = getattr(command, "commands", None)
        if inner is None or (name and command.invoke_without_command):
            found[name] = command
        for each, below in (inner or {}).items():
            walk(below, f"{name} {each}".strip())

    walk(typer.main.get_command(app), "")
    return found


def with_option(option: str) -> list[str]:
    """Return the names of the commands that have an option."""
    return [name for name, each in commands().items() if any(option in parameter.opts for parameter in each.params)]


def unshown() -> list[str]:
    """Return the commands that have neither an example nor a reason why not, and the reasons of commands that are not there."""
    return sorted(set(commands()) ^ (set(_LINES_RUN) | set(_WITHOUT)))


def page(outputs: Mapping[str, str]) -> str:
    """Return the page."""
    parts = [
        MADE,
        "# Commands\n",
        "Every command has `--help`. `dragoman --version` prints the version. Exit statuses: "
        "[Errors](errors.md); what may be set once for all",
        "commands: [Settings](settings.md). A DAY is written 2020-01-13; a MOMENT is a day or "
        "2020-01-13T18:00, in UTC where it names no zone (+02:00). An output",
        "that is longer than this page has room for ends in …\n",
        table(
            ("command", "what it does"),
            [
                (f"[dragoman {name}](#dragoman-{name.replace(' ', '-')})", _first(each, name))
                for name, each in sorted(commands().items())
            ],
        ),
    ]
    for name, each in sorted(commands().items()):
        parts += _command(name, each, outputs)
    return "\n".join(parts)


def _first(command: Any, name: str) -> str:
    return needed(plain(command.help or ""), f"dragoman {name}").split("\n\n")[0]


def _command(name: str, command: Any, outputs: Mapping[str, str]) -> Iterator[str]:
    yield f"## dragoman {name}\n"
    yield needed(plain(command.help or ""), f"dragoman {name}") + "\n"
    context = typer.Context(command, info_name=f"dragoman {name}")
    yield f"```text\n{command.get_usage(context).removeprefix('Usage: ')}\n```\n"
    rows = [_row(name, parameter, context) for parameter in command.params if parameter.name != "help"]
    if rows:
        yield table(("argument or option", "default", "meaning"), rows)
    for example in examples():
        if example.command == name:
            yield f"```text\n$ {example.line}\n{shortened(outputs.get(example.line, ''))}\n```\n"


def _row(name: str, parameter: Any, context: Any) -> tuple[str, str, str]:
    record = parameter.get_help_record(context)
    is_option = parameter.param_type_name == "option"
    shown = record[0] if record else parameter.human_readable_name
    words = needed(parameter.help, f"{shown} of dragoman {name}")
    if parameter.required:
        default = "needed"
    elif parameter.default in (None, False, ()) or not isinstance(parameter.default, str | int | float):
        default = str(parameter.default) if is_option and hasattr(parameter.default, "parts") else ""
    else:
        default = code(str(parameter.default))
    return (
        code(_TYPE.sub(lambda found: _TYPES.get(found[1], "MOMENT" if "T%H" in found[1] else found[0]), shown)),
        default,
        words,
    )


def shortened(output: str) -> str:
    """Return the first lines of an output; what was cut already stays so."""
    lines = output.splitlines()
    if lines and lines[0].startswith(('{"', "\ufeff")):
        lines = [*lines[:2], "…"] if len(lines) > 2 else lines  # of rows for programs two say enough
    long = [line if len(line) <= 160 else f"{line[:159]}…" for line in lines]
    return "\n".join(long if len(long) <= _LINES + 1 else [*long[:_LINES], "…"])
