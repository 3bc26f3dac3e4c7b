"""The API of the desk: what it gives is what the commands print, in parts that hold, and what it refuses it says in one form."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import jsonschema
import pytest
from desking import SETTINGS, serving, serving_app

from dragoman.desk.app import app_of
from dragoman.desk.kept import Desk
from dragoman.desk.who import Role, User
from dragoman.ledger.store import Ledger
from dragoman.reading.reader import Reader

REPORT = "CAIRO, Jan 12 (NW) - Turkey rejected the ceasefire on Sunday.\n\nRussia called for talks in Geneva."


@pytest.fixture
def desk(desk_ledger: Path, reader: Reader) -> Iterator[Desk]:
    """Return a desk of the sample corpus that reads with the reader of the tests."""
    ledger = Ledger(str(desk_ledger))
    made = Desk(ledger, SETTINGS)
    made.__dict__["_reader"] = reader
    yield made
    ledger.close()


@pytest.fixture
def api(desk: Desk) -> Iterator[httpx.Client]:
    """Return what asks the API of a desk that is served."""
    with serving(desk) as where, httpx.Client(base_url=f"{where}/api/v1", timeout=60) as client:
        yield client


def all_of(api: httpx.Client, path: str, **params: Any) -> list[Any]:
    """Return the items of all parts of a list."""
    found, cursor = [], None
    while True:
        asked = {**params, **({"cursor": cursor} if cursor else {})}
        part = api.get(path, params=asked).raise_for_status().json()
        found += part["items"]
        cursor = part["next"]
        if cursor is None:
            return found


# -- what it gives


LISTS = ["/conflicts", "/reports", "/claims", "/events", "/entities", "/decisions", "/search?q=haftar"]


def ones(api: httpx.Client) -> list[str]:
    """Return addresses of one thing of each kind."""
    first = {name: api.get(f"/{name}?limit=1").json()["items"][0]["id"] for name in ("reports", "claims", "events")}
    named = [f"/{name}/{identity}" for name, identity in first.items()]
    whys = [f"/why/{identity}" for identity in first.values()]
    return [*named, *whys, "/entities/turkey", "/conflicts/libya", "/conflicts/libya/board?since=2020-01-13"]


def test_answers_are_what_openapi_says(api: httpx.Client) -> None:
    published = api.get("/openapi.json").json()
    claim = api.get("/claims?limit=1").json()["items"][0]["id"]
    wish = {"kind": "wrong_claim", "about": [claim], "note": "misread"}
    made = api.post("/decisions", json=wish).raise_for_status().json()["id"]
    for path in [*LISTS, *ones(api), f"/decisions/{made}", "/nowhere", "/reports/none", "/claims?limit=x"]:
        answer = api.get(path)
        schema = schema_of(published, path.partition("?")[0], str(answer.status_code))
        jsonschema.validate(answer.json(), schema, jsonschema.Draft202012Validator)
        assert set(answer.json()) - set(properties(published, schema)) == set(), path


def schema_of(published: Any, path: str, status: str) -> Any:
    """Return the schema that OpenAPI gives for an answer, with all that it refers to."""
    steps = path.strip("/").split("/")
    for template, methods in published["paths"].items():
        wanted = template.removeprefix("/api/v1/").split("/")
        if len(wanted) == len(steps) and all(a == b or a.startswith("{") for a, b in zip(wanted, steps, strict=True)):
            schema = methods["get"]["responses"][status]["content"]["application/json"]["schema"]
            return {**schema, "components": published["components"]}
    return {"$ref": "#/components/schemas/FaultForm", "components": published["components"]}


def properties(published: Any, schema: Any) -> Any:
    return published["components"]["schemas"][schema["$ref"].rpartition("/")[2]]["properties"]


def test_a_board_is_what_the_command_prints(api: httpx.Client, desk_ledger: Path, dragoman: Any) -> None:
    for query, options in [("", []), ("?as_of=2020-01-13", ["--as-of", "2020-01-13"])]:
        printed = dragoman("board", "libya", "--json", "--ledger", desk_ledger, *options)
        assert api.get(f"/conflicts/libya/board{query}").content == printed.stdout


def test_grounds_are_what_the_command_prints(
    api: httpx.Client, desk_ledger: Path, dragoman: Any, tmp_path: Path
) -> None:
    settings = tmp_path / "settings.toml"
    settings.write_text(f"conflicts = {json.dumps(SETTINGS.conflicts)}\n")
    claims = all_of(api, "/claims", limit=200)
    told = Counter(each["event_id"] for each in claims)
    often = max(claims, key=lambda each: told[each["event_id"]])["id"]
    entry = api.get("/conflicts/libya/board").json()["truces"][0]["id"]
    for identity in (often, entry[:8], claims[0]["report"]):
        printed = dragoman("why", identity, "--json", "--ledger", desk_ledger, "--settings", settings)
        assert api.get(f"/why/{identity}").content == printed.stdout
        assert printed.returncode == 0


def test_a_text_is_read_as_the_command_reads_it(api: httpx.Client, dragoman: Any, tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_text(REPORT)
    options = ["--published", "2020-01-13", "--outlet", "Northern Wire"]
    printed = dragoman("read", "--json", path, *options)
    given = {"text": REPORT, "published": "2020-01-13", "outlet": "Northern Wire"}
    assert api.post("/read", json=given).content == printed.stdout
    assert json.loads(printed.stdout)["claims"] != []


def test_lists_are_whole_in_parts_and_each_filter_narrows_them(api: httpx.Client) -> None:
    claims = all_of(api, "/claims", limit=200)
    assert [each["id"] for each in all_of(api, "/claims", limit=37)] == [each["id"] for each in claims]
    oldest = all_of(api, "/claims", order="oldest", limit=90)
    assert sorted(each["id"] for each in oldest) == sorted(each["id"] for each in claims)
    assert [each["published"] for each in oldest] == sorted(each["published"] for each in oldest)
    assert [each["published"] for each in claims] == sorted((each["published"] for each in claims), reverse=True)
    filters: dict[str, Any] = {
        "type": ("REJECT", lambda c: c["event"] == "REJECT"),
        "status": ("future", lambda c: c["status"] == "future"),
        "party": ("Turkey", lambda c: "turkey" in (*c["actor"], *c["recipient"])),
        "place": ("moscow", lambda c: c["place"] is not None and c["place"]["name"] == "Moscow"),
        "outlet": ("northern wire", lambda c: c["outlet"] == "Northern Wire"),
        "q": ("haftar", lambda c: "haftar" in c["evidence"]["text"].lower()),
    }
    for name, (value, fits) in filters.items():
        wanted = [each for each in claims if fits(each)]
        assert all_of(api, "/claims", **{name: value}, limit=200) == wanted, name
        assert 0 < len(wanted) < len(claims), name
    both = [each for each in claims if each["event"] == "REJECT" and "turkey" in (*each["actor"], *each["recipient"])]
    assert all_of(api, "/claims", type="REJECT", party="turkey") == both
    assert both != []


def test_filters_of_days_and_conflicts(api: httpx.Client) -> None:
    reports = all_of(api, "/reports", limit=200, **{"from": "2020-01-12", "to": "2020-01-13"})
    assert {each["published"] for each in reports} == {"2020-01-12", "2020-01-13"}
    by_conflict = [len(all_of(api, "/reports", conflict=one)) for one in ("libya", "sorvia")]
    assert by_conflict[0] == api.get("/conflicts/libya").json()["reports"]
    assert min(by_conflict) > 0
    early = all_of(api, "/events", as_of="2020-01-05", limit=200)
    assert 0 < len(early) < len(all_of(api, "/events", limit=200))


def test_a_cursor_holds_when_reports_come_in(api: httpx.Client, desk: Desk, reader: Reader) -> None:
    from dragoman.ledger.adding import add
    from dragoman.reading.intake import IntakeOptions, from_text

    before = [each["id"] for each in all_of(api, "/reports", limit=200)]
    part = api.get("/reports?limit=40").json()
    new = [from_text(REPORT, IntakeOptions(published=day)) for day in (date(2031, 1, 1), None)]
    assert [done.outcome for done in add(desk.ledger, reader, new)] == ["added"] * 2
    walked = [*part["items"]]
    while part["next"]:
        part = api.get("/reports", params={"limit": 40, "cursor": part["next"]}).json()
        walked += part["items"]
    assert [each["id"] for each in walked] == [*before, new[1].id]


def test_search_gives_the_best_first_in_parts(api: httpx.Client) -> None:
    hits = all_of(api, "/search", q="haftar moscow", limit=3)
    assert [each["score"] for each in hits] == sorted((each["score"] for each in hits), reverse=True)
    assert sorted(each["report"] for each in hits) == sorted(
        each["id"] for each in all_of(api, "/reports", q="haftar moscow")
    )
    assert len(hits) > 3


def test_broken_cursors_are_refused(api: httpx.Client) -> None:
    cursor = api.get("/claims?limit=1").json()["next"]
    for path in (f"/claims?cursor={cursor}x", "/claims?cursor=%00", "/claims?cursor=ü", f"/events?cursor={cursor}"):
        answer = api.get(path)
        assert (answer.status_code, set(answer.json())) == (400, {"error", "detail", "where"}), path
    assert "another list" in api.get(f"/claims?type=AID&cursor={cursor}").json()["detail"]


@pytest.mark.parametrize("what", ["claims", "events"])
def test_exports_have_all_that_the_list_has(api: httpx.Client, what: str) -> None:
    listed = all_of(api, f"/{what}", party="turkey", limit=200)
    lines = api.get(f"/export/{what}?party=turkey").text.splitlines()
    assert [json.loads(line) for line in lines] == listed
    table = list(csv.DictReader(io.StringIO(api.get(f"/export/{what}?party=turkey&format=csv").text)))
    assert [row["id"] for row in table] == [each["id"] for each in listed]
    assert [row["event"] for row in table] == [each["event"] for each in listed]


def test_what_an_asker_has_is_not_sent_again(api: httpx.Client) -> None:
    for path in [*LISTS, *ones(api), "/export/claims", "/export/events?format=csv", "/openapi.json"]:
        first = api.get(path)
        tag = first.headers["etag"]
        again = api.get(path, headers={"If-None-Match": f'"other", {tag}'})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag), path
    claim = api.get("/claims?limit=1").json()["items"][0]["id"]
    before = {path: api.get(path).headers["etag"] for path in ("/claims", "/export/claims")}
    api.post("/decisions", json={"kind": "wrong_claim", "about": [claim]}).raise_for_status()
    assert all(api.get(path, headers={"If-None-Match": tag}).status_code == 200 for path, tag in before.items())


# -- decisions


def test_a_decision_counts_until_it_is_withdrawn(api: httpx.Client) -> None:
    claim = api.get("/claims?party=turkey&limit=1").json()["items"][0]["id"]
    made = api.post("/decisions", json={"kind": "wrong_claim", "about": [claim], "note": "misread"})
    assert (made.status_code, made.json()["user"], made.json()["state"]) == (201, "tester", "stands")
    assert api.get(f"/claims/{claim}").status_code == 404
    assert api.get(f"/why/{claim}").json()["claims"][0]["decided"][0]["decision"] == made.json()["id"]
    gone = api.post(f"/decisions/{made.json()['id']}/withdraw", json={})
    assert (gone.status_code, gone.json()["state"]) == (200, "withdrawn")
    assert api.get(f"/claims/{claim}").status_code == 200
    assert api.post(f"/decisions/{made.json()['id']}/withdraw", json={}).status_code == 400
    assert [each["state"] for each in all_of(api, "/decisions")] == ["withdrawn"]
    assert all_of(api, "/decisions", state="stands") == []


def test_a_reader_may_not_decide(desk: Desk) -> None:
    app = app_of(desk, "reader")
    reader = User(name="reader", role=Role.READER, alone=True)
    app.state.guard = replace(app.state.guard, alone=reader)
    with serving_app(app) as where:
        answer = httpx.post(f"{where}/api/v1/decisions", json={"kind": "note", "about": ["turkey"], "note": "a"})
    assert (answer.status_code, answer.json()["error"]) == (403, "forbidden")


# -- reports


def test_a_report_is_added_once(api: httpx.Client) -> None:
    given = {"text": REPORT, "published": "2020-01-13", "outlet": "Northern Wire", "headline": "Turkey says no"}
    added = api.post("/reports", json=given)
    assert (added.status_code, added.json()["outcome"]) == (201, "added")
    again = api.post("/reports", json=given)
    assert (again.status_code, again.json()) == (
        200,
        {"outcome": "there", "report": added.json()["report"], "claims": None},
    )
    report = api.get(f"/reports/{added.json()['report']}").json()
    assert (report["headline"], len(report["claims"])) == ("Turkey says no", added.json()["claims"])
    claim = report["claims"][0]
    assert report["text"][claim["evidence"]["start"] : claim["evidence"]["end"]] == claim["evidence"]["text"]
    assert report["id"] in [each["id"] for each in all_of(api, "/reports", outlet="northern wire", party="turkey")]


@pytest.mark.parametrize(
    ("given", "status"),
    [
        ({}, 422),
        ({"text": REPORT, "url": "https://example.com"}, 422),
        ({"text": "Bonjour, le gouvernement a refusé la trêve et les pourparlers continuent demain."}, 422),
        ({"text": " \n"}, 422),
        ({"url": "http://127.0.0.1/"}, 422),
        ({"url": "http://169.254.169.254/latest"}, 422),
        ({"url": "file:///etc/passwd"}, 422),
    ],
)
def test_a_report_that_cannot_be_read_is_refused(api: httpx.Client, given: Any, status: int) -> None:
    answer = api.post("/reports", json=given)
    assert (answer.status_code, set(answer.json())) == (status, {"error", "detail", "where"})


# -- what it refuses


@pytest.mark.parametrize(
    ("method", "path", "sent", "status"),
    [
        ("GET", "/nowhere", {}, 404),
        ("DELETE", "/claims", {}, 405),
        ("GET", "/reports?limit=0", {}, 422),
        ("GET", "/reports?from=2020-01-99", {}, 400),
        ("GET", "/reports/%00", {}, 400),
        ("GET", "/why/abc", {}, 400),
        ("GET", "/search?q=", {}, 400),
        ("GET", "/conflicts/none/board", {}, 404),
        ("GET", "/conflicts/libya/board?as_of=2020-01-01&since=2020-01-02", {}, 400),
        ("POST", "/read", {"content": b"{}", "headers": {"Content-Type": "text/plain"}}, 403),
        ("POST", "/read", {"content": b"{", "headers": {"Content-Type": "application/json"}}, 422),
        ("POST", "/read", {"content": b"[" * 200_000, "headers": {"Content-Type": "application/json"}}, 400),
        ("POST", "/read", {"json": {"text": "a", "other": 1}}, 422),
        ("POST", "/read", {"json": {"text": "1 2 3"}}, 422),
        ("POST", "/read", {"json": {"text": "x" * 3_000_000}}, 413),
        ("POST", "/read", {"json": {"text": "Lorem ipsum dolor sit amet consectetur. " * 20}}, 422),
        ("POST", "/decisions", {"json": {"kind": "wrong_claim", "about": ["none"]}}, 400),
        ("POST", "/decisions", {"json": {"kind": "note", "about": ["turkey"], "note": "a\0"}}, 422),
        ("POST", "/decisions", {"json": {"kind": "added_claim", "value": 10**30}}, 422),
        ("POST", "/decisions/none/withdraw", {"json": {}}, 404),
    ],
)
def test_errors_have_one_form(api: httpx.Client, method: str, path: str, sent: Any, status: int) -> None:
    answer = api.request(method, path, **sent)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/json")
    assert {name: bool(words) for name, words in answer.json().items()} == dict.fromkeys(
        ("error", "detail", "where"), True
    )


def test_a_body_that_does_not_say_how_long_it_is_is_bounded_too(api: httpx.Client) -> None:
    answer = api.post(
        "/read", content=(b" " * 100_000 for _ in range(50)), headers={"Content-Type": "application/json"}
    )
    assert answer.status_code == 413


HOSTILE = [
    "<script>alert(1)</script>",
    "' OR 1=1; DROP TABLE reports; --",
    "../../etc/passwd",
    "\u202e\ufffe\U0010ffff e\u0301 \u2028",
    "%00%ff{{7*7}}${x}",
    '"unbalanced -"a -',
    "NEAR( AND OR NOT *",
    "a" * 300,
]


def test_hostile_words_are_refused_or_kept_as_text_on_both_databases(target: str, reader: Reader) -> None:
    ledger = Ledger(target, create=True)
    desk = Desk(ledger, SETTINGS)
    desk.__dict__["_reader"] = reader
    with serving(desk) as where, httpx.Client(base_url=f"{where}/api/v1", timeout=60) as client:
        for words in HOSTILE:
            given = {"text": f"{REPORT}\n\n{words} was said.", "outlet": words, "headline": words}
            added = client.post("/reports", json=given)
            assert added.status_code == 201, (words, added.text)
            report = client.get(f"/reports/{added.json()['report']}").json()
            note = client.post("/decisions", json={"kind": "note", "about": [report["id"]], "note": words})
            assert (note.status_code, note.json()["note"]) == (201, words.strip())
            for name in (
                "q",
                "party",
                "place",
                "outlet",
                "conflict",
                "order",
                "type",
                "from",
                "cursor",
                "as_of",
                "known",
            ):
                for path in ("/reports", "/claims", "/events", "/search", "/export/claims"):
                    assert client.get(path, params={name: words}).status_code in (200, 400, 404, 422), (
                        path,
                        name,
                        words,
                    )
            for path in ("/reports", "/claims", "/events", "/entities", "/decisions", "/why", "/conflicts"):
                assert client.get(f"{path}/{quote(words, safe='')}").status_code in (400, 404), (path, words)
            refused = client.post(
                "/decisions", json={"kind": "note", "about": [words], "note": words, "field": words[:50]}
            )
            assert refused.status_code == 400
    ledger.close()
