"""The time words of news English, and the patterns of the expressions that they make.

Everything is matched as ASCII, so that no Turkish dotless i passes for an i; only the word boundary is
Unicode. Gaps between words are at most two characters long: nothing here can backtrack far.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """One time as words name it, before any day is known.

    ``anchor`` is what must be known besides the words: 'none', 'report' (the report's day), 'text' (another
    time in the text), 'either'. ``low`` and ``high`` count ``grain``s from there, ``which`` is last, this or
    next, ``part`` is the part that is meant ('early', 'end', 'later').
    """

    rule: str
    anchor: str = "report"
    grain: str = "day"
    year: int | None = None
    month: int = 0
    day: int = 0
    last_day: int = 0
    weekday: int = 0
    which: str = ""
    low: int = 0
    high: int = 0
    part: str = ""
    vague: bool = False
    bare: bool = False


def listed(words: str) -> tuple[str, ...]:
    """Return the words of a line."""
    return tuple(words.split())


MONTHS = listed("january february march april may june july august september october november december")
WEEKDAYS = listed("monday tuesday wednesday thursday friday saturday sunday")
UNITS = listed("minute hour day night week fortnight month quarter year decade century")
SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
ONES = listed(
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
)
TENS = listed("twenty thirty forty fifty sixty seventy eighty ninety")
NUMBERS = (
    {word: n for n, word in enumerate(ONES, 1)}
    | {word: 10 * n for n, word in enumerate(TENS, 2)}
    | {"a": 1, "an": 1, "dozen": 12, "hundred": 100}
)
MANY = {"minute": 30, "hour": 24, "day": 7, "week": 4, "month": 6, "year": 5}  # 'recent days': the last seven
FINER = {"decade": ("year", 10), "century": ("year", 100), "quarter": ("month", 3), "fortnight": ("day", 14)}
HALVES = {"year": ("month", 12), "month": ("day", 30), "week": ("day", 7), "day": ("hour", 24)}
MINUTES = {"hour": ("minute", 60), "minute": ("minute", 1)}
FEASTS = {"christmas": (12, 25), "christmas day": (12, 25), "christmas eve": (12, 24), "may day": (5, 1)}
FEASTS |= {"new year's eve": (12, 31), "new year's day": (1, 1), "boxing day": (12, 26)}

S = r"(?:[\s\u00a0\u202f]{1,2})"
B = r"(?u:\b)"
_FLAGS = re.IGNORECASE | re.ASCII
SHORT = listed("Jan Feb Mar Apr Jun Jul Aug Sept Sep Oct Nov Dec")
_SHORT_FORMS = "|".join([*SHORT, *(word.upper() for word in SHORT)])
MONTH = (
    "(?:january|february|april|june|july|september|october|november|december"
    rf"|(?-i:March|MARCH|May|MAY|August|AUGUST)|(?-i:{_SHORT_FORMS}){B}(?:\.(?=(?-i:{S}?[0-9a-z,;:)])))?)"
)
WEEKDAY = f"(?:{'|'.join(WEEKDAYS)})"
_DAY_NAME = rf"(?:{WEEKDAY}|(?:mon|tues?|weds?|thu|thurs?|fri|sat|sun){B}\.?)"
COUNTED = (
    rf"(?:(?:[a-z-]+{S})?(?:people|persons|soldiers|troops|civilians|fighters|men|women|children"
    r"|refugees|militants"
    r"|rebels|families|homes|houses|dead|wounded|killed|deaths|victims|casualties|prisoners|mercenaries|km|miles"
    r"|dollars|euros|tons|tonnes|meters|metres|members|million|billion|percent|votes|cases))"
)
YEAR = rf"(?:1[89]|20)[0-9][0-9](?![0-9]|[.,:][0-9]|%|{S}{COUNTED}{B})"
DAY = r"[0-3]?[0-9](?:st|nd|rd|th)?(?![0-9a-z%]|[.:/][0-9]|,[0-9]{3}(?![0-9]))"
_ONE_NUMBER = (
    rf"(?:(?:{'|'.join(TENS)})(?:[- ](?:{'|'.join(ONES[:9])}){B})?|{'|'.join(reversed(ONES))}"
    rf"|[0-9]{{1,3}}(?:,[0-9]{{3}}){{0,2}}(?:\.[0-9])?|(?:a{S})?(?:couple(?:{S}of)?|few|dozen)|a{S}hundred"
    r"|several"
    rf"|half(?:{S}an?)?|an?)"
)
UNIT = f"(?:{'|'.join(UNITS[:-1])}|centur(?:y|ies))s?"
DASH = "[-\u2013\u2014]"
_DAYPART = "(?:morning|afternoon|evening|night|noon|midnight|dawn|overnight)"
_HOUR = "(?:[01]?[0-9]|2[0-4])"
_ZONE = rf"(?:gmt|utc|local{S}time|eastern|est|edt|cet|et|bst|hours|hrs){B}"
CLOCK = (
    rf"(?:(?:{_HOUR}(?:[:.][0-5][0-9])?{S}?(?:[ap]\.m\.|[ap]m{B})|{_HOUR}:[0-5][0-9](?::[0-5][0-9])?(?![0-9])"
    rf"|{_HOUR}[0-5][0-9](?={S}{_ZONE}))(?:{S}?{_ZONE})?"
    r"|(?:dawn|daybreak|dusk|noon|midday|midnight|nightfall|sunset|sunrise))"
    rf"(?:{S}\([0-9:.]{{1,5}}{S}?[a-z.]{{2,4}}\))?"
)


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, _FLAGS)


_OF_YEAR = rf"(?:,?{S}(?:of{S})?(?P<year>{YEAR}))?"
_LEAD = rf"(?:{_DAY_NAME},?{S}(?:the{S})?)?"
_COMMA_YEAR = rf"(?:,?{S}?(?P<year>{YEAR}))?"
_WHICH = rf"(?:(?P<which>last|next|this){S}(?:coming{S}|past{S})?)?"
_END_OF_LIST = rf"(?={S}?(?:\Z|[.,;:)]|(?:at|in|of|when|with|to|as){B}))"
_DAYS_BETWEEN = rf"(?:,{S}{DAY}){{0,6}}"  # '3, 4 and 5 January'
NUMERIC = _compiled(
    rf"(?P<iso>{YEAR}-[01][0-9]-[0-3][0-9])(?![0-9-])|[0-3]?[0-9]([/.])[0-3]?[0-9]\2(?:19|20)[0-9][0-9](?![0-9])"
)
DAY_MONTH = _compiled(
    rf"{_LEAD}(?P<day>{DAY})(?:{_DAYS_BETWEEN}(?:{S}?{DASH}{S}?|,?{S}(?:to|and|or|until|through){S})"
    rf"(?:the{S})?(?P<day2>{DAY}))?"
    rf"{S}(?:of{S})?(?P<month>{MONTH}){B}{_OF_YEAR}"
)
MONTH_DAY = _compiled(
    rf"{_LEAD}(?P<month>{MONTH}){S}(?:the{S})?(?P<day>{DAY})(?!{S}(?:million|billion|percent|per{S}cent))"
    rf"(?:(?:{S}?{DASH}{S}?|{S}(?:to|until|through){S})(?P<day2>{DAY})"
    rf"|{_DAYS_BETWEEN},?{S}(?:and|or){S}(?P<day3>{DAY}){_END_OF_LIST})?{_COMMA_YEAR}"
)
MONTH_ALONE = _compiled(
    rf"{_WHICH}(?P<month>{MONTH})(?![a-z])(?:,?{S}(?:of{S})?"
    rf"(?:(?P<year>{YEAR})|(?P<of>last|this|next){S}year{B}))?"
)
YEAR_ALONE = _compiled(
    rf"(?P<year>{YEAR})(?:(?P<s>s){B}|{DASH}(?P<to>(?:19|20)[0-9][0-9]|[0-9][0-9])(?![0-9-])|(?![a-z]))"
)
SEASON = _compiled(rf"{_WHICH}(?P<season>{'|'.join(SEASONS)}){B}(?:,?{S}(?:of{S})?(?P<year>{YEAR}))?")
WEEKDAY_NAMED = _compiled(
    rf"(?:(?P<week2>last|next|this){S}week{S}on{S})?(?:(?P<which>last|next|this|coming){S})?"
    rf"(?P<weekday>{WEEKDAY})(?P<s>s)?{B}"
    rf"(?:{S}(?P<daypart>{_DAYPART}){B})?(?:{S}(?:of{S})?(?P<week>last|next|this){S}week{B})?"
)
DEICTICS = _compiled(
    rf"(?:today|tonight|yesterday|tomorrow|overnight){B}(?:{S}{_DAYPART}{B})?"
    rf"|this{S}(?:morning|afternoon|evening){B}|last{S}(?:night|evening){B}"
    rf"|day{S}(?:before{S}yesterday|after{S}tomorrow){B}"
)
UNIT_NAMED = _compiled(
    rf"(?:(?P<which>last|this|next|previous|preceding|following|same|that|past|coming|upcoming){S})?"
    rf"(?P<unit>weekend|week|month|quarter|year|decade|century|day|morning|afternoon|evening|night){B}(?!{S}?-)"
)
QUANTITY = _compiled(
    rf"(?:(?P<number>{_ONE_NUMBER})(?:(?:{S}(?:to|or){S}|{DASH})(?P<number2>{_ONE_NUMBER}))?"
    rf"(?P<half>{S}and{S}a{S}half)?(?:{S}|-))?"
    rf"(?:(?:consecutive|straight|full|more|working|business|calendar|additional|further|long|whole|other){S})?"
    rf"(?P<unit>{UNIT}){B}(?P<half2>[- ]and[- ]a[- ]half)?(?P<long>-long{B})?(?![- ](?:olds?|of{S}age){B})"
    rf"(?:{S}(?P<tail>ago|earlier|previously|before|prior|later|afterwards?|after|from{S}now|hence){B}"
    rf"|(?={S}(?P<of>of){B}))?"
)
SPAN = _compiled(
    rf"(?:(?P<which>last|past|recent|next|coming|upcoming|previous|preceding|following){S}"
    rf"(?:(?P<number>{_ONE_NUMBER})(?:{S}|-))?(?P<unit>{UNIT}){B}"
    rf"|(?P<unit2>(?:day|week|month|year|hour)s){S}(?:ahead|to{S}come){B})"
)
DAY_TEXT = _compiled(rf"day{S}(before|after){B}(?!{S}day)")
DAY_ALONE = _compiled(rf"(?P<day>[0-3]?[0-9])(?:st|nd|rd|th){B}(?:{S}of{S}(?P<which>this|last|next){S}month{B})?")
FEAST = _compiled(
    rf"(?P<feast>new{S}year['\u2019]s{S}(?:eve|day)|christmas(?:{S}(?:eve|day){B})?|boxing{S}day|(?-i:May{S}Day)"
    rf"|ramadan|eid(?:{S}(?:al|ul)[- ][a-z]+)?|easter|nowruz|ashura|muharram|passover){B}"
    rf"(?:,?{S}(?P<year>{YEAR}))?"
)
CLOCK_TIME = _compiled(rf"{CLOCK}(?![a-z])")
VAGUE = _compiled(
    rf"(?:recently|lately|shortly(?!{S}(?:after|before))|soon(?!{S}(?:as|after)){B}|near{S}future|eve{S}of){B}"
)


def month_number(word: str) -> int:
    """Return 1..12 for a month's name or short form.

    >>> month_number("Sept."), month_number("May")
    (9, 5)
    """
    return next(n for n, name in enumerate(MONTHS, 1) if name.startswith(word[:3].lower()))


def grain_of(unit: str) -> str:
    """Return the unit in the singular, nights as days."""
    word = unit.lower().removesuffix("s").replace("centurie", "century")
    return "day" if word == "night" else word
