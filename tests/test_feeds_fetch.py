"""What may be asked, and what is taken from a host that lies, is slow or never ends. Nothing leaves the machine."""

from __future__ import annotations

import gzip
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from feed_server import HOST, Page, Site, packed, serving

from dragoman.errors import FetchError, RefusedError, SettingsError
from dragoman.feeds.address import is_public, system_resolve, target
from dragoman.feeds.clock import Clock
from dragoman.feeds.config import Feed, load_feeds
from dragoman.feeds.fetch import Answer, Fetcher, Limits, Request
from dragoman.feeds.robots import Polite

ALLOWED = frozenset({HOST})
LIMITS = Limits(seconds=2.0, size=100_000)


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as running:
        yield running


def get(url: str, allowed: frozenset[str] = ALLOWED, limits: Limits = LIMITS) -> Answer:
    return Fetcher(limits).get(Request(url=url, allowed=allowed))


# -- addresses


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1::1", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("::1", False),
        ("::", False),
        ("fe80::1%eth0", False),
        ("fc00::1", False),
        ("ff02::1", False),
        ("::ffff:127.0.0.1", False),
        ("::127.0.0.1", False),
        ("64:ff9b::10.0.0.1", False),
        ("64:ff9b::93.184.216.34", True),
        ("2002:7f00:1::", False),
        ("2002:5db8:d822::", True),
        ("fec0::1", False),
        ("64:ff9b:1::10.0.0.1", False),
        ("::ffff:0:127.0.0.1", False),
        ("3fff::1", False),
        ("5f00::1", False),
        ("192.0.0.8", False),
        ("198.18.0.1", False),
        ("64:ff9b::192.0.0.8", False),
        ("not an address", False),
    ],
)
def test_which_addresses_are_public(address: str, public: bool) -> None:
    assert is_public(address) is public


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "ftp://example.org/a",
        "gopher://example.org/",
        "http:///a",
        "http://user:word@example.org/",
        "http://example.org:0/",
        "http://example.org:99999/",
        "http://[::1/",
        "javascript:alert(1)",
        "//example.org/a",
        "http://" + "a" * 64 + ".org/",
        "",
    ],
)
def test_what_is_no_address_is_refused(url: str) -> None:
    with pytest.raises(RefusedError):
        target(url, frozenset(), lambda host, port: ["93.184.216.34"])


def test_a_name_with_one_private_address_is_refused() -> None:
    found = ["93.184.216.34", "10.0.0.1"]
    with pytest.raises(
        RefusedError, match=r'news\.test \(10\.0\.0\.1\) is no public address; .* allow = \["news\.test"\]'
    ):
        target("http://news.test/a", frozenset(), lambda host, port: found)
    assert target("http://NEWS.test/a", frozenset({"news.test"}), lambda host, port: found).address == found[0]
    with pytest.raises(FetchError, match="has no address"):
        target("http://news.test/", frozenset(), lambda host, port: [])


def test_the_request_goes_to_the_address_that_was_looked_at() -> None:
    where = target("https://bücher.test:8443/ä b?q=ü#x", frozenset(), lambda host, port: ["93.184.216.34"])
    assert (where.host, where.port, where.address) == ("xn--bcher-kva.test", 8443, "93.184.216.34")
    assert where.path == "/%C3%A4%20b?q=%C3%BC"
    assert where.origin == "https://xn--bcher-kva.test:8443"


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "2130706433", "0x7f000001", "[::1]", "0"])
def test_this_machine_is_not_asked(site: Site, host: str) -> None:
    with pytest.raises(FetchError):
        get(f"http://{host}:{site.port}/a", allowed=frozenset())
    assert site.asked == []


def test_a_name_that_changes_its_meaning_is_asked_for_once(site: Site) -> None:
    answers = iter([[HOST]])
    site.pages["/a"] = Page(body=b"yes")
    fetcher = Fetcher(LIMITS, lambda host, port: next(answers))
    url = f"http://news.test:{site.port}/a"
    assert fetcher.get(Request(url=url, allowed=frozenset({"news.test"}))).body == b"yes"
    assert site.asked[0][1]["host"] == f"news.test:{site.port}"


