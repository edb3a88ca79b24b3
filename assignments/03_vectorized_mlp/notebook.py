# ---
# jupyter:
#   chainrule:
#     title: Backpropagation in matrices, for any list of layers
#     files: []
#   kernelspec: {display_name: Python 3, language: python, name: python3}
# ---

# %% [markdown] section="setup"
# # Backpropagation in matrices, for any list of layers
#
# A program for one network is an exercise.
# A program for every network is a tool.
# In this notebook you build the tool: about 60 lines of NumPy that train a network of any depth and any width,
# on all data points at once, without a loop over points or over units.
#
# You then do what careful people do with a new tool: you measure it.
# On the way you solve a puzzle that the author of an article on backpropagation left open for the readers.
# The article's gradient came out twice as large as it should be.
# The author divided it by 2, and asked whether anyone could point out the mistake.
#
# **You need** Python, NumPy arrays and their products, and the chain rule for one variable.
#
# [questions]
#
# From question 3 on, each check brings its own numbers, so a slip in one question does not cost you the next one.
# (While a check runs, it lends your function stand-ins for the functions of earlier questions.)
#
# **What a check takes:** a number may be a Python float, a number of NumPy or an array of shape `()`, and a tensor counts as an array.
# It compares nine digits, so stay in float64, which NumPy uses by itself. Functions leave their arguments as they are.
#
# ## The network and its letters
#
# A network is given by a list of layer sizes.
# `[2, 2, 2, 1]` has two inputs, two hidden layers of two units each, and one output.
# Nothing in your code may depend on these four numbers: `[2, 2, 1]`, `[3, 5, 4, 2]` and `[4, 1]` are networks too.
#
# | letter | in code | meaning | shape |
# |---|---|---|---|
# | $m$ | `len(X)` | number of data points, one a row | |
# | $n_0, n_1, \dots, n_L$ | `layers` | sizes of the layers; there are $L$ steps, 0 to $L-1$ | |
# | $X$ | `X` | the inputs | $(m, n_0)$ |
# | $y$ | `y` | the targets | $(m, n_L)$ |
# | $\theta_l$ | `theta[l]` | the weights of step $l$; **column 0 holds the biases** | $(n_{l+1},\ n_l + 1)$ |
# | $Z_l$ | `Z[l]` | what the units of step $l$ receive | $(m, n_{l+1})$ |
# | $A_l$ | `A[l]` | what step $l$ starts from, with a first column of ones | $(m,\ n_l + 1)$ |
# | $\hat y$ | `y_hat`, also `A[L]` | the prediction; no column of ones | $(m, n_L)$ |
# | $J$ | `cost(y_hat, y)` | the cost, one number | $()$ |
#
# The sigmoid and its slope, which you wrote in earlier notebooks, are given this time:
#
# $$\sigma(z) = \frac{1}{1 + e^{-z}}, \qquad \sigma'(z) = \sigma(z)\,\bigl(1 - \sigma(z)\bigr).$$
#
# `sigmoid_prime` takes $z$, what goes **in**. It is never above 1/4, and nearly 0 beyond $|z| = 5$: remember that.
#
# Run the next cells. Nothing in them needs to be changed.

# %% given include="checkkit"

# %% given was="sigmoid"
from itertools import pairwise

import numpy as np

# The four points of XOR: the answer is 1 where exactly one input is 1.
X = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
y = np.array([[0.0], [1.0], [1.0], [0.0]])

LAYERS = [2, 2, 2, 1]
ETA = 0.1  # the learning rate

# Weights for the examples of this notebook: one matrix for each of the three steps.
START = [
    np.array([[-0.5, -0.3, 0.6], [0.4, 0.9, 0.1]]),
    np.array([[0.5, -0.2, -0.1], [-0.6, 0.2, -0.4]]),
    np.array([[0.7, 1.0, -0.9]]),
]


def sigmoid(z):
    """The logistic function, entry by entry: a number or an array of any shape, and the same comes back."""
    return 1 / (1 + np.exp(-z))


def sigmoid_prime(z):
    """The slope of the logistic function at z, what goes into it."""
    return sigmoid(z) * (1 - sigmoid(z))

# %% given
# @title A forward pass through START, and tools that the checks use: run me, nothing to change here

# What a right forward pass of X through START gives.
PRACTICE_Z = [
    np.array([
        [-0.5, 0.4],
        [0.09999999999999998, 0.5],
        [-0.8, 1.3],
        [-0.20000000000000007, 1.4000000000000001],
    ]),
    np.array([
        [0.36462310022912575, -0.7639669302853518],
        [0.33275822938402655, -0.7439878949849539],
        [0.35941139792126664, -0.8523288894425459],
        [0.3297484106066374, -0.8308403548859283],
    ]),
    np.array([
        [1.0041520330757512],
        [0.9925108993496493],
        [1.0198478493157812],
        [1.0085774902158495],
    ]),
]
PRACTICE_A = [
    np.array([[1.0, 0.0, 0.0], [1.0, 0.0, 1.0], [1.0, 1.0, 0.0], [1.0, 1.0, 1.0]]),
    np.array([
        [1.0, 0.3775406687981454, 0.598687660112452],
        [1.0, 0.5249791874789399, 0.6224593312018546],
        [1.0, 0.31002551887238755, 0.7858349830425586],
        [1.0, 0.45016600268752216, 0.8021838885585818],
    ]),
    np.array([
        [1.0, 0.5901590937771011, 0.3177856230014997],
        [1.0, 0.5824303448034408, 0.3221327171708792],
        [1.0, 0.5888979426295591, 0.2989445481264198],
        [1.0, 0.5816981600079784, 0.3034674108801432],
    ]),
    np.array([
        [0.7318741342944564],
        [0.7295835866097419],
        [0.7349429612981355],
        [0.7327416695221184],
    ]),
]
# PRACTICE_STEP[l][p, i, j]: how much of the blame of unit i, at point p, moves on to unit j when it crosses theta[l].
PRACTICE_STEP = {
    2: np.array([
        [[0.2418713378092919, -0.19511812873354356]],
        [[0.24320523825558585, -0.19652690672908701]],
        [[0.24209715579623162, -0.18861903474471942]],
        [[0.24332541065131078, -0.19023744727246097]],
    ]),
    1: np.array([
        [[-0.047000742440318904, -0.024026074574152914], [0.047000742440318904, -0.09610429829661166]],
        [[-0.049875208038578395, -0.023500371220159452], [0.049875208038578395, -0.09400148488063781]],
        [[-0.04278193930405889, -0.016829836246906024], [0.04278193930405889, -0.0673193449876241]],
        [[-0.049503314542371994, -0.015868489749561464], [0.049503314542371994, -0.06347395899824586]],
    ]),
}
# The same for some known mistakes, so that a check can name them.
WRONG_STEP = {
    2: {
        "the slope of the sigmoid is missing": np.array([
            [[1.0, -0.9]],
            [[1.0, -0.9]],
            [[1.0, -0.9]],
            [[1.0, -0.9]],
        ]),
        "the slope is taken one layer too far to the left": np.array([
            [[0.2350037122, -0.21623467117]],
            [[0.24937604019, -0.21150334098]],
            [[0.21390969652, -0.15146852622]],
            [[0.24751657271, -0.14281640775]],
        ]),
        "the slope is taken at the Z of the layer that the blame comes from": np.array([
            [[0.19623438585, -0.17661094726]],
            [[0.19729137676, -0.17756223908]],
            [[0.19480180494, -0.17532162444]],
            [[0.19583131527, -0.17624818374]],
        ]),
        "the slope is taken at the output of the layer, not at its Z": np.array([
            [[0.22943596725, -0.21941370274]],
            [[0.22994195243, -0.21926245308]],
            [[0.22951888601, -0.22004699629]],
            [[0.22998961747, -0.21989828317]],
        ]),
        "the bias column is dropped at the wrong end": np.array([
            [[0.16930993647, 0.21679792082]],
            [[0.17024366678, 0.2183632297]],
            [[0.16946800906, 0.20957670527]],
            [[0.17032778746, 0.21137494141]],
        ]),
    },
    1: {
        "the slope of the sigmoid is missing": np.array([
            [[-0.2, -0.1], [0.2, -0.4]],
            [[-0.2, -0.1], [0.2, -0.4]],
            [[-0.2, -0.1], [0.2, -0.4]],
            [[-0.2, -0.1], [0.2, -0.4]],
        ]),
        "the slope is taken at the Z of the layer that the blame comes from": np.array([
            [[-0.048374267562, -0.021679792082], [0.048374267562, -0.086719168326]],
            [[-0.048641047651, -0.02183632297], [0.048641047651, -0.08734529188]],
            [[-0.048419431159, -0.020957670527], [0.048419431159, -0.083830682109]],
            [[-0.04866508213, -0.021137494141], [0.04866508213, -0.084549976566]],
        ]),
        "the slope is taken at the output of the layer, not at its Z": np.array([
            [[-0.048259775578, -0.022887163147], [0.048259775578, -0.091548652587]],
            [[-0.04670724063, -0.022726609175], [0.04670724063, -0.090906436701]],
            [[-0.048817539754, -0.02150548116], [0.048817539754, -0.086021924639]],
            [[-0.047550044991, -0.021373205711], [0.047550044991, -0.085492822845]],
        ]),
        "theta is transposed, which fits only because two layers are of the same size": np.array([
            [[-0.04700074244, 0.048052149148], [-0.02350037122, -0.096104298297]],
            [[-0.049875208039, 0.04700074244], [-0.024937604019, -0.094001484881]],
            [[-0.042781939304, 0.033659672494], [-0.021390969652, -0.067319344988]],
            [[-0.049503314542, 0.031736979499], [-0.024751657271, -0.063473958998]],
        ]),
        "the bias column is dropped at the wrong end": np.array([
            [[0.1175018561, -0.048052149148], [-0.14100222732, 0.048052149148]],
            [[0.1246880201, -0.04700074244], [-0.14962562412, 0.04700074244]],
            [[0.10695484826, -0.033659672494], [-0.12834581791, 0.033659672494]],
            [[0.12375828636, -0.031736979499], [-0.14850994363, 0.031736979499]],
        ]),
    },
}

NOTEBOOK_NAMES = [
    "X", "y", "A", "Z", "y_hat", "theta", "THETA", "Theta", "thetas", "LAYERS", "layers", "ETA", "eta", "START",
    "epochs", "deltas", "del_", "gradients", "m",
]


@contextmanager
def only_arguments(**lent):
    """Take the notebook's variables away while a function is called, and lend the notebook others."""
    with notebook_with(**dict.fromkeys(NOTEBOOK_NAMES, GONE), **lent):
        try:
            yield
        except Exception as error:
            if isinstance(error, IndexError | ValueError):
                raise AssertionError(
                    f"Called with other layers, or another number of points, your function stopped: {error}. "
                    "Is there a size or a depth in it that only fits the example?"
                ) from None
            raise


# Another network, with three points and two outputs: what its forward pass stores, and its gradients.
TWO_OUTPUTS = {
    "y": [[0.21, 0.7], [0.91, -0.32], [0.37, 0.01]],
    "theta": [
        [[-0.96, -1.59, -0.3], [0.5, 1.36, 0.13], [-0.66, -0.94, 0.9]],
        [[1.96, 0.33, -1.48, -1.15], [1.92, 0.24, -2.08, -0.1]],
    ],
    "A": [
        [[1.0, -1.16, -0.63], [1.0, -0.49, -0.71], [1.0, 0.55, -0.06]],
        [[1.0, 0.7452429639182669, 0.23875814963420317, 0.46590300309857996], [1.0, 0.5080243109843092, 0.4356833038013948, 0.30187186945799094], [1.0, 0.1398543754368223, 0.7755988252452349, 0.226006450268274]],
        [[0.7886454274241116, 0.8257284224034924], [0.7568863504663402, 0.7512924675484632], [0.6452806133126215, 0.5787682176905716]],
    ],
    "Z": [
        [[1.0734, -1.1595000000000002, -0.1366000000000002], [0.03210000000000003, -0.25870000000000004, -0.8384], [-1.8165, 1.2402000000000002, -1.231]],
        [[1.3167796630710407, 1.5556510597913835], [1.1356840831220685, 1.1055173757835342], [0.5983582647226885, 0.31771884856792126]],
    ],
    "gradients": [
        [[0.007685145855346488, -0.0030444657389763234, -0.0038639851206823256], [-0.06377626004169654, 0.015543655147769368, 0.030014032557217588], [-0.013514091170191133, 0.007651549108179768, 0.005575075936892923]],
        [[0.04376214414667466, 0.02212608798579916, 0.019874591346216507, 0.01689078097052851], [0.11897628613820974, 0.04485626407363049, 0.06635961689028202, 0.03339825548718608]],
    ],
}


def parts(what, result, names):
    """What a function returned, after checking that it is as many things as it has names."""
    assert result is not None, f"{what} returned None. Is there a `return` at its end?"
    assert isinstance(result, tuple | list) and len(result) == len(names), (
        f"{what} should return {len(names)} things: {', '.join(names)}."
    )
    return result


def listed(what, got, length):
    """A list of arrays, after checking that it is a list of that length."""
    assert isinstance(got, tuple | list), f"{what} should be a list of arrays, not a {type(got).__name__}."
    why = "Does its length follow from the arguments? Does it start empty at each call?"
    if what == "A" and len(got) == length - 1:
        why = "It begins with the input and ends with the prediction, and it is returned before Z."
    assert len(got) == length, f"{what} should hold {length} arrays here, but it holds {len(got)}. {why}"
    return got


def shaped(what, got, shape):
    """An array that a later step starts from, after checking its shape."""
    array = as_numbers(got)
    assert array is not None and array.shape == tuple(shape), (
        f"This check starts from your own {what}, which should be an array of shape {tuple(shape)}. Mend {what} first."
    )
    assert np.all(np.isfinite(array)) and np.ptp(array) > 0, (
        f"This check starts from your own {what}, whose numbers are all the same, or not finite. Mend {what} first."
    )
    return array


def copies(matrices):
    """The same matrices once more, for a function that might change what it is given."""
    return [np.array(matrix) for matrix in matrices]


# What the course lends to your functions while they are checked, so that each is judged alone.
@stand_in
def course_sigmoid(z):
    return 0.5 + 0.5 * np.tanh(z / 2)


@stand_in
def course_sigmoid_prime(z):
    return 0.25 - 0.25 * np.tanh(z / 2) ** 2


def course_cost(y_hat, y):
    return np.average(np.square(np.subtract(y_hat, y)))


# Two functions to measure. Their true slopes are 3 x^2 and 3 cos(3 x).
def cube(x):
    return x**3


def wave(x):
    return np.sin(3 * x)


def toy_forward(X, theta):
    """Not a network: a smooth function of X and of every weight, which returns as many things as a forward pass."""
    weights = np.concatenate([np.ravel(matrix) for matrix in theta])
    turns = np.arange(1, len(weights) + 1)
    waves = np.sin(weights + np.outer(np.sum(X, axis=1) + 1, np.sqrt(turns)))
    y_hat = np.tanh(waves @ np.cos(np.outer(turns, np.arange(1, len(theta[-1]) + 1))) / 3)
    return [np.array(X), y_hat], [waves], y_hat


def toy_backward(y, theta, A, Z):
    """Not a gradient: smooth numbers of the right shapes, which depend on every argument."""
    tilt = np.mean((A[-1] - y) * np.arange(1, len(y) + 1)[:, None]) + np.mean(Z[-1])
    return [np.zeros_like(z) for z in Z], [np.sin(2 * matrix) + tilt for matrix in theta]


def toy_slopes(X, y, theta):
    """The gradient of the toy's cost, measured with care, one array for each of theta."""
    def cost_with(number, matrix):
        return course_cost(toy_forward(X, [*theta[:number], matrix, *theta[number + 1 :]])[2], y)

    return [slope(lambda w, number=number: cost_with(number, w), matrix) for number, matrix in enumerate(theta)]


def alike(one, other):
    return len(one) == len(other) and all(np.allclose(a, b) for a, b in zip(one, other, strict=True))


def stand_in_backward(gradients, right_y, right_theta, right_A, right_Z):
    """A back_propagation that answers `gradients`, but only to someone who asks with the right arguments."""
    def back_propagation(y, theta, A, Z):
        assert np.shape(y) == np.shape(right_y) and np.allclose(y, right_y), "back_propagation was given another y."
        assert alike(theta, right_theta), "back_propagation was given another theta than gradient_check."
        assert alike(A, right_A) and alike(Z, right_Z), (
            "back_propagation was given an A or Z that is not from a forward pass of this X through this theta."
        )
        return [np.zeros_like(z) for z in Z], [np.array(matrix) for matrix in gradients]
    return back_propagation


def stand_in_ruler(measured, right_X, right_y, right_theta, right_h):
    """A numerical_gradients that answers `measured`, but only to someone who asks with the right arguments."""
    def numerical_gradients(X, y, theta, h):
        assert np.shape(X) == np.shape(right_X) and np.allclose(X, right_X), "numerical_gradients was given another X."
        assert np.shape(y) == np.shape(right_y) and np.allclose(y, right_y), "numerical_gradients was given another y."
        assert alike(theta, right_theta), (
            "numerical_gradients was given another theta than gradient_check. Were the weights updated in between?"
        )
        assert h == right_h, "numerical_gradients was given another h than gradient_check."
        return [np.array(matrix) for matrix in measured]
    return numerical_gradients

def toy_ruler(X, y, theta, h):
    """Not a measurement: smooth numbers of the right shapes, which depend on every argument."""
    return [np.cos(matrix) + h + np.mean(X) - np.mean(y) for matrix in theta]


def course_update(theta, gradients, eta):
    return [np.add(matrix, np.multiply(-eta, gradient)) for matrix, gradient in zip(theta, gradients, strict=True)]


# What stands in for the functions of other questions: both slopes, and for the later questions all that is called.
SIGMOIDS = {"sigmoid": course_sigmoid, "sigmoid_prime": course_sigmoid_prime}
TOYS = {
    "forward_propagation": toy_forward, "cost": course_cost, "back_propagation": toy_backward,
    "update_parameters": course_update,
}
# Weights for the layers [1, 3, 2], for [2, 2, 1], and three matrices without biases.
SMALL = [np.array([[0.3, -0.8], [0.5, 0.2], [-0.4, 0.9]]), np.array([[0.6, -0.2, 0.7, 0.1], [-0.3, 0.8, -0.5, 0.4]])]
SHORT = [np.array([[0.4, -0.7, 0.9], [-0.2, 0.8, 0.3]]), np.array([[0.5, -1.1, 0.6]])]
THREE_LAYERS = [
    np.array([[0.8, -0.5, 0.3], [-0.4, 0.9, 0.6]]), np.array([[1.2, -0.7], [0.5, 0.4], [-0.9, 1.1]]),
    np.array([[0.6], [-1.3]]),
]
# A right forward pass of XOR through START, and the right blame at its output.
PASSED = [START, PRACTICE_A, PRACTICE_Z]
LAST_BLAME = np.array([[0.07180943562962873], [-0.026675413248052504], [-0.025816794775118536], [0.0717468824471142]])


