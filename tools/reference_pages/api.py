"""docs/reference/api.md: the addresses and forms of the API, from its OpenAPI document."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from fastapi import FastAPI

from dragoman.desk.api.published import publish, router
from dragoman.desk.documented import Group, Kind, Operation, faults, forms, groups
from reference_pages.words import MADE, code, needed, table


def published() -> dict[str, Any]:
    """Return the OpenAPI document."""
    app = FastAPI()
    app.include_router(router)
    publish(app)
    return app.openapi()


def page() -> str:
    """Return the page."""
    document = published()
    return "\n".join(
        [
            MADE,
            "# The API, address by address\n",
            "What goes for all addresses (filters, parts, tokens, errors) is told in [The API of the "
            "desk](../api.md). A desk shows the same on its",
            f"page {code('/api')}, and as OpenAPI 3.1 under {code('/api/v1/openapi.json')}.\n",
            *(part for group in groups(document) for part in _group(group)),
            "## Errors\n",
            "Any address may answer with these:\n",
            table(
                ("status", "meaning"),
                [(status, needed(words, f"status {status}")) for status, words in faults(document)],
            ),
            "## Forms\n",
            *(part for form in forms(document) for part in _form(form)),
        ]
    )


def _group(group: Group) -> Iterator[str]:
    yield f"## {group.title}\n"
    for each in group.operations:
        yield from _operation(each)


def _operation(each: Operation) -> Iterator[str]:
    yield f"### `{each.method} {each.path}`\n"
    yield needed(each.words, f"{each.method} {each.path}") + "\n"
    if each.fields:
        rows = [
            (
                code(one.name),
                _kind(one.kind),
                "yes" if one.needed else "no",
                needed(one.words, f"{one.name} of {each.path}"),
            )
            for one in each.fields
        ]
        yield table(("parameter", "type", "needed", "meaning"), rows)
    if each.body is not None:
        yield f"Body: {_kind(each.body)}.\n"
    yield table(
        ("answer", "meaning", "form"),
        [(status, words, _kind(kind) if kind else "") for status, words, kind in each.answers],
    )


def _form(form: Any) -> Iterator[str]:
    yield f"### {form.name}\n"
    if form.words:
        yield f"{form.words}\n"
    if form.values:
        yield f"One of: {', '.join(code(value) for value in form.values)}.\n"
    if form.fields:
        yield table(
            ("field", "type", "always there"),
            [(code(one.name), _kind(one.kind), "yes" if one.needed else "no") for one in form.fields],
        )


def _kind(kind: Kind) -> str:
    """Return a type in words; a form leads to where it is told."""
    if kind.form is None:
        return kind.words
    return kind.words.replace(kind.form, f"[{kind.form}](#{kind.form.lower()})", 1)
