"""docs/reference/errors.md: exit statuses, and each class of mistake."""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping

from dragoman import errors
from dragoman.cli import USAGE_MISTAKES
from dragoman.commands.shared import FAILED, OK, STOPPED, USAGE
from dragoman.desk.faults import RequestError
from dragoman.errors import DragomanError
from reference_pages.words import MADE, code, needed, plain, table

STATUSES: Mapping[int, str] = {
    OK: "all is well",
    FAILED: "something could not be read, found or written, or a check found something",
    USAGE: "the command was not understood: an unknown option, setting or format, or one that is not of its type",
    STOPPED: "stopped by Ctrl-C",
}


def classes() -> Iterator[type[DragomanError]]:
    """Yield the classes of mistakes: those of all, in the order of the file, and that of the desk."""
    for each in (*vars(errors).values(), RequestError):
        if inspect.isclass(each) and issubclass(each, DragomanError):
            yield each


def page() -> str:
    """Return the page."""
    return "\n".join(
        [
            MADE,
            "# Errors and exit statuses\n",
            "A mistake is one line on standard error: where it is, what was found, what to do. One bad "
            "report does not stop the others.\n",
            "## Exit statuses\n",
            table(("status", "meaning"), [(str(status), words) for status, words in STATUSES.items()]),
            "What a command's own status means beyond this, its page says ([Commands](commands.md)).\n",
            "## Mistakes, by class\n",
            f"In Python each is an exception of {code('dragoman.errors')} (RequestError of {code('dragoman.desk.faults')}); all are a {code('DragomanError')} "
            f"and have {code('where')}, "
            f"{code('found')} and {code('remedy')}.\n",
            table(
                ("class", "is a", "exit status", "meaning"),
                [
                    (
                        code(each.__name__),
                        code(each.__mro__[1].__name__),
                        _status(each),
                        needed(plain(each.__doc__ or ""), each.__name__),
                    )
                    for each in classes()
                ],
            ),
        ]
    )


def _status(each: type[DragomanError]) -> str:
    if each is RequestError:
        return ""  # the desk answers with the status of HTTP
    return str(USAGE if issubclass(each, USAGE_MISTAKES) else FAILED)
