"""Names of cells: as Python's own symbol tables see them, and for texts that Python refuses as well."""

from __future__ import annotations

import symtable
import sys
import sysconfig
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from chainrule.analysis.cell_text import read_cell
from chainrule.analysis.names import definitions, imported_modules, names_of
from chainrule.engine.demonstrations import Part, unneeded
from chainrule.engine.instructor import names_made_by

LIBRARY = Path(sysconfig.get_paths()["stdlib"])
MODULES = (
    "argparse",
    "bdb",
    "calendar",
    "dataclasses",
    "enum",
    "inspect",
    "statistics",
    "tarfile",
    "typing",
)


@pytest.mark.parametrize("module", MODULES)
def test_names_are_those_of_pythons_symbol_tables(module: str) -> None:
    """What a real text makes, and what it reads from its module, is what the compiler says."""
    text = (LIBRARY / f"{module}.py").read_text()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        top = symtable.symtable(text, module, "exec")

    names = names_of(text)

    assert names.made == set(_made(top))
    assert names.used <= set(_read(top)) | set(_of_classes(top))
    # A method knows its class by a name that some compilers list among those of the module.
    assert names.used | names.made >= set(_read(top)) - {"__class__"}


def _made(table: symtable.SymbolTable) -> Iterator[str]:
    for symbol in table.get_symbols():
        made = symbol.is_assigned() or symbol.is_imported() or symbol.is_namespace()
        if made and (table.get_type() == "module" or symbol.is_declared_global()):
            yield symbol.get_name()
    for child in table.get_children():
        yield from _made(child)


def _read(table: symtable.SymbolTable) -> Iterator[str]:
    top = table.get_type() == "module"
    for symbol in table.get_symbols():
        if symbol.is_referenced() and (symbol.is_global() or top):
            yield symbol.get_name()
    for child in table.get_children():
        yield from _read(child)


def _of_classes(table: symtable.SymbolTable) -> Iterator[str]:
    """Names that the text of a class makes: where it reads one before, that is the module's."""
    if table.get_type() == "class":
        yield from (symbol.get_name() for symbol in table.get_symbols() if symbol.is_local())
    for child in table.get_children():
        yield from _of_classes(child)


@pytest.mark.parametrize(
    ("text", "made", "used"),
    [
        ("x = y\nz = x", {"x", "z"}, {"y"}),
        ("def f(a, b=c):\n    return a + d + f(1)", {"f"}, {"c", "d"}),
        ("class A(B):\n    n = m\n    def f(self):\n        return n", {"A"}, {"B", "m", "n"}),
        ("def f():\n    global g\n    g = h", {"f", "g"}, {"h"}),
        ("[i * k for i in row if (last := i)]", {"last"}, {"row", "k"}),
        ("for i, j in rows: total = i", {"i", "j", "total"}, {"rows"}),
        ("with a as b, c(b) as d: pass", {"b", "d"}, {"a", "c"}),
        ("if p:\n    q = 1\nelse:\n    q = 2\nq", {"q"}, {"p"}),
        ("if p:\n    q = 1\nq", {"q"}, {"p", "q"}),
        ("try:\n    import m\nexcept E as e:\n    m = e\nm", {"m", "e"}, {"E"}),
        ("match v:\n    case {'k': a, **b}: pass\n    case [c, *d]: pass", {"a", "b", "c", "d"}, {"v"}),
        ("n += 1", {"n"}, {"n"}),
        ("x: int", set(), {"int"}),
        ("f = lambda a: a + b", {"f"}, {"b"}),
        ("import a.b, c as d\nfrom e import f as g", {"a", "d", "g"}, set()),
        ("globals()['w']", set(), {"globals", "w"}),
        ("await ready()\nasync for i in them(): pass", {"i"}, {"ready", "them"}),
        ("%matplotlib inline\nx = 1", {"x"}, set()),
        ("files = !ls\n%time y = f(x)", {"files", "y"}, {"f", "x"}),
        ("%%time\nx = y", {"x"}, {"y"}),
        ("%%bash\nx = y", set(), set()),
        ("%%capture out\nprint(x)", {"out"}, {"print", "x"}),
        ("  x = 1\n  y = x", {"x", "y"}, set()),
        (">>> x = 1\n>>> y = x", {"x", "y"}, set()),
        ("f?\nx = 1", {"x"}, set()),
        ("x = '''\n%not magic\n'''\n!ls", {"x"}, set()),
        ("def f():\n    !ls\n    return y", {"f"}, {"y"}),
    ],
)
def test_what_a_cell_makes_and_uses(text: str, made: set[str], used: set[str]) -> None:
    """Names that a cell leaves in the notebook, and those that it must find there, in the order of its lines."""
    names = names_of(text)

    assert (names.made, names.used) == (made, used)
    assert not names.makes_anything
    assert not names.uses_anything


@pytest.mark.skipif(sys.version_info < (3, 12), reason="type parameters are new in Python 3.12")
def test_type_parameters_are_no_names_of_the_notebook() -> None:
    """They are known where they are declared; what bounds them is looked up."""
    text = "def f[T: Bound](x: T) -> T:\n    y: T = x\n    return y\nclass C[K](Base[K]): pass\ntype Pairs[V] = list[V]"

    names = names_of(text)

    assert names.made == {"f", "C", "Pairs"}
    assert names.used == {"Bound", "Base", "list"}


