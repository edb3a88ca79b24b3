# ---
# jupyter:
#   chainrule:
#     title: Gradients by hand, by PyTorch and by TensorFlow
#     files: []
#   kernelspec: {display_name: Python 3, language: python, name: python3}
# ---

# %% [markdown]
# # Gradients by hand, by PyTorch and by TensorFlow
#
# A framework such as PyTorch takes one line to differentiate a network of a hundred layers.
# This notebook takes the magic out of that line.
# First you differentiate a tiny network on paper and type the result in.
# Then you let two frameworks do the same work, on this network and on real data.
# At the end the three gradients meet in one plot, and they agree to the last digits that 32 bits can hold.
#
# Two mistakes cost people the most hours here: a stale gradient, and two shapes that do not match. You will meet both.
#
# **You need** the chain rule, Python functions and classes, and numpy arrays.
# No earlier use of either framework. Nothing is downloaded.
#
# [questions]
#
# You write where it says `# YOUR CODE HERE`, and take the line `raise NotImplementedError()` away.
# Below each question are checks. Run them as often as you like.
# When your work is graded, the same checks run once more with other numbers.
#
# **What a check takes:** a number may be a Python float, an array of shape `()` or a tensor, and a tensor of numbers counts as an array.
# What you compute by hand is compared to nine digits, so it stays in float64, which Python and numpy use by themselves.
# Where a framework computes, its own 32 bits are enough. Functions leave their arguments as they are, unless the task says otherwise.
#
# ## Tools and data
#
# Run the next cells once. They bring in the libraries, the tools of the checks, and three small data sets:
#
# - `x_data`, `t_data`: 15 pairs of numbers for the network of part A, both of shape `(15,)`.
# - `cylinders`, `mpg`: for 392 cars of the years 1970 to 1982, how many cylinders the engine has, shape `(392, 1)`,
#   and how many miles the car goes on a gallon of fuel, shape `(392,)`.
# - `pregnancies`, `diabetes`: for 768 women of the Pima nation, the number of pregnancies, shape `(768, 1)`,
#   and 1 for those with diabetes, 0 for the others, shape `(768,)`.

# %% given
import math

import numpy as np

# %% given include="checkkit"

# %% given embed="regression.csv classification.csv nn_data.csv"

# %% given
pairs = np.genfromtxt(open_course_file("nn_data.csv"), delimiter=",", names=True)
cars = np.genfromtxt(open_course_file("regression.csv"), delimiter=",", names=True)
patients = np.genfromtxt(open_course_file("classification.csv"), delimiter=",", names=True)

x_data, t_data = pairs["x"], pairs["y"]
cylinders, mpg = cars["cylinders"].reshape(-1, 1), cars["mpg"]
pregnancies, diabetes = patients["No_pregnant"].reshape(-1, 1), patients["Class"]


# %% given
# @title Tools of this notebook's checks: run me, nothing to change here
def one_step(parameters, x, t, eta=1.0):
    """Set w1, w2 and b of a new NN, take one step on the point (x, t), return how far each one went down."""
    model = make_object(NN)
    set_up(model, w1=parameters[0], w2=parameters[1], b=parameters[2], eta=eta)
    ask(model.forward, x)
    ask(model.backward, x, t)
    return {name: before - look_at(model, name) for name, before in zip(("w1", "w2", "b"), parameters)}


def new_diary(guess):
    """A model that answers `guess` times x, halves `guess` at each step, and notes each step."""

    class Diary:
        def __init__(self):
            self.guess, self.eta, self.seen, self.steps = guess, 0.25, None, []

        def forward(self, x):
            self.seen = x
            return self.guess * x

        def backward(self, x, t):
            self.steps.append([float(self.seen), float(x), float(t)])
            self.guess = self.guess / 2

    return Diary()


def new_pupil(guess):
    """A model whose every step depends on what it was asked before, so that it needs no diary."""

    class Pupil:
        def __init__(self):
            self.guess, self.seen = guess, 0.0

        def forward(self, x):
            self.seen = x
            return self.guess * x

        def backward(self, x, t):
            self.guess = 0.7 * self.guess + 0.1 * t - 0.2 * x * self.seen + 0.05 * self.seen

    return Pupil()


def last_of(name, path):
    """The last number of a path."""
    numbers = as_numbers(path)
    assert numbers is not None and numbers.size > 0, f"{name} should return its path, a list of floats."
    return numbers.ravel()[-1]


@contextmanager
def tape_explained():
    """A tape that saw nothing gives None, and making a number of that is an error which explains little."""
    try:
        yield
    except TypeError as error:
        if "NoneType" not in str(error):
            raise
        raise AssertionError(
            "TensorFlow gives None for a gradient: nothing that it recorded leads from that variable to the result. "
            "Is everything computed inside the tape, and does each variable take part?"
        ) from error


def slopes_through(f, x0):
    """The slope of f at x0 for PyTorch and for TensorFlow, or None where f cuts the record."""
    import tensorflow as tf
    import torch

    torch_slope, tf_slope = None, None
    try:
        if torch.is_tensor(f(torch.tensor(x0))):
            torch_slope = torch.autograd.functional.jacobian(f, torch.tensor(x0))
        place = tf.constant(x0)
        with tf.autodiff.ForwardAccumulator(place, tf.constant(1.0)) as accumulator:
            value = f(place)
        tf_slope = accumulator.jvp(value) if tf.is_tensor(value) else None
    except (TypeError, ValueError, RuntimeError, AttributeError):
        pass
    return [None if slope is None else float(slope) for slope in (torch_slope, tf_slope)]


NO_GLOBALS = dict.fromkeys("X y W b W0 b0 lr steps tol cylinders mpg pregnancies diabetes".split(), GONE)  # noqa: SIM905  one line


def fitted(name, result):
    """The three results W, b, losses of a fit; says so where they are not three."""
    assert isinstance(result, tuple | list) and len(result) == 3, f"{name} should return three things: W, b, losses."
    return result


def special_data(yes_or_no=False):
    """Data where a fit is soon tempted to stop or to cut: a single row, zeros, a tiny loss, a long way to go."""
    rng = np.random.default_rng(7)
    X, W0, b0 = rng.normal(size=(5, 2)), rng.normal(size=(2, 1)), rng.normal(size=1)
    y = np.array([1.0, 0.0, 1.0, 1.0, 0.0])
    sure = 5.5 * (2 * y - 1)[:, None] * np.array([[1.0, 0.5]])  # a class to each side
    tiny = (sure, y, np.ones((2, 1)), np.zeros(1)) if yes_or_no else (X, X @ W0[:, 0] + b0 + 1e-2, W0, b0)
    long = (300 * X, 1.0 - (X[:, 0] > 0), 0 * W0, 0 * b0) if yes_or_no else (X, 400 * y - 900, W0, b0)
    short = (np.array([[0.4, -0.6]]), np.array([1.0]), np.zeros((2, 1)), np.zeros(1))
    return [(X[:1], y[:1], W0, b0), (0 * X, 0 * y, 0 * W0, 0 * b0), tiny, long, short]


def walks_of(pile_up, times):
    """What pile_up reads where each walk back has a larger slope (1, 2, 3 ...), and what x.grad held at each walk."""
    held = []

    def function(x):
        def steeper(slope):
            held.append(0.0 if x.grad is None else float(x.grad))
            return slope * len(held)

        (value := x * 1.0).register_hook(steeper)
        return value

    return [pile_up(function, 0.5, times), held]


def hard_fits(long):
    """Places, rates and steps for linear fits: the special ones, a loss that rises, hardly any loss, long slopes.

    One of them goes on for `long` steps: more than any cell of this notebook asks for.
    """
    inputs, truth, *start = other_data(seed=11)
    near = inputs, 5e-8 * np.cos(np.arange(len(truth))), 0 * start[0], 0 * start[1], 0.2, 5
    others = [(inputs, truth, *start, 0.05, long), (inputs, truth, *start, 2.0, 3), near, (inputs, 1e4 * truth, *start, 0.03, 3)]
    return [
        *((*place, 0.03, 3) for place in special_data()),
        *others,
        (*many_rows(), 0.05, 2),
        (*many_rows()[:4], 0.1, 0),
    ]


def hard_answers(long):
    """Places, rates and steps for logistic fits: the special ones, tiny slopes, a loss that rises, many rows, no step.

    One of them goes on for `long` steps: more than any cell of this notebook asks for.
    """
    inputs, truth, *start = other_data(seed=11, yes_or_no=True)
    near = 1e-9 * inputs, truth, 0 * start[0], 0 * start[1], 0.05, 5
    # Of the long way one step, and a large one: a second would leave all floats behind.
    special = [
        (*place, *((3000.0, 1) if np.max(np.abs(place[0])) > 100 else (2.5, 3)))
        for place in special_data(yes_or_no=True)
    ]
    return [*special, near, (inputs, truth, *start, 0.1, long), (inputs, truth, *start, 12.0, 4), (inputs, truth, *start, 36.0, 2), (*many_rows(True), 0.5, 2), (*many_rows(True), 0.5, 0)]


def many_rows(yes_or_no=False):
    """4,200 rows, of which the last ones are others: where they are cut off, all is another."""
    inputs = np.tile([[0.5, -1.0], [1.0, 0.25], [-0.75, 0.5]], (1400, 1))
    truth = np.tile([1.0, 0.0, 1.0] if yes_or_no else [1.5, -0.5, 2.0], 1400)
    inputs[-60:], truth[-60:] = 4 * inputs[-60:], 1 - truth[-60:]
    return inputs, truth, np.array([[0.4], [-0.3]]), np.array([0.2])


def other_data(seed, yes_or_no=False):
    """Random data to fit: X of shape (7, 2), y of shape (7,), and a start W0 of shape (2, 1), b0 of shape (1,)."""
    rng = np.random.default_rng(seed)
    y = np.array([1.0, 0.0, 0.0, 1.0, 0.0, 1.0, 0.0]) if yes_or_no else rng.normal(size=7)
    return rng.normal(size=(7, 2)), y, rng.normal(size=(2, 1)), rng.normal(size=1)


# %%
# TensorFlow greets you with a page of remarks on your processor. These two lines keep it short.
import os

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["TF_ENABLE_ONEDNN_OPTS"] = "0"

import tensorflow as tf
import torch

# %% include="pictures"

# %% [markdown] section="by-hand"
# # Part A. By hand
#
# The next cell draws the network of this part.
# It has one input, two tanh units in a row, and three numbers to learn.

# %%
# @title A drawing of the network


def draw_network():
    """Draw the five steps of the network from left to right, with the parameter that enters at each."""
    _, axes = plt.subplots(figsize=(7.2, 2.4))
    for place, name in enumerate(("$x$", "$z_1$", "$a_1$", "$z_2$", "$y$", "$C$")):
        axes.add_patch(plt.Circle((2 * place, 0), 0.42, fc="white", ec={"$x$": GREY, "$C$": RED}.get(name, BLUE), lw=2))
        axes.text(2 * place, 0, name, ha="center", va="center", fontsize=14)
    for place, step in enumerate((r"$\times\, w_1$", "tanh", r"$\times\, w_2 + b$", "tanh", r"$\frac{1}{2}(y - t)^2$")):
        forth, back = {"arrowstyle": "->", "color": BLUE}, {"arrowstyle": "->", "color": RED, "linestyle": "--"}
        axes.annotate("", (2 * place + 1.53, 0.12), (2 * place + 0.47, 0.12), arrowprops=forth)
        axes.annotate("", (2 * place + 0.47, -0.12), (2 * place + 1.53, -0.12), arrowprops=back)
        axes.text(2 * place + 1, 0.45, step, ha="center", va="bottom", fontsize=11)
    axes.text(5, 1.25, "forward: numbers flow to the right", color=BLUE, ha="center")
    axes.text(5, -0.95, "backward: the slope of $C$ flows to the left", color=RED, ha="center")
    axes.set(xlim=(-0.6, 10.6), ylim=(-1.2, 1.6), aspect="equal")
    axes.axis("off")
    show("Five steps in a row, from x to the cost C: times w1, tanh, times w2 plus b, tanh, half a square. Forward to the right, backward to the left.")


draw_network()

# %% [markdown] question="network" minutes=50 level=2 lines=12
# ## 1. A network on paper
#
# Every symbol below is a single number, so all shapes are `()`.
#
# **Forward.** From the input $x$ to the output $y$:
#
# $$z_1 = w_1 x, \qquad a_1 = \tanh z_1, \qquad z_2 = w_2 a_1 + b, \qquad y = \tanh z_2 .$$
#
# The cost says how far $y$ is from the target $t$:
#
# $$C = \tfrac12\,(y - t)^2 .$$
#
# **Backward.** You want $\partial C/\partial w_1$, $\partial C/\partial w_2$ and $\partial C/\partial b$.
# Take paper. Start at $C$ and walk to the left, one arrow of the drawing at a time.
# At each arrow multiply by the slope of that one step. You need only these:
#
# | step | its slope |
# |---|---|
# | $C = \frac12 (y - t)^2$ | $\partial C/\partial y = y - t$ |
# | $y = \tanh z_2$ | $\partial y/\partial z_2 = 1 - \tanh^2 z_2$ |
# | $z_2 = w_2 a_1 + b$ | one slope each for $w_2$, $b$ and $a_1$: find them |
# | $a_1 = \tanh z_1$ | like the other tanh, but at another place |
# | $z_1 = w_1 x$ | one slope for $w_1$: find it |
#
# All three gradients share the first two factors.
# So compute $\partial C/\partial z_2$ once and use it three times.
# That sharing is the whole trick of backpropagation.
#
# **The step.** At the end of `backward`, move every parameter a little downhill,
# all of them from the *old* values:
#
# $$w_1 \leftarrow w_1 - \eta\,\frac{\partial C}{\partial w_1}, \qquad
#   w_2 \leftarrow w_2 - \eta\,\frac{\partial C}{\partial w_2}, \qquad
#   b \leftarrow b - \eta\,\frac{\partial C}{\partial b} .$$
#
# `forward` has to remember what `backward` needs.
# Keep it on `self`, so that two networks do not mix up their memories.
#
# The first check looks at `forward` alone: run it before you write `backward`.
# Those of `backward` measure how far each parameter moves in one step. With $\eta = 1$ this distance is the gradient itself.
#
# Hint: The gradient for $w_1$ a bit off, the others right: in which order do you move the parameters? `AttributeError`: `backward` asks `self` for something that `forward` never stored.
#
# Hint: Right with all parameters 1, wrong otherwise: a parameter stands in the place of another one. A network whose weights are all equal cannot tell you.
#
# Hint: Every gradient right but the step the wrong way: downhill is minus. And each tanh has its slope at its own place.


# %% solution="network"
class NN:
    """A network with one input, two tanh units in a row and one output.

    Attributes: the parameters w1, w2 and b, and the step size eta; each a single number.
    """

    def __init__(self):
        self.w1 = 1.0
        self.w2 = 1.0
        self.b = 1.0
        self.eta = 0.01

    def forward(self, x):
        """The output y for one input x; remembers on `self` what `backward` will need.

        Args:
            x: the input, a single number.

        Returns:
            y, a single number between -1 and 1.

        Example: a new network (all parameters 1) gives 0.8981 for x = 0.5.
        """
        ### BEGIN SOLUTION
        self.a1 = math.tanh(self.w1 * x)
        self.y = math.tanh(self.w2 * self.a1 + self.b)
        return self.y
        ### END SOLUTION

    def backward(self, x, t):
        """Move w1, w2 and b one step of size eta downhill; `forward(x)` has been called just before.

        Args:
            x: the input that `forward` saw last, a single number.
            t: the target for this input, a single number.

        Example: a new network at x = 0.5, t = 0 has the slopes 0.0683 for w1, 0.0803 for w2 and
        0.1738 for b, so with eta = 0.01 its w1 becomes 0.999317.
        """
        ### BEGIN SOLUTION
        slope_z2 = (self.y - t) * (1 - self.y**2)
        slope_z1 = slope_z2 * self.w2 * (1 - self.a1**2)
        self.w1 -= self.eta * slope_z1 * x
        self.w2 -= self.eta * slope_z2 * self.a1
        self.b -= self.eta * slope_z2
        ### END SOLUTION


