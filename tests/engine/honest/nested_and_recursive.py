# Helpers inside helpers, recursion, closures and generators.

# %% answer="mean"
def mean(values):
    def add(numbers):
        return numbers[0] + add(numbers[1:]) if len(numbers) else 0.0
    return add(values) / len(values)

# %% answer="counter"
def make():
    class Inner:
        def __init__(self):
            self.n = 0
        def add(self, k):
            self.n += k
            return self.n
    return Inner
Counter = make()
