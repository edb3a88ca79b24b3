# ---
# jupyter:
#   chainrule:
#     title: Your own autodiff, and a network that makes something
#     files: []
#   kernelspec: {display_name: Python 3, language: python, name: python3}
# ---

# %% [markdown]
# # Your own autodiff, and a network that makes something
#
# `loss.backward()` is one line, and the gradients of a million weights are there.
# In this notebook you build what stands behind that line, twice:
# first for single numbers, in about 30 lines, then for whole arrays.
# You have something that other builders of engines lack:
# five notebooks of gradients that you found by hand, to test the engine on.
# At the end your engine trains a network that invents minerals.
#
# **You will be able to**
#
# - say what is recorded on the way there, and in which order the way back walks through it,
# - write the way back of any operation on arrays, and prove it with a ruler,
# - build a layer, an optimizer and a small network on an engine of your own,
# - name the mistakes that public engines have made: overwritten gradients, wrong orders, wrong axes.
#
# **You need** the chain rule, Python classes, and numpy. The other notebooks of the course help, but none has to be there.
#
# **Time:** about three hours. Every cell runs in a few seconds, and nothing is downloaded.
#
# [questions]
#
# **How it works.** You write where it says `# YOUR CODE HERE`,
# and take the line `raise NotImplementedError()` away.
# Below each question are checks. Run them as often as you like.
# When your work is graded, the same checks look at more places.
# They compare up to nine digits, so stay in float64, which numpy uses by itself.
# A number may be a Python float or an array of shape `()`; a tensor of PyTorch counts as an array. What a function is given stays as it is.

# %% given
# @title Libraries: run me
import math

import numpy as np

# %% given include="checkkit"

# %% include="pictures"

# %% given
# @title Tools of this notebook's checks: run me, nothing to change here
# Lines such as `c = a * b` are a graph. They run on your objects, and on plain numbers to measure every slope.


def through(kind, lines, leaves, constants, roots):
    """Run the lines on objects of a class, then call backward; the data and the gradient of each name."""
    import sys

    made, begin, calls = [], kind.__init__, [0]

    def noted(self, *arguments, **named):
        begin(self, *arguments, **named)
        made.append(self)

    def count(frame, event, argument):
        calls[0] += event == "call"
        if calls[0] > 400_000:
            sys.setprofile(None)
            raise AssertionError(
                "Your way back makes more than 400,000 calls in a graph of a few circles. Does it walk from each "
                "circle anew, as often as there are ways to it? Each circle passes on once, when all has arrived."
            )

    def method(name):
        return lambda thing, *more: getattr(thing, name)(*more)

    functions = {name: method(name) for name in ("sin", "exp", "tanh", "log", "sum", "mean", "logsumexp", "reshape")}
    functions["constant"] = lambda value: kind(value, constant=True)
    kind.made, kind.__init__ = made, noted
    sys.setprofile(count)
    try:
        names = {name: kind(value) for name, value in leaves.items()}
        exec(lines, functions | constants, names)
        for root in roots:
            names[root].backward()
    finally:
        sys.setprofile(None)
        kind.__init__ = begin
    return {name: (node.data, node.grad) for name, node in names.items()}


@stand_in
def plain_logsumexp(x, axis):
    return np.log(np.sum(np.exp(x), axis))


PLAIN = {
    **{name: getattr(np, name) for name in ("sin", "exp", "tanh", "log", "sum", "mean")},
    "reshape": lambda x, *shape: np.reshape(x, shape),
    "logsumexp": plain_logsumexp,
    "constant": lambda x: x,
}


def plain_run(lines, leaves, constants, moved="", place=(), step=0.0):
    """Run the lines on plain numbers, with one entry of one name moved by a step."""
    names = {}
    for line in [*(f"{name} = {name}" for name in leaves), *lines.splitlines()]:
        name, _, expression = line.partition(" = ")
        names[name] = np.array(eval(expression, PLAIN | constants | leaves, names), dtype=complex)
        if name == moved:
            names[name][place] += step
    return names


def measured(lines, leaves, constants, name):
    """How fast the last number grows with each entry of a name: by complex steps, exact to the last digits."""
    gradient = np.zeros(plain_run(lines, leaves, constants)[name].shape)
    for place in np.ndindex(gradient.shape):
        names = plain_run(lines, leaves, constants, name, place, 1e-30j)
        gradient[place] = np.sum(list(names.values())[-1].imag) / 1e-30
    return gradient


def check_slopes(found, lines, leaves, constants=None, names=None, known=None, hint=""):
    """Compare the gradients that a run of the lines left, with measured ones."""
    for name in names or [*leaves, *(line.partition(" = ")[0] for line in lines.splitlines())]:
        want = measured(lines, leaves, constants or {}, name)
        check_value(
            f"the gradient of {name} in [{lines.replace(chr(10), '; ')}]",
            found[name][1],
            want,
            atol=1e-12 * max(1.0, np.abs(want).max()),
            known=(known or {}).get(name),
            hint=hint,
        )


def yours_or_ours(judge, **lent):
    """Judge with your own earlier answers, and where that fails with the course's: a slip costs its own marks only."""
    try:
        judge()
    except Exception:
        with notebook_with(**lent):
            judge()


@stand_in
def practice_order(root):
    """Everything in the order in which it was made, as the checks noted it."""
    made = type(root).made
    return made[: next(place for place, thing in enumerate(made) if thing is root) + 1]


def complex_steps(function, x, g):
    """What comes back through a function at x when g arrives: measured, one entry after the other."""
    back = np.zeros(np.shape(x))
    for place in np.ndindex(back.shape):
        moved = np.array(x, dtype=complex)
        moved[place] += 1e-30j
        back[place] = np.sum(g * function(moved).imag) / 1e-30
    return back


def order_found(function, graph, root):
    """Build circles from a text such as `u:ab v:ua`, and ask for their order; the circles' names."""

    class Circle:
        def __init__(self, parents):
            self.data, self.parents = 1.0, parents

        def __eq__(self, other):
            return self.data == other.data

        def __hash__(self):
            return hash(self.data)

    made = {}
    for word in graph.split():
        name, _, parents = word.partition(":")
        made[name] = Circle(tuple(made[parent] for parent in parents.split(",") if parent))
    # What is gone leaves its id to another: an answer by the id of the root is no answer for long.
    parents, made[root].parents = made[root].parents, ()
    function(made[root])
    made[root].parents = parents
    found = function(made[root])
    if not isinstance(found, list | tuple):
        return type(found).__name__
    names = {id(circle): name for name, circle in made.items()}
    return [names.get(id(circle), "?") for circle in found]


def check_order(found, graph, root):
    """Whether a list of names is an order of the graph below a root."""
    parents = {name: more.split(",") if more else [] for name, _, more in (w.partition(":") for w in graph.split())}
    below, waiting = set(), [root]
    while waiting:
        name = waiting.pop()
        waiting += [parent for parent in parents[name] if parent not in below]
        below.add(name)
    where = f"In the graph [{graph[:60]}]" + ("..." if len(graph) > 60 else "")
    assert isinstance(found, list), f"order should return a list of circles, but it returned a value of type {found}."
    assert len(found) <= len(set(found)) and "?" not in found, (
        f"{where} a circle stands in the list twice, or a thing that is no circle. How do you know what you have seen?"
    )
    missing = sorted(below - set(found))
    assert not missing, (
        f"{where} the list misses {len(missing)} of the circles, such as {missing[0]}. Does it end early? And here all "
        "circles hold the same number, so Python calls them equal: tell them apart by id(circle), in a set that each call makes anew."
    )
    noted = set()
    for name in found:
        late = sorted(set(parents[name]) - noted)
        noted.add(name)
        assert not late, (
            f"{where} {name} stands before its parent {late[0]}. A circle may be noted only after all its parents: "
            "on the way up, not on the way down."
        )
    assert set(found) == below, f"{where} the list holds circles that {root} was not made from."


def value_run(lines, leaves, constants=None, roots=("L",)):
    """Run the lines on your Values and walk back from the roots; what each name holds then."""
    return ask(beside(through), Value, lines, leaves, constants or {}, list(roots))


def check_value_slopes(lines, leaves, constants=None, roots=("L",), **more):
    """Compare all gradients of a graph with measured ones; a slip in your `order` costs nothing here."""

    def judge():
        check_slopes(value_run(lines, leaves, constants, roots), lines, leaves, constants, **more)

    yours_or_ours(judge, order=practice_order)


# The graph of the first notebook, its first row, and its gradients there with every weight 0.1.
GRAPH = """\
val_1 = exp((w1 * f1 + w2 * f2) ** 2 + w6)
part_1 = tanh(val_1 + w7)
inside = sin(w3 * f3) * (w4 * f4 + w5 * f5) + w8
gate = 1 / (1 + exp(-inside))
guess = part_1 + w9 * gate
L = (y - guess) ** 2"""
FIRST_ROW = {
    "f1": -1.287909498957745, "f2": -0.12001341619804987, "f3": -1.4590003802772022, "f4": -0.6666082090210984,
    "f5": -0.14421743255530314, "y": 1.858849127371369,
}  # fmt: skip
BY_HAND = {
    "w1": -0.22973323498702003, "w2": -0.021407614717752925, "w3": -0.005625405580266319,
    "w4": -0.004657941222712423, "w5": -0.0010077228498574246, "w6": -0.6334751873437471,
    "w7": -0.561941842854033, "w8": -0.04806288407316516, "w9": -1.0181044360187037,
}  # fmt: skip


# %% [markdown] section="numbers"
# # Part A. Numbers
#
# In the first notebook you walked through a graph with nine weights, from the right to the left.
# At each circle you did the same thing:
# **what arrives from the right is multiplied by the circle's own slope, and passed on.**
# A program can do this for every graph, if each circle remembers three things: its number, which circles it was made
# from, and its slope for each of them.

# %% [markdown] question="order" minutes=10 level=2 lines=10
# ## 1. The order of the way back
#
# In which order may a program walk back? A circle may pass on its gradient only **when everything has arrived at it**.
# Look at
#
# $$u = a \cdot b, \qquad v = u + a, \qquad L = u \cdot v .$$
#
# $u$ hears from $v$ and from $L$. Who walks from $L$ to $u$ and at once further to $a$ and $b$ is too early:
# the part that comes by $v$ is still on its way.
#
# So make a list first: every circle once, and **parents before children**. This is a *topological order*.
# There: $a, b, u, v, L$. The way back takes the list from its end.
#
# Write `order(root)`. A circle has an attribute `parents`, a tuple of the circles that it was made from;
# at the ends of the graph it is empty. Use nothing else of a circle. Two rules:
#
# - Two circles can hold the same number, and then Python may call them equal. They are still two:
#   tell them apart by `id(circle)`.
# - Real graphs are deep: a chain of 3,000 circles is nothing special. Python stops a function that calls itself
#   1,000 levels down.
#
# Hint: A circle can go on the list as soon as all its parents are on it. Go down to the ends first, and note on the way up.
#
# Hint: Keep a stack of circles that wait, and a set of the ids that were seen.
# A circle goes on the stack twice: once to send its parents ahead, once to be noted when they are done.
#
# Hint: Put pairs `(circle, parents_done)` on the stack. Taken off with `False` and not seen yet:
# put it back with `True`, then all its parents with `False`. Taken off with `True`: append it to the list.


# %% solution="order"
def order(root):
    """Everything that a circle was made from, each once, parents before children; the circle itself is last.

    Args:
        root: a circle: an object with `parents`, a tuple of circles.

    Returns:
        A list of circles.

    Example: for u made from a and b, and L made from u and a, it is [a, b, u, L] or [b, a, u, L].
    """
    ### BEGIN SOLUTION
    found, seen, waiting = [], set(), [(root, False)]
    while waiting:
        circle, parents_done = waiting.pop()
        if parents_done:
            found.append(circle)
        elif id(circle) not in seen:
            seen.add(id(circle))
            waiting.append((circle, True))
            waiting += [(parent, False) for parent in circle.parents]
    return found
    ### END SOLUTION


# %% check="order" points=2
graph = "a: b: u:a,b v:u,a L:u,v"
check_order(ask(beside(order_found), order, graph, "L"), graph, "L")
### BEGIN HIDDEN TESTS
for graph, root in (
    ("a: b: u:a,b v:a,u w:v,u,b x:w,w y:a,x L:y,u", "L"),
    ("a: b:a c:b d:a,c e:d,b f:e,a g:a,f", "g"),
    ("a: b: c: p:c,a q:p,b r:q,p,a s:r,b t:c,s", "t"),
    ("a: b: u:a,b v:u,a L:u,v", "v"),
    ("a: b:a,a", "a"),
    ("a: b: c: d: u:a,b,c v:u,d,b L:c,v,u", "L"),
):
    check_order(ask(beside(order_found), order, graph, root), graph, root)
### END HIDDEN TESTS

# %% check="order-deep" points=1
chain = "c0: " + " ".join(f"c{i}:c{i - 1}" for i in range(1, 3000))
try:
    found = ask(beside(order_found), order, chain, "c2999")
except RecursionError:
    raise AssertionError(
        "A chain of 3,000 circles is too deep for a function that calls itself: keep a stack of your own, a list."
    ) from None
check_order(found, chain, "c2999")
### BEGIN HIDDEN TESTS
ladder = "c0: d0: " + " ".join(f"c{i}:c{i - 1},d{i - 1} d{i}:d{i - 1},c{i}" for i in range(1, 1500))
found = ask(beside(order_found), order, ladder, "d1499")
check_order(found, ladder, "d1499")
longer = "c0: " + " ".join(f"c{i}:c{i - 1}" for i in range(1, 12000))
check_order(ask(beside(order_found), order, longer, "c11999"), longer, "c11999")
### END HIDDEN TESTS

# %% [markdown] question="value" minutes=35 level=2 lines=25
# ## 2. A number that remembers
#
# A `Value` holds one number, `data`. Whoever computes with Values gets a new Value,
# which remembers its `parents` and, for each of them, its own slope.
# So a graph is recorded while you write down a formula. This is the way there.
#
# | operation | data | slope for each parent |
# |---|---|---|
# | `a + b` | $a + b$ | find them: you had them all in the first notebook |
# | `a * b` | $a\,b$ | |
# | `a ** n`, with a plain number `n` | $a^n$ | one slope, for $a$ |
# | `a.exp()` | $e^a$ | one slope |
# | `a.tanh()` | $\tanh a$ | one slope |
#
# `a` is a Value; `b` is a Value or a plain number, which is a constant: make a Value of it.
# `sin` is written for you: it shows the pattern.
# Subtraction, division and the rest are made of these five, at the end of the class.
#
# **The way back.** `L.backward()` puts into `grad` of each Value below `L` how fast `L` grows with it:
#
# 1. Take `order(L)`. Every `grad` begins at 0.0, and `L.grad` at 1.0, since $\partial L/\partial L = 1$.
# 2. From the end of the list to its start: each Value gives each parent its own `grad` times its slope for that parent.
# 3. What arrives at a Value **is added** to what is there: $a$ in $a \cdot a$ hears twice, and both count.
#
# A second `backward()` begins anew, so it gives the same gradients.
# (PyTorch decided otherwise, as you know from *Gradients pile up*: there they are added until you clear them.)
#
# ### A worked example
# $a = 2$, $u = a \cdot a = 4$, $L = u + a = 6$. Back: $L$ has 1. It gives 1 to $u$ and 1 to $a$.
# Then $u$ gives $1 \cdot 2$ to its left factor and $1 \cdot 2$ to its right one, and both are $a$.
# So `a.grad` is $1 + 2 + 2 = 5$, and indeed $L = a^2 + a$ has the slope $2a + 1 = 5$.
#
# Hint: Write one operation, run the first checks, write the next. What `sin` does in one line, `exp` does in one line.
#
# Hint: A product passes on the *other* factor. tanh and exp have slopes that are made of their own output.
# In `backward` there are two loops over the list: one that clears, one that walks back.
#
# Hint: `zip(node.parents, node.slopes)` gives the pairs for step 2.
# If `a + a` has the gradient 1, a line says `=` where it should say `+=`.
# If a graph with a detour is wrong and a chain is right, look at the order.