# %% check="network-forward" points=2
network = make_object(NN)
check_value(
    "forward(0.5) of a new network",
    ask(network.forward, 0.5),
    0.8980630114608957,
    known={
        "the last tanh is missing": 1.4621171572600098,
        "b is not added": 0.4318081805950961,
        "the first tanh is missing": 0.9051482536448664,
    },
    hint="There are four steps, and two of them are a tanh.",
)
set_up(network, w1=0.8, w2=-1.5, b=0.4)
check_value(
    "forward(1.2) with w1 = 0.8, w2 = -1.5 and b = 0.4",
    ask(network.forward, 1.2),
    -0.6146839465131997,
    known={
        "z2 is made with w1, where the formula has w2": 0.7596645860094434,
        "b is subtracted": -0.9080709192253875,
        "w2 also multiplies b": -0.9374299333597497,
        "the network's starting values are used in place of self.w1, self.w2, self.b": 0.9501823690871737,
    },
    hint="With all parameters 1 it was right: does each one stand in its own place?",
)
### BEGIN HIDDEN TESTS
with notebook_with(network=GONE, model=GONE, w1=GONE, w2=GONE, b=GONE, x=GONE, t=GONE, y=GONE, z1=GONE, a1=GONE):
    for p1, p2, bias, place in ((0.3, 1.7, -0.6, 0.9), (-1.1, 0.45, 0.25, 1.6), (0.7, -0.9, -1.3, -0.5)):
        trial = make_object(NN)
        set_up(trial, w1=p1, w2=p2, b=bias)
        want = 1 - 2 / (np.exp(2 * (p2 * (1 - 2 / (np.exp(2 * p1 * place) + 1)) + bias)) + 1)
        for visit in ("first", "second"):
            check_value(
                f"forward at other numbers, called for the {visit} time",
                ask(trial.forward, place),
                want,
                hint="It was right at the visible numbers. Does it use self.w1, self.w2 and self.b, "
                "and nothing else of the notebook?",
            )
        check_value(
            "the parameters after a call of forward",
            [look_at(trial, name) for name in ("w1", "w2", "b")],
            [p1, p2, bias],
            hint="forward should leave the parameters as they are.",
        )
    # What goes into the first or the second tanh is beyond 10; and the input is 0.
    for p1, p2, bias, place in ((4.0, 1.0, -0.5, 3.1), (0.9, 3.0, 10.5, 0.8), (0.7, 1.3, 0.4, 0.0)):
        trial = make_object(NN)
        set_up(trial, w1=p1, w2=p2, b=bias)
        want = 1 - 2 / (np.exp(2 * (p2 * (1 - 2 / (np.exp(2 * p1 * place) + 1)) + bias)) + 1)
        check_value("forward far from the middle, or at x = 0", ask(trial.forward, place), want)
    # The same input again, after one of the parameters has moved; and an input of many digits.
    trial, places = make_object(NN), {"w1": 0.3, "w2": 1.7, "b": -0.6}
    set_up(trial, **places)
    for name in (None, "b", "w1", "w2"):
        if name:
            places[name] += 0.25
            set_up(trial, **{name: places[name]})
        check_value(
            f"forward at the same input, {f'after {name} has moved' if name else 'before anything has moved'}",
            ask(trial.forward, 0.123456789123),
            np.tanh(places["w2"] * np.tanh(places["w1"] * 0.123456789123) + places["b"]),
            hint="forward depends on its input and on all three parameters as they are now.",
        )
### END HIDDEN TESTS

# %% check="network-b" points=2
step = one_step((-0.9, -0.9, 0.4), x=1.2, t=0.5)
check_value(
    "the gradient for b",
    step["b"],
    0.10729231002090675,
    known={
        "b does not move": 0.0,
        "b moves uphill: its new value is the old one minus eta times the gradient": -0.10729231002090675,
        "the slope of the last tanh is missing": 0.3054293502478125,
        "the slope of the last tanh is 1 - tanh(z2), without the square": 0.05942758713110533,
        "the slope of the last tanh is taken at y, where it should be at z2": 0.16952227857905633,
        "the factor y - t is missing": 0.3512835617593866,
        "it is the gradient for w2": -0.08510416343258628,
    },
    hint="From C to b there are three arrows: the cost, the tanh, the sum.",
)
### BEGIN HIDDEN TESTS
with notebook_with(network=GONE, model=GONE, w1=GONE, w2=GONE, b=GONE, x=GONE, t=GONE, y=GONE, z2=GONE, eta=GONE):
    for p1, p2, bias, place, target in (
        (0.7, 0.7, -0.6, 0.9, 0.2),
        (-1.1, -1.1, 0.25, 1.6, -0.7),
        (1.7, 1.7, -0.8, -0.5, 0.4),
        (0.9, 0.9, -0.3, 0.0, 0.0),  # nothing comes in, and nothing is wanted
        (-0.8, -0.8, 0.2, 1.1, 140.0),  # the target is far away, so the slopes are long
        (0.7, 0.7, -0.6, 0.9, None),  # the output is nearly right already
    ):
        hidden = np.tanh(p1 * place)
        target = np.tanh(p2 * hidden + bias) + 1e-4 if target is None else target
        want = (np.tanh(p2 * hidden + bias) - target) / np.cosh(p2 * hidden + bias) ** 2
        check_value(
            "the gradient for b at another point",
            one_step((p1, p2, bias), place, target)["b"],
            want,
            hint="It was right at the visible point. Is there a number, or a variable of the notebook, in "
            "your formula where a symbol should be?",
        )
    # The output is nearly at the end of the tanh, or right to the ninth digit. b is 0, so that its step shows whole.
    # Both weights are alike: who takes one for the other loses the questions about that.
    for weight, off in ((14.0, 1.0), (-11.0, -0.5), (0.7, 2.0**-30)):
        inner = weight * np.tanh(weight * 0.9)
        check_value(
            "the gradient for b where it is tiny",
            one_step((weight, weight, 0.0), 0.9, np.tanh(inner) - off)["b"],
            off / np.cosh(inner) ** 2,
            rtol=1e-5,
            hint="A small slope is no 0, and is as small as it is.",
        )
### END HIDDEN TESTS

# %% check="network-w2" points=2
step = one_step((-0.9, -0.9, 0.4), x=1.2, t=0.5)
check_value(
    "the gradient for w2",
    step["w2"],
    -0.08510416343258628,
    known={
        "w2 does not move": 0.0,
        "w2 moves uphill: its new value is the old one minus eta times the gradient": 0.08510416343258628,
        "the factor that w2 multiplies is missing: this is the gradient for b": 0.10729231002090675,
        "the input x is taken where the output of the first tanh should be": 0.12875077202508808,
        "z1 is taken where a1 should be": -0.1158756948225793,
        "the slope of the last tanh is missing": -0.24226628483936521,
        "the slope of the last tanh is 1 - tanh(z2), without the square": -0.04713790845424383,
        "the slope of the last tanh is taken at y, where it should be at z2": -0.13446491830444518,
        "w2 itself is a factor, where what it multiplies should be": -0.09656307901881608,
    },
    hint="In z2, what does w2 multiply?",
)
### BEGIN HIDDEN TESTS
with notebook_with(network=GONE, model=GONE, w1=GONE, w2=GONE, b=GONE, x=GONE, t=GONE, y=GONE, a1=GONE, eta=GONE):
    for p1, p2, bias, place, target in (
        (0.7, 0.7, -0.6, 0.9, 0.2),
        (-1.1, -1.1, 0.25, 1.6, -0.7),
        (1.7, 1.7, -0.8, -0.5, 0.4),
        (0.3, 0.3, -0.1, 20.0, 0.4),  # the first tanh is nearly 1
        (0.9, 0.9, -0.3, 0.0, 0.0),  # nothing comes in, and nothing is wanted
        (-0.8, -0.8, 0.2, 1.1, 140.0),  # the target is far away, so the slopes are long
        (0.7, 0.7, -0.6, 0.9, None),  # the output is nearly right already
    ):
        hidden = np.tanh(p1 * place)
        target = np.tanh(p2 * hidden + bias) + 1e-4 if target is None else target
        want = hidden * (np.tanh(p2 * hidden + bias) - target) / np.cosh(p2 * hidden + bias) ** 2
        check_value(
            "the gradient for w2 at another point",
            one_step((p1, p2, bias), place, target)["w2"],
            want,
            hint="It was right at the visible point. Is there a number, or a variable of the notebook, in "
            "your formula where a symbol should be?",
        )
### END HIDDEN TESTS

# %% check="network-w1" points=2
step = one_step((0.8, -1.5, 0.4), x=1.2, t=0.5)
check_value(
    "the gradient for w1",
    step["w1"],
    0.5568193509305774,
    known={
        "w1 does not move": 0.0,
        "w1 moves uphill: its new value is the old one minus eta times the gradient": -0.5568193509305774,
        "the factor w2 is missing": -0.371212900620385,
        "w1 is a factor, where w2 should be": -0.296970320496308,
        "w2 had already moved when its value was used: compute all gradients first, then move": 0.3652112091145329,
        "the factor x is missing": 0.46401612577548124,
        "the slope of the first tanh is missing": 1.2483284907378442,
        "the slope of the first tanh is 1 - tanh(z1), without the square": 0.3192264722129514,
        "the slope of the first tanh is taken at a1, where it should be at z1": 0.7501543823530142,
        "the slope of the first tanh is taken at z2, where it should be at z1": 0.7766646050770006,
        "the slope of the last tanh is missing": 0.8949724957427155,
        "the slope of the last tanh is 1 - tanh(z2), without the square": 1.4450977214466156,
        "the slope of the last tanh is taken at y, where it should be at z2": 0.6267813634277564,
    },
    hint="From C to w1 there are five arrows. Count your factors.",
)
### BEGIN HIDDEN TESTS
with notebook_with(network=GONE, model=GONE, w1=GONE, w2=GONE, b=GONE, x=GONE, t=GONE, y=GONE, z1=GONE, eta=GONE):
    for p1, p2, bias, place, target in (
        (0.3, 1.7, -0.6, 0.9, 0.2),
        (-1.1, 0.45, 0.25, 1.6, -0.7),
        (0.7, -0.9, -1.3, -0.5, 0.4),
        (0.05, 1.7, -0.6, 20.0, 0.2),
        (0.5, 3.0, -0.9, 0.8, 160.0),  # the target is far away, so the slopes are long
        (0.3, 1.7, -0.6, 0.9, None),  # the output is nearly right already
    ):
        inner = p2 * np.tanh(p1 * place) + bias
        target = np.tanh(inner) + 1e-4 if target is None else target
        want = place / np.cosh(p1 * place) ** 2 * p2 * (np.tanh(inner) - target) / np.cosh(inner) ** 2
        check_value(
            "the gradient for w1 at another point",
            one_step((p1, p2, bias), place, target)["w1"],
            want,
            hint="It was right at the visible point. Is there a number, or a variable of the notebook, in "
            "your formula where a symbol should be?",
        )
    for first, second in ((9.0, 0.8), (-7.0, 0.02), (0.0, 1e-11)):  # z1 is far out, or w2 is tiny
        inner = second * np.tanh(first) - 0.3
        check_value(
            "the gradient for w1 where it is tiny",
            one_step((first, second, -0.3), 1.0, np.tanh(inner) - 0.5)["w1"],
            0.5 / np.cosh(inner) ** 2 * second / np.cosh(first) ** 2,
            rtol=1e-5,
            hint="A small slope is no 0, and is as small as it is.",
        )
### END HIDDEN TESTS

# %% check="network-eta" points=1
short = one_step((0.8, -1.5, 0.4), x=1.2, t=0.5, eta=0.001)
long = one_step((0.8, -1.5, 0.4), x=1.2, t=0.5, eta=0.002)
for name in ("w1", "w2", "b"):
    assert short[name] != 0, f"{name} did not move in `backward`."
    check_value(
        f"With eta twice as large, {name} goes this many times as far:",
        long[name] / short[name],
        2.0,
        rtol=0.01,
        known={
            "eta is not used: the step is just as long": 1.0,
            "eta is squared, or used twice": 4.0,
            "the gradient is divided by eta": 0.5,
        },
        hint="The step is eta times the gradient.",
    )
### BEGIN HIDDEN TESTS
first = make_object(NN)
second = make_object(NN)
check_value("eta of a new network", look_at(first, "eta"), 0.01, hint="The first lines of the class stay as given.")
set_up(first, w1=0.6, w2=1.3, b=-0.2, eta=0.5)
set_up(second, w1=0.6, w2=1.3, b=-0.2, eta=0.5)
ask(first.forward, 0.7)
ask(second.forward, -1.9)
ask(first.backward, 0.7, -0.3)
check_value("eta after a step", look_at(first, "eta"), 0.5, hint="backward moves w1, w2 and b, and nothing else.")
alone = one_step((0.6, 1.3, -0.2), x=0.7, t=-0.3, eta=0.5)
for name, start in (("b", -0.2), ("w1", 0.6), ("w2", 1.3)):
    check_value(
        f"{name} after a step, when another network looked at another point in between",
        look_at(first, name),
        start - alone[name],
        hint="Is what `forward` remembers kept on `self`?",
    )
largest = one_step((0.6, 1.3, -0.2), x=0.7, t=-0.3, eta=50.0)
for name in ("w2", "b"):  # w1 tells of the order of the moves, which is another mark's
    check_value(
        f"the step of {name} with eta = 50, beside one with eta = 0.5",
        largest[name],
        100 * alone[name],
        hint="The step is eta times the gradient, whatever eta is.",
    )
check_value(
    "b of the other network, which took no step",
    look_at(second, "b"),
    -0.2,
    hint="Do the networks share their parameters? Keep them on `self`.",
)
places = {"w1": 0.6, "w2": 1.3, "b": -0.2}
model = make_object(NN)
set_up(model, **places, eta=0.5)
for step in (1, 2):
    fresh = make_object(NN)
    set_up(fresh, **places, eta=0.5)
    ask(model.forward, 0.7)
    ask(model.backward, 0.7, -0.3)
    ask(fresh.forward, 0.7)
    ask(fresh.backward, 0.7, -0.3)
    places = {name: look_at(fresh, name) for name in places}
    for name, place in places.items():
        check_value(
            f"{name} after step {step}, compared with a new network that began where this step began",
            look_at(model, name),
            place,
            hint="A step depends on the parameters and the point alone: what is left over from the step before?",
        )
### END HIDDEN TESTS

# %% [markdown]
# **Look:** the curve is the cost while $w_1$ slides from left to right, computed with your `forward`.
# The short lines have the slope that your `backward` found.
# Each should touch the curve like a ruler laid against it.

# %%
sweep = np.linspace(-3, 3, 121)


def cost_at(w1):
    """The cost of a network with this w1 at the point x = 1.2, t = 0.5."""
    model = NN()
    model.w1, model.w2, model.b = w1, -1.5, 0.4
    return (model.forward(1.2) - 0.5) ** 2 / 2


plt.figure(figsize=(7, 4))
plt.plot(sweep, [cost_at(w1) for w1 in sweep], color=BLUE, label="cost, from your forward")
for number, w1 in enumerate((-2.0, -0.6, 0.1, 0.8, 2.2)):
    slope_here = one_step((w1, -1.5, 0.4), x=1.2, t=0.5)["w1"]
    ends = np.array([w1 - 0.35, w1 + 0.35])
    plt.plot(
        ends,
        cost_at(w1) + slope_here * (ends - w1),
        color=RED,
        linewidth=3,
        label="slope, from your backward" if number == 0 else None,
    )
plt.title("Does every slope lie along the curve?")
plt.xlabel("$w_1$")
plt.ylabel("cost $C$")
plt.legend()
show(
    "The cost against w1, a curve with hills, and five short lines with the slopes that backward found: each touches the curve."
)

# %% [markdown] question="scale" minutes=10 level=1 lines=1
# ## 2. Targets that a tanh can reach
#
# The targets in `t_data` run from -124 to 78. The output of the network is a tanh, and ends at -1 and 1.
# No choice of weights can ever give -124.
#
# Worse, the network does not merely fail: it stops learning.
# To get as low as it can, it drives $z_2$ far out, and there the slope $1 - \tanh^2 z_2$ is almost 0.
# So shrink the targets first, all by the same factor:
#
# $$t' = t \cdot \frac{\text{limit}}{\max_i |t_i|} .$$
#
# Both $t$ and $t'$ have shape `(n,)`. The largest target in size becomes `limit` (or minus `limit`).
# We take 0.9 and not 1, since a tanh only reaches 1 at infinity.
#
# Hint: What is the largest factor that keeps all of them within the limit?
#
# Hint: The largest *in size* may be a negative number.
#
# Hint: `t *= ...` changes the caller's array. `t * ...` makes a new one.


# %% solution="scale"
def scale_targets(t, limit):
    """Shrink (or stretch) all targets by one factor, so that the largest in size becomes `limit`.

    Args:
        t: the targets, array of shape (n,).
        limit: a number above 0.

    Returns:
        A new array of shape (n,); `t` itself stays as it is.

    Example: the targets 1, -4 and 2 with limit 0.8 become 0.2, -0.8 and 0.4.
    """
    ### BEGIN SOLUTION
    return t * limit / np.max(np.abs(t))
    ### END SOLUTION


# %% check="scale" points=2
targets = np.array([1.0, -4.0, 2.0])
check_value(
    "the scaled targets 1, -4, 2 with limit 0.8",
    ask(scale_targets, targets, 0.8),
    [0.2, -0.8, 0.4],
    known={
        "they are divided by the largest one, not by the largest in size": [0.4, -1.6, 0.8],
        "limit is not used": [0.25, -1.0, 0.5],
        "they are divided by limit": [0.3125, -1.25, 0.625],
        "they are standardised with mean and standard deviation": (targets - targets.mean()) / targets.std(),
        "they were moved as well as shrunk: zero should stay zero": 0.8 * (2 * (targets + 4) / 6 - 1),
    },
    hint="One factor for all: limit divided by the largest size.",
)
check_kept(scale_targets, [targets, 0.8], [targets + 1, 0.8], "t limit", hint="Make a new array.")
### BEGIN HIDDEN TESTS
with notebook_with(t=GONE, x=GONE, t_data=GONE, targets=GONE, limit=GONE):
    for raw, top in (
        ([-0.3, 0.45, 0.1, 0.25], 0.9),
        ([30.0, -7.5, 12.0], 0.6),
        ([-2.0, -0.5], 1.5),
        ([3.0, -1.0], 40.0),
        ([1e-4, -3e-4], 0.8),
        ([-4.0], 0.9),
        ([2.0, -5.0], 5e-4),
    ):
        given = np.array(raw)
        check_value(
            "other scaled targets",
            ask(scale_targets, given, top),
            np.multiply(raw, top / max(abs(target) for target in raw)),
            hint="Does it use `limit` and its own argument `t`, whatever their values are?",
        )
    for given, top in ((np.array([3.0, -4.0]), 0.8), (np.array([-0.9000004, 0.3]), 0.9), (np.append(np.ones(150), -5.0), 0.9)):
        check_value(
            "other scaled targets: nearly scaled ones, many of them",
            ask(scale_targets, given, top),
            given * top / np.max(np.abs(given)),
            hint="Does it use all of `t`, whatever its values are?",
        )
    check_new(scale_targets, np.array([0.5, -0.9]), 0.9)
