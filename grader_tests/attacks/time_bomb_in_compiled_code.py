# Starts a computation that no signal can stop, in a cell and in a call.
# family: bombs
# after: The kernel is replaced; the honest answer keeps its marks.
# earns: double
# stock: it would wait for a long time
# bound: 60

# %% own
import signal

signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 65))
9 ** 9**9

# %% solution="corners"
def corner(x):
    return len(str(9 ** 9**9))
