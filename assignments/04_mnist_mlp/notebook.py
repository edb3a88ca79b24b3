# ---
# jupyter:
#   chainrule:
#     title: A digit reader from scratch
#     files: [mnist_subset.npz]
#   kernelspec: {display_name: Python 3, language: python, name: python3}
# ---

# %% [markdown]
# # A digit reader from scratch
#
# In this notebook you build a neural network that reads handwritten digits.
# You write every part of it with numpy: the loss, the forward pass, the gradients and the training loop.
# No library computes a derivative for you.
# In practice you would let PyTorch or TensorFlow do it; after today you will know what they do.
#
# The network takes an image of 28 by 28 pixels and has two hidden layers:
#
# $$784 \;\to\; 32 \;\to\; 32 \;\to\; 10$$
#
# It has 26,506 numbers to learn. It learns them from one image at a time.
#
# **You need:** the chain rule, matrix products, a little numpy.
#
# [questions]
#
# Each question has small checks below it. Run them as often as you like: they tell you what is off and where to look.
# When your work is graded, the same checks also try other numbers than the ones you see here.
#
# **What a check takes:** a number may be a Python float, a number of numpy or an array of shape `()`, and a tensor counts as an array.
# It compares up to nine digits, so stay in float64, which numpy uses by itself.
# Functions leave their arguments as they are; only the training step changes something, `weights` and `biases` of the notebook, in place or anew.
#
# Run the next cells once. They hold nothing to change.

# %% given was="sigmoid dsigmoid"
import contextlib
import io

import numpy as np
from numpy.random import default_rng

# The sizes of the layers, from the pixels to the digits.
LAYERS = [784, 32, 32, 10]


def sigmoid(x):
    """The sigmoid, entry by entry; no warning, however large the entries are: no exponent is above 0."""
    small = np.exp(-np.abs(x))
    return np.where(x >= 0, 1, small) / (1 + small)


def dsigmoid(x):
    """The slope of the sigmoid at x, what goes into it: between 0 and 0.25, in the shape of x."""
    s = sigmoid(x)
    return s * (1 - s)


# %% given include="checkkit"

# %% include="pictures"

# %%
# @title Small helpers: run me, nothing to change here
import time
import urllib.request
from pathlib import Path


def with_progress(numbers):
    """Pass the numbers of a range on, one by one; where there are many, say now and then how far it is."""
    total, started = len(numbers), time.perf_counter()
    for done, number in enumerate(numbers):
        if total >= 20_000 and done and done % 10_000 == 0:
            print(f"  {done} of {total} images, {time.perf_counter() - started:.0f} s")
        yield number


def print_scores(average_loss, correct, total):
    """Print how well a network did on a data set; returns the average loss and the accuracy."""
    print(f"\nAverage loss: {average_loss:.2f}")
    print(f"Accuracy (# of correct guesses): {correct} / {total} ( {100 * correct / total:.2f} %)")
    return average_loss, correct / total


# %% given
# @title Practice images and networks for the checks: run me, nothing to change here
# A step so small that it does not bend anything: what it changes, divided by it, is the gradient.
TINY_RATE = 2.0**-24


def quiet():
    """Keep what is printed in a `with` block to itself."""
    return contextlib.redirect_stdout(io.StringIO())


def fresh_generator(seed):
    """A new random generator, which gives the same numbers each time it is made from the same seed."""
    return default_rng(seed)


def moved_in_place(make, seed):
    """What initialize_parameters makes, each of the six arrays then moved in place; or which one cannot be moved."""
    from numpy.random import default_rng

    some_weights, some_biases = make(default_rng(seed))
    for number, array in enumerate([*some_weights, *some_biases]):
        try:
            array += 0.5 * (number + 1)
        except (ValueError, TypeError):
            return number
    return [some_weights, some_biases]


def practice_image(seed):
    """An image of shape (28, 28) with 20 lit pixels between 0.3 and 1.5."""
    rng = default_rng(seed)
    pixels = np.zeros(784)
    pixels[rng.choice(784, 20, replace=False)] = rng.uniform(0.3, 1.5, 20)
    return pixels.reshape(28, 28)


def practice_network(seed, biased=False):
    """Weights and biases of a network whose units are far from the straight part of the sigmoid."""
    rng = default_rng(seed)
    start_weights = [rng.normal(0, 0.6, (LAYERS[i], LAYERS[i + 1])) for i in range(3)]
    start_biases = [rng.normal(0, 1.0 if biased else 0.0, (1, LAYERS[i + 1])) for i in range(3)]
    return start_weights, start_biases


def lent(network):
    """A copy of a network, to be lent to the notebook by `notebook_with`."""
    start_weights, start_biases = network
    return {"weights": [w.copy() for w in start_weights], "biases": [b.copy() for b in start_biases]}


def in_one_row(some_weights, some_biases):
    """All numbers of a network, one after the other."""
    return np.concatenate([np.ravel(array) for array in [*some_weights, *some_biases]])


def changes_by_one_step(image, digit, network, *rate):
    """What one call of train_one_sample takes away from each array of a network: a dict of dw1 ... db3."""
    with notebook_with(**lent(network), **ALONE):
        ask(train_one_sample, image, digit, *rate)
        after = {"dw": read_back("weights"), "db": read_back("biases")}
    changes = {}
    for kind, before in zip(("dw", "db"), network, strict=True):
        for i in range(3):
            now = np.asarray(after[kind][i])
            assert now.dtype not in (np.float32, np.float16), (
                f"{'weights' if kind == 'dw' else 'biases'}[{i}] comes back in numbers of 32 bits or less. Take float64."
            )
            changes[f"{kind}{i + 1}"] = before[i] - now if now.shape == before[i].shape else now
    return changes


def gradients_by_one_step(image, digit, network, rate=TINY_RATE):
    """The gradients that train_one_sample uses, read off from a tiny step."""
    changes = changes_by_one_step(image, digit, network, rate)
    return {name: change / rate for name, change in changes.items()}


def course_signals(image, network):
    """What the units of each layer send on, from the pixels to the probabilities: four rows."""
    rows = [np.reshape(image, (1, 784)) * 1.0]
    for i in (0, 1):
        rows.append(0.5 + 0.5 * np.tanh(0.5 * (rows[-1] @ network[0][i] + network[1][i])))
    scores = rows[-1] @ network[0][2] + network[1][2]
    return [*rows, np.exp(scores - np.logaddexp.reduce(scores[0]))]


def loud_network():
    """A network through which large gradients flow, and an image and a digit for it: no unit is flat, none is straight."""
    start_weights, start_biases = practice_network(4)
    return practice_image(4), 2, ([start_weights[0], 3 * start_weights[1], 60 * start_weights[2]], start_biases)


def far_scores(seed, scores):
    """A network without biases that gives these scores to every image."""
    start_weights, start_biases = practice_network(seed)
    return [start_weights[0], 0 * start_weights[1], np.ones((32, 1)) * scores / 16], start_biases


def faint_network(name):
    """An image, a digit, and a network without biases in which one gradient, such as 'dw1', is tiny.

    What moves starts from 0, so that its step shows to the last digit, however small it is.
    """
    (first, middle, last), start_biases = practice_network(11)
    if name == "db3":  # the network is sure, and right
        return practice_image(11), 2, far_scores(11, 30 * np.eye(10)[2])
    if name == "dw3":  # the units before it hardly speak
        first, middle, last = 0 * first, np.full((32, 32), -1.5), 0 * last
    elif name in ("db2", "dw2"):
        middle, last = 0 * middle, 1e-11 * last
    else:
        first, middle = 0 * first, 1e-11 * middle
    return practice_image(11), 2, ([first, middle, last], start_biases)


def check_faint(name):
    """Check one gradient of yours, such as 'dw1', where it is tiny."""
    got, want = change_when(name, *faint_network(name), rate=2.0**-100)
    if name == "db3" and got.shape == want.shape:  # 1 - s of the label has few digits left
        got, want = np.delete(got, 2), np.delete(want, 2)
    # Of an activation of 4e-11, one minus a tanh keeps six digits.
    check_value(
        f"{name!r} where it is tiny",
        got,
        want,
        rtol=1e-4 if name == "dw3" else 1e-8,
        hint="A small gradient is no 0, and a small loss still makes its step. Everything is kept in float64.",
    )


def change_when(name, image, digit, network, rate=TINY_RATE):
    """One gradient, such as 'dw1', read off from a tiny step of yours, and what is right."""
    right = course_step(image, digit, 1.0, network)
    kind, number = ("dw", "db").index(name[:2]), int(name[2]) - 1
    return gradients_by_one_step(image, digit, network, rate)[name], network[kind][number] - right[kind][number]


def course_step(image, digit, rate, network):
    """A network after one step of training on one image."""
    *rows, shares = course_signals(image, network)
    blame, new_weights, new_biases = shares - np.eye(10)[int(digit)], [], []
    for i in (2, 1, 0):
        new_weights.insert(0, network[0][i] - rate * rows[i].T @ blame)
        new_biases.insert(0, network[1][i] - rate * blame)
        blame = blame @ network[0][i].T * rows[i] * (1 - rows[i])
    return new_weights, new_biases


# While a later question is checked, these take the place of your earlier functions.
# So a slip in one of those costs its own points only.
@stand_in
def course_sigmoid(x):
    return 0.5 + 0.5 * np.tanh(0.5 * np.asarray(x))


@stand_in
def course_dsigmoid(x):
    return 0.25 / np.cosh(0.5 * np.asarray(x)) ** 2


@stand_in
def course_softmax(x):
    return np.exp(x - np.logaddexp.reduce(np.ravel(x)))


@stand_in
def course_one_hot(x, max):
    return np.eye(max)[int(x)]


@stand_in
def course_cross_entropy(y, yHat):
    return np.sum(np.asarray(y) * -np.log(np.clip(yHat, 1e-300, None)))


@stand_in
def course_sample(sample, y):
    shares = course_signals(sample, (live_variable("weights"), live_variable("biases")))[-1][0]
    return -np.log(shares[int(y)]), np.eye(10)[np.argmax(shares)]


GLANCES = {}


@stand_in
def course_glance(sample, y):
    """For data sets of thousands that are nearly all alike: as course_sample, but each image is worked out once."""
    seen = np.asarray(sample).tobytes(), int(y), live_variable("biases")[2].tobytes()
    if seen not in GLANCES:
        GLANCES[seen] = course_sample(sample, y)
    return GLANCES[seen]


@stand_in
def course_tally(sample, y, learning_rate=0.003):
    """For data sets of thousands, in the place of a step: counts the labels that it sees."""
    live_variable("biases")[2][0, int(y)] += 1.0
    return 0.0


@stand_in
def course_train_one_sample(sample, y, learning_rate=0.003):
    network = live_variable("weights"), live_variable("biases")
    loss = course_loss(sample, y, network)[0]
    network[0][:], network[1][:] = course_step(sample, y, learning_rate, network)
    return loss


def course_loss(image, digit, network):
    """The loss of one image, and the most likely digit."""
    shares = course_signals(image, network)[-1][0]
    return -np.log(shares[int(digit)]), int(np.argmax(shares))


# While a check runs, these variables are taken away, for your functions must use their arguments.
# And the course's own small functions are lent.
ALONE = {
    **dict.fromkeys(["x_train", "y_train", "x_test", "y_test", "sample", "label", "x", "y", "learning_rate"], GONE),
    "sigmoid": course_sigmoid,
    "dsigmoid": course_dsigmoid,
    "softmax": course_softmax,
    "integer_to_one_hot": course_one_hot,
    "cross_entropy_loss": course_cross_entropy,
}


# %% [markdown] section="data"
# ## The images
#
# MNIST is a collection of 70,000 handwritten digits, 60,000 to learn from and 10,000 to be tested on.
# Each is a square of 28 by 28 pixels. A pixel is a whole number from 0 (paper) to 255 (ink).
#
# You work with 4,000 training and 1,000 test images, as many of each digit.
# That keeps every run short. The setting below lets you ask for all of them, here or later.
# Three passes through all 60,000 images take one to three minutes.

# %% free
# True: use all 60,000 images (needs a network). Run the loading cell below and the cells after it again.
FULL_MNIST = False

# %% given embed="mnist_mini.npz"

# %%
# @title Load the images: run me, nothing to change here
MNIST_ADDRESS = "https://storage.googleapis.com/tensorflow/tf-keras-datasets/mnist.npz"
PARTS = ("x_train", "y_train", "x_test", "y_test")


def load_digits(everything=False):
    """Training images and labels, test images and labels (all uint8), and a sentence on where they are from."""
    if not everything and (digits := digits_in("mnist_subset.npz")):
        return *digits, "These are the 4,000 + 1,000 images that lie beside this notebook."
    if digits := digits_from_tensorflow():
        if everything:
            return (
                *digits,
                "These are all 70,000 images of MNIST, loaded by TensorFlow. Training takes a few minutes.",
            )
        few = (*first_of_each_digit(*digits[:2], 400), *first_of_each_digit(*digits[2:], 100))
        return *few, "These are 4,000 + 1,000 of the MNIST images, loaded by TensorFlow."
    if everything and (digits := digits_in("mnist_subset.npz")):
        return (
            *digits,
            "MNIST cannot be reached just now: these are the 4,000 + 1,000 images beside this notebook.",
        )
    small = "MNIST cannot be reached just now: these are the 300 + 100 images inside this notebook."
    return *digits_in("mnist_mini.npz"), f"{small} Your scores will be lower."


def digits_in(name):
    """The four arrays of one of the course's files, or None where it is missing."""
    try:
        with open_course_file(name) as file, np.load(file) as arrays:
            return tuple(arrays[part] for part in PARTS)
    except (FileNotFoundError, KeyError):
        return None


def digits_from_tensorflow():
    """All of MNIST, or None where there is no network or no TensorFlow."""
    if not (Path.home() / ".keras" / "datasets" / "mnist.npz").exists():
        try:  # a quick look whether the address answers, before TensorFlow is loaded for nothing
            urllib.request.urlopen(MNIST_ADDRESS, timeout=5).close()
        except OSError:
            return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            import tensorflow as tf

            train, test = tf.keras.datasets.mnist.load_data(path="mnist.npz")
    except Exception as problem:  # whatever stops TensorFlow, the notebook goes on with fewer images
        print(f"TensorFlow could not load MNIST ({type(problem).__name__}).")
        return None
    return *train, *test


def first_of_each_digit(images, labels, count):
    """The first `count` images of each digit with their labels, in the order in which they came."""
    chosen = np.sort(np.concatenate([np.flatnonzero(labels == digit)[:count] for digit in range(10)]))
    return images[chosen], labels[chosen]


x_train, y_train, x_test, y_test, where_from = load_digits(globals().get("FULL_MNIST", False))
raw_train, raw_test = x_train.copy(), x_test.copy()
print(where_from)
for part in PARTS:
    print(f"{part:8}{globals()[part].shape}  {globals()[part].dtype}")