def test_a_name_that_nobody_has_has_no_address() -> None:
    assert system_resolve("127.0.0.1", 80) == ["127.0.0.1"]
    assert system_resolve("." * 300, 80) == []


# -- redirects


def test_redirects_are_followed_and_looked_at_each(site: Site) -> None:
    site.pages["/a"] = Page(status=302, headers={"Location": "b#part"})
    site.pages["/b"] = Page(status=308, headers={"Location": site.url("/c")})
    site.pages["/c"] = Page(body=b"here")
    answer = get(site.url("/a"))
    assert (answer.url, answer.status, answer.body) == (site.url("/c"), 200, b"here")


def test_a_circle_and_a_long_way_are_refused(site: Site) -> None:
    site.pages["/a"] = Page(status=301, headers={"Location": "/b"})
    site.pages["/b"] = Page(status=301, headers={"Location": "/a"})
    with pytest.raises(RefusedError, match="redirects run in a circle"):
        get(site.url("/a"))
    assert site.paths() == ["/a", "/b"]
    for number in range(9):
        site.pages[f"/{number}"] = Page(status=301, headers={"Location": f"/{number + 1}"})
    site.pages["/5"] = Page(body=b"five")
    assert get(site.url("/0")).body == b"five"
    site.paths()
    site.pages["/5"] = Page(status=301, headers={"Location": "/6"})
    with pytest.raises(RefusedError, match="more than 5 redirects"):
        get(site.url("/0"))
    assert len(site.paths()) == 6


@pytest.mark.parametrize(
    "to", ["http://10.0.0.1/", "http://localhost/", "http://169.254.169.254/latest", "file:///etc/passwd"]
)
def test_a_redirect_does_not_lead_inside(site: Site, to: str) -> None:
    site.pages["/a"] = Page(status=302, headers={"Location": to})
    with pytest.raises(FetchError):
        get(site.url("/a"))
    assert site.paths() == ["/a"]


# -- size and time


def test_what_is_too_large_is_not_read(site: Site) -> None:
    site.pages["/a"] = Page(body=b"x" * 100_000)
    assert len(get(site.url("/a")).body) == 100_000
    site.pages["/a"] = Page(body=b"x" * 100_001)
    with pytest.raises(RefusedError, match=f"{site.url('/a')}: the answer has more than 100,000 bytes"):
        get(site.url("/a"))
    site.pages["/a"] = Page(body=b"x" * 100_001, headers={"Content-Length": ""})
    with pytest.raises(RefusedError, match="more than 100,000 bytes"):
        get(site.url("/a"))


def test_a_bomb_is_not_unpacked(site: Site) -> None:
    site.pages["/a"] = Page(body=packed(50_000_000), headers={"Content-Encoding": "gzip"})
    assert len(site.pages["/a"].body) < 100_000
    with pytest.raises(RefusedError, match="more than 100,000 bytes"):
        get(site.url("/a"))
    body = gzip.compress(b"one ", mtime=0) + gzip.compress(b"two", mtime=0)
    site.pages["/a"] = Page(body=body, headers={"Content-Encoding": "gzip"})
    assert get(site.url("/a")).body == b"one two"


@pytest.mark.parametrize(
    ("body", "packing"), [(gzip.compress(b"one" * 99, mtime=0)[:-9], "gzip"), (b"plain", "gzip"), (b"\x0b", "br")]
)
def test_what_cannot_be_unpacked_is_a_fault(site: Site, body: bytes, packing: str) -> None:
    site.pages["/a"] = Page(body=body, headers={"Content-Encoding": packing})
    with pytest.raises(FetchError, match="the request failed"):
        get(site.url("/a"))


def test_a_body_that_is_cut_off_is_a_fault(site: Site) -> None:
    site.pages["/a"] = Page(body=b"half", length=8)
    with pytest.raises(FetchError, match="cut off"):
        get(site.url("/a"))


@pytest.mark.parametrize("packing", ["", "gzip"])
def test_who_drips_is_left(site: Site, packing: str) -> None:
    body = gzip.compress(b"x" * 40, compresslevel=0, mtime=0) if packing else b"x" * 40
    headers = {"Content-Encoding": packing, "Content-Length": ""}
    site.pages["/a"] = Page(body=body, pieces=20, pause=0.1, headers=headers)
    start = time.monotonic()
    with pytest.raises(FetchError, match=r"no whole answer in 0\.5 seconds"):
        get(site.url("/a"), limits=Limits(seconds=0.5))
    assert time.monotonic() - start < 1.5


