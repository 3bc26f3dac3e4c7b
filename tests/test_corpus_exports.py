"""Exports of LexisNexis and Factiva, and saved feeds: the layouts in which they come, in words of our own."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from corpus_made import mixed, planned, read_all, reports, story, whole
from feedgen.feed import FeedGenerator

from dragoman.errors import IntakeError

CLASSIC = """



                               1 of 3 DOCUMENTS


                                  The Palantir

                            January 14, 2020 Tuesday
                              Late Edition - Final

Gondor Leaves the Osgiliath Talks

BYLINE: By ELANOR GARDNER and
   HAMFAST COTTON

SECTION: Section A; Column 0; Foreign Desk; Pg. 4

LENGTH: 412 words

DATELINE: OSGILIATH

HIGHLIGHT: An envoy says that he will not return.

 The Gondor delegation left the talks with Mordor on Monday without
signing the deal, on February 3, 2019 still a hope.

 In Dale, Mordor's envoy said that his side would not
return to the talks.

URL: http://palantir.example

SUBJECT: TALKS (90%); TRUCES (80%)

GRAPHIC: PHOTO: An empty table.

LOAD-DATE: January 20, 2020

LANGUAGE: ENGLISH

PUBLICATION-TYPE: Newspaper

                     Copyright 2020 The Palantir Company
                              All Rights Reserved

                               2 of 3 DOCUMENTS

                     Copyright 2003 Dale News Agency

                                Dale News Agency

                              15 March 2003, Saturday

HEADLINE: Truce signed in Dale

LENGTH: 40 words

BODY:
Gondor and Mordor signed a truce in Dale on Friday.

LOAD-DATE: March 16, 2003

                               3 of 3 DOCUMENTS

                                Dale News Agency

                              March 2003

A document without lines at its head says nothing of itself.
"""

UNI = """User Name: Elanor Gardner
Date and Time: Wednesday, January 15, 2020 9:00 AM
Job Number: 123
Documents (2)
1. Gondor Leaves the Osgiliath Talks
LexisNexis | About LexisNexis | Privacy Policy | Terms & Conditions | Copyright © 2020 LexisNexis


Gondor Leaves the Osgiliath Talks
The Palantir
January 14, 2020 Tuesday
Late Edition - Final

Copyright 2020 The Palantir Company

Section: Section A; Column 0; Foreign Desk; Pg. 4
Length: 412 words
Byline: By Elanor Gardner
Highlight: An envoy says that he will not return.

Body


The Gondor delegation left the talks with Mordor on Monday without signing the deal.

Mordor's envoy said that his side would not return to the talks.

Graphic

An empty table.

Classification

Language: ENGLISH

Load-Date: January 20, 2020

End of Document

Truce signed in Dale
Dale News Agency
15 March 2003

Length: 40 words

Body

Gondor and Mordor signed a truce in Dale on Friday.

Load-Date: March 16, 2003

End of Document
"""

CODED = """SE Foreign
HD Gondor leaves the Osgiliath talks
BY By Elanor Gardner
WC 412 words
PD 14 January 2020
ET 10:15
SN The Palantir
SC PALA
LA English
CY Copyright 2020 The Palantir Company

LP
OSGILIATH, Jan 14 (Palantir) - The Gondor delegation left the talks with Mordor on Monday without signing the deal.

TD
Mordor's envoy said that his side would not return to the talks.

IN DALE, the truce held on Sunday.

CO
dale : Dale News Agency

NS
gtalks : Talks | gcat : Political News

PUB Palantir Company

AN
Document PALA000020200114eg1e0008x


HD
Truce signed in Dale
WC
40 words
PD
15 March 2003
SN
Dale News Agency
LP
Gondor and Mordor signed a truce in Dale on Friday.
AN
Document DALE000020030315dz3f00001

Search Summary
Text talks
Date All Dates
"""

SHOWN = """Foreign
Gondor leaves the Osgiliath talks
By Elanor Gardner
412 words
14 January 2020
10:15 GMT
The Palantir
PALA
English
Copyright 2020 The Palantir Company

The Gondor delegation left the talks with Mordor on Monday without signing the deal.

Mordor's envoy said that his side would not return to the talks.

Document PALA000020200114eg1e0008x

Page 2 of 3 © 2020 Factiva, Inc. All rights reserved.
Truce signed in Dale
1,040 words
15 March 2003
Dale News Agency
DALE
English
(c) 2003 Dale News Agency.
Gondor and Mordor signed a truce in Dale on Friday.

