# Loops for ever: in a cell, in a call, and where an interrupt is ignored.
# family: bombs
# after: Each is stopped at its limit; the honest answers keep their marks.
# earns: double line
# stock: it would wait for a long time
# bound: 60

# %% own
while True:
    pass

# %% solution="total"
def total(numbers):
    while True:
        pass

# %% solution="corners"
def corner(x):
    while True:
        try:
            while True:
                pass
        except BaseException:
            pass
