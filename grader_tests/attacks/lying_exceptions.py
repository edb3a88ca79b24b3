# Raises exceptions whose __str__, __repr__, args and traceback lie, loop, raise or are megabytes long.
# family: exceptions
# after: Each fails its own check, in bounded time.
# earns: double
# bound: 60

# %% own
class Lying(Exception):
    def __str__(self):
        raise SystemExit(0)

    __repr__ = __str__

    @property
    def args(self):
        return [np.zeros(10**6)] * 3

    @property
    def __traceback__(self):
        return None

    @property
    def __cause__(self):
        return self


class Long(AssertionError):
    def __str__(self):
        return "x" * 30_000_000


class Endless(KeyError):
    def __str__(self):
        while True:
            pass


# %% solution="total"
def total(numbers):
    raise Lying

# %% solution="shift"
def shift(amount):
    raise Long

# %% solution="corners"
def corner(x):
    raise Endless

# %% solution="line"
def Line(slope, height):
    error = ValueError()
    error.__cause__ = error.__context__ = error
    raise BaseExceptionGroup("many", [error] * 1000)