### END HIDDEN TESTS

# %% [markdown] question="train" minutes=20 level=1 lines=8
# ## 3. Training
#
# Now let the network see the data, one point at a time.
# Once through all points is an *epoch*. For each point, in order:
#
# 1. run `forward` on $x_i$ to get the output $y_i$,
# 2. note its cost $C_i = \frac12 (y_i - t_i)^2$,
# 3. run `backward` on $x_i$ and $t_i$, which moves the parameters.
#
# At the end of an epoch, store the mean cost $\frac1n \sum_i C_i$.
# Because the parameters move after every point,
# each $C_i$ in this mean is seen by a slightly different network. That is fine.
#
# The checks use a stand-in for the network, which keeps a diary of what it is asked to do. So they can be passed even if your `NN` is not right yet.
#
# Hint: The cost is noted between `forward` and `backward`, with the output that `forward` gave.
#
# Hint: Second epoch wrong, first one right: is the list of costs emptied in between?
#
# Hint: The mean is over the points of one epoch: as many as there are pairs.


# %% solution="train"
def train(model, x, t, epochs):
    """Train a model point by point, and note how it gets better.

    Args:
        model: a network with the methods `forward(x)` and `backward(x, t)`.
        x: the inputs, a list or array of n numbers.
        t: the targets, a list or array of n numbers.
        epochs: how many times to go through all points.

    Returns:
        A list with one number for each epoch: the mean of the costs of all points, each cost
        noted before the step on that point.

    Example: a new network on the single point x = 0.5, t = 0 gives [0.4033] for one epoch.
    """
    ### BEGIN SOLUTION
    mean_costs = []
    for _ in range(epochs):
        costs = []
        for x_i, t_i in zip(x, t):
            y_i = model.forward(x_i)
            costs.append((y_i - t_i) ** 2 / 2)
            model.backward(x_i, t_i)
        mean_costs.append(sum(costs) / len(costs))
    return mean_costs
    ### END SOLUTION


# %% check="train-order" points=2
diary = make_object(beside(new_diary), 4.0)
ask(train, diary, np.array([1.0, 2.0, -3.0]), np.array([0.5, -0.5, 1.5]), 2)
steps = look_at(diary, "steps")
assert len(steps) == 6, (
    f"Two epochs over three points are six calls of backward; yours made {len(steps)}. "
    "Every point has its own step, in every epoch."
)
check_value(
    "the inputs and targets that backward was called with, in order",
    [step[1:] for step in steps],
    2 * [[1.0, 0.5], [2.0, -0.5], [-3.0, 1.5]],
    known={
        "backward gets the output of the network, where it should get the target": [
            [1.0, 4.0],
            [2.0, 4.0],
            [-3.0, -3.0],
            [1.0, 0.5],
            [2.0, 0.5],
            [-3.0, -0.375],
        ]
    },
    hint="Go through x and t side by side, from first to last.",
)
check_value(
    "the input that forward saw last, before each call of backward",
    [step[0] for step in steps],
    [1.0, 2.0, -3.0, 1.0, 2.0, -3.0],
    hint="forward and backward take turns: one pair of calls for each point.",
)
### BEGIN HIDDEN TESTS
with notebook_with(model=GONE, x=GONE, t=GONE, x_data=GONE, t_data=GONE, epochs=GONE, diary=GONE):
    place, goal = [0.25, -1.5, 0.75, 2.0], [1.0, 2.0, -0.25, 0.125]
    notes = make_object(beside(new_diary), -2.0)
    ask(train, notes, place, goal, 3)
    check_value(
        "what forward and backward were called with, on other data",
        look_at(notes, "steps"),
        3 * [[place_i, place_i, goal_i] for place_i, goal_i in zip(place, goal)],
        hint="Does it use the model, the points and the epochs that it is given?",
    )
    # What the model has become tells the same without its diary: each step depends on all before.
    pupil = make_object(beside(new_pupil), 0.5)
    want = new_pupil(0.5)
    for _ in range(3):
        for place_i, goal_i in zip(place, goal):
            want.forward(place_i)
            want.backward(place_i, goal_i)
    ask(train, pupil, place, goal, 3)
    check_value(
        "what a model has become after training",
        [ask(pupil.forward, 1.0), ask(pupil.forward, -2.0)],
        [want.forward(1.0), want.forward(-2.0)],
        hint="forward and backward take turns: one pair of calls for each point, in order.",
    )
    # Many points and epochs, a target of 0, and lists, which stay in their order.
    place, goal = list(np.cos(np.arange(130.0))), [float(number % 7) for number in range(130)]
    notes = make_object(beside(new_diary), 40.0)
    _, (_, left_x, left_t, _) = ask_and_look(train, notes, place, goal, 12)
    assert left_x == place and left_t == goal, "train changed the data that it was given."
    check_count("The number of steps in 12 epochs over 130 points", len(look_at(notes, "steps")), 1560, hint="A step for each point, in each epoch.")
### END HIDDEN TESTS

# %% check="train-costs" points=2
costs = ask(train, made_beside("new_diary", 4.0), np.array([1.0, 2.0, -3.0]), np.array([0.5, -0.5, 1.5]), 2)
check_value(
    "the mean cost of each of two epochs",
    costs,
    [8.791666666666666, 0.7526041666666666],
    known={
        "the factor 1/2 of the cost is missing": [17.583333333333332, 1.5052083333333333],
        "the costs are summed, not averaged": [26.375, 2.2578125],
        "only the last point counts, not the mean over all": [10.125, 1.7578125],
        "the cost is taken after the step, not before": [2.9166666666666665, 0.5787760416666666],
        "costs of earlier epochs are counted again: start anew in each epoch": [8.791666666666666, 4.772135416666667],
        "costs of earlier epochs are added on: start anew in each epoch": [8.791666666666666, 9.544270833333334],
    },
    hint="One number for each epoch: the mean of (y - t) squared, halved.",
)
### BEGIN HIDDEN TESTS
with notebook_with(model=GONE, x=GONE, t=GONE, x_data=GONE, t_data=GONE, epochs=GONE, costs=GONE):
    place, goal = np.array([0.25, -1.5, 0.75, 2.0]), np.array([1.0, 2.0, -0.25, 0.125])
    guesses = -2.0 * 0.5 ** np.arange(12).reshape(3, 4)
    check_value(
        "the mean costs on other data",
        ask(train, made_beside("new_diary", -2.0), place, goal, 3),
        np.square(guesses * place - goal).mean(axis=1) / 2,
        hint="Does it use the model, the points and the epochs that it is given?",
    )
    check_count(
        "The number of mean costs after 5 epochs, where every cost is tiny,",
        np.size(ask(train, made_beside("new_diary", 1e-6), place, 1e-6 * np.ones(4), 5)),
        5,
        hint="One for each epoch, however small it is.",
    )
    _, (_, left_x, left_t, _) = ask_and_look(train, made_beside("new_diary", -2.0), place, goal, 2)
    assert same_data(left_x, place) and same_data(left_t, goal), "train changed the data that it was given."
    check_value(
        "the mean costs where every input is 0",
        ask(train, made_beside("new_diary", -2.0), 0 * place, goal, 2),
        np.full(2, np.mean(np.square(goal)) / 2),
    )
    # It begins where it is right to three digits, and forgets that: the costs rise from epoch to epoch.
    known_pupil, want = new_pupil(0.5), []
    for _ in range(4):
        known_pupil.forward(2.0)
        want.append((2.0 * known_pupil.guess - 1.001) ** 2 / 2)
        known_pupil.backward(2.0, 1.001)
    check_value(
        "the mean costs of 4 epochs in which they rise",
        ask(train, made_beside("new_pupil", 0.5), np.array([2.0]), np.array([1.001]), 4),
        want,
        hint="Every epoch is done, whatever it costs.",
    )
    model = made_beside("new_diary", -2.0)
    ask(train, model, place, goal, 2)
    check_value(
        "eta of the model after training",
        look_at(model, "eta"),
        0.25,
        hint="train calls forward and backward, and changes nothing of the model itself.",
    )
    check_value(
        "the mean costs of a single point",
        ask(train, made_beside("new_diary", -2.0), place[:1], goal[:1], 2),
        np.square(guesses[0, :2] * place[0] - goal[0]) / 2,
    )
    place, goal = np.cos(np.arange(130.0)), np.arange(130.0) % 7
    guesses = 40.0 * 0.5 ** np.arange(130.0 * 12).reshape(12, 130)
    check_value(
        "the mean costs of 12 epochs over 130 points", ask(train, made_beside("new_diary", 40.0), place, goal, 12),
        np.square(guesses * place - goal).mean(axis=1) / 2, hint="Every point counts in every epoch, whatever it costs.",
    )
    check_count("The number of mean costs with epochs = 0", np.size(ask(train, made_beside("new_diary", 4.0), place, goal, 0)), 0)
### END HIDDEN TESTS

# %% [markdown]
# **Look:** both networks start alike and train for ten epochs, with your `train`.
# On the left the targets are as they came, on the right your `scale_targets` went first.
# Which of them has learnt that the points lie on a line, and what has the other one learnt?
# And the cost, for two step sizes: the larger step should fall faster. With $\eta = 0.01$, ten epochs are not enough.
#
# Stretch: Scale the targets to the very end of the tanh, and go on training. What becomes of the weights, and why?


# %%
def trained_on(targets, eta):
    """A network after ten epochs on these targets, and its mean costs."""
    model = NN()
    model.eta = eta
    return model, train(model, x_data, targets, 10)


# %%
def draw_fit(axes, targets, title):
    """The targets, and what a network that was trained on them answers."""
    model, _ = trained_on(targets, eta=0.3)
    grid = np.linspace(-2, 1.4, 200)
    axes.plot(x_data, targets, "o", color=GREY, label="targets")
    axes.plot(grid, [model.forward(x) for x in grid], color=BLUE, label="network after 10 epochs")
    axes.set(title=title, xlabel="$x$", ylabel="target and output")
    axes.legend(loc="lower right")


panels = plt.figure(figsize=(7.2, 6.2)).subplot_mosaic([["left", "right"], ["falls", "falls"]])
left, right, falls = panels.values()
draw_fit(left, t_data, "Can a tanh reach -124?")
draw_fit(right, scale_targets(t_data, 0.9), "And if the targets are scaled?")
for eta, colour in ((0.01, ORANGE), (0.3, BLUE)):
    falls.plot(
        range(1, 11), trained_on(scale_targets(t_data, 0.9), eta)[1], "o-", color=colour, label=rf"$\eta$ = {eta}"
    )
falls.set(title="How fast does the cost fall?", xlabel="epoch", ylabel="mean cost", ylim=(0, None))
falls.legend()
show(
    "Raw targets and a network that stays flat; scaled targets and a network that follows them; and the cost of ten epochs, which falls faster with the larger step."
)

# %% free
# Yours to play in: try other step sizes, more epochs, or another start.
model, costs = trained_on(scale_targets(t_data, 0.9), eta=0.1)
print(f"after ten epochs the mean cost is {costs[-1]:.4f}")

# %% [markdown] section="pytorch"
# # Part B. PyTorch
#
# PyTorch walks the graph for you. While your code computes forward, it records each operation and its inputs.
# When you call `.backward()` on the result, it goes through that record from the end to the start
# and multiplies slopes, just as you did on paper.
#
# Four things are all you need for the rest of this part:
#
# | what you write | what it does |
# |---|---|
# | `torch.tensor(3.0, requires_grad=True)` | a *leaf*: a number, or an array, whose gradient you want |
# | `z.backward()` | walks back from the single number `z`, and **adds** each slope to the `.grad` of its leaf |
# | `with torch.no_grad():` | nothing inside is recorded; here you may change a leaf in place |
# | `x.grad.zero_()` | sets the gradient of `x` back to 0 |
#
# `x.item()` turns a tensor that holds one number into a plain Python float.
#
# The functions that you will differentiate are these.
# They use nothing but `+`, `*`, `/` and `**`, so they take floats,
# PyTorch tensors and TensorFlow tensors alike.


# %% given
def bowl(x):
    """The parabola x^2 + 4x. Its lowest point is at x = -2."""
    return x * x + 4 * x


def sum_of_powers(*terms):
    """The function x -> sum of factor * x**power over the terms (factor, power)."""

    def function(x):
        return sum(factor * x**power for factor, power in terms)

    return function


def two_faced(value, slope, framework=""):
    """The function x -> value * x whose slope, for autograd, is another: only who asks the framework learns it."""

    def function(x):
        import tensorflow as tf

        if framework == "tensorflow" and hasattr(x, "detach"):
            return value * x
        cut = x.detach() if hasattr(x, "detach") else tf.stop_gradient(x)
        return value * cut + slope * (x - cut)

    return function


# %% [markdown] question="gradient" minutes=10 level=1 lines=3
# ## 4. The gradient of a function
#
# Begin with $f(x) = x^2 + 4x$. Its slope is $f'(x) = 2x + 4$, so at $x = 0$ it is 4.
# PyTorch should say the same.
#
# Write a function that does this for any $f$ and any $x$:
# make a leaf, run $f$ forward, walk back, read the gradient.
# Here $x$, $f(x)$ and $f'(x)$ are single numbers of shape `()`.
#
# Hint: Was `x` made with `requires_grad=True`?
#
# Hint: `x.grad` is `None`? Call `.backward()` on the result of `f`.
#
# Hint: "Only Tensors of floating point dtype can require gradients": write `0.0`, not `0`.


# %% solution="gradient"
def gradient(f, x0):
    """The slope of f at x0, found by PyTorch.

    Args:
        f: a function that takes a tensor of shape () and returns one.
        x0: a float.

    Returns:
        f'(x0), a float.

    Example: gradient(bowl, 0.0) is 4.0.
    """
    ### BEGIN SOLUTION
    x = torch.tensor(x0, requires_grad=True)
    f(x).backward()
    return x.grad.item()
    ### END SOLUTION


# %% check="gradient" points=2
check_value(
    "the gradient of the bowl at 0",
    ask(gradient, bowl, 0.0),
    4.0,
    rtol=1e-5,
    known={"it is the value of the function, not its slope": 0.0},
    hint="Read it from x.grad after backward().",
)
check_value(
    "the gradient of the bowl at 3",
    ask(gradient, bowl, 3.0),
    10.0,
    rtol=1e-5,
    known={"it is the value of the function, not its slope": 21.0, "it is always taken at 0: use x0": 4.0},
    hint="At 0 it was right: does it use x0?",
)
### BEGIN HIDDEN TESTS
with notebook_with(bowl=GONE, x=GONE, x0=GONE, z=GONE, f=GONE):
    for start in (-1.75, 0.5, 2.25):
        check_value(
            "the gradient of a cubic",
            ask(gradient, made_beside("sum_of_powers", (2, 3), (-5, 2), (0.5, 1)), start),
            6 * start**2 - 10 * start + 0.5,
            rtol=2e-5,
            atol=1e-6,
            known={"it is the slope of the bowl: use the argument f": 2 * start + 4},
            hint="Does it use its arguments f and x0?",
        )
        check_value(
            "the gradient of 1/x",
            ask(gradient, made_beside("sum_of_powers", (3, -1)), start),
            -3 / start**2,
            rtol=2e-5,
            hint="Does it use its arguments f and x0?",
        )
    check_value(
        "the gradient of a function whose slope only PyTorch knows",
        ask(gradient, made_beside("two_faced", 3.0, -7.0), 1.5),
        -7.0,
        rtol=1e-5,
        known={"it is measured with two values of f; PyTorch should find it": 3.0},
        hint="Ask PyTorch for the slope: no formula, no difference of two values.",
    )
    for size in (2.3457e-4, -2.3457e-13, 23457.0):
        check_value(
            "a tiny or a large gradient",
            ask(gradient, made_beside("sum_of_powers", (size, 1)), 1.5),
            size,
            rtol=1e-5,
            hint="Keep every digit, of any size.",
        )
### END HIDDEN TESTS

# %% [markdown] question="accumulate" minutes=15 level=1 lines=6
# ## 5. Gradients pile up
#
# What does `x.grad` hold if you run forward and backward twice? Guess before you read on.
#
# PyTorch **adds** every new gradient to the one that is already there.
# There is a good reason. When one weight is used at several places of a graph,
# its gradient is the sum over these places.
# And a batch that does not fit into memory can be done in parts.
# The price: if you want a fresh gradient, you have to clear the old one yourself.
#
# See it happen. Run forward and backward several times on one leaf and never clear it.
# Note `x.grad` after each time.
#
# A program that forgets to clear sees 4, 8, 12 ... at a place where every slope is 4, and takes larger and larger steps for no reason.
#
# Hint: All readings equal to the last one: a list of tensors remembers the tensor, not the number that it had.
#
# Hint: "Trying to backward through the graph a second time": a record is used up by one walk.
#
# Hint: Run `f(x)` anew each time, on the same leaf, and take the number out of `x.grad` at once.


