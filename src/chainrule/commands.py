"""What each command of `chainrule` does and prints."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from chainrule.course import Course, CourseError

if TYPE_CHECKING:
    from chainrule.classroom.workers import Workers


def build(options: Namespace) -> int:
    """Build and release assignments; prints a line for each."""
    from chainrule.authoring.build import build as build_one

    course = Course.find_with_texts()
    for assignment_id in _chosen(course, options.assignments):
        built = build_one(course, assignment_id, release=not options.source_only)
        did = [word for word, done in (("built", built.source_changed), ("released", built.released)) if done]
        print(f"{built.id}: {built.cells} cells, {built.points:g} points, {' and '.join(did) or 'up to date'}")
    return 0


def _chosen(course: Course, wanted: list[str]) -> list[str]:
    known = course.assignment_ids()
    for name in wanted:
        if name not in known:
            raise CourseError(f"there is no assignment {name!r}; there is: {', '.join(known) or 'none yet'}")
    return wanted or known


def demo(options: Namespace) -> int:
    """Put the demo class into `submitted/`."""
    from chainrule.proof.demo_class import make_demo_class

    course = Course.find_with_texts()
    if options.if_empty and course.submitted.is_dir() and any(course.submitted.iterdir()):
        return 0
    print(f"Put {len(make_demo_class(course))} notebooks of a demo class into submitted/")
    return 0


def collect(options: Namespace) -> int:
    """Put what a learning platform gave into `submitted/`; 3 where something could not be collected."""
    from tempfile import TemporaryDirectory

    from chainrule.collecting.collect import carry_out, make_plan
    from chainrule.collecting.platforms import pattern_from
    from chainrule.collecting.roster import RosterError, read_roster
    from chainrule.collecting.table import print_plan, to_json

    course = Course.find()
    try:
        roster = read_roster(Path(options.roster)) if options.roster else None
        pattern = pattern_from(options.pattern) if options.pattern else None
    except (RosterError, ValueError) as error:
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
    from chainrule.classroom.jobs import find_jobs, grade_class, most_seconds
    from chainrule.classroom.report import Result, print_table, to_json
    from chainrule.classroom.workers import Workers, show_progress
    from chainrule.engine.cells import Status
    from chainrule.nbgrader_course import check_engine, check_sandbox

    course = Course.find()
    check_engine(course)
    sandboxed = not options.no_sandbox
    jobs = find_jobs(
        course, options.assignments, options.student, feedback=not options.no_feedback, sandboxed=sandboxed
    )
    if sandboxed:
        check_sandbox(course)
    results: list[Result] = []
    try:
        with Workers(options.workers, most_seconds(course)) as workers, show_progress(len(jobs)) as progress:
            _announce(course, {job.assignment for job in jobs if not job.misplaced}, workers, sandboxed=sandboxed)
            for result in grade_class(jobs, workers, progress):
                results.append(result)
    except KeyboardInterrupt:
        print(f"\n{len(results)} of {len(jobs)} submissions are graded.", end="", file=sys.stderr)
        raise
    results.sort(key=lambda result: (result.assignment, result.student))
    if options.json == "-":
        print(to_json(results), end="")
    else:
        print_table(results, _where_next(options))
        if options.json:
            Path(options.json).write_text(to_json(results), encoding="utf-8")
    if any(result.grader_failed for result in results):
        return 1
    return 3 if options.strict and any(result.status == Status.NEEDS_A_PERSON for result in results) else 0


def _announce(course: Course, assignments: Iterable[str], workers: Workers, *, sandboxed: bool) -> None:
    """Tell the author, before any student has a mark, what the own solution and the untouched stub earn amiss."""
    from chainrule.classroom.self_tests import find_all

    known = [assignment for assignment in assignments if (course.source / assignment).is_dir()]
    for findings in find_all(course, known, workers, sandboxed=sandboxed):
        for line in findings.told():
            print(f"Self-test: {line}", file=sys.stderr)


def check(options: Namespace) -> int:
    """Grade the own solution and the untouched stub of each assignment; prints which way each check goes."""
    from chainrule.classroom.self_tests import exit_code, find_all, print_findings, to_json
    from chainrule.classroom.workers import Workers
    from chainrule.nbgrader_course import check_engine, check_sandbox

    course = Course.find()
    check_engine(course)
    if not options.no_sandbox:
        check_sandbox(course)
    known = sorted(folder.name for folder in course.source.glob("*/") if any(folder.glob("*.ipynb")))
    for name in options.assignments:
        if name not in known:
            raise CourseError(f"there is no assignment {name!r} in source/; there is: {', '.join(known) or 'none yet'}")
    with Workers() as workers:
        wanted = options.assignments or known
        results = list(find_all(course, wanted, workers, sandboxed=not options.no_sandbox))
    results.sort(key=lambda result: result.assignment)
    print(to_json(results), end="") if options.json else print_findings(results)
    return exit_code(results)


def _where_next(options: Namespace) -> list[str]:
    lines = [
        "Marked notebooks are in autograded/, all marks in gradebook.db.",
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


def try_(options: Namespace) -> int:
    """Try answers in one plain process; prints a table; 1 where a file is not what it declares."""
    from chainrule.proof.trials import print_trials, trials

    course = Course.find_with_texts()
    (assignment_id,) = _chosen(course, [options.assignment])
    results = trials(course, assignment_id, [Path(name) for name in options.answers])
    return print_trials(results, verbose=options.verbose)


def nothing(options: Namespace) -> int:
    """What answers that compute nothing earn; 1 where it is too much."""
    from chainrule.proof.nothing import nothings, print_nothings

    course = Course.find_with_texts()
    chosen = _chosen(course, options.assignments)
    return max([print_nothings(nothings(course, assignment_id)) for assignment_id in chosen], default=0)


def mutants(options: Namespace) -> int:
    """Mutation testing of the checks; 1 where a mutant survived. Or, to compare, of the published graders."""
    from chainrule.proof.mutants import print_mutants, print_published

    course = Course.find_with_texts()
    run = print_published if options.published else print_mutants
    return run(course, _chosen(course, options.assignments), sample=options.sample, json_file=options.json)
