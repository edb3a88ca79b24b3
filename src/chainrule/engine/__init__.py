"""What any nbgrader course can switch on: `import chainrule.engine; chainrule.engine.switch_on(c)`.

Runs in nbgrader's process, which is a worker's where a class is graded. May import `kernel`, `referee`, `analysis`,
`crossing` and `limits`; it knows no course, no author's tools and no classroom.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from typing import Any

REBUILD = "chainrule.engine.steps.Rebuild"

# nbgrader's own lists, which a course may have added to, and what of them the engine does in its own way.
STOCK_SANITIZE = ("ClearOutput", "DeduplicateIds", "OverwriteKernelspec", "OverwriteCells", "CheckCellMetadata")
STOCK_AUTOGRADE = ("Execute", "IgnorePattern", "LimitOutput", "SaveAutoGrades", "AssignLatePenalties")
STOCK_FEEDBACK = ("GetGrades", "nbconvert.preprocessors.CSSHTMLHeaderPreprocessor")
STEPS = {
    "Execute": "chainrule.engine.steps.Examine",
    "SaveAutoGrades": "chainrule.engine.steps.SaveVerdicts",
    "AssignLatePenalties": "chainrule.engine.steps.SettleDates",
}
# A course may leave these away.
OPTIONAL = frozenset({"AssignLatePenalties"})
FEEDBACK = {"GetGrades": "chainrule.engine.feedback.disarm.Grades"}
HIDE = "chainrule.engine.feedback.disarm.HideSecrets"
EXPORTERS = {
    "Autograde": "chainrule.engine.gate.GatedNotebook",
    "GenerateFeedback": "chainrule.engine.feedback.page.FeedbackPage",
}
# These mend what was handed in; a rebuilt notebook has the instructor's cells, ids and kernel from the start.
OBSOLETE = frozenset(
    {"ClearOutput", "DeduplicateIds", "OverwriteKernelspec", "CheckCellMetadata", "ClearMetadataPreprocessor"}
)


def switch_on(c: Any) -> None:
    """Have nbgrader rebuild submissions, run them in sandboxed warm kernels, and let the referee mark them.

    Args:
        c: the configuration object of an `nbgrader_config.py`. Limits are traits of `c.Examine`.
    """
    from chainrule.engine.hand_in import guard_times, guard_walks

    guard_times()
    guard_walks()
    _replace(c.Autograde, "sanitize_preprocessors", STOCK_SANITIZE, {"OverwriteCells": REBUILD}, OBSOLETE)
    _replace(c.Autograde, "autograde_preprocessors", STOCK_AUTOGRADE, STEPS, OBSOLETE)
    _replace(c.GenerateFeedback, "preprocessors", STOCK_FEEDBACK, FEEDBACK, frozenset())
    steps = c.GenerateFeedback.preprocessors
    if HIDE not in steps:
        steps.insert(steps.index(FEEDBACK["GetGrades"]) + 1, HIDE)
    for converter, exporter in EXPORTERS.items():
        # The gate refuses by name what a course had here, and it is the exporter that leads to the gate.
        if c[converter].get("exporter_class", exporter) != exporter:
            c.Chainrule.replaced = {**c.Chainrule.get("replaced", {}), converter: c[converter].exporter_class}
        c[converter].exporter_class = exporter
    c.HTMLExporter.filters = {
        **_value(c.HTMLExporter.get("filters"), {}),
        "markdown2html": "chainrule.engine.feedback.filters.markdown2html",
        "latex2html": "chainrule.engine.feedback.filters.latex2html",
        "strip_files_prefix": "chainrule.engine.feedback.filters.strip_files_prefix",
        "highlight_code": "chainrule.engine.feedback.filters.highlight_code",
    }


def _replace(section: Any, name: str, stock: Sequence[str], ours: Mapping[str, str], obsolete: Set[str]) -> None:
    """Put the engine's steps where nbgrader's are in a list, and leave a course's own where they stand."""
    full = [step if "." in step else f"nbgrader.preprocessors.{step}" for step in stock]
    steps = list(_value(section.get(name), full))
    edited: list[Any] = []
    for step in steps:
        kind = step.rpartition(".")[2] if isinstance(step, str) else step.__name__
        if kind not in obsolete:
            edited.append(ours.get(kind, step))
    # Nothing is graded without these, also where a course's list leaves nbgrader's own away.
    edited[:0] = [step for kind, step in ours.items() if step not in edited and kind not in OPTIONAL]
    section[name] = edited


def _value(asked: Any, stock: Any) -> Any:
    """What a configuration asks for: all of it, or additions to what nbgrader has by itself."""
    from traitlets.config.loader import LazyConfigValue

    if isinstance(asked, LazyConfigValue):
        return asked.get_value(stock)
    return stock if asked is None else asked


def is_switched_on(c: Any) -> bool:
    """Whether a configuration has the engine rebuild submissions, so that nothing runs as it was handed in."""
    return REBUILD in _value(c.Autograde.get("sanitize_preprocessors"), [])
