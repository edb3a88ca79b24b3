"""What the notebooks make of an author's text: checks under a title, the course's tools short, and nothing else."""

from __future__ import annotations

import ast
from typing import Any

import pytest

from chainrule.authoring.assignment import Cell, Kind
from chainrule.authoring.layout import joined, with_short_blocks, without_remarks
from chainrule.authoring.notebook_text import for_notebooks
from chainrule.authoring.packing import Packer

TEXT = '''\
def scaled(numbers, factor=2):
    """A docstring."""
    # A remark.
    if not numbers:
        return (
            factor,
        )
    text = """
    # no remark
    """
    return [
        number * factor for number in numbers if f"{number, factor}" != text
    ], {
        "a long key that is longer than most keys are": factor, "another one": [factor, factor, factor, factor, factor],
        "a third": (
            factor + 1
        ),
    }
'''


def ran(text: str, **variables: Any) -> dict[str, Any]:
    exec(text, variables)
    return variables


def shown(*cells: Cell) -> list[str]:
    """The sources of cells behind the kit, as notebooks have them, and first that of the kit."""
    kit = Cell(Kind.GIVEN, "code", 'PACKED = ""\nCHECKS = ""\nWRITTEN = 0.0', 1, options={"include": "checkkit"})
    answer = Cell(Kind.SOLUTION, "code", "def f(): ...", 2, "f")
    return [cell.source for cell in for_notebooks([kit, answer, *cells])]


def check(source: str, name: str = "f", points: float = 1.0) -> Cell:
    return Cell(Kind.CHECK, "code", source, 3, name, points)


def test_a_text_laid_out_anew_does_the_same() -> None:
    """Statements take fewer lines, and tuples of one, f-strings and texts stay what they are."""
    short = with_short_blocks(joined(TEXT))

    assert len(short.splitlines()) < len(TEXT.splitlines())
    assert ast.dump(ast.parse(short)) == ast.dump(ast.parse(TEXT))
    assert "return (factor,)" in short


def test_remarks_are_left_out_and_texts_are_not() -> None:
    """A line of a text that looks like a remark is none."""
    short = without_remarks(TEXT)

    assert "A docstring" not in short and "A remark" not in short
    assert "# no remark" in short
    assert ran(short)["scaled"]([3])[0] == ran(TEXT)["scaled"]([3])[0]


def test_a_check_stands_under_its_title_and_says_what_came_of_it() -> None:
    """Its hidden part stays between its marks, and the notebook's list names it with its points."""
    hidden = "### BEGIN HIDDEN TESTS\ny = 2\n### END HIDDEN TESTS"

    kit, _, one, two = shown(check(f"x = 1\n{hidden}"), check(hidden, "f-more", 1.5))

    assert one.splitlines()[:3] == ["# @title Check: f, 1 point", 'with CheckCell("f"):', "    x = 1"]
    assert two.splitlines()[:3] == ["# @title Check: f-more, 1.5 points", 'with CheckCell("f-more"):', "    ..."]
    assert [line.strip() for line in one.splitlines()[3:]] == hidden.splitlines()
    assert "CHECKS = 'f 1, f-more 1.5'" in kit


def test_a_check_that_counts_its_points_keeps_its_last_line() -> None:
    """Inside a `with` its value would be no mark."""
    _, _, text = shown(check("points = 0\npoints += 1\npoints"))

    assert text.splitlines() == ["# @title Check: f, 1 point", "points = 0", "points += 1", "points"]


def test_texts_of_several_lines_in_a_check_stay_what_they_are() -> None:
    """What stands inside a string is not moved."""
    text = 'x = """a\nb"""\ny = 1'

    assert shown(check(text))[2].splitlines()[2:] == ['    x = """a', 'b"""', "    y = 1"]


def test_known_mistakes_are_packed_with_the_variables_that_they_read() -> None:
    """What stands in their place gives the same dict; a dict of the student's is no such dict."""
    known = '{"the sign of z is the other way round": -z, "there is a term": [2 * z for step in z], "t": [step, max]}'
    packer = Packer()

    text = packer.packed(f"kept = {{'w': 1}}\nknown = {known}")

    assert text == "kept = {'w': 1}\nknown = packed(0, step=step, z=z)"
    assert packer.texts == [known]


def packed_text(text: str, *, made: str = "", kept: str = "", reaching: str = "") -> tuple[str, list[str]]:
    """What stands in the place of a text's functions, and what was packed."""
    packer = Packer()
    short = packer.without_functions(text, set(made.split()), set(kept.split()), set(reaching.split()))
    return short, packer.texts


def test_the_courses_own_answers_are_packed_where_all_that_they_need_is_there() -> None:
    """A function that needs what only the student has stays as it is."""
    own, others = "def course_f(z):\n    return np.exp(z) * factor", "def course_g(z):\n    return f(z)"

    text, packed = packed_text(f"{own}\n{others}", made="factor")

    assert text == f'{others}\n[course_f] = packed_functions(0, "course_f", factor=factor)'
    assert packed == [own]


TOOLS = """\
def first(z):
    return second(z) + scale
@keep
def second(z):
    return first(z - 1) if z else 0.0
table = [1, 2]
total = first(2)
"""


def test_tools_that_need_each_other_are_packed_together_before_they_are_called() -> None:
    """What they read is handed in, and the statement that calls them comes after."""
    text, packed = packed_text(TOOLS, made="scale keep")

    line = 'first, second = packed_functions(0, "first second", keep=keep, scale=scale)'
    assert text.splitlines() == ["table = [1, 2]", line, "total = first(2)"]
    assert len(packed) == 1


@pytest.mark.parametrize("result", ["globals()", "inspect.getsource(first)"])
def test_a_tool_that_looks_at_its_own_module_stays(result: str) -> None:
    """Elsewhere it would see other variables."""
    text = f"def first(z):\n    x = 1\n    y = 2\n    w = 3\n    return {result}"

    assert packed_text(text, made="inspect") == (text, [])


def test_a_tool_that_is_made_anew_from_its_text_stays() -> None:
    """`beside(tool)` reads it."""
    assert packed_text(TOOLS, made="scale keep", kept="first second")[1] == []


def test_a_tool_that_reads_an_answer_stays_though_another_tool_has_a_variable_of_that_name() -> None:
    """The answer is not there yet where the tools run: a line that reads it at once would stop the notebook."""
    looks = "def looks(x):\n    y = answer(x)\n    z = y + 1\n    w = z + 1\n    return w"
    other = "def other(answer):\n    def inner(result):\n        return answer\n    return inner"

    text, _ = packed_text(f"{other}\n{looks}", made="")

    assert looks in text


def test_tools_that_reach_into_the_notebook_stand_apart() -> None:
    """The referee tells by names what came from the notebook: no line mixes the two."""
    third = "def third(z):\n    return ask(z) + first(z)\n"

    text, packed = packed_text(TOOLS.replace("table", third + "table"), made="scale keep ask", reaching="third")

    assert [line.partition(" = ")[0] for line in text.splitlines()] == ["table", "first, second", "[third]", "total"]
    assert "ask=ask, first=first" in text
    assert len(packed) == 2
