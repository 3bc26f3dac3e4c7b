"""Passwords: kept as argon2id with the defaults of its library, and compared so that an unknown name takes as long as a known one."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from threading import Semaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from dragoman.errors import SettingsError

SHORTEST, LONGEST = 12, 1000
_hasher = PasswordHasher()
_few = Semaphore(2)  # each takes 64 MiB and a core while it lasts


def password_hash(password: str, name: str) -> str:
    """Return the hash of a new password; SettingsError where it is too short, too long, or the name of its user."""
    plain = _normal(password)
    if not SHORTEST <= len(plain) <= LONGEST:
        found = f"it has {len(plain)} characters"
        raise SettingsError(where="password", found=found, remedy=f"take {SHORTEST} to {LONGEST} of them")
    if len(set(plain)) < 5 or name.casefold() in (plain.casefold(), plain.casefold()[::-1]):
        raise SettingsError(where="password", found="it is easily guessed", remedy="take several words")
    with _few:
        return _hasher.hash(plain)


def matches(kept: str | None, password: str) -> bool:
    """Return whether a password is the one that was hashed; without a hash it takes as long, and is not."""
    plain = _normal(password)[: LONGEST + 1]
    with _few:
        try:
            return _hasher.verify(kept or _nobody(), plain) and kept is not None
        except (VerificationError, InvalidHashError):
            return False


def is_old(kept: str) -> bool:
    """Return whether a hash was made with other parameters than today's."""
    return _hasher.check_needs_rehash(kept)


@lru_cache(maxsize=1)
def _nobody() -> str:
    return _hasher.hash("nobody has this password")


def _normal(password: str) -> str:
    """Return a password as all keyboards give it; what is no text in it is replaced."""
    return unicodedata.normalize("NFC", password).encode("utf-8", "replace").decode("utf-8")
