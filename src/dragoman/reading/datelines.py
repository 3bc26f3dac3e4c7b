"""The dateline at the start of a body: 'MOSCOW, Jan 14 (Reuters) -'."""

from __future__ import annotations

import re
from datetime import date, timedelta

from dragoman.model import Dateline, Span

_MONTHS = list(
    re.findall(
        r"\S+",
        "jan feb mar apr may jun jul aug sep oct nov dec",
    )
)
_MONTH = (  # (?a: ASCII letters alone, for without case 's' would match 'ſ' too, and no month begins with 'ſep'
    r"(?a:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?)\b\.?"
)
_NTH = r"\d{1,2}(?:st|nd|rd|th)?"
_DATE = (
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?\s)?"
    rf"(?:(?P<month>{_MONTH})\s?(?P<dom>{_NTH})|(?P<dom2>{_NTH})\s(?P<month2>{_MONTH}))(?:,?\s(?P<year>\d{{4}}))?"
)
_UNNAMED = _DATE.replace("?P<", "?P<_")
_AGENCY = r"(?:\((?P<agency>[^()\n]{2,40})\)|/(?P<slash>[A-Za-z][\w .-]{1,30})/)"
_END = r"(?:\s+-{1,2}(?=\s)|\s*[–—]|(?<=[)/])\s*-{1,2}|(?<=/)\.(?=\s)|:(?=\s))"
_DATELINE = re.compile(
    rf"(?:(?P<place>[^\W\d_][^()\d\n:;–—!?\"“”]{{0,80}}?)(?=,?\s(?:{_UNNAMED}|\()|,?\s/|{_END}))?"
    rf"(?:,?\s?{_DATE}[.,]?)?(?:,?\s?{_AGENCY})?(?P<end>{_END})",
    re.IGNORECASE,
)
_SMALL = frozenset(
    re.findall(
        r"\S+",
        "of the de del la le al el and und upon sur an ash",
    )
)
_NO_PLACE = frozenset(
    re.findall(
        r"\S+",
        "question answer q a moderator reporter host update updated watch read video photo photos breaking"
        " exclusive analysis factbox timeline explainer opinion editorial live correction corrected"
        " clarification note summary background related more see by on in at since until from after before"
        " i",
    )
)
_CALENDAR = re.compile(_MONTH + r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day", re.IGNORECASE)
_AGENCIES = frozenset(
    re.findall(
        r"\S+",
        "aa aap afp afp-jiji agence france-presse ana anadolu agency ani ansa ap apa associated press"
        " bloomberg bernama cna dpa dw efe ians ina interfax interfax-ukraine ips irin irna isna itar-tass"
        " jana kuna kyodo mena middle east nan news novosti pa pana petra pti reuters foundation thomson"
        " ria sana saba spa suna sputnik tanjug tap tass the new humanitarian ukrinform unb un united"
        " international upi voa wafa wam xinhua yonhap",
    )
)
_BYLINE = re.compile(r"by [^.!?]{2,100}$", re.IGNORECASE)
_DATED = re.compile(  # '9 July 2014 – The Security Council today …', as U.N. releases begin
    r"(?P<dom>\d{1,2}) (?P<month>January|February|March|April|May|June|July|August|September|October|November|December) "
    r"(?P<year>\d{4})(?P<month2>)(?P<dom2>)\s?[–—-]{1,2}\s"
)
_SPOKEN = re.compile(r"[A-Z][A-Z .'’-]{0,40}: ")


def dateline_of(body: str, published: date | None, offset: int = 0) -> Dateline | None:
    """Return the dateline of a body (paragraphs parted by blank lines), or None.

    ``published`` gives the year where the dateline has none; ``offset`` is where the body starts.

    >>> line = dateline_of("OSGILIATH, Jan 14 (AFP) - Gondor signed.", date(2020, 1, 15))
    >>> line.place, line.day.isoformat(), line.agency
    ('OSGILIATH', '2020-01-14', 'AFP')
    """
    start = _first_paragraph(body)
    head = body[start : body.find("\n\n", start) if "\n\n" in body[start:] else len(body)]
    dated = _DATED.match(head)
    if dated is not None:
        span = Span(start=offset + start, end=offset + start + dated.end())
        return Dateline(place=None, day=_day(dated, published), agency=None, span=span)
    match = _DATELINE.match(head[:200])
    if not match or not _is_dateline(match, head, body):
        return None
    place = (match["place"] or "").strip(" ,") or None
    return Dateline(
        place=place,
        day=_day(match, published),
        agency=_agency(match),
        span=Span(start=offset + start, end=offset + start + match.end()),
    )


def stated_day(body: str) -> date | None:
    """Return the day of the dateline if it is written with its year."""
    dateline = dateline_of(body, None)
    return dateline.day if dateline else None


def is_byline(line: str) -> bool:
    """Return whether a line only names the writer.

    >>> is_byline("By Beregond of Minas Tirith")
    True
    """
    return bool(_BYLINE.fullmatch(line))


def _first_paragraph(body: str) -> int:
    """Return the offset of the first paragraph that is no byline."""
    start = 0
    for paragraph in body.split("\n\n", 3)[:2]:
        if not is_byline(paragraph):
            break
        start += len(paragraph) + 2
    return start if start < len(body) else 0


def _agency(match: re.Match[str]) -> str | None:
    name = match["agency"] or match["slash"]
    return name.strip() if name else None


def _is_dateline(match: re.Match[str], head: str, body: str) -> bool:
    """Return whether what looks like a dateline has a day, an agency, or a place in capitals."""
    rest = head[match.end() :].lstrip()
    agency, dated = _agency(match), match["month"] or match["month2"]
    place = (match["place"] or "").strip(" ,")
    if not rest or (not place and not agency):
        return False
    if place and (not _is_place(place) or _is_known(place)):
        return False
    capitals = place.split(",")[0].isupper() and not body.isupper()
    if agency:
        return bool(dated) or capitals or _is_known(agency)
    if dated:
        return bool(place)
    if not capitals or len(place) < 3 or rest[0].islower():
        return False
    return match["end"] != ":" or not any(_SPOKEN.match(part) for part in body.split("\n\n")[1:])


def _is_known(agency: str) -> bool:
    return all(word in _AGENCIES for word in agency.lower().split())


def _is_place(text: str) -> bool:
    """Return whether all words are written as names are, and the first is none that only looks like one."""
    words = re.split(r"[\s,/]+", text)
    if len(words) > 8 or words[0].lower().strip(".") in _NO_PLACE or _CALENDAR.fullmatch(words[0]):
        return False
    return words[0][0].isupper() and all(not word[:1].islower() or word in _SMALL for word in words)


def _day(match: re.Match[str], published: date | None) -> date | None:
    """Return the day; without a year the nearest not later than the day after publication (clocks differ)."""
    name = match["month"] or match["month2"]
    if not name:
        return None
    month = _MONTHS.index(name[:3].lower()) + 1
    number = int(re.sub(r"\D", "", match["dom"] or match["dom2"]))
    if match["year"]:
        return _date(int(match["year"]), month, number)
    if published is None or published.year < 10 or published.year > 9990:
        return None
    latest = published + timedelta(days=1)
    days = (_date(year, month, number) for year in range(latest.year, latest.year - 9, -1))
    return next((day for day in days if day and day <= latest), None)


def _date(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number)
    except ValueError:
        return None
