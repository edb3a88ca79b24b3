"""What each command of `chainrule` does and prints."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from chainrule.course import Course, CourseError


def build(options: Namespace) -> int:
    """Build and release assignments; prints a line for each."""
    from chainrule.build import build as build_one

    course = Course.find()
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


def try_(options: Namespace) -> int:
    """Try answers in one plain process; prints a table; 1 where a file is not what it declares."""
    from chainrule.proof import print_trials, trials

    course = Course.find()
    (assignment_id,) = _chosen(course, [options.assignment])
    results = trials(course, assignment_id, [Path(name) for name in options.answers])
    return print_trials(results, verbose=options.verbose)
