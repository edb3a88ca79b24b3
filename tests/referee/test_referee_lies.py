"""A student's process that loops, dies, stays silent or lies: it fails its own check, and no other."""

import ast
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgpack
import pytest
from plain_kernel import PlainKernel, judge

from chainrule.crossing.channel import Channel, ConnectionLost
from chainrule.crossing.wire import Handle, decode, encode
from chainrule.engine.referee_client import Referee
from chainrule.limits import Limits
from chainrule.referee.verdict import Check, Verdict

NOTEBOOK = """
import os, threading, time
calls = []
def f(x): return x * 2
def slow(): time.sleep(60)
def stubborn():
    while True:
        try:
            time.sleep(60)
        except KeyboardInterrupt:
            pass
def late():
    try:
        time.sleep(60)
    except KeyboardInterrupt:
        return 4
def dies(): os._exit(1)
def closes(): os.closerange(3, 100)
def huge(): return b"x" * 70_000_000
def deep():
    rows = []
    for _ in range(200): rows = [rows]
    return rows
class Always:
    shape, dtype = (3,), float
    def __eq__(self, other): return True
    __ne__ = __lt__ = __gt__ = __le__ = __ge__ = __eq__
    def __sub__(self, other): return 0.0
    __rsub__ = __add__ = __radd__ = __mul__ = __rmul__ = __truediv__ = __abs__ = __neg__ = __pow__ = __sub__
    def __float__(self): return 6.0
    def __bool__(self): return True
    def __array__(self, *args, **kwargs): return __import__("numpy").array(6.0)
    def __contains__(self, item): return True
    def __hash__(self): return hash(6)
def always(x): return Always()
"""


@pytest.fixture(scope="module")
def referee() -> Iterator[Referee]:
    """A warm referee with all the time that a busy machine may take."""
    limits = Limits(call_seconds=300, check_seconds=600, connect_seconds=600, received=2**27)
    with Referee(["import numpy as np"], limits=limits) as referee:
        yield referee


@pytest.fixture(scope="module")
def hasty() -> Iterator[Referee]:
    """One with little patience for a call, and for nothing else."""
    limits = Limits(call_seconds=2, check_seconds=600, grace_seconds=2, connect_seconds=600)
    with Referee(limits=limits) as referee:
        yield referee


@pytest.mark.parametrize(
    ("check", "exception", "kernel"),
    [
        ("slow()", "CallTimedOut", "interrupted"),
        ("late()", "CallTimedOut", "interrupted"),
        ("stubborn()", "CallTimedOut", "lost"),
        ("try:\n    slow()\nexcept BaseException:\n    pass", "CallTimedOut", "interrupted"),
    ],
)
def test_a_call_that_does_not_come_back_fails(
    check: str, exception: str, kernel: str, hasty: Referee, tmp_path: Path
) -> None:
    """Loops are interrupted, and kernels that ignore it ended; no `except` in the check turns that into a pass."""
    (verdict,) = judge(hasty, tmp_path, NOTEBOOK, check)

    assert (verdict.outcome, verdict.exception, verdict.kernel) == ("failed", exception, kernel), verdict


@pytest.mark.parametrize(
    ("check", "exception", "kernel"),
    [
        ("dies()", "StudentFault", "lost"),
        ("closes()", "StudentFault", "lost"),
        ("huge()", "WireError", "fine"),
        ("deep()", "WireError", "fine"),
        ("try:\n    dies()\nexcept:\n    pass", "StudentFault", "lost"),
    ],
)
def test_a_call_that_ends_its_kernel_or_answers_too_much_fails(
    check: str, exception: str, kernel: str, referee: Referee, tmp_path: Path
) -> None:
    """Deaths are noticed, and large answers refused, long before the time of a call is over."""
    (verdict,) = judge(referee, tmp_path, NOTEBOOK, check)

    assert (verdict.outcome, verdict.exception, verdict.kernel) == ("failed", exception, kernel), verdict


