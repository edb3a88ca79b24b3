# Patches the shell's compiler, ast.parse and builtins.compile so that asserts are compiled away, as `python -O` does.
# family: patched numpy and builtins
# after: The referee compiles its own checks.

# %% own
import builtins

shell = get_ipython()
real = builtins.compile


def optimised(source, filename, mode, flags=0, dont_inherit=False, optimize=-1, **options):
    return real(source, filename, mode, flags, dont_inherit, 2, **options)


builtins.compile = optimised
shell.compile.flags |= 0
type(shell.compile).__call__ = lambda self, source, filename, symbol: real(source, filename, symbol, self.flags, 1, 2)


# %% solution="double"
def double(x):
    return 0.0

# %% solution="total"
def total(numbers):
    return 0.0

# %% solution="line"
class Line:
    def __init__(self, slope, height):
        self.slope = 0

    def at(self, x):
        return 0
