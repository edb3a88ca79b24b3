"""What grading needs, imported once: worker processes are forked from one that has imported this module."""

import importlib
import sys

NEEDED = (
    "nbgrader.apps",
    "nbgrader.converters",
    "chainrule.engine.steps",
    "chainrule.engine.feedback.page",
    "chainrule.engine.autograde",
)

# jsonschema imports this where it is there, to check a kind of address that no notebook has. That takes two seconds.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
for name in NEEDED:
    importlib.import_module(name)
