"""What lists of the API are narrowed by: the parameters of the search (desk/search/finding.py), with the values that each may have."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from fastapi import Depends, Query

from dragoman.desk.search.finding import Given, Kind, Order, Sought, sought_in
from dragoman.model import EventType, Status

_LONG = 300


Conflict = Annotated[str, Query(max_length=_LONG, description="Only of this conflict: its id.")]
_Words = Annotated[str, Query(max_length=1_000, description='Words, "phrases", and -words that must not be there.')]
_Party = Annotated[
    str, Query(max_length=_LONG, description="Who acts or is acted upon: an id, a name, or part of one.")
]
_Type = Annotated[EventType | None, Query(alias="type", description="Only of this event type.")]
Day = {"format": "date"}
_From = Annotated[
    str, Query(alias="from", description="From this day on; of reports that of publication.", json_schema_extra=Day)
]
_To = Annotated[str, Query(description="To this day, included; of reports that of publication.", json_schema_extra=Day)]
_Place = Annotated[str, Query(max_length=_LONG, description="A place's name, part of it, or a country's code (LBY).")]
_Outlet = Annotated[str, Query(max_length=_LONG, description="Only of this outlet.")]
_Status = Annotated[Status | None, Query(description="Only of this status.")]
_Order = Annotated[
    Order | None, Query(description="What comes first: of reports the best where words are given, else the newest.")
]


def _sought(kind: Kind) -> Callable[..., Sought]:
    def sought(  # noqa: PLR0913  a parameter of the request is one here
        q: _Words = "", conflict: Conflict = "", party: _Party = "", type_: _Type = None, from_: _From = "",
        to: _To = "", place: _Place = "", outlet: _Outlet = "", status: _Status = None, order: _Order = None,
    ) -> Sought:  # fmt: skip
        given = Given(
            q=q.strip(), conflict=conflict.strip(), party=party.strip(), type=type_ or "", start=from_.strip(),
            end=to.strip(), place=place.strip(), outlet=outlet.strip(), status=status or "", order=order or "",
        )  # fmt: skip
        return sought_in(given, kind)

    return sought


SoughtReports = Annotated[Sought, Depends(_sought(Kind.REPORTS))]
SoughtClaims = Annotated[Sought, Depends(_sought(Kind.CLAIMS))]
SoughtEvents = Annotated[Sought, Depends(_sought(Kind.EVENTS))]