def random_pass(seed, points, sizes):
    """A random network with its forward pass and targets; where the seed ends in 4, its sigmoids are nearly flat."""
    numbers = np.random.default_rng(seed)
    network = [numbers.normal(0, 1.5, (b, a + 1)) for a, b in pairwise(sizes)]
    if seed % 10 == 4:
        network = [np.insert(matrix[:, 1:] / 3, 0, 8.5 * (-1) ** np.arange(len(matrix)), axis=1) for matrix in network]
    outs, ins = [np.insert(numbers.normal(0, 1, (points, sizes[0])), 0, 1, axis=1)], []
    for matrix in network:
        ins.append(outs[-1] @ matrix.T)
        outs.append(np.insert(1 / (1 + np.exp(-ins[-1])), 0, 1, axis=1))
    return network, [*outs[:-1], outs[-1][:, 1:]], ins, numbers.normal(0.5, 0.8, (points, sizes[-1]))


def check_shapes(what, matrices, layers):
    """Check that there is one matrix for each step between the layers, of the shape of its weights."""
    shapes = [np.shape(matrix) for matrix in listed(f"{what} for the layers {layers}", matrices, len(layers) - 1)]
    wanted = [(rows, columns + 1) for columns, rows in pairwise(layers)]
    why = "Rows lead to the next layer; columns come from the layer before, and one more is for the bias."
    if shapes == [shape[::-1] for shape in wanted]:
        why = "They are transposed: rows lead to the next layer."
    for number, (came, asked) in enumerate(zip(shapes, wanted, strict=True)):
        assert came == asked, (
            f"{what}: number {number} for the layers {layers} should have shape {asked}, but it has {came}. {why}"
        )


def check_interval(matrices, epsilon):
    """Check that thousands of weights fill the interval from -epsilon to epsilon, and no more."""
    drawn = np.concatenate([np.ravel(matrix) for matrix in matrices])
    assert drawn.size > 1000, (
        f"The layers [60, 50, 40] have thousands of weights, but yours are {drawn.size}. Is the argument `layers` used?"
    )
    assert np.ptp(drawn) > 0, "All weights are the same number. Each should be drawn at random."
    assert np.all(np.abs(drawn) <= epsilon), (
        f"With epsilon = {epsilon}, some weight is above {epsilon} or below -{epsilon}. "
        "Is epsilon used, and is every number between the two ends as likely as any other?"
    )
    assert np.any(drawn < 0), (
        "No weight is negative. Drawing from [0, 1) gives positive numbers only; here the interval is [-epsilon, epsilon)."
    )
    assert np.min(drawn) < -0.98 * epsilon and np.max(drawn) > 0.98 * epsilon, (
        f"With epsilon = {epsilon} and thousands of weights, some should come close to -{epsilon} and some close to "
        f"{epsilon}. Is the interval as wide as it should be on both sides?"
    )


def check_seeds(drawn, again, other):
    """Check two draws with one seed, and one with another."""
    assert len(again) == len(drawn), "The second call returned a longer list than the first: start from an empty list."
    assert all(np.array_equal(a, b) for a, b in zip(drawn, again, strict=True)), (
        "Two calls with seed 0 gave different weights. Does the generator start from the seed at each call?"
    )
    assert np.ptp(drawn[0]) > 0, "All weights of a matrix are the same number. Each should be drawn at random."
    assert not np.array_equal(drawn[0], other[0]), "Seeds 0 and 1 gave the same weights. Is the argument `seed` used?"
    weights = np.concatenate([np.ravel(matrix) for matrix in drawn])
    assert len(np.unique(weights)) == weights.size, (
        "Some of the weights are equal. Are they all drawn at random, "
        "and do all matrices come from one generator that is not started again in between?"
    )


def through_start():
    """A, Z and y_hat: your forward pass of X through START."""
    with notebook_with(sigmoid=course_sigmoid):
        passed = ask(forward_propagation, X, START)
    return parts("forward_propagation", passed, ["A", "Z", "y_hat"])


def check_received(A, Z, _):
    """Check column 0 of each Z, which is what unit 0 receives, from your own A."""
    listed("A", A, 4)
    for number, received in enumerate(listed("Z", Z, 3)):
        shaped(f"A[{number}]", A[number], (4, 3))
        # Entry (p, 0) of Z: the row of point p against the weights of unit 0, which are row 0 of theta.
        unit = [sum(START[number][0, k] * row[k] for k in range(3)) for row in np.asarray(A[number])]
        assert np.shape(received) == PRACTICE_Z[number].shape, (
            f"Z[{number}] should have shape {PRACTICE_Z[number].shape}, but it has {np.shape(received)}."
        )
        check_value(f"column 0 of Z[{number}]", np.asarray(received)[:, 0], unit,
                    known={"Z holds what comes out of the sigmoid, not what goes in": course_sigmoid(np.array(unit)),
                           "the biases in column 0 of theta are left out": np.array(unit) - START[number][0, 0]},
                    hint="One unit belongs to one row of theta.")


def check_sent_on(A, Z, _):
    """Check that the hidden layers send on a column of ones and one column for each unit, between 0 and 1."""
    listed("A", A, 4)
    listed("Z", Z, 3)
    for number in (1, 2):
        shaped(f"Z[{number - 1}]", Z[number - 1], (4, 2))
        assert np.shape(A[number]) == (4, 3), (
            f"A[{number}] should have shape (4, 3), but it has {np.shape(A[number])}. "
            "A hidden layer sends on a column of ones and one column for each unit."
        )
        columns = np.asarray(A[number]).T
        assert np.all(columns[0] == 1) or not np.all(columns[-1] == 1), (
            f"The ones of A[{number}] stand behind; they should stand in front, in column 0."
        )
        assert np.all(columns[0] == 1), (
            f"Column 0 of A[{number}] should hold ones. If yours are 0.73, they went through the sigmoid too."
        )
        send = np.asarray(A[number])[:, 1:]
        assert np.all((send > 0) & (send < 1)), (
            f"A[{number}] has entries outside (0, 1): is there a sigmoid in each step?"
        )


def check_prediction(A, Z, y_hat):
    """Check the prediction: its shape, its range, and that A ends with it."""
    listed("A", A, 4)
    listed("Z", Z, 3)
    assert np.shape(y_hat) == (4, 1), (
        f"y_hat should have shape (4, 1), but it has {np.shape(y_hat)}. "
        "No step follows the last layer, so it needs no column of ones."
    )
    check_value("A[-1]", A[3], y_hat, hint="It should be the prediction itself: the same numbers as y_hat.")
    assert np.all((np.asarray(y_hat) > 0) & (np.asarray(y_hat) < 1)), (
        "A prediction should lie between 0 and 1: the last layer has a sigmoid too."
    )


def back_through(around, *given):
    """deltas and gradients: your backward pass, asked inside notebook_with or only_arguments."""
    with around(**SIGMOIDS):
        result = ask(back_propagation, *given)
    return parts("back_propagation", result, ["deltas", "gradients"])


def back_through_start():
    """deltas and gradients: your backward pass for XOR and START, from a right forward pass."""
    return back_through(notebook_with, y, *PASSED)


def in_order(deltas):
    """The three deltas for START, after checking that they are no gradients, and begin with the first step."""
    shapes = [np.shape(one) for one in listed("deltas", deltas, 3)]
    assert shapes != [(2, 3), (2, 3), (1, 3)], (
        "back_propagation returns deltas first; yours begin with shapes of gradients."
    )
    assert shapes != [(4, 1), (4, 2), (4, 2)], (
        "Your deltas begin with the last layer. Both lists go in the order of theta: number 0 belongs to the first step."
    )
    return deltas


def check_crossing(number, hint):
    """Check the blame that crosses theta[number] to the left, from your own blame on its right side."""
    deltas, _ = back_through_start()
    arriving = shaped(f"deltas[{number}]", listed("deltas", deltas, 3)[number], (4, 1 if number == 2 else 2))
    check_value(
        f"deltas[{number - 1}]", deltas[number - 1], np.einsum("pi,pij->pj", arriving, PRACTICE_STEP[number]),
        known={mistake: np.einsum("pi,pij->pj", arriving, step) for mistake, step in WRONG_STEP[number].items()},
        hint=hint,
    )


def check_bias_gradients(number):
    """Check column 0 of gradients[number], the sum of your own blame over the points."""
    deltas, gradients = back_through_start()
    blame = shaped(f"deltas[{number}]", listed("deltas", deltas, 3)[number], (4, len(START[number])))
    asked, found = START[number].shape, np.asarray(listed("gradients", gradients, 3)[number])
    assert found.shape == asked, (
        f"gradients[{number}] should have the shape of theta[{number}], which is {asked}, but it has {found.shape}."
    )
    check_value(f"column 0 of gradients[{number}]", found[:, 0], blame.sum(axis=0),
                known={"it is averaged over the points once more; deltas hold the 1/m already": blame.mean(axis=0),
                       "it is multiplied by a learning rate; a gradient has none": -0.1 * blame.sum(axis=0),
                       "only the last point counts": blame[-1], "only the first point counts": blame[0]},
                hint=f"It should be the sum of your deltas[{number}] over the points.")


def check_one_slope():
    """Check one gradient against what the cost does when its weight, START[0][1, 2], is moved."""
    _, gradients = back_through_start()
    found = np.asarray(listed("gradients", gradients, 3)[0])
    assert found.shape == (2, 3), "gradients[0] should have the shape of theta[0]."
    check_value("gradients[0][1, 2]", found[1, 2], 0.0002489871507359782, rtol=1e-6,
                known={"the factor 2 / (m n_L) of the mean of squares is missing": 0.0004979743014719564,
                       "the squares were added up, not averaged": 0.0009959486029439128},
                hint="The true slope is another. If the smaller checks above pass, look at the order of your lists.")


def check_two_outputs():
    """Check every gradient of TWO_OUTPUTS."""
    lent = [[np.array(rows) for rows in TWO_OUTPUTS[name]] for name in ("theta", "A", "Z")]
    _, gradients = back_through(only_arguments, np.array(TWO_OUTPUTS["y"]), *lent)
    listed("gradients of a network with two steps", gradients, 2)
    for number, wanted in enumerate(map(np.array, TWO_OUTPUTS["gradients"])):
        check_value(f"gradients[{number}] of a network with two outputs", gradients[number], wanted,
                    known={"it is divided by the number of points only; the mean is over the outputs too": 2 * wanted,
                           "the factor 2 / (m n_L) of the mean of squares is missing": 3 * wanted},
                    hint="The blame of a step meets what came *into* that step, and the mean is over all entries of y.")


def check_measured(measured):
    """Check one slope of the toy, for the last weights of START and a step of 0.5."""
    found = np.asarray(listed("What numerical_gradients returns", measured, 3)[2])
    assert found.shape == (1, 3), f"Entry 2 should have the shape (1, 3), but it has {found.shape}."
    near = {}
    for step in (0.5, -0.5, 0.0, 1e-4, -1e-4):
        near[step] = course_cost(toy_forward(X, [START[0], START[1], START[2] + [[step, 0, 0]]])[2], y)
    up, down = near[0.5] - near[0.0], near[0.0] - near[-0.5]
    check_value(
        "numerical_gradients(X, y, START, 0.5)[2][0, 0]", found[0, 0], up + down, rtol=1e-8,
        known={"this is the one-sided ruler": up / 0.5, "the ruler points to the left only": down / 0.5,
               "the ruler points downhill: the two costs are swapped": -up - down,
               "it is divided by h, but the two points are 2 h apart": (up + down) / 0.5,
               "it is divided by 2 and multiplied by h": (up + down) / 2 * 0.5,
               "the weight went up, but then only back to its place: is the list that you move a real copy?": up,
               "this is what back_propagation says: the ruler must not ask the one that it judges":
                   toy_backward(y, START, *toy_forward(X, START)[:2])[1][2][0, 0],
               "the step is fixed: use the argument h": (near[1e-4] - near[-1e-4]) / 2e-4},
        hint="Is each weight back in its place before the next one is moved, and are the biases measured too?",
    )


def distance_for(claims, exact, weights):
    """What gradient_check says where the backward pass claims one thing and the ruler has measured another."""
    outs, ins, _ = toy_forward(X, weights)
    with notebook_with(
        forward_propagation=toy_forward, cost=course_cost,
        back_propagation=made_beside("stand_in_backward", claims, y, weights, outs, ins),
        numerical_gradients=made_beside("stand_in_ruler", exact, X, y, weights, 1e-5),
    ):
        return one_distance(ask(gradient_check, X, y, weights, 1e-5))


def one_distance(distance):
    """What gradient_check returned, after checking that it is one number."""
    assert distance is not None, "gradient_check returned None. Is there a `return` at its end?"
    assert not isinstance(distance, bool | np.bool_), "gradient_check should return the distance, not a yes or no."
    assert as_numbers(distance) is not None and np.shape(distance) == (), (
        f"gradient_check should return one number, but its shape is {np.shape(distance)}."
    )
    return distance


def distance_slips(factor, exact):
    """What known mistakes make of the distance of a gradient that is `factor` times the measured one."""
    length = np.sqrt(sum(np.sum(matrix**2) for matrix in exact))
    return {
        "only the norm of the measured gradient stands below": abs(factor - 1),
        "one norm stands below (the gradient's, or the larger one), not the sum": abs(factor - 1) / abs(factor),
        "nothing stands below the difference": abs(factor - 1) * length,
        "the norms are squared": (factor - 1) ** 2 / (factor**2 + 1),
    }


def check_entry_counts(number, place, exact, right, share):
    """Check that one wrong entry is seen: it is off by a share of the length of the whole gradient."""
    claims = copies(exact)
    claims[number][place] += share * np.sqrt(sum(np.sum(matrix**2) for matrix in exact))
    distance = distance_for(claims, exact, START)
    assert distance > 0.004 and distance != right, (
        f"gradients[{number}][{place[0]}, {place[1]}] was made wrong, but the distance is only {distance:.3g}. "
        "Does every matrix take part, with every entry? Is a root taken where a norm is meant?"
    )


def step_slips(number, down):
    """What known mistakes make of theta[number] in a step with eta = 0.1 from START."""
    return {
        "nothing moved": START[number],
        "this is the change, not the changed weights": -0.1 * down[number],
        "the step goes uphill": START[number] + 0.1 * down[number],
        "the learning rate is left out": START[number] - down[number],
        "only the sign of the gradient counts, not its size": START[number] - 0.1 * np.sign(down[number]),
    }


def check_one_epoch(weights, eta):
    """Check the weights after one epoch of the toy from START."""
    outs, ins, _ = toy_forward(X, START)
    down, by_point = toy_backward(y, START, outs, ins)[1], START
    for p in range(4):
        outs, ins, _ = toy_forward(X[p : p + 1], by_point)
        by_point = course_update(by_point, toy_backward(y[p : p + 1], by_point, outs, ins)[1], eta)
    right, far, usual = (course_update(START, down, rate) for rate in (eta, 2 * eta, 0.1))
    uphill = course_update(START, down, -eta)
    for number, matrix in enumerate(listed("theta", weights, 3)):
        check_value(f"theta[{number}] after 1 epoch with eta = {eta:g}", matrix, right[number],
                    known={"no step was taken": START[number], "the step goes uphill": uphill[number],
                           "eta is fixed at 0.1": usual[number],
                           "the weights move after each point, not after all of them": by_point[number],
                           "two steps were taken, or one of twice the length": far[number]})


# Bends for the lab of the last question, each with its slope.
def tanh(z):
    return np.tanh(z)


def tanh_slope(z):
    return 1 - np.tanh(z) ** 2


def relu(z):
    return np.maximum(z, 0)


def relu_slope(z):
    return np.where(np.asarray(z) > 0, 1.0, 0.0)

# %% include="pictures"

# %%
# @title The network as a picture: run me, nothing to change here
def draw_network(layers):
    """Draw the units of a network, the columns of ones as squares, and the shape of each theta."""
    tallest = max(layers) + 1
    _, ax = plt.subplots(figsize=(7.5, 0.75 * tallest + 1.3))
    last = len(layers) - 1

    def place(layer, unit):  # unit 0 is the bias
        count = layers[layer] + (layer < last)
        return 2 * layer, (count - 1) / 2 - unit + (layer == last)

    for layer in range(last):
        for unit in range(layers[layer] + 1):
            for after in range(1, layers[layer + 1] + 1):
                (x0, y0), (x1, y1) = place(layer, unit), place(layer + 1, after)
                ax.plot([x0, x1], [y0, y1], color=ORANGE if unit == 0 else "0.6", lw=1, zorder=1)
        rows, columns = layers[layer + 1], layers[layer] + 1
        ax.text(2 * layer + 1, -tallest / 2 - 0.15, rf"$\theta_{layer}$: ({rows}, {columns})", ha="center")
    for layer, size in enumerate(layers):
        for unit in range(layer == last, size + 1):
            x, height = place(layer, unit)
            bias = unit == 0
            ax.plot(x, height, marker="s" if bias else "o", ms=22, mfc="white", mec=ORANGE if bias else BLUE, mew=1.8)
            name = "1" if bias else f"$x_{unit}$" if layer == 0 else r"$\hat y$" if layer == last else ""
            ax.text(x, height, name, ha="center", va="center")
    ax.set(xlim=(-0.6, 2 * last + 0.6), ylim=(-tallest / 2 - 0.5, tallest / 2 + 0.1))
    ax.set_title(f"{layers}: circles compute, squares are the constant 1, orange lines are biases")
    ax.axis("off")
    show(f"A network with the layers {layers}. Squares are the constant 1; each step has a matrix theta of the shape shown.")


def draw_surface(ax, predict, title):
    """Colour the plane by what a network predicts, with the four XOR points on top."""
    ticks = np.linspace(-0.5, 1.5, 81)
    grid = np.array([[a, b] for b in ticks for a in ticks])
    heights = np.reshape(predict(grid), (81, 81))
    image = ax.imshow(heights, origin="lower", extent=(-0.5, 1.5, -0.5, 1.5), cmap="cividis", vmin=0, vmax=1)
    for (a, b), wanted in zip(X, y[:, 0], strict=True):
        ax.plot(a, b, marker="o" if wanted else "X", ms=10, mfc="white", mec="black")
    ax.set(title=title, xlabel="$x_1$", xticks=[0, 1], yticks=[0, 1])
    return image


draw_network(LAYERS)

# %% [markdown] question="cost" minutes=10 level=1 lines=1
# ## 1. The cost
#
# One number says how far off all predictions are: the mean of the squared errors over **every entry**,
# that is over all $m$ points and all $n_L$ outputs,
#
# $$J = \frac{1}{m\,n_L}\sum_{p=1}^{m}\sum_{k=1}^{n_L}\bigl(\hat y_{pk} - y_{pk}\bigr)^2 .$$
#
# $\hat y$ and $y$ have shape $(m, n_L)$; $J$ has shape $()$.
#
# Keep an eye on the fraction in front. It looks too dull to matter, and in question 8 it is the whole puzzle.
#
# Before you go on: a network that ignores its inputs says one number $p$ for each of the four XOR points.
# Which $p$ costs least, and how much? Remember that cost: you will see networks sit on it for a long time.
#
# Hint: How many squares does the sum hold?
#
# Hint: `len(y)` counts rows. How many entries are there when a row has two?
#
# Hint: The result has the shape `()`: no axis is left over. NumPy has one function that does both the sum and the division.

