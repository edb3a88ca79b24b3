"""Colours, figures that say in words what they show, and sliders, for the cells that only a student's notebook runs.

The build copies this file's text into each notebook. A slider is one output in two forms: widgets where a kernel is
live, and a still picture everywhere else (a page, a print, a viewer without widgets).
"""

import base64
import io
from collections.abc import Callable
from typing import Any

import matplotlib.pyplot as plt
from IPython.display import display

BLUE, ORANGE, GREEN, RED = "#0072B2", "#E69F00", "#009E73", "#CC3311"
PURPLE, SKY, GREY = "#7B3FA0", "#56B4E9", "#777777"
plt.rcParams.update(
    {
        "figure.figsize": (7, 3.8),
        "figure.constrained_layout.use": True,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.titlesize": 11,
        "legend.frameon": False,
        "lines.linewidth": 2,
    }
)


def show(words: str) -> None:
    """Show the figure that was just drawn, with words for those who cannot see it."""
    _display({"image/png": _as_text(), "text/plain": words})


def slide(draw: Callable[..., str], **ranges: Any) -> None:
    """A picture with sliders: `draw` draws a figure for one value of each, and returns it in words.

    A range is (lowest, highest, start) for numbers, or a list of values, of which the middle one comes first.
    """
    start = {
        name: values[-1] if isinstance(values, tuple) else values[len(values) // 2] for name, values in ranges.items()
    }
    words = draw(**start)
    picture = _as_text()
    bundle: dict[str, Any] = {"image/png": picture, "text/plain": words}
    if box := _sliders(draw, ranges, start, _page(picture, words)):
        bundle["application/vnd.jupyter.widget-view+json"] = {"version_major": 2, "version_minor": 0, "model_id": box}
    _display(bundle)


def _display(bundle: dict[str, Any]) -> None:
    metadata = {"image/png": {"alt": bundle["text/plain"]}}
    display(bundle, raw=True, metadata=metadata)  # type: ignore[no-untyped-call]


def _sliders(draw: Callable[..., str], ranges: dict[str, Any], start: dict[str, Any], page: str) -> str:
    """The model of a box with a slider for each value and the picture below; empty where there are no widgets."""
    try:
        import ipywidgets as widgets
    except ImportError:
        return ""
    place = widgets.HTML(page)
    sliders = {}
    for name, values in ranges.items():
        if isinstance(values, tuple):
            low, high, now = values
            sliders[name] = widgets.FloatSlider(now, min=low, max=high, step=(high - low) / 40, description=name)
        else:
            sliders[name] = widgets.SelectionSlider(options=values, value=start[name], description=name)
        sliders[name].continuous_update = False

    def redraw(_: Any) -> None:
        words = draw(**{name: slider.value for name, slider in sliders.items()})
        place.value = _page(_as_text(), words)

    for slider in sliders.values():
        slider.observe(redraw, "value")
    return str(widgets.VBox([*sliders.values(), place]).model_id)


def _as_text() -> str:
    """The figure that was just drawn, as a PNG in base 64; the figure is closed."""
    file = io.BytesIO()
    plt.savefig(file, format="png", dpi=110, bbox_inches="tight")
    plt.close()
    return base64.b64encode(file.getvalue()).decode()


def _page(picture: str, words: str) -> str:
    safe = words.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")
    return f'<img style="max-width: 100%" alt="{safe}" src="data:image/png;base64,{picture}">'
