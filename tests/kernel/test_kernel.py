"""Warm kernels as nbclient and nbgrader use them, and what they may send."""

import random
import time
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from nbclient.exceptions import DeadKernelError

from chainrule.kernel.output import OutputMeter, is_sound
from chainrule.kernel.parent import START_TIME, WarmParent, WarmParentFailed
from chainrule.kernel.sandbox import Bubblewrap, find_sandbox
from chainrule.limits import Limits

LIMITS = Limits(output_bytes=20_000, notebook_output_bytes=50_000, cell_seconds=120, grace_seconds=30)


@pytest.fixture(scope="module")
def parent() -> Iterator[WarmParent]:
    """A warm parent that has imported numpy and matplotlib."""
    with WarmParent(["matplotlib.pyplot", "no_such_module"], limits=LIMITS) as parent:
        yield parent


def run(parent: WarmParent, *cells: str) -> list[list[nbformat.NotebookNode]]:
    """Run cells as one submission; return the outputs of each."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    with parent.kernel() as manager:
        NotebookClient(notebook, km=manager, timeout=LIMITS.cell_seconds, allow_errors=True).execute()
    nbformat.validate(notebook)
    return [cell.outputs for cell in notebook.cells]


def test_modules_that_cannot_be_imported_are_tolerated(parent: WarmParent) -> None:
    """They are named, and fail only the cell that imports them."""
    outputs = run(parent, "import no_such_module", "1")

    assert parent.missing == ["no_such_module"]
    assert outputs[0][0].ename == "ModuleNotFoundError"
    assert outputs[1][0].data["text/plain"] == "1"


def test_modules_are_imported_before_the_fork(parent: WarmParent) -> None:
    """A submission finds numpy and matplotlib loaded."""
    outputs = run(parent, "import sys\nprint('numpy' in sys.modules, 'matplotlib.pyplot' in sys.modules)")

    assert outputs[0][0].text == "True True\n"


def test_figures_values_errors_and_both_streams_arrive(parent: WarmParent) -> None:
    """The notebook looks as it does after an ordinary run, a figure without show() included."""
    outputs = run(
        parent,
        "import matplotlib.pyplot as plt\nplt.figure(figsize=(1, 1))\nplt.plot([1, 2]);",
        "import sys\nprint('out')\nprint('err', file=sys.stderr)",
        "!echo from a shell; sleep 2",  # pexpect may miss what a process says that ends at once
        "raise ValueError('no')",
        "%%time\n6 * 7",
        "input()",
    )

    assert "image/png" in outputs[0][-1].data
    assert {output.name: output.text for output in outputs[1]} == {"stdout": "out\n", "stderr": "err\n"}
    assert outputs[2][0].text.strip() == "from a shell"
    assert (outputs[3][0].ename, outputs[3][0].evalue) == ("ValueError", "no")
    assert outputs[4][-1].data["text/plain"] == "42"
    assert outputs[5][0].ename == "StdinNotImplementedError"


DRAWS = (
    "import random, numpy as np\n"
    "print(random.random(), np.random.rand(), np.random.default_rng().random(), hash('a'), {'b', 'a', 'c'})"
)


def test_twenty_runs_give_twenty_identical_results(parent: WarmParent) -> None:
    """The random state is fixed for each submission, also for a generator without a seed."""
    results = {run(parent, DRAWS)[0][0].text for _ in range(20)}

    assert len(results) == 1


def test_another_warm_parent_gives_the_same_results(parent: WarmParent) -> None:
    """Results do not depend on the worker."""
    with WarmParent(["matplotlib.pyplot"], limits=LIMITS) as other:
        assert run(other, DRAWS)[0][0].text == run(parent, DRAWS)[0][0].text


def test_a_flood_of_output_is_cut_as_it_arrives(parent: WarmParent) -> None:
    """The cell keeps its first bytes and one line that says so; it is interrupted; the next cell prints again."""
    outputs = run(parent, "while True: print('x' * 1000)", "print('still here')")
    text = "".join(output.text for output in outputs[0] if output.output_type == "stream")

    assert len(text) < LIMITS.output_bytes + 100
    assert text.count("[output cut after") == 1
    assert outputs[0][-1].ename == "KeyboardInterrupt"
    # A busy kernel may send a line in two parts.
    assert "".join(output.text for output in outputs[1]) == "still here\n"


def test_long_output_is_cut_but_its_cell_goes_on(parent: WarmParent) -> None:
    """Noise costs nothing: what follows in the cell runs, and its names exist."""
    outputs = run(parent, "print('y' * 100_000)\nx = 1", "x")

    assert sum(len(output.text) for output in outputs[0]) < LIMITS.output_bytes + 100
    assert outputs[1][0].data["text/plain"] == "1"


def test_a_notebook_has_a_limit_of_its_own(parent: WarmParent) -> None:
    """Many cells that each stay below theirs do not add up without end."""
    outputs = run(parent, *["print('z' * 15_000)"] * 10)

    assert sum(len(output.text) for cell in outputs for output in cell) < LIMITS.notebook_output_bytes + 1000


LIE = """
from ipykernel.kernelapp import IPKernelApp
app = IPKernelApp.instance()
parent = app.kernel.get_parent()
def send(kind, content):
    app.session.send(app.iopub_thread, kind, content, parent=parent)
