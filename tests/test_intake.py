"""Intake: every form and every bad input."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from dragoman.errors import IntakeError
from dragoman.model import Report
from dragoman.reading.intake import IntakeOptions, from_text, read_path, read_stream
from dragoman.reading.plain import normalise

HEADLINE = "Gondor leaves the Osgiliath talks"
FIRST = "The Gondor delegation left the talks with Mordor on Monday without signing the deal."
SECOND = "Mordor's envoy said that his side would not return to the talks before the spring."
BODY = f"{FIRST}\n\n{SECOND}"
TEXT = f"{HEADLINE}\n\n{BODY}"
PAGE = f"""<!DOCTYPE html><html><head><title>{HEADLINE} | The Palantir</title>
<meta property="og:title" content="{HEADLINE}"><meta property="og:site_name" content="The Palantir">
<meta property="article:published_time" content="2020-01-14T10:00:00Z">
<link rel="canonical" href="https://palantir.example/news/1"></head>
<body><nav><a href="/">Home</a> <a href="/war">War</a></nav><article><h1>{HEADLINE}</h1>
<p>(Adds envoy in paragraph 2)</p><p>OSGILIATH, Jan 14 (Reuters) - {FIRST}</p><p>{SECOND}</p></article>
<script>alert("no")</script></body></html>"""
FRENCH = "La délégation a quitté lundi les pourparlers sans signer l'accord, a dit hier le porte-parole."


def take(data: bytes | str, options: IntakeOptions | None = None) -> list[Report | IntakeError]:
    raw = data.encode() if isinstance(data, str) else data
    return list(read_stream(raw, "in", options or IntakeOptions()))


def report(data: bytes | str, options: IntakeOptions | None = None) -> Report:
    (one,) = take(data, options)
    assert isinstance(one, Report), one
    return one


def refusal(data: bytes | str, options: IntakeOptions | None = None) -> IntakeError:
    (one,) = take(data, options)
    assert isinstance(one, IntakeError), one
    return one


# plain text


def test_plain_text_has_headline_blank_line_body() -> None:
    one = report(TEXT)
    assert one.headline == HEADLINE
    assert one.text == TEXT
    assert one.text[one.body_start :] == BODY
    assert (one.published, one.outlet, one.url, one.revision, one.dateline) == (None,) * 5
    assert one.source == "in"


@pytest.mark.parametrize(
    "text",
    [
        BODY,
        FIRST,
        f"{'Gondor and Mordor and the others ' * 8}\n\n{FIRST}",
        f"{HEADLINE}\n{FIRST}\n\n{SECOND}",
    ],
)
def test_without_a_headline_there_is_only_a_body(text: str) -> None:
    one = report(text)
    assert one.headline is None
    assert one.body_start == 0


def test_a_headline_may_end_in_an_abbreviation_or_a_question() -> None:
    assert report(f"Talks open in the U.S.\n\n{BODY}").headline == "Talks open in the U.S."
    assert report(f"Will Gondor sign?\n\n{BODY}").headline == "Will Gondor sign?"


def test_a_byline_under_the_headline_is_body() -> None:
    one = report(f"{HEADLINE}\nBy Beregond Baranor\n\nOSGILIATH (AFP) - {FIRST}")
    assert one.headline == HEADLINE
    assert one.text[one.body_start :].startswith("By Beregond Baranor\n\nOSGILIATH")
    assert one.dateline is not None
    assert one.text[one.dateline.span.start : one.dateline.span.end] == "OSGILIATH (AFP) -"


def test_hard_wrapped_lines_are_joined() -> None:
    wrapped = f"{HEADLINE}\n\nThe Gondor delegation left\nthe talks on a cease-\nfire on Monday.\n\n{SECOND}"
    assert "left the talks on a cease-fire on Monday.\n\nMordor" in report(wrapped).text


def test_a_line_is_a_paragraph_where_no_blank_line_parts_them() -> None:
    assert report(f"{HEADLINE}\n\n{FIRST}\n{SECOND}").text == TEXT
    assert report(f"{HEADLINE}\n\n(Adds quote)\n\n{FIRST}\n{SECOND}").text == TEXT


def test_characters_are_made_plain_and_quotes_kept() -> None:
    raw = "Gondor\u00a0left\u2009 the\ttalks\u200b,\r\nhe\u00ad:\u202e “no — never”. "
    raw += "e\u0301  \r\n\r\n\r\nEnd\ufeff."
    assert normalise(raw) == "Gondor left the talks,\nhe: “no — never”. é\n\nEnd."
    assert normalise("Mordor\u0092s \u0093no\u0094") == "Mordor’s “no”"


def test_right_to_left_marks_and_control_characters_go() -> None:
    one = report(f"{HEADLINE}\n\n\u200f\u202bGondor\u202c and\x07 \u2066Mordor\u2069\x1b signed the deal on Monday.")
    assert one.text[one.body_start :] == "Gondor and Mordor signed the deal on Monday."


def test_all_capitals_are_kept() -> None:
    one = report(TEXT.upper())
    assert one.headline == HEADLINE.upper()
    assert one.text == TEXT.upper()


def test_a_report_with_no_day_is_read() -> None:
    one = report(f"{HEADLINE}\n\nOSGILIATH, Jan 14 (AFP) - {FIRST}")
    assert one.published is None
    assert one.dateline is not None
    assert one.dateline.day is None


def test_options_fill_what_is_missing_only() -> None:
    options = IntakeOptions(published=date(2020, 1, 15), outlet="Palantir")
    assert (report(TEXT, options).published, report(TEXT, options).outlet) == (date(2020, 1, 15), "Palantir")
    stated = report(json.dumps({"text": BODY, "published": "2019-05-05", "outlet": "Horn"}), options)
    assert (stated.published, stated.outlet) == (date(2019, 5, 5), "Horn")


def test_ids_come_from_content() -> None:
    assert report(TEXT).id == report(TEXT.replace("\n", "\r\n")).id == from_text(TEXT, name="else").id
    assert report(TEXT).id != report(TEXT, IntakeOptions(outlet="Horn")).id


def test_from_text_raises_what_read_yields() -> None:
    with pytest.raises(IntakeError, match="no words"):
        from_text(" \n ")
    assert from_text(BODY, headline=HEADLINE) == from_text(TEXT)


# encodings


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_encodings(codec: str) -> None:
    text = TEXT.replace("Mordor's", "Mordor’s café’s")
    assert report(text.encode(codec)).text == text


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (b"", "empty"),
        (b" \r\n\t ", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (HEADLINE.encode(), "headline and no body"),
        (f"{HEADLINE}\n\n  \n".encode(), "headline and no body"),
        (f"{HEADLINE}\n\n(Adds quote)\n".encode(), "headline and no body"),
        (b"1234 5678.\n\n9.", "no words"),
        (b"\x00\x01\x02\x03", "binary"),
        (bytes(range(1, 32)) * 9, "binary"),
        (b"%PDF-1.7\n" + TEXT.encode(), "PDF"),
        (b"PK\x03\x04" + TEXT.encode(), "ZIP"),
        (gzip.compress(TEXT.encode(), mtime=0), "gzip"),
        (TEXT.encode("utf-16-le"), "UTF-16 without"),
        (b"\xff\xfe" + b"\x00\xd8" * 3, "says that it is UTF-16-LE"),
        ("Стороны подписали мирное соглашение в Женеве.".encode("koi8-r"), "encoding is not"),
        (("“Gondor” – “Mordor” " * 5).encode() + b"\x93", "byte 150 is not UTF-8"),
        (FRENCH.encode(), "in French (fr)"),
        ("Стороны подписали в понедельник мирное соглашение в Женеве.".encode(), "in Russian (ru)"),
        (b"<!DOCTYPE html><html><body><nav><a href='/'>Home</a></nav></body></html>", "no article"),
        (b"<html></html>", "no article"),
    ],
)
def test_bad_bytes_are_refused_with_a_remedy(data: bytes, found: str) -> None:
    mistake = refusal(data)
    assert found in mistake.found
    assert mistake.where == "in"
    assert mistake.remedy


def test_twenty_megabytes_are_refused() -> None:
    mistake = refusal(f"{HEADLINE}\n\n{(FIRST + ' ') * 250_000}")
    assert "1,000,000 characters" in mistake.found
    assert "max_chars" in mistake.remedy
    assert isinstance(refusal(TEXT, IntakeOptions(max_chars=50)), IntakeError)
    assert isinstance(refusal(json.dumps({"text": TEXT}), IntakeOptions(max_chars=50)), IntakeError)


@pytest.mark.parametrize(
    "text",
    [
        "Denethor met Grishnakh.",
        "Rebel commander Grishnakh Ugluk met Gondor envoy Boromir, Faramir and Imrahil of Dol Amroth.",
        "DENETHOR MEETS GRISHNAKH IN OSGILIATH. FARAMIR QUITS TALKS, BOROMIR STAYS IN MINAS TIRITH.",
    ],
)
def test_names_do_not_make_english_foreign(text: str) -> None:
    assert report(text).language == "en"


# HTML


def test_a_page_gives_its_article(tmp_path: Path) -> None:
    path = tmp_path / "page.htm"
    path.write_text(PAGE)
    (one,) = read_path(path)
    assert isinstance(one, Report), one
    assert (one.headline, one.outlet, one.url) == (
        HEADLINE,
        "The Palantir",
        "https://palantir.example/news/1",
    )
    assert one.published == date(2020, 1, 14)
    assert one.text == f"{HEADLINE}\n\nOSGILIATH, Jan 14 (Reuters) - {BODY}"
    assert one.revision is not None
    assert (one.revision.notice, one.revision.paragraphs) == ("Adds envoy in paragraph 2", (2,))
    assert one.dateline is not None
    assert one.dateline.day == date(2020, 1, 14)
    assert report(PAGE).id == one.id


def test_a_short_article_keeps_its_paragraphs() -> None:
    article = f"<h1>{HEADLINE}</h1><p>{FIRST}</p><blockquote>{SECOND}</blockquote><p>It ended.</p>"
    page = f"<html><head><title>{HEADLINE}</title></head><body><article>{article}</article></body></html>"
    assert report(page).text == f"{TEXT}\n\nIt ended."


def test_a_page_in_a_stated_charset() -> None:
    page = PAGE.replace("<head>", '<head><meta charset="windows-1251">').replace("Mordor's", "Mordor’s Дол")
    assert "Mordor’s Дол" in report(page.encode("cp1251")).text


def test_nothing_of_a_page_reaches_standard_error(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("<html><body><nav>no</nav></body></html>")
    code = "import sys, pathlib, dragoman.reading.intake as i\n"
    code += "for each in i.read_path(pathlib.Path(sys.argv[1])): print(1)"
    call = [sys.executable, "-c", code, str(tmp_path / "a.html")]
    done = subprocess.run(call, capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("1\n", "")


def test_a_line_break_within_a_paragraph_is_a_space() -> None:
    page = PAGE.replace("left the talks", "left<br>the talks").replace("signing the deal.", "signing.<br>École says.")
    assert "delegation left the talks with Mordor on Monday without signing.\n\nÉcole says." in report(page).text


def test_a_broken_page_is_an_error_or_a_report() -> None:
    deep = "<html><body>" + "<div>" * 3000 + f"<p>{FIRST}</p>"
    assert len(take(deep)) == 1
    assert len(take("<html><body><article><p>\x01<" + "<p" * 500)) == 1


# JSON


@pytest.mark.parametrize(
    "record",
    [
        {
            "headline": HEADLINE,
            "text": BODY,
            "published": "2020-01-14",
            "outlet": "Horn",
            "url": "u",
            "id": "x",
        },
        {
            "title": HEADLINE,
            "body": BODY,
            "date": "2020-01-14T23:00:00Z",
            "source": "Horn",
            "url": "u",
            "id": "x",
        },
        {
            "headline": f" {HEADLINE}\n",
            "articleBody": TEXT,
            "datePublished": "2020-01-14 10:00:00",
            "publisher": {"name": "Horn"},
            "url": "u",
            "id": "x",
        },
    ],
)
def test_json_keys(record: dict[str, object]) -> None:
    one = report(json.dumps(record, indent=2))
    assert one.text == TEXT
    assert (one.id, one.headline, one.outlet, one.url) == ("x", HEADLINE, "Horn", "u")
    assert one.published == date(2020, 1, 14)


def test_json_without_the_rest_has_nulls() -> None:
    one = report(json.dumps({"text": FIRST, "outlet": None, "published": "", "id": 7}))
    assert (one.headline, one.outlet, one.published, one.url, one.id) == (None, None, None, None, "7")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('{"text": "Gondor signed.", "published": "14/01/2020"}', 'published "14/01/2020" is no ISO date'),
        ('{"text": "Gondor signed.", "date": 20200114}', "date 20200114 is no ISO date"),
        ('{"text": "Gondor signed.", "published": "2020-02-31T10:00"}', "no ISO date"),
        ('{"text": ["Gondor signed."]}', 'text ["Gondor signed."] is no text'),
        ('{"title": "Gondor signed"}', "headline and no body"),
        ('{"url": "u"}', 'no "text"'),
        ("{}", 'no "text"'),
        ('{"text": "Gondor', "no readable JSON"),
        ('[{"text": "Gondor signed."}, ]', "no readable JSON"),
        ("[]", "empty"),
        ('{"text": ' + "[" * 100_000, "no readable JSON"),
    ],
)
def test_bad_json(text: str, found: str) -> None:
    assert found in refusal(text).found


def test_a_list_goes_on_after_a_bad_record() -> None:
    text = json.dumps([{"text": FIRST}, 3, {"text": SECOND, "date": "x"}, {"text": FIRST}], indent=1)
    first, second, third, fourth = take(text)
    assert isinstance(first, Report)
    assert isinstance(second, IntakeError)
    assert isinstance(third, IntakeError)
    assert isinstance(fourth, Report)
    assert (first.source, second.where, third.where, fourth.source) == ("in:2", "in:5", "in:6", "in:10")
    assert first.id == fourth.id


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("name", ["a.jsonl", "a.NDJSON", "a.json", "a"])
def test_json_lines_go_on_after_a_bad_line(tmp_path: Path, name: str, codec: str) -> None:
    path = tmp_path / name
    lines = [
        json.dumps({"text": FIRST}),
        "{oops}",
        "",
        json.dumps({"text": FRENCH}),
        json.dumps({"text": SECOND}),
    ]
    path.write_bytes("\r\n".join(lines).encode(codec))
    taken = list(read_path(path))
    assert [getattr(each, "source", None) for each in taken] == [f"{path}:1", None, None, f"{path}:5"]
    assert [each.where for each in taken if isinstance(each, IntakeError)] == [f"{path}:2", f"{path}:4"]


def test_json_lines_that_are_none(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    for data, found in ((b"", "empty"), (b"\n\n", "empty"), (gzip.compress(b"x" * 99, mtime=0), "gzip")):
        path.write_bytes(data)
        (one,) = read_path(path)
        assert isinstance(one, IntakeError)
        assert found in one.found


# paths


def test_a_directory_gives_its_files_by_name(tmp_path: Path) -> None:
    for name in ("b.txt", "a.TXT", "c.csv", ".d.txt"):
        (tmp_path / name).write_text(TEXT)
    (tmp_path / "e.txt").mkdir()
    taken = list(read_path(tmp_path))
    names = [Path(each.source).name for each in taken if isinstance(each, Report)]
    assert names == ["a.TXT", "b.txt"]
    assert len(taken) == 2
    (empty,) = read_path(tmp_path / "e.txt")
    assert isinstance(empty, IntakeError)
    assert "holds no report" in empty.found


@pytest.mark.parametrize("name", ["missing.txt", "nul\0.txt", "x" * 5000, "file.txt/below.txt"])
def test_a_path_that_cannot_be_read(tmp_path: Path, name: str) -> None:
    (tmp_path / "file.txt").write_text(TEXT)
    (one,) = read_path(tmp_path / name)
    assert isinstance(one, IntakeError)


def test_what_is_no_regular_file(tmp_path: Path) -> None:
    (one,) = read_path(Path(os.devnull))
    assert isinstance(one, IntakeError)
    loop = tmp_path / "loop.txt"
    loop.symlink_to(loop)
    (one,) = read_path(loop)
    assert isinstance(one, IntakeError)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read every file")
def test_a_file_without_permission(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT)
    path.chmod(0)
    (one,) = read_path(path)
    assert isinstance(one, IntakeError)
    assert "cannot be read" in one.found


def test_importing_reads_no_model_and_no_extractor() -> None:
    heavy = {"trafilatura", "py3langid", "numpy"}
    code = f"import sys, dragoman.reading.intake; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
