# Takes memory without end, in a cell and in a call.
# family: bombs
# after: The limit on memory holds; only the answer with the bomb in it loses its marks.
# earns: double
# stock: it would harm the machine

# %% own
kept = []
try:
    while True:
        kept.append(np.ones(4_000_000))
except MemoryError:
    kept.clear()

# %% solution="corners"
def corner(x):
    kept = []
    while True:
        kept.append(np.ones(4_000_000))
