"""The `chainrule` command. Heavy things are imported by the command that needs them, so that help comes at once."""

from __future__ import annotations

import argparse
import os
import signal
import sys
from collections.abc import Sequence
from typing import Any

from chainrule.commands.options import counted
from chainrule.fork_server import ONE_THREAD
from chainrule.interruption import Stopped, stoppable

ROSTER = "the class: Canvas's or Moodle's export, or id,name,email (default: roster.csv, where it is)"
HANDED_BACK = ("canvas", "moodle", "folders")
FORMATS = ("canvas", "moodle", "gradescope", "classroom", "csv", "xlsx")
# What the extras bring, by the names that it is imported by; grading does without.
EXTRAS = {
    "jupytext": "author",
    "yaml": "author",
    "cosmic_ray": "author",
    "openpyxl": "term",
    "matplotlib": "term",
    "rapidfuzz": "term",
    "psycopg": "postgres",
    "procrastinate": "queue",
}


HIDDEN = """{name} may be installed, but you cannot read {folder}, where it would lie.
Have its owner run: chmod -R go+rX {folder}
Or make an environment of your own: python -m venv ENV && ENV/bin/pip install chainrule"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit code (0 done, 1 failed, 2 wrong usage, 3 see `grade --strict` and `check`)."""
    options = _parser().parse_args(arguments)
    os.environ.update({**ONE_THREAD, **os.environ})
    try:
        with stoppable():
            return _run(options)
    except KeyboardInterrupt as stop:
        print("\nStopped. Run the same command again to go on.", file=sys.stderr)
        return 128 + (stop.signum if isinstance(stop, Stopped) else signal.SIGINT)


def _run(options: argparse.Namespace) -> int:
    from chainrule import commands
    from chainrule.authoring.assignment import AssignmentError
    from chainrule.course import CourseError
    from chainrule.engine.copies import CopyRefused
    from chainrule.engine.nbgrader_seams import leave_out_address_check
    from chainrule.kernel.sandbox import SandboxUnavailable

    leave_out_address_check()
    try:
        code: int = getattr(commands, options.command.replace("try", "try_"))(options)
    except (AssignmentError, CopyRefused, CourseError, SandboxUnavailable) as error:
        print(error, file=sys.stderr)
        return 1
    except ModuleNotFoundError as error:
        if folder := hidden_folder(error.name):
            print(HIDDEN.format(name=error.name, folder=folder), file=sys.stderr)
            return 1
        if error.name not in EXTRAS:
            raise
        extra = f"chainrule[{EXTRAS[error.name]}]"
        print(f"`chainrule {options.command}` needs {error.name}: run pip install '{extra}'", file=sys.stderr)
        return 1
    except Exception as error:
        if not (fault := _fault(error)):
            raise
        print(fault, file=sys.stderr)
        return 1
    return code


def _fault(error: Exception) -> str:
    """What is wrong with a disk or the gradebook's server, where the system or a database says so; else nothing."""
    if not isinstance(error, OSError) and not type(error).__module__.startswith(("sqlalchemy", "sqlite3", "psycopg")):
        return ""
    from chainrule.classroom.machine_faults import machine_fault

    return machine_fault(error)


def hidden_folder(module: str | None) -> str:
    """A folder of packages, or of this module in one, that this user may not read; Python only says: no such module."""
    places = [os.path.join(folder, name) for folder in sys.path for name in ("", module or "")]
    hidden = (path for path in places if os.path.isdir(path) and not os.access(path, os.R_OK | os.X_OK))
    return next(hidden, "").rstrip("/")


class _Version(argparse.Action):
    """Reads the version when it is asked for: pyproject.toml is the one place that says it."""

    def __init__(self, option_strings: Sequence[str], dest: str, help: str) -> None:
        super().__init__(option_strings, dest, nargs=0, help=help)

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from importlib.metadata import version

        print(f"chainrule {version('chainrule')}")
        parser.exit()


class _AnyOrder(argparse.ArgumentParser):
    """A command's parser: its options may also stand between its arguments, as in `try ASSIGNMENT -v FILE`."""

    _again = False

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        known, unknown = super().parse_known_args(args, namespace)
        if not unknown or self._again:  # the second way calls this method
            return known, unknown
        self._again = True
        mixed, left = self.parse_known_intermixed_args(args, namespace)
        self._again = False
        return (known, unknown) if left else (mixed, left)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="chainrule", description="Build, release and grade this course's notebooks.")
    parser.add_argument("--version", action=_Version, help="print the version and exit")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True, parser_class=_AnyOrder)
    # In this order the help lists them.
    _add_commands_of_texts(commands)
    _add_commands_of_a_class(commands)
    _add_commands_of_a_term(commands)
    _add_commands_of_handing_back(commands)
    _add_commands_of_keeping(commands)
    _add_commands_of_sharing(commands)
    _add_commands_of_proof(commands)
    return parser


