"""The forms of files that reports come in: each written by its own library, whole and in parts, good and bad."""

from __future__ import annotations

import bz2
import gzip
import hashlib
import io
import json
import lzma
import tracemalloc
import zipfile
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard
from corpus_made import as_lines, as_table, mixed, planned, read_all, reports, story, whole
from hypothesis import given, settings
from hypothesis import strategies as st
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from dragoman.corpus.sources.lists import _Entries
from dragoman.corpus.sources.reading import read_part
from dragoman.corpus.types import Columns, Part, Taking, fault_of
from dragoman.errors import IntakeError, LanguageError
from dragoman.model import Report

STORIES = [story(number) for number in range(23)]
PAGE = "<html><head><title>x</title>{head}</head><body><article><h1>{headline}</h1>{text}</article></body></html>"


def as_warc(packed: bool = True, dated: bool = True) -> bytes:
    """Return the stories as archived pages, with a request, a picture and a page that was moved after each."""
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=packed)
    writer.write_record(writer.create_warcinfo_record("x.warc", {"software": "none"}))
    for record in STORIES:
        day = f'<meta property="article:published_time" content="{record["published"]}">'
        text = "".join(f"<p>{part}</p>" for part in record["text"].split("\n\n"))
        page = PAGE.format(headline=record["headline"], text=text, head=day if dated else "").encode()
        answers = [
            ("200 OK", "text/html; charset=utf-8", page),
            ("200 OK", "image/png", b"\x89PNG"),
            ("301 Moved", "text/html", b""),
        ]
        for status, media, body in answers:
            headers = StatusAndHeaders(status, [("Content-Type", media)], protocol="HTTP/1.1")
            known = {"WARC-Date": "2021-05-05T10:00:00Z"}
            kept = writer.create_warc_record(
                record["url"], "response", payload=io.BytesIO(body), http_headers=headers, warc_headers_dict=known
            )
            writer.write_record(kept)
            kept.raw_stream.close()
    return out.getvalue()


def as_parquet(rows: int = 5) -> bytes:
    """Return the stories as Parquet in groups of so many rows."""
    out = io.BytesIO()
    table = pa.Table.from_pylist([{"n": 1, **record} for record in STORIES])
    pq.write_table(table, out, row_group_size=rows)
    return out.getvalue()


def packed_zst(data: bytes) -> bytes:
    """Return bytes packed by zstandard, in two frames."""
    half = len(data) // 2
    return b"".join(zstandard.ZstdCompressor(write_checksum=True).compress(part) for part in (data[:half], data[half:]))


FORMS: dict[str, Callable[[], bytes]] = {
    "a.jsonl": lambda: as_lines(STORIES),
    "a.jsonl.gz": lambda: gzip.compress(as_lines(STORIES[:9])) + gzip.compress(as_lines(STORIES[9:])),
    "a.ndjson.zst": lambda: packed_zst(as_lines(STORIES)),
    "a.csv": lambda: as_table(STORIES),
    "a.tsv.gz": lambda: gzip.compress(as_table(STORIES, delimiter="\t")),
    "utf16.csv": lambda: as_table(STORIES).decode().encode("utf-16"),
    "utf16.jsonl": lambda: as_lines(STORIES).decode().encode("utf-16"),
    "a.parquet": as_parquet,
    "a.warc": lambda: as_warc(packed=False),
    "a.warc.gz": as_warc,
    "one.warc.gz": lambda: gzip.compress(as_warc(packed=False)),
}