def test_after_an_interrupted_call_the_next_check_is_fine(hasty: Referee, tmp_path: Path) -> None:
    """A loop costs the check at fault, and blanked variables are put back."""
    looping = "names, kept = globals(), f\ntry:\n    names['f'] = 5\n    slow()\nfinally:\n    names['f'] = kept"

    first, second = judge(hasty, tmp_path, NOTEBOOK, looping, "assert f(3) == 6")

    assert (first.outcome, second.outcome) == ("failed", "passed"), second


def test_a_line_that_was_kept_ends_with_the_call_that_did_not_come_back(hasty: Referee, tmp_path: Path) -> None:
    """Checks in a row share a line; a loop or a death in one of them does not reach the next."""
    texts = ["assert f(1) == 2", "slow()", "assert f(3) == 6"]
    with PlainKernel(NOTEBOOK) as kernel, hasty.session(tmp_path / "s") as session:
        verdicts = [session.run_check(Check(t, t), kernel.start, kernel.interrupt, keep=True) for t in texts]
        lost = session.run_check(Check("dies", "dies()"), kernel.start, kernel.interrupt, keep=True)

    assert [verdict.outcome for verdict in verdicts] == ["passed", "failed", "passed"], verdicts
    assert (lost.outcome, lost.kernel) == ("failed", "lost")


def test_a_kernel_that_is_replaced_serves_the_same_session(referee: Referee, tmp_path: Path) -> None:
    """After a kernel died, the session goes on with another; handles of the dead one are not mistaken for new ones."""
    with referee.session(tmp_path / "s") as session:
        with PlainKernel(NOTEBOOK) as kernel:
            first = session.run_check(Check("a", "kept = f\ndies()"), kernel.start, kernel.interrupt)
        with PlainKernel(NOTEBOOK) as kernel:
            second = session.run_check(Check("b", "assert f(3) == 6"), kernel.start, kernel.interrupt)
            third = session.run_check(Check("c", "assert f(1) == 2\nkept(3)"), kernel.start, kernel.interrupt)

    assert (first.outcome, second.outcome) == ("failed", "passed")
    assert (third.outcome, third.exception) == ("author_error", "AuthorFault")


def test_no_kernel_at_all(referee: Referee, tmp_path: Path) -> None:
    """Where nobody connects, the check fails and says that the kernel is lost; sooner when the worker knows."""
    with Referee(limits=Limits(connect_seconds=1)) as waits_a_second, waits_a_second.session(tmp_path / "s") as session:
        waited = session.run_check(Check("a", "f(1)"), lambda line: None, lambda: None)
    with referee.session(tmp_path / "s") as session:
        told = session.run_check(Check("b", "f(1)"), lambda line: session.kernel_died(), lambda: None)

    assert (waited.outcome, waited.kernel) == ("failed", "lost") == (told.outcome, told.kernel)
    assert waited.seconds >= 1
    assert told.seconds < referee.limits.connect_seconds


@pytest.mark.parametrize(
    "check",
    [
        "assert always(3) == 6",
        "assert 6 == always(3)",
        "assert not always(3) != 6",
        "assert abs(always(3) - 6) < 1e-9",
        "assert abs(6 - always(3)) < 1e-9",
        "assert np.isclose(always(3), 6)",
        "assert np.allclose(6, always(3))",
        "np.testing.assert_allclose(always(3), 6)",
        "np.testing.assert_equal(always(3), 6)",
        "np.testing.assert_array_equal(np.array([6.0]), always(3))",
        "assert np.max(np.abs(always(3) - np.full(3, 6))) < 1",
        "assert np.max(np.abs(np.full(3, 6) - always(3))) < 1",
        "assert float(always(3)) == 6",
        "assert always(3) < 7",
        "assert 6 in always(3)",
        "assert always(3) in [6]",
        "assert always(3) in {6}",
        "assert round(always(3), 3) == 6",
        "assert isinstance(always(3), (int, float))",
        "assert sum([always(3)]) == 6",
        "assert np.asarray(always(3), dtype=float) == 6",
    ],
)
def test_an_object_that_equals_everything_equals_nothing(check: str, referee: Referee, tmp_path: Path) -> None:
    """No overridden method on the student's side stands in for a number: where it would decide, there is no verdict."""
    (verdict,) = judge(referee, tmp_path, NOTEBOOK, check)

    assert verdict.outcome == ("failed" if "isinstance" in check or "round" in check else "unrefereed"), verdict
    assert verdict.score == 0