def _add_commands_of_texts(commands: Any) -> None:
    build = commands.add_parser("build", help="build source/ and release/ from assignments/")
    build.add_argument("assignments", nargs="*", metavar="ASSIGNMENT", help="which ones (default: all)")
    build.add_argument("--source-only", action="store_true", help="do not release")

    colab = commands.add_parser("colab", help='say or set where the notebooks\' "Open in Colab" badges lead')
    colab.add_argument("repository", nargs="?", metavar="OWNER/NAME", help="a GitHub repository with your release/")
    colab.add_argument("--ask", action="store_true", help="ask for it, if somebody is there to answer (in set-up)")

    demo = commands.add_parser("demo", help="put a demo class into an empty submitted/")
    demo.add_argument("--if-empty", action="store_true", help="do nothing where submitted/ is not empty")


def _add_commands_of_a_class(commands: Any) -> None:
    collect = commands.add_parser("collect", help="put what Canvas, Moodle, Drive ... gave into submitted/")
    collect.add_argument("paths", nargs="+", metavar="PATH", help="folders, zips, tarballs or notebooks, as they came")
    collect.add_argument("--roster", metavar="CSV", help=ROSTER)
    collect.add_argument("--assignment", default="", metavar="ID", help="take notebooks of this assignment only")
    collect.add_argument("--pattern", metavar="REGEX", help="how paths name students, with a group key or name")
    collect.add_argument("--dry-run", action="store_true", help="only say what would be done")
    collect.add_argument("--json", action="store_true", help="print it as JSON")

    grade = commands.add_parser("grade", help="grade what is in submitted/ and print a table")
    grade.add_argument("assignments", nargs="*", metavar="ASSIGNMENT", help="which ones (default: all)")
    grade.add_argument("--student", action="append", default=[], metavar="ID", help="only this student (repeatable)")
    grade.add_argument("--json", metavar="FILE", help="write the results as JSON; -: here, as they come")
    grade.add_argument("--quiet", action="store_true", help="print nothing but what went wrong")
    grade.add_argument("--roster", metavar="CSV", help=ROSTER)
    grade.add_argument("--strict", action="store_true", help="exit with 3 where a submission needs a person")
    grade.add_argument("--workers", type=counted, metavar="N", help="how many at once (default: one a core)")
    grade.add_argument("--queue", metavar="URL", help="have workers on other machines run it: postgresql://...")
    grade.add_argument("--force", action="store_true", help="grade again what did not change, too")
    grade.add_argument("--no-feedback", action="store_true", help="do not write feedback pages")
    grade.add_argument(
        "--no-sandbox", action="store_true", help="run students' code without a sandbox; every report says so"
    )


def _add_commands_of_proof(commands: Any) -> None:
    check = commands.add_parser(
        "check",
        help="grade your own solution and the untouched stub: which checks are refereed, and which marks are amiss",
        description="Exit code 0: all checks are refereed, your solution has full marks, the stub none. "
        "3: there is something to know. 1: a check leaves every student to a person.",
    )
    check.add_argument("assignments", nargs="*", metavar="ASSIGNMENT", help="which ones (default: all)")
    check.add_argument("--json", action="store_true", help="print it as JSON")
    check.add_argument("--no-sandbox", action="store_true", help="run the notebooks without a sandbox")

    try_ = commands.add_parser("try", help="run right and wrong answers through the checks of an assignment")
    try_.add_argument("assignment", metavar="ASSIGNMENT")
    try_.add_argument("answers", nargs="*", metavar="FILE", help="answer files (default: all of the assignment's)")
    try_.add_argument("-v", "--verbose", action="store_true", help="print the message of every failed check")

    nothing = commands.add_parser("nothing", help="see what answers that compute nothing would earn")
    nothing.add_argument("assignments", nargs="*", metavar="ASSIGNMENT", help="which ones (default: all)")

    mutants = commands.add_parser("mutants", help="mutate every solution and list the mutants that no check notices")
    mutants.add_argument("assignments", nargs="*", metavar="ASSIGNMENT", help="which ones (default: all)")
    mutants.add_argument("--sample", type=int, metavar="N", help="only N mutants an assignment, always the same")
    mutants.add_argument("--json", metavar="FILE", help="write what became of each mutant as JSON")
    kind = mutants.add_mutually_exclusive_group()
    kind.add_argument(
        "--published", action="store_true", help="let the graders of the published versions grade, to compare"
    )
    kind.add_argument(
        "--habits",
        action="store_true",
        help="only mutants that look like good habits: clipped, rounded",
    )


