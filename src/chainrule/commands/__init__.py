"""What each command of `chainrule` does and prints: a function a command, called as the command is."""

from chainrule.commands.authors import build, demo, mutants, nothing, try_
from chainrule.commands.grading import check, collect, grade

__all__ = ["build", "check", "collect", "demo", "grade", "mutants", "nothing", "try_"]
