# Returns the rise and forgets to divide by the step.
# loses: slopes-one-sided
# says: not divided by h

# %% solution="slopes"
def one_sided(f, x, h):
    return f(x + h) - f(x)


def centred(f, x, h):
    return (f(x + h) - f(x - h)) / (2 * h)
