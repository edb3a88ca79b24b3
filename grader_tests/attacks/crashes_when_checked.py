# Ends its process in the middle of a check: by _exit, by a signal and by a null pointer.
# family: kernel death
# after: Only the checks that call such a function fail.
# earns: double line

# %% solution="total"
def total(numbers):
    import os

    os._exit(0)

# %% solution="shift"
def shift(amount):
    import os

    os.kill(os.getpid(), 11)
    os.abort()

# %% solution="corners"
def corner(x):
    import ctypes

    ctypes.string_at(0)