# %% solution="value"
class Value:
    """A number that remembers how it was made.

    Attributes:
        data: the number, a float.
        grad: after `L.backward()`, how fast L grows with this number; 0.0 before.
        parents: the Values that it was made from, a tuple. The picture below reads it, and `op`.
        slopes: its slope for each parent. (Whatever else you want to remember is yours to choose.)
    """

    def __init__(self, data, parents=(), slopes=(), op=""):
        self.data = float(data)
        self.grad = 0.0
        self.parents, self.slopes, self.op = parents, slopes, op

    def sin(self):
        """The pattern of every operation: number, parents, slopes, and a sign for the picture."""
        return Value(math.sin(self.data), (self,), (math.cos(self.data),), "sin")

    def __add__(self, other):
        """self + other, where other is a Value or a plain number."""
        ### BEGIN SOLUTION
        other = other if isinstance(other, Value) else Value(other)
        return Value(self.data + other.data, (self, other), (1.0, 1.0), "+")
        ### END SOLUTION

    def __mul__(self, other):
        """self * other, where other is a Value or a plain number."""
        ### BEGIN SOLUTION
        other = other if isinstance(other, Value) else Value(other)
        return Value(self.data * other.data, (self, other), (other.data, self.data), "×")
        ### END SOLUTION

    def __pow__(self, n):
        """self ** n, where n is a plain number; self is not 0 if n is below 1."""
        ### BEGIN SOLUTION
        return Value(self.data**n, (self,), (n * self.data ** (n - 1),), f"^{n}")
        ### END SOLUTION

    def exp(self):
        """e to the power of self."""
        ### BEGIN SOLUTION
        height = math.exp(self.data)
        return Value(height, (self,), (height,), "exp")
        ### END SOLUTION

    def tanh(self):
        """The hyperbolic tangent of self."""
        ### BEGIN SOLUTION
        height = math.tanh(self.data)
        return Value(height, (self,), (1 - height**2,), "tanh")
        ### END SOLUTION

    def backward(self):
        """Put into `grad` of each Value below this one how fast this one grows with it; always begins anew."""
        ### BEGIN SOLUTION
        nodes = order(self)
        for node in nodes:
            node.grad = 0.0
        self.grad = 1.0
        for node in reversed(nodes):
            for parent, slope in zip(node.parents, node.slopes):
                parent.grad += node.grad * slope
        ### END SOLUTION

    # Made of the five above: nothing to write here.
    def __radd__(self, other):
        return self + other

    def __rmul__(self, other):
        return self * other

    def __neg__(self):
        return self * -1

    def __sub__(self, other):
        return self + other * -1

    def __rsub__(self, other):
        return self * -1 + other

    def __truediv__(self, other):
        return self * other**-1.0

    def __rtruediv__(self, other):
        return self**-1.0 * other


# %% check="value-forward" points=2
OPERATIONS = """\
u = a + b
v = a * b
w = a ** 2
x = exp(a)
L = tanh(a)"""
found = value_run(OPERATIONS, {"a": 3.0, "b": -2.0}, roots=())
for name, what, want in (
    ("u", "3 + (-2)", 1.0), ("v", "3 * (-2)", -6.0), ("w", "3 ** 2", 9.0), ("x", "exp of 3", 20.085536923187668),
    ("L", "tanh of 3", 0.9950547536867305),
):  # fmt: skip
    check_value(f"the data of {what}", found[name][0], want, hint="The number first, as if there were no slopes.")
### BEGIN HIDDEN TESTS
more = OPERATIONS.replace("** 2", "** -3") + "\np = a + c\nq = a * c\nr = c + b\ns = c * b\nt = b ** 2\nm = sin(b)"
for x, y, c in ((-1.25, 0.5, 0.75), (2.75, -13.5, -11)):
    found, want = value_run(more, {"a": x, "b": y}, {"c": c}, roots=()), plain_run(more, {"a": x, "b": y}, {"c": c})
    for name in found:
        check_value(f"the data of {name} in [{more.replace(chr(10), '; ')}]", found[name][0], want[name].real)
        check_value(f"the gradient of {name} before any backward", found[name][1], 0.0)
for x in (30.0, -30.0):
    check_value(f"the data of exp({x})", value_run("L = exp(a)", {"a": x}, roots=())["L"][0], np.exp(x))
### END HIDDEN TESTS

# %% check="value-slopes" points=4
two = {"a": 3.0, "b": -2.0}
check_value_slopes(
    "L = a * b",
    two,
    known={
        "a": {
            "a product passes on the other factor": 3.0,
            "the product is taken for a sum": 1.0,
            "nothing arrives at it": 0.0,
        },
        "b": {"a product passes on the other factor": -2.0, "nothing arrives at the second parent": 0.0},
    },
)
check_value_slopes("L = a + b", two, known={"b": {"nothing arrives at the second parent": 0.0}})
check_value_slopes(
    "L = a ** 3",
    {"a": 2.0},
    known={"a": {"the factor n is missing": 4.0, "the power does not go down by one": 24.0}},
    hint="The slope of a power has a factor in front, and one power less.",
)
check_value_slopes(
    "L = exp(a)",
    {"a": 0.5},
    known={"a": {"the exponential was taken for a power, with its argument in front": 0.5 * np.exp(0.5)}},
    hint="The exponential is its own slope.",
)
check_value_slopes(
    "L = tanh(a)",
    {"a": 0.5},
    known={
        "a": {
            "the output is not squared in the slope of the tanh": 1 - np.tanh(0.5),
            "the square of the input is in the slope, not that of the output": 0.75,
            "this is one plus the square": 1 + np.tanh(0.5) ** 2,
        }
    },
)
check_value_slopes(
    "u = 2 * a + 1\nv = 3 - a\nL = u * v / 4",
    {"a": 5.0},
    hint="A plain number on either side of an operation is a constant: make a Value of it.",
)
### BEGIN HIDDEN TESTS
check_value_slopes("u = 1 / a\nv = a / 2 - 3\nL = (u - v) * c + c", {"a": 1.6}, {"c": 0.25})
check_value_slopes("u = 2.5 / a\nv = c / u\nL = v * a", {"a": 0.7}, {"c": -13})
check_value_slopes("u = -a\nv = c * u\nL = v ** 2 + c", {"a": 0.7}, {"c": -13})
for x, y in ((-1.3, 0.7), (12.5, -11.25), (0.4, 2.2)):
    for lines in (
        "L = a * b",
        "L = b * a",
        "L = a + b",
        "L = a ** 4",
        "L = b ** 2",
        "L = a ** -3",
        "L = tanh(a)",
        "L = tanh(b)",
        "L = exp(b)",
    ):
        check_value_slopes(lines, {"a": x, "b": y}, names=[name for name in "ab" if name in lines])
check_value_slopes("L = a ** 2.5", {"a": 1.7})
check_value_slopes("L = sin(a)", {"a": 12.5})
check_value_slopes(
    "u = a ** 2\nv = a ** 3\nL = u + v + b",
    {"a": 0.0, "b": 1.5},
    hint="At 0 a square is flat, and nothing is divided by it.",
)
check_value_slopes("L = a * b", {"a": 0.0, "b": 2.0})
check_value_slopes(
    "u = a * b\nL = u * 1e-10", {"a": 1.5, "b": 2.0}, hint="However small it is, a gradient is passed on."
)
check_value_slopes("u = tanh(a)\nv = exp(u)\nw = v ** 3\nL = tanh(w * b)", {"a": -0.6, "b": 0.3})
for lines in ("L = a * b", "u = a * b\nv = u * 1e13\nL = v * 1e-13", "u = a + b\nL = u * b"):
    for x, y in ((2.0, 0.0), (2.0, 1.0), (1.0, 0.7)):
        check_value_slopes(
            lines, {"a": x, "b": y}, hint="Every parent hears, whatever its number is, and however small what arrives."
        )
check_value_slopes(
    "u = a ** 1\nL = u * b + b ** 1", {"a": 1.7, "b": 0.0}, hint="A power with n = 1 is a power as any other."
)
check_value_slopes("L = a ** 4", {"a": 120.0}, hint="A gradient may be of any size.")
check_value_slopes("u = exp(a)\nL = u * 1e13", {"a": -30.0})
check_value_slopes("L = exp(a)", {"a": 30.0})
check_value("the gradient of a after a.backward()", value_run("u = a * 2", {"a": 3.0}, roots=["a"])["a"][1], 1.0)
### END HIDDEN TESTS

# %% check="value-twice" points=2
check_value_slopes(
    "L = a + a",
    {"a": 2.0},
    known={"a": {"only one of the two parts counts: what arrives is added": 1.0}},
    hint="a is used twice, and hears twice.",
)
check_value_slopes(
    "u = a * a\nL = u + a",
    {"a": 2.0},
    known={
        "a": {
            "only the last part that arrived is there: what arrives is added": 2.0,
            "the part that came by L is lost": 4.0,
            "each parent is served once, though a is both factors of u": 3.0,
            "the parts that came by u are lost": 1.0,
        }
    },
    hint="This is the worked example.",
)
### BEGIN HIDDEN TESTS
check_value_slopes("L = a * a * a + a", {"a": -1.6})
check_value_slopes("u = exp(a)\nv = u * a\nL = v + a ** 2 + u", {"a": 0.8})
check_value_slopes("u = a * b\nv = b + a\nL = u * v * b", {"a": 15.5, "b": -12.25})
### END HIDDEN TESTS

# %% check="value-order" points=2
check_value_slopes(
    "u = a * b\nv = u + a\nL = u * v",
    {"a": 3.0, "b": -2.0},
    known={
        "a": {
            "u passed on its gradient before all of it had arrived (walk back in order)": 0.0,
            "u passed on its gradient once more when the rest arrived: the first part counts twice": 18.0,
        },
    },
    hint="u may pass on its gradient only when both parts have arrived at it, from L and from v.",
)
### BEGIN HIDDEN TESTS
check_value_slopes("u = a * b\nv = u * a\nw = v + u\nx = w * v\nL = x + u * w", {"a": 0.9, "b": -1.4})
check_value_slopes("u = a + b\nv = u * u\nw = a * v\nL = w * u + v", {"a": 1.2, "b": 0.7})
check_value_slopes(
    "u = a * 2\nv = b * 2\nw = u * v\nL = w + v", {"a": 1.5, "b": 1.5}, hint="Equal numbers are two Values."
)
check_value_slopes("u = tanh(a)\nv = exp(u)\nL = a * u + a * v + u * v", {"a": 0.45})
### END HIDDEN TESTS

# %% check="value-again" points=2
lines, two = "u = a * b\nv = u + a\nL = u * v", {"a": 3.0, "b": -2.0}
check_value_slopes(
    lines,
    two,
    roots=["L", "L"],
    known={
        "a": {
            "the second backward added to the first": 24.0,
            "the second backward went on from what the first had left in the middle of the graph": 48.0,
            "the second backward went on from what the first had left everywhere": 60.0,
        }
    },
    hint="backward was called twice here. Each call begins anew: every gradient below it starts at 0, also in the middle.",
)
### BEGIN HIDDEN TESTS
lines, two = "u = a * b\nM = exp(u)\nv = u * u + b\nL = v * a", {"a": 0.6, "b": -1.7}
check_value_slopes(
    lines, two, roots=["M", "L"], names=["a", "b", "u", "v"], hint="backward of another Value came before."
)
check_value_slopes(lines, two, roots=["L", "M", "L", "L"], names=["a", "b", "u", "v", "L"])
### END HIDDEN TESTS

# %% check="value-deep" points=2
check_value_slopes("L = a * 3 + 1", {"a": 2.0})
chain = "\n".join(["v0 = a * 1.5", *(f"v{i} = v{i - 1} + 0.5" for i in range(1, 2000))])
doubled = "\n".join(["v0 = a * 3", *(f"v{i} = v{i - 1} * 0.5 + v{i - 1} * 0.5" for i in range(1, 50))])


def judge_deep():
    try:
        found = value_run(chain, {"a": 2.0}, roots=["v1999"])
    except RecursionError:
        raise AssertionError("A chain of 2,000 Values is too deep for a function that calls itself.") from None
    check_value("the gradient of a before a chain of 2,000 sums", found["a"][1], 1.5)
    found = value_run(doubled, {"a": 2.0}, roots=["v49"])
    check_value(
        "the gradient of a before 49 forks that meet again", found["a"][1], 3.0, hint="There are 2^49 ways to a."
    )


yours_or_ours(judge_deep, order=practice_order)
### BEGIN HIDDEN TESTS
chain = "\n".join(["v0 = a * b", *(f"v{i} = v{i - 1} + b" for i in range(1, 1500))])
check_value_slopes("v0 = a * b\nv1 = v0 + b\nL = v1 + b", {"a": 2.0, "b": 0.5})


def judge_deeper():
    found = value_run(chain, {"a": 2.0, "b": 0.5}, roots=["v1499"])
    check_value("the gradient of b, which joins a chain 1,499 times", found["b"][1], 1501.0)


yours_or_ours(judge_deeper, order=practice_order)
### END HIDDEN TESTS

# %% [markdown]
# **Look:** the worked example, drawn from your own objects: each circle with its number in blue and its gradient in red.
# Follow the red numbers from the right to the left. Where do two of them meet and add up?

# %%
# @title The drawing of a graph, and yours


def ancestors(root):
    """Everything that a Value was made from, with its distance from the ends of the graph."""
    depth, waiting = {}, [root]
    while waiting:
        node = waiting[-1]
        missing = [parent for parent in node.parents if id(parent) not in depth]
        waiting += missing
        if not missing:
            waiting.pop()
            depth[id(node)] = (node, 1 + max((depth[id(parent)][1] for parent in node.parents), default=-1))
    return list(depth.values())


def draw(root, names, title):
    """Draw the graph of a Value: each circle with its number (blue) and its gradient (red)."""
    nodes, labels, places = ancestors(root), {id(node): name for name, node in names.items()}, {}
    columns = [[node for node, depth in nodes if depth == column] for column in range(1 + max(d for _, d in nodes))]
    _, axes = plt.subplots(figsize=(7.5, 1.1 + 0.95 * max(map(len, columns))))
    for across, column in enumerate(columns):
        for up, node in enumerate(column):
            places[id(node)] = (1.8 * across, 1.5 * (up - (len(column) - 1) / 2))
    for node, _ in nodes:
        across, up = places[id(node)]
        for parent in node.parents:
            # An arrow over other columns goes around the circles there.
            bend = 0.5 if across - places[id(parent)][0] > 2 else 0.0
            arrow = {
                "arrowstyle": "-|>",
                "color": GREY,
                "shrinkA": 13,
                "shrinkB": 13,
                "connectionstyle": f"arc3,rad={bend}",
            }
            axes.annotate("", (across, up), places[id(parent)], arrowprops=arrow)
        axes.plot(across, up, "o", markersize=25, color="white", markeredgecolor=BLUE if node.parents else GREY)
        axes.text(across, up, node.op or labels.get(id(node), "1"), ha="center", va="center")
        name = f"{labels[id(node)]} = " if node.op and id(node) in labels else ""
        axes.text(across, up + 0.42, f"{name}{node.data:.3f}", ha="center", color=BLUE, fontsize=9)
        axes.text(across, up - 0.6, f"{node.grad:.3f}", ha="center", color=RED, fontsize=9)
    low, high = (end(up for _, up in places.values()) for end in (min, max))
    axes.set(title=title, xlim=(-0.9, 1.8 * len(columns) - 0.9), ylim=(low - 1.1, high + 0.8))
    axes.axis("off")
    show(f"{title}: {len(nodes)} circles, from {', '.join(names)}.")


a, b = Value(3.0), Value(-2.0)
u = a * b
v = u + a
L = u * v
L.backward()
draw(L, {"a": a, "b": b, "u": u, "v": v, "L": L}, "Your own graph: number (blue) and gradient (red)")

# %% [markdown]
# And now the graph of the first notebook, in six lines. You do not derive anything:
# the nine gradients that cost you an afternoon come out by themselves.


# %% check="value-nine" points=2
def judge_nine():
    found = value_run(GRAPH, dict.fromkeys(BY_HAND, 0.1), FIRST_ROW)
    for name, by_hand in BY_HAND.items():
        check_value(f"the gradient of {name}, compared with the one by hand", found[name][1], by_hand, rtol=1e-12)


yours_or_ours(judge_nine, order=practice_order)
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(61)
for _ in range(2):
    nine = {name: float(w) for name, w in zip(BY_HAND, rng.uniform(0.3, 0.9, 9) * rng.choice([-1, 1], 9))}
    check_value_slopes(GRAPH, nine, FIRST_ROW)
### END HIDDEN TESTS

# %%
weights = {name: Value(0.1) for name in BY_HAND}
print(GRAPH, end="\n\n")
functions = {"exp": Value.exp, "tanh": Value.tanh, "sin": Value.sin}
names = dict(weights)
exec(GRAPH, functions | FIRST_ROW, names)
names["L"].backward()
print("weight   your engine              by hand                  difference")
for name, by_hand in BY_HAND.items():
    print(f"{name}       {weights[name].grad:<24.17g} {by_hand:<24.17g} {abs(weights[name].grad - by_hand):.0e}")

# %% [markdown] section="arrays"
# The difference is in the last digit, where sums in another order round in another way.
#
# Stretch: Give `Value` a method `log`, then `max(a, b)`.
# What is the slope of `max` where both are equal? Engines disagree. Can you draw the graph of one whole neuron?
#
# Read on: watch A. Karpathy, [The spelled-out intro to neural networks and backpropagation: building micrograd](https://www.youtube.com/watch?v=VMj-3S1tku0).
#
# # Part B. Arrays
#
# One object for each number is clear, and slow: a picture of a digit alone would be 784 objects.
# Real engines put a whole array into each circle of the graph. Nothing else changes.
#
# But what is "the slope" of an operation that takes a $(3, 4)$ array and gives a $(3,)$ array? A table of 36 slopes.
# Nobody writes that table down. Let $g$ be what arrives from the right: the gradient of the loss for the *output*,
# with the output's shape. What the way back needs is the gradient for the *input*, with the input's shape:
#
# $$\text{back}_i = \sum_j g_j \, \frac{\partial\, \text{output}_j}{\partial\, \text{input}_i}$$
#
# This is a **vector-Jacobian product** (VJP): the vector $g$ times the table, without ever making the table.
# Each operation needs one function that computes it. You will write five.