@pytest.mark.parametrize("name", FORMS)
def test_a_form_gives_back_what_was_put_in_however_it_is_shared_out(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(FORMS[name]())
    found = reports(path)
    assert [(one.headline, one.text[one.body_start :], one.url, str(one.published)) for one in found] == [
        (record["headline"], record["text"], record["url"], record["published"]) for record in STORIES
    ]
    for size in (1, 4, 7):
        assert reports(path, size=size) == found


@pytest.mark.parametrize("name", ["a.jsonl", "a.csv", "a.warc", "a.warc.gz"])
def test_a_part_begins_at_its_byte_where_the_form_allows_it(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(FORMS[name]())
    parts = [part for shard in planned(path, size=10).shards for part in shard.parts]
    assert all(part.offset for part in parts[1:])


# what is guessed


@pytest.mark.parametrize(
    ("names", "days"),
    [
        (["Title", "Full Text", "Pub_Date", "Newspaper", "Link"], "%d/%m/%Y"),
        (["headline", "body", "publication date", "source", "URL"], "%d %B %Y"),
        (["webTitle", "bodyText", "webPublicationDate", "publisher", "webUrl"], "%Y-%m-%dT23:30:00Z"),
        (["heading", "article_text", "date", "outlet", "permalink"], "%B %d, %Y"),
        (["hd", "content", "PD", "SN", "address"], "%m/%d/%Y"),
    ],
)
@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
def test_columns_are_guessed_from_their_names(tmp_path: Path, names: list[str], days: str, delimiter: str) -> None:
    path = tmp_path / "a.csv"
    told = [{**each, "published": date.fromisoformat(each["published"]).strftime(days)} for each in STORIES]
    path.write_bytes(as_table(told, names, delimiter))
    found = reports(path)
    assert [(one.headline, str(one.published), one.outlet, one.url) for one in found] == [
        (each["headline"], each["published"], each["outlet"], each["url"]) for each in STORIES
    ]
    (guess,) = planned(path).guesses
    assert f"text={names[1]}" in guess


def test_days_that_may_be_read_in_two_ways_are_not_guessed(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"date,text\n03/04/2020,{STORIES[0]['outlet']} tells that Gondor left the talks in Dale.\n")
    (mistake,) = whole(path, "csv")
    assert isinstance(mistake, IntakeError)
    assert mistake.found == "the day '03/04/2020' may have the day or the month first"
    (one,) = reports(path, taking=Taking(day_first=False))
    assert one.published == date(2020, 3, 4)


def test_the_user_says_which_column_holds_what(tmp_path: Path) -> None:
    records = [{"a": each["text"], "b": each["headline"], "text": "x", "nr": f"N{n}"} for n, each in enumerate(STORIES)]
    taking = Taking(columns=Columns(text="a", headline="b", id="nr"))
    for name, data in (("a.csv", as_table(records)), ("a.jsonl", as_lines(records))):
        (tmp_path / name).write_bytes(data)
        found = reports(tmp_path / name, taking=taking)
        assert [(one.headline, one.id) for one in found] == [(each["b"], each["nr"]) for each in records]


def test_numbers_of_rows_are_no_ids(tmp_path: Path) -> None:
    records = [{"id": str(number), "text": each["text"]} for number, each in enumerate(STORIES)]
    path = tmp_path / "a.csv"
    path.write_bytes(as_table(records))
    assert len({one.id for one in reports(path)} - {each["id"] for each in records}) == len(STORIES)
    assert [one.id for one in reports(path, taking=Taking(columns=Columns(id="id")))] == [
        each["id"] for each in records
    ]


def test_a_zip_archive_is_a_folder(tmp_path: Path) -> None:
    path = tmp_path / "a.csv.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("deep/news.csv", as_table(STORIES))
        archive.writestr("__MACOSX/deep/._news.csv", b"\0")
        archive.writestr("more.jsonl.gz", gzip.compress(as_lines(STORIES[:2])))
    found = reports(path, size=6)
    assert len(found) == 25
    assert found[0].source == f"zip://deep/news.csv::{path}:2"
    assert [file.path for file in planned(path).files] == [str(path)]


def test_a_json_list_is_read_entry_by_entry(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps(STORIES, indent=1))
    assert [one.headline for one in reports(path, size=5)] == [each["headline"] for each in STORIES]
    assert all(part.offset for shard in planned(path, size=5).shards[1:] for part in shard.parts)


@given(
    st.lists(st.dictionaries(st.text(), st.recursive(st.none() | st.text(), st.lists, max_leaves=4))), st.integers(1, 9)
)
def test_a_json_list_is_cut_where_its_entries_end(values: list[object], size: int) -> None:
    data = json.dumps(values, ensure_ascii=False).encode("utf-8", "replace")
    pieces = [data[start : start + size] for start in range(0, len(data), size)]
    found = list(_Entries("a.json", 1 << 20, None).of(pieces))
    assert [json.loads(each.data) for each in found] == json.loads(data)
    for number, each in enumerate(found):
        rest = list(_Entries("a.json", 1 << 20, each.start).of([data[each.start :]]))
        assert [more.data for more in rest] == [more.data for more in found[number:]]


def test_the_day_of_a_page_is_never_the_day_of_its_capture(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    path.write_bytes(as_warc(dated=False))
    found = reports(path)
    assert {one.published for one in found} == {None}
    assert {one.fetched for one in found} == {datetime(2021, 5, 5, 10, tzinfo=UTC)}


def test_times_in_parquet_are_days_where_they_were_written(tmp_path: Path) -> None:
    moment = pa.array([datetime(2020, 1, 14, 23, 30)] * 2, pa.timestamp("ns", tz="Asia/Damascus"))
    for column in (
        moment,
        pa.array([datetime(2020, 1, 15, 1)] * 2, pa.timestamp("us")),
        pa.array([date(2020, 1, 15)] * 2),
    ):
        path = tmp_path / "a.parquet"
        texts = pa.array([each["text"] for each in STORIES[:2]]).dictionary_encode()
        pq.write_table(pa.table({"text": texts, "date": column, "vector": [[1.0], [2.0]]}), path)
        assert {one.published for one in reports(path)} == {date(2020, 1, 15)}


# what is bad


def test_other_languages_are_listed_with_their_code(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    french = "La délégation a quitté lundi les pourparlers sans signer l'accord, a dit hier le porte-parole."
    path.write_bytes(as_lines([STORIES[0], {"text": french}, STORIES[1]]))
    _, mistake, _ = read_all(planned(path))
    assert isinstance(mistake, LanguageError)
    assert fault_of(mistake).language == "fr"
    assert mistake.where == f"{path}:2"


@pytest.mark.parametrize(
    ("ending", "pack"), [(".gz", gzip.compress), (".zst", packed_zst), (".xz", lzma.compress), (".bz2", bz2.compress)]
)
@pytest.mark.parametrize("how", ["truncated", "damaged", "followed"])
def test_what_comes_before_the_damage_is_read(
    tmp_path: Path, ending: str, pack: Callable[[bytes], bytes], how: str
) -> None:
    lines = as_lines(
        {**story(number), "salt": hashlib.sha512(str(number).encode()).hexdigest() * 8} for number in range(900)
    )
    packed = pack(lines[: len(lines) // 2]) + pack(lines[len(lines) // 2 :])
    place = len(packed) * 3 // 4
    bad = {
        "truncated": packed[:place],
        "damaged": packed[:place] + bytes(byte ^ 255 for byte in packed[place : place + 200]) + packed[place + 200 :],
        "followed": packed + b"not packed at all",
    }
    path = tmp_path / f"a.jsonl{ending}"
    path.write_bytes(bad[how])
    found = read_all(planned(path, size=100))
    assert isinstance(found[-1], IntakeError)
    assert "damaged" in found[-1].found
    good = [one for one in found if isinstance(one, Report)]
    sure = len(good) if how != "damaged" else 450  # what is damaged may come out as letters, until the sum is checked
    assert [one.headline for one in good[:sure]] == [story(number)["headline"] for number in range(sure)]
    assert len(good) >= (900 if how == "followed" else 450)
    assert how == "damaged" or len(found) - len(good) <= 2  # the line that is cut, and that the file is


def test_an_empty_packed_file_holds_no_report(tmp_path: Path) -> None:
    for name, data in (
        ("a.jsonl.gz", b""),
        ("b.jsonl.gz", gzip.compress(b"")),
        ("c.jsonl.zst", b""),
        ("d.csv", b"text\n"),
        ("e.parquet", b""),
    ):
        (tmp_path / name).write_bytes(data)
    plan = planned(tmp_path)
    assert plan.shards == ()
    assert [Path(fault.where).name[0] for fault in plan.faults] == list("abcde")


def test_what_is_not_utf8_is_one_line_s_mistake(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    lines = as_lines(STORIES).split(b"\n")
    lines[3] = lines[3].replace(b"Gondor", "Gondór é è ü ö ä".encode() + b"\xff\xfe\xff")
    lines[5] = b'{"text": "cut'
    lines[7] = b""
    path.write_bytes(b"\n".join(lines))
    found = read_all(planned(path, size=2))
    bad = [each for each in found if isinstance(each, IntakeError)]
    assert [each.where for each in bad] == [f"{path}:4", f"{path}:6"]
    assert len(found) == 22


@pytest.mark.parametrize("packed", [False, True])
def test_a_line_of_200_mb_is_passed_over(tmp_path: Path, packed: bool) -> None:
    path = tmp_path / ("a.jsonl.gz" if packed else "a.jsonl")
    piece = hashlib.shake_256(b"a").hexdigest(1 << 19).encode()
    with gzip.open(path, "wb", compresslevel=1) if packed else path.open("wb") as file:
        file.write(as_lines(STORIES[:2]) + b'{"text": "')
        for _ in range(30 if packed else 200):  # 20 MB are more than a report may have
            file.write(piece)
        file.write(b'"}\n' + as_lines(STORIES[2:]))
    tracemalloc.start()
    found = read_all(planned(path, size=20))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    bad = [each for each in found if isinstance(each, IntakeError)]
    assert [(each.where, each.found) for each in bad] == [
        (f"{path}:3", "the report has more than 1,000,000 characters")
    ]
    assert len(found) == 24
    assert peak < 80 << 20


@pytest.mark.parametrize(("ending", "pack"), [(".gz", gzip.compress), (".zst", packed_zst), (".zip", None)])
def test_what_unpacks_a_thousandfold_is_not_unpacked_to_its_end(
    tmp_path: Path, ending: str, pack: Callable[[bytes], bytes] | None
) -> None:
    data = as_lines(STORIES) + b" " * (100 << 20)
    path = tmp_path / f"a.jsonl{ending}"
    if pack:
        path.write_bytes(pack(data))
    else:
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("a.jsonl", data)
    del data
    tracemalloc.start()
    found = read_all(planned(path))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert isinstance(found[-1], IntakeError)
    assert found[-1].found == "it unpacks to more than 500 times its size"
    assert len([each for each in found if isinstance(each, Report)]) == 23
    assert peak < 100 << 20


def test_a_bad_row_costs_itself_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    rows = as_table([{"headline": each["headline"], "text": each["text"].split("\n")[0]} for each in STORIES]).split(
        b"\r\n"
    )
    rows[3] = b'Talks,"never closed'
    rows[6] = b"one,two,three"
    rows[9] = b"Talks,Gondor left the \0 talks."
    rows[12] = b"alone"
    rows[15] = b'Talks,"Gondor" left the talks'
    rows[18] = b""
    path.write_bytes(b"\n".join(rows))
    found = read_all(planned(path, size=4))
    bad = [(each.where.rpartition(":")[2], each.found) for each in found if isinstance(each, IntakeError)]
    assert bad == [
        ("4", "a quote is not closed, or its cell goes on after it"),
        ("7", "the row has 3 columns, the head 2"),
        ("10", "there is a NUL in the row"),
        ("13", "the row has 1 columns, the head 2"),
        ("16", "a quote is not closed, or its cell goes on after it"),
    ]
    assert len(found) == 22


@pytest.mark.parametrize(
    ("table", "found"),
    [
        ("a,b\n1,2\n", "none of its columns is known to hold the text"),
        ("text\rGondor left.\r", "its lines end in carriage returns alone"),
    ],
)
def test_a_table_that_cannot_be_read_is_listed(tmp_path: Path, table: str, found: str) -> None:
    (tmp_path / "a.csv").write_bytes(table.encode())
    (tmp_path / "b.csv").write_bytes(as_table(STORIES))
    plan = planned(tmp_path)
    assert [fault.found for fault in plan.faults] == [found]
    assert len(read_all(plan)) == len(STORIES)


def test_a_column_that_is_named_and_not_there_is_a_mistake(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(as_table(STORIES))
    plan = planned(tmp_path, taking=Taking(columns=Columns(text="Inhalt")))
    assert [fault.found for fault in plan.faults] == ["no column 'Inhalt' for text"]


def test_a_damaged_parquet_file_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    data = as_parquet(rows=4)
    path = tmp_path / "a.parquet"
    path.write_bytes(data[:-20])
    assert [fault.found.partition("(")[0] for fault in planned(path).faults] == ["the Parquet file is damaged "]
    with pq.ParquetFile(io.BytesIO(data)) as file:
        column = file.metadata.row_group(2).column(2)
    place = column.dictionary_page_offset or column.data_page_offset
    path.write_bytes(
        data[:place] + b"\xff" * column.total_compressed_size + data[place + column.total_compressed_size :]
    )
    found = read_all(planned(path))
    assert len([each for each in found if isinstance(each, Report)]) == 19
    assert [each.where for each in found if isinstance(each, IntakeError)] == [f"{path}:9"]


def test_columns_of_parquet_of_another_type_are_refused(tmp_path: Path) -> None:
    pq.write_table(pa.table({"text": [1, 2]}), tmp_path / "a.parquet")
    pq.write_table(pa.table({"text": ["Gondor left."], "date": [1.5]}), tmp_path / "b.parquet")
    assert [fault.found for fault in planned(tmp_path).faults] == [
        "the column 'text' holds no text but int64",
        "the column 'date' holds no days but double",
    ]


@pytest.mark.parametrize("packed", [False, True])
def test_a_warc_that_is_cut_off_is_read_to_there(tmp_path: Path, packed: bool) -> None:
    data = as_warc(packed=packed)
    path = tmp_path / ("a.warc.gz" if packed else "a.warc")
    path.write_bytes(data[: len(data) // 2])
    found = read_all(planned(path, size=5))
    good = [one for one in found if isinstance(one, Report)]
    assert [one.headline for one in good] == [each["headline"] for each in STORIES[: len(good)]]
    assert len(good) >= 10


def test_one_report_in_two_files_is_one_report_twice(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(as_table(STORIES[:1]))
    (tmp_path / "b.jsonl").write_bytes(as_lines(STORIES[:1]))
    one, two = reports(tmp_path)
    assert one.id == two.id
    assert one.source != two.source


# any shards


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(["a.jsonl", "a.jsonl.gz", "a.csv", "a.parquet", "a.warc.gz", "a.json"]),
    st.lists(st.integers(0, 23), max_size=4),
)
def test_any_cuts_give_what_one_part_gives(folder: Path, name: str, cuts: list[int]) -> None:
    path = folder / name
    form = planned(path).shards[0].parts[0].form
    borders = sorted({0, *cuts}) if name != "a.warc.gz" else sorted({0, *(3 * cut for cut in cuts)})
    parts = [
        Part(path=str(path), form=form, first=first, count=after - first if after is not None else None)
        for first, after in zip(borders, [*borders[1:], None], strict=True)
    ]
    assert [each for part in parts for each in read_part(part, Taking())] == whole(path, form)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text('ab,"\n\r\0 é', max_size=9), max_size=14), st.integers(1, 4))
def test_any_rubbish_in_a_table_is_cut_as_it_is_read(folder: Path, rows: list[str], size: int) -> None:
    path = folder / "rubbish.csv"
    path.write_bytes("\n".join(["headline,text", "Talks,Gondor left.", *rows]).encode())
    plan = planned(path, size=size)
    assert mixed(read_all(plan)) == mixed(whole(path, "csv"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the stories in all forms."""
    made = tmp_path_factory.mktemp("forms")
    for name, make in FORMS.items():
        (made / name).write_bytes(make())
    (made / "a.json").write_text(json.dumps(STORIES))
    return made
