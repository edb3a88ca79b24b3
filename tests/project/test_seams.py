"""What the code uses of other libraries' internals is still there, with the shape that it relies on."""

import ast
import inspect
import linecache
import random
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FunctionType
from typing import Any

import numpy as np
import pytest

from chainrule.crossing import seams as crossing
from chainrule.crossing.restore import global_generators
from chainrule.crossing.seams import Seam
from chainrule.engine import nbgrader_seams
from chainrule.inside import ipykernel_seams
from chainrule.kernel import jupyter_seams
from chainrule.referee import cpython_seams
from chainrule.referee.callbacks import Randomness

PROJECT = Path(__file__).resolve().parents[2]
SOURCE = PROJECT / "src" / "chainrule"
WORLDS = {
    "engine/nbgrader_seams.py": nbgrader_seams.SEAMS,
    "kernel/jupyter_seams.py": jupyter_seams.SEAMS,
    "inside/ipykernel_seams.py": ipykernel_seams.SEAMS,
    "referee/cpython_seams.py": cpython_seams.SEAMS,
    "crossing/seams.py": crossing.SEAMS,
}
EVERY = [seam for seams in WORLDS.values() for seam in seams]
LOOKS: dict[str, Callable[[], None]] = {}
"""By the name of a seam, the function that looks at it."""
DOCUMENTED = frozenset({"_exit", "_fields", "_field_defaults"})
"""Names with an underscore that Python documents."""


def of(*names: str) -> Callable[[Callable[[], None]], None]:
    """Name the seams that a function looks at."""
    return lambda look: LOOKS.update(dict.fromkeys(names, look))


def parameters(function: Any) -> list[str]:
    """The names of a function's parameters."""
    return list(inspect.signature(function).parameters)


def names_in(function: Any) -> tuple[str, ...]:
    """What the code of a function reads, sets and calls of objects and modules."""
    inner: FunctionType = inspect.unwrap(function)
    return inner.__code__.co_names


@pytest.mark.parametrize("seam", EVERY, ids=lambda seam: seam.name)
def test_a_seam_is_where_it_was(seam: Seam) -> None:
    """A release that moves something private fails here with the name of the seam, and not in a student's notebook."""
    LOOKS[seam.name]()


def test_each_look_is_for_a_seam() -> None:
    """No seam stands twice, and none that is gone is still looked at."""
    assert sorted(LOOKS) == sorted(seam.name for seam in EVERY)


@pytest.mark.parametrize("home", WORLDS)
def test_the_page_on_architecture_lists_each_seam(home: str) -> None:
    """docs/architecture.md has a row for each seam: its name, what it relies on, and where it lives."""
    page = (PROJECT / "docs" / "architecture.md").read_text(encoding="utf-8")

    rows = [f"| {seam.name} | {seam.of} | `{home}` |" for seam in WORLDS[home]]

    assert [row for row in rows if row not in page] == []


def test_private_names_of_others_stand_in_listed_places_only() -> None:
    """Code outside of the seams uses no name with one underscore that is not this project's own."""
    trees = {path.relative_to(SOURCE).as_posix(): ast.parse(path.read_text()) for path in SOURCE.rglob("*.py")}
    own = {name for tree in trees.values() for name in made_in(tree)} | DOCUMENTED
    listed = " ".join(seam.of for seam in EVERY)

    found = {
        f"{path}: {node.attr}"
        for path, tree in trees.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and is_private(node.attr) and node.attr not in own
        if not path.endswith("seams.py") and node.attr not in listed
    }

    assert found == set()


def is_private(name: str) -> bool:
    """Whether a name has one underscore at its front."""
    return name.startswith("_") and not name.startswith("__")


def made_in(tree: ast.AST) -> Iterator[str]:
    """The names of functions, classes, variables and attributes that a module makes."""
    for node in ast.walk(tree):
        match node:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                yield name
            case ast.Name(id=name, ctx=ast.Store()) | ast.Attribute(attr=name, ctx=ast.Store()):
                yield name


@of("nbgrader: one engine a database")
def _() -> None:
    from nbgrader import api

    stock = api.create_engine
    assert "create_engine" in names_in(api.Gradebook.__init__)
    with nbgrader_seams.shared_engines():
        assert api.create_engine("sqlite://", echo=False) is api.create_engine("sqlite://", echo=False)
    assert api.create_engine is stock