# %% given
# @title Tools of the checks of part B: run me, nothing to change here
def hill(weights):
    """A function of an array: the square of a half and a weighted sum of sines of its entries."""

    def height(x):
        return (0.5 + np.sum(np.asarray(weights) * np.sin(x))) ** 2

    return height


def hill_gradient(weights, x):
    """The gradient of hill(weights) at x."""
    return 2 * (0.5 + np.sum(weights * np.sin(x))) * weights * np.cos(x)


# The checks of later questions use these where yours are not right yet: a slip costs its own marks only.
@stand_in
def measured_sum(g, x, axis=None):
    return complex_steps(lambda moved: moved.sum(axis), x, g)


@stand_in
def measured_mean(g, x, axis=None):
    return complex_steps(lambda moved: moved.mean(axis), x, g)


@stand_in
def measured_broadcast(g, shape):
    return complex_steps(lambda moved: np.broadcast_to(moved, np.shape(g)), np.zeros(shape), g)


@stand_in
def measured_matmul(g, a, b):
    return complex_steps(lambda moved: moved @ b, a, g), complex_steps(lambda moved: a @ moved, b, g)


@stand_in
def measured_index(g, x, index):
    return complex_steps(lambda moved: moved[index], x, g)


@stand_in
def measured_logsumexp(g, x, axis):
    return complex_steps(lambda moved: plain_logsumexp(moved, axis), x, g)


MEASURED = {
    "order": practice_order,
    "unbroadcast": measured_broadcast,
    "sum_vjp": measured_sum,
    "mean_vjp": measured_mean,
    "matmul_vjp": measured_matmul,
    "index_vjp": measured_index,
    "logsumexp_vjp": measured_logsumexp,
}


def check_tensor_slopes(lines, leaves, constants=None, roots=("L",), **more):
    """Compare all arrays and gradients of a graph of your Tensors; slips in earlier questions cost nothing here."""
    leaves = {name: np.array(value, dtype=float) for name, value in leaves.items()}

    def judge():
        found = ask(beside(through), Tensor, lines, leaves, constants or {}, list(roots))
        want = plain_run(lines, leaves, constants or {})
        for name in found:
            check_value(f"the data of {name} in [{lines.replace(chr(10), '; ')}]", found[name][0], want[name].real)
        check_slopes(found, lines, leaves, constants, **more)

    yours_or_ours(judge, **MEASURED, logsumexp=plain_logsumexp)


THREE, ROW, COLUMN = [0.5, -1.5, 2.0], [2.0, -1.0, 0.5], [[1.5], [-0.5]]
TABLE, MATRIX = [[1.0, -2.0, 0.5], [0.3, 2.5, -1.0]], [[1.0, -0.5], [0.25, 2.0], [-1.5, 0.75]]


# %% [markdown] question="checker" minutes=10 level=2 lines=8
# ## 3. Your gradient checker, for arrays
#
# You will want a judge. In the first notebook you measured nine weights, one at a time. Here are arrays of any shape:
#
# $$a_i = \frac{f(\dots, x_i + \epsilon, \dots) - f(\dots, x_i - \epsilon, \dots)}{2\,\epsilon}
# \qquad \text{score} = \frac{\lVert d - a \rVert}{\lVert d \rVert + \lVert a \rVert}$$
#
# $d$ is the gradient that is claimed, $a$ the measured one; both have the shape of $x$.
# $\lVert d \rVert$ is the root of the sum of all squares. $x$ comes back as it was.
#
# Hint: `np.ndindex(x.shape)` walks through all places of an array of any shape: each is a tuple that you can index with.
#
# Hint: Move one entry of a copy up, ask `f`, move it down, ask `f`. The next entry begins from a fresh copy.
#
# Hint: `step = np.zeros(x.shape)`, then `step[place] = eps`, and `f(x + step)` touches nothing that is yours.


# %% solution="checker"
def gradient_check(f, gradient, x, eps=1e-5):
    """How far a claimed gradient is from a measured one: near 0 if it is right, up to 1 if it is wrong.

    Args:
        f: a function that takes an array like x and gives one number.
        gradient: the gradient of f at x that is claimed, an array of the shape of x.
        x: an array of floats of any shape; it stays as it is.
        eps: how far each entry is moved to either side; the same for all, however large or small they are.

    Returns:
        the score, one number.

    Example: measured (3, 4) against (3, 5) gives 1 / (5 + 5.831) = 0.0923.
    """
    ### BEGIN SOLUTION
    measured_slopes = np.zeros(x.shape)
    for place in np.ndindex(x.shape):
        step = np.zeros(x.shape)
        step[place] = eps
        measured_slopes[place] = (f(x + step) - f(x - step)) / (2 * eps)
    length = np.linalg.norm(gradient) + np.linalg.norm(measured_slopes)
    return np.linalg.norm(gradient - measured_slopes) / length
    ### END SOLUTION


# %% check="checker" points=3
x, weights = np.array([[0.5, -1.2, 0.3], [2.0, 0.7, -0.4]]), np.array([[1.0, 2.0, -0.5], [0.3, -1.5, 0.8]])
right, wrong = hill_gradient(weights, x), hill_gradient(weights, x) * [[1, 1, 1], [1, 1, 1.5]]
height, up, left = hill(weights), np.zeros((2, 3)), np.zeros((2, 3))
for number, place in enumerate(np.ndindex(2, 3)):
    step, gone = np.zeros((2, 3)), np.zeros((2, 3))
    step[place], gone.flat[:number] = 1e-5, -1e-5
    up[place] = (height(x + step) - height(x)) / 1e-5
    left[place] = (height(x + gone + step) - height(x + gone - step)) / 2e-5
usual = {
    "each entry is moved up only": up,
    "an entry stays where it was moved to, while the next one is measured": left,
    "whole rows move at once": right.sum(axis=1, keepdims=True) * np.ones((1, 3)),
    "the division is by eps, but the two points are 2 eps apart": 2 * right,
}
score = ask(gradient_check, made_beside("hill", weights), right, x)
check_value(
    "the score of a right gradient",
    score,
    0.0,
    atol=1e-8,
    hint="It should be below 1e-8, which takes float64.",
    known={
        mistake: np.linalg.norm(right - slopes) / (np.linalg.norm(right) + np.linalg.norm(slopes))
        for mistake, slopes in usual.items()
    },
)
score = ask(gradient_check, made_beside("hill", weights), wrong, x)
check_value(
    "the score where one entry is wrong", np.array(as_numbers(score)) > 1e-3, True, hint="It should be above 0.001."
)
x, weights = np.array([0.5, -1.2, 0.3]), np.array([1.0, 2.0, -0.5])
right = hill_gradient(weights, x)
wrong = right + np.array([0.0, 0.7, 0.0])
sizes = np.linalg.norm(right), np.linalg.norm(wrong)
check_value(
    "the score where one entry is too large by 0.7",
    ask(gradient_check, made_beside("hill", weights), wrong, x),
    0.7 / sum(sizes),
    rtol=1e-6,
    known={
        "the length of the difference is not divided by anything": 0.7,
        "only one length is below the line (the claimed)": 0.7 / sizes[1],
        "only one length is below the line (the measured)": 0.7 / sizes[0],
        "the squares of the lengths are taken, not the lengths": 0.49 / (sizes[0] ** 2 + sizes[1] ** 2),
        "the sizes of the entries are added up; a length is the root of the sum of squares": 0.7
        / (np.abs(right).sum() + np.abs(wrong).sum()),
        "the division is by eps, but the two points are 2 eps apart": np.linalg.norm(wrong - 2 * right)
        / (sizes[1] + 2 * sizes[0]),
    },
)
### BEGIN HIDDEN TESTS
for shape in ((4,), (1, 3), (2, 2, 2)):
    rng = np.random.default_rng(len(shape))
    x, weights = rng.normal(0, 1, shape), rng.normal(0, 1, shape)
    right = hill_gradient(weights, x)
    score = ask(gradient_check, made_beside("hill", weights), right, x)
    check_value(f"the score of a right gradient of shape {shape}", score, 0.0, atol=1e-7)
    for place in np.ndindex(shape):
        wrong = right.copy()
        wrong[place] += 1.0
        score = ask(gradient_check, made_beside("hill", weights), wrong, x)
        assert as_numbers(score) is not None and np.all(as_numbers(score) > 1e-3), (
            f"The entry at {place} is wrong, and the score is {score}."
        )
_, after = ask_and_look(gradient_check, made_beside("hill", weights), wrong, x)
assert same_data(after[1], wrong) and same_data(after[2], x), (
    "gradient_check changed an array that it was given. Work on a copy."
)
rng = np.random.default_rng(7)
x, weights = rng.normal(0, 1, (2, 3)), rng.normal(0, 1, (2, 3))
right = hill_gradient(weights, x)
check_value(
    "the score of a gradient with its sign turned",
    ask(gradient_check, made_beside("hill", weights), -right, x),
    1.0,
    rtol=1e-6,
)
small = hill_gradient(3e-8 * weights, x)
score = ask(gradient_check, made_beside("hill", 3e-8 * weights), 1.5 * small, x)
check_value(
    "the score of a tiny gradient that is too large by half",
    score,
    0.2,
    rtol=0.02,
    hint="The score is the same for large and for tiny gradients.",
)
far = x * [[1.0, 30.0, 0.02], [1.0, 9.0, 0.2]]  # near 0 and far from it: eps is the same everywhere
right_far = hill_gradient(weights, far)
scores = [
    float(as_numbers(ask(gradient_check, made_beside("hill", weights), right_far, far, eps))) for eps in (0.04, 0.02)
]
usual = ask(gradient_check, made_beside("hill", weights), right * 1.1, x)
check_value(
    "the score without an eps",
    usual,
    as_numbers(ask(gradient_check, made_beside("hill", weights), right * 1.1, x, eps=1e-5)),
    rtol=1e-14,
    hint="It takes eps = 1e-5.",
)
moved = np.zeros((2, 3))
for place in np.ndindex(2, 3):
    step = np.zeros((2, 3))
    step[place] = 0.04
    moved[place] = (hill(weights)(far + step) - hill(weights)(far - step)) / 0.08
want = np.linalg.norm(right_far - moved) / (np.linalg.norm(right_far) + np.linalg.norm(moved))
check_value(
    "the score of a right gradient with eps = 0.04",
    scores[0],
    want,
    rtol=1e-6,
    hint="Every entry moves by eps, however large the entry or eps is.",
)
assert 3.8 < scores[0] / scores[1] < 4.2, "Half the eps should give a quarter of the error: is eps used, on both sides?"
check_value(
    "the score of a gradient that is claimed to be 0",
    ask(gradient_check, made_beside("hill", weights), 0 * right, x),
    1.0,
    rtol=1e-6,
)
big = rng.normal(0, 1, (11, 10))
right_there = hill_gradient(np.ones((11, 10)), big)
wrong_there = right_there.copy()
wrong_there[-1, -2:] += 3.0
want = np.linalg.norm(right_there - wrong_there) / (np.linalg.norm(right_there) + np.linalg.norm(wrong_there))
check_value(
    "the score where the last entries of 110 are wrong",
    ask(gradient_check, made_beside("hill", np.ones((11, 10))), wrong_there, big),
    want,
    rtol=1e-5,
    hint="Every entry is measured.",
)
# A gradient that is claimed twice as long as it is: the score is 1/3, however long it is and wherever.
for what, size, place, digits in (
    ("", 1.0, x, 1e-8),
    (" of tiny slopes", 1e-5, x, 1e-5),
    (" of long slopes", 30.0, x, 1e-5),
    (" at 0", 1.0, 0 * x, 1e-6),
):
    twice = 2 * hill_gradient(size * weights, place)
    score = ask(gradient_check, made_beside("hill", size * weights), twice, place)
    check_value(f"the score of a gradient{what} that is claimed twice as long", score, 1 / 3, rtol=digits)
### END HIDDEN TESTS

# %% [markdown] question="unbroadcast" minutes=10 level=3 lines=4
# ## 4. Back through a broadcast
#
# In `X @ W + b` numpy adds the row `b` of shape $(3,)$ to every row of a $(5, 3)$ array.
# Each entry of `b` was used five times. And a number that is used five times hears five times, and **adds up what arrives**.
# So what comes back to `b` is the sum of the five rows of $g$.
#
# Numpy stretches in two ways, and the way back sums in both:
#
# - It puts new axes **in front**: $(3,)$ becomes $(5, 3)$. These axes are summed away.
# - It stretches axes of length **1**: $(5, 1)$ becomes $(5, 3)$. These are summed, and stay as length 1.
#
# | arrives, shape of $g$ | the operand's shape | comes back |
# |---|---|---|
# | $(5, 3)$ | $(3,)$ | the sum over axis 0 |
# | $(5, 3)$ | $(5, 1)$ | the sum over axis 1, of shape $(5, 1)$ |
# | $(5, 3)$ | $()$ | the sum of everything |
# | $(2, 5, 3)$ | $(5, 1)$ | the sum over axes 0 and 2, of shape $(5, 1)$ |
# | $(5, 3)$ | $(5, 3)$ | $g$ |
#
# Hint: How many axes has $g$ more than the operand? These stand in front.
#
# Hint: First sum away the axes in front. Then both have equally many axes: sum each where the operand has length 1.
#
# Hint: `sum` takes a tuple of axes, and `keepdims=True` leaves length 1 where it summed. A `reshape(shape)` at the end does, too.


# %% solution="unbroadcast"
def unbroadcast(g, shape):
    """What comes back to an operand that numpy stretched to the shape of g.

    Args:
        g: what arrives, an array; it stays as it is.
        shape: the operand's shape, a tuple, which numpy can stretch to g.shape.

    Returns:
        an array of this shape.

    Example: for g = [[1, 2], [3, 4]] it is [4, 6] with the shape (2,), and [[3], [7]] with (2, 1).
    """
    ### BEGIN SOLUTION
    new = g.ndim - len(shape)
    stretched = [new + axis for axis, length in enumerate(shape) if length == 1]
    return g.sum(axis=(*range(new), *stretched)).reshape(shape)
    ### END SOLUTION


# %% check="unbroadcast" points=3
square = np.array([[1.0, 2.0], [4.0, 8.0]])
check_value(
    "what comes back from a square g for an operand of shape (2,)",
    ask(unbroadcast, square, (2,)),
    [5.0, 10.0],
    known={
        "the last axis is summed; numpy makes new axes in front": [3.0, 12.0],
        "it is the mean, where the parts add up": [2.5, 5.0],
        "only the first row is taken": [1.0, 2.0],
    },
)
g = np.array([[1.0, 2.0, 4.0], [8.0, 16.0, 32.0]])
for shape, want in (((3,), g[0] + g[1]), ((2, 1), [[7.0], [56.0]]), ((1, 3), [g[0] + g[1]]), ((), 63.0), ((2, 3), g)):
    check_value(
        f"what comes back for an operand of shape {shape}",
        ask(unbroadcast, g, shape),
        want,
        known={"it is the mean, where the parts add up": np.asarray(want) * np.size(want) / 6},
        hint="Which axes did numpy make, and which did it stretch?",
    )
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(4)
for whole in ((3, 3), (2, 2, 2), (4, 3), (2, 4, 3), (1, 3)):
    g = rng.normal(0, 1, whole)
    for front in range(len(whole) + 1):
        for ones in np.ndindex(*[2] * (len(whole) - front)):
            shape = tuple(1 if one else length for one, length in zip(ones, whole[front:]))
            want = complex_steps(lambda x: np.broadcast_to(x, whole), np.zeros(shape), g)
            check_value(
                f"what comes back from {whole} for an operand of shape {shape}",
                ask(unbroadcast, g, shape),
                want,
                atol=1e-12,
            )
check_value("what comes back when little arrives", ask(unbroadcast, 1e-4 * g, (3,)), 1e-4 * g[0], atol=1e-16)
many = np.array([1.0, 2.0, 4.0, 8.0]).reshape((1,) * 10 + (2, 2))
check_value("what comes back from 12 axes to one", ask(unbroadcast, many, (2,)), [5.0, 10.0])
check_kept(unbroadcast, [g, (3,)], [g + 1, (3,)], "g shape")
### END HIDDEN TESTS

# %% [markdown] question="reductions" minutes=5 level=1 lines=5
# ## 5. Back through a sum and a mean
#
# A sum goes the other way: many entries become one. Each of them counts once in it, so each gets what arrives, unchanged.
# The work is in the shape: $g$ has lost the summed axis, and $x$ has it still.
#
# | `x.sum(axis)` | shape of $x$ | shape of $g$ | comes back |
# |---|---|---|---|
# | `axis=None`, everything | $(5, 3)$ | $()$ | $g$ in every entry |
# | `axis=0` | $(5, 3)$ | $(3,)$ | every row is $g$ |
# | `axis=1` | $(5, 3)$ | $(5,)$ | every *column* is $g$ |
#
# A mean is a sum divided by a number. By which one?
#
# Hint: With `axis=1`, $g$ of shape $(5,)$ has to become $(5, 1)$ first: then numpy stretches it to $(5, 3)$ by itself.
#
# Hint: `np.expand_dims(g, axis)` puts an axis of length 1 where the sum took one away.
#
# Hint: Multiply by `np.ones_like(x)`, and the shape is that of `x`. A mean over axis 1 divides by `x.shape[1]`.


