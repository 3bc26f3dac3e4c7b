"""The store of accounts: who may sign in, sessions, tokens, the log; in a file of its own and on PostgreSQL."""

from __future__ import annotations

import stat
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from conftest import Command
from sqlalchemy import insert, inspect, select, update

from dragoman.desk.accounts.log import Filter, Noted, kinds, lines, note
from dragoman.desk.accounts.passwords import LONGEST, SHORTEST, password_hash
from dragoman.desk.accounts.sessions import IDLE, begin, end, session_of, sessions_of
from dragoman.desk.accounts.sessions import LONGEST as WEEK
from dragoman.desk.accounts.store import Accounts, accounts_of
from dragoman.desk.accounts.tables import SCHEMA, facts, metadata, users
from dragoman.desk.accounts.tokens import make_token, revoke, token_of, tokens_of, wanted
from dragoman.desk.accounts.users import (
    add_user,
    admins,
    all_users,
    disable,
    enable,
    name_of,
    set_password,
    set_role,
    signed_in,
    user,
)
from dragoman.desk.who import Role, Scope
from dragoman.errors import LedgerError, SettingsError
from dragoman.ledger.connect import engine_of
from dragoman.ledger.store import Ledger

PASSWORD, OTHER = "correct horse battery", "staple of the other horse"


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.time = datetime(2026, 3, 1, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.time

    def later(self, **given: float) -> None:
        self.time += timedelta(**given)


pytestmark = pytest.mark.usefixtures("quick_hashes")


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def accounts(target: str, clock: Clock) -> Iterator[Accounts]:
    kept = Accounts(target, clock=clock)
    yield kept
    kept.close()


@pytest.fixture
def team(accounts: Accounts) -> Accounts:
    """Return accounts with an admin, an analyst and a reader."""
    for role in (Role.ADMIN, Role.ANALYST, Role.READER):
        add_user(accounts, f"the.{role}", role, PASSWORD)
    return accounts


def test_the_first_user_is_an_admin_and_makes_a_team_of_the_desk(accounts: Accounts) -> None:
    assert (accounts.there(), accounts.team(), all_users(accounts)) == (False, False, ())
    with pytest.raises(SettingsError, match="add an admin first"):
        add_user(accounts, "rita", Role.READER, PASSWORD)
    added = add_user(accounts, " Miriam.K ", Role.ADMIN, PASSWORD)
    assert (added.name, added.role, accounts.team()) == ("miriam.k", Role.ADMIN, True)


def test_only_who_has_name_and_password_is_signed_in(team: Accounts) -> None:
    assert signed_in(team, "The.Reader ", PASSWORD) == user(team, "the.reader")
    for name, password in (
        ("the.reader", OTHER), ("the.reader", ""), ("nobody", PASSWORD), ("a\0b", PASSWORD), ("the.reader", "\udce9" * 20),
        ("' or 1=1 --", PASSWORD), ("the.reader", PASSWORD + "x"),
    ):  # fmt: skip
        assert signed_in(team, name, password) is None


def test_a_disabled_user_is_out_everywhere_and_may_come_back(team: Accounts) -> None:
    session, token = begin(team, "the.reader", "::1", ""), make_token(team, "the.reader", wanted("a", ["read"], None))
    disable(team, "the.reader")
    assert signed_in(team, "the.reader", PASSWORD) is None
    assert (session_of(team, session), token_of(team, token)) == (None, None)
    enable(team, "the.reader")
    assert signed_in(team, "the.reader", PASSWORD) is not None
    assert session_of(team, session) is None


def test_another_password_ends_all_sessions(team: Accounts) -> None:
    session = begin(team, "the.reader", "::1", "")
    set_password(team, "the.reader", OTHER)
    assert session_of(team, session) is None
    assert (signed_in(team, "the.reader", PASSWORD), signed_in(team, "the.reader", OTHER) is None) == (None, False)


@pytest.mark.parametrize(
    "take", [lambda kept: disable(kept, "the.admin"), lambda kept: set_role(kept, "the.admin", Role.READER)]
)
def test_the_last_admin_stays(team: Accounts, take: Callable[[Accounts], None]) -> None:
    with pytest.raises(SettingsError, match="last admin"):
        take(team)
    assert admins(team) == 1
    set_role(team, "the.reader", Role.ADMIN)
    take(team)
    assert admins(team) == 1


@pytest.mark.parametrize("name", ["", "a b", "ä", "9", "-a", "x" * 65, "a\0", "../a", "<b>"])
def test_names_that_cannot_be_are_refused(name: str) -> None:
    with pytest.raises(SettingsError, match="cannot be a name"):
        name_of(name)


@pytest.mark.parametrize("password", ["", "x" * (SHORTEST - 1), "x" * (LONGEST + 1), "a" * 20, "miriam.the.second"])
def test_passwords_that_are_guessed_are_refused(password: str) -> None:
    with pytest.raises(SettingsError, match="password"):
        password_hash(password, "miriam.the.second")


@pytest.mark.parametrize(
    "password",
    [
        "passwordpassword", "Password-2026!", "P@ssw0rd2024!", "drowssapdrowssap", "letmein12345", "iloveyou1234", "administrator",
        "123456789012", "1q2w3e4r5t6y", "1qaz2wsx3edc", "qwertyuiop12", "asdfghjkl;12", "aaaaaaaaaaab", "abcabcabcabc",
        "correctcorrect", "dragoman-desk-1", "rita.m-2026-03", "Rita.Rita.Rita",
    ],
)  # fmt: skip
def test_passwords_of_words_and_keys_that_all_take_are_refused(password: str) -> None:
    with pytest.raises(SettingsError, match="easily guessed"):
        password_hash(password, "rita.m")


@pytest.mark.parametrize(
    "password",
    [
        "correct horse battery", "a horse in june", "831947205516", "кошка на окне", "Xk7q9z2w4pLm", "zebra zebra cloud",
        "dragon liver plant",         "~" * 4 + "!§$%&/()=?", "a" + "\u0301" + " b c d e f g h i", "long words " * 6 + "last",
    ],
)  # fmt: skip
def test_a_password_may_be_of_any_characters(team: Accounts, password: str) -> None:
    set_password(team, "the.reader", password)
    assert signed_in(team, "the.reader", password) is not None
    assert signed_in(team, "the.reader", password[:-1]) is None
    assert signed_in(team, "the.reader", password.swapcase() + " ") is None


def test_a_password_that_was_handed_over_opens_for_a_week(team: Accounts, clock: Clock) -> None:
    add_user(team, "rita", Role.READER, OTHER, handed=True)
    set_password(team, "the.reader", OTHER, handed=True)
    set_password(team, "the.analyst", OTHER)
    for name, handed in (("rita", True), ("the.reader", True), ("the.analyst", False)):
        found = session_of(team, begin(team, name, "", ""))
        assert found is not None
        assert (name, found.handed) == (name, handed)
    clock.later(days=6)
    assert signed_in(team, "rita", OTHER) is not None
    set_password(team, "rita", "words of my own")
    clock.later(days=2)
    assert signed_in(team, "the.reader", OTHER) is None
    assert signed_in(team, "rita", "words of my own") is not None
    assert signed_in(team, "the.analyst", OTHER) is not None


def test_the_file_of_accounts_is_made_private_again(tmp_path: Path, clock: Clock) -> None:
    file = tmp_path / "a.desk"
    kept = Accounts(str(file), clock=clock)
    add_user(kept, "a", Role.ADMIN, PASSWORD)
    kept.close()
    file.chmod(0o644)
    again = Accounts(str(file), clock=clock)
    assert again.team()
    assert {stat.S_IMODE(each.stat().st_mode) for each in tmp_path.iterdir()} == {0o600}
    again.close()


def test_a_line_of_the_log_stays_one_line(team: Accounts) -> None:
    note(team, Noted(user="a\nadmin", address="b\r\n", what="refused", about="\x1b[2J\u2028c\x85", outcome="\0"))
    (line,) = lines(team, Filter())
    assert (line.user, line.address, line.about, line.outcome) == ("a admin", "b  ", " [2J c ", " ")


def test_a_name_is_given_once_and_unknown_ones_are_told(team: Accounts) -> None:
    with pytest.raises(SettingsError, match="there is such a user"):
        add_user(team, "the.reader", Role.READER, PASSWORD)
    with pytest.raises(SettingsError, match="there is no such user"):
        set_role(team, "nobody", Role.READER)
    with pytest.raises(SettingsError, match="no role of a user"):
        set_role(team, "the.reader", Role.NOBODY)


def test_passwords_are_kept_as_argon2id_with_the_defaults_of_its_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    assert password_hash(PASSWORD, "a").startswith("$argon2id$v=19$m=65536,t=3,p=4$")


def test_a_hash_of_older_parameters_is_made_anew_at_the_next_sign_in(team: Accounts) -> None:
    from argon2 import PasswordHasher

    weak = PasswordHasher(time_cost=1, memory_cost=16, parallelism=1).hash(PASSWORD)
    with team.writing() as connection:
        connection.execute(update(users).where(users.c.name == "the.reader").values(hash=weak))
    assert signed_in(team, "the.reader", PASSWORD) is not None
    with team.reading() as connection:
        kept = connection.execute(select(users.c.hash).where(users.c.name == "the.reader")).scalar_one()
    assert kept.startswith("$argon2id$")
    assert kept != weak
    assert signed_in(team, "the.reader", PASSWORD) is not None


def test_no_secret_is_kept(team: Accounts) -> None:
    secrets = [PASSWORD, begin(team, "the.admin", "::1", "x"), make_token(team, "the.admin", wanted("a", ["admin"], 9))]
    with team.reading() as connection:
        kept = [repr(row) for table in metadata.tables.values() for row in connection.execute(select(table))]
    assert [secret for secret in secrets if secret in "".join(kept)] == []
    assert len(set(secrets)) == 3


def test_a_session_ends_when_it_is_not_used_or_grows_old_or_is_ended(team: Accounts, clock: Clock) -> None:
    idle = begin(team, "the.reader", "::1", "Firefox")
    clock.later(seconds=IDLE.total_seconds() - 1)
    found = session_of(team, idle)
    assert found is not None
    assert (found.user, found.role, found.address, found.agent) == ("the.reader", Role.READER, "::1", "Firefox")
    clock.later(seconds=IDLE.total_seconds() - 1)
    assert session_of(team, idle) is not None
    clock.later(seconds=IDLE.total_seconds() + 1)
    assert (session_of(team, idle), sessions_of(team, "the.reader")) == (None, ())
    used = begin(team, "the.reader", "::1", "")
    for _ in range(int(WEEK / timedelta(hours=8)) - 1):
        clock.later(hours=8)
        assert session_of(team, used) is not None
    clock.later(hours=8)
    assert session_of(team, used) is None
    ended = begin(team, "the.reader", "::1", "")
    (found,) = sessions_of(team, "the.reader")
    assert end(team, "the.admin", found.no) is False
    assert session_of(team, ended) is not None
    assert end(team, "the.reader", found.no) is True
    assert session_of(team, ended) is None
    assert session_of(team, "made up \udce9") is None


def test_a_role_counts_at_once(team: Accounts) -> None:
    session = begin(team, "the.reader", "::1", "")
    set_role(team, "the.reader", Role.ANALYST)
    found = session_of(team, session)
    assert found is not None
    assert found.role is Role.ANALYST


def test_a_token_opens_what_it_is_for_until_it_ends(team: Accounts, clock: Clock) -> None:
    made = make_token(team, "the.analyst", wanted(" the  cron job ", ["read", "add"], 30))
    found = token_of(team, made)
    assert found is not None
    assert (found.name, found.scopes, found.used) == ("the cron job", frozenset({Scope.READ, Scope.ADD}), None)
    (listed,) = tokens_of(team, "the.analyst")
    assert listed.used == "2026-03-01T12:00:00.000000+00:00"
    assert token_of(team, made[:-1]) is None
    clock.later(days=30)
    assert (token_of(team, made), tokens_of(team, "the.analyst")) == (None, ())
    for_ever = make_token(team, "the.analyst", wanted("b", ["read"], ""))
    clock.later(days=3000)
    assert token_of(team, for_ever) is not None
    (listed,) = tokens_of(team, "the.analyst")
    assert revoke(team, "the.admin", listed.no) is False
    assert revoke(team, "the.analyst", listed.no) is True
    assert revoke(team, "the.analyst", listed.no) is False
    assert token_of(team, for_ever) is None


@pytest.mark.parametrize(
    ("name", "scopes", "days"),
    [("", ["read"], None), ("a", [], None), ("a", ["all"], None), ("a", ["read"], "x"), ("a", ["read"], 0),
     ("a", ["read"], "9" * 30), ("a" * 81, ["read"], 1), ("a\0b", ["read"], 1)],
)  # fmt: skip
def test_tokens_that_cannot_be_are_refused(name: str, scopes: list[str], days: str | None) -> None:
    with pytest.raises(SettingsError):
        wanted(name, scopes, days)


def test_nobody_makes_a_token_for_more_than_the_role(team: Accounts) -> None:
    with pytest.raises(SettingsError, match="a reader may not add, decide"):
        make_token(team, "the.reader", wanted("a", ["read", "add", "decide"], 1))
    with pytest.raises(SettingsError, match="an analyst may not admin"):
        make_token(team, "the.analyst", wanted("a", ["admin"], 1))


def test_the_log_is_read_by_user_kind_and_day(team: Accounts, clock: Clock) -> None:
    for number in range(3):
        note(team, Noted(user="a", address="::1", what="decision", about=f"wrong_claim {number}\0\udce9" + "x" * 999))
        note(team, Noted(user="b", address="::1", what="sign in", outcome="refused"))
        clock.later(days=1)
    assert kinds(team) == ("decision", "sign in")
    assert [each.user for each in lines(team, Filter(), 4)] == ["b", "a", "b", "a"]
    assert len(lines(team, Filter(user="a", what="decision"))) == 3
    assert {each.at[:10] for each in lines(team, Filter(first=date(2026, 3, 2), last=date(2026, 3, 2)))} == {
        "2026-03-02"
    }
    first, *_, last = lines(team, Filter(last=date.max, first=date.min))
    assert lines(team, Filter(before=last.no)) == ()
    assert lines(team, Filter(before=2**70))[0] == first
    assert all(len(each.about) <= 300 for each in lines(team, Filter()))
    assert lines(team, Filter(user="a\0", what="\udce9")) == ()


def test_accounts_stand_apart_from_the_ledger(target: str, tmp_path: Path) -> None:
    ledger = Ledger(target, create=True)
    kept = accounts_of(ledger, None)
    add_user(kept, "a", Role.ADMIN, PASSWORD)
    kept.close()
    tables = set(inspect(ledger.engine).get_table_names())
    ledger.close()
    assert [name for name in tables if name.startswith("desk_")] == []
    if "://" in target:
        engine = engine_of(target)  # one who is only given the schema of the ledger sees none of it
        assert "desk_users" in inspect(engine).get_table_names(schema=SCHEMA)
        engine.dispose()
    else:
        beside = Path(f"{target}.desk")
        assert stat.S_IMODE(beside.stat().st_mode) == 0o600
        assert PASSWORD.encode() not in beside.read_bytes()
    Ledger(target).close()


def test_a_setting_names_another_place(tmp_path: Path) -> None:
    ledger = Ledger(str(tmp_path / "a.ledger"), create=True)
    kept = accounts_of(ledger, str(tmp_path / "other"))
    add_user(kept, "a", Role.ADMIN, PASSWORD)
    kept.close()
    ledger.close()
    assert (tmp_path / "other").exists()
    assert not (tmp_path / "a.ledger.desk").exists()


def test_what_is_no_store_of_accounts_is_refused(tmp_path: Path) -> None:
    Ledger(str(tmp_path / "a.ledger"), create=True).close()
    with pytest.raises(LedgerError, match="another database"):
        add_user(Accounts(str(tmp_path / "a.ledger")), "a", Role.ADMIN, PASSWORD)
    with pytest.raises(LedgerError, match="cannot be kept there"):
        add_user(Accounts(str(tmp_path / "none" / "a")), "a", Role.ADMIN, PASSWORD)
    (tmp_path / "text").write_text("some text of a person", encoding="utf-8")
    with pytest.raises(LedgerError, match="no database"):
        Accounts(str(tmp_path / "text")).there()


def test_another_version_is_refused(team: Accounts, target: str) -> None:
    with team.writing() as connection:
        connection.execute(update(facts).where(facts.c.key == "version").values(value="2"))
    newer = Accounts(target)
    with pytest.raises(LedgerError, match="of another version"):
        newer.there()
    newer.close()


def test_a_user_who_was_added_by_another_program_is_seen(target: str, team: Accounts) -> None:
    other = Accounts(target)
    assert other.team() is True
    other.close()
    with pytest.raises(LedgerError), team.writing() as connection:  # what is kept is held together by the database, too
        connection.execute(insert(metadata.tables["desk_tokens"]), [{"hash": "a"}])


def test_a_disabled_user_gets_no_token(team: Accounts) -> None:
    disable(team, "the.analyst")
    with pytest.raises(SettingsError, match=r"the user is disabled.*; .*dragoman desk users enable the\.analyst"):
        make_token(team, "the.analyst", wanted("a", ["read"], 1))


def test_the_commands_keep_users_and_tokens(dragoman: Command, tmp_path: Path) -> None:
    ledger = tmp_path / "a.ledger"
    Ledger(str(ledger), create=True).close()
    given = f"{PASSWORD}\n".encode()
    add = ("desk", "--ledger", ledger, "users", "add")
    first = dragoman(*add, "rita", "--role", "analyst", "--password-stdin", given=given)
    assert b"rita: the first user must be an admin, not an analyst; add an admin first: --role admin" in first.stderr
    assert dragoman(*add, "miriam", "--role", "admin", "--password-stdin", given=given).returncode == 0
    assert dragoman("desk", "users", "list", "--ledger", ledger).stdout == b"miriam\tadmin\tmay sign in\n"
    made = dragoman("desk", "tokens", "add", "miriam", "--for", "cron", "--ledger", ledger).stdout.decode().strip()
    accounts = Accounts(f"{ledger}.desk")
    assert token_of(accounts, made) is not None
    assert [line.what for line in lines(accounts, Filter())] == ["token made", "user added"]
    assert {line.address for line in lines(accounts, Filter())} == {"the command line"}
    accounts.close()
    refused = dragoman("desk", "--ledger", ledger, "users", "disable", "miriam")
    assert (refused.returncode, b"last admin" in refused.stderr) == (2, True)