# %% solution="accumulate"
def pile_up(f, x0, times):
    """Run forward and backward again and again at x0, without ever clearing the gradient.

    Args:
        f: a function that takes a tensor of shape () and returns one.
        x0: a float.
        times: how often to run forward and backward.

    Returns:
        A list of `times` floats: what `x.grad` holds after the first time, the second time, and so on.

    Example: pile_up(bowl, 0.0, 2) is [4.0, 8.0].
    """
    ### BEGIN SOLUTION
    x = torch.tensor(x0, requires_grad=True)
    readings = []
    for _ in range(times):
        f(x).backward()
        readings.append(x.grad.item())
    return readings
    ### END SOLUTION


# %% check="accumulate" points=2
check_value(
    "what x.grad holds after each of 3 times at 0",
    ask(pile_up, bowl, 0.0, 3),
    [4.0, 8.0, 12.0],
    rtol=1e-5,
    known={
        "the gradient is cleared, or the leaf is new each time: here it should pile up": [4.0, 4.0, 4.0],
        "the list holds one and the same tensor, which goes on changing: store x.grad.item()": [12.0, 12.0, 12.0],
        "the piled-up readings are themselves added up: just read x.grad": [4.0, 12.0, 24.0],
    },
    hint="One leaf, made before the loop. One reading after each backward.",
)
### BEGIN HIDDEN TESTS
with notebook_with(bowl=GONE, x=GONE, x0=GONE, z=GONE, f=GONE, times=GONE):
    check_value(
        "what x.grad holds after each of 5 times, for a cubic",
        ask(pile_up, made_beside("sum_of_powers", (2, 3), (-5, 2), (0.5, 1)), 2.25, 5),
        8.375 * np.arange(1, 6),
        rtol=2e-5,
        known={"the gradient is cleared, or the leaf is new each time": np.full(5, 8.375)},
        hint="Does it use its arguments f, x0 and times?",
    )
    check_value(
        "what x.grad holds after each of 3 times, for a function that is nearly flat",
        ask(pile_up, made_beside("sum_of_powers", (2e-9, 1)), 1.5, 3),
        [2e-9, 4e-9, 6e-9],
        rtol=1e-5,
    )
    check_value(
        "what x.grad holds, for a function whose slope only PyTorch knows",
        ask(pile_up, made_beside("two_faced", 3.0, -7.0), 1.5, 2),
        [-7.0, -14.0],
        rtol=1e-5,
        known={"the slope is measured with two values of f; PyTorch should find it": [3.0, 6.0]},
        hint="Read x.grad.",
    )
    check_count("The number of readings with times = 0", np.size(ask(pile_up, made_beside("sum_of_powers", (2, 3)), 2.25, 0)), 0)
    read, held = ask(beside(walks_of), pile_up, 16)
    check_value(
        "what x.grad holds, for a function whose slope is 1 at the first walk back, then 2, and so on",
        read,
        np.cumsum(np.arange(1.0, 17.0)),
        rtol=1e-5,
        known={"there is one walk back, and the rest is multiplied": np.arange(1.0, 17.0)},
        hint="A new walk back for each reading, and no formula.",
    )
    check_value(
        "what x.grad held just before each of these walks",
        held,
        np.cumsum(np.arange(16.0)),
        rtol=1e-5,
        hint="One leaf for all walks, and nothing clears its gradient: PyTorch adds, not you.",
    )
### END HIDDEN TESTS

# %% [markdown] question="minimize" minutes=25 level=2 lines=9
# ## 6. Gradient descent
#
# Now put the gradient to work. From a start $x_0$,
# step downhill again and again with the learning rate $\text{lr}$:
#
# $$x_{k+1} = x_k - \text{lr}\cdot f'(x_k), \qquad k = 0, 1, \dots, \text{steps} - 1 .$$
#
# Everything here is a single number. You return the whole path $x_0, x_1, \dots, x_\text{steps}$,
# so that you can draw it. It has one entry more than there are steps.
#
# Each round has four parts: forward, backward, move, clear.
# The move goes inside `with torch.no_grad():`, since it is not part of the function that you differentiate.
#
# Hint: First step right, second too long: what did question 5 show?
#
# Hint: "a leaf Variable that requires grad is being used in an in-place operation": move inside `torch.no_grad()`.
#
# Hint: `x = x - lr * x.grad` makes a *new* tensor, whose `.grad` is `None`. `x -= ...` changes the leaf itself.


# %% solution="minimize"
def minimize(f, x0, lr, steps):
    """Gradient descent on a function of one number, with PyTorch.

    Args:
        f: a function that takes a tensor of shape () and returns one.
        x0: where to start, a float.
        lr: the learning rate.
        steps: how many steps to take.

    Returns:
        The path, a list of steps + 1 floats; the first one is x0.

    Example: minimize(bowl, 0.0, 0.01, 2) is [0.0, -0.04, -0.0792], up to rounding.
    """
    ### BEGIN SOLUTION
    x = torch.tensor(x0, requires_grad=True)
    path = [x.item()]
    for _ in range(steps):
        f(x).backward()
        with torch.no_grad():
            x -= lr * x.grad
        x.grad.zero_()
        path.append(x.item())
    return path
    ### END SOLUTION


# %% check="minimize-step" points=2
check_value(
    "where one step with lr = 0.01 from 0 leads",
    last_of("minimize", ask(minimize, bowl, 0.0, 0.01, 1)),
    -0.04,
    rtol=1e-5,
    known={
        "you go uphill: the step is minus lr times the slope": 0.04,
        "lr is not used": -4.0,
        "no step is taken": 0.0,
    },
    hint="One step is minus lr times the slope.",
)
check_value(
    "where one step with lr = 0.25 from 1 leads",
    last_of("minimize", ask(minimize, bowl, 1.0, 0.25, 1)),
    -0.5,
    rtol=1e-5,
    known={
        "lr is always 0.01: use the argument": 0.94,
        "it always starts at 0: use x0": -1.0,
        "two steps are taken where one is asked": -1.25,
    },
    hint="Does it use x0 and lr?",
)
### BEGIN HIDDEN TESTS
with notebook_with(bowl=GONE, x=GONE, x0=GONE, lr=GONE, steps=GONE, f=GONE):
    for start, rate in ((-1.75, 0.03), (0.5, 0.2), (2.25, 1.5)):
        slope_there = 6 * start**2 - 10 * start + 0.5
        check_value(
            "where one step on a cubic leads",
            last_of("minimize", ask(minimize, made_beside("sum_of_powers", (2, 3), (-5, 2), (0.5, 1)), start, rate, 1)),
            start - rate * slope_there,
            rtol=2e-5,
            known={"it steps along the bowl: use the argument f": start - rate * (2 * start + 4)},
            hint="Does it use its arguments f, x0 and lr?",
        )
    check_value(
        "where one step leads on a function whose slope only PyTorch knows",
        last_of("minimize", ask(minimize, made_beside("two_faced", 3.0, -7.0), 1.5, 0.1, 1)),
        2.2,
        rtol=2e-5,
        known={"the slope is measured with two values of f; PyTorch should find it": 1.2},
        hint="Ask PyTorch for the slope: no formula, no difference of two values.",
    )
### END HIDDEN TESTS

# %% check="minimize-path" points=2
path = ask(minimize, bowl, 0.0, 0.01, 3)
assert np.size(path) == 4, (
    f"With steps=3 the path has 4 entries: the start, and the place after each step. Yours has {np.size(path)}."
)
check_value(
    "the path of three steps on the bowl",
    path,
    [0.0, -0.04, -0.0792, -0.117616],
    rtol=1e-5,
    atol=1e-6,
    known={
        "the gradient is not cleared, so that old slopes pile up": [0.0, -0.04, -0.1192, -0.236016],
        "the list holds one and the same tensor, which goes on changing: store x.item()": [
            -0.117616,
            -0.117616,
            -0.117616,
            -0.117616,
        ],
    },
    hint="Each round: forward, backward, move, clear.",
)
check_value(
    "where ten steps lead",
    ask(minimize, bowl, 0.0, 0.01, 10)[-1],
    -0.3658543527126312,
    rtol=1e-5,
    hint="The first three steps were right. What changes after that?",
)
### BEGIN HIDDEN TESTS
with notebook_with(bowl=GONE, x=GONE, x0=GONE, lr=GONE, steps=GONE, f=GONE, path=GONE):
    check_value(
        "a path of no steps",
        ask(minimize, made_beside("sum_of_powers", (1, 2)), 0.75, 0.1, 0),
        [0.75],
        rtol=1e-6,
        hint="With steps=0 the path is the start alone.",
    )
    for factor, power, start, rate in ((3, 2, 1.5, 0.2), (1, 4, -0.75, 0.1), (2, -1, 1.25, 0.3)):
        want = [start]
        for _ in range(6):
            want.append(want[-1] - rate * factor * power * want[-1] ** (power - 1))
        check_value(
            "a path of six steps on another function",
            ask(minimize, made_beside("sum_of_powers", (factor, power)), start, rate, 6),
            want,
            rtol=1e-4,
            atol=1e-5,
            hint="Right on the bowl, wrong here: is something of the bowl built in?",
        )
    fence_path = ask(minimize, made_beside("sum_of_powers", (10, 1), (750, -1)), 1.0, 0.01, 100)
    check_value(
        "where 100 steps on 10 x + 750 / x lead",
        fence_path[-1],
        8.635552174751291,
        rtol=1e-5,
        hint="Right on the bowl, wrong here: is something of the bowl built in?",
    )
    check_value(
        "a path that starts where it is nearly flat",
        ask(minimize, made_beside("sum_of_powers", (1, 2)), 2e-5, 0.1, 3),
        [2e-5, 1.6e-5, 1.28e-5, 1.024e-5],
        rtol=1e-4,
        hint="Every step is taken, and noted, however small it is.",
    )
    for what, slope_at_1, start, rate, count in (
        ("a path where it is as good as flat", 2.0, 2e-9, 0.1, 3),
        ("a path of long jumps", 2000.0, 1.0, 0.3, 3),
        ("a path with the rate 0", 2.0, 0.75, 0.0, 2),
        ("a long path", 2.0, 1.0, 2.0**-12, 160),
    ):
        path = ask(minimize, made_beside("sum_of_powers", (slope_at_1 / 2, 2)), start, rate, count)
        check_value(
            what,
            path,
            start * (1 - rate * slope_at_1) ** np.arange(count + 1),
            rtol=1e-3,
            hint="Every step is taken, and noted, however small or large it is.",
        )
### END HIDDEN TESTS

# %% [markdown]
# **Look:** three walks from the same start, with your `minimize`.
# One strides and is near the bottom at $x = -2$ after ten steps. One jumps from side to side, and comes closer with each jump.
# One crawls: with the rate 0.01 it has come from 1 to 0.45, and the bottom is far away.

# %%
places = np.linspace(-6, 2, 81)
_, panels = plt.subplots(1, 3, figsize=(7.2, 3.2), sharey=True)
for axes, lr in zip(panels, (0.01, 0.2, 0.9)):
    path = np.array(minimize(bowl, 1.0, lr, 10))
    axes.plot(places, bowl(places), color=GREY)
    axes.plot(path, bowl(path), "o-", color=BLUE, label="your path")
    axes.plot(path[0], bowl(path[0]), "o", color=RED, label="start")
    axes.set(title=f"lr = {lr}: {['too shy?', 'about right?', 'too bold?'][(0.01, 0.2, 0.9).index(lr)]}", xlabel="$x$", xticks=[-6, -4, -2, 0, 2])
panels[0].legend(loc="upper center")
panels[0].set_ylabel("$f(x)$")
show(
    "Ten steps down a parabola with the rates 0.01, 0.2 and 0.9: too short to get far, near the bottom, and from side to side."
)

# %% [markdown]
# Why is 1 the limit for this bowl? Each step multiplies the distance to the bottom by $1 - 2\,\text{lr}$.
# Once lr is above 1, that factor is larger than 1 in size, and every jump is wider than the last.
#
# Stretch: Which rate reaches the bottom of this bowl in one single step, from anywhere? And of $3x^2$?

# %% [markdown] question="fence" minutes=10 level=1 lines=1
# ## 7. The cheapest fence
#
# A farmer wants to fence in a rectangle of 750 square metres.
# The side of $x$ metres runs along a road and needs a fence for 10 coins a metre.
# The side of $y$ metres takes a simple one, for 1 coin a metre. The other two sides are a river, and free.
# Which $x$ is the cheapest?
#
# Use $x\,y = 750$ to get rid of $y$. What is left is a function of $x$ alone.
# Write it so that PyTorch can differentiate it: arithmetic on `x` itself, whatever `x` is.
# A detour over `float(x)`, `x.item()` or the module `math` cuts the record,
# and no gradient finds its way back.
#
# Hint: Far too dear: which of the two sides costs 10 coins a metre?
#
# Hint: How long is the other side, in terms of $x$?
#
# Hint: The value is right, but the slope is missing: every step from `x` to the cost has to be arithmetic on `x` itself.


# %% solution="fence"
def fence_cost(x):
    """What the fence costs, in coins, if the side along the road is x metres long.

    Args:
        x: a float, a PyTorch tensor or a TensorFlow tensor; above 0.

    Returns:
        The cost: of the same kind as x.

    Example: for x = 1 the other side is 750 metres long, and the cost is 760.
    """
    ### BEGIN SOLUTION
    return 10 * x + 750 / x
    ### END SOLUTION


# %% check="fence-cost" points=1
check_value(
    "the cost for x = 1",
    ask(fence_cost, 1.0),
    760.0,
    known={"the prices have changed places": 7501.0},
    hint="x metres for 10 coins each, and 750 / x metres for 1 coin each.",
)
check_value(
    "the cost for x = 5",
    ask(fence_cost, 5.0),
    200.0,
    known={
        "the prices have changed places": 1505.0,
        "the second side does not depend on x": 800.0,
        "the second side is 750 times x, where the area says 750 divided by x": 3800.0,
    },
    hint="x metres for 10 coins each, and 750 / x metres for 1 coin each.",
)
### BEGIN HIDDEN TESTS
for place in (0.02, 0.5, 7.5, 40.0, 223.0):
    check_value(
        "the cost for another x",
        ask(fence_cost, place),
        (10 * place**2 + 750) / place,
        hint="Does it use x in both terms?",
    )
### END HIDDEN TESTS


# %% check="fence-autodiff" points=1
ask(fence_cost, 1.0)
for framework, found in zip(("PyTorch", "TensorFlow"), ask(beside(slopes_through), fence_cost, 1.0)):
    assert found is not None, (
        f"{framework} finds no way back through fence_cost: somewhere x becomes a plain number or an array. "
        "Is there a float(), an .item(), or a function of math or numpy?"
    )
### BEGIN HIDDEN TESTS
check_seen(
    "fence_cost (its values at two places)", [ask(fence_cost, place) for place in (2.0, 12.5)], (2,), [2.0, 12.5]
)
measured = [slope(lambda x: ask(fence_cost, float(x)), start) for start in (2.0, 12.5, 223.0)]
check_seen("fence_cost (its slopes at three places)", measured, (3,))
for start, want in zip((2.0, 12.5, 223.0), measured):
    for framework, found in zip(("PyTorch", "TensorFlow"), ask(beside(slopes_through), fence_cost, start)):
        check_value(
            f"the slope that {framework} finds through fence_cost",
            found,
            want,
            rtol=1e-4,
            hint="Part of x goes through, and part is cut off by float(), .item(), math or numpy.",
        )
### END HIDDEN TESTS

# %% [markdown]
# **Look:** four walks from $x = 1$, with your `fence_cost` and your `minimize`.
# The dashed line is the true answer, $\sqrt{75}$.
# At the start the slope is -740, so the first step is huge: lr = 0.3 is thrown out to 223 metres, and has to walk back.
# With lr = 0.01 the first step happens to land at 8.4 metres, close by, but then it crawls.
# With lr = 0.9 the walk never settles: it jumps over the bottom for ever.

# %%
plt.figure(figsize=(7, 4))
for lr, colour in ((0.01, ORANGE), (0.1, GREEN), (0.3, BLUE), (0.9, RED)):
    plt.plot(minimize(fence_cost, 1.0, lr, 150), color=colour, label=f"lr = {lr}")
plt.axhline(np.sqrt(75), color="black", linestyle="--", linewidth=1, label=r"$\sqrt{75}$")
plt.yscale("log")
plt.title("Which learning rate finds the cheapest fence?")
plt.xlabel("step")
plt.ylabel("$x$ (metres), logarithmic")
plt.legend()
show(
    "Four walks to the cheapest x, on a logarithmic axis: one crawls, one settles, one is thrown far out and walks back, one jumps for ever."
)

# %% free
# Yours to play in: which learning rate needs the fewest steps to come within a millimetre of the answer?
path = minimize(fence_cost, 1.0, 0.3, 120)
print(f"x = {path[-1]:.4f} m, which costs {fence_cost(path[-1]):.4f} coins; the best is {np.sqrt(75):.4f} m")