# %% [markdown]
# **Look:** ten images with their labels. Below them, how often each pixel value occurs.
# Most pixels are paper, and the ink is close to 255. Keep these large numbers in mind: they come back in question 9.

# %%
# @title Picture: what does the network get to see?
figure, axes = plt.subplot_mosaic(
    [list("01234"), list("56789"), ["h"] * 5], figsize=(6.4, 5), height_ratios=[1, 1, 1.8]
)
for digit in range(10):
    one = np.flatnonzero(y_train == digit)[0]
    axes[str(digit)].imshow(x_train[one], cmap="gray_r")
    axes[str(digit)].set_title(str(y_train[one]), fontsize=10)
    axes[str(digit)].axis("off")
axes["h"].hist(x_train[:200].ravel(), bins=32, color=BLUE)
axes["h"].set(yscale="log", xlabel="value of a pixel", ylabel="how many pixels", title="How large are the inputs?")
show("Ten handwritten digits, and a histogram of pixel values: most are 0, and the next most common are close to 255.")

# %% [markdown] section="network"
# ## The network, and the names of things
#
# Every layer does the same: multiply by a matrix, add a bias, bend the result.
# We write everything that belongs to one image as a **row**, of shape `(1, n)`.
# Then each product reads from left to right, in the order in which the image travels.
#
# $$z_1 = a_0 W_1 + b_1 \qquad a_1 = \sigma(z_1)$$
# $$z_2 = a_1 W_2 + b_2 \qquad a_2 = \sigma(z_2)$$
# $$z_3 = a_2 W_3 + b_3 \qquad s = \mathrm{softmax}(z_3)$$
#
# | symbol | in Python | shape | what it is |
# |---|---|---|---|
# | $a_0$ | `sample`, laid out as a row | (1, 784) | the pixels |
# | $W_1, W_2, W_3$ | `weights[0]`, `weights[1]`, `weights[2]` | (784, 32), (32, 32), (32, 10) | the weights |
# | $b_1, b_2, b_3$ | `biases[0]`, `biases[1]`, `biases[2]` | (1, 32), (1, 32), (1, 10) | the biases |
# | $z_1, z_2, z_3$ | | (1, 32), (1, 32), (1, 10) | weighted inputs, before bending |
# | $a_1, a_2$ | | (1, 32) | activations of the hidden layers |
# | $s$ | `yHat` | (1, 10) | one probability for each digit |
# | $y$ | one-hot label | (10,) | 1 at the right digit, 0 elsewhere |
# | $L$ | `loss` | () | one number: how wrong the network is |
#
# The sigmoid $\sigma$ and its slope, which you wrote in earlier notebooks, are given: `sigmoid(x)` and `dsigmoid(x)`.
# This `sigmoid` takes only exponentials of numbers that are not positive, because $e^{710}$ is too large for a float.
# `dsigmoid` wants what went **into** the sigmoid. Beyond $|x| = 4.6$ it is below 0.01: hardly anything is learnt there.
#
# Mind the counting: $W_1$ is `weights[0]`, because Python starts at 0.
#
# `weights` and `biases` are variables of the notebook, two lists of three arrays.
# Your forward pass reads them, your training step changes them.


# %%
# @title Picture: which way do the numbers travel?
def draw_network(image):
    """Draw the layers as bars, the forward pass above and the gradients below."""
    figure, ax = plt.subplots(figsize=(7.5, 3.8))
    columns = [
        (1.4, 3.0, "$a_0$\n(1, 784)"),
        (4.0, 1.7, "$z_1,\\ a_1$\n(1, 32)"),
        (6.6, 1.7, "$z_2,\\ a_2$\n(1, 32)"),
    ]
    columns += [(9.2, 1.0, "$z_3,\\ s$\n(1, 10)"), (11.2, 0.35, "$L$\n()")]
    for x, height, text in columns:
        ax.add_patch(plt.Rectangle((x - 0.18, -height / 2), 0.36, height, color=BLUE, alpha=0.85))
        ax.text(x, 1.7, text, ha="center", va="bottom", fontsize=11)
    arrow = {"arrowstyle": "-|>", "lw": 1.6}
    words = [
        "$W_1$ (784, 32)\n$b_1$ (1, 32)",
        "$W_2$ (32, 32)\n$b_2$ (1, 32)",
        "$W_3$ (32, 10)\n$b_3$ (1, 10)",
        "$y$",
    ]
    for i, (left, right) in enumerate(zip(columns[:-1], columns[1:], strict=True)):
        ax.annotate("", (right[0] - 0.25, 0.12), (left[0] + 0.25, 0.12), arrowprops={**arrow, "color": BLUE})
        ax.annotate("", (left[0] + 0.25, -0.12), (right[0] - 0.25, -0.12), arrowprops={**arrow, "color": ORANGE})
        middle = (left[0] + right[0]) / 2
        ax.text(middle, 0.3, words[i], ha="center", va="bottom", fontsize=10, color=BLUE)
        if i < 3:
            blame = f"$\\partial L/\\partial W_{i + 1},\\ \\partial L/\\partial b_{i + 1}$"
            ax.text(middle, -0.3, blame, ha="center", va="top", fontsize=10, color=ORANGE)
            ax.text(right[0], -1.15, f"$\\partial L/\\partial z_{i + 1}$", ha="center", fontsize=11, color=ORANGE)
    ax.imshow(image, cmap="gray_r", extent=(-0.9, 0.9, -0.9, 0.9))
    ax.text(0, 1.7, "one image\n(28, 28)", ha="center", va="bottom", fontsize=11)
    ax.set(
        xlim=(-1.1, 11.8),
        ylim=(-1.6, 2.7),
        title="Forward in blue, backward in orange: which way do the numbers travel?",
    )
    ax.axis("off")
    show(
        "The layers as bars, from 784 pixels to ten probabilities and the loss; numbers travel to the right, gradients to the left."
    )


draw_network(x_train[0])

# %% [markdown] question="softmax" minutes=15 level=1 lines=2
# ## 1. Softmax: from scores to probabilities
#
# The last layer gives ten scores, $z_3$, one for each digit. Softmax turns them into ten probabilities which add up to 1:
#
# $$s_k = \frac{e^{z_k}}{\sum_{j=1}^{10} e^{z_j}}$$
#
# Adding the same number to all scores changes nothing: top and bottom of the fraction are multiplied by the same factor.
# Use that freedom. Choose the number such that the largest exponent is 0, and no exponential can overflow.
#
# Before you code: the scores 1, 2, 3 give the shares 0.09, 0.24, 0.67. What do 1001, 1002, 1003 give, and what 3, 6, 9?
#
# Hint: `nan` for large scores is infinity divided by infinity.
#
# Hint: Subtract before you take the exponential. Which number makes the largest exponent 0?
#
# Hint: A row of shape (1, 2) is one set of scores. If you sum along an axis, which one is it there?


# %% solution="softmax"
def softmax(x):
    """The softmax over all entries of x.

    Args:
        x: scores, an array of shape (n,) or (1, n). It stays as it is.

    Returns:
        probabilities in the shape of x; together they make 1.

    Example: softmax(np.array([1., 2., 3.])) is [0.0900, 0.2447, 0.6652].
    """
    ### BEGIN SOLUTION
    powers = np.exp(x - np.max(x))
    return powers / np.sum(powers)
    ### END SOLUTION


# %% check="softmax-value" points=1
three = np.array([1.0, 2.0, 3.0])
check_value(
    "softmax([1, 2, 3])",
    ask(softmax, three),
    [0.09003057317038046, 0.24472847105479764, 0.6652409557748218],
    known={
        "the scores themselves were divided by their sum: the exponentials are missing": [
            1 / 6,
            1 / 3,
            1 / 2,
        ],
        "the exponentials are not divided by their sum": [0.1353352832366127, 0.36787944117144233, 1.0],
        "each entry went through the sigmoid, which knows nothing of the others": [
            0.7310585786300049,
            0.8807970779778823,
            0.9525741268224334,
        ],
        "the sign of the exponent is the other way round": [
            0.6652409557748218,
            0.24472847105479764,
            0.09003057317038046,
        ],
    },
)
check_value(
    "softmax of a row",
    ask(softmax, np.array([[0.5, -1.0]])),
    [[0.8175744761936437, 0.18242552380635635]],
    hint="A row of shape (1, n) is one set of scores.",
)
check_kept(softmax, [three], [three[::-1]], "x", hint="`x -= ...` works on the caller's array: make a new one.")
### BEGIN HIDDEN TESTS
for shape in ((10,), (1, 10), (1, 4)):
    scores = default_rng(43).normal(0, 3, shape)
    kept = scores.copy()
    shares = np.array([1 / sum(np.exp(other - one) for other in kept.flat) for one in kept.flat]).reshape(shape)
    check_value(
        f"softmax of scores of shape {shape}", ask(softmax, scores), shares, hint="The sum goes over all entries."
    )
    check_kept(softmax, [scores], [scores[..., ::-1]], "x", hint="Make a new array instead.")
check_value("softmax([0, 0, 0, 0])", ask(softmax, np.zeros(4)), np.full(4, 0.25))
check_value(
    "softmax of scores that add up to 1",
    ask(softmax, np.array([0.5, 0.25, 0.25])),
    np.exp([0.5, 0.25, 0.25]) / np.sum(np.exp([0.5, 0.25, 0.25])),
    hint="Scores are no probabilities, whatever their sum is.",
)
check_value(
    "softmax([[0, 60, -3]]), where two shares are tiny",
    ask(softmax, np.array([[0.0, 60.0, -3.0]])),
    [[np.exp(-60.0), 1.0, np.exp(-63.0)]],
    hint="Small shares stay what they are.",
)
### END HIDDEN TESTS

# %% check="softmax-stable" points=1
large = np.array([1001.0, 1002.0, 1003.0])
check_value(
    "softmax([1001, 1002, 1003])",
    ask(softmax, large),
    [0.09003057317038046, 0.24472847105479764, 0.6652409557748218],
    hint="It should be the same as for [1, 2, 3]: what can you subtract from every score?",
)
warned = warning_of(softmax, large)
assert not warned, f"softmax([1001, 1002, 1003]) makes numpy warn: {warned}."
### BEGIN HIDDEN TESTS
check_value(
    "softmax([-1001, -1002])",
    ask(softmax, np.array([-1001.0, -1002.0])),
    [0.7310585786300049, 0.2689414213699951],
    hint="All scores are far below 0: is there an exponential left that is not 0?",
)
check_value(
    "softmax([[-900, 0, 900]])",
    ask(softmax, np.array([[-900.0, 0.0, 900.0]])),
    [[0.0, 0.0, 1.0]],
    atol=1e-300,
    hint="One score is far above the others.",
)
check_value(
    "softmax([1001, 2])",
    ask(softmax, np.array([1001.0, 2.0])),
    [1.0, 0.0],
    atol=1e-300,
    hint="Which score do you subtract?",
)
check_value(
    "softmax([3, 803, 800])",
    ask(softmax, np.array([3.0, 803.0, 800.0])),
    [0.0, 0.9525741268224333, 0.04742587317756678],
    atol=1e-300,
    hint="Which score do you subtract?",
)
### END HIDDEN TESTS

# %% [markdown] question="loss" minutes=20 level=2 lines=4
# ## 2. Labels and loss
#
# The label of an image is a whole number, such as 3. The network answers with ten probabilities.
# To compare them, we write the label as ten numbers as well: a 1 at the right place and 0 elsewhere. This is called **one-hot**.
#
# The loss is the **cross-entropy** between the two:
#
# $$L = -\sum_{k} y_k \,\log \hat y_k$$
#
# Since $y$ is 1 at one place only, $L$ is minus the logarithm of the probability that the network gives to the right digit.
# A sure and right answer costs 0. A guess, with 1/10 everywhere, costs $\log 10 = 2.303$.
#
# There is one catch. A probability can become so small that the computer stores 0, and $\log 0$ is minus infinity.
# Then $0 \cdot \log 0$ is `nan`, even at the places that should not count at all.
# So take the logarithm of no number below $10^{-300}$: treat every probability that is smaller as $10^{-300}$. Then no loss is above 690.8.
#
# Hint: `np.log` needs its help before it is called, not after.
#
# Hint: Leave alone what is large enough: adding something like 1e-12 to every probability also moves the losses that were right.
#
# Hint: `max` is an argument of `integer_to_one_hot`, so within that function it is a number and not Python's `max`. Numpy has a function for the larger of two numbers.


# %% solution="one-hot"
def integer_to_one_hot(x, max):
    """A whole number as a row of zeros with a single one.

    Args:
        x: which place gets the one, a whole number from 0 to max - 1.
        max: how many places there are.

    Returns:
        array of shape (max,).

    Example: integer_to_one_hot(3, 5) is [0, 0, 0, 1, 0].
    """
    ### BEGIN SOLUTION
    result = np.zeros(max)
    result[x] = 1
    return result
    ### END SOLUTION


# %% solution="cross-entropy"
def cross_entropy_loss(y, yHat):
    """How badly the probabilities yHat fit the one-hot label y.

    Args:
        y: one-hot label, shape (n,).
        yHat: probabilities, shape (n,) or (1, n). Those below 1e-300 count as 1e-300.
        Both stay as they are.

    Returns:
        the cross-entropy, one number (natural logarithm).

    Example: for y = [0, 0, 1] and yHat = [0.0900, 0.2447, 0.6652] it is 0.4076.
    """
    ### BEGIN SOLUTION
    return -np.sum(y * np.log(np.maximum(yHat, 1e-300)))
    ### END SOLUTION


# %% check="one-hot" points=1
check_value(
    "integer_to_one_hot(3, 10)",
    ask(integer_to_one_hot, 3, 10),
    [0, 0, 0, 1, 0, 0, 0, 0, 0, 0],
    known={
        "it counts from 1: the place 0 comes first": [0, 0, 1, 0, 0, 0, 0, 0, 0, 0],
        "all places up to x are filled": [1, 1, 1, 1, 0, 0, 0, 0, 0, 0],
        "x itself was stored where a 1 should stand": [0, 0, 0, 3, 0, 0, 0, 0, 0, 0],
    },
)
check_value(
    "integer_to_one_hot(3, 5)",
    ask(integer_to_one_hot, 3, 5),
    [0, 0, 0, 1, 0],
    hint="How many places there are is the second argument.",
)
### BEGIN HIDDEN TESTS
for x_value, places in ((0, 4), (11, 12), (9, 10), (np.uint8(2), 3)):
    check_value(
        f"integer_to_one_hot({x_value}, {places})",
        ask(integer_to_one_hot, x_value, places),
        np.eye(places)[int(x_value)],
        hint="How many places there are is the second argument.",
    )
check_works(integer_to_one_hot, [3, 5], [4, 5])
### END HIDDEN TESTS