Document DALE000020030315dz3f00001
"""

FIRST = (
    "Gondor leaves the Osgiliath talks",
    "The Palantir",
    date(2020, 1, 14),
)
SECOND = ("Truce signed in Dale", "Dale News Agency", date(2003, 3, 15))


def export(tmp_path: Path, text: str) -> Path:
    """Return a file with the text of an export."""
    path = tmp_path / "export.txt"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("text", "form"),
    [(CLASSIC, "lexisnexis"), (UNI, "lexisnexis"), (CODED, "factiva"), (SHOWN, "factiva")],
    ids=["classic", "uni", "coded", "shown"],
)
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_an_export_gives_its_documents_with_what_their_heads_say(
    tmp_path: Path, text: str, form: str, ends: str
) -> None:
    path = export(tmp_path, "")
    path.write_bytes(text.replace("\n", ends).encode())
    plan = planned(path)
    assert {part.form for shard in plan.shards for part in shard.parts} == {form}
    one, two, *rest = read_all(plan)
    for found, known in zip((one, two), (FIRST, SECOND), strict=True):
        assert not isinstance(found, IntakeError)
        assert (found.headline or "").lower() == known[0].lower()
        assert (found.outlet, found.published) == known[1:]
    assert not isinstance(one, IntakeError)
    assert "left the talks with Mordor on Monday without signing the deal" in one.text
    assert "would not return to the talks." in one.text
    beside = (
        "412",
        "Elanor",
        "ELANOR",
        "table",
        "LOAD",
        "ENGLISH",
        "gcat",
        "Copyright",
        "Section",
        "Late Edition",
        "envoy says",
    )
    assert not [word for word in beside if word in one.text]
    assert not isinstance(two, IntakeError)
    assert two.text[two.body_start :] == "Gondor and Mordor signed a truce in Dale on Friday."
    assert [each.found for each in rest if isinstance(each, IntakeError)] == (
        ["the document has no lines such as 'LENGTH: 400 words' at its head"] if text is CLASSIC else []
    )
    assert mixed(read_all(planned(path, size=1))) == mixed([one, two, *rest])


def test_a_sentence_that_begins_like_a_code_stays(tmp_path: Path) -> None:
    one, *_ = reports(export(tmp_path, CODED))
    assert one.text.endswith("IN DALE, the truce held on Sunday.")
    assert one.dateline is not None
    assert one.id == "PALA000020200114eg1e0008x"


def test_an_export_that_is_cut_off_says_so(tmp_path: Path) -> None:
    path = export(tmp_path, SHOWN[: SHOWN.index("(c) 2003")] + "Gondor and Mordor\n")
    _, mistake = whole(path, "factiva")
    assert isinstance(mistake, IntakeError)
    assert (mistake.where, mistake.found) == (
        f"{path}:2",
        "the file ends before the document does",
    )


ITEMS = [story(number) for number in range(4)]


def as_feed(form: str) -> bytes:
    """Return the stories as a feed, in the order in which they are given."""
    made = FeedGenerator()
    made.id("https://palantir.example/feed")
    made.title("The Palantir")
    made.link(href="https://palantir.example")
    made.description("News")
    for record in ITEMS:
        entry = made.add_entry(order="append")
        entry.id(record["url"])
        entry.title(record["headline"])
        entry.link(href=record["url"])
        entry.content("".join(f"<p>{part}</p>" for part in record["text"].split("\n\n")), type="html")
        entry.published(f"{record['published']}T10:00:00Z")
        entry.updated("2021-01-01T10:00:00Z")
    return bytes(made.atom_str() if form == "atom" else made.rss_str())


def as_json_feed() -> bytes:
    """Return the stories as a JSON Feed."""
    items = [
        {
            "id": each["url"],
            "url": each["url"],
            "title": each["headline"],
            "content_text": each["text"],
            "date_published": each["published"],
        }
        for each in ITEMS
    ]
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "The Palantir", "items": items}).encode()


@pytest.mark.parametrize("name", ["a.rss", "a.atom", "a.xml", "a.json"])
def test_a_saved_feed_gives_its_items(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(as_json_feed() if name == "a.json" else as_feed("rss" if name == "a.rss" else "atom"))
    found = reports(path)
    assert [(one.headline, one.text[one.body_start :], one.url, str(one.published), one.outlet) for one in found] == [
        (each["headline"], each["text"], each["url"], each["published"], "The Palantir") for each in ITEMS
    ]
    assert reports(path, size=3) == found


def test_what_is_no_feed_is_listed(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text("<note>Gondor</note>")
    plan = planned(tmp_path)
    assert [fault.found for fault in plan.faults] == ["this is no RSS or Atom feed"]