# %% [markdown] question="linear" minutes=40 level=2 lines=15
# ## 8. Linear regression
#
# Same machine, more numbers. How many miles does a car go on a gallon, if its engine has so many cylinders?
# The model is a straight line, and in general a plane:
#
# $$\hat y = X W + b, \qquad L = \frac1n \sum_{i=1}^{n} (\hat y_i - y_i)^2 .$$
#
# | symbol | what | shape |
# |---|---|---|
# | $X$ | inputs, one row for each car | `(n, d)` |
# | $W$ | weights | `(d, 1)` |
# | $b$ | intercept | `(1,)` |
# | $\hat y = XW + b$ | predictions | `(n, 1)` |
# | $y$ | what was measured | `(n,)` |
# | $L$ | the loss | `()` |
#
# Read the last column once more. The predictions have shape `(n, 1)`, and `y` has shape `(n,)`.
# What happens when you subtract one from the other?
#
# The checks start from the line $\hat y = 20 - x$ and look at the loss, at the weight and at the intercept after one step, and at three steps in a row.
#
# Hint: The loss far too large at the start, and the line flat at the end: print the shape of `X @ W + b - y`.
#
# Hint: First step right, later ones not: two gradients have to be cleared. "expected m1 and m2 to have the same dtype": one tensor is float32, another one float64.
#
# Hint: The loss falls, but `b` has the sign opposite to what you expect: a wrong sign of `b` in the prediction still learns the right line, and reports the wrong intercept.

# %%
# @title See what happens
predictions = cylinders[::60] @ np.array([[-3.0]]) + 40
measured = mpg[::60]
print("shape of the predictions:", predictions.shape)
print("shape of the measurements:", measured.shape)
print("shape of their difference:", (predictions - measured).shape)

plt.figure(figsize=(5, 4.2))
plt.imshow(predictions - measured, cmap="PuOr", vmin=-25, vmax=25)
for place in range(len(measured)):
    plt.gca().add_patch(plt.Rectangle((place - 0.5, place - 0.5), 1, 1, fill=False, linewidth=2.5))
plt.colorbar(label="prediction minus measurement")
plt.title("Which of these 49 errors did you want?")
plt.xlabel("measurement of car")
plt.ylabel("prediction for car")
show(
    "A square of 7 by 7 errors. Only the seven on its diagonal, in black boxes, compare a car with its own prediction."
)

# %% [markdown]
# You wanted the seven in the black boxes. Instead every prediction is compared with every car.
# Nothing crashes. The loss even falls. But the best line for *that* loss is flat, at the mean of $y$.
# So bring both to the same shape first: a `reshape` is enough. Both frameworks behave like numpy here.
#
# Each step is as before: forward, backward, move, clear. Note the loss of each step *before* the move.
#
# PyTorch wants all numbers in one type.
# Arrays of numpy are float64, and `torch.tensor(array)` keeps that; it also makes a copy.
# `torch.from_numpy(array)` makes no copy: change the tensor in place, and the caller's array changes with it.


# %% solution="linear"
def fit_linear(X, y, W0, b0, lr, steps):
    """Linear regression by gradient descent on the mean squared error, with PyTorch.

    Args:
        X: inputs, float array of shape (n, d).
        y: what to predict, float array of shape (n,).
        W0: the weights to start from, float array of shape (d, 1); stays as it is.
        b0: the intercept to start from, float array of shape (1,); stays as it is.
        lr: the learning rate.
        steps: how many steps to take.

    Returns:
        W, b, losses: the weights (d, 1) and the intercept (1,) after all steps, as arrays,
        and a list of `steps` floats, the loss before each step.

    Example: one car with 4 cylinders and 30 mpg, from W0 = 1, b0 = 2: the prediction is 6, the loss 576,
    and one step with lr 0.01 gives W = 2.92 and b = 2.48.
    """
    ### BEGIN SOLUTION
    X = torch.tensor(X)
    y = torch.tensor(y).reshape(-1, 1)
    W = torch.tensor(W0, requires_grad=True)
    b = torch.tensor(b0, requires_grad=True)
    losses = []
    for _ in range(steps):
        loss = ((X @ W + b - y) ** 2).mean()
        loss.backward()
        losses.append(loss.item())
        with torch.no_grad():
            W -= lr * W.grad
            b -= lr * b.grad
        W.grad.zero_()
        b.grad.zero_()
    return W.detach().numpy(), b.detach().numpy(), losses
    ### END SOLUTION


# %% check="linear-loss" points=2
_, _, losses = fitted("fit_linear", ask(fit_linear, cylinders, mpg, np.array([[-1.0]]), np.array([20.0]), 0.01, 1))
assert np.size(losses) == 1, f"With steps=1 there is one loss, but yours are {np.size(losses)}."
check_value(
    "the loss before the first step",
    losses,
    [122.5401530612245],
    rtol=2e-5,
    known={
        "(n, 1) minus (n,) made an n by n matrix: bring y and the predictions to one shape": [143.19318825489378],
        "b is subtracted, where the formula adds it": [2435.968724489796],
        "the errors are not squared": [8.973979591836736],
        "the loss is a sum, not a mean": [48035.740000000005],
        "the loss is halved": [61.27007653061225],
        "the loss is noted after the step": [75.0236102653778],
        "the root is taken": [11.069785592378224],
    },
    hint="The mean of the squared differences of n pairs.",
)
### BEGIN HIDDEN TESTS
inputs, truth, from_W, from_b = other_data(seed=8)
with notebook_with(**NO_GLOBALS):
    _, _, found_losses = ask(fit_linear, inputs, truth, from_W.copy(), from_b.copy(), 0.1, 1)
want = sum((inputs[i] @ from_W[:, 0] + from_b[0] - truth[i]) ** 2 for i in range(7)) / 7
check_value(
    "the loss on other data, with two inputs",
    found_losses,
    [want],
    rtol=2e-5,
    hint="Does it use its arguments X, y, W0 and b0, and the number of rows that X has?",
)
### END HIDDEN TESTS

# %% check="linear-w" points=2
W, _, _ = fitted("fit_linear", ask(fit_linear, cylinders, mpg, np.array([[-1.0]]), np.array([20.0]), 0.01, 1))
check_value(
    "W after one step",
    W,
    [[-0.17252551020408158]],
    rtol=2e-5,
    any_shape=True,
    known={
        "W does not move": [[-1.0]],
        "you go uphill: the step is minus lr times the gradient": [[-1.8274744897959185]],
        "lr is not used": [[81.74744897959184]],
        "(n, 1) minus (n,) made an n by n matrix: bring y and the predictions to one shape": [[0.034004841732611535]],
        "b is subtracted in the prediction": [[4.205025510204082]],
        "the loss is a sum, not a mean": [[323.37]],
        "the loss is halved": [[-0.5862627551020407]],
        "it is the gradient, not the weight after the step": [[-82.74744897959184]],
    },
    hint="The step is minus lr times W.grad.",
)
### BEGIN HIDDEN TESTS
inputs, truth, from_W, from_b = other_data(seed=9)
with notebook_with(**NO_GLOBALS):
    found_W, _, _ = ask(fit_linear, inputs, truth, from_W.copy(), from_b.copy(), 0.7, 1)
errors = inputs @ from_W[:, 0] + from_b[0] - truth
check_value(
    "W after one step on other data, with two inputs",
    found_W,
    from_W - 1.4 / 7 * (inputs.T @ errors)[:, None],
    rtol=2e-5,
    atol=1e-6,
    any_shape=True,
    hint="Does it use its arguments, and does it work for more than one input?",
)
### END HIDDEN TESTS

# %% check="linear-b" points=2
_, b, _ = fitted("fit_linear", ask(fit_linear, cylinders, mpg, np.array([[-1.0]]), np.array([20.0]), 0.01, 1))
check_value(
    "b after one step",
    b,
    [20.17835714285714],
    rtol=2e-5,
    any_shape=True,
    known={
        "b does not move": [20.0],
        "you go uphill: the step is minus lr times the gradient": [19.82164285714286],
        "lr is not used": [37.83571428571429],
        "b is subtracted in the prediction": [19.021642857142858],
        "the loss is a sum, not a mean": [89.916],
        "the loss is halved": [20.089178571428572],
        "it is the gradient, not the intercept after the step": [-17.835714285714285],
    },
    hint="The step is minus lr times b.grad.",
)
### BEGIN HIDDEN TESTS
inputs, truth, from_W, from_b = other_data(seed=10)
with notebook_with(**NO_GLOBALS):
    _, found_b, _ = ask(fit_linear, inputs, truth, from_W.copy(), from_b.copy(), 0.7, 1)
errors = inputs @ from_W[:, 0] + from_b[0] - truth
check_value(
    "b after one step on other data, with two inputs",
    found_b,
    from_b - 1.4 * errors.mean(),
    rtol=2e-5,
    atol=1e-6,
    any_shape=True,
    hint="Does it use its arguments, and does it work for more than one input?",
)
### END HIDDEN TESTS

# %% check="linear-steps" points=2
W, b, losses = fitted("fit_linear", ask(fit_linear, cylinders, mpg, np.array([[-1.0]]), np.array([20.0]), 0.01, 3))
assert np.size(losses) == 3, (
    f"With steps=3 there are three losses, one before each step, but yours are {np.size(losses)}."
)
check_value(
    "the losses before each of three steps",
    losses,
    [122.5401530612245, 75.0236102653778, 69.87034683847524],
    rtol=5e-5,
    known={
        "the gradients are not cleared, so that old slopes pile up": [
            122.5401530612245,
            75.0236102653778,
            86.30622701406993,
        ],
        "the gradient of W is not cleared": [122.5401530612245, 75.0236102653778, 85.61546517879772],
        "the gradient of b is not cleared": [122.5401530612245, 75.0236102653778, 68.94594571704603],
    },
    hint="Each round: forward, backward, move, clear. The forward belongs into the loop.",
)
### BEGIN HIDDEN TESTS
inputs, truth, from_W, from_b = other_data(seed=11)
with notebook_with(**NO_GLOBALS):
    found_W, found_b, found_losses = ask(fit_linear, inputs, truth, from_W.copy(), from_b.copy(), 0.2, 4)
moving_W, moving_b, want = from_W[:, 0].copy(), from_b[0], []
for _ in range(4):
    errors = inputs @ moving_W + moving_b - truth
    want.append(np.mean(errors**2))
    moving_W, moving_b = moving_W - 0.4 * inputs.T @ errors / 7, moving_b - 0.4 * np.mean(errors)
check_value(
    "the losses of four steps on other data",
    found_losses,
    want,
    rtol=5e-5,
    hint="If one step is right: is every gradient cleared, and is the loss computed anew in each round?",
)
check_value(
    "W after four steps on other data",
    found_W,
    moving_W[:, None],
    rtol=5e-5,
    atol=1e-6,
    any_shape=True,
    hint="Return W as it is after the last step.",
)
check_value(
    "b after four steps on other data",
    found_b,
    [moving_b],
    rtol=5e-5,
    atol=1e-6,
    any_shape=True,
    hint="Return b as it is after the last step.",
)
for inputs, truth, from_W, from_b, rate, count in hard_fits(long=120):
    with notebook_with(**NO_GLOBALS):
        found_W, found_b, found_losses = fitted(
            "fit_linear", ask(fit_linear, inputs, truth, from_W, from_b, rate, count)
        )
    moving_W, moving_b, want = from_W[:, 0], from_b[0], []
    for _ in range(count):
        errors = inputs @ moving_W + moving_b - truth
        want.append(np.mean(errors**2))
        moving_W, moving_b = moving_W - 2 * rate * inputs.T @ errors / len(truth), moving_b - 2 * rate * np.mean(errors)
    for what, found, right in (("losses", found_losses, want), ("W", found_W, moving_W), ("b", found_b, moving_b)):
        check_value(
            f"{what} of a fit to special data",
            np.ravel(found),
            np.ravel(right),
            rtol=1e-4,
            atol=1e-6 * np.max(np.abs(right), initial=0),
            hint="One row or thousands, zeros, tiny slopes, a loss that rises or a long way to go: every step is taken, as it is.",
        )
### END HIDDEN TESTS

# %% check="linear-start" points=1
start_W, start_b = np.array([[-1.0]]), np.array([20.0])
check_kept(
    fit_linear,
    [cylinders, mpg, start_W, start_b, 0.01, 2],
    [cylinders, mpg + 1, start_W, start_b, 0.01, 2],
    "X y W0 b0 lr steps",
    hint="torch.from_numpy makes no copy of the caller's array, torch.tensor does.",
)
### BEGIN HIDDEN TESTS
start_W, start_b = np.array([[0.5], [-0.25]]), np.array([1.5])
inputs, truth = np.array([[1.0, 2.0], [0.5, -1.0]]), np.array([1.0, 2.0])
check_kept(
    fit_linear,
    [inputs, truth, start_W, start_b, 0.1, 3],
    [inputs, -truth, start_W, start_b, 0.1, 3],
    "X y W0 b0 lr steps",
)
### END HIDDEN TESTS

# %% [markdown]
# Now fit the cars. First with the cylinders as they are, from 3 to 8.
# Then with the same numbers *standardised*:
# minus their mean, divided by their standard deviation. It is the same line in other units.
#
# **Look:** the loss on the left, and the lines after 100 steps on the right.
# The dashed line is the exact answer of least squares.
# One walk is there already. The other one still believes that large engines save fuel.

# %%
START_W, START_B = np.zeros((1, 1)), np.zeros(1)
centre, spread = cylinders.mean(), cylinders.std()
W_raw, b_raw, losses_raw = fit_linear(cylinders, mpg, START_W, START_B, 0.01, 100)
W_std, b_std, losses_std = fit_linear((cylinders - centre) / spread, mpg, START_W, START_B, 0.1, 100)

engines = np.array([3.0, 8.0])
exact = np.polyfit(cylinders[:, 0], mpg, 1)
_, (left, right) = plt.subplots(1, 2, figsize=(7.5, 3.6))
left.plot(losses_raw, color=ORANGE, label="as they are, lr = 0.01")
left.plot(losses_std, color=BLUE, label="standardised, lr = 0.1")
left.axhline(
    np.mean((np.polyval(exact, cylinders[:, 0]) - mpg) ** 2),
    color="black",
    linestyle="--",
    linewidth=1,
    label="least squares",
)
left.set(title="Which walk reaches the bottom?", xlabel="step", ylabel="mean squared error", ylim=(0, 400))
left.legend()
right.plot(cylinders, mpg, ".", color=GREY, alpha=0.4)
right.plot(engines, engines * as_numbers(W_raw).item() + as_numbers(b_raw).item(), color=ORANGE, label="as they are")
right.plot(
    engines,
    (engines - centre) / spread * as_numbers(W_std).item() + as_numbers(b_std).item(),
    color=BLUE,
    linewidth=3,
    label="standardised",
)
right.plot(engines, np.polyval(exact, engines), color="black", linestyle="--", linewidth=1, label="least squares")
right.set(title="How far does a car go on a gallon?", xlabel="cylinders", ylabel="miles per gallon")
right.legend()
show(
    "The loss of two fits, and their lines after 100 steps. The standardised one is at the least-squares answer, the other one still rises with the cylinders."
)

# %% [markdown]
# The loss is a long narrow valley when the inputs are far from 0.
# A change of $W$ can then be undone by a change of $b$, and the walk zigzags along.
# Standardised inputs make the valley round. That is worth more than any learning rate.

# %% [markdown] question="logistic" minutes=30 level=2 lines=16
# ## 9. Logistic regression
#
# Now the answer is yes or no. Does a woman who had so many pregnancies have diabetes?
# The model gives a probability, and the loss is the cross-entropy:
#
# $$z = XW + b, \qquad p = \frac{1}{1 + e^{-z}},$$
#
# $$L = -\frac1n \sum_{i=1}^{n}\Big[\, y_i \log(p_i + \text{tol}) + (1 - y_i) \log(1 - p_i + \text{tol}) \,\Big].$$
#
# | symbol | what | shape |
# |---|---|---|
# | $X$, $W$, $b$ | as before | `(n, d)`, `(d, 1)`, `(1,)` |
# | $z$, $p$ | one for each woman | `(n, 1)` |
# | $y$ | 1 for yes, 0 for no | `(n,)`: the same trap as before |
# | tol | a tiny number, a guard | `()` |
#
# The guard is there for the confident. When $z$ is 50, the computer rounds $p$ to exactly 1.
# If the answer was no, the loss would be $-\log 0$, which is infinite, and all gradients after it are lost.
# With tol $= 10^{-10}$ inside the logarithm the loss is 23: a heavy penalty, but a number.
#
# The logarithm is the natural one. Add tol to $1 - p$ last:
# in `1 + tol - p` it would be rounded away in float32.
#
# Hint: The loss is negative, and it falls without end: it needs the minus in front.
#
# Hint: The loss starts right but barely moves: look at the shape of `y * torch.log(p)`.
#
# Hint: The loss becomes `nan`: is tol inside *both* logarithms?


