"""docs/performance.md and its picture, made from the run that is kept in docs/performance.json."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bench.classes import PROJECT

__all__ = ["class_of", "page_of", "table_of", "write_page"]

DOCS = PROJECT.root / "docs"
PICTURE = "performance.png"
HOURS = 100_000 / 3600
EXPLAINED = """\
CPU is that of a command and all its processes, start-up included, divided by the submissions graded. `chainrule` has
its sandbox, referee, gradebook and feedback pages on; stock is `nbgrader autograde` and `nbgrader generate_feedback`
with nothing set. The bare cells are meant as the floor: the cells that marks depend on, in forks of a warm
interpreter, with no grader at all. Start-up is seconds of CPU, divided by the column `graded`: where that is small,
it is most of a figure, of stock's and Otter's as of Chainrule's, and the ratios are not those of a large class.
Memory is the most that all processes of a command held together, pages that they share counted once. What a worker
adds is the difference between two of these rows; a submission may hold 2 GB of its own (`c.Examine.memory_mb`).
"""
SPEED = """\
Seconds are from Enter to the end, start-up included, divided by the submissions graded; stock grades one after the
other, Chainrule with so many workers at once. `first` is when the first result is there, and
`nothing to do` how long the same command takes once more.
"""
KINDS = {
    "ordinary": "everybody wrote the course's own solutions, each in names and with a comment of their own",
    "mixed": "all right answers of `grader_tests/` in turn, of which some are slow in every way of grading",
}
OTTER = """\
- Otter-Grader: `otter run`, one submission a call, with each check as one of its tests, word for word. It has no
  sandbox, no gradebook and no page for students there.
"""
WITHOUT = """\
- Otter-Grader was not measured in this run: `--otter FOLDER` makes an environment for it, where it can be installed.
"""
MARIMO = """\
- mograder grades Marimo notebooks. It reads none of Jupyter's, and nothing of it does the same work: no figure.
"""
LIMITS = """\
What it costs: the CPU hours, times what an hour of a core costs you. What breaks first is the teacher's own machine:
with [the queue](queue.md), too, it rebuilds submissions, makes the pages and writes the gradebook for all workers, and
a file of SQLite has one writer. Start-up of a small class is in these figures. This is arithmetic and not a
measurement: nobody graded 100,000 submissions.
"""
OURS = "chainrule, "
IDLE = "chainrule, nothing to do"
STEPS = """\
One submission in a worker that is warm, the median of a class of ordinary answers, by `python -m bench.steps`; a column
that names a commit was measured with that one. A line with more dots is a part of the line above it.
"""
LEFT = """\
At the first of these commits a page compiled its templates and coloured the course's own cells for each student, and
the gradebook was asked cell by cell. Since the second, a function of the course's that a check lends to the notebook is
asked for once and not at each use, and a function's class not at all (01: some 600 questions in place of 930), tables
and courses that are there are not asked for, and what all workers share is left out of their search for garbage.

What is left of 01, roughly: in the kernel, 75 ms are the cells and functions that count, 30 its fork and start, 60 the
messages of its 23 cells, and the rest the answers to those questions. The referee works out the truth and asks. In the
worker a third is the feedback page, of which the colours of the student's own code are a third.

Of the 750 questions that 01 asks of a submission now, 590 call a student's function, 90 lend or take away a name, and
320 of the calls stand in rows of three or more.

Where nothing is to do, a class is looked at in one pass and no worker is started: 2 ms of CPU a submission, after the
1.3 s that it takes to load nbgrader. It took 36 ms while each was looked at by itself. What was handed in and the
graded notebook are known by hashes of all their bytes, never by their times, and the gradebook by all its rows.