# %% check="cross-entropy-value" points=1
target, shares = np.array([0.0, 0.0, 1.0]), np.array([0.1, 0.2, 0.7])
check_value(
    "cross_entropy_loss([0, 0, 1], [0.1, 0.2, 0.7])",
    ask(cross_entropy_loss, target, shares),
    0.35667494393873245,
    known={
        "the minus sign is missing": -0.35667494393873245,
        "the logarithm is not the natural one": 0.5145731728297583,
        "the sum was divided by the number of classes": 0.11889164797957748,
        "it is the squared error": 0.14,
        "it is the squared error, halved": 0.07,
        "the logarithms of all classes were added": 4.268697949366878,
        "the terms of the wrong classes, as in a yes-or-no problem, were added too": 0.685179010910894,
    },
)
check_value(
    "the loss of a guess among ten",
    ask(cross_entropy_loss, np.eye(10)[4], np.full((1, 10), 0.1)),
    2.302585092994046,
    hint="yHat may have the shape (1, 10).",
)
### BEGIN HIDDEN TESTS
for digit in (0, 6, 9):
    draws = default_rng(44 + digit).uniform(0.01, 1, (1, 10))
    shares = draws / draws.sum()
    for given in (shares, shares[0]):
        check_value(
            "the cross-entropy at other probabilities",
            ask(cross_entropy_loss, np.eye(10)[digit], given),
            np.log(1 / shares[0, digit]),
            hint="Only the class with a 1 in y counts.",
        )
check_value(
    "the loss at the probability 1e-250",
    ask(cross_entropy_loss, np.array([1.0, 0.0]), np.array([1e-250, 1.0])),
    575.6462732485115,
    hint="Only what lies below 1e-300 is raised to it: is something added to every probability?",
)
check_value(
    "the loss where no class has more than 0.0005",
    ask(cross_entropy_loss, np.eye(4)[2], np.full(4, 5e-4)),
    np.log(2000.0),
)
check_kept(
    cross_entropy_loss,
    [np.eye(3)[1], np.array([0.2, 0.3, 0.5])],
    [np.eye(3)[2], np.array([0.2, 0.3, 0.5])],
    "y yHat",
)
### END HIDDEN TESTS

# %% check="cross-entropy-zero" points=1
right, wrong = np.array([0.0, 1.0, 0.0]), np.array([0.0, 0.0, 1.0])
check_value(
    "the loss of a sure and right answer",
    ask(cross_entropy_loss, right, right),
    0.0,
    atol=1e-9,
    hint="0 times log(0) is nan.",
)
check_value(
    "the loss of a sure and wrong answer",
    ask(cross_entropy_loss, right, wrong),
    690.7755278982137,
    known={
        "the floor is 1e-15 instead of 1e-300": 34.538776394910684,
        "the floor is 1e-12 instead of 1e-300": 27.631021115928547,
        "the floor is 1e-10 instead of 1e-300": 23.025850929940457,
        "the floor is 1e-9 instead of 1e-300": 20.72326583694641,
        "the floor is 1e-8 instead of 1e-300": 18.420680743952367,
        "the floor is the smallest step at 1, not 1e-300": 36.04365338911715,
        "the wrong answer costs nothing: a logarithm of 0 was replaced by 0": 0.0,
    },
    hint="Probabilities below 1e-300 count as 1e-300.",
)
assert not warning_of(cross_entropy_loss, right, wrong), (
    "cross_entropy_loss makes numpy warn. The floor has to come before the logarithm."
)
### BEGIN HIDDEN TESTS
for shares in (
    np.array([[0.0, 1e-310, 1.0, 0.0]]),
    np.array([0.0, 1e-305, 0.4, 0.6]),
    np.array([1.0, 0.0, 0.0, 0.0]),
):
    check_value(
        "the loss where the right class has almost no probability",
        ask(cross_entropy_loss, np.eye(4)[1], shares),
        690.7755278982137,
        hint="Probabilities below 1e-300 count as 1e-300.",
    )
    assert not warning_of(cross_entropy_loss, np.eye(4)[1], shares), (
        "cross_entropy_loss makes numpy warn. The floor has to come before the logarithm."
    )
_, left = ask_and_look(cross_entropy_loss, right, np.array([0.0, 0.3, 0.7]))
assert same_data(left[1], np.array([0.0, 0.3, 0.7])), (
    "cross_entropy_loss changed the probabilities that it was given. Work on a copy."
)
for almost in (2.0**-20, 2.0**-34, 2.0**-50):
    check_value(
        "the loss of an answer that is right and almost sure",
        ask(cross_entropy_loss, right, np.array([0.0, 1 - almost, almost])),
        -np.log1p(-almost),
        hint="A small loss is no 0, and a probability near 1 stays what it is.",
    )
check_value(
    "the loss where a wrong class has the probability 0",
    ask(cross_entropy_loss, np.eye(3)[0], np.array([0.25, 0.75, 0.0])),
    1.3862943611198906,
    hint="0 times log(0) is nan.",
)
### END HIDDEN TESTS

# %% [markdown]
# **Look:** the loss for every probability that the right digit can get. Being sure and wrong is expensive, being sure and right is free.
# The inset has a logarithmic axis and shows your floor at $10^{-300}$.

# %%
# @title Picture: what does a wrong answer cost?
shares = np.linspace(0.001, 1, 400)
tiny = 10.0 ** np.arange(-320, 0, 4)
figure, ax = plt.subplots(figsize=(7, 3.6))
ax.plot(
    shares,
    [cross_entropy_loss(np.array([1.0, 0.0]), np.array([p, 1 - p])) for p in shares],
    color=BLUE,
    lw=2,
    label="your loss",
)
ax.plot(0.1, np.log(10), "o", color=ORANGE, label="guessing among ten: 2.303")
ax.set(xlabel="probability of the right digit", ylabel="loss", title="What does a wrong answer cost?")
ax.legend(loc="upper left", bbox_to_anchor=(0.06, 1.0), fontsize=8)
inset = ax.inset_axes((0.5, 0.42, 0.46, 0.5))
inset.semilogx(tiny, [cross_entropy_loss(np.array([1.0, 0.0]), np.array([p, 1.0])) for p in tiny], color=BLUE)
inset.set_xticks([1e-300, 1e-200, 1e-100, 1])
inset.tick_params(labelsize=8)
show("The loss against the probability of the right digit: 0 at 1, 2.303 at 0.1, and steeply up towards 0.")

# %% [markdown] question="initialize" minutes=20 level=2 lines=5
# ## 3. Where to start
#
# If all weights started equal, all units of a layer would compute the same, get the same gradient, and stay equal for ever.
# So the weights start at random. How large should they be?
# A unit adds up $n$ inputs. If each weight has the variance $1/n$, the sum has about the size of one input, whatever $n$ is: not so small that the signal dies, not so large that the sigmoid is flat.
#
# For a layer with $n_\text{in}$ inputs and $n_\text{out}$ outputs, draw each weight from a normal distribution with
#
# $$\text{mean } 0, \qquad \text{variance } \frac{1}{\max(n_\text{in},\, n_\text{out})}.$$
#
# Mind that `rng.normal` wants the standard deviation, which is the square root of the variance. The biases start at 0.
#
# The function gets a random generator. Draw from that one, and from no other:
# then the same seed gives the same network, and you and your neighbour can compare.
# Draw the layers in order, the first layer first, each in one call with the shape $(n_\text{in}, n_\text{out})$.
#
# The cell after the checks makes your network, with the seed 80085.
#
# Hint: Another network each time? `np.random.normal` is not `rng.normal`.
#
# Hint: All numbers right in kind but too small: did you hand over the variance where the standard deviation is wanted?
#
# Hint: The right numbers in the wrong places: draw with the shape (n_in, n_out), no transposing.


# %% solution="initialize"
def initialize_parameters(rng):
    """Random weights and zero biases for the network 784-32-32-10.

    Args:
        rng: a numpy random generator, for example default_rng(80085).

    Returns:
        weights, biases: a list of three arrays of shapes (784, 32), (32, 32), (32, 10),
        and a list of three arrays of shapes (1, 32), (1, 32), (1, 10).

    Example: with default_rng(80085), weights[0][0, 0] is -0.0083, and every bias is 0.
    """
    ### BEGIN SOLUTION
    weights = []
    biases = []
    for n_in, n_out in [(784, 32), (32, 32), (32, 10)]:
        weights.append(rng.normal(0, 1 / np.sqrt(max(n_in, n_out)), (n_in, n_out)))
        biases.append(np.zeros((1, n_out)))
    return weights, biases
    ### END SOLUTION


# %% check="initialize-weights" points=2
start_weights, start_biases = ask(initialize_parameters, made_beside("fresh_generator", 80085))
assert isinstance(start_weights, list) and len(start_weights) == 3, (
    "initialize_parameters should return two lists, and the first should hold three arrays."
)
shapes = [np.shape(w) for w in start_weights]
assert shapes == [(784, 32), (32, 32), (32, 10)], (
    f"The shapes should be (784, 32), (32, 32), (32, 10): inputs first, outputs second. Yours are {shapes}."
)
for i, first_three in enumerate(
    (
        [-0.00826663086, 0.0174025085, -0.0115512164],
        [0.204110407, 0.165736583, -0.0117831384],
        [0.0666785198, -0.123056055, 0.188647505],
    )
):
    n = LAYERS[i]
    check_value(
        f"the start of weights[{i}]",
        start_weights[i][0, :3],
        first_three,
        rtol=1e-6,
        known={
            "the variance was used as the standard deviation: take its square root": np.array(first_three) / n**0.5,
            "the weights are not scaled: their variance is 1": np.array(first_three) * n**0.5,
            "the smaller of the two sizes was taken": np.array(first_three)
            * (n / min(LAYERS[i], LAYERS[i + 1])) ** 0.5,
            "n_in and n_out were added": np.array(first_three) * (n / (LAYERS[i] + LAYERS[i + 1])) ** 0.5,
            "the variance is 2/n": np.array(first_three) * 2**0.5,
        },
        hint="Is it drawn from the generator `rng`, in one call for each layer, the first layer first?",
    )
### BEGIN HIDDEN TESTS
for seed in (7, 2024):
    start_weights, start_biases = ask(initialize_parameters, made_beside("fresh_generator", seed))
    expected = default_rng(seed)
    for i, (rows, columns, size) in enumerate(((784, 32, 28.0), (32, 32, 32**0.5), (32, 10, 32**0.5))):
        check_value(
            f"weights[{i}] from another generator",
            start_weights[i],
            expected.standard_normal((rows, columns)) / size,
            hint="Is it drawn from the generator `rng`, in one call for each layer, the first layer first?",
        )
moved = ask(beside(moved_in_place), initialize_parameters, 2024)
for i in range(3):
    assert moved != i, f"weights[{i}] cannot be changed in place: make an array of its own."
    if isinstance(moved, list):
        check_value(
            f"weights[{i}] after a step in place",
            moved[0][i],
            start_weights[i] + 0.5 * (i + 1),
            hint="Do two of the arrays share their memory? Make each of its own.",
        )
### END HIDDEN TESTS

# %% check="initialize-biases" points=1
start_weights, start_biases = ask(initialize_parameters, made_beside("fresh_generator", 80085))
assert isinstance(start_biases, list) and len(start_biases) == 3, (
    "The second list should hold three arrays, one for each layer."
)
for i, n in enumerate((32, 32, 10)):
    check_value(
        f"biases[{i}]",
        start_biases[i],
        np.zeros((1, n)),
        hint=f"It should be a row of zeros, of shape (1, {n}).",
    )
other_weights, _ = ask(initialize_parameters, made_beside("fresh_generator", 80086))
assert np.all(np.isfinite(start_weights[1])) and np.any(start_weights[1] != other_weights[1]), (
    "This waits for the weights: they are the same for every generator, or not finite."
)
### BEGIN HIDDEN TESTS
start_weights, start_biases = ask(initialize_parameters, made_beside("fresh_generator", 3))
assert [np.asarray(b).dtype.kind for b in start_biases] == ["f"] * 3, (
    "The biases should be floats: whole numbers cannot learn."
)
assert all(np.asarray(b).dtype.itemsize > 4 for b in start_biases), (
    "The biases are kept in numbers of 32 bits or less. Take float64."
)
assert [np.shape(b) for b in start_biases] == [(1, 32), (1, 32), (1, 10)], (
    "The biases should be rows of shapes (1, 32), (1, 32), (1, 10)."
)
moved = ask(beside(moved_in_place), initialize_parameters, 3)
for i, n in enumerate((32, 32, 10)):
    assert moved != 3 + i, f"biases[{i}] cannot be changed in place: make an array of its own."
    if isinstance(moved, list):
        check_value(
            f"biases[{i}] after a step in place",
            moved[1][i],
            np.full((1, n), 0.5 * (4 + i)),
            hint="Do two of the arrays share their memory? Make each of its own.",
        )
### END HIDDEN TESTS

# %% check="initialize-generator" points=1
first, second, other = (ask(initialize_parameters, made_beside("fresh_generator", seed))[0][1] for seed in (5, 5, 6))
assert np.array_equal(first, second), "The same seed gave two different networks. Draw from `rng`, not from np.random."
assert not np.array_equal(first, other), (
    "Two different seeds gave the same network. Draw from `rng`, and make no generator of your own."
)
### BEGIN HIDDEN TESTS
same = made_beside("fresh_generator", 8)
one, two = ask(initialize_parameters, same)[0][2], ask(initialize_parameters, same)[0][2]
assert not np.array_equal(one, two), "Two networks from one generator should differ: do not restart the generator."
assert not np.array_equal(ask(initialize_parameters, made_beside("fresh_generator", 9))[0][2], one), (
    "Two different seeds gave the same network. Use the generator that the function is given."
)
ask(beside(moved_in_place), initialize_parameters, 5)
assert np.array_equal(ask(initialize_parameters, made_beside("fresh_generator", 5))[0][1], first), (
    "A new network is another after an earlier one was changed in place. Make new arrays each time."
)
### END HIDDEN TESTS

# %%
weights, biases = initialize_parameters(default_rng(80085))

# %% [markdown] question="forward" minutes=35 level=2 lines=8
# ## 4. One image through the network
#
# Now send one image through. Lay its pixels out as a row $a_0$ of shape (1, 784), and go layer by layer as in the table above:
#
# $$z_1 = a_0 W_1 + b_1 \;(1, 32) \qquad a_1 = \sigma(z_1) \;(1, 32)$$
# $$z_2 = a_1 W_2 + b_2 \;(1, 32) \qquad a_2 = \sigma(z_2) \;(1, 32)$$
# $$z_3 = a_2 W_3 + b_3 \;(1, 10) \qquad s = \mathrm{softmax}(z_3) \;(1, 10)$$
#
# Return two things: the cross-entropy loss $L$ against the label, and the network's guess as a one-hot array.
# The guess is the most likely digit, right or wrong.
#
# The function only looks. After it, `weights` and `biases` are what they were before.
# (One call to be careful with: `np.dot(a, W, b)` does **not** add `b`. Its third argument is the array that the result is written into.)
#
# The checks lend your function small practice networks of their own, so that they do not depend on yours.
#
# Hint: `shapes not aligned`? Write the shapes beside the product: (1, 784) times (784, 32) gives (1, 32).
#
# Hint: A loss that is right without biases and wrong with them: print one `z` with and without its bias.
#
# Hint: The guess comes from the probabilities, the loss from the label. They meet nowhere else. And the last layer has no sigmoid.


