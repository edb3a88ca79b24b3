"""The one line that gives an nbgrader course the engine: `import chainrule.engine; chainrule.engine.switch_on(c)`."""

from __future__ import annotations

from typing import Any


def switch_on(c: Any) -> None:
    """Have nbgrader rebuild submissions, run them in sandboxed warm kernels, and let the referee mark them.

    Args:
        c: the configuration object of an `nbgrader_config.py`. Limits are traits of `c.Examine`.
    """
    c.Autograde.sanitize_preprocessors = ["chainrule.engine.steps.Rebuild"]
    c.Autograde.autograde_preprocessors = [
        "chainrule.engine.steps.Examine",
        "chainrule.engine.steps.SaveVerdicts",
        "nbgrader.preprocessors.AssignLatePenalties",
    ]
    c.GenerateFeedback.preprocessors = [
        "chainrule.engine.feedback.disarm.Grades",
        "chainrule.engine.feedback.disarm.HideSecrets",
        "nbconvert.preprocessors.CSSHTMLHeaderPreprocessor",
    ]
    c.GenerateFeedback.exporter_class = "chainrule.engine.feedback.page.FeedbackPage"
