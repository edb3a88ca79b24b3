"""What any nbgrader course can switch on: `import chainrule.engine; chainrule.engine.switch_on(c)`.

Runs in nbgrader's process, which is a worker's where a class is graded. May import `kernel`, `referee`, `analysis`,
`crossing` and `limits`; it knows no course, no author's tools and no classroom.
"""

from __future__ import annotations

from typing import Any

REBUILD = "chainrule.engine.steps.Rebuild"


def switch_on(c: Any) -> None:
    """Have nbgrader rebuild submissions, run them in sandboxed warm kernels, and let the referee mark them.

    Args:
        c: the configuration object of an `nbgrader_config.py`. Limits are traits of `c.Examine`.
    """
    from chainrule.engine.hand_in import guard_times

    guard_times()
    c.Autograde.sanitize_preprocessors = [REBUILD]
    c.Autograde.autograde_preprocessors = [
        "chainrule.engine.steps.Examine",
        "nbgrader.preprocessors.IgnorePattern",
        "nbgrader.preprocessors.LimitOutput",
        "chainrule.engine.steps.SaveVerdicts",
        "nbgrader.preprocessors.AssignLatePenalties",
    ]
    c.Autograde.exporter_class = "chainrule.engine.gate.GatedNotebook"
    c.GenerateFeedback.preprocessors = [
        "chainrule.engine.feedback.disarm.Grades",
        "chainrule.engine.feedback.disarm.HideSecrets",
        "nbconvert.preprocessors.CSSHTMLHeaderPreprocessor",
    ]
    c.GenerateFeedback.exporter_class = "chainrule.engine.feedback.page.FeedbackPage"
    c.HTMLExporter.filters = {
        "markdown2html": "chainrule.engine.feedback.filters.markdown2html",
        "strip_files_prefix": "chainrule.engine.feedback.filters.strip_files_prefix",
        "highlight_code": "chainrule.engine.feedback.filters.highlight_code",
    }


def is_switched_on(c: Any) -> bool:
    """Whether a configuration has the engine rebuild submissions, so that nothing runs as it was handed in."""
    from traitlets.config.loader import LazyConfigValue

    steps = c.Autograde.get("sanitize_preprocessors", [])
    return REBUILD in (steps.get_value([]) if isinstance(steps, LazyConfigValue) else steps)
