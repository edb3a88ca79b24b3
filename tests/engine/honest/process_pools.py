# Processes of the answer's own.

# %% answer="mean"
from multiprocessing import Pool
def mean(values):
    with Pool(2) as pool:
        return sum(pool.map(float, values)) / len(values)

# %% after="mean"
from concurrent.futures import ProcessPoolExecutor
pool = ProcessPoolExecutor(2)
print(list(pool.map(abs, [-1, 2])))