# %% solution="cost"
def cost(y_hat, y):
    """The mean squared error.

    Args:
        y_hat: the predictions, shape (m, n_out).
        y: the targets, shape (m, n_out).
        Both stay as they are.

    Returns:
        the mean over all m * n_out entries of the squared difference, one number.

    Example: predictions [[0.1], [0.8], [0.6], [0.3]] for the XOR targets cost 0.075.
    """
    ### BEGIN SOLUTION
    return np.mean((y_hat - y) ** 2)
    ### END SOLUTION

# %% check="cost-value" points=1
# The four errors are 0.1, 0.2, 0.4 and 0.3; their squares add up to 0.30.
check_value(
    "cost(y_hat, y)", ask(cost, np.array([[0.1], [0.8], [0.6], [0.3]]), y), 0.075,
    known={
        "the squares are added up, but not averaged": 0.3,
        "there is an extra factor 1/2": 0.0375,
        "the squares are summed and halved, not averaged": 0.15,
        "the errors are not squared": 0.25,
        "a square root was taken": 0.075**0.5,
        "the prediction is compared with 0, not with its target": 0.275,
        "only the last point counts": 0.09,
    },
)
### BEGIN HIDDEN TESTS
guesses = np.array([[0.9], [-1.2], [0.35], [2.0], [0.15], [0.75], [1.4]])
truths = np.array([[0.2], [0.6], [1.0], [-0.5], [0.0], [0.8], [1.1]])
with only_arguments():
    squares = sum((float(g) - float(t)) ** 2 for g, t in zip(guesses[:, 0], truths[:, 0], strict=True))
    check_value("cost for 7 points and 1 output", ask(cost, guesses, truths), squares / 7,
                known={"the number of points is fixed at 4": squares / 4,
                       "the prediction is compared with 0, not with its target": np.sum(guesses**2) / 7,
                       "the squares are added up, but not averaged": squares})
check_kept(cost, [guesses, truths], [guesses + 1, truths], "y_hat y")
cases = (
    ("large errors", 30 * guesses, -20 * truths), ("tiny errors", truths + 1e-3 * guesses, truths),
    ("errors of a millionth", truths + 1e-6 * guesses, truths),
    ("targets of 0", guesses, 0 * truths), ("predictions of 0", 0 * guesses, truths),
)
for what, guesses, truths in cases:
    squares = sum((float(g) - float(t)) ** 2 for g, t in zip(guesses[:, 0], truths[:, 0], strict=True))
    check_value(f"cost for {what}", ask(cost, guesses, truths), squares / 7)
### END HIDDEN TESTS

# %% check="cost-outputs" points=1
# Three points, two outputs each: six entries. The squares 0.01, 0.04, 0.16, 0.09, 0.09 and 0.16 add up to 0.55.
guesses, truths = np.array([[0.1, 0.8], [0.6, 0.3], [0.3, 0.6]]), np.array([[0.0, 1.0], [1.0, 0.0], [0.0, 1.0]])
check_value(
    "cost for 3 points and 2 outputs", ask(cost, guesses, truths), 0.55 / 6,
    known={
        "you divide by the number of points, not of entries": 0.55 / 3,
        "the squares are added up, but not averaged": 0.55,
        "there is an extra factor 1/2": 0.275 / 6,
        "the sum is divided by 2, not by the number of entries": 0.275,
        "the number of points is fixed at 4": 0.55 / 8,
        "the errors are not squared": 1.7 / 6,
        "a square root was taken": (0.55 / 6) ** 0.5,
        "the prediction is compared with 0, not with its target": np.mean(guesses**2),
        "only the last point counts": 0.125,
    },
    hint="However many outputs there are, the result is one number.",
)
### BEGIN HIDDEN TESTS
numbers = np.random.default_rng(3)
for points, outputs in ((5, 3), (1, 4)):
    guesses, truths = numbers.normal(0.4, 1.0, (2, points, outputs))
    squares = float(np.einsum("pk,pk->", guesses - truths, guesses - truths))
    with only_arguments():
        check_value(f"cost for {points} points and {outputs} outputs", ask(cost, guesses.copy(), truths.copy()),
                    squares / (points * outputs),
                    known={"you divide by the number of points, not of entries": squares / points,
                           "you divide by the number of outputs, not of entries": squares / outputs})
### END HIDDEN TESTS

# %% [markdown] question="init" minutes=20 level=2 lines=5
# ## 2. A random start
#
# Before the first step, each weight gets a random number, drawn uniformly between $-\epsilon$ and $+\epsilon$.
# Question 11 shows what goes wrong when all weights get the same number instead.
#
# The list of layers fixes all shapes. The step from a layer of $n_l$ units to one of $n_{l+1}$ units needs
# a row for each unit it leads to, and in each row one weight for the bias and one for each unit it comes from:
#
# $$\theta_l \text{ has shape } (n_{l+1},\ n_l + 1), \qquad -\epsilon \le \theta_l[i, j] < \epsilon .$$
#
# A list of $k$ layers has $k - 1$ steps between them.
# The function returns a **new** list at each call. A function that appends to a list of the notebook
# gives you three matrices the first time and six the second.
#
# Randomness you cannot repeat is randomness you cannot debug.
# So the function takes a `seed`: the same seed gives the same weights, another seed gives others.
# Make one generator from it, with `np.random.default_rng(seed)`, and draw all matrices from that one.
#
# Hint: Two neighbours in the list of layers make one matrix.
#
# Hint: `pairwise([3, 5, 2])` (imported above) gives (3, 5) and (5, 2). Where is the generator made: once, or for each matrix?
#
# Hint: `generator.random` draws from $[0, 1)$. What must be done to that interval? Or which method takes an interval?

# %% solution="init"
def initialize_parameters(layers, epsilon, seed):
    """Random weights for a network.

    Args:
        layers: the sizes of the layers, a list of whole numbers such as [2, 2, 2, 1].
        epsilon: every weight (biases too) is drawn uniformly from [-epsilon, epsilon).
        seed: a whole number; the same seed gives the same weights.

    Returns:
        a new list of arrays, one for each step; number l has shape
        (layers[l + 1], layers[l] + 1).

    Example: for [3, 5, 2] the shapes are (5, 4) and (2, 6).
    """
    ### BEGIN SOLUTION
    generator = np.random.default_rng(seed)
    theta = []
    for n_in, n_out in pairwise(layers):
        theta.append(generator.uniform(-epsilon, epsilon, (n_out, n_in + 1)))
    return theta
    ### END SOLUTION

# %% check="init-shapes" points=1
# One matrix a step: a row for each unit it leads to, a column for the bias and for each unit it comes from.
check_shapes("initialize_parameters", ask(initialize_parameters, LAYERS, 1.0, 0), LAYERS)
### BEGIN HIDDEN TESTS
for sizes in ([3, 5, 4, 2], [4, 1], (2, 6, 3), [1, 2, 3, 4, 5]):
    with only_arguments():
        drawn = ask(initialize_parameters, sizes, 0.7, 5)
    check_shapes("initialize_parameters", drawn, sizes)
check_works(initialize_parameters, [LAYERS, 1.0, 0], [LAYERS, 2.0, 1])
### END HIDDEN TESTS

# %% check="init-range" points=1
# With thousands of weights one can see the interval that they come from: here from -0.5 to 0.5.
check_interval(ask(initialize_parameters, [60, 50, 40], 0.5, 1), 0.5)
### BEGIN HIDDEN TESTS
for width in (2.0, 0.03, 5e-4):
    with only_arguments():
        matrices = listed("theta", ask(initialize_parameters, [60, 50, 40], width, 2), 2)
    for number, drawn in enumerate(matrices):
        drawn = np.asarray(drawn)
        assert np.any(drawn != drawn.astype(np.float32)), (
            f"The weights of theta[{number}] are kept in numbers of 32 bits or less. Take float64."
        )
        drawn = drawn / width
        assert np.all(np.abs(drawn) <= 1), f"With epsilon = {width}, a weight of theta[{number}] is outside."
        assert np.min(drawn) < -0.97 and np.max(drawn) > 0.97, (
            f"With epsilon = {width}, the weights of theta[{number}] do not fill the interval from -epsilon to epsilon."
        )
        assert abs(np.mean(drawn)) < 0.05, (
            f"With epsilon = {width}, the weights of theta[{number}] do not lie around 0. Is the interval symmetric?"
        )
        assert abs(np.std(drawn) - 3**-0.5) < 0.03, (
            f"With epsilon = {width}, the weights of theta[{number}] are not spread evenly over the interval: "
            "uniform was asked for, not normal."
        )
        for column in (0, 1):
            assert np.std(drawn[:, column]) > 0.3, (
                f"Column {column} of theta[{number}] is not random. The biases in column 0 are drawn like all others."
            )
### END HIDDEN TESTS

# %% check="init-random" points=2
# The same seed repeats the weights, another seed does not, and no two weights are alike.
drawn, again, other = (ask(initialize_parameters, LAYERS, 1.0, seed) for seed in (0, 0, 1))
check_seeds(drawn, again, other)
### BEGIN HIDDEN TESTS
with only_arguments():
    once = [np.array(matrix) for matrix in ask(initialize_parameters, [3, 3, 3, 3], 0.8, 11)]
    twice = [np.array(matrix) for matrix in ask(initialize_parameters, [3, 3, 3, 3], 0.8, 11)]
    wider = [np.array(matrix) for matrix in ask(initialize_parameters, [3, 3, 3, 3], 0.8, 12)]
assert len(once) == len(twice) == 3, "The second call returned a list of another length than the first."
assert all(np.array_equal(a, b) for a, b in zip(once, twice, strict=True)), "One seed gave two different networks."
assert not any(np.any(a == b) for a, b in zip(once, wider, strict=True)), "Two seeds gave weights that agree."
many = np.array([ask(initialize_parameters, [1, 1], 0.8, seed)[0] for seed in (3, 13, 103, 1003, 65539)])
assert np.unique(many).size == many.size, "Two seeds gave weights that agree. Is it the seed itself that is used, and all of it?"
weights = np.concatenate([matrix.ravel() for matrix in once])
assert len(np.unique(weights)) == weights.size, (
    "Some weights of a network are equal. Is the generator started again for each matrix?"
)
### END HIDDEN TESTS

# %% [markdown] question="forward" minutes=35 level=2 lines=9
# ## 3. The forward pass
#
# All points travel through the network together, one a row. Each of the $L$ steps is the same:
#
# $$Z_l = A_l\,\theta_l^{\mathsf T}, \qquad A_{l+1} = \bigl[\,\mathbf 1 \;\big|\; \sigma(Z_l)\,\bigr].$$
#
# The bar means: a column of ones, then the rest beside it.
# Thanks to that column the biases need no letter of their own: they are the weights that are multiplied by 1.
# The journey starts at $A_0 = [\,\mathbf 1 \mid X\,]$.
# It ends at $A_L = \hat y = \sigma(Z_{L-1})$, which gets **no** column of ones, since no step follows.
#
# | for the layers `[2, 2, 2, 1]` and $m = 4$ | shape |
# |---|---|
# | $A_0$ times $\theta_0^{\mathsf T}$ | $(4, 3)\,(3, 2) = (4, 2)$ |
# | $Z_0,\ Z_1,\ Z_2$ | $(4, 2),\ (4, 2),\ (4, 1)$ |
# | $A_0,\ A_1,\ A_2,\ A_3$ | $(4, 3),\ (4, 3),\ (4, 3),\ (4, 1)$ |
#
# Return `A` and `Z` along with the prediction: the backward pass will need them all.
# `np.hstack`, `np.insert` or `np.column_stack` can put a column in front.
#
# Hint: Write the two shapes of your product beside each other: the inner two numbers must agree.
#
# Hint: With $n = 2$ everywhere too many products agree. Try `[3, 5, 4, 2]` in your head.
#
# Hint: Ones that have gone through the sigmoid are 0.731. And if $\hat y$ has one column too many, it kept its ones.

# %% solution="forward"
def forward_propagation(X, theta):
    """Predictions of a network for all points at once, and everything computed on the way.

    Args:
        X: the inputs, shape (m, n_0), one point a row.
        theta: list of L arrays; number l has shape (n_{l+1}, n_l + 1), biases in column 0.
            It stays as it is.

    Returns:
        A: list of L + 1 arrays. A[0] is X with a column of ones in front, shape (m, n_0 + 1).
            The next ones have a column of ones too, shape (m, n_l + 1).
            The last one is the prediction, without ones, shape (m, n_L).
        Z: list of L arrays; Z[l] has shape (m, n_{l+1}).
        y_hat: the prediction, the same numbers as A[-1].

    Example: for X and START, Z[0][2] is [-0.8, 1.3], and y_hat[0, 0] is 0.7319 (four digits).
    """
    ### BEGIN SOLUTION
    ones = np.ones((len(X), 1))
    A, Z = [np.hstack((ones, X))], []
    for matrix in theta:
        Z.append(A[-1] @ matrix.T)
        A.append(np.hstack((ones, sigmoid(Z[-1]))))
    y_hat = A[-1][:, 1:]
    A[-1] = y_hat
    return A, Z, y_hat
    ### END SOLUTION

# %% check="forward-input" points=1
A, _, _ = through_start()
check_value(
    "A[0]", listed("A", A, 4)[0], PRACTICE_A[0],
    known={
        "the ones stand behind the inputs; they should stand in front": np.roll(PRACTICE_A[0], -1, axis=1),
        "there is a column of zeros where the ones should be": PRACTICE_A[0] * [0, 1, 1],
        "the inputs were squeezed by the sigmoid; they go in as they are": np.insert(course_sigmoid(X), 0, 1, axis=1),
    },
    hint="It should be X with a column of ones in front.",
)
### BEGIN HIDDEN TESTS
numbers = np.random.default_rng(21)
places = numbers.normal(0, 1.3, (5, 3))
network = [numbers.normal(0, 1, shape) for shape in ((4, 4), (2, 5))]
with only_arguments(sigmoid=course_sigmoid):
    passed = parts("forward_propagation", ask(forward_propagation, places.copy(), copies(network)), ["A", "Z", "y_hat"])
    wanted = np.column_stack([np.ones(5), places])
    check_value("A[0] for 5 points with 3 inputs", listed("A", passed[0], 3)[0], wanted,
                known={"the ones stand behind the inputs; they should stand in front": np.roll(wanted, -1, axis=1),
                       "the inputs were squeezed by the sigmoid; they go in as they are":
                           np.column_stack([np.ones(5), 1 / (1 + np.exp(-places))])})
### END HIDDEN TESTS

# %% check="forward-z" points=2
# What the units receive: column 0 of each Z[l], from your own A[l], so an earlier slip does not count twice.
check_received(*through_start())
### BEGIN HIDDEN TESTS
for seed, sizes, points in ((31, (3, 5, 4, 2), 6), (32, (2, 2, 2), 2), (33, (3, 3), 4), (34, (3, 2), 3), (35, (5, 6, 7), 2)):
    numbers = np.random.default_rng(seed)
    network = [numbers.normal(0, 1.5, (b, a + 1)) for a, b in pairwise(sizes)]
    places = numbers.normal(0, 60 if seed == 34 else 1.2, (points, sizes[0]))  # inputs may be large, too
    with only_arguments(sigmoid=course_sigmoid):
        passed = parts("forward_propagation", ask(forward_propagation, places, copies(network)), ["A", "Z", "y_hat"])
    listed("A", passed[0], len(sizes))
    listed("Z", passed[1], len(network))
    for number, matrix in enumerate(network):
        start = shaped(f"A[{number}]", passed[0][number], (points, sizes[number] + 1))
        wanted = np.einsum("pj,ij->pi", start, matrix)
        known = {"Z holds what comes out of the sigmoid, not what goes in": course_sigmoid(wanted),
                 "the biases in column 0 are left out": wanted - matrix[:, 0]}
        if matrix.shape[1] == matrix.shape[0]:
            known["theta is used without being transposed"] = start @ matrix
        check_value(f"Z[{number}] for the layers {sizes}", passed[1][number], wanted, known=known)
        assert np.ptp(np.asarray(passed[1][number]), axis=0).min() > 0, f"Z[{number}] is the same for each point."
### END HIDDEN TESTS

# %% check="forward-hidden" points=1
# What the hidden units send on: a column of ones, then the sigmoid of what they received (of your own Z).
check_sent_on(*through_start())
### BEGIN HIDDEN TESTS
numbers = np.random.default_rng(41)
usual = [numbers.normal(0, 1.5, shape) for shape in ((5, 4), (4, 6), (3, 5), (2, 4))]
for network in (usual, random_pass(44, 6, (3, 5, 4, 3, 2))[0]):
    places = numbers.normal(0, 1.2, (6, 3))
    with only_arguments(sigmoid=course_sigmoid):
        passed = parts("forward_propagation", ask(forward_propagation, places, copies(network)), ["A", "Z", "y_hat"])
    listed("A", passed[0], 5)
    listed("Z", passed[1], 4)
    for number, units in ((1, 5), (2, 4), (3, 3)):
        received = shaped(f"Z[{number - 1}]", passed[1][number - 1], (6, units))
        assert np.ptp(received, axis=0).min() > 0, f"Z[{number - 1}] is the same for each point."
        wanted = np.column_stack([np.ones(6), 1 / (1 + np.exp(-received))])
        check_value(
            f"A[{number}]", passed[0][number], wanted, atol=1e-15,
            known={"the ones went through the sigmoid too":
                       np.column_stack([np.full(6, 1 / (1 + np.exp(-1))), wanted[:, 1:]]),
                   "the ones stand behind; they should stand in front": np.roll(wanted, -1, axis=1),
                   "it is what Z holds: the sigmoid is missing, or it stands in Z already":
                       np.column_stack([np.ones(6), received])},
            hint="The sigmoid is flat beyond 5, but not level.")
### END HIDDEN TESTS

# %% check="forward-output" points=1
# The prediction: the sigmoid of your own last Z, without a column of ones, and the same numbers in A[-1].
check_prediction(*through_start())
### BEGIN HIDDEN TESTS
for seed, shapes in ((51, ((5, 4), (4, 6), (3, 5))), (52, ((3, 4),)), (54, ((5, 4), (4, 6), (3, 5)))):
    numbers = np.random.default_rng(seed)
    network = [numbers.normal(0, 1.5, shape) for shape in shapes]
    places = numbers.normal(0, 1.2, (6, 3))
    if seed == 54:  # sigmoids that are nearly flat
        network = random_pass(54, 6, (3, 5, 4, 3))[0]
    with only_arguments(sigmoid=course_sigmoid):
        passed = parts("forward_propagation", ask(forward_propagation, places, copies(network)), ["A", "Z", "y_hat"])
    listed("A", passed[0], len(shapes) + 1)
    received = shaped("Z[-1]", listed("Z", passed[1], len(shapes))[-1], (6, 3))
    assert np.ptp(received, axis=0).min() > 0, "Z[-1] is the same for each point."
    wanted = 1 / (1 + np.exp(-received))
    check_value("y_hat", passed[2], wanted, atol=1e-15,
                known={"it is what Z holds: the last sigmoid is missing, or it stands in Z already": received,
                       "the last sigmoid is taken twice": 1 / (1 + np.exp(-wanted))})
    check_value("A[-1]", passed[0][-1], wanted, atol=1e-15)
