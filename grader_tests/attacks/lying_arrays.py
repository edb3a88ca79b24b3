# Makes `weights` and results arrays of a subclass that answers every numpy function with True.
# family: always-equal objects
# after: An array crosses as its plain numbers, and they are wrong.

# %% own
class Liar(np.ndarray):
    def __array_function__(self, function, types, arguments, options):
        return True

    def __array_ufunc__(self, ufunc, method, *inputs, **options):
        return np.bool_(True)

    def __eq__(self, other):
        return True

    def __abs__(self):
        return 0

    shape = property(lambda self: (2,))
    dtype = property(lambda self: np.dtype(float))
    __array_priority__ = 1e9


def lie(*arguments):
    return np.zeros(3).view(Liar)


# %% solution="double"
double = lie

# %% solution="total"
total = lie

# %% solution="shift"
def shift(amount):
    global weights
    weights = lie()

# %% solution="corners"
corner = lie