send('status', {'execution_state': 7})
send('stream', {'name': 'stdlog', 'text': 'x'})
send('stream', {'name': 'stdout', 'text': ['x']})
send('display_data', {'data': 'x', 'metadata': {}})
send('display_data', {'data': {'text/html': {'a': 1}}, 'metadata': {}})
send('execute_result', {'data': {}, 'metadata': {}, 'execution_count': 'x'})
send('error', {'ename': 1, 'evalue': 2, 'traceback': 3})
send('comm_open', {'comm_id': 'x', 'data': {'state': {'_model_module': 'x'}}, 'target_name': 'jupyter.widget'})
app.iopub_thread.send_multipart([b'junk', b'<IDS|MSG>', b'', b'{', b'{', b'{', b'{'])
app.iopub_thread.send_multipart([b'['*100000] * 7)
print('done')
"""


def test_malformed_messages_are_dropped(parent: WarmParent) -> None:
    """A kernel that sends what the protocol does not allow does no harm to the worker, nor to the notebook's form."""
    outputs = run(parent, LIE, "1")

    assert [output.text for output in outputs[0]] == ["done\n"]
    assert outputs[1][0].data["text/plain"] == "1"


def test_a_message_too_large_for_the_worker_is_never_held(parent: WarmParent) -> None:
    """It is refused by its size before it is read; the notebook goes on."""
    large = "from IPython.display import display\ndisplay({'text/plain': 'x' * (20 << 20)}, raw=True)"
    outputs = run(parent, large, "1")

    assert sum(len(str(output)) for output in outputs[0]) < 2 * LIMITS.output_bytes
    assert outputs[1][0].data["text/plain"] == "1"


BUFFERED = """
from ipykernel.kernelapp import IPKernelApp
app = IPKernelApp.instance()
display = {'data': {'text/plain': 'x' * 500_000}, 'metadata': {}}
for _ in range(20):
    app.session.send(app.iopub_thread, 'display_data', display, parent=app.kernel.get_parent(), buffers=[b''])
"""


def test_a_message_that_ends_in_an_empty_buffer_weighs_what_it_holds(parent: WarmParent) -> None:
    """Content and buffers are counted together, so none hides the other."""
    outputs = run(parent, BUFFERED, "1")

    assert sum(len(str(output)) for output in outputs[0]) < 2 * LIMITS.output_bytes
    assert outputs[1][0].data["text/plain"] == "1"


def test_a_dead_kernel_is_replaced(parent: WarmParent) -> None:
    """The same manager starts the next kernel, fresh, in less than the time of an ordinary start."""
    with parent.kernel() as manager:
        with pytest.raises(DeadKernelError):
            NotebookClient(notebook("x = 1", "import os; os._exit(1)"), km=manager).execute()
        manager.finish()
        manager.launch()
        after = notebook("'x' in dir()")
        NotebookClient(after, km=manager).execute()

    assert after.cells[0].outputs[0].data["text/plain"] == "False"


def test_a_dead_parent_is_replaced() -> None:
    """Where the whole sandbox was killed (by the system, say), the next submission has a new one."""
    with WarmParent(limits=LIMITS) as parent:
        assert parent._process
        parent._process.kill()
        parent._process.wait()

        assert run(parent, "1 + 1")[0][0].data["text/plain"] == "2"


