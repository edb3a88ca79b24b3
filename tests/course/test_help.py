"""What stands beside the questions of every notebook: stretches, links, a bug hunt, figures in words, colours.

That each question has three hints, minutes and a level, `chainrule build` asks for itself.
"""

from __future__ import annotations

import ast
import colorsys
import re
from collections.abc import Iterator, Sequence

import pytest

from chainrule.authoring import pictures
from chainrule.authoring.assignment import Assignment, Cell, Kind, read_assignment
from in_course import IDS, PROJECT

FIGURES = {"figure", "subplots", "subplot_mosaic"}
COLOUR = re.compile(r"\b(blue|orange|green|red|purple|sky|grey|black)\b", re.I)
# Colours that are drawn without a name: a diverging map has both of its ends, a frame is black, "0.6" is a grey.
# What is said of a part of the graph is said of a figure that stands in front of all questions.
ALSO = {"purple": ("PuOr",), "orange": ("PuOr",), "black": ("fill=False",), "grey": ('color="0.', 'color": "0.')}
# Around which hue (in degrees) a colour of the course lies, for eyes that read its name.
HUES = {"BLUE": 202, "ORANGE": 41, "GREEN": 164, "RED": 12, "PURPLE": 277, "SKY": 202}


def texts(assignment: Assignment) -> str:
    """All prose of an assignment."""
    return "\n\n".join(cell.source for cell in assignment.cells if cell.cell_type == "markdown")


def parts(assignment: Assignment) -> Iterator[str]:
    """The prose of each lettered part; of the whole notebook where there is none."""
    prose = re.split(r"^# Part [A-Z]\. ", texts(assignment), flags=re.MULTILINE)
    yield from prose[1:] or prose


def stretch_of_cells(assignment: Assignment, number: int) -> list[Cell]:
    """The cells around one, from the heading before it to the heading after it."""
    heads = [i for i, cell in enumerate(assignment.cells) if cell.kind in (Kind.QUESTION, Kind.SECTION)]
    first = max((i for i in heads if i <= number), default=0)
    last = min((i for i in heads if i > number), default=len(assignment.cells))
    return list(assignment.cells[first:last])


def called(tree: ast.AST) -> set[str]:
    """The functions that a text calls, by their last names."""
    calls = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return {getattr(function, "attr", getattr(function, "id", "")) for function in calls}


OF_THE_GRAPH = re.compile(r"\b(part|graph)\b")


def drawing(cells: Sequence[Cell], before: Sequence[Cell]) -> str:
    """The code of some cells, with that of earlier functions which it calls."""
    code = "\n".join(cell.source for cell in cells if cell.kind is Kind.RUN)
    earlier = [cell.source for cell in before if cell.kind is Kind.RUN]
    made = [
        text for text in earlier if any(f"{name}(" in code for name in re.findall(r"^def (\w+)", text, re.MULTILINE))
    ]
    return "\n".join([code, *made])


def draws(word: str, code: str) -> bool:
    """Whether code uses a colour by its name."""
    names = (f"{word.upper()}\\b", f'"{word}"', *map(re.escape, ALSO.get(word, ())))
    return bool(re.search("|".join(names), code))


@pytest.fixture(params=IDS)
def assignment(request: pytest.FixtureRequest) -> Assignment:
    """Each assignment of the course."""
    return read_assignment(PROJECT.assignments / request.param)


def test_each_part_has_a_stretch(assignment: Assignment) -> None:
    """For those who want more."""
    found = [len(re.findall(r"^Stretch:", part, re.MULTILINE)) for part in parts(assignment)]

    assert min(found) >= 1
    assert sum(found) >= 2


def test_there_is_more_to_read(assignment: Assignment) -> None:
    """Each such paragraph has a link."""
    found = re.findall(r"^Read on:(?:.|\n(?!\n))*", texts(assignment), re.MULTILINE)

    assert found
    assert [words for words in found if "](http" not in words] == []


def test_there_is_one_bug_hunt(assignment: Assignment) -> None:
    """Made from a wrong answer; the build sees to it that its lines stand there."""
    assert sum("hunt" in cell.options for cell in assignment.cells) == 1


def test_every_figure_is_told_in_words(assignment: Assignment) -> None:
    """A cell that makes a figure hands its words to `show`, or to `slide`."""
    run = [cell for cell in assignment.cells if cell.kind is Kind.RUN and cell.source]
    calls = {cell.line: called(ast.parse(cell.source)) for cell in run}

    assert any(FIGURES & names for names in calls.values())
    assert [line for line, names in calls.items() if FIGURES & names and not {"show", "slide"} & names] == []


def test_figures_are_narrow_enough_for_a_phone(assignment: Assignment) -> None:
    """A phone shrinks a figure to its width: letters of one that is wider than 7.5 inches cannot be read there."""
    sizes = [
        ast.literal_eval(keyword.value.elts[0])
        for cell in assignment.cells
        if cell.kind is Kind.RUN and cell.source
        for keyword in ast.walk(ast.parse(cell.source))
        if isinstance(keyword, ast.keyword) and keyword.arg == "figsize" and isinstance(keyword.value, ast.Tuple)
    ]

    assert sizes
    assert max(sizes) <= 7.5


def test_colours_that_are_named_are_drawn(assignment: Assignment) -> None:
    """Where prose names a colour, a figure between the headings around it has this colour."""
    missing = []
    for number, cell in enumerate(assignment.cells):
        before = assignment.cells[:number]
        for line in cell.source.splitlines() if cell.cell_type == "markdown" else ():
            earlier = before if OF_THE_GRAPH.search(line) else ()
            code = drawing([*stretch_of_cells(assignment, number), *earlier], before)
            missing += [(word, line) for word in COLOUR.findall(line) if not draws(word.lower(), code)]

    assert missing == []


@pytest.mark.parametrize("name", HUES)
def test_a_colour_looks_like_its_name(name: str) -> None:
    """Who is told of a blue curve looks for a blue one."""
    value = getattr(pictures, name)
    hue, _, saturation = colorsys.rgb_to_hls(*(int(value[place : place + 2], 16) / 255 for place in (1, 3, 5)))

    assert abs(360 * hue - HUES[name]) < 5
    assert saturation > 0.3
