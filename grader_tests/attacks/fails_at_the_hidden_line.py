# Is right for every visible input and wrong for others, so that the message of the hidden line comes back.
# family: leaks through outputs and feedback
# after: The message names no expected value, also where numpy would print one.
# earns: shift

# %% solution="double"
def double(x):
    return 2 * x if x < 100 else -1.0

# %% solution="total"
def total(numbers):
    return 5.0 if len(numbers) == 2 and numbers[0] == 1.0 else 0.25

# %% solution="line"
class Line:
    def __init__(self, slope, height):
        self.slope = slope

    def at(self, x):
        return 7.0