### END HIDDEN TESTS

# %% check="forward-layers" points=2
# The whole pass, from X to the prediction.
check_value("y_hat for X and START", through_start()[2], PRACTICE_A[3],
            hint="If the smaller checks above pass, look at the order of the layers.")
### BEGIN HIDDEN TESTS
for seed, sizes, points in ((61, (2, 2, 1), 4), (62, (3, 5, 4, 2), 7), (63, (4, 1), 3), (64, (1, 3, 3, 3, 3, 2), 1),
                            (65, (2, 2, 2, 1), 4), (66, (4, 3, 2), 1)):
    numbers = np.random.default_rng(seed)
    network = [numbers.normal(0, 1.5, (b, a + 1)) for a, b in pairwise(sizes)]
    places = numbers.normal(0, 1.2, (points, sizes[0]))
    with only_arguments(sigmoid=course_sigmoid):
        passed = parts("forward_propagation", ask(forward_propagation, places, network), ["A", "Z", "y_hat"])
    signal = places
    for matrix in network:
        signal = 0.5 + 0.5 * np.tanh((signal @ matrix[:, 1:].T + matrix[:, 0]) / 2)
    check_value(f"y_hat for {points} points and the layers {sizes}", passed[2], signal, atol=1e-15,
                hint="If the smaller checks above pass, is there a part that only fits [2, 2, 2, 1]?")
    with only_arguments(sigmoid=course_sigmoid):
        check_kept(forward_propagation, [places, network], [places + 1, network], "X theta")
# Inputs of 0, and then weights of 0: every signal is one half from the first step on, and still goes through all.
faint, loud = ([numbers.normal(0, size, shape) for shape in ((3, 3), (2, 4))] for size in (0.0, 1.5))
for places, network in ((np.zeros((3, 2)), loud), (np.ones((2, 2)), faint)):
    with only_arguments(sigmoid=course_sigmoid):
        passed = parts("forward_propagation", ask(forward_propagation, places, network), ["A", "Z", "y_hat"])
    signal = places
    for matrix in network:
        signal = 0.5 + 0.5 * np.tanh((signal @ matrix[:, 1:].T + matrix[:, 0]) / 2)
    listed("A", passed[0], 3)
    check_value("y_hat for inputs of 0, or for weights of 0", passed[2], signal, atol=1e-15)
### END HIDDEN TESTS

# %% [markdown] question="backward" minutes=60 level=3 lines=8
# ## 4. The backward pass
#
# Now the question that makes learning possible: if this weight grows a little, what does the cost do?
# You want $\partial J / \partial \theta_l[i, j]$ for every weight: one matrix $G_l$ for each $\theta_l$, of the same shape.
#
# The trick is to ask first about something smaller.
# Let $\delta_l = \partial J / \partial Z_l$: the share of the **blame** that each unit carries, for each point.
# It has the shape of $Z_l$, that is $(m, n_{l+1})$. Three rules are enough. Take paper: each is one short derivation.
#
# **The output layer.** Differentiate the mean of squares by one entry of $\hat y$, its fraction included.
# Then go through the last sigmoid. This one is done for you (the circle $\circ$ multiplies entry by entry):
#
# $$\delta_{L-1} = \frac{2}{m\,n_L}\,(\hat y - y)\circ\sigma'(Z_{L-1}), \qquad \text{shape } (m, n_L).$$
#
# **One layer to the left.** Unit $j$ of a hidden layer feeds every unit $i$ of the next one, through one weight each.
#
# 1. Write down $Z_l[p, i]$ as a sum over $j$, with $A_l[p, j] = \sigma(Z_{l-1}[p, j - 1])$ for $j \ge 1$. What is $A_l[p, 0]$?
# 2. The cost hears of $Z_{l-1}[p, j]$ along several paths, one through each unit $i$. Add them up: this is $\delta_{l-1}[p, j]$.
# 3. A constant has done nothing and takes no blame. Which column of $\theta_l$ is left out of the sum?
# 4. Find the product of two matrices that is your sum. Its shapes are $(m, n_{l+1})\,(n_{l+1}, n_l) = (m, n_l)$.
#
# **The weights.** By how much does $Z_l[p, i]$ change with $\theta_l[i, j]$? Multiply by the blame, and sum over the points.
# That is $G_l[i, j]$. Again it is one product, and its shape must be $(n_{l+1},\ n_l + 1)$.
#
# Try your rules on paper with `[3, 5, 4, 2]`, where no two sizes are equal: then only the right products fit.
#
# `back_propagation` gets `A` and `Z` as arguments: the forward pass has already computed them.
# It changes nothing. It does not update weights, and it does not multiply by a learning rate: it answers one question.
#
# Each check looks at one link of the chain, and starts from **your own** result of the link before.
# So a slip in one link costs that link, and the last check, which looks at the whole chain.
#
# Hint: Everything off by one factor? How many numbers does the mean in the cost go over?
#
# Hint: The blame of layer $l - 1$ goes through the sigmoid of layer $l - 1$. Which $Z$ is that? One column too many means that the constant 1 got a share.
#
# Hint: Right for `[2, 2, 2, 1]`, wrong or an error for `[3, 5, 4, 2]`: a transpose that fits by accident.
# To build a list from its end: `list.insert(0, ...)`, or append and reverse at the end.

# %% solution="backward"
def back_propagation(y, theta, A, Z):
    """The blame of every unit and the gradient of every weight.

    Args:
        y: the targets, shape (m, n_L).
        theta: list of L arrays; number l has shape (n_{l+1}, n_l + 1), biases in column 0.
            It stays as it is.
        A, Z: what forward_propagation returned for these weights; A[-1] is the prediction.

    Returns:
        deltas: list of L arrays; deltas[l] is dJ/dZ[l], shape (m, n_{l+1}).
        gradients: list of L arrays; gradients[l] is dJ/dtheta[l], shape (n_{l+1}, n_l + 1).
        Both are in the order of theta: number 0 belongs to the first step.

    Example: for XOR and START, to four digits,
    deltas[2][0, 0] is 0.0718 and gradients[2][0, 0] is 0.0911.
    """
    ### BEGIN SOLUTION
    y_hat = A[-1]
    deltas = [2 / y.size * (y_hat - y) * sigmoid_prime(Z[-1])]
    for step in range(len(theta) - 1, 0, -1):
        arriving = deltas[0] @ theta[step][:, 1:]
        deltas.insert(0, arriving * sigmoid_prime(Z[step - 1]))
    gradients = [deltas[step].T @ A[step] for step in range(len(theta))]
    return deltas, gradients
    ### END SOLUTION

# %% check="backward-delta2" points=2
# The blame at the output, from the prediction and the target.
deltas, _ = back_through_start()
check_value(
    "deltas[2]", in_order(deltas)[2], LAST_BLAME,
    known={
        "the factor 2 / (m n_L) of the mean of squares is missing": 2 * LAST_BLAME,
        "only the 2 of the square is missing": LAST_BLAME / 2,
        "the squares were added up, not averaged": 4 * LAST_BLAME,
        "the slope of the sigmoid is missing": (PRACTICE_A[3] - y) / 2,
        "the slope is taken at the prediction, not at Z": (PRACTICE_A[3] - y) / 8 / np.cosh(PRACTICE_A[3] / 2) ** 2,
        "target and prediction are swapped": -LAST_BLAME,
    },
    hint="It is the last entry of deltas: both lists go in the order of theta.",
)
### BEGIN HIDDEN TESTS
for seed, points, sizes in ((71, 5, (3, 4, 2, 3)), (72, 3, (2, 2, 2, 1)), (73, 6, (2, 3, 3, 2)),
                            (74, 4, (3, 2, 4, 2))):
    network, outs, ins, truths = random_pass(seed, points, sizes)
    with only_arguments(**SIGMOIDS):
        result = ask(back_propagation, truths, copies(network), copies(outs), copies(ins))
        result = parts("back_propagation", result, ["deltas", "gradients"])
    listed("deltas", result[0], 3)
    error, through = outs[-1] - truths, 0.25 / np.cosh(ins[-1] / 2) ** 2
    wanted = 2 * error * through / truths.size
    check_value(
        f"deltas[2] for {points} points and {sizes[-1]} outputs", result[0][2], wanted,
        known={
            "the factor 2 / (m n_L) of the mean of squares is missing": error * through,
            "the squares were added up, not averaged": 2 * error * through,
            "it is divided by the number of points only; the mean is over the outputs too":
                2 * error * through / points,
            "the number of points is fixed at 4": error * through / 2,
            "only the 2 of the square is missing": error * through / truths.size,
            "target and prediction are swapped": -wanted,
            "the slope of the sigmoid is missing": 2 * error / truths.size,
            "the slope is taken at the prediction, not at Z":
                2 * error / truths.size * 0.25 / np.cosh(outs[-1] / 2) ** 2,
            "the slope is taken at the wrong Z": 2 * error / truths.size * 0.25 / np.cosh(ins[-2] / 2) ** 2
            if ins[-2].shape == error.shape else 0 * error,
        })
### END HIDDEN TESTS

# %% check="backward-delta1" points=2
# One layer to the left: from your own deltas[2], through theta[2] without its biases, through the sigmoid's slope.
check_crossing(2, hint="If there is one column too many, blame went to the constant 1.")
### BEGIN HIDDEN TESTS
for seed, points, sizes in ((81, 5, (3, 4, 2, 3)), (82, 3, (2, 2, 2, 2)), (83, 4, (2, 3, 3, 3)),
                            (84, 4, (3, 2, 4, 2))):
    network, outs, ins, truths = random_pass(seed, points, sizes)
    with only_arguments(**SIGMOIDS):
        result = ask(back_propagation, truths, copies(network), copies(outs), copies(ins))
        result = parts("back_propagation", result, ["deltas", "gradients"])
    arriving = shaped("deltas[2]", listed("deltas", result[0], 3)[2], (points, sizes[3]))
    crossed = np.einsum("pi,ij->pj", arriving, network[2][:, 1:])
    through = 0.25 / np.cosh(ins[1] / 2) ** 2
    known = {
        "the slope of the sigmoid is missing": crossed,
        "the bias column is dropped at the wrong end": (arriving @ network[2])[:, :-1] * through,
        "the slope is taken at the output of the layer, not at its Z":
            crossed * 0.25 / np.cosh(outs[1 + 1][:, 1:] / 2) ** 2,
    }
    for wrong_z, text in ((0, "the slope is taken one layer too far to the left"),
                          (2, "the slope is taken at the Z of the layer that the blame comes from")):
        if ins[wrong_z].shape == crossed.shape:
            known[text] = crossed * 0.25 / np.cosh(ins[wrong_z] / 2) ** 2
    if sizes[3] == sizes[2]:
        known["theta is transposed, which fits only because two layers are of the same size"] = (
            arriving @ network[2][:, 1:].T * through)
    if network[1].shape == network[2].shape:
        known["the blame crosses the wrong theta"] = arriving @ network[1][:, 1:] * through
    check_value(f"deltas[1] for the layers {sizes}", result[0][1], crossed * through, known=known,
                hint="It starts from your own deltas[2].")
### END HIDDEN TESTS

# %% check="backward-delta0" points=1
# And one more layer to the left, from your own deltas[1]: the same rule again.
check_crossing(1, hint="Is it the same rule as for deltas[1], with every index one lower?")
### BEGIN HIDDEN TESTS
for seed, points, sizes in ((91, 5, (3, 4, 2, 3)), (92, 3, (2, 2, 2, 2)), (93, 4, (2, 3, 3, 1)),
                            (94, 4, (3, 4, 3, 2))):
    network, outs, ins, truths = random_pass(seed, points, sizes)
    with only_arguments(**SIGMOIDS):
        result = ask(back_propagation, truths, copies(network), copies(outs), copies(ins))
        result = parts("back_propagation", result, ["deltas", "gradients"])
    arriving = shaped("deltas[1]", listed("deltas", result[0], 3)[1], (points, sizes[2]))
    crossed = np.einsum("pi,ij->pj", arriving, network[1][:, 1:])
    through = 0.25 / np.cosh(ins[0] / 2) ** 2
    known = {"the slope of the sigmoid is missing": crossed}
    if ins[1].shape == crossed.shape:
        known["the slope is taken at the Z of the layer that the blame comes from"] = (
            crossed * 0.25 / np.cosh(ins[1] / 2) ** 2)
        known["theta is transposed, which fits only because two layers are of the same size"] = (
            arriving @ network[1][:, 1:].T * through)
    check_value(f"deltas[0] for the layers {sizes}", result[0][0], crossed * through, known=known,
                hint="It starts from your own deltas[1].")
### END HIDDEN TESTS

# %% check="backward-theta2" points=1
# The weights of the last step. A bias is multiplied by 1, so its gradient is the plain sum of your own deltas[2].
check_bias_gradients(2)
### BEGIN HIDDEN TESTS
for seed, points, sizes in ((102, 3, (2, 2, 2, 2)), (101, 5, (3, 4, 2, 3))):
    network, outs, ins, truths = random_pass(seed, points, sizes)
    with only_arguments(**SIGMOIDS):
        result = ask(back_propagation, truths, copies(network), copies(outs), copies(ins))
        result = parts("back_propagation", result, ["deltas", "gradients"])
    blame = shaped("deltas[2]", listed("deltas", result[0], 3)[2], (points, sizes[3]))
    wanted = np.einsum("pi,pj->ij", blame, outs[2])
    known = {"it is averaged over the points once more; deltas hold the 1/m already": wanted / points,
             "it is multiplied by a learning rate; a gradient has none": -0.1 * wanted,
             "the blame meets Z, before the sigmoid, where it should meet A": blame.T @ np.insert(ins[1], 0, 1, axis=1),
             "the column of ones was not used": np.column_stack([0 * wanted[:, 0], wanted[:, 1:]])}
    if outs[1].shape == outs[2].shape:
        known["the blame meets the A of another layer"] = blame.T @ outs[1]
    check_value(f"gradients[2] for the layers {sizes}", listed("gradients", result[1], 3)[2], wanted, known=known,
                hint="It starts from your own deltas[2].")
### END HIDDEN TESTS

# %% check="backward-theta1" points=1
# The weights of the middle step, from your own deltas[1].
check_bias_gradients(1)
### BEGIN HIDDEN TESTS
for seed, points, sizes in ((112, 3, (2, 2, 2, 2)), (111, 5, (3, 4, 2, 3))):
    network, outs, ins, truths = random_pass(seed, points, sizes)
    with only_arguments(**SIGMOIDS):
        result = ask(back_propagation, truths, copies(network), copies(outs), copies(ins))
        result = parts("back_propagation", result, ["deltas", "gradients"])
    blame = shaped("deltas[1]", listed("deltas", result[0], 3)[1], (points, sizes[2]))
    wanted = np.einsum("pi,pj->ij", blame, outs[1])
    known = {"it is averaged over the points once more; deltas hold the 1/m already": wanted / points,
             "it is multiplied by a learning rate; a gradient has none": -0.1 * wanted}
    for wrong_a in (0, 2):
        if outs[wrong_a].shape == outs[1].shape:
            known[f"the blame meets A[{wrong_a}], which belongs to another step"] = blame.T @ outs[wrong_a]
    check_value(f"gradients[1] for the layers {sizes}", listed("gradients", result[1], 3)[1], wanted, known=known,
                hint="It starts from your own deltas[1].")
### END HIDDEN TESTS

# %% check="backward-theta0" points=1
# The weights of the first step, from your own deltas[0] and the inputs.
check_bias_gradients(0)
### BEGIN HIDDEN TESTS
for seed, points, sizes in ((122, 3, (2, 2, 2, 2)), (121, 5, (3, 4, 2, 3))):
    network, outs, ins, truths = random_pass(seed, points, sizes)
    with only_arguments(**SIGMOIDS):
        result = ask(back_propagation, truths, copies(network), copies(outs), copies(ins))
        result = parts("back_propagation", result, ["deltas", "gradients"])
    blame = shaped("deltas[0]", listed("deltas", result[0], 3)[0], (points, sizes[1]))
    wanted = np.einsum("pi,pj->ij", blame, outs[0])
    known = {"it is averaged over the points once more; deltas hold the 1/m already": wanted / points,
             "it is multiplied by a learning rate; a gradient has none": -0.1 * wanted}
    if outs[1].shape == outs[0].shape:
        known["the blame meets A[1], which belongs to another step"] = blame.T @ outs[1]
    check_value(f"gradients[0] for the layers {sizes}", listed("gradients", result[1], 3)[0], wanted, known=known,
                hint="It starts from your own deltas[0].")
### END HIDDEN TESTS

# %% check="backward-layers" points=2
# The whole chain: move one weight, START[0][1, 2], up and down by 0.0001, and see what the cost does.
check_one_slope()
# And every gradient of another network, with three points and two outputs.
check_two_outputs()
### BEGIN HIDDEN TESTS
# Independent of any backward pass: an imaginary step so small that it leaves no rounding error.
for seed, points, sizes in ((131, 4, (2, 2, 1)), (132, 3, (3, 5, 4, 2)), (133, 5, (4, 1)), (134, 1, (2, 3, 2, 3, 1)),
                            (135, 2, (1, 2)), (136, 4, (2, 2, 2, 1)), (137, 3, (2, 3, 2)), (138, 4, (2, 2, 1)),
                            (139, 2, (3, 2, 2)), (140, 2, (2, 3, 2, 2, 3, 1)), (141, 3, (2, 3, 2))):
    # At the end: targets far away, so that gradients are long; targets of 0; weights that are nearly 0; six layers;
    # predictions that are nearly right.
    numbers = np.random.default_rng(seed)
    network = [numbers.normal(0, 1.5 - 1.49999 * (seed == 139), (b, a + 1)) for a, b in pairwise(sizes)]
    outs, ins = [np.insert(numbers.normal(0, 1, (points, sizes[0])), 0, 1, axis=1)], []
    for matrix in network:
        ins.append(outs[-1] @ matrix.T)
        outs.append(np.insert(1 / (1 + np.exp(-ins[-1])), 0, 1, axis=1))
    outs[-1] = outs[-1][:, 1:]
    truths = numbers.normal(0.5, 0.8, (points, sizes[-1])) * {137: 800.0, 138: 0.0}.get(seed, 1.0)
    truths = outs[-1] + 1e-5 * truths if seed == 141 else truths
    with only_arguments(**SIGMOIDS):
        result = ask(back_propagation, truths, copies(network), copies(outs), copies(ins))
        result = parts("back_propagation", result, ["deltas", "gradients"])
    listed(f"deltas for the layers {sizes}", result[0], len(network))
    listed(f"gradients for the layers {sizes}", result[1], len(network))
    for number, matrix in enumerate(network):
        measured = np.zeros(matrix.shape)
        for place in np.ndindex(matrix.shape):
            signal = outs[0][:, 1:].astype(complex)
            for other, weights in enumerate(network):
                moved = weights.astype(complex)
                if other == number:
                    moved[place] += 1e-30j
                signal = 1 / (1 + np.exp(-(signal @ moved[:, 1:].T + moved[:, 0])))
            measured[place] = np.mean((signal - truths) ** 2).imag / 1e-30
        check_value(f"gradients[{number}] for {points} points and the layers {sizes}", result[1][number], measured,
                    atol=1e-15, known={"the factor 2 / (m n_L) is missing": measured * truths.size / 2},
                    hint="If the smaller checks above pass, look at the order of your lists, or for a fixed size or limit.")
