"""Passwords: kept as argon2id with the defaults of its library, and compared so that an unknown name takes as long as a known one."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from threading import Semaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from dragoman.errors import SettingsError

SHORTEST, LONGEST = 12, 1000
_WORDS = """
    password passwort passw0rd parola motdepasse contrasena senha kennwort administrator admin root user login logon welcome
    letmein master access hello guest default changeme secret private system server manager office company dragon monkey
    tiger eagle football baseball basketball soccer hockey superman batman spiderman starwars pokemon princess sunshine
    shadow michael jordan jennifer jessica ashley charlie daniel thomas robert george andrew matthew anthony william
    michelle nicole iloveyou iloveu ilove loveyou love lovely forever baby angel sweet honey trustno whatever nothing
    computer internet samsung google facebook microsoft windows iphone liverpool arsenal chelsea barcelona madrid manchester
    mustang ferrari mercedes porsche yamaha harley cheese chocolate banana cookie pepper flower butterfly summer winter
    spring autumn january february march april june july august september october november december monday tuesday wednesday
    thursday friday saturday sunday money killer freedom fuckyou fuck test demo example sample
    dragoman desk ledger analyst reader board conflict ceasefire truce peace report
""".split()  # of which most passwords that are found out consist; those of the last line are this program's own
_ROWS = (
    "01234567890", "abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "qwertzuiop", "azertyuiop", "asdfghjkl", "zxcvbnm", "yxcvbnm",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p", "1q2w3e4r5t6y7u8i9o0p", "q1w2e3r4t5y6u7i8o9p0",
)  # fmt: skip  # what fingers find on keys
_RUN = 3  # characters of a row that are one
_LOOKS = str.maketrans("0134578@$!", "oleastbasi")  # how letters are written to look like others
_AFFIX = re.compile(r"(?<![\W\d_])[\W\d_]{1,6}(?![\W\d_])")  # a year, a day, a mark: up to six that are no letters
_LEFT = 4  # characters that a password must have besides
_hasher = PasswordHasher()
_few = Semaphore(2)  # each takes 64 MiB and a core while it lasts


def password_hash(password: str, name: str) -> str:
    """Return the hash of a new password; SettingsError where it is too short, too long, or the name of its user."""
    plain = _normal(password)
    if not SHORTEST <= len(plain) <= LONGEST:
        found = f"it has {len(plain)} characters"
        raise SettingsError(where="password", found=found, remedy=f"take {SHORTEST} to {LONGEST} of them")
    if len(set(plain)) < 5 or is_easy(plain, name):
        raise SettingsError(where="password", found="it is easily guessed", remedy="take several words")
    with _few:
        return _hasher.hash(plain)


def is_easy(password: str, name: str) -> bool:
    """Return whether hardly anything is in a password but words that most take, rows of keys, its user's name, and a number.

    >>> is_easy("Passw0rd-2026!", "rita"), is_easy("rita1qaz2wsx", "rita"), is_easy("correct horse battery", "rita")
    (True, True, False)
    """
    folded = password.casefold()
    whole = re.sub(r"[\W_]", "", folded)
    if re.fullmatch(r"(.{1,40}?)\1+", whole):
        return True
    words = sorted({*_WORDS, *re.findall(r"[^\W\d_]{3,}", name.casefold()), name.casefold()}, key=len, reverse=True)
    return any(_left(form, words) < _LEFT for form in (folded, folded.translate(_LOOKS)))


def _left(password: str, words: list[str]) -> int:
    """Return how many characters are left of a password without what is easily guessed."""
    rest = password
    for word in words:
        rest = rest.replace(word, " ").replace(word[::-1], " ")
    rest = _AFFIX.sub(" ", _without_rows(rest))
    return len(rest.replace(" ", ""))


def _without_rows(password: str) -> str:
    """Return a password without what runs along a row of keys, either way, or is one key again and again."""
    made, start = "", 0
    while start < len(password):
        end = start + 1
        while end < len(password) and _is_row(password[start : end + 1]):
            end += 1
        made += " " if end - start >= _RUN else password[start:end]
        start = end
    return made


def _is_row(piece: str) -> bool:
    return len(set(piece)) == 1 or any(piece in row or piece[::-1] in row for row in _ROWS)


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
