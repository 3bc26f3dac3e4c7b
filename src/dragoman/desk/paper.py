"""How pages are set: templates in which all that is put in is text, never markup, and what all of them share."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import lru_cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse

from dragoman import __version__
from dragoman.board.grades import GRADES, grades_of
from dragoman.desk.accounts.sessions import masked
from dragoman.desk.asked import Asked, address
from dragoman.desk.days import dashed
from dragoman.desk.kept import Desk
from dragoman.desk.who import Role, who
from dragoman.export.brief import clean, shorten
from dragoman.export.days import day_words, interval_words
from dragoman.ledger.verdicts import outlet_key
from dragoman.model import When

_TURNING = re.compile(
    "[\u202a-\u202e\u2066-\u2069]"
)  # what turns the order of letters, and so makes a text read as another
_BROWSERS = (
    ("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"),
)  # fmt: skip  # each of them names those after it, too
_SYSTEMS = (
    ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)  # fmt: skip


def desk_of(request: Request) -> Desk:
    """Return the desk that a request is made to."""
    desk: Desk = request.app.state.desk
    return desk


def page(
    request: Request,
    template: str,
    context: Mapping[str, Any] | None = None,
    asked: Asked | None = None,
    status: int = 200,
) -> HTMLResponse:
    """Return a page. Its template sees what all pages share (see ``shared``) and the context."""
    made = templates().get_template(template).render({**shared(request, asked or Asked()), **(context or {})})
    return HTMLResponse(_TURNING.sub("\ufffd", made), status_code=status)


def shared(request: Request, asked: Asked) -> dict[str, Any]:
    """Return what all templates see.

    ``asked``: both clocks · ``here``: the address of this page, ``full`` with the host · ``site``: that of the desk ·
    ``link``: an address that keeps both clocks · ``user`` ·
    ``may(role)`` · ``csrf``: the token that each form gives back · ``conflicts``: those that are followed ·
    ``grade(outlet)``: how far it is trusted, A to F, or nothing where nobody has said so.
    """
    user = who(request)

    def link(*parts: str, **query: object) -> str:
        return address(*parts, **{**asked.query, **query})

    return {
        "asked": asked,
        "here": request.url.path + (f"?{request.url.query}" if request.url.query else ""),
        "full": str(request.url),
        "path": request.url.path,
        "site": str(request.base_url).rstrip("/"),
        "link": link,
        "user": user,
        "may": lambda role: user.role.may(Role(role)),
        "csrf": masked(getattr(request.state, "csrf", "")),
        "conflicts": desk_of(request).conflicts if user.role.may(Role.READER) else {},
        "grade": _grading(desk_of(request), asked),
        "version": __version__,
    }


def _grading(desk: Desk, asked: Asked) -> Callable[[str | None], str]:
    """Return what gives the grade of an outlet; the grades are looked up when the first is asked for."""
    known: dict[str, str] = {}
    asked_before: list[bool] = []

    def grade(outlet: str | None) -> str:
        if not asked_before:
            known.update(grades_of(desk.settings.sources, desk.decisions(asked.view)))
            asked_before.append(True)
        return known.get(outlet_key(outlet), "") if outlet else ""

    return grade


@lru_cache(maxsize=1)
def templates() -> Environment:
    """Return the templates of the desk."""
    made = Environment(
        loader=PackageLoader("dragoman.desk"), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip
    made.filters |= {
        "day": _day,
        "moment": _moment,
        "instant": _instant,
        "browser": browser,
        "when": _when,
        "dashed": dashed,
        "clean": clean,
        "shorten": shorten,
        "plural": plural,
    }
    made.globals |= {"static": static, "address": address, "icon": icon, "GRADES": GRADES}
    return made


def plural(count: int, word: str, words: str | None = None) -> str:
    """Return a number with its word.

    >>> plural(1, "report"), plural(2, "report"), plural(0, "reply", "replies")
    ('1 report', '2 reports', '0 replies')
    """
    return f"{count:,} {word if count == 1 else words or word + 's'}"


def _day(day: date | None, unknown: str = "day unknown", *, weekday: bool = False) -> str:
    return day_words(day, weekday=weekday) if day else unknown


def _moment(moment: datetime | None) -> str:
    return f"{day_words(moment.date())}, {moment:%H:%M} UTC" if moment else ""


def browser(agent: str) -> str:
    """Return in words what a browser says of itself.

    >>> browser("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"), browser("curl/8")
    ('Firefox on Linux', 'curl/8')
    """
    name = next((words for mark, words in _BROWSERS if mark in agent), None)
    system = next((words for mark, words in _SYSTEMS if mark in agent), None)
    if name is None:
        return shorten(clean(agent), 60) or "a program that says no name"
    return f"{name} on {system}" if system else name


def _instant(kept: str) -> str:
    """Return an instant that is kept as text, to the minute."""
    return _moment(datetime.fromisoformat(kept))


def _when(when: When | None, unknown: str = "") -> str:
    return dashed(interval_words(_interval(when)) if when else "") or unknown


def _interval(when: When) -> dict[str, str | None]:
    days = (("start", when.earliest), ("end", when.latest))
    return {name: day.isoformat() if day else None for name, day in days}


@lru_cache(maxsize=64)
def static(name: str) -> str:
    """Return the address of a file that ships with the desk; another content has another address."""
    content = (files("dragoman.desk") / "static" / name).read_bytes()
    return f"/static/{name}?v={hashlib.sha256(content).hexdigest()[:12]}"


def icon(name: str) -> Markup:
    """Return an icon of static/icons.svg, which says nothing to those who cannot see it."""
    return Markup('<svg class="icon" aria-hidden="true"><use href="{}#{}"/></svg>').format(static("icons.svg"), name)
