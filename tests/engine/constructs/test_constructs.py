"""One construct a check: the referee gives what stock nbgrader gives, or says that it cannot tell."""

import ast
import asyncio
import inspect
import warnings
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from cases import CASES, Case
from plain_kernel import PlainKernel

from chainrule.engine.referee_client import Referee
from chainrule.referee.verdict import Check, Verdict


class Bench:
    """One referee and one kernel for all cases; a session for each, since a check leaves names behind."""

    def __init__(self, referee: Referee, folder: Path, kernel: PlainKernel) -> None:
        self.referee = referee
        self.folder = folder
        self.kernel = kernel

    def judge(self, answer: str, check: str) -> Verdict:
        """The referee's verdict on an answer."""
        self.kernel.start(answer)
        self.kernel.wait()
        with self.referee.session(self.folder / "s") as session:
            verdict = session.run_check(Check("case", check), self.kernel.start, self.kernel.interrupt)
        self.kernel.wait()
        return verdict


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    """A warm referee, with a kernel that runs one answer after another."""
    folder = tmp_path_factory.mktemp("referee")
    with Referee(folder=folder) as referee, PlainKernel("import os, tempfile; os.chdir(tempfile.mkdtemp())") as kernel:
        kernel.wait()
        yield Bench(referee, folder, kernel)


def stock_passes(answer: str, check: str) -> bool:
    """Whether a check passes where everything runs in one namespace, as stock nbgrader has it."""
    names: dict[str, Any] = {"__name__": "__main__"}
    # A notebook shows a warning, and no more: to this suite one is an error.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            exec(answer, names)
            code = compile(check, "check", "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
            came = eval(code, names)
            if inspect.iscoroutine(came):
                asyncio.run(came)
        except Exception:
            return False
    return True


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_construct(case: Case, bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The right answer passes and the wrong one does not, as on stock; or neither gets a verdict, and no 0 either."""
    if find_spec(case.needs) is None:
        pytest.skip(f"{case.needs} is not installed")
    monkeypatch.chdir(tmp_path)

    right, wrong = (bench.judge(answer, case.check) for answer in (case.right, case.wrong))

    assert stock_passes(case.right, case.check) and not stock_passes(case.wrong, case.check)
    if case.refereed:
        assert right.outcome == "passed", right
        assert wrong.outcome == "failed", wrong
    else:
        assert right.outcome == "unrefereed" and right.message, right
        assert wrong.outcome in ("unrefereed", "failed"), wrong
