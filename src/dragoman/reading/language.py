"""Whether a text is English."""

from __future__ import annotations

import re
import tempfile

from dragoman.errors import IntakeError, LanguageError

_LEAST_LETTERS = 40
_JUDGED_CHARS = 20_000
_OPENING_CHARS = 600
# log-likelihood a byte: English sentences full of foreign names stay under 0.13, other languages are over 1
_CLEAR_MARGIN = 0.3
_WORD = re.compile(r"[^\W\d_]+")
# only words that are English alone: 'in', 'is' and 'was' are Dutch too, 'a' and 'as' Portuguese
_ENGLISH = frozenset(
    re.findall(
        r"\S+",
        "after against and are because been between but by could for from has have its it not said she"
        " that the their there they this to were which while who with would",
    )
)
_NAMES: dict[str, str] = dict(
    re.findall(
        r"(\w+)=(\w+)",
        "af=Afrikaans am=Amharic ar=Arabic az=Azerbaijani be=Belarusian bg=Bulgarian bn=Bengali bs=Bosnian"
        " ca=Catalan cs=Czech cy=Welsh da=Danish de=German el=Greek es=Spanish et=Estonian eu=Basque"
        " fa=Persian fi=Finnish fr=French ga=Irish gl=Galician gu=Gujarati he=Hebrew hi=Hindi hr=Croatian"
        " hu=Hungarian hy=Armenian id=Indonesian is=Icelandic it=Italian ja=Japanese ka=Georgian kk=Kazakh"
        " km=Khmer ko=Korean ku=Kurdish ky=Kyrgyz la=Latin lo=Lao lt=Lithuanian lv=Latvian mk=Macedonian"
        " ml=Malayalam mn=Mongolian mr=Marathi ms=Malay mt=Maltese my=Burmese ne=Nepali nl=Dutch"
        " no=Norwegian nb=Norwegian nn=Norwegian pa=Punjabi pl=Polish ps=Pashto pt=Portuguese ro=Romanian"
        " ru=Russian rw=Kinyarwanda si=Sinhala sk=Slovak sl=Slovenian so=Somali sq=Albanian sr=Serbian"
        " sv=Swedish sw=Swahili ta=Tamil te=Telugu th=Thai tl=Tagalog tr=Turkish ug=Uyghur uk=Ukrainian"
        " ur=Urdu uz=Uzbek vi=Vietnamese zh=Chinese",
    )
)


def require_english(text: str, where: str) -> str:
    """Return 'en' for English and for texts of fewer than 40 letters; raise LanguageError for others."""
    sample = text[:_JUDGED_CHARS]
    words = _WORD.findall(sample)
    if sum(map(len, words)) < _LEAST_LETTERS or _has_english_words(words):
        return "en"
    try:
        code = _identify(sample)
    except OSError as mistake:  # the identifier unpacks its model into a temporary file
        found = f"its language cannot be judged ({mistake.strerror or mistake})"
        remedy = f"make room in {tempfile.gettempdir()} and read it again"
        raise IntakeError(where=where, found=found, remedy=remedy) from mistake
    if code == "en":
        return "en"
    name = _NAMES.get(code, "another language")
    raise LanguageError(
        where=where,
        found=f"the text is in {name} ({code})",
        remedy="only English is read; give an English version",
        language=code,
    )


def _has_english_words(words: list[str]) -> bool:
    """Return whether an eighth of the words are English little words: names mislead the identifier."""
    return sum(word.lower() in _ENGLISH for word in words) * 8 >= len(words)


def _identify(text: str) -> str:
    """Return the code of the likeliest language; English where it is nearly as likely (a text of names)."""
    import py3langid  # reads its model when first used: only when a text needs it

    # the capitals of an old wire are not what the identifier was trained on
    text = text.lower() if text.isupper() else text
    scores = dict(py3langid.rank(text))
    best = max(scores, key=lambda code: scores[code])
    opening = text[:_OPENING_CHARS]
    near = dict(py3langid.rank(opening))
    margin = (near[best] - near["en"]) / len(opening.encode())
    return "en" if margin < _CLEAR_MARGIN else str(best)