ANYTHING = {
    "no Python": "x = (",
    "nul": "x = 1\0",
    "half a character": "x = '\ud800'",
    "unknown magic": "%make_variables\nx",
    "a magic that makes names": "%run other.py",
    "star": "from numpy import *",
    "star in a function": "def f():\n    from numpy import *",
    "deep brackets": "(" * 5_000 + ")" * 5_000,
    "deep signs": "-" * 50_000 + "1",
}
STRANGE = {
    "global after use": "def f():\n    x = 1\n    global x",
    "an argument twice": "def f(a, a): return a",
    "stray nonlocal": "nonlocal x\nx = 1",
    "stray return": "return 1",
    "stray break": "break",
    "a long sum": "total = " + " + ".join(f"x{i}" for i in range(1_200)),
    "a long chain": "x" + ".f()" * 1_200,
    "many elif": "if a: x = 1\n" + "elif b: x = 2\n" * 1_500,
    "many magics": "!ls '\n" * 20_000 + "x = 1",
    "an open text": "x = '''" + "a\n" * 20_000,
    "a long line": " " * 300_000 + "= !",
    "odd magics": "%\n%%\n!\n?\n??\n = %\n=!\n% %\n!!",
    "empty": "",
    "blank": " \n\t\n",
}


@pytest.mark.parametrize("name", ANYTHING)
def test_a_text_that_cannot_be_read_could_do_anything(name: str) -> None:
    """Nothing is concluded from what cannot be known: every demonstration is run, any name may exist."""
    text = ANYTHING[name]
    parts = [Part("demo", "x = 1", demonstration=True, course=True), Part("answer", text, False, False)]

    assert names_of(text).makes_anything
    assert names_made_by([text]) is None
    assert not unneeded(parts) or "import *" in text


@pytest.mark.parametrize(
    ("text", "left_out"),
    [("vars(self)", True), ("dir(self)", True), ("vars()", False), ("vars(y)", False), ("v = vars; vars(self)", False)],
)
def test_who_looks_into_an_object_waits_for_no_demonstration(text: str, left_out: bool) -> None:
    """`vars(self)` shows what an object holds; `vars()`, or whatever is looked into, might be the notebook itself."""
    parts = [Part("demo", "x = 1", demonstration=True, course=True)]

    found = unneeded([*parts, Part("answer", f"def f(self, y):\n    {text}", False, False)])

    assert found == ({"demo"} if left_out else set())


@pytest.mark.parametrize("text", [*STRANGE.values(), *ANYTHING.values()], ids=[*STRANGE, *ANYTHING])
def test_no_text_stops_the_analysis(text: str) -> None:
    """Texts that Python refuses, or that are nested or long beyond reason, are told something about all the same."""
    names_of(text)
    definitions(text)
    imported_modules(text)
    names_made_by([text])
    unneeded([Part("demo", text, True, True), Part("answer", text, False, False)])


TOKENS = (
    "x f def class global nonlocal import from * lambda : = := ( ) [ ] { } ' \" ''' % %% ! ? ?? \\ # é await 1 , . @ "
    "if else for in try except return yield match case \0 \ud800"
)
WORDS = st.sampled_from([*TOKENS.split(), "\n", "\t", "    "])


@settings(max_examples=300, deadline=None)
@example("\r0")
@given(st.one_of(st.text(), st.lists(WORDS, max_size=40).map(" ".join), st.lists(WORDS, max_size=40).map("".join)))
def test_any_text_is_analysed(text: str) -> None:
    """Whatever a student types, the analysis ends without an error, and what it parses keeps its lines."""
    cell = read_cell(text)
    names_of(text)
    definitions(text)
    imported_modules(text)

    lines = 1 + text.count("\n") + text.count("\r")  # a line may end as on an old Mac
    assert all(node.lineno <= lines for node in cell.tree.body)


CELLS = [
    "%matplotlib inline\nimport a",
    "x = %time f(1)\ny = 2",
    "a, b = !ls\nz = 1",
    "f?\ng??\n?h\nx = 1",
    "%time?\nx = 1",
    "if a:\n    %ls\n    !ls\nelse:\n    x = 1",
    "x = [1,\n     2 %3,\n]\n%ls\ny = 1",
    "s = '''\n!no\n%no\n'''\n%ls",
    "!echo \\\n  %more\nx = 1",
    "    x = 1\n    y = 2\n",
    ">>> x = 1\n>>> if x:\n...     y = 2",
    "In [1]: x = 1\n\nIn [2]: y = 2",
    "x = 5 \\\n  %3\n!ls",
    "# what?\n!ls\nx = 'why?'",
    "\n\n%ls\nx = 1",
]


@pytest.mark.parametrize("text", CELLS)
def test_magic_is_read_as_ipython_reads_it(text: str) -> None:
    """The names of a cell with magic are those of the text that IPython makes of it."""
    from IPython.core.inputtransformer2 import TransformerManager

    transformed = names_of(TransformerManager().transform_cell(text))

    assert names_of(text).made == transformed.made


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("def f(): pass\nclass C: pass\nasync def g(): pass\n", {"f", "C", "g"}),
        ("if True:\n    def f(): pass\n", set()),
        ("def f(:\nclass C\n    def inner(self):\n", {"f", "C"}),
        ("def f\x00(): pass", {"f"}),
        ("%%time\ndef f(): pass", {"f"}),
        ("-" * 50_000 + "1\n", set()),
        ("", set()),
    ],
    ids=["parsed", "inside", "broken", "nul", "magic", "deep", "empty"],
)
def test_definitions_are_found_in_any_text(text: str, names: set[str]) -> None:
    """The functions and classes of a cell's top level are named, whether or not it can be parsed."""
    assert definitions(text) == names


def test_modules_to_import_beforehand_are_found() -> None:
    """Modules of the top level, in order, also below a magic; a mistake of syntax is met when the cell runs."""
    texts = ["import csv, os.path\nfrom json import loads\nfrom . import x", "%matplotlib inline\nimport wave", "def"]

    assert [imported_modules(text) for text in texts] == [("csv", "os.path", "json"), ("wave",), ()]
