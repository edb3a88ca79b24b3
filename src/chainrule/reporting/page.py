"""Pages from templates: every text in them is text, and a name that a template does not know is an error."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

__all__ = ["page"]

TEMPLATES: Final = Path(__file__).parents[1] / "templates" / "report"
NOTHING: Final = "\u2013"


def page(name: str, **values: Any) -> str:
    """A page of `templates/report/` with these values in it."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    tight: dict[str, Any] = {"trim_blocks": True, "lstrip_blocks": True}
    environment = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, **tight)
    environment.filters["percent"] = lambda share: NOTHING if share is None else f"{100 * share:.0f} %"
    environment.filters["points"] = lambda value: NOTHING if value is None else f"{round(value, 2):g}"
    return environment.get_template(name).render(made=f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC", **values)
