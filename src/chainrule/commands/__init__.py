"""What each command of `chainrule` does and prints: a function a command, called as the command is."""

from chainrule.commands.authors import build, colab, demo, mutants, nothing, try_
from chainrule.commands.gradebook import backup, restore
from chainrule.commands.grading import check, collect, grade, history, regrade
from chainrule.commands.sharing import queue, worker
from chainrule.commands.term import alike, desk, export, feedback, report, status

__all__ = [
    "alike",
    "backup",
    "build",
    "check",
    "colab",
    "collect",
    "demo",
    "desk",
    "export",
    "feedback",
    "grade",
    "history",
    "mutants",
    "nothing",
    "queue",
    "regrade",
    "report",
    "restore",
    "status",
    "try_",
    "worker",
]