@of("nbgrader: tables that are there")
def _() -> None:
    from nbgrader import api

    stock, check, asked = api.inspect, api.Gradebook.check_course, set(names_in(api.Gradebook.__init__))
    assert {"inspect", "get_table_names", "metadata", "create_all", "check_course"} <= asked
    with nbgrader_seams.shared_engines():
        assert "create_all" in vars(api.Base.metadata)
    assert api.inspect is stock
    assert api.Gradebook.check_course is check
    assert "create_all" not in vars(api.Base.metadata)


@of("nbgrader: schema of a new gradebook")
def _() -> None:
    from nbgrader import api

    stock = api.get_alembic_version
    assert "get_alembic_version" in names_in(api.Gradebook.__init__)
    assert nbgrader_seams.newest_schema() == stock()
    with nbgrader_seams.shared_engines():
        assert api.get_alembic_version() == stock()
    assert api.get_alembic_version is stock


@of("nbgrader: times of handing in")
def _() -> None:
    from nbgrader.apps.api import NbGraderAPI
    from nbgrader.coursedir import CourseDirectory

    # Another test of this process may have switched the engine on, which replaces both: only the count is the same.
    assert len(parameters(CourseDirectory.get_existing_timestamp)) == 2
    assert len(parameters(NbGraderAPI.get_submitted_timestamp)) == 3


@of("nbgrader: files that are left out")
def _() -> None:
    from nbgrader import utils

    # The engine may have been switched on in this process: then it is replaced.
    assert len(parameters(utils.is_ignored)) == 2
    assert "is_ignored" in names_in(utils.find_all_files)


@of("nbgrader: sanitizing or grading")
def _() -> None:
    from nbgrader.converters import Autograde

    assert Autograde._sanitizing is True
    assert "_sanitizing" in names_in(Autograde.convert_single_notebook)


@of("nbgrader: names are no patterns")
def _() -> None:
    from nbgrader.converters import Autograde, GenerateFeedback
    from nbgrader.converters.base import BaseConverter

    assert parameters(BaseConverter._format_source) == ["self", "assignment_id", "student_id", "escape"]
    assert {"_format_source", "assignments"} <= set(names_in(BaseConverter.init_notebooks))
    assert isinstance(Autograde._input_directory, property) and isinstance(GenerateFeedback._input_directory, property)


@of("nbgrader: one pass over a notebook")
def _() -> None:
    from nbgrader.converters import Autograde
    from nbgrader.converters.base import BaseConverter

    assert parameters(Autograde.convert_single_notebook) == ["self", "notebook_filename"]
    assert parameters(BaseConverter.init_single_notebook_resources) == ["self", "notebook_filename"]
    assert parameters(BaseConverter.write_single_notebook) == ["self", "output", "resources"]


@of("nbgrader: what failed", "nbgrader: before it copies")
def _() -> None:
    from nbgrader.converters.base import BaseConverter

    assert parameters(BaseConverter.init_assignment) == ["self", "assignment_id", "student_id"]
    assert "convert_notebooks" in names_in(BaseConverter.start)
    assert {"init_assignment", "convert_single_notebook"} <= set(names_in(BaseConverter.convert_notebooks))


@of("nbgrader: marks on the page")
def _() -> None:
    from nbgrader.preprocessors import GetGrades

    assert parameters(GetGrades._get_score) == parameters(GetGrades._get_comment) == ["self", "cell", "resources"]
    assert {"_get_score", "_get_comment"} <= set(names_in(GetGrades.preprocess_cell))


@of("nbgrader: templates of the page")
def _() -> None:
    assert (nbgrader_seams.formgrader_folder() / "templates/feedback").is_dir()
    assert (nbgrader_seams.styles_folder() / "bootstrap.min.css").is_file()


@of("nbgrader: files beside a page")
def _() -> None:
    from nbgrader.converters import GenerateFeedback

    assert parameters(GenerateFeedback.init_assignment) == ["self", "assignment_id", "student_id"]
    assert not {"exporter", "write_single_notebook"} & set(names_in(GenerateFeedback.init_assignment))


@of("nbgrader: scripts of Formgrader")
def _() -> None:
    from nbgrader.server_extensions.formgrader.base import BaseHandler
    from nbgrader.server_extensions.formgrader.handlers import SubmissionFilesHandler, SubmissionHandler

    assert issubclass(SubmissionFilesHandler, BaseHandler)
    assert {"exporter", "render"} <= set(names_in(SubmissionHandler.get))
    assert parameters(BaseHandler.render)[:2] == ["self", "name"]
    assert isinstance(BaseHandler.exporter, property) and isinstance(BaseHandler.content_security_policy, property)


