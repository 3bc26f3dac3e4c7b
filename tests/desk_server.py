"""A process that opens desks, each in a child that may be killed; run by test_desk_kill.py with the file of those who are told.

Reads 'TARGET PORT' and says the child's id; reads a line, waits for the child to end and says its exit status.
"""

from __future__ import annotations

import os
import sys

from dragoman.desk.serve import Place, serve
from dragoman.ledger.store import Ledger
from dragoman.reading.reader import default_reader
from dragoman.settings import Settings


def main() -> None:
    """Open desks as told until standard input ends."""
    settings = Settings(boards="", desk_reads=100_000, desk_writes=100_000, desk_readings=100_000, hooks=sys.argv[1])
    default_reader(settings)  # once, for all of them
    while line := sys.stdin.readline():
        target, port = line.split()
        child = os.fork()
        if child == 0:
            serve(Ledger(target), settings, "tester", Place(host="127.0.0.1", port=int(port)))
            os._exit(0)
        _say(child)
        sys.stdin.readline()  # whoever may kill it has done so: until then its id is its own
        _say(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))


def _say(number: int) -> None:
    sys.stdout.write(f"{number}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