def test_who_drips_its_headers_or_says_nothing_is_left() -> None:
    for words in (b"HTTP/1.1 200 OK\r\nX: " + b"y" * 50, b""):
        with socket.create_server((HOST, 0)) as silent:
            port = silent.getsockname()[1]
            start = time.monotonic()
            with pytest.raises(FetchError, match="no whole answer in"):
                _get_dripped(silent, f"http://{HOST}:{port}/", words)
            assert time.monotonic() - start < 2


def _get_dripped(silent: socket.socket, url: str, words: bytes) -> None:
    import threading

    def drip() -> None:
        wire, _ = silent.accept()
        with wire:
            for byte in words:
                try:
                    wire.sendall(bytes([byte]))
                except OSError:
                    return
                time.sleep(0.05)
            time.sleep(0.5 if not words else 0)

    thread = threading.Thread(target=drip)
    thread.start()
    try:
        get(url, limits=Limits(seconds=0.4))
    finally:
        thread.join()


def test_redirects_share_one_time(site: Site) -> None:
    def slow(to: str) -> Page:
        time.sleep(0.2)
        return Page(status=302, headers={"Location": to})

    for number in range(5):
        site.pages[f"/{number}"] = Page(says=lambda _, n=number: slow(f"/{n + 1}"))  # type: ignore[misc]
    with pytest.raises(FetchError, match="no whole answer"):
        get(site.url("/0"), limits=Limits(seconds=0.5))
    assert len(site.paths()) <= 3


def test_who_is_not_there_or_speaks_no_http() -> None:
    with socket.create_server((HOST, 0)) as server:
        port = server.getsockname()[1]
    with pytest.raises(FetchError, match="the request failed"):
        get(f"http://{HOST}:{port}/")


# -- certificates


@pytest.fixture
def certificate(tmp_path: Path) -> tuple[Path, Path]:
    """Return a certificate of news.test that it signed itself, and its key."""
    program = shutil.which("openssl")
    if program is None:
        pytest.skip("there is no openssl to make a certificate with")
    held, key = tmp_path / "held.pem", tmp_path / "key.pem"
    names = ("-subj", "/CN=news.test", "-addext", "subjectAltName=DNS:news.test")
    made = (
        program,
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-keyout",
        key,
        "-out",
        held,
        "-days",
        "2",
        *names,
    )
    subprocess.run(made, check=True, capture_output=True)
    return held, key


