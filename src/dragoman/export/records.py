"""Each kind of process record in one line of words, and the order in which the brief shows them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from dragoman.export.days import interval_words
from dragoman.export.form import Record


class Names:
    """Entity ids to names; an id without a name is shown as it stands."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self._names = names

    def of(self, identity: str) -> str:
        """Return the name of an entity."""
        return self._names.get(identity, identity)

    def all(self, identities: Iterable[str]) -> str:
        """Return names with commas and 'and'.

        >>> Names({"a": "Gondor", "b": "Rohan"}).all(["a", "b", "mordor"])
        'Gondor, Rohan and mordor'
        """
        *first, last = [self.of(each) for each in identities] or [""]
        return f"{', '.join(first)} and {last}" if first else last


Words = Callable[[Record, Names], str]


def ceasefire(record: Record, names: Names) -> str:
    """Return 'holding: Gondor and Mordor; from 12 Jan 2020'."""
    days = [
        f"{label} {_day(record.get(key))}"
        for label, key in (("declared", "declared"), ("in force", "from"), ("until", "until"))
        if _day(record.get(key))
    ]
    return _parts(f"Ceasefire {_spaced(record.get('status'))}", names.all(record.get("parties") or ()), days)


def violation(record: Record, names: Names) -> str:
    """Return who accuses whom of breaking it, who denies it and who verified it."""
    accuser = names.of(record["accuser"]) if record.get("accuser") else "The report"
    accused = names.all(record.get("accused") or ())
    notes = [_place(record.get("place")), _day(record.get("date"))]
    notes += [
        f"{word} by {names.all(record[key])}"
        for word, key in (("denied", "denied_by"), ("verified", "verified_by"))
        if record.get(key)
    ]
    return _parts(f"Violation: {accuser} accuses {accused or 'nobody by name'}", record.get("act"), notes)


def agreement(record: Record, _: Names) -> str:
    """Return an agreement's name, kind and terms."""
    kind = record.get("kind")
    title = _capital(record.get("name") or "agreement")
    return _parts(
        f"{title} ({_spaced(kind)})" if kind and kind not in title.lower() else title,
        None,
        record.get("terms") or (),
    )


def signature(record: Record, names: Names) -> str:
    """Return 'Denethor: not signed, ceasefire agreement; 14 Jan 2020'."""
    notes = [record.get("document"), _place(record.get("place")), _day(record.get("date"))]
    return _parts(names.of(record["party"]), _spaced(record.get("status")), notes)


def talks(record: Record, names: Names) -> str:
    """Return where, when and how talks went, and who took part."""
    notes = [_day(record.get("date") or record.get("window"))]
    notes += [f"host {names.of(record['host'])}"] if record.get("host") else []
    notes += [
        f"{label} {names.all(record[key])}"
        for label, key in (("mediated by", "mediators"), ("between", "parties"))
        if record.get(key)
    ]
    notes += [record.get("outcome")]
    kind = _spaced(record.get("format"))
    where = _place(record.get("place"))
    title = _capital(f"{kind} talks" if kind else "talks")
    return _parts(f"{title} in {where}" if where else title, _spaced(record.get("status")), notes)


def position(record: Record, names: Names) -> str:
    """Return 'Denethor demands of Rohan: …'."""
    to = names.all(record.get("of") or record.get("to") or ())
    stance = _spaced(record.get("stance"))
    return _parts(
        f"{names.of(record['party'])}, {stance}{f' to {to}' if to else ''}", record.get("content"), ()
    )


def threat(record: Record, names: Names) -> str:
    """Return who threatens whom with what, on which condition."""
    against = names.all(record.get("against") or ())
    condition = record.get("condition")
    notes = [condition if not condition or condition.split()[0].lower() in _CONDITIONS else f"if {condition}"]
    notes += [f"deadline {_day(record.get('deadline'))}"] if _day(record.get("deadline")) else []
    return _parts(
        f"{names.of(record['party'])}{f' against {against}' if against else ''}",
        record.get("consequence"),
        notes,
    )


def alignment(record: Record, names: Names) -> str:
    """Return 'Rohan backs Gondor: military; riders and grain'."""
    notes = [record.get("means"), f"since {_day(record.get('since'))}" if _day(record.get("since")) else ""]
    return _parts(
        f"{names.of(record['backer'])} backs {names.of(record['backed'])}", _spaced(record.get("kind")), notes
    )


def mechanism(record: Record, names: Names) -> str:
    """Return a body's name, state and mandate, and who is asked to be in or out."""
    notes = [record.get("mandate")]
    notes += [
        f"{label} {names.all(record[key])}"
        for label, key in (("members", "members"), ("asked in:", "asked_in"), ("asked out:", "asked_out"))
        if record.get(key)
    ]
    kind = _spaced(record.get("kind"))
    title = _capital(record.get("name") or "body")
    return _parts(f"{title} ({kind})" if kind else title, _spaced(record.get("status")), notes)


def planned(record: Record, names: Names) -> str:
    """Return what is planned, where, when, and who is due."""
    notes = [_place(record.get("place")), _day(record.get("window") or record.get("date"))]
    notes += [f"due: {names.all(record['due'])}"] if record.get("due") else []
    return _parts(_capital(record.get("what") or "meeting"), None, notes)


def contradiction(record: Record, names: Names) -> str:
    """Return what is told in two ways, and both."""
    about = record.get("about") or record.get("what") or ""
    versions = record.get("versions") or record.get("values") or ()
    return _parts(_capital(names.of(str(about))), None, [str(each) for each in versions])


SECTIONS: tuple[tuple[str, tuple[tuple[str, Words], ...]], ...] = (
    ("Ceasefire and signatures", (("ceasefires", ceasefire), ("agreements", agreement), ("signatures", signature), ("violations", violation))),
    ("Talks", (("talks", talks),)),
    ("Demands and positions", (("positions", position),)),
    ("Threats", (("threats", threat),)),
    ("Backers", (("alignments", alignment),)),
    ("Mechanisms", (("mechanisms", mechanism),)),
    ("Planned", (("planned", planned),)),
    ("The report disagrees with itself", (("contradictions", contradiction),)),
)  # fmt: skip
_CONDITIONS = ("if", "should", "unless", "until", "were", "had", "once")


def _parts(title: str, first: str | None, notes: Iterable[str | None]) -> str:
    """Return 'title: first; note; note', without what is empty."""
    tail = "; ".join(each for each in (first, *notes) if each)
    return f"{title}: {tail}" if tail else title


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _spaced(word: str | None) -> str:
    return (word or "").replace("_", " ")


def _day(value: object) -> str:
    """Return the days of an interval; where none is known, its words."""
    if not isinstance(value, Mapping):
        return ""
    return interval_words(value) or str(value.get("text") or "")


def _place(value: object) -> str:
    if isinstance(value, Mapping):
        return str(value.get("name") or "")
    return str(value or "")