# %% solution="reductions"
def sum_vjp(g, x, axis=None):
    """What comes back through x.sum(axis) when g arrives.

    Args:
        g: what arrives, an array of the shape of x.sum(axis), or one number.
        x: the array that was summed, of floats.
        axis: one axis of x, or None for all of them.

    Leaves g and x as they are.

    Returns:
        a new array of the shape of x.
    """
    ### BEGIN SOLUTION
    if axis is not None:
        g = np.expand_dims(g, axis)
    return g * np.ones_like(x)
    ### END SOLUTION


def mean_vjp(g, x, axis=None):
    """What comes back through x.mean(axis) when g arrives; all else is as in sum_vjp."""
    ### BEGIN SOLUTION
    count = x.size if axis is None else x.shape[axis]
    return sum_vjp(g, x, axis) / count
    ### END SOLUTION


# %% check="reductions-sum" points=2
x = np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 7.0]])
check_value("what comes back through x.sum() when 2 arrives", ask(sum_vjp, 2.0, x), np.full((2, 3), 2.0))
g = np.array([1.0, 10.0, 100.0])
check_value("what comes back through x.sum(0)", ask(sum_vjp, g, x, 0), [g, g], hint="Every row is g.")
g = np.array([1.0, 10.0])
check_value(
    "what comes back through x.sum(1)", ask(sum_vjp, g, x, axis=1), [[1.0] * 3, [10.0] * 3], hint="Every column is g."
)
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(5)
for shape in ((3, 3), (4,), (2, 3, 4), (1, 3)):
    x = rng.normal(0, 1, shape)
    for axis in (None, -1, *range(len(shape))):
        g = rng.normal(0, 1, np.shape(x.sum(axis)))
        want = complex_steps(lambda moved: moved.sum(axis), x, g)
        check_value(f"what comes back through sum({axis}) of a {shape} array", ask(sum_vjp, g, x, axis), want)
    check_kept(sum_vjp, [2.5 * x.sum(0), x, 0], [x.sum(0) + 1, x, 0], "g x axis")
for g, axis in ((2.5 * x.sum(0), 0), (np.array(2.0), None)):
    check_new(sum_vjp, g, x, axis)
check_new(sum_vjp, np.ones(1), np.ones((1, 1)), 0)
check_value("what comes back to an array of one entry", ask(sum_vjp, 3.0, np.array([0.5])), [3.0])
check_value("what comes back through a sum when little arrives", ask(sum_vjp, 1e-4, np.array([1.0, 2.0])), [1e-4, 1e-4])
check_value("what comes back through a sum of zeros", ask(sum_vjp, 2.0, np.zeros(3)), [2.0] * 3)
### END HIDDEN TESTS

# %% check="reductions-mean" points=1
x = np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 7.0]])


def judge_mean():
    for axis, g in ((None, 12.0), (0, np.array([2.0, 20.0, 200.0])), (1, np.array([3.0, 30.0]))):
        want = complex_steps(lambda moved: moved.mean(axis), x, g)
        total = want * {None: 6, 0: 2, 1: 3}[axis]
        known = {"the division is missing: this is a sum": total}
        known |= (
            {"the division is by the number of all entries, where only one axis was averaged": total / 6}
            if axis is not None
            else {}
        )
        known |= (
            {"the division is by the length of the other axis": total / {0: 3, 1: 2}[axis]} if axis is not None else {}
        )
        check_value(f"what comes back through x.mean({axis})", ask(mean_vjp, g, x, axis), want, known=known)


yours_or_ours(judge_mean, sum_vjp=measured_sum)


### BEGIN HIDDEN TESTS
def judge_means():
    rng = np.random.default_rng(6)
    for shape in ((3, 2), (4,), (2, 3, 4)):
        x = rng.normal(0, 1, shape)
        for axis in (None, -1, *range(len(shape))):
            g = rng.normal(0, 1, np.shape(x.mean(axis)))
            want = complex_steps(lambda moved: moved.mean(axis), x, g)
            check_value(f"what comes back through mean({axis}) of a {shape} array", ask(mean_vjp, g, x, axis), want)
    check_kept(mean_vjp, [2.5 * x.sum(0), x, 0], [x.sum(0) + 1, x, 0], "g x axis")
    check_new(mean_vjp, np.ones(1), np.ones((1, 1)), 0)
    check_value(
        "what comes back through a mean when little arrives", ask(mean_vjp, 1e-4, np.array([1.0, 2.0])), [5e-5, 5e-5]
    )


yours_or_ours(judge_means, sum_vjp=measured_sum)
### END HIDDEN TESTS

# %% [markdown] question="matmul" minutes=5 level=2 lines=1
# ## 6. Back through a matrix product
#
# $C = A B$ with $A$ of shape $(n, k)$ and $B$ of shape $(k, m)$, so $g$ has the shape $(n, m)$ of $C$.
# You met this in every layer of the vectorized network. What comes back to $A$ is a matrix of shape $(n, k)$,
# made of $g$ and $B$. There is only one product of the two that has this shape. (And for $B$?)
#
# Hint: Write the shapes down, and transpose until they fit.
#
# Hint: $(n, m)$ times $(m, k)$ is $(n, k)$.
#
# Hint: If all matrices are square, every order fits and only one is right: $g$ stands on the side where the factor itself stood.


# %% solution="matmul"
def matmul_vjp(g, a, b):
    """What comes back through a @ b when g arrives.

    Args:
        g: what arrives, shape (n, m).
        a, b: the factors, shapes (n, k) and (k, m).

    Leaves all three as they are.

    Returns:
        two new arrays, for a and for b, of their shapes.
    """
    ### BEGIN SOLUTION
    return g @ b.T, a.T @ g
    ### END SOLUTION


# %% check="matmul" points=2
a, b = np.array([[1.0, 2.0, -1.0], [0.5, 3.0, 2.0]]), np.array([[2.0, 1.0], [-1.0, 4.0], [3.0, -2.0]])
g = np.array([[1.0, -3.0], [2.0, 0.5]])
back = ask(matmul_vjp, g, a, b)
assert isinstance(back, tuple | list) and len(back) == 2, "matmul_vjp should return two arrays, for a and for b."
assert [np.shape(one) for one in back] != [(3, 2), (2, 3)], (
    "What comes back to a stands first, and then what comes back to b."
)
want = complex_steps(lambda moved: moved @ b, a, g), complex_steps(lambda moved: a @ moved, b, g)
check_value(
    "what comes back to a", back[0], want[0], known={"g is transposed in it": g.T @ b.T}, hint="It is made of g and b."
)
check_value(
    "what comes back to b", back[1], want[1], known={"g is transposed in it": a.T @ g.T}, hint="It is made of a and g."
)
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(8)
for n, k, m in ((3, 3, 3), (2, 4, 3), (1, 3, 2), (3, 2, 1), (4, 1, 1)):
    g, a, b = rng.normal(0, 1, (n, m)), rng.normal(0, 1, (n, k)), rng.normal(0, 1, (k, m))
    back = ask(matmul_vjp, g, a, b)
    wrong = {"the factors are in the wrong order": b.T @ g, "b is not transposed": g @ b} if n == k == m else {}
    check_value(
        f"what comes back to a {(n, k)} factor", back[0], complex_steps(lambda moved: moved @ b, a, g), known=wrong
    )
    wrong = {"the factors are in the wrong order": g @ a.T, "a is not transposed": a @ g} if n == k == m else {}
    check_value(
        f"what comes back to a {(k, m)} factor", back[1], complex_steps(lambda moved: a @ moved, b, g), known=wrong
    )
for what, size in (("little", 1e-4), ("much", 1e4)):
    for number, want in enumerate((size * g @ b.T, size * a.T @ g)):
        check_value(
            f"what comes back to {'ab'[number]} when {what} arrives", ask(matmul_vjp, size * g, a, b)[number], want
        )
check_kept(matmul_vjp, [g, a, b], [g + 1, a, b], "g a b")
### END HIDDEN TESTS

# %% [markdown] question="index" minutes=5 level=2 lines=3
# ## 7. Back through an index
#
# `x[index]` picks entries. Those that were not picked did nothing for the loss, so zero comes back to them.
# An entry that was picked gets what arrives. And one that was picked **twice**, as in `x[[0, 2, 2]]`, hears twice.
#
# This is how a network looks up letters in a table: the letter *e* stands in a batch forty times,
# and its row of the table hears from all forty.
#
# Hint: Begin with zeros of the shape of `x`, and put $g$ where it came from.
#
# Hint: Try `a = np.zeros(3)`, `a[[2, 2]] += 1`, and look at `a`.
#
# Hint: numpy has a function that adds at places and counts each of them, even the same one again: `np.add.at`.


# %% solution="index"
def index_vjp(g, x, index):
    """What comes back through x[index] when g arrives.

    Args:
        g: what arrives, an array of the shape of x[index], or one number.
        x: an array of floats.
        index: whatever may stand in the brackets: a number, a slice, lists or arrays of numbers, a tuple of these.

    Leaves g and x as they are.

    Returns:
        a new array of the shape of x.

    Example: for x of shape (3,), index [0, 2, 2] and g = [1, 10, 100] it is [1, 0, 110].
    """
    ### BEGIN SOLUTION
    back = np.zeros_like(x)
    np.add.at(back, index, g)
    return back
    ### END SOLUTION


# %% check="index" points=2
x = np.array([5.0, 6.0, 7.0])
check_value("what comes back through x[1]", ask(index_vjp, 3.0, x, 1), [0.0, 3.0, 0.0])
check_value(
    "what comes back through x[[0, 2, 2]]",
    ask(index_vjp, np.array([1.0, 10.0, 100.0]), x, [0, 2, 2]),
    [1.0, 0.0, 110.0],
    known={
        "an entry that was picked twice heard only once": [1.0, 0.0, 100.0],
        "what arrives is put at the wrong places": [1.0, 10.0, 100.0],
    },
    hint="The last entry was picked twice.",
)
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(9)
x = rng.normal(0, 1, (4, 3))
letters = np.array([[1, 3, 1], [0, 1, 3]])
for index in (
    [2, 2, 0],
    letters,
    3,
    ([0, 1, 1], [2, 0, 0]),
    (slice(None), [1, 1]),
    (slice(1, 3), 2),
    (2, slice(0, 2)),
    slice(None, None, 2),
    -1,
    [-1, 0, -1],
):
    g = rng.normal(0, 1, np.shape(x[index]))
    want = complex_steps(lambda moved: moved[index], x, g)
    check_value(f"what comes back through x[{index}] of a (4, 3) array", ask(index_vjp, g, x, index), want, atol=1e-12)
cube = rng.normal(0, 1, (3, 2, 2))
want = complex_steps(lambda moved: moved[[0, 0, 2], [1, 1, 0], [1, 1, 0]], cube, np.array([1.0, 10.0, 100.0]))
check_value(
    "what comes back to a (3, 2, 2) array through three lists",
    ask(index_vjp, np.array([1.0, 10.0, 100.0]), cube, ([0, 0, 2], [1, 1, 0], [1, 1, 0])),
    want,
)
check_kept(index_vjp, [np.ones(3), x, [2, 2, 0]], [np.ones(3), x, [1, 2, 0]], "g x index")
check_kept(index_vjp, [np.ones(3), x, np.array([2, 2, 0])], [np.ones(3), x, np.array([1, 2, 0])], "g x index")
check_value(
    "what comes back through x[1] when little arrives", ask(index_vjp, 1e-4, np.array([5.0, 6.0]), 1), [0.0, 1e-4]
)
check_value("what comes back through x[1] of zeros", ask(index_vjp, 2.0, np.zeros(3), 1), [0.0, 2.0, 0.0])
### END HIDDEN TESTS

# %% [markdown] question="logsumexp" minutes=10 level=2 lines=6
# ## 8. The logarithm of a sum of exponentials
#
# A softmax with cross-entropy, as in the notebook with the digits, needs one new operation only:
#
# $$\text{lse}(x) = \ln \sum_i e^{x_i} \qquad\text{for then}\qquad \text{loss} = \text{lse}(z) - z_\text{label}.$$
#
# With $x_i = 1000$ the exponential overflows, although the result is a harmless number.
# Take out the largest one, $t = \max_i x_i$: $\;\text{lse}(x) = t + \ln \sum_i e^{x_i - t}$.
#
# Work along one axis: from $(5, 3)$ and `axis=1` comes $(5,)$. For the way back, take the derivative of the first formula.
# You know what comes out: it is in the name of the last layer of a classifier.
#
# Hint: $\partial\, \text{lse}/\partial x_i$ is $e^{x_i}$ divided by the sum of all. That is the softmax.
#
# Hint: `keepdims=True` in `max` and `sum` keeps the shapes together; `np.squeeze(..., axis)` takes the axis away at the end.
#
# Hint: $e^{x_i - \text{lse}(x)}$ is the softmax, and cannot overflow. As in question 5, $g$ and lse need their axis back first.


# %% solution="logsumexp"
def logsumexp(x, axis):
    """ln(sum(e^x)) along one axis, for numbers of any size.

    Args:
        x: an array of floats; it stays as it is.
        axis: the axis along which is summed.

    Returns:
        an array without this axis.

    Example: logsumexp([0, 0, 0], 0) is ln 3 = 1.0986.
    """
    ### BEGIN SOLUTION
    top = x.max(axis=axis, keepdims=True)
    return np.log(np.exp(x - top).sum(axis=axis)) + np.squeeze(top, axis)
    ### END SOLUTION


def logsumexp_vjp(g, x, axis):
    """What comes back through logsumexp(x, axis) when g arrives, for numbers of any size.

    Args:
        g: what arrives, an array of the shape of logsumexp(x, axis), or one number.
        x, axis: as in logsumexp.

    Leaves g and x as they are.

    Returns:
        a new array of the shape of x.
    """
    ### BEGIN SOLUTION
    e = np.exp(x - x.max(axis=axis, keepdims=True))
    return np.expand_dims(g, axis) * e / e.sum(axis=axis, keepdims=True)
    ### END SOLUTION


# %% check="logsumexp-value" points=1
x = np.array([[0.0, 1.0, 2.0], [3.0, -1.0, 0.5]])
check_value(
    "logsumexp(x, 1)",
    ask(logsumexp, x, 1),
    np.logaddexp.reduce(x, 1),
    known={"t has not been added again": np.logaddexp.reduce(x, 1) - [2, 3]},
)
check_value(
    "logsumexp of 1000 and 1000",
    ask(logsumexp, np.array([1000.0, 1000.0]), 0),
    1000 + np.log(2),
    hint="Take the largest out.",
)
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(10)
for shape in ((3, 3), (5,), (2, 4, 3), (2, 1, 3), (3, 1)):
    x = rng.normal(0, 2, shape)
    for axis in (-1, *range(len(shape))):
        check_value(
            f"logsumexp of a {shape} array along axis {axis}",
            ask(logsumexp, x, axis),
            np.logaddexp.reduce(x, axis),
            atol=1e-12,
        )
check_value("logsumexp of -1000 and -1001", ask(logsumexp, np.array([-1000.0, -1001.0]), 0), np.logaddexp(-1000, -1001))
check_value("logsumexp of large rows", ask(logsumexp, np.array([[900.0, 1.0], [2.0, -900.0]]), 1), [900.0, 2.0])
check_value("logsumexp of 0 and 1000", ask(logsumexp, np.array([0.0, 1000.0]), 0), 1000.0)
check_value("logsumexp of zeros", ask(logsumexp, np.zeros(4), 0), np.log(4))
check_value("logsumexp of a single row", ask(logsumexp, np.array([[0.5, 0.25]]), 1), [np.logaddexp(0.5, 0.25)])
check_value("logsumexp that is nearly 0", ask(logsumexp, np.log([0.5, 0.5002]), 0), np.log(1.0002), atol=1e-14)
check_kept(logsumexp, [x, 0], [x + 1, 0], "x axis")
### END HIDDEN TESTS

# %% check="logsumexp-vjp" points=2
x, g = np.array([[0.0, 1.0, 2.0], [3.0, -1.0, 0.5]]), np.array([10.0, -2.0])
want = complex_steps(lambda moved: plain_logsumexp(moved, 1), x, g)


def judge_logsumexp():
    back = ask(logsumexp_vjp, g, x, 1)
    known = {
        "g is not in it": want / g[:, None],
        "this is the exponential; the division by the sum is missing": np.exp(x) * g[:, None],
    }
    check_value("what comes back through logsumexp(x, 1)", back, want, known=known, hint="It is g times the softmax.")
    back = ask(logsumexp_vjp, 1.0, np.array([1000.0, 1000.0]), 0)
    check_value(
        "what comes back to 1000 and 1000 when 1 arrives", back, [0.5, 0.5], hint="Take the largest out here, too."
    )


yours_or_ours(judge_logsumexp, logsumexp=plain_logsumexp)


