"""One class for each kind of mistake; each names the place, what was found and the remedy."""

from __future__ import annotations

from pathlib import Path

import msgspec

NO_TOML = (ValueError, RecursionError)
"""What loading a text raises that is no TOML: a wrong form, no UTF-8, a number of thousands of digits, too deep a nest."""
NO_JSON = (msgspec.MsgspecError, UnicodeDecodeError, RecursionError)
"""What decoding bytes raises that are no JSON of the form that is wanted."""


class DragomanError(Exception):
    """A mistake that a user can mend: where it is, what was found there, and what to do.

    >>> print(DragomanError(where="a.txt", found="the file is empty", remedy="give a report with text"))
    a.txt: the file is empty; give a report with text
    """

    def __init__(self, *, where: str, found: str, remedy: str) -> None:
        self.where = where
        self.found = found
        self.remedy = remedy
        super().__init__(f"{where}: {found}; {remedy}")


class IntakeError(DragomanError):
    """A report that cannot be read: empty, binary, wrong encoding, no article, another language, too long."""


class LanguageError(IntakeError):
    """A text in another language than English; ``language`` is its code ('fr')."""

    def __init__(self, *, where: str, found: str, remedy: str, language: str = "") -> None:
        self.language = language
        super().__init__(where=where, found=found, remedy=remedy)


class SettingsError(DragomanError):
    """An unknown or unusable setting."""


class ModelError(DragomanError):
    """The language model that the settings name is not installed or is no spaCy pipeline with a parser."""


class LedgerError(DragomanError):
    """A ledger that cannot be used: missing, locked, damaged, of a newer version, or without room to write."""


class FormatError(DragomanError):
    """A format that there is not, or whose library is not installed."""


class ExportError(DragomanError):
    """A file that cannot be written: no such folder, no right to it, no room."""


class BackupError(DragomanError):
    """A backup that cannot be written, is cut off or altered, or would be written over something."""


class CorpusError(DragomanError):
    """A corpus that cannot be coded as asked: nothing in it, results of another run in the way, a plan that fits no more."""


class FetchError(IntakeError):
    """An address that could not be fetched this time: no answer, too slow, out of order.

    ``after`` is in how many seconds its host wants to be asked again, where it says so.
    """

    def __init__(self, *, where: str, found: str, remedy: str, after: float | None = None) -> None:
        self.after = after
        super().__init__(where=where, found=found, remedy=remedy)


class RefusedError(FetchError):
    """An address that will not be fetched another time either: not public, not allowed by its host, not there, too large."""


class RulebookError(DragomanError):
    """All mistakes of a rulebook, found in one load.

    ``mistakes`` is a tuple of lines 'file:line: what was found; what is allowed'.
    """

    files = "rulebook"

    def __init__(self, mistakes: tuple[str, ...]) -> None:
        self.mistakes = mistakes
        super().__init__(
            where=self.files, found=f"{len(mistakes)} mistakes", remedy="mend them:\n" + "\n".join(mistakes)
        )


class ConflictError(RulebookError):
    """All mistakes of the conflict files, found in one load, each with its file and line."""

    files = "conflicts"


def install(extra: str) -> str:
    """Return how a part of the program that needs more libraries is installed: no registry has the package.

    >>> install("desk")
    "in a clone: pip install '.[desk]'"
    """
    return f"in a clone: pip install '.[{extra}]'"


def fault_in(where: str, fault: Exception) -> DragomanError:
    """Return a fault of the program in the reading of a report as a mistake that says where it happened."""
    step = fault.__traceback__
    while step is not None and step.tb_next is not None:
        step = step.tb_next
    place = f" at {Path(step.tb_frame.f_code.co_filename).name}:{step.tb_lineno}" if step is not None else ""
    found = f"the reading failed ({type(fault).__name__}: {fault}{place})"
    return DragomanError(where=where, found=found, remedy="report this with the text; the other reports are read")
