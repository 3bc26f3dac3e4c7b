"""Who asks, and what that user may do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from http import HTTPStatus

from starlette.requests import Request

from dragoman.desk.faults import RequestError


class Role(StrEnum):
    """What a user may do: look; decide and add reports; say who may do what. Each may do what those before it may.

    ``NOBODY`` has not signed in, and may do just that.
    """

    NOBODY = "nobody"
    READER = "reader"
    ANALYST = "analyst"
    ADMIN = "admin"

    def may(self, needed: Role) -> bool:
        """Return whether one of this role may do what needs another.

        >>> Role.ANALYST.may(Role.READER), Role.READER.may(Role.ANALYST)
        (True, False)
        """
        order = list(Role)
        return order.index(self) >= order.index(needed)


class Scope(StrEnum):
    """What an API token is for."""

    READ = "read"
    DECIDE = "decide"
    ADD = "add"
    ADMIN = "admin"

    @property
    def role(self) -> Role:
        """Return the role that may do it."""
        return {Scope.READ: Role.READER, Scope.ADMIN: Role.ADMIN}.get(self, Role.ANALYST)


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """Who asks. ``alone``: the single user of a desk without users, on loopback.

    ``session`` is the number of the one who signed in, ``handed`` that the password is to be changed first; ``scopes`` are those of
    the token of a program.
    """

    name: str
    role: Role
    alone: bool = False
    session: int | None = None
    scopes: frozenset[Scope] | None = None
    handed: bool = False


NOBODY = User(name="", role=Role.NOBODY)


def who(request: Request) -> User:
    """Return who asks."""
    user: User = request.state.user
    return user


def needs(role: Role) -> Callable[[Request], User]:
    """Return what lets only those of a role (or more) in, and gives who it is: for FastAPI's ``Depends``."""

    def let_in(request: Request) -> User:
        user = who(request)
        if not user.role.may(role):
            raise RequestError(
                where=user.name, found=f"a {user.role} may not do this", remedy=f"ask for the role of {role}",
                status=HTTPStatus.FORBIDDEN,
            )  # fmt: skip
        return user

    return let_in
