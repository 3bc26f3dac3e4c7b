"""What each time word names: 'Tuesday' a weekday, '5 March 2019' a date, 'two days ago' a step back.

A core is the naming word itself, without preposition. ``read_core`` gives its end and what it names;
``time_phrases.py`` dresses it with its preposition and ``when.py`` makes days of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from dragoman.reading import time_words as tw
from dragoman.reading.time_words import B, Named, S, grain_of, listed, month_number

_NAME_NOUN = re.compile(
    rf"(?:{S}[0-9]{{1,2}})?{S}(?:[A-Z][\w-]*{S}){{0,3}}(?:Movement|Alliance|Brigades?|Agreement"
    r"|Martyrs|Forces?|Front|Coalition|Party|Square"
    r"|Street|Bridge|Battalion|Division|Revolution|Uprising|Group|Club|Avenue|University|Airport|Protocol|Accords?"
    rf"|Declaration|Army|Camp|Hospital|School|Stadium|Region|Regiment){B}"
)
_STRONG = frozenset(
    listed(
        "in since until till during last next this early late mid throughout between earlier "
        "later start end beginning middle half spring summer autumn"
    )
)
_WEAK = frozenset(
    listed("on by of from before after through to for the a an its his their around about ahead circa per")
)
_TIMELESS = {"march", "may", "april", "june", "august"}
_BEFORE = re.compile(r"([A-Za-z]+)[\s\u00a0(-]{1,2}\Z")
_PUT_OFF = re.compile(
    r"\b(?:postponed|delayed|moved|put|pushed|back|forward|extended|deferred|adjourned|rescheduled|prolonged|up)\s+to\s+(?:\w+\s+)?\Z"
)
_PHRASE_END = re.compile(r"\s*(?:\Z|[.,;:)?!]|(?:and|at|in|when|after|before|to|from|on)\b)")


def word_before(text: str, start: int) -> str:
    """Return the word right before ``start`` in small letters, or ''."""
    found = _BEFORE.search(text, max(0, start - 24), start)
    return found[1].lower() if found else ""


def _year(match: re.Match[str]) -> int | None:
    found = match["year"]
    return int(found) if found else None


def _date(match: re.Match[str], linked: bool) -> Named | None:
    """A day and a month, or a month and days: '5 March 2019', 'Tuesday, Jan. 12-14'."""
    text, end, year = match.string, match.end(), _year(match)
    if year is None and _NAME_NOUN.match(text, end):
        return None
    groups = match.groupdict()
    days = [int(found[:2].rstrip("stndrhSTNDRH")) for key in ("day", "day2", "day3") if (found := groups.get(key))]
    return Named(
        rule="date",
        anchor="none" if year else "report",
        year=year,
        month=month_number(match["month"]),
        day=days[0],
        last_day=days[-1],
    )


def _month_day(match: re.Match[str], linked: bool) -> Named | None:
    """Month first; 'in March 12 people died' names no 12th of March."""
    if match["year"] is None and word_before(match.string, match.start("month")) == "in":
        follow = match.string[match.end() : match.end() + 2]
        if follow[1:].islower() and not _PHRASE_END.match(match.string, match.end()):
            return None
    return _date(match, linked)


def _numeric(match: re.Match[str], linked: bool) -> Named:
    """'2019-03-05'; '05/03/2019' only where the numbers leave no choice."""
    if match["iso"]:
        year, month, day = (int(part) for part in match["iso"].split("-"))
    else:
        day, month, year = (int(part) for part in re.split("[/.]", match[0]))
        if month > 12:
            day, month = month, day
        elif day <= 12 and day != month:
            return Named(rule="vague", anchor="none")
    return Named(rule="date", anchor="none", year=year, month=month, day=day, last_day=day)


def _names_month(match: re.Match[str], linked: bool) -> bool:
    """Whether a month alone is a month: never the verb march, the modal may, or a person called April."""
    text, end, before = match.string, match.end(), word_before(match.string, match.start())
    word = match["month"].lower()
    if _NAME_NOUN.match(text, end) or before in ("black", "red"):
        return False
    if linked or before in _STRONG:
        return True
    if word in tw.MONTHS and word not in _TIMELESS:
        return True
    follow = text[end : end + 2]
    if before not in _WEAK or follow[1:].isupper() or follow in ("'s", "\u2019s"):
        return False
    if before == "to" and not _PUT_OFF.search(text[: match.start()]):
        return False  # 'a letter to May', 'spoke to April'
    return not re.match(rf"{S}(?:on|of|to|for|against|toward)", text[end : end + 10])


def _month(match: re.Match[str], linked: bool) -> Named | None:
    """'April', 'April 2019', 'last April', 'March last year'."""
    year, which = _year(match), (match["which"] or "").lower()
    if not (year or which or match["of"] or _names_month(match, linked)):
        return None
    shift = {"last": -1, "this": 0, "next": 1}.get((match["of"] or "").lower(), 0)
    return Named(
        rule="month",
        anchor="none" if year else "report",
        grain="month",
        year=year,
        month=month_number(match["month"]),
        which="year" if match["of"] else which,
        low=shift,
    )


_COUNT_RANGE = re.compile(
    rf"{S}?(?:to|and|or|{tw.DASH}){S}?[0-9][0-9,.]*{S}{tw.COUNTED}|{S}?(?:to|{tw.DASH}){S}?[3-9][0-9]{{3}}"
)
_YEAR_WORDS = (_STRONG | _WEAK | {"and"}) - {"per", "to", "on", "this", "and"}


def _year_alone(match: re.Match[str], linked: bool) -> Named | None:
    """'2014', '2014-16', 'the 1990s'; only where a preposition or article leads up to it."""
    text, start, end = match.string, match.start(), match.end()
    before = word_before(text, start)
    pair = match["to"] is not None
    if not (linked or pair or match["s"] or before in _YEAR_WORDS or text[start - 1 : start] == "("):
        return None
    if _COUNT_RANGE.match(text, end) or (before == "" and not linked and text[start - 1 : start] not in "(-"):
        return None
    first = int(match["year"])
    last = first + 9 if match["s"] else first
    if pair:
        last = int(match["to"]) if len(match["to"]) == 4 else first // 100 * 100 + int(match["to"])
    return Named(rule="year", anchor="none", grain="year", year=first, high=last)


def _season(match: re.Match[str], linked: bool) -> Named | None:
    """'spring 2014', 'last summer', 'in the winter'; 'the fall of Aleppo', 'the Arab Spring' are none."""
    word, year, which = match["season"], _year(match), (match["which"] or "").lower()
    before = word_before(match.string, match.start())
    settled = before in ("the", "in", "this", "since", "until", "by") and word.islower() and word != "fall"
    if not (year or which or settled):
        return None
    if not year and re.match(rf"{S}of{B}|{S}?-", match.string[match.end() : match.end() + 6]):
        return None
    return Named(
        rule="season",
        anchor="none" if year else "report",
        year=year,
        month=tw.SEASONS[word.lower()],
        which=which,
    )


_PAPER = re.compile(rf"{S}(?:Times|Telegraph|Mail|Express|Mirror|Star|Herald|Tribune|World|Independent){B}")


def _weekday(match: re.Match[str], linked: bool) -> Named | None:
    """'Monday', 'next Monday', 'Monday evening', 'Monday of last week'; 'Fridays' name no day."""
    text, start, end = match.string, match.start(), match.end()
    before = text[max(0, start - 8) : start].lower()
    if before.endswith(("-to-", "black ", "bloody ", "mail on ")) or text[end : end + 4] == "-to-":
        return None
    if _PAPER.match(text, end):
        return None
    if match["s"] or before.endswith(("every ", "each ", "good ", "palm ", "easter ", "ash ")):
        return Named(rule="vague", anchor="none")
    which = (match["which"] or "").lower()
    week = (match["week"] or match["week2"] or "").lower()
    weekday = tw.WEEKDAYS.index(match["weekday"].lower())
    part = "overnight" if (match["daypart"] or "").lower() == "overnight" else ""
    return Named(rule="weekday", weekday=weekday, which=f"week-{week}" if week else which, part=part)


_DEICTIC = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1, "the day before yesterday": -2}


def _deictic(match: re.Match[str], linked: bool) -> Named | None:
    """'today', 'yesterday evening', 'last night', 'overnight', 'the day after tomorrow'."""
    words = " ".join(match[0].lower().split())
    if match[0].startswith("Today") and re.search(r"\w\s\Z", match.string[max(0, match.start() - 3) : match.start()]):
        return None
    if words.startswith("overnight"):  # 'overnight' may stand before another part of the day
        return Named(rule="shift", low=-1)
    if words.startswith("day "):
        days = -2 if "before" in words else 2
    elif words.startswith(("this", "last")):
        days = 0 if words.startswith("this") else -1
    else:
        days = _DEICTIC[words.split()[0]]
    return Named(rule="shift", low=days, high=days)


_THIS = {
    "last": "last",
    "this": "this",
    "next": "next",
    "previous": "last",
    "preceding": "last",
    "past": "last",
}
_THIS |= {"following": "next", "same": "this", "that": "this", "coming": "next", "upcoming": "next"}


def _unit(match: re.Match[str], linked: bool) -> Named | None:
    """'last week', 'the following day', 'next weekend', and with a part 'the (end of the) month'."""
    word, unit = (match["which"] or "").lower(), match["unit"].lower()
    article = word_before(match.string, match.start()) == "the"
    anchor = "text" if word in ("previous", "preceding", "following", "same", "that") else "report"
    if unit == "weekend":
        return Named(rule="weekend", anchor=anchor, which=_THIS.get(word, ""))
    if unit in ("day", "morning", "afternoon", "evening", "night"):
        if word not in ("previous", "preceding", "following", "same", "that", "next"):
            return None
        step = {"last": -1, "this": 0, "next": 1}[_THIS[word]]
        return Named(rule="shift", anchor="text", low=step, high=step)
    if word in ("past", "coming", "upcoming") or (article and word in ("last", "next")):
        return _window(_THIS[word], 1, unit)
    return Named(rule="unit", anchor=anchor, grain=unit, which=_THIS.get(word, "this"), bare=not word)


def _window(which: str, count: float, unit: str) -> Named:
    grain, step = tw.FINER.get(unit, (unit, 1))
    number = int(count * step)
    return Named(
        rule="shift",
        grain=grain,
        low=-number if which == "last" else 0,
        high=0 if which == "last" else number,
    )


def _amount(words: str, grain: str) -> tuple[float, float, bool]:
    """Return the least and the greatest number that the words allow, and whether they are vague."""
    words = " ".join(words.lower().replace("-", " ").replace(",", "").split())
    if words == "" or words in ("few", "a few", "several"):
        return 2, tw.MANY.get(grain, 5), True
    if "couple" in words:
        return 2, 3, True
    if words.startswith("half"):
        return 0.5, 0.5, False
    if words[0].isdigit():
        return float(words), float(words), False
    parts = words.removeprefix("a ").split()
    number = sum(tw.NUMBERS[part] for part in parts)
    return number, number, False


def counted(low: str, high: str | None, unit: str, half: bool) -> Named:
    """Return the number of grains that a quantity names, as whole numbers of a grain fine enough."""
    grain = grain_of(unit)
    least, most, vague = _amount(low, grain)
    if high:
        most = max(most, _amount(high, grain)[1])
    least, most = least + 0.5 * half, most + 0.5 * half
    step = 1
    if grain in tw.FINER:
        grain, step = tw.FINER[grain]
    if (least * step) % 1 or (most * step) % 1:
        grain, finer = (tw.HALVES | tw.MINUTES)[grain]
        step *= finer
    return Named(
        rule="quantity",
        anchor="none",
        grain=grain,
        low=round(least * step),
        high=round(most * step),
        vague=vague,
    )


def _quantity(match: re.Match[str], linked: bool) -> Named | None:
    """'nine months', '72-hour', 'two days ago', 'weeks later', 'two or three years'."""
    number, tail = match["number"] or "", (match["tail"] or match["of"] or "").lower()
    if not number and not tail and word_before(match.string, match.start()) not in ("for", "within", "in", "after"):
        return None
    named = counted(number, match["number2"], match["unit"], bool(match["half"] or match["half2"]))
    loose = number.lower() in ("a", "an") and not (match["long"] or match["half2"])
    return Named(
        rule="quantity",
        anchor="none",
        grain=named.grain,
        low=named.low,
        high=named.high,
        which=" ".join(tail.split()),
        vague=named.vague,
        bare=loose or not number,
    )


def _span(match: re.Match[str], linked: bool) -> Named:
    """'past 24 hours', 'recent weeks', 'next few days', 'days ahead'."""
    which = "last" if (match["which"] or "").lower() in ("last", "past", "recent", "previous", "preceding") else "next"
    named = counted(match["number"] or "", None, match["unit"] or match["unit2"], False)
    low, high = (-named.high, 0) if which == "last" else (0, named.high)
    anchor = "text" if (match["which"] or "").lower() in ("previous", "preceding", "following") else "report"
    return Named(rule="shift", anchor=anchor, grain=named.grain, low=low, high=high, vague=named.vague)


def _day_of_text(match: re.Match[str], linked: bool) -> Named:
    """'the day before', 'the day after the attack': a day that another time in the text gives."""
    step = -1 if match[1].lower() == "before" else 1
    return Named(rule="shift", anchor="text", low=step, high=step)


def _month_day_alone(match: re.Match[str], linked: bool) -> Named | None:
    """'on the 12th'; only as the end of its phrase."""
    if word_before(match.string, match.start()) != "the" or not _PHRASE_END.match(match.string, match.end()):
        return None
    which = {"last": -1, "next": 1}.get((match["which"] or "").lower(), 0)
    return Named(rule="monthday", day=int(match["day"]), low=which, bare=not match["which"])


def _feast(match: re.Match[str], linked: bool) -> Named | None:
    """'New Year's Eve', 'Christmas'; Ramadan, Eid and Easter move, so no day is given."""
    word, text, end = (
        " ".join(match["feast"].lower().replace("\u2019", "'").split()),
        match.string,
        match.end(),
    )
    if word not in tw.FEASTS:
        before = re.search(r"([A-Z]\w*)\s\Z", text[max(0, match.start() - 12) : match.start()])
        known = before is None or before[1].lower() in _STRONG | _WEAK
        named_so = re.match(r"\s[A-Z]", text[end : end + 2]) is not None
        return Named(rule="vague", anchor="none") if known and not named_so else None
    year = _year(match)
    month, day = tw.FEASTS[word]
    return Named(rule="date", anchor="none" if year else "report", year=year, month=month, day=day, last_day=day)


