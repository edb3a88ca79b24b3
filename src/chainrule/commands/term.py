"""What the commands do and print that look at a class as a whole."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sized
from pathlib import Path

from chainrule.commands.options import check_writable
from chainrule.course import Course, CourseError, check_names


def status(options: Namespace) -> int:
    """How far the class is with each assignment; prints a table, and what to do next."""
    from chainrule.collecting.roster import roster_of
    from chainrule.term.dates import dates_of
    from chainrule.term.standing import read_class
    from chainrule.term.status import print_progress, progress_of, to_json

    course = Course.find()
    dates = dates_of(course)
    progress = progress_of(course, read_class(course, roster_of(course, options.roster)), dates)
    if options.json:
        print(to_json(progress))
    else:
        print_progress(progress)
    return 0


def export(options: Namespace) -> int:
    """Write the marks for a platform or a spreadsheet; prints where, and what was left empty."""
    from chainrule.collecting.roster import roster_of
    from chainrule.exporting.export import export as write
    from chainrule.term.standing import read_class

    course = Course.find()
    titles = _titles(options.title)
    path = Path(options.output) if options.output else _default(course, options.to)
    if options.output:
        check_writable(path)
    book = read_class(course, roster_of(course, options.roster), options.assignments)
    _check_known(book.tasks)
    for line in write(book, options.to, path, titles).told():
        print(line)
    return 0


def feedback(options: Namespace) -> int:
    """Zip the pages of an assignment for a platform, or for mail; prints who is in it, and who is not and why."""
    from chainrule.collecting.roster import roster_of
    from chainrule.exporting.handback import hand_back
    from chainrule.term.standing import read_class

    course = Course.find()
    name = f"feedback-{options.assignment}-{options.to}.zip"
    path = Path(options.output) if options.output else course.root / "exports" / name
    if options.output:
        check_writable(path)
    book = read_class(course, roster_of(course, options.roster), [options.assignment])
    for line in hand_back(course, book, options.assignment, options.to, path).told():
        print(line)
    return 0


def report(options: Namespace) -> int:
    """Write a page for the class, one for each assignment, and a table; prints where they are."""
    from chainrule.collecting.roster import roster_of
    from chainrule.reporting.report import write_report
    from chainrule.term.dates import dates_of
    from chainrule.term.standing import read_class

    course = Course.find()
    dates = dates_of(course)
    book = read_class(course, roster_of(course, options.roster), options.assignments)
    _check_known(book.tasks)
    folder = course.root / "reports" / ("for-students" if options.for_students else "")
    where = Path(options.output) if options.output else folder
    for path in write_report(course, book, dates, where, for_students=options.for_students):
        print(path)
    return 0


def alike(options: Namespace) -> int:
    """List the pairs of answers that are more alike than the task explains, and write a page with them side by side."""
    from chainrule.classroom.report import printable
    from chainrule.exporting.sheets import save
    from chainrule.reporting.alike import answers_of, course_texts, pairs_in, sides_of
    from chainrule.reporting.page import page
    from chainrule.reporting.tokens import names_in

    course = Course.find()
    check_names([options.assignment], course.graded_ids())
    answers, texts = answers_of(course, options.assignment), course_texts(course, options.assignment)
    if len(answers) < 2:
        raise CourseError(f"fewer than two are graded of {options.assignment}: run `chainrule grade` first")
    pairs, given = pairs_in(answers, texts), names_in(texts)
    shown = [(pair, [(name, *sides_of(pair, name, given)) for name in pair.questions]) for pair in pairs]
    text = page("alike.html.j2", assignment=options.assignment, pairs=shown, size=len(answers))
    path = Path(options.output or course.root / "reports" / f"alike-{options.assignment}.html")
    save(path, lambda file: file.write_text(text, encoding="utf-8"))
    for pair in pairs:
        print(
            printable(
                f"{pair.one.student} and {pair.other.student}: {100 * pair.alike:.0f} % ({', '.join(pair.questions)})"
            )
        )
    print(f"{len(pairs)} pairs of {len(answers)} are more alike than the task explains: {path}")
    return 0


def desk(options: Namespace) -> int:
    """Open the page for marking by hand, or Formgrader, in a browser; runs until it is stopped."""
    course = Course.find()
    if options.formgrader:
        return _formgrader(course, options.assignment)
    import asyncio
    import webbrowser

    from chainrule.desk.server import Desk

    async def opened() -> None:
        place = Desk(course, options.port)
        print(f"The desk is open at {place.address()} until you press Ctrl-C.", flush=True)
        if not options.no_browser:
            webbrowser.open(place.address())
        await asyncio.Event().wait()

    asyncio.run(opened())
    return 0


def _formgrader(course: Course, assignment: str) -> int:
    """Start Jupyter of this environment in the course's folder, at the page of Formgrader."""
    import subprocess
    import sys
    from urllib.parse import quote

    page = f"/formgrader/gradebook/{quote(assignment)}" if assignment else "/formgrader/manage_assignments"
    command = [sys.executable, "-m", "jupyter", "lab", f"--LabApp.default_url={page}"]
    # Formgrader shows what students wrote, and lets their scripts run where nothing else stops them.
    command += ["--ServerApp.jpserver_extensions=chainrule.desk.formgrader=True"]
    return subprocess.run(command, cwd=course.root, check=False).returncode


def _check_known(tasks: Sized) -> None:
    if not tasks:
        raise CourseError("the gradebook knows no assignment yet: build or release one, collect, and grade")


def _default(course: Course, to: str) -> Path:
    return course.root / "exports" / (f"{to}.csv" if to != "xlsx" else "marks.xlsx")


def _titles(pairs: list[str]) -> dict[str, str]:
    wrong = [pair for pair in pairs if "=" not in pair]
    if wrong:
        raise CourseError(f"--title {wrong[0]!r}: an assignment, = and its title on the platform were expected")
    return {name: title for name, _, title in (pair.partition("=") for pair in pairs)}
