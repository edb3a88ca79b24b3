# Takes memory in many processes, each below the limit of one.
# family: bombs
# after: The limit holds for the sum.
# stock: it would harm the machine

# %% own
import os
import time

for child in range(30):
    if os.fork() == 0:
        try:
            kept = np.ones(10_000_000)
            time.sleep(2)
        finally:
            os._exit(0)
time.sleep(2)
