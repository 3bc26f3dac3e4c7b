"""What OpenAPI says of the API, as people read it: addresses by group, and the forms of what goes in and comes out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

_GROUPS = {
    "conflicts": "Conflicts, and why",
    "records": "Reports, claims, events, entities",
    "decisions": "Decisions",
    "reading": "Texts in",
    "export": "Export",
    "hooks": "Who is told of changes",
}
_CODE = re.compile(r"``|`")
_QUIET = frozenset({"304", "400", "401", "403", "404", "405", "413", "415", "422", "429", "503"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """The type of a value in words; ``form`` is the form that it has, if it has one."""

    words: str
    form: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A parameter or a field of a form."""

    name: str
    kind: Kind
    needed: bool
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """What one address does: what it takes, and what comes back."""

    id: str
    method: str
    path: str
    words: str
    fields: tuple[Field, ...]
    body: Kind | None
    answers: tuple[tuple[str, str, Kind | None], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A form: its fields, or the words that it may be."""

    name: str
    words: str
    fields: tuple[Field, ...]
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Addresses that belong together."""

    id: str
    title: str
    operations: tuple[Operation, ...]


def groups(published: Mapping[str, Any]) -> tuple[Group, ...]:
    """Return the addresses by group."""
    found: dict[str, list[Operation]] = {name: [] for name in _GROUPS}
    for path, methods in published["paths"].items():
        for method, each in methods.items():
            found[each["tags"][0]].append(_operation(method, path, each))
    return tuple(
        Group(id=name, title=_GROUPS[name], operations=tuple(listed)) for name, listed in found.items() if listed
    )


def forms(published: Mapping[str, Any]) -> tuple[Form, ...]:
    """Return the forms by name."""
    return tuple(_form(name, schema) for name, schema in sorted(published["components"]["schemas"].items()))


def faults(published: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """Return the statuses of errors with what they mean: the same for all addresses."""
    first = next(iter(next(iter(published["paths"].values())).values()))["responses"]
    return tuple((status, each["description"]) for status, each in sorted(first.items()) if status in _QUIET)


def _operation(method: str, path: str, each: Mapping[str, Any]) -> Operation:
    body = each.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
    return Operation(
        id=each["operationId"],
        method=method.upper(),
        path=path,
        words=_words(each.get("description", "")),
        fields=tuple(
            Field(
                name=one["name"], kind=_given(kind_of(one["schema"])), needed=one.get("required", False),
                words=_words(one.get("description", "")),
            )
            for one in each.get("parameters", ())
        ),
        body=kind_of(body) if body else None,
        answers=tuple(_answers(each["responses"])),
    )  # fmt: skip


def _given(kind: Kind) -> Kind:
    """Return the type of a parameter: that it may be left out goes without saying."""
    return Kind(words=kind.words.removesuffix(" or null"), form=kind.form)


def _answers(given: Mapping[str, Any]) -> Iterator[tuple[str, str, Kind | None]]:
    for status, each in sorted(given.items()):
        if status not in _QUIET:
            contents = each.get("content", {})
            kinds = [kind_of(one["schema"]) for kind, one in contents.items() if kind == "application/json"]
            others = " or ".join(kind for kind in contents if kind != "application/json")
            yield status, _words(each["description"]), kinds[0] if kinds else Kind(words=others) if others else None


def _form(name: str, schema: Mapping[str, Any]) -> Form:
    needed = schema.get("required", ())
    fields = tuple(
        Field(name=one, kind=kind_of(each), needed=one in needed, words=_words(each.get("description", "")))
        for one, each in schema.get("properties", {}).items()
    )
    values = tuple(str(each) for each in schema.get("enum", ()))
    return Form(name=name, words=_words(schema.get("description", "")), fields=fields, values=values)


def kind_of(schema: Mapping[str, Any]) -> Kind:
    """Return a schema in words.

    >>> kind_of({"anyOf": [{"type": "string", "format": "date"}, {"type": "null"}]}).words
    'text (date) or null'
    """
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return Kind(words=name, form=name)
    if "anyOf" in schema:
        kinds = [kind_of(each) for each in schema["anyOf"]]
        return Kind(words=" or ".join(each.words for each in kinds), form=next((k.form for k in kinds if k.form), None))
    if "enum" in schema:
        return Kind(words=" or ".join(map(str, schema["enum"])))
    kind = schema.get("type", "any value")
    if kind == "array":
        inner = kind_of(schema.get("items") or {})
        return Kind(words=f"list of {inner.words}", form=inner.form)
    if kind == "object" and isinstance(schema.get("additionalProperties"), dict):
        inner = kind_of(schema["additionalProperties"])
        return Kind(words=f"{inner.words} by name", form=inner.form)
    words = {"string": "text", "integer": "whole number", "boolean": "true or false"}.get(kind, kind)
    return Kind(words=f"{words} ({schema['format']})" if "format" in schema else words)


def _words(text: str) -> str:
    """Return a description in one paragraph, without the marks of code."""
    return _CODE.sub("", " ".join(text.split()))
