"""Pictures of the sums, by matplotlib without a window: the same sums give the same picture."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Any

from dragoman.analysis.tension import Point
from dragoman.errors import FormatError, install
from dragoman.views.naming import lines_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.text import Text
    from networkx import DiGraph

_FOR, _AGAINST, _MIXED = "#0072b2", "#d55e00", "#777777"  # told apart by those who see no red or green, too
_PLAIN = "#333333"
_WIDEST, _THINNEST = 5.0, 1.0
_DPI = 80
_TICKS = 16  # days named on an axis one by one


def network_figure(graph: DiGraph, title: str = "") -> Figure:
    """Return a picture of a signed network: blue is for, orange and dashed against, as wide as the weight.

    Sides of a conflict stand left and right, all others between. Raises FormatError where matplotlib is not installed.
    """
    figure, axes = _sheet((9, 6), title)
    places = _places(graph)
    most = max((abs(edge["weight"]) for _, _, edge in graph.edges(data=True)), default=1.0) or 1.0
    axes.set_xlim(-0.12, 1.12)
    axes.set_ylim(0, 1)
    axes.set_position((0, 0, 1, 0.93))
    boxes = {who: _box(axes, x, y, graph.nodes[who]["name"]) for who, (x, y) in places.items()}
    figure.canvas.draw()  # boxes are as large as their words only once they were drawn: arrows end at them
    for source, target, edge in graph.edges(data=True):
        ends = (boxes[source].get_bbox_patch(), boxes[target].get_bbox_patch())
        _arrow(axes, (places[source], places[target]), ends, edge["weight"] / most)
    axes.set_axis_off()
    return figure


def tension_figure(points: Sequence[Point], title: str = "") -> Figure:
    """Return a picture of a series: cooperation up, conflict down, their sum as a line; what nobody tells of is left blank."""
    figure, axes = _sheet((9, 4), title)
    from matplotlib.dates import date2num

    told = [point for point in points if point.events]
    starts = [float(date2num(point.start)) for point in told]  # type: ignore[no-untyped-call]
    wide = 0.8 * max(((point.end - point.start).days + 1 for point in points), default=1)
    for name, colour, hatch in (("cooperation", _FOR, ""), ("conflict", _AGAINST, "//")):
        heights = [getattr(point, name) for point in told]
        axes.bar(starts, heights, color=colour, hatch=hatch, label=name, width=wide, align="edge")
    axes.plot([start + wide / 2 for start in starts], [point.total for point in told], "o-", color=_PLAIN, label="sum")
    axes.xaxis_date()
    if len(told) <= _TICKS:
        axes.set_xticks(starts, [point.start.isoformat() for point in told])
    axes.axhline(0, color=_PLAIN, linewidth=0.8)
    axes.set_ylabel("sum of PLOVER's scale")
    axes.legend(loc="lower left", fontsize=8)
    axes.tick_params(axis="x", labelsize=8, rotation=30)
    figure.subplots_adjust(bottom=0.2)
    return figure


def png_of(figure: Figure) -> bytes:
    """Return a picture as PNG, for `IPython.display.Image` or a file."""
    file = BytesIO()
    figure.savefig(file, format="png", dpi=_DPI, metadata={"Software": None})
    return file.getvalue()


def _sheet(size: tuple[float, float], title: str) -> tuple[Figure, Axes]:
    """Return a figure that no window and no setting of pyplot touches."""
    try:
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure
    except ImportError as missing:
        remedy = install("analysis")
        raise FormatError(where="figures", found="matplotlib is not installed", remedy=remedy) from missing
    figure = Figure(figsize=size, dpi=_DPI)
    FigureCanvasAgg(figure)
    axes = figure.add_subplot()
    axes.set_title(title, parse_math=False)
    return figure, axes


def _places(graph: DiGraph) -> Mapping[str, tuple[float, float]]:
    """Return where each stands: the first side left, the second right, who is of none in the middle, apart from one another."""
    sides = list(dict.fromkeys(side for who in sorted(graph) if (side := graph.nodes[who]["side"]) is not None))
    columns: dict[float, list[str]] = {}
    for who in sorted(graph, key=lambda each: (graph.nodes[each]["name"], each)):
        side = graph.nodes[who]["side"]
        column = 0.5 if side is None else float(sides.index(side) % 2)
        columns.setdefault(column, []).append(who)
    found: dict[str, tuple[float, float]] = {}
    for x, listed in columns.items():
        for at, who in enumerate(listed):
            # every other one of the middle a little aside, so that lines do not run through the names
            aside = 0.14 * (-1) ** at if x == 0.5 and len(listed) > 1 else 0.0
            found[who] = (x + aside, 1 - (at + 0.5) / len(listed))
    return found


def _arrow(
    axes: Axes, way: tuple[tuple[float, float], tuple[float, float]], ends: tuple[Any, Any], share: float
) -> None:
    """Draw an arrow from one box to another; ``share`` is its weight against the greatest."""
    look: dict[str, Any] = {
        "arrowstyle": "-|>", "color": _FOR if share > 0 else _AGAINST if share < 0 else _MIXED, "alpha": 0.8,
        "linestyle": "-" if share > 0 else "--", "linewidth": max(_THINNEST, abs(share) * _WIDEST),
        "connectionstyle": "arc3,rad=0.12", "patchA": ends[0], "patchB": ends[1], "mutation_scale": 14,
    }  # fmt: skip
    axes.annotate("", xy=way[1], xytext=way[0], arrowprops=look, zorder=1)


def _box(axes: Axes, x: float, y: float, name: str) -> Text:
    """Write a name in a box, as it is: a '$' in it is no formula."""
    box = {"boxstyle": "round", "facecolor": "white", "edgecolor": _PLAIN}
    words = "\n".join(lines_of(name, 16))
    return axes.text(x, y, words, ha="center", va="center", fontsize=9, bbox=box, parse_math=False, zorder=2)