# %% solution="feed-forward-sample"
def feed_forward_sample(sample, y):
    """Send one image through the network that is in `weights` and `biases`.

    Args:
        sample: the image, an array with 784 pixels: shape (28, 28), (784,) or (1, 784). Use it as it comes;
            it stays as it is, and so do weights and biases.
        y: its label, a whole number from 0 to 9.

    Returns:
        loss: the cross-entropy, one number.
        one_hot_guess: shape (10,), a 1 at the most likely digit and 0 elsewhere.

    Example: for the practice image and network of the check, and y = 4, the loss is 1.284 and the guess is 9.
    """
    ### BEGIN SOLUTION
    a0 = np.reshape(sample, (1, 784))
    a1 = sigmoid(a0 @ weights[0] + biases[0])
    a2 = sigmoid(a1 @ weights[1] + biases[1])
    s = softmax(a2 @ weights[2] + biases[2])
    loss = cross_entropy_loss(integer_to_one_hot(y, 10), s)
    one_hot_guess = integer_to_one_hot(np.argmax(s), 10)
    return loss, one_hot_guess
    ### END SOLUTION


# %% check="feed-forward-sample-loss" points=3
with notebook_with(**lent(practice_network(3)), **ALONE):
    practice_loss = ask(feed_forward_sample, practice_image(3), 4)[0]
check_value(
    "the loss of the practice image with label 4",
    practice_loss,
    1.2841913091616048,
    known={
        "it is the loss against the network's own guess, not against the label y": 0.9145245513431094,
        "the pixels were scaled here: use the sample as it comes": 1.153789349588676,
        "the label was taken one too low": 2.8237605512563824,
        "the label was taken one too high": 5.114729485806883,
        "a sigmoid was put on the last layer too": 1.9470122973572888,
        "the second hidden layer is not bent: a sigmoid is missing": 9.898623459316779,
        "the first hidden layer is not bent: a sigmoid is missing": 1.5449096238308562,
        "neither hidden layer is bent: the sigmoids are missing": 47.44065057094897,
    },
    hint="Go through the layers one by one: shapes (1, 32), (1, 32), (1, 10).",
)
### BEGIN HIDDEN TESTS
for seed, digit, shape in ((1, 0, (784,)), (2, 6, (1, 784)), (6, 9, (28, 28))):
    net, picture = practice_network(seed), practice_image(seed)
    row = picture.ravel()
    for layer in (0, 1):
        row = 0.5 + 0.5 * np.tanh(0.5 * np.einsum("i,ij->j", row, net[0][layer]))
    scores = np.einsum("i,ij->j", row, net[0][2])
    with notebook_with(**lent(net), **ALONE):
        got = ask(feed_forward_sample, picture.reshape(shape), np.uint8(digit))[0]
    check_value(
        f"the loss of another practice image, of shape {shape}",
        got,
        np.log(np.exp(scores - scores[digit]).sum()),
        hint="Does it use its arguments, and the `weights` that the notebook has at the moment?",
    )
# A black image, and one so bright, through weights so large, that sigmoids are flat.
for seed, digit, light, factor in ((5, 3, 0.0, 1.0), (7, 8, 25.0, 9.0)):
    net, picture = practice_network(seed), light * practice_image(seed)
    net = [net[0][0], factor * net[0][1], net[0][2]], net[1]
    with notebook_with(**lent(net), **ALONE):
        got = ask(feed_forward_sample, picture, digit)[0]
    check_value("the loss of a black or a very bright image", got, course_loss(picture, digit, net)[0])
# Ink in the corners, as bright as a pixel can be.
net, picture = practice_network(11), 100 * practice_image(11)
picture[0, 0] = picture[27, 27] = 255
net = [net[0][0] / 100, *net[0][1:]], net[1]
with notebook_with(**lent(net), **ALONE):
    got = ask(feed_forward_sample, picture, 2)[0]
check_value(
    "the loss of an image with ink in its corners", got, course_loss(picture, 2, net)[0], hint="Every pixel counts."
)
# Scores far apart: the loss is large, or tiny.
for digit, far in ((4, 300.0), (6, 300.0), (6, 9.0), (6, 16.0), (6, 20.0)):
    net = far_scores(5, np.eye(10)[6] * far)
    with notebook_with(**lent(net), **ALONE):
        got = ask(feed_forward_sample, practice_image(5), digit)[0]
    check_value(
        "the loss where one score is far above the others",
        got,
        np.log1p(9 * np.exp(-far)) + far * (digit != 6),
        atol=1e-13,
        hint="A loss may be of any size, large or small.",
    )
### END HIDDEN TESTS

# %% check="feed-forward-sample-guess" points=1
with notebook_with(**lent(practice_network(3)), **ALONE):
    practice_guess, of_another_label = (ask(feed_forward_sample, practice_image(3), label)[1] for label in (4, 7))
check_value(
    "the guess for the practice image",
    practice_guess,
    np.eye(10)[9],
    known={
        "it is the label and not the guess": np.where(same_data(practice_guess, of_another_label), -1, np.eye(10)[4]),
        "it is the least likely digit": np.eye(10)[2],
        "these are the probabilities: make the largest 1 and the others 0": [
            0.01332270510486912,
            0.0162586633402304,
            0.00577982091627442,
            0.05938221244442238,
            0.27687439891087845,
            0.0060076027564435,
            0.03919237655551931,
            0.0158383906115466,
            0.16663673290120756,
            0.4007070964586083,
        ],
    },
    hint="It is one-hot, of shape (10,), with the 1 at the most likely digit.",
)
### BEGIN HIDDEN TESTS
for seed, best in ((1, 6), (2, 1), (5, 5), (8, 8)):
    with notebook_with(**lent(practice_network(seed)), **ALONE):
        check_value(
            "the guess for another practice image",
            ask(feed_forward_sample, practice_image(seed), 3)[1],
            np.eye(10)[best],
            hint="It should be the most likely digit, whatever the label says.",
        )
# Two digits are likely, and the label is the second of them.
net = far_scores(5, 9 * np.eye(10)[3] + 8.9 * np.eye(10)[8])
with notebook_with(**lent(net), **ALONE):
    check_value(
        "the guess where the label is nearly as likely as another digit",
        ask(feed_forward_sample, practice_image(5), 8)[1],
        np.eye(10)[3],
        hint="It should be the most likely digit, whatever the label says.",
    )
### END HIDDEN TESTS

# %% check="feed-forward-sample-biases" points=2
with notebook_with(**lent(practice_network(3, biased=True)), **ALONE):
    biased_loss = ask(feed_forward_sample, practice_image(3), 4)[0]
check_value(
    "the loss of a network with biases that are not 0",
    biased_loss,
    1.5298624258793165,
    known={
        "the biases have no effect: np.dot(a, W, b) does not add b": 1.2841913091616048,
        "biases[0] is left out": 1.8685319551909394,
        "biases[1] is left out": 1.723145152548837,
        "biases[2] is left out": 0.8464055145423492,
        "the bias is added after the sigmoid and not before": 2.6068119788919493,
        "biases[0] was added in the second layer too": 2.642373910404422,
        "the first two biases are swapped": 2.800214262025027,
        "the biases are subtracted": 1.4611013786566605,
    },
    hint="Each layer adds its own bias before it bends.",
)
### BEGIN HIDDEN TESTS
for seed, digit in ((5, 3), (7, 8)):
    net, picture = practice_network(seed, biased=True), practice_image(seed)
    for layer in (None, 0, 1, 2):
        alone = (net[0], [b if layer in (None, i) else 0 * b for i, b in enumerate(net[1])])
        row = picture.ravel()
        for i in (0, 1):
            row = 0.5 + 0.5 * np.tanh(0.5 * (row @ net[0][i] + alone[1][i][0]))
        scores = row @ net[0][2] + alone[1][2][0]
        with notebook_with(**lent(alone), **ALONE):
            got = ask(feed_forward_sample, picture, digit)[0]
        which = "all biases" if layer is None else f"only biases[{layer}]"
        check_value(
            f"the loss of a network where {which} can differ from 0",
            got,
            np.log(np.exp(scores - scores[digit]).sum()),
            hint="Each layer adds its own bias before it bends.",
        )
### END HIDDEN TESTS

# %% check="feed-forward-sample-unchanged" points=1
net, picture = practice_network(5, biased=True), practice_image(5)
with notebook_with(**lent(net), **ALONE):
    ask(feed_forward_sample, picture, 3)
    weights_after, biases_after = read_back("weights"), read_back("biases")
for i in range(3):
    assert np.array_equal(biases_after[i], net[1][i]), (
        f"biases[{i}] is another after feed_forward_sample. In np.dot(a, W, b) the result is written into b."
    )
    assert np.array_equal(weights_after[i], net[0][i]), (
        f"weights[{i}] is another after feed_forward_sample. Looking should change nothing."
    )
with notebook_with(**lent(net), **ALONE):
    check_kept(feed_forward_sample, [picture, 3], [practice_image(6), 3], "sample y")
### BEGIN HIDDEN TESTS
net, picture = practice_network(6, biased=True), 10 * practice_image(6)
with notebook_with(**lent(net), **ALONE):
    losses = [ask(feed_forward_sample, picture, digit)[0] for digit in (1, 2, 1, 2)]
    check_kept(feed_forward_sample, [picture, 1], [practice_image(5), 1], "sample y")
    weights_after, biases_after = read_back("weights"), read_back("biases")
assert losses[:2] == losses[2:], (
    "feed_forward_sample gives another loss when it is called again with the same image and label."
)
assert all(
    np.array_equal(now, before) for now, before in zip(weights_after + biases_after, net[0] + net[1], strict=True)
), "weights or biases are others after feed_forward_sample. Looking should change nothing."
### END HIDDEN TESTS

# %% [markdown] question="dataset" minutes=15 level=1 lines=5
# ## 5. How good is the network?
#
# One image says little. Send a whole data set through, one image after the other, and keep two numbers:
#
# - the **average loss**, the mean of the losses of all $N$ images;
# - the **accuracy**, the share of images whose guess is right, between 0 and 1.
#
# The end of the function is written for you: `print_scores` prints both and returns them. You provide `average_loss` and `correct`, the number of right guesses.
#
# Hint: Use the arguments `x` and `y`. The variables `x_test` and `y_test` are another data set.
#
# Hint: `one_hot_guess[y[i]]` is 1 or 0: what does that tell you?
#
# Hint: Divide by the number of images you were given, not by 10, 1000 or 10000.


# %% solution="feed-forward-dataset"
def feed_forward_dataset(x, y):
    """Send all images of a data set through the network; print and return how well it does.

    Args:
        x: images, shape (N, 28, 28).
        y: their labels, shape (N,).

    Returns:
        average_loss: the mean of the losses, one number.
        accuracy: the share of right guesses, one number from 0 to 1.

    Example: if the losses of two images are 0.2 and 1.0, and only the first guess is right, it returns (0.6, 0.5).
    """
    ### BEGIN SOLUTION
    losses = []
    correct = 0
    for image, label in zip(x, y, strict=True):
        loss, one_hot_guess = feed_forward_sample(image, label)
        losses.append(loss)
        correct += int(one_hot_guess[label])
    average_loss = np.mean(losses)
    ### END SOLUTION
    return print_scores(average_loss, correct, len(x))


# %% check="feed-forward-dataset-loss" points=1
pictures, digits = (
    np.array([practice_image(seed) for seed in (2, 1, 3, 4, 5)]),
    np.array([1, 6, 4, 1, 8], dtype=np.uint8),
)
net = practice_network(3)
losses = [course_loss(*pair, net)[0] for pair in zip(pictures, digits, strict=True)]
with notebook_with(**lent(net), **ALONE, feed_forward_sample=course_sample), quiet():
    got = ask(feed_forward_dataset, pictures, digits)
assert isinstance(got, tuple | list) and len(got) == 2, (
    "feed_forward_dataset should return two numbers: return average_loss, accuracy."
)
check_value(
    "the average loss of five practice images",
    got[0],
    sum(losses) / 5,
    known={
        "it is the sum of the losses and not their mean": sum(losses),
        "it is the loss of the last image": losses[-1],
        "it is the loss of the first image": losses[0],
        "it is the sum of the losses divided by 10": sum(losses) / 10,
        "the first image is left out of the sum": sum(losses[1:]) / 5,
        "the last image is left out of the sum": sum(losses[:-1]) / 5,
        "only the first and the last image were averaged": (losses[0] + losses[-1]) / 2,
        "it is the median": float(np.median(losses)),
        "the average was rounded: round only what you print": round(sum(losses) / 5, 2),
    },
)
### BEGIN HIDDEN TESTS
for seed, count in ((7, 1), (8, 3), (9, 12)):
    pictures, digits = np.array([practice_image(30 + i) for i in range(count)]), np.arange(count) * 7 % 10
    net = practice_network(seed, biased=True)
    losses = [course_loss(*pair, net)[0] for pair in zip(pictures, digits, strict=True)]
    with notebook_with(**lent(net), **ALONE, feed_forward_sample=course_sample), quiet():
        got = ask(feed_forward_dataset, pictures, digits)
    check_value(
        f"the average loss of {count} images",
        got[0],
        np.mean(losses),
        hint="Does it go through the images that it is given, and divide by how many there are?",
    )
# Black images; and a network that is sure of 3, which is right for the first two images.
net = practice_network(3)
sure = net[0], [*net[1][:2], 300.0 * np.eye(10)[[3]]]
for network, pictures, digits in (
    (practice_network(5, biased=True), np.zeros((2, 28, 28)), np.array([3, 8])),
    (sure, np.array([practice_image(70 + i) for i in range(4)]), np.array([3, 3, 5, 3])),
):
    losses = [course_loss(*pair, network)[0] for pair in zip(pictures, digits, strict=True)]
    with notebook_with(**lent(network), **ALONE, feed_forward_sample=course_sample), quiet():
        got, (left, labels) = ask_and_look(feed_forward_dataset, pictures, digits)
    check_value(
        "the average loss of other images", got[0], np.mean(losses), hint="Every image counts, also a black one."
    )
    assert same_data(left, pictures) and same_data(labels, digits), "feed_forward_dataset changed what it was given."
