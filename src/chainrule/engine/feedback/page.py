"""The feedback page: nbgrader's own, which begins with a table of the questions, their points and what to look at."""

from __future__ import annotations

import re
import shutil
from functools import partial
from pathlib import Path
from typing import Any, Final

from jinja2 import BytecodeCache
from nbconvert.exporters import HTMLExporter
from nbgrader.converters import GenerateFeedback
from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config

from chainrule.engine.gate import may_begin_feedback
from chainrule.engine.nbgrader_seams import formgrader_folder, styles_folder, without_last_pass

OWN = Path(__file__).parents[2] / "templates"
# The sheet that this one extends, and its styles, lie beside nbgrader's formgrader.
FORMGRADER = formgrader_folder()
STYLES = styles_folder()


PICTURE = re.compile(r'<img src="data:[^>]*>')
FONT = re.compile(r"@font-face\s*\{[^}]*\}")
"""A font beside the page, which Bootstrap's style sheet asks for: there is none, and the page's policy fetches nothing."""
READ_BY_EXCHANGE = ("timestamp.txt", "submission_secret.txt")
DESCRIPTION = ' alt="No description has been provided for this image"'


class _Compiled(BytecodeCache):
    """Templates that this process has compiled; Jinja keeps them by name, file and text."""

    def __init__(self) -> None:
        self.code: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Any) -> None:
        """Called by Jinja before it compiles a template."""
        if bucket.key in self.code:
            bucket.bytecode_from_string(self.code[bucket.key])

    def dump_bytecode(self, bucket: Any) -> None:
        """Called by Jinja when it has compiled one."""
        self.code[bucket.key] = bucket.bytecode_to_string()


_compiled: Final = _Compiled()


def _described(picture: re.Match[str]) -> str:
    tag = picture[0]
    return tag if " alt=" in tag else f"<img{DESCRIPTION}{tag.removeprefix('<img')}"


def _without_fonts(page: str) -> str:
    styles, end_of_head, rest = page.partition("</head>")
    return FONT.sub("", styles) + end_of_head + rest


def _files_for_exchange(directory: CourseDirectory, assignment_id: str, student_id: str) -> None:
    """Put beside a page what `nbgrader release_feedback` reads there, instead of all that lies beside the notebook."""
    source, target = (
        Path(directory.format_path(step, student_id, assignment_id))
        for step in (directory.autograded_directory, directory.feedback_directory)
    )
    for name in READ_BY_EXCHANGE:
        if (source / name).is_file():
            target.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source / name, target / name)


class FeedbackPage(HTMLExporter):
    """What `c.GenerateFeedback.exporter_class` makes pages with, once the course's options are ones that it honours."""

    def __init__(self, **settings: Any) -> None:
        # One look at the notebook once all steps are done, and not one after each.
        super().__init__(**{"optimistic_validation": True, **settings})  # type: ignore[no-untyped-call]
        may_begin_feedback(self.parent or self)
        if isinstance(self.parent, GenerateFeedback):
            self.parent.init_assignment = partial(_files_for_exchange, self.parent.coursedir)

    def from_notebook_node(self, nb: Any, resources: Any = None, **kw: Any) -> Any:
        """The page, without nbconvert's last pass over it.

        That pass takes two thirds of the time, and fails where soupsieve 4 meets Python 3.11.2. It is there for classes
        that this page has none of, and for pictures without a description: those get theirs here.
        """
        self.environment.bytecode_cache = _compiled
        with without_last_pass():
            page, resources = super().from_notebook_node(nb, resources, **kw)
        return PICTURE.sub(_described, _without_fonts(page)), resources

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
