# Decorators: a cache, a clock of one's own, a static type.

# %% before="mean"
import functools, time
def timed(function):
    @functools.wraps(function)
    def inner(*args, **kwargs):
        start = time.time()
        result = function(*args, **kwargs)
        print(f"{function.__name__}: {time.time() - start:.3f} s")
        return result
    return inner

# %% answer="mean"
@timed
def mean(values):
    return sum(values) / len(values)

# %% answer="slope"
@functools.lru_cache
def slope(f, x, h=1e-6):
    return (f(x + h) - f(x - h)) / (2 * h)

# %% answer="counter"
from dataclasses import dataclass
@dataclass
class Counter:
    n: int = 0
    def add(self, k: int) -> int:
        self.n += k
        return self.n