# Many images, of which the last ones are others.
net = practice_network(5, biased=True)
pictures, digits = np.zeros((4200, 28, 28), dtype=np.uint8), np.full(4200, 3)
pictures[-9:] = 100 * practice_image(5)
losses = [course_loss(picture, 3, net)[0] for picture in (pictures[0], pictures[-1])]
with notebook_with(**lent(net), **ALONE, feed_forward_sample=course_glance), quiet():
    got = ask(feed_forward_dataset, pictures, digits)
check_value(
    "the average loss of 4,200 images",
    got[0],
    (4191 * losses[0] + 9 * losses[1]) / 4200,
    hint="Does it go through all of the images that it is given?",
)
### END HIDDEN TESTS

# %% check="feed-forward-dataset-accuracy" points=1
pictures, digits = (
    np.array([practice_image(seed) for seed in range(1, 6)]),
    np.array([8, 2, 9, 9, 0], dtype=np.uint8),
)
net = practice_network(3)
hits = sum(course_loss(*pair, net)[1] == pair[1] for pair in zip(pictures, digits, strict=True))
with notebook_with(**lent(net), **ALONE, feed_forward_sample=course_sample), quiet():
    got = ask(feed_forward_dataset, pictures, digits)
assert isinstance(got, tuple | list) and len(got) == 2, (
    "feed_forward_dataset should return two numbers: return average_loss, accuracy."
)
check_value(
    "the accuracy on five practice images",
    got[1],
    hits / 5,
    known={
        "it is the number of right guesses and not their share": hits,
        "it is in percent: give a share between 0 and 1": 20 * hits,
        "it is the share of wrong guesses": 1 - hits / 5,
        "the number of right guesses was divided by 10": hits / 10,
    },
    hint="A guess is right where its 1 stands at the place of the label.",
)
### BEGIN HIDDEN TESTS
for seed, count in ((4, 8), (5, 3), (5, 20)):
    pictures = np.array([practice_image(60 + i) for i in range(count)])
    net = practice_network(seed)
    likely = [course_loss(picture, 0, net)[1] for picture in pictures]
    digits = np.array([digit if i % 3 else (digit + 1) % 10 for i, digit in enumerate(likely)])
    with notebook_with(**lent(net), **ALONE, feed_forward_sample=course_sample), quiet():
        got = ask(feed_forward_dataset, pictures, digits)
    check_value(
        f"the accuracy on {count} images",
        got[1],
        np.mean(digits == likely),
        hint="A guess is right where its 1 stands at the place of the label.",
    )
### END HIDDEN TESTS


# %%
def feed_forward_training_data():
    print("Feeding forward all training data...")
    return feed_forward_dataset(x_train, y_train)


def feed_forward_test_data():
    print("Feeding forward all test data...")
    return feed_forward_dataset(x_test, y_test)


untrained = feed_forward_test_data()

# %% [markdown]
# About one in ten is right, which is what guessing gives: on the course's 1,000 test images 88 are right and the average loss is 2.38.
#
# **Look:** the accuracy for each digit alone. Is the network fair to all ten digits? What does it seem to do with every image?

# %%
# @title Picture: which digits does the untrained network get right?
by_digit = []
for digit in range(10):
    with quiet():
        by_digit.append(feed_forward_dataset(x_test[y_test == digit], y_test[y_test == digit])[1])
figure, ax = plt.subplots(figsize=(7, 3))
ax.bar(range(10), by_digit, color=BLUE)
ax.axhline(0.1, color=ORANGE, label="guessing: 0.1")
ax.set(
    xticks=range(10),
    ylim=(0, 1),
    xlabel="digit",
    ylabel="accuracy",
    title="Which digits does the untrained network get right?",
)
ax.legend()
show(f"Accuracy of the untrained network for each digit: {np.round(by_digit, 2).tolist()}.")

# %% [markdown] hunt="dataset_last_loss"
# **Bug hunt.** These lines of a `feed_forward_dataset` pass the eye. Which one is wrong, and for which data sets is it right by accident?
#
# ```python
# for i in range(len(x)):
#     loss, guess = feed_forward_sample(x[i], y[i])
#     losses.append(loss)
#     correct += int(guess[y[i]])
# average_loss = loss
# ```
#
# <details><summary>The answer</summary>
#
# The last one: it returns the loss of the last image, and the list `losses` is never used.
# For a data set of one image it is right. Python does not mind, because `loss` still exists after the loop.
#
# </details>
#
# Stretch: Which two digits does the untrained network mix up least often, and is that luck?

# %% [markdown] question="softmax-gradient" minutes=35 level=3
# ## 6. The gradient at the output
#
# Backpropagation starts at the loss. Its first step goes through two functions at once, the cross-entropy and the softmax.
# Each alone has an ugly derivative: $-1/s_k$ for one, a full 10 by 10 matrix for the other. Together they are as simple as can be:
#
# $$\frac{\partial L}{\partial z_3} = s - y \qquad (1, 10)$$
#
# Probability minus truth. The right digit gets a number below 0, all others above 0, and the ten add up to 0.
#
# **Show this.** Write $z$ for $z_3$ and let $t$ be the right digit.
#
# 1. Write $L$ as a function of the scores $z_1, \dots, z_{10}$ alone, and simplify the logarithm.
# 2. Take the derivative with respect to $z_t$, then with respect to a $z_k$ with $k \ne t$.
# 3. Put both cases into one line with $y$.
# 4. Say in one or two sentences why a program should compute $s - y$ directly, and not $-1/s_t$ times the derivative of the softmax. Think of $s_t = 0$.
#
# You can type formulas between dollar signs, or plain text such as `dL/dz_k = ...`.
#
# Hint: A logarithm of a fraction is a difference of two logarithms.
#
# Hint: The derivative of $\log u$ is $1/u$ times that of $u$. Which of the ten exponentials depend on $z_k$?
#
# Hint: For $k = t$ there is one term more than for the others.

# %% [markdown] written="softmax-gradient" points=5
# ### BEGIN SOLUTION
# 1. With $s_t = e^{z_t} / \sum_j e^{z_j}$ the loss is
# $$L = -\log s_t = -z_t + \log \sum_j e^{z_j}.$$
# 2. The derivative of $\log \sum_j e^{z_j}$ with respect to $z_k$ is $e^{z_k} / \sum_j e^{z_j} = s_k$, by the chain rule. So
# $$\frac{\partial L}{\partial z_t} = -1 + s_t, \qquad \frac{\partial L}{\partial z_k} = s_k \quad (k \ne t).$$
# 3. Since $y_t = 1$ and all other $y_k = 0$, both are $\partial L / \partial z_k = s_k - y_k$.
# 4. When the network is sure of a wrong digit, $s_t$ can be so small that the computer stores 0. Then $-1/s_t$ is a division by zero, and infinity times the slope of the softmax, which is 0 there, gives nan. $s - y$ is then simply $-1$ at the right digit: finite, and as large as it should be.
# ### END SOLUTION

# %% [markdown] marking="softmax-gradient"
# **How this is marked:** one point for the loss in terms of the scores, two for the two cases of the derivative, one for the common line, one for the reason in step 4.
#
# ### BEGIN MARK SCHEME
# | points | for |
# |---|---|
# | 1 | $L = -z_t + \log \sum_j e^{z_j}$ (or $-\log$ of the fraction, if the derivative is then right) |
# | 1 | the case $k = t$: $s_t - 1$, with its reason |
# | 1 | the case $k \ne t$: $s_k$, with its reason |
# | 1 | one line: $s_k - y_k$, and why $y$ fits both cases |
# | 1 | step 4: division by zero (or log of zero, overflow, nan) at $s_t = 0$, while $s - y$ stays finite |
#
# A derivation through the matrix $\partial s_k / \partial z_j = s_k(\delta_{kj} - s_j)$ earns full marks when it is carried to the end.
# Only quoting the result: 0 of the first four. A sign slip that is carried on consistently: minus 1, once.
# ### END MARK SCHEME

# %% [markdown] question="backward" minutes=75 level=3 lines=18
# ## 7. Backpropagation
#
# This is the heart of the notebook. One image goes forward, the blame for the loss goes backward, and every weight moves a little.
#
# **Forward.** As in question 4, but keep $z_1, a_1, z_2, a_2, s$: the way back needs them.
#
# **Backward.** Start with $\partial L/\partial z_3 = s - y$. From there, each layer asks two things.
#
# *What does the loss want from my own weights?* The score $z_3 = a_2 W_3 + b_3$ is a sum of products, so
#
# $$\underbrace{\frac{\partial L}{\partial W_3}}_{(32,\,10)} = \underbrace{a_2^{\mathsf T}}_{(32,\,1)}\;\underbrace{\frac{\partial L}{\partial z_3}}_{(1,\,10)} \qquad\qquad \underbrace{\frac{\partial L}{\partial b_3}}_{(1,\,10)} = \underbrace{\frac{\partial L}{\partial z_3}}_{(1,\,10)}$$
#
# *What shall I tell the layer before me?* The blame travels back along the same weights, and through the sigmoid:
#
# $$\underbrace{\frac{\partial L}{\partial z_2}}_{(1,\,32)} = \Bigl(\underbrace{\frac{\partial L}{\partial z_3}}_{(1,\,10)}\;\underbrace{W_3^{\mathsf T}}_{(10,\,32)}\Bigr) \odot \underbrace{\sigma'(z_2)}_{(1,\,32)}$$
#
# The circle $\odot$ multiplies entry by entry. Then the middle layer asks the same two things, and the first layer asks only the first one.
# Write those two layers down yourself before you code: replace each index by the one below it.
#
# Every gradient has the shape of what it belongs to. That finds most mistakes, but not here: $W_2$ is square, so a forgotten transpose **fits**.
#
# **Update.** When all six gradients are there, and not before, move against them with the learning rate $\eta$:
#
# $$W_k \leftarrow W_k - \eta\, \frac{\partial L}{\partial W_k} \qquad\qquad b_k \leftarrow b_k - \eta\, \frac{\partial L}{\partial b_k}$$
#
# Change the entries of the lists `weights` and `biases`. The function needs to return nothing.
#
# Each check lends your function a practice network, lets it make one tiny step and looks at what moved: change divided by rate is your gradient.
# They come in the order in which the blame travels. A slip makes everything after it wrong as well, so **mend the first one that fails**.
# The last one takes large steps: if the rate is twice as large, everything moves exactly twice as far,
# unless a weight is updated while the others still need its old value.
#
# Hint: Do all six have the wrong sign? Then you walk uphill. Does only the rate fail? Look for an update between two gradients.
#
# Hint: `dsigmoid` wants $z$. With the activation in its place the result is off by a few per cent to a half, and the network still learns somehow.
#
# Hint: Only 'db1' and 'dw1' fail: a transpose that fits although it is wrong, or the slope of the wrong layer.
# In a loop over $i = 2, 1, 0$ that computes and updates in one go: which of the two needs the old weights?


# %% solution="train-one-sample"
def train_one_sample(sample, y, learning_rate=0.003):
    """One step of gradient descent on one image: changes `weights` and `biases`.

    Args:
        sample: the image, an array with 784 pixels: shape (28, 28), (784,) or (1, 784). Use it as it comes.
        y: its label, a whole number from 0 to 9.
        learning_rate: how far to go, a positive number.

    Example: for the practice image and network of the checks, and y = 4, the gradient of the last bias
    begins with 0.0133, 0.0163, and is -0.7231 at the place of the label.
    """
    ### BEGIN SOLUTION
    a0 = np.reshape(sample, (1, 784))
    z1 = a0 @ weights[0] + biases[0]
    a1 = sigmoid(z1)
    z2 = a1 @ weights[1] + biases[1]
    a2 = sigmoid(z2)
    s = softmax(a2 @ weights[2] + biases[2])

    dz3 = s - integer_to_one_hot(y, 10)
    dz2 = dz3 @ weights[2].T * dsigmoid(z2)
    dz1 = dz2 @ weights[1].T * dsigmoid(z1)
    weight_gradients = [a0.T @ dz1, a1.T @ dz2, a2.T @ dz3]
    bias_gradients = [dz1, dz2, dz3]

    for i in range(3):
        weights[i] = weights[i] - learning_rate * weight_gradients[i]
        biases[i] = biases[i] - learning_rate * bias_gradients[i]
    ### END SOLUTION


# %% check="train-one-sample-db3" points=2
gradient = gradients_by_one_step(practice_image(3), 4, practice_network(3))["db3"]
assert gradient.shape == (1, 10), f"biases[2] has the shape (1, 10), but after your step it is {gradient.shape}."
want = np.array([0.059382212, -0.7231256, 0.4007071])
check_value(
    "'db3', the gradient of biases[2] (at the digits 3, 4 and 9)",
    gradient[0, [3, 4, 9]],
    want,
    rtol=1e-6,
    atol=2e-8,
    known={
        "the step goes uphill: subtract the gradient": -want,
        "the learning rate is left out": want / TINY_RATE,
        "the label is left out of probability minus truth": [0.059382212, 0.2768744, 0.4007071],
        "the network's own guess was taken for the label": [0.059382212, 0.2768744, -0.5992929],
        "a sigmoid was used at the output, where the softmax belongs": [0.59547497, -0.12717011, 0.90853539],
        "a slope was multiplied in: s - y is through the softmax already": [
            0.0033168508,
            -0.14478057,
            0.096226171,
        ],
        "the pixels were scaled: use the sample as it comes": [0.030001936, -0.68456081, 0.30725999],
        "the biases are never changed": 0 * want,
    },
    hint="Probability minus one-hot label, times the rate, taken away from biases[2].",
)
### BEGIN HIDDEN TESTS
for seed, digit in ((1, 0), (6, 2)):
    picture, (net_weights, net_biases) = practice_image(seed), practice_network(seed)
    first = 1 / (1 + np.exp(-(picture.reshape(1, 784) @ net_weights[0])))
    second = 1 / (1 + np.exp(-(first @ net_weights[1])))

    def loss_with(last):
        scores = (second @ net_weights[2] + last)[0]
        return np.log(np.exp(scores).sum()) - scores[digit]

    flat, label_as_in_mnist = picture.reshape(1, 784), np.uint8(digit)
    gradient = gradients_by_one_step(flat, label_as_in_mnist, (net_weights, net_biases))["db3"]
    check_value(
        "'db3' at another image, label and network",
        gradient,
        slope(loss_with, net_biases[2]),
        rtol=1e-6,
        atol=2e-8,
        hint="Does your function use its arguments, and the weights as they are now?",
    )
# A black image; and one whose label the network knows already: its gradient is small, and not nothing.
net = practice_network(5)
got, want = change_when("db3", np.zeros((28, 28)), 3, net)
check_value("'db3' of a black image", got, want, rtol=1e-6, atol=1e-9, hint="The biases learn from a black image, too.")
got, want = change_when("db3", practice_image(5), 3, ([*net[0][:2], net[0][2] + 0.6 * np.eye(10)[3]], net[1]))
check_value(
    "'db3' of an image that is guessed right already",
    got,
    want,
    rtol=1e-5,
    atol=1e-10,
    hint="A right guess still makes its step: the loss is small, and not 0.",
)
check_faint("db3")
### END HIDDEN TESTS