class Liar:
    """Plays the agent, and answers as a function of the question says: bytes to send as they are."""

    def __init__(self, answer: Callable[[list[Any]], bytes], greeting: Callable[[str], bytes] | None = None) -> None:
        self.answer = answer
        self.greeting = greeting or (lambda token: encode([token, "0" * 16]))
        self.threads: list[threading.Thread] = []

    def start(self, line: str) -> None:
        """What the worker would have the kernel execute; here it is only read."""
        call = ast.parse(line, mode="eval").body
        assert isinstance(call, ast.Call)
        path, token = (ast.literal_eval(argument) for argument in call.args[:2])
        self.threads.append(threading.Thread(target=self.play, args=(path, token)))
        self.threads[-1].start()

    def play(self, path: str, token: str) -> None:
        """Lie until the referee hangs up."""
        with socket.socket(socket.AF_UNIX) as connection:
            connection.connect(path)
            channel = Channel(connection)
            try:
                channel.send(self.greeting(token))
                while True:
                    connection.sendall(self.answer(decode(channel.receive(time.monotonic() + 300))))
            except (ConnectionLost, OSError):
                pass


def framed(data: bytes) -> bytes:
    """A message as a frame."""
    return struct.pack(">I", len(data)) + data


def answered(number: int, *rest: Any) -> bytes:
    """A well-formed reply to a question."""
    return framed(encode([number, *rest]))


def judge_liar(referee: Referee, folder: Path, liar: Liar, text: str = "f = 1\nassert g == 4") -> Verdict:
    """Run one check against a liar."""
    with referee.session(folder / "s") as session:
        verdict = session.run_check(Check("lie", text, 1), liar.start, lambda: None)
    for thread in liar.threads:
        thread.join()
    return verdict


def test_an_honest_liar_passes(referee: Referee, tmp_path: Path) -> None:
    """The stand-in below is a proper agent where it does not lie, so the tests after this one can fail."""
    verdict = judge_liar(referee, tmp_path, Liar(lambda q: answered(q[0], "value", 4, None, None)))

    assert verdict.outcome == "passed", verdict


@pytest.mark.parametrize(
    "answer",
    [
        lambda q: answered(q[0] + 1, "value", 4, None, None),
        lambda q: answered(q[0] - 1, "value", 4, None, None),
        lambda q: answered(float(q[0]), "value", 4, None, None),
        lambda q: answered(True, "value", 4, None, None),
        lambda q: answered(q[0], "value"),
        lambda q: answered(q[0], "value", 4, None, 7),
        lambda q: answered(q[0], "verdict", 4, None, None),
        lambda q: answered(q[0], "raised", "ValueError"),
        lambda q: answered(q[0], "raised", 1, 2, 3, 4, 5, 6),
        lambda q: answered(q[0], "raised", "AuthorFault", "x", b"junk", "", "AuthorFault", []),
        lambda q: answered(q[0], "raised", "E", "x", b"", "", "\0#1,ValueError", []),
        lambda q: answered(q[0], "raised", "E", "x", b"", "", "int", []),
        lambda q: framed(encode(7)),
        lambda q: framed(encode({"passed": True})),
        lambda q: framed(b""),
        lambda q: framed(b"junk" * 100),
        lambda q: framed(msgpack.packb([q[0], "value", 4, None, None])),
        lambda q: framed(b"\xdd\xff\xff\xff\xff"),
        lambda q: framed(b"\xdd\x00\x10\x00\x00" * 10_000),
        lambda q: b"\xff\xff\xff\xff",
        lambda q: answered(q[0], "value", Handle(2**63, "x" * 400, "call len error=,,,#"), None, None),
        lambda q: answered(q[0], "value", Handle(1, "x", "data"), None, None),
        lambda q: answered(q[0], "raised", "KeyError", "x", encode([Handle(1, "x", "repr")]), "", "KeyError", []),
    ],
)
def test_a_lie_on_the_wire_fails_its_own_check(
    answer: Callable[[list[Any]], bytes], referee: Referee, tmp_path: Path
) -> None:
    """Wrong numbers, wrong shapes, junk and huge headers all end in one failed check, and nothing is waited for."""
    verdict = judge_liar(referee, tmp_path, Liar(answer))

    assert verdict.outcome == "failed", verdict
    assert verdict.exception != "CallTimedOut"