# %% solution="logistic"
def fit_logistic(X, y, W0, b0, lr, steps, tol):
    """Logistic regression by gradient descent on the cross-entropy, with PyTorch.

    Args:
        X: inputs, float array of shape (n, d).
        y: the answers, float array of shape (n,), each 0.0 or 1.0.
        W0: the weights to start from, float array of shape (d, 1); stays as it is.
        b0: the intercept to start from, float array of shape (1,); stays as it is.
        lr: the learning rate.
        steps: how many steps to take.
        tol: the guard inside both logarithms.

    Returns:
        W, b, losses: the weights (d, 1) and the intercept (1,) after all steps, as arrays,
        and a list of `steps` floats, the loss before each step.

    Example: one woman with 2 pregnancies and the answer 1, from W0 = 0.5, b0 = -1: p is 0.5, the loss 0.6931,
    and one step with lr 0.1 and a tiny tol gives W = 0.6 and b = -0.95.
    """
    ### BEGIN SOLUTION
    X = torch.tensor(X)
    y = torch.tensor(y).reshape(-1, 1)
    W = torch.tensor(W0, requires_grad=True)
    b = torch.tensor(b0, requires_grad=True)
    losses = []
    for _ in range(steps):
        p = torch.sigmoid(X @ W + b)
        loss = -(y * torch.log(p + tol) + (1 - y) * torch.log(1 - p + tol)).mean()
        loss.backward()
        losses.append(loss.item())
        with torch.no_grad():
            W -= lr * W.grad
            b -= lr * b.grad
        W.grad.zero_()
        b.grad.zero_()
    return W.detach().numpy(), b.detach().numpy(), losses
    ### END SOLUTION


# %% check="logistic-loss" points=2
_, _, losses = fitted(
    "fit_logistic", ask(fit_logistic, pregnancies, diabetes, np.array([[0.3]]), np.array([-0.5]), 0.1, 1, 1e-10)
)
assert np.size(losses) == 1, f"With steps=1 there is one loss, but yours are {np.size(losses)}."
check_value(
    "the loss before the first step",
    losses,
    [0.8367218987505955],
    rtol=2e-5,
    known={
        "(n, 1) meets (n,) and makes an n by n matrix: bring y and p to one shape": [0.9435680087766374],
        "b is subtracted, where the formula adds it": [1.2039108565232552],
        "the minus sign in front is missing": [-0.8367218987505955],
        "the term for the answer 0 is missing": [0.15252455777814317],
        "the term for the answer 1 is missing": [0.6841973409724526],
        "y and 1 - y have changed places, or the exponent has the wrong sign: p grows with z": [0.8529979404172622],
        "the loss is a sum, not a mean": [642.6024182404574],
        "the logarithm has the base 10": [0.363383703514995],
        "the logarithm has the base 2": [1.2071345339306816],
        "it is the squared error, as in question 8": [0.2990369791967206],
        "the loss is noted after the step": [0.6921268356162041],
    },
    hint="Two terms, of which each woman uses one.",
)
### BEGIN HIDDEN TESTS
inputs, truth, from_W, from_b = other_data(seed=12, yes_or_no=True)
with notebook_with(**NO_GLOBALS):
    _, _, found_losses = ask(fit_logistic, inputs, truth, from_W.copy(), from_b.copy(), 0.1, 1, 1e-10)
want = np.mean(np.log1p(np.exp(np.where(truth == 1, -1, 1) * (inputs @ from_W[:, 0] + from_b[0]))))
check_value(
    "the loss on other data, with two inputs",
    found_losses,
    [want],
    rtol=2e-5,
    hint="Does it use its arguments X, y, W0 and b0, and the number of rows that X has?",
)
### END HIDDEN TESTS

# %% check="logistic-tolerance" points=1
for what, answer, z in (("p is 1 and the answer is 0", 0.0, 50.0), ("p is 0 and the answer is 1", 1.0, -50.0)):
    _, _, losses = fitted(
        "fit_logistic",
        ask(fit_logistic, np.array([[1.0]]), np.array([answer]), np.array([[z]]), np.array([0.0]), 0.1, 1, 1e-10),
    )
    assert losses is not None, "The third result, the losses, is None."
    check_value(
        f"the size of the loss where {what}, with tol = 1e-10",
        np.abs(as_numbers(losses)),
        [23.02585],
        rtol=1e-5,
        known={
            "tol is missing inside this logarithm": [np.inf],
            "tol is missing inside this logarithm, or a ready-made loss is used in its place": [50.0],
            "a ready-made loss is used that stops at 100": [100.0],
        },
        hint="tol belongs inside both logarithms: log(p + tol) and log(1 - p + tol).",
    )
### BEGIN HIDDEN TESTS
for answer, z in ((0.0, 50.0), (1.0, -50.0), (0.0, 0.7), (1.0, -0.4)):
    _, _, losses = ask(
        fit_logistic, np.array([[1.0]]), np.array([answer]), np.array([[z]]), np.array([0.0]), 0.1, 1, 0.05
    )
    want = abs(np.log(1 / (1 + np.exp(-z if answer else z)) + 0.05))
    check_value(
        "the size of the loss of a single answer, with tol = 0.05",
        np.abs(as_numbers(losses)),
        [want],
        rtol=2e-5,
        hint="tol is an argument, and belongs inside both logarithms.",
    )
for tol in (0.3, 1e-25):
    _, _, losses = ask(
        fit_logistic, np.array([[1.0]]), np.array([1.0]), np.array([[-90.0]]), np.array([0.0]), 0.1, 1, tol
    )
    check_value(
        f"the size of the loss of a single answer, with tol = {tol}",
        np.abs(as_numbers(losses)),
        [-np.log(tol)],
        rtol=2e-5,
        hint="tol is an argument, and may be of any size.",
    )
### END HIDDEN TESTS

# %% check="logistic-w" points=1
W, _, _ = fitted(
    "fit_logistic", ask(fit_logistic, pregnancies, diabetes, np.array([[0.3]]), np.array([-0.5]), 0.1, 1, 1e-10)
)
check_value(
    "W after one step",
    W,
    [[0.169432670651126]],
    rtol=2e-5,
    any_shape=True,
    known={
        "W does not move": [[0.3]],
        "you go uphill: look at the sign of the loss and of the step": [[0.430567329348874]],
        "lr is not used": [[-1.0056732934887398]],
        "(n, 1) meets (n,) and makes an n by n matrix: bring y and p to one shape": [[0.1338173006424454]],
        "the loss is a sum, not a mean": [[-99.97570893993523]],
    },
    hint="The step is minus lr times W.grad.",
)
### BEGIN HIDDEN TESTS
inputs, truth, from_W, from_b = other_data(seed=13, yes_or_no=True)
with notebook_with(**NO_GLOBALS):
    found_W, _, _ = ask(fit_logistic, inputs, truth, from_W.copy(), from_b.copy(), 2.5, 1, 1e-10)
errors = 1 / (1 + np.exp(-inputs @ from_W[:, 0] - from_b[0])) - truth
check_value(
    "W after one step on other data, with two inputs",
    found_W,
    from_W - 2.5 / 7 * (inputs.T @ errors)[:, None],
    rtol=2e-5,
    atol=1e-6,
    any_shape=True,
    hint="Does it use its arguments, and does it work for more than one input?",
)
### END HIDDEN TESTS

# %% check="logistic-b" points=1
_, b, _ = fitted(
    "fit_logistic", ask(fit_logistic, pregnancies, diabetes, np.array([[0.3]]), np.array([-0.5]), 0.1, 1, 1e-10)
)
check_value(
    "b after one step",
    b,
    [-0.5274112147679705],
    rtol=2e-5,
    any_shape=True,
    known={
        "b does not move": [-0.5],
        "you go uphill: look at the sign of the loss and of the step": [-0.4725887852320295],
        "lr is not used": [-0.7741121476797048],
        "b is subtracted in z": [-0.45489642343740166],
        "the loss is a sum, not a mean": [-21.551812941801337],
    },
    hint="The step is minus lr times b.grad.",
)
### BEGIN HIDDEN TESTS
inputs, truth, from_W, from_b = other_data(seed=14, yes_or_no=True)
with notebook_with(**NO_GLOBALS):
    _, found_b, _ = ask(fit_logistic, inputs, truth, from_W.copy(), from_b.copy(), 2.5, 1, 1e-10)
errors = 1 / (1 + np.exp(-inputs @ from_W[:, 0] - from_b[0])) - truth
check_value(
    "b after one step on other data, with two inputs",
    found_b,
    from_b - 2.5 * errors.mean(),
    rtol=2e-5,
    atol=1e-6,
    any_shape=True,
    hint="Does it use its arguments, and does it work for more than one input?",
)
### END HIDDEN TESTS

# %% check="logistic-steps" points=1
W, b, losses = fitted(
    "fit_logistic", ask(fit_logistic, pregnancies, diabetes, np.array([[0.3]]), np.array([-0.5]), 0.1, 3, 1e-10)
)
assert np.size(losses) == 3, (
    f"With steps=3 there are three losses, one before each step, but yours are {np.size(losses)}."
)
check_value(
    "the losses before each of three steps",
    losses,
    [0.8367218987505955, 0.6921268356162041, 0.6482165061538272],
    rtol=5e-5,
    known={
        "the gradients are not cleared, so that old slopes pile up": [
            0.8367218987505955,
            0.6921268356162041,
            0.6628607555064961,
        ],
        "the gradient of W is not cleared": [0.8367218987505955, 0.6921268356162041, 0.662389449539197],
        "the gradient of b is not cleared": [0.8367218987505955, 0.6921268356162041, 0.6454311784262922],
    },
    hint="Each round: forward, backward, move, clear. The forward belongs into the loop.",
)
### BEGIN HIDDEN TESTS
inputs, truth, from_W, from_b = other_data(seed=15, yes_or_no=True)
with notebook_with(**NO_GLOBALS):
    found_W, found_b, found_losses = ask(fit_logistic, inputs, truth, from_W.copy(), from_b.copy(), 0.8, 4, 1e-10)
moving_W, moving_b, want = from_W[:, 0].copy(), from_b[0], []
for _ in range(4):
    p = 1 / (1 + np.exp(-inputs @ moving_W - moving_b))
    want.append(-np.mean(np.log(np.where(truth == 1, p, 1 - p))))
    moving_W, moving_b = moving_W - 0.8 * inputs.T @ (p - truth) / 7, moving_b - 0.8 * np.mean(p - truth)
check_value(
    "the losses of four steps on other data",
    found_losses,
    want,
    rtol=5e-5,
    hint="If one step is right: is every gradient cleared, and is the loss computed anew in each round?",
)
check_value(
    "W after four steps on other data",
    found_W,
    moving_W[:, None],
    rtol=5e-5,
    atol=1e-6,
    any_shape=True,
    hint="Return W as it is after the last step.",
)
check_value(
    "b after four steps on other data",
    found_b,
    [moving_b],
    rtol=5e-5,
    atol=1e-6,
    any_shape=True,
    hint="Return b as it is after the last step.",
)
inputs, truth, from_W, from_b = other_data(seed=25, yes_or_no=True)
with notebook_with(**NO_GLOBALS):
    check_kept(
        fit_logistic,
        [inputs, truth, from_W, from_b, 0.3, 2, 1e-10],
        [inputs, truth, from_W + 1, from_b, 0.3, 2, 1e-10],
        "X y W0 b0 lr steps tol",
    )
for inputs, truth, from_W, from_b, rate, count in hard_answers(long=120):
    with notebook_with(**NO_GLOBALS):
        found_W, found_b, found_losses = fitted(
            "fit_logistic", ask(fit_logistic, inputs, truth, from_W, from_b, rate, count, 1e-10)
        )
    moving_W, moving_b, want = from_W[:, 0], from_b[0], []
    for _ in range(count):
        z = np.where(truth == 1, 1, -1) * (inputs @ moving_W + moving_b)
        want.append(np.mean(np.logaddexp(0, -z)))
        pull = np.where(truth == 1, -1, 1) * np.exp(-np.logaddexp(0, z))
        moving_W, moving_b = moving_W - rate * inputs.T @ pull / len(truth), moving_b - rate * np.mean(pull)
    for what, found, right in (("losses", found_losses, want), ("W", found_W, moving_W), ("b", found_b, moving_b)):
        check_value(
            f"{what} of a fit to special data",
            np.ravel(found),
            np.ravel(right),
            rtol=1e-4,
            atol=1e-6 * min(1.0, np.max(np.abs(right), initial=0.0)) if what == "W" else 1e-6,
            hint="One row or thousands, zeros, tiny slopes, a loss that rises or a long way to go: every step is taken, as it is.",
        )
### END HIDDEN TESTS

# %% [markdown]
# The fit starts from 0 and uses standardised inputs, for the reason that you saw in question 8: 30 steps are enough.
#
# **Look:** each dot is a group of women with the same number of pregnancies; the larger the dot,
# the larger the group.
# The curve is the probability that your `fit_logistic` learnt. It should run through the large dots.
# The small ones on the right are a handful of women each. Why may the curve miss them?

# %%
middle, width = pregnancies.mean(), pregnancies.std()
standard = (pregnancies - pregnancies.mean()) / pregnancies.std()
W_torch, b_torch, losses_torch = fit_logistic(standard, diabetes, np.zeros((1, 1)), np.zeros(1), 1.0, 30, 1e-10)
numbers = np.linspace(0, 17, 100)


def draw_shares(axes):
    """For each number of pregnancies, the share of women with diabetes."""
    for number in np.unique(pregnancies):
        group = diabetes[pregnancies[:, 0] == number]
        axes.plot(number, group.mean(), "o", color=GREY, markersize=1 + np.sqrt(len(group)), alpha=0.6)


def learnt_probability(W, b):
    """The probability that was learnt, for each of `numbers`."""
    return 1 / (1 + np.exp(-(numbers - middle) / width * as_numbers(W).item() - as_numbers(b).item()))


_, (left, right) = plt.subplots(1, 2, figsize=(7.5, 3.6))
left.plot(losses_torch, color=BLUE)
left.set(title="Has it settled?", xlabel="step", ylabel="cross-entropy")
draw_shares(right)
right.plot(numbers, learnt_probability(W_torch, b_torch), color=BLUE, linewidth=3, label="learnt probability")
right.set(title="Does the risk grow?", xlabel="number of pregnancies", ylabel="share with diabetes")
right.xaxis.get_major_locator().set_params(integer=True)
right.legend(loc="upper left")
show(
    "The cross-entropy falls and settles; the learnt probability of diabetes rises with the number of pregnancies, through the large groups."
)

# %% [markdown]
# A curve like this shows what goes together in the data. It does not show what causes what:
# older women had more pregnancies, and diabetes comes with age.
#
# Stretch: Fit `Age` as a second input. What becomes of the weight of the pregnancies?

# %% [markdown] hunt="linear_clears_only_w"
# **Bug hunt.** The heart of somebody's `fit_linear`. It passes the eye, and its first step is right. Which line is missing, and what goes wrong without it?
#
# ```python
# with torch.no_grad():
#     W -= lr * W.grad
#     b -= lr * b.grad
# W.grad.zero_()
# ```
#
# <details><summary>The answer</summary>
#
# Nobody clears `b.grad`. From the second step on, the intercept moves by the sum of all slopes so far.
# The loss may still fall, which is why nobody looks.
#
# </details>

# %% [markdown] section="tensorflow"
# # Part C. TensorFlow
#
# TensorFlow records too, but only while you ask it to. You switch on a tape recorder:
#
# | what you write | what it does |
# |---|---|
# | `x = tf.Variable(3.0)` | a number, or an array, that can change; the tape listens to it |
# | `with tf.GradientTape() as tape:` | records what happens inside |
# | `tape.gradient(y, x)` | the gradient of `y` with respect to `x`, or a list of them for a list `[W, b]` |
# | `x.assign_sub(lr * slope)` | subtracts in place |
#
# Compare this with part B. A gradient is *handed to you*; it is not stored in the variable.
# So nothing piles up, and there is nothing to clear.
# What replaces that worry is another one:
# what happens outside the tape was never recorded, and its gradient is `None`.
#
# `x.numpy()` turns a tensor into numpy, and `float(x)` turns a single number into a Python float.

# %% [markdown] question="tf-gradient" minutes=25 level=1 lines=13
# ## 10. A tape: one gradient, then ten steps
#
# Do questions 4 and 6 once more, with a tape. $f(x) = x^2 + 4x$ has the slope $2x + 4$, so at $x = 3$ it is 10.
# Each round of `minimize_tf` has three parts: forward inside a **new** tape, gradient, move. The path is that of question 6.
# All shapes are `()`.
#
# Hint: The gradient is `None`: was `f(x)` called *inside* the tape, and is `x` a `tf.Variable`? Write `3.0`, not `3`.
#
# Hint: The second gradient is `None`: `x = x - ...` makes a tensor of the variable, and the tape does not listen to it.
#
# Hint: Use `x.assign_sub(...)`, outside the tape, and make a new tape in each round.


# %% solution="tf-gradient"
def gradient_tf(f, x0):
    """The slope of f at x0, found by TensorFlow.

    Args:
        f: a function that takes a tensor of shape () and returns one.
        x0: a float.

    Returns:
        f'(x0), a float.

    Example: gradient_tf(bowl, 3.0) is 10.0.
    """
    ### BEGIN SOLUTION
    x = tf.Variable(x0)
    with tf.GradientTape() as tape:
        y = f(x)
    return float(tape.gradient(y, x))
    ### END SOLUTION


# %% check="tf-gradient" points=1
with tape_explained():
    slope_at_3 = ask(gradient_tf, bowl, 3.0)