def _clock(match: re.Match[str], linked: bool) -> Named:
    return Named(rule="clock", anchor="none")


def _vague(match: re.Match[str], linked: bool) -> Named:
    return Named(rule="vague", anchor="none")


Build = Callable[[re.Match[str], bool], Named | None]
_Rule = tuple[re.Pattern[str], Build]
_DATES: list[_Rule] = [(tw.DAY_MONTH, _date), (tw.MONTH_DAY, _month_day)]
_DIGITS: tuple[_Rule, ...] = (
    (tw.NUMERIC, _numeric),
    _DATES[0],
    (tw.CLOCK_TIME, _clock),
    (tw.QUANTITY, _quantity),
    (tw.YEAR_ALONE, _year_alone),
    (tw.DAY_ALONE, _month_day_alone),
)


def _first_words() -> dict[str, tuple[_Rule, ...]]:
    """Return which rules may begin at which word."""
    unit, quantity, span = (tw.UNIT_NAMED, _unit), (tw.QUANTITY, _quantity), (tw.SPAN, _span)
    table: dict[str, tuple[_Rule, ...]] = {}
    for word in [*tw.MONTHS, *(short.lower() for short in tw.SHORT)]:
        table[word] = (_DATES[1], (tw.MONTH_ALONE, _month))
    for word in tw.WEEKDAYS:
        table[word] = (*_DATES, (tw.WEEKDAY_NAMED, _weekday))
    for word in listed("mon tue tues wed weds thu thur thurs fri sat sun"):
        table[word] = tuple(_DATES)
    for word in [*tw.NUMBERS, "few", "several", "couple", "half"]:
        table[word] = (quantity,)
    for word in tw.UNITS[:-1]:
        table[word] = (unit,)
        table[word + "s"] = (span, quantity)
    table |= {word: ((tw.SEASON, _season),) for word in tw.SEASONS}
    whichs = (
        (tw.WEEKDAY_NAMED, _weekday),
        (tw.DEICTICS, _deictic),
        (tw.MONTH_ALONE, _month),
        (tw.SEASON, _season),
        unit,
        span,
    )
    table |= {word: whichs for word in ("last", "next", "this", "coming")}
    table |= {word: (unit, span) for word in listed("past previous preceding following same that upcoming recent")}
    table |= {word: ((tw.DEICTICS, _deictic),) for word in ["today", "tonight", "yesterday", "tomorrow", "overnight"]}
    table |= {
        word: ((tw.CLOCK_TIME, _clock),)
        for word in listed("dawn daybreak dusk noon midday midnight nightfall sunset sunrise")
    }
    table |= {word: ((tw.VAGUE, _vague),) for word in listed("recently lately shortly soon near eve")}
    for word in listed("new christmas boxing ramadan eid easter nowruz ashura muharram passover"):
        table[word] = ((tw.FEAST, _feast),)
    table["may"] = ((tw.FEAST, _feast), *table["may"])
    table["day"] = ((tw.DEICTICS, _deictic), (tw.DAY_TEXT, _day_of_text), unit)
    table["weekend"] = table["century"] = (unit,)
    return table


