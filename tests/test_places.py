"""Files of this machine and of an object store: whole or not at all, listed alike, refused in clear words, no key in any text."""

from __future__ import annotations

import os
import socket
import stat
import subprocess
import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import fsspec
import pytest
from object_store import ACCESS, SECRET, lead_to, object_store, uploads_under_way

from dragoman.corpus import places, stores
from dragoman.corpus.places import exists, joined, listed, opened, read_bytes, removed, swept, written
from dragoman.errors import CorpusError

LARGE = 120 * 2**20  # beyond what s3fs sends in one piece


@pytest.fixture(scope="module")
def store() -> Iterator[str]:
    with object_store("archive") as address:
        yield address


@pytest.fixture(params=["local", "s3", "memory"])
def folder(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Return a folder of a disk, of an object store, and of fsspec's own store in memory, not used before."""
    if request.param == "local":
        return str(tmp_path)
    if request.param == "s3":
        request.getfixturevalue("store")
        return f"s3://archive/{tmp_path.name}"
    return f"memory://archive/{tmp_path.name}"


def put(path: str, data: bytes = b"x") -> None:
    with written(path) as file:
        file.write(data)


def broken(path: str, data: bytes) -> None:
    """Write part of a file and fail."""
    with written(path) as file:
        file.write(data)
        raise KeyError("in the midst")


def test_what_is_written_is_read(folder: str) -> None:
    path = joined(folder, "deep", "er", "a.jsonl")
    assert not exists(path)
    put(path, b"one\ntwo\nthree")
    assert exists(path)
    assert exists(joined(folder, "deep"))
    assert read_bytes(path) == b"one\ntwo\nthree"
    with opened(path) as file:
        assert list(file) == [b"one\n", b"two\n", b"three"]
    with opened(path) as file:
        file.seek(4)
        assert file.readline() == b"two\n"
        assert file.tell() == 8
        file.seek(-5, os.SEEK_END)
        assert file.read() == b"three"


def test_an_interrupted_file_is_none(folder: str) -> None:
    path = joined(folder, "a.jsonl")
    with pytest.raises(KeyError):
        broken(path, b"half")
    assert not exists(path)
    put(path, b"whole")
    with pytest.raises(KeyError):
        broken(path, b"half")
    assert read_bytes(path) == b"whole"
    assert [each.path for each in listed(folder)] == [path]


def test_a_store_has_no_upload_left_of_an_interrupted_file(store: str) -> None:
    path = "s3://archive/interrupted/large"
    with pytest.raises(KeyError):
        broken(path, bytes(LARGE))
    assert not exists(path)
    assert uploads_under_way("archive") == []


def test_an_upload_that_fails_leaves_no_object_and_no_parts(store: str, monkeypatch: pytest.MonkeyPatch) -> None:
    path = "s3://archive/failed/large"
    real = type(fsspec.filesystem("s3"))._call_s3
    parts = []

    async def failing(self: object, method: str, *args: object, **kwargs: object) -> object:
        if method == "upload_part":
            parts.append(method)
            if len(parts) > 1:
                raise OSError(5, "the line broke")
        return await real(self, method, *args, **kwargs)

    monkeypatch.setattr(type(fsspec.filesystem("s3")), "_call_s3", failing)
    with pytest.raises(OSError, match="the line broke"):
        put(path, bytes(LARGE))
    monkeypatch.undo()
    assert len(parts) > 1
    assert not exists(path)
    assert uploads_under_way("archive") == []


def test_a_large_file_is_whole(store: str) -> None:
    path = "s3://archive/large"
    put(path, bytes(LARGE))
    assert listed(path) == ((path, LARGE),)
    removed(path)
    assert not exists(path)


def test_files_are_listed_in_the_order_of_their_paths(folder: str) -> None:
    for name in ("b/2.txt", "b/10.txt", "b-c/1.txt", "a.txt", "b/.hidden/x.txt", ".y.txt", "é.txt"):
        put(joined(folder, name), b"12345")
    names = ["a.txt", "b-c/1.txt", "b/10.txt", "b/2.txt", "é.txt"]
    assert [(each.path.removeprefix(folder + "/"), each.size) for each in listed(folder)] == [(n, 5) for n in names]
    assert listed(joined(folder, "a.txt")) == ((joined(folder, "a.txt"), 5),)
    with pytest.raises(FileNotFoundError):
        listed(joined(folder, "none"))


def test_what_another_process_put_into_a_store_is_seen(store: str) -> None:
    put("s3://archive/seen/1")
    assert len(listed("s3://archive/seen")) == 1
    assert not exists("s3://archive/seen/2")
    program = "from dragoman.corpus.places import written\nwith written('s3://archive/seen/2') as f: f.write(b'x')"
    subprocess.run([sys.executable, "-W", "error", "-c", program], check=True)
    assert exists("s3://archive/seen/2")
    assert [each.path[-1] for each in listed("s3://archive/seen")] == ["1", "2"]


def test_links_are_followed_but_not_in_circles(tmp_path: Path) -> None:
    put(str(tmp_path / "real" / "a.txt"), b"abc")
    (tmp_path / "real" / "round").symlink_to(tmp_path / "real")
    (tmp_path / "other").symlink_to(tmp_path / "real")
    (tmp_path / "nowhere").symlink_to(tmp_path / "gone")
    found = [(each.path.removeprefix(f"{tmp_path}/"), each.size) for each in listed(str(tmp_path))]
    assert found == [("nowhere", None), ("other/a.txt", 3), ("real/a.txt", 3)]


def test_a_name_that_is_no_text_is_listed_without_a_size(tmp_path: Path) -> None:
    Path(os.fsdecode(bytes(tmp_path) + b"/caf\xe9.txt")).write_text("x")
    (entry,) = listed(str(tmp_path))
    assert (entry.path, entry.size) == (f"{tmp_path}/caf\\xe9.txt", None)
    with pytest.raises(FileNotFoundError):
        opened(entry.path)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may look into all folders")
def test_a_folder_that_cannot_be_looked_into_is_listed_without_a_size(tmp_path: Path) -> None:
    (tmp_path / "shut").mkdir(mode=0)
    assert listed(str(tmp_path)) == ((f"{tmp_path}/shut", None),)


def test_two_that_write_one_file_do_not_spoil_it(tmp_path: Path) -> None:
    path = str(tmp_path / "a")
    first, second = written(path), written(path)
    one, two = first.__enter__(), second.__enter__()
    one.write(b"same" * 5000)
    two.write(b"same" * 5000)
    first.__exit__(None, None, None)
    second.__exit__(None, None, None)
    assert read_bytes(path) == b"same" * 5000
    assert [each.name for each in tmp_path.iterdir()] == ["a"]


def test_drafts_of_killed_processes_are_not_listed_and_swept(tmp_path: Path) -> None:
    program = (
        "import os, sys, signal\nfrom dragoman.corpus.places import written\n"
        "with written(sys.argv[1]) as f: f.write(b'half'); os.kill(os.getpid(), signal.SIGKILL)"
    )
    path = str(tmp_path / "deep" / "a.txt")
    assert subprocess.run([sys.executable, "-c", program, path]).returncode < 0
    assert len(list((tmp_path / "deep").iterdir())) == 1
    assert listed(str(tmp_path)) == ()
    assert swept(str(tmp_path)) == 1
    assert list((tmp_path / "deep").iterdir()) == []


def test_a_full_disk_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = str(tmp_path / "a")
    put(path, b"old")

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        put(path, b"new")
    assert [each.name for each in tmp_path.iterdir()] == ["a"]
    assert read_bytes(path) == b"old"


def test_new_files_can_be_read_by_others_as_the_user_allows(tmp_path: Path) -> None:
    put(str(tmp_path / "a"))
    mask = os.umask(0)
    os.umask(mask)
    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == 0o666 & ~mask


Ask = Callable[[str], object]
ASKED: tuple[Ask, ...] = (opened, read_bytes, listed, put)


@pytest.mark.parametrize("ask", ASKED)
def test_a_missing_bucket_is_said(store: str, ask: Ask) -> None:
    with pytest.raises(
        FileNotFoundError, match=r"there is no (such file|bucket 'nobody-has-it')|no such folder"
    ) as said:
        ask("s3://nobody-has-it/a.txt")
    assert said.value.filename == "s3://nobody-has-it/a.txt"


def test_a_missing_file_of_a_store_is_said(store: str) -> None:
    with pytest.raises(FileNotFoundError, match="there is no such file"):
        read_bytes("s3://archive/none.txt")
    assert not exists("s3://archive/none.txt")
    removed("s3://archive/none.txt")


@contextmanager
def answering(status: int, body: str) -> Iterator[str]:
    """Run a server on the loopback that gives one answer to all; give its address."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"  # a writer asks for leave to send first

        def _answer(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Connection", "close")
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(body.encode())

        do_GET = do_PUT = do_HEAD = do_POST = do_DELETE = _answer  # noqa: N815

        def log_message(self, *_: object) -> None: ...

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def refusal(code: str) -> str:
    """Return what S3 answers when it refuses, with the key that it was sent, as S3 does in some messages."""
    said = f"<Message>the key {ACCESS} with {SECRET} may not</Message><AWSAccessKeyId>{ACCESS}</AWSAccessKeyId>"
    return f"<?xml version='1.0'?><Error><Code>{code}</Code>{said}</Error>"


@pytest.mark.parametrize("ask", ASKED)
def test_no_right_is_said_without_the_key(monkeypatch: pytest.MonkeyPatch, ask: Ask) -> None:
    with answering(403, refusal("InvalidAccessKeyId")) as address:
        lead_to(address, monkeypatch)
        with pytest.raises(PermissionError, match="no right to it") as said:
            ask("s3://archive/a.txt")
        with pytest.raises(PermissionError, match="no right to it"):
            exists("s3://archive/a.txt")
    assert_no_key("".join(traceback.format_exception(said.value)))


def test_what_else_a_store_says_is_passed_on_without_the_key(monkeypatch: pytest.MonkeyPatch) -> None:
    with answering(400, refusal("KeyTooLongError")) as address:
        lead_to(address, monkeypatch)
        with pytest.raises(OSError, match=r"the store refused .KeyTooLongError: the key … with … may not") as said:
            put("s3://archive/a.txt")
    assert_no_key("".join(traceback.format_exception(said.value)))


def assert_no_key(text: str) -> None:
    assert ACCESS not in text
    assert SECRET not in text


@pytest.mark.parametrize("ask", ASKED)
def test_no_answer_is_said(monkeypatch: pytest.MonkeyPatch, ask: Ask) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound and not listening: nobody answers
        lead_to(f"http://127.0.0.1:{taken.getsockname()[1]}", monkeypatch)
        monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
        fsspec.filesystem("s3").retries = 1
        with pytest.raises(ConnectionError, match="does not answer"):
            ask("s3://archive/a.txt")


def test_no_keys_are_said(store: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    lead_to(store, monkeypatch)
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path))
    with pytest.raises(PermissionError, match="no keys to the store"):
        read_bytes("s3://archive/a.txt")


@pytest.mark.parametrize(
    "address",
    [
        f"s3://{ACCESS}:{SECRET.replace('/', '')}@archive/a.txt",
        "sftp://ann:secret12@host/a.txt",
        "simplecache::sftp://ann:secret12@host/a.txt",
        "https://host/a.txt?X-Amz-Credential=secret12&X-Amz-Signature=secret12",
        "https://host/a.txt?v=1&sig=secret12",
    ],
)
def test_a_key_in_an_address_is_refused_and_not_said(address: str) -> None:
    with pytest.raises(CorpusError, match="holds a key or password") as said:
        opened(address)
    assert "secret" not in str(said.value)


def test_addresses_without_a_key_are_taken() -> None:
    for address in ("s3://archive/a:b@c.txt", "abfs://box@account.dfs.core.windows.net/a", "https://host/a?page=2"):
        stores.refuse_keys(address)


def test_stores_that_there_are_not_are_said(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(CorpusError, match="no store of the kind 'nothing'"):
        opened("nothing://a/b")
    # as on a machine without s3fs: fsspec has not yet seen it, and it cannot be imported
    monkeypatch.delitem(sys.modules["fsspec.registry"]._registry, "s3", raising=False)
    monkeypatch.setitem(sys.modules, "s3fs", None)
    with pytest.raises(CorpusError, match=r"s3fs is not installed; in a clone: pip install '\.\[cluster\]'"):
        opened("s3://archive/b")


def test_secrets_of_settings_are_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(
        fsspec.config.conf, "s3", {"secret": "of-the-settings", "client_kwargs": {"region": "somewhere"}}
    )
    assert stores.without_secrets("of-the-settings in somewhere, AKIAABCDEFGHIJKLMNOP") == "… in somewhere, …"


def test_a_store_that_cannot_replace_whole_is_written_by_renaming(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(places, "_WHOLE", frozenset())
    path = f"memory://archive/{tmp_path.name}/a"
    put(path, b"old")
    put(path, b"new")
    assert read_bytes(path) == b"new"
    with pytest.raises(KeyError):
        broken(path, b"half")
    assert [each.path for each in listed(f"memory://archive/{tmp_path.name}")] == [path]