### END HIDDEN TESTS

# %% check="backward-unchanged" points=1
# A gradient is an answer, not an action: what went in must still be there, so a second call gives the same again.
back_through_start()
with notebook_with(**SIGMOIDS):
    check_kept(back_propagation, [y, *PASSED], [y - 2, *PASSED], "y theta A Z")
### BEGIN HIDDEN TESTS
numbers = np.random.default_rng(141)
network = [numbers.normal(0, 1.5, shape) for shape in ((3, 4), (2, 4))]
outs = [np.insert(numbers.normal(0, 1, (5, 3)), 0, 1, axis=1)]
ins = [outs[0] @ network[0].T]
outs.append(np.insert(1 / (1 + np.exp(-ins[0])), 0, 1, axis=1))
ins.append(outs[1] @ network[1].T)
outs.append(1 / (1 + np.exp(-ins[1])))
truths = numbers.normal(0.5, 0.8, (5, 2))
with only_arguments(**SIGMOIDS):
    check_kept(back_propagation, [truths, network, outs, ins], [truths + 1, network, outs, ins], "y theta A Z")
### END HIDDEN TESTS

# %% [markdown] question="slopes" minutes=15 level=1 lines=2
# ## 5. Two rulers
#
# You have a gradient. Is it right? Ask the function itself: move a little, and see what happens.
# For a function $f$ of one number there are two ways to do that with a step $h$:
#
# $$\text{one-sided: } \frac{f(x + h) - f(x)}{h}, \qquad\qquad
#   \text{centred: } \frac{f(x + h) - f(x - h)}{2h}.$$
#
# Both tend to $f'(x)$ as $h$ shrinks. They do not hurry in the same way. Put Taylor's series
# $f(x \pm h) = f(x) \pm h f' + \tfrac{h^2}{2} f'' \pm \tfrac{h^3}{6} f''' + \dots$ into each of them:
#
# $$\text{one-sided: } f' + \tfrac{h}{2} f'' + \dots = f' + O(h), \qquad
#   \text{centred: } f' + \tfrac{h^2}{6} f''' + \dots = f' + O(h^2).$$
#
# In the centred one the terms with $f''$ cancel. A step ten times smaller makes the one-sided error 10
# times smaller,
# and the centred error 100 times smaller. (The article has the two orders the wrong way round; its
# formulas are right.)
#
# Hint: How far apart are the two points of each ruler?
#
# Hint: The two points of the centred ruler are not $h$ apart.
#
# Hint: `a / 2 * h` divides by 2 and then multiplies by `h`.

# %% solution="slopes"
def one_sided(f, x, h):
    """The slope of f at x, from x and one point to the right.

    Args:
        f: a function of one number.
        x: where; a number.
        h: the step; a number above 0.

    Returns:
        one number.

    Example: for f(x) = x**3 at 2.0 with h = 0.1 it is 12.61; the true slope is 12.
    """
    ### BEGIN SOLUTION
    return (f(x + h) - f(x)) / h
    ### END SOLUTION


def centred(f, x, h):
    """The slope of f at x, from one point to the right and one to the left, each h away.

    Args:
        f: a function of one number.
        x: where; a number.
        h: the step to either side; a number above 0.

    Returns:
        one number.

    Example: for f(x) = x**3 at 2.0 with h = 0.1 it is 12.01; the true slope is 12.
    """
    ### BEGIN SOLUTION
    return (f(x + h) - f(x - h)) / (2 * h)
    ### END SOLUTION

# %% check="slopes-one-sided" points=1
# For the cube the ruler's error is known exactly: 3 x h + h^2, which is 0.61 at x = 2 with h = 0.1.
check_value(
    "one_sided(cube, 2.0, 0.1)", ask(one_sided, cube, 2.0, 0.1), 12.61,
    known={"the step goes to the left: f(x) - f(x - h)": 11.41, "it is not divided by h": 1.261,
           "this is the centred one": 12.01, "h is not used": 12 + 6e-7,
           "it is divided by 2 h, but the points are h apart": 6.305},
)
### BEGIN HIDDEN TESTS
for x, h in ((0.7, 0.3), (-1.9, 0.05)):
    with only_arguments():
        check_value(f"one_sided(wave, {x}, {h})", ask(one_sided, wave, x, h), (np.sin(3 * (x + h)) - np.sin(3 * x)) / h,
                    rtol=1e-10, known={"this is the answer for the cube: it is f that is measured": 3 * x**2 + 3 * x * h + h**2})
        check_value(f"one_sided(cube, {x}, {h})", ask(one_sided, cube, x, h), 3 * x**2 + 3 * x * h + h**2, rtol=1e-10)
check_value("one_sided(cube, 0.7, 2.0)", ask(one_sided, cube, 0.7, 2.0), 3 * 0.7**2 + 4.2 + 4.0)
check_value("one_sided(cube, 0.0, 0.01)", ask(one_sided, cube, 0.0, 0.01), 1e-4, rtol=1e-8)
check_value("one_sided(cube, 0.7, 1e-5)", ask(one_sided, cube, 0.7, 1e-5), 3 * 0.7**2 + 2.1e-5 + 1e-10, rtol=1e-8,
            hint="Is the step the argument h, however small it is?")
### END HIDDEN TESTS

# %% check="slopes-centred" points=1
# For the cube the error of this ruler is h^2, which is 0.01 with h = 0.1.
check_value(
    "centred(cube, 2.0, 0.1)", ask(centred, cube, 2.0, 0.1), 12.01,
    known={"it is divided by h, but the two points are 2 h apart": 24.02, "this is the one-sided one": 12.61,
           "h is not used": 12 + 1e-10,
           "the brackets around 2 * h are missing": 1.201 * 0.1,
           "the steps are h/2 instead of h": 12.0025},
)
### BEGIN HIDDEN TESTS
for x, h in ((0.7, 0.3), (-1.9, 0.05)):
    with only_arguments():
        check_value(f"centred(wave, {x}, {h})", ask(centred, wave, x, h), np.cos(3 * x) * np.sin(3 * h) / h, rtol=1e-10,
                    known={"this is the answer for the cube: it is f that is measured": 3 * x**2 + h**2})
        check_value(f"centred(cube, {x}, {h})", ask(centred, cube, x, h), 3 * x**2 + h**2, rtol=1e-10)
check_value("centred(cube, 0.7, 2.0)", ask(centred, cube, 0.7, 2.0), 3 * 0.7**2 + 4.0)
check_value("centred(wave, 0.5, 0.3), beside a top", ask(centred, wave, 0.5, 0.3), np.cos(1.5) * np.sin(0.9) / 0.3)
check_value("centred(cube, 0.0, 0.01)", ask(centred, cube, 0.0, 0.01), 1e-4, rtol=1e-8)
check_value("centred(cube, 0.7, 2e-4)", ask(centred, cube, 0.7, 2e-4), 3 * 0.7**2 + 4e-8, rtol=1e-9,
            hint="Is the step the argument h, however small it is?")
### END HIDDEN TESTS

# %% [markdown]
# **Look:** your rulers measure the slope of your network's cost along one weight, and your `back_propagation` says
# what it should be. Both axes are logarithmic, so an error that is $O(h)$ falls along a line of slope 1,
# and one that is $O(h^2)$ along a line of slope 2.
#
# - Follow the curves from the right. Which of them is steeper? Compare with the thin grey lines.
# - Then both turn round. Below some $h$ the two costs agree in nearly all their digits, little is left of
#   their difference,
#   and the division by a tiny $h$ blows the rounding up. Smaller is not always better: where is your best $h$?
# - If both curves lie flat far above $10^{-8}$, the rulers agree with each other and not with your gradient.
#   Then trust the rulers.

# %%
def cost_along(weight):
    """The cost of XOR when the bias of the output unit is moved to `weight`."""
    moved = [START[0], START[1], START[2] + [weight - START[2][0, 0], 0, 0]]
    return cost(forward_propagation(X, moved)[2], y)


A_start, Z_start, _ = forward_propagation(X, START)
claimed = back_propagation(y, copies(START), A_start, Z_start)[1][2][0, 0]
hs = np.logspace(0, -13, 53)
for ruler, colour, name in ((one_sided, ORANGE, "one-sided"), (centred, BLUE, "centred")):
    errors = [abs(ruler(cost_along, START[2][0, 0], h) - claimed) for h in hs]
    plt.loglog(hs, np.maximum(errors, 1e-17), "o-", ms=3, color=colour, label=f"your {name} ruler")
plt.loglog(hs[:32], 0.01 * hs[:32], color="0.6", lw=1, ls="--", label="slope 1: $O(h)$")
plt.loglog(hs[:22], 0.001 * hs[:22] ** 2, color="0.6", lw=1, ls=":", label="slope 2: $O(h^2)$")
plt.title("How fast does each ruler become exact, and where does it stop?")
plt.xlabel("step $h$")
plt.ylabel("distance from your gradient")
plt.legend()
show("The error of both rulers against the step h. From the right the centred one falls twice as steeply; below some h both rise again.")

# %% [markdown] question="numerical" minutes=30 level=2 lines=10
# ## 6. Measuring every weight
#
# Now lay the better ruler along each weight of the network, one after the other:
#
# $$N_l[i, j] = \frac{J(\dots,\ \theta_l[i, j] + h,\ \dots) - J(\dots,\ \theta_l[i, j] - h,\ \dots)}{2h},
#   \qquad N_l \text{ of the shape of } \theta_l .$$
#
# All other weights stay as they are. Then this one goes back, and the next one is moved.
# Each entry takes two forward passes with your `forward_propagation` and two calls of your `cost`.
# For the 15 weights of our network that is nothing; for a million weights it is two million passes for a
# single gradient.
# Backpropagation gives the same for the price of about three. So measure to check, and switch it off to train.
#
# Hint: All other weights stay as they are while one is moved.
#
# Hint: `list(theta)` is a new list of the *same* arrays. Moving an entry of one moves it in the other.
#
# Hint: If only the first entry is right, the weights that were moved before are still moved.

# %% solution="numerical"
def numerical_gradients(X, y, theta, h):
    """The gradient of the cost, measured with centred differences.

    Args:
        X: the inputs, shape (m, n_0).
        y: the targets, shape (m, n_L).
        theta: list of L arrays; number l has shape (n_{l+1}, n_l + 1). It comes back as it was.
        h: the step to either side; a number above 0.

    Returns:
        a list of L arrays of the shapes of theta, in the same order.

    Example: for XOR, START and h = 0.1, entry [0][0, 0] is -0.0019525; the true slope
    is -0.0019540.
    """
    ### BEGIN SOLUTION
    measured = [np.zeros(matrix.shape) for matrix in theta]
    moved = [matrix.copy() for matrix in theta]
    for number, matrix in enumerate(theta):
        for place in np.ndindex(matrix.shape):
            moved[number][place] = matrix[place] + h
            above = cost(forward_propagation(X, moved)[2], y)
            moved[number][place] = matrix[place] - h
            below = cost(forward_propagation(X, moved)[2], y)
            moved[number][place] = matrix[place]
            measured[number][place] = (above - below) / (2 * h)
    return measured
    ### END SOLUTION

# %% check="numerical-value" points=2
# With a coarse step of 0.5 the two rulers differ in the first digits, so one can see which one is used.
# In the checks of this question a toy stands in for your forward pass, and the course lends its cost.
with notebook_with(**TOYS):
    measured = ask(numerical_gradients, X, y, START, 0.5)
check_measured(measured)
### BEGIN HIDDEN TESTS
# The second time the targets are far away, so that slopes are long.
for far in (0.0, 300.0):
    numbers = np.random.default_rng(151)
    places, truths = numbers.normal(0, 1, (3, 2)), numbers.random((3, 1)) - far
    network = [numbers.normal(0, 1.2, shape) for shape in ((2, 3), (2, 3), (1, 3))]
    with only_arguments(**TOYS):
        measured = ask(numerical_gradients, places.copy(), truths.copy(), copies(network), 0.3)
    costs = {}
    for number, matrix in enumerate(network):
        for place in np.ndindex(matrix.shape):
            for way in (-1, 0, 1):
                moved_weights = copies(network)
                moved_weights[number][place] += way * 0.3
                costs[number, place, way] = np.mean((toy_forward(places, moved_weights)[2] - truths) ** 2)
    listed("What numerical_gradients returns", measured, 3)
    for number, matrix in enumerate(network):
        both, up, down = (
            np.array([costs[number, place, a] - costs[number, place, b] for place in np.ndindex(matrix.shape)])
            .reshape(matrix.shape) for a, b in ((1, -1), (1, 0), (0, -1)))
        check_value(f"numerical_gradients(...)[{number}] with h = 0.3", measured[number], both / 0.6,
                    rtol=1e-8, atol=1e-13 + 1e-10 * far,
                    known={"this is the one-sided ruler": up / 0.3, "the ruler points to the left only": down / 0.3,
                           "the biases were not measured": both / 0.6 * (np.arange(3) > 0)},
                    hint="Is each weight back in its place before the next one is moved? Is h the argument?")
# One point at the origin whose target is 0; weights of 0; weights far from 0; and a cost that is nearly 0.
cases = (
    ("a point at the origin", np.zeros((1, 2)), network, None, 0.3),
    ("weights of 0", places, [0 * matrix for matrix in network], 1.0, 0.05),
    ("a cost of nearly nothing", places, network, 1e-6, 1e-3),
    ("large weights", places, [25 * matrix for matrix in network], 1.0, 0.3),
    ("a tiny cost", places, network, 0.02, 1e-3),
    ("seven points", numbers.normal(0, 1, (7, 2)), network, 1.0, 0.3),
)
for what, places, network, gap, h in cases:
    truths = toy_forward(places, network)[2] - gap if gap else np.zeros((1, 1))
    with only_arguments(**TOYS):
        measured = ask(numerical_gradients, places, truths, network, h)
    listed("What numerical_gradients returns", measured, 3)
    for number, matrix in enumerate(network):
        wanted = np.zeros(matrix.shape)
        for place in np.ndindex(matrix.shape):
            for way in (-1, 1):
                moved_weights = copies(network)
                moved_weights[number][place] += way * h
                wanted[place] += way * np.mean((toy_forward(places, moved_weights)[2] - truths) ** 2) / (2 * h)
        check_value(f"numerical_gradients(...)[{number}] for {what}", measured[number], wanted, rtol=1e-6, atol=1e-11 * (gap or 1.0),
                    hint="Is every point measured, and nothing cut off?")
### END HIDDEN TESTS

# %% check="numerical-layers" points=1
# Other layers, other numbers of points: one array for each of theta, of the same shape.
points, targets = np.array([[0.5], [-1.0]]), np.array([[1.0, 0.0], [0.2, 0.7]])
with notebook_with(**TOYS):
    measured = ask(numerical_gradients, points, targets, SMALL, 1e-3)
check_shapes("numerical_gradients", measured, [1, 3, 2])
### BEGIN HIDDEN TESTS
for seed, points, sizes, h in ((161, 2, (3, 2, 2), 1e-3), (162, 5, (2, 1), 0.2)):
    numbers = np.random.default_rng(seed)
    places, truths = numbers.normal(0, 1, (points, sizes[0])), numbers.random((points, sizes[-1]))
    network = [numbers.normal(0, 1.2, (b, a + 1)) for a, b in pairwise(sizes)]
    with only_arguments(**TOYS):
        measured = ask(numerical_gradients, places.copy(), truths.copy(), copies(network), h)
    listed("What numerical_gradients returns", measured, len(network))
    for number, matrix in enumerate(network):
        wanted = np.zeros(matrix.shape)
        for place in np.ndindex(matrix.shape):
            for way in (-1, 1):
                moved_weights = copies(network)
                moved_weights[number][place] += way * h
                wanted[place] += way * np.mean((toy_forward(places, moved_weights)[2] - truths) ** 2)
        # Which ruler was used is the other check's matter: here each slope only has to stand in its place.
        assert np.shape(measured[number]) == matrix.shape, f"Entry {number} should have the shape {matrix.shape}."
        assert np.ptp(measured[number]) > 0, f"Entry {number} holds equal numbers only for the layers {sizes}."
        assert abs(np.corrcoef(np.ravel(measured[number]), wanted.ravel())[0, 1]) > 0.9, (
            f"Entry {number} for the layers {sizes} has little to do with the slopes: "
            "is each entry written where its weight stands, and is every weight measured?"
        )
### END HIDDEN TESTS

# %% check="numerical-unchanged" points=1
# Measuring must not move what is measured.
with notebook_with(**TOYS):
    check_kept(numerical_gradients, [X, y, START, 0.1], [X, y + 1, START, 0.1], "X y theta h")
### BEGIN HIDDEN TESTS
numbers = np.random.default_rng(171)
places, truths = numbers.normal(0, 1, (3, 3)), numbers.random((3, 2))
network = [numbers.normal(0, 1.2, shape) for shape in ((2, 4), (2, 3))]
with only_arguments(**TOYS):
    check_kept(numerical_gradients, [places, truths, network, 0.25], [places, truths + 1, network, 0.25], "X y theta h")
### END HIDDEN TESTS

# %% [markdown] question="gradcheck" minutes=25 level=2 lines=6
# ## 7. The gradient check
#
# Fifteen numbers against fifteen numbers: put them together into one verdict.
# Write all entries of all $G_l$ into one long vector $g$, all entries of all $N_l$ into another, $n$, and compare:
#
# $$\text{distance} = \frac{\lVert g - n\rVert}{\lVert g\rVert + \lVert n\rVert}, \qquad \text{a number
# from 0 to 1.}$$
#
# $\lVert v \rVert$ is the root of the sum of squares. The division makes the number free of units:
# gradients of size $10^{-6}$ and of size 100 are judged by the same measure.
# With $h = 10^{-5}$, a distance below about $10^{-7}$ says: right. One above $10^{-4}$ says: wrong.
#
# The order matters: gradient and ruler must look at **the same weights**.
# In the article the weights were already updated by the time the ruler came,
# so its two columns of numbers differ in the third digit, and it calls them *very similar*. You can do better.
#
# Hint: A sum of differences can be zero when nothing is right: plus and minus cancel.
#
# Hint: `matrix.ravel()` makes a matrix long and thin; `np.concatenate` puts such vectors end to end.
#
# Hint: If the distance is about $10^{-3}$ for a right gradient, what happened to the weights between gradient and ruler?

