"""The command by which people decide: who is who, which acts are one, what is wrong, what is missing; and the list of it."""

from __future__ import annotations

import getpass
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dragoman.commands.shared import (
    DAYS,
    MOMENTS,
    JsonOption,
    LedgerOption,
    SettingsOption,
    ledger_of,
    moment_words,
    printable,
    reader_of,
    settings_of,
    write_json,
)
from dragoman.errors import SettingsError

if TYPE_CHECKING:
    from dragoman.ledger.decided import State
    from dragoman.ledger.verdicts import Decision, DecisionKind, Held, Source
    from dragoman.settings import Settings

_LIST = "list"


def decide(  # noqa: PLR0913  an option of the command is a parameter here
    kind: Annotated[
        str | None,
        typer.Argument(
            help="same_entity, other_entity, same_event, other_event, wrong_claim, right_claim, corrected_field, "
            "added_claim, filed, not_filed, graded_source or note; or list.",
        ),
    ] = None,
    ids: Annotated[
        list[str] | None, typer.Argument(help="What it is about: ids of claims, entities, reports; an outlet.")
    ] = None,
    field: Annotated[str | None, typer.Option(help="The field that corrected_field is about.")] = None,
    value: Annotated[
        str | None, typer.Option(help="Its right value; of added_claim the claim in JSON; of an outlet A to F.")
    ] = None,
    sentence: Annotated[int | None, typer.Option(min=1, help="Number of the sentence that gives the claim.")] = None,
    quote: Annotated[str | None, typer.Option(help="Words of the sentence, or of the outside source.")] = None,
    source: Annotated[str | None, typer.Option(help="Name of a source that is no report of the ledger.")] = None,
    url: Annotated[str | None, typer.Option(help="Address of the outside source.")] = None,
    published: Annotated[datetime | None, typer.Option(formats=DAYS, help="Day of the outside source.")] = None,
    note: Annotated[str | None, typer.Option(help="Why.")] = None,
    user: Annotated[str | None, typer.Option(help="Who decides (default: the login name).")] = None,
    withdraw: Annotated[str | None, typer.Option(metavar="ID", help="Withdraw a decision.")] = None,
    known: Annotated[
        datetime | None, typer.Option(formats=MOMENTS, help="With list: as the ledger had it then (UTC).")
    ] = None,
    ledger: LedgerOption = None,
    json: JsonOption = False,
    settings: SettingsOption = None,
) -> None:
    """Decide what reports leave open or the rules got wrong; 'decide list' shows what was decided, and what stands."""
    from dragoman.ledger.verdicts import Source

    chosen = settings_of(settings)
    day = published.date() if published else None
    given = Source(sentence=sentence, quote=quote, name=source, url=url, published=day)
    wish = _Wish(ids=tuple(ids or ()), field=field, value=value, source=given, note=note, user=user)
    if withdraw is not None:
        if kind is not None:
            raise SettingsError(where="decide", found=f"{kind!r} and --withdraw", remedy="give one of them")
        _withdraw(chosen, ledger, withdraw, wish, json=json)
    elif kind == _LIST:
        _list(chosen, ledger, known, json=json)
    else:
        _decide(chosen, ledger, _kind(kind), wish, json=json)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wish:
    """What was given on the command line."""

    ids: tuple[str, ...]
    field: str | None
    value: str | None
    source: Source
    note: str | None
    user: str | None


def _kind(kind: str | None) -> DecisionKind:
    from dragoman.ledger.verdicts import DecisionKind

    try:
        return DecisionKind((kind or "").replace("-", "_"))
    except ValueError as mistake:
        found = f"{kind!r} is nothing to decide" if kind else "nothing to decide is given"
        remedy = f"use one of: {', '.join(DecisionKind)}; or list, or --withdraw ID"
        raise SettingsError(where="decide", found=found, remedy=remedy) from mistake


def login(user: str | None = None) -> str:
    """Return who decides: the name that is given, else the login name."""
    if user is not None:
        return user
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError) as mistake:
        raise SettingsError(where="decide", found="the login name is not known", remedy="give --user NAME") from mistake