def test_given_cells_may_hold_much_data() -> None:
    """More than a socket takes at once: a course's pictures or numbers, written into a cell."""
    cells = [f"DATA = {'7' * 3_000_000!r}"]

    with WarmParent(limits=LIMITS, texts=cells) as parent:
        assert run(parent, "6 * 7")[0][0].data["text/plain"] == "42"


def test_a_sandbox_that_does_not_start_says_what_it_said() -> None:
    """The error carries the last words of the program."""

    class Broken(type(find_sandbox())):  # type: ignore[misc]
        def launch(self, control, folders, log):  # type: ignore[no-untyped-def]
            return self.run("raise SystemExit('no such luck')", control, folders, log)

    parent = WarmParent(limits=LIMITS, sandbox=Broken(find_sandbox().program))
    with pytest.raises(WarmParentFailed, match="no such luck"):
        parent.start()


def test_a_sandbox_that_ends_while_it_is_set_up_is_not_waited_for(tmp_path: Path) -> None:
    """What it leaves behind may hold the worker's socket open, and nobody will answer."""
    program = tmp_path / "bwrap"
    # In a script a background process has no standard input but by a number of its own.
    program.write_text("#!/bin/sh\nexec 3<&0\ncat <&3 >/dev/null &\n")
    program.chmod(0o755)
    begun = time.monotonic()

    with pytest.raises(WarmParentFailed, match="It said nothing"):
        WarmParent(sandbox=Bubblewrap(program)).start()

    assert time.monotonic() - begun < START_TIME


def test_nbclient_can_make_the_manager_itself(parent: WarmParent) -> None:
    """As nbgrader's Execute does: it is given a class of managers."""
    book = notebook("6 * 7")
    NotebookClient(book, kernel_manager_class=parent.manager_class(), timeout=LIMITS.cell_seconds).execute()

    assert book.cells[0].outputs[0].data["text/plain"] == "42"
    assert book.metadata.language_info.name == "python"


def test_nbgraders_own_step_runs_on_a_warm_kernel(parent: WarmParent) -> None:
    """`Execute` of nbgrader takes the class of managers and needs no other change."""
    from nbgrader.preprocessors import Execute

    book = notebook("6 * 7", "1 / 0")
    Execute(kernel_manager_class=parent.manager_class()).preprocess(book, {"metadata": {}})

    assert book.cells[0].outputs[0].data["text/plain"] == "42"
    assert book.cells[1].outputs[0].ename == "ZeroDivisionError"


def notebook(*cells: str) -> nbformat.NotebookNode:
    return nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])


def test_the_meter_never_keeps_more_than_its_limits() -> None:
    """Whatever sizes come: what is kept of a cell and of a notebook stays within them."""
    generator = random.Random(1)
    meter = OutputMeter(LIMITS)
    total = 0
    for _ in range(20):
        meter.new_cell()
        kept = 0
        for _ in range(100):
            keep = meter.weigh(generator.randrange(5000))
            kept += max(keep, 0)
            if meter.cell >= LIMITS.output_bytes:
                meter.cut_line()
        assert kept <= LIMITS.output_bytes
        total += kept

    assert total <= LIMITS.notebook_output_bytes


@pytest.mark.parametrize(
    ("kind", "content", "sound"),
    [
        ("stream", {"name": "stdout", "text": "x"}, True),
        ("stream", {"name": "stdout", "text": 5}, False),
        ("error", {"ename": "E", "evalue": "", "traceback": ["x"]}, True),
        ("error", {"ename": "E", "evalue": "", "traceback": "x"}, False),
        ("display_data", {"data": {"text/plain": "x"}, "metadata": {}, "transient": {"display_id": []}}, False),
        ("display_data", {"data": {"application/json": {"a": 1}}, "metadata": {}}, True),
        ("execute_reply", {"status": "error"}, False),
        ("execute_reply", {"status": "ok"}, True),
        ("comm_msg", {}, False),
    ],
)
def test_only_messages_of_the_right_form_are_sound(kind: str, content: dict[str, object], sound: bool) -> None:
    """The form is checked by the type of the message."""
    message = {"header": {}, "parent_header": {}, "msg_type": kind, "content": content}

    assert is_sound(message) is sound
