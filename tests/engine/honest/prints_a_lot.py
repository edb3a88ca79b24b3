# Answers print as they work.

# %% answer="mean"
def mean(values):
    print("mean of", values)
    import sys
    print("careful", file=sys.stderr)
    return sum(values) / len(values)

# %% before="slope"
for i in range(2000):
    print("epoch", i)