def _decide(settings: Settings, target: str | None, kind: DecisionKind, wish: _Wish, *, json: bool) -> None:
    from dragoman.ledger.decisions import decide as decided
    from dragoman.ledger.verdicts import Asked, Source
    from dragoman.views.deciding import check_filing, helps_of

    check_filing(kind, wish.ids, settings)
    asked = Asked(
        kind=kind,
        about=wish.ids,
        user=login(wish.user),
        field=wish.field,
        value=wish.value,
        source=None if wish.source == Source() else wish.source,
        note=wish.note,
    )
    with ledger_of(settings, target) as kept:
        decision = decided(kept, asked, helps_of(settings, lambda report: reader_of(settings).read(report)))
    _show(decision, "stands", json=json)


def _withdraw(settings: Settings, target: str | None, identity: str, wish: _Wish, *, json: bool) -> None:
    from dragoman.ledger.decisions import withdraw as withdrawn

    with ledger_of(settings, target) as kept:
        decision = withdrawn(kept, identity, login(wish.user))
    _show(decision, "withdrawn", json=json)


def _list(settings: Settings, target: str | None, known: datetime | None, *, json: bool) -> None:
    from dragoman.board.viewed import carried_in
    from dragoman.ledger.decisions import decisions
    from dragoman.ledger.store import View
    from dragoman.reading.formats import in_utc

    moment = in_utc(known) if known else None
    with ledger_of(settings, target) as kept:
        found = decisions(kept, moment)
        now = carried_in(kept, View(known=moment)) if found else None
    if now is None:
        if not json:
            typer.echo("nothing has been decided")
        return
    for decision in found:
        _show(decision, now.states[decision.id], _carried(decision.id, now.held), json=json)


def _carried(decision: str, held: Mapping[str, Iterable[Held]]) -> list[tuple[str, Held]]:
    """Return the claims for which a decision holds though it is about the same claim elsewhere, by report."""
    found = [
        (claim, one) for claim, listed in held.items() for one in listed if one.decision == decision and one.carried
    ]
    return sorted(found, key=lambda each: (each[1].report, each[0]))


def _show(decision: Decision, state: State, carried: Sequence[tuple[str, Held]] = (), *, json: bool) -> None:
    if json:
        write_json(_form(decision, state, carried))
    else:
        typer.echo("\n".join(_lines(decision, state, carried)))


def _form(decision: Decision, state: State, carried: Iterable[tuple[str, Held]]) -> dict[str, Any]:
    import msgspec

    form: dict[str, Any] = msgspec.to_builtins(decision)
    verdict = form.pop("verdict")
    to = [
        {"claim": claim, "report": one.report, "from": dict(zip(("claim", "report"), one.carried or (), strict=False))}
        for claim, one in carried
    ]
    return {**form, **{name: verdict[name] for name in ("field", "value", "source")}, "state": state, "carried": to}


def _lines(decision: Decision, state: State, carried: Iterable[tuple[str, Held]]) -> Iterator[str]:
    yield printable(f"{decision.id} {decision.kind} {_said(decision)} · {state}")
    yield "  " + printable(
        f"{decision.user}, {moment_words(decision.at)}{f': {decision.note}' if decision.note else ''}"
    )
    if decision.withdrawn_at is not None:
        yield "  " + printable(f"withdrawn by {decision.withdrawn_by}, {moment_words(decision.withdrawn_at)}")
    for claim, one in carried:
        yield f"  holds for claim {claim} in report {one.report}: {one.source_words}"


def _said(decision: Decision) -> str:
    import msgspec

    verdict, words = decision.verdict, [*decision.about]
    if verdict.field is not None:
        words += [verdict.field, "=", msgspec.json.encode(verdict.value).decode()]
    elif verdict.value is not None:
        words.append(msgspec.json.encode(verdict.value).decode())
    return " ".join([*words, *_source(verdict.source)])


def _source(source: Source | None) -> Iterable[str]:
    if source is None:
        return ()
    if source.report is not None:
        return (f"[{source.sentence}]",)
    return tuple(str(each) for each in (source.name, source.published, source.url, f"‘{source.quote}’") if each)
