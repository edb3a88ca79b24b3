# Stops its own process for ever, in a cell and in the middle of a check.
# family: processes and signals
# after: The kernel is replaced; the honest answer keeps its marks.
# earns: double
# stock: it would wait for a long time
# bound: 60

# %% own
import os
import signal

os.kill(os.getpid(), signal.SIGSTOP)

# %% solution="corners"
def corner(x):
    import os
    import signal

    os.kill(os.getpid(), signal.SIGSTOP)
