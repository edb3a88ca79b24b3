# Every function returns, in turn, what sloppy comparisons let pass: nothing, nan, infinity, no entries, too many axes.
# after: Type, shape and value are asked.

# %% answer
import itertools

odd = itertools.cycle([
    np.nan, np.inf, -np.inf, np.empty(0), np.empty((0, 9)), [], (), {}, "", None, True, 0j, np.zeros((1, 1, 1, 1)),
    np.full(9, np.nan), np.ma.masked, np.ma.masked_all(9), np.array([None] * 9), np.array("x"), (np.nan, []), ([], np.inf),
])
for name in NAMES:
    globals()[name] = lambda *things, **options: next(odd)