check_value(
    "the gradient of the bowl at 3",
    slope_at_3,
    10.0,
    rtol=1e-5,
    known={"it is the value of the function, not its slope": 21.0},
    hint="Run f inside the tape, and ask the tape afterwards.",
)
check_value(
    "the gradient of the bowl at 0",
    ask(gradient_tf, bowl, 0.0),
    4.0,
    rtol=1e-5,
    known={"it is always taken at 3: use x0": 10.0},
    hint="At 3 it was right: does it use x0?",
)
### BEGIN HIDDEN TESTS
with notebook_with(bowl=GONE, x=GONE, x0=GONE, y=GONE, f=GONE, tape=GONE):
    for start in (-1.75, 0.5, 2.25):
        check_value(
            "the gradient of a cubic",
            ask(gradient_tf, made_beside("sum_of_powers", (2, 3), (-5, 2), (0.5, 1)), start),
            6 * start**2 - 10 * start + 0.5,
            rtol=2e-5,
            atol=1e-6,
            known={"it is the slope of the bowl: use the argument f": 2 * start + 4},
            hint="Does it use its arguments f and x0?",
        )
        check_value(
            "the gradient of 1/x",
            ask(gradient_tf, made_beside("sum_of_powers", (3, -1)), start),
            -3 / start**2,
            rtol=2e-5,
            hint="Does it use its arguments f and x0?",
        )
    check_value(
        "the gradient of a function whose slope only TensorFlow knows",
        ask(gradient_tf, made_beside("two_faced", 3.0, -7.0, "tensorflow"), 1.5),
        -7.0,
        rtol=1e-5,
        known={"it is measured with two values of f, or found by another framework; TensorFlow should find it": 3.0},
        hint="Ask TensorFlow for the slope: no formula, no difference of two values.",
    )
    for size in (2.3457e-4, -2.3457e-13, 23457.0):
        check_value(
            "a tiny or a large gradient",
            ask(gradient_tf, made_beside("sum_of_powers", (size, 1)), 1.5),
            size,
            rtol=1e-5,
            hint="Keep every digit, of any size.",
        )
### END HIDDEN TESTS


# %% solution="tf-minimize"
def minimize_tf(f, x0, lr, steps):
    """Gradient descent on a function of one number, with TensorFlow.

    Args:
        f: a function that takes a tensor of shape () and returns one.
        x0: where to start, a float.
        lr: the learning rate.
        steps: how many steps to take.

    Returns:
        The path, a list of steps + 1 floats; the first one is x0.

    Example: minimize_tf(bowl, 0.0, 0.1, 2) is [0.0, -0.4, -0.72], up to rounding.
    """
    ### BEGIN SOLUTION
    x = tf.Variable(x0)
    path = [float(x)]
    for _ in range(steps):
        with tf.GradientTape() as tape:
            y = f(x)
        x.assign_sub(lr * tape.gradient(y, x))
        path.append(float(x))
    return path
    ### END SOLUTION


# %% check="tf-minimize-path" points=2
path = ask(minimize_tf, bowl, 0.0, 0.1, 3)
assert np.size(path) == 4, (
    f"With steps=3 the path has 4 entries: the start, and the place after each step. Yours has {np.size(path)}."
)
check_value(
    "the path of three steps on the bowl",
    path,
    [0.0, -0.4, -0.72, -0.976],
    rtol=1e-5,
    atol=1e-6,
    known={
        "you walk uphill: the step is minus lr times the gradient": [0.0, 0.4, 0.88, 1.456],
        "the slope is found once, before the loop: each round needs its own tape": [0.0, -0.4, -0.8, -1.2],
        "the list holds one and the same variable, which goes on changing: store float(x)": [
            -0.976,
            -0.976,
            -0.976,
            -0.976,
        ],
    },
    hint="Each round: forward inside a new tape, gradient, move.",
)
check_value(
    "where ten steps lead",
    ask(minimize_tf, bowl, 0.0, 0.1, 10)[-1],
    -1.7852517,
    rtol=1e-5,
    hint="The first three steps were right. What changes after that?",
)
### BEGIN HIDDEN TESTS
with notebook_with(bowl=GONE, x=GONE, x0=GONE, lr=GONE, steps=GONE, f=GONE, path=GONE):
    check_value(
        "a path of no steps",
        ask(minimize_tf, made_beside("sum_of_powers", (1, 2)), 0.75, 0.1, 0),
        [0.75],
        rtol=1e-6,
        hint="With steps=0 the path is the start alone.",
    )
    for factor, power, start, rate in ((3, 2, 1.5, 0.2), (1, 4, -0.75, 0.1), (2, -1, 1.25, 0.3)):
        want = [start]
        for _ in range(6):
            want.append(want[-1] - rate * factor * power * want[-1] ** (power - 1))
        check_value(
            "a path of six steps on another function",
            ask(minimize_tf, made_beside("sum_of_powers", (factor, power)), start, rate, 6),
            want,
            rtol=1e-4,
            atol=1e-5,
            hint="Right on the bowl, wrong here: is something of the bowl built in?",
        )
    check_value(
        "a path along a function whose slope only TensorFlow knows",
        ask(minimize_tf, made_beside("two_faced", 3.0, -7.0, "tensorflow"), 1.5, 0.1, 2),
        [1.5, 2.2, 2.9],
        rtol=2e-5,
        known={"the slope is measured with two values of f, or found by another framework; TensorFlow should find it": [1.5, 1.2, 0.9]},
        hint="Ask the tape for the slope: no formula, no difference of two values.",
    )
    check_value(
        "a path that starts where it is nearly flat",
        ask(minimize_tf, made_beside("sum_of_powers", (1, 2)), 2e-5, 0.1, 3),
        [2e-5, 1.6e-5, 1.28e-5, 1.024e-5],
        rtol=1e-4,
        hint="Every step is taken, and noted, however small it is.",
    )
    for what, slope_at_1, start, rate, count in (
        ("a path where it is as good as flat", 2.0, 2e-9, 0.1, 3),
        ("a path of long jumps", 2000.0, 1.0, 0.3, 3),
        ("a path with the rate 0", 2.0, 0.75, 0.0, 2),
        ("a long path", 2.0, 1.0, 2.0**-12, 32),
    ):
        path = ask(minimize_tf, made_beside("sum_of_powers", (slope_at_1 / 2, 2)), start, rate, count)
        check_value(
            what,
            path,
            start * (1 - rate * slope_at_1) ** np.arange(count + 1),
            rtol=1e-3,
            hint="Every step is taken, and noted, however small or large it is.",
        )
### END HIDDEN TESTS

# %% [markdown] question="tf-linear" minutes=30 level=2 lines=25
# ## 11. Both fits again
#
# Models, losses and shapes are those of questions 8 and 9. `tape.gradient(loss, [W, b])` gives both gradients in one go.
# TensorFlow stretches `(n, 1)` and `(n,)` to `(n, n)` without a word, like the others. Its natural logarithm is `tf.math.log`.
#
# You know the loop: change what has to change, and nothing else.
#
# Hint: A gradient is `None`, or the loss is too large from the start: what belongs inside the tape, and which shape has the difference?
#
# Hint: "cannot compute MatMul ... a double tensor": give everything one type. `tf.Variable(W0)` keeps the float64 of numpy.
#
# Hint: Everything that depends on `W` and `b` belongs inside the tape, the minus sign of the cross-entropy as well.


# %% solution="tf-linear"
def fit_linear_tf(X, y, W0, b0, lr, steps):
    """Linear regression by gradient descent on the mean squared error, with TensorFlow.

    Args:
        X: inputs, float array of shape (n, d).
        y: what to predict, float array of shape (n,).
        W0: the weights to start from, float array of shape (d, 1); stays as it is.
        b0: the intercept to start from, float array of shape (1,); stays as it is.
        lr: the learning rate.
        steps: how many steps to take.

    Returns:
        W, b, losses: the weights (d, 1) and the intercept (1,) after all steps, as arrays,
        and a list of `steps` floats, the loss before each step.

    Example: one car with 4 cylinders and 30 mpg, from W0 = 1, b0 = 2: the prediction is 6, the loss 576,
    and one step with lr 0.01 gives W = 2.92 and b = 2.48.
    """
    ### BEGIN SOLUTION
    y = y.reshape(-1, 1)
    W = tf.Variable(W0)
    b = tf.Variable(b0)
    losses = []
    for _ in range(steps):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean((X @ W + b - y) ** 2)
        slope_W, slope_b = tape.gradient(loss, [W, b])
        losses.append(float(loss))
        W.assign_sub(lr * slope_W)
        b.assign_sub(lr * slope_b)
    return W.numpy(), b.numpy(), losses
    ### END SOLUTION


# %% check="tf-linear-loss" points=1
_, _, losses = fitted(
    "fit_linear_tf", ask(fit_linear_tf, cylinders, mpg, np.array([[-1.0]]), np.array([20.0]), 0.01, 1)
)
assert np.size(losses) == 1, f"With steps=1 there is one loss, but yours are {np.size(losses)}."
check_value(
    "the loss before the first step",
    losses,
    [122.5401530612245],
    rtol=2e-5,
    known={
        "(n, 1) minus (n,) made an n by n matrix: bring y and the predictions to one shape": [143.19318825489378],
        "b is subtracted, where the formula adds it": [2435.968724489796],
        "the loss is a sum, not a mean": [48035.740000000005],
        "the loss is halved": [61.27007653061225],
        "the loss is noted after the step": [75.0236102653778],
    },
    hint="The mean of the squared differences of n pairs.",
)
### BEGIN HIDDEN TESTS
inputs, truth, from_W, from_b = other_data(seed=16)
with notebook_with(**NO_GLOBALS):
    _, _, found_losses = ask(fit_linear_tf, inputs, truth, from_W.copy(), from_b.copy(), 0.1, 1)
want = sum((inputs[i] @ from_W[:, 0] + from_b[0] - truth[i]) ** 2 for i in range(7)) / 7
check_value(
    "the loss on other data, with two inputs",
    found_losses,
    [want],
    rtol=2e-5,
    hint="Does it use its arguments X, y, W0 and b0, and the number of rows that X has?",
)
### END HIDDEN TESTS

# %% check="tf-linear-steps" points=2
W, b, losses = fitted(
    "fit_linear_tf", ask(fit_linear_tf, cylinders, mpg, np.array([[-1.0]]), np.array([20.0]), 0.01, 3)
)
assert np.size(losses) == 3, (
    f"With steps=3 there are three losses, one before each step, but yours are {np.size(losses)}."
)
check_value(
    "the losses before each of three steps",
    losses,
    [122.5401530612245, 75.0236102653778, 69.87034683847524],
    rtol=5e-5,
    known={"the gradients are found once, before the loop": [122.5401530612245, 75.0236102653778, 75.77904221207336]},
    hint="Each round: forward inside a new tape, gradients, move.",
)
### BEGIN HIDDEN TESTS
inputs, truth, from_W, from_b = other_data(seed=19)
with notebook_with(**NO_GLOBALS):
    found_W, found_b, found_losses = ask(fit_linear_tf, inputs, truth, from_W.copy(), from_b.copy(), 0.2, 4)
moving_W, moving_b, want = from_W[:, 0].copy(), from_b[0], []
for _ in range(4):
    errors = inputs @ moving_W + moving_b - truth
    want.append(np.mean(errors**2))
    moving_W, moving_b = moving_W - 0.4 * inputs.T @ errors / 7, moving_b - 0.4 * np.mean(errors)
check_value(
    "the losses of four steps on other data",
    found_losses,
    want,
    rtol=5e-5,
    hint="If one step is right: is the loss computed anew in each round?",
)
check_value(
    "W after four steps on other data",
    found_W,
    moving_W[:, None],
    rtol=5e-5,
    atol=1e-6,
    any_shape=True,
    hint="Return W as it is after the last step.",
)
check_value(
    "b after four steps on other data",
    found_b,
    [moving_b],
    rtol=5e-5,
    atol=1e-6,
    any_shape=True,
    hint="Return b as it is after the last step.",
)
inputs, truth, from_W, from_b = other_data(seed=24)
with notebook_with(**NO_GLOBALS):
    check_kept(
        fit_linear_tf,
        [inputs, truth, from_W, from_b, 0.03, 2],
        [inputs, truth, from_W + 1, from_b, 0.03, 2],
        "X y W0 b0 lr steps",
    )
for inputs, truth, from_W, from_b, rate, count in hard_fits(long=32):
    with notebook_with(**NO_GLOBALS):
        found_W, found_b, found_losses = fitted(
            "fit_linear_tf", ask(fit_linear_tf, inputs, truth, from_W, from_b, rate, count)
        )
    moving_W, moving_b, want = from_W[:, 0], from_b[0], []
    for _ in range(count):
        errors = inputs @ moving_W + moving_b - truth
        want.append(np.mean(errors**2))
        moving_W, moving_b = moving_W - 2 * rate * inputs.T @ errors / len(truth), moving_b - 2 * rate * np.mean(errors)
    for what, found, right in (("losses", found_losses, want), ("W", found_W, moving_W), ("b", found_b, moving_b)):
        check_value(
            f"{what} of a fit to special data",
            np.ravel(found),
            np.ravel(right),
            rtol=1e-4,
            atol=1e-6 * np.max(np.abs(right), initial=0),
            hint="One row or thousands, zeros, tiny slopes, a loss that rises or a long way to go: every step is taken, as it is.",
        )
### END HIDDEN TESTS


# %% solution="tf-logistic"
def fit_logistic_tf(X, y, W0, b0, lr, steps, tol):
    """Logistic regression by gradient descent on the cross-entropy, with TensorFlow.

    Args:
        X: inputs, float array of shape (n, d).
        y: the answers, float array of shape (n,), each 0.0 or 1.0.
        W0: the weights to start from, float array of shape (d, 1); stays as it is.
        b0: the intercept to start from, float array of shape (1,); stays as it is.
        lr: the learning rate.
        steps: how many steps to take.
        tol: the guard inside both logarithms.

    Returns:
        W, b, losses: the weights (d, 1) and the intercept (1,) after all steps, as arrays,
        and a list of `steps` floats, the loss before each step.

    Example: one woman with 2 pregnancies and the answer 1, from W0 = 0.5, b0 = -1: p is 0.5, the loss 0.6931,
    and one step with lr 0.1 and a tiny tol gives W = 0.6 and b = -0.95.
    """
    ### BEGIN SOLUTION
    y = y.reshape(-1, 1)
    W = tf.Variable(W0)
    b = tf.Variable(b0)
    losses = []
    for _ in range(steps):
        with tf.GradientTape() as tape:
            p = tf.sigmoid(X @ W + b)
            loss = -tf.reduce_mean(y * tf.math.log(p + tol) + (1 - y) * tf.math.log(1 - p + tol))
        slope_W, slope_b = tape.gradient(loss, [W, b])
        losses.append(float(loss))
        W.assign_sub(lr * slope_W)
        b.assign_sub(lr * slope_b)
    return W.numpy(), b.numpy(), losses
    ### END SOLUTION


# %% check="tf-logistic-loss" points=1
_, _, losses = fitted(
    "fit_logistic_tf", ask(fit_logistic_tf, pregnancies, diabetes, np.array([[0.3]]), np.array([-0.5]), 0.1, 1, 1e-10)
)
assert np.size(losses) == 1, f"With steps=1 there is one loss, but yours are {np.size(losses)}."
check_value(
    "the loss before the first step",
    losses,
    [0.8367218987505955],
    rtol=2e-5,
    known={
        "(n, 1) meets (n,) and makes an n by n matrix: bring y and p to one shape": [0.9435680087766374],
        "b is subtracted, where the formula adds it": [1.2039108565232552],
        "the minus sign in front is missing": [-0.8367218987505955],
        "the term for the answer 0 is missing": [0.15252455777814317],
        "the term for the answer 1 is missing": [0.6841973409724526],
        "y and 1 - y have changed places, or the exponent has the wrong sign: p grows with z": [0.8529979404172622],
        "the loss is a sum, not a mean": [642.6024182404574],
        "it is the squared error, as in question 12": [0.2990369791967206],
        "the loss is noted after the step": [0.6921268356162041],
    },
    hint="Two terms, of which each woman uses one.",
)
### BEGIN HIDDEN TESTS
inputs, truth, from_W, from_b = other_data(seed=20, yes_or_no=True)
with notebook_with(**NO_GLOBALS):
    _, _, found_losses = ask(fit_logistic_tf, inputs, truth, from_W.copy(), from_b.copy(), 0.1, 1, 1e-10)
want = np.mean(np.log1p(np.exp(np.where(truth == 1, -1, 1) * (inputs @ from_W[:, 0] + from_b[0]))))
check_value(
    "the loss on other data, with two inputs",
    found_losses,
    [want],
    rtol=2e-5,
    hint="Does it use its arguments X, y, W0 and b0, and the number of rows that X has?",
)
### END HIDDEN TESTS

# %% check="tf-logistic-tolerance" points=1
for what, answer, z in (("p is 1 and the answer is 0", 0.0, 50.0), ("p is 0 and the answer is 1", 1.0, -50.0)):
    _, _, losses = fitted(
        "fit_logistic_tf",
        ask(fit_logistic_tf, np.array([[1.0]]), np.array([answer]), np.array([[z]]), np.array([0.0]), 0.1, 1, 1e-10),
    )
    assert losses is not None, "The third result, the losses, is None."
    check_value(
        f"the size of the loss where {what}, with tol = 1e-10",
        np.abs(as_numbers(losses)),
        [23.02585],
        rtol=1e-5,
        known={
            "tol is missing inside this logarithm": [np.inf],
            "tol is missing inside this logarithm, or a ready-made loss is used in its place": [50.0],
        },
        hint="tol belongs inside both logarithms: log(p + tol) and log(1 - p + tol).",
    )
