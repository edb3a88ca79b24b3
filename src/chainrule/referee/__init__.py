"""The referee: runs the checks in a process that never holds student code. `session` shows how a worker uses it."""

from chainrule.referee.lint import Problem, lint_check
from chainrule.referee.session import GivenProblem, Referee, Session
from chainrule.referee.verdict import Check, Limits, Outcome, RefereeError, Verdict

__all__ = [
    "Check",
    "GivenProblem",
    "Limits",
    "Outcome",
    "Problem",
    "Referee",
    "RefereeError",
    "Session",
    "Verdict",
    "lint_check",
]
