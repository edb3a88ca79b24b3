"""What each command of `chainrule` does and prints: a function a command, called as the command is."""

from chainrule.commands.authors import build, colab, demo, mutants, nothing, try_
from chainrule.commands.grading import check, collect, grade
from chainrule.commands.term import export, report, status

__all__ = [
    "build",
    "check",
    "colab",
    "collect",
    "demo",
    "export",
    "grade",
    "mutants",
    "nothing",
    "report",
    "status",
    "try_",
]