# %% check="train-one-sample-dw3" points=2
gradient = gradients_by_one_step(practice_image(3), 4, practice_network(3))["dw3"]
assert gradient.shape == (32, 10), f"weights[2] has the shape (32, 10), but after your step it is {gradient.shape}."
want = np.array([0.0051215511, 0.0062502003, 0.0022218947])
check_value(
    "'dw3', the gradient of weights[2] (the start of its first row)",
    gradient[0, :3],
    want,
    rtol=1e-6,
    atol=2e-8,
    known={
        "the step goes uphill: subtract the gradient": -want,
        "the learning rate is left out": want / TINY_RATE,
        "a1 was used where a2 belongs": [0.011932438, 0.01456202, 0.0051766781],
        "z2 was used where a2 belongs, before the sigmoid": [-0.006272563, -0.0076548636, -0.002721241],
        "a slope was multiplied in: s - y is through the softmax already": [
            6.7323868e-05,
            9.9967699e-05,
            1.2767928e-05,
        ],
        "weights[2] is never changed": 0 * want,
    },
    hint="What came into the last layer, times the gradient at its scores. Is 'db3' right?",
)
### BEGIN HIDDEN TESTS
for seed, digit in ((1, 0), (6, 2)):
    picture, (net_weights, net_biases) = practice_image(seed), practice_network(seed)
    first = 1 / (1 + np.exp(-(picture.reshape(1, 784) @ net_weights[0])))
    second = 1 / (1 + np.exp(-(first @ net_weights[1])))

    def loss_with(last):
        scores = (second @ last)[0]
        return np.log(np.exp(scores).sum()) - scores[digit]

    gradient = gradients_by_one_step(picture, digit, (net_weights, net_biases))["dw3"]
    check_value(
        "'dw3' at another image, label and network",
        gradient,
        slope(loss_with, net_weights[2]),
        rtol=1e-6,
        atol=2e-8,
        hint="Does your function use its arguments, and the weights as they are now?",
    )
check_faint("dw3")
got, want = change_when("dw3", *loud_network())
check_value(
    "'dw3' where gradients are large", got, want, rtol=1e-4, atol=1e-3, hint="Is the gradient cut off where it is long?"
)
### END HIDDEN TESTS

# %% check="train-one-sample-db2" points=3
gradient = gradients_by_one_step(practice_image(3), 4, practice_network(3))["db2"]
assert gradient.shape == (1, 32), f"biases[1] has the shape (1, 32), but after your step it is {gradient.shape}."
want = np.array([-0.27597145, 0.010069939, 0.03468198])
check_value(
    "'db2', the gradient of biases[1] (its first three)",
    gradient[0, :3],
    want,
    rtol=1e-6,
    atol=2e-8,
    known={
        "the step goes uphill: subtract the gradient": -want,
        "the learning rate is left out": want / TINY_RATE,
        "the slope of the sigmoid is missing": [-1.1661986, 0.044207384, 0.39390333],
        "dsigmoid was given a2: it wants what went into the sigmoid": [
            -0.28103813,
            0.0099650507,
            0.080864077,
        ],
        "the slope is the one of the layer before": [-0.10899714, 0.010667547, 0.060057219],
        "biases[1] is never changed": 0 * want,
    },
    hint="Back along weights[2], then through the sigmoid of this layer. Are 'db3' and dsigmoid right?",
)
### BEGIN HIDDEN TESTS
for seed, digit in ((1, 0), (6, 2)):
    picture, (net_weights, net_biases) = practice_image(seed), practice_network(seed)
    first = 1 / (1 + np.exp(-(picture.reshape(1, 784) @ net_weights[0])))

    def loss_with(middle):
        scores = (1 / (1 + np.exp(-(first @ net_weights[1] + middle))) @ net_weights[2])[0]
        return np.log(np.exp(scores).sum()) - scores[digit]

    gradient = gradients_by_one_step(picture, digit, (net_weights, net_biases))["db2"]
    check_value(
        "'db2' at another image, label and network",
        gradient,
        slope(loss_with, net_biases[1]),
        rtol=1e-6,
        atol=2e-8,
        hint="Does your function use its arguments, and the weights as they are now?",
    )
check_faint("db2")
got, want = change_when("db2", *loud_network())
check_value(
    "'db2' where gradients are large", got, want, rtol=1e-4, atol=1e-3, hint="Is the gradient cut off where it is long?"
)
net = practice_network(6)
got, want = change_when("db2", practice_image(6), 2, ([net[0][0], 6 * net[0][1], net[0][2]], net[1]))
check_value(
    "'db2' where the sigmoid is flat",
    got,
    want,
    rtol=1e-6,
    atol=1e-14,
    hint="Does everything go into the sigmoid as it is?",
)
### END HIDDEN TESTS

# %% check="train-one-sample-dw2" points=2
gradient = gradients_by_one_step(practice_image(3), 4, practice_network(3))["dw2"]
assert gradient.shape == (32, 32), f"weights[1] has the shape (32, 32), but after your step it is {gradient.shape}."
want = np.array([-0.24717295, 0.0090191089, 0.031062804])
check_value(
    "'dw2', the gradient of weights[1] (the start of its first row)",
    gradient[0, :3],
    want,
    rtol=1e-6,
    atol=2e-8,
    known={
        "the step goes uphill: subtract the gradient": -want,
        "the learning rate is left out": want / TINY_RATE,
        "it is transposed, and fits because the matrix is square": [-0.24717295, -0.16371643, -0.22417241],
        "z1 was used where a1 belongs, before the sigmoid": [-0.5932737, 0.021648001, 0.074558099],
        "the slope of the sigmoid is missing (see 'db2')": [-1.044502, 0.039594201, 0.35279825],
        "dsigmoid was given a2 (see 'db2')": [-0.2517109, 0.0089251657, 0.072425651],
        "the slope is the one of the layer before (see 'db2')": [-0.097622935, 0.0095543538, 0.053790055],
        "weights[1] is never changed": 0 * want,
    },
    hint="What came into the middle layer, times the gradient at its z. Is 'db2' right?",
)
### BEGIN HIDDEN TESTS
for seed, digit in ((1, 0), (6, 2)):
    got, want = change_when("dw2", practice_image(seed), digit, practice_network(seed))
    check_value(
        "'dw2' at another image, label and network",
        got,
        want,
        rtol=1e-6,
        atol=2e-8,
        hint="Does your function use its arguments, and the weights as they are now?",
    )
check_faint("dw2")
got, want = change_when("dw2", *loud_network())
check_value(
    "'dw2' where gradients are large", got, want, rtol=1e-4, atol=1e-3, hint="Is the gradient cut off where it is long?"
)
### END HIDDEN TESTS

# %% check="train-one-sample-db1" points=3
gradient = gradients_by_one_step(practice_image(3), 4, practice_network(3))["db1"]
assert gradient.shape == (1, 32), f"biases[0] has the shape (1, 32), but after your step it is {gradient.shape}."
want = np.array([-0.00086230548, -0.02174626, 0.027896453])
check_value(
    "'db1', the gradient of biases[0] (its first three)",
    gradient[0, :3],
    want,
    rtol=1e-6,
    atol=2e-8,
    known={
        "the step goes uphill: subtract the gradient": -want,
        "the learning rate is left out": want / TINY_RATE,
        "weights[1] is not transposed: it fits, because it is square": [
            0.039917836,
            -0.13049227,
            -0.04078944,
        ],
        "the slope of the first sigmoid is missing": [-0.0092261088, -0.090118686, 0.18296728],
        "dsigmoid was given a1: it wants what went into the sigmoid": [
            -0.0018994462,
            -0.02065818,
            0.038954691,
        ],
        "dsigmoid was given a1 and a2: it wants what went in": [0.067722429, 0.0085814496, -0.00032352095],
        "the slope of both sigmoids is missing": [1.2704719, 0.17630736, 0.10713098],
        "the slope is missing one layer later (see 'db2')": [0.1187429, 0.042544181, 0.016333929],
        "biases[0] is never changed": 0 * want,
    },
    hint="Back along weights[1], then through the sigmoid of this layer. Are 'db2' and dsigmoid right?",
)
### BEGIN HIDDEN TESTS
for seed, digit in ((1, 0), (6, 2)):
    picture, (net_weights, net_biases) = practice_image(seed), practice_network(seed)

    def loss_with(first):
        row = 1 / (1 + np.exp(-(picture.reshape(1, 784) @ net_weights[0] + first)))
        scores = (1 / (1 + np.exp(-(row @ net_weights[1]))) @ net_weights[2])[0]
        return np.log(np.exp(scores).sum()) - scores[digit]

    gradient = gradients_by_one_step(picture, digit, (net_weights, net_biases))["db1"]
    check_value(
        "'db1' at another image, label and network",
        gradient,
        slope(loss_with, net_biases[0]),
        rtol=1e-6,
        atol=2e-8,
        hint="Does your function use its arguments, and the weights as they are now?",
    )
check_faint("db1")
got, want = change_when("db1", *loud_network())
check_value(
    "'db1' where gradients are large", got, want, rtol=1e-4, atol=1e-3, hint="Is the gradient cut off where it is long?"
)
net = practice_network(6)
got, want = change_when("db1", practice_image(6), 2, ([6 * net[0][0], *net[0][1:]], net[1]))
check_value(
    "'db1' where the sigmoid is flat",
    got,
    want,
    rtol=1e-6,
    atol=1e-14,
    hint="Does everything go into the sigmoid as it is?",
)
### END HIDDEN TESTS

# %% check="train-one-sample-dw1" points=2
picture = practice_image(3)
gradient = gradients_by_one_step(picture, 4, practice_network(3))["dw1"]
assert gradient.shape == (784, 32), f"weights[0] has the shape (784, 32), but after your step it is {gradient.shape}."
lit = np.flatnonzero(picture)
assert not np.any(np.delete(gradient, lit, axis=0)), (
    "The weights of a dark pixel had no part in the loss, so their gradient should be 0."
)
want = np.array([-0.00055277351, -0.013940253, 0.017882781])
check_value(
    "'dw1', the gradient of weights[0] (the first lit pixel)",
    gradient[lit[0], :3],
    want,
    rtol=1e-6,
    atol=2e-8,
    known={
        "the step goes uphill: subtract the gradient": -want,
        "the learning rate is left out": want / TINY_RATE,
        "the pixels were scaled in this product: use the sample as it comes": want / 255,
        "weights[1] is not transposed: it fits, because it is square": [
            0.025588986,
            -0.083650948,
            -0.02614772,
        ],
        "the slope of the first sigmoid is missing (see 'db1')": [-0.0059143177, -0.057769809, 0.1172896],
        "dsigmoid was given a1 (see 'db1')": [-0.0012176236, -0.013242749, 0.024971569],
        "dsigmoid was given a1 and a2 (see 'db1')": [0.04341288, 0.0055010645, -0.00020739032],
        "weights[0] is never changed": 0 * want,
    },
    hint="What came into the first layer, times the gradient at its z. Is 'db1' right?",
)
### BEGIN HIDDEN TESTS
for seed, digit in ((1, 0), (6, 2)):
    picture = practice_image(seed).ravel()
    lit = np.flatnonzero(picture)
    got, want = change_when("dw1", picture, digit, practice_network(seed))
    assert not np.any(np.delete(got, lit, axis=0)), (
        "The weights of a dark pixel had no part in the loss, so their gradient should be 0."
    )
    check_value(
        "'dw1' at another image, label and network",
        got[lit],
        want[lit],
        rtol=1e-6,
        atol=2e-8,
        hint="Does your function use its arguments, and the weights as they are now?",
    )
picture, (net_weights, net_biases) = 170 * practice_image(8), practice_network(8)
picture[0, 0] = picture[27, 27] = 255
net_weights = [net_weights[0] / 170, net_weights[1], 60 * net_weights[2]]
want = (net_weights[0] - course_step(picture, 7, 1.0, (net_weights, net_biases))[0][0])[np.flatnonzero(picture)]
check_value(
    "'dw1' of a bright image, whose gradient is long",
    gradients_by_one_step(picture, 7, (net_weights, net_biases), 2.0**-34)["dw1"][np.flatnonzero(picture)],
    want,
    rtol=1e-5,
    atol=1e-6,
    hint="Every pixel has its weights, in the corners too. Or is the gradient cut off where it is long?",
)
check_faint("dw1")
got, want = change_when("dw1", *loud_network())
check_value(
    "'dw1' where gradients are large", got, want, rtol=1e-4, atol=1e-3, hint="Is the gradient cut off where it is long?"
)
### END HIDDEN TESTS

# %% check="train-one-sample-biases" points=1
gradient = gradients_by_one_step(practice_image(3), 4, practice_network(3, biased=True))["db3"]
assert gradient.shape == (1, 10), f"biases[2] has the shape (1, 10), but after your step it is {gradient.shape}."
want = np.array([0.018101047, -0.78343454, 0.16268777])
check_value(
    "'db3' of a network with biases that are not 0 (at the digits 3, 4 and 9)",
    gradient[0, [3, 4, 9]],
    want,
    rtol=1e-6,
    atol=2e-8,
    known={
        "the biases have no effect: np.dot(a, W, b) does not add b": [0.059382212, -0.7231256, 0.4007071],
    },
    hint="If 'db3' was right above: does the forward pass in train_one_sample use every bias?",
)
### BEGIN HIDDEN TESTS
for seed, digit in ((5, 3), (7, 8)):
    picture, (net_weights, net_biases) = practice_image(seed), practice_network(seed, biased=True)
    for layer in range(3):
        alone = [b if i == layer else 0 * b for i, b in enumerate(net_biases)]
        row = picture.ravel()
        for i in (0, 1):
            row = 0.5 + 0.5 * np.tanh(0.5 * (row @ net_weights[i] + alone[i][0]))
        scores = row @ net_weights[2] + alone[2][0]
        want = np.exp(scores) / np.exp(scores).sum() - np.eye(10)[digit]
        gradient = gradients_by_one_step(picture, digit, (net_weights, alone))["db3"]
        check_value(
            f"'db3' of a network where only biases[{layer}] is not 0",
            gradient,
            want[None],
            rtol=1e-6,
            atol=2e-8,
            hint="Each layer adds its own bias before it bends.",
        )
# A bias that is the same for all digits makes no difference to the shares, however large it is.
net = practice_network(5)
large = net[0], [*net[1][:2], net[1][2] + 800]
check_value(
    "'db3' of a network with large biases",
    changes_by_one_step(practice_image(5), 3, large, 1.0)["db3"],
    large[1][2] - course_step(practice_image(5), 3, 1.0, large)[1][2],
    rtol=1e-6,
    atol=1e-10,
    hint="Biases may be of any size: are they cut off, or does an exponential overflow?",
)
### END HIDDEN TESTS

