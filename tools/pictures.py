"""Take the pictures of the desk that stand in docs/desk: on the sample corpus, in Debian's Chromium (CHROMIUM names another)."""

from __future__ import annotations

import os
import sys
import tempfile
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "desk"
PICTURES = (
    ("conflict", "/conflicts/libya?as_of=2020-01-20", (1280, 1400)),
    ("backers", "/conflicts/libya/backers", (1280, 800)),
    ("report", "/reports/ly-0114-tc-1", (1280, 900)),
    ("contradictions", "/conflicts/sorvia/contradictions", (1280, 900)),
    ("map", "/conflicts/libya/map", (1280, 900)),
    ("phone", "/conflicts/sorvia?as_of=2021-03-20", (375, 800)),
)
_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


def main() -> int:
    """Add the sample corpus to a ledger, open its desk, and write the pictures; return 0."""
    sys.path.insert(0, str(ROOT / "tests"))
    os.chdir(ROOT)
    from desking import SETTINGS, serving

    from dragoman.cli import run
    from dragoman.desk.kept import Desk
    from dragoman.ledger.store import Ledger

    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, redirect_stdout(StringIO()):
        os.environ["DRAGOMAN_BOARDS"] = ""
        path = str(Path(folder, "ledger.sqlite"))
        run(["add", "samples/corpus", "--ledger", path])
        ledger = Ledger(path)
        with serving(Desk(ledger, SETTINGS), "miriam") as where, sync_playwright() as playwright:
            chromium = os.environ.get("CHROMIUM", "/usr/bin/chromium")
            browser = playwright.chromium.launch(executable_path=chromium, args=_FLAGS)
            for name, address, (width, height) in PICTURES:
                page = browser.new_page(viewport={"width": width, "height": height})
                _take(page, f"{where}{address}", FOLDER / f"{name}.png")
            browser.close()
        ledger.close()
    return 0


def _take(page: Page, address: str, path: Path) -> None:
    page.goto(address)
    page.wait_for_load_state("networkidle")
    page.screenshot(path=path)
    page.close()


if __name__ == "__main__":
    sys.exit(main())
