"""The command that opens the desk says where it listens, and in one line why it cannot."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from dragoman.desk.serve import Place, bound
from dragoman.errors import DragomanError
from dragoman.ledger.store import Ledger


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    """Return an empty ledger."""
    path = tmp_path / "empty.ledger"
    Ledger(str(path), create=True).close()
    return path


def test_it_says_where_it_listens_and_stops_with_an_interrupt(ledger: Path) -> None:
    command = [sys.executable, "-m", "dragoman", "desk", "--ledger", str(ledger), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as opened:
        try:
            assert opened.stdout is not None
            line = opened.stdout.readline()
            found = re.fullmatch(r"The desk listens at (http://127\.0\.0\.1:[1-9]\d*) and stops with Ctrl-C\.\n", line)
            assert found, line
            assert httpx.get(found[1], timeout=60).status_code == 200
            opened.send_signal(signal.SIGINT)
            printed, complaints = opened.communicate(timeout=60)
        finally:
            opened.kill()
    assert (printed, complaints) == ("", "")
    assert opened.returncode in (0, 130)  # 0 where whoever started the tests has interrupts ignored


def test_a_port_that_is_taken_is_one_line_with_the_remedy(ledger: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        command = [sys.executable, "-m", "dragoman", "desk", "--ledger", str(ledger), "--port", str(port)]
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.splitlines() == [
        f"127.0.0.1:{port}: the port is in use; end what listens there, or give another: --port 0 takes a free one"
    ]


def test_an_address_that_is_not_ours_is_told_likewise() -> None:
    with pytest.raises(DragomanError, match=r"^192\.0\.2\.1:0: it cannot be bound \(.+\); give another: --host"):
        bound(Place(host="192.0.2.1", port=0))  # an address for documentation: no machine's
