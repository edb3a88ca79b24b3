"""What the commands do and print that collect and grade."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from collections.abc import Callable, Iterable, Iterator
from contextlib import nullcontext
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from chainrule.commands.options import check_writable
from chainrule.course import Course, CourseError, check_names

if TYPE_CHECKING:
    from chainrule.classroom.jobs import Job
    from chainrule.classroom.progress import Progress
    from chainrule.classroom.report import Result
    from chainrule.classroom.self_tests import Findings
    from chainrule.classroom.workers import Workers

    Runner = Callable[[list[Job], Workers, Progress], Iterator[Result]]


def collect(options: Namespace) -> int:
    """Put what a learning platform gave into `submitted/`; 3 where something could not be collected."""
    from tempfile import TemporaryDirectory

    from chainrule.collecting.collect import carry_out, make_plan
    from chainrule.collecting.platforms import pattern_from
    from chainrule.collecting.roster import roster_of
    from chainrule.collecting.table import print_plan, to_json

    course = Course.find()
    roster = roster_of(course, options.roster)
    try:
        pattern = pattern_from(options.pattern) if options.pattern else None
    except ValueError as error:
        raise CourseError(str(error)) from None
    paths = [Path(name) for name in options.paths]
    with TemporaryDirectory(prefix="chainrule-collect-") as spool:
        plan = make_plan(course, paths, Path(spool), roster, assignment=options.assignment, pattern=pattern)
        if not options.dry_run:
            carry_out(course, plan)
    if options.json:
        print(to_json(plan))
    else:
        print_plan(plan, dry=options.dry_run)
    return 3 if plan.unplaced else 0


def grade(options: Namespace) -> int:
    """Grade what is in `submitted/`; prints the table, and where to look next."""
    from chainrule.kernel.sandbox import try_ahead

    if not options.no_sandbox:
        # First: the imports below take longer than that.
        try_ahead()
    from chainrule.classroom.accounting import account_for
    from chainrule.classroom.report import json_list, not_handed_in, print_table, printable
    from chainrule.collecting.roster import roster_of
    from chainrule.engine.cells import Status
    from chainrule.term.dates import dates_of, keep_in_step

    course = Course.find()
    _check_before(course, options)
    roster, dates = roster_of(course, options.roster), dates_of(course)
    jobs = _asked_for(course, options)
    keep_in_step(course, dates)
    streamed = json_list(sys.stdout) if options.json == "-" else nullcontext(_keep_quiet)
    with streamed as each:
        results = grade_jobs(
            course,
            jobs,
            options.workers,
            sandboxed=not options.no_sandbox,
            quiet=options.quiet,
            each=each,
            queue=options.queue or "",
        )
        accounts = account_for(course, roster, options.assignments)
        missing = [not_handed_in(*key) for key in accounts.missing if not options.student]
        for result in missing:
            each(result)
    if options.json not in (None, "-"):
        _save(Path(options.json), [*results, *missing])
    if options.json != "-" and not options.quiet:
        print_table(results, _where_next(course, options))
    for line in accounts.told() if not options.student else ():
        print(printable(line), file=sys.stderr)
    if any(result.grader_failed for result in results):
        return 1
    return 3 if options.strict and any(result.status == Status.NEEDS_A_PERSON for result in results) else 0


def _check_before(course: Course, options: Namespace) -> None:
    """See to it that grading can begin.

    Raises:
        CourseError: it cannot; the message says what to do.
    """
    from chainrule.nbgrader_course import check_engine, check_sandbox
    from chainrule.term.dates import open_gradebook

    check_engine(course)
    # Here, once: workers that all make its tables at once get in each other's way.
    open_gradebook(course).close()
    if options.json not in (None, "-"):
        check_writable(Path(options.json))
    if options.queue and options.no_sandbox:
        raise CourseError("--no-sandbox and --queue do not go together: workers run students' code in a sandbox only")
    if not options.no_sandbox:
        check_sandbox(course)


def _asked_for(course: Course, options: Namespace) -> list[Job]:
    from chainrule.classroom.jobs import find_jobs

    return find_jobs(
        course,
        options.assignments,
        options.student,
        feedback=not options.no_feedback,
        sandboxed=not options.no_sandbox,
        force=options.force,
    )


def _save(path: Path, results: list[Result]) -> None:
    from chainrule.classroom.report import to_json
    from chainrule.whole_file import whole_file

    with whole_file(path) as unfinished:
        unfinished.write_text(to_json(results), encoding="utf-8")


def _keep_quiet(result: Result) -> None:
    """Where nobody reads results as they come."""


def grade_jobs(
    course: Course,
    jobs: list[Job],
    count: int | None,
    *,
    sandboxed: bool,
    quiet: bool = False,
    each: Callable[[Result], None] = _keep_quiet,
    queue: str = "",
) -> list[Result]:
    """Grade submissions with `count` workers, hand on each result as it comes, and say so where it is stopped.

    With a `queue`, other machines run them, and the workers of this one write the gradebook.
    """
    from chainrule.classroom.jobs import most_seconds, told
    from chainrule.classroom.progress import shown
    from chainrule.classroom.self_tests import find_all, known
    from chainrule.classroom.unchanged import unchanged
    from chainrule.classroom.workers import Workers

    results: list[Result] = []
    assignments = sorted({job.assignment for job in jobs if not job.misplaced})
    assignments = [assignment for assignment in assignments if (course.source / assignment).is_dir()]
    try:
        # Before there is a worker: each looks at one submission at a time, and mostly there is nothing to do.
        stands, tested = unchanged(course, jobs), known(course, assignments, sandboxed=sandboxed)
        waiting, untested = [job for job in jobs if job not in stands], sorted({*assignments} - {*tested})
        staff = Workers(count, most_seconds(course), at_once=bool(waiting or untested))
        with staff as workers, shown(len(jobs), quiet=quiet) as progress:
            _say_what_is_not_built(course, assignments)
            _announce(chain(tested.values(), find_all(course, untested, workers, sandboxed=sandboxed)))
            old = (told(job, result, progress) for job, result in stands.items())
            for result in chain(old, _runner(queue)(waiting, workers, progress) if waiting else ()):
                results.append(result)
                each(result)
    except KeyboardInterrupt:
        print(f"\n{len(results)} of {len(jobs)} submissions are graded.", end="", file=sys.stderr)
        raise
    return sorted(results, key=lambda result: (result.assignment, result.student))


def _runner(queue: str) -> Runner:
    """Who runs submissions: this machine's workers, or those of a queue."""
    if not queue:
        from chainrule.classroom.jobs import grade_class

        return grade_class
    from chainrule.sharing.central import LEASE, grade_by_queue

    return partial(grade_by_queue, queue, lease=LEASE)