def test_a_certificate_has_to_hold(certificate: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    held, key = certificate
    with serving() as site:
        site.secure(held, key)
        site.pages["/a"] = Page(body=b"a")
        fetcher = Fetcher(LIMITS, lambda host, port: [HOST])

        def asked(host: str) -> Answer:
            return fetcher.get(Request(url=f"https://{host}:{site.port}/a", allowed=frozenset({host})))

        with pytest.raises(FetchError, match="its certificate does not hold"):
            asked("news.test")
        monkeypatch.setenv("SSL_CERT_FILE", str(held))
        assert asked("news.test").body == b"a"
        with pytest.raises(FetchError, match="its certificate does not hold"):
            asked("other.test")


# -- robots


def polite(fetcher: Fetcher | None = None) -> tuple[Polite, list[float]]:
    waited: list[float] = []
    return Polite(fetcher or Fetcher(LIMITS), pause=0.2, clock=Clock(sleep=waited.append)), waited


def test_robots_are_honoured_and_asked_once(site: Site) -> None:
    site.pages["/robots.txt"] = Page(body=b"User-agent: *\nDisallow: /\n\nUser-agent: Dragoman\nDisallow: /private/\n")
    site.pages["/a"] = site.pages["/private/b"] = Page(body=b"a")
    site.pages["/c"] = Page(status=302, headers={"Location": "/private/b"})
    asking, waited = polite()
    assert asking.get(Request(url=site.url("/a"), allowed=ALLOWED)).body == b"a"
    for path in ("/private/b", "/c"):
        with pytest.raises(RefusedError, match=r"robots\.txt does not allow it"):
            asking.get(Request(url=site.url(path), allowed=ALLOWED))
    assert site.paths() == ["/robots.txt", "/a", "/c"]
    assert len(waited) == 2  # after robots.txt, and between the two
    assert all(0 < each <= 0.2 for each in waited)


@pytest.mark.parametrize(
    ("status", "error"),
    [(404, None), (410, None), (401, RefusedError), (403, RefusedError), (500, FetchError), (429, FetchError)],
)
def test_a_host_without_robots(site: Site, status: int, error: type[FetchError] | None) -> None:
    site.pages["/robots.txt"] = Page(status=status, body=b"User-agent: *\nDisallow: /")
    site.pages["/a"] = Page(body=b"a")
    asking, _ = polite()
    if error is None:
        assert asking.get(Request(url=site.url("/a"), allowed=ALLOWED)).body == b"a"
        return
    with pytest.raises(FetchError) as fault:
        asking.get(Request(url=site.url("/a"), allowed=ALLOWED))
    assert type(fault.value) is error
    assert site.paths() == ["/robots.txt"]


def test_a_host_gets_the_pause_that_it_wants(site: Site) -> None:
    site.pages["/robots.txt"] = Page(body=b"User-agent: *\nCrawl-delay: 7\n")
    site.pages["/a"] = Page()
    asking, waited = polite()
    for _ in range(2):
        asking.get(Request(url=site.url("/a"), allowed=ALLOWED))
    assert 0 < waited[0] <= 0.2  # after robots.txt
    assert 6 < waited[1] <= 7


# -- FEEDS.toml


def test_feeds_are_read(tmp_path: Path) -> None:
    path = tmp_path / "FEEDS.toml"
    path.write_text(
        'allow = ["News.local"]\n[[feed]]\nurl = "http://news.local/rss"\noutlet = "News"\nevery = "2h"\n'
        '[[feed]]\nurl = "https://example.org/atom"\noutlet = "Example"\n'
    )
    found = load_feeds(path)
    assert [(each.outlet, each.every.total_seconds()) for each in found.feeds] == [("News", 7200), ("Example", 1800)]
    assert [found.allowed(each) for each in found.feeds] == [{"news.local"}, frozenset()]
    assert found.allowed(Feed(url="http://NEWS.local:8080/b", outlet="b")) == {"news.local"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "there is no feed"),
        ("feed = 3", "there is no feed"),
        ("[[feed]]\nurl = 'https://a.org'\n", "feed 1: outlet = None; give outlet as text"),
        ("[[feed]]\nurl = 'https://a.org'\noutlet = 'A'\nevry = '1h'\n", "feed 1: unknown key 'evry'; use one of: url, outlet, every"),
        ("feeds = 1\n[[feed]]\nurl = 'https://a.org'\noutlet = 'A'\n", "unknown key 'feeds'; use one of: feed, allow"),
        ("[[feed]]\nurl = 'a.org'\noutlet = 'A'\n", "url = 'a.org'; give an address"),
        ("[[feed]]\nurl = 'file:///etc'\noutlet = 'A'\n", "give an address"),
        ("[[feed]]\nurl = 'http://a.org:99999'\noutlet = 'A'\n", "give an address"),
        ("[[feed]]\nurl = 'https://a.org'\noutlet = 'A'\nevery = 30\n", "every = 30; give minutes, hours or days"),
        ("[[feed]]\nurl = 'https://a.org'\noutlet = 'A'\nevery = '0m'\n", "every = '0m'"),
        ("[[feed]]\nurl = 'https://a.org'\noutlet = 'A'\n" * 2, "https://a.org is given twice"),
        ("allow = 'a'\n[[feed]]\nurl = 'https://a.org'\noutlet = 'A'\n", "allow = 'a'; give names of hosts"),
        ("[[feed]\n", "give a readable TOML file"),
    ],
)  # fmt: skip
def test_mistakes_in_feeds_are_told(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "FEEDS.toml"
    path.write_text(text)
    with pytest.raises(SettingsError) as fault:
        load_feeds(path)
    assert said in str(fault.value)
    assert str(path) in str(fault.value)
