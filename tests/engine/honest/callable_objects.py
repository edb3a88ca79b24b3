# The answers are objects that can be called, and lambdas.

# %% answer="mean"
class Mean:
    def __call__(self, values):
        return sum(values) / len(values)
mean = Mean()

# %% answer="slope"
slope = lambda f, x, h=1e-6: (f(x + h) - f(x - h)) / (2 * h)