def _announce(tests: Iterable[Findings]) -> None:
    """Tell the author, before any student has a mark, what the own solution and the untouched stub earn amiss."""
    for findings in tests:
        for line in findings.told():
            print(f"Self-test: {line}", file=sys.stderr)


def _say_what_is_not_built(course: Course, assignments: list[str]) -> None:
    for assignment in _not_built(course, assignments):
        print(
            f"{assignment}: its text in assignments/ has changed since it was built. Graded as it was released; for the"
            " change to count, run `chainrule build`, then `chainrule grade`.",
            file=sys.stderr,
        )


def _not_built(course: Course, assignments: list[str]) -> list[str]:
    if not course.has_texts:
        return []
    from chainrule.authoring.stamps import texts_not_built

    return [assignment for assignment in texts_not_built(course) if assignment in assignments]


def regrade(options: Namespace) -> int:
    """Take a changed assignment up in marks that stand, or show in a copy of the course what that would do."""
    from chainrule.classroom.jobs import find_jobs
    from chainrule.collecting.roster import roster_of
    from chainrule.exporting.sheets import Sheet, csv_of, save
    from chainrule.nbgrader_course import check_engine, check_sandbox
    from chainrule.term.dates import dates_of, keep_in_step
    from chainrule.term.regrade import compare, print_changes, records_of, rehearsal, rows
    from chainrule.term.standing import read_class

    course = Course.find()
    check_engine(course)
    check_sandbox(course)
    check_names([options.assignment], course.graded_ids())
    path = Path(options.output) if options.output else course.root / "reports" / f"regrade-{options.assignment}.csv"
    if options.output:
        check_writable(path)
    roster, dates = roster_of(course, options.roster), dates_of(course)
    before, was = read_class(course, roster, [options.assignment]), records_of(course, options.assignment)
    with rehearsal(course, options.assignment) if options.dry_run else nullcontext(course) as place:
        _build(place, options.assignment)
        jobs = find_jobs(place, [options.assignment], [], feedback=not options.dry_run)
        keep_in_step(place, dates)
        grade_jobs(place, jobs, options.workers, sandboxed=True)
        after = read_class(place, roster, [options.assignment])
        changes = compare(before, after, options.assignment, was, records_of(place, options.assignment))
    print_changes(changes, dry=options.dry_run)
    data = csv_of(Sheet("changes", rows(changes), bom=True))
    save(path, lambda file: file.write_bytes(data))
    print(path)
    return 0