### BEGIN HIDDEN TESTS
def judge_logsumexps():
    rng = np.random.default_rng(11)
    for shape in ((3, 3), (5,), (2, 4, 3)):
        x = rng.normal(0, 2, shape)
        for axis in (-1, *range(len(shape))):
            g = rng.normal(0, 1, np.shape(x.sum(axis)))
            want = complex_steps(lambda moved: plain_logsumexp(moved, axis), x, g)
            check_value(
                f"what comes back through logsumexp of a {shape} array along axis {axis}",
                ask(logsumexp_vjp, g, x, axis),
                want,
            )
    check_kept(logsumexp_vjp, [x.sum(0), x, 0], [x.sum(0) + 1, x, 0], "g x axis")
    apart = np.array([[1000.0, 0.0], [0.0, -1000.0]])
    check_value(
        "what comes back to numbers far apart",
        ask(logsumexp_vjp, np.ones(2), apart, 1),
        [[1.0, 0.0], [1.0, 0.0]],
        atol=1e-12,
    )
    tiny = ask(logsumexp_vjp, 1.0, np.array([0.0, -30.0, -45.0]), 0)
    check_value(
        "what comes back to numbers that hardly count",
        tiny,
        np.exp([0.0, -30.0, -45.0]) / (1 + np.exp(-30.0)),
        hint="Small is no 0.",
    )
    check_value(
        "what comes back to -1000 and -1000 when 1 arrives",
        ask(logsumexp_vjp, 1.0, np.array([-1000.0, -1000.0]), 0),
        [0.5, 0.5],
    )
    check_value(
        "what comes back to a single row when much arrives",
        ask(logsumexp_vjp, np.array([50.0]), np.zeros((1, 2)), 1),
        [[25.0, 25.0]],
    )
    check_value(
        "what comes back to equal numbers when little arrives", ask(logsumexp_vjp, 1e-4, np.ones(2), 0), [5e-5, 5e-5]
    )


yours_or_ours(judge_logsumexps, logsumexp=plain_logsumexp)
### END HIDDEN TESTS

# %% [markdown]
# **Look:** the judge speaks. Your `gradient_check` measures each of your functions at random numbers.
# Bars below the dashed line are right. One that reaches up to it, or beyond, is not: which question was it?


# %%
def all_verdicts():
    """The score of each way back, by your own judge."""
    rng = np.random.default_rng(0)
    x, rows, matrix = rng.normal(0, 1, (4, 3)), rng.normal(0, 1, (4, 3)), rng.normal(0, 1, (3, 2))
    column, g, picked = rows[:, 0], rng.normal(0, 1, (4, 2)), [0, 2, 2, 1]
    return {
        "broadcast": gradient_check(lambda b: np.sum(rows * (x + b)), unbroadcast(rows, (3,)), x[0]),
        "sum": gradient_check(lambda x: column @ x.sum(1), sum_vjp(column, x, 1), x),
        "mean": gradient_check(lambda x: column @ x.mean(1), mean_vjp(column, x, 1), x),
        "matmul, left": gradient_check(lambda a: np.sum(g * (a @ matrix)), matmul_vjp(g, x, matrix)[0], x),
        "matmul, right": gradient_check(lambda b: np.sum(g * (x @ b)), matmul_vjp(g, x, matrix)[1], matrix),
        "index": gradient_check(lambda x: np.sum(rows * x[picked]), index_vjp(rows, x, picked), x),
        "logsumexp": gradient_check(lambda x: column @ logsumexp(x, 1), logsumexp_vjp(column, x, 1), x),
    }


verdicts = all_verdicts()
for name, score in verdicts.items():
    if not score < 1e-7:
        print(f"NOT RIGHT, says your judge: {name}, with a score of {score:.1e}.")
if not all_passed("checker"):
    print("Not all checks of gradient_check have passed, so the judge itself may be wrong.")
_, axes = plt.subplots(figsize=(7.5, 3.2))
axes.barh(
    list(verdicts), list(verdicts.values()), color=[GREEN if score < 1e-7 else RED for score in verdicts.values()]
)
axes.axvline(1e-7, color="black", linestyle="--", linewidth=1)
axes.set(xscale="log", xlim=(1e-13, 1), xlabel="score of your gradient_check", title="What does your own judge say?")
axes.invert_yaxis()
show(
    "Bars on a logarithmic axis, one for each way back: "
    + ", ".join(f"{name} {score:.0e}" for name, score in verdicts.items())
)

# %% [markdown] question="tensor" minutes=20 level=3 lines=25
# ## 9. An array that remembers
#
# A `Tensor` is a `Value` with an array inside. What it remembers for the way back is not a number for each parent,
# but a function `pull(g)`: what arrives goes in, and out comes **a tuple with what goes to each parent**.
# Much of the class is written already. `log` shows the pattern, and your functions of questions 4 to 8 do the work.
#
# | operation | what goes back when $g$ arrives |
# |---|---|
# | `a + b`, `a * b` | as for numbers, and then back through the broadcast, to the shape of each |
# | `a ** n`, `a.exp()`, `a.tanh()` | as for numbers, entry by entry |
# | `a @ b` | question 6 |
# | `a.sum(axis)`, `a.mean(axis)`, `a[index]`, `a.logsumexp(axis)`, `a.log()`, `a.reshape(...)`, `a.T` | given |
#
# A plain array or number in an operation is a **constant**, such as the data: `as_tensor` makes one.
# A constant gets no gradient, its `grad` stays `None`, and what is made of constants alone is a constant, too,
# and forgets its parents at once. `backward` must not give anything to a constant.
#
# Everything else is as in question 2: `order`, begin anew, add what arrives.
# What is in `grad` has the shape of `data`.
#
# Hint: Take your `Value`, line by line, and ask of each number: what is its shape now?
#
# Hint: Even where an operand is just one number, `unbroadcast` brings its gradient to the shape `()`.
# In `backward`, `zip(node.parents, node.pull(node.grad))` gives the pairs. Ends of the graph have no `pull`.
#
# Hint: `a.grad += part` changes the array in place, and the same array may stand in the `grad` of another Tensor.
# `a.grad = a.grad + part` makes a new one.


# %% solution="tensor"
class Tensor:
    """An array that remembers how it was made.

    Attributes:
        data: an array of floats.
        grad: after `loss.backward()` an array of the same shape; None before, and for ever in a constant.
        constant: whether no gradient is wanted: for data, and for what is made of data alone.
        parents: the Tensors that it was made from, a tuple.
        pull: what arrives at this Tensor -> a tuple of what goes to each parent.
    """

    __array_ufunc__ = None  # so that `array * tensor` asks the tensor, and not numpy

    def __init__(self, data, parents=(), pull=None, constant=False):
        self.data = np.asarray(data, dtype=float)
        self.grad = None
        self.constant = constant or (len(parents) > 0 and all(parent.constant for parent in parents))
        self.parents, self.pull = ((), None) if self.constant else (parents, pull)

    def log(self):
        """The pattern of every operation: array, parents, and what goes back to each of them."""
        return Tensor(np.log(self.data), (self,), lambda g: (g / self.data,))

    def __add__(self, other):
        """self + other, where other is a Tensor, or an array or number, which is a constant."""
        ### BEGIN SOLUTION
        other = as_tensor(other)
        shapes = self.data.shape, other.data.shape
        return Tensor(self.data + other.data, (self, other), lambda g: tuple(unbroadcast(g, s) for s in shapes))
        ### END SOLUTION

    def __mul__(self, other):
        """self * other, entry by entry; other is as in a sum."""
        ### BEGIN SOLUTION
        other = as_tensor(other)
        a, b = self.data, other.data
        return Tensor(a * b, (self, other), lambda g: (unbroadcast(g * b, a.shape), unbroadcast(g * a, b.shape)))
        ### END SOLUTION

    def __pow__(self, n):
        """self ** n, entry by entry, where n is a plain number."""
        ### BEGIN SOLUTION
        a = self.data
        return Tensor(a**n, (self,), lambda g: (g * n * a ** (n - 1),))
        ### END SOLUTION

    def exp(self):
        """e to the power of each entry."""
        ### BEGIN SOLUTION
        out = np.exp(self.data)
        return Tensor(out, (self,), lambda g: (g * out,))
        ### END SOLUTION

    def tanh(self):
        """The hyperbolic tangent of each entry."""
        ### BEGIN SOLUTION
        out = np.tanh(self.data)
        return Tensor(out, (self,), lambda g: (g * (1 - out**2),))
        ### END SOLUTION

    def __matmul__(self, other):
        """self @ other, both with two axes; other is as in a sum."""
        ### BEGIN SOLUTION
        other = as_tensor(other)
        a, b = self.data, other.data
        return Tensor(a @ b, (self, other), lambda g: matmul_vjp(g, a, b))
        ### END SOLUTION

    def backward(self):
        """Put into `grad` of each Tensor below this one, constants left out, how fast this one grows with it.

        This Tensor holds a single number. Always begins anew.
        """
        ### BEGIN SOLUTION
        nodes = [node for node in order(self) if not node.constant]
        for node in nodes:
            node.grad = np.zeros_like(node.data)
        self.grad = np.ones_like(self.data)
        for node in reversed(nodes):
            for parent, part in zip(node.parents, node.pull(node.grad) if node.parents else ()):
                if not parent.constant:
                    parent.grad = parent.grad + part
        ### END SOLUTION

    # Your functions at work: nothing to write here.
    def sum(self, axis=None):
        return Tensor(self.data.sum(axis), (self,), lambda g: (sum_vjp(g, self.data, axis),))

    def mean(self, axis=None):
        return Tensor(self.data.mean(axis), (self,), lambda g: (mean_vjp(g, self.data, axis),))

    def logsumexp(self, axis):
        return Tensor(logsumexp(self.data, axis), (self,), lambda g: (logsumexp_vjp(g, self.data, axis),))

    def __getitem__(self, index):
        return Tensor(self.data[index], (self,), lambda g: (index_vjp(g, self.data, index),))

    def reshape(self, *shape):
        return Tensor(self.data.reshape(*shape), (self,), lambda g: (g.reshape(self.data.shape),))

    @property
    def T(self):
        return Tensor(self.data.T, (self,), lambda g: (g.T,))

    # Made of the others.
    def __radd__(self, other):
        return self + other

    def __rmul__(self, other):
        return self * other

    def __rmatmul__(self, other):
        return as_tensor(other) @ self

    def __neg__(self):
        return self * -1

    def __sub__(self, other):
        return self + other * -1

    def __rsub__(self, other):
        return self * -1 + other

    def __truediv__(self, other):
        return self * other**-1.0

    def __rtruediv__(self, other):
        return self**-1.0 * other


def as_tensor(value):
    """A Tensor as it is; a plain array or number as a constant."""
    return value if isinstance(value, Tensor) else Tensor(value, constant=True)


# %% check="tensor-entries" points=2
check_tensor_slopes("u = a * b\nL = sum(u)", {"a": THREE, "b": [2.0, 0.25, -1.0]})
check_tensor_slopes("u = a + b\nL = mean(u)", {"a": THREE, "b": [2.0, 0.25, -1.0]})
check_tensor_slopes("u = tanh(a)\nv = exp(a)\nw = a ** 3\nL = sum(u * v * w)", {"a": THREE})
check_tensor_slopes("u = x * b\nL = sum(u * u)", {"x": TABLE, "b": ROW})
check_tensor_slopes("u = c + x\nL = sum(u * u)", {"x": TABLE, "c": COLUMN})
### BEGIN HIDDEN TESTS
two = {"a": [[-1.1, 11.3], [0.4, -0.7]], "b": [[0.2, 12.6], [-2.2, -0.9]]}
check_tensor_slopes("u = a * b\nv = u + c\nL = mean(v * v)", {**two, "c": [[1.3, 0.4], [-0.6, 2.1]]})
check_tensor_slopes("u = -a\nv = 2 + u\nw = 1.5 / b\nx = 3 - w\nL = sum(v * 2 * x)", two)
check_tensor_slopes("u = tanh(b)\nv = exp(u * 0.5)\nw = v ** -2\nx = a ** 2\nL = sum(x * w + v)", two)
check_tensor_slopes("u = a ** 2\nL = sum(u * b)", {"a": [0.0, 1.5, -2.0], "b": ROW})
check_tensor_slopes("u = log(a ** 2)\nv = b - u\nw = v / (b ** 2 + 1)\nL = mean(w * w)", two)
check_tensor_slopes("u = b * c\nv = x + u\nL = sum(v * x * s)", {"x": TABLE, "b": ROW, "c": COLUMN, "s": 0.7})
check_tensor_slopes(
    "u = s + x\nv = c * u\nw = b + v\nL = sum(w ** 2) * s", {"x": TABLE, "b": ROW, "c": COLUMN, "s": -1.3}
)
check_tensor_slopes("u = x * k + 2\nv = k - u\nw = 3 * v / x\nL = sum(w * w)", {"x": TABLE}, {"k": np.array(ROW)})
check_tensor_slopes("u = exp(a)\nL = sum(u)", {"a": [12.5, -11.0]})
check_tensor_slopes("u = exp(a)\nL = sum(u)", {"a": [30.0, 1.0]})
check_tensor_slopes(
    "u = a * b\nv = u * 1e13\nL = sum(v) * 1e-13",
    {"a": THREE, "b": ROW},
    hint="However small it is, what arrives is passed on.",
)
check_tensor_slopes("L = a * b", {"a": [1.5], "b": [-2.0]}, hint="What is in grad has the shape of data.")
check_tensor_slopes("u = 5 + a\nv = 4 - u\nw = 0.3 * v\nx = 2 / w\ny = x - b\nz = y - a\nL = sum(z * x)", two)
### END HIDDEN TESTS

# %% check="tensor-graph" points=2
check_tensor_slopes("u = x @ w\nL = sum(u * u)", {"x": TABLE, "w": MATRIX})
check_tensor_slopes("u = k @ w\nL = sum(u * u)", {"w": MATRIX}, {"k": np.array(TABLE)})
check_tensor_slopes(
    "u = a * a\nv = u + a\nL = sum(u * v + a)",
    {"a": THREE},
    hint="Used twice means: what arrives is added, into a new array (an array in two places changes in both).",
)
### BEGIN HIDDEN TESTS
check_tensor_slopes("u = tanh(x @ w + b)\nv = u @ w.T\nL = sum(v * x)", {"x": TABLE, "w": MATRIX, "b": [0.3, -0.1]})
check_tensor_slopes("u = x @ k\nv = k.T @ w\nL = sum(u @ v)", {"x": TABLE, "w": MATRIX}, {"k": np.array(MATRIX) - 1})
check_tensor_slopes(
    "u = a + b\nv = u + a\nw = v + u\nL = sum(w + a)",
    {"a": THREE, "b": [1.0, 2.0, 4.0]},
    hint="Is one array in two places?",
)
check_tensor_slopes("u = reshape(a, 3, 1)\nv = u.T\nw = u @ v\nL = sum(w) + sum(u * u)", {"a": THREE})
for lines in (
    "u = w.T\nv = u * u\nx = w * w\nL = sum(v) + sum(x)",
    "x = w * w\nu = w.T\nv = u * u\nL = sum(v) + sum(x)",
):
    check_tensor_slopes(lines, {"w": MATRIX}, hint="Is one array in the grad of two Tensors, and changed in place?")
check_tensor_slopes("u = x[[0, 1, 1]]\nv = logsumexp(u, 1)\nw = mean(u, 0)\nL = sum(v) + sum(w * w)", {"x": TABLE})
check_tensor_slopes("u = logsumexp(x, 1)\nv = x[0]\nw = x[1]\nL = logsumexp(u, 0) * sum(v * v * w)", {"x": TABLE})
check_tensor_slopes(
    "v0 = a * 2\n" + "\n".join(f"v{i} = v{i - 1} + b" for i in range(1, 12)) + "\nL = sum(v11 * v3)",
    {"a": THREE, "b": [1.0, 2.0, 4.0]},
)
### END HIDDEN TESTS

# %% check="tensor-again" points=1
lines = "u = a * b\nv = u + b\nL = sum(u * v)"
check_tensor_slopes(
    lines, {"a": THREE, "b": [2.0, 0.25, -1.0]}, roots=["L", "L"], hint="The second backward begins anew."
)
### BEGIN HIDDEN TESTS
lines = "u = a * b\nM = sum(u)\nv = u * u + b\nL = sum(v * a)"
check_tensor_slopes(lines, {"a": THREE, "b": [2.0, 0.25, -1.0]}, roots=["L", "M", "L"], names=["a", "b", "u", "v"])
### END HIDDEN TESTS

# %% check="tensor-constant" points=1
lines = "c = constant(k)\nd = c ** -2\nu = c * d + k\nL = sum(u * w + c + 1)"


def judge_constant(w, k):
    found = ask(beside(through), Tensor, lines, {"w": np.array(w)}, {"k": np.array(k)}, ["L"])
    check_slopes(found, lines, {"w": np.array(w)}, {"k": np.array(k)}, names=["w", "L"])
    assert found["c"][1] is None and found["d"][1] is None and found["u"][1] is None, (
        "A constant got a gradient: backward gives nothing to a Tensor whose `constant` is True."
    )


yours_or_ours(lambda: judge_constant([0.5, 0.25, 1.0], [1, 2, -3]), **MEASURED)
### BEGIN HIDDEN TESTS
yours_or_ours(lambda: judge_constant([[0.7, -1.2]], [[0.3, 1.9]]), **MEASURED)
### END HIDDEN TESTS

