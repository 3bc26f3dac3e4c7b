"""Which stretches of a text are time expressions, with their preposition and the role it gives them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from dragoman.reading.time_cores import WORD, has_time_words, read_core
from dragoman.reading.time_words import CLOCK, B, Named, S, listed


@dataclass(frozen=True, slots=True, kw_only=True)
class TimePhrase:
    """One time expression: ``text`` is the quote from ``start`` to ``end``; ``named`` is what its words name.

    ``role`` is 'at', 'from', 'until', 'duration' or 'range'; ``days`` the length of a duration, rounded up,
    None where vague; ``word`` the preposition; ``attributive`` is true for 'the March 2014 agreement' and
    'Tuesday's attack', where the time belongs to a noun; ``core`` is where the naming word itself begins.
    """

    start: int
    end: int
    text: str
    role: str
    days: int | None = None
    named: tuple[Named, ...]
    word: str = ""
    attributive: bool = False
    core: int


_ROLE_WORDS = (
    rf"(?:(?:ever{S})?since|(?:starting|beginning|commencing|effective|dating)(?:{S}(?:on|from|at|in|as{S}of))?"
    rf"|as{S}(?:of|from)|from(?:{S}(?:at|on))?|after|until|till|['\u2019]til|up{S}to|through(?:out)?|(?:no|not){S}later{S}than"
    rf"|on{S}or{S}before"
    rf"|prior{S}to|before|by|within|between|during|over|in|on|at|for|every|each|per)"
)
_FILL = (
    rf"(?:at{S}least|about|around|approximately|nearly|almost|roughly|just|only|some(?:{S}?time{S}in)?"
    rf"|as{S}(?:early|late|soon){S}as"
    rf"|(?:more|less){S}than|another|an{S}additional)"
)
_CLOCK_LEAD = (
    rf"(?:(?:(?:shortly|just){S})?(?:(?:at|around|about|before|after|towards?){S})?{CLOCK}"
    rf"|(?:the{S})?(?:(?:early|late|small|predawn|pre-dawn){S})?(?:hours|morning|afternoon|evening|night)"
    rf"{S}(?=o[fn]{B})"
    rf"|overnight)"
)
_PART = (
    rf"(?:mid(?:[- ]|dle{S}of{S})|(?:(?P<part>early|late|later|earlier"
    r"|(?:end|start|beginning|outset|close|middle|eve"
    rf"|(?:first|second|latter){S}half|(?:first|second|third|fourth|last){S}(?:quarter|week))(?={S}of{B}))"
    rf"(?:{S}(?:of|in|on))?{S}))"
)
_LEFT = re.compile(
    rf"(?<!\w)(?:(?P<role>{_ROLE_WORDS}){S})?(?:{_FILL}{S})?"
    rf"(?:(?P<clock>{_CLOCK_LEAD}),?{S}?(?:(?:on|of|in|into|from){S})?)?"
    rf"(?:(?:the{S})?(?:very{S})?(?P<mid>{_PART}))?"
    rf"(?P<det>(?:the|a|an|its|his|her|their|these|those|this|that){S})?\Z",
    re.IGNORECASE | re.ASCII,
)
_LEAD_WORDS = frozenset(
    listed(
        "ever since starting beginning commencing effective dating on from at in as of after "
        "until till til up to through throughout no not later than or before prior by within "
        "between during over for every each per least about around approximately nearly almost "
        "roughly just only some time sometime early soon more less another an additional shortly "
        "toward towards dawn daybreak dusk noon midday midnight nightfall sunset sunrise hours "
        "hrs morning afternoon evening night overnight into late earlier small predawn pre mid "
        "middle end start outset close eve first second third fourth last latter half quarter "
        "week very the a its his her their these those this that p m am pm gmt utc local eastern "
        "est edt cet et bst"
    )
)
_FROM = frozenset(["since", "from", "after"])
_UNTIL = frozenset(listed("until till 'til ’til up through no not by before prior within"))
_GAP_RANGE = frozenset({"to", "until", "till", "through", "-", "\u2013", "\u2014", "to the", "up to", "until the"})
_GAP_LIST = frozenset({"and", "or", "and on", "or on", "and in", "and the", ",", "&", "/", "and again on", "and late"})
_GAPS = _GAP_RANGE | _GAP_LIST
_GAP_CLOCK = frozenset({"", ",", "at", "at about", "at around", "around", "about", "shortly before", "just before"})
_POINTS = frozenset(listed("date month year season weekday shift monthday unit"))
_DAYS_OF = {"minute": 1 / 1440, "hour": 1 / 24, "day": 1.0, "week": 7.0, "month": 30.4375, "year": 365.25}
_FUNCTION = frozenset(
    listed(
        "and or but to in at on when where while after before as for by from with without that "
        "which who said says saying told was were is are had has have will would if because since "
        "until during near over under against amid following despite according into onto off out "
        "of left killed died it he she they his her their its"
    )
)


def find_times(text: str) -> tuple[TimePhrase, ...]:
    """Return the time expressions of a text, in order, none overlapping another, each as long as it can be.

    >>> [phrase.text for phrase in find_times("A truce began on Monday evening and held for nine months.")]
    ['on Monday evening', 'for nine months']
    """
    if not has_time_words(text):
        return ()
    found: list[TimePhrase] = []
    end = 0
    for word in WORD.finditer(text):
        if word.start() < end:
            continue
        linked = bool(found) and _gap(text, found[-1], word.start()) in _GAPS
        core = read_core(text, word, linked=linked)
        phrase = _dress(text, word.start(), core[0], core[1]) if core else None
        if phrase:
            end = phrase.end
            _add(found, phrase, text)
    return tuple(phrase for phrase in found if not _dangling(phrase))


def _dangling(phrase: TimePhrase) -> bool:
    """'between 2014' without its 'and' is no time."""
    return phrase.word == "between" and len(phrase.named) == 1 and phrase.named[0].rule == "year"


def _dress(text: str, start: int, end: int, named: Named) -> TimePhrase | None:
    """Return the core with the preposition, the hour and the part that stand before it."""
    left = _lead(text, start)
    role = (left["role"] or "").lower().split()[0] if left and left["role"] else ""
    part = _part(left)
    if named.bare and not _complete(named, role, part):
        return None
    plain = TimePhrase(start=start, end=end, text=text[start:end], role="at", named=(named,), core=start)
    if named.rule == "quantity":
        return _dress_quantity(plain, left, role)
    attributive = _attributive(text, end, named, left)
    if attributive and role not in _FROM | _UNTIL:
        left, role = None, ""
    if left and left["clock"] and role in ("before", "after", "at"):
        role = "at"  # 'before dawn on Monday' is on Monday
    first = _first(left, start, named) if left else start
    stretch = named.rule == "shift" and named.low != named.high and not named.vague
    return replace(
        plain,
        start=first,
        text=text[first:end],
        role="range" if role in ("from", "between") and _spans(named) else _role(role),
        days=_length(named) if stretch else None,
        named=(replace(named, part=part or _night(left) or named.part),),
        word=role,
        attributive=attributive,
    )


def _lead(text: str, start: int) -> re.Match[str] | None:
    """Return what stands before a core and belongs to it; None where nothing can."""
    first = start
    for word in reversed(list(WORD.finditer(text, max(0, start - 60), start))):
        if not (word[0].lower() in _LEAD_WORDS or word[0][0].isdigit()) or first - word.end() > 3:
            break
        first = word.start()
    return _LEFT.search(text, max(0, first - 1), start) if first < start else None


def _night(left: re.Match[str] | None) -> str:
    if not left or not (left["clock"] or "").lower().startswith("overnight"):
        return ""
    return "overnight into"


def _part(left: re.Match[str] | None) -> str:
    return " ".join((left["part"] or "middle").lower().split()) if left and left["mid"] else ""


def _complete(named: Named, role: str, part: str) -> bool:
    """Whether words that need company have it: 'the end of the week', 'for a year', 'on the 12th'."""
    if named.rule == "unit":
        return bool(part)
    if named.rule == "monthday":
        return role in ("on", "by", "until", "since", "before", "from", "after")
    return not part and (bool(named.which) or role in ("for", "within", "in", "after", "over", "during"))


def _first(left: re.Match[str], start: int, named: Named) -> int:
    """Return where the phrase begins: at its preposition, its hour, or the word itself."""
    period = named.rule in ("weekend", "unit") or (named.rule == "shift" and named.low != named.high)
    if (left["role"] or "").lower() in ("for", "over") and not period:
        rest = left.string[left.end("role") : start].lstrip()
        return start - len(rest) if left["clock"] or left["mid"] else start
    day_of = left.string[start : start + 4].lower() == "day "
    kept = left["role"] or left["clock"] or left["mid"] or period or day_of or named.anchor == "text"
    return left.start() if kept else start


def _attributive(text: str, end: int, named: Named, left: re.Match[str] | None) -> bool:
    """Whether the time stands inside a noun phrase: 'the Jan. 12 truce', 'Tuesday's attack'."""
    if named.rule not in ("date", "month", "year", "weekday", "season"):
        return False
    if re.match(r"['\u2019]s\s", text[end : end + 3]):
        return True
    if left is None or not left["det"] or left["mid"]:
        return False
    follow = re.match(r"[\s-]([A-Za-z]+)", text[end : end + 24])
    return follow is not None and follow[1].lower() not in _FUNCTION


