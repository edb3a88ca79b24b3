"""docs/performance.md and its picture, made from the run that is kept in docs/performance.json."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bench.classes import PROJECT

__all__ = ["page_of", "table_of", "write_page"]

DOCS = PROJECT.root / "docs"
PICTURE = "performance.png"
HOURS = 100_000 / 3600
EXPLAINED = """\
CPU is that of a command and all its processes, start-up included, divided by the submissions graded. `chainrule` has
its sandbox, referee, gradebook and feedback pages on; stock is `nbgrader autograde` and `nbgrader generate_feedback`
with nothing set. The bare cells are meant as the floor: the cells that marks depend on, in forks of a warm
interpreter, with no grader at all. Start-up is seconds of CPU, divided by the column `graded`: where that is small,
it is most of a figure, of stock's and Otter's as of Chainrule's, and the ratios are not those of a large class.
Memory is the most that all processes of a command held together, pages that they share counted once.
"""
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
COLUMNS = ("way", "graded", "CPU s each", "s each", "each second a core", "first after s", "memory MB")


def write_page(kept: dict[str, Any]) -> None:
    """Write the page and the picture."""
    (DOCS / "performance.md").write_text(page_of(kept), encoding="utf-8")
    _draw(kept)


def table_of(rows: list[dict[str, Any]]) -> Iterator[str]:
    """The lines of a table for each assignment and size of class."""
    for assignment, students in dict.fromkeys((row["assignment"], row["students"]) for row in rows):
        yield f"### {assignment}, a class of {students}"
        yield ""
        yield f"| {' | '.join(COLUMNS)} |"
        yield f"|---|{'---:|' * (len(COLUMNS) - 1)}"
        for row in rows:
            if (row["assignment"], row["students"]) == (assignment, students):
                yield _line(row)
        yield ""


def _line(row: dict[str, Any]) -> str:
    each = row["cpu"] / row["graded"]
    first = f"{row['first']:.1f}" if row["first"] else ""
    memory = f"{row['megabytes']:.0f}" if row["megabytes"] else ""
    cells = (f"{each:.2f}", f"{row['seconds'] / row['graded']:.2f}", f"{1 / each:.2f}", first, memory)
    return f"| {row['way']} | {row['graded']} | {' | '.join(cells)} |"


def _cpu(rows: list[dict[str, Any]], way: str) -> float:
    """CPU seconds a submission of a way, over the largest class."""
    found = [row for row in rows if row["way"].startswith(way)]
    largest = max(found, key=lambda row: row["students"])
    return float(largest["cpu"] / largest["graded"])


def _stock(rows: list[dict[str, Any]]) -> float:
    return _cpu(rows, "stock autograde") + _cpu(rows, "stock generate_feedback")


def _by_assignment(kept: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    names = dict.fromkeys(row["assignment"] for row in kept["rows"])
    return {name: [row for row in kept["rows"] if row["assignment"] == name] for name in names}


def page_of(kept: dict[str, Any]) -> str:
    """The text of the page."""
    about = kept["about"]
    releases = ", ".join(f"{name} {number}" for name, number in about["versions"].items())
    lines = [
        "# How fast it grades",
        "",
        "`make bench` grades one class in each way. Its figures are kept in `performance.json`; this page and its",
        "picture are made from that file by `python -m bench --page`. The milliseconds are",
        "what `python -m bench.steps` printed.",
        "",
        f"- Measured on {about['day']}: {about['machine']}; Python {about['python']}; {releases}.",
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
        *table_of(kept["rows"]),
        *_peers(about),
        "",
        *_steps(kept.get("steps", {})),
        *_model(kept),
    ]
    return "\n".join(lines) + "\n"


def _ratios(kept: dict[str, Any]) -> Iterator[str]:
    yield "| CPU of one submission | stock | Chainrule | times less | bare cells |"
    yield "|---|---:|---:|---:|---:|"
    for name, rows in _by_assignment(kept).items():
        stock, ours, bare = _stock(rows), _cpu(rows, "chainrule, 1 worker"), _cpu(rows, "bare")
        yield f"| {name} | {stock:.2f} s | {ours:.2f} s | {stock / ours:.1f} | {bare:.2f} s |"


def _peers(about: dict[str, Any]) -> Iterator[str]:
    yield "## The others"
    yield ""
    yield from (OTTER if about["otter"] else WITHOUT).splitlines()
    yield from MARIMO.splitlines()


def _steps(steps: dict[str, Any]) -> Iterator[str]:
    if not steps:
        return
    yield "## Where the milliseconds go"
    yield ""
    yield from steps["about"].splitlines()
    yield ""
    yield f"| ms of CPU a submission | {' | '.join(steps['columns'])} |"
    yield f"|---|{'---:|' * len(steps['columns'])}"
    for name, *values in steps["rows"]:
        yield f"| {name} | {' | '.join('' if value is None else f'{value:.0f}' for value in values)} |"
    yield ""
    yield from steps["notes"]
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
        for way, cpu in (("Chainrule", _cpu(rows, "chainrule, 1 worker")), ("stock, were it parallel", _stock(rows))):
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
        named |= {"chainrule": _cpu(rows, "chainrule, 1 worker"), "bare cells": _cpu(rows, "bare")}
        bars = axes.barh(list(named)[::-1], list(named.values())[::-1], color="#2b5d9c")
        axes.bar_label(bars, fmt="%.2f s", padding=3)
        axes.set_xscale("log")
        axes.margins(x=0.25)
        axes.set_title(name)
        axes.set_xlabel("CPU seconds a submission")
    figure.savefig(DOCS / PICTURE, dpi=110, metadata={"Software": None})
    plt.close(figure)
