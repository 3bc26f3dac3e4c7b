"""A process that adds prepared reports to ledgers, each time in a child that may be killed; run by test_ledger_kill.py.

Reads 'TARGET FIRST STEP COUNT' and says the child's id; reads a line, waits for the child to end and says its exit status.
"""

from __future__ import annotations

import os
import sys

import alembic.command  # noqa: F401  loaded once, before the children
from alembic.runtime.migration import MigrationContext  # noqa: F401
from ledger_prepared import MADE, prepared

from dragoman.errors import LedgerError
from dragoman.ledger.store import Ledger


def main() -> None:
    """Add as told until standard input ends."""
    while line := sys.stdin.readline():
        target, first, step, count = line.split()
        readings = prepared(int(count))[int(first) :: int(step)]
        child = os.fork()
        if child == 0:
            try:
                ledger = Ledger(target, create=True)
                for reading, record in readings:
                    ledger.add(reading, record, MADE)
                ledger.close()
            except LedgerError as fault:
                sys.stderr.write(f"{fault}\n")
                os._exit(1)
            os._exit(0)
        _say(child)
        sys.stdin.readline()  # whoever may kill it has done so: until then its id is its own
        _say(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))


def _say(number: int) -> None:
    sys.stdout.write(f"{number}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
