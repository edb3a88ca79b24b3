# Magics of IPython stand in and above answers.

# %% answer="mean"
%matplotlib inline
%config InlineBackend.figure_format = "retina"
def mean(values):
    return sum(values) / len(values)

# %% answer="slope"
%%time
def slope(f, x, h=1e-6):
    return (f(x + h) - f(x - h)) / (2 * h)

# %% after="slope"
%timeit -n1 -r1 mean([1, 2])
%load_ext autoreload
%autoreload 2
%who
