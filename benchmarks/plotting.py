"""The plot of the time per lead against the number of rules: one line an engine, its name at the end of the line.

Colours show what an engine is made of, and colour-blind readers can distinguish them (after Okabe and Ito). The file is
the same for the same measurements.
"""

import itertools
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import matplotlib

matplotlib.use("svg")

from matplotlib import pyplot
from matplotlib.lines import Line2D
from matplotlib.ticker import FuncFormatter, NullLocator

from benchmarks.contract import Engine, Kind
from benchmarks.engines import Form
from benchmarks.measuring import Measured

_STYLES: Mapping[Kind, Mapping[str, Any]] = {
    "ours": {"color": "#0072B2", "linewidth": 3.0, "zorder": 4, "marker": "o", "markersize": 6},
    "hand-written": {"color": "#000000", "linewidth": 1.8, "zorder": 3, "linestyle": (0, (5, 2)), "marker": "s"},
    "native": {"color": "#D55E00", "linewidth": 1.2, "zorder": 2, "marker": "^"},
    "python": {"color": "#767676", "linewidth": 1.2, "zorder": 1, "marker": "v"},
}
_KINDS: Mapping[Kind, str] = {
    "ours": "Scoreline",
    "hand-written": "hand-written Python",
    "native": "engine with a compiled core",
    "python": "engine in pure Python",
}
_LABEL_GAP = 0.034  # of the height of the plot

Points = Sequence[tuple[int, float]]


def plot(form: Form, measured: Sequence[Measured], path: Path) -> None:
    """Writes the plot as SVG."""
    matplotlib.rcParams.update({"svg.hashsalt": "scoreline", "svg.fonttype": "path", "font.size": 10})
    figure, axes = pyplot.subplots(figsize=(10, 6.4), facecolor="white")
    lines = {engine: _points(engine, measured) for engine in form.engines}
    lines = {engine: points for engine, points in lines.items() if points}
    for engine, points in lines.items():
        axes.plot(*zip(*points, strict=True), **{"markersize": 4, **_STYLES[engine.kind]})
    _dress(axes, sorted({each.rules for each in measured}), {engine.kind for engine in lines})
    _label(axes, lines)
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, format="svg", bbox_inches="tight", metadata={"Date": None, "Creator": None})
    pyplot.close(figure)


def _points(engine: Engine, measured: Sequence[Measured]) -> Points:
    own = sorted((each for each in measured if each.engine == engine.name), key=lambda each: each.rules)
    return [(each.rules, each.microseconds) for each in own if each.microseconds is not None]


def _dress(axes: Any, sizes: Sequence[int], kinds: set[Kind]) -> None:
    axes.set(xscale="log", yscale="log", xlabel="rules", ylabel="time a lead")
    axes.set_title("What scoring one lead costs", loc="left", fontweight="bold")
    axes.set_xticks(sizes, [f"{size:,}" for size in sizes])
    axes.xaxis.set_minor_locator(NullLocator())
    axes.yaxis.set_minor_locator(NullLocator())
    axes.yaxis.set_major_formatter(FuncFormatter(_time))
    axes.grid(axis="y", color="#e4e4e4", linewidth=0.8)
    axes.set_axisbelow(True)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    shown = [kind for kind in _KINDS if kind in kinds]
    keys = [Line2D([], [], **{"markersize": 4, **_STYLES[kind]}) for kind in shown]
    axes.legend(keys, [_KINDS[kind] for kind in shown], loc="upper left", frameon=False)


def _time(microseconds: float, _position: int) -> str:
    for unit, size in (("s", 1e6), ("ms", 1e3)):
        if microseconds >= size:
            return f"{microseconds / size:g} {unit}"
    return f"{microseconds:g} µs"


def _label(axes: Any, lines: Mapping[Engine, Points]) -> None:
    """Names to the right of all lines, apart from each other; that of a line which ends early, at its end."""
    last = max(points[-1][0] for points in lines.values())
    for engine, points in lines.items():
        if points[-1][0] < last:
            _write(axes, engine, points[-1], xytext=(8, 6), textcoords="offset points")
    full = sorted(((points[-1], engine) for engine, points in lines.items() if points[-1][0] == last), key=_end_cost)
    axes.autoscale_view()
    heights = [axes.transLimits.transform(axes.transScale.transform(end))[1] for end, _ in full]
    for (end, engine), height in zip(full, _apart(heights), strict=True):
        line = {"arrowstyle": "-", "color": _STYLES[engine.kind]["color"], "linewidth": 0.6, "shrinkA": 2, "shrinkB": 4}
        _write(axes, engine, end, xytext=(1.03, height), textcoords="axes fraction", va="center", arrowprops=line)


def _end_cost(end: tuple[tuple[int, float], Engine]) -> float:
    return end[0][1]


def _write(axes: Any, engine: Engine, end: tuple[int, float], **place: Any) -> None:
    weight = "bold" if engine.kind in ("ours", "hand-written") else "normal"
    axes.annotate(engine.name, xy=end, color=_STYLES[engine.kind]["color"], fontweight=weight, **place)


def _apart(heights: Sequence[float]) -> list[float]:
    """These heights (rising), moved as little as needed to lie a gap apart: neighbours that meet move as one group."""
    groups: list[list[float]] = []
    for height in heights:
        groups.append([height])
        while len(groups) > 1 and _bottom(groups[-1]) - _top(groups[-2]) < _LABEL_GAP:
            last = groups.pop()
            groups[-1] += last
    return list(itertools.chain.from_iterable(_spread(group) for group in groups))


def _spread(group: Sequence[float]) -> list[float]:
    middle = sum(group) / len(group)
    return [middle + (number - (len(group) - 1) / 2) * _LABEL_GAP for number in range(len(group))]


def _bottom(group: Sequence[float]) -> float:
    return _spread(group)[0]


def _top(group: Sequence[float]) -> float:
    return _spread(group)[-1]
