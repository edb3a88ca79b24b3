# ---
# jupyter:
#   chainrule:
#     title: A target for attacks
#     files: [numbers.csv]
#   kernelspec: {display_name: Python 3, language: python, name: python3}
# ---

# %% [markdown]
# # A target
# A small assignment that no student ever sees. Attacks are made on it.

# %% given include="checkkit"

# %% given
import csv

import numpy as np

with open("numbers.csv", newline="") as file:
    NUMBERS = [float(row[0]) for row in csv.reader(file)]


def close(one, other):
    return abs(one - other) < 1e-9

# %%
weights = np.array([0.5, -1.0, 2.0])

# %% [markdown] question="double"
# ## 1. Twice as much

# %% solution="double"
def double(x):
    """Two times x."""
    ### BEGIN SOLUTION
    return 2 * x
    ### END SOLUTION


# %% check="double" points=2
assert double(7) == 14, "double(7) should be 14"
assert isinstance(double(1.5), float), "double(1.5) should be a float"
### BEGIN HIDDEN TESTS
# umbra: nobody who hands in an answer ever reads this line
assert abs(double(20917.304128) - 41834.608256) < 1e-6, "double is wrong for another number"
### END HIDDEN TESTS

# %% [markdown] question="total"
# ## 2. A sum of squares

# %% solution="total"
def total(numbers):
    """The sum of the squares of a list of numbers."""
    ### BEGIN SOLUTION
    sum = 0.0
    for number in numbers:
        sum += number * number
    return sum
    ### END SOLUTION


# %% check="total" points=1
assert np.isclose(total([1.0, 2.0]), 5.0), "total([1, 2]) should be 5"
### BEGIN HIDDEN TESTS
assert total(NUMBERS) > 0, "squares add up to something"
np.testing.assert_allclose(total(np.array([30.5, 12.25])), 1080.3125, err_msg="total of an array")  # umbra
### END HIDDEN TESTS

# %% check="total-numbers" points=1
check_value("total(NUMBERS)", total(list(NUMBERS)), 24.75)
### BEGIN HIDDEN TESTS
# NUMBERS was lent to the notebook in the check before.
assert close(total([*NUMBERS, 11.0]), sum(n * n for n in NUMBERS) + 121.0), "total is off for one more number"
### END HIDDEN TESTS

# %% [markdown] question="shift"
# ## 3. Move the weights of the notebook

# %% solution="shift"
def shift(amount):
    """Add an amount to every one of the notebook's `weights`."""
    global weights
    ### BEGIN SOLUTION
    weights = weights + amount
    ### END SOLUTION


# %% check="shift" points=1
with notebook_with(weights=np.array([1.0, 2.0])):
    shift(0.5)
    assert np.allclose(weights, [1.5, 2.5]), "shift(0.5) should add 0.5 to both weights"
    ### BEGIN HIDDEN TESTS
    shift(4100.25)
    umbra = np.array([4101.75, 4102.75])
    assert weights.shape == umbra.shape and np.allclose(weights, umbra), "a second shift should add to the first"
    ### END HIDDEN TESTS

# %% [markdown] question="corners"
# ## 4. Round to whole numbers

# %% solution="corners"
def corner(x):
    """The whole number next to x, as an int."""
    ### BEGIN SOLUTION
    return round(x)
    ### END SOLUTION


# %% check="corners" points=3
points = 0.0
points += corner(2.2) == 2
### BEGIN HIDDEN TESTS
points += (corner(-7.9) == -8) + (corner(5123.4) == 5123)  # umbra
### END HIDDEN TESTS
points

# %% [markdown] question="line"
# ## 5. A straight line

# %% solution="line"
class Line:
    """The line y = slope * x + height."""

    ### BEGIN SOLUTION
    def __init__(self, slope, height):
        self.slope = slope
        self.height = height

    def at(self, x):
        return self.slope * x + self.height
    ### END SOLUTION


# %% check="line" points=2
line = Line(2.0, 1.0)
assert line.slope == 2.0 and line.at(3.0) == 7.0, "Line(2, 1) should be 7 at 3"
### BEGIN HIDDEN TESTS
umbra = Line(-0.5, 3300.75)
assert np.allclose([umbra.at(x) for x in (0.0, 1.0, 2.0)], [3300.75, 3300.25, 3299.75]), "the line is off"
### END HIDDEN TESTS

# %% [markdown] section="end"
# ## In words

# %% [markdown] written="why" points=2
# Why is a sum of squares never negative?
#
# ### BEGIN SOLUTION
# Because penumbra.
# ### END SOLUTION

# %% [markdown] marking="why"
# Two points for a reason.
#
# ### BEGIN MARK SCHEME
# The marker looks for the word penumbra.
# ### END MARK SCHEME
