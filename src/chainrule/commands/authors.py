"""What the commands of an author do and print: build, try, prove."""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path

from chainrule.course import Course, check_names


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
    check_names(wanted, known)
    return wanted or known


def colab(options: Namespace) -> int:
    """Say or set the repository that the badges of the notebooks lead to; the next build writes them."""
    course = Course.find_with_texts()
    wanted = options.repository
    if options.ask and not course.colab_repository and sys.stdin.isatty():
        print('GitHub repository for "Open in Colab" badges, as owner/name (none: press Enter): ', end="", flush=True)
        wanted = _answer_within(seconds=20)
    if wanted:
        course.set_colab_repository(wanted)
    if not options.ask or wanted:
        print(f"Badges: {course.colab_repository or 'none'}")
    return 0


def _answer_within(seconds: float) -> str:
    """A line that somebody types; empty where nobody does in time."""
    from select import select

    ready, _, _ = select([sys.stdin], [], [], seconds)
    if ready:
        return sys.stdin.readline().strip()
    print("\nNobody answered: no badges. `chainrule colab owner/name` sets them later.")
    return ""


def demo(options: Namespace) -> int:
    """Put the demo class into `submitted/`."""
    from chainrule.proof.demo_class import make_demo_class

    course = Course.find_with_texts()
    if options.if_empty and course.submitted.is_dir() and any(course.submitted.iterdir()):
        return 0
    print(f"Put {len(make_demo_class(course))} notebooks of a demo class into submitted/")
    return 0


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
    chosen = _chosen(course, options.assignments)
    if options.published:
        return print_published(course, chosen, sample=options.sample, json_file=options.json)
    return print_mutants(course, chosen, sample=options.sample, json_file=options.json, habits=options.habits)
