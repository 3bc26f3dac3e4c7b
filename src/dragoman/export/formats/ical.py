"""iCalendar: what is planned, and the deadlines of threats, each as an event of whole days with its sentences.

What has no day is no event; the calendar's description counts it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import BinaryIO

from dragoman.export.agenda import Agenda, Appointment, days_shown, ical_of
from dragoman.export.content import Content, Entry
from dragoman.export.formats.wording import (
    days_of,
    entry_ids,
    entry_words,
    place_of,
    quoted,
    safe,
    told_until,
    urn,
    web_address,
)
from dragoman.model import content_id

_SENTENCES = 3
_WINDOW = {"planned": "window", "threats": "deadline"}


def write(content: Content, file: BinaryIO) -> None:
    """Write the calendar."""
    due = [entry for entry in content.entries if entry.kind in _WINDOW and entry.form.get(_WINDOW[entry.kind])]
    listed = list(_appointments(due, content.names))
    about = f"{len(due) - len(listed)} more have no day" if len(listed) < len(due) else None
    agenda = Agenda(
        uid=urn("calendar", content_id(*sorted({_whose(entry) for entry in due}))),
        name="What is planned", about=about, changed=max((each.recorded for each in listed), default=told_until(())),
    )  # fmt: skip
    file.write(ical_of(agenda, listed))


def _whose(entry: Entry) -> str:
    return entry.conflict or entry_ids(entry)[0]


def _appointments(due: list[Entry], names: Mapping[str, str]) -> Iterator[Appointment]:
    for entry in due:
        days = days_shown(*days_of(entry.form[_WINDOW[entry.kind]]))
        if days is not None:
            yield _appointment(entry, days, names)


def _appointment(entry: Entry, days: tuple[date, date], names: Mapping[str, str]) -> Appointment:
    form, words = entry.form, entry_words(entry, names)
    place = place_of(form)
    reports = [each.report for each in entry.sentences]
    threat = entry.kind == "threats"
    return Appointment(
        uid=f"{'-'.join(map(safe, entry_ids(entry)))}@dragoman", first=days[0], last=days[1],
        title=f"Deadline: {words}" if threat else str(form["what"]), kind="deadline" if threat else str(form["kind"]),
        lines=(words, *(quoted(each.report, each.text) for each in entry.sentences[:_SENTENCES])),
        recorded=told_until(reports), outcome=form.get("outcome"), place=place["name"] if place else None,
        url=next((url for report in reports if (url := web_address(report))), None),
    )  # fmt: skip
