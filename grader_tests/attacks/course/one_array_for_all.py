# Every call returns one and the same array, list and dict, whose numbers change with each call.
# after: What came back from one call is not changed by the next.

# %% answer
again = np.zeros(9)
every = {f"dw{number}": again for number in range(1, 10)} | dict.fromkeys(("L", "dL", "val_1", "part_1", "sigmoid"), again)


def the_same(*things, **options):
    again[:] += 1
    for thing in things:
        if isinstance(thing, np.ndarray) and thing.dtype == float and thing.flags.writeable:
            again[: thing.size] = thing.ravel()[:9]
    return again


for name in NAMES:
    globals()[name] = the_same
for name in NAMES[1:]:
    globals()[name] = lambda *things, **options: every