# %% [markdown] question="notebooks" minutes=15 level=2 lines=12
# ## 10. The gradients of four notebooks
#
# Now the engine earns its living. Write down four losses that you know, with Tensors, and only the way there:
# no `d` of anything. Each takes its parameters as Tensors, and its data as plain arrays or numbers.
#
# | function | from | what it computes |
# |---|---|---|
# | `xor_loss(W, b, v, c, X, y)` | 02 | $z = XW + b$, $a = \max(0, z)$, $s = a v + c$, and the sum over all points of $\ln(1 + e^s) - y\,s$ |
# | `mlp_loss(thetas, X, y)` | 03 | for each $\theta$: $a \leftarrow \sigma(a\,\theta_{\cdot,1:}^\top + \theta_{\cdot,0})$, beginning with $a = X$; then the mean of $(a - y)^2$ |
# | `digit_loss(weights, biases, sample, label)` | 04 | for each $W$ and $b$: $z = aW + b$ and $a = \sigma(z)$, beginning with the sample; at the last layer no sigmoid: $\text{lse}(z) - z_\text{label}$ |
# | `tanh_loss(w1, w2, b, x, t)` | 05 | $y = \tanh(w_2 \tanh(w_1 x) + b)$, and $\frac12 (y - t)^2$ |
#
# The cross-entropy of 02, $-y \ln \sigma(s) - (1 - y) \ln(1 - \sigma(s))$, is the same as $\ln(1 + e^s) - y\,s$.
# A ReLU needs no new operation: `z * (z.data > 0)` multiplies with a constant of zeros and ones.
# Shapes are those of the notebooks: `W` $(2, 3)$, `b` $(1, 3)$, `v` $(3, 1)$, `c` $()$, `X` $(n, 2)$, `y` $(n, 1)$;
# each $\theta$ $(n_\text{out}, n_\text{in} + 1)$ with the biases in column 0; `sample` $(1, n)$, each bias $(n,)$.
#
# Use the operations in the table of question 9, and `sigmoid` from the cell. While this is checked, another class may stand
# in the place of your Tensor, which knows these and no others.
#
# Hint: Copy the formulas from the left to the right. A Tensor does what an array does: `X @ W + b`.
#
# Hint: `(1 + s.exp()).log()`, and `theta[:, 1:].T`. All of it stays a Tensor from the first line to the last:
# no `np.exp`, no `float`, and `.data` only in the mask of the ReLU.
#
# Hint: In `digit_loss`, `z` has the shape $(1, 10)$: `z.logsumexp(1)` has $(1,)$, and so has `z[:, label]`.
# `.sum()` of their difference is the single number. Which layer is the last? The one after the loop over all others.


# %% solution="notebooks"
def sigmoid(z):
    """1 / (1 + e^-z), written with a tanh, which cannot overflow."""
    return (z * 0.5).tanh() * 0.5 + 0.5


def xor_loss(W, b, v, c, X, y):
    """The loss of the XOR classifier over all its points, a Tensor with a single number."""
    ### BEGIN SOLUTION
    z = X @ W + b
    s = (z * (z.data > 0)) @ v + c
    return ((1 + s.exp()).log() - s * y).sum()
    ### END SOLUTION


def mlp_loss(thetas, X, y):
    """The loss of the vectorized network, a Tensor with a single number."""
    ### BEGIN SOLUTION
    a = X
    for theta in thetas:
        a = sigmoid(a @ theta[:, 1:].T + theta[:, 0])
    return ((a - y) ** 2).mean()
    ### END SOLUTION


def digit_loss(weights, biases, sample, label):
    """The loss of the digit network at one sample, a Tensor with a single number."""
    ### BEGIN SOLUTION
    a = sample
    for W, b in zip(weights[:-1], biases[:-1]):
        a = sigmoid(a @ W + b)
    z = a @ weights[-1] + biases[-1]
    return (z.logsumexp(1) - z[:, label]).sum()
    ### END SOLUTION


def tanh_loss(w1, w2, b, x, t):
    """The loss of the network with two tanh units at one point, a Tensor with a single number."""
    ### BEGIN SOLUTION
    y = ((w1 * x).tanh() * w2 + b).tanh()
    return (y - t) ** 2 * 0.5
    ### END SOLUTION


# %% given
# @title Tools of the next checks, and a Tensor for them: run me, nothing to change here
class PracticeTensor:
    """Does on the way there what your Tensor does. Its way back is a ruler: it measures, one entry at a time."""

    __array_ufunc__ = None

    def __init__(self, data, recipe=None, operands=(), constant=False):
        self.data, self.grad, self.constant = np.asarray(data, dtype=float), None, constant
        self.recipe, self.operands = recipe, operands

    def made(self, recipe, *operands):
        known = [one if isinstance(one, PracticeTensor) else PracticeTensor(one, constant=True) for one in operands]
        return PracticeTensor(recipe(*(one.data for one in known)), recipe, known)

    def again(self, known):
        if id(self) not in known:
            known[id(self)] = self.recipe(*(one.again(known) for one in self.operands)) if self.recipe else self.data
        return known[id(self)]

    def leaves(self):
        found = {} if self.recipe or self.constant else {id(self): self}
        for one in self.operands:
            found |= one.leaves()
        return found

    def backward(self):
        for leaf in self.leaves().values():
            leaf.grad = complex_steps(lambda moved, leaf=leaf: self.again({id(leaf): moved}), leaf.data, 1.0)

    def __add__(self, other):
        return self.made(lambda a, b: a + b, self, other)

    def __sub__(self, other):
        return self.made(lambda a, b: a - b, self, other)

    def __rsub__(self, other):
        return self.made(lambda a, b: b - a, self, other)

    def __mul__(self, other):
        return self.made(lambda a, b: a * b, self, other)

    def __truediv__(self, other):
        return self.made(lambda a, b: a / b, self, other)

    def __rtruediv__(self, other):
        return self.made(lambda a, b: b / a, self, other)

    def __matmul__(self, other):
        return self.made(lambda a, b: a @ b, self, other)

    def __rmatmul__(self, other):
        return self.made(lambda a, b: b @ a, self, other)

    def __neg__(self):
        return self.made(lambda a: -a, self)

    def __pow__(self, n):
        return self.made(lambda a: a**n, self)

    def __getitem__(self, index):
        return self.made(lambda a: a[index], self)

    def exp(self):
        return self.made(np.exp, self)

    def tanh(self):
        return self.made(np.tanh, self)

    def log(self):
        return self.made(np.log, self)

    def sum(self, axis=None):
        return self.made(lambda a: a.sum(axis), self)

    def mean(self, axis=None):
        return self.made(lambda a: a.mean(axis), self)

    def logsumexp(self, axis):
        return self.made(lambda a: plain_logsumexp(a, axis), self)

    def reshape(self, *shape):
        return self.made(lambda a: a.reshape(*shape), self)

    @property
    def T(self):
        return self.made(lambda a: a.T, self)

    __radd__, __rmul__ = __add__, __mul__


def loss_found(function, kind, parameters, data):
    """A loss of Tensors: its number, and the gradients of all its parameters; lists of parameters are lists."""

    def tensors(value):
        return [tensors(item) for item in value] if isinstance(value, list) else kind(value)

    def gradients(value):
        return [gradients(item) for item in value] if isinstance(value, list) else value.grad

    parameters = tensors(parameters)
    loss = function(*parameters, *data)
    loss.backward()
    return [loss.data, *gradients(parameters)]


def arrays(*shapes):
    """Small numbers without a pattern, in arrays of these shapes."""
    numbers = [np.sin(1.7 * np.arange(1, 1 + math.prod(shape)) + place) for place, shape in enumerate(shapes)]
    return [one.reshape(shape) for one, shape in zip(numbers, shapes)]


def flat(items):
    """All arrays in lists of lists."""
    return [array for item in items for array in (flat(item) if isinstance(item, list) else [item])]


def check_lengths(found, loss, lengths, known=None):
    """Compare a loss with a number, and the lengths of all its gradients."""
    found = flat(list(found))
    check_value("the loss", found[0], loss, any_shape=True, known=known)
    for number, (gradient, length) in enumerate(zip(found[1:], lengths, strict=True)):
        hint = (
            "The loss is right, and its gradient is not: does a part of it leave the Tensors, through .data or float?"
        )
        assert gradient is not None, f"Nothing comes back to parameter {number + 1}. {hint}"
        check_value(
            f"the length of the gradient of parameter {number + 1}",
            np.linalg.norm(as_numbers(gradient)),
            length,
            hint=hint,
        )


def check_loss(found, parameters, right_loss):
    """Compare a loss and all gradients with what measuring a right loss gives."""
    flat_parameters = flat(parameters)
    found = flat(list(found))
    check_value("the loss", found[0], right_loss(*flat_parameters).real, any_shape=True)
    for number, parameter in enumerate(flat_parameters):
        want = complex_steps(
            lambda moved, n=number: right_loss(*(moved if k == n else p for k, p in enumerate(flat_parameters))),
            parameter,
            1.0,
        )
        hint = (
            "The loss is right, and its gradient is not: does a part of it leave the Tensors, through .data or float?"
        )
        check_value(
            f"the gradient of parameter {number + 1} of {len(flat_parameters)}",
            found[1 + number],
            want,
            hint=hint,
            atol=1e-13,
        )


def layer_found(kind, n_in, n_out, seed, x):
    """A new layer: its parameters, and its output before and after its parameters get other numbers."""
    import numpy as np

    layer = kind(n_in, n_out, np.random.default_rng(seed))
    W, b = layer.parameters()
    before = [np.array(W.data), np.array(b.data), layer(x).data]
    W.data, b.data = W.data + 1.0, b.data - np.arange(1.0, n_out + 1)
    return [*before, layer(x).data, layer.W is W and layer.b is b, bool(W.constant or b.constant)]


def walk_found(kind, start, gradients, rate):
    """Where an optimizer takes its parameters, step by step, when these gradients come one after the other."""
    import numpy as np

    class Parameter:
        def __init__(self, data):
            self.data, self.grad = np.array(data), None

    parameters, others = ([Parameter(data) for data in start] for _ in range(2))
    optimizer, other, places = kind(parameters, rate), kind(others, rate), []
    for row in gradients:
        for parameter, gradient in zip(others, row):
            parameter.grad = 1.0 - 2.0 * np.array(gradient)
        other.step()  # of another network: it has memories of its own
        for parameter, gradient in zip(parameters, row):
            parameter.grad = np.array(gradient)
        optimizer.step()
        places.append([np.array(parameter.data) for parameter in parameters])
        if not all(np.array_equal(parameter.grad, gradient) for parameter, gradient in zip(parameters, row)):
            raise AssertionError("A step should leave `grad` as it is, and it is another.")
    return places


def adam_walk(gradients, rate, count=lambda step: step, beta=(0.9, 0.999), eps=1e-8):
    """How far Adam has gone after each step, for one parameter, by weights of all past gradients."""
    gone, places = 0.0, []
    for step in range(1, len(gradients) + 1):
        past, t = np.array(gradients[:step]), count(step)
        ages = np.arange(step)[::-1].reshape(-1, *[1] * (past.ndim - 1))
        m = ((1 - beta[0]) * beta[0] ** ages * past).sum(0) / (1 - beta[0] ** t)
        v = ((1 - beta[1]) * beta[1] ** ages * past**2).sum(0) / (1 - beta[1] ** t)
        gone = gone - rate * m * (v + eps) ** -0.5
        places.append(gone)
    return places


def letters_found(function, kind, parameters, contexts, targets):
    """The logits, or the loss and its gradients, of a small network that writes."""
    table, *rest = [kind(parameter) for parameter in parameters]
    layers = [lambda x, W=W, b=b: x @ W + b for W, b in zip(rest[::2], rest[1::2])]
    if targets is None:
        return function(table, layers, contexts).data
    loss = function(table, layers, contexts, targets)
    loss.backward()
    return [loss.data, *(parameter.grad for parameter in (table, *rest))]


def training_found(function, batches):
    """What a training does with a loss and an optimizer that write everything down."""
    import numpy as np

    diary = []

    class Loss:
        def __init__(self, data):
            self.data = np.array(data)

        def backward(self):
            diary.append("backward")
            self.data = self.data * 1.0

    class Optimizer:
        def step(self):
            diary.append("step")
            moved[0] += 1

    def loss_of(batch):
        diary.append(f"loss of {batch}")
        return Loss(1.5 * batch + 0.25 * moved[0])

    moved, given = [0], list(batches)
    losses = function(loss_of, Optimizer(), batches)
    if list(batches) != given:
        raise AssertionError("train should leave its list of batches as it is.")
    return losses, diary


def word_found(function, rows, seeds, longest):
    """Words that are drawn with odds from a table: `rows` maps three letters to a letter, or to several as likely."""
    import numpy as np

    asked = []

    def odds(three):
        asked.append([int(letter) for letter in three])
        likely = rows.get(tuple(asked[-1]), [0])
        return np.array([(letter in likely) / len(likely) for letter in range(27)])

    more = [] if longest is None else [longest]
    return [function(odds, np.random.default_rng(seed), *more) for seed in seeds], asked


# %% check="notebooks-xor" points=1
X, y = np.array([[1.0, 1.5], [-0.7, 1.2], [0.4, -1.8]]), np.array([[1.0], [0.0], [0.0]])
check_lengths(
    ask(beside(loss_found), xor_loss, PracticeTensor, arrays((2, 3), (1, 3), (3, 1), ()), [X, y]),
    2.972858511889841,
    [0.9759701856464147, 0.48492512395782505, 1.8845494041865332, 0.3024461414923769],
    known={"this is the mean over the points, where the sum is asked": 0.9909528372966138},
)


### BEGIN HIDDEN TESTS
def right_xor(W, b, v, c):
    z = X @ W + b
    s = (z * (np.real(z) > 0)) @ v + c
    return np.sum(np.log(1 + np.exp(s)) - y * s)


for seed in (22, 23):
    rng = np.random.default_rng(seed)
    X, y = rng.normal(0, 2, (5, 2)), rng.integers(0, 2, (5, 1)).astype(float)
    parameters = [rng.normal(0, 1, (2, 3)), rng.normal(0, 1, (1, 3)), rng.normal(0, 1, (3, 1)), np.array(-0.4)]
    check_loss(ask(beside(loss_found), xor_loss, PracticeTensor, parameters, [X, y]), parameters, right_xor)
# What goes into the ReLU is hardly above 0, and hardly below; and exactly 0, where the table of the task says 0.
X, y = np.array([[5e-8, 0.0], [-5e-8, 0.0], [0.0, 0.0]]), np.array([[1.0], [0.0], [1.0]])
parameters = [np.ones((2, 3)), np.zeros((1, 3)), np.array([[0.7], [-1.2], [0.4]]), np.array(0.3)]
check_loss(ask(beside(loss_found), xor_loss, PracticeTensor, parameters, [X, y]), parameters, right_xor)
### END HIDDEN TESTS

# %% check="notebooks-mlp" points=1
X, y = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]]), np.array([[0.0], [1.0], [1.0], [0.0]])
check_lengths(
    ask(beside(loss_found), mlp_loss, PracticeTensor, [arrays((2, 3), (1, 3))], [X, y]),
    0.25502873341916854,
    [0.008093575933502252, 0.0407480169052658],
    known={
        "the biases are taken from the last column": 0.264324777,
        "this is the sum of the squares, where the mean is asked": 4 * 0.25502873341916854,
    },
)


### BEGIN HIDDEN TESTS
def right_mlp(*thetas):
    a = X
    for theta in thetas:
        a = 1 / (1 + np.exp(-np.hstack([np.ones((len(a), 1)), a]) @ theta.T))
    return np.mean((a - y) ** 2)


rng = np.random.default_rng(24)
for _ in range(2):
    X, y = rng.normal(0, 2, (3, 2)), rng.normal(0, 1, (3, 2))
    thetas = [rng.normal(0, 1, shape) for shape in ((2, 3), (3, 3), (2, 4))]
    check_loss(ask(beside(loss_found), mlp_loss, PracticeTensor, [thetas], [X, y]), thetas, right_mlp)
thetas = [rng.normal(0, 1, shape) for shape in ((2, 3), (1, 3), (3, 2), (2, 4), (2, 3))]
check_loss(ask(beside(loss_found), mlp_loss, PracticeTensor, [thetas], [X, y]), thetas, right_mlp)
### END HIDDEN TESTS

# %% check="notebooks-digit" points=1
weights, biases = arrays((4, 3), (3, 3), (3,), (3,))[:2], arrays((4, 3), (3, 3), (3,), (3,))[2:]
check_lengths(
    ask(beside(loss_found), digit_loss, PracticeTensor, [weights, biases], [np.array([[0.2, -1.0, 0.7, 1.5]]), 2]),
    1.2556243745783302,
    [0.28729519273489146, 0.9067457241606711, 0.1477687022233287, 0.9239125828222816],
    known={"the last layer goes through a sigmoid, too": 1.10650482},
)


