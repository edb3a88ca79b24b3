"""Plots as SVG pictures with a text that says what is to be seen; the same bytes for the same numbers."""

from __future__ import annotations

import base64
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

__all__ = ["Plot", "bars", "counted", "histogram", "scatter"]

INK: Final = "#1f2430"
BLUE: Final = "#2b5d9c"
ORANGE: Final = "#b3541e"
STYLE: Final[Any] = {
    "font.size": 11,
    "axes.edgecolor": INK,
    "axes.labelcolor": INK,
    "text.color": INK,
    "xtick.color": INK,
    "ytick.color": INK,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "svg.fonttype": "path",
    "svg.hashsalt": "chainrule",
    "text.parse_math": False,
}


@dataclass(frozen=True)
class Plot:
    """A picture for a page.

    Args:
        title: what it shows.
        data: a `data:` address of an SVG.
        text: what is to be seen, for who cannot see it.
    """

    title: str
    data: str
    text: str


def _drawn(title: str, draw: Callable[[Any], None], text: str, height: float = 2.6) -> Plot:
    import matplotlib

    with matplotlib.rc_context(STYLE):
        from matplotlib.figure import Figure

        figure = Figure(figsize=(5.8, height), layout="constrained")
        draw(figure.subplots())
        out = io.BytesIO()
        figure.savefig(out, format="svg", metadata={"Date": None, "Creator": None})
    return Plot(title, "data:image/svg+xml;base64," + base64.b64encode(out.getvalue()).decode(), text)


def counted(values: Sequence[float], most: float, bins: int) -> list[int]:
    """How many values lie in each part of the way from 0 to the most."""
    counts = [0] * bins
    for value in values:
        counts[max(0, min(bins - 1, int(bins * value / most)))] += 1
    return counts


def histogram(values: Sequence[float], most: float, label: str, bins: int = 10) -> Plot:
    """How many marks lie where between 0 and the most."""
    edges = [most * place / bins for place in range(bins + 1)]
    counts = counted(values, most, bins)

    def draw(axes: Any) -> None:
        axes.bar(edges[:-1], counts, width=most / bins * 0.92, align="edge", color=BLUE)
        axes.set(xlabel=label, ylabel="students", xlim=(0, most))
        axes.yaxis.get_major_locator().set_params(integer=True)

    parts = [f"{count} from {edges[i]:g} to {edges[i + 1]:g}" for i, count in enumerate(counts) if count]
    text = f"Distribution of {len(values)} marks. {label.capitalize()}: {', '.join(parts)}."
    return _drawn("How the marks are spread", draw, text)


def bars(names: Sequence[str], shares: Sequence[float], flagged: Sequence[bool]) -> Plot:
    """What share of its points each question earned; the flagged ones stand out by colour and hatching."""

    def draw(axes: Any) -> None:
        places = range(len(names))
        colours = [ORANGE if flag else BLUE for flag in flagged]
        drawn = axes.barh(places, [100 * share for share in shares], color=colours)
        for bar, flag in zip(drawn, flagged, strict=True):
            bar.set(hatch="//" if flag else "", edgecolor="white")
        axes.set(xlabel="percent of the points earned", xlim=(0, 100), yticks=places, yticklabels=names)
        axes.invert_yaxis()

    hatched = "; hatched: it does not tell strong work from weak" if any(flagged) else ""
    parts = ", ".join(f"{name} {100 * share:.0f} %" for name, share in zip(names, shares, strict=True))
    return _drawn(
        f"What each question earned{hatched}",
        draw,
        f"Share of the points that each question earned: {parts}.",
        0.9 + 0.32 * len(names),
    )


def scatter(hours: Sequence[float], marks: Sequence[float], most: float) -> Plot:
    """Marks against the hours before (or after) the due date."""

    def draw(axes: Any) -> None:
        axes.scatter([-hour for hour in hours], marks, s=28, color=BLUE, alpha=0.75, edgecolors="white")
        axes.axvline(0, color=ORANGE, linestyle="--")
        axes.annotate("due", (0, most), textcoords="offset points", xytext=(4, -2), color=ORANGE)
        axes.set(
            xlabel="hours after the due date (before it: negative)", ylabel="mark", ylim=(-0.03 * most, 1.05 * most)
        )

    late = sum(hour < 0 for hour in hours)
    text = f"Time of handing in against mark, for {len(hours)} pieces of work; {late} came after the due date."
    return _drawn("Time of handing in, and mark", draw, text)
