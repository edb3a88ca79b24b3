# The answer is a vectorised function.

# %% answer="slope"
@np.vectorize
def slope(f, x, h=1e-6):
    return (f(x + h) - f(x - h)) / (2 * h)
