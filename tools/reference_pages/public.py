"""docs/reference/python.md: the public names of the package, from their signatures and docstrings."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

import dragoman
from reference_pages.words import MADE, code, doctest, needed, plain


def page() -> str:
    """Return the page."""
    names = [name for name in dragoman.__all__ if name != "__version__"]
    functions = [name for name in names if inspect.isfunction(getattr(dragoman, name))]
    types = [name for name in names if name not in functions]
    return "\n".join(
        [
            MADE,
            "# Python: the public names\n",
            "What is public stands here; all else may change. A walk through it, with output: [Dragoman in Python](../python.md).\n",
            "## Functions\n",
            *(part for name in functions for part in _function(name, getattr(dragoman, name))),
            "## Types\n",
            *(part for name in types for part in _type(name, getattr(dragoman, name))),
        ]
    )


def _function(name: str, given: Any) -> Iterator[str]:
    yield f"### dragoman.{name}\n"
    yield f"```python\ndragoman.{name}{_signature(given)}\n```\n"
    yield from _told(f"dragoman.{name}", given)


def _type(name: str, given: type) -> Iterator[str]:
    yield f"### dragoman.{name}\n"
    if is_dataclass(given):
        yield from _told(f"dragoman.{name}", given)
        yield "Fields: " + " · ".join(code(f"{each.name}: {_short(str(each.type))}") for each in fields(given)) + "\n"
    else:
        yield f"```python\ndragoman.{name}{_signature(given)}\n```\n"
        yield from _told(f"dragoman.{name}", given)
    for method, each in vars(given).items():
        if method.startswith("_") or not (inspect.isfunction(each) or isinstance(each, property)):
            continue
        shown = each.fget if isinstance(each, property) else each
        called = "" if isinstance(each, property) else _signature(shown, own=True)
        yield f"{code(f'.{method}{called}')}: {needed(plain(each.__doc__ or ''), f'{name}.{method}')}\n"


def _told(name: str, given: Any) -> Iterator[str]:
    words = needed(plain(given.__doc__ or ""), name)
    yield (
        words.split("\n\n")[0] + " Each one: [Settings](settings.md)." if given is dragoman.Settings else words
    ) + "\n"
    example = doctest(given.__doc__ or "")
    if example:
        yield f"```python\n{example}\n```\n"


def _signature(given: Any, *, own: bool = False) -> str:
    found = inspect.signature(given)
    parameters = list(found.parameters.values())
    return _short(str(found.replace(parameters=parameters[1:] if own else parameters)).replace("'", ""))


def _short(text: str) -> str:
    return text.replace("datetime.", "").replace("dragoman.model.", "").replace("'", "")
