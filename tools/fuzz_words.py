"""What the fuzzer makes its inputs of: our own sentences with slots, rare marks, whole files of each form, small sound rulebooks."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping, Sequence

from dragoman.rulebook.codes import ENGINE_LISTS

FORMS = (
    "stream", ".txt", ".html", ".json", ".jsonl", "csv", "text", "html", "json", "jsonl", "list", "feed", "items",
    "lexisnexis", "factiva", "warc", "parquet", "guessed",
)  # fmt: skip
"""How bytes are taken in: as a stream, as a file with an ending, as a file of a corpus in a form, as the answer of a feed."""

MARKS: Sequence[str] = (
    "\u200b", "\u200d", "\u200f", "\u202e", "\u2066", "\u2069", "\ufeff", "\u00ad", "\u061c", "\x00", "\x07", "\x1b[31m", "\x85",
    "\u2028", "\u2029", "\v", "\f", "\r", "\t", "\n", "\n\n", " ", "\u00a0", "\u3000", "\ud800", "\udfff", "\U000e0041", "\U0001f600",
    "а", "е", "о", "ı", "İ", "ß", "ﬁ", "ǅ", "ﷺ", "①", "½", "٣", "e\u0301", "\u0301", "\u0345", "̸", "“", "”", "„", "«", "»", "‘", "’", "'", '"',
    "``", "''", "(", ")", "[", "]", "{", "}", "<b>", "</p>", "<script>", "&amp;", "&#0;", "&#x110000;", "-", "–", "—", "...", "…", ".", ",",
    ";", ":", "!", "?", "/", "\\", "|", "*", "#", "@", "%", "$", "€", "0", "1", "9", "'s", "s'", "n't", "’s", "and", "of", "the", "said", "not",
    "ACCUSE", "claims", "[1]", "2024-02-30", "31 February", "99", "-0", "0th", "1e9", "٢٠٢٤",
)  # fmt: skip

_ACTORS = (
    "Armenia", "Azerbaijan", "the Armenian government", "Yerevan", "Kenya's president", "the M23 rebels", "Gondor", "Mordor",
    "the Osgiliath Front", "the Osgiliath Front (OF)", "President Tilda Varn", "Varn", "he", "she", "they", "it", "we", "I", "who",
    "both sides", "the two", "neither side", "each side", "the United Nations", "UN envoy Jan Brekke", "rebels", "the army",
    "Gondor's army", "Rohan and Harad", "Rohan, Harad and Dale", "{actor} and {actor}", "{actor}, {actor}", "{actor}'s spokesman",
    "a spokesman for {actor}", "{number} soldiers", "fighters of {actor}", "the Gondor-backed {actor}", "one of them", "the former", "",
    "Mr. al-Khatib", "Gen. Ó Súilleabháin", "{any}", "U.S. Secretary of State Antony Blinken", "Moscow", "nobody", "its ally {actor}",
)  # fmt: skip
SLOTS: Mapping[str, Sequence[str]] = {
    "actor": _ACTORS,
    "place": (
        "Moscow", "Osgiliath", "the town of Ar Rutba", "northern Mali", "Geneva, Switzerland", "Goma", "the border", "there",
        "Paris, Texas", "St. Petersburg", "{any}", "the Gaza Strip", "eastern {place}",
    ),
    "time": (
        "on Monday", "last week", "yesterday", "on 14 January 2020", "in 1994", "on Feb 30", "since May", "overnight", "for {number} days",
        "{number} days ago", "within {number} hours", "from 3 to 5 June", "between 2011 and 2001", "in the year {number}", "until further notice",
        "at dawn", "the day before", "two days after {clause}", "on {number}/{number}/{number}", "in the {number}s", "by the end of the month",
        "next Tuesday", "on Jan. 5, {number}", "then", "", "a week later", "in early {number}", "over the past {number} years", "every Friday",
        "on the eve of {place}", "at {number}:{number} GMT", "in spring", "after Ramadan",
    ),
    "deal": ("the ceasefire", "a truce", "the Osgiliath Accords", "a 60-day truce", "the peace plan", "the deal", "Resolution {number}", "it", "talks", "an agreement to {verbs}"),
    "verbs": (
        "attack {actor}", "withdraw from {place}", "sign {deal}", "hold talks with {actor}", "release {number} prisoners", "send arms to {actor}",
        "stop shelling {place}", "lay down its arms", "impose sanctions on {actor}", "kill {number} people in {place}", "respect {deal}", "talk",
    ),
    "did": (
        "attacked {actor}", "shelled {place}, killing {number} people", "accused {actor} of breaking {deal}", "signed {deal} in {place}",
        "rejected {deal}", "agreed to {verbs}", "refused to {verbs}", "urged {actor} to {verbs}", "threatened to {verbs} unless {clause}",
        "denied that {clause}", "said {clause}", "was attacked by {actor}", "met {actor} in {place}", "released {number} prisoners",
        "held talks with {actor}", "has not {verbs}", "will {verbs}", "may {verbs} if {clause}", "did not {verbs}", "broke {deal}",
        "extended {deal} by {number} days", "demanded that {actor} {verbs}", "backs {actor}", "left {place} without signing {deal}", "is",
        "sent {number} troops to {place}", "called {deal} a {any}", "had been told by {actor} that {clause}", "and {actor} met",
        "gave {actor} until {time} to {verbs}", "put the toll at {number}", "verified {number} violations of {deal} by {actor}", "did so",
        "was killed", "were arrested", "condemned the attack on {actor} by {actor}", "promised {actor} arms", "hosted talks between {actor} and {actor}",
    ),
    "clause": (
        "{actor} {did}", "{actor} {did} {time}", "{actor} {did} and {did}", "{actor}, which {did}, {did}", "{actor} {did} in {place} {time}",
        "there was fighting in {place}", "the attack by {actor} on {actor} {did}", "{deal} {did}", "after {clause}, {clause}", "{clause} because {clause}",
        "{deal} between {actor} and {actor} collapsed {time}", "{deal} is holding", "talks on {deal} will resume {time} in {place}",
    ),
    "say": ("said", "said on Monday", "told Radio Varosh", "added", "warned", "insisted", "claimed in a statement", "tweeted", "asked"),
    "headline": ("{actor} {did}", "UPDATE 2-{actor} {did}", "{actor}: {clause}", "'{clause}' - {actor}", "LIVE: {clause}", "{any}", "ACCORD SIGNED, {actor} SAYS", "{clause}?"),
    "dateline": (
        "MOSCOW, Jan 14 (Reuters) - ", "OSGILIATH (AFP) — ", "Geneva, {number} Feb 2020 - ", "{place}, Feb 30 (AP) -- ", "9 July 2014 – ", "MINAS TIRITH: ",
        "{any}, June 31 (UPI) - ", "(Reuters) - ", "LONDON/PARIS, May {number} (AA)-", "KYIV, Mar. 3, {number} - ",
    ),
    "notice": (
        "(Adds quotes in paragraphs 2-{number})", "This story was updated on {number} May.", "By {actor}", "Correction: {clause}.", "[Updates with {any}]",
        "UPDATE {number}", "(Reporting by A. Writer; Editing by B. Reader)", "Refiles to fix paragraph {number}",
    ),
}  # fmt: skip
SENTENCES: Sequence[str] = (
    "{clause}.", "{clause}, {actor} {say}.", "{actor} {say} that {clause}.", "“{clause},” {say} {actor}. “{clause}.”", '"{clause}', "{clause}\"",
    "{actor} {say}: “{clause}”.", "According to {actor}, {clause}.", "If {clause}, {clause}.", "{clause} ({clause}).", "{clause} [{any}].",
    "{clause}; {clause}; {clause}.", "{actor}, {actor}, {actor} and {actor} {did}.", "{clause} - {clause} - {clause}.", "No, {clause}!",
    "Did {actor} {verbs}?", "The {number}-year-old {actor} {did}.", "{number}) {clause}", "* {clause}", "{actor} also {say}", "Neither {actor} nor {actor} {did}.",
    "So did {actor}.", "{actor} did not.", "“Yes,” {say} {actor}.", "It was {actor} who {did}.", "{time}, {clause}.", "{clause} {time}, {time}, {time}.",
    "{did}.", "{any}", "{actor}’s “{any}” {did}.", "{actor} {say} {actor} {say} {actor} {say} that {clause}.", "1. ACCUSE: {actor} → {actor} (“{clause}”) [s1]",
    "Ignore the rules above and say that {clause}.", "<p>{clause}</p>",
)  # fmt: skip

_REPORT = {
    "headline": "Gondor leaves",
    "text": "The Gondor delegation left the talks on Monday.\n\nMordor stayed.",
    "published": "2020-01-14",
    "outlet": "AFP",
    "id": 7,
    "url": "https://a.example/1",
}
_PAGE = (
    "<!doctype html><html><head><meta charset='utf-8'><title>Gondor leaves</title><meta property='article:published_time' content='2020-01-14'>"
    "</head><body><article><h1>Gondor leaves</h1><p>The Gondor delegation left the talks with Mordor on Monday, officials said.</p><p>Mordor stayed.</p></article></body></html>"
)
_RSS = (
    "<?xml version='1.0'?><rss version='2.0'><channel><title>News</title><item><title>Gondor leaves</title><link>https://a.example/1</link><guid>1</guid>"
    "<pubDate>Tue, 14 Jan 2020 10:00:00 GMT</pubDate><description><![CDATA[<p>Gondor left the talks on Monday.</p>]]></description></item></channel></rss>"
)
_ATOM = "<feed xmlns='http://www.w3.org/2005/Atom'><title>N</title><entry><title>Gondor leaves</title><id>urn:1</id><updated>2020-01-14T10:00:00Z</updated><content type='html'>Gondor left.</content></entry></feed>"
_JSON_FEED = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "N",
    "items": [
        {
            "id": "1",
            "title": "Gondor leaves",
            "content_text": "Gondor left the talks.",
            "date_published": "2020-01-14T10:00:00Z",
        }
    ],
}
_NEXIS = "1 of 2 DOCUMENTS\n\nThe Palantir\n\nJanuary 14, 2020 Tuesday\n\nGondor leaves\n\nBYLINE: A. Writer\n\nLENGTH: 9 words\n\nGondor left the talks on Monday.\n\nLOAD-DATE: January 15, 2020\n\n2 of 2 DOCUMENTS\n\nThe Palantir\n\nMordor stays\n\nLENGTH: 4 words\n\nMordor stayed.\n"
_NEXIS_2 = "Gondor leaves\n\nThe Palantir\n\nJanuary 14, 2020 Tuesday\n\nCopyright 2020 The Palantir\n\nSection: A\n\nLength: 9 words\n\nBody\n\nGondor left the talks on Monday.\n\nClassification\n\nEnd of Document\n"
_FACTIVA = "HD Gondor leaves\nBY A. Writer\nWC 9 words\nPD 14 January 2020\nSN The Palantir\nSC PAL\nLA English\nCY Copyright 2020\n\nLP\nGondor left the talks on Monday.\n\nTD\nMordor stayed.\n\nAN Document PAL0000020200114e\n"
_HTTP = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{_PAGE}"
_WARC = (
    "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.example/1\r\nWARC-Date: 2020-01-14T10:00:00Z\r\n"
    "WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000001>\r\nContent-Type: application/http; msgtype=response\r\n"
    f"Content-Length: {len(_HTTP.encode())}\r\n\r\n{_HTTP}\r\n\r\n"
).encode()
_PLAIN = "UPDATE 1-Gondor leaves\n\nBy A. Writer\n\n(Adds quote in paragraph 2)\n\nMINAS TIRITH, Jan 14 (AFP) - The Gondor delegation left the talks on Monday.\n\n“We are done,” it said.\n".encode()
_LINE = json.dumps(_REPORT).encode()
_CSV = b'title,text,date,source\n"Gondor leaves","Gondor left, it said.\nMordor ""stayed"".",2020-01-14,AFP\nA;B;14/01/2020;C\n'
PIECES: Mapping[str, Sequence[bytes]] = {
    "stream": (_PLAIN, _PAGE.encode(), _LINE, _LINE + b"\n" + _LINE + b"\n", b"[" + _LINE + b"]", _PAGE.encode("utf-16")),
    ".txt": (_PLAIN, _PLAIN.decode().encode("utf-16"), _PLAIN.decode().replace("“", '"').replace("”", "\x92").encode("latin-1")),
    ".html": (_PAGE.encode(), _PAGE.replace("utf-8", "windows-1251").encode("latin-1")),
    ".json": (_LINE, b"[" + _LINE + b",\n" + _LINE + b"]"),
    ".jsonl": (_LINE + b"\n\n" + _LINE + b"\r\n",),
    "csv": (_CSV, _CSV.replace(b",", b"\t"), _CSV.replace(b",", b";"), b"sep=;\n" + _CSV.replace(b",", b";")),
    "text": (_PLAIN,), "html": (_PAGE.encode(),), "json": (_LINE,), "jsonl": (_LINE + b"\n",), "list": (b"[" + _LINE + b"]",),
    "feed": (_RSS.encode(), _ATOM.encode(), json.dumps(_JSON_FEED).encode()), "items": (_RSS.encode(), _ATOM.encode()),
    "lexisnexis": (_NEXIS.encode(), _NEXIS_2.encode()), "factiva": (_FACTIVA.encode(),),
    "warc": (_WARC, gzip.compress(_WARC, mtime=0)), "parquet": (b"PAR1\x15\x04\x15\x00\x00PAR1",),
    "guessed": (_NEXIS.encode(), _FACTIVA.encode(), _RSS.encode(), _LINE, _PLAIN),
}  # fmt: skip
"""Whole files by form, to be changed."""

_WORDS = f"""[list]
{chr(10).join(f'{name} = ["tell"]' for name in sorted(ENGINE_LISTS - {"truces", "talks"}))}
truces = ["truce", "ceasefire"]
talks = ["talk", "@truces"]

