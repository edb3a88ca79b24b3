"""The ways that a check may go: to the referee, or else to a copy of the student's kernel, or to a person."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

__all__ = ["REFEREED", "Route", "Way"]


class Way(StrEnum):
    """How a check is run."""

    REFEREED = "refereed"
    COPY = "not refereed"
    PERSON = "needs a person"


@dataclass(frozen=True)
class Route:
    """The way that a check goes, and why, where it is not the first one."""

    way: Way
    reason: str = ""


REFEREED: Final = Route(Way.REFEREED)
