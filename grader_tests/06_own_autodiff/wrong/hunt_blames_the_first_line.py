# Blames the line that begins with 1.
# loses: hunt
# says: Another line

# %% solution="hunt"
def hunt(what):
    return {"line": 5, "a": 2.0, "b": 2.0, "c": 2.0}[what]
