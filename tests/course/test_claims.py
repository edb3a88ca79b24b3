"""What the prose claims in numbers is proven from the notebook's own code, and no such claim is forgotten."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from chainrule.authoring.assignment import read_assignment
from in_course import PROJECT, solution_namespace

HERE = Path(__file__).parent
FILES = {path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in HERE.glob("claims/*.toml")}
CLAIMS = [(name, claim) for name, file in sorted(FILES.items()) for claim in file["claim"]]
# A sentence that holds a digit and one of these says something that could be wrong.
WORDS = re.compile(
    r"%|\b(about|near|nearly|roughly|almost|practically|twice|half|third|times|ends?|stops?|falls?|rises?|reach(es)?"
    r"|below|above|largest|smallest|steepest|never|always|most|digits|factor|epochs|iterations|steps)\b"
)


@cache
def prose(assignment_id: str) -> str:
    """All that students read, without code, formulas of their own line, solutions and mark schemes."""
    cells = read_assignment(PROJECT.assignments / assignment_id).cells
    texts = [cell.source for cell in cells if cell.cell_type == "markdown"]
    return "\n\n".join(re.sub(r"```.*?```|\$\$.*?\$\$", "", text, flags=re.S) for text in texts)


def sentences(assignment_id: str) -> Iterator[str]:
    """The sentences of the prose; not those of tables, headings, hints and what only markers read."""
    shown = re.sub(r"### BEGIN (SOLUTION|MARK SCHEME).*?### END \1", "", prose(assignment_id), flags=re.S)
    for block in re.split(r"\n\s*\n|\n(?=[-|>#*] |\d\. )", shown):
        if not block.lstrip().startswith(("|", "#", "Hint:", "**How this is marked", "**Marks:")):
            yield from re.split(r"(?<=[.?!:)*]) (?=[A-Z*`(\"])", " ".join(block.split()))


@cache
def names_of(assignment_id: str) -> dict[str, Any]:
    """The notebook's variables after its given and solved cells, and what the file of claims defines before."""
    names = solution_namespace(assignment_id)
    exec(FILES[assignment_id].get("before", ""), names)
    return names


def named(value: Any) -> str:
    """A claim by its first words, an assignment by its number."""
    return value["says"][:40] if isinstance(value, dict) else value[:2]


@pytest.mark.parametrize(("assignment_id", "claim"), CLAIMS, ids=named)
def test_a_claim_holds(assignment_id: str, claim: dict[str, str]) -> None:
    """The quoted words stand in the prose, and what proves them is there and true."""
    assert " ".join(claim["says"].split()) in " ".join(prose(assignment_id).split()), "the prose says it no longer"
    assert len({"holds", "test", "rule"} & claim.keys()) == 1
    if "test" in claim:
        tests = [HERE / f"test_{assignment_id}.py", HERE / "test_contract.py"]
        assert any(f"def {claim['test']}(" in path.read_text(encoding="utf-8") for path in tests)
    if "holds" in claim:
        assert eval(claim["holds"], names_of(assignment_id))


@pytest.mark.parametrize("assignment_id", sorted(FILES))
def test_no_claim_is_forgotten(assignment_id: str) -> None:
    """Every sentence of the prose with a number and a word that measures is quoted by a claim."""
    known = [" ".join(claim["says"].split()) for claim in FILES[assignment_id]["claim"]]
    open_ = [
        text
        for text in sentences(assignment_id)
        if re.search(r"\d", text) and WORDS.search(text) and not any(words in text for words in known)
    ]

    assert open_ == []


def test_every_text_has_its_claims() -> None:
    """No assignment of this course is left out."""
    assert set(PROJECT.assignment_ids()) == set(FILES)
