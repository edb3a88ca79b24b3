# Threads of the answer's own, one of which never ends.

# %% before="mean"
import threading, time
threading.Thread(target=time.sleep, args=(3600,)).start()
threading.Thread(target=lambda: 1 / 0).start()

# %% answer="mean"
from concurrent.futures import ThreadPoolExecutor
def mean(values):
    with ThreadPoolExecutor(2) as pool:
        return sum(pool.map(float, values)) / len(values)