# %% solution="gradcheck"
def gradient_check(X, y, theta, h):
    """How far your backpropagated gradient is from the measured one.

    Calls your forward_propagation, back_propagation and numerical_gradients,
    all for the same weights theta.

    Args:
        X: the inputs, shape (m, n_0).
        y: the targets, shape (m, n_L).
        theta: list of L arrays of weights. It comes back as it was.
        h: the step of the ruler.

    Returns:
        ||g - n|| / (||g|| + ||n||) over all weights together, one number.

    Example: if g were 3 times n, the distance would be 0.5; if g were -n, it would be 1.
    """
    ### BEGIN SOLUTION
    A, Z, _ = forward_propagation(X, theta)
    gradients = back_propagation(y, theta, A, Z)[1]
    g = np.concatenate([matrix.ravel() for matrix in gradients])
    n = np.concatenate([matrix.ravel() for matrix in numerical_gradients(X, y, theta, h)])
    return np.linalg.norm(g - n) / (np.linalg.norm(g) + np.linalg.norm(n))
    ### END SOLUTION

# %% check="gradcheck-right" points=1
# Toys stand in for all that gradient_check calls. Here the backward pass answers with the right slopes for sure.
exact = toy_slopes(X, y, SHORT)
distance = distance_for(exact, exact, SHORT)
assert np.isfinite(distance) and 0 <= distance < 1e-7, (
    f"For a right gradient the distance should be below 1e-7, yours is {float(distance):.3g}."
)
### BEGIN HIDDEN TESTS
# The same with a gradient that is wrong everywhere: a check that is always content is no check.
distance = distance_for([3 * matrix for matrix in exact], exact, SHORT)
assert distance > 1e-3, "gradient_check is content with a gradient that is three times the right one."
### END HIDDEN TESTS

# %% check="gradcheck-distance" points=2
# A gradient that is 3 times the measured one has distance 2 / 4, and one of the other sign has distance 2 / 2.
exact = toy_slopes(X, y, START)
for factor, wanted in ((3, 0.5), (-1, 1.0)):
    distance = distance_for([factor * matrix for matrix in exact], exact, START)
    check_value(f"the distance for a gradient of {factor} times the measured one", distance, wanted, rtol=1e-6,
                known=distance_slips(factor, exact))
### BEGIN HIDDEN TESTS
# Other data, other layers, every entry wrong by another amount.
numbers = np.random.default_rng(181)
places, truths = numbers.normal(0, 1, (3, 2)), numbers.random((3, 2))
network = [numbers.normal(0, 1.2, shape) for shape in ((3, 3), (2, 4), (2, 3))]
exact, (outs, ins, _) = toy_slopes(places, truths, network), toy_forward(places, network)
# The worst of the three is neither the first nor the last.
claims = [matrix * numbers.normal(1.0, wide, matrix.shape) for matrix, wide in zip(exact, (0.4, 1.5, 0.2), strict=True)]
backward = made_beside("stand_in_backward", claims, truths, network, outs, ins)
ruler = made_beside("stand_in_ruler", exact, places, truths, network, 2e-5)
with only_arguments(
    forward_propagation=toy_forward, cost=course_cost, back_propagation=backward, numerical_gradients=ruler
):
    distance = ask(gradient_check, places.copy(), truths.copy(), copies(network), 2e-5)
n = np.concatenate([matrix.ravel() for matrix in exact])
g = np.concatenate([matrix.ravel() for matrix in claims])
apart, sizes = np.sqrt(np.sum((g - n) ** 2)), (np.sqrt(np.sum(g**2)), np.sqrt(np.sum(n**2)))
each = [np.linalg.norm(a - b) / (np.linalg.norm(a) + np.linalg.norm(b)) for a, b in zip(claims, exact, strict=True)]
check_value(
    "the distance for a gradient with an error in each entry", distance, apart / sum(sizes), rtol=1e-6,
    known={"each matrix is judged alone, and the results are averaged": np.mean(each),
           "each matrix is judged alone, and the results are added": np.sum(each),
           "each matrix is judged alone, and the worst counts": np.max(each),
           "only the last matrix is judged": each[-1], "only the first matrix is judged": each[0],
           "the norm is the sum of sizes, not the root of the sum of squares":
               np.abs(g - n).sum() / (np.abs(g).sum() + np.abs(n).sum()),
           "the norm is the largest entry, not the root of the sum of squares":
               np.abs(g - n).max() / (np.abs(g).max() + np.abs(n).max()),
           "entries are added without being squared, so plus and minus cancel":
               abs(np.sum(g - n)) / (abs(np.sum(g)) + abs(np.sum(n))),
           "the norms are squared": apart**2 / (sizes[0] ** 2 + sizes[1] ** 2)})
# One point at the origin whose target is 0; weights of 0; and a gradient that is nearly right.
cases = (
    ("a point at the origin", np.zeros((1, 2)), np.zeros((1, 2)), network, 0.5),
    ("weights of 0", places, truths, [0 * matrix for matrix in network], 0.5),
    ("a gradient that is nearly right", places, truths, network, 4e-4),
    ("a gradient that is right to six digits", places, truths, network, 4.69e-7),
    ("tiny gradients", places, toy_forward(places, network)[2] - 2e-7, network, 0.3),
    ("long gradients", places, truths - 1e4, network, 0.3),
)
for what, places, truths, network, slip in cases:
    exact, (outs, ins, _) = toy_slopes(places, truths, network), toy_forward(places, network)
    claims = [(1 + slip) * matrix for matrix in exact]
    with only_arguments(
        forward_propagation=toy_forward, cost=course_cost,
        back_propagation=made_beside("stand_in_backward", claims, truths, network, outs, ins),
        numerical_gradients=made_beside("stand_in_ruler", exact, places, truths, network, 2e-5),
    ):
        distance = ask(gradient_check, places, truths, network, 2e-5)
    apart = np.sqrt(sum(np.sum((a - b) ** 2) for a, b in zip(claims, exact, strict=True)))
    sizes = [np.sqrt(sum(np.sum(matrix**2) for matrix in each)) for each in (claims, exact)]
    check_value(f"the distance for {what}", distance, apart / sum(sizes),
                rtol={"tiny gradients": 0.02, "a gradient that is right to six digits": 5e-3}.get(what, 1e-5),
                hint="The division makes the distance free of units: large and tiny gradients are judged alike.")
### END HIDDEN TESTS

# %% check="gradcheck-component" points=1
# One wrong entry among fifteen must not go unnoticed, wherever it stands.
exact = toy_slopes(X, y, START)
right, again = (distance_for(exact, exact, START) for _ in range(2))
assert right == again, "Two calls with the same arguments give two distances."
for number, place in ((0, (1, 2)), (1, (0, 0)), (2, (0, 1))):
    check_entry_counts(number, place, exact, right, 0.05)
### BEGIN HIDDEN TESTS
for number, matrix in enumerate(exact):
    for place in np.ndindex(matrix.shape):
        check_entry_counts(number, place, exact, right, -0.05)
### END HIDDEN TESTS

# %% check="gradcheck-unchanged" points=1
# Checking must leave the weights alone.
with notebook_with(**TOYS, numerical_gradients=toy_ruler):
    check_kept(gradient_check, [X, y, START, 1e-5], [X, y + 1, START, 1e-5], "X y theta h")
### BEGIN HIDDEN TESTS
numbers = np.random.default_rng(191)
places, truths = numbers.normal(0, 1, (3, 2)), numbers.random((3, 2))
network = [numbers.normal(0, 1.2, shape) for shape in ((3, 3), (2, 4))]
with only_arguments(**TOYS, numerical_gradients=toy_ruler):
    check_kept(gradient_check, [places, truths, network, 1e-4], [places, truths + 1, network, 1e-4], "X y theta h")
### END HIDDEN TESTS

# %% [markdown]
# **Your check is the judge now:** of your own backward pass, on XOR and on a network with three points and two outputs.
# Where it objects, it says which entries of which matrix are off, and by how much.

# %%
# @title Your gradient check judges your backward pass: run me
def judge(where, points, targets, network):
    """Print what your gradient_check says of your back_propagation, and which entries your ruler finds wrong."""
    distance = gradient_check(points, targets, copies(network), 1e-5)
    print(f"{where}: your check says {distance:.1e}.", end=" ")
    if distance < 1e-7:
        print("Gradient and ruler agree.")
        return
    print("GRADIENT AND RULER DO NOT AGREE.")
    A, Z, _ = forward_propagation(points, network)
    found, off = back_propagation(targets, network, A, Z)[1], 0
    for number, ruler in enumerate(numerical_gradients(points, targets, copies(network), 1e-5)):
        for place in np.ndindex(np.shape(ruler)):
            if not abs(found[number][place] - ruler[place]) < 1e-8:
                off += 1
                print(f"    gradients[{number}]{list(place)} is {found[number][place]:.8g}, your ruler says {ruler[place]:.8g}.")
    if not (all_passed("numerical") and all_passed("gradcheck")):
        print("    (Not all checks of questions 6 and 7 have passed: it may be the ruler that is wrong, not your gradients.)")
    elif not off:
        print("    But entry by entry they agree: the mistake is in gradient_check.")


judge("XOR and START", X, y, START)
judge("Three points, two outputs", np.array(TWO_OUTPUTS["A"][0])[:, 1:], *(
    np.array(TWO_OUTPUTS["y"]), copies(TWO_OUTPUTS["theta"])))

# %% [markdown]
# **Look:** what does the check say about four backward passes, one right and three wrong?
# The last one is the article's: gradient right, but the weights were updated before the ruler came.
# Every wrong one is far above the line, even the one with a single entry off by one per cent.

# %%
def answering(gradients):
    """A backward pass that always answers the same gradients."""
    return lambda y, theta, A, Z: (None, gradients)


A_start, Z_start, _ = forward_propagation(X, START)
right = back_propagation(y, copies(START), A_start, Z_start)[1]
one_per_cent = [matrix.copy() for matrix in right]
one_per_cent[1][0, 0] *= 1.01
distances = {"yours": gradient_check(X, y, copies(START), 1e-5)}
with notebook_with(back_propagation=answering(one_per_cent)):
    distances["one entry\noff by 1 %"] = gradient_check(X, y, copies(START), 1e-5)
with notebook_with(back_propagation=answering([matrix * len(X) / 2 for matrix in right])):
    distances["factor 2/m\nforgotten"] = gradient_check(X, y, copies(START), 1e-5)
after_update = [weights - ETA * gradient for weights, gradient in zip(START, right, strict=True)]
with notebook_with(back_propagation=answering(right)):
    distances["weights updated\nin between"] = gradient_check(X, y, copies(after_update), 1e-5)
plt.bar(list(distances), list(distances.values()), color=[GREEN, ORANGE, RED, PURPLE])
plt.yscale("log")
plt.axhline(1e-7, color="0.4", ls="--", lw=1)
plt.text(-0.42, 1.4e-7, "right: below this line", color="0.3", fontsize=9)
plt.title("Does the check tell right from wrong?")
plt.ylabel("your gradient_check")
show("Four bars on a logarithmic axis. Yours is far below the line at 1e-7; the three wrong gradients are far above it.")

# %% [markdown] hunt="gradcheck_lets_errors_cancel"
# **Bug hunt.** These three lines pass the eye, and they even say 0 for a right gradient. Which one is wrong, and what does it miss?
#
# ```python
# g = np.concatenate([matrix.ravel() for matrix in gradients])
# n = np.concatenate([matrix.ravel() for matrix in measured])
# return abs(np.sum(g - n)) / (abs(np.sum(g)) + abs(np.sum(n)))
# ```
#
# <details><summary>The answer</summary>
#
# The last one. It adds the differences up before it looks at their sizes. If one entry is too large by 0.1 and another
# too small by 0.1, they cancel, and the check says 0. A length squares each entry first, so nothing can cancel.
#
# </details>
#
# Stretch: Divide by the larger of the two lengths instead of by their sum. What is the distance of $g$ from $-g$ then?

# %% [markdown] question="puzzle" minutes=15 level=2 lines=1
# ## 8. The puzzle
#
# Now you own an instrument that the author of the article had only in part. Here is the article, in short:
#
# - the cost is the mean of squares, like yours;
# - the blame at the output is `(y_hat - y) * sigmoid_prime(Z[-1])`, and the rest is as you have it;
# - on the four points of XOR, this gradient came out about twice what the ruler said;
# - so the author divided it by 2, noted that *because of the approximate implementation there is a linear scaling*,
#   that the learning rate nullifies it anyway, and asked: **let me know if anyone can point out the mistake.**
#
# Is 2 the right number? Let us not guess. The next cell takes the article's recipe for the last layer
# and divides it by **your** gradient, for 1 to 8 points and for 1, 2 and 3 outputs.
#
# **Look:** which dots lie at 2? Would the author have found a 2 with five points?
#
# Your turn, below the picture: write the factor as a function of the number of points and of outputs.
# You can read it off the picture, but better, derive it: differentiate the cost of question 1, and see what the
# article's recipe lacks.
#
# Hint: Which dots in the picture below lie at 2?
#
# Hint: Differentiate the cost of question 1. What does the recipe of the article lack?
#
# Hint: The factor depends on two numbers, and both stand in one fraction of question 1.

# %%
figure, ax = plt.subplots()
for n_out, colour, marker in ((1, BLUE, "o"), (2, ORANGE, "s"), (3, GREEN, "^")):
    ratios = []
    for points in range(1, 9):
        numbers = np.random.default_rng(points)
        network = initialize_parameters([2, 3, n_out], 1.0, points)
        A_some, Z_some, guess = forward_propagation(numbers.normal(size=(points, 2)), network)
        wanted = numbers.random((points, n_out))
        article = ((guess - wanted) * sigmoid_prime(Z_some[-1])).T @ A_some[-2]
        ratios.append((article / back_propagation(wanted, network, A_some, Z_some)[1][-1]).mean())
    ax.plot(range(1, 9), ratios, marker, color=colour, label=f"{n_out} output{'s' if n_out > 1 else ''}")
ax.plot(4, 2, "o", ms=16, mfc="none", mec=RED, label="the article: XOR")
ax.axhline(2, color="0.7", lw=1, ls=":")
ax.set(title="How much too large is the article's gradient?", xlabel="number of points $m$",
       ylabel="article's gradient / yours", ylim=(0, 12.5))
ax.legend()
show("The article's gradient divided by yours, against the number of points: a straight line for each number of outputs. XOR with its 4 points lies at 2.")

# %% solution="puzzle"
def article_factor(m, n_out):
    """By what factor the article's gradient is larger than the true one.

    Args:
        m: the number of points.
        n_out: the number of outputs.

    Returns:
        article's gradient / gradient of the mean of squares, one number.

    Example: for the four points of XOR and one output it is 2.0.
    """
    ### BEGIN SOLUTION
    return m * n_out / 2
    ### END SOLUTION

# %% check="puzzle-points" points=1
check_value("article_factor(4, 1)", ask(article_factor, 4, 1), 2.0,
            known={"this is the inverse: the true gradient as a fraction of the article's": 0.5,
                   "the 2 of the square is left out": 4.0})
### BEGIN HIDDEN TESTS
for points in (3, 5, 10, 1):
    with only_arguments():
        check_value(f"article_factor({points}, 1)", ask(article_factor, points, 1), points / 2,
                    known={"this is the inverse: the true gradient as a fraction of the article's": 2 / points,
                           "half a point was cut off: `//` is not `/`": points // 2,
                           "the 2 comes from the square, and does not depend on the points": 2.0,
                           "the 2 of the square is left out": points})
### END HIDDEN TESTS

# %% check="puzzle-outputs" points=1
check_value("article_factor(2, 2)", ask(article_factor, 2, 2), 2.0,
            known={"the outputs are left out": 1.0, "the 2 of the square is left out": 4.0, "this is the inverse": 0.5})
### BEGIN HIDDEN TESTS
for points, outputs in ((4, 3), (3, 3), (5, 4)):
    with only_arguments():
        check_value(f"article_factor({points}, {outputs})", ask(article_factor, points, outputs), points * outputs / 2,
                    known={"the outputs are left out": points / 2,
                           "half a point was cut off: `//` is not `/`": points * outputs // 2,
                           "the outputs belong on the other side of the fraction": points / 2 / outputs,
                           "this is the inverse": 2 / (points * outputs)})
for points, outputs in ((50, 3), (25, 3), (4, 7)):
    check_value(f"article_factor({points}, {outputs})", ask(article_factor, points, outputs), points * outputs / 2)
### END HIDDEN TESTS

# %% [markdown]
# <details><summary>The puzzle explained. Open me when your checks have passed.</summary>
#
# The cost is a mean of squares. Its derivative brings down a 2 from the square and keeps the $1/m$ of the mean.
# The article's recipe has neither. For one output its gradient is therefore the true one times $m/2$.
#
# For XOR, $m = 4$, and $4/2 = 2$. The division by 2 that repaired the comparison is right **only for four points**.
# With five points the comparison would have been off by a quarter, and with a hundred by a factor of 25.
# Then it would have been plain that this is no constant of the implementation.
# Nothing was *approximate* at all: it is the exact gradient of another cost, half the **sum** of squares.
#
# And does the learning rate nullify it? For one data set, yes. A gradient that is $m/2$ times as large takes,
# with a learning rate $\eta$, the same steps as the true one with $\eta\,m/2$.
# But then $\eta$ means something else for each number of points. A rate that was fine for 4 points
# makes steps 2,500 times as large for 10,000. That is why one averages.
#
# A second thing was hidden by *very similar*. After the division the two columns still differed by up to 0.41 %.
# A centred difference with the article's step of 0.01 is far better than that. The rest is the update
# that had already moved the weights: you saw its size in the last picture of question 7.
#
# The lesson: when a check fails by a clean factor, do not divide by the factor. Change the size of the problem
# and see what the factor does. It will tell you where it comes from.
# </details>

# %% [markdown] question="update" minutes=10 level=1 lines="1 to 3"
# ## 9. One step downhill
#
# The gradient points to where the cost rises. So walk the other way, a little:
#
# $$\theta_l \leftarrow \theta_l - \eta\, G_l \qquad \text{for every } l .$$
#
# $\eta$ (eta) is the learning rate, one number.
# Make **new** arrays and return them in a new list. Then whoever still holds the old weights (a plot, a
# gradient check)
# really holds the old ones.
#
# Hint: Downhill is minus.
#
# Hint: Whoever still holds the old weights should really hold the old ones.
#
# Hint: `matrix -= ...` changes the array that someone else still holds. `matrix - ...` makes a new one.

