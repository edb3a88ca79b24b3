"""The referee beside a real ipykernel, driven as a worker does."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from jupyter_client.manager import start_new_kernel

from chainrule.engine.referee_client import Referee
from chainrule.limits import Limits
from chainrule.referee.verdict import Check

NOTEBOOK = """
import time
def f(x):
    print("noise")
    return 2 * x
def slow(): time.sleep(60)
"""


@pytest.fixture
def kernel() -> Iterator[tuple[object, object]]:
    """A kernel's manager and client."""
    manager, client = start_new_kernel(kernel_name="python3")
    try:
        yield manager, client
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
        manager.cleanup_resources()


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")
def test_a_real_kernel_answers_is_interrupted_and_goes_on(kernel: tuple[object, object], tmp_path: Path) -> None:
    """Calls, an interrupt of a call that never ends, and the check after it."""
    manager, client = kernel
    client.execute_interactive(NOTEBOOK, timeout=300)
    checks = ["assert f(2) == 4", "slow()", "assert f(3) == 6"]

    with (
        Referee(limits=Limits(call_seconds=2, grace_seconds=60, check_seconds=600, connect_seconds=600)) as referee,
        referee.session(tmp_path / "s") as session,
    ):
        verdicts = []
        for text in checks:
            sent = []
            verdicts.append(
                session.run_check(
                    Check("check", text),
                    lambda line, sent=sent: sent.append(client.execute(line, silent=True, store_history=False)),
                    manager.interrupt_kernel,
                )
            )
            reply = client.get_shell_msg(timeout=300)
            while reply["parent_header"]["msg_id"] != sent[0]:
                reply = client.get_shell_msg(timeout=300)
            assert reply["content"]["status"] == "ok", reply

    assert [verdict.outcome for verdict in verdicts] == ["passed", "failed", "passed"], verdicts
    assert [verdict.kernel for verdict in verdicts] == ["fine", "interrupted", "fine"]