### BEGIN HIDDEN TESTS
def right_digit(*parameters):
    half, a = len(parameters) // 2, sample
    for W, b in zip(parameters[: half - 1], parameters[half:]):
        a = 1 / (1 + np.exp(-a @ W - b))
    z = (a @ parameters[half - 1] + parameters[-1])[0]
    return np.log(np.exp(z).sum()) - z[label]


rng = np.random.default_rng(25)
for label, sizes in ((0, (3, 4, 2, 5)), (3, (2, 4)), (1, (3, 2, 3))):
    sample = rng.normal(0, 1, (1, sizes[0]))
    weights = [rng.normal(0, 2, shape) for shape in zip(sizes, sizes[1:])]
    biases = [rng.normal(0, 1, size) for size in sizes[1:]]
    found = ask(beside(loss_found), digit_loss, PracticeTensor, [weights, biases], [sample, label])
    check_loss(found, [*weights, *biases], right_digit)
### END HIDDEN TESTS

# %% check="notebooks-tanh" points=1
check_lengths(
    ask(beside(loss_found), tanh_loss, PracticeTensor, [np.array(0.8), np.array(-1.5), np.array(0.4)], [1.2, 0.5]),
    0.6212601503071209,
    [0.5568193509305771, 0.5161677880693849, 0.6935158281876911],
    known={
        "the factor 1/2 is missing": 1.2425203006142418,
        "z2 is made with w1, where the formula has w2": 0.03371284861372782,
    },
)


### BEGIN HIDDEN TESTS
def right_tanh(w1, w2, b):
    return (np.tanh(w2 * np.tanh(w1 * x) + b) - t) ** 2 / 2


for x, t, *numbers in (
    (0.9, 0.2, 0.3, 1.7, -0.6),
    (1.6, -0.7, -1.1, 0.45, 0.25),
    (-0.5, 12.4, 0.7, -0.9, -1.3),
    (1.1, 0.0, 0.5, -0.8, 0.3),
):
    numbers = [np.array(number) for number in numbers]
    check_loss(ask(beside(loss_found), tanh_loss, PracticeTensor, numbers, [x, t]), numbers, right_tanh)
### END HIDDEN TESTS

# %% [markdown]
# **Look:** your losses on **your** Tensors, against the ruler. What you derived over four notebooks comes out of one engine.
# `loss.backward()` is no longer magic: it is `order`, and your functions.
#
# Stretch: Give `Tensor` a method `relu`, and write `concatenate` for a list of Tensors. What does your judge say of their ways back?

# %%
rng = np.random.default_rng(5)
cloud, digits = rng.normal(0, 1, (20, 2)), rng.normal(0, 1, (1, 8))
shapes = {
    "02 xor": (xor_loss, [(2, 3), (1, 3), (3, 1), ()], [cloud, (cloud.prod(1, keepdims=True) > 0) * 1.0]),
    "03 mlp": (mlp_loss, [[(2, 3), (2, 3), (1, 3)]], [cloud, cloud[:, :1] ** 2]),
    "04 digit": (digit_loss, [[(8, 4), (4, 3)], [(4,), (3,)]], [digits, 1]),
    "05 tanh": (tanh_loss, [(), (), ()], [0.7, 0.3]),
}


def random_arrays(shapes):
    return [random_arrays(shape) if isinstance(shape, list) else rng.normal(0, 1, shape) for shape in shapes]


for name, (function, wanted, given_data) in shapes.items():
    start = random_arrays(wanted)
    yours = flat(loss_found(function, Tensor, start, given_data)[1:])
    ruler = flat(loss_found(function, PracticeTensor, start, given_data)[1:])
    gap = max(np.abs(one - other).max() for one, other in zip(yours, ruler))
    print(
        f"{name:>9}: {sum(array.size for array in yours):3} gradients, the largest difference from the ruler is {gap:.0e}"
    )

# %% [markdown] section="use"
# # Part C. Use it
#
# What is missing until a network learns? A layer that holds weights, an optimizer that moves them, and something to learn.

# %% [markdown] question="parts" minutes=15 level=2 lines=14
# ## 11. A layer and an optimizer
#
# **`Linear(n_in, n_out, rng)`** holds two Tensors: `W` of shape $(n_\text{in}, n_\text{out})$,
# drawn with `rng.normal(0, 1 / np.sqrt(n_in), ...)`, and `b`, which is zero, of shape $(n_\text{out},)$.
# Called with `x` of shape $(n, n_\text{in})$ it returns $x W + b$. `parameters()` is the list `[W, b]`.
#
# **`Adam(parameters, rate)`** is the optimizer of the first notebook, for a list of Tensors.
# For each parameter it keeps $m$ and $v$, which begin at 0. In step number $t = 1, 2, \dots$, with the gradient $g$:
#
# $$m \leftarrow 0.9\, m + 0.1\, g \qquad v \leftarrow 0.999\, v + 0.001\, g^2 \qquad
# \text{data} \leftarrow \text{data} - \text{rate} \cdot \frac{m / (1 - 0.9^t)}{\sqrt{v / (1 - 0.999^t) + 10^{-8}}}$$
#
# The gradients are in `grad` when `step()` is called. A step changes `data`, and leaves `grad` as it is.
#
# Hint: An optimizer has a memory: make lists of zeros in `__init__`, one entry for each parameter.
#
# Hint: `t` goes up by one in each step, not for each parameter.
#
# Hint: The $10^{-8}$ stands inside the root, as in the first notebook. `np.zeros_like(parameter.data)` has the right shape.


# %% solution="parts"
class Linear:
    """A layer of a network: x @ W + b."""

    def __init__(self, n_in, n_out, rng):
        """Draw W from the generator rng; b is zero."""
        ### BEGIN SOLUTION
        self.W = Tensor(rng.normal(0, 1 / np.sqrt(n_in), (n_in, n_out)))
        self.b = Tensor(np.zeros(n_out))
        ### END SOLUTION

    def __call__(self, x):
        """The layer's output, a Tensor of shape (n, n_out), for x of shape (n, n_in)."""
        ### BEGIN SOLUTION
        return x @ self.W + self.b
        ### END SOLUTION

    def parameters(self):
        """The two Tensors that can be trained, W and b."""
        ### BEGIN SOLUTION
        return [self.W, self.b]
        ### END SOLUTION


class Adam:
    """Moves parameters downhill, each entry with a step of about the size of the rate."""

    def __init__(self, parameters, rate):
        """Remember the parameters (a list of Tensors) and the rate, and begin with empty memories."""
        ### BEGIN SOLUTION
        self.parameters, self.rate, self.t = parameters, rate, 0
        self.m = [np.zeros_like(parameter.data) for parameter in parameters]
        self.v = [np.zeros_like(parameter.data) for parameter in parameters]
        ### END SOLUTION

    def step(self):
        """Move the data of every parameter once, against its grad."""
        ### BEGIN SOLUTION
        self.t += 1
        for i, parameter in enumerate(self.parameters):
            self.m[i] = 0.9 * self.m[i] + 0.1 * parameter.grad
            self.v[i] = 0.999 * self.v[i] + 0.001 * parameter.grad**2
            m, v = self.m[i] / (1 - 0.9**self.t), self.v[i] / (1 - 0.999**self.t)
            parameter.data = parameter.data - self.rate * m / np.sqrt(v + 1e-8)
        ### END SOLUTION


# %% check="parts-linear" points=2
def judge_layer(n_in, n_out, seed, x):
    W, b, before, after, same, fixed = ask(beside(layer_found), Linear, n_in, n_out, seed, x)
    check_value("b of a new layer", b, np.zeros(n_out))
    assert np.shape(W) == (n_in, n_out), f"W should have the shape (n_in, n_out), {(n_in, n_out)}, not {np.shape(W)}."
    check_value(
        "W of a new layer",
        W,
        np.random.default_rng(seed).normal(0, n_in**-0.5, (n_in, n_out)),
        known={
            "the spread is 1, whatever n_in is": np.random.default_rng(seed).normal(0, 1, (n_in, n_out)),
        },
        hint="Drawn as in the task, in one call.",
    )
    check_value("the output of a layer", before, x @ W, hint="x @ W + b.")
    check_value(
        "its output with other W and b",
        after,
        x @ (W + 1) - np.arange(1.0, n_out + 1),
        known={"b is left out": x @ (W + 1)},
        hint="It uses its own W and b.",
    )
    assert same is True, "parameters() should be the list [W, b] of the Tensors themselves."
    assert fixed is False, "W and b should be no constants: a constant gets no gradient, and never learns."


yours_or_ours(lambda: judge_layer(3, 2, 0, np.array([[1.0, 2.0, -1.0]])), Tensor=PracticeTensor)
### BEGIN HIDDEN TESTS
yours_or_ours(lambda: judge_layer(2, 5, 3, np.array([[0.3, 2.7], [1.1, -0.8], [0.2, 0.9]])), Tensor=PracticeTensor)
### END HIDDEN TESTS

# %% check="parts-adam" points=3
places = ask(beside(walk_found), Adam, [np.array([1.0, 2.0, 3.0])], [[np.array([0.5, -20.0, 0.0])]], 0.1)
check_value(
    "the parameter after one step",
    places[0][0],
    np.array([1.0, 2.0, 3.0]) + adam_walk([np.array([0.5, -20.0, 0.0])], 0.1)[0],
    known={
        "it goes uphill": [1.1, 1.9, 3.0],
        "m is not divided by 1 - 0.9^t": [0.99, 2.01, 3.0],
        "neither m nor v is corrected": [
            1 - 0.1 * 0.05 / np.sqrt(0.00025 + 1e-8),
            2 + 0.1 * 2 / np.sqrt(0.4 + 1e-8),
            3.0,
        ],
        "nothing moves": [1.0, 2.0, 3.0],
    },
    hint="In the first step every entry with a gradient moves by about the rate, whatever the gradient's size.",
)
start = [np.array([1.0, -2.0]), np.array([[0.5]])]
gradients = [
    [np.array([1.0, -3.0]), np.array([[2.0]])],
    [np.array([-0.5, 4.0]), np.array([[0.1]])],
    [np.array([2.0, 0.2]), np.array([[-7.0]])],
]
places = ask(beside(walk_found), Adam, start, gradients, 0.1)
for number, begin in enumerate(start):
    past = [row[number] for row in gradients]
    want = [begin + gone for gone in adam_walk(past, 0.1)]
    for step in (1, 2):
        check_value(
            f"parameter {number + 1} after step {step + 1}",
            places[step][number],
            want[step],
            known={
                "t stays at 1": begin + adam_walk(past, 0.1, lambda step: 1)[step],
                "t counts every parameter, not every step": begin
                + adam_walk(past, 0.1, lambda step: 2 * step - 1 + number)[step],
                "the two memories have changed places": begin + adam_walk(past, 0.1, beta=(0.999, 0.9))[step],
                "m and v begin anew in each step": begin
                + np.sum([adam_walk([one], 0.1)[0] for one in past[: step + 1]], axis=0),
            },
            hint="m, v and t go on from step to step, and each optimizer has its own.",
        )
### BEGIN HIDDEN TESTS
long = np.array([300.0, -250.0])
places = ask(beside(walk_found), Adam, [np.array([50.0, -40.0])], [[long], [long / 2]], 0.03)
want = [np.array([50.0, -40.0]) + gone for gone in adam_walk([long, long / 2], 0.03)]
check_value("a parameter far from 0 after two steps with long gradients", [place[0] for place in places], want)
tiny = np.array([[2e-4, -1e-5], [3.0, 1e-4]])
places = ask(beside(walk_found), Adam, [np.zeros((2, 2))], [[tiny]], 0.03)
check_value(
    "a parameter after one step with tiny gradients",
    places[0][0],
    adam_walk([tiny], 0.03)[0],
    hint="Where does 1e-8 stand?",
)
nearly = [[np.array([4e-9, -2e-9])], [np.array([3e-9, 5e-9])]]
places = ask(beside(walk_found), Adam, [np.zeros(2)], nearly, 0.03)
check_value(
    "a parameter after two steps with gradients that are nearly 0",
    places[1][0],
    adam_walk([row[0] for row in nearly], 0.03)[1],
    hint="Every step is taken, however small its gradient.",
)
rests = [[np.array([0.5, -2.0])], [np.zeros(2)], [np.zeros(2)]]
places = ask(beside(walk_found), Adam, [np.zeros(2)], rests, 1.5)
check_value(
    "a parameter after three steps, of which two have the gradient 0",
    [place[0] for place in places],
    adam_walk([row[0] for row in rests], 1.5),
    hint="Where the gradient is 0 the memory still moves it; and the rate may be of any size.",
)
rng = np.random.default_rng(31)
start = [rng.normal(0, 1, (2, 3)), rng.normal(0, 1, 3), np.array(0.7)]
gradients = [[rng.normal(0, 13, np.shape(one)) for one in start] for _ in range(9)]
places = ask(beside(walk_found), Adam, start, gradients, 0.02)
for number, begin in enumerate(start):
    want = [begin + gone for gone in adam_walk([row[number] for row in gradients], 0.02)]
    for step in range(9):
        check_value(f"parameter {number + 1} of 3 after step {step + 1}", places[step][number], want[step])
places = ask(beside(walk_found), Adam, [np.array(1.0)], [[np.array(2.0)]] * 700, 0.01)
check_value("a parameter after 700 steps with one and the same gradient", places[-1][0], 1 - 14 / np.sqrt(4 + 1e-8))
### END HIDDEN TESTS

# %% [markdown] question="letters" minutes=10 level=2 lines=5
# ## 12. A network that writes
#
# Here is something to learn: the names of 386 minerals, from *acanthite* to *zoisite*.
# The network looks at three letters and guesses the fourth.
# A letter is a number: `a` is 1, `z` is 26, and 0 stands before the first letter and after the last one.

# %% given embed="minerals.txt"

# %% given
# @title The names, as numbers: run me
MINERALS = open_course_file("minerals.txt").read().decode().split()
CONTEXTS, TARGETS = [], []
for mineral in MINERALS:
    letters = [0, 0, 0, *(ord(letter) - 96 for letter in mineral), 0]
    for place in range(3, len(letters)):
        CONTEXTS.append(letters[place - 3 : place])
        TARGETS.append(letters[place])
CONTEXTS, TARGETS = np.array(CONTEXTS), np.array(TARGETS)


def spelled(letters):
    """Numbers as a word."""
    return "".join(chr(96 + int(letter)) for letter in letters)


# %% [markdown]
# So *acanthite* makes ten guesses: `...` is followed by `a`, `..a` by `c`, `.ac` by `a`, up to `ite`, which is followed by the end.
#
# `table` is a Tensor of shape $(27, d)$: each letter has a row of $d$ numbers, which are learned like everything else.
# For `contexts` of shape $(n, 3)$:
#
# 1. Look up all letters, `table[contexts]`, of shape $(n, 3, d)$, and lay the three rows side by side: $(n, 3d)$.
# 2. Send this through all layers in turn, with a tanh after each but the last. What comes out are the logits, $(n, 27)$.
# 3. The loss is the mean over the rows of $\text{lse}(\text{logits}) - \text{logits}_\text{target}$.
#
# The checks use fewer letters than 27: take every size from the arguments.
# `layers` is a list of things that can be called, such as your `Linear`. The rules of question 10 hold here, too.
#
# Hint: Three steps, three or four lines. Write the shape beside each.
#
# Hint: `reshape(len(contexts), -1)` lays side by side.
#
# Hint: `logits[np.arange(n), targets]` takes one entry out of each row.


# %% solution="letters"
def letters_logits(table, layers, contexts):
    """The logits of the next letter, a Tensor of shape (n, 27).

    Args:
        table: a Tensor of shape (27, d).
        layers: a list of functions of a Tensor, at least one.
        contexts: whole numbers from 0 to 26, an array of shape (n, 3).
    """
    ### BEGIN SOLUTION
    h = table[contexts].reshape(len(contexts), -1)
    for layer in layers[:-1]:
        h = layer(h).tanh()
    return layers[-1](h)
    ### END SOLUTION


def letters_loss(table, layers, contexts, targets):
    """The loss of the guesses, a Tensor with a single number; targets is an array of shape (n,)."""
    ### BEGIN SOLUTION
    logits = letters_logits(table, layers, contexts)
    return (logits.logsumexp(1) - logits[np.arange(len(targets)), targets]).mean()
    ### END SOLUTION


# %% check="letters" points=2
contexts = np.array([[0, 0, 3], [0, 3, 1], [3, 1, 2], [1, 1, 1]])
got = ask(
    beside(letters_found), letters_logits, PracticeTensor, arrays((4, 2), (6, 3), (3,), (3, 4), (4,)), contexts, None
)
want = np.array([
    [-0.21141704704375253, 0.12033743289822818, 0.1804074156705665, -0.16682643737670033],
    [0.2596476868694453, 0.9091943277884174, -0.4939370536299617, -0.7819121880108677],
    [0.09140121933574386, 1.4580782191550723, -0.467131920916454, -1.3377034669155161],
    [-0.052530663983914316, 0.9017249591375758, -0.1798339287235528, -0.8553837359304475],
])  # fmt: skip
known = {"there is a tanh after the last layer, too": np.tanh(want)}
check_value(
    "the logits of a small network", got, want, known=known, hint="Look up, lay side by side, then layer by layer."
)
network = arrays((4, 2), (6, 3), (3,), (3, 4), (4,))
contexts, targets = np.array([[0, 0, 3], [0, 3, 1], [3, 1, 2], [1, 1, 1]]), np.array([3, 1, 0, 2])
LENGTHS = [0.4298014060169019, 0.7022046829991968, 0.32209345196388794, 0.37733084592413607, 0.29972596955003666]
known = {"this is the sum over the rows; the mean is asked": 4 * 1.421397932584084}
check_lengths(
    ask(beside(letters_found), letters_loss, PracticeTensor, network, contexts, targets),
    1.421397932584084,
    LENGTHS,
    known,
)