# %% solution="update"
def update_parameters(theta, gradients, eta):
    """The weights after one step of gradient descent.

    Args:
        theta: list of L arrays of weights. It stays as it is.
        gradients: list of L arrays of the same shapes.
        eta: the learning rate, one number.

    Returns:
        a new list of L new arrays.

    Example: a weight of 0.5 with gradient 2.0 and eta = 0.1 becomes 0.3.
    """
    ### BEGIN SOLUTION
    return [theta[step] - eta * gradients[step] for step in range(len(theta))]
    ### END SOLUTION

# %% check="update-step" points=1
# One gradient has a single entry that is not zero: exactly one weight moves, and it moves downhill.
down = [np.zeros((2, 3)), np.array([[0.0, 0.0, 2.0], [0.0, 0.0, 0.0]]), np.zeros((1, 3))]
stepped = listed("update_parameters(...)", ask(update_parameters, START, down, 0.1), 3)
wanted = [START[0], np.array([[0.5, -0.2, -0.3], [-0.6, 0.2, -0.4]]), START[2]]
for number in range(3):
    check_value(f"theta[{number}] after the step", stepped[number], wanted[number], known=step_slips(number, down))
### BEGIN HIDDEN TESTS
numbers = np.random.default_rng(201)
for shapes, rate in ((((3, 3), (2, 4)), 0.7), (((1, 5),), 2.5)):
    before, down = ([numbers.normal(0, 1, shape) for shape in shapes] for _ in range(2))
    with only_arguments():
        stepped = listed("update_parameters(...)",
                         ask(update_parameters, [a.copy() for a in before], [a.copy() for a in down], rate), len(shapes))
    for number in range(len(shapes)):
        check_value(f"theta[{number}] after a step with eta = {rate}", stepped[number],
                    -(rate * down[number] - before[number]),
                    known={"the step goes uphill": before[number] + rate * down[number],
                           "eta is fixed at 0.1": before[number] - 0.1 * down[number],
                           "the learning rate is left out": before[number] - down[number],
                           "nothing moved": before[number]})
cases = (
    ("a tiny rate", before, down, 5e-4), ("tiny gradients", before, [1e-5 * matrix for matrix in down], 0.7),
    ("weights of 0", [0 * matrix for matrix in before], down, 0.7), ("large gradients", before, [60 * matrix for matrix in down], 0.7),
    ("a rate above 5", before, down, 8.0), ("large weights", [70 * matrix for matrix in before], down, 0.7),
    ("three matrices", [before[0], before[0] + 1, before[0] - 1], [down[0], -down[0], 2 * down[0]], 0.7),
)
for what, before, down, rate in cases:
    stepped = listed("update_parameters(...)", ask(update_parameters, before, down, rate), len(before))
    for number, matrix in enumerate(stepped):
        check_value(f"theta[{number}] after a step with {what}", matrix, -(rate * down[number] - before[number]))
### END HIDDEN TESTS

# %% check="update-copy" points=1
# The old weights are still the old weights.
ones = [np.ones((2, 3)), np.ones((2, 3)), np.ones((1, 3))]
listed("update_parameters(...)", ask(update_parameters, START, ones, 0.1), 3)
check_kept(update_parameters, [START, ones, 0.1], [START, START, 0.1], "theta gradients eta")
### BEGIN HIDDEN TESTS
numbers = np.random.default_rng(211)
before, down = ([numbers.normal(0, 1, shape) for shape in ((3, 3), (2, 4))] for _ in range(2))
with only_arguments():
    check_kept(update_parameters, [before, down, 0.7], [before, before, 0.7], "theta gradients eta")
    for rate in (0.0, 0.7):
        check_new(update_parameters, before, [0 * down[0], down[1]], rate)
### END HIDDEN TESTS

# %% [markdown] question="train" minutes=25 level=2 lines=8
# ## 10. Training
#
# Everything is there. One epoch is: a forward pass over all points, note the cost, a backward pass, one step.
#
# $$X \;\to\; A, Z, \hat y \;\to\; J \;\to\; G_0, \dots, G_{L-1} \;\to\; \text{new } \theta_0, \dots,
# \theta_{L-1}$$
#
# The cost that you note is the one **before** the step, so `costs[0]` belongs to the weights that were passed in.
#
# Hint: Which cost belongs to which weights? Note it before the step.
#
# Hint: The gradient of the start is right once. After a step the network is another one.
#
# Hint: Weights that change although nobody asked for it: is there an update in place somewhere?

# %% solution="train"
def train(X, y, theta, eta, epochs):
    """Gradient descent on all points at once.

    Calls your forward_propagation, cost, back_propagation and update_parameters,
    each of them once in an epoch.

    Args:
        X: the inputs, shape (m, n_0).
        y: the targets, shape (m, n_L).
        theta: list of L arrays, the weights to start from. It stays as it is.
        eta: the learning rate.
        epochs: how many steps to take; a whole number, may be 0.

    Returns:
        theta: the list of weights after the last step.
        costs: list of `epochs` numbers; costs[k] is the cost after k steps,
            so costs[0] is that of the start.

    Example: for XOR from START with eta = 0.1, the first two costs are 0.30398 and 0.30266.
    """
    ### BEGIN SOLUTION
    costs = []
    for _ in range(epochs):
        A, Z, y_hat = forward_propagation(X, theta)
        costs.append(cost(y_hat, y))
        _, gradients = back_propagation(y, theta, A, Z)
        theta = update_parameters(theta, gradients, eta)
    return theta, costs
    ### END SOLUTION

# %% check="train-costs" points=2
# The first cost belongs to the weights that were passed in; there is one cost for each epoch.
# In the checks of this question, toys stand in for all four functions that `train` calls.
with notebook_with(**TOYS):
    _, costs = parts("train", ask(train, X, y, START, ETA, 3), ["theta", "costs"])
check_count("The number of costs after 3 epochs", np.size(costs), 3, hint="A list of 3 numbers is asked for.")
check_value("costs[0]", costs[0], course_cost(toy_forward(X, START)[2], y),
            hint="It should be the cost of the start, before any step.")
### BEGIN HIDDEN TESTS
numbers = np.random.default_rng(221)
places, truths = numbers.normal(0, 1, (5, 3)), numbers.random((5, 2))
network = [numbers.normal(0, 1.2, shape) for shape in ((3, 4), (2, 4))]
with only_arguments(**TOYS):
    result = parts("train", ask(train, places.copy(), truths.copy(), copies(network), 0.7, 4), ["theta", "costs"])
wanted, now = [], network
for _ in range(5):
    outs, ins, guess = toy_forward(places, now)
    wanted.append(float(np.mean((guess - truths) ** 2)))
    now = [matrix - 0.7 * down for matrix, down in zip(now, toy_backward(truths, now, outs, ins)[1], strict=True)]
check_value("costs of 4 epochs", result[1], wanted[:4],
            known={"each cost is noted after the step, not before it": wanted[1:]},
            hint="costs[k] is the cost after k steps.")
### END HIDDEN TESTS

# %% check="train-steps" points=2
# After one epoch: exactly one step of length eta down the gradient.
with notebook_with(**TOYS):
    weights, _ = parts("train", ask(train, X, y, START, 2.0, 1), ["theta", "costs"])
check_one_epoch(weights, 2.0)
### BEGIN HIDDEN TESTS
numbers = np.random.default_rng(231)
places, truths = numbers.normal(0, 1, (5, 3)), numbers.random((5, 2))
network = [numbers.normal(0, 1.2, shape) for shape in ((3, 4), (2, 4))]
path, rate = [network], 0.9
for _ in range(4):
    outs, ins, _ = toy_forward(places, path[-1])
    steps = toy_backward(truths, path[-1], outs, ins)[1]
    path.append([matrix - rate * down for matrix, down in zip(path[-1], steps, strict=True)])
for count in (2, 3, 0):
    with only_arguments(**TOYS):
        result = parts("train", ask(train, places.copy(), truths.copy(), copies(network), rate, count), ["theta", "costs"])
    for number, matrix in enumerate(listed("theta", result[0], 2)):
        first = path[1][number] - path[0][number]
        check_value(f"theta[{number}] after {count} epochs with eta = {rate}", matrix, path[count][number],
                    known={"there is one step too few": path[max(count - 1, 0)][number],
                           "there is one step too many": path[count + 1][number],
                           "every step uses the gradient of the start": network[number] + count * first,
                           "no step was taken": network[number]},
                    hint="Does each epoch start with a forward pass through the new weights?")
# One point at the origin whose target is 0; weights of 0; and a start where the cost is nearly 0.
cases = (
    ("one point at the origin", np.zeros((1, 3)), np.zeros((1, 2)), network, 1e-6, 3),
    ("weights of 0", places, truths, [0 * matrix for matrix in network], 1e-6, 3),
    ("a tiny cost", places, toy_forward(places, network)[2] + 1e-3, network, 1e-6, 3),
    ("a cost that rises", places, toy_forward(places, network)[2] + 1e-3, network, 0.3, 2),
    ("a small rate", places, truths, network, 1e-3, 30),
    ("a rate above 5", places, truths, network, 7.0, 1),
)
for what, places, truths, network, rate, count in cases:
    with only_arguments(**TOYS):
        result = parts("train", ask(train, places, truths, network, rate, count), ["theta", "costs"])
    now = network
    for _ in range(count):
        outs, ins, _ = toy_forward(places, now)
        now = [matrix - rate * down for matrix, down in zip(now, toy_backward(truths, now, outs, ins)[1], strict=True)]
    for number, matrix in enumerate(listed("theta", result[0], 2)):
        check_value(f"theta[{number}] after {count} epochs with {what}", matrix, now[number], atol=1e-12,
                    hint="Every epoch makes its step, however small the cost is.")
### END HIDDEN TESTS

# %% check="train-unchanged" points=1
# You will start from the same weights again and again: they must survive a training run.
with notebook_with(**TOYS):
    check_kept(train, [X, y, START, 2.0, 2], [X, y + 1, START, 2.0, 2], "X y theta eta epochs")
### BEGIN HIDDEN TESTS
numbers = np.random.default_rng(241)
places, truths = numbers.normal(0, 1, (5, 3)), numbers.random((5, 2))
network = [numbers.normal(0, 1.2, shape) for shape in ((3, 4), (2, 4))]
with only_arguments(**TOYS):
    check_kept(train, [places, truths, network, 0.7, 2], [places, truths + 1, network, 0.7, 2], "X y theta eta epochs")
### END HIDDEN TESTS

# %% [markdown]
# Now let it learn XOR from `START`, with three learning rates.
#
# **Look:** all three curves have the same three acts. A fast fall to 0.25, which is the best constant
# guess of question 1;
# a long plateau, where the network seems to be stuck; then a sudden insight.
# The axis of epochs is logarithmic. A rate ten times as large makes the same curve about ten times as early.
# (And the needle at $\eta = 5$? One stride that was too long, as in the last picture. The network recovers.)
#
# The article uses `ETA`, which is 0.1, and stops after 10,000 epochs. Where will that curve come down?
# Make a guess. Then set `FULL_RUN = True`, which takes some seconds more. Would you have called it stuck?
# Remember that the article's gradient was twice yours: its curve is yours at twice the epochs.

# %%
FULL_RUN = False  # True: also the article's learning rate, at its 10,000 epochs and on to 30,000
runs = [(0.5, 6_000, PURPLE), (1.5, 3_000, ORANGE), (5.0, 1_000, GREEN)]
if FULL_RUN:
    runs.append((ETA, 30_000, BLUE))
for eta, epochs, colour in runs:
    costs = train(X, y, copies(START), eta, epochs)[1]
    plt.semilogx(np.arange(1, epochs + 1), costs, color=colour, label=rf"$\eta$ = {eta:g}")
plt.axhline(0.25, color="0.5", lw=1, ls=":")
plt.text(1.1, 0.232, "best constant guess", color="0.35", fontsize=9)
plt.axvline(10_000, color=RED, lw=1, ls="--")
plt.text(9_000, 0.33, "the article stops here", color=RED, fontsize=9, ha="right")
plt.xlim(1, 40_000)
plt.title("Is it stuck, or only slow?")
plt.xlabel("epoch")
plt.ylabel("cost $J$")
plt.legend(loc="lower left")
show("The cost of three trainings on a logarithmic axis of epochs. Each falls to 0.25, stays there long, and then drops to nearly 0; the larger the rate, the earlier.")

# %% [markdown]
# Why the plateau? Your first thought may be a flat sigmoid that lets no blame through. Do not believe it: measure.
# The next cell stops the run with $\eta = 5$ at some epochs, and looks at two things:
#
# - the slope $\hat y\,(1 - \hat y)$ of the output's sigmoid. It is 0.25 at most, and near 0 where the sigmoid is flat;
# - how far the four predictions are from the best plane through them: 0 means that the network is still linear.
#
# Then look at the plane as your network sees it, before, during and after. What happens at the sudden insight?

# %%
# @title Measure: what is it that is flat?
flat = np.column_stack([np.ones(4), X])
print("epoch    cost   slope of the output   distance from a plane")
for epochs in (50, 100, 200, 300, 350, 400, 600):
    y_hat = forward_propagation(X, train(X, y, copies(START), 5.0, epochs)[0])[2]
    plane = flat @ np.linalg.lstsq(flat, y_hat, rcond=None)[0]
    steepness, bend = np.mean(y_hat * (1 - y_hat)), np.abs(y_hat - plane).max()
    print(f"{epochs:5d}   {np.mean((y_hat - y) ** 2):.3f}   {steepness:19.3f}   {bend:21.5f}")

figure, axes = plt.subplots(2, 2, figsize=(6.4, 5.8), sharex=True, sharey=True)
for ax, epochs in zip(axes.flat, (0, 300, 400, 1_000), strict=True):
    weights = train(X, y, copies(START), 5.0, epochs)[0]
    image = draw_surface(ax, lambda grid, weights=weights: forward_propagation(grid, weights)[2], f"epoch {epochs:,}")
    ax.set_ylabel("$x_2$")
    ax.label_outer()
figure.colorbar(image, ax=axes, label=r"your $\hat y$", shrink=0.8)
figure.suptitle("When does the network see XOR?", fontsize=11)
show("Four maps of the prediction at the epochs 0, 300, 400 and 1,000: level, still level, then a fold, then XOR.")
print("Predictions for the four points:", np.round(forward_propagation(X, weights)[2].ravel(), 3), "wanted: 0 1 1 0")

# %% [markdown]
# On the plateau the slope of the output is 0.250, the largest that there is: nothing is flat.
# But the network is a plane. Small weights keep all sigmoids on their straight middle part,
# and the best plane through XOR is level, at 0.5 everywhere. There, every gradient of a plane is zero.
# Such a place is called a **saddle**: level along all the directions that a plane has,
# and falling only along the bend, which has to grow from almost nothing.
# It multiplies all the while (read the last column), and when you can see it, the wait is over.
#
# So another cost does not help. Cross-entropy takes the factor $\hat y\,(1 - \hat y)$ out of the output's blame;
# with a rate that makes up for it (2.5 here), its plateau ends at the same epoch as yours.
#
# **Look:** eight random starts for each of three lists of layers, from your `initialize_parameters`.
# How many lines come down within 600 epochs? Small networks for XOR can be unlucky: some are only slow,
# some stop for ever on a step half-way down. A third hidden unit buys a lot of luck.
#
# Stretch: Start from `START` times 3. Is there still a plateau? Say why before you measure.

# %%
figure, axes = plt.subplots(1, 3, figsize=(7.4, 3.2), sharey=True)
for ax, layers in zip(axes, ([2, 2, 1], [2, 2, 2, 1], [2, 3, 1]), strict=True):
    learnt = 0
    for seed in range(8):
        costs = train(X, y, initialize_parameters(layers, 1.0, seed), 5.0, 600)[1]
        learnt += costs[-1] < 0.02
        ax.plot(costs, color=GREEN if costs[-1] < 0.02 else RED, lw=1)
    ax.set(title=f"{layers}: {learnt} of 8 learn", xlabel="epoch")
axes[0].set_ylabel("cost $J$")
figure.suptitle("How lucky must a start be?", fontsize=11)
show("Costs over 600 epochs from eight random starts, for three lists of layers; green lines have learnt XOR. Most of them are in the network with three hidden units.")

# %% free
# A place to play. Try other layers, other rates, or targets of your own.
# For example AND: np.array([[0.0], [0.0], [0.0], [1.0]])

# %% [markdown] question="symmetry" minutes=25 level=2 lines=4
# ## 11. Why the start must be random
#
# A network does not know which of its hidden units is which.
# Take two units $i$ and $j$ of one hidden layer and let them change places, with all their weights.
# The sum that the next layer receives has the same terms in another order, so **every prediction stays the same**.
#
# Which weights belong to a unit? The unit $i$ that step $l$ leads to has
#
# - its incoming weights, bias included: **row** $i$ of $\theta_l$, of $n_l + 1$ numbers;
# - its outgoing weights: **column** $i + 1$ of $\theta_{l+1}$, of $n_{l+2}$ numbers (column 0 is for the
#   constant 1).
#
# Write `swap_units`, which lets two units change places.
#
# It shows more than it seems to. Suppose that $i$ and $j$ have equal incoming and equal outgoing weights.
# Then swapping them changes nothing at all, so nothing can tell them apart, so their gradients are equal too,
# so after a step their weights are equal **again**. And again, for ever: two units that do the work of one.
#
# Hint: Which row and which column belong to a unit?
#
# Hint: A row of an array is a window on it, not a copy. `a[i], a[j] = a[j], a[i]` writes through one window before it has looked through the other.
#
# Hint: If the predictions change, did the biases of the next layer take part? They should not.

# %% solution="symmetry"
def swap_units(theta, layer, i, j):
    """The same network with two units of a hidden layer in each other's places.

    Args:
        theta: list of L arrays; number l has shape (n_{l+1}, n_l + 1), biases in column 0.
            It stays as it is.
        layer: the number of the matrix whose rows lead to the two units, from 0 to L - 2.
        i, j: the two units, counted from 0.

    Returns:
        a new list of L arrays: in number `layer` rows i and j are swapped,
        in number `layer + 1` the two columns that come from these units.

    Example: swapping units 0 and 1 of layer 1 turns START[2],
    which is [[0.7, 1.0, -0.9]], into [[0.7, -0.9, 1.0]].
    """
    ### BEGIN SOLUTION
    swapped = [matrix.copy() for matrix in theta]
    swapped[layer][[i, j]] = theta[layer][[j, i]]
    swapped[layer + 1][:, [i + 1, j + 1]] = theta[layer + 1][:, [j + 1, i + 1]]
    return swapped
    ### END SOLUTION

