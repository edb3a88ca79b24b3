"""The feedback page: nbgrader's own, which begins with a table of the questions, their points and what to look at."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbgrader.server_extensions.formgrader
from nbconvert.exporters import HTMLExporter
from traitlets.config import Config

from chainrule.engine.gate import may_begin_feedback

OWN = Path(__file__).parents[2] / "templates"
# The sheet that this one extends, and its styles, lie beside nbgrader's formgrader.
FORMGRADER = Path(nbgrader.server_extensions.formgrader.__file__).parent
STYLES = FORMGRADER / "static/node_modules/bootstrap/dist/css"


class FeedbackPage(HTMLExporter):
    """What `c.GenerateFeedback.exporter_class` makes pages with, once the course's options are ones that it honours."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)  # type: ignore[no-untyped-call]
        may_begin_feedback(self.parent)

    @property
    def default_config(self) -> Config:
        """nbgrader names its own template in the section of HTMLExporter; this section has the last word."""
        theirs = FORMGRADER / "templates"
        section = {
            "template_name": "chainrule",
            "extra_template_basedirs": [str(OWN), str(theirs)],
            "extra_template_paths": [str(STYLES), str(theirs)],
        }
        config = Config({"FeedbackPage": section})
        config.merge(super().default_config)
        return config
