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
    """Return 'Ceasefire holding: Gondor and Mordor; from 12 Jan 2020'."""
    days = [_day(record[key], label) for label, key in (("declared", "declared"), ("from", "from"), ("until", "until"))]
    despite = f"despite {record['despite']}" if record["despite"] else None
    return _parts(
        f"Ceasefire {_spaced(record['status'])}", names.all(record["parties"]), [record["scope"], *days, despite]
    )


def violation(record: Record, names: Names) -> str:
    """Return who accuses whom of breaking it, who denies it and who verified it."""
    accused = names.all(record["accused"])
    title = f"{names.of(record['accuser'])} accuses {accused}" if record["accuser"] else accused
    notes = [_place(record["place"]), _day(record["date"])]
    notes += [
        f"{word} by {names.all(who)}"
        for word, who in (("denied", record["denied_by"]), ("verified", record["verified_by"]))
        if who
    ]
    return _parts(f"Violation, {title}" if title else "Violation", record["act"], notes)


def agreement(record: Record, names: Names) -> str:
    """Return an agreement's name, kind, state, parties and terms."""
    kind = _spaced(record["kind"])
    title = _capital(record["name"])
    parties = names.all(record["parties"])
    notes = [parties, _place(record["place"]), _day(record["date"]), *record["terms"]]
    return _parts(
        f"{title} ({kind})" if kind and kind not in title.lower() else title, _spaced(record["status"]), notes
    )


def signature(record: Record, names: Names) -> str:
    """Return 'Denethor, not signed: ceasefire agreement; 14 Jan 2020'."""
    notes = [_place(record["place"]), _day(record["date"])]
    return _parts(f"{names.of(record['party'])}, {_spaced(record['status'])}", record["document"], notes)


def talks(record: Record, names: Names) -> str:
    """Return where, when and how talks went, and who took part."""
    notes = [_place(record["place"]), _day(record["date"])]
    notes += [f"host {names.of(record['host'])}"] if record["host"] else []
    notes += _lists(record, names, (("mediated by", "mediators"), ("between", "parties"), ("declined by", "declined")))
    kind = _spaced(record["format"])
    title = record["name"] if not kind or kind in record["name"].lower() else f"{kind} {record['name']}"
    return _parts(_capital(title), _spaced(record["status"]), [*notes, record["outcome"]])


def position(record: Record, names: Names) -> str:
    """Return 'Denethor, demand to Rohan: …'."""
    to = names.all(record["of"])
    state = "" if record["status"] == "held" else f" ({_spaced(record['status'])})"
    title = f"{names.of(record['party'])}, {_spaced(record['stance'])}{f' to {to}' if to else ''}{state}"
    return _parts(title, record["content"], [led("if", record["condition"])])


def threat(record: Record, names: Names) -> str:
    """Return who threatens whom with what, on which condition."""
    against = names.all(record["against"])
    notes = [led("if", record["condition"])]
    notes += [_day(record["deadline"], "deadline")]
    return _parts(
        f"{names.of(record['party'])}{f' against {against}' if against else ''}", record["consequence"], notes
    )


def alignment(record: Record, names: Names) -> str:
    """Return 'Rohan, backing Gondor: military; riders and grain'."""
    state = "" if record["status"] == "stated" else f" ({_spaced(record['status'])})"
    notes = [record["means"], _day(record["since"], "since")]
    title = f"{_capital(names.of(record['backer']))}, backing {names.of(record['backed'])}{state}"
    return _parts(title, _spaced(record["kind"]), notes)


def mechanism(record: Record, names: Names) -> str:
    """Return a body's name, state and mandate, and who is asked to be in or out."""
    labels = (
        ("members:", "members"),
        ("asked in:", "asked_in"),
        ("asked out:", "asked_out"),
        ("asked by", "asked_by"),
    )
    kind = _spaced(record["kind"])
    title = _capital(record["name"])
    notes = [record["mandate"], *_lists(record, names, labels)]
    return _parts(f"{title} ({kind})" if kind else title, _spaced(record["status"]), notes)


def planned(record: Record, names: Names) -> str:
    """Return what is planned, where, when, and who is due."""
    notes = [_day(record["window"])]
    notes += [f"host {names.of(record['host'])}"] if record["host"] else []
    notes += _lists(record, names, (("due:", "due"), ("declined by", "declined")))
    return _parts(_capital(record["what"]), _place(record["place"]), notes)


def contradiction(record: Record, names: Names) -> str:
    """Return what is told in two ways: each way with who says so, and its sentence where the sides are those of one report."""
    sides = []
    for side in record["sides"]:
        said = f" (said by {names.all(side['speakers'])})" if side["speakers"] else ""
        number = f" [{side['evidence']['sentence']}]" if side.get("evidence") else ""
        sides.append(f"{side['value']}{said}{number}")
    who, _, what = str(record["about"]).partition(": ")
    return _parts(_capital(names.of(who)), what, sides)


def led(word: str, text: str | None) -> str:
    """Return text with its leading word, once.

    >>> led("if", "should he attack"), led("if", "he attacks"), led("if", None), led("if", " ")
    ('should he attack', 'if he attacks', '', '')
    """
    if not text or text.isspace():
        return ""
    return text if text.split()[0].lower() in (word, *_CONDITIONS) else f"{word} {text}"


SECTIONS: tuple[tuple[str, tuple[tuple[str, Words], ...]], ...] = (
    ("Ceasefire and violations", (("ceasefires", ceasefire), ("violations", violation))),
    ("Agreements and signatures", (("agreements", agreement), ("signatures", signature))),
    ("Talks", (("talks", talks),)),
    ("Demands and positions", (("positions", position),)),
    ("Threats", (("threats", threat),)),
    ("Backers", (("alignments", alignment),)),
    ("Mechanisms", (("mechanisms", mechanism),)),
    ("Planned", (("planned", planned),)),
    ("The report disagrees with itself", (("contradictions", contradiction),)),
)
_CONDITIONS = ("if", "should", "unless", "until", "were", "had", "once")


def _parts(title: str, first: str | None, notes: Iterable[str | None]) -> str:
    """Return 'title: first; note; note', without what is empty."""
    tail = "; ".join(each for each in (first, *notes) if each)
    return f"{title}: {tail}" if tail else title


def _lists(record: Record, names: Names, labels: Iterable[tuple[str, str]]) -> list[str]:
    return [f"{label} {names.all(record[key])}" for label, key in labels if record[key]]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _spaced(word: str | None) -> str:
    return (word or "").replace("_", " ")


def _day(value: object, label: str = "") -> str:
    """Return the days of an interval after a label; where none is known, its words, and where there are none, nothing.

    >>> _day({"start": "2020-01-12", "end": None}, "from"), _day({"text": "soon"}, "until"), _day(None, "until")
    ('from 12 Jan 2020', 'until soon', '')
    """
    if not isinstance(value, Mapping):
        return ""
    days = interval_words(value) or str(value.get("text") or "")
    return f"{label} {days}" if days and label and not days.startswith(label) else days


def _place(value: object) -> str:
    if isinstance(value, Mapping):
        return str(value.get("name") or "")
    return str(value or "")
