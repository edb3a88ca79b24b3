"""What real checks use, one construct a case: an answer that stock nbgrader passes, one that it fails, and the check."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Case:
    """One construct.

    Args:
        name: what it is.
        right: an answer that passes on stock nbgrader.
        wrong: one that fails there.
        check: the text of the check.
        refereed: whether the referee can tell; else it says that it cannot, for the right answer and for the wrong one.
        needs: a library that has to be installed for it.
    """

    name: str
    right: str
    wrong: str
    check: str
    refereed: bool = True
    needs: str = "numpy"


FRAME = "import pandas as pd\ndf = pd.DataFrame({'a': [1, 2, 3], 'b': ['x', 'y', 'z']})"
SHORT = "import pandas as pd\ndf = pd.DataFrame({'a': [1, 2], 'b': ['x', 'q']}, index=[5, 6])"
DOG = "class Animal:\n    pass\nclass Dog(Animal):\n    def __init__(self, n): self.n = n\n    def speak(self): return 'wuff'"
CAT = "class Animal:\n    pass\nclass Dog:\n    def __init__(self, n): self.n = 0\n    def speak(self): return 1"
NUM = (
    "class Num:\n    def __init__(self, v): self.v = v\n    def __add__(self, o): return Num(self.v + getattr(o, 'v', o))\n"
    "    def __eq__(self, o): return self.v == getattr(o, 'v', o)\n    def __float__(self): return float(self.v)"
)
BAD = NUM.replace("self.v = v", "self.v = v + 1")


def frame(name: str, check: str) -> Case:
    """A check of a frame."""
    return Case(name, FRAME, SHORT, check, needs="pandas")


CASES = [
    frame("frame_class", "assert isinstance(df, pd.DataFrame) and df.shape == (3, 2)"),
    frame("frame_loc", "assert df.loc[0, 'a'] == 1"),
    frame("frame_slice", "assert df.iloc[0:3].shape == (3, 2)"),
    frame("frame_equals", "assert df.equals(pd.DataFrame({'a': [1, 2, 3], 'b': ['x', 'y', 'z']}))"),
    frame("frame_testing", "pd.testing.assert_frame_equal(df, pd.DataFrame({'a': [1, 2, 3], 'b': ['x', 'y', 'z']}))"),
    frame("series_sum", "assert (df['a'] * 2).sum() == 12"),
    frame("frame_mask", "assert len(df[df['a'] > 1]) == 2"),
    frame("frame_groups", "assert df.groupby('b')['a'].sum()['z'] == 3"),
    frame("frame_apply", "assert df['a'].apply(lambda v: v + 1).tolist() == [2, 3, 4]"),
    Case(
        "frame_passed",
        "def f(d):\n    return d.assign(c=d['a'] * 2)",
        "def f(d):\n    return d",
        "import pandas as pd\nassert f(pd.DataFrame({'a': [1]})).shape == (1, 2)",
        needs="pandas",
    ),
    Case(
        "frame_changed_in_place",
        "def f(d): d['c'] = 1",
        "def f(d): pass",
        "import pandas as pd\nd = pd.DataFrame({'a': [1]})\nf(d)\nassert list(d.columns) == ['a', 'c']",
        needs="pandas",
    ),
    Case(
        "timestamp",
        "import pandas as pd\nts = pd.Timestamp('2020-01-01')",
        "import pandas as pd\nts = pd.Timestamp('2021-01-01')",
        "import pandas as pd\nassert ts == pd.Timestamp('2020-01-01') and ts.year == 2020",
        needs="pandas",
    ),
    Case("class_isinstance", DOG, CAT, "d = Dog('r')\nassert isinstance(d, Dog) and isinstance(d, Animal)"),
    Case("class_type", DOG, "def Dog(n): return 3", "d = Dog('r')\nassert type(d) == Dog and type(d).__name__ == 'Dog'"),
    Case("class_bases", DOG, CAT, "assert Dog.__bases__ == (Animal,) and issubclass(Dog, Animal)"),
    Case("class_vars", DOG, CAT, "assert vars(Dog('r')) == {'n': 'r'} and 'speak' in dir(Dog) and hasattr(Dog, 'speak')"),
    Case("class_init", DOG, "class Dog: pass", "import inspect\nassert 'n' in inspect.signature(Dog.__init__).parameters"),
    Case("operator_between", NUM, BAD, "assert (Num(1) + Num(2)).v == 3"),
    Case("operator_with_plain", NUM, BAD, "assert (Num(1) + 2).v == 3"),
    Case("equal_to_plain", NUM, BAD, "assert Num(3) == 3", refereed=False),
    Case("converted", NUM, BAD, "assert float(Num(2)) == 2.0", refereed=False),
    Case("derived", DOG, CAT, "class C(Dog):\n    pass\nassert C('x').n == 'x'", refereed=False),
    Case("generator_type", "def g(): yield 1", "def g(): return [1]", "import types\nassert isinstance(g(), types.GeneratorType)"),
    Case("generator_next", "def g(): yield 4", "def g(): yield 5", "assert next(g()) == 4 and list(g()) == [4]"),
    Case("function_type", "def f(): pass", "f = 3", "import types\nassert isinstance(f, types.FunctionType) and callable(f)"),
    Case("code_of_function", "def f(a): pass", "def f(a, b): pass", "assert f.__code__.co_argcount == 1"),
    Case("lambda_passed", "def f(g): return g(3)", "def f(g): return 3", "assert f(lambda v: v + 1) == 4"),
    Case(
        "callback_that_calls_back",
        "def f(g, x): return g(x)\ndef h(x): return x * 2",
        "def f(g, x): return g(x)\ndef h(x): return x",
        "assert f(lambda v: h(v) + 1, 3) == 7",
    ),
    Case("generator_passed", "def f(xs): return sum(xs)", "def f(xs): return 0", "assert f(i for i in range(4)) == 6"),
    Case(
        "error_through_callback",
        "def f(g):\n    return g(0)",
        "def f(g):\n    return 1",
        "def fail(x):\n    raise KeyError('k')\ntry:\n    f(fail)\nexcept KeyError:\n    pass\nelse:\n    raise AssertionError",
    ),
    Case(
        "stdout_redirected",
        "def say(): print('hello')",
        "def say(): print('bye')",
        "import contextlib, io\nout = io.StringIO()\nwith contextlib.redirect_stdout(out):\n    say()\n"
        "assert out.getvalue() == 'hello\\n'",
    ),
    Case(
        "print_mocked",
        "def say(): print('hello', 1)",
        "def say(): print('hello')",
        "from unittest.mock import patch\nwith patch('builtins.print') as p:\n    say()\n"
        "p.assert_called_once_with('hello', 1)",
    ),
    Case(
        "input_mocked",
        "def ask(): return int(input('n')) * 2",
        "def ask(): return int(input('n'))",
        "from unittest.mock import patch\nwith patch('builtins.input', return_value='5'):\n    assert ask() == 10",
    ),
    Case(
        "input_set",
        "def ask(): return int(input('n')) * 2",
        "def ask(): return int(input('n'))",
        "input = lambda *words: '7'\ngot = ask()\ndel input\nassert got == 14",
    ),
    Case(
        "numpy_seeded",
        "import numpy as np\ndef noise(): return np.random.rand()",
        "import numpy as np\ndef noise(): return 0.5",
        "import numpy as np\nnp.random.seed(0)\nfirst = np.random.rand()\ngot = noise()\nnp.random.seed(0)\n"
        "assert [first, got] == np.random.rand(2).tolist()",
    ),
    Case(
        "random_seeded",
        "import random\ndef dice(): return random.randint(1, 10**9)",
        "def dice(): return 1",
        "import random\nrandom.seed(1)\ngot = dice()\nrandom.seed(1)\nassert got == random.randint(1, 10**9)",
    ),
    Case(
        "generator_of_random_numbers_passed",
        "def draw(r): return r.integers(0, 10**9)",
        "def draw(r): return 5",
        "import numpy as np\na, b = np.random.default_rng(3), np.random.default_rng(3)\n"
        "assert draw(a) == b.integers(0, 10**9) and a.random() == b.random()",
    ),
    Case("identity", "L = [1]\nM = L", "L = [1]\nM = [1]", "assert M is L"),
    Case("changed_by_the_check", "L = [1]\ndef total(): return sum(L)", "L = [1]\ndef total(): return 1", "L.append(4)\nassert total() == 5"),
    Case("same_object_returned", "def f(a): a.sort(); return a", "def f(a): return sorted(a)", "a = [2, 1]\nassert f(a) is a"),
    Case("fraction", "from fractions import Fraction\nx = Fraction(1, 2)", "x = '1/2'", "from fractions import Fraction\nassert x == Fraction(1, 2)"),
    Case("decimal", "from decimal import Decimal\nx = Decimal('1.5')", "x = '1.5'", "from decimal import Decimal\nassert x == Decimal('1.5')"),
    Case("date", "import datetime\nx = datetime.date(2020, 1, 2)", "x = 3", "import datetime\nassert x == datetime.date(2020, 1, 2)"),
    Case("deque", "from collections import deque\nx = deque([1, 2])", "x = [1, 2]", "from collections import deque\nassert x == deque([1, 2])"),
    Case("counter", "from collections import Counter\nx = Counter('aab')", "x = {'a': 2, 'b': 1}", "from collections import Counter\nassert isinstance(x, Counter) and x['c'] == 0"),
    Case("namedtuple", "from collections import namedtuple\nP = namedtuple('P', 'a b')\npt = P(1, 2)", "pt = (1, 2)", "assert pt.a == 1 and pt == (1, 2)"),
    Case("range", "x = range(3)", "x = [0, 1, 2]", "assert x == range(3)"),
    Case("set", "x = {1, frozenset({2})}", "x = [1]", "assert x == {1, frozenset({2})}"),
    Case("dict_keys", "x = {'a': 1}.keys()", "x = {'b': 1}.keys()", "assert x == {'a'}"),
    Case("text_array", "import numpy as np\nx = np.array(['a', 'b'])", "x = ['a']", "import numpy as np\nassert isinstance(x, np.ndarray) and (x == ['a', 'b']).all()"),
    Case("object_array", "import numpy as np\nx = np.array([1, 'a'], dtype=object)", "x = 3", "assert x.tolist() == [1, 'a']"),
    Case("datetime64", "import numpy as np\nx = np.datetime64('2020-01-01')", "x = 3", "import numpy as np\nassert x == np.datetime64('2020-01-01')"),
    Case("records", "import numpy as np\nx = np.array([(1, 2.0)], dtype=[('a', int), ('b', float)])", "x = [1]", "assert x['a'][0] == 1"),
    Case("polynomial", "import numpy as np\nx = np.poly1d([1, 2])", "import numpy as np\nx = np.poly1d([2, 2])", "assert x(1) == 3"),
    Case("sparse", "import numpy as np\nfrom scipy import sparse\nx = sparse.eye(2).tocsr()", "x = 3", "import numpy as np\nassert np.allclose(x.toarray(), np.eye(2))", needs="scipy"),
    Case("formula", "import sympy\nX = sympy.symbols('x')\ne = X**2 + 1", "import sympy\nX = sympy.symbols('x')\ne = X**2", "import sympy\nassert e == sympy.symbols('x')**2 + 1", needs="sympy"),
    Case("graph", "import networkx as nx\nG = nx.path_graph(3)", "import networkx as nx\nG = nx.empty_graph(3)", "import networkx as nx\nassert nx.is_connected(G)", needs="networkx"),
    Case("own_raise", "total = 3", "total = 4", "if total != 3:\n    raise ValueError('wrong')"),
    Case("own_error", "class Empty(Exception): pass\ndef f(): raise Empty('e')", "class Empty(Exception): pass\ndef f(): return 1", "try:\n    f()\nexcept Empty as e:\n    assert str(e) == 'e'\nelse:\n    assert False"),
    Case("unittest", "def f(): return 3", "def f(): return 4", "import unittest\nunittest.TestCase().assertEqual(f(), 3)"),
    Case("awaited", "async def f(): return 3", "async def f(): return 4", "assert await f() == 3", refereed=False),
    Case("object_of_the_check", "def f(x): return x.n", "def f(x): return 0", "class Mine:\n    n = 3\nassert f(Mine()) == 3", refereed=False),
    Case("current_figure", "import matplotlib.pyplot as plt\ndef draw(): plt.title('t')", "def draw(): pass", "import matplotlib.pyplot as plt\nplt.close('all')\ndraw()\nassert plt.gca().get_title() == 't'", refereed=False, needs="matplotlib"),
    Case("no_current_figure", "def draw(): pass", "import matplotlib.pyplot as plt\ndef draw(): plt.plot([1])", "import matplotlib.pyplot as plt\nplt.close('all')\ndraw()\nassert not plt.gcf().axes", refereed=False, needs="matplotlib"),
    Case("frame_changed_by_the_answer", "def f(d): d['z'] = d['a'] * 2", "def f(d): pass", "import pandas as pd\nd = pd.DataFrame({'a': [1]})\nf(d)\nassert d['z'].tolist() == [2]", needs="pandas"),
    Case("rows_that_are_one", "def grid(): return [[0] * 2 for _ in range(2)]", "def grid(): return [[0] * 2] * 2", "g = grid()\ng[0][0] = 1\nassert g == [[1, 0], [0, 0]]"),
    Case("a_name_of_rows_that_are_one", "g = [[0], [0]]", "g = [[0]] * 2", "g[0].append(1)\nassert g == [[0, 1], [0]]"),
    Case("a_mask", "import numpy as np\nx = np.array([1, 2])", "import numpy as np\nx = np.ma.array([1, 2], mask=[0, 1])", "assert x.sum() == 3"),
    Case("memory", "import numpy as np\na = np.zeros(4)\nb = a.copy()", "import numpy as np\na = np.zeros(4)\nb = a[:]", "import numpy as np\nassert not np.shares_memory(a, b)", refereed=False),
    Case("file_of_the_answer", "import pathlib\npathlib.Path('made.txt').write_text('abc')", "import pathlib\npathlib.Path('made.txt').write_text('q')", "import pathlib\nassert pathlib.Path('made.txt').read_text() == 'abc'", refereed=False),
    Case("class_of_a_list", "x = [1]", "class L(list): pass\nx = L([1])", "assert type(x) == list and x == [1]"),
    Case("class_of_a_dict", "x = {1: 2}", "class D(dict): pass\nx = D({1: 2})", "assert type(x) is dict"),
    Case("class_of_an_ordered_dict", "x = {1: 2}", "import collections\nclass D(collections.OrderedDict): pass\nx = D({1: 2})", "assert x.__class__ is dict"),
    Case("class_of_a_text", "x = 'a'", "class S(str): pass\nx = S('a')", "assert type(x) is str and type(x).__name__ == 'str'"),
    Case("class_of_a_number", "x = 3", "class N(int): pass\nx = N(3)", "assert type(x) == int"),
    Case("class_of_an_enumeration", "x = 3", "import enum\nclass N(enum.IntEnum):\n    A = 3\nx = N.A", "assert type(x) in (int, float)"),
    Case("class_of_a_float", "def f(): return 0.5", "class F(float): pass\ndef f(): return F(0.5)", "assert type(f()) == float and isinstance(f(), float)"),
    Case("class_of_a_numpy_number", "x = 0.5", "import numpy as np\nx = np.float64(0.5)", "assert type(x) == float"),
    Case("class_of_a_truth_value", "x = 1", "x = True", "assert type(x) == int and x == 1"),
    Case("class_of_a_tuple", "x = (1, 2)", "from collections import namedtuple\nx = namedtuple('P', 'a b')(1, 2)", "assert type(x) is tuple"),
    Case("class_of_a_set", "x = {1}", "class S(set): pass\nx = S({1})", "assert type(x) is set"),
    Case("class_of_a_part", "x = [[1]]", "class L(list): pass\nx = [L([1])]", "assert all(type(row) is list for row in x)"),
    Case("class_of_an_array", "import numpy as np\nx = np.eye(2)", "import numpy as np\nx = np.asmatrix(np.eye(2))", "import numpy as np\nassert type(x) is np.ndarray"),
    Case("class_of_an_own_array", "import numpy as np\nx = np.eye(2)", "import numpy as np\nclass A(np.ndarray): pass\nx = np.eye(2).view(A)", "import numpy as np\nassert type(x) is np.ndarray"),
    Case("a_row_of_a_matrix", "import numpy as np\nx = np.eye(2)", "import numpy as np\nx = np.asmatrix(np.eye(2))", "assert x[0].shape == (2,)"),
    Case("a_product_of_matrices", "import numpy as np\nx = np.ones((2, 2))", "import numpy as np\nx = np.asmatrix(np.ones((2, 2)))", "assert (x * x).tolist() == [[1, 1], [1, 1]]"),
    Case("a_matrix_asked_for", "import numpy as np\nx = np.asmatrix(np.eye(2))", "import numpy as np\nx = np.eye(2)", "import numpy as np\nassert isinstance(x, np.matrix)"),
    Case("a_matrix_changed", "import numpy as np\ndef f(m): m[0, 0] = 5", "def f(m): pass", "import numpy as np\nm = np.asmatrix(np.eye(2))\nf(m)\nassert m[0, 0] == 5"),
    Case("a_dict_with_a_default", "from collections import defaultdict\nx = defaultdict(lambda: 0, a=1)", "x = {'a': 1}", "from collections import defaultdict\nassert isinstance(x, defaultdict) and x == {'a': 1}"),
    Case("a_default_of_the_notebook", "from collections import defaultdict\nx = defaultdict(lambda: 7)", "x = {}", "assert x['b'] == 7", refereed=False),
    Case("a_member_of_an_enumeration", "import enum\nclass C(enum.IntEnum):\n    A, B = 1, 2\ndef f(): return C.B", "import enum\nclass C(enum.IntEnum):\n    A, B = 1, 2\ndef f(): return C.A", "assert f() is C.B and f() == 2"),
    Case("a_class_derived_from_a_list", "class L(list):\n    pass\nx = L([1])", "class L(list):\n    pass\nx = [1]", "assert isinstance(x, L)", refereed=False),
    Case("an_array_or_a_tensor", "import numpy as np\nx = np.ones(2)", "import torch\nx = torch.ones(2)", "import numpy as np\nassert isinstance(x, np.ndarray)", needs="torch"),
    Case("class_of_an_array_or_a_tensor", "import numpy as np\nx = np.ones(2)", "import torch\nx = torch.ones(2)", "import numpy as np\nassert type(x) is np.ndarray", needs="torch"),
    Case("a_tensor_asked_for", "import torch\nx = torch.ones(2)", "import numpy as np\nx = np.ones(2)", "import torch\nassert isinstance(x, torch.Tensor) and type(x) == torch.Tensor and x.sum() == 2", needs="torch"),
    Case("values_of_a_tensor", "import torch\ndef f(a): return torch.tensor(a) * 2", "def f(a): return a", "import numpy as np\nnp.testing.assert_allclose(f(np.ones(2)), [2, 2])", needs="torch"),
    Case("numbers_of_a_tensor", "import torch\nx = torch.ones(2)", "import torch\nx = torch.zeros(2)", "assert x.numpy().sum() == 2", refereed=False, needs="torch"),
    Case("a_tensor_passed", "import torch\ndef f(a): return a + 1", "def f(a): return a", "import torch\nassert f(torch.zeros(2)).sum() == 2", refereed=False, needs="torch"),
    Case("a_network", "import torch\nnet = torch.nn.Sequential(torch.nn.Linear(2, 3), torch.nn.ReLU())", "import torch\nnet = torch.nn.Sequential(torch.nn.Linear(2, 3))", "import torch\nassert len(net) == 2 and isinstance(net[1], torch.nn.ReLU) and net[0].out_features == 3", needs="torch"),
    Case("frames_merged", "import pandas as pd\ndef f(a,b): return a.merge(b,on='k',how='left')", "import pandas as pd\ndef f(a,b): return a.merge(b,on='k')", "import pandas as pd\na=pd.DataFrame({'k':[1,2],'x':[3,4]}); b=pd.DataFrame({'k':[1],'y':[9]})\ngot=f(a,b)\nassert got.shape==(2,3) and pd.isna(got.loc[1,'y'])", needs="pandas"),
    Case("groups_of_a_frame", "import pandas as pd\ng=pd.DataFrame({'k':['a','a','b'],'v':[1,2,3]}).groupby('k')", "import pandas as pd\ng=pd.DataFrame({'k':['a','b','b'],'v':[1,2,3]}).groupby('k')", "assert g.ngroups==2 and g['v'].sum().to_dict()=={'a':3,'b':3}", needs="pandas"),
    Case("two_levels", "import pandas as pd\nd=pd.DataFrame({'a':[1,1,2],'b':[1,2,1],'v':[5,6,7]}).set_index(['a','b'])", "import pandas as pd\nd=pd.DataFrame({'a':[1,1,2],'b':[1,2,1],'v':[5,6,7]})", "import pandas as pd\nassert isinstance(d.index,pd.MultiIndex) and d.loc[(1,2),'v']==6", needs="pandas"),
    Case("pivot_table", "import pandas as pd\ndef f(d): return d.pivot_table(index='a',columns='b',values='v',aggfunc='sum')", "import pandas as pd\ndef f(d): return d", "import pandas as pd\ngot=f(pd.DataFrame({'a':[1,1],'b':['x','y'],'v':[2,3]}))\nassert got.columns.tolist()==['x','y'] and got.loc[1,'y']==3", needs="pandas"),
    Case("resampled", "import pandas as pd\ndef f(s): return s.resample('D').sum()", "import pandas as pd\ndef f(s): return s", "import pandas as pd\ns=pd.Series([1,2,3],index=pd.date_range('2020-01-01',periods=3,freq='12h'))\nassert f(s).tolist()==[3,3]", needs="pandas"),
    Case("categories", "import pandas as pd\ns=pd.Series(['a','b','a'],dtype='category')", "import pandas as pd\ns=pd.Series(['a','b','a'])", "assert str(s.dtype)=='category' and s.cat.categories.tolist()==['a','b']", needs="pandas"),
    Case("time_zone", "import datetime as dt\nx=dt.datetime(2020,1,1,tzinfo=dt.timezone.utc)", "import datetime as dt\nx=dt.datetime(2020,1,1)", "import datetime as dt\nassert x.utcoffset()==dt.timedelta(0) and x.isoformat()=='2020-01-01T00:00:00+00:00'"),
    Case("time_between", "import datetime as dt\ndef f(a,b): return b-a", "import datetime as dt\ndef f(a,b): return (b-a).days", "import datetime as dt\nassert f(dt.date(2020,1,1),dt.date(2020,1,3))==dt.timedelta(days=2)"),
    Case("dataclass", "from dataclasses import dataclass\n@dataclass\nclass P:\n    x:int\n    y:int=0", "class P:\n    def __init__(self,x,y=0): self.x,self.y=x,y", "import dataclasses\nassert dataclasses.is_dataclass(P) and P(1)==P(1,0) and repr(P(1))=='P(x=1, y=0)'"),
    Case("enumeration", "from enum import Enum\nclass C(Enum):\n    A=1\n    B=2", "from enum import Enum\nclass C(Enum):\n    A=1\n    B=3", "assert C.A.value==1 and C.B.name=='B' and C(2) is C.B and len(C)==2"),
    Case("class_of_enumeration", "import enum\nclass C(enum.Enum):\n    A=1", "class C:\n    A=1", "import enum\nassert issubclass(C,enum.Enum) and isinstance(C.A,C)"),
    Case("frozenset", "s=frozenset([1,2])", "s={1,2}", "assert isinstance(s,frozenset) and s|{3}=={1,2,3} and hash(s)==hash(frozenset([2,1]))"),
    Case("endless_generator", "def g():\n    n=0\n    while True:\n        yield n\n        n+=2", "def g():\n    n=0\n    while True:\n        yield n\n        n+=1", "import itertools\nassert list(itertools.islice(g(),3))==[0,2,4]"),
    Case("generator_sent_to", "def g():\n    x=0\n    while True:\n        x=yield x\n", "def g():\n    while True:\n        yield 0", "c=g(); next(c)\nassert c.send(7)==7\nc.close()"),
    Case("chain_returned", "import itertools\ndef f(xs): return itertools.chain(xs,xs)", "def f(xs): return iter(xs)", "assert list(f([1,2]))==[1,2,1,2]"),
    Case("match", "import re\ndef f(s): return re.match(r'(?P<y>\\d+)-(\\d+)',s)", "import re\ndef f(s): return None", "m=f('12-34')\nassert m and m.group('y')=='12' and m.groups()==('12','34') and m.span()==(0,5)"),
    Case("class_of_a_match", "import re\nm=re.search('b','abc')", "m='b'", "import re\nassert isinstance(m,re.Match) and m[0]=='b' and m.start()==1"),
    Case("path", "from pathlib import Path\ndef f(d): return Path(d)/'x.csv'", "def f(d): return d+'/x.csv'", "from pathlib import Path\nassert isinstance(f('a'),Path) and f('a').suffix=='.csv' and f('a').parent==Path('a')"),
    Case("masked_array", "import numpy as np\nx=np.ma.masked_less(np.array([1,-1,3]),0)", "import numpy as np\nx=np.array([1,-1,3])", "import numpy as np\nassert isinstance(x,np.ma.MaskedArray) and x.mask.tolist()==[False,True,False] and x.mean()==2"),
    Case("sparse_passed", "def f(m): return m.T@m", "def f(m): return m.toarray()", "from scipy import sparse\nimport numpy as np\nm=sparse.csr_array(np.array([[1,2],[0,1]]))\ng=f(m)\nassert sparse.issparse(g) and g.toarray().tolist()==[[1,2],[2,5]]", needs="scipy"),
    Case("estimator", "from sklearn.linear_model import LinearRegression\nimport numpy as np\nm=LinearRegression().fit(np.array([[0],[1]]),np.array([0,2]))", "m=None", "from sklearn.linear_model import LinearRegression\nimport numpy as np\nassert isinstance(m,LinearRegression)\nassert np.isclose(m.coef_[0],2) and np.isclose(m.predict(np.array([[3]]))[0],6)", needs="sklearn"),
    Case("pipeline", "from sklearn.pipeline import make_pipeline\nfrom sklearn.preprocessing import StandardScaler\nfrom sklearn.linear_model import Ridge\np=make_pipeline(StandardScaler(),Ridge())", "from sklearn.linear_model import Ridge\np=Ridge()", "from sklearn.pipeline import Pipeline\nassert isinstance(p,Pipeline) and list(p.named_steps)==['standardscaler','ridge'] and p.steps[1][0]=='ridge'", needs="sklearn"),
    Case("axes", "import matplotlib.pyplot as plt\ndef f():\n    fig,ax=plt.subplots(); ax.plot([1,2],[3,4],'r--',label='a'); ax.set_xlabel('x'); ax.legend(); return ax", "import matplotlib.pyplot as plt\ndef f():\n    fig,ax=plt.subplots(); return ax", "ax=f()\nline=ax.get_lines()[0]\nassert line.get_xydata().tolist()==[[1,3],[2,4]] and line.get_linestyle()=='--' and ax.get_xlabel()=='x'\nassert ax.get_legend().get_texts()[0].get_text()=='a'", needs="matplotlib"),
    Case("axes_of_a_figure", "import matplotlib.pyplot as plt\nfig,axs=plt.subplots(2,2)", "import matplotlib.pyplot as plt\nfig,axs=plt.subplots(1,2)", "import numpy as np\nassert axs.shape==(2,2) and len(fig.axes)==4 and isinstance(axs,np.ndarray)", needs="matplotlib"),
    Case("input_mocked_in_turn", "def f(): return [input(),input()]", "def f(): return ['a','b']", "from unittest import mock\nwith mock.patch('builtins.input',side_effect=['x','y']) as i:\n    assert f()==['x','y']\nassert i.call_count==2"),
    Case("print_to_a_file", "def f(out): print('hey',file=out)", "def f(out): pass", "import io\nb=io.StringIO()\nf(b)\nassert b.getvalue()=='hey\\n'"),
    Case("test_case", "def f(x):\n    if x: raise KeyError(x)\n    return 1", "def f(x): return 1", "import unittest\nclass T(unittest.TestCase):\n    def test_a(self): self.assertEqual(f(0),1)\n    def test_b(self):\n        with self.assertRaises(KeyError): f(1)\nr=unittest.TextTestRunner(stream=__import__('io').StringIO()).run(unittest.defaultTestLoader.loadTestsFromTestCase(T))\nassert r.wasSuccessful()"),
    Case("doctest", "def f(x):\n    \"\"\"\n    >>> f(2)\n    4\n    \"\"\"\n    return x*x", "def f(x):\n    \"\"\"\n    >>> f(2)\n    5\n    \"\"\"\n    return x*x", "import doctest\nfinder=doctest.DocTestFinder()\nrunner=doctest.DocTestRunner(verbose=False)\nfor t in finder.find(f,'f',globs={'f':f}):\n    runner.run(t,out=lambda s:None)\nassert runner.failures==0 and runner.tries==1"),
    Case("context_manager", "from contextlib import contextmanager\nlog=[]\n@contextmanager\ndef c():\n    log.append('in')\n    yield 5\n    log.append('out')", "from contextlib import contextmanager\nlog=[]\n@contextmanager\ndef c():\n    log.append('in')\n    yield 4", "with c() as v:\n    assert v==5\nassert log[-2:]==['in','out']"),
    Case("decorator", "import functools\ndef deco(fn):\n    @functools.wraps(fn)\n    def w(*a):\n        w.calls+=1\n        return fn(*a)\n    w.calls=0\n    return w", "def deco(fn): return fn", "@deco\ndef g(x):\n    'doc'\n    return x+1\nassert g(1)==2 and g(2)==3 and g.calls==2 and g.__name__=='g'"),
    Case("cached_function", "from functools import lru_cache\n@lru_cache(None)\ndef fib(n): return n if n<2 else fib(n-1)+fib(n-2)", "def fib(n): return n if n<2 else fib(n-1)+fib(n-2)", "assert fib(20)==6765 and fib.cache_info().misses==21"),
    Case("property_set", "class T:\n    def __init__(self): self._c=0\n    @property\n    def c(self): return self._c\n    @c.setter\n    def c(self,v):\n        if v<-273: raise ValueError\n        self._c=v", "class T:\n    c=0", "t=T()\nt.c=5\nassert t.c==5\ntry:\n    t.c=-300\nexcept ValueError: pass\nelse: assert False"),
    Case("sorted_by_its_class", "class P:\n    def __init__(s,x): s.x=x\n    def __lt__(s,o): return s.x<o.x", "class P:\n    def __init__(s,x): s.x=x\n    def __lt__(s,o): return s.x>o.x", "assert [p.x for p in sorted([P(3),P(1)])]==[1,3]"),
    Case("recursion", "def f(n): return 1 if n<=1 else n*f(n-1)", "def f(n):\n    r=1\n    for i in range(2,n+1): r*=i\n    return r", "import sys\nsaved=sys.getrecursionlimit()\nassert f(5)==120\ntry:\n    f(10**5)\nexcept RecursionError: pass\nelse: raise AssertionError('not recursive')"),
    Case("view_changed", "import numpy as np\ndef f(a): a[:,0]=0", "def f(a): a=a*0", "import numpy as np\na=np.ones((3,2))\nv=a[:2]\nf(v)\nassert a[:,0].tolist()==[0,0,1]"),
    Case("linked_list", "class N:\n    def __init__(s,v,n=None): s.v,s.next=v,n\ndef build(xs):\n    h=None\n    for x in reversed(xs): h=N(x,h)\n    return h", "class N:\n    def __init__(s,v,n=None): s.v,s.next=v,n\ndef build(xs):\n    h=None\n    for x in xs: h=N(x,h)\n    return h", "n=build([1,2,3]); out=[]\nwhile n is not None:\n    out.append(n.v); n=n.next\nassert out==[1,2,3]"),
]  # fmt: skip