def _add_commands_of_a_term(commands: Any) -> None:
    status = commands.add_parser("status", help="how far the class is with each assignment, and what to do next")
    status.add_argument("--roster", metavar="CSV", help=ROSTER)
    status.add_argument("--json", action="store_true", help="print it as JSON")

    regrade = commands.add_parser(
        "regrade", help="take a changed assignment up in marks that stand, or show what it does"
    )
    regrade.add_argument("assignment", metavar="ASSIGNMENT")
    regrade.add_argument("--dry-run", action="store_true", help="only show whose marks would change, and why")
    regrade.add_argument("-o", "--output", metavar="FILE", help="the table as CSV (default: in reports/)")
    regrade.add_argument("--roster", metavar="CSV", help=ROSTER)
    regrade.add_argument("--workers", type=counted, metavar="N", help="how many at once (default: one a core)")

    history = commands.add_parser("history", help="print every mark that a submission ever had, and what set it")
    history.add_argument("student", metavar="STUDENT")
    history.add_argument("assignment", metavar="ASSIGNMENT")
    history.add_argument("question", metavar="QUESTION", nargs="?", default="")

    report = commands.add_parser("report", help="write a page on the class, one on each assignment, and a table")
    report.add_argument("assignments", nargs="*", metavar="ASSIGNMENT", help="which ones (default: all)")
    report.add_argument("-o", "--output", metavar="FOLDER", help="where to (default: reports/)")
    report.add_argument("--roster", metavar="CSV", help=ROSTER)
    report.add_argument(
        "--for-students", action="store_true", help="without names, and without groups of fewer than five"
    )

    desk = commands.add_parser("desk", help="mark written answers in a browser, all answers to one question in a row")
    desk.add_argument("assignment", metavar="ASSIGNMENT", nargs="?", default="", help="with --formgrader: of which one")
    desk.add_argument("--port", type=int, default=0, metavar="N", help="where to listen (default: any free port)")
    desk.add_argument("--no-browser", action="store_true", help="only print the address")
    desk.add_argument("--formgrader", action="store_true", help="open nbgrader's Formgrader instead")

    alike = commands.add_parser("alike", help="show pairs of answers that are more alike than the task explains")
    alike.add_argument("assignment", metavar="ASSIGNMENT")
    alike.add_argument("-o", "--output", metavar="FILE", help="the page (default: in reports/)")


def _add_commands_of_handing_back(commands: Any) -> None:
    feedback = commands.add_parser("feedback", help="zip the pages of an assignment for Canvas, Moodle or mail")
    feedback.add_argument("assignment", metavar="ASSIGNMENT")
    feedback.add_argument("--to", required=True, choices=HANDED_BACK, metavar="WAY", help=", ".join(HANDED_BACK))
    feedback.add_argument("-o", "--output", metavar="FILE", help="where to (default: exports/)")
    feedback.add_argument("--roster", metavar="CSV", help=ROSTER)

    export = commands.add_parser("export", help="write the marks for Canvas, Moodle ... or a spreadsheet")
    export.add_argument("assignments", nargs="*", metavar="ASSIGNMENT", help="which ones (default: all)")
    export.add_argument("--to", required=True, choices=FORMATS, metavar="FORMAT", help=", ".join(FORMATS))
    export.add_argument("-o", "--output", metavar="FILE", help="where to (default: exports/)")
    export.add_argument("--roster", metavar="CSV", help=ROSTER)
    export.add_argument(
        "--title", action="append", default=[], metavar="ID=TITLE", help="what the platform calls an assignment"
    )


def _add_commands_of_keeping(commands: Any) -> None:
    backup = commands.add_parser("backup", help="copy the gradebook as it is now, also while somebody grades")
    backup.add_argument("file", nargs="?", metavar="FILE", help="where to (default: a new file in backups/)")

    restore = commands.add_parser("restore", help="have the gradebook hold what a backup holds, all of it or nothing")
    restore.add_argument("file", metavar="FILE", help="what `chainrule backup` wrote")


def _add_commands_of_sharing(commands: Any) -> None:
    where = "postgresql://... (default: CHAINRULE_QUEUE in the environment)"
    queue = commands.add_parser("queue", help="set up a queue in a PostgreSQL database, for workers on many machines")
    queue.add_argument("action", choices=["init"], help="init: make its tables, and the role of workers")
    queue.add_argument("--queue", metavar="URL", help=where)

    worker = commands.add_parser("worker", help="take submissions from a queue and grade them, on any machine")
    worker.add_argument("--queue", metavar="URL", help=where)
    worker.add_argument("--until-empty", action="store_true", help="end as soon as nothing waits")