_FIRST = _first_words()
_WORDS = re.compile("[a-z]+|[0-9]+")
WORD = re.compile("[A-Za-z]+|[0-9]+")
_TRIGGERS = frozenset(_FIRST) - frozenset(tw.NUMBERS) - frozenset(listed(
    "few several couple half last next this coming past previous preceding following same "
    "that upcoming recent near new boxing"
)) | frozenset(str(year) for year in range(1800, 2100)) | frozenset(listed(
    "morning afternoon evening night christmas year m am pm th st nd rd gmt utc centuries "
    "future"
)) | frozenset(f"{unit}{end}" for unit in tw.UNITS for end in ("", "s"))  # fmt: skip


def has_time_words(text: str) -> bool:
    """Return whether any word stands in the text without which no time is named; quick.

    >>> has_time_words("Rebels left the town."), has_time_words("Rebels left the town on Tuesday.")
    (False, True)
    """
    return not _TRIGGERS.isdisjoint(_WORDS.findall(text.lower()))


def read_core(text: str, word: re.Match[str], *, linked: bool) -> tuple[int, Named] | None:
    """Return where the time that begins at this word ends, and what it names; None where no time begins.

    ``linked`` says that another time and 'and' or 'to' stand right before,
    which makes a bare '2016' or 'May' a time.
    """
    start = word.start()
    rules = _FIRST.get(word[0].lower()) if not word[0][0].isdigit() else _DIGITS
    if not rules or (start and not _may_begin(text, start)):
        return None
    for pattern, build in rules:
        match = pattern.match(text, start)
        named = build(match, linked) if match and not text[match.end() : match.end() + 1].isalnum() else None
        if match and named:
            return match.end(), named
    return None


def _may_begin(text: str, start: int) -> bool:
    """Whether a word at ``start`` is a word of its own, not the tail of 'M23', '2,014' or 'post-2011'."""
    before = text[start - 1]
    if before.isalnum() or before in "_$\u20ac\u00a3#@&":
        return False
    if text[start].isdigit() and before in ".,:/-":
        return (start > 1 and not text[start - 2].isalnum()) or text[start - 4 : start].lower() == "mid-"
    return True
