# Where the two sides differ in sign, the larger one is taken.
# loses: slopes-centred
# says: beside a top

# %% solution="slopes"
def one_sided(f, x, h):
    return (f(x + h) - f(x)) / h
def centred(f, x, h):
    a = (f(x + h) - f(x)) / h
    b = (f(x) - f(x - h)) / h
    return max(a, b) if a * b < 0 else (a + b) / 2