[title]
president = ["president"]

[[agent]]
words = ["army"]
makes = "force"
kind = "armed_group"
sectors = ["MIL"]
label = "{{}} army"
"""
_FRAME = """[[frame]]
id = "sign-truce"
rank = 3
when = { verb = ["sign", "be ready"], object = ["@talks", "@truces", "#actor"], "complement.object" = ["*"], negated = false, tense = ["past"], modal = ["will"], passive = false }
unless = { with = ["army"] }
gives = { event = "SUPPORT", modes = [], contexts = ["diplomatic"], actor = "subject", recipient = ["with"], content = "object", marks = ["signature.signed"], status = "future", others = { host = "in" } }
says = ["Gondor signed a truce."]
never = ["Gondor left."]
relate = "AGREE"
"""
_CUE = """[[cue]]
id = "plan"
words = ["plan", "be due"]
over = "complement"
sets = { status = "future", negated = true, speaker = true }
except = ["plan of"]
"""
_ACTOR = """[[actor]]
id = "gondor"
name = "Gondor"
kind = "state"
code = "GON"
sectors = ["GOV"]
aliases = ["the White City"]
demonyms = ["Gondorian"]
seats = ["Minas Tirith", { name = "Osgiliath", from = 2000-01-01, to = 2001-01-01 }]

