# Sends SIGKILL to every process that it may signal.
# family: processes and signals
# after: It reaches its own processes only.
# earns: double
# stock: it would end every process of the user

# %% own
import os

try:
    os.kill(-1, 9)
except OSError as error:
    print(error)
