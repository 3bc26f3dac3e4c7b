"""Boards made by hand: Libya on 13 and on 20 January 2020, as five short reports tell it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from dragoman.board.types import (
    Backing,
    Board,
    Body,
    Breach,
    Cited,
    Dispute,
    Due,
    Menace,
    Paper,
    Round,
    Signing,
    Stance,
    Track,
    Truce,
    Turn,
    Turning,
)
from dragoman.model import Basis, When, Where

SENTENCES = {
    ("r1", 1): "Libya's warring sides agreed to a ceasefire from midnight on January 12.",
    ("r2", 1): "Sarraj signed the truce in Moscow on Monday, but Haftar asked for time.",
    ("r2", 2): "Haftar demanded that Turkey have no role in monitoring.",
    ("r3", 1): "Sarraj signed the truce in Moscow on Monday, but Haftar asked for time.",
    ("r4", 1): "Haftar left Moscow without signing the truce.",
    ("r4", 2): "Erdogan said Turkey would teach Haftar a lesson if he attacked Tripoli.",
    ("r5", 1): "World powers in Berlin backed a committee to monitor the truce.",
    ("r5", 2): "The GNA accused Haftar of shelling Mitiga airport on January 19; Haftar's army denied it.",
    ("r5", 3): "The United Nations said the two sides would meet in Geneva on January 28.",
}
OUTLETS = {
    "r1": ("Northern Wire", date(2020, 1, 12), "r1"),
    "r2": ("Northern Wire", date(2020, 1, 13), "r2"),
    "r3": ("Tripoli Courier", date(2020, 1, 13), "r2"),
    "r4": ("Harbour Radio", date(2020, 1, 14), "r4"),
    "r5": ("Gulf Ledger", date(2020, 1, 20), "r5"),
}
NAMES = {
    "libya-gna": "Government of National Accord",
    "libya-lna": "Libyan National Army",
    "fayez-al-sarraj": "Fayez al-Sarraj",
    "khalifa-haftar": "Khalifa Haftar",
    "turkey": "Turkey",
    "russia": "Russia",
    "united-nations": "United Nations",
    "united-arab-emirates": "United Arab Emirates",
}
ISSUES = {"turkey-role": "Turkey's role"}


def quote(cited: Cited) -> str:
    """Return the sentence of a hand-made report."""
    return SENTENCES[cited.report, cited.sentence]


def cite(report: str, sentence: int = 1, *, speakers: tuple[str, ...] = (), hedged: bool = False) -> Cited:
    """Return a sentence of a hand-made report as an entry cites it."""
    outlet, day, origin = OUTLETS[report]
    text = SENTENCES[report, sentence]
    return Cited(
        report=report, outlet=outlet, published=day, origin=origin, sentence=sentence, start=0, end=len(text),
        claims=(f"claim-{report}-{sentence}",), speakers=speakers, hedged=hedged,
    )  # fmt: skip


def on(first: int, last: int | None = None) -> When:
    """Return days of January 2020."""
    return When(earliest=date(2020, 1, first), latest=date(2020, 1, last or first), basis=Basis.STATED)


PARTIES = ("libya-gna", "libya-lna")
MOSCOW = Where(name="Moscow", code="RUS", lat=55.75, lon=37.62, text="in Moscow")
TRUCE = Truce(
    id="truce", cited=(cite("r1"), cite("r2"), cite("r3")), parties=PARTIES, scope=None, declared=on(8), from_=on(12),
    until=None, status="in_force", since=None,
    history=(
        Turn(state="agreed", day=date(2020, 1, 8), cited=cite("r1")),
        Turn(state="in_force", day=date(2020, 1, 12), cited=cite("r1")),
    ),
)  # fmt: skip
PAPER = Paper(
    id="paper", cited=(cite("r2"), cite("r3")), name="Moscow truce", kind="ceasefire", terms=(), parties=PARTIES,
    place=MOSCOW, date=on(13), status="partly_signed",
    signings=(Signing(party="fayez-al-sarraj", status="signed", date=on(13), cited=(cite("r2"), cite("r3"))),),
)  # fmt: skip
ROUND = Round(
    id="round", cited=(cite("r2"),), name="talks", place=MOSCOW, date=on(13), format="indirect", host="russia",
    mediators=("russia", "turkey"), parties=PARTIES, declined=(), status="held", outcome=None,
)  # fmt: skip
STANCE = Stance(
    id="stance", cited=(cite("r2", 2),), party="khalifa-haftar", issue="turkey-role", of=("turkey",), state="demand",
    content="that Turkey have no role in monitoring", condition=None,
    history=(Turn(state="demand", day=date(2020, 1, 13), cited=cite("r2", 2)),),
)  # fmt: skip
EARLY = Board(
    conflict="libya", name="Libya", until=date(2020, 1, 13), known=None, reports=3, last=date(2020, 1, 13),
    truces=(TRUCE,), papers=(PAPER,), tracks=(Track(id="track", cited=ROUND.cited, parties=PARTIES, rounds=(ROUND,)),),
    stances=(STANCE,), names=NAMES,
    calendar=(
        Due(
            id="due", cited=(cite("r1"),), what="signing of the truce", kind="signing", place=MOSCOW, window=on(13, 14),
            due=("khalifa-haftar",), outcome="ahead",
        ),
    ),
)  # fmt: skip
_NEXT = Round(
    id="next", cited=(cite("r5", 3, speakers=("united-nations",)),), name="meeting", place=Where(name="Geneva", text=""),
    date=on(28), format=None, host=None, mediators=("united-nations",), parties=PARTIES, declined=(), status="planned",
    outcome=None,
)  # fmt: skip
LATE = replace(
    EARLY,
    until=date(2020, 1, 20),
    known=datetime(2020, 1, 20, 12, tzinfo=UTC),
    reports=5,
    last=date(2020, 1, 20),
    truces=(
        replace(
            TRUCE,
            cited=(*TRUCE.cited, cite("r5", 2)),
            status="violated",
            history=(*TRUCE.history, Turn(state="violated", day=date(2020, 1, 19), cited=cite("r5", 2))),
        ),
    ),
    turnings=(Turning(id="failed", cited=(cite("r4"),), rule="talks-failed", words="Talks failed", day=date(2020, 1, 14)),),
    papers=(
        replace(
            PAPER,
            signings=(
                *PAPER.signings,
                Signing(
                    party="khalifa-haftar", status="not_signed", date=on(14), cited=(cite("r4"),), against=(cite("r1"),)
                ),
            ),
        ),
    ),
    tracks=(
        Track(
            id="track", cited=(*ROUND.cited, cite("r4"), *_NEXT.cited), parties=PARTIES,
            rounds=(replace(ROUND, cited=(*ROUND.cited, cite("r4")), outcome="no deal signed"), _NEXT),
        ),
    ),
    stances=(
        replace(
            STANCE,
            state="dropped",
            cited=(*STANCE.cited, cite("r5")),
            history=(*STANCE.history, Turn(state="dropped", day=date(2020, 1, 19), cited=cite("r5"))),
        ),
    ),
    menaces=(
        Menace(
            id="menace", cited=(cite("r4", 2, speakers=("Erdogan",)),), party="turkey", whom=("khalifa-haftar",),
            condition="if he attacked Tripoli", consequence="a lesson", deadline=None, outcome="open",
        ),
    ),
    backings=(
        Backing(
            id="b1", cited=(cite("r4", 2),), backer="turkey", backed="libya-gna", kind="troops", means="advisers",
            status="stated", denied_by=(),
        ),
        Backing(
            id="b2", cited=(cite("r5", hedged=True),), backer="united-arab-emirates", backed="libya-lna", kind="arms",
            means=None, status="stated", denied_by=("united-arab-emirates",),
        ),
    ),
    breaches=(
        Breach(
            id="breach", cited=(cite("r5", 2, speakers=("libya-gna",)),), accusers=("libya-gna",),
            accused=("khalifa-haftar",), act="shelling Mitiga airport", place=Where(name="Tripoli", text=""),
            date=on(19), denied_by=("libya-lna",), verified_by=(),
        ),
    ),
    bodies=(
        Body(
            id="body", cited=(cite("r5"),), name="committee", kind="monitoring", mandate="to monitor the truce",
            members=PARTIES, asked_in=(), asked_out=("turkey",), asked_by=("khalifa-haftar",), status="proposed",
        ),
    ),
    calendar=(
        replace(EARLY.calendar[0], outcome="passed"),
        Due(
            id="geneva", cited=(cite("r5", 3),), what="meeting", kind="meeting", place=Where(name="Geneva", text=""),
            window=on(28), due=PARTIES, outcome="ahead",
        ),
    ),
    disputes=(
        Dispute(
            id="dispute", cited=(cite("r1"), cite("r4")), kind="signer", about="khalifa-haftar: the truce",
            versions=(("agreed", (cite("r1"),)), ("not signed", (cite("r4"),))),
        ),
    ),
)  # fmt: skip