@of("nbconvert: last pass over a page")
def _() -> None:
    from nbconvert.exporters import HTMLExporter

    assert "BeautifulSoup" in names_in(HTMLExporter.from_notebook_node)


@of("jsonschema: check of addresses")
def _() -> None:
    import jsonschema._format as formats

    text = Path(formats.__file__).read_text()
    # Older releases ask for another package, and never for this one: there is nothing to leave out.
    assert "rfc3987_syntax" not in text or "suppress(ImportError)" in text


@of("jupyter_client: a context of one's own")
def _() -> None:
    from jupyter_client.client import KernelClient

    from chainrule.kernel.client import WarmClient

    assert "_created_context" in KernelClient.class_trait_names()
    client = WarmClient()
    assert client.context.MAXMSGSIZE
    client.stop_channels()


@of("jupyter_client: address of a channel")
def _() -> None:
    from jupyter_client.asynchronous.client import AsyncKernelClient

    client = AsyncKernelClient(transport="ipc", ip="kernel", iopub_port=2)
    assert jupyter_seams.address_of(client, "iopub") == "ipc://kernel-2"


@of("jupyter_client: open channels")
def _() -> None:
    from jupyter_client.asynchronous.client import AsyncKernelClient

    assert list(jupyter_seams.open_channels(AsyncKernelClient())) == []


@of("jupyter_client: the kernel's word on itself")
def _() -> None:
    from jupyter_client.asynchronous.client import AsyncKernelClient

    client = AsyncKernelClient()
    jupyter_seams.learn_of_kernel(client, {"content": {"protocol_version": "4.1"}})
    assert client.session.adapt_version == 4


@of("jupyter_client: is the kernel alive")
def _() -> None:
    from jupyter_client.client import KernelClient
    from jupyter_client.manager import AsyncKernelManager

    assert inspect.iscoroutinefunction(AsyncKernelManager._async_is_alive)
    assert "_async_is_alive" in names_in(KernelClient._async_is_alive)


@of("jupyter_client: the manager's control socket")
def _() -> None:
    from jupyter_client.manager import AsyncKernelManager

    AsyncKernelManager()._close_control_socket()


@of("nbclient: the reply to a cell")
def _() -> None:
    from nbclient import NotebookClient

    assert "task_poll_for_reply" in names_in(NotebookClient.async_execute_cell)


@of("ipykernel: start in two halves")
def _() -> None:
    from ipykernel.kernelapp import IPKernelApp

    steps = [f"init_{step}" for step in ipykernel_seams.LAST_STEPS]
    asked = [name for name in names_in(IPKernelApp.initialize) if name in steps]
    assert asked == steps
    assert callable(IPKernelApp.init_pdb)


@of("ipykernel: sockets")
def _() -> None:
    from ipykernel.kernelapp import IPKernelApp

    assert parameters(IPKernelApp._bind_socket) == ["self", "s", "port"]
    for step in (IPKernelApp.init_sockets, IPKernelApp.init_control, IPKernelApp.init_iopub):
        assert "_bind_socket" in names_in(step)


@of("ipykernel: streams")
def _() -> None:
    from ipykernel.iostream import OutStream
    from ipykernel.kernelapp import IPKernelApp

    assert "outstream_class" in IPKernelApp.class_trait_names()
    assert parameters(OutStream.write) == ["self", "string"]
    assert parameters(OutStream.flush) == ["self"]


@of("ipykernel: no debugger")
def _() -> None:
    import ipykernel.debugger
    from ipykernel.ipkernel import IPythonKernel

    assert "debugpy" in Path(ipykernel.debugger.__file__).read_text()
    assert inspect.iscoroutinefunction(IPythonKernel.poll_stopped_queue)


@of("ipykernel: what a kernel says")
def _() -> None:
    from ipykernel.kernelbase import Kernel

    assert parameters(Kernel._publish_execute_input) == ["self", "code", "parent", "execution_count"]
    assert parameters(Kernel._publish_status) == ["self", "status", "channel", "parent"]
    assert "_publish_execute_input" in names_in(Kernel.execute_request)


