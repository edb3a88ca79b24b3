# A first version was left in place, and a better one written below.

# %% answer="slope"
def slope(f, x, h=1e-6):
    return 0

# %% after="slope"
def slope(f, x, h=1e-6):
    return (f(x + h) - f(x - h)) / (2 * h)