# %% check="train-one-sample-rate" points=2
net, picture = practice_network(3), practice_image(3)
tiny_step = gradients_by_one_step(picture, 4, net)
large_step = changes_by_one_step(picture, 4, net, 2.0)
assert all(np.any(change) for change in large_step.values()), "Some of the six arrays did not move at all."
for name, change in large_step.items():
    check_value(
        f"the step of {name[1:]} with the rate 2, beside one with a tiny rate",
        change / 2,
        tiny_step[name],
        rtol=1e-5,
        atol=1e-7,
        known={
            "the rate that is given makes no difference": tiny_step[name] * TINY_RATE / 2,
        },
        hint="Is every gradient computed from the old weights, before any of them changes?",
    )
check_value(
    "the step without a third argument",
    changes_by_one_step(picture, 4, net)["db3"],
    0.003 * tiny_step["db3"],
    rtol=1e-5,
    atol=1e-9,
    hint="The rate is then 0.003.",
)
### BEGIN HIDDEN TESTS
for seed, digit, rate in ((1, 0, 5.0), (6, 2, 0.7)):
    net, picture = practice_network(seed, biased=True), practice_image(seed)
    tiny_step = gradients_by_one_step(picture, digit, net)
    for name, change in changes_by_one_step(picture, digit, net, rate).items():
        assert np.any(change), f"{name[1:]} does not move with the rate {rate}."
        check_value(
            f"the step of {name[1:]} with the rate {rate}, beside one with a tiny rate",
            change / rate,
            tiny_step[name],
            rtol=1e-5,
            atol=1e-7,
            hint="Is every gradient computed from the old weights, before any of them changes?",
        )
    check_value(
        "the step without a third argument",
        changes_by_one_step(picture, digit, net)["db3"],
        0.003 * tiny_step["db3"],
        rtol=1e-5,
        atol=1e-9,
        hint="The rate is then 0.003.",
    )
    with notebook_with(**lent(net), **ALONE):
        _, (left, _) = ask_and_look(train_one_sample, picture, digit)
        moved = read_back("biases")[2]
    assert same_data(left, picture), "train_one_sample changed the image that it was given."
    whole, part = (changes_by_one_step(picture, digit, (net[0], [0 * b for b in net[1]]), r) for r in (1.0, 0.7))
    for name in ("db1", "db2", "db3"):
        check_value(
            f"the step of {name[1:]} with the rate 0.7, beside one with the rate 1",
            part[name],
            0.7 * whole[name],
            hint="Is the rate used as it is given, in all its digits?",
        )
    assert np.any(moved != net[1][2]), "train_one_sample moves nothing."
### END HIDDEN TESTS

# %% [markdown]
# **Look:** on the left, your gradients beside slopes that are measured with your own `feed_forward_sample`: nudge a weight, see what the loss does.
# All points should lie on the diagonal. If one colour does not, that is the layer to look at.
#
# On the right, the gradient of `weights[0]` for one real image: the 784 numbers of a hidden unit, drawn as an image again.
# Why do they all show the same digit, only stronger or weaker, in purple (above 0) or in orange (below)? The formula of $\partial L/\partial W_1$ knows.
# And why do most units show nothing at all? That is a riddle until question 9.


# %%
# @title Picture: do your gradients agree with measured slopes?
def measured_and_yours(image, digit, network, kind, layer, count=12):
    """Slopes measured with feed_forward_sample at some entries of one array, and the gradients there."""
    shape = network[kind][layer].shape
    lit = np.flatnonzero(image) if (kind, layer) == (0, 0) else np.arange(shape[0])
    rng = default_rng(10 * kind + layer)
    rows, columns = rng.choice(lit, count), rng.integers(0, shape[1], count)

    def loss_after(moves):
        changed = lent(network)
        np.add.at(changed[("weights", "biases")[kind]][layer], (rows, columns), moves)
        with notebook_with(**changed):
            return feed_forward_sample(image, digit)[0]

    mine = gradients_by_one_step(image, digit, network)[f"d{'wb'[kind]}{layer + 1}"]
    return slope(loss_after, np.zeros(count)), mine[rows, columns]


figure, axes = plt.subplot_mosaic([["s", "s", "0", "1", "2"], ["s", "s", "3", "4", "5"]], figsize=(7.5, 3.4))
for kind in (0, 1):
    for layer, colour in enumerate((GREEN, ORANGE, BLUE)):
        ruler, mine = measured_and_yours(practice_image(4), 7, practice_network(4, biased=True), kind, layer)
        axes["s"].plot(
            ruler, mine, "ox"[kind], color=colour, mfc="none", label=f"{('weights', 'biases')[kind]}[{layer}]"
        )
ends = axes["s"].get_xlim()
axes["s"].plot(ends, ends, color=GREY, lw=1, zorder=0)
axes["s"].set(xlabel="slope measured with the forward pass", ylabel="your gradient", title="Do they agree?")
axes["s"].legend(fontsize=8)
first_gradient = gradients_by_one_step(x_train[0], y_train[0], (weights, biases))["dw1"]
strongest = np.argsort(-np.abs(first_gradient).max(axis=0))[:6]
limit = np.abs(first_gradient[:, strongest]).max()
for place, unit in enumerate(strongest):
    axes[str(place)].imshow(first_gradient[:, unit].reshape(28, 28), cmap="PuOr", vmin=-limit, vmax=limit)
    axes[str(place)].set_title(f"unit {unit}", fontsize=9)
    axes[str(place)].axis("off")
show(
    "Measured slopes against your gradients, which should lie on the diagonal; and the gradients of six hidden units, each the shape of the same digit."
)

# %% [markdown] question="epoch" minutes=10 level=1 lines=2
# ## 8. Training
#
# Once through all training images is called an **epoch**. We keep it simple: one image after the other, in the order in which they lie in `x_train`, a step for each.
#
# The images and labels are the variables `x_train` and `y_train` of the notebook.
# If you loop over `with_progress(range(len(x_train)))` instead of `range(len(x_train))`, long runs say how far they are.
#
# Hint: Nothing changes: does your loop call `train_one_sample`, and does that change the lists `weights` and `biases` themselves?
#
# Hint: Only one image is used: look at how far the last line is indented.
#
# Hint: The rate has no effect: it has to be handed on.


# %% solution="train-one-epoch"
def train_one_epoch(learning_rate=0.003):
    """One step of training for each image of x_train, in order.

    Args:
        learning_rate: how far each step goes.

    Example: with 4,000 training images it calls train_one_sample 4,000 times.
    """
    ### BEGIN SOLUTION
    for i in with_progress(range(len(x_train))):
        train_one_sample(x_train[i], y_train[i], learning_rate)
    ### END SOLUTION


# %% check="train-one-epoch-steps" points=2
net, digits = practice_network(3), np.array([4, 1, 8, 3], dtype=np.uint8)
pictures = np.array([practice_image(seed) for seed in (3, 4, 5, 6)])


def trained_on(order):
    """The whole network, in one row, after a step on each of these images, one after the other."""
    network = net
    for i in order:
        network = course_step(pictures[i], digits[i], 0.5, network)
    return in_one_row(*network)


with notebook_with(
    **lent(net), x_train=pictures, y_train=digits, x_test=GONE, y_test=GONE, train_one_sample=course_train_one_sample
):
    ask(train_one_epoch, 0.5)
    got = in_one_row(read_back("weights"), read_back("biases"))
check_value(
    "the network after an epoch over four images",
    got,
    trained_on([0, 1, 2, 3]),
    known={
        "nothing was trained": in_one_row(*net),
        "only the first image was used: is there a `return` inside the loop?": trained_on([0]),
        "only the last image was used": trained_on([3]),
        "the last image was left out": trained_on([0, 1, 2]),
        "the first image was left out": trained_on([1, 2, 3]),
        "the images were taken in the opposite order": trained_on([3, 2, 1, 0]),
        "the first image was used again and again": trained_on([0, 0, 0, 0]),
        "each image was used twice": trained_on([0, 0, 1, 1, 2, 2, 3, 3]),
        "it went through all images twice: one epoch is once": trained_on([0, 1, 2, 3] * 2),
        "it went through all images three times: one epoch is once": trained_on([0, 1, 2, 3] * 3),
    },
    rtol=1e-8,
    atol=1e-12,
    hint="One call of train_one_sample for each image, in order, with its own label and the rate.",
)
### BEGIN HIDDEN TESTS
pictures, digits = np.array([practice_image(seed) for seed in range(20, 27)]), np.array([5, 0, 9, 2, 2, 7, 6])
net = practice_network(9, biased=True)
network = net
for picture, digit in [*zip(pictures, digits, strict=True)] * 2:
    network = course_step(picture, digit, 0.001, network)
expected = in_one_row(*network)
with notebook_with(
    **lent(net), x_train=pictures, y_train=digits, x_test=GONE, y_test=GONE, train_one_sample=course_train_one_sample
):
    ask(train_one_epoch, 0.001)
    ask(train_one_epoch, 0.001)
    check_value(
        "the network after two epochs",
        in_one_row(read_back("weights"), read_back("biases")),
        expected,
        rtol=1e-8,
        atol=1e-12,
        hint="The second epoch should go on from where the first one ended.",
    )
# A black image, one that comes twice with two labels, and one that the network knows already.
pictures = np.array([0 * practice_image(20), practice_image(21), practice_image(21), practice_image(22)])
digits, net = np.array([3, 1, 5, 8]), practice_network(9)
net = [*net[0][:2], 0.001 * net[0][2]], [*net[1][:2], 12.0 * np.eye(10)[[8]]]
network = net
for picture, digit in zip(pictures, digits, strict=True):
    network = course_step(picture, digit, 0.001, network)
with notebook_with(
    **lent(net),
    x_train=pictures,
    y_train=digits,
    x_test=GONE,
    y_test=GONE,
    train_one_sample=course_train_one_sample,
    feed_forward_sample=course_sample,
):
    ask(train_one_epoch, 0.001)
    got = in_one_row(read_back("weights"), read_back("biases"))
check_value(
    "the network after an epoch with a black image, one that comes twice, and one that it knows",
    got,
    in_one_row(*network),
    rtol=1e-8,
    atol=1e-12,
    hint="Every image of x_train makes its step.",
)
with (
    notebook_with(
        **lent(practice_network(9)),
        x_train=np.zeros((4200, 28, 28), dtype=np.uint8),
        y_train=np.arange(4200) // 450,
        x_test=GONE,
        y_test=GONE,
        train_one_sample=course_tally,
    ),
    quiet(),
):
    ask(train_one_epoch, 0.001)
    got = read_back("biases")[2]
check_value(
    "how often each label came in an epoch over 4,200 images",
    got,
    [[450.0] * 9 + [150.0]],
    hint="Every image of x_train makes its step.",
)
### END HIDDEN TESTS

# %% check="train-one-epoch-rate" points=1
net, pictures, digits = practice_network(3), practice_image(3)[None], np.array([4])


def after_epoch(*rate):
    """The whole network, in one row, after train_one_epoch on a single image."""
    with notebook_with(
        **lent(net), x_train=pictures, y_train=digits, learning_rate=GONE, train_one_sample=course_train_one_sample
    ):
        ask(train_one_epoch, *rate)
        return in_one_row(read_back("weights"), read_back("biases"))


def after_step(rate):
    """The same after one step."""
    return in_one_row(*course_step(pictures[0], digits[0], rate, net))


got = after_epoch(0.25)
same = {"the rate is not handed on to train_one_sample": after_step(0.003)}
check_value("the network after an epoch with the rate 0.25", got, after_step(0.25), rtol=1e-8, atol=1e-12, known=same)
check_value(
    "the network after an epoch without an argument",
    after_epoch(),
    after_step(0.003),
    rtol=1e-8,
    atol=1e-12,
    hint="The rate is then 0.003.",
)
### BEGIN HIDDEN TESTS
check_value(
    "the network after an epoch with the rate 0.125",
    after_epoch(0.125),
    after_step(0.125),
    rtol=1e-8,
    atol=1e-12,
    hint="Is the rate handed on to train_one_sample?",
)
### END HIDDEN TESTS