@of("ipykernel: asked to exit")
def _() -> None:
    from ipykernel.zmqshell import ZMQInteractiveShell

    assert parameters(ZMQInteractiveShell.ask_exit) == ["self"]
    # traitlets wraps what watches a trait: the function is the handler's.
    assert ZMQInteractiveShell._update_exit_now.trait_names == ("exit_now",)
    assert parameters(ZMQInteractiveShell.system_piped) == ["self", "cmd"]


@of("ipykernel: names of cells")
def _() -> None:
    from ipykernel.compiler import XCachingCompiler, get_tmp_directory

    assert parameters(XCachingCompiler.get_code_name) == ["self", "raw_code", "code", "number"]
    assert isinstance(get_tmp_directory(), str)


@of("ipykernel: silence in a copy")
def _() -> None:
    from ipykernel.iostream import IOPubThread
    from ipykernel.zmqshell import ZMQDisplayPublisher

    assert callable(IOPubThread.schedule) and callable(IOPubThread.send_multipart)
    assert callable(ZMQDisplayPublisher.publish)


@of("IPython: cells read once")
def _() -> None:
    from ipykernel.ipkernel import IPythonKernel
    from IPython.core.interactiveshell import InteractiveShell

    wanted = ["self", "raw_cell", "transformed_cell", "preprocessing_exc_tuple"]
    assert parameters(InteractiveShell.should_run_async) == wanted
    assert parameters(InteractiveShell.transform_cell) == ["self", "raw_cell"]
    assert {"should_run_async", "transform_cell"} <= set(names_in(IPythonKernel.do_execute))


@of("IPython: first traceback")
def _() -> None:
    from IPython.core.interactiveshell import InteractiveShell

    assert "InteractiveTB" in names_in(InteractiveShell.showtraceback)


@of("numpy: entropy of new generators")
def _() -> None:
    sequence: Any = np.random.bit_generator
    before = sequence.randbits
    try:
        ipykernel_seams.fix_entropy(np, 7)
        first = np.random.default_rng().random()
        ipykernel_seams.fix_entropy(np, 7)
        assert np.random.default_rng().random() == first
    finally:
        sequence.randbits = before


@of("CPython: lines of a check", "CPython: lines of a check in a copy")
def _() -> None:
    cpython_seams.quote_lines("<a check>", "first\nsecond\n")
    assert linecache.getline("<a check>", 2) == "second\n"


@of("CPython: names that are missing")
def _() -> None:
    class Builtins(dict[str, Any]):
        def __missing__(self, name: str) -> str:
            return name.upper()

    found: dict[str, Any] = {"__builtins__": Builtins()}
    exec("a = one\ndef f(): return two\nb = f()\nc = [three for _ in (1,)]\nd = (lambda: four)()", found)
    assert [found[name] for name in "abcd"] == ["ONE", "TWO", ["THREE"], "FOUR"]


@of("CPython: the frame of the caller")
def _() -> None:
    frame = (lambda: cpython_seams.caller())()
    assert frame is sys._getframe()
    assert frame.f_locals is not frame.f_globals
    found: dict[str, Any] = {"frame": sys._getframe}
    exec("top = frame()\nis_top = top.f_locals is top.f_globals", found)
    assert found["is_top"]


@of("CPython: positions in code")
def _() -> None:
    text = "a = 1\nb = (2 + a) / 0"
    with pytest.raises(ZeroDivisionError) as caught:
        exec(compile(text, "<a check>", "exec"), {})
    step: Any = caught.tb.tb_next
    assert cpython_seams.position_of(step.tb_frame.f_code, step.tb_lasti) == (2, 2, 4, len("b = (2 + a) / 0"))


@of("numpy, random and torch: seeds")
def _() -> None:
    stock = random.seed, np.random.seed
    try:
        randomness = Randomness(lambda: True, [].append)
        random.seed(1)
        first = random.random()
        assert randomness.shared
        random.seed(1)
        assert random.random() == first
    finally:
        random.seed, np.random.seed = stock


@of("numpy and random: global generators")
def _() -> None:
    mine, numpys = global_generators()
    state, numpy_state = mine.getstate(), numpys.get_state()
    expected = random.random(), np.random.random_sample()
    mine.setstate(state)
    numpys.set_state(numpy_state)
    assert (random.random(), np.random.random_sample()) == expected


@of("sympy: parts of numbers and symbols")
def _() -> None:
    sympy = pytest.importorskip("sympy")

    half = sympy.Float("0.5", 20)
    assert sympy.Float._new(half._mpf_, half._prec) == half
    assert dict(sympy.Symbol("x", positive=True)._assumptions_orig) == {"positive": True}
