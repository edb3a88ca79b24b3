"""Where the worker uses internals of jupyter_client and nbclient; see `chainrule.crossing.seams`.

What can stand apart from its caller stands here. Overrides stay in their classes, and are listed.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import Any, Final

from chainrule.crossing.seams import Seam

__all__ = ["SEAMS", "address_of", "close_control_socket", "learn_of_kernel", "open_channels", "own_context", "reply_of"]

SEAMS: Final = (
    Seam(
        "jupyter_client: a context of one's own",
        "`KernelClient._context_default`, `_created_context`",
        "the limits on waiting messages and their size are options of the ZeroMQ context",
    ),
    Seam(
        "jupyter_client: address of a channel",
        "`ConnectionFileMixin._make_url`",
        "a message that is too large breaks the connection, which then is made anew",
    ),
    Seam(
        "jupyter_client: open channels",
        "`KernelClient._shell_channel`, `_iopub_channel`, `_control_channel`, `_stdin_channel`",
        "the public names open a channel that is not open yet",
    ),
    Seam(
        "jupyter_client: the kernel's word on itself",
        "`KernelClient._handle_kernel_info_reply`",
        "waiting until the kernel is ready is done here without waiting for heartbeats",
    ),
    Seam(
        "jupyter_client: is the kernel alive",
        "`KernelManager._async_is_alive`, also as `is_alive`",
        "the warm parent knows, and there is no provisioner to ask",
    ),
    Seam(
        "jupyter_client: the manager's control socket",
        "`KernelManager._close_control_socket`",
        "cleaning up is done without a connection file and a provisioner",
    ),
    Seam(
        "nbclient: the reply to a cell",
        "`NotebookClient.task_poll_for_reply`",
        "nbclient tells its callers the outputs, but not whether the cell was cut off, nor the kernel's count",
    ),
)


def own_context(client: Any, context: Any) -> Any:
    """Say that this context is the client's own, which it closes at its end."""
    client._created_context = True
    return context


def address_of(client: Any, channel: str) -> str:
    """What a channel of a kernel is connected to."""
    url: str = client._make_url(channel)
    return url


def open_channels(client: Any) -> Iterator[Any]:
    """The channels that are open, and no others."""
    for name in ("shell", "iopub", "control", "stdin"):
        if (channel := getattr(client, f"_{name}_channel")) is not None:
            yield channel


def learn_of_kernel(client: Any, reply: Any) -> None:
    """Take over which version of the protocol the kernel speaks."""
    client._handle_kernel_info_reply(reply)


def close_control_socket(manager: Any) -> None:
    """Close what a manager may have opened to end its kernel."""
    with suppress(Exception):
        manager._close_control_socket()


async def reply_of(client: Any) -> Any:
    """The content of the reply to the cell that was executed last; nbclient's own, where it gave up waiting."""
    return (await client.task_poll_for_reply)["content"]
