"""What a text tells students beside its questions: points and time, hints in steps, stretches, and where to read on.

The author writes a paragraph that begins with `Hint:`, `Stretch:` or `Read on:`, and the table of all questions as the
one word `[questions]`. Points are counted from the checks, so no sum is written by hand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from chainrule.authoring.assignment import Assignment, Cell, Kind, Problem

HINTS = ("a nudge", "more", "nearly there")
LEVELS = {"1": "easy", "2": "medium", "3": "hard"}
TABLE = "[questions]"
_HEADING = re.compile(r"^#+ +(.*)$", re.M)
_BOXES = {"Stretch:": "A stretch, for no points.", "Read on:": "Read or watch on."}


@dataclass(frozen=True)
class Question:
    """One question as the opening table and the line below its heading tell it."""

    title: str
    points: float
    minutes: int
    lines: str
    level: str

    def told(self) -> str:
        """The line below the heading."""
        lines = f"about {self.lines} line{'' if self.lines == '1' else 's'} · " if self.lines else ""
        points = f"{self.points:g} point{'' if self.points == 1 else 's'}"
        return f"*{points} · {lines}about {self.minutes} minutes · {LEVELS[self.level]}*"


def problems_of_questions(assignment: Assignment) -> Iterator[Problem]:
    """What a question lacks of what students are told: minutes, a level from 1 to 3, three hints, a heading."""
    hints: dict[int, int] = {}
    place = 0
    for number, cell in enumerate(assignment.cells):
        place = number if cell.kind in (Kind.QUESTION, Kind.SECTION) else place
        if cell.cell_type == "markdown":
            hints[place] = hints.get(place, 0) + sum(text.startswith("Hint:") for text in _paragraphs(cell))
    for number, cell in enumerate(assignment.cells):
        if cell.kind is Kind.QUESTION:
            for text in _lacks(cell, hints[number]):
                yield Problem(assignment.path, cell.line, f"question {cell.name!r} {text}")


def _lacks(cell: Cell, hints: int) -> Iterator[str]:
    if not cell.options.get("minutes", "").isdigit():
        yield f'does not say how long it takes: write `question="{cell.name}" minutes=20 level=2`'
    if cell.options.get("level") not in LEVELS:
        yield f"has no level: write `level=1` ({', '.join(f'{key} is {word}' for key, word in LEVELS.items())})"
    if hints != len(HINTS):
        yield f"has {hints} hints: write {len(HINTS)} paragraphs that begin with `Hint:` ({', '.join(HINTS)})"
    if not _HEADING.search(cell.source):
        yield "has no heading: its text begins with `## `"


def with_guidance(cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
    """The cells as students read them, with the paragraphs above written out."""
    questions = _questions(cells)
    return tuple(
        replace(cell, source=_written_out(cell, questions), options={}) if cell.cell_type == "markdown" else cell
        for cell in cells
    )


def _questions(cells: tuple[Cell, ...]) -> dict[str, Question]:
    """Every question by its id, with the points of the checks and written answers up to the next heading."""
    found: dict[str, Question] = {}
    now = ""
    for cell in cells:
        if cell.kind in (Kind.QUESTION, Kind.SECTION):
            now = cell.name if cell.kind is Kind.QUESTION else ""
        if cell.kind is Kind.QUESTION:
            heading = _HEADING.search(cell.source)
            options = cell.options
            found[now] = Question(
                heading[1] if heading else now,
                0,
                int(options.get("minutes", 0)),
                options.get("lines", ""),
                options.get("level", "1"),
            )
        elif now:
            found[now] = replace(found[now], points=found[now].points + cell.points)
    return found


def _written_out(cell: Cell, questions: dict[str, Question]) -> str:
    hints = iter(HINTS)
    paragraphs = [_paragraph(text, hints, questions) for text in _paragraphs(cell)]
    source = "\n\n".join(paragraphs)
    if cell.kind is Kind.QUESTION:
        told = questions[cell.name].told()
        source = _HEADING.sub(lambda heading: f"{heading[0]}\n\n{told}", source, count=1)
    return source


def _paragraph(text: str, hints: Iterator[str], questions: dict[str, Question]) -> str:
    if text == TABLE:
        return _table(questions)
    if text.startswith("Hint:"):
        step = next(hints, HINTS[-1])
        summary = f"<summary>Hint {HINTS.index(step) + 1} of {len(HINTS)}: {step}</summary>"
        return f"<details>{summary}\n\n{text.removeprefix('Hint:').strip()}\n\n</details>"
    for word, title in _BOXES.items():
        if text.startswith(word):
            body = text.removeprefix(word).strip()
            return "\n".join(f"> {line}" for line in f"**{title}** {body}".splitlines())
    return text


def _table(questions: dict[str, Question]) -> str:
    rows = [f"| {question.title} | {question.points:g} | {question.minutes} |" for question in questions.values()]
    points = sum(question.points for question in questions.values())
    minutes = sum(question.minutes for question in questions.values())
    rows.append(f"| **together** | **{points:g}** | **{minutes}** |")
    return "\n".join(["| question | points | minutes |", "|---|---|---|", *rows])


def _paragraphs(cell: Cell) -> list[str]:
    return re.split(r"\n{2,}", cell.source)