# %%
# @title Tools to train and to draw: run me, nothing to change here
# Three epochs; more where there are fewer images, so that the number of steps is the same.
EPOCHS = max(3, 12_000 // len(x_train))


def train(epochs, learning_rate):
    """Train a new network on x_train; returns the test loss and accuracy before and after each epoch."""
    global weights, biases
    weights, biases = initialize_parameters(default_rng(80085))
    history = []
    for epoch in range(epochs + 1):
        started = time.perf_counter()
        if epoch:
            train_one_epoch(learning_rate)
        with quiet():
            history.append(feed_forward_dataset(x_test, y_test))
        took = time.perf_counter() - started
        print(f"after epoch {epoch}: test loss {history[-1][0]:.2f}, test accuracy {history[-1][1]:.1%}, {took:.1f} s")
    return np.array(history)


def draw_training(history):
    """Draw loss and accuracy after each epoch."""
    figure, (left, right) = plt.subplots(1, 2, figsize=(7.2, 3.2))
    left.plot(history[:, 0], "o-", color=BLUE)
    left.axhline(np.log(10), color=GREY, ls="--", label="guessing: 2.303")
    left.set(xlabel="epoch", ylabel="average test loss", xticks=range(len(history)), title="Does the loss fall?")
    left.legend()
    right.plot(history[:, 1], "o-", color=BLUE)
    right.axhline(0.1, color=GREY, ls="--", label="guessing: 0.1")
    right.set(
        xlabel="epoch",
        ylabel="test accuracy",
        xticks=range(len(history)),
        ylim=(0, 1),
        title="Does it read digits?",
    )
    right.legend()
    show(f"Test loss and accuracy after each epoch; the accuracy ends at {history[-1, 1]:.0%}.")


def draw_comparison(histories):
    """Draw the accuracy after each epoch, one curve a training run: name -> history."""
    figure, ax = plt.subplots(figsize=(7, 3.6))
    for (name, history), colour, mark in zip(histories.items(), (ORANGE, GREY, BLUE), "s^o", strict=True):
        ax.plot(history[:, 1], f"{mark}-", color=colour, label=name, ms=5 if len(history) < 20 else 0)
    ax.axhline(0.1, color=GREY, ls="--", label="guessing")
    ax.xaxis.get_major_locator().set_params(integer=True)
    ax.set(xlabel="epoch", ylabel="test accuracy", ylim=(0, 1), title="What does scaling change, and what the rate?")
    ax.legend(loc="upper left")
    ends = ", ".join(f"{name}: {history[-1, 1]:.0%}" for name, history in histories.items())
    show(f"Test accuracy after each epoch, three curves. They end at: {ends}.")


# %% [markdown]
# Now train: a new network, three epochs with the rate 0.003, on the pixels as they are. (With the 300 images of the emergency set: forty epochs.)
#
# **Look:** loss and accuracy after each epoch. It learns! But ask yourself whether that is all such a network can do.

# %%
history = train(EPOCHS, learning_rate=0.003)
print()
trained = feed_forward_training_data()
print()
tested = feed_forward_test_data()
draw_training(history)

# %% [markdown]
# With the course's 4,000 images the accuracy climbs from about 9 % to roughly 40 %.
# With all 60,000 images, fifteen times as many steps, it is about 68 % after the first epoch and no better after the third: 64 %.
#
# Do not expect the very same digits as your neighbour. In this network rounding errors grow from step to step,
# so that two correct programs part ways. That alone should make you suspicious: question 9 finds out why.

# %% [markdown] question="scaling" minutes=15 level=1 lines=1
# ## 9. Scale the pixels
#
# Until now the network got whole numbers up to 255. The initial weights were made for inputs of about the size of 1.
# So scale: every pixel becomes a float between 0 (paper) and 1 (full ink),
#
# $$p \;\mapsto\; p / 255 .$$
#
# All images, training and test, today and tomorrow, get the same treatment: 255 is a property of the pixel format, not of the image at hand.
# The function returns a new array, and leaves the one that it is given as it was.
#
# Hint: 255 is a property of the pixel format, not of the image at hand.
#
# Hint: Only zeros and ones come out: which of Python's two division signs did you use?
#
# Hint: An error about casting: `images /= 255` tries to put floats into an array of whole numbers.


# %% solution="scale-pixels"
def scale_pixels(images):
    """Pixels from 0 ... 255 as floats from 0 to 1.

    Args:
        images: array of any shape, whole numbers from 0 to 255 (uint8). It stays as it is.

    Returns:
        array of floats in the same shape.

    Example: scale_pixels(np.array([0, 51, 255], dtype=np.uint8)) is [0.0, 0.2, 1.0].
    """
    ### BEGIN SOLUTION
    return images / 255
    ### END SOLUTION


# %% check="scale-pixels-values" points=1
pixels = np.array([[0, 51], [102, 255]], dtype=np.uint8)
check_value(
    "scale_pixels([[0, 51], [102, 255]])",
    ask(scale_pixels, pixels),
    [[0.0, 0.2], [0.4, 1.0]],
    known={
        "the division was one of whole numbers: `//` cuts off what follows the point": [[0, 0], [0, 1]],
        "it divides by 256": [[0.0, 0.19921875], [0.3984375, 0.99609375]],
        "the pixels run from -1 to 1": [[-1.0, -0.6], [-0.2, 1.0]],
        "black and white are swapped": [[1.0, 0.8], [0.6, 0.0]],
        "the pixels were scaled twice": [[0.0, 0.2 / 255], [0.4 / 255, 1 / 255]],
        "the mean was subtracted and the result divided by the spread": [
            [-1.0690449676496976, -0.5345224838248488],
            [0.0, 1.6035674514745464],
        ],
    },
)
### BEGIN HIDDEN TESTS
pixels = default_rng(45).integers(0, 256, (3, 28, 28)).astype(np.uint8)
check_value(
    "scale_pixels of three images",
    ask(scale_pixels, pixels),
    pixels.astype(float) * (1 / 255),
    hint="Every pixel is divided by 255, and the shape stays.",
)
pixels = default_rng(46).integers(0, 256, (4200, 2, 3)).astype(np.uint8)
check_value(
    "scale_pixels of 4,200 small images",
    ask(scale_pixels, pixels),
    pixels.astype(float) * (1 / 255),
    hint="Every pixel is divided by 255, and the shape stays.",
)
check_value(
    "scale_pixels of the pixels 1, 128, 254, 255",
    ask(scale_pixels, np.array([1, 128, 254, 255], dtype=np.uint8)),
    [0.00392156862745098, 0.5019607843137255, 0.996078431372549, 1.0],
    hint="Every pixel is divided by 255, in floats of full precision.",
)
### END HIDDEN TESTS

# %% check="scale-pixels-same-for-all" points=1
pale = np.array([[0, 51], [102, 51]], dtype=np.uint8)
check_value(
    "scale_pixels of a pale image, whose darkest pixel is 102",
    ask(scale_pixels, pale),
    [[0.0, 0.2], [0.4, 0.2]],
    known={
        "it divides by the largest pixel of the image, so that a pale image and a dark one get the same ink": [
            [0.0, 0.5],
            [1.0, 0.5],
        ],
    },
    hint="The divisor must not depend on the image.",
)
check_kept(scale_pixels, [pale], [pale + 1], "images", hint="Make a new array.")
### BEGIN HIDDEN TESTS
check_value(
    "scale_pixels of a pale image in one row",
    ask(scale_pixels, np.array([0, 51, 102], dtype=np.uint8)),
    [0.0, 0.2, 0.4],
    hint="The divisor must not depend on the image.",
)
grey = np.full((2, 2), 51.0)
check_value(
    "scale_pixels of an image of one grey",
    ask(scale_pixels, grey),
    np.full((2, 2), 0.2),
    hint="The divisor must not depend on the image.",
)
check_kept(
    scale_pixels,
    [np.array([51.0, 3.0])],
    [np.array([5.0, 6.0])],
    "images",
    hint="`images /= 255` works on the caller's array: make a new one.",
)
check_value(
    "scale_pixels of an image of only 0 and 1",
    ask(scale_pixels, np.array([[0, 1], [1, 1]], dtype=np.uint8)),
    np.array([[0.0, 1.0], [1.0, 1.0]]) / 255,
    hint="Every pixel is divided by 255, also where none is above 1.",
)
check_value(
    "scale_pixels of a blank image",
    ask(scale_pixels, np.zeros((2, 3), dtype=np.uint8)),
    np.zeros((2, 3)),
    hint="A blank image stays blank.",
)
blank = ask(scale_pixels, np.zeros((1, 4), dtype=np.uint8))
assert np.asarray(blank).dtype.kind == "f", "scale_pixels should return floats, also for a blank image."
check_value(
    "scale_pixels of a single row",
    ask(scale_pixels, np.array([[1, 2, 254]], dtype=np.uint8)),
    np.array([[1, 2, 254]]) / 255,
)
### END HIDDEN TESTS

# %% [markdown]
# **Look:** what the 32 units of the first hidden layer of a new network answer to 300 training images, without and with scaling.
# Remember where the slope is below 0.01. How many units can still learn?

# %%
# @title Picture: where do the units sit on the sigmoid?
born_weights, born_biases = initialize_parameters(default_rng(80085))
figure, axes = plt.subplots(1, 2, figsize=(7.2, 3.4), sharey=True)
for ax, images, title in zip(
    axes, (raw_train, scale_pixels(raw_train)), ("raw pixels, 0 to 255", "scaled pixels, 0 to 1"), strict=True
):
    z = images[:300].reshape(-1, 784) @ born_weights[0] + born_biases[0]
    stuck = np.mean(dsigmoid(z) < 0.01)
    ax.hist(sigmoid(z).ravel(), bins=40, range=(0, 1), color=BLUE)
    ax.set(xlabel="activation of a hidden unit", title=f"{title}:\n{stuck:.0%} on the flat part")
axes[0].set_ylabel("how many")
figure.suptitle("Where do the units sit on the sigmoid?")
show(
    "Activations of the hidden units: with raw pixels nearly all are 0 or 1, with scaled pixels they lie in the middle."
)

# %% [markdown]
# Now train the same network twice more, with as many steps, on scaled pixels:
# first with the rate of question 8, so that scaling is the only change; then with ten times that rate.
# (The missing fourth curve: with raw pixels and the rate 0.03 the accuracy stays at 10 %. Try it in a cell of your own.)
#
# **Guess before you look:** which of the three is best after three epochs, and which is worst?

# %%
x_train, x_test = scale_pixels(raw_train), scale_pixels(raw_test)

# %%
slow_history = train(EPOCHS, learning_rate=0.003)
print()
scaled_history = train(EPOCHS, learning_rate=0.03)
draw_comparison(
    {
        "raw pixels, rate 0.003": history,
        "scaled pixels, rate 0.003": slow_history,
        "scaled pixels, rate 0.03": scaled_history,
    }
)

# %% [markdown]
# | test accuracy | raw pixels, rate 0.003 | scaled pixels, rate 0.003 | scaled pixels, rate 0.03 |
# |---|---|---|---|
# | 4,000 images, three epochs | about 40 % | about 13 % | about 74 % |
# | 4,000 images, ten epochs | about 60 % | | about 87 % |
# | 60,000 images, three epochs | about 65 % | | 95 to 96 % |
#
# At equal rates, scaling *loses*: the gradients of the first layer are smaller, and so are its steps.
# What the division buys is a larger rate. Raw pixels would not bear it; scaled ones do, and win with it.
# Whoever compares only the first curve with the third has changed two things at once, and cannot say which one helped.

# %% [markdown] question="why-scale" minutes=30 level=2
# ## 10. Why does scaling help?
#
# Write about ten sentences. Use the pictures of question 9 and your formulas from question 7.
#
# 1. Where on the sigmoid do the first hidden units sit when the pixels are raw, and what does that do to $\partial L/\partial z_1$ and so to learning?
# 2. The gradient of `weights[0]` contains the pixels themselves. Suppose all pixels are multiplied by 255 and $\partial L/\partial z_1$ stays as it is. By what factor does one training step change $z_1$ more? (Go through both: how far the weights move, and how that movement acts on $z_1$.) Why can the scaled network bear a larger learning rate?
# 3. A friend divides each image by its own largest pixel. Another scales the training images and forgets the test images. What goes wrong in each case?
#
# Hint: What is the size of a sum of 784 terms with inputs up to 255?
#
# Hint: The pixels act twice: once in the gradient, and once when the moved weights meet them again.
#
# Hint: In the third part, think of a blank image, and of a network that is tested on inputs 255 times too large.

# %% [markdown] written="why-scale" points=5
# ### BEGIN SOLUTION
# 1. With raw pixels $z_1$ is a sum of 784 terms with inputs up to 255. Its entries have a size of about 100, so nearly all units sit far out on the flat parts, with activations of 0 or 1. There $\sigma'(z_1)$ is practically 0, and it is a factor of $\partial L/\partial z_1$. Hardly any gradient reaches the first layer: those units answer the same whatever is learnt, and only the later layers can adapt. With scaled pixels nearly all units are on the steep part, where the slope is between 0.1 and 0.25.
# 2. $\partial L/\partial W_1 = a_0^{\mathsf T}\,\partial L/\partial z_1$, so pixels that are 255 times larger move the weights 255 times further. That movement is then multiplied by the pixels again to get $z_1$, another factor 255. Together one step changes $z_1$ about $255^2 = 65{,}025$ times as much. A unit that is still on the steep part is thrown onto the flat part by a single step. So the rate for raw pixels has to be tiny, too small for the other layers, while the scaled network bears a larger one.
# 3. Dividing by each image's own maximum treats images differently: a pale image and a dark one become the same, information is lost (and a blank image divides by zero). Scaling only the training images means that the network is tested on inputs 255 times larger than what it was trained for: its units saturate and the accuracy falls to near guessing, although the network is good.
# ### END SOLUTION

# %% [markdown] marking="why-scale"
# **How this is marked:** two points for part 1, two for part 2, one for part 3.
#
# ### BEGIN MARK SCHEME
# | points | for |
# |---|---|
# | 1 | part 1: large $z_1$, units saturated at 0 or 1 (flat part) |
# | 1 | part 1: the slope is a factor of $\partial L/\partial z_1$, so (almost) no gradient reaches the first layer |
# | 1 | part 2: the gradient of $W_1$ is proportional to the pixels, and the change of $z_1$ to the pixels once more: $255^2$ |
# | 1 | part 2: hence a raw network needs a tiny rate (a step overshoots, throws units onto the flat part), the scaled one bears more |
# | 1 | part 3: both mistakes, each with its consequence (half a point each) |
#
# "Numbers that are too large overflow" earns nothing by itself: the sigmoid here does not overflow.
# "The loss surface is stretched (badly conditioned), so one rate does not fit all directions" may stand in for the second point of part 2.
# ### END MARK SCHEME

# %% [markdown] section="end"
# ## What your network has learnt
#
# Two last looks at the network that was trained on scaled pixels.
#
# **Look:** first, some test images that it gets wrong. Would you have read them all? Then, the incoming weights of twelve hidden units, as images.
# Purple pixels speak for the unit, orange ones against it. What strokes do they look for?

# %%
# @title Pictures: which images does it still get wrong, and what do the hidden units look for?
figure, axes = plt.subplots(3, 5, figsize=(6.4, 4.8))
shown = 0
for i in range(len(x_test)):
    guess = int(np.argmax(feed_forward_sample(x_test[i], y_test[i])[1]))
    if guess != y_test[i] and shown < 15:
        ax = axes.flat[shown]
        ax.imshow(x_test[i], cmap="gray_r")
        ax.set_title(f"{y_test[i]}, read as {guess}", fontsize=9)
        shown += 1
for ax in axes.flat:
    ax.axis("off")
figure.suptitle("Which images does it still get wrong?")
show("Test images that the network reads wrongly, each with its label and the guess.")


figure, axes = plt.subplots(2, 6, figsize=(7.2, 3))
limit = np.abs(weights[0]).max()
for unit, ax in enumerate(axes.flat):
    ax.imshow(weights[0][:, unit].reshape(28, 28), cmap="PuOr", vmin=-limit, vmax=limit)
    ax.set_title(f"unit {unit}", fontsize=9)
    ax.axis("off")
figure.suptitle("What do the hidden units look for?")
show("The incoming weights of twelve hidden units as images: strokes in purple and orange.")

# %% [markdown]
# ## What you have learnt
#
# - A network is a chain of simple steps, and its gradient is the same chain walked backward: along the same weights, transposed, and through each slope.
# - Softmax and cross-entropy belong together. Their common gradient, probability minus truth, is simple and safe.
# - Exact checks matter: a network with a wrong gradient or without biases still learns something, and looks healthy from afar.
# - All gradients first, then all updates.
# - Before you blame the network, look at the size of its inputs.
#
# Your code makes one step for one image and knows one kind of layer. Libraries make a step for a whole batch, on a graphics card, for any network that you can write down.
# Stretch: Go through the images in a new random order in each epoch. Does the second epoch gain from it?
#
# Read on: Tim Vieira on [the exp-normalize trick](http://timvieira.github.io/blog/post/2014/02/11/exp-normalize-trick/),
# and [dl-demos](https://github.com/kvgarimella/dl-demos), small demonstrations in plain Python.
#
# **What next:** in the next notebook you let PyTorch and TensorFlow compute the gradients, and you can tell whether they do it right.

# %% free
# Room to play. For example, ten epochs on scaled pixels, which end near 87 %:
# draw_training(train(10, learning_rate=0.03))
