"""The referee's process holds no code that was written for another side of the wall."""

from pathlib import Path

from plain_kernel import judge

from chainrule.engine.referee_client import Referee

TELL = """
import sys
text(1)
raise SystemError(" ".join(sorted(name for name in sys.modules if name.startswith("chainrule"))))
"""
OTHERS = {"authoring", "classroom", "course", "engine", "inside", "kernel", "nbgrader_course", "proof"}


def test_the_process_that_judges_has_loaded_no_other_side(tmp_path: Path) -> None:
    """While it runs a check, the real process has nothing of `inside`, of the engine or of the author's tools."""
    with Referee(["import numpy"]) as referee:
        (verdict,) = judge(referee, tmp_path, "def text(value): return str(value)", TELL)

    modules = verdict.message.split()
    assert "chainrule.referee.process" in modules
    assert not {name.split(".")[1] for name in modules if "." in name} & OTHERS