### BEGIN HIDDEN TESTS
for answer, z in ((0.0, 50.0), (1.0, -50.0), (0.0, 0.7), (1.0, -0.4)):
    _, _, losses = ask(
        fit_logistic_tf, np.array([[1.0]]), np.array([answer]), np.array([[z]]), np.array([0.0]), 0.1, 1, 0.05
    )
    want = abs(np.log(1 / (1 + np.exp(-z if answer else z)) + 0.05))
    check_value(
        "the size of the loss of a single answer, with tol = 0.05",
        np.abs(as_numbers(losses)),
        [want],
        rtol=2e-5,
        hint="tol is an argument, and belongs inside both logarithms.",
    )
for tol in (0.3, 1e-25):
    _, _, losses = ask(
        fit_logistic_tf, np.array([[1.0]]), np.array([1.0]), np.array([[-90.0]]), np.array([0.0]), 0.1, 1, tol
    )
    check_value(
        f"the size of the loss of a single answer, with tol = {tol}",
        np.abs(as_numbers(losses)),
        [-np.log(tol)],
        rtol=2e-5,
        hint="tol is an argument, and may be of any size.",
    )
### END HIDDEN TESTS

# %% check="tf-logistic-steps" points=1
W, b, losses = fitted(
    "fit_logistic_tf", ask(fit_logistic_tf, pregnancies, diabetes, np.array([[0.3]]), np.array([-0.5]), 0.1, 3, 1e-10)
)
assert np.size(losses) == 3, (
    f"With steps=3 there are three losses, one before each step, but yours are {np.size(losses)}."
)
check_value(
    "the losses before each of three steps",
    losses,
    [0.8367218987505955, 0.6921268356162041, 0.6482165061538272],
    rtol=5e-5,
    known={
        "the gradients are found once, before the loop": [0.8367218987505955, 0.6921268356162041, 0.640545512203953]
    },
    hint="Each round: forward inside a new tape, gradients, move.",
)
### BEGIN HIDDEN TESTS
inputs, truth, from_W, from_b = other_data(seed=23, yes_or_no=True)
with notebook_with(**NO_GLOBALS):
    found_W, found_b, found_losses = ask(fit_logistic_tf, inputs, truth, from_W.copy(), from_b.copy(), 0.8, 4, 1e-10)
moving_W, moving_b, want = from_W[:, 0].copy(), from_b[0], []
for _ in range(4):
    p = 1 / (1 + np.exp(-inputs @ moving_W - moving_b))
    want.append(-np.mean(np.log(np.where(truth == 1, p, 1 - p))))
    moving_W, moving_b = moving_W - 0.8 * inputs.T @ (p - truth) / 7, moving_b - 0.8 * np.mean(p - truth)
check_value(
    "the losses of four steps on other data",
    found_losses,
    want,
    rtol=5e-5,
    hint="If one step is right: is the loss computed anew in each round?",
)
check_value(
    "W after four steps on other data",
    found_W,
    moving_W[:, None],
    rtol=5e-5,
    atol=1e-6,
    any_shape=True,
    hint="Return W as it is after the last step.",
)
check_value(
    "b after four steps on other data",
    found_b,
    [moving_b],
    rtol=5e-5,
    atol=1e-6,
    any_shape=True,
    hint="Return b as it is after the last step.",
)
inputs, truth, from_W, from_b = other_data(seed=25, yes_or_no=True)
with notebook_with(**NO_GLOBALS):
    check_kept(
        fit_logistic_tf,
        [inputs, truth, from_W, from_b, 0.3, 2, 1e-10],
        [inputs, truth, from_W + 1, from_b, 0.3, 2, 1e-10],
        "X y W0 b0 lr steps tol",
    )
for inputs, truth, from_W, from_b, rate, count in hard_answers(long=32):
    with notebook_with(**NO_GLOBALS):
        found_W, found_b, found_losses = fitted(
            "fit_logistic_tf", ask(fit_logistic_tf, inputs, truth, from_W, from_b, rate, count, 1e-10)
        )
    moving_W, moving_b, want = from_W[:, 0], from_b[0], []
    for _ in range(count):
        z = np.where(truth == 1, 1, -1) * (inputs @ moving_W + moving_b)
        want.append(np.mean(np.logaddexp(0, -z)))
        pull = np.where(truth == 1, -1, 1) * np.exp(-np.logaddexp(0, z))
        moving_W, moving_b = moving_W - rate * inputs.T @ pull / len(truth), moving_b - rate * np.mean(pull)
    for what, found, right in (("losses", found_losses, want), ("W", found_W, moving_W), ("b", found_b, moving_b)):
        check_value(
            f"{what} of a fit to special data",
            np.ravel(found),
            np.ravel(right),
            rtol=1e-4,
            atol=1e-6 * min(1.0, np.max(np.abs(right), initial=0.0)) if what == "W" else 1e-6,
            hint="One row or thousands, zeros, tiny slopes, a loss that rises or a long way to go: every step is taken, as it is.",
        )
### END HIDDEN TESTS

# %% [markdown]
# **Look:** three descents in both frameworks: down the bowl, and the losses of your two fits.
# The red curve should lie on the blue one, and settle at the dashed line, the best that the model can do.
# A fit that fell into the trap of the shapes ends at the dotted line, the variance of $y$: its best line is flat.

# %%
W_tf, b_tf, losses_tf = fit_logistic_tf(standard, diabetes, np.zeros((1, 1)), np.zeros(1), 1.0, 30, 1e-10)
_, _, cars_tf = fit_linear_tf((cylinders - centre) / spread, mpg, START_W, START_B, 0.1, 30)
panels = list(plt.figure(figsize=(7.2, 6.2)).subplot_mosaic([["bowl", "bowl"], ["cars", "risk"]]).values())
for axes, pair, best, title in (
    (panels[0], (minimize(bowl, 1.0, 0.1, 30), minimize_tf(bowl, 1.0, 0.1, 30)), -2.0, "x on its way down the bowl"),
    (
        panels[1],
        (losses_std[:30], cars_tf),
        np.mean((np.polyval(exact, cylinders[:, 0]) - mpg) ** 2),
        "loss of the cars",
    ),
    (panels[2], (losses_torch, losses_tf), 0.62253, "loss of yes or no"),
):
    axes.plot(pair[0], color=BLUE, linewidth=6, alpha=0.5, label="PyTorch")
    axes.plot(pair[1], color=RED, linewidth=1.5, label="TensorFlow")
    axes.axhline(best, color="black", linestyle="--", linewidth=1, label="the best there is")
    axes.set(title=title, xlabel="step")
panels[1].axhline(mpg.var(), color=GREY, linestyle=":", label="the best flat line")
panels[1].legend()
show(
    "Three descents, each drawn for both frameworks: the thin red curve of TensorFlow lies on the thick blue one of PyTorch."
)

# %% [markdown] question="meet" minutes=20 level=2 lines=12
# ## 12. All three: three roads to one gradient
#
# Write down the forward pass of question 1 once more, for one point $(x, t)$,
# and let a framework differentiate it:
#
# $$z_1 = w_1 x, \quad a_1 = \tanh z_1, \quad z_2 = w_2 a_1 + b, \quad y = \tanh z_2, \quad C = \tfrac12 (y - t)^2 .$$
#
# Return the three gradients $\partial C/\partial w_1$, $\partial C/\partial w_2$, $\partial C/\partial b$,
# in this order.
# No parameter moves here. Everything is a single number of shape `()`.
# The tanh has to be the framework's own: `torch.tanh`, and `tf.tanh`.
#
# Hint: The gradients come out as `None`: a `math.tanh` or a `float()` cut the record.
#
# Hint: They are right but in another order: which of the three did you ask for first?
#
# Hint: Twice too large: the cost has a factor in front.


# %% solution="torch-network"
def network_gradients_torch(w1, w2, b, x, t):
    """The gradients of the cost of the tanh network at one point, found by PyTorch.

    Args:
        w1, w2, b: the parameters, three floats.
        x, t: the input and its target, two floats.

    Returns:
        A list of three floats: the gradients for w1, w2 and b.

    Example: for w1 = w2 = b = 1, x = 0.5 and t = 0 they are 0.0683, 0.0803 and 0.1738.
    """
    ### BEGIN SOLUTION
    parameters = [torch.tensor(value, requires_grad=True) for value in (w1, w2, b)]
    w1, w2, b = parameters
    y = torch.tanh(w2 * torch.tanh(w1 * x) + b)
    ((y - t) ** 2 / 2).backward()
    return [parameter.grad.item() for parameter in parameters]
    ### END SOLUTION


# %% check="torch-network" points=2
check_value(
    "the three gradients from PyTorch",
    ask(network_gradients_torch, 0.8, -1.5, 0.4, 1.2, 0.5),
    [0.5568193509305774, -0.516167788069385, -0.6935158281876913],
    rtol=2e-5,
    known={
        "z2 is made with w1, where the formula has w2": [0.1287562514524528, 0.0, 0.10981467652266158],
        "the factor 1/2 of the cost is missing": [1.1136387018611549, -1.03233557613877, -1.3870316563753826],
        "the last tanh is missing": [0.9766519390893281, -0.9053497696711087, -1.216415301042756],
        "this is the slope of y, not of the cost": [-0.49953114752602545, 0.46306200935609576, 0.6221636458989579],
    },
    hint="Forward with torch.tanh, one backward on the cost, then read three .grad in the order w1, w2, b.",
)
### BEGIN HIDDEN TESTS
with notebook_with(w1=GONE, w2=GONE, b=GONE, x=GONE, t=GONE, y=GONE, model=GONE, NN=GONE):
    for p1, p2, bias, place, target in (
        (0.3, 1.7, -0.6, 0.9, 0.2),
        (-1.1, 0.45, 0.25, 1.6, -0.7),
        (0.7, -0.9, -1.3, -0.5, 0.4),
        (0.0, 0.0, 0.0, 0.0, 0.0),
        (0.3, 1.7, -0.6, 0.0, 0.2),
        (0.7, 0.7, -0.9, 1.3, 140.0),
        (0.7, 0.7, -0.9, 1.3, 0.1),
        (0.7, 0.7, 3.5, 1.3, 0.99),
    ):
        inner = p2 * np.tanh(p1 * place) + bias
        outer = (np.tanh(inner) - target) / np.cosh(inner) ** 2
        check_value(
            "the three gradients from PyTorch at another point",
            ask(network_gradients_torch, p1, p2, bias, place, target),
            [outer * p2 * place / np.cosh(p1 * place) ** 2, outer * np.tanh(p1 * place), outer],
            rtol=5e-5,
            atol=1e-7,
            hint="Does it use its five arguments, and nothing else of the notebook?",
        )
### END HIDDEN TESTS


# %% solution="tf-network"
def network_gradients_tf(w1, w2, b, x, t):
    """The gradients of the cost of the tanh network at one point, found by TensorFlow.

    Args:
        w1, w2, b: the parameters, three floats.
        x, t: the input and its target, two floats.

    Returns:
        A list of three floats: the gradients for w1, w2 and b.

    Example: for w1 = w2 = b = 1, x = 0.5 and t = 0 they are 0.0683, 0.0803 and 0.1738.
    """
    ### BEGIN SOLUTION
    parameters = [tf.Variable(value) for value in (w1, w2, b)]
    w1, w2, b = parameters
    with tf.GradientTape() as tape:
        y = tf.tanh(w2 * tf.tanh(w1 * x) + b)
        cost = (y - t) ** 2 / 2
    return [float(slope) for slope in tape.gradient(cost, parameters)]
    ### END SOLUTION


# %% check="tf-network" points=2
with tape_explained():
    three = ask(network_gradients_tf, 0.8, -1.5, 0.4, 1.2, 0.5)
check_value(
    "the three gradients from TensorFlow",
    three,
    [0.5568193509305774, -0.516167788069385, -0.6935158281876913],
    rtol=2e-5,
    known={
        "z2 is made with w1, where the formula has w2": [0.1287562514524528, 0.0, 0.10981467652266158],
        "the factor 1/2 of the cost is missing": [1.1136387018611549, -1.03233557613877, -1.3870316563753826],
        "the last tanh is missing": [0.9766519390893281, -0.9053497696711087, -1.216415301042756],
        "this is the slope of y, not of the cost": [-0.49953114752602545, 0.46306200935609576, 0.6221636458989579],
    },
    hint="Forward with tf.tanh inside the tape, then ask the tape for w1, w2, b in this order.",
)
### BEGIN HIDDEN TESTS
with notebook_with(w1=GONE, w2=GONE, b=GONE, x=GONE, t=GONE, y=GONE, model=GONE, NN=GONE):
    for p1, p2, bias, place, target in (
        (0.3, 1.7, -0.6, 0.9, 0.2),
        (-1.1, 0.45, 0.25, 1.6, -0.7),
        (0.7, -0.9, -1.3, -0.5, 0.4),
        (0.0, 0.0, 0.0, 0.0, 0.0),
        (0.3, 1.7, -0.6, 0.0, 0.2),
        (0.7, 0.7, -0.9, 1.3, 140.0),
        (0.7, 0.7, -0.9, 1.3, 0.1),
        (0.7, 0.7, 3.5, 1.3, 0.99),
    ):
        inner = p2 * np.tanh(p1 * place) + bias
        outer = (np.tanh(inner) - target) / np.cosh(inner) ** 2
        check_value(
            "the three gradients from TensorFlow at another point",
            ask(network_gradients_tf, p1, p2, bias, place, target),
            [outer * p2 * place / np.cosh(p1 * place) ** 2, outer * np.tanh(p1 * place), outer],
            rtol=5e-5,
            atol=1e-7,
            hint="Does it use its five arguments, and nothing else of the notebook?",
        )
### END HIDDEN TESTS

# %% [markdown]
# **Look:** on the left, the gradient for $w_1$ at each of the 15 points, found on all three roads.
# The three marks should sit on each other.
# On the right, how far the frameworks are from your own hand.
# They are not exactly equal. What has the dotted line to do with it?

# %%
targets = scale_targets(t_data, 0.9)
parameters = (0.6, 1.1, 0.2)
by_hand, by_torch, by_tf = [], [], []
for x, t in zip(x_data.tolist(), targets.tolist()):
    by_hand.append(list(one_step(parameters, x, t).values()))
    by_torch.append(network_gradients_torch(*parameters, x, t))
    by_tf.append(network_gradients_tf(*parameters, x, t))
by_hand, by_torch, by_tf = np.array(by_hand), np.array(by_torch), np.array(by_tf)

_, (left, right) = plt.subplots(1, 2, figsize=(7.5, 3.6))
left.plot(x_data, by_hand[:, 0], "o", color=GREY, markersize=13, fillstyle="none", label="by hand")
left.plot(x_data, by_torch[:, 0], "x", color=BLUE, markersize=9, label="PyTorch")
left.plot(x_data, by_tf[:, 0], ".", color=RED, markersize=6, label="TensorFlow")
left.set(title="Do three roads lead to one gradient?", xlabel="$x$", ylabel=r"$\partial C / \partial w_1$")
left.legend()
for found, colour, marker, name in ((by_torch, BLUE, "x", "PyTorch"), (by_tf, RED, ".", "TensorFlow")):
    gap = np.abs(found - by_hand).max(axis=1)
    right.plot(x_data, np.maximum(gap, 1e-17), marker, color=colour, label=f"{name} and by hand")
right.axhline(2.0**-24, color="black", linestyle=":", label="half a last digit of float32, near 1")
right.set(
    title="How large is the gap?",
    xlabel="$x$",
    ylabel="largest gap of the three gradients",
    yscale="log",
    ylim=(1e-10, 1e-5),
)
right.legend(loc="upper right")
show(
    "The gradient for w1 at 15 points from three roads: three marks on each other. The gaps are near or below the last digit of 32 bits."
)

# %% [markdown]
# The frameworks are not less right than you are.
# They computed with 32 bits for each number, and your Python floats have 64.
# A 32-bit number keeps about seven digits. That is plenty for training, and it halves the memory.
# It is also why the checks of this notebook leave room in the last digits,
# and why a comparison with `==` would fail you.
#
# Stretch: Give both frameworks 64 bits (`dtype=torch.float64`, `tf.float64`). How large is the gap now?

# %% [markdown] section="end"
# # What you have learnt
#
# - The chain rule, walked from the cost back to the weights, is all there is to backpropagation.
#   You did it on paper.
# - PyTorch and TensorFlow do the same walk over a record of your operations, and come to the same numbers.
# - PyTorch adds gradients into `.grad`: clear them. TensorFlow hands them out:
#   record everything inside the tape.
# - What a framework cannot see, it cannot differentiate: `float()`, `.item()` and `math` cut the record.
# - Nobody warns you when `(n, 1)` meets `(n,)`.
#   Bring both to one shape, and test single steps against numbers you trust.
# - Scale your targets to what the output can reach, and your inputs to where the valley is round.
#
# Read on: the [autograd tutorial of PyTorch](https://pytorch.org/tutorials/beginner/blitz/autograd_tutorial.html),
# the [guide to GradientTape](https://www.tensorflow.org/guide/autodiff),
# and [micrograd](https://github.com/karpathy/micrograd), a whole autograd engine in about a hundred lines.
#
# **Next:** take any network that you built by hand in this course, and let a framework find its gradients.
# Whenever the two disagree, one of them has a bug, and now you can find out which.
# And in the last notebook, *Your own autodiff*, you build what stands behind `loss.backward()` yourself.
