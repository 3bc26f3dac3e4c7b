"""What object stores refuse, said in the words of a disk; and that no key to one is in an address or a message."""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import fsspec

from dragoman.errors import CorpusError, install

_PASSWORD = re.compile(r"(?<=://)[^/@]*:[^/@]*(?=@)")
_SIGNED = re.compile(
    r"(?<=[?&])(x-(?:amz|goog)-(?:signature|credential|security-token)|awsaccesskeyid|signature|sig|token|access_token|"
    r"key|secret|password)=[^&]*",
    re.IGNORECASE,
)
_KEY = re.compile(r"\bA[KS]IA[0-9A-Z]{16}\b")
_SECRET_NAME = re.compile(r"key|secret|token|password|credential", re.IGNORECASE)
_SHORTEST_SECRET = 8
_NO_RIGHT = "no right to it: the keys are wrong or have run out, or they do not allow this"
_NO_KEYS = "no keys to the store: give them in its environment variables (AWS_ACCESS_KEY_ID …) or in fsspec's settings"
_NO_ANSWER = "the store does not answer: check the network and the address of the store (AWS_ENDPOINT_URL)"
_EXTRAS = {"s3": "s3fs", "gs": "gcsfs", "gcs": "gcsfs", "abfs": "adlfs", "az": "adlfs"}


def refuse_keys(path: str) -> None:
    """Raise CorpusError where an address holds a password or is signed: it would be written into the results.

    >>> refuse_keys("s3://archive/2020.jsonl")
    >>> refuse_keys("sftp://ann:secret@host/2020.jsonl")
    Traceback (most recent call last):
    dragoman.errors.CorpusError: sftp://…@host/2020.jsonl: the address holds a key or password; give it in the \
environment or in fsspec's settings (docs/cluster.md)
    """
    bare = _SIGNED.sub(r"\1=…", _PASSWORD.sub("…", path))
    if bare != path:
        found = "the address holds a key or password"
        remedy = "give it in the environment or in fsspec's settings (docs/cluster.md)"
        raise CorpusError(where=bare, found=found, remedy=remedy)


def without_secrets(text: str) -> str:
    """Return a text of a store with the keys that this process knows, and what looks like one, left out."""
    for secret in sorted(_secrets(), key=len, reverse=True):
        text = text.replace(secret, "…")
    return _KEY.sub("…", _SIGNED.sub(r"\1=…", _PASSWORD.sub("…", text)))


@contextmanager
def unknown_store(path: str) -> Iterator[None]:
    """Raise CorpusError where the package for a store is not installed, or there is no store of that kind."""
    try:
        yield
    except (ImportError, ValueError) as mistake:
        kind = path.partition("://")[0].rpartition("::")[2]
        if isinstance(mistake, ValueError):
            found, remedy = f"no store of the kind {kind!r} is known", "give s3://, gs://, abfs:// or a path"
        else:
            package = _EXTRAS.get(kind, "what fsspec needs for it")
            found = f"{package} is not installed"
            remedy = install("cluster") if kind == "s3" else f"pip install {package}"
        raise CorpusError(where=path, found=found, remedy=remedy) from mistake


@contextmanager
def said_by_store(path: str, *, local: bool = False) -> Iterator[None]:
    """Raise what a store's library raises as an OSError with its kind, in words, and the path; faults of a disk as they are."""
    try:
        yield
    except CorpusError:
        raise
    except Exception as fault:
        if local or isinstance(fault, ImportError):
            raise
        # without the chain: a library's message may hold what was signed
        raise _in_words(fault, path) from None


def _in_words(fault: Exception, path: str) -> OSError:
    kind, code = type(fault).__name__, _code(fault)
    if isinstance(fault, FileNotFoundError) or code == "NoSuchBucket":
        bucket = code == "NoSuchBucket"
        found = (
            f"there is no bucket {path.partition('://')[2].partition('/')[0]!r}" if bucket else "there is no such file"
        )
        return FileNotFoundError(errno.ENOENT, found, path)
    if kind in ("NoCredentialsError", "PartialCredentialsError", "TokenRetrievalError"):
        return PermissionError(errno.EACCES, _NO_KEYS, path)
    if isinstance(fault, PermissionError):
        return PermissionError(errno.EACCES, f"{_NO_RIGHT}{f' ({code})' if code else ''}", path)
    if isinstance(fault, ConnectionError | TimeoutError) or re.search("Connect|Timeout|ServerDisconnected|Proxy", kind):
        return ConnectionError(errno.EHOSTUNREACH, _NO_ANSWER, path)
    number = fault.errno if isinstance(fault, OSError) and fault.errno else errno.EIO
    said = fault.strerror if isinstance(fault, OSError) and fault.strerror else str(fault)
    return OSError(number, f"the store refused ({code or kind}: {without_secrets(said)})", path)


def _code(fault: BaseException | None) -> str | None:
    """Return the store's own name of an error, from what it was raised for."""
    while fault is not None:
        response: Any = getattr(fault, "response", None)
        if isinstance(response, dict):
            code = str(response.get("Error", {}).get("Code", ""))
            return code or None
        fault = fault.__cause__
    return None


def _secrets() -> Iterator[str]:
    """Yield the keys that this process was given for stores."""
    for name, value in os.environ.items():
        if _SECRET_NAME.search(name) and len(value) >= _SHORTEST_SECRET:
            yield value
    yield from _inside(fsspec.config.conf)


def _inside(settings: Any, named: bool = False) -> Iterator[str]:
    if isinstance(settings, dict):
        for name, value in settings.items():
            yield from _inside(value, named or bool(_SECRET_NAME.search(str(name))))
    elif isinstance(settings, list | tuple):
        for each in settings:
            yield from _inside(each, named)
    elif named and isinstance(settings, str) and len(settings) >= _SHORTEST_SECRET:
        yield settings