def _build(course: Course, assignment: str) -> None:
    """Build a course's assignment from its text, where it has one."""
    if assignment in course.assignment_ids():
        from chainrule.authoring.build import build

        build(course, assignment)


def history(options: Namespace) -> int:
    """Print every mark that a submission ever had: when, who or what set it, under which check."""
    from rich.table import Table
    from rich.text import Text

    from chainrule.classroom.history import history_of
    from chainrule.classroom.report import printable, table_console

    course = Course.find()
    entries = history_of(course, options.assignment, options.student)
    if not entries:
        raise CourseError(f"no mark of {options.student} in {options.assignment} was ever written down")
    table = Table(box=None, header_style="bold", pad_edge=False)
    for name in ("when (UTC)", "question", "points", "set by", "check", "hand-in", "engine", "why"):
        table.add_column(name, no_wrap=name != "why")
    for entry in (entry for entry in entries if options.question in ("", entry.question)):
        points = "-" if entry.points is None else f"{entry.points:g} of {entry.max_points:g}"
        why = entry.message.partition("\n")[0] or entry.status
        row = (entry.at[:19], entry.question, points, entry.by, entry.check, entry.handed_in, entry.engine, why)
        table.add_row(*(Text(printable(cell)) for cell in row))
    table_console().print(table)
    return 0


def check(options: Namespace) -> int:
    """Grade the own solution and the untouched stub of each assignment; prints which way each check goes."""
    from chainrule.classroom.self_tests import exit_code, find_all, print_findings, to_json
    from chainrule.classroom.workers import Workers
    from chainrule.nbgrader_course import check_engine, check_sandbox

    course = Course.find()
    check_engine(course)
    if not options.no_sandbox:
        check_sandbox(course)
    known = course.graded_ids()
    check_names(options.assignments, known)
    with Workers() as workers:
        wanted = options.assignments or known
        results = list(find_all(course, wanted, workers, sandboxed=not options.no_sandbox))
    results.sort(key=lambda result: result.assignment)
    print(to_json(results), end="") if options.json else print_findings(results)
    return exit_code(results)


def _where_next(course: Course, options: Namespace) -> list[str]:
    from chainrule.engine.database import shown
    from chainrule.nbgrader_course import nbgrader_config

    gradebook = shown(nbgrader_config(course).CourseDirectory.db_url, course.root)
    lines = [
        f"Marked notebooks are in autograded/, all marks in {gradebook}.",
        f"To see and mark them: {_formgrader()}.",
    ]
    if not options.no_feedback:
        lines.append("Pages for students are in feedback/.")
    return lines


def _formgrader() -> str:
    """How to get to nbgrader's Formgrader: `make` puts this environment on the PATH of its own commands only."""
    activate = Path(sys.prefix, "bin", "activate")
    first = "" if "VIRTUAL_ENV" in os.environ or not activate.is_file() else f"`. {_near(activate)}`, "
    return f"{first}`jupyter lab`, then Nbgrader > Formgrader"


def _near(path: Path) -> Path:
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path
