# A line that asks for help stands in an answer that uses a name of a plotting cell.

# %% answer="mean"
np.mean?
def mean(values):
    return sum(values) / len(values)

# %% answer="slope"
??np.diff
def slope(f, x, h=1e-6):
    return (f(x + h) - f(x - h)) / (2 * h) + 0 * SHOWN