### BEGIN HIDDEN TESTS
def right_logits(contexts, table, *rest):
    h = np.concatenate([table[contexts[:, place]] for place in range(3)], axis=1)
    for number, (W, b) in enumerate(zip(rest[::2], rest[1::2])):
        h = (np.tanh(h) if number else h) @ W + b
    return h


rng = np.random.default_rng(41)
contexts = rng.integers(0, 5, (6, 3))
for network in ([(5, 1), (3, 4), (4,), (4, 2), (2,), (2, 5), (5,)], [(5, 2), (6, 5), (5,)]):
    network = [rng.normal(0, 1, shape) for shape in network]
    got = ask(beside(letters_found), letters_logits, PracticeTensor, network, contexts, None)
    check_value(f"the logits of a network of {len(network) // 2} layers", got, right_logits(contexts, *network))
    got = ask(beside(letters_found), letters_logits, PracticeTensor, network, contexts[:1], None)
    check_value("the logits of a single row of contexts", got, right_logits(contexts[:1], *network))


def right_letters(table, W1, b1, W2, b2):
    h = np.tanh(table[contexts].reshape(len(contexts), -1) @ W1 + b1)
    logits = h @ W2 + b2
    return np.mean(np.log(np.exp(logits).sum(1)) - logits[range(len(targets)), targets])


rng = np.random.default_rng(42)
network = [rng.normal(0, 1, shape) for shape in ((5, 1), (3, 4), (4,), (4, 5), (5,))]
contexts, targets = rng.integers(0, 5, (3, 3)), np.array([4, 4, 1])
check_loss(ask(beside(letters_found), letters_loss, PracticeTensor, network, contexts, targets), network, right_letters)
for count in (1, 90):
    contexts, targets = rng.integers(0, 5, (count, 3)), rng.integers(0, 5, count)
    found = ask(beside(letters_found), letters_loss, PracticeTensor, network, contexts, targets)
    check_value(
        f"the loss of {count} guesses",
        flat(list(found))[0],
        right_letters(*network),
        any_shape=True,
        hint="The mean over all rows.",
    )
### END HIDDEN TESTS

# %% [markdown] question="train" minutes=10 level=1 lines=14
# ## 13. Train it, and let it write
#
# **`train(loss_of, optimizer, batches)`** is the loop that you know: for each batch the loss, the way back, one step.
# It returns the losses, one number a batch, as they were *before* the step.
#
# **`write(odds, rng, longest)`** makes a word. It begins with three zeros.
# Again and again it draws the next letter with the probabilities `odds(last_three)`, an array of shape $(27,)$,
# by `rng.choice(27, p=...)`. It stops when 0 is drawn, or when the word has `longest` letters.
# It returns the letters as a list of whole numbers, without zeros.
#
# Hint: `loss_of(batch)` is a Tensor: its number is in `data`.
#
# Hint: Keep one list of letters that begins with the three zeros, and look at its last three.
#
# Hint: `letters[-3:]` are the last three, and `letters[3:]` is the word.


# %% solution="train"
def train(loss_of, optimizer, batches):
    """Train on one batch after the other.

    Args:
        loss_of: a function of a batch that returns a loss, a Tensor with a single number.
        optimizer: an object with a method `step()`.
        batches: a list of batches.

    Returns:
        a list of floats: the loss of each batch before its step.
    """
    ### BEGIN SOLUTION
    losses = []
    for batch in batches:
        loss = loss_of(batch)
        loss.backward()
        optimizer.step()
        losses.append(float(loss.data))
    return losses
    ### END SOLUTION


def write(odds, rng, longest=15):
    """Draw a word, letter by letter.

    Args:
        odds: a function of the last three letters, a list of three whole numbers; returns 27 probabilities.
        rng: a numpy generator.
        longest: how many letters the word may have.

    Returns:
        a list of whole numbers from 1 to 26.
    """
    ### BEGIN SOLUTION
    letters = [0, 0, 0]
    while len(letters) < 3 + longest:
        letter = int(rng.choice(27, p=odds(letters[-3:])))
        if letter == 0:
            break
        letters.append(letter)
    return letters[3:]
    ### END SOLUTION


# %% check="train-loop" points=2
losses, diary = ask(beside(training_found), train, [4, 2, 7])
check_value(
    "the losses of three batches",
    losses,
    [6.0, 3.25, 11.0],
    known={"the loss was noted after the step": [6.25, 3.5, 11.25], "only the last loss is there": 11.0},
    hint="One number a batch, before the step.",
)
want = [line for batch in (4, 2, 7) for line in (f"loss of {batch}", "backward", "step")]
assert diary == want, f"For each batch: the loss, then backward, then step. Yours was: {', '.join(diary[:12])}."
### BEGIN HIDDEN TESTS
losses, diary = ask(beside(training_found), train, [-14])
check_value("the loss of a single batch", losses, [-21.0])
assert diary == ["loss of -14", "backward", "step"], "For each batch: the loss, then backward, then step."
losses, _ = ask(beside(training_found), train, [0, 3])
check_value("the losses of two batches of which the first is 0", losses, [0.0, 4.75])
many = [1 / 7 + number**2 for number in range(1200)]
losses, diary = ask(beside(training_found), train, many)
check_count(
    "The number of losses of 1,200 batches",
    np.size(losses),
    1200,
    hint="Every batch counts, also where the loss rises.",
)
check_value(
    "the losses of 1,200 batches",
    losses,
    1.5 * np.array(many) + 0.25 * np.arange(1200),
    hint="Every digit, and every batch.",
)
check_count("The number of lines in the diary of 1,200 batches", len(diary), 3600)
### END HIDDEN TESTS

# %% check="train-write" points=2
rows = {(0, 0, 0): [15], (0, 0, 15): [16], (0, 15, 16): [1], (15, 16, 1): [12]}
words, asked = ask(beside(word_found), write, rows, [1], 9)
check_count(
    "The number of letters of a word that spells opal",
    len(words[0]) if isinstance(words[0], list | tuple) else -1,
    4,
    "The 0 is no letter of it.",
)
check_value(
    "the letters of a word that spells opal",
    words[0],
    [15, 16, 1, 12],
    hint="It ends when 0 is drawn; the 0 is no letter of it.",
)
### BEGIN HIDDEN TESTS
rows = {
    (0, 0, 0): [7],
    (0, 0, 7): [7],
    (0, 7, 7): [26],
    (7, 7, 26): [1],
    (7, 26, 1): [26],
    (26, 1, 26): [1],
    (1, 26, 1): [26],
}
words, asked = ask(beside(word_found), write, rows, [2], 7)
check_value("a word that would not end, with longest = 7", words[0], [7, 7, 26, 1, 26, 1, 26])
check_value(
    "the three letters before each draw",
    asked,
    [[0, 0, 0], [0, 0, 7], [0, 7, 7], [7, 7, 26], [7, 26, 1], [26, 1, 26], [1, 26, 1]],
)
words, _ = ask(beside(word_found), write, {(0, 0, 0): [7], (0, 0, 7): [7], (0, 7, 7): [7], (7, 7, 7): [7]}, [2], None)
check_value("a word that would not end, with the usual longest", words[0], [7] * 15)
words, _ = ask(beside(word_found), write, {(0, 0, 0): [3, 4, 5, 6]}, range(60), 5)
drawn = [word[0] for word in words]
wheel = {(0, 0, 0): [1], (0, 0, 1): [2], (0, 1, 2): [3], (1, 2, 3): [4], (2, 3, 4): [1], (3, 4, 1): [2], (4, 1, 2): [3]}
longer, asked = ask(beside(word_found), write, wheel, [3], 26)
check_value("a word of 26 letters", longer[0], [1, 2, 3, 4] * 6 + [1, 2])
check_value("the three letters before the last draw of it", asked[-1], [3, 4, 1])
check_count("The number of letters with longest = 0", np.size(ask(beside(word_found), write, wheel, [3], 0)[0][0]), 0)
counts = [drawn.count(letter) for letter in (3, 4, 5, 6)]
assert min(counts) >= 4 and sum(counts) == 60, (
    "Letters should be drawn with the given probabilities, from the given generator."
)
assert words == ask(beside(word_found), write, {(0, 0, 0): [3, 4, 5, 6]}, range(60), 5)[0], "Draw from rng alone."
### END HIDDEN TESTS

# %% [markdown]
# Now all of it together: a new network, a few seconds of training, and what it writes before and after.
# Guessing blindly costs $\ln 27 \approx 3.3$. **Look:** how far down does the loss get? And what does the network write?


# %%
def new_network(seed):
    """A table of letters and two layers."""
    rng = np.random.default_rng(seed)
    return Tensor(rng.normal(0, 1, (27, 10))), [Linear(30, 80, rng), Linear(80, 27, rng)]


def some_words(table, layers, seed, count):
    """Words that the network writes."""

    def odds(three):
        z = letters_logits(table, layers, np.array([three])).data[0]
        return np.exp(z - z.max()) / np.exp(z - z.max()).sum()

    rng = np.random.default_rng(seed)
    return [spelled(write(odds, rng)) for _ in range(count)]


def learn(table, layers, rate, rounds, seed):
    """Train on batches of 64 guesses; the losses."""
    parameters = [table, *(parameter for layer in layers for parameter in layer.parameters())]
    batches = list(np.random.default_rng(seed).integers(0, len(TARGETS), (rounds, 64)))
    return train(
        lambda rows: letters_loss(table, layers, CONTEXTS[rows], TARGETS[rows]), Adam(parameters, rate), batches
    )


table, layers = new_network(8)
before = some_words(table, layers, 1, 6)
losses = learn(table, layers, 0.01, 1000, 2) + learn(table, layers, 0.002, 500, 3)
words = some_words(table, layers, 2, 30)
new = [word for word in words if word not in MINERALS]

_, axes = plt.subplots()
axes.plot(losses, color=BLUE, alpha=0.3, linewidth=0.8, label="each batch")
axes.plot(
    np.arange(25, len(losses) - 24), np.convolve(losses, np.ones(50) / 50, "valid"), color=BLUE, label="mean of 50"
)
axes.axhline(np.log(27), color=GREY, linestyle="--", label="a blind guess")
axes.set(xlabel="batch", ylabel="loss", title="Your engine learns to spell", ylim=(0, 4))
axes.legend()
show(
    f"The loss falls from {losses[0]:.1f} to about {np.mean(losses[-50:]):.1f} in {len(losses)} batches; a blind guess costs 3.3."
)
print("before:", ", ".join(before))
print("after: ", ", ".join(new[:12]))
print(f"{len(new)} of {len(words)} stand in no list of ours: your network made them up.")

# %% [markdown]
# Nobody told it that minerals end in *-ite*. Would you buy a ring with one of these?
#
#
# Stretch: Another list of words, one a line, in the place of the minerals:
# towns, dishes, names of your class. A larger `rate`. Or warmer and colder words: divide `z` in `odds` by a temperature,
# 0.5 for cautious words and 1.5 for wild ones.
#
# Read on: Y. Bengio and others, [A Neural Probabilistic Language Model](https://www.jmlr.org/papers/v3/bengio03a.html) (2003): this network is its grandchild.

# %% [markdown] section="understand"
# # Part D. Understand it

# %% [markdown] question="memory" minutes=10 level=2
# ## 14. What it costs to remember
#
# A network of 100 layers takes a batch and computes a loss. Training needs far more memory than that one number.
# Answer in your own words, in about ten lines:
#
# 1. What does your engine keep between the way there and the way back, and why? Take `a * b`, `a.tanh()` and `a + b`
#    as examples: what does each of the three need?
# 2. When can what was kept be thrown away? And why is so much less kept when nobody wants a gradient?
# 3. Somebody keeps only every tenth layer's output, and computes the others again on the way back.
#    What does that save, what does it cost, and does the gradient change?
#
# Stretch: Let `backward` drop the parents and the `pull` of each Tensor that has passed on its gradient. What can nobody ask for any more?
#
# Hint: Look at your own lines: which arrays does each `pull` use?
#
# Hint: A product needs both of its factors on the way back. Does a sum need the numbers that it added?
#
# Hint: Once a Tensor has passed on its gradient, who would still ask for its arrays? What is computed twice is the same twice.

# %% [markdown] written="memory" points=4
# ### BEGIN SOLUTION
# 1. Every Tensor of the graph is kept, since its children hold it as a parent and `pull` holds arrays: memory grows with the
#    depth of the network and the size of the batch. A product keeps both factors, because each is the slope of the other.
#    A tanh needs only its own output. A sum needs only the two shapes: its numbers could go.
# 2. Once a Tensor has passed on its gradient, nobody asks for its arrays again, so it can go from the end to the start as the
#    way back proceeds. Constants (or `no_grad`) keep no parents: each array can go as soon as the next is there.
# 3. This is checkpointing: about a tenth of the activations are kept (plus ten layers at a time), for about one more way there.
#    The same numbers are computed again, so the gradient is the same.
# ### END SOLUTION

# %% [markdown] marking="memory"
# **Marks:** 2 points for the first part, 1 for the second, 1 for the third.
# ### BEGIN MARK SCHEME
# - 1 point: outputs of the way there are kept because slopes are made of them; memory grows with depth and batch.
# - 1 point: the three examples: both factors; the output alone; shapes only (or nothing).
# - 1 point: thrown away once its gradient was passed on (or when the graph is dropped); without gradients nothing has to be kept.
# - 1 point: less memory for about one more forward pass; the gradient is unchanged. Half for only one side of the trade.
# ### END MARK SCHEME

# %% [markdown] question="hunt" minutes=10 level=3
# ## 15. A bug hunt
#
# The `backward` below passes the eye, and most tests. It has been in more than one public engine.
#
# Take `pull` of a sum to be `lambda g: (g, g)`, which is right as long as nothing is broadcast. Then
#
# $$c = a + b, \qquad L = c + a$$
#
# at $a = b = [1]$ comes out wrong. Walk through it by hand, on paper. What stands in the three gradients at the end?
# (`order` gives $a, b, c, L$.)
#
# Hint: How many arrays are made in line 11?
#
# Hint: After the first round, `c.grad`, `a.grad` and `L.grad` are one and the same array.
#
# Hint: `+=` on an array changes it in place. Whoever has it under another name sees that, too.


# %% [markdown] hunt="tensor_shares_gradients"
# It is a method of `Tensor`, and its first line has the number 1.
#
# ```python
# def backward(self):
#     nodes = [node for node in order(self) if not node.constant]
#     for node in nodes:
#         node.grad = None
#     self.grad = np.ones_like(self.data)
#     for node in reversed(nodes):
#         for parent, part in zip(node.parents, node.pull(node.grad) if node.parents else ()):
#             if parent.constant:
#                 continue
#             if parent.grad is None:
#                 parent.grad = part
#             else:
#                 parent.grad += part
# ```


# %% solution="hunt"
def hunt(what):
    """What you found out about the bug.

    Args:
        what: "line", or the name of one of the three: "a", "b" or "c".

    Returns:
        for "line" the number of a line that, mended alone, makes all gradients right;
        for a name the number that stands in its `grad` at the end, with the bug as it is.
    """
    ### BEGIN SOLUTION
    return {"line": 11, "a": 2.0, "b": 2.0, "c": 2.0}[what]
    ### END SOLUTION


# %% check="hunt" points=2
found = {what: ask(hunt, what) for what in ("line", "a", "b", "c")}
for what, answer in found.items():
    assert np.shape(as_numbers(answer)) == () and as_numbers(answer) is not None, (
        f'hunt("{what}") should be one number.'
    )
### BEGIN HIDDEN TESTS
assert found["line"] in (11, 13), "Another line: which one puts an array in two places, and which one changes it there?"
check_value(
    "the numbers in the gradients of a, b and c, with the bug",
    [found[name] for name in "abc"],
    [2.0, 2.0, 2.0],
    known={
        "these are the right gradients; the question is what this code makes of them": [2.0, 1.0, 1.0],
        "c has the same array as a, so it changes with it": [2.0, 2.0, 1.0],
    },
    hint="Follow each array, not each name.",
)
### END HIDDEN TESTS

# %% [markdown] section="end"
# # What you have built
#
# - An engine in about 150 lines: a record of operations, an order, a way back for each operation, and addition where ways meet.
#   PyTorch's is the same idea with more operations, on faster machines.
# - The way back never makes the table of all slopes. It multiplies what arrives with it: a vector-Jacobian product.
# - Every broadcast becomes a sum on the way back, every sum a broadcast, every index an addition at places.
# - A ruler proves it. Whatever you add to the engine, measure it first.
# - What can be differentiated can be trained, and it may even make something new.
#
# **Next:** in the notebook with PyTorch and TensorFlow, go through each line once more. You know now what happens behind it.
