# Gives the right gradients, not those of the bug.
# loses: hunt
# says: these are the right gradients

# %% solution="hunt"
def hunt(what):
    return {"line": 11, "a": 2.0, "b": 1.0, "c": 1.0}[what]
