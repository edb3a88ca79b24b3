# Returns objects whose class claims to be numpy's float64, in name, module and `__class__`.
# family: always-equal objects
# after: A name makes no number.

# %% own
class Meta(type):
    def __eq__(cls, other):
        return True

    def __hash__(cls):
        return hash(float)

    def __instancecheck__(cls, thing):
        return True

    def __subclasscheck__(cls, thing):
        return True


def everything(self, *others, **options):
    return True


body = {f"__{name}__": everything for name in ["eq", "le", "ge", "lt", "gt", "bool", "contains", "array_ufunc", "array_function"]}
body |= {"__module__": "numpy", "__qualname__": "float64", "__class__": property(lambda self: np.float64)}
float64 = Meta("float64", (), {**body, "__hash__": lambda self: 0, "__float__": lambda self: 14.0, "__index__": lambda self: 14})


# %% solution="double"
def double(x):
    return float64()

# %% solution="total"
def total(numbers):
    return float64()

# %% solution="corners"
def corner(x):
    return float64()