def _spans(named: Named) -> bool:
    """Whether the word itself has two ends: '5 to 9 March', '2014-2016'."""
    return (named.rule == "date" and named.day != named.last_day) or (named.rule == "year" and named.year != named.high)


def _role(word: str) -> str:
    if word in _FROM or word in ("starting", "beginning", "commencing", "effective", "dating", "as", "ever"):
        return "from"
    return "until" if word in _UNTIL else "at"


def _length(named: Named) -> int:
    """Return the days of a stretch, rounded to whole days, at least one."""
    return max(1, round(max(abs(named.low), abs(named.high)) * _DAYS_OF[named.grain] + 0.0001))


_TAILS = {
    "ago": ("report", -1),
    "earlier": ("either", -1),
    "previously": ("text", -1),
    "before": ("text", -1),
}
_TAILS |= {"prior": ("text", -1), "later": ("text", 1), "after": ("text", 1), "afterward": ("text", 1)}
_TAILS |= {"afterwards": ("text", 1), "from now": ("report", 1), "hence": ("report", 1)}


def _dress_quantity(plain: TimePhrase, left: re.Match[str] | None, role: str) -> TimePhrase | None:
    """Return a quantity as a time ('two days ago'), a deadline ('within 48 hours') or a duration."""
    named, kind = plain.named[0], "duration"
    days = None if named.vague else _length(named)
    if role in ("every", "each", "per"):
        return None
    if named.which in _TAILS:
        anchor, sign = _TAILS[named.which]
        low, high = sorted((sign * named.low, sign * named.high))
        named, kind, days, role = (
            replace(named, rule="shift", anchor=anchor, low=low, high=high),
            "at",
            None,
            "",
        )
    elif role == "within":
        named, kind = replace(named, rule="shift", anchor="report", low=0), "until"
    elif role == "in" and named.which != "of":
        named, kind = replace(named, rule="ahead", anchor="report"), "at"
    first = plain.start
    if left and role in ("within", "in", "for", "over", "during"):
        first = left.start()
    elif left and kind == "duration" and (left["det"] or "").strip().lower() in ("a", "an"):
        first = left.start("det")
    quote = left.string[first : plain.end] if left else plain.text
    return replace(plain, start=first, text=quote, role=kind, days=days, named=(named,), word=role)