The floor: kernel and referee alone are some three times the bare cells, because each question of a check is a message
between two processes that share nothing. Checks that ask for several calls at once would bring that down; to grade
within twice the bare cells, checks and student code would have to share a process, and they never do.
"""
COLUMNS = ("way", "graded", "CPU s each", "s each", "each second a core", "first after s", "memory MB")


def write_page(kept: dict[str, Any]) -> None:
    """Write the page and the picture."""
    (DOCS / "performance.md").write_text(page_of(kept), encoding="utf-8")
    _draw(kept)


def table_of(rows: list[dict[str, Any]]) -> Iterator[str]:
    """The lines of a table for each assignment and size of class."""
    for assignment, students, kind in _classes(rows):
        yield f"### {assignment}, a class of {students}: {kind} answers"
        yield ""
        yield f"| {' | '.join(COLUMNS)} |"
        yield f"|---|{'---:|' * (len(COLUMNS) - 1)}"
        for row in rows:
            if class_of(row) == (assignment, students, kind):
                yield _line(row)
        yield ""


def class_of(row: dict[str, Any]) -> tuple[str, int, str]:
    """Which class a row is about: the assignment, how many students, the kind of their answers."""
    return row["assignment"], row["students"], row.get("kind", "mixed")


def _classes(rows: list[dict[str, Any]]) -> list[tuple[str, int, str]]:
    return list(dict.fromkeys(map(class_of, rows)))


def _line(row: dict[str, Any]) -> str:
    each = row["cpu"] / row["graded"]
    first = f"{row['first']:.1f}" if row["first"] else ""
    memory = f"{row['megabytes']:.0f}" if row["megabytes"] else ""
    cells = (f"{each:.2f}", f"{row['seconds'] / row['graded']:.2f}", f"{1 / each:.2f}", first, memory)
    return f"| {row['way']} | {row['graded']} | {' | '.join(cells)} |"


def _cpu(rows: list[dict[str, Any]], way: str, what: str = "cpu") -> float:
    """CPU seconds (or others) a submission of a way."""
    row = _row(rows, way)
    return float(row[what] / row["graded"])


def _row(rows: list[dict[str, Any]], way: str) -> dict[str, Any]:
    """The row of a way; of ours, the one with the most workers, which comes last."""
    return [row for row in rows if row["way"].startswith(way) and row["way"] != IDLE][-1]


def _stock(rows: list[dict[str, Any]], what: str = "cpu") -> float:
    return _cpu(rows, "stock autograde", what) + _cpu(rows, "stock generate_feedback", what)


def _by_assignment(kept: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """The rows of the class that tells most of each assignment: of ordinary answers if there is one, the largest."""
    found: dict[str, tuple[str, int, str]] = {}
    for one in sorted(_classes(kept["rows"]), key=lambda one: (one[2] == "ordinary", one[1])):
        found[one[0]] = one
    return {name: [row for row in kept["rows"] if class_of(row) == one] for name, one in sorted(found.items())}


def page_of(kept: dict[str, Any]) -> str:
    """The text of the page."""
    about = kept["about"]
    releases = ", ".join(f"{name} {number}" for name, number in about["versions"].items())
    lines = [
        "# How fast it grades",
        "",
        "`make performance` grades some classes in each way. Its figures are kept in `performance.json`, and this page",
        "and its picture are made from that file.",
        "",
        f"- Measured on {about['day']}, commit {about['commit']}: {about['machine']}; Python {about['python']};",
        f"  {releases}.",
        f"- Load of the machine meanwhile: {about['load']}. Above its cores, seconds say little, and CPU grows,",
        "  for all ways alike.",
        f"- Command: `{about['command'].strip()}`",
        f"- Rounds: {about['rounds']}. All ways of an assignment are in one run, on the same submissions.",
        "",
        f"![CPU seconds a submission, by way and assignment]({PICTURE})",
        "",
        "## The result",
        "",
        *_ratios(kept),
        "",
        *EXPLAINED.splitlines(),
        "",
        *_speed(kept),
        "",
        *SPEED.splitlines(),
        "",
        *_kinds(kept["rows"]),
        "",
        *table_of(kept["rows"]),
        *_peers(about),
        "",
        *_steps(kept.get("steps", {})),
        *_model(kept),
    ]
    return "\n".join(lines) + "\n"


def _ratios(kept: dict[str, Any]) -> Iterator[str]:
    yield "| CPU of one submission | class of | stock | Chainrule | times less | bare cells |"
    yield "|---|---:|---:|---:|---:|---:|"
    for name, rows in _by_assignment(kept).items():
        stock, ours, bare = _stock(rows), _cpu(rows, OURS), _cpu(rows, "bare")
        students = rows[0]["students"]
        yield f"| {name} | {students} | {stock:.2f} s | {ours:.2f} s | {stock / ours:.1f} | {bare:.2f} s |"


def _speed(kept: dict[str, Any]) -> Iterator[str]:
    yield "| Seconds a submission | workers | stock | Chainrule | times faster | bare cells | first | nothing to do |"
    yield "|---|---:|---:|---:|---:|---:|---:|---:|"
    for name, rows in _by_assignment(kept).items():
        ours = _row(rows, OURS)
        stock, mine, bare = (_stock(rows, "seconds"), _cpu(rows, OURS, "seconds"), _cpu(rows, "bare", "seconds"))
        first, workers = ours["first"], ours["way"].removeprefix(OURS).split()[0]
        again = next(row["seconds"] for row in rows if row["way"] == IDLE)
        figures = f"{stock:.2f} s | {mine:.2f} s | {stock / mine:.1f} | {bare:.2f} s | {first:.1f} s | {again:.1f} s"
        yield f"| {name} | {workers} | {figures} |"


def _kinds(rows: list[dict[str, Any]]) -> Iterator[str]:
    for kind in dict.fromkeys(kind for _, _, kind in _classes(rows)):
        yield f"A class of {kind} answers: {KINDS[kind]}."


def _peers(about: dict[str, Any]) -> Iterator[str]:
    yield "## The others"
    yield ""
    yield from (OTTER if about["otter"] else WITHOUT).splitlines()
    yield from MARIMO.splitlines()


def _steps(columns: dict[str, Any]) -> Iterator[str]:
    if not columns:
        return
    yield "## Where the milliseconds go"
    yield ""
    yield from STEPS.splitlines()
    yield ""
    yield f"| ms of CPU a submission | {' | '.join(columns)} |"
    yield f"|---|{'---:|' * len(columns)}"
    for name in dict.fromkeys(name for column in columns.values() for name in column["ms"]):
        values = (column["ms"].get(name) for column in columns.values())
        yield f"| {name} | {' | '.join('' if value is None else f'{value:.0f}' for value in values)} |"
    yield ""
    yield from LEFT.splitlines()
    yield ""


def _model(kept: dict[str, Any]) -> Iterator[str]:
    yield "## A model: 100,000 submissions"
    yield ""
    yield "From the costs above, on so many machines of two cores, with a worker on each core and nothing else to do:"
    yield ""
    machines = (1, 4, 16, 64)
    yield f"| | CPU hours | {' | '.join(f'on {count}' for count in machines)} |"
    yield f"|---|---:|{'---:|' * len(machines)}"
    for name, rows in _by_assignment(kept).items():
        for way, cpu in (("Chainrule", _cpu(rows, OURS)), ("stock, were it parallel", _stock(rows))):
            hours = cpu * HOURS
            shares = " | ".join(f"{hours / 2 / count:.1f} h" for count in machines)
            yield f"| {name}, {way} | {hours:.0f} | {shares} |"
    yield ""
    yield from LIMITS.splitlines()


def _draw(kept: dict[str, Any]) -> None:
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import pyplot as plt

    groups = _by_assignment(kept)
    figure, every = plt.subplots(1, len(groups), figsize=(5.2 * len(groups), 3.2), squeeze=False, layout="constrained")
    for axes, (name, rows) in zip(every[0], groups.items(), strict=True):
        named = {"stock": _stock(rows)}
        if any(row["way"] == "otter run" for row in rows):
            named["otter run"] = _cpu(rows, "otter run")
        named |= {"chainrule": _cpu(rows, OURS), "bare cells": _cpu(rows, "bare")}
        bars = axes.barh(list(named)[::-1], list(named.values())[::-1], color="#2b5d9c")
        axes.bar_label(bars, fmt="%.2f s", padding=3)
        axes.set_xscale("log")
        axes.margins(x=0.25)
        axes.set_title(name)
        axes.set_xlabel("CPU seconds a submission")
    figure.savefig(DOCS / PICTURE, dpi=110, metadata={"Software": None})
    plt.close(figure)