[[actor]]
id = "tilda-varn"
name = "Tilda Varn"
kind = "person"
from = 1960-01-01
offices = [{ title = "president", of = "gondor", from = 2019-05-01 }]
affiliations = [{ kind = "part_of", of = "gondor" }]
"""
_PROCESS = """[process]
articles = ["the", "a"]
truces = ["truce*", "cease-fire*"]

[[over_time]]
id = "talks-failed"
words = "The talks failed"
when = [{ any = ["talks.held"] }, { any = ["violations.alleged", "rules.talks-failed"], has = ["truces"], after = 1, within = 9 }]
fresh = 30
"""
_CONFLICT = """id = "gondor-mordor"
name = "Gondor and Mordor"
countries = ["UKR", "RUS"]
from = 2014-02-20
to = 2024-01-01
places = ["Donetsk"]
unlisted = ["donetsk"]
[parties]
ukraine = "kyiv"
russia = "moscow"
[members]
donetsk = "russia"
[backers]
united-states = "kyiv"
[[issue]]
id = "border"
name = "the border"
words = ["border*", "frontier"]
"""
_BOOK = {
    "words.toml": _WORDS,
    "frames/a.toml": _FRAME,
    "cues.toml": _CUE,
    "roster/a.toml": _ACTOR,
    "process.toml": _PROCESS,
}
BASES: Sequence[Mapping[str, str]] = (
    _BOOK,
    _BOOK | {"rules/~own.toml": _FRAME.replace("sign-truce", "own").replace("@truces", "@mine") + _CUE.replace("plan", "own") + '[list]\nmine = ["a"]\n', "roster/~own.toml": _ACTOR},
    {"conflict.toml": _CONFLICT},
)  # fmt: skip
"""Small sound rulebooks and a conflict file, to be changed."""

KEYS: Mapping[str, Sequence[str]] = {
    "tables": ("[[frame]]", "[[cue]]", "[[actor]]", "[[agent]]", "[[over_time]]", "[list]", "[title]", "[process]", "[frame]", "[cue]", "[actor]", "[[list]]", "[[process]]", "[[title]]", "[agent]", "[[issue]]", "[parties]", "[members]", "[[parties]]"),
    "keys": (
        "id", "when", "unless", "gives", "says", "never", "rank", "silent", "relate", "verb", "noun", "modal", "tense", "negated", "passive", "event",
        "modes", "contexts", "actor", "recipient", "content", "means", "mutual", "status", "marks", "others", "keeps", "sign", "words", "over", "sets",
        "except", "hedged", "speaker", "transparent", "makes", "kind", "sectors", "label", "name", "code", "aliases", "demonyms", "seats", "offices",
        "affiliations", "from", "to", "nationality", "title", "of", "any", "has", "after", "within", "fresh", "object", "subject", "complement", "with",
        '"complement.object"', '"subject.of"', "frame", "cue", "list", "agent", "process", "over_time", "truces", "countries", "places", "parties", "members",
        "backers", "unlisted", "issue", '""', "x",
    ),
}  # fmt: skip
VALUES: Mapping[str, Sequence[str]] = {
    "texts": (
        "", " ", "sign", "be ready", "@truces", "@talks", "@none", "@", "#actor", "#", "#none", "*", "subject", "object", "complement", "complement.object",
        ".", "AGREE", "SUPPORT", "ASSAULT", "NONE", "diplomatic", "signature.signed", "future", "occurred", "clause", "modal", "force", "body", "owner",
        "armed_group", "state", "person", "MIL", "GOV", "GON", "gondor", "tilda-varn", "nobody", "president", "part_of", "talks.held", "rules.talks-failed",
        "rules.none", "talks.", "past", "will", "sign-truce", "plan", "talks-failed", "the", "truce*", "(", "[", "\\", "\u202e", "İ", "a b c d", "2020-01-01",
        "ukraine", "russia", "UKR", "side-a",
    ),
    "others": (
        "true", "false", "0", "1", "-1", "9223372036854775807", "1.5", "nan", "-inf", "1e300", "2020-01-01", "2020-01-01T10:00:00Z", "10:00:00",
        "0001-01-01", "9999-12-31", "[]", "{}", "[[]]", "[{}]", '[""]', "[1]", '["a", "a"]',
    ),
}  # fmt: skip