def _gap(text: str, phrase: TimePhrase, start: int) -> str:
    return text[phrase.end : start].strip().lower() if phrase.end <= start <= phrase.end + 20 else "?"


def _add(found: list[TimePhrase], new: TimePhrase, text: str) -> None:
    """Add a phrase to those found, joined with the one before where they are one expression."""
    while found and found[-1].core >= new.start:  # 'midnight' before 'midnight on Friday'
        found.pop()
    last = found[-1] if found else None
    joined = _join(last, new, text) if last else None
    if joined and last:
        found[-1] = joined
    elif last and last.end > new.start:
        start = new.core
        found.append(replace(new, start=start, text=text[start : new.end]))
    else:
        found.append(new)


def _join(last: TimePhrase, new: TimePhrase, text: str) -> TimePhrase | None:
    """Return the one expression that two make, or None: 'from 5 March to Friday', 'Monday at noon'."""
    rules, gap = {last.named[-1].rule, new.named[0].rule}, _gap(text, last, new.core)
    whole = replace(last, end=new.end, text=text[last.start : new.end])
    if (
        new.named[0].rule == "clock"
        and last.named[-1].rule in _POINTS
        and (gap in _GAP_CLOCK or new.start <= last.end + 2)
    ):
        return whole if last.role != "duration" else None
    spanning = gap in _GAP_RANGE or (gap.split(" ")[0] == "and" and last.word == "between")
    paired = rules <= _POINTS or (last.named[-1].rule == "clock" and new.named[0].rule in _POINTS)
    if spanning and paired and last.role in ("at", "from") and (len(rules) == 1 or last.word in ("from", "between")):
        named = last.named + new.named if "clock" not in rules else new.named
        role = "range" if len(named) > 1 else "at"
        return replace(whole, role=role, named=named)
    if gap in _GAP_LIST and last.role == "at" == new.role and rules <= _POINTS and _alike(last.named[-1], new.named[0]):
        return replace(whole, named=last.named + new.named)
    return None


def _alike(one: Named, other: Named) -> bool:
    """Whether two times make one list: two weekdays, two dates, 'today and Friday'."""
    days = {"weekday", "shift"}
    return one.rule == other.rule if one.rule not in days else other.rule in days and one.grain == other.grain
