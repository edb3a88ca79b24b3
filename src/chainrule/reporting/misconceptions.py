"""What went wrong, by name: the diagnosis in the message of a check, without what differs from student to student."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from chainrule.classroom.report import QuestionResult
from chainrule.engine.cells import QuestionStatus
from chainrule.term.standing import Work

__all__ = ["Misconception", "misconceptions", "name_of"]

MOST_NAME: Final = 160
KNOWN: Final = re.compile(r"It looks as if (.+?)\.(?:\s|$)")
"""How a check names a mistake that its author foresaw."""
VALUE: Final = re.compile(r"Not right: (?:.*? \(yours is [^)]*\)|.*?)\. (?P<rest>.+)")
ERROR: Final = re.compile(r"[A-Z]\w*(?:Error|Exception|Interrupt|Warning): ")
NUMBER: Final = re.compile(r"(?<![\w'])[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?(?![\w'])", re.I)
ADDRESS: Final = re.compile(r"0x[0-9a-f]+", re.I)
LOST: Final = (QuestionStatus.FAILED, QuestionStatus.PARTIAL)


@dataclass(frozen=True)
class Misconception:
    """A mistake that students made.

    Args:
        question: in the answer to which question.
        name: what the check says of it.
        students: who made it.
        foreseen: whether the author of the check gave it its name.
    """

    question: str
    name: str
    students: tuple[str, ...]
    foreseen: bool


def name_of(message: str) -> tuple[str, bool]:
    """What a message says is wrong, in the same words for everybody; and whether the author foresaw it."""
    line = message.strip().partition("\n")[0]
    if known := KNOWN.search(line):
        return known[1], True
    if value := VALUE.match(line):
        return _short(_first_sentence(value["rest"])), False
    return _short(line), False


def _first_sentence(text: str) -> str:
    return re.split(r"(?<=[.!?])\s", text, maxsplit=1)[0].rstrip(".")


def _short(text: str) -> str:
    plain = NUMBER.sub("…", ADDRESS.sub("…", text)).strip()
    return plain if len(plain) <= MOST_NAME else plain[: MOST_NAME - 1].rstrip() + "…"


def misconceptions(works: Iterable[Work]) -> list[Misconception]:
    """The mistakes of a class, the most common first; each student counts once for each."""
    found: dict[tuple[str, str, bool], set[str]] = {}
    for work in works:
        for question in filter(_lost, work.questions.values()):
            name, foreseen = name_of(question.message)
            found.setdefault((question.id, name, foreseen), set()).add(work.student)
    made = [Misconception(question, name, tuple(sorted(who)), seen) for (question, name, seen), who in found.items()]
    return sorted(made, key=lambda one: (-len(one.students), one.question, one.name))


def _lost(question: QuestionResult) -> bool:
    """Whether a question lost marks by what its check says; an answer that was never written is no mistake."""
    return question.status in LOST and bool(question.message.strip()) and "NotImplementedError" not in question.message
