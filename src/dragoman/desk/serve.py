"""Open the desk: bind an address, and serve until it is stopped."""

from __future__ import annotations

import uvicorn

from dragoman.desk.app import app_of
from dragoman.desk.kept import Desk
from dragoman.ledger.store import Ledger
from dragoman.settings import Settings


def serve(ledger: Ledger, settings: Settings, user: str, host: str, port: int) -> None:
    """Serve the desk of a ledger on an address until the process is told to stop."""
    desk = Desk(ledger, settings)
    uvicorn.run(app_of(desk, user), host=host, port=port, log_level="warning", server_header=False)