# %% check="symmetry-rows" points=1
# The incoming weights: rows change places, each with its bias.
exchanged = listed("swap_units(START, 1, 0, 1)", ask(swap_units, START, 1, 0, 1), 3)
check_value(
    "theta[1] after the swap", exchanged[1], START[1][::-1],
    known={"nothing was swapped": START[1],
           "both rows hold the same unit now: one was overwritten before it was saved": START[1][[1, 1]],
           "both rows hold the same unit now: one was overwritten before its turn": START[1][[0, 0]],
           "the biases stayed behind: a bias belongs to its unit":
               np.column_stack([START[1][:, 0], START[1][::-1, 1:]])},
)
check_value("theta[0], which has nothing to do with these units", exchanged[0], START[0])
### BEGIN HIDDEN TESTS
numbers = np.random.default_rng(251)
network = [numbers.normal(0, 1.2, shape) for shape in ((5, 4), (4, 6), (3, 5), (2, 4))]
for where, one, two in ((0, 1, 4), (1, 3, 0), (2, 2, 1)):
    order = list(range(len(network[where])))
    order[one], order[two] = two, one
    with only_arguments():
        exchanged = listed("swap_units(...)", ask(swap_units, copies(network), where, one, two), 4)
    check_value(
        f"theta[{where}] after swapping units {one} and {two} of layer {where}", exchanged[where],
        network[where][order],
        known={"nothing was swapped": network[where],
               "the whole order was reversed, not two rows swapped": network[where][::-1]},
        hint="Two rows change places, all others stay.")
    for number in range(4):
        if number not in (where, where + 1):
            check_value(f"theta[{number}], which has nothing to do with these units", exchanged[number],
                        network[number])
check_value("theta[1] after swapping a unit with itself", ask(swap_units, network, 1, 2, 2)[1], network[1])
faint = [1e-5 * matrix for matrix in network]
check_value("theta[1] of a network with tiny weights", listed("swap_units(...)", ask(swap_units, faint, 1, 0, 3), 4)[1],
            faint[1][[3, 1, 2, 0]])
### END HIDDEN TESTS

# %% check="symmetry-columns" points=1
# The outgoing weights: columns change places, and the column of biases stays where it is.
exchanged = listed("swap_units(START, 1, 0, 1)", ask(swap_units, START, 1, 0, 1), 3)
check_value(
    "theta[2] after the swap", exchanged[2], [[0.7, -0.9, 1.0]],
    known={"the columns are counted without the biases: column 0 is not a unit": START[2][:, [1, 0, 2]],
           "the outgoing weights were not swapped": START[2],
           "both columns hold the same unit now: one was overwritten before it was saved": START[2][:, [0, 2, 2]],
           "both columns hold the same unit now: one was overwritten before its turn": START[2][:, [0, 1, 1]]},
)
### BEGIN HIDDEN TESTS
numbers = np.random.default_rng(261)
network = [numbers.normal(0, 1.2, shape) for shape in ((5, 4), (4, 6), (3, 5), (2, 4))]
for where, one, two in ((0, 1, 4), (1, 3, 0), (2, 2, 1)):
    after = network[where + 1]
    order = list(range(after.shape[1]))
    order[one + 1], order[two + 1] = two + 1, one + 1
    unbiased = list(range(after.shape[1]))
    unbiased[one], unbiased[two] = two, one
    with only_arguments():
        exchanged = listed("swap_units(...)", ask(swap_units, copies(network), where, one, two), 4)
    check_value(
        f"theta[{where + 1}] after swapping units {one} and {two} of layer {where}", exchanged[where + 1],
        after[:, order],
        known={"the columns are counted without the biases: column 0 is not a unit": after[:, unbiased],
               "the outgoing weights were not swapped": after})
# Units that receive the same and send on something else; and a wide next layer.
twins = [np.array([[0.3, -0.8, 0.5], [0.3, -0.8, 0.5]]), numbers.normal(0, 1.2, (7, 3))]
with only_arguments():
    exchanged = listed("swap_units(...)", ask(swap_units, twins, 0, 0, 1), 2)
check_value("theta[1] after swapping units that receive the same", exchanged[1], twins[1][:, [0, 2, 1]],
            hint="Units with equal incoming weights may still send on something else.")
### END HIDDEN TESTS

# %% check="symmetry-unchanged" points=1
# A new network is made; the old one stays. And both say the same about everything.
listed("swap_units(START, 0, 0, 1)", ask(swap_units, START, 0, 0, 1), 3)
check_kept(swap_units, [START, 0, 0, 1], [[2 * matrix for matrix in START], 0, 0, 1], "theta layer i j")
### BEGIN HIDDEN TESTS
numbers = np.random.default_rng(271)
network = [numbers.normal(0, 1.2, shape) for shape in ((5, 4), (4, 6), (3, 5))]
with only_arguments():
    check_kept(swap_units, [network, 1, 3, 1], [[-matrix for matrix in network], 1, 3, 1], "theta layer i j")
### END HIDDEN TESTS

# %% [markdown]
# **Look:** the network `[2, 2, 1]` learns XOR from three starts. A line is one of the six weights that
# enter the hidden layer;
# solid lines belong to the first unit, dashed ones to the second.
#
# - **All weights 0.5.** You see two lines where there are six. The dashed ones lie on the solid ones, to
#   the last digit:
#   the units are twins. (And $x_1$ and $x_2$ play the same part in XOR, so their weights are equal too.)
#   The network ends at a cost of 1/6. Two units that do the work of one cannot draw XOR.
# - **Only the outgoing weights differ** (0.5 and 0.6). The blame that comes back differs, and the units part.
#   So equal *incoming* weights alone do no harm. The twins must be equal on both sides.
# - **A random start** with $\epsilon = 1$: nothing to break.

# %%
starts = {
    "all weights 0.5": [np.full((2, 3), 0.5), np.full((1, 3), 0.5)],
    "outgoing 0.5 and 0.6": [np.full((2, 3), 0.5), np.array([[0.5, 0.5, 0.6]])],
    "random": initialize_parameters([2, 2, 1], 1.0, 0),
}
figure, axes = plt.subplots(2, 3, figsize=(7.4, 6), sharex=True, sharey="row")
for (name, weights), (above, below) in zip(starts.items(), axes.T, strict=True):
    history, costs = [weights[0]], []
    for _ in range(60):
        weights, some = train(X, y, weights, 5.0, 25)
        history.append(weights[0])
        costs += list(some)
    history, epochs = np.array(history), 25 * np.arange(61)
    for column, colour in enumerate((ORANGE, BLUE, GREEN)):
        label = ("bias", "from $x_1$", "from $x_2$")[column]
        above.plot(epochs, history[:, 0, column], color=colour, lw=2.5, alpha=0.6, label=f"unit 1, {label}")
        above.plot(epochs, history[:, 1, column], color=colour, lw=1.5, ls="--", label=f"unit 2, {label}")
    above.set_title(name)
    below.plot(costs, color="black")
    below.axhline(1 / 6, color=RED, lw=1, ls=":")
    below.set_xlabel("epoch")
    guesses = ", ".join(f"{guess:.2f}" for guess in forward_propagation(X, weights)[2].ravel())
    below.text(0.97, 0.9, rf"$\hat y$: {guesses}", transform=below.transAxes, ha="right", fontsize=9)
axes[0, 0].set_ylabel("weights into the hidden layer")
axes[1, 0].set_ylabel("cost $J$")
axes[1, 0].text(20, 1 / 6 - 0.022, "1/6", color=RED, fontsize=9)
figure.legend(*axes[0, 0].get_legend_handles_labels(), fontsize=9, ncols=3, loc="outside lower center")
figure.suptitle("Do two units that start equal ever part?", fontsize=11)
show("Weights into the hidden layer and costs, for three starts. From equal weights the two units stay equal and the cost ends at 1/6; the other two starts learn XOR.")

# %% [markdown]
# Where does the 1/6 come from? The one unit that is left can draw one straight line through the plane.
# The best line puts $(0, 0)$ on one side and the other three points on the other.
# There it says 2/3, the mean of 1, 1 and 0, and the cost is
# $\tfrac14\left(0 + \tfrac19 + \tfrac19 + \tfrac49\right) = \tfrac16$.
#
# Stretch: The gradient of the swapped network is the swapped gradient. Show it with `swap_units` and `back_propagation`.

# %% [markdown] question="vanishing" minutes=25 level=2 lines=9
# ## 12. A lab: where does the blame go?
#
# Question 4 sends blame from the output to the first layer. Does it arrive? In a deep network that is not certain:
# each layer multiplies by weights and by slopes, and many factors below 1 leave nothing.
# This is the **vanishing gradient**. It kept networks shallow until about 2010.
#
# Build the instrument, for plain layers without biases: $Z_l = A_l W_l$, $A_{l+1} = f(Z_l)$, with $A_0 = X$.
# Now $W_l$ has the shape $(n_l, n_{l+1})$, and $f$ is any bend: it comes as an argument, and so does its slope $f'$.
#
# Every output entry gets the blame 1, so at the end $\delta_{L-1} = f'(Z_{L-1})$.
# From there walk to the left as in question 4. For each layer, note the **mean size** of its blame: the mean of $|\delta_l|$.
#
# Hint: How does the blame of one layer become that of the layer before? You have written it in question 4.
#
# Hint: Here no column is for biases: nothing is dropped. And the weights are turned round, so which factor is transposed?
#
# Hint: Note the size before you walk on, and put it in front of the list. The first layer has no layer before it.

# %% solution="vanishing"
def blame_sizes(X, weights, bend, slope):
    """How much blame reaches each layer, if every output entry has the blame 1.

    Args:
        X: the inputs, shape (m, n_0).
        weights: list of L arrays; number l has shape (n_l, n_{l+1}). It stays as it is.
        bend: the function of every layer, entry by entry.
        slope: its slope, as a function of what goes into the bend.

    Returns:
        a list of L numbers: the mean of |delta_l| for the first layer, the second, ..., the last.

    Example: for one layer with Z = [[0.0], [2.0]] and the sigmoid it is [0.1775] (slopes 0.25 and 0.105).
    """
    ### BEGIN SOLUTION
    Z = []
    for matrix in weights:
        Z.append(X @ matrix)
        X = bend(Z[-1])
    blame, sizes = slope(Z[-1]), []
    for step in reversed(range(len(weights))):
        sizes.insert(0, np.mean(np.abs(blame)))
        if step:
            blame = blame @ weights[step].T * slope(Z[step - 1])
    return sizes
    ### END SOLUTION

# %% check="vanishing-last" points=1
# The last layer has the blame of its own slope.
sizes = ask(blame_sizes, X, THREE_LAYERS, sigmoid, sigmoid_prime)
assert np.size(sizes) == 3, "blame_sizes should return a list of three numbers for three layers."
check_value(
    "the last number for three layers of sigmoids", sizes[-1], 0.23742548374305655,
    known={"the slope is taken at the output, not at what goes into the bend": 0.24077304681222145,
           "the blame starts at 1, without the last slope": 1.0,
           "the list begins with the last layer": 0.01666192262673902,
           "the sizes are added up; the mean is asked": 0.9497019349722262,
           "this is the root of the mean square, not the mean of the sizes": 0.2374477681110522,
           "this is the median, not the mean": 0.23762287165663853},
    hint="At the end the blame is the slope of the bend at the last Z.",
)
### BEGIN HIDDEN TESTS
numbers = np.random.default_rng(301)
for bend, slope_of_it in ((tanh, tanh_slope), (relu, relu_slope), (sigmoid, sigmoid_prime)):
    points = numbers.normal(0, 1, (5, 3))
    network = [numbers.normal(0, 0.8, shape) for shape in ((3, 4), (4, 2))]
    reached = np.einsum("ni,ij->nj", bend(np.einsum("ni,ij->nj", points, network[0])), network[1])
    truth = float(np.average(slope_of_it(reached)))
    with only_arguments():
        sizes = ask(blame_sizes, points, network, bend, slope_of_it)
    check_value("the last number for two other layers and another bend", sizes[-1], truth,
                hint="Does it use the bend and the slope that it is given?")
### END HIDDEN TESTS

# %% check="vanishing-all" points=2
# All layers, from the first to the last.
sizes = ask(blame_sizes, X, THREE_LAYERS, sigmoid, sigmoid_prime)
check_value(
    "the mean size of the blame in three layers of sigmoids", np.array(sizes, dtype=float), [0.01666192262673902, 0.05319192597047922, 0.23742548374305655],
    known={"the list begins with the last layer": [0.23742548374305655, 0.05319192597047922, 0.01666192262673902],
           "the slopes of the hidden layers are missing": [0.30232178263282533, 0.22555420955590372, 0.23742548374305655],
           "the mean of the blame itself is taken: plus and minus cancel": [-0.0022525466226619327, -0.018920461035156995, 0.23742548374305655],
           "the mean of the blame itself is taken, and its size afterwards: plus and minus cancel": [0.0022525466226619327, 0.018920461035156995, 0.23742548374305655],
           "these are roots of mean squares, not means of sizes": [0.019495702618385114, 0.056523571713992415, 0.2374477681110522],
           "these are medians, not means": [0.02139558207873804, 0.050669188313024235, 0.23762287165663853],
           "the sizes of a row are added up; the mean goes over the units, too": [0.04998576788021707, 0.10638385194095844, 0.23742548374305655]},
    hint="Back along the weights, then through the slope at the Z of the layer that you reach.",
)
### BEGIN HIDDEN TESTS
numbers = np.random.default_rng(302)
for layers, bend, slope_of_it in (
    ([3, 5, 4, 2], tanh, tanh_slope), ([2, 3, 3, 3, 1], relu, relu_slope), ([4, 2, 6], sigmoid, sigmoid_prime),
    ([2, 1], tanh, tanh_slope), ([3, 3, 3, 3, 3, 3], tanh, tanh_slope),
):
    points = numbers.normal(0, 1, (6, layers[0]))
    network = [numbers.normal(0, 0.9, shape) for shape in pairwise(layers)]
    signals, inputs = [points], []
    for matrix in network:
        inputs.append(np.einsum("ni,ij->nj", signals[-1], matrix))
        signals.append(bend(inputs[-1]))
    blame, truth = slope_of_it(inputs[-1]), []
    for number in range(len(network) - 1, -1, -1):
        truth.append(np.average(np.abs(blame)))
        if number:
            blame = np.einsum("nj,ij->ni", blame, network[number]) * slope_of_it(inputs[number - 1])
    with only_arguments():
        sizes = ask(blame_sizes, points, [matrix.copy() for matrix in network], bend, slope_of_it)
    check_value(f"the blame in the layers {layers}", np.array(sizes, dtype=float), np.array(truth[::-1]),
                hint="Right for the example, wrong for other layers: a transpose that fits by accident, or a fixed bend?")
with only_arguments():
    _, after = ask_and_look(blame_sizes, points, [matrix.copy() for matrix in network], tanh, tanh_slope)
for number, matrix in enumerate(network):
    check_value(f"weights[{number}] after the call, which should stay as they are", after[1][number], matrix)
# One point at the origin; tiny weights; large weights.
for what, points, network in (
    ("a point at the origin", np.zeros((1, 3)), [numbers.normal(0, 0.9, shape) for shape in ((3, 4), (4, 2), (2, 2))]),
    ("tiny weights", numbers.normal(0, 1, (4, 3)), [numbers.normal(0, 1e-7, shape) for shape in ((3, 4), (4, 2), (2, 3))]),
    ("large weights", numbers.normal(0, 1, (4, 3)), [np.abs(numbers.normal(0, 40, shape)) for shape in ((3, 4), (4, 2), (2, 1))]),
):
    signals, inputs = [points], []
    for matrix in network:
        inputs.append(np.einsum("ni,ij->nj", signals[-1], matrix))
        signals.append(relu(inputs[-1]) if what == "large weights" else tanh(inputs[-1]))
    bend, slope_of_it = (relu, relu_slope) if what == "large weights" else (tanh, tanh_slope)
    blame, truth = slope_of_it(inputs[-1]), []
    for number in range(len(network) - 1, -1, -1):
        truth.append(np.average(np.abs(blame)))
        if number:
            blame = np.einsum("nj,ij->ni", blame, network[number]) * slope_of_it(inputs[number - 1])
    with only_arguments():
        sizes = ask(blame_sizes, points, network, bend, slope_of_it)
    check_value(f"the blame for {what}", np.array(sizes, dtype=float), np.array(truth[::-1]))
### END HIDDEN TESTS

# %% [markdown]
# **Look:** the blame in each layer of a network of 30 units a layer, on a logarithmic axis, for three bends.
# Read from the right, where the output is, to the left. The weights are normal, of the size $s / \sqrt n$.
#
# - $s = 1$: which bend loses the most? Its slope is never above 1/4, so each layer takes about three quarters away.
# - Find the $s$ at which relu keeps its blame. Half of its units are off, so the weights have to make up for a factor of 2 in the squares.
# - Find an $s$ at which the blame of relu *grows* from layer to layer. That is the **exploding** gradient.
#
# Stretch: Give each sigmoid layer weights large enough to keep the blame. Why does that not help it to learn?

# %%
# @title The lab: depth, bend, initialisation
BENDS = {"sigmoid": (sigmoid, sigmoid_prime, BLUE), "tanh": (tanh, tanh_slope, ORANGE), "relu": (relu, relu_slope, GREEN)}


def draw_lab(depth, s):
    """The blame in each of `depth` layers of 30 units, for three bends."""
    numbers = np.random.default_rng(0)
    points = numbers.normal(0, 1, (200, 30))
    network = [numbers.normal(0, s / np.sqrt(30), (30, 30)) for _ in range(depth)]
    first = []
    figure, ax = plt.subplots()
    for name, (bend, bend_slope, colour) in BENDS.items():
        sizes = np.array(blame_sizes(points, network, bend, bend_slope))
        ax.semilogy(range(1, depth + 1), np.maximum(sizes, 1e-20), "o-", color=colour, ms=4, label=name)
        first.append(f"{name} {sizes[0] / sizes[-1]:.1e}")
    ax.xaxis.get_major_locator().set_params(integer=True)
    ax.set(title=f"How much blame reaches layer 1 of {depth}? (s = {s:g})", xlabel="layer", ylabel=r"mean size of your $\delta$")
    ax.legend()
    return f"Blame in layer 1 against that in layer {depth}, with s = {s:g}: {', '.join(first)}."


slide(draw_lab, depth=[2, 5, 10, 20, 30], s=[0.5, 0.8, 1.0, 1.41, 2.0])

# %% [markdown] section="end"
# ## What you have now
#
# - A network of any depth and width in about 60 lines, with no loop over points or units.
# - Shapes as a tool: a product of matrices that fits when no two sizes are equal is nearly always the right one.
# - A ruler with an error of $O(h^2)$, and the habit of using it **before** training, on the same weights,
#   and then switching it off.
# - A puzzle solved by changing the size of the problem: the missing factor was $2/(m\,n_L)$, not 2.
# - An argument, not a rumour, for random starts: twins that are equal on both sides stay equal.
#
# **What next.** The notebook on MNIST trains a wider network of the same kind, with a softmax at its end.
# The notebook on automatic differentiation lets PyTorch and TensorFlow write the backward pass,
# and you will recognise what they do: it is question 4.
#
# Read on: chapter 2 of Michael Nielsen's [Neural Networks and Deep Learning](http://neuralnetworksanddeeplearning.com/chap2.html)
# derives the same rules for one point, and the notes of [CS231n](https://cs231n.github.io/neural-networks-3/) say more on gradient checks.
#
# Before you hand in: restart the kernel, run all cells from the top, and see that no check complains.