@pytest.mark.parametrize(
    "answer",
    [
        lambda q: b"\0\0\0\x50short",
        lambda q: answered(q[0], "value", [4], None, None)[:-1],
    ],
)
def test_half_a_frame_is_waited_for_as_long_as_a_call(
    answer: Callable[[list[Any]], bytes], hasty: Referee, tmp_path: Path
) -> None:
    """Then its check has failed, like that of a call which does not come back."""
    verdict = judge_liar(hasty, tmp_path, Liar(answer))

    assert (verdict.outcome, verdict.exception) == ("failed", "CallTimedOut"), verdict


def test_an_answer_sent_twice_is_not_taken_for_the_next(referee: Referee, tmp_path: Path) -> None:
    """A second copy of an answer does not answer the next question."""
    verdict = judge_liar(
        referee, tmp_path, Liar(lambda q: 2 * answered(q[0], "value", 4, None, None)), "assert g == 4\nassert h == 4"
    )

    assert (verdict.outcome, verdict.exception) == ("failed", "StudentFault")


def test_a_changed_argument_that_does_not_fit_is_refused(referee: Referee, tmp_path: Path) -> None:
    """An agent cannot turn the check's own list into something else, nor name an argument that there is not."""
    for changed in ({0: encode(5)}, {0: b"junk"}, {9: encode([1])}, {"rows": encode([1])}, {0: 5}):

        def answer(q: list[Any], changed: dict[Any, Any] = changed) -> bytes:
            value = Handle(1, "f", "call") if q[1] == "get" else 4
            return answered(q[0], "value", value, None if q[1] == "get" else changed, None)

        verdict = judge_liar(referee, tmp_path, Liar(answer), "rows = [1, 2]\nassert g(rows) == 4")

        assert verdict.outcome == "failed", (changed, verdict)


def test_only_who_knows_the_token_is_listened_to(referee: Referee, tmp_path: Path) -> None:
    """A stray connection is sent away, and the real one is still served."""
    stray = Liar(lambda q: answered(q[0], "value", 5, None, None), lambda token: encode(["wrong", "0" * 16]))
    honest = Liar(lambda q: answered(q[0], "value", 4, None, None))

    def both(line: str) -> None:
        stray.start(line)
        time.sleep(0.1)
        honest.start(line)

    with referee.session(tmp_path / "s") as session:
        verdict = session.run_check(Check("a", "assert g == 4"), both, lambda: None)
    for thread in stray.threads + honest.threads:
        thread.join()

    assert verdict.outcome == "passed", verdict


def test_a_check_that_asks_nothing_lets_the_kernel_go(referee: Referee, tmp_path: Path) -> None:
    """The kernel's line ends although the check never spoke to it."""
    verdicts = judge(referee, tmp_path, NOTEBOOK, "x = 1", "assert f(1) == 2", "assert f(2) == 4")

    assert [verdict.outcome for verdict in verdicts] == ["passed"] * 3
